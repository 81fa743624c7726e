//! What is packed comes out again, and no bytes make the reader fail otherwise than by saying so.
//!
//! It does not know the gazetteer that ships; all places here are invented.

use gazetteer::{Damage, Draft, Gazetteer, Kind, Seat, Source, SourceId, pack};
use proptest::prelude::*;
use std::borrow::Cow;

fn place(number: u32, kind: Kind, names: &[&str]) -> Draft {
    Draft {
        id: SourceId {
            source: Source::GeoNames,
            number,
        },
        name: names[0].to_string(),
        lat: 34.5,
        lon: 69.2,
        kind,
        seat: None,
        scale: None,
        country: "QX".to_string(),
        admin1: None,
        admin2: None,
        population: 0,
        names: names.iter().map(|name| name.to_lowercase()).collect(),
    }
}

/// An invented country with a province, two towns of one name, and a range.
fn drafts() -> Vec<Draft> {
    let town = Draft {
        lat: -12.25,
        lon: 179.9,
        seat: Some(Seat::Admin1),
        population: 40_000,
        admin1: Some(1),
        ..place(3, Kind::Town, &["Hastrel", "Hastral", "St. Hastrel"])
    };
    let range = Draft {
        scale: Some(2),
        country: String::new(),
        id: SourceId {
            source: Source::NaturalEarth,
            number: 0xAB,
        },
        ..place(0, Kind::Range, &["Tolmer Mountains", "Tolmer"])
    };
    vec![
        place(1, Kind::Country, &["Quenland"]),
        place(2, Kind::Admin1, &["Hastrel Province", "Hastrel"]),
        town,
        place(4, Kind::Town, &["Hastrel"]),
        range,
    ]
}

fn opened(drafts: &[Draft]) -> Gazetteer {
    Gazetteer::from_bytes(Cow::Owned(pack(drafts).unwrap())).unwrap()
}

#[test]
fn places_come_out_as_they_went_in() {
    let gazetteer = opened(&drafts());
    assert_eq!(gazetteer.len(), 5);
    let named = |name: &str| -> Vec<(String, bool)> {
        let found = gazetteer.exact(name);
        found
            .map(|named| {
                (
                    gazetteer.place(named.place).unwrap().id.to_string(),
                    named.is_main,
                )
            })
            .collect()
    };
    let hastrel = named("hastrel");
    assert_eq!(hastrel.len(), 3);
    assert!(hastrel.contains(&("geonames:2".to_string(), false)));
    assert!(hastrel.contains(&("geonames:4".to_string(), true)));
    assert_eq!(named("the st hastrel"), [("geonames:3".to_string(), false)]);
    assert_eq!(named("hastrell"), []);
    assert_eq!(named(""), []);
    assert_eq!(named("tolmer"), [("ne:000000ab".to_string(), false)]);
    let town = gazetteer.exact("hastral").next().unwrap().place;
    let town = gazetteer.place(town).unwrap();
    assert_eq!(
        (town.name, town.country, town.population),
        ("Hastrel", "QX", 40_000)
    );
    assert_eq!(
        (town.kind, town.seat, town.scale),
        (Kind::Town, Some(Seat::Admin1), None)
    );
    assert!((town.lat + 12.25).abs() < 1e-4 && (town.lon - 179.9).abs() < 1e-4);
    let area = gazetteer.place(town.admin1.unwrap()).unwrap();
    assert_eq!((area.name, area.kind), ("Hastrel Province", Kind::Admin1));
    let country = gazetteer.place(gazetteer.country("QX").unwrap()).unwrap();
    assert_eq!(country.name, "Quenland");
    assert_eq!(gazetteer.country("QY"), None);
    let range = gazetteer
        .place(gazetteer.exact("tolmer mountains").next().unwrap().place)
        .unwrap();
    assert_eq!(
        (range.scale, range.country, range.seat),
        (Some(2), "", None)
    );
}

#[test]
fn near_spellings_are_found_nearest_first() {
    let gazetteer = opened(&drafts());
    let near = gazetteer.fuzzy("hastrell", 10);
    assert_eq!(
        near.len(),
        3,
        "two towns and the province, each once: {near:?}"
    );
    assert!(near[0].1 > 0.9 && near.windows(2).all(|pair| pair[0].1 >= pair[1].1));
    assert_eq!(gazetteer.fuzzy("hastrell", 1).len(), 1);
    assert!(gazetteer.fuzzy("vunmik", 10).is_empty());
    assert!(gazetteer.fuzzy("", 10).is_empty());
}

#[test]
fn like_names_come_with_their_places() {
    let gazetteer = opened(&drafts());
    let similar = gazetteer.similar("hastrell", 10);
    assert!(
        similar
            .windows(2)
            .all(|pair| pair[0].nearness >= pair[1].nearness)
    );
    let same = gazetteer.exact(&similar[0].name).collect::<Vec<_>>();
    assert_eq!(same, similar[0].places);
    let mut names = 0;
    gazetteer.each_name(|name, places| {
        names += 1;
        assert_eq!(gazetteer.exact(name).collect::<Vec<_>>(), places, "{name}");
    });
    assert!(names > similar.len());
}

#[test]
fn the_order_of_the_drafts_does_not_matter() {
    let mut turned = drafts();
    turned.swap(3, 4);
    assert_eq!(pack(&drafts()).unwrap(), pack(&turned).unwrap());
    assert!(
        Gazetteer::from_bytes(Cow::Owned(pack(&[]).unwrap()))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn damage_is_told() {
    let whole = pack(&drafts()).unwrap();
    let open = |bytes: &[u8]| Gazetteer::from_bytes(Cow::Owned(bytes.to_vec())).err();
    assert_eq!(open(b""), Some(Damage::NotAGazetteer));
    assert_eq!(open(b"RSHG"), Some(Damage::Broken));
    for length in 8..whole.len() {
        assert_eq!(
            open(&whole[..length]),
            Some(Damage::Broken),
            "cut at {length}"
        );
    }
    for at in 6..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x10;
        assert_eq!(open(&changed), Some(Damage::Broken), "changed at {at}");
    }
    let mut other = whole;
    other[4] = 9;
    assert_eq!(open(&other), Some(Damage::OtherFormat { found: 9 }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_name_is_found_again(names in proptest::collection::vec("[a-z][a-z ]{0,50}", 1..60)) {
        let drafts: Vec<Draft> = (0..).zip(&names).map(|(number, name)| place(number, Kind::Town, &[name])).collect();
        let gazetteer = opened(&drafts);
        for draft in &drafts {
            let name = draft.names[0].trim();
            if name.len() <= 48 && name.strip_prefix("the ").is_none() && name != "the" {
                let found: Vec<String> = gazetteer
                    .exact(&draft.names[0])
                    .map(|named| gazetteer.place(named.place).unwrap().id.to_string())
                    .collect();
                prop_assert!(found.contains(&draft.id.to_string()), "{:?} {:?}", name, found);
                let near = gazetteer.fuzzy(name, 500);
                prop_assert!(near.iter().any(|(id, near)| *near > 0.999
                    && gazetteer.place(*id).unwrap().id == draft.id));
            }
        }
    }

    /// Bytes that nobody packed, under a checksum that fits.
    #[test]
    fn no_bytes_make_a_look_up_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40)) {
        let mut bytes = pack(&drafts()).unwrap();
        let body = bytes.len() - 4;
        for (at, byte) in changes {
            let at = at.index(body);
            bytes[at] = byte;
        }
        let checksum = crc32fast::hash(&bytes[..body]);
        bytes[body..].copy_from_slice(&checksum.to_le_bytes());
        if let Ok(gazetteer) = Gazetteer::from_bytes(Cow::Owned(bytes)) {
            for name in ["hastrel", "tolmer", "zzz", ""] {
                for named in gazetteer.exact(name) {
                    let _ = gazetteer.place(named.place);
                }
                for (id, _) in gazetteer.fuzzy(name, 3) {
                    let _ = gazetteer.place(id);
                }
            }
            for id in gazetteer.all().take(100) {
                let _ = gazetteer.place(id);
            }
            let _ = gazetteer.country("QX");
        }
    }
}
