//! Which fold of a cross-validation a document belongs to.
//!
//! It does not know what is trained.

/// Parts of a cross-validation.
pub const FOLDS: u64 = 5;

/// The fold, below `folds`, of the document with this id: by a hash of the id alone, so that a document keeps its fold
/// whatever else is read.
pub fn fold(id: &str, folds: u64) -> u64 {
    hash(id.as_bytes(), 0) % folds.max(1)
}

/// FNV-1a of the bytes after the seed (Fowler, Noll, Vo), with a last mixing so that low bits depend on every byte.
pub fn hash(bytes: &[u8], seed: u64) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for byte in seed.to_le_bytes().iter().chain(bytes) {
        state = (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    state = (state ^ (state >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    state ^ (state >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_are_stable_and_about_equal() {
        assert_eq!(fold("weblog-1", 5), fold("weblog-1", 5));
        let mut counts = [0u32; 5];
        for number in 0..1000 {
            counts[usize::try_from(fold(&format!("document-{number}"), 5)).unwrap()] += 1;
        }
        assert!(
            counts.iter().all(|count| (150..250).contains(count)),
            "{counts:?}"
        );
        assert_eq!(fold("anything", 0), 0);
    }
}
