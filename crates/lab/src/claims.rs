//! Attributed claims as the measures see them, from lines of `extract --format jsonl` or from the library's own records.
//!
//! It does not know gold.

use crate::data::{self, Failure};
use crate::score::Attribution;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use text::Span;

/// One attributed claim.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Claim {
    /// Who is quoted.
    pub source: Vec<Quoted>,
    /// The name that the source was given.
    pub name: Option<String>,
    /// The words that attribute.
    pub cue: Vec<Quoted>,
    /// The lexicon entry behind the cue; empty where none is given.
    pub lemma: String,
    /// What is said.
    pub content: Vec<Quoted>,
    /// What the source does by saying it.
    pub act: String,
    /// The first rule behind it; empty where none is given.
    pub rule: String,
    /// How sure the reader is; none where the line does not say.
    pub confidence: Confidence,
    /// `shown` or `suggested`; empty where the line does not say.
    pub standing: String,
}

/// How sure the reader is of a claim, 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub struct Confidence {
    /// That there is such an attribution with this content.
    pub attribution: Option<f64>,
    /// That its source is right, given that.
    pub source: Option<f64>,
    /// That its act is right, given that.
    pub act: Option<f64>,
}

/// A span with the words that it is said to have.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Quoted {
    start: usize,
    end: usize,
    text: String,
}

/// Claims by the file name of their document, in the order of the lines.
pub type ByFile = BTreeMap<String, Vec<Claim>>;

/// Reads claim lines from a file, or from standard input for `-`. Narrator claims are passed over.
pub fn read_lines(path: &Path) -> Result<ByFile, Failure> {
    let lines = if path == Path::new("-") {
        let mut lines = String::new();
        std::io::stdin()
            .read_to_string(&mut lines)
            .map_err(|error| Failure(format!("standard input cannot be read: {error}")))?;
        lines
    } else {
        data::text(path)?
    };
    let mut files = BTreeMap::new();
    let mut found = ByFile::new();
    for (line, number) in lines.lines().zip(1..) {
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(line).map_err(|error| {
            Failure(format!(
                "line {number} of {} is no line of `extract --format jsonl`: {error}",
                path.display()
            ))
        })?;
        match line {
            Line::Document { id, path } => {
                let name = data::name(Path::new(&path)).to_owned();
                found.entry(name.clone()).or_default();
                files.insert(id, name);
            }
            Line::Claim(claim) if claim.voice == "attributed" => {
                let name = files.get(&claim.document).ok_or_else(|| {
                    Failure(format!(
                        "line {number} of {} has a claim whose document's line is not before it",
                        path.display()
                    ))
                })?;
                found
                    .entry(name.clone())
                    .or_default()
                    .push(Claim::from(*claim));
            }
            Line::Claim(_) | Line::Other => {}
        }
    }
    Ok(found)
}

impl Claim {
    /// Whether it is shown and counted, not only suggested.
    pub fn is_shown(&self) -> bool {
        self.standing == "shown"
    }

    /// The claim's spans in a text, and how many were left out because the text has other words there.
    pub fn spans(&self, text: &str) -> (Attribution, usize) {
        let mut torn = 0;
        let mut check = |quoted: &[Quoted]| -> Vec<Span> {
            let spans: Vec<Span> = quoted.iter().filter_map(|part| part.span(text)).collect();
            torn += quoted.len() - spans.len();
            spans
        };
        let attribution = Attribution {
            source: check(&self.source),
            cue: check(&self.cue),
            content: check(&self.content),
        };
        (attribution, torn)
    }
}

impl Quoted {
    /// A span of a text, with its words.
    pub fn new(span: Span, text: &str) -> Self {
        Self {
            start: span.from(),
            end: span.to(),
            text: span.slice(text).to_owned(),
        }
    }

    /// The words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The span, where the text has these words there.
    fn span(&self, text: &str) -> Option<Span> {
        (text.get(self.start..self.end) == Some(&*self.text))
            .then(|| Span::new(self.start, self.end))
    }
}

#[derive(Deserialize)]
#[serde(tag = "record", rename_all = "lowercase")]
enum Line {
    Document {
        id: String,
        path: String,
    },
    Claim(Box<ClaimLine>),
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct ClaimLine {
    document: String,
    voice: String,
    source: SourceLine,
    cue: Option<CueLine>,
    act: String,
    content: Spans,
    #[serde(default)]
    confidence: Confidence,
    #[serde(default)]
    standing: String,
    #[serde(default)]
    why: Vec<WhyLine>,
}

#[derive(Deserialize)]
struct SourceLine {
    spans: Vec<Quoted>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct CueLine {
    spans: Vec<Quoted>,
    #[serde(default)]
    lemma: String,
}

#[derive(Deserialize)]
struct Spans {
    spans: Vec<Quoted>,
}

#[derive(Deserialize)]
struct WhyLine {
    rule: String,
}

impl From<ClaimLine> for Claim {
    fn from(line: ClaimLine) -> Self {
        let (cue, lemma) = line
            .cue
            .map_or_else(Default::default, |cue| (cue.spans, cue.lemma));
        Self {
            source: line.source.spans,
            name: line.source.name,
            cue,
            lemma,
            confidence: line.confidence,
            standing: line.standing,
            content: line.content.spans,
            act: line.act,
            rule: line
                .why
                .into_iter()
                .next()
                .map_or_else(String::new, |why| why.rule),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_claims_by_file() {
        let folder = std::env::temp_dir().join(format!("lab-lines-{}", std::process::id()));
        let lines = concat!(
            r#"{"record":"document","id":"d1","path":"a/b.txt"}"#,
            "\n",
            r#"{"record":"claim","document":"d1","voice":"attributed","source":{"spans":[{"start":0,"end":2,"text":"He"}],"name":null},"cue":{"spans":[{"start":3,"end":7,"text":"said"}],"lemma":"say"},"act":"asserts","content":{"spans":[{"start":8,"end":11,"text":"yes"}],"quotation":"indirect"},"confidence":{"attribution":0.8,"source":0.5,"act":0.9},"standing":"shown","why":[{"rule":"cue:say","spans":[],"note":""}]}"#,
            "\n",
            r#"{"record":"claim","document":"d1","voice":"narrator","source":{"spans":[],"name":null},"cue":null,"act":"asserts","content":{"spans":[],"quotation":"indirect"}}"#,
            "\n",
            r#"{"record":"note"}"#,
            "\n"
        );
        std::fs::write(&folder, lines).unwrap();
        let found = read_lines(&folder).unwrap();
        std::fs::remove_file(&folder).unwrap();
        let claims = &found["b.txt"];
        assert_eq!((claims.len(), &*claims[0].rule), (1, "cue:say"));
        assert_eq!((&*claims[0].lemma, claims[0].is_shown()), ("say", true));
        let confidence = claims[0].confidence;
        assert_eq!(
            (confidence.attribution, confidence.source, confidence.act),
            (Some(0.8), Some(0.5), Some(0.9))
        );
        let (attribution, torn) = claims[0].spans("He said yes");
        assert_eq!((attribution.content, torn), (vec![Span::new(8, 11)], 0));
        assert_eq!(claims[0].spans("He says yes, é").1, 1);
    }
}
