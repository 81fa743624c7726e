//! `Company`: what the other toponyms of a document say for each candidate of one.
//!
//! It does not know what a name says by itself.

use super::stated::Stated;
use super::{Atlas, Candidate, FEATURES, Feature, shares, spots};
use gazetteer::{Gazetteer, Kind, PlaceId, PlaceRecord, kilometres};
use std::ops::Range;

/// How many toponyms before and behind are company. Long lists stay linear.
const COMPANY: usize = 40;
/// One in so many of the company's places makes their country one that a document is about.
const AT_HOME: usize = 4;
/// So far from the nearest place of the document in its country a place may lie, in kilometres; in a country that the document is
/// about, and in another.
const IN_COUNTRY: f64 = 500.0;
const AROUND: f64 = 150.0;
/// So far from a town that is said to hold it, or to be near it.
const ABOUT_TOWN: f64 = 40.0;
/// So far from the middle of an area that is said to hold it.
const ABOUT_AREA: f64 = 60.0;

/// What the other toponyms probably are.
pub(super) struct Company<'a> {
    all: &'a [Vec<Candidate>],
    records: Vec<Vec<Option<PlaceRecord<'a>>>>,
    likely: Vec<Vec<f64>>,
    /// How often each toponym is named, roughly: the square root.
    often: &'a [f64],
    gazetteer: &'a Gazetteer,
}

impl<'a> Company<'a> {
    pub(super) fn new(all: &'a [Vec<Candidate>], often: &'a [f64], atlas: &Atlas<'a>) -> Self {
        let gazetteer = atlas.gazetteer;
        let record = |candidate: &Candidate| gazetteer.place(candidate.place);
        let likely = |candidates: &Vec<Candidate>| shares(candidates, atlas.weights);
        Self {
            all,
            records: all
                .iter()
                .map(|candidates| candidates.iter().map(record).collect())
                .collect(),
            likely: all.iter().map(likely).collect(),
            often,
            gazetteer,
        }
    }

    /// The features of each candidate of a toponym, those of the company anew.
    pub(super) fn features(&self, toponym: usize, containers: &[usize]) -> Vec<[f64; FEATURES]> {
        // The likeliest of each other toponym, with its share.
        let others: Vec<(&PlaceRecord<'_>, PlaceId, f64, f64)> = self
            .around(toponym)
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
        let below = |kind: Kind| kind > Kind::Former;
        let masses = others.iter().filter(|(other, ..)| below(other.kind));
        let lands: f64 = masses.map(|(.., mass)| mass).sum::<f64>().max(1.0);
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
                // A country that is named may act far away; its towns are where things happen.
                sums[Feature::SameLand as usize] +=
                    mass * f64::from(u8::from(same_country && below(other.kind))) / lands;
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
                Feature::SameLand,
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

    /// Where the company of a toponym is at home, and what the text says holds it.
    pub(super) fn home(
        &self,
        toponym: usize,
        stated: &Stated,
        sure: &[Option<&'a PlaceRecord<'a>>],
    ) -> Home<'a> {
        let mut countries: Vec<(&str, usize)> = Vec::new();
        let mut points = Vec::new();
        let mut total = 0;
        for record in self.around(toponym).filter_map(|other| sure[other]) {
            total += 1;
            match countries
                .iter_mut()
                .find(|(code, _)| *code == record.country)
            {
                Some((_, count)) => *count += 1,
                None => countries.push((record.country, 1)),
            }
            if matches!(
                record.kind,
                Kind::Town | Kind::Quarter | Kind::Admin1 | Kind::Admin2
            ) {
                points.push((record.country, (record.lat, record.lon)));
            }
        }
        countries.retain(|(code, count)| !code.is_empty() && *count * AT_HOME >= total);
        let holders = stated.within.iter().chain(&stated.near);
        Home {
            countries: countries.into_iter().map(|(code, _)| code).collect(),
            points,
            holders: holders
                .filter_map(|holder| sure[*holder])
                .filter(|holder| holder.kind > Kind::Former)
                .collect(),
        }
    }

    /// What each toponym is more probably than not; candidates at one spot count together.
    pub(super) fn sure(&self) -> Vec<Option<&PlaceRecord<'a>>> {
        let all = self.all.iter().zip(&self.likely).zip(&self.records);
        all.map(|((candidates, shares), records)| {
            let spots = spots(candidates, shares, self.gazetteer);
            let sure = spots.iter().enumerate().filter(|(_, spot)| **spot >= 0.5);
            let best = sure.max_by(|a, b| shares[a.0].total_cmp(&shares[b.0]))?;
            records[best.0].as_ref()
        })
        .collect()
    }

    /// The toponyms that are company of one, itself among them.
    fn around(&self, toponym: usize) -> Range<usize> {
        toponym.saturating_sub(COMPANY)..(toponym + COMPANY + 1).min(self.all.len())
    }

    fn lies_in(&self, inner: &PlaceRecord<'_>, area: PlaceId, outer: &PlaceRecord<'_>) -> bool {
        lies_in(self.gazetteer, inner, area, outer)
    }
}

/// What a document is about, as far as one name of it goes.
#[derive(Debug, Default)]
pub(super) struct Home<'a> {
    countries: Vec<&'a str>,
    /// Towns and areas, with their countries.
    points: Vec<(&'a str, (f64, f64))>,
    /// What the text says holds the name.
    holders: Vec<&'a PlaceRecord<'a>>,
}

/// How well a place fits a home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// It lies where the text says that the name lies.
    Stated,
    /// It lies not far from other places of the document in its country.
    AtHome,
    /// It lies in a country that the document is about, of which no other place is known.
    InCountry,
}

impl Home<'_> {
    /// Whether no place at all fits.
    pub(super) fn is_nowhere(&self) -> bool {
        self.holders.is_empty() && self.points.is_empty() && self.countries.is_empty()
    }

    /// How a place fits, if it does. Where the text says what holds the name, nothing else fits.
    pub(super) fn fit(&self, place: &PlaceRecord<'_>) -> Option<Fit> {
        let apart = |point: (f64, f64)| kilometres(point, (place.lat, place.lon));
        if !self.holders.is_empty() {
            let is_held = |holder: &&PlaceRecord<'_>| {
                let is_area = matches!(holder.kind, Kind::Admin1 | Kind::Admin2);
                let around = if is_area { ABOUT_AREA } else { ABOUT_TOWN };
                let same_area = is_area && holder.admin1.is_some() && holder.admin1 == place.admin1;
                same_area || apart((holder.lat, holder.lon)) <= around
            };
            return self.holders.iter().any(is_held).then_some(Fit::Stated);
        }
        let is_about = self.countries.contains(&place.country);
        let around = if is_about { IN_COUNTRY } else { AROUND };
        let points = || {
            self.points
                .iter()
                .filter(|(code, _)| *code == place.country)
        };
        if points().any(|(_, point)| apart(*point) <= around) {
            return Some(Fit::AtHome);
        }
        (is_about && points().next().is_none()).then_some(Fit::InCountry)
    }
}

/// Whether a place lies in an area that is not the place itself.
pub(super) fn lies_in(
    gazetteer: &Gazetteer,
    inner: &PlaceRecord<'_>,
    area: PlaceId,
    outer: &PlaceRecord<'_>,
) -> bool {
    match outer.kind {
        Kind::Country => {
            inner.kind != Kind::Country
                && !inner.country.is_empty()
                && gazetteer.country(inner.country) == Some(area)
        }
        Kind::Admin1 => inner.kind != Kind::Admin1 && inner.admin1 == Some(area),
        Kind::Admin2 => inner.kind != Kind::Admin2 && inner.admin2 == Some(area),
        _ => false,
    }
}
