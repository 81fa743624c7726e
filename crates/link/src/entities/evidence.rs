//! How likely two clusters are one entity: how alike their names are, and what their documents tell of both.
//!
//! It does not know what forbids a join; `Clusters::conflict` does.

use super::clusters::{Cluster, Clusters};
use super::nodes::{Class, Key};
use names::{ODDS_OF_EQUAL, odds_of_respelt};
use std::collections::BTreeSet;

/// The least score of two that are joined.
pub(super) const JOINED: f64 = 0.5;
/// The least score of two that are shown as perhaps one.
pub(super) const OPEN: f64 = 0.25;

/// Weights in log-odds, set by hand and tried on the entities of ECB+ and MEANTIME (`lab eval entities`, across documents).
mod weight {
    /// Both people are called alike ("mayor").
    pub const ROLE: f64 = 5.0;
    /// People have roles, and none is shared.
    pub const ROLES: f64 = -4.0;
    /// People stand in sentences with the same body or place.
    pub const NEAR: f64 = 3.0;
    /// The documents of two people name a body or place in common.
    pub const CONTEXT: f64 = 1.0;
    /// The same of two places or bodies.
    pub const CONTEXT_OF_THINGS: f64 = 0.5;
    /// The documents of two people name nothing in common: for each body or place that the one names which names fewer, up to
    /// `MOST_NAMED`.
    pub const NO_CONTEXT: f64 = -1.25;
    /// The same of two places or bodies.
    pub const NO_CONTEXT_OF_THINGS: f64 = -0.5;
    /// Bodies and places that count.
    pub const MOST_NAMED: usize = 4;
    /// Both places are said to lie in the same.
    pub const CONTAINER: f64 = 2.0;
    /// A surname alone says little.
    pub const BARE: f64 = -4.0;
}

/// How alike two names are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Likeness {
    /// Equal when folded.
    Equal,
    /// An equal surname, and no more.
    Surname,
    /// What `NameModel::compare` gives.
    Alike(f64),
}

impl Likeness {
    fn weighed(self) -> f64 {
        match self {
            Self::Equal => ODDS_OF_EQUAL,
            Self::Surname => ODDS_OF_EQUAL + weight::BARE,
            Self::Alike(same) => odds_of_respelt(same),
        }
    }
}

/// A score from 0 to 1 and what it rests on, in words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Evidence {
    pub score: f64,
    pub reasons: Vec<String>,
}

impl Clusters<'_> {
    /// How likely two standing clusters of one class are one entity.
    pub fn evidence(&self, one: usize, other: usize, names: Likeness) -> Evidence {
        let mut odds = names.weighed();
        let mut reasons = Vec::new();
        let (left, right) = (&self.all[one], &self.all[other]);
        let is_person = self.class(one) == Some(Class::Person);
        let mut add = |weight: f64, reason: String| {
            odds += weight;
            reasons.push(reason);
        };
        if is_person {
            if left.set_apart != right.set_apart {
                return Evidence {
                    score: 0.0,
                    reasons: vec!["one of them is told from a relative of that name".to_owned()],
                };
            }
            if let Some(role) = left.roles.intersection(&right.roles).next() {
                add(weight::ROLE, format!("both are called “{role}…”"));
            } else if !left.roles.is_empty() && !right.roles.is_empty() {
                let of = |roles: &BTreeSet<String>| roles.first().cloned().unwrap_or_default();
                let (one, other) = (of(&left.roles), of(&right.roles));
                add(
                    weight::ROLES,
                    format!("one is called “{one}…”, the other “{other}…”"),
                );
            }
            if let Some((key, telling)) = self.most_telling(left.near.intersection(&right.near)) {
                add(
                    weight::NEAR * telling,
                    format!("both stand beside {}", self.called(key)),
                );
            }
        }
        if let Some(key) = left.containers.intersection(&right.containers).next() {
            add(
                weight::CONTAINER,
                format!("both are said to lie in {}", self.called(*key)),
            );
        }
        let (none, some) = if is_person {
            (weight::NO_CONTEXT, weight::CONTEXT)
        } else {
            (weight::NO_CONTEXT_OF_THINGS, weight::CONTEXT_OF_THINGS)
        };
        match self.shared(left, right) {
            Shared::Key(key, telling) => add(
                some * telling,
                format!("their documents name {}", self.called(key)),
            ),
            Shared::Nothing(named) => add(
                none * named.min(weight::MOST_NAMED) as f64,
                "their documents name nothing in common".to_owned(),
            ),
            Shared::Unknown => {}
        }
        Evidence {
            score: 1.0 / (1.0 + (-odds).exp()),
            reasons,
        }
    }

    fn shared(&self, left: &Cluster, right: &Cluster) -> Shared {
        let ours: BTreeSet<Key> = left.context().copied().collect();
        let theirs: BTreeSet<Key> = right.context().copied().collect();
        if let Some((key, telling)) = self.most_telling(ours.intersection(&theirs)) {
            Shared::Key(key, telling)
        } else if ours.is_empty() || theirs.is_empty() {
            Shared::Unknown
        } else {
            Shared::Nothing(ours.len().min(theirs.len()))
        }
    }

    /// Of names that two have in common the one that tells most, and how much, from 0 to 1: what nearly all documents name tells
    /// nothing.
    fn most_telling<'k>(&self, keys: impl Iterator<Item = &'k Key>) -> Option<(Key, f64)> {
        keys.map(|key| (*key, self.nodes.telling(*key)))
            .reduce(|best, other| if other.1 > best.1 { other } else { best })
    }

    /// A key in words: as keys are made for comparing, the name of a node that has it.
    fn called(&self, key: Key) -> String {
        let name = self.nodes.name_of(key);
        format!("“{name}”")
    }
}

enum Shared {
    /// The name in common that tells most, and how much.
    Key(Key, f64),
    /// How many bodies and places the one names which names fewer.
    Nothing(usize),
    /// One of them has no surroundings.
    Unknown,
}
