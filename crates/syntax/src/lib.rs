//! Tags, lemmas and dependency trees, by linear models whose weights come in as bytes.
//!
//! It does not know claims, files, clocks or chance. The same text and the same weights always give the same answer.

mod classes;
mod lemmas;
pub mod linear;
mod parser;
mod parser_training;
mod sketch;
mod subtypes;
mod tagger;
mod transitions;
mod tree;
mod tree_features;
pub mod weight_file;
mod words;

pub use classes::{GRAINS, UsualCase, WordClass, WordClasses};
pub use lemmas::{Lemma, Lemmas, train as train_lemmas};
pub use parser::{Arc, ParseRoom, Parser};
pub use parser_training::{ParsedSentence, train as train_parser};
pub use tagger::{Tag, TagRoom, TagSet, TaggedSentence, Tagger, train as train_tagger};
pub use tree::{Depth, ModelFiles, Models, Node, Relation, SentenceReader, Tree, Upos, parse};
pub use words::{Casing, Word, Words, word_number};
