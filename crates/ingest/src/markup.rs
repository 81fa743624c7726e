//! HTML as a flat run of tags and text, in linear time and without a tree, for pages that no tree should be built of.
//!
//! It does not know which tags belong together, nor what a page is about.

use crate::html::Piece;
use text::BlockKind;

/// A step through HTML.
#[derive(Debug, PartialEq, Eq)]
enum Step<'a> {
    Text(&'a str),
    Open {
        name: &'a str,
        /// About how many.
        attributes: usize,
        /// Whether the tag ends with a slash.
        closed: bool,
    },
    Close(&'a str),
}

/// How much markup there is: what decides whether a tree is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weight {
    /// Opening tags.
    pub tags: usize,
    /// Deepest nesting of elements that nest, were every one closed as written.
    pub depth: usize,
    /// Most attributes of one tag, or a few more.
    pub attributes: usize,
}

/// Counts tags, and follows nesting as the parser will, until it is deeper than `deepest`.
#[must_use]
pub fn weight(html: &str, deepest: usize) -> Weight {
    let mut weight = Weight::default();
    let mut open: Vec<&str> = Vec::new();
    let mut foreign = 0_usize;
    for step in steps(html) {
        match step {
            Step::Open {
                name,
                attributes,
                closed,
            } => {
                weight.tags += 1;
                weight.attributes = weight.attributes.max(attributes);
                // Drawings and formulas nest whatever is in them, and close what says so.
                let alien = foreign > 0;
                if is_one_of(name, &FOREIGN) && !closed {
                    foreign += 1;
                }
                if alien && closed || !alien && is_one_of(name, &CLOSE_THEMSELVES) {
                    continue;
                }
                open.push(name);
                weight.depth = weight.depth.max(open.len());
                if weight.depth > deepest {
                    return weight;
                }
            }
            Step::Close(name) => {
                if is_one_of(name, &FOREIGN) {
                    foreign = foreign.saturating_sub(1);
                }
                close(&mut open, name);
            }
            Step::Text(_) => {}
        }
    }
    weight
}

/// Takes what an end tag closes off the open elements; an end tag that closes nothing is passed over, as the parser does.
fn close(open: &mut Vec<&str>, name: &str) {
    let same = |one: &&str| one.eq_ignore_ascii_case(name);
    let Some(at) = open.iter().rposition(same) else {
        return;
    };
    if is_one_of(name, &FORMATTING) {
        open.remove(at);
        return;
    }
    let above = &open[at + 1..];
    let bars: &[&str] = if is_one_of(name, &SPECIAL) {
        &SCOPES
    } else {
        &SPECIAL
    };
    if !above.iter().any(|one| is_one_of(one, bars)) {
        open.truncate(at);
    }
}

/// The text of a page by its tags alone: a new piece at each tag that is not part of a line.
#[must_use]
pub fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut line = String::new();
    let mut heading = false;
    let mut titled = false;
    for step in steps(html) {
        let (name, opens) = match step {
            Step::Text(text) => {
                if !titled {
                    line.push_str(text);
                }
                continue;
            }
            Step::Open { name, .. } => (name, true),
            Step::Close(name) => (name, false),
        };
        if name.eq_ignore_ascii_case("title") {
            titled = opens;
        }
        if !is_inline(name) {
            let kind = if heading {
                BlockKind::Subhead
            } else {
                BlockKind::Paragraph
            };
            push(&mut pieces, &unescape(&line), kind);
            line.clear();
            heading = opens && is_heading(name);
        }
    }
    push(&mut pieces, &unescape(&line), BlockKind::Paragraph);
    pieces
}

/// Adds a piece with its white space made single, where anything is left.
pub fn push(pieces: &mut Vec<Piece>, text: &str, kind: BlockKind) {
    let text = squeeze(text);
    if text.chars().any(|c| !c.is_whitespace()) {
        pieces.push(Piece { kind, text });
    }
}

/// White space made single, soft hyphens and zero-width marks dropped: HTML gives them no meaning.
#[must_use]
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(
            word.chars()
                .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')),
        );
    }
    out
}

/// The text with its character references resolved.
#[must_use]
pub fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    // A bare `<` would open a tag; it stands for itself here.
    scraper::Html::parse_fragment(&text.replace('<', "&lt;"))
        .root_element()
        .text()
        .collect()
}

/// Whether a tag is a heading.
#[must_use]
pub fn is_heading(name: &str) -> bool {
    is_one_of(name, &["h1", "h2", "h3", "h4", "h5", "h6"])
}

/// Whether a tag stands inside a line of text.
#[must_use]
pub fn is_inline(name: &str) -> bool {
    is_one_of(
        name,
        &[
            "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
            "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small",
            "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
        ],
    )
}

/// Elements that hold no text of the page.
pub const SILENT: [&str; 14] = [
    "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea",
    "head", "math", "video", "audio", "canvas",
];

/// Void elements, and those that end where the next of their kind begins.
const CLOSE_THEMSELVES: [&str; 25] = [
    "p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot", "br", "hr",
    "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr",
    "param",
];

/// Elements of other vocabularies.
const FOREIGN: [&str; 2] = ["svg", "math"];

/// Elements that end tags take out from between others.
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements that the end tag of an element in `SPECIAL` does not reach across.
const SCOPES: [&str; 9] = [
    "table", "td", "th", "caption", "template", "object", "marquee", "svg", "math",
];

/// Elements that the end tag of any other element does not reach across.
const SPECIAL: [&str; 42] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "html",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements whose content is not markup.
const RAW: [&str; 4] = ["script", "style", "noscript", "textarea"];

/// Whether a name is in a list, in any case.
#[must_use]
pub fn is_one_of(name: &str, list: &[&str]) -> bool {
    list.iter().any(|one| name.eq_ignore_ascii_case(one))
}

/// Walks over the markup. Every byte is looked at a bounded number of times, whatever is left open.
fn steps(html: &str) -> impl Iterator<Item = Step<'_>> {
    let mut rest = html;
    let mut raw: Option<&str> = None;
    std::iter::from_fn(move || {
        loop {
            if let Some(name) = raw.take() {
                rest = after_raw(rest, name);
            }
            if rest.is_empty() {
                return None;
            }
            let open = rest.find('<').unwrap_or(rest.len());
            if open > 0 {
                let (text, tail) = rest.split_at(open);
                rest = tail;
                return Some(Step::Text(text));
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment
                    .find("-->")
                    .map_or("", |end| &comment[end + "-->".len()..]);
                continue;
            }
            let body = &rest[1..];
            match body.bytes().next() {
                Some(b'!' | b'?') => {
                    rest = body.find('>').map_or("", |end| &body[end + 1..]);
                }
                Some(b'/') => {
                    let name = name_of(&body[1..]);
                    rest = body.find('>').map_or("", |end| &body[end + 1..]);
                    return Some(Step::Close(name));
                }
                Some(b) if b.is_ascii_alphabetic() => {
                    let name = name_of(body);
                    let (after, attributes) = after_tag(body);
                    let closed = body[..body.len() - after.len()].ends_with("/>");
                    rest = after;
                    if is_one_of(name, &RAW) {
                        raw = Some(name);
                    }
                    return Some(Step::Open {
                        name,
                        attributes,
                        closed,
                    });
                }
                _ => {
                    rest = body;
                    return Some(Step::Text("<"));
                }
            }
        }
    })
}

fn name_of(tag: &str) -> &str {
    let end = tag
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<'))
        .unwrap_or(tag.len());
    &tag[..end]
}

/// What follows a tag's `>`, quoted values passed over, and about how many attributes the tag has.
fn after_tag(tag: &str) -> (&str, usize) {
    let mut quote = None;
    let mut before = b' ';
    let mut attributes = 0;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return (&tag[at + 1..], attributes),
            // A quotation mark opens a value only after an equals sign; elsewhere it is a slip.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => {
                quote = None;
                attributes += 1;
            }
            (None, _) if is_gap(before) && !is_gap(byte) => attributes += 1,
            _ => {}
        }
        before = byte;
    }
    ("", attributes)
}

/// What stands between attributes.
fn is_gap(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'/'
}

/// What follows the content of an element that is not markup, its end tag first.
fn after_raw<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let at = from + at;
        let tail = &rest.as_bytes()[at + 2..];
        if tail.len() >= name.len() && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return &rest[at..];
        }
        from = at + 2;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_text_follows_the_tags() {
        let html = "<!-- <p>no --><h1>Title &amp; more</h1><script>if (a</b) '<p>'</script><p class=\"a>b\">One <b>two</b>\nthree<br>four 5 < 6<p>last";
        let found: Vec<(BlockKind, String)> = pieces(html)
            .into_iter()
            .map(|piece| (piece.kind, piece.text))
            .collect();
        assert_eq!(
            found,
            [
                (BlockKind::Subhead, "Title & more".to_owned()),
                (BlockKind::Paragraph, "One two three".to_owned()),
                (BlockKind::Paragraph, "four 5 < 6".to_owned()),
                (BlockKind::Paragraph, "last".to_owned()),
            ]
        );
    }

    #[test]
    fn nesting_is_followed_as_the_parser_does() {
        let depth = |html: &str| weight(html, 10_000).depth;
        assert_eq!(depth(&"<div>".repeat(1000)), 1000);
        assert_eq!(weight(&"<div>".repeat(1000), 100).depth, 101);
        assert_eq!(depth(&"<p>a<br>".repeat(1000)), 0);
        assert_eq!(depth(&"<div>a</div>".repeat(1000)), 1);
        // End tags that close nothing do not hide nesting.
        assert_eq!(depth(&"<div></x>".repeat(1000)), 1000);
        assert!(depth(&"<x><y><z><div></x></y></z>".repeat(1000)) > 3000);
        assert_eq!(depth(&format!("<svg>{}</svg>", "<td>".repeat(1000))), 1001);
        assert_eq!(
            depth(&format!("<svg>{}</svg>", "<path d='m'/>".repeat(1000))),
            1
        );
        assert_eq!(depth(&"<b><div></b></div>".repeat(1000)), 2);
    }
}
