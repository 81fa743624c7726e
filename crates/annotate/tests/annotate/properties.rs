//! What holds of the annotations of any text: no panic, spans that fit, references that lead somewhere, the same
//! answer twice, time in proportion to length.
//!
//! It does not know what a good reading is.

use crate::check::{knowledge, whole_knowledge};
use annotate::{Annotations, Basis, Claim, EntityId, Event, Knowledge, Quantity, TimeExpr, Voice};
use annotate::{MentionForm, Source, SourceKind, UnverifiedBy, annotate};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use text::{Block, BlockKind, Document, Span};

/// Parsed once: that takes longer than reading a text.
static KNOWLEDGE: LazyLock<Knowledge> =
    LazyLock::new(|| knowledge(&["id\tname\tlat\tlon\nossel\tOssel\t1.0\t2.0\n"]));

/// The same with the weights of attributions.
static WHOLE: LazyLock<Knowledge> = LazyLock::new(whole_knowledge);

/// What spans and references are checked against.
struct Whole<'a> {
    text: &'a str,
    entities: usize,
    claims: usize,
}

impl Whole<'_> {
    fn span(&self, span: Span, what: &str) {
        assert!(span.fits(self.text), "{what}: {span:?} does not fit");
        assert!(!span.is_empty(), "{what}: {span:?} is empty");
    }

    fn spans(&self, spans: &[Span], what: &str) {
        for span in spans {
            self.span(*span, what);
        }
        assert!(
            spans.windows(2).all(|two| two[0].end <= two[1].start),
            "{what}: {spans:?} overlap or are out of order"
        );
    }

    fn entity(&self, id: Option<EntityId>, what: &str) {
        assert!(
            id.is_none_or(|id| id.index() < self.entities),
            "{what}: {id:?} of {}",
            self.entities
        );
    }

    fn time(&self, time: &TimeExpr) {
        self.span(time.span, "time");
        if let (Some(earliest), Some(latest)) = (time.earliest, time.latest) {
            assert!(earliest <= latest, "{time:?}");
        }
    }

    fn quantity(&self, quantity: &Quantity) {
        self.span(quantity.span, "quantity");
        let numbers = [quantity.low, quantity.best, quantity.high];
        let said: Vec<f64> = numbers.into_iter().flatten().collect();
        assert!(said.iter().all(|n| n.is_finite()), "{quantity:?}");
        // "More than 40" is at least 41, though 40 is what is said.
        let is_above = quantity.hedge == annotate::Hedge::MoreThan
            && quantity.high.is_none()
            && quantity
                .low
                .zip(quantity.best)
                .is_some_and(|(low, best)| low <= best + 1.0);
        assert!(said.is_sorted() || is_above, "{quantity:?}");
    }

    fn source(&self, source: &Source, voice: Voice) {
        self.spans(&source.spans, "source");
        self.entity(source.entity, "source");
        self.entity(source.speaks_for, "speaks_for");
        let unsaid = matches!(source.kind, SourceKind::Elided | SourceKind::Outlet);
        assert_eq!(source.spans.is_empty(), unsaid, "{source:?}");
        assert_eq!(
            source.kind == SourceKind::Outlet,
            voice == Voice::Narrator,
            "{source:?}"
        );
        assert_eq!(
            source.name.is_some(),
            source.name_basis.is_some(),
            "{source:?}"
        );
        assert_ne!(source.name.as_deref(), Some(""));
    }

    fn event(&self, event: &Event) {
        self.span(event.span, "event");
        assert!((0.0..=1.0).contains(&event.confidence));
        self.entity(event.place, "place");
        event.time.iter().for_each(|time| self.time(time));
        event.quantities.iter().for_each(|q| self.quantity(q));
        event.cause.iter().for_each(|c| self.span(*c, "cause"));
        for participant in &event.participants {
            self.spans(&participant.spans, "participant");
            self.entity(participant.entity, "participant");
            assert!(
                !participant.spans.is_empty() || participant.basis != Basis::Stated,
                "{participant:?}"
            );
        }
    }

    fn claim(&self, claim: &Claim, index: usize) {
        assert!(
            claim.id.len() == 32 && claim.id.bytes().all(|b| b.is_ascii_hexdigit()),
            "{}",
            claim.id
        );
        self.source(&claim.source, claim.voice);
        assert_eq!(claim.cue.is_none(), claim.voice == Voice::Narrator);
        if let Some(cue) = &claim.cue {
            assert!(!cue.spans.is_empty() && !cue.lemma.is_empty());
            self.spans(&cue.spans, "cue");
        }
        assert!(!claim.content.spans.is_empty(), "a claim without content");
        self.spans(&claim.content.spans, "content");
        if let Some(other) = claim.refers_to {
            let other = other as usize;
            assert!(other < self.claims && other != index, "refers to {other}");
        }
        if let Some(UnverifiedBy::Entity(id)) = claim.unverified_by {
            self.entity(Some(id), "unverified_by");
        }
        let shares = [claim.confidence.attribution, claim.confidence.source];
        assert_eq!(shares[0].is_none(), claim.voice == Voice::Narrator);
        assert_eq!(shares[1].is_none(), claim.voice == Voice::Narrator);
        let shares = shares.into_iter().flatten().chain([claim.confidence.act]);
        assert!(shares.into_iter().all(|share| (0.0..=1.0).contains(&share)));
        let said = claim.addressee.iter().chain(&claim.channel);
        said.for_each(|span| self.span(*span, "addressee or channel"));
        assert!(claim.via.is_empty() || claim.is_inner());
        for via in &claim.via {
            self.spans(&via.spans, "via");
            assert!(!via.name.is_empty());
        }
        claim.said.iter().for_each(|time| self.time(time));
        claim.events.iter().for_each(|event| self.event(event));
        assert!(!claim.why.is_empty(), "every claim says why");
        for why in &claim.why {
            why.spans.iter().for_each(|span| self.span(*span, "why"));
            assert!(!why.rule.is_empty() && !why.note.is_empty());
        }
    }
}

/// Everything that holds of one reading.
fn holds(document: &Document) -> Annotations {
    holds_by(document, &KNOWLEDGE)
}

fn holds_by(document: &Document, knowledge: &Knowledge) -> Annotations {
    let read = annotate(document, knowledge);
    let whole = Whole {
        text: &document.text,
        entities: read.entities.len(),
        claims: read.claims.len(),
    };
    for mention in &read.mentions {
        whole.span(mention.span, "mention");
        whole.span(mention.head, "head");
        assert!(mention.span.contains(mention.head), "{mention:?}");
        for beside in mention.title.iter().chain(&mention.roles) {
            whole.span(*beside, "title or role");
            assert!(!beside.overlaps(mention.span), "{mention:?}");
            assert_eq!(mention.form, MentionForm::Name, "{mention:?}");
        }
        whole.entity(mention.entity, "mention");
    }
    assert!(read.mentions.is_sorted_by_key(|mention| mention.span));
    for entity in &read.entities {
        assert!(!entity.name.is_empty() && !entity.forms.is_empty());
        assert!(entity.forms.iter().all(|form| form.count > 0));
        assert!(
            entity.forms.is_sorted_by(|a, b| a.count >= b.count),
            "{entity:?}"
        );
        whole.spans(&entity.mentions, "entity");
        whole.entity(entity.speaks_for, "speaks_for of an entity");
        let roles: BTreeSet<&String> = entity.roles.iter().collect();
        assert_eq!(roles.len(), entity.roles.len(), "each role once");
    }
    read.times.iter().for_each(|time| whole.time(time));
    assert!(read.times.is_sorted_by_key(|time| time.span));
    for quantity in &read.quantities {
        whole.quantity(quantity);
    }
    assert!(read.quantities.is_sorted_by_key(|quantity| quantity.span));
    for (index, claim) in read.claims.iter().enumerate() {
        whole.claim(claim, index);
    }
    let ids: BTreeSet<&String> = read.claims.iter().map(|claim| &claim.id).collect();
    assert_eq!(ids.len(), read.claims.len(), "claim ids are unique");
    for note in &read.notes {
        assert!(note.span.fits(&document.text) && !note.code.is_empty());
    }
    assert_eq!(read, annotate(document, knowledge), "the same answer twice");
    read
}

/// A paragraph of news, in which most rules find something.
const PARAGRAPH: &str = "The Vell Front said on Monday that its fighters had captured Ossel, killing at least 12 \
    soldiers. “We hold every street,” Front spokesman Idris Lomtrey told reporters in Brenholt. The army denied the \
    claim. According to Defence Minister Ana Kovrin, 30 rebels surrendered; she accused the Front of shelling the \
    market and called on both sides to leave. It was “a lie,” he added.\n\n";

/// Words and marks from which news is put together, the awkward ones too.
const FRAGMENTS: [&str; 76] = [
    "The mayor",
    "the Vell Front",
    "Idris Lomtrey",
    "Ms. Kovrin",
    "He",
    "she",
    "they",
    "it",
    "we",
    "who",
    "which",
    "said",
    "told reporters",
    "denied",
    "denies",
    "claims",
    "claim",
    "the claim",
    "was rejected by",
    "added",
    "according to",
    "According to",
    "accused",
    "of",
    "that",
    "not",
    "did not",
    "will",
    "has",
    "been",
    "captured",
    "Ossel",
    "in Ossel",
    "killed",
    "12 soldiers",
    "at least 1,200 people",
    "between 5 and 7",
    "on Monday",
    "in 2021",
    "five months",
    "yesterday",
    "a spokesman for",
    "the army",
    "army’s",
    "and",
    "but",
    "because",
    "as",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "«",
    "»",
    ",",
    ".",
    "?",
    "!",
    ";",
    ":",
    " – ",
    "—",
    "(",
    ")",
    "[",
    "]",
    "\n\n",
    "\u{202e}",
    "\u{2069}",
    "\0",
    "\u{a0}",
    "\u{ad}",
    "é\u{301}",
    "中文。",
];

fn fragments() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        24 => proptest::sample::select(&FRAGMENTS[..]).prop_map(str::to_owned),
        1 => ".{0,12}",
        1 => "[A-Z][a-z]{0,60}",
    ];
    let space = prop_oneof![9 => Just(" "), 1 => Just("")];
    proptest::collection::vec((piece, space), 0..60)
        .prop_map(|pieces| pieces.into_iter().map(|(p, s)| p + s).collect())
}

proptest! {
    // A fixed seed: what fails for one person fails for all. PROPTEST_CASES asks for more cases than 256.
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text(text in ".{0,200}") {
        holds(&Document::plain(&text));
    }

    #[test]
    fn any_characters(text in proptest::collection::vec(any::<char>(), 0..200)) {
        holds(&Document::plain(&text.into_iter().collect::<String>()));
    }

    #[test]
    fn fragments_of_news(text in fragments()) {
        holds(&Document::plain(&text));
    }

    #[test]
    fn fragments_of_news_by_weights(text in fragments()) {
        holds_by(&Document::plain(&text), &WHOLE);
    }

    #[test]
    fn news_with_a_cut_and_a_mark(at in 0..PARAGRAPH.len(), to in 0..PARAGRAPH.len(), mark in fragments()) {
        let cut = |byte: usize| (byte..).find(|byte| PARAGRAPH.is_char_boundary(*byte)).unwrap_or(0);
        let (at, to) = (cut(at.min(to)), cut(at.max(to)));
        holds(&Document::plain(&format!("{}{mark}{}", &PARAGRAPH[..at], &PARAGRAPH[to..])));
    }

    #[test]
    fn any_blocks_and_dates(text in fragments(), cuts in proptest::collection::vec(0..400usize, 0..4),
            published in proptest::option::of("[0-9]{4}-[0-9]{2}-[0-9]{2}|.{0,12}"), kind in 0..5usize) {
        let mut document = Document::plain(&text);
        let mut borders: Vec<usize> = cuts.into_iter().filter(|cut| text.is_char_boundary(*cut)).collect();
        borders.extend([0, text.len()]);
        borders.sort_unstable();
        borders.dedup();
        let kinds = [
            BlockKind::Headline,
            BlockKind::Paragraph,
            BlockKind::Boilerplate,
            BlockKind::Caption,
            BlockKind::Subhead,
        ];
        document.blocks = borders
            .windows(2)
            .enumerate()
            .map(|(index, two)| Block {
                span: Span::new(two[0], two[1]),
                kind: kinds[(index + kind) % kinds.len()],
                raw: None,
            })
            .collect();
        document.meta.published = published;
        holds(&document);
    }
}

#[test]
fn another_date_moves_the_days_and_nothing_else() {
    let text =
        format!("{PARAGRAPH}The army said yesterday that Ossel fell on 31 February, or on 2 May.");
    let dated = |day: &str| {
        let mut document = Document::plain(&text);
        document.meta.published = Some(day.to_owned());
        document
    };
    let (before, after) = (dated("2031-03-12"), dated("2029-11-05"));
    let expected = annotate(&after, &KNOWLEDGE);
    let mut moved = annotate(&before, &KNOWLEDGE);
    assert_ne!(moved.times, expected.times);
    annotate::redate(&after, &mut moved, &KNOWLEDGE);
    assert_eq!(moved, expected);
    assert!(moved.notes.iter().any(|note| note.code == "no_such_date"));
}

#[test]
fn a_paragraph_of_news_is_read() {
    let read = holds(&Document::plain(PARAGRAPH));
    assert!(read.claims.len() >= 6, "{:?}", read.claims.len());
    assert!(read.claims.iter().any(|claim| !claim.events.is_empty()));
    assert!(!read.times.is_empty() && !read.quantities.is_empty());
    let bold = PARAGRAPH.to_uppercase();
    holds(&Document::plain(&bold));
}

#[test]
fn awkward_texts() {
    let long = "x".repeat(100_000);
    for text in [
        "",
        "\0",
        "“",
        "”said",
        "said",
        "\"\"\"said\"\"\"",
        ", he said",
        "according to",
        "According to.",
        "was denied by",
        "’s claim that",
        "\u{feff}The mayor said.\u{202e}",
        "on 99 Monday 0000-00-00 32 December 99999",
        "between 9e999 and 1/0 million billion people",
        "said said said that that he he he",
        &long,
        &format!("{long} said that {long} denied it."),
        &"É".repeat(10_000),
    ] {
        holds(&Document::plain(text));
    }
}

/// The agent of a passive is not looked for in the next block.
#[test]
fn a_passive_before_another_block() {
    let mut document = Document::plain("12 soldiers was rejected by He ");
    document.blocks = [(0, 24), (24, 31)]
        .map(|(start, end)| Block {
            span: Span::new(start, end),
            kind: BlockKind::Paragraph,
            raw: None,
        })
        .to_vec();
    holds(&document);
}

/// Nor what goes on after the agent.
#[test]
fn a_passive_before_a_paragraph_that_begins_with_of() {
    let text = "The mayor was accused by the army\n\nof the north";
    holds(&Document::plain(text));
}

/// A text of about so many bytes.
type Make = fn(usize) -> String;

#[test]
fn time_grows_with_length_alone() {
    // Bytes of the smaller text are such that it takes about a tenth of a second without optimisation.
    let cases: [(&str, usize, Make); 18] = [
        ("news", 20_000, |n| repeat(PARAGRAPH, n)),
        ("double quotes", 15_000, |n| repeat("\"", n)),
        ("commas", 15_000, |n| repeat(",", n)),
        ("and", 30_000, |n| repeat("and ", n)),
        ("short quotations", 30_000, |n| repeat("“a” ", n)),
        ("one long word", 500_000, |n| "x".repeat(n)),
        ("numbers", 15_000, |n| repeat("5-", n)),
        ("numbers of numbers", 15_000, |n| repeat("2 of 2 of ", n)),
        ("counts without a stop", 15_000, |n| {
            repeat("killing 12 men since the war and ", n)
        }),
        ("one name a sentence", 30_000, |n| {
            capitalised(n).replace(' ', ". ")
        }),
        ("said", 4_000, |n| repeat("said ", n)),
        ("cues without content", 8_000, |n| repeat("call on ", n)),
        ("a sentence of clauses", 24_000, |n| {
            repeat("the men left home and ", n)
        }),
        ("capital words", 10_000, capitalised),
        ("sentences without a stop", 4_000, |n| {
            repeat("The mayor said the men left home and ", n)
        }),
        ("names with titles", 10_000, |n| repeat("Mr. Smith ", n)),
        ("headlines without a stop", 10_000, |n| {
            repeat("The army left Ossel ", n)
        }),
        // Names are compared with the latest 300 before them, so this grows faster until there are as many.
        ("speakers", 48_000, |n| {
            let names = capitalised(n / 3);
            let names = names.split(' ').filter(|name| !name.is_empty());
            names
                .map(|name| format!("Mr. {name} said that it fell. "))
                .collect()
        }),
    ];
    let mut report = String::new();
    for (name, bytes, make) in cases {
        let small = time(&make(bytes), 2);
        let large = time(&make(4 * bytes), 2);
        // Time a byte: 1 where it grows with length, 4 where it grows with its square; memory adds a half.
        let ratio = large.as_secs_f64() / small.as_secs_f64().max(0.001) / 4.0;
        println!("{ratio:5.2} {small:8.1?} {large:8.1?} {name}");
        if ratio > 2.0 {
            report += &format!("{name}: {bytes} bytes take {small:?}, 4 times as many {large:?}\n");
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

fn repeat(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len())
}

/// Different words with a capital: `Aaaab Aaaac …`.
fn capitalised(bytes: usize) -> String {
    let words = (0..bytes / 6).map(|number| {
        let letters = [17_576, 676, 26, 1].map(|place| b'a' + (number / place % 26) as u8);
        format!("A{} ", String::from_utf8_lossy(&letters))
    });
    words.collect()
}

/// The time that this thread has worked, where the system tells: other programs on the machine then count for nothing.
fn worked(start: Instant) -> Duration {
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = counted.and_then(|line| line.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// Least time of some readings of a text.
fn time(text: &str, readings: usize) -> Duration {
    let document = Document::plain(text);
    let start = Instant::now();
    let readings = (0..readings).map(|_| {
        let before = worked(start);
        let read = annotate(&document, &KNOWLEDGE);
        assert!(read.mentions.len() <= text.len());
        worked(start).saturating_sub(before)
    });
    readings.min().unwrap_or_default()
}
