//! The features by which the parser chooses a transition.
//!
//! It does not know the transitions. Templates after Y. Zhang and J. Nivre (ACL 2011), with word classes beside words and
//! tags. S0, S1, S2 are the top of the stack and what lies below; N0, N1, N2 the next words.

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

#[inline(always)]
fn add(features: &mut FeatureList, template: u32, values: &[u32]) {
    let mut feature = Feature::of(template);
    for &value in values {
        feature = feature.with(value);
    }
    features.add(feature);
}

/// Collects the features of a state.
#[inline]
pub(crate) fn collect(
    features: &mut FeatureList,
    words: &Words,
    tags: &[Tag],
    sketches: &[u8],
    state: &State,
) {
    features.clear();
    let tag = |at: u16| -> u32 {
        tags.get(at as usize)
            .map_or(if at == NONE { 255 } else { 254 }, |&tag| u32::from(tag))
    };
    let see = |at: u16| -> Seen {
        let node = state.node(at);
        Seen {
            word: words.at(if at == NONE { -1 } else { at as isize }),
            tag: tag(at),
            left: node.left[0],
            left2: node.left[1],
            right: node.right[0],
            right2: node.right[1],
            label: if at == NONE {
                255
            } else {
                u32::from(node.label)
            },
            lefts: u32::from(node.left_children.min(6)),
            rights: u32::from(node.right_children.min(6)),
            labels: (node.labels ^ (node.labels >> 32)) as u32,
            at,
        }
    };
    let next = state.next();
    let ahead = |by: u16| {
        let at = next.saturating_add(by);
        see(if (at as usize) <= tags.len() {
            at
        } else {
            NONE
        })
    };
    let (s0, s1, s2) = (
        see(state.stack(0)),
        see(state.stack(1)),
        see(state.stack(2)),
    );
    let (n0, n1, n2) = (see(next), ahead(1), ahead(2));
    let label = |at: u16| {
        if at == NONE {
            255
        } else {
            u32::from(state.node(at).label)
        }
    };
    let class = |seen: &Seen, grain: usize| u32::from(seen.word.class.classes[grain]);
    let distance = |from: &Seen, to: &Seen| -> u32 {
        if from.at == NONE || to.at == NONE {
            return 0;
        }
        match to.at.abs_diff(from.at) {
            by @ 0..=4 => u32::from(by),
            5..=6 => 5,
            7..=10 => 6,
            _ => 7,
        }
    };
    let d0 = distance(&s0, &n0);
    let d1 = distance(&s1, &s0);

    let sketch = |at: u16| {
        sketches
            .get(at as usize)
            .map_or(255, |&sketch| u32::from(sketch))
    };
    let (k0, k1, k2) = (sketch(s0.at), sketch(s1.at), sketch(s2.at));
    let (m0, m1, m2) = (sketch(n0.at), sketch(n1.at), sketch(n2.at));
    add(features, 130, &[k0]);
    add(features, 131, &[m0]);
    add(features, 132, &[k0, m0]);
    add(features, 133, &[k0, m0, s0.tag, n0.tag]);
    add(features, 134, &[k1, k0]);
    add(features, 135, &[k1, k0, m0]);
    add(features, 136, &[k1, k0, s1.tag, s0.tag]);
    add(features, 137, &[k0, s0.word.form]);
    add(features, 138, &[k0, m0, m1]);
    add(features, 139, &[k0, s0.tag, n0.tag]);
    add(features, 140, &[k0, s1.tag, s0.tag]);
    add(features, 141, &[k0, s1.tag, s0.tag, n0.tag]);
    add(features, 142, &[m0, s0.tag, n0.tag]);
    add(features, 143, &[k0, m0, m1, m2]);
    add(features, 144, &[k0, k1, k2]);
    add(features, 145, &[k0, s0.labels]);
    add(features, 146, &[m0, n0.labels, s0.tag]);
    add(features, 147, &[k0, k1, m0, s0.lefts, s0.rights]);
    add(features, 148, &[k0, d1, s1.tag]);
    add(features, 149, &[k0, d0, n0.tag]);

    // One word.
    let mut template = 0;
    for seen in [&s0, &s1, &n0] {
        add(features, template, &[seen.word.form, seen.tag]);
        add(features, template + 1, &[seen.word.form]);
        add(features, template + 2, &[seen.tag]);
        add(features, template + 3, &[class(seen, 2)]);
        add(features, template + 4, &[class(seen, 1), seen.tag]);
        add(features, template + 5, &[seen.word.suffixes[2], seen.tag]);
        template += 6;
    }
    for seen in [&s2, &n1, &n2] {
        add(features, template, &[seen.word.form, seen.tag]);
        add(features, template + 1, &[seen.word.form]);
        add(features, template + 2, &[seen.tag]);
        template += 3;
    }
    // Two words.
    for (a, b) in [(&s0, &n0), (&s1, &s0), (&s1, &n0)] {
        add(
            features,
            template,
            &[a.word.form, a.tag, b.word.form, b.tag],
        );
        add(features, template + 1, &[a.word.form, a.tag, b.word.form]);
        add(features, template + 2, &[a.word.form, b.word.form, b.tag]);
        add(features, template + 3, &[a.word.form, a.tag, b.tag]);
        add(features, template + 4, &[a.tag, b.word.form, b.tag]);
        add(features, template + 5, &[a.tag, b.tag]);
        add(features, template + 6, &[class(a, 1), class(b, 1)]);
        add(features, template + 7, &[class(a, 2), b.tag]);
        add(features, template + 8, &[a.tag, class(b, 2)]);
        add(
            features,
            template + 9,
            &[class(a, 0), class(b, 0), a.tag, b.tag],
        );
        template += 10;
    }
    add(features, 60, &[n0.tag, n1.tag]);
    add(features, 61, &[n0.word.form, n1.tag]);
    add(features, 62, &[n0.tag, n1.word.form]);
    add(features, 63, &[s0.word.form, n1.tag, n0.tag]);
    // Three words.
    add(features, 70, &[s0.tag, n0.tag, n1.tag]);
    add(features, 71, &[s1.tag, s0.tag, n0.tag]);
    add(features, 72, &[s2.tag, s1.tag, s0.tag]);
    add(features, 73, &[n0.tag, n1.tag, n2.tag]);
    add(
        features,
        74,
        &[s0.tag, tag(s0.left), n0.tag, label(s0.left)],
    );
    add(
        features,
        75,
        &[s0.tag, tag(s0.right), n0.tag, label(s0.right)],
    );
    add(
        features,
        76,
        &[s0.tag, n0.tag, tag(n0.left), label(n0.left)],
    );
    add(
        features,
        77,
        &[s1.tag, s0.tag, tag(s1.right), label(s1.right)],
    );
    add(
        features,
        78,
        &[s1.tag, s0.tag, tag(s1.left), label(s1.left)],
    );
    add(
        features,
        79,
        &[s1.tag, s0.tag, tag(s0.right), label(s0.right)],
    );
    add(
        features,
        80,
        &[s1.tag, s0.tag, tag(s0.left), label(s0.left)],
    );
    add(features, 81, &[s0.tag, tag(s0.left), tag(s0.left2), n0.tag]);
    add(
        features,
        82,
        &[s0.tag, tag(s0.right), tag(s0.right2), n0.tag],
    );
    add(features, 83, &[n0.tag, tag(n0.left), tag(n0.left2), s0.tag]);
    add(
        features,
        84,
        &[s1.tag, tag(s1.right), tag(s1.right2), s0.tag],
    );
    add(features, 85, &[s1.tag, s0.tag, n0.tag, n1.tag]);
    add(features, 86, &[s2.tag, s1.tag, s0.tag, n0.tag]);
    add(features, 87, &[s1.word.form, s0.tag, n0.tag]);
    add(features, 88, &[s1.tag, s0.word.form, n0.tag]);
    add(features, 89, &[s1.tag, s0.tag, n0.word.form]);
    // How far, and how many children.
    add(features, 90, &[s0.word.form, d0]);
    add(features, 91, &[s0.tag, d0]);
    add(features, 92, &[n0.word.form, d0]);
    add(features, 93, &[n0.tag, d0]);
    add(features, 94, &[s0.tag, n0.tag, d0]);
    add(features, 95, &[s1.tag, s0.tag, d1]);
    add(features, 96, &[s1.word.form, s0.word.form, d1]);
    add(features, 97, &[s1.tag, s0.word.form, d1]);
    add(features, 98, &[s0.tag, s0.rights, s0.lefts]);
    add(features, 99, &[s0.word.form, s0.rights]);
    add(features, 100, &[s1.tag, s1.rights, s1.lefts]);
    add(features, 101, &[s1.word.form, s1.rights]);
    add(features, 102, &[n0.tag, n0.lefts]);
    add(features, 103, &[n0.word.form, n0.lefts]);
    // What relations hang there.
    add(features, 104, &[s0.tag, s0.labels]);
    add(features, 105, &[s0.word.form, s0.labels]);
    add(features, 106, &[s1.tag, s1.labels]);
    add(features, 107, &[s1.word.form, s1.labels]);
    add(features, 108, &[n0.tag, n0.labels]);
    add(features, 109, &[s1.tag, s0.tag, s1.labels]);
    add(features, 110, &[s1.tag, s0.tag, s0.labels]);
    add(features, 111, &[s0.tag, n0.tag, s0.labels]);
    add(features, 112, &[s0.tag, n0.tag, n0.labels]);
    add(features, 113, &[s0.label, label(s0.left), label(s0.right)]);
    // A case marker or conjunction decides how its head attaches.
    let marker = words.at(if s0.left == NONE {
        -1
    } else {
        s0.left as isize
    });
    add(features, 114, &[marker.form, s1.tag, s0.tag]);
    add(features, 115, &[marker.form, s1.word.form, s0.tag]);
    add(features, 116, &[marker.form, s1.word.form, s0.word.form]);
    let marker2 = words.at(if s0.left2 == NONE {
        -1
    } else {
        s0.left2 as isize
    });
    add(features, 117, &[marker2.form, marker.form, s1.tag, s0.tag]);
    let near = words.at(if s1.right == NONE {
        -1
    } else {
        s1.right as isize
    });
    add(features, 118, &[near.form, s1.tag, s0.tag]);
    add(features, 119, &[class(&s1, 2), marker.form, s0.tag]);
    add(features, 120, &[class(&s1, 1), marker.form, class(&s0, 1)]);
}
