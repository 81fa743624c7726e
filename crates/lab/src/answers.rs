//! How headlines and articles answer claims, against our own labels: `gold/answers.tsv`.
//!
//! Besides the seven relations it counts three stances: for, against, and neither.

use crate::data::{self, Failure};
use crate::matters::matching;
use crate::product::Product;
use link::answers::{Matching, Side, answer};
use std::collections::{BTreeMap, BTreeSet};
use text::Document;

const PAIRS: &str = "gold/answers.tsv";
const ARTICLES: &str = "gold/answers.articles.txt";
const ARTICLE: &str = "article:";

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// The test half too; do so rarely
    #[arg(long)]
    test: bool,
    /// Also the pairs of the dev half that come out wrong
    #[arg(long)]
    errors: bool,
}

/// A labelled pair.
struct Pair {
    id: String,
    half: String,
    relation: String,
    left: String,
    right: String,
    is_article: bool,
}

/// Prints the figures.
pub fn run(options: &Options) -> Result<(), Failure> {
    let product = Product::new(None)?;
    let matching = matching()?;
    let pairs = load()?;
    for half in ["dev", "test"] {
        if half == "test" && !options.test {
            continue;
        }
        for is_article in [false, true] {
            let of_half: Vec<&Pair> = pairs
                .iter()
                .filter(|pair| pair.half == half && pair.is_article == is_article)
                .collect();
            let what = if is_article { "articles" } else { "headlines" };
            println!("{half}, claims and {what}: {} pairs", of_half.len());
            measure(
                &product,
                &matching,
                &of_half,
                options.errors && half == "dev",
            );
        }
    }
    Ok(())
}

fn measure(product: &Product, matching: &Matching, pairs: &[&Pair], errors: bool) {
    let mut sides: BTreeMap<&str, Side> = BTreeMap::new();
    for text in pairs.iter().flat_map(|pair| [&*pair.left, &*pair.right]) {
        sides.entry(text).or_insert_with(|| {
            let document = Document::plain(text);
            Side::new(text, &product.outline(&document), matching)
        });
    }
    let mut relations = Vec::new();
    let mut stances = Vec::new();
    let mut four = Vec::new();
    for pair in pairs {
        let found = answer(&sides[&*pair.left], &sides[&*pair.right], matching);
        let given = found.relation.as_str();
        relations.push((pair.relation.clone(), given.to_owned()));
        stances.push((
            stance(&pair.relation, "observing").to_owned(),
            stance(given, "observing").to_owned(),
        ));
        four.push((
            stance(&pair.relation, "unrelated").to_owned(),
            stance(given, "unrelated").to_owned(),
        ));
        if errors && stance(&pair.relation, "unrelated") != stance(given, "unrelated") {
            let right: String = pair.right.chars().take(90).collect();
            println!(
                "  {} {:11} {given:11} {:.2} {} | {right} | {}",
                pair.id,
                pair.relation,
                found.related,
                pair.left,
                found.reasons.join("; ")
            );
        }
    }
    table("relations", &relations);
    table("for, against, observing", &stances);
    table("the same, unrelated apart", &four);
}

/// The stance that a relation stands for.
fn stance<'r>(relation: &'r str, unrelated: &'r str) -> &'r str {
    match relation {
        "affirms" => "for",
        "denies" | "alternative" | "quantity" => "against",
        "unrelated" => unrelated,
        _ => "observing",
    }
}

/// Accuracy, F1 of each label and their mean.
fn table(name: &str, given: &[(String, String)]) {
    let labels: BTreeSet<&str> = given.iter().map(|(label, _)| &**label).collect();
    let mut line = String::new();
    let mut sum = 0.0;
    for label in &labels {
        let hits = given
            .iter()
            .filter(|(one, other)| one == label && other == label)
            .count();
        let all = given.iter().filter(|(one, _)| one == label).count()
            + given.iter().filter(|(_, other)| other == label).count();
        let f1 = 2.0 * hits as f64 / all.max(1) as f64;
        sum += f1;
        line += &format!("  {label} {f1:.3}");
    }
    let right = given.iter().filter(|(one, other)| one == other).count();
    println!(
        "  {name}: accuracy {:.3}, macro-F1 {:.3};{line}",
        right as f64 / given.len().max(1) as f64,
        sum / labels.len().max(1) as f64
    );
}

fn load() -> Result<Vec<Pair>, Failure> {
    let text = data::text(&data::checkout().join(ARTICLES))?;
    let mut articles: BTreeMap<&str, String> = BTreeMap::new();
    let mut key = "";
    for line in text.lines() {
        if let Some(next) = line.strip_prefix("## ") {
            key = next.trim();
        } else if !line.starts_with('#') && !key.is_empty() {
            let article = articles.entry(key).or_default();
            article.push_str(line);
            article.push('\n');
        }
    }
    let mut pairs = Vec::new();
    for line in data::text(&data::checkout().join(PAIRS))?.lines() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, half, relation, left, right] = fields[..] else {
            return Err(Failure(format!("{PAIRS}: not five columns: {line}")));
        };
        let article = right.strip_prefix(ARTICLE);
        let right = match article {
            Some(key) => articles
                .get(key)
                .ok_or_else(|| Failure(format!("{PAIRS}: no article {key}")))?
                .clone(),
            None => right.to_owned(),
        };
        pairs.push(Pair {
            id: id.to_owned(),
            half: half.to_owned(),
            relation: relation.to_owned(),
            left: left.to_owned(),
            right,
            is_article: article.is_some(),
        });
    }
    Ok(pairs)
}
