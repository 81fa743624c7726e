//! The frame of the two files: a head that names format and kind, a body, a checksum; and numbers read from and written to a body.
//!
//! It does not know what a body says. Layout, little-endian: `RSHN`, format (u8), kind (u8), body, CRC-32 of all before it (u32).

use crate::model::Damage;

const MAGIC: &[u8; 4] = b"RSHN";
const FORMAT: u8 = 1;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Groups of forms of one name.
    Dictionary,
    /// What was learnt from pairs.
    Weights,
}

impl Kind {
    fn damage(self) -> Damage {
        Damage {
            wanted: match self {
                Self::Dictionary => "dictionary of names",
                Self::Weights => "weight file of names",
            },
        }
    }
}

/// A file of a body.
pub fn framed(kind: Kind, body: &[u8]) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    file.push(FORMAT);
    file.push(kind as u8);
    file.extend_from_slice(body);
    let checksum = crc32fast::hash(&file);
    file.extend_from_slice(&checksum.to_le_bytes());
    file
}

/// The body of a file, checked.
pub fn body(kind: Kind, file: &[u8]) -> Result<Body<'_>, Damage> {
    let damage = kind.damage();
    let (whole, checksum) = file.split_last_chunk::<4>().ok_or(damage.clone())?;
    if crc32fast::hash(whole) != u32::from_le_bytes(*checksum) {
        return Err(damage);
    }
    match whole.strip_prefix(MAGIC) {
        Some([FORMAT, found, rest @ ..]) if *found == kind as u8 => Ok(Body { kind, left: rest }),
        _ => Err(damage),
    }
}

/// What is left to read of a body.
pub struct Body<'a> {
    kind: Kind,
    left: &'a [u8],
}

impl<'a> Body<'a> {
    /// The next so many bytes.
    pub fn take(&mut self, len: usize) -> Result<&'a [u8], Damage> {
        let (taken, left) = self.left.split_at_checked(len).ok_or(self.kind.damage())?;
        self.left = left;
        Ok(taken)
    }

    /// What to say of a body that says what cannot be.
    pub fn damage(&self) -> Damage {
        self.kind.damage()
    }

    pub fn byte(&mut self) -> Result<u8, Damage> {
        Ok(self.take(1)?[0])
    }

    pub fn float(&mut self) -> Result<f32, Damage> {
        let bytes = self.take(4)?;
        Ok(f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// A number of seven bits a byte, low bits first.
    pub fn number(&mut self) -> Result<usize, Damage> {
        let mut number = 0usize;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(self.kind.damage())
    }

    /// Whether nothing is left.
    pub fn is_done(&self) -> bool {
        self.left.is_empty()
    }
}

/// Writes a number of seven bits a byte, low bits first.
pub fn put_number(body: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        body.push(number as u8 | 0x80);
        number >>= 7;
    }
    body.push(number as u8);
}
