//! What denials are about, with the weights of attributions. People, parties and places are invented.

use crate::check::whole_knowledge;
use annotate::{Act, annotate};
use std::sync::LazyLock;
use text::Document;

static KNOWLEDGE: LazyLock<annotate::Knowledge> = LazyLock::new(whole_knowledge);

/// The content of the claim that the text's only denial is about.
fn denied(text: &str) -> Option<String> {
    let claims = annotate(&Document::plain(text), &KNOWLEDGE).claims;
    let denial = claims
        .iter()
        .find(|claim| claim.act == Act::Denies)
        .unwrap_or_else(|| panic!("no denial in: {text}"));
    let target = &claims[denial.refers_to? as usize];
    let words = target.content.spans.iter().map(|span| span.slice(text));
    Some(words.collect::<Vec<_>>().join(" … "))
}

#[test]
fn a_denial_is_about_the_claim_that_blames_the_one_who_denies() {
    let text = "The Lowland Council accused the Veltan Front of shelling the market of Korva. \
                A doctor said that ten people were wounded there. The Veltan Front denied the charges.";
    let about = denied(text).expect("it is about the accusation");
    assert!(about.contains("shelling the market"), "{about}");
    let text = "The Lowland Council accused the Veltan Front of shelling the market of Korva. \
                A doctor said that ten people were wounded there. The Veltan Front denied any involvement.";
    let about = denied(text).expect("it is about the accusation");
    assert!(about.contains("shelling the market"), "{about}");
}

#[test]
fn where_nobody_blames_the_one_who_denies_nothing_is_given() {
    let text = "A doctor said that ten people were wounded in Korva. The mayor said that the bread was late. \
                The Veltan Front denied any involvement.";
    assert_eq!(denied(text), None);
}
