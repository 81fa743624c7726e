//! What a number covers: one happening, a stretch of time, or all up to the time of speaking.
//!
//! It does not know when anything happened.

use super::lexicon::{self, EffectRole};
use super::{Figure, Kind, Reader};
use crate::{Effect, Hedge, Scope};
use std::ops::Range;
use syntax::Relation;

/// Steps up the tree from a figure to the clauses it belongs to.
const CLIMB: usize = 14;

/// A word of the sentence that says what numbers cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cue {
    at: usize,
    scope: Scope,
}

impl Reader<'_> {
    /// Tells each figure what it covers.
    pub(super) fn set_scopes(&self, sentence: &Range<usize>, figures: &mut [Figure]) {
        let cues = self.cues(sentence);
        for figure in figures.iter_mut() {
            figure.scope = self.scope(sentence, figure, &cues);
        }
        // Parts are of the scope of their whole; so are figures of one list.
        for index in 1..figures.len() {
            if figures[index].part && figures[index].is_of_people() {
                figures[index].scope = figures[index - 1].scope;
            }
        }
    }

    fn scope(&self, sentence: &Range<usize>, figure: &Figure, cues: &[Cue]) -> Scope {
        if figure.kind == Kind::Measure {
            return Scope::Unknown;
        }
        if self.is_running_total(sentence, figure) {
            return Scope::Cumulative;
        }
        let chain = self.chain(figure);
        if self.is_not_happened(&chain) {
            return Scope::Unknown;
        }
        let near = Self::near(sentence, figure.anchor());
        let from = cues.partition_point(|cue| cue.at < near.start);
        let to = cues.partition_point(|cue| cue.at < near.end);
        let mut found = None;
        for cue in &cues[from..to] {
            if !self.belongs(cue.at, figure, &chain, sentence) {
                continue;
            }
            match cue.scope {
                Scope::Cumulative => return Scope::Cumulative,
                Scope::Unknown => found = Some(Scope::Unknown),
                scope => found = found.or(Some(scope)),
            }
        }
        if let Some(scope) = found {
            let is_told = figure.effect.is_some()
                || figure.hedge == Hedge::Zero
                || figure
                    .noun
                    .is_some_and(|noun| self.is(noun, lexicon::HAPPENING | lexicon::CASUALTY))
                || self.happens(figure, &chain);
            return if is_told { scope } else { Scope::Unknown };
        }
        if self.happens(figure, &chain) {
            Scope::Event
        } else {
            Scope::Unknown
        }
    }

    /// The words over a figure in the tree, up to the clause in which it is told or demanded.
    fn chain(&self, figure: &Figure) -> Vec<usize> {
        let mut chain = vec![figure.anchor()];
        let mut node = figure.anchor();
        for _ in 0..CLIMB {
            let Some(head) = self.words.head(node) else {
                break;
            };
            chain.push(head);
            node = head;
        }
        chain
    }

    /// The part of a chain that is the figure's own clause: below the verb that reports it.
    fn clause<'c>(&self, chain: &'c [usize]) -> &'c [usize] {
        let end = chain.iter().position(|node| {
            matches!(
                self.words.relation(*node),
                Relation::Ccomp | Relation::Parataxis
            ) && self.words.xpos(*node).starts_with('V')
        });
        end.map_or(chain, |end| &chain[..=end])
    }

    /// Whether a cue speaks of the figure: it hangs on a word of the figure's clause.
    fn belongs(
        &self,
        cue: usize,
        figure: &Figure,
        chain: &[usize],
        sentence: &Range<usize>,
    ) -> bool {
        let between = cue.min(figure.tokens.start)..cue.max(figure.tokens.end);
        if between
            .clone()
            .any(|token| matches!(self.lower(token), ";" | "while" | "but"))
        {
            return false;
        }
        let clause = self.clause(chain);
        let reported = clause.len() < chain.len();
        // What stands in the clause before belongs to it: "lost its guns in May and two of its men were hurt".
        let own_clause = matches!(self.words.before(figure.tokens.start), "and" | "or")
            && self.is_said_behind(sentence, figure)
            && cue < figure.tokens.start;
        let from = sentence.start.max(cue.saturating_sub(super::REACH));
        if own_clause && (from..cue).any(|token| self.words.xpos(token).starts_with('V')) {
            return false;
        }
        let mut node = cue;
        for _ in 0..CLIMB {
            if clause.contains(&node) {
                return true;
            }
            if reported && chain.contains(&node) {
                // The cue hangs on the verb that reports; where it stands beside the figure's clause the tree may err.
                return false;
            }
            match self.words.head(node) {
                Some(head) => node = head,
                None => break,
            }
        }
        true
    }

    /// The words of a sentence that say what its numbers cover.
    fn cues(&self, sentence: &Range<usize>) -> Vec<Cue> {
        let mut cues = Vec::new();
        for at in sentence.clone() {
            let classes = self.classes(at);
            let scope = if self.lexicon.is_running(at, |token| self.lower(token)) {
                Some(Scope::Cumulative)
            } else if self.lower(at) == "since" {
                self.since(at, sentence)
            } else if classes & (lexicon::TIME_UNIT | lexicon::SEASON | lexicon::MONTH) != 0 {
                self.stretch(at, classes, sentence)
            } else if classes & lexicon::HABIT != 0 {
                self.habit(at)
            } else if self.is_bare_year(at) {
                let before = self.words.before(at);
                matches!(before, "in" | "during" | "throughout" | "of").then_some(Scope::Period)
            } else if classes & lexicon::LONG_CONFLICT != 0 {
                let whole = self.is_cost_of(at, sentence) || self.is_all_in(at, sentence);
                whole.then_some(Scope::Cumulative)
            } else {
                None
            };
            cues.extend(scope.map(|scope| Cue { at, scope }));
        }
        cues
    }

    /// "since Monday" is a stretch; "since the war began" counts from the beginning of what goes on.
    fn since(&self, at: usize, sentence: &Range<usize>) -> Option<Scope> {
        // "which has since killed 300": up to now.
        if matches!(self.words.before(at), "has" | "have") {
            return Some(Scope::Cumulative);
        }
        let is_adverb = at + 1 >= sentence.end || self.words.xpos(at + 1).starts_with("VB");
        if self.words.before(at) == "ever" || is_adverb && self.words.xpos(at + 1) != "VBG" {
            return None;
        }
        let end = sentence.end.min(at + 12);
        let inside =
            (at + 1..end).take_while(|token| !matches!(self.lower(*token), "," | ";" | "."));
        let inside: Vec<usize> = inside.collect();
        let has = |class| inside.iter().any(|token| self.is(*token, class));
        // "since Tuesday in the fighting", "since the beginning of the week" begin with no conflict.
        let unit = lexicon::TIME_UNIT | lexicon::MONTH | lexicon::SEASON;
        let of_unit = inside
            .iter()
            .find(|token| self.lower(**token) == "of")
            .is_some_and(|of| (of + 1..of + 4).any(|token| self.is(token, unit)));
        let dated =
            self.in_time(at + 1) && !inside.iter().any(|token| self.lower(*token) == "when");
        let begins = !dated && (has(lexicon::CONFLICT) || has(lexicon::BEGINNING) && !of_unit);
        Some(if begins {
            Scope::Cumulative
        } else {
            Scope::Period
        })
    }

    /// "in the past five days", "over the summer", "this year", "in March", "in only 3 months", "the month of July".
    fn stretch(&self, at: usize, classes: u64, sentence: &Range<usize>) -> Option<Scope> {
        let unit = self.lower(at);
        let before = self.words.before(at);
        let is_season = classes & lexicon::SEASON != 0;
        let is_long = is_season || matches!(unit, "year" | "month" | "week" | "decade" | "century");
        if classes & lexicon::MONTH != 0 {
            let opens = lexicon::STRETCH | lexicon::STRETCH_WORD | lexicon::PART_OF_STRETCH;
            let is_stretch = self.is(at.saturating_sub(1), opens) || before == "of";
            return (is_stretch && self.words.is_capital(at)).then_some(Scope::Period);
        }
        if before == "this" {
            let is_part = self.is(at.saturating_sub(2), lexicon::PART_OF_STRETCH);
            return (is_long && !is_part).then_some(Scope::Period);
        }
        // A point in time, or an age.
        if matches!(
            self.lower(at + 1),
            "ago" | "earlier" | "later" | "old" | "-" | "after" | "before"
        ) {
            return None;
        }
        if matches!(before, "a" | "an" | "per" | "each" | "every") {
            let opener = at.saturating_sub(2);
            let is_rate = !self.is(opener, lexicon::STRETCH)
                && !matches!(self.lower(opener), "after" | "before" | "than");
            return is_rate.then_some(Scope::Unknown);
        }
        let is_plural = unit.ends_with('s');
        let from = sentence.start.max(at.saturating_sub(7));
        let mut stretched = false;
        for token in (from..at).rev() {
            let word = self.lower(token);
            if self.is(token, lexicon::STRETCH_WORD) {
                stretched = true;
            } else if self.is(token, lexicon::STRETCH) {
                // "in recent years" and "over the summer" are stretches; "in the second" is none.
                let is_counted = token + 1 < at && is_plural && word != "for";
                let is_whole = is_season || is_long && word == "during";
                return (stretched || is_counted || is_whole).then_some(Scope::Period);
            } else if !self.may_stand_in_stretch(token) {
                break;
            }
        }
        None
    }

    /// Whether a word may stand between the preposition of a stretch of time and its unit: "in only the three worst weeks".
    fn may_stand_in_stretch(&self, token: usize) -> bool {
        matches!(
            self.words.xpos(token),
            "DT" | "CD" | "JJ" | "RB" | "RBR" | "IN" | "NN" | "PRP$" | "HYPH" | "JJS" | "RBS"
        ) && !matches!(
            self.lower(token),
            "after" | "before" | "until" | "by" | "than" | "every" | "on"
        )
    }

    /// "a day", "each", "daily": a number for each, not of one happening.
    fn habit(&self, at: usize) -> Option<Scope> {
        let next = self.classes(at + 1);
        let is_rate =
            !matches!(self.lower(at), "per" | "each" | "every") || next & lexicon::TIME_UNIT != 0;
        is_rate.then_some(Scope::Unknown)
    }

    /// Whether a conflict as a whole is what killed: "the war has left 300 dead", "during the siege".
    fn is_cost_of(&self, at: usize, sentence: &Range<usize>) -> bool {
        // "a conflict that has killed 300": the verb hangs on what it is said of.
        let relative = matches!(self.lower(at + 1), "that" | "which")
            .then(|| {
                let end = sentence.end.min(at + super::REACH);
                (at + 2..end).find(|token| self.words.head(*token) == Some(at))
            })
            .flatten();
        let is_subject = self.words.relation(at) == Relation::Nsubj || relative.is_some();
        let Some(verb) = relative.or_else(|| self.words.head(at)) else {
            return false;
        };
        let costs = self.is(verb, lexicon::EFFECT_WORD | lexicon::COST);
        let is_perfect = Self::near(sentence, verb).any(|token| {
            self.words.head(token) == Some(verb) && matches!(self.lower(token), "has" | "have")
        });
        is_subject && costs && (is_perfect || self.words.xpos(verb) == "VBD")
    }

    /// "Thousands have been killed in the war": all in it, up to now.
    fn is_all_in(&self, at: usize, sentence: &Range<usize>) -> bool {
        let from = sentence.start.max(at.saturating_sub(4));
        let inside = (from..at).any(|token| matches!(self.lower(token), "in" | "during"));
        let verb = inside.then(|| self.words.head(at)).flatten();
        verb.is_some_and(|verb| {
            self.is(verb, lexicon::EFFECT_WORD)
                && Self::near(sentence, verb).any(|token| {
                    self.words.head(token) == Some(verb)
                        && matches!(self.lower(token), "has" | "have")
                })
        })
    }

    /// "bringing the toll to 52", "the number has risen to 40", "now 18": the sum up to now.
    fn is_running_total(&self, sentence: &Range<usize>, figure: &Figure) -> bool {
        let node = figure.anchor();
        let from = sentence.start.max(figure.tokens.start.saturating_sub(24));
        // The nearest sum, with no other number between: "the toll has climbed to 61, with 22 missing".
        let sum = (from..figure.tokens.start)
            .rev()
            .take_while(|token| {
                self.words.xpos(*token) != "CD" || self.in_time(*token) || self.is_bare_year(*token)
            })
            .find(|token| self.is(*token, lexicon::SUM));
        let Some(sum) = sum else {
            return false;
        };
        let parted =
            (sum..figure.tokens.start).any(|token| matches!(self.lower(token), ";" | "." | ":"));
        if parted || node == sum {
            return false;
        }
        (sum.saturating_sub(3).max(sentence.start)..figure.tokens.start).any(|token| {
            let classes = self.classes(token);
            classes & lexicon::CHANGE != 0 && classes & lexicon::PLAIN_CHANGE == 0
                || matches!(self.lower(token), "now" | "already")
        })
    }

    /// Whether what is told of a figure is threatened, demanded or promised.
    fn is_not_happened(&self, chain: &[usize]) -> bool {
        chain
            .iter()
            .skip(1)
            .any(|node| self.is(*node, lexicon::NOT_HAPPENED))
    }

    /// Whether one happening is told of those counted.
    fn happens(&self, figure: &Figure, chain: &[usize]) -> bool {
        let clause = self.clause(chain);
        let verb = clause
            .iter()
            .skip(usize::from(figure.effect.is_none()))
            .copied()
            .find(|node| self.words.xpos(*node).starts_with('V'));
        let tells = verb.is_some_and(|verb| self.tells(verb));
        let Some(noun) = figure.noun else {
            return tells || figure.effect.is_some() || figure.hedge == Hedge::Zero;
        };
        let befell = figure.effect.is_some()
            || figure.hedge == Hedge::Zero
            || self.is(noun, lexicon::CASUALTY);
        // By the name alone: prisoners held, refugees who live somewhere.
        let is_state = figure.effect == Some(Effect::Displaced)
            || self
                .effects(noun)
                .iter()
                .any(|found| found.role == EffectRole::Itself && found.effect != Effect::Killed);
        tells || befell && !is_state
    }

    /// Whether a verb tells a happening: no state, no present, no wish.
    fn tells(&self, verb: usize) -> bool {
        if self.is(verb, lexicon::STATE) {
            return false;
        }
        let from = verb.saturating_sub(3);
        let auxiliaries = (from..verb).rev().take_while(|token| {
            let tag = self.words.xpos(*token);
            tag == "RB" || tag.starts_with('V')
        });
        // "are located", "is deployed": what is so.
        let mut auxiliaries = auxiliaries.map(|token| self.lower(token));
        match self.words.xpos(verb) {
            "VBN" => !auxiliaries.any(|word| matches!(word, "is" | "are")),
            "VBD" | "VBG" | "VB" => true,
            _ => false,
        }
    }
}
