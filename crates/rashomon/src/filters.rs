//! The filters of the lists: which claims, disputes, entities and documents are wanted.
//!
//! It does not know how lists are printed. Names and words are compared without regard to case.

use crate::args::{List, VoiceChoice};
use crate::contents::{Contents, Found, day, day_of_claim, day_of_document};
use crate::lines::Evidence;
use annotate::EntityId;
use link::{Entity, Matter, Reading};
use text::Span;

/// The filters of one list.
#[derive(Debug)]
pub struct Filters<'a> {
    list: &'a List,
    party: Option<String>,
    place: Option<String>,
    search: Option<String>,
    contents: &'a Contents,
}

impl<'a> Filters<'a> {
    /// The filters that a command line asks for.
    #[must_use]
    pub fn new(list: &'a List, contents: &'a Contents) -> Self {
        let folded = |words: &Option<String>| words.as_deref().map(fold);
        Self {
            list,
            party: folded(&list.party),
            place: folded(&list.place),
            search: folded(&list.search),
            contents,
        }
    }

    /// Whether there is any filter at all.
    #[must_use]
    pub fn any(&self) -> bool {
        self.asks_for_claims()
            || self.place.is_some()
            || self.search.is_some()
            || self.list.new_since.is_some()
    }

    /// Whether a claim is wanted.
    #[must_use]
    pub fn claim(&self, found: Found<'_>) -> bool {
        self.said(found)
            && self.claim_place(found)
            && self.search.as_deref().is_none_or(|search| {
                has(&words(&found.claim.content.spans, found.reading), search)
                    || self.claim_party(found, search)
            })
            && self.is_new(day_of_document(&found.reading.document))
    }

    /// Whether a matter is wanted: one of its claims must pass what is asked of claims.
    #[must_use]
    pub fn matter(&self, matter: &Matter) -> bool {
        let claims: Vec<Found<'_>> = matter
            .positions
            .iter()
            .flat_map(|position| &position.claims)
            .filter_map(|claim| self.contents.claim(&claim.document, &claim.claim))
            .collect();
        let newest = matter
            .positions
            .iter()
            .filter_map(|position| position.first_said.as_deref().map(day))
            .max();
        let about = [&matter.place, &matter.about];
        (!self.asks_for_claims() || claims.iter().any(|found| self.said(*found)))
            && self.place.as_deref().is_none_or(|place| {
                about
                    .into_iter()
                    .flatten()
                    .filter_map(|id| self.contents.entity(id))
                    .any(|entity| entity_has(entity, place))
                    || claims.iter().any(|found| self.claim_place(*found))
            })
            && self.search.as_deref().is_none_or(|search| {
                has(&matter.question, search)
                    || matter
                        .positions
                        .iter()
                        .any(|position| has(&position.value, search))
                    || claims
                        .iter()
                        .any(|found| has(&words(&found.claim.content.spans, found.reading), search))
            })
            && self.is_new(newest)
    }

    /// Whether an entity is wanted: `--party` and `--place` speak of its own names, the rest of the documents that name it
    /// and the claims that it makes.
    #[must_use]
    pub fn entity(&self, entity: &Entity) -> bool {
        let named =
            |part: &Option<String>| part.as_deref().is_none_or(|part| entity_has(entity, part));
        let days = entity
            .members
            .iter()
            .filter_map(|(document, _)| self.contents.reading(document))
            .map(|reading| day_of_document(&reading.document));
        let mut known = days.clone().flatten();
        let first_named = known.clone().min();
        let within = if self.list.undated {
            known.next().is_none()
        } else if self.list.since.is_some() || self.list.until.is_some() {
            known.any(|day| self.within(Some(day)))
        } else {
            true
        };
        named(&self.party)
            && named(&self.search)
            && (self.place.is_none() || entity.kind == annotate::EntityKind::Place)
            && named(&self.place)
            && within
            && self.is_new(first_named)
            && (!self.asks_for_speech() || self.speaks(entity))
    }

    /// Whether a document is wanted.
    #[must_use]
    pub fn document(&self, reading: &Reading) -> bool {
        let document = &reading.document;
        let day = day_of_document(document);
        let claims = || {
            reading
                .annotations
                .claims
                .iter()
                .map(|claim| Found { claim, reading })
        };
        let asks = self.party.is_some() || self.asks_for_speech();
        self.within(day)
            && self.is_new(day)
            && (!asks || claims().any(|found| self.speech(found) && self.party(found)))
            && (self.place.is_none() || claims().any(|found| self.claim_place(found)))
            && self.search.as_deref().is_none_or(|search| {
                has(document.meta.title.as_deref().unwrap_or_default(), search)
                    || has(&document.text, search)
            })
    }

    fn asks_for_speech(&self) -> bool {
        self.list.act.is_some() || self.list.voice != VoiceChoice::All
    }

    fn asks_for_claims(&self) -> bool {
        self.asks_for_speech()
            || self.party.is_some()
            || self.list.since.is_some()
            || self.list.until.is_some()
            || self.list.undated
    }

    /// Act and voice.
    fn speech(&self, found: Found<'_>) -> bool {
        self.list.act.is_none_or(|act| act == found.claim.act)
            && self.list.voice.admits(found.claim.voice)
    }

    /// Act, voice, party and day.
    fn said(&self, found: Found<'_>) -> bool {
        let day = day_of_claim(found.claim, &found.reading.document);
        self.speech(found) && self.party(found) && self.within(day.as_deref())
    }

    fn party(&self, found: Found<'_>) -> bool {
        self.party
            .as_deref()
            .is_none_or(|party| self.claim_party(found, party))
    }

    /// Whether the source, or the body it speaks for, goes by a name with this in it.
    fn claim_party(&self, found: Found<'_>, party: &str) -> bool {
        let source = &found.claim.source;
        source.name.as_deref().is_some_and(|name| has(name, party))
            || has(&words(&source.spans, found.reading), party)
            || [source.entity, source.speaks_for]
                .into_iter()
                .flatten()
                .any(|id| self.local_has(found.reading, id, party))
    }

    fn claim_place(&self, found: Found<'_>) -> bool {
        self.place.as_deref().is_none_or(|place| {
            found
                .claim
                .events
                .iter()
                .filter_map(|event| event.place)
                .any(|id| self.local_has(found.reading, id, place))
        })
    }

    fn local_has(&self, reading: &Reading, id: EntityId, part: &str) -> bool {
        let local = reading.annotations.entities.get(id.index());
        local.is_some_and(|entity| {
            has(&entity.name, part) || entity.forms.iter().any(|form| has(&form.text, part))
        }) || self
            .contents
            .joined(&reading.document.id, id)
            .is_some_and(|entity| entity_has(entity, part))
    }

    fn speaks(&self, entity: &Entity) -> bool {
        entity.members.iter().any(|(document, local)| {
            self.contents.reading(document).is_some_and(|reading| {
                reading.annotations.claims.iter().any(|claim| {
                    claim.source.entity == Some(*local) && self.speech(Found { claim, reading })
                })
            })
        })
    }

    fn within(&self, day: Option<&str>) -> bool {
        match day {
            None => self.list.undated || (self.list.since.is_none() && self.list.until.is_none()),
            Some(day) => {
                !self.list.undated
                    && self.list.since.as_deref().is_none_or(|since| since <= day)
                    && self.list.until.as_deref().is_none_or(|until| day <= until)
            }
        }
    }

    fn is_new(&self, day: Option<&str>) -> bool {
        self.list
            .new_since
            .as_deref()
            .is_none_or(|since| day.is_some_and(|day| since <= day))
    }
}

fn entity_has(entity: &Entity, part: &str) -> bool {
    has(&entity.name, part) || entity.forms.iter().any(|form| has(&form.text, part))
}

fn words(spans: &[Span], reading: &Reading) -> String {
    let words: Vec<&str> = spans
        .iter()
        .map(|span| span.slice(&reading.document.text))
        .collect();
    words.join(" ")
}

fn has(text: &str, folded: &str) -> bool {
    fold(text).contains(folded)
}

/// Lower case, white space of any length one space.
fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
