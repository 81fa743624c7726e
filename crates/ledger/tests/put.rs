//! What a put changes and what it leaves alone; lists, failures, versions of a page, judgements.

mod invented;

use invented::{Folder, bare, by_id, full, plain, sighting};
use ledger::{Counts, Coverage, Decision, Found, Ledger, Put, Verb};
use link::Reading;
use text::PublishedBasis;

fn open(folder: &Folder) -> Ledger {
    Ledger::open(&folder.file("a.db")).unwrap()
}

fn put(ledger: &mut Ledger, reading: &Reading, fingerprint: &str) -> Put {
    ledger
        .put(&bare(std::slice::from_ref(reading)), fingerprint)
        .unwrap()[0]
}

#[test]
fn the_same_again_changes_nothing_and_a_new_place_is_a_sighting() {
    let folder = Folder::new();
    let mut ledger = open(&folder);
    let mut reading = full(1);
    assert!(!ledger.is_current(&reading.document, "f").unwrap());
    assert_eq!(put(&mut ledger, &reading, "f"), Put::Added);
    assert!(ledger.is_current(&reading.document, "f").unwrap());
    assert!(!ledger.is_current(&reading.document, "g").unwrap());
    let log = ledger.log().unwrap();
    assert_eq!(put(&mut ledger, &reading, "f"), Put::Unchanged);
    assert_eq!(ledger.log().unwrap(), log);

    let first = reading.document.sightings.clone();
    // Nearly the same place is another place: a missing address is not an empty one.
    let mut empty = sighting("mirror/1.html");
    empty.url = Some(String::new());
    for new in [sighting("mirror/1.html"), empty] {
        reading.document.sightings = vec![new];
        assert!(!ledger.is_current(&reading.document, "f").unwrap());
        assert_eq!(put(&mut ledger, &reading, "f"), Put::Sighted);
        assert!(ledger.is_current(&reading.document, "f").unwrap());
        assert_eq!(put(&mut ledger, &reading, "f"), Put::Unchanged);
    }
    let stored = ledger.reading(&reading.document.id).unwrap().unwrap();
    assert_eq!(stored.document.sightings.len(), 3);
    assert_eq!(stored.document.sightings[0], first[0]);
    assert_eq!(stored.annotations, full(1).annotations);
    // Twice within one put.
    let other = full(2);
    let done = ledger.put(&bare(&[other.clone(), other]), "f").unwrap();
    assert_eq!(done, [Put::Added, Put::Unchanged]);
}

#[test]
fn another_fingerprint_replaces_the_reading_and_nothing_else() {
    let folder = Folder::new();
    let mut ledger = open(&folder);
    let (old, bystander) = (full(1), full(2));
    let raw = old.document.text.clone().into_bytes();
    ledger
        .put(
            &[(old.clone(), Some(raw.clone())), (bystander.clone(), None)],
            "f",
        )
        .unwrap();
    let claim = format!("cl_{}", old.annotations.claims[0].id);
    let decision = Decision {
        verb: Verb::Ignore,
        subject: claim,
        object: None,
        value: None,
        by_name: "Ilva Renn".to_owned(),
        at: None,
        note: None,
    };
    let id = ledger.judge(&decision).unwrap();

    let mut new = full(1);
    new.document.sightings = vec![sighting("again.txt")];
    new.document.meta.published = None;
    new.document.text = format!("\u{feff}{}", new.document.text);
    new.annotations.claims.remove(0);
    new.annotations.entities.truncate(1);
    assert_eq!(put(&mut ledger, &new, "g"), Put::Reread);
    let stored = ledger.readings().unwrap();
    new.document.sightings = [&old.document.sightings[..], &new.document.sightings[..]].concat();
    assert_eq!(stored, by_id(vec![new.clone(), bystander.clone()]));
    assert!(ledger.is_current(&new.document, "g").unwrap());
    assert!(!ledger.is_current(&new.document, "f").unwrap());
    assert!(ledger.is_current(&bystander.document, "f").unwrap());
    assert_eq!(ledger.raw(&old.document.id).unwrap(), Some(raw));
    // The judgement stays, and it is known that its words have moved.
    let judgement = ledger.judgements().unwrap().remove(0);
    assert_eq!(judgement.id, id);
    let anchor = judgement.anchor.clone().unwrap();
    assert_eq!(anchor.document, old.document.id);
    assert_eq!(anchor.span.slice(&old.document.text), anchor.quote);
    assert!(
        new.document
            .text
            .contains(&format!("{}{}", anchor.prefix, anchor.quote))
    );
    assert_eq!(ledger.moved_judgements().unwrap(), [judgement]);
    // What is wrong with the hand-made reading itself is named: its spans are those of the text without the mark.
    let problems = ledger.check().unwrap();
    assert!(
        problems
            .iter()
            .any(|p| p.contains("speaks_for") || p.contains("entity")),
        "{problems:?}"
    );
}

#[test]
fn a_rereading_leaves_no_row_behind() {
    let folder = Folder::new();
    let mut ledger = open(&folder);
    let reading = full(1);
    put(&mut ledger, &reading, "f");
    let mut bare = plain(&reading.document.text, "x");
    bare.document.blocks.clear();
    assert_eq!(put(&mut ledger, &bare, "g"), Put::Reread);
    drop(ledger);
    let connection = rusqlite::Connection::open(folder.file("a.db")).unwrap();
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema AS s WHERE type = 'table' AND EXISTS \
                  (SELECT 1 FROM pragma_table_info(s.name) WHERE name = 'document' AND type = 'INTEGER')")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    assert_eq!(tables.len(), 22);
    for table in tables.iter().filter(|table| *table != "sightings") {
        let rows: i64 = connection
            .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(rows, 0, "{table}");
    }
}

#[test]
fn failures_are_remembered_until_the_same_input_is_read() {
    let folder = Folder::new();
    let mut ledger = open(&folder);
    let failure = |path: &str, code: &str| (path.to_owned(), code.to_owned(), "Why.".to_owned());
    ledger
        .put_failed(&[
            failure("b.jsonl:12", "malformed"),
            failure("a.txt", "empty"),
            failure("b.jsonl:3", "malformed"),
        ])
        .unwrap();
    ledger
        .put_failed(&[failure("a.txt", "permission")])
        .unwrap();
    assert_eq!(
        ledger.failed().unwrap(),
        [
            failure("a.txt", "permission"),
            failure("b.jsonl:12", "malformed"),
            failure("b.jsonl:3", "malformed")
        ]
    );
    let reading = plain("The council met.", "a.txt");
    put(&mut ledger, &reading, "f");
    let mut line = plain("The bridge fell.", "b.jsonl");
    line.document.sightings[0].record_id = Some("12".to_owned());
    put(&mut ledger, &line, "f");
    assert_eq!(
        ledger.failed().unwrap(),
        [failure("b.jsonl:3", "malformed")]
    );
    // A document that was read before and then could not be is to be put again, so that its failure is cleared.
    ledger
        .put_failed(&[
            failure("a.txt", "permission"),
            failure("b.jsonlike", "empty"),
        ])
        .unwrap();
    assert!(!ledger.is_current(&reading.document, "f").unwrap());
    assert_eq!(put(&mut ledger, &reading, "f"), Put::Unchanged);
    assert!(ledger.is_current(&reading.document, "f").unwrap());
    ledger.forget_failed(&["b.jsonl".to_owned()]).unwrap();
    assert_eq!(ledger.failed().unwrap(), [failure("b.jsonlike", "empty")]);
}

#[test]
fn coverage_counts_and_lists() {
    let folder = Folder::new();
    let mut ledger = open(&folder);
    assert_eq!(ledger.coverage().unwrap(), Coverage::default());
    let mut czech = plain("Most padl.", "b.txt");
    czech.document.meta.language = Some("cs".to_owned());
    let mut short = plain("???", "c.txt");
    short.document.meta.language = None;
    let readings = [full(1), czech, short];
    ledger.put(&bare(&readings), "f").unwrap();
    ledger
        .put_failed(&[(
            "d.bin".to_owned(),
            "binary".to_owned(),
            "No text.".to_owned(),
        )])
        .unwrap();
    ledger.put_links(&invented::links()).unwrap();
    assert_eq!(
        ledger.coverage().unwrap(),
        Coverage {
            read: 3,
            undated: 2,
            not_english: 1,
            not_article: 1,
            failed: 1
        }
    );
    assert_eq!(
        ledger.counts().unwrap(),
        Counts {
            documents: 3,
            sightings: 3,
            claims: 2,
            entities: 2,
            matters: 2,
            contested: 1,
            judgements: 0,
            raw: 0
        }
    );
    let listed = ledger.documents().unwrap();
    let of = |reading: &Reading| listed.iter().find(|l| l.id == reading.document.id).unwrap();
    assert!(listed.is_sorted_by_key(|l| l.id.clone()));
    assert_eq!(of(&readings[0]).meta, readings[0].document.meta);
    assert_eq!(of(&readings[0]).sightings, readings[0].document.sightings);
    assert_eq!(
        of(&readings[0]).bytes,
        readings[0].document.text.len() as u64
    );
    assert_eq!((of(&readings[0]).claims, of(&readings[1]).claims), (2, 0));
    assert!(of(&readings[1]).is_article && !of(&readings[2]).is_article);
}

#[test]
fn one_record_is_found_by_the_beginning_of_its_id() {
    let folder = Folder::new();
    let mut ledger = open(&folder);
    let readings: Vec<Reading> = (0..40).map(full).collect();
    ledger.put(&bare(&readings), "f").unwrap();
    let wanted = &readings[17];
    let id = &wanted.document.id;
    assert_eq!(
        ledger.document(&id[..10]).unwrap(),
        Found::One(wanted.clone())
    );
    let claim = &wanted.annotations.claims[1].id;
    for name in [
        format!("cl_{claim}"),
        format!("cl_{}", &claim[..12]),
        claim.clone(),
    ] {
        assert_eq!(
            ledger.claim(&name).unwrap(),
            Found::One((wanted.clone(), 1))
        );
    }
    let Found::Many(ids) = ledger.claim("cl_").unwrap() else {
        panic!("40 documents have 80 claims");
    };
    assert_eq!(ids.len(), 20);
    assert!(ids.iter().all(|id| id.starts_with("cl_")) && ids.is_sorted());
    for nothing in ["cl_zz", "cl_%", "cl__", "cl_' OR 1"] {
        assert_eq!(ledger.claim(nothing).unwrap(), Found::None);
    }
}

#[test]
fn documents_under_one_address_are_versions_of_a_page() {
    let folder = Folder::new();
    let mut ledger = open(&folder);
    let url = "https://tarvo.example/page";
    let version = |text: &str, published: Option<&str>, captured: Option<&str>| {
        let mut reading = plain(text, "a.warc");
        reading.document.meta.published = published.map(str::to_owned);
        reading.document.sightings[0].url = Some(url.to_owned());
        reading.document.sightings[0].captured = captured.map(str::to_owned);
        reading
    };
    let expected = [
        // Half past midnight in Velm is still the day before in UTC.
        version(
            "First.",
            Some("2031-05-06T00:30:00+04:30"),
            Some("2031-05-09T00:00:00Z"),
        ),
        version("Second.", Some("2031-05-06"), Some("2031-05-06T10:00:00Z")),
        version("Third.", Some("2031-05-06"), Some("2031-05-06T11:00:00Z")),
        version("Fourth.", None, Some("2031-05-01T00:00:00Z")),
        version("Fifth.", None, None),
    ];
    let mut shuffled = expected.to_vec();
    shuffled.rotate_left(2);
    shuffled.swap(0, 1);
    ledger.put(&bare(&shuffled), "f").unwrap();
    // A page that never changed, seen twice.
    let mut alone = full(1);
    alone
        .document
        .sightings
        .push(alone.document.sightings[0].clone());
    alone.document.sightings[1].captured = None;
    ledger.put(&bare(&[alone]), "f").unwrap();

    let versions = ledger.versions(url).unwrap();
    let found: Vec<&String> = versions.iter().map(|v| &v.document).collect();
    assert_eq!(
        found,
        expected.iter().map(|r| &r.document.id).collect::<Vec<_>>()
    );
    assert_eq!(
        versions[1].first_captured.as_deref(),
        Some("2031-05-06T10:00:00Z")
    );
    assert_eq!(ledger.edited_pages().unwrap(), [url]);
}

fn decision(verb: Verb, subject: &str, value: Option<&str>, at: &str) -> Decision {
    Decision {
        verb,
        subject: subject.to_owned(),
        object: None,
        value: value.map(str::to_owned),
        by_name: "Ilva Renn".to_owned(),
        at: Some(at.to_owned()),
        note: None,
    }
}

#[test]
fn a_judgement_dates_a_document_until_it_is_retracted() {
    let folder = Folder::new();
    let mut ledger = open(&folder);
    let mut reading = full(1);
    let id = reading.document.id.clone();
    reading.document.meta.published = Some("2031-05-06".to_owned());
    reading.document.meta.published_basis = PublishedBasis::Time;
    ledger.put(&[(reading.clone(), None)], "f").unwrap();
    let date = |ledger: &Ledger| {
        let Found::One(reading) = ledger.document(&id).unwrap() else {
            panic!("no document");
        };
        let listed = ledger.documents().unwrap();
        assert_eq!(listed[0].meta, reading.document.meta);
        let meta = reading.document.meta;
        (meta.published.unwrap_or_default(), meta.published_basis)
    };
    let judge = |ledger: &mut Ledger, value, at| {
        let dated = decision(Verb::Published, &id, Some(value), at);
        ledger.judge(&dated).unwrap()
    };
    let first = judge(&mut ledger, "2030-01-01", "2031-06-01T00:00:00Z");
    let later = judge(&mut ledger, "2031-05-04", "2031-06-02T00:00:00Z");
    assert_eq!(ledger.judged_dates().unwrap(), [id.as_str()]);
    let judged = |day: &str| (day.to_owned(), PublishedBasis::Judgement);
    assert_eq!(date(&ledger), judged("2031-05-04"));
    // The same bytes read anew by another version: the judgement stays above what was read.
    ledger.put(&[(reading.clone(), None)], "g").unwrap();
    assert_eq!(date(&ledger), judged("2031-05-04"));
    reading.annotations.times.clear();
    ledger.put_annotations(&[reading]).unwrap();
    assert!(!ledger.links_are_current().unwrap());
    let retract = |ledger: &mut Ledger, id: &str, at| {
        let retracted = decision(Verb::Retract, id, None, at);
        ledger.judge(&retracted).unwrap();
    };
    retract(&mut ledger, &later, "2031-06-03T00:00:00Z");
    assert_eq!(date(&ledger), judged("2030-01-01"));
    retract(&mut ledger, &first, "2031-06-04T00:00:00Z");
    assert_eq!(
        date(&ledger),
        ("2031-05-06".to_owned(), PublishedBasis::Time)
    );
}

#[test]
fn judgements_are_appended_and_retracted() {
    let folder = Folder::new();
    let mut ledger = open(&folder);
    let rename = decision(
        Verb::Rename,
        "en_0000000000000002",
        Some("the League"),
        "2031-05-08T09:00:00Z",
    );
    let id = ledger.judge(&rename).unwrap();
    assert!(!ledger.links_are_current().unwrap());
    ledger.relink(&link::Lexicon::default(), None).unwrap();
    assert_eq!(ledger.judge(&rename).unwrap(), id);
    assert!(ledger.links_are_current().unwrap());
    let stored = ledger.judgements().unwrap();
    assert_eq!(stored.len(), 1);
    assert_eq!(
        (
            &stored[0].decision,
            &stored[0].retracted_at,
            &stored[0].anchor
        ),
        (&rename, &None, &None)
    );
    assert_eq!(
        ledger.judgement(&id[..8]).unwrap(),
        Found::One(stored[0].clone())
    );

    let missing = decision(
        Verb::Retract,
        "ju_ffffffffffffffff",
        None,
        "2031-05-09T09:00:00Z",
    );
    let error = ledger.judge(&missing).unwrap_err();
    assert_eq!(error.code, "missing");
    assert_eq!(ledger.judgements().unwrap().len(), 1);
    let retract = decision(Verb::Retract, &id, None, "2031-05-09T09:00:00Z");
    ledger.judge(&retract).unwrap();
    let stored = ledger.judgements().unwrap();
    assert_eq!(stored.len(), 2);
    assert_eq!(
        stored[0].retracted_at.as_deref(),
        Some("2031-05-09T09:00:00Z")
    );
    assert_eq!(stored[0].decision, rename);
    assert_eq!(stored[1].decision.verb, Verb::Retract);
    drop(ledger);

    // Not even by hand.
    let connection = rusqlite::Connection::open(folder.file("a.db")).unwrap();
    for (sql, why) in [
        ("DELETE FROM judgements", "never deleted"),
        ("UPDATE judgements SET by_name = 'Nobody'", "never changed"),
        (
            "UPDATE judgements SET retracted_at = NULL",
            "retracted once",
        ),
    ] {
        let error = connection.execute(sql, []).unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
}
