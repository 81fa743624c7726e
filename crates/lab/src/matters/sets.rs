//! ECB+ and MEANTIME: sentences with the chains of events that they mention, and the documents around them.
//!
//! It does not know how sentences are compared.

use crate::data::{self, Data, Failure};
use crate::parallel;
use crate::product::Product;
use link::answers::{Matching, Side};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use text::Document;

/// A sentence with at least one gold mention of an event.
pub struct Sentence {
    pub topic: String,
    /// Number of its document.
    pub document: usize,
    pub chains: BTreeSet<String>,
    pub side: Side,
    /// The stems' weights by the set's own frequencies, for the peer.
    pub words: BTreeSet<String>,
}

/// A set of documents.
pub struct Set {
    pub name: &'static str,
    pub sentences: Vec<Sentence>,
    /// Whole documents, by number.
    pub documents: Vec<Side>,
}

#[derive(Deserialize)]
struct Mention {
    doc_id: String,
    sent_id: Id,
    coref_chain: String,
    topic: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(u64),
}

/// The sets: name, the file of mentions, the file of texts.
const SETS: [(&str, &str, &str); 2] = [
    (
        "ECB+ dev",
        "disputes/ecb-dev/ecb_data_dev_event_gold_mentions.json",
        "disputes/ecb-dev/ecb_data_dev_text.txt",
    ),
    (
        "MEANTIME train",
        "disputes/meantime-train/meantime_data_train_event_gold_mentions.json",
        "disputes/meantime-train/meantime_data_train_text.txt",
    ),
];

/// Reads both.
pub fn read(
    data: &Data,
    product: &Product,
    matching: &Matching,
    jobs: usize,
) -> Result<Vec<Set>, Failure> {
    SETS.iter()
        .map(|(name, mentions, texts)| {
            let path = data.at(mentions)?;
            let mentions: Vec<Mention> = serde_json::from_slice(&data::bytes(&path)?)
                .map_err(|error| Failure(format!("{}: {error}", path.display())))?;
            let texts = data::text(&data.at(texts)?)?;
            Ok(set(name, &mentions, &texts, product, matching, jobs))
        })
        .collect()
}

fn set(
    name: &'static str,
    mentions: &[Mention],
    texts: &str,
    product: &Product,
    matching: &Matching,
    jobs: usize,
) -> Set {
    let mut sentences: BTreeMap<(&str, u64), Vec<&str>> = BTreeMap::new();
    for line in texts.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if let [document, sentence, _, word] = fields[..]
            && let Ok(sentence) = sentence.parse()
        {
            sentences
                .entry((document, sentence))
                .or_default()
                .push(word);
        }
    }
    let mut marked: BTreeMap<(&str, u64), (&str, BTreeSet<String>)> = BTreeMap::new();
    for mention in mentions {
        let sentence = match &mention.sent_id {
            Id::Text(text) => text.parse().unwrap_or_default(),
            Id::Number(number) => *number,
        };
        let known = marked
            .entry((&mention.doc_id, sentence))
            .or_insert_with(|| (&mention.topic, BTreeSet::new()));
        known.1.insert(mention.coref_chain.clone());
    }
    let documents: BTreeSet<&str> = marked.keys().map(|(document, _)| *document).collect();
    let documents: Vec<&str> = documents.into_iter().collect();
    let side = |text: &String| {
        let document = Document::plain(text);
        Side::new(text, &product.outline(&document), matching)
    };
    let whole: Vec<String> = documents
        .iter()
        .map(|document| {
            let own = sentences.range((*document, 0)..=(*document, u64::MAX));
            own.map(|(_, words)| joined(words))
                .collect::<Vec<_>>()
                .join("\n")
        })
        .collect();
    let single: Vec<String> = marked
        .keys()
        .map(|key| {
            sentences
                .get(key)
                .map_or_else(String::new, |words| joined(words))
        })
        .collect();
    let sides = parallel::map(&single, jobs, side);
    let found = marked.into_iter().zip(single).zip(sides).map(
        |((((document, _), (topic, chains)), text), side)| Sentence {
            topic: topic.to_owned(),
            document: documents
                .iter()
                .position(|known| *known == document)
                .unwrap_or_default(),
            chains,
            side,
            words: text
                .to_lowercase()
                .split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
        },
    );
    Set {
        name,
        sentences: found.collect(),
        documents: parallel::map(&whole, jobs, side),
    }
}

/// Tokens as they would stand in a text.
fn joined(words: &[&str]) -> String {
    let mut text = String::new();
    let mut opens = true;
    for word in words {
        let closes = matches!(
            *word,
            "." | ","
                | ";"
                | ":"
                | "!"
                | "?"
                | ")"
                | "]"
                | "%"
                | "''"
                | "'s"
                | "n't"
                | "'re"
                | "'ve"
                | "'ll"
                | "'d"
                | "'m"
        );
        if !(opens || closes) {
            text.push(' ');
        }
        opens = matches!(*word, "(" | "[" | "$" | "``");
        text.push_str(match *word {
            "``" => "“",
            "''" => "”",
            word => word,
        });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_become_a_text() {
        assert_eq!(
            joined(&[
                "It", "is", "``", "his", "''", ",", "Orm", "'s", "(", "now", ")", "."
            ]),
            "It is “his”, Orm's (now)."
        );
    }
}
