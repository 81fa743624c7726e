//! PLOVER's gold sentences: their texts, and the root of each as its newest codebook names it.

use crate::data::{self, Failure};
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

/// The file, below the shared data.
pub const FILE: &str = "events/plover-gsr.txt";

/// A sentence with its root.
#[derive(Debug, Clone)]
pub struct Coded {
    pub id: String,
    pub text: String,
    pub root: String,
}

/// The coded sentences, in the order of the file.
pub fn read(path: &Path) -> Result<Vec<Coded>, Failure> {
    let wrong = |what: String| Failure(format!("{}: {what}", path.display()));
    let records: Vec<Value> =
        serde_json::from_str(&data::text(path)?).map_err(|error| wrong(error.to_string()))?;
    let field = |record: &Value, name: &str| Some(record.get(name)?.as_str()?.to_owned());
    let coded = |record: &Value| {
        Some(Coded {
            id: field(record, "id")?,
            text: field(record, "text")?,
            root: present(&field(record, "event")?).to_owned(),
        })
    };
    let coded: Vec<Coded> = records.iter().filter_map(coded).collect();
    Ok(coded
        .into_iter()
        .filter(|one| one.root != "DOCUMENT")
        .collect())
}

/// The texts by id.
pub fn texts(path: &Path) -> Result<HashMap<String, String>, Failure> {
    Ok(read(path)?
        .into_iter()
        .map(|one| (one.id, one.text))
        .collect())
}

/// The root that took the place of an old one.
fn present(root: &str) -> &str {
    match root {
        "FIGHT" => "ASSAULT",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "DEMAND" => "REQUEST",
        "YIELD" => "CONCEDE",
        other => other,
    }
}
