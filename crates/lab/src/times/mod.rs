//! Times against TimeBank and AQUAINT (TimeML), WikiWars (TIMEX2), and our own labels.
//!
//! Labels and ours are aligned one to one, the largest overlap first. Relaxed: any overlap; strict: the same words; type and value:
//! relaxed, and the same type or the same value as strings; canonical: as value, after P10Y and P1DE and the like are made one. F1 is
//! twice the right ones over all labels and all of ours. The sets mark no ages, so ours are left out there.
//! Which way bare weekdays and months of TimeBank and AQUAINT lie has rows of its own (`direction`).

mod direction;
pub mod timeml;

use crate::acts::gold::Half;
use crate::data::{self, Data, Failure};
use crate::product::Product;
use crate::sentences::{self, Sentence, aligned, span};
use annotate::{Annotations, TimeExpr, TimeKind};
use direction::Directions;
use std::collections::BTreeMap;
use timeml::Time;

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Measures the test half of our own labels too; do so rarely
    #[arg(long)]
    test: bool,
    /// Also every difference in the shared sets: document, what differs, words, label's value, ours
    #[arg(long)]
    errors: bool,
}

/// What is counted, in the order of the columns.
const MEASURES: [&str; 6] = [
    "relaxed",
    "strict",
    "type",
    "value",
    "strict+value",
    "canonical",
];
/// Mods of which precision and recall are counted.
const MODS: [&str; 3] = ["START", "MID", "END"];
/// Relaxed, strict, type and value F1 of HeidelTime 2.2.1 on documents of the sets that are not here (`research/time-quantities.md` §6).
const HEIDELTIME: [(&str, &str); 3] = [
    ("timebank", "90.1   82.6      -   78.3"),
    ("aquaint", "92.8   83.1      -   68.7"),
    ("wikiwars", "91.6   85.9      -   81.8"),
];

#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    documents: usize,
    labels: usize,
    ours: usize,
    right: [usize; MEASURES.len()],
    /// Mods in the labels, in ours, in both of an aligned pair.
    mods: [usize; 3],
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.documents += 1;
        self.labels += other.labels;
        self.ours += other.ours;
        for (sum, right) in self.right.iter_mut().zip(other.right) {
            *sum += right;
        }
        for (sum, count) in self.mods.iter_mut().zip(other.mods) {
            *sum += count;
        }
    }

    fn print(&self, name: &str) {
        print!(
            "{name:26} {:5} {:6} {:6}",
            self.documents, self.labels, self.ours
        );
        for (right, measure) in self.right.into_iter().zip(MEASURES) {
            let f1 = 200.0 * right as f64 / (self.labels + self.ours).max(1) as f64;
            if measure == "type" && right == 0 {
                // WikiWars has no types.
                print!("      -");
            } else {
                print!(" {f1:6.1}");
            }
        }
        let [labels, ours, both] = self.mods;
        let share = |of: usize| 100.0 * both as f64 / of.max(1) as f64;
        println!("   {:5.1} {:5.1} ({labels})", share(ours), share(labels));
    }
}

/// Prints figures of each set.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let product = Product::new(None)?;
    println!(
        "{:26} {:>5} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}   mod P, R (labels)",
        "F1 in 100",
        "docs",
        "labels",
        "ours",
        "relax",
        "strict",
        "type",
        "value",
        "st+val",
        "canon"
    );
    let mut directions = Directions::default();
    for (set, ending) in [
        ("timebank", ".tml"),
        ("aquaint", ".tml"),
        ("wikiwars", ".key.xml"),
    ] {
        let mut sum = Tally::default();
        for path in data::files(&data.at(&format!("time/{set}"))?, ending)? {
            let marked = timeml::read(&path)?;
            let read = product.annotated_on(&marked.day, &marked.text)?;
            let ours: Vec<Time> = read
                .times
                .iter()
                .filter(|time| time.kind != TimeKind::Age)
                .map(|time| of(time, 0))
                .collect();
            let (tally, mut differences) = compare(&marked.text, &marked.times, &ours);
            sum.add(&tally);
            if ending == ".tml" {
                differences.extend(directions.add(&marked, &ours));
            }
            if options.errors {
                for difference in differences {
                    println!("{} | {difference}", data::name(&path));
                }
            }
        }
        sum.print(set);
        for (_, figures) in HEIDELTIME.iter().filter(|(of, _)| *of == set) {
            println!("  HeidelTime 2.2.1, other documents of the set   {figures}");
        }
    }
    own(data, &product, options)?;
    directions.print();
    Ok(())
}

/// A time of ours; `from` is where the sentence begins that it is counted in.
fn of(time: &TimeExpr, from: usize) -> Time {
    Time {
        span: (time.span.from() - from, time.span.to() - from),
        kind: time.kind.as_str().to_owned(),
        value: time.value.clone().unwrap_or_default(),
        modifier: time.modifier.clone().unwrap_or_default(),
    }
}

/// Counts of one text, and what differs.
fn compare(text: &str, labels: &[Time], ours: &[Time]) -> (Tally, Vec<String>) {
    let places =
        |times: &[Time]| -> Vec<(usize, usize)> { times.iter().map(|time| time.span).collect() };
    let pairs = aligned(&places(labels), &places(ours));
    let is_mod = |time: &&Time| MODS.contains(&&*time.modifier);
    let mut tally = Tally {
        labels: labels.len(),
        ours: ours.len(),
        mods: [
            labels.iter().filter(is_mod).count(),
            ours.iter().filter(is_mod).count(),
            0,
        ],
        ..Tally::default()
    };
    let words = |time: &Time| text.get(time.span.0..time.span.1).unwrap_or("").trim();
    let place = |time: &Time| {
        let span = text.get(time.span.0..time.span.1).unwrap_or("");
        let start = time.span.0 + span.len() - span.trim_start().len();
        (start, start + span.trim().len())
    };
    let mut differences = Vec::new();
    for (label, pair) in labels.iter().zip(&pairs) {
        let Some(own) = pair.map(|number| &ours[number]) else {
            differences.push(format!("missing | {} | {} |", words(label), label.value));
            continue;
        };
        let is_strict = place(label) == place(own);
        let is_value = label.value == own.value;
        let right = [
            true,
            is_strict,
            label.kind == own.kind,
            is_value,
            is_strict && is_value,
            canonical(&label.value) == canonical(&own.value),
        ];
        for (sum, right) in tally.right.iter_mut().zip(right) {
            *sum += usize::from(right);
        }
        tally.mods[2] += usize::from(is_mod(&label) && label.modifier == own.modifier);
        if !is_strict {
            differences.push(format!("span | {} | {} |", words(label), words(own)));
        }
        if !is_value {
            differences.push(format!(
                "value | {} | {} | {}",
                words(label),
                label.value,
                own.value
            ));
        }
    }
    let taken: Vec<usize> = pairs.into_iter().flatten().collect();
    for (number, own) in ours.iter().enumerate() {
        if !taken.contains(&number) {
            differences.push(format!("extra | {} | | {}", words(own), own.value));
        }
    }
    (tally, differences)
}

/// A value in one form of several that mean the same: years for decades and twelve months, days for hours, no empty minutes.
fn canonical(value: &str) -> String {
    let counted =
        |unit: &str| -> Option<u64> { value.strip_prefix('P')?.strip_suffix(unit)?.parse().ok() };
    if let Some(decades) = counted("DE") {
        return format!("P{}Y", decades * 10);
    }
    if let Some(centuries) = counted("CE") {
        return format!("P{}Y", centuries * 100);
    }
    if let Some(months) = counted("M").filter(|months| months % 12 == 0) {
        return format!("P{}Y", months / 12);
    }
    let hours = value
        .strip_prefix("PT")
        .and_then(|rest| rest.strip_suffix('H'));
    if let Some(hours) = hours.and_then(|hours| hours.parse::<u64>().ok())
        && hours % 24 == 0
    {
        return format!("P{}D", hours / 24);
    }
    let value = value.strip_suffix(":00").unwrap_or(value);
    match value.rsplit_once('T') {
        Some((_, clock)) if clock.len() == 5 => value.strip_suffix(":00").unwrap_or(value),
        _ => value,
    }
    .to_owned()
}

/// Of times that both label and read: which say when something was said.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    labels: usize,
    ours: usize,
    both: usize,
}

/// Prints the figures of our own labels, by half.
fn own(data: &Data, product: &Product, options: &Options) -> Result<(), Failure> {
    let mut sums: BTreeMap<String, (Tally, Said)> = BTreeMap::new();
    sentences::each(
        data,
        product,
        "times.tsv",
        options.test,
        |sentence, read| {
            let inside = read.times.iter().filter(|time| sentence.holds(time.span));
            let ours: Vec<Time> = inside.map(|time| of(time, sentence.start)).collect();
            let labels = sentence.read(read_label)?;
            let marked: Vec<Time> = labels.iter().map(|label| label.time.clone()).collect();
            let (tally, mut differences) = compare(sentence.words(), &marked, &ours);
            let said = said(sentence, &labels, &marked, &ours, read, &mut differences);
            if options.errors && sentence.half == Half::Dev {
                for difference in differences {
                    println!("{} | {difference}", sentence.id);
                }
            }
            for row in sentence.rows() {
                let (sum, said_sum) = sums.entry(format!("our labels, {row}")).or_default();
                sum.add(&tally);
                said_sum.labels += said.labels;
                said_sum.ours += said.ours;
                said_sum.both += said.both;
            }
            Ok(())
        },
    )?;
    for (name, (sum, _)) in &sums {
        sum.print(name);
    }
    println!("\ntimes that say when something was said, not when it happened: labels, ours, both");
    for (name, (_, said)) in &sums {
        println!(
            "{name:26} {:6} {:6} {:6}",
            said.labels, said.ours, said.both
        );
    }
    Ok(())
}

/// Counts the times of saying in a sentence, and adds the differences.
fn said(
    sentence: &Sentence,
    labels: &[Label],
    marked: &[Time],
    ours: &[Time],
    read: &Annotations,
    differences: &mut Vec<String>,
) -> Said {
    let places =
        |times: &[Time]| -> Vec<(usize, usize)> { times.iter().map(|time| time.span).collect() };
    let is_said = |time: &Time| {
        let start = time.span.0 + sentence.start;
        let mut said = read.claims.iter().filter_map(|claim| claim.said.as_ref());
        said.any(|said| said.span.from() == start)
    };
    let mut sum = Said::default();
    for (label, pair) in labels.iter().zip(aligned(&places(marked), &places(ours))) {
        let Some(own) = pair.map(|number| &ours[number]) else {
            continue;
        };
        let (labelled, own) = (label.of == "claim", is_said(own));
        sum.labels += usize::from(labelled);
        sum.ours += usize::from(own);
        sum.both += usize::from(labelled && own);
        if labelled != own {
            let (start, end) = label.time.span;
            let words = sentence.words().get(start..end).unwrap_or("");
            let what = if own {
                "no time of saying"
            } else {
                "a time of saying"
            };
            differences.push(format!("said | {words} | {what} |"));
        }
    }
    sum
}

/// A label of ours.
struct Label {
    time: Time,
    /// `claim`, `event` or `document`.
    of: String,
}

/// `span;type;value;mod;…`, `-` where there is none.
fn read_label(label: &str) -> Option<Label> {
    let fields: Vec<&str> = label.split(';').collect();
    let [place, kind, value, modifier, _, _, _, of, ..] = fields[..] else {
        return None;
    };
    let text = |field: &str| {
        if field == "-" {
            String::new()
        } else {
            field.to_owned()
        }
    };
    Some(Label {
        time: Time {
            span: span(place)?,
            kind: kind.to_owned(),
            value: text(value),
            modifier: text(modifier),
        },
        of: of.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_aligned_and_counted() {
        let time = |start: usize, end: usize, value: &str| Time {
            span: (start, end),
            kind: "DATE".to_owned(),
            value: value.to_owned(),
            modifier: "END".to_owned(),
        };
        let text = "on Sunday or late October";
        let (tally, differences) = compare(
            text,
            &[time(3, 9, "2031-05-04"), time(13, 25, "2031-10")],
            &[
                time(0, 9, "2031-05-04"),
                time(18, 25, "2030-10"),
                time(10, 12, "x"),
            ],
        );
        assert_eq!((tally.labels, tally.ours), (2, 3));
        assert_eq!(tally.right, [2, 0, 2, 1, 0, 1]);
        assert_eq!(tally.mods, [2, 3, 2]);
        assert_eq!(differences.len(), 4);
    }

    #[test]
    fn values_of_one_meaning_are_one() {
        for (left, right) in [
            ("P1DE", "P10Y"),
            ("P12M", "P1Y"),
            ("PT24H", "P1D"),
            ("2031-05-06T20:00", "2031-05-06T20"),
        ] {
            assert_eq!(canonical(left), canonical(right));
        }
        assert_ne!(canonical("P11M"), canonical("P1Y"));
    }

    #[test]
    fn a_label_is_read() {
        let label =
            read_label("53-59;DATE;2031-11-13;-;2031-11-13;2031-11-13;document;event;14-17")
                .unwrap();
        assert_eq!(label.time.span, (53, 59));
        assert_eq!(
            (&*label.time.value, &*label.time.modifier, &*label.of),
            ("2031-11-13", "", "event")
        );
        assert!(read_label("53;DATE").is_none());
    }
}
