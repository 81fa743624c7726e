//! How sure an attribution is: a logistic model over margins and witnesses, learnt from readings of held-back articles.
//!
//! It does not know gold; `train` says which readings were right.

use super::features::distance;
use super::labels::Part;
use super::linker::{Link, Runs};
use super::reading::AttributionReading;
use crate::logistic::{self, logistic};
use std::collections::BTreeMap;
use syntax::linear::{Feature, FeatureList, Row, Scorer};

/// What is judged: that such an attribution stands there with this content, and that its source is right too.
pub(crate) const JUDGED: usize = 2;

/// A margin in bins.
fn bin(margin: i32) -> u32 {
    let magnitude = match margin.unsigned_abs() {
        0..=15 => 0,
        16..=40 => 1,
        41..=80 => 2,
        81..=130 => 3,
        131..=200 => 4,
        201..=300 => 5,
        301..=450 => 6,
        451..=700 => 7,
        701..=1000 => 8,
        _ => 9,
    };
    magnitude + 16 * u32::from(margin < 0)
}

/// What is known of a reading: `margins` has one for each token of the document.
pub(crate) fn collect(
    reading: &AttributionReading,
    runs: &Runs,
    link: &Link,
    margins: &[i32],
    rates: &[u8],
    into: &mut FeatureList,
) {
    into.clear();
    let least = |place: usize| {
        let tokens = runs.runs[place].tokens.clone();
        tokens.filter_map(|token| margins.get(token)).min().copied()
    };
    let edges = |place: usize| {
        let tokens = &runs.runs[place].tokens;
        let at = |token: usize| margins.get(token).copied().unwrap_or(0);
        (at(tokens.start), at(tokens.end - 1), at(tokens.end))
    };
    let cue = link.cue.iter().filter_map(|place| least(*place)).max();
    let cue = bin(cue.unwrap_or(0));
    let content = bin(link
        .content
        .iter()
        .filter_map(|place| least(*place))
        .min()
        .unwrap_or(0));
    let source = link.source.and_then(least).map_or(99, bin);
    let of = Feature::of;
    into.add(of(0));
    into.add(of(1).with(cue));
    into.add(of(2).with(content));
    into.add(of(3).with(source));
    into.add(of(4).with(bin(link.source_margin)));
    into.add(
        of(5)
            .with(bin(link.source_margin))
            .with(u32::from(link.source.is_none())),
    );
    into.add(of(6).with(bin(link.content_margin)));
    if let (Some(first), Some(last)) = (link.content.first(), link.content.last()) {
        into.add(of(7).with(bin(edges(*first).0)));
        into.add(of(8).with(bin(edges(*last).1)));
        into.add(of(9).with(bin(edges(*last).2)));
        let words: usize = link
            .content
            .iter()
            .map(|place| runs.runs[*place].tokens.len())
            .sum();
        let quoted = reading.seen[runs.runs[*first].tokens.start].quotation != 0;
        into.add(of(10).with(distance(words)).with(u32::from(quoted)));
        into.add(of(11).with(link.content.len().min(3) as u32));
    }
    if let Some(first) = link.cue.first() {
        let tokens = runs.runs[*first].tokens.clone();
        let rate = tokens
            .clone()
            .filter_map(|token| rates.get(token))
            .max()
            .copied()
            .unwrap_or(0);
        let pattern = tokens
            .clone()
            .any(|token| reading.seen[token].pattern / 2 == 2);
        let known = tokens.clone().any(|token| reading.seen[token].lexicon != 0);
        into.add(of(12).with(rate.into()));
        into.add(of(13).with(u32::from(pattern)));
        into.add(of(14).with(u32::from(known)).with(rate.into()));
        into.add(of(15).with(u32::from(pattern)).with(cue));
        into.add(of(16).with(tokens.len().min(5) as u32));
        into.add(of(17).with(u32::from(reading.seen[tokens.start].quotation != 0)));
    }
    if let Some(source) = link.source {
        let tokens = runs.runs[source].tokens.clone();
        let agrees = tokens
            .clone()
            .any(|token| reading.seen[token].pattern / 2 == 1);
        into.add(of(18).with(u32::from(agrees)));
        into.add(
            of(19)
                .with(u32::from(agrees))
                .with(source_kind(reading, &tokens)),
        );
    }
    debug_assert!(
        link.content
            .iter()
            .all(|place| runs.runs[*place].part == Part::Content)
    );
}

fn source_kind(reading: &AttributionReading, tokens: &std::ops::Range<usize>) -> u32 {
    let named = tokens
        .clone()
        .any(|token| reading.seen[token].mention >= 64);
    u32::from(named) + 2 * tokens.len().min(3) as u32
}

/// The probabilities, from the weights of `fit`.
pub(crate) fn probabilities(weights: &impl Scorer, features: &FeatureList) -> [f64; JUDGED] {
    logistic::odds(weights, features).map(logistic)
}

/// A reading with what it turned out to be.
pub(crate) struct Case {
    pub(crate) features: Vec<u32>,
    pub(crate) right: [bool; JUDGED],
}

/// Fits the weights by stochastic gradients on the log-loss, drawn towards zero; the order of the cases is the data's.
pub(crate) fn fit(cases: &[Case]) -> Vec<Row> {
    let mut weights: BTreeMap<u32, [f64; JUDGED]> = BTreeMap::new();
    let rounds = 60;
    for round in 0..rounds {
        let rate = 0.05 / (1.0 + f64::from(round) / 6.0);
        for case in cases {
            let mut odds = [0.0; JUDGED];
            for feature in &case.features {
                let known = weights.entry(*feature).or_default();
                for (sum, weight) in odds.iter_mut().zip(known) {
                    *sum += *weight;
                }
            }
            for feature in &case.features {
                let known = weights.entry(*feature).or_default();
                for judged in 0..JUDGED {
                    let wanted = f64::from(u8::from(case.right[judged]));
                    let gap = wanted - logistic(odds[judged]);
                    known[judged] += rate * (gap - 0.0005 * known[judged]);
                }
            }
        }
    }
    logistic::rows(weights)
}
