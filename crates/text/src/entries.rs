//! Lexicon text whose lines say what kind of words they hold: `kind | word, word | example | counter-example`, `#` for remarks.
//!
//! It does not know kinds, nor how words are folded.

use std::fmt;

/// A line of lexicon text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The line, counted from 1.
    pub line: usize,
    /// What its words are.
    pub kind: &'a str,
    words: &'a str,
}

impl<'a> Entry<'a> {
    /// Its words as written, blanks around them taken off; what is left may be empty.
    pub fn words(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.words.split(',').map(str::trim)
    }

    /// What is wrong with it.
    #[must_use]
    pub fn error(&self, message: &str) -> EntryError {
        EntryError {
            line: self.line,
            message: message.to_owned(),
        }
    }
}

/// A line of lexicon text that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for EntryError {}

/// The lines of lexicon text that say something, in order.
pub fn entries(text: &str) -> impl Iterator<Item = Entry<'_>> {
    let lines = (1..).zip(text.lines());
    lines
        .filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .map(|(line, text)| {
            let mut fields = text.split('|').map(str::trim);
            Entry {
                line,
                kind: fields.next().unwrap_or_default(),
                words: fields.next().unwrap_or_default(),
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_and_examples_are_passed_over() {
        let all: Vec<Entry> = entries("# kinds\n\n stop | of, the | x | y\nkin\n").collect();
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].line, all[0].kind), (3, "stop"));
        assert_eq!(all[0].words().collect::<Vec<_>>(), ["of", "the"]);
        assert_eq!(all[1].words().collect::<Vec<_>>(), [""]);
        assert_eq!(all[1].error("no words").to_string(), "line 4: no words");
    }
}
