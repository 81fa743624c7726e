//! Lists as CSV: one row a record, scalar columns, what is many in one cell parted by ` | `.
//!
//! A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return gets a leading apostrophe, because a spreadsheet
//! would run it as a formula. It does not know which records are listed.

use crate::commands::{Codebook, EventRow, figure};
use crate::contents::{Contents, Found, day_of_claim};
use crate::failure::Failure;
use crate::lines::{Evidence, actor_code, row_id};
use crate::output::Output;
use crate::view::claim_line::{party, quote};
use crate::view::row;
use annotate::{Quantity, Role};
use ledger::Judgement;
use link::{Entity, JudgedAs, Matter, Reading, SlotField};
use text::Span;

/// Writes disputes.
pub fn disputes(
    matters: &[&Matter],
    contents: &Contents,
    output: &mut Output,
) -> Result<(), Failure> {
    let head = [
        "id",
        "kind",
        "state",
        "matter",
        "place",
        "lat",
        "lon",
        "time",
        "earliest",
        "latest",
        "answers",
        "parties",
        "speakers",
        "articles",
        "first_said",
        "last_said",
        "judged",
    ];
    table(&head, matters, output, |matter| {
        let place = matter.place.as_deref().and_then(|id| contents.entity(id));
        let point = place.and_then(|entity| entity.place.as_ref());
        let time = matter.time.as_ref();
        let positions = &matter.positions;
        let parties = positions.iter().map(|position| {
            let names = position.parties.iter().map(|party| party.name.clone());
            names.collect::<Vec<_>>().join(", ")
        });
        vec![
            matter.id.clone(),
            matter.kind.to_string(),
            matter.state.to_string(),
            matter.question.clone(),
            place.map(|place| place.name.clone()).unwrap_or_default(),
            text_of(point.map(|point| point.lat)),
            text_of(point.map(|point| point.lon)),
            text_of(time.and_then(|time| time.value.as_deref())),
            text_of(time.and_then(|time| time.earliest)),
            text_of(time.and_then(|time| time.latest)),
            many(positions.iter().map(|position| position.value.clone())),
            many(parties),
            many(
                positions
                    .iter()
                    .map(|position| position.speakers.to_string()),
            ),
            many(
                positions
                    .iter()
                    .map(|position| position.articles.to_string()),
            ),
            text_of(
                positions
                    .iter()
                    .filter_map(|p| p.first_said.as_deref())
                    .min(),
            ),
            text_of(
                positions
                    .iter()
                    .filter_map(|p| p.last_said.as_deref())
                    .max(),
            ),
            judged(contents.judged_matter(&matter.id)),
        ]
    })
}

/// Writes claims.
pub fn claims(
    claims: &[Found<'_>],
    contents: &Contents,
    output: &mut Output,
) -> Result<(), Failure> {
    let head = [
        "id",
        "document",
        "title",
        "outlet",
        "published",
        "day",
        "voice",
        "party",
        "party_id",
        "party_words",
        "party_basis",
        "speaks_for",
        "act",
        "cue",
        "quote",
        "quotation",
        "start",
        "end",
        "polarity",
        "certainty",
        "said",
        "channel",
        "addressee",
        "via",
        "events",
        "in_translation",
        "flags",
        "standing",
        "confidence_attribution",
        "confidence_source",
        "confidence_act",
        "judged",
    ];
    table(&head, claims, output, |found| {
        let claim = found.claim;
        let document = &found.reading.document;
        let source = &claim.source;
        let words = |spans: &[Span]| {
            let words: Vec<&str> = spans
                .iter()
                .map(|span| span.slice(&document.text))
                .collect();
            words.join(" … ")
        };
        let name = |id: annotate::EntityId| {
            found
                .reading
                .annotations
                .entities
                .get(id.index())
                .map(|entity| entity.name.clone())
        };
        let spans = &claim.content.spans;
        vec![
            format!("cl_{}", claim.id),
            document.id.clone(),
            text_of(document.meta.title.as_deref()),
            text_of(document.meta.outlet.as_deref()),
            text_of(document.meta.published.as_deref()),
            text_of(day_of_claim(claim, document)),
            claim.voice.to_string(),
            text_of(source.name.as_deref()),
            text_of(
                source
                    .entity
                    .and_then(|id| contents.joined(&document.id, id))
                    .map(|entity| entity.id.as_str()),
            ),
            words(&source.spans),
            text_of(source.name_basis),
            text_of(source.speaks_for.and_then(name)),
            claim.act.to_string(),
            text_of(claim.cue.as_ref().map(|cue| words(&cue.spans))),
            words(spans),
            claim.content.quotation.to_string(),
            text_of(spans.first().map(|span| span.start)),
            text_of(spans.last().map(|span| span.end)),
            claim.polarity.to_string(),
            claim.certainty.to_string(),
            text_of(claim.said.as_ref().and_then(|time| time.value.as_deref())),
            text_of(claim.channel.map(|span| span.slice(&document.text))),
            text_of(claim.addressee.map(|span| span.slice(&document.text))),
            many(claim.via.iter().map(|via| via.name.clone())),
            many(claim.events.iter().map(|event| event.kind.to_string())),
            document.meta.translated.is_some().to_string(),
            many(claim.flags.iter().map(ToString::to_string)),
            claim.standing.to_string(),
            text_of(claim.confidence.attribution),
            text_of(claim.confidence.source),
            claim.confidence.act.to_string(),
            judged(contents.judged_claim(&document.id, &claim.id).into_iter()),
        ]
    })
}

/// Writes events. The columns `best`, `type_as`, `note` and `by` are the coder's, and come back by `judge --import`.
pub fn events(
    rows: &[EventRow<'_>],
    contents: &Contents,
    book: &Codebook,
    output: &mut Output,
) -> Result<(), Failure> {
    let head = [
        "id",
        "event",
        "types",
        "codes",
        "place",
        "place_id",
        "lat",
        "lon",
        "earliest",
        "latest",
        "actors",
        "actor_codes",
        "recipients",
        "objects",
        "contested",
        "matters",
        "documents",
        "claims",
        "days",
        "speakers",
        "acts",
        "polarities",
        "realis",
        "lows",
        "bests",
        "highs",
        "nouns",
        "effects",
        "quotes",
        "best",
        "type_as",
        "note",
        "by",
    ];
    table(&head, rows, output, |row| {
        let place = row.place(contents);
        let point = place.and_then(|entity| entity.place.as_ref());
        let days = row.days();
        let told = || row.told.iter();
        let claim = |told: &crate::commands::Told<'_>| format!("cl_{}", told.found.claim.id);
        let names = |role| {
            let parties = row.parties(role, contents);
            many(parties.into_iter().map(|(_, name)| name))
        };
        let actors = row.parties(Role::Actor, contents);
        let codes = actors.iter().map(|(id, name)| {
            let code = actor_code(*id, name, contents, book);
            code.unwrap_or_default().to_owned()
        });
        let figures = |pick: &dyn Fn(&Quantity) -> String| {
            let cells = told().map(|told| figure(told).map(pick).unwrap_or_default());
            many(cells)
        };
        let best = row.put_down(SlotField::Best, contents);
        let kind = row.put_down(SlotField::Type, contents);
        let judgement = best.or(kind).map(|(_, judgement)| &judgement.decision);
        vec![
            row_id(row),
            text_of(row.told.first().map(|told| told.number)),
            many(row.types().iter().map(ToString::to_string)),
            many(
                row.types()
                    .iter()
                    .filter_map(|kind| book.kind(*kind))
                    .map(str::to_owned),
            ),
            place.map(|place| place.name.clone()).unwrap_or_default(),
            text_of(place.map(|place| place.id.as_str())),
            text_of(point.map(|point| point.lat)),
            text_of(point.map(|point| point.lon)),
            text_of(days.as_ref().map(|days| days.0.as_str())),
            text_of(days.as_ref().map(|days| days.1.as_str())),
            names(Role::Actor),
            many(codes),
            names(Role::Recipient),
            names(Role::Object),
            row.is_contested.to_string(),
            many(row.matters.iter().map(ToString::to_string)),
            many(row.documents().iter().map(ToString::to_string)),
            many(told().map(claim)),
            many(
                told().map(|told| {
                    text_of(day_of_claim(told.found.claim, &told.found.reading.document))
                }),
            ),
            many(told().map(|told| {
                let reading = told.found.reading;
                party(told.found.claim, &reading.document, &reading.annotations)
            })),
            many(told().map(|told| told.found.claim.act.to_string())),
            many(told().map(|told| told.event.polarity.to_string())),
            many(told().map(|told| told.event.realis.to_string())),
            figures(&|quantity| text_of(quantity.low)),
            figures(&|quantity| text_of(quantity.best)),
            figures(&|quantity| text_of(quantity.high)),
            figures(&|quantity| quantity.noun.clone()),
            figures(&|quantity| text_of(quantity.effect)),
            many(told().map(|told| {
                quote(
                    &told.found.claim.content.spans,
                    &told.found.reading.document.text,
                )
            })),
            text_of(best.map(|(value, _)| value)),
            text_of(kind.map(|(value, _)| value)),
            text_of(judgement.and_then(|decision| decision.note.as_deref())),
            text_of(judgement.map(|decision| decision.by_name.as_str())),
        ]
    })
}

/// Writes entities.
pub fn entities(
    entities: &[&Entity],
    contents: &Contents,
    output: &mut Output,
) -> Result<(), Failure> {
    let head = [
        "id",
        "kind",
        "name",
        "forms",
        "mentions",
        "documents",
        "gazetteer_id",
        "place",
        "lat",
        "lon",
        "precision",
        "link_id",
        "link_score",
    ];
    table(&head, entities, output, |entity| {
        let place = entity.place.as_ref();
        vec![
            entity.id.clone(),
            entity.kind.to_string(),
            entity.name.clone(),
            many(entity.forms.iter().map(|form| form.text.clone())),
            row::mentions(entity, contents).to_string(),
            row::documents(entity).to_string(),
            text_of(place.map(|place| place.gazetteer_id.as_str())),
            text_of(place.map(|place| place.name.as_str())),
            text_of(place.map(|place| place.lat)),
            text_of(place.map(|place| place.lon)),
            text_of(place.map(|place| place.precision)),
            text_of(entity.link.as_ref().map(|link| link.id.as_str())),
            text_of(entity.link.as_ref().map(|link| link.score)),
        ]
    })
}

/// Writes documents.
pub fn documents(
    readings: &[&Reading],
    contents: &Contents,
    output: &mut Output,
) -> Result<(), Failure> {
    let head = [
        "id",
        "path",
        "title",
        "outlet",
        "byline",
        "url",
        "published",
        "published_basis",
        "language",
        "translated_from",
        "sightings",
        "article",
        "claims",
        "entities",
        "notes",
        "judged",
    ];
    table(&head, readings, output, |reading| {
        let document = &reading.document;
        let meta = &document.meta;
        let sighting = document.sightings.first();
        vec![
            document.id.clone(),
            text_of(sighting.and_then(|sighting| sighting.path.as_deref())),
            text_of(meta.title.as_deref()),
            text_of(meta.outlet.as_deref()),
            text_of(meta.byline.as_deref()),
            text_of(meta.url.as_deref()),
            text_of(meta.published.as_deref()),
            meta.published_basis.to_string(),
            text_of(meta.language.as_deref()),
            text_of(
                meta.translated
                    .as_ref()
                    .and_then(|translation| translation.from.as_deref()),
            ),
            document.sightings.len().to_string(),
            document.is_article().to_string(),
            reading.annotations.claims.len().to_string(),
            reading.annotations.entities.len().to_string(),
            (document.notes.len() + reading.annotations.notes.len()).to_string(),
            judged(
                contents
                    .ignored_document(&document.id)
                    .map(|judgement| (JudgedAs::Ignored, judgement))
                    .into_iter(),
            ),
        ]
    })
}

/// `ignored ju_5be01a | corrected ju_77b0de`
fn judged<'a>(by: impl Iterator<Item = (JudgedAs, &'a Judgement)>) -> String {
    many(by.map(|(effect, judgement)| format!("{effect} {}", judgement.id)))
}

fn table<T>(
    head: &[&str],
    records: &[T],
    output: &mut Output,
    row: impl Fn(&T) -> Vec<String>,
) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(output.raw());
    writer.write_record(head)?;
    for record in records {
        writer.write_record(row(record).iter().map(|cell| guarded(cell)))?;
    }
    writer.flush()?;
    Ok(())
}

/// A cell as no spreadsheet runs it. Numbers are what they are: `-120.5` is a longitude, not a formula.
fn guarded(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && cell.parse::<f64>().is_err() {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn text_of<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn many(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_not_run() {
        for cell in [
            "=1+1",
            "+1 said",
            "-x",
            "@sum",
            "\tx",
            "\rx",
            "+HYPERLINK(0)",
        ] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        for cell in ["", "said", "-120.5", "2021-09-06", "'x"] {
            assert_eq!(guarded(cell), cell);
        }
    }
}
