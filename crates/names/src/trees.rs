//! `Trees`: boosted trees whose nodes on one level all ask the same question, so that an answer is a few comparisons.
//!
//! It does not know what the numbers mean. Trees of this form: Prokhorenkova and others, "CatBoost" (2018).

use crate::features::NUMBERS;

/// Questions of a tree at most.
pub const DEEPEST: usize = 6;

/// A tree: questions, and a leaf for each pattern of answers.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The number that each question asks for.
    pub numbers: [u8; DEEPEST],
    /// The bound that it must be above for a yes; infinite where there is no question. The first answer is the lowest bit of the
    /// leaf's place.
    pub bounds: [f32; DEEPEST],
    /// For each pattern of answers log odds in steps of `LEAF_STEP`.
    pub leaves: [i16; 1 << DEEPEST],
}

/// Leaves are kept in steps of this many log odds.
pub const LEAF_STEP: f32 = 1.0 / 4096.0;

/// A sum of trees.
#[derive(Debug, Clone, Default)]
pub struct Trees {
    /// The log odds to begin with.
    pub base: f32,
    /// The trees.
    pub trees: Vec<Tree>,
}

impl Trees {
    /// The log odds of a pair.
    #[must_use]
    pub fn answer(&self, numbers: &[f32; NUMBERS]) -> f32 {
        let mut sum = 0i32;
        for tree in &self.trees {
            let mut place = 0usize;
            for (level, (&number, &bound)) in tree.numbers.iter().zip(&tree.bounds).enumerate() {
                place |= usize::from(numbers[usize::from(number) % NUMBERS] > bound) << level;
            }
            sum += i32::from(tree.leaves[place % (1 << DEEPEST)]);
        }
        self.base + sum as f32 * LEAF_STEP
    }
}
