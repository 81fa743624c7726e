//! `Place`: a stretch of the calendar with a name of its own: a day, a week, a quarter, a century.
//!
//! It does not know words. Every computation that leaves the calendar gives nothing.

use super::term::Unit;
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Day(Date),
    /// By a day of its week.
    Weekend(Date),
    /// By a day of it.
    Week(Date),
    Month(i16, i8),
    Season(i16, Season),
    Quarter(i16, i8),
    Half(i16, i8),
    Year(i16),
    /// The year without its last digit.
    Decade(i16),
    /// The year without its last two digits.
    Century(i16),
}

/// Seasons of the northern half, where news of the shared sets is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    pub(crate) fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "SP" => Self::Spring,
            "SU" => Self::Summer,
            "FA" => Self::Autumn,
            "WI" => Self::Winter,
            _ => return None,
        })
    }

    fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// The month it begins in.
    pub(crate) fn month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

impl Place {
    /// The TIMEX3 value.
    pub(crate) fn value(self) -> String {
        if self.year() < 1 {
            return self.value_before();
        }
        match self {
            Place::Day(day) => day.to_string(),
            Place::Week(day) => week(day),
            Place::Weekend(day) => format!("{}-WE", week(day)),
            Place::Month(year, month) => format!("{year:04}-{month:02}"),
            Place::Season(year, season) => format!("{year:04}-{}", season.code()),
            Place::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Place::Half(year, half) => format!("{year:04}-H{half}"),
            Place::Year(year) => format!("{year:04}"),
            Place::Decade(decade) => format!("{decade:03}"),
            Place::Century(century) => format!("{century:02}"),
        }
    }

    /// The value of a place before the first year, as TIMEX2 and TIMEX3 write them: "BC0480".
    fn value_before(self) -> String {
        let year = 1 - i32::from(self.year());
        match self {
            Place::Day(day) => format!("BC{year:04}-{:02}-{:02}", day.month(), day.day()),
            Place::Month(_, month) => format!("BC{year:04}-{month:02}"),
            Place::Season(_, season) => format!("BC{year:04}-{}", season.code()),
            Place::Decade(decade) => format!("BC{:03}", -decade),
            Place::Century(century) => format!("BC{:02}", -century - 1),
            _ => format!("BC{year:04}"),
        }
    }

    /// Its first and last day.
    pub(crate) fn days(self) -> Option<(Date, Date)> {
        let months = |year: i16, first: i8, count: i32| {
            let first = Date::new(year, first, 1).ok()?;
            let last = first.checked_add(count.months()).ok()?.yesterday().ok()?;
            Some((first, last))
        };
        match self {
            Place::Day(day) => Some((day, day)),
            Place::Week(day) => {
                let monday = monday(day)?;
                Some((monday, shifted(monday, 6.days())?))
            }
            Place::Weekend(day) => {
                let monday = monday(day)?;
                Some((shifted(monday, 5.days())?, shifted(monday, 6.days())?))
            }
            Place::Month(year, month) => months(year, month, 1),
            Place::Season(year, season) => months(year, season.month(), 3),
            Place::Quarter(year, quarter) => months(year, quarter * 3 - 2, 3),
            Place::Half(year, half) => months(year, half * 6 - 5, 6),
            Place::Year(year) => months(year, 1, 12),
            Place::Decade(decade) => years(decade.checked_mul(10)?, 10),
            Place::Century(century) => years(century.checked_mul(100)?, 100),
        }
    }

    /// The first and last day that a mod leaves: the beginning, the middle or the end of it.
    pub(crate) fn days_of(self, modifier: Option<&str>) -> Option<(Date, Date)> {
        let (first, last) = self.days()?;
        let part = |one: &str| modifier == Some(one);
        // Bounds in days (months), months (years), years (decades, centuries); others have no parts.
        let (early, late): (Date, Date) = match self {
            Place::Month(year, month) => (
                Date::new(year, month, 10).ok()?,
                Date::new(year, month, 21).ok()?,
            ),
            Place::Year(year) => (Date::new(year, 4, 30).ok()?, Date::new(year, 9, 1).ok()?),
            Place::Decade(_) | Place::Century(_) => {
                let years = if matches!(self, Place::Decade(_)) {
                    [4, 7]
                } else {
                    [33, 67]
                };
                (
                    shifted(first, years[0].years())?.yesterday().ok()?,
                    shifted(first, years[1].years())?,
                )
            }
            _ => return Some((first, last)),
        };
        Some(if part("START") {
            (first, early)
        } else if part("MID") {
            (early.tomorrow().ok()?, late.yesterday().ok()?)
        } else if part("END") {
            (late, last)
        } else {
            (first, last)
        })
    }

    /// The year it begins in.
    pub(crate) fn year(self) -> i16 {
        match self {
            Place::Day(day) | Place::Week(day) | Place::Weekend(day) => day.year(),
            Place::Month(year, _)
            | Place::Season(year, _)
            | Place::Quarter(year, _)
            | Place::Half(year, _)
            | Place::Year(year) => year,
            Place::Decade(decade) => decade.saturating_mul(10),
            Place::Century(century) => century.saturating_mul(100),
        }
    }

    /// Its unit.
    pub(crate) fn unit(self) -> Unit {
        match self {
            Place::Day(_) => Unit::Day,
            Place::Weekend(_) => Unit::Weekend,
            Place::Week(_) => Unit::Week,
            Place::Month(..) => Unit::Month,
            Place::Season(..) => Unit::Season,
            Place::Quarter(..) => Unit::Quarter,
            Place::Half(..) => Unit::Half,
            Place::Year(_) => Unit::Year,
            Place::Decade(_) => Unit::Decade,
            Place::Century(_) => Unit::Century,
        }
    }

    /// The stretch of a unit that holds a day.
    pub(crate) fn around(day: Date, unit: Unit) -> Option<Place> {
        let (year, month) = (day.year(), day.month());
        Some(match unit {
            Unit::Day => Place::Day(day),
            Unit::Weekend => Place::Weekend(day),
            Unit::Week => Place::Week(day),
            Unit::Month => Place::Month(year, month),
            Unit::Quarter => Place::Quarter(year, (month + 2) / 3),
            Unit::Half => Place::Half(year, if month <= 6 { 1 } else { 2 }),
            Unit::Year => Place::Year(year),
            Unit::Decade => Place::Decade(year / 10),
            Unit::Century => Place::Century(year / 100),
            Unit::Season => {
                let season = match month {
                    3..=5 => Season::Spring,
                    6..=8 => Season::Summer,
                    9..=11 => Season::Autumn,
                    _ => Season::Winter,
                };
                Place::Season(
                    if month <= 2 {
                        year.checked_sub(1)?
                    } else {
                        year
                    },
                    season,
                )
            }
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Fortnight => return None,
        })
    }

    /// The stretch of the same unit that lies so many of them later.
    pub(crate) fn moved(self, by: i32) -> Option<Place> {
        let (first, _) = self.days()?;
        let unit = match self.unit() {
            // The same season of another year.
            Unit::Season => Unit::Year,
            unit => unit,
        };
        let span = span(unit, f64::from(by))?;
        Place::around(shifted(first, span)?, self.unit())
    }
}

/// So many units, in whole days or months; none where the calendar could not hold them.
pub(crate) fn span(unit: Unit, count: f64) -> Option<Span> {
    let days = |each: f64| Span::new().try_days((count * each).round() as i64).ok();
    let months = |each: f64| Span::new().try_months((count * each).round() as i64).ok();
    match unit {
        Unit::Second => days(1.0 / 86_400.0),
        Unit::Minute => days(1.0 / 1440.0),
        Unit::Hour => days(1.0 / 24.0),
        Unit::Day => days(1.0),
        Unit::Weekend | Unit::Week => days(7.0),
        Unit::Fortnight => days(14.0),
        Unit::Month => months(1.0),
        Unit::Season | Unit::Quarter => months(3.0),
        Unit::Half => months(6.0),
        Unit::Year => months(12.0),
        Unit::Decade => months(120.0),
        Unit::Century => months(1200.0),
    }
}

/// The Monday of a day's week.
pub(crate) fn monday(day: Date) -> Option<Date> {
    shifted(
        day,
        span(Unit::Day, -f64::from(day.weekday().to_monday_zero_offset()))?,
    )
}

pub(crate) fn shifted(day: Date, by: Span) -> Option<Date> {
    day.checked_add(by).ok()
}

fn years(first: i16, count: i16) -> Option<(Date, Date)> {
    let last = first.checked_add(count - 1)?;
    Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

fn week(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}
