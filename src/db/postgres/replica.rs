//! Reading from a standby, and how far that is behind.

use tokio_postgres::Client;

use super::Database;
use super::connect::{self, Refusal};
use super::link::{Link, answered};
use crate::db::location::Server;
use crate::db::parameters::Session;
use crate::db::standby::Standby;
use crate::error::Result;

/// A standby that is farther behind is read only where no primary answers.
const MOST_SECONDS_BEHIND: i64 = 10;

/// A standby that has replayed all it received has what there was at that time, also where nothing was changed for long. Without
/// a connection to the primary only what it replayed last says how old it is.
const BEHIND: &str = "\
SELECT CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() AND EXISTS (SELECT FROM pg_stat_wal_receiver) THEN 0
    ELSE ceil(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()))::bigint END";

/// Connects to the standby that is wanted, or to another server if there is none; whether it is one.
pub(super) fn connect(server: &Server) -> Result<(Link, bool)> {
    let mut farther = None;
    for mut link in connect::each_of_kind(server, Session::Standby) {
        match seconds_behind(&mut link, server) {
            Ok(Some(seconds)) if seconds <= MOST_SECONDS_BEHIND => return Ok((link, true)),
            // Not one that has just been promoted.
            Ok(seconds) => farther = farther.or(seconds.map(|_| link)),
            Err(_) => {}
        }
    }
    let Some(replica) = farther else { return Ok((connect::connect(server)?, false)) };
    match connect::of_kind(server, Session::Primary) {
        Ok(primary) => Ok((primary, false)),
        Err(Refusal { .. }) => Ok((replica, true)),
    }
}

fn seconds_behind(link: &mut Link, server: &Server) -> Result<Option<i64>> {
    let limit = server.limits.of_answer();
    link.run(async |client: &Client| {
        Ok(answered(limit, client.query_typed_one(BEHIND, &[])).await?.try_get(0)?)
    })
}

impl Database {
    /// The standby that is read in place of the primary, and how far it is behind; none if it is another server.
    pub(in crate::db) fn standby(&mut self) -> Result<Option<Standby>> {
        if !self.is_on_replica {
            return Ok(None);
        }
        let seconds_behind = seconds_behind(&mut self.link, &self.server)?;
        Ok(Some(Standby { host: self.link.host().to_owned(), seconds_behind }))
    }
}
