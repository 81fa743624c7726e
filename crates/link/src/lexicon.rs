//! The word lists that decide whether two documents speak of the same thing, read from lexicon text.
//!
//! It does not know files: the text comes in as an argument. Without it linking still works, by names and stems alone.

use crate::fold::{fold, same_stem, stem, stems};
use annotate::Demonyms;
use std::collections::{BTreeMap, BTreeSet};
use text::{EntryError, Span, entries};

/// Word lists for linking; `default()` has none.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    causes: BTreeMap<String, String>,
    general: BTreeSet<String>,
    heads: BTreeSet<String>,
    wounded: BTreeSet<String>,
    apart: BTreeSet<String>,
    particles: BTreeSet<String>,
    agencies: Vec<Vec<String>>,
    credits: BTreeSet<String>,
    nouns: BTreeMap<String, String>,
    stop: BTreeSet<String>,
    tolls: BTreeSet<String>,
    beside: BTreeSet<String>,
    joint: BTreeSet<String>,
    event_tolls: BTreeSet<String>,
    partitive: BTreeSet<String>,
    before: BTreeSet<String>,
    mixed: BTreeSet<String>,
    elsewhere: BTreeSet<String>,
    anybody: BTreeSet<String>,
    own: BTreeSet<String>,
    dead: BTreeSet<String>,
    states: Demonyms,
}

impl Lexicon {
    /// Reads lexicon text: `kind | words | example | counter-example` a line, `#` for remarks.
    ///
    /// # Errors
    /// The first line whose kind is unknown or that has no words.
    pub fn parse(text: &str) -> Result<Self, EntryError> {
        let mut lexicon = Self::default();
        for entry in entries(text) {
            let words: Vec<String> = entry
                .words()
                .map(fold)
                .filter(|word| !word.is_empty())
                .collect();
            let Some(first) = words.first() else {
                return Err(entry.error("no words; write `kind | word, word`"));
            };
            let stemmed = || words.iter().map(|word| stem(word));
            match entry.kind {
                "cause" => {
                    for word in stemmed() {
                        lexicon.causes.insert(word, stem(first));
                    }
                }
                "general" => lexicon.general.extend(stemmed()),
                "head" => lexicon.heads.extend(stemmed()),
                "wounded" => lexicon.wounded.extend(stemmed()),
                "apart" => lexicon.apart.extend(words),
                "particle" => lexicon.particles.extend(words),
                "own" => lexicon.own.extend(words),
                "dead" => lexicon.dead.extend(words),
                // As written: "AP" in capitals is an agency, "ap" is not.
                "agency" => lexicon
                    .agencies
                    .push(entry.words().map(str::to_owned).collect()),
                "credit" => lexicon.credits.extend(words),
                "stop" => lexicon.stop.extend(stemmed()),
                "dying" => lexicon.tolls.extend(stemmed()),
                "beside" => lexicon.beside.extend(words),
                "joint" => lexicon.joint.extend(words),
                "toll" => lexicon.event_tolls.extend(words),
                "partitive" => lexicon.partitive.extend(words),
                "before" => lexicon.before.extend(words),
                "mixed" => lexicon.mixed.extend(words),
                "elsewhere" => lexicon.elsewhere.extend(words),
                "anybody" => lexicon.anybody.extend(words),
                "noun" => {
                    for word in stemmed() {
                        lexicon.nouns.insert(word, first.clone());
                    }
                }
                _ => {
                    return Err(entry.error(
                        "unknown kind; write cause, general, head, wounded, dead, apart, particle, agency, credit, own, stop, dying, beside, joint, toll, partitive, before, mixed, elsewhere, anybody or noun",
                    ));
                }
            }
        }
        Ok(lexicon)
    }

    /// With the countries whose governments go by several names.
    #[must_use]
    pub fn with_states(self, states: Demonyms) -> Self {
        Self { states, ..self }
    }

    /// The country for whose state a name stands.
    pub(crate) fn state(&self, name: &str) -> Option<&str> {
        self.states.state(name)
    }

    /// The country whose government a name is.
    pub(crate) fn government(&self, name: &str) -> Option<&str> {
        self.states.government(name)
    }

    /// Whether words can name a holder: a name, or a common noun for people who fight.
    pub(crate) fn is_holder(&self, words: &str) -> bool {
        let folded = fold(words);
        let count = folded.split(' ').count();
        let named = words
            .split_whitespace()
            .any(|word| word.starts_with(char::is_uppercase));
        let people = |word: &str| self.is_head(&stem(word)) || self.nouns.contains_key(&stem(word));
        count <= 4 && (named || folded.split(' ').next_back().is_some_and(people))
    }

    /// What a phrase says of how somebody died: its stems, those of one meaning made one.
    pub(crate) fn cause(&self, phrase: &str) -> BTreeSet<String> {
        self.telling(phrase)
            .into_iter()
            .map(|stem| self.causes.get(&stem).cloned().unwrap_or(stem))
            .collect()
    }

    /// The stems of a phrase that tell something.
    pub(crate) fn telling(&self, phrase: &str) -> BTreeSet<String> {
        let mut all = stems(phrase);
        all.retain(|stem| !self.stop.contains(stem));
        all
    }

    /// Whether two causes are one answer: half of the special stems of the shorter one meet; where one has none, the
    /// general ones decide.
    pub(crate) fn same_cause(&self, left: &BTreeSet<String>, right: &BTreeSet<String>) -> bool {
        let special = |cause: &BTreeSet<String>| -> BTreeSet<String> {
            cause
                .iter()
                .filter(|stem| !self.is_general(stem))
                .cloned()
                .collect()
        };
        let (left_special, right_special) = (special(left), special(right));
        let (left, right) = if left_special.is_empty() || right_special.is_empty() {
            (left, right)
        } else {
            (&left_special, &right_special)
        };
        let met = left
            .iter()
            .filter(|one| right.iter().any(|other| same_stem(one, other)))
            .count();
        met > 0 && met * 2 >= left.len().min(right.len())
    }

    /// Whether a cause is so general that a special one is no other answer.
    pub(crate) fn is_general_cause(&self, cause: &BTreeSet<String>) -> bool {
        cause.iter().all(|stem| self.is_general(stem))
    }

    fn is_general(&self, stem: &str) -> bool {
        self.general.contains(stem)
            || self
                .general
                .iter()
                .any(|general| self.causes.get(general).is_some_and(|group| group == stem))
    }

    /// What tells one body from another: the stems of its name without words for its armed part.
    pub(crate) fn body(&self, name: &str) -> BTreeSet<String> {
        let all = stems(name);
        // Where the name ends in a small letter, its last word says what the body is ("resistance forces").
        let last = name.split_whitespace().last().unwrap_or("");
        let head =
            (last.starts_with(char::is_lowercase) && all.len() > 1).then(|| stem(&fold(last)));
        let kept: BTreeSet<String> = all
            .iter()
            .filter(|stem| !self.heads.contains(*stem) && Some(*stem) != head.as_ref())
            .cloned()
            .collect();
        if kept.is_empty() {
            if all.is_empty() {
                // A name of short words alone ("ISIS" is not, "PKK" is).
                return fold(name)
                    .split(' ')
                    .filter(|word| !word.is_empty())
                    .map(str::to_owned)
                    .collect();
            }
            return all;
        }
        kept
    }

    /// Whether a stem is a word for the armed part of a body.
    pub(crate) fn is_head(&self, stem: &str) -> bool {
        self.heads.contains(stem)
    }

    /// Whether a phrase means the speaker's own side ("our forces", "we").
    pub(crate) fn is_own(&self, phrase: &str) -> bool {
        fold(phrase)
            .split(' ')
            .find(|word| !self.stop.contains(*word))
            .is_some_and(|first| self.own.contains(first))
    }

    /// Whether a predicate says that somebody is dead.
    pub(crate) fn is_dead(&self, predicate: &str) -> bool {
        fold(predicate)
            .split(' ')
            .any(|word| self.dead.contains(word))
    }

    /// Whether a predicate says that somebody was hurt.
    pub(crate) fn is_wounded(&self, predicate: &str) -> bool {
        stems(predicate)
            .iter()
            .any(|stem| self.wounded.contains(stem))
    }

    /// Whether a role holds a word that keeps people of one name apart.
    pub(crate) fn is_apart(&self, role: &str) -> bool {
        fold(role).split(' ').any(|word| self.apart.contains(word))
    }

    /// Whether a folded word is a part of a name that may be left out.
    pub(crate) fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }

    /// The agencies, each with the forms of its name as written.
    pub(crate) fn agencies(&self) -> &[Vec<String>] {
        &self.agencies
    }

    /// Whether a phrase says that what follows it is where a text comes from.
    pub(crate) fn is_credit(&self, phrase: &str) -> bool {
        self.credits.contains(&fold(phrase))
    }

    /// Whether a folded name is an agency's.
    pub(crate) fn is_agency(&self, folded: &str) -> bool {
        self.agencies
            .iter()
            .flatten()
            .any(|form| fold(form) == folded)
    }

    /// What a stretch of text says of an event: its stems without words of dying and of people, those of one cause made one.
    pub(crate) fn circumstances(&self, text: &str) -> BTreeSet<String> {
        let mut all = self.cause(text);
        all.retain(|stem| {
            !self.tolls.contains(stem)
                && !self.nouns.contains_key(stem)
                && !stem.bytes().any(|byte| byte.is_ascii_digit())
        });
        all
    }

    /// Whether a stem of circumstances fits very many events ("shelling", "attack").
    pub(crate) fn is_common(&self, stem: &str) -> bool {
        self.is_general(stem) || self.causes.values().any(|group| group == stem)
    }

    /// Whether a word says that a number is told beside another one.
    pub(crate) fn is_beside(&self, word: &str) -> bool {
        self.beside.contains(&fold(word))
    }

    /// Whether words between two names say that both are meant.
    pub(crate) fn is_joint(&self, words: &str) -> bool {
        self.joint.contains(&fold(words))
    }

    /// Whether a number is said to be a part of what is known from before ("nine of the dead").
    pub(crate) fn is_partitive(&self, text: &str, number: Span, is_bare: bool) -> bool {
        let rest = text.get(number.to()..).unwrap_or("");
        let after = if is_bare { 2 } else { 0 };
        let next: Vec<&str> = rest.split_whitespace().take(after).collect();
        let phrase = format!(" {} {} ", number.slice(text), next.join(" ")).to_lowercase();
        let words = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
        self.partitive
            .iter()
            .any(|part| format!(" {words} ").contains(&format!(" {part} ")))
    }

    /// Whether a sentence says that it tells an earlier state of knowledge.
    pub(crate) fn is_before(&self, sentence: &str) -> bool {
        has_phrase(sentence, &self.before)
    }

    /// Whether a sentence counts the killed and the injured together.
    pub(crate) fn is_mixed(&self, sentence: &str) -> bool {
        has_phrase(sentence, &self.mixed)
    }

    /// Whether words tell of another happening than the one before, or of a part of it.
    pub(crate) fn is_elsewhere(&self, words: &str) -> bool {
        has_phrase(words, &self.elsewhere)
    }

    /// Whether a speaker's name is nothing but words for anybody ("the group", "a source").
    pub(crate) fn is_anybody(&self, name: &str) -> bool {
        // "The London-based group": where it sits is no name.
        let all = name.split_whitespace();
        let all: Vec<&str> = all.filter(|word| !word.ends_with("-based")).collect();
        let folded = fold(&all.join(" "));
        let mut words = folded.split(' ').filter(|word| word.len() > 2).peekable();
        words.peek().is_some() && words.all(|word| self.anybody.contains(word))
    }

    /// Whether the words before a number say that it is the toll of an event.
    pub(crate) fn is_toll_of_event(&self, text: &str, number: Span) -> bool {
        let before = text.get(..number.from()).unwrap_or("");
        let start = before.rfind(['.', '\n']).map_or(0, |at| at + 1);
        let folded = fold(before.get(start..).unwrap_or(""));
        let mut words = folded.split(' ');
        words.any(|word| self.event_tolls.contains(word))
    }

    /// The kind of people that a counted noun means; the noun's own last stem where the lists have none.
    pub(crate) fn noun(&self, noun: &str) -> String {
        let folded = fold(noun);
        let known = folded
            .split(' ')
            .rev()
            .find_map(|word| self.nouns.get(&stem(word)));
        known.cloned().unwrap_or_else(|| stem(&folded))
    }
}

/// Whether a text has one of some phrases as whole words.
fn has_phrase(text: &str, phrases: &BTreeSet<String>) -> bool {
    let folded = format!(" {} ", fold(text));
    let mut phrases = phrases.iter();
    phrases.any(|words| folded.contains(&format!(" {words} ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::same_stems;

    #[test]
    fn every_entry_does_what_its_example_says() {
        let text = include_str!("../../../lexicon/matching.txt");
        let lexicon = Lexicon::parse(text).expect("the lexicon reads");
        let holds = |kind: &str, example: &str| -> bool {
            let (left, right) = example.split_once(" ~ ").unwrap_or((example, ""));
            match kind {
                "cause" | "general" | "stop" => {
                    lexicon.same_cause(&lexicon.cause(left), &lexicon.cause(right))
                }
                "head" => same_stems(&lexicon.body(left), &lexicon.body(right)),
                "wounded" => lexicon.is_wounded(example),
                "apart" => lexicon.is_apart(example),
                "own" => lexicon.is_own(example),
                "dead" => lexicon.is_dead(example),
                "particle" => {
                    let bare = |name: &str| -> Vec<String> {
                        fold(name)
                            .split(' ')
                            .filter(|word| !lexicon.is_particle(word))
                            .map(crate::fold::word_key)
                            .collect()
                    };
                    bare(left) == bare(right)
                }
                "agency" | "credit" => {
                    !crate::origins::credits(&text::Document::plain(example), &lexicon).is_empty()
                }
                "noun" => lexicon.noun(left) == lexicon.noun(right),
                "dying" => lexicon.circumstances(left) == lexicon.circumstances(right),
                "beside" => example.split(' ').any(|word| lexicon.is_beside(word)),
                "partitive" => lexicon.is_partitive(example, Span::new(0, 4), true),
                "before" => lexicon.is_before(example),
                "mixed" => lexicon.is_mixed(example),
                "elsewhere" => lexicon.is_elsewhere(example),
                "anybody" => lexicon.is_anybody(example),
                "joint" => lexicon.is_joint(left),
                "toll" => {
                    lexicon.is_toll_of_event(example, Span::new(example.len(), example.len()))
                }
                other => panic!("no such kind: {other}"),
            }
        };
        let mut entries = 0;
        for line in text
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            assert_eq!(
                fields.len(),
                4,
                "an example and a counter-example are due: {line}"
            );
            assert!(holds(fields[0], fields[2]), "example of: {line}");
            assert!(!holds(fields[0], fields[3]), "counter-example of: {line}");
            entries += 1;
        }
        assert!(entries > 10);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let error = Lexicon::parse("# fine\nkause | fighting").expect_err("unknown kind");
        assert_eq!(error.line, 2);
        let error = Lexicon::parse("cause |").expect_err("no words");
        assert_eq!(error.line, 1);
    }
}
