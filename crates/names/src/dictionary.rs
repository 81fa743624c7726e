//! `Dictionary`: which folded words are known as forms of one name.
//!
//! It does not know languages, nor whether a form is common.

use crate::model::Damage;
use crate::packed::{self, Kind, put_number};
use std::collections::{BTreeMap, BTreeSet};

/// What the dictionary says of two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It has both as forms of one name.
    Together,
    /// It has both, and never as forms of one name.
    Apart,
    /// It lacks one or both.
    No,
}

/// Groups of forms. Forms are found by a hash of 32 bits beside a second of 32, so that no text is kept.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    /// Open addressing: a second hash (0 where free), and where the form's groups begin.
    slots: Vec<(u32, u32)>,
    /// For each form the count of its groups, then the groups, rising.
    groups: Vec<u32>,
    forms: usize,
}

impl Dictionary {
    /// Reads a file; no bytes at all are a dictionary that knows nothing.
    pub fn from_bytes(file: &[u8]) -> Result<Self, Damage> {
        if file.is_empty() {
            return Ok(Self::default());
        }
        let mut body = packed::body(Kind::Dictionary, file)?;
        let forms = body.number()?;
        if forms > file.len() {
            return Err(body.damage());
        }
        let room = (forms * 2).next_power_of_two().max(2);
        let mut dictionary = Self {
            slots: vec![(0, 0); room],
            groups: Vec::with_capacity(forms * 3),
            forms,
        };
        let mut form: Vec<u8> = Vec::new();
        for _ in 0..forms {
            let kept = body.number()?;
            if kept > form.len() {
                return Err(body.damage());
            }
            form.truncate(kept);
            let added = body.number()?;
            form.extend_from_slice(body.take(added)?);
            let count = body.number()?;
            let start = dictionary.groups.len();
            if count > file.len() || u32::try_from(start).is_err() {
                return Err(body.damage());
            }
            dictionary.groups.push(count as u32);
            let mut group = 0;
            for _ in 0..count {
                group += body.number()?;
                dictionary
                    .groups
                    .push(u32::try_from(group).map_err(|_| body.damage())?);
            }
            dictionary.insert(&form, start as u32);
        }
        if body.is_done() {
            Ok(dictionary)
        } else {
            Err(body.damage())
        }
    }

    /// The file of groups of folded forms. Forms that stand in no group of two are left out, as are names of one letter.
    #[must_use]
    pub fn to_bytes(groups: &[Vec<String>]) -> Vec<u8> {
        let mut forms: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let mut next = 0;
        for group in groups {
            let distinct: BTreeSet<&str> = group
                .iter()
                .map(String::as_str)
                .filter(|form| form.len() > 1)
                .collect();
            if distinct.len() < 2 {
                continue;
            }
            for form in distinct {
                forms.entry(form).or_default().insert(next);
            }
            next += 1;
        }
        let mut body = Vec::new();
        put_number(&mut body, forms.len());
        let mut before = "";
        for (form, groups) in forms {
            let kept = form
                .bytes()
                .zip(before.bytes())
                .take_while(|(a, b)| a == b)
                .count();
            put_number(&mut body, kept);
            put_number(&mut body, form.len() - kept);
            body.extend_from_slice(&form.as_bytes()[kept..]);
            put_number(&mut body, groups.len());
            let mut last = 0;
            for group in groups {
                put_number(&mut body, group - last);
                last = group;
            }
            before = form;
        }
        packed::framed(Kind::Dictionary, &body)
    }

    /// How many forms it knows.
    #[must_use]
    pub fn size(&self) -> usize {
        self.forms
    }

    /// What it says of two folded words.
    #[must_use]
    pub fn known(&self, left: &str, right: &str) -> Known {
        let (Some(left), Some(right)) = (self.of(left), self.of(right)) else {
            return Known::No;
        };
        if left.iter().any(|group| right.binary_search(group).is_ok()) {
            Known::Together
        } else {
            Known::Apart
        }
    }

    /// The groups of a form, rising; `None` where it is unknown.
    #[must_use]
    pub fn of(&self, form: &str) -> Option<&[u32]> {
        let (at, check) = hashes(form.as_bytes());
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = at as usize & mask;
        loop {
            let (found, start) = self.slots[at];
            if found == 0 {
                return None;
            }
            if found == check {
                let start = start as usize;
                let count = self.groups[start] as usize;
                return self.groups.get(start + 1..start + 1 + count);
            }
            at = (at + 1) & mask;
        }
    }

    fn insert(&mut self, form: &[u8], start: u32) {
        let (at, check) = hashes(form);
        // At most half of the slots are taken, so a free one comes.
        let mask = self.slots.len() - 1;
        let mut at = at as usize & mask;
        while self.slots[at].0 != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = (check, start);
    }
}

/// Two halves of a 64-bit FNV-1a hash, mixed; the second is never 0.
fn hashes(form: &[u8]) -> (u32, u32) {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for &byte in form {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((hash >> 32) as u32, (hash as u32).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn groups(text: &[&[&str]]) -> Vec<Vec<String>> {
        text.iter()
            .map(|group| group.iter().map(|&form| form.to_owned()).collect())
            .collect()
    }

    #[test]
    fn forms_of_one_name_are_together_and_others_apart() {
        let file = Dictionary::to_bytes(&groups(&[
            &["orlin", "orleen"],
            &["orlan", "orlane", "orlin"],
            &["alone"],
        ]));
        let dictionary = Dictionary::from_bytes(&file).unwrap();
        assert_eq!(dictionary.size(), 4);
        assert_eq!(dictionary.known("orlin", "orleen"), Known::Together);
        assert_eq!(dictionary.known("orlane", "orlin"), Known::Together);
        assert_eq!(dictionary.known("orlane", "orleen"), Known::Apart);
        assert_eq!(dictionary.known("orlane", "alone"), Known::No);
        assert_eq!(
            Dictionary::from_bytes(&[])
                .unwrap()
                .known("orlin", "orleen"),
            Known::No
        );
    }

    proptest! {
        #[test]
        fn damage_is_refused_and_never_a_panic(at in 0usize..200, to in any::<u8>(), cut in 0usize..200) {
            let file = Dictionary::to_bytes(&groups(&[&["orlin", "orleen"], &["orlan", "orlane", "orlin"]]));
            let mut changed = file.clone();
            changed.truncate(changed.len().saturating_sub(cut % file.len()).max(1));
            let at = at % changed.len();
            changed[at] = to;
            prop_assert_eq!(Dictionary::from_bytes(&changed).is_ok(), changed == file);
            // A body with a right checksum that says what cannot be.
            let mut body = file[6..file.len() - 4].to_vec();
            let at = at % body.len();
            body[at] = to;
            let _ = Dictionary::from_bytes(&packed::framed(Kind::Dictionary, &body));
        }
    }
}
