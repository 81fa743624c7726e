//! Questions that need no full load: one record by the beginning of its id, lists, counts, versions of a page.
//!
//! It does not know how anything is printed.

use crate::columns::Columns;
use crate::error::Sql;
use crate::{Coverage, judgements, links, read};
use annotate::EntityId;
use link::{Matter, Reading};
use rusqlite::{Connection, OptionalExtension, ToSql};
use text::{Meta, Sighting};

/// What the beginning of an id leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<T> {
    /// Nothing.
    None,
    /// One record.
    One(T),
    /// Several: their ids with prefix, in order, at most 20.
    Many(Vec<String>),
}

/// A document as lists show it, without text and claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// `Document::id`.
    pub id: String,
    /// What is known about it.
    pub meta: Meta,
    /// Where it was seen, in the order in which it was read.
    pub sightings: Vec<Sighting>,
    /// Bytes of text.
    pub bytes: u64,
    /// Whether it is an article.
    pub is_article: bool,
    /// Claims of either voice and any standing.
    pub claims: u64,
    /// Options and versions that it was read with, as given to `put`.
    pub fingerprint: String,
    /// SHA-256 of the raw bytes, 64 hex digits, where they are kept.
    pub sha256: Option<String>,
}

/// How much there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents.
    pub documents: u64,
    /// Occurrences of them.
    pub sightings: u64,
    /// Claims of either voice and any standing.
    pub claims: u64,
    /// Entities across documents.
    pub entities: u64,
    /// Matters.
    pub matters: u64,
    /// Of these, contested.
    pub contested: u64,
    /// Judgements, retracted ones included.
    pub judgements: u64,
    /// Documents whose raw bytes are kept.
    pub raw: u64,
}

/// One of the documents that were found under one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageVersion {
    /// `Document::id`.
    pub document: String,
    /// Its date.
    pub published: Option<String>,
    /// When it was first captured, where a container tells.
    pub first_captured: Option<String>,
}

/// The most ids that an ambiguous beginning gives.
const MANY: usize = 20;

/// Ids that begin so, each once, without prefix. `%` and `_` have no meaning in it.
fn ids(connection: &Connection, table: &str, beginning: &str) -> Sql<Vec<String>> {
    // Ids are ASCII, so everything that begins so lies between the beginning and the beginning with the highest character.
    connection
        .prepare_cached(&format!(
            "SELECT DISTINCT id FROM {table} WHERE id BETWEEN ?1 AND ?1 || char(1114111) ORDER BY id LIMIT ?2"
        ))?
        .query_map(rusqlite::params![beginning, MANY as i64], |row| row.get(0))?
        .collect()
}

fn find<T>(
    connection: &Connection,
    table: &str,
    prefix: &str,
    id: &str,
    one: impl FnOnce(&str) -> Sql<Option<T>>,
) -> Sql<Found<T>> {
    // Claims and documents are stored bare, the others with their prefix.
    let bare = matches!(table, "claims" | "documents");
    let rest = id.strip_prefix(prefix).unwrap_or(id);
    let stored = if bare { "" } else { prefix };
    let ids = ids(connection, table, &format!("{stored}{rest}"))?;
    match ids.as_slice() {
        [] => Ok(Found::None),
        [id] => Ok(one(id)?.map_or(Found::None, Found::One)),
        _ => {
            let added = if bare { prefix } else { "" };
            Ok(Found::Many(
                ids.iter().map(|id| format!("{added}{id}")).collect(),
            ))
        }
    }
}

/// The document whose id begins so, with what was read in it.
pub(crate) fn document(connection: &Connection, id: &str) -> Sql<Found<Reading>> {
    find(connection, "documents", "", id, |id| {
        read::key(connection, id)?
            .map(|key| read::reading(connection, key))
            .transpose()
    })
}

/// The claim whose id begins so: its document's reading and its index there.
pub(crate) fn claim(connection: &Connection, id: &str) -> Sql<Found<(Reading, usize)>> {
    find(connection, "claims", "cl_", id, |id| {
        let place: Option<(i64, u32)> = connection
            .prepare_cached(
                "SELECT document, ordinal FROM claims WHERE id = ? ORDER BY document, ordinal LIMIT 1",
            )?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        place
            .map(|(key, ordinal)| Ok((read::reading(connection, key)?, ordinal as usize)))
            .transpose()
    })
}

/// The entity across documents whose id begins so.
pub(crate) fn entity(connection: &Connection, id: &str) -> Sql<Found<link::Entity>> {
    find(connection, "linked_entities", "en_", id, |id| {
        let ordinal = first_ordinal(connection, "linked_entities", id)?;
        Ok(links::entities(connection, ordinal..=ordinal)?.pop())
    })
}

/// The matter whose id begins so.
pub(crate) fn matter(connection: &Connection, id: &str) -> Sql<Found<Matter>> {
    find(connection, "matters", "ma_", id, |id| {
        let ordinal = first_ordinal(connection, "matters", id)?;
        Ok(links::matters(connection, ordinal..=ordinal)?.pop())
    })
}

/// The judgement whose id begins so.
pub(crate) fn judgement(connection: &Connection, id: &str) -> Sql<Found<judgements::Judgement>> {
    find(connection, "judgements", "ju_", id, |id| {
        judgements::get(connection, id)
    })
}

fn first_ordinal(connection: &Connection, table: &str, id: &str) -> Sql<i64> {
    connection
        .prepare_cached(&format!(
            "SELECT ordinal FROM {table} WHERE id = ? ORDER BY ordinal LIMIT 1"
        ))?
        .query_row([id], |row| row.get(0))
}

/// Every document, by id.
pub(crate) fn documents(connection: &Connection) -> Sql<Vec<Listed>> {
    let sql = format!(
        "SELECT key, id, length(CAST(text AS BLOB)), is_article, fingerprint, sha256, \
         (SELECT count(*) FROM claims WHERE claims.document = dated.key), {} FROM dated_documents AS dated ORDER BY id",
        read::META
    );
    let mut listed: Vec<(i64, Listed)> = connection
        .prepare_cached(&sql)?
        .query_map([], |row| {
            let mut row = Columns::of(row);
            let key = row.take()?;
            let (id, bytes, is_article) = (row.take()?, row.take()?, row.take()?);
            let (fingerprint, sha256, claims) = (row.take()?, row.take()?, row.take()?);
            let meta = read::meta(&mut row)?;
            Ok((
                key,
                Listed {
                    id,
                    meta,
                    sightings: Vec::new(),
                    bytes,
                    is_article,
                    claims,
                    fingerprint,
                    sha256,
                },
            ))
        })?
        .collect::<Sql<_>>()?;
    for (key, document) in &mut listed {
        document.sightings = read::sightings(connection, *key)?;
    }
    Ok(listed.into_iter().map(|(_, document)| document).collect())
}

/// Inputs that could not be read: path, code, reason; by path.
pub(crate) fn failed(connection: &Connection) -> Sql<Vec<(String, String, String)>> {
    connection
        .prepare_cached("SELECT path, code, reason FROM failed_inputs ORDER BY path")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect()
}

/// The matters in which a claim (without prefix) stands, in the order of matters: matter and position.
pub(crate) fn matters_of(connection: &Connection, claim: &str) -> Sql<Vec<(String, String)>> {
    pairs(
        connection,
        "SELECT DISTINCT matters.id, positions.id FROM position_claims AS c \
         JOIN matters ON matters.ordinal = c.matter \
         JOIN positions ON positions.matter = c.matter AND positions.ordinal = c.position \
         WHERE c.claim = ? ORDER BY c.matter, c.position",
        claim,
    )
}

/// The matters that are about an entity, or lie there, in order.
pub(crate) fn matters_about(connection: &Connection, entity: &str) -> Sql<Vec<Matter>> {
    let ordinals: Vec<i64> = connection
        .prepare_cached(
            "SELECT ordinal FROM matters WHERE about = ?1 OR place = ?1 ORDER BY ordinal",
        )?
        .query_map([entity], |row| row.get(0))?
        .collect::<Sql<_>>()?;
    let matters = ordinals
        .into_iter()
        .map(|ordinal| links::matters(connection, ordinal..=ordinal));
    Ok(matters.collect::<Sql<Vec<_>>>()?.concat())
}

/// The entities across documents to which a document's entities belong, by local id.
pub(crate) fn entities_of(connection: &Connection, document: &str) -> Sql<Vec<(EntityId, String)>> {
    connection
        .prepare_cached(
            "SELECT m.member, e.id FROM linked_members AS m JOIN linked_entities AS e ON e.ordinal = m.entity \
             WHERE m.document = ? ORDER BY m.member, e.ordinal",
        )?
        .query_map([document], |row| Ok((EntityId(row.get(0)?), row.get(1)?)))?
        .collect()
}

fn pairs(connection: &Connection, sql: &str, of: impl ToSql) -> Sql<Vec<(String, String)>> {
    connection
        .prepare_cached(sql)?
        .query_map([of], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// The documents found under an address, in the order of their dates, undated ones by first capture.
pub(crate) fn versions(connection: &Connection, url: &str) -> Sql<Vec<PageVersion>> {
    connection
        .prepare_cached(
            "SELECT document, published, first_captured FROM page_versions WHERE url = ? ORDER BY ordinal",
        )?
        .query_map([url], |row| {
            Ok(PageVersion {
                document: row.get(0)?,
                published: row.get(1)?,
                first_captured: row.get(2)?,
            })
        })?
        .collect()
}

/// Addresses under which more than one document was found, in order.
pub(crate) fn edited_pages(connection: &Connection) -> Sql<Vec<String>> {
    connection
        .prepare_cached(
            "SELECT url FROM page_versions GROUP BY url HAVING count(*) > 1 ORDER BY url",
        )?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// The raw bytes of a document, where they are kept.
pub(crate) fn raw(connection: &Connection, document: &str) -> Sql<Option<Vec<u8>>> {
    connection
        .prepare_cached(
            "SELECT raw_bytes.size, raw_bytes.zstd FROM documents JOIN raw_bytes USING (sha256) WHERE id = ?",
        )?
        .query_row([document], |row| {
            Ok(unpack(row.get_ref(1)?.as_blob()?, row.get(0)?))
        })
        .optional()?
        .transpose()
}

/// Unpacks raw bytes; the stated size bounds what a damaged or hostile row can ask for.
pub(crate) fn unpack(packed: &[u8], size: u64) -> Sql<Vec<u8>> {
    usize::try_from(size)
        .map_err(std::io::Error::other)
        .and_then(|size| zstd::bulk::decompress(packed, size))
        .map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(
                1,
                rusqlite::types::Type::Blob,
                Box::new(error),
            )
        })
}

pub(crate) fn counts(connection: &Connection) -> Sql<Counts> {
    connection.query_row(
        "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM sightings), (SELECT count(*) FROM claims), \
         (SELECT count(*) FROM linked_entities), (SELECT count(*) FROM matters), \
         (SELECT count(*) FROM matters WHERE state = ?), (SELECT count(*) FROM judgements), \
         (SELECT count(*) FROM documents WHERE sha256 IS NOT NULL)",
        [link::State::Contested.as_str()],
        |row| {
            let mut row = Columns::of(row);
            Ok(Counts {
                documents: row.take()?,
                sightings: row.take()?,
                claims: row.take()?,
                entities: row.take()?,
                matters: row.take()?,
                contested: row.take()?,
                judgements: row.take()?,
                raw: row.take()?,
            })
        },
    )
}

pub(crate) fn coverage(connection: &Connection) -> Sql<Coverage> {
    connection.query_row(
        "SELECT count(*), count(*) FILTER (WHERE published IS NULL), \
         count(*) FILTER (WHERE language IS NOT NULL AND language <> 'en'), \
         count(*) FILTER (WHERE NOT is_article), (SELECT count(*) FROM failed_inputs) FROM dated_documents",
        [],
        |row| {
            let mut row = Columns::of(row);
            Ok(Coverage {
                read: row.take()?,
                undated: row.take()?,
                not_english: row.take()?,
                not_article: row.take()?,
                failed: row.take()?,
            })
        },
    )
}
