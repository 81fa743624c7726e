//! The tagger, the lemmas and the parser: trained from treebanks and measured on their dev parts.
//!
//! It does not know names or claims.

pub mod eval;
pub mod train;

use crate::data::{self, Failure};
use crate::treebank::TreebankSentence;
use std::path::Path;
use syntax::{ModelFiles, Models, WordClasses, Words};

/// The weight files, from the root of the checkout.
pub const TAGS: &str = "models/tags.bin";
pub const LEMMAS: &str = "models/lemmas.bin";
pub const TREE: &str = "models/tree.bin";

/// A weight file's bytes; where it is missing, the error says how to make it.
fn weights(path: &Path) -> Result<Vec<u8>, Failure> {
    data::bytes(path).map_err(|Failure(problem)| {
        Failure(format!(
            "{problem}; `lab train` makes it (see models/README.md)"
        ))
    })
}

/// The classes of words of this checkout.
pub fn classes() -> Result<WordClasses, Failure> {
    let path = data::checkout().join(crate::classes::FILE);
    WordClasses::from_bytes(&weights(&path)?)
        .map_err(|damage| Failure(format!("{}: {damage}", path.display())))
}

/// The bytes of the weight files of tagger, lemmas and parser.
pub struct WeightFiles {
    word_classes: Vec<u8>,
    tags: Vec<u8>,
    lemmas: Vec<u8>,
    tree: Vec<u8>,
    /// Of the name tagger; empty where it has none yet.
    pub mentions: Vec<u8>,
}

impl WeightFiles {
    /// Those of this checkout.
    pub fn read() -> Result<Self, Failure> {
        Self::read_from(&data::checkout().join("models"))
    }

    /// Those in a folder; the classes of words are always those of this checkout.
    pub fn read_from(folder: &Path) -> Result<Self, Failure> {
        let file = |name: &str| weights(&folder.join(name.trim_start_matches("models/")));
        Ok(Self {
            word_classes: weights(&data::checkout().join(crate::classes::FILE))?,
            tags: file(TAGS)?,
            lemmas: file(LEMMAS)?,
            tree: file(TREE)?,
            mentions: data::bytes(&folder.join("mentions.bin")).unwrap_or_default(),
        })
    }

    /// As the readers take them.
    pub fn files(&self) -> ModelFiles<'_> {
        ModelFiles {
            word_classes: &self.word_classes,
            tags: &self.tags,
            lemmas: &self.lemmas,
            tree: &self.tree,
        }
    }

    /// The models.
    pub fn models(&self) -> Result<Models, Failure> {
        Models::from_bytes(&self.files()).map_err(|damage| Failure(damage.to_string()))
    }
}

fn words(sentence: &TreebankSentence, classes: &WordClasses) -> Words {
    let mut words = Words::default();
    words.fill(
        sentence.words.iter().map(|word| word.form.as_str()),
        classes,
    );
    words
}

/// The universal relation, without its subtype: what is learnt and what is compared. The subtypes that the product tells
/// follow from tags and neighbours (`syntax::parse`).
fn universal(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}
