//! Learning the acts of cues: a multinomial logistic model by stochastic gradients.
//!
//! It does not know where labelled cues come from.

use super::features::by_rules;
use super::model::{CLASSES, KIND, class};
use crate::Act;
use crate::logistic::{rows, softmax};
use std::collections::BTreeMap;
use syntax::linear::{Shuffle, Weights};
use syntax::weight_file;

/// A labelled cue.
#[derive(Debug, Clone)]
pub struct LearningAct {
    /// As `read_cues` gives them.
    pub features: Vec<u32>,
    /// The act; nothing where the source does not do it.
    pub act: Option<Act>,
}

/// Passes over the data.
const ROUNDS: u32 = 15;
/// Step of a weight at its first gradient; it shrinks with the gradients seen (AdaGrad).
const STEP: f64 = 0.1;
/// How strongly weights are drawn to where they began.
const DRAWN: f64 = 0.2;
/// Features that were seen less often are left out.
const LEAST: usize = 2;
/// The log-odds with which the model begins for what the rules say, and for what they guess from a modal: it leaves them where
/// labelled cues speak against them.
const RULES: [f64; 2] = [3.0, 1.0];
/// How much more a rare act weighs: its share of the cues to the power of minus this.
const BALANCE: f64 = 0.5;

/// A weight with the sum of its squared gradients.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    weight: f64,
    squares: f64,
}

/// The bytes of a weight file learnt from these cues; the same cues and seed always give the same bytes.
#[must_use]
pub fn train(cues: &[LearningAct], seed: u64) -> Vec<u8> {
    let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
    for feature in cues.iter().flat_map(|cue| &cue.features) {
        *seen.entry(*feature).or_default() += 1;
    }
    seen.retain(|_, count| *count >= LEAST);
    let places: BTreeMap<u32, usize> = seen.into_keys().zip(0..).collect();
    let mut slots = vec![[Slot::default(); CLASSES]; places.len()];
    let mut begun = vec![[0.0; CLASSES]; places.len()];
    for class in 0..CLASSES {
        for (feature, odds) in by_rules(class).into_iter().zip(RULES) {
            if let Some(place) = places.get(&feature) {
                slots[*place][class].weight = odds;
                begun[*place][class] = odds;
            }
        }
    }
    let mut order: Vec<usize> = (0..cues.len()).collect();
    let mut shuffle = Shuffle::new(seed);
    let known: Vec<Vec<usize>> = cues
        .iter()
        .map(|cue| {
            let place = |feature: &u32| places.get(feature).copied();
            cue.features.iter().filter_map(place).collect()
        })
        .collect();
    let mut counts = [0_usize; CLASSES];
    for cue in cues {
        counts[class(cue.act)] += 1;
    }
    let heavy = counts.map(|count| {
        let even = share(cues.len(), CLASSES);
        (even / share(count.max(1), 1)).powf(BALANCE)
    });
    for _ in 0..ROUNDS {
        shuffle.shuffle(&mut order);
        for &cue in &order {
            let mut odds = [0.0; CLASSES];
            for place in &known[cue] {
                for (sum, slot) in odds.iter_mut().zip(&slots[*place]) {
                    *sum += slot.weight;
                }
            }
            let mut shares = odds;
            softmax(&mut shares);
            let right = class(cues[cue].act);
            for place in &known[cue] {
                for (class, slot) in slots[*place].iter_mut().enumerate() {
                    let wanted = f64::from(u8::from(class == right));
                    let gradient = heavy[right] * (wanted - shares[class])
                        - DRAWN * (slot.weight - begun[*place][class]);
                    slot.squares += gradient * gradient;
                    slot.weight += STEP * gradient / (slot.squares + 1e-6).sqrt();
                }
            }
        }
    }
    let weights = places
        .into_iter()
        .map(|(feature, place)| (feature, slots[place].map(|slot| slot.weight)));
    let mut body = Vec::new();
    Weights::put(&rows(weights.collect()), &mut body);
    weight_file::write(KIND, &body)
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn share(of: usize, among: usize) -> f64 {
    of as f64 / among as f64
}
