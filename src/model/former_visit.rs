//! What a visit was before a change, as a calendar may still have it (rule 8.51).

use serde::Deserialize;

use crate::model::prelude::*;

/// The fields are named as the columns; ids are in the words of an engine.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct FormerVisit {
    pub(crate) code: String,
    referral_id: String,
    /// The provider that had it.
    #[serde(default)]
    holder_id: Option<String>,
    #[serde(rename = "starts_at")]
    pub(crate) start: DateTime<Utc>,
    #[serde(rename = "duration_minutes")]
    pub(crate) minutes: i64,
}

/// One that an import had brought and that was taken back with it, as the audit trail has it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct RemovedVisit {
    pub(crate) code: String,
    pub(crate) referral: String,
    pub(crate) start: DateTime<Utc>,
    #[serde(rename = "duration_minutes")]
    pub(crate) minutes: i64,
}

impl FormerVisit {
    pub(crate) fn is_of(&self, referral: ReferralId) -> bool {
        plain(&self.referral_id) == referral.uuid().simple().to_string()
    }

    /// Whether one of these providers had it.
    pub(crate) fn is_held_by(&self, providers: &[ProviderId]) -> bool {
        let holder = self.holder_id.as_deref().map(plain);
        providers.iter().any(|provider| Some(provider.uuid().simple().to_string()) == holder)
    }

    pub(crate) fn starts_within(&self, from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> bool {
        from.is_none_or(|from| self.start >= from) && to.is_none_or(|to| self.start < to)
    }
}

/// The engines write keys with and without dashes.
fn plain(key: &str) -> String {
    key.replace('-', "").to_lowercase()
}
