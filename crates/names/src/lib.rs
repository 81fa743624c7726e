//! Whether two names are spellings of one, and which names may be.
//!
//! It does not know documents, files, clocks or chance: names come in as strings, what was learnt as bytes, and the same names
//! always get the same answer. It does not know who bears a name: two people can have one, and one person several.

mod close;
mod costs;
mod dictionary;
mod edits;
mod evidence;
mod features;
mod fold;
mod full;
mod index;
mod laid;
mod letters;
mod lexicon;
mod model;
mod packed;
mod parts;
mod search;
mod sounds;
mod transducer;
mod trees;
mod trie;
mod word;

pub use close::{ODDS_OF_EQUAL, odds_of_respelt};
pub use fold::fold;
pub use full::{COUNT_NAMES, COUNTS, MATCH, NameKind, NameMatch};
pub use index::NameIndex;
pub use lexicon::NameLexicon;
pub use model::{Damage, NameFiles, NameModel};
pub use word::{Basis, WordMatch};

/// What `lab train names` counts and learns with; nobody else needs it.
pub mod learning {
    pub use crate::costs::SoundCosts;
    pub use crate::dictionary::Dictionary;
    pub use crate::features::{KEY_BITS, LINEAR, NUMBERS, Seen};
    pub use crate::letters::{KINDS, Letters, coarse};
    pub use crate::model::Learned;
    pub use crate::transducer::{Alignment, Edit, PIECE, Step, Transducer};
    pub use crate::trees::{DEEPEST, LEAF_STEP, Tree, Trees};
}
