//! What joining goes by: one node for each document's own entity, and what its document tells of it.
//!
//! It does not decide whether two nodes are one.

use crate::fold::{fold, key, stem};
use crate::{Grounds, Lexicon, Member, Reading};
use annotate::{EntityId, EntityKind};
use names::NameModel;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Kinds that may be one entity: texts disagree on what is an organization and what a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Person,
    Body,
    Place,
    Rest(EntityKind),
}

impl Class {
    pub fn of(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::Person,
            EntityKind::Organization | EntityKind::Group => Self::Body,
            EntityKind::Place => Self::Place,
            EntityKind::Facility | EntityKind::Weapon | EntityKind::Event | EntityKind::Other => {
                Self::Rest(kind)
            }
        }
    }
}

/// The number of a name's key in `Keys`.
pub(super) type Key = u32;

/// Keys of names by number: sets of them are many and large.
#[derive(Default)]
pub(super) struct Keys {
    texts: Vec<String>,
    numbers: HashMap<String, Key>,
}

impl Keys {
    pub fn text(&self, key: Key) -> &str {
        self.texts.get(key as usize).map_or("", String::as_str)
    }

    pub fn number(&mut self, text: String) -> Key {
        if let Some(key) = self.numbers.get(&text) {
            return *key;
        }
        let key = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.clone());
        self.numbers.insert(text, key);
        key
    }
}

/// One document's entity, prepared for joining.
pub(super) struct Node {
    pub reading: usize,
    pub local: usize,
    pub class: Class,
    /// The name as written.
    pub name: String,
    /// How often it is named.
    pub mentions: u32,
    pub key: Key,
    pub proper: bool,
    pub gazetteer: Option<String>,
    /// Keys of the places that it is said to lie in.
    pub containers: BTreeSet<Key>,
    /// Stems of what the document calls a person.
    pub roles: BTreeSet<String>,
    pub set_apart: bool,
    /// Keys of the bodies and places in whose sentences a person stands.
    pub near: BTreeSet<Key>,
}

/// Everything that joining reads.
pub(super) struct Nodes {
    pub all: Vec<Node>,
    pub keys: Keys,
    /// For each key the first node that has it.
    first: HashMap<Key, usize>,
    /// For each key of a body or place how many readings name it.
    naming: HashMap<Key, u32>,
    /// For each reading the bodies and places that it mentions: what tells whether two documents move in one world.
    pub contexts: Vec<BTreeSet<Key>>,
    /// For each place name the names that any document says it lies in.
    pub inside: BTreeMap<Key, BTreeSet<Key>>,
}

impl Nodes {
    /// A node's document and number there.
    pub fn member(&self, node: &Node, readings: &[&Reading]) -> Member {
        let local = u32::try_from(node.local).unwrap_or(u32::MAX);
        (readings[node.reading].document.id.clone(), EntityId(local))
    }

    /// How much it tells, from 0 to 1, that two documents name a body or place: the rarer the name the more, by the logarithm (as
    /// inverse document frequency has it); all of it in a few documents.
    pub fn telling(&self, key: Key) -> f64 {
        // So many documents more, so that a handful of documents on one thing are not held against it.
        const MORE: f64 = 10.0;
        let all = self.contexts.len() as f64 + MORE;
        let naming = f64::from(self.naming.get(&key).copied().unwrap_or(0));
        ((all / (naming + 1.0)).ln() / (all / 3.0).ln()).clamp(0.0, 1.0)
    }

    /// The name, as written, of the first node that has a key.
    pub fn name_of(&self, key: Key) -> &str {
        let node = self.first.get(&key).and_then(|node| self.all.get(*node));
        node.map_or("", |node| &node.name)
    }

    pub fn of(readings: &[&Reading], grounds: &Grounds) -> Self {
        let lexicon = grounds.lexicon;
        let mut keys = Keys::default();
        let mut all: Vec<Node> = readings
            .iter()
            .enumerate()
            .flat_map(|(reading, read)| nodes(reading, read, lexicon, &mut keys))
            .collect();
        let contexts = contexts(readings.len(), &all, &keys, lexicon);
        // Common nouns and agencies stand beside everybody.
        for node in &mut all {
            let context = &contexts[node.reading];
            node.near.retain(|key| context.contains(key));
        }
        correct_classes(&mut all, grounds.names);
        let inside = containers_of_places(&all);
        let mut first = HashMap::new();
        for (index, node) in all.iter().enumerate() {
            first.entry(node.key).or_insert(index);
        }
        let mut naming: HashMap<Key, u32> = HashMap::new();
        for key in contexts.iter().flatten() {
            *naming.entry(*key).or_default() += 1;
        }
        Self {
            all,
            keys,
            first,
            naming,
            contexts,
            inside,
        }
    }
}

fn nodes(reading: usize, read: &Reading, lexicon: &Lexicon, keys: &mut Keys) -> Vec<Node> {
    let entities = &read.annotations.entities;
    let text = &read.document.text;
    let called: Vec<Key> = entities
        .iter()
        .map(|entity| keys.number(key_of(&entity.name, Class::of(entity.kind), lexicon)))
        .collect();
    // Where each name stands, to find which stand together.
    let mut places: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for (local, entity) in entities.iter().enumerate() {
        for span in &entity.mentions {
            places.insert((span.start, span.end), local);
        }
    }
    let standing: Vec<((u32, u32), usize)> = places.into_iter().collect();
    let mut containers = vec![BTreeSet::new(); entities.len()];
    for (index, pair) in standing.windows(2).enumerate() {
        let [(left, one), (right, other)] = pair else {
            continue;
        };
        let (Some(inner), Some(outer)) = (entities.get(*one), entities.get(*other)) else {
            continue;
        };
        let is_place = |kind: EntityKind| Class::of(kind) == Class::Place;
        if !is_place(inner.kind) || !is_place(outer.kind) || one == other {
            continue;
        }
        let between = text.get(left.1 as usize..right.0 as usize);
        let after = text.get(right.1 as usize..).unwrap_or("");
        // "Korva, Veltan," says where Korva lies; "Korva, Lesk and Brod" is a list.
        let closed = after
            .chars()
            .next()
            .is_none_or(|mark| matches!(mark, ',' | '.' | ';' | ')' | '\n' | ':'))
            || between == Some(", in ");
        let listed = standing.get(index + 2).is_some_and(|((start, _), next)| {
            entities.get(*next).is_some_and(|next| is_place(next.kind))
                && start.saturating_sub(right.1) < 7
        });
        let joined = matches!(between, Some(", " | ", in " | " ("));
        if joined && closed && !listed {
            containers[*one].insert(called[*other]);
        }
    }
    let sentences = &read.annotations.segments.sentences;
    let sentence_of =
        |start: u32| sentences.partition_point(|sentence| sentence.span.start <= start);
    let mut in_sentence: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for ((start, _), local) in &standing {
        in_sentence
            .entry(sentence_of(*start))
            .or_default()
            .insert(*local);
    }
    let near = |entity: &annotate::Entity| -> BTreeSet<Key> {
        let mut near: BTreeSet<usize> = entity
            .mentions
            .iter()
            .filter_map(|span| in_sentence.get(&sentence_of(span.start)))
            .flatten()
            .copied()
            .collect();
        near.extend(entity.speaks_for.map(EntityId::index));
        near.iter()
            .filter_map(|index| entities.get(*index).zip(called.get(*index)))
            .filter(|(other, _)| matches!(Class::of(other.kind), Class::Body | Class::Place))
            .map(|(_, key)| *key)
            .collect()
    };
    let node = |(local, entity): (usize, &annotate::Entity)| {
        let class = Class::of(entity.kind);
        Node {
            reading,
            local,
            class,
            name: super::without_article(&entity.name).to_owned(),
            mentions: u32::try_from(entity.mentions.len())
                .unwrap_or(u32::MAX)
                .max(1),
            key: called[local],
            proper: entity.name.chars().any(char::is_uppercase),
            gazetteer: entity
                .place
                .as_ref()
                .filter(|place| place.is_entry())
                .map(|place| place.gazetteer_id.clone()),
            containers: std::mem::take(&mut containers[local]),
            roles: entity.roles.iter().flat_map(|role| stems(role)).collect(),
            set_apart: entity.roles.iter().any(|role| lexicon.is_apart(role)),
            near: if class == Class::Person {
                near(entity)
            } else {
                BTreeSet::new()
            },
        }
    };
    entities.iter().enumerate().map(node).collect()
}

/// The key of a name: of a person's without particles that one text writes and another leaves out.
pub(super) fn key_of(name: &str, class: Class, lexicon: &Lexicon) -> String {
    let folded = fold(name);
    if class != Class::Person {
        return key(&folded);
    }
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !lexicon.is_particle(word))
        .collect();
    key(&words.join(" "))
}

fn stems(role: &str) -> Vec<String> {
    fold(role)
        .split(' ')
        .filter(|word| word.len() > 3)
        .map(stem)
        .collect()
}

fn contexts(readings: usize, nodes: &[Node], keys: &Keys, lexicon: &Lexicon) -> Vec<BTreeSet<Key>> {
    let mut contexts = vec![BTreeSet::new(); readings];
    for node in nodes {
        let tells = match node.class {
            Class::Body => node.proper && !lexicon.is_agency(keys.text(node.key)),
            Class::Place => true,
            _ => false,
        };
        if tells {
            contexts[node.reading].insert(node.key);
        }
    }
    contexts
}

/// Documents that must have a name before what most of them take it for counts against the others.
const AGREEING: usize = 3;

/// Gives a name that one document takes for something else the class that most documents give it, unless that document says more
/// of it than the name. A single word that is nobody's name, as far as the dictionary knows, is a person's by guess alone: such a
/// document has no say.
fn correct_classes(nodes: &mut [Node], names: Option<&NameModel>) {
    let guessed = |node: &Node| {
        node.class == Class::Person
            && !node.name.contains(' ')
            && names.is_some_and(|names| !names.knows(&names::fold(&node.name)))
    };
    let mut classes: HashMap<Key, (usize, BTreeMap<Class, usize>)> = HashMap::new();
    for node in nodes.iter().filter(|node| node.proper) {
        let (all, of_key) = classes.entry(node.key).or_default();
        *all += 1;
        if !guessed(node) {
            *of_key.entry(node.class).or_default() += 1;
        }
    }
    for node in nodes.iter_mut().filter(|node| node.proper) {
        let of_key = classes.get(&node.key).filter(|(all, _)| *all >= AGREEING);
        let Some((_, of_key)) = of_key else {
            continue;
        };
        let said: usize = of_key.values().sum();
        let usual = of_key.iter().find(|(_, count)| **count * 3 >= said * 2);
        let says_more = node.gazetteer.is_some() || !node.roles.is_empty();
        if let Some((class, _)) = usual
            && (!says_more || guessed(node))
        {
            node.class = *class;
        }
    }
}

fn containers_of_places(nodes: &[Node]) -> BTreeMap<Key, BTreeSet<Key>> {
    let mut inside: BTreeMap<Key, BTreeSet<Key>> = BTreeMap::new();
    for node in nodes.iter().filter(|node| !node.containers.is_empty()) {
        inside
            .entry(node.key)
            .or_default()
            .extend(node.containers.iter().copied());
    }
    inside
}
