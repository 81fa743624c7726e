//! `Party`: one who answers, by all the names under which others speak of it.
//!
//! It does not know what is answered.

use crate::sources::Resolver;
use crate::view::View;
use crate::{Claim, EntityId, Voice};
use std::collections::{BTreeMap, BTreeSet};
use text::Span;

pub(super) struct Party<'a> {
    pub(super) entities: BTreeSet<EntityId>,
    /// The country for whose state it speaks.
    state: Option<&'a str>,
    /// Whether "the government" is it: it is called so itself, or speaks for the state that the text is about.
    bare: bool,
    /// The last word of its name, where that is a name.
    name: Option<&'a str>,
}

impl<'a> Party<'a> {
    pub(super) fn of(
        view: &'a View,
        resolver: &'a Resolver,
        home: Option<&'a str>,
        claim: &'a Claim,
    ) -> Self {
        let source = &claim.source;
        let entities: BTreeSet<EntityId> =
            source.entity.into_iter().chain(source.speaks_for).collect();
        let name_of =
            |entity: &EntityId| Some(resolver.entities.get(entity.index())?.name.as_str());
        let words = source.spans.first().map(|span| span.slice(view.text));
        let names = || entities.iter().filter_map(name_of).chain(words);
        let last = |name: &'a str| {
            let word = name.split_whitespace().next_back()?;
            (word.len() > 3 && word.starts_with(char::is_uppercase)).then_some(word)
        };
        let spoken = || source.spans.iter().flat_map(|span| view.tokens_in(*span));
        // "A Vellar military source".
        let state = names()
            .find_map(|name| view.knowledge.demonyms.state(name))
            .or_else(|| spoken().find_map(|token| state_at(view, token, spoken().last()? + 1)));
        Self {
            bare: match state {
                Some(_) => state == home,
                None => spoken().any(|token| is_bare(view, token)),
            },
            state,
            name: source.entity.as_ref().and_then(name_of).and_then(last),
            entities,
        }
    }

    /// Whether a claim is this party's own.
    pub(super) fn is(&self, view: &View, resolver: &Resolver, claim: &Claim) -> bool {
        if claim.voice == Voice::Narrator {
            return false;
        }
        let other = Party::of(view, resolver, None, claim);
        !self.entities.is_disjoint(&other.entities)
            || (self.state.is_some() && self.state == other.state)
            || (self.bare && self.state.is_none() && other.bare)
    }

    /// Whether words name it.
    pub(super) fn is_named_in(&self, view: &View, resolver: &Resolver, spans: &[Span]) -> bool {
        spans.iter().any(|span| {
            let mut tokens = view.tokens_in(*span);
            let end = tokens.end;
            tokens.any(|token| {
                resolver
                    .entity_at(token)
                    .is_some_and(|entity| self.entities.contains(&entity))
                    || self.name.is_some_and(|name| view.word(token) == name)
                    || (self.state.is_some() && state_at(view, token, end) == self.state)
                    || (self.bare && is_bare(view, token))
            })
        })
    }
}

/// The country of a capital, a country's name or an adjective, alone or with an organ of the state behind it.
fn state_at<'a>(view: &'a View, token: usize, end: usize) -> Option<&'a str> {
    let demonyms = &view.knowledge.demonyms;
    if !view.is_capital(token) {
        return None;
    }
    demonyms.state(view.word(token)).or_else(|| {
        (token + 1 < end)
            .then(|| demonyms.state(view.span(token..token + 2).slice(view.text)))
            .flatten()
    })
}

/// The state that a text names most.
pub(super) fn home<'a>(view: &'a View) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for token in 0..view.len() {
        if let Some(state) = state_at(view, token, token + 1) {
            *counts.entry(state).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(state, _)| state)
}

/// Whether a word is a government or an army with no name before it.
fn is_bare(view: &View, token: usize) -> bool {
    view.knowledge.parties.has("bare-state", view.lower(token))
        && (token == 0 || !view.is_capital(token - 1) || view.lower(token - 1) == "the")
}
