//! Which way a bare weekday, month or day goes, by the words around it.
//!
//! The evidence, first that speaks counts: the preposition before it, then the verb that governs it, from the tree, up the clauses that
//! have no tense of their own. Without any it goes back: news tells what was.

use super::grammar::Grammar;
use super::ground::Direction;
use crate::fine::Fine;
use std::ops::Range;

/// Most steps up the tree.
const STEPS: usize = 12;
/// How far before a verb its auxiliaries may stand.
const REACH: usize = 8;

/// Which way the expression of these tokens goes.
pub(crate) fn direction(words: &Fine, grammar: &Grammar, tokens: &Range<usize>) -> Direction {
    if matches!(words.before(tokens.start), "since" | "after" | "following") {
        return Direction::Back;
    }
    let told = |token: usize| match words.xpos(token) {
        "VBD" => !grammar.is(&words.lemma(token), "planned"),
        "VBN" => {
            !grammar.is(&words.lemma(token), "planned")
                && matches!(tense(words, token), Tense::Past | Tense::None)
        }
        _ => false,
    };
    // "Said Friday", "voted overwhelmingly on Friday", whatever the tree makes of it.
    let beside = (tokens.start.saturating_sub(3)..tokens.start)
        .rev()
        .find(|token| !matches!(words.xpos(*token), "RB" | "IN"));
    if beside.is_some_and(told) {
        return Direction::Back;
    }
    match governed(words, grammar, tokens) {
        // A past verb stands between the one that governs by the tree and the expression.
        Some((Direction::Forward, verb)) if (verb + 1..tokens.start).any(told) => Direction::Back,
        Some((direction, _)) => direction,
        None => fronted(words, grammar, tokens).unwrap_or(Direction::Unknown),
    }
}

/// What the first verb says after an expression that begins its sentence: "On Tuesday, the League plans to march."
fn fronted(words: &Fine, grammar: &Grammar, tokens: &Range<usize>) -> Option<Direction> {
    let sentence = words.sentence(tokens.start);
    if tokens.start > sentence.start + 2 {
        return None;
    }
    (tokens.end..sentence.end).find_map(|token| {
        let plans = words.lower(token + 1) == "to" && grammar.is(&words.lemma(token), "planned");
        match words.xpos(token) {
            _ if plans => Some(Direction::Forward),
            "MD" if words.lower(token) != "could" => Some(Direction::Forward),
            "VBD" => Some(Direction::Back),
            "MD" | "VBZ" | "VBP" => Some(Direction::Unknown),
            _ => None,
        }
    })
}

/// What the verbs above the expression say, and the verb that says it.
fn governed(words: &Fine, grammar: &Grammar, tokens: &Range<usize>) -> Option<(Direction, usize)> {
    let mut at = top(words, tokens)?;
    let is = |token: usize, class: &str| grammar.is(&words.lemma(token), class);
    let is_planned = |token: usize| is(token, "planned");
    for _ in 0..STEPS {
        let tag = words.xpos(at);
        if matches!(tag, "MD") {
            return Some((Direction::Forward, at));
        }
        if tag.starts_with("VB") {
            let forward = match tense(words, at) {
                Tense::Future => Some(true),
                // "Was scheduled for Friday", "plans a march on Friday".
                Tense::Past | Tense::Present | Tense::None if is_planned(at) => Some(true),
                Tense::Past => Some(false),
                Tense::Present | Tense::Possible => return None,
                // "Expected to open", "a plan to open", "ordered them to leave"; a headline's "minister to resign".
                Tense::Infinitive => match words.head(at) {
                    Some(head) if !is(head, "planned") && !is(head, "wanted") => None,
                    _ => Some(true),
                },
                Tense::None => None,
            };
            if let Some(forward) = forward {
                let direction = if forward {
                    Direction::Forward
                } else {
                    Direction::Back
                };
                return Some((direction, at));
            }
        }
        at = words.head(at)?;
    }
    None
}

/// The token of the expression that depends on one outside it.
fn top(words: &Fine, tokens: &Range<usize>) -> Option<usize> {
    tokens
        .clone()
        .find_map(|token| words.head(token).filter(|head| !tokens.contains(head)))
}

enum Tense {
    Past,
    Present,
    Future,
    /// "Could".
    Possible,
    Infinitive,
    /// A participle: the clause above has the tense.
    None,
}

fn tense(words: &Fine, verb: usize) -> Tense {
    let auxiliaries = (verb.saturating_sub(REACH)..verb).filter(|token| {
        words.head(*token) == Some(verb)
            && matches!(
                words.xpos(*token),
                "MD" | "VBD" | "VBZ" | "VBP" | "TO" | "VB" | "VBN"
            )
            && !words.xpos(*token).is_empty()
    });
    let mut seen = None;
    for token in auxiliaries {
        match (words.lower(token), words.xpos(token)) {
            ("could", _) => return Tense::Possible,
            (_, "MD") => return Tense::Future,
            (_, "TO") => seen = Some(Tense::Infinitive),
            (_, "VBD") if seen.is_none() => seen = Some(Tense::Past),
            ("has" | "have" | "'ve", _) if seen.is_none() => seen = Some(Tense::Past),
            (_, "VBZ" | "VBP") if seen.is_none() => seen = Some(Tense::Present),
            _ => {}
        }
    }
    match (seen, words.xpos(verb)) {
        (Some(tense), _) => tense,
        (None, "VBD") => Tense::Past,
        (None, "VBZ" | "VBP") => Tense::Present,
        (None, "VB") => Tense::Infinitive,
        _ => Tense::None,
    }
}
