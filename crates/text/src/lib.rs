//! Text as evidence: spans, documents, blocks, sentences and tokens.
//!
//! The lowest floor. It knows bytes and characters; it does not know files, formats, languages' grammar or claims.

mod abbreviations;
mod characters;
mod divisions;
mod document;
mod entries;
mod segment;
mod segmenter;
mod sentences;
mod span;
mod tokens;
mod vocabulary;

pub use document::{
    Block, BlockKind, Document, Meta, Note, PublishedBasis, Sighting, Translation, content_hash,
    tile,
};
pub use entries::{Entry, EntryError, entries};
pub use segment::{Segments, Sentence, Token, TokenKind, segment};
pub use segmenter::{Segmenter, SegmenterFiles};
pub use span::Span;
