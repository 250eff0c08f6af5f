//! A resource: what referrals are sent to, a provider's agency record or one of its programs.

use uuid::Uuid;

use super::reference::Noun;

pub(crate) const NOUN: Noun =
    Noun { name: "resource", not_found: "resource.not_found", ambiguous: "resource.ambiguous" };

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resource {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    /// An agency record stands for the whole provider; anything else is one of its programs.
    pub(crate) is_agency: bool,
    pub(crate) name: String,
}
