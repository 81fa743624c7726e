//! The act of an attribution by rules: the cue's own, turned by negation and refusal, or what the content performs under a
//! neutral cue.
//!
//! It knows the cue lexicon and `acts.txt`; it does not know whom the source names, nor what was learnt from labelled cues.
//! The rulings stand in `gold/acts.guidelines.md`.

use super::stances::{self, Stance};
use crate::attributions::{Attribution, SourceTokens, Tokens};
use crate::cues::{CueEntry, Inflection};
use crate::knowledge::{AUXILIARY, BE, NEGATION, sections};
use crate::view::View;
use crate::{Act, Why};
use std::collections::HashMap;

/// The sections of `acts.txt`.
#[derive(Debug, Clone, Default)]
pub(crate) struct ActLexicon {
    sections: HashMap<String, Vec<String>>,
}

impl ActLexicon {
    pub(crate) fn parse(file: &str) -> Self {
        let spelt = |words: Vec<String>| words.iter().map(|word| word.replace('_', " ")).collect();
        let sections = sections(file).into_iter();
        Self {
            sections: sections.map(|(name, words)| (name, spelt(words))).collect(),
        }
    }

    fn words(&self, section: &str) -> &[String] {
        self.sections.get(section).map_or(&[], Vec::as_slice)
    }

    fn has(&self, section: &str, words: &str) -> bool {
        self.words(section).iter().any(|known| known == words)
    }

    /// Whether a word is a form of one of a section's one-word verbs.
    fn has_verb(&self, section: &str, word: &str) -> bool {
        self.words(section).iter().any(|verb| is_form(word, verb))
    }
}

/// So many sentences of a content are looked at.
const MOST_SENTENCES: usize = 8;

/// Whether a word is a regular form of a verb.
fn is_form(word: &str, verb: &str) -> bool {
    let Some(rest) = word.strip_prefix(verb) else {
        let stem = verb.strip_suffix('e').or_else(|| verb.strip_suffix('y'));
        return stem.is_some_and(|stem| {
            let rest = word.strip_prefix(stem);
            rest.is_some_and(|rest| matches!(rest, "ing" | "ed" | "ies" | "ied"))
        });
    };
    let doubled = rest
        .strip_prefix(|last| verb.ends_with(last))
        .unwrap_or(rest);
    matches!(rest, "" | "s" | "es" | "d" | "ed" | "ing") || matches!(doubled, "ed" | "ing")
}

/// What the rules make of a cue.
pub(super) struct Ruled {
    pub(super) act: Act,
    /// The source does not do it: "did not say", "declined to comment".
    pub(super) is_withheld: bool,
    /// What decided.
    pub(super) why: Vec<Why>,
    /// Of the cue's words alone.
    pub(super) cue_act: Act,
    /// The cue only tells that something was said.
    pub(super) is_neutral: bool,
    pub(super) stances: Vec<Stance>,
}

fn is_quoted(view: &View, attribution: &Attribution) -> bool {
    let mut content = attribution.content.iter();
    content.any(|content| view.quote(content.start).is_some())
}

/// The act of an attribution by the cue lexicon and the rules.
pub(super) fn ruled(view: &View, attribution: &Attribution) -> Ruled {
    let entry = &view.knowledge.cues.entries[attribution.entry];
    let stances = view.knowledge.stances.of(view, &attribution.cue);
    let is_listed = !entry.lemma.is_empty();
    // A phrase says more than the word in it that is listed: "swore vengeance".
    let known = entry
        .lemma
        .split(' ')
        .filter(|word| !word.is_empty())
        .count();
    let by_words = stances::act(&stances, known + 1);
    let reader = ActReader {
        view,
        lexicon: &view.knowledge.acts,
        attribution,
        entry,
        act: by_words.unwrap_or(entry.act),
        is_neutral: if is_listed && by_words.is_none() {
            view.knowledge.acts.has("neutral", &entry.lemma)
        } else {
            // A word that nobody listed tells no more than that something was said where what it tells is quoted.
            by_words.is_none() && is_quoted(view, attribution)
        },
    };
    let words = if is_listed {
        entry.lemma.clone()
    } else {
        view.phrase(attribution.cue.clone())
    };
    let mut why = vec![Why {
        rule: format!("cue:{words}"),
        spans: vec![view.span(attribution.cue.clone())],
        note: format!("“{words}” {}", reader.act),
    }];
    if let Some(turned) = reader.negated() {
        let note = match turned.act {
            Some(act) => format!("the cue is negated: its source {act}"),
            None => "the cue is negated, so that its source commits to nothing".to_string(),
        };
        let rule = if turned.act.is_some() {
            "turned-cue"
        } else {
            "negated-cue"
        };
        why.push(Why {
            rule: rule.into(),
            spans: vec![view.span(turned.by)],
            note,
        });
        return Ruled {
            act: turned.act.unwrap_or(reader.act),
            is_withheld: turned.act.is_none(),
            why,
            cue_act: reader.act,
            is_neutral: reader.is_neutral,
            stances,
        };
    }
    let by = |rule: &'static str| move |(act, tokens)| Performed { act, tokens, rule };
    let performed = if reader.is_neutral {
        reader.performed()
    } else {
        (reader.threatened().map(by("threatened")))
            .or_else(|| reader.subjunctive().map(by("subjunctive")))
            .or_else(|| reader.asked().map(by("asked")))
    };
    let performed = performed.filter(|performed| performed.act != reader.act);
    let act = performed
        .as_ref()
        .map_or(reader.act, |performed| performed.act);
    why.extend(performed.map(|performed| Why {
        rule: performed.rule.into(),
        spans: vec![view.span(performed.tokens)],
        note: format!("by these words of its content the source {act}"),
    }));
    Ruled {
        act,
        is_withheld: false,
        why,
        cue_act: reader.act,
        is_neutral: reader.is_neutral,
        stances,
    }
}

/// What a content does in so many words.
struct Performed {
    act: Act,
    tokens: Tokens,
    rule: &'static str,
}

/// A negation, and what it makes of the act; nothing where it is not done at all.
struct Turned {
    act: Option<Act>,
    by: Tokens,
}

struct ActReader<'r, 'v> {
    view: &'r View<'v>,
    lexicon: &'r ActLexicon,
    attribution: &'r Attribution,
    entry: &'r CueEntry,
    /// Of the cue's words alone.
    act: Act,
    /// The content may perform another act.
    is_neutral: bool,
}

impl ActReader<'_, '_> {
    /// What a negation, a refusal or a source that is nobody makes of the cue.
    fn negated(&self) -> Option<Turned> {
        let view = self.view;
        let cue = self.attribution.cue.clone();
        let neither = cue.clone().any(|token| view.lower(token) == "nor")
            && self.lexicon.has_any_word("commits", view, &cue);
        if neither {
            return Some(Turned {
                act: Some(Act::Doubts),
                by: cue,
            });
        }
        if let Some(refusal) = self.refusal() {
            let act = match () {
                () if self.is_of("commits") => Some(Act::Doubts),
                () if self.is_of("speaks") => None,
                () if matches!(self.act, Act::Denies | Act::Doubts) => Some(Act::Asserts),
                () => Some(Act::Denies),
            };
            return Some(Turned { act, by: refusal });
        }
        let negation = self.negation()?;
        let by = negation..negation + 1;
        let act = match self.act {
            Act::Denies | Act::Doubts => Some(Act::Asserts),
            Act::Praises => Some(Act::Condemns),
            Act::Condemns if self.has_present_negation(negation) => Some(Act::Praises),
            Act::Predicts | Act::Demands if self.has_present_negation(negation) => Some(self.act),
            _ if self.is_of("commits") => Some(Act::Doubts),
            _ if self.is_of("consents") => Some(Act::Denies),
            _ => None,
        };
        Some(Turned { act, by })
    }

    /// Whether the cue stands in a section; of one that the cue lexicon does not list, any of its words ("is not certain").
    fn is_of(&self, section: &str) -> bool {
        if !self.entry.lemma.is_empty() {
            return self.lexicon.has(section, &self.entry.lemma);
        }
        let mut words = self.attribution.cue.clone();
        words.any(|token| self.lexicon.has(section, &self.view.lemma(token)))
    }

    /// "does not", "do not", "did not": as opposed to "has not", which tells that the deed is not done.
    fn has_present_negation(&self, negation: usize) -> bool {
        let word = self.view.lower(negation);
        let before = self.view.lower(negation.saturating_sub(1));
        matches!(
            before,
            "do" | "does" | "did" | "is" | "are" | "was" | "were"
        ) || ["don", "doesn", "didn", "isn", "aren", "wasn", "weren"]
            .iter()
            .any(|start| word.starts_with(start))
    }

    /// "refused to", "declined to" right before the cue or in it.
    fn refusal(&self) -> Option<Tokens> {
        let cue = self.attribution.cue.clone();
        let near = cue.start.saturating_sub(3)..cue.end;
        near.clone().find_map(|token| {
            let to = token + 1;
            let refuses = self.lexicon.has_verb("refuses", self.view.lower(token))
                && self.view.lower(to) == "to"
                && to < cue.end
                && !self
                    .entry
                    .lemma
                    .split(' ')
                    .any(|word| self.lexicon.has("refuses", word));
            refuses.then_some(token..to)
        })
    }

    /// The word that negates a cue: "did not say", "would never admit", "no party said".
    fn negation(&self) -> Option<usize> {
        let view = self.view;
        let cue = self.attribution.cue.clone();
        let group = crate::phrases::group_start(view, cue.start.saturating_sub(6), cue.start);
        // "pleaded not guilty" is a cue with a negation of its own.
        let own = &self.entry.tail;
        let before = (group..cue.end).find(|token| {
            let word = view.lower(*token);
            view.is(*token, NEGATION)
                && word != "no"
                && !(cue.contains(token) && own.iter().any(|other| other == word))
        });
        before.or_else(|| match &self.attribution.source {
            SourceTokens::Stated(tokens) => {
                let first = view.lower(tokens.start);
                let nobody = matches!(first, "no" | "nobody" | "none" | "neither")
                    || first == "few" && !view.lower(tokens.start + 1).is_empty();
                nobody.then_some(tokens.start)
            }
            SourceTokens::Relative { .. }
            | SourceTokens::Shared(_)
            | SourceTokens::Elided
            | SourceTokens::Nobody => None,
        })
    }

    /// A promise or a warning of harm by the source itself.
    fn threatened(&self) -> Option<(Act, Tokens)> {
        let warns = matches!(
            self.entry.lemma.as_str(),
            "warn" | "caution" | "serve notice"
        );
        if self.act != Act::Promises && !warns {
            return None;
        }
        let content = self.attribution.content.first()?.clone();
        let head = content.start..content.end.min(content.start + 12);
        let harm = self.harm(&head)?;
        let spared = (head.start..harm.start).any(|token| {
            self.view.is(token, NEGATION)
                || matches!(
                    self.view.lower(token),
                    "nobody" | "stop" | "end" | "without"
                )
        });
        // "warned that the rebels would attack" is a forecast: the harm is another's.
        let own = !warns
            || self
                .modal(&head)
                .is_some_and(|modal| self.is_own(&content, modal));
        (own && !spared).then_some((Act::Threatens, harm))
    }

    /// "suggested that the prisoners be exchanged": a plain verb where a finite one would stand.
    fn subjunctive(&self) -> Option<(Act, Tokens)> {
        let view = self.view;
        let content = self.attribution.content.first()?.clone();
        let first = content.clone().find(|token| {
            view.is_tagged_finite(*token) || matches!(view.xpos(*token), "VB" | "TO")
        })?;
        let plain = view.xpos(first) == "VB" && first > content.start + 1;
        (self.lexicon.has("suggests", &self.entry.lemma) && plain)
            .then_some((Act::Demands, first..first + 1))
    }

    /// "questioned why they had left", as opposed to "questioned the count".
    fn asked(&self) -> Option<(Act, Tokens)> {
        let first = self.attribution.content.first()?.start;
        let word = self.view.lower(first);
        let asks = matches!(
            word,
            "why" | "who" | "how" | "where" | "when" | "what" | "which" | "whose"
        );
        if !self.lexicon.has("questions", &self.entry.lemma) {
            return None;
        }
        if asks {
            return Some((Act::Asks, first..first + 1));
        }
        let sentence = self.sentences().into_iter().next()?;
        self.question(&self.without_opening(sentence))
    }

    /// What the content does in so many words, by which rule: its first main clause, or a later sentence that says so of
    /// itself.
    fn performed(&self) -> Option<Performed> {
        let mut later = None;
        let by = |rule: &'static str| move |(act, tokens)| Performed { act, tokens, rule };
        let sentences = self.sentences();
        let count = sentences.len();
        for (index, sentence) in sentences.into_iter().enumerate() {
            let sentence = self.without_opening(sentence);
            let clause = self.main_clause(&sentence);
            let of_itself = || {
                let denial = self.said_of_sayings(&clause).map(by("performed:denial"));
                denial.or_else(|| {
                    let own = self.first_person(&sentence);
                    own.map(by("performed:first-person"))
                })
            };
            if index == 0 {
                // A question that its speaker goes on from is rhetorical.
                let asked = self.question(&sentence).filter(|_| count == 1);
                let first = (asked.map(by("performed:question")))
                    .or_else(of_itself)
                    .or_else(|| self.demanded(&sentence).map(by("performed:must")))
                    .or_else(|| self.imperative(&clause).map(by("performed:imperative")))
                    .or_else(|| self.with_modal(&clause).map(by("performed:future")))
                    .or_else(|| self.blame(&clause).map(by("performed:blame")))
                    .or_else(|| self.uncertain(&clause).map(by("performed:doubt")));
                if first.is_some() {
                    return first;
                }
            } else {
                later = later.or_else(of_itself);
            }
            later = later.or_else(|| self.foretold(&sentence).map(by("performed:forecast")));
        }
        later
    }

    /// The sentences of the content, within each of its parts.
    fn sentences(&self) -> Vec<Tokens> {
        let mut sentences = Vec::new();
        for part in &self.attribution.content {
            let mut start = part.start;
            for token in part.clone() {
                if self.view.is_stop(token) {
                    sentences.push(start..token + 1);
                    start = token + 1;
                }
            }
            if start < part.end {
                sentences.push(start..part.end);
            }
        }
        sentences.retain(|sentence| sentence.clone().any(|token| self.view.is_word(token)));
        sentences.truncate(MOST_SENTENCES);
        sentences
    }

    /// A content without the quotation mark or "that" before it.
    fn without_opening(&self, content: Tokens) -> Tokens {
        let mut start = content.start;
        while start < content.end
            && (self.view.is_quote_mark(start)
                || matches!(
                    self.view.lower(start),
                    "that" | ":" | "," | "and" | "but" | "so"
                ))
        {
            start += 1;
        }
        start..content.end
    }

    /// The first main clause: not what an "if" or "when" opens, and not what an "and" with a new verb adds.
    fn main_clause(&self, content: &Tokens) -> Tokens {
        let view = self.view;
        let mut start = content.start;
        if matches!(
            view.lower(start),
            "if" | "when" | "unless" | "once" | "until" | "while" | "as" | "should"
        ) {
            let comma = (start..content.end).find(|token| view.is_comma(*token));
            start = comma.map_or(start, |comma| comma + 1);
        }
        let stop = |token: &usize| {
            view.is_stop(*token)
                || view.lower(*token) == ";"
                || view.is_comma(*token) && matches!(view.lower(token + 1), "and" | "but")
                || matches!(view.lower(*token), "and" | "but") && view.is_tagged_finite(token + 1)
        };
        let end = (start + 1..content.end).find(stop).unwrap_or(content.end);
        start..end
    }

    /// A question that wants an answer.
    fn question(&self, content: &Tokens) -> Option<(Act, Tokens)> {
        let view = self.view;
        let sentence_end = (content.start..content.end).find(|token| view.is_stop(*token))?;
        if !view.lower(sentence_end).starts_with('?') {
            return None;
        }
        let first = view.lower(content.start);
        let rhetorical =
            view.lower(content.start + 1) == "this" || view.lower(content.start + 1) == "else";
        let asks = matches!(
            first,
            "who"
                | "what"
                | "when"
                | "where"
                | "why"
                | "how"
                | "which"
                | "whose"
                | "did"
                | "do"
                | "does"
                | "is"
                | "are"
                | "was"
                | "were"
                | "has"
                | "have"
                | "had"
                | "can"
                | "could"
                | "will"
                | "would"
                | "may"
        );
        (asks && !rhetorical).then_some((Act::Asks, sentence_end..sentence_end + 1))
    }

    /// "That is not true", "a lie", "baseless": said of what others said.
    fn said_of_sayings(&self, clause: &Tokens) -> Option<(Act, Tokens)> {
        let found = self.phrase_of("denial", clause)?;
        let said = (clause.start..found.start).any(|token| {
            self.view.is(token, crate::knowledge::CLAIM_NOUN)
                || matches!(
                    self.view.lower(token),
                    "that" | "this" | "it" | "there" | "these" | "those" | "they" | "is"
                )
        });
        let negated = found.start > clause.start
            && self.view.is(found.start - 1, NEGATION)
            && !self.view.lower(found.start).starts_with("not");
        (said && !negated).then_some((Act::Denies, found))
    }

    /// "We condemn", "I support" in a quotation, "that he was grateful" in a report: of oneself, in the present of what is said,
    /// it is done by saying so.
    fn first_person(&self, clause: &Tokens) -> Option<(Act, Tokens)> {
        let view = self.view;
        let reported = matches!(view.lower(clause.start), "he" | "she" | "they" | "it")
            && view.quote(clause.start).is_none();
        let own = if reported {
            clause.start
        } else {
            (clause.clone()).find(|token| matches!(view.lower(*token), "we" | "i"))?
        };
        let verb = (own + 1..clause.end.min(own + 5)).find(|verb| {
            !view.is_adverb(*verb)
                && !view.is(*verb, AUXILIARY)
                && !view.is(*verb, NEGATION)
                && !matches!(view.lower(*verb), "also" | "must" | "would" | "like" | "to")
        })?;
        let negated = (own + 1..verb).any(|inner| view.is(inner, NEGATION));
        let past = |token: usize| matches!(view.lower(token), "had" | "did" | "were" | "was");
        let ahead = |token: usize| matches!(view.lower(token), "will" | "ll" | "'ll" | "’ll");
        let is_now = (own + 1..verb).all(|inner| !ahead(inner) && (reported || !past(inner)))
            && !(own + 1..verb).any(|inner| view.lower(inner) == "had");
        if !is_now {
            return None;
        }
        let act = match self.done_now(verb, reported)? {
            (
                act @ (Act::Condemns
                | Act::Denies
                | Act::Praises
                | Act::Promises
                | Act::Demands
                | Act::Accuses
                | Act::Doubts),
                _,
            ) if !negated => act,
            (Act::Praises, _) => Act::Condemns,
            (_, lemma) if negated && self.lexicon.has("commits", &lemma) => Act::Doubts,
            (_, lemma) if negated && self.lexicon.has("consents", &lemma) => Act::Denies,
            _ => return None,
        };
        Some((act, own..verb + 1))
    }

    /// The act of a verb or an adjective in somebody's own mouth, with its lemma.
    fn done_now(&self, verb: usize, reported: bool) -> Option<(Act, String)> {
        let view = self.view;
        let forms = view.knowledge.cues.starting(view.lower(verb)).iter();
        let listed = forms
            // What one does by saying so is said in the present: "we condemn", not "we condemned".
            .filter(|form| reported || form.inflection == Inflection::Base)
            .map(|form| &view.knowledge.cues.entries[form.entry])
            .find(|entry| entry.tail.is_empty() && !entry.takes("weak"));
        if let Some(entry) = listed {
            return Some((entry.act, entry.lemma.clone()));
        }
        let tag = view.xpos(verb);
        let attitude = view.is(verb - 1, BE) && matches!(tag, "JJ" | "VBN") || tag == "VBP";
        let stances = view.knowledge.stances.of(view, &(verb..verb + 1));
        let act = stances::act(&stances, 1).filter(|_| attitude)?;
        Some((act, view.lemma(verb)))
    }

    /// "Stop the shelling", "let us go": a quotation that begins with a plain verb.
    fn imperative(&self, clause: &Tokens) -> Option<(Act, Tokens)> {
        let view = self.view;
        let first = clause.start;
        let plain = |token: usize| view.xpos(token) == "VB";
        let opens = view.quote(first).is_some() || view.lower(first.saturating_sub(1)) == ":";
        let dont = matches!(view.lower(first), "don't" | "don’t")
            || view.lower(first) == "do" && view.is(first + 1, NEGATION);
        let let_us = matches!(view.lower(first), "let" | "please");
        let orders = opens && (plain(first) || dont || let_us);
        let hails = self.lexicon.has("hails", view.lower(first));
        (orders && !hails && first + 1 < clause.end).then_some((Act::Demands, first..first + 1))
    }

    /// "must", "should": somebody is to act.
    fn demanded(&self, sentence: &Tokens) -> Option<(Act, Tokens)> {
        use crate::knowledge::{RELATIVE, SUBORDINATOR};
        let view = self.view;
        let must = self.phrase_of("must", sentence)?;
        // "must have rained", "must be right" guess; what stands in a relative clause is another matter.
        let guess = view.lower(must.end) == "have"
            || view.lower(must.start) == "must"
                && view.lower(must.end) == "be"
                && view.xpos(must.end + 1) != "VBN";
        // "I have always said that it must": one's own words, told by oneself.
        let own_words = |that: usize| {
            self.lexicon.has("neutral", &view.lemma(that - 1))
                && (sentence.start..that).any(|own| matches!(view.lower(own), "i" | "we"))
        };
        let apart = (sentence.start..must.start).any(|before| {
            view.is(before, RELATIVE | SUBORDINATOR)
                && view.lower(before) != "as"
                && !(before > sentence.start && own_words(before))
        });
        (!guess && !apart).then_some((Act::Demands, must))
    }

    /// "would probably not be able to": a forecast, wherever it stands.
    fn foretold(&self, sentence: &Tokens) -> Option<(Act, Tokens)> {
        let view = self.view;
        let modal = self.modal(sentence)?;
        let ahead = view.phrase(modal..sentence.end.min(modal + 7));
        let open = ["probably", "likely", "be able to"]
            .iter()
            .any(|words| ahead.contains(words));
        (open && !self.is_own(sentence, modal)).then_some((Act::Predicts, modal..modal + 1))
    }

    /// "will", "would": a promise or a threat of one's own deed, else a forecast.
    fn with_modal(&self, clause: &Tokens) -> Option<(Act, Tokens)> {
        let view = self.view;
        let modal = self.modal(clause)?;
        if !self.is_main(clause, modal) {
            return None;
        }
        let ahead = modal..clause.end.min(modal + 9);
        let own = self.is_own(clause, modal);
        let at = modal..modal + 1;
        let to_you = (clause.start..modal).any(|token| view.lower(token) == "you");
        let harm = self.harm(&ahead);
        // "Informers will be shot": who will do it is not said, so that it is the source.
        let passive = harm.as_ref().is_some_and(|harm| {
            view.lower(modal + 1) == "be"
                && harm.start == modal + 2
                && view.xpos(harm.start) == "VBN"
                && view.lower(harm.end) != "by"
        });
        if let Some(harm) = harm.filter(|_| own || to_you || passive) {
            return Some((Act::Threatens, modal..harm.end));
        }
        if own {
            let able = ahead.clone().any(|token| view.lower(token) == "able");
            let unlikely = ahead
                .clone()
                .any(|token| matches!(view.lower(token), "probably" | "likely"));
            let act = if able || unlikely {
                Act::Predicts
            } else {
                Act::Promises
            };
            let consent = (modal + 1..ahead.end)
                .any(|token| self.lexicon.has_verb("consents", view.lower(token)));
            let negated = ahead.clone().any(|token| view.is(token, NEGATION))
                || view.lower(modal).starts_with("won");
            if negated && consent {
                return Some((Act::Denies, at));
            }
            return Some((act, at));
        }
        let fixed = (modal + 1..ahead.end.min(modal + 4))
            .any(|token| self.lexicon.has_verb("fixed", view.lower(token)));
        (!fixed).then_some((Act::Predicts, at))
    }

    /// "The Guard is to blame".
    fn blame(&self, clause: &Tokens) -> Option<(Act, Tokens)> {
        let view = self.view;
        let found = self.phrase_of("blame", clause)?;
        let before = found
            .start
            .checked_sub(1)
            .filter(|before| *before > clause.start)?;
        let is = (before.saturating_sub(1)..found.start).any(|token| view.is(token, BE));
        let own = (clause.start..before).any(|token| matches!(view.lower(token), "we" | "i"));
        let negated = (before.saturating_sub(1)..found.start).any(|token| {
            view.is(token, NEGATION) || self.lexicon.has("blame-not", view.lower(token))
        });
        (is && !own && !negated).then_some((Act::Accuses, found))
    }

    fn uncertain(&self, clause: &Tokens) -> Option<(Act, Tokens)> {
        let found = self.phrase_of("uncertain", clause)?;
        // "Experts doubt" is another's doubt, of which the source tells.
        let mut before = (clause.start..found.start).rev();
        let before = before.find(|token| !self.view.is_adverb(*token));
        let of_others = before.is_some_and(|token| self.view.xpos(token).starts_with("NN"));
        (!of_others).then_some((Act::Doubts, found))
    }

    /// The first word that tells of the future: "will", or "going" in "going to leave".
    fn modal(&self, clause: &Tokens) -> Option<usize> {
        let view = self.view;
        clause.clone().find(|token| {
            let word = view.lower(*token);
            self.lexicon.has("future", word)
                || word == "going" && view.lower(token + 1) == "to" && view.xpos(token + 2) == "VB"
        })
    }

    /// Whether no relative pronoun or subordinator parts a token from the clause's beginning.
    fn is_main(&self, clause: &Tokens, token: usize) -> bool {
        use crate::knowledge::{RELATIVE, SUBORDINATOR};
        !(clause.start..token).any(|before| {
            (self.view.is(before, RELATIVE) && self.view.lower(before) != "that")
                || self.view.is(before, SUBORDINATOR)
                || before > clause.start && self.view.lower(before) == "that"
        })
    }

    /// Whether what will happen is the source's own deed: "we", "its fighters", "he" in a report, or the source's name.
    fn is_own(&self, clause: &Tokens, modal: usize) -> bool {
        let view = self.view;
        let subject = clause.start..modal;
        let quoted = view.quote(modal).is_some();
        let person = subject.clone().any(|token| match view.lower(token) {
            "we" | "i" | "our" | "my" => true,
            "he" | "she" | "they" | "it" | "its" | "their" => !quoted,
            _ => false,
        });
        let source = match &self.attribution.source {
            SourceTokens::Stated(tokens) | SourceTokens::Shared(tokens) => tokens.clone(),
            _ => 0..0,
        };
        let shared = subject.clone().any(|token| {
            view.is_capital(token)
                && view.lower(token).len() > 3
                && source
                    .clone()
                    .any(|other| view.lower(other) == view.lower(token))
        });
        person || shared
    }

    /// Words of harm in a stretch.
    fn harm(&self, stretch: &Tokens) -> Option<Tokens> {
        let view = self.view;
        if let Some(found) = self.phrase_of("harm", stretch) {
            return Some(found);
        }
        stretch.clone().find_map(|token| {
            let word = view.lower(token);
            let harms = self.lexicon.has("harm-noun", word)
                || matches!(view.xpos(token), "VB" | "VBN" | "VBG")
                    && self.lexicon.has_verb("harm", word);
            harms.then_some(token..token + 1)
        })
    }

    /// The first of a section's phrases of several words, or of its words.
    fn phrase_of(&self, section: &str, stretch: &Tokens) -> Option<Tokens> {
        let view = self.view;
        stretch.clone().find_map(|token| {
            self.lexicon.words(section).iter().find_map(|phrase| {
                let length = phrase.split(' ').count();
                let here = token..token + length;
                let verb = section == "harm" && length == 1;
                let same = !verb
                    && here.end <= stretch.end
                    && phrase
                        .split(' ')
                        .zip(here.clone())
                        .all(|(word, at)| view.lower(at) == word);
                same.then_some(here)
            })
        })
    }
}

impl ActLexicon {
    /// Whether a form of one of a section's words stands among tokens.
    fn has_any_word(&self, section: &str, view: &View, tokens: &Tokens) -> bool {
        tokens
            .clone()
            .any(|token| self.has_verb(section, view.lower(token)))
    }
}
