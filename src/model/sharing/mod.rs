//! Client-by-client sharing (section 3 of the rules): what a provider shares, with whom, and on what basis.

mod dates;
mod effect;
pub(crate) mod explain;
mod foreseen;
mod request;
mod rules;
mod settings;
mod sight;

use crate::model::names::names;
use crate::model::text::nearest;

pub(crate) use dates::{MOST_REQUEST_DAYS, REQUEST_DAYS, agreement, renewal};
pub(crate) use effect::{Effect, Seen, VisibilityChange, Visible};
pub(crate) use foreseen::{Foreseen, VisibleByType, foreseen};
pub(crate) use request::{Answer, Label, NOUN, Request, RequestHistory, RequestView, Status, Way};
pub(crate) use rules::{
    Parties, RequestFacts, may_ask, may_cancel, may_send, may_set, may_show, not_your_side, not_yours_to_ask,
    not_yours_to_cancel,
};
pub(crate) use settings::{
    LONGEST_DEFAULT, Length, Link, LinkView, MissingExpiry, Mode, Setting, SettingEdit, SettingView,
    SharingLevel, lapse,
};
pub(crate) use sight::{Ground, Sight};

names! {
    /// The types of records; each has its own settings and links (rule 3.1).
    pub(crate) enum DataType {
        Services = "services",
        Clinical = "clinical",
        CaseNotes = "case-notes",
        Appointments = "appointments",
        Eligibility = "eligibility",
        Forms = "forms",
        Referrals = "referrals",
    }
}

impl DataType {
    /// What it is, for who signs.
    pub(crate) fn words(self) -> &'static str {
        match self {
            DataType::Services => "which services were given, by whom and when",
            DataType::Clinical => "health, diagnoses, medicines and treatment",
            DataType::CaseNotes => "what those who give care have noted about talks and about how things go",
            DataType::Appointments => "which appointments there were and which are planned",
            DataType::Eligibility => "what help there is a right to, and what shows that",
            DataType::Forms => "forms that were filled in",
            DataType::Referrals => "where help was asked for, and what came of it",
        }
    }

    /// Its name as in a sentence: `case notes`.
    pub(crate) fn plain(self) -> String {
        self.name().replace('-', " ")
    }
}

/// The type that a table names. Invalid, with the nearest, if there is none.
pub(crate) fn data_type(text: &str) -> Result<DataType, String> {
    let names = DataType::ALL.iter().map(|one| one.name());
    DataType::from_name(&text.to_lowercase()).ok_or_else(|| match nearest(text, names.clone()).first() {
        Some(near) => format!("type `{text}` is not known: did you mean {near}?"),
        None => format!("type `{text}` is not one of {}", names.collect::<Vec<_>>().join(", ")),
    })
}

names! {
    /// The basis on which a provider sees a record.
    pub(crate) enum Basis {
        /// The provider's own record.
        Own = "own",
        /// Shared automatically, without a request for each client (rule 3.4).
        Automatic = "automatic",
        /// A granted request (rule 3.5).
        Request = "request",
        /// A signed release of information (rule 3.7).
        Release = "release",
        /// The provider has accepted visits of the client (rule 1.12).
        Acceptance = "acceptance",
    }
}
