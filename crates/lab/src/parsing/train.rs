//! `lab train syntax`: tagger, lemmas and parser from the treebanks' train parts, and from damaged copies of some of their
//! sentences, so that small letters, capitals, headlines and missing stops and articles are known too.
//!
//! It does not measure on dev; `lab eval syntax` does.

use super::{LEMMAS, TAGS, TREE, universal, words};
use crate::corrupt::Corruption;
use crate::corrupt::trees::corrupt_sentence;
use crate::data::{self, Data, Failure};
use crate::treebank::{EWT_TRAIN, GUM_TRAIN, Treebank, TreebankSentence};
use std::path::PathBuf;
use std::time::Instant;
use syntax::{ParsedSentence, TaggedSentence, Tagger};

#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Fixes the order of sentences and which of them are copied
    #[arg(long, default_value_t = 2)]
    seed: u64,
    /// Writes the files here instead of `models/`
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Of a hundred sentences so many are copied in this way. Few suffice, since features see words truecased; fourteen in a
/// hundred cost GUM four tenths of a point of its tags.
const COPIES: [(Corruption, usize); 4] = [
    (Corruption::Lower, 1),
    (Corruption::Capitals, 1),
    (Corruption::Unpunctuated, 1),
    (Corruption::Articleless, 1),
];

/// Trains and writes `tags.bin`, `lemmas.bin` and `tree.bin`.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let start = Instant::now();
    let say = |line: &str| println!("{:5.0} s  {line}", start.elapsed().as_secs_f64());
    let classes = super::classes()?;
    let sentences = sentences(data, options.seed)?;
    say(&format!("{} sentences with their copies", sentences.len()));

    let tagged: Vec<TaggedSentence> = sentences
        .iter()
        .map(|sentence| TaggedSentence {
            words: words(sentence, &classes),
            tags: pairs(sentence),
        })
        .collect();
    let (tags, unseen) = syntax::train_tagger(&tagged, options.seed);
    write(options, TAGS, &tags)?;
    say(&format!("tags: {} bytes", tags.len()));

    let tagger = Tagger::from_bytes(&tags).map_err(|damage| Failure(damage.to_string()))?;
    let lemmas = syntax::train_lemmas(sentences.iter().flat_map(|sentence| {
        sentence.words.iter().filter_map(|word| {
            let tag = tagger.tags().find(&word.upos, &word.xpos)?;
            Some((word.form.as_str(), tag, word.lemma.as_str()))
        })
    }));
    write(options, LEMMAS, &lemmas)?;
    say(&format!("lemmas: {} bytes", lemmas.len()));

    let parsed: Vec<ParsedSentence> = sentences
        .iter()
        .zip(tagged)
        .zip(unseen)
        .map(|((sentence, tagged), tags)| ParsedSentence {
            words: tagged.words,
            tags,
            heads: sentence
                .words
                .iter()
                .map(|word| word.head.checked_sub(1).map(|head| head as u16))
                .collect(),
            labels: sentence
                .words
                .iter()
                .map(|word| universal(&word.deprel).to_string())
                .collect(),
        })
        .collect();
    let tree = syntax::train_parser(&parsed, options.seed, &mut |line| say(line));
    write(options, TREE, &tree)?;
    say(&format!("tree: {} bytes", tree.len()));
    Ok(())
}

/// The train sentences, each with its copies right after it, so that folds that hold back runs of sentences hold back
/// most copies too.
fn sentences(data: &Data, seed: u64) -> Result<Vec<TreebankSentence>, Failure> {
    let mut sentences = Vec::new();
    for name in [EWT_TRAIN, GUM_TRAIN] {
        for (number, sentence) in Treebank::open(data, name)?.sentences().enumerate() {
            let key = seed.wrapping_mul(1 << 32).wrapping_add(number as u64);
            let mut roll = syntax::linear::Shuffle::new(key).below(100);
            sentences.push(sentence.clone());
            for (corruption, share) in COPIES {
                if roll < share {
                    sentences.extend(corrupt_sentence(sentence, corruption, key));
                    break;
                }
                roll -= share;
            }
        }
    }
    Ok(sentences)
}

fn pairs(sentence: &TreebankSentence) -> Vec<(String, String)> {
    sentence
        .words
        .iter()
        .map(|word| (word.upos.clone(), word.xpos.clone()))
        .collect()
}

fn write(options: &Options, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let path = match &options.out {
        Some(folder) => folder.join(name.trim_start_matches("models/")),
        None => data::checkout().join(name),
    };
    data::write(&path, bytes)
}
