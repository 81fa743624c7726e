//! Attributions in the passive ("was rejected by X", "is expected to …") and with roles exchanged by a translation.
//!
//! It does not know active verbs (`attributions`).

use crate::attributions::{
    Attribution, Candidate, Reader, SourceTokens, Tokens, candidates, with_apposition,
};
use crate::channels;
use crate::contents;
use crate::cues::CuePart;
use crate::knowledge::{CLAIM_NOUN, DETERMINER};
use crate::phrases::{self, Subject};
use crate::view::View;

impl Reader<'_, '_> {
    /// "X was rejected by Y", "it is believed that …", "is accused of …".
    pub(crate) fn passive(
        &self,
        cue: &Candidate,
        sentence: &Tokens,
        group: usize,
        from: usize,
    ) -> Option<Attribution> {
        let view = self.view;
        let mut by = phrases::skip_times(view, cue.end, sentence.end);
        if by >= sentence.end {
            return None;
        }
        if view.lower(by) != "by" {
            let found =
                (cue.end..sentence.end.min(cue.end + 6)).find(|token| view.lower(*token) == "by");
            match found.filter(|found| {
                !(cue.end..*found).any(|token| view.is_comma(token) || view.is_finite(token))
            }) {
                Some(found) => by = found,
                None => return self.sourceless(cue, sentence, group, from),
            }
        }
        if !cue
            .entry
            .takes_any(&["object", "of", "that", "as", "np_for"])
            || view.lower(by + 1).ends_with("ing")
        {
            return None;
        }
        let end = phrases::phrase_end(view, by + 1, sentence.end, false);
        // "criticized by X for doing Y": what follows "for" belongs to the content.
        let reason = (by + 2..end)
            .find(|token| view.lower(*token) == "for" && view.lower(token + 1).ends_with("ing"));
        let charge =
            (by + 2..end).find(|token| view.lower(*token) == "of" && cue.entry.takes("of"));
        let end = reason.or(charge).unwrap_or(end);
        if end == by + 1 || !self.may_speak(&(by + 1..end)) {
            return None;
        }
        let claim = self.claim_with_clause(from, group);
        let start = match phrases::subject_before(view, from, group) {
            _ if claim.is_some() => claim?,
            Subject::Phrase(tokens) => tokens.start,
            Subject::Relative(pronoun) => pronoun,
            Subject::Shared | Subject::None => return None,
        };
        // "The claim was rejected by X" is surer than "the road was seen by X", and that than "a road seen by X".
        let subject = start..group;
        let full = (group..cue.start).any(|token| phrases::is_be(view, token));
        let anaphor = view.is(contents::head_of(view, &subject), CLAIM_NOUN);
        let rule = match (claim.is_some() || anaphor, full) {
            (true, true) => "passive-claim",
            (_, true) => "passive-by",
            (_, false) => "passive-reduced",
        };
        let content_end = group;
        let mut content = vec![start..content_end];
        let goes_on = match view.lower(end) {
            "of" => cue.entry.takes("of"),
            "as" => cue.entry.takes_any(&["as", "object"]),
            "for" => cue.entry.takes_any(&["np_for", "object"]),
            _ => false,
        };
        if goes_on && end < sentence.end {
            content.push(end..contents::clause_end(view, end, sentence.end, false));
        }
        Some(Attribution {
            rule,
            entry: cue.number,
            source: SourceTokens::Stated(by + 1..with_apposition(view, by + 1, end, sentence.end)),
            cue: cue.start..cue.end,
            content,
            addressee: None,
            channel: channels::channel_in(view, end..sentence.end),
            inverted: false,
        })
    }

    /// "The army's claim that it had taken the town" before a passive: where the phrase begins.
    pub(crate) fn claim_with_clause(&self, from: usize, group: usize) -> Option<usize> {
        let view = self.view;
        let that = (from + 1..group).find(|token| view.lower(*token) == "that")?;
        let noun = that - 1;
        let claims = candidates(view, noun, that)
            .iter()
            .any(|cue| cue.entry.part == CuePart::Noun);
        let start = phrases::phrase_start(view, from, that);
        (claims && start <= noun).then_some(start)
    }

    /// "X is expected to …", "it is believed that …": nobody is said to speak; the subject belongs to the content.
    pub(crate) fn sourceless(
        &self,
        cue: &Candidate,
        sentence: &Tokens,
        group: usize,
        from: usize,
    ) -> Option<Attribution> {
        let view = self.view;
        if !(group..cue.start).any(|token| phrases::is_be(view, token)) {
            return None;
        }
        let first = phrases::skip_times(view, cue.end, sentence.end);
        let subject = match phrases::subject_before(view, from, group) {
            Subject::Phrase(tokens) => tokens,
            Subject::Relative(pronoun) => pronoun..pronoun + 1,
            Subject::Shared | Subject::None => return None,
        };
        let dummy = view.lower(subject.start) == "it" && subject.len() == 1;
        let word = view.lower(first);
        let frame = match word {
            "that" => cue.entry.takes("passive_it") && dummy,
            "to" => cue.entry.takes_any(&["np_to", "passive_it"]),
            "of" => cue.entry.takes("of"),
            "as" => cue.entry.takes("as"),
            _ => false,
        };
        let end = contents::clause_end(view, first, sentence.end, true);
        if !frame || end <= first + 1 {
            return None;
        }
        let mut content = vec![first..end];
        if !dummy {
            content.insert(0, subject);
        }
        Some(Attribution {
            rule: "sourceless",
            entry: cue.number,
            source: SourceTokens::Nobody,
            cue: cue.start..cue.end,
            content,
            addressee: None,
            channel: None,
            inverted: false,
        })
    }

    /// "The attack on X has condemned Y": a deed cannot condemn, a party can. Word order of a translation.
    pub(crate) fn inverted(
        &self,
        cue: &Candidate,
        subject: &Tokens,
        sentence: &Tokens,
    ) -> Option<Attribution> {
        use crate::Act;
        let view = self.view;
        if !matches!(
            cue.entry.act,
            Act::Condemns | Act::Denies | Act::Praises | Act::Accuses
        ) {
            return None;
        }
        let head = contents::head_of(view, subject);
        if !contents::is_deed(view, head) {
            return None;
        }
        let end = phrases::phrase_end(view, cue.end, sentence.end, false);
        // "the Ministry of Health": small words may stand between the capitals, at neither end but for an article.
        let small = |token: usize| matches!(view.lower(token), "of" | "for" | "and");
        let named = end > cue.end
            && view.is_capital(end - 1)
            && !small(cue.end)
            && (cue.end..end)
                .all(|token| view.is_capital(token) || view.is(token, DETERMINER) || small(token));
        let finishes = view.is_comma(end) || view.is_stop(end) || end >= sentence.end;
        (named && finishes).then(|| Attribution {
            rule: "inverted-roles",
            entry: cue.number,
            source: SourceTokens::Stated(cue.end..end),
            cue: cue.start..cue.end,
            content: vec![subject.clone()],
            addressee: None,
            channel: None,
            inverted: true,
        })
    }
}

/// "the man accused of …": a participle after a noun, followed by "of", "by" or "as" without an object.
pub(crate) fn reduced_passive(view: &View, cue: &Candidate, group: usize) -> bool {
    group == cue.start && matches!(view.lower(cue.end), "by")
        || (group == cue.start
            && matches!(view.lower(cue.end), "of" | "as")
            && cue.entry.takes_any(&["of", "as"])
            && !cue.entry.takes_any(&["of_only"]))
}
