//! The claim line of §3.
//!
//! It does not know how claims are found.

use super::{Ids, QuantityLine, SpanLine, TimeLine, four_decimals};
use annotate::{Annotations, Claim, Event, Flag, NameBasis, Participant, UnverifiedBy};
use serde::Serialize;
use text::Document;

/// A claim.
#[derive(Debug, Serialize)]
pub struct ClaimLine<'a> {
    record: &'static str,
    id: String,
    document: &'a str,
    voice: &'static str,
    source: SourceLine<'a>,
    cue: Option<CueLine<'a>>,
    act: &'static str,
    content: ContentLine<'a>,
    polarity: &'static str,
    certainty: &'static str,
    unverified_by: Option<String>,
    confidence: ConfidenceLine,
    standing: &'static str,
    refers_to: Option<String>,
    addressee: Option<SpanLine<'a>>,
    channel: Option<SpanLine<'a>>,
    via: Vec<ViaLine<'a>>,
    said: Option<TimeLine<'a>>,
    events: Vec<EventLine<'a>>,
    flags: Vec<&'static str>,
    why: Vec<WhyLine<'a>>,
}

/// The line of a claim of a document.
#[must_use]
pub fn claim_line<'a>(
    claim: &'a Claim,
    document: &'a Document,
    annotations: &'a Annotations,
    ids: Ids<'_>,
) -> ClaimLine<'a> {
    let text = document.text.as_str();
    let entity = |id| ids.entity(&document.id, id);
    ClaimLine {
        record: "claim",
        id: ids.claim(&claim.id),
        document: &document.id,
        voice: claim.voice.as_str(),
        source: SourceLine {
            kind: claim.source.kind.as_str(),
            spans: SpanLine::all(&claim.source.spans, text),
            entity: claim.source.entity.map(entity),
            name: claim.source.name.as_deref(),
            name_basis: claim.source.name_basis.map(NameBasis::as_str),
            speaks_for: claim.source.speaks_for.map(entity),
        },
        cue: claim.cue.as_ref().map(|cue| CueLine {
            spans: SpanLine::all(&cue.spans, text),
            lemma: &cue.lemma,
        }),
        act: claim.act.as_str(),
        content: ContentLine {
            spans: SpanLine::all(&claim.content.spans, text),
            quotation: claim.content.quotation.as_str(),
        },
        polarity: claim.polarity.as_str(),
        certainty: claim.certainty.as_str(),
        unverified_by: claim.unverified_by.map(|by| match by {
            UnverifiedBy::Entity(id) => entity(id),
            UnverifiedBy::Outlet => "outlet".to_owned(),
        }),
        confidence: ConfidenceLine {
            attribution: claim.confidence.attribution.map(four_decimals),
            source: claim.confidence.source.map(four_decimals),
            act: four_decimals(claim.confidence.act),
        },
        standing: claim.standing.as_str(),
        refers_to: claim
            .refers_to
            .and_then(|index| annotations.claims.get(index as usize))
            .map(|other| ids.claim(&other.id)),
        addressee: claim.addressee.map(|span| SpanLine::new(span, text)),
        channel: claim.channel.map(|span| SpanLine::new(span, text)),
        via: claim
            .via
            .iter()
            .map(|via| ViaLine {
                name: &via.name,
                spans: SpanLine::all(&via.spans, text),
            })
            .collect(),
        said: claim.said.as_ref().map(|time| TimeLine::new(time, text)),
        events: claim
            .events
            .iter()
            .map(|event| EventLine::new(event, document, ids))
            .collect(),
        flags: claim.flags.iter().copied().map(Flag::as_str).collect(),
        why: claim
            .why
            .iter()
            .map(|why| WhyLine {
                rule: &why.rule,
                spans: SpanLine::all(&why.spans, text),
                note: &why.note,
            })
            .collect(),
    }
}

#[derive(Debug, Serialize)]
struct SourceLine<'a> {
    kind: &'static str,
    spans: Vec<SpanLine<'a>>,
    entity: Option<String>,
    name: Option<&'a str>,
    name_basis: Option<&'static str>,
    speaks_for: Option<String>,
}

#[derive(Debug, Serialize)]
struct CueLine<'a> {
    spans: Vec<SpanLine<'a>>,
    lemma: &'a str,
}

#[derive(Debug, Serialize)]
struct ContentLine<'a> {
    spans: Vec<SpanLine<'a>>,
    quotation: &'static str,
}

#[derive(Debug, Serialize)]
struct ConfidenceLine {
    attribution: Option<f64>,
    source: Option<f64>,
    act: f64,
}

#[derive(Debug, Serialize)]
struct ViaLine<'a> {
    name: &'a str,
    spans: Vec<SpanLine<'a>>,
}

#[derive(Debug, Serialize)]
struct WhyLine<'a> {
    rule: &'a str,
    spans: Vec<SpanLine<'a>>,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct EventLine<'a> {
    r#type: &'static str,
    confidence: f64,
    alternatives: Vec<&'static str>,
    realis: &'static str,
    polarity: &'static str,
    participants: Vec<ParticipantLine<'a>>,
    place: Option<String>,
    time: Option<TimeLine<'a>>,
    quantities: Vec<QuantityLine<'a>>,
    /// The predicate's words.
    span: SpanLine<'a>,
    /// For a death: how it came about.
    cause: Option<SpanLine<'a>>,
}

#[derive(Debug, Serialize)]
struct ParticipantLine<'a> {
    role: &'static str,
    entity: Option<String>,
    spans: Vec<SpanLine<'a>>,
    basis: &'static str,
}

impl<'a> EventLine<'a> {
    fn new(event: &'a Event, document: &'a Document, ids: Ids<'_>) -> Self {
        let text = document.text.as_str();
        let participant = |participant: &'a Participant| ParticipantLine {
            role: participant.role.as_str(),
            entity: participant.entity.map(|id| ids.entity(&document.id, id)),
            spans: SpanLine::all(&participant.spans, text),
            basis: participant.basis.as_str(),
        };
        Self {
            r#type: event.kind.as_str(),
            confidence: four_decimals(event.confidence),
            alternatives: event
                .alternatives
                .iter()
                .map(|kind| kind.as_str())
                .collect(),
            realis: event.realis.as_str(),
            polarity: event.polarity.as_str(),
            participants: event.participants.iter().map(participant).collect(),
            place: event.place.map(|id| ids.entity(&document.id, id)),
            time: event.time.as_ref().map(|time| TimeLine::new(time, text)),
            quantities: event
                .quantities
                .iter()
                .map(|quantity| QuantityLine::new(quantity, text))
                .collect(),
            span: SpanLine::new(event.span, text),
            cause: event.cause.map(|span| SpanLine::new(span, text)),
        }
    }
}
