//! `SoundCosts`: what it says for two names being spellings of one that a rough sound of the one stands for one of the other.
//!
//! A gain depends on the sounds, on the neighbours that the sound has in the name that is looked up, and on which of the two names hardly
//! has vowels. First gains are counted from true pairs over best alignments, after Ristad and Yianilos ("Learning string-edit distance",
//! 1998); `lab train names` then sharpens them on names that are alike by chance. It does not know letters.

use crate::model::Damage;
use crate::sounds::{Cut, NEIGHBOURS, Reading, SOUNDS, Sound, is_vowel, neighbour};

/// Which of two names hardly have vowels.
const STYLES: usize = 4;
/// First gains are counted in steps of one sixteenth of a natural logarithm.
const STEPS: f64 = 16.0;
/// Rounds of aligning and counting.
const ROUNDS: usize = 4;

// Where the gains of each kind begin. The sound of the name that is found comes last, so that those of all sounds stand side by side.
const BOTH: usize = 0;
const BOTH_BEFORE: usize = BOTH + SOUNDS * SOUNDS;
const BOTH_AFTER: usize = BOTH_BEFORE + SOUNDS * NEIGHBOURS * SOUNDS;
const BOTH_STYLE: usize = BOTH_AFTER + SOUNDS * NEIGHBOURS * SOUNDS;
const OUT: usize = BOTH_STYLE + SOUNDS * STYLES * SOUNDS;
const OUT_STYLE: usize = OUT + SOUNDS * NEIGHBOURS * NEIGHBOURS;
const ADDED: usize = OUT_STYLE + SOUNDS * STYLES;
const ADDED_STYLE: usize = ADDED + NEIGHBOURS * NEIGHBOURS * SOUNDS;
const ADDED_AFTER: usize = ADDED_STYLE + STYLES * SOUNDS;
const CUTS: usize = ADDED_AFTER + NEIGHBOURS * SOUNDS;

/// Gains of an alignment's steps; a step's gain is the sum of the gains of its features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoundCosts {
    gains: Vec<i8>,
}

/// A name that is looked up, as the gains see it.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    sounds: &'a [Sound],
    style: usize,
}

impl<'a> Asked<'a> {
    /// The sounds of a name that is looked up among names that hardly have vowels, or among the others.
    pub fn new(reading: &'a Reading, among_bare: bool) -> Self {
        Self {
            sounds: reading.sounds.all(),
            style: usize::from(reading.sounds.is_bare()) * 2 + usize::from(among_bare),
        }
    }

    /// The kind of the sound before a place.
    fn before(self, at: usize) -> usize {
        at.checked_sub(1).map_or(0, |at| self.here(at))
    }

    /// The kind of the sound at a place.
    fn here(self, at: usize) -> usize {
        self.sounds.get(at).map_or(0, |&sound| neighbour(sound))
    }

    /// Where the gains begin of each sound that may stand for the one here.
    pub fn both(self, at: usize) -> [usize; 4] {
        let sound = usize::from(self.sounds[at]);
        [
            BOTH + sound * SOUNDS,
            BOTH_BEFORE + (sound * NEIGHBOURS + self.before(at)) * SOUNDS,
            BOTH_AFTER + (sound * NEIGHBOURS + self.here(at + 1)) * SOUNDS,
            BOTH_STYLE + (sound * STYLES + self.style) * SOUNDS,
        ]
    }

    /// The features of leaving the sound here out.
    pub fn out(self, at: usize) -> [usize; 2] {
        let sound = usize::from(self.sounds[at]);
        let place = (sound * NEIGHBOURS + self.before(at)) * NEIGHBOURS + self.here(at + 1);
        [OUT + place, OUT_STYLE + sound * STYLES + self.style]
    }

    /// Where the gains begin of each sound that may be added before the one here.
    pub fn added(self, at: usize) -> [usize; 2] {
        let place = self.before(at) * NEIGHBOURS + self.here(at);
        [ADDED + place * SOUNDS, ADDED_STYLE + self.style * SOUNDS]
    }
}

/// The feature of a sound that is added after one of this kind, or at the start of the name.
pub(crate) fn added_after(sound: Sound, kind: usize) -> usize {
    ADDED_AFTER + kind * SOUNDS + usize::from(sound)
}

/// The feature of finding one reading of a name by one of another.
pub(crate) fn cuts(asked: Cut, found: Cut) -> usize {
    CUTS + asked as usize * Cut::ALL.len() + found as usize
}

impl Default for SoundCosts {
    /// Plain gains, before anything was counted.
    fn default() -> Self {
        let mut costs = Self {
            gains: vec![0; Self::FEATURES],
        };
        for sound in 0..SOUNDS as Sound {
            for other in 0..SOUNDS as Sound {
                let gain = if sound == other {
                    40
                } else if is_vowel(sound) && is_vowel(other) || neighbour(sound) == neighbour(other)
                {
                    11
                } else {
                    -56
                };
                costs.gains[BOTH + usize::from(sound) * SOUNDS + usize::from(other)] = gain;
            }
            let gain = match sound {
                _ if is_vowel(sound) => -20,
                7 | 22 => -18,
                _ => -44,
            };
            costs.set_lone(sound, gain);
        }
        let is_part = |cut| i8::from(matches!(cut, Cut::First | Cut::Last));
        for asked in Cut::ALL {
            for found in Cut::ALL {
                costs.gains[cuts(asked, found)] = -24 * (is_part(asked) + is_part(found));
            }
        }
        costs
    }
}

impl SoundCosts {
    /// Number of features that have gains.
    pub const FEATURES: usize = CUTS + Cut::ALL.len() * Cut::ALL.len();

    /// Counts gains from folded names that are spellings of one; neighbours do not count yet.
    #[must_use]
    pub fn counted<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let pairs: Vec<[Reading; 2]> = pairs
            .map(|(left, right)| [left, right].map(|name| Reading::all(name)[0]))
            .collect();
        let mut costs = Self::default();
        for _ in 0..ROUNDS {
            let mut both = vec![0.3f64; SOUNDS * SOUNDS];
            let mut lone = [0.3f64; SOUNDS];
            for [left, right] in &pairs {
                let (gain, features) = costs.align(left, right);
                for &feature in features.iter().filter(|_| gain >= 0) {
                    match feature {
                        BOTH..BOTH_BEFORE => both[feature] += 1.0,
                        OUT..OUT_STYLE => lone[(feature - OUT) / NEIGHBOURS / NEIGHBOURS] += 1.0,
                        ADDED..ADDED_STYLE => lone[(feature - ADDED) % SOUNDS] += 1.0,
                        _ => {}
                    }
                }
            }
            costs.weigh(&both, &lone);
        }
        costs
    }

    /// All gains in a fixed order.
    #[must_use]
    pub fn gains(&self) -> &[i8] {
        &self.gains
    }

    /// From as many gains as there are features, in that order.
    ///
    /// # Errors
    /// When there are fewer or more.
    pub fn from_gains(gains: Vec<i8>) -> Result<Self, Damage> {
        if gains.len() == Self::FEATURES {
            Ok(Self { gains })
        } else {
            Err(Damage {
                wanted: "gains of sounds",
            })
        }
    }

    /// What the best alignment of two folded names gains, over all their readings, and the features of its steps.
    #[must_use]
    pub fn best(&self, asked: &str, found: &str) -> (i32, Vec<usize>) {
        let found = Reading::all(found);
        let mut best = (i32::MIN, Vec::new());
        for asked in &Reading::all(asked) {
            for found in &found {
                let aligned = self.align(asked, found);
                if aligned.0 > best.0 {
                    best = aligned;
                }
            }
        }
        best
    }

    /// The gain of some features together.
    pub(crate) fn sum(&self, features: &[usize]) -> i16 {
        features
            .iter()
            .map(|&feature| i16::from(self.gains[feature]))
            .sum()
    }

    /// The gains of all sounds from where they begin.
    pub(crate) fn row(&self, begin: usize) -> &[i8] {
        &self.gains[begin..begin + SOUNDS]
    }

    fn set_lone(&mut self, sound: Sound, gain: i8) {
        let sound = usize::from(sound);
        for place in 0..NEIGHBOURS * NEIGHBOURS {
            self.gains[OUT + sound * NEIGHBOURS * NEIGHBOURS + place] = gain;
            self.gains[ADDED + place * SOUNDS + sound] = gain;
        }
    }

    /// A gain is the logarithm of how much more often two sounds stand for one another, or one for none, than by chance.
    fn weigh(&mut self, both: &[f64], lone: &[f64; SOUNDS]) {
        let mut of = *lone;
        for (at, count) in both.iter().enumerate() {
            of[at / SOUNDS] += count;
            of[at % SOUNDS] += count;
        }
        let steps: f64 = both.iter().chain(lone).sum();
        let all: f64 = of.iter().sum();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the number is clamped first"
        )]
        let kept = |number: f64| (number * STEPS).round().clamp(-110.0, 110.0) as i8;
        for left in 0..SOUNDS {
            for right in 0..SOUNDS {
                let joint =
                    (both[left * SOUNDS + right] + both[right * SOUNDS + left]) / 2.0 / steps;
                self.gains[BOTH + left * SOUNDS + right] =
                    kept((joint * all * all / (of[left] * of[right])).ln());
            }
            self.set_lone(
                left as Sound,
                kept((lone[left] / 2.0 / steps * all / of[left]).ln()).min(0),
            );
        }
    }

    /// The best alignment of two readings: its gain and the features of its steps.
    pub(crate) fn align(&self, asked: &Reading, found: &Reading) -> (i32, Vec<usize>) {
        let name = Asked::new(asked, found.sounds.is_bare());
        let sounds = found.sounds.all();
        let wide = name.sounds.len() + 1;
        let prior = |i: usize| i.checked_sub(1).map_or(0, |i| neighbour(sounds[i]));
        let both = |i: usize, j: usize| name.both(j).map(|begin| begin + usize::from(sounds[i]));
        let added = |i: usize, j: usize| {
            let [place, style] = name.added(j).map(|begin| begin + usize::from(sounds[i]));
            [place, style, added_after(sounds[i], prior(i))]
        };
        let gain = |features: &[usize]| i32::from(self.sum(features));
        let mut table = vec![i32::MIN / 2; (sounds.len() + 1) * wide];
        table[0] = 0;
        for i in 0..=sounds.len() {
            for j in 0..wide {
                let cell = i * wide + j;
                let mut best = table[cell];
                if i > 0 {
                    best = best.max(table[cell - wide] + gain(&added(i - 1, j)));
                }
                if j > 0 {
                    best = best.max(table[cell - 1] + gain(&name.out(j - 1)));
                }
                if i > 0 && j > 0 {
                    best = best.max(table[cell - wide - 1] + gain(&both(i - 1, j - 1)));
                }
                table[cell] = best;
            }
        }
        let cut = cuts(asked.cut, found.cut);
        let mut features = vec![cut];
        let (mut i, mut j) = (sounds.len(), wide - 1);
        let whole = table[i * wide + j] + gain(&[cut]);
        while i + j > 0 {
            let cell = i * wide + j;
            if i > 0 && j > 0 && table[cell] == table[cell - wide - 1] + gain(&both(i - 1, j - 1)) {
                (i, j) = (i - 1, j - 1);
                features.extend(both(i, j));
            } else if j > 0 && table[cell] == table[cell - 1] + gain(&name.out(j - 1)) {
                j -= 1;
                features.extend(name.out(j));
            } else {
                i -= 1;
                features.extend(added(i, j));
            }
        }
        (whole, features)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_another_in_pairs_gains_more() {
        let pairs = ["tarqis tartis", "qumar tumar", "baqis batis"];
        let pairs = pairs.iter().filter_map(|pair| pair.split_once(' '));
        let (plain, counted) = (SoundCosts::default(), SoundCosts::counted(pairs));
        let gain = |costs: &SoundCosts, found| costs.best("dariq", found).0;
        assert!(gain(&plain, "darit") < gain(&plain, "darik"));
        assert!(gain(&counted, "darit") > gain(&counted, "darik"));
    }

    #[test]
    fn the_features_of_an_alignment_sum_to_its_gain() {
        let costs = SoundCosts::default();
        for (asked, found) in [("tarmis", "trms"), ("tell tarmis", "tarmisa"), ("", "abu")] {
            let (gain, features) = costs.best(asked, found);
            assert_eq!(gain, i32::from(costs.sum(&features)), "{asked} ~ {found}");
        }
    }

    #[test]
    fn gains_are_as_many_as_features() {
        assert!(SoundCosts::from_gains(vec![0; SoundCosts::FEATURES]).is_ok());
        assert!(SoundCosts::from_gains(vec![0; 3]).is_err());
    }
}
