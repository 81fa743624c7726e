//! The packed file: a head, sections of bytes, a checksum; opened in place.
//!
//! It does not know what stands in a section. Layout, little-endian: `RSHG`, format (u16), number of sections (u16), for
//! each section where it begins in the file and how long it is (u32 each), the sections, CRC-32 of all before it (u32).

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

const MAGIC: &[u8; 4] = b"RSHG";
/// The format that this version writes and reads.
const FORMAT: u16 = 1;
const HEAD: usize = 8;

/// Why a packed gazetteer cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// It is no packed gazetteer.
    NotAGazetteer,
    /// It has a format that this version does not read.
    OtherFormat {
        /// The file's format.
        found: u16,
    },
    /// It was cut off or changed.
    Broken,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAGazetteer => f.write_str("this is no packed gazetteer"),
            Self::OtherFormat { found } => write!(
                f,
                "the packed gazetteer has format {found}, and this version reads format {FORMAT}; use the file that came with this version"
            ),
            Self::Broken => f.write_str(
                "the packed gazetteer was cut off or changed; take it anew from the source",
            ),
        }
    }
}

impl std::error::Error for Damage {}

/// The bytes of a file with its sections.
#[derive(Debug, Clone)]
pub(crate) struct File {
    bytes: Cow<'static, [u8]>,
    sections: Vec<Range<usize>>,
}

impl File {
    /// Checks head, sections and checksum.
    pub(crate) fn open(bytes: Cow<'static, [u8]>, sections: usize) -> Result<File, Damage> {
        if bytes.get(..MAGIC.len()) != Some(MAGIC) {
            return Err(Damage::NotAGazetteer);
        }
        let format = u16_at(&bytes, 4).ok_or(Damage::Broken)?;
        if format != FORMAT {
            return Err(Damage::OtherFormat { found: format });
        }
        let body = bytes.len().checked_sub(4).ok_or(Damage::Broken)?;
        let checksum = u32_at(&bytes, body).ok_or(Damage::Broken)?;
        if checksum != crc32fast::hash(&bytes[..body])
            || u16_at(&bytes, 6) != u16::try_from(sections).ok()
        {
            return Err(Damage::Broken);
        }
        let ranges: Option<Vec<Range<usize>>> = (0..sections)
            .map(|section| {
                let start = u32_at(&bytes, HEAD + section * 8)? as usize;
                let end = start.checked_add(u32_at(&bytes, HEAD + section * 8 + 4)? as usize)?;
                (end <= body).then_some(start..end)
            })
            .collect();
        Ok(File {
            sections: ranges.ok_or(Damage::Broken)?,
            bytes,
        })
    }

    /// The bytes of a section; none where there is no such section.
    pub(crate) fn section(&self, section: usize) -> &[u8] {
        self.sections
            .get(section)
            .and_then(|range| self.bytes.get(range.clone()))
            .unwrap_or_default()
    }
}

/// The bytes of a file with these sections; `None` where it would be longer than 4 GiB.
pub(crate) fn write(sections: &[Vec<u8>]) -> Option<Vec<u8>> {
    let mut file = MAGIC.to_vec();
    file.extend_from_slice(&FORMAT.to_le_bytes());
    file.extend_from_slice(&u16::try_from(sections.len()).ok()?.to_le_bytes());
    let mut start = HEAD + sections.len() * 8;
    for section in sections {
        file.extend_from_slice(&u32::try_from(start).ok()?.to_le_bytes());
        file.extend_from_slice(&u32::try_from(section.len()).ok()?.to_le_bytes());
        start += section.len();
    }
    for section in sections {
        file.extend_from_slice(section);
    }
    u32::try_from(file.len() + 4).ok()?;
    let checksum = crc32fast::hash(&file);
    file.extend_from_slice(&checksum.to_le_bytes());
    Some(file)
}

pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

pub(crate) fn u24_at(bytes: &[u8], at: usize) -> Option<u32> {
    let three = bytes.get(at..at + 3)?;
    Some(u32::from(three[0]) | u32::from(three[1]) << 8 | u32::from(three[2]) << 16)
}

pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

pub(crate) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// Appends a number in groups of seven bits, the lowest first.
pub(crate) fn put_varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The number that begins at `at`, which moves behind it.
pub(crate) fn take_varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut number = 0;
    for shift in (0..63).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// A signed number as an unsigned one, small for small ones.
pub(crate) fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

/// The inverse of [`zigzag`].
pub(crate) fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}
