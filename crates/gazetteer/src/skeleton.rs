//! `skeleton`: the consonants of a name in coarse classes, the key by which spellings of one name lie side by side.
//!
//! It does not know what a name means. Vowels, h and doubled letters, which transliterations write as they like, are
//! left out; t and d, b and p, k and q and g, s and z and sh fall together (a coarser relative of Soundex that keeps the
//! first letter's class like any other). "Panjshir", "Panjsher" and "Pandjchir" differ in one class at most.

/// How many bits one class takes.
const WIDTH: u32 = 4;
/// How many classes a key holds; what follows is left out.
const CLASSES: u32 = u64::BITS / WIDTH;
/// The number of classes; a class is a number from 1 on, 0 ends the key.
const LAST: u64 = 11;

const LABIAL: u64 = 1;
const FRICATIVE: u64 = 2;
const DENTAL: u64 = 3;
const SIBILANT: u64 = 4;
const PALATAL: u64 = 5;
const VELAR: u64 = 6;
const M: u64 = 7;
const N: u64 = 8;
const L: u64 = 9;
const R: u64 = 10;
const DIGIT: u64 = LAST;

/// The classes of a plain name from the highest bits down, so that keys sort as the names' consonants do.
pub(crate) fn skeleton(plain: &[u8]) -> u64 {
    let mut key = 0;
    let mut count = 0;
    // The class of the letter before; none after a vowel or a blank, so that "lal" keeps both its l.
    let mut before = 0;
    for (index, &letter) in plain.iter().enumerate() {
        let next = plain.get(index + 1).copied().unwrap_or(b' ');
        let vowel_next = matches!(next, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
        let class = match letter {
            b'p' if next == b'h' => FRICATIVE,
            b'b' | b'p' => LABIAL,
            b'f' | b'v' => FRICATIVE,
            b'w' if vowel_next => FRICATIVE,
            // "ts", "dz", "dj" and "tch" are one sound, and the second letter says which.
            b't' | b'd' if matches!(next, b's' | b'z' | b'j') => continue,
            b't' if next == b'c' && plain.get(index + 2) == Some(&b'h') => continue,
            b't' | b'd' => DENTAL,
            b's' if next == b'c' && plain.get(index + 2) == Some(&b'h') => SIBILANT,
            b'c' if before == SIBILANT && next == b'h' => continue,
            b'z' if next == b'h' && index > 0 && plain[index - 1] == b'd' => PALATAL,
            b's' | b'z' => SIBILANT,
            b'c' if next == b'h' => PALATAL,
            b'c' if matches!(next, b'e' | b'i' | b'y') => SIBILANT,
            b'j' => PALATAL,
            b'c' | b'k' | b'q' | b'g' | b'x' => VELAR,
            b'm' => M,
            b'n' => N,
            b'l' => L,
            b'r' => R,
            b'0'..=b'9' => DIGIT,
            b'h' => continue,
            _ => {
                before = 0;
                continue;
            }
        };
        if class != before || class == DIGIT {
            key |= class << (u64::BITS - WIDTH * (count + 1));
            count += 1;
            if count == CLASSES {
                break;
            }
        }
        before = class;
    }
    key
}

/// Which classes spellings put for one another; for each class those, as bits.
const ALIKE: [u16; LAST as usize + 1] = {
    let mut alike = [0; LAST as usize + 1];
    let pairs = [
        (LABIAL, FRICATIVE),
        (LABIAL, M),
        (FRICATIVE, VELAR),
        (DENTAL, SIBILANT),
        (DENTAL, PALATAL),
        (DENTAL, N),
        (SIBILANT, PALATAL),
        (SIBILANT, VELAR),
        (PALATAL, VELAR),
        (M, N),
        (N, L),
        (L, R),
        (R, N),
        (R, VELAR),
    ];
    let mut pair = 0;
    while pair < pairs.len() {
        let (one, other) = pairs[pair];
        alike[one as usize] |= 1 << other;
        alike[other as usize] |= 1 << one;
        pair += 1;
    }
    alike
};

/// The key itself and each key that has one class less, one more, or one put for another, ascending, each once.
pub(crate) fn neighbours(key: u64) -> Vec<u64> {
    let length = (u64::BITS - key.trailing_zeros()).div_ceil(WIDTH) * u32::from(key != 0);
    let mut keys = vec![key];
    for place in 0..length {
        let shift = u64::BITS - WIDTH * (place + 1);
        let head = if place == 0 {
            0
        } else {
            key >> (shift + WIDTH) << (shift + WIDTH)
        };
        let tail = key & ((1 << shift) - 1);
        keys.push(head | tail << WIDTH);
        let own = (key >> shift & 0xF).min(LAST);
        keys.extend(
            (1..=LAST)
                .filter(|class| ALIKE[own as usize] >> class & 1 != 0)
                .map(|class| head | class << shift | tail),
        );
    }
    if length < CLASSES {
        for place in 0..=length {
            let shift = u64::BITS - WIDTH * (place + 1);
            let head = if place == 0 {
                0
            } else {
                key >> (shift + WIDTH) << (shift + WIDTH)
            };
            let tail = (key ^ head) >> WIDTH;
            keys.extend((1..DIGIT).map(|class| head | class << shift | tail));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(name: &str) -> String {
        let key = skeleton(name.as_bytes());
        let class = |place: u32| (key >> (u64::BITS - WIDTH * (place + 1)) & 0xF) as usize;
        (0..CLASSES)
            .map(class)
            .take_while(|class| *class != 0)
            .map(|class| b" PFTSJKMNLR9"[class] as char)
            .collect()
    }

    #[test]
    fn spellings_fall_together() {
        assert_eq!(letters("panjshir"), "PNJSR");
        assert_eq!(letters("panjsher"), "PNJSR");
        assert_eq!(letters("khost"), letters("khowst"));
        assert_eq!(letters("wardak"), letters("vardak"));
        assert_eq!(letters("hirat"), letters("herat"));
        assert_eq!(letters("dzhalalabad"), letters("jalalabad"));
        assert_eq!(letters("djelalabad"), letters("jalalabad"));
        assert_eq!(letters("ohio"), "");
    }

    #[test]
    fn neighbours_are_one_class_away() {
        let near = neighbours(skeleton(b"punjir"));
        assert!(near.contains(&skeleton(b"panjshir")));
        assert!(near.contains(&skeleton(b"panir")));
        assert!(near.contains(&skeleton(b"panjil")), "r and l");
        assert!(!near.contains(&skeleton(b"kabul")));
        assert_eq!(neighbours(0).len(), LAST as usize);
        let full = neighbours(skeleton(b"bcdfgbcdfgbcdfgbcdfg"));
        assert!(full.len() > 50);
    }
}
