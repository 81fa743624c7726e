//! The reports of MUC-3 and MUC-4: id, day and text of each.
//!
//! It does not know their keys. A report begins with a line that is its id; its first paragraph begins with a dateline that ends
//! in `--` and may be followed by marks in brackets, the last of them `[TEXT]`, `[SUMMARY]`, `[EXCERPT]` or `[EXCERPTS]`. Neither is part of the text
//! here. Lines of a paragraph are joined by a blank, paragraphs by an empty line: the lines were broken for a screen.

use super::days::first_day;
use jiff::civil::Date;

/// One report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// `DEV-MUC3-0001`.
    pub id: String,
    /// Of the dateline; none where it has no day or no year.
    pub day: Option<Date>,
    pub text: String,
}

/// Longest dateline, in bytes: what stands before a later `--` is text.
const DATELINE: usize = 160;
/// Marks that end the head of a report.
const ENDS: [&str; 4] = ["[TEXT]", "[SUMMARY]", "[EXCERPT]", "[EXCERPTS]"];

/// Reads a file of reports.
pub fn read(file: &str) -> Vec<Report> {
    let mut reports: Vec<(String, Vec<String>)> = Vec::new();
    let mut is_open = false;
    for line in file.lines() {
        if let Some(id) = id(line) {
            reports.push((id.to_owned(), Vec::new()));
            is_open = false;
            continue;
        }
        let Some((_, paragraphs)) = reports.last_mut() else {
            continue;
        };
        let words = line.trim();
        if words.is_empty() {
            is_open = false;
        } else if let Some(paragraph) = paragraphs.last_mut().filter(|_| is_open) {
            paragraph.push(' ');
            paragraph.push_str(words);
        } else {
            paragraphs.push(words.to_owned());
            is_open = true;
        }
    }
    let of = |(id, mut paragraphs): (String, Vec<String>)| {
        let mut day = None;
        if let Some(first) = paragraphs.first_mut() {
            let (dateline, rest) = without_dateline(first);
            day = first_day(dateline);
            *first = rest.to_owned();
        }
        Report {
            id,
            day,
            text: paragraphs.join("\n\n"),
        }
    };
    reports.into_iter().map(of).collect()
}

/// The id that a line is: `DEV-MUC3-0001 (NOSC)`, `TST1-MUC3-0001`.
fn id(line: &str) -> Option<&str> {
    let id = line.split_whitespace().next()?;
    let (set, number) = id.rsplit_once('-')?;
    let is_set = matches!(set, "DEV-MUC3" | "TST1-MUC3" | "TST2-MUC4");
    let is_number = number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_set && is_number && line.starts_with(id)).then_some(id)
}

/// The dateline and what follows it and its marks.
fn without_dateline(paragraph: &str) -> (&str, &str) {
    let is_dateline = |words: &str| {
        words.contains(", NO DATE") || words.bytes().any(|byte| byte.is_ascii_digit())
    };
    let (dateline, mut rest) = match paragraph.split_once("--") {
        Some((dateline, rest)) if dateline.len() <= DATELINE && is_dateline(dateline) => {
            (dateline, rest.trim_start())
        }
        _ => ("", paragraph),
    };
    let mut at = rest;
    while let Some((mark, after)) = at
        .starts_with('[')
        .then(|| at.split_at(at.find(']').map_or(0, |end| end + 1)))
        .filter(|(mark, _)| !mark.is_empty())
    {
        at = after.trim_start();
        if ENDS.contains(&mark) {
            rest = at;
        }
    }
    (dateline, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_parted_and_lose_their_heads() {
        let file = "DEV-MUC3-0001 (NOSC)\n\n   PORT ARDEN, 3 JAN 90 (RADIO ORLEN) -- [REPORT] [BY THE\nHARBOUR] [TEXT] [CLERK] A BOMB\n\
                    WENT OFF TODAY.\n\n   NOBODY WAS HURT.\n\n\nTST1-MUC3-0002\n\n   ARDEN, NO DATE -- IT RAINED.\n";
        let reports = read(file);
        assert_eq!(reports.len(), 2);
        assert_eq!(reports[0].id, "DEV-MUC3-0001");
        assert_eq!(reports[0].day, Some(jiff::civil::date(1990, 1, 3)));
        assert_eq!(
            reports[0].text,
            "[CLERK] A BOMB WENT OFF TODAY.\n\nNOBODY WAS HURT."
        );
        assert_eq!((reports[1].day, &*reports[1].text), (None, "IT RAINED."));
    }

    #[test]
    fn a_dash_in_the_text_is_no_dateline() {
        let reports = read("DEV-MUC3-0003 (X)\n\n   THE BRIDGE -- OLD -- FELL [LATER].\n");
        assert_eq!(reports[0].text, "THE BRIDGE -- OLD -- FELL [LATER].");
        assert_eq!(reports[0].day, None);
    }
}
