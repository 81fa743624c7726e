//! Times and quantities of the Panjshir article against those listed in `panjshir.json`.
//!
//! A listed one is looked for where its words stand first and no listed one before it stands; straight and curled apostrophes are one. It is right
//! where one of ours overlaps them and agrees in all that is listed: value, type and mod of a time; low and high of a quantity, or one
//! value that is low, best and high. What is not listed is not compared, nor are ours that overlap no listed one.

use crate::data::Failure;
use annotate::{Annotations, Quantity, TimeExpr};
use serde::Deserialize;
use text::Span;

/// What the file lists, as far as it is read here.
#[derive(Debug, Default, Deserialize)]
pub struct Listed {
    times: Vec<ListedTime>,
    quantities: Vec<ListedQuantity>,
}

#[derive(Debug, Deserialize)]
struct ListedTime {
    text: String,
    value: String,
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default, rename = "mod")]
    modifier: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ListedQuantity {
    text: String,
    #[serde(default)]
    value: Option<f64>,
    #[serde(default)]
    low: Option<f64>,
    #[serde(default)]
    high: Option<f64>,
}

impl ListedTime {
    fn is(&self, time: &TimeExpr) -> bool {
        time.value.as_ref() == Some(&self.value)
            && self
                .kind
                .as_ref()
                .is_none_or(|kind| kind == time.kind.as_str())
            && (self.modifier.is_none() || self.modifier == time.modifier)
    }
}

impl ListedQuantity {
    fn is(&self, quantity: &Quantity) -> bool {
        let ends = (quantity.low, quantity.high);
        match self.value {
            Some(_) => ends == (self.value, self.value) && quantity.best == self.value,
            None => ends == (self.low, self.high),
        }
    }
}

/// The report: a line for each listed one, and how many are right.
pub fn score(text: &str, listed: &Listed, read: &Annotations) -> Result<String, Failure> {
    let mut report = String::new();
    let times = Side {
        name: "times",
        words: listed.times.iter().map(|time| &*time.text).collect(),
        own: read.times.iter().map(|time| time.span).collect(),
    };
    let is = |number: usize, own: usize| listed.times[number].is(&read.times[own]);
    let shown = |own: usize| {
        let time = &read.times[own];
        format!(
            "{} {} {}",
            time.kind,
            time.value.as_deref().unwrap_or("-"),
            time.modifier.as_deref().unwrap_or("-")
        )
    };
    report += &times.score(text, &is, &shown)?;
    let quantities = Side {
        name: "quantities",
        words: listed.quantities.iter().map(|one| &*one.text).collect(),
        own: read.quantities.iter().map(|one| one.span).collect(),
    };
    let is = |number: usize, own: usize| listed.quantities[number].is(&read.quantities[own]);
    let shown = |own: usize| {
        let quantity = &read.quantities[own];
        let number =
            |number: Option<f64>| number.map_or_else(|| "-".to_owned(), |one| one.to_string());
        format!(
            "{} / {} / {}",
            number(quantity.low),
            number(quantity.best),
            number(quantity.high)
        )
    };
    report += &quantities.score(text, &is, &shown)?;
    Ok(report)
}

/// Times or quantities: the words of those listed, the places of ours.
struct Side<'a> {
    name: &'static str,
    words: Vec<&'a str>,
    own: Vec<Span>,
}

impl Side<'_> {
    /// `is` tells whether one of ours is the listed one; `shown` gives one of ours in words.
    fn score(
        &self,
        text: &str,
        is: &dyn Fn(usize, usize) -> bool,
        shown: &dyn Fn(usize) -> String,
    ) -> Result<String, Failure> {
        let mut report = String::new();
        let mut taken: Vec<Span> = Vec::new();
        let mut right = 0;
        for (number, words) in self.words.iter().enumerate() {
            let place = places(text, words)
                .find(|place| !taken.iter().any(|other| other.overlaps(*place)))
                .ok_or_else(|| Failure(format!("panjshir.json: the article has no {words}")))?;
            taken.push(place);
            let ours: Vec<usize> = (0..self.own.len())
                .filter(|own| self.own[*own].overlaps(place))
                .collect();
            let agreeing = ours.iter().copied().find(|own| is(number, *own));
            right += usize::from(agreeing.is_some());
            let verdict = if agreeing.is_some() { "right" } else { "wrong" };
            let said = match agreeing.or(ours.first().copied()) {
                Some(own) => shown(own),
                None => "not found".to_owned(),
            };
            report += &format!("{verdict:6} {} | {words} | {said}\n", self.name);
        }
        report += &format!("{right} of {} {} right\n", self.words.len(), self.name);
        Ok(report)
    }
}

/// Where words stand in a text, apostrophes being one.
fn places<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = Span> + 't {
    let folded = |character: char| {
        if character == '’' { '\'' } else { character }
    };
    text.char_indices().filter_map(move |(start, _)| {
        let mut end = start;
        let mut rest = text[start..].chars();
        for wanted in words.chars() {
            let found = rest.next()?;
            if folded(found) != folded(wanted) {
                return None;
            }
            end += found.len_utf8();
        }
        Some(Span::new(start, end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use annotate::{Anchor, Hedge, Scope, TimeKind};

    #[test]
    fn what_is_listed_must_agree() {
        let text = "Arden’s boats left today with 40 to 50 crates; today’s tide took late May.";
        let json = r#"{"times": [{"text": "today", "value": "2031-05-06"},
            {"text": "today's", "value": "2031-05-06"},
            {"text": "late May", "value": "2031-05", "mod": "END"},
            {"text": "tide", "type": "AGE", "value": "P1Y"}],
            "quantities": [{"text": "40 to 50", "low": 40, "high": 50}, {"text": "crates", "value": 40}]}"#;
        let listed: Listed = serde_json::from_str(json).unwrap();
        let span = |words: &str| {
            let start = text.rfind(words).unwrap();
            Span::new(start, start + words.len())
        };
        let time = |words: &str, value: &str| TimeExpr {
            span: span(words),
            kind: TimeKind::Date,
            value: Some(value.to_owned()),
            modifier: None,
            earliest: None,
            latest: None,
            anchor: Anchor::Document,
        };
        let read = Annotations {
            times: vec![time("today’s", "2031-05-06"), time("late May", "2031-05")],
            quantities: vec![Quantity {
                span: span("40 to 50 crates"),
                low: Some(40.0),
                best: None,
                high: Some(50.0),
                hedge: Hedge::Range,
                unit: "count".to_owned(),
                noun: "crates".to_owned(),
                effect: None,
                scope: Scope::Unknown,
                part: false,
            }],
            ..Annotations::default()
        };
        let report = score(text, &listed, &read).unwrap();
        let lines: Vec<&str> = report.lines().collect();
        assert_eq!(
            lines,
            [
                "wrong  times | today | not found",
                "right  times | today's | DATE 2031-05-06 -",
                "wrong  times | late May | DATE 2031-05 -",
                "wrong  times | tide | not found",
                "1 of 4 times right",
                "right  quantities | 40 to 50 | 40 / - / 50",
                "wrong  quantities | crates | 40 / - / 50",
                "1 of 2 quantities right",
            ]
        );
        let gone: Listed =
            serde_json::from_str(r#"{"times": [], "quantities": [{"text": "gone"}]}"#).unwrap();
        assert!(score(text, &gone, &read).is_err());
    }
}
