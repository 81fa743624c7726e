//! Figures whose predicate stands apart from them: before them ("among the dead were 12 guards"), behind a phrase about them
//! ("12 members of the guard, which was on patrol, were killed"), or over a sum ("the toll of Monday's raid has risen to 12").
//!
//! It reads words in their order, where the tree is least sure; what stands beside a figure, `effects` reads.

use super::effects::{Said, is_be};
use super::lexicon::{self, EffectRole};
use super::{Figure, Kind, Reader};
use std::ops::Range;
use syntax::Relation;

/// Tokens between a figure and a predicate behind a phrase about it.
const PHRASE: usize = 28;

/// Tokens between a sum and its number.
const SUM_REACH: usize = 24;

impl Reader<'_> {
    /// "Among the dead were 12 guards and three cooks", "those killed included 12 guards", "the injured were 12 guards".
    pub(super) fn inverted(&self, sentence: &Range<usize>, figure: &Figure) -> Said {
        let floor = sentence.start.max(figure.tokens.start.saturating_sub(16));
        let verb = (floor..figure.tokens.start)
            .rev()
            .take_while(|token| !matches!(self.lower(*token), ";" | ":" | "who" | "which"))
            .find(|token| self.words.xpos(*token).starts_with('V') || is_be(self.lower(*token)));
        let Some(verb) = verb else {
            return Said::Unsaid;
        };
        let is_be = is_be(self.lower(verb));
        let holds = self.is(verb, lexicon::HOLDS);
        if !is_be && !holds || matches!(self.words.xpos(verb + 1), "IN" | "TO") {
            return Said::Unsaid;
        }
        let floor = sentence.start.max(verb.saturating_sub(12));
        let among = (floor..verb)
            .rev()
            .find(|token| matches!(self.lower(*token), "among" | "amongst"));
        if let Some(among) = among {
            return self.those_named(among + 1..verb);
        }
        // "The dead", "those killed", "also killed": close before the verb.
        let last = verb.saturating_sub(1);
        if last < floor || self.words.xpos(last) == "RB" && last == floor {
            return Said::Unsaid;
        }
        let last = last - usize::from(self.words.xpos(last) == "RB");
        let before = self.words.before(last);
        let is_named = matches!(before, "the" | "those" | "also" | "its" | "their" | "other");
        if is_named || last == sentence.start {
            self.those_named(last..verb)
        } else {
            Said::Unsaid
        }
    }

    /// "He was killed along with two others": what befell one befell the others with him.
    pub(super) fn with_another(&self, sentence: &Range<usize>, figure: &Figure) -> Said {
        let mut at = figure.tokens.start;
        if at > sentence.start && matches!(self.words.xpos(at - 1), "PRP$" | "DT") {
            at -= 1;
        }
        if at <= sentence.start || self.words.before(at) != "with" {
            return Said::Unsaid;
        }
        at -= 1;
        if at > sentence.start && matches!(self.words.before(at), "along" | "together") {
            at -= 1;
        }
        if at <= sentence.start {
            return Said::Unsaid;
        }
        let verb = at - 1;
        let is_passive = (sentence.start.max(verb.saturating_sub(3))..verb)
            .any(|token| is_be(self.lower(token)));
        let found = self.effects(verb).iter().find(|found| match found.role {
            EffectRole::Object => is_passive,
            EffectRole::Subject | EffectRole::Either => true,
            _ => false,
        });
        found.map_or(Said::Unsaid, Said::by)
    }

    /// What words that name people say befell them: "the dead", "the 19 guards killed", "those wounded".
    pub(super) fn those_named(&self, words: Range<usize>) -> Said {
        let mut casualties = false;
        for token in words {
            casualties |= self.is(token, lexicon::CASUALTY);
            let is_participle = self.lower(token).ends_with("ed");
            let found = self.effects(token).iter().find(|found| match found.role {
                EffectRole::Itself | EffectRole::State => true,
                EffectRole::Object | EffectRole::Either => is_participle,
                _ => false,
            });
            if let Some(found) = found {
                return Said::by(found);
            }
        }
        if casualties {
            Said::Casualties
        } else {
            Said::Unsaid
        }
    }

    /// "12 members of the guard were killed", "three guards - two of them boys - have been arrested", "62 people on board, all of
    /// whom perished".
    pub(super) fn behind_phrase(&self, sentence: &Range<usize>, figure: &Figure) -> Said {
        if !self.opens_clause(sentence, figure) {
            return Said::Unsaid;
        }
        let limit = sentence.end.min(figure.tokens.end + PHRASE);
        let mut at = figure.tokens.end;
        let mut is_about_part = false;
        while at < limit {
            let (word, tag) = (self.lower(at), self.words.xpos(at));
            if is_be(word) || matches!(word, "have" | "has" | "had") {
                if self.is_of_another(at, sentence, figure) {
                    return Said::Unsaid;
                }
                return self.predicate(at, figure, sentence);
            }
            if let Some(after) = self.past_aside(at, limit) {
                at = after;
                continue;
            }
            if word == "," {
                // "62 people on board, all of whom perished".
                if self.lower(at + 1) == "all" && self.lower(at + 2) == "of" {
                    return self.predicate(at + 4, figure, sentence);
                }
                let close = (at + 1..limit).find(|token| self.lower(*token) == ",");
                let is_verb = |token: usize| {
                    is_be(self.lower(token)) || matches!(self.lower(token), "have" | "has" | "had")
                };
                let Some(close) = close.filter(|close| is_verb(close + 1)) else {
                    return Said::Unsaid;
                };
                at = close + 1;
                continue;
            }
            is_about_part |= self.is(at, lexicon::PART_START)
                && self.lexicon.begins_part(at, |token| self.lower(token));
            match tag {
                "VBD" | "VBN" if self.is(at, lexicon::EFFECT_WORD) => {
                    // "Eight guards some of them boys killed": elsewhere the participle is of another.
                    let said = self.said_behind(at, false, figure, sentence);
                    let is_own = is_about_part || tag == "VBD" && self.is_of_subject(at);
                    return said.filter(|_| is_own).unwrap_or(Said::Unsaid);
                }
                "VBN" | "VBG" => {}
                "VBD" if self.words.relation(at) == Relation::Acl => {}
                "VBD" | "VBZ" | "VBP" | "VB" | "MD" | "WP" | "WDT" | "WRB" | "." | ":" => {
                    return Said::Unsaid;
                }
                "IN" if is_clause_opener(word) => return Said::Unsaid,
                _ => {}
            }
            at += 1;
        }
        Said::Unsaid
    }

    /// Whether a verb in the singular is said of what carries those counted: "a car carrying 12 guards was destroyed".
    pub(super) fn is_of_another(
        &self,
        verb: usize,
        sentence: &Range<usize>,
        figure: &Figure,
    ) -> bool {
        let start = figure.tokens.start;
        figure.amount.first.value > 1.0
            && matches!(self.lower(verb), "is" | "was")
            && start > sentence.start
            && self.words.xpos(start - 1) == "VBG"
    }

    /// Whether a verb of effect says it of its subject: "died".
    fn is_of_subject(&self, verb: usize) -> bool {
        self.effects(verb)
            .iter()
            .any(|found| matches!(found.role, EffectRole::Subject | EffectRole::Either))
    }

    /// The token behind words between dashes or in brackets that begin at a token.
    pub(super) fn past_aside(&self, at: usize, limit: usize) -> Option<usize> {
        let closing = |token: usize, open: &str| match open {
            "(" => self.lower(token) == ")",
            "[" => self.lower(token) == "]",
            _ => self.is_dash(token),
        };
        let open = self.lower(at);
        if self.words.xpos(at + 1) == "CC" {
            return None;
        }
        let opens = matches!(open, "(" | "[") || self.is_dash(at);
        let close = opens
            .then(|| (at + 1..limit).find(|token| closing(*token, open)))
            .flatten()?;
        Some(close + 1)
    }

    /// A dash between words, not a hyphen in one.
    fn is_dash(&self, token: usize) -> bool {
        matches!(self.lower(token), "-" | "--" | "–" | "—") && !self.words.is_near(token)
    }

    /// Whether a figure may be the first words of a clause: nothing before it has it as an object.
    fn opens_clause(&self, sentence: &Range<usize>, figure: &Figure) -> bool {
        let start = figure.tokens.start;
        if start == sentence.start {
            return true;
        }
        let tag = self.words.xpos(start - 1);
        match tag {
            "IN" | "TO" => is_clause_opener(self.words.before(start)),
            _ if tag.starts_with('V') => matches!(
                self.words.relation(figure.anchor()),
                Relation::Nsubj | Relation::NsubjPass
            ),
            _ => true,
        }
    }

    /// What the verb that begins at a token says: "have reportedly been killed".
    fn predicate(&self, from: usize, figure: &Figure, sentence: &Range<usize>) -> Said {
        let limit = sentence.end.min(from + 7);
        let mut is_passive = false;
        for at in from..limit {
            let word = self.lower(at);
            if is_be(word) {
                is_passive = true;
            } else if let Some(said) = self.said_behind(at, is_passive, figure, sentence) {
                return said;
            } else if !(self.is(at, lexicon::FILLER)
                || matches!(self.words.xpos(at), "RB" | "MD" | "WP"))
            {
                break;
            }
        }
        Said::Unsaid
    }

    /// "The death toll from raids on the town has risen to 82 people", "updated an earlier toll on Sunday of 12", "brought to 12 the
    /// number killed", "has died this year, 57 people in all".
    pub(super) fn by_far_sum(&self, sentence: &Range<usize>, figure: &Figure) -> Said {
        if figure
            .noun
            .is_some_and(|noun| self.kind_of(noun) != Kind::Person)
        {
            return Said::Unsaid;
        }
        if let Some(sum) = self.sum_behind(sentence, figure) {
            let end = sentence.end.min(sum + 8);
            return self.said_of_sum(sum, end);
        }
        if self.is_in_all(figure) {
            return self.said_last(sentence, figure);
        }
        let start = figure.tokens.start;
        let Some(sum) = self.sum_before(sentence, figure) else {
            return Said::Unsaid;
        };
        let verb = (sum + 1..start).rev().find(|token| {
            self.words.xpos(*token).starts_with('V') && self.words.xpos(*token) != "VBN"
                || self.is(*token, lexicon::CHANGE)
        });
        let leads = match verb {
            Some(verb) => self.is(verb, lexicon::CHANGE) && start - verb <= 6,
            // "brought the total number of those killed to 18".
            None => {
                let from = sentence.start.max(sum.saturating_sub(4));
                self.words.before(start) == "of"
                    || matches!(self.words.before(start), "to" | "at")
                        && (from..sum).any(|token| self.is(token, lexicon::CHANGE))
            }
        };
        if leads {
            self.said_of_sum(sum, start)
        } else {
            Said::Unsaid
        }
    }

    /// The nearest noun of a sum before a figure, with no other number between that is no time.
    pub(super) fn sum_before(&self, sentence: &Range<usize>, figure: &Figure) -> Option<usize> {
        let from = sentence
            .start
            .max(figure.tokens.start.saturating_sub(SUM_REACH));
        (from..figure.tokens.start)
            .rev()
            .take_while(|token| {
                (self.words.xpos(*token) != "CD"
                    || self.in_time(*token)
                    || self.is_bare_year(*token))
                    && !matches!(self.lower(*token), ";" | "." | ":")
                    // "The toll rose because 12 more bodies were found".
                    && (self.words.relation(*token) != Relation::Mark
                        || self.words.xpos(*token) != "IN")
            })
            .find(|token| self.is(*token, lexicon::SUM))
    }

    /// The sum behind a figure to which it is brought: "bringing to 12 the number of those killed".
    pub(super) fn sum_behind(&self, sentence: &Range<usize>, figure: &Figure) -> Option<usize> {
        let start = figure.tokens.start;
        let from = sentence.start.max(start.saturating_sub(4));
        let is_brought = matches!(self.words.before(start), "to" | "at")
            && (from..start).any(|token| self.is(token, lexicon::CHANGE));
        let end = sentence.end.min(figure.tokens.end + 5);
        let sum = (figure.tokens.end..end)
            .take_while(|token| {
                self.is(*token, lexicon::SUM)
                    || matches!(self.words.xpos(*token), "DT" | "JJ" | "NN")
            })
            .find(|token| self.is(*token, lexicon::SUM));
        sum.filter(|_| is_brought)
    }

    /// What a sum counts: a toll, "the number of civilians killed".
    fn said_of_sum(&self, sum: usize, end: usize) -> Said {
        let casualties = self.is(sum.saturating_sub(1), lexicon::CASUALTY)
            || (sum + 1..end.min(sum + 4)).any(|token| self.is(token, lexicon::CASUALTY));
        if casualties {
            return Said::Casualties;
        }
        if self.is_toll(sum) {
            return Said::killed();
        }
        let said = (sum + 1..end).find_map(|token| {
            let mut words = self.effects(token).iter();
            words.find(|found| !matches!(found.role, EffectRole::With(_) | EffectRole::WithOwn(_)))
        });
        said.map_or(Said::Unsaid, Said::by)
    }

    /// "12 in all", "12 people altogether": the sum of what was told before.
    fn is_in_all(&self, figure: &Figure) -> bool {
        let end = figure.tokens.end;
        let says = self.lower(end) == "altogether"
            || self.lower(end) == "in" && matches!(self.lower(end + 1), "all" | "total");
        says && matches!(
            self.words.before(figure.tokens.start),
            "," | "-" | "--" | "(" | "–" | "—"
        )
    }

    /// The last word of effect before a figure.
    fn said_last(&self, sentence: &Range<usize>, figure: &Figure) -> Said {
        let from = sentence
            .start
            .max(figure.tokens.start.saturating_sub(SUM_REACH));
        let found = (from..figure.tokens.start).rev().find_map(|token| {
            let mut words = self.effects(token).iter();
            words.find(|found| !matches!(found.role, EffectRole::With(_) | EffectRole::WithOwn(_)))
        });
        found.map_or(Said::Unsaid, Said::by)
    }
}

/// Whether a preposition opens a clause of its own.
fn is_clause_opener(word: &str) -> bool {
    matches!(
        word,
        "that" | "as" | "when" | "while" | "because" | "after" | "before" | "although" | "if"
    )
}
