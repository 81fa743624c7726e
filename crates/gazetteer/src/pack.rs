//! `pack`: drafts of places as the bytes that a gazetteer opens.
//!
//! It does not know where the drafts come from. The same drafts give the same bytes, in whatever order they come.

use crate::file;
use crate::record::{Draft, Kind};
use crate::skeleton::skeleton;
use crate::table::{self, Entry, LONGEST};
use std::collections::BTreeMap;
use std::fmt;

/// Places that share one start of their labels.
pub(crate) const LABELS: usize = 16;
/// Into how many steps degrees are divided: three bytes.
pub(crate) const STEPS: f64 = 16_777_215.0;

/// Which section holds what; those of the table of names come first.
pub(crate) mod section {
    use crate::table::SECTIONS;
    pub(crate) const LABEL_START: usize = SECTIONS;
    pub(crate) const LABEL_LENGTH: usize = SECTIONS + 1;
    pub(crate) const LABEL: usize = SECTIONS + 2;
    pub(crate) const LATITUDE: usize = SECTIONS + 3;
    pub(crate) const LONGITUDE: usize = SECTIONS + 4;
    pub(crate) const KIND: usize = SECTIONS + 5;
    pub(crate) const COUNTRY: usize = SECTIONS + 6;
    pub(crate) const ADMIN1: usize = SECTIONS + 7;
    pub(crate) const ADMIN2: usize = SECTIONS + 8;
    pub(crate) const POPULATION: usize = SECTIONS + 9;
    pub(crate) const SOURCE: usize = SECTIONS + 10;
    pub(crate) const NUMBER: usize = SECTIONS + 11;
    pub(crate) const COUNTRIES: usize = SECTIONS + 12;
    pub(crate) const ADMIN1_PLACES: usize = SECTIONS + 13;
    pub(crate) const ADMIN2_PLACES: usize = SECTIONS + 14;
    pub(crate) const COUNT: usize = SECTIONS + 15;
}

/// More places than the format has numbers for: 255 countries, 65,535 areas of a level, 4 GiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there are more places than a packed gazetteer holds: 255 countries, 65,535 areas of a level, 4 GiB")
    }
}

impl std::error::Error for TooLarge {}

/// Whether a kind has a scale rank instead of a seat.
pub(crate) fn has_scale(kind: Kind) -> bool {
    match kind {
        Kind::Country | Kind::Former | Kind::Admin1 | Kind::Admin2 => false,
        Kind::Town | Kind::Quarter | Kind::Facility => false,
        Kind::Continent | Kind::Region | Kind::Range | Kind::Peak | Kind::Desert => true,
        Kind::Island | Kind::Coast | Kind::River | Kind::Lake => true,
    }
}

/// The packed bytes. Names longer than 48 bytes are left out; a place without any name left keeps its record.
///
/// # Errors
/// When there are more places than the format holds.
pub fn pack(drafts: &[Draft]) -> Result<Vec<u8>, TooLarge> {
    let plain: Vec<Vec<Vec<u8>>> = drafts
        .iter()
        .map(|draft| draft.names.iter().map(|name| table::plain(name)).collect())
        .collect();
    let main = |draft: usize| plain[draft].first().map_or(&[][..], Vec::as_slice);
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_cached_key(|&draft| {
        (
            skeleton(main(draft)),
            main(draft).to_vec(),
            drafts[draft].id,
        )
    });
    let mut numbers = vec![0u32; drafts.len()];
    for (number, &draft) in order.iter().enumerate() {
        numbers[draft] = u32::try_from(number).map_err(|_| TooLarge)?;
    }
    let mut names: BTreeMap<(u64, &[u8]), BTreeMap<u32, bool>> = BTreeMap::new();
    for &draft in &order {
        for (index, name) in plain[draft].iter().enumerate() {
            if !name.is_empty() && name.len() <= LONGEST {
                let places = names.entry((skeleton(name), name)).or_default();
                *places.entry(numbers[draft]).or_default() |= index == 0;
            }
        }
    }
    let entries: Vec<Entry> = names
        .into_iter()
        .map(|((key, name), places)| Entry {
            key,
            name: name.to_vec(),
            places: places.into_iter().collect(),
        })
        .collect();
    let mut sections = table::write(&entries, drafts.len());
    sections.resize(section::COUNT, Vec::new());
    write_places(drafts, &order, &numbers, &mut sections)?;
    file::write(&sections).ok_or(TooLarge)
}

fn write_places(
    drafts: &[Draft],
    order: &[usize],
    numbers: &[u32],
    sections: &mut [Vec<u8>],
) -> Result<(), TooLarge> {
    let mut countries: BTreeMap<[u8; 2], u32> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if let Ok(code) = <[u8; 2]>::try_from(draft.country.as_bytes()) {
            let place = countries.entry(code).or_insert(u32::MAX);
            if draft.kind == Kind::Country {
                *place = numbers[index];
            }
        }
    }
    if countries.len() > usize::from(u8::MAX) {
        return Err(TooLarge);
    }
    for (code, place) in &countries {
        sections[section::COUNTRIES].extend_from_slice(code);
        sections[section::COUNTRIES].extend_from_slice(&place.to_le_bytes());
    }
    let country: BTreeMap<&[u8], u8> = countries.keys().map(<[u8; 2]>::as_slice).zip(1..).collect();
    let admin1 = areas(drafts.iter().map(|draft| draft.admin1), numbers)?;
    let admin2 = areas(drafts.iter().map(|draft| draft.admin2), numbers)?;
    for (column, areas) in [
        (section::ADMIN1_PLACES, &admin1),
        (section::ADMIN2_PLACES, &admin2),
    ] {
        for place in areas.keys() {
            sections[column].extend_from_slice(&place.to_le_bytes());
        }
    }
    for (number, &index) in order.iter().enumerate() {
        let draft = &drafts[index];
        let label = shortened(&draft.name);
        if number % LABELS == 0 {
            let start = u32::try_from(sections[section::LABEL].len()).map_err(|_| TooLarge)?;
            sections[section::LABEL_START].extend_from_slice(&start.to_le_bytes());
        }
        sections[section::LABEL_LENGTH].push(label.len() as u8);
        sections[section::LABEL].extend_from_slice(label.as_bytes());
        for (column, degrees, span) in [
            (section::LATITUDE, draft.lat, 180.0),
            (section::LONGITUDE, draft.lon, 360.0),
        ] {
            let steps = ((degrees / span + 0.5) * STEPS).round().clamp(0.0, STEPS) as u32;
            sections[column].extend_from_slice(&steps.to_le_bytes()[..3]);
        }
        let rank = if has_scale(draft.kind) {
            draft.scale.unwrap_or(7).min(7)
        } else {
            draft.seat.map_or(0, |seat| seat as u8 + 1)
        };
        sections[section::KIND].push(draft.kind as u8 | rank << 5);
        sections[section::COUNTRY]
            .push(country.get(draft.country.as_bytes()).copied().unwrap_or(0));
        for (column, areas, area) in [
            (section::ADMIN1, &admin1, draft.admin1),
            (section::ADMIN2, &admin2, draft.admin2),
        ] {
            let area = area.and_then(|area| areas.get(numbers.get(area)?));
            sections[column].extend_from_slice(&area.copied().unwrap_or(0).to_le_bytes());
        }
        sections[section::POPULATION].extend_from_slice(&draft.population.to_le_bytes());
        sections[section::SOURCE].push(draft.id.source as u8);
        sections[section::NUMBER].extend_from_slice(&draft.id.number.to_le_bytes());
    }
    Ok(())
}

/// The places that are areas of a level, each with its number in the list, from 1 on.
fn areas(
    level: impl Iterator<Item = Option<usize>>,
    numbers: &[u32],
) -> Result<BTreeMap<u32, u16>, TooLarge> {
    let mut areas: BTreeMap<u32, u16> = level
        .filter_map(|area| Some((*numbers.get(area?)?, 0)))
        .collect();
    for (index, number) in areas.values_mut().enumerate() {
        *number = u16::try_from(index + 1).map_err(|_| TooLarge)?;
    }
    Ok(areas)
}

/// At most 255 bytes, whole letters.
fn shortened(name: &str) -> &str {
    let mut end = name.len().min(255);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}
