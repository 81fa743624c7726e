//! Every quantity conflict that is found in FA-KES and PolNeAR's train part, against what two readers say of it:
//! `gold/quantities.audit.tsv`. It is right where both call it a conflict.
//!
//! A collection is linked as a whole. What is found and was never judged is counted apart: it may be right or wrong.

use super::Linker;
use crate::copies::Collection;
use crate::data::{self, Data, Failure};
use crate::product::Product;
use link::{Links, MatterKind, Position, Reading, RelationKind};
use std::collections::{BTreeMap, BTreeSet};
use text::Span;

const FILE: &str = "gold/quantities.audit.tsv";

/// A judged pair.
struct Row {
    id: String,
    is_conflict: bool,
    /// Of either figure the key, the hash of the text and the bytes of the claim.
    sides: [(String, String, Span); 2],
}

/// Prints the figures of each collection.
pub fn run(data: &Data, errors: bool, jobs: usize) -> Result<(), Failure> {
    let rows = rows()?;
    let product = Product::new(None)?;
    let linker = Linker::new()?;
    println!("figures that contradict each other in real news, {FILE}");
    let collections = [Collection::fa_kes(data)?, Collection::polnear(data)?];
    for collection in &collections {
        let keys: BTreeMap<usize, &str> = collection
            .numbers
            .iter()
            .map(|(key, number)| (*number, key.as_str()))
            .collect();
        let documents = collection.dated(false);
        let readings = crate::parallel::map(&documents, jobs, |document| Reading {
            annotations: product.annotate(document),
            document: document.clone(),
        });
        let by_id: BTreeMap<&str, usize> = (0..readings.len())
            .map(|number| (readings[number].document.id.as_str(), number))
            .collect();
        let links = linker.link(&readings, product.names());
        let mut met = BTreeSet::new();
        let (mut right, mut wrong, mut open) = (0, 0, 0);
        for (matter, one, other) in conflicts(&links) {
            let sides = [one, other].map(|position| {
                let claims = position.claims.iter().filter_map(|claim| {
                    let number = by_id.get(claim.document.as_str())?;
                    Some((*number, *claim.spans.first()?))
                });
                claims.collect::<Vec<_>>()
            });
            let is_side = |row: &(String, String, Span), side: &[(usize, Span)]| {
                side.iter().any(|(number, span)| {
                    keys.get(number) == Some(&row.0.as_str())
                        && collection.has(&row.0, &row.1)
                        && span.start < row.2.end
                        && row.2.start < span.end
                })
            };
            let row = rows.iter().find(|row| {
                let [first, second] = &row.sides;
                (is_side(first, &sides[0]) && is_side(second, &sides[1]))
                    || (is_side(first, &sides[1]) && is_side(second, &sides[0]))
            });
            match row {
                Some(row) if row.is_conflict => right += 1,
                Some(_) => wrong += 1,
                None => open += 1,
            }
            met.extend(row.map(|row| row.id.as_str()));
            if errors && row.is_none_or(|row| !row.is_conflict) {
                println!(
                    "  {} {matter}",
                    row.map_or("not judged:", |row| row.id.as_str())
                );
                for (position, side) in [one, other].iter().zip(&sides) {
                    let names: Vec<&str> = position.parties.iter().map(|one| &*one.name).collect();
                    println!("    “{}” ({})", position.value, names.join(", "));
                    for (number, span) in side {
                        let reading = &readings[*number].document;
                        println!(
                            "      {} {}-{} {} {}",
                            keys.get(number).unwrap_or(&""),
                            span.start,
                            span.end,
                            reading.meta.published.as_deref().unwrap_or("undated"),
                            reading.meta.outlet.as_deref().unwrap_or("")
                        );
                    }
                }
            }
        }
        let known = rows.iter().filter(|row| {
            row.is_conflict
                && row
                    .sides
                    .iter()
                    .all(|side| collection.has(&side.0, &side.1))
        });
        let (mut all, mut found) = (0, 0);
        for row in known {
            all += 1;
            found += usize::from(met.contains(row.id.as_str()));
        }
        println!(
            "  {:8} documents {:4}  conflicts {:3}: right {right}, wrong {wrong}, not judged {open}; precision of the judged {:.3}; of {all} known ones found {found}",
            collection.name,
            readings.len(),
            right + wrong + open,
            right as f64 / (right + wrong).max(1) as f64,
        );
    }
    Ok(())
}

/// Every two positions that are said to give figures which cannot both hold, with the question.
fn conflicts(links: &Links) -> Vec<(&str, &Position, &Position)> {
    let mut found = Vec::new();
    for matter in &links.matters {
        let position = |id: &str| matter.positions.iter().find(|one| one.id == id);
        for relation in &matter.relations {
            if matter.kind == MatterKind::Quantity
                && relation.kind == RelationKind::Quantity
                && let (Some(one), Some(other)) = (position(&relation.to), position(&relation.from))
            {
                found.push((matter.question.as_str(), one, other));
            }
        }
    }
    found
}

fn rows() -> Result<Vec<Row>, Failure> {
    let path = data::checkout().join(FILE);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let file = data::text(&path)?;
    let rows = file.lines().enumerate();
    rows.filter(|(_, line)| !line.starts_with('#'))
        .map(|(number, line)| {
            let wrong = || Failure(format!("{FILE}, line {}: not a row", number + 1));
            let fields: Vec<&str> = line.split('\t').collect();
            let [id, first, second, ref sides @ ..] = fields[..] else {
                return Err(wrong());
            };
            let sides: Vec<(String, String, Span)> = sides
                .chunks(3)
                .filter_map(|side| {
                    let [key, hash, span] = side else {
                        return None;
                    };
                    let (start, end) = span.split_once('-')?;
                    let span = Span::new(start.parse().ok()?, end.parse().ok()?);
                    Some(((*key).to_owned(), (*hash).to_owned(), span))
                })
                .collect();
            Ok(Row {
                id: id.to_owned(),
                is_conflict: [first, second] == ["conflict"; 2],
                sides: sides.try_into().map_err(|_| wrong())?,
            })
        })
        .collect()
}
