//! Claims inside the contents of other claims: who speaks there, through whom it is told, and whether it is told as said.
//!
//! It does not find attributions; the models read them inside contents (`attribution_reader`).

use crate::attribution_reader::Readings;
use crate::attributions::{Attribution, SourceTokens, Tokens};
use crate::claims::attributed;
use crate::contents::head_of;
use crate::cues::CuePart;
use crate::events::Found;
use crate::knowledge::{MODAL, NEGATION, OBJECT_PRONOUN, PERSONAL, POSSESSIVE};
use crate::phrases;
use crate::sources::Resolver;
use crate::view::View;
use crate::{Act, Claim, EntityKind, NameBasis, Quotation, Source, SourceKind, Standing, Via, Why};
use std::collections::HashSet;

/// Below this product of probabilities a claim inside another is not given at all.
const GIVEN: f64 = 0.4;

/// Below this product it is suggested, not shown. Of 154 claims given in PolNeAR's dev part one reader found 87 right, 33 of the 55
/// that reach 0.76 and 7 of the 9 that reach this. The reader's own probability alone, that the patterns agree, what cue it is
/// and who speaks tell the right ones apart no better, so nothing justifies a lower bar.
const SHOWN: f64 = 0.85;

/// Adds the claims inside the contents of the outermost ones. `places` tells for each outermost attribution where its claim
/// stands in `claims`; `sources` are those of the outermost claims, in the same order as these.
pub(crate) fn claims(
    view: &View,
    resolver: &mut Resolver,
    readings: &Readings,
    sources: &[(usize, Source)],
    mut places: Vec<Option<usize>>,
    found: &Found,
    claims: &mut Vec<Claim>,
) {
    // What an outermost claim has already is not given again.
    let mut known: HashSet<String> = claims.iter().map(|claim| claim.id.clone()).collect();
    // For each claim the outermost one around it.
    let mut outermost: Vec<usize> = (0..claims.len()).collect();
    // For each claim the act of its cue alone.
    let cue_act = |attribution: &Attribution| view.knowledge.cues.entries[attribution.entry].act;
    let mut cue_acts: Vec<Act> = (readings.outermost.iter().zip(&places))
        .filter(|(_, place)| place.is_some())
        .map(|((attribution, _), _)| cue_act(attribution))
        .collect();
    for level in &readings.levels {
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
            let around = Around::new(&view, resolver, &claims[place], cue_acts[place]);
            let near = &level.found[index.saturating_sub(4)..level.found.len().min(index + 5)];
            let claim = is_told(&view, attribution, &around).then(|| {
                let earlier = others(
                    &sources[outer.saturating_sub(49)..=outer],
                    &claims[place].source,
                );
                let source = freed(resolver.source(attribution, &earlier), around.claim);
                attributed(
                    &view,
                    resolver,
                    attribution,
                    near,
                    *estimate,
                    source,
                    found,
                    None,
                )
            });
            let claim = claim
                .filter(|claim| !is_own(claim, &claims[place]) && !is_withheld(claim))
                .map(|claim| told_through(claim, &view, attribution, &around))
                .filter(|claim| relation(claim) >= GIVEN && known.insert(claim.id.clone()));
            next.push(claim.map(|claim| {
                claims.push(claim);
                outermost.push(outer);
                cue_acts.push(cue_act(attribution));
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
fn is_told(view: &View, attribution: &Attribution, around: &Around) -> bool {
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
            if speaks(view, tokens, around) =>
        {
            tokens.clone()
        }
        SourceTokens::Relative {
            pronoun,
            antecedent: Some(antecedent),
        } if speaks(view, antecedent, around) => *pronoun..pronoun + 1,
        _ => return false,
    };
    let Some(sentence) = view.sentence_around(attribution.cue.start) else {
        return false;
    };
    let is_left_open = if noun {
        has_adjective(view, &source, &attribution.cue)
    } else {
        is_open(view, &attribution.cue, &source, &sentence)
    };
    !is_left_open && !is_question(view, &sentence) && !has_condition(view, &source, &sentence)
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

/// "Why won't he say it?": asks whether it is said.
fn is_question(view: &View, sentence: &Tokens) -> bool {
    (sentence.end.saturating_sub(2).max(sentence.start)..sentence.end)
        .any(|token| view.lower(token) == "?")
}

/// "the latest demands": what stands before the noun says what it is like, not whose it is.
fn has_adjective(view: &View, source: &Tokens, cue: &Tokens) -> bool {
    let last = source.end.max(1) - 1;
    source.end == cue.start && view.xpos(last).starts_with("JJ") && !view.is_capital(last)
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

/// Whether what somebody says is told on by the speaker around it. What he asserts he tells, and what he warns of, complains of or
/// welcomes; what he denies, doubts, asks or wants he does not, and a claim ("condemned their claim that …") the article names.
fn is_relayed(around: &Around, has_noun: bool) -> bool {
    match around.claim.act {
        Act::Denies | Act::Doubts if !around.is_performed() => false,
        // What the cue asserts is told, whatever the content does.
        _ if around.is_performed() || around.cue_act == Act::Asserts => true,
        Act::Asserts | Act::Accuses => true,
        Act::Predicts | Act::Threatens | Act::Condemns | Act::Praises => !has_noun,
        _ => false,
    }
}

/// A claim around another.
struct Around<'c> {
    claim: &'c Claim,
    /// The act of its cue alone.
    cue_act: Act,
    /// Its source is a body or several people, whom "he" and "she" cannot mean.
    is_no_person: bool,
    /// Its source is one person, whom "they" cannot mean.
    is_person: bool,
}

impl<'c> Around<'c> {
    fn new(view: &View, resolver: &Resolver, claim: &'c Claim, cue_act: Act) -> Self {
        let source = &claim.source;
        let kind = source.entity.and_then(|entity| {
            let entity = resolver.entities.get(entity.index());
            entity.map(|entity| entity.kind)
        });
        let tokens = source.spans.first().map(|span| view.tokens_in(*span));
        let head = tokens.map(|tokens| head_of(view, &tokens));
        let are_several = head.is_some_and(|head| matches!(view.xpos(head), "NNS" | "NNPS"));
        Self {
            claim,
            cue_act,
            is_no_person: are_several
                || matches!(
                    kind,
                    Some(EntityKind::Organization | EntityKind::Group | EntityKind::Place)
                ),
            is_person: kind == Some(EntityKind::Person),
        }
    }

    /// Whether its cue is a neutral one and its content performs the act.
    fn is_performed(&self) -> bool {
        let mut why = self.claim.why.iter();
        why.any(|why| why.rule.starts_with("performed:"))
    }

    /// Whether a pronoun of the third person cannot mean its speaker.
    fn is_another(&self, pronoun: &str) -> bool {
        match pronoun {
            "he" | "she" => self.is_no_person || self.is_quoted(),
            "they" => self.is_person || self.is_quoted(),
            _ => false,
        }
    }

    /// Within quotation marks the speaker says "I".
    fn is_quoted(&self) -> bool {
        self.claim.content.quotation == Quotation::Direct
    }
}

/// Whether a phrase names another party than the speaker around it: not "I", "we", "our own", nobody, anybody or a fact; and no
/// pronoun that may mean that speaker.
fn speaks(view: &View, source: &Tokens, around: &Around) -> bool {
    let head = head_of(view, source);
    let pronoun = view.is(head, PERSONAL | OBJECT_PRONOUN) && source.len() == 1;
    let first = view.lower(source.start);
    let own = matches!(first, "my" | "our" | "mine" | "ours") && source.len() == 1
        || view.is(source.start, POSSESSIVE) && view.lower(source.start + 1) == "own";
    let anybody = matches!(
        first,
        "no" | "nobody" | "anyone" | "anybody" | "whoever" | "those" | "let"
    );
    let fact = matches!(
        first,
        "someone"
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
    ) && source.len() == 1;
    !anybody
        && !fact
        && !own
        && !is_question_word(view, source.start)
        && (!pronoun || around.is_another(view.lower(head)))
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

/// A source that is not taken for the speaker around it: who speaks says "I", so that "the judge" in what he says is another,
/// whomever the phrase would point back to elsewhere.
fn freed(source: Source, around: &Claim) -> Source {
    let points_back =
        source.kind == SourceKind::Nominal && source.name_basis != Some(NameBasis::Stated);
    if points_back && is_speaker(&source, &around.source) {
        return Source {
            entity: None,
            name: None,
            name_basis: None,
            speaks_for: None,
            ..source
        };
    }
    source
}

/// Whether its source does not say it.
fn is_withheld(claim: &Claim) -> bool {
    claim.why.iter().any(|why| why.rule == "negated-cue")
}

/// A claim with those through whom it is told, and no surer than the claim around it.
fn told_through(claim: Claim, view: &View, attribution: &Attribution, outer: &Around) -> Claim {
    let around = outer.claim;
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
    let relayed = is_relayed(outer, has_noun(view, attribution));
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
