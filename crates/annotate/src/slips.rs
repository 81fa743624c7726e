//! What a reader should know about a document's names: words that stand where its most frequent name would and are spelt nearly so,
//! and names that were read as another spelling.
//!
//! It changes nothing: the text stays as it is, and no word becomes a name by it.

use crate::EntityKind;
use crate::joins::Join;
use crate::sources::Resolver;
use crate::view::View;
use std::collections::{BTreeSet, HashMap, HashSet};
use text::{Note, Span};

/// Mentions from which a name is the document's most frequent kind of name, and a word beside it may be a slip for it.
const OFTEN: usize = 10;
/// Letters of such a word and name at least.
const LONGEST_CHANCE: usize = 6;
/// The share of the letters, in order, that both have in common at least.
const COMMON: f64 = 0.7;
/// Parts of compounds that stand beside the name of a party.
const BEFORE: [&str; 3] = ["anti", "pro", "non"];
const BEHIND: [&str; 8] = [
    "led",
    "backed",
    "held",
    "controlled",
    "aligned",
    "affiliated",
    "linked",
    "run",
];

/// The notes, in order.
pub(crate) fn notes(view: &View, resolver: &Resolver) -> Vec<Note> {
    let mut notes = slips(view, resolver);
    let mut told = HashSet::new();
    for (index, join) in resolver.joined.iter().enumerate() {
        let (Some(join), Some(name)) = (join, resolver.names.get(index)) else {
            continue;
        };
        let code = match join {
            Join::Spelling { .. } => "same_name",
            Join::Inferred { .. } => "inferred",
            Join::Part { .. } | Join::Letters { .. } | Join::Stated { .. } => continue,
        };
        let span = view.span(name.tokens.clone());
        let form = span.slice(view.text);
        if told.insert((resolver.of_name.get(index), form)) {
            notes.push(Note {
                span,
                code: code.to_owned(),
                message: join.note(form),
            });
        }
    }
    notes
}

/// A party that the document names very often by one word.
struct Frequent {
    word: String,
    lower: String,
    mentions: usize,
}

/// "anti-Tibetan" in a text that names the Taliban forty times and Tibet never.
fn slips(view: &View, resolver: &Resolver) -> Vec<Note> {
    let frequent: Vec<Frequent> = resolver
        .entities
        .iter()
        .filter(|entity| {
            matches!(entity.kind, EntityKind::Group | EntityKind::Organization)
                && entity.mentions.len() >= OFTEN
        })
        .filter_map(|entity| {
            let word = &entity.forms.first()?.text;
            let lower = word.to_lowercase();
            let is_word = !lower.contains(|letter: char| !letter.is_alphabetic());
            (is_word && lower.chars().count() >= LONGEST_CHANCE).then(|| Frequent {
                word: word.clone(),
                lower,
                mentions: entity.mentions.len(),
            })
        })
        .collect();
    if frequent.is_empty() {
        return Vec::new();
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for token in 0..view.len() {
        for part in view.lower(token).split('-') {
            *counts.entry(part.to_owned()).or_default() += 1;
        }
    }
    (0..view.len())
        .filter_map(|token| {
            let (span, word) = in_slot(view, token)?;
            let lower = word.to_lowercase();
            let name = frequent.iter().find(|name| is_near(&lower, &name.lower))?;
            let once = counts.get(&lower) == Some(&1);
            (once && !is_at_home(view, &counts, word)).then(|| Note {
                span,
                code: "garbled".to_owned(),
                message: format!(
                    "“{word}” stands where “{}” would, which the document names {} times; it may be a slip for it",
                    name.word, name.mentions
                ),
            })
        })
        .collect()
}

/// The word of a token that stands where a party's name would: beside "anti-" or "-led", or before "fighters".
fn in_slot<'v>(view: &View<'v>, token: usize) -> Option<(Span, &'v str)> {
    let whole = view.word(token);
    let span = view.span(token..token + 1);
    let parts: Vec<&str> = whole.split('-').collect();
    let found = match parts[..] {
        [first, word] if BEFORE.contains(&first.to_lowercase().as_str()) => {
            Some((Span::new(span.to() - word.len(), span.to()), word))
        }
        [word, last] if BEHIND.contains(&last) => {
            Some((Span::new(span.from(), span.from() + word.len()), word))
        }
        [word]
            if view
                .knowledge
                .parties
                .has("side-noun", view.lower(token + 1)) =>
        {
            Some((span, word))
        }
        _ => None,
    };
    found.filter(|(_, word)| word.starts_with(char::is_uppercase))
}

/// Whether two words begin and end alike and share most letters in order.
fn is_near(word: &str, name: &str) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (word.chars().collect(), name.chars().collect());
    let longer = left.len().max(right.len());
    word != name
        && left.len().min(right.len()) >= LONGEST_CHANCE
        && left.len().abs_diff(right.len()) <= 1
        && left.first() == right.first()
        && left.last() == right.last()
        && common(&left, &right) as f64 >= COMMON * longer as f64
}

/// Letters in common, in order.
fn common(left: &[char], right: &[char]) -> usize {
    let mut row = vec![0; right.len() + 1];
    for letter in left {
        let mut corner = 0;
        for (at, other) in right.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if letter == other {
                corner + 1
            } else {
                above.max(row[at])
            };
            corner = above;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// Whether the document has to do with whom a word for a people means: it names their country, or them by another word.
fn is_at_home(view: &View, counts: &HashMap<String, usize>, word: &str) -> bool {
    let Some(country) = view.knowledge.demonyms.country_of.get(word) else {
        return false;
    };
    let others: BTreeSet<String> = view
        .knowledge
        .demonyms
        .country_of
        .iter()
        .filter(|(other, of)| *of == country && *other != word)
        .map(|(other, _)| other.to_lowercase())
        .chain([country.to_lowercase()])
        .collect();
    others.iter().any(|other| counts.contains_key(other))
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn a_slip_begins_and_ends_as_the_name_does() {
        assert!(is_near("tibetan", "taliban"));
        assert!(is_near("velkori", "velkari"));
        assert!(!is_near("taliban", "taliban"));
        assert!(!is_near("turkmen", "taliban"));
        assert!(!is_near("italian", "taliban"));
    }
}
