//! What befell those counted: by their own words, by the words beside the figure, and by the predicate over it in the tree.
//!
//! It does not know other figures of the sentence; those who did it have no effect.

use super::lexicon::{self, EffectRole, EffectWord};
use super::{Figure, Kind, Reader};
use crate::Effect;
use std::ops::Range;
use syntax::Relation;

/// Steps up the tree from a figure to what befell it.
const CLIMB: usize = 10;

/// What was found: an effect, that there is none (those who did it), or nothing that says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Befell(Effect),
    /// The same, by a word that only people are done.
    BefellPeople(Effect),
    /// The same, by a word that says it only where people are named.
    BefellNamed(Effect),
    /// Casualties: killed or injured, no one knows which.
    Casualties,
    Nothing,
    Unsaid,
}

impl Said {
    pub(super) fn killed() -> Self {
        Self::Befell(Effect::Killed)
    }

    pub(super) fn by(word: &EffectWord) -> Self {
        if word.people {
            Self::BefellPeople(word.effect)
        } else if word.named {
            Self::BefellNamed(word.effect)
        } else {
            Self::Befell(word.effect)
        }
    }

    fn effect(self) -> Option<Effect> {
        match self {
            Self::Befell(effect) | Self::BefellPeople(effect) | Self::BefellNamed(effect) => {
                Some(effect)
            }
            Self::Casualties | Self::Nothing | Self::Unsaid => None,
        }
    }
}

/// How a figure stands to its predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Subject,
    PassiveSubject,
    Object,
}

impl Reader<'_> {
    /// Tells each figure what befell those counted.
    pub(super) fn set_effects(&self, sentence: &Range<usize>, figures: &mut [Figure]) {
        for figure in figures.iter_mut() {
            if figure.is_of_people() || figure.kind == Kind::Thing && figure.noun.is_some() {
                self.set_effect(sentence, figure);
            }
        }
    }

    fn set_effect(&self, sentence: &Range<usize>, figure: &mut Figure) {
        let (own, is_weak) = self.own_words(figure);
        let said = match own {
            Said::Unsaid => self.by_company(sentence, figure),
            own => {
                // "12 wounded died", "three of the hostages were killed": the predicate says more. What stands before says it of
                // others: "three killed, 12 wounded".
                let company = if is_weak {
                    self.by_company(sentence, figure)
                } else {
                    self.after(sentence, figure)
                };
                let effect = company.effect();
                let is_more = effect == Some(Effect::Killed) || is_weak && effect.is_some();
                if is_more && own != Said::Casualties {
                    company
                } else {
                    own
                }
            }
        };
        if figure.kind == Kind::Thing {
            // An unknown noun is of people where only people are done so: "killed 30 Orremi".
            let is_unknown = figure
                .noun
                .is_some_and(|noun| !self.is(noun, lexicon::ANIMAL));
            if !matches!(said, Said::BefellPeople(_)) || !is_unknown {
                return;
            }
            figure.kind = Kind::Person;
        }
        if figure.kind == Kind::Open && matches!(said, Said::BefellNamed(_)) {
            return;
        }
        figure.effect = said.effect();
    }

    /// What the figure's own words say, and whether another effect goes before it: refugees and hostages are so by name, whatever
    /// befalls them.
    fn own_words(&self, figure: &Figure) -> (Said, bool) {
        let Some(noun) = figure.noun else {
            return (Said::Unsaid, false);
        };
        if self.is(noun, lexicon::CASUALTY) {
            return (Said::Casualties, false);
        }
        for token in (figure.number..figure.tokens.end).rev() {
            for found in self.effects(token) {
                let fits = match found.role {
                    EffectRole::Itself | EffectRole::Of => token == noun,
                    EffectRole::State => true,
                    EffectRole::Object | EffectRole::Subject | EffectRole::Either => {
                        self.lower(token).ends_with("ed")
                            || matches!(self.words.xpos(token), "VBN" | "VBD")
                    }
                    EffectRole::With(_) | EffectRole::WithOwn(_) => false,
                };
                if fits {
                    let is_weak = found.role == EffectRole::Itself
                        && matches!(found.effect, Effect::Captured | Effect::Displaced);
                    return (Said::by(found), is_weak);
                }
            }
        }
        (Said::Unsaid, false)
    }

    /// What the words around say: before the figure, behind it, then over it in the tree.
    fn by_company(&self, sentence: &Range<usize>, figure: &Figure) -> Said {
        let before = self.before(sentence, figure);
        if before != Said::Unsaid {
            return before;
        }
        let beside = self.after(sentence, figure);
        if beside != Said::Unsaid {
            return beside;
        }
        let ways = [
            Self::by_sum,
            Self::inverted,
            Self::with_another,
            Self::behind_phrase,
            Self::by_far_sum,
            Self::climb,
        ];
        let mut said = ways.iter().map(|way| way(self, sentence, figure));
        said.find(|said| *said != Said::Unsaid)
            .unwrap_or(Said::Unsaid)
    }

    /// "bringing the toll to at least 52", "the death toll may be as high as 400", "put its own dead at nine": a sum of those
    /// whom something befell, and only words of counting from it to the number.
    fn by_sum(&self, sentence: &Range<usize>, figure: &Figure) -> Said {
        if figure
            .noun
            .is_some_and(|noun| self.kind_of(noun) != Kind::Person)
        {
            return Said::Unsaid;
        }
        let floor = sentence.start.max(figure.tokens.start.saturating_sub(8));
        let (mut leads, mut changes) = (false, false);
        for at in (floor..figure.tokens.start).rev() {
            let word = self.lower(at);
            if self.is_toll(at) {
                return Said::Befell(Effect::Killed);
            }
            // "the number of members murdered has risen to 10".
            if leads
                && let Some(found) = self.lexicon.effects(word).iter().find(|found| {
                    matches!(found.role, EffectRole::Itself | EffectRole::Of) || changes
                })
            {
                return Said::by(found);
            }
            leads |= matches!(word, "to" | "at" | "as");
            changes |= self.is(at, lexicon::CHANGE) && !self.is(at, lexicon::PLAIN_CHANGE);
            let passes = self.is(at, lexicon::CHANGE)
                || matches!(self.words.xpos(at), "MD" | "RB")
                || matches!(
                    word,
                    "to" | "at" | "of" | "as" | "high" | "have" | "has" | "had" | "least" | "now"
                );
            if !passes {
                break;
            }
        }
        Said::Unsaid
    }

    /// "12 were killed", "45 people dead", "23 people killed in massacres", "79 people who were arrested", "22 recruits unaccounted for".
    fn after(&self, sentence: &Range<usize>, figure: &Figure) -> Said {
        let limit = sentence.end.min(figure.tokens.end + 14);
        let mut at = self.past_partner(figure, limit);
        let mut is_passive = false;
        let mut is_among = false;
        while at < limit {
            let tag = self.words.xpos(at);
            let word = self.lower(at);
            if self.is_of_another(at, sentence, figure) {
                break;
            }
            if is_be(word) {
                is_passive = true;
            } else if let Some(said) = self.said_behind(at, is_passive, figure, sentence) {
                return said;
            } else if is_among
                && matches!(
                    tag,
                    "DT" | "CD" | "JJ" | "JJS" | "IN" | "NN" | "NNS" | "NNP" | "NNPS"
                )
            {
                // "six children were among the 19 civilians killed", "among at least 19 people from the town killed".
                if self.has_role(at, &EffectRole::Itself) {
                    return self.those_named(at..at + 1);
                }
            } else if is_passive && tag == "VBN" && self.lower(at + 1) == "among" {
                // "were identified among those killed".
            } else if !self.may_be_skipped(at, tag, word, at == figure.tokens.end) {
                break;
            }
            is_among |= is_passive && matches!(word, "among" | "amongst");
            at += 1;
            if !is_among && at >= sentence.end.min(figure.tokens.end + 9) {
                break;
            }
        }
        Said::Unsaid
    }

    /// The token behind a figure, or behind what belongs to the same subject: "27 pupils and a teacher were injured", "three children
    /// from one family were killed", "dozens of people mostly women were killed".
    fn past_partner(&self, figure: &Figure, limit: usize) -> usize {
        let end = figure.tokens.end;
        // "leaving 23 civilians - including nine children - dead".
        let aside = self.past_aside(end, limit);
        if let Some(after) = aside
            .filter(|after| is_be(self.lower(*after)) || self.has_role(*after, &EffectRole::State))
        {
            return after;
        }
        if !matches!(
            self.lower(end),
            "and" | "or" | "from" | "in" | "at" | "near" | "mostly"
        ) {
            return end;
        }
        let partner = (end + 1..limit).find(|token| {
            !matches!(
                self.words.xpos(*token),
                "DT" | "CD" | "JJ" | "NN" | "NNS" | "NNP" | "PRP$"
            )
        });
        partner
            .filter(|token| is_be(self.lower(*token)))
            .unwrap_or(end)
    }

    /// Words between a figure and its predicate: auxiliaries, adverbs, "who", "of them", "feared".
    fn may_be_skipped(&self, at: usize, tag: &str, word: &str, is_first: bool) -> bool {
        let is_pronoun = self.is(at, lexicon::PRONOUN);
        matches!(tag, "RB" | "RBR" | "MD" | "WP" | "WDT")
            || self.is(at, lexicon::FILLER)
            || word == "," && (self.is(at + 1, lexicon::FILLER) || is_be(self.lower(at + 1)))
            || is_first && word == "of"
            || matches!(word, "in" | "as") && self.has_role(at + 1, &EffectRole::State)
            || is_pronoun && self.words.before(at) == "of"
    }

    /// What a word behind a figure says of it.
    pub(super) fn said_behind(
        &self,
        at: usize,
        is_passive: bool,
        figure: &Figure,
        sentence: &Range<usize>,
    ) -> Option<Said> {
        let found = self.effects(at);
        let tag = self.words.xpos(at);
        for word in found {
            match &word.role {
                EffectRole::State
                    if tag != "VBD" || is_passive || !self.takes_object(at, sentence) =>
                {
                    return Some(Said::by(word));
                }
                EffectRole::Object if tag.starts_with('V') || tag == "JJ" => {
                    // "There are 12 hurt": the base form is the participle too.
                    let may_be_state = matches!(tag, "VBN" | "VBD" | "JJ")
                        || self.has_role(at, &EffectRole::State);
                    if is_passive || may_be_state && !self.takes_object(at, sentence) {
                        return Some(Said::by(word));
                    }
                    return Some(Said::Nothing);
                }
                EffectRole::Subject | EffectRole::Either
                    if tag.starts_with('V') || self.lower(at).ends_with("ed") =>
                {
                    let acts = word.role == EffectRole::Either
                        && !is_passive
                        && self.takes_object(at, sentence);
                    return Some(if acts { Said::Nothing } else { Said::by(word) });
                }
                // "hundreds of lives were lost".
                EffectRole::With(needed) | EffectRole::WithOwn(needed)
                    if is_passive && self.counts(figure, needed) =>
                {
                    return Some(Said::by(word));
                }
                EffectRole::WithOwn(needed) if self.has_behind(at, needed, sentence) => {
                    return Some(Said::by(word));
                }
                // "12 men took them hostage" did it.
                EffectRole::With(needed) if self.has_behind(at, needed, sentence) => {
                    // "18 shot dead on Monday".
                    let is_participle = matches!(tag, "VBN" | "VBD")
                        && needed.iter().any(|word| word == self.lower(at + 1))
                        && !self.takes_object(at + 1, sentence);
                    return Some(if is_passive || is_participle {
                        Said::by(word)
                    } else {
                        Said::Nothing
                    });
                }
                _ => {}
            }
        }
        None
    }

    /// Whether a figure counts what one of some words means.
    fn counts(&self, figure: &Figure, nouns: &[String]) -> bool {
        let noun = figure.noun.map_or("", |noun| self.lower(noun));
        nouns.iter().any(|word| word == noun)
    }

    /// Whether one of some words stands close behind a verb.
    fn has_behind(&self, verb: usize, needed: &[String], sentence: &Range<usize>) -> bool {
        let end = sentence.end.min(verb + 5);
        (verb + 1..end)
            .take_while(|token| !matches!(self.lower(*token), "," | "." | ";"))
            .any(|token| needed.iter().any(|word| word == self.lower(token)))
    }

    /// Whether a verb takes an object that stands behind it: "five men killed a guard"; not "five men killed, the army said".
    fn takes_object(&self, verb: usize, sentence: &Range<usize>) -> bool {
        let end = sentence.end.min(verb + 8);
        let next = verb + 1;
        if next >= end || self.in_time(next) {
            return false;
        }
        let is_participle = self.words.xpos(verb) == "VBN";
        // "Nine killed 12 injured": a headline without commas.
        let state = |token| {
            let mut effects = self.effects(token).iter();
            effects.any(|found| found.role == EffectRole::State)
        };
        match self.words.xpos(next) {
            _ if self.is_next_in_headline(next, end) => false,
            "CD" if state(next + 1) => false,
            "CD" | "DT" | "PRP" | "PRP$" | "NNS" => true,
            "NNP" if !is_participle => true,
            _ => {
                !is_participle
                    && (next..end).any(|token| {
                        self.words.relation(token) == Relation::Obj
                            && self.words.head(token) == Some(verb)
                    })
            }
        }
    }

    /// "Nine guards killed 12 others injured": people with a participle of their own, in a headline without commas.
    fn is_next_in_headline(&self, from: usize, end: usize) -> bool {
        let phrase = (from..end.min(from + 6)).find(|token| {
            !matches!(
                self.words.xpos(*token),
                "CD" | "JJ" | "NN" | "NNS" | "NNP" | "NNPS"
            ) || self.is(*token, lexicon::EFFECT_WORD)
        });
        phrase.is_some_and(|at| {
            at > from
                && self.is(at, lexicon::EFFECT_WORD)
                && (self.lower(at).ends_with("ed") || self.has_role(at, &EffectRole::State))
                && !is_be(self.words.before(at))
        })
    }

    /// "killing 12", "wounded at least another 30", "the death of 12", "the arrest of some villagers".
    fn before(&self, sentence: &Range<usize>, figure: &Figure) -> Said {
        let floor = sentence.start.max(figure.tokens.start.saturating_sub(8));
        let mut at = figure.tokens.start;
        let mut of = false;
        while at > floor {
            at -= 1;
            let word = self.lower(at);
            // "a massacre of 12", "the massacre against 12".
            if matches!(word, "of" | "against") && !of {
                of = true;
                continue;
            }
            // "took the lives of 12 guards".
            let verbs = sentence.start.max(at.saturating_sub(2))..at;
            let takes = verbs.rev().flat_map(|verb| self.effects(verb));
            let mut takes = takes.filter(|_| of);
            if let Some(found) = takes.find(|found| {
                matches!(&found.role, EffectRole::With(needed) if needed.iter().any(|noun| noun == word))
            }) {
                return Said::by(found);
            }
            let found = self.lexicon.effects(word);
            for one in found {
                let fits = match one.role {
                    EffectRole::Object | EffectRole::Either => {
                        !of && self.is_active(at, sentence) && !self.has_its_own(at, figure)
                    }
                    // "resulted in killing and injury 12 guards".
                    EffectRole::Of => of || at > floor && self.is_pair(at - 1),
                    // "cost more than 500 lives".
                    EffectRole::With(ref needed) => !of && self.counts(figure, needed),
                    _ => false,
                };
                if fits {
                    return Said::by(one);
                }
            }
            let is_filler = matches!(self.words.xpos(at), "DT" | "RB" | "PRP$" | "JJR")
                || self.is(at, lexicon::OPENER)
                || matches!(word, "and" | "or") && self.is_pair(at);
            if !is_filler {
                break;
            }
            // "a total of 12", "killed a group of 12".
            if matches!(word, "total" | "group") {
                of = false;
            }
        }
        Said::Unsaid
    }

    /// Whether a verb in a headline without commas is of the people before it, and those counted have a participle of their own:
    /// "20 people killed 30 others injured".
    fn has_its_own(&self, verb: usize, figure: &Figure) -> bool {
        let end = figure.tokens.end;
        let people = verb.checked_sub(1);
        people.is_some_and(|people| self.is_noun(people) && self.kind_of(people) == Kind::Person)
            && matches!(self.words.xpos(verb), "VBD" | "VBN")
            && matches!(self.words.xpos(end), "VBD" | "VBN" | "JJ")
            && self.lower(end).ends_with("ed")
            && self.is(end, lexicon::EFFECT_WORD)
    }

    /// Whether "and" stands between two words of effect: "killed and wounded 12".
    fn is_pair(&self, and: usize) -> bool {
        let word = self.words.before(and);
        !self.lexicon.effects(word).is_empty() && !self.effects(and + 1).is_empty()
    }

    /// Whether a verb just before a figure is done to it: it is no passive ("guards were killed 12 miles away").
    fn is_active(&self, verb: usize, sentence: &Range<usize>) -> bool {
        let tag = self.words.xpos(verb);
        let from = sentence.start.max(verb.saturating_sub(4));
        let mut auxiliaries = (from..verb).rev().take_while(|token| {
            let tag = self.words.xpos(*token);
            tag == "RB" || tag.starts_with('V') || tag == "MD"
        });
        tag == "VBG" || !auxiliaries.any(|token| is_be(self.lower(token)))
    }

    /// By the tree: the nearest predicate of which the figure is subject, object, apposition or of-phrase.
    fn climb(&self, sentence: &Range<usize>, figure: &Figure) -> Said {
        let mut node = self.top(figure);
        for _ in 0..CLIMB {
            let Some(head) = self.words.head(node) else {
                return Said::Unsaid;
            };
            match self.words.relation(node) {
                Relation::Nsubj => return self.of_predicate(head, Part::Subject, sentence),
                Relation::NsubjPass => {
                    return self.of_predicate(head, Part::PassiveSubject, sentence);
                }
                Relation::Obj | Relation::Iobj => {
                    return self.of_predicate(head, Part::Object, sentence);
                }
                Relation::Nmod | Relation::NmodPoss => {
                    let of = self.case(node, sentence) == "of"
                        || self.words.relation(node) == Relation::NmodPoss;
                    let words = self.effects(head);
                    if of
                        && let Some(found) = words.iter().find(|found| found.role == EffectRole::Of)
                    {
                        return Said::by(found);
                    }
                    if self.is_toll(head) {
                        return Said::Befell(Effect::Killed);
                    }
                    if !of {
                        return Said::Unsaid;
                    }
                    node = head;
                }
                Relation::Obl | Relation::Xcomp | Relation::Ccomp | Relation::Dep => {
                    return self.of_sum(head, node, sentence);
                }
                Relation::Conj
                | Relation::Appos
                | Relation::Flat
                | Relation::Compound
                | Relation::Nummod
                | Relation::Amod
                | Relation::Det
                | Relation::Goeswith
                | Relation::Fixed
                | Relation::List
                | Relation::Orphan => node = head,
                _ => return Said::Unsaid,
            }
        }
        Said::Unsaid
    }

    /// The word of a figure by which the others of it hang in the tree.
    fn top(&self, figure: &Figure) -> usize {
        let mut node = figure.anchor();
        for _ in 0..figure.tokens.len() {
            match self.words.head(node) {
                Some(head) if figure.tokens.contains(&head) => node = head,
                _ => break,
            }
        }
        node
    }

    /// What a predicate says of its subject or object.
    fn of_predicate(&self, verb: usize, part: Part, sentence: &Range<usize>) -> Said {
        let mut verb = verb;
        for _ in 0..3 {
            let said = self.of_verb(verb, part, sentence);
            if said != Said::Unsaid {
                return said;
            }
            // "were found dead", "left 45 people dead", "managed to flee", "are feared to have been killed".
            let near = Self::near(sentence, verb);
            let complement = near.clone().find(|token| {
                self.words.head(*token) == Some(verb)
                    && matches!(
                        self.words.relation(*token),
                        Relation::Xcomp | Relation::Acl | Relation::Advmod | Relation::Amod
                    )
                    && *token > verb
                    && (self.words.relation(*token) == Relation::Xcomp
                        || !self.effects(*token).is_empty())
            });
            let Some(next) = complement else {
                break;
            };
            verb = next;
        }
        Said::Unsaid
    }

    fn of_verb(&self, verb: usize, part: Part, sentence: &Range<usize>) -> Said {
        let is_passive = part == Part::PassiveSubject || self.has_passive(verb, sentence);
        for word in self.effects(verb) {
            match &word.role {
                EffectRole::State => return Said::by(word),
                EffectRole::Object => {
                    return if is_passive || part == Part::Object {
                        Said::by(word)
                    } else {
                        Said::Nothing
                    };
                }
                EffectRole::Subject if part != Part::Object => return Said::by(word),
                EffectRole::Either => return Said::by(word),
                EffectRole::Itself
                    if part == Part::Subject && !self.words.xpos(verb).starts_with('V') =>
                {
                    return Said::by(word);
                }
                EffectRole::WithOwn(needed)
                    if part != Part::Object && self.has_behind(verb, needed, sentence) =>
                {
                    return Said::by(word);
                }
                EffectRole::With(needed) if self.has_behind(verb, needed, sentence) => {
                    let is_done = is_passive || part == Part::Object;
                    return if is_done {
                        Said::by(word)
                    } else {
                        Said::Nothing
                    };
                }
                _ => {}
            }
        }
        Said::Unsaid
    }

    fn has_passive(&self, verb: usize, sentence: &Range<usize>) -> bool {
        Self::near(sentence, verb).any(|token| {
            self.words.head(token) == Some(verb) && self.words.relation(token) == Relation::AuxPass
        })
    }

    /// The preposition of a noun.
    pub(super) fn case(&self, noun: usize, sentence: &Range<usize>) -> &str {
        let start = sentence.start.max(noun.saturating_sub(12));
        let found = (start..noun).find(|token| {
            self.words.head(*token) == Some(noun) && self.words.relation(*token) == Relation::Case
        });
        found.map_or("", |token| self.lower(token))
    }

    pub(super) fn is_toll(&self, token: usize) -> bool {
        self.lexicon.is_toll(token, |token| self.lower(token))
    }

    /// "bringing the toll to 52", "put its own dead at nine": the sum that the verb speaks of says what befell.
    fn of_sum(&self, verb: usize, figure: usize, sentence: &Range<usize>) -> Said {
        let case = self.case(figure, sentence);
        if case == "by" || !self.is(verb, lexicon::CHANGE) {
            return Said::Unsaid;
        }
        self.sum_said(verb, sentence)
    }

    /// What a sum that is a verb's subject or object counts: a toll, "the number of civilians martyred", "its dead".
    fn sum_said(&self, verb: usize, sentence: &Range<usize>) -> Said {
        if !self.is(verb, lexicon::CHANGE) {
            return Said::Unsaid;
        }
        let near = Self::near(sentence, verb);
        for token in near.clone() {
            if self.words.head(token) != Some(verb)
                || !matches!(
                    self.words.relation(token),
                    Relation::Nsubj | Relation::NsubjPass | Relation::Obj
                )
            {
                continue;
            }
            if self.is_toll(token) {
                return Said::Befell(Effect::Killed);
            }
            let is_sum = self.is(token, lexicon::SUM) || self.lower(token) == "those";
            let own = self.effects(token);
            if let Some(found) = own
                .iter()
                .find(|found| matches!(found.role, EffectRole::Itself | EffectRole::Of))
            {
                return Said::Befell(found.effect);
            }
            if is_sum {
                // "the number of civilians who have been martyred has become 40".
                let inside = (token + 1..verb.min(token + 14)).find_map(|inside| {
                    let mut words = self.effects(inside).iter();
                    words.find(|found| {
                        !matches!(found.role, EffectRole::With(_) | EffectRole::WithOwn(_))
                    })
                });
                if let Some(found) = inside {
                    return Said::Befell(found.effect);
                }
            }
        }
        Said::Unsaid
    }
}

/// Whether a word is a form of "be", or "got".
pub(super) fn is_be(word: &str) -> bool {
    matches!(
        word,
        "is" | "are" | "was" | "were" | "be" | "been" | "being" | "got" | "get"
    )
}
