//! PostgreSQL, for more than one machine.

use anyhow::Context as _;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{ToSql, Type};
use postgres::{Client, GenericClient, IsolationLevel, NoTls, Statement, Transaction};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::error::Ended;
use super::location::{Encryption, Server};
use super::{Param, Params, Row, text};
use crate::error::{Error, Kind, Result};

/// A statement holds at most 65,535 values.
const MOST_VALUES: usize = 65_535;
const ROWS_AT_ONCE: usize = 500;

pub(crate) struct Database {
    client: Client,
    prepared: Cache,
}

type Cache = HashMap<String, Statement>;

/// A transaction and the prepared statements of its connection.
pub(super) struct Session<'a> {
    tx: Transaction<'a>,
    prepared: &'a mut Cache,
}

impl Database {
    pub(super) fn connect(server: &Server) -> Result<Self> {
        let client = match &server.encryption {
            Encryption::Off => server.config.connect(NoTls)?,
            Encryption::Verified { authorities } => {
                let mut config = server.config.clone();
                config.ssl_mode(postgres::config::SslMode::Require);
                config.connect(encrypted(authorities.as_deref())?)?
            }
        };
        Ok(Database { client, prepared: Cache::new() })
    }

    /// Every change appends to one audit chain, so writers are serialised: a lock taken before the snapshot
    /// queues them, instead of serialisation failures and retries. Readers are not affected.
    pub(super) fn begin_writing(&mut self) -> Result<Session<'_>> {
        let mut tx = self.client.build_transaction().isolation_level(IsolationLevel::Serializable).start()?;
        tx.batch_execute(
            "SET LOCAL lock_timeout = '30s'; LOCK TABLE schema_migration IN SHARE ROW EXCLUSIVE MODE",
        )?;
        Ok(Session { tx, prepared: &mut self.prepared })
    }

    pub(super) fn begin_reading(&mut self) -> Result<Session<'_>> {
        let level = IsolationLevel::RepeatableRead;
        let tx = self.client.build_transaction().isolation_level(level).read_only(true).start()?;
        Ok(Session { tx, prepared: &mut self.prepared })
    }

    /// The lock is of this program and the schema, and waited for before the first look at what there is.
    pub(super) fn begin_migration(&mut self) -> Result<Session<'_>> {
        let mut tx =
            self.client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start()?;
        tx.batch_execute(
            "SET LOCAL lock_timeout = '30s'; SELECT pg_advisory_xact_lock(1667330661, hashtext(current_schema()))",
        )?;
        Ok(Session { tx, prepared: &mut self.prepared })
    }

    /// As [`Session::version`].
    pub(super) fn version(&mut self) -> Result<Option<i64>> {
        version(&mut self.client)
    }

    /// The first of these tables that another role owns.
    pub(super) fn not_owned(&mut self, tables: &[&str]) -> Result<Option<String>> {
        let query = "SELECT relname::text FROM pg_class WHERE relname = ANY($1) AND relkind = 'r' AND pg_table_is_visible(oid)
            AND NOT pg_has_role(relowner, 'USAGE') ORDER BY relname LIMIT 1";
        let found = self.client.query_opt(query, &[&tables])?;
        found.map(|row| Ok(row.try_get(0)?)).transpose()
    }

    /// Writes these tables and their indexes anew.
    pub(super) fn rewrite(&mut self, tables: &[&str]) -> Result<()> {
        self.client.batch_execute("SET lock_timeout = '30s'")?;
        // Not in one text, which would be one transaction.
        tables
            .iter()
            .try_for_each(|table| Ok(self.client.batch_execute(&format!("VACUUM (FULL) {table}"))?))
    }
}

/// The crypto provider is named, since the library panics if it cannot choose one.
fn encrypted(authorities: Option<&Path>) -> Result<MakeRustlsConnect> {
    let mut roots = rustls::RootCertStore::empty();
    match authorities {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(path) => {
            for certificate in CertificateDer::pem_file_iter(path).map_err(|error| unreadable(path, error))? {
                let certificate = certificate.map_err(|error| unreadable(path, error))?;
                roots.add(certificate).map_err(|error| unreadable(path, error))?;
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .context("encryption cannot be set up")?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn unreadable(path: &Path, source: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(
        Kind::Environment,
        "database.authorities",
        format!("`{}` holds no certificates: {source}", path.display()),
    )
    .because(source)
    .hint("sslrootcert names a PEM file with the authorities of the server's certificate")
}

/// A server that refuses a commit has rolled back; one that is shut down, or does not answer, may have committed before.
pub(super) fn ended(error: postgres::Error) -> Ended {
    let is_refused = error.code().is_some_and(|code| !code.code().starts_with("57P"));
    let how = if is_refused { Ended::RolledBack } else { Ended::Open };
    how(error.into())
}

/// The newest step in `schema_migration`; none if that table is missing or empty.
fn version(client: &mut impl GenericClient) -> Result<Option<i64>> {
    let known = client.query_one("SELECT to_regclass('schema_migration') IS NOT NULL", &[])?;
    if !known.try_get::<_, bool>(0)? {
        return Ok(None);
    }
    Ok(client.query_one("SELECT max(version) FROM schema_migration", &[])?.try_get(0)?)
}

impl Session<'_> {
    /// The schema, in steps; none if there is none of ours.
    pub(super) fn version(&mut self) -> Result<Option<i64>> {
        version(&mut self.tx)
    }

    /// Runs schema text.
    pub(super) fn script(&mut self, text: &str) -> Result<()> {
        Ok(self.tx.batch_execute(text)?)
    }

    pub(super) fn commit(self) -> Result<(), postgres::Error> {
        self.tx.commit()
    }

    pub(super) fn rollback(self) -> Result<()> {
        Ok(self.tx.rollback()?)
    }

    fn prepare(&mut self, sql: &str, params: Params<'_>) -> Result<Statement> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let types: Vec<Type> = params.iter().map(|value| value.postgres_type()).collect();
        let statement = self.tx.prepare_typed(sql, &types)?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn each(
        &mut self, sql: &str, params: Params<'_>, row: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let statement = self.prepare(sql, params)?;
        let values = params.iter().map(|value| value.postgres() as &dyn ToSql);
        let mut rows = self.tx.query_raw(&statement, values)?;
        while let Some(found) = rows.next()? {
            row(&Row::Postgres(&found))?;
        }
        Ok(())
    }

    pub(super) fn run(&mut self, sql: &str, params: Params<'_>) -> Result<u64> {
        let statement = self.prepare(sql, params)?;
        let values: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value.postgres()).collect();
        Ok(self.tx.execute(&statement, &values)?)
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
