//! What the model of acts looks at: the rules' answer, the cue's words, what stands around it, how the content begins, and its
//! first main clause.
//!
//! It does not know weights. The numbers are kept in `models/acts.bin`: a change here asks for new training.

use super::model::class;
use super::rules::Ruled;
use crate::attributions::{Attribution, SourceTokens, Tokens};
use crate::knowledge::{AUXILIARY, BE, MODAL, NEGATION};
use crate::view::View;
use syntax::Relation;
use syntax::linear::{Feature, FeatureList, hash_bytes};

/// So many words of a content are looked at.
const HEAD: usize = 14;

/// So many words before a cue, and after it.
const AROUND: usize = 4;

/// What the rules say, and whether they guess it from a modal in the content.
fn rules_say(class: usize, guessed: bool) -> Feature {
    Feature::of(1).with(class as u32).with(u32::from(guessed))
}

/// The feature of what the rules say where they do not guess, and of where they do.
pub(super) fn by_rules(class: usize) -> [u32; 2] {
    [false, true].map(|guessed| rules_say(class, guessed).finish())
}

/// Collects the features of an attribution.
pub(super) fn collect(
    view: &View,
    attribution: &Attribution,
    ruled: &Ruled,
    into: &mut FeatureList,
) {
    into.clear();
    let of = Feature::of;
    let word = |text: &str| hash_bytes(text.as_bytes());
    let lemma = |token: usize| word(&view.lemma(token));
    let entry = &view.knowledge.cues.entries[attribution.entry];
    let (cue, content) = (attribution.cue.clone(), attribution.content.first());
    let class = class((!ruled.is_withheld).then_some(ruled.act));
    let rule = class as u32;
    let by = ruled
        .why
        .last()
        .map_or(0, |why| word(why.rule.split(':').next().unwrap_or("")));
    let neutral = u32::from(ruled.is_neutral);
    let is_listed = u32::from(!entry.lemma.is_empty());
    let listed = ruled.cue_act as u32 + 16 * neutral;
    into.add(of(26).with(listed).with(is_listed));
    for stance in &ruled.stances {
        let length = stance.length.min(3) as u32;
        into.add(of(27).with(stance.acts.into()).with(is_listed));
        into.add(of(28).with(stance.acts.into()).with(length));
        into.add(of(29).with(stance.acts.into()).with(rule));
    }
    if ruled.stances.is_empty() {
        into.add(of(27).with(is_listed));
    }
    into.add(of(0));
    let guessed = ruled.why.last().is_some_and(|why| {
        ["performed:future", "performed:must", "performed:forecast"].contains(&why.rule.as_str())
    });
    into.add(rules_say(class, guessed));
    into.add(of(2).with(listed));
    into.add(of(3).with(rule).with(listed).with(by));
    into.add(of(4).with(word(&entry.lemma)));
    into.add(of(5).with(word(&entry.lemma)).with(rule));
    let opening = opening(view, &cue, content);
    into.add(of(6).with(opening).with(neutral));
    into.add(of(7).with(opening).with(listed));
    into.add(of(8).with(opening).with(word(&entry.lemma)));
    let mut negated = 0;
    for token in cue.clone() {
        let text = view.lemma(token);
        let lemma = word(&text);
        let plain = !view.is(token, AUXILIARY | BE | MODAL);
        into.add(of(9).with(lemma));
        into.add(of(10).with(word(view.lower(token))));
        if plain {
            into.add(of(11).with(lemma).with(word(view.xpos(token))));
            into.add(of(12).with(lemma).with(opening));
            for length in 3..=5 {
                if let Some(start) = text.get(..length) {
                    into.add(of(13).with(word(start)));
                }
                if let Some(end) = text
                    .len()
                    .checked_sub(length)
                    .and_then(|from| text.get(from..))
                {
                    into.add(of(14).with(word(end)));
                }
            }
            // What the lexicon says of each word, also where another word of the cue decided.
            for form in view.knowledge.cues.starting(view.lower(token)) {
                let other = &view.knowledge.cues.entries[form.entry];
                into.add(
                    of(15)
                        .with(other.act as u32)
                        .with(u32::from(other.tail.is_empty())),
                );
            }
        }
        negated |= u32::from(view.is(token, NEGATION));
    }
    into.add(of(16).with(cue.len().min(6) as u32));
    for pair in cue.clone().zip(cue.start + 1..cue.end) {
        into.add(of(17).with(lemma(pair.0)).with(lemma(pair.1)));
    }
    let sentence = view.sentence_around(cue.start).unwrap_or(cue.clone());
    for (away, token) in (sentence.start..cue.start).rev().take(AROUND).enumerate() {
        into.add(of(18).with(word(view.lower(token))));
        into.add(
            of(19)
                .with(word(view.lower(token)))
                .with(away as u32)
                .with(listed),
        );
        if away < 3 {
            negated |= 2 * u32::from(view.is(token, NEGATION));
            if view.is(token, MODAL) {
                into.add(of(20).with(word(view.lower(token))).with(listed));
            }
        }
    }
    for (away, token) in (cue.end..sentence.end).take(AROUND).enumerate() {
        into.add(of(21).with(word(view.lower(token))).with(away as u32));
        into.add(of(22).with(lemma(token)).with(listed));
    }
    into.add(of(23).with(negated).with(listed));
    into.add(of(24).with(negated).with(rule));
    let quoted = u32::from(view.quote(cue.start).is_some());
    into.add(of(25).with(quoted).with(neutral));
    source(view, attribution, listed, into);
    if let Some(content) = content {
        said(view, content, neutral, listed, into);
    }
}

/// How a content begins: its first word where that is a small word, else its tag.
fn opening(view: &View, cue: &Tokens, content: Option<&Tokens>) -> u32 {
    let Some(content) = content else { return 1 };
    if content.start < cue.start {
        return 2 + u32::from(view.quote(content.start).is_some());
    }
    if view.quote(content.start).is_some() {
        return 4;
    }
    let word = view.lower(content.start);
    match word {
        "that" | "to" | "if" | "whether" | "why" | "who" | "what" | "how" | "where" | "when"
        | "as" | "for" | "of" | "on" | "not" | "it" => hash_bytes(word.as_bytes()),
        _ => hash_bytes(view.xpos(content.start).as_bytes()),
    }
}

fn source(view: &View, attribution: &Attribution, listed: u32, into: &mut FeatureList) {
    let of = Feature::of;
    let (kind, tokens) = match &attribution.source {
        SourceTokens::Stated(tokens) => (0, tokens.clone()),
        SourceTokens::Shared(tokens) => (1, tokens.clone()),
        SourceTokens::Relative { pronoun, .. } => (2, *pronoun..pronoun + 1),
        SourceTokens::Elided => (3, 0..0),
        SourceTokens::Nobody => (4, 0..0),
    };
    into.add(of(30).with(kind));
    if let Some(first) = tokens.clone().next() {
        let first = hash_bytes(view.lower(first).as_bytes());
        into.add(of(31).with(first).with(listed));
        let last = hash_bytes(view.lemma(tokens.end - 1).as_bytes());
        into.add(of(32).with(last));
    }
}

/// The first main clause of a content, by the tree.
struct MainClause {
    /// Its predicate.
    root: usize,
    subject: Option<usize>,
    /// A hash of the modal verb or of "to"; 0 for none.
    modal: u32,
    /// Of the other auxiliaries, by lemma; 0 for none.
    auxiliaries: u32,
    negated: u32,
    object: Option<usize>,
    /// The clause that completes the predicate: "want to leave".
    complement: Option<usize>,
    /// The sentence of the content in which it stands.
    sentence: Tokens,
}

impl MainClause {
    fn of(view: &View, content: &Tokens) -> Option<Self> {
        let first = content.clone().find(|token| view.is_word(*token))?;
        let sentence = view.sentence_around(first)?;
        let sentence = first..sentence.end.min(content.end);
        let has_head = |token: usize| {
            view.head(token)
                .is_some_and(|head| sentence.contains(&head))
        };
        let root = (sentence.clone()).find(|token| view.is_word(*token) && !has_head(*token))?;
        let mut clause = Self {
            root,
            subject: None,
            modal: 0,
            auxiliaries: 0,
            negated: 0,
            object: None,
            complement: None,
            sentence: sentence.clone(),
        };
        for child in sentence.filter(|token| view.head(*token) == Some(root)) {
            let set = |place: &mut Option<usize>| *place = place.or(Some(child));
            match view.relation(child) {
                Relation::Nsubj | Relation::NsubjPass | Relation::Expl | Relation::Csubj => {
                    set(&mut clause.subject);
                }
                Relation::Obj => set(&mut clause.object),
                Relation::Xcomp | Relation::Ccomp => set(&mut clause.complement),
                Relation::Aux | Relation::AuxPass | Relation::Cop => {
                    if matches!(view.xpos(child), "MD" | "TO") {
                        clause.modal = hash_bytes(view.lower(child).as_bytes());
                    } else {
                        let lemma = hash_bytes(view.lemma(child).as_bytes());
                        clause.auxiliaries = clause.auxiliaries.wrapping_add(lemma);
                    }
                }
                _ => {}
            }
            clause.negated |= u32::from(view.is(child, NEGATION));
        }
        Some(clause)
    }

    /// Whose deed it tells of.
    fn person(&self, view: &View) -> u32 {
        let Some(subject) = self.subject else {
            return 0;
        };
        match view.lower(subject) {
            "i" => 1,
            "we" => 2,
            "you" => 3,
            "he" | "she" => 4,
            "they" => 5,
            "it" | "this" | "that" | "these" | "those" => 6,
            "there" => 7,
            "what" | "who" | "which" => 8,
            _ if view.xpos(subject).starts_with("NNP") => 9,
            _ => 10,
        }
    }

    fn collect(&self, view: &View, neutral: u32, listed: u32, into: &mut FeatureList) {
        let of = |number: u32| Feature::of(number).with(neutral);
        let word = |token: usize| hash_bytes(view.lemma(token).as_bytes());
        let (lemma, tag) = (word(self.root), hash_bytes(view.xpos(self.root).as_bytes()));
        let (person, modal, negated) = (self.person(view), self.modal, self.negated);
        into.add(of(60).with(lemma));
        into.add(of(61).with(tag).with(person));
        into.add(of(62).with(modal).with(person));
        into.add(of(63).with(modal).with(negated).with(listed));
        into.add(of(64).with(lemma).with(person));
        into.add(of(65).with(lemma).with(modal));
        into.add(
            (of(66).with(modal).with(person))
                .with(negated)
                .with(self.auxiliaries),
        );
        if let Some(subject) = self.subject.map(word) {
            into.add(of(67).with(subject));
            into.add(of(68).with(subject).with(modal));
        }
        if let Some(object) = self.object.map(word) {
            into.add(of(69).with(object).with(lemma));
        }
        if let Some(complement) = self.complement.map(word) {
            into.add(of(70).with(lemma).with(person));
            into.add(of(71).with(lemma).with(complement));
        }
        let opens = u32::from(self.sentence.start == self.root);
        into.add(of(72).with(opens).with(tag));
        let mut stances = Vec::new();
        let phrase = self.root..(self.root + 4).min(self.sentence.end);
        (view.knowledge.stances).in_sentence(view, &phrase, &mut stances);
        if let Some((_, stance)) = stances.first().filter(|(token, _)| *token == self.root) {
            into.add(of(73).with(*stance).with(person));
            into.add((of(74).with(*stance).with(negated)).with(u32::from(modal != 0)));
        }
    }
}

/// What is said, as far as its beginning goes.
fn said(view: &View, content: &Tokens, neutral: u32, listed: u32, into: &mut FeatureList) {
    let of = Feature::of;
    let word = |text: &str| hash_bytes(text.as_bytes());
    let head = content.start..content.end.min(content.start + HEAD);
    let first = head.clone().find(|token| view.is_word(*token));
    if let Some(first) = first {
        into.add(of(40).with(word(view.lower(first))).with(neutral));
        into.add(of(41).with(word(view.xpos(first))).with(neutral));
    }
    let verb = head
        .clone()
        .find(|token| view.is_tagged_finite(*token) || matches!(view.xpos(*token), "VB" | "TO"));
    if let Some(verb) = verb {
        into.add(of(42).with(word(view.lower(verb))).with(neutral));
        into.add(of(43).with(word(view.xpos(verb))).with(neutral));
        let subject = word(view.lower(verb.saturating_sub(1)));
        into.add(
            of(44)
                .with(subject)
                .with(word(view.xpos(verb)))
                .with(neutral),
        );
        let next = (verb + 1..content.end).find(|token| view.xpos(*token).starts_with("VB"));
        if let Some(next) = next {
            into.add(
                of(45)
                    .with(word(&view.lemma(next)))
                    .with(word(view.lower(verb))),
            );
        }
    }
    for token in head.clone() {
        let lemma = word(&view.lemma(token));
        into.add(of(46).with(lemma).with(neutral));
        if view.is(token, NEGATION) {
            into.add(of(47).with(neutral));
        }
    }
    if let Some(clause) = MainClause::of(view, content) {
        clause.collect(view, neutral, listed, into);
    }
    let judged = |good: bool| {
        let words = content.clone().take(2 * HEAD);
        let stances = &view.knowledge.stances;
        let judging = words.filter(|token| stances.judgement(view, *token) == Some(good));
        judging.count().min(2) as u32
    };
    into.add(of(51).with(judged(true)).with(judged(false)).with(listed));
    let last = view.lower(content.end.saturating_sub(1));
    let asks = content
        .clone()
        .take(40)
        .any(|token| view.lower(token).starts_with('?'));
    into.add(of(48).with(u32::from(asks)).with(neutral));
    into.add(of(49).with(u32::from(last.starts_with('!'))).with(neutral));
    into.add(of(50).with(content.len().min(12) as u32).with(neutral));
}
