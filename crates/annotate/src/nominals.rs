//! Phrases that name no one but mean somebody or something ("the rebels", "two wounded officials", "a mortar"), and what
//! stands beside a name: its title and its roles.
//!
//! The head noun decides, by the lexicon; tags and tree tell where its phrase begins and which "of" belongs to it. The tree
//! is asked about neighbours only, one step at a time, so that a wrong or even a broken tree costs a phrase and no more. It
//! does not find names, and does not know which phrases mean the same party.

mod beside;
mod left;
mod meaning;
mod modifiers;

use crate::EntityKind;
use crate::nominal_lexicon::{Entry, NominalLexicon};
use std::ops::Range;
use syntax::{Node, Relation, Tree, Upos};
use text::Segments;

/// The most steps that a phrase is followed to the left of its head.
const LONGEST_PHRASE: usize = 24;

/// A phrase with a common noun as its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Nominal {
    /// The whole phrase, as tokens.
    pub(crate) tokens: Range<usize>,
    /// Its head.
    pub(crate) head: usize,
    /// What it means.
    pub(crate) kind: EntityKind,
}

/// What stands beside a name and belongs to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Beside {
    /// Honorific, rank or office directly before the name ("Lt. Col."); empty where there is none.
    pub(crate) title: Range<usize>,
    /// What its bearer is said to be ("opposition leader"), before the name or after a comma, in order.
    pub(crate) roles: Vec<Range<usize>>,
}

/// The phrases of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Nominals {
    /// By where they begin, the longer first; one may lie inside another.
    pub(crate) phrases: Vec<Nominal>,
    /// For each name, in the order in which names were given.
    pub(crate) beside: Vec<Beside>,
}

/// Finds the phrases. `names` are token ranges with their kind, sorted and apart; a range outside the text is passed over.
/// Never panics, whatever the tree; linear in the number of tokens.
#[must_use]
pub(crate) fn nominals(
    text: &str,
    segments: &Segments,
    tree: &Tree,
    names: &[(Range<usize>, EntityKind)],
    lexicon: &NominalLexicon,
) -> Nominals {
    let mut found = Nominals {
        phrases: Vec::new(),
        beside: vec![Beside::default(); names.len()],
    };
    if tree.nodes.len() != segments.tokens.len() {
        return found;
    }
    let words = Words::new(text, segments, tree, names, lexicon);
    let mut first_name = 0;
    for sentence in &segments.sentences {
        let tokens = sentence.first as usize..(sentence.last as usize).min(tree.nodes.len());
        while names
            .get(first_name)
            .is_some_and(|(name, _)| name.start < tokens.start)
        {
            first_name += 1;
        }
        let end = first_name
            + names[first_name..]
                .iter()
                .take_while(|(name, _)| name.start < tokens.end)
                .count();
        Reader::new(&words, tokens, first_name..end).read(&mut found);
        first_name = end;
    }
    found
}

/// The tokens of a document as this reader looks at them.
struct Words<'a> {
    text: &'a str,
    segments: &'a Segments,
    nodes: &'a [Node],
    names: &'a [(Range<usize>, EntityKind)],
    lexicon: &'a NominalLexicon,
    /// For each token the number of its name plus one; 0 for none.
    name_of: Vec<u32>,
    /// The small-word classes of each token.
    classes: Vec<u32>,
}

impl<'a> Words<'a> {
    fn new(
        text: &'a str,
        segments: &'a Segments,
        tree: &'a Tree,
        names: &'a [(Range<usize>, EntityKind)],
        lexicon: &'a NominalLexicon,
    ) -> Self {
        let mut name_of = vec![0; segments.tokens.len()];
        for ((name, _), number) in names.iter().zip(1..) {
            if let Some(tokens) = name_of.get_mut(name.clone()) {
                tokens.fill(number);
            }
        }
        let mut lower = String::new();
        let classes = segments.tokens.iter().map(|token| {
            lower_into(token.span.slice(text), &mut lower);
            lexicon.classes(&lower)
        });
        Self {
            classes: classes.collect(),
            text,
            segments,
            nodes: &tree.nodes,
            names,
            lexicon,
            name_of,
        }
    }

    fn word(&self, token: usize) -> &'a str {
        self.segments
            .tokens
            .get(token)
            .map_or("", |found| found.span.slice(self.text))
    }

    fn says(&self, token: usize, word: &str) -> bool {
        self.word(token).eq_ignore_ascii_case(word)
    }

    fn is(&self, token: usize, class: u32) -> bool {
        self.classes
            .get(token)
            .is_some_and(|classes| classes & class != 0)
    }

    fn name(&self, token: usize) -> Option<usize> {
        (*self.name_of.get(token)? as usize).checked_sub(1)
    }

    fn upos(&self, token: usize) -> Upos {
        self.nodes.get(token).map_or(Upos::X, |node| node.upos)
    }

    fn relation(&self, token: usize) -> Relation {
        self.nodes
            .get(token)
            .map_or(Relation::Dep, |node| node.relation)
    }

    /// The token on which another depends; itself for a root.
    fn head(&self, token: usize) -> usize {
        let head = self.nodes.get(token).and_then(|node| node.head);
        head.map_or(token, |head| head as usize)
    }

    /// Whether nothing stands between a token and the one before it.
    fn touches(&self, token: usize) -> bool {
        let tokens = &self.segments.tokens;
        let before = token.checked_sub(1).and_then(|before| tokens.get(before));
        matches!((before, tokens.get(token)), (Some(before), Some(token)) if before.span.end == token.span.start)
    }

    /// A hyphen within a word.
    fn is_hyphen(&self, token: usize) -> bool {
        matches!(self.word(token), "-" | "‐" | "‑" | "–")
            && self.touches(token)
            && self.touches(token + 1)
    }

    fn is_possessive(&self, token: usize) -> bool {
        matches!(self.word(token), "'s" | "’s" | "'" | "’" | "'S" | "’S")
            && self.upos(token) == Upos::Part
    }

    fn is_comma(&self, token: usize) -> bool {
        matches!(self.word(token), "," | "،")
    }
}

/// What a phrase has before its head, one bit each.
mod has {
    pub(super) const DETERMINER: u16 = 1;
    pub(super) const NUMBER: u16 = 2;
    pub(super) const QUANTIFIER: u16 = 4;
    pub(super) const MODIFIER: u16 = 8;
    pub(super) const NAME: u16 = 16;
    /// A possessor with its clitic.
    pub(super) const POSSESSOR: u16 = 32;
    /// A possessive pronoun.
    pub(super) const OWNER: u16 = 64;
    /// "dozens of".
    pub(super) const PORTION: u16 = 128;
    /// "a", "an".
    pub(super) const ONE: u16 = 256;
    /// "the".
    pub(super) const THE: u16 = 512;
}

/// A noun or name with all that stands before it.
#[derive(Debug, Clone, Copy)]
struct Base<'a> {
    start: usize,
    has: u16,
    of: BaseOf<'a>,
}

#[derive(Debug, Clone, Copy)]
enum BaseOf<'a> {
    /// Any noun, with what the lexicon says of it and the number of tokens of that entry.
    Noun(Option<(Entry<'a>, usize)>),
    /// A name, by its number.
    Name(usize),
}

/// A phrase that counts.
#[derive(Debug, Clone, Copy)]
struct Unit {
    start: usize,
    end: usize,
    head: usize,
    kind: EntityKind,
    is_name: bool,
    plural: bool,
    has: u16,
}

/// Reads one sentence.
struct Reader<'w, 'a> {
    words: &'w Words<'a>,
    tokens: Range<usize>,
    names: Range<usize>,
    /// For each token of the sentence, the base that ends with it.
    bases: Vec<Option<Base<'a>>>,
    /// For each token, the longest unit that begins there.
    starts: Vec<Option<Unit>>,
    /// For each token, the unit whose head it is.
    units: Vec<Option<Unit>>,
}

impl<'w, 'a> Reader<'w, 'a> {
    fn new(words: &'w Words<'a>, tokens: Range<usize>, names: Range<usize>) -> Self {
        let len = tokens.len();
        Self {
            words,
            tokens,
            names,
            bases: vec![None; len],
            starts: vec![None; len],
            units: vec![None; len],
        }
    }

    fn read(mut self, found: &mut Nominals) {
        for name in self.names.clone() {
            found.beside[name].title = self.title(self.words.names[name].0.start);
        }
        for token in self.tokens.clone() {
            let base = self.base(token, &found.beside);
            self.bases[token - self.tokens.start] = base;
        }
        for token in self.tokens.clone().rev() {
            if let Some(unit) = self.unit(token) {
                let at = token - self.tokens.start;
                let starts = &mut self.starts[unit.start - self.tokens.start];
                // From right to left the longest comes first.
                if starts.is_none() {
                    *starts = Some(unit);
                }
                self.units[at] = Some(unit);
            }
        }
        for name in self.names.clone() {
            if self.words.names[name].1 == EntityKind::Person {
                self.roles(name, found);
            }
        }
        for name in self.names.clone() {
            for part in found.beside[name]
                .roles
                .iter()
                .chain([&found.beside[name].title])
            {
                for token in part.clone() {
                    self.take(token);
                }
            }
        }
        let first = found.phrases.len();
        let units = self.units.iter().flatten().filter(|unit| !unit.is_name);
        found.phrases.extend(units.map(|unit| Nominal {
            tokens: unit.start..unit.end,
            head: unit.head,
            kind: unit.kind,
        }));
        found.phrases[first..]
            .sort_by_key(|phrase| (phrase.tokens.start, std::cmp::Reverse(phrase.tokens.end)));
    }

    /// A token's phrase is no mention of its own.
    fn take(&mut self, token: usize) {
        if let Some(slot) = token
            .checked_sub(self.tokens.start)
            .and_then(|at| self.units.get_mut(at))
        {
            *slot = None;
        }
    }

    fn at<T: Copy>(&self, list: &[Option<T>], token: usize) -> Option<T> {
        list.get(token.checked_sub(self.tokens.start)?)
            .copied()
            .flatten()
    }
}

fn lower_into(word: &str, into: &mut String) {
    into.clear();
    into.extend(word.chars().flat_map(char::to_lowercase));
}

#[cfg(test)]
mod tests;
