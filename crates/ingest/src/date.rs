//! Dates of publication as pages, feeds and columns write them, to a day or to RFC 3339 with the offset that was given.
//!
//! It does not know relative dates ("yesterday"), and it never guesses between day and month.

use jiff::civil::{Date, Time};
use jiff::fmt::strtime::BrokenDownTime;

/// What a string says about a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// `2021-09-06`, or `2021-09-06T04:58:00+04:30` where an offset is given.
    Known(String),
    /// A date that does not exist, such as 31 February.
    Impossible,
    /// No date, or one that could be read in two ways.
    Unclear,
}

/// Oldest year that is a date of publication; smaller ones are placeholders ("0001-01-01").
const OLDEST_YEAR: i16 = 1500;

/// Written-out dates, most explicit first. None of them can be read in two ways.
const WRITTEN: [&str; 11] = [
    "%A, %B %d, %Y",
    "%A, %d %B %Y",
    "%A %d %B %Y",
    "%B %d, %Y",
    "%B %d %Y",
    "%d %B %Y",
    "%b. %d, %Y",
    "%b %d, %Y",
    "%b %d %Y",
    "%d %b %Y",
    "%a, %d %b %Y",
];

/// Reads a date of publication.
#[must_use]
pub fn read_date(text: &str) -> Reading {
    let text = text.trim();
    // A date is short; a long string is text in the wrong place.
    if text.len() > 64 || text.is_empty() {
        return Reading::Unclear;
    }
    if let Some(reading) = numeric(text) {
        return reading;
    }
    let mail = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    if let Ok(zoned) = mail.parse_zoned(text) {
        let written = if zoned.offset().is_zero() && !text.ends_with(|c: char| c.is_ascii_digit()) {
            zoned.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
        } else {
            zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
        };
        return Reading::Known(written);
    }
    for format in WRITTEN {
        if let Ok((parsed, _)) = BrokenDownTime::parse_prefix(format, text) {
            // The weekday is an ornament; a wrong one does not make the day wrong.
            let (Some(year), Some(month), Some(day)) =
                (parsed.year(), parsed.month(), parsed.day())
            else {
                continue;
            };
            return civil(year, month, day)
                .map_or(Reading::Impossible, |date| Reading::Known(date.to_string()));
        }
    }
    Reading::Unclear
}

/// Reads a date that a few words may stand before ("Posted: Feb 16, 2018").
#[must_use]
pub fn date_within(text: &str) -> Reading {
    let whole = read_date(text);
    if whole != Reading::Unclear || text.len() > 120 {
        return whole;
    }
    text.char_indices()
        .zip(text.chars().skip(1))
        .filter(|((_, before), _)| before.is_whitespace())
        .map(|((at, before), _)| read_date(&text[at + before.len_utf8()..]))
        .find(|reading| *reading != Reading::Unclear)
        .unwrap_or(Reading::Unclear)
}

/// The day in an address: `/2021/09/06/`, `/2021-09-06-…`, `/20210906…`.
#[must_use]
pub fn date_in_url(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let number = |part: &str, least: usize, most: usize| {
        (part.len() >= least && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<i16>().ok())
            .flatten()
    };
    for three in parts.windows(3) {
        if let (Some(year), Some(month), Some(day)) = (
            number(three[0], 4, 4),
            number(three[1], 1, 2),
            number(three[2], 1, 2),
        ) && let Some(date) = recent(year, month, day)
        {
            return Some(date.to_string());
        }
    }
    parts.iter().find_map(|part| {
        let (ymd, rest) = leading_date(part)?;
        // A longer number is an article's number, not a day.
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        recent(ymd.0, i16::from(ymd.1), i16::from(ymd.2)).map(|date| date.to_string())
    })
}

/// A day that a page on the web can have been published on.
fn recent(year: i16, month: i16, day: i16) -> Option<Date> {
    (1990..2100).contains(&year).then_some(())?;
    civil(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

fn civil(year: i16, month: i8, day: i8) -> Option<Date> {
    (year >= OLDEST_YEAR).then_some(())?;
    Date::new(year, month, day).ok()
}

/// `2021-09-06`, `2021/9/6`, `2021.09.06` or `20210906` at the beginning, and what follows it.
fn leading_date(text: &str) -> Option<((i16, i8, i8), &str)> {
    let digits = |text: &str, most: usize| {
        text.bytes()
            .take(most)
            .take_while(u8::is_ascii_digit)
            .count()
    };
    if digits(text, 4) != 4 {
        return None;
    }
    let (year, rest) = text.split_at(4);
    let mark = rest.chars().next()?;
    let (month, day, rest) = if matches!(mark, '-' | '/' | '.') {
        let rest = &rest[1..];
        let (month, rest) = rest.split_at(digits(rest, 2));
        let rest = rest.strip_prefix(mark)?;
        let (day, rest) = rest.split_at(digits(rest, 2));
        (month, day, rest)
    } else if digits(rest, 4) == 4 {
        (&rest[..2], &rest[2..4], &rest[4..])
    } else {
        return None;
    };
    Some((
        (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
        rest,
    ))
}

/// Dates in digits: year first, day first with points, or with slashes where one number can only be the day.
fn numeric(text: &str) -> Option<Reading> {
    if let Some(((year, month, day), rest)) = leading_date(text) {
        let shaped = rest.is_empty() || rest.starts_with(['T', 't', ' ', '_', 'Z', '+']);
        if !shaped {
            return None;
        }
        let Some(date) = civil(year, month, day) else {
            return Some(Reading::Impossible);
        };
        return Some(Reading::Known(match clock(rest) {
            Some((time, offset)) => {
                format!("{date}T{}{offset}", time.strftime("%H:%M:%S"))
            }
            None => date.to_string(),
        }));
    }
    let first = text.split([' ', ',', 'T']).next()?;
    let mark = first.chars().find(|c| !c.is_ascii_digit())?;
    let numbers: Vec<&str> = first.split(mark).collect();
    let [a, b, year] = numbers.as_slice() else {
        return None;
    };
    if year.len() != 4 {
        return None;
    }
    let (a, b, year): (i8, i8, i16) = (a.parse().ok()?, b.parse().ok()?, year.parse().ok()?);
    let (day, month) = match mark {
        '.' => (a, b),
        '/' | '-' if a > 12 || a == b => (a, b),
        '/' | '-' if b > 12 => (b, a),
        _ => return Some(Reading::Unclear),
    };
    Some(
        civil(year, month, day)
            .map_or(Reading::Impossible, |date| Reading::Known(date.to_string())),
    )
}

/// A clock time with an offset, as it follows a date; none where there is no offset or it is no time.
fn clock(rest: &str) -> Option<(Time, String)> {
    let rest = rest.trim_start_matches(['T', 't', ' ', '_']);
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ','))
        .unwrap_or(rest.len());
    let (time, offset) = rest.split_at(end);
    let mut parts = time.split([':', '.', ',']);
    let mut next = || parts.next().map(str::parse::<i8>);
    let hour = next()?.ok()?;
    let minute = next()?.ok()?;
    let second = next().and_then(Result::ok).unwrap_or(0);
    let time = Time::new(hour, minute, second.min(59), 0).ok()?;
    let offset = offset.trim();
    if offset.eq_ignore_ascii_case("z")
        || offset.eq_ignore_ascii_case("utc")
        || offset.eq_ignore_ascii_case("gmt")
    {
        return Some((time, "Z".to_owned()));
    }
    let sign = offset.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits: String = offset[1..].chars().filter(|&c| c != ':').collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        4 => digits.split_at(2),
        _ => return None,
    };
    let (hours, minutes): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 18 && minutes < 60).then(|| (time, format!("{sign}{hours:02}:{minutes:02}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &str) -> Reading {
        Reading::Known(text.to_owned())
    }

    #[test]
    fn dates_keep_their_offset_and_lose_what_has_none() {
        for (text, expected) in [
            ("2021-09-06", "2021-09-06"),
            ("2021/9/6", "2021-09-06"),
            ("20210906", "2021-09-06"),
            ("2021-09-06T04:58:00+04:30", "2021-09-06T04:58:00+04:30"),
            ("2021-09-06T04:58:00.123+0430", "2021-09-06T04:58:00+04:30"),
            ("2021-09-06T04:58Z", "2021-09-06T04:58:00Z"),
            ("2021-09-06 04:58:00 -0500", "2021-09-06T04:58:00-05:00"),
            ("2021-09-06 04:58:00", "2021-09-06"),
            ("2021-09-06T99:58:00Z", "2021-09-06"),
            (
                "Mon, 06 Sep 2021 00:30:00 +0430",
                "2021-09-06T00:30:00+04:30",
            ),
            ("Mon, 06 Sep 2021 00:30:00 GMT", "2021-09-06T00:30:00Z"),
            ("6 September 2021", "2021-09-06"),
            ("September 6, 2021 10:30 am", "2021-09-06"),
            ("Sep 6, 2021", "2021-09-06"),
            ("6.9.2021", "2021-09-06"),
            ("16/9/2021", "2021-09-16"),
            ("9/16/2021", "2021-09-16"),
        ] {
            assert_eq!(read_date(text), known(expected), "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_told_from_no_days() {
        for text in [
            "2021-02-31",
            "2021-02-31T10:00:00Z",
            "31 February 2021",
            "31.2.2021",
            "0001-01-01T00:00:00",
            "2021-13-01",
        ] {
            assert_eq!(read_date(text), Reading::Impossible, "{text}");
        }
        for text in [
            "",
            "yesterday",
            "5/6/2021",
            "12345",
            "2021",
            "2021-09",
            "é",
            "2021é",
        ] {
            assert_eq!(read_date(text), Reading::Unclear, "{text}");
        }
    }

    #[test]
    fn addresses_carry_days() {
        for (url, expected) in [
            (
                "https://example.org/2021/09/06/panjshir/",
                Some("2021-09-06"),
            ),
            (
                "https://example.org/news/2021-09-06-panjshir",
                Some("2021-09-06"),
            ),
            ("https://example.org/20210906/panjshir", Some("2021-09-06")),
            ("https://example.org/2021/02/31/panjshir", None),
            ("https://example.org/2021090612345/panjshir", None),
            ("https://example.org/panjshir?d=2021/09/06/", None),
        ] {
            assert_eq!(date_in_url(url).as_deref(), expected, "{url}");
        }
    }
}
