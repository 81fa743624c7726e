//! The features by which the parser chooses a transition, in two looks: most choices are clear after the first.
//!
//! It does not know the transitions. Templates after Y. Zhang and J. Nivre (ACL 2011), with word classes and sketches
//! beside words and tags. S0, S1, S2 are the top of the stack and what lies below; N0, N1, N2 the next words. What stands
//! in the first look are the templates whose weights moved the choices most. Source: E. Strubell, L. Vilnis, K. Silverstein
//! and A. McCallum, "Learning dynamic feature selection for fast sequential prediction" (ACL 2015).

use crate::linear::{Feature, FeatureList};
use crate::tagger::Tag;
use crate::transitions::{NONE, State};
use crate::words::{Word, Words};

/// A word of a state: what stands there and what hangs from it.
#[derive(Clone, Copy)]
struct Seen<'w> {
    word: &'w Word,
    tag: u32,
    left: u16,
    left2: u16,
    right: u16,
    right2: u16,
    label: u32,
    lefts: u32,
    rights: u32,
    labels: u32,
    at: u16,
}

/// A state as features see it.
pub(crate) struct View<'s> {
    words: &'s Words,
    tags: &'s [Tag],
    state: &'s State,
    s0: Seen<'s>,
    s1: Seen<'s>,
    s2: Seen<'s>,
    n0: Seen<'s>,
    n1: Seen<'s>,
    n2: Seen<'s>,
    /// The sketches of S0, S1, S2.
    k: [u32; 3],
    /// The sketches of N0, N1, N2.
    m: [u32; 3],
    /// The distance from S0 to N0.
    d0: u32,
    /// The distance from S1 to S0.
    d1: u32,
}

#[inline]
fn class(seen: &Seen, grain: usize) -> u32 {
    u32::from(seen.word.class.classes[grain])
}

#[inline]
fn tag_at(tags: &[Tag], at: u16) -> u32 {
    tags.get(at as usize)
        .map_or(if at == NONE { 255 } else { 254 }, |&tag| u32::from(tag))
}

fn distance(from: &Seen, to: &Seen) -> u32 {
    if from.at == NONE || to.at == NONE {
        return 0;
    }
    match to.at.abs_diff(from.at) {
        by @ 0..=4 => u32::from(by),
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

impl<'s> View<'s> {
    #[inline]
    pub(crate) fn of(words: &'s Words, tags: &'s [Tag], sketches: &[u8], state: &'s State) -> Self {
        let see = |at: u16| -> Seen<'s> {
            let node = state.node(at);
            Seen {
                word: words.at(if at == NONE { -1 } else { at as isize }),
                tag: tag_at(tags, at),
                left: node.left[0],
                left2: node.left[1],
                right: node.right[0],
                right2: node.right[1],
                label: label_at(state, at),
                lefts: u32::from(node.left_children.min(6)),
                rights: u32::from(node.right_children.min(6)),
                labels: (node.labels ^ (node.labels >> 32)) as u32,
                at,
            }
        };
        let ahead = |by: u16| {
            let at = state.next().saturating_add(by);
            see(if (at as usize) <= tags.len() {
                at
            } else {
                NONE
            })
        };
        let [s0, s1, s2] = [0, 1, 2].map(|depth| see(state.stack(depth)));
        let [n0, n1, n2] = [0, 1, 2].map(ahead);
        let sketch = |seen: &Seen| {
            sketches
                .get(seen.at as usize)
                .map_or(255, |&sketch| u32::from(sketch))
        };
        Self {
            words,
            tags,
            state,
            k: [sketch(&s0), sketch(&s1), sketch(&s2)],
            m: [sketch(&n0), sketch(&n1), sketch(&n2)],
            d0: distance(&s0, &n0),
            d1: distance(&s1, &s0),
            s0,
            s1,
            s2,
            n0,
            n1,
            n2,
        }
    }

    /// Collects what is looked at for every choice.
    #[inline]
    pub(crate) fn first_look(&self, features: &mut FeatureList) {
        features.clear();
        let Self {
            s0,
            s1,
            s2,
            n0,
            n1,
            n2,
            ..
        } = self;
        let ([k0, k1, k2], [m0, m1, _], d0, d1) = (self.k, self.m, self.d0, self.d1);
        let (tag, label) = (|at| tag_at(self.tags, at), |at| label_at(self.state, at));
        let mut add = numbered(features, 0);
        add(&[k0]);
        add(&[m0]);
        add(&[k0, m0]);
        add(&[k1, k0, m0]);
        add(&[k0, s0.word.form]);
        add(&[k0, m0, m1]);
        add(&[k0, k1, k2]);
        add(&[k0, s0.labels]);
        add(&[m0, n0.labels, s0.tag]);
        add(&[k0, d1, s1.tag]);
        add(&[k0, d0, n0.tag]);
        add(&[s0.word.form]);
        add(&[s0.tag]);
        add(&[class(s0, 2)]);
        add(&[class(s0, 1), s0.tag]);
        add(&[s0.word.suffixes[2], s0.tag]);
        add(&[s1.tag]);
        add(&[class(s1, 2)]);
        add(&[n0.tag]);
        add(&[class(n0, 2)]);
        add(&[class(n0, 1), n0.tag]);
        add(&[n0.word.suffixes[2], n0.tag]);
        add(&[s2.tag]);
        add(&[n1.tag]);
        add(&[n2.tag]);
        add(&[s1.word.form, s1.tag, n0.tag]);
        add(&[s1.tag, n0.tag]);
        add(&[n0.tag, n1.tag]);
        add(&[s0.tag, n0.tag, n1.tag]);
        add(&[s0.tag, tag(s0.left), n0.tag, label(s0.left)]);
        add(&[s0.tag, n0.tag, tag(n0.left), label(n0.left)]);
        add(&[s1.tag, s0.tag, tag(s0.left), label(s0.left)]);
        add(&[s0.tag, tag(s0.left), tag(s0.left2), n0.tag]);
        add(&[s0.word.form, d0]);
        add(&[s0.tag, d0]);
        add(&[n0.tag, d0]);
        add(&[s0.tag, s0.rights, s0.lefts]);
        add(&[s0.word.form, s0.rights]);
        add(&[s1.tag, s1.rights, s1.lefts]);
        add(&[n0.tag, n0.lefts]);
        add(&[s0.tag, s0.labels]);
        add(&[s0.word.form, s0.labels]);
        add(&[n0.tag, n0.labels]);
        add(&[s0.label, label(s0.left), label(s0.right)]);
    }

    /// Collects the rest.
    #[inline]
    pub(crate) fn second_look(&self, features: &mut FeatureList) {
        features.clear();
        let Self {
            s0,
            s1,
            s2,
            n0,
            n1,
            n2,
            ..
        } = self;
        let ([k0, k1, _], [m0, m1, m2], d0, d1) = (self.k, self.m, self.d0, self.d1);
        let (tag, label) = (|at| tag_at(self.tags, at), |at| label_at(self.state, at));
        // A case marker or conjunction decides how its head attaches.
        let word = |at: u16| self.words.at(if at == NONE { -1 } else { at as isize });
        let (marker, marker2, near) = (word(s0.left), word(s0.left2), word(s1.right));
        let mut add = numbered(features, 100);
        add(&[k0, m0, s0.tag, n0.tag]);
        add(&[k1, k0]);
        add(&[k1, k0, s1.tag, s0.tag]);
        add(&[k0, s0.tag, n0.tag]);
        add(&[k0, s1.tag, s0.tag]);
        add(&[k0, s1.tag, s0.tag, n0.tag]);
        add(&[m0, s0.tag, n0.tag]);
        add(&[k0, m0, m1, m2]);
        add(&[k0, k1, m0, s0.lefts, s0.rights]);
        add(&[s0.word.form, s0.tag]);
        add(&[s1.word.form, s1.tag]);
        add(&[s1.word.form]);
        add(&[class(s1, 1), s1.tag]);
        add(&[s1.word.suffixes[2], s1.tag]);
        add(&[n0.word.form, n0.tag]);
        add(&[n0.word.form]);
        add(&[s2.word.form, s2.tag]);
        add(&[s2.word.form]);
        add(&[n1.word.form, n1.tag]);
        add(&[n1.word.form]);
        add(&[n2.word.form, n2.tag]);
        add(&[n2.word.form]);
        add(&[s0.word.form, s0.tag, n0.word.form, n0.tag]);
        add(&[s0.word.form, s0.tag, n0.word.form]);
        add(&[s0.word.form, n0.word.form, n0.tag]);
        add(&[s0.word.form, s0.tag, n0.tag]);
        add(&[s0.tag, n0.word.form, n0.tag]);
        add(&[s0.tag, n0.tag]);
        add(&[class(s0, 1), class(n0, 1)]);
        add(&[class(s0, 2), n0.tag]);
        add(&[s0.tag, class(n0, 2)]);
        add(&[class(s0, 0), class(n0, 0), s0.tag, n0.tag]);
        add(&[s1.word.form, s1.tag, s0.word.form, s0.tag]);
        add(&[s1.word.form, s1.tag, s0.word.form]);
        add(&[s1.word.form, s0.word.form, s0.tag]);
        add(&[s1.word.form, s1.tag, s0.tag]);
        add(&[s1.tag, s0.word.form, s0.tag]);
        add(&[s1.tag, s0.tag]);
        add(&[class(s1, 1), class(s0, 1)]);
        add(&[class(s1, 2), s0.tag]);
        add(&[s1.tag, class(s0, 2)]);
        add(&[class(s1, 0), class(s0, 0), s1.tag, s0.tag]);
        add(&[s1.word.form, s1.tag, n0.word.form, n0.tag]);
        add(&[s1.word.form, s1.tag, n0.word.form]);
        add(&[s1.word.form, n0.word.form, n0.tag]);
        add(&[s1.tag, n0.word.form, n0.tag]);
        add(&[class(s1, 1), class(n0, 1)]);
        add(&[class(s1, 2), n0.tag]);
        add(&[s1.tag, class(n0, 2)]);
        add(&[class(s1, 0), class(n0, 0), s1.tag, n0.tag]);
        add(&[n0.word.form, n1.tag]);
        add(&[n0.tag, n1.word.form]);
        add(&[s0.word.form, n1.tag, n0.tag]);
        add(&[s1.tag, s0.tag, n0.tag]);
        add(&[s2.tag, s1.tag, s0.tag]);
        add(&[n0.tag, n1.tag, n2.tag]);
        add(&[s0.tag, tag(s0.right), n0.tag, label(s0.right)]);
        add(&[s1.tag, s0.tag, tag(s1.right), label(s1.right)]);
        add(&[s1.tag, s0.tag, tag(s1.left), label(s1.left)]);
        add(&[s1.tag, s0.tag, tag(s0.right), label(s0.right)]);
        add(&[s0.tag, tag(s0.right), tag(s0.right2), n0.tag]);
        add(&[n0.tag, tag(n0.left), tag(n0.left2), s0.tag]);
        add(&[s1.tag, tag(s1.right), tag(s1.right2), s0.tag]);
        add(&[s1.tag, s0.tag, n0.tag, n1.tag]);
        add(&[s2.tag, s1.tag, s0.tag, n0.tag]);
        add(&[s1.word.form, s0.tag, n0.tag]);
        add(&[s1.tag, s0.word.form, n0.tag]);
        add(&[s1.tag, s0.tag, n0.word.form]);
        add(&[n0.word.form, d0]);
        add(&[s0.tag, n0.tag, d0]);
        add(&[s1.tag, s0.tag, d1]);
        add(&[s1.word.form, s0.word.form, d1]);
        add(&[s1.tag, s0.word.form, d1]);
        add(&[s1.word.form, s1.rights]);
        add(&[n0.word.form, n0.lefts]);
        add(&[s1.tag, s1.labels]);
        add(&[s1.word.form, s1.labels]);
        add(&[s1.tag, s0.tag, s1.labels]);
        add(&[s1.tag, s0.tag, s0.labels]);
        add(&[s0.tag, n0.tag, s0.labels]);
        add(&[s0.tag, n0.tag, n0.labels]);
        add(&[marker.form, s1.tag, s0.tag]);
        add(&[marker.form, s1.word.form, s0.tag]);
        add(&[marker.form, s1.word.form, s0.word.form]);
        add(&[marker2.form, marker.form, s1.tag, s0.tag]);
        add(&[near.form, s1.tag, s0.tag]);
        add(&[class(s1, 2), marker.form, s0.tag]);
        add(&[class(s1, 1), marker.form, class(s0, 1)]);
    }
}

fn label_at(state: &State, at: u16) -> u32 {
    if at == NONE {
        255
    } else {
        u32::from(state.node(at).label)
    }
}

/// Adds features of one template after the other.
#[inline(always)]
fn numbered(features: &mut FeatureList, first: u32) -> impl FnMut(&[u32]) {
    let mut template = first;
    move |values| {
        let feature = values
            .iter()
            .fold(Feature::of(template), |feature, &value| feature.with(value));
        features.add(feature);
        template += 1;
    }
}
