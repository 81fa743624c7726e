//! Guards: what must hold around a match beyond the words of its rule.
//!
//! They look at the tags and the words next to the match; where nothing is tagged, a guard that needs tags lets the match pass.

use crate::fine::Fine;
use std::ops::Range;
use text::vocabulary;

vocabulary! {
    /// What must hold around a match.
    Guard {
        /// Its last word begins with a capital.
        Capital = "capital",
        /// Its last word is tagged as a name.
        Named = "named",
        /// One of its words is tagged as a noun.
        Noun = "noun",
        /// The noun is not beside another that it would describe.
        NounEnd = "noun-end",
        /// No counted noun follows.
        NotCounted = "not-counted",
        /// No sign of a count or of a label stands before or behind it.
        Plain = "plain",
        /// The same, and that expression ends with a day.
        FollowsDay = "follows-day",
        /// The same, and that expression is a year.
        FollowsYear = "follows-year",
        /// It is not the part of something: "the fall of the city".
        NotEvent = "not-event",
        /// It is not a preposition to what follows: "two days before the raid".
        NotOf = "not-of",
        /// It is a clock, not a score or a verse.
        Clocked = "clocked",
        /// The number is no year of the calendar.
        FarYear = "far-year",
        /// It is no rate: "40 raids a day".
        NotRate = "not-rate",
        /// No number stands before it.
        NotOfNumber = "not-of-number",
        /// No noun follows that would be what is counted.
        NotUnit = "not-unit",
        /// A name stands before it.
        AfterName = "after-name",
        /// Nothing follows that it would describe.
        Alone = "alone",
        /// It tells what is to come: not "soon after", not "the cellar soon filled".
        SoonAlone = "soon-alone",
        /// Nothing before or behind makes it a length: "more than one day", "one day of".
        NotMore = "not-more",
        /// Nothing follows, or a mark that closes a date line.
        Closed = "closed",
        /// It is a possessive that has lost its mark: "Fridays attack".
        Stripped = "stripped",
        /// It is not part of a title: "the Daily Veshtian".
        NotTitle = "not-title",
    }
}

impl Guard {
    /// Whether it holds. `all` is the match with the words around the expression, `before` the expression before it.
    pub(crate) fn holds(
        self,
        words: &Fine,
        all: &Range<usize>,
        tokens: &Range<usize>,
        before: Option<&Range<usize>>,
    ) -> bool {
        let last = tokens.end.saturating_sub(1);
        let next = words.lower(tokens.end);
        let tag = |token: usize, begin: &str| {
            let tag = words.xpos(token);
            tag.is_empty() || tag.starts_with(begin)
        };
        match self {
            Self::Capital => words.is_capital(last),
            Self::Named => {
                let described = tokens.start.checked_sub(1).is_some_and(|before| {
                    matches!(words.xpos(before), "DT" | "JJ" | "NN" | "NNP" | "PRP$")
                });
                words.is_capital(last) && tag(last, "NNP") && !described
            }
            Self::Noun => tokens.clone().any(|token| tag(token, "NN")),
            Self::NounEnd => tag(last, "NN") && !words.xpos(tokens.end).starts_with("NN"),
            Self::NotCounted => !is_counted(words, tokens.end),
            Self::Plain => is_plain(words, tokens),
            Self::FollowsDay => before.is_some_and(|before| {
                before.end == all.start
                    && words.lower(before.end.saturating_sub(1)).len() <= 4
                    && words
                        .lower(before.end.saturating_sub(1))
                        .parse::<u32>()
                        .is_ok_and(|day| day <= 31)
            }),
            Self::NotEvent => next != "of",
            Self::FollowsYear => {
                before.is_some_and(|before| {
                    before.end == all.start && words.lower(before.end.saturating_sub(1)).len() == 4
                }) && (words.is_near(tokens.start) || next == ")")
            }
            Self::NotOf => {
                !matches!(
                    words.lower(last),
                    "before"
                        | "after"
                        | "prior"
                        | "on"
                        | "morning"
                        | "afternoon"
                        | "evening"
                        | "night"
                        | "day"
                ) || !begins_phrase(words, tokens.end)
            }
            Self::Clocked => {
                tokens.len() > 1
                    || !words.lower(last).contains(':')
                    || matches!(
                        words.before(tokens.start),
                        "at" | "by"
                            | "around"
                            | "about"
                            | "until"
                            | "till"
                            | "before"
                            | "after"
                            | "from"
                            | "to"
                            | "since"
                            | "and"
                            | ","
                            | "("
                    )
            }
            Self::FarYear => words.lower(last).len() > 4,
            Self::NotRate => {
                let rate = matches!(words.lower(tokens.start), "a" | "an")
                    && tokens.start.checked_sub(1).is_some_and(|before| {
                        matches!(words.xpos(before), "NNS" | "CD" | "NN" | "NNP")
                            || matches!(
                                words.lower(before),
                                "%" | "times" | "once" | "twice" | "percent"
                            )
                    });
                // "Seized villages a day after the truce" is no rate.
                let dated = matches!(next, "after" | "before");
                (!rate || dated) && !matches!(next, "'s")
            }
            Self::NotOfNumber => !tokens
                .start
                .checked_sub(2)
                .is_some_and(|before| matches!(words.lower(before), "all" | "days" | "one")),
            Self::NotUnit => {
                !is_counted(words, tokens.end)
                    && !words.xpos(tokens.end).starts_with("NN")
                    && !matches!(next, "%" | "-")
            }
            Self::AfterName => all.start.checked_sub(1).is_some_and(|before| {
                words.is_capital(before)
                    && tag(before, "NNP")
                    && !words.lower(before).ends_with("day")
            }),
            Self::Alone => {
                let tag = words.xpos(tokens.end);
                !matches!(tag, "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "CD")
                    && !matches!(next, "than" | "this" | "that" | "on" | "in")
                    && tokens.start.checked_sub(1).is_none_or(|before| {
                        !matches!(
                            words.lower(before),
                            "the"
                                | "an"
                                | "no"
                                | "days"
                                | "years"
                                | "months"
                                | "weeks"
                                | "day"
                                | "year"
                                | "month"
                                | "week"
                        )
                    })
            }
            Self::SoonAlone => {
                !matches!(
                    next,
                    "after" | "afterwards" | "before" | "as" | "thereafter" | "afterward"
                ) && !matches!(words.before(tokens.start), "as" | "too" | "how")
                    && words.xpos(last) != "JJ"
                    && !(tokens.start.saturating_sub(5)..tokens.end + 4).any(|token| {
                        words.xpos(token) == "VBD" && words.sentence(tokens.start).contains(&token)
                    })
            }
            Self::NotMore => {
                !matches!(
                    next,
                    "of" | "later" | "earlier" | "ago" | "before" | "after" | "-"
                ) && !matches!(
                    words.before(tokens.start),
                    "than"
                        | "least"
                        | "for"
                        | "only"
                        | "just"
                        | "within"
                        | "in"
                        | "about"
                        | "nearly"
                        | "almost"
                        | "under"
                        | "over"
                        | "the"
                        | "after"
                )
            }
            Self::Closed => {
                matches!(next, "(" | ")" | "[" | "]" | "-" | "--" | "—" | "–")
                    || words.sentence(tokens.start).end == tokens.end
            }
            Self::Stripped => {
                words.xpos(tokens.end).starts_with("NN")
                    && !matches!(
                        words.before(tokens.start),
                        "on" | "the"
                            | "these"
                            | "those"
                            | "most"
                            | "many"
                            | "some"
                            | "all"
                            | "our"
                            | "and"
                            | "or"
                            | "past"
                    )
            }
            Self::NotTitle => {
                let begin = words.word(tokens.start);
                let shouted =
                    begin.len() > 1 && !begin.bytes().any(|byte| byte.is_ascii_lowercase());
                !words.is_capital(tokens.start)
                    || shouted
                    || !words.is_capital(tokens.end)
                    || words.sentence(tokens.start).start == tokens.start
            }
        }
    }
}

/// Whether the word is a noun that a number before it counts.
fn is_counted(words: &Fine, token: usize) -> bool {
    matches!(words.xpos(token), "NNS" | "NNPS") && !words.lower(token).ends_with("day")
        || matches!(
            words.lower(token),
            "people"
                | "men"
                | "women"
                | "children"
                | "%"
                | "percent"
                | "million"
                | "billion"
                | "thousand"
                | "hundred"
                | "dozen"
                | "km"
                | "kilometers"
                | "kilometres"
                | "miles"
                | "kg"
                | "tons"
                | "tonnes"
                | "feet"
                | "meters"
                | "metres"
                | "other"
                | "others"
                | "floor"
        )
}

/// Whether nothing beside a bare year says that it counts or labels something.
fn is_plain(words: &Fine, tokens: &Range<usize>) -> bool {
    let before = words.before(tokens.start);
    let is_label = matches!(
        before,
        "$" | "£"
            | "€"
            | "#"
            | "no."
            | "no"
            | "number"
            | "than"
            | "least"
            | "over"
            | "some"
            | "about"
            | "nearly"
            | "almost"
            | "up"
            | "resolution"
            | "article"
            | "law"
            | "flight"
            | "route"
            | "highway"
            | "section"
            | "room"
            | "unit"
            | "brigade"
            | "-"
            | "/"
            | "+"
            | ":"
            | "these"
            | "those"
            | "all"
            | "around"
    );
    let is_year =
        |token: usize| words.lower(token).len() == 4 && words.lower(token).parse::<u32>().is_ok();
    let begins = words.sentence(tokens.start).start == tokens.start;
    // "2029-30", "1999-00".
    let is_next_year = |token: usize| {
        let two = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() == 2);
        let ours = words.lower(tokens.end.saturating_sub(1));
        let from = ours.get(2..).and_then(two);
        let to = two(words.lower(token));
        matches!((from, to), (Some(from), Some(to)) if from < to || to == 0 && from == 99)
    };
    let joined = match words.lower(tokens.end) {
        "-" | "/" => {
            let next = tokens.end + 1;
            words.is_near(tokens.end) && !is_year(next) && !is_next_year(next)
        }
        // "2005: elections and a new government".
        ":" => words.is_near(tokens.end) && !begins,
        "x" | "°" => true,
        _ => false,
    };
    let last = tokens.end.saturating_sub(1);
    let tag = words.xpos(last);
    !is_label
        && !joined
        && (tag.is_empty() || tag == "CD")
        && words
            .lower(last)
            .parse::<u32>()
            .is_ok_and(|year| (1700..2100).contains(&year))
}

/// Whether a noun phrase or a clause begins here.
fn begins_phrase(words: &Fine, token: usize) -> bool {
    matches!(words.lower(token), "of" | "to" | "when")
        || matches!(
            words.xpos(token),
            "DT" | "PRP"
                | "PRP$"
                | "NN"
                | "NNS"
                | "NNP"
                | "NNPS"
                | "VBG"
                | "JJ"
                | "CD"
                | "WDT"
                | "IN"
        ) && !matches!(
            words.lower(token),
            "in" | "on"
                | "at"
                | "by"
                | "from"
                | "after"
                | "with"
                | "as"
                | "near"
                | "during"
                | "because"
                | "despite"
                | "between"
                | "outside"
                | "inside"
                | "across"
                | "throughout"
                | "into"
                | "against"
                | "for"
                | "and"
        )
}
