//! `lab peers`: other systems read the same articles in the same run, and are measured as the program is.
//!
//! It does not know how they read (`crates/lab/peers/attributions.py`), nor how attributions are compared.

pub mod python;

use crate::attributions::outcome::{self, Outcome};
use crate::data::{self, Data, Failure};
use crate::polnear::{self, Article};
use crate::product::Product;
use crate::report::{self, Row};
use crate::score::{Attribution, Figures, score};
use python::Python;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::time::Duration;
use text::Span;

/// Where the other systems are.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// A virtual environment with what they need, made where it is not there (default: target/peers of this checkout)
    #[arg(long, value_name = "DIR")]
    environment: Option<PathBuf>,
    /// The Python that makes it
    #[arg(long, default_value = "python3", value_name = "PYTHON")]
    python: PathBuf,
}

/// Reads PolNeAR's dev part with every system and prints a row for each.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let folder = options
        .environment
        .clone()
        .unwrap_or_else(|| data::checkout().join("target/peers"));
    let articles = polnear::load(data, "dev")?;
    let python = Python::in_environment(&folder, &options.python)?;
    let product = Product::new(None)?;
    // One thread for everybody.
    let ours = Outcome::read(&product, &articles, 1)?;
    let paths: String = articles
        .iter()
        .map(|article| format!("{}\n", article.path.display()))
        .collect();
    let said = python.script("attributions.py", &[], &paths)?;
    let peers = peers(&said, &articles).map_err(|what| {
        Failure(format!(
            "attributions.py printed what it should not: {what}; is it of this checkout?"
        ))
    })?;

    let words = outcome::words(&articles);
    let speed = outcome::speed(words, outcome::spent(&ours));
    println!(
        "PolNeAR dev, {} articles, {words} words, raw text in; one thread\n",
        articles.len()
    );
    let mut rows = vec![Row::new("Rashomon", &outcome::figures(&ours), Some(speed))];
    for (name, peer) in &peers {
        let theirs = outcome::speed(words, peer.spent);
        rows.push(Row::new(name, &peer.figures, Some(theirs)));
    }
    report::systems(&rows);
    report::measured_on_test();
    println!();
    for (name, peer) in &peers {
        println!(
            "{name}: Rashomon reads {:.1} times as many words a CPU second; {} of {} paragraphs refused",
            speed / outcome::speed(words, peer.spent),
            peer.refused,
            peer.paragraphs
        );
    }
    Ok(())
}

/// What another system did.
#[derive(Debug, Default)]
struct Peer {
    figures: Figures,
    spent: Duration,
    paragraphs: usize,
    refused: usize,
}

/// A line of the script.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Article {
        system: String,
        path: PathBuf,
        attributions: Vec<Parts>,
    },
    Cost {
        system: String,
        seconds: f64,
        paragraphs: usize,
        refused: usize,
    },
}

/// An attribution in characters.
#[derive(Deserialize)]
struct Parts {
    source: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
}

/// The systems of the script's lines, by name.
fn peers(lines: &str, articles: &[Article]) -> Result<BTreeMap<String, Peer>, String> {
    let by_path: HashMap<&PathBuf, &Article> = articles
        .iter()
        .map(|article| (&article.path, article))
        .collect();
    let mut peers: BTreeMap<String, Peer> = BTreeMap::new();
    let mut read: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines.lines() {
        match serde_json::from_str(line).map_err(|error| error.to_string())? {
            Line::Article {
                system,
                path,
                attributions,
            } => {
                let article = by_path
                    .get(&path)
                    .ok_or_else(|| format!("{} was not asked for", path.display()))?;
                let given = spans(&article.text, &attributions)
                    .ok_or_else(|| format!("offsets beyond {}", path.display()))?;
                *read.entry(system.clone()).or_default() += 1;
                peers.entry(system).or_default().figures +=
                    score(&article.text, &article.gold, &given).figures;
            }
            Line::Cost {
                system,
                seconds,
                paragraphs,
                refused,
            } => {
                let peer = peers.entry(system).or_default();
                peer.spent = Duration::try_from_secs_f64(seconds).map_err(|e| e.to_string())?;
                (peer.paragraphs, peer.refused) = (paragraphs, refused);
            }
        }
    }
    match read.iter().find(|(_, read)| **read != articles.len()) {
        Some((system, read)) => Err(format!("{system} read {read} articles")),
        None if read.is_empty() => Err("no system".to_owned()),
        None => Ok(peers),
    }
}

/// Attributions in bytes; none where an offset is not of the text.
fn spans(text: &str, attributions: &[Parts]) -> Option<Vec<Attribution>> {
    let bytes = polnear::bytes_of_characters(text);
    let spans = |parts: &[[usize; 2]]| -> Option<Vec<Span>> {
        parts
            .iter()
            .map(|&[start, end]| {
                let (start, end) = (*bytes.get(start)?, *bytes.get(end)?);
                (start <= end).then(|| Span::new(start, end))
            })
            .collect()
    };
    attributions
        .iter()
        .map(|parts| {
            Some(Attribution {
                source: spans(&parts.source)?,
                cue: spans(&parts.cue)?,
                content: spans(&parts.content)?,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article() -> Article {
        let text = "“Néé,” said Ana.".to_owned();
        let span = |words: &str| {
            let at = text.find(words).unwrap();
            vec![Span::new(at, at + words.len())]
        };
        Article {
            path: "one.txt".into(),
            gold: vec![Attribution {
                source: span("Ana"),
                cue: span("said"),
                content: span("“Néé,”"),
            }],
            text,
        }
    }

    #[test]
    fn characters_of_the_script_become_bytes() {
        let lines = concat!(
            r#"{"system": "Other 1.0", "path": "one.txt", "attributions": [{"source": [[12, 15]], "cue": [[7, 11]], "content": [[0, 6]]}]}"#,
            "\n",
            r#"{"system": "Other 1.0", "seconds": 0.5, "paragraphs": 1, "refused": 0}"#,
        );
        let peers = peers(lines, &[article()]).unwrap();
        let peer = &peers["Other 1.0"];
        let figures = peer.figures;
        assert_eq!(
            (
                figures.cue_relation.right,
                figures.exact_content.right,
                figures.exact_source.right
            ),
            (1, 1, 1)
        );
        assert_eq!(
            (peer.spent, peer.paragraphs),
            (Duration::from_millis(500), 1)
        );
    }

    #[test]
    fn lines_that_do_not_fit_are_refused() {
        let read = |lines: &str| peers(lines, &[article()]);
        assert!(read("").is_err());
        assert!(read("no line").is_err());
        let beyond = r#"{"system": "a", "path": "one.txt", "attributions": [{"source": [], "cue": [], "content": [[0, 99]]}]}"#;
        assert!(read(beyond).unwrap_err().contains("offsets"));
        let other = r#"{"system": "a", "path": "two.txt", "attributions": []}"#;
        assert!(read(other).unwrap_err().contains("two.txt"));
        let unread = r#"{"system": "a", "seconds": 1.0, "paragraphs": 1, "refused": 0}"#;
        assert!(read(unread).is_err());
    }
}
