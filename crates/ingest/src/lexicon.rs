//! `Lexicon`: the cues of lines that are not the article (Read also …) and the names of outlets by host.
//!
//! It holds what it was given as text; it knows no cue and no outlet of its own.

use std::collections::BTreeMap;

/// Longest line, in words, that a cue can make boilerplate: a long paragraph that begins like one is still text.
const LONGEST_LINE: usize = 30;
/// Longest author line behind its cue, in words.
const LONGEST_BYLINE: usize = 8;
/// Longest block, in words, that counts as part of a wall ("We use cookies …").
const LONGEST_WALL: usize = 80;

/// Longest block, in bytes, that is looked at: no line of `LONGEST_WALL` words is longer.
const LONGEST_BYTES: usize = 4096;

/// What reading needs to know about the words of pages. The default knows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// Cues by their first word.
    cues: BTreeMap<String, Vec<Cue>>,
    outlets: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Cue {
    place: Place,
    words: Vec<String>,
}

/// Where in a line a cue must stand, and what must follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The line begins with the cue.
    Start,
    /// The line begins with the cue, and the line ends there, or a mark, a capital, a digit or a caseless letter follows.
    Head,
    /// The line begins with the cue, and the line ends there, or a colon, bar, dash or arrow follows.
    Label,
    /// The line is the cue and nothing else.
    Whole,
    /// The cue stands anywhere in a block of a page that has no article.
    Wall,
    /// The line begins with the cue and goes on with the day of publication.
    Date,
    /// The author line begins with the cue.
    Byline,
}

impl Place {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "start" => Self::Start,
            "head" => Self::Head,
            "label" => Self::Label,
            "whole" => Self::Whole,
            "wall" => Self::Wall,
            "date" => Self::Date,
            "byline" => Self::Byline,
            _ => return None,
        })
    }
}

/// A word of a line, folded for comparison.
struct Word<'a> {
    folded: String,
    raw: &'a str,
    /// Where it ends in the line.
    end: usize,
    /// Whether a colon, bar, dash or arrow stands between it and the word before.
    marked: bool,
}

impl Lexicon {
    /// Reads the cues: one entry a line, `place | cue | example | counter-example`, `#` opens a comment. A cue is words;
    /// `DOMAIN` among them stands for any host name.
    ///
    /// # Errors
    /// Names the first line that is not such an entry.
    pub fn parse(boilerplate: &str) -> Result<Self, String> {
        let mut lexicon = Self::default();
        for (number, fields) in entries(boilerplate) {
            let [place, cue, ..] = fields.as_slice() else {
                return Err(format!(
                    "boilerplate line {number}: expected `place | cue | example`"
                ));
            };
            let place = Place::parse(place)
                .ok_or_else(|| format!("boilerplate line {number}: unknown place `{place}`"))?;
            let words: Vec<String> = cue
                .split_whitespace()
                .map(|word| {
                    if word == "DOMAIN" {
                        word.to_owned()
                    } else {
                        fold(word)
                    }
                })
                .collect();
            if words.is_empty() || words.iter().any(String::is_empty) {
                return Err(format!("boilerplate line {number}: the cue has no words"));
            }
            let first = words[0].clone();
            lexicon
                .cues
                .entry(first)
                .or_default()
                .push(Cue { place, words });
        }
        Ok(lexicon)
    }

    /// Adds the names of outlets: one a line, `host | name`. A host stands for the hosts below it too.
    ///
    /// # Errors
    /// Names the first line that is not such an entry.
    pub fn with_outlets(mut self, outlets: &str) -> Result<Self, String> {
        for (number, fields) in entries(outlets) {
            let [host, name, ..] = fields.as_slice() else {
                return Err(format!("outlets line {number}: expected `host | name`"));
            };
            self.outlets
                .insert(host.to_ascii_lowercase(), (*name).to_owned());
        }
        Ok(self)
    }

    /// Whether a line is a pointer to something else, a tag list, a credit: not the article.
    #[must_use]
    pub fn is_boilerplate(&self, line: &str) -> bool {
        let Some(words) = words_up_to(line, LONGEST_LINE) else {
            return false;
        };
        self.cues_at(&words).any(|cue| {
            let after = cue.words.len();
            match cue.place {
                Place::Wall | Place::Date | Place::Byline => false,
                Place::Start => true,
                Place::Whole => words.len() == after,
                Place::Head => opens(&words, after, false),
                Place::Label => opens(&words, after, true),
            }
        })
    }

    /// Whether a block speaks of the page and not of the world ("We use cookies"); it counts only where little else is there.
    #[must_use]
    pub fn is_wall(&self, block: &str) -> bool {
        let Some(words) = words_up_to(block, LONGEST_WALL) else {
            return false;
        };
        (0..words.len()).any(|from| {
            self.cues_at(&words[from..])
                .any(|cue| cue.place == Place::Wall)
        })
    }

    /// The cues that words begin with.
    fn cues_at(&self, words: &[Word<'_>]) -> impl Iterator<Item = &Cue> {
        words
            .first()
            .and_then(|first| self.cues.get(&first.folded))
            .into_iter()
            .flatten()
            .filter(|cue| begins_with(words, &cue.words))
    }

    /// What follows a cue of publication ("Published: 6 September 2021"), where the line begins with one.
    #[must_use]
    pub fn after_date_cue<'a>(&self, line: &'a str) -> Option<&'a str> {
        self.after(line, Place::Date)
    }

    /// An author line without its cue ("By A. Example").
    #[must_use]
    pub fn without_byline_cue<'a>(&self, line: &'a str) -> &'a str {
        self.after(line, Place::Byline)
            .filter(|rest| !rest.is_empty())
            .unwrap_or(line)
    }

    /// Whether a line is an author line: the cue, a name, and no sentence.
    #[must_use]
    pub fn is_byline(&self, line: &str) -> bool {
        self.after(line, Place::Byline).is_some_and(|name| {
            name.starts_with(char::is_uppercase)
                && name.split_whitespace().count() <= LONGEST_BYLINE
                && !crate::plain::ends_a_sentence(name)
        })
    }

    /// What follows the longest cue of a place, where the line begins with one.
    fn after<'a>(&self, line: &'a str, place: Place) -> Option<&'a str> {
        let words = words_up_to(line, LONGEST_LINE)?;
        let cue = self
            .cues_at(&words)
            .filter(|cue| cue.place == place)
            .max_by_key(|cue| cue.words.len())?;
        let end = words.get(cue.words.len() - 1)?.end;
        line.get(end..)
            .map(|rest| rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':'))
    }

    /// The name of the outlet behind a host, or behind the nearest host above it.
    #[must_use]
    pub fn outlet(&self, host: &str) -> Option<&str> {
        let host = host.to_ascii_lowercase();
        let mut rest = host.as_str();
        loop {
            if let Some(name) = self.outlets.get(rest) {
                return Some(name);
            }
            rest = rest.split_once('.')?.1;
        }
    }
}

/// The entries of a lexicon text with their line numbers.
fn entries(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| (number, line.split('|').map(str::trim).collect()))
}

/// Lower case, a straight apostrophe, no marks at either end. The sign © is a word.
fn fold(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '©')
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect()
}

/// The line's words, unless there are more than `most`. Marks that stand alone ("►", "|") are no words.
fn words_up_to(line: &str, most: usize) -> Option<Vec<Word<'_>>> {
    if line.len() > LONGEST_BYTES {
        return None;
    }
    let mut words = Vec::new();
    let mut marked = false;
    let mut at = 0;
    for raw in line.split(|c: char| c.is_whitespace() || c == '\u{feff}') {
        // A cue may touch its colon and what follows ("Related:Taliban"), or the sign © its year.
        let cut = raw
            .char_indices()
            .find(|&(_, c)| c == '©' || c == ':' && !raw.contains("://"))
            .map_or(raw.len(), |(cut, c)| cut + c.len_utf8());
        for part in [&raw[..cut], &raw[cut..]] {
            at += part.len();
            let folded = fold(part);
            if folded.is_empty() {
                marked |= part.contains(is_mark);
                continue;
            }
            words.push(Word {
                folded,
                raw: part,
                end: at,
                marked: marked || part.starts_with(is_mark),
            });
            marked = part.ends_with(is_mark);
        }
        if words.len() > most {
            return None;
        }
        // The separator that `split` took away; it is one character, of one to three bytes.
        at += line[at..].chars().next().map_or(0, char::len_utf8);
    }
    Some(words)
}

fn begins_with(words: &[Word<'_>], cue: &[String]) -> bool {
    cue.len() <= words.len()
        && cue.iter().zip(words).all(|(want, have)| {
            *want == have.folded || (want == "DOMAIN" && looks_like_host(&have.folded))
        })
}

fn looks_like_host(word: &str) -> bool {
    word.split_once('.').is_some_and(|(name, rest)| {
        !name.is_empty()
            && rest.len() >= 2
            && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
    })
}

/// Whether what follows a cue shows that the cue is a heading of its own and not the beginning of a sentence.
fn opens(words: &[Word<'_>], cue: usize, strict: bool) -> bool {
    let Some(next) = words.get(cue) else {
        return true;
    };
    let marked = next.marked || words[cue - 1].raw.ends_with(is_mark);
    let heads = || {
        next.raw
            .chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(|c| !c.is_lowercase())
    };
    marked || (!strict && heads())
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        ':' | '-' | '–' | '—' | '|' | '>' | '»' | '›' | '→' | '►' | '•' | '：'
    )
}
