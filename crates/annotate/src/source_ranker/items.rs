//! `SourceReading`: what a document mentions, in order, as the ranker of antecedents sees it: names, phrases and third-person
//! pronouns with their gender, number, place in the clause and whether an attribution has them as its source.
//!
//! It does not know who points back to whom.

use super::features::Class;
use crate::view::View;
use crate::{EntityId, EntityKind, Mention, MentionForm};
use std::collections::HashMap;
use syntax::linear::hash_bytes;
use syntax::{Relation, Tree, Upos};
use text::{BlockKind, Segments, Span};

/// How a mention is said, as far as it tells how it is taken up again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    Name,
    Definite,
    Indefinite,
    Possessed,
    Pronoun(Class),
}

/// What a mention is to its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Subject,
    Object,
    Possessor,
    Oblique,
    Beside,
    Other,
}

/// One mention.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) span: Span,
    pub(crate) head: Span,
    /// The word by which it hangs on its clause.
    pub(crate) top: Span,
    pub(crate) sentence: u32,
    pub(crate) block: u32,
    pub(crate) kind: EntityKind,
    pub(crate) said: Said,
    /// The entity of a name, or of a group that needs none.
    pub(crate) entity: Option<EntityId>,
    /// An earlier item that is the same by apposition or copula.
    pub(crate) same_as: Option<usize>,
    /// What points back, and so is ranked.
    pub(crate) class: Option<Class>,
    /// Below zero a man, above a woman; by 2 and more where words say so, by 1 where a given name does.
    pub(crate) gender: i8,
    /// A name that ends in "a", where nothing else tells.
    pub(crate) ends_in_a: bool,
    pub(crate) plural: bool,
    pub(crate) coordinated: bool,
    pub(crate) place: Place,
    /// The token that the mention's clause hangs on.
    pub(crate) clause: u32,
    /// Inside another mention ("the minister's").
    pub(crate) inner: bool,
    /// Number of the quotation plus one; 0 outside.
    pub(crate) quotation: u32,
    /// Whether an attribution has it as its source.
    pub(crate) is_source: bool,
    /// Inside what somebody is quoted with.
    pub(crate) in_content: bool,
    /// More follows its head ("of the Interior").
    pub(crate) has_complement: bool,
    /// Its head in lower case, as a number.
    pub(crate) word: u32,
    /// All its words, titles and roles, as numbers.
    pub(crate) words: Vec<u32>,
    /// Says an age (", 45,", "the 45-year-old").
    pub(crate) aged: bool,
}

/// A document's mentions, in order of their heads.
#[derive(Debug, Clone, Default)]
pub struct SourceReading {
    pub(crate) items: Vec<Item>,
}

/// A phrase of the pattern reader that stands for an entity without a name.
pub(crate) struct Group {
    pub(crate) head: Span,
    pub(crate) entity: EntityId,
}

/// What the readers before this one found.
pub(crate) struct Found<'a> {
    pub(crate) view: &'a View<'a>,
    pub(crate) segments: &'a Segments,
    pub(crate) tree: &'a Tree,
    pub(crate) mentions: &'a [Mention],
    /// The entity of each name, by its span.
    pub(crate) named: HashMap<Span, EntityId>,
    pub(crate) groups: Vec<Group>,
    /// Sources of attributions: the whole phrase and its head.
    pub(crate) sources: Vec<(Span, Span)>,
    /// Contents of attributions, apart from each other and in order.
    pub(crate) contents: Vec<Span>,
}

impl SourceReading {
    /// How many mentions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing is mentioned.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Where the head of a mention stands.
    #[must_use]
    pub fn head(&self, item: usize) -> Span {
        self.items[item].head
    }

    /// Where a mention stands.
    #[must_use]
    pub fn span(&self, item: usize) -> Span {
        self.items[item].span
    }

    /// The mention by whose word that begins at a byte its clause holds it.
    pub(crate) fn item_at(&self, start: u32) -> Option<usize> {
        let at = self.items.partition_point(|item| item.head.start < start);
        let near = self.items[at..].iter().take(3);
        near.enumerate()
            .find(|(_, item)| item.top.start == start)
            .map(|(after, _)| at + after)
    }

    /// Whether the mention that ends where a span does is a subject.
    pub(crate) fn is_subject(&self, span: Span) -> bool {
        let at = self
            .items
            .partition_point(|item| item.head.start < span.start);
        let near = self.items[at..].iter().take(4);
        near.into_iter()
            .any(|item| item.span.end == span.end && item.place == Place::Subject)
    }

    /// What a mention is ranked as; none for one that does not point back.
    #[must_use]
    pub fn class(&self, item: usize) -> Option<Class> {
        self.items[item].class
    }

    /// The entity that a mention names.
    #[must_use]
    pub fn entity(&self, item: usize) -> Option<EntityId> {
        self.items[item].entity
    }

    pub(crate) fn of(found: &Found) -> Self {
        let mut builder = Builder {
            found,
            sentence_of: Vec::new(),
            items: Vec::new(),
            by_token: vec![None; found.segments.tokens.len()],
        };
        builder.sentences();
        builder.mentions();
        builder.pronouns();
        builder.finish()
    }
}

struct Builder<'f, 'a> {
    found: &'f Found<'a>,
    /// Sentence and block of each token; none in boilerplate.
    sentence_of: Vec<Option<(u32, u32)>>,
    /// With the token of the head.
    items: Vec<(usize, Item)>,
    by_token: Vec<Option<usize>>,
}

impl Builder<'_, '_> {
    fn sentences(&mut self) {
        self.sentence_of = vec![None; self.found.segments.tokens.len()];
        for (number, sentence) in (0..).zip(&self.found.segments.sentences) {
            if self.found.view.block_kind(sentence) == BlockKind::Boilerplate {
                continue;
            }
            self.sentence_of[sentence.first as usize..sentence.last as usize]
                .fill(Some((number, sentence.block)));
        }
    }

    fn token_at(&self, start: u32) -> Option<usize> {
        let tokens = &self.found.segments.tokens;
        let at = tokens.partition_point(|token| token.span.end <= start);
        (at < tokens.len()).then_some(at)
    }

    fn lower(&self, token: usize) -> String {
        let tokens = &self.found.segments.tokens;
        tokens.get(token).map_or_else(String::new, |token| {
            token.span.slice(self.found.view.text).to_lowercase()
        })
    }

    fn item(&self, token: usize, span: Span, kind: EntityKind, said: Said) -> Option<Item> {
        let (sentence, block) = (*self.sentence_of.get(token)?)?;
        let nodes = &self.found.tree.nodes;
        let node = nodes.get(self.top(token, span))?;
        let view = self.found.view;
        let head = self.found.segments.tokens[token].span;
        let coarse = view.tokens_in(head).start;
        let quotation = view
            .quote(coarse)
            .map_or(0, |quote| quote.tokens.start as u32 + 1);
        // The mention's clause: up to the next verb, past names that it stands beside.
        let mut clause = node.head.map_or(token, |head| head as usize);
        for _ in 0..4 {
            let upos = nodes.get(clause).map(|node| node.upos);
            match nodes.get(clause).and_then(|node| node.head) {
                Some(up) if !matches!(upos, Some(Upos::Verb | Upos::Aux)) => clause = up as usize,
                _ => break,
            }
        }
        let place = match node.relation {
            Relation::Nsubj | Relation::NsubjPass | Relation::Csubj => Place::Subject,
            Relation::Obj | Relation::Iobj => Place::Object,
            Relation::NmodPoss => Place::Possessor,
            Relation::Obl | Relation::OblAgent | Relation::Nmod => Place::Oblique,
            Relation::Appos | Relation::Conj | Relation::Flat => Place::Beside,
            _ => Place::Other,
        };
        let word = self.lower(token);
        let is_source = self.is_source(span, head);
        Some(Item {
            span,
            head,
            top: self.found.segments.tokens[self.top(token, span)].span,
            sentence,
            block,
            kind,
            said,
            entity: None,
            same_as: None,
            class: None,
            gender: 0,
            ends_in_a: false,
            plural: matches!(self.xpos(token), "NNS" | "NNPS"),
            coordinated: false,
            place,
            clause: clause as u32,
            inner: false,
            quotation,
            is_source,
            in_content: self.is_in_content(head),
            has_complement: span.end > head.end,
            word: hash_bytes(word.as_bytes()),
            words: Vec::new(),
            aged: false,
        })
    }

    /// The word by which a mention hangs on its clause: of "President Ana Volt" the first, though her name ends with the last.
    fn top(&self, token: usize, span: Span) -> usize {
        let nodes = &self.found.tree.nodes;
        let mut top = token;
        for _ in 0..6 {
            let Some(node) = nodes.get(top) else { break };
            let Some(above) = node.head.map(|head| head as usize) else {
                break;
            };
            let inside = self
                .found
                .segments
                .tokens
                .get(above)
                .is_some_and(|above| span.contains(above.span));
            if inside || matches!(node.relation, Relation::Flat | Relation::Goeswith) {
                top = above;
            } else {
                break;
            }
        }
        top
    }

    fn xpos(&self, token: usize) -> &str {
        let models = self.found.view.knowledge.syntax.as_ref();
        match (models, self.found.tree.nodes.get(token)) {
            (Some(models), Some(node)) => models.xpos(node),
            _ => "",
        }
    }

    fn is_in_content(&self, head: Span) -> bool {
        let contents = &self.found.contents;
        let at = contents.partition_point(|content| content.end <= head.start);
        contents
            .get(at)
            .is_some_and(|content| content.contains(head))
    }

    fn is_source(&self, span: Span, head: Span) -> bool {
        let sources = &self.found.sources;
        let first = sources.partition_point(|(source, _)| source.end <= head.start);
        // Sources may overlap; a few are enough to look at.
        sources[first..]
            .iter()
            .take(3)
            .any(|(source, source_head)| {
                *source_head == head || source.start == span.start && source.contains(head)
            })
    }

    fn mentions(&mut self) {
        for mention in self.found.mentions {
            let Some(token) = self.token_at(mention.head.start) else {
                continue;
            };
            let first = self
                .token_at(mention.span.start)
                .unwrap_or(token)
                .min(token);
            let said = match mention.form {
                MentionForm::Name => Said::Name,
                MentionForm::Nominal => self.definiteness(first, token),
                MentionForm::Pronoun => continue,
            };
            let Some(mut item) = self.item(token, mention.span, mention.kind, said) else {
                continue;
            };
            self.describe(&mut item, mention, first, token);
            item.entity = match mention.form {
                MentionForm::Name => self.found.named.get(&mention.span).copied(),
                _ => self.group(item.head),
            };
            if said == Said::Definite && item.entity.is_none() {
                item.class = Class::of_phrase(item.kind, item.plural);
            }
            let top = self.top(token, mention.span);
            for token in [token, top] {
                if let Some(slot) = self.by_token.get_mut(token) {
                    slot.get_or_insert(self.items.len());
                }
            }
            self.items.push((token, item));
        }
    }

    fn group(&self, head: Span) -> Option<EntityId> {
        let groups = &self.found.groups;
        let at = groups.partition_point(|group| group.head.start < head.start);
        groups
            .get(at)
            .filter(|group| group.head == head)
            .map(|group| group.entity)
    }

    fn definiteness(&self, first: usize, head: usize) -> Said {
        match self.lower(first).as_str() {
            _ if (first..head).any(|token| self.xpos(token) == "POS") => Said::Possessed,
            "the" | "this" | "that" | "these" | "those" if first < head => Said::Definite,
            "his" | "her" | "its" | "their" | "our" | "my" | "your" => Said::Possessed,
            _ => Said::Indefinite,
        }
    }

    /// Gender, words and age of a name or a phrase.
    fn describe(&self, item: &mut Item, mention: &Mention, first: usize, head: usize) {
        let parties = &self.found.view.knowledge.parties;
        let text = self.found.view.text;
        let mut gender = 0;
        let beside = mention.title.iter().chain(&mention.roles);
        for span in beside.chain([&mention.span]) {
            let tokens = &self.found.segments.tokens;
            let mut at = tokens.partition_point(|token| token.span.end <= span.start);
            while at < tokens.len() && tokens[at].span.start < span.end && item.words.len() < 24 {
                let word = self.lower(at);
                // What stands behind a phrase's head is another's ("the lawyer of the woman").
                let own =
                    *span != mention.span || at <= head && mention.form == MentionForm::Nominal;
                if own && (*span != mention.span || at == head) {
                    gender += 2 * i8::from(parties.has("female", &word));
                    gender -= 2 * i8::from(parties.has("male", &word));
                }
                if word.len() > 3 {
                    item.words.push(hash_bytes(word.as_bytes()));
                }
                at += 1;
            }
        }
        if item.kind == EntityKind::Person && mention.form == MentionForm::Name && head > first {
            let given = self.found.segments.tokens[first].span.slice(text);
            if gender == 0 {
                gender += i8::from(parties.has("female-name", given));
                gender -= i8::from(parties.has("male-name", given));
            }
            item.ends_in_a = gender == 0 && given.ends_with('a');
        }
        item.gender = gender.clamp(-4, 4);
        let number = |token: usize| self.xpos(token) == "CD";
        item.aged = mention.form == MentionForm::Name
            && self.lower(head + 1) == ","
            && number(head + 2)
            && self.lower(head + 3) == ","
            || self.lower(head) == "old"
            || self.lower(head).ends_with("year-old");
    }

    fn pronouns(&mut self) {
        for token in 0..self.found.segments.tokens.len() {
            let span = self.found.segments.tokens[token].span;
            // The longest is "theirs".
            if span.end - span.start > 10 || self.by_token[token].is_some() {
                continue;
            }
            let word = span.slice(self.found.view.text);
            if !word.starts_with(['h', 'H', 's', 'S', 't', 'T', 'i', 'I']) {
                continue;
            }
            let Some(class) = Class::of_pronoun(&word.to_lowercase()) else {
                continue;
            };
            let kind = match class {
                Class::He | Class::She => EntityKind::Person,
                _ => EntityKind::Other,
            };
            let expletive = self
                .found
                .tree
                .nodes
                .get(token)
                .is_some_and(|node| node.relation == Relation::Expl);
            let Some(mut item) = self.item(token, span, kind, Said::Pronoun(class)) else {
                continue;
            };
            if expletive {
                continue;
            }
            item.class = Some(class);
            item.plural = class == Class::They;
            item.gender = match class {
                Class::He => -3,
                Class::She => 3,
                _ => 0,
            };
            self.by_token[token] = Some(self.items.len());
            self.items.push((token, item));
        }
    }

    /// "Ana Volt, the mayor, said": a name and the phrase between commas behind it, also where the tree parts them.
    fn between_commas(&self) -> Vec<(usize, usize)> {
        let mut begins: HashMap<u32, usize> = HashMap::new();
        for (index, (_, item)) in self.items.iter().enumerate() {
            if item.said == Said::Definite {
                begins.insert(item.span.start, index);
            }
        }
        let tokens = &self.found.segments.tokens;
        let names = self.items.iter().enumerate();
        names
            .filter(|(_, (_, item))| item.said == Said::Name && item.kind == EntityKind::Person)
            .filter_map(|(name, (token, item))| {
                let phrase = *begins.get(&tokens.get(token + 2)?.span.start)?;
                let after = self.token_at(self.items[phrase].1.span.end)?;
                let closes = self.lower(token + 1) == "," && self.lower(after) == ",";
                let is_list = matches!(self.lower(after + 1).as_str(), "and" | "or");
                let near = self.items[phrase].1.sentence == item.sentence;
                (closes && near && !is_list).then_some((name, phrase))
            })
            .collect()
    }

    /// Joins what stands beside each other, marks what is inside and what is coordinated, and sorts.
    fn finish(mut self) -> SourceReading {
        let nodes = &self.found.tree.nodes;
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        order.sort_by_key(|index| (self.items[*index].0, *index));
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = new;
        }
        let mut joined: Vec<(usize, usize)> = Vec::new();
        let passive: HashMap<usize, usize> = nodes
            .iter()
            .enumerate()
            .filter(|(at, node)| node.relation == Relation::NsubjPass && *at < self.by_token.len())
            .filter_map(|(at, node)| Some((node.head? as usize, at)))
            .collect();
        for (at, node) in nodes.iter().enumerate().take(self.by_token.len()) {
            let Some(above) = node.head.map(|head| head as usize) else {
                continue;
            };
            let (Some(here), there) = (
                self.by_token[at],
                self.by_token.get(above).copied().flatten(),
            ) else {
                continue;
            };
            match (node.relation, there) {
                (Relation::Appos, Some(there)) => joined.push((here, there)),
                // "X was elected president": the noun stands right behind the verb.
                (Relation::Xcomp, None) if at == above + 1 => {
                    if let Some(subject) = passive.get(&above).and_then(|at| self.by_token[*at]) {
                        joined.push((here, subject));
                    }
                }
                // "X is a lawyer": the noun governs, with a copula beside it.
                (Relation::Nsubj, Some(there))
                    if matches!(self.items[there].1.said, Said::Definite | Said::Indefinite) =>
                {
                    joined.push((here, there));
                }
                (Relation::Conj, Some(there)) => {
                    self.items[here].1.coordinated = true;
                    self.items[there].1.coordinated = true;
                    // Both stand where the first does.
                    self.items[here].1.place = self.items[there].1.place;
                }
                (Relation::NmodPoss | Relation::Nmod, Some(_)) => self.items[here].1.inner = true,
                _ => {}
            }
        }
        joined.extend(self.between_commas());
        for (left, right) in joined {
            let (first, second) = if place[left] < place[right] {
                (left, right)
            } else {
                (right, left)
            };
            if self.items[first].1.kind == self.items[second].1.kind
                && !self.items[first].1.coordinated
            {
                self.items[second].1.same_as = Some(place[first]);
                // "The defendant, Kurt Abend,": the phrase is explained here and points nowhere else.
                for index in [first, second] {
                    let class = &mut self.items[index].1.class;
                    *class = class.filter(|class| class.is_pronoun());
                }
            }
        }
        let mut slots: Vec<Option<Item>> =
            self.items.into_iter().map(|(_, item)| Some(item)).collect();
        SourceReading {
            items: order
                .iter()
                .filter_map(|index| slots[*index].take())
                .collect(),
        }
    }
}
