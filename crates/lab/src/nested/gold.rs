//! The labelled attributions inside contents: `gold/nested.own.tsv`.
//!
//! It does not know how they are compared.

use crate::acts::gold::{Half, halves, rows};
use crate::data::Failure;
use std::collections::BTreeMap;
use text::Span;

/// A sentence, or a few, with the attributions that stand inside contents.
#[derive(Debug, Clone)]
pub struct Item {
    pub id: String,
    pub half: Half,
    pub text: String,
    pub inner: Vec<Inner>,
}

/// An attribution inside the content of another.
#[derive(Debug, Clone, Default)]
pub struct Inner {
    /// The head words of its source.
    pub source: Vec<Span>,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
    /// The head words of those through whom it is told, nearest to the outlet first.
    pub via: Vec<String>,
}

/// Reads the file. Of the items with an inner attribution and of those without, the half whose ids have the lower hashes is test.
pub fn load() -> Result<Vec<Item>, Failure> {
    let mut items = rows("nested.own.tsv", 3)?
        .iter()
        .map(|row| item(row).map_err(|what| Failure(format!("nested.own.tsv, {}: {what}", row[0]))))
        .collect::<Result<Vec<Item>, Failure>>()?;
    let halves = halves(
        items
            .iter()
            .map(|item| (item.inner.is_empty(), item.id.as_str())),
        50,
    );
    for (item, half) in items.iter_mut().zip(halves) {
        item.half = half;
    }
    Ok(items)
}

fn item(row: &[String]) -> Result<Item, String> {
    let mut via = BTreeMap::new();
    for relays in row[1].split(';').filter(|relays| *relays != "-") {
        let (number, names) = relays
            .split_once('=')
            .ok_or_else(|| format!("{relays} is no number with its relays"))?;
        let names = names.split('>').filter(|name| !name.is_empty());
        via.insert(number, names.map(str::to_owned).collect::<Vec<_>>());
    }
    let (text, parts) = unmarked(&row[2])?;
    let mut inner: BTreeMap<String, Inner> = BTreeMap::new();
    for (label, span) in parts {
        let (part, number) = label.split_at(1);
        let one = inner.entry(number.to_owned()).or_default();
        match part {
            "s" => one.source.push(span),
            "c" => one.cue.push(span),
            "t" => one.content.push(span),
            _ => return Err(format!("{label} is no label")),
        }
        one.via = via
            .get(number)
            .ok_or_else(|| format!("{label} has no relays"))?
            .clone();
    }
    Ok(Item {
        id: row[0].clone(),
        half: Half::Dev,
        text,
        inner: inner.into_values().collect(),
    })
}

/// A text without its braces, and what stood in them, with their labels.
fn unmarked(marked: &str) -> Result<(String, Vec<(String, Span)>), String> {
    let mut text = String::new();
    let (mut open, mut parts) = (Vec::new(), Vec::new());
    let mut rest = marked;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let opens = rest[at..].starts_with('{');
        rest = &rest[at + 1..];
        if opens {
            let (label, after) = rest.split_once(' ').ok_or("a mark without words")?;
            open.push((label.to_owned(), text.len()));
            rest = after;
        } else {
            let (label, start) = open.pop().ok_or("a mark that was not opened")?;
            parts.push((label, Span::new(start, text.len())));
        }
    }
    text.push_str(rest);
    if open.is_empty() {
        Ok((text, parts))
    } else {
        Err("a mark that is not closed".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_may_lie_inside_one_another() {
        let (text, parts) = unmarked("It {t1 says {s2 Ordun} lied} now.").unwrap();
        assert_eq!(text, "It says Ordun lied now.");
        let words: Vec<(&str, &str)> = parts
            .iter()
            .map(|(label, span)| (label.as_str(), span.slice(&text)))
            .collect();
        assert_eq!(words, [("s2", "Ordun"), ("t1", "says Ordun lied")]);
        assert!(unmarked("It {t1 says").is_err() && unmarked("It says}").is_err());
    }

    #[test]
    fn every_inner_attribution_has_its_three_parts() {
        let items = load().expect("the file can be read");
        let without = items.iter().filter(|item| item.inner.is_empty()).count();
        assert!(items.len() >= 120 && without >= 50);
        for inner in items.iter().flat_map(|item| &item.inner) {
            assert!(!inner.source.is_empty() && !inner.cue.is_empty() && !inner.content.is_empty());
        }
    }
}
