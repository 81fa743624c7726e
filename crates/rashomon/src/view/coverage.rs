//! The line under every list and dispute: what has been read, and what has not.
//!
//! It does not know how the counts are made.

use super::terminal::{Terminal, wrap};
use ledger::Coverage;

/// "Read in full: 12 documents (1 undated, 0 not in English, 0 not an article); 0 could not be read."
#[must_use]
pub fn coverage_line(coverage: &Coverage) -> String {
    format!(
        "Read in full: {} ({} undated, {} not in English, {} not an article); {} could not be read.",
        counted(coverage.read, "document", "documents"),
        coverage.undated,
        coverage.not_english,
        coverage.not_article,
        coverage.failed
    )
}

/// Said instead of the coverage where there was nothing to read.
pub const NOTHING_READ: &str = "Nothing was read: there is no document at these paths.";

/// The coverage over as many lines as the terminal needs.
#[must_use]
pub fn coverage_lines(coverage: &Coverage, terminal: Terminal) -> Vec<String> {
    let line = coverage_line(coverage);
    if terminal.is_terminal {
        wrap(&line, terminal.width)
    } else {
        vec![line]
    }
}

/// "no reply found in the 12 documents read"
#[must_use]
pub fn no_reply(coverage: &Coverage) -> String {
    format!(
        "no reply found in the {} read",
        counted(coverage.read, "document", "documents")
    )
}

/// "1 document", "12 documents".
#[must_use]
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Counts a document that was read.
pub fn count_read(coverage: &mut Coverage, document: &text::Document) {
    coverage.read += 1;
    coverage.undated += u64::from(document.meta.published.is_none());
    let english = document
        .meta
        .language
        .as_deref()
        .is_none_or(|language| language == "en");
    coverage.not_english += u64::from(!english);
    coverage.not_article += u64::from(!document.is_article());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_terminal_breaks_the_line_and_a_pipe_does_not() {
        let coverage = Coverage::default();
        let mut terminal = Terminal {
            width: 60,
            ..Terminal::piped()
        };
        assert_eq!(coverage_lines(&coverage, terminal).len(), 1);
        terminal.is_terminal = true;
        let lines = coverage_lines(&coverage, terminal);
        assert_eq!(lines.join(" "), coverage_line(&coverage));
        assert!(lines.iter().all(|line| line.len() <= 60));
    }

    #[test]
    fn the_line_reads_as_the_contract_says() {
        let coverage = Coverage {
            read: 12,
            undated: 1,
            ..Coverage::default()
        };
        assert_eq!(
            coverage_line(&coverage),
            "Read in full: 12 documents (1 undated, 0 not in English, 0 not an article); 0 could not be read."
        );
        assert_eq!(
            no_reply(&coverage),
            "no reply found in the 12 documents read"
        );
        assert_eq!(
            no_reply(&Coverage {
                read: 1,
                ..coverage
            }),
            "no reply found in the 1 document read"
        );
    }
}
