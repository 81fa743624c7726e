//! `compare`: how likely two full names are one person's, body's or place's, and what says so.
//!
//! Pieces of both names are laid against each other, each at most once, the likest first; what fits badly or not at all is
//! counted, and a small logistic model weighs the counts (after Fellegi and Sunter's record linkage). It does not know who
//! bears a name: two people of one name are the same to it.

use crate::evidence::Evidence;
use crate::laid::Laid;
use crate::lexicon::NameLexicon;
use crate::model::NameModel;
use crate::parts::Parts;

/// What bears the names that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// A person.
    Person,
    /// A body: a company, a ministry, a party, an army.
    Organization,
    /// A place.
    Place,
    /// People taken together.
    Group,
    /// Anything else: a ship, a weapon, an event.
    Other,
}

/// How likely two full names are one.
#[derive(Debug, Clone, PartialEq)]
pub struct NameMatch {
    /// From 0 to 1: of the pairs with this figure, this share was one name in the pairs that it was learnt from.
    pub same: f64,
    /// Whether `same` is at least [`MATCH`].
    pub is_match: bool,
    /// What fits and what does not, the weightiest first; in words.
    pub reasons: Vec<String>,
}

/// The least `same` of a match, for all kinds.
pub const MATCH: f64 = 0.5;

/// `same` of names that are equal when folded: two people may have one name.
const EQUAL: f64 = 0.99;

/// How many counts are weighed.
pub const COUNTS: usize = 14;

/// What is counted of two names laid against each other, in this order; [`NameModel::counts`].
pub const COUNT_NAMES: [&str; COUNTS] = [
    "bias", "letters", "branch", "doubt", "apart", "against", "inside", "outside", "turned",
    "initials", "thin", "whole", "forms", "series",
];

/// Weights in log-odds of the counts for persons, learnt by `lab eval names --fit`.
const PERSON: [f64; COUNTS] = [
    2.96,  // bias
    -0.51, // letters
    -1.5,  // branch
    -0.01, // doubt
    0.0,   // apart
    -3.95, // against
    -0.99, // inside
    -0.21, // outside
    0.0,   // turned
    0.0,   // initials
    -0.91, // thin
    -2.4,  // whole
    -2.0,  // forms
    -0.5,  // series
];

/// Weights in log-odds of the counts for all others.
const BODY: [f64; COUNTS] = [
    2.81,  // bias
    -0.66, // letters
    -1.99, // branch
    -0.77, // doubt
    -0.35, // apart
    -3.92, // against
    -0.52, // inside
    -0.31, // outside
    -0.14, // turned
    -0.3,  // initials
    -1.59, // thin
    -2.07, // whole
    -3.0,  // forms
    0.0,   // series
];

impl NameModel {
    /// With the words that play a part in full names; without them names are compared word by word.
    #[must_use]
    pub fn with_lexicon(mut self, lexicon: NameLexicon) -> Self {
        self.lexicon = lexicon;
        self
    }

    /// Compares two full names as written.
    ///
    /// `same` is the probability of a logistic model over the counts of [`COUNT_NAMES`]; of two single words it is what
    /// [`NameModel::word`] says.
    #[must_use]
    pub fn compare(&self, left: &str, right: &str, kind: NameKind) -> NameMatch {
        let (same, reasons) = match self.lay(left, right, kind) {
            Seen::Decided(same, reasons) => (same, reasons),
            Seen::Weighed(evidence) => {
                let weights = if kind == NameKind::Person {
                    PERSON
                } else {
                    BODY
                };
                let weighed = weights.iter().zip(evidence.counts);
                let odds: f64 = weighed.map(|(weight, count)| weight * count).sum();
                (1.0 / (1.0 + (-odds).exp()), evidence.reasons)
            }
        };
        NameMatch {
            same,
            is_match: same >= MATCH,
            reasons,
        }
    }

    /// What is counted of two names, for learning the weights; nothing where no weights are asked.
    #[must_use]
    pub fn counts(&self, left: &str, right: &str, kind: NameKind) -> Option<[f64; COUNTS]> {
        match self.lay(left, right, kind) {
            Seen::Decided(..) => None,
            Seen::Weighed(evidence) => Some(evidence.counts),
        }
    }

    fn lay(&self, left: &str, right: &str, kind: NameKind) -> Seen {
        if let Some(same) = in_syllables(left, right) {
            let reason = if same > MATCH {
                "the same characters"
            } else {
                "other characters"
            };
            return Seen::Decided(same, vec![reason.to_owned()]);
        }
        let left = Parts::new(left, kind, &self.lexicon);
        let right = Parts::new(right, kind, &self.lexicon);
        if left.is_same(&right) {
            return Seen::Decided(EQUAL, vec!["the same words".to_owned()]);
        }
        if left.all.is_empty() || right.all.is_empty() {
            return Seen::Decided(0.0, vec!["a name without letters".to_owned()]);
        }
        let evidence = Evidence::of(&Laid::new(self, &left, &right, kind));
        match evidence.single {
            Some(same) => {
                let mut reasons = evidence.reasons;
                // What fits badly piece by piece can be one name letter by letter.
                if same >= MATCH && reasons.iter().any(|reason| reason.contains(" is not ")) {
                    reasons.retain(|reason| !reason.contains(" is not "));
                    reasons.insert(0, "they look like spellings of one name".to_owned());
                }
                Seen::Decided(same, reasons)
            }
            None => Seen::Weighed(evidence),
        }
    }
}

/// What two names show.
enum Seen {
    /// `same`, where no weights are asked, and why.
    Decided(f64, Vec<String>),
    Weighed(Evidence),
}

/// Names in Chinese characters: each is a syllable with a meaning, so that one other character is another name.
fn in_syllables(left: &str, right: &str) -> Option<f64> {
    let is_one =
        |letter: char| matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}');
    let letters = |name: &str| -> Option<String> {
        let letters: String = name
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '·')
            .collect();
        (!letters.is_empty() && letters.chars().all(is_one)).then_some(letters)
    };
    let (left, right) = (letters(left)?, letters(right)?);
    Some(if left == right { EQUAL } else { 0.05 })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::NameKind::{Group, Organization, Other, Person, Place};
    use super::*;
    use crate::lexicon::tests::shipped;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    /// The model that the program carries.
    static MODEL: LazyLock<NameModel> = LazyLock::new(|| {
        NameModel::from_bytes(
            include_bytes!("../../../models/names-dictionary.bin"),
            include_bytes!("../../../models/names.bin"),
        )
        .expect("the weights read")
        .with_lexicon(shipped())
    });

    /// The pairs are one name or not as said, whichever stands first.
    fn check(kind: NameKind, wanted: bool, pairs: &[(&str, &str)]) {
        for (left, right) in pairs {
            for (left, right) in [(left, right), (right, left)] {
                let found = MODEL.compare(left, right, kind);
                assert_eq!(found.is_match, wanted, "{left} | {right}: {found:?}");
            }
        }
    }

    #[test]
    fn persons_are_told_apart() {
        check(
            Person,
            true,
            &[
                ("Ahmad Velikzadeh", "Ahmed Velikzade"),
                ("Velik, Omar R.", "Omar R. Velik"),
                ("Gen. O. Velik", "Omar Velik"),
                ("Abd al-Rahman Velik", "Abdurrahman Velik"),
                ("Saif al-Din Velik", "Saifuddin Velik"),
                ("OmarVelik", "Omar Velik"),
                ("Omar Tarikovich Velik", "Omar Velik"),
                ("Salman bin Omar al-Velik", "Salman ibn Omar Velik"),
            ],
        );
        check(
            Person,
            false,
            &[
                ("Ahmad Velik", "Ahmad Shah Velik"),
                ("Salman bin Omar", "Omar bin Salman"),
                ("son of Omar Velik", "Omar Velik"),
                ("Omar R. Velik", "Omar Tarik Velik"),
                ("Omar Velik", "Sami Velik"),
                ("Omar Velik", "Omar Dorunzai"),
                ("Alexander Velikov", "Alexandra Velikova"),
                ("Omar Tarikovich Velik", "Omar Samirovich Velik"),
            ],
        );
    }

    #[test]
    fn a_match_has_no_reason_that_denies_it() {
        let found = MODEL.compare("Zaporizhzhia", "Zaporozhye", Place);
        assert!(found.is_match, "{found:?}");
        assert!(!found.reasons[0].contains(" is not "), "{found:?}");
    }

    #[test]
    fn bodies_are_told_apart() {
        check(
            Organization,
            true,
            &[
                ("NRF", "National Resistance Front"),
                ("44th Velik Brigade", "Velik Brigade Forty-Four"),
                ("Velik Oil GmbH", "The Velik Oil Ltd."),
                ("Ministry of Defence", "Defense Ministry"),
                ("Velik & Dorun", "Dorun and Velik"),
            ],
        );
        check(
            Organization,
            false,
            &[
                ("44th Velik Brigade", "45th Velik Brigade"),
                ("Velik Denmark A/S", "Velik Norway A/S"),
                ("Velik Oil Group", "Velik Gas Group"),
                ("Velik Group", "Velik Group II"),
            ],
        );
        check(Group, false, &[("Velik Front", "Dorun Front")]);
        check(Other, true, &[("MV Snow Velik", "M.V. Snow Velick")]);
    }

    #[test]
    fn places_are_told_apart() {
        check(
            Place,
            true,
            &[
                ("Panjshir", "Panjsher"),
                ("Velik district", "Velik"),
                ("The City of Velik", "Velik"),
            ],
        );
        check(
            Place,
            false,
            &[("Velik district", "Dorun district"), ("Velik", "Dorunabad")],
        );
    }

    #[test]
    fn the_examples_of_the_lexicon_hold() {
        for line in include_str!("../../../lexicon/names.txt").lines() {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let kind = match fields[0] {
                "title" | "kin" | "particle" | "patronymic" | "servant" | "compound" => Person,
                "place-word" => Place,
                _ => Organization,
            };
            for (at, wanted) in [(2, true), (3, false)] {
                let pair = fields.get(at).and_then(|pair| pair.split_once('~'));
                if let (false, Some((left, right))) = (line.starts_with('#'), pair) {
                    check(kind, wanted, &[(left.trim(), right.trim())]);
                }
            }
        }
    }

    #[test]
    fn reasons_are_words() {
        let found = MODEL.compare("Omar Velik", "Omar Shah Velik", Person);
        assert_eq!(found.reasons, ["Shah stands on one side only"]);
        assert!(!found.is_match);
    }

    proptest! {
        #[test]
        fn any_names_are_compared(left in "\\PC{0,40}", right in "\\PC{0,40}", kind in 0..5_usize) {
            let kind = [Person, Organization, Place, Group, Other][kind];
                let found = MODEL.compare(&left, &right, kind);
            prop_assert!((0.0..=1.0).contains(&found.same));
            prop_assert!(!found.reasons.is_empty());
        }
    }
}
