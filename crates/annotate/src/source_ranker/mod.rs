//! Whom pronouns and phrases that point back ("she", "the minister", "the group") stand for: a log-linear ranker over those who were
//! mentioned in the ten sentences before, with "nobody named here" as one answer.
//!
//! It reads left to right and never looks ahead. It does not know whom names stand for (`clusters`), nor who speaks (`sources`).

mod features;
mod items;
mod ranker;
#[cfg(test)]
mod tests;
mod train;
mod walk;

pub use features::{Class, feature_count};
pub use items::SourceReading;
pub(crate) use items::{Found, Group};
pub use ranker::{Antecedent, SourceRanker};
pub use train::{LearningSources, SourceTraining, Truth, train};
