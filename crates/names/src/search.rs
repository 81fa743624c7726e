//! `search`: the names of a trie that align best with a name, the likeliest beginnings followed first.
//!
//! Best-first search (Hart, Nilsson and Raphael, 1968) down a tree of names, each node with a row of the alignment's table, as Oflazer
//! ("Error-tolerant finite-state recognition", 1996) walks automata. What the rest of the name may gain is guessed, not bounded, and the
//! work is limited, so that names that align well can be missed; it is the same for the same names.

use crate::costs::{Asked, SoundCosts, added_after, cuts};
use crate::sounds::{Cut, MOST_SOUNDS, NEIGHBOURS, Reading, SOUNDS, neighbour};
use crate::trie::Trie;
use std::cmp::Ordering;

/// Rows that are computed at most.
const ROWS: usize = 7_000;
/// Of what each sound of the name can gain at most, so many in a hundred are hoped for: with less the search goes deep sooner.
const HOPE: i32 = 40;
/// Gains from 0 up to this minus `LEAST` are told apart.
const GAINS: usize = 1600;
/// What gains less than this is left out.
const LEAST: i32 = -400;
/// Less than any gain, and far from overflow.
const NEVER: i16 = -16_000;

/// The names of two tries, of which the second has those that hardly have vowels, that align best with one reading or another, at most
/// so many, each with its gain, the best first.
pub fn search(
    tries: &[Trie; 2],
    costs: &SoundCosts,
    readings: &[Reading],
    count: usize,
) -> Vec<(u32, i16)> {
    let is_short = |reading: &Reading| reading.sounds.all().len() < 16;
    if readings.iter().all(is_short) {
        Search::<16>::new(tries, costs, readings, count).run()
    } else {
        Search::<{ MOST_SOUNDS + 8 }>::new(tries, costs, readings, count).run()
    }
}

/// What a sound of the trie gains at each place of the name, in a form in which leaving sounds of the name out costs nothing: that is
/// taken from all else, and added at the end.
#[derive(Clone)]
struct Step<const WIDE: usize> {
    /// Standing for the sound before the place.
    both: [i16; WIDE],
    /// Added at the place.
    added: [i16; WIDE],
}

/// A reading as it is looked up in one of the tries.
struct Table<const WIDE: usize> {
    len: usize,
    steps: Vec<Step<WIDE>>,
    /// What is hoped for from each place on.
    hope: [i16; WIDE],
    /// What leaving all sounds of the name out gains.
    out: i16,
    cuts: [i16; Cut::ALL.len()],
    /// The most of them.
    best_cut: i16,
    trie: usize,
}

impl<const WIDE: usize> Table<WIDE> {
    fn new(costs: &SoundCosts, reading: &Reading, trie: usize) -> Self {
        let name = Asked::new(reading, trie == 1);
        let len = reading.sounds.all().len();
        let cuts = Cut::ALL.map(|found| costs.sum(&[cuts(reading.cut, found)]));
        let mut table = Self {
            len,
            steps: vec![
                Step {
                    both: [NEVER; WIDE],
                    added: [NEVER; WIDE],
                };
                SOUNDS
            ],
            hope: [NEVER; WIDE],
            out: 0,
            best_cut: cuts.into_iter().fold(NEVER, i16::max),
            cuts,
            trie,
        };
        for at in 0..=len {
            let [place, style] = name.added(at).map(|begin| costs.row(begin));
            for ((step, place), style) in table.steps.iter_mut().zip(place).zip(style) {
                step.added[at] = i16::from(*place) + i16::from(*style);
            }
        }
        let mut hopes = [0i32; WIDE];
        let mut outs = [0i16; WIDE];
        for at in 0..len {
            let out = costs.sum(&name.out(at));
            let [plain, before, after, style] = name.both(at).map(|begin| costs.row(begin));
            let mut most = out;
            for (sound, step) in table.steps.iter_mut().enumerate() {
                let gain = i16::from(plain[sound])
                    + i16::from(before[sound])
                    + i16::from(after[sound])
                    + i16::from(style[sound]);
                step.both[at + 1] = gain - out;
                most = most.max(gain);
            }
            hopes[at] = i32::from(most) * HOPE / 100;
            outs[at] = out;
            table.out += out;
        }
        let (mut hope, mut out) = (0, table.out);
        for at in (0..=len).rev() {
            table.hope[at] = hope as i16 + out;
            if at > 0 {
                hope += hopes[at - 1];
                out -= outs[at - 1];
            }
        }
        table
    }

    /// The row of a child, before sounds of the name are left out, from that of its parent, which is given a second time moved by one
    /// place; returns what is hoped for below it.
    #[inline]
    fn advance(
        &self,
        prior: &[i16; WIDE],
        row: &[i16; WIDE],
        sound: usize,
        after: i16,
        new: &mut [i16; WIDE],
    ) -> i16 {
        let step = &self.steps[sound];
        for at in 0..WIDE {
            let both = prior[at].saturating_add(step.both[at]);
            let added = row[at].saturating_add(step.added[at]).saturating_add(after);
            new[at] = both.max(added);
        }
        // Hope falls along the name, so that leaving sounds of it out before going on never adds to it.
        let hopes = new.iter().zip(&self.hope);
        hopes.fold(NEVER, |most, (gain, rest)| {
            most.max(gain.saturating_add(*rest))
        })
    }
}

/// A node that is still to be followed.
struct Open {
    node: u32,
    row: u32,
    table: u32,
    /// The one that was put aside before it with the same hope.
    next: u32,
}

const NONE: u32 = u32::MAX;

struct Search<'a, const WIDE: usize> {
    tries: &'a [Trie; 2],
    tables: Vec<Table<WIDE>>,
    /// What is gained by adding a sound after one of each kind.
    after: [[i16; NEIGHBOURS]; SOUNDS],
    open: Vec<Open>,
    /// The last node that was put aside with each hope.
    heads: Vec<u32>,
    best: usize,
    rows: Vec<[i16; WIDE]>,
    free: Vec<u32>,
    found: Vec<(u32, i16)>,
    wanted: usize,
    /// So many names as are wanted gain as much as this.
    floor: usize,
}

/// A gain as a place in order.
fn rank(gain: i32) -> usize {
    usize::try_from(gain - LEAST).map_or(0, |rank| rank.min(GAINS))
}

impl<'a, const WIDE: usize> Search<'a, WIDE> {
    fn new(tries: &'a [Trie; 2], costs: &SoundCosts, readings: &[Reading], wanted: usize) -> Self {
        let tables = readings
            .iter()
            .flat_map(|reading| [0, 1].map(|trie| Table::new(costs, reading, trie)));
        let mut after = [[0; NEIGHBOURS]; SOUNDS];
        for (sound, gains) in after.iter_mut().enumerate() {
            for (kind, gain) in gains.iter_mut().enumerate() {
                *gain = costs.sum(&[added_after(sound as u8, kind)]);
            }
        }
        Self {
            tries,
            tables: tables.collect(),
            after,
            open: Vec::with_capacity(ROWS),
            heads: vec![NONE; GAINS + 1],
            best: 0,
            rows: Vec::with_capacity(ROWS / 2),
            free: Vec::new(),
            found: Vec::new(),
            wanted,
            floor: 0,
        }
    }

    fn run(mut self) -> Vec<(u32, i16)> {
        for table in 0..self.tables.len() {
            let mut row = [NEVER; WIDE];
            row[..=self.tables[table].len].fill(0);
            self.visit(Trie::ROOT, table, &row, self.tables[table].hope[0]);
        }
        let mut left = ROWS;
        while let Some((node, table, row)) = self.next() {
            let trie = &self.tries[self.tables[table].trie];
            let kind = if node == Trie::ROOT {
                0
            } else {
                neighbour(trie.node(node).sound)
            };
            let children = trie.children(node);
            if left < children.len() {
                break;
            }
            left -= children.len();
            let mut prior = [NEVER; WIDE];
            prior[1..].copy_from_slice(&row[..WIDE - 1]);
            let mut new = [NEVER; WIDE];
            for child in children {
                let sound = usize::from(trie.node(child).sound);
                let after = self.after[sound][kind];
                let hope = self.tables[table].advance(&prior, &row, sound, after, &mut new);
                self.visit(child, table, &new, hope);
            }
        }
        best(&mut self.found, self.wanted, i16::cmp);
        self.found
    }

    /// Notes the names that end at a node, and puts it aside when what is below may be wanted.
    fn visit(&mut self, node: usize, table: usize, row: &[i16; WIDE], hope: i16) {
        let from = &self.tables[table];
        let len = from.len;
        let trie = &self.tries[from.trie];
        let ending = trie.ending(node);
        if !ending.is_empty() {
            // Leaving the last sounds of the name out costs nothing here.
            let gain = row.iter().fold(NEVER, |most, gain| most.max(*gain));
            let gain = gain.saturating_add(from.out);
            if rank(i32::from(gain) + i32::from(from.best_cut)) > self.floor {
                for (name, cut) in trie.entries(ending) {
                    let gain = gain.saturating_add(from.cuts[cut as usize]);
                    if rank(i32::from(gain)) > self.floor {
                        self.found.push((name, gain));
                    }
                }
                self.raise();
            }
        }
        let rank = rank(i32::from(hope));
        if rank > self.floor && trie.is_inner(node) {
            let at = self.free.pop().unwrap_or(self.rows.len() as u32);
            if at as usize == self.rows.len() {
                self.rows.push([NEVER; WIDE]);
            }
            let mut kept = [NEVER; WIDE];
            let mut most = NEVER;
            for (place, gain) in kept.iter_mut().zip(row).take(len + 1) {
                most = most.max(*gain);
                *place = most;
            }
            self.rows[at as usize] = kept;
            self.open.push(Open {
                node: node as u32,
                row: at,
                table: table as u32,
                next: self.heads[rank],
            });
            self.heads[rank] = self.open.len() as u32 - 1;
            self.best = self.best.max(rank);
        }
    }

    /// Forgets what is surely not wanted, now and then.
    fn raise(&mut self) {
        if self.found.len() >= 2 * self.wanted.max(1) {
            best(&mut self.found, self.wanted, i16::cmp);
            if let Some(&(_, least)) = self.wanted.checked_sub(1).and_then(|at| self.found.get(at))
            {
                self.floor = rank(i32::from(least));
            }
        }
    }

    /// The node of most hope, its table and its row; `None` when no hope is above what is found.
    fn next(&mut self) -> Option<(usize, usize, [i16; WIDE])> {
        while self.best > self.floor {
            if let Some(open) = self.open.get(self.heads[self.best] as usize) {
                self.heads[self.best] = open.next;
                self.free.push(open.row);
                let row = self.rows[open.row as usize];
                return Some((open.node as usize, open.table as usize, row));
            }
            self.best -= 1;
        }
        None
    }
}

/// Keeps each name once, the best first, at most so many.
pub fn best<T: Copy>(found: &mut Vec<(u32, T)>, count: usize, order: impl Fn(&T, &T) -> Ordering) {
    found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| order(&b.1, &a.1)));
    found.dedup_by_key(|(id, _)| *id);
    found.sort_unstable_by(|a, b| order(&b.1, &a.1).then_with(|| a.0.cmp(&b.0)));
    found.truncate(count);
}
