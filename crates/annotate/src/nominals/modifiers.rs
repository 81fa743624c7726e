//! Which words are heads of phrases and which only modify what follows them.
//!
//! It does not know where phrases begin.

use super::{Reader, lower_into};
use crate::EntityKind;
use crate::nominal_lexicon::{self as lexicon, Entry, LONGEST_ENTRY};
use syntax::{Relation, Upos};

impl<'a> Reader<'_, 'a> {
    /// What the lexicon says of a word, or of it with one or two before it.
    pub(super) fn entry(&self, token: usize) -> Option<(Entry<'a>, usize)> {
        let words = self.words;
        if !words
            .word(token)
            .bytes()
            .any(|byte| byte.is_ascii_alphabetic())
        {
            return None;
        }
        let mut lower = String::new();
        for count in (2..=LONGEST_ENTRY).rev() {
            // A hyphen between the words counts as a blank.
            let mut start = token;
            for _ in 1..count {
                start = start.saturating_sub(1);
                if words.is_hyphen(start) {
                    start = start.saturating_sub(1);
                }
            }
            if start < self.tokens.start || start + count > token + 1 {
                continue;
            }
            lower.clear();
            for part in (start..=token).filter(|part| !words.is_hyphen(*part)) {
                if !lower.is_empty() {
                    lower.push(' ');
                }
                lower.extend(words.word(part).chars().flat_map(char::to_lowercase));
            }
            if let Some(entry) = words.lexicon.entry(&lower) {
                return Some((entry, token + 1 - start));
            }
        }
        lower_into(words.word(token), &mut lower);
        let stem = lower.split_once('-').and_then(|(prefix, stem)| {
            (words.lexicon.classes(prefix) & lexicon::PREFIX != 0).then_some(stem)
        });
        let known = |word: &str| {
            words
                .lexicon
                .entry(word)
                .or_else(|| words.lexicon.entry_by_ending(word))
        };
        words
            .lexicon
            .entry(&lower)
            .or_else(|| stem.and_then(known))
            .or_else(|| words.lexicon.entry_by_ending(&lower))
            .map(|entry| (entry, 1))
    }

    /// Whether a noun only modifies what follows it.
    pub(super) fn modifies(&self, token: usize) -> bool {
        let words = self.words;
        let next = token + 1;
        if next >= self.tokens.end || words.name(next).is_some() && !words.is_hyphen(next) {
            return false;
        }
        if words.is_hyphen(next) && next + 1 < self.tokens.end {
            return !words.is(next + 1, lexicon::TAIL);
        }
        let (head, relation) = (words.head(token), words.relation(token));
        let rightward = head > token && head < self.tokens.end;
        let modifier = matches!(
            relation,
            Relation::Compound
                | Relation::Amod
                | Relation::Nmod
                | Relation::Nummod
                | Relation::Flat
                | Relation::Det
                | Relation::Dep
        );
        match words.upos(next) {
            // A verb that the tagger took for a noun: "a boy sold cigarettes".
            Upos::Noun if self.is_verb(next) && self.entry(token).is_some() => false,
            Upos::Noun | Upos::Propn | Upos::X | Upos::Sym => {
                let office = words.upos(next) == Upos::Noun
                    && words.name(next + 1).is_some_and(|name| {
                        words.names[name].1 == EntityKind::Person
                            && words.names[name].0.start == next + 1
                    })
                    && self
                        .entry(next)
                        .is_some_and(|(entry, _)| entry.senses[0].kind == Some(EntityKind::Person));
                if office {
                    return words.upos(token) != Upos::Verb;
                }
                let time = words.is(next, lexicon::TIME);
                let back = words.head(next) == token
                    && matches!(
                        words.relation(next),
                        Relation::Flat | Relation::Compound | Relation::Goeswith
                    );
                // The tree may take the words of a compound apart; what is no head itself, or has no place in the clause,
                // modifies a head right after it.
                let apart = words.upos(next) == Upos::Noun
                    && self.entry(next).is_some()
                    && match self.entry(token) {
                        None => words.upos(token) == Upos::Noun,
                        Some((entry, _)) => {
                            !entry.plural
                                && matches!(
                                    relation,
                                    Relation::Root
                                        | Relation::Conj
                                        | Relation::Appos
                                        | Relation::Parataxis
                                        | Relation::Dep
                                        | Relation::List
                                )
                        }
                    };
                !time && (rightward && modifier || back || apart)
            }
            Upos::Adj | Upos::Verb | Upos::Cconj => {
                rightward
                    && matches!(relation, Relation::Compound | Relation::Amod)
                    && head > next
                    && head - token <= 6
                    && words.name(head).is_none()
                    && (words.upos(next) != Upos::Verb || words.relation(next) == Relation::Amod)
            }
            _ => false,
        }
    }

    /// Whether a name modifies the noun after it ("Front spokesman").
    pub(super) fn name_modifies(&self, name: usize) -> bool {
        let words = self.words;
        let (range, kind) = &words.names[name];
        let next = range.end;
        if next >= self.tokens.end || words.name(next).is_some() {
            return false;
        }
        if words.is_hyphen(next) {
            return true;
        }
        if words.is(next, lexicon::TIME)
            || !matches!(
                words.upos(next),
                Upos::Noun | Upos::Adj | Upos::Propn | Upos::Verb | Upos::Num | Upos::X
            )
        {
            return false;
        }
        let rightward = range.clone().any(|token| {
            words.head(token) >= range.end
                && words.head(token) < self.tokens.end
                && matches!(
                    words.relation(token),
                    Relation::Compound
                        | Relation::Amod
                        | Relation::Nmod
                        | Relation::NmodPoss
                        | Relation::Flat
                        | Relation::Det
                        | Relation::Dep
                        | Relation::Nummod
                )
        });
        // Where the tree goes astray, a name right before a noun still modifies it, a person's and what a preposition rules aside.
        let ruled = range.start > self.tokens.start && words.upos(range.start - 1) == Upos::Adp;
        let acts = range.clone().any(|token| {
            words.head(token) >= range.end
                && matches!(words.relation(token), Relation::Nsubj | Relation::NsubjPass)
        });
        let noun = words.upos(next) == Upos::Noun;
        rightward
            || noun
                && (*kind == EntityKind::Group || *kind != EntityKind::Person && !ruled && !acts)
    }

    /// Whether what is tagged as a noun is a verb: by its form, or since a new phrase begins right after it.
    fn is_verb(&self, token: usize) -> bool {
        let words = self.words;
        let opens = token + 1 < self.tokens.end
            && words.is(token + 1, lexicon::DETERMINER | lexicon::POSSESSIVE)
            && matches!(
                words.relation(token + 1),
                Relation::Det | Relation::NmodPoss
            );
        words.is(token, lexicon::VERB) || opens && self.entry(token).is_none()
    }

    /// Whether an adjective has a determiner before it and no noun behind it ("the general left").
    pub(super) fn stands_alone(&self, token: usize) -> bool {
        let words = self.words;
        let before = token
            .checked_sub(1)
            .filter(|before| *before >= self.tokens.start);
        let after = token + 1;
        before.is_some_and(|before| words.upos(before) == Upos::Det)
            && !(after < self.tokens.end
                && (words.name(after).is_some()
                    || matches!(
                        words.upos(after),
                        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::X
                    )))
    }
}
