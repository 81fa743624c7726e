//! The figures of one claim.

use super::Figure;
use super::scene::scene;
use crate::statements::{Answer, ClaimAt, Library, Stance, Statement, Topic};
use crate::when::{When, said, when};
use annotate::{Act, Claim, Event, Hedge, Polarity, Quantity, Realis, Role, Scope};
use std::collections::BTreeSet;
use text::Span;

/// The figures of one claim.
pub(super) fn of_claim(
    library: &Library,
    at: ClaimAt,
    claim: &Claim,
    linked: bool,
    sentences: &[Span],
) -> Vec<Figure> {
    let read = library.readings[at.reading];
    let annotations = &read.annotations;
    let text = &read.document.text;
    let Some(speaker) = library.speaker(at, claim) else {
        return Vec::new();
    };
    let holds = |span: Span| {
        claim
            .content
            .spans
            .iter()
            .any(|content| content.contains(span))
    };
    // Where another claim stands inside this one, its figures are its own.
    let inner = |span: Span| {
        let within = |other: &&Claim| {
            let size = |claim: &Claim| {
                claim
                    .content
                    .spans
                    .iter()
                    .map(|one| one.len())
                    .sum::<usize>()
            };
            other
                .content
                .spans
                .iter()
                .any(|content| content.contains(span))
                && size(other) < size(claim)
        };
        annotations
            .claims
            .iter()
            .filter(within)
            .any(|other| other.cue.is_some())
    };
    let mut quantities: Vec<(&Quantity, &Event)> = claim
        .events
        .iter()
        .flat_map(|event| {
            event
                .quantities
                .iter()
                .map(move |quantity| (quantity, event))
        })
        .collect();
    // A figure that no event took up ("the toll stood at 26") belongs to the nearest event that may have victims.
    for quantity in annotations.quantities.iter().filter(|one| holds(one.span)) {
        if quantities
            .iter()
            .any(|(known, _)| known.span == quantity.span)
        {
            continue;
        }
        let near = claim
            .events
            .iter()
            .min_by_key(|event| event.span.from().abs_diff(quantity.span.from()));
        quantities.extend(near.map(|event| (quantity, event)));
    }
    let mut seen = BTreeSet::new();
    let mut figures = Vec::new();
    for (quantity, event) in quantities {
        if !seen.insert(quantity.span) || inner(quantity.span) {
            continue;
        }
        let Some(effect) = quantity.effect else {
            continue;
        };
        let Some((range, shown)) = range(claim, event, quantity, text) else {
            continue;
        };
        let day = library.days.get(at.reading).copied().flatten();
        let own = event.time.is_some();
        let timed = if own {
            event
        } else {
            claim
                .events
                .iter()
                .find(|one| one.time.is_some())
                .unwrap_or(event)
        };
        let Some(when) = when(timed, claim, at.reading, day) else {
            continue;
        };
        let dated = timed.time.is_some() && matches!(when, When::Day { .. });
        let counted = match quantity.scope {
            Scope::Event | Scope::Unknown => true,
            // "The toll of Friday's attack stood at 26" counts what one day did.
            Scope::Cumulative => dated && library.lexicon.is_toll_of_event(text, quantity.span),
            Scope::Period => false,
        };
        if !counted {
            continue;
        }
        let scene = scene(library, at, claim, quantity.span, event, sentences);
        let (actor, _) = library.participant(at.reading, event, Role::Actor);
        let noun = library.lexicon.noun(&quantity.noun);
        let noun = if noun.is_empty() {
            "people".to_owned()
        } else {
            noun
        };
        figures.push(Figure {
            statement: Statement {
                topic: Topic::Said(at),
                answer: Answer {
                    entity: actor,
                    stems: BTreeSet::from([shown.clone()]),
                    stance: Stance::Affirms,
                    shown,
                    range: Some(range),
                },
                change: false,
                denial: claim.act == Act::Denies,
                when,
                place: library.world.get(at.reading, event.place),
                follows: None,
                at,
                said: said(claim, &read.document),
                speaker: speaker.clone(),
                linked,
            },
            effect,
            noun,
            qualifiers: quantity
                .noun
                .split_whitespace()
                .filter(|word| word.starts_with(char::is_uppercase))
                .map(crate::fold::fold)
                .collect(),
            placed: event.place.is_some() && claim.act != Act::Denies,
            dated,
            apart: scene.several
                || scene.elsewhere
                || is_beside(library, text, quantity)
                || is_listed(library, at.reading, claim, quantity, sentences),
            scene,
        });
    }
    figures
}

/// Least and most that a claim commits to, and its words; none where it says no number.
fn range(
    claim: &Claim,
    event: &Event,
    quantity: &Quantity,
    text: &str,
) -> Option<((f64, f64), String)> {
    let occurred = matches!(event.realis, Realis::Occurred | Realis::Ongoing);
    if !occurred || quantity.unit != "person" || quantity.part {
        return None;
    }
    let shown = quantity
        .span
        .slice(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let low = quantity.low.unwrap_or(0.0);
    let high = quantity.high.unwrap_or(f64::INFINITY);
    if low.is_nan() || high.is_nan() {
        return None;
    }
    if claim.act == Act::Denies {
        // What is denied of "more than three" is the rest of the numbers; of "three" nothing is known.
        let most = match quantity.hedge {
            Hedge::AtLeast | Hedge::MoreThan => low - 1.0,
            Hedge::Plural => 0.0,
            _ => return None,
        };
        return (event.polarity == Polarity::Positive)
            .then(|| ((0.0, most.max(0.0)), format!("not {shown}")));
    }
    if event.polarity == Polarity::Negative && quantity.hedge != Hedge::Zero {
        return None;
    }
    // "Soldiers were killed" gives no number.
    if quantity.hedge == Hedge::Plural {
        return None;
    }
    Some(match quantity.hedge {
        Hedge::About => ((low * 0.9, high * 1.1), shown),
        _ => ((low, high), shown),
    })
}

/// Whether a number is told as one beside another ("another 14", "24 others").
fn is_beside(library: &Library, text: &str, quantity: &Quantity) -> bool {
    let span = quantity.span;
    let before = text.get(..span.from()).unwrap_or("");
    let last: Vec<&str> = before.split_whitespace().rev().take(1).collect();
    let own = span.slice(text);
    if library
        .lexicon
        .is_partitive(text, span, quantity.noun.is_empty())
    {
        return true;
    }
    let words: Vec<&str> = own.split_whitespace().collect();
    let hedged = words
        .windows(2)
        .map(|pair| pair[0])
        .zip(words.iter().skip(1));
    let mut own = hedged
        .filter(|(_, next)| !next.eq_ignore_ascii_case("than"))
        .map(|(word, _)| word)
        .chain(words.last().copied());
    own.any(|word| library.lexicon.is_beside(word))
        || last.iter().any(|word| library.lexicon.is_beside(word))
}

/// Whether the sentence gives another number of the same kind, so that each may count a part or another event; or whether it is said
/// to be an earlier state of knowledge.
fn is_listed(
    library: &Library,
    reading: usize,
    claim: &Claim,
    quantity: &Quantity,
    sentences: &[Span],
) -> bool {
    let read = library.readings[reading];
    let whole = sentences.iter().find(|one| one.contains(quantity.span));
    let Some(sentence) = whole.copied() else {
        return false;
    };
    let said = |span: Span| claim.content.spans.iter().any(|one| one.contains(span));
    let kind = |noun: &str| library.lexicon.noun(noun);
    let of_events = claim.events.iter().flat_map(|event| &event.quantities);
    let mut others = read.annotations.quantities.iter().chain(of_events);
    let has_other = others.any(|other| {
        let bare = other.noun.is_empty() && matches!(other.unit.as_str(), "person" | "count");
        sentence.contains(other.span)
            && said(other.span)
            // The same number twice is a headline and its sentence.
            && other.low != quantity.low
            && !other.span.overlaps(quantity.span)
            && !other.part
            && !library
                .lexicon
                .is_partitive(&read.document.text, other.span, other.noun.is_empty())
            && (bare
                && other
                    .effect
                    .is_none_or(|effect| Some(effect) == quantity.effect)
                || other.effect == quantity.effect && kind(&other.noun) == kind(&quantity.noun))
    });
    let words = sentence.slice(&read.document.text);
    has_other || library.lexicon.is_before(words) || library.lexicon.is_mixed(words)
}
