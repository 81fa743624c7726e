//! Whether a place is found by a spelling that its table lacks: towns of countries at war, each with one of its spellings taken
//! out, named beside their neighbours; and what becomes of towns that are taken out whole.
//!
//! It does not know real texts: the neighbours are named exactly, and nothing else is.

use super::resolution::{Sources, weights};
use super::{NEAR, share};
use crate::data::{Data, Failure, text};
use ::names::fold;
use annotate::places::{Atlas, Toponym, resolve};
use gazetteer::{Draft, Gazetteer, Kind, PlaceId, SourceId, kilometres, pack};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use text::Span;

/// Countries whose towns are taken.
const COUNTRIES: &[&str] = &["SY", "IQ", "YE", "AF", "UA", "SD", "LY", "IR", "PS", "LB"];
/// Neighbours named beside a town, and how far they may be, in kilometres.
const NEIGHBOURS: usize = 3;
const AROUND: f64 = 100.0;

/// A town to be found.
struct Wanted {
    spelling: String,
    id: SourceId,
    point: (f64, f64),
    /// Names of its neighbours.
    neighbours: Vec<String>,
    country: String,
}

/// Measures and prints.
pub fn measure(data: &Data, gazetteer: &Gazetteer) -> Result<(), Failure> {
    let table = text(&data.at("names/transliteration-places-train.tsv")?)?;
    let towns: Vec<PlaceId> = gazetteer
        .all()
        .filter(|id| {
            gazetteer.place(*id).is_some_and(|place| {
                place.kind == Kind::Town
                    && place.population > 0
                    && COUNTRIES.contains(&place.country)
            })
        })
        .collect();
    let known: BTreeSet<PlaceId> = towns.iter().copied().collect();
    let mut wanted: Vec<Wanted> = Vec::new();
    let mut taken: BTreeSet<PlaceId> = BTreeSet::new();
    for line in table.lines().filter(|line| line.ends_with("\t1")) {
        let spelling = fold(line.split('\t').next().unwrap_or_default());
        let places: Vec<PlaceId> = gazetteer
            .exact(&spelling)
            .map(|named| named.place)
            .collect();
        let [id] = places[..] else { continue };
        if !known.contains(&id) || !taken.insert(id) {
            continue;
        }
        let Some(place) = gazetteer.place(id) else {
            continue;
        };
        let point = (place.lat, place.lon);
        let neighbours = towns.iter().filter(|other| **other != id);
        let mut neighbours: Vec<_> = neighbours
            .filter_map(|other| gazetteer.place(*other))
            .map(|other| (kilometres(point, (other.lat, other.lon)), other))
            .filter(|(apart, _)| *apart <= AROUND)
            .collect();
        neighbours.sort_by_key(|(_, other)| (std::cmp::Reverse(other.population), other.id));
        wanted.push(Wanted {
            spelling,
            id: place.id,
            point,
            neighbours: neighbours
                .iter()
                .take(NEIGHBOURS)
                .map(|(_, other)| other.name.to_owned())
                .collect(),
            country: gazetteer
                .country(place.country)
                .and_then(|country| gazetteer.place(country))
                .map_or_else(String::new, |country| country.name.to_owned()),
        });
    }
    let without_spelling = without(gazetteer, &wanted, Hidden::Spelling)?;
    let without_place = without(gazetteer, &wanted, Hidden::Place)?;
    println!(
        "{} towns of countries at war by a spelling that is taken out of the table, beside {NEIGHBOURS} neighbours: given; of these the very place, within {NEAR} km; of all within {NEAR} km",
        wanted.len()
    );
    for (what, table) in [
        ("the spelling taken out", without_spelling),
        ("the place taken out", without_place),
    ] {
        let sources = Sources::load(table)?;
        let weights = weights()?;
        let (mut given, mut exact, mut near) = (0, 0, 0);
        for wanted in &wanted {
            let Some(place) = put(wanted, &sources.atlas(&weights)) else {
                continue;
            };
            given += 1;
            exact += usize::from(place.0 == wanted.id);
            near += usize::from(kilometres(place.1, wanted.point) <= NEAR);
        }
        println!(
            "  {what:<24} {:.3}  {:.3}  {:.3}  {:.3}",
            share(given, wanted.len()),
            share(exact, given),
            share(near, given),
            share(near, wanted.len())
        );
    }
    Ok(())
}

/// What is taken out of the table.
#[derive(Clone, Copy, PartialEq)]
enum Hidden {
    Spelling,
    Place,
}

fn without(gazetteer: &Gazetteer, wanted: &[Wanted], hidden: Hidden) -> Result<Gazetteer, Failure> {
    let wanted: HashMap<SourceId, &str> = wanted
        .iter()
        .map(|wanted| (wanted.id, wanted.spelling.as_str()))
        .collect();
    let ids: Vec<PlaceId> = gazetteer.all().collect();
    let at: HashMap<PlaceId, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut drafts: Vec<Draft> = ids
        .iter()
        .filter_map(|id| {
            let place = gazetteer.place(*id)?;
            let area = |area: Option<PlaceId>| at.get(&area?).copied();
            Some(Draft {
                id: place.id,
                name: place.name.to_owned(),
                lat: place.lat,
                lon: place.lon,
                kind: place.kind,
                seat: place.seat,
                scale: place.scale,
                country: place.country.to_owned(),
                admin1: area(place.admin1),
                admin2: area(place.admin2),
                population: place.population,
                names: Vec::new(),
            })
        })
        .collect();
    gazetteer.each_name(|name, places| {
        for named in places {
            let draft = &mut drafts[at[&named.place]];
            match wanted.get(&draft.id) {
                Some(_) if hidden == Hidden::Place => {}
                Some(spelling) if *spelling == name => {}
                _ if named.is_main => draft.names.insert(0, name.to_owned()),
                _ => draft.names.push(name.to_owned()),
            }
        }
    });
    let packed = pack(&drafts).map_err(|error| Failure(error.to_string()))?;
    Gazetteer::from_bytes(Cow::Owned(packed)).map_err(|damage| Failure(damage.to_string()))
}

/// Where a town is put.
fn put(wanted: &Wanted, atlas: &Atlas<'_>) -> Option<(SourceId, (f64, f64))> {
    let mut text = String::new();
    let mut toponyms = Vec::new();
    let company = wanted.neighbours.iter().chain([&wanted.country]);
    for name in [&wanted.spelling].into_iter().chain(company) {
        let start = text.len();
        text.push_str(name);
        toponyms.push(Toponym {
            forms: vec![name.clone()],
            spans: vec![Span::new(start, text.len())],
        });
        text.push_str(" fell. ");
    }
    let resolved = resolve(&text, &toponyms, atlas);
    let place = resolved.first().copied().flatten();
    let record = place.and_then(|place| atlas.gazetteer.place(place.place))?;
    Some((record.id, (record.lat, record.lon)))
}
