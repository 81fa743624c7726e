//! An event of a happening: who took part, where, when, how many, and what its clause commits to.
//!
//! Actor, act and place come from one clause by the tree, or are not filled. It does not know types beyond where their participants
//! stand.

use super::commitment::{Commitment, commitment};
use super::factuality::{self, CommitmentMark};
use super::frames;
use super::lexicon::{Entry, Fill, Part, Slot};
use super::predicates::Predicate;
use super::{Found, Happening, Speaker};
use crate::attributions::Tokens;
use crate::contents::head_of;
use crate::knowledge::{CONJUNCTION, MONTH, OBJECT_PRONOUN, PERSONAL, SUBORDINATOR, TIME, WEEKDAY};
use crate::phrases;
use crate::sources::Resolver;
use crate::view::View;
use crate::{
    Basis, EntityId, EntityKind, Event, EventType, Participant, Realis, Role, TimeExpr, TimeKind,
};
use jiff::civil::Date;
use syntax::Relation;

pub(super) struct Reader<'r, 'a> {
    pub(super) view: &'r View<'a>,
    pub(super) resolver: &'r Resolver<'r, 'a>,
    pub(super) speaker: Speaker,
    pub(super) found: &'r Found<'r>,
}

/// What the present tense says to go on.
fn lasts(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::HoldControl
            | EventType::StatusPerson
            | EventType::Clash
            | EventType::Restrict
            | EventType::ForeignSupport
            | EventType::Protest
            | EventType::Investigate
            | EventType::Negotiate
            | EventType::Abduct
            | EventType::Detain
    )
}

/// What befalls a person, so that a pronoun for whom it befell is not the speaker.
fn befalls(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Casualty | EventType::KillTargeted | EventType::StatusPerson
    )
}

fn is_of_control(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::TakeControl
            | EventType::HoldControl
            | EventType::LoseControl
            | EventType::Withdraw
    )
}

/// What happened by the rules did not where the weights give it less than this.
const UNLIKELY: f64 = 0.2;

impl Reader<'_, '_> {
    /// The event of a happening in a range of a content.
    pub(super) fn event(&self, happening: &Happening, content: &[Tokens], range: &Tokens) -> Event {
        let view = self.view;
        let Happening { predicate, typed } = happening;
        let (words, kind) = (&predicate.words, typed.kind);
        let proposal = predicate
            .proposals
            .iter()
            .find(|one| one.entry.kind == kind);
        let entry = proposal.map(|one| one.entry);
        let committed = commitment(view, predicate.head, predicate.part, content);
        let group = if predicate.part == Part::Verb {
            phrases::group_start(view, range.start, words.start)
        } else {
            words.start
        };
        let mut event = Event {
            kind,
            span: view.span(group.max(range.start)..words.end),
            confidence: typed.sure,
            alternatives: typed.alternatives.clone(),
            realis: self.realis(predicate, &committed, content, lasts(kind)),
            polarity: committed.polarity(),
            participants: Vec::new(),
            place: None,
            time: None,
            quantities: Vec::new(),
            cause: None,
        };
        let is_bare = frames::is_bare(view, predicate, kind);
        for filler in &predicate.fillers {
            // What "of" leads to is done to by a noun alone: "the death of the mayor", "died of a fever".
            let of = predicate.part != Part::Noun && filler.slot == Slot::After("of".to_owned());
            let own = entry.is_some_and(|entry| entry.has_own(&filler.slot));
            let slot = match filler.slot {
                Slot::Subject if is_bare => &Slot::Object,
                ref slot => slot,
            };
            if (own || !of) && !self.is_time(filler.head) {
                self.fill(&mut event, entry, slot, filler.head, range);
            }
        }
        self.fill_from_fate(&mut event, predicate, range);
        if event.place.is_none() {
            event.place = self.place_around(predicate.head).or_else(|| {
                is_of_control(kind)
                    .then(|| self.place_before(range, words.start))
                    .flatten()
            });
        }
        if event.place.is_none() && is_of_control(kind) && predicate.part == Part::Verb {
            // The object that a wrong tree hung elsewhere: "holds the Ibrel Pass, General Lomtrey said".
            let end = phrases::phrase_end(view, words.end, range.end, false);
            event.place = self.place(&(words.end..end));
        }
        self.add_quantities(&mut event, &view.span(words.clone()));
        let tells_how = matches!(kind, EventType::Casualty | EventType::KillTargeted)
            && predicate.part != Part::Noun
            && (frames::is_passive(view, predicate.head)
                || !view.has_kid(predicate.head, Relation::Obj));
        if tells_how {
            event.cause = self.cause(words.start, words.end, range.end);
        }
        event.time = self.time_near(group, range);
        if event
            .time
            .as_ref()
            .is_some_and(|time| is_historical(time, self.found.day))
        {
            event.realis = Realis::Historical;
        }
        event
    }

    /// "died in an assassination attempt": whom a deed befell is told by the verb of the fate that it brought.
    fn fill_from_fate(&self, event: &mut Event, deed: &Predicate, range: &Tokens) {
        let has_object = || {
            event
                .participants
                .iter()
                .any(|one| one.role == Role::Object)
        };
        if event.kind != EventType::KillTargeted || deed.part != Part::Noun || has_object() {
            return;
        }
        let view = self.view;
        let whole = view
            .head(deed.head)
            .filter(|_| view.relation(deed.head) == Relation::Compound);
        let Some(verb) = frames::governor(view, whole.unwrap_or(deed.head)) else {
            return;
        };
        let happenings = &self.found.happenings;
        let Some(fate) = happenings.at(verb, EventType::Casualty) else {
            return;
        };
        for filler in &fate.fillers {
            let fill = view
                .knowledge
                .events
                .fill(None, EventType::Casualty, &filler.slot);
            if fill == Some(Fill::Role(Role::Object)) {
                self.fill(event, None, &Slot::Object, filler.head, range);
            }
        }
    }

    /// By the rules, unless the weights are sure that it did not happen.
    fn realis(
        &self,
        predicate: &Predicate,
        committed: &Commitment,
        content: &[Tokens],
        lasts: bool,
    ) -> Realis {
        let by_rule = committed.realis(lasts);
        if by_rule != Realis::Occurred || committed.is_negative || predicate.part == Part::Noun {
            return by_rule;
        }
        let view = self.view;
        let marks = factuality::marks(view, predicate.head, predicate.part, content, committed);
        match view.knowledge.factuality.occurred(&marks) {
            Some(occurred) if occurred < UNLIKELY => {
                if marks.contains(&CommitmentMark::Will) {
                    Realis::Future
                } else {
                    Realis::Hypothetical
                }
            }
            _ => by_rule,
        }
    }

    /// "on Sunday": when, not against whom.
    fn is_time(&self, token: usize) -> bool {
        let word = self.view.span(token..token + 1);
        let times = &self.found.times;
        let index = times.partition_point(|time| time.span.end <= word.start);
        times
            .get(index)
            .is_some_and(|time| time.span.overlaps(word))
    }

    /// Puts what stands in a slot where the type has it.
    fn fill(
        &self,
        event: &mut Event,
        entry: Option<&Entry>,
        slot: &Slot,
        head: usize,
        range: &Tokens,
    ) {
        let view = self.view;
        let Some(fill) = view.knowledge.events.fill(entry, event.kind, slot) else {
            return;
        };
        let tokens = frames::phrase(view, head);
        let words = view.span(tokens.clone());
        match fill {
            Fill::Place => {
                if event.place.is_none() {
                    event.place = self.place(&tokens);
                }
            }
            Fill::Role(role) => {
                if *slot == Slot::Beside && !self.is_name(head) {
                    return;
                }
                let place = self.place_at(head);
                if place.is_some() && matches!(role, Role::Object | Role::Recipient) {
                    event.place = event.place.or(place);
                    return;
                }
                if role == Role::Object {
                    self.add_quantities(event, &words);
                }
                // "Shelling killed nine": a deed is no party.
                if role == Role::Actor && self.found.happenings.heads.contains(&head) {
                    return;
                }
                let taking_part = if befalls(event.kind) && role == Role::Object {
                    self.person(role, &tokens)
                        .or_else(|| self.participant(role, &tokens, range))
                } else {
                    self.participant(role, &tokens, range)
                };
                event
                    .participants
                    .extend(taking_part.filter(|one| !event.participants.contains(one)));
            }
        }
    }

    /// A name, or an adjective of a country or people: who does what the noun beside it names.
    fn is_name(&self, token: usize) -> bool {
        self.view.is_capital(token) && self.resolver.entity_at(token).is_some()
    }

    fn kind_of(&self, entity: EntityId) -> Option<EntityKind> {
        self.resolver
            .entities
            .get(entity.index())
            .map(|found| found.kind)
    }

    fn is_place(&self, entity: &EntityId) -> bool {
        matches!(
            self.kind_of(*entity),
            Some(EntityKind::Place | EntityKind::Facility)
        )
    }

    fn place_at(&self, token: usize) -> Option<EntityId> {
        self.resolver
            .entity_at(token)
            .filter(|entity| self.is_place(entity))
    }

    /// The place that a phrase names, if it is one: the first before a comma ("the entire Punjir province", "the town of Orlen").
    fn place(&self, tokens: &Tokens) -> Option<EntityId> {
        let view = self.view;
        let stop = tokens
            .clone()
            .find(|token| view.is_comma(*token))
            .unwrap_or(tokens.end);
        (tokens.start..stop).find_map(|token| self.place_at(token))
    }

    /// "… near Orlem", "… in Dorveth", hung on the predicate or on the verb that it is an argument of.
    fn place_around(&self, head: usize) -> Option<EntityId> {
        let view = self.view;
        let below = |of: usize| {
            view.kids(of)
                .filter(|kid| {
                    frames::prepositions(view, *kid)
                        .any(|case| view.knowledge.commitment.has("where", view.lower(case)))
                })
                .find_map(|kid| self.place(&frames::phrase(view, kid)))
        };
        let when = |of: usize| {
            view.kids(of)
                .filter(|kid| view.relation(*kid) == Relation::Advcl)
                .find_map(below)
        };
        // "were killed when their convoy was ambushed near Orlen": one happening.
        below(head)
            .or_else(|| below(frames::governor(view, head)?))
            .or_else(|| when(head))
    }

    /// "Punjshir, …, was occupied": the place at the head of the clause when the subject was not found.
    fn place_before(&self, range: &Tokens, verb: usize) -> Option<EntityId> {
        let first = (range.start..verb).find(|token| self.view.is_word(*token))?;
        self.place_at(first)
    }

    /// A participant from its words, pronouns resolved to the speaker's side.
    fn participant(&self, role: Role, tokens: &Tokens, range: &Tokens) -> Option<Participant> {
        let view = self.view;
        if tokens.is_empty() {
            return None;
        }
        let span = view.span(tokens.clone());
        let head = head_of(view, tokens);
        let made = |entity, basis| {
            Some(Participant {
                role,
                entity,
                spans: vec![span],
                basis,
            })
        };
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
            return made(entity, Basis::Coreference);
        }
        if view.is(head, PERSONAL | OBJECT_PRONOUN) {
            let is_one = matches!(view.lower(head), "he" | "she" | "him" | "her");
            let entity = self.speaker.source.filter(|_| is_one);
            return made(entity, Basis::Coreference);
        }
        let resolved = self.resolver.phrase(tokens);
        let entity = resolved.entity.or(resolved.speaks_for);
        if entity.is_some() && resolved.basis == Some(crate::NameBasis::Coreference) {
            made(entity, Basis::Coreference)
        } else {
            made(entity, Basis::Stated)
        }
    }

    /// The party named last before a token, within the content.
    fn party_before(&self, range: &Tokens, token: usize) -> Option<EntityId> {
        let is_party = |entity: &EntityId| {
            matches!(
                self.kind_of(*entity),
                Some(EntityKind::Group | EntityKind::Organization)
            )
        };
        (range.start..token)
            .rev()
            .filter_map(|before| self.resolver.entity_at(before))
            .find(is_party)
    }

    /// A person whose fate is told; groups count by quantity.
    fn person(&self, role: Role, tokens: &Tokens) -> Option<Participant> {
        let view = self.view;
        let head = head_of(view, tokens);
        let made = |entity, basis| {
            Some(Participant {
                role,
                entity,
                spans: vec![view.span(tokens.clone())],
                basis,
            })
        };
        if tokens.len() == 1 && matches!(view.lower(head), "he" | "she" | "him" | "her") {
            // Who says that somebody died is not that somebody.
            let entity = self
                .speaker
                .last_person
                .filter(|person| Some(*person) != self.speaker.source);
            return made(entity, Basis::Coreference);
        }
        // The person may stand after a role or in apposition: the last person named in the phrase before a comma.
        let is_person =
            |entity: &EntityId| matches!(self.kind_of(*entity), Some(EntityKind::Person));
        let person = self.resolver.entity_at(head).filter(is_person).or_else(|| {
            let has_role = tokens
                .clone()
                .any(|token| view.knowledge.parties.has("role", view.lower(token)));
            let mut named = tokens
                .clone()
                .filter_map(|token| self.resolver.entity_at(token));
            has_role.then(|| named.rfind(is_person)).flatten()
        });
        person.and_then(|person| made(Some(person), Basis::Stated))
    }

    /// Adds the people counted in some words.
    fn add_quantities(&self, event: &mut Event, words: &text::Span) {
        let quantities = &self.found.quantities;
        let first = quantities.partition_point(|quantity| quantity.span.end <= words.start);
        let inside = quantities[first..]
            .iter()
            .take_while(|quantity| quantity.span.start < words.end)
            .filter(|quantity| quantity.unit == "person");
        for quantity in inside {
            if !event.quantities.contains(quantity) {
                event.quantities.push(quantity.clone());
            }
        }
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
                || self.is_time(start + 1))
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
        let times = &self.found.times;
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
