//! Who was meant before: asks the ranker of antecedents whom pronouns and phrases that point back stand for, and the tree whose
//! verb a cue without a subject is.
//!
//! It does not know how likely is likely enough to name somebody; `NAMED` says that.

use crate::attributions::{Attribution, SourceTokens, Tokens};
use crate::confidence::Estimate;
use crate::contents::head_of;
use crate::source_ranker::{Found, Group, SourceReading};
use crate::sources::Resolver;
use crate::{EntityId, EntityKind, Mention, MentionForm, NameBasis};
use std::collections::HashMap;
use syntax::{Relation, Tree, Upos};
use text::{Segments, Span};

/// The probability from which a source that points back is given the name of whom it points to.
const NAMED: f64 = 0.5;

/// Whom something points back to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Before {
    /// None for somebody whom the text does not name.
    pub(crate) entity: Option<EntityId>,
    /// The words that mean the same, no pronoun.
    pub(crate) phrase: Tokens,
    pub(crate) probability: f64,
    pub(crate) basis: NameBasis,
}

/// What is known of what points back, by the byte at which its head begins; of subjects left out, by that of the cue.
#[derive(Debug, Clone, Default)]
pub(crate) struct LookedBack {
    heads: HashMap<u32, Before>,
    left_out: HashMap<u32, Before>,
}

impl Resolver<'_, '_> {
    /// Ranks whatever points back in the document. Needs the names and groups; sources are read after it.
    pub(crate) fn look_back(
        &mut self,
        mentions: &[Mention],
        segments: &Segments,
        tree: &Tree,
        attributions: &[(Attribution, Option<Estimate>)],
    ) -> SourceReading {
        let view = self.view;
        let named = self
            .names
            .iter()
            .zip(&self.of_name)
            .map(|(name, entity)| (view.span(name.tokens.clone()), *entity));
        let mut groups: Vec<Group> = self
            .mentions
            .iter()
            .filter(|mention| mention.form == MentionForm::Nominal)
            .filter_map(|mention| {
                Some(Group {
                    head: mention.head,
                    entity: mention.entity?,
                })
            })
            .collect();
        groups.sort_by_key(|group| group.head.start);
        let mut sources: Vec<(Span, Span)> = attributions
            .iter()
            .filter_map(|(attribution, _)| stated(attribution))
            .filter(|tokens| !tokens.is_empty())
            .map(|tokens| {
                let head = head_of(view, tokens);
                (view.span(tokens.clone()), view.span(head..head + 1))
            })
            .collect();
        sources.sort_by_key(|(source, _)| source.end);
        sources.dedup();
        let mut contents: Vec<Span> = attributions
            .iter()
            .flat_map(|(attribution, _)| &attribution.content)
            .map(|tokens| view.span(tokens.clone()))
            .collect();
        contents.sort_by_key(|content| (content.start, content.end));
        // One in another is part of it.
        contents.dedup_by(|later, earlier| {
            let overlaps = later.start < earlier.end;
            if overlaps {
                earlier.end = earlier.end.max(later.end);
            }
            overlaps
        });
        let reading = SourceReading::of(&Found {
            view,
            segments,
            tree,
            mentions,
            named: named.collect(),
            groups,
            sources,
            contents,
        });
        // A country that acts is a party too ("the other party").
        for index in 0..self.names.len() {
            let entity = self.of_name[index];
            let name = view.span(self.names[index].tokens.clone());
            if self.entities[entity.index()].kind == EntityKind::Place && reading.is_subject(name) {
                self.parties.push((self.names[index].tokens.start, entity));
            }
        }
        self.parties.sort_unstable();
        if let Some(ranker) = &view.knowledge.source_ranker {
            let found = ranker.read(&reading);
            for (item, antecedent) in found.iter().enumerate() {
                let Some(antecedent) = antecedent.filter(|found| found.probability >= NAMED) else {
                    continue;
                };
                let before = Before {
                    entity: antecedent.entity,
                    phrase: view.tokens_in(reading.span(antecedent.phrase)),
                    probability: antecedent.probability,
                    basis: NameBasis::Coreference,
                };
                self.before.heads.insert(reading.head(item).start, before);
            }
            self.subjects_left_out(&reading, segments, tree, attributions);
        }
        reading
    }

    /// Whom the words with this head point back to.
    pub(crate) fn pointed_to(&self, head: usize) -> Option<&Before> {
        let start = self.view.span(head..head + 1).start;
        self.before.heads.get(&start)
    }

    /// Whose verb a cue is that has no subject of its own.
    pub(crate) fn left_out(&self, attribution: &Attribution) -> Option<&Before> {
        let start = self.view.span(attribution.cue.clone()).start;
        self.before.left_out.get(&start)
    }

    /// How probable the ranker holds whom a source points back to; none for a source that is named in its own words.
    pub(crate) fn probability(&self, attribution: &Attribution) -> Option<f64> {
        let before = match stated(attribution) {
            Some(tokens) if !tokens.is_empty() => self.pointed_to(head_of(self.view, tokens)),
            _ => self.left_out(attribution),
        };
        before.map(|before| before.probability)
    }

    /// "Before the flight, said that …": a finite verb without a subject has that of the verb above it, else that of the sentence
    /// before.
    fn subjects_left_out(
        &mut self,
        reading: &SourceReading,
        segments: &Segments,
        tree: &Tree,
        attributions: &[(Attribution, Option<Estimate>)],
    ) {
        let view = self.view;
        let mut subjects: HashMap<usize, usize> = HashMap::new();
        let mut bound = vec![false; tree.nodes.len()];
        for (at, node) in tree.nodes.iter().enumerate() {
            let Some(above) = node.head.map(|head| head as usize) else {
                continue;
            };
            match node.relation {
                Relation::Nsubj | Relation::NsubjPass | Relation::Csubj => {
                    subjects.entry(above).or_insert(at);
                }
                Relation::AuxPass | Relation::Expl if above < bound.len() => bound[above] = true,
                _ => {}
            }
        }
        for (attribution, _) in attributions {
            if !matches!(
                attribution.source,
                SourceTokens::Elided | SourceTokens::Nobody
            ) {
                continue;
            }
            let cue = view.span(attribution.cue.clone());
            let token = segments
                .tokens
                .partition_point(|token| token.span.end <= cue.start);
            let Some(node) = tree.nodes.get(token) else {
                continue;
            };
            if bound[token] || subjects.contains_key(&token) || node.upos != Upos::Verb {
                continue;
            }
            let sentence = segments
                .sentences
                .partition_point(|sentence| sentence.last as usize <= token);
            let mut subject = None;
            let mut up = token;
            for _ in 0..6 {
                match tree.nodes[up].head.map(|head| head as usize) {
                    Some(head) if head < tree.nodes.len() => up = head,
                    _ => break,
                }
                subject = subjects.get(&up).copied();
                if subject.is_some() || bound[up] {
                    break;
                }
            }
            let here = subject.is_some();
            if subject.is_none() && !bound[up] && view.is_tagged_finite(attribution.cue.start) {
                subject = sentence
                    .checked_sub(1)
                    .and_then(|before| segments.sentences.get(before))
                    .and_then(|before| {
                        (before.first as usize..before.last as usize)
                            .find(|token| {
                                tree.nodes
                                    .get(*token)
                                    .is_some_and(|node| node.relation == Relation::Root)
                            })
                            .and_then(|root| subjects.get(&root).copied())
                    });
            }
            let Some(item) = subject
                .and_then(|token| segments.tokens.get(token))
                .and_then(|token| reading.item_at(token.span.start))
            else {
                continue;
            };
            let pointed = reading
                .class(item)
                .and_then(|_| self.before.heads.get(&reading.head(item).start));
            let before = match pointed {
                Some(before) => before.clone(),
                None => Before {
                    entity: reading.entity(item),
                    phrase: view.tokens_in(reading.span(item)),
                    probability: 1.0,
                    basis: if here {
                        NameBasis::Stated
                    } else {
                        NameBasis::Coreference
                    },
                },
            };
            self.before.left_out.insert(cue.start, before);
        }
    }
}

fn stated(attribution: &Attribution) -> Option<&Tokens> {
    match &attribution.source {
        SourceTokens::Stated(tokens) | SourceTokens::Shared(tokens) => Some(tokens),
        SourceTokens::Relative { .. } | SourceTokens::Elided | SourceTokens::Nobody => None,
    }
}
