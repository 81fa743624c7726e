//! Where the content of an attribution begins and ends: frames to the right of a cue, clauses to its left.
//!
//! It does not know sources.

use crate::Act;
use crate::attributions::{Candidate, Tokens, candidates};
use crate::channels::channel_in;
use crate::cues::{CuePart, Inflection};
use crate::knowledge::{
    ADVERB, AUXILIARY, CONJUNCTION, DETERMINER, MODAL, OBJECT_PRONOUN, PERSONAL, POSSESSIVE,
    PREPOSITION, PRONOUN, RELATIVE, SUBORDINATOR, TIME, VERB, WEEKDAY,
};
use crate::phrases;
use crate::view::View;
use text::TokenKind;

/// Content found to the right of a cue.
#[derive(Debug, Clone)]
pub(crate) struct Right {
    pub(crate) rule: &'static str,
    /// Another entry of the same words, where its frame decided the act ("asked them to leave").
    pub(crate) entry: Option<usize>,
    /// Where the cue ends when its preposition belongs to it.
    pub(crate) cue_end: usize,
    pub(crate) content: Vec<Tokens>,
    pub(crate) addressee: Option<Tokens>,
    pub(crate) channel: Option<Tokens>,
}

/// The content to the right of a cue by the first frame that fits.
pub(crate) fn right(view: &View, cue: &Candidate, sentence: &Tokens) -> Option<Right> {
    let end = sentence.end;
    let first = phrases::skip_times(view, cue.end, end);
    let found = |rule: &'static str, start: usize, stop: usize, addressee: Option<Tokens>| {
        (stop > start).then(|| Right {
            rule,
            entry: None,
            cue_end: cue.end,
            content: vec![start..stop],
            addressee,
            channel: channel_in(view, cue.end..start),
        })
    };
    let takes = |frames: &[&str]| cue.entry.takes_any(frames);
    let weak_object = cue.entry.takes("weak");

    // A quotation that opens after the cue, perhaps after an addressee or a channel.
    if takes(&["quote"]) || takes(&["that", "clause"]) {
        let limit = (cue.end + 20).min(end);
        let opening = (cue.end..limit).find(|token| {
            view.quote(*token)
                .is_some_and(|quote| quote.tokens.start == *token)
                || view.is_finite(*token)
                || view.is_stop(*token)
                || view.lower(*token) == "that"
        });
        if let Some(open) = opening.filter(|open| view.quote(*open).is_some()) {
            let lead = open == cue.end
                || open == first
                || view.is_comma(open - 1)
                || view.lower(open - 1) == ":";
            if lead {
                let quote = view.quote(open)?.tokens.clone();
                let stop = quotation_end(view, quote.clone(), end);
                let addressee = addressee(view, cue, cue.end..open);
                return found("quote-after", open, stop, addressee);
            }
        }
    }
    // "that", perhaps after an addressee, a channel or a time.
    if takes(&["that", "np_that"]) {
        let limit = (cue.end + 22).min(end);
        let mut at = cue.end;
        while at < limit {
            if view.lower(at) == "that"
                && !(view.is(at + 1, AUXILIARY | MODAL)
                    || view.is_stop(at + 1)
                    || view.is_comma(at + 1))
                || view.lower(at) == "that" && at == cue.end
            {
                let stop = clause_end(view, at, end, true);
                return found("that", at, stop, addressee(view, cue, cue.end..at))
                    .filter(|found| found.content[0].len() > 2);
            }
            if view.is_finite(at)
                || view.is_stop(at)
                || view.is_quote_mark(at)
                || view.is(at, SUBORDINATOR)
                    && view.lower(at) != "that"
                    && !view.is(at, PREPOSITION)
                || view.is_comma(at) && at > first + 8
            {
                break;
            }
            at += 1;
        }
    }
    if view.lower(first) == ":" && takes(&["quote", "that", "clause"]) {
        return found(
            "colon",
            first + 1,
            clause_end(view, first + 1, end, true),
            None,
        );
    }
    if cue.entry.part == CuePart::Verb || cue.entry.part == CuePart::Adjective {
        if takes(&["if"]) && matches!(view.lower(first), "whether" | "if") {
            return found("if", first, clause_end(view, first, end, true), None);
        }
        if takes(&["wh"])
            && matches!(
                view.lower(first),
                "how" | "why" | "what" | "who" | "where" | "when" | "which" | "whether"
            )
        {
            return found("wh", first, clause_end(view, first, end, true), None);
        }
        // "asked not to be named": the negation is part of what is said.
        let to = first + usize::from(view.lower(first) == "not");
        if takes(&["to"]) && view.lower(to) == "to" && is_base_verb(view, to + 1) {
            return found("to", first, clause_end(view, first, end, false), None);
        }
        if takes(&["np_to", "np_for", "np_that", "np_clause"])
            || (takes(&["if", "wh"]) && !takes(&["object"]))
        {
            let stop = phrases::phrase_end(view, first, end, true)
                .max(phrases::phrase_end(view, first, end, false));
            let object = first..stop;
            if !object.is_empty() {
                // A long phrase may have swallowed the "to" or "for" of the frame.
                let to = object.clone().chain([stop]).find(|token| {
                    *token > first && view.lower(*token) == "to" && is_base_verb(view, *token + 1)
                });
                if let Some(to) = to.filter(|_| takes(&["np_to"])) {
                    return found(
                        "np-to",
                        to,
                        clause_end(view, to, end, false),
                        Some(first..to),
                    );
                }
                let preposition = object
                    .clone()
                    .chain([stop])
                    .find(|token| *token > first && view.lower(*token) == "for");
                // "blamed the Front for the fire": the charge holds both; "called on the Front for a truce" has an addressee.
                let charge = matches!(cue.entry.act, Act::Accuses | Act::Condemns | Act::Praises);
                if preposition.is_some() && takes(&["np_for"]) && charge {
                    return found("np-for", first, clause_end(view, first, end, false), None);
                }
                if let Some(at) = preposition.filter(|_| takes(&["np_for"])) {
                    return found(
                        "np-for",
                        at,
                        clause_end(view, at, end, false),
                        Some(first..at),
                    );
                }
                if takes(&["np_clause"]) {
                    let short = phrases::phrase_end(view, first, end, false);
                    let clause = phrases::skip_times(view, short, end);
                    if is_clause(view, clause, end) {
                        return found(
                            "np-clause",
                            clause,
                            clause_end(view, clause, end, true),
                            Some(first..short),
                        );
                    }
                }
            }
        }
        if takes(&["of"]) {
            let of = (first + 1..(first + 14).min(end)).find(|token| {
                view.lower(*token) == "of" || view.is_finite(*token) || view.is_stop(*token)
            });
            if of.is_some_and(|of| view.lower(of) == "of") {
                return found("of", first, clause_end(view, first, end, false), None);
            }
        }
        if takes(&["as"]) {
            let at = (first..(first + 14).min(end)).find(|token| {
                view.lower(*token) == "as"
                    || view.is_finite(*token)
                    || view.is_stop(*token)
                    || view.is_comma(*token)
            });
            if at.is_some_and(|at| view.lower(at) == "as") {
                return found("as", first, clause_end(view, first, end, false), None);
            }
        }
        if takes(&["clause", "np_clause"]) && is_clause(view, first, end) {
            return found("clause", first, clause_end(view, first, end, true), None);
        }
        if takes(&["clause"]) {
            // After a channel or a place: "said in a statement he was safe".
            if let Some(clause) = clause_after_phrases(view, first, end) {
                return found("clause", clause, clause_end(view, clause, end, true), None);
            }
        }
        if takes(&["ing"])
            && view.lower(first).ends_with("ing")
            && view.lower(first).len() > 5
            && !view.is_capital(first)
        {
            return found("ing", first, clause_end(view, first, end, false), None);
        }
        for (frame, word) in [
            ("for", "for"),
            ("about", "about"),
            ("on", "on"),
            ("against", "against"),
            ("of_only", "of"),
        ] {
            if takes(&[frame]) && view.lower(first) == word && first == cue.end {
                return found(
                    "preposition",
                    first + 1,
                    object_end(view, first + 1, end),
                    None,
                )
                .map(|right| Right {
                    cue_end: first + 1,
                    ..right
                });
            }
        }
        // What is told or said to a name is an addressee, not a content ("told Sputnik").
        let addressed = takes(&["np_that"])
            && (view.is_capital(first) || object_end(view, first, end) <= first + 2)
            || cue.entry.lemma == "say"
                && view
                    .quote(first)
                    .is_none_or(|quote| quote.tokens.start != first);
        if takes(&["object"]) && is_object_start(view, first) && first == cue.end && !addressed {
            let stop = object_end(view, first, end);
            if is_physical(view, cue, first..stop) {
                return None;
            }
            return found(
                if weak_object { "object-weak" } else { "object" },
                first,
                stop,
                None,
            );
        }
        return None;
    }
    // Nouns.
    if takes(&["to"]) && view.lower(cue.end) == "to" && is_base_verb(view, cue.end + 1) {
        return found(
            "noun-to",
            cue.end,
            clause_end(view, cue.end, end, false),
            None,
        );
    }
    for (frame, word) in [
        ("of_only", "of"),
        ("about", "about"),
        ("against", "against"),
        ("for", "for"),
        ("on", "on"),
    ] {
        if takes(&[frame]) && view.lower(cue.end) == word {
            return found(
                "preposition",
                cue.end + 1,
                object_end(view, cue.end + 1, end),
                None,
            )
            .map(|right| Right {
                cue_end: cue.end + 1,
                ..right
            });
        }
    }
    None
}

fn addressee(view: &View, cue: &Candidate, between: Tokens) -> Option<Tokens> {
    if between.is_empty() || !cue.entry.takes_any(&["np_that", "np_clause", "np_to"]) {
        return None;
    }
    let end = phrases::phrase_end(view, between.start, between.end, false);
    (end > between.start && !view.is(between.start, PREPOSITION | TIME | WEEKDAY))
        .then_some(between.start..end)
}

/// Where a clause that begins at `start` ends. With `open`, "and that …" and the like go on; without, an adverbial of
/// channel ends it.
pub(crate) fn clause_end(view: &View, start: usize, sentence_end: usize, open: bool) -> usize {
    let mut end = sentence_end;
    let mut at = start;
    while at < sentence_end {
        if let Some(quote) = view
            .quote(at)
            .filter(|quote| quote.tokens.start == at && quote.tokens.end > at + 1)
        {
            at = quote.tokens.end.min(sentence_end);
            continue;
        }
        if at > start && view.lower(at) == ";" {
            end = at;
            break;
        }
        if at > start + 1
            && (is_new_attribution(view, start, at, sentence_end)
                || ends_with_attribution(view, at, sentence_end))
        {
            end = at;
            break;
        }
        if !open
            && at > start + 1
            && view.is_comma(at)
            && matches!(view.lower(at + 1), "and" | "but")
            && is_clause(view, at + 2, sentence_end)
        {
            end = at;
            break;
        }
        if !open
            && at > start + 1
            && matches!(view.lower(at), "in" | "on" | "at" | "during")
            && channel_in(view, at + 1..sentence_end.min(at + 8))
                .is_some_and(|channel| channel.start == at + 1)
        {
            end = at;
            break;
        }
        at += 1;
    }
    trim_end(view, start, end)
}

/// Takes marks and conjunctions off the end.
fn trim_end(view: &View, start: usize, mut end: usize) -> usize {
    while end > start {
        let last = end - 1;
        let closing = view.is_quote_mark(last)
            && view
                .quote(last)
                .is_some_and(|quote| quote.tokens.start >= start && quote.tokens.end == end);
        let bracket = matches!(view.lower(last), ")" | "]" | "%");
        if (view.kind(last) == Some(TokenKind::Mark) && !bracket
            || view.is_quote_mark(last) && !closing)
            || view.is(last, CONJUNCTION) && !view.is_capital(last)
        {
            end = last;
        } else {
            break;
        }
    }
    end
}

/// ", and later called on …", ", but the other party denied it", ", adding that …": another attribution begins.
fn is_new_attribution(view: &View, _start: usize, at: usize, sentence_end: usize) -> bool {
    let word = view.lower(at);
    let comma = view.is_comma(at - 1);
    let joins = matches!(
        word,
        "and" | "but" | "while" | "whereas" | "although" | "though"
    );
    if comma && view.lower(at).ends_with("ing") {
        return candidates(view, at, sentence_end).iter().any(|cue| {
            cue.inflection == Inflection::Ing
                && cue.entry.part == CuePart::Verb
                && !cue.entry.takes("weak")
                && right(view, cue, &(at..sentence_end)).is_some_and(|right| {
                    matches!(
                        right.rule,
                        "that" | "quote-after" | "clause" | "of" | "np-to" | "np-for"
                    )
                })
        });
    }
    if !joins {
        return false;
    }
    let first = phrases::skip_times(view, at + 1, sentence_end);
    // Shared subject: "and called on".
    let shared = candidates(view, first, sentence_end).iter().any(|cue| {
        cue.entry.part == CuePart::Verb
            && matches!(cue.inflection, Inflection::Past | Inflection::Third)
            && !cue.entry.takes("weak")
            && right(view, cue, &(first..sentence_end)).is_some_and(|right| {
                comma && cue.inflection == Inflection::Past
                    || right.rule == "clause" && matches!(view.lower(cue.start), "said" | "says")
                    || matches!(
                        right.rule,
                        "that" | "quote-after" | "of" | "np-to" | "np-for" | "to"
                    )
            })
    });
    if shared {
        return true;
    }
    // Own subject: ", but the other party denied it".
    if !comma && view.lower(at.saturating_sub(1)) != "—" {
        return false;
    }
    let subject = phrases::phrase_end(view, first, sentence_end, true);
    if subject == first || view.is(first, PREPOSITION) {
        return false;
    }
    let verb = (subject..(subject + 5).min(sentence_end)).find(|token| {
        !(view.is_adverb(*token) || view.is(*token, AUXILIARY | ADVERB | TIME | WEEKDAY))
    });
    verb.is_some_and(|verb| {
        candidates(view, verb, sentence_end).iter().any(|cue| {
            cue.entry.part == CuePart::Verb
                && matches!(cue.inflection, Inflection::Past | Inflection::Third)
                && !cue.entry.takes("weak")
                && right(view, cue, &(verb..sentence_end)).is_some()
        })
    })
}

/// ", according to X" or ", X reported" that ends the sentence: the content belongs to a claim within.
fn ends_with_attribution(view: &View, at: usize, sentence_end: usize) -> bool {
    if !view.is_comma(at) {
        return candidates(view, at, sentence_end)
            .iter()
            .any(|cue| cue.entry.part == CuePart::Preposition && cue.end - cue.start > 1)
            && view.is_comma(at.saturating_sub(1));
    }
    let first = at + 1;
    let end = phrases::phrase_end(view, first, sentence_end, false);
    if end == first || !(view.is_capital(first) || view.is(first, DETERMINER | PERSONAL)) {
        return false;
    }
    candidates(view, end, sentence_end).iter().any(|cue| {
        cue.entry.part == CuePart::Verb
            && cue.entry.takes("trail")
            && cue.inflection != Inflection::Ing
            && {
                let rest = phrases::skip_times(view, cue.end, sentence_end);
                rest >= sentence_end || view.is_stop(rest)
            }
    })
}

/// Where the clause begins that ends at `end`: after a dateline, an introducing "However," or a conjunction, else at
/// `from`.
pub(crate) fn clause_start(view: &View, from: usize, end: usize) -> usize {
    let mut start = after_dateline(view, from, end);
    while start < end
        && (!view.is_word(start) && !view.is_quote_mark(start)
            || matches!(view.lower(start), "and" | "but")
                && start > 0
                && from > 0
                && !view.is_capital(start))
    {
        start += 1;
    }
    if matches!(
        view.lower(start),
        "however" | "meanwhile" | "moreover" | "furthermore"
    ) && view.is_comma(start + 1)
    {
        start += 2;
    }
    start
}

/// "LOMSEND, 3 March (Agency) - …": the dateline is no part of what is said. Gives where the sentence itself begins.
fn after_dateline(view: &View, from: usize, end: usize) -> usize {
    let word = view.word(from);
    let starts_sentence = view
        .sentence_of(from)
        .is_some_and(|index| view.segments.sentences[index].first as usize == from);
    let capitals = word.chars().count() > 2 && !word.chars().any(char::is_lowercase);
    if !starts_sentence || !capitals {
        return from;
    }
    let dash = (from + 1..end.min(from + 16)).find(|token| view.is_dash(*token));
    match dash {
        Some(dash) if !(from..dash).any(|token| view.is_finite(token)) => dash + 1,
        _ => from,
    }
}

/// Where a quotation after a cue ends; a short one inside a sentence goes on with its clause.
fn quotation_end(view: &View, quote: Tokens, sentence_end: usize) -> usize {
    let end = quote.end;
    if end >= sentence_end {
        return end;
    }
    let last = end - 1;
    let stopped = last > quote.start + 1 && (view.is_stop(last - 1) || view.is_comma(last - 1));
    if stopped
        || view.is_stop(end)
        || view.is_comma(end)
        || view.is(end, CONJUNCTION | SUBORDINATOR)
        || view.lower(end) == ";"
    {
        return end;
    }
    clause_end(view, quote.start, sentence_end, true)
}

/// A finite clause begins here: something that can be a subject, and a verb after it.
fn is_clause(view: &View, start: usize, end: usize) -> bool {
    if start + 1 >= end
        || !view.is_word(start)
        || view.is(start, PREPOSITION | CONJUNCTION)
            && !view.is(start, DETERMINER)
            && !matches!(
                view.lower(start),
                "in" | "at"
                    | "on"
                    | "for"
                    | "if"
                    | "as"
                    | "after"
                    | "before"
                    | "since"
                    | "despite"
                    | "under"
                    | "with"
            )
    {
        return false;
    }
    if view.is(start, PREPOSITION) {
        // A fronted phrase: only where a comma and a clause follow.
        let comma = (start..end.min(start + 12)).find(|token| view.is_comma(*token));
        return comma.is_some_and(|comma| is_clause(view, comma + 1, end));
    }
    if view.is(start, AUXILIARY | MODAL | OBJECT_PRONOUN) && !view.is(start, PERSONAL)
        || matches!(view.lower(start), "to" | "him" | "them" | "me" | "us")
    {
        return false;
    }
    let limit = end.min(start + 30);
    let verb = (start + 1..limit).find(|token| {
        view.is_finite(*token)
            || view.is_comma(*token) && *token < start + 2
            || view.is_stop(*token)
    });
    match verb {
        Some(verb) if view.is_finite(verb) => true,
        _ => {
            // A verb in -ed or -s after a pronoun, a name or a plural.
            let past = (start + 1..limit.min(start + 12)).any(|token| {
                view.ends_ed(token)
                    && phrases::is_nominal(view, token - 1)
                    && !view.is(token + 1, PREPOSITION)
                    && view.is(start, DETERMINER | PERSONAL | POSSESSIVE)
            });
            past || (start + 1..limit.min(start + 8)).any(|token| {
                (view.ends_ed(token) || view.lower(token).ends_with('s') && !view.is_capital(token))
                    && (view.is(token - 1, PERSONAL | PRONOUN)
                        || view.is_capital(token - 1)
                        || view.lower(token - 1).ends_with('s'))
                    && !view.is(token, PREPOSITION | DETERMINER)
            })
        }
    }
}

/// After one or two prepositional phrases a clause may begin.
fn clause_after_phrases(view: &View, start: usize, end: usize) -> Option<usize> {
    let mut at = start;
    for _ in 0..2 {
        if !view.is(at, PREPOSITION) {
            break;
        }
        let channel = channel_in(view, at..end.min(at + 10))?;
        at = phrases::skip_times(view, channel.end, end);
    }
    (at > start && is_clause(view, at, end)).then_some(at)
}

/// "The army attacked the village": the verb tells of an event, and its object is a place.
fn is_physical(view: &View, cue: &Candidate, object: Tokens) -> bool {
    let object = object.start..phrases::phrase_end(view, object.start, object.end, false);
    let head = head_of(view, &object);
    cue.entry.tail.is_empty()
        && view.tells_of_event(cue.start)
        && (view.knowledge.parties.has("place", view.lower(head))
            || view.knowledge.layers.knows(view.word(head)))
}

/// A word that can be a verb after "to".
fn is_base_verb(view: &View, token: usize) -> bool {
    let token = if view.is_adverb(token) {
        token + 1
    } else {
        token
    };
    view.is_word(token)
        && !view.is_capital(token)
        && !view.is(
            token,
            DETERMINER | POSSESSIVE | PREPOSITION | CONJUNCTION | TIME | WEEKDAY,
        )
        && !(view.is(token, PRONOUN | PERSONAL))
        && view.kind(token) == Some(TokenKind::Word)
}

fn is_object_start(view: &View, token: usize) -> bool {
    view.is_word(token)
        && (view.is(token, DETERMINER | POSSESSIVE | OBJECT_PRONOUN)
            || !view.is(
                token,
                PREPOSITION
                    | CONJUNCTION
                    | AUXILIARY
                    | MODAL
                    | SUBORDINATOR
                    | RELATIVE
                    | VERB
                    | ADVERB,
            ))
        || view
            .quote(token)
            .is_some_and(|quote| quote.tokens.start == token)
}

/// Where an object ends: its phrases go on to a comma, a conjunction with a verb, a subordinator, a time or a channel.
fn object_end(view: &View, start: usize, sentence_end: usize) -> usize {
    let mut at = start;
    while at < sentence_end {
        if let Some(quote) = view
            .quote(at)
            .filter(|quote| quote.tokens.start == at && quote.tokens.end > at + 1)
        {
            at = quote.tokens.end.min(sentence_end);
            continue;
        }
        let word = view.lower(at);
        let stop = view.is_comma(at)
            || view.is_stop(at)
            || view.is_dash(at)
            || matches!(word, ";" | ":" | "(")
            || (matches!(word, "and" | "but" | "or")
                && (view.is_finite(at + 1) || view.is_adverb(at + 1) || view.ends_ed(at + 1)))
            || (at > start
                && matches!(
                    word,
                    "after"
                        | "before"
                        | "while"
                        | "when"
                        | "because"
                        | "since"
                        | "although"
                        | "though"
                        | "until"
                        | "by"
                        | "during"
                ))
            || (at > start
                && phrases::skip_times(view, at, sentence_end) > at
                && !view.is_adverb(at)
                && !matches!(word, "this" | "last"))
            || (at > start
                && matches!(word, "in" | "on" | "at")
                && channel_in(view, at + 1..sentence_end.min(at + 8))
                    .is_some_and(|channel| channel.start == at + 1));
        if stop {
            break;
        }
        at += 1;
    }
    trim_end(view, start, at)
}

/// The head of a noun phrase: its last noun before a preposition, a comma or a relative word.
pub(crate) fn head_of(view: &View, tokens: &Tokens) -> usize {
    let mut head = tokens.start;
    for token in tokens.clone() {
        // "the government overthrown by …": a participle ends the phrase.
        let participle = token > tokens.start
            && view.ends_ed(token)
            && view.is(token + 1, PREPOSITION)
            && token + 1 < tokens.end;
        let breaks = participle
            || view.is_comma(token)
            || view.is(token, PREPOSITION | RELATIVE) && token > tokens.start
            || view.lower(token) == "and"
            || matches!(view.lower(token), "(" | "–" | "—");
        if breaks && token > tokens.start {
            break;
        }
        if view.is_word(token) && !view.is_possessive_clitic(token) {
            head = token;
        }
    }
    head
}

/// A deed or a thing, which cannot condemn anybody.
pub(crate) fn is_deed(view: &View, head: usize) -> bool {
    view.knowledge.parties.has("deed", view.lower(head))
}
