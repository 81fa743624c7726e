//! From the words of a judgement to a decision: which records the ids mean, and whether they can be decided on so.
//!
//! It does not know whether the words come from a command line or a file, and decides nothing.

use crate::args::published;
use crate::contents::{Contents, Found, Record};
use crate::failure::Failure;
use crate::view::terminal::flat;
use ledger::{Decision, NO_RELATION, Standing, Verb, is_same_name};
use link::{Entity, Matter, Member, Reading, RelationKind, Slot, slot_words};

/// A judgement in words.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// The verb; every judgement has one.
    pub verb: Option<Verb>,
    /// What it is about.
    pub id: String,
    /// The other ids, or the value.
    pub others: Vec<String>,
    /// Who decides.
    pub by: String,
    /// Why.
    pub note: Option<String>,
}

/// A decision, and a member of each entity that it is about.
pub struct Asked {
    /// What is to be kept.
    pub decision: Decision,
    /// A member of its subject.
    pub one: Option<Member>,
    /// A member of its object.
    pub other: Option<Member>,
    /// The document whose date it is about.
    pub document: Option<String>,
}

impl Asked {
    fn of(decision: Decision) -> Self {
        Self {
            decision,
            one: None,
            other: None,
            document: None,
        }
    }
}

/// The decision that words ask for.
pub fn asked(words: &Words, contents: &Contents) -> Result<Asked, Failure> {
    let Some(verb) = words.verb else {
        return usage("a judgement begins with its verb".to_owned());
    };
    if words.by.trim().is_empty() {
        return usage("--by needs a name: a judgement says who decided".to_owned());
    }
    let subject = contents.find(&words.id)?;
    let desk = Desk {
        words,
        verb,
        contents,
    };
    match verb {
        Verb::Retract => desk.retract(subject),
        Verb::Published => desk.published(subject),
        Verb::Split => match subject {
            Record::Matter(matter) => desk.split_matter(matter),
            other => desk.split_entity(desk.entity(other, &words.id)?),
        },
        Verb::Same | Verb::Different | Verb::Unsure | Verb::SameSide => desk.two_entities(subject),
        Verb::Copy | Verb::NotCopy => desk.two_documents(subject),
        Verb::Ignore => desk.ignore(subject),
        Verb::Rename => desk.rename(subject),
        Verb::Slot => desk.slot(subject),
        Verb::Link | Verb::Unlink => desk.link(subject),
        Verb::Merge => desk.merge(subject),
        Verb::Relation => desk.relation(),
    }
}

fn usage<T>(what: String) -> Result<T, Failure> {
    Err(Failure::Usage(what))
}

/// The words of one judgement beside what the ledger holds.
struct Desk<'a> {
    words: &'a Words,
    verb: Verb,
    contents: &'a Contents,
}

impl<'a> Desk<'a> {
    fn decision(&self, subject: &str, object: Option<&str>, value: Option<&str>) -> Decision {
        Decision {
            verb: self.verb,
            subject: subject.to_owned(),
            object: object.map(str::to_owned),
            value: value.map(str::to_owned),
            by_name: self.words.by.trim().to_owned(),
            at: None,
            note: self.words.note.clone(),
        }
    }

    /// The words after the id, where there is one of them.
    fn single(&self, what: &str) -> Result<&'a str, Failure> {
        match self.words.others.as_slice() {
            [one] => Ok(one),
            _ => usage(format!("{} takes {what}", self.verb)),
        }
    }

    fn retract(&self, subject: Record<'_>) -> Result<Asked, Failure> {
        match (subject, self.words.others.is_empty()) {
            (Record::Judgement(judgement), true) => match &judgement.retracted_at {
                None => Ok(Asked {
                    document: (judgement.decision.verb == Verb::Published)
                        .then(|| judgement.decision.subject.clone()),
                    ..Asked::of(self.decision(&judgement.id, None, None))
                }),
                Some(at) => usage(format!("{} was retracted on {at}", judgement.id)),
            },
            (Record::Judgement(_), false) => {
                usage("retract takes the judgement's id and nothing else".to_owned())
            }
            _ => usage(format!(
                "{} is no judgement; rashomon judge --list lists them",
                self.words.id
            )),
        }
    }

    fn published(&self, subject: Record<'_>) -> Result<Asked, Failure> {
        let id = &self.document(subject, &self.words.id)?.document.id;
        let date = self.words.others.first().map_or("", String::as_str);
        let date = published(date)
            .map_err(|what| Failure::Usage(format!("the document's date, “{date}”: {what}")))?;
        Ok(Asked {
            document: Some(id.clone()),
            ..Asked::of(self.decision(id, None, Some(&date)))
        })
    }

    fn split_entity(&self, one: &Entity) -> Result<Asked, Failure> {
        let Ok(object) = self.single("") else {
            return usage(format!(
                "say what is not {}: one of its names, or a document's id",
                flat(&one.name)
            ));
        };
        let (value, other) = split_off(one, object, self.contents)?;
        Ok(Asked {
            one: one.members.iter().find(|own| **own != other).cloned(),
            other: Some(other),
            ..Asked::of(self.decision(&one.id, None, Some(&value)))
        })
    }

    fn two_entities(&self, subject: Record<'_>) -> Result<Asked, Failure> {
        let one = self.entity(subject, &self.words.id)?;
        let object = self.single("the ids of two entities")?;
        let other = self.entity(self.contents.find(object)?, object)?;
        if one.id == other.id {
            let way = format!(
                "take a name or a document out of it: rashomon judge split {} …",
                one.id
            );
            return usage(match self.verb {
                Verb::Same | Verb::SameSide => format!("both are {} already", one.id),
                _ => format!("both are {}; {way}", one.id),
            });
        }
        Ok(Asked {
            one: one.members.first().cloned(),
            other: other.members.first().cloned(),
            ..Asked::of(self.decision(&one.id, Some(&other.id), None))
        })
    }

    fn two_documents(&self, subject: Record<'_>) -> Result<Asked, Failure> {
        let one = &self.document(subject, &self.words.id)?.document.id;
        let object = self.single("the ids of two documents")?;
        let other = &self
            .document(self.contents.find(object)?, object)?
            .document
            .id;
        if one == other {
            return usage(format!(
                "both are {one}: a document is a copy of others only"
            ));
        }
        Ok(Asked::of(self.decision(one, Some(other), None)))
    }

    fn ignore(&self, subject: Record<'_>) -> Result<Asked, Failure> {
        if !self.words.others.is_empty() {
            return usage("ignore takes one id; write a judgement for each".to_owned());
        }
        let id = match subject {
            Record::Claim(found) => format!("cl_{}", found.claim.id),
            Record::Document(reading) => reading.document.id.clone(),
            Record::Matter(matter) => matter.id.clone(),
            Record::Entity(_) | Record::Judgement(_) => {
                return usage(format!(
                    "{} is no claim, document or matter; these can be ignored",
                    self.words.id
                ));
            }
        };
        let mut judgements = self.contents.judgements.iter();
        let known = judgements.find(|one| {
            one.decision.verb == Verb::Ignore
                && one.decision.subject == id
                && self.contents.standing(one) == Some(&Standing::InForce)
        });
        match known {
            Some(judgement) => usage(format!("{id} is ignored already, by {}", judgement.id)),
            None => Ok(Asked::of(self.decision(&id, None, None))),
        }
    }

    fn rename(&self, subject: Record<'_>) -> Result<Asked, Failure> {
        let name =
            self.single("an id and a name; put a name of several words in quotation marks")?;
        let name = flat(name.trim());
        if name.is_empty() {
            return usage("a name has letters".to_owned());
        }
        match subject {
            Record::Entity(entity) => Ok(Asked {
                one: entity.members.first().cloned(),
                ..Asked::of(self.decision(&entity.id, None, Some(&name)))
            }),
            Record::Matter(matter) => Ok(Asked::of(self.decision(&matter.id, None, Some(&name)))),
            Record::Claim(_) | Record::Judgement(_) | Record::Document(_) => usage(format!(
                "{} is no entity and no matter; these have names",
                self.words.id
            )),
        }
    }

    fn slot(&self, subject: Record<'_>) -> Result<Asked, Failure> {
        let found = self.claim(subject, &self.words.id)?;
        let words = self.single("a claim and FIELD=VALUE")?;
        let wrong = |what| Failure::Usage(format!("slot: {what}"));
        let (field, event, value) = slot_words(words).map_err(wrong)?;
        let named = if field.is_entity() {
            self.entity_called(value)?
        } else {
            None
        };
        let member = named.and_then(|entity| entity.members.first().cloned());
        let slot = Slot::parse(field, value, member.clone()).map_err(wrong)?;
        let events = found.claim.events.len();
        let is_of_event = !matches!(slot, Slot::Act(_) | Slot::Source(_) | Slot::Type(_));
        if event.is_some_and(|event| event > events) || (events == 0 && is_of_event) {
            return usage(match events {
                0 => format!(
                    "cl_{} is read as telling of no event; say first of which kind it is: slot … type=…",
                    found.claim.id
                ),
                events => format!("cl_{} tells of {events} events, no more", found.claim.id),
            });
        }
        if matches!(slot, Slot::Type(_)) && events > 1 && event.is_none() {
            return usage(format!(
                "cl_{} tells of {events} events; say which: type.1=…, type.2=…",
                found.claim.id
            ));
        }
        let counts = |event: &annotate::Event| !event.quantities.is_empty();
        if matches!(slot, Slot::Quantity(Some(_))) && !found.claim.events.iter().any(counts) {
            return usage(format!("no number was read in cl_{}", found.claim.id));
        }
        let subject = format!("cl_{}", found.claim.id);
        let object = named.map(|entity| entity.id.as_str());
        Ok(Asked {
            other: member,
            ..Asked::of(self.decision(&subject, object, Some(words.trim())))
        })
    }

    /// The entity that an id or a name means; none for the word that leaves a slot empty.
    fn entity_called(&self, value: &str) -> Result<Option<&'a Entity>, Failure> {
        if value.eq_ignore_ascii_case("none") {
            return Ok(None);
        }
        let has = |entity: &&Entity| {
            let mut forms = entity.forms.iter();
            is_same_name(&entity.name, value) || forms.any(|form| is_same_name(&form.text, value))
        };
        let entities = &self.contents.links.entities;
        let named: Vec<&Entity> = entities.iter().filter(has).collect();
        match named.as_slice() {
            [one] => Ok(Some(one)),
            [] => match self.contents.find(value) {
                Ok(Record::Entity(entity)) => Ok(Some(entity)),
                _ => usage(format!(
                    "no entity of the ledger is called “{}”; rashomon entities --search lists the ids",
                    flat(value)
                )),
            },
            many => {
                let ids: Vec<&str> = many.iter().map(|entity| entity.id.as_str()).collect();
                usage(format!(
                    "“{}” names {} entities; write the id of the one you mean: {}",
                    flat(value),
                    many.len(),
                    ids.join(", ")
                ))
            }
        }
    }

    fn link(&self, subject: Record<'_>) -> Result<Asked, Failure> {
        let claim = self.claim(subject, &self.words.id)?;
        let object = self.single("a claim, and another claim or a matter")?;
        let one = format!("cl_{}", claim.claim.id);
        let other = match self.contents.find(object)? {
            Record::Claim(other) if other.claim.id == claim.claim.id => {
                return usage(format!("both are {one}"));
            }
            Record::Claim(other) => format!("cl_{}", other.claim.id),
            Record::Matter(matter) => {
                if self.verb == Verb::Unlink && position_of(matter, claim).is_none() {
                    return usage(format!("{one} is not in {}", matter.id));
                }
                matter.id.clone()
            }
            Record::Entity(_) | Record::Judgement(_) | Record::Document(_) => {
                return usage(format!("{object} is no claim and no matter"));
            }
        };
        Ok(Asked::of(self.decision(&one, Some(&other), None)))
    }

    fn merge(&self, subject: Record<'_>) -> Result<Asked, Failure> {
        let one = self.matter(subject, &self.words.id)?;
        let object = self.single("the ids of two matters")?;
        let other = self.matter(self.contents.find(object)?, object)?;
        if one.id == other.id {
            return usage(format!("both are {} already", one.id));
        }
        if one.kind != other.kind {
            return usage(format!(
                "{} asks {} and {} asks {}: two questions; single claims can be linked: rashomon judge link CL {}",
                one.id, one.kind, other.id, other.kind, one.id
            ));
        }
        Ok(Asked::of(self.decision(&one.id, Some(&other.id), None)))
    }

    fn split_matter(&self, matter: &Matter) -> Result<Asked, Failure> {
        if self.words.others.is_empty() {
            return usage(format!("say which claims are not of {}: cl_…", matter.id));
        }
        let mut claims: Vec<String> = Vec::new();
        for id in &self.words.others {
            let found = self.claim(self.contents.find(id)?, id)?;
            let full = format!("cl_{}", found.claim.id);
            if position_of(matter, found).is_none() {
                return usage(format!("{full} is not in {}", matter.id));
            }
            if !claims.contains(&full) {
                claims.push(full);
            }
        }
        let held = matter.positions.iter().flat_map(|one| &one.claims);
        if held
            .clone()
            .all(|one| claims.contains(&format!("cl_{}", one.claim)))
        {
            return usage(format!(
                "these are all claims of {}: nothing would be left of it",
                matter.id
            ));
        }
        claims.sort();
        Ok(Asked::of(self.decision(
            &matter.id,
            None,
            Some(&claims.join(" ")),
        )))
    }

    fn relation(&self) -> Result<Asked, Failure> {
        let words = || {
            let kinds = RelationKind::ALL.iter().map(|kind| kind.as_str());
            kinds.chain([NO_RELATION]).collect::<Vec<_>>().join(", ")
        };
        let [object, value] = self.words.others.as_slice() else {
            return usage(format!(
                "relation takes two claims or positions (MA/p2), and one of {}",
                words()
            ));
        };
        if RelationKind::parse(value).is_none() && value != NO_RELATION {
            return usage(format!(
                "no relation is called “{}”; they are {}",
                flat(value),
                words()
            ));
        }
        let (one, other) = (self.speaking(&self.words.id)?, self.speaking(object)?);
        let matters = self.contents.links.matters.iter();
        let places: Vec<(&str, &str)> = matters
            .filter_map(|matter| position_of(matter, one).zip(position_of(matter, other)))
            .collect();
        let (one, other) = (
            format!("cl_{}", one.claim.id),
            format!("cl_{}", other.claim.id),
        );
        if places.is_empty() {
            return usage(format!(
                "no matter holds both; put one beside the other first: rashomon judge link {one} {other}"
            ));
        }
        if places.iter().all(|(left, right)| left == right) {
            return usage(format!(
                "both give one answer; where one is read wrongly: rashomon judge slot {one} polarity=negative"
            ));
        }
        Ok(Asked::of(self.decision(&one, Some(&other), Some(value))))
    }

    /// A claim, or the first claim of a position.
    fn speaking(&self, id: &str) -> Result<Found<'a>, Failure> {
        let Some((matter, position)) = id.split_once('/') else {
            return self.claim(self.contents.find(id)?, id);
        };
        let matter = self.matter(self.contents.find(matter)?, matter)?;
        let found = matter.positions.iter().find(|one| one.id == position);
        let first = found.and_then(|one| one.claims.first());
        let claim = first.and_then(|one| self.contents.claim(&one.document, &one.claim));
        claim.ok_or_else(|| {
            let all: Vec<&str> = matter.positions.iter().map(|one| one.id.as_str()).collect();
            Failure::Usage(format!(
                "{} has no position {position}; it has {}",
                matter.id,
                all.join(", ")
            ))
        })
    }

    fn entity<'r>(&self, record: Record<'r>, id: &str) -> Result<&'r Entity, Failure> {
        match record {
            Record::Entity(entity) => Ok(entity),
            _ => usage(format!(
                "{id} is no entity; rashomon entities lists the ids"
            )),
        }
    }

    fn claim<'r>(&self, record: Record<'r>, id: &str) -> Result<Found<'r>, Failure> {
        match record {
            Record::Claim(found) => Ok(found),
            _ => usage(format!("{id} is no claim; rashomon claims lists the ids")),
        }
    }

    fn matter<'r>(&self, record: Record<'r>, id: &str) -> Result<&'r Matter, Failure> {
        match record {
            Record::Matter(matter) => Ok(matter),
            _ => usage(format!(
                "{id} is no matter; rashomon disputes --all lists the ids"
            )),
        }
    }

    fn document<'r>(&self, record: Record<'r>, id: &str) -> Result<&'r Reading, Failure> {
        match record {
            Record::Document(reading) => Ok(reading),
            _ => usage(format!(
                "{id} is no document; rashomon documents lists the ids"
            )),
        }
    }
}

/// The position of a matter that a claim stands in.
fn position_of<'m>(matter: &'m Matter, found: Found<'_>) -> Option<&'m str> {
    let holds = |position: &&link::Position| {
        let mut claims = position.claims.iter();
        claims.any(|one| one.claim == found.claim.id && one.document == found.reading.document.id)
    };
    let position = matter.positions.iter().find(holds)?;
    Some(&position.id)
}

/// What is split off, in full, and a member that goes with it.
fn split_off(
    entity: &Entity,
    value: &str,
    contents: &Contents,
) -> Result<(String, Member), Failure> {
    let name_of = |member: &Member| Some(contents.member(member)?.name.clone());
    let of_name = |member: &&Member| name_of(member).is_some_and(|name| is_same_name(&name, value));
    let of_document = |member: &&Member| value.len() >= 6 && member.0.starts_with(value);
    let (found, whole): (Vec<&Member>, String) = {
        let named: Vec<&Member> = entity.members.iter().filter(of_name).collect();
        if named.is_empty() {
            let found: Vec<&Member> = entity.members.iter().filter(of_document).collect();
            let whole = found.first().map_or(value, |member| member.0.as_str());
            (found.clone(), whole.to_owned())
        } else {
            (named, value.to_owned())
        }
    };
    let rest = entity.members.len() - found.len();
    match found.first() {
        Some(member) if rest > 0 => Ok((whole, (*member).clone())),
        Some(_) => Err(Failure::Usage(format!(
            "every document calls {} so; to take a document out of it give the document's id",
            entity.id
        ))),
        None => {
            let mut names: Vec<String> = entity.members.iter().filter_map(name_of).collect();
            names.sort();
            names.dedup();
            let names: Vec<String> = names
                .iter()
                .map(|name| format!("“{}”", flat(name)))
                .collect();
            Err(Failure::Usage(format!(
                "no document calls {} “{}”, and none of its documents has such an id; its documents call it {}",
                entity.id,
                flat(value),
                names.join(", ")
            )))
        }
    }
}
