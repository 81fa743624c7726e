//! `compare`: pairs of names in, one line out for each, in order, each as soon as it is there. No ledger.
//!
//! It does not know documents, and does not compare texts yet.

use crate::args::Compare;
use crate::assets;
use crate::failure::{Done, Failure, Outcome};
use crate::output::{Output, name_unread};
use annotate::EntityKind;
use ingest::Unread;
use names::{NameKind, NameModel};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// A pair as it comes in. Other fields are allowed and not read.
#[derive(Deserialize)]
struct Pair {
    left: String,
    right: String,
    #[serde(default)]
    kind: Option<String>,
}

/// What is said of a pair, fields in the contract's order.
#[derive(Serialize)]
struct Answer<'a> {
    same: f64,
    #[serde(rename = "match")]
    is_match: bool,
    reasons: &'a [String],
}

/// Runs the command.
pub fn run(options: &Compare) -> Outcome {
    if !options.names {
        return Err(Failure::Usage(
            "this version compares names only; write `rashomon compare --names`".to_owned(),
        ));
    }
    let model = assets::names().map_err(Failure::Unusable)?;
    let name = options.file.display().to_string();
    let input = open(&options.file)
        .map_err(|error| Failure::Usage(format!("{name} cannot be read: {error}")))?;
    answer(input, &name, &model)
}

fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    if path == Path::new("-") {
        Ok(Box::new(io::stdin().lock()))
    } else {
        Ok(Box::new(File::open(path)?))
    }
}

fn answer(input: Box<dyn Read>, name: &str, model: &NameModel) -> Outcome {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut output = Output::stdout();
    let mut line = Vec::new();
    let mut failed = 0;
    for number in 1_u64.. {
        line.clear();
        let complain = |code, reason| {
            name_unread(&Unread {
                path: format!("{name}:{number}"),
                code,
                reason,
            });
        };
        match input.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                complain("unreadable", format!("cannot be read: {error}"));
                failed += 1;
                break;
            }
        }
        let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        if !text.trim_ascii().is_empty() {
            match pair(text) {
                Ok((pair, kind)) => {
                    let answer = model.compare(&pair.left, &pair.right, kind);
                    output.json(&Answer {
                        same: four_digits(answer.same),
                        is_match: answer.is_match,
                        reasons: &answer.reasons,
                    })?;
                }
                Err(reason) => {
                    complain("malformed", reason);
                    failed += 1;
                }
            }
        }
        // Whoever writes a pair and waits for the answer gets it.
        if input.buffer().is_empty() {
            output.flush()?;
        }
    }
    output.flush()?;
    Ok(Done::with_unread(failed))
}

/// Reads a line; the error says what to write instead.
fn pair(line: &[u8]) -> Result<(Pair, NameKind), String> {
    const FORM: &str = r#"write {"left": "…", "right": "…", "kind": "Person"}"#;
    let pair: Pair = serde_json::from_slice(line).map_err(|error| {
        let said = error.to_string();
        // The place that is told is one of this line, whose number stands before.
        let said = said.split(" at line ").next().unwrap_or_default();
        format!("not a pair of names ({said}); {FORM}")
    })?;
    let kind = match pair.kind.as_deref() {
        None => EntityKind::Other,
        Some(word) => EntityKind::parse(word).ok_or_else(|| {
            let all: Vec<&str> = EntityKind::ALL.iter().map(|kind| kind.as_str()).collect();
            format!("no kind “{word}”; the kinds are {}", all.join(", "))
        })?,
    };
    let kind = match kind {
        EntityKind::Person => NameKind::Person,
        EntityKind::Organization => NameKind::Organization,
        EntityKind::Place => NameKind::Place,
        EntityKind::Group => NameKind::Group,
        EntityKind::Facility | EntityKind::Weapon | EntityKind::Event | EntityKind::Other => {
            NameKind::Other
        }
    };
    Ok((pair, kind))
}

/// Cut off after four digits, never rounded up, so that the figure and the match agree.
fn four_digits(same: f64) -> f64 {
    (same * 10_000.0).floor() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_says_what_to_write() {
        for (line, said) in [
            (r#"{"left": "a"}"#, "missing field `right`"),
            ("Velik", "not a pair of names"),
            (
                r#"{"left":"a","right":"b","kind":"Ship"}"#,
                "the kinds are Person",
            ),
        ] {
            let error = pair(line.as_bytes()).map(|_| ()).expect_err("an error");
            assert!(error.contains(said), "{error}");
            assert!(!error.contains("column"), "{error}");
        }
        assert!(pair(br#"{"left":"a","right":"b"}"#).is_ok());
    }

    #[test]
    fn figure_and_match_agree() {
        assert!(four_digits(names::MATCH) >= names::MATCH);
        assert!(four_digits(names::MATCH - 1e-9) < names::MATCH);
    }
}
