//! `Claim`: an attribution with its act, or a narrator's statement, and what its content says.
//!
//! It does not know how claims are found, nor whether any is true.

use crate::{EntityId, Event, TimeExpr};
use text::{Span, vocabulary};

/// One attribution with one act, or one narrator's statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// First 32 hex digits of SHA-256 over document, voice, cue, content and source spans.
    pub id: String,
    /// Whether somebody is quoted.
    pub voice: Voice,
    /// The party quoted; for a narrator's claim the outlet.
    pub source: Source,
    /// The words that attribute; none for a narrator's claim.
    pub cue: Option<Cue>,
    /// What the source does by saying it.
    pub act: Act,
    /// What is said.
    pub content: Content,
    /// Of the content, as its source commits to it.
    pub polarity: Polarity,
    /// Of the content, as its source commits to it.
    pub certainty: Certainty,
    /// Who says that it is not verified.
    pub unverified_by: Option<UnverifiedBy>,
    /// How sure the reader is of each part.
    pub confidence: Confidence,
    /// Whether the claim is shown and counted, or only suggested.
    pub standing: Standing,
    /// Index in `Annotations::claims` of the claim that this one is about.
    pub refers_to: Option<u32>,
    /// To whom it was said.
    pub addressee: Option<Span>,
    /// Where it was said: a press conference, Twitter, a recording.
    pub channel: Option<Span>,
    /// Relays between the source and the outlet, nearest to the outlet first: the sources of the claims in whose contents this
    /// one stands, as far as the text says who they are.
    pub via: Vec<Via>,
    /// When it was said, where the text tells.
    pub said: Option<TimeExpr>,
    /// What the content says happened.
    pub events: Vec<Event>,
    /// Doubts about the reading.
    pub flags: Vec<Flag>,
    /// The rules, cue entries and decisions behind each part, in the order taken.
    pub why: Vec<Why>,
}

impl Claim {
    /// Whether it stands inside the content of another claim ("BBC reported that **experts doubt …**").
    #[must_use]
    pub fn is_inner(&self) -> bool {
        self.why.first().is_some_and(|why| why.rule == Self::INNER)
    }

    /// The first rule of a claim inside the content of another.
    pub const INNER: &str = "inner";
}

vocabulary! {
    /// Whether somebody is quoted.
    Voice { Attributed = "attributed", Narrator = "narrator" }
}

vocabulary! {
    /// What a source does by saying something.
    Act {
        Asserts = "asserts",
        Denies = "denies",
        Doubts = "doubts",
        Asks = "asks",
        Predicts = "predicts",
        Promises = "promises",
        Threatens = "threatens",
        Demands = "demands",
        Accuses = "accuses",
        Condemns = "condemns",
        Praises = "praises",
    }
}

vocabulary! {
    /// How a source is named in the attribution.
    SourceKind {
        Named = "named",
        Nominal = "nominal",
        Pronoun = "pronoun",
        Elided = "elided",
        Outlet = "outlet",
    }
}

vocabulary! {
    /// How the name of a source is known.
    NameBasis { Stated = "stated", Coreference = "coreference", Inferred = "inferred" }
}

vocabulary! {
    /// Whether the content stands in quotation marks.
    Quotation { Direct = "direct", Indirect = "indirect", Mixed = "mixed" }
}

vocabulary! {
    /// Whether the content is affirmed or negated.
    Polarity { Positive = "positive", Negative = "negative" }
}

vocabulary! {
    /// How firmly a source commits to the content (FactBank's scale).
    Certainty {
        Certain = "certain",
        Probable = "probable",
        Possible = "possible",
        Unverified = "unverified",
        Unknown = "unknown",
    }
}

vocabulary! {
    /// Whether a claim is shown and counted, or only suggested (grey, never counted).
    Standing { Shown = "shown", Suggested = "suggested" }
}

vocabulary! {
    /// A doubt about the reading.
    Flag {
        Garbled = "garbled",
        InvertedRoles = "inverted_roles",
        PronounUnresolved = "pronoun_unresolved",
        Unsure = "unsure",
    }
}

/// The party quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// How it is named.
    pub kind: SourceKind,
    /// Its words; empty where elided or the outlet.
    pub spans: Vec<Span>,
    /// Whom it stands for.
    pub entity: Option<EntityId>,
    /// The fullest form that the document gives the entity; the outlet's name for a narrator's claim.
    pub name: Option<String>,
    /// How `name` is known.
    pub name_basis: Option<NameBasis>,
    /// The body that a spokesperson speaks for.
    pub speaks_for: Option<EntityId>,
}

/// The words that attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Where.
    pub spans: Vec<Span>,
    /// The lexicon entry's lemma.
    pub lemma: String,
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Where; several where the attribution stands in the middle. Never empty.
    pub spans: Vec<Span>,
    /// Whether it stands in quotation marks.
    pub quotation: Quotation,
}

/// Calibrated confidence, 0 to 1; `attribution` and `source` are none for a narrator's claim.
///
/// Of a claim inside the content of another, `attribution` and `source` are the product of its own and the other's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confidence {
    /// That there is such an attribution with this content.
    pub attribution: Option<f64>,
    /// That the source is right.
    pub source: Option<f64>,
    /// That the act is right.
    pub act: f64,
}

/// Who says that a content is not verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnverifiedBy {
    /// A party in the document.
    Entity(EntityId),
    /// The article itself.
    Outlet,
}

/// A relay between a source and the outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Via {
    /// Its name.
    pub name: String,
    /// Its words.
    pub spans: Vec<Span>,
}

/// Why one part of a claim is what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The rule, or the lexicon entry as `cue:deny`.
    pub rule: String,
    /// The words it rests on.
    pub spans: Vec<Span>,
    /// A sentence, for people.
    pub note: String,
}
