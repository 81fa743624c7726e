//! Commitment: whether the words around a predicate say that it happened, did not, will, may, goes on or happens again and again.
//!
//! It goes by the tree: marks on the predicate itself, then what governs it, step by step. It does not know types of events, nor
//! who speaks; what lies outside the words that it is given (the verb of saying above a content) says nothing here.

use super::frames::{has_copula, is_none, prepositions};
use super::lexicon::Part;
use crate::attributions::Tokens;
use crate::knowledge::NEGATION;
use crate::view::View;
use crate::{Polarity, Realis};
use syntax::Relation;

/// Most steps from a predicate to what governs it.
const CLIMB: usize = 8;

/// When, as the verb's own form gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tense {
    /// "attacked", "has attacked", a noun.
    #[default]
    Past,
    /// "attacks".
    Present,
    /// "is attacking", "continues to attack".
    GoesOn,
}

/// What a clause commits to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Commitment {
    pub(crate) is_negative: bool,
    pub(crate) is_future: bool,
    pub(crate) is_hypothetical: bool,
    pub(crate) is_habitual: bool,
    pub(crate) tense: Tense,
}

impl Commitment {
    pub(crate) fn polarity(self) -> Polarity {
        if self.is_negative {
            Polarity::Negative
        } else {
            Polarity::Positive
        }
    }

    /// The realis; `lasts` where the event is a state, which the present tense says to go on.
    pub(crate) fn realis(self, lasts: bool) -> Realis {
        if self.is_hypothetical {
            Realis::Hypothetical
        } else if self.is_future {
            Realis::Future
        } else if self.is_habitual {
            Realis::Habitual
        } else {
            match self.tense {
                Tense::GoesOn => Realis::Ongoing,
                Tense::Present if lasts => Realis::Ongoing,
                Tense::Past | Tense::Present => Realis::Occurred,
            }
        }
    }
}

/// What the clause around a predicate commits to, as far as `within` reaches; everywhere where it is empty.
pub(crate) fn commitment(view: &View, head: usize, part: Part, within: &[Tokens]) -> Commitment {
    let reader = Reader { view, within };
    let mut found = Commitment::default();
    if part == Part::Noun {
        reader.noun(head, &mut found);
    } else {
        reader.verb(head, &mut found);
    }
    if reader.is_asked(head) {
        found.is_hypothetical = true;
    }
    found
}

pub(super) struct Reader<'r, 'a> {
    pub(super) view: &'r View<'a>,
    pub(super) within: &'r [Tokens],
}

impl Reader<'_, '_> {
    pub(super) fn has(&self, section: &str, word: &str) -> bool {
        self.view.knowledge.commitment.has(section, word)
    }

    pub(super) fn has_lemma(&self, section: &str, token: usize) -> bool {
        self.has(section, self.view.lower(token))
            || self.has(section, &self.view.lemma(token).to_lowercase())
    }

    pub(super) fn head(&self, token: usize) -> Option<usize> {
        let head = self.view.head(token)?;
        let reaches =
            self.within.is_empty() || self.within.iter().any(|range| range.contains(&head));
        reaches.then_some(head)
    }

    /// A verb or what stands with "be": its own marks, then what governs it.
    fn verb(&self, verb: usize, found: &mut Commitment) {
        let view = self.view;
        found.tense = self.tense(verb);
        let mut at = verb;
        // What was said of the first of two verbs is not said of it again.
        let mut is_marked = false;
        for _ in 0..CLIMB {
            if !is_marked {
                self.marks(at, found);
            }
            is_marked = false;
            let Some(head) = self.head(at) else { return };
            match view.relation(at) {
                Relation::Xcomp | Relation::Csubj => {
                    self.governed(head, at, found);
                    at = head;
                }
                Relation::Ccomp => {
                    if !self.governed(head, at, found) {
                        return;
                    }
                    at = head;
                }
                Relation::Advcl | Relation::Acl if self.has_mark(at, "to") => {
                    if !self.governed(head, at, found) {
                        // A purpose: "sent troops to take the town".
                        found.is_future = true;
                        return;
                    }
                    at = head;
                }
                // "prevented from taking the town", "without taking it".
                Relation::Advcl | Relation::Acl | Relation::Obl | Relation::Nmod
                    if view.xpos(at) == "VBG" =>
                {
                    let is_kept_from = self.has_mark(at, "from") || self.has_mark(at, "of");
                    if !(is_kept_from && self.governed(head, at, found)) {
                        return;
                    }
                    at = head;
                }
                // The second of two verbs has what stands before the first, unless it has its own.
                Relation::Conj => {
                    let has_own = view.kids(at).any(|kid| {
                        matches!(
                            view.relation(kid),
                            Relation::Nsubj | Relation::NsubjPass | Relation::Aux
                        )
                    });
                    let is_verb = view.xpos(head).starts_with("VB") || has_copula(view, head);
                    if has_own || !is_verb {
                        return;
                    }
                    let negated = found.is_negative;
                    if found.tense == Tense::Past && view.xpos(at) == "VB" {
                        found.tense = self.tense(head);
                    }
                    at = head;
                    self.marks(at, found);
                    is_marked = true;
                    // "did not flee but fought": the negation is the first's alone.
                    let is_but = view
                        .kids(verb)
                        .any(|kid| view.relation(kid) == Relation::Cc && view.lower(kid) == "but");
                    if is_but {
                        found.is_negative = negated;
                    }
                    if self.head(at).is_none() || view.relation(at) != Relation::Xcomp {
                        return;
                    }
                }
                _ => return,
            }
        }
    }

    /// A noun that names a happening: its own modifiers, then the verb or noun that it hangs on.
    fn noun(&self, noun: usize, found: &mut Commitment) {
        let view = self.view;
        self.modifiers(noun, found);
        if has_copula(view, noun) {
            self.marks(noun, found);
            return;
        }
        let mut at = noun;
        for _ in 0..CLIMB {
            let Some(head) = self.head(at) else { return };
            let relation = view.relation(at);
            match relation {
                Relation::Conj => {
                    at = head;
                    self.modifiers(at, found);
                }
                Relation::Obj
                | Relation::Nsubj
                | Relation::NsubjPass
                | Relation::Obl
                | Relation::Nmod
                | Relation::Xcomp => {
                    let is_verb = view.xpos(head).starts_with("VB");
                    let is_hung = matches!(relation, Relation::Obl | Relation::Nmod);
                    let by = || {
                        prepositions(view, at)
                            .next()
                            .map_or("", |case| view.lower(case))
                    };
                    if is_verb && super::frames::is_light(view, head) && !is_hung {
                        // "will launch an attack": what is said of the verb is said of the noun.
                        if self.has_lemma("lasts", head) {
                            found.tense = Tense::GoesOn;
                        }
                        let mut verb = Commitment::default();
                        self.verb(head, &mut verb);
                        found.is_negative ^= verb.is_negative;
                        found.is_future |= verb.is_future;
                        found.is_hypothetical |= verb.is_hypothetical;
                        found.is_habitual |= verb.is_habitual;
                        if verb.tense != Tense::Past {
                            found.tense = verb.tense;
                        }
                        return;
                    }
                    let governs = !is_hung
                        || matches!(
                            by(),
                            "for" | "to" | "of" | "about" | "against" | "from" | "on" | ""
                        );
                    if !governs || relation == Relation::Nsubj {
                        return;
                    }
                    if !self.governed(head, at, found) {
                        return;
                    }
                    self.marks(head, found);
                    at = head;
                }
                _ => return,
            }
        }
    }

    /// What a word says of what it governs; whether it says anything.
    fn governed(&self, head: usize, below: usize, found: &mut Commitment) -> bool {
        let view = self.view;
        if self.has_lemma("denies", head) || self.has_lemma("fails", head) {
            found.is_negative ^= true;
        } else if self.has_lemma("supposes", head) {
            found.is_hypothetical = true;
        } else if self.has_lemma("plans", head) {
            found.is_future = true;
        } else if view.relation(below) == Relation::Xcomp {
            if self.has_lemma("lasts", head) {
                found.tense = Tense::GoesOn;
            } else if found.tense == Tense::Past {
                found.tense = self.tense(head);
            }
        } else {
            return false;
        }
        true
    }

    /// Auxiliaries, negation, conjunctions and adverbs of a verb.
    fn marks(&self, verb: usize, found: &mut Commitment) {
        let view = self.view;
        let (mut will, mut have) = (false, false);
        for kid in view.kids(verb) {
            let lower = view.lower(kid);
            match view.relation(kid) {
                Relation::Aux => {
                    if self.has("will", lower) {
                        will = true;
                    } else if self.has("may", lower) {
                        found.is_hypothetical = true;
                    }
                    have |= lower == "have";
                }
                Relation::Mark | Relation::Case => {
                    if self.has("condition", lower) {
                        found.is_hypothetical = true;
                    }
                    if self.has("without", lower) {
                        found.is_negative ^= true;
                    }
                }
                Relation::Advmod | Relation::Det | Relation::Cc => {
                    if view.is(kid, NEGATION) || self.has("nobody", lower) && lower != "without" {
                        found.is_negative ^= true;
                    } else if self.has("habitual", lower) {
                        found.is_habitual = true;
                    }
                }
                Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Obl => {
                    let leads = view
                        .kids(kid)
                        .find(|kid| view.relation(*kid) == Relation::Det && is_none(view, *kid));
                    if leads.is_some() || is_none(view, kid) {
                        found.is_negative ^= true;
                    }
                }
                _ => {}
            }
        }
        if will && have {
            found.is_hypothetical = true;
        } else if will {
            found.is_future = true;
        }
    }

    /// What stands around a noun: "no attack", "a planned attack", "repeated attacks".
    fn modifiers(&self, noun: usize, found: &mut Commitment) {
        let view = self.view;
        for kid in view.kids(noun) {
            let lower = view.lower(kid);
            match view.relation(kid) {
                Relation::Det | Relation::Advmod | Relation::Cc => {
                    if is_none(view, kid) {
                        found.is_negative ^= true;
                    }
                    if lower == "any" {
                        found.is_hypothetical = true;
                    }
                }
                Relation::Case if self.has("without", lower) => found.is_negative ^= true,
                Relation::Amod | Relation::Compound => {
                    if self.has("denies", lower) {
                        found.is_negative ^= true;
                    } else if self.has("lasts", lower) {
                        found.tense = Tense::GoesOn;
                    } else if self.has("habitual", lower) {
                        found.is_habitual = true;
                    } else if self.has("plans", lower) {
                        found.is_future = true;
                    } else if self.has("supposes", lower) {
                        found.is_hypothetical = true;
                    } else if self.has("fails", &view.lemma(kid)) {
                        found.is_negative ^= true;
                    }
                }
                _ => {}
            }
        }
    }

    fn has_mark(&self, verb: usize, word: &str) -> bool {
        let view = self.view;
        view.kids(verb).any(|kid| {
            matches!(view.relation(kid), Relation::Mark | Relation::Case) && view.lower(kid) == word
        })
    }

    fn tense(&self, verb: usize) -> Tense {
        let view = self.view;
        let xpos = view.xpos(verb);
        let is_be = |kid: &usize| {
            matches!(view.relation(*kid), Relation::Aux | Relation::Cop)
                && matches!(
                    view.lower(*kid),
                    "is" | "are"
                        | "am"
                        | "'s"
                        | "’s"
                        | "'re"
                        | "’re"
                        | "was"
                        | "were"
                        | "been"
                        | "be"
                )
        };
        let be = view.kids(verb).find(is_be);
        match (xpos, be) {
            ("VBG", Some(_)) => Tense::GoesOn,
            ("VBZ" | "VBP", None) => Tense::Present,
            ("VBN" | "VBD" | "VB", _) => Tense::Past,
            // "is in the hands of", "was safe".
            (_, Some(be)) if view.lower(be) != "been" => Tense::Present,
            _ => Tense::Past,
        }
    }

    /// Whether the sentence asks for it.
    fn is_asked(&self, token: usize) -> bool {
        let view = self.view;
        let Some(sentence) = view.sentence_around(token) else {
            return false;
        };
        let last = sentence.clone().rev().find(|at| !view.is_quote_mark(*at));
        last.is_some_and(|last| view.lower(last).starts_with('?')) && {
            // A statement may stand beside a question ("Who did it? …"): its own clause reaches the root.
            let mut at = token;
            (0..CLIMB).any(|_| match view.head(at) {
                Some(head) if !matches!(view.relation(at), Relation::Parataxis) => {
                    at = head;
                    false
                }
                head => head.is_none(),
            })
        }
    }
}
