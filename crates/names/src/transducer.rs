//! `Transducer`: how well two words align when pieces of up to four letters may stand for one another.
//!
//! A generative edit model after Ristad and Yianilos ("Learning string-edit distance", 1998), with pieces of several letters as
//! in Brill and Moore (2000). It does not know how its pieces were counted; `lab train names` counts them.

use crate::letters::{KINDS, LONGEST, Letters};

/// Letters of one side of an edit at most.
pub const PIECE: usize = 4;
/// Gain of a letter for another that no edit names.
const UNSEEN: f32 = -7.0;
/// Gain of a letter added or left out that no edit names.
const LONE: f32 = -6.0;
/// Gains are kept in steps of this.
const STEP: f32 = 0.125;

/// A piece of one word for a piece of the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Letters of one word, as numbers; none where letters are added.
    pub left: Vec<u8>,
    /// Letters of the other.
    pub right: Vec<u8>,
    /// Natural logarithm of how much more often both stand together than they would by chance, in steps of 1/8.
    pub gain: i8,
}

impl Edit {
    /// An edit with its gain rounded.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the number is clamped first"
    )]
    pub fn new(left: &[u8], right: &[u8], gain: f64) -> Self {
        let steps = (gain / f64::from(STEP)).round().clamp(-127.0, 127.0);
        Self {
            left: left.to_vec(),
            right: right.to_vec(),
            gain: steps as i8,
        }
    }
}

/// Edits with their gains, in a form for aligning. Both directions of an edit hold.
#[derive(Debug, Clone)]
pub struct Transducer {
    edits: Vec<Edit>,
    /// Nodes of a tree of pieces; a child is a node, 0 for none. The root is node 0.
    children: Vec<[u16; KINDS]>,
    /// For each pair of nodes the gain, or `NONE`.
    gains: Vec<i8>,
}

const NONE: i8 = i8::MIN;

/// A step of an alignment: so many letters of both words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Step {
    /// Where the piece begins in the left word.
    pub left: u8,
    /// Where it begins in the right word.
    pub right: u8,
    /// Letters of the left word.
    pub left_len: u8,
    /// Letters of the right word.
    pub right_len: u8,
}

/// The best way to write one word for another.
pub struct Alignment {
    steps: [Step; 2 * LONGEST],
    begin: usize,
    /// Sum of the gains.
    pub gain: f32,
}

impl Alignment {
    /// The steps from left to right.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps[self.begin..]
    }
}

/// The nodes of the pieces that begin at each place of a word, by length less one; 0 for a piece that no edit names.
type Pieces = [[u16; PIECE]; LONGEST];

impl Transducer {
    /// Prepares edits for aligning. Edits whose pieces are too long, or beyond 65,535 pieces in all, are left out.
    #[must_use]
    pub fn new(edits: Vec<Edit>) -> Self {
        let mut children = vec![[0u16; KINDS]];
        let mut pairs = Vec::with_capacity(edits.len());
        for edit in &edits {
            if edit.left.len() > PIECE || edit.right.len() > PIECE {
                continue;
            }
            if let (Some(left), Some(right)) = (
                node(&mut children, &edit.left),
                node(&mut children, &edit.right),
            ) {
                pairs.push((left, right, edit.gain));
            }
        }
        let count = children.len();
        let mut gains = vec![NONE; count * count];
        for (left, right, gain) in pairs {
            gains[left * count + right] = gain;
            gains[right * count + left] = gain;
        }
        Self {
            edits,
            children,
            gains,
        }
    }

    /// The edits.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    fn pieces(&self, word: &[u8]) -> Pieces {
        let mut pieces = [[0; PIECE]; LONGEST];
        for (at, found) in pieces.iter_mut().enumerate().take(word.len()) {
            let mut node = 0usize;
            for (len, &letter) in word[at..].iter().take(PIECE).enumerate() {
                let child = self.children[node][usize::from(letter) % KINDS];
                if child == 0 {
                    break;
                }
                found[len] = child;
                node = usize::from(child);
            }
        }
        pieces
    }

    /// The gain of one piece for another; `None` where no edit names it.
    #[must_use]
    pub fn gain(&self, left: &[u8], right: &[u8]) -> Option<f32> {
        let find = |piece: &[u8]| {
            piece.iter().try_fold(0usize, |node, &letter| {
                let child = *self.children.get(node)?.get(usize::from(letter))?;
                (child != 0).then_some(usize::from(child))
            })
        };
        let gain = *self
            .gains
            .get(find(left)? * self.children.len() + find(right)?)?;
        (gain != NONE).then(|| f32::from(gain) * STEP)
    }

    /// The best alignment of two words.
    #[must_use]
    pub fn align(&self, left: &Letters, right: &Letters) -> Alignment {
        let (left, right) = (left.all(), right.all());
        let count = self.children.len();
        let (left_pieces, right_pieces) = (self.pieces(left), self.pieces(right));
        let wide = right.len() + 1;
        let mut best = [f32::NEG_INFINITY; (LONGEST + 1) * (LONGEST + 1)];
        let mut from = [0u8; (LONGEST + 1) * (LONGEST + 1)];
        best[0] = 0.0;
        for i in 0..=left.len() {
            for j in 0..=right.len() {
                let here = best[i * wide + j];
                let mut offer = |left_len: usize, right_len: usize, gain: f32| {
                    let cell = (i + left_len) * wide + j + right_len;
                    if here + gain > best[cell] {
                        best[cell] = here + gain;
                        #[expect(
                            clippy::cast_possible_truncation,
                            reason = "pieces have at most four letters"
                        )]
                        {
                            from[cell] = (left_len * 8 + right_len) as u8;
                        }
                    }
                };
                if i < left.len() {
                    offer(1, 0, LONE);
                }
                if j < right.len() {
                    offer(0, 1, LONE);
                }
                if i < left.len() && j < right.len() {
                    offer(1, 1, UNSEEN);
                }
                let right_here = if j < right.len() {
                    right_pieces[j]
                } else {
                    [0; PIECE]
                };
                let left_here = if i < left.len() {
                    left_pieces[i]
                } else {
                    [0; PIECE]
                };
                for right_len in 1..=PIECE {
                    let piece = usize::from(right_here[right_len - 1]);
                    if piece == 0 {
                        break;
                    }
                    let gain = self.gains[piece];
                    if gain != NONE {
                        offer(0, right_len, f32::from(gain) * STEP);
                    }
                }
                for left_len in 1..=PIECE {
                    let piece = usize::from(left_here[left_len - 1]);
                    if piece == 0 {
                        break;
                    }
                    let row = &self.gains[piece * count..(piece + 1) * count];
                    if row[0] != NONE {
                        offer(left_len, 0, f32::from(row[0]) * STEP);
                    }
                    for right_len in 1..=PIECE {
                        let other = usize::from(right_here[right_len - 1]);
                        if other == 0 {
                            break;
                        }
                        if row[other] != NONE {
                            offer(left_len, right_len, f32::from(row[other]) * STEP);
                        }
                    }
                }
            }
        }
        let mut steps = [Step::default(); 2 * LONGEST];
        let mut begin = steps.len();
        let (mut i, mut j) = (left.len(), right.len());
        while i + j > 0 && begin > 0 {
            let cell = from[i * wide + j];
            let (left_len, right_len) = (cell / 8, cell % 8);
            i -= usize::from(left_len);
            j -= usize::from(right_len);
            begin -= 1;
            #[expect(
                clippy::cast_possible_truncation,
                reason = "words have at most 40 letters"
            )]
            {
                steps[begin] = Step {
                    left: i as u8,
                    right: j as u8,
                    left_len,
                    right_len,
                };
            }
        }
        Alignment {
            steps,
            begin,
            gain: best[left.len() * wide + right.len()],
        }
    }
}

/// The node of a piece, made where it is new; `None` when there are too many.
fn node(children: &mut Vec<[u16; KINDS]>, piece: &[u8]) -> Option<usize> {
    let mut node = 0usize;
    for &letter in piece {
        let letter = usize::from(letter);
        if letter >= KINDS {
            return None;
        }
        if children[node][letter] == 0 {
            children[node][letter] = u16::try_from(children.len()).ok()?;
            children.push([0; KINDS]);
        }
        node = usize::from(children[node][letter]);
    }
    Some(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str) -> Vec<u8> {
        Letters::of(text).all().to_vec()
    }

    #[test]
    fn pieces_are_aligned_as_wholes_in_both_directions() {
        let mut edits: Vec<Edit> = (0..26)
            .map(|letter| Edit::new(&[letter], &[letter], 3.0))
            .collect();
        edits.push(Edit::new(&piece("sch"), &piece("sh"), 4.0));
        edits.push(Edit::new(&piece("l"), &[], -1.0));
        let transducer = Transducer::new(edits);
        let there = transducer.align(&Letters::of("mascha"), &Letters::of("masha"));
        let back = transducer.align(&Letters::of("masha"), &Letters::of("mascha"));
        assert_eq!(there.steps().len(), 4);
        assert!((there.gain - 13.0).abs() < 0.01 && (back.gain - 13.0).abs() < 0.01);
        assert_eq!(
            there.steps()[2],
            Step {
                left: 2,
                right: 2,
                left_len: 3,
                right_len: 2
            }
        );
        let added = transducer.align(&Letters::of("alla"), &Letters::of("ala"));
        assert!((added.gain - 8.0).abs() < 0.01);
        let nothing = transducer.align(&Letters::of(""), &Letters::of(""));
        assert!(nothing.steps().is_empty());
        assert_eq!(transducer.gain(&piece("sh"), &piece("sch")), Some(4.0));
    }
}
