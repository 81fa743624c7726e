//! `show`: one record whole.
//!
//! It does not change the ledger.

use crate::args::{Show, TextOrLines};
use crate::contents::{Contents, Found, Record};
use crate::failure::{Done, Outcome};
use crate::lines::{
    Ids, WithText, claim_line, dispute_line, document_line, judged_claim, judged_document,
    judged_matter, judgement_line, ledger_entity_line,
};
use crate::output::Output;
use crate::view::coverage::coverage_lines;
use crate::view::dispute::{Detail, dispute_lines};
use crate::view::entity::{entity_lines, judgement_lines};
use crate::view::record::{claim_lines, document_lines};

/// Runs the command.
pub fn run(options: &Show) -> Outcome {
    let contents = Contents::open(&options.ledger)?;
    let record = contents.find(&options.id)?;
    let mut output = Output::stdout();
    match options.format {
        TextOrLines::Text => {
            let terminal = output.terminal;
            let lines = match record {
                Record::Matter(matter) => dispute_lines(matter, &contents, Detail::WHOLE, terminal),
                Record::Claim(found) => claim_lines(found, &contents, terminal),
                Record::Entity(entity) => entity_lines(entity, &contents, terminal),
                Record::Judgement(judgement) => judgement_lines(judgement, &contents, terminal),
                Record::Document(reading) => document_lines(reading, &contents, terminal),
            };
            output.lines(&lines)?;
            if !matches!(record, Record::Matter(_)) {
                output.line("")?;
                output.lines(&coverage_lines(&contents.coverage, terminal))?;
            }
        }
        TextOrLines::Jsonl => {
            let members = contents.members();
            let ids = Ids::Ledger(&members);
            match record {
                Record::Matter(matter) => {
                    let line = dispute_line(matter, &contents, &contents.coverage);
                    output.json(&judged_matter(line, matter, &contents))?;
                }
                Record::Claim(Found { claim, reading }) => {
                    let line = claim_line(claim, &reading.document, &reading.annotations, ids);
                    output.json(&judged_claim(line, claim, &reading.document, &contents))?;
                }
                Record::Entity(entity) => output.json(&ledger_entity_line(entity, &contents))?,
                Record::Judgement(judgement) => {
                    output.json(&judgement_line(judgement, &contents))?;
                }
                Record::Document(reading) => {
                    let document = &reading.document;
                    let line = document_line(document, &reading.annotations, ids, WithText::No);
                    output.json(&judged_document(line, document, &contents))?;
                }
            }
        }
    }
    output.flush()?;
    Ok(Done::Whole)
}
