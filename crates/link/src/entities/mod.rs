//! Local entities of many documents joined into entities across documents.
//!
//! It does not know claims. It joins on evidence only: what is not told apart in one document may well stay apart here. Every
//! join has a score and reasons and can be taken back by a judgement.

mod clusters;
mod evidence;
mod made;
mod nodes;
mod same_name;
mod spellings;

use crate::{Entity, Grounds, Member, OpenPair, Reading};
use annotate::EntityId;
use clusters::{Clusters, rulings};
use nodes::{Nodes, key_of};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The entities across documents, and how to get to them from a document's own.
pub(crate) struct World {
    /// Sorted by id.
    pub entities: Vec<Entity>,
    /// Pairs that may be one, likeliest first.
    pub open: Vec<OpenPair>,
    /// For each reading and each of its entities the index in `entities`.
    pub of: Vec<Vec<usize>>,
    /// For each entity what its documents call it ("opposition leader"), as stems.
    pub roles: Vec<BTreeSet<String>>,
    /// For each entity whether its name is a name and not a common noun ("rebels").
    pub proper: Vec<bool>,
    /// For each entity its name with the article that its documents give it.
    pub called: Vec<String>,
    /// The sides of those that a person said are on one with another.
    pub sides: BTreeMap<usize, String>,
}

impl World {
    /// The entity for which a document's own entity stands.
    pub fn get(&self, reading: usize, local: Option<EntityId>) -> Option<usize> {
        self.of.get(reading)?.get(local?.index()).copied()
    }
}

/// Joins the entities of all readings. The readings come sorted by document id.
pub(crate) fn join(readings: &[&Reading], grounds: &Grounds) -> World {
    let mut nodes = Nodes::of(readings, grounds);
    let of_member: HashMap<Member, usize> = nodes
        .all
        .iter()
        .enumerate()
        .map(|(index, node)| (nodes.member(node, readings), index))
        .collect();
    let rulings = {
        let Nodes { all, keys, .. } = &mut nodes;
        rulings(
            grounds.identities,
            |member| of_member.get(member).copied(),
            |node, name| keys.number(key_of(name, all[node].class, grounds.lexicon)),
        )
    };
    let mut clusters = Clusters::new(&nodes, &rulings);
    clusters.join_things();
    clusters.join_people();
    if let Some(names) = grounds.names {
        clusters.join_spellings(names);
    }
    clusters.join_short_forms(readings);
    clusters.join_surnames(grounds.names);
    clusters.tidy();
    World::of(&clusters, readings)
}

fn without_article(name: &str) -> &str {
    name.strip_prefix("the ")
        .or_else(|| name.strip_prefix("The "))
        .filter(|rest| !rest.trim().is_empty())
        .unwrap_or(name)
}
