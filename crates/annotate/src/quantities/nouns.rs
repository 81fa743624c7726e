//! What a number counts: the head of the noun phrase behind it, or its unit.
//!
//! It does not know hedges, nor what befell those counted.

use super::amounts::Core;
use super::lexicon::{self, EffectRole, Measure};
use super::{Kind, Reader};
use crate::numbers;
use std::ops::Range;
use syntax::Relation;
use text::TokenKind;

/// The most tokens between a number and the head of its noun.
const LONGEST_PHRASE: usize = 12;

/// What is counted, and where the figure ends.
pub(super) struct Counted {
    pub(super) end: usize,
    pub(super) noun: Option<usize>,
    pub(super) kind: Kind,
    pub(super) unit: Option<String>,
}

impl Counted {
    fn nothing(end: usize) -> Self {
        Self {
            end,
            noun: None,
            kind: Kind::Open,
            unit: None,
        }
    }
}

impl Reader<'_> {
    /// What the number that ends at `end` counts; none where it counts a time or is part of a word ("three-storey").
    pub(super) fn counted(
        &self,
        core: &Core,
        end: usize,
        sentence: &Range<usize>,
    ) -> Option<Counted> {
        let lower = |token| self.lower(token);
        if let Some(sign) = core.sign() {
            let unit = self.lexicon.unit(sign, lower)?;
            return Some(Counted {
                end,
                noun: Some(sign),
                kind: Kind::Measure,
                unit: Some(unit.code.to_owned()),
            });
        }
        if lower(end) == "-" && self.words.is_near(end) && self.words.is_near(end + 1) {
            return self.compound(end + 1);
        }
        if let Some(measured) = self.measured(end, sentence) {
            return Some(measured);
        }
        if self.is(end, lexicon::TIME_UNIT) && !self.in_phrase(end) {
            return None;
        }
        let of = lower(end) == "of";
        let from = if of {
            self.after_determiners(end + 1)
        } else {
            end
        };
        let more = matches!(lower(from), "more" | "further" | "additional" | "other");
        if of && (self.is(end + 1, lexicon::PRONOUN) && from == end + 1 || self.is_count(from)) {
            return Some(Counted::nothing(end));
        }
        match self.noun_phrase(from, sentence, core.value() == 1.0) {
            Some((noun, _)) if self.is(noun, lexicon::TIME_UNIT) => None,
            // "kills 16 outside the bakery": one bakery is not what sixteen counts.
            Some((noun, _)) if core.value() > 1.0 && self.is_single_thing(noun) => {
                (!core.needs_noun()).then(|| Counted::nothing(end))
            }
            Some((noun, after)) => Some(Counted {
                end: after,
                noun: Some(noun),
                kind: self.kind_of(noun),
                unit: None,
            }),
            None if core.needs_noun() && !more && !self.stands_alone(end) => None,
            None if more && lower(from) != "other" && !of => Some(Counted::nothing(from + 1)),
            None => Some(Counted::nothing(end)),
        }
    }

    /// "40 percent", "3 million dollars", "320 square kilometres", "a number of barrels of oil": the unit behind a number.
    fn measured(&self, end: usize, sentence: &Range<usize>) -> Option<Counted> {
        let lower = |token| self.lower(token);
        let at = end + usize::from(lower(end) == "of" && lower(end + 1) != "of");
        let unit = self.lexicon.unit(at, lower)?;
        let after = at + unit.words;
        if after > sentence.end || !self.is_unit(at, unit.words, unit.measure) {
            return None;
        }
        // "barrels of oil" is known by more than its head; "square kilometres" has its head last.
        let is_container = lower(at + 1) == "of";
        let is_rate = unit.words > 1 && matches!(lower(at + 1), "per" | "an" | "a");
        Some(Counted {
            end: if is_container { at + 1 } else { after },
            noun: Some(if is_container || is_rate {
                at
            } else {
                after - 1
            }),
            kind: Kind::Measure,
            unit: Some(unit.code.to_owned()),
        })
    }

    /// "700-kilometer", "seven-member", "12-strong", from the word behind the hyphen.
    fn compound(&self, at: usize) -> Option<Counted> {
        let lower = |token| self.lower(token);
        if let Some(unit) = self.lexicon.unit(at, lower) {
            return Some(Counted {
                end: at + unit.words,
                noun: Some(at + unit.words - 1),
                kind: Kind::Measure,
                unit: Some(unit.code.to_owned()),
            });
        }
        if !self.is(at, lexicon::COMPOUND) || self.lower(at + 1) == "-" {
            return None;
        }
        let is_strong = self.lower(at) == "strong";
        Some(Counted {
            end: at + 1,
            noun: (!is_strong).then_some(at),
            kind: Kind::Person,
            unit: None,
        })
    }

    /// Whether a word that may be a unit is one here: "two barrel bombs" counts bombs; "m" beside a word is no metre.
    fn is_unit(&self, at: usize, length: usize, measure: Measure) -> bool {
        let last = at + length - 1;
        let is_short = self.lower(last).len() == 1 && measure == Measure::Unit;
        let before_noun = self.words.relation(last) == Relation::Compound
            && self.words.head(last) == Some(last + 1)
            && matches!(self.words.xpos(last + 1), "NNS" | "NNPS");
        !is_short && !before_noun
    }

    /// Whether a noun of time stands before another noun that is counted: "12 night patrols".
    fn in_phrase(&self, at: usize) -> bool {
        self.words.xpos(at) == "NN"
            && matches!(self.words.xpos(at + 1), "NNS" | "NN")
            && self.words.head(at) == Some(at + 1)
            && !self.is(at + 1, lexicon::TIME_UNIT)
    }

    /// The token behind up to three determiners; "those" and "these" alone are no determiners.
    fn after_determiners(&self, mut at: usize) -> usize {
        let end = at + 3;
        while at < end && self.is_determiner(at) {
            at += 1;
        }
        at
    }

    fn is_determiner(&self, at: usize) -> bool {
        if matches!(self.lower(at), "those" | "these" | "this" | "that") {
            let next = self.words.xpos(at + 1);
            return matches!(next, "NNS" | "NN" | "JJ" | "VBN" | "NNP" | "NNPS");
        }
        matches!(self.words.xpos(at), "DT" | "PDT" | "PRP$")
            || matches!(self.lower(at), "the" | "its" | "their" | "his")
    }

    /// Whether a number or a vague word begins at a token.
    fn is_count(&self, at: usize) -> bool {
        self.words.kind(at) == Some(TokenKind::Number)
            || numbers::number_word(self.lower(at)).is_some()
            || self.lexicon.vague(at, |token| self.lower(token)).is_some()
    }

    /// Whether a vague word without a noun stands for people: "many died", "several of them", "scores more".
    fn stands_alone(&self, end: usize) -> bool {
        self.lower(end) == "of"
            || self.is(end, lexicon::EFFECT_WORD)
            || matches!(self.words.xpos(end), "VBD" | "VBZ" | "VBP" | "MD")
    }

    /// The head of the noun phrase that begins at a token, and the token after it.
    pub(super) fn noun_phrase(
        &self,
        from: usize,
        sentence: &Range<usize>,
        is_one: bool,
    ) -> Option<(usize, usize)> {
        let limit = sentence.end.min(from + LONGEST_PHRASE);
        let mut head: Option<usize> = None;
        let mut at = from;
        while at < limit {
            let tag = self.words.xpos(at);
            if self.in_time(at) && !self.in_phrase(at) {
                break;
            }
            let is_noun = self.is_noun(at) || tag.is_empty() && self.kind_of(at) != Kind::Thing;
            if let Some(before) = head
                && self.ends_before(before, at, is_noun, is_one)
            {
                break;
            }
            if is_noun {
                if head.is_some() && self.is(at, lexicon::WEEKDAY) {
                    break;
                }
                head = Some(at);
            } else if !self.may_stand_before_noun(at, tag, from) {
                break;
            }
            at += 1;
        }
        let head = head
            .or_else(|| self.nominal(from, limit))
            .or_else(|| self.adjective_of_people(from))?;
        Some((head, head + 1))
    }

    /// "one civilian" where the word is taken for an adjective.
    fn adjective_of_people(&self, at: usize) -> Option<usize> {
        let is_alone = !matches!(
            self.words.xpos(at + 1),
            "JJ" | "NN" | "NNS" | "NNP" | "NNPS"
        );
        let is_person = self.kind_of(at) == Kind::Person || self.is_of_a_country(self.lower(at));
        (self.words.xpos(at) == "JJ" && is_alone && is_person).then_some(at)
    }

    /// Whether a phrase ends with the noun `head`, before `at`.
    fn ends_before(&self, head: usize, at: usize, is_noun: bool, is_one: bool) -> bool {
        let tied = self.words.head(head) == Some(at)
            && matches!(
                self.words.relation(head),
                Relation::Compound | Relation::Amod | Relation::Flat | Relation::Nmod
            );
        let is_hyphen = |token| self.lower(token) == "-" && self.words.is_near(token);
        if is_hyphen(at) || head + 2 == at && is_hyphen(at - 1) {
            return false;
        }
        // "took 12 guards hostage".
        if self.is_plural(head) && self.has_role(at, &EffectRole::State) {
            return true;
        }
        if self.is_plural(head) || is_one && self.kind_of(head) == Kind::Person {
            return !(is_noun && tied && head + 1 == at);
        }
        if is_noun {
            return false;
        }
        // "12 army heavy trucks"; not "one man killed", "300 militia last week".
        let leads = matches!(self.words.xpos(at), "JJ" | "POS" | "``" | "''" | "CD")
            && self
                .words
                .head(at)
                .is_some_and(|noun| noun > at && noun < at + 4)
            && !is_one;
        !leads
    }

    /// Whether a word may stand between a number and its noun.
    fn may_stand_before_noun(&self, at: usize, tag: &str, from: usize) -> bool {
        let word = self.lower(at);
        match tag {
            "JJ" | "JJR" | "JJS" | "POS" | "HYPH" | "AFX" | "``" | "''" => true,
            "VBN" | "VBG" | "VBD" => {
                !matches!(
                    word,
                    "was" | "were" | "been" | "being" | "had" | "having" | "did"
                ) && self.leads_to_noun(at)
            }
            "RB" | "RBR" => word == "more" || self.leads_to_noun(at),
            "," => matches!(self.words.xpos(at - 1), "JJ" | "VBN") && self.leads_to_noun(at + 1),
            "CC" => {
                matches!(self.words.xpos(at - 1), "JJ" | "VBN")
                    && matches!(self.words.xpos(at + 1), "JJ" | "VBN")
                    && self.leads_to_noun(at + 1)
            }
            _ => {
                word == "other"
                    || word == "more"
                    || word == "such"
                    || word == "-" && at > from
                    || self.is_acronym(at)
                    || self.is_mark(at)
            }
        }
    }

    /// The number in the name of a make that stands before its noun: "three M-16 rifles".
    fn is_mark(&self, at: usize) -> bool {
        self.words.kind(at) == Some(TokenKind::Number)
            && self.words.before(at) == "-"
            && self.words.is_near(at)
            && self.is_plural(at + 1)
    }

    /// A word in capitals among words that are not, whatever its tag: "40 IS fighters".
    fn is_acronym(&self, at: usize) -> bool {
        let is_small = |letter: char| letter.is_lowercase();
        let word = self.words.word(at);
        word.len() > 1
            && word.chars().all(char::is_uppercase)
            && self.words.word(at + 1).contains(is_small)
    }

    /// Whether a participle or adverb stands before the noun that it qualifies.
    fn leads_to_noun(&self, at: usize) -> bool {
        let head = self.words.head(at);
        match self.words.xpos(at) {
            "RB" | "RBR" => {
                matches!(self.words.xpos(at + 1), "JJ" | "VBN" | "VBG")
                    && self.leads_to_noun(at + 1)
            }
            _ => {
                head.is_some_and(|head| head > at && head < at + 5 && self.is_noun(head))
                    && (at + 1..at + 5)
                        .take_while(|token| Some(*token) <= head)
                        .all(|token| {
                            self.is_noun(token)
                                || matches!(
                                    self.words.xpos(token),
                                    "JJ" | "VBN" | "VBG" | "HYPH" | "POS" | "," | "CC" | "RB"
                                )
                        })
            }
        }
    }

    /// A participle or adjective that names those counted: "12 dead", "30 wounded", "60 more injured", "14 of the missing".
    fn nominal(&self, from: usize, limit: usize) -> Option<usize> {
        let at = from
            + usize::from(matches!(
                self.lower(from),
                "more" | "other" | "others" | "further"
            ));
        let is_adjective =
            self.has_role(at, &EffectRole::Itself) || self.has_role(at, &EffectRole::State);
        let is_participle =
            self.has_role(at, &EffectRole::Object) && self.lower(at).ends_with("ed");
        (at < limit && (is_adjective || is_participle) && !self.governs(at)).then_some(at)
    }

    /// Whether a participle takes an object: "12 wounded the guard". Numbers alone seldom act, so the tree must say so.
    fn governs(&self, at: usize) -> bool {
        self.words.xpos(at) == "VBD"
            && (at + 1..at + 5).any(|token| {
                self.words.head(token) == Some(at) && self.words.relation(token) == Relation::Obj
            })
    }

    /// Whether a noun means one thing, so that no number above one counts it.
    fn is_single_thing(&self, noun: usize) -> bool {
        let word = self.lower(noun);
        matches!(self.words.xpos(noun), "NN" | "NNP")
            && !word.ends_with('s')
            && self.kind_of(noun) == Kind::Thing
            && !self.is(noun, lexicon::INVARIANT)
    }

    /// Whether a noun is plural.
    pub(super) fn is_plural(&self, noun: usize) -> bool {
        let word = self.lower(noun);
        match self.words.xpos(noun) {
            "NNS" | "NNPS" => true,
            "NNP" | "" if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") => {
                self.kind_of(noun) != Kind::Thing
            }
            _ => matches!(
                word,
                "people" | "men" | "women" | "children" | "police" | "troops"
            ),
        }
    }
}
