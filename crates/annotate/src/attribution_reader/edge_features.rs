//! The features of the edges that a content could have: what stands at an edge, what it cuts off the tree, how it hangs from the cue.
//!
//! It does not know weights, nor which edges are candidates. A change here makes `models/attributions.bin` useless: it must be
//! trained anew.

use super::branches::{HIGHEST, path};
use super::edges::{Asked, Candidate, Spread, Tagged, outermost};
use super::features::distance;
use super::reading::{AttributionReading, NO_HEAD, Seen};
use std::ops::Range;
use syntax::linear::{Feature, FeatureList};

/// What is lost, in bins.
fn bin(lost: i32) -> u32 {
    let lost_by = lost.unsigned_abs();
    let magnitude = match lost_by {
        0 => 0,
        1..=3000 => 1 + lost_by / 300,
        3001..=9000 => 9 + lost_by / 1000,
        _ => 19,
    };
    magnitude + 32 * u32::from(lost < 0)
}

/// How far an edge is from the tagger's own, with its side.
fn moved(own: usize, at: usize) -> u32 {
    distance(own.abs_diff(at)) + 16 * u32::from(at < own)
}

/// Where a head lies, seen from a content.
fn place_of(asked: &Asked, content: &Range<usize>, head: u32) -> u32 {
    match head {
        NO_HEAD => 0,
        head if asked.cue.contains(&(head as usize)) => 1,
        head if content.contains(&(head as usize)) => 2,
        head if (head as usize) < content.start => 3,
        _ => 4,
    }
}

/// How a token stands: its relation, and where its head lies.
fn stands(asked: &Asked, content: &Range<usize>, token: &Seen) -> u32 {
    u32::from(token.relation) + 64 * place_of(asked, content, token.head)
}

/// The word to which one climbs from a token by the heads that are within.
fn top(reading: &AttributionReading, token: usize, within: impl Fn(usize) -> bool) -> usize {
    let mut at = token;
    for _ in 0..HIGHEST {
        let head = reading.seen[at].head;
        if head == NO_HEAD || !within(head as usize) {
            break;
        }
        at = head as usize;
    }
    at
}

/// An edge as both kinds see it: the two tokens before it and the two behind it, and what is known of it.
struct Edge<'a> {
    tokens: [&'a Seen; 4],
    cue: &'a Seen,
    /// Whether the cue comes after the content's beginning.
    side: u32,
    /// What is lost by it, in bins.
    lost: u32,
    /// How far it is from the tagger's own.
    moved: u32,
    /// What stands there where it is the edge of the room: 0 where it is not.
    border: u32,
    quotes: u32,
}

impl<'a> Edge<'a> {
    fn of(
        tagged: &'a Tagged,
        asked: &Asked,
        candidate: Candidate,
        own: usize,
        border: u32,
    ) -> Self {
        let at = candidate.at;
        let tokens = [-2, -1, 0, 1].map(|offset| tagged.seen(at.checked_add_signed(offset)));
        Self {
            cue: &tagged.reading.seen[asked.head],
            side: u32::from(asked.head > asked.own.start),
            lost: bin(candidate.lost),
            moved: moved(own, at),
            quotes: u32::from(tokens[1].quote) + 4 * u32::from(tokens[2].quote),
            border,
            tokens,
        }
    }

    /// The features that beginnings and ends share, as templates from `base` on.
    fn collect(&self, base: u32, into: &mut FeatureList) {
        let [before2, before, here, after] = self.tokens;
        let Self {
            cue,
            side,
            lost,
            moved,
            border,
            quotes,
            ..
        } = *self;
        let of = |number: u32| Feature::of(base + number);
        into.clear();
        into.add(of(0).with(lost));
        into.add(of(1).with(lost).with(side).with(quotes));
        into.add(of(2).with(moved));
        into.add(of(3).with(moved).with(border));
        into.add(of(4).with(here.word.form));
        into.add(of(5).with(before.word.form));
        into.add(of(6).with(before.word.form).with(here.word.form));
        into.add(of(7).with(here.word.form).with(after.word.form));
        into.add(of(8).with(before.tag).with(here.tag));
        into.add(of(9).with(before.tag).with(here.tag).with(after.tag));
        into.add(of(10).with(before2.word.form).with(before.word.form));
        into.add(of(11).with(cue.lemma).with(here.word.form));
        into.add(of(12).with(cue.lemma).with(here.tag).with(border));
        into.add(of(14).with(cue.lemma).with(lost));
    }
}

/// How a token hangs from the cue.
fn hung(
    reading: &AttributionReading,
    asked: &Asked,
    spread: &Spread,
    token: usize,
    left: bool,
) -> u32 {
    let Some(from) = reading.seen.get(token) else {
        return 0;
    };
    if from.sentence != reading.seen[asked.head].sentence {
        return 1 + from
            .sentence
            .abs_diff(reading.seen[asked.head].sentence)
            .min(2);
    }
    path(reading, token, asked.head).map_or(0, |path| {
        let edge = if left {
            spread.left(path.branch)
        } else {
            spread.right(path.branch)
        };
        4 + path.up
            + 64 * path.down
            + 4096 * path.steps.1.min(2)
            + 16384 * u32::from(edge == token)
            + 32768 * u32::from(path.steps.0 == 1)
    })
}

/// The features of a beginning.
pub(crate) fn start_features(
    tagged: &Tagged,
    spread: &Spread,
    asked: &Asked,
    candidate: Candidate,
    into: &mut FeatureList,
) {
    let reading = tagged.reading;
    let at = candidate.at;
    let border = u32::from(at == asked.room.start) * (1 + asked.beside.0);
    let edge = Edge::of(tagged, asked, candidate, asked.own.start, border);
    edge.collect(400, into);
    let Edge {
        tokens: [_, left, own, _],
        cue,
        side,
        lost,
        border: first,
        quotes,
        ..
    } = edge;
    let content = at..asked.own.end.max(at + 1);
    let near = if side == 0 {
        distance(at.saturating_sub(asked.cue.end))
    } else {
        15
    };
    let of = |number: u32| Feature::of(400 + number);
    into.add(of(13).with(cue.lemma).with(left.word.form));
    let hung = hung(reading, asked, spread, at, true);
    into.add(of(15).with(hung));
    into.add(of(16).with(hung).with(own.tag));
    into.add(of(17).with(hung).with(cue.lemma));
    into.add(of(18).with(hung).with(first).with(lost));
    // The widest branch that begins here.
    let root = outermost(reading, spread, at, true);
    let stands = stands(asked, &content, &reading.seen[root]);
    into.add(of(20).with(stands));
    into.add(of(21).with(stands).with(own.tag));
    into.add(of(22).with(stands).with(cue.lemma));
    into.add(of(23).with(stands).with(left.tag).with(left.step.into()));
    // What is cut off before it.
    if at > tagged.tokens.start {
        let root = outermost(reading, spread, at - 1, false);
        let cut = &reading.seen[root];
        let stands = self::stands(asked, &content, cut);
        into.add(of(24).with(stands));
        into.add(of(25).with(stands).with(left.tag));
        into.add(of(26).with(stands).with(cut.lemma));
        into.add(of(27).with(stands).with(first).with(hung));
    }
    let hangs = self::stands(asked, &content, own);
    into.add(of(28).with(hangs).with(left.tag));
    into.add(of(29).with(quotes));
    into.add(
        of(30)
            .with(quotes)
            .with(left.step.into())
            .with(own.step.into()),
    );
    into.add(of(31).with(quotes).with(own.tag).with(first));
    into.add(
        of(32)
            .with(u32::from(own.pattern))
            .with(left.pattern.into()),
    );
    into.add(
        of(33)
            .with(u32::from(own.pattern))
            .with(left.pattern.into())
            .with(own.rule),
    );
    into.add(of(34).with(first).with(side).with(near));
    into.add(
        of(35)
            .with(first)
            .with(own.place.0.min(3).into())
            .with(side),
    );
    into.add(of(36).with(near).with(own.tag));
    into.add(of(37).with(near).with(cue.lemma));
    into.add(of(38).with(label(tagged, at)).with(before(tagged, at)));
    into.add(of(39).with(left.mention).with(own.mention));
    into.add(
        of(40)
            .with(left.relation.into())
            .with(own.relation.into())
            .with(left.tag),
    );
    into.add(of(41).with(left.lexicon).with(own.tag));
    into.add(of(42).with(cue.lexicon).with(own.tag).with(first));
}

fn label(tagged: &Tagged, at: usize) -> u32 {
    let label = at
        .checked_sub(tagged.tokens.start)
        .and_then(|at| tagged.labels.get(at));
    label.map_or(9, |label| u32::from(*label))
}

fn before(tagged: &Tagged, at: usize) -> u32 {
    at.checked_sub(1).map_or(9, |at| label(tagged, at))
}

/// The features of an end: the first token that is no more of the content.
pub(crate) fn end_features(
    tagged: &Tagged,
    spread: &Spread,
    asked: &Asked,
    candidate: Candidate,
    into: &mut FeatureList,
) {
    let reading = tagged.reading;
    let at = candidate.at;
    let border = u32::from(at == asked.room.end) * (1 + asked.beside.1);
    let edge = Edge::of(tagged, asked, candidate, asked.own.end, border);
    edge.collect(500, into);
    let Edge {
        tokens: [_, last, next, next2],
        cue,
        side,
        lost,
        border: end,
        quotes,
        ..
    } = edge;
    let content = asked.own.start..at;
    let of = |number: u32| Feature::of(500 + number);
    into.add(of(13).with(next.word.form).with(next2.tag).with(lost));
    let step = u32::from(next.step) + 16 * u32::from(last.step);
    let left = u32::from(last.place.1.min(3));
    into.add(of(15).with(step));
    into.add(of(16).with(step).with(left).with(end));
    into.add(of(17).with(step).with(next2.tag));
    // The branch behind the end, up to where it hangs from what stands before.
    if at < tagged.tokens.end {
        let root = top(reading, at, |head| head >= at);
        let branch = &reading.seen[root];
        let stands = stands(asked, &content, branch);
        let head = tagged.seen(Some(branch.head as usize));
        let away = distance(at.saturating_sub(branch.head as usize));
        into.add(of(20).with(stands));
        into.add(of(21).with(stands).with(step));
        into.add(of(22).with(stands).with(cue.lemma));
        into.add(of(23).with(stands).with(next.word.form));
        into.add(of(24).with(stands).with(branch.tag).with(next.tag));
        into.add(of(25).with(stands).with(branch.lemma));
        into.add(
            of(26)
                .with(stands)
                .with(head.tag)
                .with(head.relation.into()),
        );
        into.add(of(27).with(stands).with(away));
        into.add(of(28).with(stands).with(lost));
        let above = hung(reading, asked, spread, branch.head as usize, false);
        into.add(of(29).with(stands).with(above));
        into.add(of(30).with(stands).with(head.lemma));
        let narrow = outermost(reading, spread, at, true);
        let narrow = &reading.seen[narrow];
        let stands = self::stands(asked, &content, narrow);
        into.add(of(31).with(stands).with(next.tag));
        into.add(of(32).with(stands).with(narrow.lemma).with(next.word.form));
    }
    // The widest branch that ends here.
    let root = outermost(reading, spread, at - 1, false);
    let stands = stands(asked, &content, &reading.seen[root]);
    let hung = hung(reading, asked, spread, at - 1, false);
    into.add(of(33).with(stands));
    into.add(of(34).with(stands).with(next.tag));
    into.add(of(35).with(stands).with(cue.lemma));
    into.add(of(36).with(hung).with(step));
    into.add(of(37).with(hung).with(next.tag));
    into.add(of(38).with(quotes));
    into.add(of(39).with(quotes).with(step));
    into.add(of(40).with(quotes).with(next2.tag).with(end));
    into.add(
        of(41)
            .with(u32::from(last.pattern))
            .with(next.pattern.into()),
    );
    into.add(
        of(42)
            .with(u32::from(last.pattern))
            .with(next.pattern.into())
            .with(last.rule),
    );
    into.add(of(43).with(end).with(side).with(left));
    into.add(of(44).with(label(tagged, at)).with(before(tagged, at)));
    into.add(of(45).with(last.mention).with(next.mention));
    into.add(
        of(46)
            .with(last.relation.into())
            .with(next.relation.into())
            .with(next.tag),
    );
    into.add(of(47).with(next.lexicon).with(next.tag));
    into.add(of(48).with(next.stance).with(next.tag));
}

/// The features of a beginning and an end together.
pub(crate) fn pair_features(
    tagged: &Tagged,
    asked: &Asked,
    start: usize,
    end: usize,
    into: &mut FeatureList,
) {
    let reading = tagged.reading;
    let (first, last) = (tagged.seen(Some(start)), tagged.seen(Some(end - 1)));
    let (left, next) = (tagged.seen(start.checked_sub(1)), tagged.seen(Some(end)));
    let cue = &reading.seen[asked.head];
    let side = u32::from(asked.head > asked.own.start);
    let length = distance(end - start);
    let same = u32::from(first.quotation == last.quotation && first.quotation != 0);
    let around = u32::from(left.quotation != 0 && left.quotation == next.quotation);
    let marks = u32::from(first.quote) + 4 * u32::from(last.quote) + 16 * same + 32 * around;
    let kept = u32::from(start == asked.own.start) + 2 * u32::from(end == asked.own.end);
    let sentences = last.sentence.abs_diff(first.sentence).min(3);
    let content = start..end;
    // The branches of the first and of the last token inside the content.
    let inside = |head: usize| content.contains(&head);
    let (one, other) = (top(reading, start, inside), top(reading, end - 1, inside));
    let root = &reading.seen[one];
    let hangs = stands(asked, &content, root);
    let whole = u32::from(one == other);
    let of = |number: u32| Feature::of(600 + number);
    into.clear();
    into.add(of(0).with(length));
    into.add(of(1).with(length).with(side).with(cue.lemma));
    into.add(of(2).with(marks));
    into.add(
        of(3)
            .with(marks)
            .with(u32::from(left.quote))
            .with(next.quote.into()),
    );
    into.add(of(4).with(kept));
    into.add(of(5).with(hangs).with(whole));
    into.add(of(6).with(hangs).with(whole).with(cue.lemma));
    into.add(of(7).with(hangs).with(whole).with(root.tag).with(length));
    into.add(of(8).with(sentences).with(marks));
    into.add(of(9).with(sentences).with(first.word.form));
    into.add(of(10).with(first.word.form).with(next.word.form));
    into.add(of(11).with(first.tag).with(next.tag).with(whole));
    into.add(
        of(12)
            .with(left.step.into())
            .with(next.step.into())
            .with(side),
    );
    into.add(of(13).with(left.word.form).with(next.word.form));
}
