//! `lab eval attribution`: claims against PolNeAR, article by article, with what was missed, what was too much, and how
//! well the reader knew which.
//!
//! It does not know how claims are found, nor how a pair is judged (that is `score`).

use crate::calibration::{Prediction, calibration_error, precision_at};
use crate::claims::{self, Claim};
use crate::data::{self, Data, Failure};
use crate::polnear::{self, Article};
use crate::product::Product;
use crate::score::{Attribution, Figures, Scored, score};
use crate::{marks, parallel, report};
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
    let results: Vec<Result<Outcome, Failure>> = match &options.lines {
        Some(lines) => {
            let by_file = claims::read_lines(lines)?;
            parallel::map(&articles, jobs, |article| {
                let claims = by_file.get(data::name(&article.path));
                Ok(Outcome::of(
                    article,
                    claims.cloned().unwrap_or_default(),
                    Duration::ZERO,
                ))
            })
        }
        None => {
            let product = Product::new(None)?;
            parallel::map(&articles, jobs, |article| {
                let (claims, spent) =
                    product.timed_claims(&article.path, article.text.as_bytes())?;
                Ok(Outcome::of(article, claims, spent))
            })
        }
    };
    let outcomes: Vec<Outcome> = results.into_iter().collect::<Result<_, _>>()?;
    print(&articles, &outcomes, options)
}

/// One article's claims and score.
struct Outcome {
    claims: Vec<Claim>,
    given: Vec<Attribution>,
    /// Spans that do not slice to their text.
    torn: usize,
    scored: Scored,
    /// Of the claims that are shown, the others left out.
    shown: Figures,
    /// CPU time of reading.
    spent: Duration,
}

impl Outcome {
    fn of(article: &Article, claims: Vec<Claim>, spent: Duration) -> Self {
        let (given, torn): (Vec<Attribution>, Vec<usize>) = claims
            .iter()
            .map(|claim| claim.spans(&article.text))
            .unzip();
        let shown: Vec<Attribution> = claims
            .iter()
            .zip(&given)
            .filter(|(claim, _)| claim.is_shown())
            .map(|(_, attribution)| attribution.clone())
            .collect();
        Self {
            scored: score(&article.text, &article.gold, &given),
            shown: score(&article.text, &article.gold, &shown).figures,
            claims,
            given,
            torn: torn.into_iter().sum(),
            spent,
        }
    }
}

fn print(articles: &[Article], outcomes: &[Outcome], options: &Options) -> Result<(), Failure> {
    let mut figures = Figures::default();
    for outcome in outcomes {
        figures += outcome.scored.figures;
    }
    let claims: usize = outcomes.iter().map(|outcome| outcome.claims.len()).sum();
    let torn: usize = outcomes.iter().map(|outcome| outcome.torn).sum();
    report::show(
        &format!(
            "PolNeAR {}: {claims} claims, {torn} spans that do not slice to their text",
            options.split
        ),
        &figures,
    );
    report::compare(
        &format!("{}, {} articles", options.split, articles.len()),
        &figures,
    );
    print_confidence(&figures, outcomes);
    if options.lines.is_none() {
        print_speed(articles, outcomes);
    }
    if options.by_rule {
        print_rules(outcomes);
    }
    if let Some(path) = &options.misses {
        data::write_outside_checkout(path, &misses(articles, outcomes))?;
    }
    if let Some(path) = &options.extras {
        data::write_outside_checkout(path, &extras(articles, outcomes))?;
    }
    Ok(())
}

/// The claims shown beside all claims, and how well confidences foretell which are right. Lines that do not tell standings
/// or confidences print nothing of them.
fn print_confidence(figures: &Figures, outcomes: &[Outcome]) {
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
    let sure = Sureness::of(outcomes);
    if !sure.relation.is_empty() {
        println!();
        report::coverage(&[25.0, 50.0, 75.0, 100.0].map(|part| {
            let precision = |predictions| 100.0 * precision_at(predictions, part / 100.0);
            (
                part,
                precision(&sure.content_by_relation),
                precision(&sure.relation),
            )
        }));
        println!(
            "calibration error (10 bins, 0 to 1): attribution {:.3}; attribution with its source {:.3}",
            calibration_error(&sure.content),
            calibration_error(&sure.relation)
        );
    }
}

/// What the confidences of claims foretold, claim by claim.
#[derive(Default)]
struct Sureness {
    /// The confidence of the attribution, and whether the content is right.
    content: Vec<Prediction>,
    /// That of attribution and source together, and whether both are right.
    relation: Vec<Prediction>,
    /// That of attribution and source together, and whether the content is right.
    content_by_relation: Vec<Prediction>,
}

impl Sureness {
    fn of(outcomes: &[Outcome]) -> Self {
        let mut sureness = Self::default();
        for outcome in outcomes {
            for (p, claim) in outcome.claims.iter().enumerate() {
                let (Some(content), Some(relation)) =
                    (claim.confidence.attribution, claim.confidence.relation())
                else {
                    continue;
                };
                let has_content = outcome.scored.has_content(p);
                let is_right = outcome.scored.is_right(p);
                for (list, probability, right) in [
                    (&mut sureness.content, content, has_content),
                    (&mut sureness.relation, relation, is_right),
                    (&mut sureness.content_by_relation, relation, has_content),
                ] {
                    list.push(Prediction { probability, right });
                }
            }
        }
        sureness
    }
}

/// Words a second of one processor, for reading and annotating alone.
fn print_speed(articles: &[Article], outcomes: &[Outcome]) {
    let words: usize = articles
        .iter()
        .map(|article| article.text.split_whitespace().count())
        .sum();
    let seconds = outcomes
        .iter()
        .map(|outcome| outcome.spent)
        .sum::<Duration>()
        .as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
    let speed = words as f64 / seconds.max(1e-9);
    let build = if cfg!(debug_assertions) {
        "unoptimised build"
    } else {
        "optimised build"
    };
    println!();
    println!(
        "{words} words in {seconds:.2} CPU seconds: {speed:.0} words a CPU second ({build}; thread CPU time from the file's bytes to its annotations, without loading lexicons and without scoring)"
    );
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

/// The gold relations that no claim matches, one a line, with the claim that has the content where only the source is wrong.
fn misses(articles: &[Article], outcomes: &[Outcome]) -> String {
    let mut lines = String::new();
    for (article, outcome) in articles.iter().zip(outcomes) {
        for (g, gold) in article.gold.iter().enumerate() {
            let matched =
                |pairs: &[(usize, usize)]| pairs.iter().find(|pair| pair.0 == g).map(|pair| pair.1);
            if matched(&outcome.scored.pairs).is_some() {
                continue;
            }
            let name = data::name(&article.path);
            let wanted = bracketed(&article.text, gold);
            match matched(&outcome.scored.content_pairs) {
                Some(p) => {
                    let found = bracketed(&article.text, &outcome.given[p]);
                    let rule = &outcome.claims[p].rule;
                    lines += &format!("{name}\tsource\t{wanted}\n\tfound ({rule})\t{found}\n");
                }
                None => lines += &format!("{name}\tcontent\t{wanted}\n"),
            }
        }
    }
    lines
}

/// The claims that match no gold relation, one a line.
fn extras(articles: &[Article], outcomes: &[Outcome]) -> String {
    let mut lines = String::new();
    for (article, outcome) in articles.iter().zip(outcomes) {
        for (p, claim) in outcome.claims.iter().enumerate() {
            let paired = |pairs: &[(usize, usize)]| pairs.iter().any(|pair| pair.1 == p);
            if paired(&outcome.scored.pairs) {
                continue;
            }
            let wrong = if paired(&outcome.scored.content_pairs) {
                "source"
            } else {
                "content"
            };
            lines += &format!(
                "{}\t{wrong}\t{}\t{}\t{}\n",
                data::name(&article.path),
                claim.rule,
                claim.act,
                bracketed(&article.text, &outcome.given[p])
            );
        }
    }
    lines
}

fn bracketed(text: &str, attribution: &Attribution) -> String {
    marks::write(
        text,
        &[
            ("source", &attribution.source),
            ("cue", &attribution.cue),
            ("content", &attribution.content),
        ],
    )
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
    use crate::claims::{Confidence, Quoted};
    use text::Span;

    #[test]
    fn a_sample_is_spread_evenly() {
        let picked = spread((0..10).collect(), 3);
        assert_eq!(picked, [3, 6, 9]);
        assert_eq!(spread(vec![1, 2], 5), [1, 2]);
        assert!(spread(vec![1, 2], 0).is_empty());
    }

    #[test]
    fn shown_claims_and_confidences_are_counted_apart() {
        let text = "The mayor said it rained. Zaid denied that it snowed.".to_owned();
        let span = |words: &str| {
            let at = text.find(words).unwrap_or_default();
            Span::new(at, at + words.len())
        };
        let gold = vec![Attribution {
            source: vec![span("The mayor")],
            cue: vec![span("said")],
            content: vec![span("it rained")],
        }];
        let claim = |source: &str, content: &str, standing: &str, attribution: f64| Claim {
            source: vec![Quoted::new(span(source), &text)],
            content: vec![Quoted::new(span(content), &text)],
            confidence: Confidence {
                attribution: Some(attribution),
                source: Some(0.5),
            },
            standing: standing.to_owned(),
            ..Claim::default()
        };
        let claims = vec![
            claim("The mayor", "it rained", "shown", 0.75),
            claim("Zaid", "that it snowed", "suggested", 0.25),
        ];
        let article = Article {
            path: PathBuf::from("one.txt"),
            text: text.clone(),
            gold,
        };
        let outcome = Outcome::of(&article, claims, Duration::ZERO);
        let precision = |figures: Figures| figures.relation.precision();
        assert_eq!(
            (precision(outcome.scored.figures), precision(outcome.shown)),
            (50.0, 100.0)
        );
        let sure = Sureness::of(&[outcome]);
        let prediction = |probability, right| Prediction { probability, right };
        assert_eq!(
            sure.content,
            [prediction(0.75, true), prediction(0.25, false)]
        );
        assert_eq!(
            sure.relation,
            [prediction(0.375, true), prediction(0.125, false)]
        );
    }

    #[test]
    fn misses_and_extras_are_shown_in_brackets() {
        let text = "The mayor said it rained. Zaid denied that it snowed.".to_owned();
        let span = |words: &str| {
            let at = text.find(words).unwrap_or_default();
            Span::new(at, at + words.len())
        };
        let gold = vec![
            Attribution {
                source: vec![span("The mayor")],
                cue: vec![span("said")],
                content: vec![span("it rained")],
            },
            Attribution {
                source: vec![span("Zaid")],
                cue: vec![span("denied")],
                content: vec![span("that it snowed")],
            },
        ];
        let claims = vec![Claim {
            source: vec![Quoted::new(span("Zaid"), &text)],
            cue: vec![Quoted::new(span("said"), &text)],
            content: vec![Quoted::new(span("it rained"), &text)],
            act: "asserts".to_owned(),
            rule: "cue:say".to_owned(),
            ..Claim::default()
        }];
        let article = Article {
            path: PathBuf::from("part/one.txt"),
            text,
            gold,
        };
        let outcome = Outcome::of(&article, claims, Duration::ZERO);
        let (articles, outcomes) = (vec![article], vec![outcome]);
        assert_eq!(
            misses(&articles, &outcomes),
            "one.txt\tsource\t[source The mayor] [cue said] [content it rained]. Zaid denied that it snowed.\n\
             \tfound (cue:say)\tThe mayor [cue said] [content it rained]. [source Zaid] denied that it snowed.\n\
             one.txt\tcontent\tThe mayor said it rained. [source Zaid] [cue denied] [content that it snowed].\n"
        );
        assert_eq!(
            extras(&articles, &outcomes),
            "one.txt\tsource\tcue:say\tasserts\tThe mayor [cue said] [content it rained]. [source Zaid] denied that it snowed.\n"
        );
    }
}
