//! `events`: what is said to have happened, as a user lists it, codes it and takes it back in. People, parties and places are invented.

use super::{folder_with, lines, rashomon, stderr, stdout};
use std::fs;
use std::path::Path;

/// Two tolls of one shelling, by two sides.
fn ledger() -> tempfile::TempDir {
    let articles = concat!(
        r#"{"text":"The valley council said on Wednesday that at least 19 civilians were killed in the shelling of Dorveth on Tuesday.","published":"2031-03-05","outlet":"Radio Ennerath"}"#,
        "\n",
        r#"{"text":"The Defence Ministry of the Regency said on Wednesday that three civilians were killed in the shelling of Dorveth on Tuesday.","published":"2031-03-05","outlet":"Regency Bulletin"}"#,
        "\n"
    );
    let folder = folder_with(&[
        ("wire.jsonl", articles.as_bytes()),
        (
            "places.tsv",
            b"id\tname\tlat\tlon\nx1\tDorveth\t10.0\t20.0\n",
        ),
    ]);
    let read = rashomon(
        folder.path(),
        &["read", "wire.jsonl", "--gazetteer", "places.tsv", "-q"],
    );
    assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
    folder
}

fn tolls(folder: &Path) -> serde_json::Value {
    let output = rashomon(folder, &["events", "--format", "jsonl", "-q"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    lines(&output)
        .into_iter()
        .find(|line| line["types"][0] == "casualty")
        .expect("a row for the dead")
}

#[test]
fn two_tolls_of_one_place_and_day_are_one_row_with_both_figures() {
    let folder = ledger();
    let row = tolls(folder.path());
    let lows: Vec<f64> = row["told"]
        .as_array()
        .expect("speakers")
        .iter()
        .filter_map(|told| told["low"].as_f64())
        .collect();
    assert!(lows.contains(&19.0) && lows.contains(&3.0), "{row}");
    assert_eq!(row["place"]["name"], "Dorveth");
    assert_eq!(row["earliest"], "2031-03-04");
    assert_eq!(row["contested"], true);
    assert!(row["best"].is_null());
    let text = stdout(&rashomon(folder.path(), &["events"]));
    assert!(
        text.contains("[contested]") && text.contains("3 civilians killed"),
        "{text}"
    );
    assert!(text.contains("Read in full: 2 documents"));
}

#[test]
fn what_a_coder_fills_in_comes_back() {
    let folder = ledger();
    let csv = rashomon(folder.path(), &["events", "--format", "csv", "-q"]);
    let table = stdout(&csv);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let head = reader.headers().expect("a head").clone();
    let at = |column: &str| head.iter().position(|own| own == column).expect("a column");
    let mut filled = csv::Writer::from_writer(Vec::new());
    filled.write_record(&head).expect("a head");
    for record in reader.records() {
        let record = record.expect("a record");
        let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
        assert_eq!(cells[at("best")], "");
        if cells[at("types")] == "casualty" {
            cells[at("best")] = "17".to_owned();
            cells[at("note")] = "names of the dead".to_owned();
        }
        filled.write_record(&cells).expect("a record");
    }
    let filled = filled.into_inner().expect("a table");
    fs::write(folder.path().join("events.csv"), filled).expect("a file");
    let import = ["judge", "--import", "events.csv", "--by", "Ilva Renn"];
    let output = rashomon(folder.path(), &import);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let row = tolls(folder.path());
    assert_eq!(row["best"], 17);
    assert_eq!(row["judged"].as_array().map(Vec::len), Some(1));
    assert_eq!(row["told"].as_array().map(Vec::len), Some(2), "{row}");
    // The table that comes out now is known when it comes in again.
    let again = rashomon(folder.path(), &["events", "--format", "csv", "-q"]);
    fs::write(folder.path().join("events.csv"), &again.stdout).expect("a file");
    let output = rashomon(folder.path(), &["judge", "--import", "events.csv"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let judgements = rashomon(folder.path(), &["judge", "--list", "--format", "jsonl"]);
    assert_eq!(lines(&judgements).len(), 1);
    // A figure that is none changes nothing.
    let broken = stdout(&again).replace(",17,", ",many,");
    fs::write(folder.path().join("events.csv"), broken).expect("a file");
    let output = rashomon(folder.path(), &["judge", "--import", "events.csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("events.csv line "),
        "{}",
        stderr(&output)
    );
}

#[test]
fn types_and_actors_go_by_a_codebook() {
    let folder = ledger();
    let cameo = rashomon(folder.path(), &["events", "--codes", "ucdp"]);
    assert_eq!(cameo.status.code(), Some(0));
    fs::write(folder.path().join("mine.tsv"), "type\tcasualty\tDEAD\n").expect("a file");
    let mine = rashomon(folder.path(), &["events", "--codebook", "mine.tsv"]);
    assert!(
        stdout(&mine).contains("casualty (DEAD)"),
        "{}",
        stdout(&mine)
    );
    fs::write(folder.path().join("mine.tsv"), "type\tmusic\tM\n").expect("a file");
    let wrong = rashomon(folder.path(), &["events", "--codebook", "mine.tsv"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("mine.tsv line 1: there is no type “music”"));
}

#[test]
fn disputes_are_narrowed_to_a_run_and_to_who_is_involved() {
    let folder = ledger();
    let list = |more: &[&str]| {
        let args = [&["disputes", "--format", "jsonl", "-q"], more].concat();
        let output = rashomon(folder.path(), &args);
        (output.status.code(), lines(&output).len(), stderr(&output))
    };
    assert_eq!(list(&["--new-since", "last"]).1, 1);
    assert_eq!(list(&["--involving", "dorveth"]).1, 1);
    let (code, _, said) = list(&["--involving", "Nobody Known"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("rashomon entities --all --search"), "{said}");
    let (code, _, said) = list(&["--new-since", "run:7"]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("there is no run 7") && said.contains("run:1 of "),
        "{said}"
    );
    fs::write(folder.path().join("rain.txt"), "It rained in Lomsend.\n").expect("a file");
    let read = rashomon(folder.path(), &["read", "rain.txt", "-q"]);
    assert_eq!(read.status.code(), Some(0));
    assert_eq!(list(&["--new-since", "last"]).1, 0);
    assert_eq!(list(&["--new-since", "run:1"]).1, 1);
}
