//! `Term`: what a time expression means before any date is known.
//!
//! A term is what its rule and its words say, slot by slot: "5 March" has a month and a day and no year. It does not know a calendar.
//! (Terms of this kind: Bethard and Parker, "A semantically compositional annotation scheme for time normalization", 2016.)

use super::automaton::Captures;
use super::grammar::{Grammar, Rule};
use super::shapes;
use crate::fine::Fine;
use crate::numbers;
use std::ops::Range;
use text::vocabulary;

vocabulary! {
    /// What is made of the slots.
    Action {
        /// A place in the calendar: "5 March", "Friday night", "the third quarter", "last summer".
        Calendar = "calendar",
        /// A unit of the calendar by where it lies: "last week", "that month".
        Unit = "unit",
        /// So many units away: "yesterday", "two days ago", "a year earlier".
        Shift = "shift",
        /// A length: "five months", "the past three years".
        Period = "period",
        /// Again and again: "every Friday", "daily".
        Set = "set",
        /// How old somebody is.
        Age = "age",
        /// "Recently".
        Past = "past",
        /// "Now".
        Present = "present",
        /// "Soon".
        Future = "future",
        /// What looks like a time and is none: "24/7".
        Nothing = "nothing",
    }
}

vocabulary! {
    /// Units of time, the shorter first.
    Unit {
        Second = "second",
        Minute = "minute",
        Hour = "hour",
        Day = "day",
        Weekend = "weekend",
        Week = "week",
        Fortnight = "fortnight",
        Month = "month",
        Season = "season",
        Quarter = "quarter",
        Half = "half",
        Year = "year",
        Decade = "decade",
        Century = "century",
    }
}

vocabulary! {
    /// Where a unit lies, seen from a day.
    Which {
        Last = "last",
        This = "this",
        Next = "next",
        /// As `Last`, seen from what has been told.
        Previous = "previous",
        /// As `This`, seen from what has been told.
        That = "that",
        /// As `Next`, seen from what has been told.
        Following = "following",
    }
}

/// A year as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Year {
    Full(i16),
    /// Its last two digits: '89.
    Short(i16),
    /// A number that is no year of any calendar at hand: 99999.
    Unreadable,
}

/// How many units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Count {
    Number(f64),
    /// "Several", or a bare plural.
    Some,
}

/// The slots of an expression.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Term {
    pub(crate) modifier: Option<String>,
    pub(crate) which: Option<Which>,
    pub(crate) year: Option<Year>,
    pub(crate) month: Option<i8>,
    pub(crate) day: Option<i8>,
    /// Whether month and day are written as numbers that may stand the other way round.
    pub(crate) either_way: bool,
    /// 1 is Monday.
    pub(crate) weekday: Option<i8>,
    /// `SP`, `SU`, `FA`, `WI`.
    pub(crate) season: Option<String>,
    pub(crate) quarter: Option<i8>,
    pub(crate) half: Option<i8>,
    /// Part of a day: `MO`, `MI`, `AF`, `EV`, `NI`, `DT`.
    pub(crate) part: Option<String>,
    pub(crate) hour: Option<i8>,
    pub(crate) minute: Option<i8>,
    pub(crate) afternoon: Option<bool>,
    /// The year without its last digit.
    pub(crate) decade: Option<i16>,
    /// The year without its last two digits.
    pub(crate) century: Option<i16>,
    /// Month and day of a feast.
    pub(crate) feast: Option<String>,
    pub(crate) unit: Option<Unit>,
    pub(crate) count: Option<Count>,
    pub(crate) to: Option<Count>,
    /// Whether a shift goes forward.
    pub(crate) forward: bool,
    /// Whether it starts from what has been told, not from the document's day.
    pub(crate) told: bool,
    /// Whether a period ends (`Last`) or begins (`Next`) on the day it is seen from.
    pub(crate) placed: Option<Which>,
}

impl Term {
    /// The term of a match; none where a slot holds what it cannot ("31 February" is a term: the calendar refuses it).
    pub(crate) fn new(
        words: &Fine,
        grammar: &Grammar,
        rule: &Rule,
        captures: &Captures,
    ) -> Option<Self> {
        let mut term = Self::default();
        for (slot, value, tokens) in &captures.slots {
            match value {
                Some(value) => term.fix(slot, value)?,
                None => term.fill(words, grammar, slot, tokens.clone())?,
            }
        }
        for (slot, value) in &rule.fixed {
            term.fix(slot, value)?;
        }
        // "Three-quarters of the town", "the 1988 quarter" are no lengths.
        let few = matches!(term.count, Some(Count::Number(count)) if count <= 12.0);
        let joined = captures.span.clone().any(|token| words.lower(token) == "-");
        (term.unit != Some(Unit::Quarter) || term.count.is_none() || few && !joined).then_some(term)
    }

    /// Sets a slot to a value that the lexicon gives.
    fn fix(&mut self, slot: &str, value: &str) -> Option<()> {
        match slot {
            "mod" => self.modifier = Some(value.to_owned()),
            "which" => self.which = Some(Which::parse(value)?),
            "placed" => self.placed = Some(Which::parse(value)?),
            "month" => self.month = Some(value.parse().ok()?),
            "day" => self.day = Some(value.parse().ok()?),
            "weekday" => self.weekday = Some(value.parse().ok()?),
            "season" => self.season = Some(value.to_owned()),
            "quarter" => self.quarter = Some(value.parse().ok()?),
            "half" => self.half = Some(value.parse().ok()?),
            "part" => self.part = Some(value.to_owned()),
            "hour" => self.hour = Some(value.parse().ok()?),
            "meridiem" => self.afternoon = Some(value == "pm"),
            "decade" => self.decade = Some(value.parse().ok()?),
            "century" => self.century = Some(value.parse::<i16>().ok()? - 1),
            "feast" => self.feast = Some(value.to_owned()),
            "unit" => self.unit = Some(Unit::parse(value)?),
            "count" => self.count = Some(count_of(value)?),
            "to" => self.to = Some(count_of(value)?),
            "forward" => self.forward = true,
            "told" => self.told = true,
            "year" => self.year = Some(Year::Full(value.parse().ok()?)),
            _ => return None,
        }
        Some(())
    }

    /// Fills a slot with what its words say.
    fn fill(
        &mut self,
        words: &Fine,
        grammar: &Grammar,
        slot: &str,
        tokens: Range<usize>,
    ) -> Option<()> {
        let word = words.lower(tokens.start);
        let word = word.strip_prefix("mid-").unwrap_or(word);
        match slot {
            "count" => self.count = Some(count(words, tokens)?),
            "to" => self.to = Some(count(words, tokens)?),
            "year" => self.year = Some(year(words, word, tokens)?),
            // The year 480 BC is -479 of the astronomers, who have a year 0.
            "before" => {
                let year: i16 = word.parse().ok().filter(|year| (1..=9000).contains(year))?;
                self.year = Some(Year::Full(1 - year));
            }
            "decade-before" => {
                let digits: i16 = word.trim_end_matches('s').parse().ok()?;
                self.decade = Some(-(digits / 10));
            }
            "century-before" => self.century = Some(-i16::from(nth(grammar, word)?)),
            // "They march", "he may".
            "month" if grammar.is(word, "unsure") && !words.is_capital(tokens.start) => {
                return None;
            }
            "day" => self.day = Some(day(grammar, word)?),
            "decade" => {
                let named = grammar.value("eighties", word).map(str::parse);
                self.decade = Some(named.map_or_else(|| decade(word), Result::ok)?);
            }
            "century" => self.century = Some(i16::from(nth(grammar, word)?) - 1),
            "clock" => {
                let (hour, minute) = clock(word)?;
                self.hour = Some(hour);
                self.minute = Some(minute);
            }
            "hour" => {
                let number = numbers::number_at(words, tokens.start)?.0.value;
                self.hour = (0.0..=24.0).contains(&number).then_some(number as i8);
            }
            "date" => {
                let date: jiff::civil::Date = word.parse().ok()?;
                self.year = Some(Year::Full(date.year()));
                self.month = Some(date.month());
                self.day = Some(date.day());
            }
            "slashed" => self.slashed(word)?,
            "quarter" | "half" if grammar.value(slot, word).is_none() => {
                self.fix(slot, &nth(grammar, word)?.to_string())?;
            }
            // A class may have another name than the slot that its words fill.
            _ => {
                let field = match slot {
                    "lies" | "tells" => "which",
                    "parts" => "part",
                    _ => slot,
                };
                let value = grammar.value(slot, word).or_else(|| match slot {
                    "weekday" => grammar.value("weekdays", word),
                    _ => None,
                });
                self.fix(field, value?)?;
            }
        }
        Some(())
    }

    /// "12/31/1999", "31/12/99", "2031/3/12": which number is the month is known where the other is above twelve, or points part them
    /// ("03.11.2029": the day first); else it is open.
    fn slashed(&mut self, word: &str) -> Option<()> {
        let [first, second, third] = shapes::parts(word)?;
        if first > 99 {
            self.year = Some(Year::Full(first));
            self.month = i8::try_from(second).ok();
            self.day = i8::try_from(third).ok();
            return Some(());
        }
        self.either_way = shapes::is_ambiguous(word);
        let (month, day) = if first > 12 || word.contains('.') && second <= 12 {
            (second, first)
        } else {
            (first, second)
        };
        self.year = Some(match word.rsplit(['/', '-', '.']).next()?.len() {
            4 => Year::Full(third),
            _ => Year::Short(third),
        });
        self.month = i8::try_from(month).ok().filter(|month| *month <= 12);
        self.day = i8::try_from(day).ok();
        self.month.map(|_| ())
    }

    /// Whether nothing but a weekday is said.
    pub(crate) fn is_bare_weekday(&self) -> bool {
        self.weekday.is_some() && self.which.is_none() && self.day.is_none() && self.month.is_none()
    }
}

fn count_of(value: &str) -> Option<Count> {
    if value == "some" {
        return Some(Count::Some);
    }
    value.parse().ok().map(Count::Number)
}

/// A number, or how many in words that leave it open.
fn count(words: &Fine, tokens: Range<usize>) -> Option<Count> {
    if let Some((number, end)) = numbers::number_at(words, tokens.start)
        && end == tokens.end
    {
        return Some(Count::Number(number.value));
    }
    // "2 - and - a - half", "two or so", "another five": the number in it.
    let mut inside = tokens
        .clone()
        .filter_map(|token| numbers::number_at(words, token).filter(|(_, end)| *end <= tokens.end));
    match (inside.next(), words.lower(tokens.start)) {
        (_, "a" | "an" | "one" | "another") if tokens.len() == 1 => Some(Count::Number(1.0)),
        (Some((number, _)), _) if !words.lower(tokens.end - 1).ends_with('s') => {
            let half = tokens.clone().any(|token| words.lower(token) == "half");
            Some(Count::Number(
                number.value
                    + if half && number.value.fract() == 0.0 {
                        0.5
                    } else {
                        0.0
                    },
            ))
        }
        _ => Some(Count::Some),
    }
}

fn year(words: &Fine, word: &str, tokens: Range<usize>) -> Option<Year> {
    if let Some(short) = word.strip_prefix('\'') {
        return short.parse().ok().map(Year::Short);
    }
    let digits = word.trim_start_matches("fy").trim_start_matches('\'');
    if let Ok(year) = digits.replace(',', "").parse::<u64>() {
        return Some(match (digits.len(), i16::try_from(year)) {
            (2, Ok(year)) => Year::Short(year),
            (_, Ok(year @ 1000..=9999)) => Year::Full(year),
            _ => Year::Unreadable,
        });
    }
    // "nineteen ninety-six", "two thousand four", "twenty eleven".
    let (first, end) = numbers::number_at(words, tokens.start)?;
    let second = (end < tokens.end)
        .then(|| numbers::number_at(words, end))
        .flatten();
    let value = match second {
        Some((second, _)) if first.value < 100.0 => first.value * 100.0 + second.value,
        Some((second, _)) => first.value + second.value,
        None => first.value,
    };
    (1000.0..2200.0)
        .contains(&value)
        .then_some(Year::Full(value as i16))
}

/// "5", "5th", "fifth".
fn day(grammar: &Grammar, word: &str) -> Option<i8> {
    word.parse().ok().or_else(|| nth(grammar, word))
}

/// "5th", "fifth".
fn nth(grammar: &Grammar, word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let number = digits.parse().ok();
    number.or_else(|| grammar.value("ordinal", word)?.parse().ok())
}

/// "1980s", "'80s", "80s".
fn decade(word: &str) -> Option<i16> {
    let digits = word.trim_start_matches('\'').trim_end_matches(['s', '\'']);
    let decade: i16 = digits.parse().ok()?;
    Some(match decade {
        0..=19 => 200 + decade / 10,
        20..=99 => 190 + decade / 10,
        _ => decade / 10,
    })
}

/// "9:30", "0600".
fn clock(word: &str) -> Option<(i8, i8)> {
    shapes::clock(word).or_else(|| {
        let value: i16 = word.parse().ok()?;
        let (hour, minute) = (value / 100, value % 100);
        Some((i8::try_from(hour).ok()?, i8::try_from(minute).ok()?))
    })
}
