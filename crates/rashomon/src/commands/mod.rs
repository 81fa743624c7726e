//! The commands, one file each.
//!
//! It does not know what they do; it hands each its options.

mod ask;
mod compare;
mod csv_table;
mod demo;
mod diff;
mod doctor;
mod events;
mod explain;
mod extract;
mod inspect;
mod judge;
mod layers;
mod list;
mod read;
mod reading;
mod show;
mod watchlist;

pub use ask::{Answering, Asked};
pub use events::{Codebook, Codes, EventRow, Told, figure};

use crate::args::Command;
use crate::failure::Outcome;

/// Runs one command.
pub fn run(command: &Command) -> Outcome {
    match command {
        Command::Demo(options) => demo::run(options),
        Command::Read(options) => read::run(options),
        Command::Extract(options) => extract::run(options),
        Command::Ask(options) => ask::run(options),
        Command::Disputes(options) => list::disputes(options),
        Command::Claims(options) => list::claims(options),
        Command::Events(options) => events::run(options),
        Command::Entities(options) => list::entities(options),
        Command::Documents(options) => list::documents(options),
        Command::Show(options) => show::run(options),
        Command::Explain(options) => explain::run(options),
        Command::Judge(options) => judge::run(options),
        Command::Diff(options) => diff::run(options),
        Command::Compare(options) => compare::run(options),
        Command::Inspect(options) => inspect::run(options),
        Command::Doctor(options) => doctor::run(options),
    }
}
