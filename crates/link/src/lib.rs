//! Many documents: entities across them, text origins, matters and disputes.
//!
//! It does not know files, SQL or how its results are printed. What it returns is derived and can be made anew at any time.

pub mod answers;
mod bodies;
mod comparison;
mod constraints;
mod corrections;
mod entities;
mod figures;
mod fold;
mod lexicon;
mod linking;
mod matters;
mod meeting;
mod origins;
mod positions;
mod propositions;
mod said;
mod speakers;
mod statements;
mod when;

pub use corrections::{Correction, Slot, SlotField, slot_words};
pub use lexicon::Lexicon;
pub use linking::{ClaimKey, Judged, JudgedAs, Linking, MatterKey, Ruling, Target};
pub use origins::{Copying, Likeness, Origins, TextPair, origins, text_candidates};

use annotate::{Annotations, EntityId, EntityKind, Form, ListLink, Place, TimeExpr};
use names::NameModel;
use sha2::{Digest, Sha256};
use text::{Document, Span, vocabulary};

/// One document with what was read in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// What was read in it.
    pub annotations: Annotations,
}

/// A document's own entity: the document's id and the entity's there.
pub type Member = (String, EntityId);

/// What linking goes by beside the readings.
#[derive(Clone, Copy)]
pub struct Grounds<'a> {
    /// Words that decide whether two documents speak of the same thing.
    pub lexicon: &'a Lexicon,
    /// Compares names that are spelt differently; without it only equal names meet.
    pub names: Option<&'a NameModel>,
    /// What persons decided on who is who.
    pub identities: &'a [Identity],
    /// What persons decided on which texts are one.
    pub copying: &'a [Copying],
    /// What persons decided on claims, matters and sides, in the order in which they did.
    pub linking: &'a [Linking],
}

/// What a person decided on who is who. A member that no reading has is passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// Two are one, whatever speaks against it.
    Same {
        /// One of the one.
        one: Member,
        /// One of the other.
        other: Member,
        /// The judgement's id.
        judgement: String,
    },
    /// Two are not one.
    Different {
        /// One of the one.
        one: Member,
        /// One of the other.
        other: Member,
    },
    /// A name is another's.
    Without {
        /// One of those that it was joined with.
        member: Member,
        /// The name, in any spelling that folds to the same.
        name: String,
    },
}

/// What follows from many readings together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Links {
    /// Entities across documents, by id.
    pub entities: Vec<Entity>,
    /// Pairs of entities that may be one and are not joined, likeliest first.
    pub open: Vec<OpenPair>,
    /// Every matter, newest new answer first.
    pub matters: Vec<Matter>,
    /// Which judgements made what of which matter.
    pub judged: Vec<Judged>,
}

/// An entity across documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// `en_` and 16 hex digits.
    pub id: String,
    /// The commonest full form.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Its spellings, most frequent first.
    pub forms: Vec<Form>,
    /// The documents' entities that it joins: document id and local id, sorted.
    pub members: Vec<Member>,
    /// What its members were joined by, in the order in which they were; members of equal names have none.
    pub joins: Vec<Join>,
    /// Where it lies, for a place that a gazetteer knows.
    pub place: Option<Place>,
    /// Which entry of the user's watchlist it is, where its documents agree on one.
    pub link: Option<ListLink>,
}

/// Two members, and with them all that had been joined to them, made one.
#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    /// A member.
    pub one: Member,
    /// A member.
    pub other: Member,
    /// How likely they are one, from 0 to 1.
    pub score: f64,
    /// What says so, in words.
    pub reasons: Vec<String>,
}

/// Two entities that may be one.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenPair {
    /// `Entity::id`.
    pub one: String,
    /// `Entity::id`.
    pub other: String,
    /// How likely they are one, from 0 to 1.
    pub score: f64,
    /// What speaks for and against it, in words.
    pub reasons: Vec<String>,
}

vocabulary! {
    /// The kinds of matter.
    MatterKind {
        Occurred = "OCCURRED",
        Control = "CONTROL",
        Fate = "FATE",
        Cause = "CAUSE",
        Whereabouts = "WHEREABOUTS",
        Quantity = "QUANTITY",
        Involved = "INVOLVED",
        Will = "WILL",
    }
}

vocabulary! {
    /// How things stand in a matter.
    State {
        Contested = "contested",
        OneAnswer = "one_answer",
        Unanswered = "unanswered",
        NotContestedHere = "not_contested_here",
    }
}

vocabulary! {
    /// How one position stands to another.
    RelationKind {
        Denies = "denies",
        Alternative = "alternative",
        Quantity = "quantity",
        Update = "update",
        Implicit = "implicit",
        Doubts = "doubts",
        Repeats = "repeats",
    }
}

vocabulary! {
    /// Whether a claim is linked to a position, or only suggested (grey, never counted).
    LinkZone { Linked = "linked", Suggested = "suggested" }
}

/// A question with one open slot.
#[derive(Debug, Clone, PartialEq)]
pub struct Matter {
    /// `ma_` and 16 hex digits.
    pub id: String,
    /// Its kind.
    pub kind: MatterKind,
    /// The question ("Who holds Panjshir on 2021-09-06?").
    pub question: String,
    /// The entity asked about (a place for CONTROL, a person for FATE and CAUSE): an `Entity::id`.
    pub about: Option<String>,
    /// Where, as an `Entity::id`.
    pub place: Option<String>,
    /// When.
    pub time: Option<TimeExpr>,
    /// How things stand.
    pub state: State,
    /// Answers, in the order in which they were first said (ties by name).
    pub positions: Vec<Position>,
    /// How the answers stand to each other.
    pub relations: Vec<Relation>,
}

/// One answer to a matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// `p1`, `p2`, … within the matter.
    pub id: String,
    /// The answer ("the Taliban", "not the Taliban", "in the fighting").
    pub value: String,
    /// Who gives it: `Entity::id` (where known) and name, in order of first said.
    pub parties: Vec<Party>,
    /// Date or date-time: of the claim where known, else of the document.
    pub first_said: Option<String>,
    /// Likewise.
    pub last_said: Option<String>,
    /// The claims that give it.
    pub claims: Vec<PositionClaim>,
    /// Sightings of the documents behind it.
    pub articles: u32,
    /// Separate texts behind it, least.
    pub origins_low: u32,
    /// Separate texts behind it, most.
    pub origins_high: u32,
    /// Different speakers behind it.
    pub speakers: u32,
}

/// Who gives an answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Party {
    /// `Entity::id`.
    pub entity: Option<String>,
    /// Its name.
    pub name: String,
}

/// A claim behind a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionClaim {
    /// `Claim::id`, without prefix.
    pub claim: String,
    /// `Document::id`.
    pub document: String,
    /// The content's spans.
    pub spans: Vec<Span>,
    /// Whether it counts.
    pub link: LinkZone,
}

/// How one position stands to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// `Position::id`.
    pub from: String,
    /// `Position::id`.
    pub to: String,
    /// The relation.
    pub kind: RelationKind,
    /// The rules behind it, as sentences.
    pub reasons: Vec<String>,
}

/// Links readings by equal names and stems alone.
#[must_use]
pub fn link(readings: &[Reading]) -> Links {
    let grounds = Grounds {
        lexicon: &Lexicon::default(),
        names: None,
        identities: &[],
        copying: &[],
        linking: &[],
    };
    link_with(readings, &grounds)
}

/// Links readings. The order of the readings does not matter; the result is sorted.
#[must_use]
pub fn link_with(readings: &[Reading], grounds: &Grounds) -> Links {
    let lexicon = grounds.lexicon;
    let mut sorted: Vec<&Reading> = readings.iter().collect();
    sorted.sort_by(|one, other| {
        let key = |reading: &&Reading| {
            (
                reading.document.id.clone(),
                reading.document.meta.published.clone(),
                reading.document.sightings.clone(),
            )
        };
        key(one).cmp(&key(other))
    });
    // One document read twice is one document.
    sorted.dedup_by(|one, other| one.document.id == other.document.id);
    let days: Vec<_> = sorted
        .iter()
        .map(|reading| when::published(&reading.document))
        .collect();
    let mut world = entities::join(&sorted, grounds);
    let corrected = corrections::corrected(&sorted, &mut world, grounds.linking);
    let sorted: Vec<&Reading> = corrected.iter().map(AsRef::as_ref).collect();
    let bodies = bodies::find(&sorted, &world, lexicon);
    let documents: Vec<&Document> = sorted.iter().map(|reading| &reading.document).collect();
    let origins = origins::origins(&documents, lexicon, grounds.copying);
    let library = statements::Library {
        readings: &sorted,
        days: &days,
        world: &world,
        bodies: &bodies,
        origins: &origins,
        lexicon,
    };
    let told = statements::tell(&library);
    let mut matters = matters::matters(&library, &told);
    matters.extend(propositions::matters(&library, &told));
    sort(&mut matters);
    let mut taken = std::collections::BTreeSet::new();
    for matter in &mut matters {
        // Two matters of one wording and day: the second is told apart by the first claim in it.
        if !taken.insert(matter.id.clone()) {
            let first = matter.positions.iter().flat_map(|one| &one.claims).next();
            let (document, claim) = first.map_or(("", ""), |one| (&*one.document, &*one.claim));
            matter.id = id("ma_", &[&matter.id, document, claim]);
            taken.insert(matter.id.clone());
        }
    }
    let (mut matters, judged) = constraints::apply(&library, &told, matters, grounds.linking);
    sort(&mut matters);
    let mut links = Links {
        entities: world.entities,
        open: world.open,
        matters,
        judged,
    };
    corrections::name(&mut links, grounds.linking);
    links
}

/// Newest new answer first.
fn sort(matters: &mut [Matter]) {
    matters.sort_by(|one, other| {
        let newest = |matter: &Matter| {
            let first = |position: &Position| position.first_said.clone();
            matter.positions.iter().filter_map(first).max()
        };
        newest(other)
            .cmp(&newest(one))
            .then_with(|| one.id.cmp(&other.id))
    });
}

/// A prefix and 16 hex digits of SHA-256 over parts.
fn id(prefix: &str, parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\0").as_bytes());
    let hex: String = digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{prefix}{hex}")
}
