//! `PlaceLexicon`: how texts write places: abbreviations, words that say of what kind a place is, words for its parts, peoples.
//!
//! It does not know the places themselves.

use crate::demonyms::Demonyms;
use crate::knowledge::lines;
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
    /// What stands at a place or around it: "dam", "countryside".
    sites: HashSet<String>,
    /// Words before those: "air" base.
    qualifiers: HashSet<String>,
    articles: HashSet<String>,
    no_towns: HashSet<String>,
    transliterated: HashSet<String>,
    within: HashSet<String>,
    near: HashSet<String>,
    fillers: HashSet<String>,
    demonyms: Demonyms,
}

impl PlaceLexicon {
    /// Parses both files; a line of places that cannot be read becomes a problem.
    #[must_use]
    pub fn parse(places: &str, demonyms: &str, problems: &mut Vec<String>) -> PlaceLexicon {
        let mut lexicon = PlaceLexicon {
            demonyms: Demonyms::parse(demonyms, "", &mut Vec::new()),
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
                ("no towns", None, _) => {
                    lexicon.no_towns.insert(line.to_lowercase());
                }
                (_, None, _) if let Some(words) = lexicon.words(section) => {
                    words.extend(line.split_whitespace().map(str::to_string));
                }
                _ => problems.push(format!(
                    "places.txt line {number}: it cannot be read in [{section}]"
                )),
            }
        }
        lexicon
    }

    /// The words of a section that has nothing but words.
    fn words(&mut self, section: &str) -> Option<&mut HashSet<String>> {
        match section {
            "parts" => Some(&mut self.parts),
            "sites" => Some(&mut self.sites),
            "qualifiers" => Some(&mut self.qualifiers),
            "articles" => Some(&mut self.articles),
            "transliterated" => Some(&mut self.transliterated),
            "within" => Some(&mut self.within),
            "near" => Some(&mut self.near),
            "fillers" => Some(&mut self.fillers),
            _ => None,
        }
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

    /// What a form may name: itself first, then what is left of it when a word that only describes is taken off, one after the
    /// other: what holds the place ("Farran, Quenland", "Quenland's Farran", "Quennish Farran"), what it is ("Farran province"), a
    /// part of it ("northern Farran"), what stands there ("Farran dam"), the article ("al-Farran").
    pub(crate) fn readings(&self, form: &str) -> Vec<Reading> {
        let form = form.trim_end_matches("'s").trim_end_matches("’s");
        let mut readings = vec![Reading::of(form, None)];
        while let Some(next) = readings.last().and_then(|last| self.shorter(last)) {
            readings.push(next);
        }
        // The whole form says the kind too, where it is a name.
        if let [whole, bare, ..] = &mut readings[..]
            && bare.is_kind_alone
        {
            whole.kind = bare.kind;
        }
        readings
    }

    fn shorter(&self, reading: &Reading) -> Option<Reading> {
        let name = reading.name.as_str();
        let next = |name: String| Reading {
            name,
            is_kind_alone: false,
            ..reading.clone()
        };
        let shorter = |name: String| Reading {
            is_shortened: true,
            ..next(name)
        };
        if reading.within.is_none()
            && let Some((name, outer)) = self.without_holder(name)
        {
            return Some(Reading {
                within: Some(outer),
                ..next(name)
            });
        }
        if reading.kind.is_none()
            && let Some((name, kind)) = self.stated(name)
        {
            return Some(Reading {
                kind: Some(kind),
                is_kind_alone: !reading.is_shortened,
                ..shorter(name)
            });
        }
        if let Some(name) = self.without_part(name) {
            return Some(shorter(name));
        }
        if let Some(name) = self.without_site(name) {
            return Some(Reading {
                is_beside: true,
                ..shorter(name)
            });
        }
        self.without_article(name).map(|name| Reading {
            is_bare: true,
            ..next(name)
        })
    }

    /// Whether a name is that of a large region or a body, and of no small place that may bear it too.
    pub(crate) fn is_no_town(&self, form: &str) -> bool {
        self.no_towns.contains(&form.to_lowercase())
    }

    /// Whether names of places of a country (two letters) are not written in Latin letters there.
    pub(crate) fn is_transliterated(&self, country: &str) -> bool {
        self.transliterated.contains(country)
    }

    /// What a plain word between two names says.
    pub(crate) fn role(&self, word: &str) -> Option<Role> {
        let is_kind = |word: &str| self.behind.contains_key(word) || self.sites.contains(word);
        let is_number = word.chars().all(|letter| letter.is_ascii_digit());
        match word {
            _ if self.near.contains(word) => Some(Role::Near),
            _ if self.within.contains(word) => Some(Role::In),
            _ if is_kind(word) || word.strip_suffix('s').is_some_and(is_kind) => Some(Role::Kind),
            _ if is_number || self.parts.contains(word) || self.fillers.contains(word) => {
                Some(Role::Filler)
            }
            _ => None,
        }
    }

    /// A name without the word that says what it is, and what that word says: "Kabul province", "Lake Sarez".
    fn stated(&self, form: &str) -> Option<(String, Kind)> {
        if let Some((bare, word)) = form.rsplit_once(' ')
            && let Some(kind) = self.behind.get(&word.to_lowercase())
        {
            return Some((bare.to_string(), *kind));
        }
        let mut before = self.before.iter();
        before.find_map(|(words, kind)| {
            let (start, bare) = form.split_at_checked(words.len())?;
            (start.to_lowercase() == *words).then(|| (bare.to_string(), *kind))
        })
    }

    /// A name without the words for a part of it: "northern Farran", "downtown Farran", "Farran north".
    fn without_part(&self, form: &str) -> Option<String> {
        let spaced = form.replace('-', " ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let is_name = |word: &&str| !self.parts.contains(&word.to_lowercase());
        let first = words.iter().position(is_name)?;
        let last = words.iter().rposition(is_name)?;
        let name = &words[first..=last];
        (name.len() < words.len()).then(|| name.join(" "))
    }

    /// A name without what stands there: "Farran dam", "Farran military air base", "Farran countryside".
    fn without_site(&self, form: &str) -> Option<String> {
        let mut name = form;
        let mut is_site = false;
        while let Some((bare, word)) = name.rsplit_once(' ') {
            let word = word.to_lowercase();
            let is_qualifier = is_site && self.qualifiers.contains(&word);
            if !self.sites.contains(&word) && !is_qualifier {
                break;
            }
            is_site = true;
            name = bare;
        }
        is_site.then(|| name.trim().to_string())
    }

    /// A name without what holds the place, and that: "Farran, Quenland", "Farran Quenland", "Quennish Farran", "Quenland's
    /// Farran", or, as scraped pages have it, "Quenlands Farran".
    fn without_holder(&self, form: &str) -> Option<(String, String)> {
        let pair = |inner: &str, outer: &str| {
            let (inner, outer) = (inner.trim(), outer.trim());
            (!inner.is_empty() && !outer.is_empty()).then(|| (inner.to_owned(), outer.to_owned()))
        };
        if let Some((inner, outer)) = form.split_once(',') {
            return pair(inner, outer);
        }
        let (first, rest) = form.split_once(' ')?;
        let owner = first
            .strip_suffix('s')
            .map(|owner| (owner, owner.trim_end_matches(['\'', '’'])));
        if let Some((written, owner)) = owner
            && (written != owner || self.is_country(owner))
        {
            return pair(rest, owner);
        }
        if let Some(country) = self.demonyms.country_of.get(first) {
            return pair(rest, country);
        }
        let mut ends = form.match_indices(' ');
        ends.find_map(|(at, _)| {
            let (inner, outer) = form.split_at(at);
            self.is_country(outer.trim()).then(|| pair(inner, outer))?
        })
    }

    /// A name without an article before it: "al-Farran", "Ash Farran".
    fn without_article(&self, form: &str) -> Option<String> {
        let (article, name) = form.split_once([' ', '-'])?;
        let is_article = self.articles.contains(&article.to_lowercase());
        (is_article && !name.is_empty()).then(|| name.to_string())
    }

    fn is_country(&self, name: &str) -> bool {
        self.demonyms.countries.contains_key(name)
    }
}

/// One way to read a form as a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    /// The name to look up.
    pub(crate) name: String,
    /// What the form says that the place is.
    pub(crate) kind: Option<Kind>,
    /// What the form says holds it.
    pub(crate) within: Option<String>,
    /// Whether words that are no part of the name were taken off.
    pub(crate) is_shortened: bool,
    /// Whether the word for the kind is all that was taken off.
    pub(crate) is_kind_alone: bool,
    /// Whether the form names something that stands at the place, or around it.
    pub(crate) is_beside: bool,
    /// Whether an article was taken off.
    pub(crate) is_bare: bool,
}

impl Reading {
    /// A name as it is.
    pub(crate) fn of(name: &str, kind: Option<Kind>) -> Reading {
        Reading {
            name: name.to_owned(),
            kind,
            within: None,
            is_shortened: false,
            is_kind_alone: false,
            is_beside: false,
            is_bare: false,
        }
    }
}

/// What a plain word between two names says of where they lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The second holds the first: "in", "of".
    In,
    /// They lie near one another: "outside", "north".
    Near,
    /// What one of them is: "village".
    Kind,
    /// Nothing: "the", "eastern".
    Filler,
}
