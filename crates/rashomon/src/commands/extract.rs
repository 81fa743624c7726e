//! `extract`: documents in, claims out, in the order of the inputs, each as soon as it is there. No ledger.
//!
//! It does not know other documents than the one in hand.

use super::reading::Prepared;
use crate::args::{Extract, TextOrLines};
use crate::contents::day_of_document;
use crate::failure::{Done, Failure, Outcome};
use crate::lines::{Ids, WithText, claim_line, document_line};
use crate::output::{Output, beside, name_unread};
use crate::pipeline::{self, Piece};
use crate::view::claim_line::{Layout, Spoken};
use crate::view::coverage::{NOTHING_READ, count_read, coverage_line, coverage_lines};
use crate::view::row;
use crate::view::terminal::{Tone, flat, wrap};
use annotate::{Annotations, Claim};
use ledger::Coverage;
use std::ops::ControlFlow;
use std::sync::Arc;
use text::Document;

/// Runs the command.
pub fn run(options: &Extract) -> Outcome {
    let prepared = Prepared::new(&options.paths, &options.reading)?;
    if let Some(unread) = prepared.nothing_listed() {
        let mut output = Output::stdout();
        match options.format {
            TextOrLines::Text => output.lines(&wrap(NOTHING_READ, output.terminal.width))?,
            TextOrLines::Jsonl if !options.reading.quiet => beside(NOTHING_READ),
            TextOrLines::Jsonl => {}
        }
        output.flush()?;
        return Ok(Done::with_unread(unread));
    }
    let mut output = Output::stdout();
    let mut coverage = Coverage::default();
    let stopped = pipeline::run(prepared.job(Arc::new(|_| true)), |piece| {
        let done = match piece {
            Piece::Read(read) => {
                let (ingested, annotations) = *read;
                count_read(&mut coverage, &ingested.document);
                print(&ingested.document, &annotations, options, &mut output)
            }
            Piece::Known => Ok(()),
            Piece::Unread(unread) => {
                coverage.failed += 1;
                name_unread(&unread);
                Ok(())
            }
        };
        match done {
            Ok(()) => ControlFlow::Continue(()),
            Err(failure) => ControlFlow::Break(failure),
        }
    });
    if let Some(failure) = stopped {
        return Err(failure);
    }
    let nothing = coverage.read == 0 && coverage.failed == 0;
    match options.format {
        TextOrLines::Text if nothing => output.lines(&wrap(NOTHING_READ, output.terminal.width))?,
        TextOrLines::Text => output.lines(&coverage_lines(&coverage, output.terminal))?,
        TextOrLines::Jsonl => {}
    }
    output.flush()?;
    // The readers of lines take every line for a record: what is said of all of them stands beside.
    if options.format == TextOrLines::Jsonl && !options.reading.quiet {
        if nothing {
            beside(NOTHING_READ);
        } else {
            beside(&coverage_line(&coverage));
        }
    }
    Ok(Done::with_unread(coverage.failed))
}

fn print(
    document: &Document,
    annotations: &Annotations,
    options: &Extract,
    output: &mut Output,
) -> Result<(), Failure> {
    let claims: Vec<&Claim> = annotations
        .claims
        .iter()
        .filter(|claim| {
            options.voice.admits(claim.voice) && options.standing.admits(claim.standing)
        })
        .collect();
    match options.format {
        TextOrLines::Jsonl => {
            let with_text = if options.with_text {
                WithText::Yes
            } else {
                WithText::No
            };
            output.json(&document_line(document, annotations, Ids::Local, with_text))?;
            for claim in claims {
                output.json(&claim_line(claim, document, annotations, Ids::Local))?;
            }
        }
        TextOrLines::Text => print_text(document, annotations, &claims, options, output)?,
    }
    output.flush()
}

fn print_text(
    document: &Document,
    annotations: &Annotations,
    claims: &[&Claim],
    options: &Extract,
    output: &mut Output,
) -> Result<(), Failure> {
    let terminal = output.terminal;
    for line in wrap(&row::title(document), terminal.width) {
        output.line(&terminal.paint(Tone::Head, &line))?;
    }
    let mut about = vec![
        day_of_document(document)
            .map_or_else(|| "undated: --published gives it a day".to_owned(), flat),
        row::outlet(document),
    ];
    about.extend(
        document
            .sightings
            .first()
            .and_then(|sighting| sighting.path.as_deref())
            .map(flat),
    );
    for line in wrap(&about.join(" · "), terminal.width) {
        output.line(&terminal.paint(Tone::Faint, &line))?;
    }
    if options.with_text {
        output.line("")?;
        for block in &document.blocks {
            let words = flat(block.span.slice(&document.text));
            if !words.is_empty() {
                output.lines(&wrap(&words, terminal.width))?;
            }
        }
        output.line("")?;
    }
    let spoken: Vec<Spoken> = claims
        .iter()
        .map(|claim| Spoken::new(claim, document, annotations))
        .collect();
    let layout = Layout::new(spoken.iter(), 0, terminal);
    for said in &spoken {
        output.lines(&said.whole(layout))?;
    }
    if spoken.is_empty() {
        let nothing = if document.is_article() {
            "No claim was found in it."
        } else {
            "This is not an article: nothing but menus and the like was found in it."
        };
        output.lines(&wrap(nothing, terminal.width))?;
    }
    output.line("")
}
