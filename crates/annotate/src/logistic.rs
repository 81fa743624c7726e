//! Weights of logistic models as the weight files keep them: bytes in 1/64 of a unit of log-odds.
//!
//! It does not know what is judged, nor how weights are learnt.

use std::collections::BTreeMap;
use syntax::linear::{CLASSES, Cell, FeatureList, Row, Scorer, Scores};

/// Weights in one unit of log-odds.
pub(crate) const UNIT: f64 = 64.0;

/// The log-odds of each class.
pub(crate) fn odds<const N: usize>(weights: &impl Scorer, features: &FeatureList) -> [f64; N] {
    let mut scores: Scores = [0; CLASSES];
    weights.score(features.all(), &mut scores);
    let mut odds = [0.0; N];
    for (odds, score) in odds.iter_mut().zip(scores) {
        *odds = f64::from(score) / UNIT;
    }
    odds
}

/// The probability of what has these log-odds.
pub(crate) fn logistic(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

/// Makes log-odds of classes of which one holds their probabilities; they add up to 1.
pub(crate) fn softmax(odds: &mut [f64]) {
    let most = odds.iter().copied().fold(f64::MIN, f64::max);
    let mut sum = 0.0;
    for odds in odds.iter_mut() {
        *odds = (*odds - most).exp();
        sum += *odds;
    }
    for share in odds {
        *share /= sum;
    }
}

/// The rows of a weight file.
pub(crate) fn rows<const N: usize>(weights: BTreeMap<u32, [f64; N]>) -> Vec<Row> {
    let row = |(feature, weights): (u32, [f64; N])| {
        let cells: Vec<Cell> = (0..)
            .zip(weights)
            .map(|(class, weight)| Cell {
                class,
                weight: code(weight * UNIT),
            })
            .filter(|cell| cell.weight != 0)
            .collect();
        (!cells.is_empty()).then_some((feature, cells))
    };
    weights.into_iter().filter_map(row).collect()
}

/// The byte whose value in `Weights` is nearest: a code c stands for c + c·|c|/32.
fn code(value: f64) -> i8 {
    let stands_for = |code: i32| f64::from(code + code * code.abs() / 32);
    (-127..=127)
        .min_by(|a, b| {
            let away = |code: i32| (stands_for(code) - value).abs();
            away(*a).total_cmp(&away(*b))
        })
        .and_then(|code| i8::try_from(code).ok())
        .unwrap_or(0)
}
