//! A multinomial logistic model over named features with values, learnt by AdaGrad: a thin layer above the
//! program's own readings, for measuring.
//!
//! It does not know what is classified. The same lessons always give the same weights.

use crate::names::linear::draw;
use std::collections::{BTreeMap, HashMap};

/// Features by name.
pub type Features = BTreeMap<String, f64>;

/// A sentence or word with its class.
pub struct Lesson {
    pub features: Features,
    pub class: usize,
    pub weight: f64,
}

/// How a layer learns.
#[derive(Debug, Clone, Copy)]
pub struct Recipe {
    pub rounds: usize,
    pub step: f64,
    /// How strongly weights are drawn to 0.
    pub drawn: f64,
}

pub struct Layer {
    classes: usize,
    places: HashMap<String, usize>,
    weights: Vec<f64>,
}

impl Layer {
    pub fn learn(lessons: &[&Lesson], classes: usize, recipe: Recipe) -> Self {
        let mut places: HashMap<String, usize> = HashMap::new();
        let known: Vec<Vec<(usize, f64)>> = lessons
            .iter()
            .map(|lesson| {
                let one = |(name, value): (&String, &f64)| {
                    let next = places.len() * classes;
                    (*places.entry(name.clone()).or_insert(next), *value)
                };
                lesson.features.iter().map(one).collect()
            })
            .collect();
        let mut layer = Self {
            classes,
            weights: vec![0.0; places.len() * classes],
            places,
        };
        let mut squares = vec![1e-6; layer.weights.len()];
        let mut order: Vec<usize> = (0..lessons.len()).collect();
        let mut state = 1;
        for _ in 0..recipe.rounds {
            for at in (1..order.len()).rev() {
                order.swap(at, (draw(&mut state) % (at as u64 + 1)) as usize);
            }
            for &at in &order {
                let (lesson, known) = (lessons[at], &known[at]);
                if lesson.weight <= 0.0 {
                    continue;
                }
                let shares = layer.shares_of(known);
                for &(place, value) in known {
                    for (class, share) in shares.iter().enumerate() {
                        let wanted = f64::from(u8::from(class == lesson.class));
                        let place = place + class;
                        let slope = lesson.weight
                            * ((wanted - share) * value - recipe.drawn * layer.weights[place]);
                        squares[place] += slope * slope;
                        layer.weights[place] += recipe.step * slope / squares[place].sqrt();
                    }
                }
            }
        }
        layer
    }

    /// The probability of each class.
    pub fn shares(&self, features: &Features) -> Vec<f64> {
        let known = features.iter();
        let known: Vec<(usize, f64)> = known
            .filter_map(|(name, value)| Some((*self.places.get(name)?, *value)))
            .collect();
        self.shares_of(&known)
    }

    fn shares_of(&self, known: &[(usize, f64)]) -> Vec<f64> {
        let mut odds = vec![0.0; self.classes];
        for &(place, value) in known {
            let weights = &self.weights[place..place + self.classes];
            for (odds, weight) in odds.iter_mut().zip(weights) {
                *odds += value * weight;
            }
        }
        let most = odds.iter().copied().fold(f64::MIN, f64::max);
        let sum: f64 = odds.iter().map(|odds| (odds - most).exp()).sum();
        odds.iter().map(|odds| (odds - most).exp() / sum).collect()
    }
}
