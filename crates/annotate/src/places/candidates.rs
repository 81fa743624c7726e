//! The places that a form may name: by its very words, without words that only describe, or by a like spelling.
//!
//! It does not know which of them is meant. Names are compared as spellings only with places of the countries that the document
//! is about: that one spelling is like another says too little by itself, since names everywhere are alike.

use super::company::{Fit, Home, lies_in};
use super::{Atlas, Candidate, FEATURES, Feature, Relation};
use crate::place_lexicon::Reading;
use gazetteer::{Kind, PlaceId, PlaceRecord, Seat, Similar, kilometres};
use names::{NameKind, fold};
use std::collections::HashMap;

/// Candidates of a name that are looked at; the most populous are kept.
const CANDIDATES: usize = 60;
/// Names spelt most like one that are looked at.
const SIMILAR: usize = 60;
/// Below this nearness of letters no spelling is compared closer.
const NEAR: f64 = 0.5;
/// How likely one name must be a spelling of the other: of a place not far from others of the document, of one somewhere in a
/// country that it names, and of one that lies where the text says.
const ALIKE: f64 = 0.85;
const ALIKE_IN_COUNTRY: f64 = 0.9;
const ALIKE_WHERE_STATED: f64 = 0.6;
/// A name of fewer letters says too little to be looked for under another spelling.
const LETTERS: usize = 4;
/// So far from a town that is said to hold it a place may lie, in kilometres.
const IN_TOWN: f64 = 50.0;

/// The candidates of one form, with the features that need no company.
pub(super) fn of_form(form: &str, atlas: &Atlas<'_>) -> Vec<Candidate> {
    let lexicon = atlas.lexicon;
    let mut candidates: Vec<Candidate> = Vec::new();
    if let Some(country) = lexicon.country_of(form) {
        let reading = Reading::of(country, Some(Kind::Country));
        named(&mut candidates, &reading, atlas, |record| {
            record.kind == Kind::Country
        });
        return candidates;
    }
    if let Some(full) = lexicon.abbreviated(form) {
        let reading = Reading::of(full, Some(Kind::Admin1));
        named(&mut candidates, &reading, atlas, |record| {
            record.kind == Kind::Admin1
        });
        return candidates;
    }
    let is_no_town = lexicon.is_no_town(form);
    for reading in lexicon.readings(form) {
        // "Kabul province" is the province even where a town has the very name with the word.
        if !candidates.is_empty() && !reading.is_kind_alone {
            break;
        }
        let outer = reading.within.as_deref().map(|outer| of_form(outer, atlas));
        named(&mut candidates, &reading, atlas, |record| {
            let is_held = |outer: &Vec<Candidate>| is_within(record, outer, atlas);
            !(is_no_town && is_small(record.kind)) && outer.as_ref().is_none_or(is_held)
        });
    }
    main_by_far(&mut candidates);
    town_too(&mut candidates, atlas);
    if candidates.len() > CANDIDATES {
        let people = |candidate: &Candidate| candidate.features[Feature::People as usize];
        candidates.sort_by(|a, b| people(b).total_cmp(&people(a)).then(a.place.cmp(&b.place)));
        candidates.truncate(CANDIDATES);
    }
    candidates
}

fn is_small(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Admin1 | Kind::Admin2 | Kind::Town | Kind::Quarter | Kind::Facility
    )
}

/// Whether a candidate may be given: one whose main name stands there or that many know, or one of a document that names others
/// of its country. A rare other name, or one with the article or more taken off, says too little by itself.
pub(super) fn is_supported(candidate: &Candidate) -> bool {
    let is = |feature: Feature, least: f64| candidate.features[feature as usize] >= least;
    let is_known = [
        Feature::MainName,
        Feature::Country,
        Feature::Natural,
        Feature::CapitalOfCountry,
        Feature::CapitalOfAdmin1,
    ];
    let by_itself = is_known.into_iter().any(|feature| is(feature, 1.0))
        || is(Feature::People, MANY)
        || is(Feature::SameCountry, QUARTER);
    by_itself && !candidate.is_loose
        || is(Feature::SameLand, SOME)
        || is(Feature::Near, SOME)
        || is(Feature::Container, SOME)
}

/// Two hundred thousand people, as the feature has them.
const MANY: f64 = 1.22;
/// A share of the company that supports a candidate, and one that does where a country may only be named for what it does.
const SOME: f64 = 0.1;
const QUARTER: f64 = 0.25;

/// Adds the places that have the very name of a reading.
fn named(
    candidates: &mut Vec<Candidate>,
    reading: &Reading,
    atlas: &Atlas<'_>,
    only: impl Fn(&PlaceRecord<'_>) -> bool,
) {
    for named in atlas.gazetteer.exact(&fold(&reading.name)) {
        let record = atlas.gazetteer.place(named.place);
        let Some(record) = record.filter(|record| only(record)) else {
            continue;
        };
        if candidates.iter().all(|known| known.place != named.place) {
            let mut candidate = candidate(named.place, &record, reading);
            // Capitals are known abroad by other names than their own: Geneva, Dayr az-Zawr.
            let is_main = named.is_main || record.seat.is_some_and(|seat| seat <= Seat::Admin1);
            candidate.features[Feature::MainName as usize] = f64::from(u8::from(is_main));
            candidates.push(candidate);
        }
        if let Some(area) = seated(&record, reading, atlas)
            && candidates.iter().all(|known| known.place != area.place)
        {
            candidates.push(area);
        }
    }
}

/// The area that a form speaks of by the name of its seat: "Farran province" where the tables have the name for the town alone.
fn seated(record: &PlaceRecord<'_>, reading: &Reading, atlas: &Atlas<'_>) -> Option<Candidate> {
    let area = match (reading.kind?, record.seat?) {
        (Kind::Admin1, Seat::Country | Seat::Admin1) => record.admin1?,
        (Kind::Admin2, Seat::Country | Seat::Admin1 | Seat::Admin2) => record.admin2?,
        _ => return None,
    };
    let record = atlas.gazetteer.place(area)?;
    Some(candidate(area, &record, reading))
}

fn candidate(place: PlaceId, record: &PlaceRecord<'_>, reading: &Reading) -> Candidate {
    let mut features = own(record, reading.kind);
    features[Feature::Shortened as usize] = f64::from(u8::from(reading.is_shortened));
    Candidate {
        place,
        features,
        is_loose: reading.is_beside || reading.is_bare,
        relation: if reading.is_beside {
            Relation::Near
        } else {
            Relation::At
        },
    }
}

/// Whether a place lies in one of these: in an area, or about a town.
fn is_within(record: &PlaceRecord<'_>, outer: &[Candidate], atlas: &Atlas<'_>) -> bool {
    outer.iter().any(|outer| {
        let Some(area) = atlas.gazetteer.place(outer.place) else {
            return false;
        };
        match area.kind {
            Kind::Country | Kind::Admin1 | Kind::Admin2 => {
                lies_in(atlas.gazetteer, record, outer.place, &area)
            }
            _ => kilometres((record.lat, record.lon), (area.lat, area.lon)) <= IN_TOWN,
        }
    })
}

/// Names that are spelt like those of one document, each looked up once.
pub(super) struct LikeNames<'a, 'g> {
    pub atlas: &'a Atlas<'g>,
    known: HashMap<String, Vec<Similar>>,
}

impl<'a, 'g> LikeNames<'a, 'g> {
    pub(super) fn new(atlas: &'a Atlas<'g>) -> Self {
        Self {
            atlas,
            known: HashMap::new(),
        }
    }

    /// Places at home in the document whose names are spelt like a form.
    pub(super) fn of(&mut self, form: &str, home: &Home<'_>) -> Vec<Candidate> {
        let mut candidates: Vec<Candidate> = Vec::new();
        let atlas = self.atlas;
        if home.is_nowhere() || atlas.lexicon.is_no_town(form) {
            return candidates;
        }
        let readings = atlas.lexicon.readings(form);
        // The last readings are the shortest: with the article and without it.
        for reading in readings.iter().rev().take(2) {
            let name = fold(&reading.name);
            if name.chars().filter(char::is_ascii_alphabetic).count() < LETTERS {
                continue;
            }
            let known = self
                .known
                .entry(name.clone())
                .or_insert_with(|| atlas.gazetteer.similar(&name, SIMILAR));
            for similar in known.iter() {
                if similar.nearness < NEAR {
                    break;
                }
                let mut alike = None;
                for named in &similar.places {
                    let record = atlas.gazetteer.place(named.place);
                    let Some(record) = record else { continue };
                    let Some(fit) = home.fit(&record) else {
                        continue;
                    };
                    let alike = *alike.get_or_insert_with(|| {
                        likeness(&name, &similar.name, similar.nearness, atlas)
                    });
                    let least = match fit {
                        Fit::Stated => ALIKE_WHERE_STATED,
                        Fit::AtHome => ALIKE,
                        Fit::InCountry
                            if !reading.is_beside
                                && atlas.lexicon.is_transliterated(record.country) =>
                        {
                            ALIKE_IN_COUNTRY
                        }
                        Fit::InCountry => continue,
                    };
                    if alike < least {
                        continue;
                    }
                    let unlike = (1.0 - alike).max(0.01);
                    let found = candidate(named.place, &record, reading);
                    for mut new in seated(&record, reading, atlas).into_iter().chain([found]) {
                        new.features[Feature::Respelt as usize] = unlike;
                        let mut known = candidates.iter_mut();
                        match known.find(|known| known.place == new.place) {
                            Some(known) if known.features[Feature::Respelt as usize] <= unlike => {}
                            Some(known) => *known = new,
                            None => candidates.push(new),
                        }
                    }
                }
            }
        }
        candidates
    }
}

/// How likely two names are spellings of one, from 0 to 1: the mean of what is learnt of spellings and of the nearness of letters,
/// which knows short names better.
fn likeness(left: &str, right: &str, nearness: f64, atlas: &Atlas<'_>) -> f64 {
    atlas.names.map_or(nearness, |model| {
        let learnt = model.compare(left, right, NameKind::Place).same;
        f64::midpoint(learnt, nearness)
    })
}

/// A place far more populous than all others of the name is known by it, whatever its main name is: Munich, Palmyra.
fn main_by_far(candidates: &mut [Candidate]) {
    let people = |candidate: &Candidate| candidate.features[Feature::People as usize];
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|a, b| people(&candidates[*b]).total_cmp(&people(&candidates[*a])));
    let [first, rest @ ..] = &order[..] else {
        return;
    };
    let next = rest.first().map_or(0.0, |next| people(&candidates[*next]));
    if people(&candidates[*first]) - next >= BY_FAR {
        candidates[*first].features[Feature::MainName as usize] = 1.0;
    }
}

/// Eight times as many people, as the feature has them.
const BY_FAR: f64 = 0.208;

/// Marks areas in which a town of the same name lies: without a word for the kind, the town is meant more often.
fn town_too(candidates: &mut [Candidate], atlas: &Atlas<'_>) {
    let towns: Vec<[Option<PlaceId>; 2]> = candidates
        .iter()
        .filter_map(|candidate| atlas.gazetteer.place(candidate.place))
        .filter(|record| record.kind == Kind::Town)
        .map(|record| [record.admin1, record.admin2])
        .collect();
    for candidate in candidates {
        let has_town = towns
            .iter()
            .any(|areas| areas.contains(&Some(candidate.place)));
        let is_stated = candidate.features[Feature::KindStated as usize] > 0.0;
        candidate.features[Feature::TownToo as usize] = f64::from(u8::from(has_town && !is_stated));
    }
}

/// What the record itself says, and whether it is of the kind that the form states.
fn own(record: &PlaceRecord<'_>, stated: Option<Kind>) -> [f64; FEATURES] {
    let mut features = [0.0; FEATURES];
    let mut set =
        |feature: Feature, holds: bool| features[feature as usize] = f64::from(u8::from(holds));
    set(Feature::Country, record.kind == Kind::Country);
    set(Feature::Admin1, record.kind == Kind::Admin1);
    set(Feature::Admin2, record.kind == Kind::Admin2);
    set(
        Feature::Quarter,
        matches!(record.kind, Kind::Quarter | Kind::Facility),
    );
    set(Feature::Natural, record.scale.is_some());
    set(
        Feature::CapitalOfCountry,
        record.seat == Some(Seat::Country),
    );
    set(Feature::CapitalOfAdmin1, record.seat == Some(Seat::Admin1));
    set(
        Feature::LowerSeat,
        record.seat.is_some_and(|seat| seat > Seat::Admin1),
    );
    set(Feature::KindStated, stated == Some(record.kind));
    set(
        Feature::KindOther,
        stated.is_some_and(|kind| kind != record.kind),
    );
    features[Feature::People as usize] = (f64::from(record.population) + 1.0).ln() / 10.0;
    features[Feature::Scale as usize] = record.scale.map_or(0.0, |scale| f64::from(scale) / 7.0);
    features
}
