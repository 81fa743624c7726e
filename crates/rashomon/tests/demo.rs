//! The demo collection against its gold: exactly the planted disputes, none of the near misses, and the same ledger as
//! before.
//!
//! `gold/demo.disputes` says what must be found and explains its format; `gold/demo.expect` is what was found last.
//! `UPDATE_EXPECT=1` rewrites the latter: read the difference before it is committed.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn rashomon(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rashomon"))
        .args(args)
        .current_dir(root())
        .output()
        .expect("the program runs");
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

fn json(lines: &str) -> Vec<Value> {
    let parse = |line| serde_json::from_str(line).expect("a line is JSON");
    lines.lines().map(parse).collect()
}

/// A ledger of the collection in a temporary folder.
struct Collection {
    _folder: tempfile::TempDir,
    ledger: String,
}

fn collection() -> Collection {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let ledger = folder.path().join("demo.db").display().to_string();
    let gazetteer = ["--gazetteer", "examples/gazetteer.tsv"];
    let read = [
        "read",
        "examples/collection",
        "--quiet",
        "--ledger",
        &ledger,
    ];
    rashomon(&[&read[..], &gazetteer[..]].concat());
    Collection {
        _folder: folder,
        ledger,
    }
}

/// One `contested` record of the gold.
struct Planted {
    kinds: Vec<String>,
    about: Vec<String>,
    days: Vec<String>,
    parties: BTreeSet<String>,
    /// Party and the files that carry its side.
    sides: Vec<(String, Vec<String>)>,
}

struct Gold {
    /// Other name → party.
    aliases: Vec<(String, String)>,
    planted: Vec<Planted>,
    near_misses: usize,
}

fn gold() -> Gold {
    let file =
        fs::read_to_string(root().join("gold/demo.disputes")).expect("the gold file is there");
    let mut gold = Gold {
        aliases: Vec::new(),
        planted: Vec::new(),
        near_misses: 0,
    };
    let equals = |field: &str| {
        field
            .split(" / ")
            .map(|part| part.trim().to_string())
            .collect()
    };
    for line in file
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let fields: Vec<&str> = line.split(" | ").map(str::trim).collect();
        match fields[0] {
            "party" => gold.aliases.extend(
                fields[1..]
                    .iter()
                    .map(|name| ((*name).to_string(), fields[1].to_string())),
            ),
            "contested" => gold.planted.push(Planted {
                kinds: equals(fields[1]),
                about: equals(fields[3]),
                days: equals(fields[4]),
                parties: fields[5..]
                    .iter()
                    .filter_map(|field| field.split_once(':'))
                    .map(|(party, _)| party.trim().to_string())
                    .collect(),
                sides: Vec::new(),
            }),
            "side" => {
                let files = fields[2].split_whitespace().map(str::to_string).collect();
                let record = gold
                    .planted
                    .last_mut()
                    .expect("a record stands above its sides");
                record.sides.push((fields[1].to_string(), files));
            }
            "near miss" => gold.near_misses += 1,
            "key" => {}
            other => panic!("{other} is no record of gold/demo.disputes"),
        }
    }
    gold
}

impl Gold {
    fn party(&self, name: &str) -> String {
        let plain = name.trim_start_matches("the ").trim_start_matches("The ");
        let known = self
            .aliases
            .iter()
            .find(|(alias, _)| alias == name || alias == plain);
        let known = known.or_else(|| {
            self.aliases
                .iter()
                .find(|(alias, _)| plain.ends_with(alias.as_str()))
        });
        known.map_or_else(|| name.to_string(), |(_, party)| party.clone())
    }
}

/// The collection's file and record of each document, as the gold names them.
fn files(collection: &Collection) -> Vec<(String, String)> {
    let listed = rashomon(&[
        "documents",
        "--ledger",
        &collection.ledger,
        "--format",
        "jsonl",
        "--limit",
        "0",
    ]);
    let name = |document: &Value| {
        let path = document["path"].as_str().unwrap_or_default();
        let file = path.rsplit('/').next().unwrap_or_default().to_string();
        match document["sightings"][0]["record_id"].as_str() {
            Some(record) => format!("{file}:{record}"),
            None => file,
        }
    };
    json(&listed)
        .iter()
        .map(|document| {
            (
                document["id"].as_str().unwrap_or_default().to_string(),
                name(document),
            )
        })
        .collect()
}

#[test]
fn exactly_the_planted_disputes_are_contested() {
    let collection = collection();
    let gold = gold();
    let files = files(&collection);
    let found = json(&rashomon(&[
        "disputes",
        "--ledger",
        &collection.ledger,
        "--format",
        "jsonl",
        "--limit",
        "0",
    ]));
    let mut free: Vec<&Value> = found.iter().collect();
    for planted in &gold.planted {
        let place = free.iter().position(|dispute| {
            let parties: BTreeSet<String> = dispute["positions"]
                .as_array()
                .into_iter()
                .flatten()
                .flat_map(|position| position["parties"].as_array().into_iter().flatten())
                .filter_map(|party| party["name"].as_str())
                .map(|name| gold.party(name))
                .collect();
            let kind = dispute["kind"].as_str().unwrap_or_default();
            let matter = dispute["matter"].as_str().unwrap_or_default();
            let about = |name: &String| matter.contains(name.as_str());
            let past = planted.days.iter().any(|day| day == "PAST_REF");
            planted.kinds.iter().any(|known| known == kind)
                && planted.about.iter().any(about)
                && parties == planted.parties
                && past == (dispute["time"]["value"] == "PAST_REF")
        });
        let Some(place) = place else {
            panic!(
                "not found: {:?} about {:?} between {:?}",
                planted.kinds, planted.about, planted.parties
            );
        };
        let dispute = free.remove(place);
        assert_eq!(dispute["state"], "contested");
        for (party, expected) in &planted.sides {
            let documents: BTreeSet<&str> = dispute["positions"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|position| {
                    let names = position["parties"].as_array().into_iter().flatten();
                    names
                        .filter_map(|name| name["name"].as_str())
                        .any(|name| gold.party(name) == *party)
                })
                .flat_map(|position| position["claims"].as_array().into_iter().flatten())
                .filter_map(|claim| claim["document"].as_str())
                .filter_map(|id| files.iter().find(|(known, _)| known == id))
                .map(|(_, file)| file.as_str())
                .collect();
            assert!(
                expected
                    .iter()
                    .any(|file| documents.contains(file.as_str())),
                "{}: the side of {party} should rest on one of {expected:?}, not on {documents:?}",
                dispute["matter"]
            );
        }
    }
    let more: Vec<&Value> = free.iter().map(|dispute| &dispute["matter"]).collect();
    assert!(more.is_empty(), "contested, but not planted: {more:?}");
    assert!(
        gold.near_misses >= 10,
        "the collection keeps its near misses"
    );
}

#[test]
fn the_collection_gives_the_ledger_of_the_gold_file() {
    let collection = collection();
    let list = |what: &str, more: &[&str]| {
        let common = [
            what,
            "--ledger",
            &collection.ledger,
            "--format",
            "csv",
            "--limit",
            "0",
        ];
        rashomon(&[&common[..], more].concat())
    };
    let ledger = format!("{}\n{}", list("disputes", &["--all"]), list("claims", &[]));
    let path = root().join("gold/demo.expect");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &ledger).expect("the gold file can be written");
    }
    let expected = fs::read_to_string(&path).expect("gold/demo.expect is there");
    for (number, (now, before)) in ledger.lines().zip(expected.lines()).enumerate() {
        assert_eq!(
            now,
            before,
            "line {} of gold/demo.expect; UPDATE_EXPECT=1 rewrites it",
            number + 1
        );
    }
    assert_eq!(
        ledger.lines().count(),
        expected.lines().count(),
        "gold/demo.expect has other lines"
    );
}

#[test]
fn the_same_collection_gives_the_same_lines_twice() {
    let (first, second) = (collection(), collection());
    for what in ["disputes", "claims", "entities", "documents"] {
        let list = |ledger: &str| {
            rashomon(&[
                what, "--ledger", ledger, "--format", "jsonl", "--limit", "0",
            ])
        };
        assert_eq!(list(&first.ledger), list(&second.ledger), "{what}");
    }
}
