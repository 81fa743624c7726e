//! Learning and finding names from beginning to end, on invented sentences.

use super::*;
use crate::EntityKind::{self, Group, Organization, Person, Place};
use proptest::prelude::*;
use syntax::{UsualCase, WordClass, WordClasses, word_number};
use text::{Document, Segmenter, SegmenterFiles, Segments, Span};

fn classes() -> WordClasses {
    let known = |word: &str| {
        (
            word_number(word),
            WordClass {
                case: UsualCase::Lower,
                ..WordClass::default()
            },
        )
    };
    WordClasses::of(
        ["the", "met", "said", "in", "people"]
            .map(known)
            .into_iter()
            .collect(),
    )
}

fn segments(text: &str) -> Segments {
    let files = SegmenterFiles {
        abbreviations: "Mr.\n",
        tokens: "",
    };
    text::segment(&Document::plain(text), &Segmenter::parse(&files))
}

/// A document in which `[Kind words]` is a name; other kinds are hidden.
fn document(marked: &str, hidden: &[EntityKind]) -> LearningDocument {
    let mut text = String::new();
    let mut names = Vec::new();
    for (number, part) in marked.split(['[', ']']).enumerate() {
        let start = text.len();
        match part.split_once(' ').filter(|_| number % 2 == 1) {
            Some((kind, words)) => {
                text.push_str(words);
                names.push((
                    Span::new(start, text.len()),
                    EntityKind::parse(kind).unwrap(),
                ));
            }
            None => text.push_str(part),
        }
    }
    let segments = segments(&text);
    let mut known = KnownLabels::new(segments.tokens.len(), hidden);
    for (span, kind) in names {
        let at = |byte: u32| {
            segments
                .tokens
                .partition_point(|token| token.span.start < byte)
        };
        known.name(at(span.start)..at(span.end), &[kind]);
    }
    LearningDocument {
        tags: Vec::new(),
        text,
        segments,
        known,
        repeat: 1,
        group: marked.len() as u64,
    }
}

fn lessons() -> Vec<LearningDocument> {
    let mut lessons = Vec::new();
    for (person, place) in [
        ("Keel", "Orsk"),
        ("Volt", "Dolsk"),
        ("Varn", "Bessim"),
        ("Reck", "Kessar"),
    ] {
        for verb in ["met", "saw", "left", "knew"] {
            lessons.push(document(
                &format!("Then Mr. [Person {person}] {verb} people in [Place {place}] today.\n"),
                &[Group],
            ));
            lessons.push(document(
                &format!("The [Organization {place} Front] {verb} the [Group {place}i] people.\n"),
                &[],
            ));
        }
    }
    lessons
}

fn weights() -> Vec<u8> {
    let how = NameTraining {
        least: 1.0,
        ..NameTraining::default()
    };
    train(&lessons(), &classes(), &NameHints::default(), &how)
}

fn found(tagger: &NameTagger, text: &str) -> Vec<(String, EntityKind)> {
    let segments = segments(text);
    let input = NameInput {
        text,
        segments: &segments,
        tags: &[],
    };
    let (mut room, mut names) = (NameRoom::default(), Vec::new());
    tagger.names(
        &input,
        &classes(),
        &NameHints::default(),
        &mut room,
        &mut names,
    );
    names
        .iter()
        .map(|name| {
            let tokens = &segments.tokens[name.tokens.clone()];
            let span = tokens[0].span.cover(tokens[tokens.len() - 1].span);
            (span.slice(text).to_owned(), name.kind)
        })
        .collect()
}

#[test]
fn names_are_found_by_what_stands_around_them() {
    let tagger = NameTagger::from_bytes(&weights()).unwrap();
    let text = "Then Mr. Marsh met people in Tarrin today. The Tarrin Front left.";
    let wanted = [
        ("Marsh", Person),
        ("Tarrin", Place),
        ("Tarrin Front", Organization),
    ];
    assert_eq!(
        found(&tagger, text),
        wanted.map(|(words, kind)| (words.to_owned(), kind))
    );
}

#[test]
fn the_same_lessons_give_the_same_bytes_and_damage_is_noticed() {
    let bytes = weights();
    assert_eq!(bytes, weights());
    assert!(NameTagger::from_bytes(&bytes[..bytes.len() - 1]).is_err());
    let mut changed = bytes;
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    assert!(NameTagger::from_bytes(&changed).is_err());
}

#[test]
fn a_name_that_a_sentence_end_cuts_in_two_teaches_nothing_and_stops_nothing() {
    let mut torn = document("He left. They came.", &[]);
    torn.known.name(1..5, &[Person]);
    let how = NameTraining::default();
    let bytes = train(&[torn], &classes(), &NameHints::default(), &how);
    let tagger = NameTagger::from_bytes(&bytes).unwrap();
    assert_eq!(found(&tagger, "He left. They came."), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_is_read_and_names_lie_apart_in_it(text in "(Mr\\. |[A-Za-zé]{1,9} |[.,\"'’\\-0-9\n]| Front | in ){0,60}") {
        thread_local! {
            static TAGGER: NameTagger = NameTagger::from_bytes(&weights()).unwrap();
        }
        let segments = segments(&text);
        let input = NameInput { text: &text, segments: &segments, tags: &[] };
        let (mut room, mut names) = (NameRoom::default(), Vec::new());
        TAGGER.with(|tagger| tagger.names(&input, &classes(), &NameHints::default(), &mut room, &mut names));
        let mut end = 0;
        for name in names {
            prop_assert!(end <= name.tokens.start && name.tokens.start < name.tokens.end);
            prop_assert!(name.tokens.end <= segments.tokens.len());
            end = name.tokens.end;
        }
    }
}
