//! The program's own words take no side: words that judge a speaker or an act stand inside quotations only.
//!
//! It looks at the source of this crate, comments included, because what is written there ends up in help and messages.

use std::fs;
use std::path::{Path, PathBuf};

/// Beginnings of words that say more than that somebody said or did something.
const JUDGING: [&str; 24] = [
    "admitted",
    "admission",
    "refut",
    "alleg",
    "reveal",
    "conquer",
    "terroris",
    "conced",
    "confess",
    "debunk",
    "insurgen",
    "martyr",
    "liberat",
    "extremis",
    "regime",
    "slam",
    "blast",
    "so-called",
    "propagand",
    "militant",
    "lied",
    "liar",
    "truthful",
    "falsehood",
];

#[test]
fn the_program_takes_no_side() {
    let mut found = Vec::new();
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(&path).expect("a source file");
        for (number, line) in text.lines().enumerate() {
            let words = without_quotations(line).to_lowercase();
            for word in words.split(|c: char| !c.is_alphanumeric() && c != '-') {
                if JUDGING.iter().any(|judging| word.starts_with(judging)) {
                    found.push(format!("{}:{}: {word}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn quotations_may_say_anything() {
    assert_eq!(
        without_quotations("it says “they conquered it” here"),
        "it says  here"
    );
    assert_eq!(without_quotations("they conquered it"), "they conquered it");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else {
            files.push(path);
        }
    }
    assert!(!files.is_empty());
    files
}

/// A line without what stands between “ and ”.
fn without_quotations(line: &str) -> String {
    let mut outside = String::new();
    let mut depth = 0;
    for c in line.chars() {
        match c {
            '“' => depth += 1,
            '”' if depth > 0 => depth -= 1,
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}
