//! PostgreSQL, for more than one machine.
//!
//! No statement has a name on the server, so that a pooler may give each transaction another connection.

mod changes;
mod connect;
mod joined;
mod later;
mod link;
mod maintenance;
mod replica;
mod watch;

use std::mem;
use std::pin::pin;
use std::time::{Duration, Instant};

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use futures_util::StreamExt as _;
use futures_util::future::join4;
use tokio_postgres::types::{ToSql, Type};

use self::later::Later;
use self::link::{Link, answered};
use super::error::Ended;
use super::limits::{self, Limits};
use super::location::Server;
use super::{Param, Params, Row, error, text};
use crate::error::Result;

/// A statement holds at most 65,535 values.
const MOST_VALUES: usize = 65_535;
const ROWS_AT_ONCE: usize = 500;

const PART: &str = "SAVEPOINT part";
const ROLLBACK_OF_A_PART: &str = "ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part";

pub(crate) struct Database {
    link: Link,
    server: Server,
    limits: Limits,
    session: SessionSettings,
    /// Whether a standby is read in place of the primary.
    is_on_replica: bool,
    /// Whether that was so before the first change.
    has_left_replica: bool,
    /// Whether a transaction is open, of which all others are parts.
    is_joined: bool,
    /// Whether the present transaction tells those who listen that it changed something.
    announces: bool,
    /// The notifications that are known.
    heard: u64,
}

/// What the server has for this role and database.
struct SessionSettings {
    is_standby: bool,
    /// Whether transactions only read unless they say otherwise.
    is_read_only: bool,
    /// Of `lock_timeout`, `statement_timeout` and `idle_in_transaction_session_timeout`: whether there is one.
    has_limit: [bool; 3],
    clock: Option<ServerClock>,
}

/// What the clock of the server said at an instant of this run.
#[derive(Clone, Copy)]
struct ServerClock {
    said: DateTime<Utc>,
    at: Instant,
}

/// A transaction, or a part of one. It begins with its first statement, and ends with this value.
pub(super) struct Session<'a> {
    link: &'a mut Link,
    is_part: bool,
    state: State,
    /// What sets something for the transaction, and is sent together with its next statement.
    settings: Option<String>,
    /// What is sent together with what comes next.
    later: Vec<Later>,
    /// How long each answer may take.
    limit: Duration,
    commit_limit: Duration,
    clock: Option<ServerClock>,
    announces: &'a mut bool,
    /// Whether a replica was read before it.
    follows_replica: bool,
}

enum State {
    /// What begins it has not been sent.
    Before(String),
    Open,
    Over,
}

impl Database {
    pub(super) fn connect(server: &Server) -> Result<Self> {
        let session =
            SessionSettings { is_standby: false, is_read_only: false, has_limit: [false; 3], clock: None };
        let (link, is_on_replica) = if server.reads_from_replica {
            replica::connect(server)?
        } else {
            (connect::connect(server)?, false)
        };
        Ok(Database {
            link,
            server: server.clone(),
            limits: server.limits,
            session,
            is_on_replica,
            has_left_replica: false,
            is_joined: false,
            announces: false,
            heard: 0,
        })
    }

    /// Every change appends to one audit chain, so writers are serialised: a lock taken before the snapshot
    /// queues them, instead of serialisation failures and retries. Readers are not affected.
    pub(super) fn begin_writing(&mut self) -> Result<Session<'_>> {
        if self.is_joined {
            return Ok(self.session(PART.to_owned(), self.writing_limit()));
        }
        self.must_take_changes()?;
        self.announces = false;
        Ok(self.session(self.writing(), self.writing_limit()))
    }

    fn writing(&self) -> String {
        format!(
            "BEGIN ISOLATION LEVEL SERIALIZABLE; {}LOCK TABLE schema_migration IN SHARE ROW EXCLUSIVE MODE",
            self.settings()
        )
    }

    fn writing_limit(&self) -> Duration {
        self.limits.of_lock() + self.limits.of_statement() + limits::JOURNEY
    }

    pub(super) fn begin_reading(&mut self) -> Session<'_> {
        if self.is_joined {
            let begin = format!("{PART}; SET LOCAL transaction_read_only = on");
            return self.session(begin, self.limits.of_statement() + limits::JOURNEY);
        }
        let mut begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY".to_owned();
        // Only if asked for: what is read slowly, such as by a pager, is one long statement to the server.
        if let Some(limit) = self.limits.statement {
            begin += &format!("; SET LOCAL statement_timeout = {}", limit.as_millis());
        }
        let limit = self.limits.of_statement() + limits::JOURNEY;
        self.session(begin, limit)
    }

    /// The lock is of this program and the schema, and waited for before the first look at what there is.
    pub(super) fn begin_migration(&mut self) -> Result<Session<'_>> {
        self.leave_replica()?;
        let wait = self.limits.of_lock();
        let begin = format!(
            "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = {}; SET LOCAL statement_timeout = {}; \
             SELECT pg_advisory_xact_lock(1667330661, hashtext(current_schema()))",
            wait.as_millis().max(1),
            limits::MAINTENANCE.as_millis()
        );
        Ok(self.session(begin, wait + limits::MAINTENANCE + limits::JOURNEY))
    }

    fn session(&mut self, begin: String, limit: Duration) -> Session<'_> {
        let commit_limit = self.limits.of_answer();
        let clock = self.session.clock;
        Session {
            link: &mut self.link,
            is_part: self.is_joined,
            state: State::Before(begin),
            settings: None,
            later: Vec::new(),
            limit,
            commit_limit,
            clock,
            announces: &mut self.announces,
            follows_replica: self.has_left_replica,
        }
    }

    /// The limits of a change: what was asked for, else what the server has, else ours.
    fn settings(&self) -> String {
        let Limits { statement, idle, .. } = self.limits;
        let wanted = [
            ("lock_timeout", self.limits.lock(), limits::LOCK),
            ("statement_timeout", statement, limits::STATEMENT),
            ("idle_in_transaction_session_timeout", idle, limits::IDLE),
        ];
        let set = wanted.iter().zip(self.session.has_limit).filter_map(|((name, limit, ours), has_limit)| {
            let limit = limit.or((!has_limit).then_some(*ours))?;
            // To the server 0 is no limit.
            Some(format!("SET LOCAL {name} = {}; ", limit.as_millis().max(1)))
        });
        set.collect()
    }

    /// The newest step in `schema_migration`; none if that table is missing.
    pub(super) fn version(&mut self) -> Result<Option<i64>> {
        let query = "SELECT max(version), pg_is_in_recovery(), current_setting('lock_timeout') <> '0', \
            current_setting('statement_timeout') <> '0', \
            current_setting('idle_in_transaction_session_timeout') <> '0', clock_timestamp(), \
            current_setting('transaction_read_only') = 'on' FROM schema_migration";
        let limit = self.limits.of_answer();
        let found = self.link.run(async |client| {
            let row = answered(limit, client.query_typed_one(query, &[])).await?;
            let has_limit = [row.try_get(2)?, row.try_get(3)?, row.try_get(4)?];
            let clock = Some(ServerClock { said: row.try_get(5)?, at: Instant::now() });
            let (is_standby, is_read_only) = (row.try_get(1)?, row.try_get(6)?);
            Ok((row.try_get(0)?, SessionSettings { is_standby, is_read_only, has_limit, clock }))
        });
        match found {
            Ok((version, session)) => {
                self.session = session;
                Ok(version)
            }
            Err(error) if error.code() == error::NO_TABLE => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What the server says of itself.
    pub(super) fn catalogue<T>(
        &mut self, query: &str, read: impl Fn(&tokio_postgres::Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        let limit = self.limits.of_answer();
        self.link.run(async |client| {
            let rows = answered(limit, client.query_typed(query, &[])).await?;
            rows.iter().map(&read).collect()
        })
    }
}

impl Session<'_> {
    /// The schema, in steps; none if there is none of ours. Within a transaction a query of a table that is missing would end it, and
    /// a name that was looked up before may not be looked up again, so the catalogue is read.
    pub(super) fn version(&mut self) -> Result<Option<i64>> {
        let is_there =
            "SELECT relname FROM pg_class WHERE relname = 'schema_migration' AND pg_table_is_visible(oid)";
        let (mut count, mut version) = (0, None);
        self.each(is_there, &[], &mut |_| {
            count += 1;
            Ok(())
        })?;
        if count > 0 {
            self.each("SELECT max(version) AS version FROM schema_migration", &[], &mut |row| {
                version = row.get("version")?;
                Ok(())
            })?;
        }
        Ok(version)
    }

    pub(super) fn follows_replica(&self) -> bool {
        self.follows_replica
    }

    /// What the clock of the server says now, by what it said when the connection began.
    pub(super) fn clock(&self) -> Option<DateTime<Utc>> {
        let ServerClock { said, at } = self.clock?;
        let now = said.checked_add_signed(TimeDelta::from_std(at.elapsed()).ok()?)?;
        Some(now.trunc_subsecs(3))
    }

    /// Runs schema text.
    pub(super) fn script(&mut self, text: &str) -> Result<()> {
        self.begin(false)?;
        self.flush()?;
        self.link.batch(self.limit, text)
    }

    /// Begins the transaction, which goes on after this value.
    fn open(mut self) -> Result<()> {
        self.begin(false)?;
        self.state = State::Over;
        Ok(())
    }

    /// Settings of this transaction, in place of earlier ones that were not sent yet.
    pub(super) fn set(&mut self, settings: String) {
        self.settings = Some(settings);
    }

    /// What begins the transaction and sets something for it, to be sent together with a query. Before a change it is sent alone, so
    /// that a change never runs outside of a transaction that could not begin.
    fn begin(&mut self, is_query: bool) -> Result<Option<String>> {
        let begin = match mem::replace(&mut self.state, State::Open) {
            State::Before(begin) => Some(begin),
            State::Open | State::Over => None,
        };
        let text = match (begin, self.settings.take()) {
            (Some(begin), Some(settings)) => Some(format!("{begin}; {settings}")),
            (begin, settings) => begin.or(settings),
        };
        match text {
            Some(text) if !is_query => self.link.batch(self.limit, &text).map(|()| None),
            text => Ok(text),
        }
    }

    pub(super) fn each(
        &mut self, sql: &str, params: Params<'_>, row: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.each_of((sql, params), [None, None], &mut |_, found| row(found))
    }

    /// Up to three queries in one journey; each row comes with the place of its query.
    pub(super) fn each_of(
        &mut self, one: (&str, Params<'_>), others: [Option<(&str, Params<'_>)>; 2],
        row: &mut dyn FnMut(usize, &Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let all = [Some(one), others[0], others[1]];
        let is_query = all.iter().flatten().all(|(sql, _)| text::is_query(sql));
        self.flush()?;
        let (begin, limit) = (self.begin(is_query)?, self.limit);
        let streams = self.link.run(async |client| {
            let begun = async {
                match &begin {
                    Some(begin) => client.batch_execute(begin).await,
                    None => Ok(()),
                }
            };
            let ask = async |(sql, params): (&str, Params<'_>)| {
                let values =
                    params.iter().map(|value| (value.postgres() as &dyn ToSql, value.postgres_type()));
                client.query_typed_raw(sql, values).await
            };
            let ask_if = async |other: Option<(&str, Params<'_>)>| match other {
                Some(other) => Some(ask(other).await),
                None => None,
            };
            let answers = join4(begun, ask(one), ask_if(others[0]), ask_if(others[1]));
            let answers = answered(limit, async { Ok::<_, tokio_postgres::Error>(answers.await) });
            let (begun, first, second, third) = answers.await?;
            begun?;
            let streams = [Some(first), second, third].into_iter().flatten();
            Ok(streams.collect::<std::result::Result<Vec<_>, _>>()?)
        })?;
        // What is done with a row may ask another server, which can wait only where none is waited for.
        for (place, rows) in streams.into_iter().enumerate() {
            let mut rows = pin!(rows.ready_chunks(ROWS_AT_ONCE));
            let mut next = || {
                let some = async { rows.next().await.map(|some| some.into_iter().collect()).transpose() };
                self.link.run(async |_| answered::<Option<Vec<_>>, tokio_postgres::Error>(limit, some).await)
            };
            while let Some(some) = next()? {
                some.iter().try_for_each(|found| row(place, &Row::Postgres(found)))?;
            }
        }
        Ok(())
    }

    pub(super) fn run(&mut self, sql: &str, params: Params<'_>) -> Result<u64> {
        self.begin(false)?;
        self.flush()?;
        let limit = self.limit;
        let values: Vec<(&(dyn ToSql + Sync), Type)> =
            params.iter().map(|value| (value.postgres(), value.postgres_type())).collect();
        self.link.run(async |client| answered(limit, client.execute_typed(sql, &values)).await)
    }

    pub(super) fn bulk<'r, R, const N: usize>(
        &mut self, sql: &str, rows: &'r [R], values: &impl Fn(&'r R) -> [&'r dyn Param; N],
    ) -> Result<()> {
        for chunk in rows.chunks(ROWS_AT_ONCE.min(MOST_VALUES / N.max(1))) {
            let params: Vec<&dyn Param> = chunk.iter().flat_map(values).collect();
            self.run(&text::repeat_values(sql, N, chunk.len()), &params)?;
        }
        Ok(())
    }
}

impl Drop for Session<'_> {
    /// Rolls back what began and was not committed.
    fn drop(&mut self) {
        if let State::Open = self.state {
            self.link.send(if self.is_part { ROLLBACK_OF_A_PART } else { "ROLLBACK" });
        }
    }
}
