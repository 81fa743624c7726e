//! Places as they are read and written: kinds, seats, sources, records, drafts.
//!
//! It does not know how they are packed.

use std::fmt;

text::vocabulary! {
    /// What kind of place it is.
    Kind {
        Country = "country",
        Former = "former",
        Admin1 = "admin1",
        Admin2 = "admin2",
        Town = "town",
        Quarter = "quarter",
        Facility = "facility",
        Continent = "continent",
        Region = "region",
        Range = "range",
        Peak = "peak",
        Desert = "desert",
        Island = "island",
        Coast = "coast",
        River = "river",
        Lake = "lake",
    }
}

text::vocabulary! {
    /// What a town is the seat of: the lower, the more.
    Seat {
        Country = "country",
        Admin1 = "admin1",
        Admin2 = "admin2",
        Admin3 = "admin3",
        Admin4 = "admin4",
    }
}

text::vocabulary! {
    /// Whose number a place's id is.
    Source {
        GeoNames = "geonames",
        WhosOnFirst = "wof",
        NaturalEarth = "ne",
        Wikidata = "wikidata",
    }
}

/// A place in one opened gazetteer; it means nothing in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub(crate) u32);

/// The number of a place in its source. Written `geonames:1138958`; a number of Wikidata has its letter, and a number of
/// Natural Earth, which has no numbers for all its features, is hexadecimal, a checksum of layer, name and point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId {
    /// Whose number it is.
    pub source: Source,
    /// The number.
    pub number: u32,
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.source {
            Source::Wikidata => write!(f, "{}:Q{}", self.source, self.number),
            Source::NaturalEarth => write!(f, "{}:{:08x}", self.source, self.number),
            Source::GeoNames | Source::WhosOnFirst => write!(f, "{}:{}", self.source, self.number),
        }
    }
}

/// One place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceRecord<'a> {
    /// Whose place it is, under which number.
    pub id: SourceId,
    /// The commonest neutral form of its name that the sources have, as they write it.
    pub name: &'a str,
    /// Degrees north, to about a metre; of an area a point that stands for it.
    pub lat: f64,
    /// Degrees east, to about two metres.
    pub lon: f64,
    /// What it is.
    pub kind: Kind,
    /// Of a town: what it is the seat of.
    pub seat: Option<Seat>,
    /// Of a natural feature: its scale rank in Natural Earth, from 0 (drawn on a map of the world) to 7.
    pub scale: Option<u8>,
    /// The country that GeoNames counts it to, two letters of ISO 3166-1; empty where none is known.
    pub country: &'a str,
    /// The first-level area that it lies in; for such an area itself.
    pub admin1: Option<PlaceId>,
    /// The second-level area that it lies in; for such an area itself.
    pub admin2: Option<PlaceId>,
    /// People; of an area those of its towns that are here; 0 where unknown.
    pub population: u32,
}

/// A place to be packed.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Whose place it is.
    pub id: SourceId,
    /// Its name as the sources write it; at most 255 bytes count.
    pub name: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// What it is.
    pub kind: Kind,
    /// Of a town: what it is the seat of.
    pub seat: Option<Seat>,
    /// Of a natural feature: its scale rank; what is above 7 counts as 7.
    pub scale: Option<u8>,
    /// Two capital letters, or nothing.
    pub country: String,
    /// Which draft is its first-level area.
    pub admin1: Option<usize>,
    /// Which draft is its second-level area.
    pub admin2: Option<usize>,
    /// People.
    pub population: u32,
    /// All its names folded, the main one first.
    pub names: Vec<String>,
}

/// Kilometres between two points, latitude and longitude in degrees, by the haversine formula on a sphere.
#[must_use]
pub fn kilometres(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (lat, lon) = (
        (other.0 - one.0).to_radians() / 2.0,
        (other.1 - one.1).to_radians() / 2.0,
    );
    let half = lat.sin().powi(2)
        + one.0.to_radians().cos() * other.0.to_radians().cos() * lon.sin().powi(2);
    2.0 * 6371.0 * half.sqrt().min(1.0).asin()
}
