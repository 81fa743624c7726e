//! What is called contested in articles of real news without a conflict: `gold/quiet.tsv`, as `gold/disputes.guidelines.md` says.

use super::{Linker, Newsroom};
use crate::data::{self, Data, Failure};
use crate::product::Product;
use link::{Reading, State};

const FILE: &str = "gold/quiet.tsv";
/// Articles that are read, the first that both readers found without conflict.
const ARTICLES: usize = 200;

/// Prints how many disputes are found where there is none.
pub fn run(data: &Data, errors: bool, jobs: usize) -> Result<(), Failure> {
    let file = data::text(&data::checkout().join(FILE))?;
    let news = Newsroom::open(data)?;
    let (mut articles, mut judged, mut alike) = (Vec::new(), 0, 0);
    for (number, line) in file.lines().enumerate() {
        if line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, key, hash, first, second] = fields[..] else {
            return Err(Failure(format!("{FILE}, line {}: not a row", number + 1)));
        };
        judged += 1;
        alike += usize::from(first == second);
        if [first, second] == ["none", "none"] && articles.len() < ARTICLES {
            articles.extend(news.get(key, hash).cloned());
        }
    }
    let product = Product::new(None)?;
    let readings = crate::parallel::map(&articles, jobs, |document| Reading {
        annotations: product.annotate(document),
        document: document.clone(),
    });
    let links = Linker::new()?.link(&readings, product.names());
    let contested = links
        .matters
        .iter()
        .filter(|one| one.state == State::Contested);
    let contested: Vec<_> = contested.collect();
    if errors {
        for matter in &contested {
            println!("  {} {}", matter.kind, matter.question);
            for position in &matter.positions {
                let names: Vec<&str> = position.parties.iter().map(|one| &*one.name).collect();
                println!("    “{}” ({})", position.value, names.join(", "));
            }
        }
    }
    println!(
        "articles without conflict, {FILE}: {} of {judged} judged ones; disputes found there: {} (readers alike on {:.1} of 100)",
        readings.len(),
        contested.len(),
        100.0 * alike as f64 / judged.max(1) as f64
    );
    Ok(())
}
