//! Every example of `quantities.txt` has the quantities that it shows, and no other.
//!
//! It does not know the sentences of `gold/quantities.tsv`, by which quantities are measured.

use crate::check::{file, knowledge};
use annotate::{Hedge, Knowledge, Quantity, Scope, annotate};
use std::fmt::Write;
use text::Document;

/// A sentence without its brackets, and what stood in them, as bytes of it.
fn unbracketed(example: &str) -> (String, Vec<(usize, usize)>) {
    let mut sentence = String::new();
    let mut spans = Vec::new();
    for letter in example.chars() {
        match letter {
            '[' => spans.push((sentence.len(), sentence.len())),
            ']' => spans.last_mut().expect("a bracket is open").1 = sentence.len(),
            letter => sentence.push(letter),
        }
    }
    (sentence, spans)
}

fn read(sentence: &str, knowledge: &Knowledge) -> Vec<Quantity> {
    annotate(&Document::plain(sentence), knowledge).quantities
}

/// What differs between the brackets of a sentence and what is read in it.
fn difference(example: &str, knowledge: &Knowledge) -> (Vec<Quantity>, Option<String>) {
    let (sentence, spans) = unbracketed(example);
    let found = read(&sentence, knowledge);
    let read: Vec<(usize, usize)> = found
        .iter()
        .map(|quantity| (quantity.span.from(), quantity.span.to()))
        .collect();
    let words: Vec<&str> = read
        .iter()
        .map(|(start, end)| &sentence[*start..*end])
        .collect();
    let differs = (read != spans).then(|| format!("{example}\n    read: {words:?}"));
    (found, differs)
}

/// The lines of a section, their fields apart.
fn section(name: &str) -> Vec<Vec<String>> {
    let lexicon = file("lexicon/quantities.txt");
    let lines = lexicon.lines().filter(|line| !line.starts_with('#'));
    let is_header =
        |line: &str| line.starts_with('[') && line.ends_with(']') && !line.contains('|');
    lines
        .skip_while(|line| *line != format!("[{name}]"))
        .skip(1)
        .take_while(|line| !is_header(line))
        .filter(|line| line.contains('|'))
        .map(|line| {
            line.split('|')
                .map(|field| field.trim().to_owned())
                .collect()
        })
        .collect()
}

#[test]
fn every_hedge_reads_its_example() {
    let knowledge = knowledge(&[]);
    let mut report = String::new();
    for fields in section("hedges") {
        let (found, differs) = difference(&fields[3], &knowledge);
        let has = found
            .iter()
            .any(|quantity| quantity.hedge.as_str() == fields[0]);
        if let Some(differs) = differs {
            writeln!(report, "{differs}").unwrap();
        } else if !has {
            writeln!(report, "{}: not {}: {found:?}", fields[3], fields[0]).unwrap();
        }
        if let Some(counter) = fields.get(4).filter(|counter| !counter.is_empty()) {
            let (_, differs) = difference(counter, &knowledge);
            differs
                .into_iter()
                .for_each(|differs| writeln!(report, "{differs}").unwrap());
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn every_vague_word_and_look_alike_reads_its_example() {
    let knowledge = knowledge(&[]);
    let mut report = String::new();
    let examples = ["vague", "look-alikes"].into_iter().flat_map(|name| {
        let first = if name == "vague" { 3 } else { 2 };
        let lines = section(name).into_iter();
        lines.flat_map(move |fields| fields[first..].to_vec())
    });
    for example in examples.filter(|example| !example.is_empty()) {
        let (_, differs) = difference(&example, &knowledge);
        differs
            .into_iter()
            .for_each(|differs| writeln!(report, "{differs}").unwrap());
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn every_unit_reads_its_example() {
    let knowledge = knowledge(&[]);
    let mut report = String::new();
    for fields in ["units", "currencies"].into_iter().flat_map(section) {
        let (found, differs) = difference(&fields[2], &knowledge);
        differs
            .into_iter()
            .for_each(|differs| writeln!(report, "{differs}").unwrap());
        if !found.iter().all(|quantity| quantity.unit == fields[0]) {
            writeln!(report, "{}: {found:?}", fields[2]).unwrap();
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn every_effect_reads_its_example() {
    let knowledge = knowledge(&[]);
    let mut report = String::new();
    for fields in section("effects") {
        let (found, differs) = difference(&fields[3], &knowledge);
        differs
            .into_iter()
            .for_each(|differs| writeln!(report, "{differs}").unwrap());
        let effects: Vec<Option<&str>> = found
            .iter()
            .map(|quantity| quantity.effect.map(annotate::Effect::as_str))
            .collect();
        if effects != [Some(fields[0].as_str())] {
            writeln!(report, "{}: {effects:?}", fields[3]).unwrap();
        }
    }
    assert!(report.is_empty(), "{report}");
}

/// Low, best and high of the only quantity of a sentence.
fn bounds(sentence: &str, knowledge: &Knowledge) -> (Hedge, [Option<f64>; 3]) {
    let found = read(sentence, knowledge);
    let [only] = found.as_slice() else {
        panic!("{sentence}: {found:?}");
    };
    (only.hedge, [only.low, only.best, only.high])
}

#[test]
fn bounds_follow_the_rules() {
    let knowledge = knowledge(&[]);
    let cases = [
        (
            "12 soldiers fled.",
            Hedge::Exact,
            [Some(12.0), Some(12.0), Some(12.0)],
        ),
        (
            "More than 40 men fled.",
            Hedge::MoreThan,
            [Some(41.0), Some(40.0), None],
        ),
        (
            "It is more than 40 km long.",
            Hedge::MoreThan,
            [Some(40.0), Some(40.0), None],
        ),
        (
            "Fewer than 100 men fled.",
            Hedge::LessThan,
            [Some(0.0), None, Some(99.0)],
        ),
        (
            "About 1,500 men fled.",
            Hedge::About,
            [Some(1425.0), Some(1500.0), Some(1575.0)],
        ),
        (
            "Nearly 70 men fled.",
            Hedge::Nearly,
            [Some(63.0), Some(70.0), Some(70.0)],
        ),
        (
            "Between 30 and 40 men fled.",
            Hedge::Range,
            [Some(30.0), None, Some(40.0)],
        ),
        (
            "Two or three hundred men fled.",
            Hedge::Range,
            [Some(200.0), None, Some(300.0)],
        ),
        (
            "At least some 40 men fled.",
            Hedge::AtLeast,
            [Some(40.0), Some(40.0), None],
        ),
        (
            "Tens of thousands of men fled.",
            Hedge::Vague,
            [Some(20000.0), None, None],
        ),
        (
            "A quarter of a million men fled.",
            Hedge::Exact,
            [Some(250000.0); 3],
        ),
        (
            "Two hundred and fifty men fled.",
            Hedge::Exact,
            [Some(250.0); 3],
        ),
        ("No civilians were killed.", Hedge::Zero, [Some(0.0); 3]),
        (
            "Shells fell, and fighters were killed.",
            Hedge::Plural,
            [Some(2.0), None, None],
        ),
    ];
    for (sentence, hedge, numbers) in cases {
        assert_eq!(bounds(sentence, &knowledge), (hedge, numbers), "{sentence}");
    }
}

#[test]
fn scopes_and_parts_are_told() {
    let knowledge = knowledge(&[]);
    let cases: [(&str, &[(Scope, bool)]); 6] = [
        ("A blast killed 12 guards.", &[(Scope::Event, false)]),
        (
            "In the past week 12 guards were killed.",
            &[(Scope::Period, false)],
        ),
        (
            "Six more bodies were found, bringing the toll to 52.",
            &[(Scope::Event, false), (Scope::Cumulative, false)],
        ),
        (
            "More than 300 people have been killed since the war began.",
            &[(Scope::Cumulative, false)],
        ),
        (
            "The border is 700 kilometres long.",
            &[(Scope::Unknown, false)],
        ),
        (
            "A blast killed 12 people, including three children.",
            &[(Scope::Event, false), (Scope::Event, true)],
        ),
    ];
    for (sentence, wanted) in cases {
        let found: Vec<(Scope, bool)> = read(sentence, &knowledge)
            .iter()
            .map(|quantity| (quantity.scope, quantity.part))
            .collect();
        assert_eq!(found, wanted, "{sentence}");
    }
}

#[test]
fn those_who_did_it_have_no_effect() {
    let found = read("Three gunmen killed five men.", &knowledge(&[]));
    let effects: Vec<bool> = found
        .iter()
        .map(|quantity| quantity.effect.is_some())
        .collect();
    assert_eq!(effects, [false, true]);
}

#[test]
fn a_predicate_that_stands_apart_is_found() {
    let knowledge = knowledge(&[]);
    let cases: [(&str, &[&str]); 24] = [
        (
            "Among the dead were 12 guards and three cooks.",
            &["killed", "killed"],
        ),
        (
            "Those killed included six women and five boys.",
            &["killed", "killed"],
        ),
        ("The guards were in 12 lorries.", &["-"]),
        (
            "Four boys were among at least 25 people killed in Vasht.",
            &["killed", "killed"],
        ),
        ("Six children among 19 dead in Vasht", &["killed", "killed"]),
        (
            "Three medics from the Red Lantern - better known as the Lamps - have been killed.",
            &["killed"],
        ),
        ("A car carrying 12 guards was destroyed.", &["-"]),
        (
            "Seven members of the Movement of the Left (ML) were arrested.",
            &["captured"],
        ),
        (
            "Five members of the patrol, which was at the gate, were killed.",
            &["killed"],
        ),
        (
            "There were 62 people on board, all of whom perished.",
            &["killed"],
        ),
        (
            "A shell hit a shop, leaving 23 civilians - including nine children - dead.",
            &["killed", "killed"],
        ),
        ("The wounded, 12 in all, were taken to Ilvar.", &["injured"]),
        (
            "Eight civilians killed others injured in raids on Vasht",
            &["killed"],
        ),
        (
            "20 people killed 30 others injured in raid on Vasht",
            &["killed", "injured"],
        ),
        (
            "The raid brought to 49 the number killed in Vasht.",
            &["killed"],
        ),
        (
            "The death toll from Monday's raid on the town has risen to 82.",
            &["killed"],
        ),
        (
            "The agency updated an earlier toll on Sunday evening of 15.",
            &["killed"],
        ),
        (
            "The raid killed 12 people, eight of them children.",
            &["killed", "killed"],
        ),
        ("A general was killed along with two others.", &["killed"]),
        ("A general met with two others.", &["-"]),
        ("There are two people hurt.", &["injured"]),
        ("12 guards remain in custody.", &["captured"]),
        ("The army destroyed over 60 gunmen.", &["killed"]),
        (
            "The raid killed five men on Monday. Two were soldiers.",
            &["killed", "killed"],
        ),
    ];
    let mut report = String::new();
    for (sentence, wanted) in cases {
        let found: Vec<&str> = read(sentence, &knowledge)
            .iter()
            .filter(|quantity| quantity.unit == "person")
            .map(|quantity| quantity.effect.map_or("-", annotate::Effect::as_str))
            .collect();
        let is_none = wanted == ["-"] && found.is_empty();
        if found != wanted && !is_none {
            writeln!(report, "{sentence}\n    {found:?}").unwrap();
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn a_date_of_one_happening_is_no_stretch() {
    let knowledge = knowledge(&[]);
    let cases: [(&str, Scope); 14] = [
        (
            "An attack in August that killed 300 people shook Vasht.",
            Scope::Event,
        ),
        ("In August 300 people were killed.", Scope::Period),
        ("Last month 300 people were killed.", Scope::Period),
        ("Over the weekend 12 people were killed.", Scope::Period),
        ("The war has already killed 300 people.", Scope::Cumulative),
        (
            "The war began in 2031. Since then 300 people have been killed.",
            Scope::Cumulative,
        ),
        (
            "The bridge fell on Monday. Since then 300 people have been killed.",
            Scope::Period,
        ),
        (
            "The raid brought to 49 the number killed.",
            Scope::Cumulative,
        ),
        ("The death toll may be as high as 400.", Scope::Cumulative),
        (
            "A helicopter killed 20 people in Vasht - Daily Courier",
            Scope::Event,
        ),
        ("Daily raids killed 20 people.", Scope::Unknown),
        ("A second bomb wounded three people.", Scope::Event),
        ("Twelve men will be left behind.", Scope::Unknown),
        (
            "He vowed to go on with an offensive that has left 12 guards dead.",
            Scope::Event,
        ),
    ];
    let mut report = String::new();
    for (sentence, wanted) in cases {
        let found = read(sentence, &knowledge);
        let last = found.last().map(|quantity| quantity.scope);
        if last != Some(wanted) {
            writeln!(report, "{sentence}\n    {last:?}").unwrap();
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn a_range_that_runs_down_is_none() {
    let knowledge = knowledge(&[]);
    for sentence in [
        "Between 50 and 40 men were killed.",
        "From 50 to 40 men were killed.",
        "50 to 40 men were killed.",
        "50-40 men were killed.",
    ] {
        let found = read(sentence, &knowledge);
        assert!(
            found.iter().all(|quantity| quantity.hedge != Hedge::Range),
            "{sentence}: {found:?}"
        );
    }
}

#[test]
fn odd_numbers_have_finite_bounds() {
    let knowledge = knowledge(&[]);
    for sentence in [
        "",
        "AT LEAST 12 MEN WERE KILLED",
        "1e999 men were killed.",
        "٣ men were killed.",
        "1,2,3,4 men were killed.",
        "One one one men were killed.",
        "½ men were killed.",
        "-5 men were killed.",
        "((((12 (men) were)))) killed.",
        "0 men, 0.0 men and 00 men were killed.",
        "999999999999999999999999 million billion trillion men were killed.",
        "Between between 3 and and 4 men or more or more were killed.",
        "$ $ $3 $ million, no none nobody of without any.",
    ] {
        for quantity in read(sentence, &knowledge) {
            let bounds = [quantity.low, quantity.best, quantity.high];
            let known: Vec<f64> = bounds.into_iter().flatten().collect();
            assert!(
                known.iter().all(|bound| bound.is_finite() && *bound >= 0.0),
                "{sentence}: {quantity:?}"
            );
        }
    }
}
