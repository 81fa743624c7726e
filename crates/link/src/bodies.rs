//! Whom a person speaks for, and which body a text means by "the army".
//!
//! It does not know claims' contents. What one document says of a spokesman holds in the others.

use crate::entities::World;
use crate::fold::{fold, stem};
use crate::{Lexicon, Reading};
use annotate::{EntityId, EntityKind};
use std::collections::{BTreeMap, BTreeSet};

/// Bodies behind people and behind common nouns; numbers are indices in `World::entities`.
pub(crate) struct Bodies {
    /// For each person the body that most documents say it speaks for.
    speaks_for: BTreeMap<usize, usize>,
    /// For each noun the bodies that some document calls by it ("Regency army").
    called: BTreeMap<String, BTreeSet<usize>>,
    /// For each entity the first that stands for the same state, else itself.
    sides: Vec<usize>,
    /// For each reading the bodies that are named in it or for which somebody in it speaks.
    present: Vec<BTreeSet<usize>>,
}

impl Bodies {
    /// Whom a person speaks for.
    pub fn behind(&self, person: usize) -> Option<usize> {
        self.speaks_for.get(&person).copied()
    }

    /// One entity for a state, its seats and its organs; any other entity is itself.
    pub fn side(&self, entity: usize) -> usize {
        self.sides.get(entity).copied().unwrap_or(entity)
    }

    /// The only body of a document that is called by a common noun ("the army") or owns what is named ("the Front’s
    /// forces").
    pub fn meant(&self, reading: usize, words: &str, world: &World) -> Option<usize> {
        let here = self.present.get(reading)?;
        if let Some((owner, _)) = words.split_once("’s ").or_else(|| words.split_once("'s ")) {
            return named(world, here, &fold(owner));
        }
        let noun = words
            .split_whitespace()
            .all(|word| !word.starts_with(char::is_uppercase));
        let last = stem(fold(words).split(' ').next_back().filter(|_| noun)?);
        let mut found = self.called.get(&last)?.intersection(here);
        match (found.next(), found.next()) {
            (Some(body), None) => Some(*body),
            _ => None,
        }
    }
}

/// Finds them.
pub(crate) fn find(readings: &[&Reading], world: &World, lexicon: &Lexicon) -> Bodies {
    let is_body = |index: &usize| {
        world.proper[*index]
            && matches!(
                world.entities[*index].kind,
                EntityKind::Organization | EntityKind::Group
            )
    };
    let mut votes: BTreeMap<usize, BTreeMap<usize, u32>> = BTreeMap::new();
    let mut called: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut present: Vec<BTreeSet<usize>> = Vec::with_capacity(readings.len());
    for (reading, read) in readings.iter().enumerate() {
        let entities = &read.annotations.entities;
        let text = &read.document.text;
        let locals = || {
            (0_u32..)
                .take(entities.len())
                .filter_map(|id| Some((world.get(reading, Some(EntityId(id)))?, id)))
        };
        let here: BTreeSet<usize> = locals().map(|(index, _)| index).filter(is_body).collect();
        for (index, id) in locals() {
            let entity = &entities[EntityId(id).index()];
            if entity.kind == EntityKind::Person {
                let body = world
                    .get(reading, entity.speaks_for)
                    .or_else(|| by_role(world, &here, &entity.roles));
                if let Some(body) = body.filter(|body| *body != index) {
                    *votes.entry(index).or_default().entry(body).or_default() += 1;
                }
            }
        }
        for claim in &read.annotations.claims {
            let source = world.get(reading, claim.source.entity);
            let body = world.get(reading, claim.source.speaks_for);
            if let (Some(person), Some(body)) = (source, body)
                && person != body
                && world.entities[person].kind == EntityKind::Person
            {
                *votes.entry(person).or_default().entry(body).or_default() += 1;
            }
            for participant in claim.events.iter().flat_map(|event| &event.participants) {
                let Some(body) = world.get(reading, participant.entity).filter(is_body) else {
                    continue;
                };
                let words = participant
                    .spans
                    .first()
                    .map_or("", |span| span.slice(text));
                let last = words.split_whitespace().next_back().unwrap_or("");
                // Only words for an armed part: "the Regency in Lomsend" names no part of the Regency.
                let noun = stem(&fold(last));
                if words.contains(' ') && lexicon.is_head(&noun) {
                    called.entry(noun).or_default().insert(body);
                }
            }
        }
        present.push(here);
    }
    let speaks_for: BTreeMap<usize, usize> = votes
        .into_iter()
        .filter_map(|(person, bodies)| {
            let best = bodies
                .iter()
                .max_by_key(|(body, count)| (**count, std::cmp::Reverse(**body)))?;
            Some((person, *best.0))
        })
        .collect();
    for (reading, here) in present.iter_mut().enumerate() {
        let people = world.of.get(reading).into_iter().flatten();
        here.extend(people.filter_map(|person| speaks_for.get(person)));
    }
    for (index, entity) in world
        .entities
        .iter()
        .enumerate()
        .filter(|(index, _)| is_body(index))
    {
        for form in &entity.forms {
            let last = form.text.split_whitespace().next_back().unwrap_or("");
            let noun = stem(&fold(last));
            if form.text.contains(' ') && lexicon.is_head(&noun) {
                called.entry(noun).or_default().insert(index);
            }
        }
    }
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    let sides = world.entities.iter().enumerate().map(|(index, entity)| {
        let state = lexicon.state(&entity.name);
        state.map_or(index, |state| *states.entry(state).or_insert(index))
    });
    let sides = sides.collect();
    Bodies {
        sides,
        speaks_for,
        called,
        present,
    }
}

/// The only body whose name stands before a role's last word ("front spokeswoman").
fn by_role(world: &World, here: &BTreeSet<usize>, roles: &[String]) -> Option<usize> {
    roles.iter().find_map(|role| {
        let folded = fold(role);
        let (before, _) = folded.rsplit_once(' ')?;
        named(world, here, before)
    })
}

/// The only body whose folded name is these words, or begins or ends with them.
fn named(world: &World, here: &BTreeSet<usize>, words: &str) -> Option<usize> {
    let mut found = here.iter().filter(|body| {
        let name = fold(&world.entities[**body].name);
        name == words
            || name.ends_with(&format!(" {words}"))
            || name.starts_with(&format!("{words} "))
    });
    match (found.next(), found.next()) {
        (Some(body), None) => Some(*body),
        _ => None,
    }
}
