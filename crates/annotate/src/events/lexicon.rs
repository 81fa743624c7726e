//! The words of `events.txt`: which words tell of which event, and where its participants stand around them.
//!
//! It does not know sentences; `predicates` finds the words in them.

use crate::cues::{CuePart, inflected};
use crate::knowledge::lines;
use crate::{EventType, Role};
use std::collections::HashMap;

/// What kind of word begins an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    Verb,
    Noun,
    Adjective,
}

/// When an entry is of its type by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    Nothing,
    /// Where the weights say so.
    Weights,
    /// Where its object is a place or a building.
    Place,
    /// Where its object is people.
    Person,
    /// Where its object or its subject is an armed or political party.
    Force,
}

/// Where a participant stands around a predicate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Slot {
    Subject,
    Object,
    /// The first of two objects.
    Recipient,
    Owner,
    /// A noun or name before a noun.
    Beside,
    /// After a preposition.
    After(String),
}

/// What a slot fills: a role, or the event's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fill {
    Role(Role),
    Place,
}

/// The slots of a type or of one word.
pub(crate) type Slots = Vec<(Slot, Fill)>;

/// One word or phrase of a type.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) kind: EventType,
    pub(crate) needs: Needs,
    pub(crate) first: String,
    /// Lemmas after the first.
    pub(crate) tail: Vec<String>,
    /// Slots of its own, which go before those of its type.
    own: Slots,
}

impl Entry {
    /// Whether a slot is its own, not its type's.
    pub(crate) fn has_own(&self, slot: &Slot) -> bool {
        self.own.iter().any(|(known, _)| known == slot)
    }
}

/// All entries, by the lemma that begins them.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventLexicon {
    /// By the kind of the word that begins them.
    entries: [HashMap<String, Vec<Entry>>; 3],
    slots: HashMap<EventType, Slots>,
    /// The lemmas that a form may be of, by the kind of word: rare words have wrong lemmas too often to go by those alone.
    forms: [HashMap<String, Vec<String>>; 3],
    irregular: HashMap<String, String>,
}

impl EventLexicon {
    pub(crate) fn parse(file: &str, problems: &mut Vec<String>) -> Self {
        let mut lexicon = Self::default();
        let mut section = None;
        for (number, line) in lines(file) {
            let mut wrong = |what: &str| problems.push(format!("events.txt line {number}: {what}"));
            if let Some(name) = line
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
            {
                section = EventType::parse(name);
                if section.is_none() {
                    wrong(&format!("“{name}” is no type of event"));
                }
                continue;
            }
            if let Some(verbs) = line.strip_prefix("irregular |") {
                lexicon
                    .irregular
                    .extend(verbs.split(',').filter_map(irregular));
                continue;
            }
            let Some(kind) = section else {
                wrong("no [type] stands above it");
                continue;
            };
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            match fields[..] {
                ["roles", roles] => match slots(roles) {
                    Some(slots) => {
                        lexicon.slots.insert(kind, slots);
                    }
                    None => wrong("SLOT role pairs are needed"),
                },
                [part, words, _example, _counter_example] => match part_of(part) {
                    Some(part) => {
                        for item in items(words) {
                            if lexicon.add(part, kind, item).is_none() {
                                wrong(&format!("“{item}” cannot be read"));
                            }
                        }
                    }
                    None => wrong(&format!("“{part}” is no kind of word")),
                },
                _ => wrong("kind of word, words, example and counter-example are needed"),
            }
        }
        for entries in lexicon.entries.iter_mut().flat_map(HashMap::values_mut) {
            entries.sort_by_key(|entry| usize::MAX - entry.tail.len());
        }
        lexicon
    }

    fn add(&mut self, part: Part, kind: EventType, item: &str) -> Option<()> {
        let (words, own) = match item.split_once('(') {
            Some((words, roles)) => (words, slots(roles.strip_suffix(')')?)?),
            None => (item, Slots::new()),
        };
        let (words, needs) = match (words.strip_prefix('?'), words.split_once(':')) {
            (Some(words), _) => (words, Needs::Weights),
            (None, Some((words, "place"))) => (words, Needs::Place),
            (None, Some((words, "person"))) => (words, Needs::Person),
            (None, Some((words, "force"))) => (words, Needs::Force),
            (None, Some(_)) => return None,
            (None, None) => (words, Needs::Nothing),
        };
        let mut words = words.split_whitespace().map(str::to_owned);
        let first = words.next()?;
        let entry = Entry {
            kind,
            needs,
            first: first.clone(),
            tail: words.collect(),
            own,
        };
        self.learn_forms(part, &first);
        self.entries[part as usize]
            .entry(first)
            .or_default()
            .push(entry);
        Some(())
    }

    fn learn_forms(&mut self, part: Part, lemma: &str) {
        if self.entries[part as usize].contains_key(lemma) {
            return;
        }
        let forms = match part {
            Part::Verb => {
                let listed = self.irregular.get(lemma).map_or("", String::as_str);
                inflected(lemma, CuePart::Verb, listed)
            }
            Part::Noun => inflected(lemma, CuePart::Noun, ""),
            Part::Adjective => vec![lemma.to_owned()],
        };
        for form in forms {
            let lemmas = self.forms[part as usize].entry(form).or_default();
            if !lemmas.iter().any(|known| known == lemma) {
                lemmas.push(lemma.to_owned());
            }
        }
    }

    /// The lemmas of entries that a word in lower case may be a form of.
    pub(crate) fn lemmas(&self, part: Part, lower: &str) -> &[String] {
        self.forms[part as usize]
            .get(lower)
            .map_or(&[], Vec::as_slice)
    }

    /// The entries that begin with a lemma, longest first.
    pub(crate) fn starting(&self, part: Part, lemma: &str) -> &[Entry] {
        self.entries[part as usize]
            .get(lemma)
            .map_or(&[], Vec::as_slice)
    }

    /// The entries of a verb in any form, without phrases.
    fn of_verb(&self, lower: &str) -> impl Iterator<Item = &Entry> {
        let lemmas = self.lemmas(Part::Verb, lower).iter();
        let entries = lemmas.flat_map(|lemma| self.starting(Part::Verb, lemma));
        entries.filter(|entry| entry.tail.is_empty())
    }

    /// Whether a word in lower case is a verb that by itself, or with the object that it needs, tells of an event.
    pub(crate) fn has_verb(&self, lower: &str) -> bool {
        self.of_verb(lower)
            .any(|entry| entry.needs != Needs::Weights)
    }

    /// Whether a word in lower case is a verb whose object is a place.
    pub(crate) fn takes_place(&self, lower: &str) -> bool {
        self.of_verb(lower).any(|entry| {
            entry.needs == Needs::Place
                || self.fill(Some(entry), entry.kind, &Slot::Object) == Some(Fill::Place)
        })
    }

    /// What a slot fills around an entry, or around any word of a type.
    pub(crate) fn fill(&self, entry: Option<&Entry>, kind: EventType, slot: &Slot) -> Option<Fill> {
        let own = entry.map_or(&[][..], |entry| entry.own.as_slice());
        // A word that moves its subject has no other: "Orlen fell to the army".
        let found = own.iter().find(|(known, _)| known == slot);
        let general = || {
            self.slots
                .get(&kind)?
                .iter()
                .find(|(known, _)| known == slot)
        };
        found.or_else(general).map(|(_, fill)| *fill)
    }
}

/// "take took taken taking" as the forms that `inflect_verb` is told of.
fn irregular(item: &str) -> Option<(String, String)> {
    let forms: Vec<&str> = item.split_whitespace().collect();
    let (base, past) = (forms.first()?, forms.get(1)?);
    let participle = forms.get(2).unwrap_or(past);
    let ing = forms
        .get(3)
        .map_or(String::new(), |ing| format!(" ing={ing}"));
    let third = forms
        .get(4)
        .map_or(String::new(), |third| format!(" 3sg={third}"));
    Some((
        (*base).to_owned(),
        format!("past={past} part={participle}{ing}{third}"),
    ))
}

/// The items of a list; commas within brackets part nothing.
fn items(words: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_u32;
    words
        .split(move |letter: char| {
            match letter {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            letter == ',' && depth == 0
        })
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

fn part_of(word: &str) -> Option<Part> {
    Some(match word {
        "verb" | "phrase" => Part::Verb,
        "noun" => Part::Noun,
        "adjective" => Part::Adjective,
        _ => return None,
    })
}

fn slots(roles: &str) -> Option<Slots> {
    let pair = |pair: &str| {
        let (slot, fill) = pair.trim().split_once(' ')?;
        let slot = match slot {
            "subject" => Slot::Subject,
            "object" => Slot::Object,
            "recipient" => Slot::Recipient,
            "owner" => Slot::Owner,
            "beside" => Slot::Beside,
            other => Slot::After(other.to_owned()),
        };
        let fill = match fill.trim() {
            "place" => Fill::Place,
            role => Fill::Role(Role::parse(role)?),
        };
        Some((slot, fill))
    };
    roles.split(',').map(pair).collect()
}
