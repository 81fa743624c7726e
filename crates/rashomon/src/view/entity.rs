//! One entity whole, what its names are joined by, and what persons decided on it, for people.
//!
//! It does not know how entities are joined.

use super::claim_line::{Spoken, spoken};
use super::coverage::counted;
use super::dispute::hanging;
use super::record::{Field, field_lines};
use super::row;
use super::terminal::{Terminal, Tone, cut, flat, wrap};
use crate::contents::{Contents, Found, day_of_claim, day_of_document};
use crate::lines::Evidence;
use annotate::{Claim, EntityId};
use ledger::{Judgement, Standing};
use link::{Entity, Member, Reading};

/// An entity: its names, where it lies, what it says; for a place, what is said to have happened there.
#[must_use]
pub fn entity_lines(entity: &Entity, contents: &Contents, terminal: Terminal) -> Vec<String> {
    let forms: Vec<String> = entity
        .forms
        .iter()
        .map(|form| format!("{} ({})", flat(&form.text), form.count))
        .collect();
    let mut fields = vec![
        ("id", entity.id.clone()),
        ("kind", entity.kind.to_string()),
        ("named", forms.join(", ")),
    ];
    if let Some(place) = &entity.place {
        fields.push((
            "place",
            format!(
                "{} ({}, {}), {} ({})",
                flat(&place.name),
                place.lat,
                place.lon,
                place.precision,
                flat(&place.gazetteer_id)
            ),
        ));
    }
    if let Some(link) = &entity.link {
        fields.push((
            "watchlist",
            format!("{} ({:.2})", flat(&link.id), link.score),
        ));
    }
    for (other, pair) in contents.perhaps(entity) {
        fields.push((
            "perhaps",
            format!(
                "{} ({:.2}): {}",
                called(other, contents),
                pair.score,
                words(&pair.reasons)
            ),
        ));
    }
    let judged = contents
        .judgements_on(entity)
        .filter(|judgement| judgement.retracted_at.is_none());
    fields.extend(judged.map(|judgement| ("judged", judgement_words(judgement, contents))));
    let mut readings: Vec<(&Reading, Vec<EntityId>)> = Vec::new();
    // Members are sorted by document.
    for (document, local) in &entity.members {
        match readings.last_mut() {
            Some((reading, locals)) if reading.document.id == *document => locals.push(*local),
            _ => readings.extend(
                contents
                    .reading(document)
                    .map(|reading| (reading, vec![*local])),
            ),
        }
    }
    readings.sort_by_key(|(reading, _)| {
        let day = day_of_document(&reading.document);
        (day.is_none(), day, &reading.document.id)
    });
    for (reading, _) in &readings {
        let document = &reading.document;
        fields.push((
            "document",
            format!(
                "{} {} ({})",
                day_of_document(document).unwrap_or("undated"),
                row::title(document),
                contents.short_document(&document.id)
            ),
        ));
    }
    let mut lines: Vec<String> = wrap(&flat(&entity.name), terminal.width)
        .iter()
        .map(|line| terminal.paint(Tone::Head, line))
        .collect();
    lines.extend(field_lines(&fields, terminal));
    let (mut by, mut about) = (Vec::new(), Vec::new());
    for (reading, locals) in &readings {
        for claim in &reading.annotations.claims {
            let found = Found { claim, reading };
            if is_by(claim, locals) {
                by.push(found);
            } else if is_about(found, locals) {
                about.push(found);
            }
        }
    }
    if by.is_empty() && about.is_empty() {
        lines.push(String::new());
        lines.extend(wrap(
            "No claim by it, and none about it, was found in the documents read.",
            terminal.width,
        ));
    }
    for (head, mut claims) in [("By it", by), ("About it", about)] {
        if claims.is_empty() {
            continue;
        }
        claims.sort_by_cached_key(|found| {
            let day = day_of_claim(found.claim, &found.reading.document);
            (day.is_none(), day)
        });
        let said: Vec<(Found<'_>, Spoken)> = claims
            .into_iter()
            .map(|found| (found, spoken(found.claim, found.reading)))
            .collect();
        lines.push(String::new());
        lines.push(terminal.paint(Tone::Head, head));
        lines.extend(row::claim_rows(&said, contents, terminal));
    }
    lines
}

/// Whether one of these entities says it, or somebody says it for one of them.
fn is_by(claim: &Claim, locals: &[EntityId]) -> bool {
    [claim.source.entity, claim.source.speaks_for]
        .into_iter()
        .flatten()
        .any(|id| locals.contains(&id))
}

/// Whether what is said names one of these entities, or is read as having it take part or as having happened there.
fn is_about(found: Found<'_>, locals: &[EntityId]) -> bool {
    let Found { claim, reading } = found;
    let named = |id: &EntityId| {
        let entity = reading.annotations.entities.get(id.index());
        let mut mentions = entity.iter().flat_map(|entity| &entity.mentions);
        mentions.any(|mention| {
            let mut content = claim.content.spans.iter();
            content.any(|span| span.contains(*mention))
        })
    };
    let takes_part = claim.events.iter().any(|event| {
        let parties = event.participants.iter().filter_map(|who| who.entity);
        parties.chain(event.place).any(|id| locals.contains(&id))
    });
    takes_part || locals.iter().any(named)
}

/// Why an entity's names are one: the joins, weakest first, then what is left open and what persons decided.
#[must_use]
pub fn entity_reasons(entity: &Entity, contents: &Contents, terminal: Terminal) -> Vec<String> {
    let mut lines = entity_head(entity, contents, terminal);
    lines.push(String::new());
    lines.push(terminal.paint(Tone::Head, "Why its names are one"));
    let joined = format!(
        "{} of {} are one{}",
        counted(entity.members.len() as u64, "entity", "entities"),
        counted(row::documents(entity), "document", "documents"),
        if entity.joins.is_empty() {
            ", all by equal names."
        } else {
            ": those of equal names, and by these joins."
        }
    );
    if entity.members.len() > 1 {
        lines.extend(wrap(&joined, terminal.width));
    } else {
        lines.push("One document alone names it.".to_owned());
    }
    let mut joins: Vec<_> = entity.joins.iter().collect();
    joins.sort_by(|one, other| one.score.total_cmp(&other.score));
    for join in joins {
        let line = format!(
            "{:.2}  {} = {}: {}",
            join.score,
            member_words(&join.one, contents),
            member_words(&join.other, contents),
            words(&join.reasons)
        );
        lines.extend(hanging(&line, 2, 8, terminal));
    }
    for (other, pair) in contents.perhaps(entity) {
        let line = format!(
            "{:.2}  not joined: {}: {}",
            pair.score,
            called(other, contents),
            words(&pair.reasons)
        );
        lines.extend(hanging(&line, 2, 8, terminal));
    }
    // Those that were retracted too: nothing that was decided is hidden.
    let judged: Vec<String> = contents
        .judgements_on(entity)
        .map(|judgement| judgement_words(judgement, contents))
        .collect();
    if !judged.is_empty() {
        lines.push(String::new());
        lines.push(terminal.paint(Tone::Head, "Judgements"));
        for line in judged {
            lines.extend(hanging(&line, 2, 4, terminal));
        }
    }
    lines
}

fn entity_head(entity: &Entity, contents: &Contents, terminal: Terminal) -> Vec<String> {
    let head = called(entity, contents);
    let head = wrap(&head, terminal.width);
    head.iter()
        .map(|line| terminal.paint(Tone::Head, line))
        .collect()
}

/// A judgement whole.
#[must_use]
pub fn judgement_lines(
    judgement: &Judgement,
    contents: &Contents,
    terminal: Terminal,
) -> Vec<String> {
    let decision = &judgement.decision;
    let of = |entity: Option<&Entity>| entity.map_or_else(String::new, |one| called(one, contents));
    let [subject, object] = contents.judged(judgement).map(of);
    let text = |text: &Option<String>| text.as_deref().map_or_else(String::new, flat);
    let words = |anchor: &Option<ledger::Anchor>| {
        let quote = anchor
            .as_ref()
            .map(|anchor| format!("“{}”", flat(&anchor.quote)));
        quote.unwrap_or_default()
    };
    let mut fields: Vec<Field> = vec![
        ("id", judgement.id.clone()),
        ("decided", decision.verb.to_string()),
        ("about", decision.subject.clone()),
        ("words", words(&judgement.anchor)),
        ("now", subject),
        ("other", text(&decision.object)),
        ("words", words(&judgement.object_anchor)),
        ("now", object),
        ("value", text(&decision.value)),
        ("by", flat(&decision.by_name)),
        ("at", text(&decision.at)),
        ("note", text(&decision.note)),
        ("stands", standing_words(judgement, contents)),
    ];
    let judged = contents.links.judged.iter();
    let judged = judged.filter(|one| one.judgement == judgement.id);
    fields.extend(judged.map(|one| ("matter", format!("{} ({})", one.matter, one.effect))));
    field_lines(&fields, terminal)
}

/// How a judgement stands, where there is something to say of it.
fn standing_words(judgement: &Judgement, contents: &Contents) -> String {
    if let Some(at) = &judgement.retracted_at {
        return format!("retracted on {}", at.get(..10).unwrap_or(at));
    }
    match contents.standing(judgement) {
        Some(Standing::Orphaned) => {
            "orphaned: what it is about is not in the ledger now".to_owned()
        }
        Some(Standing::Contradicted(others)) => format!(
            "not applied: against it {} {}",
            if others.len() == 1 { "stands" } else { "stand" },
            others.join(", ")
        ),
        Some(Standing::InForce | Standing::Retracted) | None => String::new(),
    }
}

/// `ju_5be01a  same: “A. Hastrell” (en_77b0de), by Ilva Renn on 2031-05-08 (“the note”)`
#[must_use]
pub fn judgement_words(judgement: &Judgement, contents: &Contents) -> String {
    let decision = &judgement.decision;
    let about = contents.judged(judgement).into_iter().flatten();
    let mut about: Vec<String> = about.map(|entity| called(entity, contents)).collect();
    // Two that are one by now are named once.
    about.dedup();
    let ids = [
        (Some(&decision.subject), &judgement.anchor),
        (decision.object.as_ref(), &judgement.object_anchor),
    ];
    let ids = ids.into_iter().filter_map(|(id, anchor)| {
        let id = id?;
        Some(match id.split_once('_') {
            Some(("en", _)) => return None,
            Some(("cl", bare)) => {
                let words = anchor.as_ref().map_or("", |anchor| &anchor.quote);
                format!("{} “{}”", contents.short_claim(bare), cut(&flat(words), 40))
            }
            Some(("ma", _)) => contents.short_matter(id),
            Some(_) => id.clone(),
            None => contents.short_document(id),
        })
    });
    let ids: Vec<String> = ids.collect();
    let all = [ids, about].concat();
    let mut line = format!("{}  {}: {}", judgement.id, decision.verb, all.join(", "));
    if let Some(value) = &decision.value {
        line.push_str(&format!(", “{}”", flat(value)));
    }
    line.push_str(&format!(", by {}", flat(&decision.by_name)));
    if let Some(day) = decision.at.as_deref().and_then(|at| at.get(..10)) {
        line.push_str(&format!(" on {day}"));
    }
    if let Some(note) = &decision.note {
        line.push_str(&format!(" (“{}”)", flat(note)));
    }
    let standing = standing_words(judgement, contents);
    if !standing.is_empty() {
        line.push_str(&format!("; {standing}"));
    }
    line
}

/// `“Ahmad Masoud” (en_3fa2c1)`
#[must_use]
pub fn called(entity: &Entity, contents: &Contents) -> String {
    let id = contents.short_entity(&entity.id);
    format!("“{}” ({id})", flat(&entity.name))
}

fn member_words(member: &Member, contents: &Contents) -> String {
    let name = contents.member(member);
    let name = name.map_or_else(String::new, |entity| flat(&entity.name));
    format!("“{name}” ({})", contents.short_document(&member.0))
}

fn words(reasons: &[String]) -> String {
    let reasons: Vec<String> = reasons.iter().map(|reason| flat(reason)).collect();
    reasons.join("; ")
}
