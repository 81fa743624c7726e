//! Logistic regression with few weights by Newton's method, over counts that are brought to one scale.
//!
//! It does not know what is counted. A count that never varies gets no weight.

/// How strongly weights are held to nothing, in examples, at one scale.
const RIDGE: f64 = 1.0;
const ROUNDS: usize = 12;

/// An example: what was counted, and whether it is so.
pub type Example<'e, const N: usize> = (&'e [f64; N], bool);

/// The weights that explain the examples best; the first count is the bias.
pub fn weights<const N: usize>(examples: &[Example<N>]) -> [f64; N] {
    let count = examples.len().max(1) as f64;
    let mut scale = [1.0; N];
    for i in 1..N {
        let mean = examples.iter().map(|(counts, _)| counts[i]).sum::<f64>() / count;
        let square = examples
            .iter()
            .map(|(counts, _)| (counts[i] - mean).powi(2))
            .sum::<f64>()
            / count;
        scale[i] = square.sqrt().max(1e-6);
    }
    let mut weights = [0.0; N];
    for _ in 0..ROUNDS {
        let mut slope = [0.0; N];
        let mut bend = [[0.0; N]; N];
        for (counts, is) in examples {
            let mut scaled = [0.0; N];
            for i in 0..N {
                scaled[i] = counts[i] / scale[i];
            }
            let odds: f64 = weights
                .iter()
                .zip(&scaled)
                .map(|(weight, count)| weight * count)
                .sum();
            let probability = 1.0 / (1.0 + (-odds).exp());
            let error = f64::from(u8::from(*is)) - probability;
            let spread = (probability * (1.0 - probability)).max(1e-6);
            for i in 0..N {
                slope[i] += error * scaled[i];
                for (cell, other) in bend[i].iter_mut().zip(scaled) {
                    *cell += spread * scaled[i] * other;
                }
            }
        }
        for i in 0..N {
            let ridge = if i == 0 { 1e-6 } else { RIDGE };
            slope[i] -= ridge * weights[i];
            bend[i][i] += ridge;
        }
        for (weight, step) in weights.iter_mut().zip(solved(bend, slope)) {
            *weight += step.clamp(-3.0, 3.0);
        }
    }
    for (weight, scale) in weights.iter_mut().zip(scale) {
        *weight /= scale;
    }
    weights
}

/// Solves a symmetric positive system by Gaussian elimination.
fn solved<const N: usize>(mut rows: [[f64; N]; N], mut values: [f64; N]) -> [f64; N] {
    for i in 0..N {
        let (row, value) = (rows[i], values[i]);
        for k in i + 1..N {
            let factor = rows[k][i] / row[i];
            for (cell, above) in rows[k].iter_mut().zip(row) {
                *cell -= factor * above;
            }
            values[k] -= factor * value;
        }
    }
    for i in (0..N).rev() {
        let known: f64 = (i + 1..N).map(|j| rows[i][j] * values[j]).sum();
        values[i] = (values[i] - known) / rows[i][i];
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_gets_its_sign_and_what_never_varies_none() {
        let rows: Vec<([f64; 3], bool)> = (0..40)
            .map(|n| {
                (
                    [1.0, f64::from(n % 2), 7.0 * f64::from(u8::from(n > 99))],
                    n % 2 == 1,
                )
            })
            .collect();
        let examples: Vec<Example<3>> = rows.iter().map(|(counts, is)| (counts, *is)).collect();
        let weights = weights(&examples);
        assert!(weights[1] > 1.0 && weights[0] < 0.0, "{weights:?}");
        assert!(weights[2].abs() < 1e-6);
    }
}
