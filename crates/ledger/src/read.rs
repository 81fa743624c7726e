//! Rows into readings: what `write` stored, as it was, without sentences and tokens.
//!
//! It does not know links or judgements.

use crate::columns::{Columns, rows};
use crate::error::Sql;
use crate::tables;
use annotate::{
    Act, Annotations, Basis, Certainty, Claim, Confidence, Content, Cue, Entity, EntityId,
    EntityKind, Event, EventType, Flag, Form, Mention, MentionForm, NameBasis, Participant,
    Polarity, Quotation, Realis, Role, Source, SourceKind, Standing, UnverifiedBy, Via, Voice, Why,
};
use link::Reading;
use rusqlite::{Connection, OptionalExtension};
use text::{Block, BlockKind, Document, Meta, Note, PublishedBasis, Sighting, Span, Translation};

/// The columns of `dated_documents` that `meta` takes.
pub(crate) const META: &str = "title, outlet, byline, url, published, published_basis, language, is_translated, \
                               translated_from, translated_by, translated_original";

/// Every document's key, by document id.
pub(crate) fn keys(connection: &Connection) -> Sql<Vec<i64>> {
    connection
        .prepare_cached("SELECT key FROM documents ORDER BY id")?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// The key of the document with this id.
pub(crate) fn key(connection: &Connection, id: &str) -> Sql<Option<i64>> {
    connection
        .prepare_cached("SELECT key FROM documents WHERE id = ?")?
        .query_row([id], |row| row.get(0))
        .optional()
}

/// One reading.
pub(crate) fn reading(connection: &Connection, key: i64) -> Sql<Reading> {
    let mut document = document(connection, key)?;
    let mut annotations = Annotations::default();
    rows(connection, &tables::BLOCKS, key..=key, |row| {
        row.take::<i64>()?;
        row.ordinal(document.blocks.len())?;
        document.blocks.push(Block {
            span: row.span()?,
            kind: row.word(BlockKind::parse)?,
            raw: row.maybe_span()?,
        });
        Ok(())
    })?;
    rows(connection, &tables::NOTES, key..=key, |row| {
        row.take::<i64>()?;
        let list = match row.take::<String>()?.as_str() {
            "document" => &mut document.notes,
            _ => &mut annotations.notes,
        };
        row.ordinal(list.len())?;
        list.push(Note {
            span: row.span()?,
            code: row.take()?,
            message: row.take()?,
        });
        Ok(())
    })?;
    read_entities(connection, key, &mut annotations)?;
    rows(connection, &tables::TIMES, key..=key, |row| {
        row.take::<i64>()?;
        row.ordinal(annotations.times.len())?;
        annotations.times.extend(row.time()?);
        Ok(())
    })?;
    rows(connection, &tables::QUANTITIES, key..=key, |row| {
        row.take::<i64>()?;
        row.ordinal(annotations.quantities.len())?;
        annotations.quantities.push(row.quantity()?);
        Ok(())
    })?;
    annotations.claims = claims(connection, key)?;
    Ok(Reading {
        document,
        annotations,
    })
}

fn document(connection: &Connection, key: i64) -> Sql<Document> {
    let sql = format!("SELECT id, text, {META} FROM dated_documents WHERE key = ?");
    let mut document = connection.prepare_cached(&sql)?.query_row([key], |row| {
        let mut row = Columns::of(row);
        Ok(Document {
            id: row.take()?,
            text: row.take()?,
            blocks: Vec::new(),
            meta: meta(&mut row)?,
            sightings: Vec::new(),
            notes: Vec::new(),
        })
    })?;
    document.sightings = sightings(connection, key)?;
    Ok(document)
}

pub(crate) fn meta(row: &mut Columns) -> Sql<Meta> {
    Ok(Meta {
        title: row.take()?,
        outlet: row.take()?,
        byline: row.take()?,
        url: row.take()?,
        published: row.take()?,
        published_basis: row.word(PublishedBasis::parse)?,
        language: row.take()?,
        translated: {
            let translated: bool = row.take()?;
            let translation = Translation {
                from: row.take()?,
                by: row.take()?,
                original: row.take()?,
            };
            translated.then_some(translation)
        },
    })
}

/// A document's sightings, in the order in which they came.
pub(crate) fn sightings(connection: &Connection, key: i64) -> Sql<Vec<Sighting>> {
    connection
        .prepare_cached(
            "SELECT path, url, outlet, captured, record_id FROM sightings WHERE document = ? ORDER BY ordinal",
        )?
        .query_map([key], |row| {
            let mut row = Columns::of(row);
            Ok(Sighting {
                path: row.take()?,
                url: row.take()?,
                outlet: row.take()?,
                captured: row.take()?,
                record_id: row.take()?,
            })
        })?
        .collect()
}

fn entity_id(row: &mut Columns) -> Sql<Option<EntityId>> {
    Ok(row.take::<Option<u32>>()?.map(EntityId))
}

fn read_entities(connection: &Connection, key: i64, annotations: &mut Annotations) -> Sql<()> {
    let entities = &mut annotations.entities;
    rows(connection, &tables::ENTITIES, key..=key, |row| {
        row.take::<i64>()?;
        row.ordinal(entities.len())?;
        let (name, kind) = (row.take()?, row.word(EntityKind::parse)?);
        let speaks_for = entity_id(row)?;
        entities.push(Entity {
            name,
            kind,
            forms: Vec::new(),
            mentions: Vec::new(),
            place: row.place()?,
            link: row.link()?,
            roles: Vec::new(),
            speaks_for,
        });
        Ok(())
    })?;
    rows(connection, &tables::FORMS, key..=key, |row| {
        row.take::<i64>()?;
        let forms = &mut row.item(entities)?.forms;
        row.ordinal(forms.len())?;
        forms.push(Form {
            text: row.take()?,
            count: row.take()?,
        });
        Ok(())
    })?;
    rows(connection, &tables::ENTITY_MENTIONS, key..=key, |row| {
        row.take::<i64>()?;
        let mentions = &mut row.item(entities)?.mentions;
        row.ordinal(mentions.len())?;
        mentions.push(row.span()?);
        Ok(())
    })?;
    rows(connection, &tables::ENTITY_ROLES, key..=key, |row| {
        row.take::<i64>()?;
        let roles = &mut row.item(entities)?.roles;
        row.ordinal(roles.len())?;
        roles.push(row.take()?);
        Ok(())
    })?;
    rows(connection, &tables::MENTIONS, key..=key, |row| {
        row.take::<i64>()?;
        row.ordinal(annotations.mentions.len())?;
        annotations.mentions.push(Mention {
            span: row.span()?,
            head: row.span()?,
            kind: row.word(EntityKind::parse)?,
            form: row.word(MentionForm::parse)?,
            entity: entity_id(row)?,
            title: row.maybe_span()?,
            roles: Vec::new(),
        });
        Ok(())
    })?;
    rows(connection, &tables::MENTION_ROLES, key..=key, |row| {
        row.take::<i64>()?;
        let roles = &mut row.item(&mut annotations.mentions)?.roles;
        row.ordinal(roles.len())?;
        roles.push(row.span()?);
        Ok(())
    })
}

fn claims(connection: &Connection, key: i64) -> Sql<Vec<Claim>> {
    let mut claims: Vec<Claim> = Vec::new();
    rows(connection, &tables::CLAIMS, key..=key, |row| {
        row.take::<i64>()?;
        row.ordinal(claims.len())?;
        claims.push(claim(row)?);
        Ok(())
    })?;
    rows(connection, &tables::CLAIM_VIAS, key..=key, |row| {
        row.take::<i64>()?;
        let via = &mut row.item(&mut claims)?.via;
        row.ordinal(via.len())?;
        via.push(Via {
            name: row.take()?,
            spans: Vec::new(),
        });
        Ok(())
    })?;
    rows(connection, &tables::CLAIM_SPANS, key..=key, |row| {
        row.take::<i64>()?;
        claim_span(row, &mut claims)
    })?;
    rows(connection, &tables::CLAIM_FLAGS, key..=key, |row| {
        row.take::<i64>()?;
        let flags = &mut row.item(&mut claims)?.flags;
        row.ordinal(flags.len())?;
        flags.push(row.word(Flag::parse)?);
        Ok(())
    })?;
    rows(connection, &tables::CLAIM_WHYS, key..=key, |row| {
        row.take::<i64>()?;
        let why = &mut row.item(&mut claims)?.why;
        row.ordinal(why.len())?;
        why.push(Why {
            rule: row.take()?,
            note: row.take()?,
            spans: Vec::new(),
        });
        Ok(())
    })?;
    rows(connection, &tables::CLAIM_WHY_SPANS, key..=key, |row| {
        row.take::<i64>()?;
        let why = &mut row.item(&mut claims)?.why;
        let spans = &mut row.item(why)?.spans;
        row.ordinal(spans.len())?;
        spans.push(row.span()?);
        Ok(())
    })?;
    read_events(connection, key, &mut claims)?;
    Ok(claims)
}

/// A claim without what stands in other tables.
fn claim(row: &mut Columns) -> Sql<Claim> {
    let (id, voice) = (row.take()?, row.word(Voice::parse)?);
    let source = Source {
        kind: row.word(SourceKind::parse)?,
        spans: Vec::new(),
        entity: entity_id(row)?,
        name: row.take()?,
        name_basis: row.maybe_word(NameBasis::parse)?,
        speaks_for: entity_id(row)?,
    };
    let cue = row.take::<Option<String>>()?.map(|lemma| Cue {
        spans: Vec::new(),
        lemma,
    });
    let act = row.word(Act::parse)?;
    let content = Content {
        spans: Vec::new(),
        quotation: row.word(Quotation::parse)?,
    };
    // The selector is derived from the content's spans.
    row.skip(5);
    Ok(Claim {
        id,
        voice,
        source,
        cue,
        act,
        content,
        polarity: row.word(Polarity::parse)?,
        certainty: row.word(Certainty::parse)?,
        unverified_by: unverified_by(row)?,
        confidence: Confidence {
            attribution: row.take()?,
            source: row.take()?,
            act: row.number()?,
        },
        standing: row.word(Standing::parse)?,
        refers_to: row.take()?,
        addressee: None,
        channel: None,
        via: Vec::new(),
        said: row.time()?,
        events: Vec::new(),
        flags: Vec::new(),
        why: Vec::new(),
    })
}

fn unverified_by(row: &mut Columns) -> Sql<Option<UnverifiedBy>> {
    let by_outlet = row.maybe_word(|word| match word {
        "outlet" => Some(true),
        "entity" => Some(false),
        _ => None,
    })?;
    let entity = entity_id(row)?;
    Ok(match by_outlet {
        Some(true) => Some(UnverifiedBy::Outlet),
        Some(false) => entity.map(UnverifiedBy::Entity),
        None => None,
    })
}

fn claim_span(row: &mut Columns, claims: &mut [Claim]) -> Sql<()> {
    let claim = row.item(claims)?;
    let role: String = row.take()?;
    let list: &mut Vec<Span> = match (role.as_str(), &mut claim.cue) {
        ("source", _) => {
            row.skip(1);
            &mut claim.source.spans
        }
        ("content", _) => {
            row.skip(1);
            &mut claim.content.spans
        }
        ("cue", Some(cue)) => {
            row.skip(1);
            &mut cue.spans
        }
        ("addressee", _) => {
            row.skip(2);
            claim.addressee = Some(row.span()?);
            return Ok(());
        }
        ("channel", _) => {
            row.skip(2);
            claim.channel = Some(row.span()?);
            return Ok(());
        }
        // Any other role has no such part here, which is the same error as a relay that is not there.
        ("via", _) => &mut row.item(&mut claim.via)?.spans,
        _ => &mut row.item::<Via>(&mut [])?.spans,
    };
    row.ordinal(list.len())?;
    list.push(row.span()?);
    Ok(())
}

fn read_events(connection: &Connection, key: i64, claims: &mut [Claim]) -> Sql<()> {
    rows(connection, &tables::EVENTS, key..=key, |row| {
        row.take::<i64>()?;
        let events = &mut row.item(claims)?.events;
        row.ordinal(events.len())?;
        events.push(event(row)?);
        Ok(())
    })?;
    rows(connection, &tables::EVENT_ALTERNATIVES, key..=key, |row| {
        let alternatives = &mut event_of(row, claims)?.alternatives;
        row.ordinal(alternatives.len())?;
        alternatives.push(row.word(EventType::parse)?);
        Ok(())
    })?;
    rows(connection, &tables::PARTICIPANTS, key..=key, |row| {
        let participants = &mut event_of(row, claims)?.participants;
        row.ordinal(participants.len())?;
        participants.push(Participant {
            role: row.word(Role::parse)?,
            entity: entity_id(row)?,
            spans: Vec::new(),
            basis: row.word(Basis::parse)?,
        });
        Ok(())
    })?;
    rows(connection, &tables::PARTICIPANT_SPANS, key..=key, |row| {
        let participants = &mut event_of(row, claims)?.participants;
        let spans = &mut row.item(participants)?.spans;
        row.ordinal(spans.len())?;
        spans.push(row.span()?);
        Ok(())
    })?;
    rows(connection, &tables::EVENT_QUANTITIES, key..=key, |row| {
        let quantities = &mut event_of(row, claims)?.quantities;
        row.ordinal(quantities.len())?;
        quantities.push(row.quantity()?);
        Ok(())
    })
}

fn event_of<'l>(row: &mut Columns, claims: &'l mut [Claim]) -> Sql<&'l mut Event> {
    row.take::<i64>()?;
    let events = &mut row.item(claims)?.events;
    row.item(events)
}

fn event(row: &mut Columns) -> Sql<Event> {
    let kind = row.word(EventType::parse)?;
    let span = row.span()?;
    let confidence = row.number()?;
    let (realis, polarity) = (row.word(Realis::parse)?, row.word(Polarity::parse)?);
    let place = entity_id(row)?;
    let cause = row.maybe_span()?;
    Ok(Event {
        kind,
        span,
        confidence,
        alternatives: Vec::new(),
        realis,
        polarity,
        participants: Vec::new(),
        place,
        time: row.time()?,
        quantities: Vec::new(),
        cause,
    })
}
