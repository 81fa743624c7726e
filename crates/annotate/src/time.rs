//! Time expressions (TIMEX3) and quantities (low, best, high).
//!
//! It does not know the machine's clock: "today" is the document's day.

use jiff::civil::Date;
use text::{Span, vocabulary};

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpr {
    /// Its words.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value; none where it is relative and the document's day is unknown.
    pub value: Option<String>,
    /// TIMEX3 mod (`END`, `LESS_THAN`).
    pub modifier: Option<String>,
    /// First day it can mean.
    pub earliest: Option<Date>,
    /// Last day it can mean.
    pub latest: Option<Date>,
    /// What it was resolved against.
    pub anchor: Anchor,
}

/// A number of something, with what the text leaves open.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Its words, the counted noun included.
    pub span: Span,
    /// Least; none where open.
    pub low: Option<f64>,
    /// As said, where one number is said.
    pub best: Option<f64>,
    /// Most; none where open.
    pub high: Option<f64>,
    /// How the number is hedged.
    pub hedge: Hedge,
    /// `person`, `percent`, a currency code, a UCUM code, or `count`.
    pub unit: String,
    /// The counted noun.
    pub noun: String,
    /// What befell those counted.
    pub effect: Option<Effect>,
    /// What the number covers.
    pub scope: Scope,
    /// Whether it is a part of another number of its sentence: after "including", "among them", "of whom".
    pub part: bool,
}

vocabulary! {
    /// TIMEX3 types, and ages.
    TimeKind { Date = "DATE", Time = "TIME", Duration = "DURATION", Set = "SET", Age = "AGE" }
}

vocabulary! {
    /// What a time expression was resolved against.
    Anchor { Document = "document", Claim = "claim", None = "none" }
}

vocabulary! {
    /// How a number is hedged.
    Hedge {
        Exact = "exact",
        Range = "range",
        AtLeast = "at_least",
        MoreThan = "more_than",
        AtMost = "at_most",
        UpTo = "up_to",
        LessThan = "less_than",
        About = "about",
        Nearly = "nearly",
        Vague = "vague",
        Plural = "plural",
        Zero = "zero",
    }
}

vocabulary! {
    /// What befell those counted.
    Effect {
        Killed = "killed",
        Injured = "injured",
        Missing = "missing",
        Captured = "captured",
        Displaced = "displaced",
    }
}

vocabulary! {
    /// What a number covers.
    Scope { Event = "event", Period = "period", Cumulative = "cumulative", Unknown = "unknown" }
}
