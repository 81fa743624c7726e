//! What becomes of texts, pages, records, feeds and files. It does not test hostile input (`hostile.rs`).

mod feeds;
mod files;
mod lexicon;
mod pages;
mod plain;
mod records;

use ingest::{Ingested, Lexicon, Options, Unread, read_bytes};
use std::path::Path;
use text::Document;

/// The words that the program ships with.
fn lexicon() -> Lexicon {
    let boilerplate = include_str!("../../../../lexicon/boilerplate.txt");
    let outlets = include_str!("../../../../lexicon/outlets.txt");
    Lexicon::parse(boilerplate)
        .and_then(|lexicon| lexicon.with_outlets(outlets))
        .expect("the shipped lexicons are well formed")
}

fn options() -> Options {
    Options {
        lexicon: lexicon(),
        ..Options::default()
    }
}

/// Everything that comes out of bytes, in order; every document's invariants are checked on the way.
fn all(path: &str, bytes: &[u8], options: &Options) -> Vec<Result<Ingested, Unread>> {
    let mut out = Vec::new();
    read_bytes(Path::new(path), bytes, options, &mut |result| {
        if let Ok(ingested) = &result {
            check(&ingested.document);
        }
        out.push(result);
    });
    out
}

/// The one document in bytes.
fn one(path: &str, bytes: &[u8]) -> Document {
    let mut all = all(path, bytes, &options());
    assert_eq!(all.len(), 1, "{path}");
    all.remove(0).expect("it can be read").document
}

/// The one refusal.
fn refused(path: &str, bytes: &[u8]) -> Unread {
    let mut all = all(path, bytes, &options());
    assert_eq!(all.len(), 1, "{path}");
    all.remove(0).expect_err("it cannot be read")
}

/// Blocks tile the text, on character boundaries.
fn check(document: &Document) {
    let mut at = 0;
    for block in &document.blocks {
        assert_eq!(block.span.from(), at, "blocks tile the text");
        assert!(block.span.fits(&document.text));
        assert!(!block.span.is_empty());
        at = block.span.to();
    }
    assert_eq!(at, document.text.len(), "blocks reach the end");
    for note in &document.notes {
        assert!(note.span.fits(&document.text));
    }
}

/// Kinds and trimmed words of a document's blocks.
fn blocks(document: &Document) -> Vec<(&str, &str)> {
    document
        .blocks
        .iter()
        .map(|block| (block.kind.as_str(), block.span.slice(&document.text).trim()))
        .collect()
}

/// The codes of a document's notes.
fn notes(document: &Document) -> Vec<&str> {
    document
        .notes
        .iter()
        .map(|note| note.code.as_str())
        .collect()
}

/// The day and how it is known.
fn published(document: &Document) -> (Option<&str>, &str) {
    (
        document.meta.published.as_deref(),
        document.meta.published_basis.as_str(),
    )
}
