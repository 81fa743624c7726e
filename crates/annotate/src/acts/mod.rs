//! Acts: what a source does by saying something.
//!
//! Rules read the cue, its negation and what the content performs; a linear model that was learnt from labelled cues takes
//! their answer as one witness beside the words, and says how sure the act is. It does not know whom the source names.

mod features;
mod model;
mod rules;
mod stances;
mod train;

pub use model::ActModel;
pub use train::{LearningAct, train};

pub(crate) use rules::ActLexicon;
use rules::Ruled;
pub(crate) use stances::Stances;

use crate::attributions::{Attribution, SourceTokens, Tokens};
use crate::knowledge::Knowledge;
use crate::view::View;
use crate::{Act, Why};
use syntax::linear::FeatureList;
use text::{Document, Span};

/// An act with what decided.
pub(crate) struct Decided {
    pub(crate) act: Act,
    /// The source does not do it: "did not say", "declined to comment".
    pub(crate) is_withheld: bool,
    /// The probability that this is right, 0 to 1.
    pub(crate) sure: f64,
    pub(crate) why: Vec<Why>,
}

/// How often the rules alone are right about the act of a cue in our own paragraphs (`lab train acts --cross-validate`); without
/// weights that is all there is to say.
const BY_RULES: f64 = 0.83;

/// The act of an attribution.
pub(crate) fn decided(view: &View, attribution: &Attribution) -> Decided {
    let ruled = rules::ruled(view, attribution);
    let mut features = FeatureList::default();
    if view.knowledge.act_model.is_some() {
        features::collect(view, attribution, &ruled, &mut features);
    }
    weighed(view, attribution, ruled, &features)
}

/// What the model makes of what the rules say and of its features; without a model, what the rules say.
fn weighed(
    view: &View,
    attribution: &Attribution,
    ruled: Ruled,
    features: &FeatureList,
) -> Decided {
    let mut decided = Decided {
        act: ruled.act,
        is_withheld: ruled.is_withheld,
        sure: BY_RULES,
        why: ruled.why,
    };
    if let Some(model) = &view.knowledge.act_model {
        // What the content does in so many words weighs more than what its cue says.
        let performed = Some(ruled.act).filter(|act| *act != ruled.cue_act);
        let read = model.read(features, performed);
        (decided.act, decided.is_withheld, decided.sure) = (read.act, read.is_withheld, read.sure);
    }
    if (decided.act, decided.is_withheld) != (ruled.act, ruled.is_withheld) {
        decided.why.push(Why {
            rule: "learned-act".into(),
            spans: vec![view.span(attribution.cue.clone())],
            note: if decided.is_withheld {
                "by the words around the cue its source commits to nothing".to_string()
            } else {
                format!(
                    "by the cue and the words around it the source {}",
                    decided.act
                )
            },
        });
    }
    decided
}

/// A given cue as it is read: its features for learning, and the act.
#[derive(Debug, Clone)]
pub struct CueReading {
    /// What the model of acts looks at.
    pub features: Vec<u32>,
    /// The act; nothing where the source does not do it.
    pub act: Option<Act>,
    /// The probability of `act`, 0 to 1.
    pub sure: f64,
    /// The act by the rules alone.
    pub by_rules: Option<Act>,
}

/// The acts of given cues, each as its spans in the document's text. Where no attribution was read by a cue, its content is
/// taken to be the rest of the sentence.
#[must_use]
pub fn read_cues(
    document: &Document,
    knowledge: &Knowledge,
    cues: &[Vec<Span>],
) -> Vec<CueReading> {
    crate::with_attributions(document, knowledge, |view, attributions| {
        cues.iter()
            .map(|cue| {
                let tokens: Vec<Tokens> = cue.iter().map(|span| view.tokens_in(*span)).collect();
                let read = attributions
                    .outermost
                    .iter()
                    .map(|(attribution, _)| attribution)
                    .find(|read| tokens.iter().any(|cue| overlap(cue, &read.cue)));
                let attribution = read.cloned().unwrap_or_else(|| bare(view, &tokens));
                let mut features = FeatureList::default();
                let ruled = rules::ruled(view, &attribution);
                features::collect(view, &attribution, &ruled, &mut features);
                let by_rules = (!ruled.is_withheld).then_some(ruled.act);
                let decided = weighed(view, &attribution, ruled, &features);
                CueReading {
                    features: features.all().to_vec(),
                    act: (!decided.is_withheld).then_some(decided.act),
                    sure: decided.sure,
                    by_rules,
                }
            })
            .collect()
    })
}

fn overlap(one: &Tokens, other: &Tokens) -> bool {
    one.start < other.end && other.start < one.end
}

/// An attribution of which only the cue is known.
fn bare(view: &View, cue: &[Tokens]) -> Attribution {
    let first = cue.first().cloned().unwrap_or(0..0);
    let end = cue.last().map_or(first.end, |last| last.end);
    let sentence = view.sentence_around(first.start).unwrap_or(first.clone());
    let words = |range: &Tokens| range.clone().any(|token| view.is_word(token));
    let (after, before) = (
        end..sentence.end.max(end),
        sentence.start.min(first.start)..first.start,
    );
    let source = if words(&after) && words(&before) {
        SourceTokens::Stated(before.clone())
    } else {
        SourceTokens::Nobody
    };
    let content: Vec<Tokens> = [after, before]
        .into_iter()
        .find(words)
        .into_iter()
        .collect();
    let entry = cue
        .iter()
        .find_map(|cue| crate::attribution_reader::entry_of(view, cue, &content));
    Attribution {
        rule: "given",
        entry: entry.unwrap_or(view.knowledge.cues.unlisted()),
        source,
        cue: first,
        content,
        addressee: None,
        channel: None,
        inverted: false,
    }
}
