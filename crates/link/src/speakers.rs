//! Who gives an answer: a party, whatever its documents call it, and which parties stand on one side.
//!
//! It does not know what is said. A side comes from names, roles and judgements alone.

use crate::statements::{ClaimAt, Library};
use annotate::{Claim, EntityKind, SourceKind, Voice};
use std::collections::BTreeSet;

/// Who gives an answer.
#[derive(Debug, Clone)]
pub(crate) struct Speaker {
    /// Equal for one party, whatever it is called: an entity, a folded common noun, or a text origin.
    pub identity: String,
    pub entity: Option<usize>,
    pub name: String,
    /// What tells the body from others.
    pub stems: BTreeSet<String>,
    /// What its documents call a person.
    pub roles: BTreeSet<String>,
    /// The country for whose state it speaks: of its own name, else of the person behind whom it stands.
    pub state: Option<String>,
    pub narrator: bool,
}

impl Speaker {
    /// Whether two speakers stand on one side as far as names and roles tell.
    pub fn sides_with(&self, other: &Speaker) -> bool {
        self.identity == other.identity
            || (self.state.is_some() && self.state == other.state)
            || (!self.narrator
                && !other.narrator
                && (self.belongs_to(other.entity, &other.stems)
                    || other.belongs_to(self.entity, &self.stems)))
    }

    /// Whether a speaker is this body, or a person whose role names it.
    pub fn belongs_to(&self, body: Option<usize>, stems: &BTreeSet<String>) -> bool {
        (self.entity.is_some() && self.entity == body)
            || (!self.narrator && crate::fold::same_stems(&self.stems, stems))
            || (!stems.is_empty()
                && !self.roles.is_empty()
                && crate::fold::within(stems, &self.roles))
    }
}

impl Library<'_> {
    /// Who says it; none where nobody can be named.
    pub fn speaker(&self, at: ClaimAt, claim: &Claim) -> Option<Speaker> {
        let read = self.readings.get(at.reading)?;
        if claim.voice == Voice::Narrator || claim.source.kind == SourceKind::Outlet {
            let name = claim
                .source
                .name
                .clone()
                .or_else(|| read.document.meta.outlet.clone())
                .unwrap_or_else(|| "the outlet".to_owned());
            return Some(Speaker {
                // Reprints of one text are one narrator.
                identity: format!("outlet {}", self.origins.of(at.reading)),
                entity: None,
                name,
                stems: BTreeSet::new(),
                roles: BTreeSet::new(),
                state: None,
                narrator: true,
            });
        }
        let local = claim
            .source
            .entity
            .and_then(|id| read.annotations.entities.get(id.index()));
        let body = claim
            .source
            .speaks_for
            .or_else(|| local.and_then(|entity| entity.speaks_for));
        let source = self.world.get(at.reading, claim.source.entity);
        let body = self.world.get(at.reading, body);
        let behind = || source.and_then(|person| self.bodies.behind(person));
        if let Some(index) = body.or_else(behind).or(source) {
            return self.entity_speaker(index);
        }
        let words = claim.source.name.clone().or_else(|| {
            let span = claim.source.spans.first()?;
            Some(span.slice(&read.document.text).to_owned())
        })?;
        let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let folded = crate::fold::fold(&name);
        (!folded.is_empty()).then(|| Speaker {
            identity: format!("name {folded}"),
            entity: None,
            stems: self.lexicon.body(&name),
            roles: BTreeSet::new(),
            state: self.lexicon.state(&name).map(str::to_owned),
            name,
            narrator: false,
        })
    }

    fn entity_speaker(&self, index: usize) -> Option<Speaker> {
        let entity = self.world.entities.get(index)?;
        // "The opposition" of one text is the opposition of the next inside one matter, and nowhere else.
        let government = self.lexicon.government(&entity.name);
        let identity = if let Some(country) = government {
            // A capital, a country and its government are one speaker.
            format!("government {country}")
        } else if self.world.proper[index] {
            entity.id.clone()
        } else {
            format!("name {}", crate::fold::fold(&entity.name))
        };
        let is_body = matches!(entity.kind, EntityKind::Organization | EntityKind::Group);
        Some(Speaker {
            identity: self.world.side(index, identity),
            entity: Some(index),
            name: entity.name.clone(),
            stems: if is_body {
                self.lexicon.body(&entity.name)
            } else {
                BTreeSet::new()
            },
            roles: self.world.roles[index].clone(),
            state: self.lexicon.state(&entity.name).map(str::to_owned),
            narrator: false,
        })
    }
}
