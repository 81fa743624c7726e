//! Whom a phrase stands for: names, roles, groups without a name, pronouns, "the other party".
//!
//! It knows what was said before in the document; it does not know other documents, and where nothing fits it says so.

use crate::attributions::{Attribution, SourceTokens, Tokens};
use crate::clusters::Clusters;
use crate::contents::head_of;
use crate::joins::Join;
use crate::knowledge::{OBJECT_PRONOUN, PERSONAL, POSSESSIVE};
use crate::names::Name;
use crate::sources_before::{Before, LookedBack};
use crate::view::View;
use crate::{Entity, EntityId, EntityKind, Mention, MentionForm, NameBasis, Source, SourceKind};
use text::Span;

/// Resolves phrases of one document against its names, in reading order.
pub(crate) struct Resolver<'v, 'a> {
    pub(crate) view: &'v View<'a>,
    pub(crate) names: &'v [Name],
    pub(crate) entities: Vec<Entity>,
    pub(crate) of_name: Vec<EntityId>,
    /// Why each name is its entity's, where that does not lie open.
    pub(crate) joined: Vec<Option<Join>>,
    /// Groups without a name ("the opposition"), by key.
    pub(crate) groups: Vec<(String, EntityId)>,
    /// Mentions that are no names, as they are resolved.
    pub(crate) mentions: Vec<Mention>,
    /// Parties named or implied so far, in order, with the token.
    pub(crate) parties: Vec<(usize, EntityId)>,
    /// Whom pronouns and phrases point back to.
    pub(crate) before: LookedBack,
}

/// Whom a phrase stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub(crate) kind: SourceKind,
    pub(crate) entity: Option<EntityId>,
    pub(crate) basis: Option<NameBasis>,
    /// The body that a nominal spokesperson speaks for.
    pub(crate) speaks_for: Option<EntityId>,
}

impl<'v, 'a> Resolver<'v, 'a> {
    pub(crate) fn new(
        view: &'v View<'a>,
        names: &'v [Name],
        clusters: Clusters,
    ) -> Resolver<'v, 'a> {
        let Clusters {
            entities,
            of_name,
            joined,
        } = clusters;
        let mut resolver = Resolver {
            view,
            names,
            entities,
            of_name,
            joined,
            groups: Vec::new(),
            mentions: Vec::new(),
            parties: Vec::new(),
            before: LookedBack::default(),
        };
        resolver.find_groups();
        resolver.find_unseen_bodies();
        resolver.find_bodies();
        resolver
    }

    fn set_speaks_for(&mut self, entity: EntityId, body: Option<EntityId>) {
        if let Some(found) = self.entities.get_mut(entity.index())
            && found.speaks_for.is_none()
            && body != Some(entity)
        {
            found.speaks_for = body;
        }
    }

    /// Whom people speak for by what they are called, and to whom bodies belong.
    fn find_bodies(&mut self) {
        let view = self.view;
        for (index, name) in self.names.iter().enumerate() {
            let entity = self.of_name[index];
            for called in &name.called {
                let body = self.body_of_role(called.tokens.start, called.tokens.end);
                self.set_speaks_for(entity, body);
            }
            if self.entities[entity.index()].kind == EntityKind::Person
                && matches!(view.lower(name.tokens.end), "of" | "from" | "for")
            {
                // "Ulla Frey of Human Relief Watch".
                let after = name.tokens.end + 1;
                let after = after + usize::from(view.lower(after) == "the");
                let body = self.entity_at(after).filter(|body| self.is_party(*body));
                self.set_speaks_for(entity, body);
            }
            if self.entities[entity.index()].kind == EntityKind::Organization {
                // "the Regency's Defence Ministry" is the Regency's.
                let owner = name
                    .tokens
                    .start
                    .checked_sub(1)
                    .filter(|clitic| view.is_possessive_clitic(*clitic));
                let owner = owner
                    .and_then(|clitic| self.name_ending_at(clitic))
                    .map(|(owner, _)| owner);
                self.set_speaks_for(entity, owner.filter(|owner| self.is_party(*owner)));
            }
        }
    }

    fn is_party(&self, entity: EntityId) -> bool {
        let kind = self.entities.get(entity.index()).map(|found| found.kind);
        matches!(
            kind,
            Some(EntityKind::Group | EntityKind::Organization | EntityKind::Other)
        )
    }

    /// The body that a role phrase speaks for: a name or group before the role word, or after "of" or "for".
    fn body_of_role(&self, start: usize, end: usize) -> Option<EntityId> {
        let view = self.view;
        let role = (start..end)
            .find(|token| view.knowledge.parties.has("speaks-for", view.lower(*token)))?;
        // "formerly the spokeswoman of …": she was its voice once.
        if (start.saturating_sub(2)..role)
            .any(|token| view.knowledge.parties.has("past", view.lower(token)))
        {
            return None;
        }
        let of = (role + 1..end.min(role + 3))
            .find(|token| matches!(view.lower(*token), "of" | "for" | "from"));
        let after = of.and_then(|of| self.party_in(of + 1..end));
        // "Iranian spokesman": the country's government is not said; nothing is guessed.
        after
            .or_else(|| self.party_in(start..role))
            .or_else(|| self.possessor(start..role))
    }

    /// "its spokesman": whom the pronoun points back to, where that is no person.
    fn possessor(&self, tokens: Tokens) -> Option<EntityId> {
        let pronoun = tokens
            .clone()
            .find(|token| self.view.is(*token, POSSESSIVE))?;
        self.pointed_to(pronoun)?
            .entity
            .filter(|entity| self.entities[entity.index()].kind != EntityKind::Person)
    }

    /// The first party or place named within some tokens.
    fn party_in(&self, tokens: Tokens) -> Option<EntityId> {
        let named = self.name_in(&tokens).map(|index| self.of_name[index]);
        named
            .filter(|entity| self.entities[entity.index()].kind != EntityKind::Person)
            .or_else(|| {
                let span = self.view.span(tokens);
                self.mentions_in(span)
                    .next()
                    .and_then(|mention| mention.entity)
            })
    }

    fn name_in(&self, tokens: &Tokens) -> Option<usize> {
        let first = self
            .names
            .partition_point(|name| name.tokens.start < tokens.start);
        self.names
            .get(first)
            .filter(|name| name.tokens.end <= tokens.end)
            .map(|_| first)
    }

    /// Why the name that is the head of some tokens is its entity's.
    pub(crate) fn join_in(&self, tokens: &Tokens) -> Option<&Join> {
        let head = (!tokens.is_empty()).then(|| head_of(self.view, tokens))?;
        let index = self.names.partition_point(|name| name.tokens.end <= head);
        let name = self.names.get(index)?;
        let holds = name.tokens.contains(&head);
        self.joined.get(index).filter(|_| holds)?.as_ref()
    }

    pub(crate) fn name_ending_at(&self, end: usize) -> Option<(EntityId, usize)> {
        let index = self.names.partition_point(|name| name.tokens.end < end);
        self.names
            .get(index)
            .filter(|name| name.tokens.end == end)
            .map(|name| (self.of_name[index], name.tokens.start))
    }

    /// The entity of the name that holds a token.
    pub(crate) fn entity_at(&self, token: usize) -> Option<EntityId> {
        let index = self.names.partition_point(|name| name.tokens.end <= token);
        self.names
            .get(index)
            .filter(|name| name.tokens.contains(&token))
            .map(|_| self.of_name[index])
    }

    /// The entities and all mentions, once everything is resolved.
    pub(crate) fn finish(self) -> (Vec<Entity>, Vec<Mention>) {
        let view = self.view;
        let named = self
            .of_name
            .iter()
            .map(|entity| entity.index() + 1)
            .max()
            .unwrap_or(0);
        let mut entities = self.entities;
        let mut mentions = self.mentions;
        for (index, name) in self.names.iter().enumerate() {
            let entity = self.of_name[index];
            let kind = entities[entity.index()].kind;
            let head = if kind == EntityKind::Person {
                name.tokens.end - 1
            } else {
                head_of(view, &name.tokens)
            };
            mentions.push(Mention {
                span: view.span(name.tokens.clone()),
                head: view.span(head..head + 1),
                title: None,
                roles: Vec::new(),
                kind,
                form: MentionForm::Name,
                entity: Some(entity),
            });
        }
        mentions.sort_by_key(|mention| (mention.span, mention.head));
        mentions.dedup();
        // A group without a name is mentioned where its noun phrases stand.
        for mention in mentions
            .iter()
            .filter(|mention| mention.form == MentionForm::Nominal)
        {
            if let Some(entity) = mention.entity.filter(|entity| entity.index() >= named) {
                entities[entity.index()].mentions.push(mention.span);
            }
        }
        (entities, mentions)
    }

    /// Whom a noun phrase stands for, without looking at what was said before.
    pub(crate) fn phrase(&self, tokens: &Tokens) -> Resolved {
        let view = self.view;
        let parties = &view.knowledge.parties;
        let none = |kind| Resolved {
            kind,
            entity: None,
            basis: None,
            speaks_for: None,
        };
        if tokens.is_empty() {
            return none(SourceKind::Elided);
        }
        let head = head_of(view, tokens);
        if tokens.len() == 1 && view.is(head, PERSONAL | OBJECT_PRONOUN)
            || (view.is(tokens.start, POSSESSIVE) && tokens.len() == 1)
        {
            return none(SourceKind::Pronoun);
        }
        if let Some(entity) = self.entity_at(head) {
            return Resolved {
                kind: SourceKind::Named,
                entity: Some(entity),
                basis: Some(NameBasis::Stated),
                speaks_for: self.entities[entity.index()].speaks_for,
            };
        }
        let first_names = self
            .names
            .partition_point(|name| name.tokens.start < tokens.start);
        let inside: Vec<usize> = (first_names..self.names.len())
            .take_while(|index| self.names[*index].tokens.end <= tokens.end)
            .collect();
        if parties.has("role", view.lower(head)) {
            // "a representative of the Front, Ali Nazari": a person named in apposition.
            let person = inside
                .iter()
                .filter(|index| self.names[**index].tokens.start > head)
                .map(|index| self.of_name[*index])
                .find(|entity| self.entities[entity.index()].kind == EntityKind::Person);
            if let Some(entity) = person {
                return Resolved {
                    kind: SourceKind::Named,
                    entity: Some(entity),
                    basis: Some(NameBasis::Stated),
                    speaks_for: self.entities[entity.index()].speaks_for,
                };
            }
            let speaks_for = self.body_of_role(tokens.start, tokens.end);
            return Resolved {
                speaks_for,
                ..none(SourceKind::Nominal)
            };
        }
        let span = view.span(tokens.clone());
        let head_span = view.span(head..head + 1);
        let group = self
            .mentions_in(span)
            .find(|mention| mention.span.contains(head_span));
        if let Some(entity) = group.and_then(|mention| mention.entity) {
            return Resolved {
                kind: SourceKind::Nominal,
                entity: Some(entity),
                basis: Some(NameBasis::Stated),
                speaks_for: None,
            };
        }
        if let Some(index) = inside.iter().find(|index| {
            self.names[**index].tokens.end <= head && parties.has("side-noun", view.lower(head))
        }) {
            let entity = self.of_name[*index];
            return Resolved {
                kind: SourceKind::Nominal,
                entity: Some(entity),
                basis: Some(NameBasis::Stated),
                speaks_for: None,
            };
        }
        if parties.has("outlet-word", view.lower(head)) {
            let named = inside
                .first()
                .filter(|index| self.names[**index].tokens.end <= head);
            if let Some(index) = named {
                return Resolved {
                    kind: SourceKind::Named,
                    entity: Some(self.of_name[*index]),
                    basis: Some(NameBasis::Stated),
                    speaks_for: None,
                };
            }
        }
        // "the valley council of the Ennerath Front": a body that belongs to a party.
        let of = (head + 1..tokens.end.min(head + 2))
            .find(|token| matches!(view.lower(*token), "of" | "for"));
        let owner = of
            .and_then(|of| self.party_in(of + 1..tokens.end))
            .filter(|owner| self.is_party(*owner));
        let body = parties.key("group", view.lower(head)).is_some();
        Resolved {
            speaks_for: owner.filter(|_| body),
            ..none(SourceKind::Nominal)
        }
    }

    /// Names that begin before a token, latest first; not too far back, which keeps this linear.
    fn names_before(&self, token: usize) -> impl Iterator<Item = usize> {
        let end = self.names.partition_point(|name| name.tokens.start < token);
        (end.saturating_sub(500)..end).rev()
    }

    /// Nominal mentions inside a span, in order.
    fn mentions_in(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let first = self
            .mentions
            .partition_point(|mention| mention.span.start < span.start);
        self.mentions[first..]
            .iter()
            .take_while(move |mention| mention.span.start < span.end)
            .filter(move |mention| span.contains(mention.span))
    }

    /// The source of an attribution; `previous` are the sources read before it, in order.
    pub(crate) fn source(
        &mut self,
        attribution: &Attribution,
        previous: &[(usize, Source)],
    ) -> Source {
        let view = self.view;
        let tokens = match &attribution.source {
            SourceTokens::Stated(tokens) | SourceTokens::Shared(tokens) => tokens.clone(),
            SourceTokens::Relative {
                pronoun,
                antecedent,
            } => {
                let mut source = self.relative(*pronoun, antecedent.as_ref());
                source.name = source
                    .entity
                    .map(|entity| self.entities[entity.index()].name.clone());
                return source;
            }
            SourceTokens::Elided => return self.elided(attribution, previous),
            SourceTokens::Nobody => return self.elided(attribution, &[]),
        };
        let span = view.span(tokens.clone());
        let mut resolved = self.phrase(&tokens);
        let phrase = view.phrase(tokens.clone());
        let other_side = view.knowledge.parties.has("other-side", &phrase);
        if matches!(resolved.kind, SourceKind::Pronoun | SourceKind::Nominal)
            && !other_side
            && resolved.entity.is_none()
            && let Some(before) = self.pointed_to(head_of(view, &tokens))
        {
            let speaks_for = resolved.speaks_for;
            resolved = self.meant(resolved.kind, &before.clone());
            resolved.speaks_for = speaks_for.or(resolved.speaks_for);
        } else if other_side {
            let last = previous
                .last()
                .and_then(|(_, source)| source.speaks_for.or(source.entity));
            let other = self.other_than(last, tokens.start);
            resolved = Resolved {
                kind: SourceKind::Nominal,
                entity: other,
                basis: other.map(|_| NameBasis::Inferred),
                speaks_for: None,
            };
        } else if matches!(self.join_in(&tokens), Some(Join::Inferred { .. })) {
            // "said Mujahideen" after "Zabihullah Mujahid".
            resolved.basis = Some(NameBasis::Inferred);
        }
        if resolved.kind == SourceKind::Nominal
            && resolved.entity.is_none()
            && let Some(entity) = self.unseen_source(&tokens)
        {
            resolved.kind = SourceKind::Named;
            resolved.entity = Some(entity);
            resolved.basis = Some(NameBasis::Stated);
        }
        if resolved.speaks_for.is_none() {
            resolved.speaks_for = self
                .on_behalf(attribution)
                .filter(|body| Some(*body) != resolved.entity);
        }
        let name = resolved
            .entity
            .map(|entity| self.entities[entity.index()].name.clone());
        Source {
            kind: resolved.kind,
            spans: vec![span],
            entity: resolved.entity,
            name_basis: name.as_ref().and(resolved.basis),
            name,
            speaks_for: resolved.speaks_for,
        }
    }

    /// The last party before a token but for one; else the last name of that one's kind.
    fn other_than(&self, last: Option<EntityId>, before: usize) -> Option<EntityId> {
        let party = self
            .parties
            .iter()
            .rev()
            .find(|(token, entity)| *token < before && Some(*entity) != last)
            .map(|(_, entity)| *entity);
        party.or_else(|| {
            let kind = self.entities[last?.index()].kind;
            self.names_before(before)
                .map(|index| self.of_name[index])
                .find(|entity| Some(*entity) != last && self.entities[entity.index()].kind == kind)
        })
    }

    /// "On behalf of the union, she said …": the party named so in the sentence of the cue, outside quotations.
    fn on_behalf(&self, attribution: &Attribution) -> Option<EntityId> {
        let view = self.view;
        let sentence = view.sentence_around(attribution.cue.start)?;
        let after = sentence
            .clone()
            .filter(|token| matches!(view.lower(*token), "of" | "for"))
            .filter(|token| view.quote(*token).is_none())
            .find(|token| {
                (1..=3).any(|words| {
                    let start = token.saturating_sub(words).max(sentence.start);
                    let phrase = view.phrase(start..token + 1);
                    view.knowledge.parties.has("on-behalf", &phrase)
                })
            })?;
        let end = sentence.end.min(after + 8);
        let end = (after + 1..end)
            .find(|token| view.is_comma(*token))
            .unwrap_or(end);
        self.party_in(after + 1..end)
            .filter(|body| self.is_party(*body))
    }

    fn relative(&self, pronoun: usize, antecedent: Option<&Tokens>) -> Source {
        let resolved = antecedent.map(|tokens| {
            let resolved = self.phrase(tokens);
            match self.pointed_to(head_of(self.view, tokens)) {
                Some(before) if resolved.entity.is_none() => self.meant(resolved.kind, before),
                _ => resolved,
            }
        });
        let entity = resolved.as_ref().and_then(|resolved| resolved.entity);
        // The antecedent is named just before, so it is the source and is stated.
        let tokens = antecedent.map_or(pronoun..pronoun + 1, |tokens| tokens.start..pronoun + 1);
        Source {
            kind: resolved
                .as_ref()
                .map_or(SourceKind::Pronoun, |resolved| resolved.kind),
            spans: vec![self.view.span(tokens)],
            entity,
            name: None,
            name_basis: resolved.as_ref().and_then(|resolved| resolved.basis),
            speaks_for: resolved.and_then(|resolved| resolved.speaks_for),
        }
    }

    /// "…,” added.": the speaker of the claim before in the same or the previous paragraph.
    fn elided(&self, attribution: &Attribution, previous: &[(usize, Source)]) -> Source {
        let last = previous
            .last()
            .filter(|(token, _)| self.block_of(attribution.cue.start) <= self.block_of(*token) + 1)
            .map(|(_, source)| source);
        let resolved = match (last, self.left_out(attribution)) {
            (Some(last), _) => Resolved {
                kind: SourceKind::Elided,
                entity: last.entity,
                basis: Some(NameBasis::Coreference),
                speaks_for: last.speaks_for,
            },
            (None, Some(before)) => self.meant(SourceKind::Elided, before),
            (None, None) => Resolved {
                kind: SourceKind::Elided,
                entity: None,
                basis: None,
                speaks_for: None,
            },
        };
        self.without_words(resolved)
    }

    fn without_words(&self, resolved: Resolved) -> Source {
        let name = resolved
            .entity
            .map(|entity| self.entities[entity.index()].name.clone());
        Source {
            kind: resolved.kind,
            spans: Vec::new(),
            entity: resolved.entity,
            name_basis: name.as_ref().and(resolved.basis),
            name,
            speaks_for: resolved.speaks_for,
        }
    }

    /// Who is meant by what points back; a phrase without a name still says for whom it speaks.
    fn meant(&self, kind: SourceKind, before: &Before) -> Resolved {
        let phrase = self.phrase(&before.phrase);
        let entity = before.entity.or(phrase.entity);
        Resolved {
            kind,
            entity,
            basis: entity.map(|_| before.basis),
            speaks_for: entity
                .and_then(|entity| self.entities[entity.index()].speaks_for)
                .or(phrase.speaks_for),
        }
    }

    fn block_of(&self, token: usize) -> u32 {
        self.view.block_of(token).unwrap_or(u32::MAX / 2)
    }
}
