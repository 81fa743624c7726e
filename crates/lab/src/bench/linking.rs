//! What linking many documents costs: FA-KES and PolNeAR's train part recombined by whole paragraphs, with other names, places and days.
//!
//! Documents come in worlds. Those of one share a few sources, a mapping of names to others of their kind, and a month, so that
//! they copy, repeat and contradict each other; another world has other names. The same number always gives the same documents.

use crate::copies::Collection;
use crate::data::{Data, Failure};
use crate::disputes::Linker;
use crate::parallel;
use crate::product::Product;
use annotate::{EntityKind, MentionForm};
use cpu_time::ProcessTime;
use link::{Reading, State};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;
use text::{Document, Span};

/// Documents that share sources, names and a month.
const WORLD: usize = 50;
/// Source documents of a world.
const SOURCES: usize = 8;
/// Of so many paragraphs of a document one is of another source.
const FOREIGN: usize = 5;
/// Days over which the worlds lie, and over which one does.
const DAYS: [usize; 2] = [700, 28];
/// The first of them.
const FIRST: jiff::civil::Date = jiff::civil::date(2031, 1, 1);

/// A paragraph with the names in it.
struct Paragraph {
    text: String,
    names: Vec<(Span, EntityKind)>,
}

/// What documents are put together from.
struct Stock {
    /// The paragraphs of each source document.
    sources: Vec<Vec<Paragraph>>,
    outlets: Vec<String>,
    names: BTreeMap<EntityKind, Vec<String>>,
}

/// Links collections of these sizes and prints what each cost.
pub fn run(data: &Data, sizes: &[usize], jobs: usize) -> Result<(), Failure> {
    let product = Product::new(None)?;
    let linker = Linker::new()?;
    let stock = Stock::of(data, &product, jobs)?;
    println!(
        "linking from scratch: {} documents recombined by paragraphs, {} names",
        stock.sources.len(),
        stock.names.values().map(Vec::len).sum::<usize>()
    );
    for &size in sizes {
        let numbers: Vec<usize> = (0..size).collect();
        let readings = parallel::map(&numbers, jobs, |number| {
            let document = stock.document(*number);
            let mut annotations = product.annotate(&document);
            // A ledger keeps neither.
            annotations.segments = text::Segments::default();
            annotations.tree = syntax::Tree::default();
            Reading {
                annotations,
                document,
            }
        });
        let claims: usize = readings
            .iter()
            .map(|one| one.annotations.claims.len())
            .sum();
        let (wall, cpu) = (Instant::now(), ProcessTime::now());
        let links = linker.link(&readings, product.names());
        let contested = links.matters.iter();
        let contested = contested
            .filter(|one| one.state == State::Contested)
            .count();
        println!(
            "{size:7} documents, {claims} claims: {:.1} s ({:.1} CPU seconds); {} entities, {} matters, {contested} contested",
            wall.elapsed().as_secs_f64(),
            cpu.elapsed().as_secs_f64(),
            links.entities.len(),
            links.matters.len(),
        );
    }
    Ok(())
}

impl Stock {
    fn of(data: &Data, product: &Product, jobs: usize) -> Result<Self, Failure> {
        let collections = [Collection::fa_kes(data)?, Collection::polnear(data)?];
        let documents: Vec<Document> = collections
            .iter()
            .flat_map(|collection| collection.dated(false))
            .collect();
        let sources = parallel::map(&documents, jobs, |document| paragraphs(product, document));
        let outlets: BTreeSet<String> = documents
            .iter()
            .filter_map(|document| document.meta.outlet.clone())
            .collect();
        let mut names: BTreeMap<EntityKind, BTreeSet<String>> = BTreeMap::new();
        for paragraph in sources.iter().flatten() {
            for (span, kind) in &paragraph.names {
                let name = span.slice(&paragraph.text).to_owned();
                names.entry(*kind).or_default().insert(name);
            }
        }
        let names = names
            .into_iter()
            .map(|(kind, names)| (kind, names.into_iter().collect()));
        Ok(Self {
            sources,
            outlets: outlets.into_iter().collect(),
            names: names.collect(),
        })
    }

    /// The document of a number.
    fn document(&self, number: usize) -> Document {
        let world = number / WORLD;
        let source = |slot: usize| &self.sources[chance(&[world, slot], self.sources.len())];
        let own = source(chance(&[world, number, 0], SOURCES));
        let mut text = String::new();
        for (index, paragraph) in own.iter().enumerate() {
            let mut paragraph = paragraph;
            if chance(&[number, index, 1], FOREIGN) == 0 {
                let other = source(chance(&[number, index, 2], SOURCES));
                if !other.is_empty() {
                    paragraph = &other[chance(&[number, index, 3], other.len())];
                }
            }
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            self.renamed(paragraph, world, &mut text);
        }
        let mut document = Document::plain(&text);
        let day = chance(&[world, 4], DAYS[0]) + chance(&[number, 5], DAYS[1]);
        let day = FIRST.checked_add(jiff::Span::new().days(day as i64));
        document.meta.published = day.ok().map(|day| day.to_string());
        let outlet = chance(&[number, 6], self.outlets.len());
        document.meta.outlet = self.outlets.get(outlet).cloned();
        document
    }

    /// Adds a paragraph with a world's names.
    fn renamed(&self, paragraph: &Paragraph, world: usize, into: &mut String) {
        let mut from = 0;
        for (span, kind) in &paragraph.names {
            let names = &self.names[kind];
            let own = names.partition_point(|name| name.as_str() < span.slice(&paragraph.text));
            into.push_str(&paragraph.text[from..span.from()]);
            let step = chance(&[world, 7], names.len());
            into.push_str(&names[(own + step) % names.len()]);
            from = span.to();
        }
        into.push_str(&paragraph.text[from..]);
    }
}

/// The paragraphs of a document with the names that stand in them.
fn paragraphs(product: &Product, document: &Document) -> Vec<Paragraph> {
    let mentions = product.mentions(document);
    let names: Vec<(Span, EntityKind)> = mentions
        .iter()
        .filter(|mention| mention.form == MentionForm::Name)
        .map(|mention| (mention.span, mention.kind))
        .collect();
    let blocks = document.blocks.iter().map(|block| {
        let mut end = block.span.start;
        let mut inside = Vec::new();
        for (name, kind) in &names {
            if block.span.contains(*name) && name.start >= end {
                end = name.end;
                let shift = |at: usize| at - block.span.from();
                inside.push((Span::new(shift(name.from()), shift(name.to())), *kind));
            }
        }
        Paragraph {
            text: block.span.slice(&document.text).to_owned(),
            names: inside,
        }
    });
    blocks.collect()
}

/// A number below another that depends on nothing but these.
fn chance(of: &[usize], below: usize) -> usize {
    let mut hash = Sha256::new();
    for number in of {
        hash.update(number.to_le_bytes());
    }
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.finalize()[..8]);
    (u64::from_le_bytes(bytes) % below.max(1) as u64) as usize
}
