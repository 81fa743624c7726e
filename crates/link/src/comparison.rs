//! How the positions of one matter stand to each other: relations with their reasons.
//!
//! It does not know how statements came into one matter. It states no relation that needs more than the rules below.

use crate::meeting::{Days, Verdict, days, two_fates, two_places};
use crate::positions::{Listed, MEET};
use crate::speakers::Speaker;
use crate::statements::{Library, Stance, Statement, Told, Topic};
use crate::{Relation, RelationKind};
use std::collections::{BTreeMap, BTreeSet};

/// Different statements of one matter that are compared with each other; the rest only counts.
const COMPARED: usize = 300;
/// Repetitions of one position that are named.
const REPEATS: usize = 3;

/// What comparing two statements needs to know of their matter.
pub(crate) struct Comparison<'a, R: Fn(usize) -> Option<usize>> {
    pub library: &'a Library<'a>,
    pub told: &'a Told,
    pub topic: &'a Topic,
    pub classes: &'a BTreeMap<usize, usize>,
    pub rank: R,
    pub denied: BTreeSet<usize>,
    pub positive: BTreeSet<usize>,
    pub holders: BTreeMap<&'a str, BTreeSet<usize>>,
    pub deniers: Vec<&'a Speaker>,
    /// Whether the place is so large that two may hold parts of it.
    pub is_region: bool,
}

/// The relations between positions, and whether two of them cannot both hold.
pub(crate) fn relations<R: Fn(usize) -> Option<usize>>(
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
                one.answer.stance,
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
        });
    let repeats = listed
        .iter()
        .enumerate()
        .filter_map(|(rank, (_, _, members))| {
            let reasons = comparison.repeats(members);
            (!reasons.is_empty()).then(|| Relation {
                from: format!("p{}", rank + 1),
                to: format!("p{}", rank + 1),
                kind: RelationKind::Repeats,
                reasons,
            })
        });
    (relations.chain(repeats).collect(), contested)
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
        if same && one.answer.stance == Stance::Doubts && other.answer.stance == Stance::Affirms {
            let (name, other) = (self.name(one), self.name(other));
            return Verdict::some(
                RelationKind::Doubts,
                false,
                format!("{name} doubts what {other} says."),
            );
        }
        match (same, one.answer.stance, other.answer.stance) {
            (true, Stance::Negates, Stance::Affirms) => self.opposite(one, other),
            // The affirmation only updates an older negation; else the negation has the word.
            (true, Stance::Affirms, Stance::Negates) => self.outdated(one, other),
            (false, Stance::Affirms, Stance::Affirms) => match self.topic {
                Topic::Control(_) => self.two_holders(from, to, later),
                Topic::Fate(_) => two_fates(one, other, later),
                Topic::Cause(_) => self.two_causes(one, other, later),
                Topic::Whereabouts(_) => two_places(self.library.world, one, other, later),
                Topic::Said(_) | Topic::Count { .. } => None,
            },
            _ => None,
        }
    }

    /// That one party says the same again on a later day, or in another article of one text.
    fn repeats(&self, members: &[usize]) -> Vec<String> {
        let all = &self.told.statements;
        let mut first: BTreeMap<&str, (Option<&str>, usize)> = BTreeMap::new();
        let mut reasons = Vec::new();
        // A denial answers somebody else; it repeats nothing.
        for index in members.iter().filter(|index| !all[**index].denial) {
            let statement = &all[*index];
            let said = statement.day_said();
            let reading = statement.at.reading;
            match first.get(statement.speaker.identity.as_str()) {
                None => {
                    first.insert(&statement.speaker.identity, (said, reading));
                }
                Some((before, other)) if *other != reading => {
                    let copied =
                        self.library.origins.of(*other) == self.library.origins.of(reading);
                    let name = self.name(statement);
                    match (said, before) {
                        (Some(said), Some(before)) if said != *before => {
                            reasons.push(format!("{name} says so again on {said}."));
                        }
                        _ if copied => {
                            reasons.push(format!("Two articles of one text say so for {name}."))
                        }
                        _ => {}
                    }
                }
                Some(_) => {}
            }
        }
        reasons.dedup();
        reasons.truncate(REPEATS);
        reasons
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
            Topic::Said(_) => denies("in answer to it or of the same event"),
            Topic::Control(_) | Topic::Fate(_) | Topic::Whereabouts(_) | Topic::Count { .. } => {
                match days(one, other) {
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
                }
            }
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
        if high >= other_low && other_high >= low {
            return None;
        }
        let copied = self.library.origins.of(one.at.reading)
            == self.library.origins.of(other.at.reading)
            && one.at.reading != other.at.reading;
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
        let (Some(said), Some(before)) = (one.said.as_deref(), other.said.as_deref()) else {
            return None;
        };
        let one_event = self.told.one_event.get(&(one.at, other.at));
        let quoted = !one.speaker.narrator && !other.speaker.narrator;
        let is_later = said.get(..10) > before.get(..10);
        if said.get(..10) != before.get(..10) && (high >= other_low || one_event.is_none()) {
            return is_later
                .then(|| {
                    Verdict::some(
                        RelationKind::Update,
                        false,
                        "It was said on a later day; counts grow.",
                    )
                })
                .flatten();
        }
        if said.get(..10) == before.get(..10) && !later || said.get(..10) < before.get(..10) {
            return None;
        }
        match one_event.filter(|_| quoted) {
            Some(reason) if is_later => Verdict::some(
                RelationKind::Quantity,
                true,
                format!("{reason} The later figure is the smaller one, and counts do not fall."),
            ),
            Some(reason) => Verdict::some(
                RelationKind::Quantity,
                true,
                format!("{reason} Both were said on the same day, and the figures do not overlap."),
            ),
            None => Verdict::some(
                RelationKind::Implicit,
                false,
                "The figures do not overlap; nothing says that they count one event.",
            ),
        }
    }
}
