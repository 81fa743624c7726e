//! Names that the tagger of names left out and that the document itself, or a lexicon, makes sure of: another spelling of a name
//! that was found, a bearer's surname, a country, a name with an Arabic article, letters in brackets behind what they stand for.
//!
//! It does not know which names are one entity. A proper noun for which nothing speaks but its capital stays out.

use crate::knowledge::{DETERMINER, MONTH, PREPOSITION, PRONOUN, TIME, WEEKDAY};
use crate::spellings::{Spellings, WordId, in_one_piece};
use crate::{EntityKind, Knowledge};
use std::collections::HashMap;
use std::ops::Range;
use syntax::{Models, Tree};
use text::Segments;

/// A name as it is found here: its tokens and kind.
type Named = (Range<usize>, EntityKind);

/// Letters at least of a word that is taken for another spelling.
const SHORTEST: usize = 5;
/// Likeness at least of another spelling, of a proper noun and of what is tagged as another word.
const PROPER: f64 = 0.75;
const NO_NAME: f64 = 0.9;
/// So many words of names are looked at for one that is like a word.
const MOST_WORDS: usize = 200;
/// Of these so many, the latest, are compared letter by letter, which costs most.
const MOST_COMPARED: usize = 12;

/// A segmented and parsed text.
#[derive(Clone, Copy)]
pub(crate) struct Read<'a> {
    pub(crate) text: &'a str,
    pub(crate) segments: &'a Segments,
    pub(crate) tree: &'a Tree,
    pub(crate) models: &'a Models,
    pub(crate) knowledge: &'a Knowledge,
}

/// The names left out, in order. Linear, since at most `MOST_WORDS` words are compared with each.
pub(crate) fn left_out(read: Read, found: &[Named], tagged: &[bool]) -> Vec<Named> {
    let mut taken = tagged.to_vec();
    let mut known = Known::new(read, found);
    let mut new = Vec::new();
    // What is found in the first round makes sure of others in the second.
    for round in 0..2 {
        let before = new.len();
        for sentence in &read.segments.sentences {
            let sentence = sentence.first as usize..sentence.last as usize;
            for at in sentence.clone() {
                if taken[at] {
                    continue;
                }
                if let Some((tokens, kind)) = read.name_at(&mut known, &taken, at, &sentence, round)
                {
                    taken[tokens.clone()].fill(true);
                    new.push((tokens, kind));
                }
            }
        }
        if round > 0 || new.len() == before {
            break;
        }
        known.take(read, &new[before..]);
    }
    new
}

/// The words of names that were found.
struct Known<'k> {
    spellings: Spellings<'k>,
    /// By which one may be named alone: single words, surnames.
    words: Vec<(WordId, EntityKind)>,
    kinds: HashMap<WordId, EntityKind>,
    /// The first letters of names of several words, by the token behind the name.
    ends: HashMap<usize, Range<usize>>,
}

impl<'k> Known<'k> {
    fn new(read: Read<'k>, found: &[Named]) -> Self {
        let mut known = Self {
            spellings: Spellings::new(read.knowledge.name_model.as_ref()),
            words: Vec::new(),
            kinds: HashMap::new(),
            ends: HashMap::new(),
        };
        known.take(read, found);
        known
    }

    fn take(&mut self, read: Read, found: &[Named]) {
        for (tokens, kind) in found {
            if tokens.len() > 1 {
                self.ends.insert(tokens.end, tokens.clone());
            }
            let last = read.word(tokens.end - 1);
            let pieces = read.text[read.segments.tokens[tokens.start].span.from()
                ..read.segments.tokens[tokens.end - 1].span.to()]
                .split_whitespace()
                .count();
            let word = if pieces == 1 && !matches!(kind, EntityKind::Person) {
                read.joined(tokens)
            } else if *kind == EntityKind::Person {
                last.to_owned()
            } else {
                continue;
            };
            if word.chars().count() < 3 {
                continue;
            }
            let word = self.spellings.add(&word);
            if self.kinds.insert(word, *kind).is_none() {
                self.words.push((word, *kind));
            }
        }
    }

    /// The kind of the name that a word spells, and how alike the two are.
    fn spelt(&mut self, word: &str) -> Option<(EntityKind, f64)> {
        let number = self.spellings.add(word);
        if let Some(kind) = self.kinds.get(&number) {
            return Some((*kind, 1.0));
        }
        if word.chars().count() < SHORTEST {
            return None;
        }
        let recent = self.words.len().saturating_sub(MOST_WORDS);
        self.words[recent..]
            .iter()
            .rev()
            .filter(|(known, _)| self.spellings.may_be_same(*known, number))
            .take(MOST_COMPARED)
            .map(|(known, kind)| (*kind, self.spellings.same(*known, number)))
            .max_by(|left, right| left.1.total_cmp(&right.1))
    }
}

impl Read<'_> {
    fn word(&self, token: usize) -> &str {
        self.segments
            .tokens
            .get(token)
            .map_or("", |token| token.span.slice(self.text))
    }

    fn tag(&self, token: usize) -> &str {
        let node = self.tree.nodes.get(token);
        node.map_or("", |node| self.models.xpos(node))
    }

    fn joined(&self, tokens: &Range<usize>) -> String {
        tokens.clone().map(|token| self.word(token)).collect()
    }

    /// The name that begins at a token, where something speaks for one.
    fn name_at(
        &self,
        known: &mut Known,
        taken: &[bool],
        at: usize,
        sentence: &Range<usize>,
        round: usize,
    ) -> Option<Named> {
        if let Some(tokens) = self.with_article(taken, at, sentence) {
            let kind = match known.spelt(&self.joined(&tokens)) {
                Some((kind, same)) if same >= PROPER => kind,
                _ => self.placed(&tokens, sentence).unwrap_or(EntityKind::Other),
            };
            return Some((tokens, kind));
        }
        let word = self.word(at);
        if !word.starts_with(char::is_uppercase) || self.is_known(word) {
            return None;
        }
        let one = at..at + 1;
        if self.letters_behind(known, at) {
            return Some((one, EntityKind::Organization));
        }
        let countries = &self.knowledge.demonyms.countries;
        let is_proper = self.tag(at).starts_with("NNP");
        let bare = word.strip_suffix('s').filter(|_| is_proper);
        let stands_alone = [at.checked_sub(1), Some(at + 1)]
            .into_iter()
            .flatten()
            .all(|token| !sentence.contains(&token) || !self.is_capital(token));
        let is_country = stands_alone && countries.contains_key(word);
        if is_country || bare.is_some_and(|bare| countries.contains_key(bare)) {
            return Some((one, EntityKind::Place));
        }
        // A word beside a name without a mark between them is a part that was left out, or says what its bearer is.
        let beside = |token: usize| sentence.contains(&token) && taken[token];
        if at.checked_sub(1).is_some_and(beside) || beside(at + 1) {
            return None;
        }
        let lost = bare.and_then(|bare| known.spelt(bare).filter(|(_, same)| *same >= 1.0));
        if let Some((kind, _)) = lost {
            return Some((one, kind));
        }
        let least = match self.tag(at) {
            "NNP" | "NNPS" => PROPER,
            "NN" | "NNS" | "JJ" | "UH" | "FW" => NO_NAME,
            _ => return None,
        };
        let spelt = known.spelt(word).filter(|(_, same)| *same >= least);
        if let Some((kind, _)) = spelt {
            return Some((one, kind));
        }
        let lone = round == 0 && is_proper && word.chars().count() >= SHORTEST;
        let kind = lone.then(|| self.placed(&one, sentence)).flatten()?;
        Some((one, kind))
    }

    fn is_capital(&self, token: usize) -> bool {
        self.word(token).starts_with(char::is_uppercase)
    }

    /// "al-Qaeda": an article with a hyphen before a proper noun.
    fn with_article(
        &self,
        taken: &[bool],
        at: usize,
        sentence: &Range<usize>,
    ) -> Option<Range<usize>> {
        let is_article = matches!(
            self.word(at),
            "al" | "Al" | "el" | "El" | "ash" | "as" | "ad" | "ar" | "an" | "at" | "az"
        );
        let name = at + 2;
        let whole = is_article
            && name < sentence.end
            && self.word(at + 1) == "-"
            && self.segments.tokens[at].span.end == self.segments.tokens[name].span.start - 1
            && self.word(name).starts_with(char::is_uppercase)
            && self.word(name).chars().count() > 2
            && !taken[name];
        whole.then_some(at..name + 1)
    }

    /// Letters in brackets behind a name whose initials they are: "the Islamic State (IS)".
    fn letters_behind(&self, known: &Known, at: usize) -> bool {
        let Some(name) = at.checked_sub(1).and_then(|open| known.ends.get(&open)) else {
            return false;
        };
        let letters = self.word(at);
        let capitals = letters.chars().count() > 1 && letters.chars().all(char::is_uppercase);
        let initials: String = name
            .clone()
            .filter_map(|token| self.word(token).chars().next())
            .filter(|letter| letter.is_uppercase())
            .collect();
        capitals && self.word(at - 1) == "(" && self.word(at + 1) == ")" && initials == letters
    }

    /// A place by the words around: a word for a kind of place behind it.
    fn placed(&self, tokens: &Range<usize>, sentence: &Range<usize>) -> Option<EntityKind> {
        let parties = &self.knowledge.parties;
        let behind = self.word(tokens.end);
        let is_place = tokens.end < sentence.end
            && parties.has("place", behind)
            && behind.starts_with(char::is_lowercase);
        let of = tokens.start >= sentence.start + 2
            && self.word(tokens.start - 1) == "of"
            && parties.has("place", self.word(tokens.start - 2));
        (is_place || of).then_some(EntityKind::Place)
    }

    /// Whether lexicons know a word as something else than a name.
    fn is_known(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let parties = &self.knowledge.parties;
        let classes = WEEKDAY | MONTH | TIME | DETERMINER | PRONOUN | PREPOSITION;
        let listed = [
            "title",
            "adjective",
            "body",
            "place",
            "outlet-word",
            "group",
            "role",
            "kin",
        ];
        self.knowledge.demonyms.country_of.contains_key(word)
            || self.knowledge.words.of(&lower) & classes != 0
            || listed
                .iter()
                .any(|section| parties.has(section, word) || parties.has(section, &lower))
            || in_one_piece(word).len() < 2
    }
}
