//! `lab eval nested`: claims inside the contents of other claims, against our own labels.
//!
//! It does not measure the outermost claims, nor acts.

mod gold;

use crate::acts::gold::Half;
use crate::data::Failure;
use crate::product::Product;
use crate::score::Tally;
use annotate::{Claim, Standing};
use gold::{Inner, Item};
use text::{Document, Span};

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Measures the test half instead of the dev half; do so rarely
    #[arg(long)]
    test: bool,
    /// Also every claim that is missed and every one too much
    #[arg(long)]
    errors: bool,
}

/// So much of the words of both contents must be in both.
const OVERLAP: f64 = 0.5;

/// Prints precision and recall of the inner claims: all of them, the shown ones, and those with another measure of rightness.
pub fn run(options: &Options) -> Result<(), Failure> {
    let half = if options.test { Half::Test } else { Half::Dev };
    let items = gold::load()?;
    let items: Vec<&Item> = items.iter().filter(|item| item.half == half).collect();
    let product = Product::new(None)?;
    let (mut all, mut shown, mut without_via) =
        (Tally::default(), Tally::default(), Tally::default());
    for item in &items {
        let annotations = product.annotate(&Document::plain(&item.text));
        let given: Vec<&Claim> = annotations
            .claims
            .iter()
            .filter(|claim| claim.is_inner())
            .collect();
        let right = |claim: &Claim, inner: &Inner| {
            matches(claim, inner) && has_via(claim, inner, &item.text)
        };
        add(&mut all, &given, &item.inner, right);
        add(&mut without_via, &given, &item.inner, matches);
        let certain: Vec<&Claim> = given
            .iter()
            .copied()
            .filter(|claim| claim.standing == Standing::Shown)
            .collect();
        add(&mut shown, &certain, &item.inner, right);
        if options.errors {
            for inner in &item.inner {
                if !given.iter().any(|claim| right(claim, inner)) {
                    println!("{} missed: {}", item.id, words(&inner.cue, &item.text));
                }
            }
            for claim in &given {
                if !item.inner.iter().any(|inner| right(claim, inner)) {
                    println!("{} too much: {}", item.id, line(claim, &item.text));
                }
            }
            if given.len() != item.inner.len() {
                println!("  {}", item.text);
            }
        }
    }
    println!(
        "{:36} {:>6} {:>6} {:>6} {:>6} {:>6}   claims inside contents, {} texts of our own, {half} half",
        "",
        "P",
        "R",
        "F1",
        "given",
        "wanted",
        items.len()
    );
    for (name, tally) in [
        ("source, cue, content and relays", all),
        ("the shown ones alone", shown),
        ("source, cue and content", without_via),
    ] {
        println!(
            "{name:36} {:6.1} {:6.1} {:6.1} {:6} {:6}",
            tally.precision(),
            tally.recall(),
            tally.f1(),
            tally.given,
            tally.wanted
        );
    }
    Ok(())
}

fn add(
    tally: &mut Tally,
    given: &[&Claim],
    wanted: &[Inner],
    right: impl Fn(&Claim, &Inner) -> bool,
) {
    tally.given += given.len();
    tally.wanted += wanted.len();
    tally.right += wanted
        .iter()
        .filter(|inner| given.iter().any(|claim| right(claim, inner)))
        .count();
}

/// Whether the claim has the head of the source, a word of the cue, and half of the content.
fn matches(claim: &Claim, inner: &Inner) -> bool {
    let holds = |head: &Span| claim.source.spans.iter().any(|span| span.contains(*head));
    let cues = || claim.cue.iter().flat_map(|cue| &cue.spans);
    let both: u32 = shared(&claim.content.spans, &inner.content);
    let either = length(&claim.content.spans) + length(&inner.content) - both;
    inner.source.iter().all(holds)
        && inner
            .cue
            .iter()
            .any(|cue| cues().any(|span| span.overlaps(*cue)))
        && f64::from(both) >= OVERLAP * f64::from(either)
}

fn length(spans: &[Span]) -> u32 {
    spans.iter().map(|span| span.end - span.start).sum()
}

/// The bytes that lie in spans of both lists.
fn shared(one: &[Span], other: &[Span]) -> u32 {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
    pairs
        .map(|(a, b)| a.end.min(b.end).saturating_sub(a.start.max(b.start)))
        .sum()
}

/// Whether the relays are those wanted, in their order.
fn has_via(claim: &Claim, inner: &Inner, text: &str) -> bool {
    claim.via.len() == inner.via.len()
        && claim.via.iter().zip(&inner.via).all(|(via, wanted)| {
            let spans = via.spans.iter().map(|span| span.slice(text));
            spans
                .chain([via.name.as_str()])
                .any(|words| words.to_lowercase().contains(&wanted.to_lowercase()))
        })
}

fn words(spans: &[Span], text: &str) -> String {
    let words: Vec<&str> = spans.iter().map(|span| span.slice(text)).collect();
    words.join(" … ")
}

fn line(claim: &Claim, text: &str) -> String {
    let cue = claim.cue.as_ref().map_or(&[][..], |cue| &cue.spans);
    let via: Vec<&str> = claim.via.iter().map(|via| via.name.as_str()).collect();
    format!(
        "{} | {} | {} | via {} ({}, {:.2})",
        words(&claim.source.spans, text),
        words(cue, text),
        words(&claim.content.spans, text),
        via.join(" > "),
        claim.standing,
        claim.confidence.attribution.unwrap_or_default()
            * claim.confidence.source.unwrap_or_default(),
    )
}
