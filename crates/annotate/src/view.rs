//! `View`: a document's tokens with their word classes and quotation marks, as the readers of this crate look at them.
//!
//! It knows words one by one; it does not know phrases, names or claims.

use crate::knowledge::{self, Class, Knowledge};
use std::ops::Range;
use std::rc::Rc;
use syntax::{Models, Node, Relation, Tree};
use text::{BlockKind, Document, Segments, Sentence, Span, TokenKind};

/// A document as the readers see it.
pub(crate) struct View<'a> {
    pub(crate) text: &'a str,
    pub(crate) document: &'a Document,
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) segments: &'a Segments,
    lower: Rc<[String]>,
    classes: Rc<[Class]>,
    /// What the tree says of each; empty where nothing is tagged.
    nodes: Rc<[&'a Node]>,
    /// On which token each depends by the tree; none for a root.
    heads: Rc<[Option<u32>]>,
    /// Pairs of a token and one that depends on it, sorted.
    kids: Rc<[(u32, u32)]>,
    /// For each token the quotation it stands in, marks included.
    quote_of: Vec<Option<u32>>,
    pub(crate) quotes: Vec<Quote>,
    /// The text has next to no commas, as copies that went through a careless tool: "X said" may close a sentence bare.
    pub(crate) comma_free: bool,
}

/// A stretch between quotation marks, as tokens; both marks included where they are there.
#[derive(Debug, Clone)]
pub(crate) struct Quote {
    pub(crate) tokens: Range<usize>,
}

impl<'a> View<'a> {
    pub(crate) fn new(
        document: &'a Document,
        knowledge: &'a Knowledge,
        segments: &'a Segments,
    ) -> View<'a> {
        let text = document.text.as_str();
        let lower: Rc<[String]> = segments
            .tokens
            .iter()
            .map(|token| token.span.slice(text).to_lowercase())
            .collect();
        let commas = lower.iter().filter(|word| word.as_str() == ",").count();
        let comma_free = lower.len() > 60 && commas * 200 < lower.len();
        let classes = lower.iter().map(|word| knowledge.words.of(word)).collect();
        let quotes = quotations(text, segments);
        View {
            text,
            document,
            knowledge,
            segments,
            lower,
            classes,
            nodes: Rc::default(),
            heads: Rc::default(),
            kids: Rc::default(),
            quote_of: numbered(&quotes, segments.tokens.len()),
            quotes,
            comma_free,
        }
    }

    /// The same tokens with other sentences, those of some stretches. Quotation marks are paired within each stretch, as if
    /// nothing stood around it; a token in no stretch stands in no sentence.
    pub(crate) fn inside<'b>(
        &'b self,
        segments: &'b Segments,
        stretches: &[Range<usize>],
    ) -> View<'b> {
        let mut quotes = Vec::new();
        for stretch in stretches {
            quotations_in(self.text, segments, stretch.clone(), &mut quotes);
        }
        View {
            text: self.text,
            document: self.document,
            knowledge: self.knowledge,
            segments,
            lower: Rc::clone(&self.lower),
            classes: Rc::clone(&self.classes),
            nodes: Rc::clone(&self.nodes),
            heads: Rc::clone(&self.heads),
            kids: Rc::clone(&self.kids),
            quote_of: numbered(&quotes, segments.tokens.len()),
            quotes,
            comma_free: self.comma_free,
        }
    }

    /// The same with the tags of the finer tokens that these are made of: each has the tag of its first part.
    pub(crate) fn with_tags(mut self, fine: &Segments, tree: &'a Tree) -> View<'a> {
        let mut parts = fine.tokens.iter().zip(&tree.nodes).peekable();
        let nodes = self.segments.tokens.iter().map_while(|token| {
            while parts
                .next_if(|(part, _)| part.span.start < token.span.start)
                .is_some()
            {}
            parts.peek().map(|(_, node)| *node)
        });
        self.nodes = nodes.collect();
        let coarse = &self.segments.tokens;
        let whole = |part: usize| {
            let start = fine.tokens.get(part)?.span.start;
            coarse
                .partition_point(|token| token.span.start <= start)
                .checked_sub(1)
        };
        let head = |(token, node): (usize, &&Node)| {
            let mut head = node.head;
            // The first part of a word may depend on another part of it.
            for _ in 0..4 {
                let part = head? as usize;
                match whole(part) {
                    Some(other) if other != token => return u32::try_from(other).ok(),
                    _ => head = tree.nodes.get(part)?.head,
                }
            }
            None
        };
        self.heads = self.nodes.iter().enumerate().map(head).collect();
        let depends = |(token, head): (u32, &Option<u32>)| head.map(|head| (head, token));
        let mut kids: Vec<(u32, u32)> = (0..).zip(self.heads.iter()).filter_map(depends).collect();
        kids.sort_unstable();
        self.kids = kids.into();
        self
    }

    /// The tokens that depend on one by the tree, in order.
    pub(crate) fn kids(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let first = self
            .kids
            .partition_point(|(head, _)| (*head as usize) < token);
        self.kids[first..]
            .iter()
            .take_while(move |(head, _)| *head as usize == token)
            .map(|(_, kid)| *kid as usize)
    }

    /// The token on which one depends by the tree; none for a root and where nothing is parsed.
    pub(crate) fn head(&self, token: usize) -> Option<usize> {
        self.heads
            .get(token)
            .copied()
            .flatten()
            .map(|head| head as usize)
    }

    /// Whether a token has one that depends on it so.
    pub(crate) fn has_kid(&self, token: usize, relation: Relation) -> bool {
        self.kids(token).any(|kid| self.relation(kid) == relation)
    }

    /// How a token depends on its head; a root where nothing is parsed.
    pub(crate) fn relation(&self, token: usize) -> Relation {
        self.nodes
            .get(token)
            .map_or(Relation::Root, |node| node.relation)
    }

    /// Whether there is a tree.
    pub(crate) fn is_parsed(&self) -> bool {
        !self.nodes.is_empty()
    }

    fn node(&self, token: usize) -> Option<(&'a Models, &'a Node)> {
        Some((self.knowledge.syntax.as_ref()?, self.nodes.get(token)?))
    }

    /// The token's English tag (Penn); empty where nothing is tagged.
    pub(crate) fn xpos(&self, token: usize) -> &'a str {
        self.node(token)
            .map_or("", |(models, node)| models.xpos(node))
    }

    /// The token's lemma; where nothing is tagged, the token in lower case.
    pub(crate) fn lemma(&self, token: usize) -> String {
        let mut lemma = String::new();
        match self.node(token) {
            Some((models, node)) => models.lemma(self.word(token), node, &mut lemma),
            None => lemma.push_str(self.lower(token)),
        }
        lemma
    }

    /// Whether the token is tagged as a finite verb or a modal.
    pub(crate) fn is_tagged_finite(&self, token: usize) -> bool {
        matches!(self.xpos(token), "MD" | "VBD" | "VBP" | "VBZ")
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.lower.len()
    }

    /// The token in lower case; empty beyond the end.
    pub(crate) fn lower(&self, token: usize) -> &str {
        self.lower.get(token).map_or("", String::as_str)
    }

    /// The token as written.
    pub(crate) fn word(&self, token: usize) -> &'a str {
        self.segments
            .tokens
            .get(token)
            .map_or("", |found| found.span.slice(self.text))
    }

    /// Whether the token has any of these classes.
    pub(crate) fn is(&self, token: usize, class: Class) -> bool {
        self.classes
            .get(token)
            .is_some_and(|classes| classes & class != 0)
    }

    pub(crate) fn kind(&self, token: usize) -> Option<TokenKind> {
        self.segments.tokens.get(token).map(|found| found.kind)
    }

    /// Whether the token is a word or a number.
    pub(crate) fn is_word(&self, token: usize) -> bool {
        matches!(
            self.kind(token),
            Some(TokenKind::Word | TokenKind::Number | TokenKind::Clitic)
        )
    }

    /// Whether the token begins with a capital letter.
    pub(crate) fn is_capital(&self, token: usize) -> bool {
        self.word(token)
            .chars()
            .next()
            .is_some_and(char::is_uppercase)
    }

    pub(crate) fn is_comma(&self, token: usize) -> bool {
        matches!(self.lower(token), "," | "،")
    }

    /// Whether the token is a dash that sets words apart.
    pub(crate) fn is_dash(&self, token: usize) -> bool {
        matches!(self.lower(token), "-" | "--" | "–" | "—" | "―")
    }

    /// Whether the token ends a sentence.
    pub(crate) fn is_stop(&self, token: usize) -> bool {
        self.kind(token) == Some(TokenKind::Mark)
            && self
                .lower(token)
                .starts_with(['.', '!', '?', '…', '。', '۔', '؟'])
    }

    pub(crate) fn is_quote_mark(&self, token: usize) -> bool {
        matches!(
            self.kind(token),
            Some(TokenKind::QuoteOpen | TokenKind::QuoteClose | TokenKind::Quote)
        )
    }

    pub(crate) fn is_possessive_clitic(&self, token: usize) -> bool {
        matches!(self.lower(token), "'s" | "’s" | "'" | "’")
            && self.kind(token) != Some(TokenKind::QuoteClose)
    }

    /// A form that is surely a verb: auxiliaries, modals, listed verbs, and cue verbs in a past form.
    pub(crate) fn is_finite(&self, token: usize) -> bool {
        // A possessive "’s" is spelt like "is"; only after a pronoun is it surely the verb.
        let after_pronoun = |before: usize| {
            self.is(before, knowledge::PERSONAL | knowledge::RELATIVE)
                || matches!(self.lower(before), "there" | "here" | "what")
        };
        let possessive =
            self.is_possessive_clitic(token) && !token.checked_sub(1).is_some_and(after_pronoun);
        self.is(token, knowledge::AUXILIARY | knowledge::MODAL) && !possessive
            || (self.is(token, knowledge::VERB) && !self.is_capital(token))
            || self.is_past_event(token)
            || self.is_past_cue(token)
    }

    /// A past form that tells of an event ("retook").
    fn is_past_event(&self, token: usize) -> bool {
        !self.is_capital(token)
            && matches!(self.xpos(token), "VBD" | "VBN")
            && self.tells_of_event(token)
    }

    /// Whether a word is a verb that by itself may tell of an event of the contract ("storm"), in any form.
    pub(crate) fn tells_of_event(&self, token: usize) -> bool {
        self.knowledge.events.has_verb(self.lower(token))
    }

    /// A cue verb in a past or third-person form that is not a noun as well ("claims", "reports" are left out).
    pub(crate) fn is_past_cue(&self, token: usize) -> bool {
        let word = self.lower(token);
        !self.is_capital(token)
            && self.knowledge.cues.starting(word).iter().any(|form| {
                self.knowledge.cues.entries[form.entry].part == crate::cues::CuePart::Verb
                    && (form.inflection == crate::cues::Inflection::Past
                        || matches!(word, "says" | "tells" | "adds"))
            })
    }

    /// A word that ends like a participle or past form.
    pub(crate) fn ends_ed(&self, token: usize) -> bool {
        let word = self.lower(token);
        word.len() > 4
            && word.ends_with("ed")
            && !matches!(word, "hundred" | "indeed")
            && self.kind(token) == Some(TokenKind::Word)
    }

    /// An adverb: listed, or by its ending.
    pub(crate) fn is_adverb(&self, token: usize) -> bool {
        self.is(token, knowledge::ADVERB)
            || (self.lower(token).len() > 4
                && self.lower(token).ends_with("ly")
                && !self.is_capital(token)
                && !matches!(
                    self.lower(token),
                    "family" | "assembly" | "reply" | "supply" | "only" | "ally" | "bully"
                ))
    }

    /// The span of a range of tokens; an empty range has an empty span.
    pub(crate) fn span(&self, tokens: Range<usize>) -> Span {
        match (
            self.segments.tokens.get(tokens.start),
            tokens.end.checked_sub(1),
        ) {
            (Some(first), Some(last)) if last >= tokens.start => first.span.cover(
                self.segments
                    .tokens
                    .get(last)
                    .map_or(first.span, |token| token.span),
            ),
            (first, _) => first.map_or(Span::new(0, 0), |token| {
                Span::new(token.span.from(), token.span.from())
            }),
        }
    }

    /// The words of a range of tokens, in lower case, one space between.
    pub(crate) fn phrase(&self, tokens: Range<usize>) -> String {
        self.lower
            .get(tokens)
            .map_or_else(String::new, |words| words.join(" "))
    }

    /// The tokens that lie in a span.
    pub(crate) fn tokens_in(&self, span: Span) -> Range<usize> {
        let tokens = &self.segments.tokens;
        let first = tokens.partition_point(|token| token.span.start < span.start);
        let last = tokens.partition_point(|token| token.span.start < span.end);
        first..last.max(first)
    }

    /// The quotation a token stands in.
    pub(crate) fn quote(&self, token: usize) -> Option<&Quote> {
        self.quote_of
            .get(token)
            .copied()
            .flatten()
            .and_then(|number| self.quotes.get(number as usize))
    }

    /// The sentence of a token.
    pub(crate) fn sentence_of(&self, token: usize) -> Option<usize> {
        let after = self
            .segments
            .sentences
            .partition_point(|sentence| (sentence.first as usize) <= token);
        after
            .checked_sub(1)
            .filter(|index| token < self.segments.sentences[*index].last as usize)
    }

    /// The tokens of the sentence around a token.
    pub(crate) fn sentence_around(&self, token: usize) -> Option<Range<usize>> {
        let sentence = self.sentence_of(token)?;
        Some(self.sentence_tokens(&self.segments.sentences[sentence]))
    }

    /// The number of the block that a token stands in.
    pub(crate) fn block_of(&self, token: usize) -> Option<u32> {
        let sentence = self.sentence_of(token)?;
        Some(self.segments.sentences[sentence].block)
    }

    pub(crate) fn sentence_tokens(&self, sentence: &Sentence) -> Range<usize> {
        sentence.first as usize..sentence.last as usize
    }

    pub(crate) fn block_kind(&self, sentence: &Sentence) -> BlockKind {
        self.document
            .blocks
            .get(sentence.block as usize)
            .map_or(BlockKind::Paragraph, |block| block.kind)
    }
}

/// Most tokens of a sentence as the readers see it.
const LONGEST: u32 = 300;

/// The same tokens with sentences of at most `LONGEST` tokens.
pub(crate) fn in_pieces(segments: Segments) -> Segments {
    let mut sentences = Vec::with_capacity(segments.sentences.len());
    for sentence in &segments.sentences {
        let mut first = sentence.first;
        while first < sentence.last {
            let last = sentence.last.min(first + LONGEST);
            let (start, end) = (first as usize, last as usize - 1);
            let span = segments.tokens[start].span.cover(segments.tokens[end].span);
            sentences.push(Sentence {
                span,
                first,
                last,
                ..*sentence
            });
            first = last;
        }
    }
    Segments {
        sentences,
        tokens: segments.tokens,
    }
}

/// Pairs quotation marks block by block. An odd mark is never refused: what it opens ends with its block, what it closes
/// is left alone.
///
/// Single marks inside double ones belong to the words quoted; a double mark ends a single one that was an apostrophe.
fn quotations(text: &str, segments: &Segments) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for block in segments
        .sentences
        .chunk_by(|sentence, next| sentence.block == next.block)
    {
        let tokens = block[0].first as usize..block[block.len() - 1].last as usize;
        quotations_in(text, segments, tokens, &mut quotes);
    }
    quotes
}

/// Adds the quotations among the tokens of a block or of a stretch of it.
fn quotations_in(text: &str, segments: &Segments, tokens: Range<usize>, quotes: &mut Vec<Quote>) {
    let single = |token: usize| {
        matches!(
            segments.tokens[token].span.slice(text),
            "'" | "‘" | "’" | "‚" | "‹" | "›"
        )
    };
    let mut open: Option<usize> = None;
    for token in tokens.clone() {
        if open.is_some_and(|start| !single(start)) && single(token) {
            continue;
        }
        if open.is_some_and(single)
            && !single(token)
            && matches!(
                segments.tokens[token].kind,
                TokenKind::QuoteOpen | TokenKind::Quote
            )
        {
            open = None;
        }
        match (segments.tokens[token].kind, open) {
            (TokenKind::QuoteOpen, None) | (TokenKind::Quote, None) => open = Some(token),
            (TokenKind::QuoteClose | TokenKind::Quote, Some(start)) => {
                quotes.push(Quote {
                    tokens: start..token + 1,
                });
                open = None;
            }
            _ => {}
        }
    }
    if let Some(start) = open {
        quotes.push(Quote {
            tokens: start..tokens.end,
        });
    }
}

/// For each token the number of the quotation it stands in.
fn numbered(quotes: &[Quote], tokens: usize) -> Vec<Option<u32>> {
    let mut quote_of = vec![None; tokens];
    for (number, quote) in (0u32..).zip(quotes) {
        for slot in &mut quote_of[quote.tokens.clone()] {
            *slot = Some(number);
        }
    }
    quote_of
}
