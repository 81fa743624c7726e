//! `Reading`: a document's tokens as the features of names see them.
//!
//! It does not know labels or weights.

use super::hints::{Hint, NameHints};
use super::recall::number;
use super::table::Table;
use std::ops::Range;
use syntax::{Word, WordClasses, Words, word_number};
use text::{Segments, TokenKind};

/// The most tokens that are labelled as one sentence; a longer one is labelled in pieces, so that room stays small.
const LONGEST: usize = 250;

/// The most tokens of a run of capitals.
const LONGEST_RUN: usize = 12;

/// One token.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Seen {
    pub(crate) word: Word,
    pub(crate) hint: Hint,
    /// A number for its part of speech; 0 where none is given.
    pub(crate) tag: u32,
    /// How its letters are written elsewhere in the document: 1 small, 2 with a capital where that says something.
    pub(crate) elsewhere: u8,
    /// What it is to the label before it, below `decode::STEPS`.
    pub(crate) step: u8,
    /// Whether a capital or a digit stands in it.
    marked: bool,
    /// Whether it can be part of no name: a small word among small words in a line of usual spelling.
    pub(crate) plain: bool,
    /// Whether it stands between quotation marks.
    pub(crate) quoted: bool,
    /// The run of capitals that it stands in, as a range of the document's tokens; empty where it stands in none.
    pub(crate) run: (u32, u32),
    /// A number for the first letter of its form; 0 for none.
    pub(crate) initial: u32,
    /// A number for its letters where it is two to six capitals; else 0.
    pub(crate) letters: u32,
}

/// A document's tokens, kept and filled again for the next document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reading {
    pub(crate) seen: Vec<Seen>,
    /// Sentences or pieces of them, as ranges of tokens.
    pub(crate) lines: Vec<Range<usize>>,
    /// What stands outside.
    outside: Seen,
    words: Words,
    forms: Table<u8>,
}

impl Reading {
    /// Takes in a document. `tags` has a number for the part of speech of each token, or nothing.
    pub(crate) fn fill(
        &mut self,
        text: &str,
        segments: &Segments,
        tags: &[u32],
        classes: &WordClasses,
        hints: &NameHints,
    ) {
        self.seen.clear();
        self.lines.clear();
        let connectors = Connectors::new();
        for sentence in &segments.sentences {
            let tokens = segments.tokens_of(sentence);
            let mut quoted = false;
            for piece in tokens.chunks(LONGEST) {
                let start = self.seen.len();
                let forms = piece.iter().map(|token| token.span.slice(text));
                self.words.fill(forms, classes);
                for (index, token) in piece.iter().enumerate() {
                    let word = *self.words.at(index as isize);
                    let form = token.span.slice(text);
                    let at = self.seen.len();
                    match token.kind {
                        TokenKind::QuoteOpen => quoted = true,
                        TokenKind::QuoteClose => quoted = false,
                        TokenKind::Quote => quoted = !quoted,
                        _ => {}
                    }
                    self.seen.push(Seen {
                        word,
                        hint: hints.of(word.form),
                        tag: tags.get(at).copied().unwrap_or(0),
                        elsewhere: 0,
                        step: step(token.kind, &word, index == 0, &connectors),
                        marked: form.contains(|c: char| c.is_uppercase() || c.is_numeric()),
                        plain: false,
                        quoted,
                        run: (0, 0),
                        initial: form
                            .chars()
                            .next()
                            .map_or(0, |c| c.to_lowercase().next().unwrap_or(c) as u32),
                        letters: letters(form),
                    });
                }
                self.lines.push(start..self.seen.len());
                self.runs(start, &connectors);
                self.plain(start);
            }
        }
        self.look_elsewhere();
    }

    /// The token at an offset from another one of the same line.
    #[inline]
    pub(crate) fn at(&self, line: &Range<usize>, token: usize, offset: isize) -> &Seen {
        let at = token.wrapping_add_signed(offset);
        if line.contains(&at) {
            &self.seen[at]
        } else {
            &self.outside
        }
    }

    /// Finds the runs of capitals of a line that begins at a token: capitals with at most two small joining words
    /// between them.
    fn runs(&mut self, start: usize, connectors: &Connectors) {
        let end = self.seen.len();
        let mut at = start;
        while at < end {
            if !self.seen[at].word.capital {
                at += 1;
                continue;
            }
            let mut last = at;
            let mut next = at + 1;
            while next < end && next - at < LONGEST_RUN {
                if self.seen[next].word.capital {
                    last = next;
                } else if next - last > 2 || !connectors.joins(self.seen[next].word.form) {
                    break;
                }
                next += 1;
            }
            for seen in &mut self.seen[at..=last] {
                seen.run = (at as u32, last as u32 + 1);
            }
            at = last + 1;
        }
    }

    /// Marks the small words among small words of a line that begins at a token. A line whose first word is small is
    /// not of usual spelling.
    fn plain(&mut self, start: usize) {
        let line = &mut self.seen[start..];
        let letters = |seen: &&Seen| matches!(seen.step, 0 | 3 | 6 | 7);
        let usual = line.iter().find(letters).is_some_and(|first| first.marked)
            && line
                .iter()
                .filter(letters)
                .filter(|seen| seen.marked)
                .count()
                * 2
                <= line.iter().filter(letters).count();
        if !usual {
            return;
        }
        for at in 0..line.len() {
            let near = at.saturating_sub(1)..(at + 2).min(line.len());
            line[at].plain = !line[near].iter().any(|seen| seen.marked);
        }
    }

    /// How each word is written elsewhere in the document.
    fn look_elsewhere(&mut self) {
        self.forms.clear(self.seen.len());
        for line in &self.lines {
            for at in line.clone() {
                let seen = &self.seen[at];
                let says = if seen.word.capital {
                    if at > line.start && !seen.quoted {
                        2
                    } else {
                        0
                    }
                } else {
                    1
                };
                *self.forms.of(seen.word.form) |= says;
            }
        }
        for seen in &mut self.seen {
            seen.elsewhere = *self.forms.of(seen.word.form);
        }
    }
}

/// The numbers of words that join the parts of names.
struct Connectors {
    of: u32,
    the: u32,
    joins: [u32; 16],
    and: [u32; 3],
}

impl Connectors {
    fn new() -> Self {
        const JOINS: [&str; 16] = [
            "of", "the", "for", "&", "de", "la", "von", "van", "al", "el", "bin", "-", "del",
            "der", "du", "on",
        ];
        Self {
            of: word_number("of"),
            the: word_number("the"),
            joins: JOINS.map(word_number),
            and: ["and", ",", "&"].map(word_number),
        }
    }

    fn joins(&self, form: u32) -> bool {
        self.joins.contains(&form)
    }
}

fn step(kind: TokenKind, word: &Word, first: bool, connectors: &Connectors) -> u8 {
    match kind {
        TokenKind::Clitic => 1,
        TokenKind::QuoteOpen | TokenKind::QuoteClose | TokenKind::Quote => 2,
        _ if word.form == connectors.of || word.form == connectors.the => 3,
        _ if connectors.and.contains(&word.form) => 4,
        TokenKind::Mark | TokenKind::Number => 5,
        TokenKind::Word if word.capital => {
            if first {
                6
            } else {
                7
            }
        }
        TokenKind::Word => 0,
    }
}

fn letters(form: &str) -> u32 {
    let spelt = (2..=6).contains(&form.len()) && form.bytes().all(|byte| byte.is_ascii_uppercase());
    if spelt {
        number(form.bytes().map(|byte| u32::from(byte | 0x20)))
    } else {
        0
    }
}
