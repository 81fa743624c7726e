//! The narrator's claims: sentences and clauses in which nobody is quoted and which state who holds a place, what became of a
//! person, a figure, or an event of conflict or politics.
//!
//! A clause qualifies by an event of `events`, by a number of people with what befell them, or by its verb, subject and object, as
//! `narration.txt` lists them. It has no event types of its own and does not know other documents. What an attributed claim holds
//! is never read again.

use crate::attributions::Tokens;
use crate::claims::{garbled, id};
use crate::contents::clause_start;
use crate::events::{Found, Speaker, events};
use crate::knowledge::{BE, DETERMINER, NEGATION, OBJECT_PRONOUN, PERSONAL, SUBORDINATOR};
use crate::sources::Resolver;
use crate::verification;
use crate::view::View;
use crate::{
    Act, Claim, Confidence, Content, EntityKind, Event, EventType, Hedge, Polarity, Quotation,
    Realis, Source, SourceKind, Standing, TimeKind, Voice, Why,
};
use syntax::Relation;
use text::{BlockKind, Span};

/// That a sentence read as the narrator's is one: 43 of 45 on the dev half of `gold/narrator.own.tsv` (`lab eval narrator`), 35 of 37 on the test half, and 19 of
/// 26 in the articles of PolNeAR's dev part, as one reader judged them.
const NARRATED: f64 = 0.9;

/// What happened more days before the article than this is history.
const HISTORY: i32 = 730;

/// The narrator's claims of a document, one for each run of words of a sentence that no attributed claim holds.
pub(crate) fn claims(
    view: &View,
    resolver: &Resolver,
    attributed: &[Claim],
    found: &Found,
) -> Vec<Claim> {
    let taken = taken(view, attributed);
    let mut claims = Vec::new();
    for sentence in &view.segments.sentences {
        let written = matches!(view.block_kind(sentence), BlockKind::Paragraph);
        let mut tokens = view.sentence_tokens(sentence);
        while tokens.len() > 1 && (view.is_stop(tokens.end - 1) || !view.is_word(tokens.end - 1)) {
            if view.lower(tokens.end - 1).starts_with('?') {
                tokens.end = tokens.start;
            } else {
                tokens.end -= 1;
            }
        }
        if !written || tokens.len() < 3 {
            continue;
        }
        let reader = Reader {
            view,
            resolver,
            found,
            taken: &taken,
            sentence: tokens,
        };
        claims.extend(reader.claim());
    }
    claims
}

/// The tokens that attributed claims hold: source, cue and content, and what lies between their parts.
fn taken(view: &View, attributed: &[Claim]) -> Vec<bool> {
    let mut taken = vec![false; view.len()];
    for claim in attributed {
        let cue = claim.cue.iter().flat_map(|cue| &cue.spans);
        for span in claim
            .source
            .spans
            .iter()
            .chain(cue)
            .chain(&claim.content.spans)
        {
            taken[view.tokens_in(*span)].fill(true);
        }
    }
    taken
}

/// Why a run of words is a claim.
struct Reason {
    rule: &'static str,
    spans: Vec<Span>,
    note: &'static str,
    negative: bool,
}

/// A verb, or what stands with "be", in a finite main clause.
struct Predicate {
    token: usize,
    subject: Option<usize>,
    /// "up" of "blew up".
    particle: Option<usize>,
    /// "holds", "holds out", as opposed to "held", "has held" and "is holding".
    is_present: bool,
    is_passive: bool,
    is_negative: bool,
}

struct Reader<'r, 'a> {
    view: &'r View<'a>,
    resolver: &'r Resolver<'r, 'a>,
    found: &'r Found<'r>,
    taken: &'r [bool],
    /// Without the stop.
    sentence: Tokens,
}

impl Reader<'_, '_> {
    fn claim(&self) -> Option<Claim> {
        let view = self.view;
        if !self.is_told() {
            return None;
        }
        let predicates = self.predicates();
        let mixed = self.sentence.clone().any(|token| self.taken[token]);
        // Of a sentence that quotes somebody too, only a main clause of its own.
        let range = if mixed {
            let own = predicates.iter().find(|predicate| {
                !self.hangs_on_a_cue(predicate.token) && self.reason(predicate).is_some()
            })?;
            let run = self.run(own.token)?;
            // A clause whose subject somebody else's claim holds is no clause.
            own.subject.filter(|subject| run.contains(subject))?;
            run
        } else {
            clause_start(view, self.sentence.start, self.sentence.end)..self.sentence.end
        };
        if range.len() < 3 || garbled(view, self.resolver, &range).is_some() {
            return None;
        }
        let range = &range;
        let mut events = events(
            view,
            self.resolver,
            std::slice::from_ref(range),
            Speaker::default(),
            self.found,
        );
        events.retain(|event| self.is_own(event, &predicates));
        let reason = self.told_by(&predicates, range, &events)?;
        if self.is_old(range) {
            events.retain(|event| event.realis == Realis::Historical);
            if events.is_empty() {
                return None;
            }
        }
        let polarity = match events.first() {
            Some(event) => event.polarity,
            None if reason.negative => Polarity::Negative,
            None => Polarity::Positive,
        };
        let content = vec![view.span(range.clone())];
        Some(Claim {
            id: id(view, Voice::Narrator, None, &content, &[]),
            voice: Voice::Narrator,
            source: Source {
                kind: SourceKind::Outlet,
                spans: Vec::new(),
                entity: None,
                name: view.document.meta.outlet.clone(),
                name_basis: None,
                speaks_for: None,
            },
            cue: None,
            act: Act::Asserts,
            content: Content {
                spans: content,
                quotation: Quotation::Indirect,
            },
            polarity,
            certainty: verification::hedged(view, std::slice::from_ref(range)),
            unverified_by: None,
            confidence: Confidence {
                attribution: None,
                source: None,
                act: NARRATED,
            },
            standing: Standing::Shown,
            refers_to: None,
            addressee: None,
            channel: None,
            via: Vec::new(),
            said: None,
            why: vec![Why {
                rule: reason.rule.into(),
                spans: reason.spans,
                note: reason.note.into(),
            }],
            events,
            flags: Vec::new(),
        })
    }

    /// Whether the words state an event themselves: in a main clause or, of years long past, in any; and of places, people and
    /// parties, as the verbs of control and battle are said of firms and ideas as well.
    fn is_own(&self, event: &Event, predicates: &[Predicate]) -> bool {
        let tokens = self.view.tokens_in(event.span);
        let told = predicates
            .iter()
            .find(|predicate| tokens.contains(&predicate.token));
        let stated = match event.realis {
            Realis::Historical => true,
            Realis::Occurred | Realis::Ongoing => told.is_some() || !self.view.is_parsed(),
            Realis::Future | Realis::Hypothetical | Realis::Habitual => false,
        };
        let plain = match event.kind {
            EventType::TakeControl
            | EventType::HoldControl
            | EventType::LoseControl
            | EventType::Withdraw
            | EventType::Attack
            | EventType::Flee => {
                let party = told.and_then(|told| told.subject);
                event.place.is_some() || party.is_some_and(|party| self.is_party(party))
            }
            EventType::Casualty | EventType::KillTargeted | EventType::StatusPerson => true,
            _ => false,
        };
        stated && (plain || told.is_some_and(|told| self.reason(told).is_some()))
    }

    fn has(&self, section: &str, word: &str) -> bool {
        self.view.knowledge.narration.has(section, word)
    }

    /// Whether a word or its lemma stands in a section; a lemma is sometimes a letter too long or too short ("patroll", "fre").
    fn has_lemma(&self, section: &str, token: usize) -> bool {
        let lemma = self.view.lemma(token).to_lowercase();
        let lower = self.view.lower(token);
        let known = |word: &str| self.has(section, word);
        let ends = ["s", "es"].iter().filter_map(|end| lower.strip_suffix(end));
        let mut spellings = ends.chain([lower, &lemma]);
        let doubled = || {
            let last = lemma.chars().next_back()?;
            let shorter = lemma.strip_suffix(last)?;
            shorter.ends_with(last).then_some(shorter)
        };
        spellings.any(known)
            || self.view.xpos(token).starts_with("VB")
                && (doubled().is_some_and(known) || known(&format!("{lemma}e")))
    }

    /// Whether the sentence tells something: no question, order, supposition or game, and not in the first person.
    fn is_told(&self) -> bool {
        let view = self.view;
        let first = self.sentence.start;
        let mut words = self.sentence.clone();
        let is_order = view.xpos(first) == "VB" && view.relation(first) == Relation::Root
            || self.has("supposing", view.lower(first)) && view.relation(first) == Relation::Root;
        let is_supposed = view.lower(first) == "had" && view.relation(first) == Relation::Aux
            || view.lower(first) == "had"
                && view.xpos(first) == "VBD"
                && view.is(first + 1, DETERMINER);
        let is_condition = matches!(view.lower(first), "if" | "unless");
        !is_order
            && !is_supposed
            && !is_condition
            && view.quote(first).is_none()
            && !words.any(|token| {
                matches!(
                    view.lower(token),
                    "i" | "we" | "you" | "our" | "my" | "your"
                ) && view.quote(token).is_none()
                    || self.has("sport", view.lower(token))
                    || self.is_aside_cue(token)
            })
    }

    /// "…, the mayor told reporters", where no attributed claim was read.
    fn is_aside_cue(&self, token: usize) -> bool {
        let view = self.view;
        !self.taken[token] && view.relation(token) == Relation::Parataxis && view.is_past_cue(token)
    }

    /// The finite verbs of main clauses, in order.
    fn predicates(&self) -> Vec<Predicate> {
        let view = self.view;
        if !view.is_parsed() {
            return Vec::new();
        }
        let of = |head: usize| view.kids(head);
        let mut found: Vec<Predicate> = Vec::new();
        let verbless = !self
            .sentence
            .clone()
            .any(|token| view.is_tagged_finite(token));
        for token in self.sentence.clone() {
            let relation = view.relation(token);
            let shared = match relation {
                Relation::Root | Relation::Parataxis => None,
                // "The police used …": a sentence without a verb has taken its verb for a participle.
                Relation::Acl
                    if verbless && view.head(token).is_some_and(|head| head + 1 == token) =>
                {
                    Some((view.head(token), false))
                }
                Relation::Conj => {
                    let Some(first) = found
                        .iter()
                        .find(|first| view.head(token) == Some(first.token))
                    else {
                        continue;
                    };
                    Some((first.subject, first.is_passive))
                }
                Relation::Advcl if !of(token).any(|kid| self.is_condition(kid)) => None,
                _ => continue,
            };
            let (mut subject, mut finite, mut is_passive) = (None, false, false);
            let (mut modal, mut is_negative, mut helped, mut particle) =
                (false, false, false, None);
            for kid in of(token) {
                let kind = view.relation(kid);
                match kind {
                    Relation::Nsubj | Relation::NsubjPass => {
                        subject = Some(kid);
                        is_passive |= kind == Relation::NsubjPass;
                        is_negative |= matches!(view.lower(kid), "nobody" | "none" | "neither")
                            || kid > 0 && matches!(view.lower(kid - 1), "no" | "neither");
                    }
                    Relation::Aux | Relation::AuxPass | Relation::Cop => {
                        is_passive |= kind == Relation::AuxPass;
                        modal |= view.xpos(kid) == "MD" || view.lower(kid) == "to";
                        finite |= matches!(view.xpos(kid), "VBD" | "VBZ" | "VBP");
                        helped = true;
                        is_negative |= view.is(kid, NEGATION);
                    }
                    Relation::Mark if view.lower(kid) == "to" => modal = true,
                    Relation::CompoundPrt => particle = Some(kid),
                    // What is usual is no event.
                    Relation::Advmod if self.has("habitual", view.lower(kid)) => modal = true,
                    Relation::Advmod | Relation::Det => is_negative |= view.is(kid, NEGATION),
                    _ => {}
                }
            }
            let tag = view.xpos(token);
            let is_present = !helped && matches!(tag, "VBZ" | "VBP");
            // "Rockets hit a plant": a past form that is spelt like the infinitive.
            let bare = tag == "VB" && subject.is_some() && self.has("same-past", view.lower(token));
            finite |= !helped && (bare || matches!(tag, "VBD" | "VBZ" | "VBP"));
            if subject.is_none()
                && let Some((subject_before, passive_before)) = shared
            {
                subject = subject_before;
                // "were detained and released"
                if tag == "VBN" && !helped {
                    is_passive = passive_before;
                    finite = true;
                }
            }
            if modal || !finite || view.quote(token).is_some() && !self.is_scare_quoted(token) {
                continue;
            }
            found.push(Predicate {
                token,
                subject,
                particle,
                is_present,
                is_passive,
                is_negative,
            });
        }
        found
    }

    fn is_condition(&self, token: usize) -> bool {
        self.view.relation(token) == Relation::Mark
            && matches!(
                self.view.lower(token),
                "if" | "unless" | "whether" | "until" | "lest" | "to"
            )
    }

    /// A word or two in quotation marks inside the narrator's sentence.
    fn is_scare_quoted(&self, token: usize) -> bool {
        self.view
            .quote(token)
            .is_some_and(|quote| quote.tokens.len() <= 4)
    }

    /// Whether a verb depends on a word of an attributed claim, other than as a clause beside it with a subject of its own.
    fn hangs_on_a_cue(&self, token: usize) -> bool {
        let view = self.view;
        if self.taken[token] {
            return true;
        }
        let mut at = token;
        for _ in 0..self.sentence.len() {
            let Some(head) = view.head(at) else { break };
            if self.taken.get(head).copied().unwrap_or(true) {
                let beside = view.relation(at) == Relation::Conj;
                let own = (self.sentence.clone()).any(|kid| {
                    view.head(kid) == Some(at)
                        && matches!(view.relation(kid), Relation::Nsubj | Relation::NsubjPass)
                        && !self.taken[kid]
                });
                return !(beside && own);
            }
            at = head;
        }
        false
    }

    /// The words around a token that no attributed claim holds, cut where the next clause begins.
    fn run(&self, token: usize) -> Option<Tokens> {
        let view = self.view;
        let free = |at: &usize| !self.taken[*at];
        let mut start = token;
        while start > self.sentence.start && free(&(start - 1)) {
            start -= 1;
        }
        let mut end = token + 1;
        while end < self.sentence.end && free(&end) {
            end += 1;
        }
        let opens = |at: usize| {
            view.is_comma(at)
                || view.lower(at) == ";"
                || view.is_dash(at)
                || matches!(view.lower(at), "and" | "but")
        };
        if end < self.sentence.end {
            // "…, a day after [its leader said …]": what introduces the quoting clause goes with it.
            let cut = (token + 1..end).rev().find(|at| {
                opens(*at) || view.is(*at, SUBORDINATOR) || view.relation(*at) == Relation::Mark
            });
            end = cut.unwrap_or(end);
            let comma = (token + 1..end).rev().take(4).find(|at| view.is_comma(*at));
            end = comma.unwrap_or(end);
        }
        if start > self.sentence.start {
            start = (start..token).find(|at| opens(*at)).unwrap_or(start);
        }
        while start < token && (!view.is_word(start) || matches!(view.lower(start), "and" | "but"))
        {
            start += 1;
        }
        while end > token + 1 && !view.is_word(end - 1) {
            end -= 1;
        }
        Some(start..end)
    }

    fn told_by(
        &self,
        predicates: &[Predicate],
        range: &Tokens,
        events: &[Event],
    ) -> Option<Reason> {
        if !events.is_empty() {
            return Some(Reason {
                rule: "narrator",
                spans: events.iter().map(|event| event.span).collect(),
                note: "nobody is quoted, and the words tell of an event",
                negative: false,
            });
        }
        let inside = predicates
            .iter()
            .filter(|predicate| range.contains(&predicate.token));
        let by_verb = inside.clone().find_map(|predicate| self.reason(predicate));
        by_verb.or_else(|| {
            inside.clone().next()?;
            self.figure(range)
        })
    }

    /// A number of people with what befell them; none where something is only possible.
    fn figure(&self, range: &Tokens) -> Option<Reason> {
        let view = self.view;
        let span = view.span(range.clone());
        let quantities = &self.found.quantities;
        let first = quantities.partition_point(|quantity| quantity.span.start < span.start);
        let quantity = quantities[first..]
            .iter()
            .take_while(|quantity| quantity.span.end <= span.end)
            .find(|quantity| quantity.unit == "person" && quantity.effect.is_some())?;
        let possible = range.clone().any(|token| view.xpos(token) == "MD");
        (!possible).then(|| Reason {
            rule: "narrator:figure",
            spans: vec![quantity.span],
            note: "nobody is quoted, and the words tell what befell a number of people",
            negative: quantity.hedge == Hedge::Zero,
        })
    }

    /// Why a verb with what stands around it tells of conflict or politics.
    fn reason(&self, predicate: &Predicate) -> Option<Reason> {
        let view = self.view;
        let verb = predicate.token;
        let is_verb = view.xpos(verb).starts_with("VB")
            && (!predicate.is_present || self.has_lemma("lasting", verb));
        let after = self.after(verb);
        let subject = predicate.subject;
        let is_party = subject.is_some_and(|subject| self.is_party(subject));
        let is_matter = subject.is_some_and(|subject| self.phrase_has("matter", subject));
        let object = after.clone().any(|token| {
            view.is_word(token) && self.is_of(verb, token) && self.has_lemma("matter", token)
        });
        // "seized on the idea"
        let figurative =
            matches!(view.lower(verb + 1), "on" | "upon") && view.lemma(verb) == "seize";
        let with_particle = predicate.particle.is_some_and(|particle| {
            self.has(
                "deed",
                &format!("{}_{}", view.lemma(verb), view.lower(particle)),
            )
        });
        let (rule, note) = if figurative {
            return None;
        } else if is_verb
            && (with_particle || self.has_lemma("deed", verb))
            && (is_party || is_matter || self.befalls_known(verb))
        {
            (
                "narrator:deed",
                "nobody is quoted, and the verb tells of a deed or a fate",
            )
        } else if is_verb
            && (self.has_lemma("act", verb) && (is_party || is_matter || object)
                || is_party && self.has_lemma("ground", verb) && self.takes_ground(verb)
                || self.has_lemma("light", verb)
                    && (object || predicate.is_passive && (is_party || is_matter)))
        {
            (
                "narrator:act",
                "nobody is quoted, and the words tell what a party did or what was done to it",
            )
        } else if is_verb
            && is_matter
            && (self.has_lemma("happen", verb)
                || predicate.is_passive && self.has_lemma("told", verb))
        {
            (
                "narrator:happen",
                "nobody is quoted, and the words tell how something went on",
            )
        } else if self.is_fate(predicate, &after) {
            (
                "narrator:fate",
                "nobody is quoted, and the words tell what became of somebody",
            )
        } else {
            return None;
        };
        Some(Reason {
            rule,
            spans: vec![view.span(verb..verb + 1)],
            note,
            negative: predicate.is_negative,
        })
    }

    /// Whether the object of a verb is a place.
    fn takes_ground(&self, verb: usize) -> bool {
        let view = self.view;
        let places = &view.knowledge.parties;
        (verb + 1..self.sentence.end.min(verb + 12)).any(|token| {
            let word = view.lower(token);
            view.head(token) == Some(verb)
                && view.relation(token) == Relation::Obj
                && (places.has("place", word)
                    || places.has("place", word.trim_end_matches('s'))
                    || self.entity_is(token, EntityKind::Place))
        })
    }

    /// Whether the object of a deed is somebody or something that such a deed befalls, or there is none ("killed a plan" tells of none).
    fn befalls_known(&self, verb: usize) -> bool {
        let view = self.view;
        let mut objects = (verb + 1..self.sentence.end.min(verb + 12)).filter(|token| {
            view.head(*token) == Some(verb) && view.relation(*token) == Relation::Obj
        });
        objects.all(|object| {
            self.is_people(object)
                || self.is_party(object)
                || self.phrase_has("matter", object)
                || self.resolver.entity_at(object).is_some()
                || view.is(object, PERSONAL | OBJECT_PRONOUN)
                || view.knowledge.parties.has("role", view.lower(object))
                || view.knowledge.parties.has("place", view.lower(object))
                || (verb + 1..object).any(|kid| {
                    view.head(kid) == Some(object) && view.relation(kid) == Relation::Nummod
                })
        })
    }

    /// Whether a noun is the object of a verb or stands in a phrase with it, or belongs to one that does ("hundreds of soldiers").
    fn is_of(&self, verb: usize, token: usize) -> bool {
        let view = self.view;
        let direct = |token: usize| {
            view.head(token) == Some(verb)
                && matches!(
                    view.relation(token),
                    Relation::Obj
                        | Relation::Iobj
                        | Relation::Obl
                        | Relation::OblAgent
                        | Relation::Xcomp
                )
        };
        direct(token)
            || matches!(
                view.relation(token),
                Relation::Nmod | Relation::Conj | Relation::Appos
            ) && view.head(token).is_some_and(direct)
    }

    /// "are missing", "remain in detention".
    fn is_fate(&self, predicate: &Predicate, after: &Tokens) -> bool {
        let view = self.view;
        let verb = predicate.token;
        let lemma = view.lemma(verb);
        let somebody = predicate.subject.is_some_and(|subject| {
            self.is_party(subject)
                || self.is_people(subject)
                || self.phrase_has("matter", subject)
                || self.entity_is(subject, EntityKind::Person)
                || view.is(subject, PERSONAL)
                || (self.sentence.start..subject).any(|kid| {
                    view.head(kid) == Some(subject) && view.relation(kid) == Relation::Nummod
                })
        });
        let copula = (self.sentence.start..verb)
            .rev()
            .take(4)
            .any(|token| view.is(token, BE));
        let stays = matches!(
            lemma.as_str(),
            "remain" | "stay" | "be" | "find" | "live" | "lie"
        );
        somebody
            && (copula
                && (self.has("state", view.lower(verb))
                    || self.has("place-of-fate", view.lower(verb)))
                || stays
                    && after.clone().take(4).any(|token| {
                        self.has("state", view.lower(token))
                            || self.has("place-of-fate", view.lower(token))
                    }))
    }

    /// The words after a verb that belong to it, up to the next clause.
    fn after(&self, verb: usize) -> Tokens {
        let view = self.view;
        let end = (verb + 1..self.sentence.end.min(verb + 14))
            .find(|token| {
                self.taken[*token]
                    || matches!(
                        view.lower(*token),
                        ";" | ","
                            | ":"
                            | "because"
                            | "while"
                            | "after"
                            | "before"
                            | "since"
                            | "when"
                            | "as"
                            | "that"
                            | "which"
                            | "who"
                    )
                    || view.is_tagged_finite(*token)
            })
            .unwrap_or(self.sentence.end.min(verb + 14));
        verb + 1..end.max(verb + 1)
    }

    fn entity_is(&self, token: usize, kind: EntityKind) -> bool {
        let entity = self.resolver.entity_at(token);
        entity.is_some_and(|entity| self.resolver.entities[entity.index()].kind == kind)
    }

    fn is_people(&self, token: usize) -> bool {
        let lexicon = &self.view.knowledge.quantities;
        let mut phrase = self.phrase(token);
        phrase.any(|token| lexicon.is_people(self.view.lower(token)))
    }

    /// Whether a subject is an armed or political party: by its words, or a group by its name.
    fn is_party(&self, head: usize) -> bool {
        self.phrase_has("party", head) || self.entity_is(head, EntityKind::Group)
    }

    fn phrase_has(&self, section: &str, head: usize) -> bool {
        self.phrase(head)
            .any(|token| self.has_lemma(section, token))
    }

    /// A noun with the nouns that qualify it, and what it is of ("hundreds of families").
    fn phrase(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let view = self.view;
        let before = (self.sentence.start..head)
            .rev()
            .take_while(move |token| {
                view.head(*token) == Some(head) || view.head(*token) == Some(token + 1)
            })
            .filter(move |token| {
                matches!(view.relation(*token), Relation::Compound | Relation::Flat)
            })
            .take(4);
        let end = self.sentence.end.min(head + 8);
        let of = (view.lower(head + 1) == "of" && self.has("measure", view.lower(head)))
            .then(|| {
                (head + 2..end).find(|token| {
                    view.head(*token) == Some(head) && view.relation(*token) == Relation::Nmod
                })
            })
            .flatten();
        before.chain([head]).chain(of)
    }

    /// Whether the words tell of years long past.
    fn is_old(&self, range: &Tokens) -> bool {
        let view = self.view;
        let span = view.span(range.clone());
        let times = &self.found.times;
        let first = times.partition_point(|time| time.span.start < span.start);
        let dated = times[first..]
            .iter()
            .take_while(|time| time.span.end <= span.end)
            .any(|time| {
                time.kind == TimeKind::Date
                    && match (time.latest, self.found.day) {
                        (Some(latest), Some(day)) => day
                            .since(latest)
                            .is_ok_and(|span| span.get_days() > HISTORY),
                        _ => false,
                    }
            });
        dated
            || range.clone().any(|token| {
                view.lower(token) == "long" && view.lower(token + 1) == "ago"
                    || self.has("long-ago", view.lower(token))
                        && (view.lower(token + 1) == "ago"
                            || !view.lower(token).starts_with("decade"))
            })
    }
}
