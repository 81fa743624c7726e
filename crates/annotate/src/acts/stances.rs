//! `Stances`: which act words of attitude mostly perform, whether or not the cue lexicon lists them.
//!
//! It does not know frames, negation or senses: it is asked only for words that are a cue already.

use super::model::ACTS;
use crate::Act;
use crate::attributions::Tokens;
use crate::knowledge::{DETERMINER, POSSESSIVE, sections};
use crate::view::View;
use std::collections::HashMap;

/// A bit for each act in the order of `ACTS`, and one for "none".
pub(super) type Acts = u16;

/// The sections of `stances.txt`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stances {
    /// A phrase of lemmas, joined by spaces.
    acts: HashMap<String, Acts>,
    /// First words of phrases with the words of the longest.
    longest: HashMap<String, usize>,
    /// Words of judgement: true for good ones.
    judgements: HashMap<String, bool>,
}

/// A phrase of a cue that the lexicon knows.
pub(super) struct Stance {
    pub(super) acts: Acts,
    /// Words.
    pub(super) length: usize,
}

impl Stances {
    pub(crate) fn parse(file: &str) -> Self {
        let mut stances = Self::default();
        for (name, words) in sections(file) {
            let bit = match Act::parse(&name) {
                Some(act) => ACTS.iter().position(|known| *known == act),
                None => (name == "none").then_some(ACTS.len()),
            };
            for word in words {
                let word = word.replace('_', " ");
                if bit.is_some() {
                    let first = word.split(' ').next().unwrap_or_default();
                    let longest = stances.longest.entry(first.to_owned()).or_default();
                    *longest = word.split(' ').count().max(*longest);
                }
                match (bit, name.as_str()) {
                    (Some(bit), _) => *stances.acts.entry(word).or_default() |= 1 << bit,
                    (None, "good") => drop(stances.judgements.insert(word, true)),
                    (None, _) => drop(stances.judgements.insert(word, false)),
                }
            }
        }
        stances
    }

    /// Whether a word judges, and well.
    pub(super) fn judgement(&self, view: &View, token: usize) -> Option<bool> {
        let known = |word: &str| self.judgements.get(word).copied();
        known(view.lower(token)).or_else(|| known(&view.lemma(token)))
    }

    /// The phrases of a cue, and those that begin in it, none within another; the longest is tried first at each word.
    pub(super) fn of(&self, view: &View, cue: &Tokens) -> Vec<Stance> {
        let after = cue.end + 2;
        let words: Vec<usize> = (cue.start..after.min(view.len()))
            .filter(|token| !view.is(*token, DETERMINER | POSSESSIVE) && view.is_word(*token))
            .collect();
        let mut found = Vec::new();
        let mut at = 0;
        while words.get(at).is_some_and(|token| *token < cue.end) {
            let stance = self.starting(view, &words[at..]);
            at += stance.as_ref().map_or(1, |stance| stance.length);
            found.extend(stance);
        }
        found
    }

    /// The longest phrase that begins these words.
    fn starting(&self, view: &View, words: &[usize]) -> Option<Stance> {
        let first = *words.first()?;
        let longest = |word: &str| self.longest.get(word).copied().unwrap_or(0);
        let longest = longest(view.lower(first)).max(longest(&view.lemma(first)));
        (1..=longest.min(words.len())).rev().find_map(|length| {
            let acts = self.known(view, &words[..length])?;
            Some(Stance { acts, length })
        })
    }

    /// The phrases of a sentence: each of their tokens with a number for the acts of the phrase and the token's place in it.
    pub(crate) fn in_sentence(
        &self,
        view: &View,
        sentence: &Tokens,
        found: &mut Vec<(usize, u32)>,
    ) {
        found.clear();
        let words: Vec<usize> = sentence
            .clone()
            .filter(|token| !view.is(*token, DETERMINER | POSSESSIVE) && view.is_word(*token))
            .collect();
        let mut at = 0;
        while at < words.len() {
            let Some(stance) = self.starting(view, &words[at..]) else {
                at += 1;
                continue;
            };
            for (place, token) in (0..).zip(&words[at..at + stance.length]) {
                found.push((
                    *token,
                    1 + u32::from(stance.acts) * 4
                        + u32::min(place, 1)
                        + 2 * u32::from(stance.length > 1),
                ));
            }
            at += stance.length;
        }
    }

    /// The acts of a phrase as lemmas, or with one of its ends as written ("unconvinced", "in words").
    fn known(&self, view: &View, words: &[usize]) -> Option<Acts> {
        let lemmas: Vec<String> = words.iter().map(|token| view.lemma(*token)).collect();
        let spelt = |first: &str, rest: &[String]| {
            let mut phrase = first.to_lowercase();
            for word in rest {
                phrase.push(' ');
                phrase.push_str(&word.to_lowercase());
            }
            self.acts.get(&phrase).copied()
        };
        let (first, rest) = lemmas.split_first()?;
        spelt(first, rest).or_else(|| spelt(view.lower(words[0]), rest))
    }
}

/// The act that a cue's words perform: that of its longest phrase, which has at least so many words, where it has only one.
pub(super) fn act(stances: &[Stance], least: usize) -> Option<Act> {
    let longest = stances.iter().map(|stance| stance.length).max()?;
    let mut phrases = stances
        .iter()
        .filter(|stance| stance.length == longest && longest >= least);
    phrases.find_map(|stance| {
        let mut acts = ACTS.iter().enumerate();
        let first = acts.find(|(bit, _)| stance.acts & (1 << bit) != 0)?;
        (stance.acts.count_ones() == 1).then_some(*first.1)
    })
}
