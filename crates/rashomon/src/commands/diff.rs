//! `diff`: what moved between two ledgers: documents, claims, entities, matters with their answers and states, judgements.
//!
//! It changes neither, and does not know why anything moved.

use crate::args::{Diff, TextOrLines};
use crate::contents::Contents;
use crate::failure::{Done, Outcome};
use crate::lines::Evidence as _;
use crate::output::Output;
use crate::view::claim_line::{party, quote};
use crate::view::coverage::{counted, coverage_line};
use crate::view::dispute::hanging;
use crate::view::row;
use crate::view::terminal::{Terminal, Tone, flat, wrap};
use link::{Entity, Matter, Position};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Became {
    Added,
    Gone,
    Changed,
}

/// What is compared, in the order of printing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Of {
    Document,
    Claim,
    Entity,
    Matter,
    Position,
    State,
    Judgement,
}

impl Of {
    const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Document, "document", "documents"),
        (Self::Claim, "claim", "claims"),
        (Self::Entity, "entity", "entities"),
        (Self::Matter, "matter", "matters"),
        (Self::Position, "answer", "answers"),
        (Self::State, "state", "states"),
        (Self::Judgement, "judgement", "judgements"),
    ];
}

/// One thing that moved.
#[derive(Debug, Serialize)]
struct Moved {
    record: &'static str,
    of: Of,
    change: Became,
    id: String,
    name: String,
    /// What of it changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// The last line: how much stands behind either side.
#[derive(Serialize)]
struct CoverageLine {
    record: &'static str,
    before: Read,
    after: Read,
}

#[derive(Serialize)]
struct Read {
    read: u64,
    undated: u64,
    not_english: u64,
    not_article: u64,
    failed: u64,
}

/// Runs the command.
pub fn run(options: &Diff) -> Outcome {
    let before = Contents::open(&options.before)?;
    let after = Contents::open(&options.after)?;
    let mut moved = Moves::default();
    documents(&before, &after, &mut moved);
    claims(&before, &after, &mut moved);
    entities(&before, &after, &mut moved);
    matters(&before, &after, &mut moved);
    judgements(&before, &after, &mut moved);
    let mut all = moved.0;
    all.sort_by_key(|one| (one.of, one.change));
    let mut output = Output::stdout();
    match options.format {
        TextOrLines::Jsonl => {
            for one in &all {
                output.json(one)?;
            }
            output.json(&CoverageLine {
                record: "coverage",
                before: read(&before),
                after: read(&after),
            })?;
        }
        TextOrLines::Text => {
            let terminal = output.terminal;
            output.lines(&text(&all, options.limit, terminal))?;
            for (which, contents) in [("Before", &before), ("After", &after)] {
                let line = format!("{which}: {}", coverage_line(&contents.coverage));
                output.lines(&wrap(&line, terminal.width))?;
            }
        }
    }
    output.flush()?;
    Ok(Done::Whole)
}

fn read(contents: &Contents) -> Read {
    let coverage = &contents.coverage;
    Read {
        read: coverage.read,
        undated: coverage.undated,
        not_english: coverage.not_english,
        not_article: coverage.not_article,
        failed: coverage.failed,
    }
}

fn text(all: &[Moved], limit: usize, terminal: Terminal) -> Vec<String> {
    let mut lines = Vec::new();
    for (of, one, many) in Of::ALL {
        let moved: Vec<&Moved> = all.iter().filter(|moved| moved.of == of).collect();
        if moved.is_empty() {
            continue;
        }
        let counts: Vec<String> = [
            (Became::Added, "added"),
            (Became::Gone, "gone"),
            (Became::Changed, "changed"),
        ]
        .into_iter()
        .map(|(change, word)| {
            let found = moved.iter().filter(|moved| moved.change == change);
            (found.count(), word)
        })
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{} {word}", counted(count as u64, one, many)))
        .collect();
        lines.push(terminal.paint(Tone::Head, &counts.join(", ")));
        let shown = if limit == 0 { moved.len() } else { limit };
        for moved in moved.iter().take(shown) {
            let mark = match moved.change {
                Became::Added => '+',
                Became::Gone => '-',
                Became::Changed => '~',
            };
            let mut line = format!("{mark} {}  {}", moved.id, moved.name);
            if let Some(field) = moved.field {
                line.push_str(&format!(": {field}"));
            }
            match (&moved.before, &moved.after) {
                (Some(before), Some(after)) => line.push_str(&format!(" {before} → {after}")),
                (Some(before), None) => line.push_str(&format!(" without {before}")),
                (None, Some(after)) => line.push_str(&format!(" with {after}")),
                (None, None) => {}
            }
            lines.extend(hanging(&line, 2, 2, terminal));
        }
        if moved.len() > shown {
            lines.push(format!(
                "  {} more; --limit 0 prints all.",
                moved.len() - shown
            ));
        }
        lines.push(String::new());
    }
    if lines.is_empty() {
        lines.push("Nothing moved.".to_owned());
        lines.push(String::new());
    }
    lines
}

#[derive(Default)]
struct Moves(Vec<Moved>);

impl Moves {
    fn note(&mut self, of: Of, change: Became, id: &str, name: &str) {
        self.0.push(Moved {
            record: "diff",
            of,
            change,
            id: id.to_owned(),
            name: flat(name),
            field: None,
            before: None,
            after: None,
        });
    }

    /// Notes a field that is not as it was; none is that there is nothing in it.
    fn field(&mut self, what: (Of, &str, &str), field: &'static str, before: &str, after: &str) {
        if before == after {
            return;
        }
        let (of, id, name) = what;
        let some = |words: &str| (!words.is_empty()).then(|| flat(words));
        self.0.push(Moved {
            record: "diff",
            of,
            change: Became::Changed,
            id: id.to_owned(),
            name: flat(name),
            field: Some(field),
            before: some(before),
            after: some(after),
        });
    }
}

fn documents(before: &Contents, after: &Contents, moves: &mut Moves) {
    for reading in &before.readings {
        let document = &reading.document;
        let name = row::title(document);
        let Some(now) = after.reading(&document.id) else {
            moves.note(Of::Document, Became::Gone, &document.id, &name);
            continue;
        };
        let now = &now.document;
        let what = (Of::Document, document.id.as_str(), name.as_str());
        let text = |document: &text::Document| format!("{} bytes", document.text.len());
        if document.text != now.text {
            let (old, new) = (text(document), text(now));
            let same = if old == new { "other words" } else { &new };
            moves.field(what, "text", &old, same);
        }
        let pairs = [
            ("title", &document.meta.title, &now.meta.title),
            ("published", &document.meta.published, &now.meta.published),
            ("outlet", &document.meta.outlet, &now.meta.outlet),
            ("language", &document.meta.language, &now.meta.language),
        ];
        for (field, old, new) in pairs {
            moves.field(
                what,
                field,
                old.as_deref().unwrap_or_default(),
                new.as_deref().unwrap_or_default(),
            );
        }
    }
    for reading in &after.readings {
        let document = &reading.document;
        if before.reading(&document.id).is_none() {
            moves.note(
                Of::Document,
                Became::Added,
                &document.id,
                &row::title(document),
            );
        }
    }
}

/// A claim by what it says: its id follows from where it stands, which a new reading may move. The number tells equal ones apart.
type ClaimWords = (String, String, String, usize);

/// What is compared of a claim.
struct ClaimFields {
    id: String,
    fields: [(&'static str, String); 5],
}

fn claim_words(contents: &Contents) -> BTreeMap<ClaimWords, ClaimFields> {
    let mut seen: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let mut all = BTreeMap::new();
    for found in contents.claims() {
        let (claim, document) = (found.claim, &found.reading.document);
        let key = (
            document.id.clone(),
            quote(&claim.content.spans, &document.text),
            claim
                .cue
                .as_ref()
                .map_or_else(String::new, |cue| cue.lemma.clone()),
        );
        let count = seen.entry(key.clone()).or_default();
        *count += 1;
        let fields = [
            ("party", party(claim, document, &found.reading.annotations)),
            ("act", claim.act.to_string()),
            ("polarity", claim.polarity.to_string()),
            ("certainty", claim.certainty.to_string()),
            ("standing", claim.standing.to_string()),
        ];
        let id = format!("cl_{}", claim.id);
        all.insert((key.0, key.1, key.2, *count), ClaimFields { id, fields });
    }
    all
}

fn claims(before: &Contents, after: &Contents, moves: &mut Moves) {
    let (old, new) = (claim_words(before), claim_words(after));
    for (key, claim) in &old {
        let Some(now) = new.get(key) else {
            moves.note(Of::Claim, Became::Gone, &claim.id, &key.1);
            continue;
        };
        for ((field, was), (_, is)) in claim.fields.iter().zip(&now.fields) {
            moves.field((Of::Claim, &now.id, &key.1), field, was, is);
        }
    }
    for (key, claim) in &new {
        if !old.contains_key(key) {
            moves.note(Of::Claim, Became::Added, &claim.id, &key.1);
        }
    }
}

fn entities(before: &Contents, after: &Contents, moves: &mut Moves) {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for entity in &before.links.entities {
        let Some(now) = after.entity(&entity.id) else {
            // Where all that it joined is now another's, that one is named.
            let into: BTreeSet<&str> = entity
                .members
                .iter()
                .filter_map(|(document, local)| Some(after.joined(document, *local)?.id.as_str()))
                .collect();
            match (into.len(), into.first()) {
                (1, Some(id)) => {
                    moves.field(
                        (Of::Entity, &entity.id, &entity.name),
                        "is now",
                        &entity.id,
                        id,
                    );
                }
                _ => moves.note(Of::Entity, Became::Gone, &entity.id, &entity.name),
            }
            continue;
        };
        known.insert(&now.id);
        let what = (Of::Entity, now.id.as_str(), now.name.as_str());
        moves.field(what, "name", &entity.name, &now.name);
        let kind = |entity: &Entity| entity.kind.to_string();
        moves.field(what, "kind", &kind(entity), &kind(now));
        let forms = |entity: &Entity| {
            let mut forms: Vec<&str> = entity.forms.iter().map(|form| form.text.as_str()).collect();
            forms.sort_unstable();
            forms.join(", ")
        };
        moves.field(what, "spellings", &forms(entity), &forms(now));
        let documents = |entity: &Entity| counted(row::documents(entity), "document", "documents");
        moves.field(what, "named in", &documents(entity), &documents(now));
    }
    for entity in &after.links.entities {
        if !known.contains(entity.id.as_str()) && before.entity(&entity.id).is_none() {
            moves.note(Of::Entity, Became::Added, &entity.id, &entity.name);
        }
    }
}

fn matters(before: &Contents, after: &Contents, moves: &mut Moves) {
    let live: BTreeMap<&str, &Matter> = after
        .links
        .matters
        .iter()
        .map(|matter| (matter.id.as_str(), matter))
        .collect();
    let mut met: BTreeSet<&str> = BTreeSet::new();
    for matter in &before.links.matters {
        let now = live.get(matter.id.as_str()).copied().or_else(|| {
            let id = after.now_called(&matter.id)?;
            let now = live.get(id).copied()?;
            moves.field(
                (Of::Matter, &matter.id, &matter.question),
                "is now",
                &matter.id,
                id,
            );
            Some(now)
        });
        let Some(now) = now else {
            moves.note(Of::Matter, Became::Gone, &matter.id, &matter.question);
            continue;
        };
        met.insert(&now.id);
        if now.id != matter.id {
            continue;
        }
        let what = (Of::Matter, now.id.as_str(), now.question.as_str());
        moves.field(what, "question", &matter.question, &now.question);
        moves.field(
            (Of::State, &now.id, &now.question),
            "state",
            matter.state.as_str(),
            now.state.as_str(),
        );
        let (old, new) = (words_in(matter, before), words_in(now, after));
        for words in old.difference(&new) {
            moves.field(what, "claim", words, "");
        }
        for words in new.difference(&old) {
            moves.field(what, "claim", "", words);
        }
        positions(matter, now, moves);
    }
    for matter in &after.links.matters {
        if !met.contains(matter.id.as_str()) {
            moves.note(Of::Matter, Became::Added, &matter.id, &matter.question);
        }
    }
}

/// A matter's claims by their words.
fn words_in(matter: &Matter, contents: &Contents) -> BTreeSet<String> {
    let claims = matter.positions.iter().flat_map(|one| &one.claims);
    claims
        .filter_map(|one| {
            let reading = contents.reading(&one.document)?;
            let short = contents.short_document(&one.document);
            Some(format!(
                "“{}” ({short})",
                quote(&one.spans, &reading.document.text)
            ))
        })
        .collect()
}

fn positions(before: &Matter, after: &Matter, moves: &mut Moves) {
    let parties = |position: &Position| {
        let names: Vec<&str> = position
            .parties
            .iter()
            .map(|party| party.name.as_str())
            .collect();
        names.join(", ")
    };
    let id = |position: &Position| format!("{}/{}", after.id, position.id);
    for position in &before.positions {
        let Some(now) = after
            .positions
            .iter()
            .find(|one| one.value == position.value)
        else {
            moves.note(Of::Position, Became::Gone, &id(position), &position.value);
            continue;
        };
        let (id, name) = (id(now), now.value.as_str());
        moves.field(
            (Of::Position, &id, name),
            "parties",
            &parties(position),
            &parties(now),
        );
        let counts = |one: &Position| {
            format!(
                "{} articles, {} to {} texts",
                one.articles, one.origins_low, one.origins_high
            )
        };
        moves.field(
            (Of::Position, &id, name),
            "counts",
            &counts(position),
            &counts(now),
        );
    }
    for position in &after.positions {
        if !before
            .positions
            .iter()
            .any(|one| one.value == position.value)
        {
            moves.note(Of::Position, Became::Added, &id(position), &position.value);
        }
    }
}

fn judgements(before: &Contents, after: &Contents, moves: &mut Moves) {
    let name = |judgement: &ledger::Judgement| {
        let decision = &judgement.decision;
        let parts = [
            Some(decision.verb.as_str()),
            Some(decision.subject.as_str()),
            decision.object.as_deref(),
            decision.value.as_deref(),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    for judgement in &before.judgements {
        let words = name(judgement);
        match after.judgement(&judgement.id) {
            None => moves.note(Of::Judgement, Became::Gone, &judgement.id, &words),
            Some(now) => moves.field(
                (Of::Judgement, &judgement.id, &words),
                "retracted",
                judgement.retracted_at.as_deref().unwrap_or_default(),
                now.retracted_at.as_deref().unwrap_or_default(),
            ),
        }
    }
    for judgement in &after.judgements {
        if before.judgement(&judgement.id).is_none() {
            moves.note(
                Of::Judgement,
                Became::Added,
                &judgement.id,
                &name(judgement),
            );
        }
    }
}
