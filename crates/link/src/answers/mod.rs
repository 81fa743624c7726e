//! How one text answers another: whether both are of one matter, and whether the right one affirms, denies or doubts the left one.
//!
//! A claim is short, and what answers it may stand anywhere in a long text: passages are compared, and the stance is read where the
//! answer stands. It does not know what is true, nor who says it.

mod features;
mod index;
mod lexicon;
mod rarity;
mod side;
mod stance;

pub use features::{Counts, FEATURES, Feature, OF_PASSAGES, Story, Weights};
pub use index::Sides;
pub use rarity::{Rarity, counted_stems};
pub use side::Side;

use lexicon::AnswerWords;
use stance::Stance;
use text::{EntryError, Span, vocabulary};

vocabulary! {
    /// How a text answers another.
    Relation {
        Affirms = "affirms",
        Denies = "denies",
        Doubts = "doubts",
        Reports = "reports",
        Alternative = "alternative",
        Quantity = "quantity",
        Unrelated = "unrelated",
    }
}

/// How the right text answers the left one.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// How likely both are of one matter, 0 to 1.
    pub related: f64,
    /// `Unrelated` exactly where `related` is below `Weights::threshold`.
    pub relation: Relation,
    /// What says so, in words.
    pub reasons: Vec<String>,
    /// The passage of the right text that answers.
    pub passage: Option<Span>,
}

/// What answers are read by.
#[derive(Debug, Clone, Default)]
pub struct Matching {
    words: AnswerWords,
    pub(crate) rarity: Rarity,
    weights: Weights,
}

impl Matching {
    /// Reads `lexicon/answers.txt`.
    ///
    /// # Errors
    /// The first line that cannot be read.
    pub fn parse(lexicon: &str, rarity: Rarity, weights: Weights) -> Result<Self, EntryError> {
        Ok(Self {
            words: AnswerWords::parse(lexicon)?,
            rarity,
            weights,
        })
    }

    /// For each word of a text that carries meaning: the beginnings of words by which what answers it may be found without reading it,
    /// its own first, then those of words that say the same or exclude it.
    #[must_use]
    pub fn beginnings(&self, side: &Side) -> Vec<Vec<String>> {
        let mut found: Vec<Vec<String>> = Vec::new();
        for passage in &side.passages {
            for stem in &passage.stems {
                let word = &passage.words[stem.word];
                let groups = word.groups.iter();
                let beside = groups.flat_map(|group| self.words.beside(*group));
                let mut beginnings: Vec<String> = [&*word.lemma, &*word.form]
                    .into_iter()
                    .chain(beside)
                    .map(|word| crate::fold::stem(&crate::fold::fold(word)))
                    .filter(|stem| stem.len() > 2)
                    .collect();
                let mut seen = std::collections::BTreeSet::new();
                beginnings.retain(|stem| seen.insert(stem.clone()));
                found.push(beginnings);
            }
        }
        found
    }

    /// The weights.
    #[must_use]
    pub fn weights(&self) -> &Weights {
        &self.weights
    }
}

/// Passages of a text that are looked at as its claim, at most.
const CLAIMS: usize = 12;
/// Passages from which a stance is read, at most.
const HEARD: usize = 10;

/// What is left of a likelihood where the days that both state are far apart.
const OTHER_DAY: f64 = 0.1;

/// How `right` answers `left`.
#[must_use]
pub fn answer(left: &Side, right: &Side, matching: &Matching) -> Answer {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (one, claim) in left.passages.iter().take(CLAIMS).enumerate() {
        for (other, passage) in right.passages.iter().enumerate() {
            let related = matching.weights.related(&features::counts(claim, passage));
            let days = if features::are_apart(claim, passage) {
                OTHER_DAY
            } else {
                1.0
            };
            pairs.push((related * days, one, other));
        }
    }
    pairs.sort_by(|one, other| {
        other
            .0
            .total_cmp(&one.0)
            .then_with(|| (one.1, one.2).cmp(&(other.1, other.2)))
    });
    let best = pairs.first().map_or(0.0, |pair| pair.0);
    let related = related(best, left, right);
    if related < matching.weights.threshold {
        return Answer {
            related,
            relation: Relation::Unrelated,
            reasons: vec!["not of one matter".to_owned()],
            passage: None,
        };
    }
    let bar = best * 0.15;
    let mut heard: Vec<Heard> = pairs
        .iter()
        .take_while(|(related, ..)| *related >= bar)
        .take(HEARD)
        .map(|(related, one, other)| {
            let (claim, passage) = (&left.passages[*one], &right.passages[*other]);
            let stance = stance::stance(claim, passage, &matching.words);
            // What opens a text is what it says; what only touches the claim says less of it than what answers.
            let lead = if *other < LEAD { 1.2 } else { 1.0 };
            let touch = if stance.relation == Relation::Reports {
                0.6
            } else {
                1.0
            };
            let covered = f64::midpoint(stance.coverage, stance.words_covered);
            Heard {
                weight: related.sqrt() * lead * touch * (0.1 + covered * covered),
                passage: *other,
                stance,
            }
        })
        .collect();
    let most = heard.iter().map(|one| one.weight).fold(0.0, f64::max);
    if right.passages.len() > LEAD
        && let Some((_, one, _)) = pairs.first()
    {
        // "The boy with the 72 million: it was too good to be true" says so before it comes to the claim.
        let opens = (0..LEAD).find_map(|other| {
            let reason = stance::calls_untrue(&left.passages[*one], &right.passages[other])?;
            Some((other, reason))
        });
        if let Some((passage, reason)) =
            opens.filter(|(other, _)| heard.iter().all(|one| one.passage != *other))
        {
            heard.push(Heard {
                weight: most * UNTRUE,
                passage,
                stance: Stance {
                    relation: Relation::Denies,
                    coverage: 0.0,
                    words_covered: 0.0,
                    reasons: vec![reason],
                },
            });
        }
    }
    decide(related, &heard, right)
}

/// A passage from which a stance was read.
struct Heard {
    weight: f64,
    passage: usize,
    stance: Stance,
}

/// The relation for which the passages that were heard weigh most; the surest of them gives the reasons. A text that gives both
/// sides takes none.
fn decide(related: f64, heard: &[Heard], right: &Side) -> Answer {
    // The passage that says most of the claim counts, not how many touch it.
    let weight = |relations: &[Relation]| -> f64 {
        let of = heard
            .iter()
            .filter(|one| relations.contains(&one.stance.relation));
        of.map(|one| one.weight).fold(0.0, f64::max)
    };
    let against = [Relation::Denies, Relation::Alternative, Relation::Quantity];
    let (pro, contra) = (weight(&[Relation::Affirms]), weight(&against));
    if right.passages.len() > LEAD && pro.min(contra) > BOTH * pro.max(contra) {
        return Answer {
            related,
            relation: Relation::Reports,
            reasons: vec!["one passage says so, another does not".to_owned()],
            passage: heard.first().map(|one| right.passages[one.passage].span),
        };
    }
    let mut relations: Vec<(f64, Relation)> = Relation::ALL
        .iter()
        .map(|relation| (weight(&[*relation]), *relation))
        .collect();
    relations.sort_by(|one, other| other.0.total_cmp(&one.0));
    let relation = relations
        .first()
        .filter(|(weight, _)| *weight > 0.0)
        .map_or(Relation::Reports, |(_, relation)| *relation);
    let first = heard.iter().find(|one| one.stance.relation == relation);
    Answer {
        related,
        relation,
        reasons: first.map_or_else(Vec::new, |one| one.stance.reasons.clone()),
        passage: first.map(|one| right.passages[one.passage].span),
    }
}

/// How likely two texts are of one matter, given the likeliest two passages. Among the many passages of a long text one may be like
/// a claim by chance; a text that answers it has most of its words somewhere.
fn related(best: f64, left: &Side, right: &Side) -> f64 {
    if right.passages.len() <= LEAD {
        return best;
    }
    let all: f64 = left.stems.iter().map(|(_, weight)| weight).sum();
    let here = |key: &u64| {
        right
            .stems
            .binary_search_by_key(key, |(key, _)| *key)
            .is_ok()
    };
    let met: f64 = left
        .stems
        .iter()
        .filter(|(key, _)| here(key))
        .map(|(_, weight)| weight)
        .sum();
    let share = met / all.max(1.0);
    let by_chance = ((share - CHANCE) / (MOST - CHANCE)).clamp(0.0, 1.0);
    (best * by_chance).max(0.5 * ((share - MOST) / (1.0 - MOST)).clamp(0.0, 1.0))
}

/// Passages at the start of a text that tell what it is about.
const LEAD: usize = 3;
/// What a passage at the start that calls something untrue weighs, beside the passage that weighs most.
const UNTRUE: f64 = 0.7;
/// Where the smaller side weighs more than this share of the greater, a text gives both.
const BOTH: f64 = 0.6;
/// Shares of a claim's words that a long text has by chance, and that it has where it answers the claim.
const CHANCE: f64 = 0.15;
const MOST: f64 = 0.5;

/// What two texts have in common in the passages that have most in common: for training and measuring. `story` is given where the
/// texts stand in longer ones.
#[must_use]
pub fn counts(left: &Side, right: &Side, story: Option<&Story>, weights: &Weights) -> Counts {
    let mut best: Option<(f64, Counts)> = None;
    for claim in &left.passages {
        for passage in &right.passages {
            let counts = features::counts(claim, passage);
            let related = weights.related(&counts);
            if best.as_ref().is_none_or(|(most, _)| related > *most) {
                best = Some((related, counts));
            }
        }
    }
    let mut counts = best.map_or([0.0; FEATURES], |(_, counts)| counts);
    if let Some(story) = story {
        features::add_story(&mut counts, story);
    }
    counts
}
