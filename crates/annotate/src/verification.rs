//! What the article says of claims being verified, and how firmly a content is put.
//!
//! A remark ("The figure could not be independently verified") is found by its verb, its negation and its subject or object, and
//! goes back to the claims just before it, or to those of its own sentence where it trails. A remark inside what a source says is
//! the source's and marks nothing. It does not know whether anything is true.

use crate::attributions::Tokens;
use crate::events;
use crate::knowledge::{ADVERB, AUXILIARY, BE, MODAL, NEGATION, PERSONAL};
use crate::phrases::{self, Subject};
use crate::sources::Resolver;
use crate::view::View;
use crate::{Certainty, Claim, EntityId, EntityKind, UnverifiedBy, Voice, Why};
use syntax::Relation;

/// A remark goes back no more sentences than this.
const REACH: usize = 3;

/// So many claims before a remark are looked at.
const WINDOW: usize = 12;

/// So many words before a verb of checking are looked at.
const GROUP: usize = 10;

/// Hedges inside a content.
pub(crate) fn hedged(view: &View, content: &[Tokens]) -> Certainty {
    let lists = &view.knowledge.verification;
    for token in content.iter().cloned().flatten() {
        let word = view.lower(token);
        if lists.has("probable", word) {
            return Certainty::Probable;
        }
        if lists.has("hearsay", word) {
            return Certainty::Unknown;
        }
        if lists.has("possible", word) && !view.is_capital(token) {
            return Certainty::Possible;
        }
    }
    events::certainty(view, content)
}

/// Sets certainty and `unverified_by` of the claims that the article says are not verified. Linear in the length of the text.
pub(crate) fn mark(view: &View, resolver: &Resolver, claims: &mut [Claim]) {
    let reader = Reader::new(view, resolver, claims);
    let mut marks: Vec<(usize, Mark)> = Vec::new();
    for (index, placed) in reader.claims.iter().enumerate() {
        if let Some(words) = reader.disclaimed(placed) {
            marks.push((index, Mark::outlet(words)));
        }
    }
    for sentence in &view.segments.sentences {
        let tokens = view.sentence_tokens(sentence);
        for token in tokens.clone() {
            if let Some(remark) = reader.remark(token, &tokens) {
                let targets = reader.targets(&remark);
                marks.extend(
                    targets
                        .into_iter()
                        .map(|target| (target, remark.mark.clone())),
                );
            }
        }
    }
    let order: Vec<usize> = reader.claims.iter().map(|placed| placed.claim).collect();
    for (index, mark) in marks {
        let claim = &mut claims[order[index]];
        if claim.unverified_by.is_none() {
            claim.certainty = Certainty::Unverified;
            claim.unverified_by = Some(mark.by);
            claim.why.push(Why {
                rule: "unverified".into(),
                spans: vec![view.span(mark.words)],
                note: "the article says that this is not verified".into(),
            });
        }
    }
}

/// What is to be written down.
#[derive(Debug, Clone)]
struct Mark {
    by: UnverifiedBy,
    words: Tokens,
}

impl Mark {
    fn outlet(words: Tokens) -> Self {
        let by = UnverifiedBy::Outlet;
        Self { by, words }
    }
}

/// A claim and the tokens that it holds.
struct Placed {
    /// Its place among the claims.
    claim: usize,
    voice: Voice,
    source: (Option<EntityId>, Option<usize>),
    cue: Option<Tokens>,
    content: Vec<Tokens>,
    /// Of its content's first word.
    sentence: usize,
}

impl Placed {
    fn start(&self) -> usize {
        self.content.first().map_or(0, |tokens| tokens.start)
    }

    fn holds(&self, token: usize) -> bool {
        self.content.iter().any(|tokens| tokens.contains(&token))
    }
}

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// "this", "the claim": the one before.
    One,
    /// "the figure": the one before with a number.
    Number,
    /// "neither claim": two by different sources.
    Both,
    /// "those reports": all of the sentence before.
    All,
    /// A clause that trails in the sentence of its claims.
    Here,
}

struct Remark {
    mark: Mark,
    about: About,
    /// The verb or noun of checking.
    token: usize,
    sentence: usize,
}

struct Reader<'r, 'a> {
    view: &'r View<'a>,
    resolver: &'r Resolver<'r, 'a>,
    /// By their first word.
    claims: Vec<Placed>,
}

impl<'r, 'a> Reader<'r, 'a> {
    fn new(view: &'r View<'a>, resolver: &'r Resolver<'r, 'a>, claims: &[Claim]) -> Self {
        let placed = |(number, claim): (usize, &Claim)| {
            let content: Vec<Tokens> = (claim.content.spans.iter())
                .map(|span| view.tokens_in(*span))
                .collect();
            let source = claim.source.spans.first();
            let cue = claim.cue.as_ref().and_then(|cue| cue.spans.first());
            Placed {
                claim: number,
                voice: claim.voice,
                source: (
                    claim.source.entity,
                    source.map(|span| view.tokens_in(*span).start),
                ),
                cue: cue.map(|span| view.tokens_in(*span)),
                sentence: content
                    .first()
                    .and_then(|tokens| view.sentence_of(tokens.start))
                    .unwrap_or(0),
                content,
            }
        };
        let mut claims: Vec<Placed> = claims.iter().enumerate().map(placed).collect();
        claims.sort_by_key(Placed::start);
        Self {
            view,
            resolver,
            claims,
        }
    }

    fn has(&self, section: &str, token: usize) -> bool {
        (self.view.knowledge.verification).has(section, self.view.lower(token))
    }

    /// "allegedly" in a content outside quotation marks, "unconfirmed" beside a cue, also where it came into the content as its
    /// first word ("has reported unconfirmed that …").
    fn disclaimed(&self, placed: &Placed) -> Option<Tokens> {
        let view = self.view;
        let inside = placed.content.iter().cloned().flatten();
        let adverb = inside
            .filter(|token| view.quote(*token).is_none())
            .find(|token| self.has("disclaimed", *token));
        let beside = || {
            let cue = placed.cue.clone()?;
            let sentence = view.sentence_around(cue.start)?;
            let near =
                cue.start.saturating_sub(5).max(sentence.start)..sentence.end.min(cue.end + 5);
            near.into_iter().find(|token| {
                let leads = *token == placed.start() && view.relation(*token) != Relation::Amod;
                self.has("unverified", *token) && (leads || !placed.holds(*token))
            })
        };
        adverb.or_else(beside).map(|token| token..token + 1)
    }

    /// The claims before a token, nearest last.
    fn before(&self, token: usize) -> &[Placed] {
        let end = self.claims.partition_point(|placed| placed.start() < token);
        &self.claims[end.saturating_sub(WINDOW)..end]
    }

    /// Whether a source says the words at this token itself.
    fn is_said(&self, token: usize, clause: usize) -> bool {
        let view = self.view;
        if view.quote(token).is_some() {
            return true;
        }
        // "…, though the figure could not be verified", "…, a claim that …": the writer's, even where it was read with the content.
        let trails = (clause.saturating_sub(1)..=clause + 1)
            .any(|at| matches!(view.lower(at), "though" | "although" | "but" | "which"))
            || view.is_comma(clause.saturating_sub(1))
                && matches!(view.lower(clause), "a" | "an" | "something");
        !trails
            && self
                .before(token)
                .iter()
                .any(|placed| placed.voice == Voice::Attributed && placed.holds(token))
    }

    /// A remark whose verb or noun of checking stands here.
    fn remark(&self, token: usize, sentence: &Tokens) -> Option<Remark> {
        let view = self.view;
        let word = view.lower(token);
        // Cheap tests first: few words begin like those of checking.
        if !view.is_word(token) || word.len() < 5 {
            return None;
        }
        let (about, by, words, clause) = if self.has("verification", token) {
            self.by_noun(token, sentence)?
        } else if view
            .knowledge
            .verification
            .has("verify", &view.lemma(token))
        {
            self.by_verb(token, sentence)?
        } else if self.has("unverified", token) {
            self.by_adjective(token, sentence)?
        } else {
            return None;
        };
        if self.is_said(token, clause) {
            return None;
        }
        Some(Remark {
            mark: Mark { by, words },
            about,
            token,
            sentence: view.sentence_of(token)?,
        })
    }

    /// "There was no independent confirmation of the claim", "Independent confirmation was not possible".
    fn by_noun(
        &self,
        token: usize,
        sentence: &Tokens,
    ) -> Option<(About, UnverifiedBy, Tokens, usize)> {
        let view = self.view;
        let start = token.saturating_sub(4).max(sentence.start);
        let left = |words: &[&str]| (start..token).any(|at| words.contains(&view.lower(at)));
        let is_independent = left(&["independent", "independently"]);
        let none = left(&["no", "without"]) && (is_independent || left(&["there"]));
        let end = sentence.end.min(token + 6);
        let barred = is_independent
            && (token + 1..end).any(|at| view.is(at, NEGATION) || self.has("inability", at))
            && (token + 1..end).any(|at| {
                self.has("ability", at) || matches!(view.lower(at), "available" | "obtained")
            });
        if !none && !barred {
            return None;
        }
        let about = if view.lower(token + 1) == "of" {
            let end = phrases::phrase_end(view, token + 2, sentence.end, true);
            self.about(&(token + 2..end))?
        } else {
            About::One
        };
        Some((about, UnverifiedBy::Outlet, start..token + 1, start))
    }

    /// "Rumours of his death, which are unsubstantiated", "The reports are unconfirmed".
    fn by_adjective(
        &self,
        token: usize,
        sentence: &Tokens,
    ) -> Option<(About, UnverifiedBy, Tokens, usize)> {
        let view = self.view;
        let mut group = token;
        while group > sentence.start
            && (view.is(group - 1, BE | AUXILIARY | ADVERB) || view.is_adverb(group - 1))
        {
            group -= 1;
        }
        if !(group..token)
            .any(|at| view.is(at, BE) || view.lower(at) == "remain" || view.lower(at) == "remained")
        {
            return None;
        }
        let (about, clause) = self.subject(group, sentence)?;
        Some((about, UnverifiedBy::Outlet, group..token + 1, clause))
    }

    /// "The claim could not be verified", "the agency was unable to verify the figures".
    fn by_verb(
        &self,
        verb: usize,
        sentence: &Tokens,
    ) -> Option<(About, UnverifiedBy, Tokens, usize)> {
        let view = self.view;
        if !view.xpos(verb).starts_with("VB") && !view.xpos(verb).is_empty() {
            return None;
        }
        let first = verb.saturating_sub(GROUP).max(sentence.start);
        let floor = (first..verb)
            .rev()
            .find(|at| view.is_comma(*at) || view.lower(*at) == ";")
            .map_or(first, |at| at + 1);
        let window = floor..verb;
        let able = window.clone().find(|at| self.has("ability", *at));
        let unable = window.clone().any(|at| self.has("inability", at));
        let negated = window.clone().any(|at| view.is(at, NEGATION)) || unable;
        if !negated {
            return None;
        }
        let mut last = verb;
        while last > floor && view.is_adverb(last - 1) {
            last -= 1;
        }
        let passive = last > floor
            && matches!(
                view.lower(last - 1),
                "be" | "been" | "being" | "was" | "were" | "is" | "are" | "not"
            );
        let passive =
            passive && (floor..last).any(|at| view.is(at, BE)) && view.lower(verb).ends_with("ed");
        // Where the verb group begins: before "could", "has", "was", their negation and adverbs.
        let mut group = able.unwrap_or(last).min(last);
        while group > sentence.start
            && (view.is(group - 1, AUXILIARY | MODAL)
                || view.is_adverb(group - 1)
                || matches!(view.lower(group - 1), "not" | "never" | "n't"))
        {
            group -= 1;
        }
        let words = group..verb + 1;
        if passive {
            let (about, clause) = self.subject(group, sentence)?;
            let by = (verb + 1..sentence.end.min(verb + 4)).find(|at| view.lower(*at) == "by");
            let by = by
                .filter(|_| able.is_some())
                .map(|by| by + 1..phrases::phrase_end(view, by + 1, sentence.end, false));
            let by = by
                .and_then(|by| self.who(&by))
                .unwrap_or(UnverifiedBy::Outlet);
            return Some((about, by, words, clause));
        }
        let actor = match phrases::subject_before(view, sentence.start, group) {
            Subject::Phrase(tokens) => tokens,
            Subject::Relative(_) | Subject::Shared | Subject::None => group..group,
        };
        let nobody = (sentence.start..group)
            .rev()
            .take(10)
            .take_while(|at| !view.is_comma(*at))
            .any(|at| matches!(view.lower(at), "neither" | "nobody" | "none" | "no"));
        let by = match () {
            () if nobody => UnverifiedBy::Outlet,
            () if view.lower(actor.start) == "it"
                && (group..verb).any(|at| matches!(view.lower(at), "possible" | "impossible")) =>
            {
                UnverifiedBy::Outlet
            }
            () => self
                .who(&actor)
                .filter(|by| able.is_some() || *by == UnverifiedBy::Outlet)?,
        };
        let end = phrases::phrase_end(view, verb + 1, sentence.end, true);
        let object = verb + 1..end.max(verb + 1);
        if !object.is_empty() && view.is_word(verb + 1) {
            return Some((self.about(&object)?, by, words, actor.start.max(floor)));
        }
        // "…, an allegation the agency could not confirm"
        let noun = (sentence.start..actor.start)
            .rev()
            .take(4)
            .find(|at| self.is_claim_noun(*at))?;
        let comma = (sentence.start..noun)
            .rev()
            .take(4)
            .find(|at| view.is_comma(*at))?;
        Some((About::Here, by, words, comma + 1))
    }

    fn is_claim_noun(&self, token: usize) -> bool {
        self.has("claim", token) || self.has("figure", token)
    }

    /// What the subject of a verb group that says "not verified" is about, and where its clause begins.
    fn subject(&self, group: usize, sentence: &Tokens) -> Option<(About, usize)> {
        let view = self.view;
        match phrases::subject_before(view, sentence.start, group) {
            Subject::Phrase(tokens) => {
                // "None of these figures", "Neither side’s account": the first words decide.
                let mut start = tokens.start;
                while start > sentence.start && start + 6 > tokens.start {
                    let word = view.lower(start - 1);
                    if matches!(word, "of" | "side" | "'s" | "’s") || self.has("all-of", start - 1)
                    {
                        start -= 1;
                    } else {
                        break;
                    }
                }
                Some((self.about(&(start..tokens.end))?, start))
            }
            Subject::Relative(pronoun) => {
                let mut noun = pronoun.checked_sub(1)?;
                while noun > sentence.start && (view.is_comma(noun) || !view.is_word(noun)) {
                    noun -= 1;
                }
                let inside = self
                    .before(noun + 1)
                    .iter()
                    .any(|placed| placed.holds(noun));
                let named = (sentence.start..=noun)
                    .rev()
                    .take(4)
                    .any(|at| self.is_claim_noun(at));
                let begins = if named && !view.is_comma(pronoun - 1) {
                    (sentence.start..=noun)
                        .rev()
                        .take(6)
                        .find(|at| view.is_comma(*at))
                        .map_or(noun, |comma| comma + 1)
                } else {
                    pronoun
                };
                (named || inside && view.is_comma(pronoun - 1)).then_some((About::Here, begins))
            }
            Subject::Shared | Subject::None => None,
        }
    }

    /// What a phrase goes back to; none where it names something else than a claim.
    fn about(&self, tokens: &Tokens) -> Option<About> {
        let view = self.view;
        let first = tokens.start;
        if tokens.len() <= 2 && matches!(view.lower(first), "this" | "that" | "it") {
            return Some(About::One);
        }
        if self.has("part-of", first) {
            return None;
        }
        let noun = tokens.clone().find(|token| self.is_claim_noun(*token));
        let all = tokens
            .clone()
            .take(3)
            .find(|token| self.has("all-of", *token));
        match (all.map(|token| view.lower(token)), noun) {
            (Some("neither" | "either" | "both"), _) => Some(About::Both),
            (Some("no"), _) => None,
            (Some(_), _) => Some(About::All),
            (None, None) => None,
            (None, Some(noun)) if self.has("figure", noun) => Some(About::Number),
            (None, Some(noun)) if view.lower(noun).ends_with('s') => Some(About::All),
            (None, Some(_)) => Some(About::One),
        }
    }

    /// Who could not check: the outlet in its own words, or a party; none for a pronoun.
    fn who(&self, tokens: &Tokens) -> Option<UnverifiedBy> {
        let view = self.view;
        if tokens.is_empty() {
            return None;
        }
        let own = tokens.clone().any(|token| self.has("outlet", token))
            || matches!(view.lower(tokens.start), "this" | "our")
                && tokens.clone().any(|token| self.has("outlet-noun", token));
        if own {
            return Some(UnverifiedBy::Outlet);
        }
        if tokens.len() == 1 && view.is(tokens.start, PERSONAL) {
            return None;
        }
        let resolved = self.resolver.phrase(tokens);
        let is_party = |entity: &EntityId| {
            let found = self.resolver.entities.get(entity.index());
            found.is_some_and(|found| !matches!(found.kind, EntityKind::Weapon | EntityKind::Event))
        };
        let named = || {
            tokens
                .clone()
                .filter_map(|token| self.resolver.entity_at(token))
                .find(is_party)
        };
        let entity = resolved
            .entity
            .or(resolved.speaks_for)
            .filter(is_party)
            .or_else(named);
        let outlet = view.document.meta.outlet.as_deref();
        Some(match entity {
            Some(entity)
                if Some(self.resolver.entities[entity.index()].name.as_str()) != outlet =>
            {
                UnverifiedBy::Entity(entity)
            }
            _ => UnverifiedBy::Outlet,
        })
    }

    /// The claims that a remark is about, as places in `claims`.
    fn targets(&self, remark: &Remark) -> Vec<usize> {
        let view = self.view;
        let end = self
            .claims
            .partition_point(|placed| placed.start() < remark.token);
        // What follows in the sentence can be meant where the remark stands beside its source ("The statement, which …, said …").
        let stop = self.claims[end..]
            .iter()
            .take(WINDOW)
            .take_while(|placed| remark.about == About::Here && placed.sentence == remark.sentence)
            .count()
            + end;
        let first = end.saturating_sub(WINDOW);
        let block = view.block_of(remark.token);
        let own = |placed: &Placed| {
            // The remark itself, read as an attribution.
            let cue = placed.cue.clone().unwrap_or(0..0);
            cue.start < remark.token + 1 && remark.mark.words.start < cue.end
                || placed.voice == Voice::Narrator
                    && placed.sentence == remark.sentence
                    && placed.holds(remark.token)
                    && placed.start() + 1 >= remark.mark.words.start
        };
        let near = |placed: &Placed| {
            let blocks = placed
                .content
                .first()
                .and_then(|tokens| view.block_of(tokens.start))
                .zip(block);
            placed.sentence + REACH > remark.sentence
                && blocks.is_some_and(|(its, here)| its + 1 >= here)
        };
        let candidates: Vec<usize> = (first..stop)
            .filter(|index| near(&self.claims[*index]) && !own(&self.claims[*index]))
            .collect();
        let here: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|index| self.claims[*index].sentence == remark.sentence)
            .collect();
        if remark.about == About::Here {
            return here;
        }
        let Some(&last) = candidates.last() else {
            return Vec::new();
        };
        let of_sentence = |sentence: usize| {
            candidates
                .iter()
                .copied()
                .filter(move |index| self.claims[*index].sentence == sentence)
        };
        match remark.about {
            About::Here => here,
            About::One => {
                let attributed = candidates
                    .iter()
                    .rev()
                    .find(|index| self.claims[**index].voice == Voice::Attributed);
                vec![attributed.copied().unwrap_or(last)]
            }
            About::Number => {
                let counts = |index: &&usize| {
                    self.claims[**index]
                        .content
                        .iter()
                        .cloned()
                        .flatten()
                        .any(|token| {
                            view.kind(token) == Some(text::TokenKind::Number)
                                || crate::numbers::number_word(view.lower(token)).is_some()
                        })
                };
                vec![
                    candidates
                        .iter()
                        .rev()
                        .find(counts)
                        .copied()
                        .unwrap_or(last),
                ]
            }
            About::Both => {
                let other = candidates
                    .iter()
                    .rev()
                    .find(|index| self.claims[**index].source != self.claims[last].source);
                other.copied().into_iter().chain([last]).collect()
            }
            About::All => of_sentence(self.claims[last].sentence).collect(),
        }
    }
}
