//! The log: what was done to the ledger and when. The only place, with judgements, that asks this machine's clock.
//!
//! It does not know why; nothing canonical rests on it.

use crate::error::Sql;
use rusqlite::{Connection, params};

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// RFC 3339, UTC, to the second.
    pub at: String,
    /// One word: `created`, `migrated`, `read`, `linked`, `judged`, or what the caller gave.
    pub what: String,
    /// The rest.
    pub detail: String,
}

/// This machine's clock, RFC 3339, UTC, to the second.
pub(crate) fn now() -> String {
    jiff::Timestamp::now()
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string()
}

/// Likewise to the millionth of a second: judgements are carried out in the order in which they were made, and a file of them takes less
/// than a second.
pub(crate) fn instant() -> String {
    jiff::Timestamp::now()
        .strftime("%Y-%m-%dT%H:%M:%S%.6fZ")
        .to_string()
}

pub(crate) fn add(connection: &Connection, what: &str, detail: &str) -> Sql<()> {
    connection
        .prepare_cached("INSERT INTO log (at, what, detail) VALUES (?, ?, ?)")?
        .execute(params![now(), what, detail])?;
    Ok(())
}

/// Every line, oldest first.
pub(crate) fn lines(connection: &Connection) -> Sql<Vec<LogLine>> {
    connection
        .prepare_cached("SELECT at, what, detail FROM log ORDER BY key")?
        .query_map([], |row| {
            Ok(LogLine {
                at: row.get(0)?,
                what: row.get(1)?,
                detail: row.get(2)?,
            })
        })?
        .collect()
}
