//! `inspect`: one stage of the reading of one file.
//!
//! It does not know the ledger.

use super::reading::Prepared;
use crate::args::{Inspect, Stage, TextOrLines};
use crate::failure::{Done, Failure, Outcome};
use crate::lines::{Ids, WithText, document_line, items, tagged};
use crate::output::{Output, name_unread};
use crate::pipeline::{self, Piece};
use crate::view::claim_line::{Layout, Spoken};
use crate::view::record::{quantity_words, time_words};
use crate::view::row;
use crate::view::terminal::{Terminal, Tone, cell, columns, flat, wrap};
use annotate::{Annotations, Voice};
use std::ops::ControlFlow;
use std::sync::Arc;
use syntax::Models;
use text::{Document, Span};

/// Runs the command.
pub fn run(options: &Inspect) -> Outcome {
    let prepared = Prepared::new(std::slice::from_ref(&options.file), &options.reading)?;
    let knowledge = prepared.knowledge();
    let mut output = Output::stdout();
    let mut failed = 0;
    let stopped = pipeline::run(prepared.job(Arc::new(|_| true)), |piece| {
        let done = match piece {
            Piece::Read(read) => {
                let (ingested, annotations) = *read;
                print(
                    &ingested.document,
                    &annotations,
                    knowledge.syntax(),
                    options,
                    &mut output,
                )
            }
            Piece::Known => Ok(()),
            Piece::Unread(unread) => {
                failed += 1;
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
    output.flush()?;
    Ok(Done::with_unread(failed))
}

fn print(
    document: &Document,
    annotations: &Annotations,
    models: Option<&Models>,
    options: &Inspect,
    output: &mut Output,
) -> Result<(), Failure> {
    match options.format {
        TextOrLines::Jsonl => {
            output.json(&document_line(
                document,
                annotations,
                Ids::Local,
                WithText::Yes,
            ))?;
            for item in items(options.stage, document, annotations, models) {
                output.json(&item)?;
            }
        }
        TextOrLines::Text => {
            let terminal = output.terminal;
            for line in wrap(&row::title(document), terminal.width) {
                output.line(&terminal.paint(Tone::Head, &line))?;
            }
            output.lines(&stage_lines(
                options.stage,
                document,
                annotations,
                models,
                terminal,
            ))?;
        }
    }
    output.flush()
}

/// An item each: where it stands, what the stage says, its words, over as many lines as they take.
fn stage_lines(
    stage: Stage,
    document: &Document,
    annotations: &Annotations,
    models: Option<&Models>,
    terminal: Terminal,
) -> Vec<String> {
    let text = document.text.as_str();
    let line = |span: Span, said: &str| {
        let mut before = place(span);
        if !said.is_empty() {
            before.push_str("  ");
            before.push_str(said);
        }
        (before, flat(span.slice(text)))
    };
    let items: Vec<(String, String)> = match stage {
        Stage::Blocks => document
            .blocks
            .iter()
            .map(|block| line(block.span, &format!("{:<11}", block.kind)))
            .collect(),
        Stage::Sentences => annotations
            .segments
            .sentences
            .iter()
            .map(|sentence| line(sentence.span, ""))
            .collect(),
        Stage::Tokens => annotations
            .segments
            .tokens
            .iter()
            .map(|token| line(token.span, &format!("{:<10}", format!("{:?}", token.kind))))
            .collect(),
        Stage::Mentions => annotations
            .mentions
            .iter()
            .map(|mention| {
                let entity = mention
                    .entity
                    .map_or_else(|| "–".to_owned(), |id| id.to_string());
                let (before, mut words) = line(
                    mention.span,
                    &format!("{:<12} {:<7} {entity:<4}", mention.kind, mention.form),
                );
                let beside: Vec<String> = mention
                    .title
                    .iter()
                    .chain(&mention.roles)
                    .map(|span| flat(span.slice(text)))
                    .collect();
                if !beside.is_empty() {
                    words.push_str(&format!(" ({})", beside.join("; ")));
                }
                (before, words)
            })
            .collect(),
        Stage::Times => annotations
            .times
            .iter()
            .map(|time| (place(time.span), time_words(time, text)))
            .collect(),
        Stage::Quantities => annotations
            .quantities
            .iter()
            .map(|quantity| (place(quantity.span), quantity_words(quantity, text)))
            .collect(),
        Stage::Attributions => {
            return claims(document, annotations, terminal, |voice| {
                voice == Voice::Attributed
            });
        }
        Stage::Claims => return claims(document, annotations, terminal, |_| true),
        Stage::Tags | Stage::Tree => tagged(document, annotations, models)
            .map(|tagged| {
                let mut said = format!("{:<5} {:<5}", tagged.node.upos, tagged.xpos);
                if stage == Stage::Tree {
                    let head = tagged.head.map_or("–", |head| head.slice(text));
                    said.push_str(&format!(" {:<11} {head:<14}", tagged.node.relation));
                }
                line(tagged.span, &format!("{said} {:<14}", tagged.lemma))
            })
            .collect(),
    };
    items
        .iter()
        .flat_map(|(before, words)| beside(before, words, terminal))
        .collect()
}

/// Words beside what is said of them; below it where the terminal is too narrow.
fn beside(before: &str, words: &str, terminal: Terminal) -> Vec<String> {
    const LEAST: usize = 20;
    const BELOW: usize = 8;
    let left = columns(before) + 2;
    if left + LEAST > terminal.width {
        let mut lines = vec![before.trim_end().to_owned()];
        let words = wrap(words, terminal.width.saturating_sub(BELOW));
        lines.extend(
            words
                .iter()
                .map(|line| format!("{}{line}", " ".repeat(BELOW))),
        );
        return lines;
    }
    wrap(words, terminal.width - left)
        .iter()
        .enumerate()
        .map(|(row, line)| format!("{}{line}", cell(if row == 0 { before } else { "" }, left)))
        .collect()
}

fn claims(
    document: &Document,
    annotations: &Annotations,
    terminal: Terminal,
    wanted: impl Fn(Voice) -> bool,
) -> Vec<String> {
    let spoken: Vec<(Span, Spoken)> = annotations
        .claims
        .iter()
        .filter(|claim| wanted(claim.voice))
        .map(|claim| {
            let place = claim.content.spans.first().copied();
            (
                place.unwrap_or(Span::new(0, 0)),
                Spoken::new(claim, document, annotations),
            )
        })
        .collect();
    let widest = spoken.iter().map(|(span, _)| columns(&place(*span))).max();
    let before = widest.unwrap_or(0) + 2;
    let layout = Layout::new(spoken.iter().map(|(_, said)| said), before, terminal);
    spoken
        .iter()
        .flat_map(|(span, said)| said.row(&cell(&place(*span), before), layout))
        .collect()
}

/// `  541..561  `, wide enough for most articles.
fn place(span: Span) -> String {
    format!("{:>6}..{:<6}", span.start, span.end)
}
