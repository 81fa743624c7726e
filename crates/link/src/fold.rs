//! Names and words reduced to what survives transliteration and inflection, for comparing only.
//!
//! It does not know kinds of names or what a word means. What it returns is never shown.

use std::collections::BTreeSet;

/// Lower case ASCII words with single spaces; apostrophes vanish, other marks part words, a leading article goes.
pub(crate) fn fold(name: &str) -> String {
    let ascii = deunicode::deunicode(name).to_lowercase();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for letter in ascii.chars() {
        if letter.is_ascii_alphanumeric() {
            word.push(letter);
        } else if letter != '\'' && letter != '`' && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words.join(" ")
}

/// The key of a folded name: each word with the commonest alternatives of transliteration made one.
pub(crate) fn key(folded: &str) -> String {
    folded
        .split(' ')
        .map(word_key)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The key of one folded word.
pub(crate) fn word_key(word: &str) -> String {
    // Pairs that one text writes one way and the next text the other; doubled letters fall together below.
    const PAIRS: [(&str, &str); 11] = [
        ("oo", "u"),
        ("ou", "u"),
        ("ee", "i"),
        ("kh", "h"),
        ("gh", "g"),
        ("ph", "f"),
        ("zh", "j"),
        ("dj", "j"),
        ("ck", "k"),
        ("q", "k"),
        ("y", "i"),
    ];
    let mut out = word.to_owned();
    for (from, to) in PAIRS {
        out = out.replace(from, to);
    }
    let mut letters: Vec<char> = Vec::new();
    for letter in out.chars() {
        let letter = match letter {
            'o' => 'u',
            'e' => 'i',
            other => other,
        };
        if letters.last() != Some(&letter) || letter.is_ascii_digit() {
            letters.push(letter);
        }
    }
    if letters.len() > 4
        && letters.last() == Some(&'h')
        && "aeiouh".contains(letters[letters.len() - 2])
    {
        letters.pop();
    }
    letters.into_iter().collect()
}

/// A word without its commonest English endings.
pub(crate) fn stem(word: &str) -> String {
    const ENDINGS: [&str; 9] = ["ings", "ing", "ers", "ed", "es", "er", "en", "e", "s"];
    for ending in ENDINGS {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() >= 4
        {
            return rest.to_owned();
        }
    }
    word.to_owned()
}

/// The stems of a phrase that carry meaning: words of four letters or more, and numbers.
pub(crate) fn stems(phrase: &str) -> BTreeSet<String> {
    fold(phrase)
        .split(' ')
        .filter(|word| word.len() >= 4 || word.bytes().any(|byte| byte.is_ascii_digit()))
        .map(stem)
        .collect()
}

/// Whether two stems are one word, or a country and its people ("russia", "russian").
pub(crate) fn same_stem(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    let common = left
        .bytes()
        .zip(right.bytes())
        .take_while(|(one, other)| one == other)
        .count();
    let (left_rest, right_rest) = (left.len() - common, right.len() - common);
    // A short name must be the beginning of the longer word ("iraq", "iraqi").
    if common == 4 {
        return left_rest.min(right_rest) == 0 && left_rest.max(right_rest) <= 3;
    }
    common >= 5 && left_rest <= 3 && right_rest <= 3 && left_rest.min(right_rest) <= 1
}

/// Whether two sets of stems pair off completely.
pub(crate) fn same_stems(left: &BTreeSet<String>, right: &BTreeSet<String>) -> bool {
    !left.is_empty() && within(left, right) && within(right, left)
}

/// Whether every stem of `inner` has its like in `outer`.
pub(crate) fn within(inner: &BTreeSet<String>, outer: &BTreeSet<String>) -> bool {
    inner
        .iter()
        .all(|one| outer.iter().any(|other| same_stem(one, other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_texts_change_make_one_key() {
        for (left, right) in [
            ("Zelenskyy", "Zelensky"),
            ("Hōms", "Homs"),
            ("Sana’a", "Sanaa"),
            ("The Taliban", "Taliban"),
        ] {
            assert_eq!(key(&fold(left)), key(&fold(right)), "{left} {right}");
        }
        for (left, right) in [
            ("Rashid", "Rashad"),
            ("Iran", "Iraq"),
            ("Donets", "Donetsk"),
        ] {
            assert_ne!(key(&fold(left)), key(&fold(right)), "{left} {right}");
        }
    }

    #[test]
    fn a_country_is_its_people_and_no_other_country() {
        assert!(same_stem("russia", "russian"));
        assert!(same_stem("ukrain", "ukrainian"));
        assert!(same_stem("iraq", "iraqi"));
        assert!(!same_stem("austria", "australia"));
        assert!(!same_stem("iran", "iraq"));
    }
}
