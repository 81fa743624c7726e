//! Linking, rule by rule and near miss by near miss, on invented names.
//!
//! It does not know how readings are made; `story` builds them by hand.

mod control;
mod denials;
mod entities;
mod fates;
mod judged;
mod origins;
mod quantities;
mod robustness;
mod story;
mod texts;
