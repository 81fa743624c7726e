//! Predicates: the words of a sentence that may tell of an event, with what the lexicon proposes for each.
//!
//! It does not decide the type; `typing` does.

use super::frames::{self, Filler};
use super::lexicon::{Entry, Needs, Part, Slot};
use crate::attributions::Tokens;
use crate::view::View;
use crate::{EntityKind, Mention, MentionForm};
use std::collections::HashMap;
use std::ops::Range;
use syntax::Relation;

/// Words that may stand between the words of a phrase.
const GAP: usize = 3;

/// A word that may tell of an event.
pub(crate) struct Predicate<'k> {
    /// The word that the others depend on.
    pub(crate) head: usize,
    /// From the first word of its phrase to the last.
    pub(crate) words: Tokens,
    pub(crate) part: Part,
    /// What the lexicon says, surest first.
    pub(crate) proposals: Vec<Proposal<'k>>,
    pub(crate) fillers: Vec<Filler>,
}

/// An entry of the lexicon that a predicate fits.
#[derive(Clone, Copy)]
pub(crate) struct Proposal<'k> {
    pub(crate) entry: &'k Entry,
    /// Whether what it needs is there.
    pub(crate) is_sure: bool,
}

/// What a filler stands for, as far as typing looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Person,
    Body,
    Place,
    Weapon,
    Thing,
    Pronoun,
    Clause,
}

/// The predicates of a sentence, in order.
pub(crate) fn predicates<'k>(
    view: &View<'k>,
    sorts: &Sorts,
    sentence: &Range<usize>,
) -> Vec<Predicate<'k>> {
    let mut found: Vec<Predicate> = Vec::new();
    let mut taken = 0;
    for token in sentence.clone() {
        let Some(predicate) = predicate(view, sorts, token, sentence.end) else {
            continue;
        };
        // "opened fire on": "fire" is part of the phrase before it.
        if predicate.words.start < taken && predicate.words.len() == 1 {
            continue;
        }
        if predicate.words.len() > 1 {
            taken = taken.max(predicate.words.end);
            // A word of the phrase was taken for a predicate of its own ("air" of "air strike").
            found.retain(|one| {
                !(predicate.words.contains(&one.head)
                    && one.words.len() == 1
                    && one.head != predicate.head)
            });
        }
        found.push(predicate);
    }
    found
}

/// What kinds of entries a word may begin, likeliest first.
fn parts(view: &View, token: usize) -> &'static [Part] {
    let xpos = view.xpos(token);
    if xpos.starts_with("VB") {
        &[Part::Verb, Part::Adjective, Part::Noun]
    } else if xpos.starts_with("NN") {
        &[Part::Noun, Part::Adjective, Part::Verb]
    } else if xpos.starts_with("JJ") || xpos == "RB" || xpos == "RP" {
        &[Part::Adjective, Part::Noun, Part::Verb]
    } else {
        &[]
    }
}

fn predicate<'k>(
    view: &View<'k>,
    sorts: &Sorts,
    token: usize,
    limit: usize,
) -> Option<Predicate<'k>> {
    let parts = parts(view, token);
    let known = parts.iter().find_map(|part| {
        let matched = matched(view, token, *part, limit);
        (!matched.is_empty()).then_some((*part, matched))
    });
    let (part, matched) = match known {
        Some(known) => known,
        // A word that no list knows may still tell of one.
        None => (unlisted(view, token, *parts.first()?)?, Vec::new()),
    };
    let words = matched
        .first()
        .map_or(token..token + 1, |(_, words)| words.clone());
    let head = head(view, &words, part)?;
    let mut fillers = Vec::new();
    for word in words.clone().filter(|word| *word != head) {
        // "took control of Orlen": what hangs on the other words of the phrase.
        frames::obliques(view, word, &mut fillers);
    }
    fillers.extend(frames::fillers(view, head, part));
    add_stranded(view, &words, &mut fillers);
    fillers.retain(|filler| !words.contains(&filler.head) || filler.head == head);
    let mut proposals: Vec<Proposal> = matched
        .into_iter()
        .map(|(entry, _)| Proposal {
            entry,
            is_sure: is_met(view, sorts, entry, part, &fillers),
        })
        .collect();
    proposals.sort_by_key(|one| !one.is_sure);
    Some(Predicate {
        head,
        words,
        part,
        proposals,
        fillers,
    })
}

/// The entries of the lexicon that begin at a token, the longest alone: a phrase says more than the word that begins it.
fn matched<'k>(
    view: &View<'k>,
    token: usize,
    part: Part,
    limit: usize,
) -> Vec<(&'k Entry, Tokens)> {
    let lexicon = &view.knowledge.events;
    let mut matched: Vec<(&'k Entry, Tokens)> = Vec::new();
    for lemma in lexicon.lemmas(part, view.lower(token)) {
        for entry in lexicon.starting(part, lemma) {
            if let Some(words) = words_of(view, entry, part, token, limit) {
                matched.push((entry, words));
            }
        }
    }
    let longest = matched.iter().map(|(_, words)| words.len()).max();
    matched.retain(|(_, words)| Some(words.len()) == longest);
    matched
}

/// The kind of a word that no list knows and that may tell of an event all the same: a verb, or a noun made of one.
fn unlisted(view: &View, token: usize, part: Part) -> Option<Part> {
    match part {
        Part::Verb => is_full_verb(view, token).then_some(Part::Verb),
        Part::Noun => {
            let lower = view.lower(token);
            let ends = [
                "tion", "tions", "sion", "sions", "ment", "ments", "ing", "ings", "ance", "ery",
                "al", "age",
            ];
            let made = lower.len() > 5 && ends.iter().any(|end| lower.ends_with(end));
            (made && view.xpos(token) != "NNP").then_some(Part::Noun)
        }
        Part::Adjective => None,
    }
}

/// A verb with a meaning of its own.
fn is_full_verb(view: &View, token: usize) -> bool {
    !matches!(
        view.relation(token),
        Relation::Aux | Relation::AuxPass | Relation::Cop | Relation::Case | Relation::Mark
    ) && !frames::is_light(view, token)
}

/// The words of an entry that begins at a token.
fn words_of(view: &View, entry: &Entry, part: Part, token: usize, limit: usize) -> Option<Tokens> {
    let gap = if part == Part::Noun { 0 } else { GAP };
    let mut at = token + 1;
    for word in &entry.tail {
        let reach = limit.min(at + gap + 1);
        let fits = |next: &usize| {
            let lower = view.lower(*next);
            lower == word
                || lower.strip_suffix('s') == Some(word)
                || view.lemma(*next).to_lowercase() == *word
        };
        at = (at..reach)
            .take_while(|next| !view.is_comma(*next))
            .find(fits)?
            + 1;
    }
    Some(token..at)
}

/// The word of a phrase that the others hang on; where the phrase hangs on a word beyond it ("are still in Orlen"), that word.
fn head(view: &View, words: &Tokens, part: Part) -> Option<usize> {
    if words.len() == 1 {
        return Some(words.start);
    }
    let is_function = |token: usize| {
        matches!(
            view.relation(token),
            Relation::Case
                | Relation::Aux
                | Relation::AuxPass
                | Relation::Cop
                | Relation::Mark
                | Relation::Advmod
                | Relation::Det
        )
    };
    let outside = |token: &usize| view.head(*token).is_none_or(|head| !words.contains(&head));
    let mut inside = words
        .clone()
        .filter(|token| outside(token) && !is_function(*token));
    match part {
        // "air strike": the last of them.
        Part::Noun => inside.next_back(),
        Part::Verb | Part::Adjective => inside
            .next()
            .or_else(|| view.head(words.start).filter(|head| *head >= words.start)),
    }
}

/// "are still in Orlen": the place hangs on nothing, as it is the head.
fn add_stranded(view: &View, words: &Tokens, fillers: &mut Vec<Filler>) {
    let last = words.end - 1;
    if words.len() == 1 || view.relation(last) != Relation::Case {
        return;
    }
    if let Some(head) = view.head(last).filter(|head| !words.contains(head)) {
        let slot = Slot::After(view.lower(last).to_owned());
        if !fillers
            .iter()
            .any(|filler| filler.head == head && filler.slot == slot)
        {
            fillers.push(Filler { slot, head });
        }
    }
}

fn is_met(view: &View, sorts: &Sorts, entry: &Entry, part: Part, fillers: &[Filler]) -> bool {
    let in_slot = |slot: &Slot, sort: Sort| {
        fillers
            .iter()
            .any(|filler| filler.slot == *slot && sorts.of(view, filler.head) == sort)
    };
    let object = match part {
        Part::Noun => Slot::After("of".to_owned()),
        Part::Verb | Part::Adjective => Slot::Object,
    };
    // "are still in Orlen": what the phrase ends before.
    let end = entry.tail.last().map(|word| Slot::After(word.clone()));
    match entry.needs {
        Needs::Nothing => true,
        Needs::Weights => false,
        Needs::Place => {
            in_slot(&object, Sort::Place)
                || end.is_some_and(|end| in_slot(&end, Sort::Place))
                || !fillers.iter().any(|filler| filler.slot == object)
                    && in_slot(&Slot::Subject, Sort::Place)
        }
        Needs::Person => {
            in_slot(&object, Sort::Person)
                || part == Part::Noun && in_slot(&Slot::Owner, Sort::Person)
        }
        Needs::Force => [&object, &Slot::Subject, &Slot::Owner, &Slot::Beside]
            .into_iter()
            .any(|slot| in_slot(slot, Sort::Body)),
    }
}

/// What the mentions of a document stand for, by the token that heads each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sorts {
    kinds: HashMap<usize, EntityKind>,
}

impl Sorts {
    pub(crate) fn new(view: &View, mentions: &[Mention]) -> Self {
        let kind = |mention: &Mention| (view.tokens_in(mention.head).start, mention.kind);
        // Names go before the noun phrases that hold them.
        let (names, others): (Vec<&Mention>, Vec<&Mention>) = mentions
            .iter()
            .partition(|mention| mention.form == MentionForm::Name);
        let all = others.into_iter().chain(names);
        Self {
            kinds: all.map(kind).collect(),
        }
    }

    /// What a filler stands for.
    pub(crate) fn of(&self, view: &View, head: usize) -> Sort {
        let xpos = view.xpos(head);
        if xpos.starts_with("PRP") {
            return Sort::Pronoun;
        }
        if xpos.starts_with("VB") {
            return Sort::Clause;
        }
        let parties = &view.knowledge.parties;
        match self.kinds.get(&head) {
            Some(EntityKind::Person) => Sort::Person,
            Some(EntityKind::Organization | EntityKind::Group) => Sort::Body,
            Some(EntityKind::Place | EntityKind::Facility) => Sort::Place,
            Some(EntityKind::Weapon) => Sort::Weapon,
            Some(EntityKind::Event | EntityKind::Other) => Sort::Thing,
            None => {
                let lemma = view.lemma(head).to_lowercase();
                let has = |section: &str| {
                    parties.has(section, view.lower(head)) || parties.has(section, &lemma)
                };
                if has("place") || has("held") {
                    Sort::Place
                } else if has("role") {
                    Sort::Person
                } else {
                    Sort::Thing
                }
            }
        }
    }
}
