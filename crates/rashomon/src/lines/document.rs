//! The document line of §3.
//!
//! It does not know claims.

use super::{Ids, ListLinkLine, PlaceLine, SpanLine};
use annotate::{Annotations, Entity};
use serde::Serialize;
use text::{Block, Document, Note};

/// A document with its entities.
#[derive(Debug, Serialize)]
pub struct DocumentLine<'a> {
    record: &'static str,
    id: &'a str,
    path: Option<&'a str>,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    byline: Option<&'a str>,
    url: Option<&'a str>,
    published: Option<&'a str>,
    published_basis: &'static str,
    language: Option<&'a str>,
    translated: Option<TranslatedLine<'a>>,
    sightings: Vec<SightingLine<'a>>,
    blocks: Vec<BlockLine>,
    entities: Vec<EntityLine<'a>>,
    notes: Vec<NoteLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

/// Whether the document's text stands on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithText {
    /// It does.
    Yes,
    /// It does not.
    No,
}

/// The line of a document.
#[must_use]
pub fn document_line<'a>(
    document: &'a Document,
    annotations: &'a Annotations,
    ids: Ids<'_>,
    with_text: WithText,
) -> DocumentLine<'a> {
    let meta = &document.meta;
    DocumentLine {
        record: "document",
        id: &document.id,
        path: document
            .sightings
            .first()
            .and_then(|sighting| sighting.path.as_deref()),
        title: meta.title.as_deref(),
        outlet: meta.outlet.as_deref(),
        byline: meta.byline.as_deref(),
        url: meta.url.as_deref(),
        published: meta.published.as_deref(),
        published_basis: meta.published_basis.as_str(),
        language: meta.language.as_deref(),
        translated: meta.translated.as_ref().map(|translation| TranslatedLine {
            from: translation.from.as_deref(),
            by: translation.by.as_deref(),
            original: translation.original.as_deref(),
        }),
        sightings: document
            .sightings
            .iter()
            .map(|sighting| SightingLine {
                path: sighting.path.as_deref(),
                url: sighting.url.as_deref(),
                outlet: sighting.outlet.as_deref(),
                captured: sighting.captured.as_deref(),
                record_id: sighting.record_id.as_deref(),
            })
            .collect(),
        blocks: document.blocks.iter().map(BlockLine::new).collect(),
        entities: annotations
            .entities
            .iter()
            .zip(0_u32..)
            .map(|(entity, index)| {
                let id = ids.entity(&document.id, annotate::EntityId(index));
                EntityLine::new(entity, id, &document.text)
            })
            .collect(),
        notes: document
            .notes
            .iter()
            .chain(&annotations.notes)
            .map(NoteLine::new)
            .collect(),
        text: (with_text == WithText::Yes).then_some(document.text.as_str()),
    }
}

#[derive(Debug, Serialize)]
struct TranslatedLine<'a> {
    from: Option<&'a str>,
    by: Option<&'a str>,
    original: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct SightingLine<'a> {
    path: Option<&'a str>,
    url: Option<&'a str>,
    outlet: Option<&'a str>,
    captured: Option<&'a str>,
    record_id: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct BlockLine {
    start: u32,
    end: u32,
    kind: &'static str,
    raw: Option<RawLine>,
}

#[derive(Debug, Serialize)]
struct RawLine {
    start: u32,
    end: u32,
}

impl BlockLine {
    fn new(block: &Block) -> Self {
        Self {
            start: block.span.start,
            end: block.span.end,
            kind: block.kind.as_str(),
            raw: block.raw.map(|raw| RawLine {
                start: raw.start,
                end: raw.end,
            }),
        }
    }
}

#[derive(Debug, Serialize)]
struct EntityLine<'a> {
    id: String,
    name: &'a str,
    kind: &'static str,
    forms: Vec<FormLine<'a>>,
    mentions: Vec<SpanLine<'a>>,
    roles: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<PlaceLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<ListLinkLine<'a>>,
}

/// One spelling of an entity.
#[derive(Debug, Serialize)]
pub(super) struct FormLine<'a> {
    text: &'a str,
    count: u32,
}

impl<'a> FormLine<'a> {
    pub(super) fn all(forms: &'a [annotate::Form]) -> Vec<Self> {
        forms
            .iter()
            .map(|form| Self {
                text: &form.text,
                count: form.count,
            })
            .collect()
    }
}

impl<'a> EntityLine<'a> {
    fn new(entity: &'a Entity, id: String, text: &'a str) -> Self {
        Self {
            id,
            name: &entity.name,
            kind: entity.kind.as_str(),
            forms: FormLine::all(&entity.forms),
            mentions: SpanLine::all(&entity.mentions, text),
            roles: &entity.roles,
            place: entity.place.as_ref().map(PlaceLine::new),
            link: entity.link.as_ref().map(ListLinkLine::new),
        }
    }
}

#[derive(Debug, Serialize)]
struct NoteLine<'a> {
    code: &'a str,
    start: u32,
    end: u32,
    message: &'a str,
}

impl<'a> NoteLine<'a> {
    fn new(note: &'a Note) -> Self {
        Self {
            code: &note.code,
            start: note.span.start,
            end: note.span.end,
            message: &note.message,
        }
    }
}
