//! One record on one line, for the lists.
//!
//! It does not know which records are listed.

use super::claim_line::{Layout, Spoken};
use super::coverage::counted;
use super::dispute::{hanging, state_words};
use super::record::judged_words;
use super::terminal::{Terminal, Tone, cell, columns, cut, cut_start, flat, wrap};
use crate::contents::{Contents, Found, day, day_of_document};
use crate::lines::Evidence;
use link::{Entity, Matter, Reading};

/// Fewest columns of the words of a row; where there are fewer, they stand below.
const LEAST: usize = 30;
/// Columns by which words below are moved in.
const BELOW: usize = 4;

/// Whether the state of a matter is printed: where all are contested, it says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum States {
    /// It is.
    Shown,
    /// It is not.
    Hidden,
}

/// `ma_3fa2c1  2021-09-06  Who holds Panjshir on 2021-09-06?  the Taliban / the resistance`
///
/// One line, cut where it is too long: the answers have what the question leaves, and never less than a third.
#[must_use]
pub fn matter_row(
    matter: &Matter,
    contents: &Contents,
    states: States,
    terminal: Terminal,
) -> String {
    let parts = MatterParts::new(matter, contents, states);
    let room = parts.room(terminal);
    let question = cut(&parts.question, (room - room / 3).saturating_sub(2));
    let answers = cut(&parts.answers, room.saturating_sub(columns(&question) + 2));
    format!(
        "{}{}  {answers}",
        parts.before,
        terminal.paint(Tone::Head, &question),
    )
    .trim_end()
    .to_owned()
}

/// As `matter_row`; where that would be cut, the answers stand below the question instead.
#[must_use]
pub fn matter_rows(
    matter: &Matter,
    contents: &Contents,
    states: States,
    terminal: Terminal,
) -> Vec<String> {
    let parts = MatterParts::new(matter, contents, states);
    let room = parts.room(terminal);
    if columns(&parts.question) + 2 + columns(&parts.answers) <= room {
        return vec![matter_row(matter, contents, states, terminal)];
    }
    let (mut rows, indent) = if room < LEAST {
        (wrap(&parts.before, terminal.width), BELOW)
    } else {
        (Vec::new(), columns(&parts.before))
    };
    let spaces = " ".repeat(indent);
    let room = terminal.width.saturating_sub(indent);
    for line in wrap(&parts.question, room) {
        let before = if rows.is_empty() {
            &parts.before
        } else {
            &spaces
        };
        rows.push(format!("{before}{}", terminal.paint(Tone::Head, &line)));
    }
    rows.push(format!("{spaces}{}", cut(&parts.answers, room)));
    rows
}

/// A matter in parts that are safe to show.
struct MatterParts {
    /// Its id, newest answer and state.
    before: String,
    question: String,
    answers: String,
}

impl MatterParts {
    fn new(matter: &Matter, contents: &Contents, states: States) -> Self {
        let newest = matter
            .positions
            .iter()
            .filter_map(|position| position.first_said.as_deref().map(day))
            .max()
            .unwrap_or("undated");
        let values: Vec<String> = matter
            .positions
            .iter()
            .map(|position| flat(&position.value))
            .collect();
        let mut before = format!(
            "{}  {}  ",
            contents.short_matter(&matter.id),
            cell(&flat(newest), 10)
        );
        if states == States::Shown {
            let state = if contents.is_ignored(&matter.id) {
                "ignored"
            } else {
                state_words(matter.state)
            };
            before.push_str(&cell(state, 18));
            before.push_str("  ");
        }
        Self {
            before,
            question: flat(&matter.question),
            answers: values.join(" / "),
        }
    }

    fn room(&self, terminal: Terminal) -> usize {
        terminal.width.saturating_sub(columns(&self.before))
    }
}

/// `cl_3fa2c1  2021-09-06  Taliban  asserts  “…”`, each claim on a line of its own; below it what must be known with it.
#[must_use]
pub fn claim_rows(
    claims: &[(Found<'_>, Spoken)],
    contents: &Contents,
    terminal: Terminal,
) -> Vec<String> {
    let ids: Vec<String> = claims
        .iter()
        .map(|(found, _)| contents.short_claim(&found.claim.id))
        .collect();
    let before = ids.first().map_or(0, |id| columns(id) + 2);
    let layout = Layout::new(claims.iter().map(|(_, said)| said), before, terminal);
    claims
        .iter()
        .zip(&ids)
        .flat_map(|((found, said), id)| {
            let before = format!("{}  ", terminal.paint(Tone::Faint, id));
            let judged = contents.judged_claim(&found.reading.document.id, &found.claim.id);
            let mut rows = said.row(&before, layout);
            // What was decided of a claim stands below it, as what must be known with it does.
            rows.extend(judged.into_iter().flat_map(|(effect, judgement)| {
                hanging(
                    &judged_words(effect, judgement),
                    columns(id) + 2,
                    2,
                    terminal,
                )
            }));
            rows
        })
        .collect()
}

/// `cl_3fa2c1 · 3fa2c1d0 · BBC · wire.jsonl:3`: where a claim stands, in lines of so many columns. The parts stay whole;
/// of a name that is longer than a line the end stays.
#[must_use]
pub fn reference(
    claim: &str,
    document: &text::Document,
    contents: &Contents,
    room: usize,
) -> Vec<String> {
    let mut parts = vec![claim.to_owned(), contents.short_document(&document.id)];
    parts.extend(document.meta.outlet.as_deref().map(flat));
    parts.extend(file(document));
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        let part = cut_start(&part, room);
        match lines.last_mut() {
            Some(line) if columns(line) + 3 + columns(&part) <= room => {
                line.push_str(" · ");
                line.push_str(&part);
            }
            _ => lines.push(part),
        }
    }
    lines
}

/// The name of a document's file, with the record where the file holds several.
#[must_use]
pub fn file(document: &text::Document) -> Option<String> {
    let sighting = document.sightings.first()?;
    let path = sighting.path.as_deref()?;
    let name = path.rsplit('/').next().unwrap_or(path);
    Some(match sighting.record_id.as_deref() {
        Some(record) => format!("{}:{}", flat(name), flat(record)),
        None => flat(name),
    })
}

/// `en_3fa2c1  Person  Ahmad Masoud  12 mentions in 3 documents  also Masud`
#[must_use]
pub fn entity_rows(
    entity: &Entity,
    name_columns: usize,
    contents: &Contents,
    terminal: Terminal,
) -> Vec<String> {
    let others: Vec<String> = entity
        .forms
        .iter()
        .filter(|form| form.text != entity.name)
        .map(|form| flat(&form.text))
        .collect();
    let mut end = format!(
        "{} in {}",
        counted(mentions(entity, contents), "mention", "mentions"),
        counted(documents(entity), "document", "documents")
    );
    if !others.is_empty() {
        end.push_str(&format!("  also {}", others.join(", ")));
    }
    let before = format!(
        "{}  {}  ",
        contents.short_entity(&entity.id),
        cell(entity.kind.as_str(), 12)
    );
    let room = terminal.width.saturating_sub(columns(&before));
    let name = flat(&entity.name);
    if room < name_columns + 2 + LEAST {
        return vec![
            format!("{before}{}", terminal.paint(Tone::Party, &cut(&name, room))),
            format!("{}{}", " ".repeat(BELOW), cut(&end, terminal.width - BELOW)),
        ];
    }
    vec![format!(
        "{before}{}  {}",
        terminal.paint(Tone::Party, &cell(&name, name_columns)),
        cut(&end, room - name_columns - 2)
    )]
}

/// `3fa2c1  2021-09-06  BBC  The headline  12 claims  path`
#[must_use]
pub fn document_rows(
    reading: &Reading,
    outlet_columns: usize,
    contents: &Contents,
    terminal: Terminal,
) -> Vec<String> {
    let document = &reading.document;
    let before = format!(
        "{}  {}  ",
        contents.short_document(&document.id),
        cell(&flat(day_of_document(document).unwrap_or("undated")), 10),
    );
    let outlet = outlet(document);
    let claims = counted(reading.annotations.claims.len() as u64, "claim", "claims");
    let mut title = title(document);
    if document.meta.translated.is_some() {
        title.push_str(" [in translation]");
    }
    if contents.ignored_document(&document.id).is_some() {
        title.push_str(" [ignored]");
    }
    let room = terminal.width.saturating_sub(columns(&before));
    let beside = outlet_columns + 2 + 2 + columns(&claims);
    if room < beside + LEAST {
        let below = terminal.width.saturating_sub(BELOW + 2 + columns(&claims));
        return vec![
            format!("{before}{}", cut(&outlet, room)),
            format!("{}{}  {claims}", " ".repeat(BELOW), cell(&title, below)),
        ];
    }
    vec![format!(
        "{before}{}  {}  {claims}",
        cell(&outlet, outlet_columns),
        cell(&title, room - beside)
    )]
}

/// What a document is called: its title, else its path, else its id.
#[must_use]
pub fn title(document: &text::Document) -> String {
    let path = document
        .sightings
        .first()
        .and_then(|sighting| sighting.path.as_deref());
    flat(
        document
            .meta
            .title
            .as_deref()
            .or(path)
            .unwrap_or(&document.id),
    )
}

/// A document's outlet, or a dash.
#[must_use]
pub fn outlet(document: &text::Document) -> String {
    document
        .meta
        .outlet
        .as_deref()
        .map_or_else(|| "–".to_owned(), flat)
}

/// How often an entity is named.
#[must_use]
pub fn mentions(entity: &Entity, contents: &Contents) -> u64 {
    entity
        .members
        .iter()
        .filter_map(|(document, id)| {
            let local = contents
                .reading(document)?
                .annotations
                .entities
                .get(id.index())?;
            Some(local.mentions.len() as u64)
        })
        .sum()
}

/// In how many documents an entity is named.
#[must_use]
pub fn documents(entity: &Entity) -> u64 {
    // Members are sorted by document.
    let mut names: Vec<&str> = entity
        .members
        .iter()
        .map(|(document, _)| document.as_str())
        .collect();
    names.dedup();
    names.len() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture;
    use ledger::Coverage;

    #[test]
    fn rows_fit_the_terminal() {
        let mut reading = fixture::reading();
        reading.document.meta.title = Some("long ".repeat(60));
        let mut links = fixture::links();
        links.matters[0].question = "How long is it? ".repeat(20);
        let contents = Contents::new(vec![reading], links, Coverage::default());
        let matter = &contents.links.matters[0];
        let entity = &contents.links.entities[0];
        let reading = &contents.readings[0];
        for width in [40, 60, 80, 100] {
            let terminal = Terminal {
                width,
                ..Terminal::piped()
            };
            let mut rows = vec![matter_row(matter, &contents, States::Hidden, terminal)];
            rows.extend(matter_rows(matter, &contents, States::Shown, terminal));
            rows.extend(entity_rows(entity, 20, &contents, terminal));
            rows.extend(document_rows(reading, 20, &contents, terminal));
            rows.extend(reference(
                "cl_aa0000",
                &reading.document,
                &contents,
                width / 2,
            ));
            for row in rows {
                assert!(columns(&row) <= width, "{width}: {row}");
            }
        }
    }

    #[test]
    fn a_reference_keeps_the_end_of_the_file_and_its_record() {
        let mut reading = fixture::reading();
        reading.document.meta.outlet = Some("The Lomsend Courier".to_owned());
        reading.document.sightings[0].path = Some("a/folder/of/wires/wire.jsonl".to_owned());
        reading.document.sightings[0].record_id = Some("3".to_owned());
        let document = reading.document.clone();
        let contents = Contents::new(vec![reading], fixture::links(), Coverage::default());
        let id = &document.id[..8];
        assert_eq!(
            reference("cl_aa0000", &document, &contents, 80),
            [format!(
                "cl_aa0000 · {id} · The Lomsend Courier · wire.jsonl:3"
            )]
        );
        let narrow = reference("cl_aa0000", &document, &contents, 8);
        assert_eq!(narrow.last().map(String::as_str), Some("…jsonl:3"));
    }
}
