//! Readings into rows: documents, sightings, raw bytes and everything read in a document.
//!
//! It does not know links or judgements, and opens no transaction: its caller does.

use crate::Put;
use crate::columns::Insert;
use crate::error::Sql;
use crate::tables;
use annotate::{Annotations, Claim, Event, UnverifiedBy};
use link::Reading;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use text::{Document, Note, Sighting, Span};

/// Characters of text kept on either side of a quote, as in the W3C's text quote selector.
const AROUND: usize = 32;

/// Raw bytes made ready to be stored, before the ledger is locked for writing.
pub(crate) struct Raw {
    sha256: String,
    size: usize,
    zstd: Vec<u8>,
}

impl Raw {
    pub(crate) fn of(bytes: &[u8]) -> std::io::Result<Self> {
        Ok(Self {
            sha256: hex(bytes),
            size: bytes.len(),
            zstd: zstd::encode_all(bytes, 0)?,
        })
    }
}

/// All 64 hex digits of SHA-256.
pub(crate) fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A stretch of text with the characters around it: where it is and how to find it again if the offsets move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Selector<'t> {
    pub(crate) span: Span,
    pub(crate) quote: &'t str,
    pub(crate) prefix: &'t str,
    pub(crate) suffix: &'t str,
}

/// From the first byte of the spans to the last. Without spans, an empty stretch at 0.
pub(crate) fn selector<'t>(spans: &[Span], text: &'t str) -> Selector<'t> {
    let span = spans
        .iter()
        .copied()
        .reduce(Span::cover)
        .unwrap_or(Span { start: 0, end: 0 });
    let before = text.get(..span.from()).unwrap_or("");
    let after = text.get(span.to()..).unwrap_or("");
    let prefix = before
        .char_indices()
        .nth_back(AROUND - 1)
        .map_or(before, |(at, _)| &before[at..]);
    let suffix = after
        .char_indices()
        .nth(AROUND)
        .map_or(after, |(at, _)| &after[..at]);
    Selector {
        span,
        quote: span.slice(text),
        prefix,
        suffix,
    }
}

/// Stores one reading.
pub(crate) fn put(
    connection: &Connection,
    reading: &Reading,
    raw: Option<&Raw>,
    fingerprint: &str,
) -> Sql<Put> {
    let document = &reading.document;
    if let Some(raw) = raw {
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO raw_bytes (sha256, size, zstd) VALUES (?, ?, ?)",
            )?
            .execute(params![raw.sha256, raw.size as i64, raw.zstd])?;
    }
    let known: Option<(i64, String)> = connection
        .prepare_cached("SELECT key, fingerprint FROM documents WHERE id = ?")?
        .query_row([&document.id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let sha256 = raw.map(|raw| raw.sha256.as_str());
    let put = match known {
        None => {
            let key = add_document(connection, document, sha256, fingerprint)?;
            add_sightings(connection, key, &document.sightings)?;
            add_reading(connection, key, reading)?;
            Put::Added
        }
        Some((key, stored)) => {
            if let Some(sha256) = sha256 {
                connection
                    .prepare_cached(
                        "UPDATE documents SET sha256 = ?2 WHERE key = ?1 AND sha256 IS NULL",
                    )?
                    .execute(params![key, sha256])?;
            }
            let new = add_sightings(connection, key, &document.sightings)?;
            if stored != fingerprint {
                replace_document(connection, key, document, fingerprint)?;
                take_out_reading(connection, key)?;
                add_reading(connection, key, reading)?;
                Put::Reread
            } else if new > 0 {
                Put::Sighted
            } else {
                Put::Unchanged
            }
        }
    };
    clear_failed(connection, &document.sightings)?;
    Ok(put)
}

/// Whether a document with this id and fingerprint is there, with all these sightings, and no failure of theirs is
/// still remembered.
pub(crate) fn is_current(
    connection: &Connection,
    document: &Document,
    fingerprint: &str,
) -> Sql<bool> {
    let key: Option<i64> = connection
        .prepare_cached("SELECT key FROM documents WHERE id = ? AND fingerprint = ?")?
        .query_row([document.id.as_str(), fingerprint], |row| row.get(0))
        .optional()?;
    let Some(key) = key else { return Ok(false) };
    let mut seen = connection.prepare_cached(
        "SELECT 1 FROM sightings WHERE document = ? AND path IS ? AND url IS ? AND outlet IS ? AND captured IS ? \
         AND record_id IS ?",
    )?;
    let mut failed = connection.prepare_cached(FAILED)?;
    for s in &document.sightings {
        let sighting = params![key, s.path, s.url, s.outlet, s.captured, s.record_id];
        if !seen.exists(sighting)? || failed.exists(params![s.path, s.record_id])? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A failure names its record after a colon, as `ingest` does.
const FAILED: &str = "SELECT 1 FROM failed_inputs WHERE path = ?1 OR path = ?1 || ':' || ?2";

fn clear_failed(connection: &Connection, sightings: &[Sighting]) -> Sql<()> {
    let mut clear = connection
        .prepare_cached("DELETE FROM failed_inputs WHERE path = ?1 OR path = ?1 || ':' || ?2")?;
    for sighting in sightings {
        clear.execute(params![sighting.path, sighting.record_id])?;
    }
    Ok(())
}

const META: &str = "fingerprint, text, title, outlet, byline, url, published, published_basis, language, is_article, \
                    is_translated, translated_from, translated_by, translated_original";

fn bind_meta(row: &mut Insert, document: &Document, fingerprint: &str) {
    let meta = &document.meta;
    let translated = meta.translated.as_ref();
    row.add(fingerprint)
        .add(&document.text)
        .add(&meta.title)
        .add(&meta.outlet)
        .add(&meta.byline)
        .add(&meta.url)
        .add(&meta.published)
        .add(meta.published_basis.as_str())
        .add(&meta.language)
        .add(document.is_article())
        .add(translated.is_some())
        .add(translated.and_then(|translated| translated.from.as_deref()))
        .add(translated.and_then(|translated| translated.by.as_deref()))
        .add(translated.and_then(|translated| translated.original.as_deref()));
}

fn add_document(
    connection: &Connection,
    document: &Document,
    sha256: Option<&str>,
    fingerprint: &str,
) -> Sql<i64> {
    let marks = vec!["?"; META.split(',').count()].join(",");
    let sql = format!("INSERT INTO documents ({META}, id, sha256) VALUES ({marks}, ?, ?)");
    let mut row = Insert::with(connection, &sql)?;
    bind_meta(&mut row, document, fingerprint);
    row.add(&document.id).add(sha256).run()?;
    Ok(connection.last_insert_rowid())
}

fn replace_document(
    connection: &Connection,
    key: i64,
    document: &Document,
    fingerprint: &str,
) -> Sql<()> {
    // The text too: the same bytes may give another text under other options, and spans are made for the text they came with.
    let marks = vec!["?"; META.split(',').count()].join(",");
    let sql = format!("UPDATE documents SET ({META}) = ({marks}) WHERE key = ?");
    let mut row = Insert::with(connection, &sql)?;
    bind_meta(&mut row, document, fingerprint);
    row.add(key).run()?;
    Ok(())
}

/// How many of them were new.
fn add_sightings(connection: &Connection, key: i64, sightings: &[Sighting]) -> Sql<usize> {
    let mut add = connection.prepare_cached(
        "INSERT OR IGNORE INTO sightings (document, ordinal, path, url, outlet, captured, record_id) \
         VALUES (?1, (SELECT count(*) FROM sightings WHERE document = ?1), ?2, ?3, ?4, ?5, ?6)",
    )?;
    let mut new = 0;
    for s in sightings {
        new += add.execute(params![
            key,
            s.path,
            s.url,
            s.outlet,
            s.captured,
            s.record_id
        ])?;
    }
    Ok(new)
}

/// Puts what was read in a document in the place of what is there; the document itself stays as it is.
pub(crate) fn put_annotations(connection: &Connection, reading: &Reading) -> Sql<()> {
    let key = connection
        .prepare_cached("SELECT key FROM documents WHERE id = ?")?
        .query_row([&reading.document.id], |row| row.get(0))?;
    take_out_reading(connection, key)?;
    add_reading(connection, key, reading)
}

fn take_out_reading(connection: &Connection, key: i64) -> Sql<()> {
    for table in tables::READING {
        connection
            .prepare_cached(&format!("DELETE FROM {} WHERE document = ?", table.name))?
            .execute([key])?;
    }
    Ok(())
}

fn add_reading(connection: &Connection, key: i64, reading: &Reading) -> Sql<()> {
    let Reading {
        document,
        annotations,
    } = reading;
    let mut row = Insert::into(connection, &tables::BLOCKS)?;
    for (i, block) in document.blocks.iter().enumerate() {
        row.add(key)
            .index(i)
            .span(block.span)
            .add(block.kind.as_str())
            .maybe_span(block.raw)
            .run()?;
    }
    add_notes(connection, key, "document", &document.notes)?;
    add_notes(connection, key, "annotations", &annotations.notes)?;
    add_entities(connection, key, annotations)?;
    add_times_and_quantities(connection, key, annotations)?;
    add_claims(connection, key, &annotations.claims, &document.text)
}

fn add_notes(connection: &Connection, key: i64, stage: &str, notes: &[Note]) -> Sql<()> {
    let mut row = Insert::into(connection, &tables::NOTES)?;
    for (i, note) in notes.iter().enumerate() {
        row.add(key)
            .add(stage)
            .index(i)
            .span(note.span)
            .add(&note.code)
            .add(&note.message)
            .run()?;
    }
    Ok(())
}

fn add_entities(connection: &Connection, key: i64, annotations: &Annotations) -> Sql<()> {
    let mut row = Insert::into(connection, &tables::ENTITIES)?;
    let mut form_row = Insert::into(connection, &tables::FORMS)?;
    let mut mention_row = Insert::into(connection, &tables::ENTITY_MENTIONS)?;
    let mut role_row = Insert::into(connection, &tables::ENTITY_ROLES)?;
    for (e, entity) in annotations.entities.iter().enumerate() {
        row.add(key)
            .index(e)
            .add(&entity.name)
            .add(entity.kind.as_str())
            .add(entity.speaks_for.map(|body| body.0))
            .place(entity.place.as_ref())
            .link(entity.link.as_ref())
            .run()?;
        for (i, form) in entity.forms.iter().enumerate() {
            form_row
                .add(key)
                .index(e)
                .index(i)
                .add(&form.text)
                .add(form.count)
                .run()?;
        }
        for (i, span) in entity.mentions.iter().enumerate() {
            mention_row.add(key).index(e).index(i).span(*span).run()?;
        }
        for (i, role) in entity.roles.iter().enumerate() {
            role_row.add(key).index(e).index(i).add(role).run()?;
        }
    }
    let mut row = Insert::into(connection, &tables::MENTIONS)?;
    let mut role_row = Insert::into(connection, &tables::MENTION_ROLES)?;
    for (i, mention) in annotations.mentions.iter().enumerate() {
        row.add(key)
            .index(i)
            .span(mention.span)
            .span(mention.head)
            .add(mention.kind.as_str())
            .add(mention.form.as_str())
            .add(mention.entity.map(|entity| entity.0))
            .maybe_span(mention.title)
            .run()?;
        for (j, role) in mention.roles.iter().enumerate() {
            role_row.add(key).index(i).index(j).span(*role).run()?;
        }
    }
    Ok(())
}

fn add_times_and_quantities(
    connection: &Connection,
    key: i64,
    annotations: &Annotations,
) -> Sql<()> {
    let mut row = Insert::into(connection, &tables::TIMES)?;
    for (i, time) in annotations.times.iter().enumerate() {
        row.add(key).index(i).time(Some(time)).run()?;
    }
    let mut row = Insert::into(connection, &tables::QUANTITIES)?;
    for (i, quantity) in annotations.quantities.iter().enumerate() {
        row.add(key).index(i).quantity(quantity).run()?;
    }
    Ok(())
}

fn add_claims(connection: &Connection, key: i64, claims: &[Claim], text: &str) -> Sql<()> {
    let mut row = Insert::into(connection, &tables::CLAIMS)?;
    let mut span_row = Insert::into(connection, &tables::CLAIM_SPANS)?;
    let mut via_row = Insert::into(connection, &tables::CLAIM_VIAS)?;
    let mut flag_row = Insert::into(connection, &tables::CLAIM_FLAGS)?;
    let mut why_row = Insert::into(connection, &tables::CLAIM_WHYS)?;
    let mut why_span_row = Insert::into(connection, &tables::CLAIM_WHY_SPANS)?;
    let mut events = EventRows::into(connection)?;
    for (c, claim) in claims.iter().enumerate() {
        bind_claim(&mut row, key, c, claim, text);
        row.run()?;
        for (role, part, spans) in claim_spans(claim) {
            for (i, span) in spans.iter().enumerate() {
                span_row
                    .add(key)
                    .index(c)
                    .add(role)
                    .index(part)
                    .index(i)
                    .span(*span)
                    .add(span.slice(text))
                    .run()?;
            }
        }
        for (i, via) in claim.via.iter().enumerate() {
            via_row.add(key).index(c).index(i).add(&via.name).run()?;
        }
        for (i, flag) in claim.flags.iter().enumerate() {
            flag_row
                .add(key)
                .index(c)
                .index(i)
                .add(flag.as_str())
                .run()?;
        }
        for (w, why) in claim.why.iter().enumerate() {
            why_row
                .add(key)
                .index(c)
                .index(w)
                .add(&why.rule)
                .add(&why.note)
                .run()?;
            for (i, span) in why.spans.iter().enumerate() {
                why_span_row
                    .add(key)
                    .index(c)
                    .index(w)
                    .index(i)
                    .span(*span)
                    .run()?;
            }
        }
        for (e, event) in claim.events.iter().enumerate() {
            events.add(key, c, e, event)?;
        }
    }
    Ok(())
}

fn bind_claim(row: &mut Insert, key: i64, c: usize, claim: &Claim, text: &str) {
    let place = selector(&claim.content.spans, text);
    row.add(key)
        .index(c)
        .add(&claim.id)
        .add(claim.voice.as_str())
        .add(claim.source.kind.as_str())
        .add(claim.source.entity.map(|entity| entity.0))
        .add(&claim.source.name)
        .add(claim.source.name_basis.map(annotate::NameBasis::as_str))
        .add(claim.source.speaks_for.map(|entity| entity.0))
        .add(claim.cue.as_ref().map(|cue| cue.lemma.as_str()))
        .add(claim.act.as_str())
        .add(claim.content.quotation.as_str())
        .span(place.span)
        .add(place.quote)
        .add(place.prefix)
        .add(place.suffix)
        .add(claim.polarity.as_str())
        .add(claim.certainty.as_str());
    match claim.unverified_by {
        None => row.add(None::<&str>).add(None::<u32>),
        Some(UnverifiedBy::Outlet) => row.add("outlet").add(None::<u32>),
        Some(UnverifiedBy::Entity(entity)) => row.add("entity").add(entity.0),
    };
    row.add(claim.confidence.attribution)
        .add(claim.confidence.source)
        .add(claim.confidence.act)
        .add(claim.standing.as_str())
        .add(claim.refers_to)
        .time(claim.said.as_ref());
}

/// A claim's spans by role and part.
pub(crate) fn claim_spans(claim: &Claim) -> Vec<(&'static str, usize, &[Span])> {
    let mut all: Vec<(&'static str, usize, &[Span])> = vec![
        ("source", 0, &claim.source.spans),
        ("content", 0, &claim.content.spans),
        ("addressee", 0, claim.addressee.as_slice()),
        ("channel", 0, claim.channel.as_slice()),
    ];
    if let Some(cue) = &claim.cue {
        all.push(("cue", 0, &cue.spans));
    }
    for (part, via) in claim.via.iter().enumerate() {
        all.push(("via", part, &via.spans));
    }
    all
}

struct EventRows<'c> {
    event: Insert<'c>,
    alternative: Insert<'c>,
    participant: Insert<'c>,
    participant_span: Insert<'c>,
    quantity: Insert<'c>,
}

impl<'c> EventRows<'c> {
    fn into(connection: &'c Connection) -> Sql<Self> {
        Ok(Self {
            event: Insert::into(connection, &tables::EVENTS)?,
            alternative: Insert::into(connection, &tables::EVENT_ALTERNATIVES)?,
            participant: Insert::into(connection, &tables::PARTICIPANTS)?,
            participant_span: Insert::into(connection, &tables::PARTICIPANT_SPANS)?,
            quantity: Insert::into(connection, &tables::EVENT_QUANTITIES)?,
        })
    }

    fn add(&mut self, key: i64, c: usize, e: usize, event: &Event) -> Sql<()> {
        self.event
            .add(key)
            .index(c)
            .index(e)
            .add(event.kind.as_str())
            .span(event.span)
            .add(event.confidence)
            .add(event.realis.as_str())
            .add(event.polarity.as_str())
            .add(event.place.map(|place| place.0))
            .maybe_span(event.cause)
            .time(event.time.as_ref())
            .run()?;
        for (i, kind) in event.alternatives.iter().enumerate() {
            self.alternative
                .add(key)
                .index(c)
                .index(e)
                .index(i)
                .add(kind.as_str())
                .run()?;
        }
        for (p, participant) in event.participants.iter().enumerate() {
            self.participant
                .add(key)
                .index(c)
                .index(e)
                .index(p)
                .add(participant.role.as_str())
                .add(participant.entity.map(|entity| entity.0))
                .add(participant.basis.as_str())
                .run()?;
            for (i, span) in participant.spans.iter().enumerate() {
                self.participant_span
                    .add(key)
                    .index(c)
                    .index(e)
                    .index(p)
                    .index(i)
                    .span(*span)
                    .run()?;
            }
        }
        for (i, quantity) in event.quantities.iter().enumerate() {
            self.quantity
                .add(key)
                .index(c)
                .index(e)
                .index(i)
                .quantity(quantity)
                .run()?;
        }
        Ok(())
    }
}
