//! Whom a phrase stands for: names, roles, groups without a name, pronouns, "the other party".
//!
//! It knows what was said before in the document; it does not know other documents, and where nothing fits it says so.

use crate::attributions::{Attribution, SourceTokens, Tokens};
use crate::clusters::{Clusters, fold, similar};
use crate::contents::head_of;
use crate::knowledge::{OBJECT_PRONOUN, PERSONAL, POSSESSIVE, PREPOSITION};
use crate::names::Name;
use crate::view::View;
use crate::{Entity, EntityId, EntityKind, Mention, MentionForm, NameBasis, Source, SourceKind};
use text::Span;

/// Resolves phrases of one document against its names, in reading order.
pub(crate) struct Resolver<'v, 'a> {
    pub(crate) view: &'v View<'a>,
    pub(crate) names: &'v [Name],
    pub(crate) entities: Vec<Entity>,
    pub(crate) of_name: Vec<EntityId>,
    /// Groups without a name ("the opposition"), by key.
    pub(crate) groups: Vec<(String, EntityId)>,
    /// Mentions that are no names, as they are resolved.
    pub(crate) mentions: Vec<Mention>,
    /// Parties named or implied so far, in order, with the token.
    pub(crate) parties: Vec<(usize, EntityId)>,
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
            entities, of_name, ..
        } = clusters;
        let mut resolver = Resolver {
            view,
            names,
            entities,
            of_name,
            groups: Vec::new(),
            mentions: Vec::new(),
            parties: Vec::new(),
        };
        resolver.find_groups();
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
        let of = (role + 1..end.min(role + 3))
            .find(|token| matches!(view.lower(*token), "of" | "for" | "from"));
        let after = of.and_then(|of| self.party_in(of + 1..end));
        after.or_else(|| self.party_in(start..role)).or({
            // "Iranian spokesman": the country's government is not said; nothing is guessed.
            None
        })
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
        for entity in &mut entities {
            let known = view.knowledge.gazetteer.named(&entity.name).chain(
                entity
                    .forms
                    .iter()
                    .flat_map(|form| view.knowledge.gazetteer.named(&form.text)),
            );
            let mut places: Vec<&crate::gazetteer::Entry> = known.collect();
            places.dedup_by_key(|entry| &entry.place.gazetteer_id);
            let stated = |entry: &&crate::gazetteer::Entry| {
                entry
                    .container
                    .as_ref()
                    .is_some_and(|container| view.text.contains(container.as_str()))
            };
            // Two places of one name: the one whose container the text names, else none.
            let one = match places[..] {
                [only] => Some(only),
                _ => Some(places.into_iter().filter(stated).collect::<Vec<_>>())
                    .filter(|fitting| fitting.len() == 1)
                    .map(|fitting| fitting[0]),
            };
            if entity.kind == EntityKind::Place {
                entity.place = one.map(|entry| entry.place.clone());
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
                .map(|index| self.of_name[*index])
                .find(|entity| {
                    self.entities[entity.index()].kind == EntityKind::Person
                        && self.names[inside[0]].tokens.start > head
                });
            if let Some(entity) = person {
                return Resolved {
                    kind: SourceKind::Named,
                    entity: Some(entity),
                    basis: Some(NameBasis::Stated),
                    speaks_for: self.entities[entity.index()].speaks_for,
                };
            }
            let speaks_for = self.body_of_role(tokens.start, tokens.end);
            let definite = view.lower(tokens.start) == "the" || view.is(tokens.start, POSSESSIVE);
            let entity = definite
                .then(|| self.latest_with_role(view.lower(head), tokens.start))
                .flatten();
            return Resolved {
                kind: SourceKind::Nominal,
                entity,
                basis: entity.map(|_| NameBasis::Coreference),
                speaks_for: speaks_for
                    .or_else(|| entity.and_then(|entity| self.entities[entity.index()].speaks_for)),
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

    fn latest_with_role(&self, role: &str, before: usize) -> Option<EntityId> {
        let named = |index: &usize| {
            let roles = &self.entities[self.of_name[*index].index()].roles;
            roles
                .iter()
                .any(|known| known.split(' ').any(|word| word == role))
        };
        self.names_before(before)
            .find(named)
            .map(|index| self.of_name[index])
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
            SourceTokens::Nobody => {
                return Source {
                    kind: SourceKind::Elided,
                    spans: Vec::new(),
                    entity: None,
                    name: None,
                    name_basis: None,
                    speaks_for: None,
                };
            }
        };
        let span = view.span(tokens.clone());
        let mut resolved = self.phrase(&tokens);
        let phrase = view.phrase(tokens.clone());
        if resolved.kind == SourceKind::Pronoun {
            let earlier: Vec<&(usize, Source)> = previous
                .iter()
                .filter(|(_, source)| source.spans != [span])
                .collect();
            // A verb that shares its subject with the claim before has that claim's source.
            if let Some((_, same)) = previous
                .iter()
                .rev()
                .find(|(_, source)| source.spans == [span])
            {
                return same.clone();
            }
            let head = head_of(view, &tokens);
            let (entity, speaks_for, basis) =
                self.pronoun(view.lower(head), tokens.start, &earlier);
            resolved = Resolved {
                kind: SourceKind::Pronoun,
                entity,
                basis,
                speaks_for,
            };
        } else if is_other_side(&phrase) {
            let last = previous
                .last()
                .and_then(|(_, source)| source.speaks_for.or(source.entity));
            let other = self
                .parties
                .iter()
                .rev()
                .find(|(token, entity)| *token < tokens.start && Some(*entity) != last);
            resolved = Resolved {
                kind: SourceKind::Nominal,
                entity: other.map(|(_, entity)| *entity),
                basis: other.map(|_| NameBasis::Inferred),
                speaks_for: None,
            };
        } else if resolved
            .entity
            .is_some_and(|entity| self.is_translated_surname(entity, &tokens))
        {
            // "said Mujahideen" after "Zabihullah Mujahid": a surname that a translation has inflected.
            let person = resolved
                .entity
                .and_then(|entity| self.inflected_surname(entity, tokens.start));
            if let Some(person) = person {
                resolved = Resolved {
                    kind: SourceKind::Named,
                    entity: Some(person),
                    basis: Some(NameBasis::Inferred),
                    speaks_for: self.entities[person.index()].speaks_for,
                };
            }
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

    fn relative(&self, pronoun: usize, antecedent: Option<&Tokens>) -> Source {
        let resolved = antecedent.map(|tokens| self.phrase(tokens));
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
        let mut source = Source {
            kind: SourceKind::Elided,
            spans: Vec::new(),
            entity: None,
            name: None,
            name_basis: None,
            speaks_for: None,
        };
        if let Some(last) = last {
            source.entity = last.entity;
            source.name = last.name.clone();
            source.name_basis = last.name.as_ref().map(|_| NameBasis::Coreference);
            source.speaks_for = last.speaks_for;
        }
        source
    }

    fn block_of(&self, token: usize) -> u32 {
        self.view.block_of(token).unwrap_or(u32::MAX / 2)
    }

    /// The antecedent of a pronoun that is a source: the last source of its kind, else the last fitting subject.
    fn pronoun(
        &self,
        word: &str,
        at: usize,
        earlier: &[&(usize, Source)],
    ) -> (Option<EntityId>, Option<EntityId>, Option<NameBasis>) {
        let person = matches!(word, "he" | "she" | "him" | "her" | "his");
        let many = matches!(word, "they" | "them" | "their");
        let thing = matches!(word, "it" | "its");
        if !(person || many || thing) {
            return (None, None, None);
        }
        let fits = |source: &Source| {
            let kind = source
                .entity
                .and_then(|entity| self.entities.get(entity.index()))
                .map(|entity| entity.kind);
            match kind {
                Some(EntityKind::Person) => person,
                Some(EntityKind::Group) => many || thing,
                Some(EntityKind::Organization | EntityKind::Place) => thing || many,
                Some(EntityKind::Other) => person || thing,
                Some(EntityKind::Facility | EntityKind::Weapon | EntityKind::Event) => thing,
                // A spokesman without a name is still "he".
                None => person && matches!(source.kind, SourceKind::Nominal | SourceKind::Pronoun),
            }
        };
        let here = self.block_of(at);
        // The subject of the sentence just before, where it is a person and nobody spoke since.
        let last_source = earlier.iter().rev().find(|(token, source)| {
            *token < at && fits(source) && self.block_of(*token) + 3 >= here
        });
        let subject =
            self.subject_of_previous(at, person, last_source.map_or(0, |(token, _)| *token));
        if let Some(entity) = subject {
            return (
                Some(entity),
                self.entities[entity.index()].speaks_for,
                Some(NameBasis::Coreference),
            );
        }
        match last_source {
            Some((_, source)) => (
                source.entity,
                source.speaks_for,
                source.entity.map(|_| NameBasis::Coreference),
            ),
            None => {
                let fits = |index: &usize| {
                    let kind = self.entities[self.of_name[*index].index()].kind;
                    let kind_fits = match kind {
                        EntityKind::Person => person,
                        EntityKind::Organization | EntityKind::Group => !person,
                        EntityKind::Place
                        | EntityKind::Facility
                        | EntityKind::Weapon
                        | EntityKind::Event
                        | EntityKind::Other => false,
                    };
                    kind_fits && self.block_of(self.names[*index].tokens.start) + 1 >= here
                };
                let entity = self
                    .names_before(at)
                    .find(fits)
                    .map(|index| self.of_name[index]);
                (
                    entity,
                    entity.and_then(|entity| self.entities[entity.index()].speaks_for),
                    entity.map(|_| NameBasis::Coreference),
                )
            }
        }
    }

    /// The person that the sentence before begins with, if it stands after the last source.
    fn subject_of_previous(&self, at: usize, person: bool, after: usize) -> Option<EntityId> {
        let view = self.view;
        let sentence = view.sentence_of(at)?.checked_sub(1)?;
        let sentence = &view.segments.sentences[sentence];
        let tokens = view.sentence_tokens(sentence);
        if !person || tokens.start < after || after >= tokens.start && after < tokens.end {
            return None;
        }
        let name = self
            .names
            .partition_point(|name| name.tokens.start < tokens.start);
        let found = self.names.get(name).filter(|found| {
            found.tokens.end <= tokens.end && found.tokens.start <= tokens.start + 6
        })?;
        let entity = self.of_name[name];
        let subject = (tokens.start..found.tokens.start)
            .all(|token| !view.is(token, PREPOSITION) && !view.is_finite(token));
        (subject && self.entities[entity.index()].kind == EntityKind::Person).then_some(entity)
    }

    fn is_translated_surname(&self, entity: EntityId, tokens: &Tokens) -> bool {
        let entity = &self.entities[entity.index()];
        tokens.len() == 1
            && entity.mentions.len() == 1
            && entity.name.split_whitespace().count() == 1
    }

    fn inflected_surname(&self, entity: EntityId, before: usize) -> Option<EntityId> {
        let word = fold(&self.entities[entity.index()].name);
        let here = self.block_of(before);
        let inflected = |index: &usize| {
            let name = &self.names[*index];
            let found = &self.entities[self.of_name[*index].index()];
            let surname = fold(self.view.word(name.tokens.end - 1));
            found.kind == EntityKind::Person
                && found.name.split_whitespace().count() > 1
                && surname.chars().count() >= 5
                && (word.starts_with(&surname) || similar(&surname, &word))
                && self.block_of(name.tokens.start) + 2 >= here
        };
        self.names_before(before)
            .find(inflected)
            .map(|index| self.of_name[index])
    }
}

/// "the other party", "the opposing side".
fn is_other_side(phrase: &str) -> bool {
    matches!(
        phrase,
        "the other party"
            | "the other side"
            | "the opposing side"
            | "the opposing party"
            | "the other camp"
    )
}
