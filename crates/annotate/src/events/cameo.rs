//! `Cameo`: the verb patterns of CAMEO as witnesses of a type: which of its codes fit a verb and the words around it.
//!
//! From `models/cameo.tsv`, made by `lab build cameo` of the dictionary that the Open Event Data Alliance gives under the MIT licence.
//! It does not know types of events: the weights learn what a code speaks for.

use super::lexicon::Part;
use super::predicates::Predicate;
use crate::knowledge::lines;
use crate::view::View;
use std::collections::{HashMap, HashSet};
use syntax::linear::{Feature, FeatureList, hash_bytes};

/// Words after or before a verb in which those of its patterns are looked for.
const REACH: usize = 10;

/// A verb's code with the words that must stand around it.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub(super) code: String,
    before: Vec<String>,
    after: Vec<String>,
}

/// The patterns by verb.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cameo {
    /// Numbers of blocks by the verb's lemma, with the words after it that belong to it ("ask" with "for").
    verbs: HashMap<String, Vec<(usize, Vec<String>)>>,
    /// The patterns of each block of verbs that share them; the last has no words and is the block's own code.
    blocks: Vec<Vec<Pattern>>,
    /// Words of one meaning, by name.
    synsets: HashMap<String, HashSet<String>>,
}

impl Cameo {
    pub(crate) fn parse(file: &str, problems: &mut Vec<String>) -> Self {
        let mut cameo = Self::default();
        for (number, line) in lines(file) {
            let fields: Vec<&str> = line.split('\t').collect();
            let words = |field: &str| -> Vec<String> {
                field
                    .split(' ')
                    .filter(|word| *word != "-")
                    .map(str::to_owned)
                    .collect()
            };
            match fields[..] {
                ["synset", name, list] => {
                    cameo
                        .synsets
                        .insert(name.to_owned(), words(list).into_iter().collect());
                }
                ["verbs", list] => {
                    for verb in words(list) {
                        let mut parts = verb.split('_').map(str::to_owned);
                        let Some(lemma) = parts.next() else { continue };
                        let with = (cameo.blocks.len(), parts.collect());
                        cameo.verbs.entry(lemma).or_default().push(with);
                    }
                    cameo.blocks.push(Vec::new());
                }
                ["pattern", code, before, after] => match cameo.blocks.last_mut() {
                    Some(block) => block.push(Pattern {
                        code: code.to_owned(),
                        before: words(before),
                        after: words(after),
                    }),
                    None => {
                        problems.push(format!("cameo.tsv line {number}: a pattern without verbs"))
                    }
                },
                _ => problems.push(format!(
                    "cameo.tsv line {number}: synset, verbs or pattern is needed"
                )),
            }
        }
        for block in &mut cameo.blocks {
            block.sort_by_key(|pattern| usize::MAX - pattern.before.len() - pattern.after.len());
        }
        cameo
    }

    /// Adds what the patterns say of a verb.
    pub(super) fn collect(&self, view: &View, predicate: &Predicate, into: &mut FeatureList) {
        if let Some(found) = self.pattern(view, predicate) {
            let length = (found.before.len() + found.after.len()).min(2) as u32;
            let code = hash_bytes(found.code.as_bytes());
            into.add(Feature::of(36).with(code));
            into.add(Feature::of(37).with(code).with(length));
        }
    }

    /// The pattern that fits a verb.
    pub(super) fn pattern(&self, view: &View, predicate: &Predicate) -> Option<&Pattern> {
        if predicate.part != Part::Verb || self.verbs.is_empty() {
            return None;
        }
        let verb = predicate.words.start;
        let blocks = self.verbs.get(&view.lemma(verb).to_lowercase())?;
        let sentence = view.sentence_around(verb).unwrap_or(verb..verb + 1);
        let spelt = |token: usize| {
            (
                view.lower(token).to_owned(),
                view.lemma(token).to_lowercase(),
            )
        };
        let before: Vec<_> = (sentence.start..verb)
            .rev()
            .take(REACH)
            .map(spelt)
            .collect();
        let after: Vec<_> = (verb + 1..sentence.end).take(REACH).map(spelt).collect();
        let holds = |words: &[(String, String)], wanted: &String| {
            words
                .iter()
                .any(|(lower, lemma)| match wanted.strip_prefix('&') {
                    Some(name) => self
                        .synsets
                        .get(name)
                        .is_some_and(|synset| synset.contains(lower) || synset.contains(lemma)),
                    None => lower == wanted || lemma == wanted,
                })
        };
        // The longest of a verb's blocks that fits: "ask for" before "ask".
        let fits = blocks
            .iter()
            .filter(|(_, with)| with.iter().all(|word| holds(&after, word)));
        let (block, _) = fits.max_by_key(|(_, with)| with.len())?;
        self.blocks[*block].iter().find(|pattern| {
            pattern.before.iter().all(|word| holds(&before, word))
                && pattern.after.iter().all(|word| holds(&after, word))
        })
    }
}
