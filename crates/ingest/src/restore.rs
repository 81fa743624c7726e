//! The page's own words in place of an extractor's: extractors drop links out of sentences, and whole paragraphs of them.
//!
//! It takes the extractor's word on where the article is, and the page's on what it says.

use crate::html::Piece;
use crate::plain::ends_a_sentence;
use ego_tree::NodeId;
use std::collections::{BTreeMap, BTreeSet};
use text::BlockKind;

/// A stretch of a page's text, with where it stands.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// Its words and role.
    pub piece: Piece,
    /// The element that holds it together with its neighbours: the parent of a paragraph.
    pub home: NodeId,
    /// How many of its bytes are the text of links.
    pub linked: usize,
    /// Whether it stands in a part of the page that is never the article: navigation, a footer.
    pub around: bool,
}

/// Words that are compared at a time.
const SHINGLE: usize = 3;
/// How many places of one run of words are looked at; more are a refrain, which says nothing.
const PLACES: usize = 8;
/// Fewest words of a paragraph that is put back.
const FEWEST_WORDS: usize = 6;

/// Gives each of the extractor's pieces the page's own words, and puts back paragraphs that it left out between or beside
/// those it kept, where it kept most of what stands beside them.
#[must_use]
pub fn restore(found: Vec<Piece>, page: &[Stretch]) -> Vec<Piece> {
    let places = places(page);
    let mut used = BTreeSet::new();
    let mut near = 0;
    let mut matched: Vec<(Piece, Option<usize>)> = Vec::new();
    for piece in found {
        let at = best(&piece, page, &places, &used, near);
        if let Some(at) = at {
            near = at;
            used.insert(at);
        }
        // The page knows headings and captions that the extractor made paragraphs of.
        let own = at.map(|at| page[at].piece.clone());
        matched.push((
            match own {
                Some(own) if at.is_some_and(|at| page[at].around) => Piece {
                    kind: BlockKind::Boilerplate,
                    ..own
                },
                Some(own) if own.kind == BlockKind::Paragraph => Piece {
                    kind: piece.kind,
                    ..own
                },
                Some(own) => own,
                None => piece,
            },
            at,
        ));
    }
    let missing = missing(page, &used);
    let mut out = Vec::new();
    let mut missing = missing.into_iter().peekable();
    let last = used.last().copied();
    for (piece, at) in matched {
        if let Some(at) = at {
            while let Some(before) = missing.next_if(|&m| m < at) {
                out.push(page[before].piece.clone());
            }
        }
        out.push(piece);
        if at == last && at.is_some() {
            out.extend(missing.by_ref().map(|after| page[after].piece.clone()));
        }
    }
    out
}

/// Where each run of words stands in the page.
fn places(page: &[Stretch]) -> BTreeMap<[&str; SHINGLE], Vec<usize>> {
    let mut places: BTreeMap<[&str; SHINGLE], Vec<usize>> = BTreeMap::new();
    for (at, stretch) in page.iter().enumerate() {
        for shingle in shingles(&stretch.piece.text) {
            let list = places.entry(shingle).or_default();
            if list.len() < PLACES && list.last() != Some(&at) {
                list.push(at);
            }
        }
    }
    places
}

fn shingles(text: &str) -> impl Iterator<Item = [&str; SHINGLE]> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    (0..words.len().saturating_sub(SHINGLE - 1))
        .map(move |i| [words[i], words[i + 1], words[i + 2]])
}

/// The stretch of the page that a piece was taken from: it holds most of the piece's runs of words, and is not much longer.
fn best(
    piece: &Piece,
    page: &[Stretch],
    places: &BTreeMap<[&str; SHINGLE], Vec<usize>>,
    used: &BTreeSet<usize>,
    near: usize,
) -> Option<usize> {
    let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
    let mut cast = 0;
    for shingle in shingles(&piece.text) {
        cast += 1;
        for &at in places.get(&shingle).into_iter().flatten() {
            *votes.entry(at).or_default() += 1;
        }
    }
    let (&at, &most) = votes
        .iter()
        .filter(|(at, _)| !used.contains(at))
        .max_by_key(|&(&at, &count)| (count, std::cmp::Reverse(at.abs_diff(near))))?;
    let length = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let (have, own) = (length(&piece.text), length(&page[at].piece.text));
    (most * 2 >= cast && own >= have && own <= 3 * have).then_some(at)
}

/// Paragraphs that were left out although most of their neighbours were kept.
fn missing(page: &[Stretch], used: &BTreeSet<usize>) -> Vec<usize> {
    let is_said = |stretch: &Stretch| {
        let text = &stretch.piece.text;
        stretch.piece.kind == BlockKind::Paragraph
            && !stretch.around
            && ends_a_sentence(text)
            && text.split_whitespace().take(FEWEST_WORDS).count() == FEWEST_WORDS
            && stretch.linked * 2 <= text.len()
    };
    let mut homes: BTreeMap<NodeId, (usize, usize)> = BTreeMap::new();
    for (at, stretch) in page.iter().enumerate().filter(|(_, s)| is_said(s)) {
        let (kept, all) = homes.entry(stretch.home).or_default();
        *kept += usize::from(used.contains(&at));
        *all += 1;
    }
    let missing: BTreeSet<usize> = page
        .iter()
        .enumerate()
        .filter(|(at, stretch)| {
            !used.contains(at)
                && is_said(stretch)
                && homes
                    .get(&stretch.home)
                    .is_some_and(|&(kept, all)| kept >= 2 && kept * 2 >= all)
        })
        .map(|(at, _)| at)
        .collect();
    // A heading belongs to the paragraph that stands under it.
    let is_kept = |at: usize| used.contains(&at) || missing.contains(&at);
    let headings = page.windows(2).enumerate().filter(|(at, pair)| {
        pair[0].piece.kind == BlockKind::Subhead
            && pair[1].piece.kind == BlockKind::Paragraph
            && pair[0].home == pair[1].home
            && pair[0].linked == 0
            && is_kept(at + 1)
            && !is_kept(*at)
    });
    let headings: BTreeSet<usize> = headings.map(|(at, _)| at).collect();
    missing.union(&headings).copied().collect()
}
