//! `lab` as a developer runs it, on one invented article in PolNeAR's form.
//!
//! It does not know whether the figures are right; each measure has its own tests.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The invented article and its annotation.
const TEXT: &str =
    "The mayor of Orsk said on Friday that the bridge was open.\n\nThe army denied it.\n";
const ANNOTATION: &str = "T1\tSource 0 17\tThe mayor of Orsk\nT2\tCue 18 22\tsaid\nT3\tContent 33 57\tthat the bridge was open\n\
                          T4\tAttribution 18 22\tsaid\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n";

/// A folder of data with the article; the name sets apart tests that run side by side.
fn data(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("lab-{name}-{}", std::process::id()));
    let part = folder.join("polnear/dev");
    for (place, text) in [
        ("text/one.txt", TEXT),
        ("attributions/one_a.ann", ANNOTATION),
    ] {
        let path = part.join(place);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        std::fs::write(path, text).expect("a file is written");
    }
    folder
}

fn lab(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lab"));
    command.args(arguments).arg("--data").arg(data);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn copies_stand_beside_what_they_may_cost() {
    let folder = data("copies");
    let output: Output = lab(&folder, &["eval", "attribution", "--corrupt"])
        .output()
        .expect("lab starts");
    std::fs::remove_dir_all(folder).expect("the folder is there");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    let row = |name: &str| -> Vec<&str> {
        let line = said.lines().find(|line| line.starts_with(name));
        line.unwrap_or_else(|| panic!("no {name} in {said}"))
            .split_whitespace()
            .collect()
    };
    assert_eq!(row("lower")[row("lower").len() - 2..], ["12", "6"]);
    assert_eq!(row("articleless").last(), Some(&"3"));
    for name in [
        "as they are",
        "capitals",
        "headline",
        "unpunctuated",
        "respelt",
        "two people",
    ] {
        assert!(row(name).len() > 2);
    }
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let folder = data("pipe");
    let mut child = lab(&folder, &["eval", "attribution"])
        .spawn()
        .expect("lab starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("lab ends");
    std::fs::remove_dir_all(folder).expect("the folder is there");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.success(), &*complaint), (true, ""));
}
