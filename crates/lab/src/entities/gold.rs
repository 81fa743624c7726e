//! The labelled names of `gold/entities.tsv` in clusters, with the texts that they stand in.
//!
//! It does not know how clusters are compared. A document counts only while its text still has the hash that was labelled.

use crate::acts::gold::{Files, Half, has_hash};
use crate::data::{self, Data, Failure};
use std::collections::BTreeMap;
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
    let mut files = Files::default();
    let mut documents: BTreeMap<String, Labelled> = BTreeMap::new();
    for (number, line) in (1..).zip(labels.lines()) {
        let wrong = |what: &str| Failure(format!("{FILE}, line {number}: {what}"));
        let fields: Vec<&str> = line.split('\t').collect();
        match fields[..] {
            _ if line.starts_with('#') => {}
            ["doc", id, half, file, field, key, hash] => {
                let is_own = field == "-";
                let text = if is_own {
                    let text = own(file, key)?;
                    if !has_hash(&text, hash) {
                        return Err(wrong("the text is not the one that was labelled"));
                    }
                    text
                } else {
                    files.labelled(data, file, field, key, hash)?
                };
                let half = match half {
                    "dev" => Half::Dev,
                    "test" => Half::Test,
                    _ => return Err(wrong("neither dev nor test")),
                };
                let labelled = Labelled {
                    id: id.to_owned(),
                    half,
                    is_own,
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

/// A text of this repository: a file, or a part of one.
fn own(file: &str, key: &str) -> Result<String, Failure> {
    let text = data::text(&data::checkout().join(file))?;
    if key == "-" {
        return Ok(text);
    }
    part(&text, key).ok_or_else(|| Failure(format!("{file} has no document {key}")))
}

/// What stands after the line `# doc KEY`, up to the next such line or the end.
fn part(text: &str, key: &str) -> Option<String> {
    let head = format!("# doc {key}\n");
    let start = text.find(&head)? + head.len();
    let rest = &text[start..];
    let end = rest.find("\n# doc ").map_or(rest.len(), |at| at + 1);
    Some(rest[..end].to_owned())
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
