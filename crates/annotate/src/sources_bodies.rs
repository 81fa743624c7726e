//! Bodies that the name tagger did not see: capitals that end in a word for a body ("Interior Ministry"), and a source in capitals.
//!
//! It does not know small-letter groups (`groups`), nor who speaks for a body (`sources`).

use crate::attributions::Tokens;
use crate::names::title_case;
use crate::sources::Resolver;
use crate::{Entity, EntityId, EntityKind, Form, Mention, MentionForm};
use text::TokenKind;

impl Resolver<'_, '_> {
    /// Two or more capitals of which the last is a word for a body, outside names and headlines.
    pub(crate) fn find_unseen_bodies(&mut self) {
        let view = self.view;
        for sentence in &view.segments.sentences {
            let tokens = view.sentence_tokens(sentence);
            if view.block_kind(sentence) != text::BlockKind::Paragraph
                || title_case(view, tokens.clone())
            {
                continue;
            }
            let mut at = tokens.start;
            while at < tokens.end {
                let start = at;
                while at < tokens.end && self.is_unseen_capital(at) {
                    at += 1;
                }
                if at >= start + 2 && view.knowledge.parties.has("body", view.word(at - 1)) {
                    let entity = self.unseen(start..at, EntityKind::Organization);
                    self.mentions.push(Mention {
                        span: view.span(start..at),
                        head: view.span(at - 1..at),
                        title: None,
                        roles: Vec::new(),
                        kind: EntityKind::Organization,
                        form: MentionForm::Nominal,
                        entity: Some(entity),
                    });
                    self.parties.push((start, entity));
                }
                at = at.max(start + 1);
            }
        }
        self.mentions
            .sort_by_key(|mention| (mention.span, mention.head));
        self.parties.sort_unstable();
    }

    /// The entity of a source in capitals that no name is read in; none where the capitals may be those of a sentence or a
    /// headline.
    pub(crate) fn unseen_source(&mut self, tokens: &Tokens) -> Option<EntityId> {
        let view = self.view;
        let start = tokens.start + usize::from(view.lower(tokens.start) == "the");
        let sentence = view.sentence_around(start)?;
        let named = start < tokens.end
            && tokens.end - start <= 4
            && (start..tokens.end)
                .all(|token| self.is_unseen_capital(token) && view.xpos(token).starts_with("NNP"));
        let sure = start > sentence.start || tokens.end - start > 1;
        (named && sure && !title_case(view, sentence))
            .then(|| self.unseen(start..tokens.end, EntityKind::Other))
    }

    fn is_unseen_capital(&self, token: usize) -> bool {
        let view = self.view;
        view.kind(token) == Some(TokenKind::Word)
            && view.is_capital(token)
            && view.lower(token) != "the"
            && self.entity_at(token).is_none()
    }

    /// The entity of such words, made where it is new.
    fn unseen(&mut self, tokens: Tokens, kind: EntityKind) -> EntityId {
        let view = self.view;
        let key = view.phrase(tokens.clone());
        let span = view.span(tokens);
        let known = self.groups.iter().find(|(known, _)| *known == key);
        let entity = match known.map(|(_, entity)| *entity) {
            Some(entity) => entity,
            None => {
                let entity = EntityId(u32::try_from(self.entities.len()).unwrap_or(u32::MAX));
                let text: Vec<&str> = span.slice(view.text).split_whitespace().collect();
                let text = text.join(" ");
                self.entities.push(Entity {
                    forms: vec![Form {
                        text: text.clone(),
                        count: 0,
                    }],
                    ..Entity::new(text, kind)
                });
                self.groups.push((key, entity));
                entity
            }
        };
        if let Some(found) = self.entities.get_mut(entity.index()) {
            if let Some(form) = found.forms.first_mut() {
                form.count += 1;
            }
            if kind == EntityKind::Other {
                found.mentions.push(span);
            }
        }
        entity
    }
}
