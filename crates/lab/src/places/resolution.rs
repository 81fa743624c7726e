//! Which of several places is meant: the weights of `annotate::places`, learnt and measured on LGL with its own toponyms.
//!
//! It does not know how toponyms are found. Measured in five folds by article: no weight has seen the article it is measured on.

use super::lgl::Article;
use super::{NEAR, share};
use crate::data::{Data, Failure, checkout, text, write_learnt};
use ::names::NameModel;
use annotate::PlaceLexicon;
use annotate::places::{
    Atlas, Candidate, FEATURES, Feature, PlaceWeights, Toponym, resolve, shares, weigh,
};
use gazetteer::{Gazetteer, kilometres};
use std::collections::BTreeMap;
use std::path::PathBuf;
use text::Span;

/// The table of weights.
pub const FILE: &str = "models/places.tsv";
const FOLDS: usize = 5;
/// Rounds in which the company is read anew with the weights so far, steps in each, and their length.
const ROUNDS: usize = 4;
const STEPS: usize = 300;
const LENGTH: f64 = 2.0;
/// How strongly weights are drawn to zero.
const DECAY: f64 = 0.0005;

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Where the table goes (default: models/places.tsv of this checkout)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Learns from the whole corpus and writes the table.
pub fn train(data: &Data, options: &Options) -> Result<(), Failure> {
    let sources = Sources::load(super::shipped()?)?;
    let articles = super::lgl::read(data)?;
    let weights = learn(&sources, &articles.iter().collect::<Vec<_>>());
    let table: String = Feature::ALL
        .iter()
        .map(|feature| format!("{feature}\t{:.3}\n", weights.0[*feature as usize]))
        .collect();
    let path = write_learnt(options.out.as_ref(), FILE, table)?;
    println!("{} weights in {}", FEATURES, path.display());
    Ok(())
}

/// What places are looked up in, but for the weights.
pub struct Sources {
    pub gazetteer: Gazetteer,
    lexicon: PlaceLexicon,
    names: NameModel,
}

impl Sources {
    /// Beside a gazetteer the lexicon and the model of names of the checkout.
    pub fn load(gazetteer: Gazetteer) -> Result<Sources, Failure> {
        let mut problems = Vec::new();
        let read = |name: &str| text(&checkout().join("lexicon").join(name));
        let (places, demonyms) = (read("places.txt")?, read("demonyms.txt")?);
        let lexicon = PlaceLexicon::parse(&places, &demonyms, &mut problems);
        match problems.first() {
            None => Ok(Sources {
                gazetteer,
                lexicon,
                names: crate::full_names::model()?,
            }),
            Some(problem) => Err(Failure(problem.clone())),
        }
    }

    pub fn atlas<'k>(&'k self, weights: &'k PlaceWeights) -> Atlas<'k> {
        Atlas {
            gazetteer: &self.gazetteer,
            lexicon: &self.lexicon,
            weights,
            names: Some(&self.names),
        }
    }
}

/// The weights of the checkout.
pub fn weights() -> Result<PlaceWeights, Failure> {
    Ok(PlaceWeights::parse(&text(&checkout().join(FILE))?))
}

/// The toponyms of an article, those written alike as one.
fn toponyms(article: &Article) -> (Vec<Toponym>, Vec<usize>) {
    grouped(article.toponyms.iter().map(|gold| {
        let form = gold.span.slice(&article.text);
        (form, form, gold.span)
    }))
}

/// Names with what they share with others of their place, as toponyms in order; and for each name the number of its own.
pub fn grouped<'t>(
    names: impl Iterator<Item = (&'t str, &'t str, Span)>,
) -> (Vec<Toponym>, Vec<usize>) {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut toponyms: Vec<Toponym> = Vec::new();
    let mut of_name = Vec::new();
    for (place, form, span) in names {
        let number = *numbers.entry(place).or_insert_with(|| {
            toponyms.push(Toponym {
                forms: Vec::new(),
                spans: Vec::new(),
            });
            toponyms.len() - 1
        });
        let toponym = &mut toponyms[number];
        if !toponym.forms.iter().any(|known| known == form) {
            toponym.forms.push(form.to_string());
        }
        toponym.spans.push(span);
        of_name.push(number);
    }
    (toponyms, of_name)
}

/// Candidates of one gold toponym, and which of them lie near enough.
struct Example {
    candidates: Vec<Candidate>,
    right: Vec<bool>,
}

fn examples(sources: &Sources, article: &Article, weights: &PlaceWeights) -> Vec<Example> {
    let (toponyms, of_gold) = toponyms(article);
    let candidates = weigh(&article.text, &toponyms, &sources.atlas(weights));
    let mut examples = Vec::new();
    for (gold, number) in article.toponyms.iter().zip(of_gold) {
        let candidates = candidates[number].clone();
        let right: Vec<bool> = candidates
            .iter()
            .map(|candidate| {
                sources
                    .gazetteer
                    .place(candidate.place)
                    .is_some_and(|place| {
                        // The very place is right wherever its point lies.
                        place.id.to_string() == format!("geonames:{}", gold.geonames)
                            || kilometres((place.lat, place.lon), (gold.lat, gold.lon)) <= NEAR
                    })
            })
            .collect();
        if right.contains(&true) && right.contains(&false) {
            examples.push(Example { candidates, right });
        }
    }
    examples
}

/// Weights by which right candidates have the largest share: gradient ascent on the logarithm of their summed shares.
fn learn(sources: &Sources, articles: &[&Article]) -> PlaceWeights {
    let mut weights = PlaceWeights([0.0; FEATURES]);
    weights.0[Feature::People as usize] = 3.0;
    weights.0[Feature::Country as usize] = 2.0;
    weights.0[Feature::Container as usize] = 3.0;
    for _ in 0..ROUNDS {
        let examples: Vec<Example> = articles
            .iter()
            .flat_map(|article| examples(sources, article, &weights))
            .collect();
        for step in 0..STEPS {
            let mut gradient = [0.0; FEATURES];
            for example in &examples {
                let shares = shares(&example.candidates, &weights);
                let right: f64 = shares
                    .iter()
                    .zip(&example.right)
                    .filter(|(_, right)| **right)
                    .map(|(share, _)| share)
                    .sum();
                for ((candidate, share), is_right) in
                    example.candidates.iter().zip(&shares).zip(&example.right)
                {
                    let wanted = if *is_right {
                        share / right.max(1e-9)
                    } else {
                        0.0
                    };
                    for (sum, feature) in gradient.iter_mut().zip(&candidate.features) {
                        *sum += (wanted - share) * feature;
                    }
                }
            }
            let length = LENGTH / (1.0 + step as f64 / 50.0);
            for (weight, sum) in weights.0.iter_mut().zip(gradient) {
                *weight += length * (sum / examples.len().max(1) as f64 - DECAY * *weight);
            }
        }
    }
    weights
}

/// What became of gold toponyms.
#[derive(Default)]
struct Outcome {
    all: usize,
    linked: usize,
    near: usize,
    exact: usize,
    /// Near or the very place: countries' points differ by source by more than what is near.
    right: usize,
    /// Kilometres of the linked.
    apart: f64,
}

/// Measures in five folds and prints.
pub fn measure(sources: &Sources, articles: &[Article]) {
    let gazetteer = &sources.gazetteer;
    let mut whole = Outcome::default();
    let mut by_feature: BTreeMap<&str, Outcome> = BTreeMap::new();
    for fold in 0..FOLDS {
        let others: Vec<&Article> = (0..)
            .zip(articles)
            .filter(|(number, _)| number % FOLDS != fold)
            .map(|(_, article)| article)
            .collect();
        let weights = learn(sources, &others);
        for article in articles.iter().skip(fold).step_by(FOLDS) {
            let (toponyms, of_gold) = toponyms(article);
            let resolved = resolve(&article.text, &toponyms, &sources.atlas(&weights));
            for (gold, number) in article.toponyms.iter().zip(of_gold) {
                let feature = match gold.feature.as_str() {
                    feature @ ("ADM1" | "ADM2") => feature,
                    feature if feature.starts_with("PCL") => "PCL",
                    feature if feature.starts_with("PPL") => "PPL",
                    _ => "other",
                };
                let place = resolved[number]
                    .as_ref()
                    .and_then(|resolved| gazetteer.place(resolved.place));
                for outcome in [&mut whole, by_feature.entry(feature).or_default()] {
                    outcome.all += 1;
                    let Some(place) = &place else { continue };
                    let apart = kilometres((place.lat, place.lon), (gold.lat, gold.lon));
                    outcome.linked += 1;
                    outcome.apart += apart;
                    let is_near = apart <= NEAR;
                    let is_it = place.id.to_string() == format!("geonames:{}", gold.geonames);
                    outcome.near += usize::from(is_near);
                    outcome.exact += usize::from(is_it);
                    outcome.right += usize::from(is_near || is_it);
                }
            }
        }
    }
    println!(
        "LGL, its own toponyms put on the map, {FOLDS} folds: linked; within {NEAR} km of the linked, of all; the gold number of all; near or of the gold number of the linked, of all; mean km"
    );
    for (feature, outcome) in by_feature
        .iter()
        .map(|(feature, outcome)| (*feature, outcome))
        .chain([("all", &whole)])
    {
        println!(
            "  {feature:<6} {:>5}  {:.3}  {:.3}  {:.3}  {:.3}  {:.3}  {:.3}  {:.0}",
            outcome.all,
            share(outcome.linked, outcome.all),
            share(outcome.near, outcome.linked),
            share(outcome.near, outcome.all),
            share(outcome.exact, outcome.all),
            share(outcome.right, outcome.linked),
            share(outcome.right, outcome.all),
            outcome.apart / outcome.linked.max(1) as f64
        );
    }
}
