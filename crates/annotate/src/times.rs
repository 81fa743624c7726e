//! Time expressions, first version: days, weekdays, dates, years, "today", "in recent days", "previously", ages.
//!
//! "Today" is the document's day. Where that is unknown a relative expression has neither value nor days.

use crate::knowledge::{MONTH, WEEKDAY};
use crate::view::View;
use crate::{Anchor, TimeExpr, TimeKind};
use jiff::civil::{Date, Weekday};
use jiff::{Span as Duration, ToSpan};
use text::TokenKind;

/// Every time expression of a document, in order.
pub(crate) fn times(view: &View, day: Option<Date>) -> Vec<TimeExpr> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < view.len() {
        match time_at(view, at, day) {
            Some((start, end, time)) => {
                found.push(TimeExpr {
                    span: view.span(start..end),
                    ..time
                });
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// The document's day from its date, which may carry a time.
pub(crate) fn document_day(published: Option<&str>) -> Option<Date> {
    published
        .and_then(|text| text.get(..10))
        .and_then(|day| day.parse().ok())
}

fn blank(kind: TimeKind) -> TimeExpr {
    TimeExpr {
        span: text::Span::new(0, 0),
        kind,
        value: None,
        modifier: None,
        earliest: None,
        latest: None,
        anchor: Anchor::None,
    }
}

fn on(day: Option<Date>, anchor: Anchor) -> TimeExpr {
    TimeExpr {
        value: day.map(|day| day.to_string()),
        earliest: day,
        latest: day,
        anchor,
        ..blank(TimeKind::Date)
    }
}

fn between(value: Option<String>, days: Option<(Date, Date)>, anchor: Anchor) -> TimeExpr {
    TimeExpr {
        value,
        earliest: days.map(|days| days.0),
        latest: days.map(|days| days.1),
        anchor,
        ..blank(TimeKind::Date)
    }
}

fn shift(day: Option<Date>, by: Duration) -> Option<Date> {
    day.and_then(|day| day.checked_add(by).ok())
}

fn time_at(view: &View, at: usize, day: Option<Date>) -> Option<(usize, usize, TimeExpr)> {
    let word = view.lower(at);
    let next = view.lower(at + 1);
    let document = Anchor::Document;
    // Words that need no other.
    let plain = match word {
        "today" | "tonight" => Some(on(day, document)),
        "yesterday" => Some(on(shift(day, (-1).days()), document)),
        "tomorrow" => Some(on(shift(day, 1.day()), document)),
        "previously" | "formerly" => Some(TimeExpr {
            value: Some("PAST_REF".into()),
            ..blank(TimeKind::Date)
        }),
        "recently" => Some(TimeExpr {
            value: Some("PAST_REF".into()),
            ..blank(TimeKind::Date)
        }),
        "now" | "currently" => Some(TimeExpr {
            value: Some("PRESENT_REF".into()),
            earliest: day,
            latest: day,
            anchor: document,
            ..blank(TimeKind::Date)
        }),
        _ => None,
    };
    if let Some(time) = plain {
        return Some((at, at + 1, time));
    }
    if word == "earlier"
        && !view.is(at + 1, MONTH)
        && !matches!(next, "this" | "in" | "on" | "than")
    {
        let ago = at
            .checked_sub(2)
            .and_then(|start| number_before(view, start).map(|count| (start, count)));
        if let Some((start, count)) = ago.filter(|(start, _)| unit(view.lower(start + 1)).is_some())
        {
            let time = back(day, count, view.lower(start + 1));
            return Some((start, at + 1, time));
        }
        return Some((
            at,
            at + 1,
            TimeExpr {
                value: Some("PAST_REF".into()),
                ..blank(TimeKind::Date)
            },
        ));
    }
    if matches!(word, "last" | "this")
        && matches!(next, "night" | "evening" | "morning" | "afternoon")
    {
        let at_day = if word == "last" {
            shift(day, (-1).days())
        } else {
            day
        };
        return Some((at, at + 2, on(at_day, document)));
    }
    if matches!(word, "last" | "this" | "next") && matches!(next, "week" | "month" | "year") {
        return Some((at, at + 2, calendar(day, word, next)));
    }
    if view.is(at, WEEKDAY) {
        let modifier = at.checked_sub(1).map_or("", |before| view.lower(before));
        let found = weekday(word).map(|name| {
            // What will happen on a weekday happens on the next one.
            let future = (at.saturating_sub(12)..at)
                .rev()
                .take_while(|token| !view.is_stop(*token) && view.lower(*token) != ";")
                .any(|token| matches!(view.lower(token), "will" | "would" | "shall" | "tomorrow"));
            let forward = future
                || modifier == "next"
                || (at >= 2 && matches!(view.lower(at - 2), "until" | "by" | "from"));
            nearest(day, name, forward)
        })?;
        let start = if matches!(modifier, "last" | "next" | "late" | "early" | "on") {
            at - 1
        } else {
            at
        };
        return Some((start, at + 1, on(found, document)));
    }
    if let Some(found) = iso_date(view.word(at)) {
        return Some((at, at + 1, on(Some(found), Anchor::None)));
    }
    if view.is(at, MONTH) && view.is_capital(at) {
        return month_at(view, at, day);
    }
    if view.kind(at) == Some(TokenKind::Number) && view.is(at + 1, MONTH) && view.is_capital(at + 1)
    {
        return month_at(view, at + 1, day);
    }
    if let Some(year) = year(view.word(at)) {
        let before = at.checked_sub(1).map_or("", |before| view.lower(before));
        if matches!(
            before,
            "in" | "since"
                | "until"
                | "of"
                | "by"
                | "from"
                | "during"
                | "and"
                | "early"
                | "late"
                | "mid"
        ) && !if view.is_word(at + 1) {
            view.lower(at + 1).ends_with('s') && !view.is(at + 1, WEEKDAY)
        } else {
            false
        } {
            let days = Date::new(year, 1, 1).ok().zip(Date::new(year, 12, 31).ok());
            return Some((
                at,
                at + 1,
                between(Some(year.to_string()), days, Anchor::None),
            ));
        }
    }
    if let Some(decade) = view
        .lower(at)
        .strip_suffix('s')
        .and_then(year)
        .filter(|year| year % 10 == 0)
    {
        let days = Date::new(decade, 1, 1)
            .ok()
            .zip(Date::new(decade + 9, 12, 31).ok());
        return Some((
            at,
            at + 1,
            between(Some((decade / 10).to_string()), days, Anchor::None),
        ));
    }
    if let Some(age) = word
        .strip_suffix("-year-old")
        .and_then(|count| count.parse::<u32>().ok())
    {
        return Some((
            at,
            at + 1,
            TimeExpr {
                value: Some(format!("P{age}Y")),
                ..blank(TimeKind::Age)
            },
        ));
    }
    if let Some((count, unit_word)) = word
        .split_once('-')
        .and_then(|(count, unit)| Some((count.parse::<u32>().ok()?, unit)))
        && let Some(code) = duration_code(unit_word)
    {
        let about = matches!(
            at.checked_sub(1).map_or("", |before| view.lower(before)),
            "almost" | "nearly"
        );
        let start = if about { at - 1 } else { at };
        return Some((
            start,
            at + 1,
            TimeExpr {
                value: Some(code.replace('#', &count.to_string())),
                modifier: about.then(|| "LESS_THAN".to_string()),
                ..blank(TimeKind::Duration)
            },
        ));
    }
    if word == "in" && matches!(next, "recent" | "past") && unit(view.lower(at + 2)).is_some()
        || word == "in"
            && next == "the"
            && matches!(view.lower(at + 2), "past" | "last")
            && !view.is_word(at + 3)
    {
        let end = at + 3;
        return Some((
            at,
            end,
            TimeExpr {
                value: Some("PAST_REF".into()),
                ..blank(TimeKind::Date)
            },
        ));
    }
    // "two days ago", "20 years earlier", "for five months".
    let count = number_before(view, at)?;
    unit(next)?;
    match view.lower(at + 2) {
        "ago" => Some((at, at + 3, back(day, count, next))),
        "earlier" | "before" => Some((at, at + 3, back(day, count, next))),
        _ => duration_code(next).map(|code| {
            (
                at,
                at + 2,
                TimeExpr {
                    value: Some(code.replace('#', &count.to_string())),
                    ..blank(TimeKind::Duration)
                },
            )
        }),
    }
}

/// A date in which a month is named: "5 March 2031", "March 5", "late October", "in March 2031".
fn month_at(view: &View, at: usize, day: Option<Date>) -> Option<(usize, usize, TimeExpr)> {
    let month = month(view.lower(at))?;
    if view.lower(at) == "may" && !view.word(at).starts_with('M') {
        return None;
    }
    let number = |token: usize| {
        view.word(token)
            .trim_end_matches(|letter: char| letter.is_alphabetic())
            .parse::<i8>()
            .ok()
            .filter(|number| (1..=31).contains(number))
    };
    let before = at.checked_sub(1).and_then(number);
    let (start, mut end, dom) = match before {
        Some(dom) => (at - 1, at + 1, Some(dom)),
        None => match number(at + 1).filter(|_| view.kind(at + 1) == Some(TokenKind::Number)) {
            Some(dom) => (at, at + 2, Some(dom)),
            None => (at, at + 1, None),
        },
    };
    let comma = usize::from(view.is_comma(end));
    let stated = year(view.word(end + comma));
    if stated.is_some() {
        end += comma + 1;
    }
    let anchor = if stated.is_some() {
        Anchor::None
    } else {
        Anchor::Document
    };
    // Without a year: the month nearest to the document's day.
    let year = stated.or_else(|| day.map(|day| nearest_year(day, month)));
    if let Some(dom) = dom {
        let found = year.and_then(|year| Date::new(year, month, dom).ok());
        return Some((start, end, on(found, anchor)));
    }
    let previous = start.checked_sub(1).map_or("", |token| view.lower(token));
    let modifier = match previous {
        "late" => Some("END"),
        "early" => Some("START"),
        "mid" => Some("MID"),
        _ => None,
    };
    // "May", "March" at a sentence's start or as a verb are no months without a sign of time.
    let signs = matches!(
        previous,
        "in" | "since"
            | "until"
            | "last"
            | "this"
            | "next"
            | "of"
            | "by"
            | "during"
            | "from"
            | "between"
            | "and"
            | "through"
    ) || modifier.is_some()
        || stated.is_some();
    if !signs {
        return None;
    }
    let days = year.and_then(|year| {
        let first = Date::new(year, month, 1).ok()?;
        let last = first.last_of_month();
        Some(match modifier {
            Some("END") => (Date::new(year, month, 21).ok()?, last),
            Some("START") => (first, Date::new(year, month, 10).ok()?),
            Some(_) => (
                Date::new(year, month, 11).ok()?,
                Date::new(year, month, 20).ok()?,
            ),
            None => (first, last),
        })
    });
    let value = year.map(|year| format!("{year:04}-{month:02}"));
    let start = if modifier.is_some() { start - 1 } else { start };
    Some((
        start,
        end,
        TimeExpr {
            modifier: modifier.map(str::to_string),
            ..between(value, days, anchor)
        },
    ))
}

fn nearest_year(day: Date, month: i8) -> i16 {
    let difference = month - day.month();
    if difference > 6 {
        day.year() - 1
    } else {
        day.year()
    }
}

/// The weekday nearest before the day (or on it); after it where the words say so.
fn nearest(day: Option<Date>, name: Weekday, forward: bool) -> Option<Date> {
    let day = day?;
    if forward {
        return day.nth_weekday(1, name).ok();
    }
    if day.weekday() == name {
        Some(day)
    } else {
        day.nth_weekday(-1, name).ok()
    }
}

fn back(day: Option<Date>, count: u32, unit_word: &str) -> TimeExpr {
    let count = i64::from(count.min(10_000));
    match unit(unit_word) {
        Some('D') => on(shift(day, (-count).days()), Anchor::Document),
        Some('W') => on(shift(day, (-7 * count).days()), Anchor::Document),
        Some('M') => {
            let then = shift(day, (-count).months());
            between(
                then.map(|then| then.strftime("%Y-%m").to_string()),
                then.map(|then| (then.first_of_month(), then.last_of_month())),
                Anchor::Document,
            )
        }
        Some('Y') => {
            let then = shift(day, (-count).years());
            between(
                then.map(|then| then.year().to_string()),
                then.map(|then| (then.first_of_year(), then.last_of_year())),
                Anchor::Document,
            )
        }
        _ => on(day, Anchor::Document),
    }
}

/// "last week", "this month", "next year".
fn calendar(day: Option<Date>, which: &str, unit_word: &str) -> TimeExpr {
    let step = match which {
        "last" => -1,
        "next" => 1,
        _ => 0,
    };
    let (value, days) = match (unit_word, day) {
        ("week", Some(day)) => {
            let monday = shift(
                Some(day),
                (i64::from(step) * 7 - i64::from(day.weekday().to_monday_zero_offset())).days(),
            );
            let week = monday.map(|monday| monday.iso_week_date());
            (
                week.map(|week| format!("{:04}-W{:02}", week.year(), week.week())),
                monday.zip(shift(monday, 6.days())),
            )
        }
        ("month", Some(day)) => {
            let then = shift(Some(day.first_of_month()), i64::from(step).months());
            (
                then.map(|then| then.strftime("%Y-%m").to_string()),
                then.map(|then| (then, then.last_of_month())),
            )
        }
        ("year", Some(day)) => {
            let then = shift(Some(day.first_of_year()), i64::from(step).years());
            (
                then.map(|then| then.year().to_string()),
                then.map(|then| (then, then.last_of_year())),
            )
        }
        _ => (None, None),
    };
    between(value, days, Anchor::Document)
}

fn number_before(view: &View, at: usize) -> Option<u32> {
    crate::quantities::number_word(view.lower(at))
        .or_else(|| view.word(at).replace(',', "").parse().ok())
}

fn unit(word: &str) -> Option<char> {
    Some(match word {
        "day" | "days" => 'D',
        "week" | "weeks" => 'W',
        "month" | "months" => 'M',
        "year" | "years" => 'Y',
        "hour" | "hours" => 'h',
        "minute" | "minutes" => 'm',
        _ => return None,
    })
}

fn duration_code(word: &str) -> Option<&'static str> {
    Some(match unit(word)? {
        'D' => "P#D",
        'W' => "P#W",
        'M' => "P#M",
        'Y' => "P#Y",
        'h' => "PT#H",
        _ => "PT#M",
    })
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
        .filter(|year| (1000..=2100).contains(year))
}

fn iso_date(word: &str) -> Option<Date> {
    (word.len() == 10).then(|| word.parse().ok()).flatten()
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn month(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let start = word.get(..3)?;
    NAMES
        .iter()
        .position(|name| *name == start)
        .and_then(|index| i8::try_from(index + 1).ok())
}
