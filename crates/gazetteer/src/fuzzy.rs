//! The nearest spellings of a name: all names whose skeleton is at most one class away, bounded fast, weighed well.
//!
//! It does not know which spelling is right.

use crate::closeness::{Pattern, closeness};
use crate::record::PlaceId;
use crate::skeleton::{neighbours, skeleton};
use crate::table::{LONGEST, Table};
use std::ops::Range;

/// How many of the names with the fewest edits are weighed, at least.
const WEIGHED: usize = 48;

/// Edits, block, place in the block, where its letters are kept.
type Found = (usize, usize, usize, Range<usize>);

/// A name spelt like another.
pub(crate) struct Similar {
    pub(crate) name: String,
    /// From 0 to 1.
    pub(crate) nearness: f64,
    /// The block and the place in it.
    pub(crate) at: (usize, usize),
}

/// The names most like this one, the nearest first; at least `count` where there are so many.
pub(crate) fn similar(table: Table<'_>, plain: &[u8], count: usize) -> Vec<Similar> {
    if plain.is_empty() || plain.len() > LONGEST + 8 || count == 0 {
        return Vec::new();
    }
    let pattern = Pattern::new(plain);
    let wanted = WEIGHED.max(count * 2);
    // More than half of the letters changed is another name.
    let mut bound = (plain.len() / 2).max(1);
    let mut found: Vec<Found> = Vec::new();
    let mut letters: Vec<u8> = Vec::new();
    let own = skeleton(plain);
    let mut near = neighbours(own);
    // The own key first: its names are the nearest, and after them few others are near enough to be kept.
    near.retain(|key| *key != own);
    let mut from = 0;
    for (index, key) in [own].into_iter().chain(near).enumerate() {
        let start = if index < 2 { 0 } else { from };
        from = table.with_key(key, start, |name, block, index| {
            if name.len().abs_diff(plain.len()) > bound {
                return;
            }
            let edits = pattern.edits(name);
            if edits <= bound {
                let start = letters.len();
                letters.extend_from_slice(name);
                found.push((edits, block, index, start..letters.len()));
            }
        });
        if found.len() > wanted * 2 {
            found.select_nth_unstable_by_key(wanted, |(edits, block, index, _)| {
                (*edits, *block, *index)
            });
            found.truncate(wanted);
            bound = found
                .iter()
                .map(|(edits, ..)| *edits)
                .max()
                .unwrap_or(bound);
        }
    }
    let mut weighed: Vec<Similar> = found
        .into_iter()
        .map(|(_, block, index, name)| Similar {
            nearness: closeness(plain, &letters[name.clone()]),
            name: String::from_utf8_lossy(&letters[name]).into_owned(),
            at: (block, index),
        })
        .collect();
    weighed.sort_by(|a, b| b.nearness.total_cmp(&a.nearness).then(a.at.cmp(&b.at)));
    weighed
}

pub(crate) fn nearest(table: Table<'_>, plain: &[u8], count: usize) -> Vec<(PlaceId, f64)> {
    let mut places: Vec<(PlaceId, f64)> = Vec::new();
    for similar in similar(table, plain, count) {
        if places.len() >= count {
            break;
        }
        for (place, _) in table.places(similar.at.0, similar.at.1) {
            let place = PlaceId(place);
            if places.iter().all(|(known, _)| *known != place) {
                places.push((place, similar.nearness));
            }
        }
    }
    places.truncate(count);
    places
}
