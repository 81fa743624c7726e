//! Attributions: source, cue and content, by patterns over closed classes and the cue lexicon.
//!
//! The seam: `attributions(&View)` returns plain token ranges, so a trained reader can take this one's place. It does
//! not know whom a source names (`sources`) nor which act the content performs (`claims`).

use crate::channels;
use crate::contents;
use crate::cues::{CueEntry, CuePart, Inflection};
use crate::knowledge::{
    AUXILIARY, BE, DETERMINER, MODAL, PERSONAL, POSSESSIVE, PREPOSITION, RELATIVE, SUBORDINATOR,
    VERB,
};
use crate::passives::reduced_passive;
use crate::phrases::{self, Subject};
use crate::view::View;
use std::ops::Range;
use text::{BlockKind, TokenKind};

/// A range of tokens.
pub(crate) type Tokens = Range<usize>;

/// One attribution, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribution {
    /// The rule that found it; also its row in the table of confidences.
    pub(crate) rule: &'static str,
    /// Entry of the cue lexicon.
    pub(crate) entry: usize,
    pub(crate) source: SourceTokens,
    pub(crate) cue: Tokens,
    pub(crate) content: Vec<Tokens>,
    pub(crate) addressee: Option<Tokens>,
    pub(crate) channel: Option<Tokens>,
    /// The text has source and content the wrong way round.
    pub(crate) inverted: bool,
}

/// Where the source is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SourceTokens {
    /// Its words.
    Stated(Tokens),
    /// "who": its words, and those of the noun phrase before.
    Relative {
        pronoun: usize,
        antecedent: Option<Tokens>,
    },
    /// The subject of an earlier verb of the sentence.
    Shared(Tokens),
    /// Not said in the sentence ("…,” added.").
    Elided,
    /// Nobody ("it is believed that …").
    Nobody,
}

/// Every attribution of a document, in order of its cue.
pub(crate) fn attributions(view: &View) -> Vec<Attribution> {
    let mut reader = Reader {
        view,
        found: Vec::new(),
        taken: vec![false; view.len()],
        floors: vec![false; view.len()],
        all_capital: false,
    };
    for sentence in &view.segments.sentences {
        if view.block_kind(sentence) == BlockKind::Boilerplate {
            continue;
        }
        reader.sentence(view.sentence_tokens(sentence));
    }
    reader.continue_quotations();
    reader.found.sort_by_key(|found| found.cue.start);
    reader.found
}

/// Which cues are read in a pass over a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pass {
    Trailing,
    Strong,
    Weak,
}

pub(crate) struct Reader<'v, 'a> {
    pub(crate) view: &'v View<'a>,
    found: Vec<Attribution>,
    /// Tokens that are content already: a cue inside them is not read again.
    pub(crate) taken: Vec<bool>,
    /// Content of main clauses: the subject of a later verb begins after it. A relative clause is no such border.
    floors: Vec<bool>,
    /// Every longer word of the sentence being read has a capital.
    all_capital: bool,
}

/// A cue where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate<'l> {
    pub(crate) entry: &'l CueEntry,
    pub(crate) number: usize,
    pub(crate) inflection: Inflection,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Reader<'_, '_> {
    fn sentence(&mut self, tokens: Tokens) {
        let first_found = self.found.len();
        self.all_capital = crate::names::title_case(self.view, tokens.clone());
        // What closes a sentence ("…, X said") holds the whole of it, so it is read first; weak cues take what is left.
        for pass in [Pass::Trailing, Pass::Strong, Pass::Weak] {
            let mut at = tokens.start;
            while at < tokens.end {
                let next = self
                    .cue_at(at, &tokens, first_found, pass)
                    .unwrap_or(at + 1);
                at = next.max(at + 1);
            }
            self.found[first_found..].sort_by_key(|found| found.cue.start);
        }
    }

    /// Tries every lexicon entry at a token; where one is read, gives the token after its cue.
    fn cue_at(
        &mut self,
        at: usize,
        sentence: &Tokens,
        first_found: usize,
        pass: Pass,
    ) -> Option<usize> {
        let view = self.view;
        // A capital inside a sentence makes a name of it ("Said Khattibzadeh"), unless every word has one.
        let named = at > sentence.start
            && view.is_capital(at)
            && !view.lower(at).starts_with("according")
            && !self.all_capital;
        let read_before = self.found[first_found..]
            .iter()
            .any(|found| found.cue.contains(&at));
        if self.taken[at] || named || read_before || in_long_quotation(view, at) {
            return None;
        }
        let candidates = candidates(view, at, sentence.end);
        for candidate in candidates {
            let weak = candidate.entry.takes("weak");
            if (pass == Pass::Weak) != weak {
                continue;
            }
            let read = match candidate.entry.part {
                CuePart::Verb => self.verb(&candidate, sentence, first_found),
                // "for X", "per X" attribute too rarely to be read without syntax.
                CuePart::Preposition if candidate.entry.takes("weak") => None,
                CuePart::Preposition => self.according_to(&candidate, sentence),
                CuePart::Adjective => self.adjective(&candidate, sentence, first_found),
                CuePart::Noun => self.noun(&candidate, sentence),
            };
            if let Some(attribution) = read {
                let closing = matches!(
                    attribution.rule,
                    "quote-trailing"
                        | "clause-trailing"
                        | "according-to-trailing"
                        | "passive-claim"
                        | "unpunctuated"
                );
                let overlaps = attribution
                    .content
                    .iter()
                    .cloned()
                    .flatten()
                    .any(|token| self.taken[token]);
                let empty = attribution.content.is_empty()
                    || attribution
                        .content
                        .iter()
                        .any(|range| range.start >= range.end)
                    || matches!(&attribution.source, SourceTokens::Stated(tokens) if tokens.is_empty());
                if overlaps || empty || pass == Pass::Trailing && !closing {
                    continue;
                }
                let end = attribution.cue.end;
                for range in &attribution.content {
                    self.taken[range.clone()].fill(true);
                    self.floors[range.clone()].fill(attribution.rule != "relative");
                }
                self.found.push(attribution);
                return Some(end);
            }
        }
        None
    }

    fn verb(&self, cue: &Candidate, sentence: &Tokens, first_found: usize) -> Option<Attribution> {
        let view = self.view;
        let from = self.clause_floor(sentence, cue.start);
        let group = phrases::group_start(view, from, cue.start);
        if looks_like_noun(view, cue, group, from) {
            return None;
        }
        let has_be = (group..cue.start).any(|token| phrases::is_be(view, token));
        let passive =
            cue.inflection == Inflection::Past && (has_be || reduced_passive(view, cue, group));
        if passive {
            return self.passive(cue, sentence, group, from);
        }
        let subject = phrases::subject_before(view, from, group);

        // "…," said X / "…," X said / …, the agency wrote.
        if let Some(attribution) = self.trailing(cue, sentence, group, from, &subject) {
            return Some(attribution);
        }
        if let Some(attribution) = self.unpunctuated(cue, sentence, from, &subject) {
            return Some(attribution);
        }
        let right = contents::right(view, cue, sentence)?;
        let (source, rule) = match subject {
            Subject::Phrase(tokens) if cue.inflection != Inflection::Ing || has_be => {
                if let Some(inverted) = self.inverted(cue, &tokens, sentence) {
                    return Some(inverted);
                }
                (SourceTokens::Stated(tokens), right.rule)
            }
            Subject::Relative(pronoun) => {
                let start = phrases::phrase_start(
                    view,
                    from,
                    pronoun - usize::from(view.is_comma(pronoun.saturating_sub(1))),
                );
                let end = pronoun - usize::from(pronoun > 0 && view.is_comma(pronoun - 1));
                let antecedent = (start < end).then_some(start..end);
                (
                    SourceTokens::Relative {
                        pronoun,
                        antecedent,
                    },
                    "relative",
                )
            }
            Subject::None if cue.inflection != Inflection::Ing => {
                // "The survey published on Tuesday showed": a participle stands between the noun and the verb.
                let tokens = phrases::subject_with_participle(view, from, group)?;
                (SourceTokens::Stated(tokens), right.rule)
            }
            Subject::Shared | Subject::None | Subject::Phrase(_) => {
                let source = self.shared_source(sentence, cue.start, first_found)?;
                (
                    source,
                    if cue.inflection == Inflection::Ing {
                        "participle"
                    } else {
                        "coordinated"
                    },
                )
            }
        };
        if matches!(&source, SourceTokens::Stated(tokens) | SourceTokens::Shared(tokens) if !self.may_speak(tokens))
        {
            return None;
        }
        let mut right = right;
        if rule == "relative" {
            // A relative clause ends with its comma; the main clause goes on after it.
            for range in &mut right.content {
                let comma = (range.start + 2..range.end)
                    .find(|token| view.is_comma(*token) && view.quote(*token).is_none());
                range.end = comma.unwrap_or(range.end);
            }
        }
        let channel = right.channel.clone().or_else(|| {
            right
                .content
                .last()
                .and_then(|content| channels::channel_in(view, content.end..sentence.end))
        });
        Some(Attribution {
            rule,
            entry: right.entry.unwrap_or(cue.number),
            source,
            cue: cue.start..right.cue_end.max(cue.end),
            content: right.content,
            addressee: right.addressee,
            channel,
            inverted: false,
        })
    }

    /// "is confident that", "was quoted as saying".
    fn adjective(
        &self,
        cue: &Candidate,
        sentence: &Tokens,
        first_found: usize,
    ) -> Option<Attribution> {
        let view = self.view;
        let from = self.clause_floor(sentence, cue.start);
        let group = phrases::group_start(view, from, cue.start);
        let linked = (group..cue.start).any(|token| phrases::is_be(view, token))
            || cue.start.checked_sub(1).is_some_and(|before| {
                matches!(
                    view.lower(before),
                    "seem"
                        | "seems"
                        | "seemed"
                        | "become"
                        | "became"
                        | "remain"
                        | "remains"
                        | "remained"
                        | "feel"
                        | "feels"
                        | "felt"
                )
            });
        if !linked {
            return None;
        }
        let right = contents::right(view, cue, sentence)?;
        let source = match phrases::subject_before(view, from, group) {
            Subject::Phrase(tokens) if view.lower(tokens.start) == "it" && tokens.len() == 1 => {
                return None;
            }
            Subject::Phrase(tokens) => SourceTokens::Stated(tokens),
            Subject::Relative(pronoun) => SourceTokens::Relative {
                pronoun,
                antecedent: None,
            },
            Subject::Shared | Subject::None => {
                self.shared_source(sentence, cue.start, first_found)?
            }
        };
        Some(Attribution {
            rule: "adjective",
            entry: right.entry.unwrap_or(cue.number),
            source,
            cue: cue.start..right.cue_end.max(cue.end),
            content: right.content,
            addressee: None,
            channel: None,
            inverted: false,
        })
    }

    /// "their claim that …", "the minister's denial that …".
    fn noun(&self, cue: &Candidate, sentence: &Tokens) -> Option<Attribution> {
        let view = self.view;
        let right = contents::right(view, cue, sentence)?;
        if !matches!(right.rule, "that" | "noun-to" | "wh" | "preposition") {
            return None;
        }
        let before = cue
            .start
            .checked_sub(1)
            .filter(|before| *before >= sentence.start)?;
        // The owner: "its claim", "X's repeated claim", "a claim by X that".
        let owner = (before.saturating_sub(3).max(sentence.start)..=before)
            .rev()
            .find(|token| view.is(*token, POSSESSIVE) || view.is_possessive_clitic(*token));
        let source = match owner {
            Some(owner) if view.is(owner, POSSESSIVE) => owner..owner + 1,
            Some(owner) => {
                let start = phrases::phrase_start(view, sentence.start, owner);
                if start >= owner {
                    return None;
                } else {
                    start..owner
                }
            }
            None => return None,
        };
        Some(Attribution {
            rule: "noun",
            entry: right.entry.unwrap_or(cue.number),
            source: SourceTokens::Stated(source),
            cue: cue.start..right.cue_end.max(cue.end),
            content: right.content,
            addressee: None,
            channel: None,
            inverted: false,
        })
    }

    /// The subject of the last attribution of the sentence, or the sentence's first noun phrase.
    fn shared_source(
        &self,
        sentence: &Tokens,
        before: usize,
        first_found: usize,
    ) -> Option<SourceTokens> {
        let view = self.view;
        for found in self.found[first_found.min(self.found.len())..].iter().rev() {
            match &found.source {
                SourceTokens::Stated(tokens) | SourceTokens::Shared(tokens)
                    if tokens.end <= before =>
                {
                    return Some(SourceTokens::Shared(tokens.clone()));
                }
                _ => {}
            }
        }
        // A plain first verb: its subject is shared.
        let verb =
            (sentence.start..before).find(|token| view.is_finite(*token) && !self.taken[*token])?;
        match phrases::subject_before(
            view,
            sentence.start,
            phrases::group_start(view, sentence.start, verb),
        ) {
            Subject::Phrase(tokens) if tokens.end <= before => Some(SourceTokens::Shared(tokens)),
            _ => None,
        }
    }

    /// Where a clause may begin: the sentence's start, or the end of the content read last.
    pub(crate) fn clause_floor(&self, sentence: &Tokens, before: usize) -> usize {
        let mut floor = sentence.start;
        for token in (sentence.start..before).rev() {
            if self.floors[token]
                || (self.view.lower(token) == ";" && self.view.quote(token).is_none())
            {
                floor = token + 1;
                break;
            }
        }
        floor
    }

    pub(crate) fn is_cue(&self, token: usize) -> bool {
        candidates(self.view, token, self.view.len())
            .iter()
            .any(|cue| cue.entry.part == CuePart::Verb && cue.inflection != Inflection::Base)
    }

    /// A source must be able to speak: a deed, a day or a bare number is none.
    pub(crate) fn may_speak(&self, tokens: &Tokens) -> bool {
        let view = self.view;
        let head = contents::head_of(view, tokens);
        let time = view.is(head, crate::knowledge::TIME) && !view.is(head, PERSONAL);
        let channel = view.knowledge.parties.has("channel", view.lower(head));
        let dummy = matches!(view.lower(head), "there" | "this" | "that" | "what");
        !(time || dummy || channel && tokens.len() == 1)
    }

    /// Quotations that stand alone go on with the speaker of the quotation before them in the same paragraph.
    fn continue_quotations(&mut self) {
        let view = self.view;
        for quote in &view.quotes {
            let tokens = quote.tokens.clone();
            let Some(sentence) = view.sentence_of(tokens.start) else {
                continue;
            };
            let sentence = &view.segments.sentences[sentence];
            if sentence.first as usize != tokens.start
                || tokens.len() < 5
                || tokens.clone().any(|token| self.taken[token])
            {
                continue;
            }
            if view.block_kind(sentence) == BlockKind::Boilerplate {
                continue;
            }
            // Whole sentences only: what follows the closing mark must be another sentence or nothing.
            let last = tokens.end.min(view.len()) - 1;
            let finishes = view.sentence_of(last).is_some_and(|index| {
                let end = view.segments.sentences[index].last as usize;
                tokens.end >= end || view.is_stop(tokens.end)
            });
            // What was found before it in the same paragraph, last first: attributions stand in order of their cues.
            let before = self
                .found
                .partition_point(|found| found.cue.start < tokens.start);
            let here = self.found[..before].iter().enumerate().rev().take(50);
            let speaker = here
                .take_while(|(_, found)| view.block_of(found.cue.start) == Some(sentence.block))
                .find(|(_, found)| {
                    let last = found.content.last();
                    last.is_some_and(|content| content.end <= tokens.start)
                        && found.content.iter().any(|content| {
                            view.is_quote_mark(content.start) || view.is_quote_mark(content.end - 1)
                        })
                })
                .map(|(index, _)| index);
            let Some(speaker) = speaker else {
                continue;
            };
            let speaker = &mut self.found[speaker];
            if finishes {
                self.taken[tokens.clone()].fill(true);
                speaker.content.push(tokens);
            }
        }
    }
}

/// Lexicon entries that match from a token on, longest first.
pub(crate) fn candidates<'l>(view: &View<'l>, at: usize, end: usize) -> Vec<Candidate<'l>> {
    let lexicon = &view.knowledge.cues;
    let mut found = Vec::new();
    for form in lexicon.starting(view.lower(at)) {
        let entry = &lexicon.entries[form.entry];
        let mut next = at + 1;
        let mut matched = true;
        for word in &entry.tail {
            // Up to two adverbs or a determiner and adjectives may stand inside ("cast serious doubt on").
            let gap = (next..end.min(next + 3)).find(|token| view.lower(*token) == word);
            match gap {
                Some(token)
                    if (next..token).all(|inner| {
                        view.is_adverb(inner)
                            || view.is(inner, DETERMINER | POSSESSIVE)
                            || view.knowledge.words.of(view.lower(inner)) == 0
                                && view.is_word(inner)
                                && !view.is(token, PREPOSITION)
                    }) =>
                {
                    next = token + 1;
                }
                _ => {
                    matched = false;
                    break;
                }
            }
        }
        if matched && next <= end {
            found.push(Candidate {
                entry,
                number: form.entry,
                inflection: form.inflection,
                start: at,
                end: next,
            });
        }
    }
    found
}

/// Inside a quotation of more than three words a cue belongs to the speaker's own words.
fn in_long_quotation(view: &View, token: usize) -> bool {
    view.quote(token)
        .is_some_and(|quote| quote.tokens.len() > 5)
}

/// Whether a quotation ends at this token, a comma after the mark allowed.
pub(crate) fn ends_quotation(view: &View, token: usize) -> bool {
    let closes = |token: usize| {
        view.is_quote_mark(token)
            && view
                .quote(token)
                .is_some_and(|quote| quote.tokens.end == token + 1)
    };
    closes(token) || (view.is_comma(token) && token > 0 && closes(token - 1))
}

pub(crate) fn opens_quotation(view: &View, token: usize) -> bool {
    view.quote(token)
        .is_some_and(|quote| quote.tokens.start == token)
}

/// "claim", "report", "call" after a determiner, an adjective or a preposition are nouns.
fn looks_like_noun(view: &View, cue: &Candidate, group: usize, from: usize) -> bool {
    let Some(before) = cue.start.checked_sub(1).filter(|before| *before >= from) else {
        return matches!(cue.inflection, Inflection::Base | Inflection::Third);
    };
    if view.is(before, DETERMINER | POSSESSIVE) && !view.is(before, crate::knowledge::PRONOUN)
        || view.is_possessive_clitic(before) && !matches!(view.lower(before), "'s" | "’s")
    {
        return true;
    }
    match cue.inflection {
        Inflection::Base => {
            let helped = (group..cue.start).any(|token| view.is(token, MODAL | AUXILIARY))
                || view.lower(before) == "to";
            let plural = view.is(before, PERSONAL)
                || view.lower(before).ends_with('s')
                    && view.kind(before) == Some(TokenKind::Word)
                    && !view.is_possessive_clitic(before)
                || matches!(
                    view.lower(before),
                    "who"
                        | "that"
                        | "people"
                        | "police"
                        | "some"
                        | "many"
                        | "others"
                        | "men"
                        | "women"
                        | "and"
                        | "taliban"
                );
            view.lower(before) == "to" || !(helped || plural) || view.is(before, PREPOSITION)
        }
        Inflection::Third => {
            view.is(before, PREPOSITION | DETERMINER | AUXILIARY | MODAL | VERB)
                || view.is_possessive_clitic(before)
        }
        Inflection::Past => {
            view.is(before, PREPOSITION) && !view.is(before, RELATIVE | SUBORDINATOR)
                || view.is(before, DETERMINER) && !view.is(before, crate::knowledge::PRONOUN)
        }
        Inflection::Ing => view.is(before, DETERMINER | POSSESSIVE),
    }
}

/// Extends a noun phrase by the apposition after its comma ("X, a spokesman for Y,").
pub(crate) fn with_apposition(view: &View, start: usize, end: usize, limit: usize) -> usize {
    if !view.is_comma(end) || end + 1 >= limit {
        return end;
    }
    let first = end + 1;
    let role = view.is(first, DETERMINER)
        || view.is(first, RELATIVE)
        || view.knowledge.parties.has("role", view.lower(first))
        || (first..limit.min(first + 4))
            .any(|token| view.knowledge.parties.has("role", view.lower(token)));
    if !role || start == end {
        return end;
    }
    let close = (first..limit).find(|token| {
        view.is_comma(*token)
            || view.is_stop(*token)
            || view.is_quote_mark(*token)
            || view.lower(*token) == ";"
    });
    match close {
        // "a longtime adviser who oversees the group": the relative clause belongs to the apposition.
        Some(close)
            if (first..close).any(|token| view.is(token, RELATIVE))
                || !(first..close).any(|token| {
                    view.is(token, AUXILIARY | MODAL | BE) || view.is_finite(token)
                }) =>
        {
            close
        }
        None => limit,
        _ => end,
    }
}
