//! re3d: a folder with documents and entities, one JSON object in each line, offsets in characters.
//!
//! It gives phrases ("the rebels") and titles as well as names, and does not tell them apart. Relations are not read.

use super::kinds::kind_of;
use super::{GoldMention, MentionDocument};
use crate::data::{self, Failure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::Path;
use text::Span;

/// Reads a folder's documents, in the order of its file.
pub fn read(set: &str, folder: &Path) -> Result<Vec<MentionDocument>, Failure> {
    let file = |name: &str| data::text(&folder.join(name));
    parse(set, &file("documents.json")?, &file("entities.json")?).map_err(|error| {
        Failure(format!(
            "{} is not as re3d's folders are: {error}",
            folder.display()
        ))
    })
}

fn parse(set: &str, documents: &str, entities: &str) -> Result<Vec<MentionDocument>, String> {
    let mut gold: BTreeMap<String, Vec<EntityLine>> = BTreeMap::new();
    for entity in lines::<EntityLine>(entities)? {
        gold.entry(entity.document.clone())
            .or_default()
            .push(entity);
    }
    lines::<DocumentLine>(documents)?
        .into_iter()
        .map(|document| {
            let bytes: Vec<usize> = document
                .text
                .char_indices()
                .map(|(at, _)| at)
                .chain([document.text.len()])
                .collect();
            let mut mentions = gold
                .remove(&document.id)
                .unwrap_or_default()
                .into_iter()
                .map(|entity| {
                    let byte = |character: usize| {
                        bytes.get(character).copied().ok_or_else(|| {
                            format!("no character {character} in document {}", document.id)
                        })
                    };
                    Ok(GoldMention {
                        span: Span::new(byte(entity.begin)?, byte(entity.end)?),
                        kind: kind_of(&entity.label),
                        label: entity.label,
                        form: None,
                        head: None,
                    })
                })
                .collect::<Result<Vec<_>, String>>()?;
            mentions
                .sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
            Ok(MentionDocument {
                id: document.id,
                set: set.to_owned(),
                text: document.text,
                sentences: Vec::new(),
                gold: mentions,
            })
        })
        .collect()
}

#[derive(Deserialize)]
struct DocumentLine {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct EntityLine {
    #[serde(rename = "documentId")]
    document: String,
    begin: usize,
    end: usize,
    #[serde(rename = "type")]
    label: String,
}

fn lines<T: DeserializeOwned>(file: &str) -> Result<Vec<T>, String> {
    file.trim_start_matches('\u{feff}')
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).map_err(|error| error.to_string()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use annotate::EntityKind;

    #[test]
    fn characters_become_bytes_and_longer_mentions_come_first() {
        let documents =
            "\u{feff}{\"_id\":\"A\",\"title\":\"t\",\"text\":\"“Né” army of Väsk left.\"}\n";
        let entities = "{\"documentId\":\"A\",\"begin\":13,\"end\":17,\"type\":\"Location\",\"value\":\"Väsk\"}\n\n\
                        {\"documentId\":\"A\",\"begin\":1,\"end\":3,\"type\":\"Nationality\"}\n\
                        {\"documentId\":\"A\",\"begin\":1,\"end\":17,\"type\":\"Organisation\"}\n";
        let read = parse("re3d/x", documents, entities).unwrap();
        let shown: Vec<_> = read[0]
            .gold
            .iter()
            .map(|gold| (gold.kind, gold.span.slice(&read[0].text)))
            .collect();
        assert_eq!(
            shown,
            [
                (Some(EntityKind::Organization), "Né” army of Väsk"),
                (Some(EntityKind::Group), "Né"),
                (Some(EntityKind::Place), "Väsk"),
            ]
        );
        assert!(
            parse(
                "x",
                documents,
                "{\"documentId\":\"A\",\"begin\":0,\"end\":99,\"type\":\"T\"}"
            )
            .is_err()
        );
    }
}
