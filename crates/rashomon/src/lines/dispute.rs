//! The dispute line of §4.
//!
//! It does not know how matters are made. The words of a claim come from its document, through `Evidence`.

use super::{SpanLine, TimeLine};
use ledger::Coverage;
use link::{Matter, Position, PositionClaim, Reading};
use serde::Serialize;
use text::Span;

/// What a matter's ids stand for.
pub trait Evidence {
    /// A document with what was read in it.
    fn reading(&self, document: &str) -> Option<&Reading>;
    /// An entity of the ledger.
    fn entity(&self, id: &str) -> Option<&link::Entity>;
}

/// A matter with its positions, relations and the ledger's coverage.
#[derive(Debug, Serialize)]
pub struct DisputeLine<'a> {
    record: &'static str,
    id: &'a str,
    kind: &'static str,
    matter: &'a str,
    place: Option<DisputePlace<'a>>,
    time: Option<TimeLine<'a>>,
    state: &'static str,
    positions: Vec<PositionLine<'a>>,
    relations: Vec<RelationLine<'a>>,
    coverage: CoverageLine,
}

/// The line of a matter.
#[must_use]
pub fn dispute_line<'a>(
    matter: &'a Matter,
    evidence: &'a dyn Evidence,
    coverage: &Coverage,
) -> DisputeLine<'a> {
    DisputeLine {
        record: "dispute",
        id: &matter.id,
        kind: matter.kind.as_str(),
        matter: &matter.question,
        place: matter
            .place
            .as_deref()
            .and_then(|id| evidence.entity(id))
            .map(DisputePlace::new),
        time: time_line(matter, evidence),
        state: matter.state.as_str(),
        positions: matter
            .positions
            .iter()
            .map(|position| PositionLine::new(position, evidence))
            .collect(),
        relations: matter
            .relations
            .iter()
            .map(|relation| RelationLine {
                from: &relation.from,
                to: &relation.to,
                r#type: relation.kind.as_str(),
                reasons: relation.reasons.iter().map(String::as_str).collect(),
            })
            .collect(),
        coverage: CoverageLine {
            read: coverage.read,
            undated: coverage.undated,
            not_english: coverage.not_english,
            not_article: coverage.not_article,
            failed: coverage.failed,
        },
    }
}

/// A matter's time names no document; its words are those of the first claim's document that has this expression.
/// Where none has it (a document's own day), the expression has no words: an empty span.
fn time_line<'a>(matter: &'a Matter, evidence: &'a dyn Evidence) -> Option<TimeLine<'a>> {
    let time = matter.time.as_ref()?;
    let text = matter
        .positions
        .iter()
        .flat_map(|position| &position.claims)
        .filter_map(|claim| evidence.reading(&claim.document))
        .find(|reading| reading.annotations.times.contains(time))
        .map(|reading| reading.document.text.as_str());
    let line = TimeLine::new(time, text.unwrap_or_default());
    Some(match text {
        Some(_) => line,
        None => TimeLine {
            span: SpanLine::new(Span::new(0, 0), ""),
            ..line
        },
    })
}

/// Where no gazetteer knows the place, its name stands without a point.
#[derive(Debug, Serialize)]
struct DisputePlace<'a> {
    name: &'a str,
    lat: Option<f64>,
    lon: Option<f64>,
    precision: Option<&'static str>,
}

impl<'a> DisputePlace<'a> {
    fn new(entity: &'a link::Entity) -> Self {
        let place = entity.place.as_ref();
        Self {
            name: place.map_or(&entity.name, |place| &place.name),
            lat: place.map(|place| place.lat),
            lon: place.map(|place| place.lon),
            precision: place.map(|place| place.precision.as_str()),
        }
    }
}

#[derive(Debug, Serialize)]
struct PositionLine<'a> {
    id: &'a str,
    value: &'a str,
    parties: Vec<PartyLine<'a>>,
    first_said: Option<&'a str>,
    last_said: Option<&'a str>,
    claims: Vec<PositionClaimLine<'a>>,
    articles: u32,
    origins: OriginsLine,
    speakers: u32,
}

#[derive(Debug, Serialize)]
struct PartyLine<'a> {
    entity: Option<&'a str>,
    name: &'a str,
}

#[derive(Debug, Serialize)]
struct OriginsLine {
    low: u32,
    high: u32,
}

#[derive(Debug, Serialize)]
struct PositionClaimLine<'a> {
    claim: String,
    document: &'a str,
    quote: String,
    spans: Vec<SpanLine<'a>>,
    link: &'static str,
}

#[derive(Debug, Serialize)]
struct RelationLine<'a> {
    from: &'a str,
    to: &'a str,
    r#type: &'static str,
    reasons: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct CoverageLine {
    read: u64,
    undated: u64,
    not_english: u64,
    not_article: u64,
    failed: u64,
}

impl<'a> PositionLine<'a> {
    fn new(position: &'a Position, evidence: &'a dyn Evidence) -> Self {
        Self {
            id: &position.id,
            value: &position.value,
            parties: position
                .parties
                .iter()
                .map(|party| PartyLine {
                    entity: party.entity.as_deref(),
                    name: &party.name,
                })
                .collect(),
            first_said: position.first_said.as_deref(),
            last_said: position.last_said.as_deref(),
            claims: position
                .claims
                .iter()
                .map(|claim| PositionClaimLine::new(claim, evidence))
                .collect(),
            articles: position.articles,
            origins: OriginsLine {
                low: position.origins_low,
                high: position.origins_high,
            },
            speakers: position.speakers,
        }
    }
}

impl<'a> PositionClaimLine<'a> {
    fn new(claim: &'a PositionClaim, evidence: &'a dyn Evidence) -> Self {
        let text = evidence
            .reading(&claim.document)
            .map_or("", |reading| reading.document.text.as_str());
        let words: Vec<&str> = claim.spans.iter().map(|span| span.slice(text)).collect();
        Self {
            claim: format!("cl_{}", claim.claim),
            document: &claim.document,
            quote: words.join(" … "),
            spans: SpanLine::all(&claim.spans, text),
            link: claim.link.as_str(),
        }
    }
}
