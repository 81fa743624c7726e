//! Numbers with their hedges: where a figure begins, what number it says, and between which bounds.
//!
//! It does not know what is counted.

use super::lexicon::{self, Vague, VaguePlace};
use super::{Figure, Kind, Reader};
use crate::Hedge;
use crate::numbers::{self, Number, number_at};
use std::ops::Range;
use text::TokenKind;

/// Words with which a figure may begin.
const BEGINNINGS: u64 =
    lexicon::NUMBER_START | lexicon::VAGUE_START | lexicon::ZERO_START | lexicon::SYMBOL;

/// A number as it is said; two of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    pub(super) first: Number,
    pub(super) second: Option<Number>,
}

impl Amount {
    pub(super) fn of(value: f64) -> Self {
        Self {
            first: Number::of(value),
            second: None,
        }
    }
}

/// A number, its sign of money, and where it ends.
pub(super) struct Core {
    amount: Amount,
    /// The first word of the number or of the sign before it.
    start: usize,
    end: usize,
    vague: Option<Vague>,
    sign: Option<usize>,
}

impl Reader<'_> {
    /// The figure that begins or whose number begins at a token, and the token after it; no figure where the number counts nothing.
    pub(super) fn figure_at(
        &self,
        at: usize,
        classes: u64,
        sentence: &Range<usize>,
        before: &[Figure],
    ) -> Option<(Option<Figure>, usize)> {
        let is_number = self.words.kind(at) == Some(TokenKind::Number);
        let may_begin = is_number || classes & BEGINNINGS != 0;
        if !may_begin || self.in_time(at) {
            return None;
        }
        if classes & lexicon::ZERO_START != 0
            && let Some(figure) = self.zero_at(at, sentence)
        {
            let end = figure.tokens.end;
            return Some((Some(figure), end));
        }
        let floor = before.last().map_or(sentence.start, |last| last.tokens.end);
        let core = self.core_at(at, sentence)?;
        let end = core.end;
        if end > sentence.end || self.is_no_number(&core.range(), sentence) {
            return Some((None, self.after_chain(end, sentence)));
        }
        match self.figure(core, floor, sentence) {
            Some(figure) => {
                let end = figure.tokens.end;
                Some((Some(figure), end))
            }
            None => Some((None, end)),
        }
    }

    /// The figure of a number: with its hedge and its noun.
    fn figure(&self, core: Core, floor: usize, sentence: &Range<usize>) -> Option<Figure> {
        let lower = |token| self.lower(token);
        let (mut hedge, start) = self.hedges_before(&core, floor);
        let mut end = core.end;
        if let Some((found, after)) = self.lexicon.hedge_after(end, lower) {
            hedge = bounding(found, hedge);
            end = after;
        } else if self.lower(end) == "+" && self.words.is_near(end) && !self.words.is_near(end + 1)
        {
            hedge = Hedge::MoreThan;
            end += 1;
        }
        let counted = self.counted(&core, end, sentence)?;
        let mut end = counted.end;
        if let Some((found, after)) = self.lexicon.hedge_after(end, lower)
            && after <= sentence.end
            && self.closes(after, sentence)
        {
            hedge = bounding(found, hedge);
            end = after;
        }
        if core.vague.is_some() {
            hedge = Hedge::Vague;
        } else if core.amount.second.is_some() {
            hedge = Hedge::Range;
        }
        let figure = Figure {
            number: core.start + usize::from(core.sign == Some(core.start)),
            unit: counted.unit,
            ..Figure::new(start..end, core.amount, hedge, counted.noun, counted.kind)
        };
        (!self.looks_alike(&figure, &core.range())).then_some(figure)
    }

    /// Whether a hedge behind a noun ends there: "40 people or more", but "three men or more women".
    fn closes(&self, after: usize, sentence: &Range<usize>) -> bool {
        after >= sentence.end
            || !matches!(
                self.words.xpos(after),
                "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "CD" | "DT" | "VBG" | "PRP"
            )
    }

    /// A number, a vague word or a sum of money.
    fn core_at(&self, at: usize, sentence: &Range<usize>) -> Option<Core> {
        if self.is(at, lexicon::SYMBOL) {
            return self.money_at(at);
        }
        if let Some(vague) = self.lexicon.vague(at, |token| self.lower(token)) {
            return self.vague_core(at, vague);
        }
        let (first, end) = number_at(self.words, at)?;
        if first.value < 0.0 || !first.value.is_finite() {
            return None;
        }
        let (amount, end) = self.with_second(at, first, end, sentence);
        Some(Core {
            amount,
            start: at,
            end,
            vague: None,
            sign: None,
        })
    }

    /// "$3 million", "€20bn", "US$ 5".
    fn money_at(&self, sign: usize) -> Option<Core> {
        let lower = |token| self.lower(token);
        let unit = self.lexicon.unit(sign, lower)?;
        let at = sign + unit.words;
        if self.words.kind(at) != Some(TokenKind::Number) && !self.is(at, lexicon::NUMBER_START) {
            return None;
        }
        let (first, end) = number_at(self.words, at)?;
        let (mut amount, mut end) = self.with_second(at, first, end, &(at..usize::MAX));
        let scale = match self.lower(end) {
            "m" => 1e6,
            "b" => 1e9,
            "k" => 1e3,
            _ => 1.0,
        };
        if scale > 1.0 {
            amount.first = amount.first.times(scale);
            amount.second = amount.second.map(|second| second.times(scale));
            end += 1;
        }
        Some(Core {
            amount,
            start: sign,
            end,
            vague: None,
            sign: Some(sign),
        })
    }

    /// A vague word with its scale: "several hundred", "tens of thousands", "a couple of dozen".
    fn vague_core(&self, at: usize, vague: Vague) -> Option<Core> {
        let mut end = at + vague.words;
        let mut low = vague.low;
        for _ in 0..2 {
            let from = end + usize::from(self.lower(end) == "of");
            let Some(scale) = numbers::scale(self.lower(from)) else {
                break;
            };
            low *= scale;
            end = from + 1;
        }
        let scaled = end > at + vague.words;
        if vague.place == VaguePlace::BeforeScale && !scaled {
            return None;
        }
        Some(Core {
            amount: Amount::of(low),
            start: at,
            end,
            vague: Some(Vague {
                place: if scaled {
                    VaguePlace::Alone
                } else {
                    vague.place
                },
                ..vague
            }),
            sign: None,
        })
    }

    /// With the second number of a range: "40 to 50", "40-50", "between 40 and 50", "two or three hundred", "35 to at most 50".
    fn with_second(
        &self,
        at: usize,
        first: Number,
        end: usize,
        sentence: &Range<usize>,
    ) -> (Amount, usize) {
        let single = (
            Amount {
                first,
                second: None,
            },
            end,
        );
        let opener = self.words.before(at);
        let hedged_opener = at.checked_sub(1).and_then(|_| {
            let (_, start) = self.lexicon.hedge_before(at, |token| self.lower(token))?;
            Some(self.words.before(start))
        });
        let is_between = opener == "between" || hedged_opener == Some("between");
        let mut from = match self.lower(end) {
            "to" | "or" => end + 1,
            "and" if is_between => end + 1,
            "-" if self.words.is_near(end) == self.words.is_near(end + 1) => end + 1,
            _ => return single,
        };
        if self.lower(end) == "-" && self.lower(end + 1) == "to" {
            from = end + 2 + usize::from(self.lower(end + 2) == "-");
        }
        // "35 to at most 50", "$3 to $5 million".
        let lower = |token| self.lower(token);
        from = (from + 1..from + 4)
            .find(|after| {
                let hedge = self.lexicon.hedge_before(*after, lower);
                hedge.is_some_and(|(_, start)| start == from)
            })
            .unwrap_or(from);
        from += usize::from(self.is(from, lexicon::SYMBOL));
        if from >= sentence.end || self.in_time(from) {
            return single;
        }
        let Some((second, after)) = number_at(self.words, from) else {
            return single;
        };
        // "from 2,000 to 300" and "rose from 30 to 45" tell of a change.
        if opener == "from" && self.is_changed(at) {
            return single;
        }
        // "two or three hundred", "1.5 to 2 million": the scale is said once.
        let scales = (from..after).filter_map(|token| numbers::scale(self.lower(token)));
        let scale: f64 = scales.product();
        let is_scaled = numbers::scale(self.lower(end - 1)).is_some();
        let mut first = first;
        if !is_scaled && first.value * scale <= second.value {
            first = first.times(scale);
        }
        if first.value >= second.value {
            return single;
        }
        let amount = Amount {
            first,
            second: Some(second),
        };
        (amount, after)
    }

    /// Whether "from" before a number follows a verb of change.
    fn is_changed(&self, at: usize) -> bool {
        let from = at.saturating_sub(5);
        (from..at).any(|token| self.is(token, lexicon::CHANGE))
    }

    /// The hedge before a number and where it begins; the one that bounds goes before "about" and "nearly".
    fn hedges_before(&self, core: &Core, floor: usize) -> (Hedge, usize) {
        let opened = |start: usize| {
            let opens = matches!(self.words.before(start), "between" | "from");
            start - usize::from(core.amount.second.is_some() && opens && start > floor)
        };
        let mut hedge = Hedge::Exact;
        let mut start = opened(core.start);
        for _ in 0..2 {
            let found = self.lexicon.hedge_before(start, |token| self.lower(token));
            let Some((found, from)) = found.filter(|(_, from)| *from >= floor) else {
                break;
            };
            hedge = bounding(hedge, found);
            start = opened(from);
        }
        (hedge, start)
    }

    /// The token after a chain of numbers and marks, of which none is a quantity: a date, a telephone number.
    fn after_chain(&self, mut end: usize, sentence: &Range<usize>) -> usize {
        while end + 1 < sentence.end
            && matches!(self.lower(end), "-" | "/" | ".")
            && self.words.is_near(end)
            && self.words.is_near(end + 1)
            && self.words.kind(end + 1) == Some(TokenKind::Number)
        {
            end += 2;
        }
        end
    }

    /// "no civilians", "none of the passengers", "nobody", "not a single house", "without casualties", "did not hurt any civilians".
    fn zero_at(&self, at: usize, sentence: &Range<usize>) -> Option<Figure> {
        let after = match (self.lower(at), self.lower(at + 1)) {
            ("no", "one") | ("nobody", _) => {
                let end = at + 1 + usize::from(self.lower(at) == "no");
                return Some(zero(at..end, None, Kind::Open));
            }
            ("no", "more" | "fewer" | "less" | "longer" | "such") => return None,
            ("none", "of") | ("without", "any") => at + 2,
            ("no" | "without", _) => at + 1,
            ("not", "a") if self.lower(at + 2) == "single" => at + 3,
            ("any", _) if self.is_denied(at, sentence) => at + 1,
            _ => return None,
        };
        let after = match self.lower(after) {
            "the" | "its" | "his" | "their" | "those" | "these" => after + 1,
            _ => after,
        };
        let after = match number_at(self.words, after) {
            Some((_, end)) if self.lower(at) == "none" => end,
            _ => after,
        };
        let (noun, end) = self.noun_phrase(after, sentence, false)?;
        let kind = self.kind_of(noun);
        let is_of_people = matches!(kind, Kind::Person | Kind::Household);
        is_of_people.then(|| zero(at..end, Some(noun), kind))
    }

    /// Whether "any" stands in a denial: "did not hurt any civilians".
    fn is_denied(&self, at: usize, sentence: &Range<usize>) -> bool {
        let from = sentence.start.max(at.saturating_sub(6));
        (from..at).any(|token| matches!(self.lower(token), "not" | "n't" | "never" | "nor"))
    }
}

impl Core {
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether it is a vague word that needs a noun.
    pub(super) fn needs_noun(&self) -> bool {
        self.vague
            .is_some_and(|vague| vague.place != VaguePlace::Alone)
    }

    pub(super) fn sign(&self) -> Option<usize> {
        self.sign
    }

    pub(super) fn value(&self) -> f64 {
        self.amount.first.value
    }
}

fn zero(tokens: Range<usize>, noun: Option<usize>, kind: Kind) -> Figure {
    Figure::new(tokens, Amount::of(0.0), Hedge::Zero, noun, kind)
}

/// Of two hedges of a number, the one that bounds it.
fn bounding(one: Hedge, other: Hedge) -> Hedge {
    let weak = |hedge| matches!(hedge, Hedge::Exact | Hedge::About | Hedge::Nearly);
    match (one, other) {
        (Hedge::Exact, other) => other,
        (one, other) if weak(one) && !weak(other) => other,
        (one, _) => one,
    }
}
