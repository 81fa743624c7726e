//! The narrator's claims, and what is said of claims being verified. Parties, people and places are invented.

use crate::check::knowledge;
use annotate::{Annotations, Certainty, Claim, Knowledge, Polarity, UnverifiedBy, Voice, annotate};
use text::{Document, Span};

fn read(text: &str, knowledge: &Knowledge) -> Annotations {
    annotate(&Document::plain(text), knowledge)
}

fn narrated<'r>(read: &'r Annotations, text: &'r str) -> Vec<&'r str> {
    let narrator = read
        .claims
        .iter()
        .filter(|claim| claim.voice == Voice::Narrator);
    let contents = narrator.flat_map(|claim| &claim.content.spans);
    contents.map(|span| span.slice(text)).collect()
}

#[test]
fn control_fate_figures_and_events_are_the_narrators() {
    let knowledge = knowledge(&[]);
    for sentence in [
        "The army captured Orlen on Monday.",
        "Heavy fighting continued near the airport on Thursday.",
        "The king dissolved parliament on Friday.",
        "At least twelve soldiers were wounded.",
        "The rebel commander surrendered at noon.",
        "Rockets hit a power plant near Lissk on Friday.",
    ] {
        let read = read(sentence, &knowledge);
        assert_eq!(narrated(&read, sentence), [sentence.trim_end_matches('.')]);
    }
}

#[test]
fn what_states_no_event_is_not() {
    let knowledge = knowledge(&[]);
    for sentence in [
        "Orlen lies on the river Sem and has about 40,000 inhabitants.",
        "If the Front takes the bridge, the road to Ashmoor will be cut.",
        "The army plans to withdraw from Orlen by June.",
        "Who ordered the attack on the market?",
        "Orlen Rovers beat Lissk United 3-1 and scored two goals late in the match.",
        "The siege of Orlen is a disgrace.",
        "Suppose that the emir dies.",
        "The bridge may have been destroyed.",
        "“They took the men and burned the houses.",
    ] {
        let read = read(sentence, &knowledge);
        assert!(narrated(&read, sentence).is_empty(), "{sentence}");
    }
}

#[test]
fn a_clause_beside_a_quoted_one_is_the_narrators_alone() {
    let text =
        "The Front freed 14 prisoners on Monday, a day after its leader said that he wanted peace.";
    let read = read(text, &knowledge(&[]));
    assert_eq!(
        narrated(&read, text),
        ["The Front freed 14 prisoners on Monday"]
    );
    let spans = |voice: Voice| -> Vec<Span> {
        let claims = read.claims.iter().filter(|claim| claim.voice == voice);
        claims
            .flat_map(|claim| claim.content.spans.clone())
            .collect()
    };
    for own in spans(Voice::Narrator) {
        let other = spans(Voice::Attributed).into_iter();
        assert!(other.into_iter().all(|span| !span.overlaps(own)));
    }
}

#[test]
fn a_denied_event_is_negative() {
    let read = read("Nobody was hurt in the blast.", &knowledge(&[]));
    assert_eq!(read.claims[0].polarity, Polarity::Negative);
}

/// The claim whose content holds these words.
fn holding<'r>(read: &'r Annotations, text: &str, words: &str) -> &'r Claim {
    let at = text.find(words).expect("the words are in the text");
    let holds = |claim: &&Claim| {
        let mut parts = claim.content.spans.iter();
        parts.any(|part| part.from() <= at && at + words.len() <= part.to())
    };
    read.claims
        .iter()
        .find(holds)
        .unwrap_or_else(|| panic!("no claim holds “{words}”: {text}"))
}

#[test]
fn a_remark_goes_back_to_the_claims_it_names() {
    let knowledge = knowledge(&[]);
    for (text, words) in [
        (
            "The mayor said that soldiers had looted shops. His statement could not be independently verified.",
            "soldiers had looted shops",
        ),
        (
            "The Front said it had shot down a helicopter, a claim that could not be independently verified.",
            "shot down a helicopter",
        ),
        (
            "The ministry said 45 rebels had died. We were unable to verify the figure.",
            "45 rebels had died",
        ),
        (
            "The ministry said 45 rebels had died. Independent confirmation was not possible.",
            "45 rebels had died",
        ),
        (
            "Unconfirmed reports said the minister had been arrested.",
            "the minister had been arrested",
        ),
        (
            "Gunmen allegedly abducted the mayor on Sunday.",
            "abducted the mayor",
        ),
    ] {
        let read = read(text, &knowledge);
        let claim = holding(&read, text, words);
        assert_eq!(claim.unverified_by, Some(UnverifiedBy::Outlet), "{text}");
        assert_eq!(claim.certainty, Certainty::Unverified, "{text}");
    }
}

#[test]
fn neither_claim_is_both() {
    let text = "The army said it had killed 60 rebels. The rebels said they had lost three men. Neither claim could be verified.";
    let read = read(text, &knowledge(&[]));
    for words in ["killed 60 rebels", "lost three men"] {
        let claim = holding(&read, text, words);
        assert_eq!(claim.unverified_by, Some(UnverifiedBy::Outlet), "{words}");
    }
}

#[test]
fn who_could_not_verify_is_named() {
    let text = "The Salt League said that it had destroyed four tanks. The Lake Union was unable to verify the claim.";
    let read = read(text, &knowledge(&[]));
    let claim = holding(&read, text, "destroyed four tanks");
    let Some(UnverifiedBy::Entity(id)) = claim.unverified_by else {
        panic!("{:?}", claim.unverified_by)
    };
    assert_eq!(read.entities[id.index()].name, "Lake Union");
}

#[test]
fn a_quoted_doubt_and_verified_accounts_mark_nothing() {
    let knowledge = knowledge(&[]);
    for text in [
        "Ordun said the convoy was hit by rebels. The Lake Union said that it could not confirm the report.",
        "The minister said that a confirmed case of cholera had been found.",
        "The minister said 30 people had died. Two hospitals confirmed the figure.",
        "The Front said it had film of the raid. The footage could not be verified.",
        "The mayor said that the bridge was open. It was not immediately clear who had fired.",
    ] {
        let read = read(text, &knowledge);
        assert!(
            read.claims
                .iter()
                .all(|claim| claim.unverified_by.is_none()),
            "{text}"
        );
    }
}
