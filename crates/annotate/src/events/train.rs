//! Learning the types of events.
//!
//! It does not know where labelled sentences come from.

use super::typing::{CLASSES, KIND, NONE, SURENESSES, any_proposed, class, proposed};
use crate::EventType;
use crate::logistic::{Learning, Lesson, weight_bytes};
use std::collections::BTreeMap;

/// A labelled predicate.
#[derive(Debug, Clone)]
pub struct LearningEvent {
    /// As `read_predicates` gives them.
    pub features: Vec<u32>,
    /// The type; nothing where it tells of none.
    pub kind: Option<EventType>,
}

/// Passes over the data.
const ROUNDS: u32 = 15;
/// Step of a weight at its first gradient.
const STEP: f64 = 0.1;
/// How strongly weights are drawn to where they began.
const DRAWN: f64 = 0.02;
/// Features that were seen less often are left out.
const LEAST: usize = 2;
/// The log-odds with which the model begins for a type that the lexicon proposes where more is needed, by a word, by a phrase.
const PROPOSED: [f64; SURENESSES as usize] = [1.0, 5.0, 6.0];
/// The log-odds of "none" where something is proposed that needs more.
const DOUBT: f64 = 1.0;

/// The bytes of a weight file learnt from these predicates; the same predicates and seed always give the same bytes.
#[must_use]
pub fn train(predicates: &[LearningEvent], seed: u64) -> Vec<u8> {
    let mut begun: BTreeMap<u32, [f64; CLASSES]> = BTreeMap::new();
    for (sureness, odds) in (0..SURENESSES).zip(PROPOSED) {
        for kind in EventType::ALL {
            let weights = begun
                .entry(proposed(*kind, sureness).finish())
                .or_insert([0.0; CLASSES]);
            weights[class(Some(*kind))] = odds;
        }
    }
    let weights = begun
        .entry(any_proposed(false).finish())
        .or_insert([0.0; CLASSES]);
    weights[NONE] = DOUBT;
    let lessons = predicates.iter().map(|one| Lesson {
        features: &one.features,
        class: class(one.kind),
        weight: 1.0,
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
