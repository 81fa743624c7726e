//! Judgements that outlive a new reading: made on a collection, whose documents are then read anew from texts that came out otherwise;
//! how many are found again where they belong, and whether any is lost.
//!
//! The collections are the demo's and others made from its paragraphs, drawn anew. What changed is known to the byte, so where a claim
//! belongs afterwards is known too. It does not know how words are found again.

use crate::chance::Chance;
use crate::data::{self, Failure};
use crate::product::Product;
use annotate::Claim;
use ledger::{Decision, Judgement, Ledger, Standing, Verb, weigh};
use link::{ClaimKey, Links, MatterKey, Reading, Ruling};
use std::collections::BTreeMap;
use text::{Block, BlockKind, Document, Span};

#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Documents made from the demo's paragraphs
    #[arg(long, default_value_t = 120)]
    documents: usize,
    /// Also the words of each judgement that is not where it belongs
    #[arg(long)]
    errors: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            documents: 120,
            errors: false,
        }
    }
}

/// How a text comes out otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    /// Another list of boilerplate: some short paragraphs are labelled so now, and what was is a paragraph.
    Labels,
    /// Another cleaner: lines between paragraphs come and go.
    Lines,
    /// Small edits: quotation marks, dashes, spelling; one word in forty.
    Edits,
    /// Lines and edits.
    Both,
}

const CHANGES: [(Change, &str); 4] = [
    (Change::Labels, "other boilerplate"),
    (Change::Lines, "other lines"),
    (Change::Edits, "small edits"),
    (Change::Both, "lines and edits"),
];

/// Lines that pages put between paragraphs.
const BETWEEN: [&str; 4] = [
    "Read more on our front page",
    "Share this article",
    "Photograph: the agency",
    "Advertisement",
];

/// A stretch of a text and what it became.
struct Piece {
    old: (usize, usize),
    new: (usize, usize),
}

/// What became of the judgements of one kind.
#[derive(Default)]
struct Tally {
    made: usize,
    /// What they are about is read again.
    there: usize,
    /// Of these found where it is.
    right: usize,
    /// Found elsewhere, of all.
    wrong: usize,
    /// Listed as orphaned though what they are about is read again.
    missed: usize,
    /// Listed as orphaned, and what they are about is not read any more.
    orphaned: usize,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.made += other.made;
        self.there += other.there;
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
        self.orphaned += other.orphaned;
    }
}

/// What became of judgements on claims, entities and matters.
type ByKind = [(&'static str, Tally); 3];

/// Prints the figures.
pub fn run(options: &Options) -> Result<(), Failure> {
    let product = Product::new(Some("2031-03-10"))?;
    let demo = demo(&product)?;
    let made = recombined(&demo, options.documents);
    println!("judgements after their documents were read anew from changed texts");
    println!(
        "  {:20} {:18} {:9} {:>6} {:>6} {:>6} {:>7} {:>6} {:>7} {:>8} {:>5}",
        "collection",
        "change",
        "about",
        "made",
        "there",
        "right",
        "share",
        "wrong",
        "missed",
        "orphaned",
        "lost"
    );
    let mut all: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut lost = 0;
    for (name, documents) in [("demo", &demo), ("recombined", &made)] {
        for (change, called) in CHANGES {
            let (tallies, gone) = measure(&product, documents, change, options.errors)?;
            lost += gone;
            for (about, tally) in tallies {
                row(name, called, about, &tally, gone);
                all.entry(about).or_default().add(&tally);
            }
        }
    }
    let mut sum = Tally::default();
    for (about, tally) in &all {
        row("all", "all", about, tally, lost);
        sum.add(tally);
    }
    row("all", "all", "all", &sum, lost);
    println!(
        "JUDGEMENTS_REANCHORED {:.2} LOST {lost}",
        percent(sum.right, sum.there)
    );
    Ok(())
}

fn percent(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let share = 100.0 * part as f64 / whole.max(1) as f64;
    share
}

fn row(name: &str, change: &str, about: &str, tally: &Tally, lost: usize) {
    println!(
        "  {name:20} {change:18} {about:9} {:6} {:6} {:6} {:6.1}% {:6} {:7} {:8} {lost:5}",
        tally.made,
        tally.there,
        tally.right,
        percent(tally.right, tally.there),
        tally.wrong,
        tally.missed,
        tally.orphaned
    );
}

fn demo(product: &Product) -> Result<Vec<Document>, Failure> {
    let folder = data::checkout().join("examples/collection");
    let listed = std::fs::read_dir(&folder)
        .map_err(|error| Failure(format!("{}: {error}", folder.display())))?;
    let mut paths: Vec<_> = listed
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    let mut documents: BTreeMap<String, Document> = BTreeMap::new();
    for path in paths {
        let bytes = data::bytes(&path)?;
        for document in product.documents(&path, &bytes).unwrap_or_default() {
            documents.insert(document.id.clone(), document);
        }
    }
    Ok(documents.into_values().collect())
}

/// Documents of paragraphs drawn from others.
fn recombined(documents: &[Document], count: usize) -> Vec<Document> {
    let paragraphs: Vec<&str> = documents
        .iter()
        .flat_map(|document| {
            let blocks = document.blocks.iter();
            blocks.map(|block| block.span.slice(&document.text).trim())
        })
        .filter(|words| words.split_whitespace().count() > 8)
        .collect();
    let mut chance = Chance::new(7);
    (0..count)
        .map(|number| {
            let drawn = chance.choices(paragraphs.len());
            let length = 5 + drawn[0] % 8;
            let chosen: Vec<&str> = drawn[1..=length]
                .iter()
                .map(|one| paragraphs[*one])
                .collect();
            let mut document = Document::plain(&chosen.join("\n\n"));
            document.id = text::content_hash(format!("{number} {}", document.text).as_bytes())
                .chars()
                .take(32)
                .collect();
            document.meta.published = Some(format!("2031-03-{:02}", 1 + number % 28));
            let mut start = 0;
            let mut blocks = Vec::new();
            for words in &chosen {
                let end = (start + words.len() + 2).min(document.text.len());
                blocks.push(Block {
                    span: Span::new(start, end),
                    kind: BlockKind::Paragraph,
                    raw: None,
                });
                start = end;
            }
            document.blocks = blocks;
            document
        })
        .collect()
}

/// A document as another reading of the same bytes would give it, and what became of its text.
fn changed(document: &Document, change: Change, chance: &mut Chance) -> (Document, Vec<Piece>) {
    let mut text = String::new();
    let mut blocks = Vec::new();
    let mut pieces = Vec::new();
    let draws = chance.choices(1000);
    let mut draws = draws.into_iter().cycle();
    let mut draw = |below: usize| draws.next().unwrap_or(0) % below;
    let (moves_lines, edits) = (
        matches!(change, Change::Lines | Change::Both),
        matches!(change, Change::Edits | Change::Both),
    );
    for block in &document.blocks {
        let words = block.span.slice(&document.text);
        if moves_lines && draw(3) == 0 {
            let start = text.len();
            text.push_str(BETWEEN[draw(BETWEEN.len())]);
            text.push_str("\n\n");
            blocks.push(Block {
                span: Span::new(start, text.len()),
                kind: BlockKind::Boilerplate,
                raw: None,
            });
        }
        // A line that says little may be gone.
        let is_short = words.split_whitespace().count() < 8;
        if moves_lines && is_short && block.kind != BlockKind::Headline && draw(2) == 0 {
            continue;
        }
        let start = text.len();
        let mut at = block.span.from();
        for word in words.split_inclusive(' ') {
            let new = if edits && draw(40) == 0 {
                edited(word, draw(3))
            } else {
                word.to_owned()
            };
            pieces.push(Piece {
                old: (at, at + word.len()),
                new: (text.len(), text.len() + new.len()),
            });
            at += word.len();
            text.push_str(&new);
        }
        let kind = match (change, block.kind) {
            (Change::Labels, BlockKind::Boilerplate) => BlockKind::Paragraph,
            (Change::Labels, BlockKind::Paragraph) if is_short || draw(12) == 0 => {
                BlockKind::Boilerplate
            }
            (_, kind) => kind,
        };
        blocks.push(Block {
            span: Span::new(start, text.len()),
            kind,
            raw: None,
        });
    }
    let document = Document {
        text,
        blocks,
        notes: Vec::new(),
        ..document.clone()
    };
    (document, pieces)
}

/// A word as another hand would write it.
fn edited(word: &str, how: usize) -> String {
    let straight = word.replace(['“', '”'], "\"").replace('’', "'");
    if straight != word {
        return straight;
    }
    let letters: Vec<char> = word.chars().collect();
    match how {
        // Two letters in the wrong order.
        0 if letters.len() > 5 => {
            let mut letters = letters;
            letters.swap(2, 3);
            letters.into_iter().collect()
        }
        1 if word.ends_with(", ") => word.replace(", ", " – "),
        1 => word.replace(' ', "\u{a0}"),
        _ if letters.len() > 6 => {
            let mut letters = letters;
            letters.remove(3);
            letters.into_iter().collect()
        }
        _ => word.replace(' ', "  "),
    }
}

/// Where a stretch is now; none where it was taken out.
fn moved(span: Span, pieces: &[Piece]) -> Option<Span> {
    let now = |at: usize, is_end: bool| {
        let piece = pieces.iter().find(|piece| {
            if is_end {
                piece.old.0 < at && at <= piece.old.1
            } else {
                piece.old.0 <= at && at < piece.old.1
            }
        })?;
        let (old, new) = (piece.old, piece.new);
        let along = at - old.0;
        Some(if along == old.1 - old.0 {
            new.1
        } else {
            new.0 + along.min(new.1 - new.0)
        })
    };
    let (start, end) = (now(span.from(), false)?, now(span.to(), true)?);
    (start < end).then(|| Span::new(start, end))
}

fn content(claim: &Claim) -> Option<Span> {
    claim.content.spans.iter().copied().reduce(Span::cover)
}

/// The claims of the new reading that say what an old one said: those that share four parts of five with where it is now.
fn again(old: &Reading, claim: &str, new: &Reading, pieces: &[Piece]) -> Vec<String> {
    let claims = &old.annotations.claims;
    let found = claims.iter().find(|one| one.id == claim).and_then(content);
    let Some(span) = found.and_then(|span| moved(span, pieces)) else {
        return Vec::new();
    };
    let mut shares: Vec<(usize, usize, &str)> = new
        .annotations
        .claims
        .iter()
        .filter_map(|one| {
            let other = content(one)?;
            Some((other.shared(span), other.cover(span).len(), one.id.as_str()))
        })
        .filter(|(shared, whole, _)| shared * 5 >= whole * 4)
        .collect();
    shares.sort_by(|one, other| (other.0 * one.1).cmp(&(one.0 * other.1)));
    let most = shares.first().map(|one| (one.0, one.1));
    let best = shares
        .into_iter()
        .filter(|one| most == Some((one.0, one.1)));
    best.map(|(_, _, id)| id.to_owned()).collect()
}

fn failure(error: ledger::Error) -> Failure {
    Failure(error.message)
}

/// A judgement on every claim, entity and matter, then a new reading: what became of them by kind, and how many are nowhere.
fn measure(
    product: &Product,
    documents: &[Document],
    change: Change,
    errors: bool,
) -> Result<(ByKind, usize), Failure> {
    let folder = tempfile::tempdir().map_err(|error| Failure(error.to_string()))?;
    let mut ledger = Ledger::open(&folder.path().join("lab.db")).map_err(failure)?;
    let read = |document: Document| {
        let annotations = product.annotate(&document);
        Reading {
            document,
            annotations,
        }
    };
    let old: Vec<Reading> = documents.iter().cloned().map(read).collect();
    put(&mut ledger, &old, "before")?;
    let lexicon = data::text(&data::checkout().join("lexicon/matching.txt"))?;
    let lexicon = link::Lexicon::parse(&lexicon).map_err(|error| Failure(error.to_string()))?;
    let links = ledger.relink(&lexicon, product.names()).map_err(failure)?;
    let decisions = decisions(&old, &links);
    ledger.judge_all(&decisions).map_err(failure)?;
    let mut chance = Chance::new(11);
    let mut pieces: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
    let mut new = Vec::new();
    for document in documents {
        let (document, became) = changed(document, change, &mut chance);
        pieces.insert(document.id.clone(), became);
        new.push(read(document));
    }
    put(&mut ledger, &new, "after")?;
    let judgements = ledger.judgements().map_err(failure)?;
    let readings = ledger.readings().map_err(failure)?;
    let (standings, linking) = weigh(&judgements, &readings);
    let rulings: BTreeMap<&str, &Ruling> = linking
        .iter()
        .map(|one| (one.judgement.as_str(), &one.ruling))
        .collect();
    let by_id = |all: &'_ [Reading]| -> BTreeMap<String, usize> {
        all.iter()
            .enumerate()
            .map(|(n, one)| (one.document.id.clone(), n))
            .collect()
    };
    let (olds, news) = (by_id(&old), by_id(&new));
    let bench = Bench {
        old: &old,
        new: &new,
        olds,
        news,
        pieces,
    };
    let mut tallies = [
        ("claims", Tally::default()),
        ("entities", Tally::default()),
        ("matters", Tally::default()),
    ];
    for (judgement, standing) in judgements.iter().zip(&standings) {
        let kind = match judgement.decision.subject.get(..3) {
            Some("cl_") => 0,
            Some("en_") => 1,
            _ => 2,
        };
        let (is_there, is_right) =
            bench.found(judgement, rulings.get(judgement.id.as_str()).copied());
        let tally = &mut tallies[kind].1;
        tally.made += 1;
        tally.there += usize::from(is_there);
        let orphaned = *standing == Standing::Orphaned;
        tally.right += usize::from(is_there && is_right);
        tally.missed += usize::from(is_there && orphaned);
        tally.orphaned += usize::from(!is_there && orphaned);
        let wrong = !orphaned && !is_right;
        tally.wrong += usize::from(wrong);
        if errors && (wrong || (is_there && orphaned)) {
            let quote = judgement
                .anchor
                .as_ref()
                .map_or("", |anchor| anchor.quote.as_str());
            println!(
                "    {change:?} {} {standing:?} “{quote}”",
                judgement.decision.subject
            );
        }
    }
    let lost = decisions.len() - judgements.len().min(decisions.len());
    Ok((tallies, lost))
}

fn put(ledger: &mut Ledger, readings: &[Reading], fingerprint: &str) -> Result<(), Failure> {
    let readings: Vec<(Reading, Option<Vec<u8>>)> = readings
        .iter()
        .map(|reading| (reading.clone(), None))
        .collect();
    ledger.put(&readings, fingerprint).map_err(failure)?;
    Ok(())
}

fn decisions(readings: &[Reading], links: &Links) -> Vec<Decision> {
    let decide = |verb, subject: String, value: Option<&str>| Decision {
        verb,
        subject,
        object: None,
        value: value.map(str::to_owned),
        by_name: "lab".to_owned(),
        at: Some("2031-04-01T00:00:00Z".to_owned()),
        note: None,
    };
    let claims = readings
        .iter()
        .flat_map(|reading| &reading.annotations.claims);
    let claims = claims.map(|claim| decide(Verb::Ignore, format!("cl_{}", claim.id), None));
    let entities = links.entities.iter();
    let entities = entities.map(|one| decide(Verb::Rename, one.id.clone(), Some("N")));
    let matters = links.matters.iter();
    let matters = matters.map(|one| decide(Verb::Ignore, one.id.clone(), None));
    claims.chain(entities).chain(matters).collect()
}

/// Both readings, with what became of each text.
struct Bench<'a> {
    old: &'a [Reading],
    new: &'a [Reading],
    olds: BTreeMap<String, usize>,
    news: BTreeMap<String, usize>,
    pieces: BTreeMap<String, Vec<Piece>>,
}

impl Bench<'_> {
    fn both(&self, document: &str) -> Option<(&Reading, &Reading, &[Piece])> {
        let old = self.old.get(*self.olds.get(document)?)?;
        let new = self.new.get(*self.news.get(document)?)?;
        Some((old, new, self.pieces.get(document)?))
    }

    /// Whether what a judgement was about is read again, and whether the judgement is found there.
    fn found(&self, judgement: &Judgement, ruling: Option<&Ruling>) -> (bool, bool) {
        if let Some(anchor) = &judgement.anchor {
            let Some((old, new, pieces)) = self.both(&anchor.document) else {
                return (false, false);
            };
            return match ruling {
                Some(Ruling::NameEntity { entity, .. }) => {
                    let named = self.named(anchor.span, new, pieces);
                    (!named.is_empty(), named.contains(&entity.1.index()))
                }
                None if judgement.decision.verb == Verb::Rename => {
                    (!self.named(anchor.span, new, pieces).is_empty(), false)
                }
                _ => {
                    let id = judgement.decision.subject.trim_start_matches("cl_");
                    let right = again(old, id, new, pieces);
                    let is_right = matches!(ruling, Some(Ruling::IgnoreClaim((_, found))) if right.contains(found));
                    (!right.is_empty(), is_right)
                }
            };
        }
        // A matter: half of its claims.
        let keys: Vec<Vec<ClaimKey>> = judgement
            .marks
            .iter()
            .map(|mark| {
                let document = &mark.anchor.document;
                let both = self.both(document);
                let found = both.map(|(old, new, pieces)| again(old, &mark.claim, new, pieces));
                found
                    .unwrap_or_default()
                    .into_iter()
                    .map(|id| (document.clone(), id))
                    .collect()
            })
            .collect();
        let there = keys.iter().filter(|one| !one.is_empty()).count();
        let held = match ruling {
            Some(Ruling::IgnoreMatter(MatterKey { claims, .. })) => claims.as_slice(),
            _ => &[],
        };
        let right = keys
            .iter()
            .filter(|one| one.iter().any(|key| held.contains(key)))
            .count();
        (
            there > 0 && there * 2 >= keys.len(),
            right > 0 && right * 2 >= held.len(),
        )
    }

    /// The document's own entities that are named where a name is now.
    fn named(&self, span: Span, new: &Reading, pieces: &[Piece]) -> Vec<usize> {
        let Some(span) = moved(span, pieces) else {
            return Vec::new();
        };
        let entities = new.annotations.entities.iter().enumerate();
        entities
            .filter(|(_, entity)| entity.mentions.iter().any(|one| one.overlaps(span)))
            .map(|(number, _)| number)
            .collect()
    }
}
