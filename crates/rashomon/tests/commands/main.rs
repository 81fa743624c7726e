//! The commands as a user runs them: exit codes, stderr, lines that parse, text that is safe to show.
//!
//! These tests do not depend on how well claims are found.

mod asking;
mod compare;
mod happenings;
mod judging;
mod who;

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const ARTICLE: &str = "The bridge\n\nLOMSEND, 6 September 2021 - The mayor said on Monday that the bridge was open. \
“Nobody was injured,” the mayor said. The ministry denied that the bridge was open.\n";

fn rashomon(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rashomon"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the program runs")
}

fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        fs::write(path, bytes).expect("a file is written");
    }
    folder
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("complaints are UTF-8")
}

fn lines(output: &Output) -> Vec<serde_json::Value> {
    stdout(output)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect()
}

/// Calls `check` with every object that has `start`, `end` and `text`; gives how many there were.
fn each_span(value: &serde_json::Value, check: &mut dyn FnMut(usize, usize, &str)) -> usize {
    let mut found = 0;
    match value {
        serde_json::Value::Array(parts) => {
            for part in parts {
                found += each_span(part, check);
            }
        }
        serde_json::Value::Object(fields) => {
            let number = |name: &str| {
                fields
                    .get(name)
                    .and_then(serde_json::Value::as_u64)
                    .and_then(|number| usize::try_from(number).ok())
            };
            let text = fields.get("text").and_then(serde_json::Value::as_str);
            if let (Some(start), Some(end), Some(text)) = (number("start"), number("end"), text) {
                check(start, end, text);
                found += 1;
            }
            for part in fields.values() {
                found += each_span(part, check);
            }
        }
        _ => {}
    }
    found
}

#[test]
fn every_command_has_examples_in_its_help() {
    let folder = folder_with(&[]);
    let commands = [
        "demo",
        "read",
        "extract",
        "ask",
        "disputes",
        "claims",
        "events",
        "entities",
        "documents",
        "show",
        "explain",
        "compare",
        "inspect",
        "doctor",
    ];
    for command in commands {
        let output = rashomon(folder.path(), &[command, "--help"]);
        assert_eq!(output.status.code(), Some(0), "{command}");
        assert!(stdout(&output).contains("Examples:"), "{command}");
        assert!(
            stdout(&output).contains(&format!("rashomon {command}")),
            "{command}"
        );
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let folder = folder_with(&[("a.txt", ARTICLE.as_bytes())]);
    let wrong: [&[&str]; 11] = [
        &[],
        &["compare", "missing.jsonl"],
        &["compare", "--names", "missing.jsonl"],
        &["read"],
        &["conquer"],
        &["extract", "--published", "2021-02-30", "a.txt"],
        &[
            "extract",
            "--published",
            "2021-09-06",
            "--published-all",
            "2021-09-06",
            "a.txt",
        ],
        &["extract", "--map", "nothing=body", "a.txt"],
        &["extract", "--gazetteer", "missing.tsv", "a.txt"],
        &["inspect", "--stage", "forest", "a.txt"],
        &["claims", "--act", "shouts"],
    ];
    for args in wrong {
        let output = rashomon(folder.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!stderr(&output).is_empty(), "{args:?}");
        assert!(stdout(&output).is_empty(), "{args:?}");
    }
}

#[test]
fn every_word_has_tags_a_lemma_and_a_place_in_the_tree() {
    let folder = folder_with(&[("a.txt", b"The rebels denied the claim.")]);
    let args = ["inspect", "--stage", "tree", "--format", "jsonl", "a.txt"];
    let output = rashomon(folder.path(), &args);
    let said = stdout(&output);
    let denied = said
        .lines()
        .find(|line| line.contains(r#""text":"denied","head":null"#));
    let rebels = said
        .lines()
        .find(|line| line.contains(r#""text":"rebels""#) && line.contains("nsubj"));
    assert!(denied.is_some_and(|line| {
        line.contains(r#""lemma":"deny","upos":"VERB","xpos":"VBD","deprel":"root""#)
    }));
    assert!(
        rebels.is_some_and(|line| line.contains(r#""head":{"start":11,"end":17,"text":"denied"}"#))
    );
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_done() {
    let folder = folder_with(&[
        ("a.txt", ARTICLE.as_bytes()),
        ("empty.txt", b""),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0"),
    ]);
    let output = rashomon(
        folder.path(),
        &[
            "extract",
            "a.txt",
            "empty.txt",
            "missing.txt",
            "picture.txt",
        ],
    );
    assert_eq!(output.status.code(), Some(1));
    for name in ["empty.txt", "missing.txt", "picture.txt"] {
        let named = stderr(&output)
            .lines()
            .filter(|line| line.starts_with(&format!("{name}: ")))
            .count();
        assert_eq!(named, 1, "{name}: {}", stderr(&output));
    }
    assert_eq!(lines(&output)[0]["record"], "document");
    assert_eq!(lines(&output)[0]["path"], "a.txt");
}

#[test]
fn spans_slice_to_their_text_which_is_the_file() {
    let folder = folder_with(&[("a.txt", ARTICLE.as_bytes())]);
    let output = rashomon(
        folder.path(),
        &[
            "extract",
            "--with-text",
            "--published",
            "2021-09-06",
            "a.txt",
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let records = lines(&output);
    assert_eq!(records[0]["text"], ARTICLE);
    for record in &records {
        each_span(record, &mut |start, end, text| {
            assert_eq!(ARTICLE.get(start..end), Some(text));
        });
    }
}

#[test]
fn inspect_prints_every_stage_with_spans() {
    let folder = folder_with(&[("a.txt", ARTICLE.as_bytes())]);
    let stages = [
        "blocks",
        "sentences",
        "tokens",
        "mentions",
        "times",
        "quantities",
        "attributions",
        "claims",
    ];
    for stage in stages {
        let output = rashomon(
            folder.path(),
            &["inspect", "--stage", stage, "--format", "jsonl", "a.txt"],
        );
        assert_eq!(
            output.status.code(),
            Some(0),
            "{stage}: {}",
            stderr(&output)
        );
        let records = lines(&output);
        assert_eq!(records[0]["text"], ARTICLE, "{stage}");
        for record in &records[1..] {
            let spans = each_span(record, &mut |start, end, text| {
                assert_eq!(ARTICLE.get(start..end), Some(text), "{stage}");
            });
            assert!(spans > 0, "{stage}: {record}");
        }
    }
    let blocks = rashomon(
        folder.path(),
        &["inspect", "--stage", "blocks", "--format", "jsonl", "a.txt"],
    );
    assert!(lines(&blocks).len() > 1);
}

#[test]
fn a_mention_has_its_title_and_roles_and_an_entity_what_it_is_called() {
    let text = "Gen. Dorvan Keel met opposition leader Jorren Hastrell in Orrem.\n";
    let folder = folder_with(&[("a.txt", text.as_bytes())]);
    let args = [
        "inspect", "--stage", "mentions", "--format", "jsonl", "a.txt",
    ];
    let records = lines(&rashomon(folder.path(), &args));
    let (document, mentions) = records.split_first().unwrap();
    let said: Vec<String> = mentions
        .iter()
        .map(|mention| {
            let roles = mention["roles"].as_array().unwrap();
            let roles: Vec<&str> = roles
                .iter()
                .filter_map(|role| role["text"].as_str())
                .collect();
            format!(
                "{} | {} | {} | {}",
                mention["text"].as_str().unwrap(),
                mention["head"]["text"].as_str().unwrap(),
                mention["title"]["text"].as_str().unwrap_or("null"),
                roles.join(", ")
            )
        })
        .collect();
    let wanted = [
        "Dorvan Keel | Keel | Gen. | ",
        "Jorren Hastrell | Hastrell | null | opposition leader",
        "Orrem | Orrem | null | ",
    ];
    for line in wanted {
        assert!(said.iter().any(|said| said == line), "{line}: {said:?}");
    }
    assert!(
        document["entities"]
            .as_array()
            .unwrap()
            .iter()
            .any(|entity| {
                entity["name"] == "Jorren Hastrell"
                    && entity["roles"] == serde_json::json!(["opposition leader"])
            })
    );
}

#[test]
fn results_stand_in_the_order_of_the_inputs() {
    let names: Vec<String> = (0..40)
        .map(|number| format!("{:02}.txt", 39 - number))
        .collect();
    let files: Vec<(String, String)> = names
        .iter()
        .zip(0..)
        .map(|(name, number)| {
            let long = "A sentence about the bridge. ".repeat(1 + (number * 7) % 50);
            (name.clone(), format!("{name}\n\n{long}\n"))
        })
        .collect();
    let borrowed: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    let folder = folder_with(&borrowed);
    let mut args = vec!["extract", "--jobs", "4"];
    args.extend(names.iter().map(String::as_str));
    let found: Vec<String> = lines(&rashomon(folder.path(), &args))
        .iter()
        .filter(|record| record["record"] == "document")
        .filter_map(|record| record["path"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(found, names);
}

#[test]
fn a_container_comes_out_in_order_and_whole() {
    let items: String = (0..500)
        .map(|number| format!("{{\"text\":\"Number {number}. The mayor said the bridge was open.\",\"title\":\"{number}\"}}\n"))
        .collect();
    let folder = folder_with(&[
        ("items.jsonl", items.as_bytes()),
        ("z.txt", ARTICLE.as_bytes()),
    ]);
    let output = rashomon(
        folder.path(),
        &["extract", "--jobs", "3", "items.jsonl", "z.txt"],
    );
    let titles: Vec<String> = lines(&output)
        .iter()
        .filter(|record| record["record"] == "document" && record["path"] == "items.jsonl")
        .filter_map(|record| record["title"].as_str().map(str::to_owned))
        .collect();
    let wanted: Vec<String> = (0..500).map(|number| number.to_string()).collect();
    assert_eq!(titles, wanted);
}

#[test]
fn one_day_for_several_undated_documents_is_refused() {
    let undated = "The bridge\n\nThe mayor said that the bridge was open.\n";
    let folder = folder_with(&[
        ("a.txt", undated.as_bytes()),
        ("b.txt", b"Another.\n\nIt was open.\n"),
    ]);
    for command in ["extract", "read"] {
        let output = rashomon(
            folder.path(),
            &[command, "--published", "2021-09-06", "a.txt", "b.txt"],
        );
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert!(stderr(&output).contains("--published-all"), "{command}");
    }
    assert!(!folder.path().join("rashomon.db").exists());
    let output = rashomon(
        folder.path(),
        &["extract", "--published", "2021-09-06", "a.txt"],
    );
    assert_eq!(lines(&output)[0]["published"], "2021-09-06");
    assert_eq!(lines(&output)[0]["published_basis"], "option");
    let output = rashomon(
        folder.path(),
        &["extract", "--published-all", "2021-09-06", "a.txt", "b.txt"],
    );
    let days = lines(&output)
        .iter()
        .filter(|record| record["published"] == "2021-09-06")
        .count();
    assert_eq!(days, 2);
}

#[test]
fn standard_input_can_be_dated() {
    let folder = folder_with(&[]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_rashomon"))
        .args(["extract", "--published", "2021-09-06", "-"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("an input");
    input
        .write_all(b"The bridge\n\nThe mayor said that the bridge was open.\n")
        .expect("the input is written");
    drop(input);
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(lines(&output)[0]["published"], "2021-09-06");
    assert_eq!(lines(&output)[0]["path"], "-");
}

#[test]
fn characters_that_turn_the_writing_are_written_out() {
    let text = "The \u{202e}bridge\u{2066}\n\nThe mayor \u{1b}[31msaid\u{9b} that the \u{200f}bridge was open.\n";
    let folder = folder_with(&[("a\u{202e}.txt", text.as_bytes())]);
    let name = "a\u{202e}.txt";
    let reads: [&[&str]; 3] = [
        &["extract", "--format", "text", "--with-text", name],
        &["inspect", "--stage", "blocks", name],
        &["read", name],
    ];
    for args in reads {
        let output = rashomon(folder.path(), args);
        let all = stdout(&output) + &stderr(&output);
        assert!(
            !all.contains(['\u{202e}', '\u{2066}', '\u{1b}', '\u{9b}', '\u{200f}']),
            "{args:?}: {all}"
        );
    }
    let views: [&[&str]; 3] = [&["documents"], &["claims"], &["entities"]];
    for args in views {
        let output = rashomon(folder.path(), args);
        assert_eq!(output.status.code(), Some(0));
        assert!(
            !stdout(&output).contains(['\u{202e}', '\u{2066}', '\u{1b}']),
            "{args:?}"
        );
    }
    let output = rashomon(folder.path(), &["extract", "--format", "text", name]);
    assert!(stdout(&output).contains("\\u{202e}"));
    let output = rashomon(folder.path(), &["extract", "missing\u{202e}.txt"]);
    assert!(stderr(&output).contains("missing\\u{202e}.txt: "));
}

#[test]
fn reading_twice_is_no_change_and_other_options_read_anew() {
    let folder = folder_with(&[
        ("news/a.txt", ARTICLE.as_bytes()),
        ("news/b.txt", b"Another.\n\nIt was open.\n"),
    ]);
    let first = rashomon(folder.path(), &["read", "news"]);
    assert_eq!(first.status.code(), Some(0), "{}", stderr(&first));
    assert!(
        stdout(&first).contains("New: 2 documents."),
        "{}",
        stdout(&first)
    );
    assert!(stdout(&first).contains("Read in full: 2 documents ("));
    assert!(
        stderr(&first).is_empty(),
        "no progress where nobody looks: {}",
        stderr(&first)
    );
    let export = |what: &str| stdout(&rashomon(folder.path(), &[what, "--format", "jsonl", "-q"]));
    let before = export("documents") + &export("claims");
    let again = rashomon(folder.path(), &["read", "news"]);
    assert!(
        stdout(&again).contains("2 documents: no change."),
        "{}",
        stdout(&again)
    );
    assert_eq!(before, export("documents") + &export("claims"));
    let anew = rashomon(
        folder.path(),
        &["read", "--outlet", "The Lomsend Courier", "news"],
    );
    assert!(
        stdout(&anew).contains("2 documents were read anew"),
        "{}",
        stdout(&anew)
    );
}

#[test]
fn coverage_stands_last_and_beside_lines() {
    let folder = folder_with(&[("a.txt", ARTICLE.as_bytes())]);
    let read = stdout(&rashomon(folder.path(), &["read", "a.txt"]));
    let mut ends = read.lines().rev();
    assert!(
        ends.next()
            .is_some_and(|line| line.starts_with("Read in full: 1 document")),
        "{read}"
    );
    assert!(
        ends.next().is_some_and(|line| line.contains("Next: ")),
        "{read}"
    );
    let quiet = rashomon(
        folder.path(),
        &["read", "--quiet", "--outlet", "X", "a.txt"],
    );
    assert_eq!(quiet.status.code(), Some(0));
    assert_eq!(stdout(&quiet) + &stderr(&quiet), "");
    let extract = rashomon(folder.path(), &["extract", "a.txt"]);
    assert!(stderr(&extract).starts_with("Read in full: 1 document"));
    let quiet = rashomon(folder.path(), &["extract", "--quiet", "a.txt"]);
    assert_eq!(stderr(&quiet), "");
    let demo = stdout(&rashomon(folder.path(), &["demo"]));
    assert!(
        demo.lines()
            .rev()
            .nth(1)
            .is_some_and(|line| line.starts_with("Read in full: "))
    );
}

#[test]
fn no_document_at_all_is_said() {
    let folder = folder_with(&[]);
    fs::create_dir(folder.path().join("empty")).expect("a folder is made");
    for format in ["jsonl", "text"] {
        let output = rashomon(folder.path(), &["extract", "--format", format, "empty"]);
        let all = stdout(&output) + &stderr(&output);
        assert_eq!(
            all, "Nothing was read: there is no document at these paths.\n",
            "{format}"
        );
        assert_eq!(stdout(&output).is_empty(), format == "jsonl");
    }
}

#[test]
fn a_day_that_is_lost_is_said() {
    let undated = "The bridge\n\nThe mayor said that the bridge was open.\n";
    let folder = folder_with(&[("a.txt", undated.as_bytes())]);
    rashomon(
        folder.path(),
        &["read", "--published", "2021-09-06", "a.txt"],
    );
    let again = stdout(&rashomon(folder.path(), &["read", "a.txt"]));
    let lost = "1 document lost the day that --published gave it: give it again to bring it back.";
    assert!(again.lines().any(|line| line == lost), "{again}");
    let third = stdout(&rashomon(folder.path(), &["read", "a.txt"]));
    assert!(!third.contains("lost the day"), "{third}");
}

#[test]
fn what_cannot_be_a_date_and_what_is_not_there_yet_is_said() {
    let folder = folder_with(&[("a.txt", ARTICLE.as_bytes())]);
    for (word, said) in [
        ("yesterday", "not a date I can read; write 2021-09-06"),
        ("", "not a date I can read; write 2021-09-06"),
        ("2021-02-30", "there is no such day"),
    ] {
        let output = rashomon(folder.path(), &["extract", "--published", word, "a.txt"]);
        assert_eq!(output.status.code(), Some(2), "{word}");
        assert!(
            stderr(&output).contains(said),
            "{word}: {}",
            stderr(&output)
        );
    }
    let output = rashomon(
        folder.path(),
        &["verify", "cl_aa0000", "--as-of", "2021-09-06"],
    );
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "rashomon: this version has no `verify` yet\n"
    );
}

#[test]
fn a_claim_stands_in_its_whole_sentence_without_doubled_marks() {
    let folder = folder_with(&[("a.txt", ARTICLE.as_bytes())]);
    rashomon(folder.path(), &["read", "-q", "a.txt"]);
    let claims = lines(&rashomon(
        folder.path(),
        &["claims", "--format", "jsonl", "-q"],
    ));
    assert!(!claims.is_empty());
    let mut whole = false;
    for claim in claims {
        let id = claim["id"].as_str().expect("an id");
        let shown = stdout(&rashomon(folder.path(), &["show", id]));
        assert!(!shown.contains("““"), "{shown}");
        whole |= shown.contains("in the text   “Nobody was injured,” the mayor said.\n");
    }
    assert!(whole, "the sentence of the quotation");
}

#[test]
fn failures_are_counted_until_they_can_be_read() {
    let folder = folder_with(&[("a.txt", ARTICLE.as_bytes()), ("b.txt", b"")]);
    let output = rashomon(folder.path(), &["read", "a.txt", "b.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout(&output).contains("; 1 could not be read."),
        "{}",
        stdout(&output)
    );
    fs::write(folder.path().join("b.txt"), "Another.\n\nIt was open.\n")
        .expect("the file is written");
    let output = rashomon(folder.path(), &["read", "a.txt", "b.txt"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stdout(&output).contains("; 0 could not be read."),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_path_that_leads_nowhere_leaves_nothing_behind() {
    let folder = folder_with(&[("a.txt", ARTICLE.as_bytes())]);
    let output = rashomon(folder.path(), &["read", "missing"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).starts_with("missing: "));
    assert!(!folder.path().join("rashomon.db").exists());
    let output = rashomon(folder.path(), &["read", "a.txt", "missing"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("1 input could not be read"));
    let output = rashomon(folder.path(), &["documents"]);
    assert!(stdout(&output).contains("; 0 could not be read."));
}

#[test]
fn ids_can_be_shortened_and_lead_to_records() {
    let folder = folder_with(&[("a.txt", ARTICLE.as_bytes())]);
    rashomon(folder.path(), &["read", "a.txt"]);
    let documents = lines(&rashomon(
        folder.path(),
        &["documents", "--format", "jsonl"],
    ));
    let id = documents[0]["id"].as_str().expect("an id");
    let output = rashomon(folder.path(), &["show", &id[..8], "--format", "jsonl"]);
    assert_eq!(lines(&output), documents);
    let output = rashomon(folder.path(), &["show", &id[..8]]);
    assert!(stdout(&output).contains("The mayor said on Monday"));
    for command in ["show", "explain"] {
        let output = rashomon(folder.path(), &[command, "ma_ffffffff"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("rashomon disputes"));
    }
}

#[test]
fn tables_are_csv_and_the_coverage_stands_beside() {
    let folder = folder_with(&[("=a.txt", ARTICLE.as_bytes())]);
    rashomon(folder.path(), &["read", "=a.txt"]);
    for list in ["documents", "claims", "entities", "disputes"] {
        let output = rashomon(folder.path(), &[list, "--format", "csv"]);
        let mut table = csv::Reader::from_reader(output.stdout.as_slice());
        let width = table.headers().expect("a head").len();
        for row in table.records() {
            assert_eq!(row.expect("a row").len(), width, "{list}");
        }
        assert!(
            stderr(&output).starts_with("Read in full: 1 document"),
            "{list}"
        );
    }
    let output = rashomon(folder.path(), &["documents", "--format", "csv"]);
    assert!(stdout(&output).contains(",'=a.txt,"), "{}", stdout(&output));
}

#[test]
fn empty_lists_say_what_to_do() {
    let folder = folder_with(&[("a.txt", ARTICLE.as_bytes())]);
    let output = rashomon(folder.path(), &["claims"]);
    assert_eq!(output.status.code(), Some(3), "a list makes no ledger");
    assert!(stderr(&output).contains("rashomon.db"));
    assert!(!folder.path().join("rashomon.db").exists());
    rashomon(folder.path(), &["read", "a.txt"]);
    let output = rashomon(folder.path(), &["claims", "--party", "nobody of this name"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stdout(&output).contains("leave one out"),
        "{}",
        stdout(&output)
    );
    assert!(stdout(&output).contains("Read in full: 1 document"));
}

#[test]
fn a_file_that_is_no_ledger_ends_with_3() {
    let folder = folder_with(&[
        ("a.txt", ARTICLE.as_bytes()),
        (
            "other.db",
            b"This is not a ledger, but a note to the milkman.",
        ),
    ]);
    let runs: [&[&str]; 3] = [
        &["claims", "--ledger", "other.db"],
        &["read", "a.txt", "--ledger", "other.db"],
        &["doctor", "--ledger", "other.db"],
    ];
    for args in runs {
        let output = rashomon(folder.path(), args);
        assert_eq!(output.status.code(), Some(3), "{args:?}");
        assert!(
            (stdout(&output) + &stderr(&output)).contains("other.db"),
            "{args:?}"
        );
    }
}

#[test]
fn a_reader_that_stops_reading_is_no_error() {
    let long: String = (0..2000)
        .map(|number| {
            format!("{{\"text\":\"Number {number}. The mayor said the bridge was open.\"}}\n")
        })
        .collect();
    let folder = folder_with(&[("items.jsonl", long.as_bytes())]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_rashomon"))
        .args(["extract", "items.jsonl"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut some = [0; 64];
    let mut output = child.stdout.take().expect("an output");
    output.read_exact(&mut some).expect("the first bytes");
    drop(output);
    let ended = child.wait_with_output().expect("the program ends");
    assert_eq!(ended.status.code(), Some(0));
    assert!(ended.stderr.is_empty());
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_ends_with_3() {
    let folder = folder_with(&[("a.txt", ARTICLE.as_bytes())]);
    rashomon(folder.path(), &["read", "a.txt"]);
    let runs: [&[&str]; 3] = [
        &["extract", "a.txt"],
        &["documents"],
        &["claims", "--format", "csv"],
    ];
    for args in runs {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("a device that is always full");
        let output = Command::new(env!("CARGO_BIN_EXE_rashomon"))
            .args(args)
            .current_dir(folder.path())
            .stdout(full)
            .output()
            .expect("the program runs");
        assert_eq!(output.status.code(), Some(3), "{args:?}");
        assert!(stderr(&output).contains("could not be written"), "{args:?}");
    }
}

#[test]
fn the_demo_fits_a_screen_and_ends_with_what_to_try() {
    let folder = folder_with(&[]);
    let output = rashomon(folder.path(), &["demo"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.lines().count() <= 40, "{text}");
    assert!(
        text.lines()
            .last()
            .is_some_and(|line| line.contains("rashomon read FOLDER"))
    );
    assert!(text.contains("Read in full: "));
    assert!(
        fs::read_dir(folder.path())
            .expect("the folder")
            .next()
            .is_none()
    );
    for record in lines(&rashomon(folder.path(), &["demo", "--format", "jsonl"])) {
        assert_eq!(record["record"], "dispute");
        assert_eq!(record["state"], "contested");
        assert!(
            record["coverage"]["read"]
                .as_u64()
                .is_some_and(|read| read > 5)
        );
    }
}

#[test]
fn doctor_finds_the_installation_well() {
    let folder = folder_with(&[("a.txt", ARTICLE.as_bytes())]);
    let output = rashomon(folder.path(), &["doctor"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    rashomon(folder.path(), &["read", "a.txt"]);
    let output = rashomon(folder.path(), &["doctor"]);
    assert!(
        stdout(&output).contains("no problem found"),
        "{}",
        stdout(&output)
    );
}
