//! Sentences of one block, from its tokens.
//!
//! It does not know parts of speech, so that a capital after an unknown abbreviation ends a sentence.

use crate::abbreviations::{Abbreviations, Ending};
use crate::characters::{
    is_bullet, is_close_bracket, is_dash, is_hyphen, is_open_bracket, is_perhaps_bullet, is_stop,
    is_wide_stop,
};
use crate::{Sentence, Span, Token, TokenKind};

/// Appends the sentences of one block. `tokens` are the block's; the first of them has the index `first` in the document.
pub(crate) fn split(
    text: &str,
    block: u32,
    tokens: &[Token],
    first: u32,
    abbreviations: &Abbreviations,
    sentences: &mut Vec<Sentence>,
) {
    let mut splitter = Splitter {
        text,
        tokens,
        abbreviations,
        careless: false,
    };
    splitter.careless = splitter.is_careless();
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
    /// Whether its writer did not care for capitals: then a small letter may open a sentence after any stop.
    careless: bool,
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
    /// Whether the block, as far as `ENOUGH` tokens tell, has no capital at all, or opens with a small letter, or says
    /// "i" of its writer.
    fn is_careless(&self) -> bool {
        let opens_small = self.first_char(0).is_lowercase()
            && self.kind(0) == Some(TokenKind::Word)
            && !self.is_article_name(0)
            && !self.is_address(0);
        let head = &self.tokens[..self.tokens.len().min(ENOUGH)];
        opens_small
            // In "(i) the first" it is a number.
            || head
                .windows(2)
                .any(|pair| self.is_small_i(&pair[0]) && is_in_words(self.text, &pair[1]))
            || !head
                .iter()
                .any(|token| token.span.slice(self.text).contains(char::is_uppercase))
    }

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

    fn is_small_i(&self, token: &Token) -> bool {
        token.span.len() == 1 && token.span.slice(self.text) == "i"
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
        match between {
            "" => return Gap::None,
            " " => return Gap::Blank,
            _ => {}
        }
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
        match lines {
            0 => Gap::Blank,
            1 => Gap::Line,
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
            Gap::Line => self.is_item(start, next) || self.is_beside_rule(next),
            Gap::Blank => self.is_beside_rule(next),
            Gap::None => false,
        }
    }

    /// Whether a drawn line ("-----") ends or begins before token `next`.
    fn is_beside_rule(&self, next: usize) -> bool {
        self.is_rule(next) != self.is_rule(next - 1)
    }

    fn is_rule(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Mark)
            && self.word(index).len() >= SHORTEST_RULE
            && self.word(index).starts_with(['-', '=', '_'])
    }

    /// Whether a token is a web address with its scheme.
    fn is_address(&self, index: usize) -> bool {
        let word = self.word(index).as_bytes();
        word.len() > SHORTEST_ADDRESS && word[..4].eq_ignore_ascii_case(b"http")
    }

    /// Whether a token is a face of marks (":)").
    fn is_face(&self, index: usize) -> bool {
        let word = self.word(index);
        self.kind(index) == Some(TokenKind::Mark)
            && (2..=4).contains(&word.len())
            && word.starts_with([':', ';', '='])
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
            TokenKind::Mark if word.chars().all(|c| matches!(c, '.' | '…')) => {
                Some(Stop::Ellipsis)
            }
            TokenKind::Mark if word.starts_with(is_stop) => Some(Stop::Strong),
            TokenKind::Word if word.ends_with('.') => Some(Stop::Abbreviation),
            TokenKind::Word if self.is_address(at) => Some(Stop::Address),
            TokenKind::Mark if self.is_face(at) => Some(Stop::Face),
            _ => None,
        }
    }

    /// The index after the marks that belong to a stop: further stops, closing quotation marks and brackets, footnotes.
    fn closers(&self, mut at: usize) -> usize {
        while at < self.tokens.len() {
            let near = self.gap(at) == Gap::None;
            let c = self.first_char(at);
            at += match self.kind(at) {
                Some(TokenKind::QuoteClose) if near || self.gap(at) == Gap::Blank => 1,
                Some(TokenKind::Quote) if near => 1,
                Some(TokenKind::Mark) if near && (is_close_bracket(c) || is_stop(c)) => 1,
                Some(TokenKind::Mark) if self.gap(at) == Gap::Blank && self.is_face(at) => 1,
                // "died.[12]", "died. [12] [13]"
                Some(TokenKind::Mark)
                    if (near || self.gap(at) == Gap::Blank && self.is_number(at + 1))
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
            Stop::Face => !near && self.first_char(after).is_uppercase(),
            // An address among words is part of its sentence, but a list of them is none.
            Stop::Address => !near && !closed && (self.is_address(after) || self.is_opener(after)),
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
                let small = !quoted && (self.careless || self.small_opens(stop, at, after));
                self.can_open(after, small) && (*stop != Stop::Ellipsis || !self.is_number(after))
            }
        }
    }

    /// Whether a small letter at token `after` may open a sentence after the stop at token `at`, in a text with capitals.
    fn small_opens(&self, stop: &Stop, at: usize, after: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        if self.is_article_name(after)
            || self.word(after) == "("
            || (self.is_address(after) && *stop != Stop::Ellipsis)
        {
            return true;
        }
        if after > at + 1 {
            return false;
        }
        let capital = self.first_char(before).is_uppercase();
        match stop {
            // "Yahoo! said"
            Stop::Strong => !(capital && self.word(at) == "!"),
            // A short word, or one without a vowel, or a title may be an abbreviation that no list has.
            Stop::Dot => {
                let word = self.word(before);
                self.kind(before) == Some(TokenKind::Number) && word.len() > 1
                    || self.kind(before) == Some(TokenKind::Word)
                        && !capital
                        && word.len() > 3
                        && word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
            }
            _ => false,
        }
    }

    /// Whether a capitalised word that opens sentences stands at token `index`.
    fn is_opener(&self, index: usize) -> bool {
        self.first_char(index).is_uppercase() && self.abbreviations.opens(self.word(index))
    }

    fn is_number(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Number)
    }

    /// Whether a sentence can open at token `at`; `small` where a small letter may open it.
    fn can_open(&self, at: usize, small: bool) -> bool {
        let c = self.first_char(at);
        match self.kind(at) {
            None | Some(TokenKind::Number | TokenKind::QuoteOpen | TokenKind::Quote) => true,
            Some(TokenKind::Clitic | TokenKind::QuoteClose) => false,
            Some(TokenKind::Word) => !c.is_lowercase() || small,
            Some(TokenKind::Mark) if is_open_bracket(c) => {
                !self.first_char(at + 1).is_lowercase() || small
            }
            Some(TokenKind::Mark) if is_dash(c) => {
                self.careless || self.first_char(at + 1).is_uppercase()
            }
            Some(TokenKind::Mark) => {
                !(is_close_bracket(c)
                    || is_stop(c)
                    || matches!(c, ',' | ';' | ':' | '/' | '%' | '،' | '؛'))
            }
        }
    }

    /// Whether a name begins at token `at` that opens with a small article ("al-Shabab").
    fn is_article_name(&self, at: usize) -> bool {
        self.word(at).len() <= 3
            && self.gap(at + 1) == Gap::None
            && self.word(at + 1).starts_with(is_hyphen)
            && self.gap(at + 2) == Gap::None
            && self.first_char(at + 2).is_uppercase()
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
        let opener = match self.kind(after) {
            Some(TokenKind::QuoteOpen | TokenKind::Quote) => after + 1,
            Some(TokenKind::Mark) if is_open_bracket(self.first_char(after)) => after + 1,
            _ => after,
        };
        self.is_opener(opener) || (closed && self.first_char(after).is_uppercase())
    }
}

/// Tokens of a block that are enough to know its writer's manners by.
const ENOUGH: usize = 2000;
/// "http://", after which an address has at least a byte.
const SHORTEST_ADDRESS: usize = 7;
/// Shortest row of dashes and the like that is a drawn line, in bytes.
const SHORTEST_RULE: usize = 4;

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
    /// A web address.
    Address,
    /// A face of marks.
    Face,
    /// The dot of an abbreviation, an acronym or an initial.
    Abbreviation,
}

/// Whether a token is a word in small letters or a clitic.
fn is_in_words(text: &str, token: &Token) -> bool {
    match token.kind {
        TokenKind::Clitic => true,
        TokenKind::Word => token.span.slice(text).starts_with(char::is_lowercase),
        _ => false,
    }
}
