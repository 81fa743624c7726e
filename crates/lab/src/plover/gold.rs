//! PLOVER's gold sentences: their texts, the category of each as its newest codebook names it, and the words that decided.

use crate::data::{self, Failure};
use annotate::events::EventMaps;
use serde_json::Value;
use std::path::Path;

/// The file, below the shared data.
pub const FILE: &str = "events/plover-gsr.txt";
/// Records about the file itself.
const NO_EVENT: &str = "DOCUMENT";

/// A sentence with its category.
#[derive(Debug, Clone)]
pub struct Coded {
    pub id: String,
    pub text: String,
    pub category: String,
    /// The words of the event, in lower case.
    pub triggers: Vec<String>,
}

/// The coded sentences, in the order of the file.
pub fn read(path: &Path, maps: &EventMaps) -> Result<Vec<Coded>, Failure> {
    let wrong = |what: String| Failure(format!("{}: {what}", path.display()));
    let records: Vec<Value> =
        serde_json::from_str(&data::text(path)?).map_err(|error| wrong(error.to_string()))?;
    let field = |record: &Value, name: &str| Some(record.get(name)?.as_str()?.to_owned());
    let coded = |record: &Value| {
        Some(Coded {
            id: field(record, "id")?,
            text: field(record, "text")?,
            category: maps.plover_now(&field(record, "event")?).to_owned(),
            triggers: words(&field(record, "eventText").unwrap_or_default()),
        })
    };
    let coded = records.iter().filter_map(coded);
    Ok(coded.filter(|one| one.category != NO_EVENT).collect())
}

fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
