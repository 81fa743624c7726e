//! Claims turned into statements: one answer by one party to one question, before any are compared.
//!
//! It does not know which statements meet. It reads who holds a place, what became of a person and how a person died.

use crate::bodies::Bodies;
use crate::entities::World;
use crate::origins::Origins;
use crate::speakers::Speaker;
use crate::when::{When, said, when};
use crate::{Lexicon, Reading};
use annotate::{
    Act, Certainty, Claim, Effect, EntityKind, Event, EventType, Flag, Polarity, Realis, Role,
    Standing,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Words of a content that only points at a claim ("the claim of the army's spokesman"), at most.
const POINTING: usize = 6;

/// Everything that reading the claims of many documents needs.
pub(crate) struct Library<'a> {
    /// Sorted by document id.
    pub readings: &'a [&'a Reading],
    /// Each reading's day of publication.
    pub days: &'a [Option<Date>],
    pub world: &'a World,
    pub bodies: &'a Bodies,
    pub origins: &'a Origins,
    pub lexicon: &'a Lexicon,
}

/// A claim, as the indices of its reading and of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ClaimAt {
    pub reading: usize,
    pub claim: usize,
}

/// What a statement answers; the number is an index in `World::entities`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Topic {
    /// Who holds a place.
    Control(usize),
    /// What became of a person.
    Fate(usize),
    /// How a person died.
    Cause(usize),
    /// Where a person is.
    Whereabouts(usize),
    /// Whether it is so what one claim says.
    Said(ClaimAt),
    /// How many of a kind of people, in an event that is known by the first claim that counts it.
    Count {
        place: Option<usize>,
        effect: Effect,
        noun: String,
        event: ClaimAt,
    },
}

/// How an answer stands to what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stance {
    Affirms,
    Negates,
    Doubts,
}

impl Stance {
    /// Negated or not.
    pub fn of(negative: bool) -> Self {
        if negative {
            Self::Negates
        } else {
            Self::Affirms
        }
    }

    /// How a claim of an act stands to what it is about.
    pub fn by(act: Act) -> Self {
        match act {
            Act::Denies => Self::Negates,
            Act::Doubts => Self::Doubts,
            _ => Self::Affirms,
        }
    }

    /// The answer in a matter about whether something is so.
    pub fn says(self) -> &'static str {
        match self {
            Self::Affirms => "says so",
            Self::Negates => "denies it",
            Self::Doubts => "doubts it",
        }
    }

    /// The stance that answers so.
    pub fn said(answer: &str) -> Self {
        [Self::Negates, Self::Doubts]
            .into_iter()
            .find(|stance| stance.says() == answer)
            .unwrap_or(Self::Affirms)
    }
}

/// One party's answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// The holder, for CONTROL; who did it, for QUANTITY.
    pub entity: Option<usize>,
    /// What is compared where there is no entity; for QUANTITY what it happened in.
    pub stems: BTreeSet<String>,
    /// Whether the answer is this, not this, or that this is doubtful.
    pub stance: Stance,
    /// The words of the position.
    pub shown: String,
    /// Least and most, for QUANTITY.
    pub range: Option<(f64, f64)>,
}

/// One answer by one party, with the claim that gives it.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub topic: Topic,
    pub answer: Answer,
    /// Whether it tells of a change (a capture) and not of a state.
    pub change: bool,
    /// Whether it denies somebody's claim in so many words.
    pub denial: bool,
    pub when: When,
    pub place: Option<usize>,
    /// Index of the statement that it answers.
    pub follows: Option<usize>,
    pub at: ClaimAt,
    pub said: Option<String>,
    pub speaker: Speaker,
    /// Whether it counts; a suggested one is shown only where others have opened the matter.
    pub linked: bool,
}

impl Statement {
    /// The day part of when it was said: a date and a date-time of one day tie.
    pub fn day_said(&self) -> Option<&str> {
        let said = self.said.as_deref()?;
        Some(said.get(..10).unwrap_or(said))
    }
}

/// The statements of all claims, and the claims that gave any.
#[derive(Default)]
pub(crate) struct Told {
    pub statements: Vec<Statement>,
    pub used: BTreeSet<ClaimAt>,
    /// Bodies that one document or another tells to have fought each other.
    pub opponents: BTreeSet<(usize, usize)>,
    /// Pairs of claims, either way round, whose figures count one event, and why.
    pub one_event: BTreeMap<(ClaimAt, ClaimAt), String>,
}

/// Whether a claim may give answers: none where it is garbled or no assertion, else whether it counts.
pub(crate) fn counts(claim: &Claim) -> Option<bool> {
    if claim.flags.contains(&Flag::Garbled)
        || !matches!(claim.act, Act::Asserts | Act::Accuses | Act::Denies)
    {
        return None;
    }
    let sure = matches!(claim.certainty, Certainty::Certain | Certainty::Unverified);
    Some(claim.standing == Standing::Shown && claim.flags.is_empty() && sure)
}

/// Whether a claim may answer another: a denial or a doubt, and whether it counts.
pub(crate) fn answers(claim: &Claim) -> Option<bool> {
    match claim.act {
        Act::Denies => counts(claim),
        // One who doubts is not certain of anything; it is the doubt that is sure.
        Act::Doubts if !claim.flags.contains(&Flag::Garbled) => {
            Some(claim.standing == Standing::Shown && claim.flags.is_empty())
        }
        _ => None,
    }
}

impl<'a> Library<'a> {
    /// The claim at a place.
    pub fn claim(&self, at: ClaimAt) -> Option<&'a Claim> {
        self.readings
            .get(at.reading)?
            .annotations
            .claims
            .get(at.claim)
    }

    /// Every claim with where it stands.
    pub fn claims(&self) -> impl Iterator<Item = (ClaimAt, &'a Claim)> {
        self.readings
            .iter()
            .enumerate()
            .flat_map(|(reading, read)| {
                read.annotations
                    .claims
                    .iter()
                    .enumerate()
                    .map(move |(claim, told)| (ClaimAt { reading, claim }, told))
            })
    }

    /// The first participant in a role: its entity, and its words.
    pub fn participant(
        &self,
        reading: usize,
        event: &Event,
        role: Role,
    ) -> (Option<usize>, Option<String>) {
        let text = self
            .readings
            .get(reading)
            .map_or("", |read| read.document.text.as_str());
        for participant in event.participants.iter().filter(|one| one.role == role) {
            let index = self.world.get(reading, participant.entity);
            let words = participant
                .spans
                .first()
                .map(|span| span.slice(text).trim().to_owned())
                .filter(|words| !words.is_empty());
            if index.is_some() || words.is_some() {
                return (index, words);
            }
        }
        (None, None)
    }
}

/// Reads every claim.
pub(crate) fn tell(library: &Library) -> Told {
    let mut told = Told::default();
    let scenes = scenes(library, &mut told.opponents);
    let mut by_claim: BTreeMap<ClaimAt, Vec<usize>> = BTreeMap::new();
    for (at, claim) in library.claims() {
        let Some(linked) = counts(claim) else {
            continue;
        };
        let Some(speaker) = library.speaker(at, claim) else {
            continue;
        };
        for event in &claim.events {
            let mut statements =
                read_event(library, at, claim, event, &speaker, &scenes[at.reading]);
            // One clause may be read as two events (a killing, a casualty); it gives one answer.
            statements.retain(|one| {
                let given = by_claim.get(&at).into_iter().flatten();
                !given
                    .map(|index| &told.statements[*index])
                    .any(|other| other.topic == one.topic && other.answer.shown == one.answer.shown)
            });
            for mut statement in statements {
                statement.linked = linked;
                by_claim.entry(at).or_default().push(told.statements.len());
                told.statements.push(statement);
            }
        }
    }
    answer_claims(library, &mut told, &mut by_claim);
    told.used = by_claim.into_keys().collect();
    crate::figures::tell(library, &mut told);
    told
}

/// Ties denials to the statements of the claim that they are about, in their own document.
fn answer_claims(library: &Library, told: &mut Told, by_claim: &mut BTreeMap<ClaimAt, Vec<usize>>) {
    for (at, claim) in library.claims() {
        let (Some(target), Some(linked)) = (claim.refers_to, answers(claim)) else {
            continue;
        };
        let target = ClaimAt {
            reading: at.reading,
            claim: target as usize,
        };
        if target == at {
            continue;
        }
        let denied = by_claim.get(&target).cloned().unwrap_or_default();
        let own = by_claim.get(&at).cloned().unwrap_or_default();
        if !own.is_empty() {
            for index in own {
                let topic = told.statements[index].topic.clone();
                told.statements[index].follows = denied
                    .iter()
                    .copied()
                    .find(|other| told.statements[*other].topic == topic);
            }
            continue;
        }
        // Words of its own that tell none of these answers deny something else of the claim.
        let text = &library.readings[at.reading].document.text;
        let spans = claim.content.spans.iter();
        let words = spans.flat_map(|span| span.slice(text).split_whitespace());
        if claim.act == Act::Denies && words.count() > POINTING {
            continue;
        }
        let Some(speaker) = library.speaker(at, claim) else {
            continue;
        };
        let has_cause = denied
            .iter()
            .any(|index| matches!(told.statements[*index].topic, Topic::Cause(_)));
        for index in denied {
            let answered = told.statements[index].clone();
            let mut answer = answered.answer.clone();
            (answer.stance, answer.shown) = if claim.act == Act::Doubts {
                (Stance::Doubts, format!("doubt: {}", answered.answer.shown))
            } else {
                (
                    Stance::of(answered.answer.stance == Stance::Affirms),
                    negated(&answered.answer),
                )
            };
            by_claim.entry(at).or_default().push(told.statements.len());
            told.statements.push(Statement {
                answer,
                denial: claim.act == Act::Denies,
                change: false,
                follows: Some(index),
                at,
                said: said(claim, &library.readings[at.reading].document),
                speaker: speaker.clone(),
                // "He died in battle", denied as a whole: how he died is denied for certain, that he died only perhaps.
                linked: linked && !(has_cause && matches!(answered.topic, Topic::Fate(_))),
                ..answered
            });
        }
    }
}

/// The words of the opposite answer.
fn negated(answer: &Answer) -> String {
    match answer.shown.strip_prefix("not ") {
        Some(rest) if answer.stance == Stance::Negates => rest.to_owned(),
        _ => format!("not {}", answer.shown),
    }
}

/// What one document tells of fighting, for reading what its sentences leave out.
#[derive(Default)]
struct Scene {
    /// Bodies told to fight or to hold places.
    fighting: BTreeSet<usize>,
    /// Places told to be held or taken.
    places: BTreeSet<usize>,
    /// Claims that another claim denies.
    denied: BTreeSet<usize>,
}

/// Each document's scene, and who fought whom in any of them.
fn scenes(library: &Library, opponents: &mut BTreeSet<(usize, usize)>) -> Vec<Scene> {
    use EventType as E;
    let mut scenes: Vec<Scene> = std::iter::repeat_with(Scene::default)
        .take(library.readings.len())
        .collect();
    for (at, claim) in library.claims() {
        if claim.flags.contains(&Flag::Garbled) || claim.flags.contains(&Flag::InvertedRoles) {
            continue;
        }
        let scene = &mut scenes[at.reading];
        if let (Act::Denies, Some(target)) = (claim.act, claim.refers_to) {
            scene.denied.insert(target as usize);
        }
        for event in &claim.events {
            let fights = matches!(event.kind, E::Clash | E::Attack | E::Strike | E::Bombing);
            let holds = matches!(
                event.kind,
                E::TakeControl | E::HoldControl | E::LoseControl | E::Withdraw | E::Surrender
            );
            if !fights && !holds {
                continue;
            }
            if holds && let Some(place) = held_place(library, at, event) {
                scene.places.insert(place);
            }
            let (actor, _) = library.participant(at.reading, event, Role::Actor);
            let Some(actor) = actor.filter(|index| is_body(library, *index)) else {
                continue;
            };
            scene.fighting.insert(actor);
            for role in [Role::Object, Role::Recipient] {
                let (other, _) = library.participant(at.reading, event, role);
                if let Some(other) =
                    other.filter(|index| *index != actor && is_body(library, *index))
                {
                    opponents.insert((actor.min(other), actor.max(other)));
                }
            }
        }
    }
    scenes
}

/// The place that an event of holding or taking is about.
fn held_place(library: &Library, at: ClaimAt, event: &Event) -> Option<usize> {
    let is_place =
        |index: &usize| {
            library.world.entities.get(*index).is_some_and(|entity| {
                matches!(entity.kind, EntityKind::Place | EntityKind::Facility)
            })
        };
    let place = library.world.get(at.reading, event.place);
    place.filter(is_place).or_else(|| {
        let (object, _) = library.participant(at.reading, event, Role::Object);
        object.filter(is_place)
    })
}

fn is_body(library: &Library, index: usize) -> bool {
    library
        .world
        .entities
        .get(index)
        .is_some_and(|entity| matches!(entity.kind, EntityKind::Organization | EntityKind::Group))
}

fn read_event(
    library: &Library,
    at: ClaimAt,
    claim: &Claim,
    event: &Event,
    speaker: &Speaker,
    scene: &Scene,
) -> Vec<Statement> {
    if !matches!(event.realis, Realis::Occurred | Realis::Ongoing) {
        return Vec::new();
    }
    let day = library.days.get(at.reading).copied().flatten();
    let Some(when) = when(event, claim, at.reading, day) else {
        return Vec::new();
    };
    let denied = claim.act == Act::Denies;
    // A denial turns over whatever its content says.
    let negative = (event.polarity == Polarity::Negative) != denied;
    let base = |topic: Topic, answer: Answer, change: bool| Statement {
        topic,
        answer,
        change: change && !denied && event.polarity == Polarity::Positive,
        denial: denied,
        when,
        place: library.world.get(at.reading, event.place),
        follows: None,
        at,
        said: said(claim, &library.readings[at.reading].document),
        speaker: speaker.clone(),
        linked: true,
    };
    let mut statements: Vec<Statement> = Vec::new();
    match event.kind {
        EventType::TakeControl
        | EventType::HoldControl
        | EventType::LoseControl
        | EventType::Withdraw
        | EventType::Surrender => statements.extend(
            control(library, at, claim, event, speaker, scene, negative).map(|(place, answer)| {
                let change = event.kind != EventType::HoldControl;
                base(Topic::Control(place), answer, change)
            }),
        ),
        EventType::Casualty | EventType::KillTargeted => {
            let fate = fate_of(library, at, event);
            let cause = event.cause.map(|span| {
                let words = span.slice(&library.readings[at.reading].document.text);
                let shown = words.split_whitespace().collect::<Vec<_>>().join(" ");
                shown
                    .trim_end_matches(['.', ',', ';', ':'])
                    .trim()
                    .to_owned()
            });
            let cause = cause.filter(|shown| !library.lexicon.cause(shown).is_empty());
            for person in people(library, at, event) {
                // To deny how somebody died is not to deny that he died.
                if !(negative && cause.is_some()) {
                    let answer = plain(fate, negative);
                    statements.push(base(Topic::Fate(person), answer, true));
                }
                if fate == "dead"
                    && let Some(words) = &cause
                {
                    let mut answer = plain(words, negative);
                    answer.stems = library.lexicon.cause(words);
                    statements.push(base(Topic::Cause(person), answer, true));
                }
            }
        }
        EventType::Flee => statements.extend(whereabouts(library, at, event).into_iter().map(
            |(person, mut answer)| {
                if negative {
                    answer.shown = negated(&answer);
                    answer.stance = Stance::Negates;
                }
                base(Topic::Whereabouts(person), answer, true)
            },
        )),
        EventType::StatusPerson if !negative => {
            let at_place = whereabouts(library, at, event);
            statements.extend(
                at_place
                    .into_iter()
                    .map(|(person, answer)| base(Topic::Whereabouts(person), answer, false)),
            );
            let text = &library.readings[at.reading].document.text;
            let is_dead = library.lexicon.is_dead(event.span.slice(text));
            let words = if is_dead { "dead" } else { "alive" };
            statements.extend(
                people(library, at, event)
                    .into_iter()
                    .map(|person| base(Topic::Fate(person), plain(words, false), is_dead)),
            );
        }
        EventType::Detain | EventType::Abduct => {
            let held = people_in(library, at, event, Role::Object);
            statements.extend(
                held.into_iter()
                    .map(|person| base(Topic::Fate(person), plain("captured", negative), true)),
            );
        }
        _ => {}
    }
    statements
}

/// The named people of an event and the place where it says that they are.
fn whereabouts(library: &Library, at: ClaimAt, event: &Event) -> Vec<(usize, Answer)> {
    let Some(place) = library.world.get(at.reading, event.place) else {
        return Vec::new();
    };
    let mut people = people_in(library, at, event, Role::Actor);
    people.extend(people_in(library, at, event, Role::Object));
    let name = &library.world.entities[place].name;
    let answer = Answer {
        entity: Some(place),
        ..plain(name, false)
    };
    people
        .into_iter()
        .map(|person| (person, answer.clone()))
        .collect()
}

/// An answer that is its own words.
pub(crate) fn plain(words: &str, negative: bool) -> Answer {
    Answer {
        entity: None,
        stems: BTreeSet::from([words.to_owned()]),
        stance: Stance::of(negative),
        shown: if negative {
            format!("not {words}")
        } else {
            words.to_owned()
        },
        range: None,
    }
}

/// Which place, and who holds it or does not.
fn control(
    library: &Library,
    at: ClaimAt,
    claim: &Claim,
    event: &Event,
    speaker: &Speaker,
    scene: &Scene,
    turned: bool,
) -> Option<(usize, Answer)> {
    // A denial and what it denies may leave the place out ("the last stronghold", "the pass"); it is then the only place
    // that the document tells to be held. Of other claims nothing is supplied.
    let in_denial = claim.act == Act::Denies || scene.denied.contains(&at.claim);
    let place = held_place(library, at, event).or_else(|| {
        scene
            .places
            .first()
            .copied()
            .filter(|_| in_denial && scene.places.len() == 1)
    })?;
    let gains = matches!(event.kind, EventType::TakeControl | EventType::HoldControl);
    let negative = gains == turned;
    let (entity, name) = holder(library, at, event, speaker, gains.then_some(scene))?;
    if entity == Some(place) {
        return None;
    }
    let stems = library.lexicon.body(&name);
    Some((
        place,
        Answer {
            entity,
            stems,
            stance: Stance::of(negative),
            shown: if negative {
                format!("not {name}")
            } else {
                name
            },
            range: None,
        },
    ))
}

/// Who holds a place, by name. `scene` is given where a holder whom the text leaves out may be the speaker.
fn holder(
    library: &Library,
    at: ClaimAt,
    event: &Event,
    speaker: &Speaker,
    scene: Option<&Scene>,
) -> Option<(Option<usize>, String)> {
    let called = |index: usize| Some((Some(index), library.world.called.get(index)?.clone()));
    let own = || speaker.entity.filter(|index| is_body(library, *index));
    let (actor, words) = library.participant(at.reading, event, Role::Actor);
    let is_own = words
        .as_deref()
        .is_some_and(|words| library.lexicon.is_own(words));
    match (actor, words) {
        // A person holds no town: it is the body behind him, and nobody where none is known.
        (Some(index), _) if library.world.entities[index].kind == EntityKind::Person => {
            called(library.bodies.behind(index).or_else(own)?)
        }
        (Some(index), _) => {
            let entity = &library.world.entities[index];
            let meant = (!library.world.proper[index])
                .then(|| {
                    library
                        .bodies
                        .meant(at.reading, &entity.name, library.world)
                })
                .flatten();
            called(meant.unwrap_or(index))
        }
        (None, Some(_)) if is_own => called(own()?),
        (None, Some(words)) => match library.bodies.meant(at.reading, &words, library.world) {
            Some(body) => called(body),
            None => library.lexicon.is_holder(&words).then_some((None, words)),
        },
        // "The town was taken", said by one who fights in this text, says that he has it. Said by anybody else it says
        // nothing of who.
        (None, None) => {
            called(own().filter(|index| scene.is_some_and(|scene| scene.fighting.contains(index)))?)
        }
    }
}

fn people(library: &Library, at: ClaimAt, event: &Event) -> BTreeSet<usize> {
    let found = people_in(library, at, event, Role::Object);
    if found.is_empty() && event.kind == EventType::StatusPerson {
        return people_in(library, at, event, Role::Actor);
    }
    found
}

/// The named people in a role of an event.
fn people_in(library: &Library, at: ClaimAt, event: &Event, role: Role) -> BTreeSet<usize> {
    event
        .participants
        .iter()
        .filter(|participant| participant.role == role)
        .filter_map(|participant| library.world.get(at.reading, participant.entity))
        .filter(|index| {
            library.world.proper[*index]
                && library.world.entities[*index].kind == EntityKind::Person
        })
        .collect()
}

/// What befell the person: the effect of the event's quantities, else what its predicate says.
fn fate_of(library: &Library, at: ClaimAt, event: &Event) -> &'static str {
    let effect = event.quantities.iter().find_map(|quantity| quantity.effect);
    match effect {
        Some(Effect::Killed) => "dead",
        Some(Effect::Injured) => "wounded",
        Some(Effect::Captured) => "captured",
        Some(Effect::Missing) => "missing",
        Some(Effect::Displaced) | None => {
            let text = &library.readings[at.reading].document.text;
            if library.lexicon.is_wounded(event.span.slice(text)) {
                "wounded"
            } else {
                "dead"
            }
        }
    }
}
