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

/// So many killed are those of a war, not of one happening.
const WHOLE_WAR: f64 = 10_000.0;

/// A word of the sentence that says what numbers cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cue {
    at: usize,
    scope: Scope,
    /// A month, a year, a habit: of several happenings, unless one is told of the figure.
    yields: bool,
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
            let (one, other) = (&figures[index - 1], &figures[index]);
            if other.part && other.is_of_people() || self.is_in_one_list(one, other) {
                figures[index].scope = one.scope;
            }
        }
    }

    /// Whether two figures of what befell people stand in one list: "the toll has become 40 in addition to over 100 injured", "26
    /// dead and 65 wounded". What the second does not say itself, the first says for both.
    fn is_in_one_list(&self, one: &Figure, other: &Figure) -> bool {
        let gap = one.tokens.end..other.tokens.start;
        let says_more = match other.scope {
            Scope::Event => matches!(one.scope, Scope::Cumulative | Scope::Period),
            Scope::Unknown => one.scope == Scope::Event && other.effect == Some(Effect::Injured),
            Scope::Period | Scope::Cumulative => false,
        };
        says_more
            && one.effect.is_some()
            && other.effect.is_some()
            && gap.len() <= 4
            && gap.into_iter().all(|token| {
                matches!(
                    self.lower(token),
                    "," | "in" | "addition" | "to" | "another"
                ) || self.is(token, lexicon::LIST_WORD | lexicon::EFFECT_WORD)
                    && self.lower(token) != "with"
            })
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
            if !self.belongs(cue.at, figure, &chain, sentence)
                || cue.yields && self.is_of_one_happening(sentence, &chain)
            {
                continue;
            }
            match cue.scope {
                Scope::Cumulative => return Scope::Cumulative,
                // "Near-daily strikes since May": the stretch is said.
                Scope::Unknown if found.is_none() || self.lower(cue.at) != "since" => {
                    found = Some(Scope::Unknown);
                }
                Scope::Period if self.lower(cue.at) == "since" => found = Some(Scope::Period),
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
        if self.is_whole_war(sentence, figure, &chain) {
            Scope::Cumulative
        } else if self.happens(figure, &chain) && !self.is_standing(sentence, figure) {
            Scope::Event
        } else {
            Scope::Unknown
        }
    }

    /// "More than 200,000 people have been killed", "put the toll of the war at 470,000": so many no one happening kills.
    fn is_whole_war(&self, sentence: &Range<usize>, figure: &Figure, chain: &[usize]) -> bool {
        if figure.effect != Some(Effect::Killed) || figure.amount.first.value < WHOLE_WAR {
            return false;
        }
        let verb = chain
            .iter()
            .copied()
            .find(|node| self.words.xpos(*node).starts_with('V'));
        let is_perfect = verb.is_some_and(|verb| {
            (verb.saturating_sub(3)..verb).any(|token| matches!(self.lower(token), "has" | "have"))
        });
        is_perfect || self.sum_before(sentence, figure).is_some()
    }

    /// People of whom nothing is told but for whom something is done: "concerns for the 1.5 million people of the city".
    fn is_standing(&self, sentence: &Range<usize>, figure: &Figure) -> bool {
        let is_oblique = |token: usize| {
            matches!(self.words.relation(token), Relation::Nmod | Relation::Obl)
                && matches!(self.case(token, sentence), "for" | "among" | "amongst")
        };
        figure.effect.is_none()
            && figure.hedge != Hedge::Zero
            && figure.kind == Kind::Person
            && is_oblique(figure.anchor())
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
        // "A weekly paper", "a daily round-up" speak of no other happening.
        let is_adjective = self.is(cue, lexicon::HABIT) && self.words.xpos(cue) == "JJ";
        if is_adjective || self.is_last_month(cue) {
            let clause = self.clause(chain);
            let head = self.words.head(cue);
            return head.is_some_and(|head| clause.contains(&head));
        }
        // "killed 12, bringing to 45 the number killed in two days".
        let mut behind = figure.tokens.end..cue;
        if behind.any(|token| {
            self.words.xpos(token) == "VBG"
                && self.is(token, lexicon::CHANGE)
                && !self.is(token, lexicon::PLAIN_CHANGE)
        }) {
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
            if clause.contains(&node) || figure.tokens.contains(&node) {
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
            let yields = classes & (lexicon::MONTH | lexicon::HABIT) != 0
                || self.is_bare_year(at)
                || self.is_last_month(at)
                || self.words.before(at) == "this";
            let scope = if self.lexicon.is_running(at, |token| self.lower(token)) {
                Some(Scope::Cumulative)
            } else if self.lower(at) == "already" {
                // "has already killed 300".
                let is_perfect = matches!(self.words.before(at), "has" | "have");
                let costs = self
                    .words
                    .head(at)
                    .is_some_and(|verb| self.is(verb, lexicon::EFFECT_WORD | lexicon::COST));
                (is_perfect && costs).then_some(Scope::Cumulative)
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
            cues.extend(scope.map(|scope| Cue { at, scope, yields }));
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
        // "Since then", behind a sentence that tells how it began.
        if matches!(self.lower(at + 1), "then" | "that") && self.begins_before(sentence) {
            return Some(Scope::Cumulative);
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
        // "since May 1980, when it began its struggle".
        let begun = self.lower(end_of(&inside, at)) == ","
            && self.lower(end_of(&inside, at) + 1) == "when"
            && (end_of(&inside, at)..sentence.end.min(end_of(&inside, at) + 10))
                .any(|token| self.is(token, lexicon::BEGINNING));
        if begun {
            return Some(Scope::Cumulative);
        }
        let begins = !dated && (has(lexicon::CONFLICT) || has(lexicon::BEGINNING) && !of_unit);
        Some(if begins {
            Scope::Cumulative
        } else {
            Scope::Period
        })
    }

    /// Whether the words before a sentence speak of a conflict: what has been counted since then is counted from its beginning.
    fn begins_before(&self, sentence: &Range<usize>) -> bool {
        let from = sentence.start.saturating_sub(super::REACH);
        (from..sentence.start).any(|token| self.is(token, lexicon::LONG_CONFLICT))
    }

    /// Whether a date is that of one happening told of a figure: "an attack in August that killed hundreds", "in March three were
    /// hurt when a bomb went off".
    fn is_of_one_happening(&self, sentence: &Range<usize>, chain: &[usize]) -> bool {
        let is_one = |token: usize| {
            (self.is(token, lexicon::HAPPENING) || self.has_role(token, &EffectRole::Of))
                && matches!(self.words.xpos(token), "NN" | "NNP")
        };
        let clause = self.clause(chain);
        let clause = &clause[..clause.len().min(4)];
        if clause.iter().skip(1).any(|token| is_one(*token)) {
            return true;
        }
        let Some(verb) = clause
            .iter()
            .copied()
            .find(|node| self.words.xpos(*node).starts_with('V'))
        else {
            return false;
        };
        Self::near(sentence, verb).any(|token| {
            let head = self.words.head(token);
            let hangs = head == Some(verb);
            let is_when = self.lower(token) == "when"
                && head.is_some_and(|head| self.words.head(head) == Some(verb));
            hangs && is_one(token) || is_when
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
        if self.is_last_month(at) {
            return Some(Scope::Period);
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
            // "A second raid", "a war that lasted a decade" are no rates.
            let is_rate = unit != "second"
                && (!self.words.xpos(opener).starts_with('V')
                    || self.has_role(opener, &EffectRole::Itself))
                && !self.is(opener, lexicon::STRETCH)
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
                let is_over = matches!(word, "during" | "over" | "throughout" | "across");
                let is_whole = is_season || (is_long || unit == "weekend") && is_over;
                return (stretched || is_counted || is_whole).then_some(Scope::Period);
            } else if !self.may_stand_in_stretch(token) {
                break;
            }
        }
        None
    }

    /// "Last month", "last year": with no preposition a date of its clause.
    fn is_last_month(&self, at: usize) -> bool {
        matches!(self.lower(at), "month" | "year")
            && self.words.before(at) == "last"
            && (at < 2 || !matches!(self.words.xpos(at - 2), "IN" | "DT" | "TO" | "PRP$"))
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
        // A paper: "Lomsend Daily", "the Daily Courier".
        let is_name = |token: usize| self.words.is_capital(token);
        let is_small = |letter: char| letter.is_lowercase();
        if is_name(at)
            && self.words.word(at).contains(is_small)
            && (is_name(at + 1) || is_name(at.saturating_sub(1)))
            && at > 0
        {
            return None;
        }
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
        if self.sum_behind(sentence, figure).is_some() {
            return true;
        }
        // The nearest sum, with no other number between: "the toll has climbed to 61, with 22 missing".
        let Some(sum) = self.sum_before(sentence, figure) else {
            return false;
        };
        if node == sum {
            return false;
        }
        // "The toll may be as high as 400".
        let is_toll = self.is_toll(sum);
        (sum.saturating_sub(3).max(sentence.start)..figure.tokens.start).any(|token| {
            if is_toll && token > sum && self.words.xpos(token) == "MD" {
                return true;
            }
            let classes = self.classes(token);
            classes & lexicon::CHANGE != 0 && classes & lexicon::PLAIN_CHANGE == 0
                || matches!(self.lower(token), "now" | "already")
        })
    }

    /// Whether what is told of a figure is threatened, demanded or promised.
    fn is_not_happened(&self, chain: &[usize]) -> bool {
        // "Vowed to go on with an offensive that has left dozens dead": what a relative clause tells has happened.
        let told = chain.iter().position(|node| {
            self.words.relation(*node) == Relation::AclRelcl && self.is_past(*node)
        });
        let chain = &chain[..told.map_or(chain.len(), |told| told + 1)];
        chain
            .iter()
            .skip(1)
            .any(|node| self.is(*node, lexicon::NOT_HAPPENED))
    }

    /// Whether a verb is in the past or the perfect.
    fn is_past(&self, verb: usize) -> bool {
        match self.words.xpos(verb) {
            "VBD" => true,
            "VBN" => (verb.saturating_sub(3)..verb)
                .any(|token| matches!(self.lower(token), "has" | "have" | "had" | "was" | "were")),
            _ => false,
        }
    }

    /// Whether one happening is told of those counted.
    fn happens(&self, figure: &Figure, chain: &[usize]) -> bool {
        let clause = self.clause(chain);
        let verb = clause
            .iter()
            .skip(usize::from(figure.effect.is_none()))
            .copied()
            .find(|node| self.words.xpos(*node).starts_with('V'));
        let tells = verb
            .is_some_and(|verb| self.tells(verb) && (figure.effect.is_some() || self.is_so(verb)));
        let Some(noun) = figure.noun else {
            return tells || figure.effect.is_some() || figure.hedge == Hedge::Zero;
        };
        let befell = figure.effect.is_some()
            || figure.hedge == Hedge::Zero
            || self.is(noun, lexicon::CASUALTY);
        // By the name alone: prisoners held, refugees who live somewhere.
        let is_state = figure.effect == Some(Effect::Displaced)
            || self.effects(noun).iter().any(|found| {
                found.role == EffectRole::Itself
                    && !matches!(found.effect, Effect::Killed | Effect::Injured)
            });
        tells || befell && !is_state
    }

    /// Whether what a verb tells is no plan and does not go on: not "will be left", "are working".
    fn is_so(&self, verb: usize) -> bool {
        let from = verb.saturating_sub(3);
        let auxiliaries = (from..verb).rev().take_while(|token| {
            let tag = self.words.xpos(*token);
            tag == "RB" || tag == "MD" || tag.starts_with('V')
        });
        let goes_on = self.words.xpos(verb) == "VBG";
        let mut auxiliaries = auxiliaries;
        !auxiliaries.any(|token| {
            self.words.xpos(token) == "MD" || goes_on && matches!(self.lower(token), "is" | "are")
        })
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

/// The token behind the words of a phrase that follows a token.
fn end_of(inside: &[usize], at: usize) -> usize {
    inside.last().map_or(at + 1, |last| last + 1)
}
