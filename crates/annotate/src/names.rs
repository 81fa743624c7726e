//! Names: where they stand, what the words beside them call their bearers, and of what kind the words around say that
//! they are.
//!
//! It does not know which names are one entity (`clusters`).

use crate::attributions::Tokens;
use crate::contents::head_of;
use crate::knowledge::DETERMINER;
use crate::view::View;
use crate::{EntityKind, Mention, MentionForm};
use gazetteer::{Kind, PlaceRecord, Seat};
use text::{BlockKind, TokenKind};

/// A name where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// The name without title or role.
    pub(crate) tokens: Tokens,
    /// What the words beside it call its bearer ("opposition leader", "President", "a spokesman for the Front"), in order.
    pub(crate) called: Vec<Called>,
    /// How it is addressed ("Mrs.", "President"); empty where it is not.
    pub(crate) title: Tokens,
    /// Evidence for each kind, by the words around.
    pub(crate) votes: Votes,
    /// The words around say that the person is dead ("the late X", "X, who died in 2001").
    pub(crate) late: bool,
}

/// An office, a role or an apposition beside a name, without its determiner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Called {
    pub(crate) tokens: Tokens,
    /// Its head; what stands behind ("for the Front") tells more.
    pub(crate) head: usize,
}

impl Name {
    /// What tells its bearer from others of that name, in lower case: titles and what it is called, up to the heads.
    pub(crate) fn marks(&self, view: &View) -> Vec<String> {
        let title = Some(view.phrase(self.title.clone())).filter(|title| !title.is_empty());
        let called = self.called.iter().map(|called| called.words(view));
        title.into_iter().chain(called).collect()
    }
}

impl Called {
    fn new(view: &View, mut tokens: Tokens) -> Option<Self> {
        if view.is(tokens.start, DETERMINER) {
            tokens.start += 1;
        }
        (!tokens.is_empty()).then(|| Self {
            head: head_of(view, &tokens),
            tokens,
        })
    }

    /// The words up to the head, in lower case.
    pub(crate) fn words(&self, view: &View) -> String {
        view.phrase(self.tokens.start..self.head + 1)
    }
}

/// Evidence for kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Votes {
    pub(crate) person: u32,
    pub(crate) place: u32,
    pub(crate) organization: u32,
    pub(crate) group: u32,
    /// For the kinds that words around do not tell: a facility, a weapon, an event, something else.
    others: [u32; OTHERS.len()],
}

const OTHERS: [EntityKind; 4] = [
    EntityKind::Facility,
    EntityKind::Weapon,
    EntityKind::Event,
    EntityKind::Other,
];
/// What the tagger's word is worth, beside the words around.
const TAGGER: u32 = 1;

impl Votes {
    fn of(kind: EntityKind, worth: u32) -> Self {
        let mut votes = Self::default();
        match kind {
            EntityKind::Person => votes.person = worth,
            EntityKind::Place => votes.place = worth,
            EntityKind::Organization => votes.organization = worth,
            EntityKind::Group => votes.group = worth,
            EntityKind::Facility => votes.others[0] = worth,
            EntityKind::Weapon => votes.others[1] = worth,
            EntityKind::Event => votes.others[2] = worth,
            EntityKind::Other => votes.others[3] = worth,
        }
        votes
    }

    pub(crate) fn add(&mut self, other: Votes) {
        self.person += other.person;
        self.place += other.place;
        self.organization += other.organization;
        self.group += other.group;
        for (own, other) in self.others.iter_mut().zip(other.others) {
            *own += other;
        }
    }

    /// The kind with most evidence; `Other` where there is none.
    pub(crate) fn kind(self) -> EntityKind {
        let others = self.others.into_iter().zip(OTHERS);
        let ranked = [
            (self.place, EntityKind::Place),
            (self.organization, EntityKind::Organization),
            (self.group, EntityKind::Group),
            (self.person, EntityKind::Person),
        ];
        // The last of equals wins, so a person by default.
        others
            .chain(ranked)
            .filter(|(votes, _)| *votes > 0)
            .max_by_key(|(votes, _)| *votes)
            .map_or(EntityKind::Other, |(_, kind)| kind)
    }
}

/// The names of a document as the readers of attributions know them, in order: what the tagger found, with the words
/// around. A name within a hyphenated word ("US-backed") is no token of theirs and is left out here.
pub(crate) fn names(view: &View, found: &[Mention]) -> Vec<Name> {
    let mut names = Vec::new();
    let mut sentences = view.segments.sentences.iter().peekable();
    let named = found
        .iter()
        .filter(|mention| mention.form == MentionForm::Name);
    for mention in named {
        let span = mention.span;
        while sentences
            .peek()
            .is_some_and(|sentence| sentence.span.end <= span.start)
        {
            sentences.next();
        }
        let Some(sentence) = sentences.peek() else {
            break;
        };
        if view.block_kind(sentence) == BlockKind::Boilerplate {
            continue;
        }
        let within = view.sentence_tokens(sentence);
        let tokens = &view.segments.tokens[within.clone()];
        let first = tokens.partition_point(|token| token.span.end <= span.start);
        let last = tokens.partition_point(|token| token.span.start < span.end);
        let whole = first < last
            && tokens[first].span.start == span.start
            && tokens[last - 1].span.end == span.end;
        if whole {
            let tokens = within.start + first..within.start + last;
            let called = called(view, mention, &tokens, &within, names.last());
            let (votes, late) = describe(view, &tokens, mention.kind, within);
            names.push(Name {
                called,
                title: mention.title.map_or(0..0, |title| view.tokens_in(title)),
                tokens,
                votes,
                late,
            });
        }
    }
    names
}

/// What the words beside a name call its bearer: an office or role, and what commas set apart ("X, a spokesman for the
/// Front,"; "The leader of the Front in Orrem, X"). A form of address ("Mr") says nothing of its bearer.
fn called(
    view: &View,
    mention: &Mention,
    name: &Tokens,
    sentence: &Tokens,
    before: Option<&Name>,
) -> Vec<Called> {
    let is_role = |token: usize| view.knowledge.parties.has("role", view.lower(token));
    let title = mention.title.map(|title| view.tokens_in(title));
    let office = title
        .filter(|title| !title.is_empty() && is_role(title.end - 1))
        .map(|title| match before {
            // "Orrem mayor X" says of what.
            Some(of) if of.tokens.end == title.start => of.tokens.start..title.end,
            _ => title,
        });
    let roles = mention.roles.iter().map(|role| view.tokens_in(*role));
    let beside = office.into_iter().chain(roles);
    let apart = [
        before_comma(view, name.start, sentence),
        after_comma(view, name.end, sentence),
    ];
    let apart = apart
        .into_iter()
        .flatten()
        .filter(|_| mention.kind == EntityKind::Person)
        .filter_map(|tokens| Called::new(view, tokens))
        .filter(|phrase| is_role(phrase.head));
    beside
        .filter_map(|tokens| Called::new(view, tokens))
        .chain(apart)
        .collect()
}

/// The most words that a comma sets apart beside a name.
const MOST_APART: usize = 14;

/// The words that end with the comma before a name, without a verb, at the start of the sentence or of a part of it. Whom
/// a clause goes on to is somebody else ("after she told the envoy, X said").
fn before_comma(view: &View, name: usize, sentence: &Tokens) -> Option<Tokens> {
    let comma = name
        .checked_sub(1)
        .filter(|comma| *comma > sentence.start && view.is_comma(*comma))?;
    let mut start = comma;
    while start > sentence.start && !view.is_comma(start - 1) && !view.is_quote_mark(start - 1) {
        start -= 1;
        if view.is_finite(start) || comma - start > MOST_APART {
            return None;
        }
    }
    (start < comma).then_some(start..comma)
}

/// The words between the comma after a name and the next comma, stop or verb.
fn after_comma(view: &View, comma: usize, sentence: &Tokens) -> Option<Tokens> {
    let start = comma + 1;
    let ends =
        |token: &usize| view.is_comma(*token) || view.is_stop(*token) || view.is_finite(*token);
    let limit = sentence.end.min(start + MOST_APART + 1);
    let end = (start..limit).find(ends).unwrap_or(limit);
    (view.is_comma(comma) && start < end && end - start <= MOST_APART).then_some(start..end)
}

/// Whether most longer words of a sentence are capitalised, so that capitals mean nothing (headlines).
pub(crate) fn title_case(view: &View, tokens: Tokens) -> bool {
    let long: Vec<usize> = tokens
        .filter(|token| {
            view.kind(*token) == Some(TokenKind::Word) && view.word(*token).chars().count() > 3
        })
        .collect();
    long.len() > 2
        && long.iter().filter(|token| view.is_capital(**token)).count() * 4 > long.len() * 3
}

/// What the gazetteer's word for a place is worth: of its names only those of countries, capitals and parts of the world are seldom
/// those of people.
fn known_place(view: &View, name: &str) -> u32 {
    let Some(gazetteer) = &view.knowledge.gazetteer else {
        return 0;
    };
    let worth = |place: PlaceRecord| match place.kind {
        Kind::Country => 8,
        Kind::Continent | Kind::Region => 3,
        _ if place.seat == Some(Seat::Country) => 3,
        _ => 0,
    };
    let places = gazetteer.exact(&::names::fold(name));
    places
        .filter_map(|named| gazetteer.place(named.place).map(worth))
        .max()
        .unwrap_or(0)
}

/// Looks at the words around a name: evidence for its kind, and whether they say that its bearer is dead.
fn describe(view: &View, tokens: &Tokens, kind: EntityKind, sentence: Tokens) -> (Votes, bool) {
    let parties = &view.knowledge.parties;
    let demonyms = &view.knowledge.demonyms;
    let words: Vec<&str> = tokens.clone().map(|token| view.word(token)).collect();
    let phrase = words.join(" ");
    let before = tokens
        .start
        .checked_sub(1)
        .filter(|before| *before >= sentence.start);
    let after = tokens.end;
    let mut votes = Votes::of(kind, TAGGER);
    let last = tokens.end - 1;

    if let Some(before) = before {
        let role =
            parties.has("role", view.lower(before)) || parties.has("title", view.word(before));
        votes.person += u32::from(role) * 4;
        let kin = parties.has("kin", view.lower(before))
            || (view.is_comma(before)
                && before > sentence.start
                && parties.has("kin", view.lower(before - 1)));
        let late = parties.has("late", view.lower(before));
        votes.person += u32::from(kin || late) * 3;
        let article = view.lower(before) == "the";
        let place_of = view.lower(before) == "of"
            && before > sentence.start
            && parties.has("place", view.lower(before - 1));
        votes.place += u32::from(place_of) * 5;
        let locative = matches!(
            view.lower(before),
            "in" | "near"
                | "from"
                | "at"
                | "inside"
                | "outside"
                | "around"
                | "across"
                | "into"
                | "toward"
                | "towards"
                | "through"
                | "throughout"
        );
        votes.place += u32::from(locative && !parties.has("side-noun", view.lower(after))) * 2;
        // "seized Orlen": what is taken or held is a place more often than a person.
        let taken = view.knowledge.events.takes_place(view.lower(before));
        votes.place += u32::from(taken && tokens.len() == 1) * 2;
        let weak_locative = matches!(view.lower(before), "of" | "to" | "on" | "for");
        votes.place += u32::from(weak_locative && tokens.len() == 1);
        votes.group +=
            u32::from(article && tokens.len() == 1 && !parties.has("place", view.lower(after))) * 2;
    }
    votes.place += u32::from(parties.has("place", view.lower(after)) && after < sentence.end) * 5;
    votes.place += u32::from(tokens.len() > 1 && parties.has("place", view.word(last))) * 5;
    votes.place +=
        u32::from(demonyms.countries.contains_key(&phrase) || view.knowledge.layers.knows(&phrase))
            * 8;
    votes.place += known_place(view, &phrase);
    votes.group += u32::from(demonyms.peoples.contains_key(&phrase)) * 8;
    let body = tokens
        .clone()
        .any(|token| parties.has("body", view.word(token)));
    votes.organization +=
        u32::from(body && (tokens.len() > 1 || parties.has("body", view.word(last)))) * 6;
    let acronym = tokens.len() == 1
        && words[0]
            .chars()
            .filter(|letter| letter.is_alphabetic())
            .count()
            >= 2
        && !words[0].chars().any(char::is_lowercase)
        && words[0].len() <= 6;
    votes.organization += u32::from(acronym) * 4;
    let side =
        parties.has("side-noun", view.lower(after)) && after < sentence.end && tokens.len() <= 2;
    votes.group += u32::from(side && !body) * 3;
    let outlet = parties.has("outlet-word", view.lower(after)) && after < sentence.end;
    votes.organization += u32::from(outlet) * 4;
    votes.organization += u32::from(tokens.len() == 1 && parties.has("channel", words[0])) * 6;
    // ", a spokesman for X," / ", 32," / "who" after two names.
    let apposition = view.is_comma(after)
        && after + 1 < sentence.end
        && ((after + 1..sentence.end.min(after + 6))
            .any(|token| parties.has("role", view.lower(token)))
            || view.kind(after + 1) == Some(TokenKind::Number) && view.is_comma(after + 2));
    votes.person += u32::from(apposition && tokens.len() <= 4 && !body) * 2;
    votes.person += u32::from(
        tokens.len() >= 2 && tokens.len() <= 4 && !body && !parties.has("place", view.word(last)),
    );
    votes.person += u32::from(view.lower(after) == "who") * 2;
    let late = before.is_some_and(|before| parties.has("late", view.lower(before)))
        || view.is_comma(after)
            && matches!(view.lower(after + 1), "who")
            && matches!(view.lower(after + 2), "died" | "was")
            && (after + 3..sentence.end.min(after + 10)).any(|token| {
                view.lower(token).len() == 4 && view.kind(token) == Some(TokenKind::Number)
            });
    (votes, late)
}
