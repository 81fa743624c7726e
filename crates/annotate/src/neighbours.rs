//! `Neighbours`: the weights of a label by the label before it, and `weigh`, those by a token's features.
//!
//! It does not know which labels fit one another, nor what they stand for; the taggers of names and of attributions do.

use syntax::linear::{CLASSES, Feature, Scorer, Scores};

/// The weights of so many labels by the label before, apart for each of so many steps (what the second token is). Their
/// features are of one template, which a weight file must not use for anything else.
#[derive(Debug, Clone)]
pub(crate) struct Neighbours<const TEMPLATE: u32, const STEPS: usize, const LABELS: usize> {
    /// For each step and label the weights of a label after it.
    weights: Vec<[i32; LABELS]>,
}

impl<const TEMPLATE: u32, const STEPS: usize, const LABELS: usize>
    Neighbours<TEMPLATE, STEPS, LABELS>
{
    pub(crate) fn new(scorer: &impl Scorer) -> Self {
        Self::of_classes(scorer, 0)
    }

    /// Those of a model whose classes from `first` on are the labels.
    pub(crate) fn of_classes(scorer: &impl Scorer, first: usize) -> Self {
        let mut neighbours = Self {
            weights: vec![[0; LABELS]; STEPS * LABELS],
        };
        neighbours.fill(scorer, first);
        neighbours
    }

    /// The number of the feature "the label before".
    pub(crate) fn feature(step: u8, before: u8) -> u32 {
        Feature::of(TEMPLATE)
            .with(u32::from(step))
            .with(u32::from(before))
            .finish()
    }

    /// Takes the weights in anew, for a model in training.
    pub(crate) fn fill(&mut self, scorer: &impl Scorer, first: usize) {
        for step in 0..STEPS {
            for before in 0..LABELS {
                let feature = Self::feature(step as u8, before as u8);
                let mut scores: Scores = [0; CLASSES];
                scorer.score(&[feature], &mut scores);
                self.weights[step * LABELS + before] = labels(&scores, first);
            }
        }
    }

    #[inline]
    pub(crate) fn after(&self, step: u8, before: usize) -> &[i32; LABELS] {
        &self.weights[usize::from(step) % STEPS * LABELS + before]
    }
}

/// The weights of the labels, by a token's features.
#[inline]
pub(crate) fn weigh<const LABELS: usize>(scorer: &impl Scorer, features: &[u32]) -> [i32; LABELS] {
    let mut scores: Scores = [0; CLASSES];
    scorer.score(features, &mut scores);
    labels(&scores, 0)
}

/// The weights of labels whose classes begin at `first`; 0 for those beyond the last class.
#[inline]
pub(crate) fn labels<const LABELS: usize>(scores: &Scores, first: usize) -> [i32; LABELS] {
    std::array::from_fn(|label| scores.get(first + label).copied().unwrap_or(0))
}
