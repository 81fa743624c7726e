//! Tokens of one block: words, numbers, clitics, quotation marks and other marks.
//!
//! It does not know where sentences end.

use crate::abbreviations::{Abbreviations, Ending};
use crate::characters::{
    is_apostrophe, is_blank, is_close_bracket, is_close_quote, is_combining, is_dash, is_hyphen,
    is_joiner, is_open_bracket, is_open_quote, is_run, is_word,
};
use crate::divisions::Divisions;
use crate::{Segmenter, Span, Token, TokenKind};
use std::ops::Range;

/// Appends the tokens of `block` to `tokens`; `base` is the byte at which the block begins in the document.
pub(crate) fn tokenise(block: &str, base: usize, segmenter: &Segmenter, tokens: &mut Vec<Token>) {
    let mut scanner = Scanner {
        text: block,
        base,
        abbreviations: &segmenter.abbreviations,
        divisions: &segmenter.divisions,
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

/// Most groups of digits, and digits in one, of a date or a telephone number. Bounds keep the scanner linear.
const MOST_GROUPS: usize = 6;
const MOST_DIGITS: usize = 8;
/// Longest name on either side of the @ of a mail address, in bytes.
const LONGEST_NAME: usize = 64;
/// Longest listed suffix, in characters.
const LONGEST_SUFFIX: usize = 8;

/// How far ahead the scanner looks when one mark's role depends on what follows. A bound keeps it linear.
const LOOK_AHEAD: usize = 240;

struct Scanner<'a> {
    text: &'a str,
    base: usize,
    abbreviations: &'a Abbreviations,
    divisions: &'a Divisions,
    tokens: &'a mut Vec<Token>,
    /// The double quotation mark that is open.
    open_double: Option<char>,
    /// Whether a single quotation mark is open.
    open_single: bool,
}

/// Characters that no blank parts, nor a mark that always stands alone.
struct Chunk {
    end: usize,
    /// Whether there is a letter among them.
    letters: bool,
    /// Whether they are letters, digits and what is combined with these, and no mark between.
    plain: bool,
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
            joined: false,
        });
        end
    }

    /// Pushes a token that is written as one with the word right before it; without such a word it stands alone.
    fn push_joined(&mut self, start: usize, end: usize, kind: TokenKind) -> usize {
        let after_word = self.tokens.last().is_some_and(|before| {
            before.span.to() == self.base + start
                && matches!(
                    before.kind,
                    TokenKind::Word | TokenKind::Number | TokenKind::Clitic
                )
        });
        self.push(start, end, kind);
        if let Some(token) = self.tokens.last_mut() {
            token.joined = after_word;
        }
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
            '@' | '#' if free && next.is_some_and(char::is_alphabetic) => {
                let end = self.word_end(after).end;
                self.push(at, end, TokenKind::Word)
            }
            '.' if free
                && self.char_before(at).is_none_or(is_blank)
                && next.is_some_and(char::is_numeric) =>
            {
                let chunk = self.word_end(after);
                self.push(at, chunk.end, kind_of(chunk.letters))
            }
            '"' | '＂' => self.straight_double(at, after),
            _ if is_apostrophe(c) => self.single(at, c),
            _ if is_open_quote(c) || is_close_quote(c) => self.shaped_quote(at, c),
            _ => {
                if !c.is_alphanumeric()
                    && let Some(end) = self.face_end(at)
                {
                    return self.push(at, end, TokenKind::Mark);
                }
                let mut end = after;
                if is_run(c) {
                    while self.char_at(end) == Some(c) {
                        end += c.len_utf8();
                    }
                }
                // "?!" and ".?" are one token; an ellipsis is one by itself.
                if matches!(c, '!' | '?') || (c == '.' && end == after) {
                    while let Some('!' | '?') = self.char_at(end) {
                        end += 1;
                    }
                }
                while let Some(mark) = self.char_at(end).filter(|&mark| is_combining(mark)) {
                    end += mark.len_utf8();
                }
                self.push(at, end, TokenKind::Mark)
            }
        }
    }

    /// Where a face made of marks ends that begins at `at`; letters and digits after it would make it something else.
    fn face_end(&self, at: usize) -> Option<usize> {
        let end = at + self.divisions.face(&self.text[at..])?;
        let alone = self.char_at(end).is_none_or(|c| !c.is_alphanumeric());
        (alone && self.char_before(at).is_none_or(|c| !c.is_numeric())).then_some(end)
    }

    /// Pushes the word at `at`: one token, or the several that it is.
    fn word(&mut self, at: usize) -> usize {
        let chunk = self.word_end(at);
        let end = chunk.end;
        let next = self.char_at(end);
        // Only what has a dot or a colon in it or after it can be one of these; most words have none.
        if !chunk.plain || matches!(next, Some('.' | ':')) {
            if let Some(end) = self.address_end(at) {
                return self.push(at, end, TokenKind::Word);
            }
            if let Some((length, ending)) = self.abbreviations.longest_at(&self.text[at..])
                && self.keeps_dot(at + length, ending)
            {
                return self.push(at, at + length, TokenKind::Word);
            }
            if let Some(end) = self.acronym_end(at) {
                return self.push(at, end, TokenKind::Word);
            }
        }
        let word = &self.text[at..end];
        match next {
            Some('.') => {
                if let Some(end) = self.mail_end(at, end) {
                    return self.push(at, end, TokenKind::Word);
                }
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
            Some(hyphen) if is_hyphen(hyphen) && is_fragment(word) => {
                // "th- the": what was not said to its end keeps its hyphen.
                let after = end + hyphen.len_utf8();
                if self.char_before(at).is_none_or(is_blank)
                    && self.char_at(after).is_none_or(|c| is_blank(c) || c == ',')
                {
                    return self.push(at, after, TokenKind::Word);
                }
            }
            _ => {}
        }
        self.divide(at, &chunk)
    }

    /// Pushes the tokens of the characters from `start` on, which no blank or splitting mark parts.
    fn divide(&mut self, start: usize, chunk: &Chunk) -> usize {
        let &Chunk {
            end,
            letters,
            plain,
        } = chunk;
        let word = &self.text[start..end];
        if letters && word.starts_with(|c: char| c.is_ascii_digit()) {
            let digits = word
                .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':')))
                .unwrap_or(0);
            if self.divisions.is_unit(&word[digits..]) {
                return self.push(start, start + digits, TokenKind::Number);
            }
        }
        let cuts = self.divisions.cuts(word);
        if !cuts.is_empty() {
            let mut from = start;
            for cut in cuts.iter().map(|cut| start + cut).chain([end]) {
                if from == start {
                    self.push(from, cut, TokenKind::Word);
                } else {
                    self.push_joined(from, cut, TokenKind::Word);
                }
                from = cut;
            }
            return end;
        }
        let stem = if plain {
            end
        } else {
            start + clitic_start(word)
        };
        if stem == end {
            return self.push(start, end, kind_of(letters));
        }
        // "couldn't've": a second clitic may stand before the last one.
        let inner = start + clitic_start(&self.text[start..stem]);
        self.push(
            start,
            inner,
            kind_of(self.text[start..inner].chars().any(char::is_alphabetic)),
        );
        if inner < stem {
            self.push_joined(inner, stem, TokenKind::Clitic);
        }
        self.push_joined(stem, end, TokenKind::Clitic)
    }

    /// The word or number at `start`.
    fn word_end(&self, start: usize) -> Chunk {
        let mut at = start;
        let mut letters = false;
        let mut plain = true;
        // Characters since the last dot or hyphen: a dot after one letter is unlike a dot after a word.
        let mut part = 0usize;
        let mut part_start = start;
        let bytes = self.text.as_bytes();
        loop {
            while let Some(byte) = bytes.get(at).filter(|byte| byte.is_ascii_alphanumeric()) {
                letters |= byte.is_ascii_alphabetic();
                part += 1;
                at += 1;
            }
            let Some(c) = self.char_at(at) else { break };
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
            if !next.is_alphanumeric() {
                break;
            }
            let joins = if is_hyphen(c) {
                self.hyphen_joins(start, part_start..at, after)
            } else {
                self.joins(c, before, next, at, letters, part)
            };
            if !joins {
                break;
            }
            if is_hyphen(c) || c == '.' {
                part = 0;
                part_start = after;
            }
            plain = false;
            at = after;
        }
        Chunk {
            end: at,
            letters,
            plain,
        }
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
            _ if is_apostrophe(c) => next.is_alphabetic(),
            _ => false,
        }
    }

    /// Whether a hyphen keeps the `part` before it together with what begins at `after`, in the word that begins at `start`.
    fn hyphen_joins(&self, start: usize, part: Range<usize>, after: usize) -> bool {
        let before = &self.text[part];
        if before.starts_with(|c: char| c.is_ascii_digit()) {
            return self.is_number_chain(start);
        }
        if self.divisions.is_prefix(before) {
            return true;
        }
        let rest = &self.text[after..];
        let length: usize = rest
            .chars()
            .take(LONGEST_SUFFIX + 1)
            .take_while(|&c| is_word(c))
            .map(char::len_utf8)
            .sum();
        self.divisions.is_suffix(&rest[..length])
    }

    /// Whether groups of digits with hyphens, strokes or dots between them begin at `start` that are a date, a telephone
    /// number or the like ("2021-09-06", "555-0134"), and no range ("10-15").
    fn is_number_chain(&self, start: usize) -> bool {
        let bytes = &self.text.as_bytes()[start..];
        let mut lengths = [0usize; MOST_GROUPS];
        let mut group = 0;
        let mut at = 0;
        loop {
            let digits = bytes[at..]
                .iter()
                .take(MOST_DIGITS + 1)
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            if digits == 0 || digits > MOST_DIGITS || group == MOST_GROUPS {
                return false;
            }
            lengths[group] = digits;
            group += 1;
            at += digits;
            match bytes.get(at) {
                Some(b'-' | b'/' | b'.') if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                    at += 1;
                }
                Some(b'-' | b'_') => return false,
                _ => break,
            }
        }
        let free = self.char_at(start + at).is_none_or(|c| !is_word(c));
        // Ranges tend to end in round numbers, telephone numbers without their area do not.
        let local = lengths[..group] == [3, 4] && !bytes[..at].ends_with(b"00");
        free && (group > 2 || local)
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

    /// Where a mail address ends that begins at `at` and has a dot at `dot` ("J.Smith@example.org").
    fn mail_end(&self, at: usize, dot: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(dot + 1..)?;
        let name = rest
            .iter()
            .take(LONGEST_NAME)
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte))
            .count();
        let host = rest
            .get(name + 1..)
            .filter(|_| name > 0 && rest[name] == b'@')?
            .iter()
            .take(LONGEST_NAME)
            .take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte))
            .count();
        let end = dot + name + host + 2;
        let address = self.text.get(at..end)?;
        let address = address.trim_end_matches(['.', '-']);
        (host > 0).then_some(at + address.len())
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
        let another = end == next + 1 && self.char_at(end) == Some('.');
        self.char_at(next).is_some_and(char::is_uppercase)
            && (another || !self.abbreviations.opens(&self.text[next..end]))
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
            return self.push_joined(at, end, TokenKind::Clitic);
        }
        if !attached && let Some(end) = self.clipped_end(c, after) {
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
            TokenKind::Clitic => return self.push_joined(at, after, kind),
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

    /// Where a word ends that lacks its beginning: a year or decade without its century ("’90s"), a listed word ("’em").
    fn clipped_end(&self, apostrophe: char, after: usize) -> Option<usize> {
        if apostrophe == '`' {
            return None;
        }
        let rest = self.text.get(after..)?;
        let length = rest
            .bytes()
            .take(LONGEST_SUFFIX)
            .take_while(u8::is_ascii_alphanumeric)
            .count();
        if self.char_at(after + length).is_some_and(is_word) {
            return None;
        }
        let word = &rest[..length];
        let years = word.strip_suffix('s').unwrap_or(word);
        let is_years = years.len() == 2 && years.bytes().all(|byte| byte.is_ascii_digit());
        // "'15 men fell,' he said" opens a quotation.
        let known = (is_years && (years.len() < length || !self.closes_later(after)))
            || (self.divisions.is_clipped(word) && !self.closes_later(after));
        known.then_some(after + length)
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

/// Whether a word can only be the beginning of one: a single letter, or two or three without a vowel.
fn is_fragment(word: &str) -> bool {
    word.len() == 1 && word.starts_with(|c: char| c.is_ascii_alphabetic())
        || (word.len() <= 3
            && word
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() && !b"aeiouAEIOU".contains(&byte))
            && word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase()))
}

/// Where the clitic at the end of a word begins, apostrophe and the n of "n't" included; the word's length where there
/// is none.
fn clitic_start(word: &str) -> usize {
    let Some((apostrophe, mark)) = word
        .char_indices()
        .rev()
        .take(4)
        .find(|&(_, c)| is_apostrophe(c))
    else {
        return word.len();
    };
    if apostrophe == 0 {
        return word.len();
    }
    if is_clitic(&word[apostrophe..]) {
        return apostrophe;
    }
    let not = word[..apostrophe].ends_with(['n', 'N'])
        && word[apostrophe + mark.len_utf8()..].eq_ignore_ascii_case("t");
    if not && apostrophe > 1 {
        apostrophe - 1
    } else {
        word.len()
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
