//! Labelled names and phrases of public sets and of our own, in one plain form whatever the file was.
//!
//! It does not know how mentions are found, nor how they are scored.

pub mod eval;
pub mod folds;
pub mod gum;
mod iob;
pub mod kinds;
pub mod learn;
mod marks;
mod matching;
mod own;
pub mod peers;
pub mod re3d;
mod scoring;
pub mod sets;

#[cfg(test)]
pub use iob::read as parse_iob;

use annotate::{EntityKind, MentionForm};
use text::Span;

/// One document with its labelled mentions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MentionDocument {
    /// The set's own id, or the number of a run of sentences where the set has no documents. Unique within a set.
    pub id: String,
    /// The set's name, as in [`MENTION_SETS`].
    pub set: String,
    /// The text; every span points into it.
    pub text: String,
    /// The set's sentences, in order; empty where the set gives none.
    pub sentences: Vec<Span>,
    /// The labelled mentions, by where they stand; a mention may lie inside another one.
    pub gold: Vec<GoldMention>,
}

/// One labelled mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldMention {
    /// Bytes of the document's text.
    pub span: Span,
    /// The set's own label.
    pub label: String,
    /// What the label means in the program's words; none where it means none of them (a date, a metric, a title).
    pub kind: Option<EntityKind>,
    /// How it is said; none where the set does not tell.
    pub form: Option<MentionForm>,
    /// The head word; none where the set does not tell.
    pub head: Option<Span>,
}

impl MentionDocument {
    /// The labelled mentions that are names with a kind, or whose form the set does not tell but which a trainer of names
    /// may take for names: those with a capital letter.
    pub fn names(&self) -> impl Iterator<Item = (&GoldMention, EntityKind)> {
        self.gold.iter().filter_map(|gold| {
            let name = match gold.form {
                Some(form) => form == MentionForm::Name,
                None => matching::is_name(gold.span.slice(&self.text), matching::Counted::Names),
            };
            name.then_some((gold, gold.kind?))
        })
    }
}
