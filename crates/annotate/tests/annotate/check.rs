//! Labelled brackets: one line, one attribution that must be read (or must not).
//!
//! `denies | [source A spokesman for the Front] [cue denied] that [content the camp had burnt]`
//!
//! With the labels off, the line is the text to read. It does not know where the lines come from; `gold/README.md`
//! says what the first words mean.

use annotate::{Annotations, Claim, Knowledge, KnowledgeFiles, NameFiles, annotate};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use syntax::ModelFiles;
use text::{Document, SegmenterFiles, Span};

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file of the workspace.
pub fn file(path: &str) -> String {
    let path = workspace().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// A weight file of the workspace.
fn weights(name: &str) -> Vec<u8> {
    let path = workspace().join(format!("models/{name}.bin"));
    std::fs::read(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// Every lexicon and weight file but those of attributions, and the layers of a gazetteer.
pub fn knowledge(layers: &[&str]) -> Knowledge {
    // No confidences: every claim is given, however often its cue misleads.
    parsed(layers, &[], "")
}

/// Every lexicon and weight file, as the program has them.
pub fn whole_knowledge() -> Knowledge {
    let confidence = file("models/attribution-confidence.tsv");
    parsed(&[], &weights("attributions"), &confidence)
}

fn parsed(layers: &[&str], attributions: &[u8], confidence: &str) -> Knowledge {
    let [
        abbreviations,
        tokens,
        acts,
        stances,
        cues,
        words,
        parties,
        demonyms,
        nominals,
        events,
        commitment,
        times,
        quantities,
        narration,
        verification,
    ] = [
        "abbreviations",
        "tokens",
        "acts",
        "stances",
        "cues",
        "words",
        "parties",
        "demonyms",
        "nominals",
        "events",
        "commitment",
        "times",
        "quantities",
        "narration",
        "verification",
    ]
    .map(|name| file(&format!("lexicon/{name}.txt")));
    let [
        word_classes,
        tags,
        lemmas,
        tree,
        mentions,
        act_weights,
        event_weights,
    ] = [
        "word-classes",
        "tags",
        "lemmas",
        "tree",
        "mentions",
        "acts",
        "events",
    ]
    .map(weights);
    let sources = file("models/sources.tsv");
    Knowledge::parse(&KnowledgeFiles {
        sources: &sources,
        segmenter: SegmenterFiles {
            abbreviations: &abbreviations,
            tokens: &tokens,
        },
        acts: &acts,
        stances: &stances,
        act_weights: &act_weights,
        names: NameFiles {
            weights: &weights("names"),
            dictionary: &weights("names-dictionary"),
            lexicon: &file("lexicon/names.txt"),
        },
        cues: &cues,
        words: &words,
        parties: &parties,
        demonyms: &demonyms,
        nominals: &nominals,
        events: &events,
        commitment: &commitment,
        event_weights: &event_weights,
        cameo: &file("models/cameo.tsv"),
        times: &times,
        quantities: &quantities,
        narration: &narration,
        verification: &verification,
        syntax: ModelFiles {
            word_classes: &word_classes,
            tags: &tags,
            lemmas: &lemmas,
            tree: &tree,
        },
        mentions: &mentions,
        attributions,
        confidence,
        layers,
        ..KnowledgeFiles::default()
    })
}

/// What a line asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The attribution is read.
    Read,
    /// A hard case: it may be missed, but where cue and content are found, act and source must be right.
    NotMisread,
    /// A known miss, as it is: the test fails once it works.
    Missed,
}

/// A line of a gold file.
#[derive(Debug, Clone)]
pub struct Line {
    /// What must hold.
    pub wanted: Wanted,
    /// The act, or `none` where no claim may be read.
    pub act: String,
    /// The text without labels.
    pub text: String,
    /// Label and bytes of each bracket.
    parts: Vec<(&'static str, Span)>,
}

/// The labels that a bracket may have; any other bracket is text.
const LABELS: [&str; 4] = ["source", "cue", "content", "channel"];

impl Line {
    /// Reads `[FIXME |weak ]act | labelled text[ | reason]`.
    pub fn parse(line: &str) -> Line {
        let fields: Vec<&str> = line.split(" | ").map(str::trim).collect();
        let (first, marked) = match fields[..] {
            [first, marked] => (first, marked),
            [first, marked, _reason] if first.starts_with("FIXME ") => (first, marked),
            _ => panic!("`act | text` is needed, and a reason after FIXME alone: {line}"),
        };
        let (wanted, act) = match first.split_once(' ') {
            Some(("FIXME", act)) => (Wanted::Missed, act),
            Some(("weak", act)) => (Wanted::NotMisread, act),
            _ => (Wanted::Read, first),
        };
        assert!(
            act == "none" || annotate::Act::parse(act).is_some(),
            "“{act}” is no act: {line}"
        );
        let (text, parts) = unlabelled(marked);
        let labelled = |label| parts.iter().any(|(name, _)| *name == label);
        assert_eq!(
            act != "none",
            labelled("cue") && labelled("content"),
            "cue and content are labelled where there is an act: {line}"
        );
        Line {
            wanted,
            act: act.to_owned(),
            text,
            parts,
        }
    }

    fn spans(&self, label: &str, at: usize) -> Vec<Span> {
        let labelled = self.parts.iter().filter(|(name, _)| *name == label);
        labelled
            .map(|(_, span)| Span::new(at + span.from(), at + span.to()))
            .collect()
    }
}

/// Takes the labels off.
pub fn unlabelled(marked: &str) -> (String, Vec<(&'static str, Span)>) {
    let (mut text, mut parts) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some(open) = rest.find('[') {
        let (before, bracket) = rest.split_at(open);
        text.push_str(before);
        let labelled = LABELS.iter().find_map(|label| {
            let words = bracket[1..].strip_prefix(label)?.strip_prefix(' ')?;
            Some((*label, words.split_once(']')?))
        });
        if let Some((label, (words, after))) = labelled {
            parts.push((label, Span::new(text.len(), text.len() + words.len())));
            text.push_str(words);
            rest = after;
        } else {
            text.push('[');
            rest = &bracket[1..];
        }
    }
    text.push_str(rest);
    (text, parts)
}

/// Reads the line's text alone and compares.
///
/// # Errors
/// A sentence that says what was wanted and what was read instead.
pub fn check(line: &Line, knowledge: &Knowledge) -> Result<(), String> {
    check_in(line, &line.text, knowledge)
}

/// The same, in an article in which the line's text occurs exactly once.
///
/// # Errors
/// As `check`.
pub fn check_in(line: &Line, article: &str, knowledge: &Knowledge) -> Result<(), String> {
    let places: Vec<usize> = article.match_indices(&line.text).map(|m| m.0).collect();
    let [at] = places[..] else {
        return Err(format!("stands {} times: {}", places.len(), line.text));
    };
    let read = annotate(&Document::plain(article), knowledge);
    let fails = if line.act == "none" {
        let claim = read.claims.iter().find(|claim| claim.cue.is_some());
        claim.map(|claim| format!("a claim where there is none: {}", show(claim, article)))
    } else {
        wrong(line, at, article, &read)
    };
    match (line.wanted, fails) {
        (Wanted::Missed, None) => Err(format!("works now, take FIXME away: {}", line.text)),
        (Wanted::Missed, Some(_)) | (_, None) => Ok(()),
        (_, Some(why)) => Err(format!("{} | {}\n    {why}", line.act, line.text)),
    }
}

/// What is wrong with the reading of a line that has an act.
fn wrong(line: &Line, at: usize, article: &str, read: &Annotations) -> Option<String> {
    let (cue, content) = (line.spans("cue", at), line.spans("content", at));
    let wanted = words(article, &content);
    let near: Vec<&Claim> = read
        .claims
        .iter()
        .filter(|claim| {
            let spans = claim.cue.iter().flat_map(|found| &found.spans);
            let cued = spans
                .flat_map(|span| cue.iter().map(|wanted| wanted.overlaps(*span)))
                .any(|overlaps| overlaps);
            let found = words(article, &claim.content.spans);
            let shared = wanted.intersection(&found).count();
            // Four words in five, of the longer of the two.
            cued && shared > 0 && shared * 5 >= wanted.len().max(found.len()) * 4
        })
        .collect();
    let right = near.iter().any(|claim| {
        claim.act.to_string() == line.act && same_source(&line.spans("source", at), claim, article)
    });
    if right || near.is_empty() && line.wanted == Wanted::NotMisread {
        return None;
    }
    let attributed = read.claims.iter().filter(|claim| claim.cue.is_some());
    let shown: Vec<String> = attributed.map(|claim| show(claim, article)).collect();
    Some(if shown.is_empty() {
        "nothing is read".to_owned()
    } else {
        format!("read: {}", shown.join("\n          "))
    })
}

/// Whether the claim's source, or the name that the reader gives it, holds the head of the labelled one. Where no
/// source is labelled, nobody may be said to speak.
fn same_source(labelled: &[Span], claim: &Claim, article: &str) -> bool {
    let Some(first) = labelled.first() else {
        return claim.source.spans.is_empty();
    };
    let head = head(first.slice(article)).to_lowercase();
    let spans = claim.source.spans.iter().map(|span| span.slice(article));
    spans
        .chain(claim.source.name.as_deref())
        .any(|said| parts(said).any(|word| word.to_lowercase() == head))
}

/// The last word before the first comma, preposition or relative word.
fn head(source: &str) -> &str {
    const BORDERS: [&str; 14] = [
        "of", "for", "in", "at", "on", "from", "by", "to", "with", "near", "who", "that", "which",
        "close",
    ];
    let before = source.split(',').next().unwrap_or(source);
    let until = parts(before)
        .skip(1)
        .find(|word| BORDERS.contains(word))
        .and_then(|border| before.find(&format!(" {border}")))
        .unwrap_or(before.len());
    parts(&before[..until]).last().unwrap_or(source)
}

/// The words of a text, without marks and possessive endings.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty() && *word != "s")
}

/// Where the words of some spans begin. A "that" at the start counts for nothing: it may stand inside or outside.
fn words(article: &str, spans: &[Span]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for (index, span) in spans.iter().enumerate() {
        let inside = span.slice(article);
        let base = inside.as_ptr() as usize;
        for (number, word) in parts(inside).enumerate() {
            if index > 0 || number > 0 || !word.eq_ignore_ascii_case("that") {
                found.insert(span.from() + word.as_ptr() as usize - base);
            }
        }
    }
    found
}

/// A claim on one line.
pub fn show(claim: &Claim, article: &str) -> String {
    let join = |spans: &[Span]| {
        let words: Vec<&str> = spans.iter().map(|span| span.slice(article)).collect();
        words.join(" … ")
    };
    let cue = claim.cue.as_ref().map(|cue| join(&cue.spans));
    let rule = claim.why.first().map_or("", |why| why.rule.as_str());
    format!(
        "{} | source {} ({}) | cue {} | content {} [{rule}]",
        claim.act,
        join(&claim.source.spans),
        claim.source.name.as_deref().unwrap_or("no name"),
        cue.unwrap_or_default(),
        join(&claim.content.spans)
    )
}
