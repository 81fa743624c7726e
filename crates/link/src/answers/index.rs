//! `Sides`: many texts, of which those that may be of one matter with another are found without comparing each.
//!
//! It does not decide whether they are.

use super::Side;
use std::collections::HashMap;

/// An index of sides by their stems.
#[derive(Debug, Clone, Default)]
pub struct Sides {
    /// For each stem the sides that have it.
    by_stem: HashMap<u64, Vec<u32>>,
    count: u32,
}

impl Sides {
    /// Adds a side; its number is how many were there before.
    pub fn add(&mut self, side: &Side) {
        for (key, _) in side.keys() {
            self.by_stem.entry(key).or_default().push(self.count);
        }
        self.count += 1;
    }

    /// The numbers of the sides that share most with one, by the rarity of what they share; at most so many, the nearest first.
    #[must_use]
    pub fn candidates(&self, side: &Side, most: usize) -> Vec<usize> {
        let mut shares: HashMap<u32, f64> = HashMap::new();
        for (key, weight) in side.keys() {
            let Some(having) = self.by_stem.get(&key) else {
                continue;
            };
            // What a great part of the sides has finds nothing, and would cost most.
            if having.len() > 50 && having.len() * 5 > self.count as usize {
                continue;
            }
            let rare = (f64::from(self.count) / having.len() as f64).ln_1p();
            for number in having {
                *shares.entry(*number).or_default() += weight.min(8.0) * rare;
            }
        }
        let mut found: Vec<(u32, f64)> = shares.into_iter().collect();
        found.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        found.truncate(most);
        found
            .into_iter()
            .map(|(number, _)| number as usize)
            .collect()
    }
}
