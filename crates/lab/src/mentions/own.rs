//! Our own labelled mentions: names and phrases by kind, heads, titles and roles.
//!
//! It does not know the public sets, which tell neither heads nor titles.

use super::matching::trimmed;
use super::scoring::add;
use super::{MentionDocument, marks};
use crate::score::Tally;
use annotate::{Annotations, EntityKind, Mention, MentionForm};
use std::collections::BTreeSet;
use text::Span;

/// A row of figures.
pub type Row = (String, Tally);

/// The rows of one or more documents with what was found in them, in a fixed order.
pub fn rows(read: &[(&MentionDocument, Annotations)]) -> Vec<Row> {
    let forms = [MentionForm::Name, MentionForm::Nominal];
    let mut by_kind = vec![[Tally::default(); 2]; EntityKind::ALL.len()];
    let mut heads = Tally::default();
    let mut outside = Tally::default();
    let mut titles = Tally::default();
    let mut roles = Tally::default();
    for (document, found) in read {
        for (at, kind) in EntityKind::ALL.iter().enumerate() {
            for (tally, form) in by_kind[at].iter_mut().zip(forms) {
                let wanted = wanted(document, *kind, form);
                let given = given(document, found, *kind, form);
                add(tally, tally_of(&wanted, &given));
            }
        }
        add(&mut heads, heads_of(document, found));
        add(&mut outside, outside_of(document, found));
        let spans = |of: fn(&Mention) -> &[Span]| -> BTreeSet<Span> {
            found.mentions.iter().flat_map(of).copied().collect()
        };
        let given = spans(|mention| mention.title.as_slice());
        add(
            &mut titles,
            tally_of(&labelled(document, marks::TITLE), &given),
        );
        let given = spans(|mention| &mention.roles);
        add(
            &mut roles,
            tally_of(&labelled(document, marks::ROLE), &given),
        );
    }
    let mut rows = Vec::new();
    for (at, form) in forms.into_iter().enumerate() {
        let mut all = Tally::default();
        for (kind, tallies) in EntityKind::ALL.iter().zip(&by_kind) {
            add(&mut all, tallies[at]);
            if tallies[at].wanted > 0 {
                rows.push((format!("{kind}.{form}"), tallies[at]));
            }
        }
        rows.push((format!("every {form}"), all));
    }
    rows.push(("head of a phrase found".to_owned(), heads));
    rows.push(("title outside the name".to_owned(), outside));
    rows.push(("title".to_owned(), titles));
    rows.push(("role".to_owned(), roles));
    rows
}

fn tally_of<T: Ord>(wanted: &BTreeSet<T>, given: &BTreeSet<T>) -> Tally {
    Tally {
        right: wanted.intersection(given).count(),
        given: given.len(),
        wanted: wanted.len(),
    }
}

fn wanted(document: &MentionDocument, kind: EntityKind, form: MentionForm) -> BTreeSet<Span> {
    document
        .gold
        .iter()
        .filter(|gold| gold.kind == Some(kind) && gold.form == Some(form))
        .map(|gold| trimmed(&document.text, gold.span))
        .collect()
}

fn given(
    document: &MentionDocument,
    found: &Annotations,
    kind: EntityKind,
    form: MentionForm,
) -> BTreeSet<Span> {
    found
        .mentions
        .iter()
        .filter(|mention| mention.kind == kind && mention.form == form)
        .map(|mention| trimmed(&document.text, mention.span))
        .collect()
}

/// Of the phrases that were found whole, whatever their kind, those with the right head.
fn heads_of(document: &MentionDocument, found: &Annotations) -> Tally {
    let mut tally = Tally::default();
    for gold in &document.gold {
        let Some(head) = gold.head else { continue };
        let span = trimmed(&document.text, gold.span);
        let mention = found
            .mentions
            .iter()
            .find(|mention| trimmed(&document.text, mention.span) == span);
        if let Some(mention) = mention {
            tally.wanted += 1;
            tally.given += 1;
            tally.right += usize::from(mention.head == head);
        }
    }
    tally
}

/// Of the titles before a name that was found, those that the name leaves out.
fn outside_of(document: &MentionDocument, found: &Annotations) -> Tally {
    let mut tally = Tally::default();
    for title in document
        .gold
        .iter()
        .filter(|gold| gold.label == marks::TITLE)
    {
        let name = document
            .gold
            .iter()
            .find(|gold| gold.form == Some(MentionForm::Name) && gold.span.start >= title.span.end);
        let Some(name) = name else { continue };
        tally.wanted += 1;
        let touching: Vec<Span> = found
            .mentions
            .iter()
            .filter(|mention| mention.form == MentionForm::Name && mention.span.overlaps(name.span))
            .map(|mention| mention.span)
            .collect();
        if !touching.is_empty() {
            tally.given += 1;
            tally.right += usize::from(!touching.iter().any(|span| span.overlaps(title.span)));
        }
    }
    tally
}

/// What bears a label that tells no kind.
fn labelled(document: &MentionDocument, label: &str) -> BTreeSet<Span> {
    let gold = document.gold.iter().filter(|gold| gold.label == label);
    gold.map(|gold| gold.span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_counts_what_it_says() {
        let file = "# doc a\n[title Gen.] [Person.name Dorvan Keel] met [Person.nominal the head of [Organization.nominal the army]].\n";
        let document = marks::read("own", file).unwrap().remove(0);
        let at = |words: &str| {
            let start = document.text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let mention = |words: &str, head: &str, kind, form| Mention {
            span: at(words),
            head: at(head),
            title: None,
            roles: Vec::new(),
            kind,
            form,
            entity: None,
        };
        let found = Annotations {
            mentions: vec![
                mention(
                    "Gen. Dorvan Keel",
                    "Keel",
                    EntityKind::Person,
                    MentionForm::Name,
                ),
                Mention {
                    title: Some(at("Gen.")),
                    roles: vec![at("met")],
                    ..mention("Keel", "Keel", EntityKind::Place, MentionForm::Name)
                },
                mention(
                    "head of the army",
                    "army",
                    EntityKind::Person,
                    MentionForm::Nominal,
                ),
                mention(
                    "army",
                    "army",
                    EntityKind::Organization,
                    MentionForm::Nominal,
                ),
            ],
            ..Annotations::default()
        };
        let rows = rows(&[(&document, found)]);
        let row = |name: &str| {
            let tally = rows.iter().find(|(row, _)| row == name).unwrap().1;
            (tally.right, tally.given, tally.wanted)
        };
        assert_eq!(row("Person.name"), (0, 1, 1));
        assert_eq!(row("every nominal"), (2, 2, 2));
        assert_eq!(row("head of a phrase found"), (1, 2, 2));
        assert_eq!(row("title outside the name"), (0, 1, 1));
        assert_eq!(row("title"), (1, 1, 1));
        assert_eq!(row("role"), (0, 1, 0));
    }
}
