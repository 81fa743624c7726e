//! What stands around an attribution: where it was said, to whom, when ("told reporters on Monday in a statement").
//!
//! It does not know sources or contents.

use crate::attributions::Tokens;
use crate::knowledge::{
    AUXILIARY, CONJUNCTION, DETERMINER, MODAL, OBJECT_PRONOUN, POSSESSIVE, PREPOSITION, RELATIVE,
    SUBORDINATOR, TIME, WEEKDAY,
};
use crate::phrases;
use crate::view::View;

/// What follows a trailing attribution: times, an addressee, a channel.
pub(crate) struct After {
    pub(crate) end: usize,
    pub(crate) addressee: Option<Tokens>,
    pub(crate) channel: Option<Tokens>,
}

/// Skips what may follow "…, X said": "on Monday", "in a statement", "the agency by telephone".
pub(crate) fn after_attribution(view: &View, from: usize, end: usize) -> After {
    let mut at = phrases::skip_times(view, from, end);
    let mut after = After {
        end: at,
        addressee: None,
        channel: None,
    };
    // An addressee right after the verb: "told reporters".
    if at < end
        && at == from
        && view.lower(at) != "that"
        && (view.is_capital(at)
            || view.is(at, DETERMINER | OBJECT_PRONOUN | POSSESSIVE)
            || is_plain_noun(view, at))
        && !view.is(at, PREPOSITION | CONJUNCTION | RELATIVE | SUBORDINATOR)
    {
        let stop = phrases::phrase_end(view, at, end, false);
        if stop > at {
            after.addressee = Some(at..stop);
            at = phrases::skip_times(view, stop, end);
        }
    }
    let mut rounds = 0;
    while at < end && rounds < 6 {
        rounds += 1;
        let start = at;
        if view.is(at, PREPOSITION)
            && !matches!(view.lower(at), "that" | "since" | "before" | "until")
            || matches!(view.lower(at), "when" | "while" | "as")
        {
            let gerund = view.lower(at + 1).ends_with("ing");
            let mut stop = phrases::phrase_end(view, at + 1, end, true);
            if gerund
                || view.is(at, SUBORDINATOR) && !view.is(at, PREPOSITION)
                || view.lower(at) == "as"
            {
                stop = (at + 1..end)
                    .find(|token| {
                        view.is_comma(*token) || view.is_stop(*token) || view.is_quote_mark(*token)
                    })
                    .unwrap_or(end);
            }
            if stop > at + 1 {
                if after.channel.is_none() {
                    after.channel = channel_in(view, at..stop);
                }
                at = stop;
            }
        }
        at = phrases::skip_times(view, at, end);
        if at < end && view.lower(at).ends_with("ing") && !view.is_capital(at) {
            at = (at..end)
                .find(|token| {
                    view.is_comma(*token) || view.is_stop(*token) || view.is_quote_mark(*token)
                })
                .unwrap_or(end);
        }
        if at == start {
            break;
        }
    }
    after.end = at;
    after
}

/// "at [a press conference]", "on [Twitter]", "in [a statement]" within some tokens.
pub(crate) fn channel_in(view: &View, tokens: Tokens) -> Option<Tokens> {
    let parties = &view.knowledge.parties;
    for at in tokens.clone() {
        let verb = view.is(at, AUXILIARY | MODAL) && view.is_finite(at);
        if view.is_stop(at) || verb && at > tokens.start {
            break;
        }
        let two = at + 1 < tokens.end
            && parties.has(
                "channel",
                &format!("{} {}", view.lower(at), view.lower(at + 1)),
            );
        let one = parties.has("channel", view.word(at)) || parties.has("channel", view.lower(at));
        if !(two || one) {
            continue;
        }
        let head_end = at + if two { 2 } else { 1 };
        let start = phrases::phrase_start(view, tokens.start, head_end);
        let tied = start > 0
            && matches!(
                view.lower(start.saturating_sub(1)),
                "in" | "on" | "at" | "via" | "by" | "through" | "to" | "from" | "during"
            )
            || start == tokens.start
            || matches!(view.lower(start), "today" | "yesterday");
        if !tied {
            continue;
        }
        let mut end = head_end;
        if matches!(view.lower(end), "in" | "with" | "on")
            && end + 1 < tokens.end
            && !view.is(end + 1, TIME | WEEKDAY)
        {
            end = phrases::phrase_end(view, end + 1, tokens.end, false).max(head_end);
        } else if view.ends_ed(end) && end < tokens.end {
            // "a recording shared on social networks"
            let stop = phrases::phrase_end(view, end + 2, tokens.end, true);
            if view.is(end + 1, PREPOSITION) && stop > end + 2 {
                end = stop;
            }
        }
        let start = if view.is(start, PREPOSITION) {
            start + 1
        } else {
            start
        };
        return (start < end).then_some(start..end);
    }
    None
}

fn is_plain_noun(view: &View, token: usize) -> bool {
    view.is_word(token)
        && view.knowledge.words.of(view.lower(token)) == 0
        && view.lower(token).ends_with('s')
}
