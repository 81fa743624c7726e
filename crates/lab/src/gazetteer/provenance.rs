//! What the gazetteer was made from, as the README beside it says it.
//!
//! It does not know how the sources were joined, only how many rows came from each.

use super::kinds;
use super::layers::Rows;
use super::packages;
use gazetteer::Draft;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write;

/// What a build read and made.
pub struct Report<'a> {
    pub geonames: [usize; 4],
    pub territories: Rows,
    pub afghan: (Rows, String),
    pub natural: (Rows, String),
    pub drafts: &'a [Draft],
    pub opened: usize,
    pub squeezed: usize,
    pub sum: String,
}

/// SHA-256 in hexadecimal.
pub fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

impl Report<'_> {
    /// Places by kind, names, sizes: a few lines.
    pub fn figures(&self) -> String {
        let names: BTreeSet<&String> = self.drafts.iter().flat_map(|draft| &draft.names).collect();
        let postings: usize = self.drafts.iter().map(|draft| draft.names.len()).sum();
        let kinds: Vec<String> = kinds(self.drafts)
            .iter()
            .map(|(kind, count)| format!("{kind} {count}"))
            .collect();
        format!(
            "{} places: {}\n{} folded names, {postings} pairs of a name and a place\n{} bytes opened, {} bytes packed, SHA-256 {}",
            self.drafts.len(),
            kinds.join(", "),
            names.len(),
            self.opened,
            self.squeezed,
            self.sum
        )
    }

    /// The README.
    pub fn readme(&self) -> String {
        let mut page = String::from(OPENING);
        for package in packages::ALL {
            let _ = writeln!(
                page,
                "| {} {} ({}) | {} | {} | `{}` |",
                package.name,
                package.version,
                package.registry,
                package.used,
                package.licence,
                package.sha256
            );
        }
        let [countries, areas, towns, seats] = self.geonames;
        let rows = |rows: Rows| {
            format!(
                "{} rows read, {} joined to a place that was there, {} added",
                rows.read, rows.joined, rows.added
            )
        };
        let _ = write!(
            page,
            "{LAYERS}\
             | whosonfirst-afghanistan.tsv | Afghan provinces, districts and localities with their names | CC BY and CC0, by source (Who's On First) | `{}` |\n\
             | natural-earth-physical.tsv | ranges, rivers, lakes, islands, deserts, peaks | public domain (Natural Earth) | `{}` |\n\n\
             ## Rows\n\n\
             - GeoNames: {countries} countries, {areas} areas of two levels, {towns} towns, {seats} of them the seat of an area.\n\
             - Territories of rigour: {}.\n\
             - Who's On First: {}.\n\
             - Natural Earth: {}.\n\n\
             ```text\n{}\n```\n\n",
            self.afghan.1,
            self.natural.1,
            rows(self.territories),
            rows(self.afghan.0),
            rows(self.natural.0),
            self.figures()
        );
        page.push_str(CLOSING);
        page
    }
}

const OPENING: &str = "\
# The gazetteer

`places.bin.xz` holds places by name. `lab build gazetteer --packages DIR` makes it, and this page, from the packages and
tables below; it checks their SHA-256, says how to fetch what is missing, and gives the same bytes every time. The program
carries it unpacked and opens it in place (`crates/gazetteer`).

## Sources

| package | what is read of it | licence | SHA-256 |
|---|---|---|---|
";

const LAYERS: &str = "
| table of the shared data | what is read of it | licence | SHA-256 of the unpacked table |
|---|---|---|---|
";

const CLOSING: &str = "\
## How the sources are joined

- A place is that of GeoNames where GeoNames has it; its number is its id. Who's On First joins a town with which it shares a
  folded name within 15 km, an area within 80 km; the rest keeps its own number (`wof:…`). Natural Earth has no numbers for
  all its features: `ne:` and a checksum of layer, name and point. Former states have the number of Wikidata.
- An area's point: for Afghanistan that of Who's On First; else the middle between its outermost towns, a fiftieth left out on
  each side. On the first-level areas of LGL this lies within 161 km of GeoNames' own point for 96 % of the toponyms; the
  towns' mean weighed by people for 70 %, the nearest label point of Natural Earth for 85 %. A country's point is the centre of its largest piece of
  land in Natural Earth, else its capital. An area's people are those of its towns here.
- An Afghan place that only Who's On First has lies in the area whose centre is nearest: the table does not say more.
- Names are folded (`names::fold`): letters of every script in ASCII. Left out are names longer than 48 letters or six words,
  names with digits or brackets, codes of three and four capitals but those of countries, and what a people is called
  (`lexicon/demonyms.txt`).

## Whose borders

Which country a place is counted to is as GeoNames has it, and the program takes no view of its own: Crimea under Ukraine,
Taiwan, Palestine, Kosovo and Western Sahara under codes of their own, the Golan in part under Syria and in part under Israel,
Abkhazia and South Ossetia under Georgia, Transnistria under Moldova, Somaliland under Somalia, the north of Cyprus under
Cyprus. The outlines of countries, which Natural Earth draws by who holds the land, give nothing but the countries' points.

A disputed place is one place, found by every name that any source has for it. The name that is shown is that of GeoNames where
GeoNames has the place, else that of Who's On First, of Natural Earth or, for former states, of rigour, in this order; it says
nothing of whose name is right, and a document's own spellings stay beside it. `--gazetteer FILE` shows another name, or another
place, where a user wants that.

## What it does not hold

Towns under 500 people outside Afghanistan, streets, buildings, most valleys and villages of other wars. Add a layer of your
own with `--gazetteer FILE`.
";
