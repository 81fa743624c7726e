//! The automaton of all patterns at once, and the slots of one that has matched.
//!
//! Each place of a pattern where a word is asked for is a state (Glushkov, "The abstract theory of automata", 1961). From a token on, the
//! states that can be in force are followed all together; the longest match counts, and of equally long ones the rule that stands first.
//! Patterns do not repeat, so a match ends after a bounded number of tokens and reading is linear.

use super::grammar::{Atom, Pattern};
use std::ops::Range;

/// A pattern that has matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) rule: usize,
    /// The token after the last.
    pub(crate) end: usize,
}

#[derive(Debug, Clone, Default)]
struct State {
    atom: Atom,
    /// The rule that is complete here.
    accepts: Option<u32>,
    follow: Vec<u32>,
}

/// All patterns, compiled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Automaton {
    states: Vec<State>,
    /// By atom: the states in which a pattern begins.
    begin: Vec<Vec<u32>>,
}

/// States in force; kept between searches.
#[derive(Debug, Default)]
pub(crate) struct Room {
    now: Vec<u32>,
    next: Vec<u32>,
    /// By state: the step at which it came into force last.
    seen: Vec<u32>,
    step: u32,
}

/// What a pattern part begins with and ends with.
struct Ends {
    empty: bool,
    first: Vec<u32>,
    last: Vec<u32>,
}

impl Automaton {
    pub(crate) fn new<'p>(patterns: impl Iterator<Item = &'p Pattern>, atoms: usize) -> Self {
        let mut automaton = Self {
            states: Vec::new(),
            begin: vec![Vec::new(); atoms],
        };
        for (rule, pattern) in (0u32..).zip(patterns) {
            let ends = automaton.add(pattern);
            for state in ends.first {
                let atom = automaton.states[state as usize].atom;
                automaton.begin[usize::from(atom)].push(state);
            }
            for state in ends.last {
                automaton.states[state as usize].accepts = Some(rule);
            }
        }
        automaton
    }

    fn add(&mut self, pattern: &Pattern) -> Ends {
        let nothing = || Ends {
            empty: true,
            first: Vec::new(),
            last: Vec::new(),
        };
        match pattern {
            Pattern::Begin | Pattern::End => nothing(),
            Pattern::Atom(atom) => {
                let state = u32::try_from(self.states.len()).unwrap_or(u32::MAX);
                self.states.push(State {
                    atom: *atom,
                    ..State::default()
                });
                Ends {
                    empty: false,
                    first: vec![state],
                    last: vec![state],
                }
            }
            Pattern::Slot { of, .. } => self.add(of),
            Pattern::Maybe(of) => Ends {
                empty: true,
                ..self.add(of)
            },
            Pattern::Either(ways) => {
                let mut whole = Ends {
                    empty: false,
                    ..nothing()
                };
                for way in ways {
                    let ends = self.add(way);
                    whole.empty |= ends.empty;
                    whole.first.extend(ends.first);
                    whole.last.extend(ends.last);
                }
                whole
            }
            Pattern::Row(parts) => {
                let mut whole = nothing();
                for part in parts {
                    let ends = self.add(part);
                    for last in &whole.last {
                        self.states[*last as usize].follow.extend(&ends.first);
                    }
                    if whole.empty {
                        whole.first.extend(&ends.first);
                    }
                    if ends.empty {
                        whole.last.extend(ends.last);
                    } else {
                        whole.last = ends.last;
                    }
                    whole.empty &= ends.empty;
                }
                whole
            }
        }
    }

    /// The matches that begin at a token, each longer than the one before it, into `found`; of equally long ones the first rule's comes
    /// last. `atoms` gives the classes of a token.
    pub(crate) fn matches<'t>(
        &self,
        at: usize,
        atoms: impl Fn(usize) -> &'t [Atom],
        room: &mut Room,
        found: &mut Vec<Match>,
    ) {
        found.clear();
        room.now.clear();
        for atom in atoms(at) {
            room.now.extend(&self.begin[usize::from(*atom)]);
        }
        room.seen.resize(self.states.len(), 0);
        let mut end = at;
        while !room.now.is_empty() {
            end += 1;
            let first = found.len();
            for state in &room.now {
                if let Some(rule) = self.states[*state as usize].accepts {
                    found.push(Match {
                        rule: rule as usize,
                        end,
                    });
                }
            }
            found[first..].sort_unstable_by_key(|found| std::cmp::Reverse(found.rule));
            room.advance(&self.states, atoms(end));
        }
    }
}

impl Room {
    fn advance(&mut self, states: &[State], atoms: &[Atom]) {
        self.next.clear();
        if self.step == u32::MAX {
            self.seen.fill(0);
            self.step = 0;
        }
        self.step += 1;
        if !atoms.is_empty() {
            for state in &self.now {
                for next in &states[*state as usize].follow {
                    let seen = &mut self.seen[*next as usize];
                    if *seen != self.step && atoms.contains(&states[*next as usize].atom) {
                        *seen = self.step;
                        self.next.push(*next);
                    }
                }
            }
        }
        std::mem::swap(&mut self.now, &mut self.next);
    }
}

/// What a match holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Captures<'p> {
    /// Slots in the order of the words: name, fixed value, words.
    pub(crate) slots: Vec<(&'p str, Option<&'p str>, Range<usize>)>,
    /// The expression without the words around it.
    pub(crate) span: Range<usize>,
}

/// The slots of a pattern that is known to match the tokens; none where it does not after all.
pub(crate) fn captures<'p, 't>(
    pattern: &'p Pattern,
    tokens: Range<usize>,
    atoms: impl Fn(usize) -> &'t [Atom],
) -> Option<Captures<'p>> {
    let mut walk = Walk {
        atoms,
        end: tokens.end,
        captures: Captures {
            slots: Vec::new(),
            span: tokens.clone(),
        },
    };
    walk.go(vec![Todo::Pattern(pattern)], tokens.start)
        .then_some(walk.captures)
}

#[derive(Clone, Copy)]
enum Todo<'p> {
    Pattern(&'p Pattern),
    /// A slot is complete: name, fixed value, first token.
    Close(&'p str, Option<&'p str>, usize),
}

struct Walk<'p, F> {
    atoms: F,
    end: usize,
    captures: Captures<'p>,
}

impl<'p, 't, F: Fn(usize) -> &'t [Atom]> Walk<'p, F> {
    /// Whether what is to be done, the last first, matches from a token to the end.
    fn go(&mut self, mut todo: Vec<Todo<'p>>, at: usize) -> bool {
        let Some(next) = todo.pop() else {
            return at == self.end;
        };
        match next {
            Todo::Close(name, value, from) => {
                self.captures.slots.push((name, value, from..at));
                self.go(todo, at)
            }
            Todo::Pattern(Pattern::Begin) => {
                self.captures.span.start = at;
                self.go(todo, at)
            }
            Todo::Pattern(Pattern::End) => {
                self.captures.span.end = at;
                self.go(todo, at)
            }
            Todo::Pattern(Pattern::Atom(atom)) => {
                at < self.end && (self.atoms)(at).contains(atom) && self.go(todo, at + 1)
            }
            Todo::Pattern(Pattern::Row(parts)) => {
                todo.extend(parts.iter().rev().map(Todo::Pattern));
                self.go(todo, at)
            }
            Todo::Pattern(Pattern::Maybe(of)) => {
                let mut with = todo.clone();
                with.push(Todo::Pattern(of));
                self.try_way(with, at) || self.go(todo, at)
            }
            Todo::Pattern(Pattern::Either(ways)) => ways.iter().any(|way| {
                let mut with = todo.clone();
                with.push(Todo::Pattern(way));
                self.try_way(with, at)
            }),
            Todo::Pattern(Pattern::Slot { name, value, of }) => {
                todo.push(Todo::Close(name, value.as_deref(), at));
                todo.push(Todo::Pattern(of));
                self.go(todo, at)
            }
        }
    }

    /// As `go`; what it has kept is dropped where it does not match.
    fn try_way(&mut self, todo: Vec<Todo<'p>>, at: usize) -> bool {
        let slots = self.captures.slots.len();
        let span = self.captures.span.clone();
        let matched = self.go(todo, at);
        if !matched {
            self.captures.slots.truncate(slots);
            self.captures.span = span;
        }
        matched
    }
}
