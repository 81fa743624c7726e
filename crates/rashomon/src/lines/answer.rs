//! The line of a claim that answers a question (`ask --format jsonl`): how it answers, and the claim whole.
//!
//! It does not know how answers are found.

use super::{Ids, claim::ClaimLine, claim_line, four_decimals};
use crate::commands::Answering;
use serde::Serialize;

/// A claim and how it answers.
#[derive(Debug, Serialize)]
pub struct AnswerLine<'a> {
    record: &'static str,
    asked: &'a str,
    relation: &'static str,
    related: f64,
    reasons: &'a [String],
    suggested: bool,
    day: Option<&'a str>,
    published: Option<&'a str>,
    outlet: Option<&'a str>,
    title: Option<&'a str>,
    url: Option<&'a str>,
    path: Option<&'a str>,
    matters: Vec<&'a str>,
    claim: ClaimLine<'a>,
}

/// The line of an answer to a sentence.
#[must_use]
pub fn answer_line<'a>(one: &'a Answering<'a>, asked: &'a str, ids: Ids<'_>) -> AnswerLine<'a> {
    let reading = one.found.reading;
    let document = &reading.document;
    let sighting = document.sightings.first();
    AnswerLine {
        record: "answer",
        asked,
        relation: one.relation.as_str(),
        related: four_decimals(one.related),
        reasons: &one.reasons,
        suggested: one.is_suggested,
        day: one.day.as_deref(),
        published: document.meta.published.as_deref(),
        outlet: document.meta.outlet.as_deref(),
        title: document.meta.title.as_deref(),
        url: document.meta.url.as_deref(),
        path: sighting.and_then(|sighting| sighting.path.as_deref()),
        matters: one.matters.iter().map(|(id, _)| id.as_str()).collect(),
        claim: claim_line(one.found.claim, document, &reading.annotations, ids),
    }
}
