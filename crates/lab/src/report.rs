//! The attribution figures as people read them, beside those of other systems.
//!
//! It does not know how the figures were counted.

use crate::score::{Figures, Tally};

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
fn both(tally: Tally) -> String {
    format!(
        "{:.1} ({:.1}/{:.1})",
        tally.f1(),
        tally.precision(),
        tally.recall()
    )
}

/// Prints the main figures of this run as a row above those of other systems.
pub fn compare(part: &str, figures: &Figures) {
    println!();
    println!(
        "F1 (precision/recall); words of contents, sources and cues; relations with the right source, and by content alone; recall of direct and other relations"
    );
    println!(
        "{:44} {:>18} {:>18} {:>18} {:>18} {:>9} {:>15}",
        "system", "content", "source", "cue", "relation", "relC", "direct / other"
    );
    println!(
        "{:44} {:>18} {:>18} {:>18} {:>18} {:>9.1} {:>15}",
        format!("Rashomon, this run ({part})"),
        both(figures.content),
        both(figures.source),
        both(figures.cue),
        both(figures.relation),
        figures.content_relation.f1(),
        format!(
            "{:.1} / {:.1}",
            figures.direct.recall(),
            figures.indirect.recall()
        )
    );
    for peer in PEERS {
        println!(
            "{:44} {:>18} {:>18} {:>18} {:>18} {:>9} {:>15}",
            peer.name,
            peer.content,
            peer.source,
            peer.cue,
            peer.relation,
            peer.content_relation,
            peer.recall
        );
    }
    println!(
        "The other rows were measured on the test part by the same measure (84 articles, 2,044 relations); the test part is not here."
    );
}

/// Another system's figures.
struct Peer {
    name: &'static str,
    content: &'static str,
    source: &'static str,
    cue: &'static str,
    relation: &'static str,
    content_relation: &'static str,
    recall: &'static str,
}

const PEERS: &[Peer] = &[
    Peer {
        name: "textacy 0.13, whole document (test)",
        content: "39.5 (96.4/24.9)",
        source: "14.9 (93.5/8.1)",
        cue: "16.1 (89.2/8.8)",
        relation: "19.8 (52.6/12.2)",
        content_relation: "23.1",
        recall: "52.6 / 2.1",
    },
    Peer {
        name: "textacy 0.13, by paragraph (test)",
        content: "47.5 (98.5/31.3)",
        source: "20.9 (95.1/11.8)",
        cue: "21.8 (91.9/12.4)",
        relation: "26.6 (56.6/17.4)",
        content_relation: "28.9",
        recall: "75.6 / 2.9",
    },
    Peer {
        name: "JournalismAI quote pipeline (test)",
        content: "35.6 (98.1/21.7)",
        source: "17.7 (68.3/10.1)",
        cue: "-",
        relation: "19.3 (74.2/11.1)",
        content_relation: "21.5",
        recall: "53.3 / 0.6",
    },
    Peer {
        name: "Citron, retrained on half of train (test)",
        content: "65.5 (88.8/51.9)",
        source: "60.2 (83.0/47.2)",
        cue: "46.2 (80.0/32.5)",
        relation: "46.6 (62.8/37.0)",
        content_relation: "53.3",
        recall: "57.2 / 31.9",
    },
    Peer {
        name: "prototype on another parser's trees (test)",
        content: "86.1 (88.9/83.5)",
        source: "74.7 (83.3/67.7)",
        cue: "64.8 (69.0/61.0)",
        relation: "60.0 (62.1/58.0)",
        content_relation: "70.7",
        recall: "83.6 / 51.6",
    },
    Peer {
        name: "human annotators, pairwise (20 articles)",
        content: "91.3",
        source: "81.3",
        cue: "69.7",
        relation: "74.9",
        content_relation: "79.6",
        recall: "97.6 / 69.7",
    },
];
