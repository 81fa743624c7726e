//! `PlaceLexicon`: how texts write places: abbreviations, words that say of what kind a place is, words for its parts, peoples.
//!
//! It does not know the places themselves.

use crate::knowledge::{Demonyms, lines};
use gazetteer::Kind;
use std::collections::{HashMap, HashSet};

/// The parsed `lexicon/places.txt`, with the peoples of `lexicon/demonyms.txt`.
#[derive(Debug, Clone, Default)]
pub struct PlaceLexicon {
    abbreviations: HashMap<String, String>,
    countries: HashMap<String, String>,
    behind: HashMap<String, Kind>,
    before: Vec<(String, Kind)>,
    parts: HashSet<String>,
    demonyms: Demonyms,
}

impl PlaceLexicon {
    /// Parses both files; a line of places that cannot be read becomes a problem.
    #[must_use]
    pub fn parse(places: &str, demonyms: &str, problems: &mut Vec<String>) -> PlaceLexicon {
        let mut lexicon = PlaceLexicon {
            demonyms: Demonyms::parse(demonyms, &mut Vec::new()),
            ..PlaceLexicon::default()
        };
        let mut section = "";
        for (number, line) in lines(places) {
            if let Some(name) = line
                .strip_prefix('[')
                .and_then(|line| line.strip_suffix(']'))
            {
                section = name;
                continue;
            }
            let entry = line
                .split_once('=')
                .map(|(key, value)| (key.trim(), value.trim()));
            let kind = entry.and_then(|(_, value)| Kind::parse(value));
            match (section, entry, kind) {
                ("abbreviations", Some((short, full)), _) => {
                    lexicon
                        .abbreviations
                        .insert(short.to_string(), full.to_string());
                }
                ("countries", Some((name, full)), _) => {
                    lexicon.countries.insert(name.to_string(), full.to_string());
                }
                ("behind", Some((word, _)), Some(kind)) => {
                    lexicon.behind.insert(word.to_string(), kind);
                }
                ("before", Some((words, _)), Some(kind)) => {
                    lexicon.before.push((format!("{words} "), kind))
                }
                ("parts", None, _) => lexicon
                    .parts
                    .extend(line.split_whitespace().map(str::to_string)),
                _ => problems.push(format!(
                    "places.txt line {number}: it cannot be read in [{section}]"
                )),
            }
        }
        lexicon
    }

    /// The country of an adjective, a people or another name, or of its own with the apostrophe lost ("Quenlands").
    pub(crate) fn country_of<'a>(&'a self, form: &'a str) -> Option<&'a str> {
        let country = self
            .demonyms
            .country_of
            .get(form)
            .or_else(|| self.countries.get(form));
        let owner = form.strip_suffix('s').and_then(|form| {
            let country = self.countries.get(form).map(String::as_str);
            country.or_else(|| self.is_country(form).then_some(form))
        });
        country.map(String::as_str).or(owner)
    }

    /// What an abbreviation stands for; one that is a word needs its full stop.
    pub(crate) fn abbreviated(&self, form: &str) -> Option<&str> {
        let capitals = form.len() > 1 && form.chars().all(|letter| letter.is_uppercase());
        let bare: String = form
            .split('.')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        let spaced = form
            .replace('.', " ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let full = self
            .abbreviations
            .get(&bare)
            .or_else(|| self.abbreviations.get(&spaced))?;
        (form.contains('.') || capitals).then_some(full.as_str())
    }

    /// A name without the word that says what it is, and what that word says: "Kabul province", "Lake Sarez".
    pub(crate) fn stated(&self, form: &str) -> Option<(String, Kind)> {
        let lower = form.to_lowercase();
        if let Some((bare, word)) = lower.rsplit_once(' ')
            && let Some(kind) = self.behind.get(word)
        {
            return Some((bare.to_string(), *kind));
        }
        let mut before = self.before.iter();
        before.find_map(|(words, kind)| {
            Some((lower.strip_prefix(words.as_str())?.to_string(), *kind))
        })
    }

    /// A name without the words for a part of it: "northern Farran", "downtown Farran", "Farran north".
    pub(crate) fn without_part(&self, form: &str) -> Option<String> {
        let lower = form.to_lowercase().replace('-', " ");
        let words: Vec<&str> = lower.split_whitespace().collect();
        let is_name = |word: &&str| !self.parts.contains(*word);
        let first = words.iter().position(is_name)?;
        let last = words.iter().rposition(is_name)?;
        let name = &words[first..=last];
        (name.len() < words.len()).then(|| name.join(" "))
    }

    /// A name without the country it is said to be of, with its apostrophe or, as scraped pages have it, without: "Quenland's
    /// Farran", "Quenlands Farran".
    pub(crate) fn without_owner(&self, form: &str) -> Option<String> {
        let (owner, name) = form.split_once(' ')?;
        let owner = owner.strip_suffix('s')?.trim_end_matches(['\'', '’']);
        self.is_country(owner).then(|| name.to_string())
    }

    fn is_country(&self, name: &str) -> bool {
        self.demonyms.countries.contains_key(name)
    }
}
