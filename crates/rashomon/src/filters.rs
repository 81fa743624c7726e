//! The filters of the lists: which claims, disputes, entities and documents are wanted.
//!
//! It does not know how lists are printed. Names and words are compared without regard to case.

use crate::args::{List, Since, VoiceChoice};
use crate::assets;
use crate::contents::{Contents, Found, day, day_of_claim, day_of_document};
use crate::failure::Failure;
use crate::lines::Evidence;
use annotate::EntityId;
use link::{Entity, Matter, Reading};
use std::collections::BTreeSet;
use text::{Document, Span};

/// The filters of one list.
#[derive(Debug)]
pub struct Filters<'a> {
    list: &'a List,
    party: Option<String>,
    place: Option<String>,
    search: Option<String>,
    /// The first day that is new.
    new_from: Option<&'a str>,
    /// The documents that are new, where a run tells.
    new: Option<BTreeSet<&'a str>>,
    contents: &'a Contents,
}

impl<'a> Filters<'a> {
    /// The filters that a command line asks for.
    pub fn new(list: &'a List, contents: &'a Contents) -> Result<Self, Failure> {
        let folded = |words: &Option<String>| words.as_deref().map(fold);
        let run = match &list.new_since {
            Some(Since::Run(number)) => Some(*number),
            Some(Since::LastRun) => Some(contents.runs.len().max(1)),
            Some(Since::Day(_)) | None => None,
        };
        if let Some(number) = run.filter(|number| *number > contents.runs.len()) {
            let runs = contents.runs.iter().zip(1..);
            let runs = runs.map(|(run, number)| format!("run:{number} of {}", run.at));
            return Err(Failure::Usage(format!(
                "there is no run {number}; the ledger's runs of read that added documents: {}",
                runs.collect::<Vec<_>>().join(", ")
            )));
        }
        let new = run.map(|number| {
            let runs = contents.runs.iter().skip(number - 1);
            runs.flat_map(|run| run.documents.iter().map(String::as_str))
                .collect()
        });
        Ok(Self {
            list,
            party: folded(&list.party),
            place: folded(&list.place),
            search: folded(&list.search),
            new_from: match &list.new_since {
                Some(Since::Day(day)) => Some(day),
                _ => None,
            },
            new,
            contents,
        })
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
            && self.is_new_document(&found.reading.document)
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
            && self.new.as_ref().is_none_or(|new| {
                // An answer is new where nobody gave it before.
                matter.positions.iter().any(|position| {
                    let mut claims = position.claims.iter();
                    claims.all(|claim| new.contains(claim.document.as_str()))
                })
            })
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
            && self.new.as_ref().is_none_or(|new| {
                let mut members = entity.members.iter();
                members.all(|(document, _)| new.contains(document.as_str()))
            })
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
            && self.is_new_document(document)
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
        self.new_from
            .is_none_or(|since| day.is_some_and(|day| since <= day))
    }

    fn is_new_document(&self, document: &Document) -> bool {
        let new = self.new.as_ref();
        self.is_new(day_of_document(document))
            && new.is_none_or(|new| new.contains(document.id.as_str()))
    }
}

/// Who or what `--involving` means.
#[derive(Debug)]
pub struct Involved<'a> {
    ids: BTreeSet<&'a str>,
    contents: &'a Contents,
}

impl<'a> Involved<'a> {
    /// The entities of this id or of a spelling that is this name; where there is none, of one that is likely the same name.
    pub fn new(name: &str, contents: &'a Contents) -> Result<Self, Failure> {
        let wanted = fold(name);
        let entities = || contents.links.entities.iter();
        let ids_where = |fits: &dyn Fn(&Entity) -> bool| -> BTreeSet<&'a str> {
            entities()
                .filter(|entity| fits(entity))
                .map(|entity| entity.id.as_str())
                .collect()
        };
        let spelt = |entity: &Entity, fits: &dyn Fn(&str) -> bool| {
            fits(&entity.name) || entity.forms.iter().any(|form| fits(&form.text))
        };
        let is_id = wanted.len() > 6 && wanted.starts_with("en_");
        let mut ids = ids_where(&|entity| {
            (is_id && entity.id.starts_with(&wanted)) || spelt(entity, &|form| fold(form) == wanted)
        });
        if ids.is_empty() && !is_id {
            let model = assets::names().map_err(Failure::Unusable)?;
            let is_close = |form: &str| {
                form.chars()
                    .next()
                    .map(|first| first.to_lowercase().to_string())
                    == wanted.chars().next().map(|first| first.to_string())
                    && model.compare(name, form, names::NameKind::Other).is_match
            };
            ids = ids_where(&|entity| spelt(entity, &is_close));
        }
        if ids.is_empty() {
            ids = ids_where(&|entity| spelt(entity, &|form| has_words(&fold(form), &wanted)));
        }
        if ids.is_empty() {
            return Err(Failure::Usage(format!(
                "nobody and nothing in the ledger is called “{name}”; names stand in: rashomon entities --all --search WORD"
            )));
        }
        Ok(Self { ids, contents })
    }

    /// Whether one of them answers, is asked about or takes part.
    #[must_use]
    pub fn in_matter(&self, matter: &Matter) -> bool {
        let is_it = |id: &String| self.ids.contains(id.as_str());
        let about = [&matter.about, &matter.place];
        about.into_iter().flatten().any(is_it)
            || matter.positions.iter().any(|position| {
                let parties = position.parties.iter();
                parties.filter_map(|party| party.entity.as_ref()).any(is_it)
                    || position.claims.iter().any(|claim| {
                        let found = self.contents.claim(&claim.document, &claim.claim);
                        found.is_some_and(|found| self.in_claim(found))
                    })
            })
    }

    fn in_claim(&self, found: Found<'_>) -> bool {
        let claim = found.claim;
        let events = claim.events.iter().flat_map(|event| {
            let participants = event.participants.iter().map(|one| one.entity);
            participants.chain([event.place])
        });
        let mut named = [claim.source.entity, claim.source.speaks_for]
            .into_iter()
            .chain(events)
            .flatten();
        named.any(|local| {
            let joined = self.contents.joined(&found.reading.document.id, local);
            joined.is_some_and(|entity| self.ids.contains(entity.id.as_str()))
        })
    }
}

/// Whether whole words of one stand in the other.
fn has_words(text: &str, words: &str) -> bool {
    format!(" {text} ").contains(&format!(" {words} "))
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
