//! Words on the command line into values, with errors that say what to write.
//!
//! It does not know which option has them.

/// The default of `--max-document`, 64 MiB.
pub const MAX_DOCUMENT: u64 = 64 << 20;

/// What the readers of formats can hold: offsets are 32 bits wide, and a page can grow when its charset is turned.
const LARGEST_DOCUMENT: u64 = 1 << 30;

/// A date, or a date with time and offset.
pub fn published(word: &str) -> Result<String, String> {
    let day = word.len() == 10 && word.parse::<jiff::civil::Date>().is_ok();
    let moment = word.len() > 10 && word.parse::<jiff::Timestamp>().is_ok();
    if day || moment {
        Ok(word.to_owned())
    } else if word.get(..10).is_some_and(is_no_day) {
        Err("there is no such day; write 2021-09-06 or 2021-09-06T04:58:00+04:30".to_owned())
    } else {
        Err(
            "not a date I can read; write 2021-09-06, or with time and offset 2021-09-06T04:58:00+04:30"
                .to_owned(),
        )
    }
}

/// Whether this is written as a day is written, but the calendar has no such day.
fn is_no_day(word: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = word.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [4, 2, 2]
        && parts.into_iter().all(digits)
        && word.parse::<jiff::civil::Date>().is_err()
}

/// What a column stands for.
pub fn mapping(pair: &str) -> Result<(String, String), String> {
    match pair.split_once('=') {
        Some((field, column)) if !column.trim().is_empty() => {
            let field = field.trim();
            if ingest::fields().any(|known| known == field) {
                Ok((field.to_owned(), column.trim().to_owned()))
            } else {
                let known: Vec<&str> = ingest::fields().collect();
                Err(format!("a column can stand for {}", known.join(", ")))
            }
        }
        _ => Err("write what it stands for and its column: text=body".to_owned()),
    }
}

/// A language by its code.
pub fn language(word: &str) -> Result<String, String> {
    if (2..=3).contains(&word.len()) && word.chars().all(|c| c.is_ascii_lowercase()) {
        Ok(word.to_owned())
    } else {
        Err("write a language as its code: de, uk, fa".to_owned())
    }
}

/// A number of bytes.
pub fn size(word: &str) -> Result<u64, String> {
    let (digits, factor) = match word.trim_end_matches(['k', 'K', 'm', 'M', 'g', 'G']) {
        digits if digits.len() == word.len() => (digits, 1_u64),
        digits => match word[digits.len()..].to_ascii_lowercase().as_str() {
            "k" => (digits, 1 << 10),
            "m" => (digits, 1 << 20),
            "g" => (digits, 1 << 30),
            _ => (word, 1),
        },
    };
    let bytes = digits
        .parse::<u64>()
        .ok()
        .and_then(|count| count.checked_mul(factor))
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| "write a size as 64M, 500K or a number of bytes".to_owned())?;
    if bytes > LARGEST_DOCUMENT {
        return Err("one document is at most 1G".to_owned());
    }
    Ok(bytes)
}

/// The first day of a year, a month or a day.
pub fn first_day(word: &str) -> Result<String, String> {
    whole_day(word, "-01-01", |_| Ok("-01".to_owned()))
}

/// From when on something counts as new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// What documents of this day or later say.
    Day(String),
    /// What documents say that this run of `read`, counted from 1, or a later one added.
    Run(usize),
    /// Likewise the last run.
    LastRun,
}

/// A day, a month, a year; `last`, or `run:3`.
pub fn since(word: &str) -> Result<Since, String> {
    if word == "last" {
        return Ok(Since::LastRun);
    }
    match word.strip_prefix("run:") {
        Some(number) => match number.parse() {
            Ok(number) if number > 0 => Ok(Since::Run(number)),
            _ => Err("write a run as its number, run:1 for the first, or last".to_owned()),
        },
        None => first_day(word)
            .map(Since::Day)
            .map_err(|what| format!("{what}; or a run of read: last, run:2")),
    }
}

/// The last day of a year, a month or a day.
pub fn last_day(word: &str) -> Result<String, String> {
    whole_day(word, "-12-31", |month| {
        let first: jiff::civil::Date = format!("{month}-01").parse().map_err(|_| {
            if is_no_day(&format!("{month}-01")) {
                NO_DAY
            } else {
                UNREADABLE
            }
        })?;
        Ok(format!("-{:02}", first.days_in_month()))
    })
}

/// Completes a year or a month to a day.
fn whole_day(
    word: &str,
    year_end: &str,
    month_end: impl Fn(&str) -> Result<String, &'static str>,
) -> Result<String, String> {
    let day = match word.len() {
        4 => format!("{word}{year_end}"),
        7 => format!("{word}{}", month_end(word)?),
        10 => word.to_owned(),
        _ => return Err(UNREADABLE.to_owned()),
    };
    match day.parse::<jiff::civil::Date>() {
        Ok(_) => Ok(day),
        Err(_) if is_no_day(&day) => Err(NO_DAY.to_owned()),
        Err(_) => Err(UNREADABLE.to_owned()),
    }
}

const UNREADABLE: &str = "not a date I can read; write 2021, 2021-09 or 2021-09-06";

const NO_DAY: &str = "there is no such day; write 2021, 2021-09 or 2021-09-06";

/// A verb of `judge`.
pub fn verb(word: &str) -> Result<ledger::Verb, String> {
    ledger::Verb::parse(word).ok_or_else(|| {
        let all: Vec<&str> = ledger::Verb::ALL.iter().map(|verb| verb.as_str()).collect();
        format!("the verbs are {}", all.join(", "))
    })
}

/// An act of the contract.
pub fn act(word: &str) -> Result<annotate::Act, String> {
    annotate::Act::parse(word).ok_or_else(|| {
        let all: Vec<&str> = annotate::Act::ALL.iter().map(|act| act.as_str()).collect();
        format!("the acts are {}", all.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_completed_and_checked() {
        assert_eq!(first_day("2021-09"), Ok("2021-09-01".to_owned()));
        assert_eq!(last_day("2024-02"), Ok("2024-02-29".to_owned()));
        assert_eq!(last_day("2021"), Ok("2021-12-31".to_owned()));
        assert!(first_day("2021-02-30").is_err());
        assert!(published("2021-02-30").is_err());
        assert!(published("2021-09-06T04:58:00+04:30").is_ok());
        assert!(published("2021-09-06T04:58:00").is_err());
        for word in ["yesterday", "06.09.2021", "2021-09", "", "ééééééé"] {
            let said = published(word).unwrap_err();
            assert!(said.starts_with("not a date I can read; write 2021-09-06"));
        }
        for word in ["2021-02-30", "2021-13-01T00:00:00Z"] {
            assert!(published(word).unwrap_err().starts_with("there is no such"));
        }
        for read in [first_day, last_day] {
            assert_eq!(read("2021-13").unwrap_err(), NO_DAY);
            assert_eq!(read("yester-").unwrap_err(), UNREADABLE);
        }
    }

    #[test]
    fn sizes_are_bytes() {
        assert_eq!(size("64M"), Ok(MAX_DOCUMENT));
        assert_eq!(size("500k"), Ok(512_000));
        assert!(size("M").is_err());
        assert!(size("0").is_err());
        assert!(size("2G").is_err());
        assert!(size("5MM").is_err());
    }
}
