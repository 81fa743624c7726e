//! Articles, text origins and speakers behind a position.

use crate::story::*;
use annotate::EventType;
use link::{MatterKind, State};

const WIRE: &str = "Shells fell on the harbour of the town for the third night in a row while the people who had stayed \
behind hid in the cellars of the old school and waited for the morning, when the first boats were to bring bread, water \
and blankets from the other side of the bay, as the mayor had promised them on the evening before the guns began again.";

fn told(id: &str, day: &str, body: &str, text: &str) -> Story {
    let mut story = Story::new(id, day);
    let veltans = story.body("Veltans");
    let source = story.body(body);
    let korva = story.place("Korva");
    story.text(text);
    story.asserts(
        source,
        &format!("{body} said that the Veltans took Korva"),
        &[event(EventType::TakeControl).actor(veltans).at(korva)],
    );
    story
}

fn counts(stories: &[&Story]) -> (u32, u32, u32, u32) {
    let links = linked(stories);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.positions.len(), 1);
    let position = &matter.positions[0];
    (
        position.articles,
        position.origins_low,
        position.origins_high,
        position.speakers,
    )
}

#[test]
fn copies_are_articles_of_one_text() {
    let longer = format!("{WIRE} Nobody in the town could say how long the boats would come.");
    assert_eq!(
        counts(&[
            &told("a", "2031-05-06", "Council", WIRE),
            &told("b", "2031-05-06", "Council", &longer),
            &told("c", "2031-05-06", "Council", WIRE).sighted(3),
        ]),
        (5, 1, 1, 1)
    );
}

#[test]
fn own_words_are_texts_of_their_own_and_bodies_speakers_of_their_own() {
    let own = "A night of heavy fire drove the last families out of their houses near the port.";
    assert_eq!(
        counts(&[
            &told("a", "2031-05-06", "Council", WIRE),
            &told("b", "2031-05-06", "Monitors", own),
        ]),
        (2, 2, 2, 2)
    );
}

#[test]
fn quotations_are_no_copies() {
    let quoted = |before: &str| format!("{before} “{WIRE}”");
    let (one, other) = (
        quoted("A man in the street told our reporter:"),
        quoted("Then a voice on the radio was heard to say:"),
    );
    assert_eq!(
        counts(&[
            &told("a", "2031-05-06", "Council", &one),
            &told("b", "2031-05-06", "Council", &other),
        ])
        .2,
        2
    );
}

#[test]
fn a_shared_credit_lowers_the_least_number_of_texts() {
    let one = "KORVA, May 6 (Reuters) - The harbour burned for hours before dawn, people said, while shells fell on \
        the fish market behind the customs house and nobody came to help.";
    let other = "KORVA, May 6 (Reuters) - Families left the port by boat and on foot on Tuesday, as shells fell on the \
        fish market behind the customs house, and the ferries waited outside the bay for a quiet hour.";
    let own = "Whoever had a boat was gone by noon. Nobody knew where the others would sleep.";
    assert_eq!(
        counts(&[
            &told("a", "2031-05-06", "Council", one),
            &told("b", "2031-05-06", "Council", other),
            &told("c", "2031-05-06", "Council", own),
        ]),
        (3, 2, 3, 1)
    );
}

#[test]
fn reprints_of_one_narrator_do_not_dispute() {
    let printed = |id: &str, holder: &str| {
        let mut story = Story::new(id, "2031-05-06");
        let body = story.body(holder);
        let korva = story.place("Korva");
        story.text(WIRE);
        story.tells(
            &format!("the {holder} hold Korva"),
            &[event(EventType::HoldControl).actor(body).at(korva)],
        );
        story
    };
    let links = linked(&[&printed("a", "Veltans"), &printed("b", "Brodians")]);
    let matter = only(&links, MatterKind::Control);
    assert_ne!(matter.state, State::Contested);
    assert!(matter.relations.is_empty());
}
