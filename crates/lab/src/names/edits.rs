//! The edits of the transducer, counted from true pairs by expectation and maximisation over best alignments.
//!
//! It does not know false pairs; the linear part and the trees learn from those.

use names::learning::{Edit, KINDS, Letters, PIECE, Transducer};
use std::collections::BTreeMap;

/// Rounds of aligning and counting.
const ROUNDS: usize = 5;
/// Edits of more than one letter that are kept at most.
const MOST: usize = 2200;
/// An edit is kept that so many pairs need.
const FEWEST: f64 = 4.0;

type Pieces = (Vec<u8>, Vec<u8>);
type Counts = BTreeMap<Pieces, f64>;

/// The edits that best explain the pairs.
pub fn count<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Edit> {
    let pairs: Vec<(Letters, Letters)> = pairs
        .map(|(left, right)| (Letters::of(left), Letters::of(right)))
        .collect();
    let mut letters = [1.0f64; KINDS];
    for (left, right) in &pairs {
        for &letter in left.all().iter().chain(right.all()) {
            letters[usize::from(letter)] += 1.0;
        }
    }
    let total: f64 = letters.iter().sum();
    let chance = letters.map(|count| (count / total).ln());
    let mut edits = first();
    for round in 0..ROUNDS {
        let transducer = Transducer::new(edits);
        let mut counts = Counts::new();
        for (left, right) in &pairs {
            collect(&transducer, left, right, round, &mut counts);
        }
        edits = weigh(counts, &chance);
    }
    edits
}

/// Edits to begin with: a letter stands for itself, a vowel for another.
fn first() -> Vec<Edit> {
    let vowels: Vec<u8> = Letters::of("aeiouy").all().to_vec();
    let mut edits: Vec<Edit> = (0..KINDS as u8)
        .map(|letter| Edit::new(&[letter], &[letter], 3.0))
        .collect();
    for (at, &one) in vowels.iter().enumerate() {
        edits.push(Edit::new(&[one], &[], -2.0));
        for &other in &vowels[at + 1..] {
            edits.push(Edit::new(&[one], &[other], -1.0));
        }
    }
    for (one, other) in [
        "vw", "ck", "kq", "gk", "sz", "cs", "jy", "ij", "td", "bp", "cz", "zj", "gj", "xh", "hk",
    ]
    .iter()
    .filter_map(|two| {
        <[u8; 2]>::try_from(Letters::of(two).all())
            .ok()
            .map(|[a, b]| (a, b))
    }) {
        edits.push(Edit::new(&[one], &[other], -1.5));
    }
    edits.push(Edit::new(Letters::of("h").all(), &[], -3.0));
    edits
}

/// Counts what a best alignment does; in all but the last rounds also what neighbouring steps would be as one.
fn collect(
    transducer: &Transducer,
    left: &Letters,
    right: &Letters,
    round: usize,
    counts: &mut Counts,
) {
    let alignment = transducer.align(left, right);
    let steps = alignment.steps();
    if alignment.gain < -6.0 {
        return;
    }
    let (left, right) = (left.all(), right.all());
    for begin in 0..steps.len() {
        for end in begin + 1..=(begin + PIECE).min(steps.len()) {
            let (first, last) = (steps[begin], steps[end - 1]);
            let (i, j) = (usize::from(first.left), usize::from(first.right));
            let one = &left[i..usize::from(last.left + last.left_len)];
            let other = &right[j..usize::from(last.right + last.right_len)];
            if one.len() > PIECE || other.len() > PIECE {
                break;
            }
            if end > begin + 1 && (one == other || round + 1 >= ROUNDS) {
                continue;
            }
            let share = if end == begin + 1 {
                1.0
            } else if round == 0 {
                0.5
            } else {
                0.15
            };
            let key = if one <= other {
                (one.to_vec(), other.to_vec())
            } else {
                (other.to_vec(), one.to_vec())
            };
            *counts.entry(key).or_default() += share;
        }
    }
}

/// Gains of counted edits: the logarithm of the edit's share over that of its letters by chance.
fn weigh(counts: Counts, chance: &[f64; KINDS]) -> Vec<Edit> {
    let total: f64 = counts.values().sum();
    let mut kept: Vec<(Pieces, f64)> = counts
        .into_iter()
        .filter(|((one, other), count)| *count >= FEWEST || one == other)
        .collect();
    kept.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    kept.truncate(MOST);
    kept.into_iter()
        .map(|((one, other), count)| {
            let by_chance: f64 = one
                .iter()
                .chain(&other)
                .map(|&letter| chance[usize::from(letter)])
                .sum();
            // The two directions of an edit share its count.
            let ways = if one == other { 1.0 } else { 2.0 };
            Edit::new(
                &one,
                &other,
                ((count / ways + 0.1) / total).ln() - by_chance,
            )
        })
        .collect()
}
