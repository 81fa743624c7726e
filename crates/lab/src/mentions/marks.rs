//! Our own labelled mentions: brackets in the line, as `gold/mentions.guidelines.md` explains them.
//!
//! One line is one sentence, an empty line parts paragraphs, `# doc d001 …` begins a document, other lines that begin with
//! `#` are comments. A bracket without a label is text.

use super::{GoldMention, MentionDocument};
use annotate::{EntityKind, MentionForm};
use text::Span;

/// The label of what stands before a name and can be used to address its bearer.
pub const TITLE: &str = "title";
/// The label of what the bearer of the name beside it is said to be.
pub const ROLE: &str = "role";

/// Words after which "of" begins the phrase's own head ("dozens of villagers"), as the guidelines list them.
const PORTIONS: &[&str] = &[
    "dozens",
    "hundreds",
    "thousands",
    "scores",
    "one",
    "two",
    "most",
    "some",
    "all",
    "none",
    "number",
    "lot",
];
/// Words that end the part of a phrase in which its head stands, as the guidelines list them.
const AFTER_HEAD: &[&str] = &["of", "for", "to", "against"];

/// Reads a file. The error names the line with a bracket that is not closed.
pub fn read(set: &str, file: &str) -> Result<Vec<MentionDocument>, String> {
    let mut documents: Vec<MentionDocument> = Vec::new();
    let mut gap = "";
    for (line, number) in file.lines().zip(1..) {
        if let Some(id) = line.strip_prefix("# doc ") {
            documents.push(MentionDocument {
                id: id.split_whitespace().next().unwrap_or("").to_owned(),
                set: set.to_owned(),
                ..MentionDocument::default()
            });
            gap = "";
        } else if line.trim().is_empty() {
            gap = "\n\n";
        } else if !line.starts_with('#') {
            let Some(document) = documents.last_mut() else {
                return Err(format!("line {number} stands before the first document"));
            };
            if !document.text.is_empty() {
                document.text.push_str(gap);
            }
            let start = document.text.len();
            sentence(line, document).map_err(|problem| format!("line {number}: {problem}"))?;
            document
                .sentences
                .push(Span::new(start, document.text.len()));
            gap = " ";
        }
    }
    Ok(documents)
}

/// A bracket that is open: where it began, its label, and where the words stand that a label inside covers.
struct Open<'a> {
    start: usize,
    /// None for a bracket that is text.
    label: Option<&'a str>,
    /// Labelled parts inside.
    inside: Vec<Span>,
}

/// Adds a sentence and its mentions to a document.
fn sentence(line: &str, document: &mut MentionDocument) -> Result<(), String> {
    let mut open: Vec<Open> = Vec::new();
    let mut found = Vec::new();
    let mut rest = line.trim();
    while let Some(at) = rest.find(['[', ']']) {
        let (before, bracket) = rest.split_at(at);
        document.text.push_str(before);
        rest = &bracket[1..];
        if bracket.starts_with('[') {
            let label = rest
                .split_once(' ')
                .filter(|(label, _)| meaning(label).is_some());
            if let Some((label, words)) = label {
                rest = words;
                open.push(Open {
                    start: document.text.len(),
                    label: Some(label),
                    inside: Vec::new(),
                });
            } else {
                document.text.push('[');
                open.push(Open {
                    start: 0,
                    label: None,
                    inside: Vec::new(),
                });
            }
            continue;
        }
        let closed = open.pop().ok_or("a bracket closes that was not open")?;
        let Some((label, (kind, form))) = closed
            .label
            .and_then(|label| Some((label, meaning(label)?)))
        else {
            document.text.push(']');
            continue;
        };
        let span = Span::new(closed.start, document.text.len());
        if span.is_empty() || span.trim(&document.text) != span {
            return Err(format!(
                "[{label}] begins or ends with a blank, or holds nothing"
            ));
        }
        if let Some(around) = open.last_mut() {
            around.inside.push(span);
        }
        found.push(GoldMention {
            span,
            label: label.to_owned(),
            kind,
            form,
            head: (form == Some(MentionForm::Nominal))
                .then(|| head(&document.text, span, &closed.inside)),
        });
    }
    document.text.push_str(rest);
    if let Some(label) = open.iter().find_map(|bracket| bracket.label) {
        return Err(format!("[{label}] is not closed"));
    }
    found.sort_by_key(|gold| (gold.span.start, std::cmp::Reverse(gold.span.end)));
    document.gold.append(&mut found);
    Ok(())
}

/// Kind and form of a label; none where a bracket that begins so is text.
fn meaning(label: &str) -> Option<(Option<EntityKind>, Option<MentionForm>)> {
    if label == TITLE || label == ROLE {
        return Some((None, None));
    }
    let (kind, form) = label.split_once('.')?;
    Some((
        Some(EntityKind::parse(kind)?),
        Some(MentionForm::parse(form)?),
    ))
}

/// The head of a phrase: its last word before "of", "for", "to" or "against", or before its end; behind a portion's "of"
/// where there is one.
fn head(text: &str, phrase: Span, inside: &[Span]) -> Span {
    let words: Vec<Span> = words(text, phrase);
    let begins_object = |index: usize| {
        let word = words[index];
        index > 0
            && AFTER_HEAD.contains(&word.slice(text).to_lowercase().as_str())
            && !inside.iter().any(|part| part.contains(word))
    };
    let mut last = None;
    for (index, word) in words.iter().enumerate() {
        if begins_object(index) {
            let portion = index > 0
                && PORTIONS.contains(&words[index - 1].slice(text).to_lowercase().as_str())
                && word.slice(text).eq_ignore_ascii_case("of");
            if !portion {
                break;
            }
        }
        last = Some(*word);
    }
    last.or(words.last().copied()).unwrap_or(phrase)
}

/// The words of a phrase, without the marks around them.
fn words(text: &str, phrase: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = phrase.from();
    for part in phrase.slice(text).split_inclusive(char::is_whitespace) {
        let word = part.trim_matches(|c: char| !c.is_alphanumeric());
        if !word.is_empty() {
            let start = at + (word.as_ptr().addr() - part.as_ptr().addr());
            found.push(Span::new(start, start + word.len()));
        }
        at += part.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# A comment.\n# doc d001 kind=wire\nThe [Organization.nominal [Group.name Tärrish] army] left [1].\n\
                        [title Gen.] [Person.name Dorvan Keel], [role spokesman for the [Organization.name Vale Front]], agreed.\n\n\
                        [Person.nominal dozens of villagers] and [Person.nominal a spokesman for [Organization.nominal the ministry]].\n\
                        # doc d002\n[Place.name ORREM] is calm.\n";

    #[test]
    fn brackets_nest_and_leave_the_text() {
        let documents = read("own", FILE).unwrap();
        assert_eq!(documents.len(), 2);
        let first = &documents[0];
        assert_eq!(
            first.text,
            "The Tärrish army left [1]. Gen. Dorvan Keel, spokesman for the Vale Front, agreed.\n\n\
             dozens of villagers and a spokesman for the ministry."
        );
        assert_eq!(first.sentences.len(), 3);
        assert_eq!(
            first.sentences[0].slice(&first.text),
            "The Tärrish army left [1]."
        );
        let shown: Vec<(&str, &str)> = first
            .gold
            .iter()
            .map(|gold| (gold.label.as_str(), gold.span.slice(&first.text)))
            .collect();
        assert_eq!(
            shown[..5],
            [
                ("Organization.nominal", "Tärrish army"),
                ("Group.name", "Tärrish"),
                ("title", "Gen."),
                ("Person.name", "Dorvan Keel"),
                ("role", "spokesman for the Vale Front"),
            ]
        );
        let heads: Vec<&str> = first
            .gold
            .iter()
            .filter_map(|gold| Some(gold.head?.slice(&first.text)))
            .collect();
        assert_eq!(heads, ["army", "villagers", "spokesman", "ministry"]);
    }

    #[test]
    fn a_torn_line_is_named() {
        assert!(
            read("own", "# doc a\nfine\n[Place.name Orrem")
                .unwrap_err()
                .contains("line 3")
        );
        assert!(read("own", "# doc a\nno] good").is_err());
        assert!(read("own", "# doc a\n[Place.name  Orrem]").is_err());
        assert!(read("own", "text first").is_err());
    }
}
