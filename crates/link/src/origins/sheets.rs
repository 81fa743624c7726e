//! `Sheet`: a document's five-word shingles in the order of its text, as hashes, and which of them are quoted.
//!
//! It does not know other documents. Boilerplate is left out; capitals, marks and paragraphs count for nothing.

use siphasher::sip::SipHasher13;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use text::{BlockKind, Document};

/// Words in a shingle.
pub(super) const WORDS: usize = 5;
/// An opened quotation that is not closed so many words later in its paragraph was none: a stray mark must not hide a text.
const LONGEST_OPEN: usize = 200;

/// The shingles of a document.
pub(super) struct Sheet {
    /// Each shingle once, by hash, with where it first stands outside quotation marks.
    pub shingles: Vec<Shingle>,
    /// Runs of five words in the text.
    pub runs: u32,
    /// The hash of all words; none of a text without words.
    pub whole: Option<u64>,
}

/// A shingle of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shingle {
    pub hash: u64,
    place: u32,
}

impl Shingle {
    const QUOTED: u32 = u32::MAX;

    /// Which run of the text it is; none where it stands in quotation marks alone.
    pub fn place(self) -> Option<u32> {
        (self.place != Self::QUOTED).then_some(self.place)
    }
}

impl Sheet {
    /// Reads a document.
    pub fn of(document: &Document) -> Self {
        let words = Words::of(document).all;
        let mut shingles: Vec<Shingle> = (0..)
            .zip(words.windows(WORDS))
            .map(|(place, run)| Shingle {
                hash: combined(run.iter().map(|word| word.hash)),
                place: if run.iter().any(|word| word.quoted) {
                    Shingle::QUOTED
                } else {
                    place
                },
            })
            .collect();
        let runs = u32::try_from(shingles.len()).unwrap_or(u32::MAX);
        // Sorted by place too, so that of several the first told one stays.
        shingles.sort_unstable();
        shingles.dedup_by_key(|shingle| shingle.hash);
        Self {
            shingles,
            runs,
            whole: (!words.is_empty()).then(|| combined(words.iter().map(|word| word.hash))),
        }
    }

    /// Calls with each shingle that both have.
    pub fn meet(&self, other: &Self, mut with: impl FnMut(Shingle, Shingle)) {
        let (mut left, mut right) = (self.shingles.iter(), other.shingles.iter());
        let (mut one, mut another) = (left.next(), right.next());
        while let (Some(mine), Some(theirs)) = (one, another) {
            match mine.hash.cmp(&theirs.hash) {
                std::cmp::Ordering::Less => one = left.next(),
                std::cmp::Ordering::Greater => another = right.next(),
                std::cmp::Ordering::Equal => {
                    with(*mine, *theirs);
                    one = left.next();
                    another = right.next();
                }
            }
        }
    }
}

/// Whether the other document has a run of words of this one with another figure in it.
pub(super) fn other_figures(one: &Document, other: &Document) -> bool {
    let with_figures = |document: &Document| -> HashSet<(u64, u64)> {
        let words = Words::of(document).all;
        let runs = words.windows(WORDS);
        runs.filter(|run| run.iter().any(|word| word.figure))
            .map(|run| {
                let frame = |word: &Word| if word.figure { 0 } else { word.hash };
                (
                    combined(run.iter().map(frame)),
                    combined(run.iter().map(|word| word.hash)),
                )
            })
            .collect()
    };
    let (left, right) = (with_figures(one), with_figures(other));
    let frames: HashSet<u64> = left.iter().map(|(frame, _)| *frame).collect();
    right
        .iter()
        .any(|both| frames.contains(&both.0) && !left.contains(both))
}

/// Shingles by hash.
pub(super) type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Taken>>;
/// Hashes of shingles.
pub(super) type Hashes = HashSet<u64, BuildHasherDefault<Taken>>;

/// A hash that is taken as it is, since hashing it once more costs time and spreads it no better.
#[derive(Default)]
pub(super) struct Taken(u64);

impl Hasher for Taken {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// SipHash is specified: the same text has the same hashes on every machine.
fn combined(parts: impl Iterator<Item = u64>) -> u64 {
    let mut hasher = SipHasher13::new();
    for part in parts {
        hasher.write_u64(part);
    }
    hasher.finish()
}

#[derive(Clone, Copy)]
struct Word {
    hash: u64,
    quoted: bool,
    figure: bool,
}

#[derive(Default)]
struct Words {
    all: Vec<Word>,
}

impl Words {
    fn of(document: &Document) -> Self {
        let mut words = Self::default();
        let text = &document.text;
        if document.blocks.is_empty() {
            words.read(text);
        }
        for block in &document.blocks {
            if block.kind != BlockKind::Boilerplate {
                words.read(block.span.slice(text));
            }
        }
        words
    }

    /// Adds the words of a paragraph.
    fn read(&mut self, part: &str) {
        let mut word = String::new();
        let mut opened: Option<usize> = None;
        let mut before = ' ';
        let mut letters = part.chars().peekable();
        while let Some(mark) = letters.next() {
            if mark.is_alphanumeric() {
                word.extend(mark.to_lowercase());
                before = mark;
                continue;
            }
            let doubled = mark == '\'' && letters.peek() == Some(&'\'');
            if matches!(mark, '\'' | '’') && !doubled {
                // Within a word an apostrophe goes; elsewhere it is a mark like others.
                if word.is_empty() || !letters.peek().is_some_and(|next| next.is_alphanumeric()) {
                    self.add(&mut word, opened.is_some());
                }
                before = mark;
                continue;
            }
            self.add(&mut word, opened.is_some());
            if doubled {
                letters.next();
            }
            let opens = before.is_whitespace() || matches!(before, '(' | '[' | '-' | '–' | '—');
            match mark {
                '„' | '«' => opened = opened.or(Some(self.all.len())),
                '”' | '»' => opened = None,
                _ if !doubled && !matches!(mark, '"' | '“') => {}
                _ if opens => opened = opened.or(Some(self.all.len())),
                _ => opened = None,
            }
            before = mark;
        }
        self.add(&mut word, opened.is_some());
        if let Some(start) = opened
            && self.all.len() - start > LONGEST_OPEN
        {
            for word in &mut self.all[start..] {
                word.quoted = false;
            }
        }
    }

    fn add(&mut self, word: &mut String, quoted: bool) {
        if !word.is_empty() {
            let mut hasher = SipHasher13::new();
            hasher.write(word.as_bytes());
            self.all.push(Word {
                hash: hasher.finish(),
                quoted,
                figure: word.bytes().all(|byte| byte.is_ascii_digit()),
            });
            word.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        Sheet::of(&Document::plain(text))
    }

    fn told(text: &str) -> usize {
        let sheet = sheet(text);
        let told = sheet.shingles.iter();
        told.filter(|shingle| shingle.place().is_some()).count()
    }

    #[test]
    fn capitals_marks_and_paragraphs_count_for_nothing() {
        let one = sheet("The guns of Korva's harbour fell silent.\n\nNobody knew why.");
        let other = sheet("the guns of Korva’s harbour — fell silent; nobody knew why");
        assert_eq!(one.shingles, other.shingles);
        assert_eq!(one.whole, other.whole);
    }

    #[test]
    fn what_is_quoted_is_not_told() {
        for text in [
            "He said \"we hold the bridge and the road\" and left the hall at once",
            "He said “we hold the bridge and the road” and left the hall at once",
            "He said ''we hold the bridge and the road'' and left the hall at once",
            "He said «we hold the bridge and the road» and left the hall at once",
        ] {
            assert_eq!(told(text), 2, "{text}");
        }
        let words: Vec<String> = (0..300).map(|number| format!("word{number}")).collect();
        assert!(told(&format!("A stray \" mark {}", words.join(" "))) > 200);
    }

    #[test]
    fn another_figure_in_the_same_words() {
        let figures =
            |one: &str, other: &str| other_figures(&Document::plain(one), &Document::plain(other));
        let one = "At least 20 people were killed in Korva.";
        let other = "At least 22 people were killed in Korva on Monday.";
        assert!(figures(one, other) && !figures(one, one));
        assert!(!figures(one, "Some 22 of them lived in the old town."));
    }
}
