//! One matter's statements put together as positions, with how they stand to each other.
//!
//! It does not know how statements came into one matter. It states no relation that needs more than the rules below.

use crate::comparison::{Comparison, relations};
use crate::statements::{Library, Stance, Statement, Told, Topic};
use crate::{LinkZone, Matter, MatterKind, Party, Position, PositionClaim, State};
use annotate::{Precision, TimeExpr};
use std::collections::{BTreeMap, BTreeSet};

/// Days within which two statements about who holds a place, or whether a person lives, go against each other.
pub(crate) const MEET: i64 = 2;

/// Which answer a position gives, and how.
pub(crate) type Home = (usize, Stance);
/// A position with its class, its words and its statements.
pub(crate) type Listed = (Home, String, Vec<usize>);

/// What a matter is, before its answers are known.
pub(crate) struct Header {
    pub kind: MatterKind,
    pub question: String,
    pub about: Option<usize>,
    pub place: Option<usize>,
    pub time: Option<TimeExpr>,
    /// What tells it from other matters of its kind about the same entity.
    pub key: String,
    /// The state to print where nobody has answered an accusation.
    pub unanswered: bool,
}

/// A matter from its statements; none where no statement in it counts.
pub(crate) fn assemble(
    library: &Library,
    told: &Told,
    members: &[usize],
    header: Header,
) -> Option<Matter> {
    let all = &told.statements;
    let mut order: Vec<usize> = members.to_vec();
    order.sort_by_key(|index| said_order(&all[*index], *index));
    order.dedup();
    let linked: Vec<usize> = order
        .iter()
        .copied()
        .filter(|index| all[*index].linked)
        .collect();
    if linked.is_empty() {
        return None;
    }
    let classes = classes(library, all, &order);
    let homes = homes(all, &linked, &classes);
    let mut positions: BTreeMap<Home, Vec<usize>> = BTreeMap::new();
    for index in &linked {
        positions.entry(homes[index]).or_default().push(*index);
    }
    // Each answer in the words in which it was first given.
    let mut listed: Vec<(Home, String, Vec<usize>)> = positions
        .into_iter()
        .map(|(home, members)| {
            let words = members
                .iter()
                .find(|index| all[**index].answer.stance == home.1)
                .or(members.first())
                .map(|index| all[*index].answer.shown.clone())
                .unwrap_or_default();
            (home, words, members)
        })
        .collect();
    listed.sort_by(|(home, words, one), (other_home, other_words, other)| {
        let first = |members: &[usize]| {
            members
                .iter()
                .filter_map(|index| all[*index].day_said())
                .min()
                .unwrap_or("~")
        };
        (first(one), words, home).cmp(&(first(other), other_words, other_home))
    });
    let ranks: BTreeMap<Home, usize> = listed
        .iter()
        .enumerate()
        .map(|(rank, (home, _, _))| (*home, rank))
        .collect();
    let comparison = Comparison {
        library,
        told,
        topic: &all[linked[0]].topic,
        classes: &classes,
        rank: |index: usize| homes.get(&index).and_then(|home| ranks.get(home)).copied(),
        denied: linked
            .iter()
            .filter(|index| all[**index].answer.stance == Stance::Negates)
            .map(|index| classes[index])
            .collect(),
        positive: linked
            .iter()
            .filter(|index| all[**index].answer.stance == Stance::Affirms)
            .map(|index| classes[index])
            .collect(),
        holders: holders(all, &linked, &classes),
        deniers: linked
            .iter()
            .filter(|index| all[**index].answer.stance == Stance::Negates)
            .map(|index| &all[*index].speaker)
            .collect(),
        is_region: header
            .place
            .and_then(|index| library.world.entities.get(index)?.place.as_ref())
            .is_some_and(|place| {
                matches!(
                    place.precision,
                    Precision::Country | Precision::Region | Precision::Admin1
                )
            }),
    };
    let (relations, contested) = relations(&comparison, &linked, &listed);
    let positions: Vec<Position> = listed
        .iter()
        .enumerate()
        .map(|(rank, (home, words, members))| {
            let suggested: Vec<usize> = order
                .iter()
                .copied()
                .filter(|index| !all[*index].linked)
                .filter(|index| (classes[index], all[*index].answer.stance) == *home)
                .collect();
            position(library, all, rank, words, members, &suggested)
        })
        .collect();
    // One who doubts gives no answer.
    let parties: BTreeSet<&Party> = positions
        .iter()
        .zip(&listed)
        .filter(|(_, ((_, stance), _, _))| *stance != Stance::Doubts)
        .flat_map(|(position, _)| &position.parties)
        .collect();
    let state = if contested {
        State::Contested
    } else if header.unanswered {
        State::Unanswered
    } else if parties.len() > 1 {
        State::NotContestedHere
    } else {
        State::OneAnswer
    };
    let id_of = |index: Option<usize>| Some(library.world.entities.get(index?)?.id.clone());
    let about = id_of(header.about);
    Some(Matter {
        id: crate::id(
            "ma_",
            &[
                header.kind.as_str(),
                about.as_deref().unwrap_or(""),
                &header.key,
            ],
        ),
        kind: header.kind,
        question: header.question,
        about,
        place: id_of(header.place),
        time: header.time,
        state,
        positions,
        relations,
    })
}

fn said_order(statement: &Statement, index: usize) -> (bool, Option<String>, usize, usize, usize) {
    (
        statement.said.is_none(),
        statement.said.clone(),
        statement.at.reading,
        statement.at.claim,
        index,
    )
}

/// Which statements name the same answer, affirmed or negated; a class is called by its first statement.
fn classes(library: &Library, all: &[Statement], order: &[usize]) -> BTreeMap<usize, usize> {
    let mut classes: BTreeMap<usize, usize> = BTreeMap::new();
    let mut heads: Vec<usize> = Vec::new();
    // Affirmed answers name the classes; what is negated is then found among them.
    let (positive, negative): (Vec<usize>, Vec<usize>) = order
        .iter()
        .copied()
        .partition(|index| all[*index].answer.stance == Stance::Affirms);
    for index in positive.iter().chain(&negative).copied() {
        let followed = all[index]
            .follows
            .and_then(|other| classes.get(&other))
            .copied();
        let head = followed.or_else(|| {
            heads
                .iter()
                .copied()
                .find(|head| same_answer(library, &all[*head], &all[index]))
        });
        let head = head.unwrap_or_else(|| {
            // A denied cause that nobody gave in these words goes against the only one that others gave.
            let given: BTreeSet<usize> = positive
                .iter()
                .filter(|other| !all[**other].speaker.sides_with(&all[index].speaker))
                .map(|other| classes.get(other).copied().unwrap_or(*other))
                .collect();
            let only = (all[index].denial
                && all[index].answer.stance == Stance::Negates
                && matches!(all[index].topic, Topic::Cause(_))
                && given.len() == 1)
                .then(|| given.first().copied())
                .flatten();
            only.unwrap_or_else(|| {
                heads.push(index);
                index
            })
        });
        classes.insert(index, head);
    }
    classes
}

fn same_answer(library: &Library, one: &Statement, other: &Statement) -> bool {
    let (left, right) = (&one.answer, &other.answer);
    match one.topic {
        Topic::Control(_) => {
            (left.entity.is_some() && left.entity == right.entity)
                || crate::fold::same_stems(&left.stems, &right.stems)
        }
        Topic::Cause(_) => library.lexicon.same_cause(&left.stems, &right.stems),
        Topic::Count { .. } => left.range == right.range,
        Topic::Fate(_) | Topic::Whereabouts(_) | Topic::Said(_) => left.stems == right.stems,
    }
}

/// The position of each statement. A bare denial joins the answer that its own side gives, where there is exactly one.
fn homes(
    all: &[Statement],
    linked: &[usize],
    classes: &BTreeMap<usize, usize>,
) -> BTreeMap<usize, Home> {
    let mut homes = BTreeMap::new();
    for index in linked {
        let statement = &all[*index];
        let class = classes[index];
        let mut home = (class, statement.answer.stance);
        if statement.answer.stance == Stance::Negates {
            let own: BTreeSet<usize> = linked
                .iter()
                .copied()
                .filter(|other| {
                    all[*other].answer.stance == Stance::Affirms && classes[other] != class
                })
                .filter(|other| {
                    let other = &all[*other];
                    statement.speaker.sides_with(&other.speaker)
                        || (matches!(statement.topic, Topic::Control(_))
                            && statement
                                .speaker
                                .belongs_to(other.answer.entity, &other.answer.stems))
                })
                .map(|other| classes[&other])
                .collect();
            if own.len() == 1
                && let Some(own) = own.first()
            {
                home = (*own, Stance::Affirms);
            }
        }
        homes.insert(*index, home);
    }
    homes
}

/// For each speaker the holders that it names: a side may have several names.
fn holders<'a>(
    all: &'a [Statement],
    linked: &[usize],
    classes: &BTreeMap<usize, usize>,
) -> BTreeMap<&'a str, BTreeSet<usize>> {
    let mut holders: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for index in linked {
        if all[*index].answer.stance == Stance::Affirms && !all[*index].speaker.narrator {
            holders
                .entry(&all[*index].speaker.identity)
                .or_default()
                .insert(classes[index]);
        }
    }
    holders
}

fn position(
    library: &Library,
    all: &[Statement],
    rank: usize,
    words: &str,
    members: &[usize],
    suggested: &[usize],
) -> Position {
    let attributed = members.iter().any(|index| !all[*index].speaker.narrator);
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut parties: Vec<Party> = Vec::new();
    for index in members {
        let speaker = &all[*index].speaker;
        // Where somebody is quoted with it, the outlet's own word is no further party.
        if !(attributed && speaker.narrator) && known.insert(&speaker.identity) {
            parties.push(Party {
                entity: speaker
                    .entity
                    .and_then(|index| library.world.entities.get(index))
                    .map(|entity| entity.id.clone()),
                name: speaker.name.clone(),
            });
        }
    }
    let readings: BTreeSet<usize> = members.iter().map(|index| all[*index].at.reading).collect();
    let sightings: usize = readings
        .iter()
        .map(|reading| library.readings[*reading].document.sightings.len().max(1))
        .sum();
    let (origins_low, origins_high) = library.origins.count(&readings);
    let mut seen = BTreeSet::new();
    let claims = members
        .iter()
        .map(|index| (index, LinkZone::Linked))
        .chain(suggested.iter().map(|index| (index, LinkZone::Suggested)))
        .filter(|(index, _)| seen.insert(all[**index].at))
        .filter_map(|(index, link)| {
            let claim = library.claim(all[*index].at)?;
            Some(PositionClaim {
                claim: claim.id.clone(),
                document: library.readings[all[*index].at.reading].document.id.clone(),
                spans: claim.content.spans.clone(),
                link,
            })
        })
        .collect();
    let said = || members.iter().filter_map(|index| all[*index].said.clone());
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Position {
        id: format!("p{}", rank + 1),
        value: words.to_owned(),
        first_said: said().min(),
        last_said: said().max(),
        claims,
        articles: count(sightings),
        origins_low,
        origins_high,
        speakers: count(parties.len()),
        parties,
    }
}
