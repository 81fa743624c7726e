//! The article on Panjshir, case by case: `gold/panjshir.cases.tsv`, whose head says what a row asks.
//!
//! Every reading becomes a list of fields and values; a row is a place and conditions on them.

use super::{Linker, span};
use crate::data::{self, Data, Failure};
use crate::product::Product;
use annotate::{Annotations, Claim, EntityId, Event, Role, UnverifiedBy};
use link::{Links, Matter, Reading, State};
use std::collections::BTreeMap;
use text::Span;

const FILE: &str = "gold/panjshir.cases.tsv";
const ARTICLE: &str = "articles/panjshir-2021-09-06.txt";
const DAY: &str = "2021-09-06";
/// A field that is not there.
const NOTHING: &str = "-";
/// Fields whose values are words of the article or names: a part of them suffices.
const WORDS: [&str; 13] = [
    "source",
    "speaks_for",
    "addressee",
    "channel",
    "content",
    "name",
    "actor",
    "recipient",
    "object",
    "place",
    "noun",
    "about",
    "unverified_by",
];

/// What is asked of one place of the article.
struct Row<'f> {
    case: &'f str,
    what: &'f str,
    places: Vec<Span>,
    conditions: Vec<&'f str>,
}

/// Something that was read, and where.
struct Found {
    sort: &'static str,
    spans: Vec<Span>,
    /// Fields with their values.
    fields: Vec<(&'static str, String)>,
}

/// Prints each case, how many are right, and the contested matters that no case names.
pub fn run(data: &Data) -> Result<(), Failure> {
    let file = data::text(&data::checkout().join(FILE))?;
    let rows: Vec<Row> = file
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#'))
        .map(|(number, line)| {
            row(line).ok_or_else(|| Failure(format!("{FILE}, line {}: not a row", number + 1)))
        })
        .collect::<Result<_, _>>()?;
    let path = data.at(ARTICLE)?;
    let product = Product::new(Some(DAY))?;
    let readings: Vec<Reading> = product
        .annotated(&path, &data::bytes(&path)?)?
        .into_iter()
        .map(|(document, annotations)| Reading {
            annotations,
            document,
        })
        .collect();
    let [reading] = &readings[..] else {
        return Err(Failure(format!("{ARTICLE}: not one document")));
    };
    let links = Linker::new()?.link(&readings, product.names());
    let found = found(reading);
    println!("the article on Panjshir, {FILE}");
    let mut cases: BTreeMap<(bool, usize), Vec<String>> = BTreeMap::new();
    let mut named: Vec<&str> = Vec::new();
    for row in &rows {
        let is_so = if row.what == "dispute" {
            let matter = disputed(row, &links);
            named.extend(matter.map(|matter| matter.id.as_str()));
            matter.is_some()
        } else {
            holds(row, &found)
        };
        let number = row.case.trim_start_matches('M').parse().unwrap_or_default();
        let failures = cases
            .entry((row.case.starts_with('M'), number))
            .or_default();
        if !is_so {
            failures.push(format!("{} {}", row.what, row.conditions.join("; ")));
        }
    }
    let mut right = [0, 0];
    let mut all = [0, 0];
    for ((is_matter, number), failures) in &cases {
        let side = usize::from(*is_matter);
        all[side] += 1;
        right[side] += usize::from(failures.is_empty());
        for failure in failures {
            let letter = if *is_matter { "M" } else { "" };
            println!("  wrong {letter}{number}: {failure}");
        }
    }
    let contested = links
        .matters
        .iter()
        .filter(|matter| matter.state == State::Contested && !named.contains(&matter.id.as_str()));
    let others: Vec<&str> = contested.map(|matter| matter.question.as_str()).collect();
    for question in &others {
        println!("  false dispute: {question}");
    }
    println!(
        "  {} of {} cases, {} of {} disputes, {} false disputes",
        right[0],
        all[0],
        right[1],
        all[1],
        others.len()
    );
    Ok(())
}

fn row(line: &str) -> Option<Row<'_>> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [case, what, places, ref conditions @ ..] = fields[..] else {
        return None;
    };
    let places = places.split(' ').map(span).collect::<Option<Vec<_>>>()?;
    let conditions = conditions.iter().flat_map(|all| all.split("; "));
    Some(Row {
        case,
        what,
        places,
        conditions: conditions.collect(),
    })
}

/// Whether what was read meets a row.
fn holds(row: &Row, found: &[Found]) -> bool {
    let (sort, conditions) = match (row.what, &row.conditions[..]) {
        ("none", [sort, conditions @ ..]) => (*sort, conditions),
        (sort, conditions) => (sort, conditions),
    };
    let meets = |one: &&Found| {
        one.sort == sort
            && one.spans.iter().any(|span| span.overlaps(row.places[0]))
            && conditions.iter().all(|condition| one.meets(condition))
    };
    found.iter().any(|one| meets(&one)) != (row.what == "none")
}

impl Found {
    fn meets(&self, condition: &str) -> bool {
        let (field, wanted) = condition.split_once('=').unwrap_or((condition, ""));
        let mut values = self
            .fields
            .iter()
            .filter(|(name, _)| *name == field)
            .map(|(_, value)| value.as_str())
            .peekable();
        let nothing = values.peek().is_none();
        let is_one = |value: &str| {
            wanted.split('|').any(|wanted| match span(wanted) {
                Some(place) if field == "refers_to" => {
                    span(value).is_some_and(|there| there.overlaps(place))
                }
                _ if WORDS.contains(&field) => value.contains(wanted),
                _ => value == wanted,
            })
        };
        if nothing {
            wanted.split('|').any(|wanted| wanted == NOTHING)
        } else {
            values.any(is_one)
        }
    }
}

/// The contested matter that a row means.
fn disputed<'l>(row: &Row, links: &'l Links) -> Option<&'l Matter> {
    let condition = |name: &str| {
        row.conditions
            .iter()
            .find_map(|one| one.strip_prefix(name)?.strip_prefix('='))
    };
    let [from, to] = row.places[..] else {
        return None;
    };
    links.matters.iter().find(|matter| {
        let about = matter
            .about
            .as_ref()
            .and_then(|id| links.entities.iter().find(|one| one.id == *id));
        let asked = Found {
            sort: "dispute",
            spans: Vec::new(),
            fields: [
                ("kind", Some(matter.kind.to_string())),
                ("about", about.map(|one| one.name.clone())),
                (
                    "time",
                    matter.time.as_ref().and_then(|time| time.value.clone()),
                ),
            ]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect(),
        };
        let stands = |position: &str, place: Span| {
            let mut positions = matter.positions.iter().filter(|one| one.id == position);
            positions.any(|one| {
                let mut spans = one.claims.iter().flat_map(|claim| &claim.spans);
                spans.any(|span| span.overlaps(place))
            })
        };
        let of_matter = |one: &&&str| !one.starts_with("relation=");
        matter.state == State::Contested
            && row
                .conditions
                .iter()
                .filter(of_matter)
                .all(|one| asked.meets(one))
            && matter.relations.iter().any(|relation| {
                condition("relation") == Some(relation.kind.as_str())
                    && stands(&relation.from, from)
                    && stands(&relation.to, to)
            })
    })
}

/// Everything that was read, as fields.
fn found(reading: &Reading) -> Vec<Found> {
    let (text, read) = (&reading.document.text, &reading.annotations);
    let mut all = Vec::new();
    for entity in &read.entities {
        all.push(Found {
            sort: "entity",
            spans: entity.mentions.clone(),
            fields: vec![("name", entity.name.clone())],
        });
    }
    for claim in &read.claims {
        all.push(of_claim(text, read, claim));
        for event in &claim.events {
            all.push(of_event(text, read, claim, event));
        }
    }
    all
}

fn of_claim(text: &str, read: &Annotations, claim: &Claim) -> Found {
    let cue = claim.cue.iter().flat_map(|cue| &cue.spans);
    let content = words(text, &claim.content.spans);
    let source = claim.source.name.iter().cloned();
    let names = source.chain(std::iter::once(words(text, &claim.source.spans)));
    let mut fields = vec![
        ("act", claim.act.to_string()),
        ("voice", claim.voice.to_string()),
        ("kind", claim.source.kind.to_string()),
        ("quotation", claim.content.quotation.to_string()),
        ("certainty", claim.certainty.to_string()),
        ("content", content),
    ];
    fields.extend(names.map(|name| ("source", name)));
    fields.extend(claim.flags.iter().map(|flag| ("flag", flag.to_string())));
    let basis = claim.source.name_basis;
    let referred = claim.refers_to.and_then(|to| read.claims.get(to as usize));
    let place = referred.and_then(|to| to.content.spans.first());
    let optional = [
        ("basis", basis.map(|basis| basis.to_string())),
        (
            "speaks_for",
            claim.source.speaks_for.map(|id| name(read, id)),
        ),
        (
            "addressee",
            claim.addressee.map(|span| span.slice(text).to_owned()),
        ),
        (
            "channel",
            claim.channel.map(|span| span.slice(text).to_owned()),
        ),
        (
            "said",
            claim.said.as_ref().and_then(|said| said.value.clone()),
        ),
        (
            "unverified_by",
            claim.unverified_by.map(|by| match by {
                UnverifiedBy::Entity(id) => name(read, id),
                UnverifiedBy::Outlet => "outlet".to_owned(),
            }),
        ),
        (
            "refers_to",
            place.map(|span| format!("{}-{}", span.from(), span.to())),
        ),
    ];
    fields.extend(
        optional
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    Found {
        sort: "claim",
        spans: claim.content.spans.iter().chain(cue).copied().collect(),
        fields,
    }
}

fn of_event(text: &str, read: &Annotations, claim: &Claim, event: &Event) -> Found {
    let mut fields = vec![
        ("type", event.kind.to_string()),
        ("realis", event.realis.to_string()),
        ("polarity", event.polarity.to_string()),
    ];
    for one in &event.participants {
        let role = match one.role {
            Role::Actor => "actor",
            Role::Recipient => "recipient",
            Role::Object => "object",
            Role::Instrument => "instrument",
        };
        let name = one.entity.map(|id| name(read, id));
        let said = Some(words(text, &one.spans));
        fields.extend(
            [name, said]
                .into_iter()
                .flatten()
                .map(|value| (role, value)),
        );
    }
    fields.extend(event.place.map(|id| ("place", name(read, id))));
    let time = event.time.as_ref().and_then(|time| time.value.clone());
    fields.extend(time.map(|value| ("time", value)));
    for quantity in &event.quantities {
        let numbers = [
            ("low", quantity.low),
            ("best", quantity.best),
            ("high", quantity.high),
        ];
        let numbers = numbers
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?.to_string())));
        fields.extend(numbers);
        fields.push(("hedge", quantity.hedge.to_string()));
        fields.push(("noun", quantity.noun.clone()));
        fields.extend(quantity.effect.map(|effect| ("effect", effect.to_string())));
    }
    // A reading that is itself in doubt is no clean event.
    if claim.flags.is_empty() {
        fields.push(("certain", String::new()));
    }
    Found {
        sort: "event",
        spans: vec![event.span],
        fields,
    }
}

fn name(read: &Annotations, id: EntityId) -> String {
    let entity = read.entities.get(id.index());
    entity.map_or_else(String::new, |entity| entity.name.clone())
}

fn words(text: &str, spans: &[Span]) -> String {
    let slices: Vec<&str> = spans.iter().map(|span| span.slice(text)).collect();
    slices.join(" ")
}
