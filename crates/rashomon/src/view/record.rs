//! One document or claim whole, for people.
//!
//! It does not know how the record was found.

use super::claim_line::{Layout, Spoken, in_marks, party, passage, quote, spoken};
use super::row;
use super::terminal::{Terminal, Tone, cell, flat, wrap};
use crate::assets;
use crate::contents::{Contents, Found, day_of_claim};
use annotate::{Annotations, Claim, EntityId, Event, NameBasis, Quantity, TimeExpr, UnverifiedBy};
use ledger::Judgement;
use link::{JudgedAs, Reading};
use text::{BlockKind, Document, Span};

/// Columns of the names of fields.
const FIELD: usize = 12;

/// A field's name and what stands in it.
pub type Field = (&'static str, String);

/// Fields under each other; those without anything are left out.
#[must_use]
pub fn field_lines(fields: &[Field], terminal: Terminal) -> Vec<String> {
    fields
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .flat_map(|(name, value)| {
            wrap(value, terminal.width.saturating_sub(FIELD + 2))
                .into_iter()
                .enumerate()
                .map(|(row, line)| {
                    let name = if row == 0 { *name } else { "" };
                    format!(
                        "{}  {line}",
                        terminal.paint(Tone::Faint, &cell(name, FIELD))
                    )
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// A document: what is known of it, its claims, its text.
#[must_use]
pub fn document_lines(reading: &Reading, contents: &Contents, terminal: Terminal) -> Vec<String> {
    let document = &reading.document;
    let annotations = &reading.annotations;
    let mut lines: Vec<String> = wrap(&row::title(document), terminal.width)
        .iter()
        .map(|line| terminal.paint(Tone::Head, line))
        .collect();
    lines.extend(field_lines(&document_fields(document), terminal));
    if let Some(judgement) = contents.ignored_document(&document.id) {
        let words = judged_words(JudgedAs::Ignored, judgement);
        lines.extend(field_lines(&[("judged", words)], terminal));
    }
    for note in document.notes.iter().chain(&annotations.notes) {
        let words = flat(note.span.slice(&document.text));
        let quoted = if words.is_empty() {
            String::new()
        } else {
            format!(" (“{words}”)")
        };
        lines.extend(field_lines(
            &[("note", format!("{}{quoted}", flat(&note.message)))],
            terminal,
        ));
    }
    lines.push(String::new());
    if annotations.claims.is_empty() {
        lines.push("No claim was found in it.".to_owned());
    }
    let said: Vec<(Found<'_>, Spoken)> = annotations
        .claims
        .iter()
        .map(|claim| (Found { claim, reading }, spoken(claim, reading)))
        .collect();
    lines.extend(row::claim_rows(&said, contents, terminal));
    lines.push(String::new());
    for block in &document.blocks {
        let words = flat(block.span.slice(&document.text));
        if words.is_empty() {
            continue;
        }
        let tone = match block.kind {
            BlockKind::Headline | BlockKind::Subhead => Some(Tone::Head),
            BlockKind::Boilerplate => Some(Tone::Faint),
            BlockKind::Paragraph | BlockKind::Caption => None,
        };
        let labelled = if block.kind == BlockKind::Paragraph {
            words
        } else {
            format!("[{}] {words}", block.kind)
        };
        for line in wrap(&labelled, terminal.width) {
            lines.push(tone.map_or_else(|| line.clone(), |tone| terminal.paint(tone, &line)));
        }
        lines.push(String::new());
    }
    let original = document
        .meta
        .translated
        .as_ref()
        .and_then(|translation| translation.original.as_deref());
    if let Some(original) = original {
        lines.push("[original]".to_owned());
        lines.extend(wrap(&flat(original), terminal.width));
    }
    lines
}

/// A claim: the claim line, then every field.
#[must_use]
pub fn claim_lines(found: Found<'_>, contents: &Contents, terminal: Terminal) -> Vec<String> {
    let Found { claim, reading } = found;
    let said = spoken(claim, reading);
    let mut lines = said.whole(Layout::new([&said].into_iter(), 0, terminal));
    lines.push(String::new());
    lines.extend(field_lines(&claim_fields(found, contents), terminal));
    lines
}

/// What is known of a claim, field by field.
#[must_use]
pub fn claim_fields(found: Found<'_>, contents: &Contents) -> Vec<Field> {
    let Found { claim, reading } = found;
    let (document, annotations) = (&reading.document, &reading.annotations);
    let words = |span: Option<Span>| {
        span.map_or_else(String::new, |span| {
            in_marks(&flat(span.slice(&document.text)))
        })
    };
    let mut fields = vec![
        ("id", format!("cl_{}", claim.id)),
        ("party", source_words(claim, document, annotations)),
        (
            "act",
            match &claim.cue {
                None => claim.act.to_string(),
                Some(cue) => format!(
                    "{} (cue {})",
                    claim.act,
                    in_marks(&quote(&cue.spans, &document.text))
                ),
            },
        ),
        (
            "content",
            format!(
                "{} ({})",
                in_marks(&quote(&claim.content.spans, &document.text)),
                claim.content.quotation
            ),
        ),
        ("in the text", passage_words(claim, document)),
        (
            "day",
            day_of_claim(claim, document).unwrap_or_else(|| "undated".to_owned()),
        ),
        (
            "said",
            claim
                .said
                .as_ref()
                .map_or_else(String::new, |time| time_words(time, &document.text)),
        ),
        ("certainty", certainty_words(claim, annotations)),
        ("voice", claim.voice.to_string()),
        ("addressee", words(claim.addressee)),
        ("channel", words(claim.channel)),
    ];
    fields.extend(claim.via.iter().map(|via| ("through", flat(&via.name))));
    fields.extend(
        claim
            .events
            .iter()
            .map(|event| ("event", event_words(event, document, annotations))),
    );
    if let Some(other) = claim
        .refers_to
        .and_then(|index| annotations.claims.get(index as usize))
    {
        fields.push((
            "refers to",
            format!(
                "{} {} {} ({})",
                party(other, document, annotations),
                other.act,
                in_marks(&quote(&other.content.spans, &document.text)),
                contents.short_claim(&other.id)
            ),
        ));
    }
    let flags: Vec<&str> = claim.flags.iter().map(|flag| flag.as_str()).collect();
    fields.push(("flags", flags.join(", ")));
    fields.push(("standing", claim.standing.to_string()));
    fields.push(("confidence", confidence_words(claim)));
    let judged = contents.judged_claim(&document.id, &claim.id);
    let judged = judged
        .into_iter()
        .map(|(effect, judgement)| judged_words(effect, judgement));
    fields.extend(judged.map(|words| ("judged", words)));
    let mut place = vec![document.id.clone()];
    place.extend(document.meta.outlet.as_deref().map(flat));
    place.extend(row::file(document));
    fields.push((
        "document",
        format!("{} ({})", row::title(document), place.join(" · ")),
    ));
    fields
}

/// `for linking, place=Korva: Ilva Renn (ju_5be01a)`; `ignored: Ilva Renn (ju_5be01a)`
#[must_use]
pub fn judged_words(effect: JudgedAs, judgement: &Judgement) -> String {
    let decision = &judgement.decision;
    let what = match (effect, &decision.value) {
        (JudgedAs::Corrected, Some(value))
            if matches!(link::slot_words(value), Ok((link::SlotField::Best, ..))) =>
        {
            format!("put down: {}", flat(value))
        }
        (JudgedAs::Corrected, Some(value)) => format!("for linking read as {}", flat(value)),
        (JudgedAs::SameSide, _) => "two parties are one side".to_owned(),
        (effect, _) => effect.to_string(),
    };
    format!("{what}: {} ({})", flat(&decision.by_name), judgement.id)
}

fn document_fields(document: &Document) -> Vec<Field> {
    let meta = &document.meta;
    let mut fields = vec![
        ("id", document.id.clone()),
        (
            "outlet",
            meta.outlet.as_deref().map_or_else(String::new, flat),
        ),
        (
            "byline",
            meta.byline.as_deref().map_or_else(String::new, flat),
        ),
        (
            "published",
            meta.published.as_deref().map_or_else(
                || {
                    format!(
                        "undated; rashomon judge published {} DATE --by NAME dates it",
                        document.id.get(..8).unwrap_or(&document.id)
                    )
                },
                |day| format!("{} ({})", flat(day), meta.published_basis),
            ),
        ),
        (
            "language",
            meta.language.as_deref().map_or_else(String::new, flat),
        ),
        (
            "address",
            meta.url.as_deref().map_or_else(String::new, flat),
        ),
    ];
    if let Some(translation) = &meta.translated {
        let from = translation.from.as_deref().map_or_else(String::new, flat);
        let by = translation
            .by
            .as_deref()
            .map_or_else(String::new, |by| format!(" by {}", flat(by)));
        let original = if translation.original.is_some() {
            "; the original stands at the end"
        } else {
            ""
        };
        fields.push((
            "translated",
            format!("in translation from {from}{by}{original}"),
        ));
    }
    fields.extend(document.sightings.iter().map(|sighting| {
        let parts = [
            &sighting.path,
            &sighting.record_id,
            &sighting.url,
            &sighting.outlet,
            &sighting.captured,
        ];
        let parts: Vec<String> = parts.into_iter().flatten().map(|part| flat(part)).collect();
        ("seen", parts.join(" · "))
    }));
    fields
}

fn source_words(claim: &Claim, document: &Document, annotations: &Annotations) -> String {
    let source = &claim.source;
    let mut words = party(claim, document, annotations);
    let mut said: Vec<String> = vec![source.kind.to_string()];
    if !source.spans.is_empty() {
        said.push(format!(
            "in the text {}",
            in_marks(&quote(&source.spans, &document.text))
        ));
    }
    if let Some(basis) = source.name_basis {
        said.push(match basis {
            NameBasis::Stated => "name stated".to_owned(),
            NameBasis::Coreference => "name by coreference".to_owned(),
            NameBasis::Inferred => "name inferred".to_owned(),
        });
    }
    if let Some(id) = source.speaks_for {
        said.push(format!("speaks for {}", entity_words(id, annotations)));
    }
    words.push_str(&format!(" ({})", said.join("; ")));
    words
}

/// The sentences in which the attribution stands, whole. Where its parts are far apart, those of the content alone.
fn passage_words(claim: &Claim, document: &Document) -> String {
    const LONGEST: usize = 800;
    let all = passage(claim);
    let spans = if all.len() > LONGEST {
        claim.content.spans.clone()
    } else {
        vec![all]
    };
    let segments = text::segment(document, &assets::segmenter());
    let sentences: Vec<String> = segments
        .sentences
        .iter()
        .filter(|sentence| spans.iter().any(|span| span.overlaps(sentence.span)))
        .map(|sentence| flat(sentence.span.slice(&document.text)))
        .collect();
    if sentences.is_empty() {
        return String::new();
    }
    in_marks(&sentences.join(" "))
}

fn certainty_words(claim: &Claim, annotations: &Annotations) -> String {
    let by = match claim.unverified_by {
        None => String::new(),
        Some(UnverifiedBy::Outlet) => "; the article says that it is not verified".to_owned(),
        Some(UnverifiedBy::Entity(id)) => format!(
            "; {} says that it is not verified",
            entity_words(id, annotations)
        ),
    };
    format!("{}, {}{by}", claim.certainty, claim.polarity)
}

fn confidence_words(claim: &Claim) -> String {
    let number =
        |part: Option<f64>| part.map_or_else(|| "–".to_owned(), |part| format!("{part:.2}"));
    format!(
        "attribution {}, source {}, act {:.2}",
        number(claim.confidence.attribution),
        number(claim.confidence.source),
        claim.confidence.act
    )
}

fn event_words(event: &Event, document: &Document, annotations: &Annotations) -> String {
    let mut words = format!(
        "{} “{}” · {} · {}",
        event.kind,
        flat(event.span.slice(&document.text)),
        event.realis,
        event.polarity
    );
    for participant in &event.participants {
        let who = participant.entity.map_or_else(
            || in_marks(&quote(&participant.spans, &document.text)),
            |id| entity_words(id, annotations),
        );
        words.push_str(&format!(
            " · {} {who} ({})",
            participant.role, participant.basis
        ));
    }
    if let Some(place) = event.place {
        words.push_str(&format!(" · in {}", entity_words(place, annotations)));
    }
    if let Some(time) = &event.time {
        words.push_str(&format!(" · {}", time_words(time, &document.text)));
    }
    for quantity in &event.quantities {
        words.push_str(&format!(" · {}", quantity_words(quantity, &document.text)));
    }
    if let Some(cause) = event.cause {
        words.push_str(&format!(" · how: “{}”", flat(cause.slice(&document.text))));
    }
    words
}

/// `“On Sunday” (DATE 2021-09-05)`
#[must_use]
pub fn time_words(time: &TimeExpr, text: &str) -> String {
    let value = time.value.as_deref().unwrap_or("not resolved");
    let modifier = time
        .modifier
        .as_deref()
        .map_or_else(String::new, |modifier| format!(" {}", flat(modifier)));
    let range = match (time.earliest, time.latest) {
        (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
        _ => String::new(),
    };
    format!(
        "“{}” ({} {}{modifier}{range})",
        flat(time.span.slice(text)),
        time.kind,
        flat(value)
    )
}

/// `“150,000 to 200,000 people” (150000 – – – 200000 person, range)`
#[must_use]
pub fn quantity_words(quantity: &Quantity, text: &str) -> String {
    let number =
        |part: Option<f64>| part.map_or_else(|| "open".to_owned(), |part| part.to_string());
    let effect = quantity
        .effect
        .map_or_else(String::new, |effect| format!(" {effect}"));
    format!(
        "“{}” (low {}, best {}, high {} {}{effect}, {})",
        flat(quantity.span.slice(text)),
        number(quantity.low),
        number(quantity.best),
        number(quantity.high),
        flat(&quantity.unit),
        quantity.hedge
    )
}

fn entity_words(id: EntityId, annotations: &Annotations) -> String {
    annotations
        .entities
        .get(id.index())
        .map_or_else(|| id.to_string(), |entity| flat(&entity.name))
}
