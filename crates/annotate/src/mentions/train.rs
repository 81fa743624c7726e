//! Learning the weights of names from labelled documents, also where only some kinds are labelled.
//!
//! It does not know sets of data. Method: the structured averaged perceptron (M. Collins, 2002) with a margin; where labels
//! are hidden, the target is the best sequence that the known labels allow (E. Fernandes and U. Brefeld, "Learning from
//! partially annotated sequences", 2011). The second model learns from readings by models that have not seen the document.

use super::decode::{DecodeRoom, EXACT, Neighbours, Weighed, decode};
use super::features::Features;
use super::hints::NameHints;
use super::labels::{EVERY, KnownLabels, LABELS, Label, LabelBits, goes_on, is_open, kind_of};
use super::reading::Reading;
use super::recall::Recall;
use super::tagger::{KIND, LineRoom, Model, NO_NAME};
use crate::neighbours::weigh;
use std::ops::Range;
use syntax::WordClasses;
use syntax::linear::{Cell, Learner, Shuffle, Weights};
use syntax::weight_file;
use text::Segments;

/// A document to learn from.
#[derive(Debug, Clone)]
pub struct LearningDocument {
    /// Its text.
    pub text: String,
    /// Its sentences and tokens.
    pub segments: Segments,
    /// As in `NameInput`.
    pub tags: Vec<u32>,
    /// What is known of its labels.
    pub known: KnownLabels,
    /// How often its sentences are seen in one pass over the data.
    pub repeat: usize,
    /// Documents with the same number (copies of one) are held out together.
    pub group: u64,
}

/// How to learn.
#[derive(Debug, Clone)]
pub struct NameTraining {
    /// Passes over the data for each model.
    pub epochs: usize,
    /// Models: one, or two.
    pub passes: u8,
    /// Parts that are held out in turn for the second model.
    pub folds: u64,
    /// Fixes the order of sentences.
    pub seed: u64,
    /// By how much a wrong label must lose.
    pub margin: i32,
    /// By how much a label that a set leaves out must win over none.
    pub doubt: i32,
    /// Weights below this are dropped, in units of which `unit` make one update.
    pub least: f64,
    /// Units in one update.
    pub unit: f64,
}

impl Default for NameTraining {
    fn default() -> Self {
        Self {
            epochs: 6,
            passes: 2,
            folds: 3,
            seed: 1,
            margin: 80,
            doubt: 150,
            least: 10.0,
            unit: 4.0,
        }
    }
}

/// A document ready to learn from.
struct Example<'a> {
    reading: Reading,
    document: &'a LearningDocument,
    bits: Vec<LabelBits>,
    /// The features of each token, one behind another.
    features: Vec<u32>,
    /// Where each token's features begin, and the end.
    begins: Vec<u32>,
}

impl Example<'_> {
    fn features(&self, token: usize) -> &[u32] {
        &self.features[self.begins[token] as usize..self.begins[token + 1] as usize]
    }

    fn collect(&mut self, recall: Option<&Recall>) {
        let mut features = Features::default();
        self.features.clear();
        self.begins.clear();
        for line in &self.reading.lines {
            for token in line.clone() {
                self.begins.push(self.features.len() as u32);
                if self.reading.seen[token].plain {
                    continue;
                }
                features.collect(&self.reading, line, token, recall.is_some());
                if let Some(recall) = recall {
                    recall.collect(&self.reading, line, token, &mut features);
                }
                self.features.extend_from_slice(features.all());
            }
        }
        self.begins.push(self.features.len() as u32);
    }
}

/// Learns a tagger; gives its weight file.
#[must_use]
pub fn train(
    documents: &[LearningDocument],
    classes: &WordClasses,
    hints: &NameHints,
    how: &NameTraining,
) -> Vec<u8> {
    let mut examples: Vec<Example> = documents
        .iter()
        .map(|document| example(document, classes, hints))
        .collect();
    for example in &mut examples {
        example.collect(None);
    }
    let every: Vec<usize> = (0..examples.len()).collect();
    let first = learn(&examples, &every, how);
    let mut body = Vec::new();
    body.push(how.passes);
    Weights::put(&first, &mut body);
    if how.passes > 1 {
        let mut drafts = vec![Vec::new(); examples.len()];
        for fold in 0..how.folds {
            let (out, rest): (Vec<usize>, Vec<usize>) = every
                .iter()
                .partition(|at| examples[**at].document.group % how.folds == fold);
            let rows = learn(&examples, &rest, how);
            let model = Model::of(Learner::finish(&rows, LABELS));
            let mut room = LineRoom::default();
            for at in out {
                let example = &examples[at];
                model.label(&example.reading, None, &mut room, &mut drafts[at], None);
            }
        }
        let mut recall = Recall::default();
        for (example, draft) in examples.iter_mut().zip(&drafts) {
            recall.fill(&example.reading, draft);
            example.collect(Some(&recall));
        }
        let second = learn(&examples, &every, how);
        Weights::put(&second, &mut body);
    }
    weight_file::write(KIND, &body)
}

fn example<'a>(
    document: &'a LearningDocument,
    classes: &WordClasses,
    hints: &NameHints,
) -> Example<'a> {
    let mut reading = Reading::default();
    reading.fill(
        &document.text,
        &document.segments,
        &document.tags,
        classes,
        hints,
    );
    let mut bits = document.known.bits.clone();
    bits.resize(reading.seen.len(), EVERY);
    for (bits, seen) in bits.iter_mut().zip(&reading.seen) {
        if seen.plain {
            *bits &= 1;
        }
    }
    for line in &reading.lines {
        if !can_be(&bits[line.clone()]) {
            // A name that the sentence's end cuts in two; nothing is learnt from such a sentence.
            bits[line.clone()].fill(EVERY);
        }
    }
    Example {
        reading,
        document,
        bits,
        features: Vec::new(),
        begins: Vec::new(),
    }
}

/// Whether there are labels that fit one another among those that are allowed.
fn can_be(bits: &[LabelBits]) -> bool {
    let fits = |before: Label, after: Label| {
        if is_open(before) {
            goes_on(after) && kind_of(before) == kind_of(after)
        } else {
            !goes_on(after)
        }
    };
    let mut now: LabelBits = 1;
    for allowed in bits {
        now = (0..LABELS as Label)
            .filter(|after| allowed >> after & 1 == 1)
            .filter(|after| {
                (0..LABELS as Label).any(|before| now >> before & 1 == 1 && fits(before, *after))
            })
            .fold(0, |set, label| set | 1 << label);
    }
    (0..LABELS as Label).any(|last| now >> last & 1 == 1 && !is_open(last))
}

/// Learns from some of the examples; gives what is left of the weights.
fn learn(examples: &[Example], on: &[usize], how: &NameTraining) -> Vec<(u32, Vec<Cell>)> {
    let mut learner = Learner::new();
    let mut neighbours = Neighbours::new(&learner);
    let mut lines: Vec<(usize, Range<usize>)> = on
        .iter()
        .flat_map(|at| std::iter::repeat_n(*at, examples[*at].document.repeat))
        .flat_map(|at| {
            examples[at]
                .reading
                .lines
                .iter()
                .map(move |line| (at, line.clone()))
        })
        .collect();
    let mut shuffle = Shuffle::new(how.seed);
    let mut room = DecodeRoom::default();
    let (mut given, mut wanted) = (Vec::new(), Vec::new());
    let mut weighed: Vec<Weighed> = Vec::new();
    let mut harder: Vec<Weighed> = Vec::new();
    let mut steps: Vec<u8> = Vec::new();
    for _ in 0..how.epochs {
        shuffle.shuffle(&mut lines);
        for (at, line) in &lines {
            let example = &examples[*at];
            let bits = &example.bits[line.clone()];
            weighed.clear();
            weighed.extend(line.clone().map(|token| match example.features(token) {
                [] => NO_NAME,
                features => weigh(&learner, features),
            }));
            steps.clear();
            steps.extend(line.clone().map(|token| example.reading.seen[token].step));
            harder.clone_from(&weighed);
            for (weights, bits) in harder.iter_mut().zip(bits) {
                for (label, weight) in weights.iter_mut().enumerate() {
                    *weight += how.margin * i32::from(bits >> label & 1 == 0);
                }
            }
            decode(
                &harder,
                &steps,
                None,
                &neighbours,
                EXACT,
                &mut room,
                &mut given,
            );
            learner.next();
            for (weights, bits) in weighed.iter_mut().zip(bits) {
                if bits & 1 == 1 && *bits != 1 && *bits != EVERY {
                    for weight in &mut weights[1..] {
                        *weight -= how.doubt;
                    }
                }
            }
            decode(
                &weighed,
                &steps,
                Some(bits),
                &neighbours,
                EXACT,
                &mut room,
                &mut wanted,
            );
            if given == wanted {
                continue;
            }
            let mut before = (0, 0);
            for (index, (&right, &wrong)) in wanted.iter().zip(&given).enumerate() {
                if right != wrong {
                    for &feature in example.features(line.start + index) {
                        learner.update(feature, usize::from(right), 1);
                        learner.update(feature, usize::from(wrong), -1);
                    }
                }
                if (before.0, right) != (before.1, wrong) {
                    learner.update(
                        Neighbours::feature(steps[index], before.0),
                        usize::from(right),
                        1,
                    );
                    learner.update(
                        Neighbours::feature(steps[index], before.1),
                        usize::from(wrong),
                        -1,
                    );
                }
                before = (right, wrong);
            }
            neighbours.fill(&learner, 0);
        }
    }
    learner.rows(how.unit, how.least)
}
