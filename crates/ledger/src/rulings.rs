//! From judgements to what linking goes by: which are in force, what they are about now, and which contradict each other.
//!
//! It does not know SQL, nor what linking makes of it. Two judgements that contradict each other are both left out until one is
//! retracted: that the later one was made later is no reason to drop the earlier one in silence.

use crate::anchors::{self, Role};
use crate::{Decision, Judgement, Verb};
use link::{
    ClaimKey, Copying, Correction, Identity, Linking, MatterKey, Member, Reading, RelationKind,
    Ruling, Slot, SlotField, Target, slot_words,
};
use std::collections::{BTreeMap, BTreeSet};

/// How a judgement stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    InForce,
    /// It was retracted.
    Retracted,
    /// Its words, or what they were about, are nowhere to be found. It is kept, and holds again when they are.
    Orphaned,
    /// Others in force go against it, by id; none of them holds until all but one are retracted.
    Contradicted(Vec<String>),
}

/// The word for no relation.
pub const NO_RELATION: &str = "none";

/// Everything that linking goes by.
#[derive(Default)]
pub(crate) struct Rulings {
    pub identities: Vec<Identity>,
    pub copying: Vec<Copying>,
    pub linking: Vec<Linking>,
}

/// A judgement, with what it is about now.
enum Grounded {
    Identity(Identity),
    Copying(Copying),
    Linking(Ruling),
    /// It holds, but says nothing to linking.
    Elsewhere,
}

/// What the judgements in force that nothing contradicts say, in the order in which they were made.
pub(crate) fn rulings(judgements: &[Judgement], readings: &[Reading]) -> Rulings {
    let grounded = grounded(judgements, readings);
    let against = contradictions(&grounded, readings);
    let mut rulings = Rulings::default();
    for (number, what) in grounded {
        if against.contains_key(&number) {
            continue;
        }
        match what {
            Some(Grounded::Identity(identity)) => rulings.identities.push(identity),
            Some(Grounded::Copying(copying)) => rulings.copying.push(copying),
            Some(Grounded::Linking(ruling)) => rulings.linking.push(Linking {
                judgement: judgements[number].id.clone(),
                ruling,
            }),
            Some(Grounded::Elsewhere) | None => {}
        }
    }
    rulings
}

/// How each judgement stands, in their order; and what those that hold say of claims, matters and sides.
#[must_use]
pub fn weigh(judgements: &[Judgement], readings: &[Reading]) -> (Vec<Standing>, Vec<Linking>) {
    let grounded = grounded(judgements, readings);
    let against = contradictions(&grounded, readings);
    let mut standings = vec![Standing::Retracted; judgements.len()];
    let mut linking = Vec::new();
    for (number, what) in grounded {
        let id = |number: &usize| judgements[*number].id.clone();
        standings[number] = match (what, against.get(&number)) {
            (None, _) => Standing::Orphaned,
            (_, Some(others)) => Standing::Contradicted(others.iter().map(id).collect()),
            (Some(Grounded::Linking(ruling)), None) => {
                linking.push(Linking {
                    judgement: id(&number),
                    ruling,
                });
                Standing::InForce
            }
            (Some(_), None) => Standing::InForce,
        };
    }
    (standings, linking)
}

/// The judgements that are not retracted, each with what it is about now; none where that is nowhere.
fn grounded(judgements: &[Judgement], readings: &[Reading]) -> Vec<(usize, Option<Grounded>)> {
    let in_force = judgements.iter().enumerate();
    in_force
        .filter(|(_, judgement)| judgement.retracted_at.is_none())
        .map(|(number, judgement)| (number, ground(judgement, readings)))
        .collect()
}

fn ground(judgement: &Judgement, readings: &[Reading]) -> Option<Grounded> {
    let Decision {
        verb,
        subject,
        object,
        value,
        ..
    } = &judgement.decision;
    let is_there = |document: &str| {
        let mut readings = readings.iter();
        readings.any(|reading| reading.document.id == document)
    };
    let members = || judgement.members(readings);
    let pair = || {
        let [one, other] = members();
        one.zip(other)
    };
    let claim = || claim(judgement, Role::Subject, readings);
    let matter = |role| matter(judgement, role, readings);
    let target = || match object.as_deref()? {
        id if id.starts_with("ma_") => matter(Role::Object).map(Target::Matter),
        _ => self::claim(judgement, Role::Object, readings).map(Target::Claim),
    };
    let linking = |ruling| Some(Grounded::Linking(ruling));
    match verb {
        Verb::Same => {
            let (one, other) = pair()?;
            let judgement = judgement.id.clone();
            Some(Grounded::Identity(Identity::Same {
                one,
                other,
                judgement,
            }))
        }
        Verb::Different | Verb::Unsure => {
            let (one, other) = pair()?;
            Some(Grounded::Identity(Identity::Different { one, other }))
        }
        Verb::Split if subject.starts_with("ma_") => linking(Ruling::Split {
            claims: some(parts(judgement, readings))?,
            from: matter(Role::Subject)?,
        }),
        Verb::Split => match members() {
            [Some(one), Some(other)] => {
                Some(Grounded::Identity(Identity::Different { one, other }))
            }
            [Some(member), None] if judgement.object_anchor.is_none() => {
                let name = value.clone()?;
                Some(Grounded::Identity(Identity::Without { member, name }))
            }
            _ => None,
        },
        Verb::Copy | Verb::NotCopy => {
            let (one, other) = (subject.clone(), object.clone()?);
            if !is_there(&one) || !is_there(&other) {
                return None;
            }
            Some(Grounded::Copying(if *verb == Verb::Copy {
                Copying::Copy { one, other }
            } else {
                Copying::NotCopy { one, other }
            }))
        }
        Verb::SameSide => {
            let (one, other) = pair()?;
            linking(Ruling::SameSide { one, other })
        }
        Verb::Ignore => linking(match subject.split_once('_') {
            Some(("cl", _)) => Ruling::IgnoreClaim(claim()?),
            Some(("ma", _)) => Ruling::IgnoreMatter(matter(Role::Subject)?),
            _ => Ruling::IgnoreDocument(is_there(subject).then(|| subject.clone())?),
        }),
        Verb::Rename => {
            let name = value.clone()?;
            linking(if subject.starts_with("ma_") {
                let matter = matter(Role::Subject)?;
                Ruling::NameMatter { matter, name }
            } else {
                let [entity, _] = members();
                Ruling::NameEntity {
                    entity: entity?,
                    name,
                }
            })
        }
        Verb::Slot => {
            let (field, event, value) = slot_words(value.as_deref()?).ok()?;
            let [_, entity] = members();
            linking(Ruling::Correct(Correction {
                claim: claim()?,
                event,
                slot: Slot::parse(field, value, entity).ok()?,
            }))
        }
        Verb::Link => linking(Ruling::Together {
            claim: claim()?,
            with: target()?,
        }),
        Verb::Unlink => linking(Ruling::Apart {
            claim: claim()?,
            from: target()?,
        }),
        Verb::Merge => linking(Ruling::Merge {
            one: matter(Role::Subject)?,
            other: matter(Role::Object)?,
        }),
        Verb::Relation => {
            let value = value.as_deref()?;
            let kind = RelationKind::parse(value);
            if kind.is_none() && value != NO_RELATION {
                return None;
            }
            linking(Ruling::Relation {
                from: claim()?,
                to: self::claim(judgement, Role::Object, readings)?,
                kind,
            })
        }
        Verb::Published => is_there(subject).then_some(Grounded::Elsewhere),
        Verb::Retract => Some(Grounded::Elsewhere),
    }
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

/// The claim that a judgement is about, as it is now.
fn claim(judgement: &Judgement, role: Role, readings: &[Reading]) -> Option<ClaimKey> {
    let (anchor, id) = match role {
        Role::Subject => (&judgement.anchor, Some(&judgement.decision.subject)),
        Role::Object => (&judgement.object_anchor, judgement.decision.object.as_ref()),
        Role::Part => return None,
    };
    let id = id?.strip_prefix("cl_")?;
    anchors::claim_now(anchor.as_ref()?, id, readings)
}

/// The claims that a judgement takes out of a matter, as they are now.
fn parts(judgement: &Judgement, readings: &[Reading]) -> Vec<ClaimKey> {
    let marks = judgement.marks.iter();
    marks
        .filter(|mark| mark.role == Role::Part)
        .filter_map(|mark| anchors::claim_now(&mark.anchor, &mark.claim, readings))
        .collect()
}

/// A matter that a judgement is about, by those of its claims that are still there.
fn matter(judgement: &Judgement, role: Role, readings: &[Reading]) -> Option<MatterKey> {
    let marks = || judgement.marks.iter().filter(|mark| mark.role == role);
    let kind = marks().find_map(|mark| mark.kind)?;
    let claims = marks()
        .filter_map(|mark| anchors::claim_now(&mark.anchor, &mark.claim, readings))
        .collect();
    Some(MatterKey {
        kind,
        claims: some(claims)?,
    })
}

/// For each judgement the others that go against it, by their numbers.
fn contradictions(
    grounded: &[(usize, Option<Grounded>)],
    readings: &[Reading],
) -> BTreeMap<usize, BTreeSet<usize>> {
    // Only those that are about one thing can go against each other.
    let mut about: BTreeMap<String, Vec<(usize, &Grounded)>> = BTreeMap::new();
    for (number, what) in grounded {
        if let Some(what) = what {
            for thing in things(what, readings) {
                about.entry(thing).or_default().push((*number, what));
            }
        }
    }
    let mut against: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for group in about.values() {
        for (place, (number, one)) in group.iter().enumerate() {
            for (other_number, other) in &group[place + 1..] {
                if number != other_number && is_against(one, other) {
                    against.entry(*number).or_default().insert(*other_number);
                    against.entry(*other_number).or_default().insert(*number);
                }
            }
        }
    }
    against
}

fn ordered(one: &str, other: &str) -> String {
    format!("{}\0{}", one.min(other), one.max(other))
}

/// What a judgement is about, so that those about one thing meet.
fn things(what: &Grounded, readings: &[Reading]) -> Vec<String> {
    let name = |(document, local): &Member| {
        let mut readings = readings.iter();
        let reading = readings.find(|reading| reading.document.id == *document);
        let entity = reading.and_then(|one| one.annotations.entities.get(local.index()));
        entity.map_or_else(String::new, |entity| names::fold(&entity.name))
    };
    // Two of one name are told apart by where they stand.
    let pair = |one: &Member, other: &Member| {
        let (left, right) = (name(one), name(other));
        if left == right {
            let place = |member: &Member| format!("{} {}", member.0, member.1.0);
            format!("who {}", ordered(&place(one), &place(other)))
        } else {
            format!("who {}", ordered(&left, &right))
        }
    };
    let key = |claim: &ClaimKey| format!("{} {}", claim.0, claim.1);
    match what {
        Grounded::Identity(
            Identity::Same { one, other, .. } | Identity::Different { one, other },
        ) => {
            vec![pair(one, other)]
        }
        Grounded::Identity(Identity::Without {
            member,
            name: other,
        }) => {
            vec![format!(
                "who {}",
                ordered(&name(member), &names::fold(other))
            )]
        }
        Grounded::Copying(Copying::Copy { one, other } | Copying::NotCopy { one, other }) => {
            vec![format!("text {}", ordered(one, other))]
        }
        Grounded::Linking(ruling) => match ruling {
            Ruling::Together {
                claim,
                with: target,
            }
            | Ruling::Apart {
                claim,
                from: target,
            } => {
                let mut things = vec![format!("link {}", key(claim))];
                if let Target::Claim(other) = target {
                    things.push(format!("link {}", key(other)));
                }
                things
            }
            Ruling::Merge { one, other } => vec![
                format!("matter {}", one.kind),
                format!("matter {}", other.kind),
            ],
            Ruling::Split { from, .. } => vec![format!("matter {}", from.kind)],
            Ruling::Relation { from, to, .. } => {
                vec![format!("relation {}", ordered(&key(from), &key(to)))]
            }
            Ruling::NameMatter { matter, .. } => vec![format!("name {}", matter.kind)],
            Ruling::NameEntity { entity, .. } => vec![format!("name {}", name(entity))],
            Ruling::Correct(correction) => vec![format!(
                "slot {} {}",
                key(&correction.claim),
                field(&correction.slot)
            )],
            Ruling::IgnoreMatter(_)
            | Ruling::IgnoreClaim(_)
            | Ruling::IgnoreDocument(_)
            | Ruling::SameSide { .. } => Vec::new(),
        },
        Grounded::Elsewhere => Vec::new(),
    }
}

fn field(slot: &Slot) -> SlotField {
    match slot {
        Slot::Place(_) => SlotField::Place,
        Slot::Time(_) => SlotField::Time,
        Slot::Polarity(_) => SlotField::Polarity,
        Slot::Type(_) => SlotField::Type,
        Slot::Actor(_) => SlotField::Actor,
        Slot::Object(_) => SlotField::Object,
        Slot::Quantity(_) => SlotField::Quantity,
        Slot::Act(_) => SlotField::Act,
        Slot::Source(_) => SlotField::Source,
        Slot::Best(_) => SlotField::Best,
    }
}

/// Whether two judgements about one thing cannot both hold.
fn is_against(one: &Grounded, other: &Grounded) -> bool {
    match (one, other) {
        (Grounded::Identity(one), Grounded::Identity(other)) => {
            let joins = |identity: &Identity| matches!(identity, Identity::Same { .. });
            joins(one) != joins(other)
        }
        (Grounded::Copying(one), Grounded::Copying(other)) => {
            let joins = |copying: &Copying| matches!(copying, Copying::Copy { .. });
            joins(one) != joins(other)
        }
        (Grounded::Linking(one), Grounded::Linking(other)) => {
            rules_against(one, other) || rules_against(other, one)
        }
        _ => false,
    }
}

fn rules_against(one: &Ruling, other: &Ruling) -> bool {
    match (one, other) {
        (Ruling::Together { claim, with }, Ruling::Apart { claim: other, from }) => {
            match (with, from) {
                (Target::Claim(left), Target::Claim(right)) => {
                    (claim == other && left == right) || (claim == right && left == other)
                }
                (Target::Matter(left), Target::Matter(right)) => {
                    claim == other && is_one(left, right)
                }
                (Target::Claim(left), Target::Matter(right)) => {
                    claim == other && right.claims.contains(left)
                }
                (Target::Matter(left), Target::Claim(right)) => {
                    claim == other && left.claims.contains(right)
                }
            }
        }
        (Ruling::Merge { one, other }, Ruling::Split { claims, from }) => {
            let out: BTreeSet<&ClaimKey> = claims.iter().collect();
            let within = |key: &MatterKey| key.claims.iter().all(|claim| out.contains(claim));
            let meets =
                |key: &MatterKey| key.claims.iter().any(|claim| from.claims.contains(claim));
            (within(one) && meets(other)) || (within(other) && meets(one))
        }
        (
            Ruling::Relation { from, to, kind },
            Ruling::Relation {
                from: other_from,
                to: other_to,
                kind: other_kind,
            },
        ) => (from, to, kind) != (other_from, other_to, other_kind),
        (
            Ruling::NameMatter { matter, name },
            Ruling::NameMatter {
                matter: other,
                name: other_name,
            },
        ) => name != other_name && is_one(matter, other),
        (
            Ruling::NameEntity { entity, name },
            Ruling::NameEntity {
                entity: other,
                name: other_name,
            },
        ) => name != other_name && entity == other,
        (Ruling::Correct(left), Ruling::Correct(right)) => {
            let same_event =
                left.event == right.event || left.event.is_none() || right.event.is_none();
            same_event && left.slot != right.slot
        }
        _ => false,
    }
}

/// Whether two keys are of one matter: half of the claims of the smaller are the other's.
fn is_one(one: &MatterKey, other: &MatterKey) -> bool {
    let shared = one
        .claims
        .iter()
        .filter(|claim| other.claims.contains(claim))
        .count();
    one.kind == other.kind && shared * 2 >= one.claims.len().min(other.claims.len())
}
