//! `events`: one row for each candidate event across documents, contested or not, with what every speaker says of it.
//!
//! It does not decide which figure is right: `best` is empty until a person fills it. It does not change the ledger.

mod codes;
mod rows;

pub use codes::{Codebook, Codes};
pub use rows::{EventRow, Told, figure};

use super::csv_table;
use super::list::Page;
use crate::args::{EventOrder, Events, ListFormat};
use crate::contents::Contents;
use crate::failure::Outcome;
use crate::filters::Filters;
use crate::lines::event_line;
use crate::view::event::event_rows;
use std::cmp::Reverse;

/// Runs the command.
pub fn run(options: &Events) -> Outcome {
    let book = Codebook::load(options.codes, options.codebook.as_deref())?;
    let contents = Contents::open(&options.list.ledger)?;
    let filters = Filters::new(&options.list, &contents)?;
    let mut found = rows::rows(&contents, options.all, &|found| filters.claim(found));
    found.sort_by_cached_key(|row| {
        let days = row.days();
        let first = row.told.first();
        let id = first.map(|told| (told.found.claim.id.clone(), told.number));
        (days.is_none(), days, id)
    });
    match options.sort {
        EventOrder::Day => {}
        EventOrder::Place => found.sort_by_cached_key(|row| {
            let place = row.place(&contents).map(|place| place.name.clone());
            (place.is_none(), place)
        }),
        EventOrder::Type => found.sort_by_cached_key(EventRow::types),
        EventOrder::Claims => found.sort_by_key(|row| Reverse(row.told.len())),
    }
    let in_all = found.len();
    let mut page = Page::new(&options.list, found, "events");
    match options.list.format {
        ListFormat::Jsonl => {
            for row in &page.records {
                page.output.json(&event_line(row, &contents, &book))?;
            }
        }
        ListFormat::Csv => csv_table::events(&page.records, &contents, &book, &mut page.output)?,
        ListFormat::Text => {
            let terminal = page.output.terminal;
            for row in &page.records {
                let lines = event_rows(row, &contents, &book, terminal);
                page.output.lines(&lines)?;
            }
        }
    }
    let in_all = in_all.max(
        contents
            .claims()
            .filter(|one| !one.claim.events.is_empty())
            .count(),
    );
    page.end(&contents, &filters, in_all, || {
        "No event is told of in the documents read. See who said what: rashomon claims".to_owned()
    })
}
