//! The labelled sentences of `gold/attributions.marks`.

use crate::check::{Line, Wanted, check, file, knowledge};

const MARKS: &str = "gold/attributions.marks";

#[test]
fn attributions() {
    let knowledge = knowledge(&[]);
    let mut report = String::new();
    let mut counts = [0; 3];
    for text in file(MARKS).lines() {
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let line = Line::parse(text);
        counts[match line.wanted {
            Wanted::Read => 0,
            Wanted::NotMisread => 1,
            Wanted::Missed => 2,
        }] += 1;
        if let Err(why) = check(&line, &knowledge) {
            report += &format!("{why}\n");
        }
    }
    let [read, hard, missed] = counts;
    println!("{read} read, {hard} hard, {missed} known misses");
    assert!(report.is_empty(), "\n{report}");
}
