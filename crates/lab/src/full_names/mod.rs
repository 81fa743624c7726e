//! Full names: graded pairs of persons, bodies and ships, by tier and kind, beside plain string measures; and the weights of
//! `NameModel::compare`, learnt from them in folds.
//!
//! It does not measure single words (`names` does), and it knows of name-bench only the open half.

mod fit;
mod peers;

use crate::data::{self, Data, Failure};
use ::names::{COUNT_NAMES, COUNTS, MATCH, NameFiles, NameKind, NameModel};
use std::collections::BTreeMap;
use std::time::Duration;

/// Parts that the pairs are divided into.
const FOLDS: usize = 5;

/// CPU time that is spent on measuring speed.
const SPEED_TIME: Duration = Duration::from_secs(2);

/// A graded pair.
struct Pair {
    left: String,
    right: String,
    kind: NameKind,
    same: bool,
    tier: String,
}

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Measures full names only, not single words
    #[arg(long = "full")]
    pub only: bool,
    /// Also every pair of full names that is judged wrongly
    #[arg(long)]
    errors: bool,
    /// Also the weights of full names, learnt from all pairs, as `crates/names/src/full.rs` has them
    #[arg(long)]
    fit: bool,
}

/// Prints the figures.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let model = model()?;
    let pairs = load(data)?;
    let answers: Vec<::names::NameMatch> = pairs
        .iter()
        .map(|pair| model.compare(&pair.left, &pair.right, pair.kind))
        .collect();
    let shipped: Vec<f64> = answers.iter().map(|answer| answer.same).collect();
    let counts: Vec<Option<[f64; COUNTS]>> = pairs
        .iter()
        .map(|pair| model.counts(&pair.left, &pair.right, pair.kind))
        .collect();
    let folded = in_folds(&pairs, &counts, &shipped);
    let same = pairs.iter().filter(|pair| pair.same).count();
    println!(
        "## Full names: {} graded pairs, {same} the same; a match from {MATCH}",
        pairs.len()
    );
    show("weights learnt in 5 folds", &pairs, &folded, MATCH);
    show("weights as shipped", &pairs, &shipped, MATCH);
    for (name, measure) in peers::MEASURES {
        let scores: Vec<f64> = pairs
            .iter()
            .map(|pair| measure(&pair.left, &pair.right))
            .collect();
        show(name, &pairs, &scores, peers::least(&pairs, &scores));
    }
    calibration(&pairs, &folded);
    speed(&pairs, &model);
    if options.errors {
        for ((pair, score), answer) in pairs.iter().zip(&folded).zip(&answers) {
            if (*score >= MATCH) != pair.same {
                let verdict = if pair.same { "missed" } else { "too much" };
                println!(
                    "{verdict} {score:.2} {} | {} | {}",
                    pair.left,
                    pair.right,
                    answer.reasons.join("; ")
                );
            }
        }
    }
    if options.fit {
        for (name, person) in [("PERSON", true), ("BODY", false)] {
            let weights = fit::weights(examples(&pairs, &counts, person, |_| true));
            println!("const {name}: [f64; COUNTS] = [");
            for (weight, count) in weights.iter().zip(COUNT_NAMES) {
                println!("    {weight:.2}, // {count}");
            }
            println!("];");
        }
    }
    Ok(())
}

/// The model that the program carries, from this checkout.
pub fn model() -> Result<NameModel, Failure> {
    let at = |path: &str| data::checkout().join(path);
    NameModel::parse(&NameFiles {
        weights: &data::bytes(&at("models/names.bin"))?,
        dictionary: &data::bytes(&at("models/names-dictionary.bin"))?,
        lexicon: &data::text(&at("lexicon/names.txt"))?,
    })
    .map_err(Failure)
}

fn load(data: &Data) -> Result<Vec<Pair>, Failure> {
    let path = data.at("names/name-bench-open.csv")?;
    let text = data::text(&path)?;
    let bad = |what: &str| Failure(format!("{}: {what}", path.display()));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut pairs = Vec::new();
    for row in reader.deserialize() {
        let row: BTreeMap<String, String> = row.map_err(|error| bad(&error.to_string()))?;
        let field = |name: &str| {
            row.get(name)
                .cloned()
                .ok_or_else(|| bad(&format!("no column {name}")))
        };
        pairs.push(Pair {
            left: field("name1")?,
            right: field("name2")?,
            kind: match field("schema")?.as_str() {
                "Person" => NameKind::Person,
                "Company" | "Organization" | "LegalEntity" => NameKind::Organization,
                _ => NameKind::Other,
            },
            same: field("is_match")? == "true",
            tier: field("quality")?,
        });
    }
    Ok(pairs)
}

/// What each pair is given by weights that have not seen it, nor another pair with one of its names.
fn in_folds(pairs: &[Pair], counts: &[Option<[f64; COUNTS]>], shipped: &[f64]) -> Vec<f64> {
    let folds = folds(pairs);
    let mut scores = shipped.to_vec();
    for fold in 0..FOLDS {
        for person in [true, false] {
            let weights = fit::weights(examples(pairs, counts, person, |at| folds[at] != fold));
            for (at, pair) in pairs.iter().enumerate() {
                if let (true, true, Some(counts)) = (
                    folds[at] == fold,
                    (pair.kind == NameKind::Person) == person,
                    counts[at],
                ) {
                    scores[at] = fit::probability(&weights, &counts);
                }
            }
        }
    }
    scores
}

fn examples(
    pairs: &[Pair],
    counts: &[Option<[f64; COUNTS]>],
    person: bool,
    wanted: impl Fn(usize) -> bool,
) -> Vec<([f64; COUNTS], bool)> {
    let all = pairs.iter().zip(counts).enumerate();
    all.filter(|(at, (pair, _))| wanted(*at) && (pair.kind == NameKind::Person) == person)
        .filter_map(|(_, (pair, counts))| Some(((*counts)?, pair.same)))
        .collect()
}

/// The fold of each pair: pairs that share a name share a fold; groups of pairs go round in the order of the file.
fn folds(pairs: &[Pair]) -> Vec<usize> {
    let mut group: Vec<usize> = (0..pairs.len()).collect();
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        for name in [&pair.left, &pair.right] {
            let seen = *first.entry(::names::fold(name)).or_insert(at);
            let (from, to) = (group[at].max(group[seen]), group[at].min(group[seen]));
            for entry in &mut group {
                if *entry == from {
                    *entry = to;
                }
            }
        }
    }
    let mut numbers = BTreeMap::new();
    group
        .iter()
        .map(|group| {
            let next = numbers.len();
            *numbers.entry(*group).or_insert(next) % FOLDS
        })
        .collect()
}

/// One row: precision, recall and F1 of all, then F1 by kind and tier.
fn show(name: &str, pairs: &[Pair], scores: &[f64], least: f64) {
    let tally = |wanted: &dyn Fn(&Pair) -> bool| {
        let mut tally = crate::score::Tally::default();
        for (pair, score) in pairs.iter().zip(scores).filter(|(pair, _)| wanted(pair)) {
            tally.wanted += usize::from(pair.same);
            tally.given += usize::from(*score >= least);
            tally.right += usize::from(pair.same && *score >= least);
        }
        tally
    };
    let all = tally(&|_| true);
    print!(
        "{name:26} P {:5.1} R {:5.1} F {:5.1}",
        all.precision(),
        all.recall(),
        all.f1()
    );
    print!(
        "  persons {:5.1}",
        tally(&|pair| pair.kind == NameKind::Person).f1()
    );
    print!(
        "  others {:5.1}",
        tally(&|pair| pair.kind != NameKind::Person).f1()
    );
    for tier in ["STRONG", "MEDIUM", "WEAK"] {
        print!("  {tier} {:5.1}", tally(&|pair| pair.tier == tier).f1());
    }
    println!();
}

/// How often a match is right that is so sure.
fn calibration(pairs: &[Pair], scores: &[f64]) {
    print!("share of one name by `same` (folds):");
    for tenth in [0.0, 0.2, 0.4, 0.6, 0.8] {
        let inside: Vec<bool> = pairs
            .iter()
            .zip(scores)
            .filter(|(_, score)| **score >= tenth && (**score < tenth + 0.2 || tenth == 0.8))
            .map(|(pair, _)| pair.same)
            .collect();
        let same = inside.iter().filter(|same| **same).count();
        print!("  {tenth}–{:.1}: {same}/{}", tenth + 0.2, inside.len());
    }
    println!();
}

/// Pairs a CPU second of one thread.
fn speed(pairs: &[Pair], model: &NameModel) {
    let start = cpu_time::ThreadTime::now();
    let (mut count, mut matches) = (0_usize, 0_usize);
    while start.elapsed() < SPEED_TIME {
        for pair in pairs {
            matches += usize::from(model.compare(&pair.left, &pair.right, pair.kind).is_match);
        }
        count += pairs.len();
    }
    let rate = count as f64 / start.elapsed().as_secs_f64();
    println!(
        "{rate:.0} pairs a second on one core ({} of {} match)",
        matches * pairs.len() / count,
        pairs.len()
    );
}
