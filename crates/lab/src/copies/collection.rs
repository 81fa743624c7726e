//! `Collection`: the documents of FA-KES or of PolNeAR's train part with their outlets and days.
//!
//! It does not read them as the program reads a page: each text is one document of plain paragraphs.

use crate::acts::gold::has_hash;
use crate::data::{self, Data, Failure};
use jiff::civil::Date;
use std::collections::HashMap;
use text::Document;

/// Words at the start of an article among which its day is looked for.
const HEAD: usize = 40;
/// How the days there are written.
const DAYS: [(usize, &str); 5] = [
    (3, "%d %b %Y"),
    (3, "%d %B %Y"),
    (3, "%B %d %Y"),
    (2, "%b %d%Y"),
    (1, "%d-%m-%Y"),
];

/// A document, with the day that the data gives it.
pub struct Item {
    document: Document,
    day: Option<Date>,
}

pub struct Collection {
    pub name: &'static str,
    pub items: Vec<Item>,
    /// Where each key is.
    pub numbers: HashMap<String, usize>,
}

impl Collection {
    /// FA-KES: a table; of records with one key the first.
    pub fn fa_kes(data: &Data) -> Result<Self, Failure> {
        let path = data.at("disputes/fa-kes-syria.csv")?;
        let wrong = |what: &str| Failure(format!("{}: {what}", path.display()));
        let text: String = data::bytes(&path)?.into_iter().map(char::from).collect();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let head = reader
            .headers()
            .map_err(|error| wrong(&error.to_string()))?
            .clone();
        let column = |name: &str| {
            let at = head.iter().position(|column| column == name);
            at.ok_or_else(|| wrong(&format!("no column {name}")))
        };
        let columns = (
            column("unit_id")?,
            column("article_content")?,
            column("source")?,
            column("date")?,
        );
        let mut collection = Self::new("FA-KES");
        for record in reader.records() {
            let record = record.map_err(|error| wrong(&error.to_string()))?;
            let field = |at: usize| record.get(at).unwrap_or_default();
            let day = Date::strptime("%m/%d/%Y", field(columns.3)).ok();
            collection.add(field(columns.0), field(columns.1), field(columns.2), day);
        }
        Ok(collection)
    }

    /// PolNeAR's train part: the file's name begins with outlet and day.
    pub fn polnear(data: &Data) -> Result<Self, Failure> {
        let mut collection = Self::new("PolNeAR");
        for path in data::files(&data.at("polnear/train/text")?, ".txt")? {
            let name = data::name(&path);
            let mut parts = name.split('_');
            let (outlet, day) = (
                parts.next().unwrap_or_default(),
                parts.next().unwrap_or_default(),
            );
            let key = format!("polnear/train/text/{name}");
            collection.add(&key, &data::text(&path)?, outlet, day.parse().ok());
        }
        Ok(collection)
    }

    fn new(name: &'static str) -> Self {
        Self {
            name,
            items: Vec::new(),
            numbers: HashMap::new(),
        }
    }

    fn add(&mut self, key: &str, text: &str, outlet: &str, day: Option<Date>) {
        if self.numbers.contains_key(key) {
            return;
        }
        self.numbers.insert(key.to_owned(), self.items.len());
        let mut document = Document::plain(text);
        document.meta.outlet = Some(outlet.to_owned());
        self.items.push(Item { document, day });
    }

    /// Whether it has a text of this key and hash.
    pub fn has(&self, key: &str, hash: &str) -> bool {
        let at = self.numbers.get(key);
        at.is_some_and(|at| has_hash(&self.items[*at].document.text, hash))
    }

    /// The text of this key and hash.
    pub fn get(&self, key: &str, hash: &str) -> Option<&Document> {
        let at = self.numbers.get(key).filter(|_| self.has(key, hash))?;
        Some(&self.items[*at].document)
    }

    /// The documents without days.
    pub fn documents(&self) -> Vec<&Document> {
        self.items.iter().map(|item| &item.document).collect()
    }

    /// The documents, dated by the data alone, or by the day at the start of the text where there is one: a fourth of FA-KES's own
    /// dates are days or weeks away from it.
    pub fn dated(&self, by_data: bool) -> Vec<Document> {
        let dated = self.items.iter().map(|item| {
            let mut document = item.document.clone();
            let written = (!by_data).then(|| written_day(&document.text)).flatten();
            let day = written.or(item.day);
            document.meta.published = day.map(|day| day.to_string());
            document
        });
        dated.collect()
    }
}

fn written_day(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split_whitespace().take(HEAD).collect();
    let days = (0..words.len()).flat_map(|at| DAYS.map(|(length, format)| (at, length, format)));
    days.filter_map(|(at, length, format)| {
        let words = words.get(at..at + length)?.join(" ");
        Date::strptime(format, words.replace([',', '.'], "")).ok()
    })
    .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_at_the_start_of_a_text_is_read() {
        for text in [
            "Published May 6 2031 Shells fell",
            "Shells fell Monitor Tuesday 6 May 2031 Shells",
            "Last updated at May 062031 KORVA",
            "06-05-2031 Shells fell on Korva",
        ] {
            assert_eq!(
                written_day(text).map(|day| day.to_string()),
                Some("2031-05-06".to_owned()),
                "{text}"
            );
        }
        assert_eq!(written_day("Shells fell on Korva in May"), None);
    }
}
