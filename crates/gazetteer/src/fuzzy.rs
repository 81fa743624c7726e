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

pub(crate) fn nearest(table: Table<'_>, plain: &[u8], count: usize) -> Vec<(PlaceId, f64)> {
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
    let mut weighed: Vec<(f64, usize, usize)> = found
        .into_iter()
        .map(|(_, block, index, name)| (closeness(plain, &letters[name]), block, index))
        .collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut places: Vec<(PlaceId, f64)> = Vec::new();
    for (near, block, index) in weighed {
        if places.len() >= count {
            break;
        }
        for (place, _) in table.places(block, index) {
            let place = PlaceId(place);
            if places.iter().all(|(known, _)| *known != place) {
                places.push((place, near));
            }
        }
    }
    places.truncate(count);
    places
}
