//! Noun phrases and verb groups by closed classes, without a tagger.
//!
//! It finds where phrases begin and end; it does not know whom they name.

use crate::knowledge::{
    ADVERB, AUXILIARY, BE, CONJUNCTION, DETERMINER, MODAL, MONTH, NEGATION, OBJECT_PRONOUN,
    PERSONAL, POSSESSIVE, PREPOSITION, PRONOUN, RELATIVE, SUBORDINATOR, TIME, VERB, WEEKDAY,
};
use crate::view::View;
use std::ops::Range;
use text::TokenKind;

/// What stands before a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A noun phrase or pronoun.
    Phrase(Range<usize>),
    /// "who", "which": the antecedent stands before it.
    Relative(usize),
    /// "and", "or" or a comma list: the verb shares the subject of the verb before.
    Shared,
    /// Nothing that could be one.
    None,
}

/// Where the verb group begins that ends with the verb at `verb`: auxiliaries, adverbs and times before it.
pub(crate) fn group_start(view: &View, from: usize, verb: usize) -> usize {
    let mut at = verb;
    while at > from {
        let before = at - 1;
        let skip = view.is(before, AUXILIARY | MODAL | NEGATION)
            || view.lower(before) == "to"
                && at == verb
                && before > from
                && view.is(before - 1, AUXILIARY | VERB)
            || (view.is_adverb(before)
                && !view.is(before, SUBORDINATOR | CONJUNCTION | DETERMINER | RELATIVE))
            || is_bare_time(view, before);
        // "forces “hold positions”": a quotation may open right before the verb.
        let opening = view.kind(before) == Some(TokenKind::QuoteOpen)
            && at == verb
            && before > from
            && is_nominal(view, before - 1);
        if skip || opening {
            at = before;
        } else if let Some(start) = time_phrase_before(view, from, at) {
            at = start;
        } else {
            break;
        }
    }
    at
}

/// A word of time that stands alone as an adverbial ("today", "Sunday", "then").
fn is_bare_time(view: &View, token: usize) -> bool {
    matches!(
        view.lower(token),
        "today" | "yesterday" | "tomorrow" | "tonight" | "earlier" | "later" | "recently"
    ) || view.is(token, WEEKDAY)
}

/// "on Sunday", "in recent days", "last week", "in 2001" that end just before `end`.
pub(crate) fn time_phrase_before(view: &View, from: usize, end: usize) -> Option<usize> {
    let last = end.checked_sub(1)?;
    let is_year = view.kind(last) == Some(TokenKind::Number) && view.lower(last).len() == 4;
    if last < from || !(view.is(last, TIME | WEEKDAY | MONTH) || is_year) {
        return None;
    }
    let mut at = last;
    while at > from && end - at < 6 {
        let before = at - 1;
        if matches!(
            view.lower(before),
            "on" | "in" | "during" | "at" | "late" | "since" | "for"
        ) {
            return Some(if view.lower(before) == "late" {
                before
            } else {
                at - 1
            });
        }
        let inside = view.is(before, DETERMINER | TIME | WEEKDAY | MONTH)
            || view.kind(before) == Some(TokenKind::Number)
            || matches!(
                view.lower(before),
                "recent" | "early" | "late" | "past" | "last" | "next" | "same" | "coming"
            );
        if !inside {
            break;
        }
        at = before;
    }
    let bare = matches!(
        view.lower(at),
        "last" | "this" | "next" | "earlier" | "late"
    );
    (bare && at < last).then_some(at)
}

/// Where a stretch of time words after a verb ends ("today", "on Sunday", "late Monday night", "in recent days").
pub(crate) fn skip_times(view: &View, from: usize, end: usize) -> usize {
    let mut at = from;
    loop {
        let start = at;
        while at < end
            && (is_bare_time(view, at)
                || (view.is_adverb(at)
                    && !view.is(at, SUBORDINATOR | DETERMINER | RELATIVE | CONJUNCTION))
                || (view.is(at, TIME) && at > from && view.is(at - 1, TIME | WEEKDAY)))
        {
            at += 1;
        }
        if at < end
            && matches!(
                view.lower(at),
                "on" | "in" | "late" | "early" | "last" | "this" | "earlier" | "during" | "at"
            )
        {
            let mut ahead = at + 1;
            while ahead < end
                && ahead - at < 6
                && (view.is(ahead, TIME | WEEKDAY | MONTH | DETERMINER)
                    || view.kind(ahead) == Some(TokenKind::Number)
                    || matches!(
                        view.lower(ahead),
                        "recent" | "past" | "last" | "coming" | "a.m." | "p.m."
                    ))
            {
                ahead += 1;
            }
            let last = ahead - 1;
            let year = view.kind(last) == Some(TokenKind::Number) && view.lower(last).len() == 4;
            if last > at
                && (view.is(last, TIME | WEEKDAY | MONTH)
                    || year
                    || matches!(view.lower(last), "a.m." | "p.m."))
            {
                at = ahead;
            }
        }
        if at == start {
            return at;
        }
    }
}

/// The subject of the verb group that begins at `group`, looking no further left than `from`.
pub(crate) fn subject_before(view: &View, from: usize, group: usize) -> Subject {
    let Some(last) = group.checked_sub(1).filter(|last| *last >= from) else {
        return Subject::None;
    };
    if view.is_comma(last) || matches!(view.lower(last), ")" | "—" | "–" | "--") {
        return subject_before_apposition(view, from, last);
    }
    if matches!(view.lower(last), "who" | "which")
        || (view.lower(last) == "that" && last > from && is_nominal(view, last - 1))
    {
        return Subject::Relative(last);
    }
    if view.is(last, CONJUNCTION) {
        return Subject::Shared;
    }
    if view.is(last, PERSONAL) && !view.is(last, POSSESSIVE)
        || view.is(last, PERSONAL) && view.lower(last) != "her"
    {
        return Subject::Phrase(last..group);
    }
    let start = phrase_start(view, from, group);
    if start < group {
        Subject::Phrase(start..group)
    } else {
        Subject::None
    }
}

/// "NAME, a spokesman for X, said": the subject with its apposition. A comma with no noun phrase before it has none.
fn subject_before_apposition(view: &View, from: usize, comma: usize) -> Subject {
    let bracket = view.lower(comma) == ")";
    let mut at = comma;
    let mut steps = 0;
    while at > from && steps < 45 {
        at -= 1;
        steps += 1;
        let opens = if bracket {
            view.lower(at) == "("
        } else {
            view.is_comma(at) || view.is_dash(at)
        };
        if view.is_stop(at) || view.is_quote_mark(at) || view.lower(at) == ";" {
            break;
        }
        if !opens {
            continue;
        }
        let inside = at + 1..comma;
        let relative = view.is(inside.start, RELATIVE)
            || view.ends_ed(inside.start)
            || view.lower(inside.start).ends_with("ing") && !view.is_capital(inside.start);
        // "The mayor, for his part, said".
        let aside = view.is(inside.start, PREPOSITION)
            && inside.len() <= 6
            && !inside.clone().any(|token| view.is_finite(token));
        let apposition = aside
            || relative
            || bracket
            || (!inside.clone().any(|token| view.is_finite(token))
                && is_apposition(view, inside.clone()));
        if !apposition {
            // A list inside the apposition ("founder, owner and head of X"): look for an earlier comma.
            if inside.clone().any(|token| view.is_finite(token)) {
                break;
            }
            continue;
        }
        let start = phrase_start(view, from, at);
        if start < at && is_nominal(view, at - 1) {
            // What stands before may itself be an apposition ("NAME, a delegate from Houston, Texas, said").
            let renames = view.is(start, DETERMINER)
                || view
                    .knowledge
                    .parties
                    .has("role", view.lower(head_word(view, start..at)));
            if !bracket
                && renames
                && start > from + 1
                && view.is_comma(start - 1)
                && view.is_capital(start - 2)
            {
                if let Subject::Phrase(outer) = subject_before_apposition(view, from, start - 1) {
                    return Subject::Phrase(outer.start..comma);
                }
                let name = phrase_start(view, from, start - 1);
                if name < start - 1 {
                    return Subject::Phrase(name..comma);
                }
            }
            return Subject::Phrase(start..if bracket { comma + 1 } else { comma });
        }
        if view.is_possessive_clitic(at.saturating_sub(1)) {
            break;
        }
    }
    Subject::None
}

/// "The survey published on Tuesday": a noun phrase, a participle and what hangs on it, right before a verb.
pub(crate) fn subject_with_participle(
    view: &View,
    from: usize,
    verb: usize,
) -> Option<Range<usize>> {
    let participle = (from..verb).rev().take(12).find(|token| {
        view.ends_ed(*token)
            || view.is_finite(*token)
            || view.is_comma(*token)
            || view.is_quote_mark(*token)
    })?;
    if !view.ends_ed(participle) || participle == from || !is_nominal(view, participle - 1) {
        return None;
    }
    let start = phrase_start(view, from, participle);
    (start < participle).then_some(start..verb)
}

fn head_word(view: &View, tokens: Range<usize>) -> usize {
    crate::contents::head_of(view, &tokens)
}

/// Whether the words between two commas can rename what stands before: a title, a role, an age, a place.
fn is_apposition(view: &View, tokens: Range<usize>) -> bool {
    let Some(first) = tokens.clone().next() else {
        return false;
    };
    let parties = &view.knowledge.parties;
    view.is(first, DETERMINER)
        || view.kind(first) == Some(TokenKind::Number)
        || view
            .lower(first)
            .chars()
            .next()
            .is_some_and(|letter| letter.is_ascii_digit())
        || tokens.clone().any(|token| {
            parties.has("role", view.lower(token)) || parties.has("kin", view.lower(token))
        })
        || view.is_capital(first) && tokens.len() <= 6 && !view.is(first, PREPOSITION)
        || tokens.clone().any(|token| view.lower(token) == "of")
}

/// Whether a word can end a noun phrase.
pub(crate) fn is_nominal(view: &View, token: usize) -> bool {
    view.is_word(token)
        && (!view.is(
            token,
            PREPOSITION | AUXILIARY | MODAL | SUBORDINATOR | CONJUNCTION | DETERMINER,
        ) || view.is(token, PRONOUN))
        && (!view.is(token, VERB) || view.is_capital(token))
        && (!view.is(token, ADVERB) || view.is_capital(token))
        || matches!(view.lower(token), ")" | "%")
}

/// Where the noun phrase begins that ends just before `end`.
pub(crate) fn phrase_start(view: &View, from: usize, end: usize) -> usize {
    let mut at = end;
    // Whether what is right of `at` is complete with a determiner, so that only a preposition can tie more to it.
    let mut closed = false;
    while at > from && end - at < 40 {
        let before = at - 1;
        let word = view.lower(before);
        let hedge = matches!(
            (word, view.lower(at)),
            ("at", "least" | "most") | ("up", "to") | ("than", _)
        ) && at < end;
        if hedge
            && (word != "than"
                || before > from && matches!(view.lower(before - 1), "more" | "less" | "fewer"))
        {
            // "at least 21 civilians", "more than 30 fighters": the hedge belongs to the number.
            at = if word == "than" { before - 1 } else { before };
            closed = true;
            continue;
        }
        if view.is(before, PREPOSITION) && word != "like" {
            // A preposition ties the phrase to a noun before it ("the head of X"); "that", verbs and commas end it.
            if at == end
                || before == from
                || matches!(
                    word,
                    "after"
                        | "before"
                        | "since"
                        | "until"
                        | "during"
                        | "as"
                        | "than"
                        | "down"
                        | "up"
                        | "out"
                        | "off"
                )
            {
                break;
            }
            if !is_nominal(view, before - 1)
                || view.is(before - 1, PERSONAL)
                || view.is_finite(before - 1)
            {
                break;
            }
            closed = false;
            at = before;
            continue;
        }
        if view.is_possessive_clitic(before) && at < end {
            closed = false;
            at = before;
            continue;
        }
        if closed {
            break;
        }
        if word == "that" && at < end && view.is(at, DETERMINER | POSSESSIVE | PERSONAL) {
            // "the statement that its troops …": a conjunction.
            break;
        }
        if view.is(before, DETERMINER | POSSESSIVE)
            && !(word == "that" && before > from && view.is_finite(before - 1))
        {
            // "all the fighters", "two of the …": a determiner may follow another; otherwise the phrase is whole.
            at = before;
            closed = at == from || !view.is(at - 1, DETERMINER);
            if view.kind(before) == Some(TokenKind::Number) {
                closed = false;
            }
            continue;
        }
        if word == "and" && at < end && before > from {
            // "X and Y": only where both sides look alike, so that a clause is not swallowed.
            let alike = view.is_capital(at) && view.is_capital(before - 1)
                || (!view.is_capital(at)
                    && !view.is_capital(before - 1)
                    && is_nominal(view, before - 1)
                    && !view.is(at, DETERMINER));
            if !alike || !is_nominal(view, before - 1) || view.is(before - 1, PERSONAL) {
                break;
            }
            at = before;
            continue;
        }
        let quoted = view.is_quote_mark(before) || matches!(word, "(" | ")" | "&" | "/" | "-");
        if quoted
            && at < end
            && view
                .quote(before)
                .is_none_or(|quote| quote.tokens.len() <= 6)
            && at > from + 1
        {
            at = before;
            continue;
        }
        if !view.is_word(before)
            || (view.is(
                before,
                AUXILIARY | MODAL | SUBORDINATOR | CONJUNCTION | OBJECT_PRONOUN | PERSONAL,
            ) && !view.is(before, POSSESSIVE))
            || (view.is(before, PRONOUN) && !view.is(before, DETERMINER) && at < end)
            || (view.is(before, VERB) && !view.is_capital(before))
            || (view.is_finite(before) && !view.is_capital(before))
            || (view.is_adverb(before) && at == end)
            || (view.is(before, WEEKDAY) && at < end && view.is_capital(at))
        {
            break;
        }
        at = before;
    }
    // Marks and prepositions cannot begin a phrase.
    while at < end
        && (!view.is_word(at) && !view.is_quote_mark(at)
            || view.is(at, PREPOSITION | CONJUNCTION)
                && !matches!(view.lower(at + 1), "least" | "most"))
    {
        at += 1;
    }
    at
}

/// Where the noun phrase ends that begins at `start`, before `end`. With `long`, prepositional phrases belong to it.
pub(crate) fn phrase_end(view: &View, start: usize, end: usize, long: bool) -> usize {
    let mut at = start;
    if view.is(at, PERSONAL | OBJECT_PRONOUN) && !view.is(at, POSSESSIVE) {
        return (at + 1).min(end);
    }
    while at < end && at - start < 40 {
        let word = view.lower(at);
        if view.lower(at) == "than"
            && matches!(view.lower(at.saturating_sub(1)), "more" | "less" | "fewer")
        {
            at += 1;
            continue;
        }
        if view.is(at, PREPOSITION) && at > start {
            let tie = matches!(word, "of" | "for")
                || (long
                    && matches!(
                        word,
                        "in" | "at" | "on" | "from" | "with" | "to" | "against" | "near"
                    ));
            let followed = at + 1 < end
                && view.is_word(at + 1)
                && !view.is(at + 1, TIME | WEEKDAY | MONTH | AUXILIARY | MODAL);
            if !tie || !followed {
                break;
            }
            at += 1;
            continue;
        }
        if word == "and" && at > start && at + 1 < end {
            let alike = view.is_capital(at + 1) && view.is_capital(at - 1)
                || (!view.is_finite(at + 1)
                    && is_nominal(view, at + 1)
                    && !view.is(at + 1, PRONOUN | DETERMINER)
                    && !view.ends_ed(at + 1));
            if !alike {
                break;
            }
            at += 1;
            continue;
        }
        if view.is_possessive_clitic(at) && at > start {
            at += 1;
            continue;
        }
        // "Will Doyle": a capital inside a sentence makes a name of "will".
        let part_of_name = matches!(word, "&" | "/" | "-") && at > start
            || view.is_capital(at) && view.is(at, MODAL) && view.is_capital(at + 1);
        if !part_of_name
            && (!view.is_word(at)
                || view.is(at, AUXILIARY | MODAL | SUBORDINATOR | CONJUNCTION)
                    && !view.is(at, DETERMINER)
                || (view.is(at, PERSONAL) && !view.is(at, POSSESSIVE))
                || (view.is(at, RELATIVE) && at > start)
                || (view.is(at, VERB) && !view.is_capital(at))
                || (at > start && view.is_finite(at))
                || (at > start && is_bare_time(view, at))
                || (view.is_adverb(at) && at > start && !view.is(at, DETERMINER)))
        {
            break;
        }
        at += 1;
    }
    at
}

/// Whether the word is a form of "be".
pub(crate) fn is_be(view: &View, token: usize) -> bool {
    view.is(token, BE)
}

/// Most steps up the tree from a word to its verb.
const STEPS: usize = 12;

/// Whether a time is in the smallest clause that has some words: beside them, or below the same verb.
pub(crate) fn share_clause(view: &View, time: &Range<usize>, words: &Range<usize>) -> bool {
    let between = if time.start >= words.end {
        words.end..time.start
    } else {
        time.end..words.start
    };
    if !view.is_parsed() || between.clone().all(|token| view.is(token, PREPOSITION)) {
        return true;
    }
    let verb = |tokens: &Range<usize>| {
        let mut at = tokens.clone().find(|token| {
            let head = view.head(*token);
            head.is_none_or(|head| !tokens.contains(&head))
        })?;
        for _ in 0..STEPS {
            if words.contains(&at) && tokens != words || view.xpos(at).starts_with("VB") {
                return Some(at);
            }
            at = view.head(at)?;
        }
        None
    };
    match (verb(time), verb(words)) {
        (Some(time), Some(said)) => time == said || words.contains(&time),
        // A fragment without a verb.
        _ => true,
    }
}
