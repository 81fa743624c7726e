//! `lab eval narrator`: which sentences are read as the narrator's claims, and what the text says of claims being verified, against
//! `gold/narrator.own.tsv`.
//!
//! A sentence counts as read where the content of a narrator's claim overlaps it. It does not measure the events of claims.

use crate::acts::gold::{Half, rows};
use crate::data::{Data, Failure};
use crate::mentions::folds::hash;
use crate::product::Product;
use annotate::{Annotations, Certainty, Claim, Realis, UnverifiedBy, Voice};
use std::path::Path;
use text::{Document, Span};

/// The day on which every text is published.
const PUBLISHED: &str = "2024-05-14";

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Measures the test half instead of the dev half; do so rarely
    #[arg(long)]
    test: bool,
    /// Also every sentence and every claim that is read otherwise
    #[arg(long)]
    errors: bool,
}

/// A labelled text.
struct Item {
    id: String,
    text: String,
    sentences: Vec<(Label, Span)>,
    claims: Vec<Wanted>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Narrated,
    /// Old: no claim, or a historical one.
    History,
    Other,
}

/// What is wanted of the claim whose content holds some words.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    words: String,
    certainty: Certainty,
    /// `outlet` or a name.
    by: Option<String>,
}

/// Prints precision, recall and F1 of the narrator's sentences, and how often certainty and `unverified_by` are right.
pub fn run(_: &Data, options: &Options) -> Result<(), Failure> {
    let half = if options.test { Half::Test } else { Half::Dev };
    let product = Product::new(Some(PUBLISHED))?;
    let mut score = Score::default();
    for item in items()?.iter().filter(|item| half_of(&item.id) == half) {
        let path = format!("{}.txt", item.id);
        for (document, read) in product.annotated(Path::new(&path), item.text.as_bytes())? {
            if document.text != item.text {
                return Err(Failure(format!(
                    "{}: the text was read as another",
                    item.id
                )));
            }
            score.add(item, &document, &read, options.errors);
        }
    }
    print!("{}", score.report(half));
    Ok(())
}

/// Half of the texts are test, by the hash of their ids.
fn half_of(id: &str) -> Half {
    if hash(id.as_bytes(), 0).is_multiple_of(2) {
        Half::Dev
    } else {
        Half::Test
    }
}

fn items() -> Result<Vec<Item>, Failure> {
    rows("narrator.own.tsv", 3)?
        .iter()
        .map(|row| {
            item(row).map_err(|what| Failure(format!("narrator.own.tsv {}: {what}", row[0])))
        })
        .collect()
}

fn item(row: &[String]) -> Result<Item, String> {
    let mut text = String::new();
    let mut sentences = Vec::new();
    let (before, labelled) = row[1].split_once('{').ok_or("no label")?;
    if !before.is_empty() {
        return Err("words before the first label".into());
    }
    for part in labelled.split('{') {
        let (label, words) = part.split_once('}').ok_or("a label that does not end")?;
        let label = match label {
            "+" => Label::Narrated,
            "h" => Label::History,
            "-" => Label::Other,
            _ => return Err(format!("the label {label} is unknown")),
        };
        let words = words.replace(" ¶", "\n\n");
        let start = text.len();
        text.push_str(&words);
        sentences.push((label, Span::new(start, start + words.trim_end().len())));
    }
    let claims = match row[2].as_str() {
        "-" => Vec::new(),
        wanted => wanted
            .split(" ; ")
            .map(|wanted| {
                let wanted = wanted_of(wanted).ok_or(format!("“{wanted}” cannot be read"))?;
                match text.contains(&wanted.words) {
                    true => Ok(wanted),
                    false => Err(format!("“{}” is not in the text", wanted.words)),
                }
            })
            .collect::<Result<_, String>>()?,
    };
    Ok(Item {
        id: row[0].clone(),
        text,
        sentences,
        claims,
    })
}

fn wanted_of(wanted: &str) -> Option<Wanted> {
    let (words, certainty) = wanted.split_once(" = ")?;
    let (certainty, by) = certainty
        .split_once(' ')
        .map_or((certainty, None), |(certainty, by)| (certainty, Some(by)));
    Some(Wanted {
        words: words.to_owned(),
        certainty: Certainty::parse(certainty)?,
        by: by.map(str::to_owned),
    })
}

/// What was counted.
#[derive(Default)]
struct Score {
    /// Labelled as the narrator's.
    narrated: usize,
    /// Of these, read.
    right: usize,
    /// Read, and no narrator's sentence.
    wrong: usize,
    sentences: usize,
    /// Words with a certainty.
    wanted: usize,
    /// Of these, with a claim that holds them.
    found: usize,
    certainty: usize,
    by: usize,
    /// Not labelled unverified, and not read so.
    plain_kept: usize,
    plain: usize,
    errors: String,
}

impl Score {
    fn add(&mut self, item: &Item, document: &Document, read: &Annotations, errors: bool) {
        let of = |voice: Voice| move |claim: &&Claim| claim.voice == voice;
        for (label, span) in &item.sentences {
            let mut here = read
                .claims
                .iter()
                .filter(of(Voice::Narrator))
                .filter(|claim| {
                    let historical = !claim.events.is_empty()
                        && (claim.events.iter()).all(|event| event.realis == Realis::Historical);
                    let overlaps = claim.content.spans.iter().any(|part| part.overlaps(*span));
                    overlaps && !(*label == Label::History && historical)
                });
            let is_read = here.next().is_some();
            self.sentences += 1;
            self.narrated += usize::from(*label == Label::Narrated);
            self.right += usize::from(*label == Label::Narrated && is_read);
            self.wrong += usize::from(*label != Label::Narrated && is_read);
            if errors && is_read != (*label == Label::Narrated) {
                let what = if is_read { "wrong " } else { "missed" };
                let words = span.slice(&document.text);
                self.errors += &format!("{} {what} {words}\n", item.id);
            }
        }
        for wanted in &item.claims {
            self.claim(item, wanted, document, read, errors);
        }
    }

    fn claim(
        &mut self,
        item: &Item,
        wanted: &Wanted,
        document: &Document,
        read: &Annotations,
        errors: bool,
    ) {
        let at = document.text.find(&wanted.words).unwrap_or_default();
        let words = Span::new(at, at + wanted.words.len());
        let holds = |claim: &&Claim| {
            let mut parts = claim.content.spans.iter();
            parts.any(|part| part.from() <= words.from() && words.to() <= part.to())
        };
        let length = |claim: &&Claim| -> usize {
            let parts = claim.content.spans.iter();
            parts.map(|part| part.to() - part.from()).sum()
        };
        let claim = read.claims.iter().filter(holds).min_by_key(length);
        let by = claim
            .and_then(|claim| claim.unverified_by)
            .map(|by| name_of(by, read));
        let certain = claim.is_some_and(|claim| claim.certainty == wanted.certainty);
        let named = claim.is_some() && by == wanted.by.as_deref().map(str::to_owned);
        self.wanted += 1;
        self.found += usize::from(claim.is_some());
        self.certainty += usize::from(certain);
        self.by += usize::from(named);
        if wanted.by.is_none() && claim.is_some() {
            self.plain += 1;
            self.plain_kept += usize::from(by.is_none());
        }
        if errors && !(certain && named) {
            let given = claim.map_or("no claim".to_owned(), |claim| {
                format!("{} {}", claim.certainty, by.as_deref().unwrap_or("-"))
            });
            self.errors += &format!(
                "{} {} = {} {}, read as {given}: {}\n",
                item.id,
                wanted.words,
                wanted.certainty,
                wanted.by.as_deref().unwrap_or("-"),
                document.text.replace('\n', " ")
            );
        }
    }

    fn report(&self, half: Half) -> String {
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let read = self.right + self.wrong;
        let f1 = share(2 * self.right, self.narrated + read);
        format!(
            "{}narrator's sentences, {half} half: P {:.1} R {:.1} F1 {f1:.1} ({} of {} sentences are the narrator's, {read} read)\n\
             words with a certainty: {}; in a claim {}\n\
             of those in a claim: certainty right {:.1}, unverified_by right {:.1}; of all: {:.1}, {:.1}\n\
             not labelled unverified and left alone: {} of {}\n",
            if self.errors.is_empty() {
                String::new()
            } else {
                format!("{}\n", self.errors)
            },
            share(self.right, read),
            share(self.right, self.narrated),
            self.narrated,
            self.sentences,
            self.wanted,
            self.found,
            share(self.certainty, self.found),
            share(self.by, self.found),
            share(self.certainty, self.wanted),
            share(self.by, self.wanted),
            self.plain_kept,
            self.plain,
        )
    }
}

/// `outlet`, or the name of a party.
fn name_of(by: UnverifiedBy, read: &Annotations) -> String {
    match by {
        UnverifiedBy::Outlet => "outlet".to_owned(),
        UnverifiedBy::Entity(id) => {
            (read.entities.get(id.index())).map_or_else(String::new, |entity| entity.name.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_labelled_text_can_be_read_and_both_halves_are_large() {
        let items = items().unwrap();
        let dev = items.iter().filter(|item| half_of(&item.id) == Half::Dev);
        let dev = dev.count();
        assert!(dev > 70 && items.len() - dev > 70, "{dev}");
    }

    #[test]
    fn labels_come_off() {
        let row = ["x", "{+}One fell. ¶{-}Two.", "fell = unverified the Wire"];
        let item = item(&row.map(str::to_owned)).unwrap();
        assert_eq!(item.text, "One fell.\n\nTwo.");
        let first = item.sentences[0];
        assert_eq!(
            (first.0, first.1.slice(&item.text)),
            (Label::Narrated, "One fell.")
        );
        assert_eq!(item.claims[0].by.as_deref(), Some("the Wire"));
    }
}
