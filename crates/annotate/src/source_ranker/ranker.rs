//! `SourceRanker`: weights of features, and reading a document with them.
//!
//! It does not know how they were learnt.

use super::features::{Features, Ranks, feature_count, feature_of, name_of, ranks};
use super::items::{Item, SourceReading};
use super::walk::Walk;
use crate::EntityId;
use crate::knowledge::lines;
use crate::logistic::softmax;
use std::fmt::Write;

/// The probability from which one who points back counts as somebody, for what comes after.
const LINKED: f64 = 0.5;

/// Weights of the log-linear model.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceRanker {
    pub(crate) weights: Vec<f32>,
}

/// Whom an item stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Antecedent {
    /// The entity; none for somebody whom the text does not name ("a spokesman").
    pub entity: Option<EntityId>,
    /// The last item before that is no pronoun and means the same.
    pub phrase: usize,
    /// How probable it is that this one is meant, by the model.
    pub probability: f64,
}

/// The candidates of one item, with their features.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    pub(crate) candidates: Vec<usize>,
    /// For "none" and for each candidate.
    pub(crate) features: Vec<Vec<u16>>,
    ranks: Vec<Ranks>,
}

impl Choice {
    /// Looks at all who may be meant by an item. Returns whether there is anything to decide.
    pub(crate) fn fill(&mut self, walk: &Walk, item: &Item) -> bool {
        walk.candidates(item, &mut self.candidates);
        let (Some(class), false) = (item.class, self.candidates.is_empty()) else {
            return false;
        };
        let needed = self.candidates.len() + 1;
        if self.features.len() < needed {
            self.features.resize(needed, Vec::new());
        }
        Features::new(class, &mut self.features[0]).none(walk, item, &self.candidates);
        ranks(walk, item, &self.candidates, &mut self.ranks);
        for (at, number) in self.candidates.iter().enumerate() {
            Features::new(class, &mut self.features[at + 1]).candidate(
                walk,
                item,
                *number,
                self.ranks[at],
            );
        }
        true
    }
}

impl SourceRanker {
    /// Reads `class  template  value  weight`, separated by tabs.
    pub(crate) fn parse(file: &str, problems: &mut Vec<String>) -> Option<Self> {
        if file.trim().is_empty() {
            return None;
        }
        let mut weights = vec![0.0; feature_count()];
        for (number, line) in lines(file) {
            let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
            let read = match fields[..] {
                [class, template, value, weight] => {
                    let feature = value
                        .parse()
                        .ok()
                        .and_then(|value| feature_of(class, template, value));
                    feature.zip(
                        weight
                            .parse::<f32>()
                            .ok()
                            .filter(|weight| weight.is_finite()),
                    )
                }
                _ => None,
            };
            match read {
                Some((feature, weight)) => weights[feature] = weight,
                None => problems.push(format!(
                    "sources.tsv line {number}: a class, a template, a value and a weight are needed"
                )),
            }
        }
        Some(Self { weights })
    }

    /// The file that `parse` reads; weights of zero are left out.
    #[must_use]
    pub fn file(&self) -> String {
        let mut file = String::from(
            "# Weights of the ranker of antecedents; see sources.md. class, template, value, weight\n",
        );
        for (feature, weight) in self.weights.iter().enumerate() {
            let (class, template, value) = name_of(feature);
            let line = format!("{class}\t{template}\t{value}\t{weight:.3}\n");
            if !line.ends_with("\t0.000\n") && !line.ends_with("\t-0.000\n") {
                let _ = file.write_str(&line);
            }
        }
        file
    }

    /// For each item, whom it points back to; none for what does not point back and where nobody in sight is likely.
    #[must_use]
    pub fn read(&self, reading: &SourceReading) -> Vec<Option<Antecedent>> {
        let mut walk = Walk::new(reading);
        let mut choice = Choice::default();
        let mut probabilities = Vec::new();
        let mut found = Vec::with_capacity(reading.items.len());
        for (index, item) in reading.items.iter().enumerate() {
            let mut chosen = None;
            if choice.fill(&walk, item) {
                self.probabilities(&choice, &mut probabilities);
                let best = (1..=choice.candidates.len())
                    .max_by(|left, right| probabilities[*left].total_cmp(&probabilities[*right]));
                chosen = best.map(|best| (choice.candidates[best - 1], probabilities[best]));
            }
            found.push(chosen.map(|(number, probability)| Antecedent {
                entity: walk.known[number].entity,
                phrase: walk.known[number].last_phrase,
                probability,
            }));
            let linked = chosen.filter(|(_, probability)| *probability >= LINKED);
            walk.read(index, linked.map(|(number, _)| number));
        }
        found
    }

    /// Softmax over "none" and the candidates.
    pub(crate) fn probabilities(&self, choice: &Choice, into: &mut Vec<f64>) {
        into.clear();
        for features in &choice.features[..=choice.candidates.len()] {
            let score: f32 = features
                .iter()
                .map(|feature| self.weights[*feature as usize])
                .sum();
            into.push(f64::from(score));
        }
        softmax(into);
    }
}
