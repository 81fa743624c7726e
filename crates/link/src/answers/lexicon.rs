//! The words of `answers.txt`: what says the same, what excludes it, what calls it false, what keeps a distance.
//!
//! It does not know sentences: it finds words and phrases in a row of lemmas and forms.

use std::collections::{BTreeMap, BTreeSet};
use text::{EntryError, entries};

/// What a word or phrase does to what is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// Calls it untrue.
    False,
    /// Somebody denies it.
    Denies,
    /// Somebody stands for it.
    Confirms,
    /// Tells it without standing for it.
    Distance,
    /// The same, where it stands above what is told.
    Hedge,
    /// Tells what follows from it.
    TakesUp,
    /// Turns it around.
    Not,
}

impl Mark {
    const ALL: [(&str, Self); 7] = [
        ("false", Self::False),
        ("denies", Self::Denies),
        ("confirms", Self::Confirms),
        ("distance", Self::Distance),
        ("hedge", Self::Hedge),
        ("takes_up", Self::TakesUp),
        ("not", Self::Not),
    ];
}

/// A group of words for one happening or state.
pub(crate) type Group = u16;

/// What an entry says of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Marked(Mark),
    Of(Group),
}

/// Where a word or phrase was found, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Number of its first word.
    pub first: usize,
    /// Number of words.
    pub count: usize,
    pub meaning: Meaning,
}

/// Word lists for answers; `default()` has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AnswerWords {
    /// Phrases by their first word: the other words and what they mean.
    phrases: BTreeMap<String, Vec<(Vec<String>, Meaning)>>,
    /// Pairs of groups of which one excludes the other, both ways.
    opposite: BTreeSet<(Group, Group)>,
    groups: Group,
}

impl AnswerWords {
    /// Reads lexicon text: `kind | words | example | counter-example` a line, `#` for remarks.
    ///
    /// # Errors
    /// The first line whose kind is unknown or that has no words.
    pub(crate) fn parse(text: &str) -> Result<Self, EntryError> {
        let mut lexicon = Self::default();
        for entry in entries(text) {
            let words = entry.words().collect::<Vec<_>>().join(",");
            if words.trim().is_empty() {
                return Err(entry.error("no words; write `kind | word, word`"));
            }
            match entry.kind {
                "same" => {
                    lexicon.group(&words);
                }
                "opposite" => {
                    let Some((one, other)) = words.split_once('~') else {
                        return Err(entry.error(
                            "no “~” between the sides; write `opposite | word, word ~ word, word`",
                        ));
                    };
                    let (one, other) = (lexicon.group(one), lexicon.group(other));
                    lexicon.opposite.insert((one, other));
                    lexicon.opposite.insert((other, one));
                }
                kind => {
                    let known = Mark::ALL.iter().find(|(name, _)| *name == kind);
                    let Some((_, mark)) = known else {
                        return Err(entry.error(
                            "unknown kind; write same, opposite, false, denies, confirms, distance, hedge, takes_up or not",
                        ));
                    };
                    lexicon.add(&words, Meaning::Marked(*mark));
                }
            }
        }
        Ok(lexicon)
    }

    fn group(&mut self, words: &str) -> Group {
        let group = self.groups;
        self.groups = self.groups.saturating_add(1);
        self.add(words, Meaning::Of(group));
        group
    }

    fn add(&mut self, words: &str, meaning: Meaning) {
        for phrase in words.split(',') {
            let mut parts = phrase.split_whitespace().map(str::to_owned);
            if let Some(first) = parts.next() {
                let rest: Vec<String> = parts.collect();
                let known = self.phrases.entry(first).or_default();
                if !known.contains(&(rest.clone(), meaning)) {
                    known.push((rest, meaning));
                }
            }
        }
    }

    /// Whether words of one group exclude what words of the other say.
    pub(crate) fn exclude(&self, one: Group, other: Group) -> bool {
        self.opposite.contains(&(one, other))
    }

    /// The first words of what says the same as words of a group, and of what they exclude.
    pub(crate) fn beside(&self, group: Group) -> impl Iterator<Item = &str> {
        let meant = move |meaning: &Meaning| matches!(meaning, Meaning::Of(other) if *other == group || self.exclude(group, *other));
        let phrases = self.phrases.iter();
        phrases
            .filter(move |(_, entries)| entries.iter().any(|(_, meaning)| meant(meaning)))
            .map(|(first, _)| first.as_str())
    }

    /// All words and phrases in a row of words, each given by its form and its lemma in small letters.
    pub(crate) fn find(&self, words: &[(&str, &str)]) -> Vec<Found> {
        let mut found = Vec::new();
        for (first, (form, lemma)) in words.iter().enumerate() {
            for (number, key) in [form, lemma].into_iter().enumerate() {
                if number == 1 && form == lemma {
                    continue;
                }
                for (rest, meaning) in self.phrases.get(*key).into_iter().flatten() {
                    let fits = rest
                        .iter()
                        .zip(&words[first + 1..])
                        .all(|(wanted, (form, lemma))| wanted == form || wanted == lemma);
                    if fits && words.len() > first + rest.len() {
                        let one = Found {
                            first,
                            count: rest.len() + 1,
                            meaning: *meaning,
                        };
                        if !found.contains(&one) {
                            found.push(one);
                        }
                    }
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words with a guess at their lemmas: a plural's or a verb's ending is taken off.
    fn read(lexicon: &AnswerWords, text: &str) -> Vec<Meaning> {
        let text = text
            .to_lowercase()
            .replace("n't", " n't")
            .replace("'s", " 's");
        let text = text.replace([',', '.', '!'], " ").replace('?', " ?");
        let words: Vec<&str> = text.split_whitespace().collect();
        let stems: Vec<Vec<String>> = words.iter().map(|word| lemmas(word)).collect();
        let mut found = Vec::new();
        for pick in 0..4 {
            let pairs: Vec<(&str, &str)> = words
                .iter()
                .zip(&stems)
                .map(|(word, stems)| (*word, stems.get(pick).map_or(*word, String::as_str)))
                .collect();
            found.extend(lexicon.find(&pairs).into_iter().map(|one| one.meaning));
        }
        found
    }

    fn lemmas(word: &str) -> Vec<String> {
        let mut all = vec![word.to_owned()];
        for ending in ["s", "ed", "d", "ing"] {
            if let Some(stem) = word.strip_suffix(ending) {
                all.push(stem.to_owned());
            }
        }
        for (form, lemma) in [
            ("fell", "fall"),
            ("gave", "give"),
            ("shot", "shoot"),
            ("left", "leave"),
            ("sank", "sink"),
            ("went", "go"),
            ("stole", "steal"),
            ("stolen", "steal"),
            ("met", "meet"),
            ("won", "win"),
            ("made", "make"),
            ("broke", "break"),
            ("quit", "quit"),
            ("lost", "lose"),
            ("burns", "burn"),
            ("sold", "sell"),
            ("seen", "see"),
            ("paid", "pay"),
            ("grew", "grow"),
            ("ran", "run"),
            ("led", "lead"),
            ("struck", "strike"),
            ("freed", "free"),
            ("died", "die"),
            ("exploded", "explode"),
            ("injured", "injure"),
            ("married", "marry"),
            ("caused", "cause"),
            ("accused", "accuse"),
            ("banned", "ban"),
            ("retook", "retake"),
        ] {
            if word == form {
                all.insert(1, lemma.to_owned());
            }
        }
        all
    }

    #[test]
    fn every_entry_does_what_its_example_says() {
        let text = include_str!("../../../../lexicon/answers.txt");
        let whole = AnswerWords::parse(text).expect("the lexicon reads");
        // An entry is held to its own example: what others say of the words is theirs.
        let holds = |line: &str, kind: &str, example: &str| -> bool {
            let own = AnswerWords::parse(line).expect("the line reads");
            let lexicon = if kind == "same" || kind == "opposite" {
                &own
            } else {
                &whole
            };
            let (left, right) = example.split_once(" ~ ").unwrap_or((example, ""));
            let (left, right) = (read(lexicon, left), read(lexicon, right));
            let groups = |all: &[Meaning]| -> BTreeSet<Group> {
                all.iter()
                    .filter_map(|one| match one {
                        Meaning::Of(group) => Some(*group),
                        Meaning::Marked(_) => None,
                    })
                    .collect()
            };
            let (one, other) = (groups(&left), groups(&right));
            match kind {
                "same" => one.intersection(&other).next().is_some(),
                "opposite" => one
                    .iter()
                    .any(|one| other.iter().any(|other| lexicon.exclude(*one, *other))),
                kind => {
                    let mark = Mark::ALL
                        .iter()
                        .find(|(name, _)| *name == kind)
                        .expect("a kind")
                        .1;
                    left.contains(&Meaning::Marked(mark))
                }
            }
        };
        let mut wrong = Vec::new();
        let mut entries = 0;
        for line in text
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            assert_eq!(
                fields.len(),
                4,
                "an example and a counter-example are due: {line}"
            );
            if !holds(line, fields[0], fields[2]) {
                wrong.push(format!("example of: {line}"));
            }
            if holds(line, fields[0], fields[3]) {
                wrong.push(format!("counter-example of: {line}"));
            }
            entries += 1;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(entries > 60);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        for (text, line) in [
            ("# fine\nsaim | fire", 2),
            ("same |", 1),
            ("opposite | a, b", 1),
        ] {
            assert_eq!(AnswerWords::parse(text).expect_err("an error").line, line);
        }
    }
}
