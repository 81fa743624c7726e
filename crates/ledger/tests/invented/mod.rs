//! Invented readings and links that fill every field, and a folder that goes away with the test.
//!
//! Names, places and words are made up; nothing here was read from a text by the program.

#![allow(dead_code)] // Each test file uses its share.

use annotate::*;
use jiff::civil::date;
use link::{
    Join, Judged, JudgedAs, LinkZone, Links, Matter, MatterKind, OpenPair, Party, Position,
    PositionClaim, Reading, Relation, RelationKind, State,
};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use text::{
    Block, BlockKind, Document, Meta, Note, PublishedBasis, Sighting, Span, Translation,
    content_hash,
};

/// A folder of its own for one test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "rashomon-ledger-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Where `words` stand in `text`.
pub fn at(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("no {words:?}"));
    Span::new(start, start + words.len())
}

pub fn sighting(path: &str) -> Sighting {
    Sighting {
        path: Some(path.to_owned()),
        url: None,
        outlet: None,
        captured: None,
        record_id: None,
    }
}

/// A document of one paragraph, undated, without claims.
pub fn plain(text: &str, path: &str) -> Reading {
    Reading {
        document: Document {
            id: content_hash(text.as_bytes()),
            text: text.to_owned(),
            blocks: vec![Block {
                span: Span::new(0, text.len()),
                kind: BlockKind::Paragraph,
                raw: None,
            }],
            meta: Meta {
                title: None,
                outlet: None,
                byline: None,
                url: None,
                published: None,
                published_basis: PublishedBasis::None,
                language: Some("en".to_owned()),
                translated: None,
            },
            sightings: vec![sighting(path)],
            notes: Vec::new(),
        },
        annotations: Annotations::default(),
    }
}

/// A document in which every field of a reading is filled, and two claims, one with hardly any field filled.
pub fn full(number: u32) -> Reading {
    let text = format!(
        "Velm council speaks\n“The Orrin League holds Tarvo №{number},” spokesman Dael Marsk said on Monday, \
         “and 150 to 200 people fled.” Mira Ostin denied it, Tarvo Radio reported. The bridge fell.\n"
    );
    let t = text.as_str();
    let mut reading = plain(t, &format!("news/{number}.txt"));
    let document = &mut reading.document;
    let headline = at(t, "Velm council speaks\n");
    document.blocks = vec![
        Block {
            span: headline,
            kind: BlockKind::Headline,
            raw: Some(Span::new(10, 30)),
        },
        Block {
            span: Span::new(headline.to(), t.len()),
            kind: BlockKind::Paragraph,
            raw: None,
        },
    ];
    document.meta = Meta {
        title: Some("Velm council speaks".to_owned()),
        outlet: Some("Tarvo Radio".to_owned()),
        byline: Some(String::new()),
        url: Some(format!("https://tarvo.example/{number}")),
        published: Some("2031-05-06T04:58:00+04:30".to_owned()),
        published_basis: PublishedBasis::JsonLd,
        language: Some("en".to_owned()),
        translated: Some(Translation {
            from: Some("cs".to_owned()),
            by: None,
            original: Some("Řeč rady".to_owned()),
        }),
    };
    document.sightings[0] = Sighting {
        path: Some(format!("news/{number}.warc.gz")),
        url: Some(format!("https://tarvo.example/{number}?from=feed")),
        outlet: Some("Tarvo Radio".to_owned()),
        captured: Some("2031-05-07T00:00:00Z".to_owned()),
        record_id: Some("<urn:uuid:1>".to_owned()),
    };
    document.notes = vec![note("charset", "Guessed.")];
    reading.annotations = annotations(&document.id, t);
    reading
}

fn note(code: &str, message: &str) -> Note {
    Note {
        span: Span::new(0, 0),
        code: code.to_owned(),
        message: message.to_owned(),
    }
}

fn annotations(document: &str, t: &str) -> Annotations {
    let monday = TimeExpr {
        span: at(t, "on Monday"),
        kind: TimeKind::Date,
        value: Some("2031-05-05".to_owned()),
        modifier: Some("END".to_owned()),
        earliest: Some(date(2031, 5, 5)),
        latest: None,
        anchor: Anchor::Document,
    };
    let fled = Quantity {
        span: at(t, "150 to 200 people"),
        low: Some(150.0),
        best: None,
        high: Some(200.0),
        hedge: Hedge::Range,
        unit: "person".to_owned(),
        noun: "people".to_owned(),
        effect: Some(Effect::Displaced),
        scope: Scope::Event,
        part: false,
    };
    let marsk = at(t, "Dael Marsk");
    Annotations {
        mentions: vec![
            Mention {
                span: marsk,
                head: at(t, "Marsk"),
                title: Some(at(t, "spokesman")),
                roles: vec![at(t, "people"), at(t, "spokesman")],
                kind: EntityKind::Person,
                form: MentionForm::Name,
                entity: Some(EntityId(1)),
            },
            Mention {
                span: at(t, "people"),
                head: at(t, "people"),
                title: None,
                roles: Vec::new(),
                kind: EntityKind::Group,
                form: MentionForm::Nominal,
                entity: None,
            },
        ],
        entities: vec![
            Entity {
                name: "Tarvo".to_owned(),
                kind: EntityKind::Place,
                forms: vec![form("Tarvo", 3), form("Tarwo", 1)],
                mentions: vec![at(t, "Tarvo")],
                place: Some(Place {
                    gazetteer_id: "g:17".to_owned(),
                    name: "Tarvo".to_owned(),
                    lat: 35.25,
                    lon: -0.1,
                    precision: Precision::Admin1,
                }),
                link: None,
                roles: Vec::new(),
                speaks_for: None,
            },
            Entity {
                name: "Dael Marsk".to_owned(),
                kind: EntityKind::Person,
                forms: vec![form("Dael Marsk", 1)],
                mentions: vec![marsk],
                place: None,
                link: Some(ListLink {
                    id: "Q2".to_owned(),
                    score: 0.5,
                }),
                roles: vec!["spokesman".to_owned(), "commander".to_owned()],
                speaks_for: Some(EntityId(2)),
            },
            Entity {
                name: "Orrin League".to_owned(),
                kind: EntityKind::Organization,
                forms: Vec::new(),
                mentions: vec![at(t, "Orrin League")],
                place: None,
                link: None,
                roles: Vec::new(),
                speaks_for: None,
            },
        ],
        times: vec![monday.clone()],
        quantities: vec![fled.clone()],
        claims: vec![claim(document, t, monday, fled), narrated(document, t)],
        notes: vec![
            note("garbled", "Read with care."),
            note("short", "Few words."),
        ],
        ..Annotations::default()
    }
}

fn form(text: &str, count: u32) -> Form {
    Form {
        text: text.to_owned(),
        count,
    }
}

fn claim(document: &str, t: &str, said: TimeExpr, fled: Quantity) -> Claim {
    let holds = at(t, "The Orrin League holds Tarvo");
    Claim {
        id: content_hash(format!("{document} attributed").as_bytes()),
        voice: Voice::Attributed,
        source: Source {
            kind: SourceKind::Named,
            spans: vec![at(t, "spokesman Dael Marsk")],
            entity: Some(EntityId(1)),
            name: Some("Dael Marsk".to_owned()),
            name_basis: Some(NameBasis::Stated),
            speaks_for: Some(EntityId(2)),
        },
        cue: Some(Cue {
            spans: vec![at(t, "said")],
            lemma: "say".to_owned(),
        }),
        act: Act::Asserts,
        content: Content {
            spans: vec![holds, at(t, "and 150 to 200 people fled")],
            quotation: Quotation::Direct,
        },
        polarity: Polarity::Positive,
        certainty: Certainty::Unverified,
        unverified_by: Some(UnverifiedBy::Entity(EntityId(2))),
        confidence: Confidence {
            attribution: Some(0.93),
            source: Some(1.0 / 3.0),
            act: 0.97,
        },
        standing: Standing::Shown,
        refers_to: Some(1),
        addressee: Some(at(t, "council")),
        channel: Some(at(t, "Radio")),
        via: vec![
            Via {
                name: "Tarvo Radio".to_owned(),
                spans: vec![at(t, "Tarvo Radio"), at(t, "reported")],
            },
            Via {
                name: "a wire".to_owned(),
                spans: Vec::new(),
            },
        ],
        said: Some(said.clone()),
        events: vec![
            Event {
                kind: EventType::HoldControl,
                span: at(t, "holds"),
                confidence: 0.9,
                alternatives: vec![EventType::TakeControl, EventType::Clash],
                realis: Realis::Ongoing,
                polarity: Polarity::Positive,
                participants: vec![
                    Participant {
                        role: Role::Actor,
                        entity: Some(EntityId(2)),
                        spans: vec![at(t, "The Orrin"), at(t, "League")],
                        basis: Basis::Stated,
                    },
                    Participant {
                        role: Role::Recipient,
                        entity: None,
                        spans: Vec::new(),
                        basis: Basis::Inferred,
                    },
                ],
                place: Some(EntityId(0)),
                time: Some(said),
                quantities: Vec::new(),
                cause: None,
            },
            Event {
                kind: EventType::Flee,
                span: at(t, "fled"),
                confidence: 0.5,
                alternatives: Vec::new(),
                realis: Realis::Occurred,
                polarity: Polarity::Negative,
                participants: Vec::new(),
                place: None,
                time: None,
                quantities: vec![
                    fled,
                    Quantity {
                        span: at(t, "200"),
                        low: None,
                        best: Some(200.5),
                        high: None,
                        hedge: Hedge::About,
                        unit: "count".to_owned(),
                        noun: String::new(),
                        effect: None,
                        scope: Scope::Unknown,
                        part: true,
                    },
                ],
                cause: Some(at(t, "on Monday")),
            },
        ],
        flags: vec![Flag::Unsure, Flag::Garbled],
        why: vec![
            Why {
                rule: "cue:say".to_owned(),
                spans: vec![at(t, "said"), at(t, "“")],
                note: "The cue stands after the quotation.".to_owned(),
            },
            Why {
                rule: "split".to_owned(),
                spans: Vec::new(),
                note: String::new(),
            },
        ],
    }
}

/// A narrator's claim with as little in it as there can be.
fn narrated(document: &str, t: &str) -> Claim {
    Claim {
        id: content_hash(format!("{document} narrator").as_bytes()),
        voice: Voice::Narrator,
        source: Source {
            kind: SourceKind::Outlet,
            spans: Vec::new(),
            entity: None,
            name: None,
            name_basis: None,
            speaks_for: None,
        },
        cue: None,
        act: Act::Asserts,
        content: Content {
            spans: vec![at(t, "The bridge fell.")],
            quotation: Quotation::Indirect,
        },
        polarity: Polarity::Positive,
        certainty: Certainty::Certain,
        unverified_by: Some(UnverifiedBy::Outlet),
        confidence: Confidence {
            attribution: None,
            source: None,
            act: 1.0,
        },
        standing: Standing::Suggested,
        refers_to: None,
        addressee: None,
        channel: None,
        via: Vec::new(),
        said: None,
        events: Vec::new(),
        flags: Vec::new(),
        why: Vec::new(),
    }
}

/// Links in which every field is filled, over documents numbered as in `full`.
pub fn links() -> Links {
    let reading = full(1);
    let position = |id: &str, value: &str, claims: Vec<PositionClaim>| Position {
        id: id.to_owned(),
        value: value.to_owned(),
        parties: vec![
            Party {
                entity: Some("en_0000000000000002".to_owned()),
                name: "Orrin League".to_owned(),
            },
            Party {
                entity: None,
                name: "a resident".to_owned(),
            },
        ],
        first_said: Some("2031-05-05".to_owned()),
        last_said: None,
        claims,
        articles: 3,
        origins_low: 1,
        origins_high: 2,
        speakers: 2,
    };
    let claim = PositionClaim {
        claim: reading.annotations.claims[0].id.clone(),
        document: reading.document.id.clone(),
        spans: reading.annotations.claims[0].content.spans.clone(),
        link: LinkZone::Linked,
    };
    let suggested = PositionClaim {
        claim: "f".repeat(32),
        document: "e".repeat(32),
        spans: Vec::new(),
        link: LinkZone::Suggested,
    };
    let mut matter = Matter {
        id: "ma_00000000000000aa".to_owned(),
        kind: MatterKind::Control,
        question: "Who holds Tarvo on 2031-05-05?".to_owned(),
        about: Some("en_0000000000000001".to_owned()),
        place: Some("en_0000000000000001".to_owned()),
        time: Some(reading.annotations.times[0].clone()),
        state: State::Contested,
        positions: vec![
            position("p1", "the Orrin League", vec![claim, suggested]),
            position("p2", "not the Orrin League", Vec::new()),
        ],
        relations: vec![Relation {
            from: "p2".to_owned(),
            to: "p1".to_owned(),
            kind: RelationKind::Denies,
            reasons: vec!["One.".to_owned(), "Two.".to_owned()],
        }],
    };
    let first = matter.clone();
    matter.id = "ma_00000000000000ab".to_owned();
    matter.time = None;
    matter.about = None;
    matter.place = None;
    matter.state = State::Unanswered;
    matter.relations = Vec::new();
    Links {
        entities: vec![
            link::Entity {
                id: "en_0000000000000001".to_owned(),
                name: "Tarvo".to_owned(),
                kind: EntityKind::Place,
                forms: vec![form("Tarvo", 6), form("Tarwo", 2)],
                members: vec![
                    (full(1).document.id, EntityId(0)),
                    (full(2).document.id, EntityId(0)),
                ],
                joins: vec![Join {
                    one: (full(1).document.id, EntityId(0)),
                    other: (full(2).document.id, EntityId(0)),
                    score: 0.75,
                    reasons: vec!["One.".to_owned(), "Two.".to_owned()],
                }],
                place: reading.annotations.entities[0].place.clone(),
                link: Some(ListLink {
                    id: "Q1".to_owned(),
                    score: 0.9,
                }),
            },
            link::Entity {
                id: "en_0000000000000002".to_owned(),
                name: "Orrin League".to_owned(),
                kind: EntityKind::Organization,
                forms: Vec::new(),
                members: vec![(full(1).document.id, EntityId(2))],
                joins: Vec::new(),
                place: None,
                link: None,
            },
        ],
        open: vec![OpenPair {
            one: "en_0000000000000001".to_owned(),
            other: "en_0000000000000002".to_owned(),
            score: 0.4,
            reasons: vec!["One.".to_owned(), "Two.".to_owned()],
        }],
        matters: vec![first, matter],
        judged: vec![Judged {
            matter: "ma_00000000000000aa".to_owned(),
            effect: JudgedAs::Renamed,
            judgement: "ju_00000000000000aa".to_owned(),
        }],
    }
}

/// Readings without raw bytes, as `put` takes them.
pub fn bare(readings: &[Reading]) -> Vec<(Reading, Option<Vec<u8>>)> {
    readings
        .iter()
        .map(|reading| (reading.clone(), None))
        .collect()
}

/// In the order in which a ledger gives them.
pub fn by_id(mut readings: Vec<Reading>) -> Vec<Reading> {
    readings.sort_by(|a, b| a.document.id.cmp(&b.document.id));
    readings
}
