//! Brute force: every pair of texts compared by all their five-word runs.
//!
//! It shares nothing with what it measures but the length of a run.

use std::collections::{BTreeMap, HashSet};
use text::Document;

/// Of the pairs that share half of the shorter text's runs, how many are among those found; and how many such pairs there are.
pub fn recall(documents: &[&Document], found: &[(usize, usize)]) -> (usize, usize) {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let runs: Vec<HashSet<[usize; 5]>> = documents
        .iter()
        .map(|document| {
            let text = document.text.to_lowercase().replace(['\'', '’'], "");
            let words: Vec<usize> = text
                .split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(|word| {
                    let next = numbers.len();
                    *numbers.entry(word.to_owned()).or_insert(next)
                })
                .collect();
            words
                .windows(5)
                .filter_map(|run| run.try_into().ok())
                .collect()
        })
        .collect();
    let found: HashSet<(usize, usize)> = found.iter().copied().collect();
    let (mut met, mut all) = (0, 0);
    for (other, right) in runs.iter().enumerate() {
        for (one, left) in runs[..other].iter().enumerate() {
            let shared = left.intersection(right).count();
            if shared > 0 && shared * 2 >= left.len().min(right.len()) {
                all += 1;
                met += usize::from(found.contains(&(one, other)));
            }
        }
    }
    (met, all)
}
