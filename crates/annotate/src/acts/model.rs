//! `ActModel`: the act of a cue by learned weights.
//!
//! It does not know which features there are, nor how the weights were learnt.

use crate::Act;
use crate::logistic::{odds, softmax};
use syntax::linear::{FeatureList, Weights};
use syntax::weight_file::{self, Damage};

pub(super) const KIND: &str = "acts";

/// The acts in the order of the classes; the class after them is that the source does not do it.
pub(super) const ACTS: [Act; 11] = [
    Act::Asserts,
    Act::Denies,
    Act::Doubts,
    Act::Asks,
    Act::Predicts,
    Act::Promises,
    Act::Threatens,
    Act::Demands,
    Act::Accuses,
    Act::Condemns,
    Act::Praises,
];

/// Of "the source does not do it".
pub(super) const NOT_DONE: usize = ACTS.len();

/// Acts and `NOT_DONE`.
pub(super) const CLASSES: usize = ACTS.len() + 1;

/// The class of an act, or of none.
pub(super) fn class(act: Option<Act>) -> usize {
    act.and_then(|act| ACTS.iter().position(|known| *known == act))
        .unwrap_or(NOT_DONE)
}

/// Weights of the acts of cues.
#[derive(Debug, Clone)]
pub struct ActModel {
    weights: Weights,
}

/// An act as the model reads it.
pub(super) struct Read {
    /// The likeliest act, done or not.
    pub(super) act: Act,
    /// That it is not done is likelier than any act.
    pub(super) is_withheld: bool,
    /// The probability of the likeliest class, 0 to 1.
    pub(super) sure: f64,
}

/// Below this no act is likely.
const UNLIKELY: f64 = 0.4;
/// The share of the likeliest act's probability from which another is nearly as likely.
const NEARLY: f64 = 0.7;

impl ActModel {
    /// Reads a weight file.
    ///
    /// # Errors
    /// When the bytes are not such a file, whole and unchanged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damage> {
        let mut body = weight_file::read(KIND, bytes)?;
        Ok(Self {
            weights: Weights::read(&mut body, CLASSES)?,
        })
    }

    /// The likeliest act; what the rules say that the content performs where none is likely and that is nearly as much so.
    pub(super) fn read(&self, features: &FeatureList, performed: Option<Act>) -> Read {
        let mut shares: [f64; CLASSES] = odds(&self.weights, features);
        softmax(&mut shares);
        let (act, share) = ACTS
            .into_iter()
            .zip(shares)
            .fold((Act::Asserts, 0.0), |best, next| {
                if next.1 > best.1 { next } else { best }
            });
        let performed = ACTS
            .into_iter()
            .zip(shares)
            .find(|one| Some(one.0) == performed);
        if let Some((act, own)) = performed
            && share.max(shares[NOT_DONE]) < UNLIKELY
            && own >= NEARLY * share
        {
            return Read {
                act,
                is_withheld: false,
                sure: own,
            };
        }
        Read {
            act,
            is_withheld: shares[NOT_DONE] > share,
            sure: share.max(shares[NOT_DONE]),
        }
    }
}
