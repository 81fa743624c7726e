//! What must hold of every parse, on any text, with the weights that ship; and what these must get right.

use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;
use syntax::{Depth, ModelFiles, Models, Relation, Tree, Upos, parse};
use text::{Document, Segmenter, SegmenterFiles, Segments};

fn file(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path);
    std::fs::read(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

static MODELS: LazyLock<Models> = LazyLock::new(|| {
    let [word_classes, tags, lemmas, tree] =
        ["word-classes", "tags", "lemmas", "tree"].map(|name| file(&format!("models/{name}.bin")));
    let files = ModelFiles {
        word_classes: &word_classes,
        tags: &tags,
        lemmas: &lemmas,
        tree: &tree,
    };
    Models::from_bytes(&files).unwrap()
});

static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(|| {
    let [abbreviations, tokens] = ["abbreviations", "tokens"]
        .map(|name| String::from_utf8(file(&format!("lexicon/{name}.txt"))).unwrap());
    Segmenter::parse(&SegmenterFiles {
        abbreviations: &abbreviations,
        tokens: &tokens,
    })
});

fn read(text: &str) -> (Document, Segments, Tree) {
    let document = Document::plain(text);
    let segments = text::segment(&document, &SEGMENTER);
    let tree = parse(&document.text, &segments, &MODELS, Depth::Tree);
    (document, segments, tree)
}

/// `word/lemma/UPOS/relation/head` of every word.
fn shown(text: &str) -> Vec<String> {
    let (document, segments, tree) = read(text);
    let word = |token: usize| segments.tokens[token].span.slice(&document.text);
    let mut lemma = String::new();
    tree.nodes
        .iter()
        .enumerate()
        .map(|(token, node)| {
            MODELS.lemma(word(token), node, &mut lemma);
            let head = node.head.map_or("-", |head| word(head as usize));
            format!(
                "{}/{lemma}/{}/{}/{head}",
                word(token),
                node.upos,
                node.relation
            )
        })
        .collect()
}

#[track_caller]
fn has(text: &str, wanted: &[&str]) {
    let shown = shown(text);
    for word in wanted {
        assert!(
            shown.iter().any(|found| found == word),
            "no {word} in {shown:#?}"
        );
    }
}

/// One node a token; every head in the same sentence; no word its own ancestor.
fn holds(text: &str) {
    let (_, segments, tree) = read(text);
    assert_eq!(tree.nodes.len(), segments.tokens.len());
    for sentence in &segments.sentences {
        let tokens = sentence.first..sentence.last;
        for token in tokens.clone() {
            let mut at = token;
            for _ in tokens.clone() {
                match tree.nodes[at as usize].head {
                    None => break,
                    Some(head) => {
                        assert!(tokens.contains(&head));
                        at = head;
                    }
                }
            }
            assert_eq!(
                tree.nodes[at as usize].head, None,
                "a circle at {token} of {text:?}"
            );
        }
    }
    assert_eq!(read(text).2, tree);
}

#[test]
fn speech_and_what_is_said() {
    has(
        "A spokesman for the Front denied on Sunday that the rebels had fled the valley.",
        &[
            "spokesman/spokesman/NOUN/nsubj/denied",
            "denied/deny/VERB/root/-",
            "that/that/SCONJ/mark/fled",
            "rebels/rebel/NOUN/nsubj/fled",
            "fled/flee/VERB/ccomp/denied",
            "valley/valley/NOUN/obj/fled",
        ],
    );
}

#[test]
fn passives_agents_relative_clauses_and_possessors() {
    has(
        "The town was seized by the army that had attacked it. The villagers' claim was denied.",
        &[
            "town/town/NOUN/nsubj:pass/seized",
            "was/be/AUX/aux:pass/seized",
            "army/army/NOUN/obl:agent/seized",
            "attacked/attack/VERB/acl:relcl/army",
            "villagers/villager/NOUN/nmod:poss/claim",
        ],
    );
}

#[test]
fn said_can_be_a_name() {
    has(
        "General Said denied the report.",
        &["Said/Said/PROPN/flat/General"],
    );
    has(
        "\u{201c}We left,\u{201d} he said.",
        &["said/say/VERB/root/-"],
    );
}

#[test]
fn capitals_and_small_letters_change_little() {
    for text in ["the army denied the report.", "THE ARMY DENIED THE REPORT."] {
        let (_, _, tree) = read(text);
        let upos: Vec<Upos> = tree.nodes.iter().map(|node| node.upos).collect();
        assert_eq!(
            upos,
            [
                Upos::Det,
                Upos::Noun,
                Upos::Verb,
                Upos::Det,
                Upos::Noun,
                Upos::Punct
            ],
            "{text}"
        );
        assert_eq!(tree.nodes[1].relation, Relation::Nsubj, "{text}");
    }
}

#[test]
fn long_and_odd_texts_hold() {
    holds("");
    holds(&"word ".repeat(3000));
    holds(&"(".repeat(3000));
    holds(&"a,".repeat(2000));
    holds("\u{feff}\u{202e}\u{200b} \u{1f600}\u{1f600} ÄÖÜ ß ﬁ … —— 99999999999999999999");
    holds(&format!("{} said.", "x".repeat(20_000)));
}

#[test]
fn a_damaged_file_is_refused_with_a_sentence() {
    let mut tags = file("models/tags.bin");
    let middle = tags.len() / 2;
    tags[middle] ^= 1;
    let files = ModelFiles {
        word_classes: &file("models/word-classes.bin"),
        tags: &tags,
        lemmas: &file("models/lemmas.bin"),
        tree: &file("models/tree.bin"),
    };
    let damage = Models::from_bytes(&files).unwrap_err().to_string();
    assert!(
        damage.contains("tags") && damage.contains("changed"),
        "{damage}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_holds(text in any::<String>()) {
        holds(&text);
    }

    #[test]
    fn any_prose_holds(words in prop::collection::vec("[A-Za-z',.\"-]{1,9}|said|the|denied|that|,|\\.", 0..120)) {
        holds(&words.join(" "));
    }
}
