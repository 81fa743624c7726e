//! Names: where they stand and what kind of thing the words around them say it is.
//!
//! It does not know which names are one entity (`clusters`).

use crate::EntityKind;
use crate::attributions::Tokens;
use crate::clusters::similar;
use crate::knowledge::{COMMON, DETERMINER, MONTH, PERSONAL, WEEKDAY};
use crate::patterns::Shape;
use crate::view::View;
use std::collections::{HashMap, HashSet};
use text::{BlockKind, TokenKind};

/// A name where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// The name without title or role.
    pub(crate) tokens: Tokens,
    /// Title and role before it, as tokens ("opposition leader", "Gen.").
    pub(crate) role: Tokens,
    /// Evidence for each kind, by the words around.
    pub(crate) votes: Votes,
    /// The words around say that the person is dead ("the late X", "X, who died in 2001").
    pub(crate) late: bool,
}

/// Evidence for kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Votes {
    pub(crate) person: u32,
    pub(crate) place: u32,
    pub(crate) organization: u32,
    pub(crate) group: u32,
}

impl Votes {
    pub(crate) fn add(&mut self, other: Votes) {
        self.person += other.person;
        self.place += other.place;
        self.organization += other.organization;
        self.group += other.group;
    }

    /// The kind with most evidence; `Other` where there is none.
    pub(crate) fn kind(self) -> EntityKind {
        let ranked = [
            (self.place, EntityKind::Place),
            (self.organization, EntityKind::Organization),
            (self.group, EntityKind::Group),
            (self.person, EntityKind::Person),
        ];
        // The last of equals wins, so a person by default.
        ranked
            .into_iter()
            .filter(|(votes, _)| *votes > 0)
            .max_by_key(|(votes, _)| *votes)
            .map_or(EntityKind::Other, |(_, kind)| kind)
    }
}

/// Every name of a document, in order.
pub(crate) fn names(view: &View) -> Vec<Name> {
    // Capitalised words seen where a capital means something: inside a sentence of running text.
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let mut bodies: HashSet<&str> = HashSet::new();
    for sentence in &view.segments.sentences {
        let tokens = view.sentence_tokens(sentence);
        if title_case(view, tokens.clone()) {
            continue;
        }
        for token in tokens.clone().skip(1) {
            // "the Ennerath Front": later "the Front" alone is the same name.
            if view.is_capital(token)
                && view.is_capital(token - 1)
                && view.knowledge.parties.has("body", view.word(token))
            {
                bodies.insert(view.word(token));
            }
        }
        for token in tokens.skip(1) {
            if view.is_capital(token) && !after_opening(view, token) {
                *seen.entry(view.word(token)).or_default() += 1;
            }
        }
    }
    // Spellings drift, so a word that is like a name seen elsewhere is one too; bounded, so that a hostile text stays cheap.
    let mut folds: Vec<String> = seen
        .keys()
        .filter(|word| word.chars().count() > 4)
        .map(|word| crate::clusters::fold(word))
        .collect();
    folds.sort_unstable();
    folds.truncate(500);
    let mut found = Vec::new();
    for sentence in &view.segments.sentences {
        if view.block_kind(sentence) == BlockKind::Boilerplate {
            continue;
        }
        let tokens = view.sentence_tokens(sentence);
        let all_capital = title_case(view, tokens.clone());
        let mut at = tokens.start;
        while at < tokens.end {
            if !may_begin(view, at) {
                at += 1;
                continue;
            }
            let weak_capital = all_capital || at == tokens.start || after_opening(view, at);
            let mut end = at + 1;
            while end < tokens.end {
                if may_continue(view, end) {
                    end += 1;
                } else if let Some(next) = connector(view, at, end, tokens.end) {
                    end = next;
                } else {
                    break;
                }
            }
            let mut start = at;
            // A sentence's first word is part of the name only where it is not a common word.
            while start < end
                && view.is(start, COMMON)
                && (weak_capital || end - start > 1)
                && seen
                    .get(view.word(start))
                    .is_none_or(|count| *count < 2 || view.is(start, DETERMINER))
            {
                start += 1;
            }
            let start = skip_titles(view, start, end);
            let single = end - start == 1;
            let known = start < end
                && (seen.contains_key(view.word(start))
                    || folds
                        .iter()
                        .any(|fold| similar(fold, &crate::clusters::fold(view.word(start))))
                    || view.knowledge.gazetteer.knows(view.word(start))
                    || view
                        .knowledge
                        .demonyms
                        .countries
                        .contains_key(view.word(start)));
            let accepted = start < end
                && !(single
                    && (view.is(start, WEEKDAY | MONTH | PERSONAL)
                        || is_adjective(view, start, end)
                        || view.word(start).chars().count() < 2))
                && !(single
                    && weak_capital
                    && start == at
                    && (view.is(start, COMMON) || !known && !before_role(view, start + 1)))
                && (!all_capital || (start..end).all(|token| seen.contains_key(view.word(token))))
                && !(single && view.knowledge.parties.has("title", view.word(start)))
                && !(single && view.knowledge.parties.has("place", view.word(start)))
                && !(single
                    && view.knowledge.parties.has("body", view.word(start))
                    && view.word(start) != "Parliament"
                    && (!bodies.contains(view.word(start))
                        || view.knowledge.parties.has("role", view.lower(start))));
            if accepted {
                found.push(describe(view, start..end, tokens.clone()));
            }
            at = end.max(at + 1);
        }
    }
    found
}

/// "Regency spokesman": a word with a capital before a role, though it begins the sentence, is a name.
fn before_role(view: &View, token: usize) -> bool {
    let parties = &view.knowledge.parties;
    !view.is_capital(token)
        && (parties.has("speaks-for", view.lower(token))
            || parties.has("side-noun", view.lower(token)))
}

/// Whether most longer words of a sentence are capitalised, so that capitals mean nothing (headlines).
pub(crate) fn title_case(view: &View, tokens: Tokens) -> bool {
    let long: Vec<usize> = tokens
        .filter(|token| {
            view.kind(*token) == Some(TokenKind::Word) && view.word(*token).chars().count() > 3
        })
        .collect();
    long.len() > 2
        && long.iter().filter(|token| view.is_capital(**token)).count() * 4 > long.len() * 3
}

/// The first word inside a quotation or after a colon may be capitalised for that reason alone.
fn after_opening(view: &View, token: usize) -> bool {
    token > 0
        && (view.is_quote_mark(token - 1)
            || view.lower(token - 1) == ":"
            || matches!(view.lower(token - 1), "(" | "•" | "-" | "–"))
}

fn may_begin(view: &View, token: usize) -> bool {
    view.kind(token) == Some(TokenKind::Word) && view.is_capital(token) && !view.is(token, PERSONAL)
        || matches!(view.lower(token).get(..3), Some("al-" | "el-"))
            && view.word(token).chars().any(char::is_uppercase)
}

fn may_continue(view: &View, token: usize) -> bool {
    may_begin(view, token) && !(view.is(token, WEEKDAY))
}

/// "of", "for", "al", "bin" inside a name, where a capital follows; "of" and "for" only after a word for a body.
fn connector(view: &View, start: usize, at: usize, limit: usize) -> Option<usize> {
    let word = view.lower(at);
    let next = at + 1;
    if next >= limit {
        return None;
    }
    if matches!(
        word,
        "al" | "el"
            | "bin"
            | "ibn"
            | "bint"
            | "ul"
            | "ud"
            | "ur"
            | "van"
            | "von"
            | "de"
            | "der"
            | "da"
            | "di"
            | "du"
            | "la"
            | "le"
    ) && may_begin(view, next)
    {
        return Some(next + 1);
    }
    let body = (start..at).any(|token| {
        view.knowledge.parties.has("body", view.word(token))
            || matches!(
                view.word(token),
                "Observatory" | "University" | "Bank" | "Gulf" | "Republic" | "Kingdom"
            )
    });
    let the = usize::from(view.lower(next) == "the");
    (body
        && matches!(word, "of" | "for" | "and")
        && may_begin(view, next + the)
        && next + the < limit)
        .then_some(next + the + 1)
}

/// Titles and capitalised roles before a name ("President", "Gen.") do not belong to it.
fn skip_titles(view: &View, start: usize, end: usize) -> usize {
    let parties = &view.knowledge.parties;
    let mut at = start;
    while at + 1 < end {
        let title = parties.has("title", view.word(at));
        if parties.has("adjective", view.word(at)) && !parties.has("body", view.word(end - 1)) {
            at += 1;
            continue;
        }
        let adjective = is_adjective(view, at, at + 1)
            && (parties.has("title", view.word(at + 1)) || parties.has("role", view.lower(at + 1)))
            && !parties.has("body", view.word(end - 1));
        let role = parties.has("role", view.lower(at))
            && !parties.has("body", view.word(end - 1))
            && !parties.has("place", view.word(end - 1));
        if title && !parties.has("body", view.word(end - 1)) || adjective || role {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// "Afghan", "Iranian": an adjective of a country alone names no party.
fn is_adjective(view: &View, start: usize, end: usize) -> bool {
    let words: Vec<&str> = (start..end).map(|token| view.word(token)).collect();
    let phrase = words.join(" ");
    let demonyms = &view.knowledge.demonyms;
    demonyms.country_of.contains_key(&phrase)
        && !demonyms.peoples.contains_key(&phrase)
        && !demonyms.countries.contains_key(&phrase)
}

/// Looks at the words around a name.
fn describe(view: &View, tokens: Tokens, sentence: Tokens) -> Name {
    let parties = &view.knowledge.parties;
    let demonyms = &view.knowledge.demonyms;
    let words: Vec<&str> = tokens.clone().map(|token| view.word(token)).collect();
    let phrase = words.join(" ");
    let before = tokens
        .start
        .checked_sub(1)
        .filter(|before| *before >= sentence.start);
    let after = tokens.end;
    let mut votes = Votes::default();
    let last = tokens.end - 1;

    // The role before the name: role words with what qualifies them, back to the start of the phrase.
    let mut role_start = tokens.start;
    if let Some(before) = before {
        let is_role = |token: usize| {
            parties.has("role", view.lower(token)) || parties.has("title", view.word(token))
        };
        // "statement by Taliban spokesman Salih and Masud fled": the role belongs to the statement's unnamed author.
        let unpunctuated = view.lower(sentence.start) == "according"
            && !(sentence.start..tokens.start).any(|token| view.is_comma(token))
            && (after..sentence.end)
                .find(|token| view.is_comma(*token) || view.is_finite(*token))
                .is_some_and(|token| view.is_finite(token));
        if is_role(before) && !unpunctuated {
            role_start = before;
            while role_start > sentence.start {
                let word = role_start - 1;
                let qualifies = view.is_word(word)
                    && !view.is(
                        word,
                        DETERMINER
                            | crate::knowledge::PREPOSITION
                            | crate::knowledge::CONJUNCTION
                            | PERSONAL,
                    )
                    && !view.is_finite(word)
                    && tokens.start - word <= 6;
                if !qualifies {
                    break;
                }
                role_start = word;
            }
            votes.person += 4;
        }
        let kin = parties.has("kin", view.lower(before))
            || (view.is_comma(before)
                && before > sentence.start
                && parties.has("kin", view.lower(before - 1)));
        let late = parties.has("late", view.lower(before));
        votes.person += u32::from(kin || late) * 3;
        let article = view.lower(before) == "the";
        let place_of = view.lower(before) == "of"
            && before > sentence.start
            && parties.has("place", view.lower(before - 1));
        votes.place += u32::from(place_of) * 5;
        let locative = matches!(
            view.lower(before),
            "in" | "near"
                | "from"
                | "at"
                | "inside"
                | "outside"
                | "around"
                | "across"
                | "into"
                | "toward"
                | "towards"
                | "through"
                | "throughout"
        );
        votes.place += u32::from(locative && !parties.has("side-noun", view.lower(after))) * 2;
        // "seized Orlen": what is taken or held is a place more often than a person.
        let taken = view
            .knowledge
            .events
            .starting(view.lower(before))
            .iter()
            .any(|trigger| trigger.shape == Shape::ActorVerbPlace && trigger.tail.is_empty());
        votes.place += u32::from(taken && tokens.len() == 1) * 2;
        let weak_locative = matches!(view.lower(before), "of" | "to" | "on" | "for");
        votes.place += u32::from(weak_locative && tokens.len() == 1);
        votes.group +=
            u32::from(article && tokens.len() == 1 && !parties.has("place", view.lower(after))) * 2;
    }
    votes.place += u32::from(parties.has("place", view.lower(after)) && after < sentence.end) * 5;
    votes.place += u32::from(tokens.len() > 1 && parties.has("place", view.word(last))) * 5;
    votes.place += u32::from(
        demonyms.countries.contains_key(&phrase) || view.knowledge.gazetteer.knows(&phrase),
    ) * 8;
    votes.group += u32::from(demonyms.peoples.contains_key(&phrase)) * 8;
    let body = tokens
        .clone()
        .any(|token| parties.has("body", view.word(token)));
    votes.organization +=
        u32::from(body && (tokens.len() > 1 || parties.has("body", view.word(last)))) * 6;
    let acronym = tokens.len() == 1
        && words[0]
            .chars()
            .filter(|letter| letter.is_alphabetic())
            .count()
            >= 2
        && !words[0].chars().any(char::is_lowercase)
        && words[0].len() <= 6;
    votes.organization += u32::from(acronym) * 4;
    let side =
        parties.has("side-noun", view.lower(after)) && after < sentence.end && tokens.len() <= 2;
    votes.group += u32::from(side && !body) * 3;
    let outlet = parties.has("outlet-word", view.lower(after)) && after < sentence.end;
    votes.organization += u32::from(outlet) * 4;
    votes.organization += u32::from(tokens.len() == 1 && parties.has("channel", words[0])) * 6;
    // ", a spokesman for X," / ", 32," / "who" after two names.
    let apposition = view.is_comma(after)
        && after + 1 < sentence.end
        && ((after + 1..sentence.end.min(after + 6))
            .any(|token| parties.has("role", view.lower(token)))
            || view.kind(after + 1) == Some(TokenKind::Number) && view.is_comma(after + 2));
    votes.person += u32::from(apposition && tokens.len() <= 4 && !body) * 2;
    votes.person += u32::from(
        tokens.len() >= 2 && tokens.len() <= 4 && !body && !parties.has("place", view.word(last)),
    );
    votes.person += u32::from(view.lower(after) == "who") * 2;
    let late = before.is_some_and(|before| parties.has("late", view.lower(before)))
        || view.is_comma(after)
            && matches!(view.lower(after + 1), "who")
            && matches!(view.lower(after + 2), "died" | "was")
            && (after + 3..sentence.end.min(after + 10)).any(|token| {
                view.lower(token).len() == 4 && view.kind(token) == Some(TokenKind::Number)
            });
    Name {
        role: role_start..tokens.start,
        tokens,
        votes,
        late,
    }
}
