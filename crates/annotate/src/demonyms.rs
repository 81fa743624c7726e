//! Countries, what their people are called, and by which names their governments speak.
//!
//! It does not know which government is meant where several claim one seat: such seats stand in no list.

use crate::knowledge::{WordLists, lines};
use std::collections::HashMap;

/// Countries by their adjective, people and seats: the text of `lexicon/demonyms.txt`.
#[derive(Debug, Clone, Default)]
pub struct Demonyms {
    /// Adjective or people → country.
    pub(crate) country_of: HashMap<String, String>,
    /// People, plural.
    pub(crate) peoples: HashMap<String, String>,
    /// Countries.
    pub(crate) countries: HashMap<String, ()>,
    /// Other names of its government → country.
    seats: HashMap<String, String>,
    /// Organs of a state: "government", "army".
    organs: WordLists,
}

impl Demonyms {
    /// Parses `demonyms.txt`, and `parties.txt` for the organs of a state; a line that cannot be read becomes a problem.
    #[must_use]
    pub fn parse(file: &str, parties: &str, problems: &mut Vec<String>) -> Demonyms {
        let mut demonyms = Demonyms {
            organs: WordLists::parse(parties),
            ..Demonyms::default()
        };
        for (number, line) in lines(file) {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let ([country, adjective, people] | [country, adjective, people, _]) = fields[..]
            else {
                problems.push(format!(
                    "demonyms.txt line {number}: three columns are needed, or four"
                ));
                continue;
            };
            let seats = fields.get(3).into_iter().flat_map(|seats| seats.split(','));
            for seat in seats.map(str::trim) {
                demonyms.seats.insert(seat.to_owned(), country.to_owned());
            }
            demonyms.countries.insert(country.to_string(), ());
            for word in [adjective, people] {
                demonyms
                    .country_of
                    .entry(word.to_string())
                    .or_insert_with(|| country.to_string());
            }
            if people != adjective {
                demonyms
                    .peoples
                    .insert(people.to_string(), country.to_string());
            }
        }
        demonyms
    }

    /// The country for whose state a name stands: "Ossel", its capital, "the Osselian government", "Osselian troops". Nothing for a
    /// name that only begins with a country's ("the Osselian opposition").
    #[must_use]
    pub fn state(&self, name: &str) -> Option<&str> {
        let name = name.trim();
        let bare = name
            .strip_prefix("the ")
            .or_else(|| name.strip_prefix("The "))
            .unwrap_or(name);
        let bare = bare
            .strip_suffix("'s")
            .or_else(|| bare.strip_suffix("’s"))
            .unwrap_or(bare);
        if let Some(country) = self.country(bare) {
            return Some(country);
        }
        let (_, last) = bare.rsplit_once(' ')?;
        let organ = last.to_lowercase();
        if !self.organs.has("state-organ", &organ) && !self.organs.has("state-itself", &organ) {
            return None;
        }
        // "Osselian government", "South Ossel's armed forces": the country's words come first.
        bare.match_indices(' ').find_map(|(end, _)| {
            let first = &bare[..end];
            let first = first
                .strip_suffix("'s")
                .or_else(|| first.strip_suffix("’s"))
                .unwrap_or(first);
            self.country(first)
        })
    }

    /// The country whose government a name is: as `state`, without the organs that speak for themselves ("Osselian army").
    #[must_use]
    pub fn government(&self, name: &str) -> Option<&str> {
        let last = name.trim().rsplit(' ').next().unwrap_or("").to_lowercase();
        self.state(name)
            .filter(|_| !self.organs.has("state-organ", &last))
    }

    fn country(&self, name: &str) -> Option<&str> {
        let known = self.seats.get(name).or_else(|| self.country_of.get(name));
        known.map(String::as_str).or_else(|| {
            let (country, ()) = self.countries.get_key_value(name)?;
            Some(country)
        })
    }
}
