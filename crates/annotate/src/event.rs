//! `Event`: what a claim's content says happened (PLOVER's shape).
//!
//! It does not know how events are found, nor whether they happened.

use crate::{EntityId, Polarity, Quantity, TimeExpr};
use text::{Span, vocabulary};

/// One thing that a content says happened, goes on, or will happen.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What kind of thing.
    pub kind: EventType,
    /// The words that tell it (the predicate).
    pub span: Span,
    /// How sure the reader is of the type, 0 to 1.
    pub confidence: f64,
    /// Other types it might be, likeliest first.
    pub alternatives: Vec<EventType>,
    /// Whether it occurred, goes on, or is yet to come.
    pub realis: Realis,
    /// Whether it is affirmed or negated.
    pub polarity: Polarity,
    /// Who took part.
    pub participants: Vec<Participant>,
    /// Where.
    pub place: Option<EntityId>,
    /// When.
    pub time: Option<TimeExpr>,
    /// How many.
    pub quantities: Vec<Quantity>,
    /// For a death: the words after "in", "by" or "from" that say how it came about ("in the fighting").
    pub cause: Option<Span>,
}

impl Event {
    /// Who is known to take a part in it, the first so named.
    #[must_use]
    pub fn participant(&self, role: Role) -> Option<EntityId> {
        let mut found = self.participants.iter().filter(|one| one.role == role);
        found.find_map(|one| one.entity)
    }
}

/// A participant of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// What it does in the event.
    pub role: Role,
    /// Who it is, where known.
    pub entity: Option<EntityId>,
    /// Its words; may be empty where the basis is not `stated`.
    pub spans: Vec<Span>,
    /// How it is known.
    pub basis: Basis,
}

vocabulary! {
    /// The event types of the contract.
    EventType {
        TakeControl = "take_control",
        HoldControl = "hold_control",
        LoseControl = "lose_control",
        Withdraw = "withdraw",
        Surrender = "surrender",
        Clash = "clash",
        Attack = "attack",
        Strike = "strike",
        Bombing = "bombing",
        KillTargeted = "kill_targeted",
        Casualty = "casualty",
        Abduct = "abduct",
        Abuse = "abuse",
        DestroyProperty = "destroy_property",
        Detain = "detain",
        Restrict = "restrict",
        Displace = "displace",
        Flee = "flee",
        Mobilize = "mobilize",
        ForeignSupport = "foreign_support",
        Negotiate = "negotiate",
        Agree = "agree",
        Ceasefire = "ceasefire",
        ViolateCeasefire = "violate_ceasefire",
        Release = "release",
        Refuse = "refuse",
        CallFor = "call_for",
        Accuse = "accuse",
        Condemn = "condemn",
        Threaten = "threaten",
        Promise = "promise",
        RestoreServices = "restore_services",
        Aid = "aid",
        Protest = "protest",
        ClaimResponsibility = "claim_responsibility",
        Appoint = "appoint",
        StatusPerson = "status_person",
        Investigate = "investigate",
    }
}

vocabulary! {
    /// Whether an event occurred.
    Realis {
        Occurred = "occurred",
        Ongoing = "ongoing",
        Future = "future",
        Hypothetical = "hypothetical",
        Habitual = "habitual",
        Historical = "historical",
    }
}

vocabulary! {
    /// What a participant does in an event.
    Role { Actor = "actor", Recipient = "recipient", Instrument = "instrument", Object = "object" }
}

vocabulary! {
    /// How a participant is known.
    Basis { Stated = "stated", Coreference = "coreference", Inferred = "inferred" }
}
