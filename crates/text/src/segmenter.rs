//! `Segmenter`: the knowledge with which text is split into sentences and tokens.
//!
//! It does not know where its files lie; whoever builds one passes their text in.

use crate::abbreviations::Abbreviations;
use crate::divisions::Divisions;

/// The texts that a segmenter is made of; empty ones make a poorer segmenter, never an error.
#[derive(Debug, Clone, Copy, Default)]
pub struct SegmenterFiles<'a> {
    /// `lexicon/abbreviations.txt`: words whose dot is part of them.
    pub abbreviations: &'a str,
    /// `lexicon/tokens.txt`: words that are divided, and marks that keep one together.
    pub tokens: &'a str,
}

/// What is known about words and sentences before any text is read. Plain data: the same files make the same segmenter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segmenter {
    pub(crate) abbreviations: Abbreviations,
    pub(crate) divisions: Divisions,
}

impl Segmenter {
    /// Reads the texts. A line that says nothing known is passed over.
    #[must_use]
    pub fn parse(files: &SegmenterFiles) -> Self {
        Self {
            abbreviations: Abbreviations::parse(files.abbreviations),
            divisions: Divisions::parse(files.tokens),
        }
    }
}
