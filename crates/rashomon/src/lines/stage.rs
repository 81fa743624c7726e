//! The items of one stage of a reading, as `inspect` prints them.
//!
//! Attributions and claims are claim lines; everything else has `record`, `start`, `end`, `text` and what its stage adds.

use super::claim::ClaimLine;
use super::{Ids, QuantityLine, SpanLine, TimeLine, claim_line};
use crate::args::Stage;
use annotate::{Annotations, Voice};
use serde::Serialize;
use syntax::{Models, Node};
use text::{Document, Span, TokenKind};

/// One item of a stage.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Item<'a> {
    /// A block, sentence, token or mention.
    Stretch(Box<Stretch<'a>>),
    /// A time expression.
    Time(Recorded<TimeLine<'a>>),
    /// A quantity.
    Quantity(Recorded<QuantityLine<'a>>),
    /// An attribution or a claim.
    Claim(Box<ClaimLine<'a>>),
}

/// An object of §3 with its record's name before it.
#[derive(Debug, Serialize)]
pub struct Recorded<T> {
    record: &'static str,
    #[serde(flatten)]
    object: T,
}

/// A stretch of text and what its stage says of it.
#[derive(Debug, Serialize)]
pub struct Stretch<'a> {
    record: &'static str,
    #[serde(flatten)]
    span: SpanLine<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    block: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<Option<SpanLine<'a>>>,
    /// Mentions have it always, null where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<Option<SpanLine<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<Vec<SpanLine<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lemma: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upos: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    xpos: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprel: Option<&'static str>,
    /// Mentions have it always, null where nobody is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<Option<String>>,
}

/// The items of a stage of a document, in order.
#[must_use]
pub fn items<'a>(
    stage: Stage,
    document: &'a Document,
    annotations: &'a Annotations,
    models: Option<&'a Models>,
) -> Vec<Item<'a>> {
    let text = document.text.as_str();
    let claims = |wanted: fn(Voice) -> bool| {
        annotations
            .claims
            .iter()
            .filter(|claim| wanted(claim.voice))
            .map(|claim| {
                Item::Claim(Box::new(claim_line(
                    claim,
                    document,
                    annotations,
                    Ids::Local,
                )))
            })
            .collect()
    };
    match stage {
        Stage::Blocks => document
            .blocks
            .iter()
            .map(|block| {
                let mut stretch = Stretch::new("block", block.span, text);
                stretch.kind = Some(block.kind.as_str());
                stretch.item()
            })
            .collect(),
        Stage::Sentences => annotations
            .segments
            .sentences
            .iter()
            .map(|sentence| {
                let mut stretch = Stretch::new("sentence", sentence.span, text);
                stretch.block = Some(sentence.block);
                stretch.item()
            })
            .collect(),
        Stage::Tokens => annotations
            .segments
            .tokens
            .iter()
            .map(|token| {
                let mut stretch = Stretch::new("token", token.span, text);
                stretch.kind = Some(token_word(token.kind));
                stretch.item()
            })
            .collect(),
        Stage::Tags | Stage::Tree => tagged(document, annotations, models)
            .map(|tagged| {
                let mut stretch = Stretch::new(stage.as_str(), tagged.span, text);
                stretch.lemma = Some(tagged.lemma);
                stretch.upos = Some(tagged.node.upos.as_str());
                stretch.xpos = Some(tagged.xpos);
                if stage == Stage::Tree {
                    stretch.head = Some(tagged.head.map(|head| SpanLine::new(head, text)));
                    stretch.deprel = Some(tagged.node.relation.as_str());
                }
                stretch.item()
            })
            .collect(),
        Stage::Mentions => annotations
            .mentions
            .iter()
            .map(|mention| {
                let mut stretch = Stretch::new("mention", mention.span, text);
                stretch.kind = Some(mention.kind.as_str());
                stretch.form = Some(mention.form.as_str());
                stretch.head = Some(Some(SpanLine::new(mention.head, text)));
                stretch.title = Some(mention.title.map(|title| SpanLine::new(title, text)));
                stretch.roles = Some(SpanLine::all(&mention.roles, text));
                stretch.entity = Some(mention.entity.map(|id| id.to_string()));
                stretch.item()
            })
            .collect(),
        Stage::Times => annotations
            .times
            .iter()
            .map(|time| {
                Item::Time(Recorded {
                    record: "time",
                    object: TimeLine::new(time, text),
                })
            })
            .collect(),
        Stage::Quantities => annotations
            .quantities
            .iter()
            .map(|quantity| {
                Item::Quantity(Recorded {
                    record: "quantity",
                    object: QuantityLine::new(quantity, text),
                })
            })
            .collect(),
        Stage::Attributions => claims(|voice| voice == Voice::Attributed),
        Stage::Claims => claims(|_| true),
    }
}

/// A word with its tags and its place in the tree.
pub struct Tagged<'a> {
    /// Where it stands.
    pub span: Span,
    /// What the parser says of it.
    pub node: &'a Node,
    /// Its English tag (Penn).
    pub xpos: &'a str,
    /// Its dictionary form.
    pub lemma: String,
    /// Where its head stands; none for a root.
    pub head: Option<Span>,
}

/// The words of a document, tagged; none where the reading had no weights.
pub fn tagged<'a>(
    document: &'a Document,
    annotations: &'a Annotations,
    models: Option<&'a Models>,
) -> impl Iterator<Item = Tagged<'a>> {
    let tokens = &annotations.segments.tokens;
    let text = document.text.as_str();
    models.into_iter().flat_map(move |models| {
        tokens
            .iter()
            .zip(&annotations.tree.nodes)
            .map(move |(token, node)| {
                let mut lemma = String::new();
                models.lemma(token.span.slice(text), node, &mut lemma);
                Tagged {
                    span: token.span,
                    node,
                    xpos: models.xpos(node),
                    lemma,
                    head: node
                        .head
                        .and_then(|head| Some(tokens.get(head as usize)?.span)),
                }
            })
    })
}

impl<'a> Stretch<'a> {
    fn new(record: &'static str, span: Span, text: &'a str) -> Self {
        Self {
            record,
            span: SpanLine::new(span, text),
            kind: None,
            block: None,
            form: None,
            head: None,
            title: None,
            roles: None,
            lemma: None,
            upos: None,
            xpos: None,
            deprel: None,
            entity: None,
        }
    }

    fn item(self) -> Item<'a> {
        Item::Stretch(Box::new(self))
    }
}

fn token_word(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Word => "word",
        TokenKind::Number => "number",
        TokenKind::Clitic => "clitic",
        TokenKind::QuoteOpen => "quote_open",
        TokenKind::QuoteClose => "quote_close",
        TokenKind::Quote => "quote",
        TokenKind::Mark => "mark",
    }
}
