//! Tokens of one block: words, numbers, clitics, quotation marks and other marks.
//!
//! It does not know where sentences end.

use crate::abbreviations::Ending;
use crate::characters::{
    is_apostrophe, is_blank, is_close_bracket, is_close_quote, is_combining, is_dash, is_hyphen,
    is_joiner, is_open_bracket, is_open_quote, is_run, is_word,
};
use crate::{Abbreviations, Span, Token, TokenKind};

/// Appends the tokens of `block` to `tokens`; `base` is the byte at which the block begins in the document.
pub(crate) fn tokenise(
    block: &str,
    base: usize,
    abbreviations: &Abbreviations,
    tokens: &mut Vec<Token>,
) {
    let mut scanner = Scanner {
        text: block,
        base,
        abbreviations,
        tokens,
        open_double: None,
        open_single: false,
    };
    let mut at = 0;
    while let Some(c) = scanner.char_at(at) {
        at = if is_blank(c) {
            at + c.len_utf8()
        } else {
            scanner.token(at, c)
        };
    }
}

/// How far ahead the scanner looks when one mark's role depends on what follows. A bound keeps it linear.
const LOOK_AHEAD: usize = 240;

struct Scanner<'a> {
    text: &'a str,
    base: usize,
    abbreviations: &'a Abbreviations,
    tokens: &'a mut Vec<Token>,
    /// The double quotation mark that is open.
    open_double: Option<char>,
    /// Whether a single quotation mark is open.
    open_single: bool,
}

impl Scanner<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind) -> usize {
        self.tokens.push(Token {
            span: Span::new(self.base + start, self.base + end),
            kind,
        });
        end
    }

    /// Pushes the token that begins at `at` with `c`; gives where it ends.
    fn token(&mut self, at: usize, c: char) -> usize {
        let after = at + c.len_utf8();
        let next = self.char_at(after);
        if c.is_alphanumeric() {
            return self.word(at);
        }
        let free = self.char_before(at).is_none_or(|before| !is_word(before));
        match c {
            '@' | '#' if free && next.is_some_and(char::is_alphanumeric) => {
                let end = self.word_end(after).0;
                self.push(at, end, TokenKind::Word)
            }
            '.' if free
                && self.char_before(at).is_none_or(is_blank)
                && next.is_some_and(char::is_numeric) =>
            {
                let (end, letters) = self.word_end(after);
                self.push(at, end, kind_of(letters))
            }
            '"' | '＂' => self.straight_double(at, after),
            _ if is_apostrophe(c) => self.single(at, c),
            _ if is_open_quote(c) || is_close_quote(c) => self.shaped_quote(at, c),
            _ => {
                let mut end = after;
                if is_run(c) {
                    while self.char_at(end) == Some(c) {
                        end += c.len_utf8();
                    }
                }
                while let Some(mark) = self.char_at(end).filter(|&mark| is_combining(mark)) {
                    end += mark.len_utf8();
                }
                self.push(at, end, TokenKind::Mark)
            }
        }
    }

    /// Pushes the word at `at`, and the clitic at its end.
    fn word(&mut self, at: usize) -> usize {
        if let Some(end) = self.address_end(at) {
            return self.push(at, end, TokenKind::Word);
        }
        if let Some((length, ending)) = self.abbreviations.longest_at(&self.text[at..])
            && self.keeps_dot(at + length, ending)
        {
            return self.push(at, at + length, TokenKind::Word);
        }
        if let Some(mut end) = self.acronym_end(at) {
            // "U.S.-backed" is one word, as "Western-backed" is.
            if let Some(hyphen) = self.char_at(end).filter(|&c| is_hyphen(c))
                && let after = end + hyphen.len_utf8()
                && self.char_at(after).is_some_and(char::is_alphabetic)
            {
                end = self.word_end(after).0;
            }
            return self.push(at, end, TokenKind::Word);
        }
        let (end, letters) = self.word_end(at);
        let word = &self.text[at..end];
        if self.char_at(end) == Some('.') {
            if self.is_initial(word, end + 1) {
                return self.push(at, end + 1, TokenKind::Word);
            }
            // "ex-Gen.": the part after the last hyphen may be the abbreviation.
            let part = at + word.rfind(is_hyphen).map_or(0, |i| i + 1);
            if part > at
                && let Some(ending) = self
                    .text
                    .get(part..=end)
                    .and_then(|w| self.abbreviations.ending(w))
                && self.keeps_dot(end + 1, ending)
            {
                return self.push(at, end + 1, TokenKind::Word);
            }
        }
        if let Some((apostrophe, _)) = word
            .char_indices()
            .rev()
            .take(4)
            .find(|&(_, c)| is_apostrophe(c))
            && apostrophe > 0
            && is_clitic(&word[apostrophe..])
        {
            self.push(
                at,
                at + apostrophe,
                kind_of(word[..apostrophe].chars().any(char::is_alphabetic)),
            );
            return self.push(at + apostrophe, end, TokenKind::Clitic);
        }
        self.push(at, end, kind_of(letters))
    }

    /// Where the word or number at `start` ends, and whether there is a letter in it.
    fn word_end(&self, start: usize) -> (usize, bool) {
        let mut at = start;
        let mut letters = false;
        // Characters since the last dot or hyphen: a dot after one letter is unlike a dot after a word.
        let mut part = 0usize;
        while let Some(c) = self.char_at(at) {
            if is_word(c) {
                letters |= c.is_alphabetic();
                part += 1;
                at += c.len_utf8();
                continue;
            }
            let mut after = at + c.len_utf8();
            if is_joiner(c) {
                for _ in 0..3 {
                    match self.char_at(after) {
                        Some(more) if is_joiner(more) => after += more.len_utf8(),
                        _ => break,
                    }
                }
                if !self.char_at(after).is_some_and(is_word) {
                    break;
                }
                at = after;
                continue;
            }
            let (Some(before), Some(next)) = (self.char_before(at), self.char_at(after)) else {
                break;
            };
            if !next.is_alphanumeric() || !self.joins(c, before, next, at, letters, part) {
                break;
            }
            if is_hyphen(c) || c == '.' {
                part = 0;
            }
            at = after;
        }
        (at, letters)
    }

    /// Whether the mark `c` at `at`, between two word characters, belongs to the word.
    fn joins(
        &self,
        c: char,
        before: char,
        next: char,
        at: usize,
        letters: bool,
        part: usize,
    ) -> bool {
        let digits = before.is_numeric() && next.is_numeric();
        match c {
            '_' | '@' => true,
            '&' => before.is_uppercase() && next.is_uppercase(),
            ',' | ':' | '/' | '٫' | '٬' => digits && !letters,
            '.' if digits => true,
            '.' if before.is_lowercase() => next.is_lowercase(),
            '.' if before.is_uppercase() => {
                let then = self.char_at(at + 1 + next.len_utf8());
                next.is_lowercase()
                    || (part == 1
                        && next.is_uppercase()
                        && !then.is_some_and(|then| then.is_lowercase() || is_apostrophe(then)))
            }
            '.' if before.is_numeric() => next.is_lowercase(),
            _ if is_hyphen(c) => !digits || letters || self.is_iso_date_dash(at),
            _ if is_apostrophe(c) => next.is_alphabetic(),
            _ => false,
        }
    }

    /// Whether the hyphen at `at` stands in a date like `2021-09-06`.
    fn is_iso_date_dash(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        [4, 7].iter().any(|&offset| {
            let Some(start) = at.checked_sub(offset) else {
                return false;
            };
            let outside = |i: Option<usize>| {
                i.and_then(|i| bytes.get(i))
                    .is_none_or(|byte| !byte.is_ascii_digit() && *byte != b'-')
            };
            bytes.get(start..start + 10).is_some_and(|date| {
                date.iter().enumerate().all(|(i, byte)| {
                    if i == 4 || i == 7 {
                        *byte == b'-'
                    } else {
                        byte.is_ascii_digit()
                    }
                })
            }) && outside(start.checked_sub(1))
                && outside(Some(start + 10))
        })
    }

    /// Where a web address at `at` ends, closing marks of the sentence left out.
    fn address_end(&self, at: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[at..];
        let begins = |prefix: &str| {
            rest.len() > prefix.len()
                && rest[..prefix.len()].eq_ignore_ascii_case(prefix.as_bytes())
        };
        if !(begins("http://") || begins("https://") || begins("www.")) {
            return None;
        }
        let address = &self.text[at..];
        let stop = |c: char| {
            is_blank(c)
                || matches!(c, '<' | '>' | '"')
                || is_open_quote(c)
                || is_close_quote(c)
                || (!c.is_ascii() && !is_word(c))
        };
        let address = &address[..address.find(stop).unwrap_or(address.len())];
        let address = address.trim_end_matches(|c: char| {
            matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'') || is_close_bracket(c)
        });
        Some(at + address.len())
    }

    /// Where a row of single letters with dots ends ("U.S.", "a.k.a.", "U.S.A"); at least two dots.
    fn acronym_end(&self, at: usize) -> Option<usize> {
        let mut end = at;
        let mut dots = 0;
        loop {
            let letter = self.char_at(end).filter(|c| c.is_alphabetic());
            let Some(length) = letter.map(char::len_utf8) else {
                break;
            };
            if self.char_at(end + length) == Some('.') {
                end += length + 1;
                dots += 1;
                continue;
            }
            let alone = self.char_at(end + length).is_none_or(|c| !is_word(c));
            if dots >= 2 && alone && letter.is_some_and(char::is_uppercase) {
                end += length;
            }
            break;
        }
        (dots >= 2).then_some(end)
    }

    /// Whether a word before a dot is an initial ("J. Smith"): one capital, and a name, not an opening word, after it.
    fn is_initial(&self, word: &str, after_dot: usize) -> bool {
        let mut letters = word.chars();
        if !(letters.next().is_some_and(char::is_uppercase) && letters.all(is_combining)) {
            return false;
        }
        let next = self.skip_blanks(after_dot);
        let end = next
            + self.text[next..]
                .chars()
                .take(LOOK_AHEAD)
                .take_while(|&c| is_word(c))
                .map(char::len_utf8)
                .sum::<usize>();
        self.char_at(next).is_some_and(char::is_uppercase)
            && !self.abbreviations.opens(&self.text[next..end])
    }

    /// Whether an entry of the lexicon that ends before `after_dot` is an abbreviation here.
    fn keeps_dot(&self, after_dot: usize, ending: Ending) -> bool {
        match ending {
            Ending::Never | Ending::BeforeOpener => self
                .char_at(after_dot)
                .is_none_or(|c| !c.is_lowercase() && c != '.'),
            Ending::BeforeNumber => self
                .char_at(self.skip_blanks(after_dot))
                .is_some_and(char::is_numeric),
        }
    }

    /// The first byte at or after `at` that is no blank, looking past a few blanks at most.
    fn skip_blanks(&self, at: usize) -> usize {
        at + self.text[at..]
            .chars()
            .take(4)
            .take_while(|&c| is_blank(c))
            .map(char::len_utf8)
            .sum::<usize>()
    }

    /// What spacing says of a quotation mark between `start` and `end`: open, close, or neither.
    fn by_spacing(&self, start: usize, end: usize) -> TokenKind {
        let before = self.char_before(start);
        let next = self.char_at(end);
        let room_before = before.is_none_or(|c| {
            is_blank(c)
                || is_open_bracket(c)
                || is_dash(c)
                || is_open_quote(c)
                || matches!(c, '/' | '‘')
        });
        let room_after = next.is_none_or(|c| !is_word(c) && !is_open_bracket(c));
        let blank_after = next.is_none_or(is_blank);
        match (room_before, room_after) {
            (true, false) => TokenKind::QuoteOpen,
            (true, true) if !blank_after && before.is_none_or(is_blank) => TokenKind::QuoteOpen,
            (false, true) => TokenKind::QuoteClose,
            _ => TokenKind::Quote,
        }
    }

    fn straight_double(&mut self, at: usize, after: usize) -> usize {
        let open = self.open_double == Some('"');
        let kind = match self.by_spacing(at, after) {
            TokenKind::Quote if open => TokenKind::QuoteClose,
            TokenKind::Quote if self.char_at(after).is_none_or(is_blank) => TokenKind::QuoteOpen,
            TokenKind::QuoteClose
                if !open && self.char_before(at).is_some_and(char::is_numeric) =>
            {
                // Inches and seconds of arc.
                TokenKind::Quote
            }
            told => told,
        };
        self.note_double(kind, '"');
        self.push(at, after, kind)
    }

    /// A mark that opens or closes by its shape; languages differ, so spacing and what is open may overrule the shape.
    fn shaped_quote(&mut self, at: usize, c: char) -> usize {
        let after = at + c.len_utf8();
        let spacing = self.by_spacing(at, after);
        let closes_here = match (self.open_double, c) {
            (Some('„'), '“') | (Some('»'), '«') | (Some('›'), '‹') => true,
            (Some('“'), '“') => spacing == TokenKind::QuoteClose,
            _ => false,
        };
        let opens_here = matches!(c, '”' | '»' | '›')
            && self.open_double.is_none()
            && spacing == TokenKind::QuoteOpen;
        let kind = if opens_here || (is_open_quote(c) && !closes_here) {
            TokenKind::QuoteOpen
        } else {
            TokenKind::QuoteClose
        };
        self.note_double(kind, c);
        self.push(at, after, kind)
    }

    fn note_double(&mut self, kind: TokenKind, c: char) {
        match kind {
            TokenKind::QuoteOpen => self.open_double = Some(c),
            TokenKind::QuoteClose => self.open_double = None,
            _ => {}
        }
    }

    /// A single quotation mark, an apostrophe that no word has taken in, or two of them written for a double mark.
    fn single(&mut self, at: usize, c: char) -> usize {
        let after = at + c.len_utf8();
        if self.char_at(after) == Some(c) && matches!(c, '\'' | '`' | '‘' | '’') {
            let end = after + c.len_utf8();
            let kind = match (c, self.by_spacing(at, end)) {
                ('`' | '‘', _) | ('\'', TokenKind::QuoteOpen) => TokenKind::QuoteOpen,
                _ => TokenKind::QuoteClose,
            };
            self.note_double(kind, c);
            return self.push(at, end, kind);
        }
        let before = self.char_before(at);
        let next = self.char_at(after);
        let attached = before.is_some_and(|b| !is_blank(b) && !is_open_bracket(b) && !is_dash(b));
        if attached && let Some(end) = self.clitic_end(at, after) {
            return self.push(at, end, TokenKind::Clitic);
        }
        if !attached && let Some(end) = self.decade_end(c, after) {
            return self.push(at, end, TokenKind::Word);
        }
        let spacing = self.by_spacing(at, after);
        let after_s = before.is_some_and(|b| matches!(b, 's' | 'S' | 'z' | 'x'));
        let kind = match spacing {
            TokenKind::QuoteOpen if matches!(c, '’' | '´') => TokenKind::Quote,
            TokenKind::QuoteOpen if next.is_some_and(|n| !is_blank(n)) => TokenKind::QuoteOpen,
            TokenKind::QuoteClose if self.open_single => {
                if after_s && self.closes_later(after) {
                    TokenKind::Clitic
                } else {
                    TokenKind::QuoteClose
                }
            }
            TokenKind::QuoteClose if after_s => TokenKind::Clitic,
            TokenKind::QuoteClose if before.is_some_and(|b| !is_word(b)) => TokenKind::QuoteClose,
            _ => TokenKind::Quote,
        };
        match kind {
            TokenKind::QuoteOpen => self.open_single = true,
            TokenKind::QuoteClose => self.open_single = false,
            _ => {}
        }
        self.push(at, after, kind)
    }

    /// Where a clitic ends that follows a dot or a closing mark ("U.S.’s", "‘Hamza’’s").
    fn clitic_end(&self, at: usize, after: usize) -> Option<usize> {
        let end = after
            + self.text[after..]
                .chars()
                .take(3)
                .take_while(|&c| is_word(c))
                .map(char::len_utf8)
                .sum::<usize>();
        let alone = self.char_at(end).is_none_or(|c| !is_word(c));
        (alone && is_clitic(&self.text[at..end])).then_some(end)
    }

    /// Where a decade without its century ends ("’90s").
    fn decade_end(&self, apostrophe: char, after: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(after..)?;
        let decade = rest.len() >= 3
            && rest[0].is_ascii_digit()
            && rest[1].is_ascii_digit()
            && rest[2] == b's'
            && self.char_at(after + 3).is_none_or(|c| !is_word(c));
        (decade && apostrophe != '`').then_some(after + 3)
    }

    /// Whether a single mark after a stop or a comma comes soon: then one at a word's end before it is a possessive.
    fn closes_later(&self, after: usize) -> bool {
        let mut before = ' ';
        for c in self.text[after..].chars().take(LOOK_AHEAD) {
            if c == '‘' {
                return false;
            }
            if matches!(c, '\'' | '’') && matches!(before, '.' | ',' | '!' | '?' | '…') {
                return true;
            }
            before = c;
        }
        false
    }
}

fn kind_of(letters: bool) -> TokenKind {
    if letters {
        TokenKind::Word
    } else {
        TokenKind::Number
    }
}

/// Whether these characters, apostrophe first, are an English clitic.
fn is_clitic(with_apostrophe: &str) -> bool {
    let mut rest = with_apostrophe.chars();
    rest.next().is_some_and(is_apostrophe)
        && ["s", "re", "ve", "ll", "d", "m"]
            .iter()
            .any(|clitic| rest.as_str().eq_ignore_ascii_case(clitic))
}
