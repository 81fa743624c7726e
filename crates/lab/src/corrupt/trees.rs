//! Damaged copies of treebank sentences, and CoNLL-U written from them.
//!
//! A word that is left out hands its dependents to its head. It does not change tags, lemmas or relations of what stays.

use super::{Corruption, capitalised, is_article, respell};
use crate::mentions::folds::hash;
use crate::treebank::{SurfaceToken, TreebankDocument, TreebankSentence, TreebankWord};
use std::fmt::Write;

/// The copy of a document; sentences of which no word is left are left out.
pub fn corrupt_document(
    document: &TreebankDocument,
    corruption: Corruption,
    seed: u64,
) -> TreebankDocument {
    let key = hash(document.id.as_bytes(), seed);
    TreebankDocument {
        id: document.id.clone(),
        genre: document.genre.clone(),
        sentences: document
            .sentences
            .iter()
            .filter_map(|sentence| corrupt_sentence(sentence, corruption, key))
            .collect(),
    }
}

/// The copy of a sentence; none where no word is left. `key` sets apart the copies of different documents.
pub fn corrupt_sentence(
    sentence: &TreebankSentence,
    corruption: Corruption,
    key: u64,
) -> Option<TreebankSentence> {
    let words = &sentence.words;
    let copy = match corruption {
        Corruption::Plain => sentence.clone(),
        Corruption::Lower => respelt(sentence, |_, form| form.to_lowercase()),
        Corruption::Capitals => respelt(sentence, |_, form| form.to_uppercase()),
        Corruption::Headline => {
            let begins: Vec<bool> = (0..words.len())
                .map(|at| {
                    at == 0
                        || words[at - 1].space_after
                        || !words[at - 1].form.ends_with(char::is_alphanumeric)
                })
                .collect();
            let inside: Vec<bool> = continues(sentence);
            respelt(sentence, |at, form| {
                if begins[at] && !inside[at] {
                    capitalised(form)
                } else {
                    form.to_owned()
                }
            })
        }
        Corruption::Unpunctuated => without(sentence, |at| {
            let inside_word = at > 0
                && !words[at - 1].space_after
                && !words[at].space_after
                && words[at - 1].form.ends_with(char::is_alphanumeric)
                && words
                    .get(at + 1)
                    .is_some_and(|next| next.form.starts_with(char::is_alphanumeric));
            words[at].upos == "PUNCT" && !inside_word
        }),
        Corruption::Articleless => {
            let mut copy = without(sentence, |at| {
                words[at].upos == "DET" && is_article(&words[at].form)
            });
            let capital = words.first().is_some_and(|first| {
                first.upos == "DET"
                    && is_article(&first.form)
                    && first.form.starts_with(char::is_uppercase)
            });
            if capital && !copy.words.is_empty() {
                copy = respelt(&copy, |at, form| {
                    if at == 0 {
                        capitalised(form)
                    } else {
                        form.to_owned()
                    }
                });
            }
            copy
        }
        Corruption::Respelt => respelt(sentence, |at, form| {
            if words[at].upos == "PROPN" {
                respell::word(form, key)
            } else {
                form.to_owned()
            }
        }),
    };
    (!copy.words.is_empty()).then_some(copy)
}

/// Writes a document as CoNLL-U; of MISC only `SpaceAfter=No` is kept, since other entries may no longer hold.
pub fn write_conllu(document: &TreebankDocument) -> String {
    let mut file = format!("# newdoc id = {}\n", document.id);
    if !document.genre.is_empty() {
        // Writing to a string cannot fail.
        let _ = writeln!(file, "# meta::genre = {}", document.genre);
    }
    for sentence in &document.sentences {
        if sentence.starts_paragraph {
            file.push_str("# newpar\n");
        }
        let _ = writeln!(
            file,
            "# sent_id = {}\n# text = {}",
            sentence.id, sentence.text
        );
        let misc = |space_after: bool| if space_after { "_" } else { "SpaceAfter=No" };
        for token in &sentence.tokens {
            let several = token.words.len() > 1;
            if several {
                let space = misc(sentence.words[token.words.end - 1].space_after);
                let (first, last) = (token.words.start + 1, token.words.end);
                let _ = writeln!(
                    file,
                    "{first}-{last}\t{}\t_\t_\t_\t_\t_\t_\t_\t{space}",
                    token.form
                );
            }
            for at in token.words.clone() {
                let word = &sentence.words[at];
                let space = misc(several || word.space_after);
                let _ = writeln!(
                    file,
                    "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t_\t{space}",
                    at + 1,
                    word.form,
                    word.lemma,
                    word.upos,
                    word.xpos,
                    word.feats,
                    word.head,
                    word.deprel
                );
            }
        }
        file.push('\n');
    }
    file
}

/// For each word, whether it continues a surface token.
fn continues(sentence: &TreebankSentence) -> Vec<bool> {
    let mut inside = vec![false; sentence.words.len()];
    for token in &sentence.tokens {
        for at in token.words.clone().skip(1) {
            inside[at] = true;
        }
    }
    inside
}

/// The sentence with other forms, given each word's place and form; a surface token of several words changes as its
/// first word does where that is a change of case or of nothing.
fn respelt(
    sentence: &TreebankSentence,
    change: impl Fn(usize, &str) -> String,
) -> TreebankSentence {
    let mut copy = sentence.clone();
    for (at, word) in copy.words.iter_mut().enumerate() {
        word.form = change(at, &word.form);
    }
    for token in &mut copy.tokens {
        token.form = if token.words.len() == 1 {
            copy.words[token.words.start].form.clone()
        } else {
            change(token.words.start, &token.form)
        };
    }
    written(copy)
}

/// The sentence without some of its words. Dependents of a word left out go to its head; where the root is left out, the
/// first of its dependents that stays becomes the root, and the others hang on it.
fn without(sentence: &TreebankSentence, dropped: impl Fn(usize) -> bool) -> TreebankSentence {
    let words = &sentence.words;
    let out: Vec<bool> = (0..words.len()).map(dropped).collect();
    let mut numbers = Vec::with_capacity(words.len());
    let mut kept = 0;
    for out in &out {
        kept += usize::from(!out);
        numbers.push(kept);
    }
    // The nearest head that stays, 0 at the root; a chain of heads is no longer than the sentence.
    let head_of = |at: usize| {
        let mut head = words[at].head;
        for _ in words {
            if head == 0 || !out[head - 1] {
                break;
            }
            head = words[head - 1].head;
        }
        head
    };
    let root = (0..words.len()).find(|at| !out[*at] && head_of(*at) == 0);
    let mut copy = TreebankSentence {
        words: Vec::with_capacity(kept),
        tokens: Vec::new(),
        ..sentence.clone()
    };
    for token in &sentence.tokens {
        let start = copy.words.len();
        let last = token.words.end - 1;
        for at in token.words.clone() {
            if out[at] {
                // The blank after a mark that is left out parts the words around it.
                if words[at].space_after
                    && let Some(before) = copy.words.last_mut()
                {
                    before.space_after = true;
                }
                continue;
            }
            let head = head_of(at);
            let promoted = head == 0 && Some(at) == root;
            let (head, deprel) = if promoted {
                (0, "root".to_owned())
            } else if head == 0 {
                (
                    root.map_or(0, |root| numbers[root]),
                    words[at].deprel.clone(),
                )
            } else {
                (numbers[head - 1], words[at].deprel.clone())
            };
            copy.words.push(TreebankWord {
                head,
                deprel,
                ..words[at].clone()
            });
        }
        if copy.words.len() > start {
            let whole = copy.words.len() - start == last + 1 - token.words.start;
            let form = if whole {
                token.form.clone()
            } else {
                copy.words[start..]
                    .iter()
                    .map(|word| word.form.as_str())
                    .collect()
            };
            copy.tokens.push(SurfaceToken {
                form,
                words: start..copy.words.len(),
            });
        }
    }
    written(copy)
}

/// The sentence with its text written anew from its tokens.
fn written(mut sentence: TreebankSentence) -> TreebankSentence {
    let mut text = String::new();
    for token in &sentence.tokens {
        text.push_str(&token.form);
        if sentence.words[token.words.end - 1].space_after {
            text.push(' ');
        }
    }
    sentence.text = text.trim_end().to_owned();
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::treebank::Treebank;

    const FILE: &str = "# newdoc id = d\n# newpar\n# sent_id = d-1\n# text = The al-Salih don't say: “it is a Khan.”\n\
        1\tThe\tthe\tDET\tDT\t_\t4\tdet\t_\t_\n2\tal\tal\tPROPN\tNNP\t_\t4\tcompound\t_\tSpaceAfter=No\n\
        3\t-\t-\tPUNCT\tHYPH\t_\t4\tpunct\t_\tSpaceAfter=No\n4\tSalih\tSalih\tPROPN\tNNP\t_\t7\tnsubj\t_\t_\n\
        5-6\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n5\tdo\tdo\tAUX\tVBP\t_\t7\taux\t_\t_\n6\tn't\tnot\tPART\tRB\t_\t7\tadvmod\t_\t_\n\
        7\tsay\tsay\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n8\t:\t:\tPUNCT\t:\t_\t7\tpunct\t_\t_\n\
        9\t“\t\"\tPUNCT\t``\t_\t13\tpunct\t_\tSpaceAfter=No\n10\tit\tit\tPRON\tPRP\t_\t13\tnsubj\t_\t_\n\
        11\tis\tbe\tAUX\tVBZ\t_\t13\tcop\t_\t_\n12\ta\ta\tDET\tDT\t_\t13\tdet\t_\t_\n\
        13\tKhan\tKhan\tPROPN\tNNP\t_\t7\tccomp\t_\tSpaceAfter=No\n14\t.\t.\tPUNCT\t.\t_\t7\tpunct\t_\tSpaceAfter=No\n\
        15\t”\t\"\tPUNCT\t''\t_\t13\tpunct\t_\t_\n\n";

    fn copy(corruption: Corruption) -> TreebankSentence {
        let treebank = Treebank::parse(FILE).unwrap();
        corrupt_sentence(&treebank.documents[0].sentences[0], corruption, 1).unwrap()
    }

    #[test]
    fn texts_are_as_their_names_say() {
        assert_eq!(
            copy(Corruption::Plain).text,
            "The al-Salih don't say: “it is a Khan.”"
        );
        assert_eq!(
            copy(Corruption::Lower).text,
            "the al-salih don't say: “it is a khan.”"
        );
        assert_eq!(
            copy(Corruption::Capitals).text,
            "THE AL-SALIH DON'T SAY: “IT IS A KHAN.”"
        );
        assert_eq!(
            copy(Corruption::Headline).text,
            "The Al-Salih Don't Say: “It Is A Khan.”"
        );
        assert_eq!(
            copy(Corruption::Unpunctuated).text,
            "The al-Salih don't say it is a Khan"
        );
        assert_eq!(
            copy(Corruption::Articleless).text,
            "Al-Salih don't say: “it is Khan.”"
        );
        assert_ne!(copy(Corruption::Respelt).text, copy(Corruption::Plain).text);
    }

    #[test]
    fn words_keep_their_heads_under_new_numbers() {
        let sentence = copy(Corruption::Unpunctuated);
        let shown: Vec<(&str, usize)> = sentence
            .words
            .iter()
            .map(|word| (word.form.as_str(), word.head))
            .collect();
        assert_eq!(
            shown,
            [
                ("The", 4),
                ("al", 4),
                ("-", 4),
                ("Salih", 7),
                ("do", 7),
                ("n't", 7),
                ("say", 0),
                ("it", 11),
                ("is", 11),
                ("a", 11),
                ("Khan", 7),
            ]
        );
        assert_eq!(sentence.tokens[4].words, 4..6);
    }

    #[test]
    fn a_root_that_is_left_out_hands_its_place_on() {
        let file = "1\t*\t*\tPUNCT\t:\t_\t0\troot\t_\t_\n2\tOrsk\tOrsk\tPROPN\tNNP\t_\t1\tdep\t_\t_\n\
                    3\tfell\tfall\tVERB\tVBD\t_\t1\tparataxis\t_\t_\n\n1\t!\t!\tPUNCT\t.\t_\t0\troot\t_\t_\n\n";
        let treebank = Treebank::parse(file).unwrap();
        let document = corrupt_document(&treebank.documents[0], Corruption::Unpunctuated, 1);
        assert_eq!(document.sentences.len(), 1);
        let words = &document.sentences[0].words;
        assert_eq!((words[0].head, words[0].deprel.as_str()), (0, "root"));
        assert_eq!((words[1].head, words[1].deprel.as_str()), (1, "parataxis"));
    }

    #[test]
    fn what_is_written_reads_back() {
        let treebank = Treebank::parse(FILE).unwrap();
        let copy = corrupt_document(&treebank.documents[0], Corruption::Articleless, 1);
        let read = Treebank::parse(&write_conllu(&copy)).unwrap();
        assert_eq!(read.documents[0].sentences[0].text, copy.sentences[0].text);
        let forms = |document: &TreebankDocument| -> Vec<(String, usize, bool)> {
            let words = &document.sentences[0].words;
            words
                .iter()
                .map(|word| (word.form.clone(), word.head, word.space_after))
                .collect()
        };
        assert_eq!(forms(&read.documents[0]), forms(&copy));
        assert_eq!(read.documents[0].raw().text, copy.sentences[0].text);
    }
}
