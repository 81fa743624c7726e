//! `compare` as a user runs it.

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
}

#[test]
fn pairs_of_texts_are_answered_in_order_and_bad_lines_named() {
    let right = [
        "Rebels have seized the airport of Tormay",
        "Government denies that rebels seized Tormay airport",
        "Did rebels seize the airport of Tormay?",
        "A bakery in Lodwick sells blue bread",
        "",
    ];
    let mut pairs: String = right
        .iter()
        .map(|right| {
            let left = "The rebels have seized Tormay airport";
            format!("{}\n", serde_json::json!({ "left": left, "right": right }))
        })
        .collect();
    pairs.push_str("{\"left\": 1}\n");
    let folder = folder_with(&[("pairs.jsonl", pairs.as_bytes())]);
    let output = rashomon(folder.path(), &["compare", "pairs.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    let lines = lines(&output);
    let relations: Vec<_> = lines
        .iter()
        .filter_map(|line| line["relation"].as_str())
        .collect();
    assert_eq!(
        relations,
        ["affirms", "denies", "doubts", "unrelated", "unrelated"]
    );
    for line in &lines {
        let related = line["related"].as_f64().expect("a number");
        assert_eq!(related < 0.05, line["relation"] == "unrelated", "{line}");
        assert!(line["reasons"][0].is_string());
    }
    assert!(stderr(&output).contains("pairs.jsonl:6: not a pair of texts"));
    let alone = rashomon(folder.path(), &["compare", "--jobs", "1", "pairs.jsonl"]);
    assert_eq!(alone.stdout, output.stdout);
}
