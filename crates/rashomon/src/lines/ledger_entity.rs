//! An entity of a ledger as a line: the object of §3 with a ledger-wide id; each mention names its document.
//!
//! It does not know how entities are joined.

use super::document::FormLine;
use super::{Evidence, PlaceLine, SpanLine};
use link::Entity;
use serde::Serialize;

/// An entity across documents.
#[derive(Debug, Serialize)]
pub struct LedgerEntityLine<'a> {
    record: &'static str,
    id: &'a str,
    name: &'a str,
    kind: &'static str,
    forms: Vec<FormLine<'a>>,
    mentions: Vec<MentionLine<'a>>,
    /// What the documents call it, each once, in the order of the documents.
    roles: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<PlaceLine<'a>>,
}

#[derive(Debug, Serialize)]
struct MentionLine<'a> {
    #[serde(flatten)]
    span: SpanLine<'a>,
    document: &'a str,
}

/// The line of an entity.
#[must_use]
pub fn ledger_entity_line<'a>(
    entity: &'a Entity,
    evidence: &'a dyn Evidence,
) -> LedgerEntityLine<'a> {
    let local = |document: &str, id: annotate::EntityId| {
        let reading = evidence.reading(document)?;
        reading.annotations.entities.get(id.index())
    };
    let mut roles: Vec<&str> = Vec::new();
    for (document, id) in &entity.members {
        for role in local(document, *id).into_iter().flat_map(|of| &of.roles) {
            if !roles.contains(&role.as_str()) {
                roles.push(role);
            }
        }
    }
    let mentions = entity.members.iter().flat_map(|(document, id)| {
        let reading = evidence.reading(document);
        let text = reading.map_or("", |reading| reading.document.text.as_str());
        local(document, *id)
            .into_iter()
            .flat_map(|local| &local.mentions)
            .map(move |span| MentionLine {
                span: SpanLine::new(*span, text),
                document,
            })
    });
    LedgerEntityLine {
        record: "entity",
        id: &entity.id,
        name: &entity.name,
        kind: entity.kind.as_str(),
        forms: FormLine::all(&entity.forms),
        mentions: mentions.collect(),
        roles,
        place: entity.place.as_ref().map(PlaceLine::new),
    }
}
