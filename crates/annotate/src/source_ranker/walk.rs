//! `Walk`: who has been mentioned so far, latest last, while a document is read from left to right.
//!
//! It does not know weights.

use super::items::{Item, Said, SourceReading};
use crate::{EntityId, EntityKind};
use std::collections::HashMap;

/// How many sentences back somebody may have been mentioned last.
const SENTENCES: u32 = 10;

/// How many of the latest are looked at, so that reading stays linear.
const MOST: usize = 40;

/// Somebody mentioned.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) entity: Option<EntityId>,
    pub(crate) kind: EntityKind,
    /// The last item, and the last that is no pronoun.
    pub(crate) last: usize,
    pub(crate) last_phrase: usize,
    pub(crate) mentions: u32,
    pub(crate) gender: i32,
    pub(crate) ends_in_a: bool,
    pub(crate) plural: bool,
    pub(crate) aged: bool,
    /// Whether an attribution had it as its source, and the item.
    pub(crate) spoke: Option<usize>,
    pub(crate) words: Vec<u32>,
}

/// The state of reading.
pub(crate) struct Walk<'r> {
    pub(crate) reading: &'r SourceReading,
    pub(crate) known: Vec<Known>,
    /// Indices into `known`, by last mention.
    recent: Vec<u32>,
    by_entity: HashMap<EntityId, usize>,
    /// For each item read, who it is.
    pub(crate) of_item: Vec<Option<usize>>,
    pub(crate) last_speaker: Option<usize>,
}

impl<'r> Walk<'r> {
    pub(crate) fn new(reading: &'r SourceReading) -> Self {
        Walk {
            reading,
            known: Vec::new(),
            recent: Vec::new(),
            by_entity: HashMap::new(),
            of_item: Vec::with_capacity(reading.items.len()),
            last_speaker: None,
        }
    }

    /// Who may be meant by an item, latest first.
    pub(crate) fn candidates(&self, item: &Item, into: &mut Vec<usize>) {
        into.clear();
        let Some(class) = item.class else { return };
        for number in self.recent.iter().rev().take(MOST) {
            let known = &self.known[*number as usize];
            let last = &self.reading.items[known.last];
            if last.sentence + SENTENCES < item.sentence {
                break;
            }
            // A phrase is nobody who is named inside it ("the lawyer of Orbach").
            if class.may_mean(known.kind, known.plural) && !item.span.contains(last.span) {
                into.push(*number as usize);
            }
        }
    }

    /// Reads the next item; `chosen` is who it was found to be.
    pub(crate) fn read(&mut self, index: usize, chosen: Option<usize>) {
        let item = &self.reading.items[index];
        let same = item
            .same_as
            .and_then(|earlier| self.of_item.get(earlier).copied().flatten());
        let fixed = item
            .entity
            .and_then(|entity| self.by_entity.get(&entity).copied());
        let nobody = matches!(item.said, Said::Pronoun(_));
        let number = match chosen.or(fixed).or(same) {
            Some(number) => number,
            None if nobody => {
                self.of_item.push(None);
                return;
            }
            None => {
                self.known.push(Known {
                    entity: item.entity,
                    kind: item.kind,
                    last: index,
                    last_phrase: index,
                    mentions: 0,
                    gender: 0,
                    ends_in_a: false,
                    plural: item.plural,
                    aged: false,
                    spoke: None,
                    words: Vec::new(),
                });
                self.known.len() - 1
            }
        };
        let known = &mut self.known[number];
        // What stands beside a mention explains it, and is none of its own.
        let beside = chosen.is_none() && same == Some(number);
        if !beside {
            known.last = index;
            known.mentions += 1;
        }
        known.gender = (known.gender + i32::from(item.gender)).clamp(-12, 12);
        known.ends_in_a |= item.ends_in_a;
        known.aged |= item.aged;
        if !nobody {
            if !beside || known.entity.is_none() {
                known.last_phrase = index;
            }
            for word in &item.words {
                if known.words.len() < 40 && !known.words.contains(word) {
                    known.words.push(*word);
                }
            }
        }
        if let Some(entity) = item.entity.filter(|_| known.entity.is_none()) {
            known.entity = Some(entity);
            known.kind = item.kind;
        }
        if let Some(entity) = known.entity {
            self.by_entity.entry(entity).or_insert(number);
        }
        if item.is_source {
            known.spoke = Some(index);
            self.last_speaker = Some(number);
        }
        if item.kind == EntityKind::Person && known.entity.is_some() && !item.words.is_empty() {
            self.name_unnamed(index, number);
        }
        let reach = self.recent.len().saturating_sub(MOST * 4);
        if let Some(at) = self.recent[reach..]
            .iter()
            .rposition(|found| *found as usize == number)
        {
            self.recent.remove(reach + at);
        }
        self.recent.push(number as u32);
        self.of_item.push(Some(number));
    }

    /// "the camp director … Ana Volt, the director,": the phrase meant her, and is no rival of hers any more.
    fn name_unnamed(&mut self, index: usize, named: usize) {
        let item = &self.reading.items[index];
        let from = self.recent.len().saturating_sub(MOST);
        let mut at = self.recent.len();
        while at > from {
            at -= 1;
            let number = self.recent[at] as usize;
            let other = &self.known[number];
            let phrase = &self.reading.items[other.last_phrase];
            let same = number != named
                && other.entity.is_none()
                && other.kind == EntityKind::Person
                && matches!(phrase.said, Said::Definite | Said::Possessed)
                && item.words.contains(&phrase.word);
            if same {
                self.recent.remove(at);
            }
        }
    }
}
