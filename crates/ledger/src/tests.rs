//! What can only be tried from inside: a process that ends in the middle of a put, a disk that is full.

#[path = "../tests/invented/mod.rs"]
mod invented;

use crate::{Ledger, Put, write};
use invented::{Folder, bare, by_id, full};
use rusqlite::TransactionBehavior;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

const MIDDLE: &str = "in the middle of a put";

/// Does what `put` does, but never comes to its end: the parent ends this process.
fn put_and_hang(file: &std::path::Path) {
    let mut ledger = Ledger::open(file).unwrap();
    // A small cache makes SQLite write out pages before the transaction ends, as a large put does.
    ledger
        .connection
        .pragma_update(None, "cache_size", 5)
        .unwrap();
    let transaction = ledger
        .connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .unwrap();
    for number in 0..50 {
        let mut reading = full(number);
        reading.annotations.claims.pop();
        write::put(&transaction, &reading, None, "other").unwrap();
    }
    println!("{MIDDLE}");
    std::thread::sleep(Duration::from_secs(600));
}

#[test]
fn a_process_killed_in_the_middle_leaves_the_ledger_as_before() {
    if let Some(file) = std::env::var_os("LEDGER_TO_HANG_ON") {
        return put_and_hang(file.as_ref());
    }
    let folder = Folder::new();
    let file = folder.file("a.db");
    let before = by_id((0..20).map(full).collect());
    let mut ledger = Ledger::open(&file).unwrap();
    ledger.put(&bare(&before), "f").unwrap();

    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "tests::a_process_killed_in_the_middle_leaves_the_ledger_as_before",
            "--exact",
            "--nocapture",
        ])
        .env("LEDGER_TO_HANG_ON", &file)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains(MIDDLE)));

    // While it is there, it is waited for, and in the end named.
    ledger.set_patience(Duration::from_millis(100)).unwrap();
    let new = bare(&[full(99)]);
    let error = ledger.put(&new, "f").unwrap_err();
    assert_eq!(error.code, "busy");
    assert!(
        error
            .message
            .contains("a.db is being written by another program")
    );
    assert_eq!(ledger.readings().unwrap(), before);

    child.kill().unwrap();
    child.wait().unwrap();
    drop(ledger);
    let mut ledger = Ledger::open(&file).unwrap();
    assert_eq!(ledger.readings().unwrap(), before);
    assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
    assert_eq!(ledger.put(&new, "f").unwrap(), [Put::Added]);
}

#[test]
fn a_full_disk_takes_the_whole_put_back() {
    let folder = Folder::new();
    let mut ledger = Ledger::open(&folder.file("a.db")).unwrap();
    ledger.put(&bare(&[full(1)]), "f").unwrap();
    let pages: i64 = ledger
        .connection
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    let limit = |ledger: &Ledger, pages: i64| {
        ledger
            .connection
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
            .unwrap();
    };
    // SQLite answers a limit on pages as it does a full disk.
    limit(&ledger, pages + 3);
    let many: Vec<_> = (1..200).map(full).collect();
    let error = ledger.put(&bare(&many), "f").unwrap_err();
    assert_eq!(error.code, "full");
    assert!(error.message.contains("free some space"), "{error}");
    assert_eq!(ledger.readings().unwrap(), [full(1)]);
    limit(&ledger, 1_000_000);
    ledger.put(&bare(&many), "f").unwrap();
    assert_eq!(ledger.counts().unwrap().documents, 199);
}
