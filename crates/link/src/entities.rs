//! Local entities of many documents joined into entities across documents.
//!
//! It does not know claims. It joins on evidence only: what is not told apart in one document may well stay apart here.

use crate::fold::{fold, key, same_word, skeleton, stem};
use crate::{Entity, Lexicon, Reading};
use annotate::{EntityId, EntityKind, Form, Place};
use std::collections::{BTreeMap, BTreeSet};

/// The entities across documents, and how to get to them from a document's own.
pub(crate) struct World {
    /// Sorted by id.
    pub entities: Vec<Entity>,
    /// For each reading and each of its entities the index in `entities`.
    pub of: Vec<Vec<usize>>,
    /// For each entity what its documents call it ("opposition leader"), as stems.
    pub roles: Vec<BTreeSet<String>>,
    /// For each entity whether its name is a name and not a common noun ("rebels").
    pub proper: Vec<bool>,
    /// For each entity its name with the article that its documents give it.
    pub called: Vec<String>,
}

impl World {
    /// The entity for which a document's own entity stands.
    pub fn get(&self, reading: usize, local: Option<EntityId>) -> Option<usize> {
        self.of.get(reading)?.get(local?.index()).copied()
    }
}

/// Kinds that may be one entity: texts disagree on what is an organization and what a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Person,
    Body,
    Place,
    Rest(EntityKind),
}

impl Class {
    fn of(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Class::Person,
            EntityKind::Organization | EntityKind::Group => Class::Body,
            EntityKind::Place => Class::Place,
            EntityKind::Facility | EntityKind::Weapon | EntityKind::Event | EntityKind::Other => {
                Class::Rest(kind)
            }
        }
    }
}

/// One document's entity, prepared for joining.
struct Node {
    reading: usize,
    local: usize,
    class: Class,
    key: String,
    proper: bool,
    gazetteer: Option<String>,
    containers: BTreeSet<String>,
    roles: BTreeSet<String>,
    set_apart: bool,
    near: BTreeSet<String>,
}

/// What one document mentions, for telling whether two documents move in one world.
#[derive(Default)]
struct Context {
    all: BTreeSet<String>,
    bodies: BTreeSet<String>,
}

/// Nodes found to be one entity.
#[derive(Default)]
struct Cluster {
    nodes: Vec<usize>,
    readings: BTreeSet<usize>,
    keys: BTreeSet<String>,
    gazetteer: Option<String>,
    containers: BTreeSet<String>,
    roles: BTreeSet<String>,
    set_apart: bool,
    near: BTreeSet<String>,
    all: BTreeSet<String>,
    bodies: BTreeSet<String>,
}

impl Cluster {
    fn add(&mut self, index: usize, nodes: &[Node], contexts: &[Context]) {
        let node = &nodes[index];
        self.nodes.push(index);
        self.readings.insert(node.reading);
        self.keys.insert(node.key.clone());
        if self.gazetteer.is_none() {
            self.gazetteer.clone_from(&node.gazetteer);
        }
        self.containers.extend(node.containers.iter().cloned());
        if node.class == Class::Person {
            self.roles.extend(node.roles.iter().cloned());
            self.set_apart |= node.set_apart;
            self.near.extend(node.near.iter().cloned());
            self.all.extend(contexts[node.reading].all.iter().cloned());
            self.bodies
                .extend(contexts[node.reading].bodies.iter().cloned());
        }
    }
}

/// Joins the entities of all readings. The readings come sorted by document id.
pub(crate) fn join(readings: &[&Reading], lexicon: &Lexicon) -> World {
    let nodes = nodes(readings, lexicon);
    let contexts = contexts(readings.len(), &nodes, lexicon);
    let inside = containers_of_places(&nodes);
    let mut clusters = join_by_key(&nodes, &contexts, &inside);
    join_spellings(&mut clusters, &nodes, &contexts, &inside);
    join_short_forms(&mut clusters, &nodes, &contexts, &inside, readings);
    clusters.extend(join_people(&nodes, &contexts));
    clusters.retain(|cluster| !cluster.nodes.is_empty());
    for cluster in &mut clusters {
        cluster.nodes.sort_unstable();
    }
    clusters.sort_by(|one, other| one.nodes.cmp(&other.nodes));
    world(readings, &nodes, &clusters)
}

fn nodes(readings: &[&Reading], lexicon: &Lexicon) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (reading, read) in readings.iter().enumerate() {
        let entities = &read.annotations.entities;
        let text = &read.document.text;
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
                containers[*one].insert(key(&fold(&outer.name)));
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
        for (local, entity) in entities.iter().enumerate() {
            let class = Class::of(entity.kind);
            let folded = fold(&entity.name);
            let bare: Vec<&str> = folded
                .split(' ')
                .filter(|word| class != Class::Person || !lexicon.is_particle(word))
                .collect();
            let near = if class == Class::Person {
                let mut near: BTreeSet<usize> = entity
                    .mentions
                    .iter()
                    .filter_map(|span| in_sentence.get(&sentence_of(span.start)))
                    .flatten()
                    .copied()
                    .collect();
                near.extend(entity.speaks_for.map(EntityId::index));
                near.iter()
                    .filter_map(|index| entities.get(*index))
                    .filter(|other| matches!(Class::of(other.kind), Class::Body | Class::Place))
                    .map(|other| key(&fold(&other.name)))
                    .filter(|key| !key.is_empty())
                    .collect()
            } else {
                BTreeSet::new()
            };
            nodes.push(Node {
                reading,
                local,
                class,
                key: key(&bare.join(" ")),
                proper: entity.name.chars().any(char::is_uppercase),
                gazetteer: entity
                    .place
                    .as_ref()
                    .map(|place| place.gazetteer_id.clone()),
                containers: std::mem::take(&mut containers[local]),
                roles: entity
                    .roles
                    .iter()
                    .flat_map(|role| {
                        fold(role)
                            .split(' ')
                            .filter(|word| word.len() > 3)
                            .map(stem)
                            .collect::<Vec<_>>()
                    })
                    .collect(),
                set_apart: entity.roles.iter().any(|role| lexicon.is_apart(role)),
                near,
            });
        }
    }
    nodes
}

fn contexts(readings: usize, nodes: &[Node], lexicon: &Lexicon) -> Vec<Context> {
    let mut contexts: Vec<Context> = std::iter::repeat_with(Context::default)
        .take(readings)
        .collect();
    for node in nodes {
        let context = &mut contexts[node.reading];
        match node.class {
            Class::Body if node.proper && !lexicon.is_agency(&node.key) => {
                context.all.insert(node.key.clone());
                context.bodies.insert(node.key.clone());
            }
            Class::Place => {
                context.all.insert(node.key.clone());
            }
            _ => {}
        }
    }
    contexts
}

/// For each place name the names that any document says it lies in.
fn containers_of_places(nodes: &[Node]) -> BTreeMap<String, BTreeSet<String>> {
    let mut inside: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for node in nodes.iter().filter(|node| !node.containers.is_empty()) {
        inside
            .entry(node.key.clone())
            .or_default()
            .extend(node.containers.iter().cloned());
    }
    inside
}

/// Whether two sets of containers name different surroundings: nothing shared, and neither lies in the other.
fn apart(
    left: &BTreeSet<String>,
    right: &BTreeSet<String>,
    inside: &BTreeMap<String, BTreeSet<String>>,
) -> bool {
    let lies_in = |inner: &BTreeSet<String>, outer: &BTreeSet<String>| {
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

/// Whether two clusters of places or bodies must stay two.
fn conflict(left: &Cluster, right: &Cluster, inside: &BTreeMap<String, BTreeSet<String>>) -> bool {
    !left.readings.is_disjoint(&right.readings)
        || matches!((&left.gazetteer, &right.gazetteer), (Some(one), Some(other)) if one != other)
        || apart(&left.containers, &right.containers, inside)
}

/// Everything but people: same kind, same key (or same entry of the gazetteer), nothing against it.
fn join_by_key(
    nodes: &[Node],
    contexts: &[Context],
    inside: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut by_key: BTreeMap<(Class, &str), Vec<usize>> = BTreeMap::new();
    let mut by_gazetteer: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    // What is known best comes first, so that a bare name is read in the light of the others.
    let mut order: Vec<usize> = (0..nodes.len())
        .filter(|index| nodes[*index].class != Class::Person)
        .collect();
    order.sort_by_key(|index| {
        let node = &nodes[*index];
        (node.gazetteer.is_none(), node.containers.is_empty(), *index)
    });
    for index in order {
        let node = &nodes[index];
        let mut alone = Cluster::default();
        alone.add(index, nodes, contexts);
        let mut found: Vec<usize> = Vec::new();
        if node.proper && !node.key.is_empty() {
            if let Some(id) = &node.gazetteer {
                found.extend(by_gazetteer.get(id.as_str()).into_iter().flatten());
            }
            if found.is_empty() {
                found.extend(
                    by_key
                        .get(&(node.class, node.key.as_str()))
                        .into_iter()
                        .flatten(),
                );
            }
        }
        found.retain(|cluster| !conflict(&clusters[*cluster], &alone, inside));
        if found.len() > 1 {
            // A bare name that fits several namesakes is none of those that are told apart.
            let bare: Vec<usize> = found
                .iter()
                .copied()
                .filter(|cluster| {
                    let cluster = &clusters[*cluster];
                    if node.containers.is_empty() {
                        cluster.gazetteer.is_none() && cluster.containers.is_empty()
                    } else {
                        !cluster.containers.is_disjoint(&node.containers)
                    }
                })
                .collect();
            found = bare;
        }
        let cluster = match found.first() {
            Some(cluster) => {
                clusters[*cluster].add(index, nodes, contexts);
                *cluster
            }
            None => {
                clusters.push(alone);
                clusters.len() - 1
            }
        };
        let keyed = by_key.entry((node.class, &node.key)).or_default();
        if !keyed.contains(&cluster) {
            keyed.push(cluster);
        }
        if let Some(id) = &node.gazetteer {
            let known = by_gazetteer.entry(id).or_default();
            if !known.contains(&cluster) {
                known.push(cluster);
            }
        }
    }
    clusters
}

/// Moves one cluster's nodes into another.
fn merge(clusters: &mut [Cluster], into: usize, from: usize, nodes: &[Node], contexts: &[Context]) {
    let moved = std::mem::take(&mut clusters[from]);
    for node in moved.nodes {
        clusters[into].add(node, nodes, contexts);
    }
}

/// Single-word place names one soft letter apart (Panjshir, Punjshir).
fn join_spellings(
    clusters: &mut [Cluster],
    nodes: &[Node],
    contexts: &[Context],
    inside: &BTreeMap<String, BTreeSet<String>>,
) {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, cluster) in clusters.iter().enumerate() {
        let place = cluster
            .nodes
            .first()
            .is_some_and(|node| nodes[*node].class == Class::Place && nodes[*node].proper);
        if place {
            let skeletons: BTreeSet<String> = cluster
                .keys
                .iter()
                .filter(|key| !key.contains(' '))
                .map(|key| skeleton(key))
                .collect();
            for skeleton in skeletons {
                alike.entry(skeleton).or_default().push(index);
            }
        }
    }
    for group in alike.into_values() {
        for (position, one) in group.iter().enumerate() {
            for other in &group[position + 1..] {
                let spelt_alike = clusters[*one].keys.iter().any(|left| {
                    clusters[*other]
                        .keys
                        .iter()
                        .any(|right| left != right && same_word(left, right))
                });
                if one != other
                    && spelt_alike
                    && !conflict(&clusters[*one], &clusters[*other], inside)
                {
                    merge(clusters, *one, *other, nodes, contexts);
                }
            }
        }
    }
}

/// Initials of a body, and the leading words of a place's longer name, where one document shows both and only one
/// entity fits.
fn join_short_forms(
    clusters: &mut [Cluster],
    nodes: &[Node],
    contexts: &[Context],
    inside: &BTreeMap<String, BTreeSet<String>>,
    readings: &[&Reading],
) {
    let mut short: BTreeMap<(Class, String), BTreeSet<usize>> = BTreeMap::new();
    let mut named: BTreeMap<(Class, String), BTreeSet<usize>> = BTreeMap::new();
    for (index, cluster) in clusters.iter().enumerate() {
        for node in &cluster.nodes {
            let node = &nodes[*node];
            if !node.proper || !matches!(node.class, Class::Body | Class::Place) {
                continue;
            }
            named
                .entry((node.class, node.key.clone()))
                .or_default()
                .insert(index);
            let Some(entity) = readings[node.reading].annotations.entities.get(node.local) else {
                continue;
            };
            for form in &entity.forms {
                let form_key = key(&fold(&form.text));
                let fits = match node.class {
                    Class::Body => is_initials(&form.text, &entity.name),
                    _ => node.key.starts_with(&format!("{form_key} ")),
                };
                if fits && form_key != node.key {
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
        let (Some(into), Some(from)) = (long.first(), bare.first()) else {
            continue;
        };
        if long.len() == 1
            && bare.len() == 1
            && into != from
            && !clusters[*into].nodes.is_empty()
            && !clusters[*from].nodes.is_empty()
            && !conflict(&clusters[*into], &clusters[*from], inside)
        {
            merge(clusters, *into, *from, nodes, contexts);
        }
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

/// People: two names in order or more that match, and no sign that they are two.
fn join_people(nodes: &[Node], contexts: &[Context]) -> Vec<Cluster> {
    let words = |index: usize| -> Vec<&str> {
        nodes[index]
            .key
            .split(' ')
            .filter(|word| !word.is_empty())
            .collect()
    };
    let people: Vec<usize> = (0..nodes.len())
        .filter(|index| nodes[*index].class == Class::Person)
        .collect();
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut buckets: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
    let mut full_by_last: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let is_initialled = |name: &[&str]| name.iter().any(|word| word.len() == 1);
    // Full names first, then names with initials, so that an initial sees every man it could stand for.
    let mut order: Vec<usize> = people
        .iter()
        .copied()
        .filter(|index| words(*index).len() > 1)
        .collect();
    order.sort_by_key(|index| (is_initialled(&words(*index)), *index));
    for index in order {
        let name = words(index);
        let last = name.last().copied().unwrap_or_default();
        let first = name.first().copied().unwrap_or_default();
        let bucket_names = [
            (name.len(), format!("last {last}")),
            (name.len(), format!("first {first} {}", skeleton(last))),
        ];
        let found: BTreeSet<usize> = bucket_names
            .iter()
            .filter_map(|bucket| buckets.get(bucket))
            .flatten()
            .copied()
            .filter(|cluster| {
                clusters[*cluster]
                    .keys
                    .iter()
                    .all(|key| same_person_name(&key.split(' ').collect::<Vec<_>>(), &name))
            })
            .collect();
        let distinct_names: BTreeSet<&str> = found
            .iter()
            .filter_map(|cluster| clusters[*cluster].keys.first())
            .map(String::as_str)
            .collect();
        let ambiguous = is_initialled(&name) && distinct_names.len() > 1;
        let best = found
            .iter()
            .copied()
            .filter(|cluster| {
                !ambiguous && same_person(&clusters[*cluster], &nodes[index], contexts)
            })
            .max_by_key(|cluster| {
                let shared = clusters[*cluster]
                    .near
                    .intersection(&nodes[index].near)
                    .count();
                (shared, std::cmp::Reverse(*cluster))
            });
        let cluster = best.unwrap_or_else(|| {
            clusters.push(Cluster::default());
            clusters.len() - 1
        });
        clusters[cluster].add(index, nodes, contexts);
        for bucket in bucket_names {
            let bucket = buckets.entry(bucket).or_default();
            if !bucket.contains(&cluster) {
                bucket.push(cluster);
            }
        }
        full_by_last
            .entry(last.to_owned())
            .or_default()
            .insert(cluster);
    }
    for index in people {
        let name = words(index);
        if name.len() > 1 {
            continue;
        }
        let node = &nodes[index];
        // A bare surname is somebody known elsewhere only if nobody else there has it.
        let known = name
            .first()
            .and_then(|word| full_by_last.get(*word))
            .filter(|clusters| clusters.len() == 1)
            .and_then(BTreeSet::first)
            .copied()
            .filter(|cluster| {
                let cluster = &clusters[*cluster];
                !cluster.readings.contains(&node.reading)
                    && cluster.set_apart == node.set_apart
                    && (!cluster.roles.is_disjoint(&node.roles)
                        || !cluster.bodies.is_disjoint(&contexts[node.reading].bodies))
            });
        let cluster = known.unwrap_or_else(|| {
            clusters.push(Cluster::default());
            clusters.len() - 1
        });
        clusters[cluster].add(index, nodes, contexts);
    }
    clusters
}

/// Whether two personal names match word by word; an initial stands for any name that begins so.
fn same_person_name(left: &[&str], right: &[&str]) -> bool {
    // A name of one word came in through a bare surname and does not speak for the others.
    if left.len() == 1 || right.len() == 1 {
        return left.last() == right.last();
    }
    left.len() == right.len()
        && left.iter().zip(right).all(|(one, other)| {
            same_word(one, other)
                || (one.len().min(other.len()) == 1 && one.chars().next() == other.chars().next())
        })
}

/// Whether a person of a fitting name is the one of the cluster.
fn same_person(cluster: &Cluster, node: &Node, contexts: &[Context]) -> bool {
    if cluster.readings.contains(&node.reading) {
        return false;
    }
    let context = &contexts[node.reading].all;
    let near = !cluster.near.is_disjoint(&node.near);
    let around = cluster.all.is_empty() || context.is_empty() || !cluster.all.is_disjoint(context);
    if cluster.roles.is_empty() || node.roles.is_empty() {
        return around;
    }
    // One name and one role are one person; one name and two roles only where they stand beside the same names.
    !cluster.roles.is_disjoint(&node.roles) || (near && cluster.set_apart == node.set_apart)
}

fn world(readings: &[&Reading], nodes: &[Node], clusters: &[Cluster]) -> World {
    let mut made: Vec<(Entity, &Cluster)> = clusters
        .iter()
        .map(|cluster| (entity(readings, nodes, cluster), cluster))
        .collect();
    // Namesakes: the one with most members keeps the plain id, the others add their first member to it.
    made.sort_by(|(one, left), (other, right)| {
        (&one.id, std::cmp::Reverse(left.nodes.len()), &left.nodes).cmp(&(
            &other.id,
            std::cmp::Reverse(right.nodes.len()),
            &right.nodes,
        ))
    });
    let mut before = String::new();
    for (entity, _) in &mut made {
        let plain = entity.id.clone();
        if plain == before
            && let Some((document, local)) = entity.members.first()
        {
            entity.id = crate::id("en_", &[&plain, document, &local.to_string()]);
        }
        before = plain;
    }
    made.sort_by(|(one, _), (other, _)| one.id.cmp(&other.id));
    let mut of: Vec<Vec<usize>> = readings
        .iter()
        .map(|reading| vec![usize::MAX; reading.annotations.entities.len()])
        .collect();
    let mut world = World {
        entities: Vec::with_capacity(made.len()),
        of: Vec::new(),
        roles: Vec::with_capacity(made.len()),
        proper: Vec::with_capacity(made.len()),
        called: Vec::with_capacity(made.len()),
    };
    for (index, (entity, cluster)) in made.into_iter().enumerate() {
        for node in &cluster.nodes {
            of[nodes[*node].reading][nodes[*node].local] = index;
        }
        world.roles.push(cluster.roles.clone());
        world
            .proper
            .push(cluster.nodes.iter().any(|node| nodes[*node].proper));
        world.called.push(called(readings, nodes, cluster, &entity));
        world.entities.push(entity);
    }
    world.of = of;
    world
}

fn entity(readings: &[&Reading], nodes: &[Node], cluster: &Cluster) -> Entity {
    let mut names: BTreeMap<String, (usize, u32)> = BTreeMap::new();
    let mut kinds: BTreeMap<EntityKind, u32> = BTreeMap::new();
    let mut forms: BTreeMap<String, u32> = BTreeMap::new();
    let mut members: Vec<(String, EntityId)> = Vec::new();
    let mut place: Option<Place> = None;
    for index in &cluster.nodes {
        let node = &nodes[*index];
        let read = readings[node.reading];
        let Some(local) = read.annotations.entities.get(node.local) else {
            continue;
        };
        // Among the names of people a bare surname loses to any fuller one, however common it is.
        let fullness = match node.class {
            Class::Person => node.key.split(' ').count(),
            _ => 0,
        };
        let name = without_article(&local.name);
        let counted = names.entry(name.to_owned()).or_insert((fullness, 0));
        counted.1 += 1;
        *kinds.entry(local.kind).or_default() += 1;
        for form in &local.forms {
            let count = forms.entry(form.text.clone()).or_default();
            *count = count.saturating_add(form.count);
        }
        let id = u32::try_from(node.local).unwrap_or(u32::MAX);
        members.push((read.document.id.clone(), EntityId(id)));
        if place.is_none() {
            place.clone_from(&local.place);
        }
    }
    members.sort();
    let name = names
        .iter()
        .max_by(|(one, left), (other, right)| left.cmp(right).then(other.cmp(one)))
        .map(|(name, _)| name.clone())
        .unwrap_or_default();
    let kind = kinds
        .iter()
        .max_by(|(one, left), (other, right)| left.cmp(right).then(other.cmp(one)))
        .map_or(EntityKind::Other, |(kind, _)| *kind);
    let mut forms: Vec<Form> = forms
        .into_iter()
        .map(|(text, count)| Form { text, count })
        .collect();
    forms.sort_by(|one, other| (other.count, &one.text).cmp(&(one.count, &other.text)));
    let class = match kind {
        EntityKind::Group => EntityKind::Organization,
        other => other,
    };
    Entity {
        id: crate::id("en_", &[class.as_str(), &fold(&name)]),
        name,
        kind,
        forms,
        members,
        place,
    }
}

fn without_article(name: &str) -> &str {
    name.strip_prefix("the ")
        .or_else(|| name.strip_prefix("The "))
        .filter(|rest| !rest.trim().is_empty())
        .unwrap_or(name)
}

/// A body's name with "the" where most of its mentions have it; no list knows that Hezbollah goes without.
fn called(readings: &[&Reading], nodes: &[Node], cluster: &Cluster, entity: &Entity) -> String {
    if !matches!(entity.kind, EntityKind::Organization | EntityKind::Group) {
        return entity.name.clone();
    }
    let (mut with, mut all) = (0_u32, 0_u32);
    for index in &cluster.nodes {
        let node = &nodes[*index];
        let read = readings[node.reading];
        let text = &read.document.text;
        let Some(local) = read.annotations.entities.get(node.local) else {
            continue;
        };
        for span in &local.mentions {
            let before = text.get(..span.from()).unwrap_or("");
            let words = span.slice(text);
            all += 1;
            let article = |words: &str| words.ends_with("the ") || words.ends_with("The ");
            if article(before) || words.starts_with("the ") || words.starts_with("The ") {
                with += 1;
            }
        }
    }
    if with * 2 > all {
        format!("the {}", entity.name)
    } else {
        entity.name.clone()
    }
}
