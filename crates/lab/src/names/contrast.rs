//! The gains of sounds, sharpened by contrast: a name must align better with its own spellings than with names that are alike by chance.
//!
//! For each true pair the names are looked up that the index would give with the gains so far. Those around the last place that counts
//! are held against the true spelling: a logistic loss on the difference of the two gains, steps by AdaGrad, the mean of the gains over
//! the later steps. It does not know false pairs; that two names which no pair joins are different is taken for granted.

use super::linear::draw;
use super::pairs::Pair;
use crate::parallel;
use names::NameIndex;
use names::learning::SoundCosts;
use std::collections::{BTreeMap, HashMap};

/// Rounds over all pairs; the first only begins.
const ROUNDS: usize = 4;
/// Pairs that are looked up with the same gains.
const BATCH: usize = 4096;
/// Places in the list of candidates whose names are held against the true spelling.
const PLACES: std::ops::Range<usize> = 20..150;
/// Names that are drawn from them.
const DRAWN: usize = 12;
/// Gains that make one name e times as likely as another.
const SCALE: f32 = 16.0;
/// A true spelling that is so many times `SCALE` behind is left alone: the two have nothing in common, and the pair may be wrong.
const HOPELESS: f32 = 5.0;
/// The length of a step.
const STEP: f32 = 0.5;
/// The largest gain of a feature.
const LARGEST: f32 = 120.0;

/// Gains from true pairs and very many other names. `component` says which words are known to be spellings of one name. The same pairs
/// and names in the same order give the same gains.
pub fn learn(
    pairs: &[&Pair],
    component: &HashMap<String, u32>,
    others: &[String],
    jobs: usize,
) -> SoundCosts {
    let first = SoundCosts::counted(
        pairs
            .iter()
            .map(|pair| (pair.left.as_str(), pair.right.as_str())),
    );
    let index = NameIndex::by_sounds(others.iter().map(String::as_str));
    let mut gains: Vec<f32> = first.gains().iter().map(|&gain| f32::from(gain)).collect();
    let mut squares = vec![1e-3f32; gains.len()];
    let mut sums = vec![0.0f64; gains.len()];
    let mut summed = 0.0;
    let mut state = 1u64;
    for round in 0..ROUNDS {
        let mut asked: Vec<(&str, &str)> = pairs
            .iter()
            .enumerate()
            .map(|(at, pair)| match (at + round) % 2 {
                0 => (pair.left.as_str(), pair.right.as_str()),
                _ => (pair.right.as_str(), pair.left.as_str()),
            })
            .collect();
        for at in (1..asked.len()).rev() {
            asked.swap(at, (draw(&mut state) % (at as u64 + 1)) as usize);
        }
        for batch in asked.chunks(BATCH) {
            let costs = rounded(gains.iter().copied());
            let seeds: Vec<(&str, &str, u64)> = batch
                .iter()
                .map(|&(name, spelling)| (name, spelling, draw(&mut state)))
                .collect();
            let slopes = parallel::map(&seeds, jobs, |&(name, spelling, seed)| {
                let own = component.get(name);
                let is_other = |other: &str| {
                    other != spelling && (own.is_none() || component.get(other) != own)
                };
                slope(&costs, &index, others, (name, spelling), seed, is_other)
            });
            for (feature, slope) in slopes.into_iter().flatten() {
                squares[feature] += slope * slope;
                let gain = &mut gains[feature];
                *gain = (*gain + STEP * slope / squares[feature].sqrt()).clamp(-LARGEST, LARGEST);
            }
            if round > 0 {
                summed += 1.0;
                for (sum, gain) in sums.iter_mut().zip(&gains) {
                    *sum += f64::from(*gain);
                }
            }
        }
    }
    if summed == 0.0 {
        return first;
    }
    rounded(sums.iter().map(|sum| (sum / summed) as f32))
}

/// In which direction the gain of each feature lets a true spelling come before others.
fn slope(
    costs: &SoundCosts,
    index: &NameIndex,
    others: &[String],
    (name, spelling): (&str, &str),
    mut seed: u64,
    is_other: impl Fn(&str) -> bool,
) -> BTreeMap<usize, f32> {
    let found = index.alike(costs, name, PLACES.end);
    let near = found.get(PLACES.start..).unwrap_or_default();
    let mut slopes = BTreeMap::new();
    if near.is_empty() {
        return slopes;
    }
    let (own, features) = costs.best(name, spelling);
    let mut whole = 0.0;
    for _ in 0..DRAWN {
        let (id, _) = near[(draw(&mut seed) % near.len() as u64) as usize];
        let other = &others[id as usize];
        if other == name || !is_other(other) {
            continue;
        }
        let (gain, features) = costs.best(name, other);
        let ahead = (gain - own) as f32 / SCALE;
        let chance = |odds: f32| 1.0 / (1.0 + (-odds).exp());
        let weight = chance(ahead) * chance(HOPELESS - ahead) / DRAWN as f32;
        whole += weight;
        for feature in features {
            *slopes.entry(feature).or_default() -= weight;
        }
    }
    for feature in features {
        *slopes.entry(feature).or_default() += whole;
    }
    // What both sides have in common says nothing.
    slopes.retain(|_, slope: &mut f32| slope.abs() > 1e-6);
    slopes
}

fn rounded(gains: impl Iterator<Item = f32>) -> SoundCosts {
    let gains = gains.map(|gain| gain.round() as i8).collect();
    SoundCosts::from_gains(gains).unwrap_or_default()
}
