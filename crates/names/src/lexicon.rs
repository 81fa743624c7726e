//! `NameLexicon`: words that play a part in names, read from lexicon text.
//!
//! It does not know files: the text comes in as an argument. Without it names are compared word by word.

use crate::fold;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use text::{Entry, EntryError, entries};

/// What a word may do in a name. One word may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Title = 1,
    Kin = 1 << 1,
    Particle = 1 << 2,
    Patronymic = 1 << 3,
    Servant = 1 << 4,
    Compound = 1 << 5,
    Common = 1 << 6,
    Generic = 1 << 7,
    Stop = 1 << 8,
    Place = 1 << 9,
    PlaceWord = 1 << 10,
    Series = 1 << 11,
    Whole = 1 << 12,
    Form = 1 << 13,
    Number = 1 << 14,
    Direction = 1 << 16,
    /// It is the first word of a phrase.
    Begins = 1 << 15,
}

/// What the lexicon says of a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Known {
    roles: u32,
    form: u16,
    number: u32,
    /// Words of one group mean the same in names; 0 is none.
    pub(crate) same: u16,
    /// Short forms of one given name; 0 is none.
    pub(crate) nick: u16,
}

impl Known {
    pub(crate) fn is(self, role: Role) -> bool {
        self.roles & role as u32 != 0
    }

    /// Whether the lexicon says anything of it besides that a phrase begins so.
    pub(crate) fn is_any(self) -> bool {
        self.roles & !(Role::Begins as u32) != 0 || self.same != 0 || self.nick != 0
    }

    /// The group of legal forms.
    pub(crate) fn form(self) -> Option<u16> {
        self.is(Role::Form).then_some(self.form)
    }

    pub(crate) fn number(self) -> Option<u32> {
        self.is(Role::Number).then_some(self.number)
    }
}

/// Words that play a part in names; `default()` has none.
#[derive(Debug, Clone, Default)]
pub struct NameLexicon {
    /// Looked up a dozen times for each name; never gone through, so that their order does not matter.
    words: HashMap<String, Known, BuildHasherDefault<Fnv>>,
    servants: Vec<String>,
    wholes: Vec<String>,
    /// Endings, and whether they are a father's.
    endings: Vec<(String, bool)>,
}

impl NameLexicon {
    /// Reads lexicon text: `kind | words | example | counter-example` a line, `#` for remarks.
    ///
    /// # Errors
    /// The first line whose kind is unknown, that has no words, or whose number is none.
    pub fn parse(text: &str) -> Result<Self, EntryError> {
        let mut lexicon = Self::default();
        for entry in entries(text) {
            lexicon
                .read(&entry)
                .map_err(|message| entry.error(message))?;
        }
        // Longest first, so that "abdul" is not taken for "abd".
        lexicon
            .servants
            .sort_by_key(|word| std::cmp::Reverse(word.len()));
        lexicon
            .endings
            .sort_by_key(|(ending, _)| std::cmp::Reverse(ending.len()));
        Ok(lexicon)
    }

    fn read(&mut self, entry: &Entry) -> Result<(), &'static str> {
        let words: Vec<String> = entry
            .words()
            .map(fold)
            .filter(|word| !word.is_empty())
            .collect();
        let first = words.first().ok_or("no words; write `kind | word, word`")?;
        // Lines are far fewer than 65,536; a longer file shares groups, which is harmless.
        let group = u16::try_from((entry.line - 1) % 0xFFFF + 1).unwrap_or(1);
        let role = match entry.kind {
            "title" => Role::Title,
            "kin" => Role::Kin,
            "particle" => Role::Particle,
            "patronymic" => Role::Patronymic,
            "servant" => {
                self.servants.extend(words.iter().cloned());
                Role::Servant
            }
            "compound" => Role::Compound,
            "common" => Role::Common,
            "generic" => Role::Generic,
            "stop" => Role::Stop,
            "place" => Role::Place,
            "direction" => Role::Direction,
            "place-word" => Role::PlaceWord,
            "series" => Role::Series,
            "whole" => {
                self.wholes.extend(words.iter().cloned());
                Role::Whole
            }
            "ending" | "father" => {
                let endings = words.into_iter().map(|word| (word, entry.kind == "father"));
                self.endings.extend(endings);
                return Ok(());
            }
            "form" | "any-form" => Role::Form,
            "number" => Role::Number,
            "same" | "nick" => {
                for word in &words {
                    let known = self.entry(word);
                    if entry.kind == "same" {
                        known.same = group;
                    } else {
                        known.nick = group;
                    }
                }
                return Ok(());
            }
            _ => {
                return Err("unknown kind; the kinds are listed at the head of lexicon/names.txt");
            }
        };
        let number = if role == Role::Number {
            first
                .parse()
                .map_err(|_| "the first word of a number is its digits")?
        } else {
            0
        };
        for word in &words {
            let known = self.entry(word);
            known.roles |= role as u32;
            match role {
                Role::Form => known.form = if entry.kind == "form" { group } else { 0 },
                Role::Number => known.number = number,
                Role::Place | Role::Direction => {
                    known.same = if words.len() > 1 { group } else { known.same }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn entry(&mut self, word: &str) -> &mut Known {
        if let Some((first, _)) = word.split_once(' ') {
            let begins = self.words.entry(first.to_owned()).or_default();
            begins.roles |= Role::Begins as u32;
        }
        self.words.entry(word.to_owned()).or_default()
    }

    /// What is said of a folded word or phrase.
    pub(crate) fn known(&self, word: &str) -> Known {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// Whether a word is a father's name, which is often left out.
    pub(crate) fn is_fathers(&self, word: &str) -> bool {
        let fathers = self.endings.iter().filter(|(_, fathers)| *fathers);
        fathers
            .into_iter()
            .any(|(ending, _)| stem(word, ending).is_some())
    }

    /// What stands before the ending that two words share; the words where they share none.
    pub(crate) fn stems<'a>(&self, left: &'a str, right: &'a str) -> (&'a str, &'a str) {
        let shared =
            |(ending, _): &(String, bool)| Some((stem(left, ending)?, stem(right, ending)?));
        self.endings
            .iter()
            .find_map(shared)
            .unwrap_or((left, right))
    }

    /// How long the servant's part of a joined name is ("abdul" in "abdulrahman"); 0 where it is none.
    pub(crate) fn servant(&self, word: &str) -> usize {
        /// A shorter rest is no name of its own ("abdulla").
        const LEAST: usize = 4;
        if self
            .wholes
            .iter()
            .any(|whole| word.starts_with(whole.as_str()))
        {
            return 0;
        }
        self.servants
            .iter()
            .find(|servant| {
                word.len() >= servant.len() + LEAST && word.starts_with(servant.as_str())
            })
            .map_or(0, String::len)
    }
}

/// The hash FNV-1a of Fowler, Noll and Vo: fast on short words, and the same in every run. The words are ours, so that nobody can
/// make them collide on purpose.
#[derive(Debug, Clone)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// What stands before an ending, where it is enough for a name.
fn stem<'a>(word: &'a str, ending: &str) -> Option<&'a str> {
    const LEAST: usize = 3;
    word.strip_suffix(ending).filter(|stem| stem.len() >= LEAST)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The lexicon that the program carries.
    pub(crate) fn shipped() -> NameLexicon {
        NameLexicon::parse(include_str!("../../../lexicon/names.txt")).expect("the lexicon reads")
    }

    #[test]
    fn bad_lines_are_named() {
        let line = |text| NameLexicon::parse(text).expect_err("an error").line;
        assert_eq!(line("# ok\nspell | x"), 2);
        assert_eq!(line("title |"), 1);
        assert_eq!(line("number | two"), 1);
    }

    #[test]
    fn a_joined_servant_is_found() {
        let lexicon = shipped();
        for (word, length) in [
            ("abdulrahman", 5),
            ("abdurrahman", 5),
            ("abdullah", 0),
            ("abdi", 0),
        ] {
            assert_eq!(lexicon.servant(word), length, "{word}");
        }
    }
}
