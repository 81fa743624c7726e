//! Entities across documents: what joins and what stays apart.

use crate::story::*;
use annotate::{EntityKind, Precision};
use link::{Identity, Links};

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

/// The id of the member that a story's only person is.
fn member(story: &Story) -> link::Member {
    let reading = story.reading();
    let person = reading
        .annotations
        .entities
        .iter()
        .position(|entity| entity.kind == EntityKind::Person)
        .expect("a person");
    let id = annotate::EntityId(u32::try_from(person).unwrap());
    (reading.document.id, id)
}

#[test]
fn a_join_has_a_score_and_reasons_and_equal_names_need_none() {
    let links = linked(&[
        &person("a", "Fero Masoud", &["leader"], "Korva"),
        &person("b", "Fero Masoud", &["leader"], "Korva"),
        &person("c", "Fero Masaud", &["leader"], "Korva"),
    ]);
    let found = links
        .entities
        .iter()
        .find(|entity| entity.kind == EntityKind::Person)
        .unwrap();
    assert_eq!(found.members.len(), 3);
    let respelt: Vec<&link::Join> = found
        .joins
        .iter()
        .filter(|join| join.reasons[0].contains("spelt alike"))
        .collect();
    assert_eq!(respelt.len(), 1);
    assert!(respelt[0].score > 0.5 && respelt[0].score <= 1.0);
    assert!(
        respelt[0]
            .reasons
            .contains(&"both are called “lead…”".to_owned())
    );
}

#[test]
fn one_bad_spelling_joins_no_two_people() {
    // Salaman may be either; Salman and Sulayman are two names.
    let links = linked(&[
        &person("a", "Fero Salman", &[], "Korva"),
        &person("b", "Fero Sulayman", &[], "Korva"),
        &person("c", "Fero Salaman", &[], "Korva"),
    ]);
    let spellings: Vec<Vec<&str>> = links
        .entities
        .iter()
        .map(|entity| entity.forms.iter().map(|form| &*form.text).collect())
        .collect();
    let both =
        |forms: &&Vec<&str>| forms.contains(&"Fero Salman") && forms.contains(&"Fero Sulayman");
    assert!(!spellings.iter().any(|forms| both(&forms)), "{spellings:?}");
}

#[test]
fn what_is_not_sure_is_left_open() {
    let links = linked(&[
        &person("a", "Fero Dasht", &["mayor"], "Korva"),
        &person("b", "Fero Dasht", &["commander"], "Tolm"),
    ]);
    let [pair] = links.open.as_slice() else {
        panic!("{:?}", links.open);
    };
    assert!(pair.score < 0.5 && !pair.reasons.is_empty());
    assert!(
        links
            .entities
            .iter()
            .all(|entity| entity.members.len() == 1)
    );
}

#[test]
fn what_a_person_decided_holds() {
    let mayor = person("a", "Fero Masoud", &["mayor"], "Korva");
    let commander = person("b", "Fero Masoud", &["commander"], "Tolm");
    let respelt = person("c", "Fero Masaud", &["mayor"], "Korva");
    let stories = [&mayor, &commander, &respelt];
    let people = |links: &Links| -> Vec<usize> {
        let mut sizes: Vec<usize> = links
            .entities
            .iter()
            .filter(|entity| entity.kind == EntityKind::Person)
            .map(|entity| entity.members.len())
            .collect();
        sizes.sort_unstable();
        sizes
    };
    assert_eq!(people(&linked(&stories)), [1, 2]);
    let same = Identity::Same {
        one: member(&mayor),
        other: member(&commander),
        judgement: "ju_1".to_owned(),
    };
    let links = judged(&stories, std::slice::from_ref(&same));
    assert_eq!(people(&links), [3]);
    let reasons: Vec<&String> = links
        .entities
        .iter()
        .flat_map(|entity| &entity.joins)
        .flat_map(|join| &join.reasons)
        .collect();
    assert!(reasons.contains(&&"judgement ju_1".to_owned()));
    let different = Identity::Different {
        one: member(&mayor),
        other: member(&respelt),
    };
    assert_eq!(
        people(&judged(&stories, std::slice::from_ref(&different))),
        [1, 1, 1]
    );
    // Of two that contradict each other the one that parts holds.
    let one_more = Identity::Different {
        one: member(&mayor),
        other: member(&commander),
    };
    assert_eq!(people(&judged(&stories, &[same, one_more])), [1, 2]);
    let without = Identity::Without {
        member: member(&mayor),
        name: "FERO MASAUD".to_owned(),
    };
    assert_eq!(people(&judged(&stories, &[without])), [1, 1, 1]);
    let nobody = Identity::Different {
        one: ("zz".to_owned(), annotate::EntityId(7)),
        other: member(&mayor),
    };
    assert_eq!(people(&judged(&stories, &[nobody])), [1, 2]);
}
