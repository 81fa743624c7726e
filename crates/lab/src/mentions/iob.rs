//! Sets in IOB files: a word and its tag in each line, sentences apart by an empty line.
//!
//! The text is rebuilt: a sentence's `# text =` line where its words can be found in it, else the words joined as they are
//! usually written. Which words a file's own tokeniser made is not kept.

use super::kinds::kind_of;
use super::{GoldMention, MentionDocument};
use crate::scan::{is_space, is_word};
use std::ops::Range;
use text::Span;

/// Sentences of one document where the file has no documents.
const DOCUMENT: usize = 40;

/// Reads a file into documents: paragraphs of one sentence each, a document for each `# newdoc` or else for each forty
/// sentences.
pub fn read(set: &str, file: &str) -> Vec<MentionDocument> {
    let sentences = sentences(file);
    let documented = sentences.iter().any(|sentence| sentence.document.is_some());
    let mut documents: Vec<MentionDocument> = Vec::new();
    for (number, sentence) in sentences.into_iter().enumerate() {
        let begins = if documented {
            sentence.document.is_some()
        } else {
            number % DOCUMENT == 0
        };
        if begins || documents.is_empty() {
            documents.push(MentionDocument {
                id: sentence
                    .document
                    .filter(|id| !id.is_empty())
                    .unwrap_or_else(|| format!("{set}#{}", documents.len() + 1)),
                set: set.to_owned(),
                ..MentionDocument::default()
            });
        }
        let Some(document) = documents.last_mut() else {
            continue;
        };
        let (text, ranges) = sentence
            .text
            .and_then(|text| Some((found(&sentence.words, text)?, text.to_owned())))
            .map_or_else(|| joined(&sentence.words), |(ranges, text)| (text, ranges));
        let at = document.text.len();
        document.sentences.push(Span::new(at, at + text.len()));
        document.text.push_str(&text);
        document.text.push_str("\n\n");
        for (words, label) in entities(&sentence.tags) {
            document.gold.push(GoldMention {
                span: Span::new(
                    at + ranges[words.start].start,
                    at + ranges[words.end - 1].end,
                ),
                label: label.to_owned(),
                kind: kind_of(label),
                form: None,
                head: None,
            });
        }
    }
    documents
}

/// One sentence as the file has it.
#[derive(Default)]
struct Sentence<'a> {
    words: Vec<&'a str>,
    tags: Vec<&'a str>,
    text: Option<&'a str>,
    /// The id of the document that begins here, empty where the line gives none.
    document: Option<String>,
}

fn sentences(file: &str) -> Vec<Sentence<'_>> {
    let mut read = Vec::new();
    let mut open = Sentence::default();
    for line in file.lines().chain([""]) {
        if let Some(note) = line.strip_prefix("# ") {
            if let Some(text) = note.strip_prefix("text = ") {
                open.text = Some(text);
            } else if let Some(id) = note.strip_prefix("newdoc") {
                open.document = Some(
                    id.trim_start_matches([' ', '='])
                        .trim_start_matches("id = ")
                        .to_owned(),
                );
            }
        } else if !line.trim().is_empty() {
            let columns: Vec<&str> = if line.contains('\t') {
                line.split('\t').collect()
            } else {
                line.split_whitespace().collect()
            };
            let numbered =
                columns.len() > 2 && columns[0].bytes().all(|byte| byte.is_ascii_digit());
            let word = columns.get(usize::from(numbered)).copied().unwrap_or("");
            open.words.push(word);
            open.tags.push(
                columns
                    .get(usize::from(numbered) + 1)
                    .copied()
                    .unwrap_or("O"),
            );
        } else if !open.words.is_empty() {
            read.push(std::mem::take(&mut open));
        }
    }
    read
}

/// Where each word lies in the text; none where one is missing or something else stands between.
fn found(words: &[&str], text: &str) -> Option<Vec<Range<usize>>> {
    let mut at = 0;
    let mut ranges = Vec::with_capacity(words.len());
    for word in words {
        let start = at + text[at..].find(word)?;
        if !text[at..start].chars().all(is_space) {
            return None;
        }
        at = start + word.len();
        ranges.push(start..at);
    }
    Some(ranges)
}

/// The words as a text, without blanks before what closes and after what opens, and where each lies.
fn joined(words: &[&str]) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut ranges = Vec::with_capacity(words.len());
    let mut quoted = false;
    let mut before = None;
    for word in words {
        let together = match before {
            None => true,
            Some(before) => {
                closes(word)
                    || (*word == "\"" && quoted)
                    || opens(before)
                    || (before == "\"" && quoted)
            }
        };
        if !together {
            text.push(' ');
        }
        ranges.push(text.len()..text.len() + word.len());
        text.push_str(word);
        quoted ^= *word == "\"";
        before = Some(*word);
    }
    (text, ranges)
}

/// Whether a word stands close to the one before it.
fn closes(word: &str) -> bool {
    let mut characters = word.chars();
    match (characters.next(), characters.next()) {
        (Some('.' | ',' | ';' | ':' | '!' | '?' | '%' | ')' | ']' | '}' | '’' | '”'), _) => {
            true
        }
        (Some('\''), Some(second)) => second == '\'' || is_word(second),
        _ => word == "n't",
    }
}

/// Whether a word stands close to the one after it.
fn opens(word: &str) -> bool {
    matches!(word, "(" | "[" | "{" | "$" | "#" | "@" | "“" | "‘" | "``")
}

/// The first word, the word after the last, and the label of each entity. A tag that continues nothing begins one.
fn entities<'a>(tags: &[&'a str]) -> Vec<(Range<usize>, &'a str)> {
    let mut read: Vec<(Range<usize>, &str)> = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    for (number, tag) in tags.iter().copied().chain(["O"]).enumerate() {
        let label = tag.get(2..).unwrap_or("");
        if let Some((begin, of)) = open
            && (tag.starts_with(['O', 'B']) || label != of)
        {
            read.push((begin..number, of));
            open = None;
        }
        if tag.starts_with(['B', 'I']) && open.is_none() {
            open = Some((number, label));
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use annotate::EntityKind;

    fn shown(document: &MentionDocument) -> Vec<(&str, &str)> {
        document
            .gold
            .iter()
            .map(|gold| (gold.label.as_str(), gold.span.slice(&document.text)))
            .collect()
    }

    #[test]
    fn numbered_words_are_found_in_their_text() {
        let file = "# newdoc id = web-1\n# text = Orsk's mayor, Ana Volt!\n1\tOrsk\tB-LOC\t-\t-\n2\t's\tO\t-\t-\n\
                    3\tmayor\tO\t-\t-\n4\t,\tO\t-\t-\n5\tAna\tB-PER\t-\t-\n6\tVolt\tI-PER\t-\t-\n7\t!\tO\t-\t-\n\n\
                    # text = not these words\n1\tIn\tO\t-\t-\n2\tVäsk\tI-LOC\t-\t-\n3\t.\tO\t-\t-\n\n\
                    # newdoc id = web-2\n# text = Yes.\n1\tYes\tO\t-\t-\n2\t.\tO\t-\t-\n";
        let documents = read("uner", file);
        assert_eq!(documents.len(), 2);
        assert_eq!(
            (documents[0].id.as_str(), documents[1].id.as_str()),
            ("web-1", "web-2")
        );
        assert_eq!(documents[0].text, "Orsk's mayor, Ana Volt!\n\nIn Väsk.\n\n");
        assert_eq!(
            shown(&documents[0]),
            [("LOC", "Orsk"), ("PER", "Ana Volt"), ("LOC", "Väsk")]
        );
        assert_eq!(documents[0].gold[1].kind, Some(EntityKind::Person));
        assert_eq!(
            documents[0].sentences[1].slice(&documents[0].text),
            "In Väsk."
        );
        assert_eq!(documents[0].names().count(), 3);
    }

    #[test]
    fn words_are_joined_as_they_are_written() {
        let file = "He O\nsaid O\n\" O\nThe B-band\nTrees I-band\n\" B-misc\nare O\nn't O\n( O\n$ O\n5 O\n) O\nhis O\n's O\n. O\n";
        let documents = read("crossner/music", file);
        assert_eq!(
            documents[0].text,
            "He said \"The Trees\" aren't ($5) his's.\n\n"
        );
        assert_eq!(
            shown(&documents[0]),
            [("band", "The Trees"), ("misc", "\"")]
        );
        assert_eq!(documents[0].gold[1].kind, None);
    }

    #[test]
    fn a_file_without_documents_is_cut_every_forty_sentences() {
        let documents = read("x", &"Word O\n\n".repeat(81));
        assert_eq!(
            documents
                .iter()
                .map(|d| d.sentences.len())
                .collect::<Vec<_>>(),
            [40, 40, 1]
        );
        assert_eq!(documents[2].id, "x#3");
    }
}
