//! Quantities, first version: a number, its hedge, what is counted, what befell them.
//!
//! Measures of time, years, ordinals and dates are not quantities. Hedge and effect words are in `quantities.txt`.

use crate::view::View;
use crate::{Effect, Hedge, Quantity, Scope, TimeExpr};
use std::ops::Range;
use text::TokenKind;

/// Every quantity of a document, in order.
pub(crate) fn quantities(view: &View, times: &[TimeExpr]) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < view.len() {
        let span = view.span(at..at + 1);
        let index = times.partition_point(|time| time.span.end <= span.start);
        let in_time = times
            .get(index)
            .is_some_and(|time| time.span.overlaps(span));
        match (!in_time).then(|| quantity_at(view, at)).flatten() {
            Some((tokens, quantity)) => {
                at = tokens.end.max(at + 1);
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    found
}

/// A number written as a word, up to ten, and tens, hundred, thousand; "a dozen" is twelve.
pub(crate) fn number_word(word: &str) -> Option<u32> {
    const WORDS: [(&str, u32); 31] = [
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("thirteen", 13),
        ("fourteen", 14),
        ("fifteen", 15),
        ("sixteen", 16),
        ("seventeen", 17),
        ("eighteen", 18),
        ("nineteen", 19),
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
        ("hundred", 100),
        ("thousand", 1000),
        ("dozen", 12),
        ("million", 1_000_000),
    ];
    WORDS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, value)| *value)
        .or_else(|| {
            let (tens, ones) = word.split_once('-')?;
            let (tens, ones) = (number_word(tens)?, number_word(ones)?);
            ((20..100).contains(&tens) && ones < 10).then_some(tens + ones)
        })
}

fn number_at(view: &View, at: usize) -> Option<(f64, usize)> {
    let word = view.word(at);
    let value = if view.kind(at) == Some(TokenKind::Number) {
        word.replace(',', "")
            .parse::<f64>()
            .ok()
            .filter(|value| value.is_finite())
    } else if view.lower(at) == "a"
        && matches!(view.lower(at + 1), "dozen" | "hundred" | "thousand")
    {
        return number_word(view.lower(at + 1)).map(|value| (f64::from(value), at + 2));
    } else {
        number_word(view.lower(at)).map(f64::from)
    }?;
    let scale = match view.lower(at + 1) {
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        _ => return Some((value, at + 1)),
    };
    Some((value * scale, at + 2))
}

fn quantity_at(view: &View, at: usize) -> Option<(Range<usize>, Quantity)> {
    if view.lower(at) == "no" {
        return zero(view, at);
    }
    if let Some(low) = vague(view, at) {
        return low;
    }
    let (value, mut end) = number_at(view, at)?;
    let mut high = None;
    if matches!(view.lower(end), "to" | "-" | "–" | "or")
        && let Some((upper, after)) = number_at(view, end + 1).filter(|(upper, _)| *upper > value)
    {
        high = Some(upper);
        end = after;
    }
    if (1000.0..=2100.0).contains(&value)
        && high.is_none()
        && view.word(at).len() == 4
        && at > 0
        && matches!(view.lower(at - 1), "in" | "since" | "of" | "by" | "until")
    {
        return None;
    }
    let (noun, end) = counted(view, end)?;
    let (hedge, start) = hedge(view, at);
    let hedge = if high.is_some() { Hedge::Range } else { hedge };
    let (low, best, high) = match hedge {
        Hedge::Range => (Some(value), None, high),
        Hedge::AtLeast | Hedge::MoreThan => (Some(value), Some(value), None),
        Hedge::AtMost | Hedge::UpTo | Hedge::LessThan => (None, Some(value), Some(value)),
        Hedge::Nearly => (Some(value * 0.9), Some(value), Some(value)),
        Hedge::About => (Some(value * 0.9), Some(value), Some(value * 1.1)),
        Hedge::Exact | Hedge::Vague | Hedge::Plural | Hedge::Zero => {
            (Some(value), Some(value), Some(value))
        }
    };
    Some((
        start..end,
        describe(view, start..end, noun, (low, best, high), hedge),
    ))
}

/// "no civilians": zero is not missing. Only where something befell them, or could have.
fn zero(view: &View, at: usize) -> Option<(Range<usize>, Quantity)> {
    let people = view.knowledge.quantities.get("people")?;
    let noun_at =
        (at + 1..at + 4).find(|token| people.iter().any(|word| word == view.lower(*token)))?;
    let noun = view.lower(noun_at).to_string();
    Some((
        at..noun_at + 1,
        describe(
            view,
            at..noun_at + 1,
            noun,
            (Some(0.0), Some(0.0), Some(0.0)),
            Hedge::Zero,
        ),
    ))
}

/// "dozens of fighters", "hundreds", "some members", "several villages".
fn vague(view: &View, at: usize) -> Option<Option<(Range<usize>, Quantity)>> {
    let (low, words) = match view.lower(at) {
        "dozens" => (24.0, 1),
        "scores" => (40.0, 1),
        "hundreds" => (200.0, 1),
        "thousands" => (2000.0, 1),
        "several" => (3.0, 1),
        "some" => (2.0, 1),
        _ => return None,
    };
    let of = usize::from(view.lower(at + words) == "of");
    let Some((noun, end)) = counted(view, at + words + of) else {
        return Some(None);
    };
    let people = view
        .knowledge
        .quantities
        .get("people")
        .is_some_and(|words| words.contains(&noun));
    if !people {
        return Some(None);
    }
    let hedge = if view.lower(at) == "some" {
        Hedge::Plural
    } else {
        Hedge::Vague
    };
    Some(Some((
        at..end,
        describe(view, at..end, noun, (Some(low), None, None), hedge),
    )))
}

/// The noun that a number counts: after up to three words that qualify it.
fn counted(view: &View, from: usize) -> Option<(String, usize)> {
    use crate::knowledge::{
        AUXILIARY, CONJUNCTION, DETERMINER, MODAL, MONTH, PREPOSITION, TIME, VERB,
    };
    if matches!(view.lower(from), "%" | "percent") {
        return Some(("percent".to_string(), from + 1));
    }
    let people = view.knowledge.quantities.get("people");
    let is_people = |token: usize| {
        people.is_some_and(|words| words.iter().any(|word| word == view.lower(token)))
    };
    let mut at = from;
    if view.lower(at) == "of" {
        at += 1;
    }
    let limit = from + 5;
    let mut last = None;
    while at < limit && view.kind(at) == Some(TokenKind::Word) {
        if is_people(at) {
            return Some((view.lower(at).to_string(), at + 1));
        }
        if view.is(
            at,
            AUXILIARY | CONJUNCTION | MODAL | MONTH | PREPOSITION | TIME | VERB,
        ) || (view.is(at, DETERMINER) && last.is_some())
        {
            break;
        }
        if !view.is(at, DETERMINER) {
            last = Some(at);
        }
        at += 1;
    }
    let last = last?;
    view.lower(last)
        .ends_with('s')
        .then(|| (view.lower(last).to_string(), last + 1))
}

/// The hedge before a number, and where the quantity begins with it.
fn hedge(view: &View, at: usize) -> (Hedge, usize) {
    let lexicon = &view.knowledge.quantities;
    for words in [3usize, 2, 1] {
        let Some(start) = at.checked_sub(words) else {
            continue;
        };
        let phrase = view.phrase(start..at);
        for hedge in [
            Hedge::AtLeast,
            Hedge::MoreThan,
            Hedge::AtMost,
            Hedge::UpTo,
            Hedge::LessThan,
            Hedge::About,
            Hedge::Nearly,
        ] {
            if lexicon
                .get(hedge.as_str())
                .is_some_and(|known| known.contains(&phrase))
            {
                return (hedge, start);
            }
        }
    }
    (Hedge::Exact, at)
}

fn describe(
    view: &View,
    tokens: Range<usize>,
    noun: String,
    (low, best, high): (Option<f64>, Option<f64>, Option<f64>),
    hedge: Hedge,
) -> Quantity {
    let lexicon = &view.knowledge.quantities;
    let people = lexicon
        .get("people")
        .is_some_and(|words| words.contains(&noun));
    let sentence = view.sentence_around(tokens.start);
    let effect = sentence
        .clone()
        .filter(|_| people)
        .and_then(|sentence| effect(view, &tokens, sentence));
    let running = sentence.is_some_and(|sentence| {
        lexicon.get("cumulative").is_some_and(|words| {
            sentence
                .clone()
                .any(|token| words.iter().any(|word| word == view.lower(token)))
        })
    });
    let unit = if noun == "percent" {
        "percent"
    } else if people {
        "person"
    } else {
        "count"
    };
    Quantity {
        span: view.span(tokens),
        low,
        best,
        high,
        hedge,
        unit: unit.to_string(),
        noun,
        effect,
        scope: if running {
            Scope::Cumulative
        } else if effect.is_some() {
            Scope::Event
        } else {
            Scope::Unknown
        },
    }
}

/// What befell those counted: a participle after the noun ("12 soldiers were killed"), a verb before it ("killing 12"),
/// a noun that says it itself ("12 dead").
fn effect(view: &View, tokens: &Range<usize>, sentence: Range<usize>) -> Option<Effect> {
    let lexicon = &view.knowledge.quantities;
    let effect_of = |token: usize| {
        Effect::ALL.iter().copied().find(|effect| {
            lexicon
                .get(effect.as_str())
                .is_some_and(|words| words.iter().any(|word| word == view.lower(token)))
        })
    };
    if let Some(effect) = effect_of(tokens.end - 1) {
        return Some(effect);
    }
    for token in tokens.end..sentence.end.min(tokens.end + 8) {
        if view.is_comma(token) || view.is_stop(token) {
            break;
        }
        if let Some(effect) = effect_of(token) {
            return Some(effect);
        }
    }
    (sentence.start.max(tokens.start.saturating_sub(4))..tokens.start)
        .rev()
        .find_map(effect_of)
}
