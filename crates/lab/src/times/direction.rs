//! Bare weekdays and months ("Friday", "October's"): whether ours mean the day or month that the label means, beside plain defaults.
//!
//! A case is a label of TimeBank or AQUAINT whose words are a weekday or a month alone, with or without a possessive. It is right
//! where ours that overlaps it has the label's value, or a part of that day ("Friday night"); not found is wrong. Cases are split by where the label's
//! value lies from the document's day: the same day or month, before it, after it; `other` is no day or month at all. The default takes the
//! latest such day, the document's own included, and the latest such month that has begun. Source of the split and of the
//! default: `research/time-quantities.md` §3 and §5.3.

use super::timeml::{Marked, Time};
use crate::sentences::aligned;
use jiff::ToSpan;
use jiff::civil::Date;

/// Counts for weekdays and for months.
#[derive(Debug, Clone, Default)]
pub struct Directions {
    tallies: [[Tally; PERIODS.len()]; 2],
}

const KINDS: [&str; 2] = ["weekday", "month"];
/// Where a label's value lies from the document's day.
const PERIODS: [&str; 4] = ["same", "past", "future", "other"];
/// In the order of ISO 8601.
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    cases: usize,
    ours: usize,
    default: usize,
}

impl Directions {
    /// Counts the cases of one document. The differences: words, label's value, ours.
    pub fn add(&mut self, marked: &Marked, ours: &[Time]) -> Vec<String> {
        let Ok(day) = marked.day.parse::<Date>() else {
            return Vec::new();
        };
        let places = |times: &[Time]| -> Vec<(usize, usize)> {
            times.iter().map(|time| time.span).collect()
        };
        let pairs = aligned(&places(&marked.times), &places(ours));
        let mut differences = Vec::new();
        for (label, pair) in marked.times.iter().zip(pairs) {
            let words = marked.text.get(label.span.0..label.span.1).unwrap_or("");
            let Some(bare) = Bare::read(words) else {
                continue;
            };
            let own = pair.map_or("", |number| ours[number].value.as_str());
            let tally = &mut self.tallies[bare.kind()][bare.period(&label.value, day)];
            tally.cases += 1;
            // "Friday" of "Friday night" goes the same way.
            let is_right = own.split('T').next() == Some(&*label.value);
            tally.ours += usize::from(is_right);
            tally.default += usize::from(bare.latest(day) == label.value);
            if !is_right {
                differences.push(format!("direction | {words} | {} | {own}", label.value));
            }
        }
        differences
    }

    /// Prints a row of ours and of the default for weekdays and for months.
    pub fn print(&self) {
        println!("\nbare weekdays and months, value right in 100 (cases)");
        print!("{:26} {:>13}", "", "all");
        for period in PERIODS {
            print!(" {period:>13}");
        }
        println!();
        for (kind, tallies) in KINDS.iter().zip(&self.tallies) {
            for (name, right) in [
                ("ours", (|tally| tally.ours) as fn(&Tally) -> usize),
                ("latest begun, by default", |tally| tally.default),
            ] {
                print!("{:26}", format!("{kind}: {name}"));
                let cell = |tallies: &[Tally]| {
                    let cases: usize = tallies.iter().map(|tally| tally.cases).sum();
                    let right: usize = tallies.iter().map(right).sum();
                    let share = 100.0 * right as f64 / cases.max(1) as f64;
                    print!(" {share:7.1} {:>5}", format!("({cases})"));
                };
                cell(tallies);
                tallies.iter().for_each(|tally| cell(&[*tally]));
                println!();
            }
        }
    }
}

/// A weekday, 0 is Monday, or a month, 0 is January.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bare {
    Weekday(i8),
    Month(i8),
}

impl Bare {
    fn read(words: &str) -> Option<Self> {
        let words = words.trim().to_lowercase().replace('’', "'");
        let name = words.strip_suffix("'s").unwrap_or(&words).trim_end();
        let at = |names: &[&str]| {
            let place = names.iter().position(|one| *one == name)?;
            i8::try_from(place).ok()
        };
        at(&WEEKDAYS)
            .map(Self::Weekday)
            .or_else(|| at(&MONTHS).map(Self::Month))
    }

    fn kind(self) -> usize {
        usize::from(matches!(self, Self::Month(_)))
    }

    /// Where a value lies, as a place in `PERIODS`.
    fn period(self, value: &str, day: Date) -> usize {
        let (value, own) = match self {
            Self::Weekday(_) => (value.parse().ok(), day),
            Self::Month(_) => (format!("{value}-01").parse().ok(), day.first_of_month()),
        };
        value.map_or(3, |value: Date| match value.cmp(&own) {
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Less => 1,
            std::cmp::Ordering::Greater => 2,
        })
    }

    /// The value of the latest such day or begun month, from the document's day back.
    fn latest(self, day: Date) -> String {
        match self {
            Self::Weekday(weekday) => {
                let back = (day.weekday().to_monday_zero_offset() - weekday).rem_euclid(7);
                day.checked_sub(i64::from(back).days())
                    .map_or_else(|_| String::new(), |day| day.to_string())
            }
            Self::Month(month) => {
                let year = day.year() - i16::from(month + 1 > day.month());
                format!("{year:04}-{:02}", month + 1)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_words_are_those_alone() {
        assert_eq!(Bare::read("Friday’s"), Some(Bare::Weekday(4)));
        assert_eq!(Bare::read(" october "), Some(Bare::Month(9)));
        assert_eq!(Bare::read("last Friday"), None);
        assert_eq!(Bare::read("late October"), None);
    }

    #[test]
    fn the_default_is_the_latest_begun() {
        // A Tuesday.
        let day = jiff::civil::date(2031, 5, 6);
        for (word, value) in [
            ("Tuesday", "2031-05-06"),
            ("Wednesday", "2031-04-30"),
            ("May", "2031-05"),
            ("June", "2030-06"),
        ] {
            assert_eq!(Bare::read(word).unwrap().latest(day), value);
        }
    }

    #[test]
    fn cases_are_split_by_the_labels_period() {
        let time = |words: &str, text: &str, value: &str| {
            let start = text.find(words).unwrap();
            Time {
                span: (start, start + words.len()),
                kind: "DATE".to_owned(),
                value: value.to_owned(),
                modifier: String::new(),
            }
        };
        let text = "On Monday and by Friday they meet, as in June.".to_owned();
        let marked = Marked {
            day: "2031-05-06".to_owned(),
            times: vec![
                time("Monday", &text, "2031-05-05"),
                time("Friday", &text, "2031-05-09"),
                time("June", &text, "2031-06"),
            ],
            text: text.clone(),
        };
        let mut directions = Directions::default();
        let ours = [
            time("Monday", &text, "2031-05-05"),
            time("by Friday", &text, "2031-05-09"),
        ];
        assert_eq!(directions.add(&marked, &ours).len(), 1);
        let counts = |kind: usize, period: usize| {
            let tally = directions.tallies[kind][period];
            (tally.cases, tally.ours, tally.default)
        };
        assert_eq!(counts(0, 1), (1, 1, 1));
        assert_eq!(counts(0, 2), (1, 1, 0));
        assert_eq!(counts(1, 2), (1, 0, 0));
    }
}
