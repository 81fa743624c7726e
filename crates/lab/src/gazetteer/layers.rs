//! What is laid over GeoNames: names of territories (rigour), Afghan places (Who's On First), physical features
//! (Natural Earth).
//!
//! It does not know how GeoNames came here; it adds names to places that are there, moves areas, and appends the rest.

use super::geonames::GeoNames;
use super::places::{ByName, folded, gathered};
use crate::data::Failure;

use ::names::fold;
use gazetteer::{Draft, Kind, Source, kilometres};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// How near a place of another source must be to count as the same, in kilometres: a town, and an area's centre.
const SAME_TOWN: f64 = 15.0;
const SAME_AREA: f64 = 80.0;
/// Alternate names that so many features of a layer share say in which part of the world they lie.
const COMMON: usize = 6;

/// Rows read, joined to a place that was there, and added as a new one.
#[derive(Debug, Default, Clone, Copy)]
pub struct Rows {
    pub read: usize,
    pub joined: usize,
    pub added: usize,
}

#[derive(Deserialize)]
struct Territory {
    code: String,
    name: String,
    full_name: Option<String>,
    qid: String,
    #[serde(default)]
    is_historical: bool,
    #[serde(default)]
    successors: Vec<String>,
    #[serde(default)]
    names_strong: Vec<String>,
    #[serde(default)]
    names_weak: Vec<String>,
}

/// Adds the names of territories. `demonyms` are folded words that name a people, not its country.
pub fn territories(
    world: &mut GeoNames,
    lines: &str,
    demonyms: &BTreeSet<String>,
) -> Result<Rows, Failure> {
    let mut rows = Rows::default();
    for line in lines.lines() {
        let territory: Territory = serde_json::from_str(line)
            .map_err(|error| Failure(format!("a territory of rigour cannot be read: {error}")))?;
        rows.read += 1;
        let mut names: Vec<String> = territory.names_strong.clone();
        names.push(territory.name.clone());
        names.extend(territory.full_name.clone());
        // Weak names in Latin letters are respellings in other languages, some of them codes.
        names.extend(
            territory
                .names_weak
                .iter()
                .filter(|name| name.chars().count() > 3 || !name.is_ascii())
                .cloned(),
        );
        names.retain(|name| !demonyms.contains(&fold(name)));
        let code = territory.code.to_uppercase();
        let whole = world
            .countries
            .get(&code)
            .or_else(|| world.areas.get(&code.replace('-', ".")))
            .copied();
        let part = || {
            code.split_once('-')
                .and_then(|(country, _)| world.province(country, &names))
        };
        let historical = territory.is_historical && !territory.successors.is_empty();
        if let Some(number) = whole.or_else(part).filter(|_| !historical) {
            world.places[number].names.extend(names);
            rows.joined += 1;
        } else if historical && let Some(point) = world.largest(&territory.successors) {
            let number = territory.qid.trim_start_matches('Q').parse().unwrap_or(0);
            let mut place = gathered(
                Source::Wikidata,
                number,
                &territory.name,
                Kind::Former,
                point,
            );
            place.names = names;
            world.places.push(place);
            rows.added += 1;
        }
    }
    Ok(rows)
}

impl GeoNames {
    /// The one first-level area of a country that has one of these names.
    fn province(&self, country: &str, names: &[String]) -> Option<usize> {
        let wanted: BTreeSet<String> = names.iter().map(|name| fold(name)).collect();
        let mut found = self.areas.values().copied().filter(|number| {
            let place = &self.places[*number];
            place.kind == Kind::Admin1
                && place.country == country
                && folded(place).iter().any(|name| wanted.contains(name))
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// The point of the most populous of these countries.
    fn largest(&self, codes: &[String]) -> Option<(f64, f64)> {
        let known = codes
            .iter()
            .filter_map(|code| self.countries.get(&code.to_uppercase()));
        let most = known.max_by_key(|number| self.places[**number].population)?;
        Some((self.places[*most].lat, self.places[*most].lon))
    }
}

/// Adds Afghan places of Who's On First: id, placetype, name, latitude, longitude, names.
pub fn whos_on_first(world: &mut GeoNames, table: &str) -> Rows {
    let mut rows = Rows::default();
    let mut read: Vec<Draft> = Vec::new();
    for line in table.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [number, placetype, name, lat, lon, names] = cells[..] else {
            continue;
        };
        let kind = match placetype {
            "region" => Kind::Admin1,
            "county" => Kind::Admin2,
            "locality" => Kind::Town,
            "neighbourhood" => Kind::Quarter,
            "campus" => Kind::Facility,
            _ => continue,
        };
        let (Ok(number), Ok(lat), Ok(lon)) = (number.parse(), lat.parse(), lon.parse()) else {
            continue;
        };
        rows.read += 1;
        let mut place = gathered(Source::WhosOnFirst, number, name, kind, (lat, lon));
        place.names = names.split('|').map(str::to_string).collect();
        place.country = "AF".to_string();
        read.push(place);
    }
    without_names_of_others(&mut read);
    for level in [
        &[Kind::Admin1][..],
        &[Kind::Admin2],
        &[Kind::Town, Kind::Quarter, Kind::Facility],
    ] {
        let there = world
            .places
            .iter()
            .enumerate()
            .filter(|(_, place)| place.country == "AF" && level.contains(&place.kind));
        let known = ByName::of(there);
        let areas: Vec<usize> = (0..world.places.len())
            .filter(|number| {
                world.places[*number].country == "AF" && world.places[*number].kind < Kind::Town
            })
            .collect();
        for place in read.iter().filter(|place| level.contains(&place.kind)) {
            let is_area = place.kind < Kind::Town;
            if let Some(number) = known.nearest(
                place,
                &world.places,
                if is_area { SAME_AREA } else { SAME_TOWN },
            ) {
                rows.joined += 1;
                let old = &mut world.places[number];
                old.names.push(place.name.clone());
                old.names.extend(place.names.iter().cloned());
                if is_area {
                    (old.lat, old.lon) = (place.lat, place.lon);
                }
                continue;
            }
            rows.added += 1;
            let mut place = place.clone();
            let own = world.places.len();
            // The table does not say in which area a place lies; the nearest centre stands in for it.
            let nearest = |kind: Kind| {
                let centres = areas
                    .iter()
                    .filter(|number| world.places[**number].kind == kind)
                    .map(|number| {
                        let area = &world.places[*number];
                        (
                            kilometres((place.lat, place.lon), (area.lat, area.lon)),
                            *number,
                        )
                    });
                centres
                    .min_by(|a, b| a.0.total_cmp(&b.0))
                    .map(|(_, number)| number)
            };
            place.admin2 = if place.kind == Kind::Admin2 {
                Some(own)
            } else {
                nearest(Kind::Admin2)
            };
            let above = place
                .admin2
                .filter(|area| *area != own)
                .and_then(|area| world.places[area].admin1);
            place.admin1 = if place.kind == Kind::Admin1 {
                Some(own)
            } else {
                above.or_else(|| nearest(Kind::Admin1))
            };
            if place.kind == Kind::Admin1 {
                place.admin2 = None;
            }
            world.places.push(place);
        }
    }
    rows
}

/// Takes from each area the names of another: where the main name of one stands among the further names of another of the
/// same or a lower level, all names of the first are taken from the second but its own main name.
fn without_names_of_others(places: &mut [Draft]) {
    let areas: Vec<(Kind, String, BTreeSet<String>)> = places
        .iter()
        .filter(|place| place.kind < Kind::Town)
        .map(|place| {
            (
                place.kind,
                fold(&place.name),
                folded(place).into_iter().collect(),
            )
        })
        .collect();
    for place in places.iter_mut().filter(|place| place.kind < Kind::Town) {
        let main = fold(&place.name);
        let own: BTreeSet<String> = folded(place).into_iter().collect();
        let taken: BTreeSet<&String> = areas
            .iter()
            .filter(|(kind, name, names)| {
                *name != main
                    && (own.contains(name)
                        || (*kind < place.kind && names.iter().any(|name| own.contains(name))))
                    && *kind <= place.kind
                    && !names.contains(&main)
            })
            .flat_map(|(_, _, names)| names)
            .collect();
        place.names.retain(|name| !taken.contains(&fold(name)));
    }
}

struct Feature<'a> {
    layer: &'a str,
    class: &'a str,
    name: &'a str,
    names: Vec<&'a str>,
    point: (f64, f64),
    rank: f64,
    number: u32,
}

/// Adds ranges, rivers, lakes and the like. Label points of provinces are left: several stand for the islands of one
/// province, and for a large one often none for the mainland. Columns: layer, class, name,
/// alternate names, longitude, latitude, west, south, east, north, scale rank.
pub fn natural_earth(world: &mut GeoNames, table: &str) -> Rows {
    let mut rows = Rows::default();
    let mut features: Vec<Feature<'_>> = table.lines().skip(1).filter_map(feature).collect();
    rows.read = features.len();
    let mut common: BTreeMap<&str, usize> = BTreeMap::new();
    for name in features.iter().flat_map(|feature| &feature.names) {
        *common.entry(name).or_default() += 1;
    }
    for feature in &mut features {
        feature
            .names
            .retain(|name| common.get(name).is_none_or(|count| *count < COMMON));
    }
    // The pieces of one river are one river; its point is that of the piece that shows on the smallest map.
    features.sort_by(|a, b| a.rank.total_cmp(&b.rank).then(a.number.cmp(&b.number)));
    let mut known: BTreeMap<(Kind, String), Vec<usize>> = BTreeMap::new();
    for feature in features {
        let Some(kind) = kind(feature.layer, feature.class) else {
            continue;
        };
        let name = cased(feature.name);
        let same = known.entry((kind, fold(&name))).or_default();
        let pieces = match kind {
            Kind::River => 1500.0,
            _ => 300.0,
        };
        let piece = same.iter().find(|number| {
            let place = &world.places[**number];
            kilometres((place.lat, place.lon), feature.point) < pieces
        });
        let further = feature.names.iter().map(|name| cased(name));
        if let Some(&number) = piece {
            world.places[number].names.extend(further);
            rows.joined += 1;
            continue;
        }
        same.push(world.places.len());
        let mut place = gathered(
            Source::NaturalEarth,
            feature.number,
            &name,
            kind,
            feature.point,
        );
        place.names = further.collect();
        place.names.extend(with_generic(&name, kind));
        place.scale = Some(feature.rank.clamp(0.0, 7.0) as u8);
        world.places.push(place);
        rows.added += 1;
    }
    rows
}

fn feature(line: &str) -> Option<Feature<'_>> {
    let cells: Vec<&str> = line.split('\t').collect();
    let number = |index: usize| cells.get(index)?.parse::<f64>().ok();
    let identity = [cells.first()?, cells.get(2)?, cells.get(4)?, cells.get(5)?];
    let identity = identity.map(|cell| *cell).join("|");
    Some(Feature {
        layer: cells.first()?,
        class: cells.get(1)?,
        name: cells.get(2).filter(|name| !name.is_empty())?,
        names: cells
            .get(3)?
            .split('|')
            .flat_map(|name| name.split(", "))
            .filter(|name| !name.is_empty())
            .collect(),
        point: (number(5)?, number(4)?),
        rank: number(10)?,
        number: crc32fast::hash(identity.as_bytes()),
    })
}

/// What a feature is; none for those that are no place of their own here.
fn kind(layer: &str, class: &str) -> Option<Kind> {
    Some(match (layer, class) {
        ("rivers_lake_centerlines", "River") => Kind::River,
        ("rivers_lake_centerlines" | "admin_1_label_points", _) => return None,
        ("lakes", _) | (_, "Lake") => Kind::Lake,
        (_, "Continent") => Kind::Continent,
        (_, "Range/mtn" | "Foothills") => Kind::Range,
        (_, "mountain" | "pass") => Kind::Peak,
        (_, "Desert") => Kind::Desert,
        (_, "Island" | "Island group" | "island" | "island group") => Kind::Island,
        (_, "cape" | "Pen/cape" | "Peninsula" | "Coast" | "Isthmus") => Kind::Coast,
        (_, "pole" | "Dragons-be-here" | "waterfall") => return None,
        _ => Kind::Region,
    })
}

/// "Hindu Kush" for "HINDU KUSH".
fn cased(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_string();
    }
    let mut cased = String::new();
    let mut begins = true;
    for letter in name.chars() {
        if begins {
            cased.push(letter);
        } else {
            cased.extend(letter.to_lowercase());
        }
        begins = !letter.is_alphanumeric() && letter != '\'';
    }
    cased
}

/// Texts write "the Amu River" and "Lake Sarez" for what the table calls Amu and Sarez.
fn with_generic(name: &str, kind: Kind) -> Vec<String> {
    match kind {
        Kind::River => vec![format!("{name} River"), format!("River {name}")],
        Kind::Lake if !name.contains("Lake") => {
            vec![format!("Lake {name}"), format!("{name} Lake")]
        }
        Kind::Range if !name.contains("Mountains") => vec![format!("{name} Mountains")],
        Kind::Desert if !name.contains("Desert") => vec![format!("{name} Desert")],
        _ => Vec::new(),
    }
}
