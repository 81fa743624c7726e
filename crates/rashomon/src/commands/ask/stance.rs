//! How a claim stands to the question: how its words answer it, turned over where its act is a denial, and left without a stance where it
//! tells of what is to come or may be.
//!
//! It does not know who is right, nor how answers are shown.

use super::Names;
use annotate::{
    Act, Annotations, Certainty, Claim, EntityId, EventType, MentionForm, Polarity, Realis, Role,
    TimeExpr,
};
use jiff::ToSpan;
use jiff::civil::Date;
use link::Reading;
use link::answers::Relation;
use std::collections::BTreeMap;
use text::Span;

/// Days between a question's and a claim's happening that may still be one.
const APART: i64 = 3;

/// What the question is about beside its words.
#[derive(Debug, Default)]
pub struct Scope {
    /// The days that it states, the first and the last.
    days: Vec<(Date, Date)>,
    /// Whether it asks of what is to come.
    is_to_come: bool,
    /// Who is said to hold a place, in the question's words, and whether that is affirmed.
    pub holder: Option<(String, bool)>,
}

impl Scope {
    /// Reads it off the question's annotations.
    #[must_use]
    pub fn new(sentence: &str, annotations: &Annotations) -> Self {
        let mut events = annotations.claims.iter().flat_map(|claim| &claim.events);
        let holder = events.clone().find_map(|event| {
            let holds = match event.kind {
                EventType::TakeControl | EventType::HoldControl => true,
                EventType::LoseControl | EventType::Withdraw => false,
                _ => return None,
            };
            let mut participants = event.participants.iter();
            let actor = participants.find(|participant| participant.role == Role::Actor)?;
            let words = actor.spans.first()?.slice(sentence).to_owned();
            Some((words, holds == (event.polarity == Polarity::Positive)))
        });
        Self {
            days: annotations.times.iter().filter_map(days).collect(),
            is_to_come: events.any(|event| is_to_come(event.realis)),
            holder,
        }
    }

    /// Whether a time may be one of the days that the question states: one without days may.
    #[must_use]
    pub fn admits_time(&self, time: Option<&TimeExpr>) -> bool {
        let told = time.and_then(days);
        self.days.is_empty() || told.is_none_or(|told| self.is_near(told))
    }

    fn is_near(&self, (first, last): (Date, Date)) -> bool {
        self.days.iter().any(|(from, to)| {
            let apart = APART.days();
            let early = from.checked_sub(apart).unwrap_or(*from);
            let late = to.checked_add(apart).unwrap_or(*to);
            first <= late && early <= last
        })
    }

    /// Whether a claim can affirm or deny what is asked: what is to come or may be does so only where that is asked.
    #[must_use]
    pub fn takes(&self, claim: &Claim) -> bool {
        self.is_to_come || !tells_what_may_be(claim)
    }

    /// Whether a claim may tell of the days that the question states: one without days may.
    #[must_use]
    pub fn admits(&self, claim: &Claim) -> bool {
        let mut told = claim
            .events
            .iter()
            .filter_map(|event| days(event.time.as_ref()?))
            .peekable();
        self.days.is_empty() || told.peek().is_none() || told.any(|told| self.is_near(told))
    }
}

fn days(time: &TimeExpr) -> Option<(Date, Date)> {
    time.earliest.zip(time.latest)
}

fn is_to_come(realis: Realis) -> bool {
    matches!(realis, Realis::Future | Realis::Hypothetical)
}

/// How a claim answers, given how its words do; where that is another relation, why.
#[must_use]
pub fn answered(claim: &Claim, words: Relation, scope: &Scope) -> (Relation, Option<String>) {
    if words == Relation::Unrelated {
        return (words, None);
    }
    if !scope.takes(claim) {
        let why = format!("{}: what is to come or may be, not what is", claim.act);
        return (Relation::Reports, Some(why));
    }
    let turned = match (claim.act, words) {
        (Act::Denies, Relation::Affirms) => Relation::Denies,
        (Act::Denies, Relation::Denies) => Relation::Affirms,
        (Act::Denies, _) => Relation::Reports,
        (Act::Doubts | Act::Asks, Relation::Affirms | Relation::Denies) => Relation::Doubts,
        (Act::Doubts | Act::Asks, _) => Relation::Reports,
        (_, words) => return (words, None),
    };
    let why = format!("the act: {}, of words that {}", claim.act, of_words(words));
    (turned, Some(why))
}

fn of_words(relation: Relation) -> &'static str {
    match relation {
        Relation::Affirms => "say so",
        Relation::Denies => "say it is not so",
        Relation::Doubts => "doubt it",
        Relation::Alternative => "say something else instead",
        Relation::Quantity => "give another number",
        Relation::Reports | Relation::Unrelated => "take it up",
    }
}

/// Whether a claim says what will be, should be or may be, and not what is.
fn tells_what_may_be(claim: &Claim) -> bool {
    let forecast = matches!(
        claim.act,
        Act::Predicts | Act::Promises | Act::Threatens | Act::Demands
    );
    let mut events = claim.events.iter().peekable();
    let open = events.peek().is_some() && events.all(|event| is_to_come(event.realis));
    forecast || open || claim.certainty == Certainty::Possible
}

/// The words of a claim as they are compared: pronouns are the names that they stand for, and whoever the question names goes by the
/// question's own spelling. They are for comparing only; what is shown are the text's own.
#[must_use]
pub fn compared(
    claim: &Claim,
    reading: &Reading,
    joined: &BTreeMap<EntityId, String>,
    names: &Names,
) -> String {
    let text = &reading.document.text;
    let mut words = String::new();
    for span in &claim.content.spans {
        if !words.is_empty() {
            words.push(' ');
        }
        let mut at = span.start;
        for (mention, name) in replaced(*span, reading, joined, names) {
            if mention.start < at {
                continue;
            }
            words.push_str(
                Span {
                    start: at,
                    end: mention.start,
                }
                .slice(text),
            );
            words.push_str(&name);
            at = mention.end;
        }
        words.push_str(
            Span {
                start: at,
                end: span.end,
            }
            .slice(text),
        );
    }
    // A blank line would part it in two.
    let parts: Vec<&str> = words.split_whitespace().collect();
    parts.join(" ")
}

/// The mentions in a span that go by another name, in order.
fn replaced(
    span: Span,
    reading: &Reading,
    joined: &BTreeMap<EntityId, String>,
    names: &Names,
) -> Vec<(Span, String)> {
    let annotations = &reading.annotations;
    let mentions = annotations.mentions.iter();
    mentions
        .filter(|mention| mention.span.start >= span.start && mention.span.end <= span.end)
        .filter_map(|mention| {
            let id = mention.entity?;
            let asked = joined.get(&id).and_then(|id| names.of(id));
            let words = mention.span.slice(&reading.document.text);
            let name = match (mention.form, asked) {
                (MentionForm::Pronoun, Some(asked)) => asked.words.clone(),
                (MentionForm::Pronoun, None) => annotations.entities.get(id.index())?.name.clone(),
                (MentionForm::Name, Some(asked)) if !asked.is_in(words) => asked.words.clone(),
                _ => return None,
            };
            Some((mention.span, name))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use annotate::{Confidence, Content, Quotation, Source, SourceKind, Standing, Voice};

    fn claim(act: Act) -> Claim {
        Claim {
            id: "aa".to_owned(),
            voice: Voice::Attributed,
            source: Source {
                kind: SourceKind::Elided,
                spans: Vec::new(),
                entity: None,
                name: None,
                name_basis: None,
                speaks_for: None,
            },
            cue: None,
            act,
            content: Content {
                spans: vec![Span::new(0, 1)],
                quotation: Quotation::Indirect,
            },
            polarity: Polarity::Positive,
            certainty: Certainty::Certain,
            unverified_by: None,
            confidence: Confidence {
                attribution: None,
                source: None,
                act: 1.0,
            },
            standing: Standing::Shown,
            refers_to: None,
            addressee: None,
            channel: None,
            via: Vec::new(),
            said: None,
            events: Vec::new(),
            flags: Vec::new(),
            why: Vec::new(),
        }
    }

    #[test]
    fn a_denial_turns_its_content_over() {
        let scope = Scope::default();
        let of = |act, words| answered(&claim(act), words, &scope).0;
        assert_eq!(of(Act::Denies, Relation::Affirms), Relation::Denies);
        assert_eq!(of(Act::Denies, Relation::Denies), Relation::Affirms);
        assert_eq!(of(Act::Denies, Relation::Alternative), Relation::Reports);
        assert_eq!(of(Act::Asserts, Relation::Affirms), Relation::Affirms);
        assert_eq!(of(Act::Accuses, Relation::Affirms), Relation::Affirms);
        assert_eq!(of(Act::Doubts, Relation::Affirms), Relation::Doubts);
        assert_eq!(of(Act::Denies, Relation::Unrelated), Relation::Unrelated);
    }

    #[test]
    fn what_is_foretold_affirms_nothing_unless_that_is_asked() {
        let scope = Scope::default();
        for act in [Act::Predicts, Act::Promises, Act::Threatens, Act::Demands] {
            let (relation, why) = answered(&claim(act), Relation::Affirms, &scope);
            assert_eq!(relation, Relation::Reports, "{act}");
            assert!(why.is_some());
        }
        let to_come = Scope {
            is_to_come: true,
            ..Scope::default()
        };
        let (relation, _) = answered(&claim(Act::Predicts), Relation::Affirms, &to_come);
        assert_eq!(relation, Relation::Affirms);
        let mut maybe = claim(Act::Asserts);
        maybe.certainty = Certainty::Possible;
        assert_eq!(
            answered(&maybe, Relation::Affirms, &scope).0,
            Relation::Reports
        );
    }
}
