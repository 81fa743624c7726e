//! Claims: attributions with source, act, certainty and events; what denials are about.
//!
//! It puts together what the other readers found; it reads no words for the first time except those that change an act. It does not
//! know how the narrator's statements are found (`narrator`) nor what is said of checking (`verification`).

use crate::acts;
use crate::attribution_reader::Readings;
use crate::attributions::{Attribution, SourceTokens, Tokens};
use crate::confidence::{self, Estimate};
use crate::events::{Found, Speaker, events};
use crate::inner;
use crate::knowledge::NEEDS_OBJECT;
use crate::sources::Resolver;
use crate::view::View;
use crate::{
    Act, Certainty, Claim, Confidence, Content, Cue, EntityId, EntityKind, Event, Flag, Polarity,
    Quotation, Realis, Role, Source, SourceKind, Standing, TimeExpr, TimeKind, Voice, Why,
};
use crate::{narrator, phrases, targets, verification};
use sha2::{Digest, Sha256};
use text::Span;

/// The claims of a document, in order of their first word.
pub(crate) fn claims(
    view: &View,
    resolver: &mut Resolver,
    readings: &Readings,
    found: &Found,
) -> Vec<Claim> {
    let attributions = readings.outermost.as_slice();
    let mut places = Vec::with_capacity(attributions.len());
    let mut claims: Vec<Claim> = Vec::new();
    let mut sources: Vec<(usize, Source)> = Vec::new();
    let mut last_person = None;
    for (index, (attribution, estimate)) in attributions.iter().enumerate() {
        // Only neighbours can stand in the same sentence; a window keeps this linear.
        let near = &attributions[index.saturating_sub(4)..attributions.len().min(index + 5)];
        let lemma = &view.knowledge.cues.entries[attribution.entry].lemma;
        let estimate =
            estimate.unwrap_or_else(|| view.knowledge.confidences.of(attribution.rule, lemma));
        if estimate.relation < confidence::GIVEN && !view.knowledge.confidences.is_empty() {
            places.push(None);
            continue;
        }
        let source = resolver.source(attribution, &sources[sources.len().saturating_sub(50)..]);
        let claim = attributed(
            view,
            resolver,
            attribution,
            near,
            estimate,
            source.clone(),
            found,
            last_person,
        );
        last_person = claim
            .events
            .iter()
            .rev()
            .find_map(|event| event.participant(Role::Object))
            .or(last_person);
        sources.push((attribution.cue.start, source));
        places.push(Some(claims.len()));
        claims.push(claim);
    }
    inner::claims(
        view,
        resolver,
        readings,
        &sources,
        places,
        found,
        &mut claims,
    );
    claims.extend(narrator::claims(view, resolver, &claims, found));
    let mut claims = sort_by_place(claims);
    targets::set(view, resolver, &mut claims);
    verification::mark(view, resolver, &mut claims);
    claims
}

/// Sorts claims by where they begin.
fn sort_by_place(claims: Vec<Claim>) -> Vec<Claim> {
    let begin = |claim: &Claim| {
        let cue = claim.cue.iter().flat_map(|cue| &cue.spans);
        claim
            .source
            .spans
            .iter()
            .chain(cue)
            .chain(&claim.content.spans)
            .map(|span| span.start)
            .min()
    };
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|index| {
        (
            begin(&claims[*index]),
            claims[*index]
                .cue
                .as_ref()
                .and_then(|cue| cue.spans.first().copied()),
        )
    });
    let mut slots: Vec<Option<Claim>> = claims.into_iter().map(Some).collect();
    let sorted = order.iter().filter_map(|index| slots[*index].take());
    sorted.collect()
}

#[allow(
    clippy::too_many_arguments,
    reason = "one claim is put together from all that was read before it"
)]
pub(crate) fn attributed(
    view: &View,
    resolver: &Resolver,
    attribution: &Attribution,
    others: &[(Attribution, Option<Estimate>)],
    estimate: Estimate,
    source: Source,
    found: &Found,
    last_person: Option<EntityId>,
) -> Claim {
    let entry = &view.knowledge.cues.entries[attribution.entry];
    let lemma = if entry.lemma.is_empty() {
        view.phrase(attribution.cue.clone())
    } else {
        entry.lemma.clone()
    };
    let decided = acts::decided(view, attribution);
    let mut why = vec![Why {
        rule: attribution.rule.to_string(),
        spans: vec![view.span(attribution.cue.clone())],
        note: format!("cue “{lemma}” in the frame {}", attribution.rule),
    }];
    let content_spans: Vec<Span> = attribution
        .content
        .iter()
        .map(|tokens| view.span(tokens.clone()))
        .collect();
    let quotation = quotation(view, &attribution.content);
    let (act, negated) = (decided.act, decided.is_withheld);
    why.extend(decided.why);
    let speaker = Speaker {
        party: source.speaks_for.or(source.entity),
        source: source.entity,
        last_person,
    };
    let mut events = events(view, resolver, &attribution.content, speaker, found);
    match act {
        Act::Promises | Act::Predicts | Act::Threatens => set_realis(&mut events, Realis::Future),
        Act::Demands | Act::Asks => set_realis(&mut events, Realis::Hypothetical),
        Act::Asserts | Act::Denies | Act::Doubts | Act::Accuses | Act::Condemns | Act::Praises => {}
    }
    let said = said(view, attribution, others, &found.times);
    let mut flags = Vec::new();
    if attribution.inverted {
        flags.push(Flag::InvertedRoles);
        why.push(Why {
            rule: "inverted-roles".into(),
            spans: content_spans.clone(),
            note: "a deed cannot be the source; the text is read with source and content exchanged"
                .into(),
        });
    }
    let mut parts = attribution.content.iter();
    if let Some(words) = parts.find_map(|part| garbled(view, resolver, part)) {
        flags.push(Flag::Garbled);
        why.push(Why {
            rule: "garbled".into(),
            spans: vec![words],
            note: "who did it to whom is not to be known from these words".into(),
        });
    }
    if source.kind == SourceKind::Pronoun
        && source.name.is_none()
        && source.speaks_for.is_none()
        && !view
            .lower(attribution_source_start(attribution))
            .starts_with("wh")
    {
        flags.push(Flag::PronounUnresolved);
    }
    if let (SourceTokens::Stated(tokens) | SourceTokens::Shared(tokens), Some(_)) =
        (&attribution.source, source.entity)
        && let Some(join) = resolver.join_in(tokens)
    {
        let words = view.span(tokens.clone());
        why.push(Why {
            rule: join.rule().to_owned(),
            note: join.note(words.slice(view.text)),
            spans: vec![words],
        });
    }
    if let Some(probability) = resolver.probability(attribution) {
        why.push(Why {
            rule: format!("antecedent:{}", source.kind),
            spans: source.spans.clone(),
            note: format!("whom it points back to, with probability {probability:.2}"),
        });
    }
    // "Refused to drop the gun" denies nothing.
    let is_deed = view.lower(
        attribution
            .content
            .first()
            .map_or(0, |content| content.start),
    ) == "to";
    let bar = if act == Act::Denies && entry.act == Act::Denies && !is_deed {
        confidence::DENIAL_SHOWN
    } else {
        confidence::SHOWN
    };
    let standing = if estimate.relation * decided.sure >= bar && !negated {
        Standing::Shown
    } else {
        Standing::Suggested
    };
    let certainty = match act {
        _ if negated => Certainty::Unknown,
        Act::Predicts => Certainty::Probable,
        Act::Asks | Act::Demands | Act::Threatens | Act::Doubts => Certainty::Unknown,
        _ => verification::hedged(view, &attribution.content),
    };
    let polarity = if events
        .first()
        .is_some_and(|event| event.polarity == Polarity::Negative)
    {
        Polarity::Negative
    } else {
        Polarity::Positive
    };
    let cue = Cue {
        spans: vec![view.span(attribution.cue.clone())],
        lemma,
    };
    Claim {
        id: id(
            view,
            Voice::Attributed,
            Some(&cue),
            &content_spans,
            &source.spans,
        ),
        voice: Voice::Attributed,
        cue: Some(cue),
        act,
        content: Content {
            spans: content_spans,
            quotation,
        },
        polarity,
        certainty,
        unverified_by: None,
        confidence: Confidence {
            attribution: Some(estimate.content),
            source: Some((estimate.relation / estimate.content.max(0.01)).min(1.0)),
            act: decided.sure,
        },
        standing,
        refers_to: None,
        addressee: attribution
            .addressee
            .clone()
            .map(|tokens| view.span(tokens)),
        channel: attribution.channel.clone().map(|tokens| view.span(tokens)),
        via: Vec::new(),
        said,
        events,
        flags,
        why,
        source,
    }
}

fn attribution_source_start(attribution: &Attribution) -> usize {
    match &attribution.source {
        SourceTokens::Stated(tokens) | SourceTokens::Shared(tokens) => tokens.start,
        SourceTokens::Relative { pronoun, .. } => *pronoun,
        SourceTokens::Elided | SourceTokens::Nobody => attribution.cue.start,
    }
}

fn set_realis(events: &mut [Event], realis: Realis) {
    for event in events {
        if matches!(
            event.realis,
            Realis::Occurred | Realis::Ongoing | Realis::Hypothetical
        ) {
            event.realis = realis;
        }
    }
}

/// First 32 hex digits of SHA-256 over document, voice, cue, content and source spans.
pub(crate) fn id(
    view: &View,
    voice: Voice,
    cue: Option<&Cue>,
    content: &[Span],
    source: &[Span],
) -> String {
    let mut hash = Sha256::new();
    hash.update(view.document.id.as_bytes());
    hash.update(voice.as_str().as_bytes());
    let parts: [&[Span]; 3] = [cue.map_or(&[], |cue| &cue.spans), content, source];
    for part in parts {
        hash.update(b"|");
        for span in part {
            hash.update(span.start.to_be_bytes());
            hash.update(span.end.to_be_bytes());
        }
    }
    hash.finalize()
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Whether all of the content, some of it or none stands in quotation marks.
fn quotation(view: &View, content: &[Tokens]) -> Quotation {
    let inside = |token: usize| view.quote(token).is_some();
    let words: Vec<usize> = content
        .iter()
        .cloned()
        .flatten()
        .filter(|token| view.is_word(*token))
        .collect();
    let quoted = words.iter().filter(|token| inside(**token)).count();
    if quoted == 0 {
        Quotation::Indirect
    } else if quoted == words.len() {
        Quotation::Direct
    } else {
        Quotation::Mixed
    }
}

/// A time in the clause of the cue: when it was said.
fn said(
    view: &View,
    attribution: &Attribution,
    others: &[(Attribution, Option<Estimate>)],
    times: &[TimeExpr],
) -> Option<TimeExpr> {
    let sentence = view.sentence_around(attribution.cue.start)?;
    let inside = |time: &TimeExpr| {
        let tokens = view.tokens_in(time.span);
        matches!(time.kind, TimeKind::Date | TimeKind::Time)
            && sentence.contains(&tokens.start)
            && !attribution
                .content
                .iter()
                .any(|content| content.contains(&tokens.start))
            && tokens.start.abs_diff(attribution.cue.start) < 25
            && phrases::share_clause(view, &tokens, &attribution.cue)
            && !others.iter().any(|(other, _)| {
                // Between the time and the cue another attribution speaks: the time is its own.
                let (low, high) = (
                    tokens.start.min(attribution.cue.start),
                    tokens.start.max(attribution.cue.start),
                );
                other.cue != attribution.cue && (low..high).contains(&other.cue.start)
                    || other
                        .content
                        .iter()
                        .any(|content| content.contains(&tokens.start))
            })
    };
    let span = view.span(sentence.clone());
    let first = times.partition_point(|time| time.span.start < span.start);
    let here = times[first..]
        .iter()
        .take_while(|time| time.span.end <= span.end);
    here.filter(|time| inside(time))
        .min_by_key(|time| {
            view.tokens_in(time.span)
                .start
                .abs_diff(attribution.cue.start)
        })
        .cloned()
}

/// "Dashti assassinated, killing …": a verb that needs an object or an auxiliary has neither.
pub(crate) fn garbled(view: &View, resolver: &Resolver, tokens: &Tokens) -> Option<Span> {
    tokens.clone().skip(1).find_map(|token| {
        let transitive = view.is(token, NEEDS_OBJECT);
        let bare = view.is_comma(token + 1)
            && token > tokens.start
            && resolver.entity_at(token - 1).is_some_and(|entity| {
                let kind = resolver.entities[entity.index()].kind;
                matches!(kind, EntityKind::Person | EntityKind::Other)
            });
        (transitive && bare).then(|| view.span(token - 1..token + 1))
    })
}
