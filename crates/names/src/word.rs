//! `NameModel::word`: how likely two words are spellings of one name, and what says so.
//!
//! It does not know names of several words beyond comparing them letter by letter.

use crate::dictionary::Known;
use crate::features::{LINEAR, Seen, letters_in_common};
use crate::letters::Letters;
use crate::model::{Learned, NameModel};

/// What an answer about two words rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The folded words are equal.
    Equal,
    /// The dictionary has both as forms of one name.
    Dictionary,
    /// The dictionary has both, and never as forms of one name.
    Apart,
    /// They differ by an ending that makes another word of the same root, as a plural does.
    Suffix,
    /// What was learnt from pairs.
    Learned,
}

/// How likely two words are spellings of one name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WordMatch {
    /// From 0 to 1; 0.5 and more is a match.
    pub same: f64,
    /// What it rests on.
    pub basis: Basis,
}

/// What a common group of the dictionary is worth at least.
pub(crate) const TOGETHER: f64 = 0.97;
/// What two known words without a common group are worth at most.
const APART: f64 = 0.35;
/// What the model must be so sure of that two known words are the same although they have no common group.
const CERTAIN: f64 = 0.985;
/// Words with fewer letters in common, as a share of the shorter word's, are not looked at closer: a quarter of any two words, and less
/// than one true pair in a hundred.
const FEWEST_SHARED: f32 = 0.25;
/// The answer about such words.
const HOPELESS: WordMatch = WordMatch {
    same: 0.01,
    basis: Basis::Learned,
};
/// What a word and the plural of its root are worth at most.
const PLURAL: f64 = 0.3;
/// Endings of plurals and of people from a place that make another word of a name.
const PLURALS: &[&str] = &[
    "een", "in", "iyin", "iyyin", "oun", "un", "iyun", "iyoun", "ean", "iyan", "yan",
];
/// Letters of a root at least; in shorter words an ending is as likely part of the name.
const ROOT: usize = 6;

impl NameModel {
    /// Compares two folded words. Both directions give the same answer.
    #[must_use]
    pub fn word(&self, left: &str, right: &str) -> WordMatch {
        let of = |same, basis| WordMatch { same, basis };
        if left == right {
            return of(1.0, Basis::Equal);
        }
        let known = self.dictionary.known(left, right);
        if known == Known::Together {
            let same = self.learned.same(left, right).max(TOGETHER);
            return of(same, Basis::Dictionary);
        }
        if is_hopeless(left, right) {
            return HOPELESS;
        }
        let same = self.learned.same(left, right);
        // The dictionary is of parts of people's names: of what is nearly certain, and of several words, it does not know enough.
        let is_part = !left.contains(' ') && !right.contains(' ');
        if known == Known::Apart && same < CERTAIN && is_part {
            return of(same.min(APART), Basis::Apart);
        }
        if known == Known::No && same > PLURAL && is_plural(left, right) {
            return of(PLURAL, Basis::Suffix);
        }
        of(same, Basis::Learned)
    }
}

impl Learned {
    /// The learnt probability, from 0 to 1.
    #[must_use]
    pub fn same(&self, left: &str, right: &str) -> f64 {
        let mut seen = Seen::of(&self.transducer, left, right);
        let steps: i32 = seen
            .keys()
            .iter()
            .map(|&key| {
                self.weights
                    .get(key as usize)
                    .map_or(0, |&weight| i32::from(weight))
            })
            .sum();
        seen.numbers[LINEAR] = steps as f32 * self.scale;
        1.0 / (1.0 + f64::from(-self.trees.answer(&seen.numbers)).exp())
    }
}

/// Whether two words have hardly a letter in common.
fn is_hopeless(left: &str, right: &str) -> bool {
    let (left, right) = (Letters::of(left), Letters::of(right));
    let (left, right) = (left.all(), right.all());
    let common = letters_in_common(left, right) as f32;
    common < FEWEST_SHARED * left.len().min(right.len()) as f32
}

/// Whether one word is the other with an ending of `PLURALS`.
fn is_plural(left: &str, right: &str) -> bool {
    let (root, longer) = if left.len() <= right.len() {
        (left, right)
    } else {
        (right, left)
    };
    root.len() >= ROOT
        && longer
            .strip_prefix(root)
            .is_some_and(|ending| PLURALS.contains(&ending))
}
