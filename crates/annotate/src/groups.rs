//! Groups that the text names by a noun: "the opposition", "resistance forces", "the Afghan government".
//!
//! It does not know pronouns, nor who speaks for a group (`sources`).

use crate::attributions::Tokens;
use crate::sources::Resolver;
use crate::{Entity, EntityId, EntityKind, Form, Mention, MentionForm};

impl Resolver<'_, '_> {
    /// Groups that the text names by a noun: "the opposition", "resistance forces", "the Afghan government".
    pub(crate) fn find_groups(&mut self) {
        let view = self.view;
        for sentence in &view.segments.sentences {
            if view.block_kind(sentence) == text::BlockKind::Boilerplate {
                continue;
            }
            let tokens = view.sentence_tokens(sentence);
            let mut at = tokens.start;
            while at < tokens.end {
                let Some(phrase) = self.group_phrase(at, tokens.end) else {
                    at += 1;
                    continue;
                };
                let end = phrase.end;
                self.add_group(phrase);
                at = end.max(at + 1);
            }
        }
        for (index, name) in self.names.iter().enumerate() {
            let entity = self.of_name[index];
            if matches!(
                self.entities[entity.index()].kind,
                EntityKind::Group | EntityKind::Organization
            ) {
                self.parties.push((name.tokens.start, entity));
            }
        }
        self.parties.sort_unstable();
    }

    /// A run of group words that begins at a token ("opposition forces"), not followed by a role or a name.
    pub(crate) fn group_phrase(&self, at: usize, limit: usize) -> Option<Tokens> {
        let parties = &self.view.knowledge.parties;
        parties.key("group", self.view.lower(at))?;
        let mut end = at + 1;
        while end < limit && parties.key("group", self.view.lower(end)).is_some() {
            end += 1;
        }
        Some(at..end)
    }

    pub(crate) fn add_group(&mut self, phrase: Tokens) {
        let view = self.view;
        let parties = &view.knowledge.parties;
        let Some(key) = parties.key("group", view.lower(phrase.start)) else {
            return;
        };
        // A generic noun without anything that says whose ("fighters", "people") is no party of its own.
        let before = phrase.start.checked_sub(1);
        let side = before.and_then(|before| self.name_ending_at(before + 1));
        let mut start = phrase.start;
        let entity = if let Some((entity, name_start)) = side {
            // "Taliban fighters" are the Taliban; "Dorvan police" in a place are the police of the place.
            start = name_start;
            if matches!(self.entities[entity.index()].kind, EntityKind::Place) {
                None
            } else {
                Some(entity)
            }
        } else {
            None
        };
        let adjective = before.filter(|before| {
            view.is_capital(*before)
                && view
                    .knowledge
                    .demonyms
                    .country_of
                    .contains_key(view.word(*before))
        });
        // The first word of the run that can stand for a party ("resistance forces", "Afghan government troops").
        let key = phrase
            .clone()
            .filter_map(|token| parties.key("group", view.lower(token)))
            .find(|key| *key != "-")
            .or(adjective.map(|_| key))
            .unwrap_or("-");
        if key == "-" && entity.is_none() {
            return;
        }
        let entity = entity.unwrap_or_else(|| {
            let whole = match adjective {
                Some(adjective) => format!("{} {key}", view.lower(adjective)),
                None if start < phrase.start => {
                    format!("{} {key}", view.phrase(start..phrase.start))
                }
                None => key.to_string(),
            };
            let text = view
                .span(adjective.unwrap_or(start)..phrase.end)
                .slice(view.text)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            self.group(&whole, &text)
        });
        let start = adjective.unwrap_or(start);
        let span = view.span(start..phrase.end);
        let head = view.span(phrase.end - 1..phrase.end);
        self.mentions.push(Mention {
            span,
            head,
            title: None,
            roles: Vec::new(),
            kind: EntityKind::Group,
            form: MentionForm::Nominal,
            entity: Some(entity),
        });
        self.parties.push((phrase.start, entity));
    }

    /// The entity of a group key, made where it is new; its form is counted.
    pub(crate) fn group(&mut self, key: &str, form: &str) -> EntityId {
        let form = form
            .strip_prefix("The ")
            .or_else(|| form.strip_prefix("the "))
            .unwrap_or(form);
        let form = if form.chars().next().is_some_and(char::is_uppercase)
            && !self
                .view
                .knowledge
                .demonyms
                .country_of
                .contains_key(form.split(' ').next().unwrap_or_default())
            && key.starts_with(|letter: char| letter.is_lowercase())
        {
            let mut letters = form.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_lowercase().chain(letters).collect()
            })
        } else {
            form.to_string()
        };
        let known = self
            .groups
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, entity)| *entity);
        let entity = known.unwrap_or_else(|| {
            let entity = EntityId(u32::try_from(self.entities.len()).unwrap_or(u32::MAX));
            self.entities
                .push(Entity::new(form.clone(), EntityKind::Group));
            self.groups.push((key.to_string(), entity));
            entity
        });
        let forms = &mut self.entities[entity.index()].forms;
        match forms.iter_mut().find(|known| known.text == form) {
            Some(known) => known.count += 1,
            None => forms.push(Form {
                text: form,
                count: 1,
            }),
        }
        forms.sort_by(|left, right| {
            right
                .count
                .cmp(&left.count)
                .then_with(|| left.text.cmp(&right.text))
        });
        entity
    }
}
