//! What a search goes through: each document's text with where its claims stand, and every spelling of every entity.
//!
//! It does not know what is searched for, and loads nothing else of a reading.

use crate::columns::Columns;
use crate::error::Sql;
use annotate::EntityKind;
use rusqlite::Connection;
use text::Span;

/// A document as a search goes through it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searched {
    /// `Document::id`.
    pub document: String,
    /// Its date.
    pub published: Option<String>,
    /// Its text.
    pub text: String,
    /// Its claims, in order: `Claim::id`, and from the content's first word to its last.
    pub claims: Vec<(String, Span)>,
}

/// An entity across documents with its spellings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelt {
    /// `Entity::id`.
    pub entity: String,
    /// What it is.
    pub kind: EntityKind,
    /// Most frequent first.
    pub forms: Vec<String>,
}

/// Gives every document to `visit`, by document id.
pub(crate) fn each(connection: &Connection, visit: &mut dyn FnMut(Searched)) -> Sql<()> {
    let mut documents = connection
        .prepare_cached("SELECT key, id, published, text FROM dated_documents ORDER BY id")?;
    let mut claims = connection
        .prepare_cached("SELECT id, start, end FROM claims WHERE document = ? ORDER BY ordinal")?;
    let mut rows = documents.query([])?;
    while let Some(row) = rows.next()? {
        let key: i64 = row.get(0)?;
        let claims = claims
            .query_map([key], |row| {
                let mut row = Columns::of(row);
                Ok((row.take()?, row.span()?))
            })?
            .collect::<Sql<_>>()?;
        visit(Searched {
            document: row.get(1)?,
            published: row.get(2)?,
            text: row.get(3)?,
            claims,
        });
    }
    Ok(())
}

/// Every entity across documents with its spellings, by id.
pub(crate) fn spellings(connection: &Connection) -> Sql<Vec<Spelt>> {
    let mut all: Vec<Spelt> = Vec::new();
    let mut statement = connection.prepare_cached(
        "SELECT e.id, e.kind, f.text FROM linked_entities AS e JOIN linked_forms AS f ON f.entity = e.ordinal \
         ORDER BY e.ordinal, f.ordinal",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut row = Columns::of(row);
        let entity: String = row.take()?;
        let kind = row.word(EntityKind::parse)?;
        let form: String = row.take()?;
        match all.last_mut().filter(|last| last.entity == entity) {
            Some(last) => last.forms.push(form),
            None => all.push(Spelt {
                entity,
                kind,
                forms: vec![form],
            }),
        }
    }
    Ok(all)
}
