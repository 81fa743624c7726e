//! Pairs of names: how likely two are one.
//!
//! It does not know documents.

use super::{four_digits, unlike};
use crate::assets;
use crate::failure::Failure;
use ::names::{NameKind, NameModel};
use annotate::EntityKind;
use serde::{Deserialize, Serialize};

/// A pair as it comes in. Other fields are allowed and not read.
#[derive(Deserialize)]
struct Line {
    left: String,
    right: String,
    #[serde(default)]
    kind: Option<String>,
}

/// Two names and what they are names of.
pub struct Pair {
    left: String,
    right: String,
    kind: NameKind,
}

/// What is said of a pair, fields in the contract's order.
#[derive(Serialize)]
pub struct Answer {
    same: f64,
    #[serde(rename = "match")]
    is_match: bool,
    reasons: Vec<String>,
}

/// Compares names.
pub struct Names {
    model: NameModel,
}

impl Names {
    /// With what travels in the binary.
    pub fn load() -> Result<Self, Failure> {
        let model = assets::names().map_err(Failure::Unusable)?;
        Ok(Self { model })
    }

    /// An answer to each pair, in order.
    pub fn answers(&self, pairs: &[Pair]) -> Vec<Answer> {
        let answer = |pair: &Pair| {
            let found = self.model.compare(&pair.left, &pair.right, pair.kind);
            Answer {
                same: four_digits(found.same),
                is_match: found.is_match,
                reasons: found.reasons,
            }
        };
        pairs.iter().map(answer).collect()
    }
}

/// Reads a line; the error says what to write instead.
pub fn pair(line: &[u8]) -> Result<Pair, String> {
    const FORM: &str = r#"write {"left": "…", "right": "…", "kind": "Person"}"#;
    let pair: Line = serde_json::from_slice(line)
        .map_err(|error| format!("not a pair of names ({}); {FORM}", unlike(&error)))?;
    let kind = match pair.kind.as_deref() {
        None => EntityKind::Other,
        Some(word) => EntityKind::parse(word).ok_or_else(|| {
            let all: Vec<&str> = EntityKind::ALL.iter().map(|kind| kind.as_str()).collect();
            format!("no kind “{word}”; the kinds are {}", all.join(", "))
        })?,
    };
    let kind = match kind {
        EntityKind::Person => NameKind::Person,
        EntityKind::Organization => NameKind::Organization,
        EntityKind::Place => NameKind::Place,
        EntityKind::Group => NameKind::Group,
        EntityKind::Facility | EntityKind::Weapon | EntityKind::Event | EntityKind::Other => {
            NameKind::Other
        }
    };
    Ok(Pair {
        left: pair.left,
        right: pair.right,
        kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_says_what_to_write() {
        for (line, said) in [
            (r#"{"left": "a"}"#, "missing field `right`"),
            ("Velik", "not a pair of names"),
            (
                r#"{"left":"a","right":"b","kind":"Ship"}"#,
                "the kinds are Person",
            ),
        ] {
            let error = pair(line.as_bytes()).map(|_| ()).expect_err("an error");
            assert!(error.contains(said), "{error}");
            assert!(!error.contains("column"), "{error}");
        }
        assert!(pair(br#"{"left":"a","right":"b"}"#).is_ok());
    }
}
