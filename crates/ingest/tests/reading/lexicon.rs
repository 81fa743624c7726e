//! Each entry of the shipped lexicons does what its example says, and not what its counter-example warns of.

use super::lexicon;
use ingest::{Lexicon, Reading, read_date};

#[test]
fn every_cue_finds_its_example_and_passes_over_its_counter_example() {
    let whole = lexicon();
    let mut entries = 0;
    for line in include_str!("../../../../lexicon/boilerplate.txt").lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let (place, example) = (fields[0], fields[2]);
        let alone = Lexicon::parse(line).expect("an entry stands alone");
        let finds = |text: &str| match place {
            "wall" => alone.is_wall(text),
            "date" => alone
                .after_date_cue(text)
                .is_some_and(|rest| matches!(read_date(rest), Reading::Known(_))),
            "byline" => alone.is_byline(text),
            _ => alone.is_boilerplate(text),
        };
        assert!(finds(example), "{line}");
        if let Some(counter) = fields.get(3) {
            assert!(!finds(counter), "{line}");
            assert!(!whole.is_boilerplate(counter), "{line}");
        }
        entries += 1;
    }
    assert!(entries > 100);
}

#[test]
fn any_white_space_and_any_case_will_do() {
    let lexicon = lexicon();
    for line in [
        "Read also\u{a0} Governor leaves town",
        "READ ALSO: Governor leaves town",
        "► Read also – Governor leaves town",
        "Read\u{2003}also “Governor leaves town”",
        "Related:Governor leaves town",
        "©2021 The Daily Example",
    ] {
        assert!(lexicon.is_boilerplate(line), "{line}");
    }
    let long = format!("Read also: {}", "one more word ".repeat(12));
    assert!(!lexicon.is_boilerplate(&long));
}

#[test]
fn outlets_are_known_by_host_and_by_the_hosts_above() {
    let lexicon = lexicon();
    assert_eq!(lexicon.outlet("news.bbc.co.uk"), Some("BBC News"));
    assert_eq!(lexicon.outlet("BBC.com"), Some("BBC News"));
    assert_eq!(lexicon.outlet("notbbc.com"), None);
}

#[test]
fn a_damaged_lexicon_names_its_line() {
    for (text, line) in [
        ("start", "line 1"),
        ("# a\n\nnowhere | x", "line 3"),
        ("start | -", "line 1"),
    ] {
        let error = Lexicon::parse(text).expect_err("it is damaged");
        assert!(error.contains(line), "{error}");
    }
    assert!(Lexicon::default().with_outlets("example.org").is_err());
}
