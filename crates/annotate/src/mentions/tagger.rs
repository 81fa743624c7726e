//! `NameTagger`: finds names by two linear models: the first reads sentence by sentence, the second also sees what the
//! first found of the same words elsewhere in the document.
//!
//! It does not know how the weights were learnt (`train`).

use super::decode::{DecodeRoom, Neighbours, Weighed, decode};
use super::features::Features;
use super::hints::NameHints;
use super::labels::{KINDS, LABELS, Label, OUTSIDE};
use super::reading::Reading;
use super::recall::{Recall, names_of};
use crate::EntityKind;
use crate::neighbours::weigh;
use std::ops::Range;
use syntax::WordClasses;
use syntax::linear::Weights;
use syntax::weight_file::{self, Damage};
use text::Segments;

pub(crate) const KIND: &str = "mentions";

/// A name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its tokens, as indices into `Segments::tokens`.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: EntityKind,
    /// By how much its least sure token prefers its label to any other, in units of weight; below zero where only
    /// the neighbours speak for the name.
    pub margin: i32,
}

/// A document to look for names in.
#[derive(Debug, Clone, Copy)]
pub struct NameInput<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its sentences and tokens.
    pub segments: &'a Segments,
    /// A number for the part of speech of each token (`tag_number` of its English tag); empty where there is none.
    pub tags: &'a [u32],
}

/// Room kept from document to document.
#[derive(Debug, Clone, Default)]
pub struct NameRoom {
    pub(crate) reading: Reading,
    pub(crate) recall: Recall,
    pub(crate) line: LineRoom,
    labels: Vec<Label>,
    margins: Vec<i32>,
}

/// Room kept from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct LineRoom {
    pub(crate) features: Features,
    pub(crate) weighed: Vec<Weighed>,
    pub(crate) steps: Vec<u8>,
    pub(crate) decode: DecodeRoom,
    pub(crate) labels: Vec<Label>,
}

/// Weights of tokens and of neighbouring labels.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub(crate) weights: Weights,
    pub(crate) neighbours: Neighbours,
}

impl Model {
    pub(crate) fn of(weights: Weights) -> Self {
        Self {
            neighbours: Neighbours::new(&weights),
            weights,
        }
    }

    /// Labels every token of a document; with `recall`, by what was found of it elsewhere too.
    pub(crate) fn label(
        &self,
        reading: &Reading,
        recall: Option<&Recall>,
        room: &mut LineRoom,
        labels: &mut Vec<Label>,
        margins: Option<&mut Vec<i32>>,
    ) {
        labels.clear();
        let mut margins = margins;
        for line in &reading.lines {
            if recall.is_some_and(|recall| recall.is_silent(line)) {
                labels.resize(line.end, OUTSIDE);
                if let Some(margins) = margins.as_deref_mut() {
                    margins.resize(line.end, 0);
                }
                continue;
            }
            room.weighed.clear();
            room.steps.clear();
            for token in line.clone() {
                room.steps.push(reading.seen[token].step);
                if reading.seen[token].plain {
                    room.weighed.push(NO_NAME);
                    continue;
                }
                room.features
                    .collect(reading, line, token, recall.is_some());
                if let Some(recall) = recall {
                    recall.collect(reading, line, token, &mut room.features);
                }
                room.weighed.push(weigh(&self.weights, room.features.all()));
            }
            decode(
                &room.weighed,
                &room.steps,
                None,
                &self.neighbours,
                BEAM,
                &mut room.decode,
                &mut room.labels,
            );
            if let Some(margins) = margins.as_deref_mut() {
                margins.extend(
                    room.labels
                        .iter()
                        .zip(&room.weighed)
                        .map(|(label, weighed)| margin(*label, weighed)),
                );
            }
            labels.extend_from_slice(&room.labels);
        }
    }
}

fn margin(label: Label, weighed: &Weighed) -> i32 {
    let other = (0..LABELS)
        .filter(|other| *other != label as usize)
        .map(|other| weighed[other])
        .max();
    weighed[label as usize] - other.unwrap_or(0)
}

/// The weights of a token that can be part of no name.
pub(crate) const NO_NAME: Weighed = {
    let mut weighed = [-1_000_000; LABELS];
    weighed[0] = 0;
    weighed
};

/// How far behind the best a label may be at a token; nothing was ever seen to come back from there.
const BEAM: i32 = 4_000;

/// The tagger.
#[derive(Debug, Clone)]
pub struct NameTagger {
    pub(crate) first: Model,
    pub(crate) second: Option<Model>,
}

impl NameTagger {
    /// Reads a weight file.
    ///
    /// # Errors
    /// When the bytes are not such a file, whole and unchanged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damage> {
        let mut body = weight_file::read(KIND, bytes)?;
        let passes = body.u8()?;
        let first = Model::of(Weights::read(&mut body, LABELS)?);
        let second = if passes > 1 {
            Some(Model::of(Weights::read(&mut body, LABELS)?))
        } else {
            None
        };
        Ok(Self { first, second })
    }

    /// Finds the names of a document, in order; none lies inside another. Linear in the length of the text.
    pub fn names(
        &self,
        input: &NameInput,
        classes: &WordClasses,
        hints: &NameHints,
        room: &mut NameRoom,
        names: &mut Vec<Name>,
    ) {
        names.clear();
        let NameRoom {
            reading,
            recall,
            line,
            labels,
            margins,
        } = room;
        reading.fill(input.text, input.segments, input.tags, classes, hints);
        margins.clear();
        let first_margins = self.second.is_none().then_some(&mut *margins);
        self.first.label(reading, None, line, labels, first_margins);
        if let Some(second) = &self.second {
            recall.fill(reading, labels);
            second.label(reading, Some(recall), line, labels, Some(margins));
        }
        names.extend(names_of(&reading.lines, labels).map(|(tokens, kind)| {
            Name {
                margin: tokens
                    .clone()
                    .map(|token| margins[token])
                    .min()
                    .unwrap_or(0),
                kind: KINDS[kind],
                tokens,
            }
        }));
    }
}
