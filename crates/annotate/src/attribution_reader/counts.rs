//! `Counts`: how often words are cues, in all documents that are learnt from and in each.
//!
//! It does not know features. A document's own words are rated by the others alone, so that no weight sees what it is asked.

use super::branches::head_of;
use super::features::Rate;
use super::labels::Part;
use super::train::LearningAttributions;
use std::collections::{BTreeMap, HashMap};
use syntax::weight_file;

/// How often words stand, and how often as the head of a cue: in all documents and in each.
pub(super) struct Counts {
    all: HashMap<u32, [u32; 2]>,
}

impl Counts {
    pub(super) fn of(documents: &[LearningAttributions]) -> Self {
        let mut all: HashMap<u32, [u32; 2]> = HashMap::new();
        for document in documents {
            for (lemma, counts) in Self::one(document) {
                let known = all.entry(lemma).or_default();
                known[0] += counts[0];
                known[1] += counts[1];
            }
        }
        Self { all }
    }

    fn one(document: &LearningAttributions) -> HashMap<u32, [u32; 2]> {
        let reading = &document.reading;
        let mut counts: HashMap<u32, [u32; 2]> = HashMap::new();
        for paragraph in &reading.paragraphs {
            for token in paragraph.clone() {
                counts.entry(reading.seen[token].lemma).or_default()[0] += 1;
            }
        }
        for gold in &document.gold {
            for tokens in &gold.parts[Part::Cue as usize] {
                let head = head_of(reading, tokens);
                if let Some(seen) = reading.seen.get(head) {
                    counts.entry(seen.lemma).or_default()[1] += 1;
                }
            }
        }
        counts
    }

    fn rate(counts: [u32; 2]) -> Rate {
        let [all, cues] = counts.map(f64::from);
        if all < 2.0 {
            return 0;
        }
        let share = (cues + 0.1) / (all + 1.0);
        let bin = match share {
            share if share < 0.003 => 1,
            share if share < 0.015 => 2,
            share if share < 0.05 => 3,
            share if share < 0.12 => 4,
            share if share < 0.25 => 5,
            share if share < 0.4 => 6,
            share if share < 0.55 => 7,
            share if share < 0.7 => 8,
            share if share < 0.85 => 9,
            _ => 10,
        };
        // Of a word that was seen a few times alone less is known.
        if all < 8.0 { bin + 10 } else { bin }
    }

    /// The rates of a document's words as the other documents have them.
    pub(super) fn rates(&self, document: &LearningAttributions) -> Vec<Rate> {
        let own = Self::one(document);
        let rate = |lemma: u32| {
            let all = self.all.get(&lemma).copied().unwrap_or_default();
            let own = own.get(&lemma).copied().unwrap_or_default();
            Self::rate([all[0].saturating_sub(own[0]), all[1].saturating_sub(own[1])])
        };
        document
            .reading
            .seen
            .iter()
            .map(|seen| rate(seen.lemma))
            .collect()
    }

    /// Writes the rates of words; of those never seen as cues only where they are common.
    pub(super) fn put(&self, body: &mut Vec<u8>) {
        let rates: BTreeMap<u32, Rate> = self
            .all
            .iter()
            .map(|(lemma, counts)| (*lemma, Self::rate(*counts)))
            .filter(|(_, rate)| *rate != 0)
            .collect();
        weight_file::put_varint(body, rates.len() as u32);
        let mut before = 0;
        for (lemma, rate) in rates {
            weight_file::put_varint(body, lemma - before);
            before = lemma;
            body.push(rate);
        }
    }
}
