//! `gold/sources.own.tsv`: whom the source of a marked cue stands for.
//!
//! It does not know what the program gives; how a name counts as the same is here.

use crate::acts::gold::{Half, TEST_SHARE, halves, rows, unmarked};
use crate::data::Failure;
use text::Span;

/// The kinds of the file, in the order in which they are printed.
pub const KINDS: [&str; 5] = ["pronoun", "nominal", "elided", "spokesperson", "garbled"];

/// A cue in a short text.
#[derive(Debug, Clone)]
pub struct Item {
    pub id: String,
    pub kind: String,
    /// Names that will do; none where nobody is to be named.
    pub names: Vec<String>,
    /// As printed in a claim; none beside no name.
    pub name_basis: Option<String>,
    /// Bodies that will do; none where nobody is spoken for.
    pub speaks_for: Vec<String>,
    pub inverted: bool,
    pub text: String,
    pub cue: Span,
    pub half: Half,
}

/// Reads the file and parts it: within each kind the ids with the lowest hash are the test half.
pub fn load() -> Result<Vec<Item>, Failure> {
    let mut items: Vec<Item> = rows("sources.own.tsv", 7)?
        .iter()
        .map(|row| item(row))
        .collect::<Result<_, _>>()?;
    let halves = halves(
        items.iter().map(|item| (&item.kind, item.id.as_str())),
        TEST_SHARE,
    );
    for (item, half) in items.iter_mut().zip(halves) {
        item.half = half;
    }
    Ok(items)
}

fn item(row: &[String]) -> Result<Item, Failure> {
    let wrong = |what: &str| Failure(format!("gold/sources.own.tsv, {}: {what}", row[0]));
    let (text, cues) = unmarked(&row[6].replace(" ¶ ", "\n\n"));
    let [cue] = cues[..] else {
        return Err(wrong("one cue is needed"));
    };
    if !KINDS.contains(&row[1].as_str()) {
        return Err(wrong("an unknown kind"));
    }
    let several = |field: &str, nothing: &str| -> Vec<String> {
        field
            .split('|')
            .map(str::trim)
            .filter(|part| *part != nothing)
            .map(str::to_owned)
            .collect()
    };
    Ok(Item {
        id: row[0].clone(),
        kind: row[1].clone(),
        names: several(&row[2], "none"),
        name_basis: (row[3] != "-").then(|| row[3].clone()),
        speaks_for: several(&row[4], "-"),
        inverted: row[5] == "inverted",
        text,
        cue,
        half: Half::Dev,
    })
}

/// A text with words whose meaning is known.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    pub text: String,
    /// Words, and names of whom they stand for; none where the text does not name anybody.
    pub meant: Vec<(Span, Vec<String>)>,
}

/// Reads `gold/sources.train.marks`.
pub fn marked() -> Result<Vec<Marked>, Failure> {
    let lines = rows("sources.train.marks", 1)?;
    lines.iter().map(|line| marks(&line[0])).collect()
}

fn marks(line: &str) -> Result<Marked, Failure> {
    let line = line.replace(" ¶ ", "\n\n");
    let mut marked = Marked::default();
    for (index, part) in line.split('[').enumerate() {
        let Some((inside, after)) = part.split_once(']').filter(|_| index > 0) else {
            marked.text.push_str(part);
            continue;
        };
        let Some((words, name)) = inside.split_once('|') else {
            return Err(Failure(format!(
                "gold/sources.train.marks: [{inside}] names nobody"
            )));
        };
        let start = marked.text.len();
        marked.text.push_str(words);
        let names = Some(name.to_owned()).filter(|name| name != "-");
        marked.meant.push((
            Span::new(start, marked.text.len()),
            names.into_iter().collect(),
        ));
        marked.text.push_str(after);
    }
    Ok(marked)
}

/// Whether a name given is one of those wanted: its words, without "the", are theirs, or one's words stand in the other in one row
/// ("Halm" and "Ferid Halm").
pub fn is_same(wanted: &[String], given: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        name.split_whitespace()
            .map(str::to_lowercase)
            .filter(|word| word != "the")
            .collect()
    };
    let given = words(given);
    wanted.iter().any(|wanted| {
        let wanted = words(wanted);
        let (short, long) = if wanted.len() < given.len() {
            (&wanted, &given)
        } else {
            (&given, &wanted)
        };
        !short.is_empty() && long.windows(short.len()).any(|window| window == &short[..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_can_be_read_and_names_what_its_text_names() {
        let items = load().expect("the file can be read");
        assert!(items.len() >= 160);
        for item in items {
            let text = item.text.to_lowercase();
            for name in item.names.iter().chain(&item.speaks_for) {
                assert!(text.contains(&name.to_lowercase()), "{}: {name}", item.id);
            }
            assert_eq!(
                item.names.is_empty(),
                item.name_basis.is_none(),
                "{}",
                item.id
            );
        }
    }

    #[test]
    fn every_mark_names_whom_its_text_names() {
        let all = marked().expect("the file can be read");
        assert!(all.iter().map(|marked| marked.meant.len()).sum::<usize>() > 200);
        for marked in all {
            let text = marked.text.to_lowercase();
            for (span, names) in &marked.meant {
                assert!(!span.slice(&marked.text).is_empty());
                assert!(
                    names.iter().all(|name| text.contains(&name.to_lowercase())),
                    "{names:?}: {text}"
                );
            }
        }
    }

    #[test]
    fn a_surname_is_the_same_name_and_another_is_not() {
        let wanted = ["Ferid Halm".to_string()];
        assert!(is_same(&wanted, "Halm"));
        assert!(is_same(&["Harrow Front".to_string()], "the Harrow Front"));
        assert!(!is_same(&wanted, "Ferid Holm"));
    }
}
