//! Any readings at all: no panic, one result.
//!
//! It does not look at what comes out, beyond what `linked` checks of every result.

use crate::story::*;
use annotate::{Act, EntityId, EntityKind, EventType, Flag, Polarity, Realis, Standing, Voice};

/// A small generator of numbers; the same on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

fn any_story(id: usize, numbers: &mut Numbers) -> Story {
    let days = [
        "2031-05-06",
        "2031-05-07",
        "2031-05-10",
        "",
        "no day",
        "2031-05-06T23:00:00Z",
    ];
    let mut story = Story::new(&format!("d{id:02}"), numbers.of(&days));
    let names = [
        "Korva",
        "Korvah",
        "Fero Dasht",
        "F. Dasht",
        "Dasht",
        "rebels",
        "Rebel Front",
        "RF",
        "",
        "Й",
    ];
    for _ in 0..6 {
        let kind = numbers.of(EntityKind::ALL);
        let id = story.entity(kind, numbers.of(&names));
        if numbers.below(3) == 0 {
            story.speaks_for(id, EntityId(0));
        }
    }
    for _ in 0..6 {
        let mut events = Vec::new();
        for _ in 0..numbers.below(3) {
            let mut told = event(numbers.of(&[
                EventType::TakeControl,
                EventType::HoldControl,
                EventType::Withdraw,
                EventType::Casualty,
                EventType::StatusPerson,
                EventType::Attack,
            ]))
            .realis(numbers.of(Realis::ALL))
            .actor(EntityId(u32::try_from(numbers.below(8)).unwrap()))
            .object(EntityId(u32::try_from(numbers.below(8)).unwrap()))
            .at(EntityId(u32::try_from(numbers.below(8)).unwrap()));
            if numbers.below(2) == 0 {
                told = told.cause(numbers.of(&["in battle", "by a mine"]));
            }
            if numbers.below(3) == 0 {
                told = told.count(1.0, None, annotate::Effect::Killed, "men");
            }
            events.push(told);
        }
        let source =
            (numbers.below(4) > 0).then(|| EntityId(u32::try_from(numbers.below(8)).unwrap()));
        let claim = story.claim(
            source,
            numbers.of(Act::ALL),
            "men died in battle by a mine",
            &events,
        );
        let edited = story.edit(claim);
        if numbers.below(3) == 0 {
            edited.refers_to = Some(u32::try_from(numbers.below(8)).unwrap());
        }
        if numbers.below(6) == 0 {
            edited.standing = Standing::Suggested;
        }
        if numbers.below(9) == 0 {
            edited.flags = vec![numbers.of(Flag::ALL)];
        }
        edited.voice = numbers.of(Voice::ALL);
        for event in &mut edited.events {
            event.polarity = numbers.of(Polarity::ALL);
        }
        if numbers.below(4) == 0 {
            story.said(
                claim,
                numbers.of(&["PAST_REF", "2031-05-05", "-9999-01-01", "9999-12-31"]),
            );
        }
    }
    story
}

#[test]
fn any_readings_link_the_same_way_in_any_order() {
    let mut numbers = Numbers(7);
    let mut matters = 0;
    for _ in 0..300 {
        let count = 1 + numbers.below(7);
        let stories: Vec<Story> = (0..count).map(|id| any_story(id, &mut numbers)).collect();
        let links = linked(&stories.iter().collect::<Vec<_>>());
        matters += links.matters.len();
        let ids: std::collections::BTreeSet<&str> = links
            .matters
            .iter()
            .map(|matter| &*matter.id)
            .chain(links.entities.iter().map(|entity| &*entity.id))
            .collect();
        assert_eq!(ids.len(), links.matters.len() + links.entities.len());
    }
    assert!(matters > 300, "the generator makes matters: {matters}");
}
