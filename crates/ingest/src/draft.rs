//! `Draft`: what a format found out about a document, and how it becomes one.
//!
//! It does not know where the parts came from; every format fills the same draft, so that all documents are made alike.

use crate::date::{Reading, read_date};
use crate::html::Piece;
use crate::metadata::host;
use crate::plain::{self, Opening};
use crate::{Ingested, Options, language};
use text::{
    Block, BlockKind, Document, Meta, Note, PublishedBasis, Sighting, Span, Translation,
    content_hash, tile,
};

/// The body of a document on the way.
#[derive(Debug)]
pub enum Body {
    /// The text as it stands; its blocks are found by its lines. `Exact` where it is the raw bytes.
    Text(String, Exactness),
    /// Blocks that become a text.
    Pieces(Vec<Piece>),
}

/// Whether a text is the raw bytes, so that offsets in one are offsets in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exactness {
    /// Byte for byte.
    Exact,
    /// Decoded, or taken out of a record.
    Derived,
}

/// What is known of a document before it is one.
#[derive(Debug)]
pub struct Draft {
    /// The headline, where it is not the first line of the body.
    pub title: Option<String>,
    /// The body.
    pub body: Body,
    /// Who published it.
    pub outlet: Option<String>,
    /// The author line.
    pub byline: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The day, already normalised, and how it is known.
    pub published: Option<(String, PublishedBasis)>,
    /// A date that does not exist, as written.
    pub bad_date: Option<String>,
    /// The language that the document or its container declares.
    pub language: Option<String>,
    /// What it was translated from.
    pub translated: Option<Translation>,
    /// The path as the user named it.
    pub path: String,
    /// Line, index or guid in a container.
    pub record_id: Option<String>,
    /// Codes and sentences.
    pub notes: Vec<(&'static str, String)>,
}

impl Draft {
    /// A draft with a body and nothing else.
    #[must_use]
    pub fn new(path: &str, body: Body) -> Self {
        Self {
            title: None,
            body,
            outlet: None,
            byline: None,
            url: None,
            published: None,
            bad_date: None,
            language: None,
            translated: None,
            path: path.to_owned(),
            record_id: None,
            notes: Vec::new(),
        }
    }

    /// Takes a date as it was written.
    pub fn set_published(&mut self, written: &str, basis: PublishedBasis) {
        match read_date(written) {
            Reading::Known(date) => self.published = Some((date, basis)),
            Reading::Impossible => self.bad_date = Some(written.trim().to_owned()),
            Reading::Unclear => {}
        }
    }

    /// Makes the document.
    #[must_use]
    pub fn finish(mut self, raw: Vec<u8>, options: &Options) -> Ingested {
        let (text, blocks, title) = lay_out(self.body, self.title, options);
        let (published, published_basis) =
            day(self.published, &mut self.bad_date, options, &mut self.notes);
        if let Some(written) = self.bad_date {
            let consequence = if published.is_some() {
                "another date is used"
            } else {
                "the document stands without one; --published gives it one"
            };
            self.notes.push((
                "bad_date",
                format!("the date `{written}` does not exist; {consequence}"),
            ));
        }
        let outlet = self.outlet.or_else(|| {
            let host = self.url.as_deref().and_then(host);
            let known = host.and_then(|host| options.lexicon.outlet(host));
            known
                .or(options.outlet.as_deref())
                .or(host)
                .map(str::to_owned)
        });
        let translated = match (&options.translated_from, self.translated) {
            (None, translated) => translated,
            (Some(from), translated) => {
                let known = translated.unwrap_or(Translation {
                    from: None,
                    by: None,
                    original: None,
                });
                Some(Translation {
                    from: known.from.or_else(|| Some(from.clone())),
                    ..known
                })
            }
        };
        let document = Document {
            id: content_hash(&raw),
            meta: Meta {
                title,
                outlet: outlet.clone(),
                byline: self.byline,
                url: self.url.clone(),
                published,
                published_basis,
                language: language::language(&text, self.language.as_deref()),
                translated,
            },
            sightings: vec![Sighting {
                path: Some(self.path),
                url: self.url,
                outlet,
                captured: None,
                record_id: self.record_id,
            }],
            notes: self
                .notes
                .into_iter()
                .map(|(code, message)| Note {
                    span: Span::new(0, 0),
                    code: code.to_owned(),
                    message,
                })
                .collect(),
            text,
            blocks,
        };
        Ingested { document, raw }
    }
}

/// Which day stands: the option for all, the document's own, the option for those without one.
fn day(
    own: Option<(String, PublishedBasis)>,
    bad_date: &mut Option<String>,
    options: &Options,
    notes: &mut Vec<(&'static str, String)>,
) -> (Option<String>, PublishedBasis) {
    let mut option = |written: &Option<String>| {
        let written = written.as_ref()?;
        match read_date(written) {
            Reading::Known(date) => Some((date, PublishedBasis::Option)),
            Reading::Impossible => {
                bad_date.get_or_insert_with(|| written.clone());
                None
            }
            Reading::Unclear => {
                notes.push((
                    "bad_date",
                    format!(
                        "the date `{written}` that was given for this document was not understood"
                    ),
                ));
                None
            }
        }
    };
    option(&options.published_all)
        .or(own)
        .or_else(|| option(&options.published))
        .map_or((None, PublishedBasis::None), |(date, basis)| {
            (Some(date), basis)
        })
}

/// The text, its blocks and its title.
fn lay_out(
    body: Body,
    title: Option<String>,
    options: &Options,
) -> (String, Vec<Block>, Option<String>) {
    let lexicon = &options.lexicon;
    match body {
        Body::Text(text, exactness) => {
            // A title that the text opens with needs no block of its own.
            let given = title.as_deref().map(str::trim).filter(|t| !t.is_empty());
            let repeated =
                given.is_none_or(|title| plain::visible(&text).starts_with(plain::visible(title)));
            if repeated {
                let mut blocks = plain::blocks(&text, lexicon, Opening::Headline);
                if exactness == Exactness::Exact {
                    for block in &mut blocks {
                        block.raw = Some(block.span);
                    }
                }
                let headline = blocks
                    .iter()
                    .find(|block| block.kind == BlockKind::Headline)
                    .map(|block| plain::visible(block.span.slice(&text)).to_owned());
                let title = given.map(str::to_owned).or(headline);
                return (text, blocks, title);
            }
            let head = given.unwrap_or_default();
            let whole = format!("{head}{BETWEEN}{text}");
            let shift = head.len() + BETWEEN.len();
            let mut blocks = vec![Block {
                span: Span::new(0, shift),
                kind: BlockKind::Headline,
                raw: None,
            }];
            blocks.extend(
                plain::blocks(&text, lexicon, Opening::Body)
                    .into_iter()
                    .map(|block| Block {
                        span: Span::new(block.span.from() + shift, block.span.to() + shift),
                        ..block
                    }),
            );
            let title = Some(head.to_owned());
            (whole, blocks, title)
        }
        Body::Pieces(pieces) => {
            let headline = title.clone().map(|text| Piece {
                kind: BlockKind::Headline,
                text,
            });
            let mut text = String::new();
            let mut blocks = Vec::new();
            for piece in headline.into_iter().chain(pieces) {
                if !text.is_empty() {
                    text.push_str(BETWEEN);
                }
                let start = text.len();
                text.push_str(&piece.text);
                blocks.push(Block {
                    span: Span::new(start, text.len()),
                    kind: piece.kind,
                    raw: None,
                });
            }
            let blocks = tile(blocks, &text);
            (text, blocks, title)
        }
    }
}

/// What stands between two blocks of a text that was put together.
const BETWEEN: &str = "\n\n";
