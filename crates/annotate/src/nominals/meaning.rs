//! What a phrase means, by the lexicon's conditions, and where it ends: which "of", "for" or "to" belongs to it.
//!
//! It does not know the names' titles and roles.

use super::{Base, BaseOf, Reader, Unit, has};
use crate::EntityKind;
use crate::nominal_lexicon::{self as lexicon, Entry};
use syntax::Upos;

impl Reader<'_, '_> {
    /// The phrase whose head is this token, if it counts.
    pub(super) fn unit(&self, token: usize) -> Option<Unit> {
        let words = self.words;
        let base = self.at(&self.bases, token)?;
        match base.of {
            BaseOf::Name(name) => {
                let (range, kind) = &words.names[name];
                // "two Kessaris", "a Colombian" are people.
                let persons = *kind == EntityKind::Group
                    && base.has & (has::NUMBER | has::QUANTIFIER | has::ONE | has::PORTION) != 0
                    && !self.name_modifies(name)
                    && !self.is_list(range.end);
                Some(Unit {
                    start: base.start,
                    end: token + 1,
                    head: token,
                    kind: if persons { EntityKind::Person } else { *kind },
                    is_name: !persons,
                    plural: false,
                    has: base.has,
                })
            }
            BaseOf::Noun(entry) => {
                let (entry, count) = entry?;
                let mut end = token + 1;
                if words.is_hyphen(end) && words.is(end + 1, lexicon::TAIL) {
                    end += 2;
                    if words.is_hyphen(end) && words.is(end + 1, lexicon::TAIL) {
                        end += 2;
                    }
                    end = end.min(self.tokens.end);
                }
                let head = end - 1;
                let base = Base {
                    start: base.start.min((token + 1).saturating_sub(count)),
                    ..base
                };
                let (kind, conditions) = self.kind(token, end, entry, &base)?;
                Some(Unit {
                    start: base.start,
                    end: self
                        .object_end(end, kind, conditions, entry.plural)
                        .unwrap_or(end),
                    head,
                    kind,
                    is_name: false,
                    plural: entry.plural,
                    has: base.has,
                })
            }
        }
    }

    /// Whether a name goes on with "and" and modifies a noun after the next one ("a Kessari and Orremi patrol").
    fn is_list(&self, end: usize) -> bool {
        let next = self.words.name(end + 1);
        self.words.upos(end) == Upos::Cconj && next.is_some_and(|next| self.name_modifies(next))
    }

    /// The kind of a phrase, by the first sense whose conditions it meets, with those conditions.
    fn kind(
        &self,
        token: usize,
        end: usize,
        entry: Entry,
        base: &Base,
    ) -> Option<(EntityKind, u32)> {
        let words = self.words;
        let of = words.says(end, "of") && end < self.tokens.end;
        let any = |what: u16| base.has & what != 0;
        let numbered = any(has::NUMBER | has::QUANTIFIER | has::PORTION);
        let before = base
            .start
            .checked_sub(1)
            .filter(|before| *before >= self.tokens.start);
        let fits = |condition: u32| match condition {
            lexicon::PLURAL => entry.plural,
            lexicon::SINGULAR => !entry.plural,
            lexicon::MODIFIED => any(has::MODIFIER | has::NAME | has::POSSESSOR),
            lexicon::NAMED => any(has::NAME),
            lexicon::ONE => any(has::ONE),
            lexicon::GOVERNING => {
                of || any(has::MODIFIER | has::NAME | has::POSSESSOR)
                    || words.is(base.start, lexicon::BODY_OWNER)
            }
            lexicon::ABSOLUTE => !of,
            lexicon::OWNING => of || any(has::POSSESSOR | has::NAME),
            lexicon::DEFINITE => base.has != 0,
            lexicon::STAY => {
                base.has != 0 || before.is_none_or(|before| words.upos(before) != Upos::Adp)
            }
            lexicon::UNOWNED => !any(has::OWNER),
            lexicon::TYPED => !of || !self.opens_name(end + 1),
            lexicon::UNCOUNTED => !numbered,
            lexicon::EVIDENT => entry.plural || any(has::DETERMINER | has::OWNER) || numbered,
            lexicon::STATE => {
                // "the blast killed" and "two kidnapped workers" are none.
                let noun = |token: usize| {
                    matches!(words.upos(token), Upos::Noun | Upos::Propn | Upos::X)
                        || words.name(token).is_some()
                };
                (any(has::THE | has::OWNER) || numbered && !any(has::ONE))
                    && !token.checked_sub(1).is_some_and(noun)
                    && !(token + 1 < self.tokens.end
                        && noun(token + 1)
                        && !words.is(token + 1, lexicon::TIME))
            }
            _ => true,
        };
        let sense = entry.senses.iter().find(|sense| {
            let named = words.upos(token) != Upos::Verb || sense.has(lexicon::STATE);
            named && (0..u32::BITS).all(|bit| !sense.has(1 << bit) || fits(1 << bit))
        })?;
        let kind = sense.kind?;
        let kind = if sense.has(lexicon::SIDE) && entry.plural && !numbered {
            EntityKind::Organization
        } else if sense.has(lexicon::COUNTED) && any(has::NUMBER | has::PORTION) {
            EntityKind::Person
        } else if sense.has(lexicon::STANDS) {
            self.neighbour(base.start, end).unwrap_or(kind)
        } else {
            kind
        };
        Some((kind, sense.conditions))
    }

    /// Whether a place's name begins here, "the" aside.
    fn opens_name(&self, token: usize) -> bool {
        let words = self.words;
        let token = token + usize::from(words.says(token, "the"));
        let place = |name: usize| {
            matches!(
                words.names[name].1,
                EntityKind::Place | EntityKind::Facility
            )
        };
        token < self.tokens.end && words.name(token).is_some_and(place)
    }

    /// The kind of the body or state whose name stands in apposition to a phrase.
    fn neighbour(&self, start: usize, end: usize) -> Option<EntityKind> {
        let words = self.words;
        let after = words
            .is_comma(end)
            .then(|| self.at(&self.starts, end + 1))
            .flatten();
        let after = after.filter(|unit| unit.is_name).map(|unit| unit.kind);
        let before = start
            .checked_sub(2)
            .filter(|name| *name >= self.tokens.start && words.is_comma(name + 1));
        let before = before
            .and_then(|token| words.name(token))
            .map(|name| words.names[name].1);
        after
            .or(before)
            .filter(|kind| matches!(kind, EntityKind::Organization | EntityKind::Place))
    }

    /// Where a phrase ends whose "of", "for", "to" or "against" belongs to it.
    fn object_end(
        &self,
        at: usize,
        kind: EntityKind,
        conditions: u32,
        plural: bool,
    ) -> Option<usize> {
        let words = self.words;
        if at + 1 >= self.tokens.end {
            return None;
        }
        let has = |condition: u32| conditions & condition != 0;
        let of = words.says(at, "of");
        let stands_for = has(lexicon::ENVOY)
            && (words.says(at, "for") || words.says(at, "to") || words.says(at, "against"));
        if !(stands_for || of && !has(lexicon::ALONE)) {
            return None;
        }
        if let Some(object) = self.at(&self.starts, at + 1) {
            let kept = match object.kind {
                EntityKind::Weapon | EntityKind::Event | EntityKind::Other => has(lexicon::OFFICE),
                EntityKind::Facility => !matches!(kind, EntityKind::Weapon | EntityKind::Facility),
                EntityKind::Place | EntityKind::Person => kind != EntityKind::Weapon,
                EntityKind::Organization | EntityKind::Group => true,
            };
            if !kept {
                return None;
            }
            // "the presidents of Kessar and Turash".
            if plural && object.is_name && words.upos(object.end) == Upos::Cconj {
                let second = self.at(&self.starts, object.end + 1);
                if let Some(second) =
                    second.filter(|second| second.is_name && second.kind == object.kind)
                {
                    return Some(second.end);
                }
            }
            return Some(object.end);
        }
        (of && has(lexicon::OFFICE))
            .then(|| self.field_end(at + 1))
            .flatten()
    }

    /// Where the field of an office ends ("minister of education and cults").
    fn field_end(&self, from: usize) -> Option<usize> {
        let words = self.words;
        let noun = |token: usize| {
            token < self.tokens.end
                && words.name(token).is_none()
                && matches!(words.upos(token), Upos::Noun | Upos::Propn | Upos::Adj)
                && !words.is(token, lexicon::TIME)
        };
        let from = if words.says(from, "the") {
            from + 1
        } else {
            from
        };
        let mut end = from;
        while end < from + 6 {
            if noun(end) {
                end += 1;
            } else if end > from
                && words.upos(end) == Upos::Cconj
                && noun(end + 1)
                && self.at(&self.starts, end + 1).is_none()
            {
                end += 2;
            } else {
                break;
            }
        }
        (end > from && words.upos(end - 1) != Upos::Adj).then_some(end)
    }
}
