//! Events against our own labels: `gold/events.tsv`.
//!
//! Labels and ours are aligned one to one where their words overlap, those of one type first. The dev half is what the weights are
//! learnt from as far as licences let them: it is measured by five models each of which has not seen the documents that it reads.

pub mod cameo;
pub mod learn;

use crate::acts::gold::Half;
use crate::data::{self, Data, Failure};
use crate::product::Product;
use crate::sentences::{self, Sentence, span};
use annotate::events::PredicateReading;
use annotate::{Event, EventType, Role};
use std::collections::BTreeMap;
use text::Document;

/// The weights, from the root of the checkout.
pub const FILE: &str = "models/events.bin";
/// The labels.
const GOLD: &str = "events.tsv";
/// The share of the labels that is answered where precision at a coverage is measured, the surest answers first.
const COVERAGE: f64 = 0.7;

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Measures the test half too; do so rarely
    #[arg(long)]
    test: bool,
    /// Also what differs in the dev half, in the words of our own sentences
    #[arg(long)]
    errors: bool,
}

/// A labelled event; spans are bytes of its sentence.
pub struct Label {
    pub trigger: (usize, usize),
    pub kind: EventType,
    pub realis: String,
    pub polarity: String,
    /// Actor, recipient, object: the roles that are compared.
    pub roles: [Vec<(usize, usize)>; 3],
}

/// The roles in the order of `Label::roles`, with their names.
const ROLES: [(Role, &str); 3] = [
    (Role::Actor, "actor"),
    (Role::Recipient, "recipient"),
    (Role::Object, "object"),
];

/// `trigger;type;realis;polarity;actor;recipient;object;instrument;place`.
pub fn read_label(label: &str) -> Option<Label> {
    let fields: Vec<&str> = label.split(';').collect();
    let [
        trigger,
        kind,
        realis,
        polarity,
        actor,
        recipient,
        object,
        ..,
    ] = fields[..]
    else {
        return None;
    };
    let spans = |field: &str| match field {
        "-" => Some(Vec::new()),
        _ => field.split(',').map(span).collect(),
    };
    Some(Label {
        trigger: span(trigger)?,
        kind: EventType::parse(kind)?,
        realis: realis.to_owned(),
        polarity: polarity.to_owned(),
        roles: [spans(actor)?, spans(recipient)?, spans(object)?],
    })
}

#[derive(Debug, Clone, Default)]
struct Tally {
    sentences: usize,
    labels: usize,
    ours: usize,
    /// Pairs whose words overlap, and those of one type.
    found: usize,
    typed: usize,
    realis: usize,
    polarity: usize,
    /// Of each role: labelled, ours, right, among pairs of one type.
    roles: [[usize; 3]; ROLES.len()],
    /// Sentences without a label, and those of them in which we read none.
    none: usize,
    kept_empty: usize,
    /// Denials, and those of them that we take for an event.
    denials: usize,
    denials_typed: usize,
    /// Our events: how sure, and whether one of that type is labelled there.
    answers: Vec<(f64, bool)>,
}

/// Prints the figures of each half and part.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let models = learn::folds(data)?;
    let shipped = Product::new(None)?;
    let denying = denying()?;
    let mut sums: BTreeMap<String, Tally> = BTreeMap::new();
    let mut read: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for sentence in sentences::load(data, GOLD)? {
        if sentence.half == Half::Test && !options.test || sentence.labels == ["open"] {
            continue;
        }
        if !read.contains_key(&sentence.document) {
            let product = match sentence.half {
                Half::Dev => &models[learn::fold(&sentence.document)],
                Half::Test => &shipped,
            };
            let events = product.events_on(&sentence.day, &sentence.text)?;
            read.insert(sentence.document.clone(), events);
        }
        let ours: Vec<&Event> = read[&sentence.document]
            .iter()
            .filter(|event| sentence.holds(event.span))
            .collect();
        let says = options.errors && sentence.half == Half::Dev;
        for row in sentence.rows() {
            let tally = sums.entry(row).or_default();
            compare(
                &sentence,
                &sentence.read(read_label)?,
                &ours,
                &denying,
                tally,
            );
        }
        if says {
            let document = Document::plain(&sentence.text);
            let predicates = shipped.read_predicates(&document);
            print_errors(&sentence, &sentence.read(read_label)?, &ours, &predicates);
        }
    }
    print(&sums);
    Ok(())
}

/// Pairs of a label and one of ours whose words overlap, of one type first.
fn paired(sentence: &Sentence, labels: &[Label], ours: &[&Event]) -> Vec<(usize, usize)> {
    let overlap = |label: &Label, event: &Event| {
        let (start, end) = (
            event.span.from() - sentence.start,
            event.span.to() - sentence.start,
        );
        label.trigger.0 < end && start < label.trigger.1
    };
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for same_type in [true, false] {
        for (l, label) in labels.iter().enumerate() {
            for (o, event) in ours.iter().enumerate() {
                let free = !pairs.iter().any(|(one, other)| *one == l || *other == o);
                if free && (label.kind == event.kind) == same_type && overlap(label, event) {
                    pairs.push((l, o));
                }
            }
        }
    }
    pairs
}

fn compare(
    sentence: &Sentence,
    labels: &[Label],
    ours: &[&Event],
    denying: &[String],
    tally: &mut Tally,
) {
    tally.sentences += 1;
    tally.labels += labels.len();
    tally.ours += ours.len();
    if labels.is_empty() {
        tally.none += 1;
        tally.kept_empty += usize::from(ours.is_empty());
    }
    let pairs = paired(sentence, labels, ours);
    let mut right = vec![false; ours.len()];
    for (l, o) in pairs {
        let (label, event) = (&labels[l], ours[o]);
        tally.found += 1;
        if label.kind != event.kind {
            continue;
        }
        right[o] = true;
        tally.typed += 1;
        tally.realis += usize::from(event.realis.as_str() == label.realis);
        let polarity = if label.polarity == "-" {
            "negative"
        } else {
            "positive"
        };
        tally.polarity += usize::from(event.polarity.as_str() == polarity);
        for (index, (role, _)) in ROLES.iter().enumerate() {
            let wanted = &label.roles[index];
            let given: Vec<(usize, usize)> = event
                .participants
                .iter()
                .filter(|one| one.role == *role)
                .flat_map(|one| &one.spans)
                .filter(|span| sentence.holds(**span))
                .map(|span| (span.from() - sentence.start, span.to() - sentence.start))
                .collect();
            let met = wanted
                .iter()
                .filter(|want| given.iter().any(|give| want.0 < give.1 && give.0 < want.1));
            let sums = &mut tally.roles[index];
            sums[0] += wanted.len();
            sums[1] += given.len();
            sums[2] += met.count();
        }
    }
    tally.answers.extend(
        ours.iter()
            .zip(&right)
            .map(|(event, right)| (event.confidence, *right)),
    );
    for (start, end) in denials(sentence.words(), denying) {
        let labelled = labels
            .iter()
            .any(|label| label.trigger.0 < end && start < label.trigger.1);
        if labelled {
            continue;
        }
        tally.denials += 1;
        let (start, end) = (start + sentence.start, end + sentence.start);
        let typed = ours
            .iter()
            .any(|event| event.span.from() < end && start < event.span.to());
        tally.denials_typed += usize::from(typed);
    }
}

/// The stems of the cues that deny.
fn denying() -> Result<Vec<String>, Failure> {
    let path = data::checkout().join("lexicon/cues.txt");
    let text = data::text(&path)?;
    let stem = |line: &str| {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let lemma = fields.first()?.split(' ').next()?;
        (fields.get(2) == Some(&"denies")).then(|| lemma.trim_end_matches(['e', 'y']).to_owned())
    };
    let mut stems: Vec<String> = text.lines().filter_map(stem).collect();
    stems.retain(|stem| stem.len() > 2);
    stems.sort();
    stems.dedup();
    Ok(stems)
}

/// Where words stand that deny.
fn denials(words: &str, stems: &[String]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in words.split(|letter: char| !letter.is_alphanumeric()) {
        let lower = word.to_lowercase();
        let ends = [
            "e", "es", "ed", "ing", "y", "ies", "ied", "s", "", "ying", "al", "ial", "tal",
        ];
        let denies = stems.iter().any(|stem| {
            lower
                .strip_prefix(stem.as_str())
                .is_some_and(|end| ends.contains(&end))
        });
        if denies {
            found.push((at, at + word.len()));
        }
        at += word.len();
        at += words[at..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

fn print_errors(
    sentence: &Sentence,
    labels: &[Label],
    ours: &[&Event],
    predicates: &[PredicateReading],
) {
    let pairs = paired(sentence, labels, ours);
    let mut lines = Vec::new();
    for (l, label) in labels.iter().enumerate() {
        let met = pairs
            .iter()
            .find(|(one, _)| *one == l)
            .map(|(_, o)| ours[*o]);
        let word = &sentence.words()[label.trigger.0..label.trigger.1];
        let wanted = format!(
            "{} “{word}” {} {}",
            label.kind, label.realis, label.polarity
        );
        match met {
            None => {
                let (start, end) = (
                    label.trigger.0 + sentence.start,
                    label.trigger.1 + sentence.start,
                );
                let near = predicates
                    .iter()
                    .find(|one| one.span.from() < end && start < one.span.to());
                let of = near.map_or("no predicate".to_owned(), |one| {
                    let kinds: Vec<&str> = one.of.iter().map(|kind| kind.as_str()).collect();
                    format!("proposed: {}", kinds.join(", "))
                });
                lines.push(format!("missed {wanted}; {of}"));
            }
            Some(event) => {
                let polarity = if event.polarity.as_str() == "negative" {
                    "-"
                } else {
                    "+"
                };
                if event.kind != label.kind
                    || event.realis.as_str() != label.realis
                    || polarity != label.polarity
                {
                    lines.push(format!(
                        "{wanted}: {} {} {polarity} ({:.2})",
                        event.kind, event.realis, event.confidence
                    ));
                }
            }
        }
    }
    for (o, event) in ours.iter().enumerate() {
        if !pairs.iter().any(|(_, other)| *other == o) {
            let word = event.span.slice(&sentence.text);
            lines.push(format!(
                "added {} “{word}” ({:.2})",
                event.kind, event.confidence
            ));
        }
    }
    if lines.is_empty() {
        return;
    }
    if sentence.is_own {
        println!("{}: {}", sentence.id, sentence.words());
    } else {
        println!("{}:", sentence.id);
    }
    for line in lines {
        println!("    {line}");
    }
}

/// A share of 100; 0 of nothing.
fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn print(sums: &BTreeMap<String, Tally>) {
    print!(
        "{:12} {:>9} {:>6} {:>5} {:>6} {:>6} {:>6} {:>6} {:>6} {:>7} {:>7} {:>9}",
        "in 100",
        "sentences",
        "labels",
        "ours",
        "found",
        "type",
        "empty",
        "denied",
        "@70 %",
        "realis",
        "polar.",
        ""
    );
    for (_, name) in ROLES {
        print!(" {name:>9}");
    }
    println!();
    for (name, sum) in sums {
        let f1 = |right: usize| percent(2 * right, sum.labels + sum.ours);
        let mut answers = sum.answers.clone();
        answers.sort_by(|one, other| other.0.total_cmp(&one.0));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a count"
        )]
        answers.truncate((sum.labels as f64 * COVERAGE) as usize);
        let sure = answers.iter().filter(|(_, right)| *right).count();
        print!(
            "{name:12} {:9} {:6} {:5} {:6.1} {:6.1} {:6.1} {:6.1} {:6.1} {:7.1} {:7.1} {:>9}",
            sum.sentences,
            sum.labels,
            sum.ours,
            f1(sum.found),
            f1(sum.typed),
            percent(sum.kept_empty, sum.none),
            percent(sum.denials_typed, sum.denials),
            percent(sure, answers.len()),
            percent(sum.realis, sum.typed),
            percent(sum.polarity, sum.typed),
            format!("{}/{}", sum.denials_typed, sum.denials),
        );
        for roles in sum.roles {
            print!(" {:9.1}", percent(2 * roles[2], roles[0] + roles[1]));
        }
        println!();
    }
    println!(
        "found, type: F1 of labelled and read events whose words overlap, and of those of one type; empty: sentences without an event in which none is read;\n\
         denied: words that deny which are read as an event; @70 %: precision of the surest answers, as many as 70 % of the labels; realis, polarity: of those of one type; roles: F1"
    );
}
