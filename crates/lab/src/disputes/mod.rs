//! Disputes between documents against our own labels.
//!
//! Each kind of dispute has its own module; without a flag all are measured.

mod audit;
mod cases;
mod quantities;

use crate::data::{self, Data, Failure};
use link::{Grounds, Links, Reading};

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Figures that contradict each other: planted ones, and those found in real news
    #[arg(long)]
    quantities: bool,
    /// The article on Panjshir, case by case
    #[arg(long)]
    panjshir: bool,
    /// The test half too; do so rarely
    #[arg(long)]
    test: bool,
    /// Also what is missed or wrong, in its words
    #[arg(long)]
    errors: bool,
}

/// Prints the figures.
pub fn run(data: Option<&Data>, options: &Options, jobs: usize) -> Result<(), Failure> {
    let all = !options.quantities && !options.panjshir;
    if all || options.quantities {
        quantities::run(options.test, options.errors)?;
        match data {
            Some(data) => audit::run(data, options.errors, jobs)?,
            None => println!("figures in real news: the shared data is not here"),
        }
    }
    if all || options.panjshir {
        match data {
            Some(data) => cases::run(data)?,
            None => println!("the article on Panjshir: the shared data is not here"),
        }
    }
    Ok(())
}

/// What documents are linked with.
struct Linker {
    lexicon: link::Lexicon,
}

impl Linker {
    fn new() -> Result<Self, Failure> {
        let text = data::text(&data::checkout().join("lexicon/matching.txt"))?;
        let lexicon = link::Lexicon::parse(&text)
            .map_err(|error| Failure(format!("matching.txt {error}")))?;
        Ok(Self { lexicon })
    }

    fn link(&self, readings: &[Reading], names: Option<&names::NameModel>) -> Links {
        link::link_with(
            readings,
            &Grounds {
                lexicon: &self.lexicon,
                names,
                identities: &[],
                copying: &[],
                linking: &[],
            },
        )
    }
}
