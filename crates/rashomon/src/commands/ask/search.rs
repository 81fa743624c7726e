//! The first filter of `ask`: of all claims of a ledger the few that share most with the question, found in the bare texts.
//!
//! It reads no sentence and decides nothing: what it passes over shares no word with the question, or less than others do.

use super::Names;
use aho_corasick::{AhoCorasick, MatchKind};
use ledger::{Ledger, Searched};
use std::collections::BTreeSet;

/// Most claims that are read closely.
pub const CLOSELY: usize = 2_500;
/// What a word of the question counts that stands in the document but not in the claim's own words ("he denied it").
const BESIDE: f64 = 0.3;
/// Most words of a question: one bit each.
const WORDS: usize = 60;

/// What was found.
#[derive(Debug, Default)]
pub struct Near {
    /// The claims, by document, then place in it: `Document::id` and the claim's number there.
    pub claims: Vec<(String, usize)>,
    /// How many claims share a word with the question.
    pub sharing: usize,
    /// Ids of every document.
    pub documents: Vec<String>,
    /// Ids of every claim.
    pub ids: Vec<String>,
}

/// A claim that shares something.
struct Sharing {
    document: u32,
    claim: u32,
    /// Words of the question in its own words.
    inside: u64,
    /// In its document.
    around: u64,
}

/// Finds the claims of documents that `admits` lets through.
pub fn near(
    ledger: &Ledger,
    beginnings: &[Vec<String>],
    names: &Names,
    admits: &dyn Fn(&Searched) -> bool,
) -> ledger::Result<Near> {
    let mut near = Near::default();
    let mut sharing: Vec<Sharing> = Vec::new();
    let needles = Needles::new(beginnings, names);
    ledger.each_searched(&mut |document| {
        let number = near.documents.len() as u32;
        near.ids
            .extend(document.claims.iter().map(|(id, _)| id.clone()));
        if admits(&document) {
            sharing.extend(needles.sharing(&document, number));
        }
        near.documents.push(document.document);
    })?;
    near.sharing = sharing.len();
    let having = |word: usize| {
        sharing
            .iter()
            .filter(move |one| one.inside >> word & 1 == 1)
    };
    let weights: Vec<f64> = (0..WORDS)
        .map(|word| (sharing.len() as f64 / having(word).count().max(1) as f64).ln_1p())
        .collect();
    let weigh = |words: u64| -> f64 {
        let set = (0..WORDS).filter(|word| words >> word & 1 == 1);
        set.map(|word| weights[word]).sum()
    };
    let mut ranked: Vec<(f64, &Sharing)> = sharing
        .iter()
        .map(|one| {
            let beside = one.around & !one.inside;
            (weigh(one.inside) + BESIDE * weigh(beside), one)
        })
        .collect();
    ranked.sort_by(|(more, one), (less, other)| {
        let place = |one: &Sharing| (one.document, one.claim);
        less.total_cmp(more).then(place(one).cmp(&place(other)))
    });
    ranked.truncate(CLOSELY);
    let places: BTreeSet<(u32, u32)> = ranked
        .iter()
        .map(|(_, one)| (one.document, one.claim))
        .collect();
    near.claims = places
        .into_iter()
        .map(|(document, claim)| (near.documents[document as usize].clone(), claim as usize))
        .collect();
    Ok(near)
}

/// Beginnings of words, each with the word of the question that it stands for.
struct Needles {
    automaton: Option<AhoCorasick>,
    word: Vec<usize>,
}

impl Needles {
    fn new(beginnings: &[Vec<String>], names: &Names) -> Self {
        let mut texts: Vec<String> = Vec::new();
        let mut word: Vec<usize> = Vec::new();
        for (number, group) in beginnings.iter().take(WORDS).enumerate() {
            for beginning in group {
                let own = texts.iter().position(|text| text == beginning);
                // A word's own beginning wins over the same one beside another word.
                if own.is_none() {
                    texts.push(beginning.clone());
                    word.push(number);
                }
            }
        }
        for name in names.all() {
            let meant = beginnings
                .iter()
                .take(WORDS)
                .position(|group| group.first().is_some_and(|own| name.has(own)));
            let spelt = name.spellings.iter().filter(|text| text.len() > 2);
            for (text, number) in spelt.zip(std::iter::repeat(meant)) {
                if let Some(number) = number
                    && !texts.contains(text)
                {
                    texts.push(text.clone());
                    word.push(number);
                }
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(&texts)
            .ok()
            .filter(|_| !texts.is_empty());
        Self { automaton, word }
    }

    /// The claims of a document that share a word.
    fn sharing(&self, document: &Searched, number: u32) -> Vec<Sharing> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let bytes = document.text.as_bytes();
        let begins = |at: usize| at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        let hits: Vec<(u32, u64)> = automaton
            .find_iter(&document.text)
            .filter(|hit| begins(hit.start()))
            .map(|hit| (hit.start() as u32, 1 << self.word[hit.pattern().as_usize()]))
            .collect();
        if hits.is_empty() {
            return Vec::new();
        }
        let all = |hits: &[(u32, u64)]| hits.iter().fold(0, |words, (_, word)| words | word);
        let around = all(&hits);
        let mut found = Vec::new();
        for (claim, (_, span)) in document.claims.iter().enumerate() {
            let from = hits.partition_point(|(at, _)| *at < span.start);
            let to = hits.partition_point(|(at, _)| *at < span.end);
            let inside = all(&hits[from..to.max(from)]);
            if inside != 0 {
                found.push(Sharing {
                    document: number,
                    claim: claim as u32,
                    inside,
                    around,
                });
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use text::Span;

    fn document(text: &str, claims: &[&str]) -> Searched {
        let claims = claims.iter().map(|words| {
            let start = text.find(words).unwrap_or_default();
            ("c".to_owned(), Span::new(start, start + words.len()))
        });
        Searched {
            document: "d".to_owned(),
            published: None,
            text: text.to_owned(),
            claims: claims.collect(),
        }
    }

    #[test]
    fn words_count_where_they_begin_and_in_any_spelling() {
        let beginnings = vec![vec!["hastrel".to_owned()], vec!["hold".to_owned()]];
        let spellings = [ledger::Spelt {
            entity: "en_1".to_owned(),
            kind: annotate::EntityKind::Person,
            forms: vec!["Hastrel".to_owned(), "Hasstrell".to_owned()],
        }];
        let names = Names::asked("Hastrel holds it", &spellings);
        let needles = Needles::new(&beginnings, &names);
        let text = "Mr Hasstrell HOLDS it. The household slept. He holds on.";
        let document = document(
            text,
            &["Mr Hasstrell HOLDS it", "household slept", "He holds on"],
        );
        let found = needles.sharing(&document, 0);
        let inside: Vec<(u32, u64)> = found.iter().map(|one| (one.claim, one.inside)).collect();
        assert_eq!(inside, [(0, 0b11), (2, 0b10)]);
        assert!(found.iter().all(|one| one.around == 0b11));
    }
}
