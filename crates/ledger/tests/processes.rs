//! Several real processes on one ledger: two writers, a writer that is killed, a user who may not write.
//!
//! A test that needs another process starts this file again with its own name and `LEDGER_ROLE` set.

mod invented;

use invented::{Folder, bare, by_id, full};
use ledger::{Ledger, Put};
use link::Reading;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const BATCH: u32 = 5;

/// The ledger that this process is to work on, where it was started as another process of a test.
fn role() -> Option<(PathBuf, u32)> {
    let file = std::env::var_os("LEDGER_ROLE")?;
    let first = std::env::var("LEDGER_FIRST").unwrap().parse().unwrap();
    Some((file.into(), first))
}

fn start(program: &Path, test: &str, file: &Path, first: u32) -> Command {
    let mut command = Command::new(program);
    command
        .args([test, "--exact", "--nocapture"])
        .env("LEDGER_ROLE", file)
        .env("LEDGER_FIRST", first.to_string())
        .stdout(Stdio::piped());
    command
}

fn this_program() -> PathBuf {
    std::env::current_exe().unwrap()
}

fn batch(first: u32) -> Vec<Reading> {
    (first..first + BATCH).map(full).collect()
}

/// Puts batch after batch, leaving out what is current, and says so after each.
fn read_on(file: &Path, first: u32, batches: u32) {
    let mut ledger = Ledger::open(file).unwrap();
    for number in 0..batches {
        let new: Vec<Reading> = batch(first + number * BATCH)
            .into_iter()
            .filter(|reading| !ledger.is_current(&reading.document, "f").unwrap())
            .collect();
        ledger.put(&bare(&new), "f").unwrap();
        println!("batch {number}");
    }
}

#[test]
fn two_processes_that_write_at_once_both_succeed() {
    if let Some((file, first)) = role() {
        return read_on(&file, first, 20);
    }
    let folder = Folder::new();
    let file = folder.file("a.db");
    // They also race to create it.
    let children: Vec<_> = [0, 60]
        .map(|first| {
            let test = "two_processes_that_write_at_once_both_succeed";
            start(&this_program(), test, &file, first).spawn().unwrap()
        })
        .into_iter()
        .map(|child| child.wait_with_output().unwrap())
        .collect();
    for output in &children {
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
    }
    // 0 to 99 and 60 to 159.
    let ledger = Ledger::open_read_only(&file).unwrap();
    assert_eq!(
        ledger.readings().unwrap(),
        by_id((0..160).map(full).collect())
    );
    assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
    let created = ledger
        .log()
        .unwrap()
        .into_iter()
        .filter(|line| line.what == "created");
    assert_eq!(created.count(), 1);
}

#[test]
fn a_killed_reader_of_news_goes_on_where_it_was() {
    if let Some((file, first)) = role() {
        return read_on(&file, first, 1000);
    }
    let folder = Folder::new();
    let file = folder.file("a.db");
    let mut told = 0;
    for round in 1..6 {
        let test = "a_killed_reader_of_news_goes_on_where_it_was";
        let mut child = start(&this_program(), test, &file, 0).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let new = lines
            .by_ref()
            .map_while(Result::ok)
            .filter(|line| line.contains("batch "))
            .take(round * 4);
        told = told.max(new.count());
        // Somewhere in one of the next batches.
        child.kill().unwrap();
        child.wait().unwrap();
        let ledger = Ledger::open(&file).unwrap();
        assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
        let stored = ledger.readings().unwrap();
        let count = u32::try_from(stored.len()).unwrap();
        assert_eq!(count % BATCH, 0, "a batch is there whole or not at all");
        assert!(
            stored.len() >= told * BATCH as usize,
            "what was told is there"
        );
        assert_eq!(stored, by_id((0..count).map(full).collect()));
        let next = full(count);
        assert!(ledger.is_current(&full(count - 1).document, "f").unwrap());
        assert!(!ledger.is_current(&next.document, "f").unwrap());
    }
    let mut ledger = Ledger::open(&file).unwrap();
    let done = ledger.put(&bare(&[full(0), full(5000)]), "f").unwrap();
    assert_eq!(done, [Put::Unchanged, Put::Added]);
}

/// Everything is there and readable, but nothing may be written.
fn without_permission(file: &Path) {
    let fresh = file.with_file_name("new.db");
    // The last one lies where side files could be made.
    let open = file.with_file_name("open folder").join("a.db");
    for path in [file, &fresh, &open] {
        let error = Ledger::open(path).unwrap_err();
        assert_eq!(error.code, "permission", "{error}");
        assert!(error.message.contains(&*path.to_string_lossy()), "{error}");
    }
    let ledger = Ledger::open_read_only(file).unwrap();
    assert_eq!(ledger.readings().unwrap(), [full(1)]);
    let error = Ledger::open_read_only(&file.with_file_name("secret.db")).unwrap_err();
    assert_eq!(error.code, "permission", "{error}");
}

#[cfg(unix)]
#[test]
fn a_ledger_on_a_medium_that_cannot_be_written_is_read() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    if let Some((file, _)) = role() {
        return without_permission(&file);
    }
    let folder = Folder::new();
    // A name that would mean something in an address.
    let inner = folder.file("50% of #1?");
    std::fs::create_dir(&inner).unwrap();
    let file = inner.join("a.db");
    Ledger::open(&file)
        .unwrap()
        .put(&bare(&[full(1)]), "f")
        .unwrap();
    let secret = inner.join("secret.db");
    std::fs::copy(&file, &secret).unwrap();
    let open = inner.join("open folder");
    std::fs::create_dir(&open).unwrap();
    std::fs::copy(&file, open.join("a.db")).unwrap();
    // Where this test may do anything, another user runs it, who must be able to find the program.
    let program = folder.file("test");
    std::fs::copy(this_program(), &program).unwrap();
    let mode = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(&program, 0o755);
    mode(folder.path(), 0o755);
    mode(&file, 0o444);
    mode(&secret, 0o000);
    mode(&open.join("a.db"), 0o444);
    mode(&open, 0o777);
    mode(&inner, 0o555);
    let test = "a_ledger_on_a_medium_that_cannot_be_written_is_read";
    let mut child = start(&program, test, &file, 0);
    if std::fs::metadata(folder.path()).unwrap().uid() == 0 {
        child.uid(65534).gid(65534);
    }
    let output = child.output().unwrap();
    mode(&inner, 0o755);
    assert!(output.status.success(), "{output:?}");
}
