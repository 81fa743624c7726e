//! `lab eval attributions`: the learned reader alone against PolNeAR, or against our own paragraphs.
//!
//! It does not know how attributions become claims; `lab eval attribution` measures those.

use super::sureness::Sureness;
use super::{FILE, examples, own, read, spans};
use crate::data::{self, Data, Failure};
use crate::parallel;
use crate::polnear;
use crate::product::Product;
use crate::report;
use crate::score::{Attribution, Figures, Scored, score};
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
    given: Vec<Attribution>,
    /// How sure the reader is of each: of the attribution, and of its source too.
    sure: Vec<(f64, f64)>,
    scored: Scored,
    tokens: usize,
    spent: Duration,
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
        Ok(Outcome {
            scored: score(&article.text, &article.gold, &given),
            given,
            sure,
            tokens,
            spent,
        })
    })
    .into_iter()
    .collect::<Result<Vec<Outcome>, Failure>>()?;
    let mut figures = Figures::default();
    let mut sureness = Sureness::default();
    let (mut tokens, mut spent) = (0, Duration::ZERO);
    for outcome in &outcomes {
        figures += outcome.scored.figures;
        tokens += outcome.tokens;
        spent += outcome.spent;
        for (p, &(attribution, relation)) in outcome.sure.iter().enumerate() {
            let source = relation / attribution.max(f64::MIN_POSITIVE);
            sureness.add(&outcome.scored, p, attribution, source);
        }
    }
    report::show(
        &format!("{} articles, the learned reader alone", articles.len()),
        &figures,
    );
    sureness.print();
    report::speed(tokens, "tokens", spent, "this stage alone");
    if let Some(path) = &options.errors {
        let errors: String = articles
            .iter()
            .zip(&outcomes)
            .map(|(article, outcome)| {
                let noted = |p: usize| format!("{:.2}", outcome.sure[p].1);
                let (given, scored) = (&outcome.given, &outcome.scored);
                examples::misses(article, given, scored, noted)
                    + &examples::extras(article, given, scored, noted)
            })
            .collect();
        data::write_outside_checkout(path, &errors)?;
    }
    Ok(())
}
