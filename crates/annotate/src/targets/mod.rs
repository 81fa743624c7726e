//! What a denial, a doubt or a condemnation is about: which claim of another party it answers.
//!
//! It does not know other documents. A bare answer ("denied the charges") needs a claim that names or accuses the one who answers;
//! where none stands near, nothing is given.

mod party;

use crate::attributions::Tokens;
use crate::contents::head_of;
use crate::knowledge::{AUXILIARY, BE, CLAIM_NOUN, PERSONAL, POSSESSIVE};
use crate::sources::Resolver;
use crate::view::View;
use crate::{Act, Claim, EntityId, EntityKind, Event, EventType, Flag, Polarity, Role, Voice, Why};
use party::Party;
use std::collections::BTreeSet;
use text::Span;

/// Claims before an answer among which its target is looked for; a window keeps this linear.
const WINDOW: usize = 60;
/// Sentences between a claim and what answers it, at most.
const FAR: usize = 14;
/// Below this nothing is given. A claim that accuses the answering party two sentences before has 8, one that only stands in
/// the sentence before 4.
const GIVEN: i32 = 4;

/// Words of a content within which it says that what is denied is a part in something ("its army was **behind** it").
const PART_WITHIN: usize = 16;

/// Sets what each denial, doubt and condemnation among claims sorted by place refers to.
pub(crate) fn set(view: &View, resolver: &Resolver, claims: &mut [Claim]) {
    let answers = |claim: &Claim| matches!(claim.act, Act::Denies | Act::Doubts | Act::Condemns);
    if !claims.iter().any(answers) {
        return;
    }
    let home = party::home(view);
    for index in 0..claims.len() {
        if !answers(&claims[index]) {
            continue;
        }
        if let Some(target) = target(view, resolver, home, claims, index) {
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

fn target(
    view: &View,
    resolver: &Resolver,
    home: Option<&str>,
    claims: &[Claim],
    index: usize,
) -> Option<Target> {
    let answer = Answer::of(view, resolver, home, &claims[index])?;
    let words = answer.words;
    // A line of a list of headlines: its story is not above it.
    if answer.is_headline {
        return None;
    }
    let sentence = |at: u32| {
        let at = at as usize;
        view.sentence_of(view.tokens_in(Span::new(at, at + 1)).start)
    };
    let here = sentence(answer_start(&claims[index])?)?;
    if let Some(inner) = answer.inner(claims, index) {
        return Some(Target {
            index: inner,
            rule: "refers-to:inner",
            words,
            note: "the claim that its own words tell of".to_owned(),
        });
    }
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
        if let Some(score) = answer.score(claim, there, distance)
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
    } else if lists.has("part-noun", word)
        || content
            .clone()
            .take(PART_WITHIN)
            .any(|token| lists.has("part-word", view.lower(token)))
    {
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

/// How a claim speaks of a party that answers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Blame {
    /// Not as one that did something.
    None,
    /// As the one who did it.
    Tells,
    /// With a word of blame.
    Accuses,
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
    /// The words in which something is denied.
    denied: BTreeSet<String>,
    /// Whether what is denied is a clause; "rejected the plan" denies nothing that was said.
    is_clause: bool,
    /// Whether what is denied was told before: "any such attack".
    refers: bool,
    /// Whether the noun for what is denied says of what it is: "the reports of an attack".
    of_topic: bool,
    /// Where it says whose without a name that is known: the words for him ("claims by the **opposition**").
    by: BTreeSet<&'a str>,
    /// The names in what is denied, without the party's own.
    named: BTreeSet<&'a str>,
    /// Whether it was given before now: "had denied".
    past: bool,
    /// Whether its verb has a capital.
    is_headline: bool,
}

impl<'a, 'k> Answer<'a, 'k> {
    fn of(
        view: &'a View<'k>,
        resolver: &'a Resolver<'a, 'k>,
        home: Option<&'a str>,
        claim: &'a Claim,
    ) -> Option<Self> {
        let words = *claim.content.spans.first()?;
        let content = view.tokens_in(words);
        let party = Party::of(view, resolver, home, claim);
        let pointer = pointer(view, resolver, claim, &party, &content);
        let owner = match pointer {
            Pointer::Noun { .. } => owner(view, resolver, &party, &content),
            _ => None,
        };
        let spans = &claim.content.spans;
        let tokens = || spans.iter().flat_map(|span| view.tokens_in(*span));
        let next = noun(view, &content)
            .map(|noun| noun + 1)
            .filter(|next| *next < content.end);
        let after = |words: &[&str]| next.is_some_and(|next| words.contains(&view.lower(next)));
        let cue = claim.cue.as_ref().and_then(|cue| cue.spans.first());
        Some(Self {
            view,
            resolver,
            claim,
            words,
            pointer,
            owner,
            denied: telling(view, spans),
            is_clause: tokens()
                .any(|token| view.is_tagged_finite(token) || view.xpos(token) == "VBG"),
            refers: tokens().any(|token| {
                matches!(view.lower(token), "such" | "this" | "these" | "those")
                    || (view.lower(token) == "that" && view.xpos(token) == "DT")
            }),
            of_topic: after(&["of", "that", "about", "on", "over", "by", "from"]),
            by: if after(&["by", "from"]) {
                let noun = |token: &usize| view.xpos(*token).starts_with("NN");
                let words = next.into_iter().flat_map(|next| next + 1..content.end);
                let words = words.skip_while(|token| !noun(token)).take_while(noun);
                words.map(|token| view.lower(token)).collect()
            } else {
                BTreeSet::new()
            },
            named: tokens()
                .filter(|token| {
                    let own = |span| party.is_named_in(view, resolver, &[span]);
                    view.xpos(*token).starts_with("NNP") && !own(view.span(*token..*token + 1))
                })
                .map(|token| view.word(token))
                .collect(),
            past: cue.is_some_and(|span| {
                let cue = view.tokens_in(*span).start;
                (cue.saturating_sub(4)..cue)
                    .any(|token| matches!(view.lower(token), "had" | "previously" | "earlier"))
            }),
            is_headline: cue.is_some_and(|span| {
                let cue = view.tokens_in(*span).start;
                let opens = view
                    .sentence_around(cue)
                    .is_none_or(|sentence| sentence.start == cue);
                view.is_capital(cue) && !opens
            }),
            party,
        })
    }

    /// The claim that stands inside what is denied: "rejected the Front's claim **that …**".
    fn inner(&self, claims: &[Claim], index: usize) -> Option<usize> {
        if !matches!(self.pointer, Pointer::Noun { .. }) {
            return None;
        }
        let within = |claim: &Claim| {
            let cue = claim.cue.iter().flat_map(|cue| &cue.spans);
            let mut told = cue.chain(&claim.content.spans);
            told.all(|span| self.words.start <= span.start && span.end <= self.words.end)
        };
        // "The Regency's claim about Velm" tells nothing inside.
        let is_told = |claim: &Claim| {
            let mut tokens = claim
                .content
                .spans
                .iter()
                .flat_map(|span| self.view.tokens_in(*span));
            tokens.any(|token| self.view.xpos(token).starts_with("VB"))
        };
        let near = claims.iter().enumerate().skip(index + 1).take(4);
        near.filter(|(_, claim)| {
            claim.voice == Voice::Attributed && within(claim) && is_told(claim)
        })
        .find(|(_, claim)| {
            matches!(claim.act, Act::Asserts | Act::Accuses)
                && !self.party.is(self.view, self.resolver, claim)
        })
        .map(|(at, _)| at)
    }

    /// Points of a claim in a sentence some before; none where it cannot be meant.
    fn score(&self, claim: &Claim, sentence: usize, distance: usize) -> Option<i32> {
        if !matches!(claim.act, Act::Asserts | Act::Accuses) {
            return None;
        }
        let attributed = claim.voice == Voice::Attributed;
        let near = match distance {
            0 | 1 => 4,
            2 => 3,
            3 | 4 => 2,
            distance => 2 - i32::try_from(distance / 3).unwrap_or(i32::MAX),
        };
        let spans = &claim.content.spans;
        let named = || self.party.is_named_in(self.view, self.resolver, spans);
        let told = || telling(self.view, spans);
        let met = |told: &BTreeSet<String>| self.denied.intersection(told).count();
        let topic = |most: usize| i32::try_from(met(&told()).min(most)).unwrap_or(0);
        match self.pointer {
            Pointer::Pronoun => (attributed && distance <= 2).then_some(near),
            Pointer::Noun { accusing } => {
                let blames = self.blame(claim);
                let source = &claim.source;
                let owned = self.owner.is_some()
                    && [source.entity, source.speaks_for.or(source.entity)].contains(&self.owner);
                if !(attributed || blames == Blame::Accuses) || (self.owner.is_some() && !owned) {
                    return None;
                }
                let named = named();
                let topic = topic(3);
                let fits = if accusing {
                    (named && blames != Blame::None) || (distance <= 1 && claim.act == Act::Accuses)
                } else if self.of_topic {
                    topic > 0 && self.is_by_somebody(claim)
                } else {
                    distance <= 1 || named
                };
                if !(fits || owned) {
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
                        + 3 * i32::from(accusing && blames == Blame::Accuses)
                        + tells
                        + topic
                        + self.shared(claim).unwrap_or(0),
                )
            }
            Pointer::Part => {
                let (blames, named) = (self.blame(claim), named());
                if blames == Blame::None || !named || !self.is_there(sentence, distance) {
                    return None;
                }
                Some(near + 6 + 2 * i32::from(blames == Blame::Accuses) + topic(2))
            }
            Pointer::Clause { own } => {
                let blames = self.blame(claim);
                let named = named();
                let told = told();
                let worded = self.worded_alike(&told);
                let met = met(&told);
                let accused = own
                    && blames != Blame::None
                    && named
                    && (self.refers || met > 0 || (distance <= 2 && blames == Blame::Accuses))
                    && self.is_there(sentence, distance);
                let shared = match self.shared(claim) {
                    Some(shared) => shared,
                    None if accused || worded => 0,
                    None => return None,
                };
                Some(
                    near + shared
                        + 2 * i32::from(worded)
                        + 2 * i32::from(attributed)
                        + i32::from(blames != Blame::None)
                        + 2 * i32::from(named)
                        + i32::try_from(met.min(3)).unwrap_or(0),
                )
            }
        }
    }

    fn blame(&self, claim: &Claim) -> Blame {
        let spans = &claim.content.spans;
        let lists = &self.view.knowledge.parties;
        let part = |event: &Event, roles: &[Role]| {
            let mut parts = event.participants.iter();
            parts.any(|one| {
                roles.contains(&one.role)
                    && self.party.is_named_in(self.view, self.resolver, &one.spans)
            })
        };
        let accuses = claim.act == Act::Accuses
            || claim.events.iter().any(|event| {
                event.kind == EventType::Accuse && part(event, &[Role::Recipient, Role::Object])
            })
            || spans
                .iter()
                .flat_map(|span| self.view.tokens_in(*span))
                .any(|token| lists.has("blame-word", self.view.lower(token)));
        if accuses {
            return Blame::Accuses;
        }
        let mut events = claim.events.iter();
        let tells = events.any(|event| {
            harms(event.kind) && event.polarity == Polarity::Positive && part(event, &[Role::Actor])
        });
        if tells { Blame::Tells } else { Blame::None }
    }

    /// Whether a claim is of him whose claim is denied, where words say who that is.
    fn is_by_somebody(&self, claim: &Claim) -> bool {
        let source = claim.source.spans.iter();
        self.by.is_empty()
            || source
                .flat_map(|span| self.view.tokens_in(*span))
                .any(|token| self.by.contains(self.view.lower(token)))
    }

    /// Whether a sentence or those around it have a name of what is denied; where none of them stands the talk is of another thing.
    fn is_there(&self, sentence: usize, distance: usize) -> bool {
        self.named.is_empty()
            || (sentence.saturating_sub(2)..=sentence + usize::from(distance > 0))
                .filter_map(|number| self.view.segments.sentences.get(number))
                .flat_map(|sentence| self.view.sentence_tokens(sentence))
                .any(|token| self.named.contains(self.view.word(token)))
    }

    /// "Had denied the claim" is about what was said before, "denied the claim" about what is said now.
    fn same_time(&self, claim: &Claim) -> bool {
        let said = claim.said.as_ref().and_then(|said| said.value.as_deref());
        (said == Some("PAST_REF")) == self.past
    }

    /// Whether told words have most of those in which something is denied: three at least.
    fn worded_alike(&self, told: &BTreeSet<String>) -> bool {
        let met = self.denied.intersection(told).count();
        self.is_clause && met >= 3 && met * 5 >= self.denied.len() * 3
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

/// The noun for a claim.
fn noun(view: &View, content: &Tokens) -> Option<usize> {
    content.clone().find(|token| view.is(*token, CLAIM_NOUN))
}

/// Kinds of deed for which somebody can be blamed.
fn harms(kind: EventType) -> bool {
    use EventType as E;
    matches!(
        kind,
        E::Clash
            | E::Attack
            | E::Strike
            | E::Bombing
            | E::KillTargeted
            | E::Casualty
            | E::Abduct
            | E::Abuse
            | E::DestroyProperty
            | E::Detain
            | E::Restrict
            | E::Displace
            | E::ForeignSupport
            | E::ViolateCeasefire
    )
}

/// Whose claim is denied: "the Taliban's claim", "claims by the Front".
fn owner(view: &View, resolver: &Resolver, party: &Party, content: &Tokens) -> Option<EntityId> {
    let end = content.end;
    let noun = noun(view, content).unwrap_or(end);
    content.clone().find_map(|token| {
        let entity = resolver
            .entity_at(token)
            .filter(|entity| !party.entities.contains(entity))?;
        let before = token < noun;
        let opens = (noun + 1..token.min(end))
            .rev()
            .take(4)
            .any(|token| matches!(view.lower(token), "by" | "from" | "of"));
        let speaks = matches!(
            resolver.entities.get(entity.index())?.kind,
            EntityKind::Person | EntityKind::Organization | EntityKind::Group
        );
        (before || (opens && speaks)).then_some(entity)
    })
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
