//! `lab corrupt`: writes damaged copies of labelled sets and treebanks into a folder outside the checkout.
//!
//! It does not know how the copies are made.

use super::{Copy, Corruption, corrupt_document, trees};
use crate::data::{self, Data, Failure};
use crate::mentions::{self, MentionDocument};
use crate::scan::Scan;
use crate::treebank::{self, Treebank};
use annotate::MentionForm;
use serde::Serialize;
use std::fmt::Write;
use std::path::PathBuf;
use text::Span;

/// What to copy, and where to.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// How the copies differ; `plain` writes the sets as they are
    #[arg(value_enum)]
    kind: Corruption,
    /// A folder that is there, outside the checkout
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Sets of mentions (`uner`, `crossner/ai`, `gum/train`); may be given again
    #[arg(long, value_name = "SET")]
    set: Vec<String>,
    /// Treebanks; may be given again
    #[arg(long, value_enum)]
    treebank: Vec<Bank>,
    /// How sets of mentions are written
    #[arg(long, value_enum, default_value = "iob")]
    form: Form,
    /// Another seed gives other spellings of names
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Words and tags, without phrases, pronouns and what lies inside another mention
    Iob,
    /// A document in each line, with every mention
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Bank {
    EwtDev,
    EwtTrain,
    GumDev,
    GumTrain,
}

impl Bank {
    fn path(self) -> &'static str {
        match self {
            Self::EwtDev => treebank::EWT_DEV,
            Self::EwtTrain => treebank::EWT_TRAIN,
            Self::GumDev => treebank::GUM_DEV,
            Self::GumTrain => treebank::GUM_TRAIN,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::EwtDev => "ewt-dev",
            Self::EwtTrain => "ewt-train",
            Self::GumDev => "gum-dev",
            Self::GumTrain => "gum-train",
        }
    }
}

/// Writes the copies and names each file with what it holds.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let sets = if options.set.is_empty() {
        Vec::new()
    } else {
        mentions::sets::named(&options.set)?
    };
    if sets.is_empty() && options.treebank.is_empty() {
        return Err(Failure(
            "nothing is named to copy; name --set or --treebank".to_owned(),
        ));
    }
    let write = |name: &str, ending: &str, text: &str| {
        let file = format!(
            "{}.{}.{ending}",
            name.replace('/', "-"),
            options.kind.name()
        );
        let path = options.out.join(file);
        data::write_outside_checkout(&path, text)?;
        println!("{}", path.display());
        Ok::<(), Failure>(())
    };
    for set in sets {
        let mut text = String::new();
        for document in mentions::sets::load(data, set)? {
            let (copy, back) = corrupt_document(&document, options.kind, options.seed);
            match options.form {
                Form::Iob => text.push_str(&write_iob(&copy)),
                Form::Jsonl => {
                    text.push_str(&write_line(&copy, &back, &document.text)?);
                    text.push('\n');
                }
            }
        }
        let ending = match options.form {
            Form::Iob => "iob",
            Form::Jsonl => "jsonl",
        };
        write(set.name, ending, &text)?;
    }
    for bank in &options.treebank {
        let text: String = Treebank::open(data, bank.path())?
            .documents
            .iter()
            .map(|document| {
                trees::write_conllu(&trees::corrupt_document(
                    document,
                    options.kind,
                    options.seed,
                ))
            })
            .collect();
        write(bank.name(), "conllu", &text)?;
    }
    Ok(())
}

/// A document as words with tags. Where the set gives no sentences, its lines are taken for them.
fn write_iob(document: &MentionDocument) -> String {
    let text = &document.text;
    let mut outer: Vec<(Span, &str)> = Vec::new();
    for gold in &document.gold {
        let apart = outer
            .last()
            .is_none_or(|(last, _)| !last.overlaps(gold.span));
        if apart && matches!(gold.form, None | Some(MentionForm::Name)) {
            outer.push((gold.span, &gold.label));
        }
    }
    let mut file = format!("# newdoc id = {}\n", document.id);
    let mut at = 0;
    let lines: Vec<Span> = if document.sentences.is_empty() {
        text.split_inclusive('\n')
            .map(|line| {
                at += line.len();
                Span::new(at - line.len(), at).trim(text)
            })
            .collect()
    } else {
        document.sentences.clone()
    };
    let mut words: Vec<Span> = Vec::new();
    for (word, _) in Scan::new(text).spans() {
        // A mention may end inside a word ("Orsk's").
        let mut cuts: Vec<u32> = outer
            .iter()
            .flat_map(|(span, _)| [span.start, span.end])
            .filter(|cut| word.start < *cut && *cut < word.end)
            .collect();
        cuts.dedup();
        let mut start = word.start;
        for end in cuts.into_iter().chain([word.end]) {
            words.push(Span { start, end });
            start = end;
        }
    }
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        // Writing to a string cannot fail.
        let _ = writeln!(file, "# text = {}", line.slice(text));
        for word in words.iter().filter(|word| line.contains(**word)) {
            let tag = outer
                .iter()
                .find(|(span, _)| span.contains(*word))
                .map_or_else(
                    || "O".to_owned(),
                    |(span, label)| {
                        let place = if span.start == word.start { 'B' } else { 'I' };
                        format!("{place}-{label}")
                    },
                );
            let _ = writeln!(file, "{}\t{tag}", word.slice(text));
        }
        file.push('\n');
    }
    file
}

#[derive(Serialize)]
struct Line<'a> {
    set: &'a str,
    id: &'a str,
    text: &'a str,
    gold: Vec<GoldLine<'a>>,
}

/// A labelled mention: bytes of the text, and its words before they were changed.
#[derive(Serialize)]
struct GoldLine<'a> {
    start: u32,
    end: u32,
    label: &'a str,
    kind: Option<&'a str>,
    form: Option<&'a str>,
    was: &'a str,
}

fn write_line(document: &MentionDocument, copy: &Copy, was: &str) -> Result<String, Failure> {
    let line = Line {
        set: &document.set,
        id: &document.id,
        text: &document.text,
        gold: document
            .gold
            .iter()
            .map(|gold| GoldLine {
                start: gold.span.start,
                end: gold.span.end,
                label: &gold.label,
                kind: gold.kind.map(annotate::EntityKind::as_str),
                form: gold.form.map(MentionForm::as_str),
                was: copy.back(gold.span).slice(was),
            })
            .collect(),
    };
    serde_json::to_string(&line)
        .map_err(|error| Failure(format!("{} cannot be written: {error}", document.id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_tags_read_back() {
        let file = "# newdoc id = web-1\n# text = Orsk's mayor, Ana Volt!\nOrsk\tB-LOC\n's\tO\nmayor\tO\n,\tO\n\
                    Ana\tB-PER\nVolt\tI-PER\n!\tO\n\n";
        let document = mentions::parse_iob("uner", file).remove(0);
        assert_eq!(write_iob(&document), file);
        let (copy, back) = corrupt_document(&document, Corruption::Capitals, 1);
        let written = write_iob(&copy);
        assert!(written.contains("ORSK\tB-LOC\n'S\tO\n"), "{written}");
        let line = write_line(&copy, &back, &document.text).unwrap();
        assert!(
            line.contains(
                "\"label\":\"PER\",\"kind\":\"Person\",\"form\":null,\"was\":\"Ana Volt\""
            )
        );
    }
}
