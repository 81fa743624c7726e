//! Where invented names are put among invented places.
//!
//! It does not know the gazetteer or the weights that ship.

use annotate::PlaceLexicon;
use annotate::places::{Atlas, PlaceWeights, Relation, Toponym, resolve};
use gazetteer::{Draft, Gazetteer, Kind, Seat, Source, SourceId, pack};
use std::borrow::Cow;
use text::Span;

const LEXICON: &str = "\
[abbreviations]
Tol = Tolmer
[behind]
province = admin1
state = admin1
village = town
[before]
lake = lake
[parts]
northern north
[sites]
dam base countryside quarter
[qualifiers]
air
[articles]
al ash
[transliterated]
QX
[no towns]
Farran Front
[within]
in of
[near]
near north
[fillers]
the km
";
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
        draft(9, "Marlo", Kind::Admin1, (20.0, 20.0), Some(8), 7_000_000),
        Draft {
            seat: Some(Seat::Country),
            ..draft(10, "Marlo", Kind::Town, (6.0, 6.0), None, 500_000)
        },
        draft(11, "Pellworth", Kind::Town, (20.1, 20.0), Some(8), 60_000),
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

#[test]
fn a_country_alone_asks_for_a_liker_spelling() {
    let first = |text: &str, words: &[&str]| put(text, words)[0];
    assert_eq!(
        first("Lommsend in all of Quenland", &["Lommsend", "Quenland"]),
        Some(6)
    );
    assert_eq!(
        first("Lumsint in all of Quenland", &["Lumsint", "Quenland"]),
        None
    );
}

#[test]
fn a_like_spelling_elsewhere_is_not_looked_at() {
    // Lomsend lies in Orrem, and the text says Tolmer.
    assert_eq!(
        whereabouts(
            "in Lommsend in Tolmer province",
            &["Lommsend", "Tolmer province"]
        ),
        [Some((2, Relation::Within)), Some((2, Relation::At))]
    );
}

#[test]
fn what_stands_at_a_place_lies_near_it() {
    for form in ["Lomsend dam", "Lomsend air base", "al-Lomsend countryside"] {
        let text = format!("The {form} in Orrem");
        assert_eq!(
            whereabouts(&text, &[form, "Orrem"]),
            [Some((6, Relation::Near)), Some((3, Relation::At))],
            "{form}"
        );
    }
}

#[test]
fn an_article_may_be_taken_off() {
    assert_eq!(
        put("al-Lomsend and Orrem", &["al-Lomsend", "Orrem"]),
        [Some(6), Some(3)]
    );
    // Without company the article may be part of another name.
    assert_eq!(put("al-Lomsend fell", &["al-Lomsend"]), [None]);
}

#[test]
fn a_name_that_no_table_has_lies_where_the_text_says() {
    let vunmik = |text: &str, holder: &str| whereabouts(text, &["Vunmik", holder])[0];
    let within = |number| Some((number, Relation::Within));
    let near = |number| Some((number, Relation::Near));
    assert_eq!(
        vunmik("Vunmik village in northern Tolmer", "Tolmer"),
        within(2)
    );
    assert_eq!(vunmik("Vunmik, 12 km north of Lomsend", "Lomsend"), near(6));
    assert_eq!(vunmik("the Lomsend quarter of Vunmik", "Lomsend"), near(6));
    assert_eq!(vunmik("Lomsend's Vunmik", "Lomsend"), near(6));
    assert_eq!(vunmik("Vunmik fell, and Lomsend", "Lomsend"), None);
    assert_eq!(
        vunmik("Vunmik in Quenland", "Quenland"),
        None,
        "a country says too little"
    );
    assert_eq!(
        whereabouts("Vunmik and Zwolf in Tolmer", &["Vunmik", "Zwolf", "Tolmer"])[0],
        near(2)
    );
}

#[test]
fn a_holder_in_the_form_decides() {
    assert_eq!(put("in Farran, Orrem", &["Farran, Orrem"]), [Some(5)]);
    assert_eq!(put("the Quennish Farran", &["Quennish Farran"]), [Some(4)]);
    assert_eq!(put("in Farran Quenland", &["Farran Quenland"]), [Some(4)]);
}

#[test]
fn a_government_is_its_capital_unless_the_area_is_meant() {
    let capital = |text: &str, words: &[&str]| put(text, words)[0];
    assert_eq!(capital("Marlo said so.", &["Marlo"]), Some(10));
    assert_eq!(capital("in Marlo state", &["Marlo state"]), Some(9));
    assert_eq!(
        capital("from Pellworth to Marlo", &["Marlo", "Pellworth"]),
        Some(9)
    );
}

#[test]
fn bodies_are_no_towns() {
    assert_eq!(
        put("Farran Front in Orrem", &["Farran Front", "Orrem"])[0],
        None
    );
}

/// The numbers of the places that these words of a text are put at.
fn put(text: &str, words: &[&str]) -> Vec<Option<u32>> {
    let numbers = whereabouts(text, words).into_iter();
    numbers
        .map(|found| found.map(|(number, _)| number))
        .collect()
}

/// The same, with how the words lie to the places.
fn whereabouts(text: &str, words: &[&str]) -> Vec<Option<(u32, Relation)>> {
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
    let atlas = Atlas {
        gazetteer: &world,
        lexicon: &lexicon,
        weights: &PlaceWeights::parse(WEIGHTS),
        names: None,
    };
    let resolved = resolve(text, &toponyms, &atlas).into_iter();
    let number = |place| world.place(place).map(|place| place.id.number);
    resolved
        .map(|resolved| resolved.and_then(|found| Some((number(found.place)?, found.relation))))
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
