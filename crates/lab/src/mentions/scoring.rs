//! Mentions that were found against those that are labelled, in one document: exact spans of the same kind.
//!
//! The counts are those of the reference scorer of names. It does not know where documents come from.

use super::matching::{Counted, SCORED, given_kind, is_name, trimmed, wanted_kind};
use super::{GoldMention, MentionDocument};
use crate::corrupt::Copy;
use crate::score::Tally;
use annotate::{EntityKind, Mention, MentionForm};
use std::collections::BTreeSet;
use text::Span;

/// Counts of one or more documents, by kind in the order of [`SCORED`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub kinds: [Tally; 3],
}

impl Counts {
    /// All kinds together.
    pub fn all(&self) -> Tally {
        let mut all = Tally::default();
        for kind in &self.kinds {
            add(&mut all, *kind);
        }
        all
    }

    pub fn add(&mut self, other: &Self) {
        for (kind, more) in self.kinds.iter_mut().zip(other.kinds) {
            add(kind, more);
        }
    }
}

/// Adds one tally to another.
pub fn add(tally: &mut Tally, more: Tally) {
    tally.right += more.right;
    tally.given += more.given;
    tally.wanted += more.wanted;
}

/// A mention as it is compared: where, without the words that count for nothing, and what.
pub type Compared = (Span, EntityKind);

/// What was labelled and what was found in one document or in its copy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sides {
    pub wanted: BTreeSet<Compared>,
    pub given: BTreeSet<Compared>,
}

impl Sides {
    /// What counts of a document's labels and of the mentions found in it.
    ///
    /// In a damaged copy capitals tell nothing. So a labelled mention counts where it did before the damage; one that was
    /// found counts where its words did before the damage, or where it is said to be a name.
    pub fn new(
        original: &str,
        document: &MentionDocument,
        copy: &Copy,
        found: &[Mention],
        counted: Counted,
    ) -> Self {
        let text = &document.text;
        let damaged = original != text;
        let was = |span: Span| copy.back(span).slice(original);
        let wanted = |gold: &GoldMention| {
            let name =
                counted == Counted::All || gold.form.is_none_or(|form| form == MentionForm::Name);
            let kind = gold.kind.and_then(wanted_kind)?;
            (name && is_name(was(gold.span), counted)).then(|| (trimmed(text, gold.span), kind))
        };
        let given = |mention: &Mention| {
            let kind = given_kind(mention.kind)?;
            let named = damaged
                && mention.form == MentionForm::Name
                && is_name(mention.span.slice(text), Counted::All);
            (named || is_name(was(mention.span), counted))
                .then(|| (trimmed(text, mention.span), kind))
        };
        Self {
            wanted: document.gold.iter().filter_map(wanted).collect(),
            given: found.iter().filter_map(given).collect(),
        }
    }

    pub fn counts(&self) -> Counts {
        Counts {
            kinds: SCORED.map(|kind| {
                let of = |side: &BTreeSet<Compared>| {
                    side.iter().filter(|(_, other)| *other == kind).count()
                };
                Tally {
                    right: self
                        .given
                        .intersection(&self.wanted)
                        .filter(|(_, other)| *other == kind)
                        .count(),
                    given: of(&self.given),
                    wanted: of(&self.wanted),
                }
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corrupt::{Corruption, corrupt_document};

    fn mention(text: &str, words: &str, kind: EntityKind, form: MentionForm) -> Mention {
        let start = text.find(words).unwrap();
        let span = Span::new(start, start + words.len());
        Mention {
            span,
            head: span,
            title: None,
            roles: Vec::new(),
            kind,
            form,
            entity: None,
        }
    }

    fn document() -> MentionDocument {
        let file = "The O\nVale B-organisation\nFront I-organisation\n's O\nmen O\nheld O\nOrsk B-location\nbridge I-location\n. O\n";
        super::super::parse_iob("x", file).remove(0)
    }

    #[test]
    fn the_same_words_and_kind_are_right() {
        let document = document();
        let text = &document.text;
        let found = [
            mention(
                text,
                "The Vale Front's",
                EntityKind::Group,
                MentionForm::Name,
            ),
            mention(text, "Orsk", EntityKind::Place, MentionForm::Name),
            mention(text, "men", EntityKind::Person, MentionForm::Nominal),
            mention(text, "Orsk bridge", EntityKind::Weapon, MentionForm::Name),
        ];
        let copy = Copy::default();
        let names = Sides::new(text, &document, &copy, &found, Counted::Names).counts();
        let tally = |right, given, wanted| Tally {
            right,
            given,
            wanted,
        };
        assert_eq!(
            names.kinds,
            [tally(0, 0, 0), tally(1, 1, 1), tally(0, 1, 1)]
        );
        let all = Sides::new(text, &document, &copy, &found, Counted::All).counts();
        assert_eq!(all.kinds[0], tally(0, 1, 0));
        assert_eq!(all.all(), tally(1, 3, 2));
    }

    #[test]
    fn small_letters_do_not_hide_what_was_a_name() {
        let document = document();
        let (lower, copy) = corrupt_document(&document, Corruption::Lower, 1);
        let found = [
            mention(
                &lower.text,
                "vale front",
                EntityKind::Organization,
                MentionForm::Nominal,
            ),
            mention(&lower.text, "men", EntityKind::Person, MentionForm::Name),
        ];
        let counts = Sides::new(&document.text, &lower, &copy, &found, Counted::Names).counts();
        assert_eq!(
            (counts.all().right, counts.all().given, counts.all().wanted),
            (1, 2, 2)
        );
    }
}
