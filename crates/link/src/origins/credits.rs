//! The agencies that a document's credit lines name: in the byline, the dateline, the last line.
//!
//! It does not know what an agency is: the lexicon says so. An agency that is mentioned in passing is quoted, not credited.

use crate::Lexicon;
use std::collections::BTreeSet;
use text::{BlockKind, Document};

/// A dateline ends so many characters after the paragraph's start at most.
const DATELINE: usize = 80;
/// Marks that part a credit from the text, before or after it.
const DASHES: [char; 4] = ['-', '–', '—', '/'];

/// The agencies, by their number in the lexicon.
pub(crate) fn credits(document: &Document, lexicon: &Lexicon) -> BTreeSet<usize> {
    let text = &document.text;
    let mut found = BTreeSet::new();
    if let Some(byline) = &document.meta.byline {
        found.extend(named(byline, lexicon).map(|name| name.agency));
    }
    let body = || {
        let paragraphs = document
            .blocks
            .iter()
            .filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Caption));
        paragraphs
            .map(|block| block.span.slice(text).trim())
            .filter(|words| !words.is_empty())
    };
    // A credit alone in its line may be told from the article as boilerplate.
    let last = document
        .blocks
        .iter()
        .rev()
        .map(|block| block.span.slice(text).trim())
        .find(|words| !words.is_empty());
    found.extend(body().next().and_then(|first| dateline(first, lexicon)));
    for line in body().next_back().into_iter().chain(last) {
        tail(line, lexicon, &mut found);
    }
    found
}

/// An agency's name in a line, in bytes.
struct Name {
    agency: usize,
    start: usize,
    end: usize,
}

/// Every agency's name in a line.
fn named<'a>(line: &'a str, lexicon: &'a Lexicon) -> impl Iterator<Item = Name> + 'a {
    let agencies = lexicon.agencies().iter().enumerate();
    agencies.flat_map(move |(agency, forms)| {
        forms.iter().flat_map(move |form| {
            let places = line.char_indices().filter(move |(start, first)| {
                let wanted = form.chars().next();
                wanted.is_some_and(|wanted| *first == wanted || first.is_uppercase())
                    && is_form(line, *start, form)
            });
            places.map(move |(start, _)| Name {
                agency,
                start,
                end: start + form.len(),
            })
        })
    })
}

/// Whether a form stands at a byte of a line, as a word of its own and as written but for the case of its later letters.
fn is_form(line: &str, start: usize, form: &str) -> bool {
    let end = start + form.len();
    let inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    line.get(start..end)
        .is_some_and(|words| words.eq_ignore_ascii_case(form))
        && !inside(line[..start].chars().next_back())
        && !inside(line[end..].chars().next())
}

/// "KORVA, May 3 (Reuters) - …": near the start, and a dash after it.
fn dateline(first: &str, lexicon: &Lexicon) -> Option<usize> {
    let head = first
        .char_indices()
        .nth(DATELINE)
        .map_or(first, |(end, _)| &first[..end]);
    named(head, lexicon)
        .find(|name| {
            let before = &first[..name.start];
            let after = &first[name.end..];
            let bracketed = before.ends_with(['(', '/', '[']);
            let rest = after.trim_start_matches([')', ']', ' ', '\u{a0}', '.']);
            let starts = before.is_empty() && after.starts_with([' ', ':']);
            let dash = rest.starts_with(DASHES) || (starts && rest.starts_with(':'));
            // A sentence that ended before is the article's; of its dateline only the town and the day do.
            let opening = !before.contains(['“', '"', '”', '?', '!']);
            opening && dash && (bracketed || before.is_empty() || after.starts_with([' ', '/']))
        })
        .map(|name| name.agency)
}

/// "… – AFP", "(Reuters)", "Source: …": at the very end, parted from the text by a mark or by words that say so.
fn tail(line: &str, lexicon: &Lexicon, found: &mut BTreeSet<usize>) {
    let mut rest = line.trim_end_matches([')', ']', '.', ' ', '/', '-', '–', '—', '*']);
    let mut ends = BTreeSet::new();
    loop {
        let last = named(rest, lexicon)
            .filter(|name| name.end == rest.len())
            .min_by_key(|name| name.start);
        let Some(name) = last else { break };
        ends.insert(name.agency);
        rest = &rest[..name.start];
        // "AFP and Reuters", "AFP, Reuters": what stands between two names.
        let joined = rest.trim_end();
        let listed = joined
            .strip_suffix(',')
            .or_else(|| joined.strip_suffix('&'))
            .or_else(|| joined.strip_suffix(" and"))
            .or_else(|| joined.strip_suffix('/'));
        match listed.map(str::trim_end) {
            Some(more) if named(more, lexicon).any(|name| name.end == more.len()) => rest = more,
            _ => break,
        }
    }
    if ends.is_empty() {
        return;
    }
    let before = rest.trim_end();
    let marked = before.is_empty() || before.ends_with(['(', '[']) || before.ends_with(DASHES);
    let sentence = before.rsplit(['.', '!', '?', '(', '[']).next();
    let said = sentence.is_some_and(|words| lexicon.is_credit(words));
    if marked || said {
        found.extend(ends);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> usize {
        let lexicon = include_str!("../../../../lexicon/matching.txt");
        let lexicon = Lexicon::parse(lexicon).expect("the lexicon reads");
        credits(&Document::plain(text), &lexicon).len()
    }

    #[test]
    fn a_credit_line_is_one_and_a_mention_none() {
        assert_eq!(
            found("KORVA (Reuters) - Shells fell on the port.\n\nNobody was hurt."),
            1
        );
        assert_eq!(
            found("Shells fell on the port.\n\nNobody was hurt.-- AFP"),
            1
        );
        assert_eq!(
            found("Shells fell on the port.\n\nWith files from AFP and Reuters"),
            2
        );
        assert_eq!(
            found("Shells fell on the port, he told Reuters.\n\nReuters was not there."),
            0
        );
        assert_eq!(
            found("Shells fell on the port.\n\nThe man then spoke to AFP"),
            0
        );
        assert_eq!(found("The rapid advance went on.\n\nMaps by ap Rhosser"), 0);
    }
}
