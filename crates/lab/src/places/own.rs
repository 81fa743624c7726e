//! Our labelled toponyms (`gold/toponyms.tsv`) put on the map: those of the labels themselves, cluster by cluster, and what is read
//! from the text alone.
//!
//! It does not know how a place is chosen.

use super::resolution::{self, Sources};
use super::{NEAR, share};
use crate::acts::gold::Half;
use crate::data::{self, Data, Failure};
use crate::entities::gold::{Labelled, load};
use crate::product::Product;
use annotate::places::{Resolved, Toponym, precision, resolve};
use gazetteer::{Gazetteer, kilometres};
use names::fold;
use std::collections::BTreeMap;
use text::{Document, Span};

/// Where the labels are, from the root of the checkout.
const FILE: &str = "gold/toponyms.tsv";

/// A labelled toponym.
struct Gold {
    span: Span,
    id: String,
    point: (f64, f64),
    precision: String,
    /// The place's usual name.
    name: String,
}

/// What a reading gives for a toponym.
struct Given {
    id: String,
    name: String,
    point: (f64, f64),
    precision: String,
}

impl Given {
    /// Near enough, or the very place, or the same part of the world whose point may lie anywhere in it.
    fn is_right(&self, gold: &Gold) -> bool {
        let (own, other) = (fold(&self.name), fold(&gold.name));
        kilometres(self.point, gold.point) <= NEAR
            || self.id == gold.id
            || gold.precision == "region"
                && self.precision == "region"
                && (own.contains(&other) || other.contains(&own))
    }
}

#[derive(Default)]
struct Outcome {
    all: usize,
    linked: usize,
    right: usize,
    /// Of those right, how many have the labelled precision too.
    precise: usize,
}

impl Outcome {
    fn count(&mut self, gold: &Gold, given: Option<&Given>) {
        self.all += 1;
        self.linked += usize::from(given.is_some());
        let right = given.filter(|given| given.is_right(gold));
        self.right += usize::from(right.is_some());
        self.precise += usize::from(right.is_some_and(|right| right.precision == gold.precision));
    }

    fn print(&self, what: &str) {
        println!(
            "  {what:<34} {:>4}  {:.3}  {:.3}  {:.3}  {:.3}",
            self.all,
            share(self.linked, self.all),
            share(self.right, self.linked),
            share(self.right, self.all),
            share(self.precise, self.right)
        );
    }
}

/// Measures one half and prints.
pub fn measure(
    data: &Data,
    sources: &Sources,
    half: Half,
    names_misses: bool,
) -> Result<(), Failure> {
    let product = Product::new(None)?;
    let gazetteer = &sources.gazetteer;
    let weights = resolution::weights()?;
    let gold = read()?;
    let documents = load(data)?;
    let (mut labelled, mut read) = (Outcome::default(), Outcome::default());
    for document in documents.iter().filter(|document| document.half == half) {
        let Some(gold) = gold.get(&document.id) else {
            continue;
        };
        let (toponyms, of_gold) = toponyms(document, gold);
        let resolved = resolve(&document.text, &toponyms, &sources.atlas(&weights));
        for (gold, number) in gold.iter().zip(of_gold) {
            let given = resolved[number].and_then(|resolved| given(gazetteer, &resolved));
            labelled.count(gold, given.as_ref());
            if names_misses && !given.as_ref().is_some_and(|given| given.is_right(gold)) {
                miss("labelled", &document.text, gold, given.as_ref());
            }
        }
        let annotations = product.annotate(&Document::plain(&document.text));
        let mut places: Vec<(Span, Given)> = Vec::new();
        for entity in &annotations.entities {
            for span in &entity.mentions {
                if let Some(place) = &entity.place {
                    let given = Given {
                        id: place.gazetteer_id.clone(),
                        name: place.name.clone(),
                        point: (place.lat, place.lon),
                        precision: place.precision.to_string(),
                    };
                    places.push((*span, given));
                }
            }
        }
        for gold in gold {
            let best = places
                .iter()
                .filter(|(span, _)| span.overlaps(gold.span))
                .max_by_key(|(span, _)| span.shared(gold.span));
            let given = best.map(|(_, given)| given);
            read.count(gold, given);
            if names_misses && !given.is_some_and(|given| given.is_right(gold)) {
                miss("read", &document.text, gold, given);
            }
        }
    }
    println!(
        "our toponyms of articles on the Syrian war, {half} half: linked; within {NEAR} km or the same region, of the linked, of all; of these the precision as labelled"
    );
    labelled.print("the labelled names");
    read.print("names read from the text alone");
    Ok(())
}

/// Prints a toponym that is not given rightly.
fn miss(what: &str, text: &str, gold: &Gold, given: Option<&Given>) {
    println!(
        "  {what}: {:?} is {} ({} {:.2} {:.2} {}), given {}",
        gold.span.slice(text),
        gold.name,
        gold.id,
        gold.point.0,
        gold.point.1,
        gold.precision,
        given.map_or("nothing".to_owned(), |given| format!(
            "{} {} {}",
            given.name, given.id, given.precision
        ))
    );
}

fn given(gazetteer: &Gazetteer, resolved: &Resolved) -> Option<Given> {
    let record = gazetteer.place(resolved.place)?;
    Some(Given {
        id: record.id.to_string(),
        name: record.name.to_string(),
        point: (record.lat, record.lon),
        precision: precision(record.kind, resolved.relation).to_string(),
    })
}

/// The toponyms of a document, those of one labelled cluster as one.
fn toponyms(document: &Labelled, gold: &[Gold]) -> (Vec<Toponym>, Vec<usize>) {
    resolution::grouped(gold.iter().map(|gold| {
        let form = gold.span.slice(&document.text);
        let name = document.names.iter().find(|name| name.span == gold.span);
        let cluster = name.map_or(form, |name| name.cluster.as_str());
        (cluster, form, gold.span)
    }))
}

/// The settled labels by document; what cannot be told is left out.
fn read() -> Result<BTreeMap<String, Vec<Gold>>, Failure> {
    let mut all: BTreeMap<String, Vec<Gold>> = BTreeMap::new();
    let table = data::text(&data::checkout().join(FILE))?;
    for (number, line) in (1..).zip(table.lines()) {
        if line.starts_with('#') {
            continue;
        }
        let wrong = || Failure(format!("{FILE}, line {number} cannot be read"));
        let fields: Vec<&str> = line.split('\t').collect();
        let [document, start, end, settled, _, _, name] = fields[..] else {
            return Err(wrong());
        };
        let (Ok(start), Ok(end)) = (start.parse::<usize>(), end.parse::<usize>()) else {
            return Err(wrong());
        };
        let settled: Vec<&str> = settled.split(' ').collect();
        let [id, lat, lon, precision] = settled[..] else {
            continue;
        };
        let (Ok(lat), Ok(lon)) = (lat.parse(), lon.parse()) else {
            return Err(wrong());
        };
        all.entry(document.to_owned()).or_default().push(Gold {
            span: Span::new(start, end),
            id: id.to_owned(),
            point: (lat, lon),
            precision: precision.to_owned(),
            name: name.to_owned(),
        });
    }
    Ok(all)
}
