//! `Seen`: what a pair of folded words looks like, as numbers for the trees and as keys for the linear part.
//!
//! It does not know weights. Both directions of a pair look the same: the words are put in order first.

use crate::letters::{self, BLANK, Letters, class, coarse, is_vowel, skeleton};
use crate::transducer::{Alignment, Step, Transducer};

/// Numbers for the trees; the last is the linear part's own answer, which is filled in by whoever has weights.
pub const NUMBERS: usize = 50;
/// Place of the linear part's answer.
pub const LINEAR: usize = NUMBERS - 1;
/// Keys of the linear part at most.
pub const KEYS: usize = 160;
/// Keys are below two to this power.
pub const KEY_BITS: u32 = 17;

/// What a pair looks like.
pub struct Seen {
    /// Numbers for the trees.
    pub numbers: [f32; NUMBERS],
    keys: [u32; KEYS],
    count: usize,
}

impl Seen {
    /// Looks at two folded words.
    #[must_use]
    pub fn of(transducer: &Transducer, left: &str, right: &str) -> Self {
        let (left, right) = if (left.len(), left) <= (right.len(), right) {
            (left, right)
        } else {
            (right, left)
        };
        let pair = Pair {
            left: Letters::of(left),
            right: Letters::of(right),
        };
        let alignment = transducer.align(&pair.left, &pair.right);
        let mut seen = Self {
            numbers: [0.0; NUMBERS],
            keys: [0; KEYS],
            count: 0,
        };
        seen.measure(transducer, &pair, &alignment);
        seen.list(&pair, &alignment);
        seen
    }

    /// Keys for the linear part, each below two to the power `KEY_BITS`.
    #[must_use]
    pub fn keys(&self) -> &[u32] {
        &self.keys[..self.count]
    }

    fn key(&mut self, kind: u32, parts: &[&[u8]]) {
        let mut hash = 0x811c_9dc5u32 ^ kind.wrapping_mul(0x9e37_79b9);
        for part in parts {
            for &byte in *part {
                hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
            hash = (hash ^ 0xff).wrapping_mul(0x0100_0193);
        }
        hash ^= hash >> 15;
        hash = hash.wrapping_mul(0x85eb_ca6b);
        hash ^= hash >> 13;
        if let Some(place) = self.keys.get_mut(self.count) {
            *place = hash & ((1 << KEY_BITS) - 1);
            self.count += 1;
        }
    }

    /// Keys: each edit with what stands around it, what is left when equal beginnings and ends are cut off, both ends.
    fn list(&mut self, pair: &Pair, alignment: &Alignment) {
        let (left, right) = (pair.left.all(), pair.right.all());
        let styles = [style(left), style(right)];
        let edits = alignment.steps().iter().filter(|step| pair.differs(step));
        let count = edits.clone().count().min(4) as u8;
        let (last_left, last_right) = (at(left, left.len(), -1), at(right, right.len(), -1));
        self.key(0, &[&[count, (right.len() - left.len()).min(5) as u8]]);
        let mut before: Option<(&[u8], &[u8])> = None;
        for step in edits {
            let (i, j) = (usize::from(step.left), usize::from(step.right));
            let (i_end, j_end) = (
                i + usize::from(step.left_len),
                j + usize::from(step.right_len),
            );
            let straight = left[i..i_end] <= right[j..j_end];
            let order = |a: u8, b: u8| if straight { [a, b] } else { [b, a] };
            let (one, other) = if straight {
                (&left[i..i_end], &right[j..j_end])
            } else {
                (&right[j..j_end], &left[i..i_end])
            };
            let place = place(i, i_end, left.len()).max(place(j, j_end, right.len()));
            let prior = order(at(left, i, -1), at(right, j, -1));
            let next = order(at(left, i_end, 0), at(right, j_end, 0));
            let ends = order(last_left, last_right);
            let marks = order(styles[0], styles[1]);
            self.key(1, &[one, other]);
            self.key(2, &[one, other, &[place]]);
            self.key(3, &[one, other, &prior]);
            self.key(4, &[one, other, &next]);
            self.key(5, &[one, other, &prior, &next]);
            self.key(6, &[one, other, &[count]]);
            self.key(7, &[one, other, &marks]);
            self.key(8, &[one, other, &ends, &[place]]);
            self.key(
                9,
                &[
                    one,
                    other,
                    &prior,
                    &order(at(left, i, -2), at(right, j, -2)),
                ],
            );
            self.key(
                10,
                &[
                    one,
                    other,
                    &next,
                    &order(at(left, i_end, 1), at(right, j_end, 1)),
                ],
            );
            if let Some((prior_one, prior_other)) = before {
                self.key(
                    11,
                    &[prior_one, prior_other, &left[i..i_end], &right[j..j_end]],
                );
            }
            before = Some((&left[i..i_end], &right[j..j_end]));
        }
        let (head, tail) = shared(left, right);
        let (left_rest, right_rest) = (
            &left[head..left.len() - tail],
            &right[head..right.len() - tail],
        );
        if left_rest.len() <= 8 && right_rest.len() <= 8 {
            let ends = [u8::from(head == 0), u8::from(tail == 0)];
            let around = [at(left, head, -1), at(left, left.len() - tail, 0)];
            self.key(20, &[left_rest, right_rest]);
            self.key(21, &[left_rest, right_rest, &ends]);
            self.key(22, &[left_rest, right_rest, &around]);
            self.key(
                23,
                &[
                    left_rest,
                    right_rest,
                    &around,
                    &[at(left, head, -2), at(left, left.len() - tail, 1)],
                ],
            );
        }
        for length in 1..=4usize {
            if tail < length && left.len() >= length && right.len() >= length {
                self.key(
                    30 + length as u32,
                    &[&left[left.len() - length..], &right[right.len() - length..]],
                );
            }
        }
        for length in 1..=3usize {
            if head < length && left.len() >= length && right.len() >= length {
                self.key(40 + length as u32, &[&left[..length], &right[..length]]);
            }
        }
        self.key(50, &[&styles]);
        self.key(51, &[&styles, &[count]]);
        for (kind, word, style) in [(52, left, styles[1]), (52, right, styles[0])] {
            if word.len() >= 3 {
                self.key(kind, &[&word[word.len() - 3..], &[count.min(2)]]);
                self.key(kind + 1, &[&word[word.len() - 2..], &[count.min(3), style]]);
            }
        }
    }

    fn measure(&mut self, transducer: &Transducer, pair: &Pair, alignment: &Alignment) {
        let (left, right) = (pair.left.all(), pair.right.all());
        let mut next = 0;
        let numbers = &mut self.numbers;
        let mut put = |number: f32| {
            if let Some(place) = numbers.get_mut(next) {
                *place = number;
                next += 1;
            }
        };
        let longest = right.len().max(1) as f32;
        let shortest = left.len().max(1) as f32;
        put(alignment.gain);
        put(alignment.gain / longest);
        put(alignment.gain / shortest);
        // The weakest edits say most: one impossible edit is a different name.
        let (mut worst, mut second, mut loss) = (4.0f32, 4.0f32, 0.0f32);
        let (mut edits, mut plain, mut vowels_only, mut first, mut last) =
            (0.0f32, 0.0f32, 1.0f32, 4.0f32, 4.0f32);
        let (mut left_only, mut right_only, mut unseen) = (0.0f32, 0.0f32, 0.0f32);
        for step in alignment.steps().iter().filter(|step| pair.differs(step)) {
            let (one, other) = pair.pieces(step);
            let known = transducer.gain(one, other);
            let gain = known.unwrap_or(-7.0);
            unseen += f32::from(u8::from(known.is_none()));
            edits += 1.0;
            loss += gain.min(0.0);
            if gain < worst {
                second = worst;
                worst = gain;
            } else {
                second = second.min(gain);
            }
            if one.len().max(other.len()) <= 1 {
                plain += 1.0;
            }
            if !one.iter().chain(other).all(|&letter| is_vowel(letter)) {
                vowels_only = 0.0;
            }
            if step.left == 0 || step.right == 0 {
                first = first.min(gain);
            }
            if usize::from(step.left + step.left_len) == left.len()
                || usize::from(step.right + step.right_len) == right.len()
            {
                last = last.min(gain);
            }
            left_only += f32::from(u8::from(other.is_empty()));
            right_only += f32::from(u8::from(one.is_empty()));
        }
        for number in [
            worst,
            second,
            loss,
            edits,
            plain,
            vowels_only,
            first,
            last,
            left_only,
            right_only,
            unseen,
        ] {
            put(number);
        }
        let changes = changes(left, right);
        put(changes);
        put(1.0 - changes / longest);
        put(shortest);
        put(longest);
        put(longest - shortest);
        put(shortest / longest);
        let (head, tail) = shared(left, right);
        put(head as f32);
        put(tail as f32);
        put(head as f32 / shortest);
        put(tail as f32 / shortest);
        put((left.len() - head - tail) as f32);
        put((right.len() - head - tail) as f32);
        let bones = [skeleton(left), skeleton(right)];
        let bone_changes = self::changes(bones[0].all(), bones[1].all());
        put(bone_changes);
        put(bone_changes / bones[0].all().len().max(bones[1].all().len()).max(1) as f32);
        let classes = [coarse(left), coarse(right)];
        let class_changes = self::changes(classes[0].all(), classes[1].all());
        put(class_changes);
        put(classes[0].all().len().max(classes[1].all().len()) as f32);
        put(twos(left, right));
        put(letters_in_common(left, right) as f32 / right.len().max(1) as f32);
        put(f32::from(u8::from(left.first() == right.first())));
        put(f32::from(u8::from(left.last() == right.last())));
        put(f32::from(at(left, left.len(), -1)));
        put(f32::from(at(right, right.len(), -1)));
        put(f32::from(
            class(at(left, 0, 0))
                .abs_diff(class(at(right, 0, 0)))
                .min(1),
        ));
        let vowels = |word: &[u8]| word.iter().filter(|&&letter| is_vowel(letter)).count() as f32;
        put(vowels(left));
        put(vowels(right));
        put((vowels(left) - vowels(right)).abs());
        put(f32::from(style(left)));
        put(f32::from(style(right)));
        let blanks = |word: &[u8]| word.iter().filter(|&&letter| letter == BLANK).count() as f32;
        put(blanks(left));
        put(blanks(right));
        let parts = if blanks(left) + blanks(right) > 0.0 {
            Parts::of(transducer, left, right)
        } else {
            Parts::single(changes / longest, alignment.gain / longest)
        };
        for number in [
            parts.best,
            parts.worst,
            parts.mean,
            parts.unmatched,
            parts.best_gain,
        ] {
            put(number);
        }
        debug_assert!(next <= LINEAR, "room for the linear part");
    }
}

/// How well the parts of names with blanks find a part in the other name.
struct Parts {
    best: f32,
    worst: f32,
    mean: f32,
    unmatched: f32,
    best_gain: f32,
}

impl Parts {
    fn single(distance: f32, gain: f32) -> Self {
        Self {
            best: 1.0 - distance,
            worst: 1.0 - distance,
            mean: 1.0 - distance,
            unmatched: 0.0,
            best_gain: gain,
        }
    }

    fn of(transducer: &Transducer, left: &[u8], right: &[u8]) -> Self {
        let parts = |word: &'_ [u8]| word.split(|&letter| letter == BLANK).count();
        let (fewer, more) = if parts(left) <= parts(right) {
            (left, right)
        } else {
            (right, left)
        };
        let mut found = Self {
            best: 0.0,
            worst: 1.0,
            mean: 0.0,
            unmatched: (parts(more) - parts(fewer)) as f32,
            best_gain: -5.0,
        };
        for part in fewer.split(|&letter| letter == BLANK) {
            let mut best = 0.0f32;
            for other in more.split(|&letter| letter == BLANK) {
                let longest = part.len().max(other.len()).max(1) as f32;
                best = best.max(1.0 - changes(part, other) / longest);
                if part.len() > 2 && other.len() > 2 {
                    let gain = transducer.align(&copied(part), &copied(other)).gain / longest;
                    found.best_gain = found.best_gain.max(gain);
                }
            }
            found.best = found.best.max(best);
            found.worst = found.worst.min(best);
            found.mean += best / parts(fewer) as f32;
        }
        found
    }
}

fn copied(part: &[u8]) -> Letters {
    let mut letters = Letters::none();
    for &letter in part {
        letters.push(letter);
    }
    letters
}

struct Pair {
    left: Letters,
    right: Letters,
}

impl Pair {
    fn pieces(&self, step: &Step) -> (&[u8], &[u8]) {
        let (i, j) = (usize::from(step.left), usize::from(step.right));
        (
            &self.left.all()[i..i + usize::from(step.left_len)],
            &self.right.all()[j..j + usize::from(step.right_len)],
        )
    }

    fn differs(&self, step: &Step) -> bool {
        let (one, other) = self.pieces(step);
        one != other
    }
}

/// The letter so far from a place, or 30 beyond either end.
fn at(word: &[u8], place: usize, shift: isize) -> u8 {
    place
        .checked_add_signed(shift)
        .and_then(|place| word.get(place))
        .copied()
        .unwrap_or(30)
}

/// 1 at the beginning, 2 at the end, 3 the whole, 0 inside.
fn place(begin: usize, end: usize, len: usize) -> u8 {
    u8::from(begin == 0) + 2 * u8::from(end == len)
}

/// Marks of how a word is spelt: letters and digraphs that some spellings have and others do not.
fn style(word: &[u8]) -> u8 {
    let has = |wanted: &[u8]| word.windows(wanted.len()).any(|piece| piece == wanted);
    const C: u8 = 2;
    const H: u8 = 7;
    const S: u8 = 18;
    const Z: u8 = 25;
    u8::from(has(&[22]))
        | u8::from(has(&[9])) << 1
        | u8::from(has(&[S, C, H])) << 2
        | u8::from(has(&[C, Z]) || has(&[S, Z])) << 3
        | u8::from(has(&[S, H]) || has(&[Z, H]) || has(&[10, H])) << 4
        | u8::from(has(&[24])) << 5
        | u8::from(word.windows(2).any(|two| two[0] == two[1])) << 6
        | u8::from(word.last().is_some_and(|&letter| is_vowel(letter))) << 7
}

/// Letters that both begin with, and of the rest those that both end with.
fn shared(left: &[u8], right: &[u8]) -> (usize, usize) {
    let head = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let tail = left[head..]
        .iter()
        .rev()
        .zip(right[head..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    (head, tail)
}

/// Insertions, deletions, replacements and swaps of neighbours that make one word of the other.
fn changes(left: &[u8], right: &[u8]) -> f32 {
    let mut rows = [[0u8; letters::LONGEST + 1]; 3];
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j as u8;
    }
    for (i, a) in left.iter().enumerate() {
        let (now, before, earlier) = ((i + 1) % 3, i % 3, (i + 2) % 3);
        rows[now][0] = (i + 1) as u8;
        for (j, b) in right.iter().enumerate() {
            let mut least = (rows[before][j] + u8::from(a != b))
                .min(rows[before][j + 1] + 1)
                .min(rows[now][j] + 1);
            if i > 0 && j > 0 && left[i - 1] == *b && *a == right[j - 1] {
                least = least.min(rows[earlier][j - 1] + 1);
            }
            rows[now][j + 1] = least;
        }
    }
    f32::from(rows[left.len() % 3][right.len()])
}

/// Dice's share of pairs of neighbouring letters.
fn twos(left: &[u8], right: &[u8]) -> f32 {
    let total = (left.len() + right.len()).saturating_sub(2);
    if total == 0 {
        return 0.0;
    }
    let common = left
        .windows(2)
        .filter(|two| right.windows(2).any(|other| other == *two))
        .count();
    2.0 * common as f32 / total as f32
}

/// Letters that both have, in any order.
pub fn letters_in_common(left: &[u8], right: &[u8]) -> u32 {
    let mut counts = [0i8; letters::KINDS];
    for &letter in left {
        counts[usize::from(letter)] += 1;
    }
    let mut common = 0;
    for &letter in right {
        let count = &mut counts[usize::from(letter)];
        if *count > 0 {
            *count -= 1;
            common += 1;
        }
    }
    common
}
