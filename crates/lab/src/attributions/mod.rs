//! The learned reader of attributions: training it and measuring it alone; and what measures of attributions share, whoever found
//! them.
//!
//! It does not know features, nor what becomes of attributions in claims (`lab eval attribution` measures that).

pub mod copies;
pub mod eval;
pub mod examples;
pub mod learn;
pub mod outcome;
pub mod own;
pub mod sureness;

use crate::data::Failure;
use crate::polnear::Article;
use crate::product::Product;
use crate::score::Attribution;
use annotate::attribution_reader::{
    AttributionReading, GoldAttribution, LearningAttributions, Linked,
};
use text::Span;

/// Our own paragraphs, from the root of the checkout.
pub const PARAGRAPHS: &str = "gold/paragraphs.marks";

/// The weight file, from the root of the checkout.
pub const FILE: &str = "models/attributions.bin";

/// An article read up to where attributions are looked for.
fn read(product: &Product, article: &Article) -> Result<Vec<AttributionReading>, Failure> {
    let documents = product.documents(&article.path, article.text.as_bytes())?;
    Ok(documents
        .iter()
        .map(|document| product.attribution_reading(document))
        .collect())
}

/// A document to learn from.
fn learning(reading: AttributionReading, gold: &[Attribution], group: u64) -> LearningAttributions {
    let tokens = |spans: &[Span]| {
        let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
        let mut sorted = spans.to_vec();
        sorted.sort();
        for span in sorted {
            let tokens = reading.tokens_in(span);
            match ranges.last_mut() {
                Some(last) if last.end >= tokens.start => last.end = last.end.max(tokens.end),
                _ if tokens.is_empty() => {}
                _ => ranges.push(tokens),
            }
        }
        ranges
    };
    let gold = gold
        .iter()
        .map(|attribution| GoldAttribution {
            parts: [
                tokens(&attribution.source),
                tokens(&attribution.cue),
                tokens(&attribution.content),
            ],
        })
        .collect();
    LearningAttributions {
        reading,
        gold,
        group,
    }
}

/// An attribution as the measure knows it.
fn spans(reading: &AttributionReading, linked: &Linked) -> Attribution {
    let spans = |ranges: &[std::ops::Range<usize>]| -> Vec<Span> {
        ranges.iter().map(|tokens| reading.span(tokens)).collect()
    };
    Attribution {
        source: spans(&linked.source),
        cue: spans(&linked.cue),
        content: spans(&linked.content),
    }
}
