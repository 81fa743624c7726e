//! `demo`: the main job on the built-in collection, in a ledger that is thrown away.
//!
//! It does not know what the collection says.

use super::read::{Raw, take};
use super::reading::{ingest_lexicon, relink};
use crate::args::{Demo, TextOrLines};
use crate::assets;
use crate::contents::Contents;
use crate::failure::{Done, Failure, Outcome};
use crate::lines::dispute_line;
use crate::output::Output;
use crate::pipeline::{Job, Progress, Source};
use crate::view::coverage::{counted, coverage_lines};
use crate::view::dispute::{Detail, Places, answer_lines};
use crate::view::row::{States, matter_row};
use crate::view::terminal::{Terminal, wrap};
use ingest::Options;
use ledger::Ledger;
use link::{Matter, MatterKind, RelationKind, State};
use std::sync::Arc;

/// Most lines in all.
const LINES: usize = 40;
/// Rows that keep their place when the dispute is long.
const ROWS: usize = 8;

/// Runs the command.
pub fn run(options: &Demo) -> Outcome {
    let folder = tempfile::tempdir().map_err(|error| {
        Failure::Unusable(format!(
            "no temporary folder could be made for the demo's ledger: {error}; make room in {} or point TMPDIR elsewhere",
            std::env::temp_dir().display()
        ))
    })?;
    let mut ledger = Ledger::open(&folder.path().join("demo.db"))?;
    let progress = Progress::unless(options.quiet);
    let knowledge = Arc::new(assets::knowledge(&assets::example_gazetteers()));
    let job = Job {
        sources: assets::example_documents()
            .into_iter()
            .map(|(path, bytes)| Source::Bytes(path.to_owned(), bytes.into()))
            .collect(),
        unlisted: Vec::new(),
        options: Options {
            lexicon: ingest_lexicon()?,
            ..Options::default()
        },
        knowledge: Arc::clone(&knowledge),
        wanted: Arc::new(|_| true),
        jobs: options.jobs,
        progress,
    };
    let tally = take(job, &mut ledger, "demo", Raw::Dropped)?;
    relink(&mut ledger, knowledge.names(), progress)?;
    let contents = Contents::of(&ledger)?;
    let mut output = Output::stdout();
    match options.format {
        TextOrLines::Jsonl => {
            for matter in contested(&contents) {
                output.json(&dispute_line(matter, &contents, &contents.coverage))?;
            }
        }
        TextOrLines::Text => {
            let lines = demo_lines(&contents, output.terminal);
            output.lines(&lines)?;
        }
    }
    output.flush()?;
    Ok(Done::with_unread(tally.failed))
}

/// The contested matters; before the others the question of control in which a denial and the most claims stand,
/// because it shows most of what the program does.
fn contested(contents: &Contents) -> Vec<&Matter> {
    let mut matters: Vec<&Matter> = contents
        .links
        .matters
        .iter()
        .filter(|matter| matter.state == State::Contested)
        .collect();
    let shows = |matter: &Matter| {
        let denied = matter
            .relations
            .iter()
            .any(|relation| relation.kind == RelationKind::Denies);
        let claims: usize = matter.positions.iter().map(|p| p.claims.len()).sum();
        (matter.kind == MatterKind::Control, denied, claims)
    };
    // The first of the best, so that the order decides between equals.
    let best = (0..matters.len())
        .rev()
        .max_by_key(|index| shows(matters[*index]));
    if let Some(best) = best {
        let first = matters.remove(best);
        matters.insert(0, first);
    }
    matters
}

/// One dispute in full and the rest in a line each, at most `LINES` lines.
fn demo_lines(contents: &Contents, terminal: Terminal) -> Vec<String> {
    let matters = contested(contents);
    let head = format!(
        "The built-in collection: {}, {}. It was made up for this purpose.",
        counted(contents.coverage.read, "document", "documents"),
        counted(matters.len() as u64, "dispute", "disputes")
    );
    let try_it = "On a folder of your own: rashomon read FOLDER && rashomon disputes";
    let mut lines = wrap(&head, terminal.width);
    lines.push(String::new());
    let coverage = coverage_lines(&contents.coverage, terminal);
    let end = wrap(try_it, terminal.width);
    // What is not there yet: the coverage, the line to try, and what parts them from the rows and those from the rest.
    let frame = coverage.len() + end.len() + 2;
    if let Some((first, rest)) = matters.split_first() {
        let for_rows = rest.len().min(ROWS);
        lines.extend(fitting(
            first,
            contents,
            (LINES - frame - for_rows).saturating_sub(lines.len()),
            terminal,
        ));
        let room = LINES.saturating_sub(lines.len() + frame);
        if !rest.is_empty() {
            lines.push(String::new());
        }
        let shown = if rest.len() > room {
            room.saturating_sub(1)
        } else {
            rest.len()
        };
        lines.extend(
            rest.iter()
                .take(shown)
                .map(|matter| matter_row(matter, contents, States::Hidden, terminal)),
        );
        if shown < rest.len() {
            lines.push(format!("… and {} more", rest.len() - shown));
        }
    }
    lines.push(String::new());
    lines.extend(coverage);
    lines.extend(end);
    lines
}

/// A dispute in as much detail as fits.
fn fitting(matter: &Matter, contents: &Contents, room: usize, terminal: Terminal) -> Vec<String> {
    let details = [
        (usize::MAX, Places::Shown),
        (usize::MAX, Places::Hidden),
        (4, Places::Hidden),
        (3, Places::Hidden),
        (2, Places::Hidden),
        (1, Places::Hidden),
    ];
    let mut lines = Vec::new();
    for (claims, places) in details {
        lines = answer_lines(matter, contents, Detail { claims, places }, terminal);
        if lines.len() <= room {
            return lines;
        }
    }
    // Many positions or reasons: what does not fit gives way.
    lines.truncate(room.saturating_sub(1));
    lines.push("…".to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture;
    use ledger::Coverage;

    #[test]
    fn the_demo_never_takes_more_than_its_lines() {
        for (matters, claims) in [(1, 1), (9, 2), (60, 1), (3, 40)] {
            let mut links = fixture::links();
            let mut matter = links.matters.remove(0);
            for position in &mut matter.positions {
                let claim = position.claims[0].clone();
                position.claims = vec![claim; claims];
            }
            for number in 0..matters {
                let mut more = matter.clone();
                more.id = format!("ma_{number:016x}");
                if number == matters - 1 {
                    more.kind = MatterKind::Control;
                    more.question = "Who holds the bridge?".to_owned();
                }
                links.matters.push(more);
            }
            let contents = Contents::new(vec![fixture::reading()], links, Coverage::default());
            let lines = demo_lines(&contents, Terminal::piped());
            assert!(lines.len() <= LINES, "{matters} {claims}: {}", lines.len());
            assert_eq!(lines[2], "Who holds the bridge?");
            assert!(lines[lines.len() - 2].starts_with("Read in full:"));
            assert!(
                lines
                    .last()
                    .is_some_and(|line| line.contains("rashomon read"))
            );
        }
    }
}
