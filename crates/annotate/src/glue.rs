//! `glued`: tokens as the pattern readers know them, made of the finer tokens of the text.
//!
//! The readers take "19-minute", "al-Qaeda", "didn't" and "10km" for one word each, as their lexicons do. It does not know
//! words; it looks at marks and blanks alone.

use std::ops::Range;
use text::{Segments, Sentence, Span, Token, TokenKind};

/// The same sentences with the parts of hyphenated and contracted words in one token each; possessives and the like
/// ("’s", "’ll") stay tokens of their own.
pub(crate) fn glued(text: &str, segments: &Segments) -> Segments {
    let mut tokens: Vec<Token> = Vec::with_capacity(segments.tokens.len());
    let mut sentences = Vec::with_capacity(segments.sentences.len());
    let index = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    for sentence in &segments.sentences {
        let first = tokens.len();
        let mut at = sentence.first as usize;
        let end = (sentence.last as usize).min(segments.tokens.len());
        while at < end {
            let group = group(text, &segments.tokens, at..end);
            tokens.push(whole(text, &segments.tokens[group.clone()]));
            at = group.end;
        }
        sentences.push(Sentence {
            first: index(first),
            last: index(tokens.len()),
            ..*sentence
        });
    }
    Segments { sentences, tokens }
}

/// The tokens from the first of `rest` on that are one word.
fn group(text: &str, tokens: &[Token], rest: Range<usize>) -> Range<usize> {
    let start = rest.start;
    let mut end = start + 1;
    if matches!(tokens[start].span.slice(text), "#" | "@")
        && near(tokens, end, rest.end) == Some(TokenKind::Number)
    {
        end += 1;
    } else if !is_word(tokens[start].kind) {
        return start..end;
    }
    while let Some(kind) = near(tokens, end, rest.end) {
        let last = tokens[end - 1];
        let next = tokens[end].span.slice(text);
        if kind == TokenKind::Mark && is_hyphen(next) {
            let joins = near(tokens, end + 1, rest.end).is_some_and(|after| {
                let part = tokens[end + 1].span.slice(text);
                let digits = last.span.slice(text).ends_with(char::is_numeric)
                    && part.starts_with(char::is_numeric);
                is_word(after) && (!digits || has_letters(text, &tokens[start..end]))
            });
            if !joins {
                break;
            }
            end += 2;
        } else if kind == TokenKind::Clitic && !next.starts_with(['n', 'N'])
            || !is_word(kind) && kind != TokenKind::Clitic
            || !(tokens[end].joined || last.kind == TokenKind::Number)
        {
            break;
        } else {
            end += 1;
        }
    }
    start..end
}

/// The kind of token `index`, where nothing lies between it and the one before.
fn near(tokens: &[Token], index: usize, end: usize) -> Option<TokenKind> {
    let token = tokens.get(index).filter(|_| index < end)?;
    (tokens[index - 1].span.end == token.span.start).then_some(token.kind)
}

/// One token of several.
fn whole(text: &str, parts: &[Token]) -> Token {
    let (first, last) = (parts[0], parts[parts.len() - 1]);
    if parts.len() == 1 {
        return first;
    }
    Token {
        span: Span {
            start: first.span.start,
            end: last.span.end,
        },
        kind: if has_letters(text, parts) || first.kind == TokenKind::Mark {
            TokenKind::Word
        } else {
            TokenKind::Number
        },
        joined: false,
    }
}

fn is_word(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Number)
}

fn is_hyphen(mark: &str) -> bool {
    matches!(mark, "-" | "\u{2010}" | "\u{2011}")
}

fn has_letters(text: &str, parts: &[Token]) -> bool {
    parts.iter().any(|part| {
        part.kind == TokenKind::Word && part.span.slice(text).contains(char::is_alphabetic)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use text::{Document, Segmenter, SegmenterFiles, segment};

    fn words(text: &str) -> String {
        let segmenter = Segmenter::parse(&SegmenterFiles {
            tokens: "unit km\nparts can+not",
            ..SegmenterFiles::default()
        });
        let segments = segment(&Document::plain(text), &segmenter);
        let glued = glued(text, &segments);
        assert_eq!(glued.sentences.len(), segments.sentences.len());
        let spans = glued.tokens.iter().map(|token| token.span.slice(text));
        spans.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn parts_of_a_word_are_one_token_again() {
        assert_eq!(
            words("The 19-minute film of al-Qaeda's didn't show U.S.-backed men 10km off."),
            "The 19-minute film of al-Qaeda 's didn't show U.S.-backed men 10km off ."
        );
        assert_eq!(
            words("They cannot hold 10-15 posts, M-16-1 or #1 - they won't."),
            "They cannot hold 10 - 15 posts , M-16-1 or #1 - they won't ."
        );
        assert_eq!(
            words("It fell -- they'll say - -west"),
            "It fell -- they 'll say - - west"
        );
    }
}
