//! `lab eval calibration`: for each field of a claim's confidence, how many claims are at least so sure, how many of these are
//! right, and the calibration error, on labelled text that was held back.
//!
//! It does not know how confidences are made.

use super::{Prediction, above, calibration_error};
use crate::acts::gold::{self, Half};
use crate::attributions::outcome::{self, Outcome};
use crate::data::{Data, Failure};
use crate::product::Product;
use crate::{parallel, polnear};
use annotate::Voice;
use text::{Document, Span};

/// What to measure.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Measures acts on the test half of their gold instead of the dev half; do so rarely
    #[arg(long)]
    test: bool,
}

/// From how sure on claims are counted; the first takes all.
const THRESHOLDS: [f64; 9] = [0.0, 0.3, 0.5, 0.6, 0.7, 0.76, 0.8, 0.9, 0.95];

/// How far a field's calibration error may be from 0, and how far is aimed at.
const LIMITS: [f64; 2] = [0.05, 0.02];

/// Measures and prints.
pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let product = Product::new(None)?;
    let outcomes = Outcome::read(&product, &polnear::load(data, "dev")?, jobs)?;
    let sureness = outcome::sureness(&outcomes);
    let half = if options.test { Half::Test } else { Half::Dev };
    let items = gold::load(data)?;
    let items: Vec<&gold::Item> = items.iter().filter(|item| item.half == half).collect();
    let read = parallel::map(&items, jobs, |item| act(&product, item));
    let silent = items
        .iter()
        .zip(&read)
        .filter(|(item, act)| item.act == gold::NONE && act.is_some())
        .count();
    let acts: Vec<Prediction> = items
        .iter()
        .zip(read)
        .filter(|(item, _)| item.act != gold::NONE)
        .filter_map(|(_, act)| act)
        .collect();
    println!(
        "attribution, source: claims of PolNeAR dev; the source of claims whose content is right; both of them for all claims"
    );
    println!(
        "act: claims at cues of the acts' {half} half, without {silent} at cues that are labelled as doing no act"
    );
    table(&[
        ("attribution", &sureness.content),
        ("source", &sureness.source),
        ("both", &sureness.relation),
        ("act", &acts),
    ]);
    Ok(())
}

/// How sure the claim at a labelled cue is of its act, and whether it is right; none where there is no claim.
fn act(product: &Product, item: &gold::Item) -> Option<Prediction> {
    let annotations = product.annotate(&Document::plain(&item.text));
    let at_cue = |span: &Span| item.cue.iter().any(|cue| cue.overlaps(*span));
    let claim = annotations.claims.iter().find(|claim| {
        let mut spans = claim.cue.iter().flat_map(|cue| &cue.spans);
        claim.voice == Voice::Attributed && spans.any(at_cue)
    })?;
    Some(Prediction {
        probability: claim.confidence.act,
        right: claim.act.to_string() == item.act,
    })
}

/// Prints a pair of columns for each field: the share of claims at or above a threshold, and how many of these are right,
/// in per cent.
fn table(fields: &[(&str, &Vec<Prediction>)]) {
    let row = |name: &str, cells: &dyn Fn(&[Prediction]) -> [String; 2]| {
        print!("{name:22}");
        for (_, predictions) in fields {
            let [covered, right] = cells(predictions);
            print!(" {covered:>9} {right:>7}");
        }
        println!();
    };
    print!("\n{:22}", "");
    for (name, _) in fields {
        print!(" {name:>17}");
    }
    println!();
    row("at least so sure", &|_| {
        ["of claims", "right"].map(str::to_owned)
    });
    for threshold in THRESHOLDS {
        row(&format!("{threshold:.2}"), &|predictions| {
            let (covered, right) = above(predictions, threshold);
            [
                format!("{:.1}", 100.0 * covered),
                right.map_or_else(|| "-".to_owned(), |right| format!("{:.1}", 100.0 * right)),
            ]
        });
    }
    row("claims", &|predictions| {
        [predictions.len().to_string(), String::new()]
    });
    row("calibration error", &|predictions| {
        [
            String::new(),
            format!("{:.3}", calibration_error(predictions)),
        ]
    });
    println!(
        "calibration error over 10 bins, 0 to 1; it may be {:.2}, {:.2} is aimed at",
        LIMITS[0], LIMITS[1]
    );
}
