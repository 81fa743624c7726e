//! The point that stands for a country: the centre of its largest piece of land in world-atlas (TopoJSON).
//!
//! It does not know countries by name, only by the numbers of ISO 3166-1.

use crate::data::Failure;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Topology {
    transform: Transform,
    arcs: Vec<Vec<[f64; 2]>>,
    objects: Objects,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Objects {
    countries: Collection,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    id: Option<String>,
    #[serde(flatten)]
    shape: Shape,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "arcs")]
enum Shape {
    Polygon(Vec<Vec<i64>>),
    MultiPolygon(Vec<Vec<Vec<i64>>>),
}

/// Latitude and longitude by ISO number. Where several outlines have one number, the largest piece of all counts.
pub fn label_points(json: &[u8]) -> Result<BTreeMap<u32, (f64, f64)>, Failure> {
    let topology: Topology = serde_json::from_slice(json)
        .map_err(|error| Failure(format!("world-atlas cannot be read: {error}")))?;
    let mut largest: BTreeMap<u32, (f64, f64, f64)> = BTreeMap::new();
    for geometry in &topology.objects.countries.geometries {
        let Some(number) = geometry.id.as_deref().and_then(|id| id.parse().ok()) else {
            continue;
        };
        let outlines: Vec<&[i64]> = match &geometry.shape {
            Shape::Polygon(rings) => rings.first().map(Vec::as_slice).into_iter().collect(),
            Shape::MultiPolygon(pieces) => pieces
                .iter()
                .filter_map(|rings| Some(rings.first()?.as_slice()))
                .collect(),
        };
        for outline in outlines {
            let (area, lat, lon) = centre(&topology.ring(outline));
            let known = largest.entry(number).or_insert((area, lat, lon));
            if area > known.0 {
                *known = (area, lat, lon);
            }
        }
    }
    Ok(largest
        .into_iter()
        .map(|(number, (_, lat, lon))| (number, (lat, lon)))
        .collect())
}

impl Topology {
    /// Longitudes and latitudes along these arcs; a negative number is an arc walked backwards.
    fn ring(&self, arcs: &[i64]) -> Vec<(f64, f64)> {
        let mut ring = Vec::new();
        for &arc in arcs {
            let index = if arc < 0 { !arc } else { arc } as usize;
            let (mut x, mut y) = (0.0, 0.0);
            let mut points: Vec<(f64, f64)> = self.arcs[index]
                .iter()
                .map(|step| {
                    x += step[0];
                    y += step[1];
                    (
                        x * self.transform.scale[0] + self.transform.translate[0],
                        y * self.transform.scale[1] + self.transform.translate[1],
                    )
                })
                .collect();
            if arc < 0 {
                points.reverse();
            }
            ring.extend(points);
        }
        ring
    }
}

/// Area in square degrees at the equator, latitude and longitude of the centre of a ring.
fn centre(ring: &[(f64, f64)]) -> (f64, f64, f64) {
    let Some(&(west, south)) = ring.first() else {
        return (0.0, 0.0, 0.0);
    };
    // Measured from a point of the ring: the terms are small and do not have to cancel.
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    let (mut a, mut b) = (0.0, 0.0);
    for (lon, lat) in &ring[1..] {
        // Of two ways around the world the shorter is meant: an outline may cross the line of dates.
        let step: f64 = lon - west - a;
        let (c, d) = (a + step - 360.0 * (step / 360.0).round(), lat - south);
        let cross = a * d - c * b;
        area += cross;
        x += (a + c) * cross;
        y += (b + d) * cross;
        (a, b) = (c, d);
    }
    if area == 0.0 {
        return (0.0, south, west);
    }
    let (lat, lon) = (south + y / (3.0 * area), west + x / (3.0 * area));
    let lon = lon - 360.0 * (lon / 360.0).round();
    // Degrees of longitude shrink towards the poles.
    (area.abs() / 2.0 * lat.to_radians().cos(), lat, lon)
}
