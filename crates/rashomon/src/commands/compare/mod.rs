//! `compare`: pairs in, one line out for each, in order, each as soon as it is there. No ledger.
//!
//! It does not know how names or texts are compared: `names` and `texts` do.

mod names;
pub(super) mod texts;

use crate::args::Compare;
use crate::failure::{Done, Failure, Outcome};
use crate::output::{Output, name_unread};
use ingest::Unread;
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// Lines that are answered together, at most, and their bytes.
const BATCH: usize = 1024;
const BATCH_BYTES: usize = 2 << 20;

/// Runs the command.
pub fn run(options: &Compare) -> Outcome {
    let name = options.file.display().to_string();
    let input = open(&options.file)
        .map_err(|error| Failure::Usage(format!("{name} cannot be read: {error}")))?;
    if options.names {
        let names = names::Names::load()?;
        each_batch(input, &name, names::pair, |pairs| names.answers(pairs))
    } else {
        let mut texts = texts::Texts::load(options.jobs)?;
        each_batch(input, &name, texts::pair, |pairs| texts.answers(pairs))
    }
}

fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    if path == Path::new("-") {
        Ok(Box::new(io::stdin().lock()))
    } else {
        Ok(Box::new(File::open(path)?))
    }
}

/// Reads pairs, answers those that are there together and prints a line for each. `pair` reads a line; its error says what to write
/// instead.
fn each_batch<P, A: Serialize>(
    input: Box<dyn Read>,
    name: &str,
    pair: impl Fn(&[u8]) -> Result<P, String>,
    mut answers: impl FnMut(&[P]) -> Vec<A>,
) -> Outcome {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut output = Output::stdout();
    let mut line = Vec::new();
    let (mut pairs, mut bytes) = (Vec::new(), 0);
    let mut failed = 0;
    let mut ended = false;
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
            Ok(0) => ended = true,
            Ok(_) => {}
            Err(error) => {
                complain("unreadable", format!("cannot be read: {error}"));
                failed += 1;
                ended = true;
            }
        }
        let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        if !ended && !text.trim_ascii().is_empty() {
            match pair(text) {
                Ok(pair) => {
                    bytes += text.len();
                    pairs.push(pair);
                }
                Err(reason) => {
                    complain("malformed", reason);
                    failed += 1;
                }
            }
        }
        // Whoever writes a pair and waits for the answer gets it.
        let waits = input.buffer().is_empty();
        if ended || pairs.len() >= BATCH || bytes >= BATCH_BYTES || waits && !is_file(name) {
            for answer in answers(&pairs) {
                output.json(&answer)?;
            }
            pairs.clear();
            bytes = 0;
            output.flush()?;
        }
        if ended {
            break;
        }
    }
    Ok(Done::with_unread(failed))
}

/// Nobody waits at the other end of a file.
fn is_file(name: &str) -> bool {
    name != "-"
}

/// What serde says of a line that is no pair, without the place, which is one of the line whose number stands before.
fn unlike(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Cut off after four digits, never rounded up, so that the figure and what follows from it agree.
fn four_digits(figure: f64) -> f64 {
    (figure * 10_000.0).floor() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figure_and_match_agree() {
        assert!(four_digits(::names::MATCH) >= ::names::MATCH);
        assert!(four_digits(::names::MATCH - 1e-9) < ::names::MATCH);
    }
}
