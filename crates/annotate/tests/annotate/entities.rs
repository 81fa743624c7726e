//! Which names of a document are one entity, why, and what is noted of slips. All names are invented.

use crate::check::knowledge;
use annotate::{Annotations, Knowledge, MentionForm, NameBasis, annotate};
use std::sync::LazyLock;
use text::Document;

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| knowledge(&[]));

fn read(text: &str) -> Annotations {
    annotate(&Document::plain(text), &KNOWLEDGE)
}

/// The entities of a name, of each of its mentions; the number of a mention is counted from 0.
fn entities(read: &Annotations, text: &str, words: &str) -> Vec<usize> {
    let mentions = read.mentions.iter();
    mentions
        .filter(|mention| mention.form == MentionForm::Name && mention.span.slice(text) == words)
        .map(|mention| mention.entity.map_or(usize::MAX, |entity| entity.index()))
        .collect()
}

/// Each group of names must be one entity, and no two groups the same.
fn check(text: &str, groups: &[&[&str]]) {
    let read = read(text);
    let mut seen = Vec::new();
    for group in groups {
        let mut found: Vec<usize> = Vec::new();
        for words in *group {
            let of = entities(&read, text, words);
            assert!(
                !of.is_empty(),
                "{words} is no name in {text}: {:#?}",
                read.entities
            );
            found.extend(of);
        }
        found.dedup();
        assert_eq!(found.len(), 1, "{group:?} in {text}: {:#?}", read.entities);
        assert!(
            !seen.contains(&found[0]),
            "{group:?} is another's in {text}"
        );
        seen.push(found[0]);
    }
}

#[test]
fn spellings_of_a_place_are_one() {
    check(
        "The army entered Velkanjar on Monday. Shops in Velkanjar were shut. Residents of Velkonjar fled north. \
         The road from Velkanjar to Dorunabad is blocked.",
        &[&["Velkanjar", "Velkonjar"], &["Dorunabad"]],
    );
}

#[test]
fn spellings_of_a_surname_are_one() {
    check(
        "Opposition leader Ferid Hasturzadeh said that he was safe. On Friday Hastourzade said that the valley was held. \
         Hasturzadeh has led the council since May.",
        &[&["Ferid Hasturzadeh", "Hastourzade", "Hasturzadeh"]],
    );
}

#[test]
fn a_middle_name_tells_father_and_son_apart() {
    check(
        "Ahmad Velikdar leads the front. He is the son of Ahmad Shah Velikdar, who died in 2001. Velikdar said that he would fight on. \
         A driver fought beside the late Ahmad Shah Velikdar in the past.",
        &[&["Ahmad Velikdar", "Velikdar"], &["Ahmad Shah Velikdar"]],
    );
}

#[test]
fn a_man_and_a_woman_have_two_surnames() {
    check(
        "Minister Olena Dorunova met the surgeon Andrii Dorunov on Monday. Dorunov was flown to the capital. Dorunova cancelled her trip.",
        &[
            &["Olena Dorunova", "Dorunova"],
            &["Andrii Dorunov", "Dorunov"],
        ],
    );
}

#[test]
fn a_part_of_a_long_name_is_its_bearer() {
    check(
        "Colonel Tarik Velik Maungar denied it. “We have no guns,” Velik Maungar said.",
        &[&["Tarik Velik Maungar", "Velik Maungar"]],
    );
}

#[test]
fn what_the_text_gives_as_an_alias_is_one() {
    check(
        "Omar Tarikzad, better known as Comandante Velo, gave himself up on Monday. Comandante Velo asked for coffee.",
        &[&["Omar Tarikzad", "Comandante Velo"]],
    );
}

#[test]
fn letters_in_brackets_are_the_body_before_them() {
    check(
        "The Upland Workers Council (UWC) suspended the talks on Monday. The UWC said that it would wait.",
        &[&["Upland Workers Council", "UWC"]],
    );
}

#[test]
fn numbers_tell_bodies_apart() {
    check(
        "The 12th Rifle Brigade left on Monday. The 112th Rifle Brigade will hold the road, the ministry said.",
        &[&["12th Rifle Brigade"], &["112th Rifle Brigade"]],
    );
}

#[test]
fn one_bad_spelling_chains_no_two_people() {
    // The first names are known and two.
    check(
        "Hassan Velikdar and Hussein Velikdar spoke on Monday. Hassan Velikdar asked for a truce. Hussein Velikdar refused.",
        &[&["Hassan Velikdar"], &["Hussein Velikdar"]],
    );
}

#[test]
fn a_country_is_no_spelling_of_another() {
    check(
        "Talks between Austria and Australia began on Monday. Iran and Iraq sent envoys.",
        &[&["Austria"], &["Australia"], &["Iran"], &["Iraq"]],
    );
}

const INFLECTED: &str = "“The valley was taken,” front spokesman Zabihullah Velkahid said at a press conference on Monday. He promised that \
     electricity would be restored.\n\n“We tried to talk, but they refused,” said Velkahideen.";

#[test]
fn an_inflected_surname_in_a_speakers_place_is_inferred() {
    let read = read(INFLECTED);
    check(INFLECTED, &[&["Zabihullah Velkahid", "Velkahideen"]]);
    let note = read.notes.iter().find(|note| note.code == "inferred");
    let note = note.unwrap_or_else(|| panic!("no note: {:?}", read.notes));
    assert_eq!(note.span.slice(INFLECTED), "Velkahideen");
    // It lends no spelling to the entity.
    assert!(
        read.entities
            .iter()
            .all(|entity| { entity.forms.iter().all(|form| form.text != "Velkahideen") })
    );
    let claims = read.claims.iter();
    let mut by_him = claims.filter(|claim| claim.source.name_basis == Some(NameBasis::Inferred));
    let claim = by_him.next_back().expect("a claim of his");
    assert_eq!(claim.source.name.as_deref(), Some("Zabihullah Velkahid"));
    assert!(claim.why.iter().any(|why| why.rule == "name:inferred"));
}

#[test]
fn an_inflected_word_elsewhere_is_nobody() {
    let text = "Front spokesman Zabihullah Velkahid spoke on Monday. Later that week the Velkahideen marched through the town.";
    let read = read(text);
    assert!(read.notes.iter().all(|note| note.code != "inferred"));
}

#[test]
fn a_spelling_of_a_source_is_explained() {
    let text = "Opposition leader Ferid Hasturzadeh fled on Monday. “We hold the valley,” Hastourzade said on Friday.";
    let read = read(text);
    let whys = read.claims.iter().flat_map(|claim| &claim.why);
    let rules: Vec<&str> = whys.map(|why| why.rule.as_str()).collect();
    assert!(rules.contains(&"name:spelling"), "{rules:?}");
    assert!(read.notes.iter().any(|note| note.code == "same_name"));
}

/// A text that names one group very often.
fn often(last: &str) -> String {
    let mut text = String::new();
    for day in 1..=12 {
        text.push_str(&format!(
            "The Velkari took village number {day} on Monday. "
        ));
    }
    text + last
}

fn garbled(text: &str) -> Vec<String> {
    let notes = read(text).notes.into_iter();
    let slips = notes.filter(|note| note.code == "garbled" && note.message.contains("slip"));
    slips.map(|note| note.span.slice(text).to_owned()).collect()
}

#[test]
fn a_slip_for_the_commonest_name_is_noted() {
    assert_eq!(
        garbled(&often("It was the last place of anti-Velbori resistance.")),
        ["Velbori"]
    );
    assert_eq!(
        garbled(&often("The Velbori fighters were seen at the gate.")),
        ["Velbori"]
    );
}

#[test]
fn a_word_in_its_own_place_is_no_slip() {
    // Another place in the sentence, another word, and a word that the text uses twice.
    assert!(garbled(&often("A Velbori was seen at the gate.")).is_empty());
    assert!(garbled(&often("It was the last place of anti-Dorunist resistance.")).is_empty());
    assert!(
        garbled(&often(
            "The Velbori fighters fled. Later the Velbori fighters came back."
        ))
        .is_empty()
    );
    assert!(garbled("It was the last place of anti-Velbori resistance.").is_empty());
}
