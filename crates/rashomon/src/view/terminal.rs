//! What a terminal can do, and text made safe and fitting for it.
//!
//! It does not know records.

use anstyle::{AnsiColor, Style};
use std::borrow::Cow;
use std::io::IsTerminal;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns where there is no terminal to ask.
const PIPED_WIDTH: usize = 100;

/// Width and colours of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Columns.
    pub width: usize,
    /// Whether styles are written.
    pub styled: bool,
    /// Whether it is a terminal. Where it is none, a sentence that scripts look for stays on one line.
    pub is_terminal: bool,
}

/// What a stretch of text is, for its style. Each is also said in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A title, a question.
    Head,
    /// Who speaks.
    Party,
    /// The act.
    Act,
    /// What is not counted, and what stands beside the matter.
    Faint,
}

impl Terminal {
    /// Standard output as it is: styles only on a terminal that wants them (`NO_COLOR`, `TERM=dumb`).
    #[must_use]
    pub fn of_stdout() -> Self {
        let terminal = std::io::stdout().is_terminal();
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let width = terminal
            .then(terminal_size::terminal_size)
            .flatten()
            .map_or(PIPED_WIDTH, |(width, _)| usize::from(width.0));
        Self {
            width: width.clamp(40, 200),
            styled: terminal && !refused,
            is_terminal: terminal,
        }
    }

    /// No terminal: the width of piped output, no styles.
    #[cfg(test)]
    #[must_use]
    pub fn piped() -> Self {
        Self {
            width: PIPED_WIDTH,
            styled: false,
            is_terminal: false,
        }
    }

    /// Text in its style.
    #[must_use]
    pub fn paint(self, tone: Tone, text: &str) -> String {
        if !self.styled || text.is_empty() {
            return text.to_owned();
        }
        let style = match tone {
            Tone::Head => Style::new().bold(),
            Tone::Party => Style::new().fg_color(Some(AnsiColor::Cyan.into())),
            Tone::Act => Style::new().underline(),
            Tone::Faint => Style::new().dimmed(),
        };
        format!("{style}{text}{style:#}")
    }
}

/// Text as it is shown: control characters and those that turn the direction of writing are written out
/// (`\u{202e}`), because on a terminal they can make a line say what it does not.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) {
            safe.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

/// Text on one line: white space of any kind and length is one space, then as `shown`.
#[must_use]
pub fn flat(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    shown(&words.join(" ")).into_owned()
}

pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}'
        )
}

/// Columns that a text takes.
#[must_use]
pub fn columns(text: &str) -> usize {
    text.width()
}

/// Text cut to at most so many columns, with … where something is left out.
#[must_use]
pub fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for c in text.chars() {
        let more = c.width().unwrap_or(0);
        if used + more + 1 > width {
            break;
        }
        used += more;
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// Text cut to at most so many columns at its beginning: of a path the end tells more.
#[must_use]
pub fn cut_start(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut kept: Vec<char> = Vec::new();
    let mut used = 1;
    for c in text.chars().rev() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept.iter().rev().collect()
}

/// Text cut or filled with spaces to exactly so many columns.
#[must_use]
pub fn cell(text: &str, width: usize) -> String {
    let mut cell = cut(text, width);
    let missing = width.saturating_sub(columns(&cell));
    cell.extend(std::iter::repeat_n(' ', missing));
    cell
}

/// Text broken between words into lines of at most so many columns; a word longer than a line is broken within.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let fits = columns(&line) + usize::from(!line.is_empty()) + columns(word) <= width;
        if !fits && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if columns(&line) + c.width().unwrap_or(0) > width {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_the_writing_is_written_out() {
        assert_eq!(
            shown("a\u{202e}b\u{2066}\u{61c}"),
            "a\\u{202e}b\\u{2066}\\u{61c}"
        );
        assert_eq!(shown("\u{1b}[31mred\u{9b}"), "\\u{1b}[31mred\\u{9b}");
        assert_eq!(shown("“کابل”"), "“کابل”");
        assert_eq!(flat("one\r\n two\t\u{200f}"), "one two \\u{200f}");
    }

    #[test]
    fn columns_hold() {
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("abcd", 4), "abcd");
        assert_eq!(cut_start("abcdef", 4), "…def");
        assert_eq!(cut_start("abcd", 4), "abcd");
        assert_eq!(columns(&cell("漢字漢字", 5)), 5);
        for line in wrap(&"word ".repeat(30), 20) {
            assert!(columns(&line) <= 20);
        }
        assert_eq!(wrap(&"x".repeat(25), 10).len(), 3);
        assert_eq!(wrap("", 10), [""]);
    }
}
