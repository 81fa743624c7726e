//! `QuantityLexicon`: `quantities.txt`, parsed: rules, hedges, vague words, units, effects and the word lists of scopes.
//!
//! It does not know texts: it is asked for words.

use crate::bits::bits;
use crate::knowledge::lines;
use crate::numbers;
use crate::{Effect, Hedge};
use std::collections::HashMap;

bits! { class -> u64:
    TIME_UNIT = "time units" @ 0,
    SEASON = "seasons" @ 1,
    MONTH = "months" @ 2,
    WEEKDAY = "weekdays" @ 3,
    PEOPLE = "people" @ 4,
    HOUSEHOLD = "households" @ 5,
    CASUALTY = "casualties" @ 6,
    SUM = "sums" @ 7,
    CHANGE = "changes" @ 8,
    PLAIN_CHANGE = "plain changes" @ 9,
    CONFLICT = "conflicts" @ 10,
    LONG_CONFLICT = "long conflicts" @ 11,
    BEGINNING = "beginnings" @ 12,
    STRETCH = "stretches" @ 13,
    STRETCH_WORD = "stretch words" @ 14,
    PART_OF_STRETCH = "part of stretch" @ 15,
    STATE = "states" @ 16,
    NOT_HAPPENED = "not happened" @ 17,
    HABIT = "habits" @ 18,
    BEFORE_NUMBER = "before" @ 19,
    NO_COUNT = "noun" @ 20,
    BOTH = "two" @ 21,
    CLOCK = "clock" @ 22,
    AGE = "age" @ 23,
    FRACTION = "fraction" @ 24,
    COMPOUND = "compound" @ 25,
    PRONOUN = "pronoun" @ 26,
    VAGUE_START = "vague start" @ 27,
    ZERO_START = "zero start" @ 28,
    SYMBOL = "symbol" @ 29,
    EFFECT_WORD = "effect word" @ 30,
    ANIMAL = "animals" @ 31,
    HAPPENING = "happenings" @ 32,
    THING = "things" @ 33,
    INVARIANT = "invariant" @ 34,
    FILLER = "fillers" @ 35,
    OPENER = "openers" @ 36,
    NUMBER_START = "number start" @ 37,
    LIST_WORD = "list words" @ 38,
    COST = "costs" @ 39,
    HOLDS = "holds" @ 40,
    PART_START = "part start" @ 41,
}

/// What befell those counted, as one word says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EffectWord {
    pub(crate) effect: Effect,
    pub(crate) role: EffectRole,
    /// Whether it is done to people alone.
    pub(crate) people: bool,
    /// Whether it says so only of people who are named: "destroyed 12 gunmen"; "destroyed 12" may be of things.
    pub(crate) named: bool,
}

/// How those counted stand to a word of effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EffectRole {
    /// A verb's object, or subject in the passive.
    Object,
    /// A verb's subject.
    Subject,
    /// Either.
    Either,
    /// The of-phrase of a noun, or the noun itself.
    Of,
    /// The noun itself.
    Itself,
    /// What the word is said of.
    State,
    /// A verb's object, where one of these words stands behind the verb.
    With(Vec<String>),
    /// A verb's subject, where one of these words stands behind the verb.
    WithOwn(Vec<String>),
}

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    Unit,
    Money,
    Percent,
}

/// A unit as it was found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit<'l> {
    pub(crate) code: &'l str,
    pub(crate) measure: Measure,
    /// Its words.
    pub(crate) words: usize,
}

/// A vague word as it was found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vague {
    pub(crate) low: f64,
    pub(crate) place: VaguePlace,
    pub(crate) words: usize,
}

/// Where a vague word is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VaguePlace {
    Alone,
    BeforeNoun,
    BeforeScale,
}

/// One bound of a quantity, made of its number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bound {
    Open,
    /// Times the number, plus a count, plus so many times the half unit of its last digit.
    Number(f64, f64, f64),
    /// The second number of a range.
    Second,
    Zero,
}

/// Low, best and high.
pub(crate) type Rule = [Bound; 3];

#[derive(Debug, Clone)]
struct HedgeEntry {
    hedge: Hedge,
    words: Vec<String>,
    not_after: Vec<String>,
}

/// The lexicon of quantities.
#[derive(Debug, Clone, Default)]
pub(crate) struct QuantityLexicon {
    /// The version of the table of hedges.
    pub(crate) version: u32,
    classes: HashMap<String, u64>,
    rules: HashMap<&'static str, [Rule; 2]>,
    /// By their last word, longest first.
    before: HashMap<String, Vec<HedgeEntry>>,
    /// By their first word, longest first.
    after: HashMap<String, Vec<HedgeEntry>>,
    vague: HashMap<String, Vec<(Vec<String>, f64, VaguePlace)>>,
    no_vague_after: Vec<Vec<String>>,
    units: HashMap<String, Vec<(Vec<String>, String, Measure)>>,
    effects: HashMap<String, Vec<EffectWord>>,
    tolls: Vec<Vec<String>>,
    running: Vec<Vec<String>>,
    parts: Vec<Vec<String>>,
}

impl QuantityLexicon {
    /// Parses the file; lines that cannot be read are named in `problems`.
    pub(crate) fn parse(file: &str, problems: &mut Vec<String>) -> Self {
        let mut lexicon = Self::default();
        let mut section = String::new();
        for (number, line) in lines(file) {
            // A unit's code may stand in brackets too; only a line of nothing else is a section.
            let header = line
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'));
            if let Some(name) = header.filter(|name| !name.contains('|')) {
                section = name.to_owned();
            } else if lexicon.line(&section, line).is_none() {
                problems.push(format!(
                    "quantities.txt line {number}: “{line}” cannot be read"
                ));
            }
        }
        for entries in lexicon
            .before
            .values_mut()
            .chain(lexicon.after.values_mut())
        {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.words.len()));
        }
        for entries in lexicon.vague.values_mut() {
            entries.sort_by_key(|(words, ..)| std::cmp::Reverse(words.len()));
        }
        for entries in lexicon.units.values_mut() {
            entries.sort_by_key(|(words, ..)| std::cmp::Reverse(words.len()));
        }
        for (word, _) in numbers::words().filter(|(_, class)| *class != "scale") {
            lexicon.set(word, NUMBER_START);
        }
        for word in ["a", "an", "half", "quarter"] {
            lexicon.set(word, NUMBER_START);
        }
        for word in ["no", "none", "nobody", "without", "not", "any"] {
            lexicon.set(word, ZERO_START);
        }
        lexicon
    }

    /// The classes of a lower-case word.
    #[inline]
    pub(crate) fn classes(&self, lower: &str) -> u64 {
        self.classes.get(lower).copied().unwrap_or(0)
    }

    /// Whether a lower-case word names people that are counted.
    pub(crate) fn is_people(&self, lower: &str) -> bool {
        self.classes(lower) & PEOPLE != 0
    }

    /// What a class of hedge makes of a number; of measures, money and percent another thing than of counts.
    pub(crate) fn rule(&self, hedge: Hedge, is_measure: bool) -> Rule {
        let rules = self.rules.get(hedge.as_str());
        rules.map_or([Bound::Open; 3], |rules| rules[usize::from(is_measure)])
    }

    /// The hedge whose last word stands just before `at`, and its first word; `lower` gives the words.
    pub(crate) fn hedge_before<'t>(
        &self,
        at: usize,
        lower: impl Fn(usize) -> &'t str,
    ) -> Option<(Hedge, usize)> {
        let entries = self.before.get(lower(at.checked_sub(1)?))?;
        entries.iter().find_map(|entry| {
            let start = at.checked_sub(entry.words.len())?;
            let fits = is_phrase(&entry.words, start, &lower);
            let word_before = start.checked_sub(1).map_or("", &lower);
            let is_free = !entry.not_after.iter().any(|word| word == word_before);
            (fits && is_free).then_some((entry.hedge, start))
        })
    }

    /// The hedge that begins at a token behind a number, and the token after it.
    pub(crate) fn hedge_after<'t>(
        &self,
        at: usize,
        lower: impl Fn(usize) -> &'t str,
    ) -> Option<(Hedge, usize)> {
        let entries = self.after.get(lower(at))?;
        let found = entries
            .iter()
            .find(|entry| is_phrase(&entry.words, at, &lower))?;
        Some((found.hedge, at + found.words.len()))
    }

    /// The vague word that begins at a token.
    pub(crate) fn vague<'t>(&self, at: usize, lower: impl Fn(usize) -> &'t str) -> Option<Vague> {
        let entries = self.vague.get(lower(at))?;
        let (words, low, place) = entries
            .iter()
            .find(|(words, ..)| is_phrase(words, at, &lower))?;
        let after_none = self.no_vague_after.iter().any(|before| {
            let start = at.checked_sub(before.len());
            start.is_some_and(|start| is_phrase(before, start, &lower))
        });
        (!after_none).then_some(Vague {
            low: *low,
            place: *place,
            words: words.len(),
        })
    }

    /// The unit that begins at a token.
    pub(crate) fn unit<'t>(&self, at: usize, lower: impl Fn(usize) -> &'t str) -> Option<Unit<'_>> {
        let entries = self.units.get(lower(at))?;
        let (words, code, measure) = entries
            .iter()
            .find(|(words, ..)| is_phrase(words, at, &lower))?;
        Some(Unit {
            code,
            measure: *measure,
            words: words.len(),
        })
    }

    /// What a word says befell somebody.
    pub(crate) fn effects(&self, lower: &str) -> &[EffectWord] {
        self.effects.get(lower).map_or(&[], Vec::as_slice)
    }

    /// Whether a sum of the dead ends at a token.
    pub(crate) fn is_toll<'t>(&self, at: usize, lower: impl Fn(usize) -> &'t str) -> bool {
        self.tolls.iter().any(|words| {
            let start = (at + 1).checked_sub(words.len());
            start.is_some_and(|start| is_phrase(words, start, &lower))
        })
    }

    /// Whether words of a running total begin at a token.
    pub(crate) fn is_running<'t>(&self, at: usize, lower: impl Fn(usize) -> &'t str) -> bool {
        let mut known = self.running.iter();
        known.any(|words| is_phrase(words, at, &lower))
    }

    /// The first of the words, ending just before a token, that make what follows a part.
    pub(crate) fn part_cue<'t>(
        &self,
        at: usize,
        lower: impl Fn(usize) -> &'t str,
    ) -> Option<usize> {
        let mut found = self.parts.iter().filter_map(|words| {
            let start = at.checked_sub(words.len())?;
            is_phrase(words, start, &lower).then_some(start)
        });
        found.next()
    }

    /// Whether words that make what follows a part begin at a token.
    pub(crate) fn begins_part<'t>(&self, at: usize, lower: impl Fn(usize) -> &'t str) -> bool {
        let mut known = self.parts.iter();
        known.any(|words| is_phrase(words, at, &lower))
    }

    fn set(&mut self, word: &str, class: u64) {
        *self.classes.entry(word.to_owned()).or_default() |= class;
    }

    /// Takes in one line; none where it cannot be read.
    fn line(&mut self, section: &str, line: &str) -> Option<()> {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        match section {
            "" => {
                self.version = line.strip_prefix("version ")?.parse().ok()?;
            }
            "rules" => self.add_rule(&fields)?,
            "hedges" => self.add_hedge(&fields)?,
            "vague" => self.add_vague(&fields)?,
            "no vague after" => self.no_vague_after.extend(phrases_of(line)),
            "running" => self.running.extend(phrases_of(line)),
            "look-alikes" => {
                let [place, words, _, ..] = fields[..] else {
                    return None;
                };
                let place = class(place)?;
                words
                    .split(',')
                    .for_each(|word| self.set(word.trim(), place));
            }
            "units" => self.add_units(&fields, Measure::Unit)?,
            "currencies" => self.add_units(&fields, Measure::Money)?,
            "effects" => self.add_effects(&fields)?,
            "parts" => {
                for words in line.split(',').map(words_of) {
                    self.set(words.first()?, PART_START);
                    self.parts.push(words);
                }
            }
            _ => {
                let class = class(section)?;
                line.split_whitespace()
                    .for_each(|word| self.set(word, class));
            }
        }
        Some(())
    }

    fn add_rule(&mut self, fields: &[&str]) -> Option<()> {
        let bounds: Vec<Bound> = fields[1..]
            .iter()
            .map(|field| bound(field))
            .collect::<Option<_>>()?;
        let (counts, measures) = match bounds[..] {
            [low, best, high] => ([low, best, high], [low, best, high]),
            [low, best, high, ..] => ([low, best, high], bounds[3..].try_into().ok()?),
            _ => return None,
        };
        let hedge = Hedge::parse(fields[0])?;
        self.rules.insert(hedge.as_str(), [counts, measures]);
        Some(())
    }

    fn add_hedge(&mut self, fields: &[&str]) -> Option<()> {
        let [hedge, place, words, _, ..] = *fields else {
            return None;
        };
        let entry = HedgeEntry {
            hedge: Hedge::parse(hedge)?,
            words: words_of(words),
            not_after: fields
                .get(5)
                .map(|words| words_of(words))
                .unwrap_or_default(),
        };
        let (list, key) = match place {
            "before" => (&mut self.before, entry.words.last()?.clone()),
            "after" => (&mut self.after, entry.words.first()?.clone()),
            _ => return None,
        };
        list.entry(key).or_default().push(entry);
        Some(())
    }

    fn add_vague(&mut self, fields: &[&str]) -> Option<()> {
        let [words, low, place, _, ..] = *fields else {
            return None;
        };
        let place = match place {
            "alone" => VaguePlace::Alone,
            "noun" => VaguePlace::BeforeNoun,
            "scale" => VaguePlace::BeforeScale,
            _ => return None,
        };
        let words = words_of(words);
        let first = words.first()?.clone();
        self.set(&first, VAGUE_START);
        let entry = (words, low.parse().ok()?, place);
        self.vague.entry(first).or_default().push(entry);
        Some(())
    }

    fn add_units(&mut self, fields: &[&str], measure: Measure) -> Option<()> {
        let [code, phrases, _] = *fields else {
            return None;
        };
        let measure = if code == "percent" {
            Measure::Percent
        } else {
            measure
        };
        for phrase in phrases.split(',') {
            let words = words_of(phrase);
            let first = words.first()?.clone();
            // Signs of money stand before the number too.
            let is_sign = measure == Measure::Money
                && (!first.bytes().all(|byte| byte.is_ascii_alphabetic()) || first.len() <= 3);
            if is_sign {
                self.set(&first, SYMBOL);
            }
            let entry = (words, code.to_owned(), measure);
            self.units.entry(first).or_default().push(entry);
        }
        Some(())
    }

    fn add_effects(&mut self, fields: &[&str]) -> Option<()> {
        let [effect, role, words, ..] = *fields else {
            return None;
        };
        let effect = Effect::parse(effect)?;
        let (role, people) = role
            .strip_suffix(" people")
            .map_or((role, false), |role| (role, true));
        let (role, named) = role
            .strip_suffix(" named")
            .map_or((role, false), |role| (role, true));
        for entry in words.split(',').map(str::trim) {
            let (verb, needed) = entry.split_once('+').unwrap_or((entry, ""));
            let (word, others) = verb.split_once(':').unwrap_or((verb, ""));
            let word = word.trim();
            let (role, is_verb) = match role {
                "object" => (EffectRole::Object, true),
                "subject" => (EffectRole::Subject, true),
                "either" => (EffectRole::Either, true),
                "of" => (EffectRole::Of, false),
                "self" => (EffectRole::Itself, false),
                "state" => (EffectRole::State, false),
                "with" => (EffectRole::With(words_of(needed)), true),
                "with own" => (EffectRole::WithOwn(words_of(needed)), true),
                "toll" => {
                    self.tolls.push(words_of(word));
                    continue;
                }
                _ => return None,
            };
            let mut forms = vec![word.to_owned()];
            forms.extend(words_of(others));
            if is_verb {
                forms.extend(regular(word, others.is_empty()));
            }
            forms.dedup();
            for form in forms {
                if !named {
                    self.set(&form, EFFECT_WORD);
                }
                let found = EffectWord {
                    effect,
                    role: role.clone(),
                    people,
                    named,
                };
                let known = self.effects.entry(form).or_default();
                if !known.contains(&found) {
                    known.push(found);
                }
            }
        }
        Some(())
    }
}

/// Whether words stand in a text from a token on.
fn is_phrase<'t>(words: &[String], start: usize, lower: impl Fn(usize) -> &'t str) -> bool {
    words
        .iter()
        .enumerate()
        .all(|(index, word)| lower(start + index) == word)
}

fn words_of(phrase: &str) -> Vec<String> {
    phrase.split_whitespace().map(str::to_owned).collect()
}

/// Phrases of a line, parted by blanks, their words by `_`.
fn phrases_of(line: &str) -> impl Iterator<Item = Vec<String>> {
    line.split_whitespace()
        .map(|phrase| phrase.split('_').map(str::to_owned).collect())
}

/// The regular forms of a verb; of one whose past is irregular only "-s" and "-ing".
fn regular(verb: &str, has_past: bool) -> Vec<String> {
    let sibilant = ["s", "x", "z", "ch", "sh"];
    let stem = verb.strip_suffix('e').unwrap_or(verb);
    let mut forms = vec![format!("{stem}ing")];
    forms.push(match verb.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if sibilant.iter().any(|end| verb.ends_with(end)) => format!("{verb}es"),
        None => format!("{verb}s"),
    });
    if has_past {
        forms.push(format!("{stem}ed"));
    }
    // "kidnapped", "expelled": the last consonant doubled, where the word ends so.
    if has_past && let Some(last) = verb.chars().last().filter(|last| "lpntm".contains(*last)) {
        forms.extend([format!("{verb}{last}ed"), format!("{verb}{last}ing")]);
    }
    forms
}

/// `-`, `0`, `N`, `N+1`, `N-h`, `0.9N`, `A`, `B`.
fn bound(field: &str) -> Option<Bound> {
    Some(match field {
        "-" => Bound::Open,
        "0" => Bound::Zero,
        "A" => Bound::Number(1.0, 0.0, 0.0),
        "B" => Bound::Second,
        _ => {
            let (factor, rest) = field.split_once('N')?;
            let factor = if factor.is_empty() {
                1.0
            } else {
                factor.parse().ok()?
            };
            match rest {
                "" => Bound::Number(factor, 0.0, 0.0),
                "+h" => Bound::Number(factor, 0.0, 1.0),
                "-h" => Bound::Number(factor, 0.0, -1.0),
                _ => Bound::Number(factor, rest.parse().ok()?, 0.0),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_read() {
        assert_eq!(bound("N+1"), Some(Bound::Number(1.0, 1.0, 0.0)));
        assert_eq!(bound("0.9N"), Some(Bound::Number(0.9, 0.0, 0.0)));
        assert_eq!(bound("N-h"), Some(Bound::Number(1.0, 0.0, -1.0)));
        assert_eq!(bound("x"), None);
    }

    #[test]
    fn verbs_are_inflected() {
        assert!(regular("kidnap", true).contains(&"kidnapped".to_owned()));
        assert!(regular("capture", true).contains(&"capturing".to_owned()));
        assert!(!regular("flee", false).contains(&"fleed".to_owned()));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let mut problems = Vec::new();
        let lexicon = QuantityLexicon::parse(
            "version 3\n[rules]\nexact | N | N | N\nabout | x\n",
            &mut problems,
        );
        assert_eq!(lexicon.version, 3);
        assert_eq!(
            lexicon.rule(Hedge::Exact, true),
            [Bound::Number(1.0, 0.0, 0.0); 3]
        );
        assert_eq!(problems.len(), 1);
    }
}
