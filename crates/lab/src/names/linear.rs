//! The linear part: one weight for each key, learnt by logistic regression with AdaGrad's steps.
//!
//! It does not know what a key stands for.

use names::learning::KEY_BITS;

/// Keys of a pair, its label, how much it counts.
pub struct Example<'a> {
    pub keys: &'a [u32],
    pub same: bool,
    pub weight: f32,
}

/// How it is learnt.
#[derive(Debug, Clone, Copy)]
pub struct Recipe {
    pub rounds: usize,
    pub step: f32,
    pub penalty: f32,
}

/// The weights after all rounds; the examples are gone through in a fixed shuffled order.
pub fn learn(examples: &[Example], recipe: Recipe) -> Vec<f32> {
    let mut weights = vec![0.0f32; 1 << KEY_BITS];
    let mut squares = vec![1e-6f32; 1 << KEY_BITS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = 1u64;
    for round in 0..recipe.rounds {
        for at in (1..order.len()).rev() {
            order.swap(at, (draw(&mut state) % (at as u64 + 1)) as usize);
        }
        let step = recipe.step / (1.0 + round as f32 * 0.3);
        for &at in &order {
            let example = &examples[at];
            let sum = sum(&weights, example.keys);
            let wanted = if example.same { 1.0 } else { 0.0 };
            let slope = (1.0 / (1.0 + (-sum).exp()) - wanted) * example.weight;
            for &key in example.keys {
                let key = key as usize;
                let slope = slope + recipe.penalty * weights[key];
                squares[key] += slope * slope;
                weights[key] -= step * slope / squares[key].sqrt();
            }
        }
    }
    weights
}

/// The log odds of keys.
pub fn sum(weights: &[f32], keys: &[u32]) -> f32 {
    keys.iter().map(|&key| weights[key as usize]).sum()
}

/// The next number of a linear congruential generator (Knuth's MMIX), its high bits.
pub fn draw(state: &mut u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}
