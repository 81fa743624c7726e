//! Labelled antecedents for the ranker: GUM's chains of coreference and our own sources, and how a ranker does on them.
//!
//! It does not know claims. GUM's third-person pronouns are matched by the byte at which they begin.

use super::gold::{self, Item, is_same};
use crate::data::{Data, Failure};
use crate::mentions::gum;
use crate::parallel;
use crate::product::Product;
use crate::treebank::{Treebank, TreebankDocument};
use annotate::Voice;
use annotate::source_ranker::{Class, LearningSources, SourceRanker, SourceReading, Truth};
use std::collections::HashMap;
use text::{Document, Span};

/// A labelled document, and which of its items are measured.
pub struct Labelled {
    pub learning: LearningSources,
    pub measured: Vec<bool>,
}

/// How a ranker does.
#[derive(Debug, Clone, Default)]
pub struct Score {
    pub items: usize,
    pub right: usize,
    pub wrong: usize,
    pub abstained: usize,
    /// Best candidates by tenths of their probability: how many, the sum of the probabilities, how many are right.
    pub bins: [(usize, f64, usize); 10],
}

/// The documents of a treebank with entities. What chain a phrase has is known only where GUM marks the same head.
pub fn of_gum(
    product: &Product,
    data: &Data,
    file: &str,
    jobs: usize,
) -> Result<Vec<Labelled>, Failure> {
    let treebank = Treebank::open(data, file)?;
    Ok(parallel::map(&treebank.documents, jobs, |document| {
        gum_document(product, document)
    }))
}

/// A mention of GUM.
struct Gold {
    span: Span,
    head: Span,
    chain: u32,
    is_subject_pronoun: bool,
}

fn gum_document(product: &Product, document: &TreebankDocument) -> Labelled {
    let raw = document.raw();
    let mut gold = Vec::new();
    for (sentence, place) in document.sentences.iter().zip(&raw.sentences) {
        for (words, _, id) in gum::entities(sentence) {
            let Some(head) = gum::head(sentence, &words) else {
                continue;
            };
            let word = &sentence.words[head];
            let third = matches!(
                word.form.to_lowercase().as_str(),
                "he" | "she" | "they" | "it"
            );
            gold.push(Gold {
                span: place.words[words.start].cover(place.words[words.end - 1]),
                head: place.words[head],
                chain: id.parse().unwrap_or(0),
                is_subject_pronoun: third && words.len() == 1 && word.deprel.starts_with("nsubj"),
            });
        }
    }
    gold.sort_by_key(|gold| gold.head.start);
    let reading = product.source_reading(&Document::plain(&raw.text));
    let mut truth = Vec::with_capacity(reading.len());
    let mut measured = Vec::with_capacity(reading.len());
    let mut seen: HashMap<u32, ()> = HashMap::new();
    for item in 0..reading.len() {
        let found = matching(&gold, &reading, item);
        let again = found.is_some_and(|gold| seen.insert(gold.chain, ()).is_some());
        measured.push(found.is_some_and(|gold| gold.is_subject_pronoun) && again);
        let pronoun = reading.class(item).is_some_and(|class| class.is_pronoun());
        truth.push(match found {
            Some(gold) => Truth::Chain(gold.chain),
            // What GUM does not mark ("it rains") is a chain of its own.
            None if pronoun => Truth::Chain(u32::MAX - item as u32),
            None => Truth::Unknown,
        });
    }
    Labelled {
        learning: LearningSources {
            reading,
            truth,
            weight: 1.0,
        },
        measured,
    }
}

/// The mention of GUM with the head of an item; of several the one of the most alike length.
fn matching<'g>(gold: &'g [Gold], reading: &SourceReading, item: usize) -> Option<&'g Gold> {
    let span = reading.span(item);
    let head = reading.head(item);
    // A person's name has its last word as its head here, its first in GUM.
    let inside = if reading.class(item).is_none() {
        span
    } else {
        head
    };
    let first = gold.partition_point(|gold| gold.head.start < inside.start);
    let length = |span: Span| (span.end - span.start) as i64;
    gold[first..]
        .iter()
        .take_while(|gold| gold.head.start < inside.end)
        .min_by_key(|gold| (length(gold.span) - length(span)).abs())
}

/// Our own items: the source of the marked cue alone is known.
pub fn of_own(product: &Product, items: &[&Item], weight: f32) -> Vec<Labelled> {
    items
        .iter()
        .filter_map(|item| own_document(product, item, weight))
        .collect()
}

fn own_document(product: &Product, item: &Item, weight: f32) -> Option<Labelled> {
    let document = Document::plain(&item.text);
    let annotations = product.annotate(&document);
    let reading = product.source_reading(&document);
    let claim = annotations.claims.iter().find(|claim| {
        let mut cues = claim.cue.iter().flat_map(|cue| &cue.spans);
        claim.voice == Voice::Attributed && cues.any(|cue| cue.overlaps(item.cue))
    })?;
    let source = *claim.source.spans.first()?;
    let pointing = (0..reading.len()).rev().find(|item| {
        reading.class(*item).is_some()
            && source.contains(reading.head(*item))
            && reading.span(*item).start == source.start
    })?;
    let entity = annotations
        .entities
        .iter()
        .position(|entity| is_same(&item.names, &entity.name));
    let mut truth = vec![Truth::Unknown; reading.len()];
    truth[pointing] = match entity.and_then(|entity| u32::try_from(entity).ok()) {
        Some(entity) => Truth::Entity(annotate::EntityId(entity)),
        None if item.names.is_empty() && item.speaks_for.is_empty() => Truth::Nobody,
        None => return None,
    };
    let mut measured = vec![false; reading.len()];
    measured[pointing] = true;
    Some(Labelled {
        learning: LearningSources {
            reading,
            truth,
            weight,
        },
        measured,
    })
}

/// `gold/sources.train.marks`: whatever stands in brackets is known.
pub fn of_marks(product: &Product, weight: f32) -> Result<Vec<Labelled>, Failure> {
    gold::marked()?
        .iter()
        .map(|marked| {
            let document = Document::plain(&marked.text);
            let entities = product.annotate(&document).entities;
            let reading = product.source_reading(&document);
            let mut truth = vec![Truth::Unknown; reading.len()];
            for (span, names) in &marked.meant {
                let pointing = (0..reading.len()).find(|item| {
                    reading.class(*item).is_some() && span.contains(reading.head(*item))
                });
                // A phrase that is not seen to point back is not learnt from.
                let Some(item) = pointing else { continue };
                let entity = entities
                    .iter()
                    .position(|entity| is_same(names, &entity.name))
                    .and_then(|entity| u32::try_from(entity).ok());
                truth[item] = match entity {
                    Some(entity) => Truth::Entity(annotate::EntityId(entity)),
                    None if names.is_empty() => Truth::Nobody,
                    // The name itself is not read.
                    None => Truth::Unknown,
                };
            }
            Ok(Labelled {
                measured: truth.iter().map(|truth| *truth != Truth::Unknown).collect(),
                learning: LearningSources {
                    reading,
                    truth,
                    weight,
                },
            })
        })
        .collect()
}

/// Compares what a ranker names, from a probability on, with what is labelled.
pub fn score(ranker: &SourceRanker, documents: &[Labelled], threshold: f64) -> Score {
    score_of(ranker, documents, threshold, &Class::ALL)
}

/// The same for some classes alone.
pub fn score_of(
    ranker: &SourceRanker,
    documents: &[Labelled],
    threshold: f64,
    classes: &[Class],
) -> Score {
    let mut score = Score::default();
    for document in documents {
        let learning = &document.learning;
        let found = ranker.read(&learning.reading);
        let measured = |item: &usize| {
            let class = learning.reading.class(*item);
            document.measured[*item] && class.is_some_and(|class| classes.contains(&class))
        };
        for item in (0..found.len()).filter(measured) {
            score.items += 1;
            let truth = learning.truth[item];
            let Some(best) = found[item] else {
                score.add(truth, None, None, threshold);
                continue;
            };
            let is_right = match truth {
                Truth::Chain(_) => learning.truth[best.phrase] == truth,
                Truth::Entity(entity) => best.entity == Some(entity),
                Truth::Nobody => best.entity.is_none(),
                Truth::Unknown => false,
            };
            score.add(truth, Some(is_right), Some(best.probability), threshold);
        }
    }
    score
}

impl Score {
    fn add(&mut self, truth: Truth, right: Option<bool>, probability: Option<f64>, threshold: f64) {
        if let (Some(right), Some(probability)) = (right, probability) {
            let bin = &mut self.bins[((probability * 10.0) as usize).min(9)];
            bin.0 += 1;
            bin.1 += probability;
            bin.2 += usize::from(right);
        }
        match (right, probability) {
            (Some(right), Some(probability)) if probability >= threshold => {
                if right {
                    self.right += 1;
                } else {
                    self.wrong += 1;
                }
            }
            _ if truth == Truth::Nobody => self.right += 1,
            _ => self.abstained += 1,
        }
    }

    pub fn sum(&mut self, other: &Score) {
        self.items += other.items;
        self.right += other.right;
        self.wrong += other.wrong;
        self.abstained += other.abstained;
        for (own, other) in self.bins.iter_mut().zip(&other.bins) {
            own.0 += other.0;
            own.1 += other.1;
            own.2 += other.2;
        }
    }

    /// Mean distance of probability and share of right answers, weighted by how many there are.
    pub fn calibration_error(&self) -> f64 {
        let all: usize = self.bins.iter().map(|bin| bin.0).sum();
        let off: f64 = self
            .bins
            .iter()
            .map(|(_, probability, right)| (probability - *right as f64).abs())
            .sum();
        off / all.max(1) as f64
    }

    pub fn print(&self, name: &str) {
        let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
        println!(
            "{name:34} {:5} {:6} {:6} {:9} {:9.1} {:9.1} {:12.3}",
            self.items,
            self.right,
            self.wrong,
            self.abstained,
            share(self.right, self.right + self.wrong),
            share(self.right, self.items),
            self.calibration_error()
        );
    }

    pub fn head() {
        println!(
            "{:34} {:>5} {:>6} {:>6} {:>9} {:>9} {:>9} {:>12}   antecedents",
            "", "items", "right", "wrong", "abstained", "precision", "accuracy", "calibration"
        );
    }
}
