//! A small builder for readings: sentences, who stands in them, who says what.
//!
//! It does not read its sentences; each test says what annotation would have found in them.

use annotate::*;
use link::{
    Grounds, Identity, Lexicon, Linking, Links, Matter, MatterKind, Position, Reading,
    RelationKind, link_with,
};
use names::{NameFiles, NameModel};
use text::{Block, BlockKind, Document, Meta, PublishedBasis, Sighting, Span};

pub fn lexicon() -> Lexicon {
    let states = annotate::Demonyms::parse(
        "Ossel | Osselian | Ossels | Varn",
        include_str!("../../../../lexicon/parties.txt"),
        &mut Vec::new(),
    );
    Lexicon::parse(include_str!("../../../../lexicon/matching.txt"))
        .expect("the lexicon reads")
        .with_states(states)
}

/// What names are compared with.
pub fn names() -> &'static NameModel {
    static NAMES: std::sync::OnceLock<NameModel> = std::sync::OnceLock::new();
    NAMES.get_or_init(|| {
        NameModel::parse(&NameFiles {
            weights: include_bytes!("../../../../models/names.bin"),
            dictionary: include_bytes!("../../../../models/names-dictionary.bin"),
            lexicon: include_str!("../../../../lexicon/names.txt"),
        })
        .expect("the names read")
    })
}

pub fn linked(stories: &[&Story]) -> Links {
    judged(stories, &[])
}

/// Linked as a person decided on who is who.
pub fn judged(stories: &[&Story], identities: &[Identity]) -> Links {
    decided(stories, identities, &[])
}

/// Linked as a person decided on claims, matters and sides.
pub fn ruled(stories: &[&Story], linking: &[Linking]) -> Links {
    decided(stories, &[], linking)
}

fn decided(stories: &[&Story], identities: &[Identity], linking: &[Linking]) -> Links {
    let readings: Vec<Reading> = stories.iter().map(|story| story.reading()).collect();
    let lexicon = lexicon();
    let grounds = Grounds {
        lexicon: &lexicon,
        names: Some(names()),
        identities,
        copying: &[],
        linking,
    };
    let links = link_with(&readings, &grounds);
    let mut turned = readings;
    turned.reverse();
    assert_eq!(
        links,
        link_with(&turned, &grounds),
        "the order of the readings matters"
    );
    for matter in &links.matters {
        assert!(!matter.positions.is_empty());
        for position in &matter.positions {
            assert!(position.origins_low <= position.origins_high);
            assert!(position.origins_high <= position.articles);
            assert_eq!(position.speakers as usize, position.parties.len());
        }
    }
    links
}

pub fn of_kind(links: &Links, kind: MatterKind) -> Vec<&Matter> {
    links
        .matters
        .iter()
        .filter(|matter| matter.kind == kind)
        .collect()
}

pub fn only(links: &Links, kind: MatterKind) -> &Matter {
    let found = of_kind(links, kind);
    assert_eq!(found.len(), 1, "one {kind} expected: {found:#?}");
    found[0]
}

pub fn values(matter: &Matter) -> Vec<&str> {
    matter
        .positions
        .iter()
        .map(|position| position.value.as_str())
        .collect()
}

pub fn position<'a>(matter: &'a Matter, value: &str) -> &'a Position {
    matter
        .positions
        .iter()
        .find(|position| position.value == value)
        .unwrap_or_else(|| panic!("no position {value}: {matter:#?}"))
}

/// Relations as (value, kind, value).
pub fn relations(matter: &Matter) -> Vec<(&str, RelationKind, &str)> {
    let value = |id: &str| {
        matter
            .positions
            .iter()
            .find(|position| position.id == id)
            .map_or("", |position| position.value.as_str())
    };
    matter
        .relations
        .iter()
        .inspect(|relation| assert!(!relation.reasons.is_empty()))
        .map(|relation| (value(&relation.from), relation.kind, value(&relation.to)))
        .collect()
}

pub fn parties(position: &Position) -> Vec<&str> {
    position
        .parties
        .iter()
        .map(|party| party.name.as_str())
        .collect()
}

pub struct Story {
    reading: Reading,
}

/// An event to be placed in a claim's words.
#[derive(Clone)]
pub struct Told {
    kind: EventType,
    realis: Realis,
    polarity: Polarity,
    participants: Vec<(Role, EntityId)>,
    place: Option<EntityId>,
    time: Option<(String, String, String)>,
    cause: String,
    predicate: String,
    quantity: Option<(f64, Option<f64>, Effect, String, Scope, Hedge)>,
}

pub fn event(kind: EventType) -> Told {
    Told {
        kind,
        realis: Realis::Occurred,
        polarity: Polarity::Positive,
        participants: Vec::new(),
        place: None,
        time: None,
        cause: String::new(),
        predicate: String::new(),
        quantity: None,
    }
}

impl Told {
    pub fn actor(mut self, who: EntityId) -> Self {
        self.participants.push((Role::Actor, who));
        self
    }
    pub fn object(mut self, who: EntityId) -> Self {
        self.participants.push((Role::Object, who));
        self
    }
    pub fn at(mut self, place: EntityId) -> Self {
        self.place = Some(place);
        self
    }
    pub fn on(self, day: &str) -> Self {
        self.during(day, day, day)
    }
    pub fn during(mut self, value: &str, first: &str, last: &str) -> Self {
        self.time = Some((value.to_owned(), first.to_owned(), last.to_owned()));
        self
    }
    pub fn realis(mut self, realis: Realis) -> Self {
        self.realis = realis;
        self
    }
    pub fn not(mut self) -> Self {
        self.polarity = Polarity::Negative;
        self
    }
    pub fn cause(mut self, words: &str) -> Self {
        self.cause = words.to_owned();
        self
    }
    pub fn predicate(mut self, words: &str) -> Self {
        self.predicate = words.to_owned();
        self
    }
    pub fn count(mut self, low: f64, high: Option<f64>, effect: Effect, noun: &str) -> Self {
        let hedge = if low == 0.0 {
            Hedge::Zero
        } else {
            Hedge::Exact
        };
        self.quantity = Some((low, high, effect, noun.to_owned(), Scope::Event, hedge));
        self
    }
    pub fn cumulative(mut self) -> Self {
        if let Some(quantity) = &mut self.quantity {
            quantity.4 = Scope::Cumulative;
        }
        self
    }
}

fn time(span: Span, (value, first, last): &(String, String, String)) -> TimeExpr {
    TimeExpr {
        span,
        kind: TimeKind::Date,
        value: Some(value.clone()),
        modifier: None,
        earliest: first.parse().ok(),
        latest: last.parse().ok(),
        anchor: Anchor::Document,
    }
}

impl Story {
    /// `published` empty: undated.
    pub fn new(id: &str, published: &str) -> Self {
        let published = (!published.is_empty()).then(|| published.to_owned());
        Self {
            reading: Reading {
                document: Document {
                    id: id.to_owned(),
                    text: String::new(),
                    blocks: Vec::new(),
                    meta: Meta {
                        title: None,
                        outlet: Some(format!("Outlet {id}")),
                        byline: None,
                        url: None,
                        published_basis: if published.is_some() {
                            PublishedBasis::Option
                        } else {
                            PublishedBasis::None
                        },
                        published,
                        language: Some("en".to_owned()),
                        translated: None,
                    },
                    sightings: Vec::new(),
                    notes: Vec::new(),
                },
                annotations: Annotations::default(),
            },
        }
    }

    pub fn sighted(mut self, times: usize) -> Self {
        self.reading.document.sightings = (0..times)
            .map(|number| Sighting {
                path: Some(format!("{number}.txt")),
                url: None,
                outlet: None,
                captured: None,
                record_id: None,
            })
            .collect();
        self
    }

    /// A paragraph of one sentence.
    pub fn text(&mut self, words: &str) -> Span {
        let document = &mut self.reading.document;
        let start = document.text.len();
        document.text.push_str(words);
        let span = Span::new(start, document.text.len());
        document.text.push('\n');
        document.blocks.push(Block {
            span: Span::new(start, document.text.len()),
            kind: BlockKind::Paragraph,
            raw: None,
        });
        self.reading
            .annotations
            .segments
            .sentences
            .push(text::Sentence {
                span,
                block: u32::try_from(document.blocks.len() - 1).unwrap(),
                first: 0,
                last: 0,
            });
        span
    }

    pub fn entity(&mut self, kind: EntityKind, name: &str) -> EntityId {
        self.reading.annotations.entities.push(Entity {
            name: name.to_owned(),
            kind,
            forms: vec![Form {
                text: name.to_owned(),
                count: 1,
            }],
            mentions: Vec::new(),
            place: None,
            link: None,
            roles: Vec::new(),
            speaks_for: None,
        });
        EntityId(u32::try_from(self.reading.annotations.entities.len() - 1).unwrap())
    }

    pub fn body(&mut self, name: &str) -> EntityId {
        self.entity(EntityKind::Organization, name)
    }

    pub fn place(&mut self, name: &str) -> EntityId {
        self.entity(EntityKind::Place, name)
    }

    pub fn person(&mut self, name: &str, roles: &[&str]) -> EntityId {
        let id = self.entity(EntityKind::Person, name);
        self.reading.annotations.entities[id.index()].roles =
            roles.iter().map(|role| (*role).to_owned()).collect();
        id
    }

    pub fn form(&mut self, id: EntityId, form: &str) {
        self.reading.annotations.entities[id.index()]
            .forms
            .push(Form {
                text: form.to_owned(),
                count: 1,
            });
    }

    pub fn gazetteer(&mut self, id: EntityId, gazetteer_id: &str, precision: Precision) {
        let entity = &mut self.reading.annotations.entities[id.index()];
        entity.place = Some(Place {
            gazetteer_id: gazetteer_id.to_owned(),
            name: entity.name.clone(),
            lat: 1.0,
            lon: 2.0,
            precision,
        });
    }

    pub fn speaks_for(&mut self, who: EntityId, body: EntityId) {
        self.reading.annotations.entities[who.index()].speaks_for = Some(body);
    }

    /// A sentence with a claim, shown and certain; the source none for the narrator. Gives its index.
    pub fn claim(
        &mut self,
        source: Option<EntityId>,
        act: Act,
        sentence: &str,
        events: &[Told],
    ) -> u32 {
        let span = self.text(sentence);
        let within = |words: &str| {
            let at = sentence
                .find(words)
                .unwrap_or_else(|| panic!("no {words} in {sentence}"));
            Span::new(span.from() + at, span.from() + at + words.len())
        };
        let events = events
            .iter()
            .map(|told| Event {
                kind: told.kind,
                span: within(&told.predicate),
                confidence: 0.9,
                alternatives: Vec::new(),
                realis: told.realis,
                polarity: told.polarity,
                participants: told
                    .participants
                    .iter()
                    .map(|(role, entity)| Participant {
                        role: *role,
                        entity: Some(*entity),
                        spans: Vec::new(),
                        basis: Basis::Stated,
                    })
                    .collect(),
                place: told.place,
                time: told.time.as_ref().map(|given| time(span, given)),
                quantities: told
                    .quantity
                    .iter()
                    .map(|(low, high, effect, noun, scope, hedge)| Quantity {
                        span: within(noun),
                        low: Some(*low),
                        best: Some(*low),
                        high: *high,
                        hedge: *hedge,
                        unit: "person".to_owned(),
                        noun: noun.clone(),
                        effect: Some(*effect),
                        scope: *scope,
                        part: false,
                    })
                    .collect(),
                cause: (!told.cause.is_empty()).then(|| within(&told.cause)),
            })
            .collect();
        let entities = &self.reading.annotations.entities;
        let entity = source.and_then(|id| entities.get(id.index()));
        let number = self.reading.annotations.claims.len();
        self.reading.annotations.claims.push(Claim {
            id: format!("{}-{number}", self.reading.document.id),
            voice: if source.is_some() {
                Voice::Attributed
            } else {
                Voice::Narrator
            },
            source: Source {
                kind: if source.is_some() {
                    SourceKind::Named
                } else {
                    SourceKind::Outlet
                },
                spans: Vec::new(),
                entity: source,
                name: entity.map(|entity| entity.name.clone()),
                name_basis: None,
                speaks_for: entity.and_then(|entity| entity.speaks_for),
            },
            cue: None,
            act,
            content: Content {
                spans: vec![span],
                quotation: Quotation::Indirect,
            },
            polarity: Polarity::Positive,
            certainty: Certainty::Certain,
            unverified_by: None,
            confidence: Confidence {
                attribution: None,
                source: None,
                act: 0.9,
            },
            standing: Standing::Shown,
            refers_to: None,
            addressee: None,
            channel: None,
            via: Vec::new(),
            said: None,
            events,
            flags: Vec::new(),
            why: Vec::new(),
        });
        u32::try_from(number).unwrap()
    }

    pub fn asserts(&mut self, source: EntityId, sentence: &str, events: &[Told]) -> u32 {
        self.claim(Some(source), Act::Asserts, sentence, events)
    }

    pub fn tells(&mut self, sentence: &str, events: &[Told]) -> u32 {
        self.claim(None, Act::Asserts, sentence, events)
    }

    pub fn denies(&mut self, source: EntityId, sentence: &str, events: &[Told]) -> u32 {
        self.claim(Some(source), Act::Denies, sentence, events)
    }

    /// A denial of another claim of this story.
    pub fn rejects(&mut self, source: EntityId, sentence: &str, target: u32) -> u32 {
        let claim = self.claim(Some(source), Act::Denies, sentence, &[]);
        self.edit(claim).refers_to = Some(target);
        claim
    }

    pub fn edit(&mut self, claim: u32) -> &mut Claim {
        &mut self.reading.annotations.claims[claim as usize]
    }

    /// The day on which a claim was said, or a vague `PAST_REF`.
    pub fn said(&mut self, claim: u32, value: &str) {
        self.edit(claim).said = Some(time(
            Span::new(0, 0),
            &(value.to_owned(), value.to_owned(), value.to_owned()),
        ));
    }

    /// The reading, with every name found in the text.
    pub fn reading(&self) -> Reading {
        let mut reading = self.reading.clone();
        for entity in &mut reading.annotations.entities {
            entity.mentions = reading
                .document
                .text
                .match_indices(entity.name.as_str())
                .filter(|(_, name)| !name.is_empty())
                .map(|(start, name)| Span::new(start, start + name.len()))
                .collect();
        }
        reading
    }
}
