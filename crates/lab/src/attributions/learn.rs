//! `lab train attributions`: learns the reader of attributions from PolNeAR's train part, or from our own paragraphs alone.
//!
//! It does not know features.

use super::{FILE, PARAGRAPHS, learning, own, read};
use crate::data::{self, Data, Failure};
use crate::mentions::folds;
use crate::parallel;
use crate::polnear::{self, Article};
use crate::product::Product;
use crate::score::{Attribution, is_direct};
use annotate::attribution_reader::{AttributionTraining, LearningAttributions, train};
use std::path::PathBuf;
use text::Span;

/// What to learn from and where to write.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Where the weights go (default: models/attributions.bin of this checkout)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Learn from our own paragraphs alone
    #[arg(long)]
    own: bool,
    /// The files of our own paragraphs (default: gold/paragraphs.marks of this checkout, where there is one)
    #[arg(long, value_name = "FILE")]
    paragraphs: Vec<PathBuf>,
    /// Only every Nth article of PolNeAR
    #[arg(long, default_value_t = 1, value_name = "N")]
    every: usize,
    /// How often a pass sees our own paragraphs
    #[arg(long, default_value_t = 1, value_name = "N")]
    repeat: usize,
    /// Fixes the order of paragraphs
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Passes over the data for the model of all parts
    #[arg(long)]
    epochs: Option<usize>,
    /// By how much a wrong label must lose
    #[arg(long)]
    margin: Option<i32>,
    /// By how much more a label must lose that leaves a part out
    #[arg(long, allow_negative_numbers = true)]
    miss: Option<i32>,
    /// Least weight kept after the first round
    #[arg(long)]
    least: Option<f64>,
    /// Least weight kept after the second round
    #[arg(long)]
    least_kept: Option<f64>,
    /// Learners whose mean is taken
    #[arg(long)]
    learners: Option<u64>,
}

/// Of so many direct quotations with a named source one is learnt from in the form “…” — Name, which is common where
/// voices are listed and next to absent from PolNeAR.
const SIGNED: usize = 12;

/// Some of the direct quotations with their speakers behind a dash, each a paragraph of its own.
fn signed_quotations(articles: &[(Article, usize)]) -> Vec<Article> {
    const DASHES: [&str; 4] = ["—", "―", "–", "-"];
    let mut signed = Vec::new();
    let mut seen = 0_usize;
    for (article, _) in articles {
        let mut made = Article {
            path: article.path.with_extension("signed.txt"),
            text: String::new(),
            gold: Vec::new(),
        };
        for gold in &article.gold {
            let ([content], [source]) = (&gold.content[..], &gold.source[..]) else {
                continue;
            };
            let (quote, name) = (content.slice(&article.text), source.slice(&article.text));
            let words = name.split_whitespace();
            let named = words.clone().count() <= 5
                && words
                    .clone()
                    .all(|word| word.starts_with(char::is_uppercase))
                && words.clone().count() >= 2;
            if !named || !is_direct(&article.text, gold) || quote.contains('\n') {
                continue;
            }
            seen += 1;
            if !seen.is_multiple_of(SIGNED) {
                continue;
            }
            let turn = seen / SIGNED;
            let mut add = |words: &str| {
                let start = made.text.len();
                made.text.push_str(words);
                vec![Span::new(start, made.text.len())]
            };
            let content = add(quote);
            add(if turn.is_multiple_of(3) { "" } else { " " });
            let cue = add(DASHES[turn % DASHES.len()]);
            add(" ");
            let source = add(name.trim_end_matches(','));
            add(if turn.is_multiple_of(5) {
                ".\n\n"
            } else {
                "\n\n"
            });
            made.gold.push(Attribution {
                source,
                cue,
                content,
            });
        }
        if !made.gold.is_empty() {
            signed.push(made);
        }
    }
    signed
}

/// Trains and writes the weights.
pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let product = Product::without_attributions()?;
    let mut articles: Vec<(Article, usize)> = Vec::new();
    let default = data::checkout().join(PARAGRAPHS);
    let mut files = options.paragraphs.clone();
    if files.is_empty() && default.exists() {
        files.push(default);
    }
    for file in &files {
        articles.extend(
            own::load(file)?
                .into_iter()
                .map(|own| (own, options.repeat)),
        );
    }
    let owned = articles.len();
    if !options.own {
        let part = polnear::load(data, "train")?.into_iter();
        articles.extend(
            part.step_by(options.every.max(1))
                .map(|article| (article, 1)),
        );
    }
    let signed = signed_quotations(&articles);
    let signed_count = signed.len();
    articles.extend(signed.into_iter().map(|article| (article, 1)));
    let documents: Vec<LearningAttributions> =
        parallel::map(&articles, jobs, |(article, repeat)| {
            let group = folds::hash(data::name(&article.path).as_bytes(), 11);
            let readings = read(&product, article)?;
            Ok(readings
                .into_iter()
                .map(|reading| learning(reading, &article.gold, group, *repeat))
                .collect::<Vec<_>>())
        })
        .into_iter()
        .collect::<Result<Vec<_>, Failure>>()?
        .into_iter()
        .flatten()
        .collect();
    let default = AttributionTraining::default();
    let report = train(
        &documents,
        &AttributionTraining {
            seed: options.seed,
            epochs: options.epochs.unwrap_or(default.epochs),
            margin: options.margin.unwrap_or(default.margin),
            miss: options.miss.unwrap_or(default.miss),
            least: [
                options.least.unwrap_or(default.least[0]),
                options.least_kept.unwrap_or(default.least[1]),
            ],
            learners: options.learners.unwrap_or(default.learners),
            ..default
        },
    );
    let path = options
        .out
        .clone()
        .unwrap_or_else(|| data::checkout().join(FILE));
    std::fs::write(&path, &report.bytes)
        .map_err(|error| Failure(format!("{} cannot be written: {error}", path.display())))?;
    println!(
        "{} documents ({owned} of our own, {signed_count} of signed quotations), {} tokens, {} attributions; {}: {} bytes (cues {}, parts {}, links {}, confidences {})",
        documents.len(),
        documents
            .iter()
            .map(|document| document.reading.tokens())
            .sum::<usize>(),
        documents
            .iter()
            .map(|document| document.gold.len())
            .sum::<usize>(),
        path.display(),
        report.bytes.len(),
        report.sizes[0],
        report.sizes[1],
        report.sizes[2],
        report.sizes[3],
    );
    Ok(())
}
