//! What persons decide on claims, matters and sides, each with what it changes; without it things are as they were.

use crate::story::*;
use annotate::{Act, EntityId, EventType};
use link::{
    ClaimKey, Correction, JudgedAs, Linking, Links, Matter, MatterKey, MatterKind, Member,
    RelationKind, Ruling, Slot, State, Target,
};

/// Two hold Korva by their own word, and a third says that the first does.
fn korva() -> [Story; 3] {
    let tell = |id: &str, who: &str, holder: &str, words: &str| {
        let mut story = Story::new(id, "2031-05-06");
        let speaker = story.body(who);
        let holder = story.body(holder);
        let korva = story.place("Korva");
        story.claim(
            Some(speaker),
            Act::Asserts,
            words,
            &[event(EventType::HoldControl).actor(holder).at(korva)],
        );
        story
    };
    [
        tell("a", "Veltans", "Veltans", "the Veltans hold Korva"),
        tell("b", "Council", "Council", "the Council holds Korva"),
        tell("c", "Orrin League", "Veltans", "the Veltans are in Korva"),
    ]
}

fn decided(stories: &[Story], rulings: Vec<Ruling>) -> Links {
    let linking: Vec<Linking> = rulings
        .into_iter()
        .enumerate()
        .map(|(number, ruling)| Linking {
            judgement: format!("ju_{number}"),
            ruling,
        })
        .collect();
    let stories: Vec<&Story> = stories.iter().collect();
    ruled(&stories, &linking)
}

/// The claim of a story of one claim.
fn claim(story: &Story) -> ClaimKey {
    let reading = story.reading();
    let claim = &reading.annotations.claims[0];
    (reading.document.id.clone(), claim.id.clone())
}

fn key(matter: &Matter) -> MatterKey {
    let claims = matter.positions.iter().flat_map(|one| &one.claims);
    MatterKey {
        kind: matter.kind,
        claims: claims
            .map(|one| (one.document.clone(), one.claim.clone()))
            .collect(),
    }
}

/// The member that is a story's speaker.
fn speaker(story: &Story) -> Member {
    (story.reading().document.id.clone(), EntityId(0))
}

fn effects(links: &Links) -> Vec<JudgedAs> {
    links.judged.iter().map(|one| one.effect).collect()
}

#[test]
fn a_claim_is_taken_out_of_a_matter_and_put_into_another() {
    let stories = korva();
    let before = decided(&stories, Vec::new());
    let matter = only(&before, MatterKind::Control);
    assert_eq!(matter.state, State::Contested);
    let out = Ruling::Apart {
        claim: claim(&stories[1]),
        from: Target::Matter(key(matter)),
    };
    let after = decided(&stories, vec![out.clone()]);
    let now = only(&after, MatterKind::Control);
    assert_eq!(values(now), ["the Veltans"]);
    assert_eq!(now.id, matter.id);
    assert_eq!(now.state, State::NotContestedHere);
    assert_eq!(effects(&after), [JudgedAs::Unlinked]);
    // From another claim: wherever both stand.
    let apart = Ruling::Apart {
        claim: claim(&stories[1]),
        from: Target::Claim(claim(&stories[0])),
    };
    assert_eq!(
        values(only(&decided(&stories, vec![apart]), MatterKind::Control)),
        ["the Veltans"]
    );
    // Back beside the claim that stayed.
    let back = Ruling::Together {
        claim: claim(&stories[1]),
        with: Target::Claim(claim(&stories[0])),
    };
    let links = decided(&stories, vec![out, back]);
    let again = only(&links, MatterKind::Control);
    assert_eq!(values(again), values(matter));
    assert_eq!(again.state, State::Contested);
}

#[test]
fn claims_that_are_in_no_matter_can_be_made_one_and_related() {
    let tell = |id: &str, who: &str, act: Act, words: &str| {
        let mut story = Story::new(id, "2031-05-06");
        let speaker = story.body(who);
        story.claim(Some(speaker), act, words, &[]);
        story
    };
    let stories = [
        tell("a", "Veltans", Act::Asserts, "the school was open"),
        tell("b", "Council", Act::Asserts, "nobody was taught there"),
    ];
    assert!(decided(&stories, Vec::new()).matters.is_empty());
    let link = Ruling::Together {
        claim: claim(&stories[1]),
        with: Target::Claim(claim(&stories[0])),
    };
    let links = decided(&stories, vec![link.clone()]);
    let matter = only(&links, MatterKind::Occurred);
    assert_eq!(matter.question, "What is said of “the school was open”?");
    assert_eq!(matter.state, State::NotContestedHere);
    // Both give one answer until the second is read as a denial.
    let denies = Ruling::Correct(Correction {
        claim: claim(&stories[1]),
        event: None,
        slot: Slot::Act(Act::Denies),
    });
    let links = decided(&stories, vec![link, denies]);
    let matter = only(&links, MatterKind::Occurred);
    assert_eq!(matter.state, State::Contested);
    assert!(effects(&links).contains(&JudgedAs::Corrected));
}

#[test]
fn a_matter_is_split_and_two_are_merged() {
    let stories = korva();
    let before = decided(&stories, Vec::new());
    let matter = only(&before, MatterKind::Control);
    let split = Ruling::Split {
        claims: vec![claim(&stories[1])],
        from: MatterKey {
            kind: matter.kind,
            claims: vec![claim(&stories[0]), claim(&stories[2])],
        },
    };
    let links = decided(&stories, vec![split.clone()]);
    let parts = of_kind(&links, MatterKind::Control);
    assert_eq!(parts.len(), 2);
    assert!(
        parts
            .iter()
            .any(|one| one.id == matter.id && values(one) == ["the Veltans"])
    );
    let other = parts.iter().find(|one| one.id != matter.id).unwrap();
    assert_eq!(values(other), ["the Council"]);
    assert_eq!(effects(&links), [JudgedAs::Split, JudgedAs::Split]);
    let merge = Ruling::Merge {
        one: key(other),
        other: MatterKey {
            kind: matter.kind,
            claims: vec![claim(&stories[0])],
        },
    };
    let links = decided(&stories, vec![split, merge]);
    let merged = only(&links, MatterKind::Control);
    assert_eq!(merged.id, other.id);
    assert_eq!(merged.state, State::Contested);
    assert_eq!(merged.positions.len(), 2);
}

#[test]
fn a_relation_is_what_a_person_says_and_the_state_follows() {
    let stories = korva();
    let before = decided(&stories, Vec::new());
    assert_eq!(only(&before, MatterKind::Control).state, State::Contested);
    let relate = |kind| Ruling::Relation {
        from: claim(&stories[1]),
        to: claim(&stories[0]),
        kind,
    };
    let none = decided(&stories, vec![relate(None)]);
    let matter = only(&none, MatterKind::Control);
    assert!(matter.relations.is_empty());
    assert_eq!(matter.state, State::NotContestedHere);
    let update = decided(&stories, vec![relate(Some(RelationKind::Update))]);
    let matter = only(&update, MatterKind::Control);
    assert_eq!(
        relations(matter),
        [("the Council", RelationKind::Update, "the Veltans")]
    );
    assert_eq!(matter.relations[0].reasons, ["judgement ju_0"]);
    assert_eq!(matter.state, State::NotContestedHere);
}

#[test]
fn two_on_one_side_are_one_speaker_and_not_opposed() {
    let stories = korva();
    let side = |one: usize, other: usize| Ruling::SameSide {
        one: speaker(&stories[one]),
        other: speaker(&stories[other]),
    };
    let links = decided(&stories, vec![side(0, 1)]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.state, State::NotContestedHere, "{matter:#?}");
    let links = decided(&stories, vec![side(0, 2)]);
    let matter = only(&links, MatterKind::Control);
    assert_eq!(matter.state, State::Contested);
    assert_eq!(position(matter, "the Veltans").speakers, 1);
    assert_eq!(effects(&links), [JudgedAs::SameSide]);
}

#[test]
fn what_is_ignored_gives_no_answer() {
    let stories = korva();
    let claim_out = decided(&stories, vec![Ruling::IgnoreClaim(claim(&stories[1]))]);
    assert_eq!(
        values(only(&claim_out, MatterKind::Control)),
        ["the Veltans"]
    );
    let document = stories[1].reading().document.id;
    let document_out = decided(&stories, vec![Ruling::IgnoreDocument(document)]);
    assert_eq!(
        values(only(&document_out, MatterKind::Control)),
        ["the Veltans"]
    );
    // Who is named in it stays.
    assert!(
        document_out
            .entities
            .iter()
            .any(|entity| entity.name == "Council")
    );
    let before = decided(&stories, Vec::new());
    let matter = only(&before, MatterKind::Control);
    let ignored = decided(&stories, vec![Ruling::IgnoreMatter(key(matter))]);
    assert_eq!(only(&ignored, MatterKind::Control), matter);
    assert_eq!(effects(&ignored), [JudgedAs::Ignored]);
}

#[test]
fn a_name_is_shown_and_decides_nothing() {
    let stories = korva();
    let before = decided(&stories, Vec::new());
    let matter = only(&before, MatterKind::Control);
    let rename = vec![
        Ruling::NameEntity {
            entity: speaker(&stories[0]),
            name: "the Veltan side".to_owned(),
        },
        Ruling::NameMatter {
            matter: key(matter),
            name: "Korva in May".to_owned(),
        },
    ];
    let links = decided(&stories, rename);
    let now = only(&links, MatterKind::Control);
    assert_eq!((&now.id, now.state), (&matter.id, matter.state));
    assert_eq!(now.question, "Korva in May");
    assert!(values(now).contains(&"the Veltan side"));
    assert!(
        links
            .entities
            .iter()
            .any(|entity| entity.name == "the Veltan side")
    );
}

#[test]
fn a_corrected_slot_is_what_linking_reads() {
    let stories = korva();
    let correct = |slot| {
        vec![Ruling::Correct(Correction {
            claim: claim(&stories[1]),
            event: None,
            slot,
        })]
    };
    let held = |slot| {
        let links = decided(&stories, correct(slot));
        let mut found: Vec<String> = of_kind(&links, MatterKind::Control)
            .iter()
            .map(|matter| format!("{} {}", matter.question, values(matter).join("/")))
            .collect();
        found.sort();
        found.join("; ")
    };
    let veltans = Slot::Actor(Some(speaker(&stories[0])));
    assert_eq!(held(veltans), "Who holds Korva on 2031-05-06? the Veltans");
    let day = "2031-04-01".parse().unwrap();
    let april = held(Slot::Time(Some(("2031-04-01".to_owned(), day, day))));
    assert!(
        april.contains("Who holds Korva on 2031-04-01? the Council"),
        "{april}"
    );
    let negative = held(Slot::Polarity(annotate::Polarity::Negative));
    assert!(negative.contains("not the Council"), "{negative}");
    let clash = held(Slot::Type(EventType::Clash));
    assert_eq!(clash, "Who holds Korva on 2031-05-06? the Veltans");
    let source = decided(&stories, correct(Slot::Source(speaker(&stories[2]))));
    let matter = only(&source, MatterKind::Control);
    assert_eq!(parties(position(matter, "the Council")), ["Orrin League"]);
    let nowhere = held(Slot::Place(None));
    assert_eq!(nowhere, "Who holds Korva on 2031-05-06? the Veltans");
}

#[test]
fn what_is_nowhere_is_passed_over() {
    let stories = korva();
    let gone: ClaimKey = ("none".to_owned(), "none".to_owned());
    let matter = MatterKey {
        kind: MatterKind::Fate,
        claims: vec![gone.clone(), claim(&stories[0])],
    };
    let member = ("none".to_owned(), EntityId(7));
    let rulings = vec![
        Ruling::Together {
            claim: gone.clone(),
            with: Target::Matter(matter.clone()),
        },
        Ruling::Apart {
            claim: claim(&stories[0]),
            from: Target::Claim(gone.clone()),
        },
        Ruling::Merge {
            one: matter.clone(),
            other: matter.clone(),
        },
        Ruling::Split {
            claims: vec![gone.clone()],
            from: matter.clone(),
        },
        Ruling::Relation {
            from: gone.clone(),
            to: claim(&stories[0]),
            kind: None,
        },
        Ruling::IgnoreMatter(matter),
        Ruling::IgnoreClaim(gone.clone()),
        Ruling::IgnoreDocument("none".to_owned()),
        Ruling::SameSide {
            one: member.clone(),
            other: speaker(&stories[0]),
        },
        Ruling::NameEntity {
            entity: member.clone(),
            name: "Nobody".to_owned(),
        },
        Ruling::Correct(Correction {
            claim: claim(&stories[0]),
            event: Some(9),
            slot: Slot::Place(Some(member)),
        }),
    ];
    let before = decided(&stories, Vec::new());
    assert_eq!(decided(&stories, rulings).matters, before.matters);
}
