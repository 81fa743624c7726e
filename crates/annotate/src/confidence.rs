//! How often a rule with a cue has been right on held-back gold: the table of confidences.
//!
//! It reads the table; it does not know how the counts were made (see the card beside the table).

use crate::knowledge::lines;
use std::collections::HashMap;

/// Below this probability of source and content both being right a claim is not given at all.
pub(crate) const GIVEN: f64 = 0.25;

/// Below this probability of source, content and act all being right a claim is suggested, not shown.
pub(crate) const SHOWN: f64 = 0.70;

/// The same for a denial by a cue that the lexicon lists as one: its contents are short ("denied responsibility"), which the
/// reader's weights, learnt from all acts, do not trust. Of 35 such cues from here on in PolNeAR's dev part 29 are annotated ones.
pub(crate) const DENIAL_SHOWN: f64 = 0.40;

/// Where neither the cue nor the rule is in the table.
const UNKNOWN: Estimate = Estimate {
    content: 0.6,
    relation: 0.5,
};

/// The probabilities of one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Estimate {
    /// That the content is right.
    pub(crate) content: f64,
    /// That content and source are right.
    pub(crate) relation: f64,
}

/// The table, by rule and lemma; `*` is a rule as a whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Confidences {
    rows: HashMap<String, HashMap<String, Estimate>>,
}

impl Confidences {
    /// Reads `rule  lemma  n  content  relation`, separated by tabs.
    pub(crate) fn parse(file: &str, problems: &mut Vec<String>) -> Confidences {
        let mut table = Confidences::default();
        for (number, line) in lines(file) {
            let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
            let share = |field: usize| {
                let value = fields.get(field)?.parse::<f64>().ok()?;
                (0.0..=1.0).contains(&value).then_some(value)
            };
            match (fields.first(), fields.get(1), share(3), share(4)) {
                (Some(rule), Some(lemma), Some(content), Some(relation)) => {
                    let row = table.rows.entry((*rule).to_string()).or_default();
                    row.insert((*lemma).to_string(), Estimate { content, relation });
                }
                _ => problems.push(format!(
                    "attribution-confidence.tsv line {number}: rule, lemma, count and two shares are needed"
                )),
            }
        }
        table
    }

    /// The estimate for a cue in a rule, or else for the rule.
    pub(crate) fn of(&self, rule: &str, lemma: &str) -> Estimate {
        let row = self.rows.get(rule);
        let known = row.and_then(|row| row.get(lemma).or_else(|| row.get("*")));
        known.copied().unwrap_or(UNKNOWN)
    }

    /// Whether there is no table, so that every claim is given (as when the table is made).
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
