//! A small reading and a matter, made by hand, for the tests of the views.
//!
//! It does not know what the reader would make of the text.

use annotate::{
    Act, Annotations, Certainty, Claim, Confidence, Content, Cue, Entity, EntityId, EntityKind,
    Form, NameBasis, Polarity, Quotation, Source, SourceKind, Standing, Voice,
};
use link::{
    LinkZone, Links, Matter, MatterKind, Party, Position, PositionClaim, Reading, Relation,
    RelationKind, State,
};
use text::{Block, BlockKind, Document, Meta, PublishedBasis, Sighting, Span};

const TEXT: &str =
    "The Ministry of Works said the bridge was open. The mayor denied that the bridge was open.";

fn span(words: &str, after: usize) -> Span {
    let start = TEXT[after..].find(words).map_or(0, |at| at + after);
    Span::new(start, start + words.len())
}

/// Two claims of one article, the second a denial of the first.
pub fn reading() -> Reading {
    let claim = |id: &str, act, source: (&str, u32), cue: &str, content: Span| Claim {
        id: id.to_owned(),
        voice: Voice::Attributed,
        source: Source {
            kind: SourceKind::Named,
            spans: vec![span(source.0, 0)],
            entity: Some(EntityId(source.1)),
            name: Some(source.0.to_owned()),
            name_basis: Some(NameBasis::Stated),
            speaks_for: None,
        },
        cue: Some(Cue {
            spans: vec![span(cue, 0)],
            lemma: cue.to_owned(),
        }),
        act,
        content: Content {
            spans: vec![content],
            quotation: Quotation::Indirect,
        },
        polarity: Polarity::Positive,
        certainty: Certainty::Certain,
        unverified_by: None,
        confidence: Confidence {
            attribution: Some(0.9),
            source: Some(0.9),
            act: 0.9,
        },
        standing: Standing::Shown,
        refers_to: None,
        addressee: None,
        channel: None,
        via: Vec::new(),
        said: None,
        events: Vec::new(),
        flags: Vec::new(),
        why: Vec::new(),
    };
    let entity = |name: &str, kind| Entity {
        name: name.to_owned(),
        kind,
        forms: vec![Form {
            text: name.to_owned(),
            count: 1,
        }],
        mentions: vec![span(name, 0)],
        place: None,
        link: None,
        roles: Vec::new(),
        speaks_for: None,
    };
    let mut denial = claim(
        "bb00000000000000",
        Act::Denies,
        ("The mayor", 1),
        "denied",
        span("that the bridge was open", 48),
    );
    denial.refers_to = Some(0);
    Reading {
        document: Document {
            id: text::content_hash(TEXT.as_bytes()),
            text: TEXT.to_owned(),
            blocks: vec![Block {
                span: Span::new(0, TEXT.len()),
                kind: BlockKind::Paragraph,
                raw: None,
            }],
            meta: Meta {
                title: Some("The bridge".to_owned()),
                outlet: None,
                byline: None,
                url: None,
                published: Some("2021-09-06".to_owned()),
                published_basis: PublishedBasis::Option,
                language: Some("en".to_owned()),
                translated: None,
            },
            sightings: vec![Sighting {
                path: Some("bridge.txt".to_owned()),
                url: None,
                outlet: None,
                captured: None,
                record_id: None,
            }],
            notes: Vec::new(),
        },
        annotations: Annotations {
            entities: vec![
                entity("Ministry of Works", EntityKind::Organization),
                entity("The mayor", EntityKind::Person),
            ],
            claims: vec![
                claim(
                    "aa00000000000000",
                    Act::Asserts,
                    ("Ministry of Works", 0),
                    "said",
                    span("the bridge was open", 0),
                ),
                denial,
            ],
            ..Annotations::default()
        },
    }
}

/// The dispute that the reading gives.
pub fn links() -> Links {
    let document = reading().document.id;
    let entity = |id: &str, name: &str, local| link::Entity {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: EntityKind::Organization,
        forms: vec![Form {
            text: name.to_owned(),
            count: 1,
        }],
        members: vec![(document.clone(), EntityId(local))],
        joins: Vec::new(),
        place: None,
        link: None,
    };
    let position =
        |id: &str, value: &str, party: (&str, &str), claim: &str, content: Span| Position {
            id: id.to_owned(),
            value: value.to_owned(),
            parties: vec![Party {
                entity: Some(party.0.to_owned()),
                name: party.1.to_owned(),
            }],
            first_said: Some("2021-09-06".to_owned()),
            last_said: Some("2021-09-06".to_owned()),
            claims: vec![PositionClaim {
                claim: claim.to_owned(),
                document: document.clone(),
                spans: vec![content],
                link: LinkZone::Linked,
            }],
            articles: 3,
            origins_low: 1,
            origins_high: 2,
            speakers: 1,
        };
    Links {
        entities: vec![
            entity("en_1111111111111111", "Ministry of Works", 0),
            entity("en_2222222222222222", "The mayor", 1),
        ],
        open: Vec::new(),
        matters: vec![Matter {
            id: "ma_0123456789abcdef".to_owned(),
            kind: MatterKind::Occurred,
            question: "Was the bridge open on 2021-09-06?".to_owned(),
            about: None,
            place: None,
            time: None,
            state: State::Contested,
            positions: vec![
                position(
                    "p1",
                    "open",
                    ("en_1111111111111111", "Ministry of Works"),
                    "aa00000000000000",
                    span("the bridge was open", 0),
                ),
                position(
                    "p2",
                    "not open",
                    ("en_2222222222222222", "The mayor"),
                    "bb00000000000000",
                    span("that the bridge was open", 48),
                ),
            ],
            relations: vec![Relation {
                from: "p2".to_owned(),
                to: "p1".to_owned(),
                kind: RelationKind::Denies,
                reasons: vec!["the mayor's claim refers to the ministry's".to_owned()],
            }],
        }],
        judged: Vec::new(),
    }
}
