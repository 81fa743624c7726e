//! Quantities against our own labels: `gold/quantities.tsv`.
//!
//! Labels and ours are aligned one to one, the largest overlap first. F1 is twice the right ones over all labels and all of ours.
//! Two readings of the guidelines are both right: the low of "more than 40" is 40 or 41, and casualties that are killed and injured
//! together have either effect or none.

use crate::acts::gold::Half;
use crate::data::{Data, Failure};
use crate::product::Product;
use crate::sentences::{self, Sentence, aligned, span};
use annotate::{Hedge, Quantity};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Measures the test half too; do so rarely
    #[arg(long)]
    test: bool,
    /// Also what differs in the dev half, in the words of our own sentences
    #[arg(long)]
    errors: bool,
}

/// What is counted of an aligned pair, in the order of the columns.
const MEASURES: [&str; 6] = ["found", "words", "l-b-h", "effect", "scope", "unit"];

#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    sentences: usize,
    labels: usize,
    ours: usize,
    right: [usize; MEASURES.len()],
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.sentences += 1;
        self.labels += other.labels;
        self.ours += other.ours;
        for (sum, right) in self.right.iter_mut().zip(other.right) {
            *sum += right;
        }
    }
}

/// A label.
struct Label {
    span: (usize, usize),
    hedge: String,
    numbers: [Option<f64>; 3],
    unit: String,
    effect: String,
    scope: String,
}

/// Prints the figures of each half and part.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let product = Product::new(None)?;
    let mut sums: BTreeMap<String, Tally> = BTreeMap::new();
    sentences::each(
        data,
        &product,
        "quantities.tsv",
        options.test,
        |sentence, read| {
            let ours: Vec<&Quantity> = read
                .quantities
                .iter()
                .filter(|quantity| sentence.holds(quantity.span))
                .collect();
            let says = options.errors && sentence.half == Half::Dev;
            let tally = compare(sentence, &sentence.read(read_label)?, &ours, says);
            for row in sentence.rows() {
                sums.entry(row).or_default().add(&tally);
            }
            Ok(())
        },
    )?;
    print!(
        "{:12} {:>9} {:>6} {:>6}",
        "F1 in 100", "sentences", "labels", "ours"
    );
    for measure in MEASURES {
        print!(" {measure:>6}");
    }
    println!();
    for (name, sum) in sums {
        print!(
            "{name:12} {:9} {:6} {:6}",
            sum.sentences, sum.labels, sum.ours
        );
        for right in sum.right {
            print!(
                " {:6.1}",
                200.0 * right as f64 / (sum.labels + sum.ours).max(1) as f64
            );
        }
        println!();
    }
    Ok(())
}

/// `span;hedge;low;best;high;unit;noun;effect;scope;part;owner`, `-` where there is none.
fn read_label(label: &str) -> Option<Label> {
    let fields: Vec<&str> = label.split(';').collect();
    let [place, hedge, low, best, high, unit, _, effect, scope, ..] = fields[..] else {
        return None;
    };
    let number = |field: &str| match field {
        "-" => Some(None),
        _ => field.parse().ok().map(Some),
    };
    Some(Label {
        span: span(place)?,
        hedge: hedge.to_owned(),
        numbers: [number(low)?, number(best)?, number(high)?],
        unit: unit.to_owned(),
        effect: effect.to_owned(),
        scope: scope.to_owned(),
    })
}

fn compare(sentence: &Sentence, labels: &[Label], ours: &[&Quantity], says: bool) -> Tally {
    let places: Vec<(usize, usize)> = labels.iter().map(|label| label.span).collect();
    let own: Vec<(usize, usize)> = ours
        .iter()
        .map(|own| {
            (
                own.span.from() - sentence.start,
                own.span.to() - sentence.start,
            )
        })
        .collect();
    let pairs = aligned(&places, &own);
    let mut tally = Tally {
        labels: labels.len(),
        ours: ours.len(),
        ..Tally::default()
    };
    let shown = |place: (usize, usize)| {
        if sentence.is_own {
            sentence
                .words()
                .get(place.0..place.1)
                .unwrap_or("")
                .to_owned()
        } else {
            format!("{}-{}", place.0, place.1)
        }
    };
    for (label, pair) in labels.iter().zip(&pairs) {
        let Some(number) = *pair else {
            if says {
                println!("{} | missing | {}", sentence.id, shown(label.span));
            }
            continue;
        };
        let quantity = ours[number];
        let effect = quantity.effect.map_or("-", annotate::Effect::as_str);
        let right = [
            true,
            label.span == own[number],
            is_same_number(label, quantity),
            label.effect == effect
                || label.effect.contains('+')
                    && (effect == "-" || label.effect.split('+').any(|one| one == effect)),
            label.scope == quantity.scope.as_str(),
            label.unit == quantity.unit,
        ];
        for ((sum, right), measure) in tally.right.iter_mut().zip(right).zip(MEASURES) {
            *sum += usize::from(right);
            if says && !right {
                println!(
                    "{} | {measure} | {} | {}",
                    sentence.id,
                    shown(label.span),
                    shown(own[number])
                );
            }
        }
    }
    if says {
        let taken: Vec<usize> = pairs.into_iter().flatten().collect();
        for (number, place) in own.iter().enumerate() {
            if !taken.contains(&number) {
                println!("{} | extra | {}", sentence.id, shown(*place));
            }
        }
    }
    tally
}

fn is_same_number(label: &Label, quantity: &Quantity) -> bool {
    let near = |one: Option<f64>, other: Option<f64>| match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => (one - other).abs() <= 1e-6 * one.abs().max(1.0),
        _ => false,
    };
    let [low, best, high] = label.numbers;
    let low_fits = near(low, quantity.low)
        || label.hedge == Hedge::MoreThan.as_str() && near(best, quantity.low);
    low_fits && near(best, quantity.best) && near(high, quantity.high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_read() {
        let label =
            read_label("8-21;more_than;41;40;-;person;13-21;killed+injured;event;-;0-5").unwrap();
        assert_eq!(label.span, (8, 21));
        assert_eq!(label.numbers, [Some(41.0), Some(40.0), None]);
        assert_eq!((&*label.effect, &*label.scope), ("killed+injured", "event"));
        assert!(read_label("8;exact").is_none());
    }
}
