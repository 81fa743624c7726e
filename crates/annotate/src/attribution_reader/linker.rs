//! Which source and which contents belong to a cue, by the weights of pairs.
//!
//! It does not know words inside contents. A content goes to one cue or to none, a cue takes one source or none; a source may be
//! shared by several cues.

use super::branches::{head_of, path, subject_of};
use super::features::distance;
use super::labels::{Part, Run};
use super::reading::AttributionReading;
use std::ops::Range;
use syntax::linear::{CLASSES, Feature, FeatureList, Scorer, Scores};

/// Of each side the most runs that are looked at.
const NEAREST: usize = 3;

/// The most tokens between the parts of one cue.
const LONGEST_GAP: usize = 14;

/// A cue with what belongs to it, as places in the list of runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) cue: Vec<usize>,
    pub(crate) source: Option<usize>,
    pub(crate) content: Vec<usize>,
    /// How much the source, or that there is none, is ahead of the next choice.
    pub(crate) source_margin: i32,
    /// Of the content that is least sure.
    pub(crate) content_margin: i32,
}

/// The sum of weights of a decision.
pub(crate) fn weight(scorer: &impl Scorer, features: &FeatureList) -> i32 {
    let mut scores: Scores = [0; CLASSES];
    scorer.score(features.all(), &mut scores);
    scores[0]
}

/// The runs of a paragraph, as linking sees them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Runs {
    pub(crate) runs: Vec<Run>,
    heads: Vec<usize>,
    /// Places of the cues, the sources and the contents.
    pub(crate) of: [Vec<usize>; 3],
}

impl Runs {
    pub(crate) fn fill(&mut self, reading: &AttributionReading, runs: Vec<Run>) {
        self.heads.clear();
        self.heads
            .extend(runs.iter().map(|run| head_of(reading, &run.tokens)));
        for places in &mut self.of {
            places.clear();
        }
        for (place, run) in runs.iter().enumerate() {
            self.of[run.part as usize].push(place);
        }
        self.runs = runs;
    }

    /// The token on which a run hangs.
    pub(crate) fn head(&self, place: usize) -> usize {
        self.heads[place]
    }

    /// The nearest runs of a part on either side of a run.
    pub(crate) fn near(&self, place: usize, part: Part) -> impl Iterator<Item = usize> + '_ {
        let all = &self.of[part as usize];
        let after = all.partition_point(|other| *other < place);
        let from = after.saturating_sub(NEAREST);
        all[from..(after + NEAREST).min(all.len())]
            .iter()
            .copied()
            .filter(move |other| *other != place)
    }

    /// What lies between two runs and how they hang together; the same for all kinds of pairs.
    fn pair(
        &self,
        reading: &AttributionReading,
        template: u32,
        a: usize,
        b: usize,
        into: &mut FeatureList,
    ) {
        let of = |number: u32| Feature::of(template + number);
        let (first, second) = (a.min(b), a.max(b));
        let side = u32::from(a < b);
        let (left, right) = (&self.runs[first].tokens, &self.runs[second].tokens);
        let gap = left.end..right.start.max(left.end);
        let mut between = [0_u32; 3];
        let mut order = 0_u32;
        for run in &self.runs[first + 1..second] {
            between[run.part as usize] += 1;
            order = (order * 4 + run.part as u32 + 1) & 0xfff;
        }
        let counts = between.map(|count| count.min(3));
        let counts = counts[0] + 4 * counts[1] + 16 * counts[2];
        let (from, to) = (&reading.seen[self.heads[a]], &reading.seen[self.heads[b]]);
        let sentences = from.sentence.abs_diff(to.sentence).min(3);
        let away = distance(gap.len());
        let hung = path(reading, self.heads[b], self.heads[a])
            .filter(|_| sentences == 0)
            .map_or(0, |path| {
                1 + path.up
                    + 64 * path.down
                    + 4096 * path.steps.0.min(3)
                    + 16384 * path.steps.1.min(3)
            });
        let inside = |tokens: &Range<usize>, at: usize| {
            reading
                .seen
                .get(at)
                .filter(|_| tokens.contains(&at))
                .map_or(0, |seen| seen.word.form)
        };
        let (opening, closing) = (
            inside(&gap, gap.start),
            inside(&gap, gap.end.wrapping_sub(1)),
        );
        let quotes = self.quoted(reading, a) + 4 * self.quoted(reading, b);
        into.add(of(0).with(side));
        into.add(of(1).with(side).with(away).with(sentences));
        into.add(of(2).with(side).with(counts));
        into.add(of(3).with(side).with(counts).with(sentences));
        into.add(of(4).with(side).with(order).with(sentences));
        into.add(of(5).with(side).with(hung));
        into.add(of(6).with(side).with(hung).with(counts));
        into.add(of(7).with(side).with(from.lemma).with(sentences.min(1)));
        into.add(of(8).with(side).with(from.tag).with(sentences));
        into.add(of(9).with(side).with(opening).with(closing));
        into.add(of(10).with(side).with(quotes).with(sentences));
        into.add(of(11).with(side).with(quotes).with(counts));
        into.add(of(12).with(side).with(to.relation.into()).with(to.tag));
        into.add(
            of(13)
                .with(side)
                .with(from.children)
                .with(to.relation.into()),
        );
        into.add(of(14).with(side).with(to.lemma));
        into.add(of(15).with(side).with(from.lemma).with(hung));
        into.add(of(16).with(side).with(away).with(counts));
        into.add(of(17).with(side).with(from.lexicon).with(counts));
    }

    /// Whether a run begins and ends with quotation marks, or lies inside them.
    fn quoted(&self, reading: &AttributionReading, place: usize) -> u32 {
        let tokens = &self.runs[place].tokens;
        let first = &reading.seen[tokens.start];
        let last = &reading.seen[tokens.end - 1];
        u32::from(first.quotation != 0) | u32::from(last.quotation != 0) << 1
    }

    /// Whether a cue and the cue before it are one.
    pub(crate) fn merging(
        &self,
        reading: &AttributionReading,
        before: usize,
        cue: usize,
        into: &mut FeatureList,
    ) {
        into.clear();
        self.pair(reading, 700, before, cue, into);
        let (one, other) = (
            &reading.seen[self.heads[before]],
            &reading.seen[self.heads[cue]],
        );
        let length = self.runs[cue].tokens.len().min(4) as u32;
        into.add(Feature::of(720).with(one.lemma).with(other.lemma));
        into.add(Feature::of(721).with(other.lemma).with(length));
        into.add(Feature::of(722).with(other.tag).with(length));
    }

    /// Whether the place of a cue could be one with the cue before it.
    pub(crate) fn may_merge(
        &self,
        reading: &AttributionReading,
        before: usize,
        cue: usize,
    ) -> bool {
        let (left, right) = (&self.runs[before].tokens, &self.runs[cue].tokens);
        right.start - left.end <= LONGEST_GAP
            && reading.seen[left.start].sentence == reading.seen[right.start].sentence
    }

    /// A content with a cue, or with none.
    pub(crate) fn content(
        &self,
        reading: &AttributionReading,
        content: usize,
        cue: Option<usize>,
        into: &mut FeatureList,
    ) {
        into.clear();
        match cue {
            Some(cue) => self.pair(reading, 740, cue, content, into),
            None => {
                let head = &reading.seen[self.heads[content]];
                let length = distance(self.runs[content].tokens.len());
                into.add(Feature::of(770));
                into.add(
                    Feature::of(771)
                        .with(self.quoted(reading, content))
                        .with(length),
                );
                into.add(Feature::of(772).with(head.relation.into()));
            }
        }
    }

    /// A cue with a source, or with none. `contents` are those linked to the cue.
    pub(crate) fn source(
        &self,
        reading: &AttributionReading,
        cue: usize,
        source: Option<usize>,
        contents: &[usize],
        into: &mut FeatureList,
    ) {
        into.clear();
        let side_of = |other: usize| 1 + u32::from(other > cue);
        let content_side = contents.first().map_or(0, |content| side_of(*content));
        let of = Feature::of;
        if let Some(source) = source {
            self.pair(reading, 800, cue, source, into);
            let from = &reading.seen[self.heads[cue]];
            let to = &reading.seen[self.heads[source]];
            into.add(of(820).with(side_of(source)).with(content_side));
            into.add(
                of(821)
                    .with(side_of(source))
                    .with(content_side)
                    .with(from.lemma),
            );
            into.add(of(822).with(from.tag).with(to.tag).with(to.mention));
            let between = contents
                .iter()
                .any(|content| (cue.min(source)..cue.max(source)).contains(content));
            let subject = subject_of(reading, self.heads[cue]);
            let is_subject = match subject {
                Some((subject, level)) if self.runs[source].tokens.contains(&subject) => 1 + level,
                Some(_) => 0,
                None => 9,
            };
            into.add(of(824).with(is_subject));
            into.add(of(825).with(is_subject).with(from.relation.into()));
            into.add(of(826).with(is_subject).with(from.lemma));
            into.add(
                of(827)
                    .with(is_subject)
                    .with(side_of(source))
                    .with(content_side),
            );
            into.add(of(823).with(side_of(source)).with(between.into()));
        } else {
            let from = &reading.seen[self.heads[cue]];
            let near = self.near(cue, Part::Source);
            let same = near
                .filter(|source| reading.seen[self.heads[*source]].sentence == from.sentence)
                .count() as u32;
            into.add(of(850));
            into.add(of(851).with(from.lemma));
            into.add(of(852).with(from.tag).with(from.children));
            into.add(of(853).with(same));
            into.add(of(854).with(same).with(from.relation.into()));
            into.add(of(855).with(content_side).with(same));
            into.add(of(856).with(from.lemma).with(from.children));
            let before = self.runs[cue].tokens.start.checked_sub(1);
            let before = before.map_or(0, |before| reading.seen[before].word.form);
            into.add(of(857).with(before));
            let subject = subject_of(reading, self.heads[cue]).map_or(9, |(_, level)| level);
            into.add(of(858).with(subject).with(from.tag));
            into.add(of(859).with(subject).with(same));
        }
    }
}

/// Room kept from paragraph to paragraph.
#[derive(Debug, Clone, Default)]
pub(crate) struct LinkRoom {
    features: FeatureList,
}

/// Links the runs of a paragraph. Cues without a content are left out.
pub(crate) fn link(
    reading: &AttributionReading,
    runs: &Runs,
    weights: &impl Scorer,
    room: &mut LinkRoom,
) -> Vec<Link> {
    let features = &mut room.features;
    let mut links: Vec<Link> = Vec::new();
    let mut link_of = vec![usize::MAX; runs.runs.len()];
    let mut before = None;
    for &cue in &runs.of[Part::Cue as usize] {
        let joins = before.is_some_and(|before| {
            runs.may_merge(reading, before, cue) && {
                runs.merging(reading, before, cue, features);
                weight(weights, features) > 0
            }
        });
        if joins && let Some(last) = links.last_mut() {
            last.cue.push(cue);
        } else {
            links.push(Link {
                cue: vec![cue],
                content_margin: i32::MAX,
                ..Link::default()
            });
        }
        link_of[cue] = links.len() - 1;
        before = Some(cue);
    }
    for &content in &runs.of[Part::Content as usize] {
        runs.content(reading, content, None, features);
        let mut best = (weight(weights, features), None);
        let mut next = i32::MIN / 2;
        for cue in runs.near(content, Part::Cue) {
            runs.content(reading, content, Some(cue), features);
            let sum = weight(weights, features);
            let same = best
                .1
                .is_some_and(|best: usize| link_of[best] == link_of[cue]);
            if sum > best.0 {
                next = if same { next } else { best.0 };
                best = (sum, Some(cue));
            } else if !same {
                next = next.max(sum);
            }
        }
        if let Some(cue) = best.1 {
            let link = &mut links[link_of[cue]];
            link.content.push(content);
            link.content_margin = link.content_margin.min(best.0.saturating_sub(next));
        }
    }
    links.retain(|link| !link.content.is_empty());
    for link in &mut links {
        let mut best = (i32::MIN / 2, None);
        let mut next = i32::MIN / 2;
        for &cue in &link.cue {
            let none = std::iter::once(None).filter(|_| cue == link.cue[0]);
            for source in none.chain(runs.near(cue, Part::Source).map(Some)) {
                runs.source(reading, cue, source, &link.content, features);
                let sum = weight(weights, features);
                if sum > best.0 {
                    if source != best.1 || best.1.is_none() {
                        next = best.0;
                    }
                    best = (sum, source);
                } else if source != best.1 {
                    next = next.max(sum);
                }
            }
        }
        link.source = best.1;
        link.source_margin = best.0.saturating_sub(next);
    }
    links
}
