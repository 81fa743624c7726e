//! What persons decided on claims and matters, and the matters made as they decided.
//!
//! It does not know how a claim is read or which claims meet by themselves: it takes the matters that were made, moves claims
//! between them, and has their positions put together anew. What is decided of a claim alone is for `corrections`.
//!
//! Judgements are carried out in the order in which they were made, each on what those before it left: so it finds what the
//! person saw. Two that contradict each other are not given here at all.

use crate::linking::{ClaimKey, Judged, JudgedAs, Linking, MatterKey, Ruling, Target};
use crate::positions::{Header, assemble};
use crate::said::{Side, quote, statement};
use crate::statements::{Answer, ClaimAt, Library, Stance, Statement, Told, Topic, plain};
use crate::when::{When, said};
use crate::{LinkZone, Matter, MatterKind, Relation, RelationKind, State};
use std::collections::{BTreeMap, BTreeSet};

/// The matters as persons decided, and which judgement made what of which.
pub(crate) fn apply(
    library: &Library,
    told: &Told,
    matters: Vec<Matter>,
    linking: &[Linking],
) -> (Vec<Matter>, Vec<Judged>) {
    if linking.is_empty() {
        return (matters, Vec::new());
    }
    let mut bench = Bench::new(library, told, matters);
    for Linking { judgement, ruling } in linking {
        bench.carry_out(ruling, judgement);
    }
    let mut made: Vec<Draft> = bench
        .drafts
        .iter()
        .filter_map(|draft| finished(library, told, draft))
        .collect();
    for Linking { judgement, ruling } in linking {
        after(library, &mut made, ruling, judgement);
    }
    let mut matters = Vec::with_capacity(made.len());
    let mut judged = Vec::new();
    for draft in made {
        judged.extend(draft.judged.into_iter().map(|(effect, judgement)| Judged {
            matter: draft.matter.id.clone(),
            effect,
            judgement,
        }));
        matters.push(draft.matter);
    }
    judged.sort();
    judged.dedup();
    (matters, judged)
}

/// A matter that claims are put into and taken out of.
#[derive(Clone)]
struct Draft {
    matter: Matter,
    /// Its statements, once any judgement moves one.
    statements: Option<Vec<Statement>>,
    /// A person made it, so it stands with one answer too.
    parted: bool,
    gone: bool,
    judged: Vec<(JudgedAs, String)>,
}

/// All matters, with ways from claims to them.
struct Bench<'a> {
    library: &'a Library<'a>,
    told: &'a Told,
    drafts: Vec<Draft>,
    places: BTreeMap<(&'a str, &'a str), ClaimAt>,
    holding: BTreeMap<ClaimAt, BTreeSet<usize>>,
}

impl<'a> Bench<'a> {
    fn new(library: &'a Library<'a>, told: &'a Told, matters: Vec<Matter>) -> Self {
        let places: BTreeMap<(&str, &str), ClaimAt> = library
            .claims()
            .map(|(at, claim)| {
                let document = &library.readings[at.reading].document.id;
                ((document.as_str(), claim.id.as_str()), at)
            })
            .collect();
        let mut holding: BTreeMap<ClaimAt, BTreeSet<usize>> = BTreeMap::new();
        for (number, matter) in matters.iter().enumerate() {
            for claim in matter.positions.iter().flat_map(|one| &one.claims) {
                if let Some(at) = places.get(&(claim.document.as_str(), claim.claim.as_str())) {
                    holding.entry(*at).or_default().insert(number);
                }
            }
        }
        let drafts = matters.into_iter().map(|matter| Draft {
            matter,
            statements: None,
            parted: false,
            gone: false,
            judged: Vec::new(),
        });
        Self {
            library,
            told,
            drafts: drafts.collect(),
            places,
            holding,
        }
    }

    fn at(&self, (document, claim): &ClaimKey) -> Option<ClaimAt> {
        self.places
            .get(&(document.as_str(), claim.as_str()))
            .copied()
    }

    /// The matters that hold a claim.
    fn of(&self, at: ClaimAt) -> BTreeSet<usize> {
        self.holding.get(&at).cloned().unwrap_or_default()
    }

    /// The matter that holds most of the claims by which a person knew one, and at least half of them.
    fn find(&self, key: &MatterKey) -> Option<usize> {
        let known: BTreeSet<ClaimAt> = key.claims.iter().filter_map(|one| self.at(one)).collect();
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for number in known.iter().flat_map(|at| self.of(*at)) {
            *shared.entry(number).or_default() += 1;
        }
        let size = |number: usize| {
            let positions = &self.drafts[number].matter.positions;
            positions.iter().map(|one| one.claims.len()).sum::<usize>()
        };
        shared
            .into_iter()
            .filter(|(number, count)| {
                self.drafts[*number].matter.kind == key.kind && count * 2 >= known.len()
            })
            // Of two that hold as many of them the one that holds less beside them.
            .min_by_key(|(number, count)| (std::cmp::Reverse(*count), size(*number), *number))
            .map(|(number, _)| number)
    }

    fn carry_out(&mut self, ruling: &Ruling, judgement: &str) {
        match ruling {
            Ruling::Together { claim, with } => self.together(claim, with, judgement),
            Ruling::Apart { claim, from } => self.apart(claim, from, judgement),
            Ruling::Merge { one, other } => self.merge(one, other, judgement),
            Ruling::Split { claims, from } => self.split(claims, from, judgement),
            Ruling::NameMatter { matter, name } => {
                if let Some(number) = self.find(matter) {
                    let draft = &mut self.drafts[number];
                    draft.matter.question.clone_from(name);
                    draft.judged.push((JudgedAs::Renamed, judgement.to_owned()));
                }
            }
            Ruling::IgnoreMatter(matter) => {
                if let Some(number) = self.find(matter) {
                    let judged = &mut self.drafts[number].judged;
                    judged.push((JudgedAs::Ignored, judgement.to_owned()));
                }
            }
            // These are carried out before matters are made, or after.
            Ruling::Relation { .. }
            | Ruling::IgnoreClaim(_)
            | Ruling::IgnoreDocument(_)
            | Ruling::NameEntity { .. }
            | Ruling::SameSide { .. }
            | Ruling::Correct(_) => {}
        }
    }

    fn together(&mut self, claim: &ClaimKey, with: &Target, judgement: &str) {
        let Some(mut at) = self.at(claim) else {
            return;
        };
        let wanted: BTreeSet<usize> = match with {
            Target::Matter(key) => self.find(key).into_iter().collect(),
            Target::Claim(other) => {
                let Some(mut other) = self.at(other) else {
                    return;
                };
                if self.of(other).is_empty() && !self.of(at).is_empty() {
                    std::mem::swap(&mut at, &mut other);
                }
                let holding = self.of(other);
                if holding.is_empty() {
                    self.open_between(other, at, judgement);
                    return;
                }
                // Of the questions that the other answers those that this one has an answer to, else the first.
                let answered: BTreeSet<usize> = holding
                    .iter()
                    .copied()
                    .filter(|number| {
                        let kind = self.drafts[*number].matter.kind;
                        self.told
                            .statements
                            .iter()
                            .any(|one| one.at == at && opens(&one.topic, kind))
                    })
                    .collect();
                if answered.is_empty() {
                    holding.into_iter().take(1).collect()
                } else {
                    answered
                }
            }
        };
        for number in wanted {
            self.open(number);
            let topic = self.topic(number);
            let kind = self.drafts[number].matter.kind;
            let statement = stated(self.library, self.told, at, kind, &topic);
            let draft = &mut self.drafts[number];
            let Some(statements) = &mut draft.statements else {
                continue;
            };
            let mut is_there = false;
            for known in statements.iter_mut().filter(|one| one.at == at) {
                known.linked = true;
                is_there = true;
            }
            if !is_there {
                statements.extend(statement);
            }
            draft.judged.push((JudgedAs::Linked, judgement.to_owned()));
            self.holding.entry(at).or_default().insert(number);
        }
    }

    /// A matter of two claims that were in none.
    fn open_between(&mut self, first: ClaimAt, other: ClaimAt, judgement: &str) {
        let topic = Topic::Said(first);
        let words = quote(self.library, first);
        let statements: Vec<Statement> = [first, other]
            .into_iter()
            .filter_map(|at| stated(self.library, self.told, at, MatterKind::Occurred, &topic))
            .collect();
        if statements.len() < 2 || words.is_empty() {
            return;
        }
        let number = self.drafts.len();
        for at in [first, other] {
            self.holding.entry(at).or_default().insert(number);
        }
        self.drafts.push(Draft {
            matter: Matter {
                id: crate::id("ma_", &["linked", &crate::fold::fold(&words)]),
                kind: MatterKind::Occurred,
                question: format!("What is said of “{words}”?"),
                about: None,
                place: statements[0]
                    .place
                    .and_then(|index| Some(self.library.world.entities.get(index)?.id.clone())),
                time: crate::matters::time(statements[0].when),
                state: State::OneAnswer,
                positions: Vec::new(),
                relations: Vec::new(),
            },
            statements: Some(statements),
            parted: true,
            gone: false,
            judged: vec![(JudgedAs::Linked, judgement.to_owned())],
        });
    }

    fn apart(&mut self, claim: &ClaimKey, from: &Target, judgement: &str) {
        let Some(at) = self.at(claim) else {
            return;
        };
        let wanted: Vec<usize> = match from {
            Target::Matter(key) => self.find(key).into_iter().collect(),
            Target::Claim(other) => match self.at(other) {
                Some(other) => self.of(other).intersection(&self.of(at)).copied().collect(),
                None => Vec::new(),
            },
        };
        for number in wanted {
            self.take_out(number, &BTreeSet::from([at]));
            let judged = &mut self.drafts[number].judged;
            judged.push((JudgedAs::Unlinked, judgement.to_owned()));
        }
    }

    fn split(&mut self, claims: &[ClaimKey], from: &MatterKey, judgement: &str) {
        let leaving: BTreeSet<ClaimAt> = claims.iter().filter_map(|one| self.at(one)).collect();
        let Some(number) = self.find(from) else {
            return;
        };
        let taken = self.take_out(number, &leaving);
        if taken.is_empty() {
            return;
        }
        let draft = &mut self.drafts[number];
        draft.judged.push((JudgedAs::Split, judgement.to_owned()));
        let mut matter = draft.matter.clone();
        let keys: Vec<&str> = claims.iter().map(|(_, claim)| claim.as_str()).collect();
        matter.id = crate::id("ma_", &[&matter.id, &keys.join(" ")]);
        let parted = self.drafts.len();
        for at in taken.iter().map(|one| one.at) {
            self.holding.entry(at).or_default().insert(parted);
        }
        self.drafts.push(Draft {
            matter,
            statements: Some(taken),
            parted: true,
            gone: false,
            judged: vec![(JudgedAs::Split, judgement.to_owned())],
        });
    }

    fn merge(&mut self, one: &MatterKey, other: &MatterKey, judgement: &str) {
        let (Some(one), Some(other)) = (self.find(one), self.find(other)) else {
            return;
        };
        if one == other {
            return;
        }
        self.open(one);
        self.open(other);
        let topic = self.topic(one);
        let gone = &mut self.drafts[other];
        gone.gone = true;
        let mut judged = std::mem::take(&mut gone.judged);
        let mut moved = gone.statements.take().unwrap_or_default();
        let parted = gone.parted;
        for at in moved.iter().map(|statement| statement.at) {
            let holding = self.holding.entry(at).or_default();
            holding.remove(&other);
            holding.insert(one);
        }
        let draft = &mut self.drafts[one];
        let statements = draft.statements.get_or_insert_default();
        let before = statements.len();
        for statement in &mut moved {
            statement.topic = topic.clone();
            statement.follows = statement.follows.map(|follows| follows + before);
        }
        statements.extend(moved);
        draft.parted |= parted;
        judged.push((JudgedAs::Merged, judgement.to_owned()));
        draft.judged.extend(judged);
    }

    /// Takes a matter's statements of these claims out of it.
    fn take_out(&mut self, number: usize, claims: &BTreeSet<ClaimAt>) -> Vec<Statement> {
        self.open(number);
        let all = self.drafts[number].statements.take().unwrap_or_default();
        let (taken, kept) = parted(all, |one| claims.contains(&one.at));
        self.drafts[number].statements = Some(kept);
        for at in claims {
            if let Some(holding) = self.holding.get_mut(at) {
                holding.remove(&number);
            }
        }
        taken
    }

    /// Finds the statements that a matter was made of.
    fn open(&mut self, number: usize) {
        if self.drafts[number].statements.is_some() {
            return;
        }
        let topic = self.topic(number);
        let matter = &self.drafts[number].matter;
        let mut statements = Vec::new();
        let mut follows = Vec::new();
        let mut new_places: BTreeMap<usize, usize> = BTreeMap::new();
        for position in &matter.positions {
            for claim in &position.claims {
                let key = (claim.document.clone(), claim.claim.clone());
                let Some(at) = self.at(&key) else {
                    continue;
                };
                let mut found = false;
                for (index, statement) in self.told.statements.iter().enumerate() {
                    if statement.at == at && statement.topic == topic {
                        new_places.insert(index, statements.len());
                        follows.push(statement.follows);
                        statements.push(statement.clone());
                        found = true;
                    }
                }
                if !found {
                    // Only matters of what is said make their sides themselves; there a position is one side or the other.
                    let side = Side {
                        at,
                        stance: Stance::said(&position.value),
                        linked: claim.link == LinkZone::Linked,
                    };
                    statements.extend(statement(self.library, &side, &topic));
                    follows.resize(statements.len(), None);
                }
            }
        }
        for (statement, before) in statements.iter_mut().zip(follows) {
            statement.follows = before.and_then(|index| new_places.get(&index).copied());
        }
        self.drafts[number].statements = Some(statements);
    }

    /// What most of a matter's claims answer.
    fn topic(&self, number: usize) -> Topic {
        let draft = &self.drafts[number];
        if let Some(first) = draft.statements.iter().flatten().next() {
            return first.topic.clone();
        }
        let claims: BTreeSet<ClaimAt> = draft
            .matter
            .positions
            .iter()
            .flat_map(|one| &one.claims)
            .filter_map(|one| self.at(&(one.document.clone(), one.claim.clone())))
            .collect();
        let mut counts: BTreeMap<&Topic, usize> = BTreeMap::new();
        for statement in &self.told.statements {
            if claims.contains(&statement.at) && opens(&statement.topic, draft.matter.kind) {
                *counts.entry(&statement.topic).or_default() += 1;
            }
        }
        let most = counts
            .into_iter()
            .max_by_key(|(topic, count)| (*count, std::cmp::Reverse(*topic)));
        match (most, claims.first()) {
            (Some((topic, _)), _) => topic.clone(),
            (None, Some(first)) => Topic::Said(*first),
            (None, None) => Topic::Said(ClaimAt {
                reading: 0,
                claim: 0,
            }),
        }
    }
}

/// Whether a topic opens matters of a kind.
fn opens(topic: &Topic, kind: MatterKind) -> bool {
    match topic {
        Topic::Control(_) => kind == MatterKind::Control,
        Topic::Fate(_) => kind == MatterKind::Fate,
        Topic::Cause(_) => kind == MatterKind::Cause,
        Topic::Whereabouts(_) => kind == MatterKind::Whereabouts,
        Topic::Count { .. } => kind == MatterKind::Quantity,
        Topic::Said(_) => matches!(
            kind,
            MatterKind::Occurred | MatterKind::Involved | MatterKind::Will
        ),
    }
}

/// What a claim says to a question that a person put it to: its own answer to one of the kind, else that it is so or not, else its
/// own words, which are compared with nothing.
fn stated(
    library: &Library,
    told: &Told,
    at: ClaimAt,
    kind: MatterKind,
    topic: &Topic,
) -> Option<Statement> {
    let own = || told.statements.iter().filter(|one| one.at == at);
    let known = own()
        .find(|one| one.topic == *topic)
        .or_else(|| own().find(|one| opens(&one.topic, kind)));
    if let Some(known) = known {
        return Some(Statement {
            topic: topic.clone(),
            follows: None,
            linked: true,
            ..known.clone()
        });
    }
    let claim = library.claim(at)?;
    let stance = Stance::by(claim.act);
    if matches!(topic, Topic::Said(_)) {
        let side = Side {
            at,
            stance,
            linked: true,
        };
        return statement(library, &side, topic);
    }
    let words = quote(library, at);
    let answer = Answer {
        stance,
        shown: format!("“{words}”"),
        ..plain(&words, false)
    };
    Some(Statement {
        topic: topic.clone(),
        answer,
        change: false,
        denial: stance == Stance::Negates,
        when: When::Undated {
            reading: at.reading,
        },
        place: None,
        follows: None,
        at,
        said: said(claim, &library.readings[at.reading].document),
        speaker: library.speaker(at, claim)?,
        linked: true,
    })
}

/// The statements that are wanted, and the others. One that answered one on the other side answers nothing now.
fn parted(
    all: Vec<Statement>,
    is_wanted: impl Fn(&Statement) -> bool,
) -> (Vec<Statement>, Vec<Statement>) {
    let mut sides = (Vec::new(), Vec::new());
    let places: Vec<(bool, usize)> = {
        let mut counts = (0, 0);
        let place = |one: &Statement| {
            let wanted = is_wanted(one);
            let count = if wanted { &mut counts.0 } else { &mut counts.1 };
            *count += 1;
            (wanted, *count - 1)
        };
        all.iter().map(place).collect()
    };
    for (mut statement, (wanted, _)) in all.into_iter().zip(places.iter().copied()) {
        statement.follows = statement
            .follows
            .and_then(|index| places.get(index))
            .filter(|(side, _)| *side == wanted)
            .map(|(_, place)| *place);
        if wanted {
            sides.0.push(statement);
        } else {
            sides.1.push(statement);
        }
    }
    sides
}

/// A matter with its positions put together anew where a judgement moved any claim.
fn finished(library: &Library, told: &Told, draft: &Draft) -> Option<Draft> {
    if draft.gone {
        return None;
    }
    let Some(statements) = &draft.statements else {
        return Some(draft.clone());
    };
    let index_of = |id: &Option<String>| {
        let id = id.as_ref()?;
        let mut entities = library.world.entities.iter();
        entities.position(|entity| entity.id == *id)
    };
    let matter = &draft.matter;
    let about = index_of(&matter.about);
    let answered = |one: &Statement| one.linked && one.speaker.entity == about;
    let own = Told {
        statements: statements.clone(),
        used: BTreeSet::new(),
        opponents: told.opponents.clone(),
        one_event: told.one_event.clone(),
    };
    let members: Vec<usize> = (0..statements.len()).collect();
    let made = assemble(
        library,
        &own,
        &members,
        Header {
            kind: matter.kind,
            question: matter.question.clone(),
            about,
            place: index_of(&matter.place),
            time: matter.time.clone(),
            key: String::new(),
            unanswered: matter.state == State::Unanswered && !statements.iter().any(answered),
        },
    )?;
    // One figure alone is a claim and no matter, unless a person made it one.
    let single = matter.kind == MatterKind::Quantity && made.positions.len() < 2;
    (draft.parted || !single).then(|| Draft {
        matter: Matter {
            id: matter.id.clone(),
            ..made
        },
        statements: None,
        judged: draft.judged.clone(),
        ..*draft
    })
}

/// What is decided on finished matters: how answers stand to each other; and which judgements on claims alone they rest on.
fn after(library: &Library, made: &mut [Draft], ruling: &Ruling, judgement: &str) {
    match ruling {
        Ruling::Relation { from, to, kind } => {
            for draft in made.iter_mut() {
                if relate(&mut draft.matter, from, to, *kind, judgement) {
                    draft.judged.push((JudgedAs::Related, judgement.to_owned()));
                }
            }
        }
        Ruling::Correct(correction) => {
            for draft in made.iter_mut() {
                if position_of(&draft.matter, &correction.claim).is_some() {
                    draft
                        .judged
                        .push((JudgedAs::Corrected, judgement.to_owned()));
                }
            }
        }
        Ruling::SameSide { one, other } => {
            let ids: Vec<&str> = [one, other]
                .into_iter()
                .filter_map(|member| library.world.of_member(library.readings, member))
                .map(|index| library.world.entities[index].id.as_str())
                .collect();
            for draft in made.iter_mut() {
                let mut parties = draft.matter.positions.iter().flat_map(|one| &one.parties);
                if parties.any(|party| party.entity.as_deref().is_some_and(|id| ids.contains(&id)))
                {
                    draft
                        .judged
                        .push((JudgedAs::SameSide, judgement.to_owned()));
                }
            }
        }
        Ruling::Together { .. }
        | Ruling::Apart { .. }
        | Ruling::Merge { .. }
        | Ruling::Split { .. }
        | Ruling::NameMatter { .. }
        | Ruling::IgnoreMatter(_)
        | Ruling::IgnoreClaim(_)
        | Ruling::IgnoreDocument(_)
        | Ruling::NameEntity { .. } => {}
    }
}

fn position_of<'m>(matter: &'m Matter, (document, claim): &ClaimKey) -> Option<&'m str> {
    let holds = |position: &&crate::Position| {
        let mut claims = position.claims.iter();
        claims.any(|one| one.document == *document && one.claim == *claim)
    };
    let found = matter.positions.iter().find(holds)?;
    Some(&found.id)
}

/// Puts one relation in the place of all between two positions; says whether the matter holds both.
fn relate(
    matter: &mut Matter,
    from: &ClaimKey,
    to: &ClaimKey,
    kind: Option<RelationKind>,
    judgement: &str,
) -> bool {
    let (Some(from), Some(to)) = (position_of(matter, from), position_of(matter, to)) else {
        return false;
    };
    if from == to {
        return false;
    }
    let (from, to) = (from.to_owned(), to.to_owned());
    matter
        .relations
        .retain(|one| !((one.from == from && one.to == to) || (one.from == to && one.to == from)));
    matter.relations.extend(kind.map(|kind| Relation {
        from,
        to,
        kind,
        reasons: vec![format!("judgement {judgement}")],
    }));
    let rank = |id: &str| {
        let mut positions = matter.positions.iter();
        positions.position(|position| position.id == id)
    };
    let mut relations = std::mem::take(&mut matter.relations);
    relations.sort_by_key(|one| (rank(&one.from), rank(&one.to), one.kind));
    matter.relations = relations;
    let contested = matter.relations.iter().any(|one| {
        matches!(
            one.kind,
            RelationKind::Denies | RelationKind::Alternative | RelationKind::Quantity
        )
    });
    let parties: BTreeSet<&crate::Party> = matter
        .positions
        .iter()
        .flat_map(|position| &position.parties)
        .collect();
    matter.state = match (contested, matter.state) {
        (true, _) => State::Contested,
        (false, State::Contested) if parties.len() > 1 => State::NotContestedHere,
        (false, State::Contested) => State::OneAnswer,
        (false, other) => other,
    };
    true
}
