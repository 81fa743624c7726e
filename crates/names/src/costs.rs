//! `SoundCosts`: how much more often rough sounds stand for one another in spellings of one name than by chance.
//!
//! Counted from true pairs over best alignments, a few rounds. It does not know false pairs.

use crate::letters::LONGEST;
use crate::model::Damage;
use crate::sounds::{SOUNDS, Sound, Sounds, cost, lone};

/// Places in a word that have their own costs of leaving a sound out: the first, inside, the last two.
const PLACES: usize = 3;
/// Gains are kept in steps of one sixteenth of a natural logarithm.
const STEP: f64 = 1.0 / 16.0;
/// A gain at most, and at least with a minus: sums over two words of 40 sounds stay far below what 16 bits hold.
const LARGEST: i16 = 400;
/// Rounds of aligning and counting.
const ROUNDS: usize = 4;

/// Gains of an alignment's steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoundCosts {
    both: [[i16; SOUNDS]; SOUNDS],
    lone: [[i16; SOUNDS]; PLACES],
}

impl Default for SoundCosts {
    /// Plain gains, before anything was counted.
    fn default() -> Self {
        let mut costs = Self {
            both: [[0; SOUNDS]; SOUNDS],
            lone: [[0; SOUNDS]; PLACES],
        };
        for left in 0..SOUNDS {
            for place in &mut costs.lone {
                place[left] = -4 * lone(left as Sound) as i16;
            }
            for right in 0..SOUNDS {
                costs.both[left][right] = 40 - 6 * cost(left as Sound, right as Sound) as i16;
            }
        }
        costs
    }
}

fn place(at: usize, len: usize) -> usize {
    if at == 0 {
        0
    } else if at + 2 >= len {
        2
    } else {
        1
    }
}

impl SoundCosts {
    /// Counts gains from folded words that are spellings of one name.
    #[must_use]
    pub fn learn<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let pairs: Vec<(Sounds, Sounds)> = pairs
            .map(|(left, right)| {
                (
                    Sounds::of(&[left.as_bytes()]),
                    Sounds::of(&[right.as_bytes()]),
                )
            })
            .collect();
        let mut costs = Self::default();
        for _ in 0..ROUNDS {
            let mut both = [[0.5f64; SOUNDS]; SOUNDS];
            let mut lone = [[0.5f64; SOUNDS]; PLACES];
            for (left, right) in &pairs {
                costs.count(left.all(), right.all(), &mut both, &mut lone);
            }
            costs = Self::weighed(&both, &lone);
        }
        costs
    }

    /// All gains in a fixed order.
    pub fn gains(&self) -> impl Iterator<Item = i16> {
        self.both.iter().chain(&self.lone).flatten().copied()
    }

    /// From the gains in that order.
    pub fn from_gains(mut next: impl FnMut() -> Result<i16, Damage>) -> Result<Self, Damage> {
        let mut costs = Self::default();
        for gain in costs.both.iter_mut().chain(&mut costs.lone).flatten() {
            // Words have at most 40 sounds, so that no sum of such gains overflows.
            *gain = next()?.clamp(-LARGEST, LARGEST);
        }
        Ok(costs)
    }

    fn weighed(both: &[[f64; SOUNDS]; SOUNDS], lone: &[[f64; SOUNDS]; PLACES]) -> Self {
        let mut of = [0.0f64; SOUNDS];
        let mut of_place = [[0.0f64; SOUNDS]; PLACES];
        let mut steps = 0.0;
        for left in 0..SOUNDS {
            for right in 0..SOUNDS {
                of[left] += both[left][right];
                of[right] += both[left][right];
                steps += both[left][right];
            }
            for place in 0..PLACES {
                of[left] += lone[place][left];
                of_place[place][left] += lone[place][left];
                steps += lone[place][left];
            }
        }
        let all: f64 = of.iter().sum();
        let kept = |number: f64| {
            (number / STEP)
                .round()
                .clamp(-f64::from(LARGEST), f64::from(LARGEST)) as i16
        };
        let mut costs = Self::default();
        for left in 0..SOUNDS {
            for right in 0..SOUNDS {
                let joint = (both[left][right] + both[right][left]) / 2.0 / steps;
                costs.both[left][right] = kept((joint * all * all / (of[left] * of[right])).ln());
            }
            for (costs, counts) in costs.lone.iter_mut().zip(&of_place) {
                costs[left] = kept((counts[left] / 2.0 / steps * all / of[left]).ln());
            }
        }
        costs
    }

    fn count(
        &self,
        left: &[Sound],
        right: &[Sound],
        both: &mut [[f64; SOUNDS]; SOUNDS],
        lone: &mut [[f64; SOUNDS]; PLACES],
    ) {
        let wide = right.len() + 1;
        let mut table = vec![i32::MIN / 2; (left.len() + 1) * wide];
        table[0] = 0;
        let out = |word: &[Sound], at: usize| {
            i32::from(self.lone[place(at, word.len())][usize::from(word[at])])
        };
        for i in 0..=left.len() {
            for j in 0..=right.len() {
                let cell = i * wide + j;
                let mut best = table[cell];
                if i > 0 {
                    best = best.max(table[cell - wide] + out(left, i - 1));
                }
                if j > 0 {
                    best = best.max(table[cell - 1] + out(right, j - 1));
                }
                if i > 0 && j > 0 {
                    best = best.max(
                        table[cell - wide - 1]
                            + i32::from(
                                self.both[usize::from(left[i - 1])][usize::from(right[j - 1])],
                            ),
                    );
                }
                table[cell] = best;
            }
        }
        if table[left.len() * wide + right.len()] < 0 {
            return;
        }
        let (mut i, mut j) = (left.len(), right.len());
        while i + j > 0 {
            let cell = i * wide + j;
            if i > 0 && table[cell] == table[cell - wide] + out(left, i - 1) {
                i -= 1;
                lone[place(i, left.len())][usize::from(left[i])] += 1.0;
            } else if j > 0 && table[cell] == table[cell - 1] + out(right, j - 1) {
                j -= 1;
                lone[place(j, right.len())][usize::from(right[j])] += 1.0;
            } else {
                i -= 1;
                j -= 1;
                both[usize::from(left[i])][usize::from(right[j])] += 1.0;
            }
        }
    }

    /// The gain of the best alignment.
    pub fn gain(&self, left: &[Sound], right: &[Sound]) -> i32 {
        let mut row = [0i16; LONGEST + 1];
        let mut outs = [0i16; LONGEST];
        for (j, &sound) in right.iter().enumerate() {
            outs[j] = self.lone[place(j, right.len())][usize::from(sound)];
            row[j + 1] = row[j] + outs[j];
        }
        for (i, &one) in left.iter().enumerate() {
            let gains = &self.both[usize::from(one)];
            let out = self.lone[place(i, left.len())][usize::from(one)];
            let mut corner = row[0];
            let mut before = corner + out;
            row[0] = before;
            for ((cell, &other), lone) in row[1..].iter_mut().zip(right).zip(&outs) {
                let both = corner + gains[usize::from(other)];
                before = both.max(*cell + out).max(before + lone);
                corner = *cell;
                *cell = before;
            }
        }
        i32::from(row[right.len()])
    }
}
