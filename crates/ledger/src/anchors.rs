//! Anchors: where the words stand that a judgement is about, and finding them again after the document was read anew.
//!
//! It does not know what was decided.

use crate::columns::Columns;
use crate::error::Sql;
use crate::{Decision, Verb, fuzzy, write};
use link::{ClaimKey, MatterKind, Member, Reading};
use rusqlite::{Connection, OptionalExtension};
use text::{Span, vocabulary};

/// A stretch of a document, to be found again after the document was read anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// `Document::id`: the hash of its raw bytes.
    pub document: String,
    /// Where it was.
    pub span: Span,
    /// The words.
    pub quote: String,
    /// At most 32 characters before them.
    pub prefix: String,
    /// At most 32 characters after them.
    pub suffix: String,
}

/// What else of a judgement is kept with its words: a claim of a matter that it is about, or one of several claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What the claim stands for.
    pub role: Role,
    /// The kind of the matter that it stood in; none for a claim that is itself meant.
    pub kind: Option<MatterKind>,
    /// `Claim::id` as it was.
    pub claim: String,
    /// Its words.
    pub anchor: Anchor,
}

vocabulary! {
    /// What the claim of a mark stands for.
    Role { Subject = "subject", Object = "object", Part = "part" }
}

/// So many claims make a matter known again.
const MARKS: usize = 8;

/// The anchors of a decision's subject and of its object, where they are claims or entities.
pub(crate) fn of(connection: &Connection, decision: &Decision) -> Sql<[Option<Anchor>; 2]> {
    let entity_split = decision.verb == Verb::Split && decision.subject.starts_with("en_");
    let value = decision.value.as_deref().filter(|_| entity_split);
    let subject = if decision.subject.starts_with("en_") {
        // What is split off must not stand for what it is split from.
        name_of_entity(connection, &decision.subject, |document, name| {
            value.is_none_or(|value| document != value && !is_same_name(name, value))
        })?
    } else {
        claim(connection, &decision.subject)?
    };
    let object = match (&decision.object, value) {
        (Some(object), _) if object.starts_with("en_") => {
            name_of_entity(connection, object, |_, _| true)?
        }
        (Some(object), _) => claim(connection, object)?,
        (None, Some(value)) => name_of_entity(connection, &decision.subject, |document, _| {
            document == value
        })?,
        (None, None) => None,
    };
    Ok([subject, object])
}

/// The claims by which a decision's matters are known again, and those that it takes out of one.
pub(crate) fn marks(connection: &Connection, decision: &Decision) -> Sql<Vec<Mark>> {
    let is_matter = |id: &&String| id.starts_with("ma_");
    let parts: Vec<&str> = match (&decision.value, is_matter(&&decision.subject)) {
        (Some(value), true) if decision.verb == Verb::Split => value.split(' ').collect(),
        _ => Vec::new(),
    };
    let mut marks = Vec::new();
    for part in &parts {
        marks.extend(claim(connection, part)?.map(|anchor| Mark {
            role: Role::Part,
            kind: None,
            claim: part.trim_start_matches("cl_").to_owned(),
            anchor,
        }));
    }
    // A claim that is put in or taken out says nothing of which matter it is.
    let moved: Vec<&str> = parts
        .into_iter()
        .chain([decision.subject.as_str()])
        .collect();
    let matters = [
        (Role::Subject, Some(&decision.subject)),
        (Role::Object, decision.object.as_ref()),
    ];
    for (role, id) in matters {
        if let Some(id) = id.filter(is_matter) {
            marks.extend(marks_of_matter(connection, id, role, &moved)?);
        }
    }
    Ok(marks)
}

/// The next five columns: document, span, quote, prefix, suffix.
pub(crate) fn anchor(row: &mut Columns) -> Sql<Anchor> {
    Ok(Anchor {
        document: row.take()?,
        span: row.span()?,
        quote: row.take()?,
        prefix: row.take()?,
        suffix: row.take()?,
    })
}

fn marks_of_matter(
    connection: &Connection,
    matter: &str,
    role: Role,
    moved: &[&str],
) -> Sql<Vec<Mark>> {
    // The first claim of each answer, then the second of each: some of all sides.
    let mut statement = connection.prepare_cached(
        "SELECT m.kind, c.id, d.id, c.start, c.end, c.quote, c.prefix, c.suffix FROM matters AS m \
         JOIN position_claims AS p ON p.matter = m.ordinal JOIN documents AS d ON d.id = p.document \
         JOIN claims AS c ON c.id = p.claim AND c.document = d.key WHERE m.id = ? ORDER BY p.ordinal, p.position",
    )?;
    let marks = statement.query_map([matter], |row| {
        let mut row = Columns::of(row);
        Ok(Mark {
            role,
            kind: Some(row.word(MatterKind::parse)?),
            claim: row.take()?,
            anchor: anchor(&mut row)?,
        })
    })?;
    let mut marks: Vec<Mark> = marks.collect::<Sql<_>>()?;
    marks.retain(|mark| {
        !moved
            .iter()
            .any(|id| id.trim_start_matches("cl_") == mark.claim)
    });
    marks.truncate(MARKS);
    Ok(marks)
}

/// Whether two names are one but for folding.
#[must_use]
pub fn is_same_name(left: &str, right: &str) -> bool {
    names::fold(left) == names::fold(right)
}

fn claim(connection: &Connection, subject: &str) -> Sql<Option<Anchor>> {
    let Some(claim) = subject.strip_prefix("cl_") else {
        return Ok(None);
    };
    connection
        .prepare_cached(
            "SELECT documents.id, start, end, quote, prefix, suffix FROM claims \
             JOIN documents ON documents.key = claims.document WHERE claims.id = ? ORDER BY documents.id LIMIT 1",
        )?
        .query_row([claim], |row| {
            let mut row = Columns::of(row);
            Ok(Anchor {
                document: row.take()?,
                span: row.span()?,
                quote: row.take()?,
                prefix: row.take()?,
                suffix: row.take()?,
            })
        })
        .optional()
}

/// The first name of the first member of an entity that is wanted, by its document and what that document calls it.
fn name_of_entity(
    connection: &Connection,
    entity: &str,
    mut is_wanted: impl FnMut(&str, &str) -> bool,
) -> Sql<Option<Anchor>> {
    let mut statement = connection.prepare_cached(
        "SELECT d.id, e.name, m.start, m.end, d.text FROM linked_entities AS l \
         JOIN linked_members AS k ON k.entity = l.ordinal JOIN documents AS d ON d.id = k.document \
         JOIN entities AS e ON e.document = d.key AND e.ordinal = k.member \
         JOIN entity_mentions AS m ON m.document = d.key AND m.entity = e.ordinal AND m.ordinal = 0 \
         WHERE l.id = ? ORDER BY k.ordinal",
    )?;
    let mut rows = statement.query([entity])?;
    while let Some(row) = rows.next()? {
        let (document, name) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
        if is_wanted(document, name) {
            let span = Span {
                start: row.get(2)?,
                end: row.get(3)?,
            };
            let words = write::selector(&[span], row.get_ref(4)?.as_str()?);
            return Ok(Some(Anchor {
                document: document.to_owned(),
                span,
                quote: words.quote.to_owned(),
                prefix: words.prefix.to_owned(),
                suffix: words.suffix.to_owned(),
            }));
        }
    }
    Ok(None)
}

/// An anchor's columns; none where there is none.
pub(crate) fn take(row: &mut Columns) -> Sql<Option<Anchor>> {
    let document: Option<String> = row.take()?;
    let span = row.maybe_span()?;
    let (quote, prefix, suffix) = (
        row.take::<Option<String>>()?,
        row.take::<Option<String>>()?,
        row.take::<Option<String>>()?,
    );
    Ok(document.zip(span).map(|(document, span)| Anchor {
        document,
        span,
        quote: quote.unwrap_or_default(),
        prefix: prefix.unwrap_or_default(),
        suffix: suffix.unwrap_or_default(),
    }))
}

/// The reading of the anchor's document, and where the words stand in it. A page that was saved anew is another document: where the
/// anchor's is not there, it is the one other that holds the words with what stood around them.
fn reading<'r>(anchor: &Anchor, readings: &'r [Reading]) -> Option<(&'r Reading, Span)> {
    let known = readings
        .iter()
        .find(|reading| reading.document.id == anchor.document);
    if let Some(reading) = known {
        return Some((reading, now(anchor, &reading.document.text)?));
    }
    let around = format!("{}{}{}", anchor.prefix, anchor.quote, anchor.suffix);
    let mut holding = readings
        .iter()
        .filter(|reading| reading.document.text.contains(&around));
    let reading = holding.next().filter(|_| holding.next().is_none())?;
    Some((reading, now(anchor, &reading.document.text)?))
}

/// The document's entity that is named where the anchor's words stand now.
pub(crate) fn member(anchor: &Anchor, readings: &[Reading]) -> Option<Member> {
    let (reading, span) = reading(anchor, readings)?;
    let entities = reading.annotations.entities.iter().zip(0..);
    let (entity, _) = entities
        .flat_map(|(entity, number)| entity.mentions.iter().map(move |name| (number, name)))
        .map(|(number, name)| (number, name.shared(span)))
        .filter(|(_, shared)| *shared > 0)
        .max_by_key(|(number, shared)| (*shared, std::cmp::Reverse(*number)))?;
    Some((reading.document.id.clone(), annotate::EntityId(entity)))
}

/// The claim that says now what the anchor's words said: the one of this id where they did not move, else the one whose content
/// shares most with them, and at least half of both together.
pub(crate) fn claim_now(anchor: &Anchor, id: &str, readings: &[Reading]) -> Option<ClaimKey> {
    let (reading, span) = reading(anchor, readings)?;
    let claims = &reading.annotations.claims;
    let key = |claim: &annotate::Claim| (reading.document.id.clone(), claim.id.clone());
    if span == anchor.span
        && let Some(known) = claims.iter().find(|claim| claim.id == id)
    {
        return Some(key(known));
    }
    let (shared, whole, claim) = claims
        .iter()
        .filter_map(|claim| {
            let content = claim.content.spans.iter().copied().reduce(Span::cover)?;
            Some((content.shared(span), content.cover(span).len(), claim))
        })
        .max_by(|(one, one_whole, _), (other, other_whole, _)| {
            // Shares of the whole, without fractions; of equal ones the first claim.
            (one * other_whole)
                .cmp(&(other * one_whole))
                .then(std::cmp::Ordering::Greater)
        })?;
    (shared * 2 >= whole && shared > 0).then(|| key(claim))
}

/// Where the anchor's words stand in a text: where they stood, else where they stand with most of what stood around them, else where
/// words stand that are nine parts of ten the same.
fn now(anchor: &Anchor, text: &str) -> Option<Span> {
    if anchor.quote.is_empty() {
        return None;
    }
    if anchor.span.slice(text) == anchor.quote {
        return Some(anchor.span);
    }
    let far = |start: usize| start.abs_diff(anchor.span.from());
    let mut found: Vec<(usize, usize)> = text
        .match_indices(&anchor.quote)
        .map(|(start, _)| (likeness(anchor, text, start), start))
        .collect();
    // Those in the company of the anchor's words last, of these the nearest.
    found.sort_unstable_by_key(|(like, start)| (*like, std::cmp::Reverse(far(*start)), *start));
    let start = match found.as_slice() {
        [] => return nearly(anchor, text),
        [(_, start)] => *start,
        [.., (before, _), (most, start)] if most > before => *start,
        // A paragraph that stands twice: the one that is clearly where it was, but for what came or went before it.
        [.., (like, other), (_, start)] if *like > 0 && far(*start) * 2 < far(*other) => *start,
        _ => return None,
    };
    Some(Span::new(start, start + anchor.quote.len()))
}

/// How many characters before and after a place are those of the anchor, counted from the place.
fn likeness(anchor: &Anchor, text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or("").chars().rev();
    let after = text.get(start + anchor.quote.len()..).unwrap_or("").chars();
    let same = |pair: &(char, char)| pair.0 == pair.1;
    before
        .zip(anchor.prefix.chars().rev())
        .take_while(same)
        .count()
        + after.zip(anchor.suffix.chars()).take_while(same).count()
}

/// The words alone first; a few letters cannot be nearly the same, so then the words with what stood around them.
fn nearly(anchor: &Anchor, text: &str) -> Option<Span> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let plain: Vec<char> = letters.iter().map(|(_, letter)| *letter).collect();
    let span = |from: usize, to: usize| {
        let byte = |place: usize| letters.get(place).map_or(text.len(), |(at, _)| *at);
        (from < to).then(|| Span::new(byte(from), byte(to)))
    };
    let quote: Vec<char> = anchor.quote.chars().collect();
    if let Some((from, to, _)) = fuzzy::find(&quote, &plain) {
        return span(from, to);
    }
    let before = anchor.prefix.chars().count();
    let around: Vec<char> = [&anchor.prefix, &anchor.quote, &anchor.suffix]
        .into_iter()
        .flat_map(|words| words.chars())
        .collect();
    let (from, to, _) = fuzzy::find(&around, &plain)?;
    let places = [before, before + quote.len()];
    let [start, end] = fuzzy::carried(&around, &plain[from..to], places);
    span(from + start, from + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_moved_are_found_again() {
        let anchor = Anchor {
            document: "d".to_owned(),
            span: Span::new(4, 9),
            quote: "Tarvo".to_owned(),
            prefix: "the ".to_owned(),
            suffix: " road".to_owned(),
        };
        assert_eq!(now(&anchor, "the Tarvo road"), Some(Span::new(4, 9)));
        assert_eq!(
            now(&anchor, "Tarvo: on the Tarvo road"),
            Some(Span::new(14, 19))
        );
        assert_eq!(now(&anchor, "now Tarvo is"), Some(Span::new(4, 9)));
        assert_eq!(now(&anchor, "Tarvo and Tarvo"), None);
        assert_eq!(now(&anchor, "nothing"), None);
        // What stands around one of them is what stood around it.
        assert_eq!(
            now(&anchor, "Tarvo and the Tarvo road"),
            Some(Span::new(14, 19))
        );
    }
}
