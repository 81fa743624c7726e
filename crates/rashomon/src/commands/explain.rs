//! `explain`: why a claim, an entity or a dispute is what it is, down to the rule and its words.
//!
//! It does not decide anything again: it prints what the reader noted while it decided.

use crate::args::Explain;
use crate::contents::{Contents, Found, Record};
use crate::failure::{Done, Failure, Outcome};
use crate::output::Output;
use crate::view::claim_line::quote;
use crate::view::coverage::coverage_lines;
use crate::view::dispute::{Detail, answer_lines, hanging};
use crate::view::entity::entity_reasons;
use crate::view::record::{claim_fields, field_lines};
use crate::view::terminal::{Terminal, Tone, flat, wrap};
use link::Matter;

/// Runs the command.
pub fn run(options: &Explain) -> Outcome {
    let contents = Contents::open(&options.ledger)?;
    let mut output = Output::stdout();
    let terminal = output.terminal;
    let lines = match contents.find(&options.id)? {
        Record::Claim(found) => {
            let mut lines = claim_reasons(found, &contents, terminal);
            lines.push(String::new());
            lines.extend(coverage_lines(&contents.coverage, terminal));
            lines
        }
        Record::Matter(matter) => matter_reasons(matter, &contents, terminal),
        Record::Entity(entity) => {
            let mut lines = entity_reasons(entity, &contents, terminal);
            lines.push(String::new());
            lines.extend(coverage_lines(&contents.coverage, terminal));
            lines
        }
        Record::Judgement(judgement) => {
            return Err(Failure::Usage(format!(
                "{} is a judgement; rashomon show {} prints it",
                judgement.id, judgement.id
            )));
        }
        Record::Document(reading) => {
            let id = &reading.document.id;
            return Err(Failure::Usage(format!(
                "{id} is a document; claims, entities and disputes can be explained: rashomon show {id} prints its claims with their ids"
            )));
        }
    };
    output.lines(&lines)?;
    output.flush()?;
    Ok(Done::Whole)
}

/// The fields of a claim, then the reasons in the order in which they were noted.
fn claim_reasons(found: Found<'_>, contents: &Contents, terminal: Terminal) -> Vec<String> {
    let mut lines = field_lines(&claim_fields(found, contents), terminal);
    lines.push(String::new());
    lines.push(terminal.paint(Tone::Head, "Why"));
    if found.claim.why.is_empty() {
        lines.push("  No reason was noted.".to_owned());
    }
    for why in &found.claim.why {
        let words = quote(&why.spans, &found.reading.document.text);
        let words = if words.is_empty() {
            String::new()
        } else {
            format!(" · “{words}”")
        };
        let reason = format!("{}{words} · {}", flat(&why.rule), flat(&why.note));
        lines.extend(hanging(&reason, 2, 4, terminal));
    }
    lines
}

/// The dispute whole, then each of its claims with its reasons.
fn matter_reasons(matter: &Matter, contents: &Contents, terminal: Terminal) -> Vec<String> {
    let mut lines = answer_lines(matter, contents, Detail::WHOLE, terminal);
    lines.push(String::new());
    for position in &matter.positions {
        for behind in &position.claims {
            if let Some(found) = contents.claim(&behind.document, &behind.claim) {
                let head = format!(
                    "{} ({}, {})",
                    contents.short_claim(&behind.claim),
                    flat(&position.value),
                    behind.link
                );
                let head = wrap(&head, terminal.width);
                lines.extend(head.iter().map(|line| terminal.paint(Tone::Head, line)));
                lines.extend(claim_reasons(found, contents, terminal));
                lines.push(String::new());
            }
        }
    }
    lines.extend(coverage_lines(&contents.coverage, terminal));
    lines
}
