//! Whether a denial that is shown has the right source, is one, and denies what it is said to deny: `gold/denials.audit.tsv`, as
//! `gold/disputes.guidelines.md` says.
//!
//! A row tells of a denial as it was read once. What is read otherwise now was not judged and is counted apart.

use super::{Newsroom, around, around_at, hash_of, span};
use crate::data::{self, Data, Failure};
use crate::product::Product;
use annotate::{Act, Source, Standing};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use text::Span;

const FILE: &str = "gold/denials.audit.tsv";

/// Denials that are drawn.
const DRAWN: usize = 120;

/// A judged denial.
struct Row {
    id: String,
    cue: Span,
    /// What it was said to deny.
    target: Option<Span>,
    /// Of each reader: source, act and target.
    judged: [[String; 3]; 2],
}

impl Row {
    fn is_right(&self, reader: usize) -> bool {
        let [source, act, target] = &self.judged[reader];
        source == "yes" && act == "yes" && matches!(target.as_str(), "yes" | "own")
    }
}

/// Prints the figures.
pub fn run(data: &Data, errors: bool, jobs: usize) -> Result<(), Failure> {
    let news = Newsroom::open(data)?;
    let mut by_text: BTreeMap<(String, String), Vec<Row>> = BTreeMap::new();
    let file = data::text(&data::checkout().join(FILE))?;
    for (number, line) in file.lines().enumerate() {
        if !line.starts_with('#') {
            let (text, row) = row(line)
                .ok_or_else(|| Failure(format!("{FILE}, line {}: not a row", number + 1)))?;
            by_text.entry(text).or_default().push(row);
        }
    }
    let product = Product::new(None)?;
    let texts: Vec<_> = by_text
        .iter()
        .filter_map(|((key, hash), rows)| Some((news.get(key, hash)?, rows)))
        .collect();
    let read = crate::parallel::map(&texts, jobs, |(document, _)| product.annotate(document));
    let mut shown: Vec<&Row> = Vec::new();
    let (mut other, mut hidden, mut all) = (0, 0, 0);
    for ((_, rows), annotations) in texts.iter().zip(&read) {
        for row in *rows {
            all += 1;
            let claim = annotations.claims.iter().find(|claim| {
                let mut cues = claim.cue.iter().flat_map(|cue| &cue.spans);
                claim.act == Act::Denies
                    && claim.standing == Standing::Shown
                    && cues.any(|cue| cue.overlaps(row.cue))
            });
            let Some(claim) = claim else {
                hidden += 1;
                continue;
            };
            let target = claim
                .refers_to
                .and_then(|to| annotations.claims.get(to as usize))
                .and_then(|to| to.content.spans.first().copied());
            let same = match (target, row.target) {
                (Some(now), Some(then)) => now.overlaps(then),
                (now, then) => now == then,
            };
            if same {
                shown.push(row);
            } else {
                other += 1;
            }
        }
    }
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    let right = |rows: &[&Row], reader: usize| {
        share(
            rows.iter().filter(|row| row.is_right(reader)).count(),
            rows.len(),
        )
    };
    println!(
        "denials that are shown, {FILE}: {all} judged, {} read as then, {other} otherwise, {hidden} not shown any more",
        shown.len()
    );
    let part = |name: &str, rows: &[&Row]| {
        println!(
            "  {name:28} {:3}  source, act and target right {:.3} (first reader), {:.3} (second)",
            rows.len(),
            right(rows, 0),
            right(rows, 1)
        );
    };
    let with: Vec<&Row> = shown
        .iter()
        .copied()
        .filter(|row| row.target.is_some())
        .collect();
    let without: Vec<&Row> = shown
        .iter()
        .copied()
        .filter(|row| row.target.is_none())
        .collect();
    part("all", &shown);
    part("with what is denied", &with);
    part("in its own words alone", &without);
    for (field, name) in ["source", "act"].into_iter().enumerate() {
        let yes = |reader: usize| {
            let rows = shown
                .iter()
                .filter(|row| row.judged[reader][field] == "yes");
            share(rows.count(), shown.len())
        };
        println!("  {name:28}      right {:.3}, {:.3}", yes(0), yes(1));
    }
    let alike = shown
        .iter()
        .filter(|row| row.is_right(0) == row.is_right(1))
        .count();
    println!("  readers alike on {:.3}", share(alike, shown.len()));
    if errors {
        for row in shown
            .iter()
            .filter(|row| !row.is_right(0) || !row.is_right(1))
        {
            println!("  {} {:?}", row.id, row.judged);
        }
    }
    Ok(())
}

/// Draws shown denials by the hash of their place and writes what readers need: `denials.tsv`, rows without answers, and
/// `denials.txt`, what they read.
pub fn draw(data: &Data, folder: &Path, jobs: usize) -> Result<(), Failure> {
    let news = Newsroom::open(data)?;
    let product = Product::new(None)?;
    let texts = news.texts();
    let read = crate::parallel::map(&texts, jobs, |(_, document)| product.annotate(document));
    let mut drawn = BTreeMap::new();
    for ((key, document), annotations) in texts.iter().zip(&read) {
        let text = &document.text;
        let words = |spans: &[Span]| {
            let words: Vec<&str> = spans.iter().map(|span| span.slice(text)).collect();
            words.join(" … ")
        };
        let all = &annotations.claims;
        for claim in all {
            let Some(cue) = claim.cue.as_ref().and_then(|cue| cue.spans.first()) else {
                continue;
            };
            if claim.act != Act::Denies || claim.standing != Standing::Shown {
                continue;
            }
            let target = claim.refers_to.and_then(|to| all.get(to as usize));
            let there = target.and_then(|to| to.content.spans.first());
            let bytes = |span: Span| format!("{}-{}", span.from(), span.to());
            let row = [
                (*key).to_owned(),
                hash_of(text),
                bytes(*cue),
                there.map_or("-".to_owned(), |span| bytes(*span)),
            ];
            let named = |source: &Source| {
                let entity = source.entity.or(source.speaks_for);
                let of = entity.and_then(|id| annotations.entities.get(id.index()));
                format!(
                    "“{}” = {}",
                    words(&source.spans),
                    source
                        .name
                        .as_deref()
                        .or(of.map(|one| &*one.name))
                        .unwrap_or("nobody named")
                )
            };
            let around = around(text, *cue);
            let denied = target.map_or("none".to_owned(), |to| {
                let start = to.content.spans.first().map_or(0, |span| span.from());
                format!(
                    "{} {} “{}”; there: … {} …",
                    named(&to.source),
                    to.act,
                    words(&to.content.spans),
                    around_at(text, start)
                )
            });
            let told = format!(
                "TEXT … {around} …\nDENIES {} by “{}”: “{}”\nDENIED {denied}\n",
                named(&claim.source),
                cue.slice(text),
                words(&claim.content.spans),
            );
            drawn.insert(hash_of(&row.join("\t")), (row, told));
        }
    }
    let (mut rows, mut reading) = (String::new(), String::new());
    for (number, (row, told)) in drawn.into_values().take(DRAWN).enumerate() {
        let _ = writeln!(rows, "n{:03}\t{}", number + 1, row.join("\t"));
        let _ = writeln!(reading, "##### n{:03}\n{told}", number + 1);
    }
    data::write_outside_checkout(&folder.join("denials.tsv"), &rows)?;
    data::write_outside_checkout(&folder.join("denials.txt"), &reading)
}

fn row(line: &str) -> Option<((String, String), Row)> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, key, hash, cue, target, ref judged @ ..] = fields[..] else {
        return None;
    };
    let judged: Vec<String> = judged.iter().map(|one| (*one).to_owned()).collect();
    let [a, b, c, d, e, f] = <[String; 6]>::try_from(judged).ok()?;
    let target = match target {
        "-" => None,
        there => Some(span(there)?),
    };
    let row = Row {
        id: id.to_owned(),
        cue: span(cue)?,
        target,
        judged: [[a, b, c], [d, e, f]],
    };
    Some(((key.to_owned(), hash.to_owned()), row))
}
