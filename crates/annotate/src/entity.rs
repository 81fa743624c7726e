//! Mentions of one document and the entities they stand for.
//!
//! It does not know other documents' entities, nor how mentions are found.

use text::{Span, vocabulary};

/// An entity of one document: its index in `Annotations::entities`, printed as `e3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

impl EntityId {
    /// The place in `Annotations::entities`.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl std::fmt::Display for EntityId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "e{}", self.0)
    }
}

/// A name, noun phrase or pronoun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The whole phrase.
    pub span: Span,
    /// Its head word.
    pub head: Span,
    /// Of a person's name: honorific, rank or office directly before it ("Lt. Col."), which is no part of `span`.
    pub title: Option<Span>,
    /// Of a person's name: what the words beside it say that its bearer is ("opposition leader"), in order, none of them a
    /// part of `span`. A plural before several names is a role of each.
    pub roles: Vec<Span>,
    /// What it is.
    pub kind: EntityKind,
    /// How it is said.
    pub form: MentionForm,
    /// Whom it stands for, where that is known.
    pub entity: Option<EntityId>,
}

/// Who or what a document's mentions stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// The fullest form that the document gives it.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Its spellings, most frequent first.
    pub forms: Vec<Form>,
    /// Where it is named, in order (names only; pronouns point here by `Mention::entity`).
    pub mentions: Vec<Span>,
    /// Where it lies, for a place that a gazetteer knows.
    pub place: Option<Place>,
    /// Which entry of the user's watchlist it is, where one alone fits.
    pub link: Option<ListLink>,
    /// What the document calls it ("opposition leader", "president"): offices, roles and appositions beside its names, up to
    /// their heads, lower case, each once, in order. Forms of address ("Mr", "Gen.") are titles of mentions alone.
    pub roles: Vec<String>,
    /// Whom a person is said to speak for or belong to.
    pub speaks_for: Option<EntityId>,
}

impl Entity {
    /// One of which nothing but its name and kind is known.
    pub(crate) fn new(name: String, kind: EntityKind) -> Self {
        Self {
            name,
            kind,
            forms: Vec::new(),
            mentions: Vec::new(),
            place: None,
            link: None,
            roles: Vec::new(),
            speaks_for: None,
        }
    }
}

/// An entry of the user's watchlist.
#[derive(Debug, Clone, PartialEq)]
pub struct ListLink {
    /// The entry's id, as the list has it.
    pub id: String,
    /// How likely it is the entity, from 0 to 1.
    pub score: f64,
}

/// One spelling of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The spelling.
    pub text: String,
    /// How often it occurs.
    pub count: u32,
}

/// A place in a gazetteer, or one that lies near or in such a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The gazetteer's id. Of a place that no table has: that of the place near or in which it lies, `#`, and its own name.
    pub gazetteer_id: String,
    /// The gazetteer's name; "near" or "in" before it where the place is not this one.
    pub name: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// How much of the map the point stands for.
    pub precision: Precision,
}

impl Place {
    /// Whether the gazetteer has this very place.
    #[must_use]
    pub fn is_entry(&self) -> bool {
        !self.gazetteer_id.contains('#')
    }

    /// Whether this place and another are so far apart that neither can lie in the other: farther than both reach.
    #[must_use]
    pub fn excludes(&self, other: &Place) -> bool {
        let kilometres = gazetteer::kilometres((self.lat, self.lon), (other.lat, other.lon));
        kilometres > self.precision.reach_km() + other.precision.reach_km()
    }
}

vocabulary! {
    /// What an entity is.
    EntityKind {
        Person = "Person",
        Organization = "Organization",
        Place = "Place",
        Group = "Group",
        Facility = "Facility",
        Weapon = "Weapon",
        Event = "Event",
        Other = "Other",
    }
}

vocabulary! {
    /// How a mention is said.
    MentionForm { Name = "name", Nominal = "nominal", Pronoun = "pronoun" }
}

vocabulary! {
    /// How much of the map a place's point stands for.
    Precision {
        Point = "point",
        Admin2 = "admin2",
        Admin1 = "admin1",
        Country = "country",
        Region = "region",
    }
}

impl Precision {
    /// How far from its point a place of this kind may reach.
    fn reach_km(self) -> f64 {
        match self {
            Precision::Point => 15.0,
            Precision::Admin2 => 60.0,
            Precision::Admin1 => 250.0,
            Precision::Country | Precision::Region => 1500.0,
        }
    }
}
