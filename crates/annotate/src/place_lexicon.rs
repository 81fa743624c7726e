//! `PlaceLexicon`: how texts write places: abbreviations, words that say of what kind a place is, words for its parts, peoples.
//!
//! It does not know the places themselves.

use gazetteer::Kind;
use std::collections::{HashMap, HashSet};

/// The parsed `lexicon/places.txt`, with the peoples of `lexicon/demonyms.txt`.
#[derive(Debug, Clone, Default)]
pub struct PlaceLexicon {
    abbreviations: HashMap<String, String>,
    behind: HashMap<String, Kind>,
    before: Vec<(String, Kind)>,
    parts: HashSet<String>,
    peoples: HashMap<String, String>,
}

impl PlaceLexicon {
    /// Parses both files; a line that cannot be read becomes a problem.
    #[must_use]
    pub fn parse(places: &str, demonyms: &str, problems: &mut Vec<String>) -> PlaceLexicon {
        let mut lexicon = PlaceLexicon::default();
        let mut section = "";
        let lines = places
            .lines()
            .enumerate()
            .map(|(number, line)| (number + 1, line.trim()));
        for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
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
        for line in demonyms.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('|').map(str::trim);
            if let Some(country) = cells.next() {
                for people in cells.filter(|people| !people.is_empty()) {
                    lexicon
                        .peoples
                        .insert(people.to_string(), country.to_string());
                }
            }
        }
        lexicon
    }

    /// The country of an adjective or a people.
    pub(crate) fn country_of(&self, form: &str) -> Option<&str> {
        self.peoples.get(form).map(String::as_str)
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

    /// A name without the words for a part of it: "northern Farran", "downtown Farran".
    pub(crate) fn without_part(&self, form: &str) -> Option<String> {
        let lower = form.to_lowercase().replace('-', " ");
        let mut words = lower.split_whitespace().peekable();
        let mut left_out = false;
        while words.next_if(|word| self.parts.contains(*word)).is_some() {
            left_out = true;
        }
        let rest: Vec<&str> = words.collect();
        (left_out && !rest.is_empty()).then(|| rest.join(" "))
    }
}
