//! `NameIndex`: of very many names the few that one may be a spelling of.
//!
//! Names stand in a tree by their rough sounds, and the ways are followed that align best with the name by gains that were learnt from
//! pairs. It does not decide: `NameModel` compares what it finds.

use crate::costs::SoundCosts;
use crate::model::NameModel;
use crate::search::{best, search};
use crate::sounds::Reading;
use crate::trie::{MOST_NAMES, Trie};
use crate::word::TOGETHER;

/// The gain that is as likely as not, and so much more or less is e times as likely, as likenesses go.
const SCALE: f64 = 50.0;

/// Names by their sounds.
#[derive(Debug, Clone, Default)]
pub struct NameIndex {
    /// Names that have vowels, and those that hardly do.
    tries: [Trie; 2],
    /// Groups of the dictionary, and the names that are forms of each; sorted.
    groups: Vec<(u32, u32)>,
}

impl NameIndex {
    /// An index of folded names; the number of a name is its place in what is given. Names beyond 2^30 are left out.
    pub fn build<'a>(model: &NameModel, names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut groups = Vec::new();
        let names = (0u32..).zip(names).map(|(id, name)| {
            let of = model.dictionary.of(name).unwrap_or_default();
            groups.extend(of.iter().map(|&group| (group, id)));
            name
        });
        let tries = tries(names);
        groups.sort_unstable();
        Self { tries, groups }
    }

    /// An index without a dictionary.
    pub fn by_sounds<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            tries: tries(names),
            groups: Vec::new(),
        }
    }

    /// Bytes that it holds.
    #[must_use]
    pub fn size(&self) -> usize {
        self.tries.iter().map(Trie::size).sum::<usize>() + self.groups.len() * 8
    }

    /// The numbers of at most so many names that a folded name may be a spelling of, the likeliest first, each with a likeness from 0
    /// to 1, which orders them and says no more. Names that the model's dictionary has with it come first.
    #[must_use]
    pub fn candidates(&self, model: &NameModel, name: &str, count: usize) -> Vec<(u32, f64)> {
        let mut known: Vec<u32> = Vec::new();
        for &group in model.dictionary.of(name).unwrap_or_default() {
            let first = self.groups.partition_point(|(other, _)| *other < group);
            let same = self.groups[first..]
                .iter()
                .take_while(|(other, _)| *other == group);
            known.extend(same.map(|&(_, id)| id));
        }
        known.sort_unstable();
        let mut found: Vec<(u32, f64)> = self
            .alike(&model.learned.sounds, name, count)
            .into_iter()
            .map(|(id, gain)| {
                let alike = 1.0 / (1.0 + (-f64::from(gain) / SCALE).exp());
                let likeness = match known.binary_search(&id) {
                    Ok(_) => TOGETHER + (1.0 - TOGETHER) * alike,
                    Err(_) => TOGETHER * alike,
                };
                (id, likeness)
            })
            .collect();
        found.extend(known.into_iter().map(|id| (id, TOGETHER)));
        best(&mut found, count, f64::total_cmp);
        found
    }

    /// The numbers of at most so many names whose sounds align best with those of a folded name, with what their alignment gains, the
    /// best first.
    #[must_use]
    pub fn alike(&self, costs: &SoundCosts, name: &str, count: usize) -> Vec<(u32, i16)> {
        search(&self.tries, costs, &Reading::all(name), count)
    }
}

/// Readings of names, in two tries: of those with vowels, and of those with hardly any.
fn tries<'a>(names: impl IntoIterator<Item = &'a str>) -> [Trie; 2] {
    let mut readings = [Vec::new(), Vec::new()];
    for (id, name) in (0..MOST_NAMES).zip(names) {
        for reading in Reading::all(name) {
            readings[usize::from(reading.sounds.is_bare())].push((reading, id));
        }
    }
    readings.map(Trie::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 8] = [
        "tarmis",
        "trms",
        "tell tarmis",
        "tarmisova",
        "dormiz",
        "al tarmisiyah bahri",
        "qumar",
        "",
    ];

    #[test]
    fn what_a_search_finds_gains_what_the_best_alignment_does() {
        let index = NameIndex::by_sounds(NAMES);
        let costs = SoundCosts::default();
        for name in ["tarmis", "tall tarmish", "trmys", "kumarova", "x"] {
            let found = index.alike(&costs, name, NAMES.len());
            assert!(!found.is_empty());
            for (id, gain) in found {
                let (best, _) = costs.best(name, NAMES[id as usize]);
                assert_eq!(i32::from(gain), best, "{name} ~ {}", NAMES[id as usize]);
            }
        }
    }

    #[test]
    fn the_nearest_come_first_and_no_more_than_wanted() {
        let index = NameIndex::by_sounds(NAMES);
        let found = index.alike(&SoundCosts::default(), "tarmis", 2);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].0, 0);
    }
}
