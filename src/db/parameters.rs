//! The parameters in the address of a server that the driver does not know, or takes otherwise than libpq.

use std::path::PathBuf;
use std::time::Duration;

use percent_encoding::percent_decode_str;

use super::limits::Limits;
use crate::error::{Error, Result};

/// For the driver, before those of the address, which count more.
const DEFAULTS: &[&str] = &[
    "application_name=caredesk",
    "connect_timeout=10",
    "keepalives_idle=30",
    "keepalives_interval=10",
    "keepalives_retries=3",
];
const UNACKNOWLEDGED: Duration = Duration::from_mins(1);

#[derive(Clone, Debug)]
pub(super) struct Parameters {
    pub(super) sslmode: Option<String>,
    pub(super) sslrootcert: Option<PathBuf>,
    /// None where the address does not say.
    pub(super) session: Option<Session>,
    pub(super) limits: Limits,
    pub(super) tcp_user_timeout: Duration,
}

/// `target_session_attrs`: which of several servers is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Session {
    Any,
    ReadWrite,
    ReadOnly,
    Primary,
    Standby,
    PreferStandby,
}

impl Parameters {
    /// Takes them out of the query of an address, and returns that for the driver.
    pub(super) fn take(query: &str) -> Result<(Self, String)> {
        let mut taken = Parameters {
            sslmode: None,
            sslrootcert: None,
            session: None,
            limits: Limits::default(),
            tcp_user_timeout: UNACKNOWLEDGED,
        };
        let mut rest = DEFAULTS.to_vec();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if !taken.set(name, &percent_decode_str(value).decode_utf8_lossy())? {
                rest.push(pair);
            }
        }
        Ok((taken, rest.join("&")))
    }

    /// Whether it is one of these.
    fn set(&mut self, name: &str, value: &str) -> Result<bool> {
        match name {
            "sslmode" => self.sslmode = Some(value.to_owned()),
            // The word of libpq for the authorities that everyone knows.
            "sslrootcert" => self.sslrootcert = (value != "system").then(|| PathBuf::from(value)),
            "target_session_attrs" => self.session = Some(session(value)?),
            "lock_timeout" => self.limits.lock = Some(limit(name, value)?),
            "statement_timeout" => self.limits.statement = Some(limit(name, value)?),
            "idle_in_transaction_session_timeout" => self.limits.idle = Some(limit(name, value)?),
            // Not of PostgreSQL: for an answer that takes no work, such as that to COMMIT.
            "answer_timeout" => self.limits.answer = Some(limit(name, value)?),
            "tcp_user_timeout" => self.tcp_user_timeout = limit(name, value)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}

fn session(word: &str) -> Result<Session> {
    Ok(match word {
        "any" => Session::Any,
        "read-write" => Session::ReadWrite,
        "read-only" => Session::ReadOnly,
        "primary" => Session::Primary,
        "standby" => Session::Standby,
        "prefer-standby" => Session::PreferStandby,
        _ => {
            return Err(Error::usage("that is not a value of target_session_attrs")
                .hint("use any, read-write, read-only, primary, standby or prefer-standby"));
        }
    })
}

/// As PostgreSQL writes it: a number of milliseconds, or with a unit.
fn limit(name: &str, text: &str) -> Result<Duration> {
    let number = text.parse().map(Duration::from_millis).ok();
    number.or_else(|| with_unit(text)).ok_or_else(|| {
        Error::usage(format!("that is not a value of {name}"))
            .hint("write a duration such as 500ms, 30s or 5min")
    })
}

fn with_unit(text: &str) -> Option<Duration> {
    text.parse::<jiff::SignedDuration>().ok()?.try_into().ok()
}

/// A duration of the command line, such as `30s`, `2min` or `0`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let none = (text == "0").then_some(Duration::ZERO);
    none.or_else(|| with_unit(text)).ok_or_else(|| "write a duration such as 500ms, 30s or 5min".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_driver_does_not_know_is_taken_out() {
        let query = "sslmode=require&sslrootcert=%2Fa%20b%2Fca.pem&user=u&target_session_attrs=prefer-standby&statement_timeout=90s&connect_timeout=3&tcp_user_timeout=5000";
        let (taken, rest) = Parameters::take(query).unwrap();
        assert_eq!(taken.sslmode.as_deref(), Some("require"));
        assert_eq!(taken.sslrootcert, Some(PathBuf::from("/a b/ca.pem")));
        assert_eq!(taken.session, Some(Session::PreferStandby));
        assert_eq!(taken.limits.statement, Some(Duration::from_secs(90)));
        assert_eq!(taken.tcp_user_timeout, Duration::from_secs(5));
        assert!(rest.ends_with("&user=u&connect_timeout=3"), "{rest}");
        assert!(Parameters::take("target_session_attrs=primary&lock_timeout=250").is_ok());
        for wrong in ["target_session_attrs=master", "lock_timeout=soon", "statement_timeout=-5s"] {
            assert_eq!(Parameters::take(wrong).unwrap_err().code(), "usage", "{wrong}");
        }
    }

    #[test]
    fn a_duration_has_a_unit() {
        assert_eq!(duration("1h 30min"), Ok(Duration::from_mins(90)));
        assert_eq!((duration("0"), duration("500ms")), (Ok(Duration::ZERO), Ok(Duration::from_millis(500))));
        for wrong in ["30", "", "-1s", "soon"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
