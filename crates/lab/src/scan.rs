//! Words and marks as the measures count them: `\w+(?:['’]\w+)?|[^\w\s]` over the raw text.
//!
//! It is not the program's own tokeniser, on purpose: systems with different tokens are measured by the same ones.

use text::Span;

/// A text's words and marks.
pub struct Scan {
    tokens: Vec<Token>,
}

/// One word or mark.
#[derive(Debug, Clone, Copy)]
struct Token {
    span: Span,
    /// Whether there is a letter or a digit in it.
    word: bool,
}

/// What to count of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Words alone.
    Words,
    /// Words and marks.
    All,
}

impl Scan {
    /// Scans a text.
    pub fn new(text: &str) -> Self {
        let mut tokens = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let start = at;
            at += c.len_utf8();
            if is_space(c) {
                continue;
            }
            if is_word(c) {
                at = run(text, start);
                let mut rest = text[at..].chars();
                if matches!(rest.next(), Some('\'' | '’')) && rest.next().is_some_and(is_word) {
                    let apostrophe = text[at..].chars().next().map_or(0, char::len_utf8);
                    at = run(text, at + apostrophe);
                }
            }
            tokens.push(Token {
                span: Span::new(start, at),
                word: text[start..at].chars().any(char::is_alphanumeric),
            });
        }
        Self { tokens }
    }

    /// The numbers of the tokens that share a character with one of the spans, ascending, each once.
    pub fn covered(&self, spans: &[Span], count: Count) -> Vec<u32> {
        let mut found = Vec::new();
        for span in spans.iter().filter(|span| !span.is_empty()) {
            let first = self
                .tokens
                .partition_point(|token| token.span.end <= span.start);
            for (token, number) in self.tokens[first..].iter().zip(first..) {
                if token.span.start >= span.end {
                    break;
                }
                if token.word || count == Count::All {
                    found.push(u32::try_from(number).unwrap_or(u32::MAX));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Where token `number` lies, and whether it is a word.
    pub fn token(&self, number: u32) -> (Span, bool) {
        self.tokens
            .get(number as usize)
            .map_or((Span::new(0, 0), false), |token| (token.span, token.word))
    }

    /// Where the words and marks lie, in order.
    pub fn spans(&self) -> impl Iterator<Item = (Span, bool)> {
        self.tokens.iter().map(|token| (token.span, token.word))
    }
}

/// How many numbers two ascending lists share.
pub fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    both
}

/// `\w`: letters, digits and the low line.
pub fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// `\s`: white space, the separators of old control codes included.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// Where the run of word characters at `start` ends.
fn run(text: &str, start: usize) -> usize {
    start
        + text[start..]
            .find(|c| !is_word(c))
            .unwrap_or(text.len() - start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_take_in_one_apostrophe() {
        let text = "The Taliban’s “all-out” _ rock'n'roll, 1.5";
        let words: Vec<&str> = Scan::new(text)
            .spans()
            .map(|(span, _)| span.slice(text))
            .collect();
        assert_eq!(
            words,
            [
                "The",
                "Taliban’s",
                "“",
                "all",
                "-",
                "out",
                "”",
                "_",
                "rock'n",
                "'",
                "roll",
                ",",
                "1",
                ".",
                "5"
            ]
        );
    }

    #[test]
    fn a_span_covers_what_it_touches() {
        let scan = Scan::new("He said: yes");
        assert_eq!(
            scan.covered(&[Span::new(4, 8), Span::new(3, 5)], Count::All),
            [1, 2]
        );
        assert_eq!(scan.covered(&[Span::new(4, 8)], Count::Words), [1]);
        assert!(
            scan.covered(&[Span::new(2, 3), Span::new(5, 5)], Count::All)
                .is_empty()
        );
    }
}
