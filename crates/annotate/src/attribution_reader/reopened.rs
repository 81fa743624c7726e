//! Quotations that run over several paragraphs: one that is not closed at its paragraph's end and is opened anew at the next one's
//! beginning is one speaker's.
//!
//! It knows marks and paragraphs, no words. The labels of PolNeAR end with their paragraph, and so do the weights; the other parts of
//! such a quotation are joined to the attribution of one part here. A closed quotation is never carried on.

use super::claimable::Claimable;
use crate::attributions::{Attribution, SourceTokens, Tokens};
use crate::view::View;
use text::BlockKind;

/// The most parts of one content; what goes on longer is a text of its own.
const MOST_PARTS: usize = 100;

/// Joins the parts of each such quotation to the content of the attribution that has one of them: the part before first, else the
/// part after. What stands wholly inside a part that is joined is no outermost attribution and is taken out.
pub(super) fn join(view: &View, all: &mut Vec<Claimable>) {
    let pairs = pairs(view);
    if pairs.is_empty() {
        return;
    }
    let mut parts = Parts::new(view, all);
    for (before, after) in &pairs {
        parts.give(all, before, after);
    }
    for (before, after) in pairs.iter().rev() {
        parts.give(all, after, before);
    }
    let mut place = 0;
    all.retain(|_| {
        place += 1;
        !parts.inside[place - 1]
    });
}

/// Each part of a quotation that another part follows, with that part, in order.
fn pairs(view: &View) -> Vec<(Tokens, Tokens)> {
    let follows = |before: &Tokens, after: &Tokens| {
        let blocks = view.block_of(before.start).zip(view.block_of(after.start));
        let opens_block =
            |token: usize| token == 0 || view.block_of(token - 1) != view.block_of(token);
        let is_text = |token: usize| {
            let sentence = view
                .sentence_of(token)
                .map(|at| &view.segments.sentences[at]);
            sentence.is_some_and(|sentence| view.block_kind(sentence) == BlockKind::Paragraph)
        };
        blocks.is_some_and(|(before, after)| before + 1 == after)
            && !view.is_quote_mark(before.end - 1)
            && view.is_quote_mark(after.start)
            && view.word(before.start) == view.word(after.start)
            && opens_block(after.start)
            && is_text(before.start)
            && is_text(after.start)
    };
    view.quotes
        .windows(2)
        .map(|two| (two[0].tokens.clone(), two[1].tokens.clone()))
        .filter(|(before, after)| follows(before, after))
        .collect()
}

/// Which attribution has which tokens in its content.
struct Parts {
    owner: Vec<Option<usize>>,
    /// The attributions in order of the first token of their contents.
    order: Vec<(usize, usize)>,
    /// For each attribution whether it stands in a part that was given to another.
    inside: Vec<bool>,
}

impl Parts {
    fn new(view: &View, all: &[Claimable]) -> Self {
        let mut owner = vec![None; view.len()];
        let mut order = Vec::new();
        for (place, (attribution, _)) in all.iter().enumerate() {
            for token in attribution.content.iter().cloned().flatten() {
                if let Some(slot) = owner.get_mut(token) {
                    *slot = Some(place);
                }
            }
            let first = attribution.content.iter().map(|tokens| tokens.start).min();
            order.extend(first.map(|first| (first, place)));
        }
        order.sort_unstable();
        Self {
            owner,
            order,
            inside: vec![false; all.len()],
        }
    }

    /// Gives a part to the attribution that has the other, unless it has one of its own.
    fn give(&mut self, all: &mut [Claimable], known: &Tokens, part: &Tokens) {
        let at_edge = |token: usize| self.owner.get(token).copied().flatten();
        let Some(place) = at_edge(known.end - 1).or(at_edge(known.start)) else {
            return;
        };
        if all[place].0.content.len() >= MOST_PARTS {
            return;
        }
        let is_in = |tokens: &Tokens| part.start <= tokens.start && tokens.end <= part.end;
        let (from, to) = (
            self.order.partition_point(|(first, _)| *first < part.start),
            self.order.partition_point(|(first, _)| *first < part.end),
        );
        let here: Vec<usize> = self.order[from..to]
            .iter()
            .map(|(_, place)| *place)
            .collect();
        let owned = part
            .clone()
            .filter_map(|token| self.owner[token])
            .all(|owner| here.contains(&owner));
        if !owned || !here.iter().all(|place| is_wholly(&all[*place].0, is_in)) {
            return;
        }
        for inside in here {
            self.inside[inside] = true;
        }
        self.owner[part.clone()].fill(Some(place));
        let content = &mut all[place].0.content;
        let next = content.partition_point(|tokens| tokens.start < part.start);
        content.insert(next, part.clone());
    }
}

/// Whether all parts of an attribution are somewhere.
fn is_wholly(attribution: &Attribution, is_in: impl Fn(&Tokens) -> bool) -> bool {
    let source = match &attribution.source {
        SourceTokens::Stated(tokens) | SourceTokens::Shared(tokens) => is_in(tokens),
        SourceTokens::Relative { pronoun, .. } => is_in(&(*pronoun..*pronoun + 1)),
        SourceTokens::Elided | SourceTokens::Nobody => true,
    };
    source && is_in(&attribution.cue) && attribution.content.iter().all(is_in)
}
