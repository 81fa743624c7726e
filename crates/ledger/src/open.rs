//! Opening: is the file there, is it a ledger, which version of the schema; creating and migrating it.
//!
//! It does not know what the tables hold.

use crate::error::{self, Error, Named, Result, Sql};
use crate::log;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// "Rash" in ASCII: marks the SQLite file as a ledger, also for `file(1)`.
const APPLICATION_ID: i64 = 0x5261_7368;
/// How long to wait for another program that writes.
const PATIENCE: Duration = Duration::from_secs(10);
const SCHEMA: &str = include_str!("schema.sql");
/// What brings a ledger from version n to n + 1, from n = 1 on.
const MIGRATIONS: &[&str] = &[
    include_str!("migrate_1_2.sql"),
    include_str!("migrate_2_3.sql"),
    include_str!("migrate_3_4.sql"),
    include_str!("migrate_4_5.sql"),
    include_str!("migrate_5_6.sql"),
];
/// The schema version that this program writes.
pub(crate) const VERSION: i64 = MIGRATIONS.len() as i64 + 1;
/// The first bytes of every SQLite file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Opens for reading and writing; creates the file, its tables or the present version of them where missing.
pub(crate) fn read_write(path: &Path) -> Result<Connection> {
    create_file(path)?;
    look_at(path)?;
    let mut connection = connect(path).named(path)?;
    let version = version_of(&connection, path)?;
    // SQLite quietly opens for reading what it may not write; better said now than after an hour of reading.
    if connection.is_readonly("main").named(path)? {
        return Err(error::from_io(
            path,
            &std::io::ErrorKind::PermissionDenied.into(),
        ));
    }
    write_ahead(&connection).named(path)?;
    if version != Some(VERSION) {
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .named(path)?;
        // Another program may have made or migrated it while this one waited.
        let version = version_of(&transaction, path)?;
        bring_up(&transaction, version).named(path)?;
        transaction.commit().named(path)?;
    }
    Ok(connection)
}

/// Opens for reading alone, also on a medium that cannot be written.
pub(crate) fn read_only(path: &Path) -> Result<Connection> {
    match std::fs::metadata(path) {
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(error::missing(path));
        }
        Err(error) => return Err(error::from_io(path, &error)),
    }
    if look_at(path)? == Kind::Empty {
        return Err(error::not_a_ledger(path, "the file is empty"));
    }
    // Opened for writing where possible and then barred from it, so that SQLite tidies up its side files at the end.
    let mut connection = connect(path).named(path)?;
    if let Err(rusqlite::Error::SqliteFailure(failure, _)) = application_id(&connection)
        && matches!(failure.code, ErrorCode::CannotOpen | ErrorCode::ReadOnly)
        && !side_file(path, "-wal").exists()
    {
        // Side files can be neither found nor made: nobody writes here, so the file can be read as it lies.
        connection = connect_immutable(path).named(path)?;
    }
    match version_of(&connection, path)? {
        Some(VERSION) => {}
        Some(version) => return Err(error::older(path, version, VERSION)),
        None => return Err(error::not_a_ledger(path, "it has no tables")),
    }
    connection
        .pragma_update(None, "query_only", true)
        .named(path)?;
    Ok(connection)
}

/// The file beside the ledger in which SQLite keeps what is not yet in it.
fn side_file(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Creates an empty file that only its owner can read, unless one is there. SQLite gives its side files the same mode.
fn create_file(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error::from_io(path, &error)),
    }
}

#[derive(PartialEq, Eq)]
enum Kind {
    Empty,
    Sqlite,
}

/// Looks at the first bytes before SQLite is let near the file, which may be anything.
fn look_at(path: &Path) -> Result<Kind> {
    if path.is_dir() {
        return Err(error::not_a_ledger(path, "it is a folder"));
    }
    let mut head = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(100).read_to_end(&mut head))
        .map_err(|error| error::from_io(path, &error))?;
    if head.is_empty() {
        return Ok(Kind::Empty);
    }
    if !head.starts_with(MAGIC) {
        return Err(error::not_a_ledger(path, "it is no SQLite file"));
    }
    // Bytes 68 to 71 hold the application id; 0 in a file that SQLite has begun and not yet marked.
    let id = head
        .get(68..72)
        .and_then(|bytes| bytes.try_into().ok())
        .map_or(0, u32::from_be_bytes);
    if id != 0 && i64::from(id) != APPLICATION_ID {
        return Err(error::not_a_ledger(
            path,
            "it is an SQLite file of another program",
        ));
    }
    Ok(Kind::Sqlite)
}

fn connect(path: &Path) -> Sql<Connection> {
    // A name such as ":memory:" means something else to SQLite; "./:memory:" does not.
    let path = if path.is_relative() {
        Path::new(".").join(path)
    } else {
        path.to_owned()
    };
    prepare(Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?)
}

fn connect_immutable(path: &Path) -> Sql<Connection> {
    let path =
        std::path::absolute(path).map_err(|_| rusqlite::Error::InvalidPath(path.to_owned()))?;
    let escaped: String = path
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .map(|&byte| match byte {
            b'/' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    prepare(Connection::open_with_flags(
        format!("file:{escaped}?immutable=1"),
        OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?)
}

fn prepare(connection: Connection) -> Sql<Connection> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(128);
    // A ledger may come from anybody: its schema may call nothing but what SQLite deems harmless.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is taken out of the ledger is overwritten, not only marked as free.
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(connection)
}

/// Turns on write-ahead logging, which the file then keeps, so that people can read while the ledger is written.
fn write_ahead(connection: &Connection) -> Sql<()> {
    let until = Instant::now() + PATIENCE;
    loop {
        // SQLite does not wait by itself when the mode changes under another connection's lock.
        match connection.pragma_update(None, "journal_mode", "wal") {
            Err(rusqlite::Error::SqliteFailure(failure, _))
                if failure.code == ErrorCode::DatabaseBusy && Instant::now() < until =>
            {
                std::thread::sleep(Duration::from_millis(20));
            }
            other => return other,
        }
    }
}

fn application_id(connection: &Connection) -> Sql<i64> {
    connection.pragma_query_value(None, "application_id", |row| row.get(0))
}

/// The schema version; none where the file has no tables yet. Newer and foreign files are errors.
fn version_of(connection: &Connection, path: &Path) -> Result<Option<i64>> {
    let id = application_id(connection).named(path)?;
    let version: i64 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .named(path)?;
    if id == 0 {
        let tables: i64 = connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .named(path)?;
        if tables == 0 {
            return Ok(None);
        }
    }
    if id != APPLICATION_ID || version < 1 {
        return Err(error::not_a_ledger(
            path,
            "it is an SQLite file of another program",
        ));
    }
    if version > VERSION {
        return Err(newer(connection, path, version));
    }
    Ok(Some(version))
}

fn newer(connection: &Connection, path: &Path, version: i64) -> Error {
    // A later schema may have no such table; then the program's version is not known.
    let program: Sql<String> = connection.query_row(
        "SELECT program FROM schema_versions WHERE version = ?",
        [version],
        |row| row.get(0),
    );
    error::newer(path, version, VERSION, program.ok().as_deref())
}

fn bring_up(connection: &Connection, version: Option<i64>) -> Sql<()> {
    match version {
        None => {
            connection.execute_batch(SCHEMA)?;
            connection.pragma_update(None, "application_id", APPLICATION_ID)?;
            log::add(connection, "created", &format!("schema version {VERSION}"))?;
        }
        Some(VERSION) => return Ok(()),
        Some(from) => {
            for (sql, step) in MIGRATIONS.iter().zip(1..) {
                if step >= from {
                    connection.execute_batch(sql)?;
                }
            }
            log::add(
                connection,
                "migrated",
                &format!("schema version {from} to {VERSION}"),
            )?;
        }
    }
    connection.execute(
        "INSERT INTO schema_versions (version, program) VALUES (?, ?)",
        rusqlite::params![VERSION, env!("CARGO_PKG_VERSION")],
    )?;
    connection.pragma_update(None, "user_version", VERSION)
}
