//! Many judgements from a file: CSV with a line of column names, or JSON lines. All of them, or none.
//!
//! It does not know what the verbs need. A judgement that is in the ledger already is not added again, so a file can be imported twice.

use super::asked::{Asked, Words, asked};
use crate::args::Judge;
use crate::contents::Contents;
use crate::failure::Failure;
use crate::output::complain;
use ledger::{Decision, Judgement, Verb};
use serde::Deserialize;
use std::io::Read as _;
use std::path::Path;

/// A line as it comes in.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    verb: String,
    id: String,
    #[serde(default)]
    other: Option<String>,
    #[serde(default)]
    value: Option<String>,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    by: Option<String>,
}

/// Lines that are wrong are named up to this many.
const NAMED: usize = 20;

/// What a file asks for that is not in the ledger, and how many of its lines are.
pub fn wanted(
    path: &Path,
    options: &Judge,
    contents: &Contents,
) -> Result<(Vec<Asked>, usize), Failure> {
    let name = path.display().to_string();
    let text =
        text(path).map_err(|error| Failure::Usage(format!("{name} cannot be read: {error}")))?;
    let text = text.trim_start_matches('\u{feff}');
    let rows = if text.trim_start().starts_with('{') {
        json(text)
    } else {
        table(text)
    };
    let mut problems: Vec<String> = Vec::new();
    let mut wanted: Vec<Asked> = Vec::new();
    let mut known = 0;
    for (line, row) in rows {
        let found = row.and_then(|row| words(row, options)).and_then(|words| {
            if contents.judgements.iter().any(|one| is_known(one, &words)) {
                return Ok(None);
            }
            asked(&words, contents)
                .map(Some)
                .map_err(|failure| failure.to_string())
        });
        match found {
            Ok(Some(asked)) => {
                let mut kept = contents.judgements.iter().map(|one| &one.decision);
                let mut before = wanted.iter().map(|one| &one.decision);
                if kept.any(|one| is_same(one, &asked.decision))
                    || before.any(|one| is_same(one, &asked.decision))
                {
                    known += 1;
                } else {
                    wanted.push(asked);
                }
            }
            Ok(None) => known += 1,
            Err(what) => problems.push(format!("{name} line {line}: {what}")),
        }
    }
    if problems.is_empty() {
        return Ok((wanted, known));
    }
    problems
        .iter()
        .take(NAMED)
        .for_each(|problem| complain(problem));
    Err(Failure::Usage(format!(
        "nothing was added: {} of {name} {} wrong",
        problems.len(),
        if problems.len() == 1 {
            "line is"
        } else {
            "lines are"
        }
    )))
}

fn text(path: &Path) -> std::io::Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(path)
}

type Rows = Vec<(u64, Result<Row, String>)>;

fn json(text: &str) -> Rows {
    let lines = text
        .lines()
        .zip(1..)
        .filter(|(line, _)| !line.trim().is_empty());
    lines
        .map(|(line, number)| {
            let row = serde_json::from_str(line).map_err(|error| {
                let said = error.to_string();
                said.split(" at line ")
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            });
            (number, row)
        })
        .collect()
}

fn table(text: &str) -> Rows {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let head = match reader.headers() {
        Ok(head) => head.clone(),
        Err(error) => return vec![(1, Err(error.to_string()))],
    };
    if EVENT_COLUMNS
        .iter()
        .all(|column| head.iter().any(|own| own == *column))
    {
        return coded(&mut reader, &head);
    }
    let mut rows: Rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let row =
                    record
                        .deserialize::<Row>(Some(&head))
                        .map_err(|error| match error.kind() {
                            csv::ErrorKind::Deserialize { err, .. } => err.kind().to_string(),
                            _ => error.to_string(),
                        });
                rows.push((line, row));
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                rows.push((line, Err(error.to_string())));
            }
        }
    }
    rows
}

/// Columns by which the table of `rashomon events` is known.
const EVENT_COLUMNS: [&str; 3] = ["id", "event", "best"];

/// What a coder filled in a table of `rashomon events`: a figure, another type. Rows that are left empty ask for nothing.
fn coded(reader: &mut csv::Reader<&[u8]>, head: &csv::StringRecord) -> Rows {
    let mut rows: Rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                rows.push((line, Err(error.to_string())));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |column: &str| {
            let at = head.iter().position(|own| own == column)?;
            let cell = record.get(at)?.trim();
            (!cell.is_empty()).then(|| cell.to_owned())
        };
        let filled = [("best", cell("best")), ("type", cell("type_as"))];
        for (field, value) in filled
            .into_iter()
            .filter_map(|(field, value)| Some((field, value?)))
        {
            let row = match (cell("id"), cell("event")) {
                (Some(id), Some(event)) => Ok(Row {
                    verb: Verb::Slot.as_str().to_owned(),
                    id,
                    value: Some(format!("{field}.{event}={value}")),
                    note: cell("note"),
                    by: cell("by"),
                    ..Row::default()
                }),
                _ => Err(
                    "the columns “id” and “event” say which event it is; leave them as they were"
                        .to_owned(),
                ),
            };
            rows.push((line, row));
        }
    }
    rows
}

/// A row as the words of a command line would be.
fn words(row: Row, options: &Judge) -> Result<Words, String> {
    let verb = crate::args::verb(row.verb.trim())?;
    let some = |cell: Option<String>| {
        cell.map(|cell| cell.trim().to_owned())
            .filter(|cell| !cell.is_empty())
    };
    let other = some(row.other);
    let mut others: Vec<String> = Vec::new();
    match other {
        // Several claims stand in one cell.
        Some(ids) if verb == Verb::Split && row.id.trim().starts_with("ma_") => {
            others.extend(ids.split_whitespace().map(str::to_owned));
        }
        other => others.extend(other),
    }
    others.extend(some(row.value));
    let by = some(row.by).or_else(|| options.by.clone());
    Ok(Words {
        verb: Some(verb),
        id: row.id.trim().to_owned(),
        others,
        by: by.ok_or(
            "it does not say who decided; fill the column “by”, or give --by NAME for all",
        )?,
        note: some(row.note).or_else(|| options.note.clone()),
    })
}

/// Whether a judgement was made by these words. Ids in them may mean nothing any more: two entities that were made one are one.
fn is_known(judgement: &Judgement, words: &Words) -> bool {
    let decision = &judgement.decision;
    let begins = |full: &str, word: &str| {
        let word = word.trim().to_ascii_lowercase();
        !word.is_empty() && full.starts_with(&word)
    };
    let others: Vec<&str> = decision
        .value
        .as_deref()
        .filter(|_| decision.verb == Verb::Split && decision.subject.starts_with("ma_"))
        .map_or_else(Vec::new, |claims| claims.split(' ').collect());
    let fits = match words.others.as_slice() {
        [] => decision.object.is_none() && decision.value.is_none(),
        claims if !others.is_empty() => {
            claims.len() == others.len()
                && claims
                    .iter()
                    .all(|word| others.iter().any(|full| begins(full, word)))
        }
        [one] => match (&decision.object, &decision.value) {
            (Some(object), None) => begins(object, one),
            (_, Some(value)) => value == one,
            (None, None) => false,
        },
        [one, value] => {
            decision
                .object
                .as_deref()
                .is_some_and(|object| begins(object, one))
                && decision.value.as_deref() == Some(value)
        }
        _ => false,
    };
    Some(decision.verb) == words.verb
        && decision.by_name == words.by.trim()
        && decision.note == words.note
        && begins(&decision.subject, &words.id)
        && fits
}

/// Whether two decisions are one but for when they were made.
fn is_same(one: &Decision, other: &Decision) -> bool {
    let at = other.at.clone();
    Decision { at, ..one.clone() } == *other
}
