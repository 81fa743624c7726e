//! Damaged copies of labelled text: lower case, capitals, headline case, without punctuation, without articles, and with
//! names respelt, as tickers, old telegrams, machine translation and other transliterations have them.
//!
//! The same seed and document always give the same copy. It does not know what is measured on the copies.

mod command;
mod respell;
pub mod trees;

pub use command::{Options, run};

use crate::data;
use crate::mentions::folds::hash;
use crate::mentions::{GoldMention, MentionDocument};
use crate::polnear::Article;
use crate::scan::{Scan, is_word};
use crate::score::Attribution;
use annotate::{EntityKind, Mention, MentionForm};
use std::ops::Range;
use text::Span;

/// How a copy differs from its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum Corruption {
    /// Nothing is changed: for writing a set out as it is.
    Plain,
    /// Every letter is small.
    Lower,
    /// Every letter is a capital.
    Capitals,
    /// Every word begins with a capital.
    Headline,
    /// No punctuation marks but those inside words.
    Unpunctuated,
    /// No "a", "an", "the".
    Articleless,
    /// One or two letters of a name's words are other ones, alike throughout a document; in treebanks, of proper nouns.
    Respelt,
}

impl Corruption {
    /// Every kind that changes something.
    pub const DAMAGES: [Self; 6] = [
        Self::Lower,
        Self::Capitals,
        Self::Headline,
        Self::Unpunctuated,
        Self::Articleless,
        Self::Respelt,
    ];

    /// The kind that is named, or else each that changes something.
    pub fn damages(named: Option<Self>) -> Vec<Self> {
        named.map_or_else(|| Self::DAMAGES.to_vec(), |kind| vec![kind])
    }

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Lower => "lower",
            Self::Capitals => "capitals",
            Self::Headline => "headline",
            Self::Unpunctuated => "unpunctuated",
            Self::Articleless => "articleless",
            Self::Respelt => "respelt",
        }
    }
}

/// A changed text that knows where its parts come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copy {
    /// The changed text.
    pub text: String,
    /// The changes of length, in order: bytes of the old text, bytes of the new one.
    changes: Vec<(Range<usize>, Range<usize>)>,
}

impl Copy {
    /// The copy of a text with these bytes replaced. Replacements come sorted and apart.
    fn new(text: &str, replacements: &[(Range<usize>, String)]) -> Self {
        let mut copy = Self::default();
        let mut at = 0;
        for (old, new) in replacements {
            copy.text.push_str(&text[at..old.start]);
            let start = copy.text.len();
            copy.text.push_str(new);
            if old.len() != new.len() {
                copy.changes.push((old.clone(), start..copy.text.len()));
            }
            at = old.end;
        }
        copy.text.push_str(&text[at..]);
        copy
    }

    /// Where a span of the old text stands in the copy, without blanks at its ends; empty where nothing is left of it.
    pub fn forward(&self, span: Span) -> Span {
        let start = moved(
            span.from(),
            Edge::Start,
            self.changes.iter().map(|(old, new)| (old, new)),
        );
        let end = moved(
            span.to(),
            Edge::End,
            self.changes.iter().map(|(old, new)| (old, new)),
        );
        Span::new(start, end.max(start)).trim(&self.text)
    }

    /// Where a span of the copy stood in the old text.
    pub fn back(&self, span: Span) -> Span {
        let start = moved(
            span.from(),
            Edge::Start,
            self.changes.iter().map(|(old, new)| (new, old)),
        );
        let end = moved(
            span.to(),
            Edge::End,
            self.changes.iter().map(|(old, new)| (new, old)),
        );
        Span::new(start, end.max(start))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Start,
    End,
}

/// A byte in the other text. Inside a change, a start moves to the start of its counterpart and an end to its end.
fn moved<'a>(
    byte: usize,
    edge: Edge,
    changes: impl Iterator<Item = (&'a Range<usize>, &'a Range<usize>)>,
) -> usize {
    let mut moved = byte;
    for (here, there) in changes {
        // What was put in or left out at an end stays outside of the span.
        let empty_end = here.is_empty() && here.start == byte && edge == Edge::End;
        if here.end <= byte && !empty_end {
            moved = there.end + (byte - here.end);
        } else if here.start < byte {
            return match edge {
                Edge::Start => there.start,
                Edge::End => there.end,
            };
        } else {
            break;
        }
    }
    moved
}

/// The copy of a text in which these spans are names; `key` sets apart the copies of different documents.
pub fn corrupt_text(text: &str, names: &[Span], corruption: Corruption, key: u64) -> Copy {
    let replacements = match corruption {
        Corruption::Plain => Vec::new(),
        Corruption::Lower => letters(text, |c, _| c.to_lowercase().collect()),
        Corruption::Capitals => letters(text, |c, _| c.to_uppercase().collect()),
        Corruption::Headline => letters(text, |c, before| {
            let begins =
                !before.is_some_and(|before| is_word(before) || matches!(before, '\'' | '’'));
            if begins {
                c.to_uppercase().collect()
            } else {
                c.into()
            }
        }),
        Corruption::Unpunctuated => marks(text),
        Corruption::Articleless => articles(text),
        Corruption::Respelt => respell::names(text, names, key),
    };
    Copy::new(text, &replacements)
}

/// The copy of a document with its mentions; a mention of which nothing is left is left out.
pub fn corrupt_document(
    document: &MentionDocument,
    corruption: Corruption,
    seed: u64,
) -> (MentionDocument, Copy) {
    if corruption == Corruption::Plain {
        // Labels that begin or end with a blank stay as they are.
        return (document.clone(), Copy::new(&document.text, &[]));
    }
    let names: Vec<Span> = document
        .names()
        .filter(|(gold, kind)| is_transliterated(gold.span.slice(&document.text), *kind))
        .map(|(gold, _)| gold.span)
        .collect();
    let copy = corrupt_text(
        &document.text,
        &names,
        corruption,
        hash(document.id.as_bytes(), seed),
    );
    let gold = document
        .gold
        .iter()
        .map(|gold| GoldMention {
            span: copy.forward(gold.span),
            head: gold.head.map(|head| copy.forward(head)),
            ..gold.clone()
        })
        .filter(|gold| !gold.span.is_empty())
        .collect();
    let corrupted = MentionDocument {
        id: document.id.clone(),
        set: document.set.clone(),
        text: copy.text.clone(),
        sentences: document
            .sentences
            .iter()
            .map(|sentence| copy.forward(*sentence))
            .collect(),
        gold,
    };
    (corrupted, copy)
}

/// The copy of an article with its attributions. `mentions` are those of its text; of them the names are respelt. A part of which
/// nothing is left is left out, and a relation with its content.
pub fn corrupt_article(
    article: &Article,
    mentions: &[Mention],
    corruption: Corruption,
    seed: u64,
) -> Article {
    let names: Vec<Span> = mentions
        .iter()
        .filter(|mention| mention.form == MentionForm::Name)
        .map(|mention| (mention.span, mention.kind))
        .filter(|(span, kind)| is_transliterated(span.slice(&article.text), *kind))
        .map(|(span, _)| span)
        .collect();
    let key = hash(data::name(&article.path).as_bytes(), seed);
    let copy = corrupt_text(&article.text, &names, corruption, key);
    let forward = |spans: &[Span]| -> Vec<Span> {
        let moved = spans.iter().map(|span| copy.forward(*span));
        moved.filter(|span| !span.is_empty()).collect()
    };
    let gold = article
        .gold
        .iter()
        .map(|gold| Attribution {
            source: forward(&gold.source),
            cue: forward(&gold.cue),
            content: forward(&gold.content),
        })
        .filter(|gold| !gold.content.is_empty())
        .collect();
    Article {
        path: article.path.clone(),
        gold,
        text: copy.text,
    }
}

/// Whether a name is spelt anew by each writer. Organisations of several words have names of common words, which nobody
/// transliterates.
fn is_transliterated(name: &str, kind: EntityKind) -> bool {
    match kind {
        EntityKind::Person | EntityKind::Place | EntityKind::Group => true,
        _ => !name.contains(' '),
    }
}

/// Whether these letters are an article.
fn is_article(word: &str) -> bool {
    ["a", "an", "the"]
        .iter()
        .any(|article| word.eq_ignore_ascii_case(article))
}

/// Whether this is a punctuation mark; signs that are said as words (`&`, `%`, `$`, `+`) are none.
fn is_punctuation(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '"'
            | '\''
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '-'
            | '*'
            | '_'
            | '`'
    ) || matches!(c, '‐'..='‧' | '«' | '»' | '¡' | '¿')
}

/// The word with its first letter a capital.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn letters(
    text: &str,
    change: impl Fn(char, Option<char>) -> String,
) -> Vec<(Range<usize>, String)> {
    let mut before = None;
    let mut replacements = Vec::new();
    for (at, c) in text.char_indices() {
        let changed = change(c, before);
        if !changed.chars().eq([c]) {
            replacements.push((at..at + c.len_utf8(), changed));
        }
        before = Some(c);
    }
    replacements
}

/// Takes out marks that do not stand inside a word, and of two blanks that meet thereby the second.
fn marks(text: &str) -> Vec<(Range<usize>, String)> {
    let mut replacements: Vec<(Range<usize>, String)> = Vec::new();
    let mut before = None;
    let mut kept = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let inside_word = word(before) && word(text[end..].chars().next());
        let touches = replacements.last().is_some_and(|(last, _)| last.end == at);
        let second_blank = c == ' ' && touches && matches!(kept, None | Some(' ' | '\n'));
        before = Some(c);
        if !second_blank && (!is_punctuation(c) || inside_word) {
            kept = Some(c);
        } else if let Some((last, _)) = replacements.last_mut().filter(|_| touches) {
            last.end = end;
        } else {
            replacements.push((at..end, String::new()));
        }
    }
    replacements
}

/// Takes out articles with the blank after them; what followed a capital article takes the capital over.
fn articles(text: &str) -> Vec<(Range<usize>, String)> {
    let mut replacements = Vec::new();
    for (span, _) in Scan::new(text)
        .spans()
        .filter(|(span, _)| is_article(span.slice(text)))
    {
        let Some(rest) = text[span.to()..].strip_prefix(' ') else {
            continue;
        };
        let Some(next) = rest.chars().next().filter(|c| is_word(*c)) else {
            continue;
        };
        let end = span.to() + 1;
        if span.slice(text).starts_with(char::is_uppercase) && next.is_lowercase() {
            replacements.push((
                span.from()..end + next.len_utf8(),
                next.to_uppercase().collect(),
            ));
        } else {
            replacements.push((span.from()..end, String::new()));
        }
    }
    replacements
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The Straße of al-Qarim’s army: “A U.S. man,” he said — at 1.5 km.";

    fn copy(corruption: Corruption) -> Copy {
        let at = TEXT.find("Qarim").unwrap();
        corrupt_text(TEXT, &[Span::new(at, at + 5)], corruption, 7)
    }

    #[test]
    fn each_copy_is_as_its_name_says() {
        assert_eq!(copy(Corruption::Plain).text, TEXT);
        assert_eq!(
            copy(Corruption::Lower).text,
            "the straße of al-qarim’s army: “a u.s. man,” he said — at 1.5 km."
        );
        assert_eq!(
            copy(Corruption::Capitals).text,
            "THE STRASSE OF AL-QARIM’S ARMY: “A U.S. MAN,” HE SAID — AT 1.5 KM."
        );
        assert_eq!(
            copy(Corruption::Headline).text,
            "The Straße Of Al-Qarim’s Army: “A U.S. Man,” He Said — At 1.5 Km."
        );
        assert_eq!(
            copy(Corruption::Unpunctuated).text,
            "The Straße of al-Qarim’s army A U.S man he said at 1.5 km"
        );
        assert_eq!(
            copy(Corruption::Articleless).text,
            "Straße of al-Qarim’s army: “U.S. man,” he said — at 1.5 km."
        );
        let respelt = copy(Corruption::Respelt).text;
        assert_ne!(respelt, TEXT);
        assert!(respelt.starts_with("The Straße of al-") && respelt.ends_with("at 1.5 km."));
    }

    #[test]
    fn spans_follow_the_text_and_lead_back() {
        for corruption in Corruption::DAMAGES {
            let copy = copy(corruption);
            for words in ["Straße", "army", "man", "said", "km"] {
                let at = TEXT.find(words).unwrap();
                let span = Span::new(at, at + words.len());
                let there = copy.forward(span);
                let slice = there.slice(&copy.text).to_lowercase();
                assert_eq!(
                    slice.replace("ss", "ß"),
                    words.to_lowercase(),
                    "{corruption:?}"
                );
                assert_eq!(copy.back(there), span, "{corruption:?} {words}");
            }
        }
        let article = copy(Corruption::Articleless);
        assert!(article.forward(Span::new(0, 3)).is_empty());
        assert_eq!(
            article.forward(Span::new(0, 11)).slice(&article.text),
            "Straße"
        );
    }

    #[test]
    fn a_capital_article_hands_its_capital_on() {
        let copy = corrupt_text(
            "The army left. An old man.",
            &[],
            Corruption::Articleless,
            0,
        );
        assert_eq!(copy.text, "Army left. Old man.");
        assert_eq!(copy.forward(Span::new(0, 8)).slice(&copy.text), "Army");
        assert_eq!(copy.forward(Span::new(4, 8)).slice(&copy.text), "Army");
    }

    #[test]
    fn attributions_follow_the_copy_of_their_article() {
        let text = "“The road is open,” Zadik Khourin said: the man left.".to_owned();
        let span = |words: &str| {
            let at = text.find(words).unwrap();
            Span::new(at, at + words.len())
        };
        let relation = |cue: &str, content: &str| Attribution {
            source: vec![span("Zadik Khourin")],
            cue: vec![span(cue)],
            content: vec![span(content)],
        };
        let article = Article {
            path: "one.txt".into(),
            gold: vec![
                relation("said", "“The road is open,”"),
                relation(":", "the man left"),
                relation("said", "the "),
            ],
            text: text.clone(),
        };
        let name = Mention {
            span: span("Zadik Khourin"),
            head: span("Khourin"),
            title: None,
            roles: Vec::new(),
            kind: EntityKind::Person,
            form: MentionForm::Name,
            entity: None,
        };
        let copy = |corruption| {
            let copy = corrupt_article(&article, std::slice::from_ref(&name), corruption, 1);
            let words = |spans: &[Span]| -> Vec<String> {
                spans
                    .iter()
                    .map(|span| span.slice(&copy.text).to_owned())
                    .collect()
            };
            copy.gold
                .iter()
                .map(|gold| {
                    [&gold.source, &gold.cue, &gold.content].map(|part| words(part).concat())
                })
                .collect::<Vec<_>>()
        };
        let lower = copy(Corruption::Lower);
        assert_eq!(lower[0], ["zadik khourin", "said", "“the road is open,”"]);
        assert_eq!(lower.len(), 3);
        let unpunctuated = copy(Corruption::Unpunctuated);
        assert_eq!(
            unpunctuated[0],
            ["Zadik Khourin", "said", "The road is open"]
        );
        assert_eq!(unpunctuated[1], ["Zadik Khourin", "", "the man left"]);
        let articleless = copy(Corruption::Articleless);
        assert_eq!(articleless[1], ["Zadik Khourin", ":", "man left"]);
        assert_eq!(articleless.len(), 2, "nothing is left of a content");
        let respelt = copy(Corruption::Respelt);
        assert!(respelt[0][0] != "Zadik Khourin" && respelt[0][2] == "“The road is open,”");
    }
}
