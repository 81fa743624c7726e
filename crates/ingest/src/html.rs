//! Pages: the article's blocks out of HTML, by an extractor behind a trait, with our own text where it fails.
//!
//! It does not know what a page's metadata mean (`metadata`), nor files.

use crate::metadata::{self, PageMeta};
use crate::plain::ends_a_sentence;
use crate::restore::{Stretch, restore};
use crate::{Lexicon, markup};
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};
use std::collections::BTreeSet;
use text::BlockKind;

/// A block on the way into a document: its text has single white space and is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its role.
    pub kind: BlockKind,
    /// Its words.
    pub text: String,
}

/// What finds the body of an article in a page. Third-party code stands behind it, so it may fail and may be replaced.
pub trait Extractor: Sync {
    /// The body's blocks without the page's headline; none where no body was found.
    fn body(&self, html: &str) -> Option<Vec<Piece>>;
}

/// The extractor of the crate `trafilatura`, with its own fallbacks, comments left out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trafilatura;

impl Extractor for Trafilatura {
    fn body(&self, html: &str) -> Option<Vec<Piece>> {
        let mut options = trafilatura::Options::default();
        options.enable_fallback = true;
        options.focus = trafilatura::ExtractionFocus::FavorPrecision;
        options.exclude_comments = true;
        options.html_date_mode = trafilatura::HtmlDateMode::Disabled;
        let result = trafilatura::extract(html, &options).ok()?;
        let pieces = pieces(&Html::parse_fragment(&result.content_html), &[]);
        (!pieces.is_empty()).then_some(pieces)
    }
}

/// A page as read.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// What it says of itself.
    pub meta: PageMeta,
    /// Its body in order, boilerplate labelled; the headline is not among them.
    pub pieces: Vec<Piece>,
    /// Codes and sentences of what a reader should know.
    pub notes: Vec<(&'static str, String)>,
}

/// Deepest nesting of which a tree is built. Browsers stop at 512; recursion over deeper trees ends in a lost process.
const DEEPEST: usize = 400;
/// Most tags of which a tree is built; extractors are slower than linear.
const MOST_TAGS: usize = 100_000;
/// Most attributes of one tag of a page of which a tree is built: the parser compares each with all before it.
const MOST_ATTRIBUTES: usize = 2_000;
/// Most bytes of which a tree is built: the largest news pages measured have two million.
const MOST_BYTES: usize = 8 << 20;
/// Stack of the thread that reads a page, for recursion down to `DEEPEST`, also in unoptimised builds.
const STACK: usize = 64 << 20;
/// Fewest words of a sentence that make a page an article, with a stop and without.
const ARTICLE_WORDS: (usize, usize) = (4, 12);
/// How many blocks at the top may be the author line.
const BYLINE_WITHIN: usize = 4;
/// How many headings in a row, with no text between, are a list of links.
const BARE_HEADINGS: usize = 3;
/// A page whose text outside walls is shorter than this, in words, is judged by its walls.
const WALLED: usize = 40;

/// Reads a page. It never fails: where the extractor or the tree does, the page's own text stands in, with a note.
#[must_use]
pub fn read_page(html: &str, lexicon: &Lexicon, extractor: &dyn Extractor) -> Page {
    if let Some(reason) = too_complex(html) {
        let mut page = Page {
            pieces: markup::pieces(html),
            ..Page::default()
        };
        page.notes.push(("too_complex", reason));
        finish(&mut page, lexicon);
        return page;
    }
    // Recursion in third-party code needs a stack of known size, and a panic there must end there.
    let read = std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || read_tree(html, lexicon, extractor))
            .ok()
            .and_then(|thread| thread.join().ok())
    });
    read.unwrap_or_else(|| {
        let mut page = Page {
            pieces: markup::pieces(html),
            notes: vec![("extractor_failed", FAILED.to_owned())],
            ..Page::default()
        };
        finish(&mut page, lexicon);
        page
    })
}

/// Why no tree is built of a page, where none is.
fn too_complex(html: &str) -> Option<String> {
    let weight = markup::weight(html, DEEPEST);
    let what = if weight.depth > DEEPEST {
        format!("nests more than {DEEPEST} elements deep")
    } else if weight.tags > MOST_TAGS {
        format!("has {} tags", weight.tags)
    } else if weight.attributes > MOST_ATTRIBUTES {
        format!("has a tag with {} attributes", weight.attributes)
    } else if html.len() > MOST_BYTES {
        format!("has {} bytes", html.len())
    } else {
        return None;
    };
    Some(format!(
        "the page {what}; its text was taken line by line, without looking for the article"
    ))
}

const FAILED: &str =
    "the page's article could not be told from the rest of it; all of its text was taken";

/// The blocks of a fragment of HTML that is known to be an article's body: a feed's entry.
#[must_use]
pub fn read_fragment(html: &str, lexicon: &Lexicon) -> Vec<Piece> {
    let mut pieces = if too_complex(html).is_some() {
        markup::pieces(html)
    } else {
        pieces(&Html::parse_fragment(html), &[])
    };
    label(&mut pieces, lexicon);
    pieces
}

fn read_tree(html: &str, lexicon: &Lexicon, extractor: &dyn Extractor) -> Page {
    let tree = Html::parse_document(html);
    let mut page = Page {
        meta: metadata::read(&tree, lexicon),
        ..Page::default()
    };
    let all = stretches(&tree, &[]);
    // The tags do not tell the depth of every tree; the extractor recurses over it, so the tree itself is asked.
    if depth(&tree) > 2 * DEEPEST {
        page.notes.push(("extractor_failed", FAILED.to_owned()));
        page.pieces = all.into_iter().map(|stretch| stretch.piece).collect();
        finish(&mut page, lexicon);
        return page;
    }
    let body = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| extractor.body(html)));
    let own = || {
        let text = pieces(&tree, &CLUTTER);
        if text.is_empty() {
            all.iter().map(|stretch| stretch.piece.clone()).collect()
        } else {
            text
        }
    };
    page.pieces = match body {
        Ok(Some(found)) => restore(found, &all),
        Ok(None) => own(),
        Err(_) => {
            page.notes.push(("extractor_failed", FAILED.to_owned()));
            own()
        }
    };
    let links = all
        .iter()
        .filter(|stretch| stretch.linked * 5 >= stretch.piece.text.len() * 4)
        .map(|stretch| letters(&stretch.piece.text))
        .collect();
    label_page(&mut page, lexicon);
    if !is_article(&page.pieces, &links, lexicon)
        && let Some(core) = core(&tree)
    {
        // A short article can escape the extractor; where the page marks one, that is it.
        page.pieces = walk(core, &CLUTTER).into_iter().map(|s| s.piece).collect();
        label_page(&mut page, lexicon);
    }
    if !judge(&mut page, &links, lexicon) {
        // Nothing was found, so nothing is left out.
        page.pieces = all.into_iter().map(|stretch| stretch.piece).collect();
        drop_title(&mut page.pieces, page.meta.title.as_deref());
        label_all(&mut page.pieces);
    }
    page
}

/// How deep a tree is.
fn depth(tree: &Html) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for edge in tree.tree.root().traverse() {
        match edge {
            Edge::Open(_) => depth += 1,
            Edge::Close(_) => depth = depth.saturating_sub(1),
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Labels a page that was read without its tree.
fn finish(page: &mut Page, lexicon: &Lexicon) {
    label_page(page, lexicon);
    judge(page, &BTreeSet::new(), lexicon);
}

/// Takes the headline out of the body and labels boilerplate.
fn label_page(page: &mut Page, lexicon: &Lexicon) {
    drop_title(&mut page.pieces, page.meta.title.as_deref());
    label(&mut page.pieces, lexicon);
    label_bare_headings(&mut page.pieces);
    for piece in page.pieces.iter_mut().take(BYLINE_WITHIN) {
        if lexicon.is_byline(&piece.text) {
            piece.kind = BlockKind::Boilerplate;
            let name = lexicon.without_byline_cue(&piece.text);
            page.meta.byline.get_or_insert_with(|| name.to_owned());
        }
    }
}

/// Tells whether the page is an article, and labels and notes one that is none.
fn judge(page: &mut Page, links: &BTreeSet<String>, lexicon: &Lexicon) -> bool {
    let is_article = is_article(&page.pieces, links, lexicon);
    if !is_article {
        label_all(&mut page.pieces);
        page.notes.push((
            "not_article",
            "no article was found on this page; its text is kept as boilerplate".to_owned(),
        ));
    }
    is_article
}

/// The page's one `article`, or where it has none its one `main`.
fn core(tree: &Html) -> Option<NodeRef<'_, Node>> {
    ["article", "main"].iter().find_map(|name| {
        let mut all = tree
            .root_element()
            .descendent_elements()
            .filter(|element| element.value().name() == *name);
        let first = all.next()?;
        all.next().is_none().then_some(*first)
    })
}

fn label_all(pieces: &mut [Piece]) {
    for piece in pieces {
        piece.kind = BlockKind::Boilerplate;
    }
}

/// Takes the headline out of the body where its first blocks repeat it.
pub fn drop_title(pieces: &mut Vec<Piece>, title: Option<&str>) {
    let Some(title) = title.map(letters) else {
        return;
    };
    let repeats = pieces
        .iter()
        .take(2)
        .position(|piece| letters(&piece.text) == title);
    if let Some(at) = repeats {
        pieces.remove(at);
    }
}

fn label(pieces: &mut [Piece], lexicon: &Lexicon) {
    for piece in pieces {
        if lexicon.is_boilerplate(&piece.text) {
            piece.kind = BlockKind::Boilerplate;
        }
    }
}

/// Headings with nothing under them are links to other articles: after the last paragraph, or three and more in a row.
fn label_bare_headings(pieces: &mut [Piece]) {
    let mut from = 0;
    for at in 0..=pieces.len() {
        if pieces
            .get(at)
            .is_some_and(|piece| matches!(piece.kind, BlockKind::Subhead | BlockKind::Boilerplate))
        {
            continue;
        }
        let run = &mut pieces[from..at];
        let headings = run.iter().filter(|piece| piece.kind == BlockKind::Subhead);
        let bare = headings.count() >= BARE_HEADINGS;
        if bare || at == pieces.len() {
            for piece in &mut pieces[from..at] {
                piece.kind = BlockKind::Boilerplate;
            }
        }
        from = at + 1;
    }
}

/// Whether anything is said on a page: a sentence that is neither a link nor the page speaking of itself.
fn is_article(pieces: &[Piece], links: &BTreeSet<String>, lexicon: &Lexicon) -> bool {
    let (mut said, mut walls) = (0, 0);
    for piece in pieces {
        if !matches!(piece.kind, BlockKind::Paragraph | BlockKind::Caption) {
            continue;
        }
        let words = piece.text.split_whitespace().count();
        let fewest = if ends_a_sentence(&piece.text) {
            ARTICLE_WORDS.0
        } else {
            ARTICLE_WORDS.1
        };
        if words < fewest || links.contains(&letters(&piece.text)) {
            continue;
        }
        if lexicon.is_wall(&piece.text) {
            walls += words;
        } else {
            said += words;
        }
    }
    said > 0 && (walls == 0 || said >= WALLED || said > walls)
}

/// Letters and digits alone, in lower case: what is left when two writings of one title are compared.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Parts of a page around the article, left out where the page's own text stands in for the extractor's.
const CLUTTER: [&str; 6] = ["nav", "header", "footer", "aside", "form", "button"];

/// Those that never hold a part of the article.
const AROUND: [&str; 5] = ["nav", "footer", "aside", "form", "button"];

/// The text of a tree, a piece for each stretch between tags that are not part of a line; subtrees `without` are left out.
fn pieces(tree: &Html, without: &[&str]) -> Vec<Piece> {
    stretches(tree, without)
        .into_iter()
        .map(|stretch| stretch.piece)
        .collect()
}

/// The same with where each stands.
fn stretches(tree: &Html, without: &[&str]) -> Vec<Stretch> {
    walk(tree.tree.root(), without)
}

/// The same for a part of a tree.
fn walk(root: NodeRef<'_, Node>, without: &[&str]) -> Vec<Stretch> {
    let mut walk = Walk::default();
    let mut silent = None;
    for edge in root.traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        if let Some(root) = silent {
            if root == node.id() && !opens {
                silent = None;
            }
            continue;
        }
        let element = match node.value() {
            Node::Text(text) if opens => {
                walk.line.push_str(text);
                if walk.links > 0 {
                    walk.linked += text.trim().len();
                }
                continue;
            }
            Node::Element(element) => element,
            _ => continue,
        };
        let name = element.name();
        let step = |count: &mut usize| {
            *count = if opens {
                *count + 1
            } else {
                count.saturating_sub(1)
            };
        };
        match name {
            "q" => walk.line.push(if opens { '“' } else { '”' }),
            "a" => step(&mut walk.links),
            _ => {}
        }
        if markup::is_inline(name) {
            continue;
        }
        walk.flush();
        if markup::is_heading(name) {
            step(&mut walk.headings);
        } else if name == "figcaption" || name == "caption" {
            step(&mut walk.captions);
        }
        if markup::is_one_of(name, &AROUND) {
            step(&mut walk.around);
        }
        if opens && (markup::is_one_of(name, &markup::SILENT) || without.contains(&name)) {
            silent = Some(node.id());
        } else if opens {
            // Text in a paragraph is at home with its neighbours; text that stands free is with what stands free beside it.
            let home = match (name, node.parent()) {
                (
                    "p" | "li" | "blockquote" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6",
                    Some(parent),
                ) => parent.id(),
                _ => node.id(),
            };
            walk.homes.push(home);
        } else {
            walk.homes.pop();
        }
    }
    walk.flush();
    walk.stretches
}

/// What a walk over a tree carries along.
#[derive(Default)]
struct Walk {
    stretches: Vec<Stretch>,
    line: String,
    linked: usize,
    links: usize,
    headings: usize,
    captions: usize,
    homes: Vec<NodeId>,
    /// How many of the open elements stand around the article.
    around: usize,
}

impl Walk {
    /// Ends the line: what was gathered becomes a stretch.
    fn flush(&mut self) {
        let kind = if self.captions > 0 {
            BlockKind::Caption
        } else if self.headings > 0 {
            BlockKind::Subhead
        } else {
            BlockKind::Paragraph
        };
        let text = markup::squeeze(&self.line);
        self.line.clear();
        let linked = std::mem::take(&mut self.linked);
        if let Some(&home) = self.homes.last()
            && !text.is_empty()
        {
            self.stretches.push(Stretch {
                piece: Piece { kind, text },
                home,
                linked,
                around: self.around > 0,
            });
        }
    }
}
