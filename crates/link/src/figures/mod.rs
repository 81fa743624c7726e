//! Figures of the killed, injured, captured and displaced, and which of them count one event.
//!
//! It does not know how far two figures lie apart: that they count one event is decided by place, day and circumstances alone, so
//! that figures which agree meet as well as those which do not.

mod reading;
mod same;
mod scene;

use crate::statements::{Library, Statement, Told, Topic, counts};
use annotate::Effect;
use same::{across, beside, days_meet};
use scene::Scene;
use std::collections::{BTreeMap, BTreeSet};
use text::Span;

/// One number that one claim gives, with what tells its event from others.
struct Figure {
    statement: Statement,
    effect: Effect,
    noun: String,
    /// Names before the counted noun ("IS fighters").
    qualifiers: BTreeSet<String>,
    scene: Scene,
    /// Whether a day is stated.
    dated: bool,
    /// Whether it is told beside another figure ("another 14"), as a part of one, or of several places together.
    apart: bool,
    /// Whether the event itself is said to be at the place.
    placed: bool,
}

/// Adds the figures of every claim, those of one event under one topic, and the pairs of claims that count one event.
pub(crate) fn tell(library: &Library, told: &mut Told) {
    let mut figures: Vec<Figure> = Vec::new();
    let mut sentences: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    for (at, claim) in library.claims() {
        if let Some(linked) = counts(claim) {
            let text = &library.readings[at.reading].document.text;
            let sentences = sentences
                .entry(at.reading)
                .or_insert_with(|| scene::sentences(text));
            figures.extend(reading::of_claim(library, at, claim, linked, sentences));
        }
    }
    for figure in figures.iter().filter(|one| one.placed) {
        told.used.insert(figure.statement.at);
    }
    let mut groups: BTreeMap<(Effect, &str), Vec<usize>> = BTreeMap::new();
    for (index, figure) in figures.iter().enumerate() {
        groups
            .entry((figure.effect, figure.noun.as_str()))
            .or_default()
            .push(index);
    }
    let mut heads: Vec<usize> = (0..figures.len()).collect();
    for members in groups.values() {
        meet(library, told, &figures, members, &mut heads);
    }
    let parts = parts(library, told, &figures);
    let topics: Vec<Topic> = (0..figures.len())
        .map(|index| {
            let head = &figures[root(&heads, index)];
            Topic::Count {
                place: head.scene.places.first().copied(),
                effect: head.effect,
                noun: head.noun.clone(),
                event: head.statement.at,
            }
        })
        .collect();
    let parts: Vec<Statement> = parts
        .into_iter()
        .map(|(part, whole)| {
            let mut statement = figures[part].statement.clone();
            statement.topic = topics[whole].clone();
            let range = &mut statement.answer.range;
            *range = range.map(|(low, _)| (low, f64::INFINITY));
            statement
        })
        .collect();
    told.statements.extend(parts);
    for (figure, topic) in figures.into_iter().zip(topics) {
        told.statements.push(Statement {
            topic,
            ..figure.statement
        });
    }
}

/// Figures of some kind of people that are larger than what another speaker says of all people in the same event, with the latter.
fn parts(library: &Library, told: &mut Told, figures: &[Figure]) -> BTreeSet<(usize, usize)> {
    let people = library.lexicon.noun("people");
    let members: Vec<usize> = (0..figures.len()).collect();
    let mut by_place: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut by_text: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, figure) in figures.iter().enumerate() {
        let text = figure.statement.at.reading;
        by_text.entry(text).or_default().push(index);
        for place in &figure.scene.places {
            by_place.entry(*place).or_default().push(index);
        }
    }
    let mut found = BTreeSet::new();
    for whole in members
        .iter()
        .copied()
        .filter(|index| figures[*index].noun == people)
    {
        let Some((_, high)) = figures[whole].statement.answer.range else {
            continue;
        };
        let mut near: BTreeSet<usize> = BTreeSet::new();
        near.extend(
            by_text
                .get(&figures[whole].statement.at.reading)
                .into_iter()
                .flatten(),
        );
        for place in &figures[whole].scene.places {
            near.extend(by_place.get(place).into_iter().flatten());
        }
        for part in near {
            let (one, other) = (&figures[part], &figures[whole]);
            let exceeds = one
                .statement
                .answer
                .range
                .is_some_and(|(low, _)| low > high);
            let same_text = one.statement.at.reading == other.statement.at.reading;
            if !exceeds || one.noun == people || one.effect != other.effect {
                continue;
            }
            let reason = if same_text {
                beside(library, one, other)
            } else {
                across(library, figures, &members, one, other)
            };
            if let Some(reason) = reason {
                let reason =
                    format!("{reason} The figure of a part is larger than that of the whole.");
                let key = (one.statement.at, other.statement.at);
                told.one_event.insert(key, reason.clone());
                told.one_event.insert((key.1, key.0), reason);
                found.insert((part, whole));
            }
        }
    }
    found
}

fn root(heads: &[usize], mut index: usize) -> usize {
    while heads[index] != index {
        index = heads[index];
    }
    index
}

/// Joins the figures of one kind that count one event, or that only name one place and day.
fn meet(
    library: &Library,
    told: &mut Told,
    figures: &[Figure],
    members: &[usize],
    heads: &mut [usize],
) {
    let mut by_place: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &index in members {
        for place in &figures[index].scene.places {
            by_place.entry(*place).or_default().push(index);
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for all in by_place.values() {
        for (at, &one) in all.iter().enumerate() {
            let others = all[at + 1..].iter();
            pairs.extend(
                others
                    .filter(|other| days_meet(&figures[one], &figures[**other]))
                    .map(|other| (one, *other)),
            );
        }
    }
    // Within one text nearness takes the place of a named place.
    for (at, &one) in members.iter().enumerate() {
        for &other in &members[at + 1..] {
            if figures[one].statement.at.reading != figures[other].statement.at.reading {
                break;
            }
            pairs.insert((one, other));
        }
    }
    for (one, other) in pairs {
        let (left, right) = (&figures[one], &figures[other]);
        let reason = if left.statement.at.reading == right.statement.at.reading {
            beside(library, left, right)
        } else {
            across(library, figures, members, left, right)
        };
        let together = left.placed
            && right.placed
            && left.statement.place == right.statement.place
            && days_meet(left, right);
        if reason.is_some() || together {
            let (one, other) = (root(heads, one), root(heads, other));
            heads[one.max(other)] = one.min(other);
        }
        if let Some(reason) = reason {
            let key = (left.statement.at, right.statement.at);
            told.one_event.insert(key, reason.clone());
            told.one_event.insert((key.1, key.0), reason);
        }
    }
}
