//! What figures of one sentence share: effects of figures side by side, of a whole with its parts; which of them are kept.
//!
//! It does not know other sentences.

use super::{Figure, Kind, Reader, lexicon};
use crate::Hedge;
use crate::numbers::number_at;
use std::ops::Range;
use syntax::Relation;

impl Reader<'_> {
    /// Tells figures beside others what befell them: "12 soldiers and 3 guards were killed", "350 families, and 90 from the
    /// hamlets", "40 people, including 3 children".
    pub(super) fn share(&self, sentence: &Range<usize>, figures: &mut [Figure]) {
        // From the last to the first: what is said behind the last of a list is said of all.
        for index in (1..figures.len()).rev() {
            let [one, other] = [index - 1, index].map(|index| &figures[index]);
            let shares = one.effect.is_none()
                && other.effect.is_some()
                && one.is_of_people()
                && other.is_of_people()
                && self.are_listed(one, other)
                && self.is_said_behind(sentence, other);
            // "17 people including two children were killed".
            let is_part = self.part_cue(other.tokens.start, sentence).is_some()
                && self.is_said_behind(sentence, other);
            // "six children among 19 dead", "were among the 19 killed".
            let is_part = is_part || self.is_among(one, other);
            let is_whole =
                one.effect.is_none() && other.effect.is_some() && one.is_of_people() && is_part;
            if shares || is_whole {
                figures[index - 1].effect = figures[index].effect;
            }
        }
        self.respectively(sentence, figures);
        for index in 1..figures.len() {
            let (before, from) = figures.split_at_mut(index);
            let (one, other) = (&before[index - 1], &mut from[0]);
            let gap = one.tokens.end..other.tokens.start;
            let is_part = self.part_cue(other.tokens.start, sentence).is_some();
            let is_rest = other.noun.is_none() && self.is_rest(gap.clone());
            let is_of_them =
                other.noun.is_none() && self.is_of_them(other) && !self.tells_of(sentence, other);
            if (is_rest || is_of_them && one.is_of_people())
                && other.kind == Kind::Open
                && one.kind != Kind::Measure
                && other.effect.is_none()
            {
                other.kind = one.kind;
                other.effect = one.effect;
            } else if other.effect.is_none() && other.is_of_people() && one.is_of_people() {
                let is_listed = other.noun.is_some() && self.are_listed(one, other);
                let is_left_over = self.is_left_over(sentence, other, gap);
                let is_joined = self.is_joined(other)
                    || other.noun.is_none() && self.is_rival(sentence, other, gap_of(one, other));
                if is_part
                    || is_joined
                    || is_left_over
                    || is_listed && !self.is_said_behind(sentence, other)
                {
                    other.effect = one.effect;
                }
            }
        }
    }

    /// "Five soldiers and seven rebels were killed and wounded respectively": the last figures before, in the order of the words.
    fn respectively(&self, sentence: &Range<usize>, figures: &mut [Figure]) {
        let Some(last) = figures.last().map(|last| last.tokens.end) else {
            return;
        };
        let near = last..sentence.end.min(last + 16);
        let Some(end) = near
            .clone()
            .find(|token| self.lower(*token) == "respectively")
        else {
            return;
        };
        let said: Vec<_> = (last..end)
            .filter_map(|token| self.effects(token).first())
            .map(|found| found.effect)
            .collect();
        if said.len() > 1 && figures.len() >= said.len() {
            let first = figures.len() - said.len();
            for (figure, effect) in figures[first..].iter_mut().zip(said) {
                figure.effect = Some(effect);
            }
        }
    }

    /// "Six of them children", "two of whom", without a verb behind.
    fn is_of_them(&self, figure: &Figure) -> bool {
        let end = figure.tokens.end;
        self.lower(end) == "of" && self.is(end + 1, lexicon::PRONOUN)
    }

    /// Whether "of them" is followed by a predicate of its own: "many of whom have joined".
    fn tells_of(&self, sentence: &Range<usize>, figure: &Figure) -> bool {
        let at = figure.tokens.end + 2;
        at < sentence.end && matches!(self.words.xpos(at), "VBD" | "VBP" | "VBZ" | "MD")
    }

    /// Whether a figure is told to be among another: "six children were among at least 19 people".
    fn is_among(&self, one: &Figure, other: &Figure) -> bool {
        let gap = gap_of(one, other);
        let last = gap.end.saturating_sub(1);
        let among = if self.words.xpos(last) == "DT" {
            last.saturating_sub(1)
        } else {
            last
        };
        !gap.is_empty()
            && gap.len() <= 5
            && gap.contains(&among)
            && matches!(self.lower(among), "among" | "amongst")
    }

    /// Another party's number of the same: "300 killed, the army said; the police spoke of 20".
    fn is_rival(&self, sentence: &Range<usize>, figure: &Figure, gap: Range<usize>) -> bool {
        let from = gap.start.max(gap.end.saturating_sub(12));
        let end = figure.tokens.end;
        let is_last = end >= sentence.end || matches!(self.lower(end), "." | "," | ";" | ")");
        is_last
            && (from..gap.end).any(|token| matches!(self.lower(token), ";" | "while" | "but"))
            && matches!(self.words.before(gap.end), "of" | "at")
    }

    /// Whether nothing but "and", a comma or the like stands between two figures.
    fn are_listed(&self, one: &Figure, other: &Figure) -> bool {
        let gap = one.tokens.end..other.tokens.start;
        // A headline has no commas: "40 guards 25 cooks".
        let is_close = one.noun.is_some() && other.noun.is_some();
        gap.len() <= 3
            && (!gap.is_empty() || is_close)
            && gap.into_iter().all(|token| {
                self.lower(token) == ","
                    || self.is(token, lexicon::LIST_WORD)
                    // "The murder of the six guards and the two cooks".
                    || self.lower(token) == "the" && token + 1 == other.tokens.start
            })
    }

    /// "Killed 12 civilians in the camp as well as three medics."
    fn is_joined(&self, figure: &Figure) -> bool {
        let start = figure.tokens.start;
        let before = |back: usize| start.checked_sub(back).map_or("", |at| self.lower(at));
        matches!(
            (before(3), before(2), before(1)),
            ("as", "well", "as") | (_, "along" | "together", "with")
        )
    }

    /// Whether a verb follows a figure, so that it is its subject.
    pub(super) fn is_said_behind(&self, sentence: &Range<usize>, figure: &Figure) -> bool {
        // "dozens, perhaps hundreds, lay dead".
        let end = figure.tokens.end + usize::from(self.lower(figure.tokens.end) == ",");
        end < sentence.end
            && (matches!(
                self.words.xpos(end),
                "VBD" | "VBP" | "VBZ" | "MD" | "VBN" | "JJ"
            ) || self.words.xpos(end) == "VB" && self.is(end, lexicon::FILLER))
    }

    /// "Two were soldiers", "three of them were children", behind a sentence of whose people one thing is told: it befell these too.
    pub(super) fn take_up(
        &self,
        sentence: &Range<usize>,
        figures: &mut [Figure],
        before: &[Figure],
    ) {
        let Some(first) = figures.first_mut() else {
            return;
        };
        let opens = first.tokens.start <= sentence.start + 1;
        if !opens || first.noun.is_some() || first.effect.is_some() || first.kind != Kind::Open {
            return;
        }
        let of_them =
            self.lower(first.tokens.end) == "of" && self.is(first.tokens.end + 1, lexicon::PRONOUN);
        let verb = first.tokens.end + if of_them { 2 } else { 0 };
        let complement = verb + 1 + usize::from(self.words.xpos(verb + 1) == "DT");
        let says_who = matches!(self.lower(verb), "was" | "were")
            && complement < sentence.end
            && self.is_noun(complement)
            && self.kind_of(complement) == Kind::Person;
        let mut told = before.iter().filter(|figure| figure.is_of_people());
        let Some(one) = told.next().filter(|one| one.effect.is_some()) else {
            return;
        };
        if says_who && told.all(|other| other.effect == one.effect) {
            first.effect = one.effect;
            first.scope = one.scope;
            first.part = of_them;
        }
    }

    /// Whether words lead from one figure to the rest of it: "and another", ", 112 of them".
    fn is_rest(&self, gap: Range<usize>) -> bool {
        let gap = gap.start.max(gap.end.saturating_sub(12))..gap.end;
        let last = gap.end.saturating_sub(1);
        let joins = |token: usize| {
            matches!(
                self.lower(token),
                "and" | "," | "or" | "another" | "other" | "while" | "but" | "least" | "at"
            )
        };
        !gap.is_empty() && joins(last)
    }

    /// Whether a figure hangs behind a comma without a verb of its own: ", 50 of them from the island".
    fn is_left_over(&self, sentence: &Range<usize>, figure: &Figure, gap: Range<usize>) -> bool {
        let end = sentence.end.min(figure.tokens.end + 12);
        let verbless = (figure.tokens.end..end)
            .take_while(|token| !matches!(self.lower(*token), "," | ";" | "."))
            .all(|token| {
                !self.words.xpos(token).starts_with('V') && self.words.xpos(token) != "MD"
            });
        !gap.is_empty() && self.words.before(figure.tokens.start) == "," && verbless
    }

    /// Where a cue begins that makes the figure that follows a part of another.
    pub(super) fn part_cue(&self, start: usize, sentence: &Range<usize>) -> Option<usize> {
        let lower = |token| self.lower(token);
        let mut at = start;
        while at > sentence.start
            && matches!(
                self.words.before(at),
                "the" | "a" | "its" | "their" | "another"
            )
        {
            at -= 1;
        }
        let found = self.lexicon.part_cue(at, lower);
        found.filter(|start| *start >= sentence.start)
    }

    /// Whether a figure says enough to be one.
    pub(super) fn is_kept(&self, sentence: &Range<usize>, figure: &Figure) -> bool {
        match figure.hedge {
            Hedge::Plural => figure.effect.is_some(),
            Hedge::Zero => {
                let casualties = figure
                    .noun
                    .is_some_and(|noun| self.is(noun, lexicon::CASUALTY));
                casualties || figure.effect.is_some()
            }
            Hedge::Exact if figure.amount.first.value == 1.0 => {
                let before = self.words.before(figure.tokens.start);
                let is_counted = matches!(before, "only" | "just" | "single" | "and" | "or")
                    || self.lower(figure.tokens.end) == "and"
                        && number_at(self.words, figure.tokens.end + 1).is_some();
                figure.kind == Kind::Measure
                    || figure.effect.is_some()
                    || figure.noun.is_some() && is_counted
            }
            // "a couple was seen at the gate" says too little.
            Hedge::Vague if figure.noun.is_none() && figure.amount.first.value < 20.0 => {
                figure.effect.is_some()
                    || self.lower(figure.tokens.end) == "of"
                    || self.lower(figure.tokens.end - 1) == "more"
            }
            Hedge::Exact if figure.noun.is_none() => self.is_bare_count(sentence, figure),
            _ => true,
        }
    }

    /// Whether a number without a hedge and a noun counts something: by what befell them, by a sum or other people that the
    /// sentence speaks of, or by its place in the clause.
    fn is_bare_count(&self, sentence: &Range<usize>, figure: &Figure) -> bool {
        if figure.effect.is_some()
            || figure.tokens.len() > 1
            || self.lower(figure.tokens.end) == "of"
        {
            return true;
        }
        let number = figure.number;
        if matches!(
            self.words.xpos(figure.tokens.end),
            "VBP" | "VBD" | "VBZ" | "MD"
        ) && figure.tokens.end < sentence.end
        {
            return true;
        }
        let relation = self.words.relation(number);
        if matches!(
            relation,
            Relation::Nsubj | Relation::NsubjPass | Relation::Obj
        ) {
            return true;
        }
        let near = Self::near(sentence, number);
        near.filter(|token| *token != number).any(|token| {
            self.is(token, lexicon::SUM)
                || self.is(token, lexicon::PEOPLE)
                || self.is(token, lexicon::EFFECT_WORD)
        })
    }

    /// Marks the figures that are a part of another of the sentence: after "including", "of them", and the parts into which a
    /// number is split.
    pub(super) fn set_parts(&self, sentence: &Range<usize>, figures: &mut [Figure]) {
        for index in 1..figures.len() {
            let start = figures[index].tokens.start;
            let end = figures[index].tokens.end;
            let is_of_them = self.lower(end) == "of" && self.is(end + 1, lexicon::PRONOUN);
            let cue = self.part_cue(start, sentence);
            let is_listed =
                figures[index - 1].part && self.are_listed(&figures[index - 1], &figures[index]);
            figures[index].part =
                is_of_them || cue.is_some_and(|cue| cue >= figures[0].tokens.end) || is_listed;
        }
        for whole in 0..figures.len() {
            if let Some(parts) = split(&figures[whole..]) {
                // "Four workers -- three guards and one cook -- were arrested".
                let last = figures[whole + parts].effect;
                let total = &mut figures[whole];
                total.effect = total.effect.or(last);
                figures[whole + 1..=whole + parts]
                    .iter_mut()
                    .for_each(|part| part.part = true);
            }
        }
    }
}

/// The tokens between two figures.
fn gap_of(one: &Figure, other: &Figure) -> Range<usize> {
    one.tokens.end..other.tokens.start
}

/// How many of the figures behind the first make it up together, two to four of them.
fn split(figures: &[Figure]) -> Option<usize> {
    let (whole, parts) = figures.split_first()?;
    let value = |figure: &Figure| {
        figure
            .amount
            .second
            .is_none()
            .then_some(figure.amount.first.value)
    };
    if !whole.is_of_people() {
        return None;
    }
    let mut sum = 0.0;
    for (index, part) in parts.iter().take(4).enumerate() {
        if part.hedge != Hedge::Exact || !part.is_of_people() {
            return None;
        }
        sum += value(part)?;
        if index > 0 && Some(sum) == value(whole) {
            return Some(index + 1);
        }
    }
    None
}
