//! The cue lexicon: which words attribute, by which act, in which frames.
//!
//! It does not know sentences; `attributions` decides whether a word is a cue where it stands.

use crate::Act;
use crate::knowledge::lines;
use std::collections::HashMap;

/// The cue lexicon, by form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cues {
    pub(crate) entries: Vec<CueEntry>,
    /// First word's form, lower case → entries, longest first.
    forms: HashMap<String, Vec<CueForm>>,
    /// The entry for cues that are not listed.
    unlisted: usize,
}

/// One entry of `cues.txt`.
#[derive(Debug, Clone)]
pub(crate) struct CueEntry {
    pub(crate) lemma: String,
    pub(crate) part: CuePart,
    pub(crate) act: Act,
    frames: Vec<String>,
    /// Words after the inflecting one.
    pub(crate) tail: Vec<String>,
}

impl CueEntry {
    /// Whether the cue takes this frame.
    pub(crate) fn takes(&self, frame: &str) -> bool {
        self.frames.iter().any(|known| known == frame)
    }

    /// Whether it takes any of them.
    pub(crate) fn takes_any(&self, frames: &[&str]) -> bool {
        frames.iter().any(|frame| self.takes(frame))
    }
}

/// What part of speech a cue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CuePart {
    Verb,
    Noun,
    Adjective,
    Preposition,
}

/// How a form of a verb is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inflection {
    Base,
    Third,
    Past,
    Ing,
}

/// A form that may begin a cue.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CueForm {
    pub(crate) entry: usize,
    pub(crate) inflection: Inflection,
}

impl Cues {
    pub(crate) fn parse(file: &str, problems: &mut Vec<String>) -> Cues {
        let mut cues = Cues::default();
        for (number, line) in lines(file) {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let (Some(lemma), Some(part), Some(act), Some(frames)) =
                (fields.first(), fields.get(1), fields.get(2), fields.get(3))
            else {
                problems.push(format!(
                    "cues.txt line {number}: lemma, part, act and frames are needed"
                ));
                continue;
            };
            let part = match *part {
                "verb" => CuePart::Verb,
                "noun" => CuePart::Noun,
                "adj" => CuePart::Adjective,
                "prep" => CuePart::Preposition,
                other => {
                    problems.push(format!(
                        "cues.txt line {number}: “{other}” is no part of speech"
                    ));
                    continue;
                }
            };
            let Some(act) = Act::parse(act) else {
                problems.push(format!("cues.txt line {number}: “{act}” is no act"));
                continue;
            };
            let mut words = lemma.split_whitespace().map(str::to_lowercase);
            let head = words.next().unwrap_or_default();
            let entry = cues.entries.len();
            cues.entries.push(CueEntry {
                lemma: (*lemma).to_string(),
                part,
                act,
                frames: frames.split_whitespace().map(str::to_string).collect(),
                tail: words.collect(),
            });
            for (form, inflection) in
                inflect(&head, part, fields.get(4).copied().unwrap_or_default())
            {
                let known = cues.forms.entry(form).or_default();
                if !known
                    .iter()
                    .any(|other| other.entry == entry && other.inflection == inflection)
                {
                    known.push(CueForm { entry, inflection });
                }
            }
        }
        let tails: Vec<usize> = cues.entries.iter().map(|entry| entry.tail.len()).collect();
        for forms in cues.forms.values_mut() {
            // Longest first, so that "call on" is tried before "call"; then file order.
            forms.sort_by_key(|form| (usize::MAX - tails[form.entry], form.entry));
        }
        cues.unlisted = cues.entries.len();
        cues.entries.push(CueEntry {
            lemma: String::new(),
            part: CuePart::Verb,
            act: Act::Asserts,
            frames: Vec::new(),
            tail: Vec::new(),
        });
        cues
    }

    /// The entry that stands for cues that the lexicon does not list; it has no lemma.
    pub(crate) fn unlisted(&self) -> usize {
        self.unlisted
    }

    /// The entries that a lower-case word may begin, longest first.
    pub(crate) fn starting(&self, lower: &str) -> &[CueForm] {
        self.forms.get(lower).map_or(&[], Vec::as_slice)
    }
}

/// The forms of a head word: regular ones by spelling, irregular ones as listed (`past=said part=said 3sg=says`).
fn inflect(head: &str, part: CuePart, listed: &str) -> Vec<(String, Inflection)> {
    let mut forms = vec![(head.to_string(), Inflection::Base)];
    match part {
        CuePart::Preposition | CuePart::Adjective => return forms,
        CuePart::Noun => {
            let plural = listed
                .split_whitespace()
                .find_map(|pair| pair.strip_prefix("plural=").map(str::to_string));
            forms.push((plural.unwrap_or_else(|| with_s(head)), Inflection::Third));
            return forms;
        }
        CuePart::Verb => {}
    }
    let listed: Vec<(&str, &str)> = listed
        .split_whitespace()
        .filter_map(|pair| pair.split_once('='))
        .collect();
    let given = |name: &str| {
        let forms = listed.iter().filter(|(key, _)| *key == name);
        // Variant spellings are joined by a slash ("labeled/labelled").
        forms
            .flat_map(|(_, form)| form.split('/').map(str::to_string))
            .collect::<Vec<_>>()
    };
    let or = |forms: Vec<String>, regular: String| {
        if forms.is_empty() {
            vec![regular]
        } else {
            forms
        }
    };
    let past = or(given("past"), with_ed(head));
    let participle = or(given("part"), past[0].clone());
    forms.extend(
        or(given("3sg"), with_s(head))
            .into_iter()
            .map(|form| (form, Inflection::Third)),
    );
    forms.extend(
        past.into_iter()
            .chain(participle)
            .map(|form| (form, Inflection::Past)),
    );
    forms.extend(
        or(given("ing"), with_ing(head))
            .into_iter()
            .map(|form| (form, Inflection::Ing)),
    );
    forms
}

/// The forms of a head word, as `inflect` gives them.
pub(crate) fn inflected(head: &str, part: CuePart, listed: &str) -> Vec<String> {
    let forms = inflect(head, part, listed).into_iter();
    forms.map(|(form, _)| form).collect()
}

fn consonant_y(word: &str) -> Option<&str> {
    word.strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
}

fn with_s(word: &str) -> String {
    if let Some(stem) = consonant_y(word) {
        return format!("{stem}ies");
    }
    let hiss = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| word.ends_with(end));
    format!("{word}{}", if hiss { "es" } else { "s" })
}

fn with_ed(word: &str) -> String {
    match (consonant_y(word), word.ends_with('e')) {
        (Some(stem), _) => format!("{stem}ied"),
        (None, true) => format!("{word}d"),
        (None, false) => format!("{word}ed"),
    }
}

fn with_ing(word: &str) -> String {
    match word.strip_suffix('e') {
        Some(stem) if !stem.ends_with('e') && !stem.is_empty() => format!("{stem}ing"),
        _ => format!("{word}ing"),
    }
}
