//! What the models read as the attributions that claims are made of: in the tokens of the pattern reader, with entries of the cue
//! lexicon, and with that reader's attributions beside them as witnesses.
//!
//! It does not know whom a source names or which act a content performs.

use super::inside::{Level, levels};
use super::model::{AttributionModel, AttributionRoom, Linked};
use super::reading::{AttributionReading, Found};
use super::reopened;
use crate::attributions::{Attribution, SourceTokens, Tokens, candidates};
use crate::confidence::{Estimate, GIVEN};
use crate::knowledge::RELATIVE;
use crate::phrases;
use crate::view::View;
use text::Span;

/// The rule of what the models read.
const RULE: &str = "model";

/// An attribution with how sure the models are of it; none for what the pattern reader alone found.
pub(crate) type Claimable = (Attribution, Option<Estimate>);

/// The attributions of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Readings {
    /// Those that stand in no other, in order of their cues.
    pub(crate) outermost: Vec<Claimable>,
    /// Those inside their contents, and inside the contents of these.
    pub(crate) levels: Vec<Level>,
}

impl Readings {
    /// What the pattern reader alone finds.
    pub(crate) fn of_patterns(view: &View, patterns: Vec<Attribution>) -> Self {
        let mut outermost = patterns.into_iter().map(|found| (found, None)).collect();
        reopened::join(view, &mut outermost);
        Self {
            outermost,
            levels: Vec::new(),
        }
    }
}

/// Every attribution of a document.
pub(crate) fn claimable(found: &Found, model: &AttributionModel) -> Readings {
    let reading = AttributionReading::of(found);
    let mut room = AttributionRoom::default();
    let linked = model.read(&reading, &mut room);
    let mut outermost = outermost(found, &reading, &linked);
    reopened::join(found.view, &mut outermost);
    Readings {
        levels: levels(found, reading, model, &mut room, &outermost),
        outermost,
    }
}

fn outermost(found: &Found, reading: &AttributionReading, linked: &[Linked]) -> Vec<Claimable> {
    let mut sources: Vec<Tokens> = Vec::new();
    let mut all: Vec<Claimable> = linked
        .iter()
        // What would not be given leaves its place to the patterns.
        .filter(|linked| linked.relation >= GIVEN)
        .map(|linked| one(found, reading, linked, &mut sources))
        .collect();
    let mut taken = vec![false; found.view.len()];
    for (attribution, _) in &all {
        take(attribution, &mut taken);
    }
    // What the patterns alone see, where the models see nothing at all.
    for pattern in found.patterns {
        let parts = std::iter::once(&pattern.cue).chain(&pattern.content);
        if !parts.cloned().flatten().any(|token| taken[token]) {
            all.push((pattern.clone(), Some(doubted(found.view, pattern))));
        }
    }
    wrap(found, &mut all);
    all.sort_by_key(|(attribution, _)| attribution.cue.start);
    all
}

/// Puts what the patterns alone see around what the models read in its place: a source and a cue of which the models see nothing,
/// with a content that holds all of what they read there ("According to the Gazette, Ferrin said …"). What was read there is
/// read again inside that content.
fn wrap(found: &Found, all: &mut Vec<Claimable>) {
    let mut owner = vec![None; found.view.len()];
    for (place, (attribution, _)) in all.iter().enumerate() {
        for token in words(attribution) {
            if let Some(slot) = owner.get_mut(token) {
                *slot = Some(place);
            }
        }
    }
    let mut is_inside = vec![false; all.len()];
    let mut wrappers = Vec::new();
    for pattern in found.patterns {
        let (SourceTokens::Stated(source), [content]) = (&pattern.source, &pattern.content[..])
        else {
            continue;
        };
        let own = source.clone().chain(pattern.cue.clone());
        if own.clone().any(|token| owner[token].is_some()) {
            continue;
        }
        let mut held: Vec<usize> = content.clone().filter_map(|token| owner[token]).collect();
        held.dedup();
        let wholly = |place: &usize| words(&all[*place].0).all(|token| content.contains(&token));
        if held.is_empty() || !held.iter().all(wholly) {
            continue;
        }
        for place in held {
            is_inside[place] = true;
        }
        let estimate = estimate(found.view, pattern);
        wrappers.push((pattern.clone(), Some(estimate)));
    }
    let mut place = 0;
    all.retain(|_| {
        place += 1;
        !is_inside[place - 1]
    });
    all.extend(wrappers);
}

/// The tokens of source, cue and content.
fn words(attribution: &Attribution) -> impl Iterator<Item = usize> {
    let source = match &attribution.source {
        SourceTokens::Stated(tokens) | SourceTokens::Shared(tokens) => tokens.clone(),
        SourceTokens::Relative { .. } | SourceTokens::Elided | SourceTokens::Nobody => 0..0,
    };
    let content = attribution.content.clone().into_iter();
    content.chain([source, attribution.cue.clone()]).flatten()
}

/// The patterns' own probabilities.
fn estimate(view: &View, pattern: &Attribution) -> Estimate {
    let lemma = &view.knowledge.cues.entries[pattern.entry].lemma;
    view.knowledge.confidences.of(pattern.rule, lemma)
}

/// How sure it is of what the patterns alone see.
pub(super) fn doubted(view: &View, pattern: &Attribution) -> Estimate {
    let table = estimate(view, pattern);
    Estimate {
        content: ALONE * table.content,
        relation: ALONE * table.relation,
    }
}

/// What the patterns' own probabilities are worth where the models see nothing. A guess: of 49 such attributions in PolNeAR's dev
/// part 19 were right; it is not fitted to training articles yet.
const ALONE: f64 = 0.6;

/// Marks the tokens of an attribution.
fn take(attribution: &Attribution, taken: &mut [bool]) {
    for token in words(attribution) {
        if let Some(slot) = taken.get_mut(token) {
            *slot = true;
        }
    }
}

/// The view's tokens that share a byte with a span.
fn tokens_in(view: &View, span: Span) -> Tokens {
    let tokens = &view.segments.tokens;
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let end = tokens.partition_point(|token| token.span.start < span.end);
    first..end.max(first)
}

pub(super) fn one(
    found: &Found,
    reading: &AttributionReading,
    linked: &Linked,
    sources: &mut Vec<Tokens>,
) -> Claimable {
    let view = found.view;
    let tokens = |range: &Tokens| tokens_in(view, reading.span(range));
    let cues: Vec<Tokens> = linked.cue.iter().map(tokens).collect();
    let witness = witness(found.patterns, &cues);
    let mut content: Vec<Tokens> = linked.content.iter().map(tokens).collect();
    if let Some(witness) = witness {
        without_addressee_and_channel(&mut content, witness);
    }
    let (cue, entry) = match witness {
        Some(witness) => {
            let cue = cues.iter().find(|cue| cue.contains(&witness.cue.start));
            (cue, Some(witness.entry))
        }
        None => cues
            .iter()
            .find_map(|cue| entry_of(view, cue, &content).map(|entry| (Some(cue), Some(entry))))
            .unwrap_or((None, None)),
    };
    let cue = cue.or(cues.first()).cloned().unwrap_or(0..0);
    let source = match linked.source.first().map(tokens) {
        Some(source) => stated(view, source, sources),
        None => unstated(view, witness, &content),
    };
    let attribution = Attribution {
        rule: RULE,
        entry: entry.unwrap_or(view.knowledge.cues.unlisted()),
        source,
        cue,
        addressee: witness.and_then(|witness| witness.addressee.clone()),
        channel: witness.and_then(|witness| witness.channel.clone()),
        content,
        inverted: false,
    };
    let estimate = Estimate {
        content: linked.attribution,
        relation: linked.relation,
    };
    // Source and content the wrong way round: the pattern reader alone looks for that.
    match witness.filter(|witness| witness.inverted) {
        Some(inverted) => (inverted.clone(), Some(estimate)),
        None => (attribution, Some(estimate)),
    }
}

/// Takes off a content what the pattern reader knows to be no part of it: to whom it was said before it ("called on the town to
/// …"), and where it was said after it.
fn without_addressee_and_channel(content: &mut [Tokens], witness: &Attribution) {
    if let (Some(first), Some(addressee), Some(said)) = (
        content.first_mut(),
        &witness.addressee,
        witness.content.first(),
    ) && addressee.start == first.start
        && addressee.end <= said.start
        && said.start < first.end
    {
        first.start = said.start;
    }
    if let (Some(last), Some(channel), Some(said)) =
        (content.last_mut(), &witness.channel, witness.content.last())
        && (last.start + 1..=channel.start).contains(&said.end)
        && channel.end <= last.end
    {
        last.end = said.end;
    }
}

/// What the pattern reader read by the same cue. Its attributions stand in order of their cues.
fn witness<'a>(patterns: &'a [Attribution], cues: &[Tokens]) -> Option<&'a Attribution> {
    cues.iter().find_map(|cue| {
        let first = patterns.partition_point(|pattern| pattern.cue.start < cue.start);
        patterns
            .get(first)
            .filter(|pattern| cue.contains(&pattern.cue.start))
    })
}

/// The entry of the cue lexicon that a cue has: the first that is no weak one, by the form of the content where a word has
/// several.
pub(crate) fn entry_of(view: &View, cue: &Tokens, content: &[Tokens]) -> Option<usize> {
    let mut weak = None;
    for token in cue.clone() {
        let found = candidates(view, token, view.len());
        let longest = found.iter().filter(|found| found.end <= cue.end + 1);
        let fits = |frames: &[&str]| longest.clone().find(|found| found.entry.takes_any(frames));
        let opening = content
            .iter()
            .map(|content| content.start)
            .find(|start| *start >= cue.end)
            .map_or("", |start| view.lower(start));
        let chosen = match opening {
            "to" => fits(&["to", "np_to"]),
            "if" | "whether" => fits(&["if"]),
            "that" => fits(&["that", "np_that"]),
            _ => None,
        }
        .or_else(|| longest.clone().next());
        match chosen {
            Some(found) if found.entry.takes("weak") => weak = weak.or(Some(found.number)),
            Some(found) => return Some(found.number),
            None => {}
        }
    }
    weak
}

/// A source that is said.
fn stated(view: &View, source: Tokens, sources: &mut Vec<Tokens>) -> SourceTokens {
    if source.len() == 1
        && view.is(source.start, RELATIVE)
        && let Some(sentence) = view.sentence_around(source.start)
        && source.start > sentence.start
    {
        let pronoun = source.start;
        let end = pronoun - usize::from(view.is_comma(pronoun - 1));
        let start = phrases::phrase_start(view, sentence.start, end);
        return SourceTokens::Relative {
            pronoun,
            antecedent: (start < end).then_some(start..end),
        };
    }
    if sources.contains(&source) {
        return SourceTokens::Shared(source);
    }
    if sources.len() > 20 {
        sources.remove(0);
    }
    sources.push(source.clone());
    SourceTokens::Stated(source)
}

/// A source that is not said beside the cue.
fn unstated(view: &View, witness: Option<&Attribution>, content: &[Tokens]) -> SourceTokens {
    match witness.map(|witness| &witness.source) {
        Some(SourceTokens::Shared(tokens)) => SourceTokens::Shared(tokens.clone()),
        Some(SourceTokens::Elided) => SourceTokens::Elided,
        _ if content
            .iter()
            .any(|content| view.quote(content.start).is_some()) =>
        {
            SourceTokens::Elided
        }
        _ => SourceTokens::Nobody,
    }
}
