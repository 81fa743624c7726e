//! Who holds a place: what goes against what, and what only looks so.

use crate::story::*;
use annotate::{Act, Certainty, EventType, Flag, Precision, Realis, Standing};
use link::{LinkZone, MatterKind, RelationKind, State};

/// The Veltans say that they took Korva.
fn taken(id: &str, day: &str) -> Story {
    let mut story = Story::new(id, day);
    let veltans = story.body("Veltans");
    let korva = story.place("Korva");
    story.asserts(
        veltans,
        "the Veltans took Korva",
        &[event(EventType::TakeControl).actor(veltans).at(korva)],
    );
    story
}

/// Their opponents say that they still hold it.
fn held(id: &str, day: &str) -> Story {
    let mut story = Story::new(id, day);
    let leader = story.person("Anto Brell", &["resistance leader"]);
    let forces = story.body("resistance forces");
    let korva = story.place("Korva");
    story.asserts(
        leader,
        "resistance forces are still in Korva",
        &[event(EventType::HoldControl)
            .actor(forces)
            .at(korva)
            .realis(Realis::Ongoing)],
    );
    story
}

fn contested(stories: &[&Story]) -> bool {
    linked(stories)
        .matters
        .iter()
        .any(|matter| matter.state == State::Contested)
}

#[test]
fn a_capture_and_a_hold_of_one_day_are_a_dispute() {
    let links = linked(&[&taken("a", "2031-05-06"), &held("b", "2031-05-06")]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.question, "Who holds Korva on 2031-05-06?");
    assert_eq!(matter.state, State::Contested);
    assert_eq!(values(matter), ["resistance forces", "the Veltans"]);
    assert_eq!(
        relations(matter),
        [(
            "the Veltans",
            RelationKind::Alternative,
            "resistance forces"
        )]
    );
    assert_eq!(parties(position(matter, "the Veltans")), ["Veltans"]);
    assert_eq!(matter.place, matter.about);
}

#[test]
fn a_hold_the_day_after_a_capture_goes_against_it() {
    let links = linked(&[&taken("a", "2031-05-06"), &held("b", "2031-05-07")]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(
        matter.question,
        "Who holds Korva from 2031-05-06 to 2031-05-07?"
    );
    assert_eq!(matter.state, State::Contested);
    assert_eq!(values(matter), ["the Veltans", "resistance forces"]);
}

#[test]
fn a_hold_before_a_capture_does_not() {
    assert!(!contested(&[
        &held("a", "2031-05-05"),
        &taken("b", "2031-05-06")
    ]));
}

#[test]
fn another_day_another_town_another_year_are_no_dispute() {
    assert!(!contested(&[
        &taken("a", "2031-05-06"),
        &held("b", "2031-05-16")
    ]));
    let mut lesk = Story::new("b", "2031-05-06");
    let leader = lesk.person("Anto Brell", &["resistance leader"]);
    let forces = lesk.body("resistance forces");
    let place = lesk.place("Lesk");
    lesk.asserts(
        leader,
        "resistance forces are in Lesk",
        &[event(EventType::HoldControl).actor(forces).at(place)],
    );
    assert!(!contested(&[&taken("a", "2031-05-06"), &lesk]));
    let mut background = Story::new("b", "2031-05-06");
    let empire = background.body("Empire");
    let korva = background.place("Korva");
    background.tells(
        "the Empire took Korva in 2011",
        &[event(EventType::TakeControl)
            .actor(empire)
            .at(korva)
            .during("2011", "2011-01-01", "2011-12-31")],
    );
    background.tells(
        "the Empire held Korva then",
        &[event(EventType::HoldControl)
            .actor(empire)
            .at(korva)
            .realis(Realis::Historical)],
    );
    let links = linked(&[&taken("a", "2031-05-06"), &background]);
    assert_eq!(
        values(only(&links, MatterKind::Control)),
        ["the Veltans"],
        "background joins nothing"
    );
}

#[test]
fn a_later_recapture_is_an_update() {
    for day in ["2031-05-08", "2031-05-10"] {
        let mut later = Story::new("b", day);
        let leader = later.person("Anto Brell", &["resistance leader"]);
        let forces = later.body("resistance forces");
        let korva = later.place("Korva");
        later.asserts(
            leader,
            "resistance forces retook Korva",
            &[event(EventType::TakeControl).actor(forces).at(korva)],
        );
        let links = linked(&[&taken("a", "2031-05-06"), &later]);
        let matter = only(&links, MatterKind::Control);
        assert_eq!(matter.state, State::NotContestedHere, "{day}");
        assert_eq!(
            relations(matter),
            [("resistance forces", RelationKind::Update, "the Veltans")]
        );
        assert_eq!(values(matter), ["the Veltans", "resistance forces"]);
    }
}

#[test]
fn a_bare_rejection_joins_its_own_side_and_denies() {
    let mut story = Story::new("a", "2031-05-06");
    let veltans = story.body("Veltans");
    let korva = story.place("Korva");
    let leader = story.person("Anto Brell", &["opposition leader"]);
    let forces = story.body("resistance forces");
    let opposition = story.entity(annotate::EntityKind::Group, "opposition");
    let first = story.asserts(
        veltans,
        "the Veltans took Korva",
        &[event(EventType::TakeControl).actor(veltans).at(korva)],
    );
    story.asserts(
        leader,
        "resistance forces were still in Korva",
        &[event(EventType::HoldControl).actor(forces).at(korva)],
    );
    story.rejects(opposition, "claim was rejected by the opposition", first);
    let links = linked(&[&story]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.state, State::Contested);
    assert_eq!(values(matter), ["resistance forces", "the Veltans"]);
    assert_eq!(
        relations(matter),
        [("resistance forces", RelationKind::Denies, "the Veltans")]
    );
    assert_eq!(position(matter, "resistance forces").claims.len(), 2);
}

#[test]
fn a_bare_rejection_alone_is_a_position() {
    let mut story = taken("a", "2031-05-06");
    let others = story.body("Brodian Front");
    story.rejects(others, "the Brodian Front rejected this", 0);
    let matter = &linked(&[&story]).matters[0];
    assert_eq!(values(matter), ["not the Veltans", "the Veltans"]);
    assert_eq!(matter.state, State::Contested);
    assert_eq!(
        relations(matter),
        [("not the Veltans", RelationKind::Denies, "the Veltans")]
    );
}

#[test]
fn an_earlier_round_is_a_matter_of_its_own() {
    let mut story = taken("a", "2031-05-06");
    let veltans = annotate::EntityId(0);
    let korva = annotate::EntityId(1);
    let others = story.body("other party");
    let before = story.asserts(
        veltans,
        "the Veltans had previously announced that they took Korva",
        &[event(EventType::TakeControl).actor(veltans).at(korva)],
    );
    story.said(before, "PAST_REF");
    story.rejects(others, "the other party rejected it", before);
    let links = linked(&[&story]);
    let matters = of_kind(&links, MatterKind::Control);
    assert_eq!(matters.len(), 2);
    let state = |question: &str| {
        matters
            .iter()
            .find(|matter| matter.question == question)
            .map(|matter| matter.state)
    };
    assert_eq!(
        state("Who held Korva before 2031-05-06?"),
        Some(State::Contested)
    );
    assert_eq!(
        state("Who holds Korva on 2031-05-06?"),
        Some(State::OneAnswer)
    );
}

#[test]
fn a_denied_fall_stands_against_a_capture() {
    let mut story = Story::new("b", "2031-05-07");
    let council = story.body("Council");
    let army = story.body("Brodian army");
    let korva = story.place("Korva");
    story.denies(
        council,
        "the Council denied that the Brodian army had lost Korva",
        &[event(EventType::LoseControl).actor(army).at(korva)],
    );
    let links = linked(&[&taken("a", "2031-05-06"), &story]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.state, State::Contested);
    assert_eq!(values(matter), ["the Veltans", "the Brodian army"]);
}

#[test]
fn a_withdrawal_and_a_capture_agree() {
    let mut story = Story::new("b", "2031-05-06");
    let army = story.body("Brodian army");
    let korva = story.place("Korva");
    story.asserts(
        army,
        "the Brodian army withdrew from Korva",
        &[event(EventType::Withdraw).actor(army).at(korva)],
    );
    let links = linked(&[&taken("a", "2031-05-06"), &story]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.state, State::NotContestedHere);
    assert_eq!(values(matter), ["not the Brodian army", "the Veltans"]);
    assert!(matter.relations.is_empty());
}

#[test]
fn what_is_yet_to_come_or_may_be_holds_nothing() {
    for realis in [Realis::Future, Realis::Hypothetical, Realis::Habitual] {
        let mut story = Story::new("b", "2031-05-06");
        let army = story.body("Brodian army");
        let korva = story.place("Korva");
        story.asserts(
            army,
            "the Brodian army will hold Korva",
            &[event(EventType::HoldControl)
                .actor(army)
                .at(korva)
                .realis(realis)],
        );
        let links = linked(&[&taken("a", "2031-05-06"), &story]);
        assert_eq!(values(only(&links, MatterKind::Control)), ["the Veltans"]);
    }
    for act in [Act::Promises, Act::Demands, Act::Predicts, Act::Asks] {
        let mut story = held("b", "2031-05-06");
        story.edit(0).act = act;
        assert!(!contested(&[&taken("a", "2031-05-06"), &story]));
    }
}

#[test]
fn suggested_and_garbled_claims_open_nothing() {
    let mut garbled = held("b", "2031-05-06");
    garbled.edit(0).flags = vec![Flag::Garbled];
    let links = linked(&[&taken("a", "2031-05-06"), &garbled]);
    assert_eq!(values(only(&links, MatterKind::Control)), ["the Veltans"]);
    let mut suggested = taken("b", "2031-05-06");
    suggested.edit(0).standing = Standing::Suggested;
    assert!(linked(&[&suggested]).matters.is_empty());
    let mut unsure = taken("c", "2031-05-06");
    unsure.edit(0).certainty = Certainty::Possible;
    let links = linked(&[&taken("a", "2031-05-06"), &suggested, &unsure]);
    let position = &only(&links, MatterKind::Control).positions[0];
    assert_eq!((position.articles, position.speakers), (1, 1));
    let zones: Vec<LinkZone> = position.claims.iter().map(|claim| claim.link).collect();
    assert_eq!(
        zones,
        [LinkZone::Linked, LinkZone::Suggested, LinkZone::Suggested]
    );
}

#[test]
fn the_outlet_is_no_party_beside_those_it_quotes() {
    let mut story = taken("a", "2031-05-06");
    let (veltans, korva) = (annotate::EntityId(0), annotate::EntityId(1));
    story.tells(
        "Korva is in the hands of the Veltans",
        &[event(EventType::HoldControl).actor(veltans).at(korva)],
    );
    let links = linked(&[&story]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.state, State::OneAnswer);
    assert_eq!(parties(&matter.positions[0]), ["Veltans"]);
    assert_eq!(matter.positions[0].claims.len(), 2);
}

#[test]
fn two_names_that_nobody_sets_against_each_other_are_no_dispute() {
    let mut wire = Story::new("a", "2031-05-06");
    let guards = wire.body("Crimson Guard");
    let korva = wire.place("Korva");
    wire.tells(
        "the Crimson Guard took Korva",
        &[event(EventType::TakeControl).actor(guards).at(korva)],
    );
    let links = linked(&[&wire, &taken("b", "2031-05-06")]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.state, State::NotContestedHere);
    assert_eq!(matter.relations[0].kind, RelationKind::Implicit);
    // Told elsewhere to have fought each other, they are two sides.
    let mut battle = Story::new("c", "2031-05-02");
    let guards = battle.body("Crimson Guard");
    let veltans = battle.body("Veltans");
    battle.tells(
        "the Crimson Guard clashed with the Veltans",
        &[event(EventType::Clash).actor(guards).object(veltans)],
    );
    assert!(contested(&[&wire, &taken("b", "2031-05-06"), &battle]));
}

#[test]
fn a_country_and_its_troops_are_one_holder() {
    let mut troops = Story::new("a", "2031-05-06");
    let ministry = troops.body("Veltan Ministry");
    let forces = troops.body("Veltania forces");
    let korva = troops.place("Korva");
    troops.asserts(
        ministry,
        "Veltania forces hold Korva",
        &[event(EventType::HoldControl).actor(forces).at(korva)],
    );
    let mut country = Story::new("b", "2031-05-06");
    let army = country.body("Veltanian army");
    let korva = country.place("Korva");
    country.asserts(
        army,
        "the Veltanian army holds Korva",
        &[event(EventType::HoldControl).actor(army).at(korva)],
    );
    let links = linked(&[&troops, &country]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.positions.len(), 1);
    assert_eq!(matter.state, State::NotContestedHere);
}

#[test]
fn a_passive_capture_is_the_speakers_own_only_where_he_fights() {
    let mut story = taken("a", "2031-05-06");
    let (veltans, korva) = (annotate::EntityId(0), annotate::EntityId(1));
    let spokesman = story.person("Ilo Varn", &["spokesman"]);
    story.speaks_for(spokesman, veltans);
    let monitors = story.body("Monitors");
    story.asserts(
        spokesman,
        "Korva was occupied",
        &[event(EventType::TakeControl).at(korva)],
    );
    story.asserts(
        monitors,
        "Korva had been captured",
        &[event(EventType::TakeControl).at(korva)],
    );
    let links = linked(&[&story]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(values(matter), ["the Veltans"]);
    assert_eq!(matter.positions[0].claims.len(), 2);
    assert_eq!(
        matter.positions[0].speakers, 1,
        "a spokesman is his body's voice"
    );
}

#[test]
fn undated_documents_meet_nobody() {
    assert!(!contested(&[&taken("a", "2031-05-06"), &held("b", "")]));
    assert!(!contested(&[&taken("a", ""), &held("b", "")]));
    let mut story = taken("a", "");
    let others = story.body("Brodian Front");
    story.rejects(others, "the Brodian Front rejected this", 0);
    let links = linked(&[&story]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.state, State::Contested);
    assert_eq!(matter.time, None);
}

#[test]
fn one_party_is_not_in_dispute_with_itself() {
    let mut later = Story::new("b", "2031-05-07");
    let veltans = later.body("Veltans");
    let korva = later.place("Korva");
    later.asserts(
        veltans,
        "the Veltans left Korva",
        &[event(EventType::Withdraw).actor(veltans).at(korva)],
    );
    let links = linked(&[&taken("a", "2031-05-06"), &later]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.state, State::OneAnswer);
    assert_eq!(
        relations(matter),
        [("not the Veltans", RelationKind::Update, "the Veltans")]
    );
}

#[test]
fn ids_do_not_change_when_a_reprint_comes_in() {
    let (one, other) = (taken("b", "2031-05-06"), held("c", "2031-05-06"));
    let before = linked(&[&one, &other]);
    let after = linked(&[&one, &other, &taken("a", "2031-05-06")]);
    assert_eq!(
        only(&before, MatterKind::Control).id,
        only(&after, MatterKind::Control).id
    );
    assert!(only(&before, MatterKind::Control).id.starts_with("ma_"));
    assert_eq!(only(&before, MatterKind::Control).id.len(), 19);
}

#[test]
fn a_negated_capture_goes_against_it() {
    let mut story = Story::new("b", "2031-05-06");
    let monitors = story.body("Monitors");
    let veltans = story.body("Veltans");
    let korva = story.place("Korva");
    story.asserts(
        monitors,
        "the Veltans have not taken Korva",
        &[event(EventType::TakeControl).actor(veltans).at(korva).not()],
    );
    let links = linked(&[&taken("a", "2031-05-06"), &story]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.state, State::Contested);
    assert_eq!(
        relations(matter),
        [("not the Veltans", RelationKind::Denies, "the Veltans")]
    );
}

#[test]
fn two_may_hold_parts_of_a_region() {
    let holds = |id: &str, body: &str, precision: Precision| {
        let mut story = Story::new(id, "2031-05-06");
        let body = story.body(body);
        let uskaria = story.place("Uskaria");
        story.gazetteer(uskaria, "7", precision);
        story.asserts(
            body,
            "we hold Uskaria",
            &[event(EventType::HoldControl).actor(body).at(uskaria)],
        );
        story
    };
    for (precision, dispute) in [(Precision::Admin1, false), (Precision::Point, true)] {
        assert_eq!(
            contested(&[
                &holds("a", "Veltans", precision),
                &holds("b", "Brodian Front", precision)
            ]),
            dispute
        );
    }
}

/// The shape of one long article: two rounds over one province, several names for one side, a death told two ways.
#[test]
fn one_article_with_two_rounds_and_a_death() {
    let mut story = Story::new("a", "2031-09-06");
    let veltans = story.body("Veltans");
    let korva = story.place("Korva");
    story.gazetteer(korva, "7", Precision::Admin1);
    let leader = story.person("Anto Brell", &["opposition leader", "son"]);
    let father = story.person("Anto Shah Brell", &["legendary leader"]);
    let forces = story.body("resistance forces");
    let front = story.body("Brodian Resistance Front");
    let opposition = story.body("opposition");
    let party = story.body("other party");
    let spokesman = story.person("Ilo Varn", &["spokesman"]);
    story.speaks_for(spokesman, veltans);
    let envoy = story.person("Ali Nazar", &["representative"]);
    story.speaks_for(envoy, front);
    let dasht = story.person("Fero Dasht", &["spokesman", "journalist"]);
    let kast = story.place("Kastia");
    let take = |who| event(EventType::TakeControl).actor(who).at(korva);
    let hold = |who| event(EventType::HoldControl).actor(who).at(korva);
    let first = story.asserts(veltans, "it had conquered Korva", &[take(veltans)]);
    story.asserts(
        leader,
        "resistance forces were still in Korva and would fight",
        &[
            hold(forces).realis(Realis::Ongoing),
            event(EventType::Clash).actor(forces).realis(Realis::Future),
        ],
    );
    story.asserts(
        spokesman,
        "Korva was occupied",
        &[event(EventType::TakeControl).at(korva)],
    );
    story.tells(
        "empires failed to take Korva in the 1980s",
        &[take(kast).not().during("198", "1980-01-01", "1989-12-31")],
    );
    let before = story.asserts(
        veltans,
        "it had seized the last stronghold",
        &[take(veltans)],
    );
    story.said(before, "PAST_REF");
    story.rejects(party, "the other party rejected it", before);
    story.rejects(opposition, "the claim was rejected", first);
    let positions = story.asserts(
        envoy,
        "Front fighters hold positions in Korva",
        &[hold(front)],
    );
    story.said(positions, "PAST_REF");
    story.asserts(
        leader,
        "he was safe",
        &[event(EventType::StatusPerson).object(leader)],
    );
    let death = story.asserts(
        front,
        "Fero Dasht had fallen in the fighting",
        &[event(EventType::Casualty)
            .object(dasht)
            .cause("in the fighting")],
    );
    story.said(death, "2031-09-05");
    let denial = story.denies(
        veltans,
        "Fero Dasht had died in battle with the Veltans",
        &[event(EventType::Casualty)
            .object(dasht)
            .cause("in battle with the Veltans")],
    );
    story.edit(denial).refers_to = Some(death);
    story.asserts(
        veltans,
        "he died in a conflict between two commanders",
        &[event(EventType::Casualty)
            .object(dasht)
            .cause("in a conflict between two commanders")],
    );
    story.tells(
        "Anto Shah Brell died in 2001 in an assassination",
        &[event(EventType::KillTargeted)
            .object(father)
            .realis(Realis::Historical)
            .cause("in an assassination")],
    );
    let links = linked(&[&story]);
    let contested: Vec<(&str, Vec<&str>)> = links
        .matters
        .iter()
        .filter(|matter| matter.state == State::Contested)
        .map(|matter| (matter.question.as_str(), values(matter)))
        .collect();
    assert_eq!(contested.len(), 3, "{contested:?}");
    let round = |question: &str| {
        links
            .matters
            .iter()
            .find(|matter| matter.question == question)
            .unwrap_or_else(|| panic!("no {question}"))
    };
    let now = round("Who holds Korva on 2031-09-06?");
    assert_eq!(values(now), ["resistance forces", "the Veltans"]);
    assert_eq!(position(now, "resistance forces").claims.len(), 2);
    assert_eq!(position(now, "the Veltans").speakers, 1);
    assert_eq!(
        relations(now),
        [("resistance forces", RelationKind::Denies, "the Veltans")]
    );
    let earlier = round("Who held Korva before 2031-09-06?");
    assert_eq!(earlier.state, State::Contested);
    let cause = only(&links, MatterKind::Cause);
    assert_eq!(cause.state, State::Contested);
    assert_eq!(
        values(cause),
        ["in the fighting", "in a conflict between two commanders"]
    );
    let kinds: Vec<RelationKind> = cause.relations.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [RelationKind::Denies, RelationKind::Alternative]);
    assert_eq!(
        round("What became of Fero Dasht?").state,
        State::NotContestedHere
    );
    assert_eq!(round("What became of Anto Brell?").state, State::OneAnswer);
    assert_eq!(links.matters.len(), 5);
}

#[test]
fn our_forces_are_the_speakers_and_the_army_is_whose_army_it_is() {
    let mut story = Story::new("a", "2031-05-06");
    let veltans = story.body("Veltans");
    let korva = story.place("Korva");
    let leader = story.person("Anto Brell", &["front commander"]);
    story.body("Brodian Front");
    let spokesman = story.person("Ilo Varn", &["veltans spokesman"]);
    story.form(veltans, "Veltans army");
    let army = story.entity(annotate::EntityKind::Group, "army");
    story.asserts(
        spokesman,
        "the army took Korva",
        &[event(EventType::TakeControl).actor(army).at(korva)],
    );
    story.asserts(
        leader,
        "our forces are still in Korva",
        &[event(EventType::HoldControl).actor(leader).at(korva)],
    );
    let stranger = story.person("Pia Dunn", &["baker"]);
    story.asserts(
        stranger,
        "we hold Korva",
        &[event(EventType::HoldControl).actor(stranger).at(korva)],
    );
    let links = linked(&[&story]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(values(matter), ["Brodian Front", "Veltans"]);
    assert_eq!(parties(position(matter, "Veltans")), ["Veltans"]);
    assert_eq!(
        parties(position(matter, "Brodian Front")),
        ["Brodian Front"]
    );
    assert_eq!(matter.state, State::Contested);
}

#[test]
fn a_denial_may_leave_out_the_only_place() {
    let mut story = taken("b", "2031-05-06");
    let veltans = annotate::EntityId(0);
    let front = story.body("Brodian Front");
    story.denies(
        front,
        "the Veltans had seized the town",
        &[event(EventType::TakeControl).actor(veltans)],
    );
    story.asserts(
        veltans,
        "the Veltans seized three trucks",
        &[event(EventType::TakeControl).actor(veltans)],
    );
    let links = linked(&[&story]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.state, State::Contested);
    assert_eq!(position(matter, "the Veltans").claims.len(), 1);
}
