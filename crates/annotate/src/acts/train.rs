//! Learning the acts of cues: a multinomial logistic model by stochastic gradients.
//!
//! It does not know where labelled cues come from.

use super::features::by_rules;
use super::model::{CLASSES, KIND, class};
use crate::Act;
use crate::logistic::{Learning, Lesson, weight_bytes};
use std::collections::BTreeMap;

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

/// The bytes of a weight file learnt from these cues; the same cues and seed always give the same bytes.
#[must_use]
pub fn train(cues: &[LearningAct], seed: u64) -> Vec<u8> {
    let mut begun: BTreeMap<u32, [f64; CLASSES]> = BTreeMap::new();
    for class in 0..CLASSES {
        for (feature, odds) in by_rules(class).into_iter().zip(RULES) {
            begun.entry(feature).or_insert([0.0; CLASSES])[class] = odds;
        }
    }
    let mut counts = [0_usize; CLASSES];
    for cue in cues {
        counts[class(cue.act)] += 1;
    }
    let heavy = counts.map(|count| {
        let even = share(cues.len(), CLASSES);
        (even / share(count.max(1), 1)).powf(BALANCE)
    });
    let lessons = cues.iter().map(|cue| Lesson {
        features: &cue.features,
        class: class(cue.act),
        weight: heavy[class(cue.act)],
    });
    let lessons: Vec<Lesson> = lessons.collect();
    weight_bytes(
        KIND,
        &lessons,
        &Learning {
            rounds: ROUNDS,
            step: STEP,
            drawn: DRAWN,
            least: LEAST,
            begun,
            seed,
        },
    )
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn share(of: usize, among: usize) -> f64 {
    of as f64 / among as f64
}
