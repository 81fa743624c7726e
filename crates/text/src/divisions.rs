//! `Divisions`: which words written without a blank are several tokens, and which marks between letters keep one together.
//!
//! It does not know a single word; they come from `lexicon/tokens.txt`.

/// What the lexicon of tokens says, ready for looking up without allocation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Divisions {
    prefixes: Words,
    suffixes: Words,
    units: Words,
    clipped: Words,
    joined: Words,
    /// For each length of a word of `joined`, the letters that such words begin with, one bit each: most words are none.
    joined_starts: [u32; LONGEST + 1],
    /// For each word of `joined`, where its parts after the first begin.
    cuts: Vec<Vec<usize>>,
    faces: Vec<Box<str>>,
    /// The ASCII characters that faces begin with, one bit each.
    face_starts: u128,
}

impl Divisions {
    /// Reads the lexicon's text. What is longer than `LONGEST` or no ASCII is passed over.
    pub(crate) fn parse(lexicon: &str) -> Self {
        let mut found = Self::default();
        let mut joined: Vec<(u128, Vec<usize>)> = Vec::new();
        for line in lexicon.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split(" #").next().unwrap_or("").split_whitespace();
            match words.next() {
                Some("prefix") => found.prefixes.extend(words),
                Some("suffix") => found.suffixes.extend(words),
                Some("unit") => found.units.extend(words),
                Some("clipped") => found.clipped.extend(words),
                Some("face") => found.faces.extend(words.map(Box::from)),
                Some("parts") => joined.extend(words.filter_map(|word| {
                    let mut at = 0;
                    let mut cuts: Vec<usize> = word
                        .split('+')
                        .map(|part| {
                            at += part.len();
                            at
                        })
                        .collect();
                    cuts.pop();
                    Some((key(&word.replace('+', ""))?, cuts))
                })),
                _ => {}
            }
        }
        joined.sort();
        joined.dedup_by_key(|(key, _)| *key);
        for (key, _) in &joined {
            let length = (128 - key.leading_zeros()).div_ceil(8);
            let first = (key >> (8 * (length - 1))) as u8;
            found.joined_starts[length as usize] |= 1 << (first & 31);
        }
        (found.joined.0, found.cuts) = joined.into_iter().unzip();
        for words in [
            &mut found.prefixes,
            &mut found.suffixes,
            &mut found.units,
            &mut found.clipped,
        ] {
            words.0.sort_unstable();
            words.0.dedup();
        }
        // The longest face first, so that ">:(" is not taken for its end.
        found.faces.retain(|face| face.is_ascii());
        for face in &found.faces {
            found.face_starts |= face.bytes().next().map_or(0, |first| 1 << first);
        }
        found
            .faces
            .sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        found
    }

    /// Whether a hyphen after this word keeps it together with the next.
    pub(crate) fn is_prefix(&self, word: &str) -> bool {
        self.prefixes.find(word).is_some()
    }

    /// Whether a hyphen before this word keeps it together with the one before.
    pub(crate) fn is_suffix(&self, word: &str) -> bool {
        self.suffixes.find(word).is_some()
    }

    /// Whether a number before these letters is a token of its own.
    pub(crate) fn is_unit(&self, word: &str) -> bool {
        self.units.find(word).is_some()
    }

    /// Whether an apostrophe before these letters belongs to them.
    pub(crate) fn is_clipped(&self, word: &str) -> bool {
        self.clipped.find(word).is_some()
    }

    /// Where the parts after the first begin in a word that is several; empty for all other words.
    pub(crate) fn cuts(&self, word: &str) -> &[usize] {
        let first = word.as_bytes().first().map_or(0, |first| first & 31);
        if self
            .joined_starts
            .get(word.len())
            .is_none_or(|starts| starts >> first & 1 == 0)
        {
            return &[];
        }
        self.joined
            .find(word)
            .and_then(|index| self.cuts.get(index))
            .map_or(&[], Vec::as_slice)
    }

    /// The length of the row of marks at the start of `text` that is one token, if there is one.
    pub(crate) fn face(&self, text: &str) -> Option<usize> {
        let first = *text.as_bytes().first()?;
        if !first.is_ascii() || self.face_starts >> first & 1 == 0 {
            return None;
        }
        self.faces
            .iter()
            .find(|face| text.starts_with(&***face))
            .map(|face| face.len())
    }
}

/// Longest word that can be looked up, in bytes.
const LONGEST: usize = 16;

/// Words as keys, sorted: looking one up takes a few comparisons and no memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Words(Vec<u128>);

impl Words {
    fn extend<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        self.0.extend(words.filter_map(key));
    }

    fn find(&self, word: &str) -> Option<usize> {
        self.0.binary_search(&key(word)?).ok()
    }
}

/// A short ASCII word in lower case, its bytes as one number; none for any other.
fn key(word: &str) -> Option<u128> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    word.bytes().try_fold(0, |key, byte| {
        byte.is_ascii()
            .then(|| key << 8 | u128::from(byte.to_ascii_lowercase()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case_and_long_ones_are_not() {
        let divisions = Divisions::parse(
            "# prefix no\nprefix non e # and more\nparts du+n+no can+not\nface :) >:(\nunit km\nclipped em\nsuffix wise",
        );
        assert!(divisions.is_prefix("Non") && divisions.is_prefix("E"));
        assert!(!divisions.is_prefix("no") && !divisions.is_prefix("and"));
        assert!(!divisions.is_prefix("nonnonnonnonnonnon") && !divisions.is_prefix(""));
        assert_eq!(divisions.cuts("Dunno"), [2, 3]);
        assert_eq!(divisions.cuts("CANNOT"), [3]);
        assert_eq!(divisions.cuts("can"), [0; 0]);
        assert_eq!(divisions.face(">:( no"), Some(3));
        assert_eq!(divisions.face("(:"), None);
        assert!(
            divisions.is_unit("KM") && divisions.is_clipped("em") && divisions.is_suffix("wise")
        );
    }
}
