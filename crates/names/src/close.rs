//! `is_close`: whether two names may be spellings of one when they meet among very many and nothing but the spelling says so.
//!
//! The model of words was learnt from pairs that are near each other; among a million names more look alike to it than are. It does not
//! say how likely two close names are one: `compare` does.

use crate::edits::edits;
use crate::full::{MATCH, NameKind};
use crate::letters::{Letters, coarse};
use crate::model::NameModel;
use crate::word::Basis;

/// Log-odds that two equal names are one's, where names meet among very many: people share names. No likeness says more.
pub const ODDS_OF_EQUAL: f64 = 4.6;
/// What a name that is spelt otherwise loses.
const RESPELT: f64 = 0.5;

/// Log-odds that two names that are spelt differently are one's, from what `NameModel::compare` says of them.
#[must_use]
pub fn odds_of_respelt(same: f64) -> f64 {
    let odds = (same.max(1e-6) / (1.0 - same).max(1e-6)).ln();
    odds.clamp(-ODDS_OF_EQUAL, ODDS_OF_EQUAL) - RESPELT
}

/// Words that tell no name from another.
const LITTLE: [&str; 15] = [
    "al", "el", "ul", "as", "es", "ash", "ad", "ar", "az", "ez", "an", "of", "for", "and", "the",
];
/// Letters that a word must keep for one to be a slip.
const LONG: usize = 6;
/// Letters of a name of one word that may be spelt otherwise: of shorter ones too many are near each other.
const LONE: usize = 5;
/// Letters in place, as a share of the longer word's, that a name of one word must have.
const KEPT_ALONE: f64 = 0.6;
/// The same of a word among others.
const KEPT: f64 = 0.49;

impl NameModel {
    /// Whether two folded names may be spellings of one where nothing says so but the spelling.
    ///
    /// They have as many words (the ministry of another country, the son of a father have more or fewer), and each keeps its
    /// consonants and most of its letters, is known as a form of the other, has an ending more or, of anything but a person, one letter wrong.
    #[must_use]
    pub fn is_close(&self, left: &str, right: &str, kind: NameKind) -> bool {
        let (left, right) = (words(left), words(right));
        let is_alone = left.len() == 1;
        left.len() == right.len()
            && left.iter().zip(&right).all(|(one, other)| {
                let word = self.word(one, other);
                match word.basis {
                    Basis::Equal | Basis::Dictionary => true,
                    Basis::Apart => false,
                    Basis::Suffix | Basis::Learned => {
                        word.same >= MATCH && is_respelt(one, other, is_alone)
                            || is_inflected(one, other)
                            || is_inflected(other, one)
                            || kind != NameKind::Person && is_slip(one, other)
                    }
                }
            })
    }
}

fn words(folded: &str) -> Vec<&str> {
    let all = folded.split(' ').filter(|word| !word.is_empty());
    all.filter(|word| !LITTLE.contains(word)).collect()
}

/// Whether two words have the same consonants, as far as spellings keep them, and most of their letters.
fn is_respelt(one: &str, other: &str, is_alone: bool) -> bool {
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    let kept = longer.saturating_sub(edits(one, other)) as f64 / longer.max(1) as f64;
    let enough = if is_alone {
        shorter >= LONE && kept > KEPT_ALONE
    } else {
        kept > KEPT
    };
    enough && coarse(Letters::of(one).all()).all() == coarse(Letters::of(other).all()).all()
}

/// Whether the longer word is the shorter with an ending of plurals, possessives or peoples: "Syria", "Syrian", "Syrias".
fn is_inflected(short: &str, long: &str) -> bool {
    short.len() >= 4
        && long
            .strip_prefix(short)
            .is_some_and(|ending| matches!(ending, "s" | "n" | "ns" | "es"))
}

/// Whether a long word has one letter more, less or other than another, or two swapped.
fn is_slip(one: &str, other: &str) -> bool {
    one.len().min(other.len()) >= LONG && edits(one, other) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_differ_by_spelling_an_ending_or_a_slip() {
        assert!(is_respelt("hassakeh", "hasaka", true) && is_respelt("orim", "urum", false));
        assert!(!is_respelt("orim", "urum", true) && !is_respelt("city", "qaeda", false));
        assert!(!is_respelt("tadmur", "tadamun", true) && !is_respelt("rashidin", "rastan", true));
        assert!(is_inflected("syria", "syrian") && is_inflected("front", "fronts"));
        assert!(!is_inflected("niger", "nigeria") && !is_inflected("iran", "iraq"));
        assert!(is_slip("observatory", "obervatory") && is_slip("anadolu", "ananolu"));
        assert!(!is_slip("kerry", "kirby") && !is_slip("austria", "australia"));
    }

    #[test]
    fn articles_are_no_words() {
        assert_eq!(words("deir ez zor"), ["deir", "zor"]);
        assert_eq!(words("ministry of the interior"), ["ministry", "interior"]);
    }
}
