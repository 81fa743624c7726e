//! `AttributionModel`: reads the attributions of a document by its weights.
//!
//! It does not know how the weights were learnt (`train`), whom a source names or which act a cue performs.

use super::branches::Around;
use super::chain::{ChainRoom, Neighbours, Weighed, decode, margins};
use super::edges::{self, EdgeRoom, Tagged};
use super::features::{Paragraph, Rate};
use super::labels::{CUE_LABELS, LABELS, Label, Run, runs};
use super::linker::{Link, LinkRoom, Runs, link};
use super::reading::{AttributionReading, Seen};
use super::sure::{self, JUDGED};
use crate::neighbours::{self, weigh};
use std::collections::HashMap;
use std::ops::Range;
use syntax::linear::{CLASSES, FeatureList, Scorer, Scores, Weights};
use syntax::weight_file::{self, Damage};

pub(crate) const KIND: &str = "attributions";

/// The weights of two taggers, of cues alone and of all parts, side by side: most of their features are the same, so that one
/// look finds what both have of them.
#[derive(Debug, Clone)]
struct Taggers {
    /// The labels of parts, then those of cues.
    weights: Weights,
    parts: Neighbours,
    cues: Neighbours,
}

impl Taggers {
    fn of(weights: Weights) -> Self {
        Self {
            parts: Neighbours::new(&weights),
            cues: Neighbours::of_classes(&weights, LABELS),
            weights,
        }
    }
}

/// The models that read attributions.
#[derive(Debug, Clone)]
pub struct AttributionModel {
    rates: HashMap<u32, Rate>,
    taggers: Taggers,
    links: Weights,
    edges: Weights,
    sure: Weights,
}

/// Room kept from document to document.
#[derive(Debug, Clone, Default)]
pub struct AttributionRoom {
    rates: Vec<Rate>,
    features: FeatureList,
    weighed: Vec<Weighed>,
    /// Of each token what its own features weigh as a part, before the cues around it are known.
    alone: Vec<Weighed>,
    steps: Vec<u8>,
    chain: ChainRoom,
    pub(crate) labels: Vec<Label>,
    around: Around,
    runs: Vec<Run>,
    sorted: Runs,
    linking: LinkRoom,
    edging: EdgeRoom,
    margins: Vec<i32>,
    /// For each token of the document the margin of its label.
    sure: Vec<i32>,
}

/// An attribution as the models read it: ranges of tokens, each role's in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Linked {
    /// Who is quoted; nothing where the text does not say.
    pub source: Vec<Range<usize>>,
    /// The words that attribute.
    pub cue: Vec<Range<usize>>,
    /// What is said.
    pub content: Vec<Range<usize>>,
    /// The probability that there is such an attribution with this content, 0 to 1.
    pub attribution: f64,
    /// The probability that its source is right too, 0 to 1.
    pub relation: f64,
}

impl AttributionModel {
    /// Reads a weight file.
    ///
    /// # Errors
    /// When the bytes are not such a file, whole and unchanged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damage> {
        let mut body = weight_file::read(KIND, bytes)?;
        let count = body.varint()?;
        let mut rates = HashMap::new();
        let mut word = 0_u32;
        for _ in 0..count {
            word = word.checked_add(body.varint()?).ok_or(body.broken())?;
            rates.insert(word, body.u8()?);
        }
        Ok(Self {
            rates,
            taggers: Taggers::of(Weights::read(&mut body, LABELS + CUE_LABELS)?),
            links: Weights::read(&mut body, 1)?,
            edges: Weights::read(&mut body, 1)?,
            sure: Weights::read(&mut body, JUDGED)?,
        })
    }

    /// The attributions of a document, in order of their cues. Linear in the length of the text.
    #[must_use]
    pub fn read(&self, reading: &AttributionReading, room: &mut AttributionRoom) -> Vec<Linked> {
        room.rates.clear();
        room.rates.extend(
            reading
                .seen
                .iter()
                .map(|seen| self.rates.get(&seen.lemma).copied().unwrap_or(0)),
        );
        self.read_paragraphs(reading, room)
    }

    /// The same of a reading with the words of the last one and other paragraphs.
    pub(crate) fn read_paragraphs(
        &self,
        reading: &AttributionReading,
        room: &mut AttributionRoom,
    ) -> Vec<Linked> {
        let AttributionRoom {
            rates,
            features,
            weighed,
            alone,
            steps,
            chain,
            labels,
            around,
            runs: stretches,
            sorted,
            linking,
            edging,
            margins: margin,
            sure,
        } = room;
        sure.clear();
        sure.resize(reading.seen.len(), 0);
        let taggers = &self.taggers;
        let mut found = Vec::new();
        for tokens in &reading.paragraphs {
            let paragraph = Paragraph::new(reading, tokens.clone(), rates);
            steps.clear();
            steps.extend(tokens.clone().map(|token| reading.seen[token].step));
            weighed.clear();
            alone.clear();
            for token in tokens.clone() {
                features.clear();
                paragraph.collect(token, features);
                let mut scores: Scores = [0; CLASSES];
                taggers.weights.score(features.all(), &mut scores);
                alone.push(neighbours::labels(&scores, 0));
                weighed.push(neighbours::labels(&scores, LABELS));
            }
            decode(weighed, steps, CUE_LABELS, &taggers.cues, chain, labels);
            around.fill(&paragraph, labels, stretches);
            weighed.clear();
            for (token, alone) in tokens.clone().zip(&*alone) {
                features.clear();
                around.collect(&paragraph, labels, token, features);
                let more: Weighed = weigh(&taggers.weights, features.all());
                weighed.push(std::array::from_fn(|label| alone[label] + more[label]));
            }
            decode(weighed, steps, LABELS, &taggers.parts, chain, labels);
            runs(labels, tokens.start, stretches);
            if stretches.is_empty() {
                continue;
            }
            margins(
                weighed,
                steps,
                LABELS,
                &taggers.parts,
                chain,
                labels,
                margin,
            );
            sure[tokens.clone()].copy_from_slice(margin);
            sorted.fill(reading, std::mem::take(stretches));
            let links = link(reading, sorted, &self.links, linking);
            let tagged = Tagged {
                reading,
                tokens: tokens.clone(),
                weighed,
                labels,
                neighbours: &taggers.parts,
                outside: Seen::outside(),
            };
            edges::choose(&tagged, sorted, &links, &self.edges, edging);
            for link in links {
                sure::collect(reading, sorted, &link, sure, rates, features);
                let [attribution, relation] = sure::probabilities(&self.sure, features);
                found.push(linked(sorted, &link, attribution, relation));
            }
        }
        found
    }
}

/// A link as ranges of tokens.
pub(crate) fn linked(runs: &Runs, link: &Link, attribution: f64, relation: f64) -> Linked {
    let tokens = |place: &usize| runs.runs[*place].tokens.clone();
    Linked {
        source: link.source.iter().map(tokens).collect(),
        cue: link.cue.iter().map(tokens).collect(),
        content: link.content.iter().map(tokens).collect(),
        attribution,
        relation: relation.min(attribution),
    }
}
