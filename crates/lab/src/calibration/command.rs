//! `lab eval calibration`: for each field of a claim's confidence, how many claims are at least so sure, how many of these are
//! right, and the calibration error, on labelled text that was held back.
//!
//! It does not know how confidences are made.

use super::{Prediction, above, calibration_error};
use crate::acts::gold::{self, NONE};
use crate::attributions::outcome::{self, Outcome};
use crate::claims::Claim;
use crate::data::{self, Data, Failure};
use crate::polnear::{self, Article};
use crate::product::Product;
use std::collections::HashMap;
use text::Span;

/// From how sure on claims are counted; the first takes all.
const THRESHOLDS: [f64; 9] = [0.0, 0.3, 0.5, 0.6, 0.7, 0.76, 0.8, 0.9, 0.95];

/// How far a field's calibration error may be from 0, and how far is aimed at.
const LIMITS: [f64; 2] = [0.05, 0.02];

/// Measures and prints.
pub fn run(data: &Data, jobs: usize) -> Result<(), Failure> {
    let product = Product::new(None)?;
    let articles = polnear::load(data, "dev")?;
    let outcomes = Outcome::read(&product, &articles, jobs)?;
    let sureness = outcome::sureness(&outcomes);
    let labelled = Labelled::load()?;
    let acts = labelled.predictions(&articles, &outcomes, |_, _| true);
    println!(
        "PolNeAR dev. Attribution, source: all claims; the source of claims whose content is right; both of them for all claims."
    );
    println!(
        "Act: claims at the cues of attributions drawn by chance, without those that are labelled as doing no act."
    );
    table(&[
        ("attribution", &sureness.content),
        ("source", &sureness.source),
        ("both", &sureness.relation),
        ("act", &acts.done),
    ]);
    shown(&articles, &outcomes, &labelled);
    Ok(())
}

/// Prints how many shown claims have source and act right. Acts are labelled for some of them alone, so that this is the share
/// whose source is right times the share of these, where labelled, whose act is right.
fn shown(articles: &[Article], outcomes: &[Outcome], labelled: &Labelled) {
    let (mut claims, mut sourced, mut right, mut gold) = (0, 0, 0, 0);
    for (article, outcome) in articles.iter().zip(outcomes) {
        gold += article.gold.len();
        for (p, _) in (outcome.claims.iter().enumerate()).filter(|(_, claim)| claim.is_shown()) {
            claims += 1;
            sourced += usize::from(outcome.scored.has_source(p));
            right += usize::from(outcome.scored.is_right(p));
        }
    }
    let acts = labelled.predictions(articles, outcomes, |outcome, p| {
        outcome.claims[p].is_shown() && outcome.scored.has_source(p)
    });
    let labelled = acts.done.len() + acts.not_done;
    let done = acts.done.iter().filter(|act| act.right).count();
    let of = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    println!(
        "\nshown: {claims} claims, {:.1} of 100 attributions found and shown; of the claims {:.1} of 100 have a gold source (by cue or \
         content), {:.1} its content too; of {labelled} of these with a labelled act {:.1} of 100 have it right; source and act right \
         {:.1}, with the content {:.1}",
        100.0 * of(right, gold),
        100.0 * of(sourced, claims),
        100.0 * of(right, claims),
        100.0 * of(done, labelled),
        100.0 * of(sourced, claims) * of(done, labelled),
        100.0 * of(right, claims) * of(done, labelled),
    );
}

/// `gold/acts.natural.tsv`: by file name, cues with their acts.
struct Labelled(HashMap<String, Vec<(Vec<Span>, String)>>);

/// What was said of acts, and what came of it.
#[derive(Default)]
struct Acts {
    done: Vec<Prediction>,
    /// Claims at cues that do no act.
    not_done: usize,
}

impl Labelled {
    fn load() -> Result<Self, Failure> {
        let mut files: HashMap<String, Vec<_>> = HashMap::new();
        for row in gold::rows("acts.natural.tsv", 9)? {
            let cue = gold::spans(&row[8])
                .map_err(|what| Failure(format!("gold/acts.natural.tsv, {}: {what}", row[0])))?;
            let name = row[4].rsplit('/').next().unwrap_or_default();
            let cues = files.entry(name.to_owned()).or_default();
            cues.push((cue, row[1].clone()));
        }
        Ok(Self(files))
    }

    /// For each labelled cue the first claim at it, of those asked for.
    fn predictions(
        &self,
        articles: &[Article],
        outcomes: &[Outcome],
        asked: impl Fn(&Outcome, usize) -> bool,
    ) -> Acts {
        let mut acts = Acts::default();
        for (article, outcome) in articles.iter().zip(outcomes) {
            let cues = self.0.get(data::name(&article.path));
            for (cue, act) in cues.into_iter().flatten() {
                let at_cue = |p: &usize| {
                    let mut spans = outcome.given[*p].cue.iter();
                    spans.any(|span| cue.iter().any(|cue| cue.overlaps(*span)))
                };
                let Some(p) = (0..outcome.claims.len())
                    .find(at_cue)
                    .filter(|p| asked(outcome, *p))
                else {
                    continue;
                };
                if act == NONE {
                    acts.not_done += 1;
                } else {
                    acts.done.extend(prediction(&outcome.claims[p], act));
                }
            }
        }
        acts
    }
}

fn prediction(claim: &Claim, act: &str) -> Option<Prediction> {
    Some(Prediction {
        probability: claim.confidence.act?,
        right: claim.act == act,
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
