//! `EventMaps`: what each type of event is called in the codebooks that people record events by: CAMEO, PLOVER, ACLED and UCDP.
//!
//! From `lexicon/event-maps.txt`, whose head explains its fields. It does not know events: realis, polarity and who took part may ask
//! for another of the codes that a type has, and choosing is left to whoever exports them.

use crate::EventType;
use crate::knowledge::lines;
use std::collections::{BTreeMap, HashMap};

/// What one type is called; in each list the first fits best, and an empty one says that the codebook has no name for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventCodes {
    /// CAMEO codes, as digits; a code stands for all that begin with it.
    pub cameo: Vec<String>,
    /// PLOVER's categories with their modes.
    pub plover: Vec<PloverCode>,
    /// ACLED's sub-event types.
    pub acled: Vec<String>,
    /// UCDP's types of violence, 1 to 3.
    pub ucdp: Vec<u8>,
}

/// A category of PLOVER, with the mode where one is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PloverCode {
    /// `ASSAULT`.
    pub category: String,
    /// `aerial`; none where any fits.
    pub mode: Option<String>,
}

/// The maps, read once.
#[derive(Debug, Clone, Default)]
pub struct EventMaps {
    codes: HashMap<EventType, EventCodes>,
    /// PLOVER's category by the beginning of CAMEO's code.
    plover_of_cameo: BTreeMap<String, String>,
    /// Older names of PLOVER's categories.
    plover_before: HashMap<String, String>,
}

const PLOVER_OF_CAMEO: &str = "PLOVER of CAMEO";
const PLOVER_BEFORE: &str = "PLOVER before";

impl EventMaps {
    /// Reads `event-maps.txt`. A line that cannot be read, or a type without a line, is named as a problem.
    #[must_use]
    pub fn parse(file: &str) -> (EventMaps, Vec<String>) {
        let mut maps = EventMaps::default();
        let mut problems = Vec::new();
        let mut section = "";
        for (number, line) in lines(file) {
            if let Some(name) = line
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
            {
                section = name;
                continue;
            }
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let read = match (section, &fields[..]) {
                ("", [kind, codes @ ..]) => EventType::parse(kind)
                    .zip(codes_of(codes))
                    .map(|(kind, codes)| maps.codes.insert(kind, codes).is_none()),
                (PLOVER_OF_CAMEO, [code, category]) => {
                    let old = maps
                        .plover_of_cameo
                        .insert((*code).to_owned(), (*category).to_owned());
                    Some(old.is_none())
                }
                (PLOVER_BEFORE, [old, category]) => {
                    let old = maps
                        .plover_before
                        .insert((*old).to_owned(), (*category).to_owned());
                    Some(old.is_none())
                }
                _ => None,
            };
            match read {
                Some(true) => {}
                Some(false) => problems.push(format!(
                    "event-maps.txt line {number}: “{}” stood there before",
                    fields[0]
                )),
                None => problems.push(format!(
                    "event-maps.txt line {number}: a type with its four codebooks, or two names, are needed"
                )),
            }
        }
        let missing = EventType::ALL
            .iter()
            .filter(|kind| !maps.codes.contains_key(kind));
        problems.extend(missing.map(|kind| format!("event-maps.txt: {kind} is missing")));
        (maps, problems)
    }

    /// What a type is called.
    #[must_use]
    pub fn codes(&self, kind: EventType) -> Option<&EventCodes> {
        self.codes.get(&kind)
    }

    /// PLOVER's category of a CAMEO code.
    #[must_use]
    pub fn plover_of_cameo(&self, code: &str) -> Option<&str> {
        (1..=code.len())
            .rev()
            .filter_map(|length| code.get(..length))
            .find_map(|beginning| self.plover_of_cameo.get(beginning))
            .map(String::as_str)
    }

    /// The present name of a category of PLOVER.
    #[must_use]
    pub fn plover_now<'a>(&'a self, category: &'a str) -> &'a str {
        self.plover_before
            .get(category)
            .map_or(category, String::as_str)
    }

    /// The names of PLOVER's categories that CAMEO's codes have, sorted.
    #[must_use]
    pub fn plover_categories(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.plover_of_cameo.values().map(String::as_str).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn codes_of(fields: &[&str]) -> Option<EventCodes> {
    let [cameo, plover, acled, ucdp] = fields else {
        return None;
    };
    let digits = |code: &str| {
        code.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| code.to_owned())
    };
    Some(EventCodes {
        cameo: items(cameo, ',').map(digits).collect::<Option<_>>()?,
        plover: items(plover, ',').map(plover_code).collect(),
        acled: items(acled, ';').map(str::to_owned).collect(),
        ucdp: items(ucdp, ',')
            .map(|item| item.parse().ok().filter(|kind| (1..=3).contains(kind)))
            .collect::<Option<_>>()?,
    })
}

fn items(field: &str, mark: char) -> impl Iterator<Item = &str> {
    field
        .split(mark)
        .map(str::trim)
        .filter(|item| !matches!(*item, "-" | ""))
}

fn plover_code(item: &str) -> PloverCode {
    let (category, mode) = item
        .split_once('/')
        .map_or((item, None), |(category, mode)| (category, Some(mode)));
    PloverCode {
        category: category.to_owned(),
        mode: mode.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../../../lexicon/event-maps.txt");

    #[test]
    fn every_type_stands_in_the_maps() {
        let (maps, problems) = EventMaps::parse(FILE);
        assert_eq!(problems, [""; 0]);
        assert!(
            EventType::ALL
                .iter()
                .all(|kind| maps.codes(*kind).is_some())
        );
        let categories = maps.plover_categories();
        for codes in maps.codes.values() {
            for code in &codes.plover {
                assert!(categories.contains(&code.category.as_str()), "{code:?}");
            }
        }
    }

    #[test]
    fn codes_are_mapped_by_their_longest_beginning() {
        let (maps, _) = EventMaps::parse(FILE);
        assert_eq!(maps.plover_of_cameo("0871"), Some("RETREAT"));
        assert_eq!(maps.plover_of_cameo("0831"), Some("CONCEDE"));
        assert_eq!(maps.plover_of_cameo("0231"), None);
        assert_eq!(maps.plover_now("FIGHT"), "ASSAULT");
        assert_eq!(maps.plover_now("AID"), "AID");
        let strike = maps.codes(EventType::Strike).unwrap();
        assert_eq!(
            (strike.cameo[0].as_str(), &strike.ucdp[..]),
            ("195", &[1, 2, 3][..])
        );
        assert_eq!(strike.plover[0], plover_code("ASSAULT/aerial"));
        assert_eq!(strike.acled[0], "Air/drone strike");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let file = "attack | 19x | ASSAULT | Attack | 1\nclash | 190 | ASSAULT | - | 4\nclash | 190\nmusic | 1 | - | - | -";
        let (_, problems) = EventMaps::parse(file);
        let lines = (1..=4).filter(|number| {
            problems
                .iter()
                .any(|problem| problem.contains(&format!("line {number}:")))
        });
        assert_eq!(lines.count(), 4);
        assert_eq!(problems.len(), 4 + EventType::ALL.len());
    }
}
