//! Which format bytes are in: by content first, by the file's extension where content leaves it open.
//!
//! It looks at the first bytes only and decodes nothing for good.

use std::path::Path;

/// How many of the first bytes are looked at.
pub const HEAD: usize = 64 * 1024;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text without markup.
    Plain,
    /// A web page, or other markup.
    Html,
    /// One JSON object a line.
    JsonLines,
    /// One JSON value over many lines: an object, or a list of them.
    Json,
    /// RSS or Atom.
    Feed,
}

/// Tells the format from the first bytes (at most [`HEAD`]) and the path.
///
/// # Errors
/// What the bytes are, where they are no text: a phrase for the reader.
pub fn format(head: &[u8], path: &Path) -> Result<Format, &'static str> {
    if let Some((_, what)) = KNOWN.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(what);
    }
    let text = decoded(head);
    if looks_binary(&text) {
        return Err("binary data");
    }
    let extension = path
        .file_name()
        .map(|name| name.to_string_lossy().to_ascii_lowercase())
        .unwrap_or_default();
    let extension = extension.strip_suffix(".gz").unwrap_or(&extension);
    let has = |endings: &[&str]| endings.iter().any(|ending| extension.ends_with(ending));
    let body = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if has(&[".csv", ".tsv"]) {
        // Read as plain text, a table would be one long article.
        return Err("a table of values (write its rows as JSON lines)");
    }
    if has(&[".jsonl", ".ndjson"]) {
        return Ok(Format::JsonLines);
    }
    if body.starts_with('{') || (body.starts_with('[') && has(&[".json"])) {
        let after = body[1..].trim_start_matches([' ', '\t']);
        return Ok(
            if body.starts_with('[') || after.starts_with(['\n', '\r']) {
                Format::Json
            } else if after.starts_with(['"', '}']) || has(&[".json"]) {
                Format::JsonLines
            } else {
                Format::Plain
            },
        );
    }
    if body.starts_with('<') {
        let start: String = body.chars().take(4096).collect::<String>().to_lowercase();
        if start.contains("<rss") || start.contains("<rdf:rdf") || is_atom(&start) {
            return Ok(Format::Feed);
        }
        let page = [
            "<!doctype html",
            "<html",
            "<head",
            "<body",
            "<p",
            "<div",
            "<article",
            "<h1",
        ];
        if page.iter().any(|tag| start.contains(tag)) || has(&MARKUP) || start.starts_with("<?xml")
        {
            return Ok(Format::Html);
        }
    }
    Ok(if has(&MARKUP) {
        Format::Html
    } else {
        Format::Plain
    })
}

const MARKUP: [&str; 4] = [".html", ".htm", ".xhtml", ".xml"];

/// First bytes of formats that people keep articles in, and that are not read.
const KNOWN: [(&[u8], &str); 14] = [
    (b"%PDF", "a PDF; save its text as .txt or .html"),
    (
        b"PK\x03\x04",
        "a ZIP archive or an office document; unpack it, or save it as .txt or .html",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "an old office document; save it as .txt or .html",
    ),
    (b"{\\rtf", "an RTF document; save it as .txt or .html"),
    (
        b"WARC/1.",
        "a web archive in WARC format; unpack its pages as .html files",
    ),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it"),
    (b"BZh91AY", "a bzip2 file; unpack it"),
    (b"\xfd7zXZ", "an xz file; unpack it"),
    (b"\x28\xb5\x2f\xfd", "a zstd file; unpack it"),
    (
        b"SQLite format 3",
        "an SQLite file; a ledger is named with --ledger",
    ),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x7fELF", "a program"),
];

/// The head as text, well enough to tell formats.
fn decoded(head: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, _)) => encoding.decode(head).0.into_owned(),
        None if crate::charset::is_unmarked_utf16(head) => head
            .iter()
            .filter(|&&b| b != 0)
            .map(|&b| char::from(b))
            .collect(),
        None => String::from_utf8_lossy(head).into_owned(),
    }
}

/// Whether more than one character in twenty is a control character.
fn looks_binary(text: &str) -> bool {
    let controls = text
        .chars()
        .filter(|c| c.is_ascii_control() && !c.is_ascii_whitespace() && *c != '\u{1b}')
        .count();
    controls * 20 > text.chars().count()
}

fn is_atom(start: &str) -> bool {
    ["<feed", "<atom:feed", "<entry"].iter().any(|tag| {
        start
            .find(tag)
            .is_some_and(|at| start[at + tag.len()..].starts_with([' ', '>', '\n', '\t', '\r']))
    }) && !start.contains("<html")
}
