//! The table of names: sorted by skeleton, then by letters; blocks of sixteen with shared beginnings left out; beside it
//! the places of each name.
//!
//! It does not know what a place is but its number.

use crate::file::{File, put_varint, take_varint, u16_at, u32_at, u64_at, unzigzag, zigzag};
use crate::skeleton::skeleton;
use std::cmp::Ordering;

/// Names in a block.
const BLOCK: usize = 16;
/// Longer names, in bytes of their plain form, are not kept.
pub(crate) const LONGEST: usize = 48;

pub(crate) const KEYS: usize = 0;
pub(crate) const NAME_STARTS: usize = 1;
pub(crate) const NAMES: usize = 2;
pub(crate) const POSTING_STARTS: usize = 3;
pub(crate) const POSTINGS: usize = 4;
/// For each block 32 bits, of which each key in it sets one: most blocks without a key need not be read to know.
pub(crate) const MARKS: usize = 5;
/// For each block 16 bits: which of its names have another key than the name before.
pub(crate) const CHANGES: usize = 6;
/// How many sections the table takes.
pub(crate) const SECTIONS: usize = 7;

/// A name with the places that have it, `true` where it is the place's main name.
pub(crate) struct Entry {
    pub(crate) key: u64,
    pub(crate) name: Vec<u8>,
    pub(crate) places: Vec<(u32, bool)>,
}

/// What a folded name is looked up by: no full stops, blanks for other marks, no "the" before it.
pub(crate) fn plain(folded: &str) -> Vec<u8> {
    let mut plain: Vec<u8> = Vec::with_capacity(folded.len());
    for byte in folded.bytes() {
        match byte {
            b'.' | b'\'' => {}
            byte if byte.is_ascii_alphanumeric() => plain.push(byte.to_ascii_lowercase()),
            _ if plain.last().is_some_and(|last| *last != b' ') => plain.push(b' '),
            _ => {}
        }
    }
    while plain.last() == Some(&b' ') {
        plain.pop();
    }
    if plain.starts_with(b"the ") {
        plain.drain(..4);
    }
    plain
}

/// The sections of these entries, which are sorted by key and name; `places` is how many places there are.
pub(crate) fn write(entries: &[Entry], places: usize) -> Vec<Vec<u8>> {
    let mut sections = vec![Vec::new(); SECTIONS];
    let blocks = entries.len().div_ceil(BLOCK);
    for (block, entries) in entries.chunks(BLOCK).enumerate() {
        sections[KEYS].extend_from_slice(&entries[0].key.to_le_bytes());
        let start = sections[NAMES].len() as u32;
        sections[NAME_STARTS].extend_from_slice(&start.to_le_bytes());
        let start = sections[POSTINGS].len() as u32;
        sections[POSTING_STARTS].extend_from_slice(&start.to_le_bytes());
        let marks = entries
            .iter()
            .fold(0, |marks, entry| marks | mark(entry.key));
        sections[MARKS].extend_from_slice(&marks.to_le_bytes());
        let changed = |index: usize| index == 0 || entries[index].key != entries[index - 1].key;
        let changes = (0..entries.len()).fold(0, |changes, index| {
            changes | u16::from(changed(index)) << index
        });
        sections[CHANGES].extend_from_slice(&changes.to_le_bytes());
        let mut before: &[u8] = &[];
        let mut place = expected(block, blocks, places);
        for entry in entries {
            let shared = entry
                .name
                .iter()
                .zip(before)
                .take_while(|(a, b)| a == b)
                .count();
            let rest = &entry.name[shared..];
            sections[NAMES].push((shared.min(15) << 4 | rest.len().min(15)) as u8);
            for length in [shared, rest.len()] {
                if length >= 15 {
                    sections[NAMES].push((length - 15) as u8);
                }
            }
            sections[NAMES].extend_from_slice(rest);
            before = &entry.name;
            for (index, &(number, main)) in entry.places.iter().enumerate() {
                let more = u64::from(index + 1 < entry.places.len());
                let step = zigzag(i64::from(number) - place);
                put_varint(
                    &mut sections[POSTINGS],
                    step << 2 | u64::from(main) << 1 | more,
                );
                place = i64::from(number);
            }
        }
    }
    sections
}

/// One of 32 bits (Fibonacci hashing).
fn mark(key: u64) -> u32 {
    1 << (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 59)
}

/// Places are numbered in the order of their main names: about this number stands in the block.
fn expected(block: usize, blocks: usize, places: usize) -> i64 {
    (block as u64 * places as u64 / blocks.max(1) as u64) as i64
}

/// The table in an opened file.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    pub(crate) file: &'a File,
    /// How many places there are.
    pub(crate) places: usize,
}

/// Reads the names of a block one after the other.
struct Names<'a> {
    bytes: &'a [u8],
    at: usize,
    left: usize,
    name: [u8; 256],
    length: usize,
}

impl Names<'_> {
    fn next(&mut self) -> Option<&[u8]> {
        self.left = self.left.checked_sub(1)?;
        let head = *self.bytes.get(self.at)?;
        self.at += 1;
        let mut length = |nibble: u8| {
            let mut length = nibble as usize;
            if length == 15 {
                length += *self.bytes.get(self.at)? as usize;
                self.at += 1;
            }
            Some(length)
        };
        let shared = length(head >> 4)?;
        let rest = length(head & 0xF)?;
        let suffix = self.bytes.get(self.at..self.at + rest)?;
        self.name
            .get_mut(shared..shared + rest)?
            .copy_from_slice(suffix);
        self.at += rest;
        self.length = shared + rest;
        self.name.get(..self.length)
    }
}

impl<'a> Table<'a> {
    fn blocks(self) -> usize {
        self.file.section(KEYS).len() / 8
    }

    fn key(self, block: usize) -> u64 {
        u64_at(self.file.section(KEYS), block * 8).unwrap_or(u64::MAX)
    }

    fn names(self, block: usize) -> Names<'a> {
        let start = u32_at(self.file.section(NAME_STARTS), block * 4).unwrap_or(u32::MAX);
        Names {
            bytes: self
                .file
                .section(NAMES)
                .get(start as usize..)
                .unwrap_or_default(),
            at: 0,
            left: BLOCK,
            name: [0; 256],
            length: 0,
        }
    }

    /// The first block from `low` on whose key is not below this one, or the number of blocks.
    fn first_block(self, key: u64, low: usize) -> usize {
        let (mut low, mut high) = (low, self.blocks());
        while low < high {
            let middle = low.midpoint(high);
            if self.key(middle) < key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Where a plain name stands.
    pub(crate) fn find(self, plain: &[u8]) -> Option<(usize, usize)> {
        let key = skeleton(plain);
        let from = self.first_block(key, 0);
        let to = match key.checked_add(1) {
            Some(above) if self.key(from) == key => self.first_block(above, from),
            _ if self.key(from) == key => self.blocks(),
            _ => from,
        };
        // The last block that begins at or before the name; the name may stand at the end of the block before the key's.
        let (mut low, mut high) = (from, to);
        while low < high {
            let middle = low.midpoint(high);
            if self
                .names(middle)
                .next()
                .is_some_and(|first| first <= plain)
            {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let block = low.checked_sub(1)?;
        let mut names = self.names(block);
        let mut index = 0;
        while let Some(name) = names.next() {
            if name == plain {
                return Some((block, index));
            }
            index += 1;
        }
        None
    }

    /// Calls `visit` with each name that has this key and where it stands; returns the block to go on from for higher keys.
    pub(crate) fn with_key(
        self,
        key: u64,
        low: usize,
        mut visit: impl FnMut(&[u8], usize, usize),
    ) -> usize {
        let from = self.first_block(key, low);
        // The key's first names may stand at the end of the block before the first that begins with it.
        let before = from.checked_sub(1).filter(|block| {
            let marks = u32_at(self.file.section(MARKS), block * 4).unwrap_or_default();
            marks & mark(key) != 0
        });
        let mut block = before.unwrap_or(from);
        while block < self.blocks() && (block < from || self.key(block) == key) {
            let changes = u16_at(self.file.section(CHANGES), block * 2).unwrap_or_default();
            let mut order = self.key(block).cmp(&key);
            let mut names = self.names(block);
            let mut index = 0;
            while let Some(name) = names.next() {
                if index > 0 && changes >> index & 1 != 0 {
                    order = skeleton(name).cmp(&key);
                }
                match order {
                    Ordering::Less => {}
                    Ordering::Equal => visit(name, block, index),
                    Ordering::Greater => return from,
                }
                index += 1;
            }
            block += 1;
        }
        from
    }

    /// Calls `visit` with every name and where it stands.
    pub(crate) fn each(self, mut visit: impl FnMut(&[u8], usize, usize)) {
        for block in 0..self.blocks() {
            let mut names = self.names(block);
            let mut index = 0;
            while let Some(name) = names.next() {
                visit(name, block, index);
                index += 1;
            }
        }
    }

    /// The places of a name by where it stands; `true` where it is the place's main name.
    pub(crate) fn places(self, block: usize, index: usize) -> Vec<(u32, bool)> {
        let start = u32_at(self.file.section(POSTING_STARTS), block * 4).unwrap_or(u32::MAX);
        let bytes = self.file.section(POSTINGS);
        let mut at = start as usize;
        let mut place = expected(block, self.blocks(), self.places);
        let mut found = Vec::new();
        for entry in 0..=index {
            loop {
                let Some(number) = take_varint(bytes, &mut at) else {
                    return found;
                };
                place = place.saturating_add(unzigzag(number >> 2));
                if entry == index && (0..self.places as i64).contains(&place) {
                    found.push((place as u32, number & 2 != 0));
                }
                if number & 1 == 0 {
                    break;
                }
            }
        }
        found
    }
}
