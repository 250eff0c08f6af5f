//! What a seal says of the audit trail (rule 7.71).

use serde::Deserialize;

use crate::model::prelude::*;

/// The version of the seals that this program makes.
pub(crate) const SEAL_VERSION: u32 = 1;

/// How far the trail went at an instant. A database whose trail does not go on from there has lost entries, or has others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sealed {
    /// The version of these fields.
    pub(crate) caredesk_seal: u32,
    /// What the database is called by who sealed it, without a password.
    pub(crate) database: String,
    /// The hash of the first entry in hexadecimal digits, by which the database is known under any name.
    pub(crate) origin: String,
    pub(crate) entries: i64,
    /// The hash of the last of them.
    pub(crate) head: String,
    /// The instant of the last of them.
    pub(crate) last_entry_at: DateTime<Utc>,
    pub(crate) sealed_at: DateTime<Utc>,
    /// The login of the account.
    pub(crate) sealed_by: String,
    /// None of a file.
    pub(crate) server: Option<ServerState>,
}

/// Which history of which server a database is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ServerState {
    /// The identifier that a server gets when it is made, and its standbys have.
    pub(crate) system: String,
    /// A number that rises when a standby becomes the primary, and when a server is restored to an earlier point.
    pub(crate) timeline: i64,
}

impl Sealed {
    /// Its one line, which is signed to the byte.
    pub(crate) fn line(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| Error::internal(error.to_string()))
    }

    /// What is wrong with a line that is none.
    pub(crate) fn of_line(line: &str) -> Result<Sealed, String> {
        #[derive(Deserialize)]
        struct Version {
            caredesk_seal: u32,
        }
        let no_seal = |_| "it is no seal of an audit trail".to_owned();
        let Version { caredesk_seal } = serde_json::from_str(line).map_err(no_seal)?;
        if caredesk_seal > SEAL_VERSION {
            return Err("it is of a newer caredesk".to_owned());
        }
        serde_json::from_str(line).map_err(|error| format!("it is no seal of an audit trail: {error}"))
    }
}

impl ServerState {
    /// Why a trail may not go on from where it was on the server that `then` is of; none where that is the same.
    pub(crate) fn changed_since(&self, then: &ServerState) -> Option<String> {
        if self.system != then.system {
            return Some(
                "the server is another than then: it was made anew, and filled from a copy".to_owned(),
            );
        }
        (self.timeline != then.timeline).then(|| {
            format!(
                "the server is on timeline {} and was on {}: a standby was promoted since, or it was restored to an earlier point",
                self.timeline, then.timeline
            )
        })
    }
}

view! {
    /// A seal that was made.
    pub(crate) struct SealView("seal", |view| &view.head) {
        sealed_at: DateTime<Utc> => Instant,
        entries: i64 => Number,
        head: String => Code(hidden),
        last_entry_at: DateTime<Utc> => Instant(rank 1),
        /// The fingerprint of the key.
        key: String => Code,
        /// The file that it was written to, or the command that took it.
        to: String => Text,
    }
}

impl SealView {
    pub(crate) fn of(sealed: &Sealed, key: String, to: String) -> Self {
        let Sealed { sealed_at, entries, head, last_entry_at, .. } = sealed.clone();
        SealView { sealed_at, entries, head, last_entry_at, key, to }
    }
}
