//! How good probabilities are: log-loss, calibration error, and precision among the surest.
//!
//! The arithmetic does not know what was predicted, nor by whom; the command `lab eval calibration` asks it about every field of
//! a claim's confidence.

mod command;

pub use command::run;

/// Probabilities are kept this far from 0 and 1, so that one surprise does not weigh without bound.
const LEAST: f64 = 0.001;

/// The equal bins of the calibration error.
const BINS: usize = 10;

/// A prediction and what came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// The probability that was given, 0 to 1.
    pub probability: f64,
    /// Whether it was right.
    pub right: bool,
}

/// The mean negative log-likelihood, in nats; 0 for none.
pub fn log_loss(predictions: &[Prediction]) -> f64 {
    let sum: f64 = predictions
        .iter()
        .map(|prediction| {
            let probability = prediction.probability.clamp(LEAST, 1.0 - LEAST);
            -if prediction.right {
                probability.ln()
            } else {
                (1.0 - probability).ln()
            }
        })
        .sum();
    share(sum, predictions.len())
}

/// The expected calibration error, 0 to 1: over ten equal bins of probability, how far the mean probability lies from
/// the share that was right, weighted by the predictions in the bin (Naeini, Cooper & Hauskrecht 2015).
pub fn calibration_error(predictions: &[Prediction]) -> f64 {
    let mut gaps = [0.0; BINS];
    for prediction in predictions {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "the bin of a probability is a small number"
        )]
        let bin = ((prediction.probability * BINS as f64) as usize).min(BINS - 1);
        gaps[bin] += prediction.probability - f64::from(u8::from(prediction.right));
    }
    share(
        gaps.iter().map(|gap: &f64| gap.abs()).sum(),
        predictions.len(),
    )
}

/// The share that is right among the surest `part` (0 to 1) of the predictions. Of equally sure ones at the border each
/// counts in proportion, so that their order does not matter.
pub fn precision_at(predictions: &[Prediction], part: f64) -> f64 {
    let mut sorted = predictions.to_vec();
    sorted.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let wanted = share_of(predictions.len(), part);
    let (mut taken, mut right) = (0.0, 0.0);
    for equal in sorted.chunk_by(|a, b| a.probability.total_cmp(&b.probability).is_eq()) {
        let size = share_of(equal.len(), 1.0);
        let used = size.min(wanted - taken);
        let good = equal.iter().filter(|prediction| prediction.right).count();
        right += used * share(share_of(good, 1.0), equal.len());
        taken += used;
    }
    if taken > 0.0 { right / taken } else { 0.0 }
}

/// The share of the predictions that are at least so sure, and the share of these that is right; the second is none where
/// nothing is so sure.
pub fn above(predictions: &[Prediction], threshold: f64) -> (f64, Option<f64>) {
    let sure = predictions
        .iter()
        .filter(|prediction| prediction.probability >= threshold);
    let taken = sure.clone().count();
    let right = sure.filter(|prediction| prediction.right).count();
    (
        share(share_of(taken, 1.0), predictions.len()),
        (taken > 0).then(|| share(share_of(right, 1.0), taken)),
    )
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn share(sum: f64, count: usize) -> f64 {
    sum / count.max(1) as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn share_of(count: usize, part: f64) -> f64 {
    count as f64 * part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn predictions(list: &[(f64, bool)]) -> Vec<Prediction> {
        list.iter()
            .map(|&(probability, right)| Prediction { probability, right })
            .collect()
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn log_loss_punishes_sure_errors_and_stays_finite() {
        assert!(near(
            log_loss(&predictions(&[(0.5, true), (0.5, false)])),
            2f64.ln()
        ));
        assert!(near(log_loss(&predictions(&[(1.0, false)])), -LEAST.ln()));
        assert!(near(log_loss(&[]), 0.0));
    }

    #[test]
    fn calibration_error_is_the_weighted_gap_of_the_bins() {
        // Three of four right where .75 was said: no gap. One of two where 1.0 was said: a gap of a half.
        let good = [(0.75, true), (0.75, true), (0.75, false), (0.75, true)];
        assert!(near(calibration_error(&predictions(&good)), 0.0));
        let mut mixed = good.to_vec();
        mixed.extend([(1.0, true), (1.0, false)]);
        assert!(near(
            calibration_error(&predictions(&mixed)),
            0.5 * 2.0 / 6.0
        ));
    }

    #[test]
    fn precision_among_the_surest_does_not_depend_on_the_order_of_equals() {
        let mut list = vec![(0.9, true), (0.5, true), (0.5, false), (0.1, false)];
        for _ in 0..2 {
            let made = predictions(&list);
            assert!(near(precision_at(&made, 0.25), 1.0));
            assert!(near(precision_at(&made, 0.5), 0.75));
            assert!(near(precision_at(&made, 1.0), 0.5));
            list.reverse();
        }
        assert!(near(precision_at(&[], 0.5), 0.0));
    }

    #[test]
    fn a_threshold_covers_what_is_at_least_so_sure() {
        let list = predictions(&[(0.9, true), (0.5, true), (0.5, false), (0.1, false)]);
        let (covered, right) = above(&list, 0.5);
        assert!(near(covered, 0.75) && near(right.unwrap(), 2.0 / 3.0));
        assert_eq!(above(&list, 0.95), (0.0, None));
        assert_eq!(above(&[], 0.0), (0.0, None));
    }
}
