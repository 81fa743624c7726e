//! What came of judgements, in sentences.
//!
//! It does not know how they were asked for.

use super::asked::Asked;
use crate::contents::Contents;
use crate::lines::Evidence as _;
use crate::view::dispute::state_words;
use crate::view::entity::{called, judgement_words};
use crate::view::row;
use crate::view::terminal::flat;
use ledger::{Judgement, Standing, Verb};
use link::Member;
use text::Document;

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

/// What came of one, with the way to take it back.
pub fn said(asked: &Asked, judgement: &Judgement, after: &Contents) -> Vec<String> {
    let decision = &judgement.decision;
    let mut said = vec![format!(
        "{}  {}",
        judgement.id,
        what(asked, judgement, after)
    )];
    said.extend(matters(judgement, after));
    said.extend(against(judgement, after));
    if decision.verb != Verb::Retract {
        said.push(format!(
            "Undo: rashomon judge retract {} --by NAME",
            judgement.id
        ));
    }
    said
}

/// The judgements that go against one, by name: none of them is applied.
pub fn against(judgement: &Judgement, after: &Contents) -> Vec<String> {
    let Some(Standing::Contradicted(others)) = after.standing(judgement) else {
        return Vec::new();
    };
    let others = others.iter().filter_map(|id| after.judgement(id));
    others
        .map(|other| {
            format!(
                "Against it stands {}. Neither is applied until one is retracted.",
                judgement_words(other, after)
            )
        })
        .collect()
}

/// The matters that a judgement changes, as they are now.
fn matters(judgement: &Judgement, after: &Contents) -> Vec<String> {
    let judged = after.links.judged.iter();
    let ids = judged.filter(|one| one.judgement == judgement.id);
    let matters = ids.filter_map(|one| {
        let mut matters = after.links.matters.iter();
        let matter = matters.find(|matter| matter.id == one.matter)?;
        Some(format!(
            "{}: {}  {} ({})",
            one.effect,
            after.short_matter(&matter.id),
            flat(&matter.question),
            state_words(matter.state)
        ))
    });
    matters.collect()
}

fn what(asked: &Asked, judgement: &Judgement, after: &Contents) -> String {
    let now = |member: &Option<Member>| {
        let (document, local) = member.as_ref()?;
        after.joined(document, *local)
    };
    let decision = &judgement.decision;
    if let Some(Standing::Contradicted(_)) = after.standing(judgement) {
        return "Kept, but not applied.".to_owned();
    }
    let document = |id: &str| {
        let reading = after.reading(id);
        reading.map_or_else(
            || id.to_owned(),
            |one| format!("“{}”", flat(&row::title(&one.document))),
        )
    };
    let value = decision.value.as_deref().map(flat).unwrap_or_default();
    let changes = after
        .links
        .judged
        .iter()
        .any(|one| one.judgement == judgement.id);
    let on_matters = |words: &str| {
        if changes {
            words.to_owned()
        } else {
            "Kept; it changes no matter now.".to_owned()
        }
    };
    let gone = || "Kept; the names that it is about are not in the ledger now.".to_owned();
    match decision.verb {
        Verb::Published | Verb::Retract => {
            let dated = asked.document.as_deref().and_then(|id| after.reading(id));
            dated.map_or_else(
                || format!("{} no longer holds.", decision.subject),
                |reading| date_now(&reading.document),
            )
        }
        Verb::Same | Verb::Different | Verb::Unsure | Verb::Split
            if !decision.subject.starts_with("ma_") =>
        {
            let Some((one, other)) = now(&asked.one).zip(now(&asked.other)) else {
                return gone();
            };
            match (decision.verb == Verb::Same, one.id == other.id) {
                (true, true) => format!("One entity now: {}.", called(one, after)),
                (false, false) => format!(
                    "Two entities: {} and {}.",
                    called(one, after),
                    called(other, after)
                ),
                // What follows from others together goes against it.
                _ => format!(
                    "Kept, but what other judgements say together goes against it: rashomon explain {}",
                    after.short_entity(&one.id)
                ),
            }
        }
        Verb::SameSide => match now(&asked.one).zip(now(&asked.other)) {
            Some((one, other)) => format!(
                "One side: {} and {}.",
                called(one, after),
                called(other, after)
            ),
            None => gone(),
        },
        Verb::Copy => format!(
            "One text: {} and {}.",
            document(&decision.subject),
            document(decision.object.as_deref().unwrap_or_default())
        ),
        Verb::NotCopy => format!(
            "Two texts: {} and {}.",
            document(&decision.subject),
            document(decision.object.as_deref().unwrap_or_default())
        ),
        Verb::Ignore => "Left out of matters and counts; lists show it with a mark.".to_owned(),
        Verb::Rename => format!("Called “{value}” now."),
        Verb::Slot => format!("For linking it is read as {value}; the reading stays as it was."),
        Verb::Same | Verb::Different | Verb::Unsure | Verb::Split => on_matters("Two matters."),
        Verb::Link => on_matters("Linked."),
        Verb::Unlink => on_matters("Not linked."),
        Verb::Merge => on_matters("One matter."),
        Verb::Relation => on_matters(&format!("The relation is {value}.")),
    }
}
