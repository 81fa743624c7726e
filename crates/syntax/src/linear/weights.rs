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
    /// Adds the weights of these features to the sums.
    fn score(&self, features: &[u32], scores: &mut Scores);
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

/// A cell as it stands in a file.
#[inline]
fn cell(class: u8, weight: u8) -> Cell {
    Cell {
        class: class & !LAST,
        weight: weight as i8,
    }
}

/// How many features share a line of the table.
const LINE: usize = 8;

/// A line of the table, as long as the machine fetches at once: features and their cells, from the front. The lowest bit
/// of `cells` says how: 0, at most two cells of fifteen bits each stand here (a weight of zero: none); 1, their place (23
/// bits) and number (7 bits) in the list of cells. Most features have one or two, so that one look into memory is enough.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Line {
    features: [u32; LINE],
    cells: [u32; LINE],
}

impl Line {
    /// The cells of a feature, zero where it is not here. All eight are compared, since guessing where to stop costs more.
    #[inline]
    fn find(&self, feature: u32) -> u32 {
        let mut found = 0;
        for (&here, &cells) in self.features.iter().zip(&self.cells) {
            found |= if here == feature { cells } else { 0 };
        }
        found
    }

    fn is_full(&self) -> bool {
        self.cells[LINE - 1] != 0
    }
}

/// The weights of one linear model.
#[derive(Debug, Clone)]
pub struct Weights {
    /// How many lines a feature may belong to; those behind take what has no room there.
    homes: u64,
    lines: Vec<Line>,
    cells: Vec<Cell>,
}

/// So many features are looked up before the first is added up, so that the waits for memory overlap: a first round over them
/// only touches their lines, as more of these few steps fit into what the machine does at once.
const AT_ONCE: usize = 64;

impl Scorer for Weights {
    // No step of the first three depends on what memory holds, since a branch guessed wrongly would end the overlap.
    #[inline]
    fn score(&self, features: &[u32], scores: &mut Scores) {
        for some in features.chunks(AT_ONCE) {
            let mut homes = [0; AT_ONCE];
            let mut touched = 0;
            for (home, &feature) in homes.iter_mut().zip(some) {
                *home = self.home(feature);
                touched |= self.lines.get(*home).map_or(0, |line| line.features[0]);
            }
            std::hint::black_box(touched);
            let mut found = [0; AT_ONCE];
            let mut behind = 0_u64;
            for (at, ((cells, &feature), home)) in found.iter_mut().zip(some).zip(homes).enumerate()
            {
                if let Some(line) = self.lines.get(home) {
                    *cells = line.find(feature);
                    behind |= u64::from((*cells == 0) & line.is_full()) << at;
                }
            }
            while behind != 0 {
                let at = behind.trailing_zeros() as usize;
                found[at] = self.find_behind(some[at]);
                behind &= behind - 1;
            }
            let mut rows = [0; AT_ONCE];
            let mut count = 0;
            for cells in &found[..some.len()] {
                let inline = if cells & 1 == 0 { *cells } else { 0 };
                scores[(inline >> 1) as usize % CLASSES] += VALUES[(inline >> 8 & 0xff) as usize];
                scores[(inline >> 16) as usize % CLASSES] += VALUES[(inline >> 23 & 0xff) as usize];
                rows[count % AT_ONCE] = *cells;
                count += (cells & 1) as usize;
            }
            let rows = &rows[..count];
            let fetched = rows.iter().fold(0, |all, row| {
                let first = self.cells.get((row >> 9) as usize);
                all | first.map_or(0, |cell| cell.class)
            });
            std::hint::black_box(fetched);
            for row in rows {
                let first = (row >> 9) as usize;
                let cells = self.cells.get(first..first + (row >> 2 & 0x7f) as usize);
                for cell in cells.unwrap_or_default() {
                    scores[cell.class as usize % CLASSES] += VALUES[cell.weight as u8 as usize];
                }
            }
        }
    }
}

impl Weights {
    /// Room for so many features, the lines five eighths full.
    fn with_room(features: u32) -> Self {
        let homes = u64::from(features) / 5 + 1;
        Self {
            homes,
            lines: vec![Line::default(); homes as usize],
            cells: Vec::new(),
        }
    }

    /// The line that a feature belongs to; in the order of the features.
    #[inline]
    fn home(&self, feature: u32) -> usize {
        ((u64::from(feature) * self.homes) >> 32) as usize
    }

    /// The cells of a feature that had no room in its line: it stands in the first behind that has some.
    fn find_behind(&self, feature: u32) -> u32 {
        let next = self.home(feature) + 1;
        for line in self.lines.get(next..).unwrap_or_default() {
            let found = line.find(feature);
            if found != 0 || !line.is_full() {
                return found;
            }
        }
        0
    }

    /// Takes in a feature and its cells as they stand in a line. Features come in order and each once, so that the place
    /// behind the last is the first that is free.
    fn insert(&mut self, (at, place): &mut (usize, usize), feature: u32, cells: u32) {
        let home = self.home(feature);
        *place = if home > *at { 0 } else { *place };
        *at = home.max(*at);
        if *place == LINE {
            (*at, *place) = (*at + 1, 0);
            if *at == self.lines.len() {
                self.lines.push(Line::default());
            }
        }
        if let Some(line) = self.lines.get_mut(*at) {
            (line.features[*place], line.cells[*place]) = (feature, cells);
            *place += 1;
        }
    }

    /// Takes in a row of three cells or more; gives what stands for it in a line. None where cells are too many to say so.
    fn keep(&mut self, row: &[Cell]) -> Option<u32> {
        let first = u32::try_from(self.cells.len()).ok()?;
        let fits = first >> 23 == 0 && row.len() < CLASSES;
        self.cells.extend_from_slice(row);
        fits.then_some(1 | (row.len() as u32) << 2 | first << 9)
    }

    /// Writes rows, sorted by feature and none empty, to a body: their number, then for each the distance to the feature
    /// before and the cells, of which the last is marked.
    pub fn put(rows: &[Row], body: &mut Vec<u8>) {
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
        // A row takes three bytes at least.
        if count as usize > body.len() / 3 {
            return Err(body.broken());
        }
        let mut weights = Self::with_room(count);
        let mut place = (0, 0);
        let mut feature = 0_u32;
        let mut row = Vec::with_capacity(CLASSES);
        for index in 0..count {
            let step = body.varint()?;
            feature = feature.checked_add(step).ok_or(body.broken())?;
            if index > 0 && step == 0 {
                return Err(body.broken());
            }
            let known = |cell: Cell| (cell.class as usize) < classes && cell.weight != 0;
            let inline = |cell: Cell| u32::from(cell.class) | u32::from(cell.weight as u8) << 7;
            // Nearly all rows are of one or two cells; these are read without guessing which.
            let cells = match body.next() {
                Some([one, a, two, b]) if (one | two) & LAST != 0 => {
                    let is_one = one & LAST != 0;
                    let (one, two) = (cell(one, a), cell(two, b));
                    if !known(one) || !(known(two) | is_one) {
                        return Err(body.broken());
                    }
                    body.take(if is_one { 2 } else { 4 })?;
                    let second = if is_one { 0 } else { inline(two) };
                    inline(one) << 1 | second << 16
                }
                _ => {
                    row.clear();
                    loop {
                        let [class, weight] = body.pair()?;
                        row.push(cell(class, weight));
                        if class & LAST != 0 {
                            break;
                        }
                    }
                    match &row[..] {
                        [one] if known(*one) => inline(*one) << 1,
                        more if more.iter().copied().all(known) => {
                            weights.keep(more).ok_or(body.broken())?
                        }
                        _ => return Err(body.broken()),
                    }
                }
            };
            weights.insert(&mut place, feature, cells);
        }
        Ok(weights)
    }
}

/// The class with the highest sum among the first `classes`, the first of equals, and by how much it is ahead of the next.
#[inline]
#[must_use]
pub fn best(scores: &Scores, classes: usize) -> (usize, i32) {
    let scores = &scores[..classes.min(CLASSES)];
    let top = scores.iter().copied().max().unwrap_or(0);
    let best = scores.iter().position(|score| *score == top).unwrap_or(0);
    let next = scores
        .iter()
        .enumerate()
        .map(|(class, &score)| if class == best { i32::MIN } else { score })
        .max()
        .unwrap_or(0);
    (best, top.saturating_sub(next))
}
