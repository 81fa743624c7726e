//! `Document`: one article's text with its blocks and what is known about it.
//!
//! It does not know where the bytes came from (that is `ingest`) nor what the text says.

use crate::{Span, vocabulary};
use sha2::{Digest, Sha256};

/// One article. Its text never changes after reading; every fact points into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// First 32 hex digits of SHA-256 of the raw bytes (file, archive record's payload, JSONL line).
    pub id: String,
    /// The text, UTF-8. For a plain-text file in UTF-8 it is the file, byte for byte.
    pub text: String,
    /// Blocks in order; they tile the text without gap or overlap. Empty only where the text is.
    pub blocks: Vec<Block>,
    /// What is known about the article.
    pub meta: Meta,
    /// Where the bytes were seen: at least one; the first is the one being read.
    pub sightings: Vec<Sighting>,
    /// What a reader of the text should know: never an error.
    pub notes: Vec<Note>,
}

/// What is known about an article; every field may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// The headline as the page or the feed gives it.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The author line.
    pub byline: Option<String>,
    /// The canonical address.
    pub url: Option<String>,
    /// `2021-09-06`, or RFC 3339 with the offset of the page.
    pub published: Option<String>,
    /// How the date is known.
    pub published_basis: PublishedBasis,
    /// ISO 639-1 code; none where the text is too short to tell.
    pub language: Option<String>,
    /// Set where the text is a translation.
    pub translated: Option<Translation>,
}

/// What a text was translated from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// ISO 639-1 code of the original's language.
    pub from: Option<String>,
    /// Who or what translated it.
    pub by: Option<String>,
    /// The original's text.
    pub original: Option<String>,
}

/// One occurrence of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// Path of the file or container as the user named it; `-` is standard input.
    pub path: Option<String>,
    /// Address it was captured from.
    pub url: Option<String>,
    /// Outlet of this occurrence.
    pub outlet: Option<String>,
    /// Capture time, RFC 3339, where a container states it; never this machine's clock.
    pub captured: Option<String>,
    /// Record id in an archive, line number in JSONL (`12`), guid in a feed.
    pub record_id: Option<String>,
}

/// A stretch of the text with one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it lies, the white space after it included (blocks tile the text).
    pub span: Span,
    /// Its role.
    pub kind: BlockKind,
    /// Where it came from in the raw bytes, where that is known.
    pub raw: Option<Span>,
}

vocabulary! {
    /// The role of a block.
    BlockKind {
        Headline = "headline",
        Subhead = "subhead",
        Paragraph = "paragraph",
        Caption = "caption",
        Boilerplate = "boilerplate",
    }
}

vocabulary! {
    /// How a document's date is known.
    #[derive(Default)]
    PublishedBasis {
        Option = "option",
        JsonLd = "json-ld",
        OpenGraph = "opengraph",
        Itemprop = "itemprop",
        Time = "time",
        Url = "url",
        Warc = "warc",
        Feed = "feed",
        Message = "message",
        Text = "text",
        Judgement = "judgement",
        #[default]
        None = "none",
    }
}

/// Something a reader of the text should know (garble, an undated page, a guessed charset). Never an error.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// Where; an empty span at 0 speaks of the whole document.
    pub span: Span,
    /// A short fixed word, for programs.
    pub code: String,
    /// A sentence, for people.
    pub message: String,
}

impl Document {
    /// A document of plain text about which nothing else is known: its paragraphs are what blank lines part.
    /// Its id is the hash of the text.
    #[must_use]
    pub fn plain(text: &str) -> Document {
        let mut blocks = Vec::new();
        let mut start = None;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if line.trim().is_empty() {
                blocks.extend(start.take().map(|start| paragraph(start, at)));
            } else {
                start.get_or_insert(at);
            }
            at += line.len();
        }
        blocks.extend(start.map(|start| paragraph(start, at)));
        Document {
            id: content_hash(text.as_bytes()),
            text: text.to_owned(),
            blocks: tile(blocks, text),
            meta: Meta::default(),
            sightings: vec![Sighting::default()],
            notes: Vec::new(),
        }
    }

    /// Whether anything but boilerplate and white space is in it. A page of clutter alone is not an article.
    #[must_use]
    pub fn is_article(&self) -> bool {
        self.blocks.iter().any(|block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::Caption)
                && block
                    .span
                    .slice(&self.text)
                    .chars()
                    .any(char::is_alphanumeric)
        })
    }

    /// The block in which a byte lies.
    #[must_use]
    pub fn block_at(&self, byte: usize) -> Option<&Block> {
        let after = self
            .blocks
            .partition_point(|block| block.span.from() <= byte);
        self.blocks[..after]
            .last()
            .filter(|block| byte < block.span.to())
    }
}

/// First 32 hex digits of SHA-256: a document's id from its raw bytes.
#[must_use]
pub fn content_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Stretches blocks so that they tile the text: each ends where the next begins, the first begins at 0, the last ends
/// with the text. Blocks come in sorted and without overlap; empty ones fall out.
#[must_use]
pub fn tile(mut blocks: Vec<Block>, text: &str) -> Vec<Block> {
    blocks.retain(|block| !block.span.is_empty());
    if blocks.is_empty() && !text.is_empty() {
        blocks.push(Block {
            span: Span::new(0, text.len()),
            kind: BlockKind::Paragraph,
            raw: None,
        });
    }
    let starts: Vec<usize> = blocks
        .iter()
        .map(|block| block.span.from())
        .chain([text.len()])
        .collect();
    for (index, block) in blocks.iter_mut().enumerate() {
        block.span = Span::new(
            if index == 0 { 0 } else { starts[index] },
            starts[index + 1],
        );
    }
    blocks
}

fn paragraph(start: usize, end: usize) -> Block {
    Block {
        span: Span::new(start, end),
        kind: BlockKind::Paragraph,
        raw: None,
    }
}
