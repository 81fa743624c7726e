//! JSON lines and JSON values: columns, damage, limits.

use super::{all, blocks, notes, options, published};
use ingest::Options;

#[test]
fn lines_become_documents_and_damage_is_named() {
    let lines = concat!(
        "{\"text\":\"The rebels said they held the bridge.\",\"title\":\"Bridge held\",\"url\":\"https://www.bbc.co.uk/2021/09/06/x\",\"source\":\"The Agency\",\"date\":\"2021-09-07\"}\n",
        "not json\n\n",
        "{\"body\":\"<p>The army <b>denied</b> it.</p><p>Read more: Rain</p>\",\"published\":\"2021-02-31\",\"original\":\"x\"}\r\n",
        "{\"title\":\"no text\"}\n",
        "{\"content\":\"The last one was read too.\",\"url\":\"https://www.bbc.co.uk/2021/09/06/x\"}",
    );
    let found = all("a.jsonl", lines.as_bytes(), &options());
    let unread: Vec<(&str, &str)> = found
        .iter()
        .filter_map(|r| r.as_ref().err())
        .map(|u| (u.path.as_str(), u.code))
        .collect();
    assert_eq!(
        unread,
        [("a.jsonl:2", "malformed"), ("a.jsonl:5", "malformed")]
    );
    let read: Vec<_> = found.iter().filter_map(|r| r.as_ref().ok()).collect();
    assert_eq!(read.len(), 3);
    let first = &read[0].document;
    assert_eq!(
        blocks(first),
        [
            ("headline", "Bridge held"),
            ("paragraph", "The rebels said they held the bridge.")
        ]
    );
    assert_eq!(published(first), (Some("2021-09-07"), "feed"));
    assert_eq!(first.meta.outlet.as_deref(), Some("The Agency"));
    assert_eq!(first.sightings[0].record_id.as_deref(), Some("1"));
    assert_eq!(first.sightings[0].path.as_deref(), Some("a.jsonl"));
    assert_eq!(
        read[0].raw,
        lines.lines().next().unwrap_or_default().as_bytes()
    );
    let second = &read[1].document;
    assert_eq!(
        blocks(second),
        [
            ("paragraph", "The army denied it."),
            ("boilerplate", "Read more: Rain")
        ]
    );
    assert_eq!(notes(second), ["bad_date"]);
    assert_eq!(
        second
            .meta
            .translated
            .as_ref()
            .and_then(|t| t.original.as_deref()),
        Some("x")
    );
    let third = &read[2].document;
    assert_eq!(published(third), (Some("2021-09-06"), "url"));
    assert_eq!(third.meta.outlet.as_deref(), Some("BBC News"));
    assert_eq!(third.sightings[0].record_id.as_deref(), Some("6"));
}

#[test]
fn columns_are_mapped() {
    let options = Options {
        map: [
            ("text", "en"),
            ("original", "uk"),
            ("published", "day"),
            ("title", "text"),
        ]
        .map(|(field, column)| (field.to_owned(), column.to_owned()))
        .to_vec(),
        ..options()
    };
    let line = "{\"en\":\"The army denied it.\",\"uk\":\"Армія це заперечила.\",\"day\":1630904280,\"text\":\"Bridge held\"}";
    let found = all("a.jsonl", line.as_bytes(), &options);
    let document = &found[0].as_ref().expect("it can be read").document;
    assert_eq!(document.meta.title.as_deref(), Some("Bridge held"));
    assert_eq!(published(document), (Some("2021-09-06T04:58:00Z"), "feed"));
    let translated = document.meta.translated.as_ref();
    assert_eq!(
        translated.and_then(|t| t.original.as_deref()),
        Some("Армія це заперечила.")
    );
    let missing = all("a.jsonl", b"{\"body\":\"The army denied it.\"}", &options);
    assert_eq!(
        missing[0]
            .as_ref()
            .expect_err("its column is not there")
            .code,
        "malformed"
    );
}

#[test]
fn a_line_over_the_limit_is_named_and_the_next_is_read() {
    let options = Options {
        max_document: 1000,
        ..options()
    };
    let lines = format!(
        "{{\"text\":\"{}\"}}\n{{\"text\":\"The army denied it.\"}}\n",
        "x".repeat(100_000)
    );
    let found = all("a.jsonl", lines.as_bytes(), &options);
    let first = found[0].as_ref().expect_err("it is too large");
    assert_eq!(
        (first.path.as_str(), first.code),
        ("a.jsonl:1", "too_large")
    );
    assert!(found[1].is_ok());
    assert_eq!(found.len(), 2);
}

#[test]
fn values_over_many_lines_are_read() {
    for json in [
        "[\n {\"text\": \"One was said.\"},\n {\"text\": \"Two was said.\"}\n]",
        "{\n \"text\": \"One was said.\"\n}\n{\n \"text\": \"Two was said.\"\n}",
    ] {
        let found = all("a.json", json.as_bytes(), &options());
        let texts: Vec<&str> = found
            .iter()
            .filter_map(|r| r.as_ref().ok())
            .map(|i| i.document.text.as_str())
            .collect();
        assert_eq!(texts, ["One was said.", "Two was said."]);
    }
    assert_eq!(all("a.json", b"[1, 2", &options()).len(), 1);
}

#[test]
fn the_same_title_is_not_laid_out_twice() {
    let line =
        "{\"title\":\"Bridge held\",\"text\":\"Bridge held\\n\\nThe rebels said they held it.\"}";
    let found = all("a.jsonl", line.as_bytes(), &options());
    let document = &found[0].as_ref().expect("it can be read").document;
    assert_eq!(
        blocks(document),
        [
            ("headline", "Bridge held"),
            ("paragraph", "The rebels said they held it.")
        ]
    );
}
