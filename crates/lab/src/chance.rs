//! `Chance`: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), seeded and drawn from as the reference scorers do.
//!
//! It is here so that intervals come out the same to the last digit. It is for resampling, not for secrets.

/// A source of repeatable draws.
pub struct Chance {
    state: [u32; 624],
    next: usize,
}

impl Chance {
    /// Begins with a seed.
    pub fn new(seed: u32) -> Self {
        let mut state = [0u32; 624];
        state[0] = 19_650_218;
        for i in 1..624u32 {
            let before = state[i as usize - 1];
            state[i as usize] = 1_812_433_253u32
                .wrapping_mul(before ^ (before >> 30))
                .wrapping_add(i);
        }
        // Initialisation by an array of one number, the seed.
        let mut i = 1;
        for _ in 0..624 {
            let before = state[i - 1];
            state[i] =
                (state[i] ^ (before ^ (before >> 30)).wrapping_mul(1_664_525)).wrapping_add(seed);
            i += 1;
            if i == 624 {
                state[0] = state[623];
                i = 1;
            }
        }
        for _ in 0..623 {
            let before = state[i - 1];
            state[i] = (state[i] ^ (before ^ (before >> 30)).wrapping_mul(1_566_083_941))
                .wrapping_sub(u32::try_from(i).unwrap_or(0));
            i += 1;
            if i == 624 {
                state[0] = state[623];
                i = 1;
            }
        }
        state[0] = 0x8000_0000;
        Self { state, next: 624 }
    }

    /// As many indices below `count` as there are, each drawn with return.
    pub fn choices(&mut self, count: usize) -> Vec<usize> {
        (0..count)
            .map(|_| {
                #[expect(
                    clippy::cast_precision_loss,
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "the draw is in 0..count, and counts are small"
                )]
                let drawn = (self.fraction() * count as f64) as usize;
                drawn
            })
            .collect()
    }

    /// A number from 0 up to, but not, 1, with 53 random bits.
    fn fraction(&mut self) -> f64 {
        let high = f64::from(self.word() >> 5);
        let low = f64::from(self.word() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }

    fn word(&mut self) -> u32 {
        if self.next == 624 {
            for i in 0..624 {
                let joined =
                    (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % 624] & 0x7fff_ffff);
                let twist = if joined & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[i] = self.state[(i + 397) % 624] ^ (joined >> 1) ^ twist;
            }
            self.next = 0;
        }
        let mut word = self.state[self.next];
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn draws_are_those_of_the_reference() {
        // CPython: random.Random(1).choices(range(62), k=62)[:8] and random.Random(1).random().
        let mut chance = super::Chance::new(1);
        assert_eq!(chance.choices(62)[..8], [8, 52, 47, 15, 30, 27, 40, 48]);
        let first = super::Chance::new(1).fraction();
        assert!((first - 0.134_364_244_112_401_22).abs() < 1e-15);
    }
}
