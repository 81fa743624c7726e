//! Claims inside the contents of other claims: who speaks there, through whom it is told, and whether it is told as said.
//!
//! It does not find attributions; the models read them inside contents (`attribution_reader`).

use crate::attribution_reader::Level;
use crate::attributions::{Attribution, SourceTokens, Tokens};
use crate::claims::attributed;
use crate::contents::head_of;
use crate::cues::CuePart;
use crate::events::Found;
use crate::knowledge::{MODAL, NEGATION, OBJECT_PRONOUN, PERSONAL};
use crate::phrases;
use crate::sources::Resolver;
use crate::view::View;
use crate::{Act, Claim, Quotation, Source, SourceKind, Standing, Via, Why};
use std::collections::HashSet;

/// Below this product of probabilities a claim inside another is not given at all.
const GIVEN: f64 = 0.4;

/// Below this product it is suggested, not shown. Of 77 claims in PolNeAR's train part that reach it about nine in ten are right,
/// by one reader's judgement; from 0.76 on, the bar of the outermost claims, 58 of 70.
const SHOWN: f64 = 0.85;

/// Adds the claims inside the contents of the outermost ones. `places` tells for each outermost attribution where its claim
/// stands in `claims`; `sources` are those of the outermost claims, in the same order as these.
pub(crate) fn claims(
    view: &View,
    resolver: &mut Resolver,
    levels: &[Level],
    sources: &[(usize, Source)],
    mut places: Vec<Option<usize>>,
    found: &Found,
    claims: &mut Vec<Claim>,
) {
    // What an outermost claim has already is not given again.
    let mut known: HashSet<String> = claims.iter().map(|claim| claim.id.clone()).collect();
    // For each claim the outermost one around it.
    let mut outermost: Vec<usize> = (0..claims.len()).collect();
    for level in levels {
        let view = view.inside(&level.segments, &level.stretches);
        let mut next = Vec::with_capacity(level.found.len());
        for (index, ((attribution, estimate), around)) in
            level.found.iter().zip(&level.around).enumerate()
        {
            let place = places.get(*around).copied().flatten();
            let (Some(place), Some(estimate)) = (place, estimate) else {
                next.push(None);
                continue;
            };
            let outer = outermost[place];
            let near = &level.found[index.saturating_sub(4)..level.found.len().min(index + 5)];
            let claim = is_told(&view, attribution, &claims[place]).then(|| {
                let earlier = others(
                    &sources[outer.saturating_sub(49)..=outer],
                    &claims[place].source,
                );
                let source = resolver.source(attribution, &earlier);
                attributed(
                    &view,
                    resolver,
                    attribution,
                    near,
                    *estimate,
                    source,
                    found,
                    &claims[..outer],
                    None,
                )
            });
            let claim = claim
                .filter(|claim| !is_own(claim, &claims[place]) && !is_withheld(claim))
                .map(|claim| told_through(claim, &view, attribution, &claims[place]))
                .filter(|claim| relation(claim) >= GIVEN && known.insert(claim.id.clone()));
            next.push(claim.map(|claim| {
                claims.push(claim);
                outermost.push(outer);
                claims.len() - 1
            }));
        }
        places = next;
    }
}

/// A claim noun ("the ministry's claim that …") tells of a saying whatever is done with it.
fn has_noun(view: &View, attribution: &Attribution) -> bool {
    view.knowledge.cues.entries[attribution.entry].part == CuePart::Noun
        || view.xpos(attribution.cue.end.max(1) - 1).starts_with("NN")
}

/// Whether a content tells that somebody else says something: not that he may, will, should or does not.
fn is_told(view: &View, attribution: &Attribution, around: &Claim) -> bool {
    let noun = has_noun(view, attribution);
    let listed = attribution.entry != view.knowledge.cues.unlisted();
    let said = attribution.content.iter().any(|content| {
        let word = content.start;
        content.len() > 1 || !is_question_word(view, word) && view.lower(word) != "that"
    });
    if !is_relayed(around, noun) && !noun || !listed || !said {
        return false;
    }
    let source = match &attribution.source {
        SourceTokens::Stated(tokens) | SourceTokens::Shared(tokens)
            if speaks(view, tokens, around.content.quotation) =>
        {
            tokens.clone()
        }
        SourceTokens::Relative {
            pronoun,
            antecedent: Some(_),
        } => *pronoun..pronoun + 1,
        _ => return false,
    };
    let Some(sentence) = view.sentence_around(attribution.cue.start) else {
        return false;
    };
    (noun || !is_open(view, &attribution.cue, &source, &sentence))
        && !has_condition(view, &source, &sentence)
}

/// Whether a cue leaves open that anything is said: "may say", "to say", "needs to say", without a negation ("could not say").
fn is_open(view: &View, cue: &Tokens, source: &Tokens, sentence: &Tokens) -> bool {
    let group = phrases::group_start(view, sentence.start, cue.start);
    let group = if source.end <= cue.start {
        group.max(source.end)
    } else {
        group
    };
    let mut words = group..cue.end;
    let obliged = |token: usize| {
        matches!(
            view.lower(token),
            "need" | "needs" | "needed" | "have" | "has" | "had" | "going" | "supposed" | "ought"
        ) && view.lower(token + 1) == "to"
    };
    words.clone().any(|token| {
        view.is(token, MODAL)
            || token <= cue.start && view.lower(token) == "to"
            || token + 1 < cue.end && obliged(token)
    }) && !words.any(|token| view.is(token, NEGATION))
}

/// "If Ordun denies it": right before the source.
fn has_condition(view: &View, source: &Tokens, sentence: &Tokens) -> bool {
    (source.start.saturating_sub(2).max(sentence.start)..source.start)
        .any(|token| matches!(view.lower(token), "if" | "unless" | "whether"))
}

/// "who", "what": asks or stands for what is said elsewhere.
fn is_question_word(view: &View, token: usize) -> bool {
    matches!(
        view.lower(token),
        "who" | "whom" | "what" | "which" | "why" | "how" | "where" | "when"
    )
}

/// Whether what somebody says is told on by the speaker around it. What he asserts he tells, and what he complains of or
/// welcomes; what he denies, doubts, asks or wants he does not, and a claim ("condemned their claim that …") the article names.
fn is_relayed(around: &Claim, has_noun: bool) -> bool {
    let performed = around.why.iter().any(|why| why.rule == "performed");
    match around.act {
        // A neutral cue tells, whatever the content does.
        _ if performed => true,
        Act::Asserts | Act::Accuses => true,
        Act::Condemns | Act::Praises => !has_noun,
        _ => false,
    }
}

/// Whether a phrase names another party than the speaker around it: not "I", "we", "you", nobody, anybody or a fact; and no
/// pronoun outside quotation marks, where it may mean that speaker.
fn speaks(view: &View, source: &Tokens, around: Quotation) -> bool {
    let head = head_of(view, source);
    let pronoun = view.is(head, PERSONAL | OBJECT_PRONOUN) && source.len() == 1;
    let third = matches!(view.lower(head), "he" | "she" | "they");
    let nobody = matches!(
        view.lower(source.start),
        "no" | "nobody"
            | "anyone"
            | "anybody"
            | "someone"
            | "somebody"
            | "everyone"
            | "everybody"
            | "none"
            | "one"
            | "you"
            | "this"
            | "that"
            | "it"
            | "there"
    ) && (source.len() == 1 || view.lower(source.start) == "no")
        || view.lower(source.start) == "let"
        || is_question_word(view, source.start);
    !nobody && (!pronoun || third && around == Quotation::Direct)
}

/// Whether a source is the speaker of a claim, or the body that he speaks for.
fn is_speaker(source: &Source, speaker: &Source) -> bool {
    source.entity.is_some() && [speaker.entity, speaker.speaks_for].contains(&source.entity)
}

/// The sources that a pronoun inside a content may mean: not the speaker of that content, who says "I".
fn others(sources: &[(usize, Source)], speaker: &Source) -> Vec<(usize, Source)> {
    let other = |source: &&(usize, Source)| !is_speaker(&source.1, speaker);
    sources.iter().filter(other).cloned().collect()
}

/// Whether the claim's source is the speaker around it.
fn is_own(claim: &Claim, around: &Claim) -> bool {
    claim.source.spans.is_empty()
        || claim.source.spans == around.source.spans
        || is_speaker(&claim.source, &around.source)
}

/// Whether its source does not say it.
fn is_withheld(claim: &Claim) -> bool {
    claim.why.iter().any(|why| why.rule == "negated-cue")
}

/// A claim with those through whom it is told, and no surer than the claim around it.
fn told_through(claim: Claim, view: &View, attribution: &Attribution, around: &Claim) -> Claim {
    let product = |own: Option<f64>, other: Option<f64>| Some(own? * other?);
    let mut confidence = claim.confidence;
    confidence.attribution = product(confidence.attribution, around.confidence.attribution);
    confidence.source = product(confidence.source, around.confidence.source);
    let claim = Claim {
        confidence,
        ..claim
    };
    let is_shown = relation(&claim) >= SHOWN
        && claim.source.kind != SourceKind::Pronoun
        && claim.standing == Standing::Shown
        && around.standing == Standing::Shown;
    // What is denied or doubted, the article itself names: "rejected the ministry's claim".
    let relayed = is_relayed(around, has_noun(view, attribution));
    let mut via = Vec::new();
    if relayed {
        via.extend(around.via.iter().cloned());
        via.extend(relay(view, &around.source));
    }
    let note = match via.last() {
        Some(last) => format!("it stands in what {} says", last.name),
        None => "it stands in the content of another claim".to_string(),
    };
    let mut why = vec![Why {
        rule: Claim::INNER.into(),
        spans: around
            .cue
            .iter()
            .flat_map(|cue| cue.spans.clone())
            .collect(),
        note,
    }];
    why.extend(claim.why);
    Claim {
        standing: if is_shown {
            Standing::Shown
        } else {
            Standing::Suggested
        },
        via,
        why,
        ..claim
    }
}

/// That content and source are right.
fn relation(claim: &Claim) -> f64 {
    let confidence = claim.confidence;
    let both = confidence.attribution.zip(confidence.source);
    both.map_or(0.0, |(attribution, source)| attribution * source)
}

/// A source as a relay; nothing where the text does not say who it is.
fn relay(view: &View, source: &Source) -> Option<Via> {
    let words = source
        .spans
        .first()
        .map(|span| span.slice(view.text).to_owned());
    let name = source.name.clone().or(words)?;
    Some(Via {
        name,
        spans: source.spans.clone(),
    })
}
