//! Speakers inside what others say, and quotations that run over paragraphs, with the weights of attributions. People and places
//! are invented.
//!
//! It does not measure how often they are found: `lab eval nested` does.

use crate::check::whole_knowledge;
use annotate::{Act, Claim, Knowledge, Standing, annotate};
use std::sync::LazyLock;
use text::{Document, Span};

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(whole_knowledge);

fn words(spans: &[Span], text: &str) -> String {
    let words: Vec<&str> = spans.iter().map(|span| span.slice(text)).collect();
    words.join(" … ")
}

fn claims(text: &str) -> Vec<Claim> {
    annotate(&Document::plain(text), &KNOWLEDGE).claims
}

/// Source, content and relays of each claim inside another.
fn inner(text: &str) -> Vec<[String; 3]> {
    claims(text)
        .iter()
        .filter(|claim| claim.is_inner())
        .map(|claim| {
            let via: Vec<&str> = claim.via.iter().map(|via| via.name.as_str()).collect();
            [
                words(&claim.source.spans, text),
                words(&claim.content.spans, text),
                via.join(" > "),
            ]
        })
        .collect()
}

#[test]
fn an_outlet_tells_what_others_say() {
    let text = "BBC reported that experts doubt that the dam will hold.\n";
    let claims = claims(text);
    let told = claims.iter().find(|claim| claim.is_inner()).unwrap();
    assert_eq!(words(&told.source.spans, text), "experts");
    assert_eq!(words(&told.content.spans, text), "that the dam will hold");
    assert_eq!((told.act, told.via[0].name.as_str()), (Act::Doubts, "BBC"));
    let around = claims.iter().find(|claim| !claim.is_inner()).unwrap();
    assert_eq!(words(&around.source.spans, text), "BBC");
    assert!(told.confidence.attribution < around.confidence.attribution);
    assert!(told.standing == Standing::Suggested && around.via.is_empty());
}

#[test]
fn relays_stand_nearest_to_the_outlet_first() {
    let text = "According to the Gazette, Ferrin said that Pell had called the treaty a fraud.\n";
    assert!(
        inner(text).contains(&["Pell", "the treaty a fraud", "Gazette > Ferrin"].map(String::from))
    );
}

#[test]
fn a_second_speaker_inside_quotation_marks() {
    assert_eq!(
        inner("“Ordun has denied it,” Oren Holt said.\n"),
        [["Ordun", "it", "Oren Holt"].map(String::from)]
    );
}

#[test]
fn the_speaker_is_no_second_speaker() {
    for text in [
        "“I am proud of the crews,” Oren Holt said.\n",
        "“We condemn the raid,” the envoy said.\n",
        "The mayor said he believed that the wells would be dry by June.\n",
    ] {
        assert!(inner(text).is_empty(), "{text}");
    }
}

#[test]
fn what_is_not_told_as_said_is_no_claim() {
    for text in [
        "Holt denied that Ordun had said the bridge was safe.\n",
        "Brek urged the ministry to admit that the bridge was unsafe.\n",
        "“If Ordun denies it, we will publish the letter,” Holt said.\n",
        "“No one has told us that the bridge is closed,” the driver said.\n",
        "The premier promised that the court would decide whether the vote was fair.\n",
    ] {
        assert!(inner(text).is_empty(), "{text}");
    }
}

#[test]
fn a_claim_that_is_rejected_has_no_relay() {
    let text = "Holt rejected the ministry's claim that the bridge was safe.\n";
    let found = inner(text);
    assert!(
        found
            .iter()
            .all(|[source, _, via]| source.contains("ministry") && via.is_empty())
    );
    assert_eq!(found.len(), 1);
}

#[test]
fn a_quotation_opened_anew_goes_on_with_its_speaker() {
    let text = "Holt said: “The road is open. It will stay open.\n\n“The ministry wants it closed.\n\n“We will keep it \
        open all winter.”\n\nThe ministry gave no answer.\n";
    let holt: Vec<Claim> = claims(text)
        .into_iter()
        .filter(|claim| !claim.is_inner())
        .collect();
    assert_eq!(holt.len(), 1);
    assert_eq!(
        words(&holt[0].content.spans, text),
        "“The road is open. It will stay open. … “The ministry wants it closed. … “We will keep it open all winter.”"
    );
}

#[test]
fn the_part_before_the_one_with_the_cue_is_the_same_speakers() {
    let text = "“The dam is old, and it was built in a year.\n\n“It will not hold another winter,” Ana Kovrin said.\n";
    let all = claims(text);
    let kovrin = all.iter().find(|claim| !claim.is_inner()).unwrap();
    assert_eq!(
        words(&kovrin.content.spans, text),
        "“The dam is old, and it was built in a year. … “It will not hold another winter,”"
    );
}

#[test]
fn a_closed_quotation_is_not_carried_on() {
    let text = "“The dam is old,” Ana Kovrin said.\n\n“And the keys are lost.”\n";
    assert!(
        claims(text)
            .iter()
            .all(|claim| claim.content.spans.len() == 1)
    );
}

#[test]
fn she_added_is_the_last_speaker() {
    let text = "“We have no water,” Ana Kovrin said.\n\n“The pumps are gone, and nobody has come,” she added.\n\nShe went \
        on: “The council has forgotten us.”\n";
    let names: Vec<Option<String>> = claims(text)
        .into_iter()
        .map(|claim| claim.source.name)
        .collect();
    assert_eq!(names, vec![Some("Ana Kovrin".to_string()); 3]);
}

#[test]
fn what_a_content_performs_is_told_where_the_cue_only_tells() {
    let text = "The radio said officials said the army should leave the town.\n";
    assert!(
        inner(text)
            .iter()
            .any(|[source, _, via]| source == "officials" && via == "The radio")
    );
}

#[test]
fn an_outlet_named_first_stands_around_what_it_tells() {
    let text = "According to a Varnish newspaper, the premier warned that bread would run short.\n";
    assert_eq!(
        inner(text),
        [[
            "the premier",
            "that bread would run short",
            "a Varnish newspaper"
        ]
        .map(String::from)]
    );
}

#[test]
fn a_phrase_in_what_somebody_says_is_not_that_speaker() {
    let text = "Lorne said the judge ruled that the search was unlawful.\n";
    let found = inner(text);
    assert!(found.iter().any(|[source, ..]| source == "the judge"));
}

#[test]
fn questions_anybody_and_what_is_ones_own_are_not_told() {
    for text in [
        "“Why won't the ministry say that the bridge is closed?” the driver said.\n",
        "“Anybody who says that the bridge is closed is lying,” the driver said.\n",
        "“Our accusation that they shelled the ferry stands,” said Tamsin Rook.\n",
        "The union said its own report had found that the mine was flooded.\n",
    ] {
        assert!(inner(text).is_empty(), "{text} {:?}", inner(text));
    }
}
