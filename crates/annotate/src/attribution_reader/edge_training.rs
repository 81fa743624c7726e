//! Learning where contents begin and end, from readings of held-back articles.
//!
//! It does not know how readings came about. Method: a log-linear choice among a content's candidates, fitted by stochastic
//! gradients with a rate for each weight (J. Duchi, E. Hazan, Y. Singer, "Adaptive subgradient methods", 2011): first
//! beginnings and ends alone, then both together, the mean of whose rounds is kept.

use super::edge_features::{end_features, pair_features, start_features};
use super::edges::{Asked, Candidates, Spread, TOGETHER, Tagged, asked, candidates};
use super::linker::{Link, Runs};
use crate::logistic;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use syntax::linear::{FeatureList, Row, Shuffle};

/// A feature that fewer candidates have is not learnt.
const FEWEST: u32 = 4;

/// Rounds over the data: beginnings and ends alone, both together.
const ROUNDS: [usize; 2] = [6, 6];

/// How fast weights move at first, and how strongly they are drawn towards zero.
const RATE: f64 = 0.04;
const DECAY: f64 = 0.003;

/// Weights nearer to zero than this are not kept.
const LEAST: f64 = 0.05;

/// One content: the features of its candidates, and which are right.
struct Case {
    /// Of beginnings, of ends.
    features: [Vec<Vec<u32>>; 2],
    places: [Vec<usize>; 2],
    /// Which candidates are right; all where gold's is not among them.
    right: [Vec<bool>; 2],
    /// The candidates, by number, that are weighed together.
    pairs: Vec<(usize, usize, Vec<u32>)>,
    asked: Asked,
    paragraph: usize,
}

impl Case {
    /// Whether gold's edge is among the candidates.
    fn is_told(&self, side: usize) -> bool {
        self.right[side].iter().filter(|right| **right).count() == 1
    }
}

/// Collects contents and fits the weights.
#[derive(Default)]
pub(crate) struct EdgeLearner {
    cases: Vec<Case>,
    spread: Spread,
    found: Candidates,
    list: Vec<(usize, Asked)>,
    features: FeatureList,
}

impl EdgeLearner {
    /// Takes in the contents of the links of a paragraph, which has a number; `gold` says for a run what it should have been.
    pub(crate) fn add(
        &mut self,
        tagged: &Tagged,
        paragraph: usize,
        runs: &Runs,
        links: &[Link],
        gold: impl Fn(usize) -> Option<Range<usize>>,
    ) {
        let Self {
            cases,
            spread,
            found,
            list,
            features,
        } = self;
        if links.is_empty() {
            return;
        }
        spread.fill(tagged.reading, &tagged.tokens);
        asked(&tagged.tokens, runs, links, list);
        for (place, asked) in list.iter() {
            let Some(gold) = gold(*place) else { continue };
            candidates(tagged, spread, asked, found);
            let mut case = Case {
                features: Default::default(),
                places: [&found.starts, &found.ends]
                    .map(|all| all.iter().map(|candidate| candidate.at).collect()),
                right: Default::default(),
                pairs: Vec::new(),
                asked: asked.clone(),
                paragraph,
            };
            for candidate in &found.starts {
                start_features(tagged, spread, asked, *candidate, features);
                case.features[0].push(features.all().to_vec());
            }
            for candidate in &found.ends {
                end_features(tagged, spread, asked, *candidate, features);
                case.features[1].push(features.all().to_vec());
            }
            // What a paragraph's end cuts in two ends with it.
            let edges = [
                gold.start.max(tagged.tokens.start),
                gold.end.min(tagged.tokens.end),
            ];
            for (side, edge) in edges.into_iter().enumerate() {
                let places = &case.places[side];
                let is_among = places.contains(&edge);
                case.right[side] = places
                    .iter()
                    .map(|place| *place == edge || !is_among)
                    .collect();
            }
            cases.push(case);
        }
    }

    /// Fits the weights; the paragraphs by their numbers.
    pub(crate) fn fit(mut self, seed: u64, paragraphs: &[Tagged]) -> Vec<Row> {
        let mut known = Known::default();
        known.number(
            self.cases
                .iter_mut()
                .flat_map(|case| case.features.iter_mut().flatten())
                .collect(),
        );
        let mut order: Vec<usize> = (0..self.cases.len()).collect();
        let mut shuffle = Shuffle::new(seed);
        for _ in 0..ROUNDS[0] {
            shuffle.shuffle(&mut order);
            for case in order.iter().map(|at| &self.cases[*at]) {
                for (lists, right) in case.features.iter().zip(&case.right) {
                    let all: Vec<[&[u32]; 3]> =
                        lists.iter().map(|list| [&list[..], &[], &[]]).collect();
                    known.learn(&all, right);
                }
            }
        }
        for case in &mut self.cases {
            let tagged = &paragraphs[case.paragraph];
            pair(case, &known, tagged, &mut self.features);
        }
        known.number(
            self.cases
                .iter_mut()
                .flat_map(|case| case.pairs.iter_mut().map(|(_, _, list)| list))
                .collect(),
        );
        for _ in 0..ROUNDS[1] {
            shuffle.shuffle(&mut order);
            for case in order.iter().map(|at| &self.cases[*at]) {
                let all: Vec<[&[u32]; 3]> = case
                    .pairs
                    .iter()
                    .map(|(start, end, list)| {
                        [&case.features[0][*start], &case.features[1][*end], list]
                            .map(|list| &list[..])
                    })
                    .collect();
                let right: Vec<bool> = case
                    .pairs
                    .iter()
                    .map(|(start, end, _)| case.right[0][*start] && case.right[1][*end])
                    .collect();
                known.learn(&all, &right);
            }
            known.add_to_mean();
        }
        known.rows()
    }
}

/// Puts together the beginnings and ends that are best by themselves, gold's among them.
fn pair(case: &mut Case, known: &Known, tagged: &Tagged, features: &mut FeatureList) {
    let kept = [0, 1].map(|side| {
        let lists = &case.features[side];
        let mut sums: Vec<(f64, usize)> = lists
            .iter()
            .map(|list| known.sum(&[list]))
            .zip(0..)
            .collect();
        sums.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let is_told = case.is_told(side);
        let mut rank = 0;
        sums.retain(|(_, at)| {
            rank += 1;
            rank <= TOGETHER[side] || is_told && case.right[side][*at]
        });
        sums
    });
    for (_, start) in &kept[0] {
        for (_, end) in &kept[1] {
            let (from, to) = (case.places[0][*start], case.places[1][*end]);
            if from < to {
                pair_features(tagged, &case.asked, from, to, features);
                case.pairs.push((*start, *end, features.all().to_vec()));
            }
        }
    }
}

/// Weights in training, by the numbers that `number` gives features.
#[derive(Default)]
struct Known {
    numbers: HashMap<u32, u32>,
    features: Vec<u32>,
    weights: Vec<f64>,
    squares: Vec<f64>,
    /// The sum of the weights over the rounds that count.
    sums: Vec<f64>,
    rounds: usize,
}

impl Known {
    /// Puts numbers in the place of features; features that few lists have are taken out.
    fn number(&mut self, mut lists: Vec<&mut Vec<u32>>) {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for feature in lists.iter().flat_map(|list| list.iter()) {
            *counts.entry(*feature).or_default() += 1;
        }
        for list in &mut lists {
            list.retain(|feature| counts[feature] >= FEWEST);
            for feature in list.iter_mut() {
                let next = self.features.len() as u32;
                let number = *self.numbers.entry(*feature).or_insert(next);
                if number == next {
                    self.features.push(*feature);
                }
                *feature = number;
            }
        }
        for all in [&mut self.weights, &mut self.squares, &mut self.sums] {
            all.resize(self.features.len(), 0.0);
        }
    }

    fn sum(&self, lists: &[&[u32]]) -> f64 {
        let numbers = lists.iter().copied().flatten();
        numbers.map(|number| self.weights[*number as usize]).sum()
    }

    /// Moves the weights so that the candidates that are right share more.
    fn learn(&mut self, all: &[[&[u32]; 3]], right: &[bool]) {
        if right.iter().all(|is_right| *is_right) || !right.contains(&true) {
            return;
        }
        let mut shares: Vec<f64> = all.iter().map(|lists| self.sum(lists)).collect();
        let mut wanted: Vec<f64> = shares
            .iter()
            .zip(right)
            .map(|(odds, is_right)| if *is_right { *odds } else { f64::MIN / 4.0 })
            .collect();
        logistic::softmax(&mut shares);
        logistic::softmax(&mut wanted);
        for ((lists, share), wanted) in all.iter().zip(&shares).zip(&wanted) {
            let gap = wanted - share;
            if gap.abs() < 1e-4 {
                continue;
            }
            for number in lists.iter().copied().flatten() {
                let at = *number as usize;
                let gradient = gap - DECAY * self.weights[at];
                self.squares[at] += gradient * gradient;
                self.weights[at] += RATE * gradient / (self.squares[at].sqrt() + 0.3);
            }
        }
    }

    fn add_to_mean(&mut self) {
        self.rounds += 1;
        for (sum, weight) in self.sums.iter_mut().zip(&self.weights) {
            *sum += weight;
        }
    }

    fn rows(&self) -> Vec<Row> {
        let mean = |sum: &f64| sum / self.rounds.max(1) as f64;
        let kept: BTreeMap<u32, [f64; 1]> = self
            .features
            .iter()
            .zip(self.sums.iter().map(mean))
            .filter(|(_, weight)| weight.abs() >= LEAST)
            .map(|(feature, weight)| (*feature, [weight]))
            .collect();
        logistic::rows(kept)
    }
}
