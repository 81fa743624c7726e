//! One matter's statements put together as positions, with how they stand to each other.
//!
//! It does not know how statements came into one matter. It states no relation that needs more than the rules below.

use crate::meeting::{Days, Verdict, days, two_fates};
use crate::statements::{Library, Speaker, Statement, Told, Topic};
use crate::{
    LinkZone, Matter, MatterKind, Party, Position, PositionClaim, Relation, RelationKind, State,
};
use annotate::{Precision, TimeExpr};
use std::collections::{BTreeMap, BTreeSet};

/// Days within which two statements about who holds a place, or whether a person lives, go against each other.
pub(crate) const MEET: i64 = 2;
/// Different statements of one matter that are compared with each other; the rest only counts.
const COMPARED: usize = 300;

/// What a matter is, before its answers are known.
pub(crate) struct Header {
    pub kind: MatterKind,
    pub question: String,
    pub about: Option<usize>,
    pub place: Option<usize>,
    pub time: Option<TimeExpr>,
    /// What tells it from other matters of its kind about the same entity.
    pub key: String,
    /// The state to print where nobody has answered an accusation.
    pub unanswered: bool,
}

/// A matter from its statements; none where no statement in it counts.
pub(crate) fn assemble(
    library: &Library,
    told: &Told,
    members: &[usize],
    header: Header,
) -> Option<Matter> {
    let all = &told.statements;
    let mut order: Vec<usize> = members.to_vec();
    order.sort_by_key(|index| said_order(&all[*index], *index));
    order.dedup();
    let linked: Vec<usize> = order
        .iter()
        .copied()
        .filter(|index| all[*index].linked)
        .collect();
    if linked.is_empty() {
        return None;
    }
    let classes = classes(library, all, &order);
    let homes = homes(all, &linked, &classes);
    let mut positions: BTreeMap<(usize, bool), Vec<usize>> = BTreeMap::new();
    for index in &linked {
        positions.entry(homes[index]).or_default().push(*index);
    }
    // Each answer in the words in which it was first given.
    let mut listed: Vec<((usize, bool), String, Vec<usize>)> = positions
        .into_iter()
        .map(|(home, members)| {
            let words = members
                .iter()
                .find(|index| all[**index].answer.negative == home.1)
                .or(members.first())
                .map(|index| all[*index].answer.shown.clone())
                .unwrap_or_default();
            (home, words, members)
        })
        .collect();
    listed.sort_by(|(home, words, one), (other_home, other_words, other)| {
        let first = |members: &[usize]| {
            members
                .iter()
                .filter_map(|index| day_said(&all[*index]))
                .min()
                .unwrap_or("~")
        };
        (first(one), words, home).cmp(&(first(other), other_words, other_home))
    });
    let ranks: BTreeMap<(usize, bool), usize> = listed
        .iter()
        .enumerate()
        .map(|(rank, (home, _, _))| (*home, rank))
        .collect();
    let comparison = Comparison {
        library,
        told,
        topic: &all[linked[0]].topic,
        classes: &classes,
        rank: |index: usize| homes.get(&index).and_then(|home| ranks.get(home)).copied(),
        denied: linked
            .iter()
            .filter(|index| all[**index].answer.negative)
            .map(|index| classes[index])
            .collect(),
        positive: linked
            .iter()
            .filter(|index| !all[**index].answer.negative)
            .map(|index| classes[index])
            .collect(),
        holders: holders(all, &linked, &classes),
        deniers: linked
            .iter()
            .filter(|index| all[**index].answer.negative)
            .map(|index| &all[*index].speaker)
            .collect(),
        is_region: header
            .place
            .and_then(|index| library.world.entities.get(index)?.place.as_ref())
            .is_some_and(|place| {
                matches!(
                    place.precision,
                    Precision::Country | Precision::Region | Precision::Admin1
                )
            }),
    };
    let (relations, contested) = relations(&comparison, &linked, &listed);
    let positions: Vec<Position> = listed
        .iter()
        .enumerate()
        .map(|(rank, (home, words, members))| {
            let suggested: Vec<usize> = order
                .iter()
                .copied()
                .filter(|index| !all[*index].linked)
                .filter(|index| (classes[index], all[*index].answer.negative) == *home)
                .collect();
            position(library, all, rank, words, members, &suggested)
        })
        .collect();
    let parties: BTreeSet<&Party> = positions
        .iter()
        .flat_map(|position| &position.parties)
        .collect();
    let state = if contested {
        State::Contested
    } else if header.unanswered {
        State::Unanswered
    } else if parties.len() > 1 {
        State::NotContestedHere
    } else {
        State::OneAnswer
    };
    let id_of = |index: Option<usize>| Some(library.world.entities.get(index?)?.id.clone());
    let about = id_of(header.about);
    Some(Matter {
        id: crate::id(
            "ma_",
            &[
                header.kind.as_str(),
                about.as_deref().unwrap_or(""),
                &header.key,
            ],
        ),
        kind: header.kind,
        question: header.question,
        about,
        place: id_of(header.place),
        time: header.time,
        state,
        positions,
        relations,
    })
}

/// The day part of when a statement was said: a date and a date-time of one day tie.
fn day_said(statement: &Statement) -> Option<&str> {
    let said = statement.said.as_deref()?;
    Some(said.get(..10).unwrap_or(said))
}

fn said_order(statement: &Statement, index: usize) -> (bool, Option<String>, usize, usize, usize) {
    (
        statement.said.is_none(),
        statement.said.clone(),
        statement.at.reading,
        statement.at.claim,
        index,
    )
}

/// Which statements name the same answer, affirmed or negated; a class is called by its first statement.
fn classes(library: &Library, all: &[Statement], order: &[usize]) -> BTreeMap<usize, usize> {
    let mut classes: BTreeMap<usize, usize> = BTreeMap::new();
    let mut heads: Vec<usize> = Vec::new();
    // Affirmed answers name the classes; what is negated is then found among them.
    let (negative, positive): (Vec<usize>, Vec<usize>) = order
        .iter()
        .copied()
        .partition(|index| all[*index].answer.negative);
    for index in positive.iter().chain(&negative).copied() {
        let followed = all[index]
            .follows
            .and_then(|other| classes.get(&other))
            .copied();
        let head = followed.or_else(|| {
            heads
                .iter()
                .copied()
                .find(|head| same_answer(library, &all[*head], &all[index]))
        });
        let head = head.unwrap_or_else(|| {
            // A denied cause that nobody gave in these words goes against the only one that others gave.
            let given: BTreeSet<usize> = positive
                .iter()
                .filter(|other| !all[**other].speaker.sides_with(&all[index].speaker))
                .map(|other| classes.get(other).copied().unwrap_or(*other))
                .collect();
            let only = (all[index].denial
                && all[index].answer.negative
                && matches!(all[index].topic, Topic::Cause(_))
                && given.len() == 1)
                .then(|| given.first().copied())
                .flatten();
            only.unwrap_or_else(|| {
                heads.push(index);
                index
            })
        });
        classes.insert(index, head);
    }
    classes
}

fn same_answer(library: &Library, one: &Statement, other: &Statement) -> bool {
    let (left, right) = (&one.answer, &other.answer);
    match one.topic {
        Topic::Control(_) => {
            (left.entity.is_some() && left.entity == right.entity)
                || crate::fold::same_stems(&left.stems, &right.stems)
        }
        Topic::Cause(_) => library.lexicon.same_cause(&left.stems, &right.stems),
        Topic::Count { .. } => left.range == right.range,
        Topic::Fate(_) | Topic::Said(_) | Topic::Involved(..) => left.stems == right.stems,
    }
}

/// The position of each statement. A bare denial joins the answer that its own side gives, where there is exactly one.
fn homes(
    all: &[Statement],
    linked: &[usize],
    classes: &BTreeMap<usize, usize>,
) -> BTreeMap<usize, (usize, bool)> {
    let mut homes = BTreeMap::new();
    for index in linked {
        let statement = &all[*index];
        let class = classes[index];
        let mut home = (class, statement.answer.negative);
        if statement.answer.negative {
            let own: BTreeSet<usize> = linked
                .iter()
                .copied()
                .filter(|other| !all[*other].answer.negative && classes[other] != class)
                .filter(|other| {
                    let other = &all[*other];
                    statement.speaker.sides_with(&other.speaker)
                        || (matches!(statement.topic, Topic::Control(_))
                            && statement
                                .speaker
                                .belongs_to(other.answer.entity, &other.answer.stems))
                })
                .map(|other| classes[&other])
                .collect();
            if own.len() == 1
                && let Some(own) = own.first()
            {
                home = (*own, false);
            }
        }
        homes.insert(*index, home);
    }
    homes
}

/// For each speaker the holders that it names: a side may have several names.
fn holders<'a>(
    all: &'a [Statement],
    linked: &[usize],
    classes: &BTreeMap<usize, usize>,
) -> BTreeMap<&'a str, BTreeSet<usize>> {
    let mut holders: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for index in linked {
        if !all[*index].answer.negative && !all[*index].speaker.narrator {
            holders
                .entry(&all[*index].speaker.identity)
                .or_default()
                .insert(classes[index]);
        }
    }
    holders
}

fn position(
    library: &Library,
    all: &[Statement],
    rank: usize,
    words: &str,
    members: &[usize],
    suggested: &[usize],
) -> Position {
    let attributed = members.iter().any(|index| !all[*index].speaker.narrator);
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut parties: Vec<Party> = Vec::new();
    for index in members {
        let speaker = &all[*index].speaker;
        // Where somebody is quoted with it, the outlet's own word is no further party.
        if !(attributed && speaker.narrator) && known.insert(&speaker.identity) {
            parties.push(Party {
                entity: speaker
                    .entity
                    .and_then(|index| library.world.entities.get(index))
                    .map(|entity| entity.id.clone()),
                name: speaker.name.clone(),
            });
        }
    }
    let readings: BTreeSet<usize> = members.iter().map(|index| all[*index].at.reading).collect();
    let sightings: usize = readings
        .iter()
        .map(|reading| library.readings[*reading].document.sightings.len().max(1))
        .sum();
    let (origins_low, origins_high) = library.origins.count(&readings);
    let mut seen = BTreeSet::new();
    let claims = members
        .iter()
        .map(|index| (index, LinkZone::Linked))
        .chain(suggested.iter().map(|index| (index, LinkZone::Suggested)))
        .filter(|(index, _)| seen.insert(all[**index].at))
        .filter_map(|(index, link)| {
            let claim = library.claim(all[*index].at)?;
            Some(PositionClaim {
                claim: claim.id.clone(),
                document: library.readings[all[*index].at.reading].document.id.clone(),
                spans: claim.content.spans.clone(),
                link,
            })
        })
        .collect();
    let said = || members.iter().filter_map(|index| all[*index].said.clone());
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Position {
        id: format!("p{}", rank + 1),
        value: words.to_owned(),
        first_said: said().min(),
        last_said: said().max(),
        claims,
        articles: count(sightings),
        origins_low,
        origins_high,
        speakers: count(parties.len()),
        parties,
    }
}

/// What comparing two statements needs to know of their matter.
struct Comparison<'a, R: Fn(usize) -> Option<usize>> {
    library: &'a Library<'a>,
    told: &'a Told,
    topic: &'a Topic,
    classes: &'a BTreeMap<usize, usize>,
    rank: R,
    denied: BTreeSet<usize>,
    positive: BTreeSet<usize>,
    holders: BTreeMap<&'a str, BTreeSet<usize>>,
    deniers: Vec<&'a Speaker>,
    /// Whether the place is so large that two may hold parts of it.
    is_region: bool,
}

/// A position with its class, its words and its statements.
type Listed = ((usize, bool), String, Vec<usize>);

fn relations<R: Fn(usize) -> Option<usize>>(
    comparison: &Comparison<R>,
    linked: &[usize],
    listed: &[Listed],
) -> (Vec<Relation>, bool) {
    let all = &comparison.told.statements;
    let quoted: Vec<bool> = listed
        .iter()
        .map(|(_, _, members)| members.iter().any(|index| !all[*index].speaker.narrator))
        .collect();
    let mut signatures = BTreeSet::new();
    let compared: Vec<(usize, usize)> = linked
        .iter()
        .filter_map(|index| Some((*index, (comparison.rank)(*index)?)))
        .filter(|(index, rank)| !(all[*index].speaker.narrator && quoted[*rank]))
        .filter(|(index, rank)| {
            let one = &all[*index];
            signatures.insert((
                *rank,
                comparison.classes[index],
                one.answer.negative,
                &one.speaker.identity,
                one.when,
                one.change,
                one.denial,
                one.follows,
                one.at.reading,
            ))
        })
        .take(COMPARED)
        .collect();
    let mut found: BTreeMap<(usize, usize, RelationKind), BTreeSet<String>> = BTreeMap::new();
    let mut contested = false;
    for (from, from_rank) in &compared {
        for (to, to_rank) in &compared {
            if from_rank == to_rank {
                continue;
            }
            if let Some(verdict) = comparison.verdict(*from, *to, from_rank > to_rank) {
                contested |= verdict.contests;
                // A relation without a direction of its own goes from the later position to the earlier.
                let (from_rank, to_rank) = match verdict.kind {
                    RelationKind::Alternative | RelationKind::Quantity | RelationKind::Implicit => {
                        (from_rank.max(to_rank), from_rank.min(to_rank))
                    }
                    _ => (from_rank, to_rank),
                };
                found
                    .entry((*from_rank, *to_rank, verdict.kind))
                    .or_default()
                    .insert(verdict.reason);
            }
        }
    }
    let has: BTreeSet<(usize, usize, RelationKind)> = found.keys().copied().collect();
    let relations = found
        .into_iter()
        .filter(|((from, to, kind), _)| {
            let either =
                |kind| has.contains(&(*from, *to, kind)) || has.contains(&(*to, *from, kind));
            match kind {
                // Of one place and day a denial says all that the alternative would say.
                RelationKind::Alternative => {
                    !(matches!(comparison.topic, Topic::Control(_) | Topic::Fate(_))
                        && either(RelationKind::Denies))
                }
                // Where two answers go against each other, that one was also told of another day says nothing new.
                RelationKind::Implicit | RelationKind::Update => {
                    !either(RelationKind::Denies)
                        && !either(RelationKind::Alternative)
                        && !either(RelationKind::Quantity)
                }
                _ => true,
            }
        })
        .map(|((from, to, kind), reasons)| Relation {
            from: format!("p{}", from + 1),
            to: format!("p{}", to + 1),
            kind,
            reasons: reasons.into_iter().collect(),
        })
        .collect();
    (relations, contested)
}

impl<R: Fn(usize) -> Option<usize>> Comparison<'_, R> {
    /// How one statement stands to another; `later` says that its position comes later in the list, which decides the
    /// direction of a relation that has none of its own.
    fn verdict(&self, from: usize, to: usize, later: bool) -> Option<Verdict> {
        let all = &self.told.statements;
        let (one, other) = (&all[from], &all[to]);
        let same = self.classes[&from] == self.classes[&to];
        if one.speaker.sides_with(&other.speaker) {
            // One party that says something else later has moved on; it is not in dispute with itself.
            return (matches!(days(one, other), Days::After(_)))
                .then(|| {
                    Verdict::some(
                        RelationKind::Update,
                        false,
                        format!("{} says so of a later day.", self.name(one)),
                    )
                })
                .flatten();
        }
        if let Topic::Count { .. } = self.topic {
            return self.counts(one, other, later);
        }
        if one.denial && one.follows == Some(to) {
            return Verdict::some(
                RelationKind::Denies,
                true,
                format!(
                    "{} denies the claim of {}.",
                    self.name(one),
                    self.name(other)
                ),
            );
        }
        match (same, one.answer.negative, other.answer.negative) {
            (true, true, false) => self.opposite(one, other),
            // The affirmation only updates an older negation; else the negation has the word.
            (true, false, true) => self.outdated(one, other),
            (false, false, false) => match self.topic {
                Topic::Control(_) => self.two_holders(from, to, later),
                Topic::Fate(_) => two_fates(one, other, later),
                Topic::Cause(_) => self.two_causes(one, other, later),
                Topic::Said(_) | Topic::Involved(..) | Topic::Count { .. } => None,
            },
            _ => None,
        }
    }

    /// A party by its name, with the article that its documents give it.
    fn name<'b>(&'b self, statement: &'b Statement) -> &'b str {
        let entity = statement.speaker.entity;
        entity
            .and_then(|index| self.library.world.called.get(index))
            .map_or(&statement.speaker.name, String::as_str)
    }

    /// A negation against an affirmation of the same answer.
    fn opposite(&self, one: &Statement, other: &Statement) -> Option<Verdict> {
        let (name, other_name) = (self.name(one), self.name(other));
        let denies = |how: &str| {
            let verb = if one.denial {
                "denies"
            } else {
                "says the opposite of"
            };
            Verdict::some(
                RelationKind::Denies,
                true,
                format!("{name} {verb} what {other_name} says, {how}."),
            )
        };
        match self.topic {
            Topic::Cause(_) => denies("of how the same person died"),
            Topic::Said(_) => denies("in the same words or of the same event"),
            Topic::Involved(..) => denies("of the same party and the same kind of event"),
            Topic::Control(_) | Topic::Fate(_) | Topic::Count { .. } => match days(one, other) {
                Days::Same => denies("of the same day"),
                Days::After(gap) if gap <= MEET => denies("of a day or two later"),
                // A person once said to be dead stays so; a later denial still goes against it.
                Days::After(_) if one.denial && matches!(self.topic, Topic::Fate(_)) => {
                    denies("of a later day")
                }
                Days::Before(gap) if gap <= MEET && matches!(self.topic, Topic::Fate(_)) => {
                    denies("within two days")
                }
                Days::After(_) if one.change => Verdict::some(
                    RelationKind::Update,
                    false,
                    "It tells of a change on a later day.",
                ),
                _ => None,
            },
        }
    }

    /// An affirmation against an older negation of the same answer.
    fn outdated(&self, one: &Statement, other: &Statement) -> Option<Verdict> {
        let later = match days(one, other) {
            Days::After(gap) => match self.topic {
                Topic::Control(_) => one.change,
                Topic::Fate(_) => gap > MEET,
                _ => false,
            },
            _ => false,
        };
        later
            .then(|| {
                Verdict::some(
                    RelationKind::Update,
                    false,
                    "It tells of a change on a later day.",
                )
            })
            .flatten()
    }

    /// Two different holders of one place.
    fn two_holders(&self, from: usize, to: usize, later: bool) -> Option<Verdict> {
        let all = &self.told.statements;
        let (one, other) = (&all[from], &all[to]);
        let (left, right) = (self.classes[&from], self.classes[&to]);
        let opponents = match (one.answer.entity, other.answer.entity) {
            (Some(left), Some(right)) => self
                .told
                .opponents
                .contains(&(left.min(right), left.max(right))),
            _ => false,
        };
        let one_side = !opponents
            && (self
                .holders
                .values()
                .any(|named| named.contains(&left) && named.contains(&right))
                || (self.positive.len() > 2
                    && !self.denied.is_empty()
                    && !self.denied.contains(&left)
                    && !self.denied.contains(&right)));
        let days = days(one, other);
        if let Days::After(gap) = days
            && (one.change || !other.change || gap > MEET)
        {
            return Verdict::some(RelationKind::Update, false, "It tells of a later day.");
        }
        if one_side || days == Days::Unknown {
            return None;
        }
        // Which of the two is told of the later day: only a state can go against a change told before it.
        let meets = match days {
            Days::Same => true,
            Days::After(gap) => gap <= MEET && !one.change && other.change,
            Days::Before(gap) => gap <= MEET && one.change && !other.change,
            Days::Unknown => false,
        };
        if !meets || !later {
            return None;
        }
        let own = |statement: &Statement| {
            statement
                .speaker
                .belongs_to(statement.answer.entity, &statement.answer.stems)
        };
        let quoted = !one.speaker.narrator && !other.speaker.narrator;
        let change_and_state = one.change != other.change;
        if self.is_region && !one.change && !other.change {
            return Verdict::some(
                RelationKind::Implicit,
                false,
                "Of so large a place each may hold a part.",
            );
        }
        let in_one_text = one.at.reading == other.at.reading;
        if opponents || (own(one) && own(other)) || (change_and_state && (quoted || in_one_text)) {
            return Verdict::some(
                RelationKind::Alternative,
                true,
                "One place and one day, and two holders who are told apart.",
            );
        }
        Verdict::some(
            RelationKind::Implicit,
            false,
            "One place and one day, and two names for who holds it; nothing says that they are two sides.",
        )
    }

    /// Two different causes of one death.
    fn two_causes(&self, one: &Statement, other: &Statement, later: bool) -> Option<Verdict> {
        if !later {
            return None;
        }
        let lexicon = self.library.lexicon;
        // Where one side denies what the other says, a general cause and a special one are told apart by the parties.
        let denied = self
            .deniers
            .iter()
            .any(|speaker| speaker.sides_with(&one.speaker) || speaker.sides_with(&other.speaker));
        let general = lexicon.is_general_cause(&one.answer.stems)
            || lexicon.is_general_cause(&other.answer.stems);
        if general && !denied {
            return Verdict::some(
                RelationKind::Implicit,
                false,
                "One says in general words how the person died, the other in special ones.",
            );
        }
        Verdict::some(
            RelationKind::Alternative,
            true,
            "Both say that the person died, and they say differently how.",
        )
    }

    /// Two different counts of one event.
    fn counts(&self, one: &Statement, other: &Statement, later: bool) -> Option<Verdict> {
        let (Some((low, high)), Some((other_low, other_high))) =
            (one.answer.range, other.answer.range)
        else {
            return None;
        };
        let disjoint = high < other_low || other_high < low;
        let copied = self.library.origins.of(one.at.reading)
            == self.library.origins.of(other.at.reading)
            && one.at.reading != other.at.reading;
        if !disjoint {
            return None;
        }
        if copied {
            return later
                .then(|| {
                    Verdict::some(
                        RelationKind::Update,
                        false,
                        "Two versions of one text give two figures.",
                    )
                })
                .flatten();
        }
        match (one.said.as_deref(), other.said.as_deref()) {
            (Some(said), Some(before)) if said.get(..10) != before.get(..10) => (said > before)
                .then(|| {
                    Verdict::some(
                        RelationKind::Update,
                        false,
                        "It was said on a later day; counts grow.",
                    )
                })
                .flatten(),
            (Some(_), Some(_)) if later => {
                // Two attacks on one town in one day are the rule; that both figures count one event must be seen.
                let zero = high == 0.0 || other_high == 0.0;
                let one_actor =
                    one.answer.entity.is_some() && one.answer.entity == other.answer.entity;
                let one_cause = self
                    .library
                    .lexicon
                    .same_cause(&one.answer.stems, &other.answer.stems);
                let one_event =
                    zero || one_actor || one_cause || one.at.reading == other.at.reading;
                let quoted = !one.speaker.narrator && !other.speaker.narrator;
                if one_event && quoted {
                    Verdict::some(
                        RelationKind::Quantity,
                        true,
                        "One place, one day and one kind of people, said on the same day, and the figures do not overlap.",
                    )
                } else {
                    Verdict::some(
                        RelationKind::Implicit,
                        false,
                        "The figures do not overlap; nothing says that they count one event.",
                    )
                }
            }
            _ => None,
        }
    }
}
