//! Bytes to documents: plain text, HTML, JSON lines, feeds; charset, date, boilerplate, language.
//!
//! It does not know claims, syntax or the ledger. Word lists come in with the options.
//!
//! Notes on documents have these codes: `charset` (decoded from another charset), `bad_date` (a date that does not exist),
//! `not_article` (a page whose text is all boilerplate), `too_complex` and `extractor_failed` (all of a page's text was taken).

mod charset;
mod date;
mod draft;
mod feed;
mod files;
mod html;
mod json_ld;
mod language;
mod lexicon;
mod markup;
mod metadata;
mod plain;
mod records;
mod restore;
mod sniff;

use charset::MarkedUp;
use draft::{Body, Draft, Exactness};
use sniff::Format;
use std::borrow::Cow;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use text::{Document, PublishedBasis};

pub use date::{Reading, date_in_url, read_date};
pub use html::{Extractor, Page, Piece, Trafilatura, read_page};
pub use lexicon::Lexicon;
pub use metadata::PageMeta;
pub use records::fields;

/// How to read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Day of the one document without a date (`--published`): given to every document without one, so a caller that
    /// allows one counts those with the basis `option`.
    pub published: Option<String>,
    /// Day of every document, whatever it says (`--published-all`).
    pub published_all: Option<String>,
    /// Outlet of every document that names none.
    pub outlet: Option<String>,
    /// JSONL columns by what they stand for: `("text", "body")`. The left sides are [`fields`].
    pub map: Vec<(String, String)>,
    /// ISO 639-1 code of the language the documents were translated from.
    pub translated_from: Option<String>,
    /// Most bytes of one document; 0 means 64 MiB.
    pub max_document: u64,
    /// Cues of boilerplate and names of outlets. The default knows none.
    pub lexicon: Lexicon,
}

/// One document as read, with its raw bytes.
#[derive(Debug, Clone)]
pub struct Ingested {
    /// The document; its first sighting is this one.
    pub document: Document,
    /// The raw bytes: file (unpacked where it was gzipped), JSONL line, or a feed's entry as UTF-8.
    pub raw: Vec<u8>,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The path as the user named it, with the line or record after a colon.
    pub path: String,
    /// A short fixed word: `missing`, `permission`, `empty`, `binary`, `too_large`, `charset`, `malformed`, `unsupported` (no
    /// file), `unreadable` (an error of the system).
    pub code: &'static str,
    /// What happened and what to do, one sentence.
    pub reason: String,
}

/// A file to read, or standard input (`-`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The path, as the user named it or as found below a folder that the user named.
    pub path: PathBuf,
    /// Bytes, where known.
    pub size: Option<u64>,
}

/// Bytes of one document where the options say nothing.
const MAX_DOCUMENT: u64 = 64 << 20;

impl Options {
    /// Most bytes of one document. Spans count bytes in 32 bits, so there is an end to what can be asked for.
    fn limit(&self) -> u64 {
        match self.max_document {
            0 => MAX_DOCUMENT,
            most => most.min(1 << 30),
        }
    }

    fn too_large(&self, path: &str, what: &str) -> Unread {
        let limit = self.limit();
        let (most, unit) = if limit.is_multiple_of(1 << 20) {
            (limit >> 20, "MiB")
        } else {
            (limit, "bytes")
        };
        Unread {
            path: path.to_owned(),
            code: "too_large",
            reason: format!(
                "this {what} is larger than {most} {unit} and was skipped; split it or raise --max-document"
            ),
        }
    }
}

/// Lists the files behind the paths, folders walked in name order. What cannot be listed comes back as `Unread`.
///
/// Hidden files in folders are passed over, links to folders are not followed.
#[must_use]
pub fn inputs(paths: &[PathBuf]) -> (Vec<Input>, Vec<Unread>) {
    files::list(paths)
}

/// Reads one input, which may hold many documents, and gives each to `sink` in order.
pub fn read(input: &Input, options: &Options, sink: &mut dyn FnMut(Result<Ingested, Unread>)) {
    let path = &input.path;
    if path.as_os_str() == "-" {
        read_stream(path, None, std::io::stdin().lock(), options, sink);
        return;
    }
    let opened = std::fs::File::open(path).and_then(|file| Ok((file.metadata()?, file)));
    match opened {
        Ok((meta, _)) if meta.is_dir() => sink(Err(Unread {
            path: files::shown(path),
            code: "unsupported",
            reason: "it is a folder; its files are read one by one".to_owned(),
        })),
        Ok((meta, file)) => {
            let size = meta.is_file().then_some(meta.len());
            read_stream(path, size, file, options, sink);
        }
        Err(error) => sink(Err(files::failed(&files::shown(path), &error))),
    }
}

/// Reads bytes that are already in memory as the file at `path` would be read.
pub fn read_bytes(
    path: &Path,
    bytes: &[u8],
    options: &Options,
    sink: &mut dyn FnMut(Result<Ingested, Unread>),
) {
    let size = Some(bytes.len() as u64);
    read_stream(path, size, Cursor::new(bytes), options, sink);
}

/// Looks at the first bytes, unpacks, and hands the stream to its format.
fn read_stream(
    path: &Path,
    size: Option<u64>,
    mut source: impl Read,
    options: &Options,
    sink: &mut dyn FnMut(Result<Ingested, Unread>),
) {
    let shown = files::shown(path);
    let mut head = Vec::new();
    if let Err(error) = (&mut source)
        .take(sniff::HEAD as u64)
        .read_to_end(&mut head)
    {
        sink(Err(files::failed(&shown, &error)));
        return;
    }
    if !head.starts_with(b"\x1f\x8b") {
        read_sniffed(path, size, &head, source, options, sink);
        return;
    }
    let mut unpacked = flate2::read::MultiGzDecoder::new(Cursor::new(head).chain(source));
    let mut head = Vec::new();
    match (&mut unpacked)
        .take(sniff::HEAD as u64)
        .read_to_end(&mut head)
    {
        // The size of the packed file says nothing about what is in it.
        Ok(_) => read_sniffed(path, None, &head, unpacked, options, sink),
        Err(error) => sink(Err(damaged(&shown, &error))),
    }
}

fn read_sniffed(
    path: &Path,
    size: Option<u64>,
    head: &[u8],
    rest: impl Read,
    options: &Options,
    sink: &mut dyn FnMut(Result<Ingested, Unread>),
) {
    let shown = files::shown(path);
    if head.is_empty() {
        sink(Err(empty(&shown)));
        return;
    }
    let format = match sniff::format(head, path) {
        Ok(format) => format,
        Err(what) => {
            sink(Err(Unread {
                path: shown,
                code: "binary",
                reason: format!("it is not text but {what}; it was skipped"),
            }));
            return;
        }
    };
    let mut stream = BufReader::new(Cursor::new(head).chain(rest));
    if format == Format::JsonLines {
        records::read_lines(&shown, stream, options, sink);
        return;
    }
    let limit = options.limit();
    if size.is_some_and(|size| size > limit) {
        sink(Err(options.too_large(&shown, "file")));
        return;
    }
    let bytes = match whole(&mut stream, limit) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            sink(Err(options.too_large(&shown, "file")));
            return;
        }
        Err(error) => {
            sink(Err(damaged(&shown, &error)));
            return;
        }
    };
    match format {
        Format::Feed => feed::read(&shown, &bytes, options, sink),
        Format::Json => records::read_value(&shown, &bytes, options, sink),
        Format::Html => sink(page(&shown, bytes, options)),
        Format::Plain => sink(plain_text(&shown, bytes, options)),
        Format::JsonLines => {}
    }
}

/// All of a stream, or nothing where it holds more than `limit` bytes.
fn whole(stream: &mut impl BufRead, limit: u64) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    stream.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

fn plain_text(path: &str, bytes: Vec<u8>, options: &Options) -> Result<Ingested, Unread> {
    let (text, exactness, note) = decoded(path, &bytes, MarkedUp::No)?;
    let mut draft = Draft::new(path, Body::Text(text.into_owned(), exactness));
    if let Body::Text(text, _) = &draft.body {
        if plain::visible(text).is_empty() {
            return Err(empty(path));
        }
        match plain::published(text, &options.lexicon) {
            Reading::Known(date) => draft.published = Some((date, PublishedBasis::Text)),
            Reading::Impossible => {
                draft.bad_date = Some("in the first lines of the text".to_owned());
            }
            Reading::Unclear => {}
        }
    }
    draft.notes.extend(note.map(|note| ("charset", note)));
    Ok(draft.finish(bytes, options))
}

fn page(path: &str, bytes: Vec<u8>, options: &Options) -> Result<Ingested, Unread> {
    let (text, _, note) = decoded(path, &bytes, MarkedUp::Yes)?;
    if plain::visible(&text).is_empty() {
        return Err(empty(path));
    }
    let mut draft = page_draft(path, &text, options, &Trafilatura);
    if matches!(&draft.body, Body::Pieces(pieces) if pieces.is_empty()) && draft.title.is_none() {
        return Err(empty(path));
    }
    draft.notes.extend(note.map(|note| ("charset", note)));
    Ok(draft.finish(bytes, options))
}

/// What a page says, on the way to a document.
fn page_draft(path: &str, html: &str, options: &Options, extractor: &dyn Extractor) -> Draft {
    let page = html::read_page(html, &options.lexicon, extractor);
    let mut draft = Draft::new(path, Body::Pieces(page.pieces));
    draft.title = page.meta.title;
    draft.outlet = page.meta.outlet;
    draft.byline = page.meta.byline;
    draft.url = page.meta.url;
    draft.published = page.meta.published;
    draft.bad_date = page.meta.bad_date;
    draft.language = page.meta.language;
    draft.notes = page.notes;
    draft
}

/// The text behind bytes, whether it is the bytes, and what to note.
fn decoded<'a>(
    path: &str,
    bytes: &'a [u8],
    marked_up: MarkedUp,
) -> Result<(Cow<'a, str>, Exactness, Option<String>), Unread> {
    match charset::decode(bytes, marked_up) {
        Ok(decoded) => {
            let exactness = match decoded.text {
                Cow::Borrowed(_) => Exactness::Exact,
                Cow::Owned(_) => Exactness::Derived,
            };
            Ok((decoded.text, exactness, decoded.note))
        }
        Err(reason) => Err(Unread {
            path: path.to_owned(),
            code: "charset",
            reason,
        }),
    }
}

fn empty(path: &str) -> Unread {
    Unread {
        path: path.to_owned(),
        code: "empty",
        reason: "there is no text in it; check that it was saved whole".to_owned(),
    }
}

fn damaged(path: &str, error: &std::io::Error) -> Unread {
    Unread {
        path: path.to_owned(),
        code: "malformed",
        reason: format!("it breaks off or is damaged ({error}); fetch or pack it again"),
    }
}
