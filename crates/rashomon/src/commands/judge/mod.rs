//! `judge`: a person's decision on who is who, what belongs together or how a claim is read, kept with the words it is about, and
//! what comes of it.
//!
//! It decides nothing itself, and nothing here is about what is true.

mod asked;
mod import;
mod outcome;

use super::reading::{redate, relink};
use crate::args::{Judge, TextOrLines};
use crate::assets;
use crate::contents::Contents;
use crate::failure::{Done, Failure, Outcome};
use crate::lines::judgement_line;
use crate::output::Output;
use crate::pipeline::Progress;
use crate::view::coverage::{counted, coverage_lines};
use crate::view::dispute::hanging;
use crate::view::entity::judgement_words;
use asked::{Asked, Words, asked};
use ledger::{Judgement, Ledger};
use std::path::Path;

/// Runs the command.
pub fn run(options: &Judge) -> Outcome {
    let before = Contents::open(&options.ledger)?;
    if options.list {
        return list(options, &before);
    }
    if let Some(path) = &options.import {
        return import_file(path, options, &before);
    }
    let words = Words {
        verb: options.verb,
        id: options.id.clone().unwrap_or_default(),
        others: options.others.clone(),
        by: options.by.clone().unwrap_or_default(),
        note: options.note.clone(),
    };
    let asked = [asked(&words, &before)?];
    let (after, ids) = keep(&asked, options)?;
    let mut output = Output::stdout();
    for (asked, judgement) in asked.iter().zip(kept(&ids, &after)?) {
        match options.format {
            TextOrLines::Jsonl => output.json(&judgement_line(judgement, &after))?,
            TextOrLines::Text => {
                let terminal = output.terminal;
                for line in outcome::said(asked, judgement, &after) {
                    output.lines(&hanging(&line, 0, 2, terminal))?;
                }
            }
        }
    }
    output.flush()?;
    Ok(Done::Whole)
}

/// Keeps decisions, all or none, and links anew.
fn keep(wanted: &[Asked], options: &Judge) -> Result<(Contents, Vec<String>), Failure> {
    let mut ledger = Ledger::open(&options.ledger)?;
    let decisions: Vec<_> = wanted.iter().map(|asked| asked.decision.clone()).collect();
    let ids = ledger.judge_all(&decisions)?;
    let dated: Vec<String> = wanted
        .iter()
        .filter_map(|one| one.document.clone())
        .collect();
    if !dated.is_empty() {
        redate(&mut ledger, &dated, &assets::knowledge(&[]))?;
    }
    let names = assets::names().map_err(Failure::Unusable)?;
    relink(&mut ledger, Some(&names), Progress::unless(options.quiet))?;
    Ok((Contents::of(&ledger)?, ids))
}

fn kept<'a>(ids: &[String], after: &'a Contents) -> Result<Vec<&'a Judgement>, Failure> {
    let found = ids.iter().map(|id| {
        let judgement = after.judgement(id);
        judgement.ok_or_else(|| Failure::Unusable(format!("judgement {id} was not kept")))
    });
    found.collect()
}

fn import_file(path: &Path, options: &Judge, before: &Contents) -> Outcome {
    let (wanted, known) = import::wanted(path, options, before)?;
    let mut output = Output::stdout();
    let terminal = output.terminal;
    let there = format!("{} there already", counted(known as u64, "is", "are"));
    if options.dry_run || wanted.is_empty() {
        for asked in &wanted {
            let decision = &asked.decision;
            let others = [&decision.object, &decision.value].into_iter().flatten();
            let words: Vec<&str> = others.map(String::as_str).collect();
            let line = format!("{} {} {}", decision.verb, decision.subject, words.join(" "));
            output.lines(&hanging(line.trim_end(), 0, 2, terminal))?;
        }
        let all = counted(wanted.len() as u64, "judgement", "judgements");
        output.line(&format!("{all} would be added, {there}."))?;
        output.flush()?;
        return Ok(Done::Whole);
    }
    let (after, ids) = keep(&wanted, options)?;
    for judgement in kept(&ids, &after)? {
        match options.format {
            TextOrLines::Jsonl => output.json(&judgement_line(judgement, &after))?,
            TextOrLines::Text => {
                let lines = [judgement_words(judgement, &after)];
                for line in lines.into_iter().chain(outcome::against(judgement, &after)) {
                    output.lines(&hanging(&line, 0, 2, terminal))?;
                }
            }
        }
    }
    if options.format == TextOrLines::Text {
        let all = counted(ids.len() as u64, "judgement", "judgements");
        output.line(&format!("{all} added, {there}."))?;
    }
    output.flush()?;
    Ok(Done::Whole)
}

/// Every judgement and how it stands, by time.
fn list(options: &Judge, contents: &Contents) -> Outcome {
    let mut output = Output::stdout();
    let terminal = output.terminal;
    for judgement in &contents.judgements {
        match options.format {
            TextOrLines::Jsonl => output.json(&judgement_line(judgement, contents))?,
            TextOrLines::Text => {
                let line = judgement_words(judgement, contents);
                output.lines(&hanging(&line, 0, 2, terminal))?;
            }
        }
    }
    if options.format == TextOrLines::Text {
        if contents.judgements.is_empty() {
            output.line("Nothing was judged in this ledger.")?;
        }
        output.line("")?;
        output.lines(&coverage_lines(&contents.coverage, terminal))?;
    }
    output.flush()?;
    Ok(Done::Whole)
}
