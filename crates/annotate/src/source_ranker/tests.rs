//! The ranker alone: its weight file, and that what was learnt is what is read.

use super::*;
use crate::{EntityId, Knowledge, KnowledgeFiles};
use text::Document;

fn ranker(file: &str) -> Knowledge {
    Knowledge::parse(&KnowledgeFiles {
        sources: file,
        ..KnowledgeFiles::default()
    })
}

#[test]
fn a_weight_file_comes_out_as_it_went_in_and_a_damaged_line_is_named() {
    let file = "he\tgender\t0\t1.500\nall\tnone\t0\t-0.250\n";
    let knowledge = ranker(file);
    assert_eq!(knowledge.problems(), [""; 0]);
    let written = knowledge.source_ranker().map(SourceRanker::file);
    assert!(written.is_some_and(|written| written.ends_with(file)));
    for damaged in [
        "he\tgender\t8\t1",
        "he\tgender\t0\tNaN",
        "he\tgender\t0",
        "we\tgender\t0\t1",
    ] {
        assert_eq!(ranker(damaged).problems().len(), 1, "{damaged}");
    }
}

#[test]
fn every_feature_has_a_name_of_its_own() {
    for feature in 0..feature_count() {
        let (class, template, value) = features::name_of(feature);
        assert_eq!(features::feature_of(class, template, value), Some(feature));
    }
}

/// A name or a pronoun, five bytes after the one before.
fn item(number: u32, said: items::Said, entity: Option<u32>, gender: i8) -> items::Item {
    let span = text::Span::new(number as usize * 5, number as usize * 5 + 3);
    items::Item {
        span,
        head: span,
        top: span,
        sentence: number,
        block: 0,
        kind: crate::EntityKind::Person,
        said,
        entity: entity.map(EntityId),
        same_as: None,
        class: match said {
            items::Said::Pronoun(class) => Some(class),
            _ => None,
        },
        gender,
        ends_in_a: false,
        plural: false,
        coordinated: false,
        place: items::Place::Subject,
        clause: number,
        inner: false,
        quotation: 0,
        is_source: true,
        in_content: false,
        has_complement: false,
        word: number,
        words: vec![number],
        aged: false,
    }
}

fn reading() -> SourceReading {
    SourceReading {
        items: vec![
            item(0, items::Said::Name, Some(0), 1),
            item(1, items::Said::Name, Some(1), -1),
            item(2, items::Said::Pronoun(Class::She), None, 3),
        ],
    }
}

#[test]
fn what_was_learnt_is_read_and_nobody_is_named_without_it() {
    let reading = reading();
    let lesson = |who: u32| LearningSources {
        reading: reading.clone(),
        truth: vec![Truth::Unknown, Truth::Unknown, Truth::Entity(EntityId(who))],
        weight: 1.0,
    };
    let ranker = train(&[lesson(0)], SourceTraining::default());
    assert_eq!(ranker, train(&[lesson(0)], SourceTraining::default()));
    let found = ranker.read(&reading);
    assert_eq!(found[0], None);
    let she = found[2].expect("somebody is likely");
    assert_eq!((she.entity, she.phrase), (Some(EntityId(0)), 0));
    assert!(she.probability > 0.5);
    let nothing = train(&[], SourceTraining::default()).read(&reading);
    assert!(nothing[2].is_some_and(|found| found.probability < 0.5));
}

#[test]
fn a_document_without_weights_has_nothing_that_points_back() {
    let document = Document::plain("Ana Volt came. She said that it was late.");
    assert!(crate::source_reading(&document, &ranker("")).is_empty());
}
