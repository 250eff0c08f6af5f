//! What both engines can bind and return: one Rust type, one form in each engine.
//!
//! An instant is fixed-width UTC text with milliseconds on SQLite, so that text order is time order, and
//! timestamptz on PostgreSQL; a date is ISO text or date; a key is sixteen bytes or uuid.

use std::borrow::Cow;
use std::fmt::Display;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use rusqlite::types::{FromSqlError, ToSqlOutput, Value, ValueRef};
use tokio_postgres::types::{ToSql, Type};
use uuid::Uuid;

use super::Row;
use crate::error::{Error, Kind, Result};
use crate::id::Id;
use crate::named::Named;

/// As SQLite stores it.
pub(super) fn instant_text(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A parameter. Its PostgreSQL type is sent with the statement, so the server never guesses.
pub(crate) trait Param {
    fn sqlite(&self) -> ToSqlOutput<'_>;
    fn postgres(&self) -> &(dyn ToSql + Sync);
    fn postgres_type(&self) -> Type;
    /// Whether the filters that use it are dropped.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value of a result, by the name of its column.
pub(crate) trait Column: Sized {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self, FromSqlError>;
    fn from_postgres(row: &tokio_postgres::Row, name: &str) -> Result<Self>;
}

/// Binds a type and its `Option`.
macro_rules! param {
    ($type:ty, $postgres:ident, |$this:ident| $bind:expr) => {
        impl Param for $type {
            fn sqlite(&self) -> ToSqlOutput<'_> {
                let $this = self;
                $bind
            }
            fn postgres(&self) -> &(dyn ToSql + Sync) {
                self
            }
            fn postgres_type(&self) -> Type {
                Type::$postgres
            }
        }
        impl Param for Option<$type> {
            fn sqlite(&self) -> ToSqlOutput<'_> {
                self.as_ref().map_or(ToSqlOutput::Owned(Value::Null), Param::sqlite)
            }
            fn postgres(&self) -> &(dyn ToSql + Sync) {
                self
            }
            fn postgres_type(&self) -> Type {
                Type::$postgres
            }
            fn is_absent(&self) -> bool {
                self.is_none()
            }
        }
    };
}

macro_rules! value {
    ($($type:ty, $postgres:ident, |$this:ident| $bind:expr, |$value:ident| $read:expr;)*) => {$(
        param! { $type, $postgres, |$this| $bind }
        impl Column for $type {
            fn from_sqlite($value: ValueRef<'_>) -> Result<Self, FromSqlError> {
                $read
            }
            fn from_postgres(row: &tokio_postgres::Row, name: &str) -> Result<Self> {
                Ok(row.try_get(name)?)
            }
        }
        impl Column for Option<$type> {
            fn from_sqlite(value: ValueRef<'_>) -> Result<Self, FromSqlError> {
                if matches!(value, ValueRef::Null) { Ok(None) } else { <$type>::from_sqlite(value).map(Some) }
            }
            fn from_postgres(row: &tokio_postgres::Row, name: &str) -> Result<Self> {
                Ok(row.try_get(name)?)
            }
        }
    )*};
}

value! {
    String, TEXT, |v| ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes())), |v| v.as_str().map(str::to_owned);
    i64, INT8, |v| ToSqlOutput::Owned(Value::Integer(*v)), |v| v.as_i64();
    bool, BOOL, |v| ToSqlOutput::Owned(Value::Integer(i64::from(*v))), |v| v.as_i64().map(|n| n != 0);
    Vec<u8>, BYTEA, |v| ToSqlOutput::Borrowed(ValueRef::Blob(v)), |v| v.as_blob().map(<[u8]>::to_vec);
    DateTime<Utc>, TIMESTAMPTZ, |v| ToSqlOutput::Owned(Value::Text(instant_text(*v))), |v| instant(v);
    NaiveDate, DATE, |v| ToSqlOutput::Owned(Value::Text(v.to_string())), |v| date(v);
}

param! { &str, TEXT, |v| ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes())) }
param! { Cow<'_, str>, TEXT, |v| ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes())) }

impl<N> Param for Id<N> {
    fn sqlite(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Borrowed(ValueRef::Blob(self.uuid().as_bytes()))
    }
    fn postgres(&self) -> &(dyn ToSql + Sync) {
        self.uuid()
    }
    fn postgres_type(&self) -> Type {
        Type::UUID
    }
}

impl<N> Param for Option<Id<N>> {
    fn sqlite(&self) -> ToSqlOutput<'_> {
        self.as_ref().map_or(ToSqlOutput::Owned(Value::Null), Param::sqlite)
    }
    fn postgres(&self) -> &(dyn ToSql + Sync) {
        self.as_ref().map_or(&None::<Uuid>, Param::postgres)
    }
    fn postgres_type(&self) -> Type {
        Type::UUID
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<N> Column for Id<N> {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self, FromSqlError> {
        Uuid::from_slice(value.as_blob()?).map(Id::of).map_err(FromSqlError::other)
    }
    fn from_postgres(row: &tokio_postgres::Row, name: &str) -> Result<Self> {
        Ok(Id::of(row.try_get(name)?))
    }
}

impl<N> Column for Option<Id<N>> {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self, FromSqlError> {
        if matches!(value, ValueRef::Null) { Ok(None) } else { Id::from_sqlite(value).map(Some) }
    }
    fn from_postgres(row: &tokio_postgres::Row, name: &str) -> Result<Self> {
        Ok(row.try_get::<_, Option<Uuid>>(name)?.map(Id::of))
    }
}

impl<T: Named> Param for T {
    fn sqlite(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Borrowed(ValueRef::Text(self.text().as_bytes()))
    }
    fn postgres(&self) -> &(dyn ToSql + Sync) {
        self.text()
    }
    fn postgres_type(&self) -> Type {
        Type::TEXT
    }
}

impl<T: Named> Param for Option<T> {
    fn sqlite(&self) -> ToSqlOutput<'_> {
        self.as_ref().map_or(ToSqlOutput::Owned(Value::Null), Param::sqlite)
    }
    fn postgres(&self) -> &(dyn ToSql + Sync) {
        self.as_ref().map_or(&None::<&str>, Param::postgres)
    }
    fn postgres_type(&self) -> Type {
        Type::TEXT
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Named> Column for T {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self, FromSqlError> {
        let text = value.as_str()?;
        T::from_text(text).ok_or_else(|| FromSqlError::Other(unknown_word(text).into()))
    }
    fn from_postgres(row: &tokio_postgres::Row, name: &str) -> Result<Self> {
        let text: &str = row.try_get(name)?;
        T::from_text(text).ok_or_else(|| unreadable(name, &unknown_word(text)))
    }
}

impl<T: Named> Column for Option<T> {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self, FromSqlError> {
        if matches!(value, ValueRef::Null) { Ok(None) } else { T::from_sqlite(value).map(Some) }
    }
    fn from_postgres(row: &tokio_postgres::Row, name: &str) -> Result<Self> {
        let text: Option<&str> = row.try_get(name)?;
        text.map(|_| T::from_postgres(row, name)).transpose()
    }
}

fn unknown_word(text: &str) -> String {
    format!("it holds `{text}`")
}

fn unreadable(column: &str, error: &impl Display) -> Error {
    Error::new(Kind::Environment, "database.corrupt", format!("column `{column}` cannot be read: {error}"))
        .hint("the database was changed outside this program or is damaged: compare it with a backup")
}

fn instant(value: ValueRef<'_>) -> Result<DateTime<Utc>, FromSqlError> {
    let instant = DateTime::parse_from_rfc3339(value.as_str()?).map_err(FromSqlError::other)?;
    Ok(instant.to_utc())
}

fn date(value: ValueRef<'_>) -> Result<NaiveDate, FromSqlError> {
    value.as_str()?.parse().map_err(FromSqlError::other)
}

impl Row<'_> {
    /// Fails if the column is missing or holds another type, an error in the program or the file.
    pub(crate) fn get<T: Column>(&self, name: &str) -> Result<T> {
        match self {
            Row::Sqlite(row, names) => {
                let place = names.iter().position(|known| *known == name);
                let place = place.ok_or_else(|| rusqlite::Error::InvalidColumnName(name.to_owned()))?;
                let value = row.get_ref(place)?;
                T::from_sqlite(value).map_err(|error| unreadable(name, &error))
            }
            Row::Postgres(row) => T::from_postgres(row, name),
        }
    }
}
