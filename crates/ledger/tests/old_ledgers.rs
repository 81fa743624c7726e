//! Every ledger ever written opens: the kept ones of `gold/old-ledgers`, as copies.

mod invented;

use invented::{Folder, bare, full};
use ledger::{Decision, Found, Ledger, Put, Verb};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// The schema version that this program writes.
const PRESENT: i64 = 6;

fn kept(version: i64) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../gold/old-ledgers/{version}.db"))
}

fn copy(version: i64, folder: &Folder) -> PathBuf {
    let file = folder.file(&format!("{version}.db"));
    std::fs::copy(kept(version), &file).unwrap();
    file
}

fn version(file: &Path) -> i64 {
    Connection::open(file)
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

fn renamed() -> Decision {
    Decision {
        verb: Verb::Rename,
        subject: "en_0000000000000002".to_owned(),
        object: None,
        value: Some("the League".to_owned()),
        by_name: "Ilva Renn".to_owned(),
        at: Some("2031-05-08T09:00:00Z".to_owned()),
        note: Some("As the council writes it.".to_owned()),
    }
}

/// What every kept ledger holds.
fn holds_its_document(ledger: &Ledger) {
    let readings = ledger.readings().unwrap();
    let [reading] = readings.as_slice() else {
        panic!("{} readings", readings.len());
    };
    let (document, annotations) = (&reading.document, &reading.annotations);
    assert_eq!(document.id, "babcbcf7821dc2fb73fd6ea241e3bb02");
    assert!(
        document
            .text
            .starts_with("Velm council speaks\n“The Orrin League holds Tarvo")
    );
    assert_eq!(
        document.sightings[0].path.as_deref(),
        Some("news/1.warc.gz")
    );
    assert_eq!(
        document.meta.translated.as_ref().unwrap().from.as_deref(),
        Some("cs")
    );
    let names: Vec<&str> = annotations
        .entities
        .iter()
        .map(|e| e.name.as_str())
        .collect();
    assert_eq!(names, ["Tarvo", "Dael Marsk", "Orrin League"]);
    let said: Vec<&str> = annotations
        .claims
        .iter()
        .map(|claim| claim.content.spans[0].slice(&document.text))
        .collect();
    assert_eq!(said, ["The Orrin League holds Tarvo", "The bridge fell."]);
    assert_eq!(annotations.claims[0].events.len(), 2);
    let judgements = ledger.judgements().unwrap();
    assert_eq!(judgements.len(), 1);
    assert_eq!(judgements[0].decision, renamed());
    assert_eq!(ledger.links().unwrap().matters.len(), 2);
    assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
}

#[test]
fn version_1_is_brought_up_to_date() {
    let folder = Folder::new();
    let file = copy(1, &folder);
    let before = std::fs::read(&file).unwrap();
    let error = Ledger::open_read_only(&file).unwrap_err();
    assert_eq!(error.code, "older");
    assert!(
        error.message.contains("1.db has schema version 1"),
        "{error}"
    );
    assert_eq!(std::fs::read(&file).unwrap(), before);

    let mut ledger = Ledger::open(&file).unwrap();
    holds_its_document(&ledger);
    let log = ledger.log().unwrap();
    assert_eq!(log.last().unwrap().detail, "schema version 1 to 6");
    // What version 1 could not do now works on what it left.
    let failed = (
        "x.txt".to_owned(),
        "empty".to_owned(),
        "Nothing in it.".to_owned(),
    );
    ledger.put_failed(std::slice::from_ref(&failed)).unwrap();
    assert_eq!(ledger.failed().unwrap(), [failed]);
    assert_eq!(ledger.versions("https://tarvo.example/1").unwrap().len(), 1);
    assert_eq!(ledger.put(&bare(&[full(2)]), "f").unwrap(), [Put::Added]);
    drop(ledger);
    assert_eq!(version(&file), PRESENT);
    // Once is enough.
    let lines = log.len() + 1;
    assert_eq!(Ledger::open(&file).unwrap().log().unwrap().len(), lines);
    Ledger::open_read_only(&file).unwrap();
}

/// Also of the present version: a schema that changes takes a new number, and a new kept file.
#[test]
fn every_kept_ledger_comes_to_have_the_schema_of_a_fresh_one() {
    let folder = Folder::new();
    let fresh = folder.file("fresh.db");
    drop(Ledger::open(&fresh).unwrap());
    let wanted = schema(&fresh);
    assert!(wanted.len() > 40);
    for version in 1..=PRESENT {
        let file = copy(version, &folder);
        drop(Ledger::open(&file).unwrap());
        assert_eq!(schema(&file), wanted, "version {version}");
    }
}

/// Tables by their columns and references (an altered table keeps another wording); the rest by their words.
fn schema(file: &Path) -> Vec<String> {
    let connection = Connection::open(file).unwrap();
    let list = |sql: &str| -> Vec<String> {
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        statement
            .query_map([], |row| {
                (0..columns)
                    .map(|i| Ok(format!("{:?} ", row.get::<_, rusqlite::types::Value>(i)?)))
                    .collect()
            })
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap()
    };
    let mut all = list(
        "SELECT type, name, CASE type WHEN 'table' THEN '' ELSE sql END FROM sqlite_schema ORDER BY type, name",
    );
    all.extend(list(
        "SELECT s.name, c.* FROM sqlite_schema AS s, pragma_table_xinfo(s.name) AS c WHERE s.type = 'table' \
         ORDER BY s.name, c.cid",
    ));
    all.extend(list(
        "SELECT s.name, f.* FROM sqlite_schema AS s, pragma_foreign_key_list(s.name) AS f WHERE s.type = 'table' \
         ORDER BY s.name, f.id, f.seq",
    ));
    all
}

#[test]
fn the_present_version_is_kept() {
    let kept = kept(PRESENT);
    if !kept.exists() {
        let mut ledger = Ledger::open(&kept).unwrap();
        let reading = full(1);
        let raw = reading.document.text.clone().into_bytes();
        ledger.put(&[(reading, Some(raw))], "f").unwrap();
        ledger.put_links(&invented::links()).unwrap();
        ledger.judge(&renamed()).unwrap();
        panic!(
            "{} was missing and has been written: add it",
            kept.display()
        );
    }
    let folder = Folder::new();
    let file = copy(PRESENT, &folder);
    assert_eq!(version(&file), PRESENT);
    let ledger = Ledger::open_read_only(&file).unwrap();
    holds_its_document(&ledger);
    drop(ledger);
    let ledger = Ledger::open(&file).unwrap();
    holds_its_document(&ledger);
    assert!(matches!(ledger.claim("cl_").unwrap(), Found::Many(ids) if ids.len() == 2));
}

#[test]
fn a_newer_ledger_is_left_alone() {
    let folder = Folder::new();
    let file = folder.file("later.db");
    drop(Ledger::open(&file).unwrap());
    let connection = Connection::open(&file).unwrap();
    connection
        .execute("INSERT INTO schema_versions VALUES (9, '4.5.6')", [])
        .unwrap();
    connection.pragma_update(None, "user_version", 9).unwrap();
    drop(connection);
    let before = std::fs::read(&file).unwrap();
    for error in [
        Ledger::open(&file).unwrap_err(),
        Ledger::open_read_only(&file).unwrap_err(),
    ] {
        assert_eq!(error.code, "newer");
        assert!(
            error.message.contains("use rashomon 4.5.6 or newer"),
            "{error}"
        );
        assert!(error.message.contains("nothing was changed"), "{error}");
    }
    assert_eq!(std::fs::read(&file).unwrap(), before);
    // One whose schema does not tell the program's version.
    let connection = Connection::open(&file).unwrap();
    connection
        .execute("DROP TABLE schema_versions", [])
        .unwrap();
    drop(connection);
    let error = Ledger::open(&file).unwrap_err();
    assert_eq!(error.code, "newer");
    assert!(error.message.contains("use a newer rashomon"), "{error}");
}
