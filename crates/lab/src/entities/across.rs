//! Entities across documents, against the chains of two public sets (ECB+ and MEANTIME, dev parts), by B-cubed over the names that
//! one document's reading finds.
//!
//! A set's documents are linked topic by topic: its chains do not reach from one topic into another. A labelled mention counts where
//! it is a name, and where one of our names ends as it does and is no longer.

use super::{Tally, b_cubed, named};
use crate::data::{self, Data, Failure};
use crate::product::Product;
use link::{Grounds, Reading};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use text::Span;

/// A labelled mention.
#[derive(Deserialize)]
struct Labelled {
    doc_id: String,
    coref_chain: String,
    topic: String,
    is_pronoun: bool,
    #[serde(alias = "tokens_number")]
    tokens_ids: Vec<u32>,
    sent_id: String,
    tokens_str: String,
}

/// A set's name and its files.
const SETS: [(&str, &str, &str); 2] = [
    (
        "ECB+ dev",
        "disputes/ecb-dev/ecb_data_dev_text.txt",
        "disputes/ecb-dev/ecb_data_dev_entity_gold_mentions.json",
    ),
    (
        "MEANTIME train",
        "disputes/meantime-train/meantime_data_train_text.txt",
        "disputes/meantime-train/meantime_data_train_entity_gold_mentions.json",
    ),
];

/// One document of a set: its text, and where each of its tokens stands.
#[derive(Default)]
struct Tokens {
    text: String,
    spans: BTreeMap<(String, u32), Span>,
}

/// Prints the figures of each set.
pub fn run(data: &Data, product: &Product, errors: bool) -> Result<(), Failure> {
    let lexicon = data::text(&data::checkout().join("lexicon/matching.txt"))?;
    let lexicon =
        link::Lexicon::parse(&lexicon).map_err(|error| Failure(format!("matching.txt {error}")))?;
    for (set, texts, labels) in SETS {
        let documents = tokens(&data::text(&data.at(texts)?)?);
        let labels = data.at(labels)?;
        let labels: Vec<Labelled> = serde_json::from_str(&data::text(&labels)?)
            .map_err(|error| Failure(format!("{}: {error}", labels.display())))?;
        let mut topics: BTreeMap<&str, Vec<&Labelled>> = BTreeMap::new();
        for label in labels.iter().filter(|label| is_name(label)) {
            topics.entry(&label.topic).or_default().push(label);
        }
        let mut rows = [Tally::default(); 3];
        for (topic, labels) in topics {
            let ids: BTreeSet<&str> = labels.iter().map(|label| label.doc_id.as_str()).collect();
            let mut readings = Vec::new();
            let mut numbers: BTreeMap<&str, String> = BTreeMap::new();
            for id in ids {
                let Some(tokens) = documents.get(id) else {
                    continue;
                };
                let read = product.annotated(Path::new("text.txt"), tokens.text.as_bytes())?;
                for (document, annotations) in read {
                    numbers.insert(id, document.id.clone());
                    readings.push(Reading {
                        document,
                        annotations,
                    });
                }
            }
            let grounds = |names| Grounds {
                lexicon: &lexicon,
                names,
                identities: &[],
                copying: &[],
                linking: &[],
            };
            let linked = |names| link::link_with(&readings, &grounds(names)).entities;
            let systems = [linked(product.names()), linked(None)];
            let mut found: [Vec<(&str, Option<usize>)>; 3] = Default::default();
            for label in &labels {
                let Some((document, local)) = local_of(label, &documents, &numbers, &readings)
                else {
                    continue;
                };
                for (entities, found) in systems.iter().zip(&mut found) {
                    let number = entities.iter().position(|entity| {
                        let is_it = |(id, number): &link::Member| {
                            *id == document.document.id && number.index() == local
                        };
                        entity.members.iter().any(is_it)
                    });
                    found.push((&label.coref_chain, number));
                }
                let entity = &document.annotations.entities[local];
                let same = readings.iter().flat_map(|read| &read.annotations.entities);
                let number = same.into_iter().position(|other| other.name == entity.name);
                found[2].push((&label.coref_chain, number));
            }
            if errors {
                show(topic, &labels, &found[0], &documents, &numbers, &readings);
            }
            for (row, found) in rows.iter_mut().zip(&found) {
                row.add(b_cubed(found));
            }
        }
        rows[0].print(&format!("across documents, {set}"));
        rows[1].print("  equal names alone, told apart");
        rows[2].print("  same fullest name");
    }
    Ok(())
}

/// Whether a labelled mention is a name by its look: no pronoun, and its last word is written with a capital.
fn is_name(label: &Labelled) -> bool {
    let last = label.tokens_str.split_whitespace().last();
    !label.is_pronoun && last.is_some_and(|word| word.starts_with(char::is_uppercase))
}

/// The documents of a file of tokens: document, sentence, number and word a line, parted by tabs.
fn tokens(file: &str) -> BTreeMap<String, Tokens> {
    let mut documents: BTreeMap<String, Tokens> = BTreeMap::new();
    let mut sentence = String::new();
    for line in file.lines() {
        let [document, number, token, word] = line.split('\t').collect::<Vec<_>>()[..] else {
            continue;
        };
        let tokens = documents.entry(document.to_owned()).or_default();
        if sentence != number {
            number.clone_into(&mut sentence);
            if !tokens.text.is_empty() {
                tokens.text.push('\n');
            }
        } else if !matches!(word, "." | "," | ";" | ":" | "?" | "!" | "'s" | "n't" | ")")
            && !tokens.text.is_empty()
        {
            tokens.text.push(' ');
        }
        let start = tokens.text.len();
        tokens.text.push_str(word);
        if let Ok(token) = token.parse() {
            let span = Span::new(start, tokens.text.len());
            tokens.spans.insert((number.to_owned(), token), span);
        }
    }
    documents
}

/// The entity of our name that ends as a labelled mention does and is no longer.
fn local_of<'a>(
    label: &Labelled,
    documents: &BTreeMap<String, Tokens>,
    numbers: &BTreeMap<&str, String>,
    readings: &'a [Reading],
) -> Option<(&'a Reading, usize)> {
    let tokens = documents.get(&label.doc_id)?;
    let at = |token: &u32| tokens.spans.get(&(label.sent_id.clone(), *token));
    let (first, last) = (
        at(label.tokens_ids.first()?)?,
        at(label.tokens_ids.last()?)?,
    );
    let id = numbers.get(label.doc_id.as_str())?;
    let reading = readings.iter().find(|read| read.document.id == *id)?;
    let (_, entity) = named(&reading.annotations)
        .into_iter()
        .find(|(span, _)| span.end == last.end && span.start >= first.start)?;
    Some((reading, entity))
}

/// Prints chains of names that are torn and entities that hold several chains.
fn show(
    topic: &str,
    labels: &[&Labelled],
    found: &[(&str, Option<usize>)],
    documents: &BTreeMap<String, Tokens>,
    numbers: &BTreeMap<&str, String>,
    readings: &[Reading],
) {
    let names = labels.iter().filter_map(|label| {
        let (reading, local) = local_of(label, documents, numbers, readings)?;
        Some(reading.annotations.entities[local].name.as_str())
    });
    let mut chains: BTreeMap<&str, BTreeMap<Option<usize>, BTreeSet<&str>>> = BTreeMap::new();
    let mut ours: BTreeMap<Option<usize>, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for ((chain, entity), name) in found.iter().zip(names) {
        chains
            .entry(chain)
            .or_default()
            .entry(*entity)
            .or_default()
            .insert(name);
        ours.entry(*entity)
            .or_default()
            .entry(chain)
            .or_default()
            .insert(name);
    }
    for pieces in chains.values().filter(|pieces| pieces.len() > 1) {
        println!("{topic} torn: {:?}", pieces.values().collect::<Vec<_>>());
    }
    for pieces in ours.values().filter(|pieces| pieces.len() > 1) {
        println!("{topic} mixed: {:?}", pieces.values().collect::<Vec<_>>());
    }
}
