//! `Product`: reading as the program reads, from a file's bytes to its claims and blocks.
//!
//! The same library calls in the same order as the shipped binary makes, with the lexicons of this checkout. It does
//! not know gold.

use crate::claims::{Claim, Confidence, Quoted};
use crate::data::{self, Failure};
use crate::parsing::WeightFiles;
use annotate::acts::CueReading;
use annotate::attribution_reader::AttributionReading;
use annotate::events::{Committed, PredicateReading};
use annotate::source_ranker::SourceReading;
use annotate::{Annotations, Event, Knowledge, KnowledgeFiles, Mention, NameFiles, Voice};
use cpu_time::ThreadTime;
use std::path::Path;
use std::time::Duration;
use syntax::{Depth, Tree};
use text::{Document, Segmenter, SegmenterFiles, Segments, Span};

/// The table of confidences, from the root of the checkout.
pub const CONFIDENCES: &str = "models/attribution-confidence.tsv";

/// The weights of attributions; nothing where they are not learnt yet.
fn attributions() -> Vec<u8> {
    data::bytes(&data::checkout().join(crate::attributions::FILE)).unwrap_or_default()
}

/// The weights of events; nothing where they are not learnt yet.
fn events() -> Vec<u8> {
    data::bytes(&data::checkout().join(crate::events::FILE)).unwrap_or_default()
}

/// The readers with their lexicons.
pub struct Product {
    options: ingest::Options,
    knowledge: Knowledge,
    segmenter: Segmenter,
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
        let acts = data::bytes(&data::checkout().join(crate::acts::FILE)).unwrap_or_default();
        Self::of(
            published,
            confidence,
            &attributions(),
            &acts,
            &events(),
            &[],
        )
    }

    /// The same with other weights of acts.
    pub fn with_acts(acts: &[u8]) -> Result<Self, Failure> {
        let confidence = data::text(&data::checkout().join(CONFIDENCES))?;
        Self::of(None, &confidence, &attributions(), acts, &events(), &[])
    }

    /// The same with other weights of events.
    pub fn with_events(events: &[u8]) -> Result<Self, Failure> {
        let confidence = data::text(&data::checkout().join(CONFIDENCES))?;
        let acts = data::bytes(&data::checkout().join(crate::acts::FILE)).unwrap_or_default();
        Self::of(None, &confidence, &attributions(), &acts, events, &[])
    }

    /// The same with gazetteer layers of a user.
    pub fn with_layers(layers: &[&str]) -> Result<Self, Failure> {
        let confidence = data::text(&data::checkout().join(CONFIDENCES))?;
        let acts = data::bytes(&data::checkout().join(crate::acts::FILE)).unwrap_or_default();
        Self::of(None, &confidence, &attributions(), &acts, &events(), layers)
    }

    fn of(
        published: Option<&str>,
        confidence: &str,
        attributions: &[u8],
        act_weights: &[u8],
        event_weights: &[u8],
        layers: &[&str],
    ) -> Result<Self, Failure> {
        let lexicon = |name: &str| {
            data::text(
                &data::checkout()
                    .join("lexicon")
                    .join(name)
                    .with_extension("txt"),
            )
        };
        let weights = WeightFiles::read()?;
        let sources = data::checkout().join(crate::sources::FILE);
        let sources = if sources.exists() {
            data::text(&sources)?
        } else {
            String::new()
        };
        let outlets = lexicon("outlets")?;
        let (abbreviations, tokens) = (lexicon("abbreviations")?, lexicon("tokens")?);
        let segmenter = SegmenterFiles {
            abbreviations: &abbreviations,
            tokens: &tokens,
        };
        let knowledge = Knowledge::parse(&KnowledgeFiles {
            segmenter,
            cues: &lexicon("cues")?,
            acts: &lexicon("acts")?,
            stances: &lexicon("stances")?,
            words: &lexicon("words")?,
            parties: &lexicon("parties")?,
            demonyms: &lexicon("demonyms")?,
            nominals: &lexicon("nominals")?,
            events: &lexicon("events")?,
            commitment: &lexicon("commitment")?,
            commitment_weights: &data::text(&data::checkout().join(crate::stance::FILE))
                .unwrap_or_default(),
            event_weights,
            cameo: &data::text(&data::checkout().join(crate::events::cameo::FILE))?,
            times: &lexicon("times")?,
            quantities: &lexicon("quantities")?,
            narration: &lexicon("narration")?,
            verification: &lexicon("verification")?,
            confidence,
            syntax: weights.files(),
            mentions: &weights.mentions,
            attributions,
            sources: &sources,
            act_weights,
            names: NameFiles {
                weights: &data::bytes(&data::checkout().join("models/names.bin"))?,
                dictionary: &data::bytes(&data::checkout().join("models/names-dictionary.bin"))?,
                lexicon: &lexicon("names")?,
            },
            places: &lexicon("places")?,
            place_weights: &data::text(&data::checkout().join(crate::places::resolution::FILE))?,
            layers,
        })
        .with_gazetteer(crate::places::shipped()?);
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
            segmenter: Segmenter::parse(&segmenter),
        })
    }

    /// With the pattern reader alone and without the table of confidences: what the table is counted from, and what the
    /// learned reader of attributions is trained on.
    pub fn without_attributions() -> Result<Self, Failure> {
        Self::of(None, "", &[], &[], &events(), &[])
    }

    /// The acts of given cues of a document.
    pub fn read_cues(&self, document: &Document, cues: &[Vec<Span>]) -> Vec<CueReading> {
        annotate::acts::read_cues(document, &self.knowledge, cues)
    }

    /// A document read up to where attributions are looked for.
    pub fn attribution_reading(&self, document: &Document) -> AttributionReading {
        AttributionReading::new(document, &self.knowledge)
    }

    /// The annotations of a text that was published on a day. A text that comes out otherwise than it went in is a failure.
    pub fn annotated_on(&self, day: &str, text: &str) -> Result<Annotations, Failure> {
        self.dated(day, text, |document| self.annotate(document))
    }

    /// A text as a document published on a day.
    pub fn document_on(&self, day: &str, text: &str) -> Result<Document, Failure> {
        self.dated(day, text, Document::clone)
    }

    /// The events of every sentence of a text published on a day.
    pub fn events_on(&self, day: &str, text: &str) -> Result<Vec<Event>, Failure> {
        self.dated(day, text, |document| self.events(document))
    }

    /// The events of every sentence of a document.
    pub fn events(&self, document: &Document) -> Vec<Event> {
        annotate::events::read(document, &self.knowledge)
    }

    /// A document as texts are compared.
    pub fn outline(&self, document: &Document) -> annotate::events::Outline {
        annotate::events::outline(document, &self.knowledge)
    }

    /// The words of a document that may tell of an event.
    pub fn read_predicates(&self, document: &Document) -> Vec<PredicateReading> {
        annotate::events::read_predicates(document, &self.knowledge)
    }

    /// What the clause around each of some words commits to.
    pub fn committed(&self, document: &Document, words: &[Span]) -> Vec<Option<Committed>> {
        annotate::events::committed(document, &self.knowledge, words)
    }

    fn dated<R>(&self, day: &str, text: &str, then: impl Fn(&Document) -> R) -> Result<R, Failure> {
        let options = ingest::Options {
            published_all: Some(day.to_owned()),
            ..self.options.clone()
        };
        let mut found = None;
        let path = Path::new("text.txt");
        ingest::read_bytes(path, text.as_bytes(), &options, &mut |read| {
            if let Ok(read) = read
                && read.document.text == text
            {
                found = Some(then(&read.document));
            }
        });
        let begins: String = text.chars().take(40).collect();
        found.ok_or_else(|| Failure(format!("“{begins}…” was read as another text")))
    }

    /// The CPU time of clusters and places alone, and the words of a document.
    pub fn time_of_entities(&self, document: &Document) -> (Duration, usize) {
        let reading = annotate::NameReading::new(document, &self.knowledge);
        let start = ThreadTime::now();
        let entities = reading.entities(document, &self.knowledge);
        let spent = start.elapsed();
        std::hint::black_box(entities);
        (spent, document.text.split_whitespace().count())
    }

    /// A text that was published on a day, with sentences, tokens and trees: what its times and quantities are read from.
    pub fn figure_reading(&self, day: &str, text: &str) -> (Document, annotate::FigureReading) {
        let mut document = Document::plain(text);
        document.meta.published = Some(day.to_owned());
        let reading = annotate::FigureReading::new(&document, &self.knowledge);
        (document, reading)
    }

    /// How many times and quantities a document has: the step by itself.
    pub fn figures(&self, document: &Document, reading: &annotate::FigureReading) -> usize {
        let (times, quantities) = reading.read(document, &self.knowledge);
        times.len() + quantities.len()
    }

    /// What names are compared with.
    pub fn names(&self) -> Option<&names::NameModel> {
        self.knowledge.names()
    }

    /// A document's sentences and tokens, those that its annotations hold.
    pub fn segments(&self, document: &Document) -> Segments {
        text::segment(document, &self.segmenter)
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

    /// The documents in a file's bytes, with all that is known of each.
    pub fn annotated(
        &self,
        path: &Path,
        bytes: &[u8],
    ) -> Result<Vec<(Document, Annotations)>, Failure> {
        let documents = self.documents(path, bytes)?.into_iter();
        Ok(documents
            .map(|document| {
                let annotations = self.annotate(&document);
                (document, annotations)
            })
            .collect())
    }

    /// The mentions of a document, from its text on, without the entities: what tagger, parser and name tagger do together.
    pub fn mentions(&self, document: &Document) -> Vec<Mention> {
        let segments = self.segments(document);
        let tree = self
            .knowledge
            .syntax()
            .map_or_else(Tree::default, |models| {
                syntax::parse(&document.text, &segments, models, Depth::Tree)
            });
        annotate::mentions_without_entities(&document.text, &segments, &tree, &self.knowledge)
    }

    /// What a document mentions, as the ranker of antecedents sees it.
    pub fn source_reading(&self, document: &Document) -> SourceReading {
        annotate::source_reading(document, &self.knowledge)
    }

    /// The annotations of a document.
    pub fn annotate(&self, document: &Document) -> Annotations {
        annotate::annotate(document, &self.knowledge)
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
        let read = self.annotated(path, bytes)?;
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
            act: Some(claim.confidence.act),
        },
        standing: claim.standing.to_string(),
        act: claim.act.to_string(),
        rule: claim
            .why
            .first()
            .map_or_else(String::new, |why| why.rule.clone()),
    }
}
