//! `Laid`: the pieces of two names laid against each other, each at most once, the likest first.
//!
//! It does not weigh what it finds.

use crate::dictionary::Known;
use crate::edits::edits;
use crate::full::{MATCH, NameKind};
use crate::model::NameModel;
use crate::parts::{Class, Part, Parts};

/// More changed letters by letters make another word, unless the dictionary knows better.
const MOST_CHANGED: f64 = 0.4;

/// Words with more are not even looked up.
const HOPELESS: f64 = 0.7;

/// Why two pieces were laid against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    Equal,
    /// Another writing of one meaning, number or place.
    Meaning,
    /// Spellings of one name, known as such.
    Spelling,
    /// Spellings of one name, by what was learnt.
    Alike,
    /// A letter or two differ.
    Letters,
    /// The same, and the dictionary has both words and never as one name.
    Apart,
    /// One letter for a word.
    Initial,
    /// A short form of a given name.
    Short,
    /// First letters for words.
    Acronym,
}

/// How two pieces fit.
#[derive(Debug, Clone, Copy)]
struct Fitted {
    fit: Fit,
    doubt: f64,
    changed: f64,
}

impl Fitted {
    /// Of what is the same by its meaning.
    fn known(fit: Fit) -> Option<Self> {
        Some(Self {
            fit,
            doubt: 0.0,
            changed: 0.0,
        })
    }
}

impl Fit {
    /// What is laid first: the surest.
    fn rank(self) -> u8 {
        match self {
            Self::Equal | Self::Meaning => 0,
            Self::Spelling => 1,
            Self::Acronym | Self::Short => 2,
            Self::Alike => 3,
            Self::Letters | Self::Apart => 4,
            Self::Initial => 5,
        }
    }
}

/// Pieces of one name against pieces of the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) left: (usize, usize),
    pub(crate) right: (usize, usize),
    pub(crate) fit: Fit,
    /// How unlikely they are one word, from 0 to 1.
    pub(crate) doubt: f64,
    /// Changed letters by letters.
    pub(crate) changed: f64,
    pub(crate) letters: usize,
}

/// Two names laid against each other.
pub(crate) struct Laid<'a> {
    pub(crate) model: &'a NameModel,
    pub(crate) left: &'a Parts,
    pub(crate) right: &'a Parts,
    pub(crate) kind: NameKind,
    /// What fits, in the left name's order.
    pub(crate) edges: Vec<Edge>,
    left_used: Vec<bool>,
    right_used: Vec<bool>,
}

impl<'a> Laid<'a> {
    /// Lays the pieces of two names against each other.
    pub(crate) fn new(
        model: &'a NameModel,
        left: &'a Parts,
        right: &'a Parts,
        kind: NameKind,
    ) -> Self {
        let mut laid = Self {
            model,
            left,
            right,
            kind,
            edges: Vec::new(),
            left_used: vec![false; left.all.len()],
            right_used: vec![false; right.all.len()],
        };
        let mut possible = Vec::with_capacity(left.all.len() + right.all.len());
        laid.equal_pieces();
        laid.single_pieces(&mut possible);
        laid.joined_pieces(&mut possible);
        if kind != NameKind::Person {
            laid.acronyms(&mut possible);
        }
        let nearness = |edge: &Edge| edge.left.0.abs_diff(edge.right.0);
        possible.sort_by(|a, b| {
            let by_rank = a.fit.rank().cmp(&b.fit.rank());
            by_rank
                .then((a.doubt + a.changed).total_cmp(&(b.doubt + b.changed)))
                .then(b.letters.cmp(&a.letters))
                .then(nearness(a).cmp(&nearness(b)))
        });
        for edge in possible {
            if laid.is_free(&edge) {
                laid.take(edge);
            }
        }
        laid.edges.sort_by_key(|edge| edge.left);
        laid
    }

    fn is_free(&self, edge: &Edge) -> bool {
        !(edge.left.0..edge.left.1).any(|at| self.left_used[at])
            && !(edge.right.0..edge.right.1).any(|at| self.right_used[at])
    }

    fn take(&mut self, edge: Edge) {
        self.left_used[edge.left.0..edge.left.1].fill(true);
        self.right_used[edge.right.0..edge.right.1].fill(true);
        self.edges.push(edge);
    }

    /// Equal pieces first: from the front, then those that changed places.
    fn equal_pieces(&mut self) {
        let reach = self.left.all.len().max(self.right.all.len());
        for far in 0..reach {
            for i in 0..self.left.all.len() {
                for j in [i.checked_sub(far), (far > 0).then_some(i + far)]
                    .into_iter()
                    .flatten()
                {
                    if j >= self.right.all.len() || self.left_used[i] || self.right_used[j] {
                        continue;
                    }
                    let (a, b) = (&self.left.all[i], &self.right.all[j]);
                    let text = self.left.text(a);
                    // Particles wait: they may be part of a joined word.
                    let telling = a.opposes() > 0.0 && b.opposes() > 0.0;
                    if telling && text == self.right.text(b) {
                        self.take(Edge {
                            left: (i, i + 1),
                            right: (j, j + 1),
                            fit: Fit::Equal,
                            doubt: 0.0,
                            changed: 0.0,
                            letters: text.len(),
                        });
                    }
                }
            }
        }
    }

    fn single_pieces(&self, possible: &mut Vec<Edge>) {
        for (i, a) in self.left.all.iter().enumerate() {
            for (j, b) in self.right.all.iter().enumerate() {
                if self.left_used[i] || self.right_used[j] {
                    continue;
                }
                if let Some(fitted) = self.fit(a, b) {
                    let letters = (a.end - a.start).max(b.end - b.start);
                    possible.push(Edge {
                        left: (i, i + 1),
                        right: (j, j + 1),
                        fit: fitted.fit,
                        doubt: fitted.doubt,
                        changed: fitted.changed,
                        letters,
                    });
                }
            }
        }
    }

    fn fit(&self, a: &Part, b: &Part) -> Option<Fitted> {
        let (left, right) = (self.left.text(a), self.right.text(b));
        let telling = |part: &Part| part.opposes() > 0.0;
        match (a.class, b.class) {
            (Class::Number(one), Class::Number(other)) => {
                return Fitted::known(Fit::Meaning).filter(|_| one == other);
            }
            (Class::Number(_), _) | (_, Class::Number(_)) => return None,
            (Class::Initial, _) | (_, Class::Initial) => {
                let fits = left.as_bytes().first() == right.as_bytes().first();
                let fits = fits && telling(a) && telling(b);
                return Fitted::known(Fit::Initial).filter(|_| fits);
            }
            (Class::Servant, Class::Servant) | (Class::Patronymic, Class::Patronymic) => {
                return Fitted::known(Fit::Meaning);
            }
            _ => {}
        }
        if telling(a) != telling(b) {
            return None;
        }
        if self.kind != NameKind::Person {
            if a.known.same != 0 && a.known.same == b.known.same {
                return Fitted::known(Fit::Meaning);
            }
            if a.class == Class::Place && b.class == Class::Place {
                return None;
            }
        }
        let fitted = self.words(left, right);
        let nick = a.known.nick != 0 && a.known.nick == b.known.nick;
        if fitted.is_none() && nick && self.kind == NameKind::Person {
            return Fitted::known(Fit::Short);
        }
        fitted
    }

    fn words(&self, left: &str, right: &str) -> Option<Fitted> {
        let longest = left.len().max(right.len());
        if longest < 2 || left.len().abs_diff(right.len()) as f64 > HOPELESS * longest as f64 {
            return None;
        }
        let count = edits(left, right);
        let (left_stem, right_stem) = match count {
            0..=1 => (left, right),
            _ => self.model.lexicon.stems(left, right),
        };
        let changed = count as f64 / left_stem.len().max(right_stem.len()) as f64;
        if changed > HOPELESS || (longest < 3 && count > 0) {
            return None;
        }
        let (fit, doubt) = match self.model.dictionary.known(left, right) {
            Known::Together => (Fit::Spelling, 0.0),
            _ if changed > MOST_CHANGED => return None,
            Known::Apart if count == 1 => (Fit::Apart, 0.0),
            Known::Apart => return None,
            // One letter is a slip as well as another spelling; more are looked at closely.
            Known::No if count == 1 => (Fit::Letters, 0.0),
            Known::No => {
                let same = self.model.word(left, right).same;
                if same >= MATCH {
                    (Fit::Alike, 1.0 - same)
                } else if count <= most_edits(longest) {
                    (Fit::Letters, 1.0 - same)
                } else {
                    return None;
                }
            }
        };
        Some(Fitted {
            fit,
            doubt,
            changed,
        })
    }

    /// One piece against two or three that are written apart.
    fn joined_pieces(&self, possible: &mut Vec<Edge>) {
        for count in [2, 3] {
            for (i, a) in self.left.all.iter().enumerate() {
                for j in 0..(self.right.all.len() + 1).saturating_sub(count) {
                    if !self.left_used[i] && self.can_join(self.right, &self.right_used, j, count) {
                        self.joined(
                            self.left.text(a),
                            self.right.span(j, j + count),
                            (i, i + 1),
                            (j, j + count),
                            possible,
                        );
                    }
                }
            }
            for (j, b) in self.right.all.iter().enumerate() {
                for i in 0..(self.left.all.len() + 1).saturating_sub(count) {
                    if !self.right_used[j] && self.can_join(self.left, &self.left_used, i, count) {
                        self.joined(
                            self.left.span(i, i + count),
                            self.right.text(b),
                            (i, i + count),
                            (j, j + 1),
                            possible,
                        );
                    }
                }
            }
        }
    }

    fn can_join(&self, parts: &Parts, used: &[bool], from: usize, count: usize) -> bool {
        let pieces = &parts.all[from..from + count];
        !used[from..from + count].iter().any(|used| *used)
            && pieces
                .iter()
                .all(|part| !matches!(part.class, Class::Number(_) | Class::Title))
            && (self.kind == NameKind::Person
                || pieces.iter().all(|part| part.class != Class::Place))
            && pieces.iter().any(|part| part.opposes() > 0.0)
    }

    fn joined(
        &self,
        left: &str,
        right: &str,
        at_left: (usize, usize),
        at_right: (usize, usize),
        possible: &mut Vec<Edge>,
    ) {
        let longest = left.len().max(right.len());
        if longest < 4 || left.len().abs_diff(right.len()) > 2 {
            return;
        }
        let count = edits(left, right);
        let most = if longest < 8 { 1 } else { 2 };
        if count > most {
            return;
        }
        let changed = count as f64 / longest as f64;
        possible.push(Edge {
            left: at_left,
            right: at_right,
            fit: if count == 0 {
                Fit::Meaning
            } else {
                Fit::Letters
            },
            doubt: 0.0,
            changed,
            letters: longest,
        });
    }

    /// One word of first letters against the words that they are of.
    fn acronyms(&self, possible: &mut Vec<Edge>) {
        for (i, a) in self.left.all.iter().enumerate() {
            if let (false, Some(span)) =
                (self.left_used[i], spelt_by(self.left.text(a), self.right))
            {
                possible.push(acronym((i, i + 1), span));
            }
        }
        for (j, b) in self.right.all.iter().enumerate() {
            if let (false, Some(span)) =
                (self.right_used[j], spelt_by(self.right.text(b), self.left))
            {
                possible.push(acronym(span, (j, j + 1)));
            }
        }
    }
}

fn acronym(left: (usize, usize), right: (usize, usize)) -> Edge {
    Edge {
        left,
        right,
        fit: Fit::Acronym,
        doubt: 0.0,
        changed: 0.0,
        letters: 0,
    }
}

/// The pieces whose first letters are these, at least three; particles have no letter.
fn spelt_by(letters: &str, parts: &Parts) -> Option<(usize, usize)> {
    const LEAST: usize = 3;
    let wanted = letters.as_bytes();
    let telling = || (0..parts.all.len()).filter(|at| parts.all[*at].opposes() > 0.0);
    let count = telling().count();
    if wanted.len() < LEAST || wanted.len() > count {
        return None;
    }
    let first_letter = |at: usize| parts.letters.as_bytes()[parts.all[at].start];
    let found = (0..=count - wanted.len()).find(|from| {
        telling()
            .skip(*from)
            .map(first_letter)
            .zip(wanted)
            .all(|(a, b)| a == *b)
    })?;
    let first = telling().nth(found)?;
    let last = telling().nth(found + wanted.len() - 1)?;
    Some((first, last + 1))
}

/// How many letters may differ in words of this length that are taken for one with slips of the pen.
fn most_edits(letters: usize) -> usize {
    match letters {
        0..3 => 0,
        3..5 => 1,
        5..10 => 2,
        _ => 3,
    }
}
