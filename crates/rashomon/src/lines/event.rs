//! The line of a candidate event (`events --format jsonl`): what it is, where, when, and what each speaker says of it.
//!
//! It does not know how events are brought together.

use super::open_number;
use crate::commands::{Codebook, EventRow, Told, figure};
use crate::contents::{Contents, day_of_claim};
use crate::view::claim_line::party;
use annotate::Role;
use link::SlotField;
use serde::Serialize;

/// A candidate event.
#[derive(Debug, Serialize)]
pub struct EventRowLine<'a> {
    record: &'static str,
    /// Its first claim, and which of that claim's events it is.
    id: String,
    event: usize,
    types: Vec<&'static str>,
    codes: Vec<&'a str>,
    place: Option<PlaceOf<'a>>,
    earliest: Option<String>,
    latest: Option<String>,
    actors: Vec<Party<'a>>,
    recipients: Vec<Party<'a>>,
    objects: Vec<Party<'a>>,
    told: Vec<ToldLine<'a>>,
    documents: usize,
    matters: &'a [&'a str],
    contested: bool,
    #[serde(serialize_with = "open_number")]
    best: Option<f64>,
    judged: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct PlaceOf<'a> {
    entity: &'a str,
    name: &'a str,
    lat: Option<f64>,
    lon: Option<f64>,
}

#[derive(Debug, Serialize)]
struct Party<'a> {
    entity: Option<&'a str>,
    name: String,
    code: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct ToldLine<'a> {
    claim: String,
    document: &'a str,
    outlet: Option<&'a str>,
    day: Option<String>,
    speaker: String,
    entity: Option<&'a str>,
    act: &'static str,
    polarity: &'static str,
    realis: &'static str,
    #[serde(serialize_with = "open_number")]
    low: Option<f64>,
    #[serde(serialize_with = "open_number")]
    best: Option<f64>,
    #[serde(serialize_with = "open_number")]
    high: Option<f64>,
    noun: Option<&'a str>,
    effect: Option<&'static str>,
    standing: &'static str,
}

/// The line of an event.
#[must_use]
pub fn event_line<'a>(
    row: &'a EventRow<'a>,
    contents: &'a Contents,
    book: &'a Codebook,
) -> EventRowLine<'a> {
    let place = row.place(contents);
    let days = row.days();
    let best = row.put_down(SlotField::Best, contents);
    let parties = |role| {
        let found = row.parties(role, contents).into_iter();
        found
            .map(|(entity, name)| Party {
                code: actor_code(entity, &name, contents, book),
                entity,
                name,
            })
            .collect()
    };
    EventRowLine {
        record: "event",
        id: row_id(row),
        event: row.told.first().map_or(1, |told| told.number),
        types: row.types().iter().map(|kind| kind.as_str()).collect(),
        codes: row
            .types()
            .iter()
            .filter_map(|kind| book.kind(*kind))
            .collect(),
        place: place.map(|place| PlaceOf {
            entity: &place.id,
            name: &place.name,
            lat: place.place.as_ref().map(|point| point.lat),
            lon: place.place.as_ref().map(|point| point.lon),
        }),
        earliest: days.as_ref().map(|days| days.0.clone()),
        latest: days.map(|days| days.1),
        actors: parties(Role::Actor),
        recipients: parties(Role::Recipient),
        objects: parties(Role::Object),
        told: row
            .told
            .iter()
            .map(|told| told_line(told, contents))
            .collect(),
        documents: row.documents().len(),
        matters: &row.matters,
        contested: row.is_contested,
        best: best.and_then(|(value, _)| value.parse().ok()),
        judged: best
            .iter()
            .map(|(_, judgement)| judgement.id.as_str())
            .collect(),
    }
}

/// The id of the first claim that tells it.
#[must_use]
pub fn row_id(row: &EventRow<'_>) -> String {
    let first = row.told.first();
    first.map_or_else(String::new, |told| format!("cl_{}", told.found.claim.id))
}

/// What the codebook calls an actor.
#[must_use]
pub fn actor_code<'b>(
    id: Option<&str>,
    name: &str,
    contents: &Contents,
    book: &'b Codebook,
) -> Option<&'b str> {
    let entity = id.and_then(|id| super::Evidence::entity(contents, id));
    let mut spellings = vec![name];
    spellings.extend(
        entity
            .into_iter()
            .flat_map(|entity| entity.forms.iter().map(|form| form.text.as_str())),
    );
    book.actor(id, &spellings)
}

fn told_line<'a>(told: &Told<'a>, contents: &'a Contents) -> ToldLine<'a> {
    let (claim, reading) = (told.found.claim, told.found.reading);
    let document = &reading.document;
    let quantity = figure(told);
    ToldLine {
        claim: format!("cl_{}", claim.id),
        document: &document.id,
        outlet: document.meta.outlet.as_deref(),
        day: day_of_claim(claim, document),
        speaker: party(claim, document, &reading.annotations),
        entity: claim
            .source
            .entity
            .and_then(|id| contents.joined(&document.id, id))
            .map(|entity| entity.id.as_str()),
        act: claim.act.as_str(),
        polarity: told.event.polarity.as_str(),
        realis: told.event.realis.as_str(),
        low: quantity.and_then(|quantity| quantity.low),
        best: quantity.and_then(|quantity| quantity.best),
        high: quantity.and_then(|quantity| quantity.high),
        noun: quantity.map(|quantity| quantity.noun.as_str()),
        effect: quantity
            .and_then(|quantity| quantity.effect)
            .map(|effect| effect.as_str()),
        standing: claim.standing.as_str(),
    }
}
