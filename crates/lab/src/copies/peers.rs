//! Two ways to find near-duplicates that others use: MinHash with bands (Broder 1997) and SimHash (Charikar 2002), over the
//! same five-word runs.
//!
//! They know neither quotations nor days.

use siphasher::sip::SipHasher13;
use std::hash::Hasher;

const BANDS: usize = 32;
const ROWS: usize = 4;

/// The least hash of a text's runs by each of 128 hash functions.
pub struct MinHash([u64; BANDS * ROWS]);

impl MinHash {
    pub fn of(text: &str) -> Self {
        let mut least = [u64::MAX; BANDS * ROWS];
        for run in runs(text) {
            for (seed, least) in (1_u64..).zip(&mut least) {
                *least = (*least).min(mixed(run ^ mixed(seed)));
            }
        }
        Self(least)
    }

    /// Whether a band is the same.
    pub fn meets(&self, other: &Self) -> bool {
        let bands = self.0.chunks(ROWS).zip(other.0.chunks(ROWS));
        bands
            .into_iter()
            .any(|(one, other)| one == other && one[0] != u64::MAX)
    }
}

/// For each bit whether most runs have it.
pub fn simhash(text: &str) -> u64 {
    let mut votes = [0_i64; 64];
    for run in runs(text) {
        for (bit, vote) in votes.iter_mut().enumerate() {
            *vote += if run >> bit & 1 == 1 { 1 } else { -1 };
        }
    }
    let bits = votes.iter().enumerate();
    bits.fold(0, |hash, (bit, vote)| hash | u64::from(*vote > 0) << bit)
}

fn runs(text: &str) -> Vec<u64> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let hash = |run: &[&str]| {
        let mut hasher = SipHasher13::new();
        for word in run {
            hasher.write(word.as_bytes());
            hasher.write_u8(b' ');
        }
        hasher.finish()
    };
    words.windows(5).map(hash).collect()
}

/// A bijection that spreads the bits (the finaliser of SplitMix64).
fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
