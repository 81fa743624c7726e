//! `lab build gazetteer`: packages and shared layers in, `gazetteer/places.bin.xz` with its provenance out.
//!
//! It does not know how the packed file is laid out, nor how documents use it. The same packages give the same bytes.

mod atlas;
mod geonames;
mod layers;
mod packages;
pub mod places;
mod provenance;

use crate::data::{Data, Failure, bytes, checkout, text, write};
use clap::Args;
use gazetteer::{Draft, Kind};
use lzma_rust2::{XzOptions, XzReader, XzWriter};
use places::folded;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::path::PathBuf;

/// The packed gazetteer in the checkout.
const PACKED: &str = "gazetteer/places.bin.xz";

#[derive(Args)]
pub struct Options {
    /// The folder with the packages; what is missing there is named with the command that fetches it
    #[arg(long, value_name = "DIR")]
    packages: PathBuf,
    /// Where the packed file goes (default: gazetteer/places.bin.xz of this checkout, and its README beside it)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The gazetteer of the checkout, unpacked.
pub fn shipped_bytes() -> Result<Vec<u8>, Failure> {
    let path = checkout().join(PACKED);
    let packed = bytes(&path)?;
    let mut unpacked = Vec::new();
    XzReader::new(packed.as_slice(), true)
        .read_to_end(&mut unpacked)
        .map_err(|error| Failure(format!("{} cannot be unpacked: {error}", path.display())))?;
    Ok(unpacked)
}

/// Builds the gazetteer.
pub fn build(data: &Data, options: &Options) -> Result<(), Failure> {
    packages::require(&options.packages)?;
    let mut world = geonames::read(&options.packages)?;
    let demonyms = demonyms()?;
    let territories = packages::RIGOUR.text(
        &options.packages,
        "rigour-2.6.1/rust/data/territories/data.jsonl",
    )?;
    let territories = layers::territories(&mut world, &territories, &demonyms)?;
    let afghan_path = data.at("places/whosonfirst-afghanistan.tsv.xz")?;
    let mut afghan = String::new();
    XzReader::new(bytes(&afghan_path)?.as_slice(), true)
        .read_to_string(&mut afghan)
        .map_err(|error| {
            Failure(format!(
                "{} cannot be unpacked: {error}",
                afghan_path.display()
            ))
        })?;
    let afghan_rows = layers::whos_on_first(&mut world, &afghan);
    let natural = text(&data.at("places/natural-earth-physical.tsv")?)?;
    let natural_rows = layers::natural_earth(&mut world, &natural);

    let drafts = drafts(&world.places);
    let packed = gazetteer::pack(&drafts).map_err(|error| Failure(error.to_string()))?;
    let mut writer = XzWriter::new(Vec::new(), XzOptions::with_preset(9))
        .map_err(|error| Failure(error.to_string()))?;
    writer
        .write_all(&packed)
        .map_err(|error| Failure(error.to_string()))?;
    let squeezed = writer
        .finish()
        .map_err(|error| Failure(error.to_string()))?;
    let report = provenance::Report {
        geonames: world.rows,
        territories,
        afghan: (afghan_rows, provenance::sum(afghan.as_bytes())),
        natural: (natural_rows, provenance::sum(natural.as_bytes())),
        drafts: &drafts,
        opened: packed.len(),
        squeezed: squeezed.len(),
        sum: provenance::sum(&squeezed),
    };
    println!("{}", report.figures());
    if let Some(out) = &options.out {
        write(out, &squeezed)
    } else {
        write(&checkout().join(PACKED), &squeezed)?;
        write(&checkout().join("gazetteer/README.md"), report.readme())
    }
}

/// What peoples are called, folded: such a word is no name of the country.
fn demonyms() -> Result<BTreeSet<String>, Failure> {
    let lines = text(&checkout().join("lexicon/demonyms.txt"))?;
    let rows = lines.lines().filter(|line| !line.starts_with('#'));
    Ok(rows
        .flat_map(|line| line.split('|').skip(1).take(2))
        .map(|word| ::names::fold(word.trim()))
        .filter(|word| !word.is_empty())
        .collect())
}

/// Places that have a point, with their folded names.
fn drafts(places: &[Draft]) -> Vec<Draft> {
    let placed = places
        .iter()
        .enumerate()
        .filter(|(_, place)| place.lat.is_finite());
    let numbers: BTreeMap<usize, usize> = placed.map(|(number, _)| number).zip(0..).collect();
    let area = |area: Option<usize>| area.and_then(|area| numbers.get(&area)).copied();
    numbers
        .keys()
        .map(|number| {
            let place = &places[*number];
            Draft {
                admin1: area(place.admin1),
                admin2: area(place.admin2),
                names: folded(place),
                ..place.clone()
            }
        })
        .collect()
}

/// How many places of each kind there are.
fn kinds(drafts: &[Draft]) -> BTreeMap<Kind, usize> {
    let mut kinds = BTreeMap::new();
    for draft in drafts {
        *kinds.entry(draft.kind).or_default() += 1;
    }
    kinds
}
