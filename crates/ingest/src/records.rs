//! JSON records: JSON lines, one document each, or one JSON value that holds objects.
//!
//! It does not know HTML (a text that begins with `<` goes to the page reader) and never holds more than one line.

use crate::draft::{Body, Draft, Exactness};
use crate::html::{self, Trafilatura};
use crate::{Ingested, Options, Unread, charset, language};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::io::{BufRead, Read};
use text::{PublishedBasis, Translation};

/// What a column may stand for, and the names it has where `--map` gives none, in order of preference.
const COLUMNS: [(&str, &[&str]); 9] = [
    ("text", &["text", "body", "content"]),
    ("title", &["title", "headline"]),
    ("url", &["url", "link"]),
    ("outlet", &["outlet", "source", "publisher"]),
    (
        "published",
        &["published", "date", "published_at", "date_published"],
    ),
    ("language", &["language", "lang"]),
    ("byline", &["byline", "author"]),
    ("original", &["original"]),
    ("translated_from", &["translated_from"]),
];

/// What columns may stand for: the left sides of `--map`.
pub fn fields() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|(field, _)| *field)
}

/// Reads JSON lines from a stream.
pub fn read_lines(
    path: &str,
    mut reader: impl BufRead,
    options: &Options,
    sink: &mut dyn FnMut(Result<Ingested, Unread>),
) {
    let limit = options.limit();
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let place = || format!("{path}:{number}");
        let mut read = || {
            let most = limit.saturating_add(1);
            let n = (&mut reader).take(most).read_until(b'\n', &mut line)?;
            let whole = line.ends_with(b"\n") || (n as u64) < most;
            if !whole {
                // The rest of the line passes by without being held.
                reader.skip_until(b'\n')?;
            }
            std::io::Result::Ok((n, whole))
        };
        match read() {
            Err(error) => {
                sink(Err(Unread {
                    path: place(),
                    code: "unreadable",
                    reason: format!(
                        "reading stopped here ({error}); the lines after it were not read"
                    ),
                }));
                return;
            }
            Ok((0, _)) => return,
            Ok((_, false)) => sink(Err(options.too_large(&place(), "line"))),
            Ok(_) => {
                let mut bytes = line.trim_ascii();
                if number == 1 {
                    bytes = bytes
                        .strip_prefix(b"\xef\xbb\xbf")
                        .unwrap_or(bytes)
                        .trim_ascii();
                }
                if !bytes.is_empty() {
                    sink(record(path, &place(), &number.to_string(), bytes, options));
                }
            }
        }
    }
}

/// Reads one JSON value: an object, or a list of objects.
pub fn read_value(
    path: &str,
    bytes: &[u8],
    options: &Options,
    sink: &mut dyn FnMut(Result<Ingested, Unread>),
) {
    let bytes = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii();
    if bytes.starts_with(b"[") {
        match serde_json::from_slice::<Vec<&RawValue>>(bytes) {
            Ok(values) => {
                for (index, value) in values.iter().enumerate() {
                    let number = (index + 1).to_string();
                    let place = format!("{path}:{number}");
                    sink(record(
                        path,
                        &place,
                        &number,
                        value.get().as_bytes(),
                        options,
                    ));
                }
            }
            Err(error) => sink(Err(malformed(path, &error.to_string()))),
        }
        return;
    }
    // Objects one after another, each over several lines, are read up to the first that is damaged.
    let values = serde_json::Deserializer::from_slice(bytes).into_iter::<&RawValue>();
    for (index, value) in values.enumerate() {
        let number = (index + 1).to_string();
        let place = format!("{path}:{number}");
        match value {
            Ok(value) => sink(record(
                path,
                &place,
                &number,
                value.get().as_bytes(),
                options,
            )),
            Err(error) => {
                sink(Err(malformed(&place, &error.to_string())));
                return;
            }
        }
    }
}

fn malformed(place: &str, why: &str) -> Unread {
    Unread {
        path: place.to_owned(),
        code: "malformed",
        reason: format!("it is not a JSON object ({why}); correct it and read it again"),
    }
}

/// One record to one document.
fn record(
    path: &str,
    place: &str,
    number: &str,
    bytes: &[u8],
    options: &Options,
) -> Result<Ingested, Unread> {
    let decoded = charset::decode(bytes, charset::MarkedUp::No).map_err(|reason| Unread {
        path: place.to_owned(),
        code: "charset",
        reason,
    })?;
    let record = match serde_json::from_str::<Value>(&decoded.text) {
        Ok(Value::Object(record)) => record,
        Ok(_) => return Err(malformed(place, "it is another kind of value")),
        Err(error) => return Err(malformed(place, &error.to_string())),
    };
    let column = |field: &str| column(&record, field, options);
    let text = column("text").and_then(string).ok_or_else(|| Unread {
        path: place.to_owned(),
        code: "malformed",
        reason: "it has no text (looked for text, body, content); name its column with --map text=COLUMN"
            .to_owned(),
    })?;
    if crate::plain::visible(&text).is_empty() {
        return Err(Unread {
            path: place.to_owned(),
            code: "empty",
            reason: "its text is empty; there is nothing to read".to_owned(),
        });
    }
    let title = column("title").and_then(string);
    let mut draft = if text.trim_start().starts_with('<') {
        let mut draft = page(path, &text, title.as_deref(), options);
        draft.title = title.or(draft.title);
        draft
    } else {
        let mut draft = Draft::new(path, Body::Text(text, Exactness::Derived));
        draft.title = title;
        draft
    };
    if let Some(note) = decoded.note {
        draft.notes.push(("charset", note));
    }
    draft.record_id = Some(number.to_owned());
    draft.outlet = column("outlet").and_then(string).or(draft.outlet);
    draft.byline = column("byline").and_then(string).or(draft.byline);
    draft.url = column("url").and_then(string).or(draft.url);
    draft.language = column("language").and_then(string).or(draft.language);
    if let Some(written) = column("published").and_then(date) {
        // What the record says stands before what a page inside it says.
        draft.set_published(&written, PublishedBasis::Feed);
    }
    if draft.published.is_none() {
        draft.published = draft
            .url
            .as_deref()
            .and_then(crate::date::date_in_url)
            .map(|date| (date, PublishedBasis::Url));
    }
    let original = column("original").and_then(string);
    let from = column("translated_from")
        .and_then(string)
        .and_then(|tag| language::code(&tag));
    if original.is_some() || from.is_some() {
        draft.translated = Some(Translation {
            from,
            by: None,
            original,
        });
    }
    Ok(draft.finish(bytes.to_vec(), options))
}

/// A text column that holds HTML: a whole page, or the body of one.
fn page(path: &str, html: &str, title: Option<&str>, options: &Options) -> Draft {
    let head: String = html.chars().take(4096).collect::<String>().to_lowercase();
    if head.contains("<html") || head.contains("<body") || head.contains("<!doctype") {
        return crate::page_draft(path, html, options, &Trafilatura);
    }
    let mut pieces = html::read_fragment(html, &options.lexicon);
    html::drop_title(&mut pieces, title);
    Draft::new(path, Body::Pieces(pieces))
}

/// The value of the column that stands for a field.
fn column<'a>(record: &'a Map<String, Value>, field: &str, options: &Options) -> Option<&'a Value> {
    let mut mapped = options
        .map
        .iter()
        .filter(|(name, _)| name == field)
        .peekable();
    if mapped.peek().is_some() {
        return mapped
            .find_map(|(_, column)| record.get(column))
            .filter(|v| !v.is_null());
    }
    // A column that is mapped to something else no longer stands for its own name.
    let taken = |column: &str| options.map.iter().any(|(_, other)| other == column);
    let (_, columns) = COLUMNS.iter().find(|(name, _)| *name == field)?;
    columns
        .iter()
        .filter(|column| !taken(column))
        .find_map(|column| record.get(*column).filter(|value| !value.is_null()))
}

/// A string, the name of an object, or a list of these; an empty one is none.
fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Object(party) => party.get("name").and_then(Value::as_str)?.to_owned(),
        Value::Array(values) => values
            .iter()
            .filter_map(|v| v.as_str().or_else(|| v.get("name")?.as_str()))
            .collect::<Vec<_>>()
            .join(", "),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A date as a string, or seconds or milliseconds since 1970, which are in UTC.
fn date(value: &Value) -> Option<String> {
    let Some(number) = value.as_i64() else {
        return string(value);
    };
    let day = |number: i64| (19_000_101..=29_991_231).contains(&number);
    if day(number) {
        return Some(number.to_string());
    }
    let time = if number.abs() >= 100_000_000_000 {
        jiff::Timestamp::from_millisecond(number)
    } else {
        jiff::Timestamp::from_second(number)
    };
    time.ok()
        .map(|time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}
