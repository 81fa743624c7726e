//! What is put comes back as it was: readings, raw bytes, links.

mod invented;

use invented::{Folder, bare, by_id, full, links, plain};
use ledger::{Found, Ledger, Put};
use text::{Segments, Span, Token, TokenKind};

#[test]
fn readings_come_back_as_they_were_apart_from_segments() {
    let folder = Folder::new();
    let mut ledger = Ledger::open(&folder.file("a.db")).unwrap();
    let mut put = vec![full(1), full(2), plain("", "empty.txt")];
    put.push(plain("before\0after 🕊 e\u{301}\r\n", "odd.txt"));
    let mut with_segments = put.clone();
    with_segments[0].annotations.segments = Segments {
        sentences: Vec::new(),
        tokens: vec![Token {
            span: Span::new(0, 4),
            kind: TokenKind::Word,
            joined: false,
        }],
    };
    let done = ledger.put(&bare(&with_segments), "f").unwrap();
    assert_eq!(done, vec![Put::Added; 4]);
    assert_eq!(ledger.readings().unwrap(), by_id(put.clone()));
    let id = &put[1].document.id;
    assert_eq!(ledger.reading(id).unwrap().as_ref(), Some(&put[1]));
    assert_eq!(ledger.reading("no such").unwrap(), None);

    // Also through another connection, from the file.
    drop(ledger);
    let ledger = Ledger::open_read_only(&folder.file("a.db")).unwrap();
    assert_eq!(ledger.readings().unwrap(), by_id(put));
    assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_confidence_that_is_no_number_does_not_stop_a_reading() {
    let folder = Folder::new();
    let mut ledger = Ledger::open(&folder.file("a.db")).unwrap();
    let mut odd = full(1);
    odd.annotations.claims[0].confidence.act = f64::NAN;
    odd.annotations.claims[0].events[0].confidence = f64::INFINITY;
    ledger.put(&bare(&[odd]), "f").unwrap();
    let back = ledger.readings().unwrap().remove(0);
    assert!(back.annotations.claims[0].confidence.act.is_nan());
    assert!(
        back.annotations.claims[0].events[0]
            .confidence
            .is_infinite()
    );
}

#[test]
fn quotes_are_kept_with_32_characters_on_either_side() {
    let folder = Folder::new();
    let file = folder.file("a.db");
    let reading = full(7);
    let text = reading.document.text.clone();
    Ledger::open(&file)
        .unwrap()
        .put(&bare(&[reading]), "f")
        .unwrap();
    let connection = rusqlite::Connection::open(&file).unwrap();
    let (start, end, quote, prefix, suffix): (usize, usize, String, String, String) = connection
        .query_row(
            "SELECT start, end, quote, prefix, suffix FROM claims WHERE voice = 'attributed'",
            [],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                ))
            },
        )
        .unwrap();
    assert_eq!(&text[start..end], quote);
    assert!(quote.starts_with("The Orrin League") && quote.ends_with("people fled"));
    // The text before is shorter than 32 characters; the curly quotation mark is one of them.
    assert_eq!(prefix, "Velm council speaks\n“");
    assert_eq!(suffix.chars().count(), 32);
    assert!(text[end..].starts_with(&suffix));
    let last: String = connection
        .query_row(
            "SELECT suffix FROM claims WHERE voice = 'narrator'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(last, "\n");
}

#[test]
fn raw_bytes_are_kept_once_and_checked() {
    let folder = Folder::new();
    let file = folder.file("a.db");
    let mut ledger = Ledger::open(&file).unwrap();
    let words = "The council met. ".repeat(500);
    let reading = plain(&words, "a.txt");
    let id = reading.document.id.clone();
    ledger
        .put(&bare(std::slice::from_ref(&reading)), "f")
        .unwrap();
    assert_eq!(ledger.raw(&id).unwrap(), None);
    // Keeping them later is no change of the reading.
    let raw = Some(words.clone().into_bytes());
    let done = ledger.put(&[(reading, raw)], "f").unwrap();
    assert_eq!(done, [Put::Unchanged]);
    assert_eq!(ledger.raw(&id).unwrap().as_deref(), Some(words.as_bytes()));
    let listed = ledger.documents().unwrap().remove(0);
    let sha256 = listed.sha256.unwrap();
    assert_eq!(sha256.len(), 64);
    assert!(sha256.starts_with(&id));
    assert_eq!(ledger.check().unwrap(), Vec::<String>::new());

    let other = plain("What was read.", "b.txt");
    ledger
        .put(&[(other, Some(b"Something else.".to_vec()))], "f")
        .unwrap();
    let problems = ledger.check().unwrap();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].contains("are other bytes"), "{problems:?}");
}

#[test]
fn links_come_back_as_they_were() {
    let folder = Folder::new();
    let mut ledger = Ledger::open(&folder.file("a.db")).unwrap();
    ledger.put(&bare(&[full(1), full(2)]), "f").unwrap();
    assert!(!ledger.links_are_current().unwrap());
    let made = links();
    ledger.put_links(&made).unwrap();
    assert!(ledger.links_are_current().unwrap());
    assert_eq!(ledger.links().unwrap(), made);
    // A second time they take the place of the first.
    let mut fewer = made.clone();
    fewer.matters.remove(0);
    fewer.entities.remove(0);
    ledger.put_links(&fewer).unwrap();
    assert_eq!(ledger.links().unwrap(), fewer);
    ledger.put_links(&made).unwrap();
    assert_eq!(ledger.check().unwrap(), Vec::<String>::new());

    for matter in &made.matters {
        assert_eq!(
            ledger.matter(&matter.id).unwrap(),
            Found::One(matter.clone())
        );
    }
    for entity in &made.entities {
        let id = entity.id.strip_prefix("en_").unwrap();
        assert_eq!(ledger.entity(id).unwrap(), Found::One(entity.clone()));
    }
    assert_eq!(
        ledger.matter("ma_0").unwrap(),
        Found::Many(made.matters.iter().map(|m| m.id.clone()).collect())
    );
    assert_eq!(ledger.matter("ma_%").unwrap(), Found::None);
    let reading = full(1);
    let claim = &reading.annotations.claims[0].id;
    let places: Vec<(String, String)> = made
        .matters
        .iter()
        .map(|matter| (matter.id.clone(), "p1".to_owned()))
        .collect();
    assert_eq!(ledger.matters_of(claim).unwrap(), places);
    let entities = ledger.entities_of(&reading.document.id).unwrap();
    assert_eq!(
        entities,
        [
            (annotate::EntityId(0), made.entities[0].id.clone()),
            (annotate::EntityId(2), made.entities[1].id.clone())
        ]
    );
}

#[test]
fn relinking_gives_and_stores_what_link_makes_of_the_readings() {
    let folder = Folder::new();
    let mut ledger = Ledger::open(&folder.file("a.db")).unwrap();
    ledger.put(&bare(&[full(2), full(1)]), "f").unwrap();
    ledger.put_links(&links()).unwrap();
    ledger.put(&bare(&[full(3)]), "f").unwrap();
    assert!(!ledger.links_are_current().unwrap());
    let made = ledger.relink(&link::Lexicon::default(), None).unwrap();
    assert_eq!(made, link::link(&ledger.readings().unwrap()));
    assert_eq!(ledger.links().unwrap(), made);
    assert!(ledger.links_are_current().unwrap());
    assert_eq!(ledger.log().unwrap().last().unwrap().what, "linked");
}
