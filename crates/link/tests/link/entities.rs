//! Entities across documents: what joins and what stays apart.

use crate::story::*;
use annotate::{EntityKind, Precision};
use link::Links;

fn names(links: &Links, kind: EntityKind) -> Vec<(&str, usize)> {
    let mut names: Vec<(&str, usize)> = links
        .entities
        .iter()
        .filter(|entity| entity.kind == kind)
        .map(|entity| (entity.name.as_str(), entity.members.len()))
        .collect();
    names.sort_unstable();
    names
}

fn place(id: &str, name: &str) -> Story {
    let mut story = Story::new(id, "2031-05-06");
    story.place(name);
    story.text(&format!("Shells fell on {name} today."));
    story
}

fn person(id: &str, name: &str, roles: &[&str], where_: &str) -> Story {
    let mut story = Story::new(id, "2031-05-06");
    story.person(name, roles);
    story.place(where_);
    story.text(&format!("{name} came from {where_}."));
    story
}

#[test]
fn spellings_of_one_place_join() {
    let links = linked(&[
        &place("a", "Tavrashir"),
        &place("b", "Tavrashir"),
        &place("c", "Tuvrashir"),
    ]);
    assert_eq!(names(&links, EntityKind::Place), [("Tavrashir", 3)]);
    assert_eq!(links.entities[0].forms.len(), 2);
    assert!(links.entities[0].id.starts_with("en_"));
}

#[test]
fn spellings_that_one_document_tells_apart_stay_apart() {
    let mut both = place("a", "Tavrashir");
    both.place("Tuvrashir");
    let links = linked(&[&both, &place("b", "Tuvrashir")]);
    assert_eq!(
        names(&links, EntityKind::Place),
        [("Tavrashir", 1), ("Tuvrashir", 2)]
    );
}

#[test]
fn a_place_in_another_province_is_another_place() {
    let within = |id: &str, outer: &str| {
        let mut story = Story::new(id, "2031-05-06");
        story.place("Brod");
        story.place(outer);
        story.text(&format!("Shells fell on Brod, {outer}, today."));
        story
    };
    let links = linked(&[
        &within("a", "Lower Veltan"),
        &within("b", "Uskaria"),
        &within("c", "Uskaria"),
    ]);
    assert_eq!(
        names(&links, EntityKind::Place),
        [
            ("Brod", 1),
            ("Brod", 2),
            ("Lower Veltan", 1),
            ("Uskaria", 2)
        ]
    );
    let ids: std::collections::BTreeSet<&str> =
        links.entities.iter().map(|entity| &*entity.id).collect();
    assert_eq!(ids.len(), 4, "namesakes have ids of their own");
}

#[test]
fn a_list_of_places_is_no_province() {
    let mut list = Story::new("a", "2031-05-06");
    for name in ["Brod", "Lesk", "Tolm"] {
        list.place(name);
    }
    list.text("Shells fell on Brod, Lesk, Tolm today.");
    let mut other = Story::new("b", "2031-05-06");
    other.place("Brod");
    other.place("Uskaria");
    other.text("Shells fell on Brod, Uskaria, today.");
    let links = linked(&[&list, &other]);
    assert!(names(&links, EntityKind::Place).contains(&("Brod", 2)));
}

#[test]
fn the_gazetteer_joins_and_parts() {
    let known = |id: &str, name: &str, number: &str| {
        let mut story = Story::new(id, "2031-05-06");
        let place = story.place(name);
        story.gazetteer(place, number, Precision::Point);
        story
    };
    let links = linked(&[
        &known("a", "Kijow", "1"),
        &known("b", "Kyiv", "1"),
        &known("c", "Kyiv", "2"),
    ]);
    let mut sizes: Vec<usize> = links
        .entities
        .iter()
        .map(|entity| entity.members.len())
        .collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 2]);
}

#[test]
fn spellings_of_one_person_join_and_other_names_do_not() {
    let links = linked(&[
        &person("a", "Ahmed Masoud", &["leader"], "Korva"),
        &person("b", "Ahmad Massud", &[], "Korva"),
        &person("c", "Ahmed Shah Masoud", &["leader"], "Korva"),
        &person("d", "Wali Masoud", &["leader"], "Korva"),
    ]);
    assert_eq!(
        names(&links, EntityKind::Person),
        [
            ("Ahmad Massud", 2),
            ("Ahmed Shah Masoud", 1),
            ("Wali Masoud", 1)
        ]
    );
    let links = linked(&[
        &person("a", "Fero Masoud", &["leader"], "Korva"),
        &person("b", "Fero Massud", &[], "Korva"),
        &person("c", "Fero Shah Masoud", &["leader"], "Korva"),
        &person("d", "Wali Masoud", &["leader"], "Korva"),
    ]);
    assert_eq!(
        names(&links, EntityKind::Person),
        [
            ("Fero Masoud", 2),
            ("Fero Shah Masoud", 1),
            ("Wali Masoud", 1)
        ]
    );
}

#[test]
fn roles_and_places_tell_namesakes_apart() {
    let links = linked(&[
        &person("a", "Fero Dasht", &["mayor"], "Korva"),
        &person("b", "Fero Dasht", &["commander"], "Tolm"),
    ]);
    assert_eq!(names(&links, EntityKind::Person).len(), 2);
    let links = linked(&[
        &person("a", "Fero Dasht", &["mayor"], "Korva"),
        &person("b", "Fero Dasht", &["commander"], "Korva"),
        &person("c", "Fero Dasht", &["late father"], "Korva"),
    ]);
    assert_eq!(
        names(&links, EntityKind::Person),
        [("Fero Dasht", 1), ("Fero Dasht", 2)]
    );
}

#[test]
fn a_bare_surname_joins_the_only_one_who_has_it() {
    let bare = |id: &str, body: &str| {
        let mut story = Story::new(id, "2031-05-06");
        story.person("Dasht", &[]);
        story.body(body);
        story.text(&format!("Dasht spoke of the {body}."));
        story
    };
    let full = |id: &str, name: &str| {
        let mut story = Story::new(id, "2031-05-06");
        story.person(name, &[]);
        story.body("Brodian Front");
        story
    };
    let one = full("a", "Fero Dasht");
    let links = linked(&[&one, &bare("b", "Brodian Front")]);
    assert_eq!(names(&links, EntityKind::Person), [("Fero Dasht", 2)]);
    let links = linked(&[&one, &bare("b", "Harbour Police")]);
    assert_eq!(names(&links, EntityKind::Person).len(), 2);
    let links = linked(&[&one, &full("c", "Ilo Dasht"), &bare("b", "Brodian Front")]);
    assert_eq!(names(&links, EntityKind::Person).len(), 3);
}

#[test]
fn initials_join_their_body_and_common_nouns_join_nobody() {
    let mut long = Story::new("a", "2031-05-06");
    let front = long.body("Brodian Resistance Front");
    long.form(front, "BRF");
    long.body("rebels");
    let mut short = Story::new("b", "2031-05-06");
    short.entity(EntityKind::Group, "BRF");
    short.body("rebels");
    let links = linked(&[&long, &short]);
    let mut sizes: Vec<(&str, usize)> = links
        .entities
        .iter()
        .map(|entity| (entity.name.as_str(), entity.members.len()))
        .collect();
    sizes.sort_unstable();
    assert_eq!(
        sizes.iter().map(|(_, size)| *size).collect::<Vec<_>>(),
        [2, 1, 1],
        "{sizes:?}"
    );
}

#[test]
fn ids_out_of_range_do_no_harm() {
    let mut story = place("a", "Korva");
    let nobody = annotate::EntityId(99);
    story.asserts(
        nobody,
        "somebody took something",
        &[event(annotate::EventType::TakeControl)
            .actor(nobody)
            .at(nobody)],
    );
    story.edit(0).refers_to = Some(77);
    story.edit(0).act = annotate::Act::Denies;
    let mut reading = story.reading();
    reading.annotations.entities[0].mentions = vec![text::Span::new(5, 9999)];
    let links = link::link(&[reading]);
    assert_eq!(links.entities.len(), 1);
    assert!(link::link(&[]).matters.is_empty());
}
