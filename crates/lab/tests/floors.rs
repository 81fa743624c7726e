//! The floors: a crate uses only crates below it, and every source file opens by saying what it is.
//!
//! It does not know what the crates do; it reads their manifests and counts lines.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Crate and floor. A crate that is not here has no place yet: give it one, and say why in ARCHITECTURE.md.
const FLOORS: &[(&str, u8)] = &[
    ("text", 1),
    ("syntax", 2),
    ("ingest", 2),
    ("names", 2),
    ("gazetteer", 2),
    ("annotate", 3),
    ("link", 4),
    ("ledger", 5),
    ("export", 6),
    ("rashomon", 7),
    ("lab", 7),
];

/// Crates that must not know each other although a floor lies between them: reading bytes and reading sentences are
/// two things, and a document is all that passes from one to the other.
const STRANGERS: &[(&str, &str)] = &[("annotate", "ingest")];

/// A crate of the workspace, and the crates of the workspace that it uses, for tests and builds too.
struct Member {
    name: String,
    uses: Vec<String>,
}

#[test]
fn every_crate_uses_only_crates_below_it() {
    let wrong = violations(&members());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn wrong_edges_are_found() {
    let member = |name: &str, uses: &[&str]| Member {
        name: name.to_owned(),
        uses: uses.iter().map(|&name| name.to_owned()).collect(),
    };
    let count = |name, uses: &[&str]| violations(&[member(name, uses)]).len();
    assert_eq!(count("ledger", &["text", "annotate", "link"]), 0);
    assert_eq!(count("text", &["ledger"]), 1, "upward");
    assert_eq!(count("ingest", &["syntax"]), 1, "on the same floor");
    assert_eq!(count("annotate", &["ingest"]), 1, "strangers");
    assert_eq!(count("utils", &[]), 1, "unknown");
    assert_eq!(count("rashomon", &["helpers"]), 1, "unknown");
}

#[test]
fn every_source_file_says_what_it_is_and_is_short() {
    let sources = sources();
    assert!(sources.len() > 20, "the sources were not found");
    let mut wrong = Vec::new();
    for path in sources {
        let text = std::fs::read_to_string(&path).expect("a source file is UTF-8");
        if !text.starts_with("//!") {
            wrong.push(format!("{} does not open with //!", path.display()));
        }
        let lines = text.lines().count();
        if lines > 800 {
            wrong.push(format!(
                "{} has {lines} lines, more than 800",
                path.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn violations(members: &[Member]) -> Vec<String> {
    let floor = |name: &str| {
        FLOORS
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, floor)| *floor)
    };
    let strangers = |a: &str, b: &str| {
        STRANGERS
            .iter()
            .any(|&(one, other)| (a, b) == (one, other) || (b, a) == (one, other))
    };
    let mut wrong = Vec::new();
    for Member { name, uses } in members {
        let Some(own) = floor(name) else {
            wrong.push(format!("{name} has no floor"));
            continue;
        };
        for used in uses {
            match floor(used) {
                None => wrong.push(format!("{name} uses {used}, which has no floor")),
                Some(below) if below >= own => {
                    wrong.push(format!("{name} (floor {own}) uses {used} (floor {below})"));
                }
                Some(_) if strangers(name, used) => {
                    wrong.push(format!("{name} and {used} must not know each other"));
                }
                Some(_) => {}
            }
        }
    }
    wrong
}

/// The workspace as cargo sees it.
fn members() -> Vec<Member> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    packages
        .iter()
        .map(|package| Member {
            name: name(package),
            uses: package["dependencies"]
                .as_array()
                .expect("dependencies")
                .iter()
                // A dependency with a path is one of the workspace; the others come from the registry.
                .filter(|dependency| !dependency["path"].is_null())
                .map(name)
                .collect(),
        })
        .collect()
}

/// Every `.rs` file below a crate's `src`.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let crates = std::fs::read_dir(root().join("crates")).expect("the folder of the crates");
    let mut folders: Vec<PathBuf> = crates
        .filter_map(|entry| Some(entry.ok()?.path().join("src")))
        .filter(|folder| folder.is_dir())
        .collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
