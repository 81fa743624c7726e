//! Learning and reading attributions from beginning to end, on invented sentences.

use super::chain::Neighbours;
use super::edge_training::EdgeLearner;
use super::edges::{EdgeRoom, Tagged, choose};
use super::labels::{self, LABELS, Label, OUTSIDE};
use super::linker::{Link, Runs};
use super::reading::Seen;
use super::*;
use crate::{Knowledge, KnowledgeFiles};
use proptest::prelude::*;
use std::path::Path;
use std::sync::OnceLock;
use syntax::ModelFiles;
use syntax::linear::Learner;
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

/// A sentence of which a tagger read the content too short, with gold.
struct Short {
    reading: AttributionReading,
    labels: Vec<Label>,
    gold: std::ops::Range<usize>,
}

impl Short {
    fn new(text: &str) -> Self {
        let reading = AttributionReading::new(&Document::plain(text), knowledge());
        let word = |wanted: &str| {
            let at = text.find(wanted).unwrap();
            reading.tokens_in(Span::new(at, at + wanted.len()))
        };
        let own = word("that").start..word("closed").end;
        let mut labels = vec![OUTSIDE; reading.tokens()];
        for (part, tokens) in [(Part::Cue, word("said")), (Part::Content, own.clone())] {
            labels[tokens.clone()].fill(part.begin() + 1);
            labels[tokens.start] = part.begin();
        }
        let gold = own.start..word(",").start;
        Self {
            reading,
            labels,
            gold,
        }
    }

    fn runs(&self) -> Runs {
        let (mut stretches, mut sorted) = (Vec::new(), Runs::default());
        labels::runs(&self.labels, 0, &mut stretches);
        sorted.fill(&self.reading, stretches);
        sorted
    }
}

#[test]
fn edges_are_learnt_from_what_a_tagger_cut_off() {
    let sentences = [
        "The mayor said that the bridge was closed on Monday, and left.",
        "A spokesman said that the road was closed in March, and smiled.",
        "The ministry said that its office was closed for a week, and apologised.",
        "Ana Kovrin said that the port was closed to ships, and laughed.",
        "The governor said that the school was closed at noon, and sat down.",
    ]
    .map(Short::new);
    let neighbours = Neighbours::new(&Learner::new());
    let nothing = vec![[0; LABELS]; 40];
    let tagged = sentences.each_ref().map(|short| Tagged {
        reading: &short.reading,
        tokens: 0..short.labels.len(),
        weighed: &nothing[..short.labels.len()],
        labels: &short.labels,
        neighbours: &neighbours,
        outside: Seen::outside(),
    });
    let links = [Link {
        cue: vec![0],
        content: vec![1],
        ..Link::default()
    }];
    let mut learner = EdgeLearner::default();
    for number in 0..40 {
        let at = number % 4;
        let gold = |_| Some(sentences[at].gold.clone());
        learner.add(&tagged[at], at, &sentences[at].runs(), &links, gold);
    }
    let weights = Learner::finish(&learner.fit(1, &tagged), 1);
    let (new, mut runs) = (&sentences[4], sentences[4].runs());
    assert_ne!(runs.runs[1].tokens, new.gold);
    let mut room = EdgeRoom::default();
    choose(&tagged[4], &mut runs, &links, &weights, &mut room);
    assert_eq!(runs.runs[1].tokens, new.gold);
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
