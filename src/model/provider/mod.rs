//! A provider: an organisation that delivers care. Each has exactly one agency record among its resources.

mod difference;
pub(crate) mod imported;
pub(crate) mod reconcile;

use serde::Serialize;

use super::reference::Noun;
use crate::error::{Error, Result};
use crate::model::id::ProviderId;

pub(crate) const NOUN: Noun =
    Noun { name: "provider", not_found: "provider.not_found", ambiguous: "provider.ambiguous" };

/// What commands show of it is all but its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Provider {
    #[serde(skip)]
    pub(crate) id: ProviderId,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) alternate_name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) postal_code: Option<String>,
    pub(crate) active: bool,
    pub(crate) source: Option<String>,
    pub(crate) source_id: Option<String>,
}

impl Provider {
    /// One made here, of which only the name is known yet. It is active.
    pub(crate) fn named(id: ProviderId, code: String, name: String) -> Provider {
        Provider {
            id,
            code,
            name,
            alternate_name: None,
            description: None,
            email: None,
            phone: None,
            url: None,
            postal_code: None,
            active: true,
            source: None,
            source_id: None,
        }
    }

    /// Nothing new is offered to an inactive provider (rule 1.2).
    pub(crate) fn must_be_active(&self) -> Result<()> {
        if self.active {
            return Ok(());
        }
        Err(Error::refused("provider.inactive", format!("provider `{}` is inactive", self.name))
            .hint(format!("`caredesk provider activate {}` brings it back", self.code))
            .detail("provider", self.code.clone()))
    }
}

/// A provider with everything that belongs to it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ProviderCard {
    #[serde(flatten)]
    pub(crate) provider: Provider,
    pub(crate) resources: Vec<ResourceView>,
    pub(crate) phones: Vec<PhoneView>,
    pub(crate) addresses: Vec<AddressView>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct ResourceView {
    pub(crate) code: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) state: String,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct PhoneView {
    pub(crate) number: String,
    pub(crate) extension: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) department: Option<String>,
    /// The code of the resource it belongs to; none for the provider as a whole.
    pub(crate) resource: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct AddressView {
    pub(crate) kind: String,
    pub(crate) line_1: Option<String>,
    pub(crate) line_2: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) postal_code: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) resource: Option<String>,
}
