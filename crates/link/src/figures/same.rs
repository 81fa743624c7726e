//! Whether two figures count one event.

use super::Figure;
use crate::statements::Library;
use crate::when::{When, between};
use std::collections::BTreeSet;

/// Sentences of one text between two figures that are told of one event, at most.
const NEAR: usize = 2;
/// Words of circumstances from which on none in common means two events.
const MUCH: usize = 2;
/// Different numbers of one kind told of a place and day beyond which a word like "air strike" says nothing of which event.
const FEW: usize = 3;
/// The same beyond which nothing but two shared words of the circumstances do.
const CROWDED: usize = 6;

/// Why two figures of one text count one event; none where nothing says so.
pub(super) fn beside(library: &Library, left: &Figure, right: &Figure) -> Option<String> {
    if left.apart
        || right.apart
        || left.statement.at == right.statement.at
        || is_nobody_apart(library, left, right)
        || are_others(left, right)
    {
        return None;
    }
    if left.dated && right.dated && !days_meet(left, right) {
        return None;
    }
    if left.scene.own_places && right.scene.own_places && left.scene.places != right.scene.places {
        return None;
    }
    let shared = shared(left, right);
    if left.scene.sentence.abs_diff(right.scene.sentence) > NEAR {
        // Further apart in a text, only a place and circumstances of both say that they mean one event.
        let here = left.scene.own_places && right.scene.own_places && !left.scene.is_wide;
        return (here && !shared.is_empty()).then(|| {
            "Two speakers' figures in one text are of one place and the same circumstances."
                .to_owned()
        });
    }
    let told = !left.scene.circumstances.is_empty() && !right.scene.circumstances.is_empty();
    let much = left
        .scene
        .circumstances
        .len()
        .min(right.scene.circumstances.len())
        >= MUCH
        && !is_zero(left)
        && !is_zero(right);
    if told && shared.is_empty() && (much || told_otherwise(library, left, right)) {
        return None;
    }
    Some("Two sentences next to each other give two speakers' figures, and nothing parts the events.".to_owned())
}

/// Why two figures of two texts count one event.
pub(super) fn across(
    library: &Library,
    figures: &[Figure],
    members: &[usize],
    left: &Figure,
    right: &Figure,
) -> Option<String> {
    if left.apart
        || right.apart
        || left.scene.is_wide
        || right.scene.is_wide
        || !days_meet(left, right)
    {
        return None;
    }
    if is_nobody_apart(library, left, right) || are_others(left, right) {
        return None;
    }
    // Of two places in the sentences before nothing says which one it is.
    let unclear = |figure: &Figure| !figure.scene.own_places && figure.scene.places.len() > 1;
    if unclear(left) || unclear(right) {
        return None;
    }
    let place = left.scene.places.intersection(&right.scene.places).next()?;
    let name = &library.world.entities[*place].name;
    let nothing = left.scene.circumstances.is_empty() || right.scene.circumstances.is_empty();
    // Nobody killed in a town on a day is said of every event there.
    if nothing && (is_zero(left) || is_zero(right)) {
        return Some(format!(
            "Both speak of {name} on one day, one of them of all that happened there."
        ));
    }
    let shared = shared(left, right);
    let (doer, other_doer) = (left.statement.answer.entity, right.statement.answer.entity);
    let actor = doer.is_some() && doer == other_doer;
    let two_actors = doer.is_some() && other_doer.is_some() && !actor;
    let special = shared
        .iter()
        .filter(|stem| !library.lexicon.is_common(stem))
        .count();
    let told = numbers_told(figures, members, *place, left);
    let is_one = match shared.len() + usize::from(actor) {
        0 => nothing && told <= 2 && !two_actors,
        1 if special == 0 => told <= FEW,
        1 => told <= CROWDED,
        _ if special == 0 => told <= CROWDED,
        _ => true,
    };
    is_one.then(|| {
        let words: Vec<&str> = shared.iter().map(|stem| stem.as_str()).collect();
        if words.is_empty() {
            format!("Both speak of {name} on one day, of which little else is told.")
        } else {
            format!(
                "Both speak of {name} on one day and of the same circumstances ({}).",
                words.join(", ")
            )
        }
    })
}

/// How many different numbers of this kind are told of a place on the days of a figure.
fn numbers_told(figures: &[Figure], members: &[usize], place: usize, of: &Figure) -> usize {
    let mut numbers: Vec<(u64, u64)> = members
        .iter()
        .map(|index| &figures[*index])
        .filter(|one| one.scene.places.contains(&place) && days_meet(one, of))
        .filter_map(|one| one.statement.answer.range)
        .map(|(low, high)| (low.to_bits(), high.to_bits()))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.len()
}

/// Whether a figure says that there was nobody.
fn is_zero(figure: &Figure) -> bool {
    let range = figure.statement.answer.range;
    range.is_some_and(|(_, high)| high == 0.0)
}

/// Whether the names before the counted nouns tell two kinds of people apart.
fn are_others(left: &Figure, right: &Figure) -> bool {
    let (left, right) = (&left.qualifiers, &right.qualifiers);
    !left.is_empty() && !right.is_empty() && left.is_disjoint(right)
}

/// Whether one speaker has no name and may be anybody who is quoted beside him ("the group", "a source").
fn is_nobody_apart(library: &Library, left: &Figure, right: &Figure) -> bool {
    [left, right].into_iter().any(|figure| {
        let speaker = &figure.statement.speaker;
        let named = speaker
            .entity
            .is_some_and(|index| library.world.proper[index]);
        !named && !speaker.narrator && library.lexicon.is_anybody(&speaker.name)
    })
}

/// The circumstances that both tell.
fn shared<'a>(left: &'a Figure, right: &Figure) -> BTreeSet<&'a String> {
    let other = |one: &&String| {
        let mut all = right.scene.circumstances.iter();
        all.any(|other| crate::fold::same_stem(one, other))
    };
    left.scene.circumstances.iter().filter(other).collect()
}

/// Whether both tell how it came about, and differently.
fn told_otherwise(library: &Library, left: &Figure, right: &Figure) -> bool {
    let causes = |figure: &Figure| {
        let mut all = figure.scene.circumstances.iter();
        all.any(|stem| library.lexicon.is_common(stem))
    };
    causes(left) && causes(right)
}

/// Whether two figures may be of one day. A figure without a day of its own is of the day of its text or the one before.
pub(super) fn days_meet(left: &Figure, right: &Figure) -> bool {
    let window = |figure: &Figure| match figure.statement.when {
        When::Day { first, last } if figure.dated => Some((first, last)),
        When::Day { first, last } => Some((first.yesterday().unwrap_or(first), last)),
        _ => None,
    };
    match (window(left), window(right)) {
        (Some((first, last)), Some((other_first, other_last))) => {
            between(last, other_first) <= 0 && between(other_last, first) <= 0
        }
        _ => left.statement.when == right.statement.when,
    }
}
