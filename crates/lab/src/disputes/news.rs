//! Whether the disputes that are found in real news are disputes: `gold/disputes.audit.tsv`, as `gold/disputes.guidelines.md` says.
//!
//! FA-KES and PolNeAR's train part are each linked as a whole. A row tells of two answers that were said to contradict each other once,
//! by a claim of each; what is found now and was never judged is counted apart. Figures have an audit of their own.

use super::{Linker, around, hash_of, span};
use crate::copies::Collection;
use crate::data::{self, Data, Failure};
use crate::product::Product;
use link::{Matter, MatterKind, Position, Reading, RelationKind, State};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use text::Span;

const FILE: &str = "gold/disputes.audit.tsv";

/// A text by key and hash, and a place in it.
type Place = (String, String, Span);

/// Two answers that were judged.
struct Row {
    id: String,
    judged: [String; 2],
    sides: [Place; 2],
}

/// A contested matter, with the claims of either answer.
struct Dispute {
    question: String,
    sides: [Vec<Place>; 2],
    told: String,
}

/// Prints the share of the disputes found that are right, by either reader.
pub fn run(data: &Data, errors: bool, jobs: usize) -> Result<(), Failure> {
    let file = data::text(&data::checkout().join(FILE))?;
    let rows = file
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#'))
        .map(|(number, line)| {
            row(line).ok_or_else(|| Failure(format!("{FILE}, line {}: not a row", number + 1)))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let disputes = disputes(data, jobs)?;
    let (mut right, mut alike, mut judged) = ([0, 0], 0, 0);
    for dispute in &disputes {
        let Some(row) = rows.iter().find(|row| row.is_of(dispute)) else {
            if errors {
                println!("  not judged: {}", dispute.question);
            }
            continue;
        };
        judged += 1;
        for (right, label) in right.iter_mut().zip(&row.judged) {
            *right += usize::from(label == "conflict");
        }
        alike += usize::from(row.judged[0] == row.judged[1]);
        if errors && row.judged != ["conflict", "conflict"] {
            println!(
                "  {} {}: {}",
                row.id,
                row.judged.join(", "),
                dispute.question
            );
        }
    }
    let share = |part: usize| part as f64 / judged.max(1) as f64;
    println!(
        "disputes found in real news but those of figures, {FILE}: {}, {judged} of them judged; right {:.3} (first reader), {:.3} (second), alike {:.3}",
        disputes.len(),
        share(right[0]),
        share(right[1]),
        share(alike)
    );
    Ok(())
}

/// Writes what readers need: `disputes.tsv`, rows without answers, and `disputes.txt`, what they read.
pub fn draw(data: &Data, folder: &Path, jobs: usize) -> Result<(), Failure> {
    let (mut rows, mut reading) = (String::new(), String::new());
    for (number, dispute) in disputes(data, jobs)?.iter().enumerate() {
        let first = |side: &[Place]| {
            side.first().map_or_else(String::new, |(key, hash, span)| {
                format!("{key}\t{hash}\t{}-{}", span.from(), span.to())
            })
        };
        let sides = dispute.sides.each_ref().map(|side| first(side)).join("\t");
        let _ = writeln!(rows, "d{:02}\t{sides}", number + 1);
        let _ = writeln!(
            reading,
            "##### d{:02} {}\n{}",
            number + 1,
            dispute.question,
            dispute.told
        );
    }
    data::write_outside_checkout(&folder.join("disputes.tsv"), &rows)?;
    data::write_outside_checkout(&folder.join("disputes.txt"), &reading)
}

/// Every two answers of a contested matter that contradict each other, in both collections.
fn disputes(data: &Data, jobs: usize) -> Result<Vec<Dispute>, Failure> {
    let product = Product::new(None)?;
    let linker = Linker::new()?;
    let mut found = Vec::new();
    for collection in [Collection::fa_kes(data)?, Collection::polnear(data)?] {
        let documents = collection.dated(false);
        let mut keys: BTreeMap<usize, &str> = BTreeMap::new();
        for (key, number) in &collection.numbers {
            keys.insert(*number, key);
        }
        let readings = crate::parallel::map(&documents, jobs, |document| Reading {
            annotations: product.annotate(document),
            document: document.clone(),
        });
        let texts: BTreeMap<&str, (&str, &Reading)> = readings
            .iter()
            .enumerate()
            .filter_map(|(number, reading)| {
                Some((&*reading.document.id, (*keys.get(&number)?, reading)))
            })
            .collect();
        let links = linker.link(&readings, product.names());
        let contested = |matter: &&Matter| {
            matter.state == State::Contested && matter.kind != MatterKind::Quantity
        };
        for matter in links.matters.iter().filter(contested) {
            let position = |id: &str| matter.positions.iter().find(|one| one.id == id);
            for relation in &matter.relations {
                let contests = matches!(
                    relation.kind,
                    RelationKind::Denies | RelationKind::Alternative
                );
                if let (true, Some(from), Some(to)) =
                    (contests, position(&relation.from), position(&relation.to))
                {
                    found.push(Dispute::of(matter, from, to, &texts));
                }
            }
        }
    }
    Ok(found)
}

impl Dispute {
    fn of(
        matter: &Matter,
        from: &Position,
        to: &Position,
        texts: &BTreeMap<&str, (&str, &Reading)>,
    ) -> Self {
        let mut told = String::new();
        let sides = [from, to].map(|position| {
            let names: Vec<&str> = position.parties.iter().map(|one| &*one.name).collect();
            let _ = writeln!(told, "SIDE “{}” by {}", position.value, names.join(", "));
            let claims = position.claims.iter();
            let linked = claims.filter(|claim| claim.link == link::LinkZone::Linked);
            let places = linked.filter_map(|claim| {
                let (key, reading) = texts.get(claim.document.as_str())?;
                let span = *claim.spans.first()?;
                let text = &reading.document.text;
                let _ = writeln!(
                    told,
                    "  {} {}: … {} …",
                    reading.document.meta.outlet.as_deref().unwrap_or(""),
                    reading
                        .document
                        .meta
                        .published
                        .as_deref()
                        .unwrap_or("undated"),
                    around(text, span)
                );
                Some(((*key).to_owned(), hash_of(text), span))
            });
            places.collect::<Vec<_>>()
        });
        Self {
            question: matter.question.clone(),
            sides,
            told,
        }
    }
}

impl Row {
    fn is_of(&self, dispute: &Dispute) -> bool {
        let is_side = |row: &Place, side: &[Place]| {
            side.iter()
                .any(|one| one.0 == row.0 && one.1 == row.1 && one.2.overlaps(row.2))
        };
        let [first, second] = &self.sides;
        let [one, other] = &dispute.sides;
        (is_side(first, one) && is_side(second, other))
            || (is_side(first, other) && is_side(second, one))
    }
}

fn row(line: &str) -> Option<Row> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, first, second, ref sides @ ..] = fields[..] else {
        return None;
    };
    let place = |side: &[&str]| {
        let [key, hash, bytes] = side else {
            return None;
        };
        Some(((*key).to_owned(), (*hash).to_owned(), span(bytes)?))
    };
    let sides: Vec<Place> = sides.chunks(3).map(place).collect::<Option<_>>()?;
    Some(Row {
        id: id.to_owned(),
        judged: [first, second].map(str::to_owned),
        sides: sides.try_into().ok()?,
    })
}
