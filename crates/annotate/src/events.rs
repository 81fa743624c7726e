//! Events: what some words say happened, by the patterns of `events.txt`.
//!
//! First version: control, fate, and a few more. Actor, act and place come from one clause or are not filled. It does not
//! know who speaks beyond the pronouns that the caller resolves.

use crate::attributions::Tokens;
use crate::contents::head_of;
use crate::knowledge::{
    BE, CONJUNCTION, DETERMINER, MONTH, NEGATION, OBJECT_PRONOUN, PERSONAL, POSSESSIVE,
    PREPOSITION, SUBORDINATOR, TIME, WEEKDAY,
};
use crate::patterns::{Shape, Trigger};
use crate::phrases::{self, Subject};
use crate::sources::Resolver;
use crate::view::View;
use crate::{
    Basis, EntityId, EntityKind, Event, Participant, Polarity, Quantity, Realis, Role, TimeExpr,
    TimeKind,
};
use jiff::civil::Date;

/// What the pronouns of a content may stand for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Speaker {
    /// The source, or the body it speaks for: "we", "our forces", "it".
    pub(crate) party: Option<EntityId>,
    /// The source itself.
    pub(crate) source: Option<EntityId>,
    /// The person last said to have died or to be somewhere: "he".
    pub(crate) last_person: Option<EntityId>,
}

/// What the readers before have found.
pub(crate) struct Found<'f> {
    pub(crate) times: &'f [TimeExpr],
    pub(crate) quantities: &'f [Quantity],
    pub(crate) day: Option<Date>,
}

/// The events of a content, in order; at most one for each type, actor and place.
pub(crate) fn events(
    view: &View,
    resolver: &Resolver,
    content: &[Tokens],
    speaker: Speaker,
    found: &Found,
) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let reader = Reader {
        view,
        resolver,
        speaker,
        found,
    };
    for range in content {
        let mut at = range.start;
        while at < range.end {
            let triggers = view.knowledge.events.starting(view.lower(at));
            let matched = triggers.iter().find_map(|trigger| {
                let end = reader.match_tail(trigger, at, range.end)?;
                reader.event(trigger, at..end, range, events.last())
            });
            match matched {
                Some((event, end)) => {
                    let same = |other: &Event| {
                        other.kind == event.kind
                            && other.place == event.place
                            && other.participants == event.participants
                    };
                    if !events.iter().any(same) {
                        events.push(event);
                    }
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
    }
    events
}

struct Reader<'r, 'a> {
    view: &'r View<'a>,
    resolver: &'r Resolver<'r, 'a>,
    speaker: Speaker,
    found: &'r Found<'r>,
}

impl Reader<'_, '_> {
    /// Where a trigger's words end; adverbs may stand between ("is now firmly in the hands of").
    fn match_tail(&self, trigger: &Trigger, at: usize, limit: usize) -> Option<usize> {
        let view = self.view;
        let mut next = at + 1;
        for word in &trigger.tail {
            let mut steps = 0;
            while next < limit
                && view.lower(next) != word
                && steps < 3
                && (view.is_adverb(next) || view.is(next, DETERMINER) && word != "in")
            {
                next += 1;
                steps += 1;
            }
            if next >= limit || view.lower(next) != word {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    fn event(
        &self,
        trigger: &Trigger,
        words: Tokens,
        range: &Tokens,
        before: Option<&Event>,
    ) -> Option<(Event, usize)> {
        let view = self.view;
        let noun = words.start > range.start
            && (view.is(words.start - 1, DETERMINER | POSSESSIVE)
                || view.is_possessive_clitic(words.start - 1));
        if noun && trigger.shape != Shape::NounOfPlace && !trigger.participle {
            // "the capture of Orlen": the noun, not the verb.
            return None;
        }
        let group = phrases::group_start(view, range.start, words.start);
        let has_be = (group..words.start).any(|token| view.is(token, BE));
        let passive = trigger.participle && has_be;
        let floor = self.floor(range, group);
        let subject = match phrases::subject_before(view, floor, group) {
            Subject::Phrase(tokens) => Some(tokens),
            Subject::Relative(pronoun) => {
                let end =
                    pronoun - usize::from(pronoun > range.start && view.is_comma(pronoun - 1));
                let start = phrases::phrase_start(view, range.start, end);
                (start < end).then_some(start..end)
            }
            Subject::Shared | Subject::None => None,
        };
        let shared_actor = before
            .and_then(|event| {
                event
                    .participants
                    .iter()
                    .find(|participant| participant.role == Role::Actor)
            })
            .cloned();
        let after = self.skip_adverbs(words.end);
        let mut event = Event {
            kind: trigger.kind,
            span: view.span(group.max(range.start)..words.end),
            confidence: 0.8,
            alternatives: Vec::new(),
            realis: self.realis(&words, group, range, trigger),
            polarity: self.polarity(&words, group, subject.as_ref(), range),
            participants: Vec::new(),
            place: None,
            time: None,
            quantities: Vec::new(),
            cause: None,
        };
        let mut end = words.end;
        match trigger.shape {
            Shape::ActorVerbPlace | Shape::ActorVerbOfPlace | Shape::ActorVerbFromPlace => {
                let (actor, object) = if passive {
                    let by = (words.end..range.end.min(words.end + 8))
                        .find(|token| view.lower(*token) == "by");
                    (
                        by.map(|by| by + 1..phrases::phrase_end(view, by + 1, range.end, false)),
                        subject.clone(),
                    )
                } else {
                    let stop = phrases::phrase_end(view, after, range.end, true);
                    let stop = self.cut_times(after, stop);
                    end = stop;
                    (subject.clone(), (stop > after).then_some(after..stop))
                };
                event.place = object.as_ref().and_then(|tokens| self.place(tokens));
                let place_like = event.place.is_some()
                    || object
                        .as_ref()
                        .is_some_and(|tokens| self.is_place_noun(tokens));
                if !place_like && matches!(trigger.shape, Shape::ActorVerbPlace) {
                    return None;
                }
                if event.place.is_none() {
                    event.place = self.place_before(range, words.start);
                }
                event.participants.extend(
                    actor
                        .and_then(|tokens| self.participant(Role::Actor, &tokens, range))
                        .or_else(|| subject.is_none().then_some(shared_actor).flatten()),
                );
            }
            Shape::ActorBeInPlace => {
                let stop = phrases::phrase_end(view, after, range.end, true);
                event.place = self.place(&(after..stop));
                let actor = subject
                    .as_ref()
                    .and_then(|tokens| self.participant(Role::Actor, tokens, range))
                    .or(shared_actor);
                let holds = words.len() > 2 && view.lower(words.end - 2) == "positions";
                let forces = subject.as_ref().is_some_and(|tokens| self.is_force(tokens))
                    || actor.as_ref().is_some_and(|actor| self.is_party(actor));
                event.place?;
                if !(forces || holds) {
                    return None;
                }
                event.participants.extend(actor);
                event.realis = if event.realis == Realis::Occurred {
                    Realis::Ongoing
                } else {
                    event.realis
                };
                end = stop;
            }
            Shape::PlaceVerbActor => {
                let stop = phrases::phrase_end(view, after, range.end, false);
                event.place = subject.as_ref().and_then(|tokens| self.place(tokens));
                event.place?;
                event
                    .participants
                    .extend(self.participant(Role::Actor, &(after..stop), range));
                end = stop;
            }
            Shape::PlaceVerb => {
                event.place = subject.as_ref().and_then(|tokens| self.place(tokens));
                if trigger.kind == crate::EventType::RestoreServices {
                    if !passive {
                        return None;
                    }
                } else {
                    event.place?;
                }
            }
            Shape::PersonVerb | Shape::PersonBe => {
                if trigger.shape == Shape::PersonBe
                    && !has_be
                    && !matches!(
                        view.lower(words.start.checked_sub(1)?),
                        "remains" | "remained" | "stayed" | "seemed"
                    )
                {
                    return None;
                }
                let tokens = subject.as_ref()?;
                event.participants.push(self.person(Role::Object, tokens)?);
                event.quantities = self.quantities_in(tokens);
                event.cause = self.cause(words.start, words.end, range.end);
                end = event.cause.map_or(end, |cause| view.tokens_in(cause).end);
            }
            Shape::ActorVerbPerson => {
                let passive = passive
                    || trigger.participle
                        && subject.as_ref().is_some_and(|_| !view.is_word(words.end));
                let object = if passive {
                    subject.clone()
                } else {
                    let stop = phrases::phrase_end(view, after, range.end, false);
                    end = stop;
                    (stop > after).then_some(after..stop)
                };
                let object = object?;
                let quantities = self.quantities_in(&object);
                match self.person(Role::Object, &object) {
                    Some(person) => event.participants.push(person),
                    None if quantities.is_empty() => return None,
                    None => {}
                }
                event.quantities = quantities;
                if passive {
                    event.cause = self.cause(words.start, words.end, range.end);
                    end = event.cause.map_or(end, |cause| view.tokens_in(cause).end);
                } else {
                    event.participants.extend(
                        subject
                            .as_ref()
                            .and_then(|tokens| self.participant(Role::Actor, tokens, range)),
                    );
                }
            }
            Shape::PersonVerbPlace => {
                let stop = phrases::phrase_end(view, after, range.end, false);
                event.place = self.place(&(after..stop));
                event.participants.extend(
                    subject
                        .as_ref()
                        .and_then(|tokens| self.participant(Role::Actor, tokens, range)),
                );
                end = stop;
            }
            Shape::ActorVerb => {
                event.participants.extend(
                    subject
                        .as_ref()
                        .and_then(|tokens| self.participant(Role::Actor, tokens, range))
                        .or(shared_actor),
                );
            }
            Shape::NounOfPlace => {
                if view.lower(after) != "of"
                    || words.start > range.start
                        && view.is_word(words.start - 1)
                        && !view.is(words.start - 1, DETERMINER | PREPOSITION | POSSESSIVE)
                        && !view.is_possessive_clitic(words.start - 1)
                {
                    return None;
                }
                let stop = phrases::phrase_end(view, after + 1, range.end, false);
                event.place = self.place(&(after + 1..stop));
                event.place?;
                if view.lower(stop) == "by" {
                    let by_end = phrases::phrase_end(view, stop + 1, range.end, false);
                    event.participants.extend(self.participant(
                        Role::Actor,
                        &(stop + 1..by_end),
                        range,
                    ));
                }
                if words.start > range.start && view.is_possessive_clitic(words.start - 1) {
                    let owner = phrases::phrase_start(view, range.start, words.start - 1);
                    event.participants.extend(self.participant(
                        Role::Actor,
                        &(owner..words.start - 1),
                        range,
                    ));
                }
                end = stop;
            }
        }
        if matches!(trigger.shape, Shape::PersonVerb | Shape::ActorVerbPerson)
            && event.place.is_none()
        {
            event.place = self.place_after(words.end, range.end);
        }
        event.time = self.time_near(group, range);
        if event
            .time
            .as_ref()
            .is_some_and(|time| is_historical(time, self.found.day))
        {
            event.realis = Realis::Historical;
        }
        Some((event, end))
    }

    fn skip_adverbs(&self, mut at: usize) -> usize {
        while self.view.is_adverb(at) && !self.view.is(at, DETERMINER | PREPOSITION) {
            at += 1;
        }
        at
    }

    /// The clause of a verb begins after the last comma and conjunction, subordinator or semicolon before it.
    fn floor(&self, range: &Tokens, verb: usize) -> usize {
        let view = self.view;
        let mut floor = range.start;
        for token in (range.start..verb).rev() {
            let splits = matches!(
                view.lower(token),
                ";" | ":"
                    | "because"
                    | "although"
                    | "while"
                    | "if"
                    | "when"
                    | "after"
                    | "before"
                    | "whether"
            ) || view.lower(token) == "that"
                && token > range.start
                && !phrases::is_nominal(view, token - 1)
                || view.lower(token) == "that" && token == range.start;
            if splits {
                floor = token + 1;
                break;
            }
        }
        while floor < verb
            && (view.is_quote_mark(floor)
                || view.is(floor, CONJUNCTION | SUBORDINATOR) && !view.is(floor, DETERMINER))
        {
            floor += 1;
        }
        floor
    }

    /// A time at the end of a phrase does not belong to it ("captured Orlen on Sunday").
    fn cut_times(&self, start: usize, end: usize) -> usize {
        let view = self.view;
        (start + 1..end)
            .find(|token| {
                view.is(*token, PREPOSITION) && view.is(token + 1, TIME | WEEKDAY | MONTH)
            })
            .unwrap_or(end)
    }

    /// The place that a phrase names, if it is one.
    fn place(&self, tokens: &Tokens) -> Option<EntityId> {
        let view = self.view;
        let is_place = |entity: &EntityId| {
            self.resolver
                .entities
                .get(entity.index())
                .is_some_and(|found| found.kind == EntityKind::Place)
        };
        // The first place in the phrase before a comma: "the entire Punjir province", "the town of Orlen".
        let stop = tokens
            .clone()
            .find(|token| view.is_comma(*token))
            .unwrap_or(tokens.end);
        (tokens.start..stop)
            .filter_map(|token| self.resolver.entity_at(token))
            .find(is_place)
    }

    fn is_place_noun(&self, tokens: &Tokens) -> bool {
        let view = self.view;
        !tokens.is_empty() && {
            let head = view.lower(head_of(view, tokens));
            view.knowledge.parties.has("place", head)
                || matches!(
                    head,
                    "stronghold"
                        | "centre"
                        | "center"
                        | "headquarters"
                        | "position"
                        | "positions"
                        | "territory"
                        | "area"
                        | "refuge"
                )
        }
    }

    /// "Punjshir, …, was occupied": the place at the head of the clause when the subject was not found.
    fn place_before(&self, range: &Tokens, verb: usize) -> Option<EntityId> {
        let first = (range.start..verb).find(|token| self.view.is_word(*token))?;
        self.resolver.entity_at(first).filter(|entity| {
            self.resolver
                .entities
                .get(entity.index())
                .is_some_and(|found| found.kind == EntityKind::Place)
        })
    }

    /// "… near Orlem", "… in Dorveth" soon after a verb.
    fn place_after(&self, from: usize, limit: usize) -> Option<EntityId> {
        let view = self.view;
        let near = (from..limit.min(from + 14)).filter(|token| {
            matches!(
                view.lower(*token),
                "in" | "near" | "at" | "of" | "around" | "outside"
            )
        });
        near.filter_map(|token| {
            self.place(&(token + 1..phrases::phrase_end(view, token + 1, limit, false)))
        })
        .next()
    }

    fn is_force(&self, tokens: &Tokens) -> bool {
        let view = self.view;
        let head = head_of(view, tokens);
        view.knowledge.parties.has("side-noun", view.lower(head))
            || view.knowledge.parties.has("group", view.lower(head))
    }

    fn is_party(&self, participant: &Participant) -> bool {
        participant
            .entity
            .and_then(|entity| self.resolver.entities.get(entity.index()))
            .is_some_and(|entity| {
                matches!(entity.kind, EntityKind::Group | EntityKind::Organization)
            })
    }

    /// A participant from its words, pronouns resolved to the speaker's side.
    fn participant(&self, role: Role, tokens: &Tokens, range: &Tokens) -> Option<Participant> {
        let view = self.view;
        if tokens.is_empty() {
            return None;
        }
        let span = view.span(tokens.clone());
        let head = head_of(view, tokens);
        let own = view.lower(tokens.start) == "our" || matches!(view.lower(head), "we" | "us");
        if own || matches!(view.lower(head), "it" | "i") || (view.lower(tokens.start) == "its") {
            // "the Regency's statement that its troops have …": a party named just before owns them, not the speaker.
            let third = !own && view.lower(head) != "i";
            let nearer = third
                .then(|| self.party_before(range, tokens.start))
                .flatten();
            let entity = if view.lower(head) == "i" {
                self.speaker.source
            } else {
                nearer.or(self.speaker.party)
            };
            return Some(Participant {
                role,
                entity,
                spans: vec![span],
                basis: Basis::Coreference,
            });
        }
        if view.is(head, PERSONAL | OBJECT_PRONOUN) {
            let entity = if matches!(view.lower(head), "he" | "she" | "him" | "her") {
                self.speaker.source
            } else {
                None
            };
            return Some(Participant {
                role,
                entity,
                spans: vec![span],
                basis: Basis::Coreference,
            });
        }
        let resolved = self.resolver.phrase(tokens);
        let entity = resolved.entity.or(resolved.speaks_for);
        let basis = if entity.is_some() && resolved.basis == Some(crate::NameBasis::Coreference) {
            Basis::Coreference
        } else {
            Basis::Stated
        };
        Some(Participant {
            role,
            entity,
            spans: vec![span],
            basis,
        })
    }

    /// The party named last before a token, within the content.
    fn party_before(&self, range: &Tokens, token: usize) -> Option<EntityId> {
        let is_party = |entity: &EntityId| {
            let found = self.resolver.entities.get(entity.index());
            found.is_some_and(|found| {
                matches!(found.kind, EntityKind::Group | EntityKind::Organization)
            })
        };
        (range.start..token)
            .rev()
            .filter_map(|before| self.resolver.entity_at(before))
            .find(is_party)
    }

    /// A person whose fate is told; groups count by quantity.
    fn person(&self, role: Role, tokens: &Tokens) -> Option<Participant> {
        let view = self.view;
        let span = view.span(tokens.clone());
        let head = head_of(view, tokens);
        if tokens.len() == 1 && matches!(view.lower(head), "he" | "she" | "him" | "her") {
            // Who says that somebody died is not that somebody.
            let entity = self
                .speaker
                .last_person
                .filter(|person| Some(*person) != self.speaker.source);
            return entity.map(|entity| Participant {
                role,
                entity: Some(entity),
                spans: vec![span],
                basis: Basis::Coreference,
            });
        }
        // The person may stand after a role or in apposition: the last person named in the phrase before a comma.
        let is_person = |entity: &EntityId| {
            self.resolver
                .entities
                .get(entity.index())
                .is_some_and(|found| matches!(found.kind, EntityKind::Person))
        };
        let person = self.resolver.entity_at(head).filter(is_person).or_else(|| {
            let has_role = tokens
                .clone()
                .any(|token| view.knowledge.parties.has("role", view.lower(token)));
            has_role
                .then(|| {
                    tokens
                        .clone()
                        .filter_map(|token| self.resolver.entity_at(token))
                        .rfind(is_person)
                })
                .flatten()
        });
        if person.is_some() {
            return Some(Participant {
                role,
                entity: person,
                spans: vec![span],
                basis: Basis::Stated,
            });
        }
        // "killed the mayor": a person without a name.
        let unnamed = view.knowledge.parties.has("role", view.lower(head));
        (unnamed || !self.quantities_in(tokens).is_empty()).then(|| Participant {
            role,
            entity: None,
            spans: vec![span],
            basis: Basis::Stated,
        })
    }

    fn quantities_in(&self, tokens: &Tokens) -> Vec<Quantity> {
        let span = self.view.span(tokens.clone());
        let quantities = self.found.quantities;
        let first = quantities.partition_point(|quantity| quantity.span.end <= span.start);
        quantities[first..]
            .iter()
            .take_while(|quantity| quantity.span.start < span.end)
            .filter(|quantity| quantity.unit == "person")
            .cloned()
            .collect()
    }

    /// "in the fighting", "in a quarrel between two commanders", "by a shell": how a death came about.
    fn cause(&self, verb: usize, from: usize, limit: usize) -> Option<text::Span> {
        let view = self.view;
        // "fell in the fighting": the words are part of the trigger.
        let inside = (verb..from).find(|token| matches!(view.lower(*token), "in" | "by" | "from"));
        let start = inside.or_else(|| {
            let mut at = phrases::skip_times(view, from, limit);
            // "was killed near Orlem in an air strike": a place first.
            if matches!(view.lower(at), "near" | "at" | "outside") {
                at = phrases::phrase_end(view, at + 1, limit, false);
            }
            (at < limit && matches!(view.lower(at), "in" | "by" | "from" | "during" | "when"))
                .then_some(at)
        })?;
        let mut end = phrases::phrase_end(view, start + 1, limit, false).max(from.min(limit));
        // "at two in the afternoon" tells when, not how.
        let when = (start + 1..end).any(|token| view.is(token, TIME | WEEKDAY | MONTH));
        if inside.is_none() && when {
            return None;
        }
        if inside.is_none()
            && (self
                .place(&(start + 1..end))
                .is_some_and(|_| end - start <= 3)
                || view.is(start + 1, TIME | WEEKDAY | MONTH)
                || self.starts_time(start))
        {
            return None;
        }
        // "in a quarrel between two commanders of the Front", "in battle with the army".
        while end < limit
            && matches!(
                view.lower(end),
                "between" | "with" | "of" | "among" | "against" | "over"
            )
        {
            let next = phrases::phrase_end(view, end + 1, limit, false);
            if next <= end + 1 {
                break;
            }
            end = next;
            if view.lower(end) == "and" {
                let more = phrases::phrase_end(view, end + 1, limit, false);
                if more > end + 1 {
                    end = more;
                }
            }
        }
        (end > start + 1).then(|| view.span(start..end))
    }

    fn starts_time(&self, token: usize) -> bool {
        let next = self.view.span(token + 1..token + 2);
        let index = self
            .found
            .times
            .partition_point(|time| time.span.end <= next.start);
        self.found
            .times
            .get(index)
            .is_some_and(|time| time.span.overlaps(next))
    }

    fn polarity(
        &self,
        words: &Tokens,
        group: usize,
        subject: Option<&Tokens>,
        range: &Tokens,
    ) -> Polarity {
        let view = self.view;
        let in_group = (group.max(range.start)..words.end)
            .any(|token| view.is(token, NEGATION) && view.lower(token) != "without");
        let in_subject = subject.is_some_and(|tokens| {
            matches!(
                view.lower(tokens.start),
                "no" | "none" | "nobody" | "neither"
            )
        });
        if in_group || in_subject {
            Polarity::Negative
        } else {
            Polarity::Positive
        }
    }

    fn realis(&self, words: &Tokens, group: usize, range: &Tokens, trigger: &Trigger) -> Realis {
        let view = self.view;
        let group = group.max(range.start);
        let before = group.checked_sub(1).map_or("", |token| view.lower(token));
        let in_group = |words_of: &[&str]| {
            (group..words.start).any(|token| words_of.contains(&view.lower(token)))
        };
        let conditional = (range.start..words.start)
            .rev()
            .take(14)
            .any(|token| matches!(view.lower(token), "if" | "unless" | "whether"))
            && !(range.start..words.start).any(|token| view.lower(token) == "then");
        if conditional || view.lower(range.start) == "whether" {
            return Realis::Hypothetical;
        }
        if in_group(&["will", "would", "shall", "'ll", "’ll", "won't", "won’t"]) {
            return if in_group(&["have"]) {
                Realis::Hypothetical
            } else {
                Realis::Future
            };
        }
        if in_group(&["may", "might", "could", "can", "must", "should"])
            || before == "to"
            || in_group(&["to"])
            || view.lower(range.start) == "to"
            || view.lower(range.start) == "for"
        {
            return Realis::Hypothetical;
        }
        let question = (words.end..range.end + 1).any(|token| view.lower(token).starts_with('?'));
        if question {
            return Realis::Hypothetical;
        }
        if in_group(&["repeatedly", "often", "usually", "regularly"]) {
            return Realis::Habitual;
        }
        let present = trigger.kind == crate::EventType::HoldControl
            || trigger.kind == crate::EventType::StatusPerson;
        if present {
            Realis::Ongoing
        } else {
            Realis::Occurred
        }
    }

    /// The time said in the clause of the event.
    fn time_near(&self, verb: usize, range: &Tokens) -> Option<TimeExpr> {
        let view = self.view;
        let sentence = view.sentence_around(verb)?;
        // The clause: between semicolons and conjunctions around the verb, inside the content.
        let start = (range.start.max(sentence.start)..verb)
            .rev()
            .find(|token| view.lower(*token) == ";")
            .map_or(range.start.max(sentence.start), |token| token + 1);
        let end = (verb..range.end.min(sentence.end))
            .find(|token| {
                view.lower(*token) == ";"
                    || view.is_comma(*token) && view.is(token + 1, CONJUNCTION | SUBORDINATOR)
            })
            .unwrap_or(range.end.min(sentence.end));
        let span = view.span(start..end.max(start + 1));
        let times = self.found.times;
        let first = times.partition_point(|time| time.span.start < span.start);
        times[first..]
            .iter()
            .take_while(|time| time.span.end <= span.end)
            .filter(|time| matches!(time.kind, TimeKind::Date | TimeKind::Time))
            .min_by_key(|time| {
                let tokens = view.tokens_in(time.span);
                let other = !phrases::share_clause(view, &tokens, &(verb..verb + 1));
                (
                    other,
                    time.span.start.abs_diff(view.span(verb..verb + 1).start),
                )
            })
            .cloned()
    }
}

/// More than two years before the document's day: background.
pub(crate) fn is_historical(time: &TimeExpr, day: Option<Date>) -> bool {
    match (time.latest, day) {
        (Some(latest), Some(day)) => day.since(latest).is_ok_and(|span| span.get_days() > 730),
        _ => false,
    }
}
