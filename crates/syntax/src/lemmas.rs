//! `Lemmas`: the dictionary form of a tagged word, by the longest ending that training has seen.
//!
//! It does not know sentences. An edit cuts some letters off a word's end and puts others there; which edit applies is
//! looked up by the tag and the whole word, else its last six letters, five, and so on down to none.

use crate::linear::{Feature, hash_bytes};
use crate::tagger::Tag;
use crate::weight_file::{self, Damage};
use std::collections::BTreeMap;

const KIND: &str = "lemmas";
/// Longest ending that is looked up, in bytes.
const LONGEST: usize = 6;
/// Stands for "the whole word" where others give the length of an ending.
const WHOLE: u32 = 99;

/// What turns a word into its lemma.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Edit {
    /// Whether the word's capitals stay.
    keeps_case: bool,
    /// Bytes cut from the end.
    cut: u8,
    /// What is put there.
    put: String,
}

/// A lemma of a word: the number of the edit that gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Lemma(u16);

/// The table of endings.
#[derive(Debug, Clone, Default)]
pub struct Lemmas {
    edits: Vec<Edit>,
    /// Tag with ending, and the edit; sorted.
    endings: Vec<(u32, u16)>,
    /// Where in `endings` the numbers begin that share their upper twelve bits.
    index: Vec<u32>,
}

impl Lemmas {
    /// The lemma of a word with this tag.
    #[must_use]
    pub fn lemma(&self, form: &str, tag: Tag) -> Lemma {
        let mut lower = [0_u8; 64];
        let bytes = form.as_bytes();
        let len = bytes.len().min(lower.len());
        // The end of a very long word decides; only ASCII letters are folded, the endings are English.
        lower[..len].copy_from_slice(&bytes[bytes.len() - len..]);
        lower[..len].make_ascii_lowercase();
        let lower = &lower[..len];
        let found = keys(lower, tag).find_map(|key| self.find(key));
        Lemma(found.unwrap_or_default())
    }

    fn find(&self, key: u32) -> Option<u16> {
        let bucket = (key >> 20) as usize;
        let range = *self.index.get(bucket)? as usize..*self.index.get(bucket + 1)? as usize;
        let endings = self.endings.get(range)?;
        let at = endings.binary_search_by_key(&key, |ending| ending.0).ok()?;
        Some(endings[at].1)
    }

    /// Writes a word's lemma.
    pub fn write(&self, form: &str, lemma: Lemma, into: &mut String) {
        into.clear();
        let plain = Edit {
            keeps_case: true,
            ..Edit::default()
        };
        let edit = self.edits.get(lemma.0 as usize).unwrap_or(&plain);
        apply(form, edit, into);
    }

    /// Reads a weight file.
    ///
    /// # Errors
    /// When the bytes are not such a file, whole and unchanged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damage> {
        let mut body = weight_file::read(KIND, bytes)?;
        let puts = body.texts()?;
        let mut edits = Vec::with_capacity(puts.len());
        for put in puts {
            let keeps_case = body.u8()? != 0;
            edits.push(Edit {
                keeps_case,
                cut: body.u8()?,
                put,
            });
        }
        let count = body.varint()?;
        let mut endings = Vec::with_capacity(count.min(1 << 20) as usize);
        let mut key = 0_u32;
        for _ in 0..count {
            key = key.checked_add(body.varint()?).ok_or(body.broken())?;
            let edit = u16::try_from(body.varint()?).map_err(|_| body.broken())?;
            if edit as usize >= edits.len() {
                return Err(body.broken());
            }
            endings.push((key, edit));
        }
        let mut index = vec![0_u32];
        let mut at = 0;
        for bucket in 0..1_u32 << 12 {
            while endings
                .get(at)
                .is_some_and(|ending| ending.0 >> 20 <= bucket)
            {
                at += 1;
            }
            index.push(at as u32);
        }
        Ok(Self {
            edits,
            endings,
            index,
        })
    }
}

/// The keys of a word, the longest ending first.
fn keys(lower: &[u8], tag: Tag) -> impl Iterator<Item = u32> {
    let longest = lower.len().min(LONGEST) as u32;
    std::iter::once(WHOLE)
        .chain((0..=longest).rev())
        .filter_map(move |length| key(lower, tag, length))
}

/// The key of a word's ending of so many bytes, or of the whole word; none where the word is shorter.
fn key(lower: &[u8], tag: Tag, length: u32) -> Option<u32> {
    let start = match length {
        WHOLE => 0,
        length => lower.len().checked_sub(length as usize)?,
    };
    let feature = Feature::of(length)
        .with(u32::from(tag))
        .with(hash_bytes(&lower[start..]));
    Some(feature.finish())
}

fn apply(form: &str, edit: &Edit, into: &mut String) {
    let keep = form.len().saturating_sub(edit.cut as usize);
    let stem = form.get(..keep).unwrap_or(form);
    if edit.keeps_case {
        into.push_str(stem);
    } else {
        into.extend(stem.chars().flat_map(char::to_lowercase));
    }
    into.push_str(&edit.put);
}

/// The edit that turns a form into a lemma, if a short one does.
fn edit(form: &str, lemma: &str) -> Option<Edit> {
    let lower = form.to_lowercase();
    for (keeps_case, from) in [(false, lower.as_str()), (true, form)] {
        if from.len() != form.len() {
            continue;
        }
        let same: usize = from
            .chars()
            .zip(lemma.chars())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum();
        let (cut, put) = (from.len() - same, &lemma[same..]);
        if cut <= 12 && put.len() <= 12 && (cut == 0 || same > 0 || from.len() <= 6) {
            let edit = Edit {
                keeps_case,
                cut: cut as u8,
                put: put.to_string(),
            };
            // A lemma with capitals of its own ("I") is reached from the form as written where that works unchanged.
            if keeps_case || !lemma.chars().any(char::is_uppercase) || form.to_lowercase() == form {
                return Some(edit);
            }
        }
    }
    None
}

/// Learns lemmas from words with their tag and lemma; returns the weight file.
#[must_use]
pub fn train<'t>(words: impl Iterator<Item = (&'t str, Tag, &'t str)>) -> Vec<u8> {
    // For each tag, each form as written in lower case: how often each edit made its lemma.
    let mut seen: BTreeMap<(Tag, String), BTreeMap<Edit, u32>> = BTreeMap::new();
    for (form, tag, lemma) in words {
        if let Some(edit) = edit(form, lemma) {
            *seen
                .entry((tag, form.to_ascii_lowercase()))
                .or_default()
                .entry(edit)
                .or_default() += 1;
        }
    }
    // Endings from short to long; an ending is kept where its commonest edit is not the one that a shorter one gives.
    let mut chosen: BTreeMap<u32, (Edit, u32)> = BTreeMap::new();
    for length in (0..=LONGEST as u32).chain([WHOLE]) {
        let mut counts: BTreeMap<u32, BTreeMap<&Edit, u32>> = BTreeMap::new();
        for ((tag, form), edits) in &seen {
            let Some(key) = key(form.as_bytes(), *tag, length) else {
                continue;
            };
            for (edit, count) in edits {
                // Types count, not tokens, so that frequent irregular words do not speak for their ending.
                *counts.entry(key).or_default().entry(edit).or_default() +=
                    if length == WHOLE { *count } else { 1 };
            }
        }
        let parents: BTreeMap<u32, Option<Edit>> = seen
            .keys()
            .filter_map(|(tag, form)| {
                let shorter = keys(form.as_bytes(), *tag)
                    .skip(1)
                    .find_map(|key| chosen.get(&key))
                    .map(|(edit, _)| edit.clone());
                Some((key(form.as_bytes(), *tag, length)?, shorter))
            })
            .collect();
        for (key, edits) in counts {
            let Some((best, count)) = edits
                .iter()
                .max_by_key(|(edit, count)| (**count, std::cmp::Reverse((**edit).clone())))
            else {
                continue;
            };
            let parent = parents.get(&key).and_then(Option::as_ref);
            let enough = length == WHOLE || length == 0 || *count >= 2;
            if enough && parent != Some(*best) {
                chosen.insert(key, ((*best).clone(), *count));
            }
        }
    }
    let mut edits: Vec<Edit> = chosen.values().map(|(edit, _)| edit.clone()).collect();
    edits.sort();
    edits.dedup();
    let mut body = Vec::new();
    weight_file::put_texts(
        &mut body,
        &edits
            .iter()
            .map(|edit| edit.put.clone())
            .collect::<Vec<_>>(),
    );
    for edit in &edits {
        body.push(u8::from(edit.keeps_case));
        body.push(edit.cut);
    }
    weight_file::put_varint(&mut body, chosen.len() as u32);
    let mut before = 0;
    for (key, (edit, _)) in &chosen {
        weight_file::put_varint(&mut body, key - before);
        before = *key;
        let number = edits.binary_search(edit).unwrap_or_default();
        weight_file::put_varint(&mut body, number as u32);
    }
    weight_file::write(KIND, &body)
}
