//! `Pairs`: the labelled pairs of the three sets, parted so that no name of one part has a spelling in the other.
//!
//! It does not know what is learnt from them.

use crate::data::{self, Data, Failure};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// A set of pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Set {
    Arabic,
    Cyrillic,
    Places,
    /// Pairs that are not of the three sets, and are never tested on.
    More,
}

impl Set {
    pub const TESTED: [Self; 3] = [Self::Arabic, Self::Cyrillic, Self::Places];

    pub fn name(self) -> &'static str {
        match self {
            Self::Arabic => "Arabic script",
            Self::Cyrillic => "Cyrillic",
            Self::Places => "places",
            Self::More => "more",
        }
    }

    fn file(self) -> &'static str {
        match self {
            Self::Arabic => "names/transliteration-arabic-script-train.tsv",
            Self::Cyrillic => "names/transliteration-cyrillic-train.tsv",
            _ => "names/transliteration-places-train.tsv",
        }
    }

    /// The share of true pairs in the sets that other systems were measured on: 2,574 of 4,059, 5,939 of 11,898, 4,016 of 6,004.
    fn true_share(self) -> f64 {
        match self {
            Self::Arabic => 2574.0 / 4059.0,
            Self::Cyrillic => 5939.0 / 11898.0,
            _ => 4016.0 / 6004.0,
        }
    }
}

/// Two folded words, and whether they are spellings of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub left: String,
    pub right: String,
    pub same: bool,
    pub set: Set,
    /// Which part of folds it is in: the hash of its component. A pair of two components has that of the first.
    pub part: u32,
}

/// A part of 100 that is kept for testing.
const TEST_PARTS: u32 = 30;

/// Pairs in two parts.
pub struct Parted {
    pub train: Vec<Pair>,
    pub test: Vec<Pair>,
    /// The component of every word of the sets, as a hash.
    pub component: HashMap<String, u32>,
    /// How many of 100 parts of the components are for testing.
    parts: u32,
}

impl Parted {
    /// Whether a word belongs to the test part.
    pub fn is_test(&self, word: &str) -> bool {
        self.component
            .get(word)
            .is_some_and(|hash| hash % 100 < self.parts)
    }
}

fn is_test(hash: u32) -> bool {
    hash % 100 < TEST_PARTS
}

/// All pairs of the three sets.
pub fn all(data: &Data) -> Result<Vec<Pair>, Failure> {
    let mut pairs = Vec::new();
    for set in Set::TESTED {
        pairs.extend(read(&data.at(set.file())?, set)?);
    }
    let component = components(&pairs);
    for pair in &mut pairs {
        pair.part = component.get(&pair.left).copied().unwrap_or(0);
    }
    Ok(pairs)
}

/// Parts pairs by the components that true pairs make, over all three sets together; 30 % of the components are for
/// testing. True pairs lie within a component. Of the false pairs between two components, those between a test name and a train name
/// are never trained on; as many of them are tested, in the order of their hashes, as it takes to have the share of true pairs that
/// other systems were measured with.
pub fn part(pairs: Vec<Pair>) -> Parted {
    let component = components(&pairs);
    let hash = |word: &str| component.get(word).copied().unwrap_or(0);
    let (mut train, mut test, mut between) = (Vec::new(), Vec::new(), Vec::new());
    for pair in pairs {
        match (is_test(hash(&pair.left)), is_test(hash(&pair.right))) {
            (true, true) => test.push(pair),
            (false, false) => train.push(pair),
            _ => between.push(pair),
        }
    }
    between.sort_by_key(|pair| number(&format!("{}\t{}", pair.left, pair.right)));
    for set in Set::TESTED {
        let count = |same: bool| {
            test.iter()
                .filter(|pair: &&Pair| pair.set == set && pair.same == same)
                .count()
        };
        let wanted = count(true) as f64 * (1.0 - set.true_share()) / set.true_share();
        let missing = (wanted.round() as usize).saturating_sub(count(false));
        test.extend(
            between
                .iter()
                .filter(|pair| pair.set == set)
                .take(missing)
                .cloned(),
        );
    }
    Parted {
        train,
        test,
        component,
        parts: TEST_PARTS,
    }
}

/// All pairs to learn from, none to test.
pub fn whole(pairs: Vec<Pair>) -> Parted {
    let component = components(&pairs);
    Parted {
        train: pairs,
        test: Vec::new(),
        component,
        parts: 0,
    }
}

fn read(path: &Path, set: Set) -> Result<Vec<Pair>, Failure> {
    let mut pairs = Vec::new();
    for (index, line) in data::text(path)?.lines().enumerate().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [left, right, same] = fields[..] else {
            return Err(Failure(format!(
                "line {} of {} has not three fields; take the file anew",
                index + 1,
                path.display()
            )));
        };
        let (left, right) = (names::fold(left), names::fold(right));
        if left != right {
            pairs.push(Pair {
                left,
                right,
                same: same == "1",
                set,
                part: 0,
            });
        }
    }
    Ok(pairs)
}

/// The component of each word under true pairs, as the hash of its smallest word.
fn components(pairs: &[Pair]) -> HashMap<String, u32> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for pair in pairs {
        for word in [&pair.left, &pair.right] {
            let next = numbers.len();
            numbers.entry(word).or_insert(next);
        }
    }
    let mut parents: Vec<usize> = (0..numbers.len()).collect();
    for pair in pairs.iter().filter(|pair| pair.same) {
        let (left, right) = (
            root(&mut parents, numbers[pair.left.as_str()]),
            root(&mut parents, numbers[pair.right.as_str()]),
        );
        parents[left] = right;
    }
    // Words come in order, so the first of a component is its smallest.
    let mut smallest: HashMap<usize, u32> = HashMap::new();
    numbers
        .iter()
        .map(|(&word, &at)| {
            let root = root(&mut parents, at);
            (
                word.to_owned(),
                *smallest.entry(root).or_insert_with(|| number(word)),
            )
        })
        .collect()
}

fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

/// The beginning of a text's SHA-256 as a number.
pub fn number(text: &str) -> u32 {
    let hash = Sha256::digest(text.as_bytes());
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
}
