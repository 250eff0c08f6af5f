//! A value as it is copied: what SQLite stores is the form that both engines have in common.

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use rusqlite::types::ValueRef;
use uuid::Uuid;

use crate::db::value::instant_text;
use crate::db::{Param, Row};
use crate::error::{Error, Kind as Of, Result};
use crate::id::Id;

/// What a column holds, by its declared type. On SQLite several are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Id,
    Bytes,
    Instant,
    Day,
    Boolean,
    Integer,
    Text,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Null,
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Kind {
    /// None if a column of this type cannot be copied.
    pub(super) fn of(declared: &str) -> Option<Kind> {
        Some(match declared {
            "UUID" => Kind::Id,
            "BYTEA" | "BLOB" => Kind::Bytes,
            "TIMESTAMP WITH TIME ZONE" => Kind::Instant,
            "DATE" => Kind::Day,
            "BOOLEAN" => Kind::Boolean,
            "BIGINT" | "INTEGER" => Kind::Integer,
            "TEXT" => Kind::Text,
            _ => return None,
        })
    }
}

impl Cell {
    /// The value at a place of a row.
    pub(super) fn read(row: &Row<'_>, place: usize, kind: Kind) -> Result<Cell> {
        match row {
            Row::Sqlite(row, _) => Ok(match row.get_ref(place)? {
                ValueRef::Null => Cell::Null,
                ValueRef::Integer(number) => Cell::Integer(number),
                ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
                value @ ValueRef::Text(_) => Cell::Text(value.as_str().map_err(unreadable)?.to_owned()),
                ValueRef::Real(_) => return Err(unreadable("it holds a fraction")),
            }),
            Row::Postgres(row) => Cell::of_server(row, place, kind),
        }
    }

    fn of_server(row: &tokio_postgres::Row, place: usize, kind: Kind) -> Result<Cell> {
        let text = |text: Option<String>| text.map_or(Cell::Null, Cell::Text);
        Ok(match kind {
            Kind::Id => {
                let id: Option<Uuid> = row.try_get(place)?;
                id.map_or(Cell::Null, |id| Cell::Bytes(id.as_bytes().to_vec()))
            }
            Kind::Bytes => row.try_get::<_, Option<Vec<u8>>>(place)?.map_or(Cell::Null, Cell::Bytes),
            Kind::Instant => {
                text(row.try_get::<_, Option<DateTime<Utc>>>(place)?.map(in_milliseconds).transpose()?)
            }
            Kind::Day => text(row.try_get::<_, Option<NaiveDate>>(place)?.map(|day| day.to_string())),
            Kind::Boolean => {
                let is_so: Option<bool> = row.try_get(place)?;
                is_so.map_or(Cell::Null, |is_so| Cell::Integer(i64::from(is_so)))
            }
            Kind::Integer => row.try_get::<_, Option<i64>>(place)?.map_or(Cell::Null, Cell::Integer),
            Kind::Text => text(row.try_get(place)?),
        })
    }

    /// As a parameter for a column of this kind.
    pub(super) fn into_param(self, kind: Kind, is_sqlite: bool) -> Result<Box<dyn Param>> {
        let kind = match &self {
            Cell::Bytes(_) if is_sqlite => Kind::Bytes,
            Cell::Text(_) if is_sqlite => Kind::Text,
            Cell::Integer(_) | Cell::Null if is_sqlite => Kind::Integer,
            _ => kind,
        };
        Ok(match kind {
            Kind::Id => Box::new(self.bytes()?.map(|bytes| uuid(&bytes)).transpose()?.map(Id::<()>::of)),
            Kind::Bytes => Box::new(self.bytes()?),
            Kind::Instant => Box::new(self.text()?.map(|text| instant(&text)).transpose()?),
            Kind::Day => Box::new(self.text()?.map(|text| day(&text)).transpose()?),
            Kind::Boolean => Box::new(self.integer()?.map(boolean).transpose()?),
            Kind::Integer => Box::new(self.integer()?),
            Kind::Text => Box::new(self.text()?),
        })
    }

    fn bytes(self) -> Result<Option<Vec<u8>>> {
        match self {
            Cell::Null => Ok(None),
            Cell::Bytes(bytes) => Ok(Some(bytes)),
            _ => Err(unreadable("it holds no bytes")),
        }
    }

    fn integer(self) -> Result<Option<i64>> {
        match self {
            Cell::Null => Ok(None),
            Cell::Integer(number) => Ok(Some(number)),
            _ => Err(unreadable("it holds no number")),
        }
    }

    pub(super) fn text(self) -> Result<Option<String>> {
        match self {
            Cell::Null => Ok(None),
            Cell::Text(text) => Ok(Some(text)),
            _ => Err(unreadable("it holds no text")),
        }
    }

    /// How much memory it takes, about.
    pub(super) fn size(&self) -> usize {
        match self {
            Cell::Null | Cell::Integer(_) => 8,
            Cell::Text(text) => text.len(),
            Cell::Bytes(bytes) => bytes.len(),
        }
    }
}

fn unreadable(why: impl std::fmt::Display) -> Error {
    Error::new(Of::Environment, "database.corrupt", format!("a value cannot be copied: {why}"))
        .hint("the database was changed outside this program or is damaged: compare it with a backup")
}

/// The program stores no finer ones, and SQLite could not compare them.
pub(super) fn in_milliseconds(at: DateTime<Utc>) -> Result<String> {
    if at.nanosecond().is_multiple_of(1_000_000) {
        return Ok(instant_text(at));
    }
    Err(unreadable(format!("{at} is finer than a millisecond")))
}

pub(super) fn instant(text: &str) -> Result<DateTime<Utc>> {
    Ok(DateTime::parse_from_rfc3339(text).map_err(unreadable)?.to_utc())
}

fn day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(unreadable)
}

fn uuid(bytes: &[u8]) -> Result<Uuid> {
    Uuid::from_slice(bytes).map_err(unreadable)
}

fn boolean(number: i64) -> Result<bool> {
    match number {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(unreadable(format!("{number} is neither true nor false"))),
    }
}
