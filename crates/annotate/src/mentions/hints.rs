//! `NameHints`: what the lexicons say of single words: titles, roles, kin, words that end the names of bodies and places,
//! countries and peoples.
//!
//! It does not know sentences. Words are kept by their numbers, without case.

use super::table::Table;
use crate::knowledge;
use std::collections::BTreeMap;
use syntax::word_number;

/// What the lexicons say of a word, one bit each.
pub(crate) type Hint = u32;

/// Sections of `parties.txt`, each a bit from 0.
const PARTIES: [&str; 10] = [
    "title",
    "role",
    "body",
    "place",
    "kin",
    "group",
    "side-noun",
    "adjective",
    "outlet-word",
    "late",
];
const COUNTRY: Hint = 1 << 10;
const ADJECTIVE: Hint = 1 << 11;
const PEOPLE: Hint = 1 << 12;
/// Sections of `words.txt`.
const WORDS: [(&str, Hint); 5] = [
    ("weekday", 1 << 13),
    ("month", 1 << 13),
    ("determiner", 1 << 14),
    ("preposition", 1 << 15),
    ("pronoun", 1 << 16),
];

/// Hints by word.
#[derive(Debug, Clone, Default)]
pub struct NameHints {
    words: Table<Hint>,
}

impl NameHints {
    /// From the text of `parties.txt`, `words.txt` and `demonyms.txt`. Lines that cannot be read are left out.
    #[must_use]
    pub fn parse(parties: &str, words: &str, demonyms: &str) -> Self {
        let mut hints: BTreeMap<u32, Hint> = BTreeMap::new();
        let mut add = |word: &str, bit: Hint| *hints.entry(word_number(word)).or_default() |= bit;
        for (name, entries) in knowledge::sections(parties) {
            if let Some(bit) = PARTIES.iter().position(|section| *section == name) {
                for entry in entries {
                    let word = entry.split('=').next().unwrap_or("");
                    if !word.contains('_') {
                        add(word, 1 << bit);
                    }
                }
            }
        }
        for (name, entries) in knowledge::sections(words) {
            for (_, bit) in WORDS.iter().filter(|(section, _)| *section == name) {
                for word in &entries {
                    add(word, *bit);
                }
            }
        }
        for (_, line) in knowledge::lines(demonyms) {
            let mut fields = line.split('|').map(str::trim);
            for bit in [COUNTRY, ADJECTIVE, PEOPLE] {
                for word in fields.next().unwrap_or("").split_whitespace() {
                    if word.starts_with(char::is_uppercase) {
                        add(word, bit);
                    }
                }
            }
        }
        let mut table = Table::default();
        table.clear(hints.len());
        for (word, bits) in hints {
            *table.of(word) = bits;
        }
        Self { words: table }
    }

    pub(crate) fn of(&self, form: u32) -> Hint {
        self.words.get(form).copied().unwrap_or(0)
    }
}
