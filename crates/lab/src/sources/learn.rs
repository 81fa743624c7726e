//! `lab train sources`: the weights of the ranker of antecedents, from GUM's coreference and the dev half of our own sources.
//!
//! It prints how the weights do on what they have not seen: GUM's dev part, and our dev half in two folds.

use super::antecedents::{Labelled, Score, of_gum, of_marks, of_own, score, score_of};
use super::gold::{self, Item};
use crate::acts::gold::Half;
use crate::data::{self, Data, Failure};
use crate::mentions::folds;
use crate::product::Product;
use crate::treebank::{GUM_DEV, GUM_TRAIN};
use annotate::source_ranker::{Class, LearningSources, SourceRanker, SourceTraining, train};
use annotate::{Knowledge, KnowledgeFiles};
use std::path::PathBuf;

#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Where the weights go (default: models/sources.tsv of this checkout)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Learns from GUM alone
    #[arg(long)]
    gum_alone: bool,
    /// How much a decision of our own counts beside one of GUM's
    #[arg(long, default_value_t = 6.0)]
    own_weight: f32,
    /// Rounds over all decisions
    #[arg(long, default_value_t = 20)]
    rounds: u32,
    /// The penalty on squared weights
    #[arg(long, default_value_t = 1e-2)]
    penalty: f32,
    /// Only prints the figures
    #[arg(long)]
    dry: bool,
}

/// The probability from which an antecedent counts as named in what is printed.
const THRESHOLD: f64 = 0.5;

pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let product = Product::new(None)?;
    let items = gold::load()?;
    let dev: Vec<&Item> = items.iter().filter(|item| item.half == Half::Dev).collect();
    let own = of_own(&product, &dev, options.own_weight);
    let marks = of_marks(&product, options.own_weight)?;
    let gum = of_gum(&product, data, GUM_TRAIN, jobs)?;
    let gum_dev = of_gum(&product, data, GUM_DEV, jobs)?;
    let training = SourceTraining {
        rounds: options.rounds,
        penalty: options.penalty,
        ..SourceTraining::default()
    };
    let learn = |own: &[&Labelled]| -> SourceRanker {
        let documents: Vec<LearningSources> = gum
            .iter()
            .chain(own.iter().copied())
            .map(|document| document.learning.clone())
            .collect();
        train(&documents, training)
    };
    Score::head();
    let alone = learn(&[]);
    score(&alone, &gum_dev, THRESHOLD).print("GUM dev, learnt from GUM");
    score(&alone, &own, THRESHOLD).print("our dev half, learnt from GUM");
    let marked: Vec<&Labelled> = marks.iter().collect();
    score(&learn(&marked), &own, THRESHOLD).print("our dev half, GUM and our texts");
    let mut folded = Score::default();
    for fold in 0..2 {
        let of = |number: usize| folds::fold(&format!("own-{number}"), 2) == fold;
        let numbered = || own.iter().enumerate();
        let mut seen = marked.clone();
        seen.extend(
            numbered()
                .filter(|(number, _)| !of(*number))
                .map(|(_, own)| own),
        );
        let ranker = learn(&seen);
        for (_, unseen) in numbered().filter(|(number, _)| of(*number)) {
            folded.sum(&score(&ranker, std::slice::from_ref(unseen), THRESHOLD));
        }
    }
    folded.print("our dev half, that in two folds too");
    let ranker = if options.gum_alone {
        alone
    } else {
        learn(&marks.iter().chain(&own).collect::<Vec<_>>())
    };
    score(&ranker, &gum_dev, THRESHOLD).print("GUM dev, as written");
    for (name, classes) in [
        ("  he, she", [Class::He, Class::She]),
        ("  it, they", [Class::It, Class::They]),
    ] {
        score_of(&ranker, &gum_dev, THRESHOLD, &classes).print(name);
    }
    let baseline = nearest();
    score(&baseline, &gum_dev, 0.0).print("GUM dev, the latest that fits");
    score(&baseline, &own, 0.0).print("our dev half, the latest that fits");
    if options.dry {
        return Ok(());
    }
    data::write_learnt(options.out.as_ref(), super::FILE, ranker.file())?;
    Ok(())
}

/// The baseline: the latest mention of the right kind and no other gender.
pub fn nearest() -> SourceRanker {
    let file = "all\trank-place\t0\t20\nall\trank-place\t4\t20\nall\tgender\t5\t-40\nall\tgender\t6\t-40\n";
    let files = KnowledgeFiles {
        sources: file,
        ..KnowledgeFiles::default()
    };
    Knowledge::parse(&files)
        .source_ranker()
        .cloned()
        .unwrap_or_else(|| train(&[], SourceTraining::default()))
}
