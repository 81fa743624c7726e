//! `ask`: claims that answer a sentence, as a user runs it. People, parties and places are invented.

use super::{each_span, folder_with, lines, rashomon, stderr, stdout};
use std::path::Path;

/// Two sides on who holds a town, a figure, a forecast; every name is invented.
fn ledger() -> tempfile::TempDir {
    let articles = concat!(
        r#"{"text":"The Regency said on Wednesday that its army had taken full control of Belvarrin.","published":"2031-03-05","outlet":"Sennel Post"}"#,
        "\n",
        r#"{"text":"The Ennerath Front denied on Thursday that the Regency had taken control of Belvarrin.","published":"2031-03-06","outlet":"Radio Ennerath"}"#,
        "\n",
        r#"{"text":"The mayor predicted that the Regency would take control of Belvarrin.","published":"2031-03-07"}"#,
        "\n"
    );
    let places = "id\tname\tlat\tlon\nx1\tBelvarrin\t10.0\t20.0\n";
    let folder = folder_with(&[
        ("wire.jsonl", articles.as_bytes()),
        ("places.tsv", places.as_bytes()),
        ("empty.txt", b""),
    ]);
    let read = rashomon(
        folder.path(),
        &[
            "read",
            "wire.jsonl",
            "empty.txt",
            "--gazetteer",
            "places.tsv",
            "-q",
        ],
    );
    assert_eq!(read.status.code(), Some(1), "{}", stderr(&read));
    folder
}

fn relations(folder: &Path, args: &[&str]) -> Vec<(String, String)> {
    let output = rashomon(folder, args);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let line = |line: serde_json::Value| {
        let word = |field: &str| line[field].as_str().unwrap_or_default().to_owned();
        (word("day"), word("relation"))
    };
    lines(&output).into_iter().map(line).collect()
}

#[test]
fn a_denial_denies_what_another_affirms_and_a_forecast_affirms_nothing() {
    let folder = ledger();
    let ask = |more: &[&str]| {
        let args = [
            &["ask", "The Regency holds Belvarrin", "--format", "jsonl"],
            more,
        ]
        .concat();
        let mut found = relations(folder.path(), &args);
        found.dedup();
        found
    };
    let (first, second) = ("2031-03-05".to_owned(), "2031-03-06".to_owned());
    let affirms = (first, "affirms".to_owned());
    let denies = (second, "denies".to_owned());
    assert_eq!(ask(&[]), [affirms.clone(), denies]);
    assert_eq!(ask(&["--as-of", "2031-03-05"]), [affirms]);
    assert!(ask(&["--all"]).contains(&("2031-03-07".to_owned(), "reports".to_owned())));
}

#[test]
fn answers_are_quoted_with_their_place_and_nothing_says_so() {
    let folder = ledger();
    let output = rashomon(
        folder.path(),
        &["ask", "The Regency holds Belvarrin", "--format", "jsonl"],
    );
    let claims = rashomon(folder.path(), &["claims", "--format", "jsonl"]);
    let claims = lines(&claims);
    for line in lines(&output) {
        assert!(
            claims
                .iter()
                .any(|claim| claim["id"] == line["claim"]["id"])
        );
        let spans = each_span(&line["claim"]["content"], &mut |start, end, words| {
            assert_eq!(end - start, words.len());
        });
        assert!(spans > 0);
        assert!(
            line["reasons"]
                .as_array()
                .is_some_and(|all| !all.is_empty())
        );
    }
    let text = stdout(&rashomon(
        folder.path(),
        &["ask", "The Regency holds Belvarrin"],
    ));
    assert!(text.contains("“that its army had taken full control of") && text.contains("bytes "));
    assert!(text.ends_with("1 could not be read.\n"), "{text}");
    let none = rashomon(folder.path(), &["ask", "The ferry at Orlem sank"]);
    assert_eq!(none.status.code(), Some(0));
    assert!(
        stdout(&none).contains("Nothing in these 3 documents")
            && stdout(&none).contains("(1 not read)"),
        "{}",
        stdout(&none)
    );
}

#[test]
fn a_question_without_words_and_a_ledger_that_is_not_there_say_what_to_do() {
    let folder = ledger();
    let wordless = rashomon(folder.path(), &["ask", "?!"]);
    assert_eq!(wordless.status.code(), Some(2));
    assert!(stderr(&wordless).contains("ask in a sentence"));
    let missing = rashomon(folder.path(), &["ask", "It rains", "--ledger", "none.db"]);
    assert_eq!(missing.status.code(), Some(3));
}
