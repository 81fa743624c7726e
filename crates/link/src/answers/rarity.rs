//! `Rarity`: how rare stems are in news, from a committed table of document frequencies.
//!
//! It does not know the texts that are compared: a pair alone tells nothing of how rare its words are.

use std::collections::HashMap;

/// Documents that hold each stem. Without a table all stems weigh the same.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rarity {
    documents: f64,
    of: HashMap<String, f64>,
}

impl Rarity {
    /// Reads `stem<TAB>documents` lines; the line of the stem `*` gives the number of all documents. Lines that are none are passed
    /// over.
    #[must_use]
    pub fn parse(table: &str) -> Self {
        let mut rarity = Self::default();
        for line in table.lines() {
            let Some((stem, count)) = line.split_once('\t') else {
                continue;
            };
            let Ok(count) = count.trim().parse::<f64>() else {
                continue;
            };
            if stem == "*" {
                rarity.documents = count;
            } else {
                rarity.of.insert(stem.to_owned(), count);
            }
        }
        rarity
    }

    /// The weight of a stem: the logarithm of how many documents there are for one that holds it.
    pub(crate) fn weight(&self, stem: &str) -> f64 {
        if self.documents < 1.0 {
            return 1.0;
        }
        let count = self.of.get(stem).copied().unwrap_or_default();
        ((self.documents + 1.0) / (count + 1.0)).ln().max(0.0)
    }
}

/// The stems of a text's outline that are counted, each once: what the table is made from.
#[must_use]
pub fn counted_stems(outline: &annotate::events::Outline) -> std::collections::BTreeSet<String> {
    outline
        .words
        .iter()
        .filter_map(super::side::stem_of)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_stems_weigh_more_and_unknown_ones_most() {
        let rarity = Rarity::parse("*\t99\nsay\t90\ndam\t4\nno number");
        assert!(rarity.weight("say") < rarity.weight("dam"));
        assert!(rarity.weight("dam") < rarity.weight("gnome"));
        assert!((Rarity::default().weight("say") - 1.0).abs() < 1e-9);
    }
}
