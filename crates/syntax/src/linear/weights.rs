//! `Weights`: the weights of a linear model, found by feature.
//!
//! It does not know what features or classes stand for. A feature's row lists only the classes for which its weight is
//! not zero; a weight is one signed byte, in units that all rows of a model share.

use crate::weight_file::{self, Body, Damage};

/// The most classes that a model may have.
pub const CLASSES: usize = 128;

/// The sum of weights for each class.
pub type Scores = [i32; CLASSES];

/// Whatever can be asked for the weights of features: a finished model or one in training.
pub trait Scorer {
    /// Adds the weights of these features to the sums. At most `MOST` features are looked at.
    fn score(&self, features: &[u32], scores: &mut Scores);

    /// Adds the weights of one feature to the sums.
    fn add(&self, feature: u32, scores: &mut Scores) {
        self.score(&[feature], scores);
    }
}

/// The most features that one decision may have.
pub const MOST: usize = 160;

/// A class and its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The class.
    pub class: u8,
    /// The weight, as a code of which `VALUES` says what it stands for.
    pub weight: i8,
}

/// A feature and its cells, none of them zero.
pub type Row = (u32, Vec<Cell>);

/// What a stored byte stands for. Small weights are exact; the larger the weight, the coarser its step, so that one byte
/// spans ±631.
const VALUES: [i32; 256] = {
    let mut values = [0; 256];
    let mut code = 0;
    while code < 256 {
        let signed = code as u8 as i8 as i32;
        values[code] = signed + signed * signed.abs() / 32;
        code += 1;
    }
    values
};

/// The byte that stands for the nearest value.
pub(super) fn code(value: f64) -> i8 {
    let mut best = 0_i8;
    for candidate in -127..=127_i8 {
        let away = |code: i8| (f64::from(VALUES[code as u8 as usize]) - value).abs();
        if away(candidate) < away(best) {
            best = candidate;
        }
    }
    best
}

/// Marks a row's last cell in a file.
const LAST: u8 = 0x80;

/// A place in the table: a feature and its cells. The lower two bits of `cells` say how: 0, free; 1 or 2, so many cells
/// of fifteen bits each stand here; 3, their place (23 bits) and number (7 bits) in the list of cells. Most features have
/// one or two, so that one look into memory is enough.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    feature: u32,
    cells: u32,
}

/// The weights of one linear model.
#[derive(Debug, Clone)]
pub struct Weights {
    shift: u32,
    slots: Vec<Slot>,
    cells: Vec<Cell>,
}

impl Scorer for Weights {
    #[inline]
    fn score(&self, features: &[u32], scores: &mut Scores) {
        // All slots are fetched before any is looked at, and all rows before any is added up, so that the waits for
        // memory overlap.
        let mut fetched = [Slot::default(); MOST];
        for (slot, &feature) in fetched.iter_mut().zip(features) {
            if let Some(found) = self.slots.get((feature >> self.shift) as usize) {
                *slot = *found;
            }
        }
        let mut rows = [0_u32; MOST];
        let mut count = 0;
        for (slot, &feature) in fetched.iter().zip(features) {
            let mut cells = slot.cells;
            if slot.feature != feature && cells != 0 {
                cells = self.walk(feature);
            }
            rows[count] = cells;
            count += usize::from(cells != 0);
        }
        for &row in &rows[..count] {
            match row & 3 {
                3 => {
                    let first = (row >> 9) as usize;
                    let cells = self.cells.get(first..first + (row >> 2 & 0x7f) as usize);
                    for cell in cells.unwrap_or_default() {
                        scores[cell.class as usize % CLASSES] += VALUES[cell.weight as u8 as usize];
                    }
                }
                inline => {
                    scores[(row >> 2) as usize % CLASSES] += VALUES[(row >> 9 & 0xff) as usize];
                    if inline == 2 {
                        scores[(row >> 17) as usize % CLASSES] += VALUES[(row >> 24) as usize];
                    }
                }
            }
        }
    }
}

impl Weights {
    /// The cells of a feature that does not stand where it would stand alone.
    fn walk(&self, feature: u32) -> u32 {
        let first = (feature >> self.shift) as usize + 1;
        // A free slot always follows; features are as good as random, so that the walk is short.
        let slots = self.slots.get(first..).unwrap_or_default();
        slots
            .iter()
            .take_while(|slot| slot.cells != 0)
            .find(|slot| slot.feature == feature)
            .map_or(0, |slot| slot.cells)
    }

    /// The table of these rows: feature, first cell and number of cells; sorted by feature, each once, none empty.
    fn of(rows: &[(u32, u32, u8)], cells: Vec<Cell>) -> Self {
        // The slot of a feature is given by its upper bits, so that sorted rows fill the table in order.
        let bits = (rows.len() * 3 / 2)
            .next_power_of_two()
            .ilog2()
            .clamp(1, 28);
        let shift = 32 - bits;
        let mut slots = vec![Slot::default(); (1 << bits) + rows.len() + 1];
        let mut next = 0;
        for &(feature, first, len) in rows {
            let at = next.max((feature >> shift) as usize);
            let inline = |cell: &Cell| u32::from(cell.class) | u32::from(cell.weight as u8) << 7;
            let cells = match &cells[first as usize..first as usize + len as usize] {
                [one] => 1 | inline(one) << 2,
                [one, two] => 2 | inline(one) << 2 | inline(two) << 17,
                _ => 3 | u32::from(len) << 2 | first << 9,
            };
            slots[at] = Slot { feature, cells };
            next = at + 1;
        }
        slots.truncate(next.max(1 << bits) + 1);
        Self {
            shift,
            slots,
            cells,
        }
    }

    /// Writes rows, sorted by feature and none empty, to a body: their number, then for each the distance to the feature
    /// before and the cells, of which the last is marked.
    pub fn put(rows: &[(u32, Vec<Cell>)], body: &mut Vec<u8>) {
        weight_file::put_varint(body, rows.len() as u32);
        let mut before = 0;
        for (feature, cells) in rows {
            weight_file::put_varint(body, feature - before);
            before = *feature;
            for (index, cell) in cells.iter().enumerate() {
                let last = if index + 1 == cells.len() { LAST } else { 0 };
                body.push(cell.class | last);
                body.push(cell.weight as u8);
            }
        }
    }

    /// Reads what `put` wrote, for a model with so many classes.
    pub fn read(body: &mut Body, classes: usize) -> Result<Self, Damage> {
        let count = body.varint()?;
        let mut rows = Vec::with_capacity(count.min(1 << 22) as usize);
        let mut cells: Vec<Cell> = Vec::with_capacity(count.min(1 << 22) as usize * 2);
        let mut feature = 0_u32;
        for row in 0..count {
            let step = body.varint()?;
            feature = feature.checked_add(step).ok_or(body.broken())?;
            let first = cells.len();
            loop {
                let (class, weight) = (body.u8()?, body.u8()?);
                let is_last = class & LAST != 0;
                let class = class & !LAST;
                if class as usize >= classes {
                    return Err(body.broken());
                }
                cells.push(Cell {
                    class,
                    weight: weight as i8,
                });
                if is_last {
                    break;
                }
            }
            let len = cells.len() - first;
            if (row > 0 && step == 0) || len >= CLASSES || first >> 23 != 0 {
                return Err(body.broken());
            }
            rows.push((feature, first as u32, len as u8));
        }
        Ok(Self::of(&rows, cells))
    }
}

/// The class with the highest sum among the first `classes`; the first of equals.
#[inline]
#[must_use]
pub fn best(scores: &Scores, classes: usize) -> usize {
    let mut best = 0;
    for class in 1..classes.min(CLASSES) {
        if scores[class] > scores[best] {
            best = class;
        }
    }
    best
}
