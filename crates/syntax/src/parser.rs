//! `Parser`: the dependency tree of a tagged sentence, by transitions that a linear model chooses.
//!
//! It does not know words' meanings beyond their classes. Greedy: each transition is the best where it is made, and the
//! sketch of each word's relation (`sketch`) gives the look ahead that a beam would give.

use crate::linear::{CLASSES, FeatureList, Scorer, Scores, Weights};
use crate::sketch::{self, Sketch};
use crate::tagger::Tag;
use crate::transitions::{Move, NONE, State};
use crate::tree_features::View;
use crate::weight_file::{self, Body, Damage};
use crate::words::Words;
use std::ops::Range;

pub(crate) const KIND: &str = "tree";

/// A choice that is so far ahead after the first look, in units of weight, is made without the second. On the treebanks'
/// dev parts two choices of three are, and none of them costs accuracy.
const SURE: i32 = 380;
/// Less than any sum of weights.
const FARTHEST: i32 = i32::MIN / 4;

/// The labels and the classes of a parser: shift, then each label with an arc to the left, then to the right, then the
/// root's arc.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Choices {
    pub(crate) labels: Vec<String>,
    pub(crate) left: Vec<u8>,
    pub(crate) right: Vec<u8>,
    pub(crate) root: u8,
}

/// The parser.
#[derive(Debug, Clone)]
pub struct Parser {
    choices: Choices,
    sketches: usize,
    sketcher: Weights,
    weights: Weights,
}

/// The place of a word in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arc {
    /// Index of the head in the sentence; none for the root.
    pub head: Option<u16>,
    /// The relation, as an index into the parser's labels.
    pub label: u8,
}

/// Room for parsing, kept from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub struct ParseRoom {
    state: State,
    features: FeatureList,
    sketches: Vec<Sketch>,
}

impl Choices {
    /// How many classes there are.
    pub(crate) fn len(&self) -> usize {
        2 + self.left.len() + self.right.len()
    }

    /// The classes of a move; at the root, the only arc to the left is the root's.
    pub(crate) fn classes(&self, step: Move, at_root: bool) -> Range<usize> {
        let right = 1 + self.left.len();
        match step {
            Move::Shift => 0..1,
            Move::Left if at_root => self.len() - 1..self.len(),
            Move::Left => 1..right,
            Move::Right => right..self.len() - 1,
        }
    }

    /// What a class does.
    pub(crate) fn step(&self, class: usize) -> (Move, u8) {
        let right = 1 + self.left.len();
        if class == 0 {
            (Move::Shift, 0)
        } else if class + 1 == self.len() {
            (Move::Left, self.root)
        } else if class < right {
            (Move::Left, self.left[class - 1])
        } else {
            (Move::Right, self.right[class - right])
        }
    }

    pub(crate) fn put(&self, body: &mut Vec<u8>) {
        weight_file::put_texts(body, &self.labels);
        body.push(self.root);
        for side in [&self.left, &self.right] {
            body.push(side.len() as u8);
            body.extend_from_slice(side);
        }
    }

    fn read(body: &mut Body) -> Result<Self, Damage> {
        let labels = body.texts()?;
        let root = body.u8()?;
        let mut side = || {
            let len = body.u8()? as usize;
            Ok(body.take(len)?.to_vec())
        };
        let (left, right) = (side()?, side()?);
        let choices = Self {
            labels,
            left,
            right,
            root,
        };
        let known = |label: &u8| (*label as usize) < choices.labels.len();
        let labels_known = choices
            .left
            .iter()
            .chain(&choices.right)
            .chain([&root])
            .all(known);
        if labels_known && choices.len() <= CLASSES {
            Ok(choices)
        } else {
            Err(body.broken())
        }
    }
}

impl Parser {
    /// The tree of a sentence of at most 65,534 words; what lies beyond gets no arc.
    pub fn parse(&self, words: &Words, tags: &[Tag], room: &mut ParseRoom, arcs: &mut Vec<Arc>) {
        arcs.clear();
        let len = words.len().min(tags.len()).min(usize::from(NONE) - 1);
        let ParseRoom {
            state,
            features,
            sketches,
        } = room;
        sketch::sketch(
            &self.sketcher,
            self.sketches,
            words,
            tags,
            features,
            sketches,
        );
        state.begin(len as u16);
        while !state.is_done() {
            let view = View::of(words, tags, sketches, state);
            let mut scores: Scores = [0; CLASSES];
            view.first_look(features);
            self.weights.score(features.all(), &mut scores);
            let mut found = best(&self.choices, state, &scores);
            if found.is_some_and(|(_, ahead)| ahead < SURE) {
                view.second_look(features);
                self.weights.score(features.all(), &mut scores);
                found = best(&self.choices, state, &scores);
            }
            let Some((class, _)) = found else {
                break;
            };
            let (step, label) = self.choices.step(class);
            state.make(step, label);
        }
        for word in 0..len as u16 {
            let node = state.node(word);
            let head = (node.head < len as u16).then_some(node.head);
            arcs.push(Arc {
                head,
                label: node.label,
            });
        }
    }

    /// The name of a relation.
    #[must_use]
    pub fn label(&self, label: u8) -> &str {
        self.choices
            .labels
            .get(label as usize)
            .map_or("dep", String::as_str)
    }

    /// Reads a weight file.
    ///
    /// # Errors
    /// When the bytes are not such a file, whole and unchanged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damage> {
        let mut body = weight_file::read(KIND, bytes)?;
        let choices = Choices::read(&mut body)?;
        let sketches = body.varint()? as usize;
        if sketches == 0 || sketches > CLASSES {
            return Err(body.broken());
        }
        let sketcher = Weights::read(&mut body, sketches)?;
        let weights = Weights::read(&mut body, choices.len())?;
        Ok(Self {
            choices,
            sketches,
            sketcher,
            weights,
        })
    }
}

/// The best class that may be chosen, of equals the first, and by how much it is ahead of the next.
#[inline]
pub(crate) fn best(choices: &Choices, state: &State, scores: &Scores) -> Option<(usize, i32)> {
    let mut best: Option<usize> = None;
    let (mut top, mut next) = (FARTHEST, FARTHEST);
    for step in [Move::Shift, Move::Left, Move::Right] {
        if state.allows(step) {
            for class in choices.classes(step, state.at_root()) {
                let score = scores[class];
                if best.is_none() || score > top {
                    next = top;
                    (best, top) = (Some(class), score);
                } else {
                    next = next.max(score);
                }
            }
        }
    }
    best.map(|best| (best, top - next))
}
