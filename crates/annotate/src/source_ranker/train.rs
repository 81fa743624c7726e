//! Learning the weights of the ranker: the likelihood of the right candidates, by AdaGrad, with an L2 penalty.
//!
//! It does not know files or gold formats. Same input, same weights.

use super::features::feature_count;
use super::items::SourceReading;
use super::ranker::{Choice, SourceRanker};
use super::walk::Walk;
use crate::EntityId;

/// What is known of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// Nothing; it is not learnt from.
    Unknown,
    /// It belongs to this chain of mentions.
    Chain(u32),
    /// It stands for this entity.
    Entity(EntityId),
    /// It stands for nobody whom the text names.
    Nobody,
}

/// A document to learn from.
#[derive(Debug, Clone)]
pub struct LearningSources {
    /// The document.
    pub reading: SourceReading,
    /// For each item.
    pub truth: Vec<Truth>,
    /// How much each decision counts.
    pub weight: f32,
}

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub struct SourceTraining {
    /// Rounds over all decisions.
    pub rounds: u32,
    /// The first step.
    pub rate: f32,
    /// The penalty on squared weights, per decision.
    pub penalty: f32,
}

impl Default for SourceTraining {
    fn default() -> Self {
        Self {
            rounds: 20,
            rate: 0.1,
            penalty: 1e-2,
        }
    }
}

/// A decision: which of the answers are right.
struct Decision {
    choice: Choice,
    right: Vec<bool>,
    weight: f32,
}

/// Learns weights.
#[must_use]
pub fn train(documents: &[LearningSources], options: SourceTraining) -> SourceRanker {
    let decisions: Vec<Decision> = documents.iter().flat_map(decisions).collect();
    let mut ranker = SourceRanker {
        weights: vec![0.0; feature_count()],
    };
    let mut sums = vec![0.0_f64; feature_count()];
    let mut squares = vec![1e-6_f32; feature_count()];
    let mut probabilities = Vec::new();
    let mut order: Vec<usize> = (0..decisions.len()).collect();
    let rounds = options.rounds as usize;
    for round in 0..rounds {
        // Another order each round, the same in each run.
        order.sort_by_key(|index| {
            (index.wrapping_mul(0x9E37_79B1) ^ round.wrapping_mul(0x85EB_CA6B)) & 0xFFFF_FFFF
        });
        for index in &order {
            let decision = &decisions[*index];
            ranker.probabilities(&decision.choice, &mut probabilities);
            let right: f64 = probabilities
                .iter()
                .zip(&decision.right)
                .filter(|(_, right)| **right)
                .map(|(probability, _)| probability)
                .sum();
            for (at, features) in decision.choice.features[..=decision.choice.candidates.len()]
                .iter()
                .enumerate()
            {
                let share = if decision.right[at] {
                    probabilities[at] / right.max(1e-9)
                } else {
                    0.0
                };
                let slope = decision.weight * (share - probabilities[at]) as f32;
                for feature in features {
                    let feature = *feature as usize;
                    let gradient = slope - options.penalty * ranker.weights[feature];
                    squares[feature] += gradient * gradient;
                    ranker.weights[feature] += options.rate * gradient / squares[feature].sqrt();
                }
            }
        }
        // The mean of the later half of the rounds: steadier than the last.
        if round >= rounds / 2 {
            for (sum, weight) in sums.iter_mut().zip(&ranker.weights) {
                *sum += f64::from(*weight) / (rounds - rounds / 2) as f64;
            }
        }
    }
    ranker.weights = sums.into_iter().map(|sum| sum as f32).collect();
    ranker
}

/// The decisions of a document, with everything before each as the truth has it.
fn decisions(document: &LearningSources) -> Vec<Decision> {
    let mut walk = Walk::new(&document.reading);
    let mut found = Vec::new();
    // The chains of those who are known so far.
    let mut chains: Vec<Option<u32>> = Vec::new();
    for (index, item) in document.reading.items.iter().enumerate() {
        let truth = document.truth[index];
        let mut choice = Choice::default();
        let may = choice.fill(&walk, item);
        let is = |number: usize| match truth {
            Truth::Unknown | Truth::Nobody => false,
            Truth::Chain(chain) => chains.get(number).copied().flatten() == Some(chain),
            Truth::Entity(entity) => walk.known[number].entity == Some(entity),
        };
        let chosen = choice.candidates.iter().copied().find(|number| is(*number));
        if may && truth != Truth::Unknown {
            let unnamed =
                |number: usize| truth == Truth::Nobody && walk.known[number].entity.is_none();
            let mut right = vec![chosen.is_none()];
            right.extend(
                choice
                    .candidates
                    .iter()
                    .map(|number| Some(*number) == chosen || unnamed(*number)),
            );
            found.push(Decision {
                choice,
                right,
                weight: document.weight,
            });
        }
        walk.read(index, chosen);
        chains.resize(walk.known.len(), None);
        if let (Some(number), Truth::Chain(chain)) = (walk.of_item[index], truth) {
            chains[number].get_or_insert(chain);
        }
    }
    found
}
