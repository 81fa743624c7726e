//! Spellings of names: the labelled pairs, what is learnt from them, and how well it does on names that it has not seen.
//!
//! It does not know full names; `compare` of the crate `names` does.

pub mod boosting;
pub mod contrast;
pub mod edits;
pub mod eval;
pub mod groups;
pub mod learn;
pub mod linear;
pub mod million;
pub mod pairs;
