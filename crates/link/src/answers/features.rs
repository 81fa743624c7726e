//! Whether two passages, and the texts they stand in, are of one matter: what is counted, and the weights.
//!
//! The weights lie in `models/matching.tsv`; no word has one. It does not know how one answers the other.

use super::side::{Passage, Side, Stem, days_between};
use jiff::civil::Date;
use std::fmt;
use text::vocabulary;

vocabulary! {
    /// What is counted of two passages, and of the texts around them.
    Feature {
        Bias = "bias",
        Cosine = "cosine",
        Contained = "contained",
        Mass = "mass",
        Names = "names",
        NoName = "no_name",
        Words = "words",
        Verbs = "verbs",
        Alike = "alike",
        Numbers = "numbers",
        OtherNumbers = "other_numbers",
        Story = "story",
        StoryNames = "story_names",
        StoryNumbers = "story_numbers",
        StoryBias = "story_bias",
    }
}

/// How many features there are.
pub const FEATURES: usize = Feature::ALL.len();

/// Of these, the ones of passages; the others are of the texts around them and count only where these are longer.
pub const OF_PASSAGES: usize = Feature::Story as usize;

/// What was counted, in the order of `Feature::ALL`.
pub type Counts = [f64; FEATURES];

/// A weight for each feature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// In the order of `Feature::ALL`.
    pub of: Counts,
    /// Below this probability two texts are unrelated.
    pub threshold: f64,
    /// From this probability on two passages are more likely of one matter than not, as far as F1 counts.
    pub same_matter: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            of: [0.0; FEATURES],
            threshold: 0.5,
            same_matter: 0.5,
        }
    }
}

impl Weights {
    /// Reads `feature<TAB>weight` lines, one of `threshold` among them.
    ///
    /// # Errors
    /// A sentence that names the line that cannot be read, or the feature that is missing.
    pub fn parse(table: &str) -> Result<Self, String> {
        let mut weights = Self::default();
        let mut known = [false; FEATURES];
        for (number, line) in (1..).zip(table.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let read = line.split_once('\t').and_then(|(name, weight)| {
                let weight: f64 = weight.trim().parse().ok()?;
                Some((name, weight)).filter(|_| weight.is_finite())
            });
            match read {
                Some(("threshold", weight)) => weights.threshold = weight,
                Some(("same_matter", weight)) => weights.same_matter = weight,
                Some((name, weight)) => match Feature::parse(name) {
                    Some(feature) => {
                        weights.of[feature as usize] = weight;
                        known[feature as usize] = true;
                    }
                    None => return Err(format!("line {number}: no feature “{name}”")),
                },
                None => {
                    return Err(format!(
                        "line {number}: write a feature, a tab and a number"
                    ));
                }
            }
        }
        match Feature::ALL
            .iter()
            .find(|feature| !known[**feature as usize])
        {
            Some(missing) => Err(format!("no weight for {missing}")),
            None => Ok(weights),
        }
    }

    /// How likely what was counted is of one matter.
    #[must_use]
    pub fn related(&self, counts: &Counts) -> f64 {
        let odds: f64 = self
            .of
            .iter()
            .zip(counts)
            .map(|(weight, count)| weight * count)
            .sum();
        1.0 / (1.0 + (-odds).exp())
    }
}

impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (feature, weight) in Feature::ALL.iter().zip(self.of) {
            writeln!(f, "{feature}\t{weight:.3}")?;
        }
        writeln!(f, "threshold\t{:.3}", self.threshold)?;
        writeln!(f, "same_matter\t{:.3}", self.same_matter)
    }
}

/// Stems that two passages share: the one's and the other's.
pub(crate) fn shared<'p>(one: &'p Passage, other: &'p Passage) -> Vec<(&'p Stem, &'p Stem)> {
    let mut found = Vec::new();
    let (mut left, mut right) = (one.stems.iter().peekable(), other.stems.iter().peekable());
    while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
        match one.key.cmp(&other.key) {
            std::cmp::Ordering::Less => {
                left.next();
            }
            std::cmp::Ordering::Greater => {
                right.next();
            }
            std::cmp::Ordering::Equal => {
                found.push((*one, *other));
                left.next();
                right.next();
            }
        }
    }
    found
}

/// Stems of one passage and of another that are not the same and say the same.
pub(crate) fn alike<'p>(one: &'p Passage, other: &'p Passage) -> Vec<(&'p Stem, &'p Stem)> {
    let has = |passage: &Passage, key: u64| {
        passage
            .stems
            .binary_search_by_key(&key, |stem| stem.key)
            .is_ok()
    };
    let mut found: Vec<(&Stem, &Stem)> = Vec::new();
    let open = |stem: &&Stem| !stem.groups.is_empty();
    for left in one
        .stems
        .iter()
        .filter(open)
        .filter(|stem| !has(other, stem.key))
    {
        let like = other.stems.iter().filter(open).find(|right| {
            !has(one, right.key) && right.groups.iter().any(|group| left.groups.contains(group))
        });
        found.extend(like.map(|right| (left, right)));
    }
    found
}

/// What two passages have in common.
#[must_use]
pub(crate) fn counts(one: &Passage, other: &Passage) -> Counts {
    let mut counts = [0.0; FEATURES];
    let mut set = |feature: Feature, count: f64| counts[feature as usize] = count;
    set(Feature::Bias, 1.0);
    let shared = shared(one, other);
    let weight = |of: &dyn Fn(&Stem, &Stem) -> bool| -> f64 {
        shared
            .iter()
            .filter(|(one, other)| of(one, other))
            .map(|(one, _)| one.weight)
            .sum()
    };
    let all = weight(&|_, _| true);
    let names = weight(&|one, other| one.is_name || other.is_name);
    let verbs =
        weight(&|one, other| !(one.is_name || other.is_name) && (one.is_verb || other.is_verb));
    let least = one.mass.min(other.mass).max(1.0);
    let squares: f64 = shared.iter().map(|(one, _)| one.weight * one.weight).sum();
    set(
        Feature::Cosine,
        squares / (one.squares * other.squares).sqrt().max(1.0),
    );
    set(Feature::Contained, all / least);
    set(Feature::Mass, all.ln_1p());
    set(
        Feature::Names,
        (names / one.name_mass.min(other.name_mass).max(3.0)).min(1.5),
    );
    let lack = one.name_mass > 0.0 && other.name_mass > 0.0 && names == 0.0;
    set(Feature::NoName, f64::from(u8::from(lack)));
    set(Feature::Words, (all - names).ln_1p());
    set(Feature::Verbs, (verbs / 5.0).min(1.0));
    let alike: f64 = alike(one, other)
        .iter()
        .map(|(one, other)| one.weight.min(other.weight))
        .sum();
    set(Feature::Alike, (alike / least).min(1.0));
    let same_number = one
        .numbers
        .iter()
        .any(|number| other.numbers.binary_search(number).is_ok());
    set(Feature::Numbers, f64::from(u8::from(same_number)));
    let other_number = !same_number && !one.numbers.is_empty() && !other.numbers.is_empty();
    set(Feature::OtherNumbers, f64::from(u8::from(other_number)));
    counts
}

/// Days between two happenings of a day each that are not one, more than.
const APART: i32 = 3;

/// Whether two passages state days so far apart that they cannot tell of one happening.
pub(crate) fn are_apart(one: &Passage, other: &Passage) -> bool {
    let far = |(first, last): &(Date, Date), (from, to): &(Date, Date)| {
        days_between(*last, *from) > APART || days_between(*to, *first) > APART
    };
    !one.days.is_empty()
        && !other.days.is_empty()
        && one
            .days
            .iter()
            .all(|here| other.days.iter().all(|there| far(here, there)))
}

/// Adds what the texts around two passages have in common.
pub(crate) fn add_story(counts: &mut Counts, story: &Story) {
    counts[Feature::Story as usize] = story.all;
    counts[Feature::StoryNames as usize] = story.names;
    counts[Feature::StoryNumbers as usize] = story.numbers;
    counts[Feature::StoryBias as usize] = 1.0;
}

/// What two texts have in common as wholes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Story {
    all: f64,
    names: f64,
    numbers: f64,
}

impl Story {
    /// Compares two texts.
    #[must_use]
    pub fn of(one: &Side, other: &Side) -> Self {
        let numbers = one
            .numbers
            .iter()
            .filter(|number| other.numbers.binary_search(number).is_ok())
            .count();
        let least = one.numbers.len().min(other.numbers.len()).max(3);
        Self {
            all: (cosine(&one.stems, &other.stems) + FLOOR).ln(),
            names: (cosine(&one.names, &other.names) + FLOOR).ln(),
            numbers: numbers as f64 / least as f64,
        }
    }
}

/// Keeps the logarithm of nothing in bounds.
const FLOOR: f64 = 0.01;

fn cosine(one: &[(u64, f64)], other: &[(u64, f64)]) -> f64 {
    let mut sum = 0.0;
    let mut right = other.iter().peekable();
    for (key, weight) in one {
        while right.next_if(|(other, _)| other < key).is_some() {}
        if let Some((_, other)) = right.next_if(|(other, _)| other == key) {
            sum += weight * other;
        }
    }
    let length = |all: &[(u64, f64)]| {
        all.iter()
            .map(|(_, weight)| weight * weight)
            .sum::<f64>()
            .sqrt()
    };
    sum / (length(one) * length(other)).max(1e-9)
}
