//! The grammar of `lexicon/times.txt`: classes of words, phrases made of them, and rules made of both.
//!
//! A pattern is a row of elements with blanks between them:
//!
//! | element | stands for |
//! |---|---|
//! | `ago` | the word |
//! | `$month` | a word of a class, or a phrase |
//! | `{month}` | the same, kept in the slot of that name |
//! | `{to: $count}` | a pattern, kept in a slot |
//! | `{mod START: early}` | a pattern for which the slot gets a fixed value |
//! | `( a \| b )`, `[ a ]` | one of several; one or nothing |
//! | `<`, `>` | where the expression begins and ends, if words around it are asked for too |
//!
//! It does not know what a rule means; patterns have no repetition, so each ends after some tokens.

use crate::knowledge::lines;
use std::collections::HashMap;

/// A word or a class of words, as a number.
pub(crate) type Atom = u16;

/// A pattern.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Pattern {
    Atom(Atom),
    Row(Vec<Pattern>),
    Either(Vec<Pattern>),
    Maybe(Box<Pattern>),
    Slot {
        name: String,
        /// The value where it is fixed; otherwise the words say it.
        value: Option<String>,
        of: Box<Pattern>,
    },
    Begin,
    End,
}

/// A rule as it is written.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) pattern: Pattern,
    /// What is made of the slots.
    pub(crate) action: String,
    /// Slots that are the same for whatever the rule matches.
    pub(crate) fixed: Vec<(String, String)>,
    /// What else must hold.
    pub(crate) guards: Vec<String>,
    /// Texts in which it is the rule that fires, with value and mod.
    pub(crate) examples: Vec<(String, String)>,
    /// Texts in which it does not fire.
    pub(crate) counterexamples: Vec<String>,
}

/// The parsed file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grammar {
    pub(crate) rules: Vec<Rule>,
    /// Words and classes by name: a word as it is, a class with `$` before it.
    atoms: HashMap<String, Atom>,
    /// Classes of a word, the word's own atom among them.
    words: HashMap<String, Vec<Atom>>,
    /// What a word means in a class.
    values: HashMap<(Atom, String), String>,
    phrases: HashMap<String, Pattern>,
}

impl Grammar {
    /// Parses the file; a line that cannot be read becomes a problem. `shapes` are classes that words have by their letters.
    pub(crate) fn parse(file: &str, shapes: &[&str], problems: &mut Vec<String>) -> Self {
        let mut grammar = Self::default();
        for shape in shapes {
            grammar.atom(&format!("${shape}"));
        }
        for (word, class) in crate::numbers::words() {
            let class = grammar.atom(&format!("${class}"));
            grammar.word(word, class);
        }
        let mut section = "";
        for (number, line) in lines(file) {
            let read = match line
                .strip_prefix('[')
                .and_then(|line| line.strip_suffix(']'))
            {
                Some(name) if matches!(name, "words" | "phrases" | "rules") => {
                    section = name;
                    Ok(())
                }
                _ => match section {
                    "words" => grammar.class(line),
                    "phrases" => grammar.phrase(line),
                    _ => grammar.rule(line),
                },
            };
            if let Err(what) = read {
                problems.push(format!("times.txt line {number}: {what}"));
            }
        }
        grammar
    }

    /// How many atoms there are.
    pub(crate) fn atoms(&self) -> usize {
        self.atoms.len()
    }

    /// The number of a class.
    pub(crate) fn class_atom(&self, class: &str) -> Option<Atom> {
        self.atoms.get(&format!("${class}")).copied()
    }

    /// The word itself and its classes; nothing for a word that no rule knows.
    pub(crate) fn of(&self, word: &str) -> &[Atom] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a word is of a class.
    pub(crate) fn is(&self, word: &str, class: &str) -> bool {
        self.class_atom(class)
            .is_some_and(|class| self.of(word).contains(&class))
    }

    /// What a word means in a class.
    pub(crate) fn value(&self, class: &str, word: &str) -> Option<&str> {
        let class = self.class_atom(class)?;
        let found = self.values.get(&(class, word.to_owned()))?;
        Some(found)
    }

    /// Gives every word the classes that it has besides those of the file.
    pub(crate) fn add_classes<'c>(&mut self, classes: impl Fn(&str) -> &'c [Atom]) {
        for (word, atoms) in &mut self.words {
            for atom in classes(word) {
                if !atoms.contains(atom) {
                    atoms.push(*atom);
                }
            }
        }
    }

    fn atom(&mut self, name: &str) -> Atom {
        let next = Atom::try_from(self.atoms.len()).unwrap_or(Atom::MAX);
        *self.atoms.entry(name.to_owned()).or_insert(next)
    }

    fn word(&mut self, word: &str, atom: Atom) {
        let atoms = self.words.entry(word.to_owned()).or_default();
        if !atoms.contains(&atom) {
            atoms.push(atom);
        }
    }

    /// `month 1: january jan`.
    fn class(&mut self, line: &str) -> Result<(), String> {
        let (head, words) = line.split_once(':').ok_or("a class without “:”")?;
        let (class, value) = match head.split_once(' ') {
            Some((class, value)) => (class, Some(value.trim())),
            None => (head, None),
        };
        let class = self.atom(&format!("${class}"));
        for word in words.split_whitespace() {
            self.word(word, class);
            if let Some(value) = value {
                self.values
                    .insert((class, word.to_owned()), value.to_owned());
            }
        }
        Ok(())
    }

    /// `hedge = {mod APPROX: about | around}`.
    fn phrase(&mut self, line: &str) -> Result<(), String> {
        let (name, pattern) = line.split_once(" = ").ok_or("a phrase without “=”")?;
        let pattern = self.pattern(pattern)?;
        self.phrases.insert(name.trim().to_owned(), pattern);
        Ok(())
    }

    /// `name: pattern => action slot=value if guard`, or an example of the rule before.
    fn rule(&mut self, line: &str) -> Result<(), String> {
        if let Some(example) = line.strip_prefix("+ ") {
            let rule = self
                .rules
                .last_mut()
                .ok_or("an example before the first rule")?;
            let (text, value) = example
                .split_once(" -> ")
                .ok_or("an example without “->”")?;
            rule.examples
                .push((text.trim().to_owned(), value.trim().to_owned()));
            return Ok(());
        }
        if let Some(text) = line.strip_prefix("- ") {
            let rule = self
                .rules
                .last_mut()
                .ok_or("an example before the first rule")?;
            rule.counterexamples.push(text.trim().to_owned());
            return Ok(());
        }
        let (name, rest) = line.split_once(": ").ok_or("a rule without “:”")?;
        let (pattern, meaning) = rest.rsplit_once("=>").ok_or("a rule without “=>”")?;
        let (meaning, guards) = meaning.split_once(" if ").unwrap_or((meaning, ""));
        let mut words = meaning.split_whitespace();
        let action = words.next().ok_or("a rule without an action")?.to_owned();
        let fixed = words
            .map(|word| word.split_once('=').ok_or("a value without “=”"))
            .map(|pair| pair.map(|(slot, value)| (slot.to_owned(), value.to_owned())))
            .collect::<Result<_, _>>()?;
        let pattern = self.pattern(pattern)?;
        self.rules.push(Rule {
            name: name.trim().to_owned(),
            pattern,
            action,
            fixed,
            guards: guards.split_whitespace().map(str::to_owned).collect(),
            examples: Vec::new(),
            counterexamples: Vec::new(),
        });
        Ok(())
    }

    fn pattern(&mut self, text: &str) -> Result<Pattern, String> {
        let spaced = text.chars().fold(
            String::with_capacity(text.len() * 2),
            |mut spaced, letter| {
                if "[](){}<>|".contains(letter) {
                    spaced.extend([' ', letter, ' ']);
                } else {
                    spaced.push(letter);
                }
                spaced
            },
        );
        let mut elements = spaced.split_whitespace().peekable();
        let pattern = self.either(&mut elements)?;
        match elements.next() {
            None => Ok(pattern),
            Some(left) => Err(format!("“{left}” closes nothing")),
        }
    }

    /// Rows with `|` between them, up to a closing mark.
    fn either<'t>(
        &mut self,
        elements: &mut std::iter::Peekable<impl Iterator<Item = &'t str>>,
    ) -> Result<Pattern, String> {
        let mut rows = vec![Vec::new()];
        while let Some(element) = elements.next_if(|element| !matches!(*element, ")" | "]" | "}")) {
            if element == "|" {
                rows.push(Vec::new());
                continue;
            }
            let part = self.element(element, elements)?;
            if let Some(row) = rows.last_mut() {
                row.push(part);
            }
        }
        if rows.iter().any(Vec::is_empty) {
            return Err("an empty pattern".to_owned());
        }
        let mut rows: Vec<Pattern> = rows.into_iter().map(row).collect();
        Ok(match rows.len() {
            1 => rows.remove(0),
            _ => Pattern::Either(rows),
        })
    }

    fn element<'t>(
        &mut self,
        element: &str,
        rest: &mut std::iter::Peekable<impl Iterator<Item = &'t str>>,
    ) -> Result<Pattern, String> {
        let mut closed = |grammar: &mut Self, by: &str| {
            let inner = grammar.either(rest)?;
            match rest.next() {
                Some(mark) if mark == by => Ok(inner),
                _ => Err(format!("no “{by}”")),
            }
        };
        match element {
            "(" => closed(self, ")"),
            "[" => Ok(Pattern::Maybe(Box::new(closed(self, "]")?))),
            "<" => Ok(Pattern::Begin),
            ">" => Ok(Pattern::End),
            "{" => self.slot(rest),
            _ => match element.strip_prefix('$') {
                Some(name) => self.named(name),
                None => {
                    let atom = self.atom(element);
                    self.word(element, atom);
                    Ok(Pattern::Atom(atom))
                }
            },
        }
    }

    /// What stands in braces, the opening one taken.
    fn slot<'t>(
        &mut self,
        rest: &mut std::iter::Peekable<impl Iterator<Item = &'t str>>,
    ) -> Result<Pattern, String> {
        let mut name = rest.next().ok_or("no “}”")?.to_owned();
        let mut value = None;
        let of = if rest.next_if_eq(&"}").is_some() {
            return Ok(Pattern::Slot {
                of: Box::new(self.named(&name)?),
                name,
                value,
            });
        } else {
            if !name.ends_with(':') {
                let fixed = rest.next().and_then(|word| word.strip_suffix(':'));
                value = Some(fixed.ok_or("a slot without “:”")?.to_owned());
            }
            name = name.trim_end_matches(':').to_owned();
            self.either(rest)?
        };
        match rest.next() {
            Some("}") => Ok(Pattern::Slot {
                name,
                value,
                of: Box::new(of),
            }),
            _ => Err("no “}”".to_owned()),
        }
    }

    /// A class or a phrase.
    fn named(&self, name: &str) -> Result<Pattern, String> {
        if let Some(phrase) = self.phrases.get(name) {
            return Ok(phrase.clone());
        }
        self.class_atom(name)
            .map(Pattern::Atom)
            .ok_or_else(|| format!("neither a class nor a phrase is called “{name}”"))
    }
}

fn row(mut parts: Vec<Pattern>) -> Pattern {
    match parts.len() {
        1 => parts.remove(0),
        _ => Pattern::Row(parts),
    }
}
