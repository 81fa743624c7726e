//! Which documents are one text: copies, versions, quotations, background, briefs, and what a person decided.

use crate::story::lexicon;
use link::{Copying, Likeness, Origins, origins};
use proptest::prelude::*;
use std::collections::BTreeSet;
use text::Document;

/// Sentences of invented news, each with words of its own.
const NEWS: [&str; 12] = [
    "Shells fell on the harbour of Korva for the third night in a row.",
    "The last families of the fishermen's quarter hid in the cellars of the old school.",
    "Two cranes burned until the morning, and a grain store lost its roof.",
    "The mayor had promised bread, water and blankets from the other side of the bay.",
    "Nobody could say when the first boats would be able to land.",
    "A nurse counted 14 people with burns and 3 with broken bones.",
    "Smoke hung over the market square, where traders swept glass into heaps.",
    "By noon the road to Belmar was open again for one lane of carts.",
    "Children carried buckets up the hill because the pumps had no current.",
    "The ferry company said its crews would wait for a quiet hour.",
    "In the evening the guns began again from the ridge behind Osten.",
    "Engineers hoped to mend the cable before the end of the week.",
];

const BACKGROUND: &str = "The war over the straits began four years ago, when the council of the islands refused to \
renew a treaty on tolls, and it has since driven more than a third of the people of the coast from their houses, \
according to the relief bureau in Lomsend, which counts them at the ferry landings every spring.";

const QUOTE: &str = "“We have carried this town through four winters, and we shall carry it through a fifth, with or \
without the council, with or without the ships, because nobody else will do it for us and nobody else has ever asked \
how many of us are left,”";

/// A document of a day and an outlet.
fn document(text: &str, day: &str, outlet: &str) -> Document {
    let mut document = Document::plain(text);
    document.meta.published = Some(day.to_owned());
    document.meta.outlet = Some(outlet.to_owned());
    document
}

fn story(sentences: &[usize]) -> String {
    let sentences: Vec<&str> = sentences.iter().map(|number| NEWS[*number]).collect();
    sentences.join(" ")
}

/// Found in the order given, turned round and shuffled, which must be one.
fn found(documents: &[Document], decided: &[Copying]) -> Origins {
    let given: Vec<&Document> = documents.iter().collect();
    let lexicon = lexicon();
    let origins_of = |documents: &[&Document]| origins(documents, &lexicon, decided);
    let all = origins_of(&given);
    let shuffles: [Vec<usize>; 2] = [
        (0..given.len()).rev().collect(),
        (0..given.len())
            .map(|at| (at * 7 + 3) % given.len())
            .collect(),
    ];
    for order in shuffles {
        if order.iter().collect::<BTreeSet<_>>().len() < given.len() {
            continue;
        }
        let turned: Vec<&Document> = order.iter().map(|at| given[*at]).collect();
        let turned = origins_of(&turned);
        assert_eq!(all.pairs.len(), turned.pairs.len());
        for one in 0..given.len() {
            for other in 0..given.len() {
                assert_eq!(
                    turned.of(one) == turned.of(other),
                    all.of(order[one]) == all.of(order[other]),
                    "the order of the documents matters"
                );
            }
        }
    }
    all
}

fn likeness(origins: &Origins, one: usize, other: usize) -> Option<Likeness> {
    let pair = origins
        .pairs
        .iter()
        .find(|pair| (pair.one, pair.other) == (one, other));
    pair.map(|pair| pair.likeness)
}

fn counted(origins: &Origins, documents: usize) -> (u32, u32) {
    origins.count(&(0..documents).collect())
}

#[test]
fn a_copy_with_another_byline_is_one_text() {
    let news = story(&[0, 1, 2, 3, 4, 5, 6, 7]);
    let origins = found(
        &[
            document(
                &format!("By Orla Venn\n\n{news}"),
                "2031-05-06",
                "The Courier",
            ),
            document(
                &format!("Staff report\n\n{news}"),
                "2031-05-06",
                "The Lantern",
            ),
            document(&story(&[8, 9, 10, 11]), "2031-05-06", "The Lantern"),
        ],
        &[],
    );
    assert_eq!(likeness(&origins, 0, 1), Some(Likeness::Copy));
    assert_eq!(counted(&origins, 3), (2, 2));
}

#[test]
fn a_dispatch_inside_a_longer_article_is_its_text() {
    let origins = found(
        &[
            document(&story(&[0, 1, 2, 3, 4, 5]), "2031-05-06", "The Courier"),
            document(
                &story(&[0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11]),
                "2031-05-07",
                "The Lantern",
            ),
        ],
        &[],
    );
    assert_eq!(counted(&origins, 2), (1, 1));
}

#[test]
fn another_figure_is_a_version() {
    let news = story(&[5, 0, 1, 2, 3, 4]);
    let origins = found(
        &[
            document(&news, "2031-05-06", "The Courier"),
            document(
                &news.replace("14 people", "19 people"),
                "2031-05-06",
                "The Lantern",
            ),
            document(&news, "2031-05-07", "The Gull"),
        ],
        &[],
    );
    assert_eq!(likeness(&origins, 0, 1), Some(Likeness::Version));
    assert_eq!(likeness(&origins, 0, 2), Some(Likeness::Version));
    assert_eq!(counted(&origins, 3), (1, 1));
}

#[test]
fn shared_background_is_no_copy() {
    let with_background = |sentences: &[usize], day: &str, outlet: &str| {
        document(
            &format!("{}\n\n{BACKGROUND}", story(sentences)),
            day,
            outlet,
        )
    };
    let origins = found(
        &[
            with_background(&[0, 1, 2, 3], "2031-05-06", "The Courier"),
            with_background(&[4, 5, 6, 7], "2031-05-06", "The Lantern"),
            with_background(&[8, 9, 10, 11], "2031-05-20", "The Courier"),
        ],
        &[],
    );
    assert_eq!(origins.pairs, []);
    assert_eq!(counted(&origins, 3), (3, 3));
}

#[test]
fn background_that_was_seen_twice_alone_stands_at_the_end_and_is_no_copy() {
    let origins = found(
        &[
            document(
                &format!("{}\n\n{BACKGROUND}", story(&[0, 1, 2, 3])),
                "2031-05-06",
                "The Courier",
            ),
            document(
                &format!("{}\n\n{BACKGROUND}", story(&[4, 5, 6, 7])),
                "2031-05-06",
                "The Lantern",
            ),
        ],
        &[],
    );
    assert_eq!(counted(&origins, 2), (2, 2));
}

#[test]
fn one_long_quotation_makes_two_texts_of_one_statement() {
    let origins = found(
        &[
            document(
                &format!("{} {QUOTE} said the mayor.", story(&[0, 1])),
                "2031-05-06",
                "The Courier",
            ),
            document(
                &format!("{QUOTE} the mayor told them. {}", story(&[6, 7])),
                "2031-05-06",
                "The Lantern",
            ),
        ],
        &[],
    );
    assert_eq!(likeness(&origins, 0, 1), Some(Likeness::Statement));
    assert_eq!(counted(&origins, 2), (2, 2));
}

#[test]
fn briefs_and_headlines_are_copies_where_they_are_the_same() {
    let long = story(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    let origins = found(
        &[
            document(&long, "2031-05-06", "The Courier"),
            document(&story(&[0, 1]), "2031-05-06", "The Lantern"),
            document(NEWS[0], "2031-05-06", "The Gull"),
            document(&NEWS[0].to_uppercase(), "2031-05-07", "The Tern"),
            document(
                "Shells fell on the harbour of Lomsend",
                "2031-05-06",
                "The Tern",
            ),
            document("Korva burns", "2031-05-06", "The Gull"),
            document("KORVA BURNS!", "2031-05-06", "The Tern"),
        ],
        &[],
    );
    assert!((1..4).all(|brief| origins.of(brief) == origins.of(0)));
    assert_ne!(origins.of(4), origins.of(0));
    assert_eq!(origins.of(5), origins.of(6));
    assert_eq!(counted(&origins, 7), (3, 3));
}

#[test]
fn a_text_printed_again_much_later_is_one_text() {
    let news = story(&[0, 1, 2, 3, 4, 5, 6]);
    let origins = found(
        &[
            document(&news, "2031-05-06", "The Courier"),
            document(
                &format!("From the archive. {news}"),
                "2031-09-01",
                "The Lantern",
            ),
            document(
                &format!("{news} It was a long night."),
                "2031-12-01",
                "The Gull",
            ),
        ],
        &[],
    );
    assert_eq!(counted(&origins, 3), (1, 1));
}

#[test]
fn one_agency_s_credit_and_some_shared_words_are_a_doubt() {
    let credited = |sentences: &[usize], outlet: &str| {
        document(
            &format!("KORVA, May 6 (Reuters) - {}", story(sentences)),
            "2031-05-06",
            outlet,
        )
    };
    let origins = found(
        &[
            credited(&[0, 1, 2, 3, 4, 5], "The Courier"),
            credited(&[6, 7, 8, 9, 10, 0], "The Lantern"),
            document(&story(&[11, 2]), "2031-05-06", "The Gull"),
        ],
        &[],
    );
    assert_eq!(likeness(&origins, 0, 1), Some(Likeness::Doubtful));
    assert_eq!(counted(&origins, 3), (2, 3));
}

#[test]
fn what_a_person_decided_holds() {
    let news = story(&[0, 1, 2, 3, 4, 5]);
    let documents = [
        document(&news, "2031-05-06", "The Courier"),
        document(
            &format!("{news} So it went on."),
            "2031-05-06",
            "The Lantern",
        ),
        document(&story(&[6, 7, 8]), "2031-05-06", "The Gull"),
    ];
    let ids: Vec<String> = documents
        .iter()
        .map(|document| document.id.clone())
        .collect();
    let apart = Copying::NotCopy {
        one: ids[1].clone(),
        other: ids[0].clone(),
    };
    let together = Copying::Copy {
        one: ids[2].clone(),
        other: ids[1].clone(),
    };
    assert_eq!(counted(&found(&documents, &[]), 3), (2, 2));
    assert_eq!(
        counted(&found(&documents, std::slice::from_ref(&apart)), 3),
        (3, 3)
    );
    let both = found(&documents, &[apart, together]);
    assert_eq!(both.of(1), both.of(2));
    assert_ne!(both.of(0), both.of(1));
    let unknown = Copying::Copy {
        one: "nowhere".to_owned(),
        other: ids[0].clone(),
    };
    assert_eq!(counted(&found(&documents, &[unknown]), 3), (2, 2));
}

/// Some of the news in some order, some of it quoted, with or without the background, on one of a few days.
fn any_document() -> impl Strategy<Value = Document> {
    let sentences = proptest::collection::vec((0..NEWS.len(), any::<bool>()), 1..12);
    (sentences, any::<bool>(), 0..3_usize, 0..4_usize).prop_map(
        |(sentences, background, outlet, day)| {
            let mut text: Vec<String> = sentences
                .into_iter()
                .map(|(number, quoted)| match quoted {
                    true => format!("“{}”", NEWS[number]),
                    false => NEWS[number].to_owned(),
                })
                .collect();
            text.extend(background.then(|| BACKGROUND.to_owned()));
            let day = ["2031-05-06", "2031-05-07", "2031-06-01", ""][day];
            let mut document = document(
                &text.join("\n\n"),
                day,
                ["The Courier", "The Lantern", "The Gull"][outlet],
            );
            document.meta.published = Some(day.to_owned()).filter(|day| !day.is_empty());
            document
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_documents_give_the_same_in_any_order(
        documents in proptest::collection::vec(any_document(), 1..14),
        seed in any::<proptest::sample::Index>(),
        decided in proptest::collection::vec((any::<bool>(), any::<proptest::sample::Index>(), any::<proptest::sample::Index>()), 0..3),
    ) {
        let decided: Vec<Copying> = decided
            .into_iter()
            .map(|(same, one, other)| {
                let (one, other) = (one.get(&documents).id.clone(), other.get(&documents).id.clone());
                if same { Copying::Copy { one, other } } else { Copying::NotCopy { one, other } }
            })
            .collect();
        let lexicon = lexicon();
        let mut turned: Vec<&Document> = documents.iter().collect();
        turned.rotate_left(seed.index(documents.len()));
        turned.reverse();
        let given: Vec<&Document> = documents.iter().collect();
        let (one, other) = (origins(&given, &lexicon, &decided), origins(&turned, &lexicon, &decided));
        // Documents of one id are one: only that something of the id is there can be compared.
        let groups = |documents: &[&Document], origins: &Origins| -> BTreeSet<BTreeSet<String>> {
            let mut groups: std::collections::BTreeMap<usize, BTreeSet<String>> = std::collections::BTreeMap::new();
            for (number, document) in documents.iter().enumerate() {
                groups.entry(origins.of(number)).or_default().insert(document.id.clone());
            }
            groups.into_values().collect()
        };
        prop_assert_eq!(groups(&given, &one), groups(&turned, &other));
        let (low, high) = counted(&one, documents.len());
        prop_assert!(1 <= low && low <= high && high as usize <= documents.len());
        prop_assert_eq!((low, high), counted(&other, documents.len()));
    }

    #[test]
    fn a_document_and_its_copy_with_another_byline_are_one(
        documents in proptest::collection::vec(any_document(), 1..8),
        copied in any::<proptest::sample::Index>(),
    ) {
        let original = copied.get(&documents);
        let mut copy = document(&format!("By Orla Venn\n\n{}", original.text), "", "The Tern");
        copy.meta.published.clone_from(&original.meta.published);
        let mut all: Vec<&Document> = documents.iter().collect();
        let at = copied.index(documents.len());
        all.push(&copy);
        let origins = origins(&all, &lexicon(), &[]);
        prop_assert_eq!(origins.of(at), origins.of(all.len() - 1));
    }
}
