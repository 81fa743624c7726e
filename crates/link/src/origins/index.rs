//! `Candidates`: pairs of documents that share shingles, by an inverted index of one shingle in eight.
//!
//! It does not judge them: recall comes first here. Of short texts every shingle is in the index, since one in eight of few
//! is none.

use super::sheets::{ByHash, Hashes, Sheet, Shingle};
use std::collections::HashMap;

/// One shingle in so many is in the index.
const SAMPLE: u64 = 8;
/// Texts of fewer shingles have all of theirs in it.
const SHORT: usize = 120;
/// A shingle of more documents pairs each with the first and with the few before it: copies of one text stand side by side in
/// the order of their days, and all pairs of a crowd would be too many.
const CROWD: usize = 48;
const BEFORE: usize = 4;
/// Shared shingles of the index, at least, and in hundredths of those of the shorter text.
const LEAST: (u32, u32) = (2, 6);

/// Pairs of documents, sorted.
pub(super) struct Candidates {
    pairs: Vec<(u32, u32)>,
}

/// What two documents share, in numbers of different shingles.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shared {
    /// All that both have, and how many the shorter has.
    pub all: usize,
    pub of_all: usize,
    /// Those that stand outside quotation marks in both, and how many such the shorter has.
    pub told: usize,
    pub of_told: usize,
    /// Those of them that tell something, and how many such the shorter has.
    pub telling: usize,
    pub of_telling: usize,
    /// Those of them that stand in the first half of the shorter one.
    pub leading: usize,
    /// Whether all words are the same, in one order.
    pub same_words: bool,
}

impl Candidates {
    /// Finds them; `order` lists the documents by day.
    pub fn find(sheets: &[Sheet], order: &[usize]) -> Self {
        let is_short = |sheet: &Sheet| sheet.shingles.len() < SHORT;
        let whole: Hashes = sheets
            .iter()
            .filter(|sheet| is_short(sheet))
            .flat_map(|sheet| sheet.shingles.iter().map(|shingle| shingle.hash))
            .collect();
        let mut postings: Vec<(u64, u32)> = Vec::new();
        let mut sampled: Vec<u32> = vec![0; sheets.len()];
        for (rank, &number) in (0_u32..).zip(order) {
            let sheet = &sheets[number];
            for &Shingle { hash, .. } in &sheet.shingles {
                let sample = hash.is_multiple_of(SAMPLE);
                if sample || whole.contains(&hash) {
                    postings.push((hash, rank));
                }
                sampled[number] += u32::from(sample || is_short(sheet));
            }
        }
        postings.sort_unstable();
        let mut met: HashMap<(u32, u32), u32> = HashMap::new();
        for group in postings.chunk_by(|one, other| one.0 == other.0) {
            for (position, (_, later)) in group.iter().enumerate() {
                let from = if group.len() <= CROWD {
                    0
                } else {
                    position.saturating_sub(BEFORE)
                };
                let first = (from > 0).then_some(0);
                for earlier in first.into_iter().chain(from..position) {
                    *met.entry((group[earlier].1, *later)).or_default() += 1;
                }
            }
        }
        let number = |rank: u32| order[rank as usize];
        let mut pairs: Vec<(u32, u32)> = met
            .into_iter()
            .filter(|((one, other), count)| {
                let fewer = sampled[number(*one)].min(sampled[number(*other)]);
                *count >= LEAST.0.min(fewer) && count * 100 >= fewer * LEAST.1
            })
            .filter_map(|((one, other), _)| {
                let (one, other) = (number(one), number(other));
                let both = (one.min(other), one.max(other));
                Some((u32::try_from(both.0).ok()?, u32::try_from(both.1).ok()?))
            })
            .collect();
        // Documents of the same few words have no shingle at all.
        let mut same: ByHash<u32> = ByHash::default();
        for (number, sheet) in (0_u32..).zip(sheets) {
            if let Some(whole) = sheet.whole.filter(|_| sheet.runs == 0) {
                let first = *same.entry(whole).or_insert(number);
                if first != number {
                    pairs.push((first, number));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        Self { pairs }
    }

    /// Calls with each pair and what it shares exactly; `tells` says whether a shingle is no background.
    pub fn each(
        &self,
        sheets: &[Sheet],
        tells: impl Fn(u64) -> bool,
        mut with: impl FnMut(usize, usize, &Shared),
    ) {
        let mut sizes: Vec<Option<(usize, usize)>> = vec![None; sheets.len()];
        let mut sizes = |number: usize| {
            *sizes[number].get_or_insert_with(|| {
                let places = sheets[number].shingles.iter();
                let told = places.filter(|shingle| shingle.place().is_some());
                told.fold((0, 0), |(told, telling), shingle| {
                    (told + 1, telling + usize::from(tells(shingle.hash)))
                })
            })
        };
        for &(one, other) in &self.pairs {
            let (one, other) = (one as usize, other as usize);
            let (left, right) = (&sheets[one], &sheets[other]);
            let (ours, theirs) = (sizes(one), sizes(other));
            let (mut early, mut there_early) = (0, 0);
            let mut shared = Shared {
                of_all: left.shingles.len().min(right.shingles.len()),
                of_told: ours.0.min(theirs.0),
                of_telling: ours.1.min(theirs.1),
                same_words: left.whole == right.whole,
                ..Shared::default()
            };
            left.meet(right, |mine, their| {
                shared.all += 1;
                let (Some(at), Some(there)) = (mine.place(), their.place()) else {
                    return;
                };
                shared.told += 1;
                if tells(mine.hash) {
                    shared.telling += 1;
                    early += usize::from(at < left.runs / 2);
                    there_early += usize::from(there < right.runs / 2);
                }
            });
            shared.leading = match ours.1.cmp(&theirs.1) {
                std::cmp::Ordering::Less => early,
                std::cmp::Ordering::Greater => there_early,
                std::cmp::Ordering::Equal => early.max(there_early),
            };
            with(one, other, &shared);
        }
    }

    /// The shingles that pairs share outside quotation marks.
    pub fn shared(&self, sheets: &[Sheet]) -> Hashes {
        let mut all = Hashes::default();
        for (one, other) in &self.pairs {
            sheets[*one as usize].meet(&sheets[*other as usize], |mine, their| {
                if mine.place().is_some() && their.place().is_some() {
                    all.insert(mine.hash);
                }
            });
        }
        all
    }
}
