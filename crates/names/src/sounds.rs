//! `Sounds`: a folded name as rough sounds, and the ways in which a name may be read, for finding candidates.
//!
//! It does not know languages: `ch` is one sound whether it was written for k or for sh. What sounds may stand for one another
//! `SoundCosts` has learnt.

/// A rough sound: a letter, or several that are mostly read as one.
pub type Sound = u8;

/// Number of sounds.
pub const SOUNDS: usize = 40;
/// Sounds of a name that are looked at.
pub const MOST_SOUNDS: usize = 24;
/// Kinds of neighbours that a sound can have; 0 is none.
pub const NEIGHBOURS: usize = 9;

/// Sounds that are written with several letters, after the 26 letters; the longest spellings first.
const SPELLINGS: &[(&[u8], Sound)] = &[
    (b"schtsch", 26),
    (b"tsch", 26),
    (b"shch", 27),
    (b"sch", 27),
    (b"tch", 26),
    (b"tsj", 26),
    (b"dzh", 29),
    (b"sh", 27),
    (b"zh", 28),
    (b"ch", 26),
    (b"cz", 26),
    (b"sz", 27),
    (b"dj", 29),
    (b"dz", 30),
    (b"ts", 31),
    (b"tz", 31),
    (b"kh", 32),
    (b"gh", 33),
    (b"ph", b'f' - b'a'),
    (b"th", 34),
    (b"dh", 35),
    (b"ck", b'k' - b'a'),
    (b"ou", 36),
    (b"oo", 37),
    (b"ee", 38),
];
/// `c` before a front vowel.
const SOFT_C: Sound = 39;

/// Articles, as they are written before a word; they come and go.
const ARTICLES: &[&str] = &[
    "al", "el", "ul", "as", "es", "ash", "esh", "ad", "ed", "an", "en", "ar", "er", "at", "et",
    "az", "ez", "the", "la", "le",
];

/// The kind of a sound as a neighbour of another, from 1: a; front and back vowels; lips; back of the mouth; teeth; hissing; l, r
/// and n.
pub fn neighbour(sound: Sound) -> usize {
    match sound {
        0 => 1,
        4 | 8 | 24 | 38 => 2,
        14 | 20 | 22 | 36 | 37 => 3,
        1 | 5 | 12 | 15 | 21 => 4,
        2 | 6 | 7 | 10 | 16 | 23 | 32 | 33 => 5,
        3 | 19 | 34 | 35 => 6,
        9 | 18 | 25..=31 | SOFT_C => 7,
        _ => 8,
    }
}

/// Whether a sound is a vowel.
pub fn is_vowel(sound: Sound) -> bool {
    matches!(sound, 0 | 4 | 8 | 14 | 20 | 24 | 36..=38)
}

/// Rough sounds of a name, at most `MOST_SOUNDS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sounds {
    sounds: [Sound; MOST_SOUNDS],
    len: u8,
}

impl Sounds {
    /// The sounds of words of a folded name, read together; a sound twice in a row counts once. What is no letter has no sound.
    pub fn of(words: &[&[u8]]) -> Self {
        let mut sounds = Self {
            sounds: [0; MOST_SOUNDS],
            len: 0,
        };
        for word in words {
            let mut rest = *word;
            while let Some(&letter) = rest.first() {
                let spelling = SPELLINGS
                    .iter()
                    .find(|(spelling, _)| rest.starts_with(spelling));
                let (sound, len) = match (letter, spelling) {
                    (_, Some((spelling, sound))) => (Some(*sound), spelling.len()),
                    (b'c', _) if matches!(rest.get(1), Some(b'e' | b'i' | b'y')) => {
                        (Some(SOFT_C), 1)
                    }
                    (b'a'..=b'z', _) => (Some(letter - b'a'), 1),
                    _ => (None, 1),
                };
                if let Some(sound) = sound {
                    sounds.push(sound);
                }
                rest = &rest[len..];
            }
        }
        sounds
    }

    /// The sounds.
    pub fn all(&self) -> &[Sound] {
        &self.sounds[..usize::from(self.len)]
    }

    /// Whether it hardly has vowels, as names have that were put in Latin letters one by one from a script without them.
    pub fn is_bare(&self) -> bool {
        let vowels = self.all().iter().filter(|sound| is_vowel(**sound)).count();
        self.len >= 3 && vowels * 5 <= usize::from(self.len)
    }

    fn push(&mut self, sound: Sound) {
        if self.all().last() != Some(&sound)
            && let Some(place) = self.sounds.get_mut(usize::from(self.len))
        {
            *place = sound;
            self.len += 1;
        }
    }
}

/// How a name is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// All of it.
    Whole,
    /// Without the ending of a female family name, -ova or -eva.
    Male,
    /// Without its first word.
    First,
    /// Without its last word.
    Last,
}

impl Cut {
    pub const ALL: [Self; 4] = [Self::Whole, Self::Male, Self::First, Self::Last];
}

/// One way to read a name.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    pub sounds: Sounds,
    pub cut: Cut,
}

impl Reading {
    /// The ways to read a folded name: whole, as a male family name, and where it has several words without the first or the last, when
    /// three consonants are left. Articles are passed over.
    pub fn all(name: &str) -> Vec<Self> {
        let mut words: Vec<&[u8]> = name
            .split(' ')
            .filter(|word| !ARTICLES.contains(word))
            .map(without_article)
            .collect();
        if words.is_empty() {
            words = name.split(' ').map(str::as_bytes).collect();
        }
        let read = |words: &[&[u8]], cut| Self {
            sounds: Sounds::of(words),
            cut,
        };
        let mut readings = vec![read(&words, Cut::Whole)];
        if let Some((last, before)) = words.split_last()
            && let [stem @ .., b'o' | b'e', b'v' | b'w', b'a'] = last
            && stem.len() >= 3
        {
            let mut male = before.to_vec();
            male.push(stem);
            readings.push(read(&male, Cut::Male));
        }
        if words.len() > 1 {
            let parts = [
                read(&words[1..], Cut::First),
                read(&words[..words.len() - 1], Cut::Last),
            ];
            readings.extend(parts.into_iter().filter(|part| {
                let vowels = part.sounds.all().iter().filter(|sound| is_vowel(**sound));
                part.sounds.all().len() >= vowels.count() + 3
            }));
        }
        readings
    }
}

/// A word without an article that is written with it.
fn without_article(word: &str) -> &[u8] {
    let bytes = word.as_bytes();
    match bytes {
        [b'a' | b'e', b'l', third, _, _, ..] if !b"aeiouy".contains(third) => &bytes[2..],
        _ => bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> Vec<(Cut, Sounds)> {
        let readings = Reading::all(name);
        readings
            .iter()
            .map(|reading| (reading.cut, reading.sounds))
            .collect()
    }

    #[test]
    fn letters_that_are_one_sound_are_read_together() {
        let of = |word: &str| Sounds::of(&[word.as_bytes()]);
        assert_eq!(of("pushkka"), of("puschka"));
        assert_eq!(of("phirrad 7"), of("firad"));
        assert_ne!(of("cirak"), of("kirak"));
        assert_eq!(of(&"ab".repeat(40)).all().len(), MOST_SOUNDS);
        assert!(of("khlyfn").is_bare() && !of("khalifan").is_bare());
    }

    #[test]
    fn articles_and_outer_words_come_and_go() {
        assert_eq!(read("al tarmis"), read("tarmis"));
        assert_eq!(read("eltarmis"), read("tarmis"));
        let whole = |name| read(name)[0].1;
        let two = read("tell tarmis");
        assert_eq!(two[1], (Cut::First, whole("tarmis")));
        assert_eq!(two.len(), 2, "two consonants are too few to stand alone");
        assert_eq!(read("tarmisova")[1], (Cut::Male, whole("tarmis")));
        assert!(read("al")[0].1.all().len() == 2 && read("")[0].1.all().is_empty());
    }
}
