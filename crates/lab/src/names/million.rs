//! Very many names, most of which have nothing to do with one another: spellings of towns, then parts of people's names.
//!
//! It does not know which of them are looked for.

use super::groups::Group;
use crate::data::{self, Failure};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// So many names there are at most.
const MOST: usize = 1_000_000;

#[derive(Deserialize)]
struct City {
    name: String,
    alternatenames: Vec<String>,
}

/// Folded spellings of the towns of `cities500.json`; none where no file is named.
pub fn towns(path: Option<&Path>) -> Result<Vec<String>, Failure> {
    let Some(path) = path else {
        return Ok(Vec::new());
    };
    let cities: BTreeMap<String, City> = serde_json::from_str(&data::text(path)?)
        .map_err(|error| Failure(format!("{} is not as expected: {error}", path.display())))?;
    let names = cities
        .values()
        .flat_map(|city| city.alternatenames.iter().chain([&city.name]));
    Ok(names.map(|name| names::fold(name)).collect())
}

/// Names that must be among them, then towns, then forms of the groups until there are a million; each once, in order.
pub fn names(mut names: BTreeSet<String>, towns: &[String], groups: &[Group]) -> Vec<String> {
    let forms = groups.iter().flat_map(|group| &group.forms);
    for other in towns.iter().chain(forms) {
        if names.len() >= MOST {
            break;
        }
        if other.len() > 1 {
            names.insert(other.clone());
        }
    }
    names.into_iter().collect()
}
