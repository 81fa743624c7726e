//! Disputes between documents against our own labels.
//!
//! Each kind of dispute has its own module; without a flag all are measured.

mod audit;
mod cases;
mod denials;
mod news;
mod quantities;
mod quiet;

use crate::copies::Collection;
use crate::data::{self, Data, Failure};
use link::{Grounds, Links, Reading};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use text::{Document, Span};

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Figures that contradict each other: planted ones, and those found in real news
    #[arg(long)]
    quantities: bool,
    /// The article on Panjshir, case by case
    #[arg(long)]
    panjshir: bool,
    /// Disputes found in real news but those of figures
    #[arg(long)]
    news: bool,
    /// Denials that are shown in real news
    #[arg(long)]
    denials: bool,
    /// Articles of real news without a conflict
    #[arg(long)]
    quiet: bool,
    /// Instead, write what readers are to judge into a folder: rows without answers, and what they read
    #[arg(long, value_name = "FOLDER")]
    draw: Option<PathBuf>,
    /// The test half too; do so rarely
    #[arg(long)]
    test: bool,
    /// Also what is missed or wrong, in its words
    #[arg(long)]
    errors: bool,
}

/// Prints the figures.
pub fn run(data: Option<&Data>, options: &Options, jobs: usize) -> Result<(), Failure> {
    if let (Some(folder), Some(data)) = (&options.draw, data) {
        news::draw(data, folder, jobs)?;
        return denials::draw(data, folder, jobs);
    }
    let parts = [
        options.quantities,
        options.panjshir,
        options.news,
        options.denials,
        options.quiet,
    ];
    let asked = |part: bool| part || !parts.contains(&true);
    if asked(options.quantities) {
        quantities::run(options.test, options.errors)?;
    }
    let Some(data) = data else {
        println!("what else is measured needs the shared data");
        return Ok(());
    };
    if asked(options.quantities) {
        audit::run(data, options.errors, jobs)?;
    }
    if asked(options.panjshir) {
        cases::run(data)?;
    }
    if asked(options.news) {
        news::run(data, options.errors, jobs)?;
    }
    if asked(options.denials) {
        denials::run(data, options.errors, jobs)?;
    }
    if asked(options.quiet) {
        quiet::run(data, options.errors, jobs)?;
    }
    Ok(())
}

/// Real news that gold tells of by key and hash: FA-KES and PolNeAR's train part, dated.
struct Newsroom {
    collections: Vec<(Collection, Vec<Document>)>,
}

impl Newsroom {
    fn open(data: &Data) -> Result<Self, Failure> {
        let collections = [Collection::fa_kes(data)?, Collection::polnear(data)?];
        let dated = collections.map(|collection| {
            let documents = collection.dated(false);
            (collection, documents)
        });
        Ok(Self {
            collections: dated.into(),
        })
    }

    /// Every text with its key, in the order of the keys.
    fn texts(&self) -> Vec<(&str, &Document)> {
        let mut all: Vec<(&str, &Document)> = self
            .collections
            .iter()
            .flat_map(|(collection, documents)| {
                let keys = collection.numbers.iter();
                keys.filter_map(|(key, number)| Some((key.as_str(), documents.get(*number)?)))
            })
            .collect();
        all.sort_by_key(|(key, _)| *key);
        all
    }

    /// The text of this key and hash.
    fn get(&self, key: &str, hash: &str) -> Option<&Document> {
        let mut all = self.collections.iter();
        let (collection, documents) = all.find(|(collection, _)| collection.has(key, hash))?;
        documents.get(*collection.numbers.get(key)?)
    }
}

/// Of a text the first 32 hex digits of its SHA-256.
fn hash_of(text: &str) -> String {
    let hash = format!("{:x}", Sha256::digest(text.as_bytes()));
    hash.chars().take(32).collect()
}

/// Bytes before and behind some words that their readers see.
const AROUND: [usize; 2] = [900, 500];

/// The words around some others, which are marked.
fn around(text: &str, span: Span) -> String {
    let is_edge = |at: &usize| text.is_char_boundary(*at);
    let from = (0..=span.from().saturating_sub(AROUND[0])).rfind(is_edge);
    let to = (span.to() + AROUND[1]..text.len()).find(is_edge);
    let before = &text[from.unwrap_or(0)..span.from()];
    let behind = &text[span.to()..to.unwrap_or(text.len())];
    format!("{before}>>>{}<<<{behind}", span.slice(text)).replace('\n', " ¶ ")
}

/// The words around a place.
fn around_at(text: &str, at: usize) -> String {
    around(text, Span::new(at, at))
}

/// "12-34" as bytes.
fn span(bytes: &str) -> Option<Span> {
    let (start, end) = bytes.split_once('-')?;
    Some(Span::new(start.parse().ok()?, end.parse().ok()?))
}

/// What documents are linked with.
pub(crate) struct Linker {
    lexicon: link::Lexicon,
}

impl Linker {
    pub(crate) fn new() -> Result<Self, Failure> {
        let text = data::text(&data::checkout().join("lexicon/matching.txt"))?;
        let lexicon = link::Lexicon::parse(&text)
            .map_err(|error| Failure(format!("matching.txt {error}")))?;
        Ok(Self { lexicon })
    }

    pub(crate) fn link(&self, readings: &[Reading], names: Option<&names::NameModel>) -> Links {
        link::link_with(
            readings,
            &Grounds {
                lexicon: &self.lexicon,
                names,
                identities: &[],
                copying: &[],
                linking: &[],
            },
        )
    }
}
