//! `Sketcher`: for each word, a guess at its relation and on which side its head stands, before the tree is built.
//!
//! It gives the parser a look ahead for the price of one more tagging pass. It does not know trees. Source: H. Ouchi,
//! K. Duh and Y. Matsumoto, "Improving dependency parsers with supertags" (EACL 2014).

use crate::linear::{self, CLASSES, Feature, FeatureList, Learner, Row, Scorer, Scores, Shuffle};
use crate::tagger::Tag;
use crate::words::Words;

/// A guess: its index among the sketcher's classes.
pub(crate) type Sketch = u8;

/// The value of what stands outside a sentence.
const OUTSIDE: u32 = 255;

/// Sketches a sentence from left to right.
pub(crate) fn sketch(
    scorer: &impl Scorer,
    classes: usize,
    words: &Words,
    tags: &[Tag],
    features: &mut FeatureList,
    into: &mut Vec<Sketch>,
) {
    into.clear();
    for index in 0..words.len().min(tags.len()) {
        collect(features, words, tags, index, into);
        into.push(decide(scorer, classes, features));
    }
}

fn decide(scorer: &impl Scorer, classes: usize, features: &FeatureList) -> Sketch {
    let mut scores: Scores = [0; CLASSES];
    scorer.score(features.all(), &mut scores);
    linear::best(&scores, classes).0 as Sketch
}

/// Collects the features of one word's sketch.
#[inline]
fn collect(
    features: &mut FeatureList,
    words: &Words,
    tags: &[Tag],
    index: usize,
    before: &[Sketch],
) {
    features.clear();
    let at = |offset: isize| words.at(index as isize + offset);
    let tag = |offset: isize| {
        index
            .checked_add_signed(offset)
            .and_then(|at| tags.get(at))
            .map_or(OUTSIDE, |&tag| u32::from(tag))
    };
    let sketch = |back: usize| {
        index
            .checked_sub(back)
            .and_then(|at| before.get(at))
            .map_or(OUTSIDE, |&sketch| u32::from(sketch))
    };
    let class = |offset: isize, grain: usize| u32::from(at(offset).class.classes[grain]);
    let (word, t) = (at(0).form, tag(0));
    let (l1, l2, l3, r1, r2, r3) = (tag(-1), tag(-2), tag(-3), tag(1), tag(2), tag(3));
    let (g1, g2) = (sketch(1), sketch(2));
    let f = Feature::of;
    features.add(f(200).with(word).with(t));
    features.add(f(201).with(t));
    features.add(f(202).with(t).with(l1));
    features.add(f(203).with(t).with(r1));
    features.add(f(204).with(t).with(l1).with(r1));
    features.add(f(205).with(t).with(l1).with(l2));
    features.add(f(206).with(t).with(r1).with(r2));
    features.add(f(207).with(t).with(l1).with(l2).with(r1));
    features.add(f(208).with(t).with(l1).with(r1).with(r2));
    features.add(f(209).with(t).with(l1).with(l2).with(l3));
    features.add(f(210).with(t).with(r1).with(r2).with(r3));
    features.add(f(211).with(l2).with(l1).with(t).with(r1).with(r2));
    features.add(f(212).with(word).with(at(-1).form));
    features.add(f(213).with(word).with(at(1).form));
    features.add(f(214).with(word).with(r1));
    features.add(f(215).with(word).with(l1));
    features.add(f(216).with(word).with(l1).with(r1));
    features.add(f(217).with(at(-1).form).with(t));
    features.add(f(218).with(at(1).form).with(t));
    features.add(f(219).with(at(-2).form).with(t).with(l1));
    features.add(f(220).with(at(2).form).with(t).with(r1));
    features.add(f(221).with(g1).with(t));
    features.add(f(222).with(g1).with(g2).with(t));
    features.add(f(223).with(g1).with(word));
    features.add(f(224).with(g1).with(t).with(r1));
    features.add(f(225).with(g1).with(g2).with(t).with(r1));
    features.add(f(226).with(class(0, 2)).with(t));
    features.add(f(227).with(class(0, 1)).with(class(1, 1)).with(t));
    features.add(f(228).with(class(0, 1)).with(class(-1, 1)).with(t));
    features.add(f(229).with(class(-1, 2)).with(t));
    features.add(f(230).with(class(1, 2)).with(t));
    features.add(f(231).with(at(0).suffixes[2]).with(t));
    features.add(f(232).with(g1).with(sketch(2)).with(sketch(3)).with(t));
    features.add(f(233).with(at(-1).form).with(at(1).form).with(t));
    // What came last among verbs, marks and clause openers tells the clause that the word stands in.
    let (mut verb, mut far) = (OUTSIDE, 0_u32);
    for back in 1..=8 {
        let seen = sketch(back);
        if seen == OUTSIDE {
            break;
        }
        far = far.wrapping_mul(31).wrapping_add(seen);
        let tag = tag(-(back as isize));
        if back <= 8 && verb == OUTSIDE && seen != g1 {
            verb = tag.wrapping_mul(128).wrapping_add(seen);
        }
    }
    features.add(f(234).with(verb).with(t));
    features.add(f(235).with(far).with(t));
    features.add(f(236).with(tag(4)).with(r3).with(r2).with(r1).with(t));
    features.add(f(237).with(index.min(3) as u32).with(t));
}

/// A sentence to learn from.
pub(crate) struct Lesson<'s> {
    pub(crate) words: &'s Words,
    pub(crate) tags: &'s [Tag],
    pub(crate) gold: &'s [Sketch],
}

/// Weight units in one update of the perceptron.
const UNIT: f64 = 8.0;
/// Weights below so many units are left out: after the first round, and at the end.
const LEAST: [f64; 2] = [11.0, 2.0];
/// Passes over the data, in the first round and in the second.
const EPOCHS: [usize; 2] = [4, 6];

/// Sketches of every sentence by models that have not seen it (four folds), and a model of all.
pub(crate) fn train(lessons: &[Lesson], classes: usize, seed: u64) -> (Vec<Vec<Sketch>>, Vec<Row>) {
    let mut found = vec![Vec::new(); lessons.len()];
    let mut features = FeatureList::default();
    for part in 0..4 {
        let (on, rest): (Vec<usize>, Vec<usize>) =
            (0..lessons.len()).partition(|index| index / 20 % 4 == part);
        let weights = Learner::finish(&learn(lessons, &rest, classes, seed), classes);
        for index in on {
            let Lesson { words, tags, .. } = &lessons[index];
            sketch(
                &weights,
                classes,
                words,
                tags,
                &mut features,
                &mut found[index],
            );
        }
    }
    let all: Vec<usize> = (0..lessons.len()).collect();
    (found, learn(lessons, &all, classes, seed))
}

/// Learns from the lessons `on`.
fn learn(lessons: &[Lesson], on: &[usize], classes: usize, seed: u64) -> Vec<Row> {
    linear::in_two_rounds(UNIT, LEAST, |learner, round| {
        let mut order = on.to_vec();
        let mut shuffle = Shuffle::new(seed);
        let mut features = FeatureList::default();
        let mut given = Vec::new();
        for _ in 0..EPOCHS[round] {
            shuffle.shuffle(&mut order);
            for &index in &order {
                let lesson = &lessons[index];
                given.clear();
                for (word, &right) in lesson.gold.iter().enumerate() {
                    collect(&mut features, lesson.words, lesson.tags, word, &given);
                    let found = decide(&*learner, classes, &features);
                    learner.learn(features.all(), right.into(), found.into());
                    given.push(found);
                }
            }
        }
    })
}
