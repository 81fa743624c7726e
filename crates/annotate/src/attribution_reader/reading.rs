//! `AttributionReading`: a document's tokens as the features of attributions see them.
//!
//! It does not know labels or weights. What the pattern reader proposes stands here too, as one witness among others.

use super::quotes::quotations;
use crate::attributions::{self, Attribution, SourceTokens, candidates};
use crate::cues::{CueEntry, CuePart, Inflection};
use crate::view::{self, View};
use crate::{Knowledge, Mention, MentionForm, found, glue};
use std::ops::Range;
use syntax::linear::{Feature, hash_bytes};
use syntax::{Depth, Models, Relation, Tree, Upos, Word, Words};
use text::{BlockKind, Document, Segments, Span, TokenKind};

/// The most tokens that are labelled as one paragraph; a longer one is labelled in pieces, so that room stays small.
const LONGEST: usize = 1500;

/// The most tokens whose words are looked at as one sentence.
const LONGEST_SENTENCE: usize = 250;

/// Stands for the head of a root.
pub(crate) const NO_HEAD: u32 = u32::MAX;

/// What a token is to quotation marks.
pub(crate) const UNQUOTED: u8 = 0;
const INSIDE: u8 = 1;
const OPENS: u8 = 2;
const CLOSES: u8 = 3;

/// One token.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Seen {
    pub(crate) word: Word,
    /// A number for its lemma.
    pub(crate) lemma: u32,
    /// A number for its English tag.
    pub(crate) tag: u32,
    pub(crate) relation: u8,
    /// The token on which it depends; `NO_HEAD` for a root.
    pub(crate) head: u32,
    /// How many heads stand above it, at most 60.
    pub(crate) depth: u8,
    /// What depends on it, a bit for each of some relations.
    pub(crate) children: u32,
    /// The first of its subjects; `NO_HEAD` where it has none.
    pub(crate) subject: u32,
    /// The number of its sentence.
    pub(crate) sentence: u32,
    /// Its place in its sentence, and how many tokens come after it.
    pub(crate) place: (u16, u16),
    pub(crate) quote: u8,
    /// The number of its quotation plus one; 0 outside.
    pub(crate) quotation: u32,
    /// What the cue lexicon says of it: 0 for nothing.
    pub(crate) lexicon: u32,
    /// What the lexicon of stances says of it: 0 for nothing.
    pub(crate) stance: u32,
    /// What names and phrases say of it.
    pub(crate) mention: u32,
    /// Its part by the pattern reader, and the number of the rule.
    pub(crate) pattern: u8,
    pub(crate) rule: u32,
    /// What it is to the label before it, below `chain::STEPS`.
    pub(crate) step: u8,
}

impl Seen {
    /// Stands for a token beyond the paragraph, of which nothing is known.
    pub(crate) fn outside() -> Self {
        Self {
            head: NO_HEAD,
            subject: NO_HEAD,
            ..Self::default()
        }
    }
}

/// A quotation.
#[derive(Debug, Clone)]
pub(crate) struct Quoted {
    pub(crate) tokens: Range<usize>,
    /// Whether its paragraph begins with it, and ends with it.
    pub(crate) at_edge: (bool, bool),
}

/// A document as the reader of attributions sees it.
#[derive(Debug, Clone, Default)]
pub struct AttributionReading {
    pub(crate) seen: Vec<Seen>,
    /// Paragraphs or pieces of them, as ranges of tokens.
    pub(crate) paragraphs: Vec<Range<usize>>,
    pub(crate) quotations: Vec<Quoted>,
    spans: Vec<Span>,
}

/// What the readers before this one found.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    pub(crate) text: &'a str,
    pub(crate) document: &'a Document,
    pub(crate) segments: &'a Segments,
    pub(crate) tree: &'a Tree,
    pub(crate) models: &'a Models,
    pub(crate) mentions: &'a [Mention],
    /// The view of the pattern reader, with coarser tokens, and what it proposes.
    pub(crate) view: &'a View<'a>,
    pub(crate) patterns: &'a [Attribution],
}

impl AttributionReading {
    /// Reads a document up to where attributions are looked for; empty where the knowledge has no weights of syntax.
    #[must_use]
    pub fn new(document: &Document, knowledge: &Knowledge) -> Self {
        let segments = text::segment(document, &knowledge.segmenter);
        let Some(models) = &knowledge.syntax else {
            return Self::default();
        };
        let tree = syntax::parse(&document.text, &segments, models, Depth::Tree);
        let pieces = view::in_pieces(glue::glued(&document.text, &segments));
        let view = View::new(document, knowledge, &pieces);
        let mentions = found::found(&document.text, &segments, &tree, knowledge);
        let patterns = attributions::attributions(&view);
        Self::of(&Found {
            text: &document.text,
            document,
            segments: &segments,
            tree: &tree,
            models,
            mentions: &mentions,
            view: &view,
            patterns: &patterns,
        })
    }

    /// Where a range of tokens lies in the text.
    #[must_use]
    pub fn span(&self, tokens: &Range<usize>) -> Span {
        match (
            self.spans.get(tokens.start),
            tokens
                .end
                .checked_sub(1)
                .and_then(|last| self.spans.get(last)),
        ) {
            (Some(first), Some(last)) => first.cover(*last),
            _ => Span::new(0, 0),
        }
    }

    /// The tokens that share a byte with a span.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let first = self.spans.partition_point(|token| token.end <= span.start);
        let end = self.spans.partition_point(|token| token.start < span.end);
        first..end.max(first)
    }

    /// How many tokens it has.
    #[must_use]
    pub fn tokens(&self) -> usize {
        self.seen.len()
    }

    pub(crate) fn of(found: &Found) -> Self {
        let mut reading = Self {
            spans: found
                .segments
                .tokens
                .iter()
                .map(|token| token.span)
                .collect(),
            ..Self::default()
        };
        reading.words(found);
        reading.tree(found.tree);
        reading.quotations(found.text, found.segments);
        reading.mentions(found.mentions);
        reading.lexicon_and_patterns(found);
        reading.steps(0..reading.seen.len(), found.text, found.segments);
        reading
    }

    fn words(&mut self, found: &Found) {
        let (mut words, mut lemma) = (Words::default(), String::new());
        let tags = found.models.tag_numbers(found.tree);
        let mut block = None;
        for (number, sentence) in (0..).zip(&found.segments.sentences) {
            let tokens = found.segments.tokens_of(sentence);
            let length = tokens.len();
            let first = self.seen.len();
            for piece in tokens.chunks(LONGEST_SENTENCE) {
                let forms = piece.iter().map(|token| token.span.slice(found.text));
                words.fill(forms.clone(), found.models.classes());
                for (index, form) in (0..).zip(forms) {
                    let at = self.seen.len();
                    let word = *words.at(index);
                    let node = found.tree.nodes.get(at);
                    let upos = node.map_or(Upos::X, |node| node.upos);
                    let inflects = matches!(upos, Upos::Verb | Upos::Noun | Upos::Aux | Upos::Adj);
                    let lemma = match node {
                        Some(node) if inflects => {
                            lemma.clear();
                            found.models.lemma(form, node, &mut lemma);
                            lemma.make_ascii_lowercase();
                            hash_bytes(lemma.as_bytes())
                        }
                        _ => word.form,
                    };
                    let place = at - first;
                    self.seen.push(Seen {
                        word,
                        lemma,
                        tag: tags.get(at).copied().unwrap_or(0),
                        sentence: number,
                        place: (small(place), small(length - 1 - place)),
                        head: NO_HEAD,
                        subject: NO_HEAD,
                        ..Seen::default()
                    });
                }
            }
            let kind = found.document.blocks.get(sentence.block as usize);
            if kind.is_some_and(|block| block.kind == BlockKind::Boilerplate) {
                block = None;
                continue;
            }
            let fits = self
                .paragraphs
                .last()
                .is_some_and(|paragraph| self.seen.len() - paragraph.start <= LONGEST);
            match self.paragraphs.last_mut() {
                Some(paragraph) if fits && block == Some(sentence.block) => {
                    paragraph.end = self.seen.len();
                }
                _ => {
                    let mut start = first;
                    while start < self.seen.len() {
                        let end = self.seen.len().min(start + LONGEST);
                        self.paragraphs.push(start..end);
                        start = end;
                    }
                }
            }
            block = Some(sentence.block);
        }
    }

    fn tree(&mut self, tree: &Tree) {
        for (at, node) in tree.nodes.iter().enumerate() {
            let Some(seen) = self.seen.get_mut(at) else {
                return;
            };
            seen.relation = node.relation as u8;
            let Some(head) = node.head.filter(|head| *head as usize != at) else {
                continue;
            };
            seen.head = head;
            if let Some(parent) = self.seen.get_mut(head as usize) {
                parent.children |= child(node.relation);
                let is_subject = matches!(
                    node.relation,
                    Relation::Nsubj | Relation::NsubjPass | Relation::Csubj
                );
                if is_subject && parent.subject == NO_HEAD {
                    parent.subject = at as u32;
                }
            }
        }
        for at in 0..self.seen.len() {
            self.seen[at].depth = self.depth(at);
        }
    }

    /// How many heads stand above a token, at most 60.
    pub(super) fn depth(&self, token: usize) -> u8 {
        let (mut depth, mut up) = (0, token);
        while depth < 60 && self.seen[up].head != NO_HEAD {
            up = (self.seen[up].head as usize).min(self.seen.len() - 1);
            depth += 1;
        }
        depth
    }

    /// Pairs the quotation marks of each paragraph.
    pub(super) fn quotations(&mut self, text: &str, segments: &Segments) {
        self.quotations.clear();
        let mut all = Vec::new();
        for paragraph in &self.paragraphs {
            quotations(text, segments, paragraph, &mut all);
        }
        for (number, tokens) in (1..).zip(all) {
            for at in tokens.clone() {
                let kind = segments.tokens[at].kind;
                let is_mark = matches!(
                    kind,
                    TokenKind::Quote | TokenKind::QuoteOpen | TokenKind::QuoteClose
                );
                self.seen[at].quotation = number;
                self.seen[at].quote = if at == tokens.start {
                    OPENS
                } else if at + 1 == tokens.end && is_mark {
                    CLOSES
                } else {
                    INSIDE
                };
            }
            let paragraph = self
                .paragraphs
                .partition_point(|paragraph| paragraph.end <= tokens.start);
            let at_edge = self
                .paragraphs
                .get(paragraph)
                .map_or((false, false), |all| {
                    (all.start == tokens.start, all.end <= tokens.end + 1)
                });
            self.quotations.push(Quoted { tokens, at_edge });
        }
    }

    fn mentions(&mut self, mentions: &[Mention]) {
        for mention in mentions {
            let tokens = self.tokens_in(mention.span);
            let (first, last) = (tokens.start, tokens.end);
            for at in tokens {
                let part = u32::from(at == first) | u32::from(at + 1 == last) << 1;
                let name = mention.form == MentionForm::Name;
                let own = 1 + part + 4 * (mention.kind as u32) + 64 * u32::from(name);
                // A name inside a phrase says more than the phrase.
                if self.seen[at].mention == 0 || name {
                    self.seen[at].mention = own;
                }
            }
        }
    }

    fn lexicon_and_patterns(&mut self, found: &Found) {
        let view = found.view;
        let begins = self.begins(view);
        let mut stances = Vec::new();
        for sentence in &view.segments.sentences {
            let tokens = view.sentence_tokens(sentence);
            (view.knowledge.stances).in_sentence(view, &tokens, &mut stances);
            for (token, stance) in &stances {
                if let Some(seen) = self.seen.get_mut(begins[*token]) {
                    seen.stance = *stance;
                }
            }
            for token in tokens.clone() {
                if view.knowledge.cues.starting(view.lower(token)).is_empty() {
                    continue;
                }
                if let (Some(cue), Some(seen)) = (
                    candidates(view, token, tokens.end).first(),
                    self.seen.get_mut(begins[token]),
                ) {
                    seen.lexicon = entry(cue.entry, cue.inflection);
                }
            }
        }
        self.patterns(found.patterns, &begins);
    }

    /// The first of the finer tokens of each of the view's, and one more.
    pub(super) fn begins(&self, view: &View) -> Vec<usize> {
        let mut begins = Vec::with_capacity(view.len() + 1);
        let mut at = 0;
        for token in &view.segments.tokens {
            while at < self.spans.len() && self.spans[at].start < token.span.start {
                at += 1;
            }
            begins.push(at);
        }
        begins.push(self.spans.len());
        begins
    }

    /// Marks what the pattern reader proposes.
    pub(super) fn patterns(&mut self, patterns: &[Attribution], begins: &[usize]) {
        for attribution in patterns {
            let rule = hash_bytes(attribution.rule.as_bytes());
            let source = match &attribution.source {
                SourceTokens::Stated(tokens) => Some(tokens.clone()),
                SourceTokens::Relative { pronoun, .. } => Some(*pronoun..pronoun + 1),
                SourceTokens::Shared(_) | SourceTokens::Elided | SourceTokens::Nobody => None,
            };
            let parts = [
                (1, source),
                (2, Some(attribution.cue.clone())),
                (4, attribution.addressee.clone()),
                (5, attribution.channel.clone()),
            ];
            let contents = attribution
                .content
                .iter()
                .map(|content| (3, Some(content.clone())));
            for (part, tokens) in contents.chain(parts) {
                let Some(tokens) = tokens else { continue };
                let begin = begins.get(tokens.start).copied().unwrap_or(0);
                let end = begins.get(tokens.end).copied().unwrap_or(begin);
                for at in begin..end.min(self.seen.len()) {
                    self.seen[at].pattern = 2 * part + u8::from(at == begin);
                    self.seen[at].rule = rule;
                }
            }
        }
    }

    pub(super) fn steps(&mut self, tokens: Range<usize>, text: &str, segments: &Segments) {
        for at in tokens {
            let kind = segments.tokens[at].kind;
            let written = self.spans[at].slice(text);
            let before = |at: usize| at.checked_sub(1).map(|before| self.seen[before].step);
            let seen = &self.seen[at];
            let step = match kind {
                _ if seen.quote == OPENS => 1,
                _ if seen.quote == CLOSES => 2,
                TokenKind::Mark if matches!(written, "," | "،") => 3,
                TokenKind::Mark if written.starts_with(['.', '!', '?', '…']) => 4,
                TokenKind::Mark => 5,
                _ if seen.place.0 == 0 => 6,
                _ => match before(at) {
                    Some(1) => 7,
                    Some(2) => 8,
                    Some(3) => 9,
                    _ if seen.quote == INSIDE => 10,
                    _ => 0,
                },
            };
            self.seen[at].step = step;
        }
    }
}

fn small(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// The bit of a relation in `Seen::children`.
fn child(relation: Relation) -> u32 {
    let bit = match relation {
        Relation::Nsubj => 0,
        Relation::NsubjPass => 1,
        Relation::Obj => 2,
        Relation::Ccomp => 3,
        Relation::Xcomp => 4,
        Relation::Advcl => 5,
        Relation::Parataxis => 6,
        Relation::Mark => 7,
        Relation::Cop => 8,
        Relation::AuxPass => 9,
        Relation::Obl | Relation::OblAgent => 10,
        Relation::Expl => 11,
        Relation::Case => 12,
        Relation::NmodPoss => 13,
        Relation::Acl => 14,
        Relation::Aux => 15,
        _ => return 0,
    };
    1 << bit
}

/// A number for what the lexicon says of a form.
fn entry(entry: &CueEntry, inflection: Inflection) -> u32 {
    const FRAMES: [&str; 7] = ["that", "clause", "quote", "object", "to", "np_to", "weak"];
    let part = match entry.part {
        CuePart::Verb => 1,
        CuePart::Noun => 2,
        CuePart::Adjective => 3,
        CuePart::Preposition => 4,
    };
    let inflection = match inflection {
        Inflection::Base => 0,
        Inflection::Third => 1,
        Inflection::Past => 2,
        Inflection::Ing => 3,
    };
    let frames = (0..).zip(FRAMES).fold(0, |bits, (bit, frame)| {
        bits | u32::from(entry.takes(frame)) << bit
    });
    let tail = entry.tail.len().min(2) as u32;
    Feature::of(part)
        .with(inflection)
        .with(frames)
        .with(tail)
        .finish()
        .max(1)
}
