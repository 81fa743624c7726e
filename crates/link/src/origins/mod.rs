//! Text origins: which documents are one text, copied or reworked, and which may be.
//!
//! It does not know who copied from whom, and it sees wording alone: two reports of one press conference in their own
//! words are two texts here. Containment of five-word shingles after Broder 1997: an index finds candidates, an exact check
//! decides on what stands outside quotation marks and is no background.

mod credits;
#[cfg(test)]
pub(crate) use credits::credits;
mod index;
mod recurring;
mod sheets;

use crate::{Lexicon, when};
use index::{Candidates, Shared};
use jiff::civil::Date;
use recurring::Recurring;
use sheets::Sheet;
use std::collections::{BTreeSet, HashMap};
use text::{Document, vocabulary};

/// Documents further apart than this share background and formulas rather than news, unless they share much.
const DAYS: i64 = 3;
/// Shared shingles at least, and the share of the shorter text from which two texts near in time are one.
const TEXT: Bounds = Bounds(20, 0.22);
/// The same where more is shared.
const LONG: Bounds = Bounds(40, 0.18);
/// The same for texts further apart: dates in pages are often wrong.
const FAR: Bounds = Bounds(20, 0.5);
/// The same where the shorter text has fewer than `BRIEF` shingles of its own.
const SHORT: Bounds = Bounds(8, 0.4);
/// The same of a headline: all of it.
const TINY: Bounds = Bounds(4, 1.0);
/// A headline, a brief: about sixty words.
const BRIEF: usize = 56;
/// Below the bounds of one text, but enough for a doubt.
const DOUBT: Bounds = Bounds(20, 0.12);
/// The same where both carry one agency's credit line on one day.
const CREDIT: Bounds = Bounds(5, 0.06);
/// The share of all shingles, background and quotations too, from which two texts are one however far apart.
const WHOLE: Bounds = Bounds(8, 0.8);
/// The same for texts that are so much alike that what they share says nothing of what recurs.
const ALIKE: Bounds = Bounds(8, 0.6);
/// Of what two texts share so much stands in the first half of the shorter one: news comes first, background last.
const LEAD: f64 = 0.12;
/// So many shingles in quotation marks, at least, make one statement.
const STATEMENT: usize = 4;

/// A number of shared shingles and a share of the shorter text, at least.
#[derive(Clone, Copy)]
struct Bounds(usize, f64);

impl Bounds {
    fn hold(self, shared: usize, of: usize) -> bool {
        shared >= self.0 && share(shared, of) >= self.1
    }
}

vocabulary! {
    /// How the wording of two documents meets.
    Likeness {
        Copy = "copy",
        Version = "version",
        Doubtful = "doubtful",
        Statement = "statement",
    }
}

/// Two documents that share wording, by index, the smaller one first.
#[derive(Debug, Clone, PartialEq)]
pub struct TextPair {
    /// One of them.
    pub one: usize,
    /// The other.
    pub other: usize,
    /// Copies and versions (copies with another figure or of another day) are one text; doubtful ones may be; those of one
    /// statement share quotations.
    pub likeness: Likeness,
    /// The share of the shorter text that the other has too, from 0 to 1, quotations and what recurs left out.
    pub share: f64,
}

/// What a person decided on two documents' texts, by `Document::id`. A document that is not there is passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copying {
    /// They are one text, whatever speaks against it.
    Copy {
        /// One of them.
        one: String,
        /// The other.
        other: String,
    },
    /// They are two.
    NotCopy {
        /// One of them.
        one: String,
        /// The other.
        other: String,
    },
}

/// To which text each document goes back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Origins {
    /// Pairs that share wording, by index.
    pub pairs: Vec<TextPair>,
    copies: Vec<usize>,
    perhaps: Vec<usize>,
}

impl Origins {
    /// The group of copied texts a document belongs to.
    #[must_use]
    pub fn of(&self, document: usize) -> usize {
        self.copies.get(document).copied().unwrap_or(document)
    }

    /// Separate texts behind some documents: with doubtful pairs counted as one text, and without.
    #[must_use]
    pub fn count(&self, documents: &BTreeSet<usize>) -> (u32, u32) {
        let groups = |of: &[usize]| {
            let distinct: BTreeSet<usize> = documents
                .iter()
                .filter_map(|document| of.get(*document))
                .copied()
                .collect();
            u32::try_from(distinct.len()).unwrap_or(u32::MAX)
        };
        (groups(&self.perhaps), groups(&self.copies))
    }
}

/// Finds the text origins. The order of the documents decides nothing but the numbers; two of one id are taken for copies.
#[must_use]
pub fn origins(documents: &[&Document], lexicon: &Lexicon, decided: &[Copying]) -> Origins {
    let days: Vec<Option<Date>> = documents
        .iter()
        .map(|document| when::published(document))
        .collect();
    let sheets: Vec<Sheet> = documents.iter().map(|one| Sheet::of(one)).collect();
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_key(|&number| (days[number], &documents[number].id, number));
    let candidates = Candidates::find(&sheets, &order);

    let mut kin: Vec<usize> = (0..documents.len()).collect();
    candidates.each(
        &sheets,
        |_| true,
        |one, other, shared| {
            if alike(shared, ALIKE) {
                unite(&mut kin, one, other);
            }
        },
    );
    let kin = flat(kin);
    let recurring = Recurring::find(documents, &days, &sheets, &kin, &candidates);
    let nearest = nearest(&kin, &days);
    let credits: Vec<BTreeSet<usize>> = documents
        .iter()
        .map(|document| credits::credits(document, lexicon))
        .collect();
    let mut pairs = Vec::new();
    let tells = |hash: u64| !recurring.holds(hash);
    candidates.each(&sheets, tells, |one, other, shared| {
        let gap = nearest(one, other);
        let near = gap.is_none_or(|gap| gap <= DAYS);
        let credited =
            gap.is_some_and(|gap| gap <= 1) && !credits[one].is_disjoint(&credits[other]);
        if let Some(likeness) = likeness(shared, near, credited) {
            let changed = || {
                days[one] != days[other] || sheets::other_figures(documents[one], documents[other])
            };
            pairs.push(TextPair {
                one: one.min(other),
                other: one.max(other),
                likeness: match likeness {
                    Likeness::Copy if changed() => Likeness::Version,
                    other => other,
                },
                share: share(shared.telling, shared.of_telling),
            });
        }
    });
    pairs.sort_by_key(|pair| (pair.one, pair.other));
    let (copies, perhaps) = groups(documents, &pairs, decided);
    Origins {
        pairs,
        copies,
        perhaps,
    }
}

/// The pairs of documents that the index finds, by index, before anything is decided: for measuring it.
#[must_use]
pub fn text_candidates(documents: &[&Document]) -> Vec<(usize, usize)> {
    let sheets: Vec<Sheet> = documents.iter().map(|one| Sheet::of(one)).collect();
    let order: Vec<usize> = (0..documents.len()).collect();
    let mut pairs = Vec::new();
    let candidates = Candidates::find(&sheets, &order);
    candidates.each(&sheets, |_| true, |one, other, _| pairs.push((one, other)));
    pairs
}

/// Whether so much is shared, by all shingles and by those outside quotation marks too, where there are any.
fn alike(shared: &Shared, bounds: Bounds) -> bool {
    let told = share(shared.told, shared.of_told) >= bounds.1;
    bounds.hold(shared.all, shared.of_all) && (told || shared.of_told < TINY.0)
}

/// Whether all that the shorter one tells is shared and nearly all that it quotes; where it only quotes, all of that.
fn all_of(shared: &Shared) -> bool {
    if shared.of_told < TINY.0 {
        TINY.hold(shared.all, shared.of_all)
    } else {
        TINY.hold(shared.told, shared.of_told) && share(shared.all, shared.of_all) >= WHOLE.1
    }
}

/// What two documents are to each other; none where they share nothing to speak of.
fn likeness(shared: &Shared, near: bool, credited: bool) -> Option<Likeness> {
    let holds = |bounds: Bounds| bounds.hold(shared.telling, shared.of_telling);
    let enough = match (near, shared.of_telling < BRIEF) {
        (true, true) => holds(SHORT),
        (true, false) => holds(TEXT) || holds(LONG),
        (false, _) => holds(FAR),
    };
    let leads = share(shared.leading, shared.telling) >= LEAD;
    let whole = alike(shared, WHOLE)
        || (near && shared.same_words)
        || (near && shared.of_telling < BRIEF && all_of(shared));
    let quoted = shared.all - shared.told;
    if whole || (enough && leads) {
        Some(Likeness::Copy)
    } else if (near && holds(DOUBT) && leads) || (credited && holds(CREDIT)) {
        Some(Likeness::Doubtful)
    } else if near && quoted >= STATEMENT && quoted > shared.telling {
        Some(Likeness::Statement)
    } else {
        None
    }
}

#[allow(clippy::cast_precision_loss)]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// How many days lie between the nearest two documents of two groups of kin; none where a group has no day. A copy dated
/// wrong is as near as the one dated right.
fn nearest<'a>(
    kin: &'a [usize],
    days: &'a [Option<Date>],
) -> impl Fn(usize, usize) -> Option<i64> + 'a {
    let mut known: HashMap<usize, Vec<Date>> = HashMap::new();
    for (group, day) in kin.iter().zip(days) {
        known.entry(*group).or_default().extend(*day);
    }
    for days in known.values_mut() {
        days.sort_unstable();
        days.dedup();
    }
    move |one, other| {
        if kin[one] == kin[other] {
            return known.get(&kin[one])?.first().map(|_| 0);
        }
        let (left, right) = (known.get(&kin[one])?, known.get(&kin[other])?);
        // Both are sorted: of each day only the two days around it can be the nearest.
        let gaps = left.iter().flat_map(|day| {
            let at = right.partition_point(|other| other < day);
            let around = right[at.saturating_sub(1)..(at + 1).min(right.len())].iter();
            around.map(|other| when::between(*day, *other).abs())
        });
        gaps.min()
    }
}

/// The groups of copies, and those with the doubtful ones joined too.
fn groups(
    documents: &[&Document],
    pairs: &[TextPair],
    decided: &[Copying],
) -> (Vec<usize>, Vec<usize>) {
    let mut numbers: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, document) in documents.iter().enumerate() {
        numbers.entry(&document.id).or_default().push(number);
    }
    let number = |id: &str| numbers.get(id).and_then(|all| all.first()).copied();
    let mut groups = Groups::new(documents.len());
    for same in numbers.values() {
        for pair in same.windows(2) {
            groups.unite(pair[0], pair[1]);
        }
    }
    for decision in decided {
        if let Copying::Copy { one, other } = decision
            && let (Some(one), Some(other)) = (number(one), number(other))
        {
            groups.unite(one, other);
        }
    }
    for decision in decided {
        if let Copying::NotCopy { one, other } = decision
            && let (Some(one), Some(other)) = (number(one), number(other))
        {
            groups.bar(one, other);
        }
    }
    // Where something is barred, the likest are joined first; ties by id, so that the order of the documents decides nothing.
    let mut likest: Vec<&TextPair> = pairs.iter().collect();
    likest.sort_by(|left, right| {
        let ids = |pair: &TextPair| {
            let (one, other) = (&documents[pair.one].id, &documents[pair.other].id);
            (one.min(other), one.max(other))
        };
        right
            .share
            .total_cmp(&left.share)
            .then_with(|| ids(left).cmp(&ids(right)))
    });
    let mut join = |which: fn(Likeness) -> bool| {
        for pair in likest.iter().filter(|pair| which(pair.likeness)) {
            groups.unite(pair.one, pair.other);
        }
        flat(groups.roots.clone())
    };
    let copies = join(|likeness| matches!(likeness, Likeness::Copy | Likeness::Version));
    let perhaps = join(|likeness| likeness == Likeness::Doubtful);
    (copies, perhaps)
}

/// Groups that grow, some of which may not meet.
struct Groups {
    roots: Vec<usize>,
    barred: HashMap<usize, BTreeSet<usize>>,
}

impl Groups {
    fn new(documents: usize) -> Self {
        Self {
            roots: (0..documents).collect(),
            barred: HashMap::new(),
        }
    }

    fn bar(&mut self, one: usize, other: usize) {
        let (one, other) = (root(&mut self.roots, one), root(&mut self.roots, other));
        if one != other {
            self.barred.entry(one).or_default().insert(other);
            self.barred.entry(other).or_default().insert(one);
        }
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (root(&mut self.roots, one), root(&mut self.roots, other));
        if one == other
            || self
                .barred
                .get(&one)
                .is_some_and(|all| all.contains(&other))
        {
            return;
        }
        let (kept, lost) = (one.min(other), one.max(other));
        unite(&mut self.roots, kept, lost);
        for against in self.barred.remove(&lost).unwrap_or_default() {
            if let Some(all) = self.barred.get_mut(&against) {
                all.remove(&lost);
                all.insert(kept);
            }
            self.barred.entry(kept).or_default().insert(against);
        }
    }
}

fn root(groups: &mut [usize], start: usize) -> usize {
    let mut at = start;
    while groups[at] != at {
        groups[at] = groups[groups[at]];
        at = groups[at];
    }
    at
}

/// Joins two groups; the smaller index stands for both, so that the order of joining does not matter.
fn unite(groups: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(groups, one), root(groups, other));
    groups[one.max(other)] = one.min(other);
}

fn flat(mut groups: Vec<usize>) -> Vec<usize> {
    (0..groups.len())
        .map(|number| root(&mut groups, number))
        .collect()
}
