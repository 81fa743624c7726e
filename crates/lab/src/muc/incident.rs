//! When an incident happened, as one who asks the text would find it: the sentence that tells of it, and the time told there.
//!
//! It does not know the key's date. The steps, the first that gives a day counts:
//!
//! 1. The telling sentence: each string of the template (targets, perpetrators, instruments, places, with alternatives) that a
//!    sentence holds as whole words counts 1/k, where k sentences of the report hold it; the largest sum tells of the incident, the earliest
//!    of equals. Without any there is none.
//! 2. Times that can be an incident's: DATE or TIME with a calendar value and known days, not the time at which a claim was said
//!    (`said` of any claim), not begun after the document's day, and cut at that day. A time whose start is open is "on or before its end".
//! 3. The time of the telling sentence that stands nearest to the rarest string found there.
//! 4. The nearest other sentence of its paragraph with such a time, the one before it first; of it the time nearest to the telling sentence.
//! 5. The last such time before the telling sentence, else the first after it; either of at most two months (62 days) before the document's
//!    day, the span in which the keys' guidelines count an incident as new.
//! 6. On or before the document's day.

use super::days::Stretch;
use annotate::{Annotations, TimeExpr, TimeKind, Voice};
use jiff::ToSpan;
use jiff::civil::Date;
use text::{Document, Sentence, Span};

/// An incident's date as the text gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    pub when: Stretch,
    pub by: By,
    /// The words of the time; none for the document's day.
    pub words: Option<Span>,
}

/// By which step a date was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Sentence,
    Paragraph,
    Before,
    After,
    Default,
}

/// Days in which an incident is new.
const NEW: i64 = 62;

impl By {
    /// In the order of the steps.
    pub const ALL: [Self; 5] = [
        Self::Sentence,
        Self::Paragraph,
        Self::Before,
        Self::After,
        Self::Default,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Sentence => "a time in the sentence",
            Self::Paragraph => "a time in the paragraph",
            Self::Before => "the last time before it",
            Self::After => "the first time after it",
            Self::Default => "on or before the dateline",
        }
    }
}

/// The date of the incident that these strings tell from others; none where no time is told and the document's day is unknown.
pub fn told(
    document: &Document,
    read: &Annotations,
    day: Option<Date>,
    strings: &[Vec<String>],
) -> Option<Told> {
    let times = incident_times(read, day);
    telling(document, read, strings)
        .and_then(|telling| near(read, &times, telling, day))
        .or_else(|| {
            day.map(|day| Told {
                when: Stretch::up_to(day),
                by: By::Default,
                words: None,
            })
        })
}

/// Times that can be an incident's, in the order of the text.
pub fn incident_times(read: &Annotations, day: Option<Date>) -> Vec<(Span, Stretch)> {
    let is_said = |time: &TimeExpr| {
        let claims = read
            .claims
            .iter()
            .filter(|claim| claim.voice == Voice::Attributed);
        claims
            .filter_map(|claim| claim.said.as_ref())
            .any(|said| said.span == time.span)
    };
    let times = read.times.iter().filter(|time| !is_said(time));
    times
        .filter_map(|time| Some((time.span, days_of(time, day)?)))
        .collect()
}

/// The days of a time that has a place in the calendar, as far as they are not after the document's day.
pub fn days_of(time: &TimeExpr, day: Option<Date>) -> Option<Stretch> {
    let is_calendar = time
        .value
        .as_ref()
        .is_some_and(|value| value.starts_with(|first: char| first.is_ascii_digit()));
    if !is_calendar || !matches!(time.kind, TimeKind::Date | TimeKind::Time) {
        return None;
    }
    let last = match (time.latest, day) {
        (Some(latest), Some(day)) => latest.min(day),
        (latest, day) => latest.or(day.filter(|_| time.earliest.is_some()))?,
    };
    let first = time.earliest;
    first
        .is_none_or(|first| first <= last)
        .then_some(Stretch { first, last })
}

/// The number of the sentence that tells of the incident, and the rarest of the strings that it holds.
fn telling(
    document: &Document,
    read: &Annotations,
    strings: &[Vec<String>],
) -> Option<(usize, Span)> {
    let sentences = &read.segments.sentences;
    let mut weights: Vec<(f64, f64, Span)> = vec![(0.0, 0.0, Span::new(0, 0)); sentences.len()];
    for alternatives in strings {
        let places: Vec<(usize, Span)> = (0..)
            .zip(sentences)
            .filter_map(|(number, sentence)| {
                let words = sentence.span.slice(&document.text);
                let place = alternatives
                    .iter()
                    .find_map(|string| whole(words, string))?;
                let start = sentence.span.from() + place.0;
                Some((number, Span::new(start, start + place.1)))
            })
            .collect();
        let weight = 1.0 / places.len().max(1) as f64;
        for (number, place) in places {
            let (sum, rarest, at) = &mut weights[number];
            *sum += weight;
            if weight > *rarest {
                (*rarest, *at) = (weight, place);
            }
        }
    }
    let mut best: Option<(usize, f64, Span)> = None;
    for (number, (sum, _, place)) in weights.into_iter().enumerate() {
        if sum > best.map_or(0.0, |(_, best, _)| best) {
            best = Some((number, sum, place));
        }
    }
    best.map(|(number, _, place)| (number, place))
}

/// Where a string stands as whole words: start and length.
fn whole(words: &str, string: &str) -> Option<(usize, usize)> {
    let is_part = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    words
        .match_indices(string)
        .find(|(at, _)| {
            !is_part(words[..*at].chars().next_back())
                && !is_part(words[at + string.len()..].chars().next())
        })
        .map(|(at, _)| (at, string.len()))
}

/// The time by which the telling sentence is dated: of itself, its paragraph, the text before it or after it.
fn near(
    read: &Annotations,
    times: &[(Span, Stretch)],
    telling: (usize, Span),
    day: Option<Date>,
) -> Option<Told> {
    let sentences = &read.segments.sentences;
    let (number, place) = telling;
    let own = sentences[number];
    let nearest = |sentence: &Sentence, to: Span| {
        let here = times
            .iter()
            .filter(|(span, _)| sentence.span.contains(*span));
        here.min_by_key(|(span, _)| gap(*span, to)).copied()
    };
    let of = |by: By| {
        move |(words, when): (Span, Stretch)| Told {
            when,
            by,
            words: Some(words),
        }
    };
    let paragraph = || {
        let mut others: Vec<usize> = (0..sentences.len())
            .filter(|other| *other != number && sentences[*other].block == own.block)
            .collect();
        others.sort_by_key(|other| (other.abs_diff(number), *other));
        others
            .into_iter()
            .find_map(|other| nearest(&sentences[other], own.span))
    };
    let new = times.iter().copied().filter(|(_, when)| {
        let oldest = day.and_then(|day| day.checked_sub(NEW.days()).ok());
        oldest.is_none_or(|oldest| when.first.is_none_or(|first| first >= oldest))
    });
    let (before, after): (Vec<_>, Vec<_>) = new.partition(|(span, _)| span.end <= own.span.start);
    nearest(&own, place)
        .map(of(By::Sentence))
        .or_else(|| paragraph().map(of(By::Paragraph)))
        .or_else(|| before.last().copied().map(of(By::Before)))
        .or_else(|| after.first().copied().map(of(By::After)))
}

/// Bytes between two spans.
fn gap(one: Span, other: Span) -> u32 {
    one.start
        .saturating_sub(other.end)
        .max(other.start.saturating_sub(one.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use annotate::Anchor;
    use jiff::civil::date;
    use text::Segments;

    /// Sentences end at stops; paragraphs at line breaks. Times: words and day of January.
    fn reading(text: &str, times: &[(&str, i8)]) -> (Document, Annotations) {
        let mut segments = Segments::default();
        let mut at = 0;
        for part in text.split_inclusive(['.', '\n']) {
            let span = Span::new(at, at + part.len()).trim(text);
            at += part.len();
            if span.len() > 1 {
                segments.sentences.push(Sentence {
                    span,
                    block: u32::try_from(text[..span.from()].matches('\n').count()).unwrap(),
                    first: 0,
                    last: 0,
                });
            }
        }
        let times = times.iter().map(|(words, day)| {
            let start = text.find(words).unwrap();
            let day = date(1990, 1, *day);
            TimeExpr {
                span: Span::new(start, start + words.len()),
                kind: TimeKind::Date,
                value: Some(day.to_string()),
                modifier: None,
                earliest: Some(day),
                latest: Some(day),
                anchor: Anchor::Document,
            }
        });
        let read = Annotations {
            times: times.collect(),
            segments,
            ..Annotations::default()
        };
        (Document::plain(text), read)
    }

    fn ask(text: &str, times: &[(&str, i8)], strings: &[&str]) -> Option<(Stretch, By)> {
        let (document, read) = reading(text, times);
        let strings: Vec<Vec<String>> = strings
            .iter()
            .map(|string| vec![(*string).to_owned()])
            .collect();
        let day = Some(date(1990, 1, 20));
        told(&document, &read, day, &strings).map(|told| (told.when, told.by))
    }

    #[test]
    fn the_sentence_with_the_rarest_strings_is_asked_first() {
        let text = "THE MAYOR SPOKE ON FRIDAY. ON MONDAY THE MAYOR FELL AT DAWN BEFORE WEDNESDAY. IT RAINED SUNDAY.\nZAID ORLO SLEPT.";
        let times = [
            ("FRIDAY", 5),
            ("MONDAY", 8),
            ("WEDNESDAY", 10),
            ("SUNDAY", 14),
        ];
        let day = |day| Stretch::of_day(date(1990, 1, day));
        assert_eq!(
            ask(text, &times, &["MAYOR", "FELL"]),
            Some((day(8), By::Sentence))
        );
        assert_eq!(
            ask(text, &times, &["ZAID ORLO"]),
            Some((day(14), By::Before))
        );
        assert_eq!(
            ask(
                "ZAID ORLO SLEPT. IT RAINED SUNDAY.",
                &[("SUNDAY", 14)],
                &["ZAID"]
            ),
            Some((day(14), By::Paragraph))
        );
        assert_eq!(
            ask(
                "ZAID SLEPT.\nIT RAINED SUNDAY.",
                &[("SUNDAY", 14)],
                &["ZAID"]
            ),
            Some((day(14), By::After))
        );
        let unknown = Some((Stretch::up_to(date(1990, 1, 20)), By::Default));
        assert_eq!(ask(text, &times, &["ZAI", "HARBOUR"]), unknown);
    }

    #[test]
    fn what_has_not_begun_is_no_incidents_time() {
        let (_, read) = reading("A MONDAY. A FRIDAY.", &[("MONDAY", 8), ("FRIDAY", 26)]);
        assert_eq!(incident_times(&read, Some(date(1990, 1, 20))).len(), 1);
        assert_eq!(incident_times(&read, None).len(), 2);
    }
}
