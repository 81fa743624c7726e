//! Typing: of which type an event is, or that a word tells of none, by a linear model over what stands around the word.
//!
//! The lexicon's proposals are its first witnesses; who and what fills the slots, by kind and never by name, the clause's other
//! words and the patterns of CAMEO are the others. It does not decide whether anything happened. The numbers of features are kept in
//! `models/events.bin`: a change here asks for new training.

use super::frames;
use super::lexicon::{Part, Slot};
use super::predicates::{Predicate, Proposal, Sorts};
use crate::logistic::{odds, softmax};
use crate::view::View;
use crate::{EventType, Mention};
use syntax::linear::{Feature, FeatureList, Weights, hash_bytes};
use syntax::weight_file::{self, Damage};
use syntax::{Relation, word_number};

pub(super) const KIND: &str = "events";

/// The types and, after them, none.
pub(super) const CLASSES: usize = EventType::ALL.len() + 1;

/// Of "tells of no event".
pub(super) const NONE: usize = EventType::ALL.len();

/// An event of a type is given from this probability on, else the word tells of none.
pub(crate) const GIVEN: f64 = 0.5;

/// Other types are named from this probability on.
const ALTERNATIVE: f64 = 0.1;

/// Words before and after a predicate.
const AROUND: usize = 3;

/// The class of a type, or of none.
pub(super) fn class(kind: Option<EventType>) -> usize {
    kind.and_then(|kind| EventType::ALL.iter().position(|known| *known == kind))
        .unwrap_or(NONE)
}

/// How sure the lexicon is: where more is needed, of a word, of a phrase.
pub(super) const SURENESSES: u32 = 3;

/// The feature of what the lexicon proposes, and how surely.
pub(super) fn proposed(kind: EventType, sureness: u32) -> Feature {
    Feature::of(1).with(class(Some(kind)) as u32).with(sureness)
}

fn sureness(proposal: &Proposal) -> u32 {
    match (proposal.is_sure, proposal.entry.tail.is_empty()) {
        (false, _) => 0,
        (true, true) => 1,
        (true, false) => 2,
    }
}

/// The feature of having any proposal, sure or not.
pub(super) fn any_proposed(is_sure: bool) -> Feature {
    Feature::of(2).with(u32::from(is_sure))
}

/// Weights of types.
#[derive(Debug, Clone)]
pub struct EventModel {
    weights: Weights,
}

/// What a word tells of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Typed {
    pub(crate) kind: EventType,
    /// Its probability, 0 to 1.
    pub(crate) sure: f64,
    /// Others that are not unlikely, likeliest first.
    pub(crate) alternatives: Vec<EventType>,
}

impl EventModel {
    /// Reads a weight file.
    ///
    /// # Errors
    /// When the bytes are not such a file, whole and unchanged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damage> {
        let mut body = weight_file::read(KIND, bytes)?;
        Ok(Self {
            weights: Weights::read(&mut body, CLASSES)?,
        })
    }

    /// The probability of each type and, after them, of none.
    pub(crate) fn shares(&self, features: &FeatureList) -> [f64; CLASSES] {
        let mut shares: [f64; CLASSES] = odds(&self.weights, features);
        softmax(&mut shares);
        shares
    }

    /// The likeliest type; its probability may be small.
    pub(crate) fn read(&self, features: &FeatureList) -> Typed {
        let mut ranked: Vec<(f64, EventType)> = self
            .shares(features)
            .into_iter()
            .zip(EventType::ALL.iter().copied())
            .collect();
        ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
        Typed {
            kind: ranked[0].1,
            sure: ranked[0].0,
            alternatives: ranked[1..]
                .iter()
                .take_while(|(share, _)| *share >= ALTERNATIVE)
                .map(|(_, kind)| *kind)
                .collect(),
        }
    }
}

/// By the lexicon alone, where there are no weights: the first sure proposal.
pub(crate) fn by_lexicon(predicate: &Predicate) -> Option<Typed> {
    let sure = predicate.proposals.iter().find(|one| one.is_sure)?;
    Some(Typed {
        kind: sure.entry.kind,
        sure: BY_LEXICON,
        alternatives: Vec::new(),
    })
}

/// How often a sure proposal is right in our own dev sentences (`lab eval events`).
const BY_LEXICON: f64 = 0.8;

/// What features are made of: a document, what its mentions stand for, and its words, each looked up once.
pub(super) struct Features<'v, 'k> {
    view: &'v View<'k>,
    pub(super) sorts: Sorts,
    words: Vec<Word>,
}

/// A token as features see it.
#[derive(Clone, Copy)]
struct Word {
    /// Of its lemma.
    hash: u32,
    classes: [u32; 3],
}

impl<'v, 'k> Features<'v, 'k> {
    pub(super) fn new(view: &'v View<'k>, mentions: &[Mention]) -> Self {
        let word = |token: usize| {
            let lemma = view.lemma(token).to_lowercase();
            let classes = view.knowledge.syntax.as_ref().map_or([0; 3], |models| {
                let known = models.classes().get(word_number(&lemma));
                known.classes.map(u32::from)
            });
            Word {
                hash: hash_bytes(lemma.as_bytes()),
                classes,
            }
        };
        Self {
            view,
            sorts: Sorts::new(view, mentions),
            words: (0..view.len()).map(word).collect(),
        }
    }

    /// Collects those of a predicate.
    pub(super) fn collect(&self, predicate: &Predicate, into: &mut FeatureList) {
        let Self { view, sorts, words } = self;
        let view = *view;
        into.clear();
        let of = Feature::of;
        let hash = |text: &str| hash_bytes(text.as_bytes());
        let word = |token: usize| words[token].hash;
        let part = predicate.part as u32;
        let head = predicate.head;
        into.add(of(0).with(part));
        for proposal in &predicate.proposals {
            into.add(proposed(proposal.entry.kind, sureness(proposal)));
        }
        for is_sure in [false, true] {
            if predicate.proposals.iter().any(|one| one.is_sure == is_sure) {
                into.add(any_proposed(is_sure));
            }
        }
        // The kinds proposed, as one: "strike" of an army or of workers.
        let kinds = predicate.proposals.iter().fold(0_u32, |all, one| {
            all.wrapping_mul(64)
                .wrapping_add(class(Some(one.entry.kind)) as u32 + 1)
        });
        // The lexicon's spelling where it has one: the lemmas of rare words are often wrong.
        let phrase = match predicate.proposals.first() {
            Some(one) => {
                let tail = one.entry.tail.iter();
                tail.fold(hash(&one.entry.first), |all, word| {
                    all.wrapping_mul(31).wrapping_add(hash(word))
                })
            }
            None => word(head),
        };
        let classes = |token: usize| words[token].classes;
        into.add(of(3).with(phrase).with(part));
        into.add(of(4).with(hash(view.xpos(head))).with(part));
        for (grain, class) in classes(head).into_iter().enumerate() {
            into.add(of(5).with(grain as u32).with(class).with(part));
        }
        let lemma = view.lemma(head).to_lowercase();
        for length in 4..=6 {
            if let Some(start) = lemma.get(..length) {
                into.add(of(6).with(hash(start)));
            }
        }
        let passive = u32::from(predicate.part == Part::Verb && frames::is_passive(view, head));
        into.add(of(7).with(passive).with(phrase));
        let relation = view.relation(head);
        into.add(of(8).with(relation as u32).with(part));
        if let Some(above) = view.head(head) {
            into.add(of(9).with(relation as u32).with(word(above)));
            into.add(
                of(10)
                    .with(relation as u32)
                    .with(classes(above)[1])
                    .with(kinds),
            );
            into.add(of(11).with(word(above)).with(phrase));
        }
        for filler in &predicate.fillers {
            let slot = match &filler.slot {
                Slot::Subject => 1,
                Slot::Object => 2,
                Slot::Recipient => 3,
                Slot::Owner => 4,
                Slot::Beside => 5,
                Slot::After(preposition) => 6 | hash(preposition) << 3,
            };
            let sort = sorts.of(view, filler.head) as u32;
            into.add(of(12).with(slot).with(sort).with(kinds));
            into.add(of(13).with(slot).with(sort).with(phrase));
            into.add(of(14).with(slot).with(phrase));
            into.add(of(15).with(slot).with(sort).with(part));
            // Names say who, and the type must not hang on who.
            if !view.is_capital(filler.head) {
                into.add(of(16).with(slot).with(word(filler.head)).with(part));
                into.add(of(17).with(slot).with(word(filler.head)).with(phrase));
                let [broad, middle, fine] = classes(filler.head);
                into.add(of(18).with(slot).with(broad).with(kinds));
                into.add(of(19).with(slot).with(middle).with(kinds));
                into.add(of(20).with(slot).with(fine).with(part));
                into.add(of(21).with(slot).with(middle).with(part));
            }
        }
        for kid in view.kids(head) {
            match view.relation(kid) {
                Relation::CompoundPrt => into.add(of(22).with(word(kid)).with(phrase)),
                Relation::Amod | Relation::Compound if !view.is_capital(kid) => {
                    into.add(of(23).with(word(kid)).with(phrase));
                    into.add(of(24).with(word(kid)));
                    into.add(of(25).with(classes(kid)[1]).with(kinds));
                }
                Relation::Det => into.add(of(26).with(word(kid)).with(part)),
                Relation::Xcomp | Relation::Ccomp | Relation::Advcl => {
                    into.add(of(27).with(view.relation(kid) as u32).with(phrase));
                    into.add(of(28).with(word(kid)).with(phrase));
                }
                Relation::Nummod => into.add(of(29).with(part)),
                _ => {}
            }
        }
        let sentence = view
            .sentence_around(head)
            .unwrap_or(predicate.words.clone());
        let before = (sentence.start..predicate.words.start).rev().take(AROUND);
        let after = (predicate.words.end..sentence.end).take(AROUND);
        for (away, token) in before.enumerate() {
            if !view.is_capital(token) {
                into.add(of(30).with(word(token)).with(away as u32));
                into.add(of(31).with(word(token)).with(phrase));
            }
        }
        for (away, token) in after.enumerate() {
            if !view.is_capital(token) {
                into.add(of(32).with(word(token)).with(away as u32));
                into.add(of(33).with(word(token)).with(phrase));
            }
        }
        // What the sentence is about: "the striker's attack", "a battle for votes".
        for token in sentence {
            if !predicate.words.contains(&token) && view.is_word(token) && !view.is_capital(token) {
                let [broad, middle, _] = classes(token);
                into.add(of(34).with(middle));
                into.add(of(35).with(broad).with(kinds));
            }
        }
        view.knowledge.cameo.collect(view, predicate, into);
    }
}
