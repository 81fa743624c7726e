//! Judgements on claims and matters: kept with their words, found again after a reading of changed words, contradictions by name.

mod invented;

use invented::{Folder, bare, full};
use ledger::{Decision, Ledger, Standing, Verb, weigh};
use link::{Reading, Ruling, Target};
use text::Span;

fn decision(verb: Verb, subject: &str, object: Option<&str>, value: Option<&str>) -> Decision {
    Decision {
        verb,
        subject: subject.to_owned(),
        object: object.map(str::to_owned),
        value: value.map(str::to_owned),
        by_name: "Ilva Renn".to_owned(),
        at: None,
        note: None,
    }
}

/// A ledger of one document with two claims, the first of them in a matter, and the claims' ids.
fn judged(folder: &Folder) -> (Ledger, [String; 2]) {
    let mut ledger = Ledger::open(&folder.file("a.db")).unwrap();
    let reading = full(1);
    let ids = [0, 1].map(|index: usize| format!("cl_{}", reading.annotations.claims[index].id));
    ledger.put(&bare(&[reading]), "f").unwrap();
    ledger.put_links(&invented::links()).unwrap();
    (ledger, ids)
}

fn standings(ledger: &Ledger) -> Vec<Standing> {
    weigh(&ledger.judgements().unwrap(), &ledger.readings().unwrap()).0
}

/// The reading with words put before its text, so that everything moves, and with other words for some.
fn moved(words: &str, new: &str) -> Reading {
    let mut reading = full(1);
    let before = "Velm, Sunday. ";
    let text = reading.document.text.clone();
    let at = text.find(words).unwrap();
    let shift = |span: &mut Span| {
        let place = |at_old: usize| {
            let grown = if at_old > at {
                new.len() as i64 - words.len() as i64
            } else {
                0
            };
            usize::try_from(at_old as i64 + grown).unwrap() + before.len()
        };
        *span = Span::new(place(span.from()), place(span.to()));
    };
    reading.document.text = format!("{before}{}", text.replacen(words, new, 1));
    reading.document.blocks.clear();
    reading.document.notes.clear();
    let annotations = &mut reading.annotations;
    for (number, claim) in annotations.claims.iter_mut().enumerate() {
        claim.id = format!("{number:032}");
        claim.content.spans.iter_mut().for_each(shift);
        claim.source.spans.clear();
        claim.cue = None;
        claim.via.clear();
        claim.why.clear();
        claim.events.clear();
        claim.said = None;
        claim.addressee = None;
        claim.channel = None;
    }
    for entity in &mut annotations.entities {
        entity.mentions.clear();
    }
    annotations.mentions.clear();
    annotations.times.clear();
    annotations.quantities.clear();
    annotations.notes.clear();
    reading
}

#[test]
fn judgements_are_found_again_where_their_words_are_nearly_the_same() {
    let folder = Folder::new();
    let (mut ledger, [one, other]) = judged(&folder);
    ledger
        .judge(&decision(Verb::Ignore, &one, None, None))
        .unwrap();
    ledger
        .judge(&decision(Verb::Link, &one, Some(&other), None))
        .unwrap();
    let matter = "ma_00000000000000aa";
    ledger
        .judge(&decision(Verb::Rename, matter, None, Some("Tarvo in May")))
        .unwrap();
    let marks = ledger
        .judgements()
        .unwrap()
        .into_iter()
        .find(|judgement| judgement.decision.verb == Verb::Rename)
        .unwrap()
        .marks;
    assert_eq!(marks.len(), 1);
    assert!(
        marks[0]
            .anchor
            .quote
            .starts_with("The Orrin League holds Tarvo")
    );
    assert_eq!(standings(&ledger), vec![Standing::InForce; 3]);

    // One letter of the words is another.
    let reading = moved("League holds", "Leagve holds");
    assert_ne!(
        reading.annotations.claims[0].content.spans[0].from(),
        marks[0].anchor.span.from()
    );
    ledger
        .put(&bare(std::slice::from_ref(&reading)), "g")
        .unwrap();
    let judgements = ledger.judgements().unwrap();
    let (standings_now, linking) = weigh(&judgements, &ledger.readings().unwrap());
    assert_eq!(standings_now, vec![Standing::InForce; 3]);
    let first = (
        reading.document.id.clone(),
        reading.annotations.claims[0].id.clone(),
    );
    for ruling in linking.into_iter().map(|one| one.ruling) {
        match ruling {
            Ruling::IgnoreClaim(claim) => assert_eq!(claim, first),
            Ruling::Together { claim, with } => {
                assert_eq!(claim, first);
                let second = (first.0.clone(), reading.annotations.claims[1].id.clone());
                assert_eq!(with, Target::Claim(second));
            }
            Ruling::NameMatter { matter, .. } => {
                assert_eq!(matter.claims, std::slice::from_ref(&first))
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(ledger.moved_judgements().unwrap().len(), 3);

    // The words are gone: kept, listed, and in force again when they are back.
    let mut without = full(1);
    without.annotations.claims.clear();
    ledger.put(&bare(&[without]), "h").unwrap();
    assert_eq!(standings(&ledger), vec![Standing::Orphaned; 3]);
    ledger.put(&bare(&[full(1)]), "f").unwrap();
    assert_eq!(standings(&ledger), vec![Standing::InForce; 3]);
}

#[test]
fn a_page_that_was_saved_anew_is_found_by_its_words() {
    let folder = Folder::new();
    let (mut ledger, [one, _]) = judged(&folder);
    ledger
        .judge(&decision(Verb::Ignore, &one, None, None))
        .unwrap();
    let judgements = ledger.judgements().unwrap();
    let mut again = full(1);
    again.document.id = "0".repeat(32);
    let (found, _) = weigh(&judgements, &[again.clone()]);
    assert_eq!(found, [Standing::InForce]);
    // In two others it may be either.
    let mut twice = again.clone();
    twice.document.id = "1".repeat(32);
    assert_eq!(weigh(&judgements, &[again, twice]).0, [Standing::Orphaned]);
}

#[test]
fn judgements_that_contradict_each_other_are_named_and_none_is_applied() {
    let folder = Folder::new();
    let (mut ledger, [one, other]) = judged(&folder);
    let document = full(1).document.id;
    ledger.put(&bare(&[full(2)]), "f").unwrap();
    let second = full(2).document.id;
    let (town, league) = ("en_0000000000000001", "en_0000000000000002");
    let matter = "ma_00000000000000aa";
    let pairs: [[Decision; 2]; 8] = [
        [
            decision(Verb::Same, town, Some(league), None),
            decision(Verb::Unsure, league, Some(town), None),
        ],
        [
            decision(Verb::Copy, &document, Some(&second), None),
            decision(Verb::NotCopy, &second, Some(&document), None),
        ],
        [
            decision(Verb::Link, &one, Some(&other), None),
            decision(Verb::Unlink, &other, Some(&one), None),
        ],
        [
            decision(Verb::Link, &other, Some(matter), None),
            decision(Verb::Unlink, &other, Some(matter), None),
        ],
        [
            decision(Verb::Relation, &one, Some(&other), Some("denies")),
            decision(Verb::Relation, &one, Some(&other), Some("none")),
        ],
        [
            decision(Verb::Rename, town, None, Some("Tarvo town")),
            decision(Verb::Rename, town, None, Some("Old Tarvo")),
        ],
        [
            decision(Verb::Slot, &one, None, Some("time=2031-05-01")),
            decision(Verb::Slot, &one, None, Some("time.1=2031-05-02")),
        ],
        [
            decision(Verb::Rename, matter, None, Some("One")),
            decision(Verb::Rename, matter, None, Some("Two")),
        ],
    ];
    for [first, then] in pairs {
        let kept = ledger.judge(&first).unwrap();
        assert_eq!(
            standings(&ledger).last(),
            Some(&Standing::InForce),
            "{first:?}"
        );
        let against = ledger.judge(&then).unwrap();
        let readings = ledger.readings().unwrap();
        let judgements = ledger.judgements().unwrap();
        let (standings, linking) = weigh(&judgements, &readings);
        let of = |id: &str| {
            let number = judgements.iter().position(|one| one.id == id).unwrap();
            &standings[number]
        };
        assert_eq!(
            *of(&kept),
            Standing::Contradicted(vec![against.clone()]),
            "{first:?}"
        );
        assert_eq!(*of(&against), Standing::Contradicted(vec![kept.clone()]));
        assert!(
            linking
                .iter()
                .all(|one| one.judgement != kept && one.judgement != against)
        );
        // Once one is retracted the other holds; both, and the next pair begins with nothing.
        ledger
            .judge(&decision(Verb::Retract, &kept, None, None))
            .unwrap();
        let judgements = ledger.judgements().unwrap();
        let standings = weigh(&judgements, &readings).0;
        let number = judgements.iter().position(|one| one.id == against).unwrap();
        assert_eq!(standings[number], Standing::InForce);
        ledger
            .judge(&decision(Verb::Retract, &against, None, None))
            .unwrap();
    }
}

#[test]
fn many_are_kept_or_none() {
    let folder = Folder::new();
    let (mut ledger, [one, _]) = judged(&folder);
    let wrong = [
        decision(Verb::Ignore, &one, None, None),
        decision(Verb::Retract, "ju_0000000000000000", None, None),
    ];
    let error = ledger.judge_all(&wrong).unwrap_err();
    assert_eq!(error.code, "missing");
    assert!(error.message.contains("ju_0000000000000000"), "{error}");
    assert!(ledger.judgements().unwrap().is_empty());
    assert_eq!(ledger.judge_all(&wrong[..1]).unwrap().len(), 1);
}

#[test]
fn the_words_of_a_judgement_can_be_neither_changed_nor_deleted() {
    let folder = Folder::new();
    let (mut ledger, _) = judged(&folder);
    let matter = "ma_00000000000000aa";
    ledger
        .judge(&decision(Verb::Ignore, matter, None, None))
        .unwrap();
    let connection = rusqlite::Connection::open(ledger.path()).unwrap();
    for sql in [
        "UPDATE judgement_anchors SET quote = ''",
        "DELETE FROM judgement_anchors",
    ] {
        assert!(connection.execute(sql, []).is_err(), "{sql}");
    }
}
