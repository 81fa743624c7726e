//! What surrounds a number in its text: the places, and what it is told to have happened in.

use crate::statements::{ClaimAt, Library};
use annotate::{Claim, EntityKind, Event, Precision};
use std::collections::BTreeSet;
use text::Span;

/// Sentences before a figure in which its place is looked for.
const BEFORE: usize = 2;

/// What surrounds a number.
pub(super) struct Scene {
    /// Its sentence's number in the text.
    pub sentence: usize,
    /// Places, the smallest that are named.
    pub places: BTreeSet<usize>,
    /// Whether the figure's own sentence names them.
    pub own_places: bool,
    /// Whether they are too large for one event.
    pub is_wide: bool,
    /// Whether two places are named side by side.
    pub several: bool,
    /// Whether its words say that it happened elsewhere, or is a part of what is told ("meanwhile", "among the dead").
    pub elsewhere: bool,
    /// What it happened in, without places, days, numbers and words of dying.
    pub circumstances: BTreeSet<String>,
}

pub(super) fn scene(
    library: &Library,
    at: ClaimAt,
    claim: &Claim,
    number: Span,
    event: &Event,
    sentences: &[Span],
) -> Scene {
    let sentence = sentences.partition_point(|one| one.to() <= number.from());
    let whole = sentences
        .get(sentence)
        .copied()
        .filter(|span| span.contains(number));
    let inside: Vec<Span> = claim
        .content
        .spans
        .iter()
        .filter_map(|content| {
            let Some(whole) = whole else {
                return Some(*content);
            };
            let (start, end) = (
                content.from().max(whole.from()),
                content.to().min(whole.to()),
            );
            (start < end).then(|| Span::new(start, end))
        })
        .collect();
    let (mut places, several) = places(library, at.reading, &inside);
    places.extend(library.world.get(at.reading, event.place));
    places = smallest(library, places);
    let own_places = !places.is_empty();
    let mut around = inside.clone();
    let mut back = sentence;
    while (places.is_empty() || is_wide(library, &places)) && back > 0 && sentence - back < BEFORE {
        back -= 1;
        let span = sentences[back];
        around.push(span);
        let (found, _) = self::places(library, at.reading, &[span]);
        let found = smallest(library, found);
        if !found.is_empty() && !is_wide(library, &found) {
            places = found;
        }
    }
    let text = &library.readings[at.reading].document.text;
    let mut circumstances = BTreeSet::new();
    for span in &around {
        circumstances.extend(told_in(library, at.reading, *span));
    }
    Scene {
        sentence,
        is_wide: is_wide(library, &places),
        places,
        own_places,
        several,
        elsewhere: inside
            .iter()
            .any(|span| library.lexicon.is_elsewhere(span.slice(text))),
        circumstances,
    }
}

/// The places named in spans, and whether two are named side by side.
fn places(library: &Library, reading: usize, spans: &[Span]) -> (BTreeSet<usize>, bool) {
    let read = library.readings[reading];
    let text = &read.document.text;
    let mut found: Vec<(Span, usize)> = Vec::new();
    for (local, entity) in read.annotations.entities.iter().enumerate() {
        if entity.kind != EntityKind::Place {
            continue;
        }
        let Some(index) = library.world.of.get(reading).and_then(|of| of.get(local)) else {
            continue;
        };
        let mentions = entity.mentions.iter().filter(|mention| {
            library.world.proper[*index] && spans.iter().any(|span| span.contains(**mention))
        });
        found.extend(mentions.map(|mention| (*mention, *index)));
    }
    found.sort_unstable();
    let several = found.windows(2).any(|pair| {
        let between = text.get(pair[0].0.to()..pair[1].0.from()).unwrap_or("");
        pair[0].1 != pair[1].1 && library.lexicon.is_joint(between)
    });
    (found.into_iter().map(|(_, index)| index).collect(), several)
}

fn reach(library: &Library, index: usize) -> u8 {
    match library.world.entities[index]
        .place
        .as_ref()
        .map(|place| place.precision)
    {
        Some(Precision::Point) | None => 0,
        Some(Precision::Admin2) => 1,
        Some(Precision::Admin1) => 2,
        Some(Precision::Region) => 3,
        Some(Precision::Country) => 4,
    }
}

/// Of several places those of the smallest kind.
fn smallest(library: &Library, places: BTreeSet<usize>) -> BTreeSet<usize> {
    let least = places.iter().map(|index| reach(library, *index)).min();
    let mut places = places;
    places.retain(|index| Some(reach(library, *index)) == least);
    places
}

fn is_wide(library: &Library, places: &BTreeSet<usize>) -> bool {
    places.iter().all(|index| reach(library, *index) >= 2)
}

/// What a stretch of text says of an event beside its place, its day, its numbers and that people died.
fn told_in(library: &Library, reading: usize, span: Span) -> BTreeSet<String> {
    let read = library.readings[reading];
    let annotations = &read.annotations;
    let mut words: Vec<u8> = span.slice(&read.document.text).as_bytes().to_vec();
    let mut blank = |inner: Span| {
        let (start, end) = (inner.from().max(span.from()), inner.to().min(span.to()));
        for at in start..end.max(start) {
            words[at - span.from()] = b' ';
        }
    };
    annotations.times.iter().for_each(|time| blank(time.span));
    annotations
        .quantities
        .iter()
        .for_each(|one| blank(one.span));
    for claim in &annotations.claims {
        let own = claim
            .source
            .spans
            .iter()
            .chain(claim.cue.iter().flat_map(|cue| &cue.spans));
        own.for_each(|span| blank(*span));
        // Who tells it says nothing of what happened, wherever the name stands.
        let speaker = claim
            .source
            .entity
            .and_then(|id| annotations.entities.get(id.index()));
        let names = speaker.iter().flat_map(|entity| &entity.mentions);
        names.for_each(|span| blank(*span));
        for quantity in claim.events.iter().flat_map(|event| &event.quantities) {
            blank(quantity.span);
        }
    }
    for entity in annotations
        .entities
        .iter()
        .filter(|one| one.kind == EntityKind::Place)
    {
        entity.mentions.iter().for_each(|span| blank(*span));
    }
    let text = String::from_utf8_lossy(&words);
    library.lexicon.circumstances(&text)
}

/// The sentences of a text, by marks and capitals alone: readings from a ledger come without tokens, and must give the same.
pub(super) fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut last_word = 0;
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    for (number, (at, letter)) in letters.iter().enumerate() {
        if letter.is_whitespace() {
            let next = letters[number..]
                .iter()
                .find(|(_, next)| !next.is_whitespace());
            let word = text.get(last_word..*at).unwrap_or("");
            let bare = word.trim_end_matches(['"', '\'', '”', '’', ')']);
            let ends = bare.ends_with(['.', '!', '?']);
            let stem = bare.trim_end_matches(['.', '!', '?']);
            // "Gen. Orlov", "a.m. On": a short word with a capital, or one with another mark in it, ends nothing.
            let short = bare.ends_with('.')
                && (stem.contains('.')
                    || stem.starts_with(char::is_uppercase) && stem.chars().count() <= 3);
            let opens = next.is_some_and(|(_, next)| !next.is_lowercase());
            let parts = text
                .get(*at..next.map_or(text.len(), |(next, _)| *next))
                .unwrap_or("");
            let is_gap = parts.matches('\n').count() > 1;
            if (ends && !short && opens) || is_gap {
                found.push(Span::new(start, *at));
                start = next.map_or(text.len(), |(next, _)| *next);
            }
            last_word = at + letter.len_utf8();
        }
    }
    if start < text.len() {
        found.push(Span::new(start, text.len()));
    }
    found.retain(|span| span.from() < span.to());
    found
}
