//! The dictionary of parts of people's names: groups of forms, as the package `rigour` has them from Wikidata.
//!
//! It does not know which forms are common. Its file: `form, form, … => item` on each line.

use super::linear;
use super::pairs::{Pair, Parted, Set, number};
use crate::data::{self, Failure};
use names::learning::{Letters, coarse};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A group of forms of one name.
pub struct Group {
    /// Folded forms that were written in Latin letters, each once, in order.
    pub forms: Vec<String>,
    /// Whether it also has a form in Arabic or in Cyrillic letters: the sets of pairs were made of such groups.
    pub is_of_sets: bool,
}

/// Letters of a form at most.
const LONGEST: usize = 32;

pub fn read(path: &Path) -> Result<Vec<Group>, Failure> {
    let mut groups = Vec::new();
    for line in data::text(path)?.lines() {
        let Some((forms, _)) = line.split_once(" => ") else {
            continue;
        };
        let latin: BTreeSet<String> = forms
            .split(", ")
            .filter(|form| form.chars().filter(|c| c.is_alphabetic()).all(is_latin))
            .map(names::fold)
            .filter(|form| {
                (2..=LONGEST).contains(&form.len())
                    && form
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte == b' ')
            })
            .collect();
        let is_of_sets = forms
            .chars()
            .any(|c| matches!(c, '\u{400}'..='\u{52f}' | '\u{600}'..='\u{77f}'));
        if !latin.is_empty() {
            groups.push(Group {
                forms: latin.into_iter().collect(),
                is_of_sets,
            });
        }
    }
    Ok(groups)
}

fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{24f}' | '\u{250}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}')
}

/// What may be learnt beside the sets: words, and what each is known to be a form of.
pub struct Words {
    /// For each word its groups and components.
    names: BTreeMap<String, BTreeSet<u64>>,
}

impl Words {
    /// The words of the train pairs, and of groups that are not of the sets' test halves: groups that the sets were not made of, or that
    /// share a word with a train pair. No group with a word of the test part.
    pub fn new(groups: &[Group], parted: &Parted) -> Self {
        let mut names: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
        for pair in &parted.train {
            for word in [&pair.left, &pair.right] {
                let component = parted.component.get(word).copied().unwrap_or(0);
                names
                    .entry(word.clone())
                    .or_default()
                    .insert(u64::from(component) << 32);
            }
        }
        for (at, group) in groups.iter().enumerate() {
            let is_train = !group.is_of_sets
                || group
                    .forms
                    .iter()
                    .any(|form| parted.component.contains_key(form));
            if is_train && !group.forms.iter().any(|form| parted.is_test(form)) {
                for form in &group.forms {
                    names.entry(form.clone()).or_default().insert(at as u64);
                }
            }
        }
        Self { names }
    }

    /// False pairs: words that look alike in some way and have no group and no component in common. The sets have only false pairs that are
    /// at most two letters apart or have the same consonants; from those alone one would learn that whatever differs more is the same.
    pub fn false_pairs(&self, most: usize) -> Vec<Pair> {
        let mut alike: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for word in self.names.keys() {
            for key in keys(word) {
                alike.entry(key).or_default().push(word);
            }
        }
        let mut pairs = BTreeSet::new();
        let mut state = 7u64;
        for words in alike.values().filter(|words| words.len() > 1) {
            for _ in 0..words.len().min(40) {
                let mut pick = || words[(linear::draw(&mut state) % words.len() as u64) as usize];
                let (left, right) = (pick(), pick());
                if left < right
                    && likeness(left, right) >= 0.3
                    && self.names[left].is_disjoint(&self.names[right])
                {
                    pairs.insert((left, right));
                }
            }
        }
        first(
            pairs
                .into_iter()
                .map(|(left, right)| more(left, right, false))
                .collect(),
            most,
        )
    }
}

fn more(left: &str, right: &str, same: bool) -> Pair {
    Pair {
        left: left.to_owned(),
        right: right.to_owned(),
        same,
        set: Set::More,
        part: number(left),
    }
}

/// As many pairs at most, the first by their hashes.
fn first(mut pairs: Vec<Pair>, most: usize) -> Vec<Pair> {
    pairs.sort_by_key(|pair| number(&format!("{}\t{}", pair.left, pair.right)));
    pairs.truncate(most);
    pairs
}

/// Ways in which words look alike: classes of consonants with one left out, both ends with the length, three letters in a row.
fn keys(word: &str) -> Vec<String> {
    let letters = Letters::of(word);
    let classes: String = coarse(letters.all())
        .all()
        .iter()
        .map(|class| char::from(b'0' + class))
        .collect();
    let mut keys = vec![classes.clone()];
    if classes.len() > 2 {
        keys.extend(
            (0..classes.len()).map(|at| format!("{}{}", &classes[..at], &classes[at + 1..])),
        );
    }
    if word.len() > 3 {
        keys.push(format!(
            "{}-{}{}",
            &word[..1],
            &word[word.len() - 2..],
            word.len() / 2
        ));
        keys.push(format!(
            "{}-{}{}",
            &word[..2],
            &word[word.len() - 1..],
            word.len() / 2
        ));
        keys.extend((0..word.len()).map(|at| format!("_{}{}", &word[..at], &word[at + 1..])));
    }
    keys
}

/// One less the share of letters that must change.
fn likeness(left: &str, right: &str) -> f64 {
    strsim::normalized_levenshtein(left, right)
}
