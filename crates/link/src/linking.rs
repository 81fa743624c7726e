//! What persons decided on claims, matters and sides, as plain data; and which judgement made what of which matter.
//!
//! It does not know what comes of it.

use crate::corrections::Correction;
use crate::{MatterKind, Member, RelationKind};
use text::vocabulary;

/// A claim by its document's id and its own, without prefix.
pub type ClaimKey = (String, String);

/// A matter by what a person saw of it. Its id is no part of that: another reading may give it another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterKey {
    /// Its kind: whether somebody died and how are two matters of the same claims.
    pub kind: MatterKind,
    /// Some of its claims.
    pub claims: Vec<ClaimKey>,
}

/// A claim, or a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A claim.
    Claim(ClaimKey),
    /// A matter.
    Matter(MatterKey),
}

/// A decision with the judgement that it stands in. What no reading has any more is passed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Linking {
    /// The judgement's id.
    pub judgement: String,
    /// What was decided.
    pub ruling: Ruling,
}

/// What a person decided on claims, matters and sides.
#[derive(Debug, Clone, PartialEq)]
pub enum Ruling {
    /// A claim belongs into a matter, or into the matters of another claim.
    Together {
        /// The claim.
        claim: ClaimKey,
        /// Where it belongs.
        with: Target,
    },
    /// A claim does not belong into a matter, or into none together with another.
    Apart {
        /// The claim.
        claim: ClaimKey,
        /// Where it does not belong.
        from: Target,
    },
    /// Two matters are one, the first.
    Merge {
        /// The one that stays.
        one: MatterKey,
        /// The one that goes into it.
        other: MatterKey,
    },
    /// Claims of a matter are a matter of their own.
    Split {
        /// The claims.
        claims: Vec<ClaimKey>,
        /// The matter that they leave.
        from: MatterKey,
    },
    /// How the answer of one claim stands to that of another, wherever both are; none is no relation.
    Relation {
        /// The claim.
        from: ClaimKey,
        /// The other.
        to: ClaimKey,
        /// The relation.
        kind: Option<RelationKind>,
    },
    /// What to call a matter.
    NameMatter {
        /// The matter.
        matter: MatterKey,
        /// Its question.
        name: String,
    },
    /// A matter that is not to be counted.
    IgnoreMatter(MatterKey),
    /// A claim that gives no answer to anything.
    IgnoreClaim(ClaimKey),
    /// A document whose claims give no answer to anything.
    IgnoreDocument(String),
    /// What to call an entity.
    NameEntity {
        /// One of its members.
        entity: Member,
        /// Its name.
        name: String,
    },
    /// Two entities speak for one side.
    SameSide {
        /// A member of the one.
        one: Member,
        /// A member of the other.
        other: Member,
    },
    /// How a claim is to be read.
    Correct(Correction),
}

vocabulary! {
    /// What a judgement made of a matter.
    JudgedAs {
        Linked = "linked",
        Unlinked = "unlinked",
        Merged = "merged",
        Split = "split",
        Related = "related",
        Renamed = "renamed",
        Ignored = "ignored",
        Corrected = "corrected",
        SameSide = "same_side",
    }
}

/// A judgement that a matter is as it is by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judged {
    /// `Matter::id`.
    pub matter: String,
    /// What it made of it.
    pub effect: JudgedAs,
    /// The judgement's id.
    pub judgement: String,
}
