//! Attributions whose content stands before them ("…, X said", "“…,” said X"), and "according to X".
//!
//! It does not know verbs whose content follows (`attributions`) nor passives (`passives`).

use crate::attributions::{
    Attribution, Candidate, Reader, SourceTokens, Tokens, ends_quotation, opens_quotation,
    with_apposition,
};
use crate::channels;
use crate::contents;
use crate::cues::Inflection;
use crate::knowledge::{CONJUNCTION, DETERMINER, PERSONAL, PREPOSITION, RELATIVE, SUBORDINATOR};
use crate::phrases::{self, Subject};
use crate::view::View;

impl Reader<'_, '_> {
    /// The content stands before: a quotation, or a clause and a comma.
    pub(crate) fn trailing(
        &self,
        cue: &Candidate,
        sentence: &Tokens,
        group: usize,
        from: usize,
        subject: &Subject,
    ) -> Option<Attribution> {
        let view = self.view;
        let before = group
            .checked_sub(1)
            .filter(|before| *before >= sentence.start);
        let after_quote = before.is_some_and(|before| ends_quotation(view, before));
        let after_comma = before.is_some_and(|before| view.is_comma(before));
        if !cue.entry.takes_any(&["quote", "trail"]) || matches!(cue.inflection, Inflection::Ing) {
            return None;
        }
        // The subject before the cue, with the mark that ends the content before it.
        let (source, edge, tail) = match subject {
            Subject::Phrase(tokens)
                if tokens.start > sentence.start
                    && (ends_quotation(view, tokens.start - 1)
                        || view.is_comma(tokens.start - 1)
                        || view.is_dash(tokens.start - 1)) =>
            {
                (SourceTokens::Stated(tokens.clone()), tokens.start, cue.end)
            }
            // "…?” Smith said.": the stop inside the quotation has begun a new sentence.
            Subject::Phrase(tokens)
                if tokens.start == sentence.start && self.follows_quotation(tokens.start) =>
            {
                (SourceTokens::Stated(tokens.clone()), tokens.start, cue.end)
            }
            _ if after_quote || after_comma && group == cue.start => {
                // Inverted: the subject follows. Without one the source is elided.
                let start = cue.end;
                let end = phrases::phrase_end(view, start, sentence.end, true);
                let names = end > start
                    && (view.is_capital(start)
                        || view.is(start, DETERMINER | PERSONAL)
                        || view.knowledge.parties.has("role", view.lower(start))
                        || view.knowledge.parties.has("group", view.lower(start))
                        || (start..end).any(|token| view.is_capital(token)))
                    && !view.is(start, PREPOSITION)
                    && (view.lower(start) != "that");
                if names {
                    let end = with_apposition(view, start, end, sentence.end);
                    (SourceTokens::Stated(start..end), group, end)
                } else if after_quote
                    && (cue.end >= sentence.end
                        || view.is_stop(cue.end)
                        || view.is_comma(cue.end)
                        || opens_quotation(view, cue.end))
                {
                    (SourceTokens::Elided, group, cue.end)
                } else {
                    return None;
                }
            }
            _ => return None,
        };
        let rest = channels::after_attribution(view, tail, sentence.end);
        let at_end = rest.end >= sentence.end || view.is_stop(rest.end);
        let mut content = self.left_content(sentence, from, edge)?;
        let quoted = content.iter().any(|range| {
            view.quote(range.start)
                .is_some_and(|quote| quote.tokens.contains(&(range.end - 1)))
        });
        if !quoted && !cue.entry.takes("trail") {
            return None;
        }
        if !quoted && !edge_has_clause(view, &content) && !view.is_comma(rest.end) {
            return None;
        }
        if !at_end {
            // Something follows: the second half of a split content, or this is no trailing attribution.
            let mut next = rest.end;
            if view.is_comma(next) || view.lower(next) == ":" {
                next += 1;
            } else if view.is_dash(next)
                || view.lower(next) == ";"
                || view.is(next, CONJUNCTION | SUBORDINATOR)
            {
                next = sentence.end;
            }
            let continues_quote = next < sentence.end && opens_quotation(view, next);
            if continues_quote {
                if let Some(quote) = view.quote(next) {
                    content.push(quote.tokens.clone());
                }
            } else if next < sentence.end {
                let split = view.is_comma(rest.end) && !quoted;
                if split {
                    let end = contents::clause_end(view, next, sentence.end, true);
                    let coordinated = view
                        .is(next, CONJUNCTION | SUBORDINATOR | PREPOSITION | RELATIVE)
                        || self.is_cue(next) && view.lower(next).ends_with("ing");
                    if end > next && !coordinated {
                        content.push(next..end);
                    }
                } else if !quoted {
                    // "After the talks, the minister said the road was open": the content follows the cue.
                    return None;
                }
            }
        }
        let rule = match (&source, quoted) {
            (SourceTokens::Elided | SourceTokens::Shared(_), _) => "quote-elided",
            (_, true) => "quote-trailing",
            (_, false) => "clause-trailing",
        };
        Some(Attribution {
            rule,
            entry: cue.number,
            source,
            cue: cue.start..cue.end,
            content,
            addressee: rest.addressee,
            channel: rest.channel,
            inverted: false,
        })
    }

    /// "Rebels took the town AFP reported", "… said the Observatory": text that has lost its commas. Only where the
    /// sentence ends right after, and a whole clause stands before.
    pub(crate) fn unpunctuated(
        &self,
        cue: &Candidate,
        sentence: &Tokens,
        from: usize,
        subject: &Subject,
    ) -> Option<Attribution> {
        let view = self.view;
        let ends = |token: usize| token >= sentence.end || view.is_stop(token);
        let Subject::Phrase(before) = subject else {
            return None;
        };
        if !view.comma_free
            || !cue.entry.takes("trail")
            || cue.entry.takes("weak")
            || cue.inflection == Inflection::Ing
        {
            return None;
        }
        let next = phrases::skip_times(view, cue.end, sentence.end);
        let party = |tokens: &Tokens| {
            let parties = &view.knowledge.parties;
            let last = tokens.end - 1;
            tokens.clone().any(|token| view.is_capital(token))
                || parties.has("role", view.lower(last))
                || parties.has("group", view.lower(last))
                || parties.has("side-noun", view.lower(last))
                || matches!(view.lower(last), "monitor" | "agency" | "group")
        };
        let (source, content) = if ends(next) {
            // The source is the last short phrase before the cue.
            let last = before.end - 1;
            let mut start = last;
            while start > before.start && view.is_capital(start - 1) && view.is_capital(start) {
                start -= 1;
            }
            if start > before.start && view.is(start - 1, DETERMINER) {
                start -= 1;
            }
            (start..before.end, from..start)
        } else {
            let end = phrases::phrase_end(view, next, sentence.end, true);
            let after = phrases::skip_times(view, end, sentence.end);
            if next != cue.end || !ends(after) || end == next {
                return None;
            }
            (next..end, from..before.end)
        };
        let start = contents::clause_start(view, content.start, content.end);
        let content = start..content.end;
        let whole = content.len() >= 5 && content.clone().any(|token| view.is_finite(token));
        let free = !content.clone().any(|token| self.taken[token]);
        (whole && free && party(&source)).then(|| Attribution {
            rule: "unpunctuated",
            entry: cue.number,
            source: SourceTokens::Stated(source),
            cue: cue.start..cue.end,
            content: vec![content],
            addressee: None,
            channel: None,
            inverted: false,
        })
    }

    /// Whether a quotation that nobody has been given yet ends right before a token, in the same paragraph.
    pub(crate) fn follows_quotation(&self, token: usize) -> bool {
        let view = self.view;
        token > 0
            && ends_quotation(view, token - 1)
            && view.block_of(token - 1) == view.block_of(token)
            && view.quote(token - 1).is_some_and(|quote| {
                quote.tokens.len() > 3
                    && !self.taken[quote.tokens.start]
                    && !self.taken[quote.tokens.end - 2]
            })
    }

    /// What stands left of a trailing attribution, up to `edge`.
    pub(crate) fn left_content(
        &self,
        sentence: &Tokens,
        from: usize,
        edge: usize,
    ) -> Option<Vec<Tokens>> {
        let view = self.view;
        let mut end = edge;
        while end > sentence.start && (view.is_comma(end - 1) || view.is_dash(end - 1)) {
            end -= 1;
        }
        let last = end.checked_sub(1)?;
        if last < sentence.start {
            return view.quote(last).map(|quote| vec![quote.tokens.clone()]);
        }
        if view.is_quote_mark(last) {
            let quote = view.quote(last)?;
            let mut start = quote.tokens.start;
            // Words before a short quotation belong to the same clause ("It was “a crime,” he said").
            if start > sentence.start && start >= from {
                let clause = contents::clause_start(view, from.max(sentence.start), start);
                let lead = view.is_comma(start - 1) || view.lower(start - 1) == ":";
                if clause < start && !lead {
                    start = clause;
                }
            }
            if self.taken.get(start).copied().unwrap_or(true) {
                return None;
            }
            return Some(vec![start..end]);
        }
        let start = contents::clause_start(view, from.max(sentence.start), end);
        (start < end && !self.taken[start]).then(|| vec![start..end])
    }

    pub(crate) fn according_to(&self, cue: &Candidate, sentence: &Tokens) -> Option<Attribution> {
        let view = self.view;
        let start = cue.end;
        let mut end = phrases::phrase_end(view, start, sentence.end, true);
        // "a report published on Monday by the ministry": participles after the noun belong to the source.
        while end < sentence.end
            && end > start
            && (view.lower(end) == "by" || view.ends_ed(end) || view.is_adverb(end))
        {
            let next = if view.lower(end) == "by" {
                phrases::phrase_end(view, end + 1, sentence.end, true)
            } else {
                phrases::skip_times(view, end + 1, sentence.end)
            };
            if next <= end {
                break;
            }
            end = next;
        }
        if end == start {
            return None;
        }
        let channel = channels::channel_in(view, start..end);
        let leading = cue.start == sentence.start
            || matches!(
                view.lower(cue.start - 1),
                "but" | "and" | ";" | "meanwhile" | "however" | "also"
            )
            || (view.is_comma(cue.start - 1) && cue.start < sentence.start + 3);
        if leading {
            let (end, next) = self.leading_source(start, end, sentence)?;
            let source = by_whom(view, start..end);
            let content_end = contents::clause_end(view, next, sentence.end, true);
            return (content_end > next).then(|| Attribution {
                rule: "according-to-leading",
                entry: cue.number,
                source: SourceTokens::Stated(source),
                cue: cue.start..cue.end,
                content: vec![next..content_end],
                addressee: None,
                channel,
                inverted: false,
            });
        }
        let before = cue.start - usize::from(view.is_comma(cue.start - 1));
        if before > sentence.start + 1 && view.lower(before - 1) == "that" {
            // "reported that, according to two officers, …": it leads what another says.
            return None;
        }
        let end = with_apposition(view, start, end, sentence.end);
        let from = self.clause_floor(sentence, cue.start);
        let mut edge = cue.start;
        while edge > from && view.is_comma(edge - 1) {
            edge -= 1;
        }
        let mut content = self.left_content(sentence, from, cue.start)?;
        if view.is_comma(end) && !view.is_stop(end + 1) && !edge_has_clause(view, &content) {
            let rest = contents::clause_end(view, end + 1, sentence.end, true);
            if rest > end + 1 {
                content.push(end + 1..rest);
            }
        }
        let length: usize = content.iter().map(ExactSizeIterator::len).sum();
        (length > 1 && edge > from).then(|| Attribution {
            rule: "according-to-trailing",
            entry: cue.number,
            source: SourceTokens::Stated(by_whom(view, start..end)),
            cue: cue.start..cue.end,
            content,
            addressee: None,
            channel,
            inverted: false,
        })
    }

    /// Where the source of a leading "according to" ends and its content begins: at a comma, or where the comma is
    /// missing, before the noun phrase of the first verb.
    pub(crate) fn leading_source(
        &self,
        start: usize,
        end: usize,
        sentence: &Tokens,
    ) -> Option<(usize, usize)> {
        let view = self.view;
        if view.is_comma(end) {
            let source = with_apposition(view, start, end, sentence.end);
            // What no comma closes is the subject of the content: "…, the premier warned that bread would run short."
            let source = if view.is_comma(source) { source } else { end };
            return Some((source, source + 1));
        }
        let comma = (end..sentence.end).find(|token| view.is_comma(*token));
        let verb = (end..sentence.end).find(|token| view.is_finite(*token) || view.ends_ed(*token));
        match (comma, verb) {
            (Some(comma), verb)
                if verb.is_none_or(|verb| comma < verb) || view.is(end, RELATIVE) =>
            {
                Some((comma, comma + 1))
            }
            (_, Some(_)) => {
                // "statement by Taliban spokesman Salih and Masud fled": the role ends the source.
                let role = (start..end)
                    .rev()
                    .find(|token| view.knowledge.parties.has("role", view.lower(*token)))?;
                (role + 1 < end).then_some((role + 1, role + 1))
            }
            _ => None,
        }
    }
}

fn edge_has_clause(view: &View, content: &[Tokens]) -> bool {
    content.iter().any(|range| {
        range.len() >= 3
            && range.clone().any(|token| {
                view.is_finite(token)
                    || view.ends_ed(token)
                    || (view.lower(token).ends_with('s') && !view.is_capital(token))
            })
    })
}

/// "today's statement by X": the source is X, the statement its channel.
fn by_whom(view: &View, tokens: Tokens) -> Tokens {
    let by = tokens.clone().find(|token| view.lower(*token) == "by");
    match by {
        Some(by)
            if by + 1 < tokens.end && channels::channel_in(view, tokens.start..by).is_some() =>
        {
            by + 1..tokens.end
        }
        _ => tokens,
    }
}
