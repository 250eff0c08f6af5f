//! Which server of an address a run talks to, and how it is reached.

use std::path::Path;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::link::{Link, answered};
use crate::db::error::NO_PRIMARY;
use crate::db::location::{Encryption, Server};
use crate::db::parameters::Session;
use crate::db::{interrupt, limits};
use crate::error::{Error, Kind, Result};

/// How soon it is looked again for a host that takes changes.
const LOOK: Duration = Duration::from_millis(200);

/// Why no host was admitted.
pub(super) struct Refusal {
    error: Error,
    /// Whether one answered, so that the address is right.
    is_answered: bool,
}

/// Connects to the first host that is as wanted. While none of several hosts takes changes, another may be about to take over, so
/// it is looked again, as long as a change waits for others.
pub(super) fn connect(server: &Server) -> Result<Link> {
    let until = Instant::now() + server.limits.of_lock();
    look_for(server, until, |refusal| refusal.is_answered && refusal.error.code() == NO_PRIMARY)
}

/// The same where a connection was lost: whatever is wrong with the hosts, they may come back.
pub(super) fn connect_again(server: &Server, until: Instant) -> Result<Link> {
    look_for(server, until, |refusal| refusal.error.kind() == Kind::Busy)
}

fn look_for(server: &Server, until: Instant, may_pass: impl Fn(&Refusal) -> bool) -> Result<Link> {
    loop {
        match first(server) {
            Err(refusal) if may_pass(&refusal) && Instant::now() < until => {
                interrupt::must_go_on()?;
                sleep(LOOK);
            }
            ended => return ended.map_err(|refusal| refusal.error),
        }
    }
}

fn first(server: &Server) -> Result<Link, Refusal> {
    match server.session {
        Session::PreferStandby => {
            of_kind(server, Session::Standby).or_else(|_| of_kind(server, Session::Any))
        }
        session => of_kind(server, session),
    }
}

pub(super) fn of_kind(server: &Server, session: Session) -> Result<Link, Refusal> {
    let (mut lost, mut other) = (None, None);
    for config in hosts(&server.config) {
        match reach(&config, &server.encryption) {
            Ok(mut link) => match link_is(&mut link, session, server.limits.of_answer()) {
                Ok(true) => return Ok(link),
                Ok(false) => other = Some(no_such_server(server, session)),
                Err(error) => lost = Some(error),
            },
            Err(error) => lost = Some(error),
        }
    }
    let is_answered = other.is_some();
    let error = other.or(lost).unwrap_or_else(|| {
        Error::usage("the address names no host").hint("write postgres://user:password@host:5432/database")
    });
    Err(Refusal { error, is_answered })
}

/// Connections to all hosts that are as wanted.
pub(super) fn each_of_kind(server: &Server, session: Session) -> impl Iterator<Item = Link> {
    hosts(&server.config).into_iter().filter_map(move |config| {
        let mut link = reach(&config, &server.encryption).ok()?;
        link_is(&mut link, session, server.limits.of_answer()).ok()?.then_some(link)
    })
}

fn reach(config: &Config, encryption: &Encryption) -> Result<Link> {
    let limit = config.get_connect_timeout().copied().unwrap_or(limits::ANSWER);
    match encryption {
        Encryption::Off => Link::to(config, NoTls, limit),
        Encryption::Verified { authorities } => {
            let mut config = config.clone();
            config.ssl_mode(SslMode::Require);
            Link::to(&config, encrypted(authorities.as_deref())?, limit)
        }
    }
}

/// Whether the server is of the kind that is wanted.
fn link_is(link: &mut Link, session: Session, limit: Duration) -> Result<bool> {
    if session == Session::Any {
        return Ok(true);
    }
    let query = "SELECT pg_is_in_recovery(), current_setting('transaction_read_only') = 'on'";
    let (is_standby, is_read_only): (bool, bool) = link.run(async |client| {
        let row = answered(limit, client.query_typed_one(query, &[])).await?;
        Ok((row.try_get(0)?, row.try_get(1)?))
    })?;
    Ok(match session {
        Session::Any | Session::PreferStandby => true,
        Session::ReadWrite => !is_read_only,
        Session::ReadOnly => is_read_only,
        Session::Primary => !is_standby,
        Session::Standby => is_standby,
    })
}

/// Of one host it is a mistake in the address; several may be about to agree who takes over.
fn no_such_server(server: &Server, session: Session) -> Error {
    let wanted = match session {
        Session::Any | Session::PreferStandby => "answers",
        Session::ReadWrite => "can be written",
        Session::ReadOnly => "can only be read",
        Session::Primary => "is a primary",
        Session::Standby => "is a standby",
    };
    let message = format!("no server of the address {wanted}");
    if server.has_several_hosts() && matches!(session, Session::Primary | Session::ReadWrite) {
        return Error::new(Kind::Busy, NO_PRIMARY, message).hint(
            "another may be about to take over: repeat the command; `--read-from replica` reads from a standby",
        );
    }
    Error::new(Kind::Environment, "database.no_such_server", message)
        .hint("see target_session_attrs in `--db` or CAREDESK_DB")
}

/// The same for each host alone, so that one that does not answer leaves time for the next.
fn hosts(of: &Config) -> Vec<Config> {
    let count = of.get_hosts().len().max(of.get_hostaddrs().len());
    (0..count).map(|at| single(of, at)).collect()
}

fn single(of: &Config, at: usize) -> Config {
    let mut one = Config::new();
    one.ssl_mode(of.get_ssl_mode()).ssl_negotiation(of.get_ssl_negotiation());
    one.channel_binding(of.get_channel_binding()).load_balance_hosts(of.get_load_balance_hosts());
    one.keepalives(of.get_keepalives()).keepalives_idle(of.get_keepalives_idle());
    of.get_keepalives_interval().map(|interval| one.keepalives_interval(interval));
    of.get_keepalives_retries().map(|retries| one.keepalives_retries(retries));
    of.get_tcp_user_timeout().map(|limit| one.tcp_user_timeout(*limit));
    of.get_connect_timeout().map(|limit| one.connect_timeout(*limit));
    of.get_user().map(|user| one.user(user));
    of.get_password().map(|password| one.password(password));
    of.get_dbname().map(|name| one.dbname(name));
    of.get_options().map(|options| one.options(options));
    of.get_application_name().map(|name| one.application_name(name));
    match of.get_hosts().get(at) {
        Some(Host::Tcp(name)) => drop(one.host(name)),
        #[cfg(unix)]
        Some(Host::Unix(path)) => drop(one.host_path(path)),
        // Without a name the certificate has to be that of the address.
        None => drop(of.get_hostaddrs().get(at).map(|address| one.host(address.to_string()))),
    }
    of.get_hostaddrs().get(at).map(|address| one.hostaddr(*address));
    of.get_ports().get(at).or(of.get_ports().first()).map(|port| one.port(*port));
    one
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
