//! Judgements: what a person decided on identity or linking. Appended, retracted by date, never changed or deleted.
//!
//! It does not know what follows from a judgement: that is `link`.

use crate::anchors::{self, Anchor, Mark, Role};
use crate::columns::{Columns, Insert};
use crate::error::Sql;
use crate::{log, write};
use link::{MatterKind, Member, Reading};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::BTreeMap;
use text::vocabulary;

vocabulary! {
    /// What a person can decide.
    Verb {
        Same = "same",
        Different = "different",
        Unsure = "unsure",
        Link = "link",
        Unlink = "unlink",
        Relation = "relation",
        Slot = "slot",
        Merge = "merge",
        Split = "split",
        Rename = "rename",
        SameSide = "same-side",
        Copy = "copy",
        NotCopy = "not-copy",
        Published = "published",
        Ignore = "ignore",
        Retract = "retract",
    }
}

/// A judgement to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub verb: Verb,
    /// About what: an id with its prefix (`cl_…`, `en_…`, `ma_…`, `ju_…` for `retract`), or a document's id.
    pub subject: String,
    /// The other id, where the verb has one.
    pub object: Option<String>,
    /// The value, where the verb has one: a name, a date, a relation.
    pub value: Option<String>,
    /// Who decided.
    pub by_name: String,
    /// When, RFC 3339; none is now.
    pub at: Option<String>,
    /// Why.
    pub note: Option<String>,
}

/// A judgement as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// `ju_` and 16 hex digits, over everything in the decision.
    pub id: String,
    /// The decision; its `at` is always there.
    pub decision: Decision,
    /// When it was retracted.
    pub retracted_at: Option<String>,
    /// Where the claim stood that it was about, or a name of the entity; none for any other subject.
    pub anchor: Option<Anchor>,
    /// Likewise its object.
    pub object_anchor: Option<Anchor>,
    /// The claims by which matters that it is about are known again, and claims that it takes out of one.
    pub marks: Vec<Mark>,
}

impl Judgement {
    /// The documents' entities that it is about now: of its subject and of its object, where their words still stand.
    #[must_use]
    pub fn members(&self, readings: &[Reading]) -> [Option<Member>; 2] {
        [&self.anchor, &self.object_anchor]
            .map(|anchor| anchors::member(anchor.as_ref()?, readings))
    }
}

const COLUMNS: &str = "id, verb, subject, object, value, by_name, at, note, retracted_at, anchor_document, anchor_start, \
                       anchor_end, anchor_quote, anchor_prefix, anchor_suffix, object_document, object_start, object_end, \
                       object_quote, object_prefix, object_suffix";

/// What became of a decision.
pub(crate) enum Added {
    /// Stored under this id.
    New(String),
    /// It was there already.
    Known(String),
    /// It retracts a judgement that is not there.
    NothingToRetract,
}

/// Stores a judgement; the same one twice is stored once.
pub(crate) fn add(connection: &Connection, decision: &Decision) -> Sql<Added> {
    let at = decision.at.clone().unwrap_or_else(log::instant);
    let id = id(decision, &at);
    if get(connection, &id)?.is_some() {
        return Ok(Added::Known(id));
    }
    if decision.verb == Verb::Retract {
        let retracted = connection
            .prepare_cached(
                "UPDATE judgements SET retracted_at = ?2 WHERE id = ?1 AND retracted_at IS NULL",
            )?
            .execute([&decision.subject, &at])?;
        if retracted == 0 && get(connection, &decision.subject)?.is_none() {
            return Ok(Added::NothingToRetract);
        }
    }
    let anchors = anchors::of(connection, decision)?;
    let marks = anchors::marks(connection, decision)?;
    let mut row = Insert::with(
        connection,
        &format!(
            "INSERT INTO judgements ({COLUMNS}) VALUES ({})",
            vec!["?"; COLUMNS.split(',').count()].join(",")
        ),
    )?;
    row.add(&id)
        .add(decision.verb.as_str())
        .add(&decision.subject)
        .add(&decision.object)
        .add(&decision.value)
        .add(&decision.by_name)
        .add(&at)
        .add(&decision.note)
        .add(None::<&str>);
    for anchor in anchors {
        let anchor = anchor.as_ref();
        row.add(anchor.map(|anchor| anchor.document.as_str()))
            .maybe_span(anchor.map(|anchor| anchor.span))
            .add(anchor.map(|anchor| anchor.quote.as_str()))
            .add(anchor.map(|anchor| anchor.prefix.as_str()))
            .add(anchor.map(|anchor| anchor.suffix.as_str()));
    }
    row.run()?;
    for (ordinal, mark) in marks.iter().enumerate() {
        let mut row = Insert::with(
            connection,
            "INSERT INTO judgement_anchors (judgement, role, ordinal, kind, claim, document, start, end, quote, prefix, suffix) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        row.add(&id)
            .add(mark.role.as_str())
            .index(ordinal)
            .add(mark.kind.map(MatterKind::as_str))
            .add(&mark.claim)
            .add(&mark.anchor.document)
            .span(mark.anchor.span)
            .add(&mark.anchor.quote)
            .add(&mark.anchor.prefix)
            .add(&mark.anchor.suffix)
            .run()?;
    }
    log::add(
        connection,
        "judged",
        &format!("{id} {} {}", decision.verb, decision.subject),
    )?;
    Ok(Added::New(id))
}

/// Every judgement, retracted ones too, by time and id.
pub(crate) fn all(connection: &Connection) -> Sql<Vec<Judgement>> {
    let mut judgements: Vec<Judgement> = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM judgements ORDER BY at, id"))?
        .query_map([], judgement)?
        .collect::<Sql<_>>()?;
    let mut marks: BTreeMap<String, Vec<Mark>> = BTreeMap::new();
    let mut statement = connection.prepare_cached(
        "SELECT judgement, role, kind, claim, document, start, end, quote, prefix, suffix FROM judgement_anchors \
         ORDER BY judgement, role, ordinal",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut row = Columns::of(row);
        let judgement: String = row.take()?;
        let role = row.word(Role::parse)?;
        let kind: Option<String> = row.take()?;
        marks.entry(judgement).or_default().push(Mark {
            role,
            kind: kind.as_deref().and_then(MatterKind::parse),
            claim: row.take()?,
            anchor: anchors::anchor(&mut row)?,
        });
    }
    for judgement in &mut judgements {
        judgement.marks = marks.remove(&judgement.id).unwrap_or_default();
    }
    Ok(judgements)
}

/// The judgement with this id.
pub(crate) fn get(connection: &Connection, id: &str) -> Sql<Option<Judgement>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM judgements WHERE id = ?"))?
        .query_row([id], judgement)
        .optional()
}

/// A hash over every field, each with its length, so that no two decisions run into one.
fn id(decision: &Decision, at: &str) -> String {
    let mut bytes = Vec::new();
    for field in [
        Some(decision.verb.as_str()),
        Some(decision.subject.as_str()),
        decision.object.as_deref(),
        decision.value.as_deref(),
        Some(decision.by_name.as_str()),
        Some(at),
        decision.note.as_deref(),
    ] {
        let field = field.map_or_else(
            || "-".to_owned(),
            |field| format!("{}:{field}", field.len()),
        );
        bytes.extend_from_slice(field.as_bytes());
    }
    format!("ju_{}", &write::hex(&bytes)[..16])
}

fn judgement(row: &Row) -> Sql<Judgement> {
    let mut row = Columns::of(row);
    Ok(Judgement {
        id: row.take()?,
        decision: Decision {
            verb: row.word(Verb::parse)?,
            subject: row.take()?,
            object: row.take()?,
            value: row.take()?,
            by_name: row.take()?,
            at: row.take()?,
            note: row.take()?,
        },
        retracted_at: row.take()?,
        anchor: anchors::take(&mut row)?,
        object_anchor: anchors::take(&mut row)?,
        marks: Vec::new(),
    })
}

/// The documents that a judgement dates or has dated, by id.
pub(crate) fn dated(connection: &Connection) -> Sql<Vec<String>> {
    connection
        .prepare_cached("SELECT DISTINCT subject FROM judgements WHERE verb = ? ORDER BY subject")?
        .query_map([Verb::Published.as_str()], |row| row.get(0))?
        .collect()
}

/// Judgements in force whose anchor's words no longer stand in the anchor's place, because the document was read anew
/// and its text came out otherwise.
pub(crate) fn moved(connection: &Connection) -> Sql<Vec<Judgement>> {
    let mut moved = Vec::new();
    for judgement in all(connection)? {
        let anchors = [&judgement.anchor, &judgement.object_anchor];
        let marked = judgement.marks.iter().map(|mark| &mark.anchor);
        let mut stand = true;
        for anchor in anchors.into_iter().flatten().chain(marked) {
            stand &= stands(connection, anchor)?;
        }
        if judgement.retracted_at.is_none() && !stand {
            moved.push(judgement);
        }
    }
    Ok(moved)
}

fn stands(connection: &Connection, anchor: &Anchor) -> Sql<bool> {
    let text: Option<String> = connection
        .prepare_cached("SELECT text FROM documents WHERE id = ?")?
        .query_row([&anchor.document], |row| row.get(0))
        .optional()?;
    Ok(text.is_some_and(|text| anchor.span.slice(&text) == anchor.quote))
}
