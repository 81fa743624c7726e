//! Denied claims that no other kind of matter holds, and accusations: matters of kind OCCURRED and INVOLVED.
//!
//! It does not know what a denied claim means: it goes by which claim a denial is about, or by the event both tell.

use crate::Matter;
use crate::MatterKind;
use crate::matters::{time, time_key};
use crate::positions::{Header, MEET, assemble};
use crate::statements::{ClaimAt, Library, Speaker, Statement, Told, Topic, counts, plain};
use crate::when::{When, between, said, when};
use annotate::{Act, Claim, Event, EventType, Polarity, Realis, Role, Voice};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Accusations of one party, of one kind, share a matter while the next comes within so many days of the last.
const ACCUSED_GAP: i64 = 30;
/// Claims that tell of one pair of participants or place, at most, in which a denied event is looked for.
const SEARCHED: usize = 400;
/// Letters of a quotation in a question.
const QUOTED: usize = 90;

/// Matters of kind INVOLVED and OCCURRED.
pub(crate) fn matters(library: &Library, told: &Told) -> Vec<Matter> {
    let mut used = told.used.clone();
    let mut matters = accusations(library, &mut used);
    matters.extend(denials(library, &used));
    matters
}

/// The content's words, cut at a word.
fn quote(library: &Library, at: ClaimAt) -> String {
    let Some(claim) = library.claim(at) else {
        return String::new();
    };
    let text = &library.readings[at.reading].document.text;
    let words: Vec<&str> = claim
        .content
        .spans
        .iter()
        .flat_map(|span| span.slice(text).split_whitespace())
        .collect();
    let mut quote = String::new();
    for word in words {
        if quote.chars().count() + word.chars().count() > QUOTED {
            quote.push('…');
            break;
        }
        if !quote.is_empty() {
            quote.push(' ');
        }
        quote.push_str(word);
    }
    // The word that opens an indirect speech belongs to the sentence around it.
    let bare = quote.strip_prefix("that ").unwrap_or(&quote);
    bare.trim_matches(|mark| matches!(mark, '"' | '“' | '”' | ' ' | ',' | '.'))
        .to_owned()
}

/// A claim as one side of a matter about whether it is so.
fn side(library: &Library, at: ClaimAt, topic: &Topic, denial: bool) -> Option<Statement> {
    let claim = library.claim(at)?;
    let linked = counts(claim)?;
    let mut answer = plain("says so", false);
    answer.negative = denial;
    if denial {
        "denies it".clone_into(&mut answer.shown);
    }
    Some(Statement {
        topic: topic.clone(),
        answer,
        change: false,
        denial,
        when: claim_when(library, at, claim)?,
        place: claim
            .events
            .iter()
            .find_map(|event| library.world.get(at.reading, event.place)),
        follows: None,
        at,
        said: said(claim, &library.readings[at.reading].document),
        speaker: library.speaker(at, claim)?,
        linked,
    })
}

fn claim_when(library: &Library, at: ClaimAt, claim: &Claim) -> Option<When> {
    let day = library.days.get(at.reading).copied().flatten();
    match claim.events.first() {
        Some(event) => when(event, claim, at.reading, day),
        None => Some(match day {
            Some(day) => When::Day {
                first: day,
                last: day,
            },
            None => When::Undated {
                reading: at.reading,
            },
        }),
    }
}

/// A matter from its sides. The first side gives it its place and time.
fn matter(
    library: &Library,
    sides: Vec<Statement>,
    kind: MatterKind,
    question: String,
    about: Option<usize>,
    key: &str,
    unanswered: bool,
) -> Option<Matter> {
    let first = sides.first()?;
    let (place, when) = (first.place, first.when);
    let told = Told {
        statements: sides,
        ..Told::default()
    };
    let members: Vec<usize> = (0..told.statements.len()).collect();
    assemble(
        library,
        &told,
        &members,
        Header {
            kind,
            question,
            about,
            place,
            time: time(when),
            key: format!("{key} {}", time_key(library, when)),
            unanswered,
        },
    )
}

/// What an event is compared by: who does it, to whom, where.
fn slots(library: &Library, at: ClaimAt, event: &Event) -> [Option<usize>; 3] {
    let (actor, _) = library.participant(at.reading, event, Role::Actor);
    let (object, _) = library.participant(at.reading, event, Role::Object);
    let (recipient, _) = library.participant(at.reading, event, Role::Recipient);
    [
        actor,
        object.or(recipient),
        library.world.get(at.reading, event.place),
    ]
}

/// What is denied, by its first claim, and the denials of it.
struct Denied {
    first: ClaimAt,
    claims: BTreeSet<ClaimAt>,
    denials: BTreeSet<ClaimAt>,
}

fn denials(library: &Library, used: &BTreeSet<ClaimAt>) -> Vec<Matter> {
    let assertions = assertions(library);
    let wordings = wordings(library);
    // Denials by the first claim that they are about; those about none known stand alone.
    let mut about: BTreeMap<ClaimAt, (BTreeSet<ClaimAt>, BTreeSet<ClaimAt>)> = BTreeMap::new();
    for (at, claim) in library.claims() {
        if claim.act != Act::Denies || used.contains(&at) || counts(claim) != Some(true) {
            continue;
        }
        let referred = claim
            .refers_to
            .map(|target| ClaimAt {
                reading: at.reading,
                claim: target as usize,
            })
            .filter(|target| *target != at)
            .filter(|target| library.claim(*target).and_then(counts).is_some());
        let mut denied: BTreeSet<ClaimAt> = match referred {
            Some(target) => BTreeSet::from([target]),
            None => claim
                .events
                .iter()
                .flat_map(|event| told_before(library, at, claim, event, &assertions))
                .collect(),
        };
        if denied.is_empty() {
            denied = worded_alike(library, at, claim, &wordings);
        }
        let first = denied.first().copied().unwrap_or(at);
        let entry = about.entry(first).or_default();
        entry.0.extend(denied);
        entry.1.insert(at);
    }
    // Reprints tell one denial of one claim: same words, same text.
    let mut same: BTreeMap<(String, usize), Denied> = BTreeMap::new();
    for (first, (denied, denials)) in about {
        let words = crate::fold::fold(&quote(library, first));
        let known = same
            .entry((words, library.origins.of(first.reading)))
            .or_insert_with(|| Denied {
                first,
                claims: BTreeSet::new(),
                denials: BTreeSet::new(),
            });
        known.claims.extend(denied);
        known.denials.extend(denials);
    }
    let mut matters = Vec::new();
    for Denied {
        first,
        claims,
        denials,
    } in same.into_values()
    {
        let topic = Topic::Said(first);
        let sides: Vec<Statement> = claims
            .into_iter()
            .filter_map(|at| side(library, at, &topic, false))
            .chain(
                denials
                    .into_iter()
                    .filter_map(|at| side(library, at, &topic, true)),
            )
            .collect();
        let words = quote(library, first);
        if words.is_empty() {
            continue;
        }
        let key = crate::fold::fold(&words);
        matters.extend(matter(
            library,
            sides,
            MatterKind::Occurred,
            format!("What is said of “{words}”?"),
            None,
            &key,
            false,
        ));
    }
    matters
}

/// One event of one claim, by what it is compared by.
struct Telling {
    at: ClaimAt,
    kind: EventType,
    slots: [Option<usize>; 3],
    when: When,
}

/// Pairs of what an event is compared by; two events meet only if they share one.
const PAIRS: [(usize, usize); 3] = [(0, 1), (0, 2), (1, 2)];

/// A kind of event, which pair, and the two entities.
type Pair = (EventType, usize, usize, usize);

/// Tellings by a pair that they share, in the order of their days.
#[derive(Default)]
struct Assertions {
    tellings: Vec<Telling>,
    by_pair: BTreeMap<Pair, BTreeSet<(Option<Date>, usize)>>,
}

fn first_day(when: When) -> Option<Date> {
    when.days().map(|(first, _)| first)
}

fn days_after(day: Date, days: i64) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}

fn assertions(library: &Library) -> Assertions {
    let mut found = Assertions::default();
    for (at, claim) in library.claims() {
        if claim.act == Act::Denies || counts(claim) != Some(true) {
            continue;
        }
        let day = library.days.get(at.reading).copied().flatten();
        for event in &claim.events {
            let told = matches!(
                event.realis,
                Realis::Occurred | Realis::Ongoing | Realis::Habitual
            );
            let Some(when) = when(event, claim, at.reading, day) else {
                continue;
            };
            if !told || event.polarity == Polarity::Negative {
                continue;
            }
            let telling = Telling {
                at,
                kind: event.kind,
                slots: slots(library, at, event),
                when,
            };
            let index = found.tellings.len();
            for (pair, (one, other)) in PAIRS.iter().enumerate() {
                if let (Some(one), Some(other)) = (telling.slots[*one], telling.slots[*other]) {
                    found
                        .by_pair
                        .entry((event.kind, pair, one, other))
                        .or_default()
                        .insert((first_day(when), index));
                }
            }
            found.tellings.push(telling);
        }
    }
    found
}

/// The claims of others that tell the event that is denied: the same kind of event, two of actor, object and place the
/// same and none another, within two days.
fn told_before(
    library: &Library,
    at: ClaimAt,
    claim: &Claim,
    event: &Event,
    assertions: &Assertions,
) -> Vec<ClaimAt> {
    let day = library.days.get(at.reading).copied().flatten();
    let Some(denied_when) = when(event, claim, at.reading, day) else {
        return Vec::new();
    };
    let wanted = slots(library, at, event);
    // A told window may begin a month before the denied day that lies in it.
    let (from, to) = match denied_when.days() {
        Some((first, last)) => (
            Some(days_after(first, -ACCUSED_GAP)),
            Some(days_after(last, MEET)),
        ),
        None => (None, None),
    };
    let candidates: BTreeSet<usize> = PAIRS
        .iter()
        .enumerate()
        .filter_map(|(pair, (one, other))| {
            let key = (event.kind, pair, wanted[*one]?, wanted[*other]?);
            assertions.by_pair.get(&key)
        })
        .flat_map(|known| known.range((from, 0)..=(to, usize::MAX)).take(SEARCHED))
        .map(|(_, index)| *index)
        .collect();
    candidates
        .into_iter()
        .map(|index| &assertions.tellings[index])
        .filter(|told| {
            told.kind == event.kind
                && near(told.when, denied_when, at, told.at)
                && wanted
                    .iter()
                    .zip(&told.slots)
                    .all(|(one, other)| one.is_none() || other.is_none() || one == other)
        })
        .map(|told| told.at)
        .collect()
}

/// What is said, by each of its stems and day.
type Wordings = BTreeMap<String, BTreeSet<(Date, ClaimAt)>>;

/// The stems of a content.
fn content_stems(library: &Library, at: ClaimAt, claim: &Claim) -> BTreeSet<String> {
    let text = &library.readings[at.reading].document.text;
    let spans = claim.content.spans.iter();
    spans
        .flat_map(|span| library.lexicon.telling(span.slice(text)))
        .collect()
}

fn wordings(library: &Library) -> Wordings {
    let mut wordings = Wordings::new();
    // Only what somebody denies without a target is looked for; without such a denial there is nothing to index.
    let wanted: BTreeSet<String> = library
        .claims()
        .filter(|(_, claim)| claim.act == Act::Denies)
        .flat_map(|(at, claim)| content_stems(library, at, claim))
        .collect();
    for (at, claim) in library.claims() {
        if claim.act == Act::Denies || counts(claim) != Some(true) || claim.voice == Voice::Narrator
        {
            continue;
        }
        let Some(day) = library.days.get(at.reading).copied().flatten() else {
            continue;
        };
        for stem in content_stems(library, at, claim) {
            if wanted.contains(&stem) {
                wordings.entry(stem).or_default().insert((day, at));
            }
        }
    }
    wordings
}

/// The claims of others that say in the same words what is denied: three stems or more, three of four of them met, the
/// denying party named in the claim, not later than the denial and within two days.
fn worded_alike(
    library: &Library,
    at: ClaimAt,
    claim: &Claim,
    wordings: &Wordings,
) -> BTreeSet<ClaimAt> {
    let stems = content_stems(library, at, claim);
    let (Some(day), Some(speaker)) = (
        library.days.get(at.reading).copied().flatten(),
        library.speaker(at, claim),
    ) else {
        return BTreeSet::new();
    };
    let nobody = ClaimAt {
        reading: 0,
        claim: 0,
    };
    let anybody = ClaimAt {
        reading: usize::MAX,
        claim: usize::MAX,
    };
    let mut met: BTreeMap<ClaimAt, usize> = BTreeMap::new();
    for known in stems.iter().filter_map(|stem| wordings.get(stem)) {
        let near = known.range((days_after(day, -MEET), nobody)..=(day, anybody));
        for (_, other) in near.take(SEARCHED) {
            *met.entry(*other).or_default() += 1;
        }
    }
    met.into_iter()
        .filter(|(_, count)| *count >= 3 && *count * 4 >= stems.len() * 3)
        .map(|(other, _)| other)
        .filter(|other| {
            library.claim(*other).is_some_and(|told| {
                library
                    .speaker(*other, told)
                    .is_some_and(|source| !source.sides_with(&speaker))
                    && names(library, *other, told, &speaker)
            })
        })
        .collect()
}

/// Whether a content names a party, whole or by the last word of its name.
fn names(library: &Library, at: ClaimAt, claim: &Claim, party: &Speaker) -> bool {
    let read = library.readings[at.reading];
    let within = |mention: &text::Span| {
        let mut spans = claim.content.spans.iter();
        spans.any(|span| span.overlaps(*mention))
    };
    let mut locals = library.world.of[at.reading]
        .iter()
        .zip(&read.annotations.entities)
        .filter(|(index, _)| Some(**index) == party.entity);
    let last = party.name.split_whitespace().next_back().unwrap_or("");
    locals.any(|(_, entity)| entity.mentions.iter().any(within))
        || (last.starts_with(char::is_uppercase)
            && claim.content.spans.iter().any(|span| {
                let words = span.slice(&read.document.text);
                words
                    .split(|mark: char| !mark.is_alphanumeric())
                    .any(|word| word == last)
            }))
}

/// Whether what is denied can be what was told: told of a day within two days.
fn near(told: When, denied: When, at: ClaimAt, other: ClaimAt) -> bool {
    match (told.days(), denied.days()) {
        (Some((first, last)), Some((denied_first, denied_last))) => {
            between(last, denied_first) <= MEET && between(denied_last, first) <= MEET
        }
        _ => at.reading == other.reading,
    }
}

fn accusations(library: &Library, used: &mut BTreeSet<ClaimAt>) -> Vec<Matter> {
    type Accused = (usize, EventType, Option<usize>);
    let mut accusers: BTreeMap<Accused, BTreeSet<ClaimAt>> = BTreeMap::new();
    for (at, claim) in library.claims() {
        if claim.act != Act::Accuses || counts(claim) != Some(true) || used.contains(&at) {
            continue;
        }
        let Some(speaker) = library.speaker(at, claim) else {
            continue;
        };
        for event in &claim.events {
            let [actor, object, place] = slots(library, at, event);
            if let Some(actor) = actor
                && speaker.entity != Some(actor)
            {
                accusers
                    .entry((actor, event.kind, object.or(place)))
                    .or_default()
                    .insert(at);
            }
        }
    }
    let mut referring: BTreeMap<ClaimAt, BTreeSet<ClaimAt>> = BTreeMap::new();
    for (at, claim) in library.claims() {
        if let (Act::Denies, Some(target)) = (claim.act, claim.refers_to) {
            let target = ClaimAt {
                reading: at.reading,
                claim: target as usize,
            };
            referring.entry(target).or_default().insert(at);
        }
    }
    // What each party says of itself, by the kind of event and whom or what it concerns, in the order of days.
    let mut own: BTreeMap<Accused, BTreeSet<(Option<Date>, ClaimAt)>> = BTreeMap::new();
    for (at, claim) in library.claims() {
        let answers = matches!(claim.act, Act::Denies | Act::Asserts);
        if !answers || counts(claim) != Some(true) || used.contains(&at) {
            continue;
        }
        let (Some(party), Some(told)) = (
            library
                .speaker(at, claim)
                .and_then(|speaker| speaker.entity),
            claim_when(library, at, claim),
        ) else {
            continue;
        };
        for event in &claim.events {
            let [actor, object, place] = slots(library, at, event);
            if actor == Some(party) {
                own.entry((party, event.kind, object.or(place)))
                    .or_default()
                    .insert((first_day(told), at));
            }
        }
    }
    let mut matters = Vec::new();
    for ((accused, kind, to), claims) in accusers {
        let topic = Topic::Involved(accused, kind, to);
        let mut sides: Vec<Statement> = claims
            .iter()
            .filter_map(|at| side(library, *at, &topic, false))
            .collect();
        sides.sort_by_key(|side| (side.when, side.at));
        let runs = sides.chunk_by(|one, next| match (one.when.days(), next.when.days()) {
            (Some((_, last)), Some((first, _))) => between(last, first) <= ACCUSED_GAP,
            _ => one.when == next.when,
        });
        for run in runs {
            let mut sides = run.to_vec();
            let accusing: BTreeSet<ClaimAt> = sides.iter().map(|side| side.at).collect();
            let mut answers: BTreeSet<ClaimAt> = accusing
                .iter()
                .filter_map(|at| referring.get(at))
                .flatten()
                .copied()
                .collect();
            let first = run.iter().filter_map(|side| first_day(side.when)).min();
            let last = run
                .iter()
                .filter_map(|side| Some(side.when.days()?.1))
                .max();
            let range = (
                first,
                ClaimAt {
                    reading: 0,
                    claim: 0,
                },
            )
                ..=(
                    last.map(|day| days_after(day, ACCUSED_GAP)),
                    ClaimAt {
                        reading: usize::MAX,
                        claim: usize::MAX,
                    },
                );
            let targets: BTreeSet<Option<usize>> = BTreeSet::from([to, None]);
            for known in targets
                .iter()
                .filter_map(|to| own.get(&(accused, kind, *to)))
            {
                for (day, at) in known.range(range.clone()) {
                    if day.is_some() || accusing.iter().any(|one| one.reading == at.reading) {
                        answers.insert(*at);
                    }
                }
            }
            for at in &answers {
                let negated = library.claim(*at).is_some_and(|claim| {
                    claim.act == Act::Denies
                        || claim
                            .events
                            .iter()
                            .any(|event| event.kind == kind && event.polarity == Polarity::Negative)
                });
                if let Some(answer) = side(library, *at, &topic, negated) {
                    sides.push(answer);
                    used.insert(*at);
                }
            }
            let answered = sides
                .iter()
                .any(|side| side.linked && side.speaker.entity == Some(accused));
            let Some(first) = run.first() else {
                continue;
            };
            let words = quote(library, first.at);
            let name = library.world.called.get(accused).map_or("", String::as_str);
            let target = to
                .and_then(|index| library.world.entities.get(index))
                .map_or("", |entity| entity.id.as_str());
            matters.extend(matter(
                library,
                sides,
                MatterKind::Involved,
                format!("What is said of the part of {name} in “{words}”?"),
                Some(accused),
                &format!("{kind} {target}"),
                !answered,
            ));
        }
    }
    matters
}
