//! Denied claims of any other kind, and accusations with and without an answer.

use crate::story::*;
use annotate::{Act, EventType, Realis};
use link::{MatterKind, RelationKind, State};

/// The Council accuses the Veltans of shelling Korva.
fn shelled(id: &str, day: &str, act: Act) -> Story {
    let mut story = Story::new(id, day);
    let council = story.body("Council");
    let veltans = story.body("Veltans");
    let korva = story.place("Korva");
    story.claim(
        Some(council),
        act,
        "the Veltans shelled Korva",
        &[event(EventType::Attack).actor(veltans).at(korva)],
    );
    story
}

fn denied(id: &str, day: &str, place: &str) -> Story {
    let mut story = Story::new(id, day);
    let veltans = story.body("Veltans");
    let place = story.place(place);
    story.denies(
        veltans,
        "the Veltans denied that they had shelled it",
        &[event(EventType::Attack).actor(veltans).at(place)],
    );
    story
}

#[test]
fn a_denied_event_of_another_document_is_a_dispute() {
    let links = linked(&[
        &shelled("a", "2031-05-06", Act::Asserts),
        &denied("b", "2031-05-07", "Korva"),
    ]);
    let matter = only(&links, MatterKind::Occurred);
    assert_eq!(
        matter.question,
        "What is said of “the Veltans shelled Korva”?"
    );
    assert_eq!(matter.state, State::Contested);
    assert_eq!(
        relations(matter),
        [("denies it", RelationKind::Denies, "says so")]
    );
    assert_eq!(parties(position(matter, "says so")), ["Council"]);
    assert_eq!(parties(position(matter, "denies it")), ["Veltans"]);
}

#[test]
fn another_town_or_another_day_is_another_event() {
    for story in [
        denied("b", "2031-05-07", "Lesk"),
        denied("b", "2031-05-19", "Korva"),
    ] {
        let links = linked(&[&shelled("a", "2031-05-06", Act::Asserts), &story]);
        let matter = only(&links, MatterKind::Occurred);
        assert_eq!(matter.state, State::OneAnswer);
        assert_eq!(values(matter), ["denies it"]);
    }
}

#[test]
fn a_denial_of_a_claim_without_events_keeps_its_words() {
    let mut story = Story::new("a", "2031-05-06");
    let council = story.body("Council");
    let veltans = story.body("Veltans");
    let claim = story.asserts(council, "the bridge was mined by strangers", &[]);
    story.rejects(veltans, "the Veltans called this untrue", claim);
    let links = linked(&[&story]);
    let matter = only(&links, MatterKind::Occurred);
    assert_eq!(matter.state, State::Contested);
    assert_eq!(matter.positions.len(), 2);
}

#[test]
fn an_accusation_waits_for_an_answer() {
    let links = linked(&[&shelled("a", "2031-05-06", Act::Accuses)]);
    let matter = only(&links, MatterKind::Involved);
    assert_eq!(matter.state, State::Unanswered);
    let links = linked(&[
        &shelled("a", "2031-05-06", Act::Accuses),
        &denied("b", "2031-05-12", "Korva"),
    ]);
    let matter = only(&links, MatterKind::Involved);
    assert_eq!(matter.state, State::Contested);
    assert_eq!(values(matter), ["says so", "denies it"]);
    assert!(of_kind(&links, MatterKind::Occurred).is_empty());
}

#[test]
fn several_accusers_without_a_reply_do_not_dispute() {
    let mut story = Story::new("a", "2031-05-06");
    let government = story.body("Government");
    let media = story.body("Media");
    let kast = story.body("Kastia");
    let veltans = story.body("Veltans");
    let support = event(EventType::ForeignSupport)
        .actor(kast)
        .object(veltans)
        .realis(Realis::Habitual);
    story.claim(
        Some(government),
        Act::Accuses,
        "Kastia supports the Veltans",
        std::slice::from_ref(&support),
    );
    story.claim(Some(media), Act::Accuses, "Kastia is behind it", &[support]);
    let links = linked(&[&story]);
    let matter = only(&links, MatterKind::Involved);
    assert_eq!(matter.state, State::Unanswered);
    assert_eq!(matter.positions[0].speakers, 2);
}

#[test]
fn what_is_denied_in_the_same_words_is_found_without_events() {
    let mut claimed = Story::new("a", "2031-05-06");
    let council = claimed.body("Council");
    claimed.body("Veltans");
    claimed.asserts(council, "the Veltans laid mines on the road to Korva", &[]);
    let denial = |words: &str, day: &str| {
        let mut story = Story::new("b", day);
        let veltans = story.body("Veltans");
        story.denies(veltans, words, &[]);
        story
    };
    let state = |story: &Story| only(&linked(&[&claimed, story]), MatterKind::Occurred).state;
    let words = "it had laid mines on the road to Korva";
    assert_eq!(state(&denial(words, "2031-05-07")), State::Contested);
    // Too late, before it was said, and another road.
    assert_eq!(state(&denial(words, "2031-05-17")), State::OneAnswer);
    assert_eq!(state(&denial(words, "2031-05-05")), State::OneAnswer);
    assert_eq!(
        state(&denial("it had blocked the road to Lesk", "2031-05-07")),
        State::OneAnswer
    );
    // Nobody spoke of the one who denies.
    let mut stranger = Story::new("b", "2031-05-07");
    let guild = stranger.body("Miners Guild");
    stranger.denies(guild, words, &[]);
    assert_eq!(state(&stranger), State::OneAnswer);
}

#[test]
fn a_state_is_its_capital_and_its_government() {
    let mut story = Story::new("a", "2031-05-06");
    let council = story.body("Council");
    let government = story.body("Osselian government");
    let korva = story.place("Korva");
    let shelling = event(EventType::Attack).actor(government).at(korva);
    story.claim(
        Some(council),
        Act::Accuses,
        "the Osselian government shelled Korva",
        &[shelling],
    );
    let mut reply = Story::new("b", "2031-05-07");
    let varn = reply.place("Varn");
    let ossel = reply.place("Ossel");
    let korva = reply.place("Korva");
    let shelling = event(EventType::Attack).actor(ossel).at(korva);
    reply.denies(varn, "Varn denied that Ossel had shelled it", &[shelling]);
    let links = linked(&[&story, &reply]);
    let matter = only(&links, MatterKind::Involved);
    assert_eq!(matter.state, State::Contested);
    assert_eq!(parties(position(matter, "denies it")), ["Varn"]);
}

#[test]
fn a_doubt_stands_beside_an_answer_and_is_none() {
    let mut story = Story::new("a", "2031-05-06");
    let council = story.body("Council");
    let experts = story.body("Institute");
    let korva = story.place("Korva");
    let held = event(EventType::HoldControl).actor(council).at(korva);
    let claim = story.asserts(council, "the Council held Korva", &[held]);
    let doubt = story.rejects(experts, "the Institute had doubts about this", claim);
    story.edit(doubt).act = Act::Doubts;
    let links = linked(&[&story]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.state, State::OneAnswer);
    assert_eq!(
        relations(matter),
        [("doubt: the Council", RelationKind::Doubts, "the Council")]
    );
}

#[test]
fn what_is_promised_may_be_denied() {
    let mut story = Story::new("a", "2031-05-06");
    let council = story.body("Council");
    let veltans = story.body("Veltans");
    let korva = story.place("Korva");
    let lifted = event(EventType::RestoreServices)
        .at(korva)
        .realis(Realis::Future);
    let claim = story.claim(
        Some(council),
        Act::Promises,
        "power in Korva would return",
        &[lifted],
    );
    assert_eq!(
        only(&linked(&[&story]), MatterKind::Will).state,
        State::OneAnswer
    );
    story.rejects(veltans, "the Veltans called this untrue", claim);
    let links = linked(&[&story]);
    assert_eq!(only(&links, MatterKind::Will).state, State::Contested);
}

#[test]
fn one_who_says_it_again_repeats_it() {
    let told = |id: &str, day: &str| {
        let mut story = Story::new(id, day);
        let council = story.body("Council");
        let korva = story.place("Korva");
        let held = event(EventType::HoldControl)
            .actor(council)
            .at(korva)
            .on("2031-05-06");
        story.asserts(council, "the Council held Korva", &[held]);
        story
    };
    let links = linked(&[&told("a", "2031-05-06"), &told("b", "2031-05-07")]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(
        relations(matter),
        [("the Council", RelationKind::Repeats, "the Council")]
    );
}

#[test]
fn a_person_is_in_one_place_at_a_time() {
    let told = |id: &str, body: &str, place: &str, wide: bool| {
        let mut story = Story::new(id, "2031-05-06");
        let body = story.body(body);
        let person = story.person("Hadrel Lomtrey", &[]);
        let place = story.place(place);
        if wide {
            story.gazetteer(place, "1", annotate::Precision::Country);
        }
        let fled = event(EventType::Flee).actor(person).at(place);
        story.asserts(body, "Hadrel Lomtrey fled there", &[fled]);
        story
    };
    let links = linked(&[
        &told("a", "Council", "Korva", false),
        &told("b", "Veltans", "Lesk", true),
    ]);
    let matter = only(&links, MatterKind::Whereabouts);
    // One of two places that no map tells apart may lie in the other.
    assert_ne!(matter.state, State::Contested);
    assert_eq!(
        relations(matter),
        [("Lesk", RelationKind::Implicit, "Korva")]
    );
}
