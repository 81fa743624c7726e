//! Our own pairs of claims, `gold/relations.tsv`: whether they are of one matter, and how one answers the other.
//!
//! The claims are spans of FA-KES, which stays where it is.

use super::Figures;
use crate::copies::Collection;
use crate::data::{self, Data, Failure};
use crate::product::Product;
use annotate::events::Outline;
use link::answers::{Matching, Side, Story, answer, counts};
use std::collections::BTreeMap;
use text::{Document, Span};

const FILE: &str = "gold/relations.tsv";

/// Prints the figures.
pub fn measure(
    data: &Data,
    product: &Product,
    matching: &Matching,
    test: bool,
) -> Result<(), Failure> {
    let collection = Collection::fa_kes(data)?;
    let mut outlines: BTreeMap<String, (Document, Outline, Side)> = BTreeMap::new();
    let file = data::text(&data::checkout().join(FILE))?;
    for half in ["dev", "test"] {
        if half == "test" && !test {
            continue;
        }
        let (mut bare, mut with_story) = (Figures::default(), Figures::default());
        let (mut right, mut all, mut missing) = (0, 0, 0);
        let mut confused: BTreeMap<(String, String), usize> = BTreeMap::new();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [_, of, label, _, _, ref claims @ ..] = fields[..] else {
                continue;
            };
            if of != half || label == "open" {
                continue;
            }
            let mut sides = Vec::new();
            for claim in claims.chunks(4) {
                let [key, hash, _, spans] = claim else {
                    continue;
                };
                if !outlines.contains_key(*key)
                    && let Some(document) = collection.get(key, hash)
                {
                    let outline = product.outline(document);
                    let whole = Side::new(&document.text, &outline, matching);
                    outlines.insert((*key).to_owned(), (document.clone(), outline, whole));
                }
                let Some((document, outline, whole)) = outlines.get(*key) else {
                    continue;
                };
                let spans: Vec<Span> = spans.split(',').filter_map(span).collect();
                sides.push((
                    Side::of_spans(&document.text, outline, &spans, matching),
                    whole.clone(),
                ));
            }
            let [(one, one_whole), (other, other_whole)] = &sides[..] else {
                missing += 1;
                continue;
            };
            let is_one = label != "unrelated";
            let story = Story::of(one_whole, other_whole);
            let weights = matching.weights();
            let found = answer(one, other, matching);
            bare.add(is_one, found.related >= weights.same_matter);
            let related = weights.related(&counts(one, other, Some(&story), weights));
            with_story.add(is_one, related >= weights.same_matter);
            all += 1;
            right += usize::from(found.relation.as_str() == label);
            *confused
                .entry((label.to_owned(), found.relation.to_string()))
                .or_default() += 1;
        }
        println!(
            "our own pairs of claims, {half} half: {all} pairs, {missing} whose text is not here"
        );
        bare.print("one matter, claims alone", "");
        with_story.print("one matter, with the documents", "");
        println!(
            "  relation right {:.3}; labelled and given:",
            right as f64 / all.max(1) as f64
        );
        for ((label, given), count) in &confused {
            println!("    {label:12} {given:12} {count}");
        }
    }
    Ok(())
}

fn span(text: &str) -> Option<Span> {
    let (start, end) = text.split_once('-')?;
    Some(Span::new(start.parse().ok()?, end.parse().ok()?))
}
