//! GUM's entities, from the `Entity=` entries of its words, as mentions with a form, and names as other sets mark them.
//!
//! GUM marks whole phrases. A mention whose head is a proper noun becomes the name inside it: no determiner, title,
//! apposition or clause; a name inside a longer name is left out. Coreference and discontinuous mentions are not read.

use super::kinds::kind_of;
use super::{GoldMention, MentionDocument};
use crate::treebank::{Treebank, TreebankDocument, TreebankSentence, TreebankWord};
use annotate::{EntityKind, MentionForm};
use std::cmp::Reverse;
use std::ops::Range;
use text::Span;

/// Reads a treebank's documents.
pub fn read(set: &str, treebank: &Treebank) -> Vec<MentionDocument> {
    treebank
        .documents
        .iter()
        .map(|document| document_of(set, document))
        .collect()
}

fn document_of(set: &str, document: &TreebankDocument) -> MentionDocument {
    let raw = document.raw();
    let mut gold = Vec::new();
    for (sentence, place) in document.sentences.iter().zip(&raw.sentences) {
        let cover =
            |words: &Range<usize>| place.words[words.start].cover(place.words[words.end - 1]);
        let mut mentions: Vec<GoldMention> = entities(sentence)
            .into_iter()
            .filter_map(|(words, label, _)| {
                let head = head(sentence, &words)?;
                let (form, kind, words) = read_as(sentence, &words, head, label)?;
                Some(GoldMention {
                    span: cover(&words),
                    label: label.to_owned(),
                    kind,
                    form: Some(form),
                    head: Some(place.words[head]),
                })
            })
            .collect();
        mentions.sort_by_key(|mention| (mention.span.start, Reverse(mention.span.end)));
        // The inner mention of a coordination ("Ana and Orsk") has the outer one's head, so that both give one name.
        mentions.dedup_by(|inner, outer| {
            let same = inner.span == outer.span && inner.form == outer.form;
            if same {
                outer.label.clone_from(&inner.label);
                outer.kind = inner.kind;
            }
            same
        });
        let names: Vec<Span> = mentions
            .iter()
            .filter(|mention| mention.form == Some(MentionForm::Name))
            .map(|mention| mention.span)
            .collect();
        mentions.retain(|mention| {
            mention.form != Some(MentionForm::Name)
                || !names
                    .iter()
                    .any(|name| *name != mention.span && name.contains(mention.span))
        });
        gold.append(&mut mentions);
    }
    MentionDocument {
        id: document.id.clone(),
        set: set.to_owned(),
        sentences: raw.sentences.iter().map(|sentence| sentence.span).collect(),
        text: raw.text,
        gold,
    }
}

/// The words and the type of each entity of a sentence, by where they begin, and the number of its chain in the document.
pub fn entities(sentence: &TreebankSentence) -> Vec<(Range<usize>, &str, &str)> {
    let mut open: Vec<(&str, usize, &str)> = Vec::new();
    let mut found = Vec::new();
    for (number, word) in sentence.words.iter().enumerate() {
        let entry = word
            .misc
            .split('|')
            .find_map(|entry| entry.strip_prefix("Entity="));
        let mut rest = entry.unwrap_or("");
        while !rest.is_empty() {
            // What opens runs up to the next bracket: `(12-person-new-…(13-place-…)`, and what closes is `12)`.
            let opened = rest.strip_prefix('(');
            let inner = opened.unwrap_or(rest);
            let end = inner.find(['(', ')']).unwrap_or(inner.len());
            let (fields, after) = inner.split_at(end);
            let mut fields = fields.split('-');
            let id = fields.next().unwrap_or("");
            if opened.is_some() {
                open.push((id, number, fields.next().unwrap_or("")));
            }
            let closes = after.starts_with(')');
            if closes && let Some(at) = open.iter().rposition(|(opened, ..)| *opened == id) {
                let (_, begin, label) = open.remove(at);
                if !id.contains('[') {
                    found.push((begin..number + 1, label, id));
                }
            }
            rest = if closes { &after[1..] } else { after };
        }
    }
    found.sort_by_key(|(words, ..)| (words.start, Reverse(words.end)));
    found
}

/// The first word of a mention whose head lies outside it.
pub fn head(sentence: &TreebankSentence, words: &Range<usize>) -> Option<usize> {
    words.clone().find(|word| {
        let above = sentence.words[*word].head;
        above == 0 || !words.contains(&(above - 1))
    })
}

/// Form, kind and words of a mention; none for a phrase headed by a title or an office in capitals ("the President").
fn read_as(
    sentence: &TreebankSentence,
    words: &Range<usize>,
    head: usize,
    label: &str,
) -> Option<(MentionForm, Option<EntityKind>, Range<usize>)> {
    let word = &sentence.words[head];
    let kind = kind_of(label);
    if word.upos == "PRON" {
        return Some((MentionForm::Pronoun, kind, words.clone()));
    }
    if !is_proper(word) {
        return Some((MentionForm::Nominal, kind, words.clone()));
    }
    let name = name(sentence, words, head, label);
    if label != "person" {
        return Some((MentionForm::Name, kind, name));
    }
    if word.xpos == "NNPS" {
        // People named in the plural ("the Orremis") are a people or a family.
        return Some((MentionForm::Name, Some(EntityKind::Group), name));
    }
    let office = name.len() == 1
        && words.clone().any(|part| {
            sentence.words[part].head == head + 1
                && (sentence.words[part].deprel == "det" || is_of(sentence, part))
        });
    (!office).then_some((MentionForm::Name, kind, name))
}

/// The words of the name around a head.
fn name(
    sentence: &TreebankSentence,
    words: &Range<usize>,
    head: usize,
    label: &str,
) -> Range<usize> {
    let mut belongs: Vec<bool> = words
        .clone()
        .map(|word| part_of_name(sentence, words, word, head, label))
        .collect();
    // A case mark, an article or a hyphen belongs to the name where what it marks or joins does.
    let inside =
        |word: usize, belongs: &[bool]| words.contains(&word) && belongs[word - words.start];
    for word in words.clone() {
        let part = &sentence.words[word];
        let above = part.head.wrapping_sub(1);
        let joins = match part.deprel.as_str() {
            "case" => above != head && inside(above, &belongs),
            "det" => above != head && word > words.start && inside(above, &belongs),
            "punct" => {
                let close = word > words.start
                    && !sentence.words[word - 1].space_after
                    && !part.space_after;
                close && inside(word - 1, &belongs) && inside(word + 1, &belongs)
            }
            _ => false,
        };
        if joins {
            belongs[word - words.start] = true;
        }
    }
    let mut start = head;
    while start > words.start && inside(start - 1, &belongs) {
        start -= 1;
    }
    let mut end = head + 1;
    while end < words.end && inside(end, &belongs) {
        end += 1;
    }
    while start < head
        && matches!(
            sentence.words[start].deprel.as_str(),
            "case" | "det" | "punct"
        )
    {
        start += 1;
    }
    while end > head + 1
        && matches!(
            sentence.words[end - 1].deprel.as_str(),
            "case" | "det" | "punct"
        )
    {
        end -= 1;
    }
    start..end
}

/// Whether a word is the head of a name or hangs on it by relations that hold names together.
fn part_of_name(
    sentence: &TreebankSentence,
    words: &Range<usize>,
    word: usize,
    head: usize,
    label: &str,
) -> bool {
    let mut at = word;
    // A tree is no deeper than it has words.
    for _ in words.clone() {
        if at == head {
            return true;
        }
        let part = &sentence.words[at];
        let holds = match part.deprel.as_str() {
            "flat" | "goeswith" => true,
            "compound" | "amod" | "nmod:poss" | "nmod:unmarked" => is_proper(part),
            "nummod" => at > head,
            "nmod" => label != "person" && is_proper(part) && is_of(sentence, at),
            _ => false,
        };
        let above = part.head.wrapping_sub(1);
        if !holds || !words.contains(&above) {
            return false;
        }
        at = above;
    }
    false
}

fn is_proper(word: &TreebankWord) -> bool {
    word.upos == "PROPN" || word.xpos.starts_with("NNP")
}

/// Whether "of" stands before a word as its case mark.
fn is_of(sentence: &TreebankSentence, word: usize) -> bool {
    sentence.words.iter().any(|part| {
        part.head == word + 1 && part.deprel == "case" && part.form.eq_ignore_ascii_case("of")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence of `form xpos head relation entity` rows.
    fn mentions(
        rows: &[(&str, &str, usize, &str, &str)],
    ) -> Vec<(String, Option<EntityKind>, MentionForm)> {
        let mut file = "# newdoc id = x\n".to_owned();
        for ((form, xpos, head, deprel, entity), number) in rows.iter().zip(1..) {
            let upos = match *xpos {
                "NNP" | "NNPS" => "PROPN",
                "PRP" => "PRON",
                _ => "X",
            };
            let misc = if entity.is_empty() {
                "_".to_owned()
            } else {
                format!("Entity={entity}|MSeg=x")
            };
            file += &format!(
                "{number}\t{form}\t{form}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t{misc}\n"
            );
        }
        let read = read("gum", &Treebank::parse(&file).unwrap());
        read[0]
            .gold
            .iter()
            .map(|gold| {
                (
                    gold.span.slice(&read[0].text).to_owned(),
                    gold.kind,
                    gold.form.unwrap(),
                )
            })
            .collect()
    }

    #[test]
    fn a_name_loses_title_and_apposition() {
        let found = mentions(&[
            (
                "Dr.",
                "NNP",
                2,
                "nmod:desc",
                "(9-person-new-n-cf1-1,2,3-coref-Ana_Volt",
            ),
            ("Ana", "NNP", 0, "root", ""),
            ("Volt", "NNP", 2, "flat", ""),
            (",", ",", 5, "punct", ""),
            ("mayor", "NN", 2, "appos", "(9-person-giv:act-n-cf1-1-coref"),
            ("of", "IN", 7, "case", ""),
            (
                "Orsk",
                "NNP",
                5,
                "nmod",
                "(10-place-new-n-cf1-1-sgl-Orsk)9)9)",
            ),
        ]);
        assert_eq!(
            found,
            [
                (
                    "Ana Volt".to_owned(),
                    Some(EntityKind::Person),
                    MentionForm::Name
                ),
                (
                    "mayor of Orsk".to_owned(),
                    Some(EntityKind::Person),
                    MentionForm::Nominal
                ),
                (
                    "Orsk".to_owned(),
                    Some(EntityKind::Place),
                    MentionForm::Name
                ),
            ]
        );
    }

    #[test]
    fn a_name_keeps_of_and_drops_the_article() {
        let found = mentions(&[
            (
                "the",
                "DT",
                3,
                "det",
                "(1-organization-new-n-cf1-3-sgl(2-place-new-n)",
            ),
            ("United", "NNP", 3, "amod", ""),
            ("University", "NNP", 0, "root", ""),
            ("of", "IN", 6, "case", ""),
            ("the", "DT", 6, "det", ""),
            ("Orsk", "NNP", 3, "nmod", "(4-place-new-n-cf1-1-sgl)1)"),
            ("lost", "VBD", 3, "acl", ""),
            ("it", "PRP", 7, "obj", "(5-object-giv-n-cf1-1-ana)"),
        ]);
        assert_eq!(
            found
                .iter()
                .map(|(words, _, form)| (words.as_str(), *form))
                .collect::<Vec<_>>(),
            [
                ("the", MentionForm::Nominal),
                ("United University of the Orsk", MentionForm::Name),
                ("it", MentionForm::Pronoun),
            ]
        );
    }

    #[test]
    fn an_office_is_no_name_and_a_people_is_a_group() {
        let found = mentions(&[
            ("the", "DT", 2, "det", "(1-person-new-n-cf1-2-sgl"),
            ("President", "NNP", 0, "root", "1)"),
            ("met", "VBD", 2, "acl", ""),
            ("Orremis", "NNPS", 3, "obj", "(2-person-new-n-cf1-1-sgl)"),
        ]);
        assert_eq!(
            found,
            [(
                "Orremis".to_owned(),
                Some(EntityKind::Group),
                MentionForm::Name
            )]
        );
    }
}
