//! `Table`: a value for each number, in memory that is kept from document to document.
//!
//! It does not know what the numbers stand for.

/// Open addressing, at most half full.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table<V> {
    slots: Vec<(u32, V)>,
}

impl<V: Copy + Default> Table<V> {
    /// Empties the table and makes room for so many numbers.
    pub(crate) fn clear(&mut self, numbers: usize) {
        self.slots.clear();
        let room = (numbers * 2).next_power_of_two().max(2);
        self.slots.resize(room, (0, V::default()));
    }

    #[inline]
    fn place(&self, key: u32) -> usize {
        let mask = self.slots.len().saturating_sub(1);
        let mut at = key.wrapping_mul(0x9E37_79B1) as usize & mask;
        // Bounded, for a table that got more numbers than it was told of.
        for _ in 0..self.slots.len() {
            if self.slots[at].0 == 0 || self.slots[at].0 == key {
                break;
            }
            at = (at + 1) & mask;
        }
        at
    }

    /// The value of a number, made where there is none. Zero is free; the number zero counts as one.
    #[inline]
    pub(crate) fn of(&mut self, number: u32) -> &mut V {
        if self.slots.is_empty() {
            self.clear(1);
        }
        let key = number.max(1);
        let at = self.place(key);
        self.slots[at].0 = key;
        &mut self.slots[at].1
    }

    /// The value of a number, where there is one.
    #[inline]
    pub(crate) fn get(&self, number: u32) -> Option<&V> {
        let key = number.max(1);
        let slot = self.slots.get(self.place(key))?;
        (slot.0 == key).then_some(&slot.1)
    }
}
