//! The mentions of a document before anybody knows whom they stand for: names by the tagger, phrases by tree and lexicon.
//!
//! It does not know entities; `with_entities` takes them over from the resolver, which knows pronouns too.

use crate::left_out::{Read, left_out};
use crate::mentions::{NameInput, NameRoom};
use crate::nominals::{Beside, nominals};
use crate::{Entity, EntityId, EntityKind, Form, Knowledge, Mention, MentionForm};
use std::collections::HashMap;
use std::ops::Range;
use syntax::{Relation, Tree};
use text::{Segments, Span};

/// The names and phrases of a segmented and parsed text, sorted by where they stand; their entities are not known yet.
/// None without weights. Linear in the length of the text.
#[must_use]
pub fn found(text: &str, segments: &Segments, tree: &Tree, knowledge: &Knowledge) -> Vec<Mention> {
    let names = names(text, segments, tree, knowledge);
    let found = nominals(text, segments, tree, &names, &knowledge.nominals);
    let span = |tokens: &Range<usize>| {
        let first = segments.tokens.get(tokens.start)?.span;
        let last = segments.tokens.get(tokens.end.checked_sub(1)?)?.span;
        (!tokens.is_empty()).then_some(Span::new(first.from(), last.to()))
    };
    let mention = |tokens: &Range<usize>, head: usize, beside: &Beside, kind, form| {
        Some(Mention {
            span: span(tokens)?,
            head: segments.tokens.get(head)?.span,
            title: span(&beside.title),
            roles: beside.roles.iter().filter_map(span).collect(),
            kind,
            form,
            entity: None,
        })
    };
    let named = names
        .iter()
        .zip(&found.beside)
        .filter_map(|((tokens, kind), beside)| {
            let head = head(tree, tokens, *kind);
            mention(tokens, head, beside, *kind, MentionForm::Name)
        });
    let nothing = Beside::default();
    let nominal = found.phrases.iter().filter_map(|phrase| {
        mention(
            &phrase.tokens,
            phrase.head,
            &nothing,
            phrase.kind,
            MentionForm::Nominal,
        )
    });
    let mut mentions: Vec<Mention> = named.chain(nominal).collect();
    mentions.sort_by_key(|mention| (mention.span, mention.head));
    mentions
}

fn names(
    text: &str,
    segments: &Segments,
    tree: &Tree,
    knowledge: &Knowledge,
) -> Vec<(Range<usize>, EntityKind)> {
    let (Some(tagger), Some(models)) = (&knowledge.name_tagger, &knowledge.syntax) else {
        return Vec::new();
    };
    let tags = models.tag_numbers(tree);
    let input = NameInput {
        text,
        segments,
        tags: &tags,
    };
    let (mut room, mut names) = (NameRoom::default(), Vec::new());
    tagger.names(
        &input,
        models.classes(),
        &knowledge.name_hints,
        &mut room,
        &mut names,
    );
    let is_role = |token: usize| {
        let word = segments.tokens[token].span.slice(text);
        word.starts_with(char::is_lowercase) && knowledge.parties.has("role", word)
    };
    let mut found: Vec<(Range<usize>, EntityKind)> = names
        .into_iter()
        .map(|name| {
            // "Velik spokesman Dorun" is called Dorun.
            let role = name.tokens.clone().rev().find(|token| is_role(*token));
            let start = match role {
                Some(role) if role + 1 < name.tokens.end => role + 1,
                _ => name.tokens.start,
            };
            (start..name.tokens.end, name.kind)
        })
        .collect();
    let mut tagged = vec![false; segments.tokens.len()];
    take(&mut tagged, &found);
    let again = named_elsewhere(text, segments, &found, &tagged);
    take(&mut tagged, &again);
    found.extend(again);
    let read = Read {
        text,
        segments,
        tree,
        models,
        knowledge,
    };
    let left_out = left_out(read, &found, &tagged);
    take(&mut tagged, &left_out);
    let again = named_elsewhere(text, segments, &left_out, &tagged);
    take(&mut tagged, &again);
    found.extend(left_out);
    found.extend(again);
    // What the user's own list of places names is a name, where it has a capital and no longer name holds it.
    for (index, token) in segments.tokens.iter().enumerate() {
        let word = token.span.slice(text);
        let begins = word.starts_with(char::is_uppercase);
        if begins && !tagged[index] && knowledge.layers.knows(word) {
            found.push((index..index + 1, EntityKind::Place));
        }
    }
    found.sort_by_key(|(tokens, _)| tokens.start);
    found
}

/// Marks the tokens of names.
fn take(tagged: &mut [bool], names: &[(Range<usize>, EntityKind)]) {
    for (tokens, _) in names {
        tagged[tokens.clone()].fill(true);
    }
}

/// What is a name in one place of the document is one in all, where it has its capital and does not begin the sentence.
fn named_elsewhere(
    text: &str,
    segments: &Segments,
    found: &[(Range<usize>, EntityKind)],
    tagged: &[bool],
) -> Vec<(Range<usize>, EntityKind)> {
    let word = |token: usize| segments.tokens[token].span.slice(text);
    let mut by_first: HashMap<&str, Vec<&(Range<usize>, EntityKind)>> = HashMap::new();
    for name in found {
        let known = by_first.entry(word(name.0.start)).or_default();
        let same = |other: &&(Range<usize>, EntityKind)| {
            other.0.clone().map(word).eq(name.0.clone().map(word))
        };
        if word(name.0.start).starts_with(char::is_uppercase)
            && known.len() < MOST_NAMES
            && !known.iter().any(same)
        {
            known.push(name);
        }
    }
    for names in by_first.values_mut() {
        names.sort_by_key(|name| std::cmp::Reverse(name.0.len()));
    }
    let mut again = Vec::new();
    for sentence in &segments.sentences {
        let end = sentence.last as usize;
        let mut at = sentence.first as usize + 1;
        while at < end {
            let fits = |name: &&&(Range<usize>, EntityKind)| {
                let here = at..at + name.0.len();
                here.end <= end
                    && here.clone().all(|token| !tagged[token])
                    && here.map(word).eq(name.0.clone().map(word))
            };
            let name = by_first
                .get(word(at))
                .and_then(|names| names.iter().find(fits));
            if let Some((tokens, kind)) = name {
                again.push((at..at + tokens.len(), *kind));
            }
            at += name.map_or(1, |name| name.0.len());
        }
    }
    again
}

/// So many names that begin with one word are looked for elsewhere.
const MOST_NAMES: usize = 16;

/// The head of a name: a person's last word; of others the word on which the rest hangs, by the tree.
fn head(tree: &Tree, tokens: &Range<usize>, kind: EntityKind) -> usize {
    let last = tokens.end.saturating_sub(1);
    if kind == EntityKind::Person {
        return last;
    }
    let inside = |token: &usize| {
        tree.nodes.get(*token).is_some_and(|node| {
            node.relation == Relation::Root
                || node
                    .head
                    .is_none_or(|head| !tokens.contains(&(head as usize)))
        })
    };
    tokens.clone().find(inside).unwrap_or(last)
}

/// The mentions found, with the entities that the resolver knows for them, and what only the resolver found: pronouns, and
/// phrases that it read otherwise.
pub(crate) fn with_entities(found: Vec<Mention>, resolved: Vec<Mention>) -> Vec<Mention> {
    let mut by_span: HashMap<Span, EntityId> = HashMap::new();
    let mut by_head: HashMap<Span, EntityId> = HashMap::new();
    for mention in &resolved {
        if let Some(entity) = mention.entity {
            by_span.entry(mention.span).or_insert(entity);
            by_head.entry(mention.head).or_insert(entity);
        }
    }
    let heads: HashMap<Span, MentionForm> = found
        .iter()
        .map(|mention| (mention.head, mention.form))
        .collect();
    let mut mentions: Vec<Mention> = found;
    for mention in &mut mentions {
        mention.entity = by_span
            .get(&mention.span)
            .or_else(|| by_head.get(&mention.head))
            .copied();
    }
    mentions.extend(
        resolved.into_iter().filter(|mention| {
            !heads.contains_key(&mention.head) && mention.form != MentionForm::Name
        }),
    );
    mentions.sort_by_key(|mention| (mention.span, mention.head));
    mentions.dedup();
    mentions
}

/// Gives names an entity that the resolver could not see, since they are a part of a hyphenated word ("UK-based"): that of the same
/// name where there is one, else one of their own.
pub(crate) fn take_in(text: &str, mentions: &mut [Mention], entities: &mut Vec<Entity>) {
    let mut known: HashMap<String, EntityId> = HashMap::new();
    for (id, entity) in (0..).map(EntityId).zip(&*entities) {
        for form in &entity.forms {
            known.entry(form.text.clone()).or_insert(id);
        }
    }
    let nameless =
        |mention: &&mut Mention| mention.form == MentionForm::Name && mention.entity.is_none();
    for mention in mentions.iter_mut().filter(nameless) {
        let name = mention.span.slice(text);
        let id = *known.entry(name.to_string()).or_insert_with(|| {
            entities.push(Entity::new(name.to_string(), mention.kind));
            EntityId(entities.len() as u32 - 1)
        });
        mention.entity = Some(id);
        let Some(entity) = entities.get_mut(id.index()) else {
            continue;
        };
        let at = entity.mentions.partition_point(|span| *span < mention.span);
        entity.mentions.insert(at, mention.span);
        match entity.forms.iter_mut().find(|form| form.text == name) {
            Some(form) => form.count += 1,
            None => entity.forms.push(Form {
                text: name.to_string(),
                count: 1,
            }),
        }
        entity
            .forms
            .sort_by_key(|form| std::cmp::Reverse(form.count));
    }
}
