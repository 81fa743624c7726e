//! The features of a token for the labels of attributions, without labels of other tokens.
//!
//! It does not know weights. A change here makes `models/attributions.bin` useless: it must be trained anew.

use super::reading::{AttributionReading, NO_HEAD, Seen, UNQUOTED};
use std::ops::Range;
use syntax::linear::{Feature, FeatureList};

/// How often words are cues, in bins: 0 is not known.
pub(crate) type Rate = u8;

/// A paragraph with what is known of its words.
pub(crate) struct Paragraph<'a> {
    pub(crate) reading: &'a AttributionReading,
    pub(crate) tokens: Range<usize>,
    /// For each token of the document how often it is a cue.
    pub(crate) rates: &'a [Rate],
    pub(crate) outside: Seen,
}

impl<'a> Paragraph<'a> {
    pub(crate) fn new(
        reading: &'a AttributionReading,
        tokens: Range<usize>,
        rates: &'a [Rate],
    ) -> Self {
        Self {
            reading,
            tokens,
            rates,
            outside: Seen::outside(),
        }
    }

    /// The token at an offset from another; beyond the paragraph one that has nothing.
    #[inline]
    pub(crate) fn at(&self, token: usize, offset: isize) -> &Seen {
        let at = token.wrapping_add_signed(offset);
        if self.tokens.contains(&at) {
            &self.reading.seen[at]
        } else {
            &self.outside
        }
    }

    #[inline]
    pub(crate) fn rate(&self, token: usize, offset: isize) -> u32 {
        let at = token.wrapping_add_signed(offset);
        if self.tokens.contains(&at) {
            self.rates.get(at).copied().unwrap_or(0).into()
        } else {
            0
        }
    }

    /// Whether a quotation mark stands among the three tokens before and the three after a token that is not quoted itself.
    pub(crate) fn near_quotation(&self, token: usize) -> u32 {
        if self.at(token, 0).quote != UNQUOTED {
            return 4;
        }
        let left = (1..=3).any(|away| self.at(token, -away).quote != UNQUOTED);
        let right = (1..=3).any(|away| self.at(token, away).quote != UNQUOTED);
        u32::from(left) | u32::from(right) << 1
    }

    /// Adds the features of a token that both models see.
    #[inline]
    pub(crate) fn collect(&self, token: usize, into: &mut FeatureList) {
        self.words(token, into);
        self.tree(token, into);
        self.place(token, into);
        self.witnesses(token, into);
    }

    fn words(&self, token: usize, into: &mut FeatureList) {
        let at = |offset: isize| self.at(token, offset);
        let (own, left, left2, right, right2) = (at(0), at(-1), at(-2), at(1), at(2));
        let [coarse, middle, fine] = own.word.class.classes.map(u32::from);
        let of = Feature::of;
        into.add(of(0));
        into.add(of(1).with(own.word.form));
        into.add(of(2).with(left.word.form));
        into.add(of(3).with(right.word.form));
        into.add(of(4).with(left2.word.form));
        into.add(of(5).with(right2.word.form));
        into.add(of(6).with(left.word.form).with(own.word.form));
        into.add(of(7).with(own.word.form).with(right.word.form));
        into.add(of(8).with(own.lemma));
        into.add(of(9).with(own.lemma).with(right.word.form));
        into.add(of(10).with(left.lemma).with(own.lemma));
        into.add(of(11).with(right.word.form).with(right2.word.form));
        into.add(of(12).with(left.word.form).with(left2.word.form));
        into.add(of(13).with(own.tag));
        into.add(of(14).with(left.tag).with(own.tag));
        into.add(of(15).with(own.tag).with(right.tag));
        into.add(of(16).with(left.tag).with(own.tag).with(right.tag));
        into.add(of(17).with(left2.tag).with(left.tag).with(own.tag));
        into.add(of(18).with(own.tag).with(right.tag).with(right2.tag));
        into.add(of(19).with(own.lemma).with(right.tag));
        into.add(of(20).with(own.lemma).with(left.tag));
        into.add(of(21).with(middle));
        into.add(of(22).with(fine));
        into.add(of(23).with(left.word.class.classes[1].into()));
        into.add(of(24).with(right.word.class.classes[1].into()));
        into.add(of(25).with(middle).with(right.word.class.classes[1].into()));
        into.add(of(26).with(coarse).with(right.tag).with(left.tag));
        into.add(of(27).with(own.word.suffixes[2]).with(own.tag));
        into.add(of(28).with(own.word.shape));
        into.add(of(29).with(fine).with(own.tag));
    }

    fn tree(&self, token: usize, into: &mut FeatureList) {
        let own = self.at(token, 0);
        let of = Feature::of;
        let relation = u32::from(own.relation);
        let (head, side) = match own.head {
            NO_HEAD => (&self.outside, 0),
            head if (head as usize) < token => (self.seen(head), 1),
            head => (self.seen(head), 2),
        };
        let away = distance(token.abs_diff(own.head as usize)) * 3 + side;
        let head_relation = u32::from(head.relation);
        into.add(of(40).with(relation));
        into.add(of(41).with(relation).with(own.tag));
        into.add(of(42).with(relation).with(head.lemma));
        into.add(of(43).with(relation).with(head.tag).with(side));
        into.add(of(44).with(head.lemma).with(own.tag).with(side));
        into.add(of(45).with(relation).with(head_relation));
        into.add(of(46).with(own.children).with(own.tag));
        into.add(of(47).with(own.children).with(own.lemma));
        into.add(of(48).with(own.lemma).with(relation));
        into.add(of(49).with(u32::from(own.depth.min(10))));
        into.add(of(50).with(head_relation).with(head.lemma));
        into.add(of(51).with(relation).with(away));
        into.add(of(52).with(own.lemma).with(head.lemma));
        let rate = self.rate(own.head as usize, 0);
        into.add(of(53).with(rate).with(relation).with(side));
        into.add(of(54).with(rate).with(own.tag).with(side));
        into.add(
            of(55)
                .with(u32::from(head.lexicon != 0))
                .with(relation)
                .with(own.tag),
        );
        let up = match head.head {
            NO_HEAD => &self.outside,
            up => self.seen(up),
        };
        into.add(of(56).with(relation).with(head_relation).with(up.lemma));
        into.add(
            of(57)
                .with(relation)
                .with(head_relation)
                .with(self.rate(head.head as usize, 0)),
        );
    }

    fn seen(&self, token: u32) -> &Seen {
        let at = token as usize;
        if self.tokens.contains(&at) {
            &self.reading.seen[at]
        } else {
            &self.outside
        }
    }

    fn place(&self, token: usize, into: &mut FeatureList) {
        let at = |offset: isize| self.at(token, offset);
        let own = at(0);
        let of = Feature::of;
        let quote = u32::from(own.quote);
        let near = self.near_quotation(token);
        let start = u32::from(own.place.0.min(4));
        let end = u32::from(own.place.1.min(3));
        let first = u32::from(token == self.tokens.start);
        into.add(of(60).with(quote));
        into.add(of(61).with(quote).with(own.tag));
        into.add(
            of(62)
                .with(at(-1).quote.into())
                .with(quote)
                .with(at(1).quote.into()),
        );
        into.add(of(63).with(near).with(own.lemma));
        into.add(of(64).with(near).with(own.tag));
        into.add(of(65).with(start).with(own.tag));
        into.add(of(66).with(end).with(own.tag));
        into.add(of(67).with(start).with(quote).with(first));
        into.add(of(68).with(start).with(own.lemma));
        let left = (self.tokens.end - 1 - token).min(12) as u32;
        let closed = u32::from(at(-1).quote) + 4 * u32::from(at(-2).quote);
        into.add(of(75).with(left).with(closed));
        into.add(of(76).with(left.min(8)).with(own.lemma));
        into.add(of(77).with(closed).with(own.word.form).with(left));
        into.add(of(78).with(closed).with(own.tag).with(first));
        if let Some(quoted) = own
            .quotation
            .checked_sub(1)
            .and_then(|number| self.reading.quotations.get(number as usize))
        {
            let length = distance(quoted.tokens.len());
            let edges = u32::from(quoted.at_edge.0) | u32::from(quoted.at_edge.1) << 1;
            let before = self.at(quoted.tokens.start, -1);
            let after = self.at(quoted.tokens.end, 0);
            into.add(of(70).with(quote).with(length));
            into.add(of(71).with(quote).with(length).with(edges));
            into.add(of(72).with(quote).with(before.word.form));
            into.add(of(73).with(quote).with(after.word.form));
            into.add(
                of(74)
                    .with(quote)
                    .with(length)
                    .with(before.tag)
                    .with(after.tag),
            );
        }
    }

    fn witnesses(&self, token: usize, into: &mut FeatureList) {
        let at = |offset: isize| self.at(token, offset);
        let (own, left, right) = (at(0), at(-1), at(1));
        let of = Feature::of;
        let near = self.near_quotation(token);
        let rate = self.rate(token, 0);
        into.add(of(80).with(own.lexicon));
        into.add(of(81).with(own.lexicon).with(own.tag));
        into.add(of(82).with(left.lexicon));
        into.add(of(83).with(right.lexicon));
        into.add(of(84).with(own.lexicon).with(right.tag));
        into.add(of(85).with(own.lexicon).with(own.children));
        into.add(of(86).with(own.lexicon).with(near));
        into.add(of(120).with(own.stance));
        into.add(of(121).with(own.stance).with(own.tag));
        into.add(of(122).with(left.stance));
        into.add(of(123).with(right.stance));
        into.add(of(124).with(own.stance).with(right.tag));
        into.add(
            of(125)
                .with(u32::from(own.stance != 0))
                .with(own.tag)
                .with(rate),
        );
        into.add(of(126).with(own.stance).with(own.children));
        into.add(of(90).with(rate));
        into.add(of(91).with(rate).with(own.tag));
        into.add(of(92).with(self.rate(token, -1)).with(own.tag));
        into.add(of(93).with(self.rate(token, 1)).with(own.tag));
        into.add(of(94).with(rate).with(own.children));
        into.add(of(95).with(self.rate(token, -1)).with(own.word.form));
        into.add(of(96).with(rate).with(right.word.form));
        into.add(of(97).with(rate).with(near).with(own.tag));
        into.add(of(98).with(rate).with(left.tag).with(right.tag));
        into.add(of(100).with(own.mention));
        into.add(of(101).with(own.mention).with(right.mention));
        into.add(of(102).with(left.mention).with(own.mention));
        into.add(of(103).with(own.mention).with(self.rate(token, 1)));
        into.add(of(104).with(own.mention).with(own.relation.into()));
        let pattern = u32::from(own.pattern);
        into.add(of(110).with(pattern));
        into.add(
            of(111)
                .with(left.pattern.into())
                .with(pattern)
                .with(right.pattern.into()),
        );
        into.add(of(112).with(pattern).with(own.rule));
        into.add(of(113).with(pattern).with(rate));
        into.add(of(114).with(pattern).with(own.lemma));
        into.add(
            of(115)
                .with(pattern)
                .with(own.rule)
                .with(right.pattern.into()),
        );
    }
}

/// A distance in bins.
#[inline]
pub(crate) fn distance(away: usize) -> u32 {
    match away {
        0..=3 => away as u32,
        4..=5 => 4,
        6..=8 => 5,
        9..=13 => 6,
        14..=20 => 7,
        21..=35 => 8,
        36..=60 => 9,
        _ => 10,
    }
}
