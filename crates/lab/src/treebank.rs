//! `Treebank`: sentences of a Universal Dependencies treebank as labelled, and each document's raw text rebuilt from them.
//!
//! It reads CoNLL-U (universaldependencies.org/format.html), plain or in `xz`. It leaves out enhanced dependencies and
//! empty nodes; it does not know what the program reads from the text.

use crate::data::{self, Data, Failure};
use std::io::Read;
use std::ops::Range;
use std::path::Path;
use text::Span;

/// English EWT, for training: five genres of the web.
pub const EWT_TRAIN: &str = "ud/en_ewt-train.conllu.xz";
/// English EWT, for tuning.
pub const EWT_DEV: &str = "ud/en_ewt-dev.conllu.xz";
/// English GUM without the genres that may not be shared, for training.
pub const GUM_TRAIN: &str = "ud/en_gum-ccby-train.conllu.xz";
/// English GUM without the genres that may not be shared, for tuning.
pub const GUM_DEV: &str = "ud/en_gum-ccby-dev.conllu.xz";

/// A treebank's documents, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Treebank {
    pub documents: Vec<TreebankDocument>,
}

/// One document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TreebankDocument {
    /// Its id in the treebank; empty where the file names no documents.
    pub id: String,
    /// The kind of text: GUM's `meta::genre`, or what EWT's ids begin with (`weblog`, `email`…). Empty where neither says.
    pub genre: String,
    /// Its sentences, in order.
    pub sentences: Vec<TreebankSentence>,
}

/// One sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TreebankSentence {
    /// Its id in the treebank.
    pub id: String,
    /// Its text as the treebank gives it.
    pub text: String,
    /// Whether a paragraph begins with it.
    pub starts_paragraph: bool,
    /// Its syntactic words.
    pub words: Vec<TreebankWord>,
    /// Its surface tokens, in order; each holds one word or, a multiword token, several. Together they hold every word.
    pub tokens: Vec<SurfaceToken>,
}

/// One syntactic word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TreebankWord {
    pub form: String,
    pub lemma: String,
    pub upos: String,
    pub xpos: String,
    /// Raw FEATS column; `_` where there are none.
    pub feats: String,
    /// Number of the head in its sentence, counted from 1; 0 is the root.
    pub head: usize,
    /// The relation with its subtype, if any.
    pub deprel: String,
    /// Whether white space follows it in the raw text; no for all words of a multiword token but its last.
    pub space_after: bool,
    /// Raw MISC column; `_` where there is none.
    pub misc: String,
}

/// What stands between blanks and split marks in the text: a word, or several that are written as one ("don't").
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SurfaceToken {
    /// As written.
    pub form: String,
    /// Its words, as indices from 0 into the sentence's.
    pub words: Range<usize>,
}

/// The raw text of a document, and where its sentences stand in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawDocument {
    /// Sentences joined by a blank where the treebank has one, paragraphs by an empty line.
    pub text: String,
    /// For each sentence of the document, where it stands.
    pub sentences: Vec<RawSentence>,
}

/// Where one sentence and its parts stand in the raw text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawSentence {
    pub span: Span,
    /// For each word. Words of one surface token divide it where their forms make it up, else each has it whole.
    pub words: Vec<Span>,
    /// For each surface token.
    pub tokens: Vec<Span>,
}

impl Treebank {
    /// Reads a file of the data folder, by the name it has there.
    pub fn open(data: &Data, name: &str) -> Result<Self, Failure> {
        let path = data.at(name)?;
        let unread = |error: &dyn std::fmt::Display| {
            Failure(format!("{} cannot be read: {error}", path.display()))
        };
        let text = if data::name(&path).ends_with(".xz") {
            let packed = data::bytes(&path)?;
            let mut text = String::new();
            lzma_rust2::XzReader::new(packed.as_slice(), true)
                .read_to_string(&mut text)
                .map_err(|error| unread(&error))?;
            text
        } else {
            data::text(&path)?
        };
        Self::parse(&text).map_err(|problem| in_file(&path, &problem))
    }

    /// Reads CoNLL-U. The error names the line that is not.
    pub fn parse(conllu: &str) -> Result<Self, String> {
        let mut treebank = Self::default();
        let mut sentence = TreebankSentence::default();
        let mut open = Open::default();
        for (line, number) in conllu.lines().zip(1..) {
            if line.trim().is_empty() {
                treebank
                    .close(&mut sentence)
                    .map_err(|problem| format!("before line {number}: {problem}"))?;
                open = Open::default();
            } else if let Some(comment) = line.strip_prefix('#') {
                treebank.comment(comment.trim(), &mut sentence);
            } else {
                row(line, &mut sentence, &mut open)
                    .map_err(|problem| format!("line {number}: {problem}"))?;
            }
        }
        treebank.close(&mut sentence)?;
        Ok(treebank)
    }

    /// Every sentence, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &TreebankSentence> {
        self.documents
            .iter()
            .flat_map(|document| &document.sentences)
    }

    fn comment(&mut self, comment: &str, sentence: &mut TreebankSentence) {
        let (key, value) = comment
            .split_once('=')
            .map_or((comment, ""), |(key, value)| (key.trim(), value.trim()));
        match key {
            "newdoc id" | "newdoc" => {
                self.documents.push(TreebankDocument {
                    id: value.to_owned(),
                    genre: value
                        .split_once('-')
                        .map_or("", |(genre, _)| genre)
                        .to_owned(),
                    sentences: Vec::new(),
                });
                sentence.starts_paragraph = true;
            }
            "meta::genre" => value.clone_into(&mut self.current().genre),
            "newpar id" | "newpar" => sentence.starts_paragraph = true,
            "sent_id" => value.clone_into(&mut sentence.id),
            "text" => value.clone_into(&mut sentence.text),
            _ => {}
        }
    }

    /// Ends the sentence being read.
    fn close(&mut self, sentence: &mut TreebankSentence) -> Result<(), String> {
        let sentence = std::mem::take(sentence);
        let Some(last) = sentence.tokens.last() else {
            return Ok(());
        };
        if last.words.end != sentence.words.len() {
            return Err(format!("{:?} lacks words", last.form));
        }
        if let Some(word) = sentence
            .words
            .iter()
            .find(|word| word.head > sentence.words.len())
        {
            return Err(format!("the head of {:?} is no word", word.form));
        }
        self.current().sentences.push(sentence);
        Ok(())
    }

    /// The document being read; one without an id where the file names none.
    fn current(&mut self) -> &mut TreebankDocument {
        if self.documents.is_empty() {
            self.documents.push(TreebankDocument::default());
        }
        let last = self.documents.len() - 1;
        &mut self.documents[last]
    }
}

impl TreebankDocument {
    /// The text as it was before it was split, as far as the treebank tells.
    #[must_use]
    pub fn raw(&self) -> RawDocument {
        let mut raw = RawDocument::default();
        let mut space = false;
        for sentence in &self.sentences {
            if sentence.starts_paragraph && !raw.text.is_empty() {
                raw.text.push_str("\n\n");
            } else if space {
                raw.text.push(' ');
            }
            let mut words = Vec::with_capacity(sentence.words.len());
            let mut tokens = Vec::with_capacity(sentence.tokens.len());
            space = false;
            for token in &sentence.tokens {
                if space {
                    raw.text.push(' ');
                }
                let start = raw.text.len();
                raw.text.push_str(&token.form);
                let span = Span::new(start, raw.text.len());
                tokens.push(span);
                words.extend(divide(
                    span,
                    &token.form,
                    &sentence.words[token.words.clone()],
                ));
                space = sentence.words[token.words.end - 1].space_after;
            }
            let span = match (tokens.first(), tokens.last()) {
                (Some(first), Some(last)) => first.cover(*last),
                _ => Span::new(raw.text.len(), raw.text.len()),
            };
            raw.sentences.push(RawSentence {
                span,
                words,
                tokens,
            });
        }
        raw
    }
}

fn in_file(path: &Path, problem: &str) -> Failure {
    Failure(format!("{}: {problem}", path.display()))
}

/// The multiword token that was opened last.
#[derive(Default)]
struct Open {
    words: Range<usize>,
    space_after: bool,
}

/// Takes in one line of columns.
fn row(line: &str, sentence: &mut TreebankSentence, open: &mut Open) -> Result<(), String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let &[
        id,
        form,
        lemma,
        upos,
        xpos,
        feats,
        head,
        deprel,
        _enhanced,
        misc,
    ] = columns.as_slice()
    else {
        return Err(format!("{} columns instead of 10", columns.len()));
    };
    if id.contains('.') {
        return Ok(());
    }
    let number = |text: &str| {
        text.parse::<usize>()
            .map_err(|_| format!("{text:?} is no number of a word"))
    };
    let space_after = !misc.split('|').any(|entry| entry == "SpaceAfter=No");
    let at = sentence.words.len();
    if let Some((first, last)) = id.split_once('-') {
        let (first, last) = (number(first)?, number(last)?);
        if first != at + 1 || last < first {
            return Err(format!("the words {id} do not begin here"));
        }
        *open = Open {
            words: at..last,
            space_after,
        };
        sentence.tokens.push(SurfaceToken {
            form: form.to_owned(),
            words: at..last,
        });
        return Ok(());
    }
    if number(id)? != at + 1 {
        return Err(format!("word {id} instead of {}", at + 1));
    }
    let inside = open.words.contains(&at);
    if !inside {
        sentence.tokens.push(SurfaceToken {
            form: form.to_owned(),
            words: at..at + 1,
        });
    }
    sentence.words.push(TreebankWord {
        form: form.to_owned(),
        lemma: lemma.to_owned(),
        upos: upos.to_owned(),
        xpos: xpos.to_owned(),
        feats: feats.to_owned(),
        head: number(head)?,
        deprel: deprel.to_owned(),
        space_after: if inside {
            open.space_after && at + 1 == open.words.end
        } else {
            space_after
        },
        misc: misc.to_owned(),
    });
    Ok(())
}

/// The words of one surface token: parts of its span where their forms make it up, else the whole of it for each.
fn divide(token: Span, form: &str, words: &[TreebankWord]) -> Vec<Span> {
    let made_up: String = words.iter().map(|word| word.form.as_str()).collect();
    if made_up != form {
        return vec![token; words.len()];
    }
    let mut start = token.from();
    words
        .iter()
        .map(|word| {
            let span = Span::new(start, start + word.form.len());
            start = span.to();
            span
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row of columns from the ones that matter here.
    fn line(id: &str, form: &str, head: &str, misc: &str) -> String {
        format!("{id}\t{form}\t{form}\tX\tX\t_\t{head}\tdep:sub\t_\t{misc}\n")
    }

    fn invented() -> String {
        [
            "# newdoc id = weblog-one\n# newpar\n# sent_id = one-1\n# text = They don't stay.\n"
                .to_owned(),
            line("1", "They", "2", "_"),
            line("2-3", "don't", "_", "_"),
            line("2", "do", "0", "_"),
            line("3", "n't", "2", "_"),
            line("3.1", "empty", "_", "_"),
            line("4", "stay", "2", "Entity=(1)|SpaceAfter=No"),
            line("5", ".", "2", "_"),
            "\n# sent_id = one-2\n".to_owned(),
            line("1-2", "au", "_", "SpaceAfter=No"),
            line("1", "à", "0", "_"),
            line("2", "le", "1", "_"),
            line("3", "!", "1", "SpaceAfter=No"),
            "\n".to_owned(),
            line("1", "Go", "0", "_"),
            "\n# newpar\n".to_owned(),
            line("1", "Stay", "0", "_"),
            "\n# newdoc id = two\n# meta::genre = news\n".to_owned(),
            line("1", "End", "0", "_"),
        ]
        .concat()
    }

    #[test]
    fn words_tokens_and_documents() {
        let treebank = Treebank::parse(&invented()).unwrap();
        let genres: Vec<&str> = treebank
            .documents
            .iter()
            .map(|document| document.genre.as_str())
            .collect();
        assert_eq!(genres, ["weblog", "news"]);
        let first = &treebank.documents[0].sentences[0];
        assert!(first.starts_paragraph && !treebank.documents[0].sentences[1].starts_paragraph);
        assert_eq!(
            (first.id.as_str(), first.words.len(), first.tokens.len()),
            ("one-1", 5, 4)
        );
        assert_eq!(first.tokens[1].words, 1..3);
        assert_eq!(first.words[2].head, 2);
        assert_eq!(first.words[2].deprel, "dep:sub");
        let spaces: Vec<bool> = first.words.iter().map(|word| word.space_after).collect();
        assert_eq!(spaces, [true, false, true, false, true]);
        assert_eq!(treebank.sentences().count(), 5);
    }

    #[test]
    fn raw_text_and_where_words_stand() {
        let treebank = Treebank::parse(&invented()).unwrap();
        let raw = treebank.documents[0].raw();
        assert_eq!(raw.text, "They don't stay. au!Go\n\nStay");
        let words = |sentence: usize| -> Vec<&str> {
            raw.sentences[sentence]
                .words
                .iter()
                .map(|span| span.slice(&raw.text))
                .collect()
        };
        assert_eq!(words(0), ["They", "do", "n't", "stay", "."]);
        assert_eq!(words(1), ["au", "au", "!"]);
        assert_eq!(raw.sentences[0].tokens[1].slice(&raw.text), "don't");
        assert_eq!(raw.sentences[0].span.slice(&raw.text), "They don't stay.");
    }

    #[test]
    fn what_is_no_treebank_is_named_by_its_line() {
        let broken = Treebank::parse("1\tone\n").unwrap_err();
        assert!(broken.contains("line 1") && broken.contains("columns"));
        let lacking = Treebank::parse(&line("1-2", "don't", "_", "_")).unwrap_err();
        assert!(lacking.contains("lacks words"));
        let skipped = Treebank::parse(&line("2", "two", "0", "_")).unwrap_err();
        assert!(skipped.contains("word 2"));
        assert!(Treebank::parse(&line("1", "one", "7", "_")).is_err());
    }
}
