//! `lab eval acts`: the act of cues in context, as the program gives it, against acts labelled twice and settled.
//!
//! It does not measure sources and contents. Where the program reads no attribution by a cue, its act is `none`.

mod gold;

use crate::data::{Data, Failure};
use crate::product::Product;
use annotate::Voice;
use gold::{Half, Item};
use std::collections::BTreeMap;
use text::Document;

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Measures the test half instead of the dev half; do so rarely
    #[arg(long)]
    test: bool,
    /// Also every item whose act differs, own sentences with their words
    #[arg(long)]
    errors: bool,
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
    let product = Product::new(None)?;
    let read: Vec<(&Item, String)> = items
        .iter()
        .filter(|item| item.half == half)
        .map(|item| (item, given(&product, item)))
        .collect();
    if options.errors {
        for (item, given) in read.iter().filter(|(item, given)| *given != item.act) {
            println!(
                "{} {} given as {given}: {}",
                item.id,
                item.act,
                item.shown()
            );
        }
        println!();
    }
    let table = tallied(read.iter().map(|(item, given)| (&item.act, given)));
    println!(
        "{:12} {:>6} {:>6} {:>6} {:>6}   acts of {} cues in context, {half} half",
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
    let kinds = [
        ("all", None),
        ("real sentences", Some(true)),
        ("our own", Some(false)),
    ];
    println!(
        "\nmacro-F1 over the eleven acts; of these, cues that were read at all; act right where read"
    );
    for (name, real) in kinds {
        let holds = |item: &Item| real.is_none_or(|real| item.is_real == real);
        let some: Vec<_> = read.iter().filter(|(item, _)| holds(item)).collect();
        let pairs = || some.iter().map(|(item, given)| (&item.act, given));
        let acts = some.iter().filter(|(item, _)| item.act != gold::NONE);
        let found: Vec<_> = acts
            .clone()
            .filter(|(_, given)| given != gold::NONE)
            .collect();
        let right = found
            .iter()
            .filter(|(item, given)| item.act == *given)
            .count();
        println!(
            "{name:16} {:6.1} {:6.1} {:6.1}",
            macro_f1(&tallied(pairs())),
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

/// The act of the claim whose cue overlaps the labelled one.
fn given(product: &Product, item: &Item) -> String {
    let document = Document::plain(&item.text);
    let annotations = product.annotate(&document);
    annotations
        .claims
        .iter()
        .filter(|claim| claim.voice == Voice::Attributed)
        .find(|claim| {
            let spans = claim.cue.iter().flat_map(|cue| &cue.spans);
            spans
                .into_iter()
                .any(|span| item.cue.iter().any(|cue| cue.overlaps(*span)))
        })
        .map_or_else(|| gold::NONE.to_string(), |claim| claim.act.to_string())
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
        .filter(|(act, tally)| act.as_str() != gold::NONE && tally.wanted > 0)
        .map(|(_, tally)| tally.f1());
    let all: Vec<f64> = acts.collect();
    all.iter().sum::<f64>() / all.len().max(1) as f64
}
