//! Whether two sentences or claims are of one matter: ECB+ dev and MEANTIME train by pairs of sentences of different documents, and
//! our own pairs of claims.
//!
//! A pair of ECB+ is scored by weights and a threshold from the topics that neither of its sentences is of. The weights themselves
//! are learnt here too.

mod claims;
mod fit;
mod sets;

use crate::data::{self, Data, Failure};
use crate::product::Product;
use annotate::events::Outline;
use link::answers::{
    Counts, FEATURES, Feature, Matching, OF_PASSAGES, Rarity, Sides, Story, Weights, counted_stems,
    counts,
};
use sets::Set;
use std::collections::BTreeMap;
use std::path::PathBuf;
use text::Document;

/// The tables.
pub const WEIGHTS: &str = "models/matching.tsv";
pub const STEMS: &str = "models/stems.tsv";
/// Stems in fewer documents are not in the table.
const FEWEST: usize = 3;
/// Below this probability a text does not answer a claim: chosen by the dev half of `gold/answers.tsv`.
const UNRELATED: f64 = 0.05;

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Our own pairs of the test half too; do so rarely
    #[arg(long)]
    test: bool,
}

#[derive(Debug, Clone, Default, clap::Args)]
pub struct TrainOptions {
    /// Where the weights go (default: models/matching.tsv of this checkout)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Counts the stems of PolNeAR's train part anew too
    #[arg(long)]
    stems: bool,
}

/// What answers are read by, from the checkout.
pub fn matching() -> Result<Matching, Failure> {
    let read = |file: &str| data::text(&data::checkout().join(file)).unwrap_or_default();
    let weights = Weights::parse(&read(WEIGHTS)).unwrap_or_default();
    let lexicon = data::text(&data::checkout().join("lexicon/answers.txt"))?;
    Matching::parse(&lexicon, Rarity::parse(&read(STEMS)), weights)
        .map_err(|error| Failure(format!("lexicon/answers.txt {error}")))
}

/// A pair of sentences.
struct Pair {
    topics: [usize; 2],
    numbers: [usize; 2],
    is_one: bool,
    /// With the texts around them, which a caller may leave out.
    counts: Counts,
}

impl Pair {
    fn bare(&self) -> Counts {
        let mut counts = self.counts;
        counts[OF_PASSAGES..].fill(0.0);
        counts
    }

    fn given(&self, with_story: bool) -> Counts {
        if with_story { self.counts } else { self.bare() }
    }
}

/// The pairs of a set, and how many positives share no word at all.
fn pairs(set: &Set) -> (Vec<Pair>, usize) {
    let mut topics: Vec<&str> = set.sentences.iter().map(|one| &*one.topic).collect();
    topics.sort_unstable();
    topics.dedup();
    let mut stories: BTreeMap<(usize, usize), Story> = BTreeMap::new();
    let weights = Weights::default();
    let (mut found, mut lost) = (Vec::new(), 0);
    for (first, one) in set.sentences.iter().enumerate() {
        for (second, other) in set.sentences.iter().enumerate().skip(first + 1) {
            if one.document == other.document {
                continue;
            }
            let is_one = one.chains.intersection(&other.chains).next().is_some();
            let story = stories
                .entry((one.document, other.document))
                .or_insert_with(|| {
                    Story::of(&set.documents[one.document], &set.documents[other.document])
                });
            let counts = counts(&one.side, &other.side, Some(story), &weights);
            if counts[Feature::Mass as usize] == 0.0 && counts[Feature::Alike as usize] == 0.0 {
                lost += usize::from(is_one);
                continue;
            }
            let topic = |name: &str| topics.binary_search(&name).unwrap_or_default();
            found.push(Pair {
                topics: [topic(&one.topic), topic(&other.topic)],
                numbers: [first, second],
                is_one,
                counts,
            });
        }
    }
    (found, lost)
}

/// Weights learnt from pairs, each seen bare and with the texts around it.
fn learn<'p>(pairs: impl Iterator<Item = &'p Pair>) -> Weights {
    let rows: Vec<(Counts, bool)> = pairs
        .flat_map(|pair| [(pair.bare(), pair.is_one), (pair.counts, pair.is_one)])
        .collect();
    let examples: Vec<fit::Example<FEATURES>> =
        rows.iter().map(|(counts, is)| (counts, *is)).collect();
    Weights {
        of: fit::weights(&examples),
        threshold: UNRELATED,
        ..Weights::default()
    }
}

/// Hits, all given, all right.
#[derive(Debug, Clone, Copy, Default)]
struct Figures {
    hits: usize,
    given: usize,
    right: usize,
}

impl Figures {
    fn add(&mut self, is: bool, said: bool) {
        self.hits += usize::from(is && said);
        self.given += usize::from(said);
        self.right += usize::from(is);
    }

    fn f1(self) -> f64 {
        2.0 * self.hits as f64 / (self.given + self.right).max(1) as f64
    }

    fn print(self, name: &str, more: &str) {
        println!(
            "  {name:32} P {:.3}  R {:.3}  F1 {:.3}{more}",
            self.hits as f64 / self.given.max(1) as f64,
            self.hits as f64 / self.right.max(1) as f64,
            self.f1()
        );
    }
}

/// The threshold with the best F1.
fn threshold(scored: &mut [(f64, bool)]) -> f64 {
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    let right = scored.iter().filter(|(_, is)| *is).count();
    let mut best = (0.0, 0.5);
    let mut hits = 0;
    for (given, (score, is)) in (1..).zip(scored.iter()) {
        hits += usize::from(*is);
        let figures = Figures { hits, given, right };
        if figures.f1() > best.0 {
            best = (figures.f1(), *score);
        }
    }
    best.1
}

/// Prints the figures.
pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let product = Product::new(None)?;
    let matching = matching()?;
    let sets = sets::read(data, &product, &matching, jobs)?;
    for set in &sets {
        let (pairs, lost) = pairs(set);
        let topics = pairs
            .iter()
            .flat_map(|pair| pair.topics)
            .max()
            .unwrap_or_default()
            + 1;
        println!(
            "{}: {} sentences, {} pairs that share a word, {} positives and {lost} that share none",
            set.name,
            set.sentences.len(),
            pairs.len(),
            pairs.iter().filter(|pair| pair.is_one).count()
        );
        blocking(set);
        peer(set, &pairs, lost);
        if topics > 2 {
            for with_story in [false, true] {
                leave_out(&pairs, topics, lost, with_story);
            }
        } else {
            for with_story in [false, true] {
                let mut figures = Figures {
                    right: lost,
                    ..Figures::default()
                };
                for pair in &pairs {
                    let related = matching.weights().related(&pair.given(with_story));
                    figures.add(pair.is_one, related >= matching.weights().same_matter);
                }
                figures.print(row(with_story), ", the shipped weights");
            }
        }
    }
    claims::measure(data, &product, &matching, options.test)
}

fn row(with_story: bool) -> &'static str {
    if with_story {
        "ours, with the documents around"
    } else {
        "ours, sentences alone"
    }
}

/// Each pair by weights and a threshold from the topics that it is not of.
fn leave_out(pairs: &[Pair], topics: usize, lost: usize, with_story: bool) {
    let mut figures = Figures {
        right: lost,
        ..Figures::default()
    };
    let (mut within, mut scored) = (0, Vec::new());
    for one in 0..topics {
        for other in one..topics {
            let is_out = |pair: &&Pair| {
                pair.topics
                    .iter()
                    .any(|topic| *topic == one || *topic == other)
            };
            let weights = learn(pairs.iter().filter(|pair| !is_out(pair)));
            let mut known: Vec<(f64, bool)> = pairs
                .iter()
                .filter(|pair| !is_out(pair))
                .map(|pair| (weights.related(&pair.given(with_story)), pair.is_one))
                .collect();
            let threshold = threshold(&mut known);
            for pair in pairs {
                if pair.topics == [one, other] || pair.topics == [other, one] {
                    let related = weights.related(&pair.given(with_story));
                    figures.add(pair.is_one, related >= threshold);
                    within += usize::from(!pair.is_one && related >= threshold && one == other);
                    scored.push((related, pair.is_one));
                }
            }
        }
    }
    let wrong = (figures.given - figures.hits).max(1);
    let share = within as f64 / wrong as f64;
    figures.print(
        row(with_story),
        &format!(", leave one topic out; of the wrong ones {share:.2} within a topic"),
    );
}

/// The cosine of words weighed by how rare they are in the set, at the threshold that suits it best.
fn peer(set: &Set, pairs: &[Pair], lost: usize) {
    let mut documents: BTreeMap<&str, f64> = BTreeMap::new();
    for word in set.sentences.iter().flat_map(|one| &one.words) {
        *documents.entry(word).or_default() += 1.0;
    }
    let count = set.sentences.len() as f64;
    let weight = |word: &str| {
        (count / documents.get(word).copied().unwrap_or(1.0))
            .ln()
            .powi(2)
    };
    let length = |number: usize| {
        set.sentences[number]
            .words
            .iter()
            .map(|word| weight(word))
            .sum::<f64>()
            .sqrt()
    };
    let lengths: Vec<f64> = (0..set.sentences.len()).map(length).collect();
    let mut scored: Vec<(f64, bool)> = pairs
        .iter()
        .map(|pair| {
            let [one, other] = pair.numbers;
            let common = set.sentences[one]
                .words
                .intersection(&set.sentences[other].words);
            let sum: f64 = common.map(|word| weight(word)).sum();
            (sum / (lengths[one] * lengths[other]).max(1e-9), pair.is_one)
        })
        .collect();
    let threshold = threshold(&mut scored);
    let mut figures = Figures {
        right: lost,
        ..Figures::default()
    };
    for (score, is) in scored {
        figures.add(is, score >= threshold);
    }
    figures.print("cosine, its best threshold", "");
}

/// How many true pairs are among the nearest of each sentence.
fn blocking(set: &Set) {
    let mut index = Sides::default();
    for one in &set.sentences {
        index.add(&one.side);
    }
    for most in [10, 50] {
        let (mut met, mut all, mut some, mut having) = (0, 0, 0, 0);
        for (number, one) in set.sentences.iter().enumerate() {
            let found: Vec<usize> = index
                .candidates(&one.side, most + 20)
                .into_iter()
                .filter(|other| set.sentences[*other].document != one.document)
                .take(most)
                .collect();
            let right: Vec<usize> = (0..set.sentences.len())
                .filter(|other| {
                    let there = &set.sentences[*other];
                    *other != number
                        && there.document != one.document
                        && there.chains.intersection(&one.chains).next().is_some()
                })
                .collect();
            let hits = right.iter().filter(|other| found.contains(other)).count();
            met += hits;
            all += right.len();
            some += usize::from(hits > 0);
            having += usize::from(!right.is_empty());
        }
        println!(
            "  blocking, the nearest {most}: {:.3} of true pairs, {:.3} of sentences at least one, {:.3} of all pairs",
            met as f64 / all.max(1) as f64,
            some as f64 / having.max(1) as f64,
            most as f64 / set.sentences.len().max(1) as f64
        );
    }
}

/// Learns the weights and writes the tables.
pub fn train(data: &Data, options: &TrainOptions, jobs: usize) -> Result<(), Failure> {
    let product = Product::new(None)?;
    if options.stems {
        let table = stems(data, &product, jobs)?;
        data::write(&data::checkout().join(STEMS), table)?;
    }
    let matching = matching()?;
    let sets = sets::read(data, &product, &matching, jobs)?;
    let pairs: Vec<Pair> = sets.iter().flat_map(|set| pairs(set).0).collect();
    let mut weights = learn(pairs.iter());
    let mut known: Vec<(f64, bool)> = pairs
        .iter()
        .map(|pair| (weights.related(&pair.bare()), pair.is_one))
        .collect();
    weights.same_matter = threshold(&mut known);
    let path = data::write_learnt(options.out.as_ref(), WEIGHTS, weights.to_string())?;
    println!("{FEATURES} weights in {}", path.display());
    Ok(())
}

/// How many documents of PolNeAR's train part hold each stem.
fn stems(data: &Data, product: &Product, jobs: usize) -> Result<String, Failure> {
    let paths = data::files(&data.at("polnear/train/text")?, ".txt")?;
    let texts: Vec<String> = paths
        .iter()
        .map(|path| data::text(path))
        .collect::<Result<_, _>>()?;
    let all = crate::parallel::map(&texts, jobs, |text| {
        let outline: Outline = product.outline(&Document::plain(text));
        counted_stems(&outline)
    });
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for stem in all.into_iter().flatten() {
        *counts.entry(stem).or_default() += 1;
    }
    let rows = counts
        .iter()
        .filter(|(stem, count)| {
            **count >= FEWEST && stem.bytes().any(|byte| byte.is_ascii_alphabetic())
        })
        .map(|(stem, count)| format!("{stem}\t{count}\n"));
    Ok(std::iter::once(format!("*\t{}\n", texts.len()))
        .chain(rows)
        .collect())
}
