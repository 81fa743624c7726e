//! Where invented names are put among invented places.
//!
//! It does not know the gazetteer or the weights that ship.

use annotate::PlaceLexicon;
use annotate::places::{PlaceWeights, Toponym, resolve};
use gazetteer::{Draft, Gazetteer, Kind, Source, SourceId, pack};
use std::borrow::Cow;
use text::Span;

const LEXICON: &str = "[abbreviations]\nTol = Tolmer\n[behind]\nprovince = admin1\n[before]\nlake = lake\n[parts]\nnorthern north\n";
const WEIGHTS: &str = "people\t4\nmain_name\t2\nkind_stated\t1\nkind_other\t-1\ncontainer\t3\nsame_country\t2\nsame_admin1\t2\nnear\t3\n";

fn draft(
    number: u32,
    name: &str,
    kind: Kind,
    point: (f64, f64),
    admin1: Option<usize>,
    population: u32,
) -> Draft {
    Draft {
        id: SourceId {
            source: Source::GeoNames,
            number,
        },
        name: name.to_string(),
        lat: point.0,
        lon: point.1,
        kind,
        seat: None,
        scale: None,
        country: "QX".to_string(),
        admin1,
        admin2: None,
        population,
        names: vec![name.to_lowercase()],
    }
}

/// Two provinces with a town of one name in each, and a neighbour of the smaller.
fn world() -> Gazetteer {
    let drafts = [
        draft(1, "Quenland", Kind::Country, (5.0, 5.0), None, 900_000),
        draft(2, "Tolmer", Kind::Admin1, (1.0, 1.0), Some(1), 400_000),
        draft(3, "Orrem", Kind::Admin1, (9.0, 9.0), Some(2), 300_000),
        draft(4, "Farran", Kind::Town, (1.1, 1.0), Some(1), 200_000),
        draft(5, "Farran", Kind::Town, (9.1, 9.0), Some(2), 900),
        draft(6, "Lomsend", Kind::Town, (9.2, 9.0), Some(2), 5_000),
        draft(7, "Sorvin", Kind::Admin1, (3.0, 3.0), Some(6), 90_000),
        draft(8, "Sorvin", Kind::Town, (3.1, 3.0), Some(6), 80_000),
    ];
    Gazetteer::from_bytes(Cow::Owned(pack(&drafts).unwrap())).unwrap()
}

#[test]
fn a_bare_name_is_the_town_and_not_its_province() {
    assert_eq!(put("Shots fell in Sorvin.", &["Sorvin"]), [Some(8)]);
    assert_eq!(put("in Sorvin province", &["Sorvin province"]), [Some(7)]);
}

#[test]
fn an_owner_may_stand_before_a_name() {
    assert_eq!(put("Quenland's Farran", &["Quenland's Farran"]), [Some(4)]);
    assert_eq!(put("Quenlands Farran", &["Quenlands Farran"]), [Some(4)]);
    assert_eq!(put("in Farran north of it", &["Farran north"]), [Some(4)]);
}

#[test]
fn a_like_spelling_needs_company() {
    assert_eq!(put("in Lommsend", &["Lommsend"]), [None]);
    assert_eq!(
        put("in Lommsend and all of Orrem", &["Lommsend", "Orrem"]),
        [Some(6), Some(3)]
    );
}

/// The numbers of the places that these words of a text are put at.
fn put(text: &str, words: &[&str]) -> Vec<Option<u32>> {
    let world = world();
    let mut problems = Vec::new();
    let lexicon = PlaceLexicon::parse(LEXICON, "Quenland | Quennish | Quens\n", &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    let toponyms: Vec<Toponym> = words
        .iter()
        .map(|word| {
            let start = text.find(word).unwrap();
            Toponym {
                forms: vec![(*word).to_string()],
                spans: vec![Span::new(start, start + word.len())],
            }
        })
        .collect();
    resolve(
        text,
        &toponyms,
        &world,
        &lexicon,
        &PlaceWeights::parse(WEIGHTS),
    )
    .into_iter()
    .map(|resolved| world.place(resolved?.place).map(|place| place.id.number))
    .collect()
}

#[test]
fn the_larger_town_unless_the_text_says_otherwise() {
    assert_eq!(put("Shots fell in Farran.", &["Farran"]), [Some(4)]);
    assert_eq!(
        put("Shots fell in Farran, Orrem.", &["Farran", "Orrem"]),
        [Some(5), Some(3)]
    );
    assert_eq!(
        put(
            "From Lomsend they marched to Farran.",
            &["Lomsend", "Farran"]
        ),
        [Some(6), Some(5)]
    );
}

#[test]
fn words_beside_a_name_say_what_it_is() {
    assert_eq!(put("in Tolmer province", &["Tolmer province"]), [Some(2)]);
    assert_eq!(
        put("near Farran, Tol.", &["Farran", "Tol."]),
        [Some(4), Some(2)]
    );
    assert_eq!(put("in northern Orrem", &["northern Orrem"]), [Some(3)]);
    assert_eq!(put("the Quennish army", &["Quennish"]), [Some(1)]);
}

#[test]
fn what_nothing_knows_is_not_placed() {
    assert_eq!(put("in Vunmik and in x", &["Vunmik", "x"]), [None, None]);
    assert_eq!(put("", &[]), []);
}
