//! Weight files: a head that names format and kind, a body, a checksum; read from bytes, written for `lab train`.
//!
//! It does not know what a body says; each kind of model reads and writes its own.
//! Layout, little-endian: `RSHM`, format (u16), length of the kind (u16), the kind, length of the body (u32), the body,
//! CRC-32 of all that stands before it (u32).

use std::fmt;

const MAGIC: &[u8; 4] = b"RSHM";
/// The format that this version writes and reads.
const FORMAT: u16 = 1;

/// Why a weight file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// It is not a weight file, or of another kind than asked for.
    NotThisKind {
        /// The kind that was asked for.
        wanted: &'static str,
    },
    /// It has a format that this version does not read.
    OtherFormat {
        /// The file's format.
        found: u16,
    },
    /// It was cut off or changed.
    Broken {
        /// The kind that was asked for.
        wanted: &'static str,
    },
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotThisKind { wanted } => write!(f, "this is no weight file of kind “{wanted}”"),
            Self::OtherFormat { found } => write!(
                f,
                "the weight file has format {found}, and this version reads format {FORMAT}; use the file that came with this version"
            ),
            Self::Broken { wanted } => write!(
                f,
                "the weight file of kind “{wanted}” was cut off or changed; take it anew from the source"
            ),
        }
    }
}

impl std::error::Error for Damage {}

/// The bytes of a weight file.
pub fn write(kind: &'static str, body: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(body.len() + 32);
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&FORMAT.to_le_bytes());
    put_len(&mut file, kind.len(), 2);
    file.extend_from_slice(kind.as_bytes());
    put_len(&mut file, body.len(), 4);
    file.extend_from_slice(body);
    let checksum = crc32fast::hash(&file);
    file.extend_from_slice(&checksum.to_le_bytes());
    file
}

fn put_len(file: &mut Vec<u8>, len: usize, width: usize) {
    file.extend_from_slice(&(len as u64).to_le_bytes()[..width]);
}

/// The body of a weight file of this kind.
pub fn read<'a>(kind: &'static str, file: &'a [u8]) -> Result<Body<'a>, Damage> {
    let broken = Damage::Broken { wanted: kind };
    let mut head = Body {
        kind,
        left: file
            .strip_prefix(MAGIC)
            .ok_or(Damage::NotThisKind { wanted: kind })?,
    };
    let format = head.u16()?;
    if format != FORMAT {
        return Err(Damage::OtherFormat { found: format });
    }
    let len = head.u16()? as usize;
    if head.take(len)? != kind.as_bytes() {
        return Err(Damage::NotThisKind { wanted: kind });
    }
    let len = head.u32()? as usize;
    let body = head.take(len)?;
    let checksum = head.u32()?;
    let whole = file.get(..file.len() - 4).unwrap_or_default();
    if !head.left.is_empty() || checksum != crc32fast::hash(whole) {
        return Err(broken);
    }
    Ok(Body { kind, left: body })
}

/// What is left to read of a body.
pub struct Body<'a> {
    kind: &'static str,
    left: &'a [u8],
}

impl<'a> Body<'a> {
    /// The next so many bytes.
    ///
    /// # Errors
    /// When fewer are left; so for all that follow.
    pub fn take(&mut self, len: usize) -> Result<&'a [u8], Damage> {
        let (taken, left) = self.left.split_at_checked(len).ok_or(self.broken())?;
        self.left = left;
        Ok(taken)
    }

    /// What to say of a body that says what cannot be.
    #[must_use]
    pub fn broken(&self) -> Damage {
        Damage::Broken { wanted: self.kind }
    }

    /// The next bytes, which are not taken; none where fewer are left.
    #[inline]
    #[must_use]
    pub fn next<const N: usize>(&self) -> Option<[u8; N]> {
        self.left.first_chunk().copied()
    }

    /// How many bytes are left.
    #[must_use]
    pub fn len(&self) -> usize {
        self.left.len()
    }

    /// Whether none is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// Two bytes.
    ///
    /// # Errors
    /// When fewer are left.
    #[inline]
    pub fn pair(&mut self) -> Result<[u8; 2], Damage> {
        let (pair, left) = self.left.split_first_chunk().ok_or(self.broken())?;
        self.left = left;
        Ok(*pair)
    }

    /// One byte.
    ///
    /// # Errors
    /// When none is left.
    pub fn u8(&mut self) -> Result<u8, Damage> {
        Ok(self.take(1)?[0])
    }

    /// A number of two bytes.
    ///
    /// # Errors
    /// When fewer are left.
    pub fn u16(&mut self) -> Result<u16, Damage> {
        Ok(u16::from_le_bytes(self.pair()?))
    }

    /// A number of four bytes.
    ///
    /// # Errors
    /// When fewer are left.
    pub fn u32(&mut self) -> Result<u32, Damage> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// A number in as many bytes as it needs, seven bits in each (LEB128).
    #[inline]
    pub fn varint(&mut self) -> Result<u32, Damage> {
        let mut value = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.u8()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(self.broken())
    }

    /// A short text: its length in two bytes, then UTF-8.
    pub fn text(&mut self) -> Result<&'a str, Damage> {
        let len = self.u16()? as usize;
        let bytes = self.take(len)?;
        std::str::from_utf8(bytes).map_err(|_| self.broken())
    }

    /// A list of short texts: their number in two bytes, then each.
    pub fn texts(&mut self) -> Result<Vec<String>, Damage> {
        let count = self.u16()?;
        (0..count).map(|_| Ok(self.text()?.to_string())).collect()
    }
}

/// Puts a number in as many bytes as it needs.
pub fn put_varint(body: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        body.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    body.push(value as u8);
}

/// Puts a list of short texts.
pub fn put_texts(body: &mut Vec<u8>, texts: &[String]) {
    put_len(body, texts.len(), 2);
    for text in texts {
        put_len(body, text.len(), 2);
        body.extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_and_any_changed_byte_is_noticed() {
        let file = write("tags", b"some body");
        assert_eq!(read("tags", &file).unwrap().left, b"some body");
        for at in 0..file.len() {
            let mut changed = file.clone();
            changed[at] ^= 0x10;
            assert!(read("tags", &changed).is_err(), "byte {at}");
            assert!(read("tags", &file[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn another_kind_and_another_format_say_so() {
        let mut file = write("tags", b"");
        assert_eq!(
            read("tree", &file).err(),
            Some(Damage::NotThisKind { wanted: "tree" })
        );
        file[4] = 9;
        assert_eq!(
            read("tags", &file).err(),
            Some(Damage::OtherFormat { found: 9 })
        );
    }

    #[test]
    fn varints_come_back() {
        for value in [0, 1, 127, 128, 300, u32::MAX] {
            let mut body = Vec::new();
            put_varint(&mut body, value);
            let mut body = Body {
                kind: "",
                left: &body,
            };
            assert_eq!(body.varint().unwrap(), value);
        }
    }
}
