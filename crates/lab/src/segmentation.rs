//! `lab eval segmentation`: sentences and tokens of raw text rebuilt from treebanks, by the measure of the CoNLL 2018 shared
//! task (universaldependencies.org/conll18/evaluation.html): a span is right where both its ends are, white space aside.
//!
//! It does not know how sentences and tokens are found.

use crate::data::{self, Data, Failure};
use crate::parallel;
use crate::product::Product;
use crate::score::Tally;
use crate::treebank::{self, RawDocument, Treebank, TreebankDocument};
use cpu_time::ThreadTime;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use text::{Segments, Span};

/// What to read and what to print.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// The train parts instead of the dev parts, for diagnostics
    #[arg(long)]
    train: bool,
    /// Writes every token and sentence that is wrong, for the developer's eyes
    #[arg(long, value_name = "FILE")]
    misses: Option<PathBuf>,
}

/// Segments each document as the program reads a text file, and prints F1 for each treebank and kind of text.
pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let product = Product::new(None)?;
    let mut misses = String::new();
    let mut words = 0;
    let mut spent = Duration::ZERO;
    println!(
        "F1 (precision/recall); tokens as written, syntactic words, sentences; white space aside"
    );
    println!(
        "{:34} {:>18} {:>18} {:>18}",
        "raw text of", "tokens", "words", "sentences"
    );
    let part = if options.train { "train" } else { "dev" };
    let files = if options.train {
        [("EWT", treebank::EWT_TRAIN), ("GUM", treebank::GUM_TRAIN)]
    } else {
        [("EWT", treebank::EWT_DEV), ("GUM", treebank::GUM_DEV)]
    };
    for (name, file) in files {
        let treebank = Treebank::open(data, file)?;
        let outcomes: Vec<Outcome> = parallel::map(&treebank.documents, jobs, |document| {
            outcome(&product, document, options.misses.is_some())
        })
        .into_iter()
        .collect::<Result<_, Failure>>()?;
        let mut genres: BTreeMap<&str, Figures> = BTreeMap::new();
        let mut all = Figures::default();
        for (document, outcome) in treebank.documents.iter().zip(&outcomes) {
            all.add(&outcome.figures);
            genres
                .entry(document.genre.as_str())
                .or_default()
                .add(&outcome.figures);
            misses.push_str(&outcome.misses);
            spent += outcome.spent;
        }
        words += all.words.given;
        all.show(&format!(
            "{name} {part}, {} sentences",
            treebank.sentences().count()
        ));
        for (genre, figures) in genres {
            figures.show(&format!("  {genre}"));
        }
    }
    println!(
        "{:34} {:>18} {:>18} {:>18}",
        "neural systems, EWT (its test part)", "98.9", "-", "87"
    );
    println!(
        "{words} words in {:.2} CPU seconds: {:.0} words a CPU second (thread CPU time of `text::segment` alone)",
        spent.as_secs_f64(),
        words as f64 / spent.as_secs_f64().max(1e-9)
    );
    match &options.misses {
        Some(path) => data::write_outside_checkout(path, &misses),
        None => Ok(()),
    }
}

/// The figures of one or more documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Figures {
    tokens: Tally,
    words: Tally,
    sentences: Tally,
}

impl Figures {
    fn add(&mut self, more: &Figures) {
        for (tally, more) in [
            (&mut self.tokens, more.tokens),
            (&mut self.words, more.words),
            (&mut self.sentences, more.sentences),
        ] {
            tally.right += more.right;
            tally.given += more.given;
            tally.wanted += more.wanted;
        }
    }

    fn show(&self, name: &str) {
        let both = |tally: Tally| {
            format!(
                "{:.2} ({:.1}/{:.1})",
                tally.f1(),
                tally.precision(),
                tally.recall()
            )
        };
        println!(
            "{name:34} {:>18} {:>18} {:>18}",
            both(self.tokens),
            both(self.words),
            both(self.sentences)
        );
    }
}

/// What came of one document.
struct Outcome {
    figures: Figures,
    misses: String,
    spent: Duration,
}

fn outcome(
    product: &Product,
    document: &TreebankDocument,
    with_misses: bool,
) -> Result<Outcome, Failure> {
    let raw = document.raw();
    let read = product.documents(Path::new("raw.txt"), raw.text.as_bytes())?;
    let [read] = read.as_slice() else {
        return Err(Failure(format!(
            "{} was read as {} documents",
            document.id,
            read.len()
        )));
    };
    if read.text != raw.text {
        return Err(Failure(format!("the text of {} was changed", document.id)));
    }
    let start = ThreadTime::now();
    let segments = product.segments(read);
    let spent = start.elapsed();
    let places = Places::new(&raw.text);
    let pairs = [
        (tokens_of(&raw), surface_tokens(&segments)),
        (words_of(&raw), words(&segments)),
        (sentences_of(&raw), sentences(&segments)),
    ];
    let mut text = String::new();
    if with_misses {
        let _ = writeln!(text, "# {} {}", document.id, document.genre);
        for (kind, (wanted, given)) in ["token", "word", "sentence"].iter().zip(&pairs) {
            places.note_misses(kind, wanted, given, &raw.text, &mut text);
        }
    }
    let [tokens, words, sentences] = pairs.map(|(wanted, given)| places.tally(&wanted, &given));
    Ok(Outcome {
        figures: Figures {
            tokens,
            words,
            sentences,
        },
        misses: text,
        spent,
    })
}

fn tokens_of(raw: &RawDocument) -> Vec<Span> {
    let of = raw.sentences.iter().flat_map(|sentence| &sentence.tokens);
    of.copied().collect()
}

/// Syntactic words by their own place, which each has where the forms of a multiword token make it up.
fn words_of(raw: &RawDocument) -> Vec<Span> {
    let of = raw.sentences.iter().flat_map(|sentence| &sentence.words);
    of.copied().collect()
}

fn sentences_of(raw: &RawDocument) -> Vec<Span> {
    raw.sentences.iter().map(|sentence| sentence.span).collect()
}

/// Tokens as written: a word that is joined to the one before it is part of the same one.
fn surface_tokens(segments: &Segments) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::with_capacity(segments.tokens.len());
    for token in &segments.tokens {
        match spans.last_mut() {
            Some(last) if token.joined => *last = last.cover(token.span),
            _ => spans.push(token.span),
        }
    }
    spans
}

fn words(segments: &Segments) -> Vec<Span> {
    segments.tokens.iter().map(|token| token.span).collect()
}

fn sentences(segments: &Segments) -> Vec<Span> {
    let of = segments.sentences.iter().map(|sentence| sentence.span);
    of.collect()
}

/// For each byte of a text, the number of characters before it that are no white space.
struct Places(Vec<u32>);

impl Places {
    fn new(text: &str) -> Self {
        let mut places = Vec::with_capacity(text.len() + 1);
        let mut count = 0;
        for c in text.chars() {
            places.resize(places.len() + c.len_utf8(), count);
            count += u32::from(!c.is_whitespace());
        }
        places.push(count);
        Self(places)
    }

    fn of(&self, span: Span) -> (u32, u32) {
        let at = |byte: usize| self.0.get(byte).copied().unwrap_or(u32::MAX);
        (at(span.from()), at(span.to()))
    }

    fn tally(&self, wanted: &[Span], given: &[Span]) -> Tally {
        let places: BTreeSet<(u32, u32)> = wanted.iter().map(|&span| self.of(span)).collect();
        Tally {
            right: given
                .iter()
                .filter(|&&span| places.contains(&self.of(span)))
                .count(),
            given: given.len(),
            wanted: wanted.len(),
        }
    }

    /// Writes what only one side has: `-` gold alone, `+` the program alone, with a few words around.
    fn note_misses(
        &self,
        kind: &str,
        wanted: &[Span],
        given: &[Span],
        text: &str,
        notes: &mut String,
    ) {
        let set = |spans: &[Span]| -> BTreeSet<(u32, u32)> {
            spans.iter().map(|&span| self.of(span)).collect()
        };
        let (in_gold, in_given) = (set(wanted), set(given));
        let mut odd: Vec<(Span, char)> = wanted
            .iter()
            .filter(|&&span| !in_given.contains(&self.of(span)))
            .map(|&span| (span, '-'))
            .chain(
                given
                    .iter()
                    .filter(|&&span| !in_gold.contains(&self.of(span)))
                    .map(|&span| (span, '+')),
            )
            .collect();
        odd.sort();
        for (span, side) in odd {
            let after: String = text[span.to()..].chars().take(24).collect();
            let before: String = {
                let tail: Vec<char> = text[..span.from()].chars().rev().take(24).collect();
                tail.into_iter().rev().collect()
            };
            let line = format!("{side} {kind} {before}⟦{}⟧{after}", span.slice(text));
            let _ = writeln!(notes, "{}", line.replace('\n', "⏎"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_does_not_count_and_both_ends_do() {
        let text = "One two.\n\nThree é";
        let places = Places::new(text);
        let span = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let wanted = [span("One"), span("two."), span("Three"), span("é")];
        let given = [span("One "), span("two"), span("."), span("Three é")];
        let tally = places.tally(&wanted, &given);
        assert_eq!((tally.right, tally.given, tally.wanted), (1, 4, 4));
        let mut notes = String::new();
        places.note_misses("token", &wanted[..2], &given[..2], text, &mut notes);
        assert_eq!(
            notes,
            "+ token One ⟦two⟧.⏎⏎Three é\n- token One ⟦two.⟧⏎⏎Three é\n"
        );
    }
}
