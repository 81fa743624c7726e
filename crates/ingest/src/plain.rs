//! Blocks of plain text: headline, sub-headings, paragraphs and lines of boilerplate, found by lines alone.
//!
//! It does not know formats, and it changes nothing: every block is a stretch of the text as it stands.

use crate::Lexicon;
use crate::date::{Reading, read_date};
use text::{Block, BlockKind, Span, tile};

/// Longest headline, in words: a sentence.
const LONGEST_HEADLINE: usize = 30;
/// Longest sub-heading, in words.
const LONGEST_SUBHEAD: usize = 12;
/// A line this long, in bytes, is a paragraph and not a line of a wrapped one.
const PARAGRAPH_LINE: usize = 200;

/// How many lines at the top may hold the day of publication.
const DATED_LINES: usize = 8;
/// Longest such line, in words: a date alone, and what follows a cue.
const DATED_WORDS: (usize, usize) = (4, 6);

/// What the first line of a text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// The headline, where it looks like one.
    Headline,
    /// A paragraph like any other: the headline is known from elsewhere.
    Body,
}

/// Blocks of a text; they tile it. A byte order mark and blank lines at the top belong to the first block.
#[must_use]
pub fn blocks(text: &str, lexicon: &Lexicon, opening: Opening) -> Vec<Block> {
    let mut items = items(text, lexicon);
    name_headings(&mut items, text, opening);
    let blocks = items
        .iter()
        .map(|item| Block {
            span: item.span,
            kind: item.kind,
            raw: None,
        })
        .collect();
    tile(blocks, text)
}

/// The day of publication, where a line at the top of the text gives it and nothing else.
#[must_use]
pub fn published(text: &str, lexicon: &Lexicon) -> Reading {
    lines(text)
        .map(|line| visible(line.slice(text)))
        .filter(|line| !line.is_empty())
        .take(DATED_LINES)
        .map(|line| line_date(line, lexicon))
        .find(|reading| *reading != Reading::Unclear)
        .unwrap_or(Reading::Unclear)
}

/// A line that is a date, alone or behind a cue ("Published:").
fn line_date(line: &str, lexicon: &Lexicon) -> Reading {
    let (date, most) = match lexicon.after_date_cue(line) {
        Some(rest) => (rest, DATED_WORDS.1),
        None => (line, DATED_WORDS.0),
    };
    if date.split_whitespace().take(most + 1).count() > most {
        return Reading::Unclear;
    }
    read_date(date)
}

/// A stretch of lines on the way to a block.
struct Item {
    span: Span,
    kind: BlockKind,
    /// Whether it is one line; only lines are headings.
    line: bool,
}

/// The text without white space and byte order marks at its ends.
#[must_use]
pub fn visible(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// Whether the text ends as sentences do: a stop, perhaps inside quotation marks or brackets, or before a note mark.
#[must_use]
pub fn ends_a_sentence(text: &str) -> bool {
    let last = |text: &str| text.chars().next_back();
    let words = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '“')
    });
    matches!(
        last(words),
        Some('.' | '?' | '!' | '…' | '。' | '？' | '！' | '؟' | '۔' | '।')
    )
}

/// Every line of the text, without its end, and the whole of the text once.
fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let start = at;
        let end = bytes[start..]
            .iter()
            .position(|b| matches!(b, b'\n' | b'\r' | 0x0c))
            .map_or(bytes.len(), |n| start + n);
        at = if bytes[end..].starts_with(b"\r\n") {
            end + 2
        } else {
            end + 1
        };
        Some(Span::new(start, end))
    })
}

/// Runs of lines between blank ones, cut at boilerplate lines, and at every line where lines are paragraphs.
fn items(text: &str, lexicon: &Lexicon) -> Vec<Item> {
    let mut items = Vec::new();
    let mut run: Vec<Span> = Vec::new();
    let mut seen = 0;
    for line in lines(text) {
        let words = visible(line.slice(text));
        seen += usize::from(!words.is_empty());
        if words.is_empty() {
            close(&mut run, text, &mut items);
        } else if lexicon.is_boilerplate(words)
            || seen <= DATED_LINES && line_date(words, lexicon) != Reading::Unclear
        {
            close(&mut run, text, &mut items);
            items.push(Item {
                span: line,
                kind: BlockKind::Boilerplate,
                line: true,
            });
        } else {
            run.push(line);
        }
    }
    close(&mut run, text, &mut items);
    items
}

/// Ends a run of lines: one paragraph, or as many as it has lines.
fn close(run: &mut Vec<Span>, text: &str, items: &mut Vec<Item>) {
    let (Some(&first), Some(&last)) = (run.first(), run.last()) else {
        return;
    };
    let ending = run
        .iter()
        .filter(|line| ends_a_sentence(line.slice(text)))
        .count();
    let each = run.iter().any(|line| line.len() > PARAGRAPH_LINE) || ending * 5 >= run.len() * 3;
    if each {
        items.extend(run.iter().map(|&span| Item {
            span,
            kind: BlockKind::Paragraph,
            line: true,
        }));
    } else {
        items.push(Item {
            span: first.cover(last),
            kind: BlockKind::Paragraph,
            line: run.len() == 1,
        });
    }
    run.clear();
}

/// Makes a headline of the first line and sub-headings of short lines before paragraphs, where they look like them.
fn name_headings(items: &mut [Item], text: &str, opening: Opening) {
    let short = |item: &Item, most: usize| {
        let words = visible(item.span.slice(text));
        item.kind == BlockKind::Paragraph
            && item.line
            && !words.ends_with([',', ';', ':'])
            && !words.starts_with(['-', '•', '*', '–', '—', '·'])
            && words.split_whitespace().take(most + 1).count() <= most
    };
    let first = items
        .iter()
        .position(|item| item.kind != BlockKind::Boilerplate);
    // What comes after an item, boilerplate left out: nothing, another short line (true), or a paragraph (false).
    let mut follows = None;
    for at in (0..items.len()).rev() {
        let item = &items[at];
        if item.kind == BlockKind::Boilerplate {
            continue;
        }
        let words = visible(item.span.slice(text));
        let ends = ends_a_sentence(words);
        // A short line that opens with a quotation is said by somebody, and titles nothing but a whole text.
        let quotes = words.starts_with(['“', '"', '«', '„']);
        let heading = short(item, LONGEST_SUBHEAD) && !ends && !quotes;
        let kind = match follows {
            Some(_) if Some(at) == first && opening == Opening::Headline => {
                let asks = words.ends_with(['?', '!']) && short(item, LONGEST_SUBHEAD);
                (short(item, LONGEST_HEADLINE) && (asks || !ends)).then_some(BlockKind::Headline)
            }
            Some(false) => heading.then_some(BlockKind::Subhead),
            _ => None,
        };
        follows = Some(heading);
        items[at].kind = kind.unwrap_or(item.kind);
    }
}
