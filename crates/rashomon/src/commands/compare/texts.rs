//! Pairs of texts: how the right one answers the left one, on several threads, each distinct text read once.
//!
//! It does not know documents beyond their text: a pair has no outlet and no day.

use super::{four_digits, unlike};
use crate::assets;
use crate::failure::Failure;
use annotate::Knowledge;
use link::answers::{Matching, Side, answer};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use text::Document;

/// Bytes of texts whose sides are kept for pairs to come.
const KEPT: usize = 2 << 20;

/// A pair as it comes in. Other fields are allowed and not read.
#[derive(Deserialize)]
pub struct Pair {
    left: String,
    right: String,
}

/// What is said of a pair, fields in the contract's order.
#[derive(Serialize)]
pub struct Answer {
    related: f64,
    relation: &'static str,
    reasons: Vec<String>,
}

/// Compares texts.
pub struct Texts {
    knowledge: Knowledge,
    matching: Matching,
    jobs: usize,
    sides: HashMap<String, Arc<Side>>,
    bytes: usize,
}

impl Texts {
    /// With what travels in the binary; `jobs` threads, 0 for one a processor.
    pub fn load(jobs: usize) -> Result<Self, Failure> {
        let jobs = match jobs {
            0 => thread::available_parallelism().map_or(1, usize::from),
            jobs => jobs.min(256),
        };
        Ok(Self {
            knowledge: assets::knowledge(&[]),
            matching: assets::matching().map_err(Failure::Unusable)?,
            jobs,
            sides: HashMap::new(),
            bytes: 0,
        })
    }

    /// An answer to each pair, in order.
    pub fn answers(&mut self, pairs: &[Pair]) -> Vec<Answer> {
        if self.bytes > KEPT {
            self.sides.clear();
            self.bytes = 0;
        }
        let mut new: Vec<&str> = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        for text in pairs.iter().flat_map(|pair| [&*pair.left, &*pair.right]) {
            if !self.sides.contains_key(text) && seen.insert(text) {
                new.push(text);
            }
        }
        let read = each(&new, self.jobs, |text| {
            let document = Document::plain(text);
            let outline = annotate::events::outline(&document, &self.knowledge);
            Arc::new(Side::new(text, &outline, &self.matching))
        });
        for (text, side) in new.into_iter().zip(read) {
            self.bytes += text.len();
            self.sides.insert(text.to_owned(), side);
        }
        each(pairs, self.jobs, |pair| {
            let side = |text: &str| self.sides.get(text).cloned().unwrap_or_default();
            let found = answer(&side(&pair.left), &side(&pair.right), &self.matching);
            Answer {
                related: four_digits(found.related),
                relation: found.relation.as_str(),
                reasons: found.reasons,
            }
        })
    }
}

/// Applies `work` to every item on several threads; results in the order of the items.
pub(in crate::commands) fn each<T: Sync, R: Send>(
    items: &[T],
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    if items.len() < 4 || jobs < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    thread::scope(|scope| {
        for _ in 0..jobs.min(items.len()) {
            scope.spawn(|| {
                let mut own = Vec::new();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    own.push((index, work(item)));
                }
                done.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .extend(own);
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Reads a line; the error says what to write instead.
pub fn pair(line: &[u8]) -> Result<Pair, String> {
    const FORM: &str = r#"write {"left": "…", "right": "…"}"#;
    serde_json::from_slice(line)
        .map_err(|error| format!("not a pair of texts ({}); {FORM}", unlike(&error)))
}
