//! The password of a server that its address does not hold: from a file of its own, or from that of libpq.

use std::path::{Path, PathBuf};

use tokio_postgres::config::Host;

use super::location::{Location, Server};
use crate::error::{Error, Result};
use crate::file::Input;

/// Where passwords of servers are kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct PasswordFiles {
    /// Holds nothing but the password.
    pub(crate) own: Option<PathBuf>,
    /// libpq's: a line `host:port:database:user:password` for each server.
    pub(crate) shared: Option<PathBuf>,
    /// The role where the address names none.
    pub(crate) user: String,
}

impl Location {
    /// With its password, if it is a server whose address holds none.
    pub(crate) fn with_password(mut self, files: &PasswordFiles) -> Result<Self> {
        if let Location::Server(server) = &mut self
            && server.config.get_password().is_none()
            && let Some(password) = files.password_of(server)?
        {
            server.config.password(password);
        }
        Ok(self)
    }
}

impl PasswordFiles {
    fn password_of(&self, server: &Server) -> Result<Option<String>> {
        if let Some(own) = &self.own {
            return Input::from(own.as_path()).password().map(Some);
        }
        // As libpq does it: one that is not there holds no password.
        let Some(shared) = self.shared.as_deref().filter(|path| path.exists()) else { return Ok(None) };
        let text = Input::from(shared).secret()?;
        let user = server.config.get_user().unwrap_or(&self.user);
        let database = server.config.get_dbname().unwrap_or(user);
        let mut found: Vec<Option<String>> = hosts(server)
            .iter()
            .map(|(host, port)| {
                text.lines()
                    .find_map(|line| password_for(line, [host.as_str(), port.as_str(), database, user]))
            })
            .collect();
        found.dedup();
        match found.as_slice() {
            [_, _, ..] => Err(several(shared)),
            _ => Ok(found.pop().flatten()),
        }
    }
}

/// The driver sends one password to whichever host answers.
fn several(file: &Path) -> Error {
    Error::usage(format!("in `{}` the hosts of the database do not have one password", file.display()))
        .hint("name the file of one in CAREDESK_DB_PASSWORD_FILE, or one host in the address")
}

/// Each host with its port, as lines of libpq name them.
fn hosts(server: &Server) -> Vec<(String, String)> {
    let config = &server.config;
    let mut names: Vec<String> = config.get_hosts().iter().map(name).collect();
    if names.is_empty() {
        names.extend(config.get_hostaddrs().iter().map(ToString::to_string));
    }
    let ports = config.get_ports();
    let port = |at: usize| ports.get(at).or(ports.first()).unwrap_or(&5432).to_string();
    names.into_iter().enumerate().map(|(at, name)| (name, port(at))).collect()
}

/// A socket where servers have it by default is one of this machine's own name.
fn name(host: &Host) -> String {
    match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(folder) if matches!(folder.to_str(), Some("/tmp" | "/var/run/postgresql")) => {
            "localhost".to_owned()
        }
        #[cfg(unix)]
        Host::Unix(folder) => folder.display().to_string(),
    }
}

/// The password of a line that is about this host, port, database and user.
fn password_for(line: &str, about: [&str; 4]) -> Option<String> {
    if line.starts_with('#') {
        return None;
    }
    let mut fields = fields(line).into_iter();
    let fits = about
        .iter()
        .all(|wanted| fields.next().is_some_and(|field| field == "*" || unescaped(field) == *wanted));
    fields.next().filter(|password| fits && !password.is_empty()).map(unescaped)
}

/// What stands between colons without a backslash before them.
fn fields(line: &str) -> Vec<&str> {
    let mut is_escaped = false;
    line.split(|letter| {
        let ends = letter == ':' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        ends
    })
    .collect()
}

fn unescaped(field: &str) -> String {
    let mut letters = field.chars();
    let mut text = String::with_capacity(field.len());
    while let Some(letter) = letters.next() {
        text.push(if letter == '\\' { letters.next().unwrap_or(letter) } else { letter });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(lines: &str, address: &str) -> Result<Option<String>> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), lines).unwrap();
        let files = PasswordFiles { own: None, shared: Some(file.path().to_owned()), user: "me".to_owned() };
        let Location::Server(server) = address.parse::<Location>()?.with_password(&files)? else { panic!() };
        Ok(server.config.get_password().map(|bytes| String::from_utf8_lossy(bytes).into_owned()))
    }

    #[test]
    fn the_first_line_that_fits_has_the_password() {
        let lines = "# a comment:*:*:*:*\ndb.example:5433:care:anna:one\nshort:line\ndb.example:*:*:anna:two\n\
            localhost:5432:me:me:three\r\n/run/pg:*:*:*:five\n*:*:*:none:\n";
        let expected = [
            ("postgres://anna@db.example:5433/care", Some("one")),
            ("postgres://anna@db.example/care", Some("two")),
            ("postgres://anna@db.example:5433/other", Some("two")),
            ("postgres://bert@db.example/care", None),
            ("postgres://localhost", Some("three")),
            ("postgres://%2Ftmp", Some("three")),
            ("postgres://anna@%2Frun%2Fpg/care", Some("five")),
            ("postgres://none@h/care", None),
            ("postgres://anna:own@db.example/care", Some("own")),
        ];
        for (address, expected) in expected {
            assert_eq!(password(lines, address).unwrap().as_deref(), expected, "{address}");
        }
        assert_eq!(
            password_for(r"h\:1:*:a\:b:*:f\\o\:ur:x", ["h:1", "1", "a:b", "u"]).as_deref(),
            Some(r"f\o:ur")
        );
        assert_eq!(password_for(r"\*:*:*:*:x", ["h", "1", "d", "u"]), None, "an escaped star is one");
    }

    #[test]
    fn hosts_with_different_passwords_get_none() {
        let lines = "a:*:*:*:one\nb:*:*:*:two\nc:*:*:*:one\n";
        assert_eq!(password(lines, "postgres://u@a,c/care").unwrap().as_deref(), Some("one"));
        for address in ["postgres://u@a,b/care", "postgres://u@a,d/care"] {
            assert!(password(lines, address).unwrap_err().message().contains("do not have one password"));
        }
    }
}
