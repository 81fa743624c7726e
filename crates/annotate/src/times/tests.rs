//! Every rule of `lexicon/times.txt` against its examples and counter-examples, read with the tags and trees of the product.

use super::{Expression, expressions, story};
use crate::fine::Fine;
use crate::{Knowledge, KnowledgeFiles, TimeExpr};
use std::path::Path;
use syntax::ModelFiles;
use text::{Document, SegmenterFiles};

/// The day on which the examples are written: a Wednesday.
const DAY: &str = "2031-03-12";

fn file(path: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn knowledge() -> Knowledge {
    let text = |name: &str| String::from_utf8(file(&format!("lexicon/{name}.txt"))).unwrap();
    let weights = |name: &str| file(&format!("models/{name}.bin"));
    let [abbreviations, tokens, times] = ["abbreviations", "tokens", "times"].map(text);
    let [word_classes, tags, lemmas, tree] =
        ["word-classes", "tags", "lemmas", "tree"].map(weights);
    let knowledge = Knowledge::parse(&KnowledgeFiles {
        segmenter: SegmenterFiles {
            abbreviations: &abbreviations,
            tokens: &tokens,
        },
        times: &times,
        syntax: ModelFiles {
            word_classes: &word_classes,
            tags: &tags,
            lemmas: &lemmas,
            tree: &tree,
        },
        ..KnowledgeFiles::default()
    });
    assert_eq!(knowledge.problems(), &[] as &[String]);
    knowledge
}

/// What is read in a text, with the rule that reads it.
fn read(text: &str, knowledge: &Knowledge) -> Vec<(String, TimeExpr)> {
    let document = Document::plain(text);
    let (segments, tree) = crate::parsed(&document, knowledge);
    let words = Fine::new(text, &segments, &tree, knowledge);
    let found = expressions(&words, &knowledge.times);
    let rule = |found: &Expression| knowledge.times.grammar.rules[found.rule].name.clone();
    let times = story::ground(&words, &[], &knowledge.times, DAY.parse().ok(), &found);
    found.iter().map(rule).zip(times).collect()
}

fn shown(time: &TimeExpr) -> String {
    let value = time.value.as_deref().unwrap_or("-");
    match &time.modifier {
        Some(modifier) => format!("{value} {modifier}"),
        None => value.to_owned(),
    }
}

#[test]
fn every_rule_fires_on_its_examples_and_on_no_counterexample() {
    let knowledge = knowledge();
    let mut wrong = Vec::new();
    for rule in &knowledge.times.grammar.rules {
        for (text, expected) in &rule.examples {
            let found = read(text, &knowledge);
            let fits =
                |(name, time): &(String, TimeExpr)| *name == rule.name && shown(time) == *expected;
            if !found.iter().any(fits) {
                let found: Vec<String> = found
                    .iter()
                    .map(|(name, time)| format!("{name} {}", shown(time)))
                    .collect();
                wrong.push(format!(
                    "{}: “{text}” is not {expected} but {found:?}",
                    rule.name
                ));
            }
        }
        for text in &rule.counterexamples {
            if read(text, &knowledge)
                .iter()
                .any(|(name, _)| *name == rule.name)
            {
                wrong.push(format!("{}: it fires on “{text}”", rule.name));
            }
        }
        if rule.counterexamples.is_empty() && rule.action != "nothing" {
            wrong.push(format!("{}: it has no counter-example", rule.name));
        }
        if rule.examples.is_empty() && rule.action != "nothing" {
            wrong.push(format!("{}: it has no example", rule.name));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} wrong",
        wrong.join("\n"),
        wrong.len()
    );
}
