//! `compare --names` as a user runs it.

use super::{folder_with, lines, rashomon, stderr};

#[test]
fn pairs_of_names_are_answered_in_order_and_bad_lines_named() {
    let pairs = concat!(
        r#"{"left":"Omar Velik","right":"Velik, Omar","kind":"Person"}"#,
        "\nno pair\n\n",
        r#"{"left":"Omar Velik","right":"Sami Dorun","kind":"Person"}"#,
        "\n",
        r#"{"left":"Velik Ltd","right":"Velik Limited","kind":"Ship"}"#,
        "\n",
        r#"{"left":"","right":"Velik","kind":"Place"}"#,
    );
    let folder = folder_with(&[("pairs.jsonl", pairs.as_bytes())]);
    let output = rashomon(folder.path(), &["compare", "--names", "pairs.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    let lines = lines(&output);
    let matches: Vec<_> = lines.iter().map(|line| line["match"].as_bool()).collect();
    assert_eq!(matches, [Some(true), Some(false), Some(false)]);
    assert!(lines.iter().all(|line| line["reasons"][0].is_string()));
    let complaints = stderr(&output);
    assert!(
        complaints.contains("pairs.jsonl:2: not a pair"),
        "{complaints}"
    );
    assert!(
        complaints.contains("pairs.jsonl:5: no kind"),
        "{complaints}"
    );
    let output = rashomon(folder.path(), &["compare", "pairs.jsonl"]);
    assert_eq!(
        stderr(&output),
        "rashomon: this version compares names only; write `rashomon compare --names`\n"
    );
}
