//! `Factuality`: how likely the words around a predicate say that it happened, by a few learnt weights of marks that hold for any word.
//!
//! The marks are of grammar alone: the form of the word, the finite verb of its clause, what `commitment` says, what stands in the
//! sentence. The weights come from `models/commitment.tsv` (`models/commitment.md`). It does not know types of events, nor who speaks.

use super::commitment::{Commitment, Reader, Tense};
use super::lexicon::Part;
use crate::attributions::Tokens;
use crate::knowledge::lines;
use crate::logistic::logistic;
use crate::view::View;
use crate::{Polarity, Realis};
use syntax::Relation;
use text::vocabulary;

/// Most steps from a predicate to the finite verb of its clause.
const CLIMB: usize = 8;

vocabulary! {
    /// What the weights look at.
    CommitmentMark {
        Always = "always",
        OwnPast = "own_past",
        AbovePast = "above_past",
        Perfect = "perfect",
        Will = "will",
        May = "may",
        OwnImperative = "own_imperative",
        AboveImperative = "above_imperative",
        OwnPresent = "own_present",
        BareVerb = "bare_verb",
        IngForm = "ing_form",
        Noun = "noun",
        Negative = "negative",
        Hypothetical = "hypothetical",
        Future = "future",
        Habitual = "habitual",
        BareByRule = "bare_but_occurred",
        ConditionInSentence = "condition_in_sentence",
        YouAtPresent = "you_at_present",
        PastInSentence = "past_in_sentence",
        ModalInSentence = "modal_in_sentence",
        Xcomp = "xcomp",
        Advcl = "advcl",
        Acl = "acl",
        Ccomp = "ccomp",
        Conj = "conj",
        Time = "when",
        Wanted = "wanted",
        Condition = "condition",
        Object = "object",
    }
}

/// The weights, in the order of `CommitmentMark::ALL`; without a file none, and nothing is said.
#[derive(Debug, Clone, Default)]
pub(crate) struct Factuality {
    weights: Vec<f64>,
}

impl Factuality {
    pub(crate) fn parse(file: &str, problems: &mut Vec<String>) -> Self {
        let mut weights = vec![0.0; CommitmentMark::ALL.len()];
        let mut read = 0;
        for (number, line) in lines(file) {
            let fields = line.split_once('\t').and_then(|(mark, weight)| {
                let mark = CommitmentMark::parse(mark)?;
                let place = CommitmentMark::ALL
                    .iter()
                    .position(|known| *known == mark)?;
                Some((
                    place,
                    weight
                        .parse::<f64>()
                        .ok()
                        .filter(|weight| weight.is_finite())?,
                ))
            });
            match fields {
                Some((place, weight)) => {
                    weights[place] = weight;
                    read += 1;
                }
                None => problems.push(format!(
                    "commitment.tsv line {number}: a mark and its weight are needed"
                )),
            }
        }
        if read == 0 {
            return Self::default();
        }
        Self { weights }
    }

    /// How likely what bears these marks is said to have happened; nothing without weights.
    pub(crate) fn occurred(&self, marks: &[CommitmentMark]) -> Option<f64> {
        if self.weights.is_empty() {
            return None;
        }
        let all = CommitmentMark::ALL.iter().zip(&self.weights);
        Some(logistic(
            all.filter(|(mark, _)| marks.contains(mark))
                .map(|(_, weight)| weight)
                .sum(),
        ))
    }
}

/// The finite verb that a clause hangs on says …
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Finite {
    Past,
    Perfect,
    Present,
    Will,
    May,
    Imperative,
}

/// The marks of a predicate, as far as `within` reaches; everywhere where it is empty.
pub(super) fn marks(
    view: &View,
    token: usize,
    part: Part,
    within: &[Tokens],
    found: &Commitment,
) -> Vec<CommitmentMark> {
    let reader = Reader { view, within };
    let xpos = view.xpos(token);
    let relation = view.relation(token);
    let clause = clause(&reader, token);
    let finite = |wanted: Finite| clause.finite.is_some_and(|(finite, _)| finite == wanted);
    let own = |wanted: Finite| clause.finite == Some((wanted, true));
    let above = |wanted: Finite| clause.finite == Some((wanted, false));
    let by_rule = found.polarity() == Polarity::Positive
        && matches!(
            found.realis(false),
            Realis::Occurred | Realis::Ongoing | Realis::Habitual
        );
    let sentence = view.sentence_around(token).unwrap_or(token..token + 1);
    let inside = |at: &usize| within.is_empty() || within.iter().any(|range| range.contains(at));
    let has = |holds: &dyn Fn(usize) -> bool| sentence.clone().filter(inside).any(holds);
    let holds = |mark: CommitmentMark| match mark {
        CommitmentMark::Always => true,
        CommitmentMark::OwnPast => own(Finite::Past),
        CommitmentMark::AbovePast => above(Finite::Past),
        CommitmentMark::Perfect => finite(Finite::Perfect),
        CommitmentMark::Will => finite(Finite::Will),
        CommitmentMark::May => finite(Finite::May),
        CommitmentMark::OwnImperative => own(Finite::Imperative),
        CommitmentMark::AboveImperative => above(Finite::Imperative),
        CommitmentMark::OwnPresent => own(Finite::Present),
        CommitmentMark::BareVerb => xpos == "VB",
        CommitmentMark::IngForm => xpos == "VBG",
        CommitmentMark::Noun => part == Part::Noun,
        CommitmentMark::Negative => found.is_negative,
        CommitmentMark::Hypothetical => found.is_hypothetical,
        CommitmentMark::Future => found.is_future,
        CommitmentMark::Habitual => found.is_habitual,
        CommitmentMark::BareByRule => xpos == "VB" && by_rule,
        CommitmentMark::ConditionInSentence => has(&|at| {
            view.relation(at) == Relation::Mark && reader.has("condition", view.lower(at))
        }),
        CommitmentMark::YouAtPresent => {
            found.tense == Tense::Present && has(&|at| reader.has("you", view.lower(at)))
        }
        CommitmentMark::PastInSentence => has(&|at| view.xpos(at) == "VBD"),
        CommitmentMark::ModalInSentence => has(&|at| view.xpos(at) == "MD"),
        CommitmentMark::Xcomp => relation == Relation::Xcomp,
        CommitmentMark::Advcl => relation == Relation::Advcl,
        CommitmentMark::Acl => relation == Relation::Acl,
        CommitmentMark::Ccomp => relation == Relation::Ccomp,
        CommitmentMark::Conj => relation == Relation::Conj,
        CommitmentMark::Time => clause.is_time,
        CommitmentMark::Wanted => clause.is_wanted,
        CommitmentMark::Condition => clause.is_condition,
        CommitmentMark::Object => view.has_kid(token, Relation::Obj),
    };
    let all = CommitmentMark::ALL.iter().copied();
    all.filter(|mark| holds(*mark)).collect()
}

/// What stands between a predicate and the finite verb of its clause.
#[derive(Debug, Clone, Copy, Default)]
struct Clause {
    /// What the finite verb says, and whether it is the predicate's own.
    finite: Option<(Finite, bool)>,
    is_condition: bool,
    is_time: bool,
    is_wanted: bool,
}

fn clause(reader: &Reader, token: usize) -> Clause {
    let view = reader.view;
    let mut clause = Clause::default();
    let mut at = token;
    for _ in 0..CLIMB {
        for kid in view.kids(at) {
            let lower = view.lower(kid);
            match view.relation(kid) {
                Relation::Mark => {
                    clause.is_condition |= reader.has("condition", lower);
                    clause.is_time |= reader.has("time", lower);
                }
                Relation::Advmod if view.relation(at) == Relation::Advcl => {
                    clause.is_time |= reader.has("time", lower);
                }
                _ => {}
            }
        }
        if at != token {
            clause.is_wanted |= reader.has_lemma("supposes", at) || reader.has_lemma("plans", at);
        }
        if let Some(finite) = finite(reader, at) {
            clause.finite = Some((finite, at == token));
            return clause;
        }
        let Some(head) = reader.head(at) else { break };
        at = head;
    }
    clause
}

/// What a verb or what stands with "be" says by its own form and auxiliaries; nothing where it is not finite.
fn finite(reader: &Reader, at: usize) -> Option<Finite> {
    let view = reader.view;
    let own = view.xpos(at);
    let auxiliaries = || {
        view.kids(at).filter(|kid| {
            matches!(
                view.relation(*kid),
                Relation::Aux | Relation::AuxPass | Relation::Cop
            )
        })
    };
    let is_tagged = |tags: &[&str]| {
        tags.contains(&own) || auxiliaries().any(|kid| tags.contains(&view.xpos(kid)))
    };
    if let Some(modal) = auxiliaries().find(|kid| view.xpos(*kid) == "MD") {
        let will = reader.has("will", view.lower(modal));
        return Some(if will { Finite::Will } else { Finite::May });
    }
    // "is going to leave": neither the going nor the leaving is done.
    if reader.has("going", view.lower(at)) && view.has_kid(at, Relation::Xcomp) {
        return Some(Finite::Will);
    }
    if is_tagged(&["VBD"]) {
        return Some(Finite::Past);
    }
    let is_have =
        |kid: usize| view.relation(kid) == Relation::Aux && reader.has("have", view.lower(kid));
    if auxiliaries().any(is_have) {
        return Some(Finite::Perfect);
    }
    if is_tagged(&["VBZ", "VBP"]) {
        return Some(Finite::Present);
    }
    let is_bare = own == "VB"
        && matches!(
            view.relation(at),
            Relation::Root | Relation::Parataxis | Relation::Ccomp
        )
        && !view.kids(at).any(|kid| {
            matches!(
                view.relation(kid),
                Relation::Aux | Relation::Mark | Relation::Nsubj
            )
        });
    is_bare.then_some(Finite::Imperative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_add_up_and_nothing_is_said_without_any() {
        let mut problems = Vec::new();
        let none = Factuality::parse("# empty\n", &mut problems);
        assert_eq!(none.occurred(&[CommitmentMark::Always]), None);
        let some = Factuality::parse("always\t1\nwill\t-3.5\n", &mut problems);
        let past = some.occurred(&[CommitmentMark::Always]).unwrap();
        let will = some
            .occurred(&[CommitmentMark::Always, CommitmentMark::Will])
            .unwrap();
        assert!(past > 0.7 && will < 0.1);
        assert_eq!(problems, [""; 0]);
        Factuality::parse("perhaps\t1\nwill\tx\n", &mut problems);
        assert_eq!(problems.len(), 2);
    }

    #[test]
    fn the_weights_are_few() {
        assert!(CommitmentMark::ALL.len() <= 30);
    }
}
