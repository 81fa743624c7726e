//! Labelled sentences of `gold/times.tsv`, `gold/quantities.tsv` and `gold/events.tsv`, each in its document.
//!
//! It does not know what the labels say. A real sentence is used only where its document's hash and its offsets still fit.

use crate::acts::gold::{Files, Half, rows};
use crate::data::{Data, Failure};
use crate::product::Product;
use annotate::Annotations;
use std::collections::BTreeMap;
use text::Span;

/// A labelled sentence.
#[derive(Debug, Clone)]
pub struct Sentence {
    pub id: String,
    pub half: Half,
    /// Whether it is of our own writing.
    pub is_own: bool,
    /// The document's day.
    pub day: String,
    /// Tells its document from others.
    pub document: String,
    /// The file of the shared data that it is from; "-" of our own.
    pub file: String,
    /// The document; of a sentence of our own, it and the one before it.
    pub text: String,
    /// Where it stands in the document: first byte and byte after the last.
    pub start: usize,
    pub end: usize,
    /// The settled labels, parted by blanks; none where there is nothing to label.
    pub labels: Vec<String>,
}

impl Sentence {
    /// Its words.
    pub fn words(&self) -> &str {
        self.text.get(self.start..self.end).unwrap_or("")
    }

    /// Whether a span of the document lies in it.
    pub fn holds(&self, span: Span) -> bool {
        span.from() >= self.start && span.to() <= self.end
    }

    /// Its labels, each read by `read`.
    pub fn read<T>(&self, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Failure> {
        let labels = self.labels.iter().map(|label| {
            read(label).ok_or_else(|| Failure(format!("gold, {}: “{label}” is no label", self.id)))
        });
        labels.collect()
    }

    /// The rows that it counts in: its half, and its half's real ones or those of our own.
    pub fn rows(&self) -> [String; 2] {
        let half = self.half;
        let part = if self.is_own { "own" } else { "real" };
        [half.to_string(), format!("{half}, {part}")]
    }
}

/// Reads a file of `gold` and calls with each sentence and what the program reads in its document; each document is read once, and
/// the test half only where it is asked for.
pub fn each(
    data: &Data,
    product: &Product,
    file: &str,
    test: bool,
    mut with: impl FnMut(&Sentence, &Annotations) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut read: BTreeMap<String, Annotations> = BTreeMap::new();
    for sentence in load(data, file)? {
        if sentence.half == Half::Test && !test {
            continue;
        }
        if !read.contains_key(&sentence.document) {
            let annotations = product.annotated_on(&sentence.day, &sentence.text)?;
            read.insert(sentence.document.clone(), annotations);
        }
        with(&sentence, &read[&sentence.document])?;
    }
    Ok(())
}

/// The sentences of a file of `gold`.
pub fn load(data: &Data, file: &str) -> Result<Vec<Sentence>, Failure> {
    let mut files = Files::default();
    let mut sentences = Vec::new();
    for row in rows(file, 14)? {
        let wrong = |what: &str| Failure(format!("gold/{file}, {}: {what}", row[0]));
        let is_own = row[3] == "-";
        let (text, start, end) = if is_own {
            let before = if row[9] == "-" {
                String::new()
            } else {
                format!("{} ", row[9])
            };
            let (start, end) = (before.len(), before.len() + row[10].len());
            (format!("{before}{}", row[10]), start, end)
        } else {
            let text = files
                .labelled(data, &row[3], &row[4], &row[5], &row[6])
                .map_err(|failure| wrong(&failure.0))?;
            let offset = |field: &str| field.parse().map_err(|_| wrong("no offset"));
            (text, offset(&row[7])?, offset(&row[8])?)
        };
        if text.get(start..end).is_none_or(str::is_empty) {
            return Err(wrong("no such sentence"));
        }
        let settled = row[11].as_str();
        sentences.push(Sentence {
            id: row[0].clone(),
            half: if row[1] == "test" {
                Half::Test
            } else {
                Half::Dev
            },
            is_own,
            file: row[3].clone(),
            day: row[2].clone(),
            document: if is_own {
                row[0].clone()
            } else if row[5] == "-" {
                row[3].clone()
            } else {
                row[5].clone()
            },
            text,
            start,
            end,
            labels: settled
                .split(' ')
                .filter(|_| settled != "none")
                .map(str::to_owned)
                .collect(),
        });
    }
    Ok(sentences)
}

/// The span of a field such as `3-7`.
pub fn span(field: &str) -> Option<(usize, usize)> {
    let (start, end) = field.split_once('-')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

/// Pairs of labels and ours that overlap, each of both once, the largest overlap first: the number of ours for each label.
pub fn aligned(labels: &[(usize, usize)], ours: &[(usize, usize)]) -> Vec<Option<usize>> {
    let mut overlaps = Vec::new();
    for (l, label) in labels.iter().enumerate() {
        for (o, own) in ours.iter().enumerate() {
            let shared = label.1.min(own.1).saturating_sub(label.0.max(own.0));
            if shared > 0 {
                overlaps.push((std::cmp::Reverse(shared), l, o));
            }
        }
    }
    overlaps.sort_unstable();
    let mut pairs = vec![None; labels.len()];
    let mut taken = vec![false; ours.len()];
    for (_, l, o) in overlaps {
        if pairs[l].is_none() && !taken[o] {
            pairs[l] = Some(o);
            taken[o] = true;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_overlap_comes_first_and_each_counts_once() {
        let pairs = aligned(&[(0, 4), (5, 9)], &[(3, 9), (0, 2), (20, 22)]);
        assert_eq!(pairs, [Some(1), Some(0)]);
        assert_eq!(aligned(&[(0, 4)], &[(4, 9)]), [None]);
        assert_eq!(span("3-7"), Some((3, 7)));
        assert_eq!(span("-"), None);
    }
}
