//! What a ledger holds, in memory, with ways from ids to records.
//!
//! It does not change the ledger, nor know how records are printed.

use crate::failure::Failure;
use crate::lines::{Evidence, Members};
use annotate::{Claim, EntityId};
use ledger::{Coverage, Judgement, Ledger, Run, Standing, Verb, weigh};
use link::{Entity, JudgedAs, Linking, Links, Matter, Member, OpenPair, Reading, Ruling};
use std::collections::BTreeMap;
use std::path::Path;
use text::Document;

/// The fewest hex digits of a shortened id.
const SHORTEST: usize = 6;
/// Likewise, of a document, whose id has no prefix to tell what it is.
const DOCUMENT: usize = 8;

/// Everything in a ledger.
#[derive(Debug)]
pub struct Contents {
    /// Readings, by document id.
    pub readings: Vec<Reading>,
    /// Entities and matters across them.
    pub links: Links,
    /// What has been read and what not.
    pub coverage: Coverage,
    /// What persons decided, by time.
    pub judgements: Vec<Judgement>,
    /// How each of them stands.
    pub standings: Vec<Standing>,
    /// What those that hold say of claims, matters and sides.
    linking: Vec<Linking>,
    /// Ids that matters had before, with those that they have now.
    aliases: BTreeMap<String, String>,
    /// What each run of `read` added.
    pub runs: Vec<Run>,
    reading_by_document: BTreeMap<String, usize>,
    entity_by_id: BTreeMap<String, usize>,
    entity_by_member: BTreeMap<String, BTreeMap<EntityId, usize>>,
    lengths: Lengths,
}

/// How much of an id of each kind tells it from the others of its kind.
#[derive(Debug)]
struct Lengths {
    document: usize,
    claim: usize,
    entity: usize,
    matter: usize,
}

/// A claim with its document.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// Its document, with what was read in it.
    pub reading: &'a Reading,
}

/// A record of a ledger.
#[derive(Debug, Clone, Copy)]
pub enum Record<'a> {
    /// `ma_…`
    Matter(&'a Matter),
    /// `cl_…`
    Claim(Found<'a>),
    /// `en_…`
    Entity(&'a Entity),
    /// `ju_…`
    Judgement(&'a Judgement),
    /// A document's id.
    Document(&'a Reading),
}

/// A document seen at two places is the same whichever was read first: its sightings are sorted.
fn in_order(mut readings: Vec<Reading>) -> Vec<Reading> {
    for reading in &mut readings {
        reading.document.sightings.sort();
    }
    readings
}

impl Contents {
    /// Reads a ledger that must exist.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        Ok(Self::of(&Ledger::open_read_only(path)?)?)
    }

    /// Reads an open ledger.
    pub fn of(ledger: &Ledger) -> ledger::Result<Self> {
        Ok(Self::new(
            in_order(ledger.readings()?),
            ledger.links()?,
            ledger.coverage()?,
        )
        .with_judgements(ledger.judgements()?)
        .with_aliases(ledger.aliases()?)
        .with_runs(ledger.runs()?))
    }

    /// Some readings of a ledger, without its links: enough to show their claims, by ids that tell them from all `documents` and `claims`.
    pub fn of_some(
        ledger: &Ledger,
        readings: Vec<Reading>,
        documents: &[String],
        claims: &[String],
    ) -> ledger::Result<Self> {
        let contents = Self::new(in_order(readings), Links::default(), ledger.coverage()?);
        let lengths = Lengths {
            document: telling_length(documents.iter().map(String::as_str)).max(DOCUMENT),
            claim: telling_length(claims.iter().map(String::as_str)),
            ..contents.lengths
        };
        Ok(Self {
            lengths,
            ..contents
        }
        .with_judgements(ledger.judgements()?))
    }

    /// Puts together what was read.
    #[must_use]
    pub fn new(readings: Vec<Reading>, links: Links, coverage: Coverage) -> Self {
        let mut entity_by_member: BTreeMap<String, BTreeMap<EntityId, usize>> = BTreeMap::new();
        for (index, entity) in links.entities.iter().enumerate() {
            for (document, local) in &entity.members {
                entity_by_member
                    .entry(document.clone())
                    .or_default()
                    .insert(*local, index);
            }
        }
        let lengths = Lengths {
            document: telling_length(readings.iter().map(|reading| reading.document.id.as_str()))
                .max(DOCUMENT),
            claim: telling_length(
                readings
                    .iter()
                    .flat_map(|reading| &reading.annotations.claims)
                    .map(|claim| claim.id.as_str()),
            ),
            entity: telling_length(links.entities.iter().map(|entity| entity.id.as_str())),
            matter: telling_length(links.matters.iter().map(|matter| matter.id.as_str())),
        };
        Self {
            reading_by_document: index(readings.iter().map(|reading| &reading.document.id)),
            entity_by_id: index(links.entities.iter().map(|entity| &entity.id)),
            entity_by_member,
            lengths,
            readings,
            links,
            coverage,
            judgements: Vec::new(),
            standings: Vec::new(),
            linking: Vec::new(),
            aliases: BTreeMap::new(),
            runs: Vec::new(),
        }
    }

    /// With what persons decided.
    fn with_judgements(self, judgements: Vec<Judgement>) -> Self {
        let (standings, linking) = weigh(&judgements, &self.readings);
        Self {
            judgements,
            standings,
            linking,
            ..self
        }
    }

    /// With the ids that matters had before.
    fn with_aliases(self, aliases: Vec<(String, String)>) -> Self {
        let aliases = aliases.into_iter().collect();
        Self { aliases, ..self }
    }

    /// With what each run of `read` added.
    fn with_runs(self, runs: Vec<Run>) -> Self {
        Self { runs, ..self }
    }

    /// The judgement of this id.
    #[must_use]
    pub fn judgement(&self, id: &str) -> Option<&Judgement> {
        self.judgements.iter().find(|one| one.id == id)
    }

    /// How a judgement stands.
    #[must_use]
    pub fn standing(&self, judgement: &Judgement) -> Option<&Standing> {
        let mut judgements = self.judgements.iter();
        let number = judgements.position(|one| one.id == judgement.id)?;
        self.standings.get(number)
    }

    /// The judgements by which a claim is read otherwise, or gives no answer to anything.
    #[must_use]
    pub fn judged_claim(&self, document: &str, claim: &str) -> Vec<(JudgedAs, &Judgement)> {
        let is_it = |key: &link::ClaimKey| key.0 == document && key.1 == claim;
        let effect = |linking: &Linking| match &linking.ruling {
            Ruling::Correct(correction) if is_it(&correction.claim) => Some(JudgedAs::Corrected),
            Ruling::IgnoreClaim(key) if is_it(key) => Some(JudgedAs::Ignored),
            Ruling::IgnoreDocument(id) if id == document => Some(JudgedAs::Ignored),
            _ => None,
        };
        let judged = self.linking.iter();
        judged
            .filter_map(|one| Some((effect(one)?, self.judgement(&one.judgement)?)))
            .collect()
    }

    /// The judgement by which a document's claims give no answer to anything.
    #[must_use]
    pub fn ignored_document(&self, document: &str) -> Option<&Judgement> {
        let mut linking = self.linking.iter();
        let found = linking
            .find(|one| matches!(&one.ruling, Ruling::IgnoreDocument(id) if id == document))?;
        self.judgement(&found.judgement)
    }

    /// The judgements by which a matter is as it is.
    pub fn judged_matter<'a>(
        &'a self,
        matter: &'a str,
    ) -> impl Iterator<Item = (JudgedAs, &'a Judgement)> {
        let judged = self
            .links
            .judged
            .iter()
            .filter(move |one| one.matter == matter);
        judged.filter_map(|one| Some((one.effect, self.judgement(&one.judgement)?)))
    }

    /// Whether a person left a matter out.
    #[must_use]
    pub fn is_ignored(&self, matter: &str) -> bool {
        let mut judged = self.links.judged.iter();
        judged.any(|one| one.matter == matter && one.effect == JudgedAs::Ignored)
    }

    /// The ids that a matter had before.
    pub fn earlier_ids<'a>(&'a self, matter: &'a str) -> impl Iterator<Item = &'a str> {
        let aliases = self.aliases.iter();
        aliases
            .filter(move |(_, now)| *now == matter)
            .map(|(alias, _)| alias.as_str())
    }

    /// The id that a matter has which had this one.
    #[must_use]
    pub fn now_called(&self, alias: &str) -> Option<&str> {
        self.aliases.get(alias).map(String::as_str)
    }

    /// The one matter that had an id which begins so.
    fn by_earlier_id(&self, wanted: &str) -> Option<&Matter> {
        let fits = |alias: &str| alias.starts_with(wanted) || bare(alias).starts_with(wanted);
        let mut now: Vec<&str> = self
            .aliases
            .iter()
            .filter(|(alias, _)| fits(alias))
            .map(|(_, now)| now.as_str())
            .collect();
        now.dedup();
        match now.as_slice() {
            [one] => self.links.matters.iter().find(|matter| matter.id == *one),
            _ => None,
        }
    }

    /// The ledger's entity ids by document and local id.
    #[must_use]
    pub fn members(&self) -> Members<'_> {
        self.entity_by_member
            .iter()
            .map(|(document, locals)| {
                let ids = locals
                    .iter()
                    .map(|(local, index)| (*local, self.links.entities[*index].id.as_str()))
                    .collect();
                (document.as_str(), ids)
            })
            .collect()
    }

    /// Every claim, by document and place in it.
    pub fn claims(&self) -> impl Iterator<Item = Found<'_>> {
        self.readings.iter().flat_map(|reading| {
            reading
                .annotations
                .claims
                .iter()
                .map(move |claim| Found { claim, reading })
        })
    }

    /// The claim of a document with this id (without prefix).
    #[must_use]
    pub fn claim(&self, document: &str, id: &str) -> Option<Found<'_>> {
        let reading = self.reading(document)?;
        let claim = reading
            .annotations
            .claims
            .iter()
            .find(|claim| claim.id == id)?;
        Some(Found { claim, reading })
    }

    /// The ledger's entity that joins an entity of a document.
    #[must_use]
    pub fn joined(&self, document: &str, local: EntityId) -> Option<&Entity> {
        let index = self.entity_by_member.get(document)?.get(&local)?;
        self.links.entities.get(*index)
    }

    /// A document's own entity.
    #[must_use]
    pub fn member(&self, (document, local): &Member) -> Option<&annotate::Entity> {
        let reading = self.reading(document)?;
        reading.annotations.entities.get(local.index())
    }

    /// The judgements that an entity is in, retracted ones too, by time.
    pub fn judgements_on<'a>(&'a self, entity: &'a Entity) -> impl Iterator<Item = &'a Judgement> {
        self.judgements.iter().filter(|judgement| {
            let about = self.judged(judgement).into_iter().flatten();
            about.map(|of| &of.id).any(|id| *id == entity.id)
        })
    }

    /// The entities that a judgement is about, as they are now: of its subject and of its object.
    #[must_use]
    pub fn judged(&self, judgement: &Judgement) -> [Option<&Entity>; 2] {
        let joined = |member: Option<Member>| {
            let (document, local) = member?;
            self.joined(&document, local)
        };
        let decision = &judgement.decision;
        // A claim's words may name somebody too, whom the judgement is not about.
        if !decision.subject.starts_with("en_") && decision.verb != Verb::Slot {
            return [None, None];
        }
        let [subject, object] = judgement.members(&self.readings).map(joined);
        [subject.filter(|_| decision.verb != Verb::Slot), object]
    }

    /// The pairs that an entity is in and that are left open: the other, how likely, and why.
    pub fn perhaps<'a>(
        &'a self,
        entity: &'a Entity,
    ) -> impl Iterator<Item = (&'a Entity, &'a OpenPair)> {
        self.links.open.iter().filter_map(move |pair| {
            let other = match (pair.one == entity.id, pair.other == entity.id) {
                (true, _) => &pair.other,
                (_, true) => &pair.one,
                _ => return None,
            };
            Some((self.entity(other)?, pair))
        })
    }

    /// An id as lists print it: as much as tells it from the others.
    #[must_use]
    pub fn short_document(&self, id: &str) -> String {
        first(id, self.lengths.document)
    }

    /// Likewise, of a claim given without prefix.
    #[must_use]
    pub fn short_claim(&self, id: &str) -> String {
        format!("cl_{}", first(id, self.lengths.claim))
    }

    /// Likewise, of an entity.
    #[must_use]
    pub fn short_entity(&self, id: &str) -> String {
        first(id, self.lengths.entity)
    }

    /// Likewise, of a matter.
    #[must_use]
    pub fn short_matter(&self, id: &str) -> String {
        first(id, self.lengths.matter)
    }

    /// The one record whose id is, or begins with, this.
    pub fn find(&self, id: &str) -> Result<Record<'_>, Failure> {
        let wanted = id.trim().to_ascii_lowercase();
        if wanted.is_empty() || wanted.ends_with('_') {
            return Err(Failure::Usage(format!(
                "“{id}” is not an id; ids stand in the lists: rashomon disputes, claims, entities, documents"
            )));
        }
        let mut found: Vec<(String, Record<'_>)> = Vec::new();
        let mut offer = |full: String, bare: &str, record| {
            if full.starts_with(&wanted) || bare.starts_with(&wanted) {
                found.push((full, record));
            }
        };
        for matter in &self.links.matters {
            offer(matter.id.clone(), bare(&matter.id), Record::Matter(matter));
        }
        for claim in self.claims() {
            let id = &claim.claim.id;
            offer(format!("cl_{id}"), id, Record::Claim(claim));
        }
        for entity in &self.links.entities {
            offer(entity.id.clone(), bare(&entity.id), Record::Entity(entity));
        }
        for judgement in &self.judgements {
            let id = &judgement.id;
            offer(id.clone(), bare(id), Record::Judgement(judgement));
        }
        for reading in &self.readings {
            let id = &reading.document.id;
            offer(id.clone(), id, Record::Document(reading));
        }
        let exact = found
            .iter()
            .position(|(full, _)| *full == wanted || bare(full) == wanted);
        if let Some(exact) = exact {
            return Ok(found[exact].1);
        }
        if found.is_empty()
            && let Some(matter) = self.by_earlier_id(&wanted)
        {
            return Ok(Record::Matter(matter));
        }
        match found.as_slice() {
            [(_, record)] => Ok(*record),
            [] => Err(Failure::Usage(format!(
                "nothing in the ledger has an id that begins with “{id}”; ids stand in the lists: rashomon disputes, claims, entities, documents"
            ))),
            many => {
                let some: Vec<&str> = many.iter().take(5).map(|(full, _)| full.as_str()).collect();
                Err(Failure::Usage(format!(
                    "“{id}” begins {} ids; write more of the one you mean: {}{}",
                    many.len(),
                    some.join(", "),
                    if many.len() > some.len() { ", …" } else { "" }
                )))
            }
        }
    }
}

impl Evidence for Contents {
    fn reading(&self, document: &str) -> Option<&Reading> {
        self.readings.get(*self.reading_by_document.get(document)?)
    }

    fn entity(&self, id: &str) -> Option<&Entity> {
        self.links.entities.get(*self.entity_by_id.get(id)?)
    }
}

/// The day of a document, where it has one.
#[must_use]
pub fn day_of_document(document: &Document) -> Option<&str> {
    document.meta.published.as_deref().map(day)
}

/// The day on which a claim was made, where the text names one day; else the document's.
#[must_use]
pub fn day_of_claim(claim: &Claim, document: &Document) -> Option<String> {
    claim
        .said
        .as_ref()
        .and_then(|said| said.earliest.filter(|first| said.latest == Some(*first)))
        .map(|day| day.to_string())
        .or_else(|| day_of_document(document).map(str::to_owned))
}

/// The day of a date or a date-time.
#[must_use]
pub fn day(moment: &str) -> &str {
    moment.get(..10).unwrap_or(moment)
}

fn index<'a>(ids: impl Iterator<Item = &'a String>) -> BTreeMap<String, usize> {
    ids.enumerate()
        .map(|(index, id)| (id.clone(), index))
        .collect()
}

/// An id without `ma_`, `cl_`, `en_`.
fn bare(id: &str) -> &str {
    id.split_once('_').map_or(id, |(_, bare)| bare)
}

/// The prefix and so many digits.
fn first(id: &str, digits: usize) -> String {
    let prefix = id.len() - bare(id).len();
    id.chars().take(prefix + digits).collect()
}

/// How many digits tell each id from every other.
fn telling_length<'a>(ids: impl Iterator<Item = &'a str>) -> usize {
    let mut ids: Vec<&str> = ids.map(bare).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.windows(2)
        .map(|pair| {
            let shared = pair[0]
                .bytes()
                .zip(pair[1].bytes())
                .take_while(|(a, b)| a == b)
                .count();
            shared + 1
        })
        .max()
        .unwrap_or(0)
        .max(SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ids_tell_records_apart() {
        assert_eq!(
            telling_length(["ma_abcdef01", "ma_abcdef02"].into_iter()),
            8
        );
        assert_eq!(telling_length(["ab", "cd"].into_iter()), SHORTEST);
        assert_eq!(first("ma_abcdef01", 6), "ma_abcdef");
        assert_eq!(first("abcdef01", 6), "abcdef");
    }

    #[test]
    fn a_missing_id_says_where_ids_stand() {
        let empty = Contents::new(Vec::new(), Links::default(), Coverage::default());
        for id in ["ma_12", "", "ma_"] {
            let failure = empty.find(id).map(|_| ()).unwrap_err();
            assert_eq!(failure.code(), 2);
            assert!(failure.to_string().contains("rashomon disputes"));
        }
    }
}
