//! Labels of tokens: outside, or the beginning, inside, last or only token of a name of a kind; which may follow which;
//! and sets of labels, for text of which only some labels are known.
//!
//! It does not know features or weights.

use crate::EntityKind;
use std::ops::Range;

/// A token's label: 0 is outside; else 1 + 4 × the kind's place in [`KINDS`] + the token's [`Part`].
pub(crate) type Label = u8;

/// The label of what belongs to no name.
pub(crate) const OUTSIDE: Label = 0;

/// The kinds of names, in the order of their labels.
pub(crate) const KINDS: [EntityKind; 8] = [
    EntityKind::Person,
    EntityKind::Organization,
    EntityKind::Place,
    EntityKind::Facility,
    EntityKind::Weapon,
    EntityKind::Group,
    EntityKind::Event,
    EntityKind::Other,
];

/// How many labels there are.
pub(crate) const LABELS: usize = 1 + 4 * KINDS.len();

/// Which part of a name a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Begin = 0,
    Inside = 1,
    Last = 2,
    Only = 3,
}

/// The label of a part of a name.
pub(crate) fn label(kind: usize, part: Part) -> Label {
    (1 + 4 * kind + part as usize) as Label
}

/// The kind's place in [`KINDS`]; none outside of names.
pub(crate) fn kind_of(label: Label) -> Option<usize> {
    (label != OUTSIDE).then(|| (label as usize - 1) / 4)
}

/// Whether a name goes on after this label.
pub(crate) fn is_open(label: Label) -> bool {
    label != OUTSIDE && (label as usize - 1) % 4 < 2
}

/// Whether a name that is open goes on with this label.
pub(crate) fn goes_on(label: Label) -> bool {
    label != OUTSIDE && matches!((label - 1) % 4, 1 | 2)
}

/// A set of labels, one bit each.
pub(crate) type LabelBits = u64;

/// Every label.
pub(crate) const EVERY: LabelBits = (1 << LABELS) - 1;

fn bit(label: Label) -> LabelBits {
    1 << label
}

fn place_of(kind: EntityKind) -> usize {
    KINDS.iter().position(|other| *other == kind).unwrap_or(0)
}

/// What is known of the labels of a document's tokens: for each token those that it may have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownLabels {
    pub(crate) bits: Vec<LabelBits>,
    outside: LabelBits,
}

impl KnownLabels {
    /// A document of so many tokens in which nothing is named, except that names of the hidden kinds are not labelled
    /// and may stand anywhere.
    #[must_use]
    pub fn new(tokens: usize, hidden: &[EntityKind]) -> Self {
        let mut outside = bit(OUTSIDE);
        for kind in hidden {
            for part in [Part::Begin, Part::Inside, Part::Last, Part::Only] {
                outside |= bit(label(place_of(*kind), part));
            }
        }
        Self {
            bits: vec![outside; tokens],
            outside,
        }
    }

    /// The tokens are a name of one of these kinds. An empty range or one beyond the end is left out.
    pub fn name(&mut self, tokens: Range<usize>, kinds: &[EntityKind]) {
        let len = tokens.len();
        let Some(bits) = self.bits.get_mut(tokens) else {
            return;
        };
        for (at, bits) in bits.iter_mut().enumerate() {
            let part = match (at == 0, at + 1 == len) {
                (true, true) => Part::Only,
                (true, false) => Part::Begin,
                (false, true) => Part::Last,
                (false, false) => Part::Inside,
            };
            *bits = kinds
                .iter()
                .fold(0, |bits, kind| bits | bit(label(place_of(*kind), part)));
        }
    }

    /// Nothing is known of these tokens: they may also belong to names of these kinds, or to none.
    pub fn unknown(&mut self, tokens: Range<usize>, kinds: &[EntityKind]) {
        for bits in self.bits.get_mut(tokens).unwrap_or_default() {
            *bits |= self.outside;
            for kind in kinds {
                for part in [Part::Begin, Part::Inside, Part::Last, Part::Only] {
                    *bits |= bit(label(place_of(*kind), part));
                }
            }
        }
    }
}
