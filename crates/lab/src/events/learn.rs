//! `lab train events`: learns the types of events from our own labelled sentences and the examples of the lexicon.
//!
//! Sentences of sets that may be tuned on alone (FA-KES, MUC) give no weights. It does not know features.

use super::{FILE, GOLD, read_label};
use crate::acts::gold::Half;
use crate::data::{self, Data, Failure};
use crate::product::Product;
use crate::sentences::{self, Sentence};
use annotate::EventType;
use annotate::events::{LearningEvent, train};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use text::Document;

/// Sentences labelled once, for learning alone.
const TRAIN: &str = "events.train.tsv";
/// The files that lessons are taken from.
pub const FILES: [&str; 2] = [GOLD, TRAIN];
/// Models of the cross-validation.
const FOLDS: usize = 5;

#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Where the weights go (default: models/events.bin of this checkout)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Fixes the order of predicates
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// The predicates of one sentence, and the part of the cross-validation that its document belongs to.
struct Lesson {
    fold: Option<usize>,
    predicates: Vec<LearningEvent>,
}

/// Trains and writes the weights.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let lessons = lessons(data)?;
    let all: Vec<LearningEvent> = lessons.into_iter().flat_map(|one| one.predicates).collect();
    let typed = all.iter().filter(|one| one.kind.is_some()).count();
    println!("{} predicates, {typed} of them events", all.len());
    let bytes = train(&all, options.seed);
    let path = data::write_learnt(options.out.as_ref(), FILE, &bytes)?;
    println!("{}: {} bytes", path.display(), bytes.len());
    Ok(())
}

/// The part of the cross-validation that a document belongs to.
pub fn fold(document: &str) -> usize {
    Sha256::digest(document.as_bytes())[1] as usize % FOLDS
}

/// Models each of which has not seen one part of the dev half.
pub fn folds(data: &Data) -> Result<Vec<Product>, Failure> {
    let lessons = lessons(data)?;
    let model = |left_out: usize| {
        let seen = lessons.iter().filter(|one| one.fold != Some(left_out));
        let seen: Vec<LearningEvent> = seen.flat_map(|one| one.predicates.clone()).collect();
        Product::with_events(&train(&seen, 1))
    };
    (0..FOLDS).map(model).collect()
}

/// Whether a sentence of one of the files may teach weights that ship.
pub fn is_lesson(sentence: &Sentence, file: &str) -> bool {
    file == TRAIN
        || sentence.half == Half::Dev && may_teach(sentence) && sentence.labels != ["open"]
}

/// Whether weights may be learnt from a sentence.
fn may_teach(sentence: &Sentence) -> bool {
    !sentence.file.starts_with("disputes/") && !sentence.file.starts_with("muc/")
}

fn lessons(data: &Data) -> Result<Vec<Lesson>, Failure> {
    let product = Product::with_events(&[])?;
    let mut lessons = Vec::new();
    let dev = sentences::load(data, GOLD)?;
    let dev = dev
        .into_iter()
        .filter(|one| is_lesson(one, GOLD))
        .map(|one| (Some(fold(&one.document)), one));
    let more = sentences::load(data, TRAIN)?
        .into_iter()
        .map(|one| (None, one));
    for (fold, sentence) in dev.chain(more) {
        let labels = sentence.read(read_label)?;
        let document = Document::plain(&sentence.text);
        let mut predicates = Vec::new();
        for read in product.read_predicates(&document) {
            if !sentence.holds(read.span) {
                continue;
            }
            let local = |at: usize| at - sentence.start;
            let overlaps = |span: text::Span, label: &super::Label| {
                label.trigger.0 < local(span.to()) && local(span.from()) < label.trigger.1
            };
            // The word that the phrase hangs on decides; a word beside it that belongs to the trigger too is no other event.
            let of_head = labels.iter().find(|label| overlaps(read.head, label));
            let of_phrase = labels.iter().find(|label| overlaps(read.span, label));
            predicates.push(LearningEvent {
                features: read.features,
                kind: of_head.or(of_phrase).map(|label| label.kind),
            });
        }
        lessons.push(Lesson { fold, predicates });
    }
    lessons.extend(examples(&product)?);
    Ok(lessons)
}

/// The examples and counter-examples of the lexicon: a word that it proposes for the section's type is of it, or is not.
fn examples(product: &Product) -> Result<Vec<Lesson>, Failure> {
    let text = data::text(&data::checkout().join("lexicon/events.txt"))?;
    let mut lessons = Vec::new();
    let mut kind = None;
    for line in text.lines() {
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            kind = EventType::parse(name);
        }
        let fields: Vec<&str> = line.split(" | ").collect();
        let ([_, _, example, counter_example], Some(kind)) = (&fields[..], kind) else {
            continue;
        };
        for (sentence, is_example) in [(example, true), (counter_example, false)] {
            if *sentence == "-" {
                continue;
            }
            let read = product.read_predicates(&Document::plain(sentence));
            let predicates = read.into_iter().filter(|one| one.of.contains(&kind));
            lessons.push(Lesson {
                fold: None,
                predicates: predicates
                    .map(|one| LearningEvent {
                        features: one.features,
                        kind: is_example.then_some(kind),
                    })
                    .collect(),
            });
        }
    }
    Ok(lessons)
}
