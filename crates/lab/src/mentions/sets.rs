//! Which labelled sets there are, and reading them by name.
//!
//! It knows the paths below the data folder and which parts are compared with other systems. Halves that are held out for
//! evaluation are not listed; CrossNER's test parts are not, and train.

use super::{MentionDocument, gum, iob, marks, re3d};
use crate::data::{self, Data, Failure};
use crate::treebank::{self, Treebank};

/// Our own labelled mentions, from the root of the checkout.
const OWN: &str = "gold/mentions.marks";

/// One labelled set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MentionSet {
    /// Its name: `crossner/ai/dev`.
    pub name: &'static str,
    /// Its file or folder below the data folder.
    path: &'static str,
    format: Format,
    /// Where its figures stand.
    pub table: Table,
}

/// What a set's files are like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Iob,
    Re3d,
    Gum,
}

/// Where a set's figures stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// In the reference scorer's table and its sum.
    Compared,
    /// In a row of its own beside the table; nothing is learnt from it.
    Beside,
    /// Nowhere, unless it is named: a part to train on.
    Training,
}

const fn iob(name: &'static str, path: &'static str, table: Table) -> MentionSet {
    MentionSet {
        name,
        path,
        format: Format::Iob,
        table,
    }
}

const fn re3d(name: &'static str, path: &'static str) -> MentionSet {
    MentionSet {
        name,
        path,
        format: Format::Re3d,
        table: Table::Compared,
    }
}

const fn gum(name: &'static str, path: &'static str, table: Table) -> MentionSet {
    MentionSet {
        name,
        path,
        format: Format::Gum,
        table,
    }
}

/// Every set that may be measured and trained on.
pub const MENTION_SETS: &[MentionSet] = &[
    iob("uner/dev", "ner/uner/en_ewt-dev.iob2", Table::Compared),
    iob("wnut17/dev", "ner/wnut17/dev.conll", Table::Compared),
    iob("wnut17/train", "ner/wnut17/train.conll", Table::Compared),
    iob(
        "crossner/ai/dev",
        "ner/crossner/ai/dev.txt",
        Table::Compared,
    ),
    iob(
        "crossner/literature/dev",
        "ner/crossner/literature/dev.txt",
        Table::Compared,
    ),
    iob(
        "crossner/music/dev",
        "ner/crossner/music/dev.txt",
        Table::Compared,
    ),
    iob(
        "crossner/politics/dev",
        "ner/crossner/politics/dev.txt",
        Table::Compared,
    ),
    iob(
        "crossner/science/dev",
        "ner/crossner/science/dev.txt",
        Table::Compared,
    ),
    re3d("re3d/australia-dfat", "ner/re3d/australia-dfat"),
    re3d("re3d/centcom", "ner/re3d/centcom"),
    re3d("re3d/eu-delegation", "ner/re3d/eu-delegation"),
    re3d("re3d/us-state", "ner/re3d/us-state"),
    gum("gum/dev", treebank::GUM_DEV, Table::Beside),
    gum("gum/train", treebank::GUM_TRAIN, Table::Training),
    iob(
        "crossner/ai/train",
        "ner/crossner/ai/train.txt",
        Table::Training,
    ),
    iob(
        "crossner/literature/train",
        "ner/crossner/literature/train.txt",
        Table::Training,
    ),
    iob(
        "crossner/music/train",
        "ner/crossner/music/train.txt",
        Table::Training,
    ),
    iob(
        "crossner/politics/train",
        "ner/crossner/politics/train.txt",
        Table::Training,
    ),
    iob(
        "crossner/science/train",
        "ner/crossner/science/train.txt",
        Table::Training,
    ),
    iob(
        "crossner/ai/test",
        "ner/crossner/ai/test.txt",
        Table::Training,
    ),
    iob(
        "crossner/literature/test",
        "ner/crossner/literature/test.txt",
        Table::Training,
    ),
    iob(
        "crossner/music/test",
        "ner/crossner/music/test.txt",
        Table::Training,
    ),
    iob(
        "crossner/politics/test",
        "ner/crossner/politics/test.txt",
        Table::Training,
    ),
    iob(
        "crossner/science/test",
        "ner/crossner/science/test.txt",
        Table::Training,
    ),
];

/// Reads a set's documents.
pub fn load(data: &Data, set: &MentionSet) -> Result<Vec<MentionDocument>, Failure> {
    Ok(match set.format {
        Format::Iob => iob::read(set.name, &data::text(&data.at(set.path)?)?),
        Format::Re3d => re3d::read(set.name, &data.at(set.path)?)?,
        Format::Gum => gum::read(set.name, &Treebank::open(data, set.path)?),
    })
}

/// Reads our own labelled mentions; none where this checkout has no such file.
pub fn load_own() -> Result<Option<Vec<MentionDocument>>, Failure> {
    let path = data::checkout().join(OWN);
    if !path.exists() {
        return Ok(None);
    }
    marks::read("own", &data::text(&path)?)
        .map(Some)
        .map_err(|problem| Failure(format!("{}: {problem}", path.display())))
}

/// The sets with these names; a beginning of names (`re3d`, `crossner/ai`) stands for those below it that are not for
/// training alone. No name at all stands for every such set.
pub fn named(names: &[String]) -> Result<Vec<&'static MentionSet>, Failure> {
    let measured = |set: &&MentionSet| set.table != Table::Training;
    if names.is_empty() {
        return Ok(MENTION_SETS.iter().filter(measured).collect());
    }
    let mut found: Vec<&MentionSet> = Vec::new();
    for name in names {
        let before = found.len();
        let below = |set: &&MentionSet| {
            let rest = set.name.strip_prefix(name.as_str());
            rest == Some("") || rest.is_some_and(|rest| rest.starts_with('/')) && measured(set)
        };
        found.extend(MENTION_SETS.iter().filter(below));
        if found.len() == before {
            let known: Vec<&str> = MENTION_SETS.iter().map(|set| set.name).collect();
            return Err(Failure(format!(
                "there is no set {name:?}; the sets are {}",
                known.join(", ")
            )));
        }
    }
    Ok(found)
}

/// Whether the weights in `models/` were learnt from a set, or from each of a group of sets.
pub fn is_learnt_from(name: &str) -> bool {
    !MENTION_SETS
        .iter()
        .any(|set| set.name == name && set.table == Table::Beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_names_what_is_measured_below_it() {
        let names = |asked: &[&str]| -> Vec<&str> {
            let asked: Vec<String> = asked.iter().map(|name| (*name).to_owned()).collect();
            named(&asked).unwrap().iter().map(|set| set.name).collect()
        };
        assert_eq!(
            names(&["crossner/ai", "gum"]),
            ["crossner/ai/dev", "gum/dev"]
        );
        assert_eq!(names(&["gum/train"]), ["gum/train"]);
        assert_eq!(names(&["re3d"]).len(), 4);
        assert_eq!(names(&[]).len(), 13);
        assert!(named(&["re".to_owned()]).is_err());
    }
}
