//! The location of the mail server: `smtp://host:port`, `smtp+starttls://user:password@host`,
//! `smtps://user:password@host`. The displayed address never holds the password.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use percent_encoding::percent_decode_str;
use url::Url;

use crate::error::{Error, Result};

/// A mail server, with encryption and login.
#[derive(Clone, Debug)]
pub(crate) struct SmtpAddress {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) encryption: Encryption,
    /// A PEM file; without one the public authorities are used.
    pub(super) authorities: Option<PathBuf>,
    /// User and password.
    pub(super) login: Option<(String, String)>,
    shown: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encryption {
    Off,
    /// Started on a plain connection, before any data is sent.
    StartTls,
    /// Encrypted from the first byte.
    Wrapped,
}

impl SmtpAddress {
    /// Whether the address holds a password, which should appear neither on a command line nor in its
    /// history.
    pub(crate) fn has_password(&self) -> bool {
        self.login.is_some()
    }
}

impl FromStr for SmtpAddress {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let url = Url::parse(text).map_err(|_| bad_address())?;
        let Some(host) = url.host_str().filter(|host| !host.is_empty()) else { return Err(bad_address()) };
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(bad_address());
        }
        let (tls, authorities) = options(&url)?;
        let is_inside = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        let encryption = encryption(url.scheme(), tls.as_deref(), is_inside && authorities.is_none())?;
        let login = login(&url)?;
        if login.is_some() && encryption == Encryption::Off && !is_inside {
            return Err(Error::usage("a password is not sent over a connection that others can read")
                .hint("leave out `tls=none`, or write smtps://"));
        }
        let port = url.port().unwrap_or(match encryption {
            Encryption::Off => 25,
            Encryption::StartTls => 587,
            Encryption::Wrapped => 465,
        });
        let host = host.trim_matches(['[', ']']).to_owned();
        let shown = format!("{}://{}:{port}", url.scheme(), url.host_str().unwrap_or_default());
        Ok(SmtpAddress { host, port, encryption, authorities, login, shown })
    }
}

impl fmt::Display for SmtpAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// `tls` and `sslrootcert`, as the address of a database has them.
fn options(url: &Url) -> Result<(Option<String>, Option<PathBuf>)> {
    let (mut tls, mut authorities) = (None, None);
    for pair in url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("tls", word)) => tls = Some(word.to_owned()),
            Some(("sslrootcert", path)) => authorities = Some(PathBuf::from(decoded(path)?)),
            _ => {
                return Err(Error::usage("the address of a mail server has no such option")
                    .hint("there are `tls=none`, `tls=starttls` and `sslrootcert=FILE`"));
            }
        }
    }
    Ok((tls, authorities))
}

/// By default a connection inside the machine is plain and any other is encrypted and verified.
fn encryption(scheme: &str, tls: Option<&str>, may_be_plain: bool) -> Result<Encryption> {
    match (scheme, tls) {
        ("smtps", None) => Ok(Encryption::Wrapped),
        ("smtp", None) if may_be_plain => Ok(Encryption::Off),
        ("smtp" | "smtp+starttls", None | Some("starttls")) => Ok(Encryption::StartTls),
        ("smtp", Some("none")) => Ok(Encryption::Off),
        ("smtp" | "smtps" | "smtp+starttls", Some(_)) => {
            Err(Error::usage(format!("that value of `tls` does not go with `{scheme}://`"))
                .hint("write smtp:// with tls=none or tls=starttls, or smtps:// without it"))
        }
        _ => Err(bad_address()),
    }
}

fn login(url: &Url) -> Result<Option<(String, String)>> {
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (user, Some(password)) if !user.is_empty() => Ok(Some((decoded(user)?, decoded(password)?))),
        _ => Err(Error::usage("the address of a mail server has a user and a password, or neither")
            .hint("write smtps://user:password@host")),
    }
}

fn decoded(text: &str) -> Result<String> {
    Ok(percent_decode_str(text).decode_utf8().map_err(|_| bad_address())?.into_owned())
}

/// The error does not repeat the text, which may hold a password anywhere.
fn bad_address() -> Error {
    Error::usage("that is not the address of a mail server")
        .hint("write smtp://host:port, smtp+starttls://user:password@host or smtps://user:password@host")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> SmtpAddress {
        text.parse().unwrap()
    }

    #[test]
    fn a_password_is_never_shown() {
        let address = address("smtps://hub%40care:se%2Bc+ret@mail.example");
        assert_eq!(address.login, Some(("hub@care".to_owned(), "se+c+ret".to_owned())));
        assert_eq!(address.to_string(), "smtps://mail.example:465");
        let error = "smtps//hub:secret@mail.example".parse::<SmtpAddress>().unwrap_err();
        assert!(!error.message().contains("secret"));
    }

    #[test]
    fn only_inside_the_machine_is_a_connection_plain_unasked() {
        let of = |text: &str| (address(text).encryption, address(text).port);
        assert_eq!(of("smtp://localhost"), (Encryption::Off, 25));
        assert_eq!(of("smtp://[::1]:2525"), (Encryption::Off, 2525));
        assert_eq!(of("smtp://localhost?sslrootcert=ca.pem"), (Encryption::StartTls, 587));
        assert_eq!(of("smtp://mail.example"), (Encryption::StartTls, 587));
        assert_eq!(of("smtp://mail.example?tls=none"), (Encryption::Off, 25));
        assert_eq!(of("smtp+starttls://localhost"), (Encryption::StartTls, 587));
        assert_eq!(of("smtps://localhost"), (Encryption::Wrapped, 465));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in [
            "",
            "mail.example",
            "mail.example:25",
            "http://mail.example",
            "smtp://",
            "smtp://mail.example/inbox",
            "smtp://mail.example?tls=perhaps",
            "smtps://mail.example?tls=none",
            "smtp://mail.example?colour=red",
            "smtp://user@mail.example",
            "smtp://user:password@mail.example?tls=none",
        ] {
            assert!(bad.parse::<SmtpAddress>().is_err(), "{bad}");
        }
    }
}
