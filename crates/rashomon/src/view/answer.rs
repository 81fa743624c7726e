//! The answers to a question for people: by day, each with how it answers, who says it, its words and where they stand.
//!
//! It does not say what is so. Where nothing answers, it says in how many documents.

use super::claim_line::{Layout, Spoken, quote, spoken};
use super::coverage::counted;
use super::dispute::hanging;
use super::row::reference;
use super::terminal::{Terminal, Tone, cell, flat, wrap};
use crate::commands::{Answering, Asked};
use crate::contents::Contents;
use annotate::Certainty;
use ledger::Coverage;
use link::answers::Relation;
use std::collections::BTreeMap;

/// Columns of how a claim answers.
const RELATION: usize = 13;

/// The lines of all answers and what is said under them, without the coverage.
#[must_use]
pub fn answer_lines(
    asked: &Asked<'_>,
    answering: &[Answering<'_>],
    contents: &Contents,
    terminal: Terminal,
) -> Vec<String> {
    let mut lines: Vec<String> = wrap(&flat(asked.sentence), terminal.width)
        .iter()
        .map(|line| terminal.paint(Tone::Head, line))
        .collect();
    let said: Vec<Spoken> = answering
        .iter()
        .map(|one| {
            let mut said = spoken(one.found.claim, one.found.reading);
            if one.is_suggested {
                said.suggest();
            }
            said
        })
        .collect();
    let layout = Layout::new(said.iter(), RELATION, terminal);
    for (one, said) in answering.iter().zip(&said) {
        lines.push(String::new());
        lines.extend(one_answer(one, said, layout, contents, terminal));
    }
    lines.push(String::new());
    if answering.is_empty() {
        lines.extend(wrap(
            &nothing_line(asked, &contents.coverage),
            terminal.width,
        ));
    } else {
        lines.extend(wrap(&sums(answering), terminal.width));
    }
    if asked.without_stance > 0 {
        let more = format!(
            "{} it up without a stance, or of what is to come or may be; --all lists them.",
            if asked.without_stance == 1 {
                "1 claim takes".to_owned()
            } else {
                format!("{} claims take", asked.without_stance)
            }
        );
        lines.extend(wrap(&more, terminal.width));
    }
    if let Some(sharing) = asked.too_many {
        let some = format!(
            "{sharing} claims share words with this; the nearest of them were read closely. More words in the question narrow it."
        );
        lines.extend(wrap(&some, terminal.width));
    }
    if !answering.is_empty() && asked.left_out > 0 {
        lines.extend(wrap(&left_out(asked), terminal.width));
    }
    let matters: BTreeMap<&str, &str> = answering
        .iter()
        .flat_map(|one| &one.matters)
        .map(|(id, question)| (id.as_str(), question.as_str()))
        .collect();
    for (id, question) in matters {
        let see = format!("See also {}: {}", contents.short_matter(id), flat(question));
        lines.extend(hanging(&see, 0, 3, terminal));
    }
    lines
}

fn one_answer(
    one: &Answering<'_>,
    said: &Spoken,
    layout: Layout,
    contents: &Contents,
    terminal: Terminal,
) -> Vec<String> {
    let mut lines = said.whole(layout);
    // The layout leaves these columns free.
    let relation = cell(relation_words(one.relation), RELATION);
    if let Some(first) = lines.first_mut() {
        let rest = first.trim_start_matches(' ').to_owned();
        *first = format!("{}{rest}", terminal.paint(Tone::Head, &relation));
    }
    let claim = one.found.claim;
    let document = &one.found.reading.document;
    let indent = layout.quote_column();
    let room = terminal.width.saturating_sub(indent);
    let id = contents.short_claim(&claim.id);
    let mut below = reference(&id, document, contents, room);
    let spans: Vec<String> = claim
        .content
        .spans
        .iter()
        .map(|span| format!("{}–{}", span.start, span.end))
        .collect();
    let published = document
        .meta
        .published
        .as_deref()
        .map_or("undated", crate::contents::day);
    let mut place = format!("published {} · bytes {}", flat(published), spans.join(", "));
    if let Some(channel) = claim.channel {
        place.push_str(&format!(" · {}", quote(&[channel], &document.text)));
    }
    if claim.certainty != Certainty::Certain {
        place.push_str(&format!(" · {}", claim.certainty));
    }
    below.extend(wrap(&place, room));
    let reasons: Vec<String> = one.reasons.iter().map(|reason| flat(reason)).collect();
    below.extend(wrap(&format!("why: {}", reasons.join("; ")), room));
    lines.extend(below.iter().map(|line| {
        format!(
            "{}{}",
            " ".repeat(indent),
            terminal.paint(Tone::Faint, line)
        )
    }));
    lines
}

/// How a claim answers, in words.
fn relation_words(relation: Relation) -> &'static str {
    match relation {
        Relation::Affirms => "affirms",
        Relation::Denies => "denies",
        Relation::Doubts => "doubts",
        Relation::Alternative => "alternative",
        Relation::Quantity => "other number",
        Relation::Reports => "takes it up",
        Relation::Unrelated => "unrelated",
    }
}

/// `3 claims affirm it, 1 denies it; by 3 speakers in 4 documents.`
fn sums(answering: &[Answering<'_>]) -> String {
    let forms = [
        (Relation::Affirms, "affirms it", "affirm it"),
        (Relation::Denies, "denies it", "deny it"),
        (Relation::Doubts, "doubts it", "doubt it"),
        (
            Relation::Alternative,
            "offers an alternative",
            "offer an alternative",
        ),
        (
            Relation::Quantity,
            "gives another number",
            "give another number",
        ),
        (Relation::Reports, "takes it up", "take it up"),
    ];
    let counts = |one: &&Answering<'_>| !one.is_suggested;
    let mut parts: Vec<String> = Vec::new();
    for (relation, single, several) in forms {
        let count = answering
            .iter()
            .filter(counts)
            .filter(|one| one.relation == relation)
            .count() as u64;
        if count > 0 {
            let noun = if parts.is_empty() {
                counted(count, "claim", "claims")
            } else {
                count.to_string()
            };
            let verb = if count == 1 { single } else { several };
            parts.push(format!("{noun} {verb}"));
        }
    }
    let suggested = answering.len() - answering.iter().filter(counts).count();
    if suggested > 0 {
        parts.push(format!("{suggested} suggested and not counted"));
    }
    let mut documents: Vec<&str> = answering
        .iter()
        .map(|one| one.found.reading.document.id.as_str())
        .collect();
    documents.sort_unstable();
    documents.dedup();
    let documents = counted(documents.len() as u64, "document", "documents");
    format!("{}; in {documents}.", parts.join(", "))
}

/// `Nothing in these 41 documents answers that (0 not read).`
#[must_use]
pub fn nothing_line(asked: &Asked<'_>, coverage: &Coverage) -> String {
    let mut line = format!(
        "Nothing in these {} affirms, denies or doubts that or offers an alternative ({} not read).",
        counted(asked.documents, "document", "documents"),
        coverage.failed
    );
    if asked.left_out > 0 {
        line.push(' ');
        line.push_str(&left_out(asked));
    }
    line
}

fn left_out(asked: &Asked<'_>) -> String {
    format!(
        "As of {}: {} of a later day or without one {} left out.",
        asked.as_of.unwrap_or_default(),
        counted(asked.left_out, "document", "documents"),
        if asked.left_out == 1 { "is" } else { "are" }
    )
}
