//! The attribution figures as people read them, beside those of other systems.
//!
//! It does not know how the figures were counted.

use crate::score::{Figures, Tally};
use std::time::Duration;

/// Prints every figure.
pub fn show(name: &str, figures: &Figures) {
    println!("## {name}");
    for (label, tally) in [
        ("content", figures.content),
        ("source", figures.source),
        ("cue", figures.cue),
        ("xcontent", figures.exact_content),
        ("xsource", figures.exact_source),
        ("xcue", figures.exact_cue),
        ("relC", figures.content_relation),
        ("rel", figures.relation),
        ("rel3", figures.cue_relation),
    ] {
        println!(
            "  {label:9} P {:5.1} R {:5.1} F {:5.1}   gold {} pred {}",
            tally.precision(),
            tally.recall(),
            tally.f1(),
            tally.wanted,
            tally.given
        );
    }
    println!(
        "  recall of direct relations {:.1} of {}; of indirect/mixed {:.1} of {}",
        figures.direct.recall(),
        figures.direct.wanted,
        figures.indirect.recall(),
        figures.indirect.wanted
    );
    println!("RELATION_F1 {:.1}", figures.relation.f1());
}

/// Prints the relations of one set of claims beside those of another.
pub fn beside(sets: &[(&str, &Figures)]) {
    println!(
        "{:21} {:>7} {:>20} {:>24}",
        "F1 (precision/recall)", "claims", "relation", "content of a relation"
    );
    for (name, figures) in sets {
        println!(
            "{name:21} {:>7} {:>20} {:>24}",
            figures.relation.given,
            both(figures.relation),
            both(figures.content_relation)
        );
    }
}

/// Prints how many of the surest claims are right: which part of all, and the precision of contents and relations there,
/// each in per cent.
pub fn coverage(rows: &[(f64, f64, f64)]) {
    println!(
        "{:21} {:>10} {:>10}",
        "surest claims", "relation", "content"
    );
    for (part, content, relation) in rows {
        println!(
            "{:21} {relation:>10.1} {content:>10.1}",
            format!("{part:.0} % of them")
        );
    }
}

/// F1 with precision and recall.
pub fn both(tally: Tally) -> String {
    format!(
        "{:.1} ({:.1}/{:.1})",
        tally.f1(),
        tally.precision(),
        tally.recall()
    )
}

/// A system's row: its name, and what stands in each of [`COLUMNS`] behind it.
pub struct Row {
    name: String,
    cells: [String; 6],
}

/// The columns behind the name, and their widths.
const COLUMNS: [(&str, usize); 6] = [
    ("relation", 18),
    ("content of it", 14),
    ("exact source/cue/content", 25),
    ("words of these", 19),
    ("direct / other", 15),
    ("words/s", 8),
];

impl Row {
    /// The row of measured figures; `speed` in words a CPU second.
    pub fn new(name: &str, figures: &Figures, speed: Option<f64>) -> Self {
        Self {
            name: name.to_owned(),
            cells: [
                both(figures.relation),
                format!("{:.1}", figures.content_relation.f1()),
                exact(figures),
                three([figures.source, figures.cue, figures.content]),
                format!(
                    "{:.1} / {:.1}",
                    figures.direct.recall(),
                    figures.indirect.recall()
                ),
                speed.map_or_else(|| "-".to_owned(), |speed| format!("{speed:.0}")),
            ],
        }
    }

    fn print(name: &str, cells: [&str; 6]) {
        print!("{name:43}");
        for (cell, (_, width)) in cells.into_iter().zip(COLUMNS) {
            print!(" {cell:>width$}");
        }
        println!();
    }
}

/// Prints systems that were measured in this run, one a row.
pub fn systems(rows: &[Row]) {
    println!(
        "F1 (precision/recall) of relations with the right source; F1 of relations by content alone, of exact sources, cues and contents, of \
         their words; recall of direct and other relations; words a CPU second"
    );
    Row::print("system", COLUMNS.map(|(name, _)| name));
    for row in rows {
        Row::print(&row.name, row.cells.each_ref().map(String::as_str));
    }
}

/// Prints the rows of systems and people that were measured on the test part, which is not here.
pub fn measured_on_test() {
    for (name, cells) in ON_TEST {
        Row::print(name, *cells);
    }
    println!(
        "Rows marked (test) were measured on the test part by the same measure (84 articles, 2,044 relations), their speed on a shared \
         machine; the test part is not here. The two people: every ordered pair of readers of the 20 articles that six people read."
    );
}

/// Exact fragments of sources, cues and contents, F1.
pub fn exact(figures: &Figures) -> String {
    three([
        figures.exact_source,
        figures.exact_cue,
        figures.exact_content,
    ])
}

fn three(tallies: [Tally; 3]) -> String {
    tallies
        .map(|tally| format!("{:.1}", tally.f1()))
        .join(" / ")
}

/// Prints what was read in how much CPU time.
#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
pub fn speed(count: usize, unit: &str, spent: Duration, of: &str) {
    let build = if cfg!(debug_assertions) {
        "unoptimised build"
    } else {
        "optimised build"
    };
    let seconds = spent.as_secs_f64();
    println!(
        "\n{count} {unit} in {seconds:.2} CPU seconds: {:.0} {unit} a CPU second ({build}; {of})",
        count as f64 / seconds.max(1e-9)
    );
}

/// Name and cells of what was measured elsewhere.
const ON_TEST: &[(&str, [&str; 6])] = &[
    (
        "textacy 0.13, whole document (test)",
        [
            "19.8 (52.6/12.2)",
            "23.1",
            "21.3 / 24.2 / 23.4",
            "14.9 / 16.1 / 39.5",
            "52.6 / 2.1",
            "5266",
        ],
    ),
    (
        "textacy 0.13, by paragraph (test)",
        [
            "26.6 (56.6/17.4)",
            "28.9",
            "27.3 / 32.4 / 30.4",
            "20.9 / 21.8 / 47.5",
            "75.6 / 2.9",
            "3580",
        ],
    ),
    (
        "JournalismAI quote pipeline (test)",
        [
            "19.3 (74.2/11.1)",
            "21.5",
            "19.6 / - / 26.7",
            "17.7 / - / 35.6",
            "53.3 / 0.6",
            "4667",
        ],
    ),
    (
        "Citron, retrained on half of train (test)",
        [
            "46.6 (62.8/37.0)",
            "53.3",
            "59.6 / 51.1 / 43.2",
            "60.2 / 46.2 / 65.5",
            "57.2 / 31.9",
            "2047",
        ],
    ),
    (
        "prototype on another parser's trees (test)",
        [
            "60.0 (62.1/58.0)",
            "70.7",
            "71.7 / 66.8 / 58.7",
            "74.7 / 64.8 / 86.1",
            "83.6 / 51.6",
            "-",
        ],
    ),
    (
        "two people, against each other",
        [
            "74.9",
            "79.6",
            "78.5 / 70.6 / 71.2",
            "81.3 / 69.7 / 91.3",
            "97.6 / 69.7",
            "-",
        ],
    ),
];
