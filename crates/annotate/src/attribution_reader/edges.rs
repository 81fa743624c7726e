//! Where contents begin and end: for the content of each link, other edges than the tagger's own are weighed as a whole.
//!
//! The tagger sees a few words at a time; here a beginning and an end are chosen together, by what they cut off the tree, by
//! quotation marks and by the cue that was linked. It does not know which cue a content belongs to, nor how weights are learnt
//! (`edge_training`). Method: re-ranking of the spans that a first model finds likely (M. Collins, 2000).

use super::branches::HIGHEST;
use super::chain::{Neighbours, Weighed};
use super::edge_features::{end_features, pair_features, start_features};
use super::labels::{Label, OUTSIDE, Part};
use super::linker::{Link, Runs, weight};
use super::reading::{AttributionReading, NO_HEAD, Seen};
use crate::logistic;
use std::ops::Range;
use syntax::linear::{FeatureList, Scorer};

/// How far from the tagger's edge every token is a candidate.
const NEAR: usize = 4;

/// How far from the tagger's edge marks and edges of branches are candidates.
const FAR: usize = 40;

/// How many beginnings and ends, the best by themselves, are weighed together.
pub(crate) const TOGETHER: [usize; 2] = [5, 6];

/// A paragraph as the tagger read it.
pub(crate) struct Tagged<'a> {
    pub(crate) reading: &'a AttributionReading,
    pub(crate) tokens: Range<usize>,
    /// Of its tokens the weights of labels and the best labels.
    pub(crate) weighed: &'a [Weighed],
    pub(crate) labels: &'a [Label],
    pub(crate) neighbours: &'a Neighbours,
    /// Stands for what lies beyond the paragraph.
    pub(crate) outside: Seen,
}

impl Tagged<'_> {
    /// A token of the paragraph.
    pub(crate) fn seen(&self, at: Option<usize>) -> &Seen {
        at.filter(|at| self.tokens.contains(at))
            .map_or(&self.outside, |at| &self.reading.seen[at])
    }

    /// The tagger's sum over a range of tokens and the one after it with these labels.
    fn sum(&self, range: Range<usize>, labels: impl Fn(usize) -> Label) -> i32 {
        let first = self.tokens.start;
        let mut before = match range.start.checked_sub(1) {
            Some(before) if before >= first => self.labels[before - first],
            _ => OUTSIDE,
        };
        let mut sum = 0;
        for token in range.start..(range.end + 1).min(self.tokens.end) {
            let label = if token == range.end {
                self.labels[token - first]
            } else {
                labels(token)
            };
            let step = self.reading.seen[token].step;
            let after = self.neighbours.after(step, usize::from(before));
            sum += after[usize::from(label)];
            if token < range.end {
                sum += self.weighed[token - first][usize::from(label)];
            }
            before = label;
        }
        sum
    }

    /// What the tagger loses where the content that it began at `own` begins at `other`.
    fn lost_by_start(&self, own: usize, other: usize) -> i32 {
        let begin = Part::Content.begin();
        let window = own.min(other)..own.max(other) + 1;
        let first = self.tokens.start;
        let then = self.sum(window.clone(), |token| self.labels[token - first]);
        // The token after the window goes on with the content, as it did.
        let now = self.sum(window, |token| match token {
            token if token < other => OUTSIDE,
            token if token == other => begin,
            _ => begin + 1,
        });
        then - now
    }

    /// What the tagger loses where the content that it ended before `own` ends before `other`.
    fn lost_by_end(&self, start: usize, own: usize, other: usize) -> i32 {
        let begin = Part::Content.begin();
        let window = own.min(other).saturating_sub(1)..own.max(other);
        let first = self.tokens.start;
        let then = self.sum(window.clone(), |token| self.labels[token - first]);
        let now = self.sum(window, |token| match token {
            token if token >= other => OUTSIDE,
            token if token == start => begin,
            _ => begin + 1,
        });
        then - now
    }
}

/// An edge that could be a content's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) at: usize,
    /// What the tagger loses by it.
    pub(crate) lost: i32,
}

/// The edges that a content could have.
#[derive(Debug, Clone, Default)]
pub(crate) struct Candidates {
    pub(crate) starts: Vec<Candidate>,
    pub(crate) ends: Vec<Candidate>,
}

/// A content whose edges are looked for.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Where the tagger had it.
    pub(crate) own: Range<usize>,
    /// What no other attribution has.
    pub(crate) room: Range<usize>,
    /// The head of the cue it belongs to, and the cue.
    pub(crate) head: usize,
    pub(crate) cue: Range<usize>,
    /// The parts that stand before and behind the room: 0 for none.
    pub(crate) beside: (u32, u32),
}

/// The edges of every token's branch, in a paragraph.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spread {
    first: usize,
    left: Vec<u32>,
    right: Vec<u32>,
}

impl Spread {
    /// Linear: a token's branch is gone over once from each side.
    pub(crate) fn fill(&mut self, reading: &AttributionReading, tokens: &Range<usize>) {
        const UNSET: u32 = u32::MAX;
        self.first = tokens.start;
        let climb = |edges: &mut Vec<u32>, token: usize| {
            let mut at = token;
            loop {
                let slot = &mut edges[at - tokens.start];
                if *slot != UNSET {
                    return;
                }
                *slot = token as u32;
                let head = reading.seen[at].head;
                if head == NO_HEAD || !tokens.contains(&(head as usize)) {
                    return;
                }
                at = head as usize;
            }
        };
        for edges in [&mut self.left, &mut self.right] {
            edges.clear();
            edges.resize(tokens.len(), UNSET);
        }
        for token in tokens.clone() {
            climb(&mut self.left, token);
        }
        for token in tokens.clone().rev() {
            climb(&mut self.right, token);
        }
    }

    pub(crate) fn left(&self, token: usize) -> usize {
        let edge = token
            .checked_sub(self.first)
            .and_then(|at| self.left.get(at));
        edge.map_or(usize::MAX, |edge| *edge as usize)
    }

    pub(crate) fn right(&self, token: usize) -> usize {
        let edge = token
            .checked_sub(self.first)
            .and_then(|at| self.right.get(at));
        edge.map_or(usize::MAX, |edge| *edge as usize)
    }
}

/// What is asked of each content of each link, with the content's place.
pub(crate) fn asked(
    tokens: &Range<usize>,
    runs: &Runs,
    links: &[Link],
    into: &mut Vec<(usize, Asked)>,
) {
    into.clear();
    let mut linked = vec![false; runs.runs.len()];
    for link in links {
        for &place in link.cue.iter().chain(&link.source).chain(&link.content) {
            linked[place] = true;
        }
    }
    let places: Vec<usize> = (0..linked.len()).filter(|place| linked[*place]).collect();
    for link in links {
        for &content in &link.content {
            let at = places.partition_point(|place| *place < content);
            let before = at.checked_sub(1).map(|at| places[at]);
            let after = places.get(at + 1).copied();
            let run = |place: usize| &runs.runs[place];
            let nearest = link
                .cue
                .iter()
                .min_by_key(|cue| cue.abs_diff(content))
                .copied()
                .unwrap_or(content);
            let part = |place: Option<usize>| place.map_or(0, |place| run(place).part as u32 + 1);
            into.push((
                content,
                Asked {
                    own: run(content).tokens.clone(),
                    room: before.map_or(tokens.start, |place| run(place).tokens.end)
                        ..after.map_or(tokens.end, |place| run(place).tokens.start),
                    head: runs.head(nearest),
                    cue: run(nearest).tokens.clone(),
                    beside: (part(before), part(after)),
                },
            ));
        }
    }
}

/// Whether a content often begins here: behind a mark, at a sentence's or a branch's beginning.
fn opens(reading: &AttributionReading, spread: &Spread, token: usize) -> bool {
    let seen = &reading.seen[token];
    let before = token.checked_sub(1).map(|before| &reading.seen[before]);
    seen.place.0 == 0
        || matches!(seen.step, 1 | 7 | 8 | 9)
        || before.is_some_and(|before| matches!(before.step, 1..=5))
        || wide(reading, spread, token, true)
}

/// Whether a content often ends before this token.
fn closes(reading: &AttributionReading, spread: &Spread, token: usize) -> bool {
    let Some(seen) = reading.seen.get(token) else {
        return true;
    };
    let before = token.checked_sub(1);
    seen.place.0 == 0
        || matches!(seen.step, 1..=5)
        || before.is_some_and(|before| {
            matches!(reading.seen[before].step, 1..=5) || wide(reading, spread, before, false)
        })
}

/// Whether a branch of several tokens begins (or ends) with a token.
fn wide(reading: &AttributionReading, spread: &Spread, token: usize, left: bool) -> bool {
    let root = outermost(reading, spread, token, left);
    let width = spread.right(root).saturating_sub(spread.left(root));
    width >= 2 && width != usize::MAX
}

/// The root of the widest branch that begins (or ends) with a token.
pub(crate) fn outermost(
    reading: &AttributionReading,
    spread: &Spread,
    token: usize,
    left: bool,
) -> usize {
    let edge = |at: usize| {
        if left {
            spread.left(at)
        } else {
            spread.right(at)
        }
    };
    let mut at = token;
    if edge(at) != token {
        return at;
    }
    for _ in 0..HIGHEST {
        let head = reading.seen[at].head;
        if head == NO_HEAD || edge(head as usize) != token {
            break;
        }
        at = head as usize;
    }
    at
}

/// The edges that a content could have; its own among them.
pub(crate) fn candidates(tagged: &Tagged, spread: &Spread, asked: &Asked, into: &mut Candidates) {
    let reading = tagged.reading;
    let own = &asked.own;
    into.starts.clear();
    let from = asked.room.start.max(own.start.saturating_sub(FAR));
    for at in from..own.end.min(own.start + FAR) {
        let near = at.abs_diff(own.start) <= NEAR;
        if near || at == asked.room.start || opens(reading, spread, at) {
            let lost = if at == own.start {
                0
            } else {
                tagged.lost_by_start(own.start, at)
            };
            into.starts.push(Candidate { at, lost });
        }
    }
    into.ends.clear();
    let from = (own.start + 1).max(own.end.saturating_sub(FAR));
    for at in from..=asked.room.end.min(own.end + FAR) {
        let near = at.abs_diff(own.end) <= NEAR;
        if near || at == asked.room.end || closes(reading, spread, at) {
            let lost = if at == own.end {
                0
            } else {
                tagged.lost_by_end(own.start, own.end, at)
            };
            into.ends.push(Candidate { at, lost });
        }
    }
}

/// Room kept from paragraph to paragraph.
#[derive(Debug, Clone, Default)]
pub(crate) struct EdgeRoom {
    spread: Spread,
    candidates: Candidates,
    asked: Vec<(usize, Asked)>,
    features: FeatureList,
    sums: [Vec<(i32, usize)>; 2],
    together: Vec<(f64, Range<usize>)>,
}

/// By how much the log-odds of the tagger's own span rise: the readings that were learnt from are by models that had seen half as
/// much, and so erred more often.
const FOR_OWN: f64 = 0.25;

/// The span of which most is expected: that it is right, and that it shares at least half of the longer with what is right,
/// which matters as much. `all` has the log-odds of each.
pub(crate) fn decide(all: &mut [(f64, Range<usize>)], own: &Range<usize>) -> Range<usize> {
    if let Some((odds, _)) = all.iter_mut().find(|(_, span)| span == own) {
        *odds += FOR_OWN;
    }
    let most = all.iter().map(|(odds, _)| *odds).fold(f64::MIN, f64::max);
    for (odds, _) in all.iter_mut() {
        *odds = (*odds - most).exp();
    }
    let mut best = (0.0, own);
    for (share, span) in all.iter() {
        let alike = |other: &&(f64, Range<usize>)| {
            let other = &other.1;
            let shared = (other.end.min(span.end)).saturating_sub(other.start.max(span.start));
            2 * shared >= other.len().max(span.len())
        };
        let alike: f64 = all.iter().filter(alike).map(|(share, _)| share).sum();
        if share + alike > best.0 {
            best = (share + alike, span);
        }
    }
    best.1.clone()
}

/// Gives the contents of links the edges that weigh most.
pub(crate) fn choose(
    tagged: &Tagged,
    runs: &mut Runs,
    links: &[Link],
    weights: &impl Scorer,
    room: &mut EdgeRoom,
) {
    if links.is_empty() {
        return;
    }
    let EdgeRoom {
        spread,
        candidates: all,
        asked: list,
        features,
        sums,
        together,
    } = room;
    spread.fill(tagged.reading, &tagged.tokens);
    self::asked(&tagged.tokens, runs, links, list);
    list.sort_by_key(|(place, _)| *place);
    // What a content took is no more free for the next.
    let mut taken = tagged.tokens.start;
    for (place, asked) in list.iter_mut() {
        asked.room.start = asked.room.start.max(taken);
        candidates(tagged, spread, asked, all);
        for side in sums.iter_mut() {
            side.clear();
        }
        for candidate in &all.starts {
            start_features(tagged, spread, asked, *candidate, features);
            sums[0].push((weight(weights, features), candidate.at));
        }
        for candidate in &all.ends {
            end_features(tagged, spread, asked, *candidate, features);
            sums[1].push((weight(weights, features), candidate.at));
        }
        for (side, most) in sums.iter_mut().zip(TOGETHER) {
            side.sort_by_key(|(sum, at)| (std::cmp::Reverse(*sum), *at));
            side.truncate(most);
        }
        together.clear();
        for (sum, start) in &sums[0] {
            for (more, end) in &sums[1] {
                if start < end {
                    pair_features(tagged, asked, *start, *end, features);
                    let sum = sum + more + weight(weights, features);
                    together.push((f64::from(sum) / logistic::UNIT, *start..*end));
                }
            }
        }
        let span = decide(together, &asked.own);
        taken = span.end;
        runs.runs[*place].tokens = span;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_spread_over_what_hangs_on_them() {
        let mut reading = AttributionReading::default();
        // The second token hangs on the last, the others on the second.
        for head in [1, 3, 1, NO_HEAD] {
            reading.seen.push(Seen {
                head,
                ..Seen::default()
            });
        }
        let mut spread = Spread::default();
        spread.fill(&reading, &(0..4));
        let edges: Vec<(usize, usize)> = (0..4)
            .map(|token| (spread.left(token), spread.right(token)))
            .collect();
        assert_eq!(edges, [(0, 0), (0, 2), (2, 2), (0, 3)]);
        assert_eq!(outermost(&reading, &spread, 0, true), 3);
        assert_eq!(outermost(&reading, &spread, 2, false), 1);
    }

    #[test]
    fn a_span_like_many_likely_ones_is_chosen() {
        let own = 0..2;
        let mut all = vec![(1.0, 0..2), (0.9, 0..10), (0.8, 0..11), (0.7, 1..11)];
        assert_eq!(decide(&mut all, &own), 0..10);
        assert_eq!(decide(&mut [], &own), own);
    }
}
