//! Numbers in digits and in words: "1,200", "1.5 million", "two hundred and fifty", "a dozen", "half a million", "2 1/2".
//!
//! It does not know what is counted, and takes a year for a number.

use crate::fine::Fine;
use std::borrow::Cow;
use text::TokenKind;

/// Words of scale that are read behind one number ("hundred thousand"); more of them are no number.
const MOST_SCALES: usize = 3;

/// Words for numbers below a hundred.
const SMALL: [(&str, u8); 27] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// Words of scale.
const SCALES: [(&str, f64); 11] = [
    ("dozen", 12.0),
    ("score", 20.0),
    ("hundred", 100.0),
    ("thousand", 1e3),
    ("lakh", 1e5),
    ("million", 1e6),
    ("mn", 1e6),
    ("crore", 1e7),
    ("billion", 1e9),
    ("bn", 1e9),
    ("trillion", 1e12),
];

/// A number as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    pub(crate) value: f64,
    /// What one of its last significant digit is worth: 100 in "1,500", 1 in "42", a hundred thousand in "1.5 million".
    pub(crate) step: f64,
}

impl Number {
    pub(crate) fn of(value: f64) -> Self {
        let mut step = 1.0;
        while value >= step * 10.0 && value % (step * 10.0) == 0.0 && value > 0.0 {
            step *= 10.0;
        }
        Self { value, step }
    }

    pub(crate) fn times(self, scale: f64) -> Self {
        Self {
            value: self.value * scale,
            step: self.step * scale,
        }
    }
}

/// The number that begins at a token, and the token after it.
pub(crate) fn number_at(words: &Fine, at: usize) -> Option<(Number, usize)> {
    match (words.lower(at), words.lower(at + 1)) {
        // "a quarter of a million".
        ("a", "quarter") => return quarter(words, at + 1),
        ("quarter", "of") => return quarter(words, at),
        // "a hundred", "a dozen", "a hundred and fifty".
        ("a" | "an", next) => {
            scale(next)?;
            return Some(after_scale(words, 1.0, at + 1));
        }
        // "half a million", "half a dozen", "half-a-million".
        ("half", _) => {
            let article = at + 1 + usize::from(words.lower(at + 1) == "-");
            let from = match words.lower(article) {
                "a" => article + 1 + usize::from(words.lower(article + 1) == "-"),
                _ => article,
            };
            let scale = scale(words.lower(from))?;
            return Some((Number::of(scale / 2.0), from + 1));
        }
        _ => {}
    }
    if words.kind(at) == Some(TokenKind::Number) {
        let number = digits(words.word(at))?;
        return Some(with_half(words, scaled(words, number, at + 1)));
    }
    in_words(words, at).map(|found| with_half(words, found))
}

/// A number of digits: "12", "1,200", "0.5"; none for "9:30" and "12/02".
pub(crate) fn digits(word: &str) -> Option<Number> {
    let plain = match word.contains(',') {
        true => Cow::Owned(word.replace(',', "")),
        false => Cow::Borrowed(word),
    };
    let well_formed = plain
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && grouped(word);
    let value: f64 = plain.parse().ok().filter(|_| well_formed)?;
    let step = match plain.split_once('.') {
        Some((_, places)) => 0.1_f64.powi(i32::try_from(places.len()).unwrap_or(300).min(300)),
        None => Number::of(value).step,
    };
    Some(Number { value, step }).filter(|number| number.value.is_finite())
}

/// A number written as one word, the ones behind its tens with a hyphen: "eleven", "twenty-five", "dozen", "million".
pub(crate) fn number_word(word: &str) -> Option<f64> {
    if let Some((tens, ones)) = word.split_once('-') {
        let (tens, ones) = (small(tens)?, small(ones)?);
        return (tens >= 20 && ones < 10).then(|| f64::from(tens + ones));
    }
    let scale = || SCALES.iter().find(|(name, _)| *name == word);
    small(word)
        .map(f64::from)
        .or_else(|| scale().map(|(_, value)| *value))
}

/// The words of numbers with their classes: `ones`, `teens`, `tens`, `scale`.
pub(crate) fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    let small = SMALL.iter().map(|(word, value)| {
        let class = match value {
            1..=9 => "ones",
            10..=19 => "teens",
            _ => "tens",
        };
        (*word, class)
    });
    small.chain(SCALES.iter().map(|(word, _)| (*word, "scale")))
}

/// What a word of scale multiplies by, in the singular or plural: "million", "millions"; "scores" is a vague word.
pub(crate) fn scale(word: &str) -> Option<f64> {
    let known = |word: &str| SCALES.iter().find(|(name, _)| *name == word);
    let singular = word.strip_suffix('s').filter(|word| *word != "score");
    let found = known(word).or_else(|| singular.and_then(known));
    found.map(|(_, value)| *value)
}

/// Whether commas stand before each three digits only ("1,200"; in the Indian way two before the last three, "2,50,000").
fn grouped(word: &str) -> bool {
    let whole = word.split('.').next().unwrap_or(word);
    let mut groups = whole.rsplit(',').peekable();
    let Some(last) = groups.next() else {
        return true;
    };
    if groups.peek().is_none() {
        return true;
    }
    last.len() == 3 && groups.all(|group| (1..=3).contains(&group.len()))
}

/// "quarter of a million", from "quarter".
fn quarter(words: &Fine, at: usize) -> Option<(Number, usize)> {
    if words.lower(at + 1) != "of" || words.lower(at + 2) != "a" {
        return None;
    }
    let scale = scale(words.lower(at + 3)).filter(|scale| *scale >= 1e6)?;
    Some((Number::of(scale / 4.0), at + 4))
}

/// With the words of scale that follow: "two hundred", "1.5 million", "3-million".
fn scaled(words: &Fine, mut number: Number, mut end: usize) -> (Number, usize) {
    for _ in 0..MOST_SCALES {
        let hyphen = usize::from(words.lower(end) == "-" && words.is_near(end));
        let Some(scale) = scale(words.lower(end + hyphen)) else {
            break;
        };
        number = number.times(scale);
        end += hyphen + 1;
    }
    (number, end)
}

/// "two and a half", "2 1/2", "two and a half million".
fn with_half(words: &Fine, (number, end): (Number, usize)) -> (Number, usize) {
    if number.value >= 100.0 {
        return (number, end);
    }
    let after = match (words.lower(end), words.lower(end + 1), words.lower(end + 2)) {
        ("and", "a", "half") => end + 3,
        ("1/2" | "½", ..) => end + 1,
        _ => return (number, end),
    };
    let value = number.value + 0.5;
    scaled(words, Number { value, step: 0.5 }, after)
}

/// "twenty-five", "two hundred and fifty", "three thousand".
fn in_words(words: &Fine, at: usize) -> Option<(Number, usize)> {
    let (value, end) = below_hundred(words, at)?;
    Some(after_scale(words, value, end))
}

/// A number of which the first part is read: with its words of scale, and the smaller parts behind them.
fn after_scale(words: &Fine, first: f64, mut end: usize) -> (Number, usize) {
    let (mut total, mut part) = (0.0, first);
    let mut last = f64::INFINITY;
    loop {
        let (scaled, after) = scaled(words, Number::of(part), end);
        end = after;
        total += scaled.value;
        // What follows is smaller than the scale before: "two hundred and fifty", "three thousand two hundred".
        if scaled.value < 100.0 || scaled.value >= last || total % 100.0 != 0.0 {
            break;
        }
        last = scaled.value;
        let from = end + usize::from(words.lower(end) == "and");
        match below_hundred(words, from) {
            Some((next, after)) if fits(words, next, after, last) => {
                part = next;
                end = after;
            }
            _ => break,
        }
    }
    (Number::of(total), end)
}

/// Whether a number with its scale is a part of the one before it: "fifty" after "two hundred", not "million" after "two".
fn fits(words: &Fine, value: f64, end: usize, before: f64) -> bool {
    let scale = scale(words.lower(end)).unwrap_or(1.0);
    let room = [1e6, 1e3].into_iter().find(|room| before % room == 0.0);
    value * scale < before && value * scale < room.unwrap_or(100.0)
}

/// A number below a hundred in words, and the token after it.
fn below_hundred(words: &Fine, at: usize) -> Option<(f64, usize)> {
    let value = small(words.lower(at))?;
    if value < 20 {
        return Some((f64::from(value), at + 1));
    }
    let hyphen = usize::from(words.lower(at + 1) == "-");
    match small(words.lower(at + 1 + hyphen)) {
        Some(ones) if ones < 10 => Some((f64::from(value + ones), at + 2 + hyphen)),
        _ => Some((f64::from(value), at + 1)),
    }
}

/// The value of one word for a number below a hundred.
fn small(word: &str) -> Option<u8> {
    let found = SMALL.iter().find(|(name, _)| *name == word);
    found.map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(word: &str) -> Option<f64> {
        digits(word).map(|number| number.value)
    }

    #[test]
    fn digits_are_read() {
        assert_eq!(value("1,200"), Some(1200.0));
        assert_eq!(value("2,50,000"), Some(250_000.0));
        assert_eq!(value("0.5"), Some(0.5));
        for word in ["9:30", "12/02", "1,20", "2nd", "1.2.3", "", ","] {
            assert_eq!(value(word), None, "{word}");
        }
    }

    #[test]
    fn a_step_is_what_the_last_digit_is_worth() {
        assert_eq!(Number::of(1500.0).step, 100.0);
        assert_eq!(Number::of(42.0).step, 1.0);
        assert_eq!(Number::of(0.0).step, 1.0);
        assert_eq!(
            digits("1.5").map(|number| number.times(1e6).step),
            Some(1e5)
        );
        assert!(digits(&"9".repeat(400)).is_none());
    }

    #[test]
    fn words_are_numbers() {
        assert_eq!(number_word("eleven"), Some(11.0));
        assert_eq!(number_word("twenty-five"), Some(25.0));
        assert_eq!(number_word("dozen"), Some(12.0));
        for word in ["five-twenty", "tenth", "", "-"] {
            assert_eq!(number_word(word), None, "{word}");
        }
    }
}
