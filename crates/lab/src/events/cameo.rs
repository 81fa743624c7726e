//! `lab build cameo`: the verb patterns of CAMEO as `models/cameo.tsv`, from the dictionary of the shared data (MIT licence).
//!
//! Kept: the verbs of each block, its patterns' words before and after the verb with their code, and the sets of synonyms. Left out: the
//! order of words, marks of who is source and target, and codes that stand for nothing.

use crate::data::{self, Data, Failure};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

const DICTIONARY: &str = "events/cameo-verb-patterns.txt";
/// The table, from the root of the checkout.
pub const FILE: &str = "models/cameo.tsv";

#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Where the table goes (default: models/cameo.tsv of this checkout)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Makes and writes the table.
pub fn build(data: &Data, options: &Options) -> Result<(), Failure> {
    let table = table(&data::text(&data.at(DICTIONARY)?)?);
    let path = data::write_learnt(options.out.as_ref(), FILE, table.as_bytes())?;
    println!("{}: {} lines", path.display(), table.lines().count());
    Ok(())
}

#[derive(Default)]
struct Block {
    code: String,
    verbs: Vec<String>,
    patterns: Vec<(String, String, String)>,
}

fn table(dictionary: &str) -> String {
    let mut synsets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut blocks: Vec<Block> = Vec::new();
    let mut synset: Option<String> = None;
    for line in dictionary.lines() {
        let line = line.split('#').next().unwrap_or("").trim();
        if let Some(rest) = line.strip_prefix("---") {
            let code = bracketed(rest).unwrap_or_default();
            blocks.push(Block {
                code,
                ..Block::default()
            });
            synset = None;
        } else if let Some(name) = line.strip_prefix('&') {
            synset = Some(word(name));
        } else if let Some(pattern) = line.strip_prefix("- ") {
            let (Some(block), Some(code)) = (blocks.last_mut(), bracketed(pattern)) else {
                continue;
            };
            let words = pattern.split('[').next().unwrap_or("");
            let (before, after) = words.split_once('*').unwrap_or((words, ""));
            block
                .patterns
                .push((code, all_words(before), all_words(after)));
        } else if let (Some(name), Some(entry)) = (&synset, line.strip_prefix('+')) {
            synsets.entry(name.clone()).or_default().push(word(entry));
        } else if let (Some(block), false) = (blocks.last_mut(), line.is_empty()) {
            let verb = line.split(['{', '[', ' ']).next().unwrap_or("");
            block.verbs.push(word(verb.trim_start_matches('+')));
        }
    }
    let mut table = String::from(
        "# The verb patterns of CAMEO 0.10b (Open Event Data Alliance, MIT licence; see NOTICE and models/cameo.md), made by `lab build cameo`.\n\
         # synset: name, words. verbs: words of one block. pattern: code, words before the verb, words after it; `-` is none; the last of a block is its own code.\n",
    );
    let keep = |code: &str| !code.is_empty() && code.chars().all(|digit| digit.is_ascii_digit());
    for (name, words) in &synsets {
        let _ = writeln!(table, "synset\t{name}\t{}", words.join(" "));
    }
    for block in blocks {
        if block.verbs.is_empty() {
            continue;
        }
        let mut patterns: Vec<_> = block
            .patterns
            .into_iter()
            .filter(|(code, ..)| keep(code))
            .collect();
        patterns.sort();
        patterns.dedup();
        if keep(&block.code) {
            patterns.push((block.code, String::new(), String::new()));
        }
        if patterns.is_empty() {
            continue;
        }
        let _ = writeln!(table, "verbs\t{}", block.verbs.join(" "));
        for (code, before, after) in patterns {
            let words = |words: &str| {
                if words.is_empty() {
                    "-".to_owned()
                } else {
                    words.to_owned()
                }
            };
            let _ = writeln!(
                table,
                "pattern\t{code}\t{}\t{}",
                words(&before),
                words(&after)
            );
        }
    }
    table
}

/// The first code between brackets: "190" of "[190:194]".
fn bracketed(text: &str) -> Option<String> {
    let code = text.split_once('[')?.1.split_once(']')?.0;
    Some(code.split(':').next().unwrap_or("").trim().to_owned())
}

/// A word of the dictionary as a lemma: "TANK_" is "tank", "SUICIDE_BOMBER" keeps its line.
fn word(entry: &str) -> String {
    entry
        .trim()
        .trim_end_matches(['_', '=', '+'])
        .to_lowercase()
}

/// The words of a side of a pattern, without marks of source (`$`), target (`+`, `^`) and passive.
fn all_words(side: &str) -> String {
    let words = side
        .split(['(', ')', '{', '}', ' '])
        .flat_map(|token| match token.strip_prefix('&') {
            Some(name) => vec![format!("&{}", word(name))],
            None => token.split('_').map(word).collect(),
        })
        .filter(|word| word.len() > 1 && word.chars().any(char::is_alphabetic));
    words.collect::<Vec<_>>().join(" ")
}
