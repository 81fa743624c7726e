//! `Letters`: a folded word as small numbers, which all the rest compares.
//!
//! It does not know sounds: `c` is one letter, whatever it stands for.

/// Letters that are looked at; a longer word is compared by its beginning.
pub const LONGEST: usize = 40;
/// Different numbers that a letter can have: a to z, blank, and one for all else.
pub const KINDS: usize = 28;
/// The number of a blank.
pub const BLANK: u8 = 26;
const OTHER: u8 = 27;

/// A folded word as numbers below `KINDS`.
#[derive(Clone, Copy)]
pub struct Letters {
    numbers: [u8; LONGEST],
    len: usize,
}

impl Letters {
    /// The first `LONGEST` letters of a folded word; capitals count as small letters.
    #[must_use]
    pub fn of(word: &str) -> Self {
        let mut letters = Self {
            numbers: [0; LONGEST],
            len: 0,
        };
        for byte in word.bytes().take(LONGEST) {
            letters.push(number(byte));
        }
        letters
    }

    /// None yet.
    #[must_use]
    pub fn none() -> Self {
        Self {
            numbers: [0; LONGEST],
            len: 0,
        }
    }

    /// Adds a letter; nothing where there is no room.
    pub fn push(&mut self, letter: u8) {
        if let Some(place) = self.numbers.get_mut(self.len) {
            *place = letter;
            self.len += 1;
        }
    }

    /// The numbers.
    #[must_use]
    pub fn all(&self) -> &[u8] {
        &self.numbers[..self.len]
    }
}

fn number(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => byte - b'a',
        b'A'..=b'Z' => byte - b'A',
        b' ' => BLANK,
        _ => OTHER,
    }
}

/// Whether a letter stands for a vowel in most spellings: a, e, i, o, u, y.
#[must_use]
pub fn is_vowel(letter: u8) -> bool {
    matches!(letter, 0 | 4 | 8 | 14 | 20 | 24)
}

/// Seven classes of consonants that spellings rarely cross, from 1; 0 for vowels, h, j, w, blank and the rest, which come and go.
#[must_use]
pub fn class(letter: u8) -> u8 {
    match letter {
        1 | 5 | 15 | 21 => 1,
        2 | 6 | 10 | 16 | 23 => 2,
        3 | 19 => 3,
        18 | 25 => 4,
        11 => 5,
        12 | 13 => 6,
        17 => 7,
        _ => 0,
    }
}

/// Consonants alone, doubled ones once.
#[must_use]
pub fn skeleton(word: &[u8]) -> Letters {
    let mut skeleton = Letters::none();
    let mut before = u8::MAX;
    for &letter in word {
        if letter < BLANK && !is_vowel(letter) && letter != before {
            skeleton.push(letter);
        }
        before = letter;
    }
    skeleton
}

/// Classes of consonants, the same class twice in a row once; `sh`, `ch`, `zh` and `sch` count as s.
#[must_use]
pub fn coarse(word: &[u8]) -> Letters {
    let mut coarse = Letters::none();
    let mut before = 0;
    for (at, &letter) in word.iter().enumerate() {
        let mut class = class(letter);
        let next = word.get(at + 1).copied();
        if letter == 2 && (next == Some(7) || next == Some(25)) {
            class = 4;
        }
        if class != 0 && class != before {
            coarse.push(class);
        }
        if class != 0 || is_vowel(letter) {
            before = class;
        }
    }
    coarse
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skeletons_leave_vowels_and_doubles_out() {
        assert_eq!(
            skeleton(Letters::of("massoud").all()).all(),
            Letters::of("msd").all()
        );
        assert_eq!(
            coarse(Letters::of("mashhour").all()).all(),
            coarse(Letters::of("meschur").all())
                .all()
                .get(..3)
                .unwrap_or_default()
        );
        assert_eq!(Letters::of(&"a".repeat(99)).all().len(), LONGEST);
    }
}
