//! Names spelt as another writer would have put them into Latin letters.
//!
//! It does not know which language a name comes from; the changes are ones that news in English shows for many.

use crate::mentions::folds::hash;
use std::ops::Range;
use text::Span;

/// Letters and what another writer puts for them.
const CHANGES: &[(&str, &str)] = &[
    ("kh", "h"),
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("ou", "u"),
    ("oo", "u"),
    ("u", "ou"),
    ("u", "oo"),
    ("ee", "i"),
    ("i", "ee"),
    ("i", "e"),
    ("e", "i"),
    ("y", "i"),
    ("ei", "ai"),
    ("ai", "ei"),
    ("aa", "a"),
    ("q", "k"),
    ("k", "q"),
    ("j", "dj"),
    ("v", "w"),
    ("w", "v"),
];
/// Consonants that some write double between vowels and others do not.
const DOUBLED: &[char] = &['b', 'd', 'f', 'l', 'm', 'n', 'r', 's', 't', 'z'];

/// Words shorter than this, in letters, stay as they are.
const SHORTEST: usize = 4;
/// Words of at least this many letters get two changes.
const LONG: usize = 7;

/// Replacements for the words of these names that begin with a capital and are not all capitals. The same word gets the
/// same spelling under the same key.
pub fn names(text: &str, names: &[Span], key: u64) -> Vec<(Range<usize>, String)> {
    let mut words: Vec<Range<usize>> = names.iter().flat_map(|name| words(text, *name)).collect();
    words.sort_by_key(|word| word.start);
    words.dedup();
    words
        .into_iter()
        .flat_map(|word| {
            changes(&text[word.clone()], key)
                .into_iter()
                .map(move |(part, new)| (word.start + part.start..word.start + part.end, new))
        })
        .collect()
}

/// One word with its changes, or as it is where it is no name's word.
pub fn word(word: &str, key: u64) -> String {
    let mut respelt = String::new();
    let mut at = 0;
    if is_candidate(word) {
        for (part, new) in changes(word, key) {
            respelt.push_str(&word[at..part.start]);
            respelt.push_str(&new);
            at = part.end;
        }
    }
    respelt.push_str(&word[at..]);
    respelt
}

/// The runs of letters in a name that may be respelt.
fn words(text: &str, name: Span) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let whole = name.slice(text);
    for (at, c) in whole.char_indices().chain([(whole.len(), ' ')]) {
        if c.is_alphabetic() {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            found.push(name.from() + start..name.from() + at);
        }
    }
    found.retain(|word| is_candidate(&text[word.clone()]));
    found
}

fn is_candidate(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
        && word.chars().count() >= SHORTEST
}

/// Parts of a word and what replaces them, in order and apart.
fn changes(word: &str, key: u64) -> Vec<(Range<usize>, String)> {
    let lower = word.to_lowercase();
    // A letter whose small form has another length would shift the places; such a word keeps its spelling.
    if lower.len() != word.len() {
        return Vec::new();
    }
    let mut sites = sites(&lower);
    sites.sort_by_key(|(part, new)| hash(format!("{lower} {} {new}", part.start).as_bytes(), key));
    let wanted = if word.chars().count() >= LONG { 2 } else { 1 };
    let mut chosen: Vec<(Range<usize>, String)> = Vec::new();
    for (part, new) in sites {
        if chosen.len() == wanted {
            break;
        }
        if chosen
            .iter()
            .all(|(other, _)| other.end <= part.start || part.end <= other.start)
        {
            let new = if part.start == 0 {
                super::capitalised(&new)
            } else {
                new
            };
            chosen.push((part, new));
        }
    }
    chosen.sort_by_key(|(part, _)| part.start);
    chosen
}

/// Every change that the word allows. A single letter changes only between letters of the other sort, vowels or
/// consonants, so that pairs ("sh", "ia") stay whole.
fn sites(lower: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for (old, new) in CHANGES {
        for (at, _) in lower.match_indices(old) {
            let end = at + old.len();
            let sort = lower[at..].chars().next().is_some_and(is_vowel);
            let apart = |neighbour: Option<char>| neighbour.is_none_or(|c| is_vowel(c) != sort);
            let alone =
                apart(lower[..at].chars().next_back()) && apart(lower[end..].chars().next());
            if alone || old.len() > 1 {
                found.push((at..end, (*new).to_owned()));
            }
        }
    }
    let letters: Vec<(usize, char)> = lower.char_indices().collect();
    for three in letters.windows(3) {
        let [(start, before), (at, consonant), (_, after)] = *three else {
            continue;
        };
        if !DOUBLED.contains(&consonant) {
            continue;
        }
        let end = at + consonant.len_utf8();
        if before == consonant {
            found.push((start..end, consonant.to_string()));
        } else if is_vowel(before) && is_vowel(after) {
            found.push((at..end, format!("{consonant}{consonant}")));
        }
    }
    found
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_word_is_respelt_alike() {
        let text = "Khourassin met Ana of IRNA; Khourassin, once KHOURASSIN, left Näkhla.";
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let second = text.rfind("Khourassin").unwrap();
        let all = [
            at("Khourassin met Ana of IRNA"),
            Span::new(second, second + 10),
            at("Khourassin"),
        ];
        let first = names(text, &all, 3);
        assert_eq!(first, names(text, &all, 3));
        let copy = super::super::Copy::new(text, &first).text;
        let respelt = word("Khourassin", 3);
        assert_ne!(respelt, "Khourassin");
        assert_eq!(copy.matches(respelt.as_str()).count(), 2, "{copy}");
        assert!(copy.contains("Ana of IRNA") && copy.contains("KHOURASSIN"));
        assert_eq!(word("army", 3), "army");
        assert!(word("Näkhla", 3).starts_with('N'));
    }

    #[test]
    fn sites_are_those_of_the_table() {
        let shown: Vec<String> = sites("khan")
            .iter()
            .map(|(part, new)| format!("{part:?} {new}"))
            .collect();
        assert_eq!(shown, ["0..2 h", "0..2 k"]);
        assert!(sites("abbas").contains(&(1..3, "b".to_owned())));
        assert!(sites("salih").contains(&(2..3, "ll".to_owned())));
    }
}
