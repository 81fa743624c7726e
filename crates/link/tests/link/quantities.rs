//! How many were killed or injured: seldom a dispute.

use crate::story::*;
use annotate::{Effect, EventType};
use link::{Links, MatterKind, RelationKind, State};

fn toll(id: &str, day: &str, body: &str, actor: &str, low: f64, noun: &str) -> Story {
    let mut story = Story::new(id, day);
    let source = story.body(body);
    let actor = story.body(actor);
    let korva = story.place("Korva");
    story.asserts(
        source,
        &format!("{body} counted {noun} in Korva"),
        &[event(EventType::Casualty)
            .actor(actor)
            .at(korva)
            .on("2031-05-06")
            .count(low, Some(low), Effect::Killed, noun)],
    );
    story
}

fn state(links: &Links) -> Option<State> {
    let found = of_kind(links, MatterKind::Quantity);
    assert!(found.len() <= 1);
    found.first().map(|matter| matter.state)
}

#[test]
fn two_figures_for_one_event_are_a_dispute() {
    let links = linked(&[
        &toll(
            "a",
            "2031-05-06",
            "Council",
            "Veltans",
            12.0,
            "12 civilians",
        ),
        &toll(
            "b",
            "2031-05-06",
            "Monitors",
            "Veltans",
            40.0,
            "40 villagers",
        ),
    ]);
    let matter = only(&links, MatterKind::Quantity);
    assert_eq!(matter.state, State::Contested);
    assert_eq!(matter.relations[0].kind, RelationKind::Quantity);
    assert_eq!(
        matter.question,
        "How many civilians were killed in Korva on 2031-05-06?"
    );
}

#[test]
fn none_against_some_is_a_dispute() {
    let links = linked(&[
        &toll("a", "2031-05-06", "Veltans", "Veltans", 0.0, "no civilians"),
        &toll(
            "b",
            "2031-05-06",
            "Monitors",
            "Brodians",
            4.0,
            "4 civilians",
        ),
    ]);
    assert_eq!(state(&links), Some(State::Contested));
}

#[test]
fn near_misses_are_none() {
    let first = toll(
        "a",
        "2031-05-06",
        "Council",
        "Veltans",
        12.0,
        "12 civilians",
    );
    // A toll that rises the day after.
    let later = toll(
        "b",
        "2031-05-07",
        "Monitors",
        "Veltans",
        40.0,
        "40 civilians",
    );
    let links = linked(&[&first, &later]);
    let matter = only(&links, MatterKind::Quantity);
    assert_eq!(matter.state, State::NotContestedHere);
    assert_eq!(matter.relations[0].kind, RelationKind::Update);
    // Other people counted.
    let fighters = toll(
        "b",
        "2031-05-06",
        "Monitors",
        "Veltans",
        40.0,
        "40 fighters",
    );
    assert_eq!(state(&linked(&[&first, &fighters])), None);
    // Nothing says that it is one event.
    let other = toll(
        "b",
        "2031-05-06",
        "Monitors",
        "Brodians",
        40.0,
        "40 civilians",
    );
    assert_eq!(
        state(&linked(&[&first, &other])),
        Some(State::NotContestedHere)
    );
    // One speaker, two figures.
    let same = toll(
        "b",
        "2031-05-06",
        "Council",
        "Veltans",
        14.0,
        "14 civilians",
    );
    assert_eq!(state(&linked(&[&first, &same])), Some(State::OneAnswer));
    // A figure since the war began.
    let mut total = Story::new("b", "2031-05-06");
    let monitors = total.body("Monitors");
    let veltans = total.body("Veltans");
    let korva = total.place("Korva");
    total.asserts(
        monitors,
        "Monitors counted 900 civilians in Korva",
        &[event(EventType::Casualty)
            .actor(veltans)
            .at(korva)
            .on("2031-05-06")
            .count(900.0, Some(900.0), Effect::Killed, "900 civilians")
            .cumulative()],
    );
    assert_eq!(state(&linked(&[&first, &total])), None);
}

#[test]
fn a_reprint_with_another_figure_is_a_version() {
    let wire = "The market had just opened when the first shell struck the row of stalls by the well, and people ran \
in all directions while a second one hit the bus that stood at the corner with its doors open.";
    let mut one = toll(
        "a",
        "2031-05-06",
        "Council",
        "Veltans",
        12.0,
        "12 civilians",
    );
    one.text(wire);
    let mut other = toll(
        "b",
        "2031-05-06",
        "Monitors",
        "Veltans",
        15.0,
        "15 civilians",
    );
    other.text(wire);
    let links = linked(&[&one, &other]);
    let matter = only(&links, MatterKind::Quantity);
    assert_eq!(matter.state, State::NotContestedHere);
    assert_eq!(matter.relations[0].kind, RelationKind::Update);
}
