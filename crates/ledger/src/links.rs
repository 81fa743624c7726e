//! Links into rows and back: entities across documents, matters, positions, relations.
//!
//! It does not know how anything is linked.

use crate::columns::{Columns, Insert, rows};
use crate::error::Sql;
use crate::{lineage, tables};
use annotate::{EntityId, EntityKind, Form};
use link::{
    Entity, Join, Judged, JudgedAs, LinkZone, Links, Matter, MatterKind, Member, OpenPair, Party,
    Position, PositionClaim, Relation, RelationKind, State,
};
use rusqlite::{Connection, params};
use std::ops::RangeInclusive;

/// Every row.
pub(crate) const ALL: RangeInclusive<i64> = 0..=i64::MAX;

/// Replaces the links.
pub(crate) fn replace(connection: &Connection, links: &Links) -> Sql<()> {
    for table in tables::LINKS {
        connection
            .prepare_cached(&format!("DELETE FROM {}", table.name))?
            .execute(params![])?;
    }
    add_entities(connection, &links.entities)?;
    add_open(connection, &links.open)?;
    add_matters(connection, &links.matters)?;
    lineage::note(connection, &links.matters)?;
    let mut row = Insert::into(connection, &tables::JUDGED_MATTERS)?;
    for (number, judged) in links.judged.iter().enumerate() {
        row.index(number)
            .add(&judged.matter)
            .add(judged.effect.as_str())
            .add(&judged.judgement)
            .run()?;
    }
    Ok(())
}

/// Which judgements made what of which matter.
pub(crate) fn judged(connection: &Connection) -> Sql<Vec<Judged>> {
    let mut all = Vec::new();
    rows(connection, &tables::JUDGED_MATTERS, ALL, |row| {
        row.ordinal(all.len())?;
        all.push(Judged {
            matter: row.take()?,
            effect: row.word(JudgedAs::parse)?,
            judgement: row.take()?,
        });
        Ok(())
    })?;
    Ok(all)
}

fn add_entities(connection: &Connection, entities: &[Entity]) -> Sql<()> {
    let mut row = Insert::into(connection, &tables::LINKED_ENTITIES)?;
    let mut form_row = Insert::into(connection, &tables::LINKED_FORMS)?;
    let mut member_row = Insert::into(connection, &tables::LINKED_MEMBERS)?;
    let mut join_row = Insert::into(connection, &tables::LINKED_JOINS)?;
    let mut reason_row = Insert::into(connection, &tables::LINKED_JOIN_REASONS)?;
    for (e, entity) in entities.iter().enumerate() {
        row.index(e)
            .add(&entity.id)
            .add(&entity.name)
            .add(entity.kind.as_str())
            .place(entity.place.as_ref())
            .link(entity.link.as_ref())
            .run()?;
        for (i, form) in entity.forms.iter().enumerate() {
            form_row
                .index(e)
                .index(i)
                .add(&form.text)
                .add(form.count)
                .run()?;
        }
        for (i, (document, member)) in entity.members.iter().enumerate() {
            member_row
                .index(e)
                .index(i)
                .add(document)
                .add(member.0)
                .run()?;
        }
        for (j, join) in entity.joins.iter().enumerate() {
            join_row
                .index(e)
                .index(j)
                .add(&join.one.0)
                .add(join.one.1.0)
                .add(&join.other.0)
                .add(join.other.1.0)
                .add(join.score)
                .run()?;
            for (i, reason) in join.reasons.iter().enumerate() {
                reason_row.index(e).index(j).index(i).add(reason).run()?;
            }
        }
    }
    Ok(())
}

fn add_open(connection: &Connection, pairs: &[OpenPair]) -> Sql<()> {
    let mut row = Insert::into(connection, &tables::OPEN_PAIRS)?;
    let mut reason_row = Insert::into(connection, &tables::OPEN_PAIR_REASONS)?;
    for (p, pair) in pairs.iter().enumerate() {
        row.index(p)
            .add(&pair.one)
            .add(&pair.other)
            .add(pair.score)
            .run()?;
        for (i, reason) in pair.reasons.iter().enumerate() {
            reason_row.index(p).index(i).add(reason).run()?;
        }
    }
    Ok(())
}

fn add_matters(connection: &Connection, matters: &[Matter]) -> Sql<()> {
    let mut row = Insert::into(connection, &tables::MATTERS)?;
    let mut relation_row = Insert::into(connection, &tables::RELATIONS)?;
    let mut reason_row = Insert::into(connection, &tables::RELATION_REASONS)?;
    for (m, matter) in matters.iter().enumerate() {
        row.index(m)
            .add(&matter.id)
            .add(matter.kind.as_str())
            .add(&matter.question)
            .add(&matter.about)
            .add(&matter.place)
            .add(matter.state.as_str())
            .time(matter.time.as_ref())
            .run()?;
        for (p, position) in matter.positions.iter().enumerate() {
            add_position(connection, m, p, position)?;
        }
        for (r, relation) in matter.relations.iter().enumerate() {
            relation_row
                .index(m)
                .index(r)
                .add(&relation.from)
                .add(&relation.to)
                .add(relation.kind.as_str())
                .run()?;
            for (i, reason) in relation.reasons.iter().enumerate() {
                reason_row.index(m).index(r).index(i).add(reason).run()?;
            }
        }
    }
    Ok(())
}

fn add_position(connection: &Connection, m: usize, p: usize, position: &Position) -> Sql<()> {
    Insert::into(connection, &tables::POSITIONS)?
        .index(m)
        .index(p)
        .add(&position.id)
        .add(&position.value)
        .add(&position.first_said)
        .add(&position.last_said)
        .add(position.articles)
        .add(position.origins_low)
        .add(position.origins_high)
        .add(position.speakers)
        .run()?;
    let mut party_row = Insert::into(connection, &tables::PARTIES)?;
    for (i, party) in position.parties.iter().enumerate() {
        party_row
            .index(m)
            .index(p)
            .index(i)
            .add(&party.entity)
            .add(&party.name)
            .run()?;
    }
    let mut claim_row = Insert::into(connection, &tables::POSITION_CLAIMS)?;
    let mut span_row = Insert::into(connection, &tables::POSITION_CLAIM_SPANS)?;
    for (c, claim) in position.claims.iter().enumerate() {
        claim_row
            .index(m)
            .index(p)
            .index(c)
            .add(&claim.claim)
            .add(&claim.document)
            .add(claim.link.as_str())
            .run()?;
        for (i, span) in claim.spans.iter().enumerate() {
            span_row
                .index(m)
                .index(p)
                .index(c)
                .index(i)
                .span(*span)
                .run()?;
        }
    }
    Ok(())
}

/// The entities whose place in the list lies in `keys`.
pub(crate) fn entities(connection: &Connection, keys: RangeInclusive<i64>) -> Sql<Vec<Entity>> {
    let mut entities: Vec<Entity> = Vec::new();
    let first = *keys.start();
    rows(connection, &tables::LINKED_ENTITIES, keys.clone(), |row| {
        row.nth(first, entities.len())?;
        entities.push(Entity {
            id: row.take()?,
            name: row.take()?,
            kind: row.word(EntityKind::parse)?,
            forms: Vec::new(),
            members: Vec::new(),
            joins: Vec::new(),
            place: row.place()?,
            link: row.link()?,
        });
        Ok(())
    })?;
    rows(connection, &tables::LINKED_FORMS, keys.clone(), |row| {
        let forms = &mut row.item_from(first, &mut entities)?.forms;
        row.ordinal(forms.len())?;
        forms.push(Form {
            text: row.take()?,
            count: row.take()?,
        });
        Ok(())
    })?;
    rows(connection, &tables::LINKED_MEMBERS, keys.clone(), |row| {
        let members = &mut row.item_from(first, &mut entities)?.members;
        row.ordinal(members.len())?;
        members.push(member(row)?);
        Ok(())
    })?;
    rows(connection, &tables::LINKED_JOINS, keys.clone(), |row| {
        let joins = &mut row.item_from(first, &mut entities)?.joins;
        row.ordinal(joins.len())?;
        joins.push(Join {
            one: member(row)?,
            other: member(row)?,
            score: row.number()?,
            reasons: Vec::new(),
        });
        Ok(())
    })?;
    rows(connection, &tables::LINKED_JOIN_REASONS, keys, |row| {
        let joins = &mut row.item_from(first, &mut entities)?.joins;
        let reasons = &mut row.item(joins)?.reasons;
        row.ordinal(reasons.len())?;
        reasons.push(row.take()?);
        Ok(())
    })?;
    Ok(entities)
}

fn member(row: &mut Columns) -> Sql<Member> {
    Ok((row.take()?, EntityId(row.take()?)))
}

/// Every pair of entities that is left open.
pub(crate) fn open(connection: &Connection) -> Sql<Vec<OpenPair>> {
    let mut pairs: Vec<OpenPair> = Vec::new();
    rows(connection, &tables::OPEN_PAIRS, ALL, |row| {
        row.ordinal(pairs.len())?;
        pairs.push(OpenPair {
            one: row.take()?,
            other: row.take()?,
            score: row.number()?,
            reasons: Vec::new(),
        });
        Ok(())
    })?;
    rows(connection, &tables::OPEN_PAIR_REASONS, ALL, |row| {
        let reasons = &mut row.item(&mut pairs)?.reasons;
        row.ordinal(reasons.len())?;
        reasons.push(row.take()?);
        Ok(())
    })?;
    Ok(pairs)
}

/// The matters whose place in the list lies in `keys`.
pub(crate) fn matters(connection: &Connection, keys: RangeInclusive<i64>) -> Sql<Vec<Matter>> {
    let mut matters: Vec<Matter> = Vec::new();
    let first = *keys.start();
    rows(connection, &tables::MATTERS, keys.clone(), |row| {
        row.nth(first, matters.len())?;
        matters.push(matter(row)?);
        Ok(())
    })?;
    rows(connection, &tables::POSITIONS, keys.clone(), |row| {
        let positions = &mut row.item_from(first, &mut matters)?.positions;
        row.ordinal(positions.len())?;
        positions.push(position(row)?);
        Ok(())
    })?;
    rows(connection, &tables::PARTIES, keys.clone(), |row| {
        let positions = &mut row.item_from(first, &mut matters)?.positions;
        let parties = &mut row.item(positions)?.parties;
        row.ordinal(parties.len())?;
        parties.push(Party {
            entity: row.take()?,
            name: row.take()?,
        });
        Ok(())
    })?;
    rows(connection, &tables::POSITION_CLAIMS, keys.clone(), |row| {
        let positions = &mut row.item_from(first, &mut matters)?.positions;
        let claims = &mut row.item(positions)?.claims;
        row.ordinal(claims.len())?;
        claims.push(PositionClaim {
            claim: row.take()?,
            document: row.take()?,
            spans: Vec::new(),
            link: row.word(LinkZone::parse)?,
        });
        Ok(())
    })?;
    rows(
        connection,
        &tables::POSITION_CLAIM_SPANS,
        keys.clone(),
        |row| {
            let positions = &mut row.item_from(first, &mut matters)?.positions;
            let claims = &mut row.item(positions)?.claims;
            let spans = &mut row.item(claims)?.spans;
            row.ordinal(spans.len())?;
            spans.push(row.span()?);
            Ok(())
        },
    )?;
    rows(connection, &tables::RELATIONS, keys.clone(), |row| {
        let relations = &mut row.item_from(first, &mut matters)?.relations;
        row.ordinal(relations.len())?;
        relations.push(Relation {
            from: row.take()?,
            to: row.take()?,
            kind: row.word(RelationKind::parse)?,
            reasons: Vec::new(),
        });
        Ok(())
    })?;
    rows(connection, &tables::RELATION_REASONS, keys, |row| {
        let relations = &mut row.item_from(first, &mut matters)?.relations;
        let reasons = &mut row.item(relations)?.reasons;
        row.ordinal(reasons.len())?;
        reasons.push(row.take()?);
        Ok(())
    })?;
    Ok(matters)
}

fn matter(row: &mut Columns) -> Sql<Matter> {
    let (id, kind) = (row.take()?, row.word(MatterKind::parse)?);
    let (question, about, place) = (row.take()?, row.take()?, row.take()?);
    let state = row.word(State::parse)?;
    Ok(Matter {
        id,
        kind,
        question,
        about,
        place,
        time: row.time()?,
        state,
        positions: Vec::new(),
        relations: Vec::new(),
    })
}

fn position(row: &mut Columns) -> Sql<Position> {
    Ok(Position {
        id: row.take()?,
        value: row.take()?,
        parties: Vec::new(),
        first_said: row.take()?,
        last_said: row.take()?,
        claims: Vec::new(),
        articles: row.take()?,
        origins_low: row.take()?,
        origins_high: row.take()?,
        speakers: row.take()?,
    })
}
