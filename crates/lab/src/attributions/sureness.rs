//! `Sureness`: what the confidences of attributions foretold, and what came of it.
//!
//! It does not know who was sure.

use crate::calibration::{Prediction, calibration_error, precision_at};
use crate::report;
use crate::score::Scored;

/// Predictions of one or more articles, claim by claim.
#[derive(Debug, Default)]
pub struct Sureness {
    /// The confidence of the attribution, and whether the content is right.
    pub content: Vec<Prediction>,
    /// That of the source, of claims whose content is right, and whether the source is.
    pub source: Vec<Prediction>,
    /// That of attribution and source together, and whether both are right.
    pub relation: Vec<Prediction>,
    /// That of attribution and source together, and whether the content is right.
    content_by_relation: Vec<Prediction>,
}

impl Sureness {
    /// Adds claim `p` of a scored article, with how sure it is of its attribution and, given that, of its source.
    pub fn add(&mut self, scored: &Scored, p: usize, attribution: f64, source: f64) {
        let (has_content, is_right) = (scored.has_content(p), scored.is_right(p));
        let relation = attribution * source;
        for (list, probability, right) in [
            (&mut self.content, attribution, has_content),
            (&mut self.relation, relation, is_right),
            (&mut self.content_by_relation, relation, has_content),
        ] {
            list.push(Prediction { probability, right });
        }
        if has_content {
            self.source.push(Prediction {
                probability: source,
                right: is_right,
            });
        }
    }

    /// Prints how many of the surest are right, and the calibration errors; nothing where there are none.
    pub fn print(&self) {
        if self.relation.is_empty() {
            return;
        }
        println!();
        report::coverage(&[25.0, 50.0, 75.0, 100.0].map(|part| {
            let precision =
                |predictions: &[Prediction]| 100.0 * precision_at(predictions, part / 100.0);
            (
                part,
                precision(&self.content_by_relation),
                precision(&self.relation),
            )
        }));
        println!(
            "calibration error (10 bins, 0 to 1): attribution {:.3}; attribution with its source {:.3}",
            calibration_error(&self.content),
            calibration_error(&self.relation)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_asked_for_only_where_the_content_is_right() {
        let scored = Scored {
            content_pairs: vec![(0, 0), (1, 1)],
            pairs: vec![(0, 0)],
            ..Scored::default()
        };
        let mut sureness = Sureness::default();
        for p in 0..3 {
            sureness.add(&scored, p, 0.5, 0.5);
        }
        let right = |list: &[Prediction]| list.iter().map(|p| p.right).collect::<Vec<_>>();
        assert_eq!(right(&sureness.content), [true, true, false]);
        assert_eq!(right(&sureness.source), [true, false]);
        assert_eq!(right(&sureness.relation), [true, false, false]);
        assert!((sureness.relation[0].probability - 0.25).abs() < 1e-9);
    }
}
