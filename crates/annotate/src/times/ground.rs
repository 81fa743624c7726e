//! Grounding: a term becomes a TIMEX3 value and days, given what it is seen from.
//!
//! It does not know the words of the text beyond the term, nor the machine's clock. What needs a day that is not known gets no value
//! and no days. (Values: ISO 8601 as TimeML's TIMEX3 uses it.)

use super::place::{Place, Season, monday, shifted, span};
use super::term::{Action, Count, Term, Unit, Which, Year};
use crate::TimeKind;
use jiff::civil::{Date, Weekday};

/// Which way an expression goes that does not say it ("on Friday").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Back,
    Forward,
    /// Nothing around it says.
    Unknown,
}

/// What a term is seen from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene {
    /// The document's day, or in quoted words the day of their saying.
    pub(crate) day: Option<Date>,
    /// What was told last.
    pub(crate) told: Option<Place>,
    /// Where in the calendar the text is: the dated place to which a month or a day without a year belongs.
    pub(crate) thread: Option<Place>,
    /// Whether the text tells a story that runs from date to date, its own day far away.
    pub(crate) story: bool,
    pub(crate) direction: Direction,
    /// The quarter that was told last: "a year ago" in a report of business is that quarter of the year before.
    pub(crate) quarter: Option<Place>,
}

/// What a term comes to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grounded {
    pub(crate) kind: TimeKind,
    pub(crate) value: Option<String>,
    pub(crate) modifier: Option<String>,
    pub(crate) days: (Option<Date>, Option<Date>),
    /// Whether it rests on more than its own words.
    pub(crate) relative: bool,
    /// What later expressions may be seen from.
    pub(crate) place: Option<Place>,
}

/// Grounds a term.
pub(crate) fn ground(action: Action, term: &Term, scene: &Scene) -> Grounded {
    let mut grounded = match action {
        Action::Calendar => in_calendar(term, scene),
        Action::Unit => at(unit(term, scene), term, scene, true),
        Action::Shift => shift(term, scene),
        Action::Period => period(term, scene),
        Action::Set => bare(TimeKind::Set, set(term)),
        Action::Age => bare(TimeKind::Age, length(term)),
        Action::Past => reference("PAST_REF", (None, scene.day)),
        Action::Present => reference("PRESENT_REF", (scene.day, scene.day)),
        Action::Future | Action::Nothing => reference("FUTURE_REF", (scene.day, None)),
    };
    grounded.modifier.clone_from(&term.modifier);
    grounded
}

fn bare(kind: TimeKind, value: Option<String>) -> Grounded {
    Grounded {
        kind,
        value,
        modifier: None,
        days: (None, None),
        relative: false,
        place: None,
    }
}

fn reference(value: &str, days: (Option<Date>, Option<Date>)) -> Grounded {
    Grounded {
        days,
        relative: true,
        ..bare(TimeKind::Date, Some(value.to_owned()))
    }
}

/// A place with what is said of its part or its clock.
fn at(place: Option<Place>, term: &Term, scene: &Scene, relative: bool) -> Grounded {
    let is_time = term.part.is_some() || term.hour.is_some();
    let mut grounded = bare(
        if is_time {
            TimeKind::Time
        } else {
            TimeKind::Date
        },
        None,
    );
    grounded.relative = relative;
    let Some(place) = place else {
        return grounded;
    };
    grounded.place = Some(place);
    let (mut first, mut last) = place.days_of(term.modifier.as_deref()).unzip();
    // "Earlier this month" ends on the document's day, "later this month" begins there.
    if let (Some(day), Some(Which::This), Some((start, end))) =
        (scene.day, term.which, place.days())
        && (start..=end).contains(&day)
        && place.unit() != Unit::Day
    {
        match term.modifier.as_deref() {
            Some("START") => (first, last) = (Some(start), Some(day)),
            Some("END") => (first, last) = (Some(day), Some(end)),
            _ => {}
        }
    }
    grounded.days = (first, last);
    grounded.value = Some(match (&term.part, term.hour, place) {
        (_, Some(hour), Place::Day(_)) => {
            let late = match term.part.as_deref() {
                Some("AF" | "EV") => Some(true),
                Some("NI") => Some(hour >= 6),
                _ => term.afternoon,
            };
            let hour = match (late, hour) {
                (Some(true), 1..=11) => hour + 12,
                (Some(false), 12) => 0,
                _ => hour,
            };
            format!(
                "{}T{hour:02}:{:02}",
                place.value(),
                term.minute.unwrap_or(0)
            )
        }
        (Some(part), None, Place::Day(_)) => format!("{}T{part}", place.value()),
        _ => place.value(),
    });
    grounded
}

/// "5 March", "Friday night", "the third quarter of last year", "9 pm".
fn in_calendar(term: &Term, scene: &Scene) -> Grounded {
    if term.year == Some(Year::Unreadable) {
        return bare(TimeKind::Date, None);
    }
    if let Some(decade) = term.decade {
        return at(Some(Place::Decade(decade)), term, scene, false);
    }
    if let Some(century) = term.century {
        return at(Some(Place::Century(century)), term, scene, false);
    }
    let (place, relative) = match year(term, scene) {
        Some((year, relative)) => (in_year(term, year, scene.thread.or(scene.told)), relative),
        None => (without_year(term, scene), true),
    };
    let place = match place {
        Some(Place::Day(date)) if term.either_way => either_way(date, scene.day).map(Place::Day),
        _ => place,
    };
    let place = match (place, term.unit) {
        (Some(Place::Day(day)), Some(Unit::Week)) => Some(Place::Week(day)),
        _ => place,
    };
    at(place, term, scene, relative)
}

/// A date whose numbers may be month and day or day and month: the one that is the document's day or shortly before it; none where both
/// are, or neither.
fn either_way(date: Date, document: Option<Date>) -> Option<Date> {
    let other = Date::new(date.year(), date.day(), date.month()).ok()?;
    let document = document?;
    let fits = |date: Date| (0..SHORTLY).contains(&days_between(date, document));
    match (date == document, other == document, fits(date), fits(other)) {
        (true, ..) | (_, false, true, false) => Some(date),
        (_, true, ..) | (_, _, false, true) => Some(other),
        _ => None,
    }
}

/// Days before the document within which a date of the news lies.
const SHORTLY: i32 = 31;

/// Days from one date to another.
fn days_between(one: Date, other: Date) -> i32 {
    i32::try_from(one.duration_until(other).as_hours() / 24).unwrap_or(i32::MAX)
}

/// The year that the words say, and whether the scene was needed for it.
fn year(term: &Term, scene: &Scene) -> Option<(i16, bool)> {
    match (term.year, term.which, term.unit) {
        (Some(Year::Full(year)), ..) => Some((year, false)),
        (Some(Year::Short(short)), ..) => {
            // The latest century in which it is not far ahead.
            let near = scene.day.map_or(2010, Date::year);
            let century = near - near.rem_euclid(100);
            let years = [century - 100, century, century + 100].map(|start| start + short);
            let year = years.into_iter().filter(|year| *year <= near + 20).max()?;
            Some((year, false))
        }
        (None, Some(which), Some(Unit::Year)) => match unit_of(Unit::Year, which, scene)? {
            Place::Year(year) => Some((year, true)),
            _ => None,
        },
        _ => None,
    }
}

/// The place in a year.
fn in_year(term: &Term, year: i16, told: Option<Place>) -> Option<Place> {
    if let Some(feast) = &term.feast {
        return super::feasts::day(feast, year).map(Place::Day);
    }
    let told_month = match told {
        Some(Place::Day(day)) => Some(day.month()),
        Some(Place::Month(_, month)) => Some(month),
        _ => None,
    };
    if let Some(month) = term.month.or(told_month.filter(|_| term.day.is_some())) {
        return match term.day {
            Some(day) => Date::new(year, month, day).ok().map(Place::Day),
            None => Date::new(year, month, 1)
                .ok()
                .map(|_| Place::Month(year, month)),
        };
    }
    if let Some(season) = &term.season {
        return Season::parse(season).map(|season| Place::Season(year, season));
    }
    if let Some(quarter) = term.quarter {
        return (1..=4)
            .contains(&quarter)
            .then_some(Place::Quarter(year, quarter));
    }
    if let Some(half) = term.half {
        return (1..=2).contains(&half).then_some(Place::Half(year, half));
    }
    // A weekday or a clock of a year tells no day.
    let whole = term.weekday.is_none() && term.day.is_none();
    (whole && term.hour.is_none() && term.part.is_none()).then_some(Place::Year(year))
}

/// The place of an expression that says no year.
fn without_year(term: &Term, scene: &Scene) -> Option<Place> {
    if term.month.is_some() || term.feast.is_some() {
        return yearly(scene, term.which, |year| in_year(term, year, None));
    }
    if term.season.is_some() || term.quarter.is_some() || term.half.is_some() {
        // The quarter that a business reports on is over.
        let over = Scene {
            direction: Direction::Back,
            ..*scene
        };
        let scene = if term.season.is_some() { scene } else { &over };
        return yearly(scene, term.which, |year| in_year(term, year, None));
    }
    if let Some(weekday) = term.weekday {
        return of_weekday(term, weekday, scene);
    }
    if let Some(day) = term.day {
        return of_month(day, scene);
    }
    // A clock or a part of a day alone.
    match scene.told {
        Some(Place::Day(day)) if scene.thread.is_some() => Some(Place::Day(day)),
        _ if scene.story => None,
        _ => scene.day.map(Place::Day),
    }
}

/// One of the places that come once a year.
fn yearly(scene: &Scene, which: Option<Which>, of: impl Fn(i16) -> Option<Place>) -> Option<Place> {
    let told = match which {
        Some(Which::That) => scene.thread.or(scene.told),
        _ => scene.thread,
    };
    if let (Some(told), None | Some(Which::That)) = (told, which) {
        return near_told(told, &of);
    }
    let seen_from_told = matches!(which, Some(Which::Previous | Which::Following)) || scene.story;
    let day = match told.filter(|_| seen_from_told) {
        Some(told) => told.days()?.0,
        None => scene.day?,
    };
    let mut places = (-2..=2).filter_map(|offset| of(day.year().checked_add(offset)?));
    let begun = |place: &Place| place.days().is_some_and(|(first, _)| first <= day);
    let over = |place: &Place| place.days().is_some_and(|(_, last)| last < day);
    match which {
        Some(Which::Last | Which::Previous) => places.filter(over).last(),
        Some(Which::Next | Which::Following) => places.find(|place| !begun(place)),
        Some(Which::This | Which::That) => of(day.year()),
        None => nearest(day, scene.direction, places),
    }
}

/// Of the places of some years the one that fits a day best: what tense says weighs, but not more than that nobody says "16 November"
/// of one eleven months away if there is one in three weeks.
fn nearest(day: Date, direction: Direction, places: impl Iterator<Item = Place>) -> Option<Place> {
    let (back, forward) = match direction {
        Direction::Back => (1, 8),
        Direction::Unknown => (2, 3),
        Direction::Forward => (4, 1),
    };
    places
        .filter_map(|place| {
            let (first, last) = place.days()?;
            let cost = match (days_between(first, day), days_between(day, last)) {
                (past, _) if past < 0 => -past * forward,
                (_, ahead) if ahead < 0 => -ahead * back,
                _ => 0,
            };
            Some((cost, place))
        })
        .min_by_key(|(cost, _)| *cost)
        .map(|(_, place)| place)
}

/// The place nearest to what was told: a story mostly goes forward.
fn near_told(told: Place, of: &impl Fn(i16) -> Option<Place>) -> Option<Place> {
    let (start, _) = told.days()?;
    let same = of(told.year());
    if matches!(told.unit(), Unit::Year | Unit::Decade | Unit::Century) {
        return same;
    }
    let distance = |place: Place| Some(days_between(start, place.days()?.0));
    match same.and_then(|place| Some((place, distance(place)?))) {
        // Half a year back and more: next year's. 29 February is of the nearest year that has it.
        Some((_, days)) if days < -180 => of(told.year().checked_add(1)?),
        Some((place, _)) => Some(place),
        None => of(told.year().checked_add(1)?).or_else(|| of(told.year().checked_sub(1)?)),
    }
}

fn of_weekday(term: &Term, number: i8, scene: &Scene) -> Option<Place> {
    let weekday = Weekday::from_monday_one_offset(number).ok()?;
    let told = match scene.told {
        Some(Place::Day(day))
            if scene.story
                || matches!(
                    term.which,
                    Some(Which::That | Which::Following | Which::Previous)
                ) =>
        {
            Some(day)
        }
        _ => None,
    };
    let from = told.or(scene.day)?;
    let nth = |nth: i32| from.nth_weekday(nth, weekday).ok();
    let on_or_before = || {
        if from.weekday() == weekday {
            Some(from)
        } else {
            nth(-1)
        }
    };
    let day = match term.which {
        Some(Which::Last | Which::Previous) => nth(-1),
        Some(Which::Next | Which::Following) => nth(1),
        Some(Which::This) => shifted(monday(from)?, span(Unit::Day, f64::from(number) - 1.0)?),
        Some(Which::That) => on_or_before(),
        None if told.is_some() => {
            if from.weekday() == weekday {
                Some(from)
            } else {
                nth(1)
            }
        }
        None => match scene.direction {
            Direction::Back | Direction::Unknown => on_or_before(),
            Direction::Forward => nth(1),
        },
    };
    day.map(Place::Day)
}

/// "The 13th": of the month told, else the latest or the next one.
fn of_month(day: i8, scene: &Scene) -> Option<Place> {
    let of = |place: Place| match place {
        Place::Day(told) => Date::new(told.year(), told.month(), day).ok(),
        Place::Month(year, month) => Date::new(year, month, day).ok(),
        _ => None,
    };
    if let Some(told) = scene.thread
        && matches!(told.unit(), Unit::Day | Unit::Month)
    {
        return of(told).map(Place::Day);
    }
    let from = scene.day?;
    let month = Place::around(from, Unit::Month)?;
    let near = (-1..=1).filter_map(|by| of(month.moved(by)?));
    let mut near = near;
    let found = match scene.direction {
        Direction::Back | Direction::Unknown => near.rfind(|found| *found <= from),
        Direction::Forward => near.find(|found| *found >= from),
    };
    found.map(Place::Day)
}

/// "Last week", "that month", "the following year".
fn unit(term: &Term, scene: &Scene) -> Option<Place> {
    unit_of(term.unit?, term.which?, scene)
}

fn unit_of(unit: Unit, which: Which, scene: &Scene) -> Option<Place> {
    if unit == Unit::Quarter && which == Which::That {
        return scene
            .quarter
            .or_else(|| Place::around(scene.day?, Unit::Quarter)?.moved(-1));
    }
    let by_told = matches!(which, Which::Previous | Which::That | Which::Following);
    let from = match scene.told.filter(|_| scene.story || by_told) {
        Some(told) if told.unit() <= unit => told.days()?.0,
        // "That day" of a year that was told is nowhere, and so is one of which nothing was told.
        Some(_) if by_told => return None,
        None if by_told && (which == Which::That || unit <= Unit::Day) => return None,
        _ => scene.day?,
    };
    let here = Place::around(from, unit)?;
    match which {
        Which::This | Which::That => Some(here),
        Which::Last | Which::Previous => here.moved(-1),
        Which::Next | Which::Following => here.moved(1),
    }
}

/// "Yesterday", "two days ago", "a year earlier".
fn shift(term: &Term, scene: &Scene) -> Grounded {
    let unit = term.unit.unwrap_or(Unit::Day);
    let Some(Count::Number(count)) = term.count else {
        let value = if term.forward {
            "FUTURE_REF"
        } else {
            "PAST_REF"
        };
        let days = if term.forward {
            (scene.day, None)
        } else {
            (None, scene.day)
        };
        return if term.told {
            bare(TimeKind::Date, None)
        } else {
            reference(value, days)
        };
    };
    if unit < Unit::Day {
        return Grounded {
            relative: true,
            ..bare(TimeKind::Time, None)
        };
    }
    let told = scene.told.filter(|_| term.told);
    let place = moved(unit, count, term, told, scene);
    at(place, term, scene, true)
}

fn moved(unit: Unit, count: f64, term: &Term, told: Option<Place>, scene: &Scene) -> Option<Place> {
    let count = whole(if term.forward { count } else { -count })?;
    if let (Some(quarter), Unit::Year, -1) = (scene.quarter, unit, count) {
        return years_of(quarter, count);
    }
    match told {
        // "A year earlier" than a quarter or a day is that quarter or day of the year before.
        Some(told)
            if unit == Unit::Year && told.unit() < Unit::Year && scene.thread == Some(told) =>
        {
            years_of(told, count)
        }
        Some(told) if told.unit() <= unit => step(told.days()?.0, unit, count),
        Some(_) => None,
        None => step(scene.day?, unit, count),
    }
}

/// A number of units, where a calendar of ten thousand years could hold them.
fn whole(count: f64) -> Option<i32> {
    let count = count.round();
    (count.abs() <= 400_000.0).then_some(count as i32)
}

/// The same place so many years on.
fn years_of(place: Place, count: i32) -> Option<Place> {
    match place {
        Place::Week(_) | Place::Weekend(_) => place.moved(count.checked_mul(52)?),
        _ => {
            let (first, _) = place.days()?;
            Place::around(
                shifted(first, span(Unit::Year, f64::from(count))?)?,
                place.unit(),
            )
        }
    }
}

/// The stretch of a unit so many of them after a day.
fn step(from: Date, unit: Unit, count: i32) -> Option<Place> {
    match unit {
        Unit::Fortnight => Place::around(from, Unit::Week)?.moved(count.checked_mul(2)?),
        Unit::Decade => Place::around(from, Unit::Year)?.moved(count.checked_mul(10)?),
        Unit::Century => Place::around(from, Unit::Year)?.moved(count.checked_mul(100)?),
        _ => Place::around(from, unit)?.moved(count),
    }
}

/// "Five months", "the past three years".
fn period(term: &Term, scene: &Scene) -> Grounded {
    let mut grounded = bare(TimeKind::Duration, length(term));
    let days = term.placed.zip(scene.day).and_then(|(placed, day)| {
        let back = matches!(placed, Which::Last | Which::Previous);
        let far = match term.count? {
            Count::Number(count) => {
                let span = span(term.unit?, if back { -count } else { count })?;
                Some(shifted(day, span)?)
            }
            Count::Some => None,
        };
        Some(if back {
            (far, Some(day))
        } else {
            (Some(day), far)
        })
    });
    if let Some(days) = days {
        grounded.days = days;
        grounded.relative = true;
    }
    grounded
}

/// The TIMEX3 value of a length; of a range its two ends.
fn length(term: &Term) -> Option<String> {
    let unit = term.unit?;
    let one = |count: Count| match count {
        Count::Number(count) => measured(count, unit),
        Count::Some => {
            let (time, code, _) = code(unit);
            format!("P{time}X{code}")
        }
    };
    let first = one(term.count?);
    Some(match term.to {
        Some(to) => format!("{first}/{}", one(to)),
        None => first,
    })
}

fn measured(count: f64, unit: Unit) -> String {
    let (time, code, scale) = code(unit);
    let count = count * scale;
    if count.fract() == 0.0 {
        return format!("P{time}{count}{code}");
    }
    match unit {
        // "A year and a half" is eighteen months, "an hour and a half" one hour and thirty minutes.
        Unit::Year if (count * 12.0).fract() == 0.0 => format!("P{}M", count * 12.0),
        Unit::Decade => format!("P{}Y", count * 10.0),
        Unit::Century => format!("P{}Y", count * 100.0),
        Unit::Hour | Unit::Minute => {
            let (whole, rest) = (count.trunc(), (count.fract() * 60.0).round());
            let smaller = if unit == Unit::Hour { "M" } else { "S" };
            if whole == 0.0 {
                format!("PT{rest}{smaller}")
            } else {
                format!("PT{whole}{code}{rest}{smaller}")
            }
        }
        _ => format!("P{time}{count}{code}"),
    }
}

/// Before the number, after it, and how many of that unit one is.
fn code(unit: Unit) -> (&'static str, &'static str, f64) {
    match unit {
        Unit::Second => ("T", "S", 1.0),
        Unit::Minute => ("T", "M", 1.0),
        Unit::Hour => ("T", "H", 1.0),
        Unit::Day => ("", "D", 1.0),
        Unit::Weekend => ("", "WE", 1.0),
        Unit::Week => ("", "W", 1.0),
        Unit::Fortnight => ("", "W", 2.0),
        Unit::Month => ("", "M", 1.0),
        Unit::Season | Unit::Quarter => ("", "M", 3.0),
        Unit::Half => ("", "M", 6.0),
        Unit::Year => ("", "Y", 1.0),
        Unit::Decade => ("", "DE", 1.0),
        Unit::Century => ("", "CE", 1.0),
    }
}

/// "Every Friday", "each July", "twice a week".
fn set(term: &Term) -> Option<String> {
    if let Some(weekday) = term.weekday {
        let part = term
            .part
            .as_ref()
            .map_or(String::new(), |part| format!("T{part}"));
        return Some(format!("XXXX-WXX-{weekday}{part}"));
    }
    if let Some(month) = term.month {
        return Some(match term.day {
            Some(day) => format!("XXXX-{month:02}-{day:02}"),
            None => format!("XXXX-{month:02}"),
        });
    }
    if let Some(season) = &term.season {
        return Some(format!("XXXX-{season}"));
    }
    if let Some(part) = &term.part {
        return Some(format!("XXXX-XX-XXT{part}"));
    }
    length(term)
}
