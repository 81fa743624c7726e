//! `Tagger`: part of speech of each word, universal and English, by a linear model in two passes.
//!
//! It does not know trees. The first pass goes left to right and sees the tags before a word; the second also sees the
//! first pass's tags after it. Tags are pairs of a universal tag and an English one (Penn), decided as one class.

use crate::linear::{
    self, CLASSES, Cell, Feature, FeatureList, Learner, Scorer, Scores, Shuffle, Weights,
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

/// Room for a sentence's tags, kept from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub struct TagRoom {
    draft: Vec<Tag>,
}

impl Tagger {
    /// Tags a sentence.
    pub fn tag(&self, words: &Words, room: &mut TagRoom, tags: &mut Vec<Tag>) {
        pass(&self.first, &self.tags, words, None, &mut room.draft);
        pass(&self.second, &self.tags, words, Some(&room.draft), tags);
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

/// Tags a sentence from left to right; with a draft, its tags are seen on either side.
fn pass(
    scorer: &impl Scorer,
    tags: &TagSet,
    words: &Words,
    draft: Option<&[Tag]>,
    into: &mut Vec<Tag>,
) {
    into.clear();
    let mut features = FeatureList::default();
    for index in 0..words.len() {
        collect(&mut features, words, index, into, draft);
        into.push(decide(scorer, tags, &features));
    }
}

fn decide(scorer: &impl Scorer, tags: &TagSet, features: &FeatureList) -> Tag {
    let mut scores: Scores = [0; CLASSES];
    scorer.score(features.all(), &mut scores);
    linear::best(&scores, tags.len()) as Tag
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

/// How to train.
#[derive(Debug, Clone)]
pub struct TagTraining {
    /// Passes over the data.
    pub epochs: usize,
    /// Weights below so many units are left out.
    pub least: f64,
    /// Fixes the order of sentences.
    pub seed: u64,
}

/// A sentence to learn from.
#[derive(Debug, Clone)]
pub struct TaggedSentence {
    /// Its words.
    pub words: Words,
    /// Universal and English tag of each word.
    pub tags: Vec<(String, String)>,
}

/// Learns a tagger; returns its weight file and, for each sentence, tags by a model that has not seen it (four folds),
/// for later stages to learn from.
///
/// # Panics
/// When there are more than 128 pairs of tags.
#[must_use]
pub fn train(sentences: &[TaggedSentence], how: &TagTraining) -> (Vec<u8>, Vec<Vec<Tag>>) {
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
        let rows = learn_pass(sentences, &gold, &tags, None, learn, how);
        tag_with(&rows, &tags, sentences, None, on)
    });
    let first = learn_pass(sentences, &gold, &tags, None, &all, how);
    let unseen = held_out(sentences, |learn, on| {
        let rows = learn_pass(sentences, &gold, &tags, Some(&drafts), learn, how);
        tag_with(&rows, &tags, sentences, Some(&drafts), on)
    });
    let second = learn_pass(sentences, &gold, &tags, Some(&drafts), &all, how);
    let mut body = Vec::new();
    weight_file::put_texts(&mut body, &tags.names);
    Weights::put(&first, &mut body);
    Weights::put(&second, &mut body);
    (weight_file::write(KIND, &body), unseen)
}

/// Weight units in one update of the perceptron.
const UNIT: f64 = 8.0;

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

/// For each of four folds: learns from the others and gives tags for it.
fn held_out(
    sentences: &[TaggedSentence],
    mut fold: impl FnMut(&[usize], &[usize]) -> Vec<Vec<Tag>>,
) -> Vec<Vec<Tag>> {
    let mut tags = vec![Vec::new(); sentences.len()];
    for part in 0..4 {
        let (on, learn): (Vec<usize>, Vec<usize>) =
            (0..sentences.len()).partition(|index| index / 20 % 4 == part);
        for (index, found) in on.iter().zip(fold(&learn, &on)) {
            tags[*index] = found;
        }
    }
    tags
}

fn learn_pass(
    sentences: &[TaggedSentence],
    gold: &[Vec<Tag>],
    tags: &TagSet,
    drafts: Option<&[Vec<Tag>]>,
    on: &[usize],
    how: &TagTraining,
) -> Vec<(u32, Vec<Cell>)> {
    let mut learner = Learner::new();
    let mut order = on.to_vec();
    let mut shuffle = Shuffle::new(how.seed);
    let mut features = FeatureList::default();
    let mut given = Vec::new();
    for _ in 0..how.epochs {
        shuffle.shuffle(&mut order);
        for &sentence in &order {
            let words = &sentences[sentence].words;
            given.clear();
            for (index, &right) in gold[sentence].iter().enumerate() {
                collect(
                    &mut features,
                    words,
                    index,
                    &given,
                    drafts.map(|drafts| &drafts[sentence][..]),
                );
                let tag = decide(&learner, tags, &features);
                learner.next();
                if tag != right {
                    for &feature in features.all() {
                        learner.update(feature, right as usize, 1);
                        learner.update(feature, tag as usize, -1);
                    }
                }
                given.push(tag);
            }
        }
    }
    learner.rows(UNIT, how.least)
}

fn tag_with(
    rows: &[(u32, Vec<Cell>)],
    tags: &TagSet,
    sentences: &[TaggedSentence],
    drafts: Option<&[Vec<Tag>]>,
    on: &[usize],
) -> Vec<Vec<Tag>> {
    let weights = Learner::finish(rows, tags.len());
    on.iter()
        .map(|&sentence| {
            let mut found = Vec::new();
            let draft = drafts.map(|drafts| &drafts[sentence][..]);
            pass(
                &weights,
                tags,
                &sentences[sentence].words,
                draft,
                &mut found,
            );
            found
        })
        .collect()
}
