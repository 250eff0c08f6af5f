//! A PostgreSQL server, as far as the role may see it.

use super::{OpenTransaction, Replica, ServerHealth};
use crate::db::postgres;
use crate::error::{Error, Kind, Result};

const FACTS: &str = "\
SELECT pg_database_size(current_database()),
    current_setting('server_version_num')::bigint, current_setting('server_version'),
    current_user::text, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
    has_table_privilege('audit', 'UPDATE') OR has_table_privilege('audit', 'DELETE'),
    COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), FALSE),
    (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
    current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint,
    CASE WHEN NOT pg_is_in_recovery() THEN NULL
        WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
        ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::bigint END,
    (SELECT age(datfrozenxid)::bigint FROM pg_database WHERE datname = current_database()),
    current_setting('autovacuum_freeze_max_age')::bigint,
    array_remove(ARRAY[
        CASE WHEN current_setting('fsync') = 'off' THEN 'fsync' END,
        CASE WHEN current_setting('full_page_writes') = 'off' THEN 'full_page_writes' END,
        CASE WHEN current_setting('synchronous_commit') = 'off' THEN 'synchronous_commit' END], NULL)";

const REPLICAS: &str = "\
SELECT COALESCE(NULLIF(application_name, ''), host(client_addr), 'a replica'),
    COALESCE(extract(epoch FROM replay_lag)::bigint, 0)
FROM pg_stat_replication ORDER BY 1";

const OPEN_TRANSACTIONS: &str = "\
SELECT pid::bigint, COALESCE(usename::text, ''), extract(epoch FROM clock_timestamp() - xact_start)::bigint
FROM pg_stat_activity
WHERE datname = current_database() AND state LIKE 'idle in transaction%' AND xact_start IS NOT NULL
ORDER BY xact_start";

/// The timeline of a standby is that which it has got so far.
const STATE: &str = "\
SELECT (SELECT system_identifier::text FROM pg_control_system()),
    CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id::bigint FROM pg_control_checkpoint())
        ELSE ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::bigint END";

/// The identifier of the system and its timeline; none where the server does not say.
pub(super) fn state(database: &mut postgres::Database) -> Result<Option<(String, i64)>> {
    let read = |row: &tokio_postgres::Row| {
        let (system, timeline): (Option<String>, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
        Ok(system.zip(timeline))
    };
    match database.catalogue(STATE, read) {
        Ok(mut found) => Ok(found.pop().flatten()),
        // Services that others run may keep that to themselves.
        Err(error) if error.kind() == Kind::Busy => Err(error),
        Err(_) => Ok(None),
    }
}

pub(super) fn health(database: &mut postgres::Database, is_local: bool) -> Result<ServerHealth> {
    let replicas = database
        .catalogue(REPLICAS, |row| Ok(Replica { name: row.try_get(0)?, seconds_behind: row.try_get(1)? }))?;
    let open_transactions = database.catalogue(OPEN_TRANSACTIONS, |row| {
        Ok(OpenTransaction { process: row.try_get(0)?, role: row.try_get(1)?, seconds: row.try_get(2)? })
    })?;
    let mut facts = database.catalogue(FACTS, |row| {
        Ok(ServerHealth {
            bytes: row.try_get::<_, i64>(0)?.unsigned_abs(),
            version: row.try_get(1)?,
            version_name: row.try_get(2)?,
            role: row.try_get(3)?,
            is_superuser: row.try_get(4)?,
            may_change_trail: row.try_get(5)?,
            is_encrypted: row.try_get(6)?,
            is_local,
            connections: row.try_get(7)?,
            most_connections: row.try_get(8)?,
            replicas: Vec::new(),
            seconds_behind: row.try_get(9)?,
            open_transactions: Vec::new(),
            unsafe_settings: row.try_get(12)?,
            transaction_age: row.try_get(10)?,
            most_transaction_age: row.try_get(11)?,
        })
    })?;
    let facts = facts.pop().ok_or_else(|| Error::internal("a query without a table returned no row"))?;
    Ok(ServerHealth { replicas, open_transactions, ..facts })
}
