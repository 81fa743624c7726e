//! `lab eval syntax`: tags, lemmas and trees on the treebanks' dev parts, on gold tokens, and what damaged copies cost.
//!
//! Relations are compared without subtypes, as the references do; punctuation counts.

use super::{WeightFiles, universal};
use crate::corrupt::Corruption;
use crate::corrupt::trees::corrupt_document;
use crate::data::{Data, Failure};
use crate::mentions::peers::Peer;
use crate::parallel;
use crate::treebank::{EWT_DEV, GUM_DEV, Treebank, TreebankDocument, TreebankSentence};
use std::path::PathBuf;
use syntax::{Models, SentenceReader};

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Reads `tags.bin`, `lemmas.bin` and `tree.bin` here instead of in `models/`
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// Adds what each kind of damaged copy costs
    #[arg(long)]
    corrupt: bool,
}

/// Right words of all.
#[derive(Debug, Clone, Copy, Default)]
struct Figures {
    words: usize,
    upos: usize,
    xpos: usize,
    lemma: usize,
    head: usize,
    labelled: usize,
}

/// The sets, by the name that peers' figures use.
const SETS: [(&str, &str); 2] = [("ewt/dev", EWT_DEV), ("gum/dev", GUM_DEV)];

/// Prints a row for each set, the peers' rows, and with `--corrupt` the rows of the copies.
pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let files = match &options.models {
        None => WeightFiles::read()?,
        Some(folder) => WeightFiles::read_from(folder)?,
    };
    let models = files.models()?;
    println!("per cent of words, gold tokens; relations without subtypes, punctuation counted");
    println!(
        "{:34} {:>7} {:>7} {:>7} {:>7} {:>7} {:>8}",
        "", "UPOS", "XPOS", "lemma", "UAS", "LAS", "words"
    );
    for (name, file) in SETS {
        let treebank = Treebank::open(data, file)?;
        let plain = measure(&models, &treebank.documents, jobs);
        plain.show(name);
        for peer in Peer::every() {
            let figure = |measure| peer.figure("tags", name, "gold tokens", measure);
            if let (Some(upos), Some(xpos)) = (figure("UPOS"), figure("XPOS")) {
                println!("  {:32} {upos:7.2} {xpos:7.2}", peer.system);
            }
        }
        let copies = if options.corrupt {
            &Corruption::DAMAGES[..]
        } else {
            &[]
        };
        for &corruption in copies {
            let documents: Vec<TreebankDocument> = treebank
                .documents
                .iter()
                .map(|document| corrupt_document(document, corruption, 1))
                .collect();
            let copy = measure(&models, &documents, jobs);
            copy.show(&format!("  {}", corruption.name()));
            copy.lost(&plain).show_lost();
        }
    }
    Ok(())
}

fn measure(models: &Models, documents: &[TreebankDocument], jobs: usize) -> Figures {
    let each = parallel::map(documents, jobs, |document| {
        let mut reader = SentenceReader::default();
        let mut figures = Figures::default();
        for sentence in &document.sentences {
            figures.add(&one(models, &mut reader, sentence));
        }
        figures
    });
    let mut all = Figures::default();
    each.iter().for_each(|figures| all.add(figures));
    all
}

fn one(models: &Models, reader: &mut SentenceReader, sentence: &TreebankSentence) -> Figures {
    let forms = sentence.words.iter().map(|word| word.form.as_str());
    let nodes = reader.read(models, forms);
    let mut figures = Figures::default();
    let mut lemma = String::new();
    for (word, node) in sentence.words.iter().zip(nodes) {
        models.lemma(&word.form, node, &mut lemma);
        let head = node.head.map_or(0, |head| head as usize + 1) == word.head;
        let relation = universal(node.relation.as_str()) == universal(&word.deprel);
        figures.words += 1;
        figures.upos += usize::from(node.upos.as_str() == word.upos);
        figures.xpos += usize::from(models.xpos(node) == word.xpos);
        figures.lemma += usize::from(lemma == word.lemma);
        figures.head += usize::from(head);
        figures.labelled += usize::from(head && relation);
    }
    figures
}

impl Figures {
    fn add(&mut self, other: &Self) {
        self.words += other.words;
        self.upos += other.upos;
        self.xpos += other.xpos;
        self.lemma += other.lemma;
        self.head += other.head;
        self.labelled += other.labelled;
    }

    fn shares(&self) -> [f64; 5] {
        [self.upos, self.xpos, self.lemma, self.head, self.labelled]
            .map(|right| right as f64 * 100.0 / self.words.max(1) as f64)
    }

    fn show(&self, name: &str) {
        let [upos, xpos, lemma, uas, las] = self.shares();
        println!(
            "{name:34} {upos:7.2} {xpos:7.2} {lemma:7.2} {uas:7.2} {las:7.2} {:8}",
            self.words
        );
    }

    fn lost(&self, plain: &Self) -> Lost {
        let (own, plain) = (self.shares(), plain.shares());
        Lost([0, 1, 2, 3, 4].map(|column| plain[column] - own[column]))
    }
}

/// Points that a copy costs.
struct Lost([f64; 5]);

impl Lost {
    fn show_lost(&self) {
        let [upos, xpos, lemma, uas, las] = self.0;
        println!(
            "{:34} {upos:7.2} {xpos:7.2} {lemma:7.2} {uas:7.2} {las:7.2}",
            "    points lost"
        );
    }
}
