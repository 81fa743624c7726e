//! Rows in and out: a table's column list is written once and serves both ways.
//!
//! It knows how spans, words, times, places and quantities lie in columns; it does not know which tables there are.

use crate::error::Sql;
use annotate::{
    Anchor, Effect, Hedge, ListLink, Place, Precision, Quantity, Scope, TimeExpr, TimeKind,
};
use rusqlite::types::{FromSql, FromSqlError, Type};
use rusqlite::{CachedStatement, Connection, Row, ToSql};
use std::ops::RangeInclusive;
use text::Span;

/// A table as one side writes it and the other reads it.
pub(crate) struct Table {
    pub name: &'static str,
    /// Comma-separated; the first `order` of them are the key in whose order rows are read.
    pub columns: &'static str,
    pub order: usize,
}

impl Table {
    fn insert(&self) -> String {
        let marks = vec!["?"; self.columns.split(',').count()].join(",");
        format!(
            "INSERT INTO {} ({}) VALUES ({marks})",
            self.name, self.columns
        )
    }

    fn select(&self) -> String {
        let key: Vec<&str> = self.columns.split(',').take(self.order).collect();
        format!(
            "SELECT {} FROM {} WHERE {} BETWEEN ?1 AND ?2 ORDER BY {}",
            self.columns,
            self.name,
            key[0],
            key.join(",")
        )
    }
}

/// Every row whose first column lies in `keys`, in key order.
pub(crate) fn rows(
    connection: &Connection,
    table: &Table,
    keys: RangeInclusive<i64>,
    mut each: impl FnMut(&mut Columns) -> Sql<()>,
) -> Sql<()> {
    let mut statement = connection.prepare_cached(&table.select())?;
    let mut rows = statement.query([keys.start(), keys.end()])?;
    while let Some(row) = rows.next()? {
        each(&mut Columns { row, next: 0 })?;
    }
    Ok(())
}

/// Fills rows of one table, column after column. The first error is kept and given by `run`.
pub(crate) struct Insert<'c> {
    statement: CachedStatement<'c>,
    next: usize,
    error: Option<rusqlite::Error>,
}

impl<'c> Insert<'c> {
    pub(crate) fn into(connection: &'c Connection, table: &Table) -> Sql<Self> {
        Self::with(connection, &table.insert())
    }

    pub(crate) fn with(connection: &'c Connection, sql: &str) -> Sql<Self> {
        Ok(Self {
            statement: connection.prepare_cached(sql)?,
            next: 1,
            error: None,
        })
    }

    pub(crate) fn add(&mut self, value: impl ToSql) -> &mut Self {
        if let Err(error) = self.statement.raw_bind_parameter(self.next, value) {
            self.error.get_or_insert(error);
        }
        self.next += 1;
        self
    }

    pub(crate) fn index(&mut self, index: usize) -> &mut Self {
        // A list in memory never reaches 2^63 items.
        self.add(i64::try_from(index).unwrap_or(i64::MAX))
    }

    pub(crate) fn span(&mut self, span: Span) -> &mut Self {
        self.add(span.start).add(span.end)
    }

    pub(crate) fn maybe_span(&mut self, span: Option<Span>) -> &mut Self {
        self.add(span.map(|span| span.start))
            .add(span.map(|span| span.end))
    }

    pub(crate) fn time(&mut self, time: Option<&TimeExpr>) -> &mut Self {
        self.maybe_span(time.map(|time| time.span))
            .add(time.map(|time| time.kind.as_str()))
            .add(time.and_then(|time| time.value.as_deref()))
            .add(time.and_then(|time| time.modifier.as_deref()))
            .add(
                time.and_then(|time| time.earliest)
                    .map(|day| day.to_string()),
            )
            .add(time.and_then(|time| time.latest).map(|day| day.to_string()))
            .add(time.map(|time| time.anchor.as_str()))
    }

    pub(crate) fn place(&mut self, place: Option<&Place>) -> &mut Self {
        self.add(place.map(|place| place.gazetteer_id.as_str()))
            .add(place.map(|place| place.name.as_str()))
            .add(place.map(|place| place.lat))
            .add(place.map(|place| place.lon))
            .add(place.map(|place| place.precision.as_str()))
    }

    pub(crate) fn link(&mut self, link: Option<&ListLink>) -> &mut Self {
        self.add(link.map(|link| link.id.as_str()))
            .add(link.map(|link| link.score))
    }

    pub(crate) fn quantity(&mut self, quantity: &Quantity) -> &mut Self {
        self.span(quantity.span)
            .add(quantity.low)
            .add(quantity.best)
            .add(quantity.high)
            .add(quantity.hedge.as_str())
            .add(&quantity.unit)
            .add(&quantity.noun)
            .add(quantity.effect.map(Effect::as_str))
            .add(quantity.scope.as_str())
            .add(quantity.part)
    }

    /// Stores the row; gives how many rows changed.
    pub(crate) fn run(&mut self) -> Sql<usize> {
        let bound = self.next - 1;
        self.next = 1;
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        // A column left out would silently keep the value of the row before.
        let wanted = self.statement.parameter_count();
        if bound != wanted {
            return Err(rusqlite::Error::InvalidParameterCount(bound, wanted));
        }
        self.statement.raw_execute()
    }
}

/// Takes the columns of a row one after another.
pub(crate) struct Columns<'r, 's> {
    row: &'r Row<'s>,
    next: usize,
}

impl<'r, 's> Columns<'r, 's> {
    pub(crate) fn of(row: &'r Row<'s>) -> Self {
        Self { row, next: 0 }
    }

    pub(crate) fn take<T: FromSql>(&mut self) -> Sql<T> {
        self.next += 1;
        self.row.get(self.next - 1)
    }

    pub(crate) fn skip(&mut self, columns: usize) {
        self.next += columns;
    }

    /// The place in a list that has `len` items so far; anything else is a gap, and the ledger damaged.
    pub(crate) fn ordinal(&mut self, len: usize) -> Sql<()> {
        self.nth(0, len)
    }

    /// The same for a list that starts with place `first`.
    pub(crate) fn nth(&mut self, first: i64, len: usize) -> Sql<()> {
        let stored: i64 = self.take()?;
        if usize::try_from(stored.saturating_sub(first)) == Ok(len) {
            Ok(())
        } else {
            Err(self.out_of_range(stored))
        }
    }

    /// The item of a list that the column counts out.
    pub(crate) fn item<'l, T>(&mut self, list: &'l mut [T]) -> Sql<&'l mut T> {
        self.item_from(0, list)
    }

    /// The same for a list that starts with place `first`.
    pub(crate) fn item_from<'l, T>(&mut self, first: i64, list: &'l mut [T]) -> Sql<&'l mut T> {
        let stored: i64 = self.take()?;
        usize::try_from(stored.saturating_sub(first))
            .ok()
            .and_then(|index| list.get_mut(index))
            .ok_or_else(|| self.out_of_range(stored))
    }

    fn out_of_range(&self, stored: i64) -> rusqlite::Error {
        rusqlite::Error::IntegralValueOutOfRange(self.next - 1, stored)
    }

    pub(crate) fn word<T>(&mut self, parse: fn(&str) -> Option<T>) -> Sql<T> {
        self.maybe_word(parse)?.ok_or_else(|| {
            rusqlite::Error::FromSqlConversionFailure(
                self.next - 1,
                Type::Null,
                Box::new(FromSqlError::InvalidType),
            )
        })
    }

    pub(crate) fn maybe_word<T>(&mut self, parse: fn(&str) -> Option<T>) -> Sql<Option<T>> {
        self.next += 1;
        let index = self.next - 1;
        let unknown = |error: Box<dyn std::error::Error + Send + Sync>| {
            rusqlite::Error::FromSqlConversionFailure(index, Type::Text, error)
        };
        match self
            .row
            .get_ref(index)?
            .as_str_or_null()
            .map_err(|error| unknown(Box::new(error)))?
        {
            None => Ok(None),
            Some(word) => parse(word).map(Some).ok_or_else(|| {
                unknown(format!("\"{word}\" is not a word of this vocabulary").into())
            }),
        }
    }

    pub(crate) fn span(&mut self) -> Sql<Span> {
        Ok(Span {
            start: self.take()?,
            end: self.take()?,
        })
    }

    pub(crate) fn maybe_span(&mut self) -> Sql<Option<Span>> {
        let (start, end): (Option<u32>, Option<u32>) = (self.take()?, self.take()?);
        Ok(start.zip(end).map(|(start, end)| Span { start, end }))
    }

    /// A number that is never missing; NULL, SQLite's form of it, is not-a-number.
    pub(crate) fn number(&mut self) -> Sql<f64> {
        Ok(self.take::<Option<f64>>()?.unwrap_or(f64::NAN))
    }

    pub(crate) fn time(&mut self) -> Sql<Option<TimeExpr>> {
        let Some(span) = self.maybe_span()? else {
            self.skip(6);
            return Ok(None);
        };
        Ok(Some(TimeExpr {
            span,
            kind: self.word(TimeKind::parse)?,
            value: self.take()?,
            modifier: self.take()?,
            earliest: self.maybe_word(day)?,
            latest: self.maybe_word(day)?,
            anchor: self.word(Anchor::parse)?,
        }))
    }

    pub(crate) fn place(&mut self) -> Sql<Option<Place>> {
        let Some(gazetteer_id) = self.take()? else {
            self.skip(4);
            return Ok(None);
        };
        Ok(Some(Place {
            gazetteer_id,
            name: self.take()?,
            lat: self.number()?,
            lon: self.number()?,
            precision: self.word(Precision::parse)?,
        }))
    }

    pub(crate) fn link(&mut self) -> Sql<Option<ListLink>> {
        let Some(id) = self.take()? else {
            self.skip(1);
            return Ok(None);
        };
        Ok(Some(ListLink {
            id,
            score: self.number()?,
        }))
    }

    pub(crate) fn quantity(&mut self) -> Sql<Quantity> {
        Ok(Quantity {
            span: self.span()?,
            low: self.take()?,
            best: self.take()?,
            high: self.take()?,
            hedge: self.word(Hedge::parse)?,
            unit: self.take()?,
            noun: self.take()?,
            effect: self.maybe_word(Effect::parse)?,
            scope: self.word(Scope::parse)?,
            part: self.take()?,
        })
    }
}

fn day(written: &str) -> Option<jiff::civil::Date> {
    written.parse().ok()
}
