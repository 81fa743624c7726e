//! Sentences and tokens with exact offsets.
//!
//! It does not know parts of speech, names or claims.

use crate::sentences::split;
use crate::tokens::tokenise;
use crate::{Document, Segmenter, Span};

/// A sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where, without white space at either end.
    pub span: Span,
    /// Index of its block; a sentence never crosses a block.
    pub block: u32,
    /// Index of its first token.
    pub first: u32,
    /// Index after its last token.
    pub last: u32,
}

/// A token: a word, a number, a clitic or one mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// What kind of characters it has.
    pub kind: TokenKind,
    /// Whether it is written as one with the token before it ("do" and "n't" of "don't"): together they are one token
    /// of the surface, in words of Universal Dependencies a multiword token.
    pub joined: bool,
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, perhaps with digits, inner apostrophes or dots ("U.S.", "Sana'a"); a hyphen after a listed prefix ("ex-minister").
    Word,
    /// Digits, perhaps with separators ("150,000", "5.56").
    Number,
    /// A clitic split from the word before it ("’s", "'re", "n't").
    Clitic,
    /// A mark that opens a quotation.
    QuoteOpen,
    /// A mark that closes a quotation.
    QuoteClose,
    /// A quotation mark of which neither can be told.
    Quote,
    /// Any other mark or symbol; a run of the same dash or star, of stops, and a face of marks is one token.
    Mark,
}

/// A document's sentences and tokens, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segments {
    /// Sentences; together they hold every token.
    pub sentences: Vec<Sentence>,
    /// Tokens; what lies between them is white space or control characters.
    pub tokens: Vec<Token>,
}

/// Splits a document, block by block, into sentences and tokens. Linear time on any input.
#[must_use]
pub fn segment(document: &Document, segmenter: &Segmenter) -> Segments {
    // English has a token in about five bytes; room for them at once spares copying them as they grow.
    let mut segments = Segments {
        sentences: Vec::with_capacity(document.text.len() / 100),
        tokens: Vec::with_capacity(document.text.len() / 5),
    };
    for (block, number) in document.blocks.iter().zip(0..) {
        let first = segments.tokens.len();
        tokenise(
            block.span.slice(&document.text),
            block.span.from(),
            segmenter,
            &mut segments.tokens,
        );
        split(
            &document.text,
            number,
            &segments.tokens[first..],
            u32::try_from(first).unwrap_or(u32::MAX),
            &segmenter.abbreviations,
            &mut segments.sentences,
        );
    }
    segments
}

impl Segments {
    /// The tokens of one sentence.
    #[must_use]
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens
            .get(sentence.first as usize..sentence.last as usize)
            .unwrap_or_default()
    }
}
