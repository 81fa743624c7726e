//! Places by name: a packed gazetteer, opened in place from bytes, with exact and fuzzy look-up.
//!
//! It does not know documents or which of several places of one name is meant, and it reads no file. Names are looked up
//! folded, by `names::fold`; which countries hold which places is as the sources have it (see `gazetteer/README.md`).

mod closeness;
mod file;
mod fuzzy;
mod pack;
mod record;
mod skeleton;
mod table;

pub use file::Damage;
pub use pack::{TooLarge, pack};
pub use record::{Draft, Kind, PlaceId, PlaceRecord, Seat, Source, SourceId, kilometres};

use file::{File, u16_at, u24_at, u32_at};
use pack::section;
use std::borrow::Cow;
use table::Table;

/// A packed gazetteer.
#[derive(Debug, Clone)]
pub struct Gazetteer {
    file: File,
    places: usize,
}

/// A place that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The place.
    pub place: PlaceId,
    /// Whether it is the place's main name.
    pub is_main: bool,
}

/// A name that is spelt like another.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar {
    /// The name, folded and plain.
    pub name: String,
    /// How near the spellings are, from 0 to 1 (1: the same).
    pub nearness: f64,
    /// The places that have it.
    pub places: Vec<Named>,
}

/// The places of the name that stands there in the table.
fn places_of(table: Table<'_>, (block, index): (usize, usize)) -> Vec<Named> {
    let places = table.places(block, index).into_iter();
    let named = |(place, is_main)| Named {
        place: PlaceId(place),
        is_main,
    };
    places.map(named).collect()
}

impl Gazetteer {
    /// Opens what [`pack`] made, without copying it; all bytes are read once for their checksum.
    ///
    /// # Errors
    /// When the bytes are no packed gazetteer, one of another format, or were cut off or changed.
    pub fn from_bytes(bytes: Cow<'static, [u8]>) -> Result<Gazetteer, Damage> {
        let file = File::open(bytes, section::COUNT)?;
        let places = file.section(section::KIND).len();
        let whole = [
            (section::LATITUDE, 3),
            (section::LONGITUDE, 3),
            (section::LABEL_LENGTH, 1),
            (section::COUNTRY, 1),
            (section::ADMIN1, 2),
            (section::ADMIN2, 2),
            (section::POPULATION, 4),
            (section::SOURCE, 1),
            (section::NUMBER, 4),
        ];
        if whole
            .iter()
            .any(|(section, width)| file.section(*section).len() != places * width)
        {
            return Err(Damage::Broken);
        }
        Ok(Gazetteer { file, places })
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places
    }

    /// Whether there is no place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places == 0
    }

    /// Every place.
    pub fn all(&self) -> impl Iterator<Item = PlaceId> + use<> {
        (0..self.places as u32).map(PlaceId)
    }

    /// The places that have this folded name. Full stops, a "the" before it and other marks do not count.
    pub fn exact(&self, folded: &str) -> impl Iterator<Item = Named> + use<> {
        let table = self.table();
        let found = table.find(&table::plain(folded));
        let places = found.map(|at| places_of(table, at));
        places.into_iter().flatten()
    }

    /// The `count` places whose names are spelt most like this folded name, nearest first, each with its nearness from 0
    /// to 1 (1: the same name). Only names count whose consonants differ in at most one coarse class, so that a distant
    /// name is never found; two names of one place count once.
    #[must_use]
    pub fn fuzzy(&self, folded: &str, count: usize) -> Vec<(PlaceId, f64)> {
        fuzzy::nearest(self.table(), &table::plain(folded), count)
    }

    /// The names most like this folded name, nearest first, with their places; at least `count` of them where so many differ by
    /// at most one coarse class of a consonant.
    #[must_use]
    pub fn similar(&self, folded: &str, count: usize) -> Vec<Similar> {
        let table = self.table();
        let found = fuzzy::similar(table, &table::plain(folded), count);
        let similar = |found: fuzzy::Similar| Similar {
            places: places_of(table, found.at),
            name: found.name,
            nearness: found.nearness,
        };
        found.into_iter().map(similar).collect()
    }

    /// Calls `visit` with every name, folded and plain, and its places.
    pub fn each_name(&self, mut visit: impl FnMut(&str, &[Named])) {
        let table = self.table();
        table.each(|name, block, index| {
            if let Ok(name) = str::from_utf8(name) {
                visit(name, &places_of(table, (block, index)));
            }
        });
    }

    /// What is known of a place.
    #[must_use]
    pub fn place(&self, id: PlaceId) -> Option<PlaceRecord<'_>> {
        let at = id.0 as usize;
        let byte = |section: usize| self.file.section(section).get(at).copied();
        let bits = byte(section::KIND)?;
        let kind = *Kind::ALL.get((bits & 0x1F) as usize)?;
        let rank = bits >> 5;
        let natural = pack::has_scale(kind);
        let area = |column, list| {
            let number = u16_at(self.file.section(column), at * 2)?;
            let index = usize::from(number).checked_sub(1)?;
            u32_at(self.file.section(list), index * 4).map(PlaceId)
        };
        let degrees = |section, span: f64| {
            let steps = u24_at(self.file.section(section), at * 3)?;
            Some(f64::from(steps) / pack::STEPS * span - span / 2.0)
        };
        Some(PlaceRecord {
            id: SourceId {
                source: *Source::ALL.get(byte(section::SOURCE)? as usize)?,
                number: u32_at(self.file.section(section::NUMBER), at * 4)?,
            },
            name: self.label(at).unwrap_or_default(),
            lat: degrees(section::LATITUDE, 180.0)?,
            lon: degrees(section::LONGITUDE, 360.0)?,
            kind,
            seat: if natural || rank == 0 {
                None
            } else {
                Seat::ALL.get(rank as usize - 1).copied()
            },
            scale: natural.then_some(rank),
            country: self.country_code(byte(section::COUNTRY)?),
            admin1: area(section::ADMIN1, section::ADMIN1_PLACES),
            admin2: area(section::ADMIN2, section::ADMIN2_PLACES),
            population: u32_at(self.file.section(section::POPULATION), at * 4)?,
        })
    }

    /// The place that is the country with this code of two letters.
    #[must_use]
    pub fn country(&self, code: &str) -> Option<PlaceId> {
        let rows = self.file.section(section::COUNTRIES).chunks_exact(6);
        let mut found = rows.filter(|row| row[..2] == *code.as_bytes());
        let number = u32_at(found.next()?, 2)?;
        (number != u32::MAX).then_some(PlaceId(number))
    }

    fn table(&self) -> Table<'_> {
        Table {
            file: &self.file,
            places: self.places,
        }
    }

    fn label(&self, at: usize) -> Option<&str> {
        let group = at / pack::LABELS;
        let lengths = self.file.section(section::LABEL_LENGTH);
        let start = u32_at(self.file.section(section::LABEL_START), group * 4)? as usize;
        let skipped: usize = lengths
            .get(group * pack::LABELS..at)?
            .iter()
            .map(|length| *length as usize)
            .sum();
        let start = start.checked_add(skipped)?;
        let end = start.checked_add(*lengths.get(at)? as usize)?;
        str::from_utf8(self.file.section(section::LABEL).get(start..end)?).ok()
    }

    fn country_code(&self, number: u8) -> &str {
        let at = usize::from(number).checked_sub(1).map(|index| index * 6);
        at.and_then(|at| self.file.section(section::COUNTRIES).get(at..at + 2))
            .and_then(|code| str::from_utf8(code).ok())
            .unwrap_or_default()
    }
}
