//! The labelled acts: `gold/acts.own.tsv`, and `gold/acts.real.tsv`, whose sentences stay in the shared data.
//!
//! It does not know how they are compared. A real sentence is used only where its hash and its offsets still fit.

use crate::data::{self, Data, Failure};
use crate::mentions::folds::hash;
use crate::mentions::re3d;
use crate::times::timeml;
use crate::treebank::Treebank;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use text::Span;

/// The label of a cue that attributes nothing, or whose act is not done.
pub const NONE: &str = "none";

/// Which half an item belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    Dev,
    Test,
}

impl fmt::Display for Half {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dev => "dev",
            Self::Test => "test",
        })
    }
}

/// A cue in context.
#[derive(Debug, Clone)]
pub struct Item {
    pub id: String,
    /// The settled act, or `NONE`.
    pub act: String,
    /// As the first reader labelled it.
    pub first: String,
    /// As the second did.
    pub second: String,
    /// Whether it comes from the shared data.
    pub is_real: bool,
    pub half: Half,
    /// The sentence, or a few.
    pub text: String,
    /// The cue in it.
    pub cue: Vec<Span>,
}

impl Item {
    /// What may be printed of it: the words of a real sentence stay where they are.
    pub fn shown(&self) -> String {
        let cue: Vec<&str> = self.cue.iter().map(|cue| cue.slice(&self.text)).collect();
        if self.is_real {
            format!("(real) {}", cue.join(" … "))
        } else {
            format!("[{}] {}", cue.join(" … "), self.text)
        }
    }
}

/// Of a hundred items of an act so many are its test half, by the order of their ids' hashes.
pub const TEST_SHARE: usize = 45;

/// Reads both files.
pub fn load(data: &Data) -> Result<Vec<Item>, Failure> {
    let mut items = own()?;
    items.extend(real(data)?);
    let halves = halves(
        items.iter().map(|item| (&item.act, item.id.as_str())),
        TEST_SHARE,
    );
    for (item, half) in items.iter_mut().zip(halves) {
        item.half = half;
    }
    Ok(items)
}

/// The half of each item, given as its group and its id: of a group those with the lowest hashes are the test half, `share` of
/// a hundred.
pub fn halves<'i, G: Ord>(items: impl Iterator<Item = (G, &'i str)>, share: usize) -> Vec<Half> {
    let mut halves = Vec::new();
    let mut groups: BTreeMap<G, Vec<(u64, usize)>> = BTreeMap::new();
    for (group, id) in items {
        let members = groups.entry(group).or_default();
        members.push((hash(id.as_bytes(), 0), halves.len()));
        halves.push(Half::Dev);
    }
    for mut members in groups.into_values() {
        members.sort_unstable();
        let test = members.len() * share / 100;
        for (_, index) in &members[..test] {
            halves[*index] = Half::Test;
        }
    }
    halves
}

/// The fields of each line of a file of `gold` that is no comment.
pub fn rows(name: &str, fields: usize) -> Result<Vec<Vec<String>>, Failure> {
    let path = data::checkout().join("gold").join(name);
    let text = data::text(&path)?;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#'));
    lines
        .map(|(number, line)| {
            let row: Vec<String> = line.split('\t').map(str::to_owned).collect();
            if row.len() == fields {
                Ok(row)
            } else {
                Err(Failure(format!(
                    "{} line {}: {fields} fields are needed",
                    path.display(),
                    number + 1
                )))
            }
        })
        .collect()
}

fn item(row: &[String], is_real: bool, text: String, cue: Vec<Span>) -> Item {
    Item {
        id: row[0].clone(),
        act: row[1].clone(),
        first: row[2].clone(),
        second: row[3].clone(),
        is_real,
        half: Half::Dev,
        text,
        cue,
    }
}

fn own() -> Result<Vec<Item>, Failure> {
    let rows = rows("acts.own.tsv", 5)?;
    Ok(rows
        .iter()
        .map(|row| {
            let (text, cue) = unmarked(&row[4]);
            item(row, false, text, cue)
        })
        .collect())
}

/// A sentence without its double brackets, and what stood in them.
pub fn unmarked(marked: &str) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut cue = Vec::new();
    for (index, part) in marked.split("[[").enumerate() {
        let (inside, after) = match part.split_once("]]") {
            Some(parts) if index > 0 => parts,
            _ => ("", part),
        };
        if !inside.is_empty() {
            let start = text.len();
            text.push_str(inside);
            cue.push(Span::new(start, text.len()));
        }
        text.push_str(after);
    }
    (text, cue)
}

fn real(data: &Data) -> Result<Vec<Item>, Failure> {
    let mut files = Files::default();
    rows("acts.real.tsv", 12)?
        .iter()
        .map(|row| {
            let place = Place {
                file: &row[4],
                field: &row[5],
                key: &row[6],
                hash: &row[7],
                context: [&row[8], &row[9]],
                cue: &format!("{} {}", row[10], row[11]),
            };
            let (context, cue) = files
                .context(data, &place)
                .map_err(|what| Failure(format!("gold/acts.real.tsv, {}: {what}", row[0])))?;
            Ok(item(row, true, context, cue))
        })
        .collect()
}

/// Where a cue with its context lies in the shared data.
pub struct Place<'r> {
    pub file: &'r str,
    pub field: &'r str,
    pub key: &'r str,
    /// How SHA-256 of the text begins.
    pub hash: &'r str,
    /// First byte and byte after the last.
    pub context: [&'r str; 2],
    /// First byte and byte after the last of each part, as `3 7;9 12`.
    pub cue: &'r str,
}

fn offset(field: &str) -> Result<usize, Failure> {
    let number = field.parse();
    number.map_err(|_| Failure(format!("“{field}” is no offset")))
}

/// The spans in a field such as `3 7;9 12`: first byte and byte after the last of each.
pub fn spans(field: &str) -> Result<Vec<Span>, Failure> {
    let parts = field.split(';').map(|part| {
        let (first, last) = part
            .split_once(' ')
            .ok_or_else(|| Failure(format!("“{part}” is no span")))?;
        Ok(Span::new(offset(first)?, offset(last)?))
    });
    parts.collect()
}

/// The texts of the shared data's files, each read once.
#[derive(Default)]
pub struct Files {
    /// By file, then by key; a file that is one text has the key "-".
    texts: HashMap<String, HashMap<String, String>>,
}

impl Files {
    /// A context with the cue in it.
    pub fn context(&mut self, data: &Data, place: &Place) -> Result<(String, Vec<Span>), Failure> {
        let text = self.labelled(data, place.file, place.field, place.key, place.hash)?;
        let (start, end) = (offset(place.context[0])?, offset(place.context[1])?);
        let cue = spans(place.cue)?.into_iter();
        let cue = cue.map(|span| Span::new(span.from() - start, span.to() - start));
        let context = text
            .get(start..end)
            .ok_or_else(|| another_version("offsets do not fit"))?;
        Ok((context.to_owned(), cue.collect()))
    }

    /// A text whose hash begins as that of the one that was labelled.
    pub fn labelled(
        &mut self,
        data: &Data,
        file: &str,
        field: &str,
        key: &str,
        hash: &str,
    ) -> Result<String, Failure> {
        let text = self.text(data, file, field, key)?;
        if has_hash(&text, hash) {
            Ok(text)
        } else {
            Err(another_version("the text has another hash"))
        }
    }

    fn text(&mut self, data: &Data, file: &str, field: &str, key: &str) -> Result<String, Failure> {
        if !self.texts.contains_key(file) {
            let path = data.at(file)?;
            let texts = match file.rsplit('.').next() {
                Some("json") => re3d::read(file, path.parent().unwrap_or(&path))?
                    .into_iter()
                    .map(|document| (document.id, document.text))
                    .collect(),
                Some("csv") => columns(&data::bytes(&path)?, field)
                    .map_err(|what| Failure(format!("{}: {what}", path.display())))?,
                Some("xz") => Treebank::open(data, file)?
                    .sentences()
                    .map(|sentence| (sentence.id.clone(), sentence.text.clone()))
                    .collect(),
                Some("xml") => HashMap::from([("-".to_string(), timeml::read(&path)?.text)]),
                _ if file.starts_with("muc/") => {
                    let whole = data::text(&path)?;
                    let mut texts = messages(&whole);
                    // Acts are placed in the whole file.
                    texts.insert("-".to_string(), whole);
                    texts
                }
                _ => HashMap::from([("-".to_string(), latin(&data::bytes(&path)?))]),
            };
            self.texts.insert(file.to_owned(), texts);
        }
        let text = self.texts.get(file).and_then(|texts| texts.get(key));
        text.cloned().ok_or_else(|| {
            Failure(format!(
                "{file} has no record {key}; is the shared data another version?"
            ))
        })
    }
}

fn another_version(what: &str) -> Failure {
    Failure(format!("{what}; is the shared data another version?"))
}

/// The messages of a file of MUC by their heads (`DEV-MUC3-0701`), each from its head up to the next.
fn messages(file: &str) -> HashMap<String, String> {
    let starts: Vec<usize> = file
        .match_indices("DEV-MUC3-")
        .map(|(start, _)| start)
        .filter(|start| *start == 0 || file[..*start].ends_with('\n'))
        .collect();
    let ends = starts.iter().skip(1).copied().chain([file.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| {
            let message = file.get(*start..end)?;
            Some((message.get(..13)?.to_owned(), message.to_owned()))
        })
        .collect()
}

/// Whether a text's SHA-256 begins so.
pub fn has_hash(text: &str, beginning: &str) -> bool {
    format!("{:x}", Sha256::digest(text.as_bytes())).starts_with(beginning)
}

/// Text in UTF-8, or else each byte as the character of its number.
fn latin(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(
        |_| bytes.iter().map(|byte| char::from(*byte)).collect(),
        str::to_owned,
    )
}

fn columns(bytes: &[u8], field: &str) -> Result<HashMap<String, String>, String> {
    let text = latin(bytes);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |name: &str| {
        head.iter()
            .position(|column| column == name)
            .ok_or_else(|| format!("no column {name}"))
    };
    let (key, value) = (column("unit_id")?, column(field)?);
    reader
        .records()
        .map(|record| {
            let record = record.map_err(|error| error.to_string())?;
            let of = |at: usize| record.get(at).unwrap_or_default().to_owned();
            Ok((of(key), of(value)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_come_off_and_leave_the_cue() {
        let (text, cue) = unmarked("He [[cast]] some [[doubt on]] it.");
        assert_eq!(text, "He cast some doubt on it.");
        let words: Vec<&str> = cue.iter().map(|cue| cue.slice(&text)).collect();
        assert_eq!(words, ["cast", "doubt on"]);
    }

    #[test]
    fn every_own_item_has_a_cue_and_a_known_act() {
        for item in own().expect("the file can be read") {
            assert!(!item.cue.is_empty(), "{}", item.id);
            let known = item.act == NONE || annotate::Act::parse(&item.act).is_some();
            assert!(known, "{}: {}", item.id, item.act);
        }
    }
}
