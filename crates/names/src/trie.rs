//! `Trie`: sequences of sounds as a tree of their beginnings, each node with the numbers of the names that end there.
//!
//! It does not know gains. Nodes of one parent stand side by side, and what is below them close by, so that a walk touches little memory.

use crate::sounds::{Cut, Reading, Sound, Sounds};
use std::ops::Range;

/// A node.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// Where its children begin.
    children: u32,
    /// Where its names begin; they end where those of the next node begin.
    names: u32,
    /// How many children it has.
    count: u8,
    /// Its last sound; 0 for the root.
    pub sound: Sound,
}

/// Sequences of sounds with numbers.
#[derive(Debug, Clone)]
pub struct Trie {
    nodes: Vec<Node>,
    names: Vec<u32>,
}

impl Default for Trie {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

/// A name that ends at a node, and the cut by which it does.
pub type Entry = (u32, Cut);

/// Numbers of names are below this.
pub const MOST_NAMES: u32 = 1 << 30;

impl Trie {
    /// The tree of readings, each with the number of its name, which is below `MOST_NAMES`.
    pub fn new(readings: Vec<(Reading, u32)>) -> Self {
        let mut entries: Vec<(Sounds, u32)> = readings
            .into_iter()
            .map(|(reading, name)| (reading.sounds, name << 2 | reading.cut as u32))
            .collect();
        entries.sort_unstable_by(|a, b| a.0.all().cmp(b.0.all()).then(a.1.cmp(&b.1)));
        entries.dedup();
        let mut trie = Self {
            nodes: Vec::new(),
            names: Vec::with_capacity(entries.len()),
        };
        let here = trie.add(&entries, 0, 0);
        trie.fill(0, &entries[here..], 0);
        // What ends the names of the last node.
        trie.nodes.push(Node {
            children: 0,
            names: trie.names.len() as u32,
            count: 0,
            sound: 0,
        });
        trie.nodes.shrink_to_fit();
        trie
    }

    /// Adds the node of entries that have so many first sounds in common; how many end there.
    fn add(&mut self, entries: &[(Sounds, u32)], depth: usize, sound: Sound) -> usize {
        let here = entries.partition_point(|(sounds, _)| sounds.all().len() == depth);
        self.nodes.push(Node {
            children: 0,
            names: self.names.len() as u32,
            count: 0,
            sound,
        });
        self.names
            .extend(entries[..here].iter().map(|(_, name)| name));
        here
    }

    /// Adds all below a node, of entries that are longer than its depth.
    fn fill(&mut self, node: usize, mut entries: &[(Sounds, u32)], depth: usize) {
        let first = self.nodes.len();
        let mut below = Vec::new();
        while let Some((sounds, _)) = entries.first() {
            let sound = sounds.all()[depth];
            let end = entries.partition_point(|(sounds, _)| sounds.all()[depth] <= sound);
            let (same, rest) = entries.split_at(end);
            let here = self.add(same, depth + 1, sound);
            below.push(&same[here..]);
            entries = rest;
        }
        self.nodes[node].children = first as u32;
        self.nodes[node].count = below.len() as u8;
        for (child, entries) in below.into_iter().enumerate() {
            self.fill(first + child, entries, depth + 1);
        }
    }

    /// The root.
    pub const ROOT: usize = 0;

    /// A node.
    pub fn node(&self, node: usize) -> Node {
        self.nodes[node]
    }

    /// The children of a node.
    pub fn children(&self, node: usize) -> Range<usize> {
        let Node {
            children, count, ..
        } = self.nodes[node];
        children as usize..children as usize + usize::from(count)
    }

    /// Whether a node has children.
    pub fn is_inner(&self, node: usize) -> bool {
        self.nodes[node].count > 0
    }

    /// Where the names are that end at a node.
    pub fn ending(&self, node: usize) -> Range<usize> {
        self.nodes[node].names as usize..self.nodes[node + 1].names as usize
    }

    /// Names by where they are.
    pub fn entries(&self, range: Range<usize>) -> impl Iterator<Item = Entry> {
        self.names[range]
            .iter()
            .map(|&name| (name >> 2, Cut::ALL[name as usize & 3]))
    }

    /// Bytes that it holds.
    pub fn size(&self) -> usize {
        self.nodes.len() * size_of::<Node>() + self.names.len() * 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(trie: &Trie, node: usize, path: &str, found: &mut Vec<String>) {
        for (name, _) in trie.entries(trie.ending(node)) {
            found.push(format!("{path}{name}"));
        }
        for child in trie.children(node) {
            let sound = char::from(b'a' + trie.node(child).sound);
            walk(trie, child, &format!("{path}{sound}"), found);
        }
    }

    #[test]
    fn every_name_stands_at_the_end_of_its_sounds() {
        let names = ["tar", "ta", "tarmis", "dar", "tar", ""];
        let readings = (0..)
            .zip(names)
            .map(|(at, name)| (Reading::all(name)[0], at));
        let trie = Trie::new(readings.collect());
        let mut found = Vec::new();
        walk(&trie, Trie::ROOT, "", &mut found);
        assert_eq!(found, ["5", "dar3", "ta1", "tar0", "tar4", "tarmis2"]);
        assert!(!Trie::default().is_inner(Trie::ROOT));
    }
}
