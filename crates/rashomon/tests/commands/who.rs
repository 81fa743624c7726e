//! Judgements and what they change: who is who across documents, when a document was published; the user's own list. All names are
//! invented.

use super::{folder_with, lines, rashomon, stderr, stdout};
use serde_json::Value;

/// Three documents: two of one man by two spellings, one of his father.
fn ledger() -> tempfile::TempDir {
    let folder = folder_with(&[
        (
            "a.txt",
            b"Korva, 5 May 2031\n\nJorren Hastrel, leader of the Ennerath Front, said in Korva that the bridge was open. Hastrel said the Ennerath Front would stay in Korva.\n",
        ),
        (
            "b.txt",
            b"Korva, 6 May 2031\n\nJorren Hastrall, leader of the Ennerath Front, said in Korva that the road was closed. Hastrall denied that the Ennerath Front had left Korva.\n",
        ),
        (
            "c.txt",
            b"Korva, 7 May 2031\n\nJorren Dal Hastrel said in Korva that he would not speak for the Ennerath Front.\n",
        ),
    ]);
    let read = rashomon(folder.path(), &["read", "a.txt", "b.txt", "c.txt"]);
    assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
    folder
}

fn people(folder: &tempfile::TempDir) -> Vec<Value> {
    let list = rashomon(
        folder.path(),
        &[
            "entities", "--all", "--format", "jsonl", "--search", "Hastr",
        ],
    );
    let mut people = lines(&list);
    people.retain(|entity| entity["kind"] == "Person");
    people
}

fn forms(entity: &Value) -> Vec<&str> {
    let forms = entity["forms"].as_array().unwrap();
    forms
        .iter()
        .map(|form| form["text"].as_str().unwrap())
        .collect()
}

#[test]
fn a_judgement_changes_who_is_who_and_is_taken_back() {
    let folder = ledger();
    let before = people(&folder);
    assert_eq!(before.len(), 2, "{before:#?}");
    let son = before
        .iter()
        .find(|entity| forms(entity).contains(&"Jorren Hastrall"))
        .unwrap();
    assert!(forms(son).contains(&"Jorren Hastrel"), "{son:#?}");
    assert!(!forms(son).contains(&"Jorren Dal Hastrel"));
    let join = &son["joins"][0];
    assert!(join["score"].as_f64().unwrap() > 0.5);
    assert!(join["reasons"][0].as_str().unwrap().contains("spelt alike"));
    let id = son["id"].as_str().unwrap();

    let explained = stdout(&rashomon(folder.path(), &["explain", id]));
    assert!(explained.contains("spelt alike"), "{explained}");

    let split = rashomon(
        folder.path(),
        &[
            "judge",
            "split",
            id,
            "Jorren Hastrall",
            "--by",
            "Ilva Renn",
            "--note",
            "a cousin",
        ],
    );
    assert_eq!(split.status.code(), Some(0), "{}", stderr(&split));
    let said = stdout(&split);
    assert!(said.contains("Two entities: "), "{said}");
    assert!(said.contains("Undo: rashomon judge retract ju_"), "{said}");
    assert_eq!(people(&folder).len(), 3);
    // What was decided outlives a reading with other options.
    let again = rashomon(
        folder.path(),
        &[
            "read",
            "a.txt",
            "b.txt",
            "c.txt",
            "--outlet",
            "The Korva Post",
        ],
    );
    assert_eq!(again.status.code(), Some(0));
    let parted = people(&folder);
    assert_eq!(parted.len(), 3);

    let judgement = said.split_whitespace().next().unwrap();
    let shown = stdout(&rashomon(folder.path(), &["show", judgement]));
    assert!(
        shown.contains("Ilva Renn") && shown.contains("a cousin"),
        "{shown}"
    );
    let retract = rashomon(
        folder.path(),
        &[
            "judge",
            "retract",
            judgement,
            "--by",
            "Ilva Renn",
            "--format",
            "jsonl",
        ],
    );
    assert_eq!(lines(&retract)[0]["verb"], "retract");
    let joined = people(&folder);
    assert_eq!(joined.len(), 2);
    let twice = rashomon(
        folder.path(),
        &["judge", "retract", judgement, "--by", "Ilva Renn"],
    );
    assert_eq!(twice.status.code(), Some(2));
    assert!(stderr(&twice).contains("was retracted on"));

    // Father and son are two; who says otherwise is believed, and one word more parts them again.
    let ids: Vec<&str> = joined
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    let same = rashomon(
        folder.path(),
        &["judge", "same", ids[0], ids[1], "--by", "Ilva Renn"],
    );
    assert!(
        stdout(&same).contains("One entity now: "),
        "{}",
        stderr(&same)
    );
    let one = people(&folder);
    assert_eq!(one.len(), 1);
    let document = one[0]["mentions"][0]["document"].as_str().unwrap();
    let part = rashomon(
        folder.path(),
        &[
            "judge",
            "split",
            one[0]["id"].as_str().unwrap(),
            document,
            "--by",
            "Ilva Renn",
        ],
    );
    assert_eq!(part.status.code(), Some(0), "{}", stderr(&part));
    assert!(people(&folder).len() > 1);
}

#[test]
fn a_judgement_dates_a_document_and_its_times_follow() {
    let folder = folder_with(&[(
        "a.txt",
        b"The Ennerath Front said yesterday that 12 soldiers had been killed in Korva on Monday.\n",
    )]);
    let read = || rashomon(folder.path(), &["read", "a.txt"]);
    assert_eq!(read().status.code(), Some(0));
    let days = || {
        let claims = lines(&rashomon(folder.path(), &["claims", "--format", "jsonl"]));
        let claim = &claims[0];
        let of = |time: &Value| time["value"].as_str().unwrap_or("-").to_owned();
        (
            of(&claim["said"]),
            of(&claim["events"][0]["time"]),
            claim["document"].as_str().unwrap().to_owned(),
        )
    };
    let (said, happened, document) = days();
    assert_eq!((&*said, &*happened), ("-", "-"));
    let judge = |verb: &str, id: &str, value: &[&str]| {
        let args = [&["judge", verb, id], value, &["--by", "Ilva Renn"]].concat();
        rashomon(folder.path(), &args)
    };
    let judged = stdout(&judge("published", &document, &["2031-03-12"]));
    assert!(judged.contains("is dated 2031-03-12 now"), "{judged}");
    let follows = || {
        let (said, happened, _) = days();
        assert_eq!((&*said, &*happened), ("2031-03-11", "2031-03-10"));
    };
    follows();
    // Reading the same bytes with other options reads them anew; the judgement stays above what is read.
    let anew = rashomon(folder.path(), &["read", "--translated-from", "cs", "a.txt"]);
    assert_eq!(anew.status.code(), Some(0), "{}", stderr(&anew));
    follows();
    let bad = judge("published", &document, &["2031-02-30"]);
    assert_eq!(bad.status.code(), Some(2));
    assert!(stderr(&bad).contains("there is no such day"));
    let id = judged.split_whitespace().next().unwrap();
    let back = stdout(&judge("retract", id, &[]));
    assert!(back.contains("has no date now"), "{back}");
    assert_eq!(days().0, "-");
}

#[test]
fn a_judgement_that_cannot_be_is_refused_with_the_way_out() {
    let folder = ledger();
    let people = people(&folder);
    let [one, other] = [0, 1].map(|index| people[index]["id"].as_str().unwrap());
    for (args, said) in [
        (vec!["same", one, one], "already"),
        (vec!["different", one, one], "judge split"),
        (vec!["same", one], "takes the ids of two entities"),
        (vec!["split", one], "one of its names, or a document's id"),
        (vec!["split", one, "Nobody"], "no document calls"),
        (vec!["retract", one], "is no judgement"),
        (vec!["same", one, "ma_zz"], "nothing in the ledger"),
        (vec!["copy", one, other], "is no document"),
        (vec!["link", one, other], "is no claim"),
        (vec!["merge", one, other], "is no matter"),
        (vec!["ignore", one], "can be ignored"),
        (vec!["same-side", one], "takes the ids of two entities"),
        (vec!["believe", one, other], "the verbs are same"),
    ] {
        let mut args = args;
        args.insert(0, "judge");
        args.extend(["--by", "Ilva Renn"]);
        let refused = rashomon(folder.path(), &args);
        assert_eq!(refused.status.code(), Some(2), "{args:?}");
        assert!(
            stderr(&refused).contains(said),
            "{args:?}: {}",
            stderr(&refused)
        );
    }
    let nameless = rashomon(folder.path(), &["judge", "same", one, other, "--by", " "]);
    assert!(stderr(&nameless).contains("--by needs a name"));
    let nowhere = rashomon(
        folder.path(),
        &[
            "judge", "same", one, other, "--by", "I", "--ledger", "no.db",
        ],
    );
    assert_eq!(nowhere.status.code(), Some(3));
    assert!(!folder.path().join("no.db").exists());
}

#[test]
fn who_is_named_once_and_says_nothing_is_listed_when_asked() {
    let folder = folder_with(&[(
        "a.txt",
        b"Korva, 5 May 2031\n\nIlva Renn said that the bridge was open. Near the bridge stood Dorun Velik.\n",
    )]);
    rashomon(folder.path(), &["read", "a.txt"]);
    let named = |args: &[&str]| -> bool {
        let list = rashomon(
            folder.path(),
            &[&["entities", "--format", "jsonl"], args].concat(),
        );
        lines(&list)
            .iter()
            .any(|entity| entity["name"] == "Dorun Velik")
    };
    assert!(!named(&[]));
    assert!(named(&["--all"]));
    assert!(named(&["--search", "velik"]));
    let text = stdout(&rashomon(folder.path(), &["entities"]));
    assert!(
        text.contains("named once that say nothing; --all lists them"),
        "{text}"
    );
}

#[test]
fn a_watchlist_links_what_one_entry_alone_fits() {
    let list = concat!(
        r#"{"id":"wl-1","schema":"Person","properties":{"name":["Jorren Hastral"],"position":["leader of the Front"]}}"#,
        "\n{broken\n",
        r#"{"id":"wl-2","schema":"Person","properties":{"name":["Ilva Renn"]}}"#,
        "\n",
        r#"{"id":"wl-3","schema":"Person","properties":{"name":["Ilva Renn"]}}"#,
        "\n",
        r#"{"id":"Q4","labels":{"en":"Ennerath Front"}}"#,
        "\n",
    );
    let folder = folder_with(&[
        (
            "a.txt",
            b"Korva, 5 May 2031\n\nJorren Hastrel, leader of the Ennerath Front, said in Korva that the bridge was open. Ilva Renn denied it.\n",
        ),
        ("list.jsonl", list.as_bytes()),
    ]);
    let read = rashomon(
        folder.path(),
        &["extract", "a.txt", "--watchlist", "list.jsonl"],
    );
    assert_eq!(read.status.code(), Some(0));
    assert!(
        stderr(&read).contains("list.jsonl line 2: no JSON"),
        "{}",
        stderr(&read)
    );
    let document = &lines(&read)[0];
    let link = |name: &str| {
        let entities = document["entities"].as_array().unwrap();
        let found = entities.iter().find(|entity| entity["name"] == name);
        found.unwrap_or_else(|| panic!("{name}"))["link"].clone()
    };
    assert_eq!(link("Jorren Hastrel")["id"], "wl-1");
    assert!(link("Jorren Hastrel")["score"].as_f64().unwrap() > 0.5);
    assert_eq!(link("Ennerath Front")["id"], "Q4");
    assert!(link("Ilva Renn").is_null());
    let notes = document["notes"].as_array().unwrap();
    let several = notes
        .iter()
        .find(|note| note["code"] == "several_on_watchlist");
    let several = several.unwrap()["message"].as_str().unwrap();
    assert!(
        several.contains("wl-2") && several.contains("wl-3"),
        "{several}"
    );

    let without = rashomon(folder.path(), &["extract", "a.txt"]);
    assert!(!stdout(&without).contains("wl-1"));
    // The ledger keeps the link, and reads anew when the list changes.
    rashomon(
        folder.path(),
        &["read", "a.txt", "--watchlist", "list.jsonl"],
    );
    let listed = rashomon(
        folder.path(),
        &["entities", "--format", "jsonl", "--search", "Hastr"],
    );
    assert_eq!(lines(&listed)[0]["link"]["id"], "wl-1");
    let missing = rashomon(
        folder.path(),
        &["extract", "a.txt", "--watchlist", "none.jsonl"],
    );
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("none.jsonl could not be read"));
}
