//! The attributed claims of the Panjshir article against labelled lines: content, source and act of each.
//!
//! A gold line is right where one claim shares at least half of its content's words, has the head word of its source,
//! and the same act. Lines that begin with `weak` are known hard cases, counted apart. Its times and quantities are compared too (`figures`).

mod figures;

use crate::claims::{self, Claim};
use crate::data::{self, Data, Failure};
use crate::marks::Marked;
use crate::product::Product;
use crate::scan::{Scan, is_word};
use crate::score::is_border;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use text::Span;

/// What to read and what to print.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Claims from lines of `extract --format jsonl` (`-` for standard input); times and quantities are left out then
    #[arg(long, value_name = "FILE")]
    lines: Option<PathBuf>,
}

/// Scores the claims and prints every line of the gold with what was found.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let article = data.at("articles/panjshir-2021-09-06.txt")?;
    let text = data::text(&article)?;
    let gold = gold(
        &data::text(&data.gold("panjshir.attributions.marks")?)?,
        &text,
    )?;
    if let Some(lines) = &options.lines {
        let claims: Vec<Claim> = claims::read_lines(lines)?.into_values().flatten().collect();
        print!("{}", score(&text, &gold, &claims)?);
        return Ok(());
    }
    let product = Product::new(Some("2021-09-06"))?;
    let claims = product.claims(&article, text.as_bytes())?;
    print!("{}", score(&text, &gold, &claims)?);
    let listed = serde_json::from_str(&data::text(&data.gold("panjshir.json")?)?)
        .map_err(|error| Failure(format!("panjshir.json: {error}")))?;
    for (document, read) in product.annotated(&article, text.as_bytes())? {
        print!("{}", figures::score(&document.text, &listed, &read)?);
    }
    Ok(())
}

/// One labelled line.
struct Gold {
    weak: bool,
    act: String,
    content: Vec<Span>,
    source: Vec<Span>,
}

/// Reads the labelled lines and finds each in the article, where it must stand exactly once.
fn gold(lines: &str, text: &str) -> Result<Vec<Gold>, Failure> {
    let mut found = Vec::new();
    for line in lines.lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (act, marked) = line
            .split_once(" | ")
            .ok_or_else(|| Failure(format!("no ` | ` in the labelled line: {line}")))?;
        let marked = Marked::parse(marked);
        let places: Vec<usize> = text
            .match_indices(&marked.plain)
            .map(|(at, _)| at)
            .collect();
        let [start] = places[..] else {
            return Err(Failure(format!(
                "a labelled line stands {} times in the article: {}",
                places.len(),
                marked.plain
            )));
        };
        found.push(Gold {
            weak: act.starts_with("weak "),
            act: act.strip_prefix("weak ").unwrap_or(act).trim().to_owned(),
            content: marked.spans("content", start),
            source: marked.spans("source", start),
        });
    }
    Ok(found)
}

/// How a claim was matched to a gold line.
struct Match {
    claim: usize,
    source: bool,
    right: bool,
}

/// The report.
fn score(text: &str, gold: &[Gold], claims: &[Claim]) -> Result<String, Failure> {
    let mut contents = Vec::new();
    for claim in claims {
        let (attribution, torn) = claim.spans(text);
        if torn > 0 {
            return Err(Failure(format!(
                "{torn} spans of a claim do not slice to their text; the lines are not of this article or the reader is wrong"
            )));
        }
        contents.push(words(text, &attribution.content));
    }
    let sources: Vec<String> = claims
        .iter()
        .map(|claim| {
            let mut said: Vec<&str> = claim.source.iter().map(claims::Quoted::text).collect();
            said.push(claim.name.as_deref().unwrap_or(""));
            said.join(" ")
        })
        .collect();

    let mut pairs = Vec::new();
    for (g, line) in gold.iter().enumerate() {
        let wanted = words(text, &line.content);
        let who = head(&joined(text, &line.source));
        for (c, claim) in claims.iter().enumerate() {
            let longer = wanted.len().max(contents[c].len()).max(1);
            #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
            let overlap = wanted.intersection(&contents[c]).count() as f64 / longer as f64;
            if overlap >= 0.5 {
                let source = who.as_deref().is_none_or(|who| names(&sources[c], who));
                let right = source && line.act == claim.act;
                pairs.push((!right, -overlap, g, c, source));
            }
        }
    }
    pairs.sort_by(|a, b| {
        a.0.cmp(&b.0)
            .then(a.1.total_cmp(&b.1))
            .then((a.2, a.3).cmp(&(b.2, b.3)))
    });
    let mut matched: BTreeMap<usize, Match> = BTreeMap::new();
    let mut used = BTreeSet::new();
    for (wrong, _, g, claim, source) in pairs {
        if !matched.contains_key(&g) && used.insert(claim) {
            let right = !wrong;
            matched.insert(
                g,
                Match {
                    claim,
                    source,
                    right,
                },
            );
        }
    }

    let mut report = String::new();
    let show = |g: usize| {
        let line = &gold[g];
        let content: String = joined(text, &line.content).chars().take(60).collect();
        let Some(found) = matched.get(&g) else {
            return format!(
                "wrong  {} | {content} | no claim with this content\n",
                line.act
            );
        };
        let claim = &claims[found.claim];
        let mut why = Vec::new();
        if claim.act != line.act {
            why.push(format!("act {}", claim.act));
        }
        if !found.source {
            why.push(format!("source '{}'", sources[found.claim].trim()));
        }
        let why = if why.is_empty() {
            claim
                .name
                .clone()
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| sources[found.claim].clone())
        } else {
            why.join("; ")
        };
        let verdict = if found.right { "right " } else { "wrong " };
        format!("{verdict} {} | {content} | {why}\n", line.act)
    };
    let (weak, plain): (Vec<usize>, Vec<usize>) = (0..gold.len()).partition(|&g| gold[g].weak);
    for &g in &plain {
        report += &show(g);
    }
    report += "weak lines:\n";
    for &g in &weak {
        report += &show(g);
    }
    for (claim, c) in claims.iter().zip(0..) {
        if !used.contains(&c) {
            let content = claim.content.first().map_or("", claims::Quoted::text);
            report += &format!(
                "extra  {} | {} | {}\n",
                claim.act,
                content.chars().take(60).collect::<String>(),
                claim.name.as_deref().unwrap_or("None")
            );
        }
    }
    let right = |lines: &[usize]| {
        lines
            .iter()
            .filter(|g| matched.get(g).is_some_and(|found| found.right))
            .count()
    };
    report += &format!(
        "{} of {} right, {} of {} weak ones, {} extra claims\n",
        right(&plain),
        plain.len(),
        right(&weak),
        weak.len(),
        claims.len() - used.len()
    );
    Ok(report)
}

fn joined(text: &str, spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| span.slice(text))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Where the words inside some spans begin.
fn words(text: &str, spans: &[Span]) -> BTreeSet<usize> {
    spans
        .iter()
        .flat_map(|span| {
            let inside = span.slice(text);
            Scan::new(inside)
                .spans()
                .filter(|(word, _)| word.slice(inside).starts_with(is_word))
                .map(|(word, _)| span.from() + word.from())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The head word of a source: the last word before the first mark, preposition or relative word; in "the council
/// dissolved by …" the word before the participle. None for no source.
fn head(source: &str) -> Option<String> {
    let mut said: Vec<&str> = Vec::new();
    for (span, _) in Scan::new(source).spans() {
        let word = span.slice(source);
        let lower = word.to_lowercase();
        let starts = word.starts_with(char::is_alphanumeric);
        if !said.is_empty() && (is_border(&lower) || !starts) {
            if lower == "by" && said.len() > 1 {
                said.pop();
            }
            break;
        }
        if starts {
            said.push(word);
        }
    }
    said.last().map(|word| (*word).to_owned())
}

/// Whether the words of a source have this word among them, in any case.
fn names(source: &str, word: &str) -> bool {
    let (source, word) = (source.to_lowercase(), word.to_lowercase());
    source.match_indices(&word).any(|(at, _)| {
        !source[..at].ends_with(is_word) && !source[at + word.len()..].starts_with(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::Quoted;

    const ARTICLE: &str = "The mayor of Arden said the bridge was open. It was a trap, according to him. Nobody denied it.";
    const LINES: &str = "# act | line\n\
        asserts | [source The mayor of Arden] [cue said] [content the bridge was open].\n\
        weak asserts | [content It was a trap], [cue according to] [source him].\n\
        denies | [source Nobody] [cue denied] [content it].\n";

    fn claim(act: &str, source: &str, content: &str) -> Claim {
        let quoted = |words: &str| {
            let at = ARTICLE.find(words).unwrap_or_default();
            vec![Quoted::new(Span::new(at, at + words.len()), ARTICLE)]
        };
        Claim {
            source: quoted(source),
            content: quoted(content),
            act: act.to_owned(),
            ..Claim::default()
        }
    }

    #[test]
    fn content_source_and_act_must_be_right() {
        let gold = gold(LINES, ARTICLE).unwrap();
        let claims = [
            claim("asserts", "him", "It was a trap"),
            claim("denies", "The mayor of Arden", "the bridge was"),
            claim("asserts", "Nobody", "The"),
        ];
        let report = score(ARTICLE, &gold, &claims).unwrap();
        let lines: Vec<&str> = report.lines().collect();
        assert_eq!(
            lines,
            [
                "wrong  asserts | the bridge was open | act denies",
                "wrong  denies | it | no claim with this content",
                "weak lines:",
                "right  asserts | It was a trap | him ",
                "extra  asserts | The | None",
                "0 of 2 right, 1 of 1 weak ones, 1 extra claims",
            ]
        );
    }

    #[test]
    fn heads_of_sources() {
        for (source, wanted) in [
            ("A clerk of the harbour office, Zaid", Some("clerk")),
            ("The council dissolved by the mayor", Some("council")),
            ("the harbour agency", Some("agency")),
            ("", None),
        ] {
            assert_eq!(head(source).as_deref(), wanted);
        }
        assert!(names("the Agency", "agency") && !names("agencyX", "agency"));
    }

    #[test]
    fn a_line_that_is_not_in_the_article_is_named() {
        let failure = gold("asserts | [content nowhere]", ARTICLE)
            .err()
            .map(|f| f.0);
        assert!(failure.is_some_and(|text| text.contains("0 times")));
    }
}
