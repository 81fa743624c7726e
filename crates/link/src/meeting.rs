//! How two statements of one matter stand to each other: the verdict, their days, and the fates and places of one person.
//!
//! It does not know positions or matters.

use crate::RelationKind;
use crate::entities::World;
use crate::statements::Statement;
use crate::when::{When, between};

/// How one statement stands to another.
pub(crate) struct Verdict {
    pub kind: RelationKind,
    pub contests: bool,
    pub reason: String,
}

impl Verdict {
    pub fn some(kind: RelationKind, contests: bool, reason: impl Into<String>) -> Option<Self> {
        Some(Self {
            kind,
            contests,
            reason: reason.into(),
        })
    }
}

/// How the days of two statements stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Days {
    Same,
    /// The first is the earlier, by so many days.
    Before(i64),
    /// The first is the later, by so many days.
    After(i64),
    /// Nothing can be said.
    Unknown,
}

pub(crate) fn days(one: &Statement, other: &Statement) -> Days {
    match (one.when, other.when) {
        (
            When::Day { first, last },
            When::Day {
                first: other_first,
                last: other_last,
            },
        ) => {
            if last < other_first {
                Days::Before(between(last, other_first))
            } else if other_last < first {
                Days::After(between(other_last, first))
            } else {
                Days::Same
            }
        }
        _ if one.when == other.when && one.at.reading == other.at.reading => Days::Same,
        _ => Days::Unknown,
    }
}

/// Two different fates of one person.
pub(crate) fn two_fates(one: &Statement, other: &Statement, later: bool) -> Option<Verdict> {
    let word = |statement: &Statement| -> &'static str {
        match statement.answer.shown.as_str() {
            "dead" => "dead",
            "alive" => "alive",
            _ => "hurt or held",
        }
    };
    let days = days(one, other);
    match (word(one), word(other), days) {
        // Who lived before may have died since; the wounded and the captured too.
        ("dead", _, Days::After(_)) | ("hurt or held", "alive", Days::After(_)) => {
            Verdict::some(RelationKind::Update, false, "It tells of a later day.")
        }
        ("alive" | "hurt or held", "dead", Days::After(_)) => Verdict::some(
            RelationKind::Alternative,
            true,
            "One says that the person died, the other that the person lived on a later day.",
        ),
        ("alive", "dead", Days::Same) | ("dead", "alive", Days::Same) if later => Verdict::some(
            RelationKind::Alternative,
            true,
            "One says that the person died, the other that the person lived on the same day.",
        ),
        _ => None,
    }
}

/// Two different places at which one person is said to be.
pub(crate) fn two_places(
    world: &World,
    one: &Statement,
    other: &Statement,
    later: bool,
) -> Option<Verdict> {
    match days(one, other) {
        Days::After(_) => Verdict::some(RelationKind::Update, false, "It tells of a later day."),
        Days::Same if later => {
            let place = |statement: &Statement| {
                let index = statement.answer.entity?;
                world.entities.get(index)?.place.clone()
            };
            // One place may lie in the other where no map tells them apart.
            let apart = place(one)
                .zip(place(other))
                .is_some_and(|(one, other)| one.excludes(&other));
            if apart {
                Verdict::some(
                    RelationKind::Alternative,
                    true,
                    "One person and one day, and two places of which neither lies in the other.",
                )
            } else {
                Verdict::some(
                    RelationKind::Implicit,
                    false,
                    "One person and one day, and two names of places; one may lie in the other.",
                )
            }
        }
        _ => None,
    }
}
