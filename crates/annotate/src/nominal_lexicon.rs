//! `NominalLexicon`: the head nouns of `nominals.txt` with the kind of what they mean, and the small words of their phrases.
//!
//! It does not know texts: it is asked for one word at a time.

use crate::EntityKind;
use crate::bits::bits;
use crate::knowledge::sections;
use std::collections::HashMap;

/// Words of which a head is the last ("improvised explosive device"); longer entries do not exist.
pub(crate) const LONGEST_ENTRY: usize = 3;

/// What a head may mean, one bit for each condition on its phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sense {
    /// None: no mention.
    pub(crate) kind: Option<EntityKind>,
    /// The conditions of its section.
    pub(crate) conditions: u32,
}

impl Sense {
    /// Whether a condition was set.
    pub(crate) fn has(self, condition: u32) -> bool {
        self.conditions & condition != 0
    }
}

bits! { condition -> u32:
    SIDE = "side" @ 0,
    COUNTED = "counted" @ 1,
    PLURAL = "plural" @ 2,
    SINGULAR = "singular" @ 3,
    MODIFIED = "modified" @ 4,
    NAMED = "named" @ 5,
    GOVERNING = "governing" @ 6,
    ABSOLUTE = "absolute" @ 7,
    OWNING = "owning" @ 8,
    DEFINITE = "definite" @ 9,
    STAY = "stay" @ 10,
    UNOWNED = "unowned" @ 11,
    STATE = "state" @ 12,
    STANDS = "stands" @ 13,
    OFFICE = "office" @ 14,
    ENVOY = "envoy" @ 15,
    ONE = "one" @ 16,
    ALONE = "alone" @ 17,
    TYPED = "typed" @ 18,
    UNCOUNTED = "uncounted" @ 19,
    EVIDENT = "evident" @ 20,
}

bits! { class -> u32:
    DETERMINER = "determiner" @ 0,
    POSSESSIVE = "possessive" @ 1,
    PREDETERMINER = "predeterminer" @ 2,
    QUANTIFIER = "quantifier" @ 3,
    PORTION = "portion" @ 4,
    HEDGE = "hedge" @ 5,
    HEDGE_START = "hedge-start" @ 6,
    TAIL = "tail" @ 7,
    TIME = "time" @ 8,
    HONORIFIC = "honorific" @ 9,
    TITLE = "title" @ 10,
    TITLE_PART = "title-part" @ 11,
    FORMER = "former" @ 12,
    PREFIX = "prefix" @ 13,
    BODY_OWNER = "body-owner" @ 14,
    VERB = "verb" @ 15,
}

/// The head nouns and small words.
#[derive(Debug, Clone, Default)]
pub(crate) struct NominalLexicon {
    senses: HashMap<String, Vec<Sense>>,
    /// Ends of words, the longest first.
    endings: Vec<(String, Vec<Sense>)>,
    classes: HashMap<String, u32>,
    irregular: HashMap<String, String>,
}

/// A head as it was found in the lexicon.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'l> {
    /// In the order of the file.
    pub(crate) senses: &'l [Sense],
    /// Whether the word stood in the plural.
    pub(crate) plural: bool,
}

impl NominalLexicon {
    /// Parses the file; sections that mean nothing are named in `problems`.
    pub(crate) fn parse(file: &str, problems: &mut Vec<String>) -> NominalLexicon {
        let mut lexicon = NominalLexicon::default();
        for (name, words) in sections(file) {
            if name == "irregular" {
                let pairs = words.iter().filter_map(|word| word.split_once('='));
                lexicon
                    .irregular
                    .extend(pairs.map(|(form, lemma)| (spaced(form), spaced(lemma))));
            } else if let Some(bit) = class(&name) {
                for word in words {
                    *lexicon.classes.entry(spaced(&word)).or_default() |= bit;
                }
            } else if let Some(sense) = sense(&name) {
                for word in words {
                    lexicon.add(&word, sense);
                }
            } else {
                problems.push(format!("nominals.txt: [{name}] is no section"));
            }
        }
        lexicon
            .endings
            .sort_by_key(|(ending, _)| std::cmp::Reverse(ending.len()));
        lexicon
    }

    fn add(&mut self, word: &str, sense: Sense) {
        let Some(ending) = word.strip_prefix('*') else {
            self.senses.entry(spaced(word)).or_default().push(sense);
            return;
        };
        match self.endings.iter_mut().find(|(known, _)| known == ending) {
            Some((_, senses)) => senses.push(sense),
            None => self.endings.push((ending.to_string(), vec![sense])),
        }
    }

    /// The classes of a lower-case word or pair of words.
    pub(crate) fn classes(&self, lower: &str) -> u32 {
        self.classes.get(lower).copied().unwrap_or(0)
    }

    /// What a lower-case word, or words with one space between, may mean as a head; singular or plural.
    pub(crate) fn entry(&self, lower: &str) -> Option<Entry<'_>> {
        if let Some(lemma) = self.irregular.get(lower) {
            let senses = self.senses.get(lemma)?;
            return Some(Entry {
                senses,
                plural: true,
            });
        }
        if let Some(senses) = self.senses.get(lower) {
            return Some(Entry {
                senses,
                plural: false,
            });
        }
        self.plural(lower, |singular| {
            self.senses.get(singular).map(Vec::as_slice)
        })
    }

    /// What a lower-case word may mean by its end alone.
    pub(crate) fn entry_by_ending(&self, lower: &str) -> Option<Entry<'_>> {
        let by_ending = |word: &str| {
            let known = |(ending, _): &&(String, Vec<Sense>)| {
                word.len() > ending.len() + 1 && word.ends_with(ending.as_str())
            };
            let found = self.endings.iter().find(known);
            found.map(|(_, senses)| senses.as_slice())
        };
        if let Some(senses) = by_ending(lower) {
            return Some(Entry {
                senses,
                plural: false,
            });
        }
        self.plural(lower, by_ending)
    }

    /// Tries the singulars that a plural may have.
    fn plural<'l>(
        &'l self,
        lower: &str,
        look: impl Fn(&str) -> Option<&'l [Sense]>,
    ) -> Option<Entry<'l>> {
        const PLURALS: [(&str, &str); 7] = [
            ("men", "man"),
            ("ies", "y"),
            ("ves", "fe"),
            ("ves", "f"),
            ("people", "person"),
            ("es", ""),
            ("s", ""),
        ];
        PLURALS.iter().find_map(|(plural, singular)| {
            let stem = lower.strip_suffix(plural)?;
            if stem.is_empty() && *singular != "man" {
                return None;
            }
            let senses = look(&format!("{stem}{singular}"))?;
            Some(Entry {
                senses,
                plural: true,
            })
        })
    }
}

/// The sense of a section's name.
fn sense(name: &str) -> Option<Sense> {
    let mut words = name.split_whitespace();
    let kind = match words.next()? {
        "none" => None,
        "person" => Some(EntityKind::Person),
        "organization" => Some(EntityKind::Organization),
        "group" => Some(EntityKind::Group),
        "place" => Some(EntityKind::Place),
        "facility" => Some(EntityKind::Facility),
        "weapon" => Some(EntityKind::Weapon),
        _ => return None,
    };
    let mut conditions = 0;
    for word in words {
        conditions |= condition(word)?;
    }
    Some(Sense { kind, conditions })
}

fn spaced(word: &str) -> String {
    word.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_endings_lead_to_the_entry() {
        let file = "[person]\nman villager *man ally wife child\n[person side]\nrebel\n[none]\nhuman\n[irregular]\nchildren=child\n[title]\ngeneral\n[nothing]\nx\n";
        let mut problems = Vec::new();
        let lexicon = NominalLexicon::parse(file, &mut problems);
        assert_eq!(problems.len(), 1);
        let plural = |word: &str| lexicon.entry(word).map(|entry| entry.plural);
        assert_eq!(plural("villager"), Some(false));
        assert_eq!(plural("men"), Some(true));
        assert_eq!(plural("allies"), Some(true));
        assert_eq!(plural("wives"), Some(true));
        assert_eq!(plural("children"), Some(true));
        assert_eq!(plural("s"), None);
        assert_eq!(plural("gunmen"), None);
        assert!(
            lexicon
                .entry_by_ending("gunmen")
                .is_some_and(|entry| entry.plural)
        );
        assert!(lexicon.entry_by_ending("man").is_none());
        assert_eq!(lexicon.entry("human").unwrap().senses[0].kind, None);
        assert!(lexicon.entry("rebels").unwrap().senses[0].has(SIDE));
        assert_eq!(lexicon.classes("general"), TITLE);
    }
}
