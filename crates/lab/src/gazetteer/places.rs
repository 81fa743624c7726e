//! Places as they are gathered: with raw names, by number in their source; which names are kept, and how they are folded.
//!
//! It does not know the sources' formats.

use ::names::fold;
use gazetteer::{Draft, Kind, Source, SourceId, kilometres};
use std::collections::{BTreeMap, BTreeSet};

/// A place of a source, as yet with no name but its main one; all names are raw until `folded`.
pub fn gathered(
    source: Source,
    number: u32,
    name: &str,
    kind: Kind,
    (lat, lon): (f64, f64),
) -> Draft {
    Draft {
        id: SourceId { source, number },
        name: name.to_string(),
        names: Vec::new(),
        lat,
        lon,
        kind,
        seat: None,
        scale: None,
        country: String::new(),
        admin1: None,
        admin2: None,
        population: 0,
    }
}

/// A place's names folded, each once, the main one first.
pub fn folded(place: &Draft) -> Vec<String> {
    let main = fold(&place.name);
    let mut known = BTreeSet::from([main.clone()]);
    let mut folded = vec![main];
    for name in &place.names {
        let form = fold(name);
        if is_useful(name, &form, place.kind) && known.insert(form.clone()) {
            folded.push(form);
        }
    }
    folded
}

/// Whether a further name can be met in a text and says something: no code of an airport or of the post, no sentence.
fn is_useful(name: &str, folded: &str, kind: Kind) -> bool {
    let long = folded.len() > 48 || folded.split(' ').count() > 6;
    let code = matches!(name.len(), 3 | 4) && name.bytes().all(|byte| byte.is_ascii_uppercase());
    let whole = kind == Kind::Country || kind == Kind::Former;
    let short = folded.len() < 3 && !whole;
    let marked = folded
        .bytes()
        .any(|byte| byte.is_ascii_digit() || matches!(byte, b'(' | b'/' | b';' | b':'));
    !(folded.is_empty() || long || short || marked || (code && !whole))
}

/// Which places have a folded name.
#[derive(Default)]
pub struct ByName {
    places: BTreeMap<String, Vec<usize>>,
}

impl ByName {
    pub fn of<'a>(places: impl Iterator<Item = (usize, &'a Draft)>) -> ByName {
        let mut index = ByName::default();
        for (number, place) in places {
            index.add(number, place);
        }
        index
    }

    pub fn add(&mut self, number: usize, place: &Draft) {
        for name in folded(place) {
            let known = self.places.entry(name).or_default();
            if known.last() != Some(&number) {
                known.push(number);
            }
        }
    }

    /// The nearest place that shares a name and is at most so far away.
    pub fn nearest(&self, place: &Draft, places: &[Draft], most: f64) -> Option<usize> {
        let names = folded(place);
        let shared = names
            .iter()
            .filter_map(|name| self.places.get(name))
            .flatten();
        shared
            .map(|&number| {
                (
                    kilometres(
                        (place.lat, place.lon),
                        (places[number].lat, places[number].lon),
                    ),
                    number,
                )
            })
            .filter(|(distance, _)| *distance <= most)
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(_, number)| number)
    }
}
