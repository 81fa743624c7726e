//! Quotations of a paragraph, by pairing marks of one kind: a curly mark inside straight ones, or the other way round, belongs to
//! the words quoted.
//!
//! It does not know words. An odd mark is never refused: a quotation that is not closed ends with its paragraph, as one does that
//! the next paragraph opens anew.

use std::ops::Range;
use text::{Segments, TokenKind};

/// The kinds of marks, each closed by its own.
const KINDS: usize = 4;

/// The kind of single marks, the last.
const SINGLE: usize = KINDS - 1;

/// What a token is to quotations: an opening or a closing mark of a kind, or one that may be either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    kind: usize,
    opens: bool,
    closes: bool,
}

fn mark(text: &str, segments: &Segments, token: usize) -> Option<Mark> {
    let token = segments.tokens.get(token)?;
    let (opens, closes) = match token.kind {
        TokenKind::QuoteOpen => (true, false),
        TokenKind::QuoteClose => (false, true),
        TokenKind::Quote => (true, true),
        _ => return None,
    };
    let kind = match token.span.slice(text) {
        "'" | "‘" | "’" | "‚" | "‹" | "›" | "`" => SINGLE,
        "“" | "”" | "„" | "‟" => 1,
        "«" | "»" => 2,
        _ => 0,
    };
    Some(Mark {
        kind,
        opens,
        closes,
    })
}

/// Adds the quotations among the tokens of a paragraph, in order; none lies inside another. Linear in its length.
pub(crate) fn quotations(
    text: &str,
    segments: &Segments,
    paragraph: &Range<usize>,
    into: &mut Vec<Range<usize>>,
) {
    let marks: Vec<(usize, Mark)> = paragraph
        .clone()
        .filter_map(|token| Some((token, mark(text, segments, token)?)))
        .collect();
    // For each mark the next one that may close its kind; else, for a double one, the next that closes another kind.
    let mut closing = vec![None; marks.len()];
    let mut next = [None; KINDS];
    for (place, (_, mark)) in marks.iter().enumerate().rev() {
        let other = next[..SINGLE].iter().flatten().min().copied();
        closing[place] = next[mark.kind].or(other.filter(|_| mark.kind != SINGLE));
        if mark.closes {
            next[mark.kind] = Some(place);
        }
    }
    let mut place = 0;
    while let Some((token, mark)) = marks.get(place) {
        let end = closing[place];
        // A closing mark at the very front was meant to open.
        let opens = mark.opens || *token == paragraph.start && end.is_some();
        if !opens || mark.kind == SINGLE && end.is_none() {
            // A closing mark alone, or an apostrophe.
            place += 1;
            continue;
        }
        match end {
            Some(end) => {
                into.push(*token..marks[end].0 + 1);
                place = end + 1;
            }
            None => {
                into.push(*token..paragraph.end);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use text::{Document, Segmenter, SegmenterFiles, segment};

    fn quoted(text: &str) -> Vec<String> {
        let segments = segment(
            &Document::plain(text),
            &Segmenter::parse(&SegmenterFiles::default()),
        );
        let mut found = Vec::new();
        let all = 0..segments.tokens.len();
        quotations(text, &segments, &all, &mut found);
        let words = |range: &Range<usize>| {
            let first = segments.tokens[range.start].span;
            first
                .cover(segments.tokens[range.end - 1].span)
                .slice(text)
                .to_owned()
        };
        found.iter().map(words).collect()
    }

    #[test]
    fn marks_of_another_kind_inside_a_quotation_are_its_own() {
        assert_eq!(
            quoted("He said: \"I heard “no” twice,\" and left. “Then what?”"),
            ["\"I heard “no” twice,\"", "“Then what?”"]
        );
        assert_eq!(quoted("“Yes,\" she said."), ["“Yes,\""]);
        assert_eq!(quoted("”Yes,” she said."), ["”Yes,”"]);
        assert_eq!(quoted("“It goes on. And on."), ["“It goes on. And on."]);
        assert_eq!(quoted("The army's men and the party's men."), [""; 0]);
    }
}
