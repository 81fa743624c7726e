//! `Spellings`: how likely two words of a document are spellings of one name, each pair asked once.
//!
//! It does not know who bears a name, nor names of several words. Without a model of names, words are compared by a
//! transliteration key and edit distance.

use names::{Basis, NameModel};
use std::cell::RefCell;
use std::collections::HashMap;

/// From this on two words are taken for spellings of one name.
pub(crate) const ALIKE: f64 = 0.5;
/// Below this they are held to be two names whatever else speaks for one.
pub(crate) const APART: f64 = 0.3;
/// What one transliteration key is worth where nothing is known against it.
const SAME_KEY: f64 = 0.8;
/// What a final "s" is worth: a plural, or a possessive that lost its mark ("Assads forces").
pub(crate) const LOST_MARK: f64 = 0.999;
/// Letters from which a word says enough for what is learnt of spellings; shorter ones must have the same key.
const TELLING: usize = 5;

/// A word as names are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    /// Folded, in one piece, without an article.
    text: String,
    key: String,
    /// The consonants of the key.
    bones: String,
}

/// A word's number.
pub(crate) type WordId = u32;

/// The words of a document's names.
pub(crate) struct Spellings<'k> {
    model: Option<&'k NameModel>,
    numbers: HashMap<String, WordId>,
    words: Vec<Word>,
    compared: RefCell<HashMap<(WordId, WordId), f64>>,
}

impl<'k> Spellings<'k> {
    pub(crate) fn new(model: Option<&'k NameModel>) -> Self {
        Self {
            model,
            numbers: HashMap::new(),
            words: Vec::new(),
            compared: RefCell::default(),
        }
    }

    /// The number of a word as written.
    pub(crate) fn add(&mut self, written: &str) -> WordId {
        if let Some(known) = self.numbers.get(written) {
            return *known;
        }
        let text = in_one_piece(written);
        let number = match self.numbers.get(&text) {
            Some(known) => *known,
            None => {
                let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
                let key = key(&text);
                let bones = bones(&key);
                self.numbers.insert(text.clone(), number);
                self.words.push(Word { text, key, bones });
                number
            }
        };
        self.numbers.insert(written.to_owned(), number);
        number
    }

    /// The folded word of a number.
    pub(crate) fn text(&self, word: WordId) -> &str {
        self.words
            .get(word as usize)
            .map_or("", |word| word.text.as_str())
    }

    /// Whether two words are alike enough to be compared, which costs much more.
    pub(crate) fn may_be_same(&self, left: WordId, right: WordId) -> bool {
        let word = |number: WordId| self.words.get(number as usize);
        word(left)
            .zip(word(right))
            .is_some_and(|(left, right)| left == right || is_plausible(left, right))
    }

    /// From 0 to 1; 1 for the same word.
    pub(crate) fn same(&self, left: WordId, right: WordId) -> f64 {
        if left == right {
            return 1.0;
        }
        let pair = (left.min(right), left.max(right));
        let (Some(left), Some(right)) = (
            self.words.get(left as usize),
            self.words.get(right as usize),
        ) else {
            return 0.0;
        };
        if !is_plausible(left, right) {
            return 0.0;
        }
        if let Some(known) = self.compared.borrow().get(&pair) {
            return *known;
        }
        let same = self.compare(left, right);
        self.compared.borrow_mut().insert(pair, same);
        same
    }

    fn compare(&self, left: &Word, right: &Word) -> f64 {
        if is_lost_mark(&left.text, &right.text) {
            return LOST_MARK;
        }
        let Some(model) = self.model else {
            return if similar(&left.key, &right.key) {
                SAME_KEY
            } else {
                0.0
            };
        };
        let found = model.word(&left.text, &right.text);
        let same_key =
            left.key == right.key && !matches!(found.basis, Basis::Apart | Basis::Suffix);
        if same_key {
            return found.same.max(SAME_KEY);
        }
        let shorter = left.text.len().min(right.text.len());
        let is_known = found.basis == Basis::Dictionary;
        if !is_known && (shorter < TELLING || is_far(left, right)) {
            0.0
        } else {
            found.same
        }
    }

    /// Whether one word is a plural, or another word of the root, of the other, as translations make them of surnames.
    pub(crate) fn is_inflected(&self, root: WordId, word: WordId) -> bool {
        let (root, word) = (self.text(root), self.text(word));
        let Some(model) = self.model else {
            return false;
        };
        word.len() > root.len() && matches!(model.word(root, word).basis, Basis::Suffix)
    }

    /// Whether two words are a man's and a woman's form of one surname ("-ov", "-ova").
    pub(crate) fn is_other_gender(&self, left: WordId, right: WordId) -> bool {
        let (left, right) = (self.text(left), self.text(right));
        is_woman(left) != is_woman(right) && (ends_of_man(left) || ends_of_man(right))
    }
}

const WOMEN: [&str; 6] = ["ova", "eva", "ina", "skaya", "ska", "skaia"];
const MEN: [&str; 6] = ["ov", "ev", "in", "sky", "ski", "skii"];

fn is_woman(word: &str) -> bool {
    word.len() > 5 && WOMEN.iter().any(|ending| word.ends_with(ending))
}

fn ends_of_man(word: &str) -> bool {
    MEN.iter().any(|ending| word.ends_with(ending))
}

/// Whether two words are near enough to be asked about: their consonants differ by one, in long words by two. Two numbers are two.
fn is_plausible(left: &Word, right: &Word) -> bool {
    let counts = |word: &Word| word.text.bytes().any(|letter| letter.is_ascii_digit());
    if counts(left) || counts(right) {
        return false;
    }
    if left.key == right.key {
        return true;
    }
    if left.text.len().abs_diff(right.text.len()) > 4 {
        return false;
    }
    let (short, long) = (
        left.bones.len().min(right.bones.len()),
        left.bones.len().max(right.bones.len()),
    );
    let most = 1 + usize::from(long > 5);
    short > 0
        && long - short <= most
        && (left.bones == right.bones
            || strsim::damerau_levenshtein(&left.bones, &right.bones) <= most)
}

/// Whether two words differ by an "s" at the end.
fn is_lost_mark(left: &str, right: &str) -> bool {
    let (short, long) = if left.len() < right.len() {
        (left, right)
    } else {
        (right, left)
    };
    short.len() > 3 && long.strip_suffix('s') == Some(short)
}

/// Whether too many letters differ for two spellings in one document: a third of the longer, or three in seven where the consonants are
/// the same; or a letter stands before the one word alone. What is learnt of spellings knows sounds of all languages; a text keeps to few.
fn is_far(left: &Word, right: &Word) -> bool {
    let longer = left.key.len().max(right.key.len());
    let distance = strsim::damerau_levenshtein(&left.key, &right.key);
    let same_bones = left.bones == right.bones && left.bones.len() > 2;
    let too_many = if same_bones {
        distance * 7 > longer * 3
    } else {
        distance * 3 >= longer
    };
    let begins_alike = left.key.as_bytes().first() == right.key.as_bytes().first();
    too_many || !begins_alike && left.key.len() != right.key.len()
}

/// Articles that are written before a name and come and go.
const ARTICLES: [&str; 12] = [
    "al ", "el ", "ad ", "as ", "ash ", "an ", "ar ", "at ", "az ", "es ", "il ", "ul ",
];

/// A word folded, in one piece ("Mirza-Qul" is "mirzaqul"), without an article ("al-Murabi" is "murabi").
pub(crate) fn in_one_piece(word: &str) -> String {
    let folded = names::fold(word);
    let bare = ARTICLES
        .iter()
        .find_map(|article| folded.strip_prefix(article))
        .filter(|bare| bare.len() > 2)
        .unwrap_or(&folded);
    bare.chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// The transliteration key of a folded word: digraphs and doubled letters to one letter.
fn key(plain: &str) -> String {
    let mut key = plain.to_owned();
    for (from, to) in [
        ("kh", "k"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("ph", "f"),
        ("sh", "s"),
        ("zh", "z"),
        ("ch", "c"),
        ("ou", "u"),
        ("oo", "u"),
        ("ow", "u"),
        ("ee", "i"),
        ("ie", "i"),
        ("ei", "i"),
        ("ai", "i"),
        ("ay", "i"),
        ("y", "i"),
        ("q", "k"),
        ("w", "v"),
    ] {
        if key.contains(from) {
            key = key.replace(from, to);
        }
    }
    let mut folded = String::new();
    for letter in key.chars() {
        if !folded.ends_with(letter) {
            folded.push(letter);
        }
    }
    // A final h after a vowel is not heard ("Khatibzadeh").
    if folded.len() > 4 && folded.ends_with('h') {
        folded.pop();
    }
    folded
}

fn bones(key: &str) -> String {
    key.chars()
        .filter(|letter| !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u'))
        .collect()
}

/// Whether two keys may be spellings of one name, where no model is there to ask.
fn similar(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    if left.chars().next() != right.chars().next() {
        return false;
    }
    let length = left.chars().count().min(right.chars().count());
    if length < 4 {
        return false;
    }
    let (left_bones, right_bones) = (bones(left), bones(right));
    if left_bones == right_bones && left_bones.chars().count() >= 3 {
        return true;
    }
    let distance = strsim::damerau_levenshtein(left, right);
    distance == 1 && length >= 6 || distance == 2 && length >= 10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(left: &str, right: &str) -> f64 {
        let mut spellings = Spellings::new(None);
        let (left, right) = (spellings.add(left), spellings.add(right));
        spellings.same(left, right)
    }

    #[test]
    fn without_a_model_words_of_one_key_are_alike() {
        assert!(same("Hastrell", "Hastrel") >= ALIKE);
        assert!(same("al-Dorun", "Dorun") >= 1.0);
        assert!(same("Hastrell", "Dorun") < APART);
    }

    #[test]
    fn numbers_are_no_spellings_of_each_other() {
        assert!(same("12th", "112th") < APART);
    }

    #[test]
    fn a_woman_and_a_man_have_two_surnames() {
        let mut spellings = Spellings::new(None);
        let (man, woman) = (spellings.add("Velikov"), spellings.add("Velikova"));
        assert!(spellings.is_other_gender(man, woman));
        let other = spellings.add("Velikow");
        assert!(!spellings.is_other_gender(man, other));
    }
}
