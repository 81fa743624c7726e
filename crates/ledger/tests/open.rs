//! Opening what is a ledger, and what is not; modes; damage.

mod invented;

use invented::{Folder, bare, by_id, full};
use ledger::Ledger;
use link::Reading;
use std::path::Path;

fn errors(file: &Path) -> [ledger::Error; 2] {
    [
        Ledger::open(file).unwrap_err(),
        Ledger::open_read_only(file).unwrap_err(),
    ]
}

#[test]
fn a_file_that_is_no_ledger_is_named_and_left_as_it_was() {
    let folder = Folder::new();
    let text = folder.file("news.txt");
    std::fs::write(&text, "The council met.").unwrap();
    let other = folder.file("other.db");
    let connection = rusqlite::Connection::open(&other).unwrap();
    connection
        .execute_batch("CREATE TABLE birds (name TEXT)")
        .unwrap();
    drop(connection);
    let marked = folder.file("marked.db");
    let connection = rusqlite::Connection::open(&marked).unwrap();
    connection
        .pragma_update(None, "application_id", 17)
        .unwrap();
    connection
        .execute_batch("CREATE TABLE birds (name TEXT)")
        .unwrap();
    drop(connection);
    let cut = folder.file("cut.db");
    std::fs::write(
        &cut,
        "SQLite format 3\0 and then something else altogether, longer than a header is".repeat(3),
    )
    .unwrap();
    for file in [&text, &other, &marked, &cut] {
        let before = std::fs::read(file).unwrap();
        for error in errors(file) {
            assert_eq!(error.code, "not_a_ledger", "{error}");
            assert!(error.message.contains(&*file.to_string_lossy()), "{error}");
            assert!(!error.message.contains('\n'));
        }
        assert_eq!(std::fs::read(file).unwrap(), before);
    }
    for error in errors(folder.path()) {
        assert_eq!(error.code, "not_a_ledger", "{error}");
    }
    let left: usize = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 4, "no side file stays behind");
}

#[test]
fn a_missing_ledger_is_made_for_writing_and_missed_for_reading() {
    let folder = Folder::new();
    let file = folder.file("a.db");
    let error = Ledger::open_read_only(&file).unwrap_err();
    assert_eq!(error.code, "missing");
    assert!(
        error
            .message
            .contains("run `rashomon read …` first, or name one with --ledger"),
        "{error}"
    );
    assert!(!file.exists());
    let nowhere = folder.file("no/such/folder/a.db");
    assert_eq!(Ledger::open(&nowhere).unwrap_err().code, "missing");
    // An empty file is what a ledger begins as.
    std::fs::write(&file, "").unwrap();
    assert_eq!(
        Ledger::open_read_only(&file).unwrap_err().code,
        "not_a_ledger"
    );
    assert_eq!(Ledger::open(&file).unwrap().readings().unwrap(), []);
    assert_eq!(
        Ledger::open_read_only(&file).unwrap().readings().unwrap(),
        []
    );
}

#[test]
fn reading_alone_writes_nothing() {
    let folder = Folder::new();
    let file = folder.file("a.db");
    Ledger::open(&file)
        .unwrap()
        .put(&bare(&[full(1)]), "f")
        .unwrap();
    let before = std::fs::read(&file).unwrap();
    let mut ledger = Ledger::open_read_only(&file).unwrap();
    let error = ledger.put(&bare(&[full(2)]), "f").unwrap_err();
    assert_eq!(error.code, "permission", "{error}");
    assert_eq!(ledger.readings().unwrap(), [full(1)]);
    drop(ledger);
    assert_eq!(std::fs::read(&file).unwrap(), before);
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|f| f.unwrap().file_name())
        .collect();
    assert_eq!(names, ["a.db"]);
}

#[test]
fn readers_see_the_ledger_while_it_is_written() {
    let folder = Folder::new();
    let file = folder.file("a.db");
    let mut writer = Ledger::open(&file).unwrap();
    writer.put(&bare(&[full(1)]), "f").unwrap();
    let reader = Ledger::open_read_only(&file).unwrap();
    let lock = rusqlite::Connection::open(&file).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE; DELETE FROM claims")
        .unwrap();
    assert_eq!(reader.readings().unwrap(), [full(1)]);
    lock.execute_batch("ROLLBACK").unwrap();
    writer.put(&bare(&[full(2)]), "f").unwrap();
    assert_eq!(reader.readings().unwrap(), by_id(vec![full(1), full(2)]));
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_what_is_made() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let file = folder.file("a.db");
    let mut ledger = Ledger::open(&file).unwrap();
    ledger.put(&bare(&[full(1)]), "f").unwrap();
    for ending in ["", "-wal", "-shm"] {
        let name = folder.file(&format!("a.db{ending}"));
        let mode = std::fs::metadata(&name).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", name.display());
    }
}

#[test]
fn settings_of_the_file() {
    let folder = Folder::new();
    let file = folder.file("a.db");
    drop(Ledger::open(&file).unwrap());
    let connection = rusqlite::Connection::open(&file).unwrap();
    let pragma = |name: &str| -> String {
        connection
            .pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))
            .map(|value| format!("{value:?}"))
            .unwrap()
    };
    assert_eq!(pragma("journal_mode"), "Text(\"wal\")");
    assert_eq!(
        pragma("application_id"),
        format!("Integer({})", 0x5261_7368)
    );
    assert_eq!(pragma("user_version"), "Integer(6)");
}

#[test]
fn what_is_taken_out_is_overwritten() {
    let folder = Folder::new();
    let file = folder.file("a.db");
    let mut ledger = Ledger::open(&file).unwrap();
    ledger.put(&bare(&[full(1)]), "f").unwrap();
    let mut without: Reading = full(1);
    without.annotations.notes.clear();
    without.annotations.claims.clear();
    ledger.put(&bare(&[without]), "g").unwrap();
    drop(ledger);
    let bytes = std::fs::read(&file).unwrap();
    let holds = |words: &str| {
        bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes())
    };
    assert!(holds("The bridge fell."), "the text stays");
    assert!(!holds("The cue stands after the quotation."));
}

#[test]
fn a_damaged_ledger_is_named_by_check_or_by_reading() {
    let folder = Folder::new();
    let file = folder.file("a.db");
    let readings: Vec<Reading> = (0..60).map(full).collect();
    Ledger::open(&file)
        .unwrap()
        .put(&bare(&readings), "f")
        .unwrap();
    let whole = std::fs::read(&file).unwrap();
    // Every page but the first in turn is filled with rubbish: nothing panics, and nothing bad goes unnamed.
    let mut refused = 0;
    for page in (1..whole.len() / 4096).step_by(5) {
        let mut bytes = whole.clone();
        bytes[page * 4096..][..4096].fill(0x5a);
        std::fs::write(&file, &bytes).unwrap();
        // A damaged table of tables does not even let the ledger be opened.
        let read = Ledger::open(&file).and_then(|ledger| {
            assert!(!ledger.check().unwrap().is_empty(), "page {page}");
            ledger.readings()
        });
        if let Err(error) = read {
            assert_eq!(error.code, "damaged", "{error}");
            refused += 1;
        }
    }
    assert!(refused > 0);
}

#[test]
fn check_names_what_no_longer_fits() {
    let folder = Folder::new();
    let file = folder.file("a.db");
    for (sql, expected) in [
        (
            "UPDATE documents SET text = replace(text, 'bridge', 'BRIDGE')",
            "is not its quote",
        ),
        ("UPDATE claims SET suffix = 'x'", "or the words around it"),
        ("UPDATE claim_spans SET end = 100000", "is not its quote"),
        (
            "PRAGMA foreign_keys = OFF; DELETE FROM events",
            "belongs to a row of events that is not there",
        ),
        (
            "UPDATE mentions SET entity = 7",
            "is number 7 of its entities",
        ),
        (
            "UPDATE claims SET id = 'aa'",
            "Several claims have the id cl_aa",
        ),
        ("UPDATE raw_bytes SET zstd = x'00'", "cannot be unpacked"),
    ] {
        let _ = std::fs::remove_file(&file);
        let reading = full(1);
        let raw = reading.document.text.clone().into_bytes();
        let mut ledger = Ledger::open(&file).unwrap();
        ledger.put(&[(reading, Some(raw))], "f").unwrap();
        assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
        drop(ledger);
        let connection = rusqlite::Connection::open(&file).unwrap();
        connection.execute_batch(sql).unwrap();
        drop(connection);
        let problems = Ledger::open_read_only(&file).unwrap().check().unwrap();
        assert!(
            problems.iter().any(|p| p.contains(expected)),
            "{sql}: {problems:?}"
        );
    }
}

#[test]
fn a_word_that_this_program_does_not_know_is_damage_and_not_a_panic() {
    let folder = Folder::new();
    let file = folder.file("a.db");
    for sql in [
        "UPDATE claims SET act = 'sings'",
        "UPDATE claims SET ordinal = 9 WHERE ordinal = 1",
        "UPDATE events SET time_earliest = 'soon'",
        "UPDATE claim_spans SET role = 'colour' WHERE role = 'cue'",
        "UPDATE claim_spans SET start = -1",
        "DROP TABLE forms",
    ] {
        let _ = std::fs::remove_file(&file);
        Ledger::open(&file)
            .unwrap()
            .put(&bare(&[full(1)]), "f")
            .unwrap();
        let connection = rusqlite::Connection::open(&file).unwrap();
        connection
            .execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}"))
            .unwrap();
        drop(connection);
        let error = Ledger::open_read_only(&file)
            .unwrap()
            .readings()
            .unwrap_err();
        assert_eq!(error.code, "damaged", "{sql}: {error}");
    }
}
