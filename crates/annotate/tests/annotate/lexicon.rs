//! Every line of the lexicons does what its own example says.
//!
//! What is known not to work stands in `gold/cues.known-misses.txt` and is asserted as it is. It does not know other
//! sentences than the examples.

use crate::check::{Line, check, file, knowledge, show};
use annotate::{EventType, Knowledge, KnowledgeFiles, annotate};
use std::collections::{BTreeMap, BTreeSet};
use text::Document;

const EVENTS_KNOWN: &str = "gold/events.known-misses.txt";
const KNOWN: &str = "gold/cues.known-misses.txt";

/// One entry of `cues.txt`.
struct Entry {
    /// `lemma | pos | act`, by which the list of known misses names it.
    key: String,
    lemma: String,
    act: String,
    example: String,
    counter_example: String,
}

fn entries() -> Vec<Entry> {
    let cues = file("lexicon/cues.txt");
    let lines = cues
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let [lemma, pos, act, _, _, example, counter_example] = fields[..] else {
                panic!("seven fields are needed: {line}");
            };
            Entry {
                key: format!("{lemma} | {pos} | {act}"),
                lemma: lemma.to_owned(),
                act: act.to_owned(),
                example: example.to_owned(),
                counter_example: counter_example.to_owned(),
            }
        })
        .collect()
}

/// The known misses, `lemma | pos | act | example or counter-example | reason`: all but the reason.
fn known_misses() -> BTreeSet<String> {
    let list = file(KNOWN);
    let lines = list
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split(" | ").collect();
            assert!(fields.len() == 5, "five fields are needed: {line}");
            fields[..4].join(" | ")
        })
        .collect()
}

/// Everything in the lexicon of cues that does not do what it says, with what it does instead.
fn failures(knowledge: &Knowledge) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in entries() {
        let line = Line::parse(&format!("{} | {}", entry.act, entry.example));
        if let Err(why) = check(&line, knowledge) {
            found.insert(format!("{} | example", entry.key), why);
        }
        let read = annotate(&Document::plain(&entry.counter_example), knowledge);
        let misread = read.claims.iter().find(|claim| {
            let cue = claim.cue.as_ref();
            cue.is_some_and(|cue| cue.lemma == entry.lemma)
        });
        if let Some(claim) = misread {
            let shown = show(claim, &entry.counter_example);
            found.insert(format!("{} | counter-example", entry.key), shown);
        }
    }
    found
}

#[test]
fn examples_and_counter_examples_of_cues() {
    let failures = failures(&knowledge(&[]));
    let known = known_misses();
    let mut report = String::new();
    for (key, why) in &failures {
        if !known.contains(key) {
            report += &format!("fails: {key}\n    {why}\n");
        }
    }
    let now_work: BTreeSet<&String> = known
        .iter()
        .filter(|key| !failures.contains_key(*key))
        .collect();
    // On demand the list is shortened. It is never lengthened: a new failure is for a person to look at.
    if std::env::var_os("SHORTEN_KNOWN_MISSES").is_some() {
        let list = file(KNOWN);
        let kept: String = list
            .split_inclusive('\n')
            .filter(|line| {
                let key = line.rsplit_once(" | ").map_or("", |(key, _)| key);
                line.starts_with('#') || !now_work.contains(&key.to_owned())
            })
            .collect();
        std::fs::write(crate::check::workspace().join(KNOWN), kept).expect("the list is written");
    } else {
        for key in now_work {
            report += &format!("works now, take it off {KNOWN}: {key}\n");
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn a_cue_has_one_line_for_each_part_and_act() {
    let mut seen = BTreeSet::new();
    for entry in entries() {
        assert!(seen.insert(entry.key.clone()), "twice: {}", entry.key);
        assert!(!entry.example.is_empty(), "no example: {}", entry.key);
    }
}

/// The place of the examples of events: that a name is a place's is not for a pattern of events to find out.
const ORLEN: &str = "id\tname\tlat\tlon\norlen\tOrlen\t1.0\t2.0\n";

/// Whether an event of a type is read.
fn tells(sentence: &str, kind: EventType, knowledge: &Knowledge) -> bool {
    let read = annotate::events::read(&Document::plain(sentence), knowledge);
    read.iter().any(|event| event.kind == kind)
}

/// What of `events.txt` is not read as it says, `type | words | example or counter-example`.
fn events_misread(knowledge: &Knowledge) -> BTreeSet<String> {
    let mut misread = BTreeSet::new();
    let mut kind = None;
    for line in file("lexicon/events.txt").lines() {
        if let Some(name) = line.strip_prefix('[') {
            kind = EventType::parse(name.trim_end_matches(']'));
        }
        let fields: Vec<&str> = line.split(" | ").collect();
        let ([part, _, example, counter_example], Some(kind)) = (&fields[..], kind) else {
            continue;
        };
        if !tells(example, kind, knowledge) {
            misread.insert(format!("{kind} | {part} | {example}"));
        }
        if *counter_example != "-" && tells(counter_example, kind, knowledge) {
            misread.insert(format!("{kind} | {part} | {counter_example}"));
        }
    }
    misread
}

#[test]
fn examples_and_counter_examples_of_events() {
    let misread = events_misread(&knowledge(&[ORLEN]));
    let known: BTreeSet<String> = file(EVENTS_KNOWN)
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    let new: Vec<&String> = misread.difference(&known).collect();
    let mended: Vec<&String> = known.difference(&misread).collect();
    assert!(
        new.is_empty() && mended.is_empty(),
        "fail: {new:#?}\nwork now, take them off {EVENTS_KNOWN}: {mended:#?}"
    );
}

#[test]
fn no_line_of_the_lexicons_is_left_unread() {
    assert_eq!(knowledge(&[ORLEN]).problems(), [""; 0]);
}

#[test]
fn lines_that_cannot_be_read_are_named() {
    for (what, files) in [
        (
            "cues.txt line 2",
            KnowledgeFiles {
                cues: "# cues\nshrug | verb",
                ..KnowledgeFiles::default()
            },
        ),
        (
            "“sings” is no act",
            KnowledgeFiles {
                cues: "shrug | verb | sings | that | | x |",
                ..KnowledgeFiles::default()
            },
        ),
        (
            "demonyms.txt line 1",
            KnowledgeFiles {
                demonyms: "Ossel | Osselian",
                ..KnowledgeFiles::default()
            },
        ),
        (
            "events.txt line 1",
            KnowledgeFiles {
                events: "attack | sideways | attack | The army attacked Orlen.",
                ..KnowledgeFiles::default()
            },
        ),
    ] {
        let knowledge = Knowledge::parse(&files);
        let [problem] = knowledge.problems() else {
            panic!("{what}: {:?}", knowledge.problems());
        };
        assert!(problem.contains(what), "{problem}");
    }
}
