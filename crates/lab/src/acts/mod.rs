//! `lab eval acts`: the act of cues in context, as the program gives it, against acts labelled twice and settled.
//!
//! Each cue is asked for twice: given as a cue, so that only its act is read; and in the text alone, where it must be found
//! first. It does not measure sources and contents.

pub mod gold;
pub mod learn;

use crate::data::{self, Data, Failure};
use crate::product::Product;
use annotate::Voice;
use gold::{Half, Item, NONE};
use std::collections::BTreeMap;
use std::path::PathBuf;
use text::Document;

/// The weight file, from the root of the checkout.
pub const FILE: &str = "models/acts.bin";

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Measures the test half instead of the dev half; do so rarely
    #[arg(long)]
    test: bool,
    /// Also every item whose act differs, own sentences with their words
    #[arg(long)]
    errors: bool,
    /// Other weights than models/acts.bin; `-` for none, so that the rules decide alone
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
}

/// How often an act was given, was right to be given, and was right.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    wanted: usize,
    given: usize,
    right: usize,
}

impl Tally {
    fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.wanted + self.given).max(1) as f64
    }
}

/// Acts by name.
type Table = BTreeMap<String, Tally>;

/// Prints precision, recall and F1 of each act, their mean, and the agreement of the two readers.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let half = if options.test { Half::Test } else { Half::Dev };
    let items = gold::load(data)?;
    let product = match &options.weights {
        None => Product::new(None)?,
        Some(none) if none.as_os_str() == "-" => Product::with_acts(&[])?,
        Some(file) => Product::with_acts(&data::bytes(file)?)?,
    };
    let read: Vec<Read> = items
        .iter()
        .filter(|item| item.half == half)
        .map(|item| read(&product, item))
        .collect();
    if options.errors {
        for one in read.iter().filter(|one| one.given != one.item.act) {
            println!(
                "{} {} read as {} (found as {}): {}",
                one.item.id,
                one.item.act,
                one.given,
                one.found.as_deref().unwrap_or("nothing"),
                one.item.shown()
            );
        }
        println!();
    }
    let table = tallied(read.iter().map(|one| (&one.item.act, &one.given)));
    println!(
        "{:12} {:>6} {:>6} {:>6} {:>6}   acts of {} given cues in context, {half} half",
        "",
        "P",
        "R",
        "F1",
        "labels",
        read.len()
    );
    for (act, tally) in &table {
        let share = |of: usize| 100.0 * tally.right as f64 / of.max(1) as f64;
        println!(
            "{act:12} {:6.1} {:6.1} {:6.1} {:6}",
            share(tally.given),
            share(tally.wanted),
            tally.f1(),
            tally.wanted
        );
    }
    if half == Half::Dev && options.weights.is_none() {
        println!(
            "the weights have learnt from this half; `lab train acts --cross-validate` measures it fairly"
        );
    }
    println!(
        "\nmacro-F1 over the eleven acts, of given cues; in the text alone, where a cue that is not found counts as missed; \
         cues found; act right where found"
    );
    let kinds = [
        ("all", None),
        ("real sentences", Some(true)),
        ("our own", Some(false)),
    ];
    let none = NONE.to_string();
    for (name, real) in kinds {
        let holds = |one: &&Read| real.is_none_or(|real| one.item.is_real == real);
        let some: Vec<&Read> = read.iter().filter(holds).collect();
        let given = some.iter().map(|one| (&one.item.act, &one.given));
        let alone = some
            .iter()
            .map(|one| (&one.item.act, one.found.as_ref().unwrap_or(&none)));
        let acts = some.iter().filter(|one| one.item.act != NONE);
        let found: Vec<_> = acts
            .clone()
            .filter_map(|one| Some((&one.item.act, one.found.as_ref()?)))
            .collect();
        let right = found
            .iter()
            .filter(|(wanted, found)| wanted == found)
            .count();
        println!(
            "{name:16} {:6.1} {:6.1} {:6.1} {:6.1}",
            macro_f1(&tallied(given)),
            macro_f1(&tallied(alone)),
            100.0 * found.len() as f64 / acts.count().max(1) as f64,
            100.0 * right as f64 / found.len().max(1) as f64,
        );
    }
    let readers = |items: &mut dyn Iterator<Item = &Item>| {
        let items: Vec<&Item> = items.collect();
        macro_f1(&tallied(
            items.iter().map(|item| (&item.first, &item.second)),
        ))
    };
    println!(
        "\nthe second reader against the first: {:.1} on real sentences, {:.1} on our own; both label by the same habits, \
         so that this is no measure of agreement between people",
        readers(&mut items.iter().filter(|item| item.is_real)),
        readers(&mut items.iter().filter(|item| !item.is_real)),
    );
    Ok(())
}

/// An item as the program reads it.
struct Read<'i> {
    item: &'i Item,
    /// The act of the cue where it is given.
    given: String,
    /// The act of the claim whose cue overlaps it, in the text alone.
    found: Option<String>,
}

fn read<'i>(product: &Product, item: &'i Item) -> Read<'i> {
    let document = Document::plain(&item.text);
    let read = product.read_cues(&document, std::slice::from_ref(&item.cue));
    let act = read.first().and_then(|read| read.act);
    let annotations = product.annotate(&document);
    let found = annotations
        .claims
        .iter()
        .filter(|claim| claim.voice == Voice::Attributed)
        .find(|claim| {
            let spans = claim.cue.iter().flat_map(|cue| &cue.spans);
            spans
                .into_iter()
                .any(|span| item.cue.iter().any(|cue| cue.overlaps(*span)))
        });
    Read {
        item,
        given: act.map_or_else(|| NONE.to_string(), |act| act.to_string()),
        found: found.map(|claim| claim.act.to_string()),
    }
}

fn tallied<'a>(pairs: impl Iterator<Item = (&'a String, &'a String)>) -> Table {
    let mut table = Table::new();
    for (wanted, given) in pairs {
        table.entry(given.clone()).or_default().given += 1;
        let tally = table.entry(wanted.clone()).or_default();
        tally.wanted += 1;
        tally.right += usize::from(wanted == given);
    }
    table
}

/// The mean F1 of the acts that are labelled.
fn macro_f1(table: &Table) -> f64 {
    let acts = table
        .iter()
        .filter(|(act, tally)| act.as_str() != NONE && tally.wanted > 0)
        .map(|(_, tally)| tally.f1());
    let all: Vec<f64> = acts.collect();
    all.iter().sum::<f64>() / all.len().max(1) as f64
}
