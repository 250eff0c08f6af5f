//! What a provider shares, per data type (rule 3.1), and with whom it is linked (rules 3.2 and 3.4).

use chrono::Days;

use super::DataType;
use crate::model::edit::{self, Edit};
use crate::model::prelude::*;
use crate::model::provider::Provider;

/// The most days of an agreement that no expiry is given for.
pub(crate) const LONGEST_DEFAULT: i64 = 36_500;

/// How far a data type is shared. People know the levels by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SharingLevel {
    All = 1,
    CommonCategory = 2,
    Nothing = 3,
}

impl SharingLevel {
    pub(crate) fn number(self) -> i64 {
        self as i64
    }

    pub(crate) fn from_number(number: i64) -> Option<Self> {
        [Self::All, Self::CommonCategory, Self::Nothing].into_iter().find(|level| level.number() == number)
    }
}

/// The settings of one provider for one data type. Those of the owner count, since the owner discloses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) data_type: DataType,
    pub(crate) level: SharingLevel,
    pub(crate) client_by_client: bool,
    pub(crate) require_expiry: bool,
    pub(crate) release_sharing: bool,
    /// The length of an agreement whose expiry is not given.
    pub(crate) default_days: Option<i64>,
    /// What goes with each record that others see, such as a notice against passing it on (rule 3.16).
    pub(crate) notice: Option<String>,
}

/// The changes of `sharing setup`; absent fields stay.
#[derive(Clone, Debug, Default)]
pub(crate) struct SettingEdit {
    pub(crate) level: Option<SharingLevel>,
    pub(crate) client_by_client: Option<bool>,
    pub(crate) require_expiry: Option<bool>,
    pub(crate) release_sharing: Option<bool>,
    pub(crate) default_days: Option<Length>,
    pub(crate) notice: Option<Edit<String>>,
}

/// The new default length of an agreement.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Length {
    Days(i64),
    /// No default: the expiry must be given.
    Unset,
}

/// Why an agreement has no last day that the settings allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MissingExpiry {
    /// It was to have an open end, and an expiry is required.
    Open,
    /// None is given and none follows: no length is set, or there is no such day.
    Unset,
}

/// How a linked data type reaches the recipient (rules 3.4, 3.5 and 3.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mode {
    Automatic,
    Request,
    Release,
    /// The owner is at level 3.
    Nothing,
}

/// From an owner to a recipient, in this direction alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) id: LinkId,
    pub(crate) owner_id: ProviderId,
    pub(crate) owner: String,
    pub(crate) owner_name: String,
    pub(crate) recipient_id: ProviderId,
    pub(crate) recipient: String,
    pub(crate) recipient_name: String,
    /// The owner's, for this data type.
    pub(crate) setting: Setting,
}

view! {
    pub(crate) struct SettingView("sharing", |view| view.data_type.name()) by "type" {
        provider: String => Code(hidden),
        provider_name: String => Name(hidden),
        data_type as "type": DataType => Status,
        /// 1 shares with all, 2 within a common service category, 3 not at all.
        level: i64 => Number,
        /// Whether each client is asked for.
        client_by_client: bool => YesNo(rank 1),
        /// Whether an agreement must have a last day.
        require_expiry: bool => YesNo(rank 2),
        /// Whether signed releases take the place of requests.
        release_sharing: bool => YesNo,
        /// The length of an agreement in days, if no last day is given.
        default_days: Option<i64> => Number(rank 3),
        /// How what is linked reaches the recipient.
        sharing: Mode => Status,
        /// What goes with each record that others see, such as a notice against passing it on.
        notice: Option<String> => Text(hidden),
    }
}

view! {
    pub(crate) struct LinkView("sharing", |view| &view.recipient) by "recipient" {
        owner: String => Code(hidden),
        owner_name: String => Name,
        recipient: String => Code(hidden),
        recipient_name: String => Name,
        data_type as "type": DataType => Status,
        /// How it reaches the recipient.
        sharing: Mode => Status,
        /// Whether it is decided client by client and not automatic (rule 3.4).
        editable: bool => YesNo,
    }
}

/// The day that is so many days away, such as the last one on which a request of today can be answered.
pub(crate) fn lapse(today: NaiveDate, days: i64) -> Option<NaiveDate> {
    today.checked_add_days(Days::new(u64::try_from(days).ok()?))
}

impl Setting {
    /// What holds where nothing is set: nothing is shared, and once it is, client by client.
    pub(crate) fn unset(data_type: DataType) -> Self {
        Setting {
            data_type,
            level: SharingLevel::Nothing,
            client_by_client: true,
            require_expiry: false,
            release_sharing: false,
            default_days: None,
            notice: None,
        }
    }

    pub(crate) fn changed(&self, edit: &SettingEdit) -> Self {
        Setting {
            level: edit.level.unwrap_or(self.level),
            client_by_client: edit.client_by_client.unwrap_or(self.client_by_client),
            require_expiry: edit.require_expiry.unwrap_or(self.require_expiry),
            release_sharing: edit.release_sharing.unwrap_or(self.release_sharing),
            default_days: match edit.default_days {
                None => self.default_days,
                Some(Length::Days(days)) => Some(days),
                Some(Length::Unset) => None,
            },
            notice: edit::apply(edit.notice.as_ref(), self.notice.clone()),
            data_type: self.data_type,
        }
    }

    pub(crate) fn mode(&self) -> Mode {
        match self {
            Setting { level: SharingLevel::Nothing, .. } => Mode::Nothing,
            Setting { release_sharing: true, .. } => Mode::Release,
            Setting { client_by_client: true, .. } => Mode::Request,
            _ => Mode::Automatic,
        }
    }

    /// The last day of an agreement or a release: the one given; else a number of days after the signature, where that is set
    /// (rule 3.13). An open end is said aloud there, and a required last day is never left open.
    pub(crate) fn last_day(
        &self, given: Option<Edit<NaiveDate>>, signed: NaiveDate,
    ) -> Result<Option<NaiveDate>, MissingExpiry> {
        match (given, self.default_days) {
            (Some(Edit::Set(last)), _) => Ok(Some(last)),
            (Some(Edit::Clear), _) if self.require_expiry => Err(MissingExpiry::Open),
            (None, Some(days)) => lapse(signed, days).map(Some).ok_or(MissingExpiry::Unset),
            (None, None) if self.require_expiry => Err(MissingExpiry::Unset),
            (Some(Edit::Clear), _) | (None, None) => Ok(None),
        }
    }

    /// Whether an agreement of these dates has a last day where one is required, and none later than it would have by default
    /// (rule 3.13).
    pub(crate) fn is_met_by(&self, signed: Option<NaiveDate>, expires: Option<NaiveDate>) -> bool {
        let longest = self.default_days.zip(signed).and_then(|(days, signed)| lapse(signed, days));
        match expires {
            Some(last) => longest.is_none_or(|longest| last <= longest),
            None => !self.require_expiry,
        }
    }

    /// Whether it asks of an agreement what `before` did not: a last day, or a shorter time.
    pub(crate) fn is_stricter_than(&self, before: &Setting) -> bool {
        let is_shorter =
            self.default_days.is_some_and(|days| before.default_days.is_none_or(|was| days < was));
        self.require_expiry && !before.require_expiry || is_shorter
    }

    pub(crate) fn view(&self, provider: &Provider) -> SettingView {
        cloned! { self => SettingView {
            data_type, client_by_client, require_expiry, release_sharing, default_days, notice,
            provider: provider.code.clone(),
            provider_name: provider.name.clone(),
            level: self.level.number(),
            sharing: self.mode(),
        } }
    }
}

impl Link {
    pub(crate) fn data_type(&self) -> DataType {
        self.setting.data_type
    }

    pub(crate) fn view(&self) -> LinkView {
        let sharing = self.setting.mode();
        cloned! { self => LinkView {
            owner, owner_name, recipient, recipient_name,
            data_type: self.data_type(),
            sharing: sharing,
            editable: matches!(sharing, Mode::Request | Mode::Release),
        } }
    }
}
