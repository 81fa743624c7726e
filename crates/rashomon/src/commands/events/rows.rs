//! Candidate events across documents: what claims tell of, brought together where linking holds it for one.
//!
//! It does not know how rows are printed, nor whether an event happened. What is in no matter with others stays its document's own.

use crate::contents::{Contents, Found, day_of_claim};
use annotate::{EntityId, Event, EventType, Quantity, Realis, Role};
use ledger::Judgement;
use link::{Entity, JudgedAs, MatterKind, SlotField, State, slot_words};
use std::collections::{BTreeMap, BTreeSet};

/// An event as one claim tells it.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The claim.
    pub found: Found<'a>,
    /// Which of its events, from 1.
    pub number: usize,
    /// The event.
    pub event: &'a Event,
}

/// A candidate event.
#[derive(Debug)]
pub struct EventRow<'a> {
    /// The claims that tell it, by day, then document.
    pub told: Vec<Told<'a>>,
    /// The matters that brought them together.
    pub matters: Vec<&'a str>,
    /// Whether one of these is contested.
    pub is_contested: bool,
}

impl<'a> EventRow<'a> {
    /// Its types, the commonest first.
    #[must_use]
    pub fn types(&self) -> Vec<EventType> {
        let mut counts: BTreeMap<EventType, usize> = BTreeMap::new();
        for told in &self.told {
            *counts.entry(told.event.kind).or_default() += 1;
        }
        let mut types: Vec<(EventType, usize)> = counts.into_iter().collect();
        types.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
        types.into_iter().map(|(kind, _)| kind).collect()
    }

    /// Where, as far as anybody says.
    #[must_use]
    pub fn place(&self, contents: &'a Contents) -> Option<&'a Entity> {
        let mut places = self.told.iter();
        places.find_map(|told| contents.joined(&told.found.reading.document.id, told.event.place?))
    }

    /// The first and the last day that anybody gives it; else those of the documents.
    #[must_use]
    pub fn days(&self) -> Option<(String, String)> {
        let stated = self.told.iter().filter_map(|told| {
            let time = told.event.time.as_ref()?;
            Some((time.earliest?.to_string(), time.latest?.to_string()))
        });
        let said = self.told.iter().filter_map(|told| {
            let day = day_of_claim(told.found.claim, &told.found.reading.document)?;
            Some((day.clone(), day))
        });
        let cover = |one: (String, String), other: (String, String)| {
            (one.0.min(other.0), one.1.max(other.1))
        };
        stated.reduce(cover).or_else(|| said.reduce(cover))
    }

    /// Who took part in a role: names, and ids where the ledger has them.
    #[must_use]
    pub fn parties(&self, role: Role, contents: &'a Contents) -> Vec<(Option<&'a str>, String)> {
        let mut found: Vec<(Option<&str>, String)> = Vec::new();
        for told in &self.told {
            let reading = told.found.reading;
            for participant in told
                .event
                .participants
                .iter()
                .filter(|one| one.role == role)
            {
                let joined = participant
                    .entity
                    .and_then(|id| contents.joined(&reading.document.id, id));
                let words = || {
                    let words = participant
                        .spans
                        .iter()
                        .map(|span| span.slice(&reading.document.text));
                    words.collect::<Vec<_>>().join(" … ")
                };
                let party = match joined {
                    Some(entity) => (Some(entity.id.as_str()), entity.name.clone()),
                    None => (None, words()),
                };
                if !party.1.is_empty() && !found.contains(&party) {
                    found.push(party);
                }
            }
        }
        found
    }

    /// What a person put down for one of its slots, latest first in force.
    #[must_use]
    pub fn put_down(
        &self,
        field: SlotField,
        contents: &'a Contents,
    ) -> Option<(&'a str, &'a Judgement)> {
        self.told.iter().find_map(|told| {
            let document = &told.found.reading.document.id;
            let judged = contents.judged_claim(document, &told.found.claim.id);
            judged.into_iter().rev().find_map(|(effect, judgement)| {
                let words = judgement.decision.value.as_deref()?;
                let (found, event, value) = slot_words(words).ok()?;
                let is_it = effect == JudgedAs::Corrected
                    && found == field
                    && event.is_none_or(|event| event == told.number);
                is_it.then_some((value, judgement))
            })
        })
    }

    /// The documents that tell it.
    #[must_use]
    pub fn documents(&self) -> BTreeSet<&'a str> {
        let documents = self.told.iter();
        documents
            .map(|told| told.found.reading.document.id.as_str())
            .collect()
    }
}

/// The numbers of one teller: of several in one claim the first that counts people, else the first.
#[must_use]
pub fn figure<'a>(told: &Told<'a>) -> Option<&'a Quantity> {
    let quantities = &told.event.quantities;
    quantities
        .iter()
        .find(|quantity| quantity.unit == "person" && !quantity.part)
        .or(quantities.first())
}

/// Whether an event is listed unasked: it is said to have happened or to go on.
#[must_use]
pub fn is_candidate(event: &Event) -> bool {
    matches!(event.realis, Realis::Occurred | Realis::Ongoing)
}

/// The candidate events of the claims that `wants` lets through, with every other claim that tells of one of them.
#[must_use]
pub fn rows<'a>(
    contents: &'a Contents,
    all: bool,
    wants: &dyn Fn(Found<'_>) -> bool,
) -> Vec<EventRow<'a>> {
    let mut in_matters: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (number, matter) in contents.links.matters.iter().enumerate() {
        for claim in matter
            .positions
            .iter()
            .flat_map(|position| &position.claims)
        {
            let key = (claim.document.as_str(), claim.claim.as_str());
            in_matters.entry(key).or_default().push(number);
        }
    }
    let told: Vec<Told<'_>> = contents
        .claims()
        .flat_map(|found| {
            let events = found.claim.events.iter().enumerate();
            events.map(move |(number, event)| Told {
                found,
                number: number + 1,
                event,
            })
        })
        .filter(|told| all || is_candidate(told.event))
        .collect();
    let mut groups = Groups::new(told.len());
    let mut matters_of: Vec<Vec<usize>> = vec![Vec::new(); told.len()];
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (index, one) in told.iter().enumerate() {
        let document = one.found.reading.document.id.as_str();
        let mut keys = vec![own_key(one)];
        let key = (document, one.found.claim.id.as_str());
        for matter in in_matters.get(&key).into_iter().flatten() {
            if let Some(key) = matter_key(contents.links.matters[*matter].kind, *matter, one.event)
            {
                matters_of[index].push(*matter);
                keys.push(key);
            }
        }
        for key in keys {
            let other = *first.entry(key).or_insert(index);
            groups.join(index, other);
        }
    }
    let mut by_group: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in 0..told.len() {
        by_group.entry(groups.of(index)).or_default().push(index);
    }
    by_group
        .into_values()
        .filter(|members| members.iter().any(|index| wants(told[*index].found)))
        .map(|members| {
            let matters: BTreeSet<usize> = members
                .iter()
                .flat_map(|index| matters_of[*index].iter().copied())
                .collect();
            let of = |number: &usize| &contents.links.matters[*number];
            let mut told: Vec<Told<'_>> = members.iter().map(|index| told[*index]).collect();
            told.sort_by_cached_key(|told| {
                let document = &told.found.reading.document;
                let day = day_of_claim(told.found.claim, document);
                (day.is_none(), day, document.id.clone(), told.event.span)
            });
            EventRow {
                told,
                is_contested: matters.iter().any(|one| of(one).state == State::Contested),
                matters: matters.iter().map(|one| of(one).id.as_str()).collect(),
            }
        })
        .collect()
}

/// What events of a document have in common that are one: type, place, day and who took part.
fn own_key(told: &Told<'_>) -> String {
    let event = told.event;
    let mut parties: Vec<(Role, Option<EntityId>, String)> = event
        .participants
        .iter()
        .map(|one| {
            let words = one.spans.first().filter(|_| one.entity.is_none());
            let words = words.map(|span| span.slice(&told.found.reading.document.text));
            (
                one.role,
                one.entity,
                words.unwrap_or_default().to_lowercase(),
            )
        })
        .collect();
    parties.sort();
    let day = event.time.as_ref().map(|time| (time.earliest, time.latest));
    format!(
        "{} {} {:?} {day:?} {parties:?}",
        told.found.reading.document.id, event.kind, event.place
    )
}

/// Events of the claims of one matter are one where they are of the kind that it asks about.
fn matter_key(kind: MatterKind, matter: usize, event: &Event) -> Option<String> {
    let is_control = matches!(
        event.kind,
        EventType::TakeControl
            | EventType::HoldControl
            | EventType::LoseControl
            | EventType::Withdraw
            | EventType::Surrender
    );
    match kind {
        MatterKind::Control => is_control.then(|| format!("matter {matter}")),
        MatterKind::Quantity => (!event.quantities.is_empty()).then(|| format!("matter {matter}")),
        _ => Some(format!("matter {matter} {}", event.kind)),
    }
}

/// Which events are one with which.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    /// The first event of the group that one is in.
    fn of(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        self.0[one.max(other)] = one.min(other);
    }
}
