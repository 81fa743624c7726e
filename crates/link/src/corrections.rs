//! What persons decided on single claims and entities: how a claim is to be read, what gives no answer, which entities speak for one
//! side, what an entity is called.
//!
//! It does not know matters. The readings that it is given stay as they were read; what it changes is a copy for linking.

use crate::entities::World;
use crate::linking::{ClaimKey, Linking, Ruling};
use crate::{Links, MatterKind, Member, Reading};
use annotate::{
    Act, Anchor, Basis, Claim, EntityId, Event, EventType, Hedge, NameBasis, Participant, Polarity,
    Realis, Role, SourceKind, TimeExpr, TimeKind, Voice,
};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use text::{Span, vocabulary};

vocabulary! {
    /// What linking reads of a claim and a person can correct.
    SlotField {
        Place = "place",
        Time = "time",
        Polarity = "polarity",
        Type = "type",
        Actor = "actor",
        Object = "object",
        Quantity = "quantity",
        Act = "act",
        Source = "source",
        Best = "best",
    }
}

/// A corrected slot; where it can be empty, none is that the claim leaves it out.
#[derive(Debug, Clone, PartialEq)]
pub enum Slot {
    /// Where the event happened.
    Place(Option<Member>),
    /// When: as written, and the first and last day.
    Time(Option<(String, Date, Date)>),
    /// Whether the event is said to have happened.
    Polarity(Polarity),
    /// What kind of event it is.
    Type(EventType),
    /// Who did it.
    Actor(Option<Member>),
    /// To whom or what.
    Object(Option<Member>),
    /// How many, least and most.
    Quantity(Option<(f64, f64)>),
    /// What the source does by saying it.
    Act(Act),
    /// Who says it.
    Source(Member),
    /// The figure that a person puts down for the event. It is no reading of the claim, and linking makes nothing of it.
    Best(Option<f64>),
}

/// How a claim is to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// The claim.
    pub claim: ClaimKey,
    /// Which of its events, from 1; none is all of them.
    pub event: Option<usize>,
    /// What it is to be read as.
    pub slot: Slot,
}

/// The word for an empty slot.
const NONE: &str = "none";

impl SlotField {
    /// Whether it holds an entity.
    #[must_use]
    pub fn is_entity(self) -> bool {
        matches!(
            self,
            Self::Place | Self::Actor | Self::Object | Self::Source
        )
    }
}

/// The field of a correction, which event (from 1), and the value: `place=Korva`, `time.2=2031-05-06`.
///
/// # Errors
/// A sentence on what is wrong.
pub fn slot_words(correction: &str) -> Result<(SlotField, Option<usize>, &str), String> {
    let fields = || listed(SlotField::ALL.iter().map(|field| field.as_str()));
    let (left, value) = correction.split_once('=').ok_or_else(|| {
        format!(
            "“{correction}” is no FIELD=VALUE; the fields are {}",
            fields()
        )
    })?;
    let (field, event) = match left.split_once('.') {
        Some((field, number)) => {
            let number = number.parse().ok().filter(|number| *number > 0);
            let number = number.ok_or_else(|| {
                format!(
                    "“{left}”: after the point stands which event of the claim, 1 for the first"
                )
            })?;
            (field, Some(number))
        }
        None => (left, None),
    };
    let field = SlotField::parse(field.trim()).ok_or_else(|| {
        format!(
            "there is no field “{}”; the fields are {}",
            field.trim(),
            fields()
        )
    })?;
    Ok((field, event, value.trim()))
}

impl Slot {
    /// A slot from its words; `entity` is whom or what they name, where the field holds an entity.
    ///
    /// # Errors
    /// A sentence on what is wrong.
    pub fn parse(field: SlotField, value: &str, entity: Option<Member>) -> Result<Self, String> {
        let is_none = value.eq_ignore_ascii_case(NONE);
        let entity = || -> Result<Option<Member>, String> {
            match (&entity, is_none) {
                (Some(member), _) => Ok(Some(member.clone())),
                (None, true) => Ok(None),
                (None, false) => Err(format!("no entity of the ledger is “{value}”")),
            }
        };
        let choice = |words: String| format!("“{value}” is none of {words}");
        Ok(match field {
            SlotField::Place => Self::Place(entity()?),
            SlotField::Actor => Self::Actor(entity()?),
            SlotField::Object => Self::Object(entity()?),
            SlotField::Source => {
                Self::Source(entity()?.ok_or("a claim has a source; ignore the claim instead")?)
            }
            SlotField::Time if is_none => Self::Time(None),
            SlotField::Time => Self::Time(Some(days(value)?)),
            SlotField::Polarity => Self::Polarity(
                Polarity::parse(value)
                    .ok_or_else(|| choice(listed(Polarity::ALL.iter().map(|one| one.as_str()))))?,
            ),
            SlotField::Type => Self::Type(
                EventType::parse(value)
                    .ok_or_else(|| choice(listed(EventType::ALL.iter().map(|one| one.as_str()))))?,
            ),
            SlotField::Act => Self::Act(
                Act::parse(value)
                    .ok_or_else(|| choice(listed(Act::ALL.iter().map(|one| one.as_str()))))?,
            ),
            SlotField::Best if is_none => Self::Best(None),
            SlotField::Best => Self::Best(Some(
                value
                    .parse()
                    .ok()
                    .filter(|figure: &f64| figure.is_finite() && *figure >= 0.0)
                    .ok_or_else(|| format!("“{value}” is no number (12, 1200)"))?,
            )),
            SlotField::Quantity if is_none => Self::Quantity(None),
            SlotField::Quantity => Self::Quantity(Some(range(value)?)),
        })
    }
}

fn listed<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

/// `2031-05-06`, `2031-05`, `2031`, or two of them with a stroke between.
fn days(value: &str) -> Result<(String, Date, Date), String> {
    let wrong = || {
        format!("“{value}” is no day, month or year (2031-05-06, 2031-05, 2031-05-01/2031-05-06)")
    };
    let one = |words: &str| -> Option<(Date, Date)> {
        if let Ok(day) = words.parse::<Date>() {
            return Some((day, day));
        }
        if let Ok(first) = format!("{words}-01").parse::<Date>() {
            return Some((first, first.last_of_month()));
        }
        let first = format!("{words}-01-01").parse::<Date>().ok()?;
        Some((first, first.last_of_year()))
    };
    let (first, last) = match value.split_once('/') {
        Some((from, to)) => one(from)
            .zip(one(to))
            .map(|((first, _), (_, last))| (first, last)),
        None => one(value),
    }
    .filter(|(first, last)| first <= last)
    .ok_or_else(wrong)?;
    Ok((value.to_owned(), first, last))
}

/// `40` or `40-60`.
fn range(value: &str) -> Result<(f64, f64), String> {
    let number = |words: &str| {
        let number = words.trim().parse::<f64>().ok();
        number.filter(|number| number.is_finite() && *number >= 0.0)
    };
    let found = match value.split_once(['-', '–']) {
        Some((low, high)) => number(low).zip(number(high)),
        None => number(value).map(|number| (number, number)),
    };
    found
        .filter(|(low, high)| low <= high)
        .ok_or_else(|| format!("“{value}” is no number and no range of two (40, 40-60)"))
}

impl World {
    /// The entity of a document's own.
    pub fn of_member(&self, readings: &[&Reading], (document, local): &Member) -> Option<usize> {
        let reading = readings
            .binary_search_by(|reading| reading.document.id.as_str().cmp(document))
            .ok()?;
        self.get(reading, Some(*local))
            .filter(|index| *index < self.entities.len())
    }
}

/// The readings as linking is to take them: claims corrected, and without those that are to be ignored. Notes in `world` which
/// entities are one side. The readings come sorted by document id.
pub(crate) fn corrected<'a>(
    readings: &[&'a Reading],
    world: &mut World,
    linking: &[Linking],
) -> Vec<Cow<'a, Reading>> {
    let mut copies: Vec<Cow<'a, Reading>> = readings
        .iter()
        .map(|reading| Cow::Borrowed(*reading))
        .collect();
    let number = |document: &str| {
        readings
            .binary_search_by(|reading| reading.document.id.as_str().cmp(document))
            .ok()
    };
    let mut ignored: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for Linking { ruling, .. } in linking {
        match ruling {
            Ruling::IgnoreClaim((document, claim)) => {
                if let Some(number) = number(document) {
                    ignored.entry(number).or_default().insert(claim);
                }
            }
            Ruling::IgnoreDocument(document) => {
                if let Some(number) = number(document) {
                    let claims = &readings[number].annotations.claims;
                    let all = claims.iter().map(|claim| claim.id.as_str());
                    ignored.entry(number).or_default().extend(all);
                }
            }
            Ruling::SameSide { one, other } => {
                let pair = world
                    .of_member(readings, one)
                    .zip(world.of_member(readings, other));
                if let Some((one, other)) = pair {
                    world.take_sides(one, other);
                }
            }
            Ruling::Correct(correction) => {
                if let Some(number) = number(&correction.claim.0) {
                    correct(readings, &mut copies[number], number, world, correction);
                }
            }
            Ruling::Together { .. }
            | Ruling::Apart { .. }
            | Ruling::Merge { .. }
            | Ruling::Split { .. }
            | Ruling::Relation { .. }
            | Ruling::NameMatter { .. }
            | Ruling::IgnoreMatter(_)
            | Ruling::NameEntity { .. } => {}
        }
    }
    for (number, claims) in ignored {
        take_out(&mut copies[number].to_mut().annotations.claims, &claims);
    }
    copies
}

/// Takes claims out, and numbers those anew that others refer to.
fn take_out(claims: &mut Vec<Claim>, ignored: &BTreeSet<&str>) {
    let mut kept = 0_u32;
    let places: Vec<Option<u32>> = claims
        .iter()
        .map(|claim| {
            let place = (!ignored.contains(claim.id.as_str())).then_some(kept);
            kept += u32::from(place.is_some());
            place
        })
        .collect();
    claims.retain(|claim| !ignored.contains(claim.id.as_str()));
    for claim in claims {
        claim.refers_to = claim
            .refers_to
            .and_then(|target| places.get(target as usize).copied().flatten());
    }
}

impl World {
    /// Makes two entities, and all that were on their sides, one side. A side is called by its first entity's id.
    fn take_sides(&mut self, one: usize, other: usize) {
        let side = |world: &Self, index: usize| {
            world
                .sides
                .get(&index)
                .cloned()
                .unwrap_or_else(|| world.entities[index].id.clone())
        };
        let (left, right) = (side(self, one), side(self, other));
        let first = left.clone().min(right.clone());
        for held in self.sides.values_mut() {
            if *held == left || *held == right {
                held.clone_from(&first);
            }
        }
        self.sides.insert(one, first.clone());
        self.sides.insert(other, first);
    }

    /// What makes a speaker one with others: its side where a person named one, else what it is itself.
    pub fn side(&self, index: usize, own: String) -> String {
        match self.sides.get(&index) {
            Some(side) => format!("side {side}"),
            None => own,
        }
    }
}

fn correct(
    readings: &[&Reading],
    reading: &mut Cow<Reading>,
    number: usize,
    world: &mut World,
    correction: &Correction,
) {
    let claims = &reading.annotations.claims;
    let Some(at) = claims
        .iter()
        .position(|claim| claim.id == correction.claim.1)
    else {
        return;
    };
    let wanted = match &correction.slot {
        Slot::Place(member) | Slot::Actor(member) | Slot::Object(member) => member.as_ref(),
        Slot::Source(member) => Some(member),
        Slot::Time(_)
        | Slot::Polarity(_)
        | Slot::Type(_)
        | Slot::Quantity(_)
        | Slot::Act(_)
        | Slot::Best(_) => None,
    };
    let local = match wanted {
        Some(member) => match local(readings, reading, number, world, member) {
            Some(local) => Some(local),
            None => return,
        },
        None => None,
    };
    let annotations = &mut reading.to_mut().annotations;
    let name = local.and_then(|local| Some(annotations.entities.get(local.index())?.name.clone()));
    let claim = &mut annotations.claims[at];
    match &correction.slot {
        Slot::Act(act) => {
            claim.act = *act;
            return;
        }
        Slot::Source(_) => {
            claim.voice = Voice::Attributed;
            claim.source.kind = SourceKind::Named;
            claim.source.entity = local;
            claim.source.speaks_for = None;
            claim.source.name = name;
            claim.source.name_basis = Some(NameBasis::Stated);
            return;
        }
        Slot::Type(kind) if claim.events.is_empty() => {
            claim.events.push(bare(claim, *kind));
            return;
        }
        Slot::Polarity(polarity) if correction.event.is_none() => claim.polarity = *polarity,
        _ => {}
    }
    for (event, place) in claim.events.iter_mut().zip(1..) {
        if correction.event.is_none_or(|wanted| wanted == place) {
            fill(event, &correction.slot, local);
        }
    }
}

fn fill(event: &mut Event, slot: &Slot, local: Option<EntityId>) {
    match slot {
        Slot::Place(_) => event.place = local,
        Slot::Actor(_) => take_part(event, Role::Actor, local),
        Slot::Object(_) => take_part(event, Role::Object, local),
        Slot::Polarity(polarity) => event.polarity = *polarity,
        Slot::Type(kind) => event.kind = *kind,
        Slot::Time(days) => {
            event.time = days.as_ref().map(|(value, first, last)| TimeExpr {
                span: event.time.as_ref().map_or(event.span, |time| time.span),
                kind: TimeKind::Date,
                value: Some(value.clone()),
                modifier: None,
                earliest: Some(*first),
                latest: Some(*last),
                anchor: Anchor::None,
            });
        }
        Slot::Quantity(None) => event.quantities.clear(),
        Slot::Quantity(Some((low, high))) => {
            for quantity in event.quantities.iter_mut().take(1) {
                quantity.low = Some(*low);
                quantity.high = Some(*high);
                let exact = low.total_cmp(high).is_eq();
                quantity.best = exact.then_some(*low);
                quantity.hedge = if exact { Hedge::Exact } else { Hedge::Range };
            }
        }
        // These are not of an event.
        Slot::Act(_) | Slot::Source(_) | Slot::Best(_) => {}
    }
}

fn take_part(event: &mut Event, role: Role, local: Option<EntityId>) {
    event.participants.retain(|one| one.role != role);
    if let Some(entity) = local {
        event.participants.push(Participant {
            role,
            entity: Some(entity),
            spans: Vec::new(),
            basis: Basis::Stated,
        });
    }
}

/// An event of which nothing is known but its kind.
fn bare(claim: &Claim, kind: EventType) -> Event {
    let whole = claim.content.spans.iter().copied().reduce(Span::cover);
    Event {
        kind,
        span: whole.unwrap_or(Span::new(0, 0)),
        confidence: 1.0,
        alternatives: Vec::new(),
        realis: Realis::Occurred,
        polarity: claim.polarity,
        participants: Vec::new(),
        place: None,
        time: None,
        quantities: Vec::new(),
        cause: None,
    }
}

/// The document's own entity for one of the ledger; where it does not name it, one is added to the copy.
fn local(
    readings: &[&Reading],
    reading: &mut Cow<Reading>,
    number: usize,
    world: &mut World,
    member: &Member,
) -> Option<EntityId> {
    let index = world.of_member(readings, member)?;
    let of = world.of.get_mut(number)?;
    if let Some(known) = of.iter().position(|one| *one == index) {
        return Some(EntityId(u32::try_from(known).ok()?));
    }
    let other = readings
        .iter()
        .find(|reading| reading.document.id == member.0)?;
    let mut entity = other.annotations.entities.get(member.1.index())?.clone();
    // Its mentions are another document's.
    entity.mentions.clear();
    let place = u32::try_from(of.len()).ok()?;
    of.push(index);
    reading.to_mut().annotations.entities.push(entity);
    Some(EntityId(place))
}

/// Calls entities as persons named them, after everything is linked: what a thing is called decides nothing.
pub(crate) fn name(links: &mut Links, linking: &[Linking]) {
    for Linking { ruling, .. } in linking {
        let Ruling::NameEntity { entity, name } = ruling else {
            continue;
        };
        let found = links
            .entities
            .iter_mut()
            .find(|one| one.members.contains(entity));
        let Some(found) = found else {
            continue;
        };
        let before = std::mem::replace(&mut found.name, name.clone());
        let id = found.id.clone();
        for matter in &mut links.matters {
            matter.question = renamed(&matter.question, &before, name);
            for position in &mut matter.positions {
                for party in &mut position.parties {
                    if party.entity.as_deref() == Some(&id) {
                        party.name.clone_from(name);
                    }
                }
                if matter.kind == MatterKind::Control {
                    position.value = renamed(&position.value, &before, name);
                }
            }
            for reason in matter.relations.iter_mut().flat_map(|one| &mut one.reasons) {
                *reason = renamed(reason, &before, name);
            }
        }
    }
}

/// A sentence of the program with another name, where it stands as a word; quoted words stay as they were said.
fn renamed(sentence: &str, before: &str, name: &str) -> String {
    let mut made = String::with_capacity(sentence.len());
    let mut rest = sentence;
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    while !rest.is_empty() {
        let quoted = rest.find('“').unwrap_or(rest.len());
        let (own, from) = rest.split_at(quoted);
        let mut own = own;
        while let Some(at) = own.find(before).filter(|_| !before.is_empty()) {
            let (left, right) = own.split_at(at);
            let after = &right[before.len()..];
            made.push_str(left);
            let is_word = !is_letter(left.chars().next_back()) && !is_letter(after.chars().next());
            // "the Veltans" called "the Veltan side" has one article.
            let has_article = made.ends_with("the ") && name.starts_with("the ");
            let new = if has_article {
                &name["the ".len()..]
            } else {
                name
            };
            made.push_str(if is_word { new } else { before });
            own = after;
        }
        made.push_str(own);
        let end = from
            .find('”')
            .map_or(from.len(), |end| end + '”'.len_utf8());
        let (quote, after) = from.split_at(end);
        made.push_str(quote);
        rest = after;
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_changed_as_a_word_and_never_in_a_quotation() {
        assert_eq!(
            renamed("Who holds Korva? “Korva fell.” Korvans", "Korva", "Qorva"),
            "Who holds Qorva? “Korva fell.” Korvans"
        );
        assert_eq!(
            renamed("not the Korvans", "Korvans", "the K."),
            "not the K."
        );
        assert_eq!(renamed("“unclosed Korva", "Korva", "Q"), "“unclosed Korva");
    }

    #[test]
    fn corrections_are_read_or_refused_in_words() {
        assert_eq!(
            slot_words("time.2=2031-05"),
            Ok((SlotField::Time, Some(2), "2031-05"))
        );
        assert!(slot_words("colour=red").unwrap_err().contains("polarity"));
        assert!(slot_words("time").unwrap_err().contains("FIELD=VALUE"));
        assert!(
            slot_words("time.0=2031")
                .unwrap_err()
                .contains("1 for the first")
        );
        let parse = |field, value| Slot::parse(field, value, None);
        assert!(matches!(
            parse(SlotField::Time, "2031-02"),
            Ok(Slot::Time(Some((_, _, last)))) if last.day() == 28
        ));
        assert!(parse(SlotField::Time, "2031-05-06/2031-05-01").is_err());
        assert_eq!(
            parse(SlotField::Quantity, "40-60"),
            Ok(Slot::Quantity(Some((40.0, 60.0))))
        );
        assert!(parse(SlotField::Quantity, "many").is_err());
        assert!(parse(SlotField::Source, "none").is_err());
        assert_eq!(parse(SlotField::Place, "none"), Ok(Slot::Place(None)));
        assert!(
            parse(SlotField::Act, "lies")
                .unwrap_err()
                .contains("asserts")
        );
    }
}
