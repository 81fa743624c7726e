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
    /// Fixes the order of paragraphs
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// The least weight that is kept of what is learnt from our own paragraphs alone, in either round: they are few.
const LEAST_OF_OWN: [f64; 2] = [4.0, 4.0];

/// Of so many direct quotations with a named source one is learnt from in the form “…” — Name, which is common where
/// voices are listed and next to absent from PolNeAR.
const SIGNED: usize = 12;

/// Some of the direct quotations with their speakers behind a dash, each a paragraph of its own.
fn signed_quotations(articles: &[Article]) -> Vec<Article> {
    const DASHES: [&str; 4] = ["—", "―", "–", "-"];
    let mut signed = Vec::new();
    let mut seen = 0_usize;
    for article in articles {
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
    let mut articles = own::load(&data::checkout().join(PARAGRAPHS))?;
    let owned = articles.len();
    if !options.own {
        articles.extend(polnear::load(data, "train")?);
    }
    let signed = signed_quotations(&articles);
    let signed_count = signed.len();
    articles.extend(signed);
    let documents: Vec<LearningAttributions> = parallel::map(&articles, jobs, |article| {
        let group = folds::hash(data::name(&article.path).as_bytes(), 11);
        let readings = read(&product, article)?;
        Ok(readings
            .into_iter()
            .map(|reading| learning(reading, &article.gold, group))
            .collect::<Vec<_>>())
    })
    .into_iter()
    .collect::<Result<Vec<_>, Failure>>()?
    .into_iter()
    .flatten()
    .collect();
    let mut training = AttributionTraining {
        seed: options.seed,
        ..AttributionTraining::default()
    };
    if options.own {
        training.least = LEAST_OF_OWN;
    }
    let report = train(&documents, &training);
    let path = data::write_learnt(options.out.as_ref(), FILE, &report.bytes)?;
    println!(
        "{} documents ({owned} of our own, {signed_count} of signed quotations), {} tokens, {} attributions; {}: {} bytes (cues and parts {}, links {}, edges {}, confidences {})",
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
