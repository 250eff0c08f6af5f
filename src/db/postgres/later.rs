//! What ends a change: statements whose result is not looked at, which go to the server in one journey with its commit. All other
//! changes wait until that has come back, so each journey less is a shorter wait for them.

use std::mem;

use bytes::BytesMut;
use futures_util::future::{join, try_join_all};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, Error};

use super::link::answered;
use super::{Session, State, watch};
use crate::db::error::{self, Ended};
use crate::db::{Param, Params, interrupt};
use crate::error::{Error as Failure, Result};

const COMMIT: &str = "COMMIT";
const RELEASE: &str = "RELEASE SAVEPOINT part";

/// A statement with its values.
pub(super) struct Later {
    sql: String,
    values: Vec<(Encoded, Type)>,
}

/// A value as it goes over the wire; none is NULL.
#[derive(Debug)]
struct Encoded(Option<BytesMut>);

impl ToSql for Encoded {
    fn to_sql(
        &self, _: &Type, out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        Ok(match &self.0 {
            Some(bytes) => {
                out.extend_from_slice(bytes);
                IsNull::No
            }
            None => IsNull::Yes,
        })
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Later {
    fn of(sql: &str, params: Params<'_>) -> Result<Self> {
        let encode = |value: &&dyn Param| {
            let (mut bytes, kind) = (BytesMut::new(), value.postgres_type());
            let is_null = value.postgres().to_sql_checked(&kind, &mut bytes);
            let is_null = is_null.map_err(|error| Failure::internal(error.to_string()))?;
            Ok((Encoded(matches!(is_null, IsNull::No).then_some(bytes)), kind))
        };
        Ok(Later { sql: sql.to_owned(), values: params.iter().map(encode).collect::<Result<_>>()? })
    }

    async fn run(&self, client: &Client) -> Result<(), Error> {
        let values: Vec<(&(dyn ToSql + Sync), Type)> =
            self.values.iter().map(|(value, kind)| (value as &(dyn ToSql + Sync), kind.clone())).collect();
        client.execute_typed(&self.sql, &values).await.map(drop)
    }
}

/// A server that refuses a commit has rolled back; one that is shut down, or does not answer, may have committed before.
fn ended(error: Error) -> Ended {
    let is_refused = error.code().is_some_and(|code| !code.code().starts_with("57P"));
    let how = if is_refused { Ended::RolledBack } else { Ended::Open };
    how(error.into())
}

impl Session<'_> {
    /// Runs it before whatever comes next, at best together with the commit.
    pub(in crate::db) fn run_later(&mut self, sql: &str, params: Params<'_>) -> Result<()> {
        self.begin(false)?;
        self.later.push(Later::of(sql, params)?);
        Ok(())
    }

    /// Ends the transaction with what is still to be run. Where a statement fails, the server rolls back.
    pub(in crate::db) fn commit(mut self) -> Result<(), Ended> {
        if !matches!(self.state, State::Open) {
            return Ok(());
        }
        let (later, limit, is_part) = (mem::take(&mut self.later), self.commit_limit, self.is_part);
        let text = match (is_part, *self.announces) {
            (true, _) => RELEASE,
            (false, true) => watch::ANNOUNCED,
            (false, false) => COMMIT,
        };
        let mut end = || {
            self.state = State::Over;
            let answer = self.link.run(async |client| {
                let statements = try_join_all(later.iter().map(|one| one.run(client)));
                let both = join(statements, client.batch_execute(text));
                answered(limit, async { Ok::<_, Failure>(both.await) }).await
            });
            let (done, committed) = answer.map_err(Ended::Open)?;
            if self.link.takes_unconfirmed() {
                return Err(Ended::Open(error::unconfirmed()));
            }
            if done.is_err() {
                // What began is rolled back with this value.
                self.state = State::Open;
            }
            done.and(committed).map_err(ended)
        };
        if !is_part {
            return interrupt::commit(end);
        }
        // The whole decides.
        end().map_err(|ended| match ended {
            Ended::Open(error) | Ended::RolledBack(error) => Ended::RolledBack(error),
        })
    }

    /// Runs what is still to be run.
    pub(in crate::db) fn flush(&mut self) -> Result<()> {
        if self.later.is_empty() {
            return Ok(());
        }
        let (later, limit) = (mem::take(&mut self.later), self.limit);
        self.link.run(async |client| {
            answered(limit, try_join_all(later.iter().map(|one| one.run(client)))).await.map(drop)
        })
    }
}
