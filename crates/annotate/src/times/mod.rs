//! Time expressions: first what they mean without any date (terms), then their values and days, given the document's day.
//!
//! The two stages meet in `Expression`: everything before it is of the words alone, so that a document whose date becomes known or is
//! corrected is read to other days and never to other words.

mod automaton;
mod direction;
mod feasts;
mod grammar;
mod ground;
mod guards;
mod place;
mod shapes;
mod story;
mod term;
#[cfg(test)]
mod tests;

use crate::fine::Fine;
use crate::{Anchor, TimeExpr};
use automaton::{Automaton, Match, Room, captures};
use grammar::{Atom, Grammar};
use guards::Guard;
use jiff::civil::Date;
use shapes::Shapes;
pub(crate) use shapes::is_ambiguous;
use std::ops::Range;
use term::{Action, Term};
use text::Span;

/// The parsed `lexicon/times.txt`, its patterns as one automaton.
#[derive(Debug, Clone, Default)]
pub(crate) struct TimeLexicon {
    grammar: Grammar,
    automaton: Automaton,
    shapes: Shapes,
    /// By rule.
    actions: Vec<Action>,
    guards: Vec<Vec<Guard>>,
}

/// A time expression before any date is known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expression {
    pub(crate) tokens: Range<usize>,
    pub(crate) rule: usize,
    pub(crate) action: Action,
    pub(crate) term: Term,
}

impl TimeLexicon {
    /// Parses the file; what cannot be read becomes a problem.
    pub(crate) fn parse(file: &str, problems: &mut Vec<String>) -> Self {
        let mut grammar = Grammar::parse(file, &shapes::CLASSES, problems);
        let shapes = Shapes::new(&grammar);
        grammar.add_classes(|word| shapes.of(word));
        let mut actions = Vec::with_capacity(grammar.rules.len());
        let mut guards = Vec::with_capacity(grammar.rules.len());
        for rule in &grammar.rules {
            actions.push(Action::parse(&rule.action).unwrap_or_else(|| {
                problems.push(format!(
                    "times.txt: {}: no action “{}”",
                    rule.name, rule.action
                ));
                Action::Nothing
            }));
            let parsed = rule.guards.iter().filter_map(|name| {
                let guard = Guard::parse(name);
                if guard.is_none() {
                    problems.push(format!("times.txt: {}: no guard “{name}”", rule.name));
                }
                guard
            });
            guards.push(parsed.collect());
        }
        Self {
            automaton: Automaton::new(
                grammar.rules.iter().map(|rule| &rule.pattern),
                grammar.atoms(),
            ),
            shapes,
            grammar,
            actions,
            guards,
        }
    }

    /// What a token is to the rules.
    fn atoms(&self, word: &str) -> &[Atom] {
        match self.grammar.of(word) {
            [] => self.shapes.of(word),
            atoms => atoms,
        }
    }
}

/// Every time expression of a document, in order. `quotes` are the stretches between quotation marks.
pub(crate) fn times(
    words: &Fine,
    quotes: &[Span],
    lexicon: &TimeLexicon,
    day: Option<Date>,
) -> Vec<TimeExpr> {
    let found = expressions(words, lexicon);
    story::ground(words, quotes, lexicon, day, &found)
}

/// The document's day from its date, which may carry a time.
pub(crate) fn document_day(published: Option<&str>) -> Option<Date> {
    published
        .and_then(|text| text.get(..10))
        .and_then(|day| day.parse().ok())
}

/// The expressions of a document, each as its rule reads it.
fn expressions(words: &Fine, lexicon: &TimeLexicon) -> Vec<Expression> {
    let mut found: Vec<Expression> = Vec::new();
    let mut room = Room::default();
    let mut matches = Vec::new();
    let none: &[Atom] = &[];
    for sentence in &words.segments.sentences {
        let end = sentence.last as usize;
        let atoms = |token: usize| {
            if token < end {
                lexicon.atoms(words.lower(token))
            } else {
                none
            }
        };
        let mut at = sentence.first as usize;
        while at < end {
            lexicon
                .automaton
                .matches(at, atoms, &mut room, &mut matches);
            let before = found.last().map(|found| &found.tokens);
            let read = |at: usize, matches: &[Match]| {
                let mut matches = matches.iter().rev();
                matches.find_map(|found| expression(words, lexicon, at, *found, before, &atoms))
            };
            let mut best = read(at, &matches);
            // Words around it were asked for: what begins where it begins is better where it reaches further.
            if let Some(found) = best.as_ref().filter(|found| found.tokens.start > at) {
                let start = found.tokens.start;
                lexicon
                    .automaton
                    .matches(start, atoms, &mut room, &mut matches);
                let other = read(start, &matches);
                best = other
                    .filter(|other| other.tokens.end > found.tokens.end)
                    .or(best);
            }
            at += 1;
            if let Some(best) = best {
                at = best.tokens.end.max(at);
                found.push(best);
            }
        }
    }
    found.retain(|found| found.action != Action::Nothing);
    found
}

/// What a match reads as; none where a guard does not hold.
fn expression<'t>(
    words: &Fine,
    lexicon: &'t TimeLexicon,
    at: usize,
    found: Match,
    before: Option<&Range<usize>>,
    atoms: &impl Fn(usize) -> &'t [Atom],
) -> Option<Expression> {
    let rule = lexicon.grammar.rules.get(found.rule)?;
    let captures = captures(&rule.pattern, at..found.end, atoms)?;
    let all = at..found.end;
    let hold = lexicon.guards[found.rule]
        .iter()
        .all(|guard| guard.holds(words, &all, &captures.span, before));
    let term = Term::new(words, &lexicon.grammar, rule, &captures).filter(|_| hold)?;
    Some(Expression {
        tokens: captures.span,
        rule: found.rule,
        action: lexicon.actions[found.rule],
        term,
    })
}

/// As the ledger keeps it.
fn time_expr(
    words: &Fine,
    found: &Expression,
    grounded: ground::Grounded,
    quoted: bool,
) -> TimeExpr {
    // Days before the first year are of a calendar that nobody used.
    let given = |day: Option<Date>| day.filter(|day| day.year() >= 1);
    let (earliest, latest) = (given(grounded.days.0), given(grounded.days.1));
    TimeExpr {
        span: words.span(found.tokens.clone()),
        kind: grounded.kind,
        value: grounded.value,
        modifier: grounded.modifier,
        earliest,
        latest,
        anchor: match (grounded.relative, quoted) {
            (false, _) => Anchor::None,
            (true, true) => Anchor::Claim,
            (true, false) => Anchor::Document,
        },
    }
}
