//! Input that was made to break readers: no panic, no hang, and blocks that tile whatever comes out.

use ingest::{Ingested, Lexicon, Options, Unread, read_bytes};
use proptest::prelude::*;
use std::path::Path;
use std::time::{Duration, Instant};

/// Far more than any of these takes in an unoptimised build on a busy machine, far less than a hang.
const PATIENCE: Duration = Duration::from_secs(60);

fn options() -> Options {
    let boilerplate = include_str!("../../../lexicon/boilerplate.txt");
    Options {
        lexicon: Lexicon::parse(boilerplate).expect("the shipped lexicon is well formed"),
        ..Options::default()
    }
}

/// Reads bytes, checks every document, and counts what came out.
fn read(path: &str, bytes: &[u8]) -> Vec<Result<Ingested, Unread>> {
    let mut out = Vec::new();
    read_bytes(Path::new(path), bytes, &options(), &mut |result| {
        if let Ok(Ingested { document, raw }) = &result {
            let mut at = 0;
            for block in &document.blocks {
                assert_eq!(block.span.from(), at);
                assert!(block.span.fits(&document.text) && !block.span.is_empty());
                at = block.span.to();
                if let Some(span) = block.raw {
                    assert_eq!(
                        &raw[span.from()..span.to()],
                        block.span.slice(&document.text).as_bytes()
                    );
                }
            }
            assert_eq!(at, document.text.len());
            assert_eq!(document.id, text::content_hash(raw));
        }
        out.push(result);
    });
    out
}

const SAID: &str = "<p>The rebels said they held the bridge.</p>";

#[test]
fn hostile_pages_neither_crash_nor_hang() {
    let deep = |tag: &str| format!("<html><body>{}{SAID}", tag.repeat(100_000));
    let attributes: String = (0..100_000).map(|n| format!("a{n}=1 ")).collect();
    let pages = [
        ("nested divisions", deep("<div>")),
        ("nested fonts", deep("<font><b>")),
        ("nesting behind idle end tags", deep("<div></x>")),
        (
            "nested drawings",
            format!("<svg>{}x", "<td>".repeat(100_000)),
        ),
        ("nested tables", deep("<table><tr><td>")),
        ("nested lists", deep("<ul><li>")),
        (
            "a tag with many attributes",
            format!("<p {attributes}>The rebels said they held the bridge.</p>"),
        ),
        (
            "a huge attribute",
            format!(
                "<p class=\"{}\">The rebels said they held the bridge.</p>",
                "x".repeat(4_000_000)
            ),
        ),
        (
            "open quotes",
            "<p>".to_owned() + &"<a href=\"".repeat(200_000),
        ),
        ("open comments", "<!-- ".repeat(200_000) + SAID),
        ("open scripts", "<script>".repeat(100_000) + SAID),
        (
            "scripts",
            format!(
                "<html><body>{}<article>{SAID}</article>",
                "<script>var a=\"<p>no\";</script>".repeat(5_000)
            ),
        ),
        ("brackets", "<".repeat(300_000)),
        (
            "open paragraphs",
            "<p>The rebels said they held the bridge. ".repeat(10_000),
        ),
        ("links", "<a href=x>link</a> ".repeat(20_000)),
        (
            "times",
            format!(
                "<body>{}{SAID}",
                "<time class=publish-date>x</time>".repeat(20_000)
            ),
        ),
        (
            "zeros",
            format!("<p>The\0 rebels said\0 they held the bridge.</p>{SAID}"),
        ),
    ];
    for (name, page) in pages {
        let started = Instant::now();
        let found = read("a.html", page.as_bytes());
        assert_eq!(found.len(), 1, "{name}");
        assert!(
            started.elapsed() < PATIENCE,
            "{name}: {:?}",
            started.elapsed()
        );
    }
}

#[test]
fn what_a_deep_page_says_is_kept() {
    let found = read(
        "a.html",
        format!("<html><body>{}{SAID}", "<div>".repeat(100_000)).as_bytes(),
    );
    let document = &found[0].as_ref().expect("it is read").document;
    assert_eq!(document.text, "The rebels said they held the bridge.");
    assert_eq!(document.notes[0].code, "too_complex");
    assert!(document.is_article());
}

#[test]
fn a_truncated_page_keeps_what_there_is() {
    let found = read(
        "a.html",
        b"<html><body><article><p>The rebels said they held the bridge.</p><p>The army den",
    );
    let document = &found[0].as_ref().expect("it is read").document;
    assert!(document.text.ends_with("The army den"));
}

#[test]
fn plain_text_is_read_in_linear_time() {
    for text in [
        "a ".repeat(2_000_000),
        "a\n".repeat(500_000),
        "Read also: a\n".repeat(100_000),
        "a\n\n".repeat(500_000),
        "\r".repeat(1_000_000) + "a",
    ] {
        let started = Instant::now();
        assert_eq!(read("a.txt", text.as_bytes()).len(), 1);
        assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
    }
}

#[test]
fn hostile_records_and_feeds_are_named() {
    let deep = format!("{{\"text\":{}1", "[".repeat(100_000));
    assert!(read("a.jsonl", deep.as_bytes())[0].is_err());
    let entries = format!("<rss version='2.0'><channel>{}", "<item>".repeat(50_000));
    assert_eq!(read("a.xml", entries.as_bytes()).len(), 1);
    let nested = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>x</title><content type='xhtml'>{}</content></entry></feed>",
        "<div>".repeat(50_000)
    );
    assert_eq!(read("a.xml", nested.as_bytes()).len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        // A failure is printed whole; it becomes a test of its own, not a file.
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes_under_any_extension(bytes in proptest::collection::vec(any::<u8>(), 0..400), extension in 0..4_usize) {
        let path = ["a.txt", "a.html", "a.jsonl", "a.xml"][extension];
        read(path, &bytes);
    }

    #[test]
    fn any_pieces_of_formats_under_any_extension(
        parts in proptest::collection::vec(proptest::sample::select(vec![
            "<p>", "</p>", "<div>", "<title>", "<rss version='2.0'><channel>", "<item>", "</item>", "<feed>", "<entry>",
            "<![CDATA[", "]]>", "<!--", "-->", "<script type=application/ld+json>", "{\"@type\":\"Article\",", "\"datePublished\":\"2021-02-31\"",
            "{\"text\":\"", "\"}", "\n", "\n\n", "\u{feff}", "\u{a0}", "Read also", "Published: 6 September 2021", "é", "\u{1f54a}", "&nbsp;",
            "&#x110000;", "The army denied it.", "\0", "<svg>", "<time datetime=2021-09-06é>", "<source>", "</", "<", "\"", "20210é",
        ]), 0..40),
        extension in 0..4_usize,
    ) {
        let path = ["a.txt", "a.html", "a.jsonl", "a.xml"][extension];
        read(path, parts.concat().as_bytes());
    }
}
