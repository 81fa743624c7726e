//! Multinomial logistic models: their weights as the weight files keep them, bytes in 1/64 of a unit of log-odds, and learning them
//! by stochastic gradients.
//!
//! It does not know what is judged.

use std::collections::BTreeMap;
use syntax::linear::{CLASSES, Cell, FeatureList, Row, Scorer, Scores, Shuffle, Weights};
use syntax::weight_file;

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

/// What a model learns from: features, the right class, how much it counts.
pub(crate) struct Lesson<'a> {
    pub(crate) features: &'a [u32],
    pub(crate) class: usize,
    pub(crate) weight: f64,
}

/// How a model learns.
pub(crate) struct Learning<const N: usize> {
    /// Passes over the lessons.
    pub(crate) rounds: u32,
    /// Step of a weight at its first gradient; it shrinks with the gradients seen (AdaGrad).
    pub(crate) step: f64,
    /// How strongly weights are drawn to where they began.
    pub(crate) drawn: f64,
    /// Features that were seen less often are left out.
    pub(crate) least: usize,
    /// Where weights begin, by feature; the others at 0.
    pub(crate) begun: BTreeMap<u32, [f64; N]>,
    /// Fixes the order of lessons.
    pub(crate) seed: u64,
}

/// A weight with the sum of its squared gradients.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    weight: f64,
    squares: f64,
}

/// The bytes of a weight file learnt from lessons; the same lessons and seed always give the same.
pub(crate) fn weight_bytes<const N: usize>(
    kind: &'static str,
    lessons: &[Lesson],
    how: &Learning<N>,
) -> Vec<u8> {
    let mut body = Vec::new();
    Weights::put(&rows(learn(lessons, how)), &mut body);
    weight_file::write(kind, &body)
}

fn learn<const N: usize>(lessons: &[Lesson], how: &Learning<N>) -> BTreeMap<u32, [f64; N]> {
    let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
    for feature in lessons.iter().flat_map(|lesson| lesson.features) {
        *seen.entry(*feature).or_default() += 1;
    }
    seen.retain(|_, count| *count >= how.least);
    let places: BTreeMap<u32, usize> = seen.into_keys().zip(0..).collect();
    let mut begun = vec![[0.0; N]; places.len()];
    for (feature, weights) in &how.begun {
        if let Some(place) = places.get(feature) {
            begun[*place] = *weights;
        }
    }
    let slot = |weight| Slot {
        weight,
        squares: 0.0,
    };
    let mut slots: Vec<[Slot; N]> = begun.iter().map(|weights| weights.map(slot)).collect();
    let known: Vec<Vec<usize>> = lessons
        .iter()
        .map(|lesson| {
            let place = |feature: &u32| places.get(feature).copied();
            lesson.features.iter().filter_map(place).collect()
        })
        .collect();
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut shuffle = Shuffle::new(how.seed);
    for _ in 0..how.rounds {
        shuffle.shuffle(&mut order);
        for &lesson in &order {
            let mut shares = [0.0; N];
            for place in &known[lesson] {
                for (sum, slot) in shares.iter_mut().zip(&slots[*place]) {
                    *sum += slot.weight;
                }
            }
            softmax(&mut shares);
            let Lesson {
                class: right,
                weight,
                ..
            } = lessons[lesson];
            for place in &known[lesson] {
                for (class, slot) in slots[*place].iter_mut().enumerate() {
                    let wanted = f64::from(u8::from(class == right));
                    let gradient = weight * (wanted - shares[class])
                        - how.drawn * (slot.weight - begun[*place][class]);
                    slot.squares += gradient * gradient;
                    slot.weight += how.step * gradient / (slot.squares + 1e-6).sqrt();
                }
            }
        }
    }
    let weight = |(feature, place): (u32, usize)| (feature, slots[place].map(|slot| slot.weight));
    places.into_iter().map(weight).collect()
}
