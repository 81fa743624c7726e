//! Our own paragraphs with labelled attributions: `[source1 …] [cue1 …] [content1 …]`, one paragraph a line, `# doc` lines
//! between documents.
//!
//! It does not know how they are learnt from. A bracket may belong to several attributions (`[source1,2 …]`), and an
//! attribution may have several brackets of one kind.

use crate::data::{self, Failure};
use crate::polnear::Article;
use crate::score::Attribution;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use text::Span;

/// The documents of a file.
pub fn load(path: &Path) -> Result<Vec<Article>, Failure> {
    let text = data::text(path)?;
    documents(&text).map_err(|what| Failure(format!("{}: {what}", path.display())))
}

/// A cue of a file with its label `p001.3.2` (document, paragraph, number) and the text it stands in.
pub struct LabelledCue {
    pub label: String,
    pub text: String,
    pub cue: Vec<Span>,
}

/// Every cue of a file, each with its paragraph.
pub fn cues(path: &Path) -> Result<Vec<LabelledCue>, Failure> {
    let text = data::text(path)?;
    let mut cues = Vec::new();
    let mut name = "";
    let mut number = 0;
    for line in text.lines() {
        if let Some(opened) = line.strip_prefix("# doc ") {
            name = opened.split_whitespace().next().unwrap_or_default();
            number = 0;
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            number += 1;
            let (text, found) = unmarked(line)
                .map_err(|what| Failure(format!("{}: {what}: {line}", path.display())))?;
            cues.extend(found.into_iter().map(|(cue, attribution)| LabelledCue {
                label: format!("{name}.{number}.{cue}"),
                text: text.clone(),
                cue: attribution.cue,
            }));
        }
    }
    Ok(cues)
}

/// The documents of such lines; each paragraph is a line of its own in the text, with an empty line after it.
fn documents(lines: &str) -> Result<Vec<Article>, String> {
    let mut articles: Vec<Article> = Vec::new();
    for (line, number) in lines.lines().zip(1..) {
        if let Some(name) = line.strip_prefix("# doc ") {
            let name = name.split_whitespace().next().unwrap_or_default();
            articles.push(Article {
                path: PathBuf::from(format!("{name}.txt")),
                text: String::new(),
                gold: Vec::new(),
            });
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            let article = articles
                .last_mut()
                .ok_or("a `# doc` line must stand before the first paragraph")?;
            paragraph(line, article).map_err(|what| format!("line {number}: {what}"))?;
        }
    }
    Ok(articles)
}

/// Adds a paragraph to a document.
fn paragraph(line: &str, article: &mut Article) -> Result<(), String> {
    let (text, found) = unmarked(line)?;
    let at = article.text.len();
    let moved = |spans: Vec<Span>| -> Vec<Span> {
        let spans = spans.into_iter();
        spans
            .map(|span| Span::new(at + span.from(), at + span.to()))
            .collect()
    };
    article.text.push_str(&text);
    article.text.push_str("\n\n");
    article.gold.extend(
        found
            .into_values()
            .filter(|attribution| !attribution.cue.is_empty() && !attribution.content.is_empty())
            .map(|attribution| Attribution {
                source: moved(attribution.source),
                cue: moved(attribution.cue),
                content: moved(attribution.content),
            }),
    );
    Ok(())
}

/// A paragraph's text and its attributions by number.
fn unmarked(line: &str) -> Result<(String, BTreeMap<u32, Attribution>), String> {
    const PARTS: [&str; 3] = ["source", "cue", "content"];
    let mut found: BTreeMap<u32, Attribution> = BTreeMap::new();
    let mut text = String::new();
    let mut rest = line;
    while let Some(open) = rest.find('[') {
        let (before, bracket) = rest.split_at(open);
        text.push_str(before);
        let labelled = PARTS.iter().find_map(|part| {
            let (numbers, words) = bracket[1..].strip_prefix(part)?.split_once(' ')?;
            let numbers: Vec<u32> = numbers
                .split(',')
                .map(|number| number.parse().ok())
                .collect::<Option<_>>()?;
            Some((*part, numbers, words))
        });
        let Some((part, numbers, words)) = labelled else {
            text.push('[');
            rest = &bracket[1..];
            continue;
        };
        let (words, after) = words
            .split_once(']')
            .ok_or_else(|| format!("the bracket {part} is not closed"))?;
        let start = text.len();
        text.push_str(words);
        let span = Span::new(start, text.len());
        for number in numbers {
            let attribution = found.entry(number).or_default();
            match part {
                "source" => attribution.source.push(span),
                "cue" => attribution.cue.push(span),
                _ => attribution.content.push(span),
            }
        }
        rest = after;
    }
    text.push_str(rest);
    Ok((text, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_become_attributions_and_shared_sources_belong_to_both() {
        let lines = "# doc a1 kind=wire\n[source1,2 She] [cue1 praised] [content1 the army of old] and [cue2 urged] [content2 calm].\n\nNobody spoke.\n";
        let articles = documents(lines).unwrap();
        assert_eq!(articles.len(), 1);
        let (text, gold) = (&articles[0].text, &articles[0].gold);
        assert_eq!(
            text,
            "She praised the army of old and urged calm.\n\nNobody spoke.\n\n"
        );
        assert_eq!(gold.len(), 2);
        assert_eq!(gold[1].source[0].slice(text), "She");
        assert_eq!(gold[1].content[0].slice(text), "calm");
    }

    #[test]
    fn a_paragraph_without_a_document_is_refused() {
        assert!(documents("words\n").is_err());
    }
}
