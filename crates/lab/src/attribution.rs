//! `lab eval attribution`: claims against PolNeAR, article by article, with what was missed, what was too much, how well the
//! reader knew which, and what damaged copies cost.
//!
//! It does not know how claims are found, nor how a pair is judged (that is `score`).

use crate::attributions::outcome::{self, Outcome};
use crate::attributions::{copies, examples};
use crate::corrupt::Corruption;
use crate::data::{self, Data, Failure};
use crate::polnear::{self, Article};
use crate::product::Product;
use crate::score::Figures;
use crate::{claims, parallel, report};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// What to read and what to print.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// The part of the gold: `dev`, or `train` for diagnostics
    #[arg(long, default_value = "dev", value_name = "PART")]
    split: String,
    /// Only N articles, evenly spread over the part
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Claims from lines of `extract --format jsonl` (`-` for standard input)
    #[arg(long, value_name = "FILE")]
    lines: Option<PathBuf>,
    /// Also, for each claim's first rule, how many of its claims are right
    #[arg(long)]
    by_rule: bool,
    /// Also what is lost on damaged copies: one kind, or each
    #[arg(long, value_name = "KIND", value_enum, conflicts_with = "lines")]
    corrupt: Option<Option<Corruption>>,
    /// The seed of the copies
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Writes the gold relations that no claim matches, for the developer's eyes
    #[arg(long, value_name = "FILE")]
    misses: Option<PathBuf>,
    /// Writes the claims that match no gold relation, for the developer's eyes
    #[arg(long, value_name = "FILE")]
    extras: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            split: "dev".to_owned(),
            sample: None,
            lines: None,
            by_rule: false,
            corrupt: None,
            seed: 1,
            misses: None,
            extras: None,
        }
    }
}

/// Scores the claims and prints the figures beside those of other systems.
pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let mut articles = polnear::load(data, &options.split)?;
    if let Some(count) = options.sample {
        articles = spread(articles, count);
    }
    if let Some(lines) = &options.lines {
        let by_file = claims::read_lines(lines)?;
        let outcomes = parallel::map(&articles, jobs, |article| {
            let claims = by_file.get(data::name(&article.path));
            Outcome::of(article, claims.cloned().unwrap_or_default(), Duration::ZERO)
        });
        return print(&articles, &outcomes, options);
    }
    let product = Product::new(None)?;
    let outcomes = Outcome::read(&product, &articles, jobs)?;
    print(&articles, &outcomes, options)?;
    if let Some(kind) = options.corrupt {
        let kinds = Corruption::damages(kind);
        let plain = outcome::figures(&outcomes);
        copies::print(&product, &articles, &plain, &kinds, options.seed, jobs)?;
    }
    Ok(())
}

fn print(articles: &[Article], outcomes: &[Outcome], options: &Options) -> Result<(), Failure> {
    let figures = outcome::figures(outcomes);
    let claims: usize = outcomes.iter().map(|outcome| outcome.claims.len()).sum();
    let torn: usize = outcomes.iter().map(|outcome| outcome.torn).sum();
    report::show(
        &format!(
            "PolNeAR {}: {claims} claims, {torn} spans that do not slice to their text",
            options.split
        ),
        &figures,
    );
    let (words, spent) = (outcome::words(articles), outcome::spent(outcomes));
    let is_timed = options.lines.is_none();
    println!();
    report::systems(&[report::Row::new(
        &format!(
            "Rashomon, this run ({}, {} articles)",
            options.split,
            articles.len()
        ),
        &figures,
        is_timed.then(|| outcome::speed(words, spent)),
    )]);
    report::measured_on_test();
    print_shown(&figures, outcomes);
    outcome::sureness(outcomes).print();
    if is_timed {
        report::speed(
            words,
            "words",
            spent,
            "thread CPU time from the file's bytes to its annotations, without loading lexicons and without scoring",
        );
    }
    if options.by_rule {
        print_rules(outcomes);
    }
    let examples = |of: &dyn Fn(&Article, &Outcome) -> String| -> String {
        let both = articles.iter().zip(outcomes);
        both.map(|(article, outcome)| of(article, outcome))
            .collect()
    };
    if let Some(path) = &options.misses {
        let misses = examples(&|article, outcome| {
            examples::misses(article, &outcome.given, &outcome.scored, |p| {
                outcome.claims[p].rule.clone()
            })
        });
        data::write_outside_checkout(path, &misses)?;
    }
    if let Some(path) = &options.extras {
        let extras = examples(&|article, outcome| {
            examples::extras(article, &outcome.given, &outcome.scored, |p| {
                let claim = &outcome.claims[p];
                format!("{}\t{}", claim.rule, claim.act)
            })
        });
        data::write_outside_checkout(path, &extras)?;
    }
    Ok(())
}

/// The claims shown beside all claims. Lines that do not tell standings print nothing of them.
fn print_shown(figures: &Figures, outcomes: &[Outcome]) {
    let mut shown = Figures::default();
    for outcome in outcomes {
        shown += outcome.shown;
    }
    if shown.relation.given > 0 {
        println!();
        report::beside(&[("all claims", figures), ("shown claims alone", &shown)]);
        println!(
            "of 100 attributions {:.0} are found and shown; of 100 claims shown {:.0} are right",
            shown.relation.recall(),
            shown.relation.precision()
        );
    }
}

/// How many claims each rule gives and how many of them are right.
fn print_rules(outcomes: &[Outcome]) {
    #[derive(Default)]
    struct Rule {
        claims: usize,
        content: usize,
        right: usize,
    }
    let mut rules: BTreeMap<&str, Rule> = BTreeMap::new();
    for outcome in outcomes {
        for claim in &outcome.claims {
            rules.entry(&claim.rule).or_default().claims += 1;
        }
        for (pairs, is_right) in [
            (&outcome.scored.content_pairs, false),
            (&outcome.scored.pairs, true),
        ] {
            for &(_, p) in pairs {
                let rule = rules.entry(&outcome.claims[p].rule).or_default();
                if is_right {
                    rule.right += 1;
                } else {
                    rule.content += 1;
                }
            }
        }
    }
    let mut rules: Vec<(&str, Rule)> = rules.into_iter().collect();
    rules.sort_by(|a, b| b.1.claims.cmp(&a.1.claims).then(a.0.cmp(b.0)));
    println!();
    println!(
        "claims by their first rule: with the content of a gold relation, and with its source too"
    );
    println!(
        "{:40} {:>7} {:>7} {:>6} {:>7} {:>6}",
        "rule", "claims", "content", "%", "right", "%"
    );
    for (name, rule) in rules {
        #[expect(clippy::cast_precision_loss, reason = "counts of claims are small")]
        let share = |part: usize| 100.0 * part as f64 / rule.claims.max(1) as f64;
        println!(
            "{:40} {:>7} {:>7} {:>6.1} {:>7} {:>6.1}",
            if name.is_empty() {
                "(none given)"
            } else {
                name
            },
            rule.claims,
            rule.content,
            share(rule.content),
            rule.right,
            share(rule.right)
        );
    }
}

/// `count` items, evenly spread over the list; all where there are fewer.
fn spread<T>(items: Vec<T>, count: usize) -> Vec<T> {
    let total = items.len();
    if count >= total {
        return items;
    }
    items
        .into_iter()
        .enumerate()
        // The k-th of n items is taken where k·count/n steps to the next whole number.
        .filter(|(i, _)| (i * count) / total != ((i + 1) * count) / total)
        .map(|(_, item)| item)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_spread_evenly() {
        let picked = spread((0..10).collect(), 3);
        assert_eq!(picked, [3, 6, 9]);
        assert_eq!(spread(vec![1, 2], 5), [1, 2]);
        assert!(spread(vec![1, 2], 0).is_empty());
    }
}
