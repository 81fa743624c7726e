//! Where a document's places lie: for each place its forms name, the candidates of the gazetteer, and which is meant.
//!
//! Method: a linear model over what speaks for each candidate, read twice: by itself first, then beside what the other names of
//! the document probably mean. A name that no table has is then compared with names of places where the document is at home, and
//! else put where the text says that it lies. It does not know who names places, nor other documents; where it is not sure it
//! abstains.

mod candidates;
mod company;
mod stated;

use crate::place_lexicon::PlaceLexicon;
use crate::{Entity, EntityKind, Knowledge, Place, Precision};
use candidates::{LikeNames, is_supported, of_form};
use company::Company;
use gazetteer::{Gazetteer, Kind, PlaceId, kilometres};
use names::NameModel;
use stated::Stated;
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

/// How a toponym lies to the place that it is put at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It is this place.
    At,
    /// It stands there or near there: a dam, a camp, the countryside of a town.
    Near,
    /// It lies in this place, which the text says of it; itself it is in no table.
    Within,
}

/// What a toponym probably is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resolved {
    /// The place.
    pub place: PlaceId,
    /// How the toponym lies to it.
    pub relation: Relation,
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
        SameLand = "same_land",
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
    /// How the toponym lies to it.
    pub relation: Relation,
    /// A number for each feature, most from 0 to 1.
    pub features: [f64; FEATURES],
    /// Whether words that may be part of the name were taken off to find it: an article, a word for what stands there.
    pub is_loose: bool,
}

/// So sure a place must be to be given.
const SURE: f64 = 0.3;

/// What places are looked up in, and by what one of several is chosen.
#[derive(Debug, Clone, Copy)]
pub struct Atlas<'k> {
    /// The places.
    pub gazetteer: &'k Gazetteer,
    /// How texts write them.
    pub lexicon: &'k PlaceLexicon,
    /// What speaks for one.
    pub weights: &'k PlaceWeights,
    /// What spellings are compared by; without it only the nearness of their letters counts.
    pub names: Option<&'k NameModel>,
}

/// Where each toponym lies; none where nothing fits or nothing is sure.
#[must_use]
pub fn resolve(text: &str, toponyms: &[Toponym], atlas: &Atlas<'_>) -> Vec<Option<Resolved>> {
    let stated = stated::containers(text, toponyms, atlas.lexicon);
    let candidates = weighed(toponyms, &stated, atlas);
    let mut resolved: Vec<Option<Resolved>> = candidates
        .iter()
        .map(|candidates| likeliest(candidates, atlas))
        .collect();
    let known = resolved.clone();
    for (number, place) in resolved.iter_mut().enumerate() {
        let forms = &toponyms[number].forms;
        let may_be_held = !forms.iter().any(|form| atlas.lexicon.is_no_town(form));
        if place.is_none() && may_be_held {
            *place = held(&stated[number], &known, atlas);
        }
    }
    resolved
}

/// The likeliest candidate, if it is sure. Candidates at one spot, as a town and the district of its name, speak for each other.
fn likeliest(candidates: &[Candidate], atlas: &Atlas<'_>) -> Option<Resolved> {
    let shares = shares(candidates, atlas.weights);
    let spots = spots(candidates, &shares, atlas.gazetteer);
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|a, b| {
        let by_share = shares[*b].total_cmp(&shares[*a]);
        spots[*b]
            .total_cmp(&spots[*a])
            .then(by_share)
            .then(a.cmp(b))
    });
    let likeliest = *order.first()?;
    let best = town_within(candidates, &shares, &order, atlas.gazetteer)
        .or_else(|| capital(candidates, likeliest))
        .unwrap_or(likeliest);
    (spots[likeliest] >= SURE).then(|| Resolved {
        place: candidates[best].place,
        relation: candidates[best].relation,
        confidence: spots[likeliest].min(1.0),
        runner_up: order
            .iter()
            .find(|other| **other != best)
            .map(|next| candidates[*next].place),
    })
}

/// For each candidate the shares of all that lie at its spot, its own with them.
fn spots(candidates: &[Candidate], shares: &[f64], gazetteer: &Gazetteer) -> Vec<f64> {
    let points: Vec<Option<(f64, f64)>> = candidates
        .iter()
        .zip(shares)
        .map(|(candidate, share)| {
            let record = gazetteer.place(candidate.place).filter(|_| *share >= LEAST);
            record.map(|record| (record.lat, record.lon))
        })
        .collect();
    let together = |one: usize, other: usize| match (points[one], points[other]) {
        (Some(left), Some(right)) => kilometres(left, right) <= SPOT,
        _ => one == other,
    };
    (0..candidates.len())
        .map(|one| {
            let others = (0..candidates.len()).filter(|other| together(one, *other));
            others.map(|other| shares[other]).sum()
        })
        .collect()
}

/// So near one another, in kilometres, candidates lie at one spot.
const SPOT: f64 = 60.0;
/// Candidates of a smaller share speak for no other.
const LEAST: f64 = 0.02;

/// What the text says holds a place that no table has: the first area or town of it that is known.
fn held(stated: &Stated, known: &[Option<Resolved>], atlas: &Atlas<'_>) -> Option<Resolved> {
    let relations = [
        (&stated.within, Relation::Within),
        (&stated.near, Relation::Near),
        (&stated.around, Relation::Near),
    ];
    relations.into_iter().find_map(|(holders, relation)| {
        let mut holders = holders.iter().filter_map(|holder| known[*holder]);
        holders.find_map(|holder| {
            let kind = atlas.gazetteer.place(holder.place)?.kind;
            let is_small = matches!(
                kind,
                Kind::Admin1 | Kind::Admin2 | Kind::Town | Kind::Quarter | Kind::Facility
            );
            is_small.then_some(Resolved {
                relation,
                runner_up: None,
                ..holder
            })
        })
    })
}

/// Puts places on the map: by the user's layers, and what these do not know by the gazetteer.
pub(crate) fn locate(text: &str, entities: &mut [Entity], knowledge: &Knowledge) {
    let is_place =
        |entity: &Entity| matches!(entity.kind, EntityKind::Place | EntityKind::Facility);
    for entity in entities.iter_mut().filter(|entity| is_place(entity)) {
        entity.place = knowledge.layers.place_of(text, entity);
    }
    let Some(gazetteer) = &knowledge.gazetteer else {
        return;
    };
    let named: Vec<usize> = (0..entities.len())
        .filter(|number| is_place(&entities[*number]) && entities[*number].place.is_none())
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
    let atlas = Atlas {
        gazetteer,
        lexicon: &knowledge.place_lexicon,
        weights: &knowledge.place_weights,
        names: knowledge.name_model.as_ref(),
    };
    let resolved = resolve(text, &toponyms, &atlas);
    for (number, resolved) in named.into_iter().zip(resolved) {
        let entity = &mut entities[number];
        entity.place = resolved.and_then(|resolved| place(&entity.name, &resolved, gazetteer));
    }
}

/// A place as it is written down. One that is only near another, or in it, has no entry of its own: its id is that of the other
/// with its own name behind it, so that two such places are never one, and its name says so.
fn place(name: &str, resolved: &Resolved, gazetteer: &Gazetteer) -> Option<Place> {
    let record = gazetteer.place(resolved.place)?;
    let own = |relation: &str| {
        (
            format!("{}#{}", record.id, names::fold(name).replace(' ', "-")),
            format!("{relation} {}", record.name),
        )
    };
    let (gazetteer_id, name) = match resolved.relation {
        Relation::At => (record.id.to_string(), record.name.to_owned()),
        Relation::Near => own("near"),
        Relation::Within => own("in"),
    };
    Some(Place {
        gazetteer_id,
        name,
        lat: record.lat,
        lon: record.lon,
        precision: precision(record.kind, resolved.relation),
    })
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

/// Where an area is likeliest of which the text neither says that it is one nor names a place in it, the capital of a country that
/// has its name: governments are named by their capitals, and far oftener than areas of the name.
fn capital(candidates: &[Candidate], area: usize) -> Option<usize> {
    let has = |candidate: &Candidate, feature: Feature| candidate.features[feature as usize] > 0.0;
    let is_area = [Feature::Admin1, Feature::Admin2]
        .into_iter()
        .any(|kind| has(&candidates[area], kind));
    let is_said = [Feature::KindStated, Feature::Holds, Feature::Container]
        .into_iter()
        .any(|hint| has(&candidates[area], hint));
    if !is_area || is_said {
        return None;
    }
    candidates
        .iter()
        .position(|candidate| has(candidate, Feature::CapitalOfCountry))
}

/// The candidates of each toponym with all their features; those that look at the company rest on these weights.
#[must_use]
pub fn weigh(text: &str, toponyms: &[Toponym], atlas: &Atlas<'_>) -> Vec<Vec<Candidate>> {
    let stated = stated::containers(text, toponyms, atlas.lexicon);
    weighed(toponyms, &stated, atlas)
}

fn weighed(toponyms: &[Toponym], stated: &[Stated], atlas: &Atlas<'_>) -> Vec<Vec<Candidate>> {
    let mut seen: HashMap<&str, Vec<Candidate>> = HashMap::new();
    let mut all: Vec<Vec<Candidate>> = toponyms
        .iter()
        .map(|toponym| {
            let mut candidates: Vec<Candidate> = Vec::new();
            for form in &toponym.forms {
                let found = seen.entry(form).or_insert_with(|| of_form(form, atlas));
                take_in(&mut candidates, found);
            }
            candidates
        })
        .collect();
    let often: Vec<f64> = toponyms
        .iter()
        .map(|toponym| (toponym.spans.len().max(1) as f64).sqrt())
        .collect();
    for _ in 0..3 {
        beside_others(&mut all, stated, &often, atlas);
    }
    for candidates in &mut all {
        candidates.retain(is_supported);
    }
    let mut like_names = LikeNames::new(atlas);
    // What is found so may be what holds another.
    for _ in 0..2 {
        if !respell(toponyms, &mut all, stated, &often, &mut like_names) {
            break;
        }
        for _ in 0..2 {
            beside_others(&mut all, stated, &often, atlas);
        }
    }
    all
}

/// Adds candidates whose places are not there yet.
fn take_in(candidates: &mut Vec<Candidate>, more: &[Candidate]) {
    for candidate in more {
        if candidates
            .iter()
            .all(|known| known.place != candidate.place)
        {
            candidates.push(candidate.clone());
        }
    }
}

/// Reads the features that look at the company anew.
fn beside_others(all: &mut [Vec<Candidate>], stated: &[Stated], often: &[f64], atlas: &Atlas<'_>) {
    let features: Vec<Vec<[f64; FEATURES]>> = {
        let company = Company::new(all, often, atlas);
        (0..all.len())
            .map(|toponym| company.features(toponym, &stated[toponym].within))
            .collect()
    };
    for (candidates, features) in all.iter_mut().zip(features) {
        for (candidate, features) in candidates.iter_mut().zip(features) {
            candidate.features = features;
        }
    }
}

/// Adds places with names like those of toponyms that no place has which is at home in the document; says whether there are any.
fn respell(
    toponyms: &[Toponym],
    all: &mut [Vec<Candidate>],
    stated: &[Stated],
    often: &[f64],
    like_names: &mut LikeNames<'_, '_>,
) -> bool {
    let found: Vec<(usize, Vec<Candidate>)> = {
        let company = Company::new(all, often, like_names.atlas);
        let sure = company.sure();
        (0..toponyms.len())
            .filter(|toponym| all[*toponym].is_empty())
            .map(|toponym| {
                let home = company.home(toponym, &stated[toponym], &sure);
                let mut candidates = Vec::new();
                for form in &toponyms[toponym].forms {
                    take_in(&mut candidates, &like_names.of(form, &home));
                }
                (toponym, candidates)
            })
            .filter(|(_, candidates)| !candidates.is_empty())
            .collect()
    };
    for (toponym, candidates) in &found {
        take_in(&mut all[*toponym], candidates);
    }
    !found.is_empty()
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

/// How much of the map a kind of place stands for; more where a place only lies near it or in it.
#[must_use]
pub fn precision(kind: Kind, relation: Relation) -> Precision {
    let own = match kind {
        Kind::Country | Kind::Former => Precision::Country,
        Kind::Admin1 => Precision::Admin1,
        Kind::Admin2 => Precision::Admin2,
        Kind::Town | Kind::Quarter | Kind::Facility | Kind::Peak => Precision::Point,
        Kind::Continent | Kind::Region | Kind::Range | Kind::Desert => Precision::Region,
        Kind::Island | Kind::Coast | Kind::River | Kind::Lake => Precision::Region,
    };
    match (relation, own) {
        (Relation::Near | Relation::Within, Precision::Point) => Precision::Admin2,
        (Relation::Near, Precision::Admin2) => Precision::Admin1,
        _ => own,
    }
}
