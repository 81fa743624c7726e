//! What pieces laid against each other show: counts for the weights, and reasons in words.
//!
//! It does not decide, and does not know which pieces could have been laid otherwise.

use crate::edits::edits;
use crate::full::{COUNTS, NameKind};
use crate::laid::{Edge, Fit, Laid};
use crate::lexicon::Role;
use crate::parts::{Class, Part, Parts, shown};

/// More changed letters than this tell no more.
const MOST_LETTERS: f64 = 4.0;

/// What two names laid against each other show.
pub(crate) struct Evidence {
    /// What [`crate::COUNT_NAMES`] names.
    pub(crate) counts: [f64; COUNTS],
    /// `same` of two single words, which no counts are asked for.
    pub(crate) single: Option<f64>,
    /// The weightiest first.
    pub(crate) reasons: Vec<String>,
}

impl Evidence {
    /// Counts what is seen.
    pub(crate) fn of(laid: &Laid<'_>) -> Self {
        let left = Side::new(laid, laid.left, laid.edges.iter().map(|edge| edge.left));
        let right = Side::new(laid, laid.right, laid.edges.iter().map(|edge| edge.right));
        let person = laid.kind == NameKind::Person;
        let mut reasons = Vec::new();
        let fitting = Fitting::of(laid, &mut reasons);

        let mut against = left.opposes.min(right.opposes);
        let (longer, shorter) = if left.opposes > right.opposes {
            (&left, &right)
        } else {
            (&right, &left)
        };
        let mut series = 0.0;
        if let (Some(one), Some(other)) = (left.number, right.number)
            && one != other
            && laid.left.is_series()
            && laid.right.is_series()
        {
            reasons.push(format!("numbers {one} and {other} of a series"));
            against -= 1.0;
            series = 1.0;
        }
        if against > 0.0 {
            let words = format!("{} is not {}", left.words(), right.words());
            reasons.insert(0, words);
        }
        let rest = if longer.opposes > 0.0 {
            1.0 - shorter.opposes / longer.opposes
        } else {
            1.0
        };
        let (mut inside, outside) = (longer.inside * rest, longer.outside * rest);
        if rest > 0.0 && longer.opposes > 0.0 && against <= 0.0 && series == 0.0 {
            reasons.push(format!("{} stands on one side only", longer.words()));
        }
        if longer.compound && against <= 0.0 {
            // "Ahmad Shah" is a given name of its own.
            against += 1.0;
            inside = 0.0;
        }
        if laid.left.kin != laid.right.kin {
            reasons.insert(0, "one of them is a relative of the other".to_owned());
            against += 2.0;
        }
        // One word of a name stands for the whole name of many.
        let thin = fitting.whole_words <= 1.0 && fitting.initials == 0.0 && longer.opposes > 0.0;
        let turned = laid.turned();
        let fathers = turned && person && laid.fathers_turned();
        if fathers {
            reasons.insert(0, "son and father have changed places".to_owned());
            against += 2.0;
        } else if turned {
            reasons.push("the words stand in another order".to_owned());
        }
        let gendered = person && laid.other_gender();
        if gendered {
            reasons.insert(0, "a woman's name and a man's".to_owned());
            against += 1.0;
        }
        let forms = forms_differ(&laid.left.forms, &laid.right.forms);
        if forms && !person {
            reasons.push("another legal form".to_owned());
        }
        let left_over = if against > 0.0 {
            edits(&left.letters, &right.letters) as f64
        } else {
            0.0
        };
        let whole = (fitting.letters + left_over)
            / laid.left.letters.len().max(laid.right.letters.len()).max(1) as f64;
        if reasons.is_empty() {
            reasons.push("the same words".to_owned());
        }
        Self {
            counts: [
                1.0,
                fitting.letters.min(MOST_LETTERS),
                longer.branch * rest,
                fitting.doubt,
                fitting.apart,
                against.max(0.0),
                inside,
                outside,
                f64::from(u8::from(turned && !fathers)),
                fitting.initials,
                f64::from(u8::from(thin)),
                whole.min(1.0),
                f64::from(u8::from(forms && !person)),
                series,
            ],
            single: laid.single_words(),
            reasons,
        }
    }
}

/// What the pieces say that fit.
#[derive(Default)]
struct Fitting {
    letters: f64,
    doubt: f64,
    apart: f64,
    initials: f64,
    whole_words: f64,
}

impl Fitting {
    fn of(laid: &Laid<'_>, reasons: &mut Vec<String>) -> Self {
        let mut fitting = Self::default();
        for edge in &laid.edges {
            let (left, right) = (
                laid.left.span(edge.left.0, edge.left.1),
                laid.right.span(edge.right.0, edge.right.1),
            );
            let telling = laid.left.all[edge.left.0..edge.left.1]
                .iter()
                .any(|part| part.opposes() > 0.0);
            if !telling {
                continue;
            }
            let said = match edge.fit {
                Fit::Equal => None,
                Fit::Meaning => (left != right).then_some("mean the same"),
                Fit::Spelling => Some("are spellings of one name"),
                Fit::Alike => Some("look like spellings of one name"),
                Fit::Letters => Some("differ in a few letters"),
                Fit::Apart => {
                    fitting.apart += 1.0;
                    Some("differ in a few letters, and are two names elsewhere")
                }
                Fit::Initial => {
                    fitting.initials += 1.0;
                    (left != right).then_some("fit by the first letter")
                }
                Fit::Short => Some("are short forms of one name"),
                Fit::Acronym => Some("fit by first letters"),
            };
            fitting.doubt += edge.doubt;
            if edge.fit != Fit::Spelling {
                fitting.letters += edge.changed * edge.letters as f64;
            }
            fitting.whole_words += match edge.fit {
                Fit::Initial => 0.0,
                Fit::Acronym => 2.0,
                _ => 1.0,
            };
            if let Some(said) = said {
                reasons.push(format!(
                    "{} and {} {said}",
                    laid.left.words(edge.left.0, edge.left.1),
                    laid.right.words(edge.right.0, edge.right.1)
                ));
            }
        }
        fitting
    }
}

/// What one name has that fits nothing.
#[derive(Default)]
struct Side<'a> {
    left_over: Vec<&'a str>,
    letters: String,
    opposes: f64,
    inside: f64,
    outside: f64,
    /// Numbers and places: "Velik II" and "Velik (Denmark)" are bodies beside "Velik".
    branch: f64,
    /// A word that makes another given name of the word before stands between words that fit.
    compound: bool,
    number: Option<u32>,
}

impl<'a> Side<'a> {
    fn new(
        laid: &Laid<'_>,
        parts: &'a Parts,
        used: impl Iterator<Item = (usize, usize)> + Clone,
    ) -> Self {
        let mut side = Self::default();
        let is_used = |at: usize| used.clone().any(|(from, to)| (from..to).contains(&at));
        let telling = |at: usize| parts.all[at].opposes() > 0.0 && is_used(at);
        let first = (0..parts.all.len()).find(|at| telling(*at));
        let last = (0..parts.all.len()).rfind(|at| telling(*at));
        for (at, part) in parts.all.iter().enumerate() {
            if part.opposes() <= 0.0 || is_used(at) {
                continue;
            }
            let word = parts.text(part);
            side.left_over.push(word);
            side.letters.push_str(word);
            side.opposes += part.opposes();
            let between =
                first.is_some_and(|first| first < at) && last.is_some_and(|last| at < last);
            match part.class {
                // The first of a series goes without its number.
                Class::Number(1) => side.branch += 0.3,
                Class::Number(_) => side.branch += 1.5,
                Class::Place => side.branch += 1.0,
                _ if between => side.inside += adds(laid, parts.text(part), part),
                _ => side.outside += adds(laid, parts.text(part), part),
            }
            side.compound |= part.class == Class::Compound && between;
            if let Class::Number(number) = part.class {
                side.number = Some(number);
            }
        }
        side
    }

    fn words(&self) -> String {
        let words: Vec<String> = self.left_over.iter().map(|word| shown(word)).collect();
        words.join(" ")
    }
}

/// How much it tells that a piece stands on one side only.
fn adds(laid: &Laid<'_>, word: &str, part: &Part) -> f64 {
    if part.class == Class::Word && laid.model.lexicon.is_fathers(word) {
        0.3
    } else {
        part.adds()
    }
}

/// Whether both have a legal form and none fits.
fn forms_differ(left: &[u16], right: &[u16]) -> bool {
    let fits = |one: &u16| *one == 0 || right.iter().any(|other| *other == 0 || one == other);
    !left.is_empty() && !right.is_empty() && !left.iter().any(fits)
}

impl Laid<'_> {
    /// Of persons of one word each, and of places: what is said of the words. Bodies are misspelt more often than transliterated.
    fn single_words(&self) -> Option<f64> {
        match self.kind {
            NameKind::Person => self.single_persons(),
            NameKind::Place => self.whole_places(),
            _ => None,
        }
    }

    fn single_persons(&self) -> Option<f64> {
        let only = |parts: &Parts| {
            let mut telling = parts.all.iter().filter(|part| part.opposes() > 0.0);
            let only = telling.next().copied();
            only.filter(|part| telling.next().is_none() && part.class == Class::Word)
        };
        let (left, right) = (only(self.left)?, only(self.right)?);
        let fits = |edge: &Edge| matches!(edge.fit, Fit::Short | Fit::Meaning);
        if self.left.kin != self.right.kin || self.edges.iter().any(fits) {
            return None;
        }
        Some(self.spelt_alike(self.left.text(&left), self.right.text(&right)))
    }

    /// Places are compared as a whole, with and without what kind of place it is; a direction or a number that differs is left to
    /// the weights.
    fn whole_places(&self) -> Option<f64> {
        let fixed = |part: &&Part| matches!(part.class, Class::Number(_) | Class::Place);
        if self
            .left
            .all
            .iter()
            .chain(&self.right.all)
            .any(|part| fixed(&part))
        {
            return None;
        }
        let names = |telling: fn(&Part) -> bool| {
            let name = |parts: &Parts| {
                let words = parts.all.iter().filter(|part| telling(part));
                let words: Vec<&str> = words.map(|part| parts.text(part)).collect();
                words.join(" ")
            };
            (name(self.left), name(self.right))
        };
        let (left, right) = names(|part| part.class == Class::Word);
        let (whole_left, whole_right) = names(|_| true);
        let bare = self.spelt_alike(&left, &right);
        // What kind of place both are tells nothing of which: "district" is half of the letters of two districts.
        let (kind_left, kind_right) = names(|part| part.class != Class::Word);
        if kind_left == kind_right {
            return Some(bare);
        }
        Some(bare.max(self.spelt_alike(&whole_left, &whole_right)))
    }

    fn spelt_alike(&self, left: &str, right: &str) -> f64 {
        /// Of words that look nothing alike.
        const NOTHING: f64 = 0.02;
        // What was learnt from had a third of its letters in common.
        let alike = 3 * edits(left, right) <= 2 * left.len().max(right.len());
        if alike && !left.is_empty() && !right.is_empty() {
            self.model.word(left, right).same
        } else {
            NOTHING
        }
    }

    fn turns(&self) -> impl Iterator<Item = (&Edge, &Edge)> {
        let telling = |edge: &&Edge| self.left.all[edge.left.0].opposes() > 0.0;
        self.edges
            .iter()
            .filter(telling)
            .enumerate()
            .flat_map(move |(at, first)| {
                let later = self.edges.iter().filter(telling).skip(at + 1);
                later
                    .filter(|second| second.right < first.right)
                    .map(move |second| (first, second))
            })
    }

    /// Whether words that fit stand in another order.
    fn turned(&self) -> bool {
        self.turns().next().is_some()
    }

    /// Whether words changed places across a "bin" on both sides.
    fn fathers_turned(&self) -> bool {
        let bin = |parts: &Parts, from: usize, to: usize| {
            parts.all[from.min(to)..from.max(to)]
                .iter()
                .any(|part| part.class == Class::Patronymic)
        };
        self.turns().any(|(first, second)| {
            bin(self.left, first.left.0, second.left.0)
                && bin(self.right, first.right.0, second.right.0)
        })
    }

    /// Whether two words or more differ by the ending that makes a man's name a woman's, all the same way.
    fn other_gender(&self) -> bool {
        let (mut left, mut right) = (0, 0);
        for edge in &self.edges {
            let (a, b) = (
                self.left.span(edge.left.0, edge.left.1),
                self.right.span(edge.right.0, edge.right.1),
            );
            left += usize::from(a.strip_suffix('a') == Some(b));
            right += usize::from(b.strip_suffix('a') == Some(a));
        }
        left.max(right) >= 2 && left.min(right) == 0
    }
}

impl Parts {
    /// Whether it is one of a series of funds or the like.
    fn is_series(&self) -> bool {
        self.all.iter().any(|part| part.known.is(Role::Series))
    }
}
