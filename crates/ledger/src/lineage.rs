//! Ids of matters that outlive a relink: a matter made anew takes the id of the one that it was, and ids that no matter has any more
//! lead on to the one that holds their claims.
//!
//! It does not know how matters are made. In a ledger without links nothing is inherited, so the same documents give the same ids.

use crate::columns::Insert;
use crate::error::Sql;
use crate::{tables, write};
use link::{Links, Matter};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet};

/// A claim by what stays the same when its document is read anew: its document, and how its content begins.
type Words = (String, String);

/// So many characters of a content tell it from the document's others.
const BEGINS: usize = 80;

/// Gives matters the ids of those that they were.
pub(crate) fn inherit(connection: &Connection, links: &mut Links) -> Sql<()> {
    let old = known(connection)?;
    if old.is_empty() {
        return Ok(());
    }
    let mut holding: BTreeMap<&Words, Vec<usize>> = BTreeMap::new();
    for (number, (_, _, members)) in old.iter().enumerate() {
        for member in members {
            holding.entry(member).or_default().push(number);
        }
    }
    // Old and new by how many claims they share.
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (place, matter) in links.matters.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for member in members(connection, matter)? {
            for number in holding.get(&member).into_iter().flatten() {
                if old[*number].1 == matter.kind.as_str() {
                    *shared.entry(*number).or_default() += 1;
                }
            }
        }
        pairs.extend(
            shared
                .into_iter()
                .filter(|(number, count)| count * 2 >= old[*number].2.len())
                .map(|(number, count)| (number, place, count)),
        );
    }
    // What a person made of a matter keeps its id; else most claims first, of as many the smaller old matter, which is the wholer
    // one, then an id that it has anyway.
    let judged: BTreeSet<&str> = links.judged.iter().map(|one| one.matter.as_str()).collect();
    pairs.sort_by_key(|(number, place, count)| {
        let id = links.matters[*place].id.as_str();
        let is_own = old[*number].0 == id;
        (
            !(is_own && judged.contains(id)),
            std::cmp::Reverse(*count),
            old[*number].2.len(),
            !is_own,
            *place,
            *number,
        )
    });
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut given: BTreeSet<usize> = BTreeSet::new();
    for (number, place, _) in &pairs {
        if !taken.contains_key(place) && !given.contains(number) {
            taken.insert(*place, *number);
            given.insert(*number);
        }
    }
    let inherited: BTreeSet<String> = given.iter().map(|number| old[*number].0.clone()).collect();
    let mut now: BTreeMap<String, String> = BTreeMap::new();
    for (place, matter) in links.matters.iter_mut().enumerate() {
        let id = match taken.get(&place) {
            Some(number) => old[*number].0.clone(),
            // Its id by its own wording is another's by descent.
            None if inherited.contains(&matter.id) => another(matter),
            None => continue,
        };
        let before = std::mem::replace(&mut matter.id, id.clone());
        now.insert(before, id);
    }
    for judged in &mut links.judged {
        if let Some(id) = now.get(&judged.matter) {
            judged.matter.clone_from(id);
        }
    }
    links.judged.sort();
    // What became of the old ones that nobody is now.
    for (number, (id, _, _)) in old.iter().enumerate() {
        if !given.contains(&number)
            && let Some((_, place, _)) = pairs.iter().find(|(one, _, _)| *one == number)
        {
            add_alias(connection, id, &links.matters[*place].id)?;
        }
    }
    Ok(())
}

fn another(matter: &Matter) -> String {
    let claims = matter.positions.iter().flat_map(|one| &one.claims);
    let claims: Vec<&str> = claims.map(|one| one.claim.as_str()).collect();
    let hash = write::hex(format!("{}\0{}", matter.id, claims.join(" ")).as_bytes());
    format!("ma_{}", &hash[..16])
}

fn add_alias(connection: &Connection, alias: &str, matter: &str) -> Sql<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO matter_aliases (alias, matter) VALUES (?1, ?2)")?
        .execute([alias, matter])?;
    connection
        .prepare_cached("UPDATE matter_aliases SET matter = ?2 WHERE matter = ?1")?
        .execute([alias, matter])?;
    Ok(())
}

/// The matters as they were before: id, kind, claims.
fn known(connection: &Connection) -> Sql<Vec<(String, String, BTreeSet<Words>)>> {
    let mut statement = connection.prepare_cached(
        "SELECT matters.id, matters.kind, k.document, k.words FROM matters JOIN matter_members AS k ON k.matter = matters.id \
         ORDER BY matters.ordinal, k.document, k.words",
    )?;
    let mut rows = statement.query([])?;
    let mut known: Vec<(String, String, BTreeSet<Words>)> = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        if known.last().is_none_or(|(last, _, _)| *last != id) {
            known.push((id, row.get(1)?, BTreeSet::new()));
        }
        if let Some((_, _, members)) = known.last_mut() {
            members.insert((row.get(2)?, row.get(3)?));
        }
    }
    Ok(known)
}

fn members(connection: &Connection, matter: &Matter) -> Sql<BTreeSet<Words>> {
    let mut statement = connection.prepare_cached("SELECT quote FROM claims WHERE id = ?")?;
    let mut members = BTreeSet::new();
    for claim in matter.positions.iter().flat_map(|one| &one.claims) {
        let quote: Option<String> = statement
            .query_row([&claim.claim], |row| row.get(0))
            .optional()?;
        if let Some(quote) = quote {
            members.insert((claim.document.clone(), quote.chars().take(BEGINS).collect()));
        }
    }
    Ok(members)
}

/// Notes by what the matters are to be known again.
pub(crate) fn note(connection: &Connection, matters: &[Matter]) -> Sql<()> {
    let mut row = Insert::into(connection, &tables::MATTER_MEMBERS)?;
    let mut live = connection.prepare_cached("DELETE FROM matter_aliases WHERE alias = ?")?;
    for matter in matters {
        live.execute([&matter.id])?;
        for (document, words) in members(connection, matter)? {
            row.add(&matter.id).add(document).add(words).run()?;
        }
    }
    Ok(())
}

/// Every id that a matter had before, with the one that it has now.
pub(crate) fn aliases(connection: &Connection) -> Sql<Vec<(String, String)>> {
    connection
        .prepare_cached(
            "SELECT alias, matter FROM matter_aliases WHERE matter IN (SELECT id FROM matters) ORDER BY alias",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
