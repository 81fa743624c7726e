//! Classes that a token has by its letters and digits: days, years, clocks, decades.
//!
//! It does not know words; those have their classes from the lexicon.

use super::grammar::{Atom, Grammar};

/// The classes. A token may have several: "12" is a day, a month and an hour.
pub(crate) const CLASSES: [&str; 19] = [
    "digits",
    "decimal",
    "day",
    "nth",
    "monthnumber",
    "hour",
    "twodigits",
    "year",
    "shortyear",
    "decade",
    "clock",
    "hours4",
    "date",
    "slashed",
    "fiscalyear",
    "midyear",
    "middecade",
    "baredecade",
    "anydecade",
];

/// The classes of each kind of token, as atoms.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shapes {
    classes: Vec<Vec<Atom>>,
}

/// Kinds of tokens: each has a set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    UpTo12,
    UpTo24,
    UpTo31,
    TwoDigits,
    Year,
    YearOrClock,
    Clock4,
    Digits,
    Decimal,
    Clock,
    Nth,
    FarNth,
    ShortYear,
    Decade,
    IsoDate,
    Slashed,
    FiscalYear,
    MidYear,
    MidDecade,
    BareDecade,
    AnyDecade,
}

impl Shape {
    const ALL: [(Shape, &'static [&'static str]); 21] = [
        (
            Shape::UpTo12,
            &["digits", "day", "monthnumber", "hour", "twodigits"],
        ),
        (Shape::UpTo24, &["digits", "day", "hour", "twodigits"]),
        (Shape::UpTo31, &["digits", "day", "twodigits"]),
        (Shape::TwoDigits, &["digits", "twodigits"]),
        (Shape::Year, &["digits", "year"]),
        (Shape::YearOrClock, &["digits", "year", "hours4"]),
        (Shape::Clock4, &["digits", "hours4"]),
        (Shape::Digits, &["digits"]),
        (Shape::Decimal, &["decimal"]),
        (Shape::Clock, &["clock"]),
        (Shape::Nth, &["nth"]),
        (Shape::FarNth, &[]),
        (Shape::ShortYear, &["shortyear"]),
        (Shape::Decade, &["decade"]),
        (Shape::IsoDate, &["date"]),
        (Shape::Slashed, &["slashed"]),
        (Shape::FiscalYear, &["fiscalyear"]),
        (Shape::MidYear, &["midyear"]),
        (Shape::MidDecade, &["middecade"]),
        (Shape::BareDecade, &["baredecade"]),
        (Shape::AnyDecade, &["anydecade"]),
    ];
}

impl Shapes {
    pub(crate) fn new(grammar: &Grammar) -> Self {
        let classes = Shape::ALL.iter().map(|(_, classes)| {
            let atoms = classes.iter().filter_map(|class| grammar.class_atom(class));
            atoms.collect()
        });
        Self {
            classes: classes.collect(),
        }
    }

    /// The classes of a token in lower case; none for a word.
    pub(crate) fn of(&self, word: &str) -> &[Atom] {
        shape(word).map_or(&[], |shape| &self.classes[shape as usize])
    }
}

/// The kind of a token that has digits.
fn shape(word: &str) -> Option<Shape> {
    let bytes = word.as_bytes();
    if let Some(rest) = word.strip_prefix("mid-") {
        return match shape(rest)? {
            Shape::Year | Shape::YearOrClock => Some(Shape::MidYear),
            Shape::Decade => Some(Shape::MidDecade),
            _ => None,
        };
    }
    if !(bytes.iter().take(3).any(u8::is_ascii_digit)) || bytes.len() > 16 {
        return None;
    }
    let value = || word.parse::<u32>().ok();
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if all(word) {
        let value = value()?;
        return Some(match (bytes.len(), value) {
            (1 | 2, 1..=12) => Shape::UpTo12,
            (1 | 2, 0 | 13..=24) => Shape::UpTo24,
            (1 | 2, 25..=31) => Shape::UpTo31,
            (2, _) => Shape::TwoDigits,
            (4, 1000..=2199) if is_clock(value) => Shape::YearOrClock,
            (4, 1000..=2199) => Shape::Year,
            (4, _) if is_clock(value) => Shape::Clock4,
            _ => Shape::Digits,
        });
    }
    if let Some(rest) = word.strip_prefix('\'') {
        return match rest.strip_suffix('s') {
            Some(decade) if decade.len() == 2 && all(decade) && decade.ends_with('0') => {
                Some(Shape::Decade)
            }
            None if rest.len() == 2 && all(rest) => Some(Shape::ShortYear),
            _ => None,
        };
    }
    if let Some(decade) = word.strip_suffix("'s").or_else(|| word.strip_suffix('s')) {
        if !all(decade) || !decade.ends_with('0') {
            return None;
        }
        return match decade.len() {
            4 => Some(Shape::Decade),
            2 => Some(Shape::BareDecade),
            3 => Some(Shape::AnyDecade),
            _ => None,
        };
    }
    for ending in ["st", "nd", "rd", "th"] {
        if let Some(number) = word.strip_suffix(ending).filter(|number| all(number)) {
            let day = number
                .parse::<u32>()
                .is_ok_and(|day| (1..=31).contains(&day));
            return Some(if day { Shape::Nth } else { Shape::FarNth });
        }
    }
    if let Some(year) = word.strip_prefix("fy") {
        let year = year.trim_start_matches('\'');
        return (all(year) && matches!(year.len(), 2 | 4)).then_some(Shape::FiscalYear);
    }
    if word.contains(':') {
        return clock(word).map(|_| Shape::Clock);
    }
    if let Some((whole, places)) = word.split_once('.')
        && all(whole)
        && all(places)
    {
        return Some(Shape::Decimal);
    }
    if word
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b',')
    {
        return crate::numbers::digits(word).map(|_| Shape::Digits);
    }
    let parts = |mark: char| word.split(mark).filter(|part| all(part)).count();
    match (parts('-'), parts('/'), parts('.')) {
        (3, ..) if word.len() == 10 && word.find('-') == Some(4) => Some(Shape::IsoDate),
        (3, ..) | (_, 3, _) | (.., 3) if matches!(word.len(), 6..=10) => Some(Shape::Slashed),
        _ => None,
    }
}

/// Whether four digits are hours and minutes.
fn is_clock(value: u32) -> bool {
    value <= 2400 && value % 100 < 60
}

/// The three numbers of a date with slashes, hyphens or points.
pub(crate) fn parts(word: &str) -> Option<[i16; 3]> {
    let mut numbers = word.split(['/', '-', '.']).map(str::parse);
    let parts = [
        numbers.next()?.ok()?,
        numbers.next()?.ok()?,
        numbers.next()?.ok()?,
    ];
    numbers.next().is_none().then_some(parts)
}

/// Whether the first two numbers of such a date could be day and month or month and day.
pub(crate) fn is_ambiguous(word: &str) -> bool {
    parts(word).is_some_and(|[first, second, _]| {
        let month = 1..=12;
        let open = first != second && month.contains(&first) && month.contains(&second);
        // Who parts them by points puts the day first.
        open && !word.contains('.')
    })
}

/// Hours and minutes of "9:30", "21:05", "9:30:15".
pub(crate) fn clock(word: &str) -> Option<(i8, i8)> {
    let mut parts = word.split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute = parts.next()?.get(..2)?.parse::<i8>().ok()?;
    ((0..=24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::{CLASSES, Shape, shape};

    #[test]
    fn the_classes_are_those_of_the_shapes_in_order() {
        for (number, (kind, classes)) in Shape::ALL.iter().enumerate() {
            assert_eq!(*kind as usize, number);
            assert!(classes.iter().all(|class| CLASSES.contains(class)));
        }
    }

    #[test]
    fn tokens_have_their_shapes() {
        for (word, expected) in [
            ("12", Some(Shape::UpTo12)),
            ("31", Some(Shape::UpTo31)),
            ("1998", Some(Shape::Year)),
            ("1930", Some(Shape::YearOrClock)),
            ("0600", Some(Shape::Clock4)),
            ("99999", Some(Shape::Digits)),
            ("1,200", Some(Shape::Digits)),
            ("9:30", Some(Shape::Clock)),
            ("24/7", None),
            ("9/11", None),
            ("12/02/89", Some(Shape::Slashed)),
            ("2031-03-12", Some(Shape::IsoDate)),
            ("1980s", Some(Shape::Decade)),
            ("'80s", Some(Shape::Decade)),
            ("'89", Some(Shape::ShortYear)),
            ("5th", Some(Shape::Nth)),
            ("47th", Some(Shape::FarNth)),
            ("5.56", Some(Shape::Decimal)),
            ("march", None),
            ("a1", None),
        ] {
            assert_eq!(shape(word), expected, "{word}");
        }
    }
}
