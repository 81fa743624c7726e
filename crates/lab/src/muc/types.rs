//! Which incidents a report tells of: their types, as many of each as there are, against the types of its templates.
//!
//! Reports without a template are included: each of ours there is one too many. Of a report's events, those of one incident type are
//! one case: attacks, killings and strikes are ATTACK, bombings BOMBING, abductions KIDNAPPING, a fire set to property ARSON. What is
//! denied, supposed, yet to come or older than the keys count as new tells of none. How many incidents a case is, by a few marks of
//! its events (how many, told with a time, a place, a target, among fighting or talks), is learnt on the part `dev`: in five folds for its own
//! figure, of all of it for the others. Nothing of it ships.

use super::reports::Report;
use crate::layer::{Features, Layer, Lesson, Recipe};
use crate::product::Product;
use annotate::{Event, EventType, Polarity, Realis, Role};
use jiff::ToSpan;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use text::Document;

/// The incident types that our events tell of.
const TYPES: [&str; 4] = ["ATTACK", "BOMBING", "KIDNAPPING", "ARSON"];
/// Numbers of incidents that are told apart: none, one, two, more.
const NUMBERS: usize = 4;
/// So likely must it be that there are so many.
const LIKELY: [f64; NUMBERS - 1] = [0.33, 0.3, 0.3];
/// Days in which an incident is new.
const NEW: i64 = 70;
const FOLDS: usize = 5;
const RECIPE: Recipe = Recipe {
    rounds: 30,
    step: 0.1,
    drawn: 0.001,
};

/// The events of one report that may be incidents of one type.
pub struct Case {
    /// Its place in `TYPES`.
    kind: usize,
    features: Features,
}

/// What may be incidents in one report.
pub struct Told {
    id: String,
    part: &'static str,
    cases: Vec<Case>,
    /// The types of its templates.
    keyed: Vec<String>,
}

fn incident(event: &Event, text: &str) -> Option<&'static str> {
    match event.kind {
        EventType::Attack | EventType::KillTargeted | EventType::Strike => Some("ATTACK"),
        EventType::Bombing => Some("BOMBING"),
        EventType::Abduct => Some("KIDNAPPING"),
        EventType::DestroyProperty => {
            let words = event.span.slice(text).to_lowercase();
            let by_fire = ["fire", "burn", "arson", "torch"];
            by_fire
                .iter()
                .any(|word| words.contains(word))
                .then_some("ARSON")
        }
        _ => None,
    }
}

fn happened(event: &Event, report: &Report) -> bool {
    let is_old = || {
        let begun = event.time.as_ref().and_then(|time| time.earliest);
        begun.zip(report.day).is_some_and(|(begun, day)| {
            day.checked_sub(NEW.days())
                .is_ok_and(|oldest| begun < oldest)
        })
    };
    event.polarity == Polarity::Positive
        && matches!(event.realis, Realis::Occurred | Realis::Ongoing)
        && !is_old()
}

fn has_role(event: &Event, roles: &[Role]) -> bool {
    event
        .participants
        .iter()
        .any(|participant| roles.contains(&participant.role))
}

/// Reads a report.
pub fn told(product: &Product, part: &'static str, report: &Report, keyed: Vec<String>) -> Told {
    let mut document = Document::plain(&report.text);
    document.meta.published = report.day.map(|day| day.to_string());
    let events = product.events(&document);
    let sentences = product.segments(&document).sentences;
    let sentence =
        |event: &Event| sentences.partition_point(|one| one.span.to() <= event.span.from());
    let number =
        |holds: &dyn Fn(&Event) -> bool| events.iter().filter(|event| holds(event)).count();
    let many = |count: usize| (1.0 + count as f64).ln();
    let flag = |is: bool| f64::from(u8::from(is));
    let deaths = number(&|event| event.kind == EventType::Casualty && happened(event, report));
    let fighting = number(&|event| {
        matches!(
            event.kind,
            EventType::Clash
                | EventType::Strike
                | EventType::Withdraw
                | EventType::Mobilize
                | EventType::TakeControl
        )
    });
    let politics = number(&|event| {
        matches!(
            event.kind,
            EventType::Negotiate
                | EventType::Agree
                | EventType::CallFor
                | EventType::Promise
                | EventType::Condemn
                | EventType::Ceasefire
                | EventType::Refuse
                | EventType::Accuse
        )
    });
    let mut cases = Vec::new();
    for (kind, name) in TYPES.into_iter().enumerate() {
        let of_type = |event: &&Event| incident(event, &report.text) == Some(name);
        let all = events.iter().filter(of_type).count();
        // Deaths alone may be told of an attack that no word names.
        if all == 0 && !(name == "ATTACK" && deaths > 0) {
            continue;
        }
        let new: Vec<&Event> = events
            .iter()
            .filter(of_type)
            .filter(|event| happened(event, report))
            .collect();
        let other = number(&|event| {
            incident(event, &report.text).is_some_and(|of| of != name) && happened(event, report)
        });
        let any = |holds: &dyn Fn(&Event) -> bool| flag(new.iter().any(|event| holds(event)));
        let target = [Role::Object, Role::Recipient];
        let places: BTreeSet<_> = new.iter().filter_map(|event| event.place).collect();
        let times: BTreeSet<_> = new
            .iter()
            .filter_map(|event| event.time.as_ref()?.earliest)
            .collect();
        let targets: BTreeSet<_> = new
            .iter()
            .flat_map(|event| &event.participants)
            .filter(|participant| target.contains(&participant.role))
            .filter_map(|participant| participant.entity)
            .collect();
        let sure = new.iter().map(|event| event.confidence).fold(0.0, f64::max);
        let features = [
            (name, 1.0),
            ("told", many(new.len())),
            ("surest", sure),
            (
                "share of events",
                new.len() as f64 / events.len().max(1) as f64,
            ),
            ("in the first sentence", any(&|event| sentence(event) == 0)),
            ("in the first two", any(&|event| sentence(event) < 2)),
            ("with a target", any(&|event| has_role(event, &target))),
            (
                "with an actor",
                any(&|event| has_role(event, &[Role::Actor])),
            ),
            ("with a place", any(&|event| event.place.is_some())),
            ("with a time", any(&|event| event.time.is_some())),
            ("counted", any(&|event| !event.quantities.is_empty())),
            (
                "killed on purpose",
                any(&|event| event.kind == EventType::KillTargeted),
            ),
            ("attacked", any(&|event| event.kind == EventType::Attack)),
            ("deaths", flag(deaths > 0)),
            ("not happened", many(all - new.len())),
            ("none happened", flag(new.is_empty())),
            ("other incidents", many(other)),
            ("fighting", many(fighting)),
            ("politics", many(politics)),
            ("length", (sentences.len().max(1) as f64).ln() / 3.0),
            ("places", places.len().min(4) as f64 / 2.0),
            ("times", times.len().min(4) as f64 / 2.0),
            ("targets", targets.len().min(4) as f64 / 2.0),
            ("always", 1.0),
        ];
        cases.push(Case {
            kind,
            features: features
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        });
    }
    Told {
        id: report.id.clone(),
        part,
        cases,
        keyed,
    }
}

fn fold(told: &Told) -> usize {
    Sha256::digest(told.id.as_bytes())[0] as usize % FOLDS
}

fn model<'t>(reports: impl Iterator<Item = &'t Told>) -> Layer {
    let lessons: Vec<Lesson> = reports
        .flat_map(|told| {
            told.cases.iter().map(|case| {
                let name = TYPES[case.kind];
                let keyed = told.keyed.iter().filter(|keyed| *keyed == name).count();
                Lesson {
                    features: case.features.clone(),
                    class: keyed.min(NUMBERS - 1),
                    weight: 1.0,
                }
            })
        })
        .collect();
    Layer::learn(&lessons.iter().collect::<Vec<_>>(), NUMBERS, RECIPE)
}

/// The incidents of a report.
fn answer(model: &Layer, told: &Told) -> Vec<&'static str> {
    let mut answer = Vec::new();
    for case in &told.cases {
        let shares = model.shares(&case.features);
        let at_least = |number: usize| shares[number..].iter().sum::<f64>();
        let number = (1..NUMBERS).take_while(|number| at_least(*number) >= LIKELY[number - 1]);
        answer.extend(number.map(|_| TYPES[case.kind]));
    }
    answer
}

/// Incidents keyed, given, right.
#[derive(Debug, Clone, Copy, Default)]
struct Counts([usize; 3]);

impl Counts {
    /// Adds one report: each of ours meets one keyed incident of its type at most.
    fn add(&mut self, keyed: &[String], given: &[&str]) {
        let mut left: Vec<&str> = keyed.iter().map(String::as_str).collect();
        for one in given {
            if let Some(at) = left.iter().position(|keyed| keyed == one) {
                left.swap_remove(at);
                self.0[2] += 1;
            }
        }
        self.0[0] += keyed.len();
        self.0[1] += given.len();
    }

    fn print(self, name: &str) {
        let [keyed, given, right] = self.0;
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        println!(
            "{name:32} {:9.1} {:9.1} {:9.1}   ({keyed} keyed, {given} given)",
            share(right, given),
            share(right, keyed),
            share(2 * right, keyed + given)
        );
    }
}

/// Prints micro-F1 over the keyed incidents, part by part.
pub fn print(reports: &[Told]) {
    let dev = || reports.iter().filter(|told| told.part == "dev");
    let folds: Vec<Layer> = (0..FOLDS)
        .map(|left_out| model(dev().filter(|told| fold(told) != left_out)))
        .collect();
    let whole = model(dev());
    let mut rows: BTreeMap<&str, [Counts; 2]> = BTreeMap::new();
    let mut types: BTreeMap<String, Counts> = BTreeMap::new();
    for told in reports {
        let model = if told.part == "dev" {
            &folds[fold(told)]
        } else {
            &whole
        };
        let given = answer(model, told);
        for row in [told.part, "all"] {
            let [ours, attack] = rows.entry(row).or_default();
            ours.add(&told.keyed, &given);
            attack.add(&told.keyed, &["ATTACK"]);
        }
        let named: BTreeSet<&str> = told
            .keyed
            .iter()
            .map(String::as_str)
            .chain(given.iter().copied())
            .collect();
        for name in named {
            let keyed: Vec<String> = told
                .keyed
                .iter()
                .filter(|one| *one == name)
                .cloned()
                .collect();
            let given: Vec<&str> = given.iter().filter(|one| **one == name).copied().collect();
            types
                .entry(name.to_owned())
                .or_default()
                .add(&keyed, &given);
        }
    }
    println!(
        "{:32} {:>9} {:>9} {:>9}   {} reports, those without incident included",
        "incident types, in 100",
        "precision",
        "recall",
        "micro-F1",
        reports.len()
    );
    for (part, [ours, attack]) in rows {
        ours.print(&format!("{part}: ours"));
        attack.print(&format!("{part}: ATTACK in every report"));
    }
    for (name, counts) in types {
        counts.print(&format!("  {}", name.to_lowercase()));
    }
    println!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incident_is_met_once() {
        let mut counts = Counts::default();
        counts.add(
            &["ATTACK".to_owned(), "BOMBING".to_owned()],
            &["ATTACK", "ATTACK"],
        );
        counts.add(&[], &["BOMBING"]);
        assert_eq!(counts.0, [2, 3, 1]);
    }
}
