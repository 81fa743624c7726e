//! `lab train acts`: learns the acts of cues from cues that were labelled once, the examples of the cue lexicon, and the dev
//! half of those labelled twice.
//!
//! It does not know features.

use super::gold::{self, Files, Half, Place};
use super::{FILE, NONE, macro_f1, tallied};
use crate::attributions::{PARAGRAPHS, own};
use crate::calibration::{Prediction, calibration_error};
use crate::data::{self, Data, Failure};
use crate::marks::Marked;
use crate::product::Product;
use annotate::Act;
use annotate::acts::{LearningAct, train};
use std::collections::HashMap;
use std::path::PathBuf;
use text::{Document, Span};

#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Where the weights go (default: models/acts.bin of this checkout)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Leave the dev half out, so that it measures what was learnt
    #[arg(long)]
    without_dev: bool,
    /// Writes nothing; prints how often acts are right by models that have not seen the cue
    #[arg(long)]
    cross_validate: bool,
    /// Fixes the order of cues
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// A cue with its act.
struct Labelled {
    text: String,
    cue: Vec<Span>,
    /// Nothing where the act is `none`.
    act: Option<Act>,
}

/// Trains and writes the weights.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let parts = [
        ("PolNeAR's train part", polnear(data)?),
        ("our own paragraphs", paragraphs()?),
        ("the examples of the lexicon", examples()?),
        (
            "the dev half",
            if options.without_dev {
                Vec::new()
            } else {
                dev(data)?
            },
        ),
    ];
    let rules = Product::with_acts(&[])?;
    let mut cues = Vec::new();
    for (name, labelled) in &parts {
        println!("{:6} cues of {name}", labelled.len());
        let one = |one: &Labelled| {
            let document = Document::plain(&one.text);
            let read = rules.read_cues(&document, std::slice::from_ref(&one.cue));
            read.into_iter().next().map(|read| LearningAct {
                features: read.features,
                act: one.act,
            })
        };
        cues.extend(labelled.iter().filter_map(one));
    }
    if options.cross_validate {
        return cross_validate(&parts, &cues, options.seed);
    }
    let bytes = train(&cues, options.seed);
    let path = data::write_learnt(options.out.as_ref(), FILE, &bytes)?;
    println!("{}: {} bytes", path.display(), bytes.len());
    Ok(())
}

/// Parts of the data that are left out in turn.
const FOLDS: usize = 5;

/// Prints how often acts are right by models that have not seen the cue, part by part.
fn cross_validate(parts: &Parts, cues: &[LearningAct], seed: u64) -> Result<(), Failure> {
    let models = (0..FOLDS)
        .map(|fold| {
            let seen = cues.iter().enumerate();
            let seen = seen.filter(|(index, _)| index % FOLDS != fold);
            let seen: Vec<LearningAct> = seen.map(|(_, cue)| cue.clone()).collect();
            Product::with_acts(&train(&seen, seed))
        })
        .collect::<Result<Vec<_>, _>>()?;
    println!(
        "\nright acts of 100, macro-F1, calibration error; right acts and macro-F1 of the rules alone"
    );
    let mut index = 0;
    for (name, labelled) in parts {
        let mut pairs = Vec::new();
        let mut by_rules = Vec::new();
        let mut sure = Vec::new();
        for one in labelled {
            let document = Document::plain(&one.text);
            let cue = std::slice::from_ref(&one.cue);
            let read = models[index % FOLDS].read_cues(&document, cue);
            index += 1;
            let spelt =
                |act: Option<Act>| act.map_or_else(|| NONE.to_string(), |act| act.to_string());
            if let Some(read) = read.first() {
                pairs.push((spelt(one.act), spelt(read.act)));
                sure.push(Prediction {
                    probability: read.sure,
                    right: read.act == one.act,
                });
            }
            by_rules.extend(
                read.first()
                    .map(|read| (spelt(one.act), spelt(read.by_rules))),
            );
        }
        let right = |pairs: &[(String, String)]| {
            let right = pairs
                .iter()
                .filter(|(wanted, given)| wanted == given)
                .count();
            100.0 * right as f64 / pairs.len().max(1) as f64
        };
        let f1 = |pairs: &[(String, String)]| {
            macro_f1(&tallied(
                pairs.iter().map(|(wanted, given)| (wanted, given)),
            ))
        };
        println!(
            "{name:28} {:6.1} {:6.1} {:6.3}   {:6.1} {:6.1}",
            right(&pairs),
            f1(&pairs),
            calibration_error(&sure),
            right(&by_rules),
            f1(&by_rules),
        );
    }
    Ok(())
}

/// Where labelled cues come from, with them.
type Parts = [(&'static str, Vec<Labelled>)];

fn act(label: &str) -> Result<Option<Act>, Failure> {
    if label == NONE {
        return Ok(None);
    }
    Act::parse(label)
        .map(Some)
        .ok_or_else(|| Failure(format!("“{label}” is no act")))
}

/// `gold/acts.train.tsv`.
fn polnear(data: &Data) -> Result<Vec<Labelled>, Failure> {
    let mut files = Files::default();
    gold::rows("acts.train.tsv", 7)?
        .iter()
        .map(|row| {
            let place = Place {
                file: &row[2],
                field: "-",
                key: "-",
                hash: &row[3],
                context: [&row[4], &row[5]],
                cue: &row[6],
            };
            let (text, cue) = files
                .context(data, &place)
                .map_err(|what| Failure(format!("gold/acts.train.tsv, {}: {what}", row[0])))?;
            let act = act(&row[1])?;
            Ok(Labelled { text, cue, act })
        })
        .collect()
}

/// `gold/paragraphs.acts`.
fn paragraphs() -> Result<Vec<Labelled>, Failure> {
    let acts: HashMap<String, String> = gold::rows("paragraphs.acts", 2)?
        .into_iter()
        .filter_map(|row| <[String; 2]>::try_from(row).ok())
        .map(|[label, act]| (label, act))
        .collect();
    own::cues(&data::checkout().join(PARAGRAPHS))?
        .into_iter()
        .filter_map(|cue| {
            let label = acts.get(&cue.label)?;
            Some(act(label).map(|act| Labelled {
                text: cue.text,
                cue: cue.cue,
                act,
            }))
        })
        .collect()
}

/// The examples of the cue lexicon, and the counter-examples, in which the word is no cue.
fn examples() -> Result<Vec<Labelled>, Failure> {
    let file = data::text(&data::checkout().join("lexicon/cues.txt"))?;
    let mut labelled = Vec::new();
    let entries = file.lines().filter(|line| !line.starts_with('#'));
    for fields in entries.map(|line| line.split('|').map(str::trim).collect::<Vec<_>>()) {
        let [lemma, _, label, _, _, example, counter] = fields[..] else {
            continue;
        };
        let example = Marked::parse(example);
        let cue = example.spans("cue", 0);
        if !cue.is_empty() {
            labelled.push(Labelled {
                text: example.plain,
                cue,
                act: act(label)?,
            });
        }
        labelled.extend(word_of(lemma, counter).map(|cue| Labelled {
            text: counter.to_owned(),
            cue: vec![cue],
            act: None,
        }));
    }
    Ok(labelled)
}

/// Where a form of a lemma's first word stands in a sentence: the first word that begins like it.
fn word_of(lemma: &str, sentence: &str) -> Option<Span> {
    let head = lemma.split(' ').next()?;
    let stem = head.get(..head.len().min(4))?;
    let lower = sentence.to_ascii_lowercase();
    let starts = lower.match_indices(stem).map(|(at, _)| at);
    let mut begins = starts.filter(|at| {
        let before = lower[..*at].chars().next_back();
        !before.is_some_and(char::is_alphanumeric)
    });
    let start = begins.next()?;
    let length = sentence[start..]
        .find(|letter: char| !letter.is_alphanumeric())
        .unwrap_or(sentence.len() - start);
    Some(Span::new(start, start + length))
}

/// The dev half of the cues that were labelled twice.
fn dev(data: &Data) -> Result<Vec<Labelled>, Failure> {
    let items = gold::load(data)?.into_iter();
    items
        .filter(|item| item.half == Half::Dev)
        .map(|item| {
            Ok(Labelled {
                act: act(&item.act)?,
                text: item.text,
                cue: item.cue,
            })
        })
        .collect()
}
