//! A line with the judgements by which its record is as it is, and ids that the record had before.
//!
//! It does not know the line. Where nothing was decided it adds nothing.

use crate::contents::Contents;
use annotate::Claim;
use ledger::{Judgement, Verb};
use link::{JudgedAs, Matter};
use serde::Serialize;
use text::Document;

/// A line and what was decided.
#[derive(Debug, Serialize)]
pub struct WithJudged<'a, T> {
    #[serde(flatten)]
    line: T,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    judged: Vec<JudgedLine<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<&'a str>,
}

/// A judgement as what it is about names it.
#[derive(Debug, Serialize)]
struct JudgedLine<'a> {
    judgement: &'a str,
    effect: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    by: &'a str,
}

impl<'a> JudgedLine<'a> {
    fn of((effect, judgement): (JudgedAs, &'a Judgement)) -> Self {
        let decision = &judgement.decision;
        let value = decision.value.as_deref();
        Self {
            judgement: &judgement.id,
            effect: effect.as_str(),
            // What a split takes out are ids, which the judgement itself lists.
            value: value.filter(|_| decision.verb != Verb::Split),
            by: &decision.by_name,
        }
    }
}

/// A matter's line.
pub fn judged_matter<'a, T>(
    line: T,
    matter: &'a Matter,
    contents: &'a Contents,
) -> WithJudged<'a, T> {
    WithJudged {
        line,
        judged: contents
            .judged_matter(&matter.id)
            .map(JudgedLine::of)
            .collect(),
        aliases: contents.earlier_ids(&matter.id).collect(),
    }
}

/// A claim's line.
pub fn judged_claim<'a, T>(
    line: T,
    claim: &Claim,
    document: &Document,
    contents: &'a Contents,
) -> WithJudged<'a, T> {
    let judged = contents.judged_claim(&document.id, &claim.id);
    WithJudged {
        line,
        judged: judged.into_iter().map(JudgedLine::of).collect(),
        aliases: Vec::new(),
    }
}

/// A document's line.
pub fn judged_document<'a, T>(
    line: T,
    document: &Document,
    contents: &'a Contents,
) -> WithJudged<'a, T> {
    let ignored = contents.ignored_document(&document.id);
    let judged = ignored.map(|judgement| JudgedLine::of((JudgedAs::Ignored, judgement)));
    WithJudged {
        line,
        judged: judged.into_iter().collect(),
        aliases: Vec::new(),
    }
}
