//! The lines of the contract (records.md §3 and §4) as typed structs, fields in the contract's order.
//!
//! They borrow from what was read. They do not know files, the ledger's tables or the terminal.

mod answer;
mod claim;
mod dispute;
mod document;
mod event;
mod judged;
mod judgement;
mod ledger_entity;
mod stage;

pub use answer::answer_line;
pub use claim::claim_line;
pub use dispute::{Evidence, dispute_line};
pub use document::{WithText, document_line};
pub use event::{actor_code, event_line, row_id};
pub use judged::{judged_claim, judged_document, judged_matter};
pub use judgement::judgement_line;
pub use ledger_entity::ledger_entity_line;
pub use stage::{items, tagged};

use annotate::{EntityId, ListLink, Place, Quantity, TimeExpr};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use text::Span;

/// A span with its words.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct SpanLine<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

impl<'a> SpanLine<'a> {
    /// The span in its document's text.
    #[must_use]
    pub fn new(span: Span, text: &'a str) -> Self {
        Self {
            start: span.start,
            end: span.end,
            text: span.slice(text),
        }
    }

    fn all(spans: &[Span], text: &'a str) -> Vec<Self> {
        spans.iter().map(|span| Self::new(*span, text)).collect()
    }
}

/// The ledger's entity ids by document and local id.
pub type Members<'a> = BTreeMap<&'a str, BTreeMap<EntityId, &'a str>>;

/// How entities and claims are named.
#[derive(Debug, Clone, Copy)]
pub enum Ids<'a> {
    /// As in one document: `e3`, and a claim's bare hash.
    Local,
    /// As in a ledger: `en_…` (an entity that the ledger joins to nothing keeps its local id), `cl_…`.
    Ledger(&'a Members<'a>),
}

impl Ids<'_> {
    fn entity(&self, document: &str, id: EntityId) -> String {
        match self {
            Self::Local => id.to_string(),
            Self::Ledger(members) => members
                .get(document)
                .and_then(|of_document| of_document.get(&id))
                .map_or_else(|| id.to_string(), |found| (*found).to_owned()),
        }
    }

    fn claim(&self, id: &str) -> String {
        match self {
            Self::Local => id.to_owned(),
            Self::Ledger(_) => format!("cl_{id}"),
        }
    }
}

/// A time expression (§3).
#[derive(Debug, Serialize)]
pub struct TimeLine<'a> {
    #[serde(flatten)]
    span: SpanLine<'a>,
    r#type: &'static str,
    value: Option<&'a str>,
    r#mod: Option<&'a str>,
    earliest: Option<String>,
    latest: Option<String>,
    anchor: &'static str,
}

impl<'a> TimeLine<'a> {
    /// The line of a time expression of a text.
    #[must_use]
    pub fn new(time: &'a TimeExpr, text: &'a str) -> Self {
        Self {
            span: SpanLine::new(time.span, text),
            r#type: time.kind.as_str(),
            value: time.value.as_deref(),
            r#mod: time.modifier.as_deref(),
            earliest: time.earliest.map(|day| day.to_string()),
            latest: time.latest.map(|day| day.to_string()),
            anchor: time.anchor.as_str(),
        }
    }
}

/// A quantity (§3).
#[derive(Debug, Serialize)]
pub struct QuantityLine<'a> {
    #[serde(flatten)]
    span: SpanLine<'a>,
    #[serde(serialize_with = "open_number")]
    low: Option<f64>,
    #[serde(serialize_with = "open_number")]
    best: Option<f64>,
    #[serde(serialize_with = "open_number")]
    high: Option<f64>,
    hedge: &'static str,
    unit: &'a str,
    noun: &'a str,
    effect: Option<&'static str>,
    scope: &'static str,
}

impl<'a> QuantityLine<'a> {
    /// The line of a quantity of a text.
    #[must_use]
    pub fn new(quantity: &'a Quantity, text: &'a str) -> Self {
        Self {
            span: SpanLine::new(quantity.span, text),
            low: quantity.low,
            best: quantity.best,
            high: quantity.high,
            hedge: quantity.hedge.as_str(),
            unit: &quantity.unit,
            noun: &quantity.noun,
            effect: quantity.effect.map(annotate::Effect::as_str),
            scope: quantity.scope.as_str(),
        }
    }
}

/// A place of a gazetteer.
#[derive(Debug, Serialize)]
pub struct PlaceLine<'a> {
    gazetteer_id: &'a str,
    name: &'a str,
    lat: f64,
    lon: f64,
    precision: &'static str,
}

impl<'a> PlaceLine<'a> {
    fn new(place: &'a Place) -> Self {
        Self {
            gazetteer_id: &place.gazetteer_id,
            name: &place.name,
            lat: place.lat,
            lon: place.lon,
            precision: place.precision.as_str(),
        }
    }
}

/// An entry of the user's watchlist.
#[derive(Debug, Serialize)]
pub struct ListLinkLine<'a> {
    id: &'a str,
    score: f64,
}

impl<'a> ListLinkLine<'a> {
    fn new(link: &'a ListLink) -> Self {
        Self {
            id: &link.id,
            score: four_decimals(link.score),
        }
    }
}

/// A whole number is written without a point: `150000`, not `150000.0`.
fn open_number<S: Serializer>(number: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    // Above this, neighbouring whole numbers are no longer distinct.
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    match number {
        None => to.serialize_none(),
        #[allow(
            clippy::cast_possible_truncation,
            reason = "checked to be whole and small"
        )]
        Some(number) if number.fract() == 0.0 && number.abs() <= LARGEST => {
            to.serialize_i64(*number as i64)
        }
        Some(number) => to.serialize_f64(*number),
    }
}

/// Confidence with at most four decimals: more would be noise.
fn four_decimals(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use annotate::{Hedge, Scope};

    #[test]
    fn a_range_reads_as_the_contract_says() {
        let text = "150,000 to 200,000 people";
        let quantity = Quantity {
            span: Span::new(0, text.len()),
            low: Some(150_000.0),
            best: None,
            high: Some(200_000.0),
            hedge: Hedge::Range,
            unit: "person".to_owned(),
            noun: "people".to_owned(),
            effect: None,
            scope: Scope::Unknown,
            part: false,
        };
        let line = serde_json::to_string(&QuantityLine::new(&quantity, text)).unwrap_or_default();
        assert_eq!(
            line,
            r#"{"start":0,"end":25,"text":"150,000 to 200,000 people","low":150000,"best":null,"high":200000,"hedge":"range","unit":"person","noun":"people","effect":null,"scope":"unknown"}"#
        );
    }
}
