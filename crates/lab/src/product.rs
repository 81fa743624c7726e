//! `Product`: reading as the program reads, from a file's bytes to its claims and blocks.
//!
//! The same library calls in the same order as the shipped binary makes, with the lexicons of this checkout. It does
//! not know gold.

use crate::claims::{Claim, Confidence, Quoted};
use crate::data::{self, Failure};
use annotate::{Knowledge, KnowledgeFiles, Voice};
use cpu_time::ThreadTime;
use std::path::Path;
use std::time::Duration;
use text::{Document, Span};

/// The table of confidences, from the root of the checkout.
pub const CONFIDENCES: &str = "models/attribution-confidence.tsv";

/// The readers with their lexicons.
pub struct Product {
    options: ingest::Options,
    knowledge: Knowledge,
}

impl Product {
    /// Loads the lexicons and the confidences of this checkout; `published` is the day of documents without a date.
    /// Without a table of confidences every claim is given.
    pub fn new(published: Option<&str>) -> Result<Self, Failure> {
        let table = data::checkout().join(CONFIDENCES);
        let confidence = if table.exists() {
            data::text(&table)?
        } else {
            String::new()
        };
        Self::with_confidences(published, &confidence)
    }

    /// The same with another table of confidences; an empty one lets every claim be given.
    pub fn with_confidences(published: Option<&str>, confidence: &str) -> Result<Self, Failure> {
        let lexicon = |name: &str| {
            data::text(
                &data::checkout()
                    .join("lexicon")
                    .join(name)
                    .with_extension("txt"),
            )
        };
        let outlets = lexicon("outlets")?;
        let knowledge = Knowledge::parse(&KnowledgeFiles {
            abbreviations: &lexicon("abbreviations")?,
            cues: &lexicon("cues")?,
            words: &lexicon("words")?,
            parties: &lexicon("parties")?,
            demonyms: &lexicon("demonyms")?,
            events: &lexicon("events")?,
            quantities: &lexicon("quantities")?,
            confidence,
            gazetteer: &[],
        });
        if let Some(problem) = knowledge.problems().first() {
            return Err(Failure(format!(
                "a lexicon must be mended first: {problem}"
            )));
        }
        Ok(Self {
            options: ingest::Options {
                published: published.map(str::to_owned),
                lexicon: ingest::Lexicon::parse(&lexicon("boilerplate")?)
                    .and_then(|cues| cues.with_outlets(&outlets))
                    .map_err(|problem| {
                        Failure(format!("a lexicon must be mended first: {problem}"))
                    })?,
                ..ingest::Options::default()
            },
            knowledge,
        })
    }

    /// The documents in a file's bytes. A file that cannot be read is a failure: gold is there to be read.
    pub fn documents(&self, path: &Path, bytes: &[u8]) -> Result<Vec<Document>, Failure> {
        let mut documents = Vec::new();
        let mut unread = None;
        ingest::read_bytes(path, bytes, &self.options, &mut |read| match read {
            Ok(read) => documents.push(read.document),
            Err(error) => unread = Some(error),
        });
        match unread {
            Some(unread) => Err(Failure(format!("{}: {}", unread.path, unread.reason))),
            None if documents.is_empty() => Err(Failure(format!(
                "{} was read without a document and without a reason; the reader must be mended first",
                path.display()
            ))),
            None => Ok(documents),
        }
    }

    /// The attributed claims in a file's bytes.
    pub fn claims(&self, path: &Path, bytes: &[u8]) -> Result<Vec<Claim>, Failure> {
        Ok(self.timed_claims(path, bytes)?.0)
    }

    /// The attributed claims in a file's bytes, with the CPU time that reading and annotating took this thread.
    pub fn timed_claims(
        &self,
        path: &Path,
        bytes: &[u8],
    ) -> Result<(Vec<Claim>, Duration), Failure> {
        let start = ThreadTime::now();
        let read: Vec<_> = self
            .documents(path, bytes)?
            .into_iter()
            .map(|document| {
                let annotations = annotate::annotate(&document, &self.knowledge);
                (document, annotations)
            })
            .collect();
        let spent = start.elapsed();
        let claims = read
            .iter()
            .flat_map(|(document, annotations)| {
                annotations
                    .claims
                    .iter()
                    .filter(|claim| claim.voice == Voice::Attributed)
                    .map(|claim| claim_of(document, claim))
            })
            .collect();
        Ok((claims, spent))
    }
}

fn claim_of(document: &Document, claim: &annotate::Claim) -> Claim {
    let quoted = |spans: &[Span]| -> Vec<Quoted> {
        spans
            .iter()
            .map(|span| Quoted::new(*span, &document.text))
            .collect()
    };
    Claim {
        source: quoted(&claim.source.spans),
        name: claim.source.name.clone(),
        cue: claim
            .cue
            .as_ref()
            .map_or_else(Vec::new, |cue| quoted(&cue.spans)),
        lemma: claim
            .cue
            .as_ref()
            .map_or_else(String::new, |cue| cue.lemma.clone()),
        content: quoted(&claim.content.spans),
        confidence: Confidence {
            attribution: claim.confidence.attribution,
            source: claim.confidence.source,
        },
        standing: claim.standing.to_string(),
        act: claim.act.to_string(),
        rule: claim
            .why
            .first()
            .map_or_else(String::new, |why| why.rule.clone()),
    }
}
