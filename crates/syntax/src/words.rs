//! `Words`: the words of one sentence as features see them.
//!
//! It does not know tags or trees. Case is told apart from the letters: where a sentence is all capitals, all lower case
//! or a headline, a word's case says nothing, and its usual case stands in for it ("truecasing", for features only).

use crate::classes::{UsualCase, WordClass, WordClasses};
use crate::linear::{Feature, hash_bytes};

/// Longest part of a word that is looked at, in bytes.
const LONGEST: usize = 48;

/// One word as features see it. Each field is a number to mix into a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Word {
    /// The whole word in lower case, digits as zeros, marks in their plain form.
    pub form: u32,
    /// Its first two bytes and first three.
    pub prefixes: [u32; 2],
    /// Its last one, two, three and four bytes.
    pub suffixes: [u32; 4],
    /// Its letters by kind, runs shortened, after truecasing.
    pub shape: u32,
    /// What is known of it beforehand.
    pub class: WordClass,
    /// Whether it begins with a capital, after truecasing.
    pub capital: bool,
}

/// How a sentence uses capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Casing {
    /// As English does: a capital means something.
    Plain,
    /// No capitals.
    Lower,
    /// Capitals only.
    Upper,
    /// Each word with a capital, as in headlines.
    Title,
}

/// The words of one sentence; kept and filled again for the next.
#[derive(Debug, Clone, Default)]
pub struct Words {
    words: Vec<Word>,
    outside: Word,
    buffer: Vec<u8>,
}

impl Words {
    /// Takes in a sentence.
    pub fn fill<'t>(
        &mut self,
        forms: impl Iterator<Item = &'t str> + Clone,
        classes: &WordClasses,
    ) {
        self.words.clear();
        let casing = casing(forms.clone(), classes, &mut self.buffer);
        for (index, form) in forms.enumerate() {
            let word = word(form, casing, index == 0, classes, &mut self.buffer);
            self.words.push(word);
        }
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word at an index; outside the sentence a word that has nothing.
    #[inline]
    #[must_use]
    pub fn at(&self, index: isize) -> &Word {
        usize::try_from(index)
            .ok()
            .and_then(|index| self.words.get(index))
            .unwrap_or(&self.outside)
    }
}

/// A word's number in `WordClasses`.
#[must_use]
pub fn word_number(form: &str) -> u32 {
    let mut buffer = Vec::new();
    normalise(form, &mut buffer);
    hash_bytes(&buffer)
}

/// Lower case, digits as zeros, marks in their plain form, cut at `LONGEST`.
fn normalise(form: &str, into: &mut Vec<u8>) {
    into.clear();
    for character in form.chars() {
        match character {
            '0'..='9' => into.push(b'0'),
            'A'..='Z' => into.push(character as u8 | 0x20),
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '`' | '\u{b4}' => into.push(b'\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => into.push(b'"'),
            '\u{2010}'..='\u{2015}' => into.push(b'-'),
            '\u{2026}' => into.extend_from_slice(b"..."),
            character if character.is_ascii() => into.push(character as u8),
            character => {
                for lower in character.to_lowercase() {
                    into.extend_from_slice(lower.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }
        }
        if into.len() >= LONGEST {
            break;
        }
    }
}

fn word(
    form: &str,
    casing: Casing,
    first: bool,
    classes: &WordClasses,
    buffer: &mut Vec<u8>,
) -> Word {
    normalise(form, buffer);
    let number = hash_bytes(buffer);
    let known = classes.get(number);
    let end = |len: usize| hash_bytes(&buffer[buffer.len().saturating_sub(len)..]);
    let begin = |len: usize| hash_bytes(&buffer[..buffer.len().min(len)]);
    let (shape, capital) = shape(form, casing, first, known.case);
    Word {
        form: number,
        prefixes: [begin(2), begin(3)],
        suffixes: [end(1), end(2), end(3), end(4)],
        shape,
        class: known,
        capital,
    }
}

/// The kinds of characters, runs shortened, and whether it begins with a capital. Where case says nothing, the usual
/// case stands in for it, marked as such.
fn shape(form: &str, casing: Casing, first: bool, usual: UsualCase) -> (u32, bool) {
    let mut kinds = [0_u8; 8];
    let mut len = 0;
    let mut upper = 0;
    let mut letters = 0;
    for character in form.chars().take(LONGEST) {
        let kind = match character {
            'a'..='z' => b'x',
            'A'..='Z' => b'X',
            '0'..='9' => b'0',
            character if character.is_uppercase() => b'X',
            character if character.is_alphabetic() => b'x',
            '-' | '\u{2010}'..='\u{2015}' => b'-',
            '\'' | '\u{2019}' | '\u{2018}' => b'\'',
            '.' => b'.',
            _ => b'#',
        };
        upper += usize::from(kind == b'X');
        letters += usize::from(kind == b'X' || kind == b'x');
        let repeated = len >= 2 && kinds[len - 1] == kind && kinds[len - 2] == kind;
        if len < kinds.len() && !repeated {
            kinds[len] = kind;
            len += 1;
        }
    }
    let plain = hash_bytes(&kinds[..len]);
    let capital = kinds[0] == b'X';
    let says_nothing = match casing {
        Casing::Plain => first && capital && upper == 1,
        Casing::Lower => letters > 0,
        Casing::Upper => letters > 0 && upper == letters,
        Casing::Title => capital && upper == 1,
    };
    if !says_nothing {
        return (plain, capital);
    }
    let casing = if casing == Casing::Plain { 1 } else { 2 };
    let stand_in = Feature::of(usual as u32)
        .with(casing)
        .with(letters.min(3) as u32)
        .finish();
    let capital = match usual {
        UsualCase::Title | UsualCase::Upper => true,
        UsualCase::Lower | UsualCase::Mixed => false,
        UsualCase::Unknown => capital && casing == 1,
    };
    (stand_in, capital)
}

/// How a sentence uses capitals.
fn casing<'t>(
    forms: impl Iterator<Item = &'t str>,
    classes: &WordClasses,
    buffer: &mut Vec<u8>,
) -> Casing {
    let (mut words, mut lower, mut upper, mut title, mut odd) = (0, 0, 0, 0, 0);
    for (index, form) in forms.enumerate() {
        let mut characters = form.chars();
        let Some(begin) = characters.next().filter(|c| c.is_alphabetic()) else {
            continue;
        };
        words += 1;
        if begin.is_lowercase() {
            lower += usize::from(!form.contains(|c: char| c.is_uppercase()));
            continue;
        }
        let mut rest = characters.filter(|c| c.is_alphabetic()).peekable();
        let single = rest.peek().is_none();
        if rest.all(char::is_uppercase) && !single {
            upper += 1;
        } else {
            title += 1;
            // A capital on a word that is written without one elsewhere; the first word has one anyway.
            if index > 0 && form.len() > 3 {
                normalise(form, buffer);
                odd += usize::from(classes.get(hash_bytes(buffer)).case == UsualCase::Lower);
            }
        }
    }
    if words > 0 && lower == words {
        Casing::Lower
    } else if upper >= 2 && lower * 10 <= words && upper * 10 >= words * 7 {
        Casing::Upper
    } else if words >= 3 && odd * 4 >= words && title * 2 > words {
        Casing::Title
    } else {
        Casing::Plain
    }
}
