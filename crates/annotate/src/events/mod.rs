//! Events: what some words say happened, by type, with who took part, where, when and how many.
//!
//! `predicates` finds the words that may tell of one, `typing` decides of which type each tells, `commitment` whether it is said to
//! have happened; here they become events of a content. It does not know who speaks beyond the pronouns that the caller resolves.

mod cameo;
mod commitment;
mod factuality;
mod frames;
mod lexicon;
mod maps;
mod outline;
mod participants;
mod predicates;
mod train;
mod typing;

pub use factuality::CommitmentMark;
pub use maps::{EventCodes, EventMaps, PloverCode};
pub use outline::{
    Outline, OutlineName, OutlineSentence, OutlineSlot, OutlineWord, WordSort, outline,
};
pub use train::{LearningEvent, train};
pub use typing::EventModel;

pub(crate) use cameo::Cameo;
pub(crate) use factuality::Factuality;
pub(crate) use lexicon::EventLexicon;
pub(crate) use participants::is_historical;

use crate::attributions::Tokens;
use crate::knowledge::Knowledge;
use crate::sources::Resolver;
use crate::view::View;
use crate::{Certainty, EntityId, Event, EventType, Mention, Polarity, Quantity, Realis, TimeExpr};
use commitment::commitment;
use jiff::civil::Date;
use participants::Reader;
use predicates::Predicate;
use std::collections::HashSet;
use syntax::linear::FeatureList;
use text::{Document, Span};
use typing::{Features, Typed};

/// What the pronouns of a content may stand for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Speaker {
    /// The source, or the body it speaks for: "we", "our forces", "it".
    pub(crate) party: Option<EntityId>,
    /// The source itself.
    pub(crate) source: Option<EntityId>,
    /// The person last said to have died or to be somewhere: "he".
    pub(crate) last_person: Option<EntityId>,
}

/// What the readers before have found.
pub(crate) struct Found<'f> {
    pub(crate) times: Vec<TimeExpr>,
    pub(crate) quantities: Vec<Quantity>,
    pub(crate) happenings: Happenings<'f>,
    pub(crate) day: Option<Date>,
}

/// A predicate with the type of event that it tells of.
pub(crate) struct Happening<'k> {
    predicate: Predicate<'k>,
    typed: Typed,
}

/// The happenings that a document's words tell of, whoever tells them.
pub(crate) struct Happenings<'k> {
    /// By their first word.
    all: Vec<Happening<'k>>,
    /// The words that their phrases hang on.
    heads: HashSet<usize>,
}

impl<'k> Happenings<'k> {
    /// Those whose words lie in a range, in order.
    fn inside(&self, range: &Tokens) -> Vec<&Happening<'k>> {
        let first = self
            .all
            .partition_point(|one| one.predicate.words.start < range.start);
        self.all[first..]
            .iter()
            .take_while(|one| one.predicate.words.start < range.end)
            .filter(|one| one.predicate.words.end <= range.end)
            .collect()
    }
}

impl Happenings<'_> {
    /// The predicate of a type whose phrase hangs on a word.
    fn at(&self, head: usize, kind: EventType) -> Option<&Predicate<'_>> {
        let mut found = self.all.iter().filter(|one| one.typed.kind == kind);
        found
            .find(|one| one.predicate.head == head)
            .map(|one| &one.predicate)
    }
}

/// Reads them.
pub(crate) fn happenings<'k>(view: &View<'k>, mentions: &[Mention]) -> Happenings<'k> {
    let mut found = Vec::new();
    let mut features = FeatureList::default();
    each_predicate(view, mentions, |predicate, of| {
        let typed = match &view.knowledge.event_model {
            Some(model) => {
                of.collect(&predicate, &mut features);
                Some(model.read(&features)).filter(|typed| typed.sure >= typing::GIVEN)
            }
            None => typing::by_lexicon(&predicate),
        };
        found.extend(typed.map(|typed| Happening { predicate, typed }));
    });
    let all = without_repeats(found);
    let heads = all.iter().map(|one| one.predicate.head).collect();
    Happenings { all, heads }
}

fn each_predicate<'k>(
    view: &View<'k>,
    mentions: &[Mention],
    mut with: impl FnMut(Predicate<'k>, &Features),
) {
    if !view.is_parsed() {
        return;
    }
    let features = Features::new(view, mentions);
    for sentence in &view.segments.sentences {
        let tokens = view.sentence_tokens(sentence);
        for predicate in predicates::predicates(view, &features.sorts, &tokens) {
            with(predicate, &features);
        }
    }
}

/// "struck the village in a raid": a happening named twice is told once, by the verb.
fn without_repeats(found: Vec<Happening>) -> Vec<Happening> {
    let repeats = |one: &Happening, index: usize| {
        let near = found
            .iter()
            .enumerate()
            .skip(index.saturating_sub(6))
            .take(13);
        near.filter(|(other, _)| *other != index).any(|(_, other)| {
            other.typed.kind == one.typed.kind
                && other
                    .predicate
                    .fillers
                    .iter()
                    .any(|filler| filler.head == one.predicate.head)
                && one.predicate.part != lexicon::Part::Verb
        })
    };
    let kept: Vec<bool> = found
        .iter()
        .enumerate()
        .map(|(index, one)| !repeats(one, index))
        .collect();
    let mut kept = kept.into_iter();
    let mut found = found;
    found.retain(|_| kept.next().unwrap_or(true));
    found
}

/// The events of a content, in order; at most one for each type, place and participants.
pub(crate) fn events(
    view: &View,
    resolver: &Resolver,
    content: &[Tokens],
    speaker: Speaker,
    found: &Found,
) -> Vec<Event> {
    let reader = Reader {
        view,
        resolver,
        speaker,
        found,
    };
    let mut events: Vec<Event> = Vec::new();
    for range in content {
        let inside = found.happenings.inside(range);
        for (index, happening) in inside.iter().enumerate() {
            let mut event = reader.event(happening, content, range);
            if event.place.is_none()
                && let Some(next) = inside
                    .get(index + 1)
                    .filter(|next| is_told_by(view, happening, next))
            {
                event.place = reader.event(next, content, range).place;
            }
            let same = |other: &Event| {
                other.kind == event.kind
                    && other.place == event.place
                    && other.participants == event.participants
                    && other.polarity == event.polarity
                    && other.realis == event.realis
            };
            if !events.iter().any(same) {
                events.push(event);
            }
        }
    }
    events
}

/// "were killed when their convoy was ambushed near Orlen": a fate, and right after it the deed that brought it.
fn is_told_by(view: &View, fate: &Happening, deed: &Happening) -> bool {
    let between = fate.predicate.words.end..deed.predicate.words.start;
    let is_deed = matches!(
        deed.typed.kind,
        EventType::Attack | EventType::Strike | EventType::Bombing | EventType::Clash
    );
    fate.typed.kind == EventType::Casualty
        && is_deed
        && between.len() <= NEAR
        && between
            .clone()
            .any(|token| view.knowledge.commitment.has("as", view.lower(token)))
}

/// Words between a fate and the deed that brought it, at most.
const NEAR: usize = 8;

/// A word that may tell of an event, as it is read: its features for learning, and the type.
#[derive(Debug, Clone)]
pub struct PredicateReading {
    /// The lemma of its head, in lower case.
    pub lemma: String,
    /// From the first word of its phrase to the last.
    pub span: Span,
    /// The word of it that the others depend on.
    pub head: Span,
    /// What the model of types looks at.
    pub features: Vec<u32>,
    /// What the lexicon proposes, for sure or not.
    pub of: Vec<EventType>,
    /// The probability of each type, in the order of `EventType::ALL`; empty without weights.
    pub shares: Vec<f64>,
    /// The code of the CAMEO pattern that fits.
    pub cameo: Option<String>,
    /// What its clause commits to.
    pub polarity: Polarity,
    /// See `polarity`.
    pub realis: Realis,
    /// Words between it and the root of its sentence, along the tree.
    pub depth: usize,
}

/// The words of a document that may tell of an event.
#[must_use]
pub fn read_predicates(document: &Document, knowledge: &Knowledge) -> Vec<PredicateReading> {
    crate::with_mentions(document, knowledge, |view, mentions| {
        let mut found = Vec::new();
        let mut features = FeatureList::default();
        each_predicate(view, mentions, |predicate, of| {
            of.collect(&predicate, &mut features);
            let model = knowledge.event_model.as_ref();
            let committed = commitment(view, predicate.head, predicate.part, &[]);
            found.push(PredicateReading {
                lemma: view.lemma(predicate.head).to_lowercase(),
                shares: model.map_or_else(Vec::new, |model| model.shares(&features).to_vec()),
                cameo: (knowledge.cameo.pattern(view, &predicate))
                    .map(|pattern| pattern.code.clone()),
                polarity: committed.polarity(),
                realis: committed.realis(false),
                depth: depth(view, predicate.head),
                span: view.span(predicate.words.clone()),
                head: view.span(predicate.head..predicate.head + 1),
                features: features.all().to_vec(),
                of: predicate
                    .proposals
                    .iter()
                    .map(|one| one.entry.kind)
                    .collect(),
            });
        });
        found
    })
}

/// Words above a word in its tree, at most `DEEPEST`.
fn depth(view: &View, token: usize) -> usize {
    std::iter::successors(view.head(token), |above| view.head(*above))
        .take(DEEPEST)
        .count()
}

/// Depths are told apart up to this one.
const DEEPEST: usize = 16;

/// The events of every sentence of a document, whoever tells them: what the claims' events are taken from, for measuring.
#[must_use]
pub fn read(document: &Document, knowledge: &Knowledge) -> Vec<Event> {
    let (segments, tree) = crate::parsed(document, knowledge);
    crate::with_happenings(
        document,
        knowledge,
        &segments,
        &tree,
        |view, resolver, _, found| {
            let sentences = view.segments.sentences.iter();
            sentences
                .flat_map(|sentence| {
                    let content = [view.sentence_tokens(sentence)];
                    events(view, &resolver, &content, Speaker::default(), &found)
                })
                .collect()
        },
    )
}

/// How firmly a content is put by its main verbs, the firmest of them: what may be is possible, where the weights too say that it did
/// not happen.
pub(crate) fn certainty(view: &View, content: &[Tokens]) -> Certainty {
    let inside = |token: usize| content.iter().any(|range| range.contains(&token));
    let is_main = |token: &usize| {
        let is_verb = view.xpos(*token).starts_with("VB") || frames::has_copula(view, *token);
        is_verb && view.head(*token).is_none_or(|head| !inside(head))
    };
    let is_possible = |main: usize| {
        let found = commitment(view, main, lexicon::Part::Verb, content);
        let marks = factuality::marks(view, main, lexicon::Part::Verb, content, &found);
        let happened = view.knowledge.factuality.occurred(&marks);
        !found.is_negative
            && happened.is_some_and(|happened| happened < 0.5)
            && marks.contains(&CommitmentMark::May)
    };
    let mut mains = content.iter().cloned().flatten().filter(is_main).peekable();
    if mains.peek().is_some() && mains.all(is_possible) {
        Certainty::Possible
    } else {
        Certainty::Certain
    }
}

/// What the clause around a word commits to, whoever says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Committed {
    /// By the rules.
    pub polarity: Polarity,
    /// By the rules.
    pub realis: Realis,
    /// What the weights look at.
    pub marks: Vec<CommitmentMark>,
    /// How likely it is said to have happened, by the weights; nothing without any.
    pub occurred: Option<f64>,
}

/// What the clauses around words commit to. Each word is given by its span; nothing where no token is there or nothing is parsed.
#[must_use]
pub fn committed(
    document: &Document,
    knowledge: &Knowledge,
    words: &[Span],
) -> Vec<Option<Committed>> {
    crate::with_mentions(document, knowledge, |view, _| {
        let one = |span: &Span| {
            let token = view.tokens_in(*span).next().filter(|_| view.is_parsed())?;
            let part = if view.xpos(token).starts_with("NN") {
                lexicon::Part::Noun
            } else {
                lexicon::Part::Verb
            };
            let found = commitment(view, token, part, &[]);
            let marks = factuality::marks(view, token, part, &[], &found);
            Some(Committed {
                polarity: found.polarity(),
                realis: found.realis(false),
                occurred: knowledge.factuality.occurred(&marks),
                marks,
            })
        };
        words.iter().map(one).collect()
    })
}
