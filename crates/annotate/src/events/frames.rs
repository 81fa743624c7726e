//! What stands in the slots around a predicate, by the tree: active, passive and nominal forms fill the same ones.
//!
//! It does not know types of events, nor what a slot means for one.

use super::lexicon::{Part, Slot};
use super::predicates::Predicate;
use crate::EventType;
use crate::attributions::Tokens;
use crate::knowledge::{DETERMINER, POSSESSIVE, RELATIVE};
use crate::view::View;
use syntax::Relation;

/// Most steps along verbs that share a subject.
const SHARED: usize = 6;

/// Most words of a participant.
const LONGEST: usize = 64;

/// What fills a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filler {
    pub(crate) slot: Slot,
    /// The word of it that the others depend on.
    pub(crate) head: usize,
}

/// Whether a verb is in the passive: by its auxiliary or subject, or a bare participle after what it is said of.
pub(crate) fn is_passive(view: &View, verb: usize) -> bool {
    is_passive_within(view, verb, SHARED)
}

/// The same, looking at so many verbs of a list at most.
fn is_passive_within(view: &View, verb: usize, verbs: usize) -> bool {
    let marked = view.kids(verb).any(|kid| {
        matches!(
            view.relation(kid),
            Relation::AuxPass | Relation::NsubjPass | Relation::CsubjPass
        )
    });
    let has_have = || {
        view.kids(verb)
            .any(|kid| view.relation(kid) == Relation::Aux && is_have(view, kid))
    };
    let has_subject = || view.kids(verb).any(|kid| is_subject(view.relation(kid)));
    let has_object = || view.has_kid(verb, Relation::Obj);
    marked
        || view.xpos(verb) == "VBN" && !has_have() && !has_subject() && {
            match view.relation(verb) {
                Relation::Acl | Relation::Amod => true,
                // "Two villages captured, the army moved on"; "was seized and burnt".
                Relation::Advcl | Relation::Root | Relation::Parataxis => !has_object(),
                Relation::Conj => view.head(verb).is_some_and(|head| {
                    verbs > 0
                        && view.xpos(head).starts_with("VB")
                        && is_passive_within(view, head, verbs - 1)
                }),
                Relation::Xcomp => !has_object(),
                _ => false,
            }
        }
}

/// "Two officers kidnapped": a verb that is always done to somebody, in the past and with nobody that it was done to, as headlines
/// leave "were" out. Its subject is whom it befell.
pub(super) fn is_bare(view: &View, predicate: &Predicate, kind: EventType) -> bool {
    let verb = predicate.head;
    let is_done_to = matches!(
        kind,
        EventType::KillTargeted | EventType::Abduct | EventType::Detain
    );
    let takes_object = |verb: usize| {
        let found = |kid| {
            matches!(
                view.relation(kid),
                Relation::Obj | Relation::Ccomp | Relation::Xcomp
            )
        };
        view.kids(verb).any(found)
    };
    // "arrested and beat three men"
    let listed = view
        .kids(verb)
        .filter(|kid| view.relation(*kid) == Relation::Conj)
        .chain(
            view.head(verb)
                .filter(|_| view.relation(verb) == Relation::Conj),
        )
        .any(takes_object);
    is_done_to
        && predicate.part == Part::Verb
        && matches!(view.xpos(verb), "VBD" | "VBN")
        && !is_passive(view, verb)
        && !view.has_kid(verb, Relation::Aux)
        && view.has_kid(verb, Relation::Nsubj)
        && !takes_object(verb)
        && !listed
        && view.relation(verb) != Relation::AclRelcl
}

fn is_have(view: &View, token: usize) -> bool {
    matches!(
        view.lower(token),
        "have" | "has" | "had" | "having" | "'ve" | "’ve"
    )
}

fn is_subject(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::Nsubj | Relation::NsubjPass | Relation::Csubj | Relation::CsubjPass
    )
}

/// The subject of a verb or of what stands with "be", also where a verb before or above it lends its own.
pub(crate) fn subject(view: &View, predicate: usize) -> Option<usize> {
    let mut at = predicate;
    for _ in 0..SHARED {
        if let Some(own) = view.kids(at).find(|kid| is_subject(view.relation(*kid))) {
            let relative = view.is(own, RELATIVE) && view.relation(at) == Relation::AclRelcl;
            return if relative { view.head(at) } else { Some(own) };
        }
        let head = view.head(at)?;
        match view.relation(at) {
            Relation::AclRelcl | Relation::Amod => return Some(head),
            Relation::Acl if !has_to(view, at) => return Some(head),
            Relation::Xcomp => {
                let object = view.kids(head).find(|kid| {
                    matches!(view.relation(*kid), Relation::Obj | Relation::Iobj) && *kid != at
                });
                if let Some(object) = object {
                    return Some(object);
                }
                at = head;
            }
            // "the plan to attack": whose plan it is.
            Relation::Acl => {
                let owner = view
                    .kids(head)
                    .find(|kid| view.relation(*kid) == Relation::NmodPoss);
                if owner.is_some() {
                    return owner;
                }
                at = view
                    .head(head)
                    .filter(|_| matches!(view.relation(head), Relation::Obj | Relation::Nsubj))?;
            }
            // "accused Korva of arming the rebels": whom the verb above is said of.
            Relation::Advcl if is_charge(view, at) && view.has_kid(head, Relation::Obj) => {
                return view
                    .kids(head)
                    .find(|kid| view.relation(*kid) == Relation::Obj);
            }
            Relation::Conj | Relation::Advcl | Relation::Ccomp | Relation::Parataxis => {
                // A finite verb of a clause of its own has its own subject or none.
                let lends = match view.relation(at) {
                    Relation::Conj => true,
                    Relation::Advcl => !matches!(view.xpos(at), "VBD" | "VBZ"),
                    _ => false,
                };
                at = Some(head).filter(|_| lends)?;
                if !view.xpos(at).starts_with("VB") && !has_copula(view, at) {
                    return None;
                }
            }
            _ => return None,
        }
    }
    None
}

fn has_to(view: &View, verb: usize) -> bool {
    view.kids(verb)
        .any(|kid| view.relation(kid) == Relation::Mark && view.lower(kid) == "to")
}

/// "of arming", "for shelling", "from leaving": what somebody is accused of, blamed for or kept from.
fn is_charge(view: &View, verb: usize) -> bool {
    view.xpos(verb) == "VBG"
        && view.kids(verb).any(|kid| {
            matches!(view.relation(kid), Relation::Mark | Relation::Case)
                && matches!(view.lower(kid), "of" | "for" | "from")
        })
}

pub(crate) fn has_copula(view: &View, token: usize) -> bool {
    view.has_kid(token, Relation::Cop)
}

/// The prepositions of a word, first to last.
pub(crate) fn prepositions<'v>(view: &'v View, token: usize) -> impl Iterator<Item = usize> + 'v {
    view.kids(token)
        .filter(|kid| view.relation(*kid) == Relation::Case)
}

/// What fills the slots around a predicate.
pub(crate) fn fillers(view: &View, predicate: usize, part: Part) -> Vec<Filler> {
    let mut found = Vec::new();
    match part {
        Part::Verb => of_verb(view, predicate, &mut found),
        Part::Adjective => {
            let said_of = subject(view, predicate).or_else(|| {
                (view.relation(predicate) == Relation::Amod)
                    .then(|| view.head(predicate))
                    .flatten()
            });
            // "12 dead": the adjective is itself the noun.
            let head = said_of.unwrap_or(predicate);
            found.push(Filler {
                slot: Slot::Subject,
                head,
            });
            obliques(view, predicate, &mut found);
        }
        Part::Noun => of_noun(view, predicate, &mut found),
    }
    // "The army and the Guard": each of a list.
    let mut listed = Vec::new();
    for filler in &found {
        for kid in view.kids(filler.head) {
            if view.relation(kid) == Relation::Conj && kid != predicate && is_thing(view, kid) {
                listed.push(Filler {
                    slot: filler.slot.clone(),
                    head: kid,
                });
            }
        }
    }
    found.extend(listed);
    found
}

fn is_thing(view: &View, token: usize) -> bool {
    !view.xpos(token).starts_with("VB")
}

fn of_verb(view: &View, verb: usize, found: &mut Vec<Filler>) {
    let passive = is_passive(view, verb);
    if let Some(head) = subject(view, verb) {
        let slot = if passive { Slot::Object } else { Slot::Subject };
        found.push(Filler { slot, head });
    }
    let has_recipient = view.has_kid(verb, Relation::Iobj);
    for kid in view.kids(verb) {
        match view.relation(kid) {
            Relation::Obj if !view.is(kid, RELATIVE) => found.push(Filler {
                slot: Slot::Object,
                head: kid,
            }),
            Relation::Iobj => found.push(Filler {
                slot: Slot::Recipient,
                head: kid,
            }),
            Relation::OblAgent => found.push(Filler {
                slot: Slot::Subject,
                head: kid,
            }),
            _ => {}
        }
    }
    // "the town that the army captured", "the town the army captured".
    let lacks_object = !found.iter().any(|one| one.slot == Slot::Object);
    if !passive && lacks_object && !has_recipient && view.relation(verb) == Relation::AclRelcl {
        let own = view
            .kids(verb)
            .any(|kid| view.relation(kid) == Relation::Nsubj && !view.is(kid, RELATIVE));
        let antecedent = view.head(verb).filter(|_| own);
        found.extend(antecedent.map(|head| Filler {
            slot: Slot::Object,
            head,
        }));
    }
    obliques(view, verb, found);
}

/// What stands after a preposition and belongs to a predicate.
pub(crate) fn obliques(view: &View, predicate: usize, found: &mut Vec<Filler>) {
    for kid in view.kids(predicate) {
        if !matches!(
            view.relation(kid),
            Relation::Obl | Relation::Nmod | Relation::OblAgent
        ) {
            continue;
        }
        for case in prepositions(view, kid) {
            let slot = Slot::After(view.lower(case).to_owned());
            found.push(Filler { slot, head: kid });
        }
    }
}

fn of_noun(view: &View, noun: usize, found: &mut Vec<Filler>) {
    for kid in view.kids(noun) {
        match view.relation(kid) {
            Relation::NmodPoss => found.push(Filler {
                slot: Slot::Owner,
                head: kid,
            }),
            Relation::Compound | Relation::Amod => found.push(Filler {
                slot: Slot::Beside,
                head: kid,
            }),
            _ => {}
        }
    }
    obliques(view, noun, found);
    let Some(verb) = governor(view, noun) else {
        return;
    };
    let actor = subject(view, verb).filter(|subject| *subject != noun);
    match view.relation(noun) {
        // "launched an attack on Orlen", "held talks with the army".
        Relation::Obj if is_light(view, verb) => {
            if !is_passive(view, verb) {
                found.extend(actor.map(|head| Filler {
                    slot: Slot::Subject,
                    head,
                }));
            }
            obliques(view, verb, found);
        }
        // "Clashes broke out between the army and the Guard in Orlen", "an attack was launched by the Guard".
        Relation::Nsubj | Relation::NsubjPass if is_light(view, verb) => {
            for kid in view.kids(verb) {
                if view.relation(kid) == Relation::OblAgent {
                    found.push(Filler {
                        slot: Slot::Subject,
                        head: kid,
                    });
                }
            }
            obliques(view, verb, found);
        }
        _ => {}
    }
}

/// The verb that a noun is subject or object of.
pub(crate) fn governor(view: &View, noun: usize) -> Option<usize> {
    let mut at = noun;
    for _ in 0..SHARED {
        match view.relation(at) {
            Relation::Conj => at = view.head(at)?,
            Relation::Obj | Relation::Nsubj | Relation::NsubjPass | Relation::Obl => {
                return view.head(at);
            }
            _ => return None,
        }
    }
    None
}

/// A verb that tells only that what its noun names is done, begins, goes on or ends.
pub(crate) fn is_light(view: &View, verb: usize) -> bool {
    view.knowledge.commitment.has("light", &view.lemma(verb))
}

/// The words of a participant: its noun phrase without article, preposition, clauses, what stands behind a comma and what is listed
/// beside it.
pub(crate) fn phrase(view: &View, head: usize) -> Tokens {
    let (mut start, mut end) = (head, head + 1);
    let mut stack = vec![head];
    // A phrase is short; the bound keeps what a wrong tree makes of a page short too.
    for _ in 0..LONGEST {
        let Some(token) = stack.pop() else { break };
        for kid in view.kids(token) {
            let belongs = match view.relation(kid) {
                Relation::Amod
                | Relation::Compound
                | Relation::Flat
                | Relation::Fixed
                | Relation::Nummod
                | Relation::NmodPoss
                | Relation::Nmod
                // "the journalist Ferrin Dassoy"; behind a comma it is cut below.
                | Relation::Appos
                | Relation::Goeswith => true,
                Relation::Det | Relation::Case | Relation::Advmod => token != head || kid > head,
                Relation::Conj | Relation::Cc => token != head,
                _ => false,
            };
            if belongs {
                start = start.min(kid);
                end = end.max(kid + 1);
                stack.push(kid);
            }
        }
    }
    // What a wrong tree puts far away is left out.
    if let Some(comma) = (start..head).rev().find(|token| view.is_comma(*token)) {
        start = comma + 1;
    }
    if let Some(comma) = (head + 1..end).find(|token| view.is_comma(*token)) {
        end = comma;
    }
    while start < head
        && (view.is(start, DETERMINER) && !view.is(start, POSSESSIVE) && !is_none(view, start)
            || view.is_quote_mark(start))
    {
        start += 1;
    }
    start..end
}

/// "no", "none", "nobody".
pub(crate) fn is_none(view: &View, token: usize) -> bool {
    view.knowledge.commitment.has("nobody", view.lower(token))
}
