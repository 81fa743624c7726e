//! Attributions inside contents: the models read the words of each content again, as if nothing stood around them.
//!
//! PolNeAR's scheme labels the outermost attribution alone, and so do the weights; what a content tells of a second speaker is
//! found by cutting it out; where they see nothing in it, what the patterns see stands in.
//! It does not know who that speaker is, nor whether the telling affirms or denies the saying.

use super::claimable::{Claimable, doubted, one};
use super::model::{AttributionModel, AttributionRoom};
use super::reading::{AttributionReading, Found, NO_HEAD, UNQUOTED};
use crate::attributions::{self, Candidate, Tokens, candidates};
use crate::cues::CuePart;
use crate::view::View;
use syntax::Relation;
use text::{Segments, Sentence};

/// How many attributions may stand inside one another, the outermost among them.
const DEEPEST: usize = 3;

/// The fewest tokens of a content in which somebody speaks: "Ordun denied it".
const SHORTEST: usize = 3;

/// Below this probability what is read inside a content is left out.
const LEAST: f64 = 0.4;

/// The attributions that stand in the contents of the attributions one level above.
#[derive(Debug, Clone, Default)]
pub(crate) struct Level {
    /// The tokens of the view, with the sentences of the contents alone.
    pub(crate) segments: Segments,
    /// The contents, without the marks around them, in order.
    pub(crate) stretches: Vec<Tokens>,
    /// In order of their cues.
    pub(crate) found: Vec<Claimable>,
    /// For each of them the place of the attribution around it, in the level above.
    pub(crate) around: Vec<usize>,
}

/// The levels below the outermost attributions. Linear: each level reads every word once at most.
pub(super) fn levels(
    found: &Found,
    mut reading: AttributionReading,
    model: &AttributionModel,
    room: &mut AttributionRoom,
    outermost: &[Claimable],
) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    while levels.len() + 1 < DEEPEST {
        let stretches = match levels.last() {
            None => stretches(found.view, outermost),
            Some(level) => {
                let view = found.view.inside(&level.segments, &level.stretches);
                stretches(&view, &level.found)
            }
        };
        if stretches.is_empty() {
            break;
        }
        let level = level(found, &mut reading, model, room, stretches);
        if level.found.is_empty() {
            break;
        }
        levels.push(level);
    }
    levels
}

/// The contents that may hold an attribution, in order and apart, each with the place of its attribution.
fn stretches(view: &View, around: &[Claimable]) -> Vec<(Tokens, usize)> {
    let mut all: Vec<(Tokens, usize)> = Vec::new();
    for (place, (attribution, _)) in around.iter().enumerate() {
        for content in &attribution.content {
            let stretch = bare(view, content);
            let cue = |token: usize| !view.knowledge.cues.starting(view.lower(token)).is_empty();
            if stretch.len() >= SHORTEST && stretch.clone().any(cue) {
                all.push((stretch, place));
            }
        }
    }
    all.sort_by_key(|(stretch, _)| (stretch.start, stretch.end));
    let mut end = 0;
    all.retain(|(stretch, _)| {
        let apart = stretch.start >= end;
        if apart {
            end = stretch.end;
        }
        apart
    });
    all
}

/// A content without "that" and the marks around it, but with the stop or the comma that follows its last word.
fn bare(view: &View, content: &Tokens) -> Tokens {
    let Tokens { mut start, mut end } = content.clone();
    let quoted = view
        .quote(start)
        .is_some_and(|quote| quote.tokens.contains(&(end.max(1) - 1)));
    let outer = |token: usize| {
        view.is_comma(token)
            || matches!(view.lower(token), ":" | "that")
            || quoted && view.is_quote_mark(token)
    };
    while start < end && outer(start) {
        start += 1;
    }
    while start < end && outer(end - 1) {
        end -= 1;
    }
    // With its stop or comma it looks more like a sentence.
    if start < end && (view.is_stop(end) || view.is_comma(end)) {
        end += 1;
    }
    start..end
}

fn level(
    found: &Found,
    reading: &mut AttributionReading,
    model: &AttributionModel,
    room: &mut AttributionRoom,
    stretches: Vec<(Tokens, usize)>,
) -> Level {
    let (ranges, around): (Vec<Tokens>, Vec<usize>) = stretches.into_iter().unzip();
    let mut level = Level {
        segments: Segments {
            sentences: sentences(found.view, &ranges),
            tokens: found.view.segments.tokens.clone(),
        },
        stretches: ranges,
        ..Level::default()
    };
    let view = found.view.inside(&level.segments, &level.stretches);
    let patterns = attributions::attributions(&view);
    let inside = Found {
        view: &view,
        patterns: &patterns,
        ..*found
    };
    // What has neither a pattern nor a verb of the lexicon is seldom an attribution to the models, and they cost more.
    let with_cue = |stretch: &Tokens| {
        let first = patterns.partition_point(|pattern| pattern.cue.start < stretch.start);
        let cue = patterns.get(first).map(|pattern| pattern.cue.start);
        cue.is_some_and(|cue| stretch.contains(&cue))
            || stretch
                .clone()
                .any(|token| is_cue_verb(&view, token, stretch.end))
    };
    let (stretches, around): (Vec<Tokens>, Vec<usize>) = (level.stretches.iter().cloned())
        .zip(around)
        .filter(|(stretch, _)| with_cue(stretch))
        .unzip();
    reading.enter(&inside, &stretches);
    let mut sources = Vec::new();
    let mut all: Vec<(Claimable, usize)> = Vec::new();
    for linked in model.read_paragraphs(reading, room) {
        if linked.relation < LEAST {
            continue;
        }
        let mut claimable = one(&inside, reading, &linked, &mut sources);
        let cue = claimable.0.cue.start;
        if let Some(place) = place_of(&stretches, cue) {
            without_stop(&view, &mut claimable.0.content, stretches[place].end);
            all.push((claimable, around[place]));
        }
    }
    // What the patterns see, where the models see nothing at all.
    let mut is_read = vec![false; stretches.len()];
    for ((attribution, _), _) in &all {
        if let Some(place) = place_of(&stretches, attribution.cue.start) {
            is_read[place] = true;
        }
    }
    for pattern in &patterns {
        let place = place_of(&stretches, pattern.cue.start).filter(|place| !is_read[*place]);
        if let Some(place) = place {
            let mut pattern = pattern.clone();
            let doubted = doubted(&view, &pattern);
            without_stop(&view, &mut pattern.content, stretches[place].end);
            all.push(((pattern, Some(doubted)), around[place]));
        }
    }
    all.sort_by_key(|((attribution, _), _)| attribution.cue.start);
    (level.found, level.around) = all.into_iter().unzip();
    level.stretches = stretches;
    level
}

/// The place of the stretch that holds a token.
fn place_of(stretches: &[Tokens], token: usize) -> Option<usize> {
    let place = stretches.partition_point(|stretch| stretch.end <= token);
    (stretches
        .get(place)
        .is_some_and(|stretch| stretch.contains(&token)))
    .then_some(place)
}

/// Whether a verb stands at a token whose entry of the lexicon is no weak one.
fn is_cue_verb(view: &View, token: usize, end: usize) -> bool {
    let strong = |cue: &Candidate| cue.entry.part == CuePart::Verb && !cue.entry.takes("weak");
    !view.knowledge.cues.starting(view.lower(token)).is_empty()
        && view.xpos(token).starts_with("VB")
        && candidates(view, token, end).iter().any(strong)
}

/// Takes the mark that closes a stretch off a content.
fn without_stop(view: &View, content: &mut [Tokens], end: usize) {
    if let Some(last) = content.last_mut()
        && last.end == end
        && last.len() > 1
        && (view.is_stop(end - 1) || view.is_comma(end - 1))
    {
        last.end -= 1;
    }
}

/// The sentences of a view as far as they lie in some stretches.
fn sentences(view: &View, stretches: &[Tokens]) -> Vec<Sentence> {
    let all = &view.segments.sentences;
    let mut inside = Vec::new();
    for stretch in stretches {
        let first = all.partition_point(|sentence| sentence.last as usize <= stretch.start);
        let here = all[first..]
            .iter()
            .take_while(|sentence| (sentence.first as usize) < stretch.end);
        for sentence in here {
            let tokens = view.sentence_tokens(sentence);
            let tokens = tokens.start.max(stretch.start)..tokens.end.min(stretch.end);
            inside.push(Sentence {
                span: view.span(tokens.clone()),
                first: tokens.start as u32,
                last: tokens.end as u32,
                ..*sentence
            });
        }
    }
    inside
}

impl AttributionReading {
    /// Takes the words of some stretches of the view for all there is: each is a paragraph, its tree and its quotations end
    /// at its edges.
    fn enter(&mut self, inside: &Found, stretches: &[Tokens]) {
        self.paragraphs.clear();
        for stretch in stretches {
            let tokens = self.tokens_in(inside.view.span(stretch.clone()));
            self.paragraphs.push(tokens.clone());
            for at in tokens.clone() {
                let seen = &mut self.seen[at];
                seen.quote = UNQUOTED;
                seen.quotation = 0;
                seen.pattern = 0;
                seen.rule = 0;
                let small = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
                seen.place.0 = seen.place.0.min(small(at - tokens.start));
                seen.place.1 = seen.place.1.min(small(tokens.end - 1 - at));
                if seen.head != NO_HEAD && !tokens.contains(&(seen.head as usize)) {
                    seen.head = NO_HEAD;
                    seen.relation = Relation::Root as u8;
                }
                if seen.subject != NO_HEAD && !tokens.contains(&(seen.subject as usize)) {
                    seen.subject = NO_HEAD;
                }
            }
            for at in tokens {
                self.seen[at].depth = self.depth(at);
            }
        }
        self.quotations(inside.text, inside.segments);
        let begins = self.begins(inside.view);
        self.patterns(inside.patterns, &begins);
        for number in 0..self.paragraphs.len() {
            self.steps(
                self.paragraphs[number].clone(),
                inside.text,
                inside.segments,
            );
        }
    }
}
