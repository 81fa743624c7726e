//! The features of a token for the labels of names.
//!
//! It does not know weights. A change here makes `models/mentions.bin` useless: it must be trained anew.

use super::reading::Reading;
use std::ops::Range;
use syntax::linear::{Feature, FeatureList};

/// Features of one decision.
#[derive(Debug, Clone, Default)]
pub(crate) struct Features(FeatureList);

impl Features {
    pub(crate) fn all(&self) -> &[u32] {
        self.0.all()
    }

    #[inline]
    pub(crate) fn add(&mut self, feature: Feature) {
        self.0.add(feature);
    }

    /// The features of a token that need no labels. The second model, which sees the first one's labels, does with fewer.
    #[inline]
    pub(crate) fn collect(
        &mut self,
        reading: &Reading,
        line: &Range<usize>,
        token: usize,
        second: bool,
    ) {
        self.0.clear();
        self.word(reading, line, token);
        if !second {
            self.context(reading, line, token);
            self.run(reading, line, token);
        }
    }

    /// The token itself and its neighbours, each alone.
    #[inline]
    fn word(&mut self, reading: &Reading, line: &Range<usize>, token: usize) {
        let at = |offset: isize| reading.at(line, token, offset);
        let (own, left, right) = (at(0), at(-1), at(1));
        let word = &own.word;
        let [coarse, middle, fine] = word.class.classes.map(u32::from);
        let case = word.class.case as u32;
        let [_, s2, s3, s4] = word.suffixes;
        let place = u32::from(token == line.start) | u32::from(own.quoted) << 1;
        let of = Feature::of;
        self.add(of(0));
        self.add(of(1).with(word.form));
        self.add(of(2).with(left.word.form));
        self.add(of(3).with(right.word.form));
        self.add(of(8).with(word.prefixes[1]).with(word.shape));
        self.add(of(9).with(s3).with(word.shape));
        self.add(of(10).with(s4));
        self.add(of(11).with(s2).with(word.shape));
        self.add(of(12).with(word.shape).with(case));
        self.add(of(16).with(coarse).with(word.shape));
        self.add(of(17).with(middle));
        self.add(of(18).with(fine));
        self.add(of(19).with(middle).with(word.shape));
        self.add(of(34).with(own.hint).with(word.shape));
        self.add(of(35).with(left.hint).with(word.shape));
        self.add(of(36).with(right.hint).with(word.shape));
        self.add(
            of(42)
                .with(u32::from(own.elsewhere))
                .with(word.shape)
                .with(case),
        );
        self.add(of(43).with(place).with(word.shape).with(case));
        self.add(of(53).with(own.tag).with(word.shape));
    }

    /// The token in its context.
    #[inline]
    fn context(&mut self, reading: &Reading, line: &Range<usize>, token: usize) {
        let at = |offset: isize| reading.at(line, token, offset);
        let (own, left, left2, right, right2) = (at(0), at(-1), at(-2), at(1), at(2));
        let word = &own.word;
        let [coarse, middle, fine] = word.class.classes.map(u32::from);
        let [lc, lm, lf] = left.word.class.classes.map(u32::from);
        let [rc, rm, rf] = right.word.class.classes.map(u32::from);
        let of = Feature::of;
        self.add(of(4).with(left2.word.form));
        self.add(of(5).with(right2.word.form));
        self.add(of(6).with(left.word.form).with(word.form));
        self.add(of(7).with(word.form).with(right.word.form));
        self.add(of(13).with(left.word.shape).with(word.shape));
        self.add(of(14).with(word.shape).with(right.word.shape));
        self.add(
            of(15)
                .with(left.word.shape)
                .with(word.shape)
                .with(right.word.shape),
        );
        self.add(of(20).with(fine).with(word.shape));
        self.add(of(21).with(lm));
        self.add(of(22).with(rm));
        self.add(of(23).with(lf).with(word.shape));
        self.add(of(24).with(rf).with(word.shape));
        self.add(of(25).with(u32::from(left2.word.class.classes[1])));
        self.add(of(26).with(u32::from(right2.word.class.classes[1])));
        self.add(of(27).with(lm).with(middle));
        self.add(of(28).with(middle).with(rm));
        self.add(of(29).with(lc).with(coarse).with(rc));
        self.add(of(30).with(left.word.form).with(word.shape));
        self.add(of(31).with(right.word.form).with(word.shape));
        self.add(of(32).with(left.word.form).with(middle));
        self.add(of(33).with(middle).with(right.word.form));
        self.add(of(37).with(left.hint).with(own.hint));
        self.add(of(38).with(own.hint).with(right.hint));
        self.add(of(39).with(left.word.form).with(right.word.form));
        self.add(
            of(40)
                .with(left.word.form)
                .with(left2.word.form)
                .with(word.shape),
        );
        self.add(
            of(41)
                .with(right.word.form)
                .with(right2.word.form)
                .with(word.shape),
        );
        self.add(of(44).with(left2.hint).with(word.shape));
        self.add(of(45).with(right2.hint).with(word.shape));
        self.add(of(50).with(own.tag));
        self.add(of(51).with(left.tag).with(own.tag));
        self.add(of(52).with(own.tag).with(right.tag));
        self.add(of(54).with(own.tag).with(middle));
        self.add(of(55).with(left.tag).with(own.tag).with(right.tag));
    }

    /// What is known of the run of capitals that a token stands in.
    #[inline]
    fn run(&mut self, reading: &Reading, line: &Range<usize>, token: usize) {
        let own = &reading.seen[token];
        let (start, end) = (own.run.0 as usize, own.run.1 as usize);
        if start == end {
            return;
        }
        let of = Feature::of;
        let part = match (token == start, token + 1 == end) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        };
        let (first, last) = (&reading.seen[start], &reading.seen[end - 1]);
        let before = reading.at(line, start, -1);
        let before2 = reading.at(line, start, -2);
        let after = reading.at(line, end - 1, 1);
        let len = (end - start).min(6) as u32;
        self.add(of(60).with(len).with(part));
        self.add(of(61).with(last.word.form).with(part));
        self.add(of(62).with(first.word.form).with(part));
        self.add(of(63).with(last.word.class.classes[1].into()).with(part));
        self.add(of(64).with(first.word.class.classes[1].into()).with(part));
        self.add(of(65).with(last.hint).with(first.hint).with(part));
        self.add(of(66).with(before.word.form).with(part));
        self.add(of(67).with(after.word.form).with(part));
        self.add(of(68).with(before.word.class.classes[1].into()).with(part));
        self.add(of(69).with(after.word.class.classes[1].into()).with(part));
        self.add(of(70).with(before.hint).with(after.hint).with(part));
        self.add(
            of(71)
                .with(before.word.form)
                .with(before2.word.form)
                .with(part),
        );
        self.add(
            of(72)
                .with(last.word.class.classes[2].into())
                .with(first.word.class.classes[2].into())
                .with(part),
        );
        self.add(
            of(73)
                .with(before.word.form)
                .with(last.word.class.classes[0].into())
                .with(part),
        );
        self.add(
            of(74)
                .with(after.word.form)
                .with(last.word.class.classes[0].into())
                .with(part),
        );
    }
}
