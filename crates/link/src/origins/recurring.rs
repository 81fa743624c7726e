//! `Recurring`: shingles that say nothing of where a text comes from: background told again on other days, and an outlet's
//! formulas.
//!
//! It does not know pairs. What copies of one text share is counted once, or a text that was printed often would be its own
//! background.

use super::DAYS;
use super::index::Candidates;
use super::sheets::{ByHash, Hashes, Sheet};
use crate::when;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use text::Document;

/// Background stands in so many texts at least: two of them may be one text of which one bears a wrong date.
const TEXTS: u32 = 3;
/// An outlet's formulas are what stands in one of so many of its texts, if it has enough documents to tell.
const ONE_IN: u32 = 20;
const OUTLET: u32 = 30;

/// The recurring ones among the shingles that candidates share.
pub(super) struct Recurring(Hashes);

/// Where a shingle was seen.
#[derive(Clone, Copy)]
struct Seen {
    texts: u32,
    last: usize,
    /// The first of the groups' last days, and the last of their first days.
    from: Option<Date>,
    to: Option<Date>,
}

impl Recurring {
    /// Whether a shingle is one.
    pub fn holds(&self, hash: u64) -> bool {
        self.0.contains(&hash)
    }

    /// Finds them; documents of one group of `kin` are one text.
    pub fn find(
        documents: &[&Document],
        days: &[Option<Date>],
        sheets: &[Sheet],
        kin: &[usize],
        candidates: &Candidates,
    ) -> Self {
        let asked = candidates.shared(sheets);
        let mut span: HashMap<usize, (Date, Date)> = HashMap::new();
        for (group, day) in kin.iter().zip(days) {
            if let Some(day) = *day {
                let known = span.entry(*group).or_insert((day, day));
                *known = (known.0.min(day), known.1.max(day));
            }
        }
        let outlet = |number: usize| {
            let document = documents[number];
            let sighted = document.sightings.first();
            let seen = sighted.and_then(|sighting| sighting.outlet.as_deref());
            document.meta.outlet.as_deref().or(seen)
        };
        let mut sizes: BTreeMap<&str, u32> = BTreeMap::new();
        for name in (0..documents.len()).filter_map(outlet) {
            *sizes.entry(name).or_default() += 1;
        }
        let large: HashMap<&str, usize> = sizes
            .iter()
            .filter(|(_, size)| **size >= OUTLET)
            .enumerate()
            .map(|(number, (name, _))| (*name, number))
            .collect();
        let mut by_group: Vec<usize> = (0..documents.len()).collect();
        by_group.sort_by_key(|number| (kin[*number], *number));
        let mut seen: ByHash<Seen> = ByHash::default();
        let mut formulas: HashMap<(u64, usize), (u32, usize)> = HashMap::new();
        for number in by_group {
            let group = kin[number];
            let (first, last) = span
                .get(&group)
                .map_or((None, None), |days| (Some(days.0), Some(days.1)));
            let large = outlet(number).and_then(|name| large.get(name));
            for hash in sheets[number].shingles.iter().map(|shingle| shingle.hash) {
                if !asked.contains(&hash) {
                    continue;
                }
                let entry = seen.entry(hash).or_insert(Seen {
                    texts: 0,
                    last: usize::MAX,
                    from: None,
                    to: None,
                });
                if entry.last != group {
                    entry.texts += 1;
                    entry.last = group;
                    entry.from = entry.from.into_iter().chain(last).min();
                    entry.to = entry.to.max(first);
                }
                if let Some(large) = large {
                    let counted = formulas.entry((hash, *large)).or_insert((0, usize::MAX));
                    if counted.1 != group {
                        *counted = (counted.0 + 1, group);
                    }
                }
            }
        }
        let size_of: HashMap<usize, u32> = large
            .iter()
            .map(|(name, number)| (*number, sizes[name]))
            .collect();
        let often = formulas.iter().filter(|((_, outlet), (texts, _))| {
            *texts >= TEXTS && texts * ONE_IN >= size_of[outlet]
        });
        let again = seen.iter().filter(|(_, seen)| {
            let apart = seen
                .from
                .zip(seen.to)
                .is_some_and(|(from, to)| when::between(from, to) > DAYS);
            seen.texts >= TEXTS && apart
        });
        Self(
            often
                .map(|((hash, _), _)| *hash)
                .chain(again.map(|(hash, _)| *hash))
                .collect(),
        )
    }
}
