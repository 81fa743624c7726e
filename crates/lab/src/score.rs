//! The attribution score of one document: tokens, exact fragments and relations against gold.
//!
//! It does not know where gold or predictions come from. The measure is the one by which the published rows in
//! `report` were measured; each figure is a count of right, given and wanted, so that documents add up.

use crate::scan::{Count, Scan, shared};
use std::collections::BTreeSet;
use std::ops::AddAssign;
use text::Span;

/// One attribution, as gold or a system gives it. A role may have no span, or several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attribution {
    /// Who is quoted.
    pub source: Vec<Span>,
    /// The words that attribute.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
}

/// How many were right, how many were given, how many were wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Given and wanted.
    pub right: usize,
    /// Given by the system.
    pub given: usize,
    /// Wanted by gold.
    pub wanted: usize,
}

/// Every figure of one or more documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Words of contents.
    pub content: Tally,
    /// Words of sources.
    pub source: Tally,
    /// Words of cues.
    pub cue: Tally,
    /// Unbroken stretches of contents, first and last token right.
    pub exact_content: Tally,
    /// Likewise of sources.
    pub exact_source: Tally,
    /// Likewise of cues.
    pub exact_cue: Tally,
    /// Relations whose content overlaps by at least half.
    pub content_relation: Tally,
    /// Of these, with the right source: the main figure.
    pub relation: Tally,
    /// Of these, with a word of the cue in common.
    pub cue_relation: Tally,
    /// Gold relations whose content stands in quotation marks; `given` says nothing.
    pub direct: Tally,
    /// The other gold relations; `given` says nothing.
    pub indirect: Tally,
}

/// One document's figures, with the pairs behind them: index into gold, index into the predictions.
#[derive(Debug, Clone, Default)]
pub struct Scored {
    /// The figures.
    pub figures: Figures,
    /// Pairs whose content overlaps.
    pub content_pairs: Vec<(usize, usize)>,
    /// Pairs whose content overlaps and whose source is right.
    pub pairs: Vec<(usize, usize)>,
    /// Predictions that share a word of the cue with a gold relation and have its source, however far their contents reach.
    pub sourced: BTreeSet<usize>,
}

impl Scored {
    /// Whether prediction `p` has the content of a gold relation.
    pub fn has_content(&self, p: usize) -> bool {
        // Sources can pair a prediction that loses its gold to a longer overlap when contents alone are paired.
        self.content_pairs.iter().any(|pair| pair.1 == p) || self.is_right(p)
    }

    /// Whether prediction `p` has the source of a gold relation, of the same content or by the same cue.
    pub fn has_source(&self, p: usize) -> bool {
        self.sourced.contains(&p) || self.is_right(p)
    }

    /// Whether prediction `p` has the content and the source of a gold relation.
    pub fn is_right(&self, p: usize) -> bool {
        self.pairs.iter().any(|pair| pair.1 == p)
    }
}

/// Scores the attributions that a system gives for a text.
pub fn score(text: &str, gold: &[Attribution], given: &[Attribution]) -> Scored {
    let scan = Scan::new(text);
    let mut figures = Figures::default();
    for (role, words, exact) in [
        (
            (|a| &a.source) as fn(&Attribution) -> &Vec<Span>,
            &mut figures.source,
            &mut figures.exact_source,
        ),
        (|a| &a.cue, &mut figures.cue, &mut figures.exact_cue),
        (
            |a| &a.content,
            &mut figures.content,
            &mut figures.exact_content,
        ),
    ] {
        let all = |list: &[Attribution]| {
            list.iter()
                .flat_map(|a| scan.covered(role(a), Count::Words))
                .collect::<BTreeSet<u32>>()
        };
        let pieces = |list: &[Attribution]| {
            list.iter()
                .flat_map(|a| fragments(&scan.covered(role(a), Count::All)))
                .collect::<BTreeSet<(u32, u32)>>()
        };
        *words = Tally::of(&all(gold), &all(given));
        *exact = Tally::of(&pieces(gold), &pieces(given));
    }

    let wanted: Vec<Counted> = gold.iter().map(|a| Counted::new(&scan, a)).collect();
    let offered: Vec<Counted> = given.iter().map(|a| Counted::new(&scan, a)).collect();
    let heads: Vec<Option<u32>> = gold
        .iter()
        .map(|a| head(text, &scan, &scan.covered(&a.source, Count::All)))
        .collect();
    let mut candidates = Vec::new();
    for (g, want) in wanted.iter().enumerate() {
        for (p, offer) in offered.iter().enumerate() {
            let longer = want.content.len().max(offer.content.len()).max(1);
            #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
            let overlap = shared(&want.content, &offer.content) as f64 / longer as f64;
            if overlap >= 0.5 {
                candidates.push((overlap, g, p));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let source_is_right = |g: usize, p: usize| {
        heads[g].map_or(offered[p].source.is_empty(), |head| {
            offered[p].source.binary_search(&head).is_ok()
        })
    };
    let content_pairs = pair(&candidates, |_, _| true);
    let pairs = pair(&candidates, source_is_right);
    let cue_pairs = pair(&candidates, |g, p| {
        source_is_right(g, p) && shared(&wanted[g].cue, &offered[p].cue) > 0
    });
    let by_cue = |p: &usize| {
        (0..wanted.len())
            .any(|g| source_is_right(g, *p) && shared(&wanted[g].cue, &offered[*p].cue) > 0)
    };
    let sourced = (0..offered.len()).filter(by_cue).collect();
    let relations = |right: usize| Tally {
        right,
        given: given.len(),
        wanted: gold.len(),
    };
    figures.content_relation = relations(content_pairs.len());
    figures.relation = relations(pairs.len());
    figures.cue_relation = relations(cue_pairs.len());
    for (g, attribution) in gold.iter().enumerate() {
        let kind = if is_direct(text, attribution) {
            &mut figures.direct
        } else {
            &mut figures.indirect
        };
        kind.wanted += 1;
        kind.right += usize::from(pairs.iter().any(|&(matched, _)| matched == g));
    }
    Scored {
        figures,
        content_pairs,
        pairs,
        sourced,
    }
}

/// Whether the first and the last character of a content are quotation marks, dots and commas at the end left out.
pub fn is_direct(text: &str, attribution: &Attribution) -> bool {
    let (Some(first), Some(last)) = (attribution.content.first(), attribution.content.last())
    else {
        return false;
    };
    let is_quote = |c: char| "\"“”\'‘’«»„`".contains(c);
    let words = |span: &Span| span.slice(text).trim_matches(crate::scan::is_space);
    words(first).starts_with(is_quote)
        && words(last)
            .trim_end_matches(['.', ','])
            .chars()
            .next_back()
            .is_none_or(is_quote)
}

impl Tally {
    fn of<T: Ord>(wanted: &BTreeSet<T>, given: &BTreeSet<T>) -> Self {
        Self {
            right: wanted.intersection(given).count(),
            given: given.len(),
            wanted: wanted.len(),
        }
    }

    /// Per cent of the given that are right.
    pub fn precision(self) -> f64 {
        100.0 * share(self.right, self.given)
    }

    /// Per cent of the wanted that are found.
    pub fn recall(self) -> f64 {
        100.0 * share(self.right, self.wanted)
    }

    /// The harmonic mean of the two, per cent.
    pub fn f1(self) -> f64 {
        // From shares and in this order, as the measure is defined elsewhere, so that halves round to the same digit.
        let precision = share(self.right, self.given);
        let recall = share(self.right, self.wanted);
        if precision + recall > 0.0 {
            200.0 * precision * recall / (precision + recall)
        } else {
            0.0
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.given += other.given;
        self.wanted += other.wanted;
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.content += other.content;
        self.source += other.source;
        self.cue += other.cue;
        self.exact_content += other.exact_content;
        self.exact_source += other.exact_source;
        self.exact_cue += other.exact_cue;
        self.content_relation += other.content_relation;
        self.relation += other.relation;
        self.cue_relation += other.cue_relation;
        self.direct += other.direct;
        self.indirect += other.indirect;
    }
}

/// The words that each role of an attribution covers.
struct Counted {
    source: Vec<u32>,
    cue: Vec<u32>,
    content: Vec<u32>,
}

impl Counted {
    fn new(scan: &Scan, attribution: &Attribution) -> Self {
        Self {
            source: scan.covered(&attribution.source, Count::Words),
            cue: scan.covered(&attribution.cue, Count::Words),
            content: scan.covered(&attribution.content, Count::Words),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of tokens are far below 2^52"
)]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Pairs candidates one to one, the first in order first.
fn pair(
    candidates: &[(f64, usize, usize)],
    fits: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let (mut taken, mut used, mut pairs) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for &(_, g, p) in candidates {
        if !taken.contains(&g) && !used.contains(&p) && fits(g, p) {
            taken.insert(g);
            used.insert(p);
            pairs.push((g, p));
        }
    }
    pairs
}

/// Unbroken runs of an ascending list: first and last of each.
fn fragments(tokens: &[u32]) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &token in tokens {
        match runs.last_mut() {
            Some(run) if run.1 + 1 == token => run.1 = token,
            _ => runs.push((token, token)),
        }
    }
    runs
}

/// The head word of a source: the last word before the first comma, bracket, dash, preposition or relative word.
fn head(text: &str, scan: &Scan, source: &[u32]) -> Option<u32> {
    let mut last = None;
    for &number in source {
        let (span, is_word) = scan.token(number);
        let token = span.slice(text).to_lowercase();
        if last.is_some()
            && (is_border(&token) || matches!(&*token, "," | ";" | ":" | "(" | "—" | "–" | "-"))
        {
            break;
        }
        if is_word && token != "s" {
            last = Some(number);
        }
    }
    last
}

/// The words that end the head part of a source, by the definition of the measure.
pub fn is_border(lower: &str) -> bool {
    matches!(
        lower,
        "of" | "who"
            | "which"
            | "that"
            | "in"
            | "at"
            | "for"
            | "from"
            | "with"
            | "on"
            | "to"
            | "by"
            | "whose"
            | "and"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks::Marked;

    /// One attribution from labelled brackets, and the text without them.
    fn read(lines: &[&str]) -> (String, Vec<Attribution>) {
        let mut text = String::new();
        let mut gold = Vec::new();
        for line in lines {
            let marked = Marked::parse(line);
            let spans = |label| marked.spans(label, text.len());
            gold.push(Attribution {
                source: spans("source"),
                cue: spans("cue"),
                content: spans("content"),
            });
            text.push_str(&marked.plain);
            text.push('\n');
        }
        (text, gold)
    }

    const LINES: &[&str] = &[
        "[source Zaid Khan, a clerk in Kabul], [cue said] [content the bridge was open].",
        "[content “We hold the bridge,”] [source the council of elders] [cue said].",
        "It was [cue said] [content that the road is closed].",
    ];

    #[test]
    fn gold_against_itself_is_perfect() {
        let (text, gold) = read(LINES);
        let scored = score(&text, &gold, &gold);
        let figures = scored.figures;
        for tally in [
            figures.content,
            figures.source,
            figures.cue,
            figures.exact_content,
            figures.exact_source,
            figures.exact_cue,
            figures.content_relation,
            figures.relation,
            figures.cue_relation,
        ] {
            assert_eq!(
                (tally.precision(), tally.recall(), tally.f1()),
                (100.0, 100.0, 100.0)
            );
        }
        assert_eq!((figures.direct.wanted, figures.indirect.wanted), (1, 2));
        assert_eq!(scored.pairs, [(0, 0), (1, 1), (2, 2)]);
    }

    #[test]
    fn a_relation_needs_half_the_content_and_the_head_of_the_source() {
        let (text, gold) = read(LINES);
        let mut given = gold.clone();
        // The head of the first source is "Khan": "clerk" alone will not do.
        let clerk = text.find("clerk").unwrap_or_default();
        given[0].source = vec![Span::new(clerk, clerk + 5)];
        // The head of the second is "council"; two of the content's four words suffice.
        let content = gold[1].content[0].from();
        given[1].content = vec![Span::new(content, content + "“We hold".len())];
        // A source where gold has none is wrong.
        given[2].source = gold[1].source.clone();
        let scored = score(&text, &gold, &given);
        assert_eq!(scored.content_pairs.len(), 3);
        assert_eq!(scored.pairs, [(1, 1)]);
        assert_eq!(scored.figures.direct.right, 1);
        assert_eq!(scored.figures.indirect.right, 0);
        let less = vec![Span::new(content, content + "“We".len())];
        given[1].content = less;
        assert_eq!(score(&text, &gold, &given).pairs, []);
    }

    #[test]
    fn nothing_given_scores_nothing() {
        let (text, gold) = read(LINES);
        let figures = score(&text, &gold, &[]).figures;
        assert_eq!(
            (figures.relation.f1(), figures.content.recall()),
            (0.0, 0.0)
        );
        assert_eq!(figures.relation.wanted, 3);
    }

    #[test]
    fn fragments_count_their_ends() {
        let (text, gold) = read(LINES);
        let mut given = gold.clone();
        given[1].source[0].start += "the ".len() as u32;
        let figures = score(&text, &gold, &given).figures;
        assert_eq!(
            figures.exact_source,
            Tally {
                right: 1,
                given: 2,
                wanted: 2
            }
        );
        assert_eq!(figures.source.right + 1, figures.source.wanted);
    }
}
