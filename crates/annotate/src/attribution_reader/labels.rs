//! Labels of tokens: outside, or the first or a later token of a stretch with a role; and the stretches that labels make.
//!
//! It does not know features or weights.

use std::ops::Range;

/// A token's label: 0 is outside; else 1 + 2 × the role's place, one more for a later token of the stretch.
pub(crate) type Label = u8;

/// The label of what has no role.
pub(crate) const OUTSIDE: Label = 0;

/// What a stretch of tokens is to an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Who is quoted.
    Source = 0,
    /// The words that attribute.
    Cue = 1,
    /// What is said.
    Content = 2,
}

impl Part {
    pub(crate) const ALL: [Part; 3] = [Part::Source, Part::Cue, Part::Content];

    /// The label of its first token.
    pub(crate) fn begin(self) -> Label {
        1 + 2 * self as Label
    }
}

/// Labels of cues alone: outside, first, later.
pub(crate) const CUE_LABELS: usize = 3;

/// Labels of all roles.
pub(crate) const LABELS: usize = 7;

/// Whether a label opens a stretch.
pub(crate) fn begins(label: Label) -> bool {
    label % 2 == 1
}

/// Whether a label goes on with a stretch that the label before it opened or went on with.
pub(crate) fn may_follow(before: Label, label: Label) -> bool {
    label == OUTSIDE || begins(label) || before == label || before + 1 == label
}

/// A stretch of tokens with a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) part: Part,
    pub(crate) tokens: Range<usize>,
}

/// The stretches that the labels of the tokens from `first` on make.
pub(crate) fn runs(labels: &[Label], first: usize, into: &mut Vec<Run>) {
    into.clear();
    let mut at = 0;
    while at < labels.len() {
        let label = labels[at];
        if !begins(label) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while labels.get(end) == Some(&(label + 1)) {
            end += 1;
        }
        into.push(Run {
            part: Part::ALL[usize::from(label / 2) % 3],
            tokens: first + at..first + end,
        });
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_come_out_as_they_were_labelled() {
        let mut found = Vec::new();
        runs(&[0, 1, 2, 3, 5, 6, 5, 0], 10, &mut found);
        let shown: Vec<(Part, Range<usize>)> = found
            .into_iter()
            .map(|run| (run.part, run.tokens))
            .collect();
        assert_eq!(
            shown,
            [
                (Part::Source, 11..13),
                (Part::Cue, 13..14),
                (Part::Content, 14..16),
                (Part::Content, 16..17)
            ]
        );
        assert!(may_follow(5, 6) && may_follow(6, 6) && !may_follow(4, 6) && !may_follow(0, 2));
    }
}
