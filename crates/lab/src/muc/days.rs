//! Days as the reports and their keys write them: `3 JAN 90`, `- 08 JAN 90`, `15 JAN 89 - 21 JAN 89`, alternatives by `/`.
//!
//! It does not know where they stand. Years have two digits and are of the twentieth century.

use jiff::civil::Date;

/// From the first day, where there is one, to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// None: open, "on or before the last".
    pub first: Option<Date>,
    pub last: Date,
}

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

impl Stretch {
    /// One day.
    pub fn of_day(day: Date) -> Self {
        Self {
            first: Some(day),
            last: day,
        }
    }

    /// A day and whatever was before it.
    pub fn up_to(day: Date) -> Self {
        Self {
            first: None,
            last: day,
        }
    }

    /// Whether it is one day.
    pub fn is_day(self) -> bool {
        self.first == Some(self.last)
    }

    /// Whether the other lies in it.
    pub fn holds(self, other: Self) -> bool {
        let begins = match (self.first, other.first) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(other)) => own <= other,
        };
        begins && other.last <= self.last
    }
}

/// The alternatives of a date slot; none where it holds a day without a year or something else than days.
pub fn read_slot(slot: &str) -> Option<Vec<Stretch>> {
    slot.split('/').map(read_stretch).collect()
}

/// The first day in some words: `3 JAN 90`, `JUNE 12 89`.
pub fn first_day(words: &str) -> Option<Date> {
    let words: Vec<&str> = words
        .split(|at: char| !at.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.windows(3).find_map(|three| {
        let [one, two, year] = three else { return None };
        let year = year_of(year)?;
        let (month, day) = match (month_of(two), month_of(one)) {
            (Some(month), _) => (month, one.parse().ok()?),
            (None, Some(month)) => (month, two.parse().ok()?),
            (None, None) => return None,
        };
        Date::new(year, month, day).ok()
    })
}

/// `08 JAN 90`, `- 08 JAN 90`, `15 JAN 89 - 21 JAN 89`, `JAN 90`.
fn read_stretch(words: &str) -> Option<Stretch> {
    let words = words.trim().trim_matches(['(', ')', '?']).trim();
    let (first, last) = match words.split_once('-') {
        Some((first, last)) if first.trim().is_empty() => (None, read_span(last)?.1),
        Some((first, last)) => (Some(read_span(first)?.0), read_span(last)?.1),
        None => read_span(words).map(|(first, last)| (Some(first), last))?,
    };
    Some(Stretch { first, last })
}

/// A day, or the first and last of a month.
fn read_span(words: &str) -> Option<(Date, Date)> {
    let words: Vec<&str> = words.split_whitespace().collect();
    match words[..] {
        [day, month, year] => {
            let day = Date::new(year_of(year)?, month_of(month)?, day.parse().ok()?).ok()?;
            Some((day, day))
        }
        [month, year] => {
            let day = Date::new(year_of(year)?, month_of(month)?, 1).ok()?;
            Some((day, day.last_of_month()))
        }
        _ => None,
    }
}

fn month_of(word: &str) -> Option<i8> {
    let start = word.get(..3)?.to_ascii_uppercase();
    let place = MONTHS.iter().position(|month| *month == start)?;
    i8::try_from(place + 1).ok()
}

fn year_of(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok()?;
    (word.len() == 2).then_some(1900 + year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn slots_are_read() {
        let day = |day| date(1990, 1, day);
        assert_eq!(read_slot("08 JAN 90"), Some(vec![Stretch::of_day(day(8))]));
        assert_eq!(read_slot("- 8 Jan 90"), Some(vec![Stretch::up_to(day(8))]));
        let both = Stretch {
            first: Some(day(5)),
            last: day(8),
        };
        assert_eq!(
            read_slot("(05 JAN 90 - 08 JAN 90) / (- 07 JAN 90)"),
            Some(vec![both, Stretch::up_to(day(7))])
        );
        assert_eq!(read_slot("JAN 90").map(|all| all[0].last), Some(day(31)));
        for none in ["-", "11 NOV", "- 22 JAN", "31 FEB 90", "*"] {
            assert_eq!(read_slot(none), None, "{none}");
        }
    }

    #[test]
    fn days_are_found_in_words() {
        assert_eq!(
            first_day("PORT ARDEN (OLVANIA), 3 JAN 90 (RADIO)"),
            Some(date(1990, 1, 3))
        );
        assert_eq!(first_day("ARDEN, JUNE 12 89"), Some(date(1989, 6, 12)));
        assert_eq!(first_day("ARDEN, NO DATE (RADIO)"), None);
        assert_eq!(first_day("ARDEN, 3 JAN (RADIO)"), None);
    }

    #[test]
    fn an_open_stretch_holds_what_ends_in_it() {
        let day = |day| Stretch::of_day(date(1990, 1, day));
        let open = Stretch::up_to(date(1990, 1, 8));
        assert!(open.holds(day(8)) && open.holds(open) && !open.holds(day(9)));
        assert!(day(8).holds(day(8)) && !day(8).holds(open) && !day(8).holds(day(7)));
    }
}
