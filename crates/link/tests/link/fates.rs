//! What became of a person, and how a person died.

use crate::story::*;
use annotate::{EntityId, EventType, Realis};
use link::{MatterKind, RelationKind, State};

/// A body says that Fero Dasht died so.
fn died(id: &str, day: &str, who: &str, cause: &str) -> Story {
    let mut story = Story::new(id, day);
    let body = story.body(who);
    let person = story.person("Fero Dasht", &["spokesman"]);
    story.asserts(
        body,
        &format!("{who} said that Fero Dasht had died {cause}"),
        &[event(EventType::Casualty).object(person).cause(cause)],
    );
    story
}

fn alive(id: &str, day: &str) -> Story {
    let mut story = Story::new(id, day);
    let body = story.body("Veltans");
    let person = story.person("Fero Dasht", &["spokesman"]);
    story.asserts(
        body,
        "the Veltans said that Fero Dasht was alive",
        &[event(EventType::StatusPerson).object(person)],
    );
    story
}

#[test]
fn to_deny_how_is_not_to_deny_that() {
    let mut story = died("a", "2031-09-06", "Brodian Front", "in the fighting");
    let person = EntityId(1);
    let veltans = story.body("Veltans");
    story.denies(
        veltans,
        "the Veltans denied that Fero Dasht had died in battle with them",
        &[event(EventType::Casualty)
            .object(person)
            .cause("in battle with them")],
    );
    story.asserts(
        veltans,
        "Fero Dasht died in a conflict between two commanders",
        &[event(EventType::Casualty)
            .object(person)
            .cause("in a conflict between two commanders")],
    );
    let links = linked(&[&story]);
    let cause = only(&links, MatterKind::Cause);
    assert_eq!(cause.question, "How did Fero Dasht die?");
    assert_eq!(cause.state, State::Contested);
    assert_eq!(
        values(cause),
        ["in a conflict between two commanders", "in the fighting"]
    );
    let found = relations(cause);
    assert!(found.contains(&(
        "in a conflict between two commanders",
        RelationKind::Denies,
        "in the fighting"
    )));
    assert!(
        found
            .iter()
            .any(|relation| relation.1 == RelationKind::Alternative)
    );
    let fate = only(&links, MatterKind::Fate);
    assert_eq!(fate.question, "What became of Fero Dasht?");
    assert_eq!(values(fate), ["dead"]);
    assert_eq!(fate.state, State::NotContestedHere);
}

#[test]
fn without_word_lists_the_only_other_cause_is_the_one_denied() {
    let mut story = died("a", "2031-09-06", "Brodian Front", "in the fighting");
    let veltans = story.body("Veltans");
    story.denies(
        veltans,
        "the Veltans denied that Fero Dasht had died in battle with them",
        &[event(EventType::Casualty)
            .object(EntityId(1))
            .cause("in battle with them")],
    );
    let links = link::link(&[story.reading()]);
    let cause = only(&links, MatterKind::Cause);
    assert_eq!(cause.state, State::Contested);
    assert_eq!(cause.relations[0].kind, RelationKind::Denies);
}

#[test]
fn a_denied_death_is_a_fate() {
    let mut denial = Story::new("b", "2031-09-07");
    let veltans = denial.body("Veltans");
    let person = denial.person("Fero Dasht", &["spokesman"]);
    denial.denies(
        veltans,
        "the Veltans denied that Fero Dasht was dead",
        &[event(EventType::Casualty).object(person)],
    );
    let story = died("a", "2031-09-06", "Brodian Front", "in the fighting");
    let links = linked(&[&story, &denial]);
    let fate = only(&links, MatterKind::Fate);
    assert_eq!(fate.state, State::Contested);
    assert_eq!(values(fate), ["dead", "not dead"]);
    assert_eq!(
        relations(fate),
        [("not dead", RelationKind::Denies, "dead")]
    );
    assert_eq!(only(&links, MatterKind::Cause).state, State::OneAnswer);
}

#[test]
fn a_rejected_report_of_how_he_died_is_about_how() {
    let mut story = died("a", "2031-09-06", "Brodian Front", "in the fighting");
    let veltans = story.body("Veltans");
    story.rejects(veltans, "the Veltans rejected the report", 0);
    let links = linked(&[&story]);
    assert_eq!(only(&links, MatterKind::Cause).state, State::Contested);
    assert_eq!(only(&links, MatterKind::Fate).state, State::OneAnswer);
}

#[test]
fn alive_after_dead_is_a_dispute_and_dead_after_alive_is_none() {
    let dead = died("a", "2031-09-06", "Brodian Front", "in the fighting");
    let links = linked(&[&dead, &alive("b", "2031-09-08")]);
    let fate = only(&links, MatterKind::Fate);
    assert_eq!(fate.state, State::Contested);
    assert_eq!(
        relations(fate),
        [("alive", RelationKind::Alternative, "dead")]
    );
    let links = linked(&[&dead, &alive("b", "2031-09-01")]);
    let fate = only(&links, MatterKind::Fate);
    assert_eq!(fate.state, State::NotContestedHere);
    assert_eq!(relations(fate), [("dead", RelationKind::Update, "alive")]);
}

#[test]
fn wounded_then_dead_is_an_update() {
    let mut hurt = Story::new("a", "2031-09-05");
    let body = hurt.body("Veltans");
    let person = hurt.person("Fero Dasht", &["spokesman"]);
    hurt.asserts(
        body,
        "the Veltans said that Fero Dasht was wounded",
        &[event(EventType::Casualty)
            .object(person)
            .predicate("was wounded")],
    );
    let dead = died("b", "2031-09-06", "Brodian Front", "in the fighting");
    let links = linked(&[&hurt, &dead]);
    let fate = only(&links, MatterKind::Fate);
    assert_eq!(values(fate), ["wounded", "dead"]);
    assert_eq!(fate.state, State::NotContestedHere);
}

#[test]
fn one_cause_in_other_words_is_one_answer() {
    let links = linked(&[
        &died("a", "2031-09-06", "Brodian Front", "in the fighting"),
        &died("b", "2031-09-06", "Veltans", "in battle with the Front"),
    ]);
    let cause = only(&links, MatterKind::Cause);
    assert_eq!(cause.positions.len(), 1);
    assert_eq!(cause.state, State::NotContestedHere);
    assert_eq!(cause.positions[0].speakers, 2);
}

#[test]
fn a_general_cause_and_a_special_one_can_both_hold() {
    let links = linked(&[
        &died("a", "2031-09-06", "Brodian Front", "in an explosion"),
        &died("b", "2031-09-06", "Veltans", "of wounds from a mine"),
    ]);
    let cause = only(&links, MatterKind::Cause);
    assert_eq!(cause.state, State::NotContestedHere);
    assert_eq!(cause.relations[0].kind, RelationKind::Implicit);
}

#[test]
fn two_special_causes_are_a_dispute() {
    let links = linked(&[
        &died("a", "2031-09-06", "Brodian Front", "in an airstrike"),
        &died("b", "2031-09-07", "Veltans", "from a heart attack"),
    ]);
    let cause = only(&links, MatterKind::Cause);
    assert_eq!(cause.state, State::Contested);
    assert_eq!(
        relations(cause),
        [(
            "from a heart attack",
            RelationKind::Alternative,
            "in an airstrike"
        )]
    );
}

#[test]
fn deaths_of_different_years_and_old_history_never_meet() {
    let mut history = Story::new("b", "2031-09-06");
    let body = history.body("Veltans");
    let person = history.person("Fero Dasht", &["spokesman"]);
    let old = |realis| {
        event(EventType::KillTargeted)
            .object(person)
            .cause("in an assassination by rivals")
            .realis(realis)
            .during("2011", "2011-01-01", "2011-12-31")
    };
    history.asserts(
        body,
        "Fero Dasht died in an assassination by rivals in 2011",
        &[old(Realis::Historical), old(Realis::Occurred)],
    );
    let links = linked(&[
        &died("a", "2031-09-06", "Brodian Front", "in an airstrike"),
        &history,
    ]);
    assert_eq!(values(only(&links, MatterKind::Cause)), ["in an airstrike"]);
    let links = linked(&[
        &died("a", "2031-09-06", "Brodian Front", "in an airstrike"),
        &died("b", "2029-09-06", "Veltans", "from a heart attack"),
    ]);
    assert!(
        links
            .matters
            .iter()
            .all(|matter| matter.state == State::OneAnswer)
    );
}

#[test]
fn another_man_of_the_same_name_is_another_matter() {
    let mut baker = Story::new("b", "2031-09-06");
    let police = baker.body("Harbour Police");
    let person = baker.person("Fero Dasht", &["baker"]);
    baker.place("Tolm");
    baker.text("Fero Dasht lived in Tolm.");
    baker.asserts(
        police,
        "the Harbour Police said that Fero Dasht died in a car accident",
        &[event(EventType::Casualty)
            .object(person)
            .cause("in a car accident")],
    );
    let soldier = died("a", "2031-09-06", "Brodian Front", "in an airstrike");
    let links = linked(&[&soldier, &baker]);
    assert_eq!(of_kind(&links, MatterKind::Cause).len(), 2);
    assert!(
        links
            .matters
            .iter()
            .all(|matter| matter.state != State::Contested)
    );
}

#[test]
fn unnamed_people_have_no_fate() {
    let mut story = Story::new("a", "2031-09-06");
    let body = story.body("Veltans");
    let person = story.person("commander", &[]);
    story.asserts(
        body,
        "the Veltans said that the commander died in battle",
        &[event(EventType::Casualty).object(person).cause("in battle")],
    );
    assert!(linked(&[&story]).matters.is_empty());
}

#[test]
fn is_dead_is_not_alive() {
    let mut story = Story::new("a", "2031-09-06");
    let person = story.person("Fero Dasht", &["spokesman"]);
    story.tells(
        "Fero Dasht is dead",
        &[event(EventType::StatusPerson)
            .object(person)
            .predicate("is dead")],
    );
    let links = linked(&[&story]);
    assert_eq!(values(only(&links, MatterKind::Fate)), ["dead"]);
}
