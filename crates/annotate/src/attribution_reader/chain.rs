//! The best sequence of labels for a paragraph, by the weights of its tokens and of neighbouring labels, and how sure each
//! label of it is.
//!
//! It does not know features. Method: A. Viterbi, "Error bounds for convolutional codes" (1967), forwards and backwards, so
//! that a label's margin is what the best sequence with another label there would lose.

use super::labels::{LABELS, Label, may_follow};

/// The weights of the labels of one token; of a model with fewer labels only the first count.
pub(crate) type Weighed = [i32; LABELS];

/// What a token is to the weights of neighbouring labels.
pub(crate) const STEPS: usize = 12;

/// Less than any sum of weights can be.
const NEVER: i32 = i32::MIN / 4;

/// The weights of neighbouring labels, by what the second token is.
pub(crate) type Neighbours = crate::neighbours::Neighbours<990, STEPS, LABELS>;

/// Room kept from paragraph to paragraph.
#[derive(Debug, Clone, Default)]
pub(crate) struct ChainRoom {
    forward: Vec<Weighed>,
    back: Vec<[Label; LABELS]>,
}

/// Writes the best labels, among the first `labels` of them.
pub(crate) fn decode(
    weighed: &[Weighed],
    steps: &[u8],
    labels: usize,
    neighbours: &Neighbours,
    room: &mut ChainRoom,
    into: &mut Vec<Label>,
) {
    into.clear();
    room.back.clear();
    room.forward.clear();
    let mut now = [NEVER; LABELS];
    now[0] = 0;
    for (weights, &step) in weighed.iter().zip(steps) {
        let mut back = [0; LABELS];
        let mut next = [NEVER; LABELS];
        for (before, &sum) in now.iter().enumerate().take(labels) {
            if sum == NEVER {
                continue;
            }
            let after = neighbours.after(step, before);
            for label in 0..labels {
                let sum = sum + after[label];
                if sum > next[label] && may_follow(before as Label, label as Label) {
                    next[label] = sum;
                    back[label] = before as Label;
                }
            }
        }
        for (sum, weight) in next.iter_mut().zip(weights).take(labels) {
            if *sum != NEVER {
                *sum += weight;
            }
        }
        room.back.push(back);
        room.forward.push(next);
        now = next;
    }
    let mut last = (0..labels)
        .rev()
        .max_by_key(|label| now[*label])
        .unwrap_or(0);
    into.resize(room.back.len(), 0);
    for at in (0..into.len()).rev() {
        into[at] = last as Label;
        last = usize::from(room.back[at][last]);
    }
}

/// For each token how much less the best sequence with another label there would have; after `decode` of the same.
pub(crate) fn margins(
    weighed: &[Weighed],
    steps: &[u8],
    labels: usize,
    neighbours: &Neighbours,
    room: &ChainRoom,
    best: &[Label],
    into: &mut Vec<i32>,
) {
    into.clear();
    into.resize(best.len(), 0);
    // The best that can follow a label at the token.
    let mut after = [0; LABELS];
    for at in (0..best.len()).rev() {
        let chosen = usize::from(best[at]);
        let whole = |label: usize| room.forward[at][label].saturating_add(after[label]);
        let other = (0..labels)
            .filter(|label| *label != chosen)
            .map(whole)
            .max()
            .unwrap_or(NEVER);
        into[at] = whole(chosen).saturating_sub(other);
        let mut before = [NEVER; LABELS];
        for (earlier, sum) in before.iter_mut().enumerate().take(labels) {
            let step = neighbours.after(steps[at], earlier);
            for label in 0..labels {
                if may_follow(earlier as Label, label as Label) {
                    *sum = (*sum).max(step[label] + weighed[at][label] + after[label]);
                }
            }
        }
        after = before;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syntax::linear::Learner;

    #[test]
    fn only_labels_that_fit_are_given_and_margins_are_what_is_lost() {
        let neighbours = Neighbours::new(&Learner::new());
        let mut weighed = vec![[0; LABELS]; 2];
        weighed[0][1] = 3;
        weighed[1][6] = 9;
        weighed[1][2] = 4;
        let (mut room, mut labels, mut sure) = (ChainRoom::default(), Vec::new(), Vec::new());
        decode(
            &weighed,
            &[0, 0],
            LABELS,
            &neighbours,
            &mut room,
            &mut labels,
        );
        assert_eq!(
            labels,
            [5, 6],
            "a content is opened for the sake of its later token"
        );
        margins(
            &weighed,
            &[0, 0],
            LABELS,
            &neighbours,
            &room,
            &labels,
            &mut sure,
        );
        assert_eq!(sure, [2, 2]);
    }
}
