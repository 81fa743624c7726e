//! The user's own list of people and bodies: which of its entries a document's entity is, where one alone fits.
//!
//! It does not know where the list came from or how it was written, and it does not choose: where two entries fit, none is taken and a
//! note says so. What is on the list says nothing of anybody.

use crate::logistic::logistic;
use crate::{Entity, EntityKind, Knowledge, ListLink};
use names::{MATCH, NameIndex, NameKind, NameModel, ODDS_OF_EQUAL, fold, odds_of_respelt};
use std::collections::{BTreeMap, BTreeSet};
use text::{Note, Span};

/// One entry of a watchlist.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListEntry {
    /// The id that the list gives it.
    pub id: String,
    /// What it is; an entry of which the list does not say so may be anything.
    pub kind: Option<EntityKind>,
    /// Names, the first of them the one that is shown.
    pub names: Vec<String>,
    /// Names that others often have too ("Abu Ali").
    pub weak_names: Vec<String>,
    /// ISO 3166 codes of countries that it belongs to, in capitals.
    pub countries: Vec<String>,
    /// Offices that it holds or held, in words.
    pub positions: Vec<String>,
}

/// A watchlist, ready to be looked up.
#[derive(Debug, Clone, Default)]
pub(crate) struct Watchlist {
    entries: Vec<ListEntry>,
    /// Folded names, each once, in order.
    names: Vec<String>,
    /// The same as the list has them.
    written: Vec<String>,
    /// For each name the entries that have it, and whether as a weak name.
    bearers: Vec<Vec<(usize, bool)>>,
    index: NameIndex,
}

/// Names of the list that one name is compared with at most.
const CANDIDATES: usize = 40;
/// The least score of an entry that fits.
const FITS: f64 = 0.5;

/// Weights in log-odds, set by hand: the names decide, the rest says for or against.
mod weight {
    /// A weak name.
    pub const WEAK: f64 = -4.0;
    /// The document names a country of the entry.
    pub const COUNTRY: f64 = 1.0;
    /// The document names countries, and none of the entry's.
    pub const NO_COUNTRY: f64 = -1.5;
    /// The document calls the entity what the entry is.
    pub const POSITION: f64 = 2.0;
}

impl Watchlist {
    pub(crate) fn new(entries: Vec<ListEntry>, model: &NameModel) -> Self {
        let mut bearing: BTreeMap<String, (String, Vec<(usize, bool)>)> = BTreeMap::new();
        for (number, entry) in entries.iter().enumerate() {
            let strong = entry.names.iter().map(|name| (name, false));
            let weak = entry.weak_names.iter().map(|name| (name, true));
            for (name, is_weak) in strong.chain(weak) {
                let (_, bearers) = bearing
                    .entry(fold(name))
                    .or_insert_with(|| (name.clone(), Vec::new()));
                if bearers.last().is_none_or(|(last, _)| *last != number) {
                    bearers.push((number, is_weak));
                }
            }
        }
        bearing.remove("");
        let (names, borne): (Vec<_>, Vec<_>) = bearing.into_iter().unzip();
        let (written, bearers) = borne.into_iter().unzip();
        let index = NameIndex::build(model, names.iter().map(String::as_str));
        Self {
            entries,
            names,
            written,
            bearers,
            index,
        }
    }

    /// Links entities to the entries that fit; a note for each that several fit.
    pub(crate) fn link(&self, entities: &mut [Entity], knowledge: &Knowledge) -> Vec<Note> {
        let Some(model) = &knowledge.name_model else {
            return Vec::new();
        };
        let countries = countries(entities, knowledge);
        let mut notes = Vec::new();
        for entity in entities {
            let fitting = self.fitting(entity, &countries, model);
            match fitting.as_slice() {
                [] => {}
                [(entry, score)] => {
                    entity.link = Some(ListLink {
                        id: self.entries[*entry].id.clone(),
                        score: *score,
                    });
                }
                several => notes.push(self.note(entity, several)),
            }
        }
        notes
    }

    /// The entries that fit an entity, likeliest first.
    fn fitting(
        &self,
        entity: &Entity,
        countries: &BTreeSet<String>,
        model: &NameModel,
    ) -> Vec<(usize, f64)> {
        let mut found: BTreeMap<usize, f64> = BTreeMap::new();
        let forms = entity.forms.iter().map(|form| form.text.as_str());
        let names: BTreeSet<&str> = forms.chain([entity.name.as_str()]).collect();
        for name in names.into_iter().filter(|name| is_name(name)) {
            let folded = fold(name);
            for (number, odds) in self.near(name, &folded, entity.kind, model) {
                for (entry, is_weak) in &self.bearers[number] {
                    let weak = if *is_weak { weight::WEAK } else { 0.0 };
                    let entry_odds = odds + weak + told(&self.entries[*entry], entity, countries);
                    if is_of_kind(&self.entries[*entry], entity.kind) {
                        let best = found.entry(*entry).or_insert(entry_odds);
                        *best = best.max(entry_odds);
                    }
                }
            }
        }
        let mut fitting: Vec<(usize, f64)> = found
            .into_iter()
            .map(|(entry, odds)| (entry, logistic(odds)))
            .filter(|(_, score)| *score >= FITS)
            .collect();
        fitting.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        fitting
    }

    /// Names of the list that a name is or may be a spelling of, with the log-odds that it is.
    fn near(
        &self,
        name: &str,
        folded: &str,
        kind: EntityKind,
        model: &NameModel,
    ) -> Vec<(usize, f64)> {
        let mut near = Vec::new();
        if let Ok(number) = self
            .names
            .binary_search_by(|known| known.as_str().cmp(folded))
        {
            near.push((number, ODDS_OF_EQUAL));
        }
        // A single word is somebody's only where the list has that very word: many people share a surname.
        if !folded.contains(' ') && kind == EntityKind::Person {
            return near;
        }
        let kind = name_kind(kind);
        for (number, _) in self.index.candidates(model, folded, CANDIDATES) {
            let number = number as usize;
            let Some(known) = self.names.get(number).filter(|known| *known != folded) else {
                continue;
            };
            if model.is_close(folded, known, kind) {
                let same = model.compare(name, &self.written[number], kind).same;
                if same >= MATCH {
                    near.push((number, odds_of_respelt(same)));
                }
            }
        }
        near
    }

    fn note(&self, entity: &Entity, several: &[(usize, f64)]) -> Note {
        let named: Vec<String> = several
            .iter()
            .take(5)
            .map(|(entry, score)| {
                let entry = &self.entries[*entry];
                let name = entry.names.first().map_or("", String::as_str);
                format!("{} “{name}” ({score:.2})", entry.id)
            })
            .collect();
        let more = if several.len() > named.len() {
            ", …"
        } else {
            ""
        };
        Note {
            span: entity
                .mentions
                .first()
                .copied()
                .unwrap_or(Span { start: 0, end: 0 }),
            code: "several_on_watchlist".to_owned(),
            message: format!(
                "{} entries of the watchlist fit this name; none was taken: {}{more}.",
                several.len(),
                named.join(", ")
            ),
        }
    }
}

/// Whether a form is a name and not a common noun.
fn is_name(form: &str) -> bool {
    form.chars().any(char::is_uppercase)
}

/// What the document tells of an entity for or against an entry, in log-odds.
fn told(entry: &ListEntry, entity: &Entity, countries: &BTreeSet<String>) -> f64 {
    let mut odds = 0.0;
    if !entry.countries.is_empty() && !countries.is_empty() {
        let shares = entry.countries.iter().any(|code| countries.contains(code));
        odds += if shares {
            weight::COUNTRY
        } else {
            weight::NO_COUNTRY
        };
    }
    let words = |text: &String| -> BTreeSet<String> {
        let folded = fold(text);
        let all = folded.split(' ').filter(|word| word.len() > 3);
        all.map(str::to_owned).collect()
    };
    let roles: BTreeSet<String> = entity.roles.iter().flat_map(&words).collect();
    if entry
        .positions
        .iter()
        .flat_map(words)
        .any(|word| roles.contains(&word))
    {
        odds += weight::POSITION;
    }
    odds
}

/// Texts disagree on what is an organization and what a group.
fn is_of_kind(entry: &ListEntry, kind: EntityKind) -> bool {
    let class = |kind| match kind {
        EntityKind::Group => EntityKind::Organization,
        other => other,
    };
    entry.kind.is_none_or(|known| class(known) == class(kind))
}

fn name_kind(kind: EntityKind) -> NameKind {
    match kind {
        EntityKind::Person => NameKind::Person,
        EntityKind::Organization => NameKind::Organization,
        EntityKind::Group => NameKind::Group,
        EntityKind::Place => NameKind::Place,
        _ => NameKind::Other,
    }
}

/// The countries of a document's places.
fn countries(entities: &[Entity], knowledge: &Knowledge) -> BTreeSet<String> {
    let Some(gazetteer) = &knowledge.gazetteer else {
        return BTreeSet::new();
    };
    let places = entities.iter().filter_map(|entity| entity.place.as_ref());
    places
        .filter_map(|place| {
            gazetteer
                .exact(&fold(&place.name))
                .filter_map(|named| gazetteer.place(named.place))
                .find(|record| record.id.to_string() == place.gazetteer_id)
        })
        .map(|record| record.country.to_owned())
        .filter(|code| !code.is_empty())
        .collect()
}
