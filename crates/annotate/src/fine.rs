//! `Fine`: a document's tokens as finely as they are divided ("19 - minute"), in lower case, with their tags and heads.
//!
//! It knows words one by one; it knows neither phrases nor meanings. Typographic apostrophes and hyphens are plain ones here.

use crate::Knowledge;
use std::borrow::Cow;
use std::ops::Range;
use syntax::{Models, Node, Relation, Tree};
use text::{Segments, Span, TokenKind};

/// A document's finest tokens.
#[derive(Debug)]
pub(crate) struct Fine<'a> {
    pub(crate) text: &'a str,
    pub(crate) segments: &'a Segments,
    models: Option<&'a Models>,
    nodes: &'a [Node],
    lower: Vec<Cow<'a, str>>,
}

impl<'a> Fine<'a> {
    pub(crate) fn new(
        text: &'a str,
        segments: &'a Segments,
        tree: &'a Tree,
        knowledge: &'a Knowledge,
    ) -> Self {
        let whole = tree.nodes.len() == segments.tokens.len();
        Self {
            text,
            segments,
            models: knowledge.syntax.as_ref(),
            nodes: if whole { &tree.nodes } else { &[] },
            lower: segments
                .tokens
                .iter()
                .map(|token| plain(token.span.slice(text)))
                .collect(),
        }
    }

    /// The token in lower case; empty beyond the end.
    pub(crate) fn lower(&self, token: usize) -> &str {
        self.lower.get(token).map_or("", |word| word)
    }

    /// The token as written; empty beyond the end.
    pub(crate) fn word(&self, token: usize) -> &'a str {
        let found = self.segments.tokens.get(token);
        found.map_or("", |found| found.span.slice(self.text))
    }

    /// The word before a token, in lower case; empty at the start.
    pub(crate) fn before(&self, token: usize) -> &str {
        token.checked_sub(1).map_or("", |before| self.lower(before))
    }

    pub(crate) fn kind(&self, token: usize) -> Option<TokenKind> {
        self.segments.tokens.get(token).map(|found| found.kind)
    }

    /// Whether the token begins with a capital letter.
    pub(crate) fn is_capital(&self, token: usize) -> bool {
        let first = self.word(token).chars().next();
        first.is_some_and(char::is_uppercase)
    }

    /// Whether nothing lies between the token and the one before.
    pub(crate) fn is_near(&self, token: usize) -> bool {
        let tokens = &self.segments.tokens;
        match (
            token.checked_sub(1).and_then(|before| tokens.get(before)),
            tokens.get(token),
        ) {
            (Some(before), Some(found)) => before.span.end == found.span.start,
            _ => false,
        }
    }

    /// The token's English tag (Penn); empty where nothing is tagged.
    pub(crate) fn xpos(&self, token: usize) -> &'a str {
        match (self.models, self.nodes.get(token)) {
            (Some(models), Some(node)) => models.xpos(node),
            _ => "",
        }
    }

    /// The token on which one depends; none for a root and where nothing is parsed.
    pub(crate) fn head(&self, token: usize) -> Option<usize> {
        let head = self.nodes.get(token)?.head?;
        Some(head as usize)
    }

    /// How a token depends on its head; a root where nothing is parsed.
    pub(crate) fn relation(&self, token: usize) -> Relation {
        let node = self.nodes.get(token);
        node.map_or(Relation::Root, |node| node.relation)
    }

    /// The token's lemma; the token in lower case where nothing is tagged.
    pub(crate) fn lemma(&self, token: usize) -> String {
        let mut lemma = String::new();
        match (self.models, self.nodes.get(token)) {
            (Some(models), Some(node)) => models.lemma(self.word(token), node, &mut lemma),
            _ => lemma.push_str(self.lower(token)),
        }
        lemma
    }

    /// The span of a range of tokens; empty for an empty one.
    pub(crate) fn span(&self, tokens: Range<usize>) -> Span {
        let found = self.segments.tokens.get(tokens).unwrap_or_default();
        match (found.first(), found.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::new(0, 0),
        }
    }

    /// The number of the last sentence that begins at a token or before it; 0 before the first.
    pub(crate) fn sentence_of(&self, token: usize) -> usize {
        let sentences = &self.segments.sentences;
        let after = sentences.partition_point(|sentence| (sentence.first as usize) <= token);
        after.saturating_sub(1)
    }

    /// The tokens of the sentence around a token; empty where it is in none.
    pub(crate) fn sentence(&self, token: usize) -> Range<usize> {
        let sentence = self.segments.sentences.get(self.sentence_of(token));
        sentence
            .map(|sentence| sentence.first as usize..sentence.last as usize)
            .filter(|tokens| tokens.contains(&token))
            .unwrap_or(token..token)
    }
}

/// A word in lower case with plain apostrophes and hyphens; most words are their own.
fn plain(word: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte.is_ascii_punctuation()
    };
    if word.bytes().all(is_plain) {
        return Cow::Borrowed(word);
    }
    let mut lower = word.to_lowercase();
    if !lower.is_ascii() {
        lower = lower
            .chars()
            .map(|letter| match letter {
                '‘' | '’' | 'ʼ' | '′' => '\'',
                '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
                '\u{a0}' | '\u{202f}' => ' ',
                other => other,
            })
            .collect();
    }
    Cow::Owned(lower)
}
