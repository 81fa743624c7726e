//! Bare plurals of people to whom something happened: "fighters were killed", "killing civilians", "the arrest of some villagers".
//!
//! Only where one particular happening is told; what is habitual, feared or denied makes no figure. It knows one predicate at a time.

use super::amounts::Amount;
use super::effects::is_be;
use super::lexicon::{self, EffectRole};
use super::{Figure, Kind, Reader};
use crate::Hedge;
use std::ops::Range;
use syntax::Relation;

impl Reader<'_> {
    /// Bare plurals of people to whom something happened: "fighters were killed", "killing civilians", "the arrest of some villagers".
    pub(super) fn add_plurals(&self, sentence: &Range<usize>, figures: &mut Vec<Figure>) {
        let taken = figures.len();
        for at in sentence.clone() {
            if !self.is(at, lexicon::EFFECT_WORD) {
                continue;
            }
            let found = self.plural_of(at, sentence);
            if let Some((tokens, noun)) = found
                && !is_taken(&figures[..taken], &tokens)
                && !self.in_time(noun)
            {
                let (amount, kind) = (Amount::of(2.0), self.kind_of(noun));
                figures.push(Figure::new(tokens, amount, Hedge::Plural, Some(noun), kind));
            }
        }
        if figures.len() > taken {
            figures.sort_by_key(|figure| figure.tokens.start);
            figures.dedup_by_key(|figure| figure.tokens.start);
        }
    }

    /// The plural that is subject, object or of-phrase of a word of effect that tells one particular happening.
    fn plural_of(&self, at: usize, sentence: &Range<usize>) -> Option<(Range<usize>, usize)> {
        let tag = self.words.xpos(at);
        let roles = self.effects(at);
        let near = Self::near(sentence, at);
        let wanted: &[Relation] = match tag {
            "VBD" | "VBN" if self.has_happened(at, sentence) => {
                &[Relation::NsubjPass, Relation::Nsubj, Relation::Obj]
            }
            "VBG" if self.has_happened_around(at) => &[Relation::Obj],
            "NN" | "NNS" => &[Relation::Nmod],
            _ => return None,
        };
        let noun = near.clone().find(|token| {
            self.words.head(*token) == Some(at)
                && wanted.contains(&self.words.relation(*token))
                && matches!(self.words.xpos(*token), "NNS" | "NNPS")
        })?;
        let relation = self.words.relation(noun);
        let fits = roles.iter().any(|found| match found.role {
            EffectRole::Object => {
                matches!(relation, Relation::NsubjPass | Relation::Obj) && tag.starts_with('V')
            }
            EffectRole::Subject => relation == Relation::Nsubj,
            EffectRole::Either => tag.starts_with('V'),
            EffectRole::Of => tag == "NN" && self.case(noun, sentence) == "of" && self.is_told(at),
            _ => false,
        });
        if !fits
            || self.kind_of(noun) != Kind::Person
            || self.is(noun, lexicon::CASUALTY)
            || !self.effects(noun).is_empty()
        {
            return None;
        }
        // "Sources announced that 12 were killed": they have a verb of their own.
        let next = noun + 1;
        let has_verb = next != at
            && matches!(self.words.xpos(next), "VBD" | "VBZ")
            && !is_be(self.lower(next))
            && !self.is(next, lexicon::EFFECT_WORD | lexicon::STATE);
        let is_free = self.words.xpos(next) != "CD" && self.lower(noun) != "others" && !has_verb;
        let start = self.plural_start(noun, sentence)?;
        is_free.then_some((start..noun + 1, noun))
    }

    /// The first word of a plural's phrase behind "the"; none where a number or an owner stands before it.
    fn plural_start(&self, noun: usize, sentence: &Range<usize>) -> Option<usize> {
        let mut start = noun;
        while start > sentence.start {
            let before = start - 1;
            let word = self.lower(before);
            if self.is(before, lexicon::VAGUE_START) || word == "other" {
                return None;
            }
            let head = self.words.head(before);
            let qualifies = head.is_some_and(|head| head > before && head <= noun);
            match self.words.xpos(before) {
                "JJ" | "NN" | "NNP" | "VBN" | "VBG"
                    if qualifies && self.effects(before).is_empty() =>
                {
                    start = before;
                }
                "DT" if word == "some" => return Some(before),
                "DT" if word == "the" => break,
                "DT" | "CD" | "PRP$" | "POS" | "PDT" | "HYPH" => return None,
                _ => break,
            }
        }
        Some(start)
    }

    /// Whether a verb tells what has happened: past or perfect, not denied, not general, not only possible.
    fn has_happened(&self, verb: usize, sentence: &Range<usize>) -> bool {
        let mut past = self.words.xpos(verb) == "VBD";
        for token in Self::near(sentence, verb) {
            if self.words.head(token) != Some(verb) {
                continue;
            }
            match (self.words.relation(token), self.lower(token)) {
                (
                    Relation::Aux | Relation::AuxPass,
                    "was" | "were" | "have" | "has" | "had" | "been",
                ) => past = true,
                (Relation::Aux, "to") => return false,
                (Relation::Aux, _) if self.words.xpos(token) == "MD" => return false,
                (_, "not" | "n't" | "never" | "if" | "whether" | "when" | "often" | "usually") => {
                    return false;
                }
                _ => {}
            }
        }
        past && matches!(
            self.words.relation(verb),
            Relation::Root
                | Relation::Conj
                | Relation::Ccomp
                | Relation::Parataxis
                | Relation::Advcl
        )
    }

    /// Whether what a participle goes with has happened: "shelled the town, killing civilians".
    fn has_happened_around(&self, participle: usize) -> bool {
        let head = self.words.head(participle);
        self.words.relation(participle) == Relation::Advcl
            && head.is_some_and(|head| matches!(self.words.xpos(head), "VBD" | "VBN"))
    }

    /// Whether a noun of a happening stands in a sentence that tells one: "ended with the arrest of some villagers".
    fn is_told(&self, noun: usize) -> bool {
        let head = self.words.head(noun);
        self.words.before(noun) == "the"
            && matches!(
                self.words.relation(noun),
                Relation::Obl | Relation::Obj | Relation::Nsubj | Relation::NsubjPass
            )
            && head.is_some_and(|head| self.words.xpos(head) == "VBD")
    }
}

/// Whether one of the figures, which are in order, has some of the tokens.
fn is_taken(figures: &[Figure], tokens: &Range<usize>) -> bool {
    let index = figures.partition_point(|figure| figure.tokens.end <= tokens.start);
    let next = figures.get(index);
    next.is_some_and(|figure| figure.tokens.start < tokens.end)
}
