//! The day of a statement: of its event, else of its saying, else of its document.
//!
//! It does not know the machine's clock. A window wider than three days is no day.

use annotate::{Claim, Event, TimeExpr, TimeKind};
use jiff::civil::Date;
use text::Document;

/// Windows up to this many days beyond the first count as a day.
const NARROW: i64 = 2;
/// What lies further back than this before publication is background.
const BACKGROUND: i64 = 365;

/// When something is said to be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum When {
    /// On a day, or on one of up to three.
    Day { first: Date, last: Date },
    /// Some time in a wider window ("in August").
    Window { first: Date, last: Date },
    /// Earlier than the document, nobody says when ("had previously announced").
    Past { told: Date },
    /// Nothing is known; such a statement meets only those of its own document.
    Undated { reading: usize },
}

impl When {
    /// The first and last day, where days are known.
    pub fn days(self) -> Option<(Date, Date)> {
        match self {
            When::Day { first, last } | When::Window { first, last } => Some((first, last)),
            When::Past { .. } | When::Undated { .. } => None,
        }
    }
}

/// Days from one to another, negative where the second is the earlier.
pub(crate) fn between(one: Date, other: Date) -> i64 {
    one.duration_until(other).as_hours() / 24
}

/// The day of publication; none where the document has no date or an unreadable one.
pub(crate) fn published(document: &Document) -> Option<Date> {
    document
        .meta
        .published
        .as_deref()
        .and_then(|text| text.get(..10))
        .and_then(|day| day.parse().ok())
}

/// When what an event tells is said to be so; none where it is yet to come or old background.
pub(crate) fn when(
    event: &Event,
    claim: &Claim,
    reading: usize,
    published: Option<Date>,
) -> Option<When> {
    let resolved = event
        .time
        .as_ref()
        .and_then(|time| resolve(time, published))
        .or_else(|| {
            claim
                .said
                .as_ref()
                .and_then(|time| resolve(time, published))
        });
    let when = match (resolved, published) {
        (Some(when), _) => when,
        (None, Some(day)) => Some(When::Day {
            first: day,
            last: day,
        }),
        (None, None) => Some(When::Undated { reading }),
    }?;
    if let (Some((first, last)), Some(day)) = (when.days(), published)
        && (between(day, first) > 1 || between(last, day) > BACKGROUND)
    {
        return None;
    }
    Some(when)
}

/// The outer option: whether the expression says anything of a day; the inner: none where it is yet to come.
#[allow(clippy::option_option)]
fn resolve(time: &TimeExpr, published: Option<Date>) -> Option<Option<When>> {
    if !matches!(time.kind, TimeKind::Date | TimeKind::Time) {
        return None;
    }
    if time.value.as_deref() == Some("FUTURE_REF") {
        return Some(None);
    }
    let (first, last) = match (time.earliest, time.latest) {
        (Some(first), Some(last)) => (first.min(last), first.max(last)),
        (Some(day), None) | (None, Some(day)) => (day, day),
        (None, None) => {
            return match time.value.as_deref() {
                Some("PAST_REF") => published.map(|told| Some(When::Past { told })),
                _ => None,
            };
        }
    };
    // "Previously" may carry open ends of the calendar; it is no window to meet others in.
    if time.value.as_deref() == Some("PAST_REF") {
        return published.map(|told| Some(When::Past { told }));
    }
    Some(Some(if between(first, last) <= NARROW {
        When::Day { first, last }
    } else {
        When::Window { first, last }
    }))
}

/// The day on which a claim was said, as its position prints it.
pub(crate) fn said(claim: &Claim, document: &Document) -> Option<String> {
    let stated = claim.said.as_ref().and_then(|time| {
        let day = time.earliest.filter(|day| Some(*day) == time.latest)?;
        Some(day.to_string())
    });
    stated.or_else(|| document.meta.published.clone())
}
