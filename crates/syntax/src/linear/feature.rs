//! Features as numbers: a template and its values are mixed into 32 bits.
//!
//! It does not know what the values mean. Weights are kept by these numbers alone, so that a change here makes every
//! weight file useless: `FORMAT` in `weight_file` must then go up.

use super::weights::MOST;

/// Multiplier of the mixing step (2^64 divided by the golden ratio, odd).
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// The number of a feature that is being put together.
#[derive(Debug, Clone, Copy)]
pub struct Feature(u64);

impl Feature {
    /// A feature of this template.
    #[inline]
    #[must_use]
    pub fn of(template: u32) -> Self {
        Self(u64::from(template).wrapping_add(1).wrapping_mul(MULTIPLIER))
    }

    /// The same with one more value.
    #[inline]
    #[must_use]
    pub fn with(self, value: u32) -> Self {
        let mixed = (self.0 ^ u64::from(value)).wrapping_mul(MULTIPLIER);
        Self(mixed ^ (mixed >> 29))
    }

    /// The feature's number.
    #[inline]
    #[must_use]
    pub fn finish(self) -> u32 {
        (self.0.wrapping_mul(MULTIPLIER) >> 32) as u32
    }
}

/// A number for a run of bytes.
#[inline]
#[must_use]
pub fn hash_bytes(bytes: &[u8]) -> u32 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in bytes {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    (state ^ (state >> 32)) as u32
}

/// The features of one decision, in room that is kept from decision to decision.
#[derive(Debug, Clone)]
pub struct FeatureList {
    list: [u32; MOST],
    len: usize,
}

impl Default for FeatureList {
    fn default() -> Self {
        Self {
            list: [0; MOST],
            len: 0,
        }
    }
}

impl FeatureList {
    /// Forgets all.
    #[inline]
    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// Takes one more; beyond `MOST` none.
    #[inline]
    pub fn add(&mut self, feature: Feature) {
        if let Some(place) = self.list.get_mut(self.len) {
            *place = feature.finish();
            self.len += 1;
        }
    }

    /// All, in the order in which they came.
    #[inline]
    #[must_use]
    pub fn all(&self) -> &[u32] {
        &self.list[..self.len]
    }
}
