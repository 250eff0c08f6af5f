//! The location of the database: a file or a PostgreSQL server. The displayed address never holds the
//! password.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::error::{Error, Result};

#[derive(Clone, Debug)]
pub(crate) enum Location {
    File(PathBuf),
    Server(Box<Server>),
}

/// A PostgreSQL server: `postgres://user:password@host:port/database?sslmode=…&sslrootcert=…`.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(super) config: postgres::Config,
    pub(super) encryption: Encryption,
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
        if let Some((scheme, rest)) = text.split_once("://") {
            let scheme = scheme.to_lowercase();
            let url = format!("{scheme}://{rest}");
            if !matches!(scheme.as_str(), "postgres" | "postgresql") {
                return Err(bad_address(&redacted(&url)));
            }
            return server(&url).map(|server| Location::Server(Box::new(server)));
        }
        // The words of libpq would be taken for the name of a file, and shown as that.
        if text.to_lowercase().contains("password=") {
            return Err(bad_address("…"));
        }
        if text.is_empty() {
            return Err(Error::usage("the address of the database is empty")
                .hint("give a path or a postgres:// address"));
        }
        Ok(Location::File(PathBuf::from(text)))
    }
}

impl Location {
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

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::File(path) => write!(f, "{}", path.display()),
            Location::Server(server) => f.write_str(&server.shown),
        }
    }
}

/// The driver knows only some of libpq's `sslmode` words and no `sslrootcert`, so these two are taken out
/// first.
fn server(url: &str) -> Result<Server> {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let mut mode = None;
    let mut authorities = None;
    let mut rest = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("sslmode", word)) => mode = Some(word.to_owned()),
            Some(("sslrootcert", path)) => authorities = Some(PathBuf::from(path)),
            _ => rest.push(pair),
        }
    }
    let bare = if rest.is_empty() { address.to_owned() } else { format!("{address}?{}", rest.join("&")) };
    let config: postgres::Config =
        bare.parse().map_err(|_error: postgres::Error| bad_address(&redacted(url)))?;
    let encryption = encryption(mode.as_deref(), authorities, &config)?;
    Ok(Server { config, encryption, shown: redacted(url) })
}

/// By default a connection inside the machine is plain and any other is encrypted and verified.
fn encryption(
    mode: Option<&str>, authorities: Option<PathBuf>, config: &postgres::Config,
) -> Result<Encryption> {
    let stays_inside = config.get_hosts().iter().all(|host| match host {
        postgres::config::Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
        #[cfg(unix)]
        postgres::config::Host::Unix(_) => true,
    });
    match mode {
        Some("disable") => Ok(Encryption::Off),
        None | Some("prefer" | "allow") if stays_inside && authorities.is_none() => Ok(Encryption::Off),
        None | Some("prefer" | "allow" | "require" | "verify-ca" | "verify-full") => {
            Ok(Encryption::Verified { authorities })
        }
        Some(word) => Err(Error::usage(format!("`{word}` is not a value of sslmode"))
            .hint("use disable or verify-full; every encrypted connection is verified")),
    }
}

fn bad_address(shown: &str) -> Error {
    Error::usage(format!("`{shown}` is not the address of a PostgreSQL database"))
        .hint("write postgres://user:password@host:5432/database")
}

/// Without password and query. A sign that might belong to a password leaves only the scheme.
fn redacted(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return "…".to_owned() };
    let (authority, others) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let path = others.split('?').next().unwrap_or_default();
    match authority.rsplit_once('@') {
        _ if others.contains('@') => format!("{scheme}://…"),
        Some((user, host)) => {
            let name = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{name}@{host}{path}")
        }
        None => format!("{scheme}://{authority}{path}"),
    }
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
            "postgres://u:SEC?RET@127.0.0.1/x",
            "postgres://u:SEC/RET@127.0.0.1/x",
            "postgres://u:SEC@RET@127.0.0.1/x",
            "host=127.0.0.1 Password=SECRET user=u",
            "POSTGRES://u:SECRET@127.0.0.1/x",
            "postgresql+psycopg://u:SECRET@h/x",
        ] {
            let shown = match text.parse::<Location>() {
                Ok(Location::File(path)) => panic!("{text} is no file: {}", path.display()),
                Ok(location) => location.to_string(),
                Err(error) => error.message().to_owned(),
            };
            assert!(!shown.contains("SEC") && !shown.contains("RET"), "{text}: {shown}");
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
        assert!(server("postgres://a@db.example/care?sslmode=maybe").is_err());
    }
}
