//! `State`: a parse on its way, and the transitions that lead on (arc-hybrid).
//!
//! It does not know scores. Words are numbered from 0; the root stands after the last word. Source: M. Kuhlmann,
//! C. Gómez-Rodríguez and G. Satta, "Dynamic programming algorithms for transition-based dependency parsers" (ACL 2011);
//! the oracle: Y. Goldberg and J. Nivre, "Training deterministic parsers with non-deterministic oracles" (TACL 2013).

/// No word.
pub(crate) const NONE: u16 = u16::MAX;

/// What a transition does; the label is a class of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Move {
    /// The next word goes onto the stack.
    Shift,
    /// The next word (or the root) becomes the head of the top of the stack.
    Left,
    /// The second of the stack becomes the head of its top.
    Right,
}

/// What a state knows of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) head: u16,
    pub(crate) label: u8,
    pub(crate) left_children: u8,
    pub(crate) right_children: u8,
    /// Outermost child on the left, and the one before it.
    pub(crate) left: [u16; 2],
    /// Outermost child on the right, and the one before it.
    pub(crate) right: [u16; 2],
    /// A bit for each label of a child, labels above 63 sharing bits.
    pub(crate) labels: u64,
}

const FRESH: Node = Node {
    head: NONE,
    label: 0,
    left_children: 0,
    right_children: 0,
    left: [NONE; 2],
    right: [NONE; 2],
    labels: 0,
};

/// A parse on its way.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    stack: Vec<u16>,
    next: u16,
    len: u16,
    nodes: Vec<Node>,
}

impl State {
    /// The beginning of a sentence with so many words.
    pub(crate) fn begin(&mut self, len: u16) {
        self.stack.clear();
        self.next = 0;
        self.len = len;
        self.nodes.clear();
        self.nodes.resize(len as usize + 1, FRESH);
    }

    /// The word so deep in the stack, 0 being the top.
    #[inline]
    pub(crate) fn stack(&self, depth: usize) -> u16 {
        let at = self.stack.len().wrapping_sub(depth + 1);
        self.stack.get(at).copied().unwrap_or(NONE)
    }

    /// The next word; the number of words stands for the root.
    #[inline]
    pub(crate) fn next(&self) -> u16 {
        self.next
    }

    /// What is known of a word or the root.
    #[inline]
    pub(crate) fn node(&self, word: u16) -> &Node {
        self.nodes.get(word as usize).unwrap_or(&FRESH)
    }

    /// Whether every word has a head.
    pub(crate) fn is_done(&self) -> bool {
        self.next == self.len && self.stack.is_empty()
    }

    /// Whether a transition may be made. Only one word hangs from the root, and it comes last.
    #[inline]
    pub(crate) fn allows(&self, step: Move) -> bool {
        let at_root = self.next == self.len;
        match step {
            Move::Shift => !at_root,
            Move::Left => {
                if at_root {
                    self.stack.len() == 1
                } else {
                    !self.stack.is_empty()
                }
            }
            Move::Right => self.stack.len() >= 2,
        }
    }

    /// Whether the next thing is the root, so that an arc from it is the root's.
    #[inline]
    pub(crate) fn at_root(&self) -> bool {
        self.next == self.len
    }

    /// Makes a transition that is allowed.
    pub(crate) fn make(&mut self, step: Move, label: u8) {
        match step {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Move::Left => {
                if let Some(child) = self.stack.pop() {
                    let head = self.next;
                    self.attach(child, head, label);
                    let node = &mut self.nodes[head as usize];
                    node.left = [child, node.left[0]];
                    node.left_children = node.left_children.saturating_add(1);
                }
            }
            Move::Right => {
                if let Some(child) = self.stack.pop() {
                    let head = self.stack(0);
                    if head == NONE {
                        return;
                    }
                    self.attach(child, head, label);
                    let node = &mut self.nodes[head as usize];
                    node.right = [child, node.right[0]];
                    node.right_children = node.right_children.saturating_add(1);
                }
            }
        }
    }

    fn attach(&mut self, child: u16, head: u16, label: u8) {
        let node = &mut self.nodes[child as usize];
        node.head = head;
        node.label = label;
        self.nodes[head as usize].labels |= 1 << (label % 64);
    }

    /// How many gold arcs become impossible with a transition. `heads` has the gold head of each word.
    pub(crate) fn cost(&self, step: Move, heads: &[u16]) -> usize {
        let (top, second, next) = (self.stack(0), self.stack(1), self.next);
        let head = |word: u16| heads.get(word as usize).copied().unwrap_or(NONE);
        let lost_children = |word: u16| {
            heads
                .iter()
                .skip(next as usize)
                .filter(|&&head| head == word)
                .count()
        };
        match step {
            Move::Left => {
                let lost_head = head(top) == second || (head(top) > next && head(top) != NONE);
                usize::from(lost_head && head(top) != next) + lost_children(top)
            }
            Move::Right => usize::from(head(top) >= next && head(top) != NONE) + lost_children(top),
            Move::Shift => {
                let below = self.stack.len().saturating_sub(1);
                let children = self
                    .stack
                    .iter()
                    .filter(|&&word| head(word) == next)
                    .count();
                let lost_head = self.stack[..below].contains(&head(next));
                children + usize::from(lost_head)
            }
        }
    }
}
