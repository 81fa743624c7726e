//! Logistic regression with few weights: Newton's method with a ridge.
//!
//! It does not know what is counted.

use ::names::{COUNT_NAMES, COUNTS};

/// What each count is taken to weigh before an example is seen, in the order of `COUNT_NAMES`: everything that is counted speaks
/// against a match, another legal form much and another order little.
const BEFORE: [f64; COUNTS] = [
    2.5, -0.5, -1.5, -0.5, -0.5, -3.0, -0.5, -0.5, -0.2, -0.3, -1.5, -1.5, -2.0, -0.5,
];

/// How strongly weights are held to that, in examples.
const RIDGE: f64 = 1.0;

/// The same for what too few examples show: that one word of a name is not the whole name.
const RIDGE_THIN: f64 = 5.0;

const ROUNDS: usize = 25;

/// The probability by these weights.
pub fn probability(weights: &[f64; COUNTS], counts: &[f64; COUNTS]) -> f64 {
    let odds: f64 = weights
        .iter()
        .zip(counts)
        .map(|(weight, count)| weight * count)
        .sum();
    1.0 / (1.0 + (-odds).exp())
}

/// The weights that explain the examples best; the first count is the bias, which nothing holds back. All others are of what
/// speaks against a match: none may speak for it, whatever so few examples say.
pub fn weights(examples: Vec<([f64; COUNTS], bool)>) -> [f64; COUNTS] {
    let mut weights = BEFORE;
    for _ in 0..ROUNDS {
        let mut slope = [0.0; COUNTS];
        let mut bend = [[0.0; COUNTS]; COUNTS];
        for (counts, same) in &examples {
            let probability = probability(&weights, counts);
            let error = f64::from(u8::from(*same)) - probability;
            let spread = (probability * (1.0 - probability)).max(1e-6);
            for i in 0..COUNTS {
                slope[i] += error * counts[i];
                for j in 0..COUNTS {
                    bend[i][j] += spread * counts[i] * counts[j];
                }
            }
        }
        let mut still = [false; COUNTS];
        for i in 0..COUNTS {
            let ridge = match COUNT_NAMES[i] {
                "bias" => 1e-3,
                "thin" => RIDGE_THIN,
                _ => RIDGE,
            };
            slope[i] -= ridge * (weights[i] - BEFORE[i]);
            bend[i][i] += ridge;
            still[i] = i > 0 && weights[i] == 0.0 && slope[i] > 0.0;
        }
        for i in (0..COUNTS).filter(|i| still[*i]) {
            // What would speak for a match stays at nothing and pulls no other weight along.
            bend[i] = [0.0; COUNTS];
            for row in &mut bend {
                row[i] = 0.0;
            }
            bend[i][i] = 1.0;
            slope[i] = 0.0;
        }
        let step = solved(bend, slope);
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight += step.clamp(-2.0, 2.0);
        }
        for weight in &mut weights[1..] {
            *weight = weight.min(0.0);
        }
    }
    weights
}

/// Solves a symmetric positive system by Gaussian elimination.
fn solved(mut rows: [[f64; COUNTS]; COUNTS], mut values: [f64; COUNTS]) -> [f64; COUNTS] {
    for i in 0..COUNTS {
        let (row, value) = (rows[i], values[i]);
        for k in i + 1..COUNTS {
            let factor = rows[k][i] / row[i];
            for (cell, above) in rows[k].iter_mut().zip(row) {
                *cell -= factor * above;
            }
            values[k] -= factor * value;
        }
    }
    for i in (0..COUNTS).rev() {
        let known: f64 = (i + 1..COUNTS).map(|j| rows[i][j] * values[j]).sum();
        values[i] = (values[i] - known) / rows[i][i];
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_gets_its_sign() {
        let example = |count: f64, same| {
            let mut counts = [0.0; COUNTS];
            (counts[0], counts[1]) = (1.0, count);
            (counts, same)
        };
        let weights = weights(vec![
            example(0.0, true),
            example(0.0, true),
            example(2.0, false),
            example(2.0, false),
        ]);
        assert!(weights[1] < -0.5, "{weights:?}");
        assert!(probability(&weights, &example(0.0, true).0) > 0.6);
    }
}
