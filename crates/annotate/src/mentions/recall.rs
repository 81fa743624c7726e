//! `Recall`: what a first reading of a document found of the same words elsewhere in it.
//!
//! It does not know weights. A name that stands in a clear context once ("Mr Keel") is known where the context is poor.

use super::features::Features;
use super::labels::{KINDS, Label, OUTSIDE, is_open, kind_of};
use super::reading::Reading;
use super::table::Table;
use std::ops::Range;
use syntax::linear::Feature;

/// The most tokens of a name that is looked for elsewhere.
const LONGEST: usize = 6;

/// How often a form was labelled as part of a name of each kind, and outside of names (last).
type Counts = [u8; KINDS.len() + 1];

/// What the document says of one token.
#[derive(Debug, Clone, Copy, Default)]
struct Recalled {
    /// Kind, share and number of the other places where the form is labelled.
    form: (u8, u8, u8),
    /// Part and kind of the longest known name that stands here, and its share.
    name: (u8, u8, u8),
}

/// What the first reading found, kept and filled again for the next document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Recall {
    draft: Vec<Label>,
    recalled: Vec<Recalled>,
    forms: Table<Counts>,
    names: Table<Counts>,
    /// Forms with which names begin.
    begins: Table<u8>,
    acronyms: Table<u8>,
}

impl Recall {
    /// Takes in the labels of a document's first reading.
    pub(crate) fn fill(&mut self, reading: &Reading, draft: &[Label]) {
        self.draft.clear();
        self.draft.extend_from_slice(draft);
        let tokens = reading.seen.len();
        self.forms.clear(tokens);
        self.names.clear(tokens);
        self.begins.clear(tokens);
        self.acronyms.clear(tokens);
        for (seen, &label) in reading.seen.iter().zip(draft) {
            let at = kind_of(label).unwrap_or(KINDS.len());
            let count = &mut self.forms.of(seen.word.form)[at];
            *count = count.saturating_add(1);
        }
        for (tokens, kind) in names_of(&reading.lines, draft) {
            let form = |at: usize| reading.seen[at].word.form;
            *self.begins.of(form(tokens.start)) = 1;
            if tokens.len() <= LONGEST {
                let count = &mut self.names.of(number(tokens.clone().map(form)))[kind];
                *count = count.saturating_add(1);
            }
            if tokens.len() >= 2 {
                let letters = tokens.clone().filter(|at| reading.seen[*at].word.capital);
                let all = number(letters.map(|at| reading.seen[at].initial));
                *self.acronyms.of(all) = kind as u8 + 1;
            }
        }
        self.recalled.clear();
        self.recalled.resize(tokens, Recalled::default());
        for (at, seen) in reading.seen.iter().enumerate() {
            let mut counts = self.forms.get(seen.word.form).copied().unwrap_or_default();
            let own = kind_of(draft[at]).unwrap_or(KINDS.len());
            counts[own] = counts[own].saturating_sub(1);
            self.recalled[at].form = summary(&counts);
        }
        for line in &reading.lines {
            let mut at = line.start;
            while at < line.end {
                at += self.name_at(reading, line, at);
            }
        }
    }

    /// Marks the longest known name at a token; gives the number of tokens to go on.
    fn name_at(&mut self, reading: &Reading, line: &Range<usize>, at: usize) -> usize {
        let form = |at: usize| reading.seen[at].word.form;
        if self.begins.get(form(at)).is_none() {
            return 1;
        }
        let longest = LONGEST.min(line.end - at);
        for len in (1..=longest).rev() {
            let Some(counts) = self.names.get(number((at..at + len).map(form))) else {
                continue;
            };
            let mut counts = *counts;
            if let Some(kind) = whole_name(&self.draft[at..at + len]) {
                counts[kind] = counts[kind].saturating_sub(1);
            }
            let (kind, share, count) = summary(&counts);
            if count == 0 {
                continue;
            }
            for (index, recalled) in self.recalled[at..at + len].iter_mut().enumerate() {
                let part = 1 + u8::from(index == 0) + 2 * u8::from(index + 1 == len);
                recalled.name = (part, kind, share);
            }
            return len;
        }
        1
    }

    /// Whether nothing in a line is or recalls a name.
    pub(crate) fn is_silent(&self, line: &Range<usize>) -> bool {
        self.draft[line.clone()]
            .iter()
            .all(|label| *label == OUTSIDE)
            && self.recalled[line.clone()].iter().all(|recalled| {
                recalled.name.0 == 0
                    && (recalled.form.0 as usize == KINDS.len() || recalled.form.2 == 0)
            })
    }

    /// Adds the features of a token that tell what was found of it.
    #[inline]
    pub(crate) fn collect(
        &self,
        reading: &Reading,
        line: &Range<usize>,
        token: usize,
        features: &mut Features,
    ) {
        let label = |offset: isize| {
            let at = token.wrapping_add_signed(offset);
            let inside = line.contains(&at);
            u32::from(if inside { self.draft[at] } else { 99 })
        };
        let (own, left, right) = (label(0), label(-1), label(1));
        let of = Feature::of;
        let seen = &reading.seen[token];
        let shape = seen.word.shape;
        features.add(of(100).with(own));
        features.add(of(101).with(left).with(own));
        features.add(of(102).with(own).with(right));
        features.add(of(103).with(left).with(own).with(right));
        features.add(of(104).with(own).with(shape));
        features.add(of(105).with(own).with(seen.word.class.classes[1].into()));
        let recalled = &self.recalled[token];
        let (kind, share, count) = recalled.form;
        let (kind, share, count) = (u32::from(kind), u32::from(share), u32::from(count));
        if count > 0 {
            features.add(of(106).with(kind).with(share).with(count));
            features.add(of(107).with(kind).with(share).with(own));
            features.add(of(108).with(kind).with(share).with(shape));
        }
        let (part, kind, share) = recalled.name;
        if part > 0 {
            let (part, kind, share) = (u32::from(part), u32::from(kind), u32::from(share));
            features.add(of(109).with(part).with(kind).with(share));
            features.add(of(110).with(part).with(kind).with(own));
            features.add(of(111).with(part).with(kind).with(shape));
            features.add(of(112).with(part).with(kind).with(left).with(right));
        }
        if seen.letters != 0 {
            let acronym = self.acronyms.get(seen.letters).copied().unwrap_or(0);
            features.add(of(113).with(u32::from(acronym)).with(own));
        }
    }
}

/// The most frequent kind, its share in four steps, and how often anything was counted, in three.
fn summary(counts: &Counts) -> (u8, u8, u8) {
    let all: u32 = counts.iter().map(|count| u32::from(*count)).sum();
    let best = (0..counts.len())
        .rev()
        .max_by_key(|at| counts[*at])
        .unwrap_or(0);
    let most = u32::from(counts[best]);
    let share = match () {
        () if most == all => 3,
        () if most * 4 >= all * 3 => 2,
        () if most * 2 > all => 1,
        () => 0,
    };
    let count = match all {
        0 => 0,
        1 => 1,
        2..=3 => 2,
        _ => 3,
    };
    (best as u8, share, count)
}

/// The kind of a run of labels that is one whole name.
fn whole_name(labels: &[Label]) -> Option<usize> {
    let (last, before) = labels.split_last()?;
    let whole = *last != OUTSIDE && !is_open(*last) && before.iter().all(|label| is_open(*label));
    kind_of(*last).filter(|_| whole)
}

/// The names that labels stand for.
pub(crate) fn names_of<'a>(
    lines: &'a [Range<usize>],
    labels: &'a [Label],
) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
    lines.iter().flat_map(move |line| {
        let mut start = line.start;
        line.clone().filter_map(move |at| {
            let kind = kind_of(labels[at])?;
            let first = at == line.start || !is_open(labels[at - 1]);
            if first {
                start = at;
            }
            (!is_open(labels[at])).then_some((start..at + 1, kind))
        })
    })
}

/// A number for a run of numbers.
pub(crate) fn number(forms: impl Iterator<Item = u32>) -> u32 {
    forms.fold(Feature::of(920), Feature::with).finish()
}
