//! Where a phrase begins, and what stands in it before its head.
//!
//! It does not know what a phrase means.

use super::{Base, BaseOf, Beside, LONGEST_PHRASE, Reader, has};
use crate::EntityKind;
use crate::nominal_lexicon as lexicon;
use syntax::{Relation, Upos};

impl<'a> Reader<'_, 'a> {
    /// The noun or name that ends with a token, with what stands before it.
    pub(super) fn base(&self, token: usize, beside: &[Beside]) -> Option<Base<'a>> {
        let words = self.words;
        if let Some(name) = words.name(token) {
            let (range, kind) = &words.names[name];
            if range.end != token + 1 || range.start < self.tokens.start {
                return None;
            }
            let title = &beside[name].title;
            let start = if title.is_empty() {
                range.start
            } else {
                title.start
            };
            // The role before a person's name belongs to the phrase: "the wife of rebel commander Keel".
            let role = start
                .checked_sub(1)
                .and_then(|role| self.at(&self.bases, role));
            if let (
                EntityKind::Person,
                Some(Base {
                    start: role,
                    has,
                    of: BaseOf::Noun(Some((entry, _))),
                }),
            ) = (kind, role)
                && entry.senses[0].kind == Some(EntityKind::Person)
            {
                return Some(Base {
                    start: role,
                    has,
                    of: BaseOf::Name(name),
                });
            }
            let (start, has) = self.left(start, token);
            return Some(Base {
                start,
                has,
                of: BaseOf::Name(name),
            });
        }
        let entry = self.entry(token);
        let usable = match words.upos(token) {
            Upos::Noun | Upos::Propn | Upos::X => true,
            Upos::Adj | Upos::Verb | Upos::Num => entry.is_some_and(|(entry, _)| {
                entry.senses.iter().any(|sense| sense.has(lexicon::STATE))
                    || words.upos(token) == Upos::Adj
                        && (words.relation(token) != Relation::Amod || self.stands_alone(token))
            }),
            _ => false,
        };
        if !usable || self.modifies(token) {
            return None;
        }
        let (start, has) = self.left(token, token);
        Some(Base {
            start,
            has,
            of: BaseOf::Noun(entry),
        })
    }

    /// Where a phrase begins whose head or name begins at `from` and ends with `last`, and what stands before the head.
    pub(super) fn left(&self, from: usize, last: usize) -> (usize, u16) {
        let words = self.words;
        let mut start = from;
        let mut has = 0;
        let mut list = false;
        for _ in 0..LONGEST_PHRASE {
            let Some(before) = start
                .checked_sub(1)
                .filter(|before| *before >= self.tokens.start)
            else {
                break;
            };
            let within = |token: usize| token > before && token <= last;
            if words.is_hyphen(before) && before > self.tokens.start {
                start = words.name(before - 1).map_or(before - 1, |name| {
                    has |= has::NAME;
                    words.names[name].0.start.max(self.tokens.start)
                });
                has |= has::MODIFIER;
                continue;
            }
            if let Some(name) = words.name(before) {
                let range = &words.names[name].0;
                if range.start < self.tokens.start || !self.name_modifies(name) {
                    break;
                }
                start = range.start;
                has |= has::NAME | has::MODIFIER;
                continue;
            }
            if words.is_possessive(before) {
                if let Some(owner) = before
                    .checked_sub(1)
                    .and_then(|owner| self.at(&self.bases, owner))
                {
                    start = owner.start;
                    has |= has::POSSESSOR;
                }
                break;
            }
            if words.is(before, lexicon::TIME) {
                break;
            }
            let (head, relation) = (words.head(before), words.relation(before));
            if words.is(before, lexicon::FORMER) && words.upos(before) != Upos::Adv {
                has |= has::MODIFIER;
                start = before;
                continue;
            }
            if words.says(before, "both") && words.upos(before) == Upos::Cconj && start == from {
                has |= has::DETERMINER | has::QUANTIFIER;
                start = before;
                break;
            }
            match words.upos(before) {
                Upos::Det | Upos::Pron => {
                    let owner = words.is(before, lexicon::POSSESSIVE);
                    let known = words.is(
                        before,
                        lexicon::DETERMINER | lexicon::PREDETERMINER | lexicon::QUANTIFIER,
                    );
                    let pronoun = words.upos(before) == Upos::Pron;
                    if !owner && (pronoun || !known)
                        || pronoun && matches!(relation, Relation::Obj | Relation::Iobj)
                    {
                        break;
                    }
                    has |= if owner { has::OWNER } else { has::DETERMINER };
                    if words.is(before, lexicon::QUANTIFIER) {
                        has |= has::QUANTIFIER;
                    }
                    if words.says(before, "a") || words.says(before, "an") {
                        has |= has::ONE;
                    }
                    if words.says(before, "the") {
                        has |= has::THE;
                    }
                    start = before;
                    break;
                }
                Upos::Num => {
                    let year = words.word(before).len() == 4
                        && words.word(before).bytes().all(|byte| byte.is_ascii_digit());
                    let counts = relation == Relation::Nummod && within(head);
                    let named = words
                        .name(start)
                        .is_some_and(|name| words.names[name].1 != EntityKind::Group);
                    if words.word(before).contains(':') || (year || named) && !counts {
                        break;
                    }
                    has |= has::NUMBER;
                    start = self.hedged(before);
                }
                Upos::Adj => {
                    let elsewhere = head < before
                        && matches!(
                            relation,
                            Relation::Xcomp | Relation::Root | Relation::Obj | Relation::Nsubj
                        );
                    if elsewhere {
                        break;
                    }
                    has |= if words.is(before, lexicon::QUANTIFIER) {
                        has::QUANTIFIER
                    } else {
                        has::MODIFIER
                    };
                    start = before;
                }
                Upos::Noun | Upos::Propn | Upos::X | Upos::Sym => {
                    if !self.modifies(before) {
                        break;
                    }
                    has |= if words.is(before, lexicon::QUANTIFIER) {
                        has::QUANTIFIER
                    } else {
                        has::MODIFIER
                    };
                    start = before;
                }
                Upos::Verb => {
                    // "two kidnapped oil workers", where the tree takes the participle for a verb.
                    let closed = before > self.tokens.start
                        && matches!(words.upos(before - 1), Upos::Num | Upos::Det)
                        && words.name(before - 1).is_none();
                    let modifier =
                        within(head) && matches!(relation, Relation::Amod | Relation::Compound);
                    if !closed && !modifier {
                        break;
                    }
                    has |= has::MODIFIER;
                    start = before;
                }
                Upos::Adv => {
                    if !(within(head)
                        && head < from
                        && relation == Relation::Advmod
                        && words.upos(head) != Upos::Num)
                    {
                        break;
                    }
                    start = before;
                }
                Upos::Cconj | Upos::Punct => {
                    let Some(other) = self.coordinated(before, start, from, last, list) else {
                        break;
                    };
                    list = true;
                    has |= has::MODIFIER;
                    if words.name(other).is_some() {
                        has |= has::NAME;
                    }
                    start = other;
                }
                _ => break,
            }
        }
        let (start, more) = self.portion(self.predetermined(start, has));
        (start, has | more)
    }

    /// Where the modifier begins that a conjunction or comma joins to the one after it ("interior and defence ministries").
    fn coordinated(
        &self,
        joint: usize,
        start: usize,
        from: usize,
        last: usize,
        list: bool,
    ) -> Option<usize> {
        let words = self.words;
        let other = joint
            .checked_sub(1)
            .filter(|other| *other >= self.tokens.start)?;
        if start >= from {
            return None;
        }
        let comma = words.is_comma(joint);
        if words.upos(joint) == Upos::Punct && !comma {
            return None;
        }
        if let (Some(left), Some(right)) = (words.name(other), words.name(start)) {
            let groups = words.names[left].1 == EntityKind::Group
                && words.names[right].1 == EntityKind::Group;
            let begin = words.names[left].0.start;
            if groups && begin >= self.tokens.start && (!comma || list) {
                return Some(begin);
            }
        }
        let inside = words.head(other) > joint && words.head(other) <= last;
        let modifier = matches!(
            words.relation(other),
            Relation::Amod | Relation::Compound | Relation::Nmod | Relation::Conj
        );
        if comma {
            let adjectives = words.upos(other) == Upos::Adj && words.upos(start) == Upos::Adj;
            return (adjectives && inside && modifier).then_some(other);
        }
        let conjunct = (start..from).any(|token| {
            words.relation(token) == Relation::Conj
                && (words.head(token) == other || words.head(token) + 1 == other)
        });
        let begin = words
            .name(other)
            .map_or(other, |name| words.names[name].0.start);
        let opened = other > self.tokens.start
            && words.upos(other - 1) == Upos::Det
            && words.upos(other) == Upos::Noun
            && words.name(other).is_none()
            && self.entry(other).is_none();
        if conjunct && opened {
            return Some(other);
        }
        (conjunct && inside && modifier && begin >= self.tokens.start).then_some(begin)
    }

    /// Where a number begins with the words that hedge it, or the range that it ends.
    fn hedged(&self, number: usize) -> usize {
        let words = self.words;
        let mut start = number;
        let allowed = |token: usize| token >= self.tokens.start && words.name(token).is_none();
        if let Some(joint) = number.checked_sub(1).filter(|joint| allowed(*joint)) {
            let joins =
                words.says(joint, "to") || words.says(joint, "or") || words.is_hyphen(joint);
            if joins && joint > self.tokens.start && words.upos(joint - 1) == Upos::Num {
                start = joint - 1;
            }
        }
        while let Some(before) = start.checked_sub(1).filter(|before| allowed(*before)) {
            if words.upos(before) == Upos::Num {
                start = before;
                continue;
            }
            if before > self.tokens.start {
                let mut pair = words.word(before - 1).to_lowercase();
                pair.push(' ');
                pair.extend(words.word(before).chars().flat_map(char::to_lowercase));
                if words.lexicon.classes(&pair) & lexicon::HEDGE_START != 0 {
                    return before - 1;
                }
                // "as many as", "no more than" have the number after a third word.
                if (words.says(before, "as") || words.says(before, "than"))
                    && before - 1 > self.tokens.start
                {
                    let pair = format!("{} {}", words.word(before - 2), words.word(before - 1))
                        .to_lowercase();
                    if words.lexicon.classes(&pair) & lexicon::HEDGE_START != 0 {
                        return before - 2;
                    }
                }
            }
            // "flew over three villages".
            let of_verb = before > self.tokens.start
                && words.upos(before - 1) == Upos::Verb
                && words.says(before, "over");
            return if words.is(before, lexicon::HEDGE) && !of_verb {
                before
            } else {
                start
            };
        }
        start
    }

    /// Takes in "all" or "both" before a determiner or number.
    fn predetermined(&self, start: usize, has: u16) -> usize {
        let words = self.words;
        let before = start
            .checked_sub(1)
            .filter(|before| *before >= self.tokens.start);
        match before {
            Some(before)
                if has & (has::DETERMINER | has::OWNER | has::NUMBER | has::POSSESSOR) != 0
                    && words.is(before, lexicon::PREDETERMINER)
                    && matches!(words.upos(before), Upos::Det | Upos::Adj) =>
            {
                before
            }
            _ => start,
        }
    }

    /// Takes in "dozens of", "one of", "a large number of" before a phrase.
    fn portion(&self, mut start: usize) -> (usize, u16) {
        let words = self.words;
        let mut more = 0;
        let first = self.tokens.start;
        for _ in 0..3 {
            if start < first + 2
                || !words.says(start - 1, "of")
                || !words.is(start - 2, lexicon::PORTION)
                || words.name(start - 2).is_some()
            {
                break;
            }
            // "of" in "one of them, of six": the phrase must be one, so a number alone is enough before "of".
            let mut begin = start - 2;
            if words.upos(begin) == Upos::Num {
                begin = self.hedged(begin);
            }
            for _ in 0..4 {
                let Some(before) = begin.checked_sub(1).filter(|before| *before >= first) else {
                    break;
                };
                match words.upos(before) {
                    Upos::Num => begin = self.hedged(before),
                    Upos::Adj if words.name(before).is_none() => begin = before,
                    Upos::Det if words.is(before, lexicon::DETERMINER) => {
                        begin = before;
                        break;
                    }
                    _ => break,
                }
            }
            // "the number of dead": a count that somebody gives, no part of the people.
            let counted = words.says(start - 2, "number") || words.says(start - 2, "total");
            if counted && begin < start - 2 && words.says(begin, "the") {
                break;
            }
            start = begin;
            more |= has::PORTION;
        }
        (start, more)
    }
}
