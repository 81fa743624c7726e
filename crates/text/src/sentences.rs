//! Sentences of one block, from its tokens.
//!
//! It does not know parts of speech, so that a capital after an unknown abbreviation ends a sentence.

use crate::abbreviations::Ending;
use crate::characters::{
    is_bullet, is_close_bracket, is_dash, is_open_bracket, is_perhaps_bullet, is_stop, is_wide_stop,
};
use crate::{Abbreviations, Sentence, Span, Token, TokenKind};

/// Appends the sentences of one block. `tokens` are the block's; the first of them has the index `first` in the document.
pub(crate) fn split(
    text: &str,
    block: u32,
    tokens: &[Token],
    first: u32,
    abbreviations: &Abbreviations,
    sentences: &mut Vec<Sentence>,
) {
    let splitter = Splitter {
        text,
        tokens,
        abbreviations,
        caseless: !tokens
            .iter()
            .any(|token| token.span.slice(text).contains(char::is_uppercase)),
    };
    let number = |index: usize| first.saturating_add(u32::try_from(index).unwrap_or(u32::MAX));
    let mut start = 0;
    while start < tokens.len() {
        let end = splitter.end(start);
        sentences.push(Sentence {
            span: Span {
                start: tokens[start].span.start,
                end: tokens[end - 1].span.end,
            },
            block,
            first: number(start),
            last: number(end),
        });
        start = end;
    }
}

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    abbreviations: &'a Abbreviations,
    /// Whether the block has no capital at all: then a small letter may open a sentence.
    caseless: bool,
}

/// What lies between two tokens.
#[derive(PartialEq, Eq)]
enum Gap {
    None,
    Blank,
    Line,
    EmptyLine,
}

impl Splitter<'_> {
    /// The index after the last token of the sentence that begins at `start`.
    fn end(&self, start: usize) -> usize {
        let mut at = start;
        while at < self.tokens.len() {
            let stop = self.stop(start, at);
            let after = stop.as_ref().map_or(at + 1, |_| self.closers(at + 1));
            // A blank line ends a sentence wherever it stands among the closing marks.
            if let Some(broken) = (at + 1..=after).find(|&next| self.is_broken_before(start, next))
            {
                return broken;
            }
            if after >= self.tokens.len() {
                return self.tokens.len();
            }
            if let Some(stop) = stop
                && self.ends(&stop, at, after)
            {
                return after;
            }
            at = after;
        }
        self.tokens.len()
    }

    fn word(&self, index: usize) -> &str {
        self.tokens
            .get(index)
            .map_or("", |token| token.span.slice(self.text))
    }

    fn first_char(&self, index: usize) -> char {
        self.word(index).chars().next().unwrap_or(' ')
    }

    fn kind(&self, index: usize) -> Option<TokenKind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    /// What lies before token `index`.
    fn gap(&self, index: usize) -> Gap {
        let (Some(before), Some(token)) = (
            index.checked_sub(1).and_then(|i| self.tokens.get(i)),
            self.tokens.get(index),
        ) else {
            return Gap::Blank;
        };
        let between = Span {
            start: before.span.end,
            end: token.span.start,
        }
        .slice(self.text);
        let mut lines = 0;
        let mut previous = ' ';
        for c in between.chars() {
            lines += match c {
                '\n' if previous == '\r' => 0,
                '\n' | '\r' | '\u{85}' | '\u{2028}' => 1,
                '\u{2029}' => 2,
                _ => 0,
            };
            previous = c;
        }
        match (between.is_empty(), lines) {
            (true, _) => Gap::None,
            (_, 0) => Gap::Blank,
            (_, 1) => Gap::Line,
            _ => Gap::EmptyLine,
        }
    }

    /// Whether a blank line, or a line break and a bullet, stands before token `next` of the sentence that began at `start`.
    fn is_broken_before(&self, start: usize, next: usize) -> bool {
        if next >= self.tokens.len() {
            return false;
        }
        match self.gap(next) {
            Gap::EmptyLine => true,
            Gap::Line => self.is_item(start, next),
            Gap::Blank | Gap::None => false,
        }
    }

    /// Whether token `at`, the first of its line, is the bullet or the number of a list's item.
    fn is_item(&self, start: usize, at: usize) -> bool {
        let mark = self.first_char(at);
        if is_bullet(mark) {
            return true;
        }
        if self.word(at).chars().all(is_perhaps_bullet)
            && self.gap(at + 1) == Gap::Blank
            && at + 1 < self.tokens.len()
        {
            return !self.first_char(at + 1).is_lowercase()
                || self.word(start) == self.word(at)
                || matches!(self.first_char(at - 1), ':' | ';');
        }
        let number = |index: usize| {
            let word = self.word(index);
            (self.kind(index) == Some(TokenKind::Number) && word.len() <= 2)
                .then(|| word.parse::<u32>().ok())
                .flatten()
        };
        let Some(here) = number(at) else { return false };
        match self.word(at + 1) {
            ")" => self.gap(at + 1) == Gap::None,
            // "2." continues a list only where "1." began this sentence.
            "." => number(start).is_some_and(|before| before + 1 == here),
            _ => false,
        }
    }

    /// The stop that token `at` is or holds.
    fn stop(&self, start: usize, at: usize) -> Option<Stop> {
        let word = self.word(at);
        match self.kind(at)? {
            TokenKind::Mark if word == "." => {
                // "1. The army": the dot after an item's number ends nothing.
                let item = at == start + 1
                    && self.kind(start) == Some(TokenKind::Number)
                    && self.word(start).len() <= 3
                    && self.gap(at) == Gap::None;
                (!item).then_some(Stop::Dot)
            }
            TokenKind::Mark if word.starts_with(is_wide_stop) => Some(Stop::Wide),
            TokenKind::Mark if word.starts_with(['.', '…']) => Some(Stop::Ellipsis),
            TokenKind::Mark if word.starts_with(is_stop) => Some(Stop::Strong),
            TokenKind::Word if word.ends_with('.') => Some(Stop::Abbreviation),
            _ => None,
        }
    }

    /// The index after the marks that belong to a stop: further stops, closing quotation marks and brackets, footnotes.
    fn closers(&self, mut at: usize) -> usize {
        while at < self.tokens.len() {
            let near = self.gap(at) == Gap::None;
            let c = self.first_char(at);
            let mark = self.kind(at) == Some(TokenKind::Mark);
            at += match self.kind(at) {
                Some(TokenKind::QuoteClose) if near || self.gap(at) == Gap::Blank => 1,
                Some(TokenKind::Quote) if near => 1,
                Some(TokenKind::Mark) if near && (is_close_bracket(c) || is_stop(c)) => 1,
                // "died.[12]"
                _ if near
                    && mark
                    && c == '['
                    && self.word(at + 1).len() <= 3
                    && self.word(at + 2) == "]" =>
                {
                    3
                }
                _ => break,
            };
        }
        at.min(self.tokens.len())
    }

    /// Whether the stop at token `at` ends the sentence before token `after`.
    fn ends(&self, stop: &Stop, at: usize, after: usize) -> bool {
        let near = self.gap(after) == Gap::None;
        let closed = after > at + 1;
        match stop {
            Stop::Wide => true,
            Stop::Abbreviation => self.abbreviation_ends(at, after, closed),
            Stop::Dot | Stop::Ellipsis | Stop::Strong => {
                if near {
                    // "fell.The army": a space was forgotten. "?!" and the like were taken in as closing marks.
                    return self.kind(after) == Some(TokenKind::Word)
                        && self.first_char(after).is_alphabetic()
                        && !self.first_char(after).is_lowercase();
                }
                let quoted = (at + 1..after).any(|i| {
                    matches!(self.kind(i), Some(TokenKind::QuoteClose | TokenKind::Quote))
                });
                self.can_open(after, quoted) && (*stop != Stop::Ellipsis || !self.is_number(after))
            }
        }
    }

    fn is_number(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Number)
    }

    /// Whether a sentence can open at token `at`; `quoted` where a closing quotation mark stands before it.
    fn can_open(&self, at: usize, quoted: bool) -> bool {
        let c = self.first_char(at);
        match self.kind(at) {
            None | Some(TokenKind::Number | TokenKind::QuoteOpen | TokenKind::Quote) => true,
            Some(TokenKind::Clitic | TokenKind::QuoteClose) => false,
            Some(TokenKind::Word) => {
                !c.is_lowercase() || (!quoted && (self.caseless || is_article_name(self.word(at))))
            }
            Some(TokenKind::Mark) if is_open_bracket(c) => {
                !self.first_char(at + 1).is_lowercase() || self.caseless
            }
            Some(TokenKind::Mark) if is_dash(c) => {
                !quoted && self.first_char(at + 1).is_uppercase()
            }
            Some(TokenKind::Mark) => {
                !(is_close_bracket(c)
                    || is_stop(c)
                    || matches!(c, ',' | ';' | ':' | '/' | '%' | '،' | '؛'))
            }
        }
    }

    /// Whether a word with its dot ends a sentence before token `after`.
    fn abbreviation_ends(&self, at: usize, after: usize, closed: bool) -> bool {
        let word = self.word(at);
        let part = word.rfind('-').map_or(word, |i| &word[i + 1..]);
        let dots = word.bytes().filter(|&byte| byte == b'.').count();
        let ending = self
            .abbreviations
            .ending(word)
            .or_else(|| self.abbreviations.ending(part))
            .unwrap_or(if dots > 1 {
                Ending::BeforeOpener
            } else {
                Ending::Never
            });
        if ending != Ending::BeforeOpener {
            return false;
        }
        let capital = |index: usize| self.first_char(index).is_uppercase();
        let opener = match self.kind(after) {
            Some(TokenKind::QuoteOpen | TokenKind::Quote) => after + 1,
            Some(TokenKind::Mark) if is_open_bracket(self.first_char(after)) => after + 1,
            _ => after,
        };
        (capital(opener) && self.abbreviations.opens(self.word(opener)))
            || (closed && capital(after))
    }
}

#[derive(PartialEq, Eq)]
enum Stop {
    /// One dot.
    Dot,
    /// Several dots, or the sign for them.
    Ellipsis,
    /// An exclamation or a question mark.
    Strong,
    /// A full-width stop.
    Wide,
    /// The dot of an abbreviation, an acronym or an initial.
    Abbreviation,
}

/// Whether a word is a name that opens with a small article ("al-Shabab").
fn is_article_name(word: &str) -> bool {
    word.split_once('-')
        .is_some_and(|(article, name)| article.len() <= 3 && name.starts_with(char::is_uppercase))
}
