//! Where each token stands to the cues around it: how far, on which side, and by which branch of the tree.
//!
//! It does not know labels of sources or contents, nor weights.

use super::features::{Paragraph, distance};
use super::labels::{Label, Run};
use super::reading::{AttributionReading, NO_HEAD, Quoted};
use std::ops::Range;
use syntax::Relation;
use syntax::linear::{Feature, FeatureList};

/// The most steps up a tree.
pub(crate) const HIGHEST: usize = 64;

/// How two tokens of a sentence hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Path {
    /// The relations by which the branches of the one and of the other hang from the word above both; 0 where that word is
    /// the token itself.
    pub(crate) up: u32,
    pub(crate) down: u32,
    /// Steps to the word above both.
    pub(crate) steps: (u32, u32),
    /// The root of the one's branch.
    pub(crate) branch: usize,
}

/// The path from a token to another of the same sentence; none where they hang from different roots.
pub(crate) fn path(reading: &AttributionReading, from: usize, to: usize) -> Option<Path> {
    let (mut a, mut b) = (from, to);
    let mut path = Path {
        branch: from,
        ..Path::default()
    };
    for _ in 0..HIGHEST {
        if a == b {
            return Some(path);
        }
        let (one, other) = (reading.seen.get(a)?, reading.seen.get(b)?);
        if one.depth > other.depth || one.depth == other.depth && path.steps.0 <= path.steps.1 {
            if one.head == NO_HEAD {
                return None;
            }
            path.up = u32::from(one.relation) + 1;
            path.branch = a;
            path.steps.0 += 1;
            a = one.head as usize;
        } else {
            if other.head == NO_HEAD {
                return None;
            }
            path.down = u32::from(other.relation) + 1;
            path.steps.1 += 1;
            b = other.head as usize;
        }
    }
    None
}

/// The token of a stretch on which the rest of it hangs.
pub(crate) fn head_of(reading: &AttributionReading, tokens: &Range<usize>) -> usize {
    let hangs_outside = |token: &usize| {
        reading
            .seen
            .get(*token)
            .is_some_and(|seen| seen.head == NO_HEAD || !tokens.contains(&(seen.head as usize)))
    };
    let is_word = |token: &usize| !matches!(reading.seen[*token].step, 1..=5);
    tokens
        .clone()
        .filter(hangs_outside)
        .find(is_word)
        .unwrap_or(tokens.start)
}

/// A cue found by the first model.
#[derive(Debug, Clone)]
pub(crate) struct Cue {
    pub(crate) tokens: Range<usize>,
    pub(crate) head: usize,
    /// Its subject, and how many steps up in the tree that was found.
    subject: Option<(usize, u32)>,
}

/// The cues of a paragraph, and which of them stand beside each token.
#[derive(Debug, Clone, Default)]
pub(crate) struct Around {
    cues: Vec<Cue>,
    /// For each token of the paragraph how many cues begin at or before it.
    before: Vec<u32>,
    /// For each token the cue whose subject it heads, with the steps up.
    subject_of: Vec<Option<(u32, u32)>>,
    /// The token's branch under the cue beside it, with how it hangs.
    hanging: Vec<Hanging>,
}

/// How a token hangs from the cues beside it.
#[derive(Debug, Clone, Copy, Default)]
struct Hanging {
    /// Of the cue before and the cue after, where they are of its sentence.
    paths: [Option<Path>; 2],
    /// The cue that is an ancestor, if any: its number and the branch under it.
    governor: Option<(u32, Path)>,
    /// The cue in whose subject it stands.
    subject: Option<Standing>,
}

/// How a token stands in the subject of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Standing {
    cue: u32,
    /// Steps up from the cue to where the subject was found.
    level: u32,
    /// The relation by which its branch hangs from the subject's head; 0 for the head itself.
    branch: u32,
}

impl Around {
    /// Takes in the labels of cues that the first model gives for a paragraph.
    pub(crate) fn fill(&mut self, paragraph: &Paragraph, labels: &[Label], runs: &mut Vec<Run>) {
        let reading = paragraph.reading;
        let first = paragraph.tokens.start;
        super::labels::runs(labels, first, runs);
        self.cues.clear();
        self.cues.extend(runs.iter().map(|run| {
            let head = head_of(reading, &run.tokens);
            Cue {
                head,
                subject: subject_of(reading, head),
                tokens: run.tokens.clone(),
            }
        }));
        self.subject_of.clear();
        self.subject_of.resize(paragraph.tokens.len(), None);
        for (number, cue) in (0..).zip(&self.cues) {
            if let Some((subject, level)) = cue.subject
                && let Some(slot) = subject
                    .checked_sub(first)
                    .and_then(|at| self.subject_of.get_mut(at))
                && slot.is_none_or(|(_, other)| level < other)
            {
                *slot = Some((number, level));
            }
        }
        self.before.clear();
        self.hanging.clear();
        let mut begun = 0;
        // The cue that each token belongs to, so that going up the tree meets it.
        let mut within = vec![u32::MAX; paragraph.tokens.len()];
        for (number, cue) in (0..).zip(&self.cues) {
            within[cue.tokens.start - first..cue.tokens.end - first].fill(number);
        }
        for token in paragraph.tokens.clone() {
            while self
                .cues
                .get(begun)
                .is_some_and(|cue| cue.tokens.start <= token)
            {
                begun += 1;
            }
            self.before.push(begun as u32);
            let mut hanging = Hanging::default();
            for (side, path_of) in hanging.paths.iter_mut().enumerate() {
                if let Some(cue) = self.beside(token, first, side)
                    && reading.seen[cue.head].sentence == reading.seen[token].sentence
                {
                    *path_of = path(reading, token, cue.head);
                }
            }
            hanging.governor = governor(reading, token, first, &within);
            hanging.subject = self.standing(reading, token, first);
            self.hanging.push(hanging);
        }
    }

    /// The cue that ends before a token (0) or begins at or after it (1).
    fn beside(&self, token: usize, first: usize, side: usize) -> Option<&Cue> {
        let begun = *self.before.get(token - first)? as usize;
        match side {
            0 => self.cues.get(begun.checked_sub(1)?),
            _ => self.cues.get(begun),
        }
    }

    /// Adds the features of a token.
    pub(crate) fn collect(
        &self,
        paragraph: &Paragraph,
        labels: &[Label],
        token: usize,
        into: &mut FeatureList,
    ) {
        let reading = paragraph.reading;
        let first = paragraph.tokens.start;
        let at = |offset: isize| paragraph.at(token, offset);
        let own = at(0);
        let label = |offset: isize| {
            (token - first)
                .checked_add_signed(offset)
                .and_then(|at| labels.get(at))
                .map_or(0, |label| u32::from(*label) + 1)
        };
        let of = Feature::of;
        let quote = u32::from(own.quote);
        let pattern = u32::from(own.pattern);
        into.add(of(300).with(label(0)));
        into.add(of(301).with(label(-1)).with(label(0)).with(label(1)));
        into.add(of(302).with(label(0)).with(own.lemma));
        into.add(of(303).with(label(1)).with(own.tag).with(at(1).lemma));
        into.add(of(304).with(label(-1)).with(own.tag).with(at(-1).lemma));
        into.add(of(305).with(label(-1)).with(label(0)).with(own.word.form));
        into.add(of(306).with(label(0)).with(pattern));
        into.add(of(307).with(label(1)).with(label(2)).with(own.word.form));
        let mut sides = [0; 2];
        for (side, near_of) in sides.iter_mut().enumerate() {
            let base = 310 + 20 * side as u32;
            let Some(cue) = self.beside(token, first, side) else {
                into.add(of(base).with(quote));
                continue;
            };
            let head = &reading.seen[cue.head];
            let away = if side == 0 {
                (token + 1).saturating_sub(cue.tokens.end)
            } else {
                cue.tokens.start - token
            };
            let same = head.sentence.abs_diff(own.sentence).min(2);
            let near = distance(away) + 16 * same;
            *near_of = near + 1;
            into.add(of(base + 1).with(near));
            into.add(of(base + 2).with(near).with(own.tag));
            into.add(of(base + 3).with(head.lemma).with(near));
            into.add(of(base + 4).with(head.lemma).with(own.tag).with(same));
            into.add(of(base + 5).with(near).with(quote));
            into.add(of(base + 6).with(head.lemma).with(own.word.form).with(same));
            into.add(of(base + 7).with(near).with(own.mention));
            if same == 0 {
                let hanging = &self.hanging[token - first];
                let hung = hanging.paths[side].map_or(0, number);
                into.add(of(base + 8).with(hung));
                into.add(of(base + 9).with(hung).with(own.tag));
                into.add(of(base + 10).with(hung).with(head.lemma));
                let beside = |token: usize| {
                    self.hanging
                        .get(token.wrapping_sub(first))
                        .and_then(|hanging| hanging.paths[side])
                        .map_or(0, number)
                };
                into.add(of(base + 11).with(beside(token.wrapping_sub(1))).with(hung));
                into.add(of(base + 12).with(hung).with(beside(token + 1)));
                into.add(of(base + 13).with(hung).with(quote));
                into.add(of(base + 14).with(hung).with(head.tag).with(head.children));
            }
        }
        into.add(of(350).with(sides[0]).with(sides[1]));
        into.add(of(351).with(sides[0]).with(sides[1]).with(quote));
        self.governed(paragraph, token, into);
        self.in_subject(paragraph, token, into);
        if let Some(quoted) = own
            .quotation
            .checked_sub(1)
            .and_then(|number| reading.quotations.get(number as usize))
        {
            let edges = self.at_quotation(quoted, paragraph);
            let edge = u32::from(quoted.at_edge.0) | u32::from(quoted.at_edge.1) << 1;
            let length = distance(quoted.tokens.len());
            into.add(of(380).with(edges).with(quote));
            into.add(of(381).with(edges).with(quote).with(length));
            into.add(of(382).with(edges).with(quote).with(edge));
            into.add(of(383).with(edges).with(own.tag));
        }
    }

    /// The features of the cue above a token.
    fn governed(&self, paragraph: &Paragraph, token: usize, into: &mut FeatureList) {
        let reading = paragraph.reading;
        let first = paragraph.tokens.start;
        let own = paragraph.at(token, 0);
        let of = Feature::of;
        let beside = |token: usize| {
            self.hanging
                .get(token.wrapping_sub(first))
                .and_then(|hanging| hanging.governor)
        };
        let short = |governor: Option<(u32, Path)>| {
            governor.map_or((0, usize::MAX), |(cue, path)| {
                (path.up + 64 * (cue + 1), path.branch)
            })
        };
        let here = self.hanging[token - first].governor;
        let (before, after) = (beside(token.wrapping_sub(1)), beside(token + 1));
        // Whether the branch begins and whether it ends here.
        let edges =
            u32::from(short(before) != short(here)) | u32::from(short(here) != short(after)) << 1;
        let relation = |governor: Option<(u32, Path)>| governor.map_or(0, |(_, path)| path.up);
        into.add(
            of(360)
                .with(relation(before))
                .with(relation(here))
                .with(relation(after))
                .with(edges),
        );
        let Some((cue, path)) = here else {
            into.add(of(361).with(own.tag));
            return;
        };
        let Some(cue) = self.cues.get(cue as usize) else {
            return;
        };
        let head = &reading.seen[cue.head];
        let side = u32::from(path.branch > cue.head) + 2 * u32::from(token > cue.head);
        let hung = path.up * 4 + side;
        let root = &reading.seen[path.branch];
        into.add(of(362).with(hung));
        into.add(of(363).with(hung).with(own.tag));
        into.add(of(364).with(hung).with(head.lemma));
        into.add(of(365).with(hung).with(path.steps.0.min(6)));
        into.add(of(366).with(hung).with(edges));
        into.add(of(367).with(hung).with(edges).with(own.tag));
        into.add(of(368).with(hung).with(edges).with(own.word.form));
        into.add(of(369).with(hung).with(root.tag));
        into.add(of(370).with(hung).with(root.children).with(edges));
        into.add(of(371).with(hung).with(head.children));
        into.add(of(372).with(hung).with(own.relation.into()));
        into.add(of(373).with(hung).with(head.lemma).with(edges));
        into.add(of(374).with(hung).with(own.quote.into()));
    }

    /// Whether a token stands in the subject of a cue.
    fn standing(
        &self,
        reading: &AttributionReading,
        token: usize,
        first: usize,
    ) -> Option<Standing> {
        let (mut at, mut branch) = (token, 0);
        for _ in 0..HIGHEST {
            let subject = self.subject_of.get(at.checked_sub(first)?)?;
            if let Some((cue, level)) = *subject {
                return Some(Standing { cue, level, branch });
            }
            let seen = reading.seen.get(at)?;
            if seen.head == NO_HEAD {
                return None;
            }
            branch = u32::from(seen.relation) + 1;
            at = seen.head as usize;
        }
        None
    }

    /// The features of the cue whose subject a token stands in.
    fn in_subject(&self, paragraph: &Paragraph, token: usize, into: &mut FeatureList) {
        let reading = paragraph.reading;
        let first = paragraph.tokens.start;
        let beside = |token: usize| {
            self.hanging
                .get(token.wrapping_sub(first))
                .and_then(|hanging| hanging.subject)
        };
        let here = beside(token);
        let cue_of = |standing: Option<Standing>| standing.map_or(0, |standing| standing.cue + 1);
        let (before, after) = (beside(token.wrapping_sub(1)), beside(token + 1));
        let edges = u32::from(cue_of(before) != cue_of(here))
            | u32::from(cue_of(here) != cue_of(after)) << 1;
        let of = Feature::of;
        let own = paragraph.at(token, 0);
        let Some(here) = here else {
            into.add(of(390).with(edges).with(own.tag));
            return;
        };
        let Some(cue) = self.cues.get(here.cue as usize) else {
            return;
        };
        let head = &reading.seen[cue.head];
        let side = u32::from(token > cue.head);
        let stands = here.level + 8 * side;
        let between = self
            .cues
            .get(here.cue.wrapping_sub(1) as usize)
            .is_some_and(|other| other.tokens.start > token);
        let near = u32::from(between);
        into.add(of(391).with(stands).with(here.branch).with(edges));
        into.add(of(392).with(stands).with(here.branch).with(own.tag));
        into.add(of(393).with(stands).with(head.relation.into()).with(edges));
        into.add(of(394).with(stands).with(head.lemma));
        into.add(of(395).with(stands).with(near).with(own.mention));
        into.add(of(396).with(stands).with(near).with(here.branch));
        into.add(of(397).with(stands).with(own.word.form).with(edges));
    }

    /// How far the nearest cues outside a quotation are from its edges.
    fn at_quotation(&self, quoted: &Quoted, paragraph: &Paragraph) -> u32 {
        let first = paragraph.tokens.start;
        let (start, end) = (quoted.tokens.start.max(first), quoted.tokens.end);
        let left = self
            .beside(start, first, 0)
            .map_or(11, |cue| distance(start.saturating_sub(cue.tokens.end)));
        let right = match end.checked_sub(first) {
            Some(at) if at < self.before.len() => {
                let begun = self.before[at] as usize;
                let starts_here = begun
                    .checked_sub(1)
                    .and_then(|last| self.cues.get(last))
                    .is_some_and(|cue| cue.tokens.start == end);
                let next = if starts_here { begun - 1 } else { begun };
                self.cues
                    .get(next)
                    .map_or(11, |cue| distance(cue.tokens.start.saturating_sub(end)))
            }
            _ => 12,
        };
        left + 16 * right
    }
}

fn number(path: Path) -> u32 {
    1 + path.up + 64 * path.down + 4096 * (path.steps.0.min(2)) + 16384 * (path.steps.1.min(2))
}

/// The cue above a token, with the branch of the token under it. A token of a cue has none but another cue above it.
fn governor(
    reading: &AttributionReading,
    token: usize,
    first: usize,
    within: &[u32],
) -> Option<(u32, Path)> {
    let cue_of = |token: usize| {
        let cue = within.get(token.checked_sub(first)?)?;
        (*cue != u32::MAX).then_some(*cue)
    };
    let own = cue_of(token);
    let mut path = Path {
        branch: token,
        ..Path::default()
    };
    let mut at = token;
    for _ in 0..HIGHEST {
        let seen = reading.seen.get(at)?;
        if seen.head == NO_HEAD {
            return None;
        }
        path.up = u32::from(seen.relation) + 1;
        path.branch = at;
        path.steps.0 += 1;
        at = seen.head as usize;
        if let Some(cue) = cue_of(at).filter(|cue| Some(*cue) != own) {
            return Some((cue, path));
        }
    }
    None
}

/// The subject of a token, or of the words above it whose subject it takes over, with the number of steps up.
pub(crate) fn subject_of(reading: &AttributionReading, token: usize) -> Option<(usize, u32)> {
    let mut at = token;
    for level in 0..5 {
        let seen = reading.seen.get(at)?;
        if seen.subject != NO_HEAD {
            return Some((seen.subject as usize, level));
        }
        let takes_over = [
            Relation::Xcomp,
            Relation::Conj,
            Relation::Advcl,
            Relation::Acl,
            Relation::AclRelcl,
            Relation::Parataxis,
            Relation::Obj,
            Relation::Obl,
            Relation::Cop,
            Relation::Aux,
            Relation::Dep,
        ];
        if seen.head == NO_HEAD || !takes_over.iter().any(|other| *other as u8 == seen.relation) {
            return None;
        }
        at = seen.head as usize;
    }
    None
}
