//! An entity of a ledger as a line: the object of §3 with a ledger-wide id; each mention names its document.
//!
//! It does not know how entities are joined.

use super::document::FormLine;
use super::{Evidence, ListLinkLine, PlaceLine, SpanLine, four_decimals};
use link::{Entity, Member};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<ListLinkLine<'a>>,
    /// What its members were joined by; members of equal names need no join.
    joins: Vec<JoinLine<'a>>,
}

#[derive(Debug, Serialize)]
struct JoinLine<'a> {
    one: MemberLine<'a>,
    other: MemberLine<'a>,
    score: f64,
    reasons: &'a [String],
}

/// A document's own entity.
#[derive(Debug, Serialize)]
struct MemberLine<'a> {
    document: &'a str,
    entity: String,
    name: &'a str,
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
    let member = |(document, id): &'a Member| MemberLine {
        document,
        entity: id.to_string(),
        name: local(document, *id).map_or("", |local| &local.name),
    };
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
        link: entity.link.as_ref().map(ListLinkLine::new),
        joins: entity
            .joins
            .iter()
            .map(|join| JoinLine {
                one: member(&join.one),
                other: member(&join.other),
                score: four_decimals(join.score),
                reasons: &join.reasons,
            })
            .collect(),
    }
}
