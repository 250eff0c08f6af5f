//! A resource: what referrals are sent to, a provider's agency record or one of its programs.

use clap::ValueEnum;
use serde::Serialize;
use uuid::Uuid;

use super::reference::Noun;
use crate::error::{Error, Result};

pub(crate) const NOUN: Noun =
    Noun { name: "resource", not_found: "resource.not_found", ambiguous: "resource.ambiguous" };

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resource {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) provider_id: Uuid,
    /// The code of its provider.
    pub(crate) provider: String,
    pub(crate) provider_name: String,
    /// An agency record stands for the whole provider; anything else is one of its programs.
    pub(crate) is_agency: bool,
    pub(crate) name: String,
    pub(crate) state: State,
    pub(crate) description: Option<String>,
    pub(crate) eligibility: Option<String>,
    pub(crate) fees: Option<String>,
    pub(crate) application_process: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) url: Option<String>,
}

/// Whether referrals are sent to it (rule 2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// Takes referrals.
    Active,
    /// Takes none for now.
    Paused,
    /// Gone from every choice; its history stays.
    Inactive,
}

impl State {
    pub(crate) fn name(self) -> &'static str {
        match self {
            State::Active => "active",
            State::Paused => "paused",
            State::Inactive => "inactive",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::value_variants().iter().copied().find(|state| state.name() == name)
    }
}

impl Resource {
    /// Refused where it is paused or inactive: no referral is sent to it then (rule 2.5).
    pub(crate) fn must_take_referrals(&self) -> Result<()> {
        match self.state {
            State::Active => Ok(()),
            State::Inactive => self.must_not_be_inactive(),
            State::Paused => Err(self.refused("resource.paused", "is paused and takes no referrals for now")),
        }
    }

    /// Refused where it is inactive: nothing new is tied to it then.
    pub(crate) fn must_not_be_inactive(&self) -> Result<()> {
        match self.state {
            State::Inactive => Err(self.refused("resource.inactive", "is inactive")),
            State::Active | State::Paused => Ok(()),
        }
    }

    fn refused(&self, code: &'static str, why: &str) -> Error {
        Error::refused(code, format!("resource `{}` {why}", self.name))
            .hint(format!("`caredesk resource edit {} --state active` brings it back", self.code))
            .detail("resource", self.code.clone())
    }
}
