//! `Error`: what went wrong with a ledger, as a code and one sentence that names the file.
//!
//! It does not know which command was run; it turns what SQLite and the file system say into what a person can do.

use rusqlite::ErrorCode;
use std::path::Path;

/// What went wrong with a ledger: a code, what happened, what to do.
#[derive(Debug)]
pub struct Error {
    /// A short fixed word: `missing`, `busy`, `newer`, `older`, `damaged`, `not_a_ledger`, `full`, `permission`, `other`.
    pub code: &'static str,
    /// What happened and what to do, one sentence that names the file.
    pub message: String,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Shorthand.
pub type Result<T> = std::result::Result<T, Error>;

/// What the inner modules return: SQLite's own error, which only the public face turns into sentences.
pub(crate) type Sql<T> = rusqlite::Result<T>;

/// Turns an inner result into one that names the ledger.
pub(crate) trait Named<T> {
    fn named(self, path: &Path) -> Result<T>;
}

impl<T> Named<T> for Sql<T> {
    fn named(self, path: &Path) -> Result<T> {
        self.map_err(|error| from_sqlite(path, &error))
    }
}

pub(crate) fn missing(path: &Path) -> Error {
    Error {
        code: "missing",
        message: format!(
            "There is no ledger {}: run `rashomon read …` first, or name one with --ledger.",
            path.display()
        ),
    }
}

pub(crate) fn not_a_ledger(path: &Path, what: &str) -> Error {
    Error {
        code: "not_a_ledger",
        message: format!(
            "{} is not a ledger ({what}): name another file with --ledger; nothing was changed.",
            path.display()
        ),
    }
}

/// `needed`: the version of the program that brought the ledger to its schema, where the ledger tells.
pub(crate) fn newer(path: &Path, version: i64, known: i64, needed: Option<&str>) -> Error {
    let program = needed.map_or_else(
        || "a newer rashomon".to_owned(),
        |needed| format!("rashomon {needed} or newer"),
    );
    Error {
        code: "newer",
        message: format!(
            "The ledger {} has schema version {version} and this rashomon {} knows versions up to {known}: \
             use {program}; nothing was changed.",
            path.display(),
            env!("CARGO_PKG_VERSION")
        ),
    }
}

pub(crate) fn older(path: &Path, version: i64, known: i64) -> Error {
    Error {
        code: "older",
        message: format!(
            "The ledger {} has schema version {version} and this rashomon reads version {known}: \
             copy the file if you want to keep it as it is, then bring it up to date with `rashomon read … --ledger {}`.",
            path.display(),
            path.display()
        ),
    }
}

pub(crate) fn from_io(path: &Path, error: &std::io::Error) -> Error {
    use std::io::ErrorKind;
    let (code, what) = match error.kind() {
        ErrorKind::NotFound => ("missing", "its folder does not exist: create the folder"),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => (
            "permission",
            "the file or its folder may not be read or written: change the permissions",
        ),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ("full", "the disk is full: free some space")
        }
        _ => ("other", "see the system's own words"),
    };
    Error {
        code,
        message: format!(
            "The ledger {} could not be opened ({error}); {what}, or name another file with --ledger.",
            path.display()
        ),
    }
}

pub(crate) fn from_sqlite(path: &Path, error: &rusqlite::Error) -> Error {
    let ledger = path.display();
    let code = error_code(error);
    let message = match code {
        "busy" => format!(
            "The ledger {ledger} is being written by another program and did not come free in time: \
             wait for that program to end, then run the command again; nothing was changed."
        ),
        "damaged" => format!(
            "The ledger {ledger} is damaged (SQLite says: {error}): keep the file, see what `rashomon doctor` finds in it, \
             and go on with an earlier copy or read the documents into a new ledger."
        ),
        "not_a_ledger" => return not_a_ledger(path, "SQLite cannot read it"),
        "full" => format!(
            "The disk is full, so the ledger {ledger} could not be written: free some space and run the command again; \
             what was stored before is as it was."
        ),
        "permission" => format!(
            "The ledger {ledger} may not be written here (SQLite says: {error}): change the permissions of the file and of \
             its folder, where two more files are kept while it is open, or name another file with --ledger."
        ),
        _ => format!(
            "The ledger {ledger} could not be used (SQLite says: {error}); nothing was changed. \
             `rashomon doctor` checks the file."
        ),
    };
    Error { code, message }
}

fn error_code(error: &rusqlite::Error) -> &'static str {
    use rusqlite::Error as E;
    match error {
        E::SqliteFailure(failure, detail) => match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => "busy",
            ErrorCode::DatabaseCorrupt => "damaged",
            ErrorCode::NotADatabase => "not_a_ledger",
            ErrorCode::DiskFull => "full",
            ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
                "permission"
            }
            // A table or column that the schema version promises is not there.
            ErrorCode::Unknown
                if detail
                    .as_deref()
                    .is_some_and(|words| words.starts_with("no such ")) =>
            {
                "damaged"
            }
            _ => "other",
        },
        E::SqlInputError { msg, .. } if msg.starts_with("no such ") => "damaged",
        // A row that this program did not write so: a word outside the vocabulary, a gap in a list, bytes that are not UTF-8.
        E::FromSqlConversionFailure(..)
        | E::IntegralValueOutOfRange(..)
        | E::InvalidColumnType(..)
        | E::Utf8Error(..) => "damaged",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    #[test]
    fn each_failure_of_sqlite_has_its_code_and_names_the_file() {
        for (failure, code) in [
            (ffi::SQLITE_BUSY, "busy"),
            (ffi::SQLITE_BUSY_SNAPSHOT, "busy"),
            (ffi::SQLITE_CORRUPT, "damaged"),
            (ffi::SQLITE_NOTADB, "not_a_ledger"),
            (ffi::SQLITE_FULL, "full"),
            (ffi::SQLITE_READONLY, "permission"),
            (ffi::SQLITE_CANTOPEN, "permission"),
            (ffi::SQLITE_PERM, "permission"),
            (ffi::SQLITE_IOERR, "other"),
        ] {
            let error = rusqlite::Error::SqliteFailure(ffi::Error::new(failure), None);
            let told = from_sqlite(Path::new("case/rashomon.db"), &error);
            assert_eq!(told.code, code);
            assert!(told.message.contains("case/rashomon.db"), "{told}");
        }
    }
}
