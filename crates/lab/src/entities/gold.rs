//! The labelled names of `gold/entities.tsv` in clusters, with the texts that they stand in.
//!
//! It does not know how clusters are compared. A document counts only while its text still has the hash that was labelled.

use crate::acts::gold::Half;
use crate::data::{self, Data, Failure};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use text::Span;

/// A document with its names.
#[derive(Debug, Clone)]
pub struct Labelled {
    pub id: String,
    pub half: Half,
    /// Whether the text is of our own writing.
    pub is_own: bool,
    pub text: String,
    /// Sorted by where they stand.
    pub names: Vec<LabelledName>,
}

/// A name and its cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledName {
    pub span: Span,
    pub kind: String,
    /// As settled; means something within its document alone.
    pub cluster: String,
}

/// Where the labels are, from the root of the checkout.
const FILE: &str = "gold/entities.tsv";

/// Reads the settled labels and the texts.
pub fn load(data: &Data) -> Result<Vec<Labelled>, Failure> {
    let labels = data::text(&data::checkout().join(FILE))?;
    let mut texts = Texts::new(data);
    let mut documents: BTreeMap<String, Labelled> = BTreeMap::new();
    for (number, line) in (1..).zip(labels.lines()) {
        let wrong = |what: &str| Failure(format!("{FILE}, line {number}: {what}"));
        let fields: Vec<&str> = line.split('\t').collect();
        match fields[..] {
            _ if line.starts_with('#') => {}
            ["doc", id, half, file, field, key, hash] => {
                let text = texts.of(file, field, key)?;
                if !hex(&Sha256::digest(&text)).starts_with(hash) {
                    return Err(wrong("the text is not the one that was labelled"));
                }
                let half = match half {
                    "dev" => Half::Dev,
                    "test" => Half::Test,
                    _ => return Err(wrong("neither dev nor test")),
                };
                let labelled = Labelled {
                    id: id.to_owned(),
                    half,
                    is_own: field == "-",
                    text,
                    names: Vec::new(),
                };
                documents.insert(id.to_owned(), labelled);
            }
            [id, start, end, kind, settled, _, _] => {
                let document = documents
                    .get_mut(id)
                    .ok_or_else(|| wrong("no such document"))?;
                let (Ok(start), Ok(end)) = (start.parse::<usize>(), end.parse::<usize>()) else {
                    return Err(wrong("two numbers are needed"));
                };
                if document.text.get(start..end).is_none_or(str::is_empty) {
                    return Err(wrong("no such words"));
                }
                if settled != "-" {
                    // Kinds that the readers told apart: the settled one comes first.
                    let kind = kind.split([' ', ',', '/']).next().unwrap_or(kind);
                    document.names.push(LabelledName {
                        span: Span::new(start, end),
                        kind: kind.to_owned(),
                        cluster: settled.to_owned(),
                    });
                }
            }
            _ => return Err(wrong("seven fields are needed")),
        }
    }
    Ok(documents.into_values().collect())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Texts by file, field and key, each file read once.
struct Texts<'d> {
    data: &'d Data,
    /// For each table the text of each key.
    tables: HashMap<String, HashMap<String, String>>,
}

impl<'d> Texts<'d> {
    fn new(data: &'d Data) -> Self {
        Self {
            data,
            tables: HashMap::new(),
        }
    }

    fn of(&mut self, file: &str, field: &str, key: &str) -> Result<String, Failure> {
        if field != "-" {
            if !self.tables.contains_key(file) {
                let table = table(&data::bytes(&self.data.at(file)?)?, field)?;
                self.tables.insert(file.to_owned(), table);
            }
            let text = self.tables.get(file).and_then(|table| table.get(key));
            return text
                .cloned()
                .ok_or_else(|| Failure(format!("{file} has no record {key}")));
        }
        let text = data::text(&data::checkout().join(file))?;
        if key == "-" {
            return Ok(text);
        }
        part(&text, key).ok_or_else(|| Failure(format!("{file} has no document {key}")))
    }
}

/// What stands after the line `# doc KEY`, up to the next such line or the end.
fn part(text: &str, key: &str) -> Option<String> {
    let head = format!("# doc {key}\n");
    let start = text.find(&head)? + head.len();
    let rest = &text[start..];
    let end = rest.find("\n# doc ").map_or(rest.len(), |at| at + 1);
    Some(rest[..end].to_owned())
}

/// A field of each record by its `unit_id`; each byte is the character of its number.
fn table(bytes: &[u8], field: &str) -> Result<HashMap<String, String>, Failure> {
    let unread = |what: String| Failure(format!("a table of labelled articles: {what}"));
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader
        .headers()
        .map_err(|error| unread(error.to_string()))?
        .clone();
    let column = |name: &str| {
        head.iter()
            .position(|found| found == name)
            .ok_or_else(|| unread(format!("no column {name}")))
    };
    let (key, wanted) = (column("unit_id")?, column(field)?);
    let mut found = HashMap::new();
    for record in reader.records() {
        let record = record.map_err(|error| unread(error.to_string()))?;
        let (Some(key), Some(text)) = (record.get(key), record.get(wanted)) else {
            continue;
        };
        found.insert(key.to_owned(), text.to_owned());
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_where_the_next_begins() {
        let text = "# head\n# doc a\nOne.\n\n# doc b\nTwo.\n";
        assert_eq!(part(text, "a").as_deref(), Some("One.\n\n"));
        assert_eq!(part(text, "b").as_deref(), Some("Two.\n"));
        assert_eq!(part(text, "c"), None);
    }
}
