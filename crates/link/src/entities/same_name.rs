//! Clusters of one name: places and bodies unless something tells them apart, people where something else fits too, short
//! forms and bare surnames where only one entity fits.
//!
//! It does not know spellings beyond what folding makes one.

use super::clusters::Clusters;
use super::evidence::{JOINED, Likeness, OPEN};
use super::nodes::{Class, Key};
use crate::Reading;
use crate::fold::{fold, key};
use names::NameModel;
use std::collections::{BTreeMap, BTreeSet};

impl Clusters<'_> {
    /// Everything but people: same kind, same key (or same entry of the gazetteer), nothing against it.
    pub fn join_things(&mut self) {
        let mut by_key: BTreeMap<(Class, Key), Vec<usize>> = BTreeMap::new();
        let mut by_gazetteer: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        // What is known best comes first, so that a bare name is read in the light of the others.
        let mut order: Vec<(usize, Class)> = self
            .standing()
            .filter_map(|cluster| Some((cluster, self.class(cluster)?)))
            .filter(|(_, class)| *class != Class::Person)
            .collect();
        order.sort_by_key(|(index, _)| {
            let cluster = &self.all[*index];
            (
                cluster.gazetteer.is_none(),
                cluster.containers.is_empty(),
                *index,
            )
        });
        for (index, class) in order {
            let keys: Vec<Key> = self.all[index].keys.iter().copied().collect();
            let gazetteer = self.all[index].gazetteer.clone();
            let named = self.is_proper(index)
                && keys
                    .iter()
                    .any(|key| !self.nodes.keys.text(*key).is_empty());
            let mut found: Vec<usize> = Vec::new();
            if named {
                let of_gazetteer = gazetteer.as_ref().and_then(|id| by_gazetteer.get(id));
                found.extend(of_gazetteer.into_iter().flatten().copied());
                if found.is_empty() {
                    let of_keys = keys.iter().filter_map(|key| by_key.get(&(class, *key)));
                    found.extend(of_keys.flatten().copied());
                }
            }
            for cluster in &mut found {
                *cluster = self.now(*cluster);
            }
            found.sort_unstable();
            found.dedup();
            found.retain(|cluster| *cluster != index && !self.conflict(*cluster, index));
            if found.len() > 1 {
                // A bare name that fits several namesakes is none of those that are told apart.
                let own = &self.all[index];
                found.retain(|cluster| {
                    let cluster = &self.all[*cluster];
                    if own.containers.is_empty() {
                        cluster.gazetteer.is_none() && cluster.containers.is_empty()
                    } else {
                        !cluster.containers.is_disjoint(&own.containers)
                    }
                });
            }
            if let Some(cluster) = found.first() {
                let other = !self.all[*cluster].keys.is_superset(&self.all[index].keys);
                match (&gazetteer, other) {
                    (Some(id), true) => {
                        let reasons = vec![format!("one entry of the gazetteer: {id}")];
                        self.join(*cluster, index, 1.0, reasons);
                    }
                    _ => self.merge(*cluster, index),
                }
            }
            for key in keys {
                by_key.entry((class, key)).or_default().push(index);
            }
            if let Some(id) = gazetteer {
                by_gazetteer.entry(id).or_default().push(index);
            }
        }
    }

    /// Initials of a body, and the leading words of a place's longer name, where one document shows both and only one entity
    /// fits.
    pub fn join_short_forms(&mut self, readings: &[&Reading]) {
        let mut short: BTreeMap<(Class, String), BTreeSet<usize>> = BTreeMap::new();
        let mut named: BTreeMap<(Class, String), BTreeSet<usize>> = BTreeMap::new();
        for index in self.standing() {
            for node in &self.all[index].nodes {
                let node = self.node(*node);
                if !node.proper || !matches!(node.class, Class::Body | Class::Place) {
                    continue;
                }
                let own = self.nodes.keys.text(node.key);
                let entry = named.entry((node.class, own.to_owned()));
                entry.or_default().insert(index);
                let Some(entity) = readings[node.reading].annotations.entities.get(node.local)
                else {
                    continue;
                };
                for form in &entity.forms {
                    let form_key = key(&fold(&form.text));
                    let fits = match node.class {
                        Class::Body => is_initials(&form.text, &entity.name),
                        _ => own.starts_with(&format!("{form_key} ")),
                    };
                    if fits && form_key != own {
                        short
                            .entry((node.class, form_key))
                            .or_default()
                            .insert(index);
                    }
                }
            }
        }
        for (form, long) in short {
            let Some(bare) = named.get(&form) else {
                continue;
            };
            let now = |all: &BTreeSet<usize>| -> BTreeSet<usize> {
                all.iter().map(|cluster| self.now(*cluster)).collect()
            };
            let (long, bare) = (now(&long), now(bare));
            if let ([into], [from]) = (
                &*long.into_iter().collect::<Vec<_>>(),
                &*bare.into_iter().collect::<Vec<_>>(),
            ) && into != from
                && !self.conflict(*into, *from)
            {
                let reasons = vec!["a document has the short form beside the long one".to_owned()];
                self.join(*into, *from, 0.95, reasons);
            }
        }
    }

    /// People of one full name, initials included, where what is told of them fits.
    pub fn join_people(&mut self) {
        // Full names first, then names with initials, so that an initial sees every man it could stand for.
        let mut order: Vec<usize> = self.people().filter(|index| self.is_full(*index)).collect();
        let is_initialled = |this: &Self, index: usize| {
            let keys = &this.all[index].keys;
            keys.iter()
                .any(|key| has_initial(this.nodes.keys.text(*key)))
        };
        order.sort_by_key(|index| (is_initialled(self, *index), *index));
        let mut by_last: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for index in order {
            let keys: Vec<String> = self.all[index]
                .keys
                .iter()
                .map(|key| self.nodes.keys.text(*key).to_owned())
                .collect();
            let lasts: BTreeSet<String> = keys.iter().map(|key| last(key).to_owned()).collect();
            let found: BTreeSet<usize> = lasts
                .iter()
                .filter_map(|last| by_last.get(last))
                .flatten()
                .map(|cluster| self.now(*cluster))
                .filter(|cluster| *cluster != index)
                .filter(|cluster| {
                    let others = &self.all[*cluster].keys;
                    others.iter().all(|other| {
                        let other = self.nodes.keys.text(*other);
                        keys.iter().all(|key| is_same_full_name(key, other))
                    })
                })
                .collect();
            let distinct: BTreeSet<Option<&Key>> = found
                .iter()
                .map(|cluster| self.all[*cluster].keys.first())
                .collect();
            let ambiguous = is_initialled(self, index) && distinct.len() > 1;
            if !ambiguous {
                self.join_best(index, &found, Likeness::Equal);
            }
            for last in lasts {
                by_last.entry(last).or_default().push(index);
            }
        }
    }

    /// Bare surnames: of somebody known elsewhere, if nobody else there has it; else of each other. A word that is nobody's name,
    /// as far as the dictionary knows, says as much as a full name.
    pub fn join_surnames(&mut self, names: Option<&NameModel>) {
        let mut full_by_last: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let (full, bare): (Vec<usize>, Vec<usize>) =
            self.people().partition(|index| self.is_full(*index));
        for index in full {
            for key in &self.all[index].keys {
                let last = last(self.nodes.keys.text(*key)).to_owned();
                full_by_last.entry(last).or_default().push(index);
            }
        }
        let mut alone: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for index in bare {
            let Some(name) = self.all[index].keys.first().copied() else {
                continue;
            };
            let text = self.nodes.keys.text(name);
            if text.is_empty() {
                continue;
            }
            let now = |all: Option<&Vec<usize>>| -> BTreeSet<usize> {
                let all = all.into_iter().flatten();
                all.map(|cluster| self.now(*cluster)).collect()
            };
            let (known, before) = (now(full_by_last.get(text)), now(alone.get(&name)));
            let is_common =
                |written: &String| names.is_none_or(|names| names.knows(&names::fold(written)));
            if known.len() == 1 {
                self.join_best(index, &known, Likeness::Surname);
            } else if known.is_empty() {
                let likeness = if self.all[index].names.keys().any(is_common) {
                    Likeness::Surname
                } else {
                    Likeness::Equal
                };
                self.join_best(index, &before, likeness);
            }
            alone.entry(name).or_default().push(index);
        }
    }

    /// Joins a cluster with the likeliest of others, if that is likely enough; says where it is only possible.
    fn join_best(&mut self, index: usize, found: &BTreeSet<usize>, likeness: Likeness) {
        let mut best: Option<(f64, usize, Vec<String>)> = None;
        for cluster in found {
            if *cluster == index || self.conflict(*cluster, index) {
                continue;
            }
            let evidence = self.evidence(*cluster, index, likeness);
            if best
                .as_ref()
                .is_none_or(|(score, ..)| evidence.score > *score)
            {
                best = Some((evidence.score, *cluster, evidence.reasons));
            }
        }
        let Some((score, cluster, mut reasons)) = best else {
            return;
        };
        let name = match likeness {
            Likeness::Surname => "the same surname, and nobody else has it",
            _ => "the same name",
        };
        reasons.insert(0, name.to_owned());
        if score >= JOINED {
            self.join(cluster, index, score, reasons);
        } else if score >= OPEN {
            self.leave_open(cluster, index, score, reasons);
        }
    }

    fn people(&self) -> impl Iterator<Item = usize> + '_ {
        self.standing()
            .filter(|index| self.class(*index) == Some(Class::Person))
    }

    fn is_full(&self, index: usize) -> bool {
        self.all[index].is_full(Class::Person, &self.nodes.keys)
    }
}

/// Whether a form in capitals holds the initials of a name ("NRF", "National Resistance Front").
fn is_initials(form: &str, name: &str) -> bool {
    let letters: String = form.chars().filter(|mark| mark.is_alphanumeric()).collect();
    let initials: String = name
        .split(|mark: char| !mark.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .filter(|first| first.is_uppercase())
        .collect();
    letters.chars().count() >= 2 && letters == initials
}

fn last(key: &str) -> &str {
    key.rsplit(' ').next().unwrap_or(key)
}

fn has_initial(key: &str) -> bool {
    key.split(' ').any(|word| word.len() == 1)
}

/// Whether two full names match word by word; an initial stands for any name that begins so. A name of one word came in
/// through a bare surname and does not speak for the others.
fn is_same_full_name(left: &str, right: &str) -> bool {
    if !left.contains(' ') || !right.contains(' ') {
        return last(left) == last(right);
    }
    left.split(' ').count() == right.split(' ').count()
        && left.split(' ').zip(right.split(' ')).all(|(one, other)| {
            one == other
                || (one.len().min(other.len()) == 1 && one.chars().next() == other.chars().next())
        })
}
