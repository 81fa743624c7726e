//! What was missed and what was too much, in brackets, for the developer's eyes.
//!
//! It does not know how it was found, and writes nothing: the lines quote articles.

use crate::data;
use crate::marks;
use crate::polnear::Article;
use crate::score::{Attribution, Scored};

/// The lines of one article's gold relations that nothing given matches, with what has the content where only the source is
/// wrong. `noted` says something about each of the given.
pub fn misses(
    article: &Article,
    given: &[Attribution],
    scored: &Scored,
    noted: impl Fn(usize) -> String,
) -> String {
    let mut lines = String::new();
    for (g, gold) in article.gold.iter().enumerate() {
        let matched =
            |pairs: &[(usize, usize)]| pairs.iter().find(|pair| pair.0 == g).map(|pair| pair.1);
        if matched(&scored.pairs).is_some() {
            continue;
        }
        let name = data::name(&article.path);
        let wanted = bracketed(&article.text, gold);
        match matched(&scored.content_pairs) {
            Some(p) => {
                let found = bracketed(&article.text, &given[p]);
                let note = noted(p);
                lines += &format!("{name}\tsource\t{wanted}\n\tfound ({note})\t{found}\n");
            }
            None => lines += &format!("{name}\tcontent\t{wanted}\n"),
        }
    }
    lines
}

/// The lines of what was given in one article and matches no gold relation.
pub fn extras(
    article: &Article,
    given: &[Attribution],
    scored: &Scored,
    noted: impl Fn(usize) -> String,
) -> String {
    let mut lines = String::new();
    for (p, attribution) in given.iter().enumerate() {
        if scored.is_right(p) {
            continue;
        }
        let wrong = if scored.content_pairs.iter().any(|pair| pair.1 == p) {
            "source"
        } else {
            "content"
        };
        lines += &format!(
            "{}\t{wrong}\t{}\t{}\n",
            data::name(&article.path),
            noted(p),
            bracketed(&article.text, attribution)
        );
    }
    lines
}

fn bracketed(text: &str, attribution: &Attribution) -> String {
    marks::write(
        text,
        &[
            ("source", &attribution.source),
            ("cue", &attribution.cue),
            ("content", &attribution.content),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::score;
    use text::Span;

    #[test]
    fn misses_and_extras_are_shown_in_brackets() {
        let text = "The mayor said it rained. Zaid denied that it snowed.".to_owned();
        let span = |words: &str| {
            let at = text.find(words).unwrap_or_default();
            Span::new(at, at + words.len())
        };
        let relation = |source: &str, cue: &str, content: &str| Attribution {
            source: vec![span(source)],
            cue: vec![span(cue)],
            content: vec![span(content)],
        };
        let gold = vec![
            relation("The mayor", "said", "it rained"),
            relation("Zaid", "denied", "that it snowed"),
        ];
        let given = [relation("Zaid", "said", "it rained")];
        let scored = score(&text, &gold, &given);
        let article = Article {
            path: "part/one.txt".into(),
            text,
            gold,
        };
        let noted = |_| "cue:say".to_owned();
        assert_eq!(
            misses(&article, &given, &scored, noted),
            "one.txt\tsource\t[source The mayor] [cue said] [content it rained]. Zaid denied that it snowed.\n\
             \tfound (cue:say)\tThe mayor [cue said] [content it rained]. [source Zaid] denied that it snowed.\n\
             one.txt\tcontent\tThe mayor said it rained. [source Zaid] [cue denied] [content that it snowed].\n"
        );
        assert_eq!(
            extras(&article, &given, &scored, noted),
            "one.txt\tsource\tcue:say\tThe mayor [cue said] [content it rained]. [source Zaid] denied that it snowed.\n"
        );
    }
}
