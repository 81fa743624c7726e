//! `NameIndex`: of very many names the few that one may be a spelling of.
//!
//! A name's consonants are put in seven classes. Names with the same classes, or with up to two of them left out or changed, are
//! looked through by a signature of 64 bits, the best by an alignment of rough sounds. It does not decide: `NameModel` compares what
//! it finds.

use crate::costs::SoundCosts;
use crate::model::NameModel;
use crate::sounds::{SOUNDS, Sound, Sounds, class, is_vowel};
use crate::word::TOGETHER;

/// Classes of a skeleton at most.
const CLASSES: usize = 12;
/// From so many classes on, two may be left out; in shorter skeletons one.
const LONG: usize = 5;
/// Names that are looked through at most.
const LOOKED: usize = 24_000;
/// Names whose sounds are aligned at most.
const ALIGNED: usize = 800;
/// Articles, as they are written before a word; they come and go.
const ARTICLES: &[&str] = &[
    "al", "el", "ul", "as", "es", "ash", "esh", "ad", "ed", "an", "en", "ar", "er", "at", "et",
    "az", "ez", "the", "la", "le",
];

/// Names by their consonants.
#[derive(Debug, Clone, Default)]
pub struct NameIndex {
    /// Where the entries of each skeleton begin; one more than there are skeletons.
    starts: Vec<u32>,
    /// Classes of each skeleton.
    lens: Vec<u8>,
    /// Hash of a skeleton with classes left out, and the skeleton; sorted.
    keys: Vec<(u32, u32)>,
    /// Where each run of keys with the same high bits begins.
    runs: Vec<u32>,
    /// For each entry the name.
    ids: Vec<u32>,
    signatures: Vec<u64>,
    /// Where the sounds of each entry begin.
    sound_starts: Vec<u32>,
    sounds: Vec<Sound>,
    /// Groups of the dictionary, and the names that are forms of each; sorted.
    groups: Vec<(u32, u32)>,
    costs: SoundCosts,
}

/// How one name may be looked up: sounds, classes, signature.
struct Reading {
    sounds: Sounds,
    classes: Skeleton,
    signature: u64,
}

type Skeleton = ([u8; CLASSES], usize);

impl NameIndex {
    /// An index of folded names; the number of a name is its place in what is given. Names beyond 2^32 - 2 are left out.
    pub fn build<'a>(model: &NameModel, names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut entries: Vec<(Skeleton, u32, Reading)> = Vec::new();
        let mut index = Self {
            costs: model.learned.sounds.clone(),
            ..Self::default()
        };
        for (id, name) in (0..u32::MAX - 1).zip(names) {
            readings(name, |reading| entries.push((reading.classes, id, reading)));
            let groups = model.dictionary.of(name).unwrap_or_default();
            index.groups.extend(groups.iter().map(|&group| (group, id)));
        }
        index.groups.sort_unstable();
        entries.sort_by_key(|(skeleton, id, _)| (*skeleton, *id));
        let mut before: Option<Skeleton> = None;
        for (skeleton, id, reading) in entries {
            if before != Some(skeleton) {
                let number = index.starts.len() as u32;
                left_out(&skeleton, |key, _| index.keys.push((key, number)));
                index.starts.push(index.ids.len() as u32);
                index.lens.push(skeleton.1 as u8);
                before = Some(skeleton);
            }
            index.ids.push(id);
            index.signatures.push(reading.signature);
            index.sound_starts.push(index.sounds.len() as u32);
            index.sounds.extend_from_slice(reading.sounds.all());
        }
        index.starts.push(index.ids.len() as u32);
        index.sound_starts.push(index.sounds.len() as u32);
        index.keys.sort_unstable();
        index.keys.dedup();
        index.runs = (0..=1u64 << RUN_BITS)
            .map(|run| {
                index
                    .keys
                    .partition_point(|(key, _)| u64::from(*key) < run << (32 - RUN_BITS))
                    as u32
            })
            .collect();
        index
    }

    /// Bytes that it holds.
    #[must_use]
    pub fn size(&self) -> usize {
        self.starts.len() * 4
            + self.keys.len() * 8
            + self.runs.len() * 4
            + self.ids.len() * 16
            + self.sounds.len()
    }

    /// The numbers of at most so many names that a folded name may be a spelling of, the likeliest first, each with a likeness from 0
    /// to 1, which orders them and says no more. Names that the model's dictionary has with it come before all but itself.
    #[must_use]
    pub fn candidates(&self, model: &NameModel, name: &str, count: usize) -> Vec<(u32, f64)> {
        let mut found: Vec<(u32, f64)> = Vec::new();
        readings(name, |reading| self.look(&reading, count, &mut found));
        for &group in model.dictionary.of(name).unwrap_or_default() {
            let first = self.groups.partition_point(|(other, _)| *other < group);
            let same = self.groups[first..]
                .iter()
                .take_while(|(other, _)| *other == group);
            found.extend(same.map(|&(_, id)| (id, TOGETHER)));
        }
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.total_cmp(&a.1)));
        found.dedup_by_key(|(id, _)| *id);
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        found.truncate(count);
        found
    }

    fn look(&self, reading: &Reading, count: usize, found: &mut Vec<(u32, f64)>) {
        let looked = self.near(reading);
        // How many names share so much of the signature; the bound that lets enough through.
        let own = reading.signature.count_ones() as usize;
        let mut scores: Vec<u8> = Vec::with_capacity(LOOKED);
        let mut counts = [0u32; 256];
        for &(out, begin, end) in &looked {
            let signatures = &self.signatures[begin as usize..end as usize];
            scores.extend(signatures.iter().map(|signature| {
                let common = (signature & reading.signature).count_ones();
                let scale = DICE[(own + signature.count_ones() as usize) & 127];
                let score = ((common * scale) >> 9)
                    .saturating_sub(u32::from(out) * 4)
                    .min(255) as u8;
                counts[usize::from(score)] += 1;
                score
            }));
        }
        let most = ALIGNED.max(count) as u32;
        let mut bound = 255usize;
        let mut above = counts[bound];
        while bound > 1 && above < most {
            bound -= 1;
            above += counts[bound];
        }
        let own = reading.sounds.all();
        let entries = looked
            .iter()
            .flat_map(|&(_, begin, end)| begin as usize..end as usize);
        found.extend(
            entries
                .zip(&scores)
                .filter(|(_, score)| usize::from(**score) >= bound)
                .map(|(entry, _)| {
                    let other = &self.sounds
                        [self.sound_starts[entry] as usize..self.sound_starts[entry + 1] as usize];
                    let gain = f64::from(self.costs.gain(own, other).max(0));
                    (self.ids[entry], gain / (gain + 100.0))
                }),
        );
    }

    /// Ranges of entries whose skeletons are near, the nearest first, with how many classes were left out; in all at most `LOOKED`
    /// entries.
    fn near(&self, reading: &Reading) -> Vec<(u8, u32, u32)> {
        let mut skeletons: Vec<(u32, u8)> = Vec::new();
        left_out(&reading.classes, |key, out| {
            let run = (key >> (32 - RUN_BITS)) as usize;
            let Some((&begin, &end)) = self.runs.get(run).zip(self.runs.get(run + 1)) else {
                return;
            };
            let keys = &self.keys[begin as usize..end as usize];
            let first = keys.partition_point(|(other, _)| *other < key);
            let same = keys[first..].iter().take_while(|(other, _)| *other == key);
            skeletons.extend(same.map(|&(_, number)| (number, out)));
        });
        // A skeleton that is found twice counts as found with the fewest left out.
        skeletons.sort_unstable();
        skeletons.dedup_by_key(|(number, _)| *number);
        let mut ranges: Vec<(u8, u32, u32)> = skeletons
            .iter()
            .filter_map(|&(number, out)| {
                let end = self.starts.get(number as usize + 1)?;
                // What is left out of the one is one less or more; what is left out of both is another.
                let changed =
                    (2 * out + self.lens[number as usize]).saturating_sub(reading.classes.1 as u8);
                Some((changed, self.starts[number as usize], *end))
            })
            .collect();
        ranges.sort_unstable_by_key(|&(out, begin, _)| (out, begin));
        let mut room = LOOKED;
        ranges.retain(|&(_, begin, end)| {
            let size = (end - begin) as usize;
            let fits = size <= room;
            room -= if fits { size } else { 0 };
            fits
        });
        ranges
    }
}

/// Dice's measure in steps of 1/255: twice the common bits over all bits of both.
const DICE: [u32; 128] = {
    let mut table = [0; 128];
    let mut bits = 1;
    while bits < 128 {
        table[bits] = 512 * 2 * 255 / bits as u32;
        bits += 1;
    }
    table
};

/// Keys of one run share so many high bits.
const RUN_BITS: u32 = 16;

/// Calls with the ways to look a name up: whole, and where it has several words without the first or the last, when enough is left.
/// Articles are passed over.
fn readings(name: &str, mut each: impl FnMut(Reading)) {
    let mut words: Vec<&[u8]> = name
        .split(' ')
        .filter(|word| !ARTICLES.contains(word))
        .map(bare)
        .collect();
    if words.is_empty() {
        words = name.split(' ').map(str::as_bytes).collect();
    }
    each(reading(&words));
    if let Some((last, before)) = words.split_last()
        && let [stem @ .., b'o' | b'e', b'v' | b'w', b'a'] = last
        && stem.len() >= 3
    {
        let mut others = before.to_vec();
        others.push(stem);
        each(reading(&others));
    }
    if words.len() > 1 {
        for part in [&words[1..], &words[..words.len() - 1]] {
            let reading = reading(part);
            if reading.classes.1 >= 3 {
                each(reading);
            }
        }
    }
}

/// A word without an article that is written with it.
fn bare(word: &str) -> &[u8] {
    let bytes = word.as_bytes();
    match bytes {
        [b'a' | b'e', b'l', third, _, _, ..] if !b"aeiouy".contains(third) => &bytes[2..],
        _ => bytes,
    }
}

fn reading(words: &[&[u8]]) -> Reading {
    let sounds = Sounds::of(words);
    let mut classes: Skeleton = ([0; CLASSES], 0);
    let mut signature = 0u64;
    let (mut last, mut prior, mut consonant) = (u8::MAX, SOUNDS as u8, SOUNDS as u8);
    for &sound in sounds.all() {
        let class = class(sound);
        if class != 0 && class != last && classes.1 < CLASSES {
            classes.0[classes.1] = class;
            classes.1 += 1;
        }
        if class != 0 {
            last = class;
            signature |= 1 << (mixed(consonant, sound) % 32);
            consonant = sound;
        }
        if is_vowel(sound) {
            last = u8::MAX;
        }
        signature |= 1 << (32 + mixed(plain(prior), plain(sound)) % 32);
        prior = sound;
    }
    signature |= 1 << (mixed(consonant, SOUNDS as u8) % 32);
    signature |= 1 << (32 + mixed(plain(prior), SOUNDS as u8) % 32);
    Reading {
        sounds,
        classes,
        signature,
    }
}

/// Vowels that are confused most as one.
fn plain(sound: Sound) -> Sound {
    match sound {
        19 => 18,
        22 => 21,
        17 => 20,
        _ => sound,
    }
}

fn mixed(one: u8, other: u8) -> u32 {
    ((u32::from(one) * 37 + u32::from(other) + 11).wrapping_mul(0x9e37_79b1)) >> 20
}

/// Calls with the hash of a skeleton whole, with one class left out, and of a long one with two; and with how many are left out.
fn left_out(skeleton: &Skeleton, mut each: impl FnMut(u32, u8)) {
    let classes = &skeleton.0[..skeleton.1];
    let hash = |one: usize, other: usize| {
        let mut hash = 0x811c_9dc5u32;
        for (at, &class) in classes.iter().enumerate() {
            if at != one && at != other {
                hash = (hash ^ u32::from(class)).wrapping_mul(0x0100_0193);
            }
        }
        (hash ^ (hash >> 15)).wrapping_mul(0x85eb_ca6b)
    };
    let none = usize::MAX;
    each(hash(none, none), 0);
    if classes.len() < 2 {
        return;
    }
    for one in 0..classes.len() {
        each(hash(one, none), 1);
        if classes.len() >= LONG {
            for other in one + 1..classes.len() {
                each(hash(one, other), 2);
            }
        }
    }
}
