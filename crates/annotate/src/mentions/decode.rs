//! The best sequence of labels for a sentence, by the weights of its tokens and of neighbours (Viterbi).
//!
//! It does not know features. Method: A. Viterbi, "Error bounds for convolutional codes" (1967), over labels that fit
//! one another: a name that is open goes on with its own kind.

use super::labels::{EVERY, KINDS, LABELS, Label, LabelBits, OUTSIDE, is_open};

/// The weights of the labels of one token.
pub(crate) type Weighed = [i32; LABELS];

/// What a token is to the weights of neighbouring labels.
pub(crate) const STEPS: usize = 8;

/// The weights of neighbouring labels, by what the second token is.
pub(crate) type Neighbours = crate::neighbours::Neighbours<900, STEPS, LABELS>;

/// Room for decoding, kept from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct DecodeRoom {
    back: Vec<[Label; LABELS]>,
}

/// A beam that gives nothing up.
pub(crate) const EXACT: i32 = i32::MAX / 4;

/// Less than any sum of weights can be.
const NEVER: i32 = i32::MIN / 4;

/// Labels that may stand where no name goes on.
const BEGINNINGS: [usize; 1 + 2 * KINDS.len()] = {
    let mut labels = [0; 1 + 2 * KINDS.len()];
    let mut kind = 0;
    while kind < KINDS.len() {
        labels[1 + 2 * kind] = 1 + 4 * kind;
        labels[2 + 2 * kind] = 4 + 4 * kind;
        kind += 1;
    }
    labels
};

/// Writes the best labels; with `allowed`, the best among these. What is more than `beam` behind the best at a token is
/// given up.
pub(crate) fn decode(
    weighed: &[Weighed],
    steps: &[u8],
    allowed: Option<&[LabelBits]>,
    neighbours: &Neighbours,
    beam: i32,
    room: &mut DecodeRoom,
    into: &mut Vec<Label>,
) {
    into.clear();
    room.back.clear();
    room.back.resize(weighed.len(), [0; LABELS]);
    let mut now = [NEVER; LABELS];
    now[0] = 0;
    for (at, weights) in weighed.iter().enumerate() {
        let bits = allowed
            .and_then(|allowed| allowed.get(at))
            .copied()
            .unwrap_or(EVERY);
        let step = steps.get(at).copied().unwrap_or(0);
        let back = &mut room.back[at];
        let mut next = [NEVER; LABELS];
        let worst = now.iter().max().copied().unwrap_or(0).saturating_sub(beam);
        for (before, &sum) in now.iter().enumerate() {
            if sum == NEVER || sum < worst {
                continue;
            }
            let steps = neighbours.after(step, before);
            let mut reach = |label: usize| {
                let sum = sum + steps[label];
                if sum > next[label] {
                    next[label] = sum;
                    back[label] = before as Label;
                }
            };
            if is_open(before as Label) {
                let begin = before - (before - 1) % 4;
                reach(begin + 1);
                reach(begin + 2);
            } else {
                BEGINNINGS.into_iter().for_each(reach);
            }
        }
        for (label, sum) in next.iter_mut().enumerate() {
            *sum = if bits >> label & 1 == 0 || *sum == NEVER {
                NEVER
            } else {
                *sum + weights[label]
            };
        }
        now = next;
    }
    let mut last = usize::from(OUTSIDE);
    for label in 1..LABELS {
        if !is_open(label as Label) && now[label] > now[last] {
            last = label;
        }
    }
    into.resize(weighed.len(), 0);
    for at in (0..weighed.len()).rev() {
        into[at] = last as Label;
        last = usize::from(room.back[at][last]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentions::labels::{Part, label};
    use syntax::linear::Learner;

    fn best(weighed: &[Weighed], allowed: Option<&[LabelBits]>) -> Vec<Label> {
        let neighbours = Neighbours::new(&Learner::new());
        let mut labels = Vec::new();
        let steps = vec![0; weighed.len()];
        let mut room = DecodeRoom::default();
        decode(
            weighed,
            &steps,
            allowed,
            &neighbours,
            EXACT,
            &mut room,
            &mut labels,
        );
        labels
    }

    #[test]
    fn only_labels_that_fit_one_another_are_given() {
        let mut weighed = vec![[0; LABELS]; 3];
        weighed[0][usize::from(label(0, Part::Begin))] = 5;
        weighed[1][usize::from(label(1, Part::Inside))] = 9;
        weighed[1][usize::from(label(0, Part::Inside))] = 3;
        weighed[2][usize::from(label(0, Part::Last))] = 2;
        let person = [Part::Begin, Part::Inside, Part::Last].map(|part| label(0, part));
        assert_eq!(best(&weighed, None), person);
        // A name that is open at the end of the sentence is none.
        assert_eq!(best(&weighed[..1], None), [OUTSIDE]);
    }

    #[test]
    fn what_is_allowed_decides_before_the_weights() {
        let mut weighed = vec![[0; LABELS]; 2];
        weighed[0][usize::from(label(2, Part::Only))] = 50;
        let allowed = [1 << OUTSIDE | 1 << label(3, Part::Only), EVERY];
        weighed[0][usize::from(label(3, Part::Only))] = 1;
        assert_eq!(
            best(&weighed, Some(&allowed)),
            [label(3, Part::Only), OUTSIDE]
        );
    }
}
