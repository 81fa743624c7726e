//! Statements sorted into matters: who holds a place on a day, what became of a person, how a
//! person died, where a person is, how many were killed or injured.
//!
//! It does not know how answers stand to each other once they share a matter.

use crate::positions::{Header, assemble};
use crate::statements::{Library, Stance, Statement, Told, Topic};
use crate::when::{When, between};
use crate::{Matter, MatterKind, State};
use annotate::{Anchor, TimeExpr, TimeKind};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use text::Span;

/// Statements about who holds a place share a matter while the next comes within so many days of the last.
const CONTROL_GAP: i64 = 2;
/// A matter about a place spans at most so many days.
const CONTROL_SPAN: i64 = 7;
/// A change of hands this many days later at most is told in the matter of the day before it.
const CHANGE_GAP: i64 = 7;
/// Figures of one event share a matter while the next comes within so many days of the last.
const COUNT_GAP: i64 = 1;
/// The days of one event's figures span at most so many.
const COUNT_SPAN: i64 = 3;
/// Statements about one person's fate share a matter while the next comes within so many days of the last.
const PERSON_GAP: i64 = 30;

/// Every matter of kind CONTROL, FATE, CAUSE, WHEREABOUTS and QUANTITY.
pub(crate) fn matters(library: &Library, told: &Told) -> Vec<Matter> {
    let mut topics: BTreeMap<&Topic, Vec<usize>> = BTreeMap::new();
    for (index, statement) in told.statements.iter().enumerate() {
        topics.entry(&statement.topic).or_default().push(index);
    }
    let mut matters = Vec::new();
    for (topic, members) in topics {
        let mut groups = groups(told, topic, &members);
        if matches!(topic, Topic::Control(_)) {
            groups = join_changes(library, told, topic, groups);
        }
        for group in groups {
            let made = matter(library, told, topic, &group);
            // One figure alone is a claim and no matter.
            let single = matches!(topic, Topic::Count { .. });
            matters.extend(made.filter(|made| !single || made.positions.len() > 1));
        }
    }
    matters
}

/// Statements that share a matter, with the time that they share.
struct Group {
    members: Vec<usize>,
    when: When,
}

/// The statement that one answers in the end, itself where it answers none that counts.
fn root(all: &[Statement], start: usize) -> usize {
    let mut at = start;
    // A chain of answers is short; the bound stops a circle.
    for _ in 0..16 {
        match all[at].follows {
            Some(next) if all.get(next).is_some_and(|next| next.linked) => at = next,
            _ => break,
        }
    }
    at
}

/// When a statement counts as told, for sharing a matter.
fn shared_when(topic: &Topic, when: When) -> When {
    match (topic, when) {
        // Nobody dies twice: a vague time of a person's fate is as good as the day of telling it.
        (Topic::Fate(_) | Topic::Cause(_), When::Past { told }) => When::Day {
            first: told,
            last: told,
        },
        (Topic::Fate(_) | Topic::Cause(_), When::Window { first, last })
            if between(first, last) <= PERSON_GAP =>
        {
            When::Day { first, last }
        }
        _ => when,
    }
}

fn groups(told: &Told, topic: &Topic, members: &[usize]) -> Vec<Group> {
    let all = &told.statements;
    let (gap, span) = match topic {
        Topic::Fate(_) | Topic::Cause(_) => (PERSON_GAP, i64::MAX),
        Topic::Count { .. } => (COUNT_GAP, COUNT_SPAN),
        Topic::Control(_) | Topic::Whereabouts(_) | Topic::Said(_) => (CONTROL_GAP, CONTROL_SPAN),
    };
    let mut leaders: Vec<(When, usize)> = members
        .iter()
        .copied()
        .filter(|index| all[*index].linked && root(all, *index) == *index)
        .map(|index| (shared_when(topic, all[index].when), index))
        .collect();
    leaders.sort_unstable();
    let mut groups: Vec<Group> = Vec::new();
    for (when, index) in leaders {
        let joined = groups
            .last_mut()
            .and_then(|group| Some((join(group.when, when, gap, span)?, group)));
        if let Some((when, group)) = joined {
            group.when = when;
            group.members.push(index);
        } else {
            groups.push(Group {
                members: vec![index],
                when,
            });
        }
    }
    let mut group_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, group) in groups.iter().enumerate() {
        for index in &group.members {
            group_of.insert(*index, number);
        }
    }
    for index in members {
        if group_of.contains_key(index) {
            continue;
        }
        let known = group_of.get(&root(all, *index)).copied();
        let near = || {
            let when = shared_when(topic, all[*index].when);
            groups
                .iter()
                .position(|group| join(group.when, when, gap, i64::MAX).is_some())
        };
        if let Some(number) = known.or_else(|| (!all[*index].linked).then(near).flatten()) {
            groups[number].members.push(*index);
        }
    }
    groups
}

/// The time that two share; none where they do not belong together.
fn join(group: When, next: When, gap: i64, span: i64) -> Option<When> {
    match (group, next) {
        (
            When::Day { first, last },
            When::Day {
                first: next_first,
                last: next_last,
            },
        ) => {
            let (start, end) = (first.min(next_first), last.max(next_last));
            let apart = between(last, next_first).max(between(next_last, first));
            (apart <= gap && between(start, end) <= span).then_some(When::Day {
                first: start,
                last: end,
            })
        }
        (When::Past { told }, When::Past { told: next }) if between(told, next).abs() <= gap => {
            Some(When::Past { told })
        }
        _ => (group == next).then_some(group),
    }
}

/// A change of hands within a week after an uncontested answer is told beside it, as an update.
fn join_changes(library: &Library, told: &Told, topic: &Topic, groups: Vec<Group>) -> Vec<Group> {
    let all = &told.statements;
    let mut joined: Vec<Group> = Vec::new();
    let contested = |group: &Group| {
        matter(library, told, topic, group).is_some_and(|made| made.state == State::Contested)
    };
    for group in groups {
        let both = joined.last().and_then(|before| {
            let (
                When::Day { first, last },
                When::Day {
                    first: next,
                    last: end,
                },
            ) = (before.when, group.when)
            else {
                return None;
            };
            let same_holder = |one: &Statement, other: &Statement| {
                (one.answer.entity.is_some() && one.answer.entity == other.answer.entity)
                    || crate::fold::same_stems(&one.answer.stems, &other.answer.stems)
            };
            let changes = group.members.iter().any(|index| {
                all[*index].linked
                    && all[*index].change
                    && all[*index].answer.stance == Stance::Affirms
                    && !before
                        .members
                        .iter()
                        .any(|other| same_holder(&all[*index], &all[*other]))
            });
            (changes
                && between(last, next) <= CHANGE_GAP
                && between(first, end) <= 2 * CHANGE_GAP
                && !contested(before)
                && !contested(&group))
            .then_some(When::Day { first, last: end })
        });
        match (both, joined.last_mut()) {
            (Some(when), Some(before)) => {
                before.when = when;
                before.members.extend(group.members);
            }
            _ => joined.push(group),
        }
    }
    joined
}

fn matter(library: &Library, told: &Told, topic: &Topic, group: &Group) -> Option<Matter> {
    let world = library.world;
    let name = |index: usize| {
        world
            .entities
            .get(index)
            .map_or("", |entity| entity.name.as_str())
    };
    let time = time(group.when);
    let days = match group.when {
        When::Day { first, last } if first == last => format!("on {first}"),
        When::Day { first, last } => format!("from {first} to {last}"),
        When::Window { first, last } => format!("between {first} and {last}"),
        When::Past { told } => format!("before {told}"),
        When::Undated { .. } => "(day not stated)".to_owned(),
    };
    let (kind, about, question) = match topic {
        Topic::Control(place) => {
            let verb = match group.when {
                When::Past { .. } => "held",
                _ => "holds",
            };
            (
                MatterKind::Control,
                Some(*place),
                format!("Who {verb} {} {days}?", name(*place)),
            )
        }
        Topic::Fate(person) => (
            MatterKind::Fate,
            Some(*person),
            format!("What became of {}?", name(*person)),
        ),
        Topic::Cause(person) => (
            MatterKind::Cause,
            Some(*person),
            format!("How did {} die?", name(*person)),
        ),
        Topic::Count {
            place,
            effect,
            noun,
            ..
        } => (
            MatterKind::Quantity,
            *place,
            match place {
                Some(place) => format!("How many {noun} were {effect} in {} {days}?", name(*place)),
                None => format!("How many {noun} were {effect} {days}?"),
            },
        ),
        Topic::Whereabouts(person) => (
            MatterKind::Whereabouts,
            Some(*person),
            format!("Where is {} {days}?", name(*person)),
        ),
        Topic::Said(_) => return None,
    };
    let place = match topic {
        Topic::Control(place) => Some(*place),
        Topic::Count { place, .. } => *place,
        // Where somebody died is only stated if nobody states another place.
        _ => {
            let places: BTreeSet<usize> = group
                .members
                .iter()
                .filter_map(|index| told.statements[*index].place)
                .collect();
            places.first().copied().filter(|_| places.len() == 1)
        }
    };
    let detail = match topic {
        Topic::Count { effect, noun, .. } => format!("{effect} {noun} "),
        _ => String::new(),
    };
    assemble(
        library,
        told,
        &group.members,
        Header {
            kind,
            question,
            about,
            place,
            time,
            key: format!("{detail}{}", time_key(library, group.when)),
            unanswered: false,
        },
    )
}

/// What tells a matter's time from other times, the same on every run.
pub(crate) fn time_key(library: &Library, when: When) -> String {
    match when {
        When::Day { first, .. } => first.to_string(),
        When::Window { first, last } => format!("{first}/{last}"),
        When::Past { told } => format!("PAST_REF {told}"),
        When::Undated { reading } => library
            .readings
            .get(reading)
            .map_or_else(String::new, |read| read.document.id.clone()),
    }
}

/// A matter's time, which no words of one document say: its span is empty.
pub(crate) fn time(when: When) -> Option<TimeExpr> {
    let made = |value: String, days: Option<(Date, Date)>| TimeExpr {
        span: Span::new(0, 0),
        kind: TimeKind::Date,
        value: Some(value),
        modifier: None,
        earliest: days.map(|(first, _)| first),
        latest: days.map(|(_, last)| last),
        anchor: Anchor::Document,
    };
    match when {
        When::Day { first, last } if first == last => {
            Some(made(first.to_string(), Some((first, last))))
        }
        When::Day { first, last } | When::Window { first, last } => {
            Some(made(format!("{first}/{last}"), Some((first, last))))
        }
        When::Past { .. } => Some(made("PAST_REF".to_owned(), None)),
        When::Undated { .. } => None,
    }
}
