//! `Tagger`: part of speech of each word, universal and English, by a linear model in two passes.
//!
//! It does not know trees. The first pass goes left to right and sees the tags before a word; the second goes over the words
//! of which the first is not sure, and also sees the first one's tags after them. Tags are pairs of a universal tag and an English one (Penn), decided as one class.

use crate::linear::{
    self, CLASSES, Feature, FeatureList, Learner, Row, Scorer, Scores, Shuffle, Weights,
};
use crate::weight_file::{self, Damage};
use crate::words::Words;

const KIND: &str = "tags";

/// The classes of a tagger: each a universal and an English tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagSet {
    names: Vec<String>,
}

/// A tag: its index in the tag set.
pub type Tag = u8;

/// The tag of what stands outside a sentence.
const OUTSIDE: u32 = 255;

impl TagSet {
    /// The universal tag.
    #[must_use]
    pub fn upos(&self, tag: Tag) -> &str {
        self.halves(tag).0
    }

    /// The English tag.
    #[must_use]
    pub fn xpos(&self, tag: Tag) -> &str {
        self.halves(tag).1
    }

    fn halves(&self, tag: Tag) -> (&str, &str) {
        self.names
            .get(tag as usize)
            .and_then(|name| name.split_once(' '))
            .unwrap_or(("X", "FW"))
    }

    /// The class of a pair, where there is one.
    #[must_use]
    pub fn find(&self, upos: &str, xpos: &str) -> Option<Tag> {
        let found = self
            .names
            .iter()
            .position(|name| name.split_once(' ') == Some((upos, xpos)))?;
        Tag::try_from(found).ok()
    }

    /// How many classes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// The tagger.
#[derive(Debug, Clone)]
pub struct Tagger {
    tags: TagSet,
    first: Weights,
    second: Weights,
}

/// What the first pass says of a sentence.
#[derive(Debug, Clone, Default)]
struct Draft {
    tags: Vec<Tag>,
    /// Which of them stand.
    sure: Vec<bool>,
}

/// A tag that is so far ahead of the next after the first pass, in units of weight, stands. On the treebanks' dev parts six
/// of seven do, at no cost of accuracy.
const SURE: i32 = 150;

/// Room for a sentence's tags, kept from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub struct TagRoom {
    draft: Draft,
}

impl Tagger {
    /// Tags a sentence.
    pub fn tag(&self, words: &Words, room: &mut TagRoom, tags: &mut Vec<Tag>) {
        first_pass(&self.first, &self.tags, words, &mut room.draft);
        second_pass(&self.second, &self.tags, words, &room.draft, tags);
    }

    /// The classes.
    #[must_use]
    pub fn tags(&self) -> &TagSet {
        &self.tags
    }

    /// Reads a weight file.
    ///
    /// # Errors
    /// When the bytes are not such a file, whole and unchanged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damage> {
        let mut body = weight_file::read(KIND, bytes)?;
        let names = body.texts()?;
        if names.is_empty() || names.len() > CLASSES {
            return Err(body.broken());
        }
        let first = Weights::read(&mut body, names.len())?;
        let second = Weights::read(&mut body, names.len())?;
        Ok(Self {
            tags: TagSet { names },
            first,
            second,
        })
    }
}

/// Tags a sentence from left to right.
fn first_pass(scorer: &impl Scorer, tags: &TagSet, words: &Words, draft: &mut Draft) {
    draft.tags.clear();
    draft.sure.clear();
    let mut features = FeatureList::default();
    for index in 0..words.len() {
        collect(&mut features, words, index, &draft.tags, None);
        let (tag, ahead) = decide(scorer, tags, &features);
        draft.tags.push(tag);
        draft.sure.push(ahead >= SURE);
    }
}

/// Tags a sentence from left to right where the draft is not sure.
fn second_pass(
    scorer: &impl Scorer,
    tags: &TagSet,
    words: &Words,
    draft: &Draft,
    into: &mut Vec<Tag>,
) {
    into.clear();
    let mut features = FeatureList::default();
    for (index, (&tag, &sure)) in draft.tags.iter().zip(&draft.sure).enumerate() {
        into.push(if sure {
            tag
        } else {
            collect(&mut features, words, index, into, Some(&draft.tags));
            decide(scorer, tags, &features).0
        });
    }
}

fn decide(scorer: &impl Scorer, tags: &TagSet, features: &FeatureList) -> (Tag, i32) {
    let mut scores: Scores = [0; CLASSES];
    scorer.score(features.all(), &mut scores);
    let (tag, ahead) = linear::best(&scores, tags.len());
    (tag as Tag, ahead)
}

/// Collects the features of one word's tag.
#[inline]
fn collect(
    features: &mut FeatureList,
    words: &Words,
    index: usize,
    before: &[Tag],
    draft: Option<&[Tag]>,
) {
    features.clear();
    let at = |offset: isize| words.at(index as isize + offset);
    let (word, left, left2, right, right2) = (at(0), at(-1), at(-2), at(1), at(2));
    let tag_before = |back: usize| {
        index
            .checked_sub(back)
            .and_then(|at| before.get(at))
            .map_or(OUTSIDE, |&tag| u32::from(tag))
    };
    let (tag1, tag2) = (tag_before(1), tag_before(2));
    let [_, s2, s3, s4] = word.suffixes;
    let [coarse, middle, fine] = word.class.classes.map(u32::from);
    let case = word.class.case as u32;

    features.add(Feature::of(0));
    features.add(Feature::of(1).with(word.form));
    features.add(Feature::of(2).with(s2).with(word.shape));
    features.add(Feature::of(3).with(s3));
    features.add(Feature::of(4).with(s4));
    features.add(Feature::of(5).with(word.prefixes[1]));
    features.add(Feature::of(6).with(word.shape).with(case));
    features.add(Feature::of(7).with(coarse).with(s2));
    features.add(Feature::of(8).with(middle));
    features.add(Feature::of(9).with(fine));
    features.add(Feature::of(10).with(word.form).with(word.shape));
    features.add(Feature::of(11).with(tag1));
    features.add(Feature::of(12).with(tag1).with(tag2));
    features.add(Feature::of(13).with(tag1).with(word.form));
    features.add(Feature::of(14).with(tag1).with(right.form));
    features.add(Feature::of(15).with(left.form));
    features.add(Feature::of(16).with(right.form));
    features.add(Feature::of(17).with(left2.form));
    features.add(Feature::of(18).with(right2.form));
    features.add(Feature::of(19).with(left.form).with(word.form));
    features.add(Feature::of(20).with(word.form).with(right.form));
    features.add(Feature::of(21).with(right.suffixes[2]));
    features.add(Feature::of(22).with(u32::from(right.class.classes[1])));
    features.add(Feature::of(23).with(u32::from(left.class.classes[1])));
    features.add(
        Feature::of(24)
            .with(right.shape)
            .with(word.shape)
            .with(left.shape),
    );
    features.add(Feature::of(25).with(tag1).with(s3));
    features.add(Feature::of(26).with(tag1).with(middle));
    features.add(
        Feature::of(27)
            .with(u32::from(left.class.classes[0]))
            .with(coarse)
            .with(u32::from(right.class.classes[0])),
    );
    features.add(
        Feature::of(28)
            .with(coarse)
            .with(u32::from(right.class.classes[0]))
            .with(word.suffixes[1]),
    );
    let Some(draft) = draft else { return };
    let tag_after = |ahead: usize| {
        draft
            .get(index + ahead)
            .map_or(OUTSIDE, |&tag| u32::from(tag))
    };
    let (own, next1, next2) = (tag_after(0), tag_after(1), tag_after(2));
    features.add(Feature::of(40).with(own));
    features.add(Feature::of(41).with(next1).with(word.form));
    features.add(Feature::of(42).with(next1).with(next2));
    features.add(Feature::of(43).with(tag1).with(next1));
    features.add(Feature::of(44).with(tag1).with(next1).with(word.form));
    features.add(
        Feature::of(45)
            .with(tag1)
            .with(next1)
            .with(next2)
            .with(tag2),
    );
    features.add(Feature::of(46).with(own).with(tag1).with(next1));
    features.add(Feature::of(47).with(next1).with(s3));
    features.add(Feature::of(48).with(next1).with(middle));
    let tag3 = tag_before(3);
    features.add(Feature::of(49).with(tag1).with(tag2).with(tag3).with(next1));
}

/// A sentence to learn from.
#[derive(Debug, Clone)]
pub struct TaggedSentence {
    /// Its words.
    pub words: Words,
    /// Universal and English tag of each word.
    pub tags: Vec<(String, String)>,
}

/// Learns a tagger, with the sentences in an order that a seed fixes; returns its weight file and, for each sentence, tags by a model that has not seen it (four folds),
/// for later stages to learn from.
///
/// # Panics
/// When there are more than 128 pairs of tags.
#[must_use]
pub fn train(sentences: &[TaggedSentence], seed: u64) -> (Vec<u8>, Vec<Vec<Tag>>) {
    let tags = tag_set(sentences);
    let gold: Vec<Vec<Tag>> = sentences
        .iter()
        .map(|sentence| {
            let tag = |pair: &(String, String)| tags.find(&pair.0, &pair.1).unwrap_or_default();
            sentence.tags.iter().map(tag).collect()
        })
        .collect();
    let all: Vec<usize> = (0..sentences.len()).collect();
    let drafts = held_out(sentences, |learn, on| {
        let weights = learn_pass(sentences, &gold, &tags, None, learn, seed);
        let weights = Learner::finish(&weights, tags.len());
        let draft = |&index: &usize| {
            let mut draft = Draft::default();
            first_pass(&weights, &tags, &sentences[index].words, &mut draft);
            draft
        };
        on.iter().map(draft).collect()
    });
    let first = learn_pass(sentences, &gold, &tags, None, &all, seed);
    let unseen = held_out(sentences, |learn, on| {
        let weights = learn_pass(sentences, &gold, &tags, Some(&drafts), learn, seed);
        let weights = Learner::finish(&weights, tags.len());
        let tag = |&index: &usize| {
            let mut found = Vec::new();
            let (words, draft) = (&sentences[index].words, &drafts[index]);
            second_pass(&weights, &tags, words, draft, &mut found);
            found
        };
        on.iter().map(tag).collect()
    });
    let second = learn_pass(sentences, &gold, &tags, Some(&drafts), &all, seed);
    let mut body = Vec::new();
    weight_file::put_texts(&mut body, &tags.names);
    Weights::put(&first, &mut body);
    Weights::put(&second, &mut body);
    (weight_file::write(KIND, &body), unseen)
}

/// Weight units in one update of the perceptron.
const UNIT: f64 = 8.0;
/// Weights below so many units are left out: after the first round, and at the end.
const LEAST: [f64; 2] = [6.0, 2.0];
/// Passes over the data, in the first round and in the second.
const EPOCHS: [usize; 2] = [4, 6];

fn tag_set(sentences: &[TaggedSentence]) -> TagSet {
    let mut names: Vec<String> = sentences
        .iter()
        .flat_map(|sentence| {
            sentence
                .tags
                .iter()
                .map(|(upos, xpos)| format!("{upos} {xpos}"))
        })
        .collect();
    names.sort();
    names.dedup();
    assert!(names.len() <= CLASSES, "at most {CLASSES} pairs of tags");
    TagSet { names }
}

/// For each of four folds: learns from the others and gives what is found for it.
fn held_out<T: Default + Clone>(
    sentences: &[TaggedSentence],
    mut fold: impl FnMut(&[usize], &[usize]) -> Vec<T>,
) -> Vec<T> {
    let mut all = vec![T::default(); sentences.len()];
    for part in 0..4 {
        let (on, learn): (Vec<usize>, Vec<usize>) =
            (0..sentences.len()).partition(|index| index / 20 % 4 == part);
        for (index, found) in on.iter().zip(fold(&learn, &on)) {
            all[*index] = found;
        }
    }
    all
}

/// Learns the first pass, or with drafts the second, from the sentences `on`.
fn learn_pass(
    sentences: &[TaggedSentence],
    gold: &[Vec<Tag>],
    tags: &TagSet,
    drafts: Option<&[Draft]>,
    on: &[usize],
    seed: u64,
) -> Vec<Row> {
    linear::in_two_rounds(UNIT, LEAST, |learner, round| {
        let mut order = on.to_vec();
        let mut shuffle = Shuffle::new(seed);
        let mut features = FeatureList::default();
        let mut given = Vec::new();
        for _ in 0..EPOCHS[round] {
            shuffle.shuffle(&mut order);
            for &sentence in &order {
                let words = &sentences[sentence].words;
                let draft = drafts.map(|drafts| &drafts[sentence].tags[..]);
                given.clear();
                for (index, &right) in gold[sentence].iter().enumerate() {
                    collect(&mut features, words, index, &given, draft);
                    let (tag, _) = decide(&*learner, tags, &features);
                    learner.learn(features.all(), right.into(), tag.into());
                    given.push(tag);
                }
            }
        }
    })
}
