//! `disputes`, `claims`, `entities`, `documents`: what a ledger holds, filtered, in order, in one of three forms.
//!
//! It does not change the ledger.

use super::csv_table;
use crate::args::{
    ClaimOrder, Claims, DisputeOrder, Disputes, DocumentOrder, Documents, Entities, EntityOrder,
    List, ListFormat,
};
use crate::contents::{Contents, Found, day_of_claim, day_of_document};
use crate::failure::{Done, Failure, Outcome};
use crate::filters::{Filters, Involved};
use crate::lines::{
    Evidence, Ids, WithText, claim_line, dispute_line, document_line, judged_claim,
    judged_document, judged_matter, ledger_entity_line,
};
use crate::output::{Output, beside};
use crate::view::claim_line::{Spoken, party, spoken};
use crate::view::coverage::{coverage_line, coverage_lines};
use crate::view::row::{self, States};
use crate::view::terminal::{columns, shown, wrap};
use link::{Entity, Matter, Reading, State};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// How many rows text prints unless told otherwise.
const ROWS: usize = 50;

/// Runs `disputes`.
pub fn disputes(options: &Disputes) -> Outcome {
    let contents = Contents::open(&options.list.ledger)?;
    let filters = Filters::new(&options.list, &contents)?;
    let involved = match &options.involving {
        Some(name) => Some(Involved::new(name, &contents)?),
        None => None,
    };
    let eligible = |matter: &&Matter| {
        options.all || (matter.state == State::Contested && !contents.is_ignored(&matter.id))
    };
    let mut matters: Vec<&Matter> = contents
        .links
        .matters
        .iter()
        .filter(eligible)
        .filter(|matter| filters.matter(matter))
        .filter(|matter| involved.as_ref().is_none_or(|one| one.in_matter(matter)))
        .collect();
    match options.sort {
        DisputeOrder::New => {}
        DisputeOrder::Question => matters.sort_by_key(|matter| &matter.question),
        DisputeOrder::Place => matters.sort_by_key(|matter| {
            let place = matter.place.as_deref().and_then(|id| contents.entity(id));
            let name = place.map(|place| place.name.as_str());
            (name.is_none(), name)
        }),
        DisputeOrder::Speakers => matters.sort_by_key(|matter| {
            let speakers = matter.positions.iter().map(|position| position.speakers);
            Reverse(speakers.sum::<u32>())
        }),
    }
    let states = if options.all {
        States::Shown
    } else {
        States::Hidden
    };
    let mut page = Page::new(&options.list, matters, "disputes");
    page.is_narrowed = involved.is_some();
    match options.list.format {
        ListFormat::Jsonl => {
            for matter in &page.records {
                let line = dispute_line(matter, &contents, &contents.coverage);
                page.output.json(&judged_matter(line, matter, &contents))?;
            }
        }
        ListFormat::Csv => csv_table::disputes(&page.records, &contents, &mut page.output)?,
        ListFormat::Text => {
            let terminal = page.output.terminal;
            for matter in &page.records {
                let rows = row::matter_rows(matter, &contents, states, terminal);
                page.output.lines(&rows)?;
            }
        }
    }
    let in_all = contents.links.matters.iter().filter(eligible).count();
    page.end(&contents, &filters, in_all, || {
        if options.all || contents.links.matters.is_empty() {
            "There is nothing in dispute, nor any question with an answer, in the documents read. See who said what: rashomon claims".to_owned()
        } else {
            "Nothing is contested in the documents read. See every question with its answers: rashomon disputes --all".to_owned()
        }
    })
}

/// Runs `claims`.
pub fn claims(options: &Claims) -> Outcome {
    let contents = Contents::open(&options.list.ledger)?;
    let filters = Filters::new(&options.list, &contents)?;
    let mut found: Vec<Found<'_>> = contents
        .claims()
        .filter(|found| filters.claim(*found))
        .collect();
    let day = |found: &Found<'_>| {
        let day = day_of_claim(found.claim, &found.reading.document);
        (day.is_none(), day)
    };
    match options.sort {
        ClaimOrder::Day => found.sort_by_cached_key(day),
        ClaimOrder::Party => found.sort_by_cached_key(|found| {
            let reading = found.reading;
            party(found.claim, &reading.document, &reading.annotations).to_lowercase()
        }),
        ClaimOrder::Act => found.sort_by_key(|found| found.claim.act.as_str()),
        ClaimOrder::Document => {}
    }
    let mut page = Page::new(&options.list, found, "claims");
    match options.list.format {
        ListFormat::Jsonl => {
            let members = contents.members();
            let ids = Ids::Ledger(&members);
            for Found { claim, reading } in &page.records {
                let line = claim_line(claim, &reading.document, &reading.annotations, ids);
                let line = judged_claim(line, claim, &reading.document, &contents);
                page.output.json(&line)?;
            }
        }
        ListFormat::Csv => csv_table::claims(&page.records, &contents, &mut page.output)?,
        ListFormat::Text => {
            let terminal = page.output.terminal;
            let rows: Vec<(Found<'_>, Spoken)> = page
                .records
                .iter()
                .map(|found| (*found, spoken(found.claim, found.reading)))
                .collect();
            page.output
                .lines(&row::claim_rows(&rows, &contents, terminal))?;
        }
    }
    let in_all = contents.claims().count();
    page.end(&contents, &filters, in_all, || {
        "No claim was found in the documents read. See what was read: rashomon documents".to_owned()
    })
}

/// Runs `entities`.
pub fn entities(options: &Entities) -> Outcome {
    let contents = Contents::open(&options.list.ledger)?;
    let filters = Filters::new(&options.list, &contents)?;
    let mut entities: Vec<&Entity> = contents
        .links
        .entities
        .iter()
        .filter(|entity| filters.entity(entity))
        .collect();
    let fitting = entities.len();
    if !options.all && !filters.any() {
        let speakers = speakers(&contents);
        entities.retain(|entity| says_something(entity, &speakers, &contents));
    }
    let unlisted = fitting - entities.len();
    let name = |entity: &&Entity| (entity.name.to_lowercase(), entity.id.clone());
    match options.sort {
        EntityOrder::Mentions => entities
            .sort_by_cached_key(|entity| (Reverse(row::mentions(entity, &contents)), name(entity))),
        EntityOrder::Name => entities.sort_by_cached_key(name),
        EntityOrder::Kind => {
            entities.sort_by_cached_key(|entity| (entity.kind.as_str(), name(entity)));
        }
    }
    let mut page = Page::new(&options.list, entities, "entities");
    page.unlisted = unlisted;
    match options.list.format {
        ListFormat::Jsonl => {
            for entity in &page.records {
                page.output.json(&ledger_entity_line(entity, &contents))?;
            }
        }
        ListFormat::Csv => csv_table::entities(&page.records, &contents, &mut page.output)?,
        ListFormat::Text => {
            let terminal = page.output.terminal;
            let names = page.records.iter().map(|entity| columns(&entity.name));
            let width = names.max().unwrap_or(0).clamp(8, 32);
            for entity in &page.records {
                let rows = row::entity_rows(entity, width, &contents, terminal);
                page.output.lines(&rows)?;
            }
        }
    }
    let in_all = contents.links.entities.len();
    page.end(&contents, &filters, in_all, || {
        "Nobody and no place is named in the documents read. See what was read: rashomon documents"
            .to_owned()
    })
}

/// The entities that say something, or for which somebody does.
fn speakers(contents: &Contents) -> BTreeSet<&str> {
    let named = contents.claims().flat_map(|Found { claim, reading }| {
        let who = [claim.source.entity, claim.source.speaks_for];
        let document = reading.document.id.as_str();
        who.into_iter()
            .flatten()
            .filter_map(move |local| contents.joined(document, local))
    });
    named.map(|entity| entity.id.as_str()).collect()
}

/// Whether an entity is listed unasked: it is named more than once, says something, or stands on the user's own list.
fn says_something(entity: &Entity, speakers: &BTreeSet<&str>, contents: &Contents) -> bool {
    entity.link.is_some()
        || speakers.contains(entity.id.as_str())
        || row::mentions(entity, contents) > 1
}

/// Runs `documents`.
pub fn documents(options: &Documents) -> Outcome {
    let contents = Contents::open(&options.list.ledger)?;
    let filters = Filters::new(&options.list, &contents)?;
    let mut readings: Vec<&Reading> = contents
        .readings
        .iter()
        .filter(|reading| filters.document(reading))
        .collect();
    let title = |reading: &&Reading| row::title(&reading.document).to_lowercase();
    match options.sort {
        DocumentOrder::Day => readings.sort_by_cached_key(|reading| {
            let day = day_of_document(&reading.document);
            (day.is_none(), day.map(str::to_owned), title(reading))
        }),
        DocumentOrder::Outlet => readings.sort_by_cached_key(|reading| {
            let outlet = reading.document.meta.outlet.clone();
            (outlet.is_none(), outlet, title(reading))
        }),
        DocumentOrder::Title => readings.sort_by_cached_key(title),
    }
    let mut page = Page::new(&options.list, readings, "documents");
    match options.list.format {
        ListFormat::Jsonl => {
            let members = contents.members();
            for reading in &page.records {
                let line = document_line(
                    &reading.document,
                    &reading.annotations,
                    Ids::Ledger(&members),
                    WithText::No,
                );
                let line = judged_document(line, &reading.document, &contents);
                page.output.json(&line)?;
            }
        }
        ListFormat::Csv => csv_table::documents(&page.records, &contents, &mut page.output)?,
        ListFormat::Text => {
            let terminal = page.output.terminal;
            let outlets = page
                .records
                .iter()
                .map(|reading| columns(&row::outlet(&reading.document)));
            let width = outlets.max().unwrap_or(0).clamp(1, 20);
            for reading in &page.records {
                let rows = row::document_rows(reading, width, &contents, terminal);
                page.output.lines(&rows)?;
            }
        }
    }
    let in_all = contents.readings.len();
    page.end(&contents, &filters, in_all, || {
        "No document was read.".to_owned()
    })
}

/// The records of a list that are printed, and what is said under them.
pub(super) struct Page<'a, T> {
    list: &'a List,
    /// What is printed.
    pub records: Vec<T>,
    /// How many there are.
    count: usize,
    /// What they are called.
    name: &'static str,
    /// How many are there besides that are not listed unasked.
    unlisted: usize,
    /// Whether more than the filters of every list narrows it.
    is_narrowed: bool,
    pub output: Output,
}

impl<'a, T> Page<'a, T> {
    pub fn new(list: &'a List, mut records: Vec<T>, name: &'static str) -> Self {
        let text = list.format == ListFormat::Text;
        let limit = list.limit.unwrap_or(if text { ROWS } else { 0 });
        let count = records.len();
        if limit > 0 {
            records.truncate(limit);
        }
        Self {
            list,
            records,
            count,
            name,
            unlisted: 0,
            is_narrowed: false,
            output: Output::stdout(),
        }
    }

    /// Says what is not printed, what to do where nothing is, and the coverage: under text, and beside the other forms
    /// on stderr, because their readers take every line for a record.
    pub fn end(
        mut self,
        contents: &Contents,
        filters: &Filters<'_>,
        in_all: usize,
        nothing: impl Fn() -> String,
    ) -> Outcome {
        let terminal = self.output.terminal;
        let mut said = Vec::new();
        if self.count == 0 {
            said.push(self.empty(contents, filters, in_all, nothing));
        } else if self.records.len() < self.count {
            said.push(format!(
                "{} of {} {}; --limit 0 prints all.",
                self.records.len(),
                self.count,
                self.name
            ));
        }
        if self.unlisted > 0 {
            said.push(format!(
                "{} more named once that say nothing; --all lists them.",
                self.unlisted
            ));
        }
        if self.list.format == ListFormat::Text {
            for line in said {
                self.output.lines(&wrap(&line, terminal.width))?;
            }
            if self.count > 0 {
                self.output.line("")?;
            }
            self.output
                .lines(&coverage_lines(&contents.coverage, terminal))?;
        }
        self.finish(&coverage_line(&contents.coverage))
    }

    fn finish(mut self, coverage: &str) -> Result<Done, Failure> {
        self.output.flush()?;
        if self.list.format != ListFormat::Text && !self.list.quiet {
            beside(coverage);
        }
        Ok(Done::Whole)
    }

    fn empty(
        &self,
        contents: &Contents,
        filters: &Filters<'_>,
        in_all: usize,
        nothing: impl Fn() -> String,
    ) -> String {
        let ledger = shown(&self.list.ledger.display().to_string()).into_owned();
        if contents.coverage.read == 0 {
            format!(
                "{ledger} holds no documents yet. Add some: rashomon read FOLDER --ledger {ledger}"
            )
        } else if (filters.any() || self.is_narrowed) && in_all > 0 {
            format!(
                "None of the {in_all} {} in {ledger} passes these filters; leave one out to see more.",
                self.name
            )
        } else {
            nothing()
        }
    }
}
