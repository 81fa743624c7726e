//! `judge` on claims, matters and sides, many at once, contradictions; `diff`; ids of matters that outlive reading more. All names are
//! invented; the collection is the demo's.

use super::{folder_with, lines, rashomon, stderr, stdout};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A ledger of the demo's collection, as `before.db` and, to be judged on, as `rashomon.db`.
fn ledger() -> tempfile::TempDir {
    static READ: OnceLock<tempfile::TempDir> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        let of = |name: &str| -> PathBuf { examples.join(name) };
        let (collection, gazetteer) = (of("collection"), of("gazetteer.tsv"));
        let args = [
            "read",
            collection.to_str().unwrap(),
            "--gazetteer",
            gazetteer.to_str().unwrap(),
            "--quiet",
        ];
        let read = rashomon(folder.path(), &args);
        assert!(
            folder.path().join("rashomon.db").exists(),
            "{}",
            stderr(&read)
        );
        folder
    });
    let folder = tempfile::tempdir().unwrap();
    for name in ["before.db", "rashomon.db"] {
        std::fs::copy(read.path().join("rashomon.db"), folder.path().join(name)).unwrap();
    }
    folder
}

fn judge(folder: &tempfile::TempDir, words: &[&str]) -> Value {
    let args = [
        &["judge"],
        words,
        &["--by", "Ilva Renn", "--format", "jsonl", "--quiet"],
    ]
    .concat();
    let judged = rashomon(folder.path(), &args);
    assert_eq!(
        judged.status.code(),
        Some(0),
        "{words:?}: {}",
        stderr(&judged)
    );
    lines(&judged).remove(0)
}

fn refused(folder: &tempfile::TempDir, words: &[&str]) -> String {
    let args = [&["judge"], words, &["--by", "Ilva Renn", "--quiet"]].concat();
    let judged = rashomon(folder.path(), &args);
    assert_eq!(
        judged.status.code(),
        Some(2),
        "{words:?}: {}",
        stdout(&judged)
    );
    stderr(&judged)
}

fn list(folder: &tempfile::TempDir, what: &[&str]) -> Vec<Value> {
    let args = [what, &["--format", "jsonl", "--limit", "0", "--quiet"]].concat();
    lines(&rashomon(folder.path(), &args))
}

/// The contested matter of who holds a town on one day, with one claim of each of its first two answers.
fn held(folder: &tempfile::TempDir) -> (String, String, String) {
    let matters = list(folder, &["disputes"]);
    let matter = matters
        .iter()
        .find(|matter| {
            matter["kind"] == "CONTROL" && matter["positions"][0]["claims"][1].is_object()
        })
        .unwrap();
    let claim = |position: usize| text(&matter["positions"][position]["claims"][0]["claim"]);
    (text(&matter["id"]), claim(0), claim(1))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn matter(folder: &tempfile::TempDir, id: &str) -> Value {
    lines(&rashomon(folder.path(), &["show", id, "--format", "jsonl"])).remove(0)
}

/// A judgement, what it makes of the matter, and the matter as before once it is retracted.
fn and_back(folder: &tempfile::TempDir, words: &[&str], id: &str, check: impl Fn(&Value)) {
    let before = matter(folder, id);
    let judged = judge(folder, words);
    assert_eq!(judged["standing"], "in_force", "{words:?}");
    let now = matter(folder, id);
    check(&now);
    judge(folder, &["retract", judged["id"].as_str().unwrap()]);
    let after = matter(folder, id);
    assert_eq!(after["positions"], before["positions"], "{words:?}");
    assert_eq!(after["state"], before["state"]);
    assert_eq!(after["matter"], before["matter"]);
}

#[test]
fn every_verb_on_claims_and_matters_does_its_work_and_is_taken_back() {
    let folder = ledger();
    let (id, one, other) = held(&folder);
    let holds = |matter: &Value, claim: &str| matter["positions"].to_string().contains(claim);
    and_back(&folder, &["unlink", &other, &id], &id, |now| {
        assert!(!holds(now, &other));
        assert_eq!(now["judged"][0]["effect"], "unlinked");
        assert_eq!(now["judged"][0]["by"], "Ilva Renn");
    });
    and_back(
        &folder,
        &["relation", &other, &format!("{id}/p1"), "none"],
        &id,
        |now| {
            assert_eq!(now["state"], "not_contested_here");
        },
    );
    and_back(&folder, &["split", &id, &one], &id, |now| {
        assert!(!holds(now, &one))
    });
    and_back(&folder, &["rename", &id, "The town in March"], &id, |now| {
        assert_eq!(now["matter"], "The town in March");
    });
    and_back(&folder, &["slot", &one, "polarity=negative"], &id, |now| {
        assert_eq!(now["judged"][0]["value"], "polarity=negative");
    });
    and_back(&folder, &["ignore", &other], &id, |now| {
        assert!(!holds(now, &other))
    });
    let entity = |position: usize| {
        let matter = matter(&folder, &id);
        text(&matter["positions"][position]["parties"][0]["entity"])
    };
    and_back(
        &folder,
        &["same-side", &entity(0), &entity(1)],
        &id,
        |now| {
            assert_eq!(now["state"], "not_contested_here");
        },
    );
    // A claim of elsewhere is put in, and another matter of the kind.
    let matters = list(&folder, &["disputes", "--all"]);
    let elsewhere = matters
        .iter()
        .find(|matter| matter["kind"] == "CONTROL" && matter["id"] != id.as_str())
        .unwrap();
    let stranger = text(&elsewhere["positions"][0]["claims"][0]["claim"]);
    and_back(&folder, &["link", &stranger, &id], &id, |now| {
        assert!(holds(now, &stranger))
    });
    let second = text(&elsewhere["id"]);
    and_back(&folder, &["merge", &id, &second], &id, |now| {
        assert!(holds(now, &stranger));
        assert_eq!(now["aliases"][0], second.as_str());
        assert_eq!(matter(&folder, &second)["id"], now["id"]);
    });
    assert_eq!(matter(&folder, &second)["id"], second.as_str());
}

#[test]
fn what_is_ignored_is_listed_with_a_mark() {
    let folder = ledger();
    let (id, one, _) = held(&folder);
    judge(&folder, &["ignore", &id]);
    let contested = |all: &[&str]| -> Vec<Value> {
        let mut found = list(&folder, &[&["disputes"], all].concat());
        found.retain(|matter| matter["id"] == id.as_str());
        found
    };
    assert!(contested(&[]).is_empty());
    assert_eq!(contested(&["--all"])[0]["judged"][0]["effect"], "ignored");
    let shown = stdout(&rashomon(folder.path(), &["disputes", "--all"]));
    assert!(shown.contains("  ignored  "), "{shown}");
    judge(&folder, &["ignore", &one]);
    let claims = list(&folder, &["claims"]);
    let claim = claims
        .iter()
        .find(|claim| claim["id"] == one.as_str())
        .unwrap();
    assert_eq!(claim["judged"][0]["effect"], "ignored");
    let document = text(&claim["document"]);
    judge(&folder, &["ignore", &document]);
    let shown = stdout(&rashomon(folder.path(), &["documents", "--limit", "0"]));
    assert!(shown.contains("[ignored]"), "{shown}");
    assert!(refused(&folder, &["ignore", &id]).contains("is ignored already, by ju_"));
    for what in ["disputes", "claims", "documents"] {
        let all: &[&str] = if what == "disputes" { &["--all"] } else { &[] };
        let args = [&[what, "--format", "csv"], all].concat();
        let table = stdout(&rashomon(folder.path(), &args));
        assert!(table.contains("ignored ju_"), "{what}: {table}");
    }
}

#[test]
fn judgements_that_contradict_each_other_are_reported_by_name() {
    let folder = ledger();
    let (id, _, other) = held(&folder);
    let first = judge(&folder, &["link", &other, &id]);
    let second = judge(&folder, &["unlink", &other, &id]);
    assert_eq!(second["standing"], "contradicted");
    assert_eq!(second["against"][0], first["id"]);
    assert!(
        matter(&folder, &id)["positions"]
            .to_string()
            .contains(&other)
    );
    let name = first["id"].as_str().unwrap();
    let listed = stdout(&rashomon(folder.path(), &["judge", "--list"]));
    assert!(
        listed.contains("not applied: against it stands"),
        "{listed}"
    );
    assert!(listed.contains("Read in full: "), "{listed}");
    let doctor = stdout(&rashomon(folder.path(), &["doctor"])).replace("\n                  ", " ");
    assert!(
        doctor.contains(&format!("against it stands {name}")),
        "{doctor}"
    );
    judge(&folder, &["retract", name]);
    assert!(
        !matter(&folder, &id)["positions"]
            .to_string()
            .contains(&other)
    );
    let list = lines(&rashomon(
        folder.path(),
        &["judge", "--list", "--format", "jsonl"],
    ));
    let standing =
        |id: &Value| list.iter().find(|one| one["id"] == *id).unwrap()["standing"].clone();
    assert_eq!(standing(&first["id"]), "retracted");
    assert_eq!(standing(&second["id"]), "in_force");
}

#[test]
fn a_judgement_on_claims_or_matters_that_cannot_be_is_refused_with_the_way_out() {
    let folder = ledger();
    let (id, one, other) = held(&folder);
    let fate = list(&folder, &["disputes", "--all"]);
    let fate = fate.iter().find(|matter| matter["kind"] == "FATE").unwrap();
    let fate = text(&fate["id"]);
    let document = text(&list(&folder, &["documents"])[0]["id"]);
    let cases: [(&[&str], &str); 17] = [
        (
            &["link", &one],
            "takes a claim, and another claim or a matter",
        ),
        (&["link", &one, &one], "both are cl_"),
        (&["link", &one, &document], "is no claim and no matter"),
        (&["unlink", &one, &fate], "is not in ma_"),
        (&["merge", &id, &id], "both are ma_"),
        (&["merge", &id, &fate], "two questions"),
        (&["merge", &id, &one], "is no matter"),
        (&["split", &id], "say which claims are not of"),
        (&["split", &fate, &one], "is not in ma_"),
        (&["relation", &one, &other], "one of denies"),
        (
            &["relation", &one, &other, "refutes"],
            "no relation is called",
        ),
        (
            &["relation", &one, &format!("{id}/p9"), "denies"],
            "has no position p9",
        ),
        (&["slot", &one, "colour=red"], "there is no field"),
        (
            &["slot", &one, "place=Nowhere at all"],
            "no entity of the ledger is called",
        ),
        (&["slot", &one, "time=soon"], "is no day, month or year"),
        (
            &["copy", &document, &document],
            "a document is a copy of others only",
        ),
        (&["rename", &one, "A name"], "is no entity and no matter"),
    ];
    for (words, said) in cases {
        let complaint = refused(&folder, words);
        assert!(complaint.contains(said), "{words:?}: {complaint}");
    }
    assert!(
        list(&folder, &["disputes"])
            .iter()
            .all(|matter| matter["judged"].is_null())
    );
}

#[test]
fn many_judgements_come_from_a_file_all_or_none_and_once() {
    let folder = ledger();
    let (id, one, other) = held(&folder);
    let documents = list(&folder, &["documents"]);
    let [first, second] = [0, 1].map(|number: usize| text(&documents[number]["id"]));
    let write =
        |name: &str, content: &str| std::fs::write(folder.path().join(name), content).unwrap();
    let import = |name: &str, more: &[&str]| {
        let args = [&["judge", "--import", name, "--quiet"], more].concat();
        rashomon(folder.path(), &args)
    };
    let count = || {
        lines(&rashomon(
            folder.path(),
            &["judge", "--list", "--format", "jsonl"],
        ))
        .len()
    };
    write(
        "wrong.csv",
        &format!(
            "verb,id,other,value,note,by\nignore,{one},,,,Ilva\nlink,{one},ma_00000000,,,Ilva\nbelieve,{one},,,,Ilva\nignore,{one},,,,\n"
        ),
    );
    let wrong = import("wrong.csv", &[]);
    assert_eq!(wrong.status.code(), Some(2));
    let complaint = stderr(&wrong);
    assert!(
        complaint.contains("wrong.csv line 3: nothing in the ledger"),
        "{complaint}"
    );
    assert!(
        complaint.contains("wrong.csv line 4: the verbs are"),
        "{complaint}"
    );
    assert!(
        complaint.contains("wrong.csv line 5: it does not say who decided"),
        "{complaint}"
    );
    assert!(complaint.contains("nothing was added"), "{complaint}");
    assert_eq!(count(), 0);

    write(
        "many.csv",
        &format!(
            "verb,id,other,value,note,by\ncopy,{first},{second},,\"one, said twice\",Ilva Renn\nrename,{id},,\"The town, in March\",,Ilva Renn\nrelation,{other},{one},denies,,Ilva Renn\nslot,{one},,certainty=x,,Ilva Renn\n"
        )
        .replace("certainty=x", "polarity=positive"),
    );
    let dry = stdout(&import("many.csv", &["--dry-run"]));
    assert!(dry.contains("4 judgements would be added"), "{dry}");
    assert_eq!(count(), 0);
    let done = import("many.csv", &[]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    assert!(
        stdout(&done).contains("4 judgements added"),
        "{}",
        stdout(&done)
    );
    assert_eq!(matter(&folder, &id)["matter"], "The town, in March");
    let again = stdout(&import("many.csv", &[]));
    assert!(
        again.contains("0 judgements would be added, 4 are there already"),
        "{again}"
    );
    assert_eq!(count(), 4);

    write(
        "more.jsonl",
        &format!(
            "{{\"verb\":\"ignore\",\"id\":\"{other}\"}}\n\n{{\"verb\":\"ignore\",\"id\":\"{other}\",\"why\":\"\"}}\n"
        ),
    );
    let unknown = import("more.jsonl", &["--by", "Ilva Renn"]);
    assert!(
        stderr(&unknown).contains("line 3: unknown field `why`"),
        "{}",
        stderr(&unknown)
    );
    write(
        "more.jsonl",
        &format!("{{\"verb\":\"ignore\",\"id\":\"{other}\"}}\n"),
    );
    assert!(stdout(&import("more.jsonl", &["--by", "Ilva Renn"])).contains("1 judgement added"));
    // Two that are made one are found again though one of their ids is gone.
    let people = list(&folder, &["entities", "--all"]);
    let mut places = people.iter().filter(|entity| entity["kind"] == "Person");
    let (one, other) = (places.next().unwrap(), places.next().unwrap());
    write(
        "same.csv",
        &format!(
            "verb,id,other,by\nsame,{},{},Ilva Renn\n",
            text(&one["id"]),
            text(&other["id"])
        ),
    );
    for added in [
        "1 judgement added",
        "0 judgements would be added, 1 is there already",
    ] {
        let done = import("same.csv", &[]);
        assert!(
            stdout(&done).contains(added),
            "{} {}",
            stdout(&done),
            stderr(&done)
        );
    }
}

#[test]
fn a_diff_says_what_moved_between_two_ledgers() {
    let folder = ledger();
    let diff = |more: &[&str]| {
        rashomon(
            folder.path(),
            &[&["diff", "before.db", "rashomon.db"], more].concat(),
        )
    };
    let same = stdout(&diff(&[]));
    assert!(same.starts_with("Nothing moved."), "{same}");
    assert!(same.contains("Before: Read in full: ") && same.contains("After: Read in full: "));
    let (id, one, other) = held(&folder);
    judge(&folder, &["relation", &other, &one, "none"]);
    let party = text(&matter(&folder, &id)["positions"][0]["parties"][0]["entity"]);
    judge(&folder, &["rename", &party, "the first side"]);
    let text_of =
        |name: &str, words: &str| std::fs::write(folder.path().join(name), words).unwrap();
    text_of(
        "new.txt",
        "Korva, 5 May 2031\n\nIlva Renn said that the bridge was open.\n",
    );
    rashomon(folder.path(), &["read", "new.txt", "--quiet"]);
    let said = stdout(&diff(&[]));
    assert!(said.contains("1 document added"), "{said}");
    assert!(
        said.contains("state contested → not_contested_here"),
        "{said}"
    );
    assert!(said.contains("2 judgements added"), "{said}");
    let moved = lines(&diff(&["--format", "jsonl"]));
    assert!(moved.iter().any(|one| one["of"] == "entity"
        && one["field"] == "name"
        && one["after"] == "the first side"));
    assert!(
        moved
            .iter()
            .any(|one| one["of"] == "claim" && one["change"] == "added")
    );
    let last = moved.last().unwrap();
    assert_eq!(last["record"], "coverage");
    assert_eq!(
        last["after"]["read"].as_u64(),
        last["before"]["read"].as_u64().map(|read| read + 1)
    );
    let back = stdout(&rashomon(
        folder.path(),
        &["diff", "rashomon.db", "before.db"],
    ));
    assert!(back.contains("1 document gone"), "{back}");
    let missing = rashomon(folder.path(), &["diff", "before.db", "none.db"]);
    assert_eq!(missing.status.code(), Some(3));
}

#[test]
fn a_matter_keeps_its_id_when_more_is_read() {
    let files: Vec<(String, String)> = [1, 2, 3, 4]
        .iter()
        .map(|day| {
            let words = format!(
                "Day {day} of the fighting near Belvarrin\n\nJorren Hastrell, the commander of the Ennerath Front, said today that the forces of the Front were still in Belvarrin and that they would continue to fight.\n"
            );
            (format!("{day}.txt"), words)
        })
        .collect();
    let listed: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, words)| (name.as_str(), words.as_bytes()))
        .collect();
    let folder = folder_with(&listed);
    let read = |name: &str, day: &str| {
        let read = rashomon(
            folder.path(),
            &["read", name, "--published-all", day, "--quiet"],
        );
        assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
        list(&folder, &["disputes", "--all"])
    };
    let first = text(&read("1.txt", "2031-03-06")[0]["id"]);
    let two = read("2.txt", "2031-03-10");
    let second = two
        .iter()
        .map(|matter| text(&matter["id"]))
        .find(|id| *id != first)
        .unwrap();
    // An earlier day gives the matter another question, and not another id.
    let earlier = read("3.txt", "2031-03-05");
    let kept = earlier
        .iter()
        .find(|matter| matter["id"] == first.as_str())
        .unwrap();
    assert!(text(&kept["matter"]).contains("from 2031-03-05 to 2031-03-06"));
    // What is said between joins both: the one that had more claims goes on, and the other's id leads to it.
    judge(&folder, &["rename", &second, "The tenth of March"]);
    let joined = read("4.txt", "2031-03-08");
    assert_eq!(joined.len(), 1);
    assert_eq!(joined[0]["id"], first.as_str());
    assert_eq!(joined[0]["aliases"][0], second.as_str());
    assert_eq!(matter(&folder, &second)["id"], first.as_str());
    let short = second.get(..9).unwrap();
    let explained = rashomon(folder.path(), &["explain", short]);
    assert_eq!(explained.status.code(), Some(0), "{}", stderr(&explained));
    judge(&folder, &["ignore", &second]);
    assert!(
        list(&folder, &["disputes", "--all"])[0]["judged"]
            .to_string()
            .contains("ignored")
    );
}
