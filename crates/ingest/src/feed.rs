//! Feeds: each entry of an RSS or Atom file a document.
//!
//! It cuts the file into entries and has each read by itself, so that a damaged entry takes no other with it and every
//! document has the bytes it came from. It does not fetch what an entry points to.

use crate::draft::{Body, Draft, Exactness};
use crate::html::{self, Piece};
use crate::markup::{squeeze, unescape};
use crate::{Ingested, Options, Unread, charset};
use feed_rs::model::{Entry, Feed};
use feed_rs::parser::Builder;
use std::sync::{Arc, Mutex};
use text::{BlockKind, PublishedBasis};

/// The parts of a feed file.
struct Cut<'a> {
    /// The root's opening tag.
    root: &'a str,
    /// The root's name, with its prefix.
    name: &'a str,
    /// Between the root's opening tag and the first entry.
    head: &'a str,
    /// The entries, each with its tags; the last may be cut off.
    entries: Vec<Result<&'a str, ()>>,
}

/// Longest opening tag of a root: it is repeated for every entry.
const LONGEST_ROOT: usize = 16 * 1024;

/// Reads a feed, one document an entry, in the order of the file.
pub fn read(
    path: &str,
    bytes: &[u8],
    options: &Options,
    sink: &mut dyn FnMut(Result<Ingested, Unread>),
) {
    let malformed = |place: &str, reason: &str| Unread {
        path: place.to_owned(),
        code: "malformed",
        reason: reason.to_owned(),
    };
    let decoded = match charset::decode(bytes, charset::MarkedUp::Yes) {
        Ok(decoded) => decoded,
        Err(reason) => {
            sink(Err(Unread {
                path: path.to_owned(),
                code: "charset",
                reason,
            }));
            return;
        }
    };
    let Some(cut) = cut(&decoded.text) else {
        sink(Err(malformed(
            path,
            "its feed does not begin as RSS or Atom does; fetch it again, or save its pages as .html",
        )));
        return;
    };
    if cut.entries.is_empty() {
        sink(Err(malformed(
            path,
            "the feed has no entries; there is nothing to read",
        )));
        return;
    }
    let (feed, _) = parse(&cut, "", cut.head).unzip();
    for (index, entry) in cut.entries.iter().enumerate() {
        let number = (index + 1).to_string();
        let place = format!("{path}:{number}");
        let Ok(entry) = entry else {
            sink(Err(malformed(
                &place,
                "the feed breaks off inside this entry; fetch it again",
            )));
            continue;
        };
        let parsed = parse(&cut, entry, "").and_then(|(feed, dates)| {
            let first = feed.entries.into_iter().next()?;
            Some((first, dates))
        });
        sink(match parsed {
            Some((parsed, dates)) => {
                let draft = draft(
                    path,
                    &number,
                    entry,
                    &parsed,
                    &dates,
                    feed.as_ref(),
                    options,
                );
                let mut draft = draft;
                if let Some(note) = &decoded.note {
                    draft.notes.push(("charset", note.clone()));
                }
                Ok(draft.finish(entry.as_bytes().to_vec(), options))
            }
            None => Err(malformed(
                &place,
                "this entry of the feed is not whole XML; fetch it again",
            )),
        });
    }
}

/// Parses a feed of one part: the head, or one entry. With it come the dates as they were written: the parser keeps only
/// the moment, and the day depends on the offset, so it is handed numbers that point into this list.
fn parse(cut: &Cut<'_>, entry: &str, head: &str) -> Option<(Feed, Vec<String>)> {
    let Cut { root, name, .. } = cut;
    // The head of an RSS file opens its channel; an entry needs one around it.
    let body = match local(name) {
        "rss" if head.is_empty() => format!("<channel>{entry}</channel>"),
        "rss" => format!("{head}</channel>"),
        _ => format!("{head}{entry}"),
    };
    let whole = format!("{root}{body}</{name}>");
    let dates = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&dates);
    let parser = Builder::new()
        .id_generator(|_, _, _| String::new())
        .sanitize_content(false)
        .timestamp_parser(move |written| {
            let mut seen = seen.lock().ok()?;
            seen.push(written.to_owned());
            let index = i64::try_from(seen.len() - 1).ok()?;
            chrono::DateTime::from_timestamp(index, 0)
        })
        .build();
    let feed = parser.parse(whole.as_bytes()).ok()?;
    let dates = std::mem::take(&mut *dates.lock().ok()?);
    Some((feed, dates))
}

fn draft(
    path: &str,
    number: &str,
    source: &str,
    entry: &Entry,
    dates: &[String],
    feed: Option<&Feed>,
    options: &Options,
) -> Draft {
    let title = entry
        .title
        .as_ref()
        .map(|t| line(&t.content))
        .filter(|t| !t.is_empty());
    let content = entry
        .content
        .as_ref()
        .and_then(|content| content.body.as_deref());
    let summary = entry
        .summary
        .as_ref()
        .map(|summary| summary.content.as_str());
    let body = content.or(summary).unwrap_or_default();
    let body = if body.contains('<') || body.contains('&') {
        let mut pieces = html::read_fragment(body, &options.lexicon);
        html::drop_title(&mut pieces, title.as_deref());
        Body::Pieces(pieces)
    } else if body.trim().contains('\n') {
        Body::Text(body.trim().to_owned(), Exactness::Derived)
    } else if body.trim().is_empty() {
        Body::Pieces(Vec::new())
    } else {
        Body::Pieces(vec![Piece {
            kind: BlockKind::Paragraph,
            text: squeeze(body),
        }])
    };
    let mut draft = Draft::new(path, body);
    draft.title = title;
    draft.outlet = outlet_of(source).or_else(|| {
        let title = feed?.title.as_ref()?;
        Some(line(&title.content)).filter(|t| !t.is_empty())
    });
    let names: Vec<String> = entry
        .authors
        .iter()
        .filter_map(|author| author.name.as_deref().map(squeeze))
        .filter(|name| !name.is_empty())
        .collect();
    draft.byline = (!names.is_empty()).then(|| names.join(", "));
    draft.url = entry
        .links
        .iter()
        .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
        .or(entry.links.first())
        .map(|link| link.href.trim().to_owned())
        .filter(|url| !url.is_empty());
    draft.record_id = Some(entry.id.clone())
        .filter(|id| !id.is_empty())
        .or_else(|| Some(number.to_owned()));
    draft.language = entry
        .language
        .clone()
        .or_else(|| feed.and_then(|feed| feed.language.clone()));
    let written = entry
        .published
        .or(entry.updated)
        .and_then(|index| dates.get(usize::try_from(index.timestamp()).ok()?));
    if let Some(written) = written {
        draft.set_published(written, PublishedBasis::Feed);
    }
    draft
}

/// Text that may hold markup, as one line.
fn line(text: &str) -> String {
    if text.contains('<') {
        let pieces = crate::markup::pieces(text);
        let texts: Vec<String> = pieces.into_iter().map(|piece| piece.text).collect();
        return texts.join(" ");
    }
    squeeze(&unescape(text))
}

/// The outlet that an entry was taken over from: `<source>`, in Atom its title.
fn outlet_of(entry: &str) -> Option<String> {
    let (_, rest) = tag(entry, 0, &["source"])?;
    let inside = &rest[..rest.find("</")?.max(rest.find("</source").unwrap_or(0))];
    let inside = match tag(inside, 0, &["title"]) {
        Some((_, title)) => &title[..title.find("</")?],
        None => inside,
    };
    let inside = inside.trim();
    let inside = inside
        .strip_prefix("<![CDATA[")
        .map_or(inside, |data| data.trim_end_matches("]]>"));
    let name = line(inside);
    (!name.is_empty() && !name.starts_with("http")).then_some(name)
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Cuts a feed file into its root tag, its head and its entries.
fn cut(text: &str) -> Option<Cut<'_>> {
    let (root, _) = tag(text, 0, &["rss", "feed", "RDF"])?;
    if root.len() > LONGEST_ROOT {
        return None;
    }
    let start = root.as_ptr() as usize - text.as_ptr() as usize;
    let name_end = root
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .unwrap_or(root.len());
    let name = &root[1..name_end];
    let kind = match local(name) {
        "feed" => "entry",
        _ => "item",
    };
    let after = start + root.len();
    let mut entries = Vec::new();
    let mut at = after;
    let mut first = None;
    while let Some((open, _)) = tag(text, at, &[kind]) {
        let from = open.as_ptr() as usize - text.as_ptr() as usize;
        first.get_or_insert(from);
        if open.ends_with("/>") {
            at = from + open.len();
            continue;
        }
        if let Some(end) = end_tag(text, from + open.len(), kind) {
            entries.push(Ok(&text[from..end]));
            at = end;
        } else {
            entries.push(Err(()));
            break;
        }
    }
    Some(Cut {
        root,
        name,
        head: &text[after..first.unwrap_or(after)],
        entries,
    })
}

/// The next opening tag with one of these local names, and what follows it. Comments, declarations and character data are
/// passed over.
fn tag<'a>(text: &'a str, from: usize, names: &[&str]) -> Option<(&'a str, &'a str)> {
    let mut at = from;
    loop {
        let (start, end) = next_tag(text, at)?;
        let inside = &text[start + 1..end];
        if !inside.starts_with(['/', '?', '!']) {
            let name_end = inside
                .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
                .unwrap_or(inside.len());
            if names.contains(&local(&inside[..name_end])) {
                return Some((&text[start..end], &text[end..]));
            }
        }
        at = end;
    }
}

/// Where the closing tag with this local name ends.
fn end_tag(text: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    loop {
        let (start, end) = next_tag(text, at)?;
        let inside = text[start + 1..end].trim_end_matches('>').trim_end();
        if inside.strip_prefix('/').map(local) == Some(name) {
            return Some(end);
        }
        at = end;
    }
}

/// The next tag's bounds; each comment and stretch of character data is passed over as one.
fn next_tag(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let start = at + text[at..].find('<')?;
        let rest = &text[start..];
        let passed = [("<!--", "-->"), ("<![CDATA[", "]]>")]
            .iter()
            .find(|(open, _)| rest.starts_with(open));
        if let Some((open, close)) = passed {
            at = start + open.len() + rest[open.len()..].find(close)? + close.len();
            continue;
        }
        return Some((start, start + rest.find('>')? + 1));
    }
}
