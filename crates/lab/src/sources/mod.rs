//! Who a source is: measuring the claims' sources, and training the ranker of antecedents.
//!
//! It does not know features. Whether the attribution itself is right is measured elsewhere (`lab eval attribution`).

mod antecedents;
mod gold;
pub mod learn;

use crate::acts::gold::Half;
use crate::data::{Data, Failure};
use crate::product::Product;
use annotate::{Annotations, Claim, EntityKind, Flag, Voice};
use gold::{Item, KINDS, is_same};
use text::Document;

/// The weight file, from the root of the checkout.
pub const FILE: &str = "models/sources.tsv";

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Measures the test half instead of the dev half; do so rarely
    #[arg(long)]
    test: bool,
    /// Also every item whose answer differs
    #[arg(long)]
    errors: bool,
}

/// What was given for an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Answer {
    /// Whether an attribution was read by the cue at all.
    is_read: bool,
    name: Option<String>,
    name_basis: Option<String>,
    speaks_for: Option<String>,
    inverted: bool,
}

/// How an answer compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Right,
    Wrong,
    Abstained,
    Unread,
}

/// Counts of one kind.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    items: usize,
    right: usize,
    wrong: usize,
    abstained: usize,
    unread: usize,
    /// Answers with a name, and those whose name is right.
    named: usize,
    named_right: usize,
    /// Of these, those whose basis is right.
    basis_right: usize,
}

/// Prints how often each kind of source is resolved right, wrong and not at all, beside a simple baseline.
pub fn run(_: &Data, options: &Options) -> Result<(), Failure> {
    let half = if options.test { Half::Test } else { Half::Dev };
    let product = Product::new(None)?;
    let mut tallies = [Tally::default(); KINDS.len()];
    let mut baselines = [Tally::default(); KINDS.len()];
    let items = gold::load()?;
    for item in items.iter().filter(|item| item.half == half) {
        let annotations = product.annotate(&Document::plain(&item.text));
        let answer = answer(&annotations, item);
        let kind = KINDS
            .iter()
            .position(|kind| *kind == item.kind)
            .unwrap_or(0);
        let verdict = tallies[kind].add(item, &answer);
        baselines[kind].add(item, &baseline(&annotations, item));
        if options.errors && verdict != Verdict::Right {
            println!(
                "{} {verdict:?}: {:?} for {:?}, given {:?} for {:?}{}: {}",
                item.id,
                item.names,
                item.speaks_for,
                answer.name,
                answer.speaks_for,
                if answer.inverted { ", inverted" } else { "" },
                item.text.replace("\n\n", " ¶ ")
            );
        }
    }
    println!(
        "{:24} {:>5} {:>6} {:>6} {:>9} {:>7} {:>16} {:>6}   sources, {half} half",
        "", "items", "right", "wrong", "abstained", "unread", "names, precision", "basis"
    );
    let mut all = [Tally::default(); 2];
    for (kind, (tally, baseline)) in KINDS.iter().zip(tallies.iter().zip(&baselines)) {
        tally.print(kind);
        baseline.print("  last name before");
        all[0].sum(tally);
        all[1].sum(baseline);
    }
    all[0].print("all");
    all[1].print("  last name before");
    Ok(())
}

impl Tally {
    fn add(&mut self, item: &Item, answer: &Answer) -> Verdict {
        let named = |wanted: &[String], given: &Option<String>| match given {
            Some(given) => is_same(wanted, given),
            None => wanted.is_empty(),
        };
        let name = named(&item.names, &answer.name);
        let right =
            name && named(&item.speaks_for, &answer.speaks_for) && item.inverted == answer.inverted;
        let verdict = if !answer.is_read {
            Verdict::Unread
        } else if right {
            Verdict::Right
        } else if answer.name.is_none() && answer.speaks_for.is_none() {
            Verdict::Abstained
        } else {
            Verdict::Wrong
        };
        self.items += 1;
        match verdict {
            Verdict::Right => self.right += 1,
            Verdict::Wrong => self.wrong += 1,
            Verdict::Abstained => self.abstained += 1,
            Verdict::Unread => self.unread += 1,
        }
        if answer.name.is_some() {
            self.named += 1;
            self.named_right += usize::from(name);
            self.basis_right += usize::from(name && item.name_basis == answer.name_basis);
        }
        verdict
    }

    fn sum(&mut self, other: &Tally) {
        self.items += other.items;
        self.right += other.right;
        self.wrong += other.wrong;
        self.abstained += other.abstained;
        self.unread += other.unread;
        self.named += other.named;
        self.named_right += other.named_right;
        self.basis_right += other.basis_right;
    }

    fn print(&self, name: &str) {
        let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
        println!(
            "{name:24} {:5} {:6} {:6} {:9} {:7} {:16.1} {:6.1}",
            self.items,
            self.right,
            self.wrong,
            self.abstained,
            self.unread,
            share(self.named_right, self.named),
            share(self.basis_right, self.named_right)
        );
    }
}

/// What the claim by the marked cue says.
fn answer(annotations: &Annotations, item: &Item) -> Answer {
    let by_cue = |claim: &&Claim| {
        let mut spans = claim.cue.iter().flat_map(|cue| &cue.spans);
        claim.voice == Voice::Attributed && spans.any(|span| span.overlaps(item.cue))
    };
    let Some(claim) = annotations.claims.iter().find(by_cue) else {
        return Answer::default();
    };
    let body = claim
        .source
        .speaks_for
        .and_then(|body| annotations.entities.get(body.index()));
    Answer {
        is_read: true,
        name: claim.source.name.clone(),
        name_basis: claim.source.name_basis.map(|basis| basis.to_string()),
        speaks_for: body.map(|body| body.name.clone()),
        inverted: claim.flags.contains(&Flag::InvertedRoles),
    }
}

/// The last person or body that is named before the cue; the first after it where none is.
fn baseline(annotations: &Annotations, item: &Item) -> Answer {
    let speaks = |kind: EntityKind| {
        matches!(
            kind,
            EntityKind::Person | EntityKind::Organization | EntityKind::Group
        )
    };
    let mut named: Vec<_> = annotations
        .entities
        .iter()
        .filter(|entity| speaks(entity.kind))
        .flat_map(|entity| entity.mentions.iter().map(move |span| (span.start, entity)))
        .collect();
    named.sort_by_key(|(start, _)| *start);
    let before = named
        .iter()
        .rev()
        .find(|(start, _)| *start < item.cue.start);
    let found = before.or(named.first());
    Answer {
        is_read: true,
        name: found.map(|(_, entity)| entity.name.clone()),
        name_basis: Some("coreference".to_owned()),
        ..Answer::default()
    }
}
