//! Anchors: where the words stand that a judgement is about, and finding them again after the document was read anew.
//!
//! It does not know what was decided.

use crate::columns::Columns;
use crate::error::Sql;
use crate::{Decision, write};
use link::{Member, Reading};
use rusqlite::{Connection, OptionalExtension};
use text::Span;

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

/// The anchors of a decision's subject and of its object.
pub(crate) fn of(connection: &Connection, decision: &Decision) -> Sql<[Option<Anchor>; 2]> {
    let value = decision.value.as_deref();
    let subject = if decision.subject.starts_with("en_") {
        // What is split off must not stand for what it is split from.
        name_of_entity(connection, &decision.subject, |document, name| {
            value.is_none_or(|value| document != value && !is_same_name(name, value))
        })?
    } else {
        claim(connection, &decision.subject)?
    };
    let object = match (&decision.object, value) {
        (Some(object), _) => name_of_entity(connection, object, |_, _| true)?,
        (None, Some(value)) => name_of_entity(connection, &decision.subject, |document, _| {
            document == value
        })?,
        (None, None) => None,
    };
    Ok([subject, object])
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

/// The document's entity that is named where the anchor's words stand now.
pub(crate) fn member(anchor: &Anchor, readings: &[Reading]) -> Option<Member> {
    let reading = readings
        .iter()
        .find(|reading| reading.document.id == anchor.document)?;
    let span = now(anchor, &reading.document.text)?;
    let entities = reading.annotations.entities.iter().zip(0..);
    let (entity, _) = entities
        .flat_map(|(entity, number)| entity.mentions.iter().map(move |name| (number, name)))
        .map(|(number, name)| (number, name.shared(span)))
        .filter(|(_, shared)| *shared > 0)
        .max_by_key(|(number, shared)| (*shared, std::cmp::Reverse(*number)))?;
    Some((anchor.document.clone(), annotate::EntityId(entity)))
}

/// Where the anchor's words stand in a text: where they stood, else where they stand once with what stood around them, else where
/// they stand once.
fn now(anchor: &Anchor, text: &str) -> Option<Span> {
    if anchor.quote.is_empty() {
        return None;
    }
    if anchor.span.slice(text) == anchor.quote {
        return Some(anchor.span);
    }
    let around = format!("{}{}{}", anchor.prefix, anchor.quote, anchor.suffix);
    let once = |words: &str| {
        let mut found = text.match_indices(words);
        found.next().filter(|_| found.next().is_none())
    };
    let start = once(&around)
        .map(|(start, _)| start + anchor.prefix.len())
        .or_else(|| once(&anchor.quote).map(|(start, _)| start))?;
    Some(Span::new(start, start + anchor.quote.len()))
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
    }
}
