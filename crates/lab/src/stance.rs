//! What clauses commit to against judgements of people: UDS-IH2 (whether each predicate happened) and CommitmentBank (whether a
//! speaker is committed to what an embedded clause says).
//!
//! By our own parse of the bare text. A judgement is the mean of several people's, from -3 (certainly not) to 3 (certainly); above 0 a
//! predicate is judged to have occurred. The weights of `models/commitment.tsv` are learnt here (`lab train commitment`) and measured by
//! five models each of which has not seen the sentence.

use crate::data::{self, Data, Failure};
use crate::product::Product;
use annotate::events::{CommitmentMark, Committed};
use annotate::{Polarity, Realis};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::PathBuf;
use text::{Document, Span};

/// The weights, from the root of the checkout.
pub const FILE: &str = "models/commitment.tsv";
/// Models of the cross-validation.
const FOLDS: usize = 5;
/// Steps of learning, their length, and how strongly weights are drawn to 0.
const STEPS: usize = 3000;
const STEP: f64 = 0.3;
const DRAWN: f64 = 1.0;

const UDS: &str = "disputes/factuality/uds-ih2-dev.conll";

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Also what differs, sentence by sentence
    #[arg(long)]
    errors: bool,
}

/// A sentence with its judged predicates.
struct Judged {
    text: String,
    predicates: Vec<(Span, f64)>,
}

/// The sentences of a file of UDS-IH2.
fn sentences(file: &str) -> Vec<Judged> {
    let mut sentences = Vec::new();
    for block in file.split("\n\n") {
        let mut judged = Judged {
            text: String::new(),
            predicates: Vec::new(),
        };
        for line in block.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let [_, form, score, ..] = fields[..] else {
                continue;
            };
            let start = judged.text.len();
            judged.text.push_str(form);
            if let Ok(score) = score.parse() {
                let span = Span::new(start, judged.text.len());
                judged.predicates.push((span, score));
            }
            if !line.contains("SpaceAfter=No") {
                judged.text.push(' ');
            }
        }
        if !judged.predicates.is_empty() {
            sentences.push(judged);
        }
    }
    sentences
}

/// A judged predicate as it is read.
struct Case {
    fold: usize,
    span: Span,
    score: f64,
    read: Option<Committed>,
    text: usize,
}

/// The judged predicates, and the sentences that they stand in.
fn cases(data: &Data) -> Result<(Vec<Case>, Vec<String>), Failure> {
    let product = Product::new(None)?;
    let file = data::text(&data.at(UDS)?)?;
    let (mut cases, mut texts) = (Vec::new(), Vec::new());
    for judged in sentences(&file) {
        let document = Document::plain(&judged.text);
        let spans: Vec<Span> = judged.predicates.iter().map(|(span, _)| *span).collect();
        let read = product.committed(&document, &spans);
        let fold = Sha256::digest(judged.text.as_bytes())[0] as usize % FOLDS;
        for ((span, score), read) in judged.predicates.into_iter().zip(read) {
            cases.push(Case {
                fold,
                span,
                score,
                read,
                text: texts.len(),
            });
        }
        texts.push(judged.text);
    }
    Ok((cases, texts))
}

fn marks(case: &Case) -> &[CommitmentMark] {
    case.read.as_ref().map_or(&[], |read| &read.marks)
}

fn odds(weights: &[f64], marks: &[CommitmentMark]) -> f64 {
    let all = CommitmentMark::ALL.iter().zip(weights);
    all.filter(|(mark, _)| marks.contains(mark))
        .map(|(_, weight)| weight)
        .sum()
}

/// Logistic regression by gradients over all cases; the same cases always give the same weights.
fn learn(cases: &[&Case]) -> Vec<f64> {
    let place = |mark: &CommitmentMark| CommitmentMark::ALL.iter().position(|known| known == mark);
    let places: Vec<Vec<usize>> = cases
        .iter()
        .map(|case| marks(case).iter().filter_map(place).collect())
        .collect();
    let mut weights = vec![0.0; CommitmentMark::ALL.len()];
    let mut squares = vec![1e-9; weights.len()];
    for _ in 0..STEPS {
        let mut slopes: Vec<f64> = weights.iter().map(|weight| -DRAWN * weight).collect();
        for (case, places) in cases.iter().zip(&places) {
            let odds: f64 = places.iter().map(|place| weights[*place]).sum();
            let miss = f64::from(u8::from(case.score > 0.0)) - 1.0 / (1.0 + (-odds).exp());
            for place in places {
                slopes[*place] += miss;
            }
        }
        for ((weight, square), slope) in weights.iter_mut().zip(&mut squares).zip(slopes) {
            *square += slope * slope;
            *weight += STEP * slope / square.sqrt();
        }
    }
    weights
}

#[derive(Debug, Clone, clap::Args)]
pub struct Learning {
    /// Where the weights go (default: models/commitment.tsv of this checkout)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Learns the weights from all judged predicates and writes them.
pub fn train(data: &Data, options: &Learning) -> Result<(), Failure> {
    let (cases, _) = cases(data)?;
    let weights = learn(&cases.iter().collect::<Vec<_>>());
    let mut table = String::from(
        "# What speaks for that something is said to have happened (log-odds above 0) and against it: `lab train commitment`; models/commitment.md.\n",
    );
    for (mark, weight) in CommitmentMark::ALL.iter().zip(&weights) {
        let _ = writeln!(table, "{mark}\t{weight:.2}");
    }
    let path = data::write_learnt(options.out.as_ref(), FILE, table)?;
    println!("{}: {} weights", path.display(), weights.len());
    Ok(())
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    /// Judged so, said so, both.
    counts: [usize; 3],
}

impl Counts {
    fn add(&mut self, judged: bool, said: bool) {
        self.counts[0] += usize::from(judged);
        self.counts[1] += usize::from(said);
        self.counts[2] += usize::from(judged && said);
    }

    fn f1(self) -> f64 {
        let [judged, said, both] = self.counts;
        200.0 * both as f64 / (judged + said).max(1) as f64
    }
}

/// The answers of one reader: of those judged to have occurred, and of the others.
#[derive(Debug, Clone, Copy, Default)]
struct Row {
    occurred: Counts,
    not: Counts,
}

impl Row {
    fn add(&mut self, is: bool, said: bool) {
        self.occurred.add(is, said);
        self.not.add(!is, !said);
    }

    fn print(self, name: &str) {
        let [judged, _, both] = self.occurred.counts;
        let [others, _, neither] = self.not.counts;
        let micro = 100.0 * (both + neither) as f64 / (judged + others).max(1) as f64;
        let (occurred, not) = (self.occurred.f1(), self.not.f1());
        println!(
            "{name:30} {occurred:8.1} {not:8.1} {:8.1} {micro:8.1}",
            f64::midpoint(occurred, not)
        );
    }
}

/// Prints the figures.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let (cases, texts) = cases(data)?;
    let models: Vec<Vec<f64>> = (0..FOLDS)
        .map(|fold| {
            learn(
                &cases
                    .iter()
                    .filter(|case| case.fold != fold)
                    .collect::<Vec<_>>(),
            )
        })
        .collect();
    let [mut all, mut rules, mut learnt] = [Row::default(); 3];
    for case in &cases {
        let is = case.score > 0.0;
        let by_rules = case.read.as_ref().is_none_or(|read| {
            read.polarity == Polarity::Positive
                && matches!(
                    read.realis,
                    Realis::Occurred | Realis::Ongoing | Realis::Habitual
                )
        });
        let odds = odds(&models[case.fold], marks(case));
        all.add(is, true);
        rules.add(is, by_rules);
        learnt.add(is, odds > 0.0);
        if options.errors && is != (odds > 0.0) {
            println!(
                "{:5.2} {odds:5.2} {:?} “{}” {}",
                case.score,
                marks(case),
                case.span.slice(&texts[case.text]),
                texts[case.text]
            );
        }
    }
    println!(
        "UDS-IH2 dev: {} predicates, {} of them judged to have occurred",
        cases.len(),
        all.occurred.counts[0]
    );
    println!(
        "{:30} {:>8} {:>8} {:>8} {:>8}",
        "F1 in 100", "occurred", "not", "macro", "micro"
    );
    all.print("everything occurred");
    rules.print("rules of polarity and realis");
    learnt.print(&format!(
        "{} weights, {FOLDS}-fold",
        CommitmentMark::ALL.len()
    ));
    println!(
        "occurred: affirmed and done, going on or habitual; not: denied, future, supposed; macro: their mean; micro: over both, which is the share of right answers"
    );
    Ok(())
}
