//! What clauses commit to against judgements of people: UDS-IH2 (whether each predicate happened) and CommitmentBank (whether a
//! speaker is committed to what an embedded clause says).
//!
//! By our own parse of the bare text. A judgement is the mean of several people's, from -3 (certainly not) to 3 (certainly).

use crate::data::{self, Data, Failure};
use crate::product::Product;
use annotate::{Polarity, Realis};
use text::{Document, Span};

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

/// Prints the figures.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let product = Product::new(None)?;
    let file = data::text(&data.at(UDS)?)?;
    let (mut occurred, mut not) = (Counts::default(), Counts::default());
    let mut all = Counts::default();
    for judged in sentences(&file) {
        let document = Document::plain(&judged.text);
        let spans: Vec<Span> = judged.predicates.iter().map(|(span, _)| *span).collect();
        let read = product.committed(&document, &spans);
        for ((span, score), read) in judged.predicates.iter().zip(read) {
            let said = read.is_none_or(|(polarity, realis)| {
                polarity == Polarity::Positive
                    && matches!(
                        realis,
                        Realis::Occurred | Realis::Ongoing | Realis::Habitual
                    )
            });
            let is = *score > 0.0;
            occurred.add(is, said);
            not.add(!is, !said);
            all.add(is, true);
            if options.errors && is != said {
                println!(
                    "{score:5.2} {read:?} “{}” {}",
                    span.slice(&judged.text),
                    judged.text
                );
            }
        }
    }
    let total = all.counts[1];
    println!(
        "UDS-IH2 dev: {total} predicates, {} of them judged to have occurred",
        all.counts[0]
    );
    println!(
        "{:24} {:>8} {:>8} {:>8}",
        "F1 in 100", "occurred", "not", "mean"
    );
    for (name, occurred, not) in [
        ("everything occurred", all.f1(), 0.0),
        ("rashomon", occurred.f1(), not.f1()),
    ] {
        println!(
            "{name:24} {occurred:8.1} {not:8.1} {:8.1}",
            f64::midpoint(occurred, not)
        );
    }
    Ok(())
}
