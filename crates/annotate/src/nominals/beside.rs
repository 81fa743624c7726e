//! The title and the roles of a person's name.
//!
//! It does not know which names are one person.

use super::{LONGEST_PHRASE, Nominals, Reader, Unit, has};
use crate::EntityKind;
use crate::nominal_lexicon as lexicon;
use std::ops::Range;
use syntax::Upos;

/// The most names that share a role; a longer list is none.
const MOST_NAMES: usize = 12;

impl Reader<'_, '_> {
    /// The honorifics, ranks and offices directly before a token.
    pub(super) fn title(&self, before: usize) -> Range<usize> {
        let words = self.words;
        let mut start = before;
        while let Some(token) = start
            .checked_sub(1)
            .filter(|token| *token >= self.tokens.start)
        {
            let nominal = matches!(
                words.upos(token),
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::X
            );
            let class = if start == before {
                lexicon::HONORIFIC | lexicon::TITLE
            } else {
                lexicon::HONORIFIC | lexicon::TITLE | lexicon::TITLE_PART
            };
            // "the minister of the information Mr Hoosh".
            let field = start + 1 == before
                && words.is(start, lexicon::HONORIFIC)
                && !words.is(token, lexicon::HONORIFIC | lexicon::TITLE)
                && token
                    .checked_sub(1)
                    .is_some_and(|left| matches!(words.upos(left), Upos::Det | Upos::Adp));
            if !nominal
                || field
                || !words.is(token, class)
                || words.name(token).is_some()
                || before - token > 5
            {
                break;
            }
            start = token;
        }
        start..before
    }

    /// Finds what a person's name has beside it.
    pub(super) fn roles(&self, name: usize, found: &mut Nominals) {
        let words = self.words;
        let range = words.names[name].0.clone();
        let title = found.beside[name].title.clone();
        let honorific = !title.is_empty() && words.is(title.end - 1, lexicon::HONORIFIC);
        let mut end = range.start;
        if !title.is_empty() {
            let office = self.ending(title.end);
            let begins = office.map_or(title.start, |office| {
                self.undetermined(office.start).min(title.start)
            });
            let owned = title.start > self.tokens.start
                && (words.is(
                    title.start - 1,
                    lexicon::DETERMINER | lexicon::POSSESSIVE | lexicon::FORMER,
                ) || words.is_possessive(title.start - 1));
            if honorific || !owned && begins == title.start {
                end = title.start;
            } else {
                // "former president", "the Orremi general": the office is a role.
                found.beside[name].title = 0..0;
            }
        }
        if let Some(role) = self
            .ending(end)
            .filter(|role| role.kind == EntityKind::Person)
        {
            let names = self.coordinated_names(range.end);
            let tokens = self.undetermined(role.start)..role.end;
            if !tokens.is_empty() && role.plural == (names > 0) {
                for other in name..=name + names {
                    found.beside[other].roles.push(tokens.clone());
                }
            }
        }
        if let Some(role) = self.apposed(range.end) {
            found.beside[name].roles.push(role);
        }
    }

    /// The longest phrase that ends before a token.
    fn ending(&self, end: usize) -> Option<Unit> {
        // An "of" phrase ends with its object; the head is found from there, a few steps to the left at most.
        let last = end.checked_sub(1)?;
        let mut found: Option<Unit> = None;
        for token in (last.saturating_sub(LONGEST_PHRASE)..=last).rev() {
            if token < self.tokens.start {
                break;
            }
            let unit = self
                .at(&self.units, token)
                .filter(|unit| unit.end == end && !unit.is_name);
            found = unit.or(found);
            if self.words.upos(token) == Upos::Punct || self.words.upos(token) == Upos::Verb {
                break;
            }
        }
        found
    }

    /// A phrase's beginning without determiner or possessive pronoun.
    pub(super) fn undetermined(&self, start: usize) -> usize {
        let closed = self
            .words
            .is(start, lexicon::DETERMINER | lexicon::POSSESSIVE);
        start + usize::from(closed && self.words.name(start).is_none())
    }

    /// How many names of people are joined to one that ends here ("Salih and Masud").
    fn coordinated_names(&self, mut end: usize) -> usize {
        let words = self.words;
        let mut count = 0;
        let mut joined = false;
        while end < self.tokens.end && !joined && count < MOST_NAMES {
            joined = words.upos(end) == Upos::Cconj || words.says(end, "&");
            let next = words.name(end + 1).filter(|next| {
                (joined || words.is_comma(end)) && words.names[*next].1 == EntityKind::Person
            });
            let Some(next) = next else { return 0 };
            count += 1;
            end = words.names[next].0.end;
        }
        if joined && !words.is_possessive(end) {
            count
        } else {
            0
        }
    }

    /// The role after a name and a comma, perhaps with an age between.
    fn apposed(&self, end: usize) -> Option<Range<usize>> {
        let words = self.words;
        if !words.is_comma(end) {
            return None;
        }
        let mut from = end + 1;
        if words.upos(from) == Upos::Num && words.is_comma(from + 1) {
            from += 2;
        }
        let role = self.at(&self.starts, from)?;
        let closed = role.has
            & (has::DETERMINER | has::OWNER | has::NUMBER | has::QUANTIFIER | has::PORTION)
            != 0;
        let follows = role.end >= self.tokens.end
            || matches!(
                words.upos(role.end),
                Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Pron
            );
        let named = words.name(role.end).is_some() || self.title_before_name(role.end);
        (role.kind == EntityKind::Person
            && !role.is_name
            && !role.plural
            && !closed
            && follows
            && !named
            && !self.opens_with_determiner(role.start))
        .then_some(role.start..role.end)
    }

    fn opens_with_determiner(&self, start: usize) -> bool {
        self.words.name(start).is_none()
            && self
                .words
                .is(start, lexicon::DETERMINER | lexicon::POSSESSIVE)
    }

    fn title_before_name(&self, token: usize) -> bool {
        self.words.is(token, lexicon::HONORIFIC | lexicon::TITLE)
            && self.words.name(token + 1).is_some()
    }
}
