//! Addresses of databases and of mail servers: whatever stands around a password, it is never shown.

use std::ffi::OsString;

use super::honest;
use crate::cli::fuzzed;
use crate::db::Location;
use crate::mailer::SmtpAddress;

/// In capitals, which no word of the program has.
const SECRET: &str = "SWORDFISH";

const SCHEMES: [&str; 6] = ["postgres", "postgresql", "POSTGRES", "postgers", "jdbc:postgresql", " postgres"];
const OF_MAIL: [&str; 4] = ["smtp", "smtps", "smtp+starttls", "SMTPS"];

/// The first byte says where the password stands; what stands before it and behind it is parted by a line end.
pub(super) fn address(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let Ok(text) = str::from_utf8(rest) else { return };
    if text.to_uppercase().contains(SECRET) {
        return;
    }
    let (before, after) = text.split_once('\n').unwrap_or((text, ""));
    let scheme = SCHEMES[usize::from(kind >> 3) % SCHEMES.len()];
    match kind & 7 {
        0 | 1 => database(&format!("{scheme}://{before}:{SECRET}@{after}")),
        2 => database(&format!("{scheme}://{before}?password={SECRET}{after}")),
        3 => database(&format!("{scheme}://{before}&password={SECRET}{after}")),
        4 => database(&format!("{before} password = {SECRET} {after}")),
        5 => {
            let scheme = OF_MAIL[usize::from(kind >> 3) % OF_MAIL.len()];
            mail(&format!("{scheme}://{before}:{SECRET}@{after}"));
        }
        6 => line(before, &format!("{scheme}://u:{SECRET}@{after}")),
        _ => {
            // Any text at all.
            if let Some(location) = honest(text.parse::<Location>()) {
                let _ = (location.to_string(), location.short_name(), location.files());
            }
            if let Some(address) = honest(text.parse::<SmtpAddress>()) {
                let _ = (address.to_string(), address.has_password());
            }
        }
    }
}

fn database(text: &str) {
    assert!(Location::may_hold_a_password(text), "{text}");
    let shown = match text.parse::<Location>() {
        Ok(Location::File(path)) => panic!("{text} is taken for the file {}", path.display()),
        Ok(location) => format!("{location} {}", location.short_name()),
        Err(error) => format!("{error:?}"),
    };
    assert!(!shown.to_uppercase().contains(SECRET), "{text}: {shown}");
}

fn mail(text: &str) {
    let shown = match text.parse::<SmtpAddress>() {
        Ok(address) => address.to_string(),
        Err(error) => format!("{error:?}"),
    };
    assert!(!shown.to_uppercase().contains(SECRET), "{text}: {shown}");
}

/// A command line with an address among its words that is refused does not repeat the address.
fn line(words: &str, address: &str) {
    for option in ["--db", "--database", "--name", ""] {
        let joined = format!("{option}={address}");
        let given: &[&str] = match option {
            "" => &[address],
            _ if words.len().is_multiple_of(2) => &[&joined],
            _ => &[option, address],
        };
        let words = words.split_whitespace().chain(given.iter().copied());
        if let Err(error) = fuzzed::line(&words.map(OsString::from).collect::<Vec<_>>()) {
            let shown = format!("{error:?}").to_uppercase();
            assert!(!shown.contains(SECRET), "{shown}");
        }
    }
}
