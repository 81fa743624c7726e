//! What a denial, a doubt or a condemnation is about: which claim of another party it answers.
//!
//! It does not know other documents. A bare answer ("denied the charges") needs a claim that names or accuses the one who answers;
//! where none stands near, nothing is given.

use crate::attributions::Tokens;
use crate::contents::head_of;
use crate::knowledge::{AUXILIARY, BE, CLAIM_NOUN, PERSONAL, POSSESSIVE};
use crate::sources::Resolver;
use crate::view::View;
use crate::{Act, Claim, EntityId, Event, EventType, Flag, Polarity, Role, Voice, Why};
use std::collections::BTreeSet;
use text::Span;

/// Claims before an answer among which its target is looked for; a window keeps this linear.
const WINDOW: usize = 60;
/// Sentences between a claim and what answers it, at most.
const FAR: usize = 14;
/// Below this nothing is given. A claim that accuses the answering party two sentences before has 8, one that only stands in
/// the sentence before 4.
const GIVEN: i32 = 4;

/// Sets what each denial, doubt and condemnation among claims sorted by place refers to.
pub(crate) fn set(view: &View, resolver: &Resolver, claims: &mut [Claim]) {
    for index in 0..claims.len() {
        if !matches!(claims[index].act, Act::Denies | Act::Doubts | Act::Condemns) {
            continue;
        }
        if let Some(target) = target(view, resolver, claims, index) {
            let claim = &mut claims[index];
            claim.refers_to = u32::try_from(target.index).ok();
            claim.why.push(Why {
                rule: target.rule.to_owned(),
                spans: vec![target.words],
                note: target.note,
            });
        }
    }
}

struct Target {
    index: usize,
    rule: &'static str,
    words: Span,
    note: String,
}

/// How an answer takes up what it is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pointer {
    /// "denied it".
    Pronoun,
    /// "denied the claim"; whether the noun says that somebody is blamed ("the charges").
    Noun { accusing: bool },
    /// "denied any involvement".
    Part,
    /// "denied that its army had shelled the town"; whether the deed is told of the one who answers.
    Clause { own: bool },
}

fn target(view: &View, resolver: &Resolver, claims: &[Claim], index: usize) -> Option<Target> {
    let answer = Answer::of(view, resolver, &claims[index])?;
    let words = answer.words;
    let sentence = |at: u32| {
        let at = at as usize;
        view.sentence_of(view.tokens_in(Span::new(at, at + 1)).start)
    };
    let here = sentence(answer_start(&claims[index])?)?;
    let first = index.saturating_sub(WINDOW);
    let mut best: Option<(i32, usize)> = None;
    for (at, claim) in claims.iter().enumerate().take(index).skip(first) {
        let told = claim.content.spans.first().map(|span| span.start);
        let Some(there) = told.and_then(sentence) else {
            continue;
        };
        let distance = here.saturating_sub(there);
        let holds = claim
            .content
            .spans
            .iter()
            .any(|span| (span.start..span.end).contains(&words.start));
        if distance > FAR
            || holds
            || claim.flags.contains(&Flag::Garbled)
            || answer.party.is(view, resolver, claim)
        {
            continue;
        }
        if let Some(score) = answer.score(claim, distance)
            && score >= GIVEN
            && best.is_none_or(|(known, _)| score >= known)
        {
            best = Some((score, at));
        }
    }
    let (_, target) = best?;
    let (rule, note) = match answer.pointer {
        Pointer::Pronoun => ("refers-to:pronoun", "the claim just before"),
        Pointer::Noun { .. } if answer.owner.is_some() => {
            ("refers-to:noun", "the claim of the party named")
        }
        Pointer::Noun { .. } => ("refers-to:noun", "the claim that fits the noun"),
        Pointer::Part => (
            "refers-to:part",
            "the claim that blames the one who answers",
        ),
        Pointer::Clause { .. } => ("refers-to:event", "an earlier claim of the same event"),
    };
    Some(Target {
        index: target,
        rule,
        words,
        note: note.to_owned(),
    })
}

fn answer_start(claim: &Claim) -> Option<u32> {
    let cue = claim.cue.iter().flat_map(|cue| &cue.spans).next();
    Some(cue.or(claim.content.spans.first())?.start)
}

fn pointer(
    view: &View,
    resolver: &Resolver,
    answer: &Claim,
    answering: &Party,
    content: &Tokens,
) -> Pointer {
    // Its root by the tree: "any involvement in the attack, issuing a statement" is an involvement.
    let root = content.clone().find(|token| {
        view.is_word(*token)
            && view
                .head(*token)
                .is_none_or(|head| !content.contains(&head))
    });
    let head = root
        .filter(|_| view.is_parsed())
        .unwrap_or_else(|| head_of(view, content));
    let word = view.lower(head);
    let lists = &view.knowledge.parties;
    if content.len() == 1 && matches!(word, "it" | "this" | "that" | "them") {
        Pointer::Pronoun
    } else if view.is(head, CLAIM_NOUN) {
        Pointer::Noun {
            accusing: lists.has("accusing-noun", word),
        }
    } else if lists.has("part-noun", word) {
        Pointer::Part
    } else {
        // "Denied using the weapon", "denied that its jets had hit the town".
        let first = content.start;
        let own = view.xpos(first) == "VBG"
            || content
                .clone()
                .take(4)
                .any(|token| view.is(token, PERSONAL | POSSESSIVE))
            || answering.is_named_in(view, resolver, &answer.content.spans);
        Pointer::Clause { own }
    }
}

/// One who answers, by all that it goes by.
struct Party<'a> {
    entities: BTreeSet<EntityId>,
    /// The country for whose state it speaks.
    state: Option<&'a str>,
    /// The last word of its name, where that is a name.
    name: Option<&'a str>,
}

impl<'a> Party<'a> {
    fn of(view: &'a View, resolver: &'a Resolver, claim: &'a Claim) -> Self {
        let source = &claim.source;
        let entities: BTreeSet<EntityId> =
            source.entity.into_iter().chain(source.speaks_for).collect();
        let name_of =
            |entity: &EntityId| Some(resolver.entities.get(entity.index())?.name.as_str());
        let words = source.spans.first().map(|span| span.slice(view.text));
        let names = || entities.iter().filter_map(name_of).chain(words);
        let last = |name: &'a str| {
            let word = name.split_whitespace().next_back()?;
            (word.len() > 3 && word.starts_with(char::is_uppercase)).then_some(word)
        };
        Self {
            state: names().find_map(|name| view.knowledge.demonyms.state(name)),
            name: source.entity.as_ref().and_then(name_of).and_then(last),
            entities,
        }
    }

    /// Whether a claim is this party's own.
    fn is(&self, view: &View, resolver: &Resolver, claim: &Claim) -> bool {
        if claim.voice == Voice::Narrator {
            return false;
        }
        let other = Party::of(view, resolver, claim);
        !self.entities.is_disjoint(&other.entities)
            || (self.state.is_some() && self.state == other.state)
    }

    /// Whether words name it.
    fn is_named_in(&self, view: &View, resolver: &Resolver, spans: &[Span]) -> bool {
        spans.iter().any(|span| {
            let tokens = view.tokens_in(*span);
            let entities = || tokens.clone().filter_map(|token| resolver.entity_at(token));
            entities().any(|entity| self.entities.contains(&entity))
                || self
                    .name
                    .is_some_and(|name| tokens.clone().any(|token| view.word(token) == name))
                || self.state.is_some_and(|state| {
                    let of = |words: &str| view.knowledge.demonyms.state(words) == Some(state);
                    // A capital, a country or an adjective alone, or with the organ behind it.
                    tokens.clone().any(|token| {
                        view.is_capital(token)
                            && (of(view.word(token))
                                || (token + 1 < tokens.end
                                    && of(view.span(token..token + 2).slice(view.text))))
                    })
                })
        })
    }
}

/// A denial, doubt or condemnation, by all that the claims before it are weighed with.
struct Answer<'a, 'k> {
    view: &'a View<'k>,
    resolver: &'a Resolver<'a, 'k>,
    claim: &'a Claim,
    party: Party<'a>,
    /// The first words of what it says.
    words: Span,
    pointer: Pointer,
    /// Whose claim it is about: "the Taliban's claim".
    owner: Option<EntityId>,
    /// The words in which something is denied; none where no clause is.
    denied: BTreeSet<String>,
    /// Whether it was given before now: "had denied".
    past: bool,
}

impl<'a, 'k> Answer<'a, 'k> {
    fn of(view: &'a View<'k>, resolver: &'a Resolver<'a, 'k>, claim: &'a Claim) -> Option<Self> {
        let words = *claim.content.spans.first()?;
        let content = view.tokens_in(words);
        let party = Party::of(view, resolver, claim);
        let pointer = pointer(view, resolver, claim, &party, &content);
        let owner = match pointer {
            Pointer::Noun { .. } => {
                let mut named = content.filter_map(|token| resolver.entity_at(token));
                named.find(|entity| !party.entities.contains(entity))
            }
            _ => None,
        };
        // "Rejected the plan" denies nothing that was said: a clause has a verb.
        let spans = &claim.content.spans;
        let clause = spans
            .iter()
            .flat_map(|span| view.tokens_in(*span))
            .any(|token| view.is_tagged_finite(token) || view.xpos(token) == "VBG");
        let denied = match pointer {
            Pointer::Clause { .. } if clause => telling(view, spans),
            _ => BTreeSet::new(),
        };
        let cue = claim.cue.as_ref().and_then(|cue| cue.spans.first());
        let past = cue.is_some_and(|span| {
            let cue = view.tokens_in(*span).start;
            (cue.saturating_sub(4)..cue)
                .any(|token| matches!(view.lower(token), "had" | "previously" | "earlier"))
        });
        Some(Self {
            view,
            resolver,
            claim,
            party,
            words,
            pointer,
            owner,
            denied,
            past,
        })
    }

    /// Points of a claim that stands some sentences before; none where it cannot be meant.
    fn score(&self, claim: &Claim, distance: usize) -> Option<i32> {
        if !matches!(claim.act, Act::Asserts | Act::Accuses) {
            return None;
        }
        let attributed = claim.voice == Voice::Attributed;
        let blames = claim.act == Act::Accuses
            || claim
                .events
                .iter()
                .any(|event| event.kind == EventType::Accuse);
        let named = || {
            self.party
                .is_named_in(self.view, self.resolver, &claim.content.spans)
        };
        let near = match distance {
            0 | 1 => 4,
            2 => 3,
            3 | 4 => 2,
            distance => 2 - i32::try_from(distance / 3).unwrap_or(i32::MAX),
        };
        match self.pointer {
            Pointer::Pronoun => (attributed && distance <= 2).then_some(near),
            Pointer::Noun { accusing } => {
                let source = &claim.source;
                let owned = self.owner.is_some()
                    && [source.entity, source.speaks_for.or(source.entity)].contains(&self.owner);
                if !(attributed || blames) || (self.owner.is_some() && !owned) {
                    return None;
                }
                let named = named();
                if accusing && !(named || owned || claim.act == Act::Accuses) {
                    return None;
                }
                if !accusing && distance > 1 && !(named || owned) {
                    return None;
                }
                let tells = i32::from(tells(claim));
                // "The Front's claim": what it said at that time of who holds a place or who died, else what it said last.
                let base = if owned {
                    2 + 8 * i32::from(self.same_time(claim))
                        + i32::from(source.entity == self.owner)
                        + 6 * tells
                        + if distance <= 1 { 4 } else { 0 }
                } else {
                    near
                };
                Some(
                    base + 4 * i32::from(named)
                        + 3 * i32::from(accusing && blames)
                        + tells
                        + self.shared(claim).unwrap_or(0),
                )
            }
            Pointer::Part => {
                let named = named();
                (blames || named).then(|| {
                    near + 4 * i32::from(named) + 3 * i32::from(blames)
                        - 4 * i32::from(!(named && blames))
                        + i32::from(claim.act == Act::Accuses && distance <= 1)
                })
            }
            Pointer::Clause { own } => {
                let named = named();
                let worded = self.worded_alike(claim);
                let shared = match self.shared(claim) {
                    Some(shared) => shared,
                    None if (own && blames && named) || worded => 0,
                    None => return None,
                };
                Some(
                    near + shared
                        + 2 * i32::from(worded)
                        + 2 * i32::from(attributed)
                        + i32::from(blames)
                        + 2 * i32::from(named),
                )
            }
        }
    }

    /// "Had denied the claim" is about what was said before, "denied the claim" about what is said now.
    fn same_time(&self, claim: &Claim) -> bool {
        let said = claim.said.as_ref().and_then(|said| said.value.as_deref());
        (said == Some("PAST_REF")) == self.past
    }

    /// Whether a claim has most of the words in which something is denied: three at least.
    fn worded_alike(&self, claim: &Claim) -> bool {
        if self.denied.len() < 3 {
            return false;
        }
        let told = telling(self.view, &claim.content.spans);
        let met = self.denied.intersection(&told).count();
        met >= 3 && met * 5 >= self.denied.len() * 3
    }

    /// Points for an event that both tell: one of a kind, with a participant or place the same and none another.
    fn shared(&self, claim: &Claim) -> Option<i32> {
        let pairs = self
            .claim
            .events
            .iter()
            .flat_map(|ours| claim.events.iter().map(move |theirs| (ours, theirs)));
        pairs.filter_map(|(ours, theirs)| alike(ours, theirs)).max()
    }
}

/// Whether a claim tells of what is denied most: who holds a place, who died.
fn tells(claim: &Claim) -> bool {
    claim.events.iter().any(|event| {
        matches!(
            event.kind,
            EventType::TakeControl
                | EventType::HoldControl
                | EventType::LoseControl
                | EventType::Casualty
        )
    })
}

/// The lemmas of nouns, names, numbers, adjectives and full verbs.
fn telling(view: &View, spans: &[Span]) -> BTreeSet<String> {
    spans
        .iter()
        .flat_map(|span| view.tokens_in(*span))
        .filter(|token| {
            let tag = view.xpos(*token);
            ["NN", "VB", "JJ", "CD"]
                .iter()
                .any(|kind| tag.starts_with(kind))
                && !view.is(*token, AUXILIARY | BE)
        })
        .map(|token| view.lemma(token).to_lowercase())
        .collect()
}

fn alike(ours: &Event, theirs: &Event) -> Option<i32> {
    if ours.kind != theirs.kind || theirs.polarity == Polarity::Negative {
        return None;
    }
    let mut points = 0;
    for pair in [
        (ours.place, theirs.place),
        (
            ours.participant(Role::Actor),
            theirs.participant(Role::Actor),
        ),
        (
            ours.participant(Role::Object),
            theirs.participant(Role::Object),
        ),
    ] {
        match pair {
            (Some(one), Some(other)) if one == other => points += 2,
            (Some(_), Some(_)) => points -= 1,
            _ => {}
        }
    }
    (points > 0).then_some(points)
}
