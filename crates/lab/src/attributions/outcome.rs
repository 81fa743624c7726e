//! `Outcome`: the claims of one article against its gold, and articles read by the program.
//!
//! It does not know how claims are found, nor how a pair is judged (that is `score`).

use super::sureness::Sureness;
use crate::claims::Claim;
use crate::data::Failure;
use crate::parallel;
use crate::polnear::Article;
use crate::product::Product;
use crate::score::{Attribution, Figures, Scored, score};
use std::time::Duration;

/// One article's claims and score.
pub struct Outcome {
    /// The claims.
    pub claims: Vec<Claim>,
    /// Their spans.
    pub given: Vec<Attribution>,
    /// Spans that do not slice to their text.
    pub torn: usize,
    /// All claims against gold.
    pub scored: Scored,
    /// Of the claims that are shown, the others left out.
    pub shown: Figures,
    /// CPU time of reading.
    pub spent: Duration,
}

impl Outcome {
    /// Scores claims of an article. The gold has no attributions inside contents, so claims inside others are left out.
    pub fn of(article: &Article, mut claims: Vec<Claim>, spent: Duration) -> Self {
        claims.retain(|claim| claim.rule != annotate::Claim::INNER);
        let (given, torn): (Vec<Attribution>, Vec<usize>) = claims
            .iter()
            .map(|claim| claim.spans(&article.text))
            .unzip();
        let shown: Vec<Attribution> = claims
            .iter()
            .zip(&given)
            .filter(|(claim, _)| claim.is_shown())
            .map(|(_, attribution)| attribution.clone())
            .collect();
        Self {
            scored: score(&article.text, &article.gold, &given),
            shown: score(&article.text, &article.gold, &shown).figures,
            claims,
            given,
            torn: torn.into_iter().sum(),
            spent,
        }
    }

    /// Reads articles on `jobs` threads.
    pub fn read(
        product: &Product,
        articles: &[Article],
        jobs: usize,
    ) -> Result<Vec<Self>, Failure> {
        let outcomes = parallel::map(articles, jobs, |article| {
            let (claims, spent) = product.timed_claims(&article.path, article.text.as_bytes())?;
            Ok(Self::of(article, claims, spent))
        });
        outcomes.into_iter().collect()
    }
}

/// The figures of all claims together.
pub fn figures(outcomes: &[Outcome]) -> Figures {
    let mut figures = Figures::default();
    for outcome in outcomes {
        figures += outcome.scored.figures;
    }
    figures
}

/// What the claims' confidences foretold; claims that do not tell them are passed over.
pub fn sureness(outcomes: &[Outcome]) -> Sureness {
    let mut sureness = Sureness::default();
    for outcome in outcomes {
        for (p, claim) in outcome.claims.iter().enumerate() {
            let confidence = claim.confidence;
            if let (Some(attribution), Some(source)) = (confidence.attribution, confidence.source) {
                sureness.add(&outcome.scored, p, attribution, source);
            }
        }
    }
    sureness
}

/// The CPU time of reading.
pub fn spent(outcomes: &[Outcome]) -> Duration {
    outcomes.iter().map(|outcome| outcome.spent).sum()
}

/// Words between blanks.
pub fn words(articles: &[Article]) -> usize {
    articles
        .iter()
        .map(|article| article.text.split_whitespace().count())
        .sum()
}

/// Words a CPU second.
#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
pub fn speed(words: usize, spent: Duration) -> f64 {
    words as f64 / spent.as_secs_f64().max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibration::Prediction;
    use crate::claims::{Confidence, Quoted};
    use text::Span;

    #[test]
    fn shown_claims_and_confidences_are_counted_apart() {
        let text = "The mayor said it rained. Zaid denied that it snowed.".to_owned();
        let span = |words: &str| {
            let at = text.find(words).unwrap_or_default();
            Span::new(at, at + words.len())
        };
        let gold = vec![Attribution {
            source: vec![span("The mayor")],
            cue: vec![span("said")],
            content: vec![span("it rained")],
        }];
        let claim = |source: &str, content: &str, standing: &str, attribution: f64| Claim {
            source: vec![Quoted::new(span(source), &text)],
            content: vec![Quoted::new(span(content), &text)],
            confidence: Confidence {
                attribution: Some(attribution),
                source: Some(0.5),
                act: None,
            },
            standing: standing.to_owned(),
            ..Claim::default()
        };
        let claims = vec![
            claim("The mayor", "it rained", "shown", 0.75),
            claim("Zaid", "that it snowed", "suggested", 0.25),
        ];
        let article = Article {
            path: "one.txt".into(),
            text: text.clone(),
            gold,
        };
        let outcome = Outcome::of(&article, claims, Duration::ZERO);
        let precision = |figures: Figures| figures.relation.precision();
        assert_eq!(
            (precision(outcome.scored.figures), precision(outcome.shown)),
            (50.0, 100.0)
        );
        let sure = sureness(&[outcome]);
        let prediction = |probability, right| Prediction { probability, right };
        assert_eq!(
            sure.content,
            [prediction(0.75, true), prediction(0.25, false)]
        );
        assert_eq!(
            sure.relation,
            [prediction(0.375, true), prediction(0.125, false)]
        );
    }
}
