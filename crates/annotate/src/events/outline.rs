//! `Outline`: a document as texts are compared: each word with its lemma, what it hangs on and, where it tells of something, of which
//! type that is, who stands in which slot and what the clause commits to.
//!
//! It does not know attributions or claims: it is read without them, and so several times faster than annotations. It does not know
//! other documents.

use super::commitment::commitment;
use super::lexicon::{Part, Slot};
use super::{Found, Happenings, frames};
use crate::knowledge::Knowledge;
use crate::view::View;
use crate::{EntityKind, EventType, Mention, MentionForm, Polarity, Quantity, Realis, TimeExpr};
use std::ops::Range;
use syntax::{Relation, word_number};
use text::{BlockKind, Document, Span, vocabulary};

vocabulary! {
    /// What kind of word, as far as comparing asks.
    WordSort {
        Verb = "verb",
        Noun = "noun",
        Name = "name",
        Adjective = "adjective",
        Adverb = "adverb",
        Number = "number",
        Other = "other",
    }
}

vocabulary! {
    /// Where somebody stands around a word that tells of something; active, passive and nominal forms fill the same ones.
    OutlineSlot { Subject = "subject", Object = "object", Other = "other" }
}

/// One word.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineWord {
    /// Where.
    pub span: Span,
    /// Its lemma in lower case.
    pub lemma: String,
    /// What kind of word.
    pub sort: WordSort,
    /// The word that it hangs on.
    pub head: Option<usize>,
    /// How it hangs on it.
    pub relation: Relation,
    /// Number of the finest class of words used alike; 0 for none.
    pub class: u16,
    /// Of which type of event it tells.
    pub event: Option<EventType>,
    /// Who and what stands around it; words' numbers.
    pub slots: Vec<(OutlineSlot, usize)>,
    /// What the clause around it commits to.
    pub polarity: Polarity,
    /// Likewise.
    pub realis: Realis,
}

/// A name, as numbers of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineName {
    /// Its words.
    pub words: Range<usize>,
    /// What it is a name of.
    pub kind: EntityKind,
}

/// A sentence or a headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineSentence {
    /// Where.
    pub span: Span,
    /// Its words.
    pub words: Range<usize>,
    /// What block it stands in.
    pub block: BlockKind,
}

/// A document as texts are compared; each list in the order of the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outline {
    /// Sentences.
    pub sentences: Vec<OutlineSentence>,
    /// Words, punctuation included.
    pub words: Vec<OutlineWord>,
    /// Names.
    pub names: Vec<OutlineName>,
    /// Time expressions.
    pub times: Vec<TimeExpr>,
    /// Quantities.
    pub quantities: Vec<Quantity>,
}

/// Reads a document's outline. Never fails; without weights for trees no word hangs on another.
#[must_use]
pub fn outline(document: &Document, knowledge: &Knowledge) -> Outline {
    let (segments, tree) = crate::parsed(document, knowledge);
    crate::viewed(document, knowledge, &segments, &tree, |view| {
        let fine = crate::fine::Fine::new(view.text, &segments, &tree, knowledge);
        let (times, quantities) = crate::figures(view, &fine);
        let mentions = crate::found::found(&document.text, &segments, &tree, knowledge);
        let found = Found {
            times,
            quantities,
            happenings: super::happenings(view, &mentions),
            day: None,
        };
        of(view, &mentions, found)
    })
}

fn of(view: &View, mentions: &[Mention], found: Found) -> Outline {
    let mut words: Vec<OutlineWord> = (0..view.len()).map(|token| word(view, token)).collect();
    let mut names = Vec::new();
    for mention in mentions {
        if mention.form == MentionForm::Name {
            let range = view.tokens_in(mention.span);
            for word in &mut words[range.clone()] {
                if !matches!(word.sort, WordSort::Other | WordSort::Number) {
                    word.sort = WordSort::Name;
                }
            }
            names.push(OutlineName {
                words: range,
                kind: mention.kind,
            });
        }
    }
    for token in 0..words.len() {
        tell(view, token, &mut words);
    }
    types(&found.happenings, &mut words);
    let sentences = view.segments.sentences.iter();
    Outline {
        sentences: sentences
            .map(|sentence| OutlineSentence {
                span: sentence.span,
                words: view.sentence_tokens(sentence),
                block: view.block_kind(sentence),
            })
            .collect(),
        words,
        names,
        times: found.times,
        quantities: found.quantities,
    }
}

fn word(view: &View, token: usize) -> OutlineWord {
    let xpos = view.xpos(token);
    let sort = match xpos {
        "CD" => WordSort::Number,
        "RB" | "RBR" | "RBS" => WordSort::Adverb,
        _ if xpos.starts_with("NNP") => WordSort::Name,
        _ if xpos.starts_with("NN") => WordSort::Noun,
        _ if xpos.starts_with("JJ") => WordSort::Adjective,
        _ if xpos.starts_with("VB") => match view.relation(token) {
            Relation::Aux | Relation::AuxPass | Relation::Cop => WordSort::Other,
            _ => WordSort::Verb,
        },
        _ => WordSort::Other,
    };
    let lemma = view.lemma(token).to_lowercase();
    let class = view.knowledge.syntax().map_or(0, |models| {
        let known = models.classes().get(word_number(&lemma));
        known.classes.last().copied().unwrap_or_default()
    });
    OutlineWord {
        span: view.span(token..token + 1),
        lemma,
        sort,
        head: view.head(token),
        relation: view.relation(token),
        class,
        event: None,
        slots: Vec::new(),
        polarity: Polarity::Positive,
        realis: Realis::Occurred,
    }
}

/// What the clause around a word commits to, and who stands in which slot.
fn tell(view: &View, token: usize, words: &mut [OutlineWord]) {
    let part = match words[token].sort {
        WordSort::Verb => Part::Verb,
        WordSort::Noun => Part::Noun,
        WordSort::Adjective => Part::Adjective,
        WordSort::Name | WordSort::Adverb | WordSort::Number | WordSort::Other => return,
    };
    if !view.is_parsed() {
        return;
    }
    let said = commitment(view, token, part, &[]);
    let slots = frames::fillers(view, token, part)
        .into_iter()
        .map(|filler| {
            let slot = match filler.slot {
                Slot::Subject | Slot::Owner => OutlineSlot::Subject,
                Slot::Object => OutlineSlot::Object,
                // "the capture of the town".
                Slot::After(ref word) if part == Part::Noun && word == "of" => OutlineSlot::Object,
                Slot::After(_) | Slot::Recipient | Slot::Beside => OutlineSlot::Other,
            };
            (slot, filler.head)
        });
    let word = &mut words[token];
    word.slots = slots.collect();
    word.polarity = said.polarity();
    word.realis = said.realis(false);
}

fn types(happenings: &Happenings, words: &mut [OutlineWord]) {
    for one in &happenings.all {
        if let Some(word) = words.get_mut(one.predicate.head) {
            word.event = Some(one.typed.kind);
        }
    }
}
