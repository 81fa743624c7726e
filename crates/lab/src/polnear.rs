//! PolNeAR's attributions: text files with stand-off annotation in characters, read into byte spans.
//!
//! Gold is the alphabetically first annotator of each document, attributions with a cue and a content. It does not
//! know how they are scored.

use crate::data::{self, Data, Failure};
use crate::score::Attribution;
use std::collections::BTreeMap;
use std::path::PathBuf;
use text::Span;

/// One article with its gold.
#[derive(Debug, Clone)]
pub struct Article {
    /// The text file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// Its attributions, in the order of the annotation.
    pub gold: Vec<Attribution>,
}

/// Reads the annotated articles of a part (`train`, `dev`), by name.
pub fn load(data: &Data, part: &str) -> Result<Vec<Article>, Failure> {
    let folder = data.at(&format!("polnear/{part}"))?;
    let annotations = data::files(&folder.join("attributions"), ".ann")?;
    let mut articles = Vec::new();
    for path in data::files(&folder.join("text"), ".txt")? {
        let start = format!("{}_", data::name(&path).trim_end_matches(".txt"));
        let Some(annotation) = annotations
            .iter()
            .find(|annotation| data::name(annotation).starts_with(&start))
        else {
            continue;
        };
        let text = data::text(&path)?;
        let gold = parse(&data::text(annotation)?, &text).map_err(|what| {
            Failure(format!(
                "{} is not as PolNeAR's annotations are: {what}",
                annotation.display()
            ))
        })?;
        articles.push(Article { path, text, gold });
    }
    Ok(articles)
}

/// Where each character of a text begins, and where the last one ends, in bytes.
pub fn bytes_of_characters(text: &str) -> Vec<usize> {
    text.char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect()
}

/// Reads one annotation of a text.
fn parse(annotation: &str, text: &str) -> Result<Vec<Attribution>, String> {
    let bytes = bytes_of_characters(text);
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut relations = Vec::new();
    for line in annotation.split('\n') {
        // An annotated text may run over several lines; what is not the start of a record continues one.
        let Some((id, rest)) = line.split_once('\t').filter(|(id, _)| is_id(id)) else {
            continue;
        };
        if id.starts_with('T') {
            let place = rest.split('\t').next().unwrap_or_default();
            let offsets = place.split_once(' ').map_or("", |(_, offsets)| offsets);
            let parts = offsets
                .split(';')
                .map(|part| {
                    let (start, end) = part.trim().split_once(' ')?;
                    let byte = |n: &str| bytes.get(n.trim().parse::<usize>().ok()?).copied();
                    Some(Span::new(byte(start)?, byte(end)?))
                })
                .collect::<Option<Vec<Span>>>()
                .ok_or_else(|| format!("no offsets of the text in {place:?}"))?;
            spans.insert(id, parts);
        } else if id.starts_with('E') {
            relations.push(rest);
        }
    }
    let mut gold = Vec::new();
    for relation in relations {
        let mut attribution = Attribution::default();
        for part in relation.split_whitespace() {
            let (role, id) = part
                .split_once(':')
                .ok_or_else(|| format!("no role in {part:?}"))?;
            let list = match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Source" => &mut attribution.source,
                "Cue" => &mut attribution.cue,
                "Content" => &mut attribution.content,
                _ => continue,
            };
            list.extend(
                spans
                    .get(id)
                    .ok_or_else(|| format!("no span {id:?}"))?
                    .iter(),
            );
        }
        if !attribution.cue.is_empty() && !attribution.content.is_empty() {
            gold.push(attribution);
        }
    }
    Ok(gold)
}

/// Whether this is a record's id: a letter for its kind, and digits.
fn is_id(id: &str) -> bool {
    let mut characters = id.chars();
    characters
        .next()
        .is_some_and(|c| matches!(c, 'T' | 'E' | 'A' | '#' | 'R' | 'N'))
        && characters.all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_become_bytes_and_roles_are_gathered() {
        let text = "“Néé,” said\nthe élan. He left.";
        let annotation = "T1\tContent 0 6\t“Néé,”\nT2\tCue 7 11\tsaid\nT3\tSource 12 15;16 20\tthe\nélan\n\
                          T4\tAttribution 7 11\tsaid\nE1\tAttribution:T4 Content:T1 Cue:T2 Source:T3\n\
                          E2\tAttribution:T4 Content:T1 Content2:T3\n#1\tNote\n";
        let gold = parse(annotation, text).unwrap();
        assert_eq!(gold.len(), 1, "a relation without a cue is left out");
        assert_eq!(gold[0].content[0].slice(text), "“Néé,”");
        assert_eq!(gold[0].source[1].slice(text), "élan");
        assert!(parse("T1\tCue 0 999\tx\n", text).is_err());
    }
}
