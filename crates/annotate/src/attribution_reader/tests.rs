//! Learning and reading attributions from beginning to end, on invented sentences.

use super::*;
use crate::{Knowledge, KnowledgeFiles};
use proptest::prelude::*;
use std::path::Path;
use std::sync::OnceLock;
use syntax::ModelFiles;
use text::{Document, Span};

/// Lexicons and weights of the workspace, without the reader's own.
fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let weights = |name: &str| std::fs::read(root.join("models").join(name)).unwrap();
        let lexicon =
            |name: &str| std::fs::read_to_string(root.join("lexicon").join(name)).unwrap();
        let [classes, tags, lemmas, tree] =
            ["word-classes.bin", "tags.bin", "lemmas.bin", "tree.bin"].map(weights);
        Knowledge::parse(&KnowledgeFiles {
            cues: &lexicon("cues.txt"),
            words: &lexicon("words.txt"),
            parties: &lexicon("parties.txt"),
            syntax: ModelFiles {
                word_classes: &classes,
                tags: &tags,
                lemmas: &lemmas,
                tree: &tree,
            },
            ..KnowledgeFiles::default()
        })
    })
}

fn document(marked: &str, group: u64) -> LearningAttributions {
    let mut text = String::new();
    let mut spans: Vec<(usize, Span)> = Vec::new();
    for (number, piece) in marked.split(['[', ']']).enumerate() {
        let start = text.len();
        match piece.split_once(' ').filter(|_| number % 2 == 1) {
            Some((part, words)) => {
                text.push_str(words);
                let place = ["source", "cue", "content"]
                    .iter()
                    .position(|known| *known == part)
                    .unwrap();
                spans.push((place, Span::new(start, text.len())));
            }
            None => text.push_str(piece),
        }
    }
    let reading = AttributionReading::new(&Document::plain(&text), knowledge());
    let mut gold = GoldAttribution::default();
    for (place, span) in spans {
        gold.parts[place].push(reading.tokens_in(span));
    }
    LearningAttributions {
        reading,
        gold: vec![gold],
        group,
    }
}

/// The weights that some forty sentences of three forms give.
fn bytes() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let mut documents = Vec::new();
        let who = ["the mayor", "a spokesman", "Ana Kovrin", "the ministry"];
        let what = [
            "the bridge was closed",
            "nine villages were cut off",
            "the talks had failed",
            "its men had left the town",
        ];
        for (number, (who, what)) in (0..).zip(
            who.iter()
                .flat_map(|who| what.iter().map(move |what| (who, what))),
        ) {
            for marked in [
                format!("[source {who}] [cue said] [content that {what}]."),
                format!("[content “We saw that {what},”] [source {who}] [cue said]."),
                format!("According to the plan {what}. On Monday {who} left the town."),
            ] {
                let mut document = document(&marked, number);
                document.gold.retain(|gold| !gold.parts[1].is_empty());
                documents.push(document);
            }
        }
        train(&documents, &AttributionTraining::default()).bytes
    })
}

fn read(text: &str) -> Vec<[String; 3]> {
    let model = AttributionModel::from_bytes(bytes()).unwrap();
    let reading = AttributionReading::new(&Document::plain(text), knowledge());
    let found = model.read(&reading, &mut AttributionRoom::default());
    let words = |ranges: &[std::ops::Range<usize>]| {
        let words: Vec<&str> = ranges
            .iter()
            .map(|tokens| reading.span(tokens).slice(text))
            .collect();
        words.join(" … ")
    };
    found
        .iter()
        .map(|linked| [&linked.source, &linked.cue, &linked.content].map(|ranges| words(ranges)))
        .collect()
}

#[test]
fn what_was_learnt_is_read_of_other_people_and_matters() {
    assert_eq!(
        read("The governor said that the road was open.\n"),
        [["The governor", "said", "that the road was open"].map(String::from)]
    );
    assert_eq!(
        read("“We saw that the road was open,” the governor said.\n"),
        [["the governor", "said", "“We saw that the road was open,”"].map(String::from)]
    );
    assert!(read("On Monday the governor left the road.\n").is_empty());
}

#[test]
fn the_same_data_give_the_same_weights_and_damage_is_noticed() {
    let document = || document("[source The mayor] [cue said] [content that it rained].", 1);
    let how = AttributionTraining::default();
    assert_eq!(
        train(&[document()], &how).bytes,
        train(&[document()], &how).bytes
    );
    let mut damaged = bytes().to_vec();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    assert!(AttributionModel::from_bytes(&damaged).is_err());
    assert!(AttributionModel::from_bytes(&bytes()[..middle]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_and_parts_lie_in_it(text in "([a-zA-Z]{1,6}|said|that|[ \n.,:;'\"“”«»—-]|é|中|\u{0}){0,120}") {
        let model = AttributionModel::from_bytes(bytes()).unwrap();
        let reading = AttributionReading::new(&Document::plain(&text), knowledge());
        for linked in model.read(&reading, &mut AttributionRoom::default()) {
            prop_assert!(!linked.cue.is_empty() && !linked.content.is_empty());
            prop_assert!((0.0..=1.0).contains(&linked.relation) && linked.relation <= linked.attribution);
            for tokens in linked.source.iter().chain(&linked.cue).chain(&linked.content) {
                prop_assert!(!tokens.is_empty() && reading.span(tokens).fits(&text));
            }
        }
    }
}
