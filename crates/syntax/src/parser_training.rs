//! Learns a parser from trees, with a dynamic oracle: it also learns the way back from its own mistakes.
//!
//! It does not know where the trees come from. Source: Y. Goldberg and J. Nivre, "Training deterministic parsers with
//! non-deterministic oracles" (TACL 2013).

use crate::linear::{CLASSES, FeatureList, Learner, Row, Scorer, Scores, Shuffle, Weights};
use crate::parser::{self, Choices, KIND};
use crate::sketch::{self, Sketch};
use crate::tagger::Tag;
use crate::transitions::{Move, State};
use crate::tree_features::View;
use crate::weight_file;
use crate::words::Words;
use std::collections::BTreeMap;

/// A sentence to learn from.
#[derive(Debug, Clone)]
pub struct ParsedSentence {
    /// Its words.
    pub words: Words,
    /// Tags as a tagger gives them that has not seen the sentence.
    pub tags: Vec<Tag>,
    /// The head of each word; none is the root.
    pub heads: Vec<Option<u16>>,
    /// The relation of each word to its head.
    pub labels: Vec<String>,
}

/// Weight units in one update of the perceptron.
const UNIT: f64 = 8.0;
/// Weights below so many units are left out: after the first round, which finds the features worth keeping, and at the end.
const LEAST: [f64; 2] = [10.0, 2.0];
/// Passes over the data, in the first round and in each second one.
const EPOCHS: [usize; 2] = [5, 10];
/// How far ahead a choice must be in training to be made at the first look, in units of weight: further than in parsing,
/// since weights that are still moving are less to be trusted.
const SURE: f64 = 500.0;
/// So many second rounds, each with the sentences in another order; the model is their mean.
const SECONDS: u64 = 5;
/// Longest sentence to learn from, in words.
const LONGEST: usize = 250;
/// In so many of a hundred steps the parser follows its own choice, right or wrong, from the third pass on.
const EXPLORES: usize = 90;

/// A sentence with its gold in numbers.
struct Lesson<'s> {
    words: &'s Words,
    tags: &'s [Tag],
    heads: Vec<u16>,
    labels: Vec<u8>,
    sketches: Vec<Sketch>,
}

/// Learns a parser, with the sentences in orders that a seed fixes; returns its weight file. `progress` is told what was done, a line at a time.
#[must_use]
pub fn train(sentences: &[ParsedSentence], seed: u64, progress: &mut dyn FnMut(&str)) -> Vec<u8> {
    let sentences: Vec<&ParsedSentence> = sentences
        .iter()
        .filter(|sentence| (1..=LONGEST).contains(&sentence.words.len()))
        .collect();
    let choices = choices(&sentences);
    let mut lessons: Vec<Lesson> = sentences
        .iter()
        .map(|sentence| lesson(sentence, &choices))
        .collect();
    let (sketches, sketcher) = learn_sketches(&mut lessons, seed, progress);

    let mut first = Learner::new();
    learn(
        &mut first,
        &choices,
        &lessons,
        (Looks::Both, EPOCHS[0], seed),
        progress,
    );
    let worth_keeping = first.rows(UNIT, LEAST[0]);
    drop(first);
    let mut seconds: Vec<Learner> = Vec::new();
    for order in 0..SECONDS {
        let mut second = Learner::only(&worth_keeping);
        let seed = seed.wrapping_add(order);
        learn(
            &mut second,
            &choices,
            &lessons,
            (Looks::AsNeeded, EPOCHS[1], seed),
            progress,
        );
        seconds.push(second);
    }

    let mut body = Vec::new();
    choices.put(&mut body);
    weight_file::put_varint(&mut body, sketches as u32);
    Weights::put(&sketcher, &mut body);
    let rows = Learner::mean_rows(&seconds.iter().collect::<Vec<_>>(), UNIT, LEAST[1]);
    progress(&format!("{} features of the parser kept", rows.len()));
    Weights::put(&rows, &mut body);
    weight_file::write(KIND, &body)
}

/// Which features a choice is made by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// By all.
    Both,
    /// By those of the first look where they are sure, as the parser does.
    AsNeeded,
}

fn lesson<'s>(sentence: &'s ParsedSentence, choices: &Choices) -> Lesson<'s> {
    let root = sentence.words.len() as u16;
    let label = |name: &String| {
        choices
            .labels
            .iter()
            .position(|label| label == name)
            .unwrap_or(0) as u8
    };
    Lesson {
        words: &sentence.words,
        tags: &sentence.tags,
        heads: sentence
            .heads
            .iter()
            .map(|head| head.unwrap_or(root))
            .collect(),
        labels: sentence.labels.iter().map(label).collect(),
        sketches: Vec::new(),
    }
}

/// The labels seen, by side; the rarest are left out if there are more than the classes allow.
fn choices(sentences: &[&ParsedSentence]) -> Choices {
    let mut labels: Vec<String> = sentences
        .iter()
        .flat_map(|s| s.labels.iter().cloned())
        .collect();
    labels.sort();
    labels.dedup();
    labels.truncate(256);
    let number = |name: &String| labels.iter().position(|label| label == name).unwrap_or(0) as u8;
    let root = number(&"root".to_string());
    let mut seen: BTreeMap<(bool, u8), i32> = BTreeMap::new();
    for sentence in sentences {
        for (word, (head, label)) in sentence.heads.iter().zip(&sentence.labels).enumerate() {
            if let Some(head) = head {
                *seen
                    .entry((usize::from(*head) > word, number(label)))
                    .or_default() += 1;
            }
        }
    }
    let mut common: Vec<((bool, u8), i32)> = seen
        .into_iter()
        .filter(|((_, label), _)| *label != root)
        .collect();
    common.sort_by_key(|(kind, count)| (-count, *kind));
    common.truncate(CLASSES - 2);
    common.sort();
    let side = |left: bool| {
        common
            .iter()
            .filter(|((is_left, _), _)| *is_left == left)
            .map(|((_, label), _)| *label)
            .collect()
    };
    Choices {
        left: side(true),
        right: side(false),
        labels,
        root,
    }
}

/// Gives every lesson sketches by a model that has not seen it; returns the number of kinds and the model of all.
fn learn_sketches(
    lessons: &mut [Lesson],
    seed: u64,
    progress: &mut dyn FnMut(&str),
) -> (usize, Vec<Row>) {
    let kind = |lesson: &Lesson, word: usize| {
        let head = usize::from(lesson.heads[word]);
        (lesson.labels[word], head > word)
    };
    let mut counts: BTreeMap<(u8, bool), i32> = BTreeMap::new();
    for lesson in lessons.iter() {
        for word in 0..lesson.heads.len() {
            *counts.entry(kind(lesson, word)).or_default() += 1;
        }
    }
    let mut kinds: Vec<((u8, bool), i32)> = counts.into_iter().collect();
    kinds.sort_by_key(|(kind, count)| (-count, *kind));
    kinds.truncate(CLASSES);
    let kinds: Vec<(u8, bool)> = kinds.into_iter().map(|(kind, _)| kind).collect();
    let gold: Vec<Vec<Sketch>> = lessons
        .iter()
        .map(|lesson| {
            let number = |word| {
                kinds
                    .iter()
                    .position(|k| *k == kind(lesson, word))
                    .unwrap_or(0)
            };
            (0..lesson.heads.len())
                .map(|word| number(word) as Sketch)
                .collect()
        })
        .collect();
    let sentences: Vec<sketch::Lesson> = lessons
        .iter()
        .zip(&gold)
        .map(|(lesson, gold)| sketch::Lesson {
            words: lesson.words,
            tags: lesson.tags,
            gold,
        })
        .collect();
    let (found, rows) = sketch::train(&sentences, kinds.len(), seed);
    let same = found
        .iter()
        .flatten()
        .zip(gold.iter().flatten())
        .filter(|(a, b)| a == b)
        .count();
    let all: usize = gold.iter().map(Vec::len).sum();
    progress(&format!(
        "{} kinds of sketches, {:.2} of 100 right on sentences not seen, {} features kept",
        kinds.len(),
        same as f64 * 100.0 / all.max(1) as f64,
        rows.len()
    ));
    for (lesson, sketches) in lessons.iter_mut().zip(found) {
        lesson.sketches = sketches;
    }
    (kinds.len(), rows)
}

fn learn(
    learner: &mut Learner,
    choices: &Choices,
    lessons: &[Lesson],
    (looks, epochs, seed): (Looks, usize, u64),
    progress: &mut dyn FnMut(&str),
) {
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut shuffle = Shuffle::new(seed);
    let mut room = <(State, FeatureList, FeatureList)>::default();
    for epoch in 0..epochs {
        shuffle.shuffle(&mut order);
        let mut wrong = 0;
        for &index in &order {
            wrong += learn_one(
                learner,
                choices,
                &lessons[index],
                (looks, epoch > 1),
                &mut shuffle,
                &mut room,
            );
        }
        progress(&format!(
            "parser, pass {} of {}: {wrong} wrong steps",
            epoch + 1,
            epochs
        ));
    }
}

fn learn_one(
    learner: &mut Learner,
    choices: &Choices,
    lesson: &Lesson,
    (looks, explore): (Looks, bool),
    shuffle: &mut Shuffle,
    (state, features, rest): &mut (State, FeatureList, FeatureList),
) -> usize {
    let mut wrong = 0;
    state.begin(lesson.heads.len() as u16);
    while !state.is_done() {
        let view = View::of(lesson.words, lesson.tags, &lesson.sketches, state);
        let mut scores: Scores = [0; CLASSES];
        view.first_look(features);
        learner.score(features.all(), &mut scores);
        let sure = looks == Looks::AsNeeded
            && parser::best(choices, state, &scores)
                .is_some_and(|(_, ahead)| f64::from(ahead) >= SURE / UNIT);
        if !sure {
            view.second_look(rest);
            learner.score(rest.all(), &mut scores);
        }
        let (right, other) = best_of_each(choices, lesson, state, &scores);
        learner.next();
        let follow = match (right, other) {
            (Some(right), Some(other)) if scores[other] >= scores[right] => {
                wrong += 1;
                let rest = if sure { &[] } else { rest.all() };
                for &feature in features.all().iter().chain(rest) {
                    learner.update(feature, right, 1);
                    learner.update(feature, other, -1);
                }
                if explore && shuffle.below(100) < EXPLORES {
                    other
                } else {
                    right
                }
            }
            (Some(right), _) => right,
            (None, Some(other)) => other,
            (None, None) => break,
        };
        let (step, label) = choices.step(follow);
        state.make(step, label);
    }
    wrong
}

/// The best class that loses nothing more than must be lost, and the best of the others.
fn best_of_each(
    choices: &Choices,
    lesson: &Lesson,
    state: &State,
    scores: &Scores,
) -> (Option<usize>, Option<usize>) {
    let steps = [Move::Shift, Move::Left, Move::Right]
        .into_iter()
        .filter(|step| state.allows(*step));
    let costs: Vec<(Move, usize)> = steps
        .map(|step| (step, state.cost(step, &lesson.heads)))
        .collect();
    let cheapest = costs.iter().map(|(_, cost)| *cost).min().unwrap_or(0);
    let top = usize::from(state.stack(0));
    let (mut right, mut other): (Option<usize>, Option<usize>) = (None, None);
    for (step, cost) in costs {
        let head = match step {
            Move::Shift => None,
            Move::Left => Some(state.next()),
            Move::Right => Some(state.stack(1)),
        };
        let arc_is_gold = head.is_some_and(|head| lesson.heads.get(top) == Some(&head));
        for class in choices.classes(step, state.at_root()) {
            let (_, label) = choices.step(class);
            let loses_label = arc_is_gold && lesson.labels.get(top) != Some(&label);
            let place = if cost == cheapest && !loses_label {
                &mut right
            } else {
                &mut other
            };
            if place.is_none_or(|before| scores[class] > scores[before]) {
                *place = Some(class);
            }
        }
    }
    (right, other)
}
