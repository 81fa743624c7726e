//! `Abbreviations`: words whose dot is part of them, and the words that open a sentence after one.
//!
//! It does not know a single abbreviation; they come from `lexicon/abbreviations.txt`.

use std::collections::{BTreeMap, BTreeSet};

/// Words whose dot is part of them, and words that open a sentence after such a dot.
///
/// One entry a line; `#` starts a comment. `Gen.` alone never ends a sentence. `Inc. ends` ends one before a capitalised
/// opening word. `No. number` is an abbreviation before a digit only. `opens The He In …` lists opening words.
/// An entry also stands for its form in capitals and, where it is in lower case, for its capitalised form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Abbreviations {
    words: BTreeMap<String, Ending>,
    openers: BTreeSet<String>,
    longest: usize,
}

/// What the dot of an abbreviation can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Never the end of a sentence with another word after it.
    Never,
    /// The end where a capitalised opening word follows.
    BeforeOpener,
    /// Part of the word before a digit only.
    BeforeNumber,
}

/// Longer entries are left out, so that a look-up costs the same however long the text.
const LONGEST_ENTRY: usize = 64;

impl Abbreviations {
    /// Reads the lexicon's text. A line that is no entry (no dot at the end of its first word, too long) is passed over.
    pub(crate) fn parse(lexicon: &str) -> Self {
        let mut found = Self::default();
        let mut variants = Vec::new();
        for line in lexicon.lines() {
            let mut words = line
                .split('#')
                .next()
                .unwrap_or_default()
                .split_whitespace();
            let Some(first) = words.next() else { continue };
            if first == "opens" {
                found.openers.extend(words.map(str::to_lowercase));
                continue;
            }
            let ending = match words.next() {
                Some("ends") => Ending::BeforeOpener,
                Some("number") => Ending::BeforeNumber,
                _ => Ending::Never,
            };
            if !first.ends_with('.') || first.len() > LONGEST_ENTRY {
                continue;
            }
            variants.push((first.to_uppercase(), ending));
            variants.push((capitalised(first), ending));
            found.words.insert(first.to_owned(), ending);
        }
        // What the lexicon spells out wins over what is derived from another entry.
        for (word, ending) in variants {
            found.words.entry(word).or_insert(ending);
        }
        found.longest = found.words.keys().map(String::len).max().unwrap_or(0);
        found
    }

    /// What the dot at the end of this word can be; none where the word is no entry.
    pub(crate) fn ending(&self, word: &str) -> Option<Ending> {
        self.words.get(word).copied()
    }

    /// Whether the word opens a sentence after an abbreviation, in any case.
    pub(crate) fn opens(&self, word: &str) -> bool {
        word.len() <= LONGEST_ENTRY && self.openers.contains(&word.to_lowercase())
    }

    /// The longest entry at the start of `text`, its dot included, and what its dot can be.
    pub(crate) fn longest_at(&self, text: &str) -> Option<(usize, Ending)> {
        text.bytes()
            .enumerate()
            .take(self.longest)
            .take_while(|(_, byte)| !byte.is_ascii_whitespace())
            .filter(|&(_, byte)| byte == b'.')
            .filter_map(|(dot, _)| Some((dot + 1, self.ending(text.get(..=dot)?)?)))
            .last()
    }
}

fn capitalised(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(rest).collect()
    })
}
