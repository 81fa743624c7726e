//! The keyed templates of MUC-3 and MUC-4: what happened, when, to how many.
//!
//! It does not know the reports. A slot's line is its number, its name and a fill; further fills stand on lines of their own below it. A
//! fill is alternatives parted by `/`, and may name whom it is about: `5: "PEASANTS" / "FARMERS"`. `*` is a slot that does not apply, `-` an
//! empty one, `?` a fill that may as well be missing. Templates whose incident does not count are all `*` and are not given.

use super::days::{self, Stretch};
use std::collections::BTreeMap;

/// A template about an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// The report's id.
    pub report: String,
    /// `2 (OPTIONAL)`.
    pub name: String,
    /// The slot as it is written: `ATTACK`, `BOMBING`.
    pub incident: String,
    /// The slot as it is written.
    pub date: String,
    /// Alternatives; empty where the slot is empty or cannot be read.
    pub dates: Vec<Stretch>,
    /// What tells the incident from others, in words of the report: targets, perpetrators, instruments and places, each with its
    /// alternatives.
    pub strings: Vec<Vec<String>>,
    /// Lines of people counted.
    pub people: Vec<People>,
    /// Every number of people in the key, hedged ones too.
    pub numbers: Vec<u64>,
}

/// People counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// None where the number is hedged, a plural, or in doubt.
    pub number: Option<u64>,
    pub is_dead: bool,
    pub is_injured: bool,
}

/// Slots by number.
const TEMPLATE: u32 = 1;
const DATE: u32 = 2;
const PLACE: u32 = 3;
const INCIDENT: u32 = 4;
const STRINGS: [u32; 6] = [6, 9, 10, 12, 18, 19];
const NUMBER: u32 = 21;
const EFFECT: u32 = 23;
const TOTAL: u32 = 24;

/// Who is meant where the report names nobody.
const NOBODY: &str = "-";

/// Reads a file of keys: the templates about incidents, in their order.
pub fn read(file: &str) -> Vec<Template> {
    let mut slots: Vec<BTreeMap<u32, Vec<&str>>> = Vec::new();
    let mut number = None;
    for line in file.lines().filter(|line| !line.starts_with(';')) {
        let words = line.trim();
        if let Some((slot, fill)) = slot(line) {
            if slot == 0 {
                slots.push(BTreeMap::new());
            }
            number = Some(slot);
            if let Some(slots) = slots.last_mut() {
                slots.insert(slot, vec![fill]);
            }
        } else if words.is_empty() {
            number = None;
        } else if let (Some(number), Some(slots)) = (number, slots.last_mut()) {
            slots.entry(number).or_default().push(words);
        }
    }
    slots.iter().filter_map(template).collect()
}

/// The number and the fill of a slot's line: `2.  INCIDENT: DATE    30 DEC 89`.
fn slot(line: &str) -> Option<(u32, &str)> {
    let (number, rest) = line.split_once('.')?;
    let number = number.parse().ok()?;
    let rest = rest.trim_start();
    let named = rest.contains(": ").then_some(rest)?;
    // Names stand in a column that is wider than any of them.
    let end = named.find("  ").unwrap_or(named.len());
    Some((number, named[end..].trim()))
}

fn template(slots: &BTreeMap<u32, Vec<&str>>) -> Option<Template> {
    let fills = |slot: u32| -> Vec<&str> {
        let fills = slots.get(&slot).into_iter().flatten().copied();
        fills
            .filter(|fill| !matches!(*fill, "*" | "-" | ""))
            .collect()
    };
    let name = fills(TEMPLATE).first().copied()?;
    let report = slots.get(&0)?.first()?.split_whitespace().next()?;
    let date = fills(DATE).first().copied().unwrap_or("-");
    let quoted_fills = STRINGS.into_iter().flat_map(&fills);
    let mut strings: Vec<Vec<String>> = quoted_fills.flat_map(named).collect();
    strings.extend(fills(PLACE).into_iter().flat_map(places));
    strings.retain(|alternatives| alternatives.iter().any(|string| string != NOBODY));
    strings.sort();
    strings.dedup();
    let effects: Vec<(&str, Vec<String>)> = fills(EFFECT).into_iter().map(about).collect();
    let people = fills(NUMBER).into_iter().map(|fill| {
        let (number, whom) = about(fill);
        // The whole effect: "NO INJURY OR DEATH" is neither.
        let has = |effect: &str| {
            let mut of_these = effects
                .iter()
                .filter(|(_, named)| named.iter().any(|name| whom.contains(name)));
            of_these.any(|(said, _)| {
                said.split('/')
                    .any(|one| one.trim_matches(['(', ')', '?', ' ']) == effect)
            })
        };
        People {
            number: number.parse().ok(),
            is_dead: has("DEATH"),
            is_injured: has("INJURY"),
        }
    });
    let counts = fills(NUMBER).into_iter().map(|fill| about(fill).0);
    Some(Template {
        report: report.to_owned(),
        name: name.to_owned(),
        incident: fills(INCIDENT).first().copied().unwrap_or("-").to_owned(),
        date: date.to_owned(),
        dates: days::read_slot(date).unwrap_or_default(),
        people: people.collect(),
        numbers: counts.chain(fills(TOTAL)).flat_map(numbers).collect(),
        strings,
    })
}

/// What is said, and of whom: `5` and `PEASANTS`, `FARMERS`.
fn about(fill: &str) -> (&str, Vec<String>) {
    let end = fill.find('"').unwrap_or(fill.len());
    let said = fill[..end].trim().trim_end_matches(':').trim();
    (said, quoted(&fill[end..]))
}

/// The strings of a fill that is words of the report: of a description that names somebody too, both.
fn named(fill: &str) -> Vec<Vec<String>> {
    fill.split("\":").map(quoted).collect()
}

/// Strings in quotation marks, without those inside them (`\"9 MAY\" FRONT`).
fn quoted(words: &str) -> Vec<String> {
    let plain = words.replace("\\\"", "\u{1}");
    let strings = plain.split('"').skip(1).step_by(2);
    strings
        .map(|string| string.replace('\u{1}', "\"").trim().to_owned())
        .filter(|string| !string.is_empty())
        .collect()
}

/// The names of a place, the larger first: `OLVANIA: ARDEN (CITY) - ORLEN (TOWN)`.
fn places(fill: &str) -> Vec<Vec<String>> {
    let parts = fill.split([':', '/']).flat_map(|part| part.split(" - "));
    let names = parts.filter_map(|part| {
        let part = part.trim_matches(['(', '?', ' ']);
        let name = match (part.find('('), part.find(')')) {
            (Some(kind), _) => &part[..kind],
            // The second of two kinds: "(CITY/TOWN)".
            (None, Some(_)) if !fill.starts_with('(') => return None,
            (None, _) => part,
        };
        let name = name.trim_matches([')', ' ', '-']);
        (!name.is_empty()).then(|| vec![name.to_owned()])
    });
    names.collect()
}

/// The numbers of a fill: `~50`, `6-`, `6 - 8`.
fn numbers(fill: &str) -> Vec<u64> {
    fill.split(|at: char| !at.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "\
;;; a remark
0.  MESSAGE: ID                     DEV-MUC3-0001 (X / Y)
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
2.  INCIDENT: DATE                  - 08 JAN 90
3.  INCIDENT: LOCATION              OLVANIA: ARDEN (CITY/TOWN) - ORLEN (TOWN)
4.  INCIDENT: TYPE                  ATTACK
10. PERP: ORGANIZATION ID           \"\\\"9 MAY\\\" FRONT\" / \"FRONT\"
11. PERP: ORGANIZATION CONFIDENCE   REPORTED AS FACT: \"FRONT\"
18. HUM TGT: NAME                   \"ZAID ORLO\"
19. HUM TGT: DESCRIPTION            \"CLERK\": \"ZAID ORLO\"
                                    \"FARMERS\" / \"PEASANTS\"
                                    \"SAILORS\"
21. HUM TGT: NUMBER                 1: \"ZAID ORLO\"
                                    5: \"FARMERS\" / \"PEASANTS\"
                                    ~20: \"SAILORS\"
                                    3: \"-\"
23. HUM TGT: EFFECT OF INCIDENT     NO INJURY: \"ZAID ORLO\"
                                    DEATH: \"FARMERS\" / \"PEASANTS\"
                                    (INJURY / DEATH): \"SAILORS\"
                                    INJURY: \"-\"
24. HUM TGT: TOTAL NUMBER           26

0.  MESSAGE: ID                     DEV-MUC3-0002 (X)
1.  MESSAGE: TEMPLATE               *
2.  INCIDENT: DATE                  *
";

    #[test]
    fn templates_are_read() {
        let templates = read(KEY);
        assert_eq!(templates.len(), 1);
        let template = &templates[0];
        assert_eq!(template.report, "DEV-MUC3-0001");
        assert_eq!(template.name, "2 (OPTIONAL)");
        assert_eq!(template.dates.len(), 1);
        assert!(template.dates[0].first.is_none());
        let people = |number, is_dead, is_injured| People {
            number,
            is_dead,
            is_injured,
        };
        assert_eq!(
            template.people,
            [
                people(Some(1), false, false),
                people(Some(5), true, false),
                people(None, true, true),
                people(Some(3), false, true)
            ]
        );
        assert_eq!(template.numbers, [1, 5, 20, 3, 26]);
        let wanted: Vec<Vec<String>> = [
            &["\"9 MAY\" FRONT", "FRONT"][..],
            &["ARDEN"],
            &["CLERK"],
            &["FARMERS", "PEASANTS"],
            &["OLVANIA"],
            &["ORLEN"],
            &["SAILORS"],
            &["ZAID ORLO"],
        ]
        .iter()
        .map(|strings| strings.iter().map(|&string| string.to_owned()).collect())
        .collect();
        assert_eq!(template.strings, wanted);
    }
}
