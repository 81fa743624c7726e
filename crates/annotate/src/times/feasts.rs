//! Feasts that news names as days, in a year.
//!
//! It does not know which feast is meant by a word; the lexicon says so.

use super::place::{shifted, span};
use super::term::Unit;
use jiff::civil::{Date, Weekday};

/// The day of a feast: `12-25`, `easter` or `thanksgiving` with days after it (`easter-2`).
pub(crate) fn day(feast: &str, year: i16) -> Option<Date> {
    if let Some(after) = feast.strip_prefix("easter") {
        let days: f64 = if after.is_empty() {
            0.0
        } else {
            after.parse().ok()?
        };
        return shifted(easter(year)?, span(Unit::Day, days)?);
    }
    if feast == "thanksgiving" {
        return Date::new(year, 11, 1)
            .ok()?
            .nth_weekday_of_month(4, Weekday::Thursday)
            .ok();
    }
    let (month, day) = feast.split_once('-')?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Easter Sunday of the western churches (Meeus, Jones, Butcher: "Astronomical Algorithms", 1991, ch. 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, g) = (b / 4, b % 4, (8 * b + 13) / 25);
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn feasts_fall_on_their_days() {
        for (feast, year, expected) in [
            ("12-25", 2031, "2031-12-25"),
            ("easter", 2024, "2024-03-31"),
            ("easter", 2025, "2025-04-20"),
            ("easter-2", 2025, "2025-04-18"),
            ("thanksgiving", 2024, "2024-11-28"),
        ] {
            assert_eq!(day(feast, year).unwrap().to_string(), expected);
        }
        assert!(day("no feast", 2031).is_none());
    }
}
