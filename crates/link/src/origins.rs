//! Text origins: which documents copy one text, and which carry one agency's credit line.
//!
//! It does not know who copied from whom, and it sees wording alone: two reports of one press conference in their own
//! words are two texts here. Containment of five-word shingles after Broder 1997, by an inverted index and an exact check.

use crate::{Lexicon, Reading};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use text::BlockKind;

/// Shared shingles at least, and the share of the shorter text, for two articles of one text.
const ARTICLE: (usize, f64) = (40, 0.35);
/// The same for short dispatches.
const DISPATCH: (usize, f64) = (12, 0.5);
/// Documents further apart than this share background and formulas, unless nearly all is shared.
const DAYS: i64 = 3;
/// The share from which two texts are one however far apart they stand.
const WHOLE: f64 = 0.8;
/// From this many documents a shingle pairs each with the first and the one before only.
const CROWD: usize = 32;

/// To which text each reading goes back.
pub(crate) struct Origins {
    copies: Vec<usize>,
    credited: Vec<usize>,
}

impl Origins {
    /// The group of copied texts a reading belongs to.
    pub fn of(&self, reading: usize) -> usize {
        self.copies.get(reading).copied().unwrap_or(reading)
    }

    /// Separate texts behind some readings: with shared credit lines counted as one text, and without.
    pub fn count(&self, readings: &BTreeSet<usize>) -> (u32, u32) {
        let groups = |of: &[usize]| {
            let distinct: BTreeSet<usize> = readings
                .iter()
                .filter_map(|reading| of.get(*reading))
                .copied()
                .collect();
            u32::try_from(distinct.len()).unwrap_or(u32::MAX)
        };
        (groups(&self.credited), groups(&self.copies))
    }
}

/// Finds the text origins. `days` holds each reading's day of publication.
pub(crate) fn find(readings: &[&Reading], days: &[Option<Date>], lexicon: &Lexicon) -> Origins {
    let shingles: Vec<Vec<u64>> = readings.iter().map(|read| shingles(read)).collect();
    let mut postings: Vec<(u64, usize)> = shingles
        .iter()
        .enumerate()
        .flat_map(|(reading, all)| all.iter().map(move |shingle| (*shingle, reading)))
        .collect();
    postings.sort_unstable();
    let mut recurring: BTreeSet<u64> = BTreeSet::new();
    let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
    for group in postings.chunk_by(|one, other| one.0 == other.0) {
        if group.len() < 2 {
            continue;
        }
        let dated: Vec<Date> = group
            .iter()
            .filter_map(|(_, reading)| days.get(*reading).copied().flatten())
            .collect();
        if let (Some(first), Some(last)) = (dated.iter().min(), dated.iter().max())
            && group.len() > 2
            && crate::when::between(*first, *last) > DAYS
        {
            recurring.insert(group[0].0);
        }
        for (position, (_, other)) in group.iter().enumerate() {
            let before = if group.len() <= CROWD {
                0..position
            } else {
                position.saturating_sub(1)..position
            };
            let first = (group.len() > CROWD && position > 1).then_some(0);
            for earlier in before.chain(first) {
                *shared.entry((group[earlier].1, *other)).or_default() += 1;
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = shared
        .into_iter()
        .filter(|(_, count)| *count >= DISPATCH.0)
        .map(|(pair, _)| pair)
        .collect();
    pairs.sort_unstable();
    let mut copies: Vec<usize> = (0..readings.len()).collect();
    for (left, right) in pairs {
        let near = match (days[left], days[right]) {
            (Some(one), Some(other)) => crate::when::between(one, other).abs() <= DAYS,
            _ => true,
        };
        if is_copy(&shingles[left], &shingles[right], near, &recurring) {
            unite(&mut copies, left, right);
        }
    }
    let mut credited = copies.clone();
    let mut by_credit: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (reading, read) in readings.iter().enumerate() {
        for agency in credits(read, lexicon) {
            by_credit.entry(agency).or_default().push(reading);
        }
    }
    for mut group in by_credit.into_values() {
        group.sort_by_key(|reading| (days[*reading], *reading));
        for pair in group.windows(2) {
            let near = match (days[pair[0]], days[pair[1]]) {
                (Some(one), Some(other)) => crate::when::between(one, other).abs() <= 1,
                _ => false,
            };
            if near {
                unite(&mut credited, pair[0], pair[1]);
            }
        }
    }
    let flat = |mut groups: Vec<usize>| -> Vec<usize> {
        (0..groups.len())
            .map(|reading| root(&mut groups, reading))
            .collect()
    };
    Origins {
        copies: flat(copies),
        credited: flat(credited),
    }
}

fn is_copy(left: &[u64], right: &[u64], near: bool, recurring: &BTreeSet<u64>) -> bool {
    let (mut met, mut telling) = (0_usize, 0_usize);
    let (mut one, mut other) = (0, 0);
    while one < left.len() && other < right.len() {
        match left[one].cmp(&right[other]) {
            std::cmp::Ordering::Less => one += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => {
                met += 1;
                telling += usize::from(!recurring.contains(&left[one]));
                one += 1;
                other += 1;
            }
        }
    }
    #[allow(clippy::cast_precision_loss)]
    let share = |count: usize| count as f64 / left.len().min(right.len()).max(1) as f64;
    let enough = |(least, part): (usize, f64)| telling >= least && share(telling) >= part;
    (near && (enough(ARTICLE) || enough(DISPATCH))) || (met >= DISPATCH.0 && share(met) >= WHOLE)
}

/// The hashes of all runs of five words outside quotation marks and boilerplate, sorted, each once.
fn shingles(read: &Reading) -> Vec<u64> {
    let text = &read.document.text;
    let mut all = Vec::new();
    let mut add = |part: &str| {
        let mut words: Vec<String> = Vec::new();
        let mut word = String::new();
        let mut quoted = false;
        for mark in part.chars() {
            if matches!(mark, '“' | '«' | '„') {
                quoted = true;
            } else if matches!(mark, '”' | '»') {
                quoted = false;
            } else if mark == '"' {
                quoted = !quoted;
            } else if !quoted && mark.is_alphanumeric() {
                word.extend(mark.to_lowercase());
                continue;
            } else if !quoted && matches!(mark, '\'' | '’') {
                continue;
            }
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
        }
        if !word.is_empty() {
            words.push(word);
        }
        all.extend(words.windows(5).map(|five| {
            // FNV-1a over the words: stable over versions and machines.
            five.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, word| {
                word.bytes().chain([b' ']).fold(hash, |hash, byte| {
                    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
                })
            })
        }));
    };
    let blocks = &read.document.blocks;
    if blocks.is_empty() {
        add(text);
    }
    for block in blocks {
        if block.kind != BlockKind::Boilerplate {
            add(block.span.slice(text));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The agencies named where credits stand: the byline, the first line of the body, the last line.
fn credits(read: &Reading, lexicon: &Lexicon) -> BTreeSet<String> {
    let text = &read.document.text;
    let mut found = BTreeSet::new();
    if let Some(byline) = &read.document.meta.byline {
        found.extend(lexicon.agencies(byline));
    }
    let body: Vec<&str> = read
        .document
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Paragraph)
        .map(|block| block.span.slice(text).trim())
        .filter(|words| !words.is_empty())
        .collect();
    let short = |words: &str| -> String { words.chars().take(80).collect() };
    if let Some(first) = body.first() {
        // A dateline ends in a dash; an agency named later in the sentence is quoted, not credited.
        let head = short(first);
        let dateline = [" - ", " – ", " — ", ") "]
            .iter()
            .filter_map(|dash| head.find(dash))
            .max()
            .and_then(|end| head.get(..=end));
        found.extend(
            dateline
                .map(|line| lexicon.agencies(line))
                .unwrap_or_default(),
        );
    }
    if let Some(last) = body.last()
        && last.chars().count() <= 80
    {
        found.extend(lexicon.agencies(last));
    }
    found
}

fn root(groups: &mut [usize], start: usize) -> usize {
    let mut at = start;
    while groups[at] != at {
        groups[at] = groups[groups[at]];
        at = groups[at];
    }
    at
}

/// Joins two groups; the smaller index stands for both, so that the order of joining does not matter.
fn unite(groups: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(groups, one), root(groups, other));
    groups[one.max(other)] = one.min(other);
}
