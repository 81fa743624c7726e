//! Attributions by linear models: cues, then sources, cues and contents together, then which of them belong to one another.
//!
//! It does not know whom a source names, which act a cue performs, or how the weights were learnt from what.

mod branches;
mod chain;
mod claimable;
mod counts;
mod edge_features;
mod edge_training;
mod edges;
mod features;
mod inside;
mod labels;
mod linker;
mod model;
mod quotes;
mod reading;
mod reopened;
mod sure;
#[cfg(test)]
mod tests;
mod train;

pub(crate) use claimable::{Readings, claimable, entry_of};
pub use labels::Part;
pub use model::{AttributionModel, AttributionRoom, Linked};
pub use reading::AttributionReading;
pub(crate) use reading::Found;
pub use train::{
    AttributionTraining, GoldAttribution, LearningAttributions, TrainingReport, train,
};
