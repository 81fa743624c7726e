//! One document: mentions, times, quantities, attributions, claims and their events.
//!
//! It does not know other documents, files, clocks or how its results are printed.

#![allow(
    clippy::single_range_in_vec_init,
    reason = "a content is a list of token ranges, and most have one"
)]

pub mod acts;
pub mod attribution_reader;
mod attributions;
mod bits;
mod channels;
mod claim;
mod claims;
mod clusters;
mod confidence;
mod contents;
mod cues;
mod demonyms;
mod entity;
mod event;
pub mod events;
mod fine;
mod found;
mod glue;
mod groups;
mod inner;
mod joins;
mod knowledge;
mod layers;
mod left_out;
mod logistic;
pub mod mentions;
mod names;
mod narrator;
mod neighbours;
mod nominal_lexicon;
mod nominals;
mod numbers;
mod passives;
mod phrases;
mod place_lexicon;
pub mod places;
mod quantities;
mod slips;
pub mod source_ranker;
mod sources;
mod sources_before;
mod sources_bodies;
mod spellings;
mod targets;
mod time;
mod times;
mod trailing;
mod verification;
mod view;
mod watchlist;

pub use ::names::NameFiles;
pub use claim::{
    Act, Certainty, Claim, Confidence, Content, Cue, Flag, NameBasis, Polarity, Quotation, Source,
    SourceKind, Standing, UnverifiedBy, Via, Voice, Why,
};
pub use demonyms::Demonyms;
pub use entity::{
    Entity, EntityId, EntityKind, Form, ListLink, Mention, MentionForm, Place, Precision,
};
pub use event::{Basis, Event, EventType, Participant, Realis, Role};
pub use knowledge::{Knowledge, KnowledgeFiles};
pub use place_lexicon::PlaceLexicon;
pub use time::{Anchor, Effect, Hedge, Quantity, Scope, TimeExpr, TimeKind};
pub use watchlist::ListEntry;

use attribution_reader::Readings;
use fine::Fine;
pub use found::found as mentions_without_entities;
use source_ranker::SourceReading;
use syntax::{Depth, Tree};
use text::{Document, Note, Segments, Span};
use view::View;

/// All that is known of one document: plain data, each list sorted by where it stands in the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Annotations {
    /// Sentences and tokens.
    pub segments: Segments,
    /// Tags, lemmas and tree: a node for each token; empty without weights.
    pub tree: Tree,
    /// Names, noun phrases and pronouns.
    pub mentions: Vec<Mention>,
    /// Who or what the mentions stand for; `EntityId` is the index.
    pub entities: Vec<Entity>,
    /// Time expressions.
    pub times: Vec<TimeExpr>,
    /// Quantities.
    pub quantities: Vec<Quantity>,
    /// Claims of either voice.
    pub claims: Vec<Claim>,
    /// Garble and the like.
    pub notes: Vec<Note>,
}

/// Reads one document. Never fails and never panics; the same document and knowledge always give the same annotations.
#[must_use]
pub fn annotate(document: &Document, knowledge: &Knowledge) -> Annotations {
    annotated(document, knowledge).0
}

/// Grounds the times of a document anew, after its date has become known or was corrected: the same expressions, other days.
/// What else was read stays as it is.
pub fn redate(document: &Document, annotations: &mut Annotations, knowledge: &Knowledge) {
    let (segments, tree) = parsed(document, knowledge);
    let words = Fine::new(&document.text, &segments, &tree, knowledge);
    let times = viewed(document, knowledge, &segments, &tree, |view| {
        times_of(view, &words)
    });
    let day = times::document_day(document.meta.published.as_deref());
    let renew = |time: &mut TimeExpr| {
        let found = times.binary_search_by_key(&time.span, |time| time.span);
        if let Ok(found) = found {
            time.clone_from(&times[found]);
        }
    };
    for claim in &mut annotations.claims {
        claim.said.iter_mut().for_each(renew);
        for event in &mut claim.events {
            event.time.iter_mut().for_each(renew);
            let is_old = event
                .time
                .as_ref()
                .is_some_and(|time| events::is_historical(time, day));
            event.realis = match event.realis {
                Realis::Historical if !is_old => Realis::Occurred,
                _ if is_old => Realis::Historical,
                realis => realis,
            };
        }
    }
    let of_dates = |note: &Note| note.code == NO_DATE || note.code == TWO_DATES;
    annotations.notes.retain(|note| !of_dates(note));
    annotations.notes.extend(no_dates(document, &times));
    annotations.notes.sort_by_key(|note| note.span);
    annotations.times = times;
}

/// What a document mentions, as the ranker of antecedents sees it: what that is trained and measured on.
#[must_use]
pub fn source_reading(document: &Document, knowledge: &Knowledge) -> SourceReading {
    annotated(document, knowledge).1
}

/// A document read up to its names: what entities are made of.
#[derive(Debug, Clone)]
pub struct NameReading {
    segments: Segments,
    tree: Tree,
    mentions: Vec<Mention>,
}

impl NameReading {
    /// Reads sentences, trees and names.
    #[must_use]
    pub fn new(document: &Document, knowledge: &Knowledge) -> Self {
        let (segments, tree) = parsed(document, knowledge);
        let mentions = found::found(&document.text, &segments, &tree, knowledge);
        Self {
            segments,
            tree,
            mentions,
        }
    }

    /// The entities of its names, on the map: the step by itself, for measuring how long it takes. Reading a document finds more of
    /// them, by what is claimed.
    #[must_use]
    pub fn entities(&self, document: &Document, knowledge: &Knowledge) -> Vec<Entity> {
        viewed(document, knowledge, &self.segments, &self.tree, |view| {
            let names = names::names(view, &self.mentions);
            let resolver = sources::Resolver::new(view, &names, clusters::clusters(view, &names));
            on_the_map(view, resolver, self.mentions.clone()).1
        })
    }
}

/// A document read up to its trees: what times and quantities are made of.
#[derive(Debug, Clone)]
pub struct FigureReading {
    segments: Segments,
    tree: Tree,
}

impl FigureReading {
    /// Reads sentences and trees.
    #[must_use]
    pub fn new(document: &Document, knowledge: &Knowledge) -> Self {
        let (segments, tree) = parsed(document, knowledge);
        Self { segments, tree }
    }

    /// Its times and quantities: the step by itself, with all that it needs beyond tokens and trees, for measuring how long it takes.
    #[must_use]
    pub fn read(
        &self,
        document: &Document,
        knowledge: &Knowledge,
    ) -> (Vec<TimeExpr>, Vec<Quantity>) {
        viewed(document, knowledge, &self.segments, &self.tree, |view| {
            let words = Fine::new(view.text, &self.segments, &self.tree, knowledge);
            figures(view, &words)
        })
    }
}

/// Times and quantities.
fn figures(view: &View, words: &Fine) -> (Vec<TimeExpr>, Vec<Quantity>) {
    let times = times_of(view, words);
    let quantities = quantities::quantities(words, view.knowledge, &times);
    (times, quantities)
}

fn times_of(view: &View, words: &Fine) -> Vec<TimeExpr> {
    let quotes = view.quotes.iter();
    let quotes: Vec<Span> = quotes
        .map(|quote| view.span(quote.tokens.clone()))
        .collect();
    let day = times::document_day(view.document.meta.published.as_deref());
    times::times(words, &quotes, &view.knowledge.times, day)
}

/// Hands on a document as the readers of this crate look at it.
fn viewed<R>(
    document: &Document,
    knowledge: &Knowledge,
    segments: &Segments,
    tree: &Tree,
    then: impl FnOnce(&View) -> R,
) -> R {
    // What runs on for hundreds of words without a stop is no sentence; the readers see it in pieces, so that their
    // looks back and ahead stay short on any input.
    let pieces = view::in_pieces(glue::glued(&document.text, segments));
    then(&View::new(document, knowledge, &pieces).with_tags(segments, tree))
}

/// The mentions with their entities, and these on the map.
fn on_the_map(
    view: &View,
    resolver: sources::Resolver,
    found: Vec<Mention>,
) -> (Vec<Mention>, Vec<Entity>) {
    let (mut entities, resolved) = resolver.finish();
    let mut mentions = found::with_entities(found, resolved);
    found::take_in(view.text, &mut mentions, &mut entities);
    places::locate(view.text, &mut entities, view.knowledge);
    (mentions, entities)
}

fn annotated(document: &Document, knowledge: &Knowledge) -> (Annotations, SourceReading) {
    let (segments, tree) = parsed(document, knowledge);
    let (annotations, reading) = with_happenings(
        document,
        knowledge,
        &segments,
        &tree,
        |view, mut resolver, found, read| {
            let attributions = claimable(view, &segments, &tree, &found);
            let reading = resolver.look_back(&found, &segments, &tree, &attributions.outermost);
            let claims = claims::claims(view, &mut resolver, &attributions, &read);
            let mut notes = notes(view, &resolver);
            notes.extend(no_dates(document, &read.times));
            let (mentions, mut entities) = on_the_map(view, resolver, found);
            if let Some(watchlist) = &knowledge.watchlist {
                notes.extend(watchlist.link(&mut entities, knowledge));
            }
            notes.sort_by_key(|note| note.span);
            let annotations = Annotations {
                mentions,
                entities,
                times: read.times,
                quantities: read.quantities,
                claims,
                notes,
                ..Annotations::default()
            };
            (annotations, reading)
        },
    );
    let annotations = Annotations {
        segments,
        tree,
        ..annotations
    };
    (annotations, reading)
}

/// Reads a document up to what its claims are made of, and hands that on with its mentions.
fn with_happenings<R>(
    document: &Document,
    knowledge: &Knowledge,
    segments: &Segments,
    tree: &Tree,
    then: impl FnOnce(&View, sources::Resolver, Vec<Mention>, events::Found) -> R,
) -> R {
    viewed(document, knowledge, segments, tree, |view| {
        let words = Fine::new(view.text, segments, tree, knowledge);
        let (times, quantities) = figures(view, &words);
        let found = found::found(&document.text, segments, tree, knowledge);
        let names = names::names(view, &found);
        let resolver = sources::Resolver::new(view, &names, clusters::clusters(view, &names));
        let read = events::Found {
            times,
            quantities,
            happenings: events::happenings(view, &found),
            day: times::document_day(document.meta.published.as_deref()),
        };
        then(view, resolver, found, read)
    })
}

fn parsed(document: &Document, knowledge: &Knowledge) -> (Segments, Tree) {
    let segments = text::segment(document, &knowledge.segmenter);
    let tree = knowledge
        .syntax
        .as_ref()
        .map_or_else(Tree::default, |models| {
            syntax::parse(&document.text, &segments, models, Depth::Tree)
        });
    (segments, tree)
}

/// The attributions of which claims are made.
fn claimable(view: &View, segments: &Segments, tree: &Tree, mentions: &[Mention]) -> Readings {
    let patterns = attributions::attributions(view);
    match (&view.knowledge.attribution_model, &view.knowledge.syntax) {
        (Some(model), Some(models)) => attribution_reader::claimable(
            &attribution_reader::Found {
                text: view.text,
                document: view.document,
                segments,
                tree,
                models,
                mentions,
                view,
                patterns: &patterns,
            },
            model,
        ),
        _ => Readings::of_patterns(view, patterns),
    }
}

/// Reads a document up to its mentions and hands them on.
fn with_mentions<R>(
    document: &Document,
    knowledge: &Knowledge,
    then: impl FnOnce(&View, &[Mention]) -> R,
) -> R {
    let (segments, tree) = parsed(document, knowledge);
    viewed(document, knowledge, &segments, &tree, |view| {
        then(
            view,
            &found::found(&document.text, &segments, &tree, knowledge),
        )
    })
}

/// Reads a document up to its attributions and hands them on.
fn with_attributions<R>(
    document: &Document,
    knowledge: &Knowledge,
    then: impl FnOnce(&View, &Readings) -> R,
) -> R {
    let (segments, tree) = parsed(document, knowledge);
    viewed(document, knowledge, &segments, &tree, |view| {
        let found = found::found(&document.text, &segments, &tree, knowledge);
        then(view, &claimable(view, &segments, &tree, &found))
    })
}

/// Notes on dates that no calendar has ("31 February", "the year 99999") or that could be two ("3/4/2031").
fn no_dates(document: &Document, times: &[TimeExpr]) -> Vec<Note> {
    let is_dated = times::document_day(document.meta.published.as_deref()).is_some();
    let words = |time: &TimeExpr| time.span.slice(&document.text);
    let unplaced = times.iter().filter(|time| {
        time.kind == TimeKind::Date
            && time.value.is_none()
            && (is_dated || time.anchor == Anchor::None)
            && words(time).contains(|letter: char| letter.is_ascii_digit())
    });
    let note = |time: &TimeExpr| {
        let (code, message) = if times::is_ambiguous(words(time)) {
            (TWO_DATES, "day and month cannot be told apart")
        } else {
            (NO_DATE, "no date of the calendar")
        };
        Note {
            span: time.span,
            code: code.to_string(),
            message: message.to_string(),
        }
    };
    unplaced.map(note).collect()
}

/// Codes of the notes on dates that have no day.
const NO_DATE: &str = "no_such_date";
const TWO_DATES: &str = "ambiguous_date";

/// Places where the text is damaged.
fn notes(view: &View, resolver: &sources::Resolver) -> Vec<Note> {
    let sentences = view
        .segments
        .sentences
        .iter()
        .map(|sentence| view.sentence_tokens(sentence));
    let garbled = sentences
        .filter_map(|tokens| claims::garbled(view, resolver, &tokens).map(|span| (span, tokens)));
    let garbled = garbled.map(|(span, tokens)| Note {
        span: view.span(tokens).trim(view.text),
        code: "garbled".to_string(),
        message: format!(
            "“{}” has neither an object nor an auxiliary, so the sentence cannot be read",
            span.slice(view.text)
        ),
    });
    garbled.chain(slips::notes(view, resolver)).collect()
}
