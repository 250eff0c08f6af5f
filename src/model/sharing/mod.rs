//! Client-by-client sharing (section 3 of the rules): what a provider lets out, to whom, and on what grounds.

mod effect;
pub(crate) mod explain;
mod request;
mod rules;
mod settings;

use clap::ValueEnum;
use serde::Serialize;

pub(crate) use effect::{Effect, Viewership, Visible};
pub(crate) use request::{Answer, Label, NOUN, Request, RequestHistory, RequestView, Status};
pub(crate) use rules::{Parties, RequestFacts, agreement, may_ask, may_set, not_your_side, not_yours_to_ask};
pub(crate) use settings::{Change, Length, Link, LinkView, Mode, Setting, SettingView};

/// What records are sorted into; settings and links are given for each (rule 3.1).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, schemars::JsonSchema, ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DataType {
    Services,
    Clinical,
    CaseNotes,
    Appointments,
    Eligibility,
    Forms,
    Referrals,
}

/// On what grounds a provider sees a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Basis {
    /// It is its own.
    Own,
    /// Linked, without a question for each client (rule 3.4).
    Automatic,
    /// A granted request (rule 3.5).
    Request,
    /// A signed release of information (rule 3.7).
    Release,
}

impl DataType {
    pub(crate) const ALL: [DataType; 7] = [
        DataType::Services,
        DataType::Clinical,
        DataType::CaseNotes,
        DataType::Appointments,
        DataType::Eligibility,
        DataType::Forms,
        DataType::Referrals,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            DataType::Services => "services",
            DataType::Clinical => "clinical",
            DataType::CaseNotes => "case-notes",
            DataType::Appointments => "appointments",
            DataType::Eligibility => "eligibility",
            DataType::Forms => "forms",
            DataType::Referrals => "referrals",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|data_type| data_type.name() == name)
    }
}

impl Basis {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Basis::Own => "own",
            Basis::Automatic => "automatic",
            Basis::Request => "request",
            Basis::Release => "release",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Basis::Own, Basis::Automatic, Basis::Request, Basis::Release]
            .into_iter()
            .find(|basis| basis.name() == name)
    }
}
