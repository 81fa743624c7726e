//! Where a document's places lie: for each place its forms name, the candidates of the gazetteer, and which is meant.
//!
//! Method: a linear model over what speaks for each candidate, read twice: by itself first, then beside what the other names of
//! the document probably mean. It does not know who names places, nor other documents; where it is not sure it abstains.

use crate::place_lexicon::PlaceLexicon;
use crate::{Entity, EntityKind, Knowledge, Place, Precision};
use gazetteer::{Gazetteer, Kind, PlaceId, PlaceRecord, Seat, kilometres};
use std::collections::HashMap;
use text::{Span, vocabulary};

/// A place that a document names: all its forms as written, and where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toponym {
    /// Its spellings.
    pub forms: Vec<String>,
    /// Where it is named, in order.
    pub spans: Vec<Span>,
}

/// What a toponym probably is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resolved {
    /// The place.
    pub place: PlaceId,
    /// How sure that is, from 0 to 1.
    pub confidence: f64,
    /// The next probable place.
    pub runner_up: Option<PlaceId>,
}

vocabulary! {
    /// What speaks for or against a candidate.
    Feature {
        People = "people",
        Country = "country",
        Admin1 = "admin1",
        Admin2 = "admin2",
        Quarter = "quarter",
        Natural = "natural",
        CapitalOfCountry = "capital_of_country",
        CapitalOfAdmin1 = "capital_of_admin1",
        LowerSeat = "lower_seat",
        TownToo = "town_too",
        MainName = "main_name",
        Respelt = "respelt",
        Shortened = "shortened",
        KindStated = "kind_stated",
        KindOther = "kind_other",
        Container = "container",
        ContainerOther = "container_other",
        SameCountry = "same_country",
        SameAdmin1 = "same_admin1",
        Beside = "beside",
        Near = "near",
        Around = "around",
        CountryNamed = "country_named",
        Admin1Named = "admin1_named",
        Holds = "holds",
        Scale = "scale",
    }
}

/// How many features there are.
pub const FEATURES: usize = Feature::ALL.len();

/// What each feature weighs.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceWeights(pub [f64; FEATURES]);

impl PlaceWeights {
    /// Reads a table of features and weights, `people<TAB>1.5`; a feature that is not in it weighs nothing.
    #[must_use]
    pub fn parse(table: &str) -> PlaceWeights {
        let mut weights = [0.0; FEATURES];
        for line in table.lines() {
            let mut cells = line.split('\t');
            let feature = cells.next().and_then(Feature::parse);
            let weight = cells.next().and_then(|cell| cell.trim().parse().ok());
            if let (Some(feature), Some(weight)) = (feature, weight) {
                weights[feature as usize] = weight;
            }
        }
        PlaceWeights(weights)
    }
}

/// A candidate with what speaks for it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The place.
    pub place: PlaceId,
    /// A number for each feature, most from 0 to 1.
    pub features: [f64; FEATURES],
}

/// So sure a place must be to be given.
const SURE: f64 = 0.3;
/// How near a spelling must be that the gazetteer lacks.
const RESPELT: f64 = 0.88;
/// Candidates of a name that are looked at; the most populous are kept.
const CANDIDATES: usize = 60;
/// How many toponyms before and behind are company. Long lists stay linear.
const COMPANY: usize = 40;

/// Where each toponym lies; none where nothing fits or nothing is sure.
#[must_use]
pub fn resolve(
    text: &str,
    toponyms: &[Toponym],
    gazetteer: &Gazetteer,
    lexicon: &PlaceLexicon,
    weights: &PlaceWeights,
) -> Vec<Option<Resolved>> {
    let candidates = weigh(text, toponyms, gazetteer, lexicon, weights);
    candidates
        .iter()
        .map(|candidates| {
            let shares = shares(candidates, weights);
            let mut order: Vec<usize> = (0..candidates.len()).collect();
            order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]).then(a.cmp(b)));
            let likeliest = *order.first()?;
            let best = town_within(candidates, &shares, &order, gazetteer).unwrap_or(likeliest);
            let is_supported = supported(&candidates[best]);
            (shares[likeliest] >= SURE && is_supported).then(|| Resolved {
                place: candidates[best].place,
                confidence: shares[likeliest],
                runner_up: order
                    .iter()
                    .find(|other| **other != best)
                    .map(|next| candidates[*next].place),
            })
        })
        .collect()
}

/// Puts places on the map: by the user's layers, and what these do not know by the gazetteer.
pub(crate) fn locate(text: &str, entities: &mut [Entity], knowledge: &Knowledge) {
    for entity in entities.iter_mut() {
        if entity.kind == EntityKind::Place {
            entity.place = knowledge.layers.place_of(text, entity);
        }
    }
    let Some(gazetteer) = &knowledge.gazetteer else {
        return;
    };
    let named: Vec<usize> = (0..entities.len())
        .filter(|number| {
            let entity = &entities[*number];
            entity.kind == EntityKind::Place && entity.place.is_none()
        })
        .collect();
    let toponyms: Vec<Toponym> = named
        .iter()
        .map(|number| {
            let entity = &entities[*number];
            Toponym {
                forms: entity.forms.iter().map(|form| form.text.clone()).collect(),
                spans: entity.mentions.clone(),
            }
        })
        .collect();
    let resolved = resolve(
        text,
        &toponyms,
        gazetteer,
        &knowledge.place_lexicon,
        &knowledge.place_weights,
    );
    for (number, resolved) in named.into_iter().zip(resolved) {
        let record = resolved.and_then(|resolved| gazetteer.place(resolved.place));
        entities[number].place = record.map(|record| Place {
            gazetteer_id: record.id.to_string(),
            name: record.name.to_string(),
            lat: record.lat,
            lon: record.lon,
            precision: precision(record.kind),
        });
    }
}

/// How probable a town must be beside the area of its name that is likelier, to be given in its place.
const TOWN: f64 = 0.2;

/// Where an area is likeliest in which a town of the same name lies, and nothing says that the area is meant: that town, unless it
/// is much less probable. The point hardly differs, and a town says no more than what stands there.
fn town_within(
    candidates: &[Candidate],
    shares: &[f64],
    order: &[usize],
    gazetteer: &Gazetteer,
) -> Option<usize> {
    let area = *order.first()?;
    if candidates[area].features[Feature::TownToo as usize] == 0.0 {
        return None;
    }
    let lies_within = |at: &&usize| {
        gazetteer.place(candidates[**at].place).is_some_and(|town| {
            town.kind == Kind::Town
                && [town.admin1, town.admin2].contains(&Some(candidates[area].place))
        })
    };
    let town = *order.iter().find(lies_within)?;
    (shares[town] >= TOWN * shares[area]).then_some(town)
}

/// Whether a candidate may be given: one whose very name stands there, or one near which other places of the document lie. That a
/// spelling is like another says too little by itself, since names everywhere are alike.
fn supported(candidate: &Candidate) -> bool {
    let is = |feature: Feature, least: f64| candidate.features[feature as usize] >= least;
    !is(Feature::Respelt, f64::MIN_POSITIVE)
        || is(Feature::SameCountry, 0.3)
        || is(Feature::Near, 0.3)
        || is(Feature::Container, 0.3)
}

/// The candidates of each toponym with all their features; those that look at the company rest on these weights.
#[must_use]
pub fn weigh(
    text: &str,
    toponyms: &[Toponym],
    gazetteer: &Gazetteer,
    lexicon: &PlaceLexicon,
    weights: &PlaceWeights,
) -> Vec<Vec<Candidate>> {
    let mut seen: HashMap<&str, Vec<Candidate>> = HashMap::new();
    let mut all: Vec<Vec<Candidate>> = toponyms
        .iter()
        .map(|toponym| {
            let mut candidates: Vec<Candidate> = Vec::new();
            for form in &toponym.forms {
                let found = seen
                    .entry(form)
                    .or_insert_with(|| of_form(form, gazetteer, lexicon));
                for candidate in found.iter() {
                    if candidates
                        .iter()
                        .all(|known| known.place != candidate.place)
                    {
                        candidates.push(candidate.clone());
                    }
                }
            }
            candidates
        })
        .collect();
    let containers = containers(text, toponyms);
    let records: Vec<Vec<Option<PlaceRecord<'_>>>> = all
        .iter()
        .map(|candidates| {
            candidates
                .iter()
                .map(|candidate| gazetteer.place(candidate.place))
                .collect()
        })
        .collect();
    let often: Vec<f64> = toponyms
        .iter()
        .map(|toponym| (toponym.spans.len().max(1) as f64).sqrt())
        .collect();
    for _ in 0..3 {
        let likely: Vec<Vec<f64>> = all
            .iter()
            .map(|candidates| shares(candidates, weights))
            .collect();
        let company = Company {
            all: &all,
            records: &records,
            likely: &likely,
            often: &often,
            gazetteer,
        };
        let features: Vec<Vec<[f64; FEATURES]>> = (0..all.len())
            .map(|toponym| company.features(toponym, &containers[toponym]))
            .collect();
        for (candidates, features) in all.iter_mut().zip(features) {
            for (candidate, features) in candidates.iter_mut().zip(features) {
                candidate.features = features;
            }
        }
    }
    all
}

/// How probable each candidate is: the weighed sums through a softmax.
#[must_use]
pub fn shares(candidates: &[Candidate], weights: &PlaceWeights) -> Vec<f64> {
    let sum = |candidate: &Candidate| -> f64 {
        candidate
            .features
            .iter()
            .zip(&weights.0)
            .map(|(feature, weight)| feature * weight)
            .sum()
    };
    let sums: Vec<f64> = candidates.iter().map(sum).collect();
    let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = sums.iter().map(|sum| (sum - most).exp()).collect();
    let total: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / total).collect()
}

/// How much of the map a kind of place stands for.
#[must_use]
pub fn precision(kind: Kind) -> Precision {
    match kind {
        Kind::Country | Kind::Former => Precision::Country,
        Kind::Admin1 => Precision::Admin1,
        Kind::Admin2 => Precision::Admin2,
        Kind::Town | Kind::Quarter | Kind::Facility | Kind::Peak => Precision::Point,
        Kind::Continent | Kind::Region | Kind::Range | Kind::Desert => Precision::Region,
        Kind::Island | Kind::Coast | Kind::River | Kind::Lake => Precision::Region,
    }
}

/// The candidates of one form, with the features that need no company.
fn of_form(form: &str, gazetteer: &Gazetteer, lexicon: &PlaceLexicon) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut add =
        |name: &str, kind: Option<Kind>, given: &[(Feature, f64)], only: &dyn Fn(Kind) -> bool| {
            let before = candidates.len();
            for named in gazetteer.exact(&names::fold(name)) {
                let Some(record) = gazetteer
                    .place(named.place)
                    .filter(|record| only(record.kind))
                else {
                    continue;
                };
                if candidates.iter().any(|known| known.place == named.place) {
                    continue;
                }
                let mut features = own(&record, kind);
                features[Feature::MainName as usize] = f64::from(u8::from(named.is_main));
                for (feature, value) in given {
                    features[*feature as usize] = *value;
                }
                candidates.push(Candidate {
                    place: named.place,
                    features,
                });
            }
            candidates.len() > before
        };
    let any = |_: Kind| true;
    if let Some(country) = lexicon.country_of(form) {
        add(country, Some(Kind::Country), &[], &|kind| {
            kind == Kind::Country
        });
        return candidates;
    }
    if let Some(full) = lexicon.abbreviated(form) {
        add(full, Some(Kind::Admin1), &[], &|kind| kind == Kind::Admin1);
        return candidates;
    }
    let form = form.trim_end_matches("'s").trim_end_matches("’s");
    let stated = lexicon.stated(form);
    let found = add(form, stated.as_ref().map(|(_, kind)| *kind), &[], &any);
    if let Some((bare, kind)) = &stated {
        // "Kabul province" is the province even where a town has the very name with the word.
        add(bare, Some(*kind), &[(Feature::Shortened, 1.0)], &any);
    }
    let shorter = lexicon
        .without_part(form)
        .or_else(|| lexicon.without_owner(form));
    if !found && let Some(shorter) = shorter {
        candidates = of_form(&shorter, gazetteer, lexicon);
        for candidate in &mut candidates {
            candidate.features[Feature::Shortened as usize] = 1.0;
        }
    }
    if candidates.is_empty() && form.chars().count() >= 5 {
        for (place, near) in gazetteer.fuzzy(&names::fold(form), 8) {
            if near >= RESPELT
                && let Some(record) = gazetteer.place(place)
            {
                let mut features = own(&record, None);
                features[Feature::Respelt as usize] = (1.0 - near).max(0.01);
                candidates.push(Candidate { place, features });
            }
        }
    }
    town_too(&mut candidates, gazetteer);
    if candidates.len() > CANDIDATES {
        let people = |candidate: &Candidate| candidate.features[Feature::People as usize];
        candidates.sort_by(|a, b| people(b).total_cmp(&people(a)).then(a.place.cmp(&b.place)));
        candidates.truncate(CANDIDATES);
    }
    candidates
}

/// Marks areas in which a town of the same name lies: without a word for the kind, the town is meant more often.
fn town_too(candidates: &mut [Candidate], gazetteer: &Gazetteer) {
    let towns: Vec<[Option<PlaceId>; 2]> = candidates
        .iter()
        .filter_map(|candidate| gazetteer.place(candidate.place))
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

/// For each toponym those that stand right behind one of its mentions and may hold it: "Farran, Tolmer", "Farran (Tolmer)".
fn containers(text: &str, toponyms: &[Toponym]) -> Vec<Vec<usize>> {
    let mut order: Vec<(Span, usize)> = toponyms
        .iter()
        .enumerate()
        .flat_map(|(number, toponym)| toponym.spans.iter().map(move |span| (*span, number)))
        .collect();
    order.sort();
    let mut containers = vec![Vec::new(); toponyms.len()];
    for pair in order.windows(2) {
        let [(left, inner), (right, outer)] = [pair[0], pair[1]];
        let between = text.get(left.to()..right.from()).unwrap_or("none");
        if inner != outer && matches!(between.trim(), "," | "(" | ", in" | "in") {
            containers[inner].push(outer);
        }
    }
    containers
}

/// What the other toponyms probably are.
struct Company<'a> {
    all: &'a [Vec<Candidate>],
    records: &'a [Vec<Option<PlaceRecord<'a>>>],
    likely: &'a [Vec<f64>],
    /// How often each toponym is named, roughly: the square root.
    often: &'a [f64],
    gazetteer: &'a Gazetteer,
}

impl Company<'_> {
    /// The features of each candidate of a toponym, those of the company anew.
    fn features(&self, toponym: usize, containers: &[usize]) -> Vec<[f64; FEATURES]> {
        let from = toponym.saturating_sub(COMPANY);
        let to = (toponym + COMPANY + 1).min(self.all.len());
        // The likeliest of each other toponym, with its share.
        let others: Vec<(&PlaceRecord<'_>, PlaceId, f64, f64)> = (from..to)
            .filter(|other| *other != toponym)
            .flat_map(|other| {
                let likely = self.likely[other]
                    .iter()
                    .zip(&self.records[other])
                    .zip(&self.all[other]);
                likely.filter_map(move |((share, record), candidate)| {
                    let mass = share * self.often[other];
                    Some((record.as_ref()?, candidate.place, *share, mass)).filter(|_| *share > 0.1)
                })
            })
            .collect();
        let total: f64 = others.iter().map(|(.., mass)| mass).sum::<f64>().max(1.0);
        let own = self.all[toponym].iter().zip(&self.records[toponym]);
        own.map(|(candidate, record)| {
            let mut features = candidate.features;
            let Some(record) = record else {
                return features;
            };
            let mut sums = [0.0; FEATURES];
            let most = |sums: &mut [f64; FEATURES], feature: Feature, value: f64| {
                sums[feature as usize] = sums[feature as usize].max(value);
            };
            for (other, place, share, mass) in &others {
                let same_country = !record.country.is_empty() && other.country == record.country;
                let same_admin1 = record.admin1.is_some() && other.admin1 == record.admin1;
                sums[Feature::SameCountry as usize] +=
                    mass * f64::from(u8::from(same_country)) / total;
                sums[Feature::SameAdmin1 as usize] +=
                    mass * f64::from(u8::from(same_admin1)) / total;
                let holds =
                    self.lies_in(other, candidate.place, record) && *place != candidate.place;
                sums[Feature::Holds as usize] += mass * f64::from(u8::from(holds)) / total;
                let apart = kilometres((record.lat, record.lon), (other.lat, other.lon));
                if other.kind > Kind::Admin1 && *place != candidate.place {
                    most(&mut sums, Feature::Beside, share * (-apart / 15.0).exp());
                    most(&mut sums, Feature::Near, share * (-apart / 60.0).exp());
                    sums[Feature::Around as usize] += mass * (-apart / 300.0).exp() / total;
                }
                if other.kind == Kind::Country && same_country && record.kind != Kind::Country {
                    most(&mut sums, Feature::CountryNamed, *share);
                }
                if other.kind == Kind::Admin1 && same_admin1 && record.kind != Kind::Admin1 {
                    most(&mut sums, Feature::Admin1Named, *share);
                }
            }
            for &container in containers {
                let likely = self.likely[container]
                    .iter()
                    .zip(&self.records[container])
                    .zip(&self.all[container]);
                let holds: f64 = likely
                    .filter_map(|((share, outer), holder)| {
                        let outer = outer.as_ref()?;
                        self.lies_in(record, holder.place, outer).then_some(*share)
                    })
                    .sum();
                most(&mut sums, Feature::Container, holds);
            }
            if !containers.is_empty() {
                sums[Feature::ContainerOther as usize] = 1.0 - sums[Feature::Container as usize];
            }
            for feature in [
                Feature::Container,
                Feature::ContainerOther,
                Feature::SameCountry,
                Feature::SameAdmin1,
                Feature::Beside,
                Feature::Near,
                Feature::Around,
                Feature::CountryNamed,
                Feature::Admin1Named,
                Feature::Holds,
            ] {
                features[feature as usize] = sums[feature as usize];
            }
            features
        })
        .collect()
    }

    /// Whether a place lies in an area that is not the place itself.
    fn lies_in(&self, inner: &PlaceRecord<'_>, area: PlaceId, outer: &PlaceRecord<'_>) -> bool {
        match outer.kind {
            Kind::Country => {
                inner.kind != Kind::Country
                    && !inner.country.is_empty()
                    && self.gazetteer.country(inner.country) == Some(area)
            }
            Kind::Admin1 => inner.kind != Kind::Admin1 && inner.admin1 == Some(area),
            Kind::Admin2 => inner.kind != Kind::Admin2 && inner.admin2 == Some(area),
            _ => false,
        }
    }
}
