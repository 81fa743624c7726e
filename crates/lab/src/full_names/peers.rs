//! Plain string measures on full names: Levenshtein and Jaro-Winkler, each with the threshold that suits it best here.
//!
//! It does not know names.

use super::Pair;
use ::names::fold;

/// How alike two names are, from 0 to 1.
type Measure = fn(&str, &str) -> f64;

/// The measures by name.
pub const MEASURES: [(&str, Measure); 2] = [
    ("Levenshtein, best least", levenshtein),
    ("Jaro-Winkler, best least", jaro_winkler),
];

/// The threshold with the best F1 on these very pairs, in hundredths: a favour to the measure.
pub fn least(pairs: &[Pair], scores: &[f64]) -> f64 {
    let f1 = |least: f64| {
        let given = scores.iter().filter(|score| **score >= least).count();
        let wanted = pairs.iter().filter(|pair| pair.same).count();
        let both = pairs.iter().zip(scores);
        let right = both
            .filter(|(pair, score)| pair.same && **score >= least)
            .count();
        2.0 * right as f64 / (given + wanted).max(1) as f64
    };
    (30..100)
        .map(|hundredth| f64::from(hundredth) / 100.0)
        .max_by(|a, b| f1(*a).total_cmp(&f1(*b)))
        .unwrap_or(0.7)
}

fn levenshtein(left: &str, right: &str) -> f64 {
    let (left, right) = (fold(left).into_bytes(), fold(right).into_bytes());
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let kept = corner + usize::from(a != b);
            corner = row[j + 1];
            row[j + 1] = kept.min(corner + 1).min(row[j] + 1);
        }
    }
    1.0 - row[right.len()] as f64 / left.len().max(right.len()).max(1) as f64
}

fn jaro_winkler(left: &str, right: &str) -> f64 {
    let (left, right) = (fold(left).into_bytes(), fold(right).into_bytes());
    let reach = (left.len().max(right.len()) / 2).saturating_sub(1);
    let mut taken = vec![false; right.len()];
    let mut met = Vec::new();
    for (i, a) in left.iter().enumerate() {
        let near = i.saturating_sub(reach)..(i + reach + 1).min(right.len());
        if let Some(j) = near.into_iter().find(|j| !taken[*j] && right[*j] == *a) {
            taken[j] = true;
            met.push(*a);
        }
    }
    if met.is_empty() {
        return 0.0;
    }
    let others = right
        .iter()
        .zip(&taken)
        .filter(|(_, taken)| **taken)
        .map(|(b, _)| b);
    let moved = met.iter().zip(others).filter(|(a, b)| a != b).count() as f64 / 2.0;
    let count = met.len() as f64;
    let jaro =
        (count / left.len() as f64 + count / right.len() as f64 + (count - moved) / count) / 3.0;
    let head = left
        .iter()
        .zip(&right)
        .take(4)
        .take_while(|(a, b)| a == b)
        .count();
    jaro + head as f64 * 0.1 * (1.0 - jaro)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measures_are_the_known_ones() {
        // The examples are those of Winkler's papers.
        assert!((jaro_winkler("martha", "marhta") - 0.9611).abs() < 1e-3);
        assert!((jaro_winkler("dwayne", "duane") - 0.84).abs() < 1e-3);
        assert!((levenshtein("velik", "velim") - 0.8).abs() < 1e-9);
    }
}
