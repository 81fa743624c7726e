//! From what each expression is seen: the document's day, the day on which quoted words were said, or what was told before.
//!
//! A report hangs on its own day; a history runs from date to date. Which of both a document is shows in its expressions: a history
//! dates by the year and hardly ever says "today".

use super::ground::{Direction, Scene, ground as ground_term};
use super::place::Place;
use super::term::{Action, Term, Unit, Which, Year};
use super::{Expression, TimeLexicon, direction, time_expr};
use crate::TimeExpr;
use crate::fine::Fine;
use jiff::civil::Date;
use text::Span;

/// How many expressions with a year make a history.
const DATED: usize = 4;

/// Most sentences from a quarter told to "a year ago".
const QUARTER_REACH: usize = 6;

/// What has been told so far.
#[derive(Debug, Clone, Copy, Default)]
struct Told {
    /// The last place, and whether its year was said or follows from one that was.
    last: Option<(Place, bool)>,
    /// The last quarter, and its sentence.
    quarter: Option<(Place, usize)>,
    /// Where in the calendar the text is: the last place whose year was said or follows from one that was; and its sentence.
    thread: Option<(Place, usize)>,
    /// A place far from the thread: a look aside, or the thread's next turn.
    aside: Option<Place>,
}

impl Told {
    /// Takes in a place; `begins` says that it begins its sentence.
    fn add(&mut self, place: Place, dated: bool, sentence: usize, begins: bool) {
        self.last = Some((place, dated));
        if !dated {
            return;
        }
        let near = |other: Place| (other.year() - place.year()).abs() <= 1;
        let joins = self.thread.is_none_or(|(thread, _)| near(thread));
        if joins || begins || self.aside.is_some_and(near) {
            self.thread = Some((place, sentence));
            self.aside = None;
        } else {
            self.aside = Some(place);
        }
    }
}

/// Grounds the expressions of a document.
pub(super) fn ground(
    words: &Fine,
    quotes: &[Span],
    lexicon: &TimeLexicon,
    day: Option<Date>,
    found: &[Expression],
) -> Vec<TimeExpr> {
    let story = is_story(found, day);
    let mut times: Vec<Option<TimeExpr>> = vec![None; found.len()];
    let mut told = Told::default();
    let mut first = 0;
    while first < found.len() {
        let sentence = words.sentence_of(found[first].tokens.start);
        let begin = words.segments.sentences[sentence].first as usize;
        let here = found[first..]
            .iter()
            .take_while(|one| words.sentence_of(one.tokens.start) == sentence);
        let last = first + here.count().max(1);
        // Outside quotation marks first: there stands when the words in them were said.
        let mut said = None;
        for pass in [false, true] {
            for (number, expression) in found.iter().enumerate().take(last).skip(first) {
                let quoted = is_quoted(quotes, words.span(expression.tokens.clone()));
                if quoted != pass {
                    continue;
                }
                // In a report only what is dated in the same sentence carries on.
                let thread = told.thread.filter(|(_, at)| story || *at == sentence);
                let quarter = told
                    .quarter
                    .filter(|(_, at)| at + QUARTER_REACH >= sentence);
                let scene = Scene {
                    day: if quoted { said.or(day) } else { day },
                    told: told.last.map(|(place, _)| place),
                    thread: thread.map(|(place, _)| place),
                    story,
                    direction: if needs_direction(expression) {
                        direction::direction(words, &lexicon.grammar, &expression.tokens)
                    } else {
                        Direction::Back
                    },
                    quarter: quarter.map(|(place, _)| place),
                };
                let (action, term) = (expression.action, &expression.term);
                let mut grounded = ground_term(action, term, &scene);
                // What comes out the same without the day, from dates that were told, does not rest on it.
                if grounded.relative && told.last.is_some_and(|(_, dated)| dated) {
                    let dayless = Scene { day: None, ..scene };
                    let again = ground_term(action, term, &dayless);
                    grounded.relative = again.value.is_none() || again.value != grounded.value;
                }
                if let Some(place) = grounded.place.filter(|_| !quoted) {
                    let is_quarter = place.unit() == Unit::Quarter;
                    if is_quarter && expression.action == Action::Calendar {
                        told.quarter = Some((place, sentence));
                    }
                    // The document's own day is a date line or stamp: what is told there is still seen from it.
                    let is_stamp = day.is_some_and(|day| place == Place::Day(day));
                    let dated = !grounded.relative && !is_stamp || thread.is_some();
                    told.add(place, dated, sentence, expression.tokens.start < begin + 4);
                    if let Place::Day(day) = place {
                        said = Some(day);
                    }
                }
                times[number] = Some(time_expr(words, expression, grounded, quoted));
            }
        }
        first = last;
    }
    times.into_iter().flatten().collect()
}

fn is_quoted(quotes: &[Span], span: Span) -> bool {
    let after = quotes.partition_point(|quote| quote.start <= span.start);
    let quote = after.checked_sub(1).map(|index| quotes[index]);
    quote.is_some_and(|quote| span.end <= quote.end)
}

/// Whether which way it goes is left to the words around it.
fn needs_direction(expression: &Expression) -> bool {
    let term = &expression.term;
    match expression.action {
        Action::Calendar => term.which.is_none() && term.year.is_none(),
        Action::Unit => term.unit == Some(Unit::Weekend),
        _ => false,
    }
}

/// Whether the document runs from date to date, away from its own day.
fn is_story(found: &[Expression], day: Option<Date>) -> bool {
    let years: Vec<i16> = found
        .iter()
        .filter_map(|one| match one.term.year {
            Some(Year::Full(year)) => Some(year),
            _ => None,
        })
        .collect();
    let near = |year: &i16| day.is_some_and(|day| (day.year() - year).abs() <= 1);
    let far = years.iter().filter(|year| !near(year)).count();
    let now = found
        .iter()
        .filter(|one| hangs_on_day(one.action, &one.term))
        .count();
    years.len() >= DATED && far * 2 > years.len() && far > now * 2
}

/// Whether an expression is seen from the day of writing: "today", "last week", "on Friday".
fn hangs_on_day(action: Action, term: &Term) -> bool {
    match action {
        Action::Shift => !term.told,
        Action::Unit => matches!(term.which, Some(Which::Last | Which::This | Which::Next)),
        Action::Calendar => term.is_bare_weekday(),
        _ => false,
    }
}
