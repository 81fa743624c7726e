//! Who is counted: whether a noun means people, families or things.
//!
//! It knows words alone; what befell those counted may tell more.

use super::lexicon::{self, EffectRole};
use super::{Kind, Reader};
use crate::EntityKind;
use crate::nominal_lexicon::COUNTED;

impl Reader<'_> {
    /// What a counted noun means.
    pub(super) fn kind_of(&self, noun: usize) -> Kind {
        let word = self.lower(noun);
        let classes = self.lexicon.classes(word);
        if classes & lexicon::HOUSEHOLD != 0 {
            return Kind::Household;
        }
        if classes & lexicon::THING != 0 {
            return Kind::Thing;
        }
        let is_person = classes & lexicon::PEOPLE != 0
            || self.is_person(word)
            || self.has_role(noun, &EffectRole::Itself);
        if is_person { Kind::Person } else { Kind::Thing }
    }

    /// Whether a noun, singular or plural, means a person by the lexicons of nominals and of peoples.
    fn is_person(&self, word: &str) -> bool {
        let nominals = &self.knowledge.nominals;
        let entry = nominals
            .entry(word)
            .or_else(|| nominals.entry_by_ending(word));
        if let Some(entry) = entry {
            // The first sense decides, but a body of people that is counted ("40 troops") is people.
            let mut senses = entry.senses.iter();
            return senses
                .next()
                .is_some_and(|sense| sense.kind == Some(EntityKind::Person))
                || senses
                    .any(|sense| sense.kind == Some(EntityKind::Person) && sense.has(COUNTED));
        }
        self.is_people_of_a_country(word)
    }

    /// Whether a word is the adjective of a country, which is also one of its people: "one Salvadoran".
    pub(super) fn is_of_a_country(&self, word: &str) -> bool {
        let known = &self.knowledge.demonyms.country_of;
        known.contains_key(&capitalised(word))
    }

    /// "Syrians", "an Alawite": a people, or the plural of an adjective of one.
    fn is_people_of_a_country(&self, word: &str) -> bool {
        let demonyms = &self.knowledge.demonyms;
        let capital = capitalised(word);
        demonyms.peoples.contains_key(&capital)
            || capital
                .strip_suffix('s')
                .is_some_and(|singular| demonyms.country_of.contains_key(singular))
    }
}

/// A word with a capital.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
