//! Subtypes of relations, told from tags and neighbours: passives and their agents, relative clauses, possessors, particles.
//!
//! The parser is not asked for them: it finds arcs and universal relations better when it has fewer labels to choose from,
//! and these subtypes follow from what stands there. It does not know arcs that are not in the tree.

use crate::linear::hash_bytes;
use crate::tree::{Models, Node, Relation, Upos};
use crate::words::Words;

/// Refines the relations of one sentence, whose first node has this index in the document.
pub(crate) fn tell(models: &Models, words: &Words, first: u32, nodes: &mut [Node]) {
    let by = hash_bytes(b"by");
    let forms_of_be_and_get = BE_AND_GET.map(|form| hash_bytes(form.as_bytes()));
    let head = |node: &Node| node.head.map(|head| head.wrapping_sub(first) as usize);
    let mut seen = vec![Seen::default(); nodes.len()];
    for index in 0..nodes.len() {
        let node = nodes[index];
        let Some(at) = head(&node).filter(|at| *at < nodes.len()) else {
            continue;
        };
        let form = words.at(index as isize).form;
        let participle = models.xpos(&nodes[at]) == "VBN";
        match node.relation {
            Relation::Aux if participle && forms_of_be_and_get.contains(&form) => {
                // The last auxiliary decides: "has been seized" is passive, "was" of "was to have fled" is not.
                seen[at].passive = Some(index);
            }
            Relation::Aux => seen[at].passive = None,
            Relation::Case if form == by => seen[at].by = true,
            Relation::Case if models.xpos(&node) == "POS" => seen[at].possessive = true,
            _ => {}
        }
        // A relative pronoun belongs to the nearest clause above it that qualifies a noun.
        if RELATIVE.contains(&models.xpos(&node)) {
            let mut clause = at;
            for _ in 0..3 {
                if nodes[clause].relation == Relation::Acl {
                    seen[clause].relative = true;
                    break;
                }
                match head(&nodes[clause]) {
                    Some(above) if above < nodes.len() => clause = above,
                    _ => break,
                }
            }
        }
        if node.relation == Relation::Nsubj {
            seen[at].has_subject = true;
        }
    }
    for index in 0..nodes.len() {
        let above = head(&nodes[index]).filter(|at| *at < nodes.len());
        let passive = above.and_then(|at| seen[at].passive);
        let reduced = above.is_some_and(|at| {
            models.xpos(&nodes[at]) == "VBN"
                && !seen[at].has_subject
                && nodes[at].relation == Relation::Acl
        });
        let node = &mut nodes[index];
        let xpos = models.xpos(node);
        node.relation = match node.relation {
            Relation::Aux if passive == Some(index) => Relation::AuxPass,
            Relation::Nsubj if passive.is_some() => Relation::NsubjPass,
            Relation::Csubj if passive.is_some() => Relation::CsubjPass,
            Relation::Obl if (passive.is_some() || reduced) && seen[index].by => Relation::OblAgent,
            Relation::Nmod if xpos == "PRP$" || xpos == "WP$" || seen[index].possessive => {
                Relation::NmodPoss
            }
            Relation::Compound if xpos == "RP" => Relation::CompoundPrt,
            Relation::Acl
                if seen[index].relative
                    || seen[index].has_subject && is_finite(node.upos, xpos) =>
            {
                Relation::AclRelcl
            }
            relation => relation,
        };
    }
}

/// What was seen of a word's dependents.
#[derive(Clone, Copy, Default)]
struct Seen {
    passive: Option<usize>,
    by: bool,
    possessive: bool,
    relative: bool,
    has_subject: bool,
}

const RELATIVE: [&str; 4] = ["WDT", "WP", "WP$", "WRB"];
const BE_AND_GET: [&str; 16] = [
    "be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m", "get", "gets",
    "got", "gotten", "getting",
];

fn is_finite(upos: Upos, xpos: &str) -> bool {
    upos == Upos::Verb && matches!(xpos, "VBD" | "VBP" | "VBZ")
}
