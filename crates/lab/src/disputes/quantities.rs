//! Figures that contradict each other and figures that do not, in short collections of our own: `gold/quantities.conflicts.tsv`.
//!
//! A planted collection is found where one of its matters about a number is contested; a quiet one is right where none is. Each
//! collection is linked by itself.

use super::Linker;
use crate::data::{self, Failure};
use crate::product::Product;
use link::{Links, MatterKind, Reading, State};

const FILE: &str = "gold/quantities.conflicts.tsv";
/// The places of the collections.
const LAYER: &str = "examples/gazetteer.tsv";

/// How one half came out.
#[derive(Default)]
struct Tally {
    planted: usize,
    found: usize,
    quiet: usize,
    false_conflicts: usize,
}

impl Tally {
    fn print(&self, half: &str) {
        println!(
            "  {half:5} planted {:3}  found {:3}  recall {:.3}   quiet {:3}  false conflicts {:2}",
            self.planted,
            self.found,
            self.found as f64 / self.planted.max(1) as f64,
            self.quiet,
            self.false_conflicts
        );
    }

    fn add(&mut self, other: &Self) {
        self.planted += other.planted;
        self.found += other.found;
        self.quiet += other.quiet;
        self.false_conflicts += other.false_conflicts;
    }
}

/// Prints the figures of each half.
pub fn run(test: bool, errors: bool) -> Result<(), Failure> {
    let layer = data::text(&data::checkout().join(LAYER))?;
    let product = Product::with_layers(&[&layer])?;
    let linker = Linker::new()?;
    let file = data::text(&data::checkout().join(FILE))?;
    println!("figures that contradict each other, {FILE}");
    let mut both = Tally::default();
    for half in ["dev", "test"] {
        if half == "test" && !test {
            continue;
        }
        let mut tally = Tally::default();
        for (number, line) in file.lines().enumerate() {
            if line.starts_with('#') {
                continue;
            }
            let wrong = || Failure(format!("{FILE}, line {}: not a row", number + 1));
            let fields: Vec<&str> = line.split('\t').collect();
            let [id, label, of, tries, ref documents @ ..] = fields[..] else {
                return Err(wrong());
            };
            if of != half {
                continue;
            }
            let readings: Vec<Reading> = documents
                .iter()
                .map(|document| read(&product, document).unwrap_or_else(|| Err(wrong())))
                .collect::<Result<_, _>>()?;
            let links = linker.link(&readings, product.names());
            let contested = links
                .matters
                .iter()
                .any(|one| one.kind == MatterKind::Quantity && one.state == State::Contested);
            let is_planted = label == "planted";
            if is_planted {
                tally.planted += 1;
                tally.found += usize::from(contested);
            } else {
                tally.quiet += 1;
                tally.false_conflicts += usize::from(contested);
            }
            // The words of the test half stay unread while anything is tuned.
            if errors && half == "dev" && contested != is_planted {
                println!(
                    "  {} {id} ({tries})",
                    if is_planted { "missed" } else { "wrong" }
                );
                show(&links);
            }
        }
        tally.print(half);
        both.add(&tally);
    }
    if test {
        both.print("both");
    }
    Ok(())
}

/// A document of a row; none where the row is not as it should be.
fn read(product: &Product, row: &str) -> Option<Result<Reading, Failure>> {
    let mut parts = row.splitn(3, '|');
    let (day, outlet, text) = (parts.next()?, parts.next()?, parts.next()?);
    let document = product.document_on(day, &text.replace(" ¶ ", "\n\n"));
    Some(document.map(|mut document| {
        document.meta.outlet = Some(outlet.to_owned());
        Reading {
            annotations: product.annotate(&document),
            document,
        }
    }))
}

fn show(links: &Links) {
    for matter in &links.matters {
        println!(
            "    {:?} {} {:?}",
            matter.kind, matter.question, matter.state
        );
        for position in &matter.positions {
            let names: Vec<&str> = position.parties.iter().map(|one| &*one.name).collect();
            println!("      {}: {}", names.join(", "), position.value);
        }
        for relation in &matter.relations {
            println!("      {:?}: {}", relation.kind, relation.reasons.join(" "));
        }
    }
}
