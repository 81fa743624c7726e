//! Look-alikes: numbers that count nothing. Names of units, roads and weapons, dates, clock times, telephone numbers, ages,
//! fractions, scores, labels of lists, "one of".
//!
//! The words are in `quantities.txt`. Ages and dates that are times are left out before.

use super::{Figure, Kind, Reader, lexicon};
use crate::Hedge;
use crate::numbers;
use std::ops::Range;
use text::TokenKind;

/// Singular nouns of people whose of-phrase counts them: "a family of five", "a crew of 12", "the death of 12".
const NOT_OF_ONE: u64 =
    lexicon::HOUSEHOLD | lexicon::SUM | lexicon::INVARIANT | lexicon::EFFECT_WORD;

impl Reader<'_> {
    /// Whether a number counts nothing by what it touches: "M-16", "24/7", "+40 12", "1. ", "2031-07-12", "555-0123".
    pub(super) fn is_no_number(&self, number: &Range<usize>, sentence: &Range<usize>) -> bool {
        let (start, end) = (number.start, number.end);
        let words = self.words;
        let before = words.before(start);
        let touches_before = words.is_near(start);
        let touches_after = words.is_near(end);
        let is_digits = words.kind(start) == Some(TokenKind::Number);
        if touches_before && matches!(before, "/" | "+" | "#" | "_" | "§" | "." | ":") {
            return true;
        }
        // "M-16", "Covid-19", "pre-2011"; an opening dash between words is none.
        if before == "-" && touches_before && start >= 2 && words.is_near(start - 1) {
            return true;
        }
        if touches_before && words.kind(start - 1) == Some(TokenKind::Word) && is_digits {
            return true;
        }
        // "012017": a date run together.
        let word = words.word(start);
        if is_digits && word.len() > 3 && word.starts_with('0') {
            return true;
        }
        if touches_after && matches!(self.lower(end), "/" | ":" | "_" | "°") {
            return true;
        }
        // A chain of numbers: "555-0123-45", "6-09-2013", "3-2".
        if self.lower(end) == "-"
            && touches_after
            && words.is_near(end + 1)
            && words.kind(end + 1) == Some(TokenKind::Number)
        {
            return true;
        }
        // "1. ", "(3)" before a list's item.
        let opens = start == sentence.start || start == sentence.start + 1 && before == "(";
        if opens && is_digits && matches!(self.lower(end), "." | ")") && touches_after {
            return true;
        }
        self.is_named(number, sentence) || self.is_clock(number) || self.is_fraction(end)
    }

    /// "Brigade 47", "Battalion No. 4", "Route 9", "the Seven Wells", "Group of 77", "Flight 417".
    fn is_named(&self, number: &Range<usize>, sentence: &Range<usize>) -> bool {
        let words = self.words;
        let start = number.start;
        let Some(before) = start
            .checked_sub(1)
            .filter(|before| *before >= sentence.start)
        else {
            return false;
        };
        let is_digits = words.kind(start) == Some(TokenKind::Number);
        let naming = |token: usize| self.is(token, lexicon::BEFORE_NUMBER);
        let is_capital = words.is_capital(before) && !self.is_shouted(sentence);
        let noun_follows = matches!(words.xpos(number.end), "NNS" | "NNPS" | "JJ" | "VBN")
            || self.is(number.end, lexicon::PEOPLE)
            || self
                .lexicon
                .unit(number.end, |token| self.lower(token))
                .is_some();
        if is_digits || words.is_capital(start) && !self.is_shouted(sentence) {
            let stop = words.before(start) == "." && words.is_near(before);
            let name = if stop {
                before.saturating_sub(1)
            } else {
                before
            };
            let is_number_sign = matches!(self.lower(name), "no" | "no." | "nos" | "nr" | "num");
            if naming(name) && (is_capital || !noun_follows || is_number_sign) {
                return true;
            }
        }
        // A name with a number behind it.
        if is_digits
            && is_capital
            && !noun_follows
            && matches!(words.xpos(before), "NNP" | "NNPS" | "NN")
            && words.head(start) == Some(before)
        {
            return true;
        }
        // "Group of 77".
        if words.before(start) == "of"
            && before > sentence.start
            && words.before(before) == "group"
            && !noun_follows
        {
            return true;
        }
        // "the Seven Wells", in a text that has small letters.
        !is_digits
            && start > sentence.start
            && words.is_capital(start)
            && words.is_capital(number.end)
            && matches!(words.xpos(number.end), "NNP" | "NNPS" | "NNS")
            && !self.is_shouted(sentence)
    }

    /// Whether the words around say nothing by their capitals: all capitals, or each with one.
    fn is_shouted(&self, sentence: &Range<usize>) -> bool {
        let near = sentence.start..sentence.end.min(sentence.start + 40);
        let (mut small, mut all) = (0, 0);
        for token in near {
            if self.words.kind(token) == Some(TokenKind::Word) && self.lower(token).len() > 3 {
                all += 1;
                small += usize::from(!self.words.is_capital(token));
            }
        }
        all == 0 || small * 4 <= all
    }

    /// "at 0430 GMT", "at 1130", "at approximately 2120 on 15th Avenue", "800pm".
    fn is_clock(&self, number: &Range<usize>) -> bool {
        let end = number.end;
        let bracket = usize::from(self.lower(end) == "(");
        if self.is(end + bracket, lexicon::CLOCK) && !self.is(end + 1, lexicon::TIME_UNIT) {
            let clock = self.lower(end + bracket);
            // "12 local officials", "in 48 hours" are other things.
            return !matches!(clock, "local" | "hours" | "hour" | "hrs")
                || clock == "local" && self.lower(end + bracket + 1) == "time"
                || self.words.word(number.start).len() == 4;
        }
        let word = self.words.word(number.start);
        let is_time = is_four_digits(word) && word < "2400" && &word[2..] < "60";
        if is_time && word.starts_with('0') {
            return true;
        }
        let is_dated = self.in_time(end) || self.is(end, lexicon::WEEKDAY);
        if !is_time
            || !is_dated
                && !matches!(
                    self.words.xpos(end),
                    "IN" | "." | "," | "" | "TO" | "CC" | "-LRB-" | ":" | "RB"
                )
        {
            return false;
        }
        let lower = |token| self.lower(token);
        let start = self
            .lexicon
            .hedge_before(number.start, lower)
            .map_or(number.start, |(_, start)| start);
        let before = start.saturating_sub(2);
        self.words.before(start) == "at" && !self.is(before, lexicon::CHANGE | lexicon::SUM)
    }

    /// "two thirds", "two-thirds", "a fifth": a part of a whole, in words; not "a third tank".
    fn is_fraction(&self, end: usize) -> bool {
        let word = end + usize::from(self.lower(end) == "-");
        self.is(word, lexicon::FRACTION)
            && !matches!(self.words.xpos(word + 1), "NNS" | "NN" | "NNP")
    }

    /// Whether a figure is one only by its form.
    pub(super) fn looks_alike(&self, figure: &Figure, number: &Range<usize>) -> bool {
        if figure.kind == Kind::Measure {
            return false;
        }
        if let Some(noun) = figure.noun {
            if self.is(noun, lexicon::NO_COUNT) {
                return true;
            }
            let is_two = figure.hedge == Hedge::Exact
                && figure.amount.first.value == 2.0
                && noun == number.end;
            if is_two && self.is(noun, lexicon::BOTH) {
                return true;
            }
        }
        self.is_year(figure, number)
            || self.is_age(figure, number)
            || self.is_one_in(figure, number)
            || figure.amount.first.value == 1.0 && self.is_idle_one(number)
            || figure.noun.is_none() && self.is_bare_label(figure, number)
    }

    /// A year that no time was read from: "the 2011 uprising", "in 1879"; not "2031 shells".
    fn is_year(&self, figure: &Figure, number: &Range<usize>) -> bool {
        let before = self.words.before(number.start);
        let counts = figure.noun.is_some_and(|noun| {
            self.is_plural(noun) && !matches!(before, "the" | "in" | "since" | "of" | "'s" | "from")
        });
        number.len() == 1
            && self.is_bare_year(number.start)
            && figure.hedge == Hedge::Exact
            && !counts
    }

    /// Whether a token is written like a year of our time.
    pub(super) fn is_bare_year(&self, token: usize) -> bool {
        let word = self.words.word(token);
        is_four_digits(word) && (word.starts_with("19") || word.starts_with("20"))
    }

    /// "aged 12", "a boy of 15", "Oram, 42,".
    fn is_age(&self, figure: &Figure, number: &Range<usize>) -> bool {
        let start = figure.tokens.start;
        let before = self.words.before(start);
        if self.is(start.saturating_sub(1), lexicon::AGE) && start > 0 {
            return true;
        }
        if figure.noun.is_some() || figure.amount.first.value > 110.0 {
            return false;
        }
        let is_single = |token: usize| {
            matches!(self.words.xpos(token), "NN" | "NNP") && self.kind_of(token) == Kind::Person
        };
        if before == "of" && start >= 2 && is_single(start - 2) && !self.is(start - 2, NOT_OF_ONE) {
            return true;
        }
        let closed = matches!(self.lower(number.end), "," | ")" | "." | ";");
        figure.hedge == Hedge::Exact
            && closed
            && matches!(before, "," | "(")
            && start >= 2
            && matches!(self.words.xpos(start - 2), "NNP" | "NN")
            && self.words.is_capital(start - 2)
            && self.words.kind(number.start) == Some(TokenKind::Number)
            && figure.amount.first.value >= 3.0
    }

    /// "one in five", "1 in 10 prisoners".
    fn is_one_in(&self, figure: &Figure, number: &Range<usize>) -> bool {
        let value = figure.amount.first.value;
        let is_first = figure.noun.is_none()
            && value < 10.0
            && self.lower(number.end) == "in"
            && numbers::number_at(self.words, number.end + 1).is_some_and(|(second, end)| {
                second.value > value
                    && second.value <= 1000.0
                    && !self.is(end, lexicon::TIME_UNIT)
                    && figure.tokens.end == number.end
            });
        let is_second = self.words.before(figure.tokens.start) == "in"
            && figure.tokens.start >= 2
            && self.is_small_number(figure.tokens.start - 2)
            && !matches!(self.words.before(figure.tokens.start - 1), "-" | "/");
        is_first || is_second
    }

    fn is_small_number(&self, token: usize) -> bool {
        let word = self.lower(token);
        let value =
            numbers::number_word(word).or_else(|| numbers::digits(word).map(|number| number.value));
        value.is_some_and(|value| value < 10.0)
    }

    /// "one" that counts nobody: "one of", "one another", "one who", "the one", "no one".
    fn is_idle_one(&self, number: &Range<usize>) -> bool {
        matches!(self.lower(number.end), "of" | "another")
            || matches!(self.words.xpos(number.end), "WP" | "WDT" | "MD" | "POS")
            || number.start > 0 && self.words.xpos(number.start - 1) == "DT"
    }

    /// A number alone that hangs on no word: a label, a rest of a table.
    fn is_bare_label(&self, figure: &Figure, number: &Range<usize>) -> bool {
        let before = number.start.saturating_sub(1);
        figure.hedge == Hedge::Exact
            && self.words.kind(number.start) == Some(TokenKind::Number)
            && (self.words.kind(before) == Some(TokenKind::Number)
                || self.words.kind(number.end) == Some(TokenKind::Number))
    }
}

/// Whether a word is written like a clock time or a year.
fn is_four_digits(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}
