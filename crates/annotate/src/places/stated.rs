//! What a text says of where a name lies: "Farran, Tolmer", "the Tolmer quarter of Farran", "Farran and Orrem in Tolmer province".
//!
//! It does not know which places are meant, nor what stands farther away than a few plain words.

use super::Toponym;
use crate::place_lexicon::{PlaceLexicon, Role};
use text::Span;

/// Words between a name and what holds it, at most.
const WORDS: usize = 8;

/// What the text says of each toponym.
pub(super) fn containers(text: &str, toponyms: &[Toponym], lexicon: &PlaceLexicon) -> Vec<Stated> {
    let mut order: Vec<(Span, usize)> = toponyms
        .iter()
        .enumerate()
        .flat_map(|(number, toponym)| toponym.spans.iter().map(move |span| (*span, number)))
        .collect();
    order.sort();
    let mut stated: Vec<Stated> = vec![Stated::default(); toponyms.len()];
    // Backwards, so that the first name of a list has what holds the last.
    let mut of_next: Option<usize> = None;
    for pair in order.windows(2).rev() {
        let [(left, inner), (right, outer)] = [pair[0], pair[1]];
        let between = text.get(left.to()..right.from()).unwrap_or(".");
        let link = if inner == outer {
            Link::None
        } else {
            link(between, lexicon)
        };
        of_next = match link {
            Link::Within => {
                stated[inner].within.push(outer);
                Some(outer)
            }
            Link::Near => {
                stated[inner].around.push(outer);
                None
            }
            Link::List => {
                if let Some(holder) = of_next.filter(|holder| *holder != inner) {
                    stated[inner].near.push(holder);
                }
                of_next
            }
            Link::Either => {
                stated[outer].near.push(inner);
                stated[inner].near.push(outer);
                Some(outer)
            }
            Link::Holds => {
                stated[outer].near.push(inner);
                None
            }
            Link::None => None,
        };
    }
    stated
}

/// What holds a toponym, by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Stated {
    /// It stands right behind, or behind "in".
    pub(super) within: Vec<usize>,
    /// One of the two holds the other, or it holds the last name of a list.
    pub(super) near: Vec<usize>,
    /// It stands behind "near", "north of" and the like.
    pub(super) around: Vec<usize>,
}

/// What the words between two names say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// The second holds the first: "Farran in Tolmer", "Farran, a village of northern Tolmer".
    Within,
    /// The first lies near the second: "Farran, ten miles north of Tolmer".
    Near,
    /// The first holds the second: "Tolmer's village of Farran".
    Holds,
    /// One holds the other: "the Farran quarter of Tolmer", "the Tolmer quarter of Farran".
    Either,
    /// Both stand in one list.
    List,
    /// Nothing.
    None,
}

fn link(between: &str, lexicon: &PlaceLexicon) -> Link {
    let trimmed = between.trim();
    match trimmed {
        "," | "(" | ", in" | "in" => return Link::Within,
        "and" | ", and" | "or" | "/" | "&" => return Link::List,
        "'s" | "’s" => return Link::Holds,
        _ => {}
    }
    let lower = trimmed.to_lowercase();
    let rest = lower
        .strip_prefix("'s ")
        .or_else(|| lower.strip_prefix("’s "));
    let words: Vec<&str> = rest
        .unwrap_or(&lower)
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '-' | '('))
        .filter(|word| !word.is_empty())
        .collect();
    let is_plain = words.iter().all(|word| lexicon.role(word).is_some());
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Link::None;
    };
    if !is_plain || words.len() > WORDS {
        return Link::None;
    }
    let any = |role: Role| words.iter().any(|word| lexicon.role(word) == Some(role));
    if rest.is_some() {
        return Link::Holds;
    }
    if lexicon.role(first) == Some(Role::Kind) && *last == "of" && words.len() == 2 {
        return Link::Either;
    }
    if any(Role::Near) {
        Link::Near
    } else if any(Role::In) {
        Link::Within
    } else {
        Link::None
    }
}
