//! `Side`: a text as it is compared: its passages, each with its stems, names, figures and what its words do to what is told.
//!
//! It is made once for a text. It does not know other texts, nor what follows from a comparison.

use super::Matching;
use super::lexicon::{Group, Mark, Meaning};
use crate::fold::{fold, stem};
use annotate::events::{Outline, OutlineSentence, OutlineSlot, OutlineWord, WordSort};
use annotate::{Hedge, Polarity, Quantity, TimeKind};
use jiff::civil::Date;
use siphasher::sip::SipHasher13;
use std::collections::BTreeMap;
use std::hash::Hasher;
use syntax::Relation;
use text::{BlockKind, Span};

/// A text as it is compared.
#[derive(Debug, Clone, Default)]
pub struct Side {
    pub(crate) passages: Vec<Passage>,
    /// All its stems, weighed by how often they occur, by key.
    pub(crate) stems: Vec<(u64, f64)>,
    /// The same of names.
    pub(crate) names: Vec<(u64, f64)>,
    /// Its numbers, by key.
    pub(crate) numbers: Vec<u64>,
}

/// A sentence or a headline.
#[derive(Debug, Clone)]
pub(crate) struct Passage {
    pub span: Span,
    pub words: Vec<Word>,
    /// Each stem once, by key.
    pub stems: Vec<Stem>,
    /// Sum of the weights of the stems, and of their squares.
    pub mass: f64,
    pub squares: f64,
    /// Sum of the weights of the names.
    pub name_mass: f64,
    pub numbers: Vec<u64>,
    pub figures: Vec<Figure>,
    /// The days that it states, each the first and the last that it may be.
    pub days: Vec<(Date, Date)>,
    pub is_question: bool,
    pub marks: Vec<Marked>,
}

/// A stem of a passage.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stem {
    pub key: u64,
    pub weight: f64,
    /// Number of its first word in the passage.
    pub word: usize,
    pub is_name: bool,
    pub is_verb: bool,
    pub groups: Vec<Group>,
}

/// A word of a passage.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub form: String,
    pub lemma: String,
    pub sort: WordSort,
    pub head: Option<usize>,
    pub relation: Relation,
    pub polarity: Polarity,
    pub groups: Vec<Group>,
    pub slots: Vec<(OutlineSlot, usize)>,
}

/// A mark on the words of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marked {
    pub mark: Mark,
    pub first: usize,
    pub count: usize,
}

/// A number of something.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    pub low: f64,
    pub high: f64,
    pub unit: String,
    /// The stem of what is counted.
    pub noun: String,
    pub shown: String,
    /// Numbers of its words in the passage.
    pub words: std::ops::Range<usize>,
}

impl Side {
    /// Reads a text's outline; `text` is the document's.
    #[must_use]
    pub fn new(text: &str, outline: &Outline, matching: &Matching) -> Self {
        let told = outline.sentences.iter().filter(|sentence| {
            !matches!(sentence.block, BlockKind::Boilerplate) && !sentence.words.is_empty()
        });
        Self::of(told.map(|sentence| passage(text, outline, sentence, matching)))
    }

    /// Reads some spans of a text as its own, those of a claim.
    #[must_use]
    pub fn of_spans(text: &str, outline: &Outline, spans: &[Span], matching: &Matching) -> Self {
        let inside = |sentence: &OutlineSentence, span: &Span| {
            let from = outline
                .words
                .partition_point(|word| word.span.start < span.start);
            let to = outline
                .words
                .partition_point(|word| word.span.end <= span.end);
            let words = from.max(sentence.words.start)..to.min(sentence.words.end);
            let last = outline.words.get(words.end.checked_sub(1)?)?;
            let first = outline
                .words
                .get(words.start)
                .filter(|_| !words.is_empty())?;
            Some(OutlineSentence {
                span: Span {
                    start: first.span.start,
                    end: last.span.end,
                },
                words,
                block: sentence.block,
            })
        };
        let parts = outline
            .sentences
            .iter()
            .flat_map(|sentence| spans.iter().filter_map(move |span| inside(sentence, span)));
        Self::of(parts.map(|part| passage(text, outline, &part, matching)))
    }

    fn of(passages: impl Iterator<Item = Passage>) -> Self {
        let mut counts: BTreeMap<u64, (u32, f64, bool)> = BTreeMap::new();
        let mut side = Self::default();
        for passage in passages {
            for stem in &passage.stems {
                let count = counts.entry(stem.key).or_insert((0, stem.weight, false));
                count.0 += 1;
                count.2 |= stem.is_name;
            }
            side.numbers.extend(&passage.numbers);
            side.passages.push(passage);
        }
        for (key, (count, weight, is_name)) in counts {
            let weight = (1.0 + f64::from(count).ln()) * weight;
            side.stems.push((key, weight));
            if is_name {
                side.names.push((key, weight));
            }
        }
        side.numbers.sort_unstable();
        side.numbers.dedup();
        side
    }

    /// The stems that an index finds it by.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (u64, f64)> + '_ {
        self.stems.iter().copied()
    }
}

fn passage(
    text: &str,
    outline: &Outline,
    sentence: &OutlineSentence,
    matching: &Matching,
) -> Passage {
    let start = sentence.words.start;
    let inside = |word: usize| sentence.words.contains(&word).then(|| word - start);
    let mut words: Vec<Word> = outline.words[sentence.words.clone()]
        .iter()
        .map(|word| Word {
            form: word.span.slice(text).to_lowercase().replace('’', "'"),
            lemma: word.lemma.replace('’', "'"),
            sort: word.sort,
            head: word.head.and_then(inside),
            relation: word.relation,
            polarity: word.polarity,
            groups: Vec::new(),
            slots: word
                .slots
                .iter()
                .filter_map(|(slot, word)| Some((*slot, inside(*word)?)))
                .collect(),
        })
        .collect();
    let mut marks = Vec::new();
    let row: Vec<(&str, &str)> = words
        .iter()
        .map(|word| (&*word.form, &*word.lemma))
        .collect();
    for found in matching.words.find(&row) {
        match found.meaning {
            Meaning::Marked(mark) => marks.push(Marked {
                mark,
                first: found.first,
                count: found.count,
            }),
            Meaning::Of(group) => {
                if !words[found.first].groups.contains(&group) {
                    words[found.first].groups.push(group);
                }
            }
        }
    }
    let mut stems: Vec<Stem> = Vec::new();
    for (number, word) in outline.words[sentence.words.clone()].iter().enumerate() {
        let Some(stem) = stem_of(word) else { continue };
        stems.push(Stem {
            key: key(&stem),
            weight: matching.rarity.weight(&stem),
            word: number,
            is_name: word.sort == WordSort::Name,
            is_verb: word.sort == WordSort::Verb,
            groups: words[number].groups.clone(),
        });
    }
    stems.sort_by_key(|stem| (stem.key, stem.word));
    stems.dedup_by(|later, first| {
        let same = later.key == first.key;
        if same {
            first.is_name |= later.is_name;
            first.is_verb |= later.is_verb;
        }
        same
    });
    let within = |span: Span| span.start >= sentence.span.start && span.end <= sentence.span.end;
    let mut numbers: Vec<u64> = outline.words[sentence.words.clone()]
        .iter()
        .filter(|word| word.sort == WordSort::Number)
        .map(|word| key(&fold(word.span.slice(text))))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let token_at = |span: Span| {
        let first = outline
            .words
            .partition_point(|word| word.span.end <= span.start);
        let last = outline
            .words
            .partition_point(|word| word.span.start < span.end);
        first.saturating_sub(start)..last.saturating_sub(start)
    };
    Passage {
        span: sentence.span,
        mass: stems.iter().map(|stem| stem.weight).sum(),
        squares: stems.iter().map(|stem| stem.weight * stem.weight).sum(),
        name_mass: stems
            .iter()
            .filter(|stem| stem.is_name)
            .map(|stem| stem.weight)
            .sum(),
        stems,
        numbers,
        figures: outline
            .quantities
            .iter()
            .filter(|quantity| within(quantity.span))
            .map(|quantity| figure(text, quantity, token_at(quantity.span)))
            .collect(),
        days: outline
            .times
            .iter()
            .filter(|time| within(time.span) && time.kind == TimeKind::Date)
            .filter_map(|time| Some((time.earliest?, time.latest?)))
            .filter(|(first, last)| days_between(*first, *last) <= 1)
            .collect(),
        is_question: words
            .iter()
            .rev()
            .take(2)
            .any(|word| word.form.ends_with('?')),
        marks,
        words,
    }
}

/// Days from one to another.
pub(crate) fn days_between(one: Date, other: Date) -> i32 {
    one.until(other).map_or(i32::MAX, |span| span.get_days())
}

fn figure(text: &str, quantity: &Quantity, words: std::ops::Range<usize>) -> Figure {
    let (mut low, mut high) = (
        quantity.low.unwrap_or(0.0),
        quantity.high.unwrap_or(f64::INFINITY),
    );
    if quantity.hedge == Hedge::About {
        (low, high) = (low * 0.85, high * 1.15);
    }
    Figure {
        low,
        high,
        unit: quantity.unit.clone(),
        noun: stem(&fold(&quantity.noun)),
        shown: quantity.span.slice(text).trim().to_owned(),
        words,
    }
}

/// The stem by which a word is compared; none for words that carry no meaning.
pub(crate) fn stem_of(word: &OutlineWord) -> Option<String> {
    if word.sort == WordSort::Other {
        return None;
    }
    let folded = fold(&word.lemma).replace(' ', "");
    (!folded.is_empty()).then(|| stem(&folded))
}

/// The number that stands for a stem; the same on every machine.
fn key(stem: &str) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(stem.as_bytes());
    hasher.finish()
}
