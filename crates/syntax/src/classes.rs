//! `WordClasses`: what is known of a word before any sentence is seen: classes of words used alike, and the usual case.
//!
//! It does not know how the classes were made (`lab train classes` does) nor what words are: a word is kept as a number.

use crate::weight_file::{self, Body, Damage};

const KIND: &str = "word-classes";

/// How many classes a word has, from coarse to fine.
pub const GRAINS: usize = 3;

/// How a word is usually written inside a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(u8)]
pub enum UsualCase {
    /// Not known.
    #[default]
    Unknown,
    /// "house".
    Lower,
    /// "Kabul".
    Title,
    /// "NATO".
    Upper,
    /// Now this, now that: "us" and "US", "may" and "May".
    Mixed,
}

impl UsualCase {
    const ALL: [Self; 5] = [
        Self::Unknown,
        Self::Lower,
        Self::Title,
        Self::Upper,
        Self::Mixed,
    ];
}

/// What is known of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordClass {
    /// Its classes, from coarse to fine; zero is "none".
    pub classes: [u16; GRAINS],
    /// How it is usually written.
    pub case: UsualCase,
}

/// The table of words.
#[derive(Debug, Clone)]
pub struct WordClasses {
    shift: u32,
    /// Word and index into `known` plus one, sorted; zero is free.
    slots: Vec<(u32, u32)>,
    known: Vec<WordClass>,
}

impl Default for WordClasses {
    fn default() -> Self {
        Self::of(Vec::new())
    }
}

impl WordClasses {
    /// A table of these words: numbers made by `word_number`, of which a later one with the same number is left out.
    #[must_use]
    pub fn of(mut words: Vec<(u32, WordClass)>) -> Self {
        words.sort_by_key(|word| word.0);
        words.dedup_by_key(|word| word.0);
        let bits = (words.len() * 2).next_power_of_two().ilog2().clamp(1, 30);
        let shift = 32 - bits;
        let mut slots = vec![(0, 0); (1 << bits) + words.len() + 1];
        let mut next = 0;
        for (index, (number, _)) in words.iter().enumerate() {
            let at = next.max((number >> shift) as usize);
            slots[at] = (*number, index as u32 + 1);
            next = at + 1;
        }
        slots.truncate(next.max(1 << bits) + 1);
        let known = words.into_iter().map(|word| word.1).collect();
        Self {
            shift,
            slots,
            known,
        }
    }

    /// What is known of a word, by its number.
    #[inline]
    #[must_use]
    pub fn get(&self, number: u32) -> WordClass {
        let mut at = (number >> self.shift) as usize;
        while let Some(&(found, index)) = self.slots.get(at) {
            if index == 0 {
                break;
            }
            if found == number {
                return self.known[index as usize - 1];
            }
            at += 1;
        }
        WordClass::default()
    }

    /// The bytes of its file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        weight_file::put_varint(&mut body, self.known.len() as u32);
        let mut before = 0;
        for &(number, index) in self.slots.iter().filter(|slot| slot.1 != 0) {
            let known = self.known[index as usize - 1];
            weight_file::put_varint(&mut body, number - before);
            before = number;
            body.push(known.case as u8);
            for class in known.classes {
                weight_file::put_varint(&mut body, u32::from(class));
            }
        }
        weight_file::write(KIND, &body)
    }

    /// Reads a file's bytes.
    ///
    /// # Errors
    /// When the bytes are not such a file, whole and unchanged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damage> {
        let mut body = weight_file::read(KIND, bytes)?;
        let count = body.varint()?;
        let mut words = Vec::with_capacity(count.min(1 << 20) as usize);
        let mut number = 0_u32;
        for _ in 0..count {
            number = number.checked_add(body.varint()?).ok_or(body.broken())?;
            let case = UsualCase::ALL
                .get(body.u8()? as usize)
                .copied()
                .ok_or(body.broken())?;
            words.push((
                number,
                WordClass {
                    classes: classes(&mut body)?,
                    case,
                },
            ));
        }
        Ok(Self::of(words))
    }
}

fn classes(body: &mut Body) -> Result<[u16; GRAINS], Damage> {
    let mut classes = [0; GRAINS];
    for class in &mut classes {
        *class = u16::try_from(body.varint()?).map_err(|_| body.broken())?;
    }
    Ok(classes)
}
