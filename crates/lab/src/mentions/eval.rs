//! `lab eval mentions`: names of persons, organisations and places on the labelled sets, beside other systems; how much is
//! lost on damaged copies; and our own labels in full.
//!
//! It does not know how mentions are found.

use super::folds::{FOLDS, fold};
use super::learn::is_for_training;
use super::matching::{Counted, SCORED};
use super::peers::Peer;
use super::scoring::{Counts, Sides};
use super::sets::{self, MentionSet, Table};
use super::{MentionDocument, own};
use crate::corrupt::{Corruption, corrupt_document};
use crate::data::{Data, Failure};
use crate::parallel;
use crate::product::Product;
use crate::score::Tally;
use annotate::Annotations;
use std::path::Path;
use text::Span;

/// What to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// A set (`uner/dev`) or the beginning of some (`re3d`); may be given again (default: every one)
    #[arg(long, value_name = "SET")]
    set: Vec<String>,
    /// Which mentions count, labelled or found
    #[arg(long, value_enum, default_value = "names")]
    form: Counted,
    /// Only the documents of this fifth, from 0, as folds by document divide a set
    #[arg(long, value_parser = clap::value_parser!(u64).range(..FOLDS))]
    fold: Option<u64>,
    /// Also the test half of our own labels; do so rarely
    #[arg(long)]
    test: bool,
    /// Also every mention that was missed and every one too many; they quote text that is not ours
    #[arg(long)]
    errors: bool,
    /// Also what is lost on damaged copies: one kind, or each
    #[arg(long, value_name = "KIND", value_enum)]
    corrupt: Option<Option<Corruption>>,
    /// The seed of the copies
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            set: Vec::new(),
            form: Counted::Names,
            fold: None,
            test: false,
            errors: false,
            corrupt: None,
            seed: 1,
        }
    }
}

/// Reads every document of the sets and prints the tables.
pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let product = Product::new(None)?;
    let chosen = sets::named(&options.set)?;
    let mut read = Vec::new();
    for set in &chosen {
        let mut documents = sets::load(data, set)?;
        if let Some(wanted) = options.fold {
            documents.retain(|document| fold(&document.id, FOLDS) == wanted);
        }
        read.push((*set, documents));
    }
    let measure = |corruption| -> Result<Vec<(String, Counts)>, Failure> {
        let mut rows = Vec::new();
        for (set, documents) in &read {
            rows.push((*set, count(&product, documents, options, corruption, jobs)?));
        }
        Ok(with_sums(&rows))
    };
    let plain = measure(Corruption::Plain)?;
    let what = match options.form {
        Counted::Names => "names",
        Counted::All => "all",
    };
    let peers = Peer::every();
    if plain.iter().any(|(name, _)| sets::is_learnt_from(name)) {
        println!("{LEARNT_FROM}\n");
    }
    heading();
    for (name, counts) in &plain {
        row(
            &marked(name),
            "this run",
            &figures(counts),
            Some(counts.all().wanted),
        );
        for peer in &peers {
            let condition = format!("{what} plain");
            if is_measured(peer, name, &condition, counts)
                && let Some(figures) = peer_figures(peer, name, &condition)
            {
                row("", &peer.system, &figures, None);
            }
        }
    }
    let kinds = options.corrupt.map_or_else(Vec::new, Corruption::damages);
    for kind in kinds {
        println!("\n{} copies: F1, and how many points fewer", kind.name());
        for ((name, damaged), (_, before)) in measure(kind)?.iter().zip(&plain) {
            loss(
                &marked(name),
                "this run",
                damaged.all().f1(),
                before.all().f1(),
            );
            for peer in &peers {
                let condition = |copy: &str| format!("{what} {copy}");
                let f1 = |copy: &str| peer.figure("mentions", name, &condition(copy), "F1");
                if is_measured(peer, name, &condition("plain"), before)
                    && let (Some(damaged), Some(before)) = (f1(kind.name()), f1("plain"))
                {
                    loss("", &peer.system, damaged, before);
                }
            }
        }
    }
    if options.set.is_empty() {
        show_own(&product, options.test, jobs)?;
    }
    Ok(())
}

/// The counts of a set's documents, read as they are or damaged.
fn count(
    product: &Product,
    documents: &[MentionDocument],
    options: &Options,
    corruption: Corruption,
    jobs: usize,
) -> Result<Counts, Failure> {
    let sides = parallel::map(documents, jobs, |document| {
        let (copied, copy) = corrupt_document(document, corruption, options.seed);
        let found = annotations(product, &copied)?;
        let sides = Sides::new(
            &document.text,
            &copied,
            &copy,
            &found.mentions,
            options.form,
        );
        Ok((copied, sides))
    });
    let mut counts = Counts::default();
    for outcome in sides {
        let (document, sides) = outcome?;
        if options.errors && corruption == Corruption::Plain {
            errors(&document, &sides);
        }
        counts.add(&sides.counts());
    }
    Ok(counts)
}

/// What the program finds in a document's text, as in a file of plain text.
fn annotations(product: &Product, document: &MentionDocument) -> Result<Annotations, Failure> {
    let mut read = product.annotated(Path::new("document.txt"), document.text.as_bytes())?;
    match (read.pop(), read.is_empty()) {
        (Some((given, annotations)), true) if given.text == document.text => Ok(annotations),
        _ => Err(Failure(format!(
            "document {} of {} was not read as the one text that it is",
            document.id, document.set
        ))),
    }
}

/// The rows with the sum of each group of compared sets (`re3d`) behind its last member, and the sum of all of these.
fn with_sums(rows: &[(&MentionSet, Counts)]) -> Vec<(String, Counts)> {
    let group = |set: &MentionSet| set.name.split('/').next().unwrap_or("").to_owned();
    let mut shown: Vec<(String, Counts)> = Vec::new();
    let sum = |of: &dyn Fn(&MentionSet) -> bool| {
        let mut sum = Counts::default();
        let mut members = 0;
        for (set, counts) in rows
            .iter()
            .filter(|(set, _)| set.table == Table::Compared && of(set))
        {
            let _: &MentionSet = set;
            sum.add(counts);
            members += 1;
        }
        (members > 1).then_some(sum)
    };
    for (at, (set, counts)) in rows.iter().enumerate() {
        shown.push((set.name.to_owned(), *counts));
        let here = group(set);
        if rows.get(at + 1).is_none_or(|(next, _)| group(next) != here)
            && let Some(sum) = sum(&|other| group(other) == here)
        {
            shown.push((here, sum));
        }
    }
    shown.extend(sum(&|_| true).map(|sum| ("together".to_owned(), sum)));
    shown
}

/// Precision, recall, F1, and F1 of each kind, in per cent.
type FigureRow = [f64; 6];

fn figures(counts: &Counts) -> FigureRow {
    let all = counts.all();
    let [person, organization, place] = counts.kinds.map(|kind| kind.f1());
    [
        all.precision(),
        all.recall(),
        all.f1(),
        person,
        organization,
        place,
    ]
}

/// Whether a peer's row counts the same mentions: not where only a part of its sets was read.
#[expect(clippy::cast_precision_loss, reason = "counts of mentions are small")]
fn is_measured(peer: &Peer, set: &str, condition: &str, counts: &Counts) -> bool {
    peer.figure("mentions", set, condition, "gold") == Some(counts.all().wanted as f64)
}

fn peer_figures(peer: &Peer, set: &str, condition: &str) -> Option<FigureRow> {
    let [person, organization, place] = SCORED.map(annotate::EntityKind::as_str);
    let mut figures = [0.0; 6];
    for (value, measure) in figures
        .iter_mut()
        .zip(["P", "R", "F1", person, organization, place])
    {
        *value = peer.figure("mentions", set, condition, measure)?;
    }
    Some(figures)
}

/// Stands above the tables.
const LEARNT_FROM: &str = "\
* models/mentions.bin was learnt from this set: the row tells how well the weights know it, not how well they read new text.
  Figures on documents that a tagger has not seen: `lab train mentions --cross-validate GROUP`, five folds, or `--without
  GROUP` (uner, wnut17, crossner, re3d; `all` for five folds of everything). They train anew and take minutes.";

/// A row's name, with a star where its set was learnt from.
fn marked(name: &str) -> String {
    let star = if sets::is_learnt_from(name) { " *" } else { "" };
    format!("{name}{star}")
}

fn heading() {
    println!(
        "{:24} {:34} {:>5} {:>5} {:>5}   {:>6} {:>6} {:>6}   gold",
        "set", "reader", "P", "R", "F1", "Person", "Org.", "Place"
    );
}

fn row(set: &str, reader: &str, figures: &FigureRow, gold: Option<usize>) {
    let [precision, recall, f1, person, organization, place] = figures;
    let gold = gold.map_or_else(String::new, |gold| format!("   {gold}"));
    println!(
        "{set:24} {reader:34} {precision:5.1} {recall:5.1} {f1:5.1}   {person:6.1} {organization:6.1} {place:6.1}{gold}"
    );
}

fn loss(set: &str, reader: &str, damaged: f64, before: f64) {
    println!(
        "{set:24} {reader:34} {damaged:5.1} {:6.1}",
        before - damaged
    );
}

pub(super) fn errors(document: &MentionDocument, sides: &Sides) {
    let missed = sides
        .wanted
        .difference(&sides.given)
        .map(|of| ("missed", of));
    let extra = sides
        .given
        .difference(&sides.wanted)
        .map(|of| ("extra", of));
    for (what, (span, kind)) in missed.chain(extra) {
        println!(
            "{what} | {kind} | {} | …{}…",
            span.slice(&document.text),
            around(&document.text, *span)
        );
    }
}

/// A span with about thirty characters on either side, on one line.
fn around(text: &str, span: Span) -> String {
    const CHARACTERS: usize = 30;
    let start = text[..span.from()]
        .char_indices()
        .rev()
        .nth(CHARACTERS - 1)
        .map_or(0, |(at, _)| at);
    let end = text[span.to()..]
        .char_indices()
        .nth(CHARACTERS)
        .map_or(text.len(), |(at, _)| span.to() + at);
    text[start..end]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Prints the rows of our own labels, where this checkout has them: the training half, and the test half where asked for.
fn show_own(product: &Product, test: bool, jobs: usize) -> Result<(), Failure> {
    let Some(documents) = sets::load_own()? else {
        return Ok(());
    };
    let documents: Vec<MentionDocument> = documents
        .into_iter()
        .filter(|document| test || is_for_training(&document.id))
        .collect();
    let found = parallel::map(&documents, jobs, |document| annotations(product, document))
        .into_iter()
        .collect::<Result<Vec<_>, Failure>>()?;
    let read: Vec<(&MentionDocument, Annotations)> = documents.iter().zip(found).collect();
    let (training, test): (Vec<_>, Vec<_>) = read
        .into_iter()
        .partition(|(document, _)| is_for_training(&document.id));
    println!("\nour own labels: P, R, F1, labelled");
    for (half, documents) in [
        ("training half, of which the names were learnt", training),
        ("test half", test),
    ] {
        if !documents.is_empty() {
            println!("{half}: {} documents", documents.len());
            for (name, tally) in own::rows(&documents) {
                println!("{name:24} {}", own_figures(&tally));
            }
        }
    }
    Ok(())
}

fn own_figures(tally: &Tally) -> String {
    format!(
        "{:5.1} {:5.1} {:5.1}   {:4}",
        tally.precision(),
        tally.recall(),
        tally.f1(),
        tally.wanted
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_all_compared_sets_are_summed() {
        let one = Counts {
            kinds: [Tally {
                right: 1,
                given: 2,
                wanted: 4,
            }; 3],
        };
        let rows: Vec<(&MentionSet, Counts)> =
            sets::named(&["uner".into(), "re3d".into(), "gum".into()])
                .unwrap()
                .into_iter()
                .map(|set| (set, one))
                .collect();
        let shown = with_sums(&rows);
        let wanted: Vec<(&str, usize)> = shown
            .iter()
            .map(|(name, counts)| (name.as_str(), counts.all().wanted))
            .collect();
        assert_eq!(wanted[..2], [("uner/dev", 12), ("re3d/australia-dfat", 12)]);
        assert_eq!(
            wanted[5..],
            [("re3d", 48), ("gum/dev", 12), ("together", 60)]
        );
    }
}
