//! `judge`: a person's decision on who is who or on a document's date, kept with the words it is about, and what comes of it.
//!
//! It decides nothing itself, and nothing here is about what is true.

use super::reading::{redate, relink};
use crate::args::{Judge, TextOrLines, published};
use crate::assets;
use crate::contents::{Contents, Record};
use crate::failure::{Done, Failure, Outcome};
use crate::lines::{Evidence as _, judgement_line};
use crate::output::Output;
use crate::pipeline::Progress;
use crate::view::dispute::hanging;
use crate::view::entity::called;
use crate::view::row;
use crate::view::terminal::flat;
use ledger::{Decision, Judgement, Ledger, Verb, is_same_name};
use link::{Entity, Member};
use text::Document;

/// Runs the command.
pub fn run(options: &Judge) -> Outcome {
    let before = Contents::open(&options.ledger)?;
    let asked = asked(options, &before)?;
    let mut ledger = Ledger::open(&options.ledger)?;
    let id = ledger.judge(&asked.decision)?;
    if let Some(document) = &asked.document {
        redate(
            &mut ledger,
            std::slice::from_ref(document),
            &assets::knowledge(&[]),
        )?;
    }
    let names = assets::names().map_err(Failure::Unusable)?;
    relink(&mut ledger, Some(&names), Progress::unless(options.quiet))?;
    let after = Contents::of(&ledger)?;
    let judgement = after
        .judgements
        .iter()
        .find(|judgement| judgement.id == id)
        .ok_or_else(|| Failure::Unusable(format!("judgement {id} was not kept")))?;
    let mut output = Output::stdout();
    match options.format {
        TextOrLines::Jsonl => output.json(&judgement_line(judgement, &after))?,
        TextOrLines::Text => {
            let terminal = output.terminal;
            for line in said(&asked, judgement, &after) {
                output.lines(&hanging(&line, 0, 2, terminal))?;
            }
        }
    }
    output.flush()?;
    Ok(Done::Whole)
}

/// A decision, and a member of each entity that it is about.
struct Asked {
    decision: Decision,
    one: Option<Member>,
    other: Option<Member>,
    /// The document whose date it is about.
    document: Option<String>,
}

fn asked(options: &Judge, contents: &Contents) -> Result<Asked, Failure> {
    let decision = |subject: &str, object: Option<&str>, value: Option<&str>| Decision {
        verb: options.verb,
        subject: subject.to_owned(),
        object: object.map(str::to_owned),
        value: value.map(str::to_owned),
        by_name: options.by.trim().to_owned(),
        at: None,
        note: options.note.clone(),
    };
    if options.by.trim().is_empty() {
        return Err(Failure::Usage(
            "--by needs a name: a judgement says who decided".to_owned(),
        ));
    }
    let subject = contents.find(&options.id)?;
    if options.verb == Verb::Retract {
        return match (subject, &options.object) {
            (Record::Judgement(judgement), None) => match &judgement.retracted_at {
                None => Ok(Asked {
                    decision: decision(&judgement.id, None, None),
                    one: None,
                    other: None,
                    document: (judgement.decision.verb == Verb::Published)
                        .then(|| judgement.decision.subject.clone()),
                }),
                Some(at) => Err(Failure::Usage(format!(
                    "{} was retracted on {at}",
                    judgement.id
                ))),
            },
            (Record::Judgement(_), Some(_)) => Err(Failure::Usage(
                "retract takes the judgement's id and nothing else".to_owned(),
            )),
            _ => Err(Failure::Usage(format!(
                "{} is no judgement; rashomon explain en_… lists those on an entity",
                options.id
            ))),
        };
    }
    if options.verb == Verb::Published {
        let Record::Document(reading) = subject else {
            return Err(Failure::Usage(format!(
                "{} is no document; rashomon documents lists the ids",
                options.id
            )));
        };
        let id = &reading.document.id;
        let date = options.object.as_deref().unwrap_or_default();
        let date = published(date)
            .map_err(|what| Failure::Usage(format!("the document's date, “{date}”: {what}")))?;
        return Ok(Asked {
            decision: decision(id, None, Some(&date)),
            one: None,
            other: None,
            document: Some(id.clone()),
        });
    }
    let one = entity(subject, &options.id)?;
    let Some(object) = &options.object else {
        return Err(Failure::Usage(match options.verb {
            Verb::Split => format!(
                "say what is not {}: one of its names, or a document's id",
                flat(&one.name)
            ),
            verb => format!("{verb} takes the ids of two entities"),
        }));
    };
    if options.verb == Verb::Split {
        let (value, other) = split_off(one, object, contents)?;
        return Ok(Asked {
            decision: decision(&one.id, None, Some(&value)),
            one: one.members.iter().find(|own| **own != other).cloned(),
            other: Some(other),
            document: None,
        });
    }
    let other = entity(contents.find(object)?, object)?;
    if one.id == other.id {
        let way = format!(
            "take a name or a document out of it: rashomon judge split {} …",
            one.id
        );
        return Err(Failure::Usage(match options.verb {
            Verb::Same => format!("both are {} already", one.id),
            _ => format!("both are {}; {way}", one.id),
        }));
    }
    Ok(Asked {
        decision: decision(&one.id, Some(&other.id), None),
        one: one.members.first().cloned(),
        other: other.members.first().cloned(),
        document: None,
    })
}

fn entity<'a>(record: Record<'a>, id: &str) -> Result<&'a Entity, Failure> {
    match record {
        Record::Entity(entity) => Ok(entity),
        _ => Err(Failure::Usage(format!(
            "{id} is no entity; this version judges who is who: rashomon entities lists the ids"
        ))),
    }
}

/// What is split off, in full, and a member that goes with it.
fn split_off(
    entity: &Entity,
    value: &str,
    contents: &Contents,
) -> Result<(String, Member), Failure> {
    let name_of = |member: &Member| Some(contents.member(member)?.name.clone());
    let of_name = |member: &&Member| name_of(member).is_some_and(|name| is_same_name(&name, value));
    let of_document = |member: &&Member| value.len() >= 6 && member.0.starts_with(value);
    let (found, whole): (Vec<&Member>, String) = {
        let named: Vec<&Member> = entity.members.iter().filter(of_name).collect();
        if named.is_empty() {
            let found: Vec<&Member> = entity.members.iter().filter(of_document).collect();
            let whole = found.first().map_or(value, |member| member.0.as_str());
            (found.clone(), whole.to_owned())
        } else {
            (named, value.to_owned())
        }
    };
    let rest = entity.members.len() - found.len();
    match found.first() {
        Some(member) if rest > 0 => Ok((whole, (*member).clone())),
        Some(_) => Err(Failure::Usage(format!(
            "every document calls {} so; to take a document out of it give the document's id",
            entity.id
        ))),
        None => {
            let mut names: Vec<String> = entity.members.iter().filter_map(name_of).collect();
            names.sort();
            names.dedup();
            let names: Vec<String> = names
                .iter()
                .map(|name| format!("“{}”", flat(name)))
                .collect();
            Err(Failure::Usage(format!(
                "no document calls {} “{}”, and none of its documents has such an id; its documents call it {}",
                entity.id,
                flat(value),
                names.join(", ")
            )))
        }
    }
}

/// A document's date as it is now.
fn date_now(document: &Document) -> String {
    let date = match &document.meta.published {
        Some(date) => format!("is dated {date}"),
        None => "has no date".to_owned(),
    };
    format!(
        "“{}” {date} now; its times follow that.",
        flat(&row::title(document))
    )
}

/// What came of it, in sentences.
fn said(asked: &Asked, judgement: &Judgement, after: &Contents) -> Vec<String> {
    let now = |member: &Option<Member>| {
        let (document, local) = member.as_ref()?;
        after.joined(document, *local)
    };
    let decision = &judgement.decision;
    let dated = asked.document.as_deref().and_then(|id| after.reading(id));
    let what = match (decision.verb, now(&asked.one), now(&asked.other)) {
        (Verb::Published | Verb::Retract, ..) => dated.map_or_else(
            || format!("{} no longer holds.", decision.subject),
            |reading| date_now(&reading.document),
        ),
        (verb, Some(one), Some(other)) => match (verb == Verb::Same, one.id == other.id) {
            (true, true) => format!("One entity now: {}.", called(one, after)),
            (false, false) => format!(
                "Two entities: {} and {}.",
                called(one, after),
                called(other, after)
            ),
            // Of two judgements that contradict each other the one that parts holds.
            _ => format!(
                "Kept, but another judgement stands against it: rashomon explain {}",
                after.short_entity(&one.id)
            ),
        },
        _ => "Kept; the names that it is about are not in the ledger now.".to_owned(),
    };
    let mut said = vec![format!("{}  {what}", judgement.id)];
    if decision.verb != Verb::Retract {
        said.push(format!(
            "Undo: rashomon judge retract {} --by NAME",
            judgement.id
        ));
    }
    said
}
