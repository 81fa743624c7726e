//! `lab eval attributions`: the learned reader alone against PolNeAR, or against our own paragraphs.
//!
//! It does not know how attributions become claims; `lab eval attribution` measures those.

use super::{FILE, own, read, spans};
use crate::calibration::{Prediction, calibration_error, precision_at};
use crate::data::{self, Data, Failure};
use crate::parallel;
use crate::polnear;
use crate::product::Product;
use crate::report;
use crate::score::{Attribution, Figures, score};
use annotate::attribution_reader::{AttributionModel, AttributionRoom};
use cpu_time::ThreadTime;
use std::path::PathBuf;
use std::time::Duration;

/// What to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// The weights (default: models/attributions.bin of this checkout)
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// Measure on these paragraphs of our own instead of PolNeAR's dev part
    #[arg(long, value_name = "FILE")]
    paragraphs: Option<PathBuf>,
    /// Leave out what is less likely than this to be right
    #[arg(long, default_value_t = 0.0, value_name = "P")]
    least: f64,
    /// Writes what was missed and what was too much, for the developer's eyes
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            weights: None,
            paragraphs: None,
            least: 0.0,
            errors: None,
        }
    }
}

/// What came of one article.
struct Outcome {
    figures: Figures,
    content: Vec<Prediction>,
    relation: Vec<Prediction>,
    tokens: usize,
    spent: Duration,
    errors: String,
}

/// Reads and scores.
pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let product = Product::without_attributions()?;
    let path = options
        .weights
        .clone()
        .unwrap_or_else(|| data::checkout().join(FILE));
    let model = AttributionModel::from_bytes(&data::bytes(&path)?)
        .map_err(|damage| Failure(format!("{}: {damage}", path.display())))?;
    let articles = match &options.paragraphs {
        Some(file) => own::load(file)?,
        None => polnear::load(data, "dev")?,
    };
    let outcomes = parallel::map(&articles, jobs, |article| {
        let mut room = AttributionRoom::default();
        let mut given: Vec<Attribution> = Vec::new();
        let mut sure = Vec::new();
        let (mut spent, mut tokens) = (Duration::ZERO, 0);
        for reading in read(&product, article)? {
            let start = ThreadTime::now();
            let found = model.read(&reading, &mut room);
            spent += start.elapsed();
            tokens += reading.tokens();
            for linked in found
                .iter()
                .filter(|linked| linked.relation >= options.least)
            {
                given.push(spans(&reading, linked));
                sure.push((linked.attribution, linked.relation));
            }
        }
        let scored = score(&article.text, &article.gold, &given);
        let predictions = |relation: bool| {
            sure.iter()
                .enumerate()
                .map(|(p, sure)| Prediction {
                    probability: if relation { sure.1 } else { sure.0 },
                    right: if relation {
                        scored.is_right(p)
                    } else {
                        scored.has_content(p)
                    },
                })
                .collect()
        };
        let mut errors = String::new();
        if options.errors.is_some() {
            let mark = |attribution: &Attribution| {
                crate::marks::write(
                    &article.text,
                    &[
                        ("source", &attribution.source),
                        ("cue", &attribution.cue),
                        ("content", &attribution.content),
                    ],
                )
            };
            for (g, gold) in article.gold.iter().enumerate() {
                if !scored.pairs.iter().any(|pair| pair.0 == g) {
                    let near = scored.content_pairs.iter().find(|pair| pair.0 == g);
                    errors += &format!("MISSED\t{}\n", mark(gold));
                    if let Some(pair) = near {
                        errors += &format!("  as\t{}\n", mark(&given[pair.1]));
                    }
                }
            }
            for (p, found) in given.iter().enumerate() {
                if !scored.has_content(p) {
                    errors += &format!("EXTRA {:.2}\t{}\n", sure[p].1, mark(found));
                }
            }
        }
        Ok(Outcome {
            content: predictions(false),
            relation: predictions(true),
            figures: scored.figures,
            tokens,
            spent,
            errors,
        })
    })
    .into_iter()
    .collect::<Result<Vec<Outcome>, Failure>>()?;
    let mut figures = Figures::default();
    let (mut content, mut relation) = (Vec::new(), Vec::new());
    let (mut tokens, mut spent, mut errors) = (0, Duration::ZERO, String::new());
    for outcome in outcomes {
        figures += outcome.figures;
        content.extend(outcome.content);
        relation.extend(outcome.relation);
        tokens += outcome.tokens;
        spent += outcome.spent;
        errors += &outcome.errors;
    }
    report::show(
        &format!("{} articles, the learned reader alone", articles.len()),
        &figures,
    );
    for part in [0.25, 0.5, 0.75, 1.0] {
        println!(
            "surest {:3.0} %: relation {:.1}, content {:.1}",
            100.0 * part,
            100.0 * precision_at(&relation, part),
            100.0 * precision_at(&content, part)
        );
    }
    println!(
        "calibration error (10 bins): attribution {:.3}, with its source {:.3}",
        calibration_error(&content),
        calibration_error(&relation)
    );
    #[expect(clippy::cast_precision_loss, reason = "counts of tokens are small")]
    let speed = tokens as f64 / spent.as_secs_f64().max(1e-9);
    println!("{tokens} tokens, {speed:.0} a CPU second for this stage alone");
    if let Some(path) = &options.errors {
        data::write_outside_checkout(path, &errors)?;
    }
    Ok(())
}
