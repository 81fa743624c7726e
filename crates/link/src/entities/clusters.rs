//! `Clusters`: nodes found to be one entity, what forbids that two are one, and what each join rests on.
//!
//! It does not look for what could be joined.

use super::nodes::{Class, Key, Keys, Node, Nodes};
use crate::Member;
use std::collections::{BTreeMap, BTreeSet};

/// Nodes found to be one entity. What it holds beside them is the sum of theirs.
#[derive(Default, Clone)]
pub(super) struct Cluster {
    pub nodes: Vec<usize>,
    pub keys: BTreeSet<Key>,
    /// Names as written, and how often they stand in the documents.
    pub names: BTreeMap<String, u32>,
    pub gazetteer: Option<String>,
    pub containers: BTreeSet<Key>,
    pub roles: BTreeSet<String>,
    pub set_apart: bool,
    pub near: BTreeSet<Key>,
    pub all: BTreeSet<Key>,
    readings: BTreeSet<usize>,
    /// Nodes that a person said are another entity's.
    barred: BTreeSet<usize>,
    /// Keys of names that a person said are not its own.
    refused: BTreeSet<Key>,
}

impl Cluster {
    /// Whether it has full names: of a person two words or more.
    pub fn is_full(&self, class: Class, keys: &Keys) -> bool {
        class != Class::Person || self.keys.iter().any(|key| keys.text(*key).contains(' '))
    }

    /// Its most frequent names, most frequent first.
    pub fn common_names(&self, most: usize) -> Vec<&str> {
        let mut names: Vec<(&str, u32)> = self
            .names
            .iter()
            .map(|(name, count)| (name.as_str(), *count))
            .collect();
        names.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        names.truncate(most);
        names.into_iter().map(|(name, _)| name).collect()
    }

    /// What is mentioned beside it: bodies and places but itself.
    pub fn context(&self) -> impl Iterator<Item = &Key> {
        self.all.iter().filter(|key| !self.keys.contains(*key))
    }
}

/// Two nodes, each for its cluster: that were made one, or that may be one, which nobody has decided.
pub(super) struct Pair {
    pub one: usize,
    pub other: usize,
    pub score: f64,
    pub reasons: Vec<String>,
}

/// What persons decided, by node.
#[derive(Default)]
pub(super) struct Rulings {
    pub same: Vec<(usize, usize, String)>,
    pub different: Vec<(usize, usize)>,
    pub refused: Vec<(usize, Key)>,
}

/// All clusters while they are being made. One that went into another has no nodes.
pub(super) struct Clusters<'a> {
    pub nodes: &'a Nodes,
    pub all: Vec<Cluster>,
    /// Those that were made one.
    pub joined: Vec<Pair>,
    /// Those that may be one.
    pub open: Vec<Pair>,
    /// For each cluster the one that it went into; itself while it stands.
    into: Vec<usize>,
}

impl<'a> Clusters<'a> {
    /// A cluster for each node; those that a person said are one are one.
    pub fn new(nodes: &'a Nodes, rulings: &Rulings) -> Self {
        let mut all: Vec<Cluster> = (0..nodes.all.len())
            .map(|index| alone(index, nodes))
            .collect();
        for (one, other) in &rulings.different {
            all[*one].barred.insert(*other);
            all[*other].barred.insert(*one);
        }
        for (node, key) in &rulings.refused {
            all[*node].refused.insert(*key);
        }
        let into = (0..all.len()).collect();
        let mut clusters = Self {
            nodes,
            all,
            joined: Vec::new(),
            open: Vec::new(),
            into,
        };
        for (one, other, judgement) in &rulings.same {
            let (left, right) = (clusters.now(*one), clusters.now(*other));
            if left != right && !clusters.is_forbidden(left, right) {
                let reasons = vec![format!("judgement {judgement}")];
                clusters.join(left, right, 1.0, reasons);
            }
        }
        clusters
    }

    pub fn node(&self, index: usize) -> &'a Node {
        &self.nodes.all[index]
    }

    /// The class of a cluster; all its nodes have it, unless a person joined them.
    pub fn class(&self, cluster: usize) -> Option<Class> {
        let first = self.all[cluster].nodes.first()?;
        Some(self.node(*first).class)
    }

    /// Whether a name of the cluster is a name and not a common noun.
    pub fn is_proper(&self, cluster: usize) -> bool {
        let nodes = &self.all[cluster].nodes;
        nodes.iter().any(|node| self.node(*node).proper)
    }

    /// The cluster that one has become.
    pub fn now(&self, mut cluster: usize) -> usize {
        while self.into[cluster] != cluster {
            cluster = self.into[cluster];
        }
        cluster
    }

    /// Clusters that stand, in order.
    pub fn standing(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.all.len()).filter(|index| !self.all[*index].nodes.is_empty())
    }

    /// Makes two standing clusters one and notes why.
    pub fn join(&mut self, one: usize, other: usize, score: f64, reasons: Vec<String>) {
        let first = |cluster: &Cluster| cluster.nodes.first().copied();
        let ends = first(&self.all[one]).zip(first(&self.all[other]));
        self.merge(one, other);
        if let Some((one, other)) = ends {
            self.joined.push(Pair {
                one,
                other,
                score,
                reasons,
            });
        }
    }

    /// Makes two standing clusters of one name one. The smaller goes into the larger.
    pub fn merge(&mut self, one: usize, other: usize) {
        if one == other {
            return;
        }
        let larger = self.all[one].nodes.len() >= self.all[other].nodes.len();
        let (to, from) = if larger { (one, other) } else { (other, one) };
        let moved = std::mem::take(&mut self.all[from]);
        self.into[from] = to;
        let cluster = &mut self.all[to];
        cluster.nodes.extend(moved.nodes);
        cluster.keys.extend(moved.keys);
        for (name, count) in moved.names {
            let sum = cluster.names.entry(name).or_default();
            *sum = sum.saturating_add(count);
        }
        cluster.gazetteer = cluster.gazetteer.take().or(moved.gazetteer);
        cluster.containers.extend(moved.containers);
        cluster.roles.extend(moved.roles);
        cluster.set_apart |= moved.set_apart;
        cluster.near.extend(moved.near);
        cluster.all.extend(moved.all);
        cluster.readings.extend(moved.readings);
        cluster.barred.extend(moved.barred);
        cluster.refused.extend(moved.refused);
    }

    /// Notes that two clusters may be one.
    pub fn leave_open(&mut self, one: usize, other: usize, score: f64, reasons: Vec<String>) {
        self.open.push(Pair {
            one,
            other,
            score,
            reasons,
        });
    }

    /// Puts the nodes of each cluster in order.
    pub fn tidy(&mut self) {
        for cluster in &mut self.all {
            cluster.nodes.sort_unstable();
        }
    }

    /// Whether a person said that two clusters are two.
    fn is_forbidden(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.all[one], &self.all[other]);
        let bars = |one: &Cluster, other: &Cluster| {
            (!one.barred.is_empty() && other.nodes.iter().any(|node| one.barred.contains(node)))
                || !one.refused.is_disjoint(&other.keys)
        };
        bars(one, other) || bars(other, one)
    }

    /// Whether two clusters must stay two: by a person's word, because one document names both, or because they lie in different
    /// places.
    pub fn conflict(&self, one: usize, other: usize) -> bool {
        let (left, right) = (&self.all[one], &self.all[other]);
        !left.readings.is_disjoint(&right.readings)
            || matches!((&left.gazetteer, &right.gazetteer), (Some(one), Some(other)) if one != other)
            || apart(&left.containers, &right.containers, &self.nodes.inside)
            || self.is_forbidden(one, other)
    }
}

fn alone(index: usize, nodes: &Nodes) -> Cluster {
    let node = &nodes.all[index];
    let context = &nodes.contexts[node.reading];
    let mut cluster = Cluster {
        nodes: vec![index],
        keys: BTreeSet::from([node.key]),
        names: BTreeMap::from([(node.name.clone(), node.mentions)]),
        gazetteer: node.gazetteer.clone(),
        containers: node.containers.clone(),
        readings: BTreeSet::from([node.reading]),
        ..Cluster::default()
    };
    if node.class == Class::Person {
        cluster.roles.clone_from(&node.roles);
        cluster.set_apart = node.set_apart;
        cluster.near.clone_from(&node.near);
    }
    if node.proper {
        cluster.all.clone_from(context);
    }
    cluster
}

/// Whether two sets of containers name different surroundings: nothing shared, and neither lies in the other.
fn apart(
    left: &BTreeSet<Key>,
    right: &BTreeSet<Key>,
    inside: &BTreeMap<Key, BTreeSet<Key>>,
) -> bool {
    let lies_in = |inner: &BTreeSet<Key>, outer: &BTreeSet<Key>| {
        inner.iter().any(|name| {
            inside
                .get(name)
                .is_some_and(|around| !around.is_disjoint(outer))
        })
    };
    !left.is_empty()
        && !right.is_empty()
        && left.is_disjoint(right)
        && !lies_in(left, right)
        && !lies_in(right, left)
}

/// The nodes of what persons decided; a member that no reading has is passed over.
pub(super) fn rulings(
    identities: &[crate::Identity],
    of_member: impl Fn(&Member) -> Option<usize>,
    mut key: impl FnMut(usize, &str) -> Key,
) -> Rulings {
    let mut rulings = Rulings::default();
    for identity in identities {
        match identity {
            crate::Identity::Same {
                one,
                other,
                judgement,
            } => {
                if let Some((one, other)) = of_member(one).zip(of_member(other)) {
                    rulings.same.push((one, other, judgement.clone()));
                }
            }
            crate::Identity::Different { one, other } => {
                if let Some((one, other)) = of_member(one).zip(of_member(other))
                    && one != other
                {
                    rulings.different.push((one, other));
                }
            }
            crate::Identity::Without { member, name } => {
                if let Some(node) = of_member(member) {
                    rulings.refused.push((node, key(node, name)));
                }
            }
        }
    }
    rulings
}
