//! What the ledger's matters add to an answer: the claims that were linked to the same answer, and to those that deny it or stand beside it.
//!
//! It decides nothing about claims in no matter, nor what an answer says: linking, and persons, decided that.

use super::stance::Scope;
use super::{Key, Names, Said, has_words, words_of};
use ledger::{Found, Ledger};
use link::answers::Relation;
use link::{LinkZone, Matter, MatterKind, Position, RelationKind};
use std::collections::BTreeMap;

/// A claim that a matter brings in.
pub struct Brought {
    /// Document and claim.
    pub key: Key,
    /// How it answers.
    pub said: Said,
    /// Whether linking is sure of it.
    pub linked: bool,
}

/// The matters that claims which answer stand in, and those about who holds a place that the question names.
pub fn matters(
    ledger: &Ledger,
    direct: &BTreeMap<Key, Said>,
    names: &Names,
    scope: &Scope,
) -> ledger::Result<Vec<Matter>> {
    let mut all: BTreeMap<String, Matter> = BTreeMap::new();
    for (_, claim) in direct.keys() {
        for (id, _) in ledger.matters_of(claim)? {
            if let (false, Found::One(matter)) = (all.contains_key(&id), ledger.matter(&id)?) {
                all.insert(id, matter);
            }
        }
    }
    if scope.holder.is_some() {
        for entity in names.ids() {
            for matter in ledger.matters_about(entity)? {
                all.insert(matter.id.clone(), matter);
            }
        }
    }
    let matters = all.into_values();
    Ok(matters
        .filter(|matter| scope.admits_time(matter.time.as_ref()))
        .collect())
}

/// Who is asked to hold a place, and whether that is affirmed, where the question's words alone do not tell: each name in it is put into
/// the question of a matter about a place that it names.
pub fn holder(
    ledger: &Ledger,
    names: &Names,
    reads: &dyn Fn(&str) -> Relation,
) -> ledger::Result<Option<(String, bool)>> {
    for place in names.ids() {
        let matters = ledger.matters_about(place)?;
        let control = |matter: &&Matter| matter.kind == MatterKind::Control;
        let Some(question) = matters.iter().find(control).map(|matter| &matter.question) else {
            continue;
        };
        // "Who holds Orlem on …?"
        let Some((_, rest)) = question.trim_end_matches('?').split_once(' ') else {
            continue;
        };
        for holder in names.ids().filter(|id| *id != place) {
            let Some(name) = names.of(holder) else {
                continue;
            };
            let holds = match reads(&format!("{} {rest}", name.words)) {
                Relation::Affirms => true,
                Relation::Denies => false,
                _ => continue,
            };
            return Ok(Some((name.words.clone(), holds)));
        }
    }
    Ok(None)
}

/// The claims behind the answers of a matter of which it is known how they stand to the question.
#[must_use]
pub fn brought(
    matter: &Matter,
    direct: &BTreeMap<Key, Said>,
    names: &Names,
    scope: &Scope,
) -> Vec<Brought> {
    let known = if matter.kind == MatterKind::Control && scope.holder.is_some() {
        by_holder(matter, names, scope)
    } else {
        by_claims(matter, direct)
    };
    let mut found = Vec::new();
    for (position, known) in matter.positions.iter().zip(known) {
        let Some((relation, related, reason)) = known else {
            continue;
        };
        for claim in &position.claims {
            found.push(Brought {
                key: (claim.document.clone(), claim.claim.clone()),
                said: Said {
                    relation,
                    related,
                    reasons: vec![format!("{}/{}: {reason}", matter.id, position.id)],
                    is_suggested: claim.link == LinkZone::Suggested,
                },
                linked: claim.link == LinkZone::Linked,
            });
        }
    }
    found
}

type Known = Option<(Relation, f64, String)>;

/// Who is asked to hold a place, against who is said to.
fn by_holder(matter: &Matter, names: &Names, scope: &Scope) -> Vec<Known> {
    let Some((holder, holds)) = &scope.holder else {
        return Vec::new();
    };
    let about = [&matter.about, &matter.place];
    let is_named = |id: &String| {
        let name = names.of(id);
        name.is_some_and(|name| !has_words(&words_of(holder), &words_of(&name.words)))
    };
    // The place, and not who holds it, must be what the matter is about.
    if !about.into_iter().flatten().any(is_named) {
        return vec![None; matter.positions.len()];
    }
    let asked: Vec<Vec<String>> = names
        .all()
        .filter(|name| has_words(&words_of(holder), &words_of(&name.words)))
        .flat_map(|name| name.forms.iter().map(|form| words_of(form)))
        .chain([words_of(holder)])
        .collect();
    let known = |position: &Position| {
        let (value, is_not) = match position.value.strip_prefix("not ") {
            Some(rest) => (rest, true),
            None => (&*position.value, false),
        };
        let words = words_of(value);
        let is_it = asked
            .iter()
            .any(|form| has_words(&words, form) || has_words(form, &bare(&words)));
        let relation = match (is_it, is_not, holds) {
            (true, false, true) | (true, true, false) => Relation::Affirms,
            (true, ..) => Relation::Denies,
            (false, false, true) => Relation::Alternative,
            (false, ..) => return None,
        };
        let reason = format!("“{}” answers “{}”", position.value, matter.question);
        Some((relation, 1.0, reason))
    };
    let mut all: Vec<Known> = matter.positions.iter().map(known).collect();
    // Who says in so many words that it is not so denies it, also where linking knows who holds the place instead.
    let number = |id: &str| matter.positions.iter().position(|one| one.id == id);
    for relation in matter
        .relations
        .iter()
        .filter(|one| one.kind == RelationKind::Denies)
    {
        let (Some(from), Some(to)) = (number(&relation.from), number(&relation.to)) else {
            continue;
        };
        let affirmed = matches!(&all[to], Some((Relation::Affirms, ..)));
        if let Some((stands, _, reason)) = all[from].as_mut()
            && *stands == Relation::Alternative
            && affirmed
        {
            *stands = Relation::Denies;
            *reason = relation.reasons.join("; ");
        }
    }
    all
}

/// Without an article: of a name the last words tell most.
fn bare(words: &[String]) -> Vec<String> {
    let is_article = words.len() > 1 && words[0].len() <= 3;
    words[usize::from(is_article)..].to_vec()
}

/// The answer whose claims affirm the question most, or deny it, and those that linking relates to it.
fn by_claims(matter: &Matter, direct: &BTreeMap<Key, Said>) -> Vec<Known> {
    let vote = |position: &Position, relation: Relation| -> f64 {
        let claims = position
            .claims
            .iter()
            .filter(|claim| claim.link == LinkZone::Linked);
        claims
            .filter_map(|claim| direct.get(&(claim.document.clone(), claim.claim.clone())))
            .filter(|said| said.relation == relation)
            .map(|said| said.related)
            .fold(0.0, f64::max)
    };
    let mut known: Vec<Known> = vec![None; matter.positions.len()];
    let votes: Vec<(f64, f64)> = matter
        .positions
        .iter()
        .map(|position| {
            (
                vote(position, Relation::Affirms),
                vote(position, Relation::Denies),
            )
        })
        .collect();
    let most = |pick: &dyn Fn(&(f64, f64)) -> f64| {
        let ranked = votes
            .iter()
            .enumerate()
            .map(|(number, vote)| (number, pick(vote)));
        ranked
            .filter(|(_, weight)| *weight > 0.0)
            .max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)))
    };
    let (base, of_base, related) = match (
        most(&|(pro, contra)| pro - contra),
        most(&|(pro, contra)| contra - pro),
    ) {
        (Some((number, weight)), _) => (number, Relation::Affirms, weight),
        (None, Some((number, weight))) => (number, Relation::Denies, weight),
        (None, None) => return known,
    };
    let value = |number: usize| matter.positions[number].value.as_str();
    known[base] = Some((
        of_base,
        related,
        format!("“{}” answers “{}”", value(base), matter.question),
    ));
    let number = |id: &str| matter.positions.iter().position(|one| one.id == id);
    for relation in &matter.relations {
        let (Some(from), Some(to)) = (number(&relation.from), number(&relation.to)) else {
            continue;
        };
        let other = match (from == base, to == base) {
            (true, false) => to,
            (false, true) => from,
            _ => continue,
        };
        let stands = match (of_base, relation.kind) {
            (Relation::Affirms, RelationKind::Denies | RelationKind::Implicit) => Relation::Denies,
            (Relation::Affirms, RelationKind::Alternative | RelationKind::Update) => {
                Relation::Alternative
            }
            (Relation::Affirms, RelationKind::Quantity) => Relation::Quantity,
            (Relation::Affirms, RelationKind::Doubts) if to == base => Relation::Doubts,
            (Relation::Affirms, RelationKind::Repeats) => Relation::Affirms,
            (Relation::Denies, RelationKind::Denies) if from == base => Relation::Affirms,
            (Relation::Denies, RelationKind::Repeats) => Relation::Denies,
            _ => continue,
        };
        if known[other].is_none() {
            let reasons = relation.reasons.join("; ");
            let reason = format!(
                "“{}” {} “{}”: {reasons}",
                value(from),
                relation.kind,
                value(to)
            );
            known[other] = Some((stands, related, reason));
        }
    }
    known
}
