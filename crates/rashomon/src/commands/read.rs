//! `read`: documents into a ledger, linked, and what is new.
//!
//! It does not know SQL. Documents go in by batches, so that a run that was interrupted goes on where it stopped.

use super::reading::{Prepared, redate, relink};
use crate::args::{Read, TextOrLines};
use crate::contents::Contents;
use crate::failure::{Done, Failure, Outcome};
use crate::lines::dispute_line;
use crate::output::{Output, name_unread};
use crate::pipeline::{self, Job, Piece, Progress, Wanted};
use crate::view::coverage::{NOTHING_READ, counted, coverage_lines};
use crate::view::row::{self, States};
use crate::view::terminal::{shown, wrap};
use ledger::{Coverage, Ledger, Put};
use link::{Links, Matter, Reading, State};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use text::PublishedBasis;

/// A batch is put when it has so many documents, so many bytes, or is so old.
const BATCH_DOCUMENTS: usize = 64;
const BATCH_BYTES: usize = 8 << 20;
const BATCH_AGE: Duration = Duration::from_secs(5);

/// Most rows of new and changed disputes.
const ROWS: usize = 20;

/// Whether a document's raw bytes go into the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raw {
    /// They do.
    Kept,
    /// They do not.
    Dropped,
}

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// New documents.
    pub added: u64,
    /// Known documents at a new place.
    pub sighted: u64,
    /// Known documents, read by other options or another version.
    pub reread: u64,
    /// Known documents, read as before.
    pub unchanged: u64,
    /// Inputs that could not be read.
    pub failed: u64,
}

/// Runs the command.
pub fn run(options: &Read) -> Outcome {
    let prepared = Prepared::new(&options.paths, &options.reading)?;
    if let Some(unread) = prepared.nothing_listed() {
        // No ledger is made for nothing.
        let mut output = Output::stdout();
        if options.format == TextOrLines::Text && !options.reading.quiet {
            output.line(NOTHING_READ)?;
        }
        output.flush()?;
        return Ok(Done::with_unread(unread));
    }
    let fingerprint = prepared.fingerprint();
    let mut ledger = Ledger::open(&options.ledger)?;
    let before = Before::of(&ledger)?;
    let wanted = not_current(&options.ledger, &fingerprint)?;
    let raw = if options.keep_raw {
        Raw::Kept
    } else {
        Raw::Dropped
    };
    // What failed before is tried again now; what fails again is noted again.
    ledger.forget_failed(&prepared.paths())?;
    let knowledge = prepared.knowledge();
    let tally = take(prepared.job(wanted), &mut ledger, &fingerprint, raw)?;
    // What was read anew has the dates of its own; a judgement goes before them.
    let judged = ledger.judged_dates()?;
    redate(&mut ledger, &judged, &knowledge)?;
    // Asked also where nothing was added: an earlier run may have ended between its last batch and this.
    let progress = Progress::unless(options.reading.quiet);
    relink(&mut ledger, knowledge.names(), progress)?;
    let contents = Contents::of(&ledger)?;
    let mut output = Output::stdout();
    match options.format {
        TextOrLines::Text if options.reading.quiet => {}
        TextOrLines::Text => print(&tally, &before, &contents, &options.ledger, &mut output)?,
        TextOrLines::Jsonl => {
            for (_, matter) in news(&before.links, &contents.links) {
                output.json(&dispute_line(matter, &contents, &contents.coverage))?;
            }
        }
    }
    output.flush()?;
    Ok(Done::with_unread(tally.failed))
}

/// Reads a job's documents into a ledger.
pub fn take(job: Job, ledger: &mut Ledger, fingerprint: &str, raw: Raw) -> Result<Tally, Failure> {
    let mut tally = Tally::default();
    let mut batch = Batch::default();
    let stopped = pipeline::run(job, |piece| {
        match piece {
            Piece::Known => tally.unchanged += 1,
            Piece::Unread(unread) => {
                name_unread(&unread);
                tally.failed += 1;
                // A path that leads nowhere is no document: were it remembered, a slip of the pen would stay in every
                // coverage.
                if unread.code != "missing" {
                    let code = unread.code.to_owned();
                    batch.failed.push((unread.path, code, unread.reason));
                }
            }
            Piece::Read(read) => {
                let (ingested, annotations) = *read;
                batch.bytes += ingested.raw.len() + ingested.document.text.len();
                let kept = (raw == Raw::Kept).then_some(ingested.raw);
                let reading = Reading {
                    document: ingested.document,
                    annotations,
                };
                batch.readings.push((reading, kept));
            }
        }
        if !batch.is_full() {
            return ControlFlow::Continue(());
        }
        match batch.put(ledger, fingerprint, &mut tally) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error),
        }
    });
    if let Some(error) = stopped {
        return Err(error.into());
    }
    batch.put(ledger, fingerprint, &mut tally)?;
    Ok(tally)
}

/// Documents and failures that are put together.
#[derive(Debug)]
struct Batch {
    readings: Vec<(Reading, Option<Vec<u8>>)>,
    failed: Vec<(String, String, String)>,
    bytes: usize,
    since: Instant,
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            readings: Vec::new(),
            failed: Vec::new(),
            bytes: 0,
            since: Instant::now(),
        }
    }
}

impl Batch {
    fn is_full(&self) -> bool {
        self.readings.len() + self.failed.len() >= BATCH_DOCUMENTS
            || self.bytes >= BATCH_BYTES
            || self.since.elapsed() >= BATCH_AGE
    }

    fn put(
        &mut self,
        ledger: &mut Ledger,
        fingerprint: &str,
        tally: &mut Tally,
    ) -> ledger::Result<()> {
        let batch = std::mem::take(self);
        if !batch.readings.is_empty() {
            for put in ledger.put(&batch.readings, fingerprint)? {
                match put {
                    Put::Added => tally.added += 1,
                    Put::Sighted => tally.sighted += 1,
                    Put::Reread => tally.reread += 1,
                    Put::Unchanged => tally.unchanged += 1,
                }
            }
        }
        if !batch.failed.is_empty() {
            ledger.put_failed(&batch.failed)?;
        }
        Ok(())
    }
}

/// Tells, by a second connection for the threads, which documents need reading.
fn not_current(path: &Path, fingerprint: &str) -> Result<Wanted, Failure> {
    let ledger = Mutex::new(Ledger::open_read_only(path)?);
    let fingerprint = fingerprint.to_owned();
    Ok(Arc::new(move |document: &text::Document| {
        let ledger = ledger.lock().unwrap_or_else(PoisonError::into_inner);
        // An error here shows again, with its words, when the document is put.
        !ledger
            .is_current(document, &fingerprint)
            .unwrap_or_default()
    }))
}

/// What a ledger held before a run that can be lost by it.
struct Before {
    links: Links,
    /// Documents whose day an option gave.
    dated: BTreeSet<String>,
}

impl Before {
    fn of(ledger: &Ledger) -> ledger::Result<Self> {
        let dated = ledger
            .documents()?
            .into_iter()
            .filter(|document| {
                document.meta.published_basis == PublishedBasis::Option
                    && document.meta.published.is_some()
            })
            .map(|document| document.id)
            .collect();
        Ok(Self {
            links: ledger.links()?,
            dated,
        })
    }

    /// A line for the days that were lost, because this run had not the option that gave them, and one for the disputes
    /// that are gone.
    fn lost(&self, contents: &Contents) -> Vec<String> {
        let undated = contents
            .readings
            .iter()
            .map(|reading| &reading.document)
            .filter(|document| document.meta.published.is_none())
            .filter(|document| self.dated.contains(&document.id))
            .count();
        let contested = |links: &'_ Links| -> BTreeSet<String> {
            let matters = links.matters.iter();
            matters
                .filter(|matter| matter.state == State::Contested)
                .map(|matter| matter.id.clone())
                .collect()
        };
        let gone = contested(&self.links)
            .difference(&contested(&contents.links))
            .count();
        let mut lines = Vec::new();
        if undated > 0 {
            lines.push(format!(
                "{} lost the day that --published gave {}: give it again to bring it back.",
                counted(undated as u64, "document", "documents"),
                if undated == 1 { "it" } else { "them" }
            ));
        }
        if gone > 0 {
            lines.push(if gone == 1 {
                "1 dispute is no longer there.".to_owned()
            } else {
                format!("{gone} disputes are no longer there.")
            });
        }
        lines
    }
}

/// What became of a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum News {
    New,
    Changed,
}

/// Contested matters that were not there, or not contested, or not with these claims.
fn news<'a>(before: &Links, after: &'a Links) -> Vec<(News, &'a Matter)> {
    let known: BTreeMap<&str, &Matter> = before
        .matters
        .iter()
        .filter(|matter| matter.state == State::Contested)
        .map(|matter| (matter.id.as_str(), matter))
        .collect();
    let mut news: Vec<(News, &Matter)> = after
        .matters
        .iter()
        .filter(|matter| matter.state == State::Contested)
        .filter_map(|matter| match known.get(matter.id.as_str()) {
            None => Some((News::New, matter)),
            Some(earlier) if *earlier != matter => Some((News::Changed, matter)),
            Some(_) => None,
        })
        .collect();
    news.sort_by_key(|(news, _)| *news);
    news
}

fn print(
    tally: &Tally,
    before: &Before,
    contents: &Contents,
    path: &Path,
    output: &mut Output,
) -> Result<(), Failure> {
    let terminal = output.terminal;
    let news = news(&before.links, &contents.links);
    let mut said = tally_lines(tally);
    said.extend(before.lost(contents));
    for line in said {
        output.lines(&wrap(&line, terminal.width))?;
    }
    let count = |wanted| news.iter().filter(|(news, _)| *news == wanted).count();
    if !news.is_empty() {
        output.line(&format!(
            "Disputes: {} new, {} changed.",
            count(News::New),
            count(News::Changed)
        ))?;
    }
    for (kind, matter) in news.iter().take(ROWS) {
        let kind = match kind {
            News::New => "new      ",
            News::Changed => "changed  ",
        };
        let narrower = crate::view::terminal::Terminal {
            width: terminal.width.saturating_sub(kind.len()),
            ..terminal
        };
        let row = row::matter_row(matter, contents, States::Hidden, narrower);
        output.line(&format!("{kind}{row}"))?;
    }
    if news.len() > ROWS {
        output.line(&format!(
            "… and {} more: rashomon disputes",
            news.len() - ROWS
        ))?;
    }
    if let Some(next) = next_step(&contents.links, &contents.coverage, path) {
        output.lines(&wrap(&next, terminal.width))?;
    }
    output.lines(&coverage_lines(&contents.coverage, terminal))
}

/// What was done: a line for what is new, for what was read anew, for what could not be read.
fn tally_lines(tally: &Tally) -> Vec<String> {
    let documents = |count| counted(count, "document", "documents");
    let mut lines = Vec::new();
    if tally.added + tally.sighted + tally.reread == 0 {
        lines.push(match tally.unchanged {
            0 => "No document was read.".to_owned(),
            count => format!("{}: no change.", documents(count)),
        });
    } else if tally.added + tally.sighted > 0 {
        let mut parts = vec![format!("New: {}", documents(tally.added))];
        if tally.sighted > 0 {
            parts.push(format!("{} seen at a new place", tally.sighted));
        }
        if tally.unchanged > 0 {
            parts.push(format!("{} without change", tally.unchanged));
        }
        lines.push(format!("{}.", parts.join(", ")));
    }
    if tally.reread > 0 {
        lines.push(format!(
            "{} read anew, because the options or the version are others than before.",
            if tally.reread == 1 {
                "1 document was".to_owned()
            } else {
                format!("{} documents were", tally.reread)
            }
        ));
    }
    if tally.failed > 0 {
        lines.push(format!(
            "{} could not be read; each is named above.",
            counted(tally.failed, "input", "inputs")
        ));
    }
    lines
}

/// What to type next.
fn next_step(links: &Links, coverage: &Coverage, path: &Path) -> Option<String> {
    let ledger = if path == Path::new(crate::args::DEFAULT_LEDGER) {
        String::new()
    } else {
        format!(" --ledger {}", shown(&path.display().to_string()))
    };
    if coverage.read == 0 {
        return None;
    }
    let contested = links
        .matters
        .iter()
        .any(|matter| matter.state == State::Contested);
    Some(if contested {
        format!("Next: rashomon disputes{ledger}")
    } else {
        format!(
            "No dispute among them so far. Next: rashomon claims{ledger}, or rashomon disputes --all{ledger}"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture;

    #[test]
    fn the_same_twice_is_no_change() {
        let tally = Tally {
            unchanged: 12,
            ..Tally::default()
        };
        assert_eq!(tally_lines(&tally), ["12 documents: no change."]);
    }

    #[test]
    fn reading_anew_is_said_in_one_line() {
        let tally = Tally {
            reread: 2,
            ..Tally::default()
        };
        assert_eq!(
            tally_lines(&tally),
            [
                "2 documents were read anew, because the options or the version are others than before."
            ]
        );
    }

    #[test]
    fn lost_days_and_disputes_are_said() {
        let before = Before {
            links: fixture::links(),
            dated: BTreeSet::from([fixture::reading().document.id]),
        };
        let mut reading = fixture::reading();
        let same = Contents::new(vec![reading.clone()], fixture::links(), Coverage::default());
        assert!(before.lost(&same).is_empty());
        reading.document.meta.published = None;
        let lost = Contents::new(vec![reading], Links::default(), Coverage::default());
        assert_eq!(
            before.lost(&lost),
            [
                "1 document lost the day that --published gave it: give it again to bring it back.",
                "1 dispute is no longer there."
            ]
        );
    }

    #[test]
    fn news_are_what_was_not_there() {
        let after = fixture::links();
        assert_eq!(news(&Links::default(), &after)[0].0, News::New);
        assert!(news(&after, &after).is_empty());
        let mut before = fixture::links();
        before.matters[0].positions[0].articles = 1;
        assert_eq!(news(&before, &after)[0].0, News::Changed);
    }
}
