//! Clusters whose names are spelt differently: candidates by `NameIndex`, names compared by `NameModel`, the likeliest joined
//! first.
//!
//! Two clusters are joined only where the names that stand behind both fit each other, so that one bad spelling between two
//! names never makes two people one. Where a spelling fits two that are not one, it stays alone and both are noted.

use super::clusters::Clusters;
use super::evidence::{JOINED, Likeness, OPEN};
use super::nodes::Class;
use names::{NameIndex, NameKind, NameModel, fold};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Names that one name is compared with at most.
const CANDIDATES: usize = 24;
/// Names of a cluster that must fit the names of another.
const SPOKEN_FOR: usize = 6;
/// Below this two names are other names.
const OTHER_NAME: f64 = 0.2;
/// A rival within so much of the score makes a join unsure.
const MARGIN: f64 = 0.15;
/// Clusters of one name that are looked at: of a name that so many bear, the name says nothing.
const NAMESAKES: usize = 8;

/// Two clusters whose names are alike.
struct Edge {
    one: usize,
    other: usize,
    same: f64,
    score: f64,
    reasons: Vec<String>,
}

/// Names compared, each pair once.
struct Compared<'m> {
    model: &'m NameModel,
    kind: NameKind,
    known: HashMap<(String, String), f64>,
}

impl Compared<'_> {
    fn same(&mut self, left: &str, right: &str) -> f64 {
        if left == right {
            return 1.0;
        }
        let pair = if left < right {
            (left.to_owned(), right.to_owned())
        } else {
            (right.to_owned(), left.to_owned())
        };
        let (model, kind) = (self.model, self.kind);
        *self
            .known
            .entry(pair)
            .or_insert_with_key(|(left, right)| model.compare(left, right, kind).same)
    }
}

impl Clusters<'_> {
    /// Joins what is spelt differently.
    pub fn join_spellings(&mut self, model: &NameModel) {
        for (class, kind) in [
            (Class::Person, NameKind::Person),
            (Class::Body, NameKind::Organization),
            (Class::Place, NameKind::Place),
        ] {
            let mut compared = Compared {
                model,
                kind,
                known: HashMap::new(),
            };
            let edges = self.edges(class, &mut compared);
            self.join_along(edges, &mut compared);
        }
    }

    /// Pairs of clusters with names that are alike, the likeliest first.
    fn edges(&self, class: Class, compared: &mut Compared) -> Vec<Edge> {
        let mut bearing: BTreeMap<String, (&str, Vec<usize>)> = BTreeMap::new();
        for index in self.standing() {
            let cluster = &self.all[index];
            if self.class(index) != Some(class)
                || !self.is_proper(index)
                || !cluster.is_full(class, &self.nodes.keys)
            {
                continue;
            }
            for name in cluster.names.keys() {
                let folded = fold(name);
                if is_full_name(name, compared.kind) && !folded.is_empty() {
                    let entry = bearing
                        .entry(folded)
                        .or_insert_with(|| (name.as_str(), Vec::new()));
                    if entry.1.last() != Some(&index) {
                        entry.1.push(index);
                    }
                }
            }
        }
        let folded: Vec<&str> = bearing.keys().map(String::as_str).collect();
        let written: Vec<&(&str, Vec<usize>)> = bearing.values().collect();
        let index = NameIndex::build(compared.model, folded.iter().copied());
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (one, name) in folded.iter().enumerate() {
            for (other, _) in index.candidates(compared.model, name, CANDIDATES) {
                let other = other as usize;
                if one != other {
                    pairs.insert((one.min(other), one.max(other)));
                }
            }
        }
        let mut best: BTreeMap<(usize, usize), Edge> = BTreeMap::new();
        for (one, other) in pairs {
            let ((left, ours), (right, theirs)) = (written[one], written[other]);
            if ours.len() > NAMESAKES
                || theirs.len() > NAMESAKES
                || !compared
                    .model
                    .is_close(folded[one], folded[other], compared.kind)
            {
                continue;
            }
            let found = compared.model.compare(left, right, compared.kind);
            if found.same < OTHER_NAME {
                continue;
            }
            for (one, other) in ours
                .iter()
                .flat_map(|one| theirs.iter().map(move |other| (*one, *other)))
            {
                if one == other || self.conflict(one, other) {
                    continue;
                }
                let evidence = self.evidence(one, other, Likeness::Alike(found.same));
                let mut reasons = vec![format!(
                    "“{left}” and “{right}” are spelt alike ({:.2})",
                    found.same
                )];
                reasons.extend(evidence.reasons);
                let edge = Edge {
                    one: one.min(other),
                    other: one.max(other),
                    same: found.same,
                    score: evidence.score,
                    reasons,
                };
                let known = best.get(&(edge.one, edge.other));
                if edge.score >= OPEN && known.is_none_or(|known| known.score < edge.score) {
                    best.insert((edge.one, edge.other), edge);
                }
            }
        }
        let mut edges: Vec<Edge> = best.into_values().collect();
        edges.sort_by(|left, right| {
            let order = right.score.total_cmp(&left.score);
            order.then((left.one, left.other).cmp(&(right.one, right.other)))
        });
        edges
    }

    fn join_along(&mut self, edges: Vec<Edge>, compared: &mut Compared) {
        let mut touching: HashMap<usize, Vec<usize>> = HashMap::new();
        for (number, edge) in edges.iter().enumerate() {
            touching.entry(edge.one).or_default().push(number);
            touching.entry(edge.other).or_default().push(number);
        }
        for edge in &edges {
            let (one, other) = (self.now(edge.one), self.now(edge.other));
            if one == other {
                continue;
            }
            // What has been joined since tells more than the two alone did.
            let score = if (one, other) == (edge.one, edge.other) {
                edge.score
            } else {
                self.evidence(one, other, Likeness::Alike(edge.same)).score
            };
            let fits = !self.conflict(one, other) && self.fits(one, other, compared);
            if score >= JOINED
                && fits
                && !self.has_rival(edge.one, other, score, &edges, &touching, compared)
                && !self.has_rival(edge.other, one, score, &edges, &touching, compared)
            {
                self.join(one, other, score, edge.reasons.clone());
            } else if fits && score >= OPEN {
                self.leave_open(one, other, score.min(0.99), edge.reasons.clone());
            }
        }
    }

    /// Whether every frequent name of the one fits every frequent name of the other, and the most frequent ones match.
    fn fits(&self, one: usize, other: usize, compared: &mut Compared) -> bool {
        let ours = self.all[one].common_names(SPOKEN_FOR);
        let theirs = self.all[other].common_names(SPOKEN_FOR);
        let kind = compared.kind;
        let full = |name: &&str| is_full_name(name, kind);
        let (ours, theirs): (Vec<&str>, Vec<&str>) = (
            ours.into_iter().filter(full).collect(),
            theirs.into_iter().filter(full).collect(),
        );
        let first = ours.first().zip(theirs.first());
        first.is_some_and(|(one, other)| compared.same(one, other) >= names::MATCH)
            && ours.iter().all(|one| {
                theirs
                    .iter()
                    .all(|other| compared.same(one, other) >= OTHER_NAME)
            })
    }

    /// Whether a cluster is about as near to a third that is not one with `other`.
    fn has_rival(
        &self,
        cluster: usize,
        other: usize,
        score: f64,
        edges: &[Edge],
        touching: &HashMap<usize, Vec<usize>>,
        compared: &mut Compared,
    ) -> bool {
        let own = self.now(cluster);
        touching.get(&cluster).into_iter().flatten().any(|number| {
            let edge = &edges[*number];
            let third = if edge.one == cluster {
                edge.other
            } else {
                edge.one
            };
            let third = self.now(third);
            third != own
                && third != other
                && edge.score > score - MARGIN
                && (self.conflict(third, other) || !self.fits(third, other, compared))
        })
    }
}

/// Whether a name is more than a surname.
fn is_full_name(name: &str, kind: NameKind) -> bool {
    kind != NameKind::Person || name.contains(' ')
}
