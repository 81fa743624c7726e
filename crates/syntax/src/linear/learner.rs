//! `Learner`: weights in training, by the averaged perceptron.
//!
//! It does not know what features or classes stand for. Method: M. Collins, "Discriminative training methods for hidden
//! Markov models" (EMNLP 2002); the average over all steps is kept with a stamp for each weight, so that a step costs
//! only what it changes.

use super::weights::{CLASSES, Cell, Row, Scorer, Scores, Weights, code};

/// A class and its weight now.
#[derive(Clone, Copy, Default)]
struct Now {
    class: u32,
    weight: i32,
}

/// What a weight was up to its last change.
#[derive(Clone, Copy, Default)]
struct Past {
    /// Sum of the weight over all steps up to `stamp`.
    total: i64,
    stamp: u32,
    changes: u32,
}

/// A feature and where its weights are; room for none: free.
#[derive(Clone, Copy, Default)]
struct Slot {
    feature: u32,
    first: u32,
    len: u8,
    room: u8,
}

/// Weights in training.
pub struct Learner {
    /// Open addressing.
    slots: Vec<Slot>,
    used: usize,
    now: Vec<Now>,
    past: Vec<Past>,
    step: u32,
    /// Whether features that have no place yet get none.
    closed: bool,
}

impl Scorer for Learner {
    fn score(&self, features: &[u32], scores: &mut Scores) {
        for &feature in features {
            let slot = self.slots[self.place(feature)];
            let first = slot.first as usize;
            for now in &self.now[first..first + slot.len as usize] {
                scores[now.class as usize % CLASSES] += now.weight;
            }
        }
    }
}

impl Default for Learner {
    fn default() -> Self {
        Self::new()
    }
}

impl Learner {
    /// One that knows nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            slots: vec![Slot::default(); 1 << 16],
            used: 0,
            now: Vec::new(),
            past: Vec::new(),
            step: 1,
            closed: false,
        }
    }

    /// A learner that knows these features alone, each for these classes alone. Learning anew what a first round found
    /// worth keeping gives a small model that is no worse than the large one.
    #[must_use]
    pub fn only(rows: &[Row]) -> Self {
        let mut learner = Self::new();
        for (feature, cells) in rows {
            let at = learner.open(*feature, cells.len().clamp(1, 255) as u8);
            for cell in cells.iter().take(255) {
                learner.extend(at, cell.class as usize);
            }
        }
        learner.closed = true;
        learner
    }

    /// Counts one decision, and where it was wrong moves the weights of its features from one class to the other.
    pub fn learn(&mut self, features: &[u32], right: usize, found: usize) {
        self.next();
        if found != right {
            for &feature in features {
                self.update(feature, right, 1);
                self.update(feature, found, -1);
            }
        }
    }

    /// Counts one decision; weights are averaged over these.
    pub fn next(&mut self) {
        self.step += 1;
    }

    #[inline]
    fn place(&self, feature: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (feature.wrapping_mul(0x9E37_79B1) >> 5) as usize & mask;
        while self.slots[at].room != 0 && self.slots[at].feature != feature {
            at = (at + 1) & mask;
        }
        at
    }

    /// Adds to one weight.
    pub fn update(&mut self, feature: u32, class: usize, by: i32) {
        let mut at = self.place(feature);
        if self.slots[at].room == 0 {
            if self.closed {
                return;
            }
            at = self.open(feature, 2);
        }
        let slot = self.slots[at];
        let (first, len) = (slot.first as usize, slot.len as usize);
        let found = self.now[first..first + len]
            .iter()
            .position(|now| now.class as usize == class);
        let cell = match found {
            Some(offset) => first + offset,
            None if self.closed => return,
            None => self.extend(at, class),
        };
        let (now, past) = (&mut self.now[cell], &mut self.past[cell]);
        past.total += i64::from(now.weight) * i64::from(self.step - past.stamp);
        past.stamp = self.step;
        past.changes += 1;
        now.weight += by;
    }

    /// Makes room for a class in a feature's row; returns where.
    fn extend(&mut self, at: usize, class: usize) -> usize {
        let slot = self.slots[at];
        let (first, len) = (slot.first as usize, slot.len as usize);
        if slot.len == slot.room {
            // Moved to where there is twice the room; what is left behind is not used again.
            let room = slot.room.saturating_mul(2).max(4);
            let to = self.reserve(room) as usize;
            self.now.copy_within(first..first + len, to);
            self.past.copy_within(first..first + len, to);
            self.slots[at].first = to as u32;
            self.slots[at].room = room;
        }
        let cell = self.slots[at].first as usize + len;
        self.slots[at].len += 1;
        self.now[cell] = Now {
            class: class as u32,
            weight: 0,
        };
        self.past[cell] = Past {
            stamp: self.step,
            ..Past::default()
        };
        cell
    }

    /// Makes a place for a feature that has none.
    fn open(&mut self, feature: u32, room: u8) -> usize {
        if self.used * 2 > self.slots.len() {
            self.grow();
        }
        let at = self.place(feature);
        self.used += 1;
        self.slots[at] = Slot {
            feature,
            first: self.reserve(room),
            len: 0,
            room,
        };
        at
    }

    fn reserve(&mut self, room: u8) -> u32 {
        let first = self.now.len();
        self.now.resize(first + room as usize, Now::default());
        self.past.resize(first + room as usize, Past::default());
        first as u32
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![Slot::default(); old.len() * 4];
        for slot in old.into_iter().filter(|slot| slot.room != 0) {
            let at = self.place(slot.feature);
            self.slots[at] = slot;
        }
    }

    /// The averages, in units of which `unit` make one step's update, each as a byte. What is smaller than `least` units
    /// is gone.
    pub fn rows(&self, unit: f64, least: f64) -> Vec<Row> {
        Self::mean_rows(&[self], unit, least)
    }

    /// The same, each weight the mean of several learners', which `only` made from the same rows: what each of them owes to
    /// the order of its sentences goes, and the model is no larger.
    pub fn mean_rows(learners: &[&Self], unit: f64, least: f64) -> Vec<Row> {
        let Some(one) = learners.first() else {
            return Vec::new();
        };
        let mut rows: Vec<Row> = Vec::new();
        for slot in one.slots.iter().filter(|slot| slot.room != 0) {
            let first = slot.first as usize;
            let cells = first..first + slot.len as usize;
            let mut kept: Vec<Cell> = cells
                .filter_map(|cell| {
                    let sum: f64 = learners.iter().map(|learner| learner.average(cell)).sum();
                    let mean = sum / learners.len() as f64 * unit;
                    let weight = if mean.abs() < least { 0 } else { code(mean) };
                    let class = one.now[cell].class as u8;
                    (weight != 0).then_some(Cell { class, weight })
                })
                .collect();
            if !kept.is_empty() {
                kept.sort_by_key(|cell| cell.class);
                rows.push((slot.feature, kept));
            }
        }
        rows.sort_by_key(|row| row.0);
        rows
    }

    /// A weight's average over all steps.
    fn average(&self, cell: usize) -> f64 {
        let (now, past) = (self.now[cell], self.past[cell]);
        let total = past.total + i64::from(now.weight) * i64::from(self.step - past.stamp);
        total as f64 / f64::from(self.step)
    }

    /// The finished model of these rows.
    pub fn finish(rows: &[Row], classes: usize) -> Weights {
        let mut body = Vec::new();
        Weights::put(rows, &mut body);
        let file = crate::weight_file::write("weights", &body);
        crate::weight_file::read("weights", &file)
            .and_then(|mut body| Weights::read(&mut body, classes))
            .expect("what was just written can be read")
    }
}

/// Learns in two rounds: the first, with every feature, finds those worth keeping; the second learns their weights anew.
/// `round` goes over the data and is told which round it is; weights below `least` units are left out after each.
pub fn in_two_rounds(
    unit: f64,
    least: [f64; 2],
    mut round: impl FnMut(&mut Learner, usize),
) -> Vec<Row> {
    let mut first = Learner::new();
    round(&mut first, 0);
    let mut second = Learner::only(&first.rows(unit, least[0]));
    drop(first);
    round(&mut second, 1);
    second.rows(unit, least[1])
}

/// A shuffle that a seed fixes (splitmix64; S. Vigna, public domain).
pub struct Shuffle(u64);

impl Shuffle {
    /// From a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.draw() % end.max(1) as u64) as usize
    }

    /// Puts a list into another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(end + 1));
        }
    }
}
