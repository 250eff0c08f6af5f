//! The location of the database: a file or a PostgreSQL server. The displayed address never holds the
//! password.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use tokio_postgres::config::Host;

use super::limits::Limits;
use super::parameters::{Parameters, Session};
use crate::error::{Error, Result};

#[derive(Clone, Debug)]
pub(crate) enum Location {
    File(PathBuf),
    Server(Box<Server>),
}

/// A PostgreSQL server: `postgres://user:password@host:port/database?sslmode=…&sslrootcert=…`.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(super) config: tokio_postgres::Config,
    pub(super) encryption: Encryption,
    pub(super) session: Session,
    pub(super) limits: Limits,
    /// Whether a standby is read where there is one.
    pub(super) reads_from_replica: bool,
    shown: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Encryption {
    Off,
    /// The server's certificate is always verified: against the public authorities, or those in this PEM
    /// file.
    Verified {
        authorities: Option<PathBuf>,
    },
}

impl FromStr for Location {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        if let Some((scheme, rest)) = text.split_once("://") {
            let scheme = scheme.to_lowercase();
            if !matches!(scheme.as_str(), "postgres" | "postgresql") {
                return Err(bad_address());
            }
            return server(&format!("{scheme}://{rest}")).map(|server| Location::Server(Box::new(server)));
        }
        if text.is_empty() {
            return Err(Error::usage("the address of the database is empty")
                .hint("give a path or a postgres:// address"));
        }
        if looks_like_a_server(text) {
            return Err(bad_address());
        }
        Ok(Location::File(PathBuf::from(text)))
    }
}

impl Location {
    /// Whether a text may be an address with a password, wherever it stands.
    pub(crate) fn may_hold_a_password(text: &str) -> bool {
        sets(text, "password") || text.split_once(':').is_some_and(|(_, after)| after.contains('@'))
    }

    /// The database and the files that SQLite keeps beside it; none of a server.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let Location::File(path) = self else { return Vec::new() };
        let whole = path.canonicalize().unwrap_or_else(|_| path.clone());
        let beside = |path: &PathBuf, ending| PathBuf::from([path.as_os_str(), ending].join("".as_ref()));
        ["", "-wal", "-shm", "-journal"]
            .into_iter()
            .flat_map(|ending| [path, &whole].map(|path| beside(path, ending.as_ref())))
            .collect()
    }
}

impl Location {
    /// The same, where what only reads is read from a standby if there is one. A file has none.
    pub(crate) fn reading_from_replica(self) -> Location {
        match self {
            Location::Server(server) => {
                Location::Server(Box::new(Server { reads_from_replica: true, ..*server }))
            }
            file @ Location::File(_) => file,
        }
    }

    /// Enough for a person to know it again: the name of the file without its ending, or the host and the database.
    pub(crate) fn short_name(&self) -> String {
        match self {
            Location::File(path) => path
                .file_stem()
                .map_or_else(|| path.display().to_string(), |stem| stem.to_string_lossy().into_owned()),
            Location::Server(server) => {
                let host = server.config.get_hosts().first().map_or_else(
                    || "local".to_owned(),
                    |host| match host {
                        Host::Tcp(name) => name.clone(),
                        #[cfg(unix)]
                        Host::Unix(_) => "local".to_owned(),
                    },
                );
                let user = || server.config.get_user().unwrap_or_default();
                format!("{host}/{}", server.config.get_dbname().unwrap_or_else(user))
            }
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::File(path) => write!(f, "{}", path.display()),
            Location::Server(server) => f.write_str(&server.shown),
        }
    }
}

fn server(url: &str) -> Result<Server> {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let (taken, rest) = Parameters::take(query)?;
    // What the driver says of it may repeat a part.
    let mut config: tokio_postgres::Config =
        format!("{address}?{rest}").parse().map_err(|_error: tokio_postgres::Error| bad_address())?;
    config.tcp_user_timeout(taken.tcp_user_timeout);
    let shown = without_password(url).ok_or_else(bad_address)?;
    let encryption = encryption(taken.sslmode.as_deref(), taken.sslrootcert, &config)?;
    // Of several hosts one takes changes, and tomorrow that may be another.
    let session = if has_several_hosts(&config) { Session::Primary } else { Session::Any };
    let session = taken.session.unwrap_or(session);
    Ok(Server { config, encryption, session, limits: taken.limits, reads_from_replica: false, shown })
}

/// By default a connection inside the machine is plain and any other is encrypted and verified.
fn encryption(
    mode: Option<&str>, authorities: Option<PathBuf>, config: &tokio_postgres::Config,
) -> Result<Encryption> {
    match mode {
        Some("disable") => Ok(Encryption::Off),
        None | Some("prefer" | "allow") if stays_inside(config) && authorities.is_none() => {
            Ok(Encryption::Off)
        }
        None | Some("prefer" | "allow" | "require" | "verify-ca" | "verify-full") => {
            Ok(Encryption::Verified { authorities })
        }
        Some(_) => Err(Error::usage("that is not a value of sslmode")
            .hint("use disable or verify-full; every encrypted connection is verified")),
    }
}

/// Whether a connection leads to no other machine.
fn stays_inside(config: &tokio_postgres::Config) -> bool {
    let is_inside = |host: &Host| match host {
        Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    // An address counts more than the name beside it.
    config.get_hosts().iter().all(is_inside)
        && config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback)
}

fn has_several_hosts(config: &tokio_postgres::Config) -> bool {
    config.get_hosts().len().max(config.get_hostaddrs().len()) > 1
}

impl Server {
    pub(super) fn stays_inside(&self) -> bool {
        stays_inside(&self.config)
    }

    pub(super) fn has_several_hosts(&self) -> bool {
        has_several_hosts(&self.config)
    }
}

/// The error does not repeat the text, which may hold a password anywhere.
fn bad_address() -> Error {
    Error::usage("that is not the address of a PostgreSQL database").hint(
        "write postgres://user:password@host:5432/database; `./` in front makes anything the name of a file",
    )
}

/// The words in which libpq takes the address of a server.
const WORDS_OF_LIBPQ: [&str; 8] =
    ["host", "hostaddr", "port", "dbname", "user", "passfile", "service", "sslmode"];

/// What would be taken for the name of a file, and shown as that, though an address was meant: with another scheme, without
/// one, or in the words of libpq.
fn looks_like_a_server(text: &str) -> bool {
    let lower = text.to_lowercase();
    let begins_as_a_path = ["/", "./", "../", "~/"].iter().any(|start| text.starts_with(start));
    if (begins_as_a_path || Path::new(text).is_absolute()) && !text.starts_with("//") {
        return sets(text, "password");
    }
    Location::may_hold_a_password(text)
        || ["//", "postgres:", "postgresql:"].iter().any(|start| lower.starts_with(start))
        || text.split(':').skip(1).any(|port| port.starts_with(|letter: char| letter.is_ascii_digit()))
        || text.split_once('@').is_some_and(|(_, host)| host.contains([':', '/']))
        || WORDS_OF_LIBPQ.iter().any(|word| sets(text, word))
}

/// Whether a text gives a value to a word, as libpq writes it.
fn sets(text: &str, word: &str) -> bool {
    let lower = text.to_lowercase();
    lower.match_indices('=').any(|(at, _)| lower[..at].trim_end().ends_with(word))
}

/// The address without password and query; none if a part of it looks as if a password had slipped into it.
fn without_password(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, others) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let path = others.split('?').next().unwrap_or_default();
    let (user, hosts) = authority.rsplit_once('@').unwrap_or(("", authority));
    let name = user.split(':').next().unwrap_or_default();
    let is_clean =
        !others.contains('@') && [path, name, hosts].iter().all(|part| !part.contains(['=', '&', ';']));
    let at = if user.is_empty() { "" } else { "@" };
    is_clean.then(|| format!("{scheme}://{name}{at}{hosts}{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let location: Location =
            "postgres://anna:se%40cret@db.example/care?sslmode=verify-full".parse().unwrap();
        assert_eq!(location.to_string(), "postgres://anna@db.example/care");
    }

    #[test]
    fn no_form_of_address_shows_its_password() {
        for text in [
            "postgres://u@127.0.0.1:notaport/x?password=SECRET",
            "postgres://127.0.0.1/x?user=u&password=SECRET&frob=1",
            "postgres://127.0.0.1/x?user=u&password=SEC@RET",
            "postgres://127.0.0.1/x&password=SECRET",
            "postgres://u@db.example&password=SECRET",
            "postgres://u@db.example;password=SECRET",
            "postgres://127.0.0.1/x;password=SECRET",
            "postgres://u:SEC?RET@127.0.0.1/x",
            "postgres://u:SEC/RET@127.0.0.1/x",
            "postgres://u:SEC@RET@127.0.0.1/x",
            "postgres://u:SECRET",
            "postgres://u@127.0.0.1:SECRET/x",
            "postgres://user=u;password=SECRET@127.0.0.1/x",
            "host=127.0.0.1 Password=SECRET user=u",
            "host=127.0.0.1 password = SECRET user=u",
            "./host=127.0.0.1 password=SECRET",
            "POSTGRES://u:SECRET@127.0.0.1/x",
            " postgres://u:SECRET@127.0.0.1/x",
            "\"postgres://u:SECRET@127.0.0.1/x\"",
            "postgresql+psycopg://u:SECRET@h/x",
            "SECRET://u@h/x",
            "postgers://u:SECRET@h/x",
            "postgres:/u:SECRET@h/x",
            "postgres//u:SECRET@h/x",
            "postgres;//u:SEC/RET@h",
            "postgres:u:SECRET",
            "//u:SECRET@h/x",
            "u:SECRET@h/x",
            "u:SEC/RET@h",
            "SECRET@h:5432",
            "jdbc:postgresql:x?user=u&password=SECRET",
        ] {
            let shown = match text.parse::<Location>() {
                Ok(Location::File(path)) => panic!("{text} is no file: {}", path.display()),
                Ok(location) => location.to_string(),
                Err(error) => format!("{error:?}"),
            };
            assert!(!shown.contains("SEC") && !shown.contains("RET"), "{text}: {shown}");
        }
    }

    #[test]
    fn what_looks_like_a_server_is_no_file_unless_it_is_written_as_one() {
        for text in
            ["host=h user=u", "dbname=care", "db.example:5432/care", "anna@db.example/care", "postgres:care"]
        {
            let error = text.parse::<Location>().unwrap_err();
            assert_eq!(error.message(), "that is not the address of a PostgreSQL database", "{text}");
        }
        for text in [
            "./host=h", "/srv/care:5432/x@y.db", "../a:1", "care.db", "care (2026-11-27).db", "anna@home.db",
            "a=b.db",
        ] {
            assert!(matches!(text.parse(), Ok(Location::File(_))), "{text}");
        }
    }

    #[test]
    fn only_inside_the_machine_may_a_connection_be_plain() {
        let at = |url: &str| server(url).unwrap().encryption;
        assert_eq!(at("postgres://a@localhost/care"), Encryption::Off);
        assert_eq!(at("postgres://a@db.example/care"), Encryption::Verified { authorities: None });
        assert_eq!(
            at("postgres://a@db.example/care?sslmode=require"),
            Encryption::Verified { authorities: None }
        );
        assert_eq!(
            at("postgres://a@localhost/care?hostaddr=192.0.2.7"),
            Encryption::Verified { authorities: None }
        );
        assert_eq!(at("postgres://a@localhost/care?hostaddr=127.0.0.2"), Encryption::Off);
        assert_eq!(
            at("postgres://a@db.example/care?sslrootcert=%2Fa%20b.pem"),
            Encryption::Verified { authorities: Some("/a b.pem".into()) }
        );
        assert!(server("postgres://a@db.example/care?sslmode=maybe").is_err());
    }
}
