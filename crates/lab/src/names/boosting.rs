//! Boosted trees with one question for each level, learnt by Newton steps on the logistic loss.
//!
//! It does not know what the numbers mean.

use names::learning::{DEEPEST, LEAF_STEP, NUMBERS, Tree, Trees};

/// How they are learnt.
#[derive(Debug, Clone, Copy)]
pub struct Recipe {
    pub trees: usize,
    pub step: f64,
    pub penalty: f64,
    pub seed: u64,
}

/// Bounds that a number is tried with at most.
const BOUNDS: usize = 63;
const BINS: usize = BOUNDS + 1;

/// Learns trees from rows of numbers, labels and weights.
pub fn learn(rows: &[[f32; NUMBERS]], same: &[bool], weights: &[f32], recipe: Recipe) -> Trees {
    let bounds: Vec<Vec<f32>> = (0..NUMBERS).map(|number| bounds(rows, number)).collect();
    let bins: Vec<Vec<u8>> = bounds
        .iter()
        .enumerate()
        .map(|(number, bounds)| {
            rows.iter()
                .map(|row| bounds.partition_point(|bound| row[number] > *bound) as u8)
                .collect()
        })
        .collect();
    let total: f64 = weights.iter().map(|&weight| f64::from(weight)).sum();
    let positive: f64 = weights
        .iter()
        .zip(same)
        .filter(|(_, same)| **same)
        .map(|(&weight, _)| f64::from(weight))
        .sum();
    let base = (positive / (total - positive).max(1.0)).ln();
    let mut odds = vec![base as f32; rows.len()];
    let mut trees = Vec::with_capacity(recipe.trees);
    let mut state = recipe.seed;
    for _ in 0..recipe.trees {
        let slopes: Vec<(f32, f32)> = odds
            .iter()
            .zip(same.iter().zip(weights))
            .map(|(&odds, (&same, &weight))| {
                let chance = 1.0 / (1.0 + (-odds).exp());
                (
                    (f32::from(u8::from(same)) - chance) * weight,
                    (chance * (1.0 - chance)).max(1e-4) * weight,
                )
            })
            .collect();
        // A random half of the rows for each tree keeps trees different from one another.
        let chosen: Vec<u32> = (0..rows.len() as u32)
            .filter(|_| super::linear::draw(&mut state) % 10 < 7)
            .collect();
        let mut leaf = vec![0u8; rows.len()];
        let mut tree = Tree {
            numbers: [0; DEEPEST],
            bounds: [f32::INFINITY; DEEPEST],
            leaves: [0; 1 << DEEPEST],
        };
        for level in 0..DEEPEST {
            let asked = (0..NUMBERS)
                .filter(|_| super::linear::draw(&mut state) % 10 < 8)
                .collect::<Vec<_>>();
            let found = asked
                .iter()
                .filter(|&&number| !bounds[number].is_empty())
                .map(|&number| {
                    let (gain, bound) = best(
                        &bins[number],
                        &slopes,
                        &leaf,
                        &chosen,
                        1 << level,
                        bounds[number].len(),
                        recipe.penalty,
                    );
                    (gain, number, bound)
                })
                .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
            let Some((_, number, bound)) = found else {
                break;
            };
            for (leaf, &bin) in leaf.iter_mut().zip(&bins[number]) {
                *leaf |= u8::from(usize::from(bin) > bound) << level;
            }
            tree.numbers[level] = number as u8;
            tree.bounds[level] = bounds[number][bound];
        }
        let mut sums = [(0.0f64, 0.0f64); 1 << DEEPEST];
        for &row in &chosen {
            let (slope, curve) = slopes[row as usize];
            let sum = &mut sums[usize::from(leaf[row as usize])];
            sum.0 += f64::from(slope);
            sum.1 += f64::from(curve);
        }
        for (leaf, (slope, curve)) in tree.leaves.iter_mut().zip(&sums) {
            let odds = recipe.step * slope / (curve + recipe.penalty);
            *leaf = (odds / f64::from(LEAF_STEP)).round() as i16;
        }
        for (odds, &leaf) in odds.iter_mut().zip(&leaf) {
            *odds += f32::from(tree.leaves[usize::from(leaf)]) * LEAF_STEP;
        }
        trees.push(tree);
    }
    Trees {
        base: base as f32,
        trees,
    }
}

/// The bound of a number that parts all leaves best, with the gain of parting by it: a row is above when its bin is above the bound's place.
fn best(
    bins: &[u8],
    slopes: &[(f32, f32)],
    leaf: &[u8],
    chosen: &[u32],
    leaves: usize,
    bounds: usize,
    penalty: f64,
) -> (f64, usize) {
    let mut sums = vec![[(0.0f32, 0.0f32); BINS]; leaves];
    for &row in chosen {
        let row = row as usize;
        let (slope, curve) = slopes[row];
        let sum = &mut sums[usize::from(leaf[row])][usize::from(bins[row])];
        sum.0 += slope;
        sum.1 += curve;
    }
    let value = |slope: f64, curve: f64| slope * slope / (curve + penalty);
    let mut gains = [0.0f64; BINS];
    for sums in &sums {
        let all = sums.iter().fold((0.0, 0.0), |all, sum| {
            (all.0 + f64::from(sum.0), all.1 + f64::from(sum.1))
        });
        let mut below = (0.0, 0.0);
        for bound in 0..bounds {
            below.0 += f64::from(sums[bound].0);
            below.1 += f64::from(sums[bound].1);
            gains[bound] += value(below.0, below.1) + value(all.0 - below.0, all.1 - below.1)
                - value(all.0, all.1);
        }
    }
    (0..bounds)
        .map(|bound| (gains[bound], bound))
        .fold((f64::NEG_INFINITY, 0), |best, next| {
            if next.0 > best.0 { next } else { best }
        })
}

/// Bounds between the values of a number, about as many rows between each two.
fn bounds(rows: &[[f32; NUMBERS]], number: usize) -> Vec<f32> {
    let mut values: Vec<f32> = rows.iter().map(|row| row[number]).collect();
    values.sort_by(f32::total_cmp);
    let mut bounds: Vec<f32> = (1..=BOUNDS)
        .filter_map(|part| values.get(part * values.len() / (BOUNDS + 1)).copied())
        .collect();
    bounds.dedup();
    if bounds.last() == values.last() {
        bounds.pop();
    }
    bounds
}
