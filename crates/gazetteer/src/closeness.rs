//! How near two plain names are as spellings: a fast bound, and edits weighed by what transliterations change.
//!
//! It does not learn: for a calibrated decision on two names use the crate that compares names.

use crate::table::LONGEST;

/// A name to compare many others with: bit-parallel edit distance (Myers 1999) over its letters.
pub(crate) struct Pattern<'a> {
    name: &'a [u8],
    /// For each letter the places where it stands; letters, digits and blank fall on numbers below 64.
    letters: [u64; 64],
}

fn slot(letter: u8) -> usize {
    match letter {
        b'a'..=b'z' => (letter - b'a') as usize,
        b'0'..=b'9' => 26 + (letter - b'0') as usize,
        b' ' => 36,
        _ => 37,
    }
}

impl<'a> Pattern<'a> {
    /// Of a longer name only 64 letters count.
    pub(crate) fn new(name: &'a [u8]) -> Pattern<'a> {
        let name = name.get(..64).unwrap_or(name);
        let mut letters = [0; 64];
        for (place, letter) in name.iter().enumerate() {
            letters[slot(*letter)] |= 1 << place;
        }
        Pattern { name, letters }
    }

    /// How many letters must be put in, left out or changed.
    pub(crate) fn edits(&self, other: &[u8]) -> usize {
        let length = self.name.len();
        if length == 0 {
            return other.len();
        }
        let last = 1u64 << (length - 1);
        let (mut plus, mut minus, mut edits) = (u64::MAX, 0u64, length);
        for letter in other {
            let here = self.letters[slot(*letter)];
            let vertical = here | minus;
            let horizontal = ((here & plus).wrapping_add(plus) ^ plus) | here;
            let up = minus | !(horizontal | plus);
            let down = plus & horizontal;
            edits += usize::from(up & last != 0);
            edits -= usize::from(down & last != 0);
            let (up, down) = (up << 1 | 1, down << 1);
            plus = down | !(vertical | up);
            minus = up & vertical;
        }
        edits
    }
}

/// Nearness from 0 to 1: one less the weighed edits over the mean length. Of the right name only its first 48 letters count.
pub(crate) fn closeness(left: &[u8], right: &[u8]) -> f64 {
    let mean = (left.len() + right.len()) as f64 / 2.0;
    if mean == 0.0 {
        return 0.0;
    }
    let mut row = [0.0; LONGEST + 1];
    let right = right.get(..LONGEST).unwrap_or(right);
    let mut right_alone = [0.0; LONGEST];
    for index in 0..right.len() {
        right_alone[index] = alone(right, index);
        row[index + 1] = row[index] + right_alone[index];
    }
    for (place, letter) in left.iter().enumerate() {
        let gone = alone(left, place);
        let mut corner = row[0];
        row[0] += gone;
        for (index, other) in right.iter().enumerate() {
            let changed = corner + change(*letter, *other);
            corner = row[index + 1];
            row[index + 1] = changed
                .min(corner + gone)
                .min(row[index] + right_alone[index]);
        }
    }
    (1.0 - row[right.len()] / mean).max(0.0)
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// What a letter costs that only one name has.
fn alone(name: &[u8], index: usize) -> f64 {
    let letter = name[index];
    let double = index > 0 && name[index - 1] == letter;
    match letter {
        _ if double => 0.15,
        b' ' => 0.2,
        b'h' => 0.3,
        b'w' | b'y' => 0.45,
        letter if is_vowel(letter) && index > 0 => 0.5,
        _ => 1.0,
    }
}

/// What one letter for another costs.
fn change(left: u8, right: u8) -> f64 {
    if left == right {
        return 0.0;
    }
    if is_vowel(left) && is_vowel(right) {
        return 0.3;
    }
    let group = |letter| match letter {
        b't' | b'd' => 1,
        b'b' | b'p' => 2,
        b'f' | b'v' | b'w' => 3,
        b's' | b'z' => 4,
        b'j' | b'c' => 5,
        b'k' | b'q' | b'g' | b'x' => 6,
        _ => 0,
    };
    let alike = |a, b| group(a) != 0 && group(a) == group(b);
    let crossed = matches!(
        (left, right),
        (b'c', b'k') | (b'k', b'c') | (b'w', b'u') | (b'u', b'w') | (b'w', b'o') | (b'o', b'w')
    );
    if alike(left, right) || crossed {
        0.4
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slow(left: &[u8], right: &[u8]) -> usize {
        let mut row: Vec<usize> = (0..=right.len()).collect();
        for letter in left {
            let mut corner = row[0];
            row[0] += 1;
            for (index, other) in right.iter().enumerate() {
                let changed = corner + usize::from(letter != other);
                corner = row[index + 1];
                row[index + 1] = changed.min(corner + 1).min(row[index] + 1);
            }
        }
        row[right.len()]
    }

    proptest::proptest! {
        #[test]
        fn fast_edits_are_edits(left in "[a-d ]{0,64}", right in "[a-d ]{0,70}") {
            let (left, right) = (left.as_bytes(), right.as_bytes());
            proptest::prop_assert_eq!(Pattern::new(left).edits(right), slow(left, right));
        }
    }

    #[test]
    fn vowels_weigh_less() {
        assert!(closeness(b"panjshir", b"panjsher") > closeness(b"panjshir", b"panjshim"));
        assert!(closeness(b"kabul", b"kabul") == 1.0);
        assert!(closeness(b"", b"") == 0.0);
    }
}
