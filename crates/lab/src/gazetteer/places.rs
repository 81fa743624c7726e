//! Places as they are gathered: with raw names, by number in their source; which names are kept, and how they are folded.
//!
//! It does not know the sources' formats.

use ::names::fold;
use gazetteer::{Kind, Seat, Source, SourceId, kilometres};
use std::collections::{BTreeMap, BTreeSet};

/// A place with its names as the sources write them.
#[derive(Debug, Clone)]
pub struct Place {
    pub id: SourceId,
    /// The main name.
    pub name: String,
    /// All other names.
    pub names: Vec<String>,
    pub lat: f64,
    pub lon: f64,
    pub kind: Kind,
    pub seat: Option<Seat>,
    pub scale: Option<u8>,
    pub country: String,
    pub admin1: Option<usize>,
    pub admin2: Option<usize>,
    pub population: u32,
}

impl Place {
    pub fn new(
        source: Source,
        number: u32,
        name: &str,
        kind: Kind,
        (lat, lon): (f64, f64),
    ) -> Place {
        Place {
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

    /// Its names folded, each once, the main one first.
    pub fn folded(&self) -> Vec<String> {
        let main = fold(&self.name);
        let mut known = BTreeSet::from([main.clone()]);
        let mut folded = vec![main];
        for name in &self.names {
            let form = fold(name);
            if is_useful(name, &form, self.kind) && known.insert(form.clone()) {
                folded.push(form);
            }
        }
        folded
    }
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
    pub fn of<'a>(places: impl Iterator<Item = (usize, &'a Place)>) -> ByName {
        let mut index = ByName::default();
        for (number, place) in places {
            index.add(number, place);
        }
        index
    }

    pub fn add(&mut self, number: usize, place: &Place) {
        for name in place.folded() {
            let known = self.places.entry(name).or_default();
            if known.last() != Some(&number) {
                known.push(number);
            }
        }
    }

    /// The nearest place that shares a name and is at most so far away.
    pub fn nearest(&self, place: &Place, places: &[Place], most: f64) -> Option<usize> {
        let names = place.folded();
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
