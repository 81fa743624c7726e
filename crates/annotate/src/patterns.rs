//! The event patterns of `events.txt`, by the word that begins them.
//!
//! It does not know sentences; `events` finds the participants.

use crate::EventType;
use crate::cues::inflect_verb;
use crate::knowledge::lines;
use std::collections::HashMap;

/// Where the participants stand around a pattern's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    ActorVerbPlace,
    ActorVerbOfPlace,
    ActorVerbFromPlace,
    ActorBeInPlace,
    PlaceVerbActor,
    PlaceVerb,
    PersonVerb,
    ActorVerbPerson,
    PersonBe,
    PersonVerbPlace,
    ActorVerb,
    NounOfPlace,
}

/// One word or phrase that tells of an event.
#[derive(Debug, Clone)]
pub(crate) struct Trigger {
    pub(crate) kind: EventType,
    pub(crate) shape: Shape,
    /// Words after the first.
    pub(crate) tail: Vec<String>,
    /// A past or participle form, which may be passive.
    pub(crate) participle: bool,
}

/// All patterns, by first word.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventPatterns {
    triggers: HashMap<String, Vec<Trigger>>,
}

const BE: [&str; 8] = ["is", "are", "was", "were", "be", "been", "being", "remain"];

impl EventPatterns {
    pub(crate) fn parse(file: &str, problems: &mut Vec<String>) -> EventPatterns {
        let mut patterns = EventPatterns::default();
        for (number, line) in lines(file) {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let [kind, shape, words, _example] = fields[..] else {
                problems.push(format!(
                    "events.txt line {number}: type, shape, words and example are needed"
                ));
                continue;
            };
            let (Some(kind), Some(shape)) = (EventType::parse(kind), shape_of(shape)) else {
                problems.push(format!(
                    "events.txt line {number}: “{kind}” or “{shape}” is unknown"
                ));
                continue;
            };
            for item in words.split(',') {
                let (phrase, forms) = match item.split_once('[') {
                    Some((phrase, forms)) => (phrase.trim(), forms.trim_end_matches([']', ' '])),
                    None => (item.trim(), ""),
                };
                patterns.add(kind, shape, phrase, forms);
            }
        }
        for triggers in patterns.triggers.values_mut() {
            triggers.sort_by_key(|trigger| usize::MAX - trigger.tail.len());
        }
        patterns
    }

    fn add(&mut self, kind: EventType, shape: Shape, phrase: &str, forms: &str) {
        let mut words = phrase.split_whitespace().map(str::to_string);
        let Some(first) = words.next() else { return };
        let tail: Vec<String> = words.collect();
        let mut push = |form: &str, participle| {
            let known = self.triggers.entry(form.to_string()).or_default();
            if !known
                .iter()
                .any(|other| other.kind == kind && other.shape == shape && other.tail == tail)
            {
                known.push(Trigger {
                    kind,
                    shape,
                    tail: tail.clone(),
                    participle,
                });
            }
        };
        if first == "be" {
            for form in BE {
                push(form, false);
            }
        } else if matches!(shape, Shape::NounOfPlace | Shape::PersonBe) {
            push(&first, false);
        } else {
            for (form, participle) in inflect_verb(&first, forms) {
                push(&form, participle);
            }
        }
    }

    /// The patterns that begin with a lower-case word, longest first.
    pub(crate) fn starting(&self, lower: &str) -> &[Trigger] {
        self.triggers.get(lower).map_or(&[], Vec::as_slice)
    }
}

fn shape_of(word: &str) -> Option<Shape> {
    Some(match word {
        "actor-verb-place" => Shape::ActorVerbPlace,
        "actor-verb-of-place" => Shape::ActorVerbOfPlace,
        "actor-verb-from-place" => Shape::ActorVerbFromPlace,
        "actor-be-in-place" => Shape::ActorBeInPlace,
        "place-verb-actor" => Shape::PlaceVerbActor,
        "place-verb" => Shape::PlaceVerb,
        "person-verb" => Shape::PersonVerb,
        "actor-verb-person" => Shape::ActorVerbPerson,
        "person-be" => Shape::PersonBe,
        "person-verb-place" => Shape::PersonVerbPlace,
        "actor-verb" => Shape::ActorVerb,
        "noun-of-place" => Shape::NounOfPlace,
        _ => return None,
    })
}
