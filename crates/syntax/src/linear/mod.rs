//! Linear models: features as numbers, their weights, and the perceptron that learns them.
//!
//! It does not know what features and classes stand for; tagger, parser and the readers of names each say so themselves.

mod feature;
mod learner;
mod weights;

pub use feature::{Feature, FeatureList, hash_bytes};
pub use learner::{Learner, Shuffle, in_two_rounds};
pub use weights::{CLASSES, Cell, MOST, Row, Scorer, Scores, Weights, best};
