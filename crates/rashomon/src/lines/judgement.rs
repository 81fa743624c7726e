//! A judgement as a line.
//!
//! It does not know what follows from it.

use crate::contents::Contents;
use ledger::{Judgement, Standing};
use serde::Serialize;

/// A person's decision; `subject_now` and `object_now` are the entities that it is about as they are now.
#[derive(Debug, Serialize)]
pub struct JudgementLine<'a> {
    record: &'static str,
    id: &'a str,
    verb: &'static str,
    subject: &'a str,
    object: Option<&'a str>,
    value: Option<&'a str>,
    by: &'a str,
    at: Option<&'a str>,
    note: Option<&'a str>,
    retracted: Option<&'a str>,
    subject_now: Option<&'a str>,
    object_now: Option<&'a str>,
    /// `in_force`, `retracted`, `orphaned` or `contradicted`.
    standing: Option<&'static str>,
    /// The judgements that go against it.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    against: &'a [String],
    /// The matters that it changes now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    matters: Vec<&'a str>,
}

/// The line of a judgement.
#[must_use]
pub fn judgement_line<'a>(judgement: &'a Judgement, contents: &'a Contents) -> JudgementLine<'a> {
    let decision = &judgement.decision;
    let [subject_now, object_now] = contents
        .judged(judgement)
        .map(|entity| entity.map(|entity| entity.id.as_str()));
    let standing = contents.standing(judgement);
    let judged = contents.links.judged.iter();
    JudgementLine {
        record: "judgement",
        id: &judgement.id,
        verb: decision.verb.as_str(),
        subject: &decision.subject,
        object: decision.object.as_deref(),
        value: decision.value.as_deref(),
        by: &decision.by_name,
        at: decision.at.as_deref(),
        note: decision.note.as_deref(),
        retracted: judgement.retracted_at.as_deref(),
        subject_now,
        object_now,
        standing: standing.map(standing_word),
        against: match standing {
            Some(Standing::Contradicted(others)) => others,
            _ => &[],
        },
        matters: judged
            .filter(|one| one.judgement == judgement.id)
            .map(|one| one.matter.as_str())
            .collect(),
    }
}

fn standing_word(standing: &Standing) -> &'static str {
    match standing {
        Standing::InForce => "in_force",
        Standing::Retracted => "retracted",
        Standing::Orphaned => "orphaned",
        Standing::Contradicted(_) => "contradicted",
    }
}
