//! `--watchlist`: the user's own list, a JSON object a line, as FollowTheMoney or as Wikidata writes it.
//!
//! It does not know what the list is for. A line that cannot be used is named by its number; the others load. Nothing of the list is
//! bundled with the program or leaves the machine.

use crate::failure::Failure;
use annotate::{EntityKind, ListEntry};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use text::content_hash;

/// Lines of one file that are named; of more only the number is said.
const NAMED: usize = 20;

/// The entries of all lists, and what could not be used of them.
#[derive(Debug, Default)]
pub struct Watchlists {
    /// In the order of the files and their lines.
    pub entries: Vec<ListEntry>,
    /// As sentences that name file and line.
    pub problems: Vec<String>,
    /// A hash over every line, empty where there is no list.
    pub mark: String,
}

/// Reads the files.
pub fn watchlists(paths: &[PathBuf]) -> Result<Watchlists, Failure> {
    let mut lists = Watchlists::default();
    for path in paths {
        let unreadable = |error: std::io::Error| {
            Failure::Usage(format!(
                "the watchlist {} could not be read: {error}; it must be a UTF-8 file with a JSON object a line (FollowTheMoney or Wikidata)",
                path.display()
            ))
        };
        let file = BufReader::new(File::open(path).map_err(unreadable)?);
        let mut bad = 0;
        for (number, line) in (1_usize..).zip(file.split(b'\n')) {
            let line = line.map_err(unreadable)?;
            lists.mark = content_hash(format!("{}{}", lists.mark, content_hash(&line)).as_bytes());
            match entry(&line) {
                Ok(entry) => lists.entries.extend(entry),
                Err(lacking) => {
                    bad += 1;
                    if bad <= NAMED {
                        let path = path.display();
                        lists
                            .problems
                            .push(format!("watchlist {path} line {number}: {lacking}"));
                    }
                }
            }
        }
        if bad > NAMED {
            let more = bad - NAMED;
            lists.problems.push(format!(
                "watchlist {}: {more} more lines could not be used",
                path.display()
            ));
        }
    }
    Ok(lists)
}

/// The entry of a line; none where the line is empty or is no person, body or thing with a name (an ownership, an address).
fn entry(line: &[u8]) -> Result<Option<ListEntry>, String> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let line = line.trim_ascii();
    // A dump of Wikidata is one list: brackets around it, a comma after each line.
    let line = line.strip_suffix(b",").unwrap_or(line);
    if line.is_empty() || line == b"[" || line == b"]" {
        return Ok(None);
    }
    let value: Value = serde_json::from_slice(line).map_err(|error| format!("no JSON: {error}"))?;
    if !value.is_object() {
        return Err("no JSON object".to_owned());
    }
    let id = value["id"].as_str().map(str::trim).unwrap_or_default();
    if id.is_empty() {
        return Err("it has no id".to_owned());
    }
    if value["schema"].is_string() {
        money(id, &value)
    } else if value["labels"].is_object() {
        wikidata(id, &value)
    } else {
        Err("it has neither `schema` (FollowTheMoney) nor `labels` (Wikidata)".to_owned())
    }
}

/// An entry of FollowTheMoney.
fn money(id: &str, value: &Value) -> Result<Option<ListEntry>, String> {
    let properties = &value["properties"];
    let all = |names: &[&str]| -> Vec<String> {
        let lists = names.iter().map(|name| &properties[*name]);
        distinct(lists.flat_map(texts))
    };
    let kind = match value["schema"].as_str().unwrap_or_default() {
        "Person" => Some(EntityKind::Person),
        "Organization" | "Company" | "PublicBody" => Some(EntityKind::Organization),
        "LegalEntity" => None,
        "Vessel" | "Airplane" | "Vehicle" => Some(EntityKind::Other),
        // Addresses, sanctions, ownerships: nothing that a text names.
        _ => return Ok(None),
    };
    let mut names = all(&["name", "alias", "previousName"]);
    if let Some(caption) = value["caption"].as_str().filter(|_| names.is_empty()) {
        names.push(caption.to_owned());
    }
    let mut countries = all(&["country", "nationality", "citizenship", "jurisdiction"]);
    for code in &mut countries {
        code.make_ascii_uppercase();
    }
    named(ListEntry {
        id: id.to_owned(),
        kind,
        names,
        weak_names: all(&["weakAlias"]),
        countries,
        positions: all(&["position"]),
    })
}

/// An item of Wikidata: whole, or with labels and aliases as plain texts.
fn wikidata(id: &str, value: &Value) -> Result<Option<ListEntry>, String> {
    let values = |of: &Value| -> Vec<String> {
        let languages = of.as_object().into_iter().flat_map(|all| all.values());
        distinct(languages.flat_map(texts))
    };
    let english = texts(&value["labels"]["en"]);
    let names = english
        .into_iter()
        .chain(values(&value["labels"]))
        .chain(values(&value["aliases"]));
    let is_human = value["claims"]["P31"].as_array().is_some_and(|claims| {
        let id = |claim: &Value| claim["mainsnak"]["datavalue"]["value"]["id"].clone();
        claims.iter().any(|claim| id(claim) == "Q5")
    });
    named(ListEntry {
        id: id.to_owned(),
        kind: is_human.then_some(EntityKind::Person),
        names: distinct(names),
        ..ListEntry::default()
    })
}

fn named(entry: ListEntry) -> Result<Option<ListEntry>, String> {
    if entry.names.is_empty() && entry.weak_names.is_empty() {
        Err(format!("{} has no name", entry.id))
    } else {
        Ok(Some(entry))
    }
}

/// The texts of a value: itself, its `value`, or those of a list.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.trim().to_owned()],
        Value::Array(all) => all.iter().flat_map(texts).collect(),
        Value::Object(object) => object.get("value").map(texts).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Each text once, in order, without empty ones.
fn distinct(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        if !text.is_empty() && !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Option<ListEntry>, String> {
        entry(line.as_bytes())
    }

    #[test]
    fn both_forms_are_read() {
        let money = read(
            r#"{"id":"x-1","schema":"Person","properties":{"name":["Jorren Hastrel"],"alias":["J. Hastrel"],"weakAlias":["Abu Jorr"],"nationality":["vl"],"position":["commander"]}}"#,
        );
        let money = money.unwrap().unwrap();
        assert_eq!(money.kind, Some(EntityKind::Person));
        assert_eq!(money.names, ["Jorren Hastrel", "J. Hastrel"]);
        assert_eq!(money.weak_names, ["Abu Jorr"]);
        assert_eq!(money.countries, ["VL"]);
        let plain = read(
            r#"{"id":"Q1","labels":{"de":"Hastrel","en":"Jorren Hastrel"},"aliases":{"en":["Hastrell"]}}"#,
        );
        assert_eq!(
            plain.unwrap().unwrap().names,
            ["Jorren Hastrel", "Hastrel", "Hastrell"]
        );
        let whole = read(
            r#"{"id":"Q2","labels":{"en":{"language":"en","value":"Jorren Hastrel"}},"aliases":{},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}]}},"#,
        );
        let whole = whole.unwrap().unwrap();
        assert_eq!(
            (whole.names.len(), whole.kind),
            (1, Some(EntityKind::Person))
        );
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        for (line, said) in [
            ("{", "no JSON"),
            ("[1]", "no JSON object"),
            (r#"{"schema":"Person"}"#, "no id"),
            (r#"{"id":"x"}"#, "neither"),
            (
                r#"{"id":"x","schema":"Person","properties":{}}"#,
                "x has no name",
            ),
            (
                r#"{"id":"x","schema":"Person","properties":{"name":7}}"#,
                "x has no name",
            ),
        ] {
            assert!(read(line).unwrap_err().contains(said), "{line}");
        }
        for line in [
            "",
            "[",
            "]",
            r#"{"id":"x","schema":"Ownership","properties":{}}"#,
        ] {
            assert_eq!(read(line), Ok(None), "{line}");
        }
    }
}
