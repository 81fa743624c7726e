//! `lab eval places`: the gazetteer's speed and reach, and where toponyms are put, against LGL.
//!
//! It does not know how a place is chosen.

mod hidden;
mod lgl;
mod own;
pub mod resolution;

use crate::acts::gold::Half;
use crate::data::{Data, Failure, text};
use crate::gazetteer::shipped_bytes;
use ::names::fold;
use cpu_time::ThreadTime;
use gazetteer::{Draft, Gazetteer, PlaceRecord, Source, SourceId, kilometres, pack};
use lgl::Article;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hint::black_box;

/// A toponym is right within so many kilometres, as in other work: 100 miles.
const NEAR: f64 = 161.0;

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Leave the gazetteer's speed and reach out
    #[arg(long)]
    no_gazetteer: bool,
    /// Our own toponyms of the test half instead of the dev half
    #[arg(long)]
    test: bool,
    /// Name each of our own toponyms that is not given rightly (dev half alone)
    #[arg(long, conflicts_with = "test")]
    misses: bool,
}

/// A share; 0 of nothing.
fn share(part: usize, of: usize) -> f64 {
    part as f64 / of.max(1) as f64
}

/// Measures and prints.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let bytes = shipped_bytes()?;
    let gazetteer = Gazetteer::from_bytes(Cow::Owned(bytes.clone()))
        .map_err(|damage| Failure(damage.to_string()))?;
    let articles = lgl::read(data)?;
    if !options.no_gazetteer {
        speed(&bytes, &gazetteer)?;
        spellings(data, &gazetteer)?;
        reach(&gazetteer, &articles);
        hidden::measure(data, &gazetteer)?;
    }
    let sources = resolution::Sources::load(gazetteer)?;
    resolution::measure(&sources, &articles);
    let half = if options.test { Half::Test } else { Half::Dev };
    own::measure(data, &sources, half, options.misses)
}

/// The gazetteer of the checkout.
pub fn shipped() -> Result<Gazetteer, Failure> {
    Gazetteer::from_bytes(Cow::Owned(shipped_bytes()?))
        .map_err(|damage| Failure(damage.to_string()))
}

/// Seconds of one thread that this takes.
fn seconds(work: impl FnOnce()) -> f64 {
    let start = ThreadTime::now();
    work();
    start.elapsed().as_secs_f64()
}

fn speed(bytes: &[u8], gazetteer: &Gazetteer) -> Result<(), Failure> {
    let copy = bytes.to_vec();
    let open = seconds(|| {
        let _ = black_box(Gazetteer::from_bytes(Cow::Owned(copy)));
    });
    // Every place by its name, in an order that has nothing to do with that of the file.
    let mut names: Vec<String> = gazetteer
        .all()
        .filter_map(|id| Some(fold(gazetteer.place(id)?.name)))
        .collect();
    names.sort_by_cached_key(|name| crc32fast::hash(name.as_bytes()));
    names.truncate(100_000);
    let exact = seconds(|| {
        for name in &names {
            black_box(gazetteer.exact(name).count());
        }
    });
    // A letter is taken out of the middle, so that no name need be there as it is.
    let mut damaged: Vec<String> = names[..10_000].to_vec();
    for name in &mut damaged {
        name.remove(name.len() / 2);
    }
    let fuzzy = seconds(|| {
        for name in &damaged {
            black_box(gazetteer.fuzzy(name, 10));
        }
    });
    let record = seconds(|| {
        for id in gazetteer.all() {
            black_box(gazetteer.place(id));
        }
    });
    println!(
        "gazetteer: {} bytes opened in {:.1} ms; one thread: {:.0} exact and {:.0} fuzzy look-ups (the ten nearest) a second, {:.0} records a second",
        bytes.len(),
        open * 1e3,
        names.len() as f64 / exact,
        damaged.len() as f64 / fuzzy,
        gazetteer.len() as f64 / record
    );
    Ok(())
}

/// How often a spelling leads to another spelling of the same place, among all places by their main names alone.
fn spellings(data: &Data, gazetteer: &Gazetteer) -> Result<(), Failure> {
    let table = text(&data.at("names/transliteration-places-train.tsv")?)?;
    let mut drafts: Vec<Draft> = gazetteer
        .all()
        .filter_map(|id| Some(bare(gazetteer.place(id)?)))
        .collect();
    let others = drafts.len();
    let mut pairs: Vec<(String, SourceId)> = Vec::new();
    let same = table.lines().filter(|line| line.ends_with("\t1"));
    for (number, line) in (0..).zip(same) {
        let mut cells = line.split('\t').map(fold);
        let (Some(left), Some(right)) = (cells.next(), cells.next()) else {
            continue;
        };
        let id = SourceId {
            source: Source::Wikidata,
            number,
        };
        drafts.push(Draft {
            id,
            names: vec![right],
            ..drafts[0].clone()
        });
        pairs.push((left, id));
    }
    let packed = pack(&drafts).map_err(|error| Failure(error.to_string()))?;
    let table =
        Gazetteer::from_bytes(Cow::Owned(packed)).map_err(|damage| Failure(damage.to_string()))?;
    let limits = [1, 10, 100];
    let mut within = [0; 3];
    for (left, id) in &pairs {
        let found = table.fuzzy(left, 100);
        let rank = found
            .iter()
            .position(|(place, _)| table.place(*place).is_some_and(|place| place.id == *id));
        for (count, limit) in within.iter_mut().zip(limits) {
            *count += usize::from(rank.is_some_and(|rank| rank < limit));
        }
    }
    let share = |count: usize| 100.0 * count as f64 / pairs.len().max(1) as f64;
    println!(
        "{} pairs of spellings of places among {others} main names: the other is among the nearest 1, 10, 100: {:.1}, {:.1}, {:.1} %",
        pairs.len(),
        share(within[0]),
        share(within[1]),
        share(within[2])
    );
    Ok(())
}

/// A place with its main name alone.
fn bare(place: PlaceRecord<'_>) -> Draft {
    Draft {
        id: place.id,
        name: String::new(),
        lat: 0.0,
        lon: 0.0,
        kind: place.kind,
        seat: None,
        scale: None,
        country: String::new(),
        admin1: None,
        admin2: None,
        population: 0,
        names: vec![fold(place.name)],
    }
}

/// What the best choice could reach.
fn reach(gazetteer: &Gazetteer, articles: &[Article]) {
    let mut by_feature: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut all = [0; 4];
    for article in articles {
        for toponym in &article.toponyms {
            let name = fold(toponym.span.slice(&article.text));
            let candidates: Vec<_> = gazetteer
                .exact(&name)
                .filter_map(|named| gazetteer.place(named.place))
                .collect();
            let near = |place: &PlaceRecord<'_>| {
                kilometres((place.lat, place.lon), (toponym.lat, toponym.lon)) <= NEAR
            };
            let id = format!("geonames:{}", toponym.geonames);
            let counts = [
                true,
                !candidates.is_empty(),
                candidates.iter().any(|place| place.id.to_string() == id),
                candidates.iter().any(near),
            ];
            let feature = match toponym.feature.as_str() {
                feature @ ("ADM1" | "ADM2" | "PCLI") => feature,
                feature if feature.starts_with("PPL") => "PPL",
                _ => "other",
            };
            for (place, count) in counts.into_iter().enumerate() {
                all[place] += usize::from(count);
                by_feature.entry(feature).or_default()[place] += usize::from(count);
            }
        }
    }
    println!(
        "LGL, what look-up reaches: toponyms, a candidate, the gold number among them, one within {NEAR} km"
    );
    for (feature, [count, found, exact, near]) in by_feature.into_iter().chain([("all", all)]) {
        let share = |part: usize| 100.0 * part as f64 / count.max(1) as f64;
        println!(
            "  {feature:<6} {count:>5}  {:>5.1} %  {:>5.1} %  {:>5.1} %",
            share(found),
            share(exact),
            share(near)
        );
    }
}
