//! `Parts`: a full name taken to pieces, each with what it does in the name: a word, an initial, a title, a particle, a number, a
//! legal form.
//!
//! It does not compare names, and knows no word but those of its lexicon.

use crate::fold;
use crate::full::NameKind;
use crate::lexicon::{Known, NameLexicon, Role};

/// Most pieces of a name that are looked at; what follows counts as not written.
const MOST_PARTS: usize = 24;

/// Most words of a phrase of the lexicon.
const LONGEST_PHRASE: usize = 6;

/// A longer title behind the name is the name: "Dr" may stand there, "King" is one.
const LONGEST_TITLE_BEHIND: usize = 3;

/// What a piece does in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// A word of the name.
    Word,
    /// One letter that stands for a word.
    Initial,
    /// "Dr", "Sheikh": says nothing of who it is.
    Title,
    /// "son", "brother": the name is that of a relative.
    Kin,
    /// "al", "de", "van": written or left out.
    Particle,
    /// "bin", "ould": what follows is the father.
    Patronymic,
    /// "Abdul" and its like, the first half of a given name, often left out.
    Servant,
    /// "Shah", "Gul": makes another given name of the word before.
    Compound,
    /// A number in any writing.
    Number(u32),
    /// A legal form; forms of one group mean the same, group 0 fits all.
    Form(u16),
    /// A country, a region or a town in the name of a body; a direction.
    Place,
    /// "Group", "International": tells little.
    Generic,
    /// "of", "the".
    Stop,
}

/// One piece of a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    /// Where its letters begin in [`Parts::letters`].
    pub(crate) start: usize,
    /// Where they end.
    pub(crate) end: usize,
    /// What it does.
    pub(crate) class: Class,
    /// What the lexicon says of the word.
    pub(crate) known: Known,
}

impl Part {
    /// How much it tells that this stands against something else on the other side.
    pub(crate) fn opposes(&self) -> f64 {
        match self.class {
            Class::Word | Class::Initial | Class::Compound | Class::Number(_) | Class::Place => 1.0,
            Class::Generic => 0.9,
            Class::Servant => 0.7,
            _ => 0.0,
        }
    }

    /// How much it tells that this stands on one side only.
    pub(crate) fn adds(&self) -> f64 {
        match self.class {
            Class::Word if self.known.is(Role::Common) => 0.6,
            Class::Word | Class::Compound => 1.0,
            Class::Generic => 0.5,
            Class::Initial | Class::Servant => 0.3,
            _ => 0.0,
        }
    }
}

/// A name in pieces.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parts {
    /// The letters of all pieces, folded, without blanks.
    pub(crate) letters: String,
    /// The pieces that are compared, in the order of the name, given name first where a comma turned it.
    pub(crate) all: Vec<Part>,
    /// The legal forms.
    pub(crate) forms: Vec<u16>,
    /// The words for relatives.
    pub(crate) kin: bool,
}

impl Parts {
    /// Takes a name to pieces.
    pub(crate) fn new(name: &str, kind: NameKind, lexicon: &NameLexicon) -> Self {
        let turned;
        let name = if kind == NameKind::Person {
            turned = given_name_first(name, lexicon);
            turned.as_str()
        } else {
            name
        };
        let tokens = Tokens::new(&fold(name), kind);
        let mut parts = Self::default();
        let mut at = 0;
        while at < tokens.ranges.len() && parts.all.len() < MOST_PARTS {
            at += parts.take(&tokens, at, kind, lexicon);
        }
        parts.settle(kind);
        parts
    }

    /// Whether both are written with the same letters, legal forms and words for relatives.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let same = self.letters == other.letters && self.forms == other.forms;
        same && self.kin == other.kin && !self.letters.is_empty()
    }

    /// The letters of a piece.
    pub(crate) fn text(&self, part: &Part) -> &str {
        &self.letters[part.start..part.end]
    }

    /// The letters of pieces that follow each other.
    pub(crate) fn span(&self, from: usize, to: usize) -> &str {
        &self.letters[self.all[from].start..self.all[to - 1].end]
    }

    /// Pieces that follow each other, as words.
    pub(crate) fn words(&self, from: usize, to: usize) -> String {
        let words: Vec<String> = self.all[from..to]
            .iter()
            .map(|part| shown(self.text(part)))
            .collect();
        words.join(" ")
    }

    /// Takes the piece that begins at this token; gives the number of tokens it has.
    fn take(&mut self, tokens: &Tokens, at: usize, kind: NameKind, lexicon: &NameLexicon) -> usize {
        let word = tokens.word(at, at + 1);
        let mut known = lexicon.known(word);
        let mut length = 1;
        if known.is(Role::Begins) {
            for count in (2..=LONGEST_PHRASE).rev() {
                if at + count <= tokens.ranges.len() {
                    let phrase = lexicon.known(tokens.word(at, at + count));
                    let meant = kind != NameKind::Person && phrase.same != 0;
                    let playing = class(tokens.word(at, at + count), phrase, kind, false).is_some();
                    if phrase.is_any() && (meant || playing) {
                        (known, length) = (phrase, count);
                        break;
                    }
                }
            }
        }
        let last = at + length == tokens.ranges.len();
        let first = self.all.is_empty();
        let mut found =
            class(tokens.word(at, at + length), known, kind, last && !first).unwrap_or(Class::Word);
        // "Ben Velik", "Jan Velik", "Omar King" are given names and a family name.
        let named = match found {
            Class::Patronymic => first && known.nick != 0,
            Class::Compound => first,
            // "al Velik" has a particle, "Kim Il" has none.
            Class::Particle => last && !first && kind == NameKind::Person,
            Class::Title => last && word.len() > LONGEST_TITLE_BEHIND,
            _ => false,
        };
        if named {
            found = Class::Word;
        }
        if let (Class::Number(tens), Some(unit)) = (found, tokens.number(at + length, lexicon))
            && (20..100).contains(&tens)
            && tens % 10 == 0
            && (1..10).contains(&unit)
            && !word.starts_with(|letter: char| letter.is_ascii_digit())
        {
            found = Class::Number(tens + unit);
            length += 1;
        }
        if first && matches!(found, Class::Number(_)) && roman(word).is_some() {
            found = Class::Word;
        }
        match found {
            Class::Stop => {}
            Class::Form(group) => self.forms.push(group),
            Class::Kin => self.kin = true,
            _ => {
                let whole = length == 1 && kind == NameKind::Person && found == Class::Word;
                let split = if whole { lexicon.servant(word) } else { 0 };
                if split > 0 {
                    self.push(&word[..split], Class::Servant, Known::default());
                    self.push(&word[split..], Class::Word, lexicon.known(&word[split..]));
                } else {
                    self.push_words(tokens, at, length, found, known);
                }
            }
        }
        length
    }

    fn push_words(
        &mut self,
        tokens: &Tokens,
        at: usize,
        length: usize,
        class: Class,
        known: Known,
    ) {
        let start = self.letters.len();
        for token in at..at + length {
            self.letters.push_str(tokens.word(token, token + 1));
        }
        let end = self.letters.len();
        self.all.push(Part {
            start,
            end,
            class,
            known,
        });
    }

    fn push(&mut self, word: &str, class: Class, known: Known) {
        let start = self.letters.len();
        self.letters.push_str(word);
        self.all.push(Part {
            start,
            end: self.letters.len(),
            class,
            known,
        });
    }

    /// Where nothing is left that tells anything, what is there is the name ("The The", "Sheikh").
    fn settle(&mut self, kind: NameKind) {
        let telling = |part: &Part| match part.class {
            Class::Generic | Class::Place => kind != NameKind::Place,
            _ => part.opposes() > 0.0,
        };
        if !self.all.iter().any(telling) {
            for part in &mut self.all {
                if !matches!(part.class, Class::Number(_)) {
                    part.class = Class::Word;
                }
            }
        }
    }
}

/// A folded word with a capital.
pub(crate) fn shown(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
        .unwrap_or_default()
}

/// What a word or a phrase does in a name of this kind; nothing where the lexicon has no say.
fn class(word: &str, known: Known, kind: NameKind, ends: bool) -> Option<Class> {
    let person = kind == NameKind::Person;
    if person {
        if known.is(Role::Title) {
            return Some(Class::Title);
        }
        if known.is(Role::Kin) {
            return Some(Class::Kin);
        }
        if known.is(Role::Servant) {
            return Some(Class::Servant);
        }
        if known.is(Role::Compound) {
            return Some(Class::Compound);
        }
        if let (true, Some(group)) = (ends, known.form()) {
            return Some(Class::Form(group));
        }
        if let (true, true, Some(value)) = (ends, word.len() > 1, roman(word)) {
            return Some(Class::Number(value));
        }
    }
    if known.is(Role::Patronymic) {
        return Some(if person {
            Class::Patronymic
        } else {
            Class::Particle
        });
    }
    if known.is(Role::Particle) {
        return Some(Class::Particle);
    }
    if person {
        return (word.len() == 1).then_some(Class::Initial);
    }
    if known.is(Role::Stop) {
        return Some(Class::Stop);
    }
    if known.is(Role::Direction) {
        return Some(Class::Place);
    }
    if kind == NameKind::Place {
        return known.is(Role::PlaceWord).then_some(Class::Generic);
    }
    if let Some(group) = known.form() {
        return Some(Class::Form(group));
    }
    if let Some(value) = known.number() {
        return Some(Class::Number(value));
    }
    if let Some(value) = ordinal(word).or_else(|| roman(word)) {
        return Some(Class::Number(value));
    }
    if known.is(Role::Place) {
        return Some(Class::Place);
    }
    known.is(Role::Generic).then_some(Class::Generic)
}

/// "44", "44th", "1st".
fn ordinal(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th").then_some(())?;
    digits.parse().ok()
}

/// Numerals of up to 39 in capital letters' order; "i" alone is one, too.
fn roman(word: &str) -> Option<u32> {
    let tens = word.bytes().take_while(|byte| *byte == b'x').count();
    let unit = match &word[tens..] {
        "" if tens > 0 => 0,
        "i" => 1,
        "ii" => 2,
        "iii" => 3,
        "iv" => 4,
        "v" => 5,
        "vi" => 6,
        "vii" => 7,
        "viii" => 8,
        "ix" => 9,
        _ => return None,
    };
    let tens = u32::try_from(tens).ok().filter(|tens| *tens <= 3)?;
    Some(tens * 10 + unit)
}

/// "Frost, William" as "William Frost"; a comma before a title or a legal form turns nothing.
fn given_name_first(name: &str, lexicon: &NameLexicon) -> String {
    let Some((family, given)) = name.split_once([',', '،']) else {
        return name.to_owned();
    };
    let known = lexicon.known(fold(given).trim_end_matches('.'));
    if given.trim().is_empty() || known.is(Role::Title) || known.form().is_some() {
        return name.to_owned();
    }
    format!("{given} {family}")
}

/// The words of a folded name.
struct Tokens {
    /// The words with a blank between them.
    spaced: String,
    ranges: Vec<(usize, usize)>,
}

/// What stands before a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Blank,
    Dot,
    Nothing,
}

impl Tokens {
    fn new(folded: &str, kind: NameKind) -> Self {
        let person = kind == NameKind::Person;
        let mut words: Vec<(Gap, String)> = Vec::new();
        let mut gap = Gap::Blank;
        let mut open = false;
        for letter in folded.chars() {
            if letter.is_ascii_alphanumeric() {
                let turns = open
                    && !person
                    && words.last().is_some_and(|(_, word)| {
                        word.ends_with(|last: char| last.is_ascii_digit())
                            != letter.is_ascii_digit()
                    });
                match words.last_mut() {
                    Some((_, word)) if open && !turns => word.push(letter),
                    _ => words.push((if turns { Gap::Nothing } else { gap }, letter.to_string())),
                }
                open = true;
                continue;
            }
            open = false;
            match letter {
                '&' | '+' if !person => words.push((Gap::Blank, "and".to_owned())),
                '%' if !person => {
                    // "3%ers" is read as "3 percenters".
                    words.push((Gap::Blank, "percent".to_owned()));
                    open = true;
                }
                _ => {}
            }
            gap = match letter {
                '.' | '/' => Gap::Dot,
                _ if gap == Gap::Dot
                    && letter == ' '
                    && words.last().is_some_and(|(_, word)| word.len() == 1) =>
                {
                    Gap::Dot
                }
                _ => Gap::Blank,
            };
        }
        if person {
            for (_, word) in &mut words {
                look_alikes(word);
            }
        } else {
            rejoin_ordinals(&mut words);
            join_letters(&mut words, Gap::Dot);
            join_letters(&mut words, Gap::Blank);
        }
        let mut tokens = Self {
            spaced: String::with_capacity(folded.len() + 8),
            ranges: Vec::with_capacity(words.len()),
        };
        for (_, word) in &words {
            if !tokens.spaced.is_empty() {
                tokens.spaced.push(' ');
            }
            let start = tokens.spaced.len();
            tokens.spaced.push_str(word);
            tokens.ranges.push((start, tokens.spaced.len()));
        }
        tokens
    }

    /// The words from one to another, with blanks between them.
    fn word(&self, from: usize, to: usize) -> &str {
        &self.spaced[self.ranges[from].0..self.ranges[to - 1].1]
    }

    /// The number that a token is in the lexicon.
    fn number(&self, at: usize, lexicon: &NameLexicon) -> Option<u32> {
        if at < self.ranges.len() {
            lexicon.known(self.word(at, at + 1)).number()
        } else {
            None
        }
    }
}

/// Digits in a word of letters are read as the letters they look like: "Ig0r".
fn look_alikes(word: &mut String) {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    if letters == word.len() || letters * 2 < word.len() {
        return;
    }
    *word = word
        .chars()
        .map(|letter| match letter {
            '0' => 'o',
            '1' => 'i',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '7' => 't',
            '8' => 'b',
            '9' => 'g',
            other => other,
        })
        .collect();
}

/// "1" "st" is one word again.
fn rejoin_ordinals(words: &mut Vec<(Gap, String)>) {
    let mut at = 1;
    while at < words.len() {
        let (before, after) = words.split_at_mut(at);
        let number = &mut before[at - 1].1;
        let (gap, ending) = &after[0];
        if *gap == Gap::Nothing && ordinal(&format!("{number}{ending}")).is_some() {
            number.push_str(ending);
            words.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Single letters in a row are one word: "L.L.C." is "llc", "J P Morgan" is "jp morgan".
fn join_letters(words: &mut Vec<(Gap, String)>, joint: Gap) {
    let mut joined: Vec<(Gap, String)> = Vec::with_capacity(words.len());
    let mut running = false;
    for (gap, word) in words.drain(..) {
        let single = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        match joined.last_mut() {
            Some((_, row)) if single && running && gap == joint => row.push_str(&word),
            _ => joined.push((gap, word)),
        }
        running = single;
    }
    *words = joined;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(name: &str, kind: NameKind) -> String {
        let lexicon = crate::lexicon::tests::shipped();
        let parts = Parts::new(name, kind, &lexicon);
        let all: Vec<String> = parts
            .all
            .iter()
            .map(|part| format!("{}:{:?}", parts.text(part), part.class))
            .collect();
        format!("{} {:?}", all.join(" "), parts.forms)
    }

    #[test]
    fn names_fall_into_pieces() {
        use NameKind::{Organization, Person};
        assert_eq!(
            pieces("Velik, Dr. Omar R.", Person),
            "dr:Title omar:Word r:Initial velik:Word []"
        );
        assert_eq!(
            pieces("Abdurrahman bin Tarik al-Velik", Person),
            "abdur:Servant rahman:Word bin:Patronymic tarik:Word al:Particle velik:Word []"
        );
        assert_eq!(
            pieces("Abdullah Ve1ik", Person),
            "abdullah:Word veiik:Word []"
        );
        assert_eq!(
            pieces("44th Brigade", Organization),
            "44th:Number(44) brigade:Word []"
        );
        assert_eq!(
            pieces("Brigade Forty-Four", Organization),
            "brigade:Word fortyfour:Number(44) []"
        );
        assert_eq!(
            pieces("Velik II", Organization),
            "velik:Word ii:Number(2) []"
        );
    }

    #[test]
    fn letters_in_a_row_are_one_word() {
        assert_eq!(
            pieces("L.X.C. Velik", NameKind::Organization),
            pieces("LXC Velik", NameKind::Organization)
        );
        assert_eq!(
            pieces("Velik S. A.", NameKind::Organization),
            pieces("Velik SA", NameKind::Organization)
        );
    }
}
