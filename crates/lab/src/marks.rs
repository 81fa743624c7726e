//! Labelled brackets: `[source The army] [cue said] [content that it left]`, read and written.
//!
//! It does not know what the labels mean.

use text::Span;

/// A line with its brackets taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The words alone.
    pub plain: String,
    /// Label, first byte and byte after the last in `plain`.
    parts: Vec<(String, usize, usize)>,
}

/// The labels that a bracket may have; any other bracket is text.
const LABELS: [&str; 4] = ["source", "cue", "content", "channel"];

impl Marked {
    /// Reads a line.
    pub fn parse(line: &str) -> Self {
        let mut found = Self {
            plain: String::new(),
            parts: Vec::new(),
        };
        let mut rest = line;
        while let Some(open) = rest.find('[') {
            let (before, bracket) = rest.split_at(open);
            found.plain.push_str(before);
            let labelled = LABELS.iter().find_map(|label| {
                let words = bracket[1..].strip_prefix(label)?.strip_prefix(' ')?;
                Some((label, words.split_once(']')?))
            });
            if let Some((label, (words, after))) = labelled {
                let start = found.plain.len();
                found.plain.push_str(words);
                found
                    .parts
                    .push(((*label).to_owned(), start, found.plain.len()));
                rest = after;
            } else {
                found.plain.push('[');
                rest = &bracket[1..];
            }
        }
        found.plain.push_str(rest);
        found
    }

    /// The spans with a label, in a text in which `plain` begins at byte `at`.
    pub fn spans(&self, label: &str, at: usize) -> Vec<Span> {
        self.parts
            .iter()
            .filter(|(name, _, _)| name == label)
            .map(|&(_, start, end)| Span::new(at + start, at + end))
            .collect()
    }
}

/// Writes the stretch of a text that the labelled spans cover, with some characters before and after, on one line.
/// A bracket that would cut into another one is left out.
pub fn write(text: &str, labelled: &[(&str, &[Span])]) -> String {
    let mut spans: Vec<(Span, &str)> = labelled
        .iter()
        .flat_map(|(label, spans)| spans.iter().map(move |span| (*span, *label)))
        .filter(|(span, _)| span.fits(text))
        .collect();
    spans.sort();
    let (Some(first), Some(last)) = (
        spans.first().map(|(span, _)| span.from()),
        spans.iter().map(|(span, _)| span.to()).max(),
    ) else {
        return String::new();
    };
    let mut line = around(&text[..first], Side::Before).to_owned();
    let mut at = first;
    for (span, label) in spans {
        if span.from() < at {
            continue;
        }
        line.push_str(&text[at..span.from()]);
        line.push_str(&format!("[{label} {}]", span.slice(text)));
        at = span.to();
    }
    line.push_str(&text[at.min(last)..last]);
    line.push_str(around(&text[last.max(at)..], Side::After));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// About sixty characters next to a stretch, from the same paragraph.
fn around(text: &str, side: Side) -> &str {
    const CHARACTERS: usize = 60;
    match side {
        Side::Before => {
            let start = text.rfind('\n').map_or(0, |line| line + 1);
            let near = text
                .char_indices()
                .rev()
                .nth(CHARACTERS - 1)
                .map_or(0, |(at, _)| at);
            &text[start.max(near)..]
        }
        Side::After => {
            let end = text.find('\n').unwrap_or(text.len());
            let near = text
                .char_indices()
                .nth(CHARACTERS)
                .map_or(text.len(), |(at, _)| at);
            &text[..end.min(near)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let line = "On Monday [source the army] [cue said] [content “it [all] left”] on [channel Radio Kabul].";
        let marked = Marked::parse(line);
        assert_eq!(
            marked.plain,
            "On Monday the army said “it [all left”] on Radio Kabul."
        );
        let line =
            "On Monday [source the army] [cue said] [content it left] on [channel Radio Kabul].";
        let marked = Marked::parse(line);
        let spans: Vec<(&str, Vec<Span>)> = LABELS
            .iter()
            .map(|label| (*label, marked.spans(label, 0)))
            .collect();
        let borrowed: Vec<(&str, &[Span])> =
            spans.iter().map(|(l, s)| (*l, s.as_slice())).collect();
        assert_eq!(write(&marked.plain, &borrowed), line);
    }

    #[test]
    fn overlapping_labels_do_not_tear_the_line() {
        let text = "The army said so.";
        let line = write(
            text,
            &[
                ("content", &[Span::new(0, 8)]),
                ("source", &[Span::new(4, 8), Span::new(9, 13)]),
            ],
        );
        assert_eq!(line, "[content The army] [source said] so.");
    }
}
