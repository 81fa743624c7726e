//! `lab train confidence`: how often each rule with each cue is right on PolNeAR's train part, as a table for `annotate`.
//!
//! It does not know the reader's rules or cues: it counts by the names that the claims give. Probabilities of a cue are
//! drawn towards its rule's, those of a rule towards the mean of all, so that few cases make no sure figure.

use crate::calibration::{Prediction, calibration_error, log_loss};
use crate::claims::Claim;
use crate::data::{self, Data, Failure};
use crate::product::{CONFIDENCES, Product};
use crate::score::{Attribution, score};
use crate::{parallel, polnear};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::AddAssign;
use std::path::PathBuf;

/// Fewer claims than this make no row.
const LEAST_CLAIMS: usize = 3;

/// Claims that a rule is given in advance at the mean of all rules. Held-out articles cannot tell 1 from 8 (log-losses
/// within 0.0003); 8 is the careful end, because what is rare in the American press (a speaker left out after a quotation)
/// is common in translated news, and a dozen misreadings there must not forbid it here.
const RULE_STRENGTH: f64 = 8.0;

/// Claims that a cue may be given in advance at its rule's probability; held-out articles choose.
const CUE_STRENGTHS: [u32; 8] = [1, 2, 4, 8, 16, 32, 64, 128];

/// Where to write, and what to print.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// The table to write (default: the checkout's own)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Also prints how well tables made from one half of the articles foretell the other
    #[arg(long)]
    cross_check: bool,
}

/// Reads the train part without a table, counts, and writes the table.
pub fn train(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let product = Product::without_attributions()?;
    let articles = polnear::load(data, "train")?;
    let gold: usize = articles.iter().map(|article| article.gold.len()).sum();
    let documents = parallel::map(&articles, jobs, |article| {
        let claims = product.claims(&article.path, article.text.as_bytes())?;
        Ok(Judged::document(
            data::name(&article.path),
            &article.text,
            &article.gold,
            &claims,
        ))
    })
    .into_iter()
    .collect::<Result<Vec<Document>, Failure>>()?;
    let all: Vec<&Document> = documents.iter().collect();
    let strength = choose(&all, 0);
    let table = Table::of(&all, Depth::Cue(strength));
    let path = data::write_learnt(
        options.out.as_ref(),
        CONFIDENCES,
        table.write(documents.len(), gold, strength),
    )?;
    println!(
        "{} articles, {gold} gold relations, {} claims: {} with the content of one, {} with its source too; strength {strength}; {}",
        documents.len(),
        table.all.claims,
        table.all.content,
        table.all.relation,
        path.display()
    );
    if options.cross_check {
        print!("{}", cross_check(&all));
    }
    Ok(())
}

/// One article: where its claims come from by the spread of its name, and what became of them.
struct Document {
    hash: u64,
    claims: Vec<Judged>,
}

/// One claim of the reader against gold.
struct Judged {
    rule: String,
    lemma: String,
    /// It has the content of a gold relation.
    content: bool,
    /// And its source.
    relation: bool,
}

impl Judged {
    fn document(name: &str, text: &str, gold: &[Attribution], claims: &[Claim]) -> Document {
        let given: Vec<Attribution> = claims.iter().map(|claim| claim.spans(text).0).collect();
        let scored = score(text, gold, &given);
        let claims = claims
            .iter()
            .enumerate()
            .map(|(p, claim)| Self {
                rule: claim.rule.clone(),
                lemma: claim.lemma.clone(),
                content: scored.has_content(p),
                relation: scored.is_right(p),
            })
            .collect();
        Document {
            hash: hash(name),
            claims,
        }
    }
}

/// Claims and how many of them are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    claims: usize,
    content: usize,
    relation: usize,
}

impl AddAssign<&Judged> for Counts {
    fn add_assign(&mut self, claim: &Judged) {
        self.claims += 1;
        self.content += usize::from(claim.content);
        self.relation += usize::from(claim.relation);
    }
}

impl Counts {
    /// The shares, with `strength` claims in advance that have the shares of `prior`.
    fn smoothed(self, prior: Estimate, strength: f64) -> Estimate {
        #[expect(clippy::cast_precision_loss, reason = "counts of claims are small")]
        let share = |part: usize, prior: f64| {
            (part as f64 + strength * prior) / (self.claims as f64 + strength)
        };
        Estimate {
            content: share(self.content, prior.content),
            relation: share(self.relation, prior.relation),
        }
    }
}

/// The probabilities that a content is right, and that its source is right too.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Estimate {
    content: f64,
    relation: f64,
}

/// What a table distinguishes.
#[derive(Debug, Clone, Copy)]
enum Depth {
    /// Nothing: all claims alike.
    All,
    /// Rules.
    Rule,
    /// Cues in rules, with so many claims in advance.
    Cue(u32),
}

/// Counts with their estimates.
struct Table {
    all: Counts,
    mean: Estimate,
    rules: BTreeMap<String, (Counts, Estimate)>,
    cues: BTreeMap<String, BTreeMap<String, (Counts, Estimate)>>,
}

impl Table {
    fn of(documents: &[&Document], depth: Depth) -> Self {
        let mut all = Counts::default();
        let mut counts: BTreeMap<&str, (Counts, BTreeMap<&str, Counts>)> = BTreeMap::new();
        for claim in documents.iter().flat_map(|document| &document.claims) {
            let (rule, cues) = counts.entry(&claim.rule).or_default();
            all += claim;
            *rule += claim;
            if !claim.lemma.is_empty() {
                *cues.entry(&claim.lemma).or_default() += claim;
            }
        }
        // Before any claim was seen, as likely right as wrong.
        let even = Estimate {
            content: 0.5,
            relation: 0.5,
        };
        let mean = all.smoothed(even, RULE_STRENGTH);
        let mut table = Self {
            all,
            mean,
            rules: BTreeMap::new(),
            cues: BTreeMap::new(),
        };
        for (rule, (count, cues)) in counts {
            if matches!(depth, Depth::All) || count.claims < LEAST_CLAIMS {
                continue;
            }
            let estimate = count.smoothed(mean, RULE_STRENGTH);
            table.rules.insert(rule.to_owned(), (count, estimate));
            let Depth::Cue(strength) = depth else {
                continue;
            };
            let rows = cues
                .into_iter()
                .filter(|(_, count)| count.claims >= LEAST_CLAIMS)
                .map(|(lemma, count)| {
                    let estimate = count.smoothed(estimate, f64::from(strength));
                    (lemma.to_owned(), (count, estimate))
                })
                .collect();
            table.cues.insert(rule.to_owned(), rows);
        }
        table
    }

    /// As the reader looks a claim up: the cue in the rule, else the rule, else (here) the mean.
    fn estimate(&self, rule: &str, lemma: &str) -> Estimate {
        self.cues
            .get(rule)
            .and_then(|cues| cues.get(lemma))
            .or_else(|| self.rules.get(rule))
            .map_or(self.mean, |(_, estimate)| *estimate)
    }

    /// The lines of the file.
    fn write(&self, articles: usize, gold: usize, strength: u32) -> String {
        let mut lines = format!(
            "# How often a claim of this rule with this cue has been right: claims, and the smoothed shares with the right\n\
             # content and with the right content and source. The lemma `*` is the rule as a whole.\n\
             # From PolNeAR v1.0.0, train: {articles} articles, {gold} gold relations, {} claims. Its authors state no licence and\n\
             # its texts are the press's; this table holds counts and no text.\n\
             # Made by `lab train confidence`: a cue has {strength} claims in advance at its rule's shares. See {}.\n\
             # rule\tlemma\tn\tcontent\trelation\n",
            self.all.claims,
            data::name(CONFIDENCES.as_ref()).replace(".tsv", ".md"),
        );
        let mut row = |rule: &str, lemma: &str, (count, estimate): &(Counts, Estimate)| {
            // Writing to a String cannot fail.
            let _ = writeln!(
                lines,
                "{rule}\t{lemma}\t{}\t{:.3}\t{:.3}",
                count.claims, estimate.content, estimate.relation
            );
        };
        for (rule, whole) in &self.rules {
            row(rule, "*", whole);
            for (lemma, cue) in self.cues.get(rule).into_iter().flatten() {
                row(rule, lemma, cue);
            }
        }
        lines
    }
}

/// What a table made from some articles says of the claims of others: contents, and contents with sources.
#[derive(Default)]
struct Foretold {
    content: Vec<Prediction>,
    relation: Vec<Prediction>,
}

impl Foretold {
    fn add(&mut self, table: &Table, documents: &[&Document]) {
        for claim in documents.iter().flat_map(|document| &document.claims) {
            let estimate = table.estimate(&claim.rule, &claim.lemma);
            for (list, probability, right) in [
                (&mut self.content, estimate.content, claim.content),
                (&mut self.relation, estimate.relation, claim.relation),
            ] {
                list.push(Prediction { probability, right });
            }
        }
    }
}

/// The strength by which each half of the articles foretells the other best; the halves are those of bit `level`.
fn choose(documents: &[&Document], level: u32) -> u32 {
    let loss = |strength: u32| {
        let mut foretold = Foretold::default();
        for (known, unknown) in folds(documents, level) {
            foretold.add(&Table::of(&known, Depth::Cue(strength)), &unknown);
        }
        log_loss(&foretold.content) + log_loss(&foretold.relation)
    };
    CUE_STRENGTHS
        .map(|strength| (loss(strength), strength))
        .into_iter()
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        .map_or(CUE_STRENGTHS[0], |(_, strength)| strength)
}

/// How well half of the articles foretells the other half; each half chooses its strength by itself.
fn cross_check(documents: &[&Document]) -> String {
    let mut lines = format!(
        "one half of the articles foretold from the other, both ways\n{:22} {:>16} {:>12} {:>17} {:>12}\n",
        "table", "content log-loss", "calibration", "relation log-loss", "calibration"
    );
    for (name, depth) in [
        ("all claims alike", Some(Depth::All)),
        ("by rule", Some(Depth::Rule)),
        ("by rule and cue", None),
    ] {
        let mut foretold = Foretold::default();
        for (known, unknown) in folds(documents, 0) {
            let depth = depth.unwrap_or_else(|| Depth::Cue(choose(&known, 1)));
            foretold.add(&Table::of(&known, depth), &unknown);
        }
        // Writing to a String cannot fail.
        let _ = writeln!(
            lines,
            "{name:22} {:>16.4} {:>12.4} {:>17.4} {:>12.4}",
            log_loss(&foretold.content),
            calibration_error(&foretold.content),
            log_loss(&foretold.relation),
            calibration_error(&foretold.relation)
        );
    }
    lines
}

/// The two ways to know one half of the articles and not the other.
fn folds<'a>(
    documents: &[&'a Document],
    level: u32,
) -> [(Vec<&'a Document>, Vec<&'a Document>); 2] {
    let (one, other): (Vec<&Document>, Vec<&Document>) = documents
        .iter()
        .partition(|document| (document.hash >> level) & 1 == 0);
    [(one.clone(), other.clone()), (other, one)]
}

/// A spread of names that no version of a library changes: FNV-1a, folded so that every bit is well mixed.
fn hash(name: &str) -> u64 {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::Quoted;
    use text::Span;

    /// Claims by rule and lemma, with how many have the content and how many the source too, in one-claim documents.
    fn documents(rows: &[(&str, &str, usize, usize, usize)]) -> Vec<Document> {
        let mut documents = Vec::new();
        for &(rule, lemma, claims, content, relation) in rows {
            for n in 0..claims {
                documents.push(Document {
                    hash: hash(&format!("{rule} {lemma} {n}")),
                    claims: vec![Judged {
                        rule: rule.to_owned(),
                        lemma: lemma.to_owned(),
                        content: n < content,
                        relation: n < relation,
                    }],
                });
            }
        }
        documents
    }

    fn table(documents: &[Document], depth: Depth) -> Table {
        Table::of(&documents.iter().collect::<Vec<_>>(), depth)
    }

    #[test]
    fn claims_are_judged_as_they_are_scored() {
        let text = "The mayor said it rained. Zaid denied that it snowed.";
        let span = |words: &str| {
            let at = text.find(words).unwrap_or_default();
            Span::new(at, at + words.len())
        };
        let gold = [Attribution {
            source: vec![span("The mayor")],
            cue: vec![span("said")],
            content: vec![span("it rained")],
        }];
        let claim = |source: &str, content: &str| Claim {
            source: vec![Quoted::new(span(source), text)],
            content: vec![Quoted::new(span(content), text)],
            lemma: "say".to_owned(),
            rule: "clause".to_owned(),
            ..Claim::default()
        };
        let judge = |claims: &[Claim]| -> Vec<(bool, bool)> {
            Judged::document("one.txt", text, &gold, claims)
                .claims
                .iter()
                .map(|claim| (claim.content, claim.relation))
                .collect()
        };
        assert_eq!(judge(&[claim("mayor", "it rained")]), [(true, true)]);
        assert_eq!(judge(&[claim("Zaid", "it rained")]), [(true, false)]);
        assert_eq!(judge(&[claim("Zaid", "it snowed")]), [(false, false)]);
    }

    #[test]
    fn few_claims_are_drawn_towards_their_rule_and_rare_ones_have_no_row() {
        let documents = documents(&[
            ("clause", "say", 100, 90, 80),
            ("clause", "shrug", 4, 0, 0),
            ("clause", "sing", 2, 0, 0),
            ("noun", "claim", 2, 2, 2),
        ]);
        let table = table(&documents, Depth::Cue(8));
        let rule = table.estimate("clause", "unknown");
        let (say, shrug) = (
            table.estimate("clause", "say"),
            table.estimate("clause", "shrug"),
        );
        assert!(say.content > rule.content && (say.content - 0.9).abs() < 0.01);
        assert!(shrug.content < rule.content && shrug.content > 0.5 * rule.content);
        assert_eq!(table.estimate("clause", "sing"), rule);
        assert_eq!(table.estimate("noun", "claim"), table.mean);
        for estimate in [rule, say, shrug, table.mean] {
            assert!(estimate.relation <= estimate.content);
        }
    }

    #[test]
    fn the_file_is_what_the_reader_reads() {
        let documents = documents(&[
            ("that", "say", 10, 9, 8),
            ("clause", "say", 5, 3, 3),
            ("clause", "add", 3, 3, 1),
        ]);
        let lines = table(&documents, Depth::Cue(8)).write(18, 20, 8);
        let rows: Vec<&str> = lines
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        let keys: Vec<String> = rows
            .iter()
            .map(|row| row.split('\t').take(3).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(
            keys,
            [
                "clause * 8",
                "clause add 3",
                "clause say 5",
                "that * 10",
                "that say 10"
            ]
        );
        assert_readable(&lines);
    }

    #[test]
    fn the_table_of_this_checkout_is_sorted_and_readable() {
        let lines = data::text(&data::checkout().join(CONFIDENCES)).unwrap();
        assert!(lines.starts_with("# "), "it says what it is");
        assert!(assert_readable(&lines) > 100, "the table was not found");
    }

    /// The rows of a table, each of which must be as `annotate` wants it; returns how many.
    fn assert_readable(lines: &str) -> usize {
        let knowledge = annotate::Knowledge::parse(&annotate::KnowledgeFiles {
            confidence: lines,
            ..annotate::KnowledgeFiles::default()
        });
        assert_eq!(knowledge.problems(), [""; 0]);
        let rows: Vec<Vec<&str>> = lines
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
            .collect();
        assert!(
            rows.is_sorted_by(|a, b| (a[0], a[1]) < (b[0], b[1])),
            "sorted, each once"
        );
        for row in &rows {
            let number = |field: usize| row[field].parse::<f64>().unwrap();
            assert!(number(2) >= 3.0 && number(4) <= number(3), "{row:?}");
        }
        rows.len()
    }

    #[test]
    fn held_out_articles_choose_how_far_cues_are_believed() {
        // Cues that differ are believed soon; cues that are alike are best taken for their rule.
        let chosen = |rows: &[(&str, &str, usize, usize, usize)]| {
            let documents = documents(rows);
            choose(&documents.iter().collect::<Vec<_>>(), 0)
        };
        let differing = chosen(&[
            ("clause", "say", 40, 40, 40),
            ("clause", "sing", 40, 0, 0),
            ("clause", "add", 40, 40, 40),
            ("clause", "walk", 40, 0, 0),
        ]);
        let names: Vec<String> = (0..40).map(|n| format!("cue{n}")).collect();
        let alike: Vec<_> = names
            .iter()
            .map(|name| ("clause", name.as_str(), 8, 4, 4))
            .collect();
        assert!(differing < chosen(&alike));
    }

    #[test]
    fn a_table_by_cue_foretells_better_where_cues_differ() {
        let documents = documents(&[
            ("clause", "say", 200, 180, 160),
            ("clause", "sing", 200, 40, 20),
        ]);
        let all: Vec<&Document> = documents.iter().collect();
        let losses: Vec<f64> = cross_check(&all)
            .lines()
            .skip(2)
            .map(|line| {
                let figures: Vec<&str> = line.split_whitespace().rev().collect();
                figures[3].parse().unwrap()
            })
            .collect();
        assert_eq!(losses.len(), 3);
        assert!(losses[2] < 0.8 * losses[1], "{losses:?}");
    }

    #[test]
    fn halves_are_even_and_bits_do_not_go_together() {
        let documents: Vec<Document> = (0..1000)
            .map(|n| Document {
                hash: hash(&format!("paper_2016-10-{n:02}_article-{n}.txt")),
                claims: Vec::new(),
            })
            .collect();
        let all: Vec<&Document> = documents.iter().collect();
        let [(half, _), _] = folds(&all, 0);
        assert!((430..570).contains(&half.len()), "{}", half.len());
        let [(quarter, _), _] = folds(&half, 1);
        assert!((190..310).contains(&quarter.len()), "{}", quarter.len());
    }
}
