//! What damaged copies of the articles cost: the program's claims on each copy against the gold that follows it.
//!
//! It does not know how copies are made.

use super::outcome::{Outcome, figures};
use crate::corrupt::{Corruption, corrupt_article};
use crate::data::{Failure, name};
use crate::parallel;
use crate::polnear::Article;
use crate::product::Product;
use crate::report;
use crate::score::Figures;

/// Prints a row for each kind of copy; `plain` are the figures of the articles as they are.
pub fn print(
    product: &Product,
    articles: &[Article],
    plain: &Figures,
    kinds: &[Corruption],
    seed: u64,
    jobs: usize,
) -> Result<(), Failure> {
    println!(
        "\ndamaged copies: F1 (precision/recall) of relations with the right source, exact sources, cues and contents; points of the \
         relations' F1 lost, how many may be and how few are aimed at"
    );
    println!(
        "{:14} {:>18} {:>25} {:>6} {:>5} {:>5}",
        "copy", "relation", "exact source/cue/content", "lost", "may", "aim"
    );
    let row = |name: &str, figures: &Figures, behind: &str| {
        println!(
            "{name:14} {:>18} {:>25} {behind}",
            report::both(figures.relation),
            report::exact(figures)
        );
    };
    row("as they are", plain, "");
    for &kind in kinds {
        let copies = parallel::map(articles, jobs, |article| {
            copied(product, article, kind, seed)
        })
        .into_iter()
        .collect::<Result<Vec<Article>, Failure>>()?;
        let damaged = figures(&Outcome::read(product, &copies, jobs)?);
        let lost = plain.relation.f1() - damaged.relation.f1();
        let [may, aim] = limits(kind).map_or(["-".to_owned(), "-".to_owned()], |limits| {
            limits.map(|limit| format!("{limit:.0}"))
        });
        row(
            kind.name(),
            &damaged,
            &format!("{lost:6.1} {may:>5} {aim:>5}"),
        );
    }
    Ok(())
}

/// How many points of F1 a copy may cost, and how few are aimed at.
fn limits(kind: Corruption) -> Option<[f64; 2]> {
    match kind {
        Corruption::Lower => Some([12.0, 6.0]),
        Corruption::Articleless => Some([6.0, 3.0]),
        _ => None,
    }
}

/// The copy of an article. PolNeAR labels no names, so that those which the program finds in the article are respelt.
fn copied(
    product: &Product,
    article: &Article,
    kind: Corruption,
    seed: u64,
) -> Result<Article, Failure> {
    let mut mentions = Vec::new();
    if kind == Corruption::Respelt {
        let mut documents = product.documents(&article.path, article.text.as_bytes())?;
        match (documents.pop(), documents.is_empty()) {
            (Some(document), true) if document.text == article.text => {
                mentions = product.mentions(&document);
            }
            _ => {
                return Err(Failure(format!(
                    "{} was not read as the one text that it is",
                    name(&article.path)
                )));
            }
        }
    }
    Ok(corrupt_article(article, &mentions, kind, seed))
}
