//! Names in a document: a linear model labels tokens as parts of names of a kind.
//!
//! It does not know noun phrases ("the rebels"), titles or roles, nor who or what a name stands for.

mod decode;
mod features;
mod hints;
mod labels;
mod reading;
mod recall;
mod table;
mod tagger;
#[cfg(test)]
mod tests;
mod train;

pub use hints::NameHints;
pub use labels::KnownLabels;
pub use tagger::{Name, NameInput, NameRoom, NameTagger};
pub use train::{LearningDocument, NameTraining, train};
