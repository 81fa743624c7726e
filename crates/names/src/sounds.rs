//! `Sounds`: a folded name as rough sounds, the same for the usual ways to spell them, for finding candidates.
//!
//! It does not know languages: `ch` is one sound whether it was written for k or for sh. What is lost here the comparing of
//! candidates must make good.

use crate::letters::LONGEST;

/// A rough sound. Consonants first, then `h` and `y`, which come and go, then vowels.
pub type Sound = u8;

const P: Sound = 0;
const B: Sound = 1;
const F: Sound = 2;
const V: Sound = 3;
const K: Sound = 4;
const G: Sound = 5;
const KH: Sound = 6;
const T: Sound = 7;
const D: Sound = 8;
const S: Sound = 9;
const Z: Sound = 10;
const SH: Sound = 11;
const L: Sound = 12;
const M: Sound = 13;
const N: Sound = 14;
const R: Sound = 15;
const H: Sound = 16;
const Y: Sound = 17;
const A: Sound = 18;
const E: Sound = 19;
const I: Sound = 20;
const O: Sound = 21;
const U: Sound = 22;
/// Number of sounds.
pub const SOUNDS: usize = 23;

/// Spellings of several letters, the longest first.
const SPELLINGS: &[(&[u8], Sound)] = &[
    (b"schtsch", SH),
    (b"tsch", SH),
    (b"shch", SH),
    (b"sch", SH),
    (b"tch", SH),
    (b"tsj", SH),
    (b"dzh", SH),
    (b"sh", SH),
    (b"zh", SH),
    (b"ch", SH),
    (b"cz", SH),
    (b"sz", SH),
    (b"dj", SH),
    (b"dz", Z),
    (b"ts", S),
    (b"tz", S),
    (b"kh", KH),
    (b"gh", G),
    (b"ph", F),
    (b"th", T),
    (b"dh", D),
    (b"ck", K),
    (b"ou", U),
    (b"oo", U),
    (b"ee", I),
];

/// Rough sounds of a name, at most `LONGEST`.
#[derive(Clone, Copy)]
pub struct Sounds {
    sounds: [Sound; LONGEST],
    len: usize,
}

impl Sounds {
    /// The sounds of words of a folded name, read together; a sound twice in a row counts once.
    pub fn of(words: &[&[u8]]) -> Self {
        let mut sounds = Self {
            sounds: [0; LONGEST],
            len: 0,
        };
        for word in words {
            let mut at = 0;
            while at < word.len() {
                let rest = &word[at..];
                if let Some((spelling, sound)) = SPELLINGS
                    .iter()
                    .find(|(spelling, _)| rest.starts_with(spelling))
                {
                    sounds.push(*sound);
                    at += spelling.len();
                } else {
                    sounds.letter(rest[0], rest.get(1).copied());
                    at += 1;
                }
            }
        }
        sounds
    }

    /// The sounds.
    pub fn all(&self) -> &[Sound] {
        &self.sounds[..self.len]
    }

    fn push(&mut self, sound: Sound) {
        if self.len > 0 && self.sounds[self.len - 1] == sound {
            return;
        }
        if let Some(place) = self.sounds.get_mut(self.len) {
            *place = sound;
            self.len += 1;
        }
    }

    fn letter(&mut self, letter: u8, next: Option<u8>) {
        let sound = match letter {
            b'a' => A,
            b'b' => B,
            b'c' if matches!(next, Some(b'e' | b'i' | b'y')) => S,
            b'c' | b'k' | b'q' => K,
            b'd' => D,
            b'e' => E,
            b'f' => F,
            b'g' => G,
            b'h' => H,
            b'i' => I,
            b'j' | b'y' => Y,
            b'l' => L,
            b'm' => M,
            b'n' => N,
            b'o' => O,
            b'p' => P,
            b'r' => R,
            b's' => S,
            b't' => T,
            b'u' => U,
            b'v' | b'w' => V,
            b'x' => KH,
            b'z' => Z,
            _ => return,
        };
        self.push(sound);
    }
}

/// Classes of consonants for the skeleton, from 1; 0 for what comes and goes.
pub fn class(sound: Sound) -> u8 {
    match sound {
        P | B | F | V => 1,
        K | G | KH => 2,
        T | D => 3,
        S | Z | SH => 4,
        L => 5,
        M | N => 6,
        R => 7,
        _ => 0,
    }
}

/// Whether a sound is a vowel.
pub fn is_vowel(sound: Sound) -> bool {
    sound >= A
}

/// What it costs that one sound stands where the other does, from 0 to 16.
pub fn cost(left: Sound, right: Sound) -> u16 {
    if left == right {
        return 0;
    }
    match (left, right) {
        (A | E, A | E) | (E | I | Y, E | I | Y) | (O | U | V, O | U | V) | (A | O, A | O) => 3,
        (KH | H | K | G, KH | H | K | G) | (S | Z, S | Z) | (Y | SH | G | Z, Y | SH | G | Z) => 4,
        (P | B, P | B) | (F | V, F | V) | (T | D, T | D) | (S | SH | K, S | SH | K) => 4,
        (B | V, B | V) | (P | F, P | F) | (M | N, M | N) | (SH | KH, SH | KH) => 6,
        _ if is_vowel(left) && is_vowel(right) => 5,
        _ if class(left) != 0 && class(left) == class(right) => 6,
        _ => 16,
    }
}

/// What it costs that a sound is added or left out.
pub fn lone(sound: Sound) -> u16 {
    match sound {
        H | Y => 4,
        V => 7,
        _ if is_vowel(sound) => 5,
        _ => 11,
    }
}
