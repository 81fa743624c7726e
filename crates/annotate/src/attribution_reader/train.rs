//! Learning the weights of attributions from labelled documents.
//!
//! It does not know sets of data. Method: structured averaged perceptrons with a margin (M. Collins, 2002); the second
//! model learns from the cues of models that have not seen the document, and so do the links, the edges of contents and the
//! confidences from its readings (jack-knife).

use super::branches::{Around, head_of};
use super::chain::{ChainRoom, Neighbours, Weighed, decode, margins};
use super::counts::Counts;
use super::edge_training::EdgeLearner;
use super::edges::{self, EdgeRoom, Tagged};
use super::features::{Paragraph, Rate};
use super::labels::{CUE_LABELS, LABELS, Label, OUTSIDE, Part, Run, runs};
use super::linker::{Link, LinkRoom, Runs, link, weight};
use super::model::KIND;
use super::reading::{AttributionReading, Seen};
use super::sure::{self, Case};
use crate::neighbours::weigh;
use std::collections::BTreeMap;
use std::ops::Range;
use syntax::linear::{Cell, FeatureList, Learner, Row, Scorer, Shuffle, Weights};
use syntax::weight_file;

/// An attribution in a document to learn from, as ranges of tokens.
#[derive(Debug, Clone, Default)]
pub struct GoldAttribution {
    /// Of the source, the cue and the content.
    pub parts: [Vec<Range<usize>>; 3],
}

/// A document to learn from.
#[derive(Debug, Clone)]
pub struct LearningAttributions {
    /// The document.
    pub reading: AttributionReading,
    /// Its attributions.
    pub gold: Vec<GoldAttribution>,
    /// Documents with the same number are held out together.
    pub group: u64,
}

/// How to learn.
#[derive(Debug, Clone)]
pub struct AttributionTraining {
    /// Passes over the data for the model of cues.
    pub cue_epochs: usize,
    /// Passes over the data for the model of all parts.
    pub epochs: usize,
    /// Parts that are held out in turn for the cues that the second model learns from.
    pub folds: u64,
    /// Fixes the order of paragraphs.
    pub seed: u64,
    /// By how much a wrong label must lose.
    pub margin: i32,
    /// By how much more a label must lose that takes a token for none's.
    pub miss: i32,
    /// Weights below this are dropped after the first and after the second round, in units of which `unit` make one update.
    pub least: [f64; 2],
    /// Units in one update.
    pub unit: f64,
    /// Learners of the second round, each with its own order of paragraphs, of which the mean is taken.
    pub learners: u64,
}

impl Default for AttributionTraining {
    fn default() -> Self {
        Self {
            cue_epochs: 5,
            epochs: 7,
            folds: 4,
            seed: 1,
            margin: 80,
            miss: 0,
            least: [11.0, 11.0],
            unit: 4.0,
            learners: 3,
        }
    }
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct TrainingReport {
    /// The weight file.
    pub bytes: Vec<u8>,
    /// Bytes of the model of cues and parts, of links, of edges, of confidences.
    pub sizes: [usize; 4],
}

/// A document ready to learn from.
struct Example<'a> {
    document: &'a LearningAttributions,
    rates: Vec<Rate>,
    labels: Vec<Label>,
    /// For each token the attribution whose part it is.
    relation: Vec<u32>,
    features: Vec<u32>,
    /// Where each token's features begin, and the end.
    begins: Vec<u32>,
}

const NO_RELATION: u32 = u32::MAX;

impl Example<'_> {
    fn features(&self, token: usize) -> &[u32] {
        match (self.begins.get(token), self.begins.get(token + 1)) {
            (Some(from), Some(to)) => &self.features[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// The features of every token; with the labels of cues, those of the second model.
    fn collect(&mut self, cues: Option<&[Label]>) {
        let reading = &self.document.reading;
        let (mut features, mut around, mut stretches) =
            (FeatureList::default(), Around::default(), Vec::new());
        self.features.clear();
        self.begins.clear();
        self.begins.resize(reading.seen.len() + 1, 0);
        let mut done = 0;
        for tokens in &reading.paragraphs {
            let paragraph = Paragraph::new(reading, tokens.clone(), &self.rates);
            let labels = cues.map(|cues| &cues[tokens.clone()]);
            if let Some(labels) = labels {
                around.fill(&paragraph, labels, &mut stretches);
            }
            self.begins[done..=tokens.start].fill(self.features.len() as u32);
            for token in tokens.clone() {
                features.clear();
                paragraph.collect(token, &mut features);
                if let Some(labels) = labels {
                    around.collect(&paragraph, labels, token, &mut features);
                }
                self.features.extend_from_slice(features.all());
                self.begins[token + 1] = self.features.len() as u32;
            }
            done = tokens.end;
        }
        self.begins[done..].fill(self.features.len() as u32);
    }

    /// The label that a model of so many labels should give.
    fn label(&self, token: usize, labels: usize) -> Label {
        let label = self.labels[token];
        if labels == LABELS {
            label
        } else if label == Part::Cue.begin() || label == Part::Cue.begin() + 1 {
            label - Part::Cue.begin() + 1
        } else {
            OUTSIDE
        }
    }
}

/// Learns the models; gives their weight file.
#[must_use]
pub fn train(documents: &[LearningAttributions], how: &AttributionTraining) -> TrainingReport {
    let counts = Counts::of(documents);
    let mut examples: Vec<Example> = documents
        .iter()
        .map(|document| example(document, &counts))
        .collect();
    let every: Vec<usize> = (0..examples.len()).collect();
    let fold = |at: usize, folds: u64| documents[at].group % folds;
    for example in &mut examples {
        example.collect(None);
    }
    let cue_rows = learn(&examples, &every, CUE_LABELS, how.cue_epochs, how);
    let mut cues: Vec<Vec<Label>> = vec![Vec::new(); examples.len()];
    for held in 0..how.folds {
        let (out, rest): (Vec<usize>, Vec<usize>) =
            every.iter().partition(|at| fold(**at, how.folds) == held);
        let weights = Learner::finish(
            &draft(&examples, &rest, CUE_LABELS, how.cue_epochs.min(4), how),
            CUE_LABELS,
        );
        for at in out {
            cues[at] = label(&examples[at], &weights, CUE_LABELS).labels;
        }
    }
    for (example, cues) in examples.iter_mut().zip(&cues) {
        example.collect(Some(cues));
    }
    let rows = learn(&examples, &every, LABELS, how.epochs, how);
    // Readings by models that have not seen the document: what links, edges and confidences learn from.
    let mut readings: Vec<Held> = vec![Held::default(); examples.len()];
    for held in 0..2 {
        let (out, rest): (Vec<usize>, Vec<usize>) =
            every.iter().partition(|at| fold(**at, 2) == held);
        let weights = Learner::finish(
            &draft(&examples, &rest, LABELS, how.epochs.min(4), how),
            LABELS,
        );
        for at in out {
            readings[at] = label(&examples[at], &weights, LABELS);
        }
    }
    let links = learn_links(&examples, &readings, &every, how);
    let edges = learn_edges(&examples, &readings, &links, &every, how);
    let mut cases = Vec::new();
    for held in 0..2 {
        let (out, rest): (Vec<usize>, Vec<usize>) =
            every.iter().partition(|at| fold(**at, 2) == held);
        let links = learn_links(&examples, &readings, &rest, how);
        let edges = learn_edges(&examples, &readings, &links, &rest, how);
        let weights = [links, edges].map(|rows| Learner::finish(&rows, 1));
        for at in out {
            judge(&examples[at], &readings[at], &weights, &mut cases);
        }
    }
    let sure = sure::fit(&cases);
    let mut body = Vec::new();
    counts.put(&mut body);
    let mut sizes = [0; 4];
    let models = [&beside(rows, &cue_rows, LABELS), &links, &edges, &sure];
    for (size, rows) in sizes.iter_mut().zip(models) {
        let before = body.len();
        Weights::put(rows, &mut body);
        *size = body.len() - before;
    }
    TrainingReport {
        bytes: weight_file::write(KIND, &body),
        sizes,
    }
}

/// The rows of a model and of another side by side, the other's classes from `first` on.
fn beside(rows: Vec<Row>, more: &[Row], first: usize) -> Vec<Row> {
    let mut all: BTreeMap<u32, Vec<Cell>> = rows.into_iter().collect();
    for (feature, cells) in more {
        let cells = cells.iter().map(|cell| Cell {
            class: cell.class + first as u8,
            ..*cell
        });
        all.entry(*feature).or_default().extend(cells);
    }
    all.into_iter().collect()
}

fn example<'a>(document: &'a LearningAttributions, counts: &Counts) -> Example<'a> {
    let reading = &document.reading;
    let mut labels = vec![OUTSIDE; reading.seen.len()];
    let mut relation = vec![NO_RELATION; reading.seen.len()];
    for part in [Part::Cue, Part::Source, Part::Content] {
        for (number, gold) in (0..).zip(&document.gold) {
            for tokens in &gold.parts[part as usize] {
                let mut open = false;
                for token in tokens.clone() {
                    let Some(slot) = labels.get_mut(token).filter(|slot| **slot == OUTSIDE) else {
                        open = false;
                        continue;
                    };
                    *slot = part.begin() + Label::from(open);
                    relation[token] = number;
                    open = true;
                }
            }
        }
    }
    // What a paragraph's end cuts in two begins anew behind it.
    for paragraph in &reading.paragraphs {
        if let Some(label) = labels.get_mut(paragraph.start)
            && *label != OUTSIDE
            && *label % 2 == 0
        {
            *label -= 1;
        }
    }
    Example {
        document,
        rates: counts.rates(document),
        labels,
        relation,
        features: Vec::new(),
        begins: Vec::new(),
    }
}

/// A document as a model reads it.
#[derive(Clone, Default)]
struct Held {
    labels: Vec<Label>,
    margins: Vec<i32>,
    weighed: Vec<Weighed>,
    /// The model's weights of neighbouring labels.
    neighbours: Option<Neighbours>,
}

impl Held {
    fn tagged<'a>(&'a self, example: &'a Example, tokens: &Range<usize>) -> Option<Tagged<'a>> {
        Some(Tagged {
            reading: &example.document.reading,
            tokens: tokens.clone(),
            weighed: &self.weighed[tokens.clone()],
            labels: &self.labels[tokens.clone()],
            neighbours: self.neighbours.as_ref()?,
            outside: Seen::outside(),
        })
    }
}

/// What a model gives for every token of a document.
fn label(example: &Example, weights: &impl Scorer, labels: usize) -> Held {
    let reading = &example.document.reading;
    let neighbours = Neighbours::new(weights);
    let mut held = Held {
        labels: vec![OUTSIDE; reading.seen.len()],
        margins: vec![0; reading.seen.len()],
        weighed: vec![Weighed::default(); reading.seen.len()],
        neighbours: None,
    };
    let (mut room, mut best, mut margin) = (ChainRoom::default(), Vec::new(), Vec::new());
    for tokens in &reading.paragraphs {
        let weighed = &mut held.weighed[tokens.clone()];
        for (slot, token) in weighed.iter_mut().zip(tokens.clone()) {
            *slot = weigh(weights, example.features(token));
        }
        let steps: Vec<u8> = tokens
            .clone()
            .map(|token| reading.seen[token].step)
            .collect();
        decode(weighed, &steps, labels, &neighbours, &mut room, &mut best);
        margins(
            weighed,
            &steps,
            labels,
            &neighbours,
            &room,
            &best,
            &mut margin,
        );
        held.labels[tokens.clone()].copy_from_slice(&best);
        held.margins[tokens.clone()].copy_from_slice(&margin);
    }
    held.neighbours = Some(neighbours);
    held
}

/// A model that serves for a while alone: one round.
fn draft(
    examples: &[Example],
    on: &[usize],
    labels: usize,
    epochs: usize,
    how: &AttributionTraining,
) -> Vec<Row> {
    let mut learner = Learner::new();
    pass(&mut learner, examples, on, labels, epochs, how.seed, how);
    learner.rows(how.unit, how.least[0])
}

/// A model: a first round that finds the features worth keeping, a second that learns their weights anew.
fn learn(
    examples: &[Example],
    on: &[usize],
    labels: usize,
    epochs: usize,
    how: &AttributionTraining,
) -> Vec<Row> {
    let first = draft(examples, on, labels, epochs.min(4), how);
    let learners: Vec<Learner> = (0..how.learners.max(1))
        .map(|number| {
            let mut learner = Learner::only(&first);
            let seed = how.seed + 1 + number;
            pass(&mut learner, examples, on, labels, epochs, seed, how);
            learner
        })
        .collect();
    let learners: Vec<&Learner> = learners.iter().collect();
    Learner::mean_rows(&learners, how.unit, how.least[1])
}

fn pass(
    learner: &mut Learner,
    examples: &[Example],
    on: &[usize],
    labels: usize,
    epochs: usize,
    seed: u64,
    how: &AttributionTraining,
) {
    let mut paragraphs: Vec<(usize, Range<usize>)> = on
        .iter()
        .flat_map(|&at| {
            let reading = &examples[at].document.reading;
            reading
                .paragraphs
                .iter()
                .map(move |tokens| (at, tokens.clone()))
        })
        .collect();
    let mut shuffle = Shuffle::new(seed);
    let mut neighbours = Neighbours::new(learner);
    let mut room = ChainRoom::default();
    let (mut given, mut wanted): (Vec<Label>, Vec<Label>) = (Vec::new(), Vec::new());
    let (mut weighed, mut steps): (Vec<Weighed>, Vec<u8>) = (Vec::new(), Vec::new());
    for _ in 0..epochs {
        shuffle.shuffle(&mut paragraphs);
        for (at, tokens) in &paragraphs {
            let example = &examples[*at];
            wanted.clear();
            wanted.extend(tokens.clone().map(|token| example.label(token, labels)));
            steps.clear();
            steps.extend(
                tokens
                    .clone()
                    .map(|token| example.document.reading.seen[token].step),
            );
            weighed.clear();
            for (token, right) in tokens.clone().zip(&wanted) {
                let mut weights = weigh(learner, example.features(token));
                for (label, weight) in weights.iter_mut().enumerate().take(labels) {
                    if label != usize::from(*right) {
                        let missed = label == usize::from(OUTSIDE);
                        *weight += how.margin + if missed { how.miss } else { 0 };
                    }
                }
                weighed.push(weights);
            }
            decode(&weighed, &steps, labels, &neighbours, &mut room, &mut given);
            learner.next();
            if given == wanted {
                continue;
            }
            let mut before = (OUTSIDE, OUTSIDE);
            for (index, (&right, &wrong)) in wanted.iter().zip(&given).enumerate() {
                if right != wrong {
                    for &feature in example.features(tokens.start + index) {
                        learner.update(feature, usize::from(right), 1);
                        learner.update(feature, usize::from(wrong), -1);
                    }
                }
                if (before.0, right) != (before.1, wrong) {
                    let feature = |label| Neighbours::feature(steps[index], label);
                    learner.update(feature(before.0), usize::from(right), 1);
                    learner.update(feature(before.1), usize::from(wrong), -1);
                }
                before = (right, wrong);
            }
            neighbours.fill(learner, 0);
        }
    }
}

/// Learns which parts belong to one another, from gold parts and from those that a model found.
fn learn_links(
    examples: &[Example],
    readings: &[Held],
    on: &[usize],
    how: &AttributionTraining,
) -> Vec<Row> {
    let mut learner = Learner::new();
    let mut shuffle = Shuffle::new(how.seed);
    let mut order: Vec<(usize, bool)> = on
        .iter()
        .flat_map(|at| [(*at, false), (*at, true)])
        .collect();
    let (mut sorted, mut room) = (Runs::default(), LinkSteps::default());
    for _ in 0..6 {
        shuffle.shuffle(&mut order);
        for (at, is_gold) in &order {
            let example = &examples[*at];
            let reading = &example.document.reading;
            let labels = if *is_gold {
                &example.labels
            } else {
                &readings[*at].labels
            };
            for tokens in &reading.paragraphs {
                let mut stretches: Vec<Run> = Vec::new();
                runs(&labels[tokens.clone()], tokens.start, &mut stretches);
                sorted.fill(reading, stretches);
                room.learn(example, &sorted, &mut learner);
            }
        }
    }
    learner.rows(how.unit, 2.0)
}

/// Learns where contents begin and end, from those that a model found.
fn learn_edges(
    examples: &[Example],
    readings: &[Held],
    links: &[Row],
    on: &[usize],
    how: &AttributionTraining,
) -> Vec<Row> {
    let weights = Learner::finish(links, 1);
    let mut learner = EdgeLearner::default();
    let (mut sorted, mut room) = (Runs::default(), LinkRoom::default());
    let mut taken: Vec<Tagged> = Vec::new();
    for &at in on {
        let example = &examples[at];
        let reading = &example.document.reading;
        for tokens in &reading.paragraphs {
            let Some(tagged) = readings[at].tagged(example, tokens) else {
                continue;
            };
            let mut stretches = Vec::new();
            runs(tagged.labels, tokens.start, &mut stretches);
            sorted.fill(reading, stretches);
            let links = link(reading, &sorted, &weights, &mut room);
            let gold = |place: usize| gold_of(example, &sorted.runs[place]);
            learner.add(&tagged, taken.len(), &sorted, &links, gold);
            taken.push(tagged);
        }
    }
    learner.fit(how.seed, &taken)
}

/// The stretch of the attribution that most of a run's tokens belong to which shares most with the run.
fn gold_of(example: &Example, run: &Run) -> Option<Range<usize>> {
    let number = relation_of(example, run)? as usize;
    let shared = |gold: &&Range<usize>| {
        (gold.end.min(run.tokens.end)).saturating_sub(gold.start.max(run.tokens.start))
    };
    let parts = &example.document.gold[number].parts[run.part as usize];
    parts.iter().max_by_key(shared).cloned()
}

/// The attribution that most of a run's tokens belong to, in the run's own role.
fn relation_of(example: &Example, run: &Run) -> Option<u32> {
    let mut counts: Vec<(u32, usize)> = Vec::new();
    for token in run.tokens.clone() {
        let number = example.relation[token];
        let same = usize::from(example.labels[token].saturating_sub(1)) / 2 == run.part as usize;
        if number == NO_RELATION || !same {
            continue;
        }
        match counts.iter_mut().find(|count| count.0 == number) {
            Some(count) => count.1 += 1,
            None => counts.push((number, 1)),
        }
    }
    counts
        .into_iter()
        .max_by_key(|(number, count)| (*count, u32::MAX - *number))
        .map(|(number, _)| number)
}

/// Room for learning links.
#[derive(Default)]
struct LinkSteps {
    features: FeatureList,
    other: FeatureList,
}

/// By how much a right choice must win.
const LINK_MARGIN: i32 = 10;

impl LinkSteps {
    fn learn(&mut self, example: &Example, sorted: &Runs, learner: &mut Learner) {
        let reading = &example.document.reading;
        let relation: Vec<Option<u32>> = sorted
            .runs
            .iter()
            .map(|run| relation_of(example, run))
            .collect();
        let cues = &sorted.of[Part::Cue as usize];
        for pair in cues.windows(2) {
            if !sorted.may_merge(reading, pair[0], pair[1]) {
                continue;
            }
            let right = relation[pair[0]].is_some() && relation[pair[0]] == relation[pair[1]];
            sorted.merging(reading, pair[0], pair[1], &mut self.features);
            let sum = weight(learner, &self.features);
            learner.next();
            if right && sum <= LINK_MARGIN || !right && sum >= -LINK_MARGIN {
                let by = if right { 1 } else { -1 };
                for feature in self.features.all() {
                    learner.update(*feature, 0, by);
                }
            }
        }
        for &content in &sorted.of[Part::Content as usize] {
            let choices: Vec<Option<usize>> = std::iter::once(None)
                .chain(sorted.near(content, Part::Cue).map(Some))
                .collect();
            let fits = |cue: usize| relation[cue].is_some() && relation[cue] == relation[content];
            let any = choices.iter().flatten().any(|cue| fits(*cue));
            let right = |choice: Option<usize>| choice.map_or(!any, &fits);
            self.choose(&choices, right, learner, |choice, into| {
                sorted.content(reading, content, choice, into);
            });
        }
        for &cue in cues {
            let contents: Vec<usize> = sorted
                .near(cue, Part::Content)
                .filter(|content| relation[cue].is_some() && relation[*content] == relation[cue])
                .collect();
            if contents.is_empty() {
                continue;
            }
            let Some(gold) = relation[cue].map(|number| &example.document.gold[number as usize])
            else {
                continue;
            };
            let choices: Vec<Option<usize>> = std::iter::once(None)
                .chain(sorted.near(cue, Part::Source).map(Some))
                .collect();
            let fits = |source: usize| {
                let tokens = &sorted.runs[source].tokens;
                gold.parts[Part::Source as usize]
                    .iter()
                    .any(|gold| gold.start < tokens.end && tokens.start < gold.end)
            };
            let any = choices.iter().flatten().any(|source| fits(*source));
            // Where the source itself was missed nothing can be learnt of the choice.
            if !any && !gold.parts[Part::Source as usize].is_empty() {
                continue;
            }
            let right = |choice: Option<usize>| choice.map_or(!any, &fits);
            self.choose(&choices, right, learner, |choice, into| {
                sorted.source(reading, cue, choice, &contents, into);
            });
        }
    }

    /// Moves the weights where the best of the right choices is not ahead of the best wrong one.
    fn choose(
        &mut self,
        choices: &[Option<usize>],
        right: impl Fn(Option<usize>) -> bool,
        learner: &mut Learner,
        collect: impl Fn(Option<usize>, &mut FeatureList),
    ) {
        learner.next();
        let mut best: [Option<(i32, Option<usize>)>; 2] = [None; 2];
        for &choice in choices {
            collect(choice, &mut self.features);
            let sum = weight(learner, &self.features);
            let slot = &mut best[usize::from(right(choice))];
            if slot.is_none_or(|(most, _)| sum > most) {
                *slot = Some((sum, choice));
            }
        }
        let [Some(wrong), Some(good)] = best else {
            return;
        };
        if good.0 > wrong.0 + LINK_MARGIN {
            return;
        }
        collect(good.1, &mut self.features);
        collect(wrong.1, &mut self.other);
        for feature in self.features.all() {
            learner.update(*feature, 0, 1);
        }
        for feature in self.other.all() {
            learner.update(*feature, 0, -1);
        }
    }
}

/// Reads a held-back document and says of each attribution whether it is right.
fn judge(
    example: &Example,
    held: &Held,
    [link_weights, edge_weights]: &[Weights; 2],
    cases: &mut Vec<Case>,
) {
    let reading = &example.document.reading;
    let (mut sorted, mut room) = (Runs::default(), LinkRoom::default());
    let (mut features, mut edging) = (FeatureList::default(), EdgeRoom::default());
    for tokens in &reading.paragraphs {
        let Some(tagged) = held.tagged(example, tokens) else {
            continue;
        };
        let mut stretches = Vec::new();
        runs(tagged.labels, tokens.start, &mut stretches);
        sorted.fill(reading, stretches);
        let links = link(reading, &sorted, link_weights, &mut room);
        edges::choose(&tagged, &mut sorted, &links, edge_weights, &mut edging);
        for link in links {
            let (margins, rates) = (&held.margins, &example.rates);
            sure::collect(reading, &sorted, &link, margins, rates, &mut features);
            cases.push(Case {
                features: features.all().to_vec(),
                right: is_right(example, &sorted, &link),
            });
        }
    }
}

/// Whether the content overlaps a gold content by at least half of the longer, and whether the head of its source is the
/// reading's too; the measure's own rules, but in tokens.
fn is_right(example: &Example, sorted: &Runs, link: &Link) -> [bool; 2] {
    let reading = &example.document.reading;
    let words = |tokens: &Range<usize>| -> Vec<usize> {
        let is_word = |token: &usize| !matches!(reading.seen[*token].step, 1..=5);
        tokens.clone().filter(is_word).collect()
    };
    let all = |ranges: &mut dyn Iterator<Item = Range<usize>>| -> Vec<usize> {
        ranges.flat_map(|tokens| words(&tokens)).collect()
    };
    let given = all(&mut link
        .content
        .iter()
        .map(|place| sorted.runs[*place].tokens.clone()));
    let source: Vec<usize> = link
        .source
        .iter()
        .flat_map(|place| sorted.runs[*place].tokens.clone())
        .collect();
    let mut right = [false; 2];
    for gold in &example.document.gold {
        let wanted = all(&mut gold.parts[Part::Content as usize].iter().cloned());
        let shared = given.iter().filter(|token| wanted.contains(token)).count();
        if 2 * shared < given.len().max(wanted.len()).max(1) {
            continue;
        }
        right[0] = true;
        let sources = &gold.parts[Part::Source as usize];
        right[1] |= match sources.first() {
            None => source.is_empty(),
            Some(tokens) => source.contains(&head_of(reading, tokens)),
        };
    }
    right
}
