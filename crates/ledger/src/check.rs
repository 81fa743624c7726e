//! The ledger's own check: is the file whole, and does every stored span still slice to its words.
//!
//! It does not know whether a reading is right, only whether it is what was stored; it changes nothing.

use crate::error::Sql;
use crate::{lists, write};
use rusqlite::Connection;
use text::Span;

/// Problems as sentences, in a fixed order; empty where all is well.
pub(crate) fn check(connection: &Connection) -> Vec<String> {
    let mut problems = Vec::new();
    type Check = fn(&Connection, &mut Vec<String>) -> Sql<()>;
    let checks: [(&str, Check); 6] = [
        ("whether the file is whole", file),
        ("whether rows belong together", foreign_keys),
        ("the claims' spans", claim_spans),
        ("the claims' quotes", quotes),
        ("the numbers of entities and claims", numbers),
        ("the raw bytes", raw),
    ];
    for (what, run) in checks {
        // A check that the damage itself stops is a finding; the others still run.
        if let Err(error) = run(connection, &mut problems) {
            problems.push(format!("Could not check {what}: {error}."));
        }
    }
    problems
}

fn file(connection: &Connection, problems: &mut Vec<String>) -> Sql<()> {
    let found: Vec<String> = connection
        .prepare("PRAGMA quick_check")?
        .query_map([], |row| row.get(0))?
        .collect::<Sql<_>>()?;
    problems.extend(
        found
            .into_iter()
            .filter(|line| line != "ok")
            .map(|line| format!("The file is damaged: {line}.")),
    );
    Ok(())
}

fn foreign_keys(connection: &Connection, problems: &mut Vec<String>) -> Sql<()> {
    let found: Vec<(String, String)> = connection
        .prepare("PRAGMA foreign_key_check")?
        .query_map([], |row| Ok((row.get(0)?, row.get(2)?)))?
        .collect::<Sql<_>>()?;
    problems.extend(found.into_iter().map(|(child, parent)| {
        format!("A row of {child} belongs to a row of {parent} that is not there.")
    }));
    Ok(())
}

/// Calls `each` with every document's id and text and its key.
fn texts(connection: &Connection, mut each: impl FnMut(i64, &str, &str) -> Sql<()>) -> Sql<()> {
    let mut documents = connection.prepare("SELECT key, id, text FROM documents ORDER BY id")?;
    let mut rows = documents.query([])?;
    while let Some(row) = rows.next()? {
        each(
            row.get(0)?,
            row.get_ref(1)?.as_str()?,
            row.get_ref(2)?.as_str()?,
        )?;
    }
    Ok(())
}

fn claim_spans(connection: &Connection, problems: &mut Vec<String>) -> Sql<()> {
    let mut spans = connection.prepare(
        "SELECT claims.id, s.role, s.start, s.end, s.quote FROM claim_spans AS s \
         JOIN claims ON claims.document = s.document AND claims.ordinal = s.claim \
         WHERE s.document = ? ORDER BY s.claim, s.role, s.part, s.ordinal",
    )?;
    texts(connection, |key, document, text| {
        let mut rows = spans.query([key])?;
        while let Some(row) = rows.next()? {
            let (start, end) = (row.get(2)?, row.get(3)?);
            let span = Span { start, end };
            if !span.fits(text) || span.slice(text) != row.get_ref(4)?.as_str()? {
                let (claim, role): (String, String) = (row.get(0)?, row.get(1)?);
                problems.push(format!(
                    "The {role} of claim cl_{claim} (bytes {start} to {end} of document {document}) is not its quote."
                ));
            }
        }
        Ok(())
    })
}

fn quotes(connection: &Connection, problems: &mut Vec<String>) -> Sql<()> {
    let mut claims = connection.prepare(
        "SELECT id, start, end, quote, prefix, suffix FROM claims WHERE document = ? ORDER BY ordinal",
    )?;
    texts(connection, |key, document, text| {
        let mut rows = claims.query([key])?;
        while let Some(row) = rows.next()? {
            let span = Span {
                start: row.get(1)?,
                end: row.get(2)?,
            };
            let now = write::selector(&[span], text);
            let stored = (
                row.get_ref(3)?.as_str()?,
                row.get_ref(4)?.as_str()?,
                row.get_ref(5)?.as_str()?,
            );
            if !span.fits(text) || stored != (now.quote, now.prefix, now.suffix) {
                let claim: String = row.get(0)?;
                problems.push(format!(
                    "The quote of claim cl_{claim}, or the words around it, are not those of document {document}."
                ));
            }
        }
        Ok(())
    })
}

/// References by number within a document, which are no foreign keys, and claim ids, which should be unique.
fn numbers(connection: &Connection, problems: &mut Vec<String>) -> Sql<()> {
    for (table, column, list) in [
        ("entities", "speaks_for", "entities"),
        ("mentions", "entity", "entities"),
        ("claims", "source_entity", "entities"),
        ("claims", "speaks_for", "entities"),
        ("claims", "unverified_entity", "entities"),
        ("claims", "refers_to", "claims"),
        ("events", "place", "entities"),
        ("participants", "entity", "entities"),
    ] {
        let sql = format!(
            "SELECT documents.id, t.{column} FROM {table} AS t JOIN documents ON documents.key = t.document \
             WHERE t.{column} IS NOT NULL AND NOT EXISTS \
             (SELECT 1 FROM {list} AS l WHERE l.document = t.document AND l.ordinal = t.{column}) ORDER BY 1, 2"
        );
        let found: Vec<(String, i64)> = connection
            .prepare(&sql)?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Sql<_>>()?;
        problems.extend(found.into_iter().map(|(document, number)| {
            format!("Document {document}: {column} in {table} is number {number} of its {list}, which is not there.")
        }));
    }
    let twice: Vec<String> = connection
        .prepare("SELECT id FROM claims GROUP BY id HAVING count(*) > 1 ORDER BY id")?
        .query_map([], |row| row.get(0))?
        .collect::<Sql<_>>()?;
    problems.extend(
        twice
            .into_iter()
            .map(|claim| format!("Several claims have the id cl_{claim}.")),
    );
    Ok(())
}

fn raw(connection: &Connection, problems: &mut Vec<String>) -> Sql<()> {
    let mut kept =
        connection.prepare("SELECT sha256, size, zstd FROM raw_bytes ORDER BY sha256")?;
    let mut rows = kept.query([])?;
    while let Some(row) = rows.next()? {
        let sha256: String = row.get(0)?;
        match lists::unpack(row.get_ref(2)?.as_blob()?, row.get(1)?) {
            Ok(bytes) if write::hex(&bytes) == sha256 => {}
            Ok(_) => problems.push(format!(
                "The raw bytes kept under {sha256} have another hash."
            )),
            Err(error) => problems.push(format!(
                "The raw bytes kept under {sha256} cannot be unpacked: {error}."
            )),
        }
    }
    let other: Vec<(String, String)> = connection
        .prepare("SELECT id, sha256 FROM documents WHERE substr(sha256, 1, length(id)) <> id ORDER BY id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Sql<_>>()?;
    problems.extend(other.into_iter().map(|(document, sha256)| {
        format!(
            "The raw bytes kept for document {document} are other bytes: their hash is {sha256}."
        )
    }));
    Ok(())
}
