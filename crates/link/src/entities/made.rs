//! What is given out: entities with ids, names and forms, the joins between their members, and pairs that are left open.
//!
//! It decides nothing.

use super::clusters::{Cluster, Clusters};
use super::nodes::Class;
use super::{World, without_article};
use crate::fold::fold;
use crate::{Entity, Join, Member, OpenPair, Reading};
use annotate::{EntityKind, Form, ListLink, Place};
use std::collections::BTreeMap;

/// Open pairs that one entity has at most.
const MOST_OPEN: usize = 5;

impl World {
    pub(super) fn of(clusters: &Clusters, readings: &[&Reading]) -> Self {
        let mut made: Vec<(Entity, usize)> = clusters
            .standing()
            .map(|index| (entity(clusters, readings, &clusters.all[index]), index))
            .collect();
        // Namesakes: the one with most members keeps the plain id, the others add their first member to it.
        made.sort_by(|(one, _), (other, _)| {
            (&one.id, std::cmp::Reverse(one.members.len()), &one.members).cmp(&(
                &other.id,
                std::cmp::Reverse(other.members.len()),
                &other.members,
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
        let mut world = Self {
            entities: Vec::with_capacity(made.len()),
            open: Vec::new(),
            of: readings
                .iter()
                .map(|reading| vec![usize::MAX; reading.annotations.entities.len()])
                .collect(),
            roles: Vec::with_capacity(made.len()),
            proper: Vec::with_capacity(made.len()),
            called: Vec::with_capacity(made.len()),
            sides: BTreeMap::new(),
        };
        for (number, (entity, index)) in made.into_iter().enumerate() {
            let cluster = &clusters.all[index];
            for node in &cluster.nodes {
                let node = clusters.node(*node);
                world.of[node.reading][node.local] = number;
            }
            world.roles.push(cluster.roles.clone());
            world.proper.push(clusters.is_proper(index));
            world
                .called
                .push(called(clusters, readings, cluster, &entity));
            world.entities.push(entity);
        }
        world.add_joins(clusters, readings);
        world.add_open(clusters);
        world
    }

    fn add_joins(&mut self, clusters: &Clusters, readings: &[&Reading]) {
        for joined in &clusters.joined {
            let node = clusters.node(joined.one);
            let entity = self.of[node.reading][node.local];
            if let Some(entity) = self.entities.get_mut(entity) {
                entity.joins.push(Join {
                    one: clusters.nodes.member(clusters.node(joined.one), readings),
                    other: clusters.nodes.member(clusters.node(joined.other), readings),
                    score: joined.score,
                    reasons: joined.reasons.clone(),
                });
            }
        }
    }

    fn add_open(&mut self, clusters: &Clusters) {
        let mut best: BTreeMap<(usize, usize), (f64, &Vec<String>)> = BTreeMap::new();
        for open in &clusters.open {
            let (one, other) = (clusters.now(open.one), clusters.now(open.other));
            if one == other || clusters.conflict(one, other) {
                continue;
            }
            let number = |cluster: usize| {
                let node = clusters.node(*clusters.all[cluster].nodes.first()?);
                Some(self.of[node.reading][node.local])
            };
            if let Some((one, other)) = number(one).zip(number(other)) {
                let known = best
                    .entry((one.min(other), one.max(other)))
                    .or_insert((open.score, &open.reasons));
                if open.score > known.0 {
                    *known = (open.score, &open.reasons);
                }
            }
        }
        let mut pairs: Vec<_> = best.into_iter().collect();
        pairs.sort_by(|(left, (one, _)), (right, (other, _))| {
            other.total_cmp(one).then(left.cmp(right))
        });
        let mut counts = vec![0_usize; self.entities.len()];
        for ((one, other), (score, reasons)) in pairs {
            if counts[one].max(counts[other]) < MOST_OPEN {
                counts[one] += 1;
                counts[other] += 1;
                self.open.push(OpenPair {
                    one: self.entities[one].id.clone(),
                    other: self.entities[other].id.clone(),
                    score,
                    reasons: reasons.clone(),
                });
            }
        }
    }
}

fn entity(clusters: &Clusters, readings: &[&Reading], cluster: &Cluster) -> Entity {
    let mut names: BTreeMap<String, (usize, u32)> = BTreeMap::new();
    let mut kinds: BTreeMap<EntityKind, u32> = BTreeMap::new();
    let mut forms: BTreeMap<String, u32> = BTreeMap::new();
    let mut members: Vec<Member> = Vec::new();
    let mut place: Option<Place> = None;
    let mut links: Vec<&ListLink> = Vec::new();
    for index in &cluster.nodes {
        let node = clusters.node(*index);
        let read = readings[node.reading];
        let Some(local) = read.annotations.entities.get(node.local) else {
            continue;
        };
        // Among the names of people a bare surname loses to any fuller one, however common it is.
        let fullness = match node.class {
            Class::Person => clusters.nodes.keys.text(node.key).split(' ').count(),
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
        members.push(clusters.nodes.member(node, readings));
        if place.is_none() {
            place.clone_from(&local.place);
        }
        links.extend(local.link.as_ref());
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
        joins: Vec::new(),
        place,
        link: agreed(links),
    }
}

/// The entry of a watchlist that all documents which link to one agree on, as sure as the surest of them.
fn agreed(links: Vec<&ListLink>) -> Option<ListLink> {
    let first = links.first()?;
    let agree = links.iter().all(|link| link.id == first.id);
    let best = links
        .iter()
        .max_by(|one, other| one.score.total_cmp(&other.score))?;
    agree.then(|| (*best).clone())
}

/// A body's name with "the" where most of its mentions have it; no list knows that Hezbollah goes without.
fn called(
    clusters: &Clusters,
    readings: &[&Reading],
    cluster: &Cluster,
    entity: &Entity,
) -> String {
    if !matches!(entity.kind, EntityKind::Organization | EntityKind::Group) {
        return entity.name.clone();
    }
    let (mut with, mut all) = (0_u32, 0_u32);
    for index in &cluster.nodes {
        let node = clusters.node(*index);
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
