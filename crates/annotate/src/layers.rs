//! A user's own gazetteer layers: names of places with a point.
//!
//! It does not know where a layer came from, and it does not guess: a name that two places share is left unplaced.

use crate::{Entity, Place, Precision};
use std::collections::HashMap;

/// Places by folded name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layers {
    places: Vec<Entry>,
    names: HashMap<String, Vec<usize>>,
}

#[derive(Debug, Clone)]
struct Entry {
    place: Place,
    container: Option<String>,
}

impl Layers {
    /// Reads TSV layers with a header line that names `id`, `name`, `lat`, `lon` and perhaps `aliases` (separated by
    /// `|`), `precision` and `container`.
    pub(crate) fn parse(layers: &[&str], problems: &mut Vec<String>) -> Layers {
        let mut all = Layers::default();
        for (layer, file) in layers.iter().enumerate() {
            let mut rows = file.lines().enumerate().filter(|(_, line)| {
                let line = line.trim_start_matches('\u{feff}');
                !line.trim().is_empty() && !line.starts_with('#')
            });
            let Some((_, header)) = rows.next() else {
                continue;
            };
            let columns: Vec<String> = header
                .trim_start_matches('\u{feff}')
                .split('\t')
                .map(|name| name.trim().to_lowercase())
                .collect();
            let at = |name: &str| columns.iter().position(|column| column == name);
            let (Some(id), Some(name), Some(lat), Some(lon)) =
                (at("id"), at("name"), at("lat"), at("lon"))
            else {
                problems.push(format!(
                    "gazetteer layer {}: the header must name id, name, lat and lon",
                    layer + 1
                ));
                continue;
            };
            for (number, line) in rows {
                let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
                let cell = |column: Option<usize>| {
                    column
                        .and_then(|index| cells.get(index))
                        .copied()
                        .filter(|value| !value.is_empty())
                };
                let degrees = |column, most: f64| {
                    cell(Some(column))
                        .and_then(|value| value.parse::<f64>().ok())
                        .filter(|value| value.abs() <= most)
                };
                let (Some(id), Some(name), Some(lat), Some(lon)) = (
                    cell(Some(id)),
                    cell(Some(name)),
                    degrees(lat, 90.0),
                    degrees(lon, 180.0),
                ) else {
                    problems.push(format!(
                        "gazetteer layer {} line {}: id, name and a latitude and longitude in degrees are needed",
                        layer + 1,
                        number + 1
                    ));
                    continue;
                };
                let index = all.places.len();
                all.places.push(Entry {
                    place: Place {
                        gazetteer_id: id.to_string(),
                        name: name.to_string(),
                        lat,
                        lon,
                        precision: cell(at("precision"))
                            .and_then(Precision::parse)
                            .unwrap_or(Precision::Point),
                    },
                    container: cell(at("container")).map(str::to_string),
                });
                let aliases = cell(at("aliases")).unwrap_or_default();
                for form in aliases
                    .split('|')
                    .map(str::trim)
                    .chain([name])
                    .filter(|form| !form.is_empty())
                {
                    let known = all.names.entry(form.to_lowercase()).or_default();
                    if known.last() != Some(&index) {
                        known.push(index);
                    }
                }
            }
        }
        all
    }

    /// Whether any layer has the name.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.names.contains_key(&name.to_lowercase())
    }

    /// The place of an entity: the only one that has one of its names; of several the only one whose container the text names.
    pub(crate) fn place_of(&self, text: &str, entity: &Entity) -> Option<Place> {
        let forms = entity.forms.iter().map(|form| form.text.as_str());
        let mut places: Vec<&Entry> = [entity.name.as_str()]
            .into_iter()
            .chain(forms)
            .flat_map(|form| self.named(form))
            .collect();
        places.sort_by_key(|entry| &entry.place.gazetteer_id);
        places.dedup_by_key(|entry| &entry.place.gazetteer_id);
        if places.len() > 1 {
            let stated = |entry: &&Entry| {
                let container = entry.container.as_ref();
                container.is_some_and(|container| text.contains(container.as_str()))
            };
            places.retain(stated);
        }
        match places[..] {
            [only] => Some(only.place.clone()),
            _ => None,
        }
    }

    /// Every place of this name.
    fn named(&self, name: &str) -> impl Iterator<Item = &Entry> {
        self.names
            .get(&name.to_lowercase())
            .into_iter()
            .flatten()
            .filter_map(|index| self.places.get(*index))
    }
}
