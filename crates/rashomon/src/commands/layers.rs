//! The user's own gazetteers: TSV as it stands, GeoJSON as TSV.
//!
//! It does not know what places are for. A feature that cannot be used is named by its number; the others load.

use crate::failure::Failure;
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// The layers, as text of tab-separated columns, and what could not be used of them.
pub struct Layers {
    pub texts: Vec<String>,
    pub problems: Vec<String>,
}

/// Reads the files.
pub fn layers(paths: &[PathBuf]) -> Result<Layers, Failure> {
    let mut layers = Layers {
        texts: Vec::new(),
        problems: Vec::new(),
    };
    for path in paths {
        let text = fs::read_to_string(path).map_err(|error| {
            Failure::Usage(format!(
                "the gazetteer {} could not be read: {error}; it must be a UTF-8 file of tab-separated columns or GeoJSON",
                path.display()
            ))
        })?;
        let is_json = text
            .trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with('{');
        layers.texts.push(if is_json {
            from_geojson(path, &text, &mut layers.problems)?
        } else {
            text
        });
    }
    Ok(layers)
}

/// A FeatureCollection as a table. A feature needs `name` among its properties; it may have `id` (there or its own),
/// `aliases` (a list, or one text divided by `|`), `precision` and `container`.
fn from_geojson(path: &Path, text: &str, problems: &mut Vec<String>) -> Result<String, Failure> {
    let collection: Value =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            Failure::Usage(format!(
                "the gazetteer {} is no GeoJSON: {error}",
                path.display()
            ))
        })?;
    let Some(features) = collection["features"].as_array() else {
        return Err(Failure::Usage(format!(
            "the gazetteer {} is no GeoJSON FeatureCollection: it has no list of features",
            path.display()
        )));
    };
    let mut table = String::from("id\tname\tlat\tlon\taliases\tprecision\tcontainer\n");
    for (number, feature) in (1..).zip(features) {
        match row(path, number, feature) {
            Ok(row) => table.push_str(&row),
            Err(lacking) => problems.push(format!(
                "gazetteer {} feature {number}: {lacking}",
                path.display()
            )),
        }
    }
    Ok(table)
}

fn row(path: &Path, number: usize, feature: &Value) -> Result<String, &'static str> {
    let none = Map::new();
    let properties = feature["properties"].as_object().unwrap_or(&none);
    let name = cell(properties.get("name"));
    if name.is_empty() {
        return Err("a property \"name\" is needed");
    }
    let (lat, lon, is_area) = point(&feature["geometry"])
        .filter(|(lat, lon, _)| lat.abs() <= 90.0 && lon.abs() <= 180.0)
        .ok_or("a point, line or polygon with longitude and latitude in degrees is needed")?;
    let own = [feature.get("id"), properties.get("id")]
        .map(cell)
        .into_iter()
        .find(|id| !id.is_empty());
    let file = path
        .file_stem()
        .map(|stem| stem.to_string_lossy())
        .unwrap_or_default();
    let id = own.unwrap_or_else(|| format!("{file}:{number}"));
    let aliases = match properties.get("aliases") {
        Some(Value::Array(list)) => list
            .iter()
            .map(|alias| cell(Some(alias)))
            .collect::<Vec<_>>()
            .join("|"),
        other => cell(other),
    };
    let mut precision = cell(properties.get("precision"));
    if precision.is_empty() && is_area {
        precision = "region".to_owned();
    }
    let container = cell(properties.get("container"));
    Ok(format!(
        "{id}\t{name}\t{lat}\t{lon}\t{aliases}\t{precision}\t{container}\n"
    ))
}

/// A text or number as one cell of a table.
fn cell(value: Option<&Value>) -> String {
    let text = match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Latitude and longitude of the point that stands for a geometry, and whether it is an area.
fn point(geometry: &Value) -> Option<(f64, f64, bool)> {
    let shape = &geometry["coordinates"];
    match geometry["type"].as_str()? {
        "Point" => position(shape).map(|(lon, lat)| (lat, lon, false)),
        "MultiPoint" | "LineString" => {
            let line = ring(shape)?;
            let (lon, lat) = *line.get(line.len() / 2)?;
            Some((lat, lon, true))
        }
        "Polygon" => centre(&ring(shape.get(0)?)?).map(|(_, lat, lon)| (lat, lon, true)),
        "MultiPolygon" => {
            let pieces = shape
                .as_array()?
                .iter()
                .filter_map(|piece| centre(&ring(piece.get(0)?)?));
            let (_, lat, lon) = pieces.max_by(|a, b| a.0.total_cmp(&b.0))?;
            Some((lat, lon, true))
        }
        _ => None,
    }
}

/// Longitude and latitude.
fn position(value: &Value) -> Option<(f64, f64)> {
    Some((value.get(0)?.as_f64()?, value.get(1)?.as_f64()?))
}

fn ring(value: &Value) -> Option<Vec<(f64, f64)>> {
    value.as_array()?.iter().map(position).collect()
}

/// Area, latitude and longitude of the centroid of a closed outline, in degrees as if the earth were flat.
fn centre(outline: &[(f64, f64)]) -> Option<(f64, f64, f64)> {
    let &(west, south) = outline.first()?;
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for pair in outline.windows(2) {
        let (a, b) = (pair[0].0 - west, pair[0].1 - south);
        let (c, d) = (pair[1].0 - west, pair[1].1 - south);
        let cross = a * d - c * b;
        area += cross;
        x += (a + c) * cross;
        y += (b + d) * cross;
    }
    if area == 0.0 {
        return Some((0.0, south, west));
    }
    Some((
        area.abs(),
        south + y / (3.0 * area),
        west + x / (3.0 * area),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_become_rows_and_broken_ones_are_named() {
        let square = r#"[[[10,20],[14,20],[14,22],[10,22],[10,20]]]"#;
        let features = [
            r#"{"type":"Feature","id":7,"properties":{"name":"Hastrel","aliases":["Hastral","Has\ttrel"]},"geometry":{"type":"Point","coordinates":[69.5,34.25]}}"#.to_owned(),
            format!(r#"{{"type":"Feature","properties":{{"name":"Tolmer"}},"geometry":{{"type":"Polygon","coordinates":{square}}}}}"#),
            r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}"#.to_owned(),
            r#"{"type":"Feature","properties":{"name":"Orrem"},"geometry":null}"#.to_owned(),
            r#"{"type":"Feature","properties":{"name":"Orrem"},"geometry":{"type":"Point","coordinates":[1,200]}}"#.to_owned(),
        ];
        let text = format!(
            r#"{{"type":"FeatureCollection","features":[{}]}}"#,
            features.join(",")
        );
        let mut problems = Vec::new();
        let table = from_geojson(Path::new("own.geojson"), &text, &mut problems).unwrap();
        let rows: Vec<&str> = table.lines().skip(1).collect();
        assert_eq!(
            rows,
            [
                "7\tHastrel\t34.25\t69.5\tHastral|Has trel\t\t",
                "own:2\tTolmer\t21\t12\t\tregion\t"
            ]
        );
        assert_eq!(problems.len(), 3);
        assert!(problems[0].contains("feature 3") && problems[0].contains("name"));
        assert!(problems[2].contains("feature 5"));
        assert!(from_geojson(Path::new("own.geojson"), "{", &mut problems).is_err());
        assert!(from_geojson(Path::new("own.geojson"), "{}", &mut problems).is_err());
    }
}
