//! When a mention is the one that was labelled: same bytes and same kind, small words at the edges aside.
//!
//! The rules are those of the reference scorer of names, so that the figures are comparable. It does not know sets.

use crate::scan::is_space;
use annotate::EntityKind;
use text::Span;

/// Which mentions count, on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Counted {
    /// What has a capital letter or a digit and is no pronoun.
    Names,
    /// Lower-case names and phrases as well, pronouns aside.
    All,
}

/// The kinds of the table, in its order.
pub const SCORED: [EntityKind; 3] = [
    EntityKind::Person,
    EntityKind::Organization,
    EntityKind::Place,
];

/// The kind under which a labelled mention counts; a facility is a place.
pub fn wanted_kind(kind: EntityKind) -> Option<EntityKind> {
    match kind {
        EntityKind::Person | EntityKind::Organization | EntityKind::Place => Some(kind),
        EntityKind::Facility => Some(EntityKind::Place),
        EntityKind::Group | EntityKind::Weapon | EntityKind::Event | EntityKind::Other => None,
    }
}

/// The kind under which a mention that was found counts: as above, and a group, for which the public sets have no label,
/// is an organisation.
pub fn given_kind(kind: EntityKind) -> Option<EntityKind> {
    match kind {
        EntityKind::Group => Some(EntityKind::Organization),
        _ => wanted_kind(kind),
    }
}

/// The span without a leading "the" and a trailing possessive.
pub fn trimmed(text: &str, span: Span) -> Span {
    let words = span.slice(text);
    let mut start = span.from();
    if words
        .get(..3)
        .is_some_and(|the| the.eq_ignore_ascii_case("the"))
    {
        let rest = words[3..].trim_start_matches(is_space);
        if rest.len() < words.len() - 3 {
            start = span.to() - rest.len();
        }
    }
    let words = &text[start..span.to()];
    let stem = words.strip_suffix('s').unwrap_or(words);
    let stem = stem
        .strip_suffix(['\'', '’'])
        .or_else(|| words.strip_suffix(['\'', '’']))
        .unwrap_or(words);
    Span::new(start, start + stem.len())
}

/// Whether a mention's words count.
pub fn is_name(words: &str, counted: Counted) -> bool {
    let capitals = words.chars().any(char::is_uppercase) && !words.chars().any(char::is_lowercase);
    let spelt = words.chars().count() > 1 && capitals; // "US", "IT" and "WHO" are names.
    if !spelt && PRONOUNS.contains(&words.to_lowercase().as_str()) {
        return false;
    }
    counted == Counted::All || words.chars().any(|c| c.is_uppercase() || c.is_numeric())
}

/// The reference scorer's pronouns; a longer list would change the measure.
const PRONOUNS: &[&str] = &[
    "i",
    "me",
    "my",
    "mine",
    "you",
    "your",
    "yours",
    "he",
    "him",
    "his",
    "she",
    "her",
    "hers",
    "it",
    "its",
    "we",
    "us",
    "our",
    "ours",
    "they",
    "them",
    "their",
    "theirs",
    "who",
    "whom",
    "whose",
    "who",
    "this",
    "that",
    "these",
    "those",
    "himself",
    "herself",
    "itself",
    "themselves",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_and_the_possessive_fall_off() {
        let cut = |words: &str| {
            trimmed(words, Span::new(0, words.len()))
                .slice(words)
                .to_owned()
        };
        assert_eq!(cut("The Northern Front’s"), "Northern Front");
        assert_eq!(cut("the Northern  Fronts'"), "Northern  Fronts");
        assert_eq!(cut("Theresa"), "Theresa");
        assert_eq!(cut("the"), "the");
        assert_eq!(cut("’s"), "");
        assert_eq!(cut("Élan Vitals"), "Élan Vitals");
    }

    #[test]
    fn pronouns_are_no_names_unless_spelt_in_capitals() {
        assert!(!is_name("They", Counted::All));
        assert!(!is_name("I", Counted::Names));
        assert!(is_name("US", Counted::Names) && is_name("1st", Counted::Names));
        assert!(!is_name("the army", Counted::Names) && is_name("the army", Counted::All));
    }
}
