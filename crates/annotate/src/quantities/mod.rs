//! Quantities: a number or a vague word with its hedge, what it counts, what befell those counted, and what it covers.
//!
//! Low, best and high follow from `quantities.txt`. Whose figure it is, the claims know; what a time is, `times`.

mod amounts;
mod apart;
mod effects;
mod lexicon;
mod looks;
mod nouns;
mod people;
mod plurals;
mod scopes;
mod shares;

pub(crate) use lexicon::QuantityLexicon;

use crate::fine::Fine;
use crate::knowledge::Knowledge;
use crate::{Effect, Hedge, Quantity, Scope, TimeExpr};
use amounts::Amount;
use lexicon::{Bound, EffectRole, EffectWord};
use std::ops::Range;

/// Tokens to each side of a word that are looked at for what belongs to it: longer sentences are read in windows, so that
/// time grows with the text alone.
const REACH: usize = 60;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Person,
    /// Families: bodies of people, counted one by one.
    Household,
    Thing,
    /// Nothing is named; the sentence may tell.
    Open,
    /// Money, percent, distance and the like.
    Measure,
}

/// A quantity as it is read.
#[derive(Debug, Clone)]
struct Figure {
    /// From the first word of the hedge to the counted noun.
    tokens: Range<usize>,
    /// The first word of the number itself.
    number: usize,
    amount: Amount,
    hedge: Hedge,
    /// The head of the counted noun.
    noun: Option<usize>,
    kind: Kind,
    /// Of a measure.
    unit: Option<String>,
    effect: Option<Effect>,
    scope: Scope,
    part: bool,
}

impl Figure {
    /// A figure of which nothing is known but its words.
    fn new(
        tokens: Range<usize>,
        amount: Amount,
        hedge: Hedge,
        noun: Option<usize>,
        kind: Kind,
    ) -> Self {
        Self {
            number: tokens.start,
            tokens,
            amount,
            hedge,
            noun,
            kind,
            unit: None,
            effect: None,
            scope: Scope::Unknown,
            part: false,
        }
    }

    /// The word by which the figure stands in the tree.
    fn anchor(&self) -> usize {
        self.noun.unwrap_or(self.number)
    }

    /// Whether what befell people is asked of it.
    fn is_of_people(&self) -> bool {
        matches!(self.kind, Kind::Person | Kind::Household | Kind::Open)
    }
}

/// What quantities are read with.
struct Reader<'r> {
    words: &'r Fine<'r>,
    knowledge: &'r Knowledge,
    lexicon: &'r QuantityLexicon,
    times: &'r [TimeExpr],
}

/// Every quantity of a document, in order. Linear in its length.
pub(crate) fn quantities(words: &Fine, knowledge: &Knowledge, times: &[TimeExpr]) -> Vec<Quantity> {
    let reader = Reader {
        words,
        knowledge,
        lexicon: &knowledge.quantities,
        times,
    };
    let mut found = Vec::new();
    let mut before = Vec::new();
    for sentence in &words.segments.sentences {
        let sentence = sentence.first as usize..sentence.last as usize;
        let mut figures = reader.figures(&sentence);
        reader.take_up(&sentence, &mut figures, &before);
        found.extend(figures.iter().map(|figure| reader.quantity(figure)));
        before = figures;
    }
    found
}

impl<'r> Reader<'r> {
    /// The quantities of a sentence.
    fn figures(&self, sentence: &Range<usize>) -> Vec<Figure> {
        let mut figures = Vec::new();
        let mut effect_words = false;
        let mut at = sentence.start;
        while at < sentence.end {
            let classes = self.lexicon.classes(self.words.lower(at));
            effect_words |= classes & lexicon::EFFECT_WORD != 0;
            at = match self.figure_at(at, classes, sentence, &figures) {
                Some((figure, end)) => {
                    figures.extend(figure);
                    end.max(at + 1)
                }
                None => at + 1,
            };
        }
        if effect_words {
            self.add_plurals(sentence, &mut figures);
        }
        if figures.is_empty() {
            return figures;
        }
        self.set_effects(sentence, &mut figures);
        self.share(sentence, &mut figures);
        figures.retain(|figure| self.is_kept(sentence, figure));
        self.set_parts(sentence, &mut figures);
        self.set_scopes(sentence, &mut figures);
        figures
    }

    /// The word at a token, in lower case.
    fn lower(&self, token: usize) -> &'r str {
        self.words.lower(token)
    }

    fn classes(&self, token: usize) -> u64 {
        self.lexicon.classes(self.words.lower(token))
    }

    fn is(&self, token: usize, classes: u64) -> bool {
        self.classes(token) & classes != 0
    }

    /// What a token says befell somebody.
    fn effects(&self, token: usize) -> &'r [EffectWord] {
        self.lexicon.effects(self.lower(token))
    }

    /// Whether a token is a word of effect that stands so to those counted.
    fn has_role(&self, token: usize, role: &EffectRole) -> bool {
        self.effects(token).iter().any(|found| found.role == *role)
    }

    fn is_noun(&self, token: usize) -> bool {
        self.words.xpos(token).starts_with("NN")
    }

    /// Whether a token lies in a time expression.
    fn in_time(&self, token: usize) -> bool {
        let span = self.words.span(token..token + 1);
        let index = self
            .times
            .partition_point(|time| time.span.end <= span.start);
        let time = self.times.get(index);
        time.is_some_and(|time| time.span.overlaps(span))
    }

    /// The tokens of a sentence near a token.
    fn near(sentence: &Range<usize>, token: usize) -> Range<usize> {
        let start = sentence.start.max(token.saturating_sub(REACH));
        start..sentence.end.min(token + REACH).max(start)
    }

    fn quantity(&self, figure: &Figure) -> Quantity {
        let rule = self
            .lexicon
            .rule(figure.hedge, figure.kind == Kind::Measure);
        let [low, best, high] = rule.map(|bound| figure.amount.bound(bound));
        let noun = figure.noun.map_or("", |noun| self.lower(noun));
        Quantity {
            span: self.words.span(figure.tokens.clone()),
            low,
            best,
            high,
            hedge: figure.hedge,
            unit: figure.unit.clone().unwrap_or_else(|| {
                let is_person = matches!(figure.kind, Kind::Person | Kind::Open);
                if is_person { "person" } else { "count" }.to_owned()
            }),
            noun: noun.to_owned(),
            effect: figure.effect,
            scope: figure.scope,
            part: figure.part,
        }
    }
}

impl Amount {
    /// What a bound of a rule is of this number.
    fn bound(&self, bound: Bound) -> Option<f64> {
        match bound {
            Bound::Open => None,
            Bound::Zero => Some(0.0),
            Bound::Second => self.second.map(|second| second.value),
            Bound::Number(factor, plus, halves) => {
                let first = self.first.value;
                let half = (self.first.step / 2.0).max(first / 20.0);
                Some((first * factor + plus + half * halves).max(0.0))
            }
        }
        .filter(|value| value.is_finite())
    }
}
