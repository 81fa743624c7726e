//! One SQLite file: documents, sightings, claims, entities, judgements, derived matters, a log.
//!
//! SQL lives here alone. It does not know HTML, HTTP or how records are printed.

mod anchors;
mod check;
mod columns;
mod error;
mod fuzzy;
mod judgements;
mod lineage;
mod links;
mod lists;
mod log;
mod open;
mod read;
mod rulings;
mod runs;
mod searched;
mod tables;
#[cfg(test)]
mod tests;
mod write;

pub use anchors::{Anchor, Mark, Role, is_same_name};
pub use error::{Error, Result};
pub use judgements::{Decision, Judgement, Verb};
pub use lists::{Counts, Found, Listed, PageVersion};
pub use log::LogLine;
pub use rulings::{NO_RELATION, Standing, weigh};
pub use runs::Run;
pub use searched::{Searched, Spelt};

use crate::error::{Named, Sql};
use crate::judgements::Added;
use annotate::EntityId;
use link::{Links, Matter, Reading};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    connection: Connection,
}

/// What `put` did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// A new document.
    Added,
    /// Known document, new occurrence.
    Sighted,
    /// Known document, read with other options or versions: its claims were replaced in one transaction.
    Reread,
    /// Nothing changed.
    Unchanged,
}

/// What a ledger has and has not read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Documents read in full.
    pub read: u64,
    /// Of these, without a date.
    pub undated: u64,
    /// Of these, in a known language that is not English.
    pub not_english: u64,
    /// Of these, not an article.
    pub not_article: u64,
    /// Inputs that could not be read.
    pub failed: u64,
}

/// Opening.
impl Ledger {
    /// Opens a ledger for reading and writing, creating or migrating it as needed. WAL; a file that it creates has mode
    /// 0600 (SQLite gives its side files the same), one that is there keeps its own.
    pub fn open(path: &Path) -> Result<Ledger> {
        Ok(Ledger {
            path: path.to_owned(),
            connection: open::read_write(path)?,
        })
    }

    /// Opens a ledger that must exist, for reading alone. A ledger of an older schema is an error (`older`): reading
    /// does not migrate.
    pub fn open_read_only(path: &Path) -> Result<Ledger> {
        Ok(Ledger {
            path: path.to_owned(),
            connection: open::read_only(path)?,
        })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How long to wait for another program that writes before giving up with `busy`: 10 seconds unless set.
    pub fn set_patience(&self, patience: Duration) -> Result<()> {
        self.connection.busy_timeout(patience).named(&self.path)
    }

    /// Problems of the file and of what it holds, as sentences; none where all is well. Reads everything; changes nothing.
    pub fn check(&self) -> Result<Vec<String>> {
        self.reading_all(|connection| Ok(check::check(connection)))
    }
}

/// Documents and what was read in them.
impl Ledger {
    /// Whether this document was read by this fingerprint (options and versions) and has these sightings, so that
    /// reading it again can be skipped. `fingerprint` is a hash over everything that can change a reading.
    pub fn is_current(&self, document: &text::Document, fingerprint: &str) -> Result<bool> {
        write::is_current(&self.connection, document, fingerprint).named(&self.path)
    }

    /// Stores readings in one transaction, each with its raw bytes where they are to be kept; one answer each, in order.
    ///
    /// A reading by another fingerprint takes the place of the one that is there, text and date included; sightings,
    /// raw bytes and judgements stay.
    pub fn put(
        &mut self,
        readings: &[(Reading, Option<Vec<u8>>)],
        fingerprint: &str,
    ) -> Result<Vec<Put>> {
        if readings.is_empty() {
            return Ok(Vec::new());
        }
        let raw: Vec<Option<write::Raw>> = readings
            .iter()
            .map(|(_, raw)| raw.as_deref().map(write::Raw::of).transpose())
            .collect::<std::io::Result<_>>()
            .map_err(|error| error::from_io(&self.path, &error))?;
        self.writing(|transaction| {
            let mut done = Vec::with_capacity(readings.len());
            for ((reading, _), raw) in readings.iter().zip(&raw) {
                done.push(write::put(transaction, reading, raw.as_ref(), fingerprint)?);
            }
            let count = |put| done.iter().filter(|&&one| one == put).count();
            let (added, sighted, reread) =
                (count(Put::Added), count(Put::Sighted), count(Put::Reread));
            if added + sighted + reread > 0 {
                changed(transaction)?;
                log::add(
                    transaction,
                    "read",
                    &format!("{added} added, {sighted} sighted again, {reread} read anew"),
                )?;
            }
            Ok(done)
        })
    }

    /// Puts annotations in the place of those that are there, for documents that are: after a judgement on their date. The documents
    /// themselves, their own dates among them, stay as they were read.
    pub fn put_annotations(&mut self, readings: &[Reading]) -> Result<()> {
        if readings.is_empty() {
            return Ok(());
        }
        self.writing(|transaction| {
            for reading in readings {
                write::put_annotations(transaction, reading)?;
            }
            changed(transaction)
        })
    }

    /// Remembers inputs that could not be read (path, code, reason); a later success of the same path clears it.
    pub fn put_failed(&mut self, failed: &[(String, String, String)]) -> Result<()> {
        if failed.is_empty() {
            return Ok(());
        }
        self.writing(|transaction| {
            let mut row = transaction.prepare_cached(
                "INSERT INTO failed_inputs (path, code, reason) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (path) DO UPDATE SET code = ?2, reason = ?3",
            )?;
            for (path, code, reason) in failed {
                row.execute([path, code, reason])?;
            }
            Ok(())
        })
    }

    /// Forgets failures of these paths and of records in them (`path:12`), for inputs about to be read anew.
    pub fn forget_failed(&mut self, paths: &[String]) -> Result<()> {
        if paths.is_empty() {
            return Ok(());
        }
        self.writing(|transaction| {
            let mut row = transaction.prepare_cached(
                "DELETE FROM failed_inputs WHERE path = ?1 OR substr(path, 1, length(?1) + 1) = ?1 || ':'",
            )?;
            for path in paths {
                row.execute([path])?;
            }
            Ok(())
        })
    }

    /// Every reading, by document id. `annotations.segments` is empty: sentences and tokens follow from the document
    /// (`text::segment`) and are not stored. Everything else is as it was put; sightings are those of every put.
    pub fn readings(&self) -> Result<Vec<Reading>> {
        let mut all = Vec::new();
        self.each_reading(&mut |reading| all.push(reading))?;
        Ok(all)
    }

    /// Gives every reading to `visit`, by document id, as `readings` does but one at a time.
    pub fn each_reading(&self, visit: &mut dyn FnMut(Reading)) -> Result<()> {
        self.reading_all(|connection| {
            for key in read::keys(connection)? {
                visit(read::reading(connection, key)?);
            }
            Ok(())
        })
    }

    /// One reading, as in `readings`.
    pub fn reading(&self, document: &str) -> Result<Option<Reading>> {
        self.reading_all(|connection| {
            read::key(connection, document)?
                .map(|key| read::reading(connection, key))
                .transpose()
        })
    }

    /// A document's raw bytes, where they are kept.
    pub fn raw(&self, document: &str) -> Result<Option<Vec<u8>>> {
        lists::raw(&self.connection, document).named(&self.path)
    }
}

/// Links.
impl Ledger {
    /// Derives entities and matters anew from all readings and stores them. Gives what is now there.
    pub fn relink(
        &mut self,
        lexicon: &link::Lexicon,
        names: Option<&names::NameModel>,
    ) -> Result<Links> {
        let (changes, readings, rulings) = self.reading_all(|connection| {
            let mut readings = Vec::new();
            for key in read::keys(connection)? {
                readings.push(read::reading(connection, key)?);
            }
            let rulings = rulings::rulings(&judgements::all(connection)?, &readings);
            Ok((state(connection)?.0, readings, rulings))
        })?;
        // Nobody is kept from writing while links are made.
        let grounds = link::Grounds {
            lexicon,
            names,
            identities: &rulings.identities,
            copying: &rulings.copying,
            linking: &rulings.linking,
        };
        let mut links = link::link_with(&readings, &grounds);
        let newer = self.writing(|transaction| {
            // Another program may have linked a later state meanwhile; that one stands.
            if state(transaction)?.1 > changes {
                return Ok(true);
            }
            lineage::inherit(transaction, &mut links)?;
            store_links(transaction, &links, changes)?;
            Ok(false)
        })?;
        if newer { self.links() } else { Ok(links) }
    }

    /// Stores links that were made elsewhere from all readings as they are now.
    pub fn put_links(&mut self, links: &Links) -> Result<()> {
        self.writing(|transaction| {
            let (changes, _) = state(transaction)?;
            store_links(transaction, links, changes)
        })
    }

    /// The derived entities and matters as last stored.
    pub fn links(&self) -> Result<Links> {
        self.reading_all(|connection| {
            Ok(Links {
                entities: links::entities(connection, links::ALL)?,
                open: links::open(connection)?,
                matters: links::matters(connection, links::ALL)?,
                judged: links::judged(connection)?,
            })
        })
    }

    /// Every id that a matter had before a relink, with the one that it has now, by id.
    pub fn aliases(&self) -> Result<Vec<(String, String)>> {
        lineage::aliases(&self.connection).named(&self.path)
    }

    /// Whether the links were made from the readings and judgements as they are now. Where not, `relink` is due: a
    /// program may have ended between the two.
    pub fn links_are_current(&self) -> Result<bool> {
        let (changes, linked) = state(&self.connection).named(&self.path)?;
        Ok(changes == linked)
    }
}

/// Judgements.
impl Ledger {
    /// Stores a judgement and gives its id; the same one twice is stored once. What it is about is anchored by its words: a claim by
    /// its own, an entity by a name, a matter by some of its claims. `retract` marks the judgement that it names; one that is not there
    /// is an error (`missing`).
    pub fn judge(&mut self, decision: &Decision) -> Result<String> {
        let ids = self.judge_all(std::slice::from_ref(decision))?;
        Ok(ids.into_iter().next().unwrap_or_default())
    }

    /// Stores judgements, as `judge` does, all or none; gives their ids in order.
    pub fn judge_all(&mut self, decisions: &[Decision]) -> Result<Vec<String>> {
        let mut missing = None;
        let ids = self.writing(|transaction| {
            let mut ids = Vec::with_capacity(decisions.len());
            for decision in decisions {
                match judgements::add(transaction, decision)? {
                    Added::New(id) => {
                        changed(transaction)?;
                        ids.push(id);
                    }
                    Added::Known(id) => ids.push(id),
                    Added::NothingToRetract => {
                        missing = Some(decision.subject.clone());
                        return Err(rusqlite::Error::QueryReturnedNoRows);
                    }
                }
            }
            Ok(ids)
        });
        match missing {
            Some(subject) => Err(Error {
                code: "missing",
                message: format!(
                    "The ledger {} has no judgement {subject}: nothing was retracted.",
                    self.path.display(),
                ),
            }),
            None => ids,
        }
    }

    /// The documents whose date a judgement gives or has given, by id.
    pub fn judged_dates(&self) -> Result<Vec<String>> {
        judgements::dated(&self.connection).named(&self.path)
    }

    /// Every judgement, retracted ones too, by time and id.
    pub fn judgements(&self) -> Result<Vec<Judgement>> {
        judgements::all(&self.connection).named(&self.path)
    }

    /// Judgements in force whose anchor's words no longer stand in their place, because the document's text came out
    /// otherwise when it was read anew.
    pub fn moved_judgements(&self) -> Result<Vec<Judgement>> {
        self.reading_all(judgements::moved)
    }
}

/// Lists and single records, without a full load.
impl Ledger {
    /// What has been read and what not.
    pub fn coverage(&self) -> Result<Coverage> {
        lists::coverage(&self.connection).named(&self.path)
    }

    /// How much there is.
    pub fn counts(&self) -> Result<Counts> {
        lists::counts(&self.connection).named(&self.path)
    }

    /// Every document with its sightings, by id.
    pub fn documents(&self) -> Result<Vec<Listed>> {
        self.reading_all(lists::documents)
    }

    /// Inputs that could not be read: path, code, reason; by path.
    pub fn failed(&self) -> Result<Vec<(String, String, String)>> {
        lists::failed(&self.connection).named(&self.path)
    }

    /// The document whose id begins so, with what was read in it.
    pub fn document(&self, id: &str) -> Result<Found<Reading>> {
        self.reading_all(|connection| lists::document(connection, id))
    }

    /// The claim whose id begins so, with or without `cl_`: its document's reading and its index there.
    pub fn claim(&self, id: &str) -> Result<Found<(Reading, usize)>> {
        self.reading_all(|connection| lists::claim(connection, id))
    }

    /// The entity across documents whose id begins so, with or without `en_`.
    pub fn entity(&self, id: &str) -> Result<Found<link::Entity>> {
        self.reading_all(|connection| lists::entity(connection, id))
    }

    /// The matter whose id begins so, with or without `ma_`.
    pub fn matter(&self, id: &str) -> Result<Found<Matter>> {
        self.reading_all(|connection| lists::matter(connection, id))
    }

    /// The judgement whose id begins so, with or without `ju_`.
    pub fn judgement(&self, id: &str) -> Result<Found<Judgement>> {
        self.reading_all(|connection| lists::judgement(connection, id))
    }

    /// What each run of `read` added, oldest first.
    pub fn runs(&self) -> Result<Vec<Run>> {
        self.reading_all(runs::all)
    }

    /// Gives every document to `visit` as a search goes through it, by document id: its text and where its claims stand, without
    /// loading what was read in it.
    pub fn each_searched(&self, visit: &mut dyn FnMut(Searched)) -> Result<()> {
        self.reading_all(|connection| searched::each(connection, visit))
    }

    /// Every entity across documents, by its id, with its spellings.
    pub fn spellings(&self) -> Result<Vec<Spelt>> {
        self.reading_all(searched::spellings)
    }

    /// The matters in which a claim (`Claim::id`) stands: ids of matter and position, in the order of matters.
    pub fn matters_of(&self, claim: &str) -> Result<Vec<(String, String)>> {
        lists::matters_of(&self.connection, claim).named(&self.path)
    }

    /// The matters that are about an entity across documents, or lie there, in order.
    pub fn matters_about(&self, entity: &str) -> Result<Vec<Matter>> {
        self.reading_all(|connection| lists::matters_about(connection, entity))
    }

    /// The entities across documents to which a document's entities belong, by local id.
    pub fn entities_of(&self, document: &str) -> Result<Vec<(EntityId, String)>> {
        lists::entities_of(&self.connection, document).named(&self.path)
    }

    /// The documents found under an address, in the order of their dates; the same date by first capture, then by id.
    pub fn versions(&self, url: &str) -> Result<Vec<PageVersion>> {
        lists::versions(&self.connection, url).named(&self.path)
    }

    /// Addresses under which more than one document was found, in order.
    pub fn edited_pages(&self) -> Result<Vec<String>> {
        lists::edited_pages(&self.connection).named(&self.path)
    }

    /// Every line of the log, oldest first.
    pub fn log(&self) -> Result<Vec<LogLine>> {
        log::lines(&self.connection).named(&self.path)
    }

    /// Adds a line to the log.
    pub fn add_to_log(&mut self, what: &str, detail: &str) -> Result<()> {
        self.writing(|transaction| log::add(transaction, what, detail))
    }
}

impl Ledger {
    /// Runs `work` with the ledger locked for writing from the start, so that two writers wait for each other instead of
    /// failing half-way; an error takes everything back.
    fn writing<T>(&mut self, work: impl FnOnce(&Transaction) -> Sql<T>) -> Result<T> {
        let run = || {
            let transaction = self
                .connection
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        run().named(&self.path)
    }

    /// Runs `work` on one unchanging state of the ledger, whatever others write meanwhile.
    fn reading_all<T>(&self, work: impl FnOnce(&Connection) -> Sql<T>) -> Result<T> {
        let run = || {
            let transaction = self.connection.unchecked_transaction()?;
            work(&transaction)
        };
        run().named(&self.path)
    }
}

/// `changes` and `linked`, as schema.sql says.
fn state(connection: &Connection) -> Sql<(i64, i64)> {
    connection
        .prepare_cached("SELECT changes, linked FROM state")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
}

fn changed(connection: &Connection) -> Sql<()> {
    connection
        .prepare_cached("UPDATE state SET changes = changes + 1")?
        .execute([])?;
    Ok(())
}

fn store_links(connection: &Connection, links: &Links, changes: i64) -> Sql<()> {
    links::replace(connection, links)?;
    connection
        .prepare_cached("UPDATE state SET linked = ?")?
        .execute([changes])?;
    log::add(
        connection,
        "linked",
        &format!(
            "{} entities, {} matters",
            links.entities.len(),
            links.matters.len()
        ),
    )
}
