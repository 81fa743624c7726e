//! What types and actors are called in a codebook: one of those that travel with the program, or the user's own.
//!
//! A codebook of the user's is a table: kind, ours, theirs, parted by tabs; kind is `type` or `actor`. It does not know events.

use crate::assets;
use crate::failure::Failure;
use annotate::EventType;
use annotate::events::EventMaps;
use std::collections::BTreeMap;
use std::path::Path;
use text::vocabulary;

vocabulary! {
    /// Codebooks whose names of types travel with the program.
    Codes { Cameo = "cameo", Plover = "plover", Acled = "acled", Ucdp = "ucdp" }
}

/// What is called how.
#[derive(Debug, Default)]
pub struct Codebook {
    types: BTreeMap<EventType, String>,
    actors: BTreeMap<String, String>,
}

/// Lines that are wrong are named up to this many.
const NAMED: usize = 10;

impl Codebook {
    /// The names of a codebook that travels with the program, and above them the user's.
    pub fn load(codes: Option<Codes>, file: Option<&Path>) -> Result<Self, Failure> {
        let mut book = Self::default();
        if let Some(codes) = codes {
            let (maps, problems) = EventMaps::parse(assets::event_maps());
            if let Some(problem) = problems.first() {
                return Err(Failure::Unusable(problem.clone()));
            }
            for kind in EventType::ALL {
                if let Some(code) = code(&maps, codes, *kind) {
                    book.types.insert(*kind, code);
                }
            }
        }
        if let Some(path) = file {
            let name = path.display();
            let text = std::fs::read_to_string(path)
                .map_err(|error| Failure::Usage(format!("{name} cannot be read: {error}")))?;
            let problems = book.add(text.trim_start_matches('\u{feff}'));
            if !problems.is_empty() {
                let some: Vec<String> = problems
                    .iter()
                    .take(NAMED)
                    .map(|(line, what)| format!("{name} line {line}: {what}"))
                    .collect();
                return Err(Failure::Usage(format!(
                    "{}{}",
                    some.join("; "),
                    if problems.len() > NAMED { "; …" } else { "" }
                )));
            }
        }
        Ok(book)
    }

    /// Adds the user's lines; gives those that are wrong.
    fn add(&mut self, text: &str) -> Vec<(usize, String)> {
        let mut problems = Vec::new();
        for (line, number) in text.lines().zip(1..) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
            let problem = match fields[..] {
                [_, ours, theirs] if ours.is_empty() || theirs.is_empty() => {
                    "a field is empty".to_owned()
                }
                ["type", ours, theirs] => match EventType::parse(ours) {
                    Some(kind) => {
                        self.types.insert(kind, theirs.to_owned());
                        continue;
                    }
                    None => {
                        format!("there is no type “{ours}”; `rashomon events --help` lists them")
                    }
                },
                ["actor", ours, theirs] => {
                    self.actors.insert(ours.to_lowercase(), theirs.to_owned());
                    continue;
                }
                [kind, _, _] => format!("“{kind}” is neither type nor actor"),
                _ => "write kind, ours and theirs with tabs between: type<TAB>clash<TAB>190"
                    .to_owned(),
            };
            problems.push((number, problem));
        }
        problems
    }

    /// What a type is called, where the codebook says.
    #[must_use]
    pub fn kind(&self, kind: EventType) -> Option<&str> {
        self.types.get(&kind).map(String::as_str)
    }

    /// What an actor is called: by its id or any of its spellings.
    #[must_use]
    pub fn actor<'b>(&'b self, id: Option<&str>, spellings: &[&str]) -> Option<&'b str> {
        let mut keys = id.into_iter().chain(spellings.iter().copied());
        keys.find_map(|key| self.actors.get(&key.to_lowercase()))
            .map(String::as_str)
    }
}

/// The code that fits best.
fn code(maps: &EventMaps, codes: Codes, kind: EventType) -> Option<String> {
    let of = maps.codes(kind)?;
    match codes {
        Codes::Cameo => of.cameo.first().cloned(),
        Codes::Plover => of.plover.first().map(|code| match &code.mode {
            Some(mode) => format!("{}/{mode}", code.category),
            None => code.category.clone(),
        }),
        Codes::Acled => of.acled.first().cloned(),
        Codes::Ucdp => of.ucdp.first().map(ToString::to_string),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_names_stand_above_those_of_the_program() {
        let mut book = Codebook::load(Some(Codes::Cameo), None).unwrap_or_default();
        assert_eq!(book.kind(EventType::Strike), Some("195"));
        let wrong = book.add(
            "# mine\ntype\tstrike\tAIR\nactor\tThe Front\tENF\ntype\tmusic\tM\nactor\tonly\nplace\ta\tb\nactor\t\tx\n",
        );
        let lines: Vec<usize> = wrong.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [4, 5, 6, 7]);
        assert_eq!(book.kind(EventType::Strike), Some("AIR"));
        assert_eq!(book.actor(Some("en_1"), &["the front"]), Some("ENF"));
        assert_eq!(book.actor(None, &["Regency"]), None);
    }
}
