//! Body text of news pages by the method of article-extraction-benchmark: 4-token shingles, averaged over pages.
//!
//! The body is every block that is neither boilerplate nor headline; the gold never holds the title. A page without any
//! text is left out of precision and counts as nothing found in recall.

use crate::chance::Chance;
use crate::data::{self, Data, Failure};
use crate::parallel;
use crate::product::Product;
use crate::scan::is_word;
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use text::{BlockKind, Document};

/// What to print.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Also the ten pages with the lowest F1
    #[arg(long)]
    worst: bool,
}

/// Reads the pages, scores their bodies and prints precision, recall and F1 with 95 % intervals.
pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let truth: BTreeMap<String, Truth> =
        serde_json::from_str(&data::text(&data.at("pages/ground-truth.json")?)?)
            .map_err(|error| Failure(format!("the pages' ground truth cannot be read: {error}")))?;
    let folder = data.at("pages/html")?;
    let product = Product::new(None)?;
    let keys: Vec<&String> = truth.keys().collect();
    let counts: Vec<Counts> = parallel::map(&keys, jobs, |key| {
        let gold = shingles(&truth[*key].article_body);
        let text = body(&product, &folder.join(format!("{key}.html.gz")))?;
        let given = shingles(&text);
        Ok(Counts {
            both: gold
                .iter()
                .map(|(shingle, wanted)| *wanted.min(given.get(shingle).unwrap_or(&0)))
                .sum(),
            given: given.values().sum(),
            wanted: gold.values().sum(),
        })
    })
    .into_iter()
    .collect::<Result<_, Failure>>()?;

    println!(
        "{} pages, {} with text",
        counts.len(),
        counts.iter().filter(|page| page.given > 0).count()
    );
    let intervals = intervals(&counts);
    for (i, name) in ["precision", "recall", "F1"].iter().enumerate() {
        println!(
            "{name:9} {:.3} [{:.3}, {:.3}]",
            figures(&counts)[i],
            intervals[i].0,
            intervals[i].1
        );
    }
    if options.worst {
        let mut worst: Vec<([f64; 3], &String)> = counts
            .iter()
            .map(|page| figures(std::slice::from_ref(page)))
            .zip(keys)
            .collect();
        worst.sort_by(|a, b| a.0[2].total_cmp(&b.0[2]));
        for ([precision, recall, f1], key) in worst.into_iter().take(10) {
            let url = truth[key].url.as_deref().unwrap_or("");
            println!("{precision:.3} {recall:.3} {f1:.3} {key} {url}");
        }
    }
    Ok(())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Truth {
    #[serde(default)]
    article_body: String,
    url: Option<String>,
}

/// Shingles of one page: in both texts, in the given one, in the wanted one.
#[derive(Debug, Clone, Copy)]
struct Counts {
    both: usize,
    given: usize,
    wanted: usize,
}

/// The text of a gzipped page's blocks, boilerplate and headline left out.
fn body(product: &Product, page: &Path) -> Result<String, Failure> {
    let packed = data::bytes(page)?;
    let mut html = Vec::new();
    GzDecoder::new(&*packed)
        .read_to_end(&mut html)
        .map_err(|error| Failure(format!("{} cannot be unpacked: {error}", page.display())))?;
    let named = PathBuf::from(data::name(page).trim_end_matches(".gz"));
    // A page that cannot be read counts as one without text.
    let documents = product.documents(&named, &html).unwrap_or_default();
    Ok(documents.iter().map(body_of).collect::<Vec<_>>().join("\n"))
}

fn body_of(document: &Document) -> String {
    document
        .blocks
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Boilerplate | BlockKind::Headline))
        .map(|block| block.span.slice(&document.text))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every run of four words with how often it occurs; a shorter text is one run.
fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    const LENGTH: usize = 4;
    let words: Vec<&str> = text
        .split(|c| !is_word(c))
        .filter(|word| !word.is_empty())
        .collect();
    let mut counted = BTreeMap::new();
    if words.len() < LENGTH {
        if !words.is_empty() {
            counted.insert(words, 1);
        }
        return counted;
    }
    for run in words.windows(LENGTH) {
        *counted.entry(run.to_vec()).or_insert(0) += 1;
    }
    counted
}

/// Precision, recall and F1 of the means, as shares.
fn figures(pages: &[Counts]) -> [f64; 3] {
    let mean = |of: fn(&Counts) -> usize| {
        let (mut sum, mut count) = (0.0, 0.0);
        for page in pages.iter().filter(|page| of(page) > 0) {
            #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
            let share = page.both as f64 / of(page) as f64;
            sum += share;
            count += 1.0;
        }
        if count > 0.0 { sum / count } else { 0.0 }
    };
    let precision = mean(|page| page.given);
    let recall = mean(|page| page.wanted);
    let f1 = if precision + recall > 0.0 {
        2.0 * precision * recall / (precision + recall)
    } else {
        0.0
    };
    [precision, recall, f1]
}

/// The 2.5th and 97.5th percentile of each figure over 1,000 resamplings of the pages.
fn intervals(pages: &[Counts]) -> [(f64, f64); 3] {
    let mut chance = Chance::new(1);
    let drawn: Vec<[f64; 3]> = (0..1000)
        .map(|_| {
            let sample: Vec<Counts> = chance
                .choices(pages.len())
                .into_iter()
                .map(|i| pages[i])
                .collect();
            figures(&sample)
        })
        .collect();
    std::array::from_fn(|i| {
        let mut values: Vec<f64> = drawn.iter().map(|figures| figures[i]).collect();
        values.sort_by(f64::total_cmp);
        (values[25], values[975])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shingles_are_runs_of_four_words() {
        let counted = shingles("a b, c d! a b c d");
        assert_eq!(counted[&vec!["a", "b", "c", "d"]], 2);
        assert_eq!(counted.values().sum::<usize>(), 5);
        assert_eq!(
            shingles("It’s so").keys().next(),
            Some(&vec!["It", "s", "so"])
        );
        assert!(shingles(" . ").is_empty());
    }

    #[test]
    fn an_empty_page_costs_recall_alone() {
        let page = |both, given, wanted| Counts {
            both,
            given,
            wanted,
        };
        let [precision, recall, f1] = figures(&[page(8, 10, 8), page(0, 0, 10)]);
        assert_eq!((precision, recall), (0.8, 0.5));
        assert!((f1 - 2.0 * 0.8 * 0.5 / 1.3).abs() < 1e-12);
        assert_eq!(figures(&[page(0, 0, 0)]), [0.0; 3]);
        assert_eq!(
            intervals(&[page(1, 2, 4); 3]),
            [(0.5, 0.5), (0.25, 0.25), (1.0 / 3.0, 1.0 / 3.0)]
        );
    }

    #[test]
    fn headline_and_boilerplate_are_no_body() {
        let mut document = Document::plain("A headline\n\nThe army left.\n\nRead also this");
        document.blocks[0].kind = BlockKind::Headline;
        document.blocks[2].kind = BlockKind::Boilerplate;
        assert_eq!(body_of(&document).trim(), "The army left.");
    }
}
