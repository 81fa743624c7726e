//! What is said to be so and accused, foretold, denied or doubted, across documents: matters of kind INVOLVED, WILL and OCCURRED.
//!
//! A proposition is what one claim says, or what a bare denial ("denied the charges") is about. It does not know the matters that
//! have a slot of their own (who holds a place, what became of a person).

use crate::Matter;
use crate::MatterKind;
use crate::said::{Heading, Side, matter, quote};
use crate::speakers::Speaker;
use crate::statements::{ClaimAt, Library, Stance, Told, answers, counts};
use crate::when::{When, between, when};
use annotate::{Act, Claim, EntityKind, Event, EventType, Flag, Polarity, Realis, Role, Standing};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Days between two events that are told of stated days and may still be one.
const NEAR: i64 = 2;
/// Days between two tellings of an accusation that name no day of the deed.
const ACCUSED_NEAR: i64 = 30;
/// Two propositions of this likeness or more are one.
const ONE: f64 = 0.6;
/// A further claim joins those that say so from here on.
const SAYS_SO: f64 = 0.75;
/// Members of a cluster that a proposition is compared with.
const COMPARED: usize = 6;
/// A key that more propositions share than this says nothing.
const COMMON: usize = 200;
/// A stem is common that more propositions have than this, and than one in so many.
const OFTEN: usize = 8;
const ONE_IN: usize = 20;
/// Bytes into a content within which the accused stands ("accused **the Vellar army** of …").
const LEADS: u32 = 16;

/// Matters of kind INVOLVED, WILL and OCCURRED.
pub(crate) fn matters(library: &Library, told: &Told) -> Vec<Matter> {
    let answering = Answering::of(library, &told.used);
    let seeds = seeds(library, &told.used, &answering);
    let clusters = clusters(&seeds);
    let others = Others::of(library, told, &seeds);
    clusters
        .iter()
        .filter_map(|members| {
            let members: Vec<&Proposition> = members.iter().map(|index| &seeds[*index]).collect();
            made(library, &members, &answering, &others)
        })
        .collect()
}

/// What a claim says, as it is compared.
struct Proposition {
    at: ClaimAt,
    /// Whether the claim says so, or denies or doubts it with words of its own.
    stance: Stance,
    linked: bool,
    /// Who is accused, or denies a deed of his own: one for a state and its seats.
    accused: Option<usize>,
    /// Who denies it, whom an accusation may name.
    denying: Option<usize>,
    /// Actor, object and place of each event, with its family.
    slots: Vec<Slots>,
    stems: BTreeSet<String>,
    /// Those of the stems that many propositions have.
    common: BTreeSet<String>,
    /// First and last day of what is told, where that is stated.
    days: Option<(Date, Date)>,
    /// The day of telling.
    told: Option<Date>,
    foretold: bool,
}

type Slots = (EventType, [Option<usize>; 3]);

impl Proposition {
    fn side(&self) -> Side {
        Side {
            at: self.at,
            stance: self.stance,
            linked: self.linked,
        }
    }

    /// Whether others may say so or not: what foretells or merely asserts is met by the claims about it alone.
    fn seeks(&self) -> bool {
        self.stance == Stance::Negates || self.accused.is_some()
    }
}

/// Denials and doubts by the claim that they are about.
#[derive(Default)]
struct Answering {
    of: BTreeMap<ClaimAt, Vec<Side>>,
    /// Those that are about a known claim.
    placed: BTreeSet<ClaimAt>,
}

impl Answering {
    fn of(library: &Library, used: &BTreeSet<ClaimAt>) -> Self {
        let mut found = Self::default();
        for (at, claim) in library.claims() {
            let (Some(linked), Some(target)) = (answers(claim), claim.refers_to) else {
                continue;
            };
            let target = ClaimAt {
                reading: at.reading,
                claim: target as usize,
            };
            let Some(told) = library.claim(target).filter(|_| target != at) else {
                continue;
            };
            // Where both are told of who holds a place or what became of somebody, they meet there.
            let elsewhere = used.contains(&at) && used.contains(&target);
            if tells(told).is_none() || elsewhere {
                continue;
            }
            found.of.entry(target).or_default().push(Side {
                at,
                stance: Stance::by(claim.act),
                linked,
            });
            found.placed.insert(at);
        }
        found
    }

    /// Who denies a claim.
    fn denying(&self, library: &Library, at: ClaimAt) -> Option<usize> {
        let denials = self.of.get(&at)?.iter();
        denials
            .filter(|side| side.stance == Stance::Negates)
            .find_map(|side| own_side(library, side.at))
    }
}

/// Who speaks, a state as one with its seats.
fn own_side(library: &Library, at: ClaimAt) -> Option<usize> {
    let speaker = library.speaker(at, library.claim(at)?)?;
    Some(library.bodies.side(speaker.entity?))
}

fn foretells(act: Act) -> bool {
    matches!(act, Act::Promises | Act::Predicts | Act::Threatens)
}

/// Whether a claim says that something is or will be so, and whether it counts.
fn tells(claim: &Claim) -> Option<bool> {
    match claim.act {
        Act::Asserts | Act::Accuses => counts(claim),
        act if foretells(act) && !claim.flags.contains(&Flag::Garbled) => {
            Some(claim.standing == Standing::Shown && claim.flags.is_empty())
        }
        _ => None,
    }
}

/// The propositions that open matters: accusations, what is foretold, what is denied or doubted, and denials that say themselves
/// what they deny.
fn seeds(library: &Library, used: &BTreeSet<ClaimAt>, answering: &Answering) -> Vec<Proposition> {
    let mut seeds = Vec::new();
    for (at, claim) in library.claims() {
        let answered = answering.of.contains_key(&at);
        let (stance, linked) = match claim.act {
            Act::Denies if !used.contains(&at) && !answering.placed.contains(&at) => {
                (Stance::Negates, answers(claim))
            }
            Act::Accuses => (Stance::Affirms, counts(claim)),
            act if foretells(act) && !claim.events.is_empty() => (Stance::Affirms, tells(claim)),
            _ if answered => (Stance::Affirms, tells(claim)),
            _ => continue,
        };
        let Some(linked) = linked else {
            continue;
        };
        let mut seed = proposition(library, at, claim, stance, linked);
        seed.denying = seed.denying.or_else(|| answering.denying(library, at));
        // A denial of few words and no event says nothing that another could be held against.
        let bare = seed.slots.is_empty() && seed.stems.len() < 3;
        let opens = match claim.act {
            Act::Accuses => seed.accused.is_some() || answered,
            Act::Denies => linked && !bare,
            _ => answered || linked && seed.foretold,
        };
        if opens {
            seeds.push(seed);
        }
    }
    mark_common(&mut seeds);
    seeds.sort_by_key(|seed| (seed.days.map(|(first, _)| first).or(seed.told), seed.at));
    seeds
}

/// Notes which stems many of them have: "attack" in the news of a war.
fn mark_common(seeds: &mut [Proposition]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for stem in seeds.iter().flat_map(|seed| &seed.stems) {
        *counts.entry(stem.clone()).or_default() += 1;
    }
    let most = OFTEN.max(seeds.len() / ONE_IN);
    counts.retain(|_, count| *count > most);
    for seed in seeds {
        let stems = seed.stems.iter().filter(|stem| counts.contains_key(*stem));
        seed.common = stems.cloned().collect();
    }
}

fn proposition(
    library: &Library,
    at: ClaimAt,
    claim: &Claim,
    stance: Stance,
    linked: bool,
) -> Proposition {
    let text = &library.readings[at.reading].document.text;
    let day = library.days.get(at.reading).copied().flatten();
    let stems = claim
        .content
        .spans
        .iter()
        .flat_map(|span| library.lexicon.telling(span.slice(text)))
        .collect();
    let dated = claim.events.iter().find(|event| event.time.is_some());
    let days = dated
        .and_then(|event| when(event, claim, at.reading, day))
        .and_then(When::days);
    let own = || own_side(library, at);
    let slots: Vec<Slots> = claim
        .events
        .iter()
        .map(|event| (family(event.kind), slots(library, at, event)))
        .collect();
    let accused = match (claim.act, stance) {
        (Act::Accuses, _) => accused(library, at, claim, &slots).filter(|who| Some(*who) != own()),
        // Whoever denies a deed of his own answers for himself.
        (Act::Denies, Stance::Negates) => {
            own().filter(|own| slots.iter().any(|(_, [actor, ..])| *actor == Some(*own)))
        }
        _ => None,
    };
    Proposition {
        at,
        stance,
        linked,
        accused,
        denying: (stance == Stance::Negates).then(own).flatten(),
        slots,
        stems,
        common: BTreeSet::new(),
        days,
        told: day,
        foretold: foretells(claim.act),
    }
}

/// Kinds of event that texts exchange for one another.
fn family(kind: EventType) -> EventType {
    use EventType as E;
    match kind {
        E::Strike | E::Bombing | E::Clash => E::Attack,
        E::KillTargeted => E::Casualty,
        E::Abduct => E::Detain,
        other => other,
    }
}

/// What an event is compared by: who does it, to whom, where. A state is one with its seats and organs.
fn slots(library: &Library, at: ClaimAt, event: &Event) -> [Option<usize>; 3] {
    let participant = |role| library.participant(at.reading, event, role).0;
    let object = participant(Role::Object).or_else(|| participant(Role::Recipient));
    let place = library.world.get(at.reading, event.place);
    [participant(Role::Actor), object, place].map(|slot| slot.map(|one| library.bodies.side(one)))
}

/// Who is accused: the actor of the deed, else whoever is named first.
fn accused(library: &Library, at: ClaimAt, claim: &Claim, slots: &[Slots]) -> Option<usize> {
    let start = claim.content.spans.first()?.start;
    let read = library.readings[at.reading];
    let leads = read
        .annotations
        .mentions
        .iter()
        .filter(|mention| (start..start + LEADS).contains(&mention.span.start))
        .filter_map(|mention| library.world.get(at.reading, mention.entity))
        .find(|index| {
            let entity = &library.world.entities[*index];
            library.world.proper[*index]
                && match entity.kind {
                    EntityKind::Person | EntityKind::Organization | EntityKind::Group => true,
                    _ => library.lexicon.state(&entity.name).is_some(),
                }
        })
        .map(|index| library.bodies.side(index));
    leads.or_else(|| slots.iter().find_map(|(_, [actor, ..])| *actor))
}

/// How likely two propositions are one, from 0 to 1; 0 where something stated excludes it.
fn likeness(one: &Proposition, other: &Proposition) -> f64 {
    if let (Some(left), Some(right)) = (one.accused, other.accused)
        && left != right
    {
        return 0.0;
    }
    let answers = |one: &Proposition, other: &Proposition| {
        one.accused.is_some() && (one.accused == other.accused || one.accused == other.denying)
    };
    let accused = answers(one, other) || answers(other, one);
    let near = if accused { ACCUSED_NEAR } else { NEAR };
    let apart = |(first, last): (Date, Date), (next, end): (Date, Date)| {
        between(last, next) > NEAR || between(end, first) > NEAR
    };
    let excluded = match (one.days, other.days, one.told, other.told) {
        (Some(left), Some(right), ..) => apart(left, right),
        (.., Some(left), Some(right)) => between(left, right).abs() > near,
        _ => one.at.reading != other.at.reading,
    };
    if excluded {
        return 0.0;
    }
    let (mut shared, mut against, mut kinds) = (0, 0, false);
    for (kind, left) in &one.slots {
        for (other_kind, right) in &other.slots {
            if kind != other_kind {
                continue;
            }
            kinds = true;
            let met = left
                .iter()
                .zip(right)
                .filter(|(one, other)| one.is_some() && one == other);
            let parted = left
                .iter()
                .zip(right)
                .filter(|(one, other)| one.is_some() && other.is_some() && one != other);
            shared = shared.max(met.count());
            against = against.max(parted.count());
        }
    }
    let least = one.stems.len().min(other.stems.len());
    let is_common = |stem: &String| one.common.contains(stem) || other.common.contains(stem);
    let met = one.stems.intersection(&other.stems);
    let (common, telling): (Vec<&String>, Vec<&String>) = met.partition(|stem| is_common(stem));
    // One word in common of two is little, and what many say says half.
    let words = ratio(2 * telling.len() + common.len(), 2 * least.max(3));
    (0.3 * f64::from(u8::from(accused))
        + 0.15 * f64::from(u8::from(kinds))
        + 0.2 * ratio(shared.min(2), 1)
        - 0.2 * ratio(against, 1)
        + 0.6 * words)
        .clamp(0.0, 1.0)
}

#[allow(clippy::cast_precision_loss, reason = "counts of a few words")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// By what propositions can meet: the accused with a kind of event, two slots of an event, rare words.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Accused(usize),
    Pair(EventType, usize, usize),
    Stem(&'a str),
}

fn keys(proposition: &Proposition) -> BTreeSet<Key<'_>> {
    let blamed = proposition.accused.into_iter().chain(proposition.denying);
    let mut keys: BTreeSet<Key> = blamed.map(Key::Accused).collect();
    for (kind, slots) in &proposition.slots {
        let filled: Vec<usize> = slots.iter().flatten().copied().collect();
        for (index, one) in filled.iter().enumerate() {
            for other in &filled[index + 1..] {
                keys.insert(Key::Pair(*kind, (*one).min(*other), (*one).max(*other)));
            }
        }
    }
    keys.extend(proposition.stems.iter().map(|stem| Key::Stem(stem)));
    keys
}

/// Propositions that are one; a cluster's likeness to a proposition is the mean over its members.
fn clusters(seeds: &[Proposition]) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    let mut index: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (number, seed) in seeds.iter().enumerate() {
        let keys = keys(seed);
        let candidates: BTreeSet<usize> = keys
            .iter()
            .filter_map(|key| index.get(key))
            // The latest are the nearest in time.
            .flat_map(|known| known.iter().rev().take(COMMON).copied())
            .collect();
        let mut best: Option<(f64, usize)> = None;
        for candidate in candidates {
            let members = &clusters[candidate];
            let compared = members.iter().rev().take(COMPARED);
            let total: f64 = compared
                .clone()
                .map(|member| likeness(&seeds[*member], seed))
                .sum();
            let mean = total / ratio(compared.count(), 1);
            if mean >= ONE && best.is_none_or(|(known, _)| mean > known) {
                best = Some((mean, candidate));
            }
        }
        let cluster = best.map_or_else(
            || {
                clusters.push(Vec::new());
                clusters.len() - 1
            },
            |(_, cluster)| cluster,
        );
        clusters[cluster].push(number);
        for key in keys {
            let known = index.entry(key).or_default();
            if known.last() != Some(&cluster) {
                known.push(cluster);
            }
        }
    }
    clusters
}

/// Claims that open no matter and may still say so or not: by what they can be met.
struct Others {
    all: Vec<Proposition>,
    pairs: BTreeMap<(EventType, usize, usize), Vec<usize>>,
    stems: BTreeMap<String, Vec<usize>>,
}

impl Others {
    fn of(library: &Library, told: &Told, seeds: &[Proposition]) -> Self {
        let taken: BTreeSet<ClaimAt> = seeds.iter().map(|seed| seed.at).collect();
        let wanted: BTreeSet<&str> = seeds
            .iter()
            .filter(|seed| seed.seeks())
            .flat_map(|seed| seed.stems.iter().map(String::as_str))
            .collect();
        let mut found = Self {
            all: Vec::new(),
            pairs: BTreeMap::new(),
            stems: BTreeMap::new(),
        };
        if !seeds.iter().any(Proposition::seeks) {
            return found;
        }
        for (at, claim) in library.claims() {
            if claim.act != Act::Asserts || taken.contains(&at) || told.used.contains(&at) {
                continue;
            }
            if counts(claim) != Some(true) {
                continue;
            }
            let negative = claim
                .events
                .iter()
                .any(|event| event.polarity == Polarity::Negative);
            let occurred = claim.events.iter().any(|event| {
                matches!(
                    event.realis,
                    Realis::Occurred | Realis::Ongoing | Realis::Habitual
                )
            });
            if !occurred && !claim.events.is_empty() {
                continue;
            }
            let other = proposition(library, at, claim, Stance::of(negative), true);
            let number = found.all.len();
            for key in keys(&other) {
                match key {
                    Key::Pair(kind, one, two) => {
                        found
                            .pairs
                            .entry((kind, one, two))
                            .or_default()
                            .push(number);
                    }
                    Key::Stem(stem) if wanted.contains(stem) => {
                        found.stems.entry(stem.to_owned()).or_default().push(number);
                    }
                    _ => {}
                }
            }
            found.all.push(other);
        }
        found
    }

    /// Those that tell what one tells.
    fn like(&self, library: &Library, seed: &Proposition) -> impl Iterator<Item = &Proposition> {
        let mut candidates: BTreeSet<usize> = BTreeSet::new();
        for key in keys(seed) {
            let known = match key {
                Key::Pair(kind, one, other) => self.pairs.get(&(kind, one, other)),
                Key::Stem(stem) => self.stems.get(stem),
                Key::Accused(_) => None,
            };
            candidates.extend(
                known
                    .filter(|known| known.len() <= COMMON)
                    .into_iter()
                    .flatten(),
            );
        }
        let like: Vec<usize> = candidates
            .into_iter()
            .filter(|number| {
                let other = &self.all[*number];
                likeness(other, seed) >= SAYS_SO || worded_alike(library, seed, other)
            })
            .collect();
        like.into_iter().map(|number| &self.all[number])
    }
}

/// Whether a claim says in the same words what somebody denies: three words or more, three of four of them met, the one who denies
/// named in it, not later than the denial and within two days.
fn worded_alike(library: &Library, denial: &Proposition, other: &Proposition) -> bool {
    let met = denial
        .stems
        .iter()
        .filter(|stem| other.stems.contains(*stem))
        .count();
    let days = denial.told.zip(other.told);
    let near = days.is_some_and(|(denied, told)| (0..=NEAR).contains(&between(told, denied)));
    if denial.stance != Stance::Negates || met < 3 || met * 4 < denial.stems.len() * 3 || !near {
        return false;
    }
    let speaker = |at: ClaimAt| library.speaker(at, library.claim(at)?);
    let (Some(party), Some(teller)) = (speaker(denial.at), speaker(other.at)) else {
        return false;
    };
    !teller.sides_with(&party) && names(library, other.at, &party)
}

/// Whether a content names a party, whole or by the last word of its name.
fn names(library: &Library, at: ClaimAt, party: &Speaker) -> bool {
    let Some(claim) = library.claim(at) else {
        return false;
    };
    let read = library.readings[at.reading];
    let within = |mention: &text::Span| {
        let mut spans = claim.content.spans.iter();
        spans.any(|span| span.overlaps(*mention))
    };
    let mut locals = library.world.of[at.reading]
        .iter()
        .zip(&read.annotations.entities)
        .filter(|(index, _)| Some(**index) == party.entity);
    let last = party.name.split_whitespace().next_back().unwrap_or("");
    locals.any(|(_, entity)| entity.mentions.iter().any(within))
        || (last.starts_with(char::is_uppercase)
            && claim.content.spans.iter().any(|span| {
                let words = span.slice(&read.document.text);
                words
                    .split(|mark: char| !mark.is_alphanumeric())
                    .any(|word| word == last)
            }))
}

/// The matter of a cluster.
fn made(
    library: &Library,
    members: &[&Proposition],
    answering: &Answering,
    others: &Others,
) -> Option<Matter> {
    let mut sides: BTreeMap<ClaimAt, Side> = BTreeMap::new();
    for member in members {
        sides.insert(member.at, member.side());
        for side in answering.of.get(&member.at).into_iter().flatten() {
            sides.insert(side.at, *side);
        }
        if member.seeks() {
            for other in others.like(library, member) {
                sides.entry(other.at).or_insert_with(|| other.side());
            }
        }
    }
    let accused = members
        .iter()
        .filter(|member| member.stance == Stance::Affirms)
        .find_map(|member| member.accused);
    // The words of whoever said so first, else of whoever denied it.
    let opening = sides
        .values()
        .min_by_key(|side| {
            let day = library.days.get(side.at.reading).copied().flatten();
            (side.stance != Stance::Affirms, day.is_none(), day, side.at)
        })?
        .at;
    let words = quote(library, opening);
    if words.is_empty() {
        return None;
    }
    let foretold = members.iter().all(|member| member.foretold);
    let (kind, question) = match accused {
        Some(accused) => {
            let name = library.world.called.get(accused).map_or("", String::as_str);
            (
                MatterKind::Involved,
                format!("What is said of the part of {name} in “{words}”?"),
            )
        }
        None if foretold => (
            MatterKind::Will,
            format!("What is said to come: “{words}”?"),
        ),
        None => (MatterKind::Occurred, format!("What is said of “{words}”?")),
    };
    let answered = sides
        .keys()
        .any(|at| own_side(library, *at).is_some_and(|own| Some(own) == accused));
    let sides: Vec<Side> = sides.into_values().collect();
    matter(
        library,
        &sides,
        Heading {
            kind,
            question,
            about: accused,
            key: crate::fold::fold(&words),
            unanswered: accused.is_some() && !answered,
        },
    )
}
